//! The report for programs. The order of the keys is part of the contract: it is that of the fields here.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::source::Position;
use super::terminal::{label_words, source_span};
use super::{Checked, Reporter, Source, Summary};
use crate::document::Document;
use crate::finding::{Finding, Fix, Level, Topic};
use crate::rule::{Ruleset, message};
use crate::span::Span;

/// Writes one JSON object, a line for each file.
#[derive(Debug, Default)]
pub struct Json {
    files: usize,
}

/// What [`Json`] writes, as one type: for its schema.
#[derive(JsonSchema)]
#[schemars(rename = "CheckReport")]
#[allow(dead_code)]
struct ReportJson<'a> {
    tool: Tool,
    files: Vec<FileJson<'a>>,
    summary: SummaryJson,
}

/// The JSON Schema of the report, with that of its parts among the generator's definitions.
pub(crate) fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
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
struct FindingJson<'a> {
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
struct ProblemJson<'a> {
    message: &'a str,
    span: Option<SpanJson>,
}

/// A half-open range of bytes of the file.
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
struct SummaryJson {
    files: usize,
    error: usize,
    warning: usize,
    note: usize,
}

impl Reporter for Json {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
        write!(out, "{{\"tool\":{},\n\"files\":[", serde_json::to_string(&tool)?)
    }

    fn file(&mut self, file: &Checked, rules: &Ruleset, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.files == 0 { b"\n" } else { b",\n" })?;
        self.files += 1;
        let source = Source::new(file.bytes);
        let entry = FileJson {
            path: file.path,
            draft: 0,
            language: file.document.map_or("und", |d| rules.languages.code(d.meta.lang)),
            published: file.document.and_then(|d| d.meta.published).map(|(date, _)| date.to_string()),
            findings: file
                .document
                .map(|doc| file.findings.iter().map(|f| finding(f, doc, &source, file, rules)).collect())
                .unwrap_or_default(),
            problems: file.problems.iter().map(|p| ProblemJson { message: &p.message, span: p.span.map(SpanJson::from) }).collect(),
        };
        out.write_all(&serde_json::to_vec(&entry)?)
    }

    fn end(&mut self, s: &Summary, _: &str, out: &mut dyn Write) -> io::Result<()> {
        let summary = SummaryJson { files: s.files, error: s.error, warning: s.warning, note: s.note };
        writeln!(out, "\n],\n\"summary\":{}}}", serde_json::to_string(&summary)?)
    }

    fn tells_problems(&self) -> bool {
        true
    }
}

fn finding<'a>(f: &'a Finding, doc: &'a Document, source: &Source, file: &Checked, rules: &'a Ruleset) -> FindingJson<'a> {
    let rule = &rules.rules[f.rule];
    let words = |words| message::render(words, f, doc, rules.languages, file.ui);
    let labels = f.labels.iter().enumerate().map(|(i, label)| {
        let span = source_span(doc, label.span);
        LabelJson {
            role: &label.role,
            primary: i == 0,
            message: label_words(rule, &label.role).map(&words).unwrap_or_default(),
            text: doc.text.get(label.span.range()).unwrap_or_default(),
            part: None,
            span: span.into(),
            start: source.position(span.range().start),
            end: source.position(span.range().end),
        }
    });
    FindingJson {
        rule: &rule.id,
        topic: rule.topic,
        level: f.level,
        message: words(&rule.message),
        help: words(&rule.help),
        fingerprint: &f.fingerprint,
        labels: labels.collect(),
        fix: f.fix.as_ref().and_then(|x| fix(x, doc, file.bytes)),
    }
}

/// A fix in the terms of the file; none where a part of it stands nowhere in the file. An edit over markup is never safe.
fn fix<'a>(fix: &'a Fix, doc: &Document, bytes: &[u8]) -> Option<FixJson<'a>> {
    let mut safe = fix.safe;
    let mut edits = Vec::new();
    for (span, text) in &fix.edits {
        let in_file = doc.map.source(*span)?;
        safe &= bytes.get(in_file.range()) == doc.text.get(span.range()).map(str::as_bytes);
        edits.push(EditJson { span: in_file.into(), text });
    }
    Some(FixJson { safe, edits })
}

#[cfg(test)]
mod tests;
