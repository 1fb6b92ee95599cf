//! Invented rules, drafts and findings for the tests of the reports.

use jiff::civil::date;

use super::{Checked, Make, REPORTS, Settings, Summary};
use crate::document::{Document, Meta, Origin, Places, SourceMap};
use crate::finding::{Bindings, Finding, Label, Level};
use crate::language::Languages;
use crate::rule::Ruleset;
use crate::span::Span;

const RULE: &str = r#"
id: two-counts
since: "0.1.0"
topic: numbers
level: warning
title: { fr: "deux comptes d’une même chose", en: "two counts of one thing" }
in: [headline, body]
find:
  fr: "{first: neuf bateaux} ..3 {other: sept bateaux}"
  en: "{first: nine boats} ..3 {other: seven boats}"
unless: [quoted, hypothetical]
message: { fr: "{first} puis {other}", en: "{first}, then {other}" }
labels:
  first: { fr: "compté ici", en: "counted here" }
  other: { fr: "autre compte", en: "another count" }
help: { fr: "garder un seul compte", en: "keep one count" }
why: { fr: "L’un des deux est faux.", en: "One of the two is wrong." }
source: "https://example.org/counts"
examples:
  - lang: en
    bad:
      headline: "[Nine boats]{first} lost"
      body: "The port lost [seven boats]{other}."
  - lang: en
    good: { body: "At least seven boats, perhaps nine." }
    because: "the words leave room for both"
  - lang: en
    good: { body: "If nine boats sail, seven boats return." }
    thanks-to: hypothetical
"#;

pub fn rules() -> Ruleset {
    Ruleset::with(vec![("desk/two-counts.yaml".into(), RULE.to_owned())]).expect("the rule is a good one")
}

/// A draft that is its own text.
pub fn draft(text: &str) -> Document {
    let mut map = SourceMap::default();
    map.push_verbatim(0, 0, text.len());
    document(text, map)
}

pub fn document(text: &str, map: SourceMap) -> Document {
    let lang = Languages::shipped().by_code("fr").unwrap();
    let published = Some((date(2024, 5, 7), Origin::Given));
    Document {
        text: text.to_owned(),
        blocks: Vec::new(),
        map,
        meta: Meta { lang, published, ..Meta::default() },
        suppressions: Vec::new(),
        pictures: Vec::new(),
        twins: Vec::new(),
        places: Places::Lines,
        number: 0,
    }
}

/// A finding whose places are the first occurrences of these words, by role.
pub fn finding(text: &str, places: &[(&str, &str)]) -> Finding {
    let span = |words: &str| {
        let at = text.find(words).unwrap_or_else(|| panic!("{words:?} does not occur"));
        Span::new(at, at + words.len())
    };
    let labels = places.iter().map(|(role, words)| Label { role: (*role).to_owned(), span: span(words) }).collect();
    let rule = rules().get("two-counts").unwrap().0;
    Finding {
        rule,
        level: Level::Warning,
        labels,
        bindings: Bindings::default(),
        fix: None,
        fingerprint: "1:0123456789abcdef".to_owned(),
    }
}

/// What a report says of one file.
pub fn report(name: &str, color: bool, file: &Checked) -> String {
    let make: Make = REPORTS.iter().find(|(n, _)| *n == name).unwrap().1;
    let mut reporter = make(Settings { color, redact: false });
    let mut summary = Summary { files: 1, ..Summary::default() };
    file.findings.iter().for_each(|f| summary.count(f.level));
    let mut out = Vec::new();
    let rules = rules();
    reporter.begin(&mut out).unwrap();
    reporter.file(file, &rules, &mut out).unwrap();
    reporter.end(&summary, file.ui, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

pub fn checked<'a>(path: &'a str, bytes: &'a [u8], doc: &'a Document, findings: &'a [Finding], ui: &'a str) -> Checked<'a> {
    Checked { path, bytes, document: Some(doc), findings, problems: &[], ui }
}
