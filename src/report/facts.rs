//! The fact sheet, for people and for programs.

mod by_thing;
mod tables;

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::columns::columns;
use super::json::SpanJson;
use super::{Source, Ui, plain};
use crate::document::Document;
use crate::facts::{Card, Derivation, Fact, FactValue, Told};
use crate::report::shown_span;
use crate::report::told::source_span;

/// The facts of one file.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The path as it is to be shown.
    pub path: &'a str,
    /// The file as it lies on disk.
    pub bytes: &'a [u8],
    /// What the reader made of it; `None` where it could not be read.
    pub document: Option<&'a Document>,
    /// Its facts, in the order of the text.
    pub facts: &'a [Fact],
    /// What the story tells of each thing, by the first word for it.
    pub cards: &'a [Card],
    /// How each was read, where that was asked for; else empty. Only the table for people shows it.
    pub derivations: &'a [Derivation],
    /// The language of the table's words.
    pub ui: &'a str,
}

/// One form in which facts are given out.
pub trait FactReporter {
    /// Writes what stands before the first file.
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()>;
    /// Writes one file's facts.
    fn file(&mut self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()>;
    /// Writes what stands after the last file.
    fn end(&mut self, ui: &str, out: &mut dyn Write) -> io::Result<()>;
}

/// The form for programs.
pub fn json() -> Box<dyn FactReporter> {
    Box::new(Json::default())
}

/// Makes a form.
pub type Make = fn() -> Box<dyn FactReporter>;

/// All forms by name, the default first. A new one is a line here.
pub const REPORTS: [(&str, Make); 6] = [
    ("terminal", || Box::new(Table::default())),
    ("cards", || Box::new(by_thing::Cards::default())),
    ("json", json),
    ("csv", || Box::new(tables::Csv::default())),
    ("md", || Box::new(tables::Markdown::default())),
    ("html", || Box::new(tables::Html::default())),
];

#[derive(Default)]
struct Json {
    files: usize,
}

/// What the form for programs writes, as one type: for its schema.
#[derive(JsonSchema)]
#[schemars(rename = "FactReport")]
#[expect(dead_code, reason = "the report is written piece by piece; only its schema needs the whole")]
struct ReportJson<'a> {
    files: Vec<FileJson<'a>>,
}

/// The JSON Schema of the form for programs, with that of its parts among the generator's definitions.
pub fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    generator.subschema_for::<ReportJson>()
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FactFile")]
struct FileJson<'a> {
    path: &'a str,
    facts: Vec<FactJson<'a>>,
    cards: Vec<CardJson<'a>>,
}

/// What the story tells of one person, organisation, place or thing.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Card")]
struct CardJson<'a> {
    name: &'a str,
    kind: &'a str,
    entries: Vec<EntryJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CardEntry")]
struct EntryJson<'a> {
    span: SpanJson,
    text: &'a str,
    #[serde(flatten)]
    told: &'a Told,
    /// The words that name who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Fact")]
struct FactJson<'a> {
    kind: &'a str,
    span: SpanJson,
    text: &'a str,
    value: &'a FactValue,
}

impl FactReporter for Json {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"files\":[")
    }

    fn file(&mut self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.files == 0 { b"\n" } else { b",\n" })?;
        self.files += 1;
        let facts = match sheet.document {
            Some(doc) => sheet.facts.iter().map(|fact| fact_json(fact, doc)).collect(),
            None => Vec::new(),
        };
        let cards = match sheet.document {
            Some(doc) => sheet.cards.iter().map(|card| card_json(card, doc)).collect(),
            None => Vec::new(),
        };
        let entry = FileJson { path: sheet.path, facts, cards };
        out.write_all(&serde_json::to_vec(&entry)?)
    }

    fn end(&mut self, _: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n]}}")
    }
}

fn fact_json<'a>(fact: &'a Fact, doc: &'a Document) -> FactJson<'a> {
    let text = doc.text.get(fact.span.range()).unwrap_or_default();
    FactJson { kind: fact.kind, span: source_span(doc, fact.span).into(), text, value: &fact.value }
}

fn card_json<'a>(card: &'a Card, doc: &'a Document) -> CardJson<'a> {
    let text = |span: crate::span::Span| doc.text.get(span.range()).unwrap_or_default();
    let entries = card.entries.iter().map(|e| EntryJson {
        span: source_span(doc, e.span).into(),
        text: text(e.span),
        told: &e.told,
        source: e.source.map(text),
    });
    CardJson { name: &card.name, kind: card.kind, entries: entries.collect() }
}

