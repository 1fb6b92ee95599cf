//! One draft, checked whole: its findings, and what is wrong with the file, as diagnostics.

use std::cell::OnceCell;

use gen_lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, Message, Range, Uri,
};
use serde_json::json;

use super::client::Client;
use super::documents::Open;
use super::setup::Setup;
use super::words::Words;
use crate::document::Document;
use crate::facts::{Derivation, Fact};
use crate::finding::{Finding, Fix, Level};
use crate::reader::{self, Format, Problem};
use crate::report::told::{label_words, source_span};
use crate::report::{Source, Ui, page};
use crate::rule::{Rule, message};
use crate::span::Span;

/// The name under which an editor shows what recoupe says.
pub const SOURCE: &str = env!("CARGO_PKG_NAME");

/// A draft that was checked.
#[derive(Debug)]
pub struct Checked {
    /// How it was read.
    pub format: Format,
    /// What held for it.
    pub setup: Setup,
    /// What the reader made of it; `None` where it is no draft at all.
    pub document: Option<Document>,
    /// What is to be shown.
    pub findings: Vec<Finding>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Language code of the messages.
    pub ui: &'static str,
    facts: OnceCell<Vec<(Fact, Derivation)>>,
}

/// Checks a text; `None` once `overtaken` says that the answer is not wanted any more, which is asked between the stages.
pub fn check(open: &Open, format: Option<Format>, setup: Setup, overtaken: &mut dyn FnMut() -> bool) -> Option<Checked> {
    let bytes = open.text.as_bytes();
    let known = format.map_or_else(|| Format::of(bytes, None), Ok);
    let format = known.as_ref().copied().unwrap_or(Format::Text);
    let mut out =
        Checked { format, ui: "en", document: None, findings: Vec::new(), problems: Vec::new(), facts: OnceCell::new(), setup };
    let languages = out.setup.desk.rules.languages;
    match known.and_then(|format| reader::read(bytes, format, languages, out.setup.options(languages))) {
        Ok((document, problems)) => {
            out.problems = problems;
            if overtaken() {
                return None;
            }
            let analysis = out.setup.desk.analyse(&document);
            if overtaken() {
                return None;
            }
            out.setup.check(analysis, &mut out.findings, &mut out.problems);
            out.ui = out.setup.ui(Some(languages.code(document.meta.lang)));
            out.document = Some(document);
        }
        Err(e) => {
            out.ui = out.setup.ui(None);
            out.problems.push(Problem { message: e.to_string(), span: e.span() });
        }
    }
    Some(out)
}

impl Checked {
    /// The facts, each with how it was read; made when first asked for.
    pub fn facts(&self) -> &[(Fact, Derivation)] {
        self.facts.get_or_init(|| {
            let explained = |doc| crate::facts::explained(&self.setup.desk.analyse(doc));
            self.document.as_ref().map(explained).unwrap_or_default()
        })
    }

    /// The rule of a finding.
    pub fn rule(&self, finding: &Finding) -> &Rule {
        &self.setup.desk.rules.rules[finding.rule]
    }

    /// Where a span of what the reader of the paper sees stands in the text.
    pub fn place(&self, span: Span) -> Span {
        self.document.as_ref().map(|doc| source_span(doc, span)).unwrap_or_default()
    }

    /// Words of a rule about a finding.
    pub fn say(&self, words: &crate::rule::Words, finding: &Finding) -> String {
        self.document
            .as_ref()
            .map(|doc| message::render(words, finding, doc, self.setup.desk.rules.languages, self.ui))
            .unwrap_or_default()
    }

    /// The edits of a suggestion; `None` where one of them stands nowhere in the text.
    pub fn edits<'f>(&self, fix: &'f Fix) -> Option<Vec<(Span, &'f str)>> {
        let doc = self.document.as_ref()?;
        fix.edits.iter().map(|(span, new)| Some((doc.map.source(*span)?, new.as_str()))).collect()
    }

    /// What the editor underlines.
    pub fn diagnostics(&self, open: &Open, uri: &Uri, client: &Client) -> Vec<Diagnostic> {
        let problems = self.problems.iter().map(|p| {
            let range = open.lines.range(&open.text, p.span.unwrap_or_else(|| first_line(&open.text)));
            let level = if self.document.is_some() { Level::Warning } else { Level::Error };
            Diagnostic { source: Some(SOURCE.to_owned()), ..bare(range, level, p.message.clone()) }
        });
        let findings = self.findings.iter().map(|f| self.diagnostic(f, open, uri, client));
        problems.chain(findings).collect()
    }

    /// What the editor underlines for one finding.
    pub fn diagnostic(&self, finding: &Finding, open: &Open, uri: &Uri, client: &Client) -> Diagnostic {
        let rule = self.rule(finding);
        let range = |span: Span| open.lines.range(&open.text, self.place(span));
        let mut text = self.say(&rule.message, finding);
        let help = self.say(&rule.help, finding);
        if !help.is_empty() {
            text.push_str(&format!("\n{}{}{help}", Ui::of(self.ui).help, Ui::of(self.ui).colon));
        }
        let said = |role: &str| label_words(rule, role).map(|words| self.say(words, finding)).filter(|s| !s.is_empty());
        let others = finding.labels.iter().enumerate().filter_map(|(i, label)| {
            // Beside the mark itself the message says enough, unless the label says more.
            let message = said(&label.role).or_else(|| (i > 0).then(|| rule.title.get(self.ui).to_owned()))?;
            Some(DiagnosticRelatedInformation { location: Location { uri: uri.clone(), range: range(label.span) }, message })
        });
        let others: Vec<DiagnosticRelatedInformation> = if finding.labels.len() > 1 { others.collect() } else { Vec::new() };
        if !client.related {
            for other in others.iter().filter(|o| o.location.range != range(finding.labels[0].span)) {
                let words = Words::of(self.ui);
                text.push_str(&format!("\n{} {}: {}", words.line, other.location.range.start.line + 1, other.message));
            }
        }
        let href = page::address(&self.setup.desk.rules, rule, self.ui).filter(|_| client.links);
        Diagnostic {
            code: Some(Code::String(rule.id.clone())),
            code_description: href.map(|href| CodeDescription { href: Uri(href) }),
            source: Some(SOURCE.to_owned()),
            related_information: (client.related && !others.is_empty()).then_some(others),
            data: Some(json!({ "rule": rule.id, "topic": rule.topic.name(), "fingerprint": finding.fingerprint })),
            ..bare(range(finding.labels[0].span), finding.level, text)
        }
    }

    /// The findings one of whose places touches a span of the text.
    pub fn findings_at(&self, at: Span) -> impl Iterator<Item = &Finding> {
        let touches = move |s: Span| s.start <= at.end && at.start <= s.end;
        self.findings.iter().filter(move |f| f.labels.iter().any(|l| touches(self.place(l.span))))
    }
}

/// A diagnostic without more than place, level and words.
pub fn bare(range: Range, level: Level, text: String) -> Diagnostic {
    let severity = match level {
        Level::Error => DiagnosticSeverity::Error,
        Level::Warning => DiagnosticSeverity::Warning,
        Level::Note => DiagnosticSeverity::Information,
    };
    Diagnostic {
        range,
        severity: Some(severity),
        code: None,
        code_description: None,
        source: Some(SOURCE.to_owned()),
        message: Message::String(text),
        tags: None,
        related_information: None,
        data: None,
    }
}

fn first_line(text: &str) -> Span {
    let range = Source::new(text.as_bytes()).line(0);
    Span::new(range.start, range.end)
}
