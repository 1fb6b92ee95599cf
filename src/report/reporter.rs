//! What every report is: fed one file at a time, with what is known of each.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use crate::document::Document;
use crate::finding::{Finding, Level};
use crate::reader::Problem;
use crate::rule::Ruleset;

/// What is known of one file once it has been checked.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The path as it is to be shown, with `/` between its parts.
    pub path: &'a str,
    /// The file as it lies on disk, or what it unpacks to; empty where it could not be read.
    pub bytes: &'a [u8],
    /// What the reader made of it; `None` where it could not be read.
    pub document: Option<&'a Document>,
    /// What is to be shown, in the order of primary start, then rule id.
    pub findings: &'a [Finding],
    /// What could not be read.
    pub problems: &'a [Problem],
    /// Language code of the messages.
    pub ui: &'a str,
}

impl Checked<'_> {
    /// Which story of its file it is, from 0.
    pub(crate) fn number(&self) -> usize {
        self.document.map_or(0, |doc| doc.number)
    }
}

/// How many of what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files looked at, those included that could not be read.
    pub files: usize,
    /// Files that could not be read.
    pub unread: usize,
    /// Findings of that level.
    pub error: usize,
    /// Findings of that level.
    pub warning: usize,
    /// Findings of that level, as far as they were shown.
    pub note: usize,
    /// Notes that were not shown.
    pub hidden: usize,
    /// Findings that were not shown because a baseline knows them.
    pub known: usize,
    /// Findings that were not shown because they lie in lines that have not changed.
    pub elsewhere: usize,
    /// Files in the folders that were not read, by their extension.
    pub skipped: BTreeMap<String, usize>,
    /// Stories whose days could not be held against that of their publication, which nothing tells.
    pub undated: usize,
    /// The rules that would have done so, by id.
    pub unheld: BTreeSet<String>,
}

impl Summary {
    /// Counts one finding that is shown.
    pub fn count(&mut self, level: Level) {
        match level {
            Level::Note => self.note += 1,
            Level::Warning => self.warning += 1,
            Level::Error => self.error += 1,
        }
    }

    /// Whether a finding of that level or a graver one was shown.
    pub fn reaches(&self, level: Level) -> bool {
        self.error > 0 || (level <= Level::Warning && self.warning > 0) || (level == Level::Note && self.note > 0)
    }
}

/// One form in which findings are given out.
pub trait Reporter {
    /// Writes what stands before the first file.
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()>;
    /// Writes one file's findings.
    fn file(&mut self, file: &Checked, rules: &Ruleset, out: &mut dyn Write) -> io::Result<()>;
    /// Writes what stands after the last file; `ui` is the language of the closing words.
    fn end(&mut self, summary: &Summary, ui: &str, out: &mut dyn Write) -> io::Result<()>;
    /// Whether the report itself tells the problems of files, so that no one else need.
    fn tells_problems(&self) -> bool;
}

/// What a report may be asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    /// Whether the output may hold colours.
    pub color: bool,
    /// Whether to leave out the words of the draft: what a message would quote is an ellipsis, no line is shown, no fix offered.
    pub redact: bool,
}
