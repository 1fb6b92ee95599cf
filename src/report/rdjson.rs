//! The Reviewdog Diagnostic Format: <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>. Its columns count bytes.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::json;

use super::source::Position;
use super::told::{self, told};
use super::{Checked, Reporter, Settings, Source, Summary, plain};
use crate::finding::Level;
use crate::rule::Ruleset;
use crate::span::Span;

/// Writes one object with a diagnostic for each finding and each problem.
#[derive(Debug)]
pub struct RdJson {
    settings: Settings,
    diagnostics: usize,
}

impl RdJson {
    /// A report with the words of the draft or without.
    pub fn new(settings: Settings) -> RdJson {
        RdJson { settings, diagnostics: 0 }
    }

    fn diagnostic(&mut self, diagnostic: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.diagnostics == 0 { b"\n" } else { b",\n" })?;
        self.diagnostics += 1;
        out.write_all(&serde_json::to_vec(diagnostic)?)
    }
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    message: String,
    location: Location<'a>,
}

impl Reporter for RdJson {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"source\":{},\n\"diagnostics\":[", json!({"name": env!("CARGO_PKG_NAME")}))
    }

    fn file(&mut self, file: &Checked, rules: &Ruleset, out: &mut dyn Write) -> io::Result<()> {
        let (source, all) = told(file, rules, self.settings);
        let location = |span| Location { path: file.path, range: range(&source, span) };
        for t in all {
            let help = if t.help.is_empty() { String::new() } else { format!("\n{}", plain(&t.help)) };
            let diagnostic = Diagnostic {
                message: plain(&t.message) + &help,
                location: location(t.primary().span),
                severity: match t.level {
                    Level::Error => "ERROR",
                    Level::Warning => "WARNING",
                    Level::Note => "INFO",
                },
                code: Some(Code { value: &t.rule.id }),
                suggestions: t
                    .fix
                    .iter()
                    .flat_map(|fix| &fix.edits)
                    .map(|(span, text)| Suggestion { range: range(&source, *span), text })
                    .collect(),
                related_locations: t.places[1..]
                    .iter()
                    .map(|place| Related { message: plain(&place.message), location: location(place.span) })
                    .collect(),
            };
            self.diagnostic(&diagnostic, out)?;
        }
        for p in file.problems {
            let diagnostic = Diagnostic {
                message: told::problem(p, file.ui, self.settings).into_owned(),
                location: location(p.span.unwrap_or_default()),
                severity: "ERROR",
                code: None,
                suggestions: Vec::new(),
                related_locations: Vec::new(),
            };
            self.diagnostic(&diagnostic, out)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Summary, _: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n]}}")
    }

    fn tells_problems(&self) -> bool {
        true
    }
}

fn range(source: &Source, span: Span) -> Range {
    let in_bytes = |byte: usize| {
        let line = source.line_of(byte);
        Position { line: line + 1, column: byte.saturating_sub(source.line(line).start) + 1 }
    };
    Range { start: in_bytes(span.range().start), end: in_bytes(span.range().end) }
}
