//! A finding in words and in places of the file: what every report but the terminal's tells in its own form.

use std::borrow::Cow;

use super::source::Position;
use super::{Checked, Settings, Source, Ui, plain};
use crate::document::Document;
use crate::finding::{Finding, Fix, Level};
use crate::reader::Problem;
use crate::rule::{Rule, Ruleset, Words, message};
use crate::span::Span;

/// One finding of a file.
#[derive(Debug)]
pub struct Told<'a> {
    /// What found it.
    pub rule: &'a Rule,
    /// How grave it is here.
    pub level: Level,
    /// What is wrong.
    pub message: String,
    /// What to do; empty where the rule does not say.
    pub help: String,
    /// Stays the same when the draft is edited elsewhere.
    pub fingerprint: &'a str,
    /// The primary place first; never empty.
    pub places: Vec<Place<'a>>,
    /// What to write instead, where that is known.
    pub fix: Option<Edits<'a>>,
}

/// One place of a finding.
#[derive(Debug)]
pub struct Place<'a> {
    /// The part that it plays, as the rule calls it.
    pub role: &'a str,
    /// What is said beside it; may be empty.
    pub message: String,
    /// The words as they are read; none where the report is redacted.
    pub text: &'a str,
    /// The part of the file, where that is an archive.
    pub part: Option<&'a str>,
    /// Bytes of the file, or of the part.
    pub span: Span,
    /// Where it begins.
    pub start: Position,
    /// Where it ends: the place after its last character.
    pub end: Position,
}

/// A fix in the terms of the file.
#[derive(Debug)]
pub struct Edits<'a> {
    /// Whether it may be written unseen.
    pub safe: bool,
    /// Bytes of the file and what to write there.
    pub edits: Vec<(Span, &'a str)>,
}

impl Told<'_> {
    /// The primary place.
    pub fn primary(&self) -> &Place<'_> {
        &self.places[0]
    }
}

/// What a rule says beside the place of that role.
pub(crate) fn label_words<'a>(rule: &'a Rule, role: &str) -> Option<&'a Words> {
    rule.labels.iter().find(|(r, _)| r == role).map(|(_, words)| words)
}

/// The bytes of the file for a span of the text. Text that stands nowhere in the file is placed where the next text begins.
pub(crate) fn source_span(doc: &Document, span: Span) -> Span {
    let spot = Span { start: span.start, end: span.start };
    doc.map.source(span).or_else(|| doc.map.source(spot)).unwrap_or_default()
}

/// The same in what people see the draft as: the file, or its paragraphs where it is a word processor's.
pub(crate) fn shown_span(doc: &Document, span: Span) -> Span {
    if doc.shown().is_some() { span } else { source_span(doc, span) }
}

/// All findings of a file, with the file's lines.
pub fn told<'a>(file: &Checked<'a>, rules: &'a Ruleset, settings: Settings) -> (Source<'a>, Vec<Told<'a>>) {
    let source = file.document.map_or_else(|| Source::new(file.bytes), |doc| Source::of(doc, file.bytes));
    let all = file.document.map(|doc| file.findings.iter().map(|f| tell(f, doc, &source, file, rules, settings)).collect());
    (source, all.unwrap_or_default())
}

fn tell<'a>(
    f: &'a Finding,
    doc: &'a Document,
    source: &Source,
    file: &Checked,
    rules: &'a Ruleset,
    settings: Settings,
) -> Told<'a> {
    let rule = &rules.rules[f.rule];
    let words = |words| words_of(words, f, doc, rules, file.ui, settings);
    let places = f.labels.iter().map(|label| {
        let (span, shown) = (source_span(doc, label.span), shown_span(doc, label.span));
        let part = doc.part(span.range().start);
        let before = part.map_or(0, |(_, byte)| span.start - byte as u32);
        Place {
            role: &label.role,
            message: label_words(rule, &label.role).map(&words).unwrap_or_default(),
            text: if settings.redact { "" } else { doc.text.get(label.span.range()).unwrap_or_default() },
            part: part.map(|(name, _)| name),
            span: Span { start: span.start - before, end: span.end - before },
            start: source.position(shown.range().start),
            end: source.position(shown.range().end),
        }
    });
    Told {
        rule,
        level: f.level,
        message: words(&rule.message),
        help: words(&rule.help),
        fingerprint: &f.fingerprint,
        places: places.collect(),
        // What would be written into a word processor's file is no edit of text.
        fix: f.fix.as_ref().filter(|_| !settings.redact && doc.shown().is_none()).and_then(|x| edits(x, doc, file.bytes)),
    }
}

/// A rule's words about a finding, as far as the settings let them be told.
pub fn words_of(words: &Words, f: &Finding, doc: &Document, rules: &Ruleset, code: &str, settings: Settings) -> String {
    if settings.redact { message::blank(words.get(code)) } else { message::render(words, f, doc, rules.languages, code) }
}

/// A fix in the terms of the file; none where a part of it stands nowhere in the file. An edit over markup is never safe.
fn edits<'a>(fix: &'a Fix, doc: &Document, bytes: &[u8]) -> Option<Edits<'a>> {
    let mut safe = fix.safe;
    let mut edits = Vec::new();
    for (span, text) in &fix.edits {
        let in_file = doc.map.source(*span)?;
        safe &= bytes.get(in_file.range()) == doc.text.get(span.range()).map(str::as_bytes);
        edits.push((in_file, text.as_str()));
    }
    Some(Edits { safe, edits })
}

/// What a problem says. What is said of a passage may quote it, and is left out of a redacted report.
pub fn problem<'p>(p: &'p Problem, ui: &str, settings: Settings) -> Cow<'p, str> {
    match p.span {
        Some(_) if settings.redact => Ui::of(ui).unreadable.into(),
        _ => p.message.as_str().into(),
    }
}

/// What a finding says in a form that has room for one place only: its message, the other places a line each, what to do.
pub fn in_full(t: &Told, path: &str, ui: &str) -> String {
    let (ui, path) = (Ui::of(ui), plain(path));
    let mut out = plain(&t.message);
    for place in &t.places[1..] {
        let at = place.start;
        out.push_str(&format!("\n{path}:{}:{}{}{}", at.line, at.column, ui.colon, plain(&place.message)));
        if !place.text.is_empty() {
            out.push_str(&format!(" ({})", plain(place.text)));
        }
    }
    if !t.help.is_empty() {
        out.push_str(&format!("\n{}{}{}", ui.help, ui.colon, plain(&t.help)));
    }
    out
}
