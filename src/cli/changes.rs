//! What has changed: the findings that are new, the drafts that are, and what mending them would change.

mod known;
mod mend;
mod since;

use std::collections::BTreeSet;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::Streams;
use super::args::{Changed, Mend};
use super::draft::{self, Draft, Job};
use super::inputs::Input;
use crate::baseline::Baseline;
use crate::document::Document;
use crate::finding::{Finding, Level};
use crate::language::Languages;
use crate::reader::{self, Format, Options, ReadError};
use crate::report::{Summary, Ui, plain, shown_span};
use crate::rule::Ruleset;
use known::Known;
use since::{Since, changed_lines};

/// One run's view of what has changed. Drafts may be sifted in any order.
pub struct Changes {
    known: Option<Known>,
    since: Option<Since>,
    /// The version before: how it is to be read, and its bytes.
    previous: Option<(Format, Vec<u8>)>,
    all_lines: bool,
    fix: bool,
    diff: bool,
}

/// What a run has learnt of its drafts so far.
#[derive(Default)]
pub struct Book {
    /// What a baseline that is being written is to hold.
    learnt: Baseline,
    /// What is gone from a baseline: path and fingerprint.
    gone: Vec<(String, String)>,
    /// What goes to standard output in place of the report.
    pub output: Vec<u8>,
    /// Whether a draft could not be written.
    pub failed: bool,
}

/// The findings of one draft, parted.
#[derive(Clone, Default)]
pub struct Sifted {
    /// Those to be shown.
    pub shown: Vec<Finding>,
    /// How many the baseline knows.
    pub known: usize,
    /// How many are notes that nobody asked for.
    pub hidden: usize,
    /// How many lie in lines that have not changed.
    pub elsewhere: usize,
    /// Fingerprint and rule of all, for the baseline.
    all: Vec<(String, usize)>,
    /// Fingerprint and rule of what a baseline that is being written is to know.
    new: Vec<(String, usize)>,
}

impl Changes {
    /// Reads what the options name; `None` once the reason why that cannot be done has been told.
    pub fn open(
        args: &Changed,
        mend: &Mend,
        paths: &[PathBuf],
        ui: &'static Ui,
        streams: &mut Streams,
    ) -> io::Result<Option<Changes>> {
        if mend.fix && paths.len() > 1 && mend.takes_output(paths) {
            writeln!(streams.err, "recoupe: --fix: standard input must be the only draft")?;
            return Ok(None);
        }
        let since = || args.since.as_deref().map(|rev| Since::open(rev, paths)).transpose();
        let previous = || args.previous.as_deref().map(|old| previous(old, paths)).transpose();
        match Known::open(args, ui).and_then(|known| Ok((known, since()?, previous()?))) {
            Ok((known, since, previous)) => {
                Ok(Some(Changes { known, since, previous, all_lines: args.all_lines, fix: mend.fix, diff: mend.diff }))
            }
            Err(why) => {
                writeln!(streams.err, "recoupe: {why}")?;
                Ok(None)
            }
        }
    }

    /// Whether an input has changed; each has where nobody asked.
    pub fn selects(&mut self, input: &Input) -> bool {
        self.since.as_mut().is_none_or(|since| since.selects(input))
    }

    /// The version before of a draft, where it is held against one.
    pub fn before(&self, job: &Job, draft: &str, number: usize) -> Option<Document> {
        let languages = job.desk.rules.languages;
        if let Some((format, bytes)) = &self.previous {
            return reader::read(bytes, *format, languages, job.settings.options(languages)).ok().map(|(doc, _)| doc);
        }
        let bytes = reader::unpack(self.since.as_ref()?.old(draft)?).ok()?;
        draft::stories(job, &bytes).ok()?.into_iter().nth(number).map(|story| story.document)
    }

