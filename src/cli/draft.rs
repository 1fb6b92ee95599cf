//! One draft from its file into a document.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::Streams;
use super::args::Drafts;
use super::inputs::{From, Input};
use crate::document::Document;
use crate::language::Languages;
use crate::reader::{self, Format, Options, Problem};
use crate::report::{self, Settings, Source, Ui, plain};

/// A draft that was read, or was to be.
pub struct Draft {
    pub name: String,
    pub bytes: Vec<u8>,
    pub document: Option<Document>,
    pub problems: Vec<Problem>,
    /// Language code of what is said of it.
    pub ui: &'static str,
}

/// Reads one input. What goes wrong becomes a problem of the draft.
pub fn read(input: Input, args: &Drafts, languages: &Languages, streams: &mut Streams) -> io::Result<Draft> {
    let mut draft = Draft { name: input.name, bytes: Vec::new(), document: None, problems: Vec::new(), ui: ui(args, None) };
    let read = match &input.from {
        From::File(path) => fs::read(path),
        From::Stdin => {
            if streams.typed {
                writeln!(streams.err, "recoupe: reading standard input; end it with Ctrl-D")?;
                streams.err.flush()?;
            }
            let mut bytes = Vec::new();
            streams.input.read_to_end(&mut bytes).map(|_| bytes)
        }
        From::Nowhere(why) => Err(io::Error::other(why.clone())),
    };
    match read {
        Ok(bytes) => draft.bytes = bytes,
        Err(e) => {
            draft.problems.push(Problem { message: e.to_string(), span: None });
            return Ok(draft);
        }
    }
    let path = if let From::File(path) = &input.from { path.as_path() } else { Path::new("") };
    let format = Format::of_path(path).or(args.input_format).unwrap_or_else(|| Format::sniff(&draft.bytes));
    let options = Options { lang: args.lang.as_deref().and_then(|code| languages.by_code(code)), published: args.date };
    match reader::read(&draft.bytes, format, languages, options) {
        Ok((document, problems)) => {
            draft.ui = ui(args, Some(languages.code(document.meta.lang)));
            draft.document = Some(document);
            draft.problems = problems;
        }
        Err(e) => {
            draft.problems.push(Problem { message: e.to_string(), span: None });
        }
    }
    Ok(draft)
}

fn ui(args: &Drafts, draft: Option<&str>) -> &'static str {
    Ui::of(args.ui_lang.as_deref().or(draft).unwrap_or_default()).code
}

/// Tells the problems of a draft where they stand.
pub fn tell_problems(draft: &Draft, settings: Settings, err: &mut dyn Write) -> io::Result<()> {
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
