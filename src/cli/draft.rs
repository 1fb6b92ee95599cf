//! One draft from its file into a document.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use super::inputs::{From, Input};
use super::{HERE, Streams};
use crate::config::{Desk, Desks, Effective, Settings};
use crate::document::Document;
use crate::reader::{self, Format, Problem};
use crate::report::{self, Source, Ui, plain};
use crate::rule::RuleProblem;

/// A draft to be read, with what holds for it.
pub struct Job {
    pub input: Input,
    pub desk: Arc<Desk>,
    pub settings: Effective,
    /// What came in by standard input.
    pub bytes: Option<io::Result<Vec<u8>>>,
}

/// A draft that was read, or was to be.
pub struct Draft {
    pub name: String,
    pub bytes: Vec<u8>,
    pub document: Option<Document>,
    pub problems: Vec<Problem>,
    /// Language code of what is said of it.
    pub ui: &'static str,
}

/// Finds what holds for each draft; or everything that is wrong with configurations and rules.
pub fn jobs(inputs: Vec<Input>, desks: &mut Desks, given: &Settings) -> Result<Vec<Job>, Vec<RuleProblem>> {
    let (mut jobs, mut problems) = (Vec::with_capacity(inputs.len()), Vec::new());
    for input in inputs {
        let path = if let From::File(path) = &input.from { path.as_path() } else { Path::new(HERE) };
        match desks.desk(path) {
            Ok(desk) => {
                let settings = desk.effective(path, given);
                jobs.push(Job { input, desk, settings, bytes: None });
            }
            Err(found) => problems.extend(found.0),
        }
    }
    once(&mut problems);
    if problems.is_empty() { Ok(jobs) } else { Err(problems) }
}

/// Drops the problems that several drafts have in common.
pub fn once(problems: &mut Vec<RuleProblem>) {
    let mut seen: Vec<RuleProblem> = Vec::new();
    problems.retain(|p| !seen.contains(p) && (seen.push(p.clone()), true).1);
}

/// Reads standard input, where it is one of the drafts.
pub fn listen(jobs: &mut [Job], streams: &mut Streams) -> io::Result<()> {
    for job in jobs.iter_mut().filter(|j| j.input.from == From::Stdin) {
        if streams.typed {
            writeln!(streams.err, "recoupe: reading standard input; end it with Ctrl-D")?;
            streams.err.flush()?;
        }
        let mut bytes = Vec::new();
        job.bytes = Some(streams.input.read_to_end(&mut bytes).map(|_| bytes));
    }
    Ok(())
}

/// Reads one draft. What goes wrong becomes a problem of the draft.
pub fn read(job: &Job) -> Draft {
    let Job { input, bytes, .. } = job;
    let read = match (&input.from, bytes) {
        (From::File(path), _) => fs::read(path).map_err(|e| e.to_string()),
        (From::Stdin, Some(Ok(bytes))) => Ok(bytes.clone()),
        (From::Stdin, Some(Err(e))) => Err(e.to_string()),
        (From::Stdin, None) => Ok(Vec::new()),
        (From::Nowhere(why), _) => Err(why.clone()),
    };
    match read {
        Ok(bytes) => parse(job, bytes),
        Err(message) => {
            let mut draft = empty(job);
            draft.problems.push(Problem { message, span: None });
            draft
        }
    }
}

/// How a draft's bytes are read.
pub fn format(job: &Job, bytes: &[u8]) -> Format {
    job.settings.format.as_ref().map(|f| f.value).unwrap_or_else(|| Format::sniff(bytes))
}

fn empty(job: &Job) -> Draft {
    Draft { name: job.input.name.clone(), bytes: Vec::new(), document: None, problems: Vec::new(), ui: ui(job, None) }
}

fn ui(job: &Job, draft: Option<&str>) -> &'static str {
    let asked = job.settings.messages.as_ref().map(|m| m.value.as_str());
    Ui::of(asked.or(draft).unwrap_or_default()).code
}

/// Takes the bytes of a draft apart. What goes wrong becomes a problem of the draft.
pub fn parse(job: &Job, bytes: Vec<u8>) -> Draft {
    let (settings, languages) = (&job.settings, job.desk.rules.languages);
    let mut draft = Draft { bytes, ..empty(job) };
    let format = format(job, &draft.bytes);
    match reader::read(&draft.bytes, format, languages, settings.options(languages)) {
        Ok((document, problems)) => {
            draft.ui = ui(job, Some(languages.code(document.meta.lang)));
            draft.document = Some(document);
            draft.problems = problems;
        }
        Err(e) => {
            draft.problems.push(Problem { message: e.to_string(), span: None });
        }
    }
    draft
}

/// Tells the problems of a draft where they stand.
pub fn tell_problems(draft: &Draft, settings: report::Settings, err: &mut dyn Write) -> io::Result<()> {
    if draft.problems.is_empty() {
        return Ok(());
    }
    let source = Source::new(&draft.bytes);
    for problem in &draft.problems {
        let place = problem.span.map(|span| source.position(span.range().start));
        let place = place.map_or_else(String::new, |p| format!("{}:{}:", p.line, p.column));
        writeln!(err, "recoupe: {}:{place} {}", draft.name, plain(&report::problem(problem, draft.ui, settings)))?;
    }
    Ok(())
}