/// One line a fact: where, what kind, the words, the value.
#[derive(Default)]
struct Table {
    facts: usize,
}

/// Words of a fact that are wider than this are cut: a quotation may be a paragraph.
const WORDS: usize = 40;

impl FactReporter for Table {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        let Some(doc) = sheet.document else { return Ok(()) };
        let (source, ui) = (Source::of(doc, sheet.bytes), Ui::of(sheet.ui));
        self.facts += sheet.facts.len();
        let rows: Vec<[String; 4]> = sheet
            .facts
            .iter()
            .map(|fact| {
                let place = source.position(shown_span(doc, fact.span).range().start);
                let words = doc.text.get(fact.span.range()).unwrap_or_default();
                let place = format!("{}:{}:{}", plain(sheet.path), place.line, place.column);
                [place, ui.kind(fact.kind).to_owned(), short(&plain(words)), plain(&value(&fact.value, ui))]
            })
            .collect();
        for (i, line) in columns(&rows).enumerate() {
            writeln!(out, "{line}")?;
            if let Some(derivation) = sheet.derivations.get(i).map(|d| derived(d, ui)).filter(|d| !d.is_empty()) {
                writeln!(out, "    {}", plain(&derivation))?;
            }
        }
        Ok(())
    }

    fn end(&mut self, ui: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", Ui::of(ui).facts(self.facts))
    }
}

/// The words, cut in the middle of nothing but where they are too wide.
fn short(text: &str) -> String {
    if text.width() <= WORDS {
        return text.to_owned();
    }
    let mut out = String::new();
    for word in text.split_inclusive(' ') {
        if out.width() + word.width() > WORDS - 1 {
            break;
        }
        out.push_str(word);
    }
    if out.is_empty() {
        out.extend(text.chars().take(WORDS / 2));
    }
    format!("{}…", out.trim_end())
}

/// Which words gave what of a number: `number “12”, of “elves” (dead)`.
pub(crate) fn derived(d: &Derivation, ui: &Ui) -> String {
    let parts: Vec<String> = d.parts.iter().map(|(name, words)| format!("{} {}", ui.kind(name), ui.quoted(words))).collect();
    let concept = d.concept.as_ref().map(|c| format!(" ({})", ui.concept(c))).unwrap_or_default();
    let read = Some(parts.join(", ") + &concept).filter(|r| !r.is_empty());
    read.into_iter().chain(d.ties.iter().cloned()).collect::<Vec<_>>().join("; ")
}

/// The value in a few characters: `48200000 USD`, `12..`, `2018-12-05`.
pub(crate) fn value(v: &FactValue, ui: &Ui) -> String {
    match v {
        FactValue::Number { written, low, high, fraction, unit, of, .. } => {
            // « quelques centaines »: two hundred at least, and no hundred.
            let below = |l: &String| matches!((l.parse::<f64>(), written.parse::<f64>()), (Ok(l), Ok(w)) if w < l);
            let mut out =
                if low.as_ref().is_some_and(below) { String::new() } else { fraction.as_ref().unwrap_or(written).clone() };
            if low.as_ref() != Some(written) || high.as_ref() != Some(written) {
                let bound = |b: &Option<String>| b.clone().unwrap_or_default();
                let space = if out.is_empty() { "" } else { " " };
                out.push_str(&format!("{space}[{}..{}]", bound(low), bound(high)));
            }
            for more in unit.iter().chain(of) {
                out.push(' ');
                out.push_str(more);
            }
            out
        }
        FactValue::When { iso, resolved, modifier } => {
            let shown = resolved.as_ref().map_or_else(|| iso.clone(), |day| format!("{iso} = {day}"));
            modifier.map_or(shown.clone(), |m| format!("{} {shown}", ui.kind(m)))
        }
        FactValue::Length { iso, written, low, high } => {
            let bound = |b: &Option<String>| b.clone().unwrap_or_default();
            let exact = low.as_ref() == Some(written) && high.as_ref() == Some(written);
            if exact { iso.clone() } else { format!("{iso} [{}..{}]", bound(low), bound(high)) }
        }
        FactValue::Place { name, country, role, .. } => match country {
            Some(country) => format!("{name} ({country}), {}", ui.kind(role)),
            None => format!("{name}, {}", ui.kind(role)),
        },
        FactValue::Person { name, title } => title.as_ref().map_or_else(|| name.clone(), |title| format!("{name}, {title}")),
        FactValue::Organisation { name } => name.clone(),
        FactValue::Quotation { speaker, .. } => speaker.clone().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests;
