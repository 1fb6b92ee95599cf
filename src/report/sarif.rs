//! SARIF 2.1.0, for code scanning: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::told::{self, Edits, Place, Told, told};
use super::{Checked, Reporter, Settings, Source, Summary, Ui, page};
use crate::finding::Level;
use crate::rule::{Rule, Ruleset, message};
use crate::span::Span;

/// Writes one run, a line for each result; the rules that spoke stand after the results, in the order in which they first did.
#[derive(Debug)]
pub struct Sarif {
    settings: Settings,
    results: usize,
    /// The rules that spoke. Two drafts may be checked with different rules: a rule goes by its id.
    rules: Vec<Words>,
    notifications: Vec<Value>,
    /// The address of the site of the documentation.
    docs: Option<String>,
}

/// A rule's descriptor, kept until the language of the closing words is known.
#[derive(Debug)]
struct Words {
    id: String,
    level: Level,
    topic: &'static str,
    /// Title, reason and help by language.
    by_language: Vec<(&'static str, [String; 3])>,
    /// The address of its page, by language.
    pages: Vec<(&'static str, Option<String>)>,
}

impl Sarif {
    /// A report with the words of the draft or without.
    pub fn new(settings: Settings) -> Sarif {
        Sarif { settings, results: 0, rules: Vec::new(), notifications: Vec::new(), docs: None }
    }

    /// The index of a rule among those that spoke.
    fn index(&mut self, t: &Told, rules: &Ruleset) -> usize {
        self.rules.iter().position(|r| r.id == t.rule.id).unwrap_or_else(|| {
            self.rules.push(Words::of(t.rule, rules));
            self.rules.len() - 1
        })
    }
}

impl Reporter for Sarif {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(
            out,
            "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\n\"version\":\"2.1.0\",\n\
             \"runs\":[{{\"columnKind\":\"unicodeCodePoints\",\n\"results\":["
        )
    }

    fn file(&mut self, file: &Checked, rules: &Ruleset, out: &mut dyn Write) -> io::Result<()> {
        self.docs.clone_from(&rules.docs);
        let (source, all) = told(file, rules, self.settings);
        let artifact = artifact(file.path);
        for t in all {
            out.write_all(if self.results == 0 { b"\n" } else { b",\n" })?;
            self.results += 1;
            let result = result(&t, self.index(&t, rules), &source, &artifact);
            out.write_all(&serde_json::to_vec(&result)?)?;
        }
        for p in file.problems {
            let mut place = json!({ "artifactLocation": artifact });
            if let Some(span) = p.span {
                place["region"] = region(&source, span, "");
            }
            self.notifications.push(json!({
                "level": if file.document.is_none() { "error" } else { "warning" },
                "message": {"text": escaped(&told::problem(p, file.ui, self.settings))},
                "locations": [{ "physicalLocation": place }],
            }));
        }
        Ok(())
    }

    fn end(&mut self, summary: &Summary, ui: &str, out: &mut dyn Write) -> io::Result<()> {
        let mut driver = json!({
            "name": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": self.rules.iter().map(|r| r.descriptor(ui)).collect::<Vec<_>>(),
        });
        if let Some(docs) = &self.docs {
            driver["informationUri"] = json!(docs);
        }
        let invocation = json!({ "executionSuccessful": summary.unread == 0, "toolExecutionNotifications": self.notifications });
        writeln!(out, "\n],\n\"invocations\":[{invocation}],\n\"tool\":{}}}]}}", json!({ "driver": driver }))
    }

    fn tells_problems(&self) -> bool {
        true
    }
}

impl Words {
    fn of(rule: &Rule, rules: &Ruleset) -> Words {
        let words = |code: &str| [&rule.title, &rule.why, &rule.help].map(|w| w.get(code).to_owned());
        Words {
            id: rule.id.clone(),
            level: rule.level,
            topic: rule.topic.name(),
            by_language: Ui::ALL.iter().map(|ui| (ui.code, words(ui.code))).collect(),
            pages: Ui::ALL.iter().map(|ui| (ui.code, page::address(rules, rule, ui.code))).collect(),
        }
    }

