//! The report for people: each finding with its places underlined in the lines of the draft.

pub(crate) mod excerpt;
pub(crate) mod snippet;

use std::io::{self, Write};

use super::told::{label_words, source_span, words_of};
use super::{Checked, Reporter, Settings, Source, Summary, Ui, plain};
use crate::document::Document;
use crate::finding::Finding;
use crate::rule::Ruleset;
use crate::rule::message::fold;
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

    fn finding(&self, f: &Finding, page: &Page, rules: &Ruleset, out: &mut dyn Write) -> io::Result<()> {
        let (rule, ui) = (&rules.rules[f.rule], Ui::of(page.code));
        let words = |words| words_of(words, f, page.doc, rules, page.code, self.settings);
        let marks = f.labels.iter().enumerate().map(|(i, label)| Mark {
            range: if page.of_file { source_span(page.doc, label.span).range() } else { label.span.range() },
            primary: i == 0,
            message: label_words(rule, &label.role).map(&words).unwrap_or_default(),
        });
        let help = words(&rule.help);
        let help = (!help.is_empty()).then_some((ui.help, help));
        if self.settings.redact {
            return self.places(f, page, &words(&rule.message), help, rules, out);
        }
        let offer = offered(f, page.doc, ui);
        let fix = (!offer.is_empty()).then_some((ui.fix, offer));
        let snippet = Snippet {
            level: f.level,
            code: &rule.id,
            message: &words(&rule.message),
            marks: marks.collect(),
            notes: help.into_iter().chain(fix).collect(),
        };
        snippet.draw(&page.view, ui, self.settings, out)
    }

    /// A finding without the lines of the draft: where its places are, one below the other.
    fn places(
        &self,
        f: &Finding,
        page: &Page,
        message: &str,
        help: Option<(&str, String)>,
        rules: &Ruleset,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let rule = &rules.rules[f.rule];
        let places: Vec<(String, String)> = f
            .labels
            .iter()
            .map(|label| {
                let span = if page.of_file { source_span(page.doc, label.span) } else { label.span };
                let at = (page.view.place)(span.range().start);
                let says = label_words(rule, &label.role).map(|w| words_of(w, f, page.doc, rules, page.code, self.settings));
                (format!("{}:{}:{}", page.view.name, at.line, at.column), says.unwrap_or_default())
            })
            .collect();
        let places = places.iter().map(|(at, says)| (at.as_str(), says.clone()));
        let snippet = Snippet { level: f.level, code: &rule.id, message, marks: Vec::new(), notes: places.chain(help).collect() };
        snippet.draw(&page.view, Ui::of(page.code), self.settings, out)
    }
}

/// Places of one fix that are shown; of more it is only said that there is one.
const SHOWN_EDITS: usize = 3;

/// What could be written instead, and whether `--fix` would.
fn offered(f: &Finding, doc: &Document, ui: &Ui) -> String {
    let Some(fix) = &f.fix else { return String::new() };
    let visible = |text: &str| !text.trim().is_empty();
    let shown = fix.edits.len() <= SHOWN_EDITS && fix.edits.iter().all(|(span, new)| visible(new) && visible(span.of(&doc.text)));
    let edits = fix.edits.iter().map(|(span, new)| format!("{} → {new}", fold(span.of(&doc.text)))).collect::<Vec<_>>();
    match (shown, fix.safe) {
        (true, true) => format!("{} ({})", edits.join(", "), ui.fix_how),
        (true, false) => edits.join(", "),
        (false, true) => ui.fix_how.to_owned(),
        (false, false) => String::new(),
    }
}

/// A draft as it is shown.
struct Page<'a> {
    doc: &'a Document,
    view: View<'a>,
    /// Whether the view is of the file, else of the text that was read from it.
    of_file: bool,
    /// Language code of the messages.
    code: &'a str,
}

impl Reporter for Terminal {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, file: &Checked, rules: &Ruleset, out: &mut dyn Write) -> io::Result<()> {
        let Some(doc) = file.document.filter(|_| !file.findings.is_empty()) else { return Ok(()) };
        let source = Source::of(doc, file.bytes);
        let in_file = |byte| source.position(byte);
        let through_map = |byte| source.position(source_span(doc, Span::new(byte, byte)).range().start);
        let name = &plain(file.path);
        let text_lines;
        let view = match source.text() {
            Some(text) => View { name, text, lines: &source, place: &in_file },
            // The bytes of another encoding cannot be shown: the text that was read from them stands in, at their places.
            None => {
                text_lines = Source::new(doc.text.as_bytes());
                View { name, text: &doc.text, lines: &text_lines, place: &through_map }
            }
        };
        let page = Page { doc, view, of_file: source.text().is_some() && doc.shown().is_none(), code: file.ui };
        file.findings.iter().try_for_each(|f| self.finding(f, &page, rules, out))
    }

    fn end(&mut self, summary: &Summary, ui: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", Ui::of(ui).summary(summary))
    }

    fn tells_problems(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests;