    /// Parts the findings of a draft; notes are kept back unless they were asked for.
    pub fn sift(&self, draft: &Draft, found: Vec<Finding>, with_notes: bool) -> Sifted {
        let mut sifted = Sifted::default();
        if self.known.is_some() {
            sifted.all = found.iter().map(|f| (f.fingerprint.clone(), f.rule)).collect();
        }
        let lines = self.since.as_ref().filter(|_| !self.all_lines).map(|s| changed(s.old(&draft.name), draft));
        for finding in found {
            if self.known.as_ref().is_some_and(|k| k.knows(&draft.name, &finding)) {
                sifted.known += 1;
            } else if lines.as_ref().is_some_and(|lines| !touches(draft, &finding, lines)) {
                sifted.elsewhere += usize::from(finding.level > Level::Note || with_notes);
            } else if finding.level == Level::Note && !with_notes {
                sifted.hidden += 1;
            } else if self.known.as_ref().is_some_and(|k| k.learns) {
                sifted.new.push((finding.fingerprint, finding.rule));
                sifted.known += 1;
            } else {
                sifted.shown.push(finding);
            }
        }
        sifted
    }

    /// Takes note of the drafts of a file, in the order of the files, and tells what is gone from them.
    pub fn saw(&self, drafts: &[(Draft, Sifted)], rules: &Ruleset, book: &mut Book, streams: &mut Streams) -> io::Result<()> {
        let Some((draft, _)) = drafts.first().filter(|(draft, _)| draft.document.is_some()) else { return Ok(()) };
        let Some(known) = self.known.as_ref() else { return Ok(()) };
        let new = drafts.iter().flat_map(|(_, sifted)| &sifted.new);
        new.for_each(|(print, rule)| known.learn(&draft.name, print, &rules.rules[*rule].id, book));
        let found: BTreeSet<&str> = drafts.iter().flat_map(|(_, sifted)| &sifted.all).map(|(print, _)| print.as_str()).collect();
        known.tell_gone(&draft.name, &found, book, streams)
    }

    /// Writes what was asked for, once all drafts were seen; whether that could be done.
    pub fn close(self, book: Book, summary: &Summary, streams: &mut Streams) -> io::Result<bool> {
        match self.known {
            Some(known) => {
                let failed = book.failed;
                Ok(known.close(book, summary.unread > 0, streams)? && !failed)
            }
            None => Ok(!book.failed),
        }
    }
}

/// A version before, of the one draft that is checked.
fn previous(old: &Path, paths: &[PathBuf]) -> Result<(Format, Vec<u8>), String> {
    if paths.len() != 1 || paths[0].is_dir() {
        return Err("--previous: it is the version before of one draft: name that one alone".to_owned());
    }
    let name = plain(&old.to_string_lossy());
    let told = |e: String| format!("--previous: {name}: {e}");
    let bytes = draft::take(old).map_err(|e| told(e.message))?;
    let read = || {
        let bytes = reader::unpack(bytes)?;
        let format = Format::of(&bytes, Format::of_path(old))?;
        reader::read(&bytes, format, Languages::shipped(), Options::default())?;
        Ok((format, bytes))
    };
    read().map_err(|e: ReadError| told(e.to_string()))
}

/// The parts of what people see a draft as that lie in lines which its old version has not.
fn changed(old: Option<Vec<u8>>, draft: &Draft) -> Vec<Range<usize>> {
    let Some(now) = draft.document.as_ref().and_then(Document::shown) else { return changed_lines(old.as_deref(), &draft.bytes) };
    let text = |bytes| {
        let bytes = reader::unpack(bytes).ok()?;
        let format = Format::of(&bytes, None).ok()?;
        reader::read(&bytes, format, Languages::shipped(), Options::default()).ok().map(|(doc, _)| doc.text)
    };
    changed_lines(old.and_then(text).as_deref().map(str::as_bytes), now.as_bytes())
}

/// Whether a place of a finding lies in one of these parts of the file.
fn touches(draft: &Draft, finding: &Finding, parts: &[Range<usize>]) -> bool {
    let Some(doc) = &draft.document else { return true };
    finding.labels.iter().any(|label| {
        let at = shown_span(doc, label.span).range();
        parts.iter().any(|part| part.start < at.end.max(at.start + 1) && at.start < part.end)
    })
}
