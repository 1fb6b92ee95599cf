//! The report for programs. The order of the keys is part of the contract: it is that of the fields here.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::source::Position;
use super::told::{self, Told, told};
use super::{Checked, Reporter, Settings, Summary};
use crate::finding::{Level, Topic};
use crate::reader::Problem;
use crate::rule::Ruleset;
use crate::span::Span;

/// Writes one JSON object, a line for each file.
#[derive(Debug, Default)]
pub struct Json {
    settings: Settings,
    files: usize,
}

impl Json {
    /// A report with the words of the draft or without.
    pub fn new(settings: Settings) -> Json {
        Json { settings, files: 0 }
    }
}

/// What [`Json`] writes, as one type: for its schema.
#[derive(JsonSchema)]
#[schemars(rename = "CheckReport")]
#[expect(dead_code, reason = "the report is written piece by piece; only its schema needs the whole")]
struct ReportJson<'a> {
    tool: Tool,
    files: Vec<FileJson<'a>>,
    summary: SummaryJson,
}

/// The JSON Schema of the report, with that of its parts among the generator's definitions.
pub fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    generator.subschema_for::<ReportJson>()
}

#[derive(Serialize, JsonSchema)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "File")]
struct FileJson<'a> {
    path: &'a str,
    /// Which draft of an archive; a file that holds one draft holds draft 0.
    draft: usize,
    language: &'a str,
    published: Option<String>,
    findings: Vec<FindingJson<'a>>,
    problems: Vec<ProblemJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
pub(crate) struct FindingJson<'a> {
    rule: &'a str,
    topic: Topic,
    level: Level,
    message: String,
    help: String,
    fingerprint: &'a str,
    labels: Vec<LabelJson<'a>>,
    fix: Option<FixJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Label")]
struct LabelJson<'a> {
    role: &'a str,
    primary: bool,
    message: String,
    text: &'a str,
    part: Option<&'a str>,
    span: SpanJson,
    start: Position,
    end: Position,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Fix")]
struct FixJson<'a> {
    safe: bool,
    edits: Vec<EditJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Edit")]
struct EditJson<'a> {
    span: SpanJson,
    text: &'a str,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub(crate) struct ProblemJson<'a> {
    message: Cow<'a, str>,
    span: Option<SpanJson>,
}

/// A half-open range of bytes of the file, or of its part.
#[derive(Clone, Copy, Serialize, JsonSchema)]
#[schemars(rename = "Span")]
pub(crate) struct SpanJson {
    start: u32,
    end: u32,
}

impl From<Span> for SpanJson {
    fn from(span: Span) -> SpanJson {
        SpanJson { start: span.start, end: span.end }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Summary")]
pub(crate) struct SummaryJson {
    files: usize,
    error: usize,
    warning: usize,
    note: usize,
    /// How many files of the folders were not read, by their extension.
    skipped: BTreeMap<String, usize>,
    /// Stories without a day of publication against which their days could be held; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    undated: Option<Undated>,
}

#[derive(Serialize, JsonSchema)]
struct Undated {
    /// How many there are.
    stories: usize,
    /// The rules that could not hold their days against another, by id.
    rules: BTreeSet<String>,
}

impl From<&Summary> for SummaryJson {
    fn from(s: &Summary) -> SummaryJson {
        let undated = (s.undated > 0).then(|| Undated { stories: s.undated, rules: s.unheld.clone() });
        SummaryJson { files: s.files, error: s.error, warning: s.warning, note: s.note, skipped: s.skipped.clone(), undated }
    }
}

impl Reporter for Json {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
        write!(out, "{{\"tool\":{},\n\"files\":[", serde_json::to_string(&tool)?)
    }

    fn file(&mut self, file: &Checked, rules: &Ruleset, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.files == 0 { b"\n" } else { b",\n" })?;
        self.files += 1;
        let entry = FileJson {
            path: file.path,
            draft: file.number(),
            language: language(file, rules),
            published: published(file),
            findings: told(file, rules, self.settings).1.into_iter().map(FindingJson::from).collect(),
            problems: file.problems.iter().map(|p| ProblemJson::of(p, file.ui, self.settings)).collect(),
        };
        out.write_all(&serde_json::to_vec(&entry)?)
    }

    fn end(&mut self, s: &Summary, _: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n],\n\"summary\":{}}}", serde_json::to_string(&SummaryJson::from(s))?)
    }

    fn tells_problems(&self) -> bool {
        true
    }
}

/// The code of a draft's language; `und` where it could not be read.
pub(crate) fn language<'a>(file: &Checked, rules: &'a Ruleset) -> &'a str {
    file.document.map_or("und", |d| rules.languages.code(d.meta.lang))
}

/// The day of publication, where it is known.
pub(crate) fn published(file: &Checked) -> Option<String> {
    file.document.and_then(|d| d.meta.published).map(|(date, _)| date.to_string())
}

impl<'a> From<Told<'a>> for FindingJson<'a> {
    fn from(t: Told<'a>) -> FindingJson<'a> {
        let labels = t.places.into_iter().enumerate().map(|(i, place)| LabelJson {
            role: place.role,
            primary: i == 0,
            message: place.message,
            text: place.text,
            part: place.part,
            span: place.span.into(),
            start: place.start,
            end: place.end,
        });
        let edits =
            |edits: Vec<(Span, &'a str)>| edits.into_iter().map(|(span, text)| EditJson { span: span.into(), text }).collect();
        FindingJson {
            rule: &t.rule.id,
            topic: t.rule.topic,
            level: t.level,
            message: t.message,
            help: t.help,
            fingerprint: t.fingerprint,
            labels: labels.collect(),
            fix: t.fix.map(|fix| FixJson { safe: fix.safe, edits: edits(fix.edits) }),
        }
    }
}

impl<'a> ProblemJson<'a> {
    pub(crate) fn of(p: &'a Problem, ui: &str, settings: Settings) -> ProblemJson<'a> {
        ProblemJson { message: told::problem(p, ui, settings), span: p.span.map(SpanJson::from) }
    }
}

#[cfg(test)]
mod tests;