    fn descriptor(&self, ui: &str) -> Value {
        let code = Ui::of(ui).code;
        let [title, why, help] = &self.by_language.iter().find(|(c, _)| *c == code).expect("words in each language").1;
        let mut out = json!({
            "id": self.id,
            "shortDescription": {"text": title},
            "defaultConfiguration": {"level": self.level.name()},
            "properties": {"tags": [self.topic]},
        });
        // Both may be missing in a newsroom's own rule; a text may not be empty.
        if !why.is_empty() {
            out["fullDescription"] = json!({ "text": why });
        }
        // Names of places and values mean nothing here.
        let help = message::blank(help);
        if !help.is_empty() {
            out["help"] = json!({ "text": help });
        }
        if let Some((_, Some(page))) = self.pages.iter().find(|(c, _)| *c == code) {
            out["helpUri"] = json!(page);
        }
        out
    }
}

fn result(t: &Told, index: usize, source: &Source, artifact: &Value) -> Value {
    let location = |place: &Place| json!({"artifactLocation": artifact, "region": region(source, place.span, place.text)});
    let mut out = json!({
        "ruleId": t.rule.id,
        "ruleIndex": index,
        "level": t.level.name(),
        "message": {"text": escaped(&t.message)},
        "locations": [{"physicalLocation": location(t.primary())}],
        "partialFingerprints": {"recoupe": t.fingerprint},
    });
    let related: Vec<Value> = t.places[1..]
        .iter()
        .enumerate()
        .map(|(i, place)| {
            let message = json!({ "text": escaped(&place.message) });
            json!({"id": i + 1, "physicalLocation": location(place), "message": message})
        })
        .collect();
    if !related.is_empty() {
        out["relatedLocations"] = Value::Array(related);
    }
    if let Some(fix) = &t.fix {
        out["fixes"] = json!([fixed(fix, &t.help, source, artifact)]);
    }
    out
}

fn fixed(fix: &Edits, help: &str, source: &Source, artifact: &Value) -> Value {
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|(span, text)| json!({"deletedRegion": region(source, *span, ""), "insertedContent": {"text": text}}))
        .collect();
    let mut out = json!({"artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}]});
    if !help.is_empty() {
        out["description"] = json!({ "text": escaped(help) });
    }
    out
}

/// Lines and columns, and the bytes of the file; the words where they may be shown.
fn region(source: &Source, span: Span, text: &str) -> Value {
    let (start, end) = (source.position(span.range().start), source.position(span.range().end));
    let mut out = Map::new();
    out.insert("startLine".to_owned(), start.line.into());
    out.insert("startColumn".to_owned(), start.column.into());
    out.insert("endLine".to_owned(), end.line.into());
    out.insert("endColumn".to_owned(), end.column.into());
    out.insert("byteOffset".to_owned(), span.start.into());
    out.insert("byteLength".to_owned(), span.len().into());
    if !text.is_empty() {
        out.insert("snippet".to_owned(), json!({ "text": text }));
    }
    Value::Object(out)
}

/// Braces stand for arguments in a message of SARIF (§3.11.5).
fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// A file by its URI: relative to the root of the repository, or absolute.
fn artifact(path: &str) -> Value {
    let mut uri = String::new();
    for b in path.bytes() {
        match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(b as char),
            _ => uri.push_str(&format!("%{b:02X}")),
        }
    }
    let drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with('/') {
        json!({ "uri": format!("file://{uri}") })
    } else if drive {
        json!({ "uri": format!("file:///{}", uri.replacen("%3A", ":", 1)) })
    } else {
        json!({"uri": uri, "uriBaseId": "%SRCROOT%"})
    }
}
