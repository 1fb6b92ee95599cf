//! One draft from its file into a document.

use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::Path;
use std::sync::Arc;

use super::inputs::{From, Input};
use super::{HERE, Streams};
use crate::config::{Effective, Settings};
use crate::desk::{Desk, Desks};
use crate::document::Document;
use crate::reader::{self, LIMIT, Problem, ReadError, Story};
use crate::report::{self, Source, plain};
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
    /// The form of the file in which places count: what an archive unpacks to, any other file as it is. Its stories share it.
    pub bytes: Arc<Vec<u8>>,
    pub document: Option<Document>,
    pub problems: Vec<Problem>,
    /// Language code of what is said of it.
    pub ui: &'static str,
    /// The rules that want its day of publication, which nothing tells.
    pub undated: Vec<String>,
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
        let read = (&mut *streams.input).take(LIMIT as u64 + 1).read_to_end(&mut bytes);
        job.bytes = Some(read.map(|_| bytes));
    }
    Ok(())
}

/// The bytes of a file, as far as they may be those of a draft.
pub fn take(path: &Path) -> Result<Vec<u8>, Problem> {
    let told = |message: String| Problem { message, span: None };
    // What is no plain file does not say how large it is.
    let file = File::open(path).map_err(|e| told(e.to_string()))?;
    let size = file.metadata().map_err(|e| told(e.to_string()))?.len();
    let mut bytes = Vec::with_capacity(size.min(LIMIT as u64) as usize);
    if size <= LIMIT as u64 {
        file.take(LIMIT as u64 + 1).read_to_end(&mut bytes).map_err(|e| told(e.to_string()))?;
    }
    if size.max(bytes.len() as u64) > LIMIT as u64 { Err(told(ReadError::TooLarge.to_string())) } else { Ok(bytes) }
}

/// Reads the drafts of one file: one, or several stories; never none. What goes wrong becomes a problem of the draft.
pub fn read(job: &Job) -> Vec<Draft> {
    let Job { input, bytes, .. } = job;
    let told = |message: String| Problem { message, span: None };
    let read = match (&input.from, bytes) {
        (From::File(path), _) => take(path),
        (From::Stdin, Some(Ok(bytes))) => Ok(bytes.clone()),
        (From::Stdin, Some(Err(e))) => Err(told(e.to_string())),
        (From::Stdin, None) => Ok(Vec::new()),
        (From::Nowhere(why), _) => Err(told(why.clone())),
    };
    match read {
        Ok(bytes) => parse(job, bytes),
        Err(problem) => vec![unread(job, Arc::default(), problem)],
    }
}

/// A draft that could not be read.
fn unread(job: &Job, bytes: Arc<Vec<u8>>, problem: Problem) -> Draft {
    let ui = job.desk.ui(&job.settings, None);
    Draft { name: job.input.name.clone(), bytes, document: None, problems: vec![problem], ui, undated: Vec::new() }
}

/// Takes the bytes of a file apart. What goes wrong becomes a problem of the draft.
pub fn parse(job: &Job, bytes: Vec<u8>) -> Vec<Draft> {
    let told = |e: ReadError| Problem { message: e.to_string(), span: e.span() };
    let bytes = match reader::unpack(bytes) {
        Ok(bytes) => Arc::new(bytes),
        Err(e) => return vec![unread(job, Arc::default(), told(e))],
    };
    match stories(job, &bytes) {
        Ok(stories) => stories.into_iter().map(|story| draft(job, &bytes, story)).collect(),
        Err(e) => vec![unread(job, bytes, told(e))],
    }
}

/// The stories that stand in bytes which are read as a draft is.
///
/// # Errors
/// What is no draft.
pub fn stories(job: &Job, bytes: &[u8]) -> Result<Vec<Story>, ReadError> {
    job.desk.stories(bytes, Path::new(&job.input.name), &job.settings)
}

fn draft(job: &Job, bytes: &Arc<Vec<u8>>, story: Story) -> Draft {
    let Story { document, problems } = story;
    let ui = job.desk.ui(&job.settings, Some(&document));
    Draft { name: job.input.name.clone(), bytes: Arc::clone(bytes), document: Some(document), problems, ui, undated: Vec::new() }
}

/// Tells the problems of a draft where they stand.
pub fn tell_problems(draft: &Draft, settings: report::Settings, err: &mut dyn Write) -> io::Result<()> {
    if draft.problems.is_empty() {
        return Ok(());
    }
    let source = Source::new(&draft.bytes);
    for problem in &draft.problems {
        let part = problem.span.and_then(|span| reader::part_of(&draft.bytes, span.range().start));
        let place = match (problem.span, part) {
            (_, Some((part, byte))) => format!("{part}:{byte}:"),
            (Some(span), None) => {
                let p = source.position(span.range().start);
                format!("{}:{}:", p.line, p.column)
            }
            (None, None) => String::new(),
        };
        writeln!(err, "recoupe: {}:{place} {}", plain(&draft.name), plain(&report::told::problem(problem, draft.ui, settings)))?;
    }
    Ok(())
}
