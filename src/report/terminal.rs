//! The report for people: each finding with its places underlined in the lines of the draft.

pub(crate) mod excerpt;
pub(crate) mod snippet;

use std::io::{self, Write};

use super::{Checked, Reporter, Settings, Source, Summary, Ui};
use crate::document::Document;
use crate::finding::Finding;
use crate::rule::{Rule, Ruleset, message};
use crate::span::Span;
use snippet::{Mark, Snippet, View};

/// Writes findings as a terminal shows them, and a closing line that counts.
#[derive(Debug)]
pub struct Terminal {
    settings: Settings,
}

impl Terminal {
    /// A report with or without colours.
    pub fn new(settings: Settings) -> Terminal {
        Terminal { settings }
    }

    fn finding(&self, f: &Finding, doc: &Document, rules: &Ruleset, view: &View, ui: &Ui, code: &str, out: &mut dyn Write) -> io::Result<()> {
        let rule = &rules.rules[f.rule];
        let words = |words| message::render(words, f, doc, rules.languages, code);
        let in_file = view.text.as_ptr() != doc.text.as_ptr();
        let marks = f.labels.iter().enumerate().map(|(i, label)| Mark {
            range: if in_file { source_span(doc, label.span).range() } else { label.span.range() },
            primary: i == 0,
            message: label_words(rule, &label.role).map(&words).unwrap_or_default(),
        });
        let help = words(&rule.help);
        let snippet = Snippet {
            level: f.level,
            code: &rule.id,
            message: &words(&rule.message),
            marks: marks.collect(),
            notes: if help.is_empty() { Vec::new() } else { vec![(ui.help, help)] },
        };
        snippet.draw(view, ui, self.settings, out)
    }
}

impl Reporter for Terminal {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, file: &Checked, rules: &Ruleset, out: &mut dyn Write) -> io::Result<()> {
        let Some(doc) = file.document.filter(|_| !file.findings.is_empty()) else { return Ok(()) };
        let ui = Ui::of(file.ui);
        let source = Source::new(file.bytes);
        let in_file = |byte| source.position(byte);
        let through_map = |byte| source.position(source_span(doc, Span::new(byte, byte)).range().start);
        let text_lines;
        let view = match source.text() {
            Some(text) => View { name: file.path, text, lines: &source, place: &in_file },
            // The bytes of another encoding cannot be shown: the text that was read from them stands in, at their places.
            None => {
                text_lines = Source::new(doc.text.as_bytes());
                View { name: file.path, text: &doc.text, lines: &text_lines, place: &through_map }
            }
        };
        file.findings.iter().try_for_each(|f| self.finding(f, doc, rules, &view, ui, file.ui, out))
    }

    fn end(&mut self, summary: &Summary, ui: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", Ui::of(ui).summary(summary))
    }

    fn tells_problems(&self) -> bool {
        false
    }
}

/// What a rule says beside the place of that role.
pub(crate) fn label_words<'a>(rule: &'a Rule, role: &str) -> Option<&'a crate::rule::Words> {
    rule.labels.iter().find(|(r, _)| r == role).map(|(_, words)| words)
}

/// The bytes of the file for a span of the text. Text that stands nowhere in the file is placed where the next text begins.
pub(crate) fn source_span(doc: &Document, span: Span) -> Span {
    let spot = Span { start: span.start, end: span.start };
    doc.map.source(span).or_else(|| doc.map.source(spot)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
