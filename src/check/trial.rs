//! Runs the examples of rules.

use super::findings;
use crate::analysis::Analysis;
use crate::document::Document;
use crate::facet::{Facet, Facets};
use crate::finding::Finding;
use crate::language::Lang;
use crate::pattern::Matcher;
use crate::rule::message::render;
use crate::rule::{Body, Example, ExampleFailure, Rule, Ruleset};
use crate::span::Span;

impl Ruleset {
    /// Runs the examples of all rules that are switched on.
    pub fn test(&self) -> Vec<ExampleFailure> {
        (0..self.rules.len()).filter(|i| self.rules[*i].enabled).flat_map(|i| self.test_rule(i)).collect()
    }

    /// Runs the examples of one rule, by its index.
    pub fn test_rule(&self, index: usize) -> Vec<ExampleFailure> {
        let run = Run { rules: self, rule: &self.rules[index], index, matchers: self.matchers_of(index) };
        let examples = run.rule.examples.iter().enumerate();
        examples
            .filter_map(|(i, example)| run.example(example).err().map(|failure| ExampleFailure { example: i, ..failure }))
            .collect()
    }

    /// The patterns of one rule, for each of its languages.
    fn matchers_of(&self, index: usize) -> Vec<Matcher> {
        if !matches!(self.rules[index].body, Body::Find(_)) {
            return Vec::new();
        }
        let languages = self.languages.iter().map(|(lang, _)| lang);
        languages
            .filter(|lang| self.matcher(*lang).is_some())
            .map(|lang| Matcher::build(self.patterns(lang, |i| i == index)))
            .collect()
    }
}

struct Run<'r> {
    rules: &'r Ruleset,
    rule: &'r Rule,
    index: usize,
    matchers: Vec<Matcher>,
}

impl Run<'_> {
    fn example(&self, example: &Example) -> Result<(), ExampleFailure> {
        let languages = self.rules.languages;
        let lang = languages.by_code(&example.lang).unwrap_or(Lang::UNKNOWN);
        let (doc, marked) = example.document(lang);
        let before = example.previous(lang);
        let before = before.as_ref().map(|doc| Analysis::of(doc, languages));
        let a = Analysis::of(&doc, languages).asked_for(example.asked.clone());
        let a = match &before {
            Some(before) => a.after(before),
            None => a,
        };
        let found = self.findings(&a, self.rule.unless);
        let fail = |expected: String, found: &[Finding]| {
            let silent = || if example.bad { self.silenced(&a) } else { "nothing".to_owned() };
            let found = if found.is_empty() { silent() } else { show(&doc, found) };
            Err(ExampleFailure { rule: self.rule.id.clone(), example: 0, text: doc.text.clone(), expected, found })
        };
        if !example.bad {
            if !found.is_empty() {
                return fail("nothing".into(), &found);
            }
            let Some(guard) = example.thanks_to.as_ref().and_then(|g| Facet::ALL.iter().copied().find(|f| f.name() == g)) else {
                return Ok(());
            };
            let rest: Facets = Facet::ALL.iter().copied().filter(|f| *f != guard && self.rule.unless.contains(*f)).collect();
            let bare = self.findings(&a, rest);
            return if bare.is_empty() { fail(format!("a finding without the guard `{}`", guard.name()), &bare) } else { Ok(()) };
        }
        let primary = self.rule.labels.iter().find(|(name, _)| marked.iter().any(|(role, _)| role == name));
        let times = primary.map_or(1, |(name, _)| marked.iter().filter(|(role, _)| role == name).count());
        let has =
            |(role, span): &&(String, Span)| found.iter().any(|f| f.labels.iter().any(|l| l.role == *role && l.span == *span));
        let missing: Vec<String> =
            marked.iter().filter(|m| !has(m)).map(|(role, span)| format!("{role} “{}”", span.of(&doc.text))).collect();
        if !missing.is_empty() || found.is_empty() {
            return fail(if missing.is_empty() { "a finding".into() } else { missing.join(", ") }, &found);
        }
        // Several marks of the primary role are several findings, or one that shows them all.
        if found.len() != times && found.len() != 1 {
            return fail(format!("{times} finding(s)"), &found);
        }
        if let Some(says) = &example.says {
            let said = render(&self.rule.message, &found[0], &doc, languages, &example.lang);
            if said != *says {
                let failure = ExampleFailure {
                    rule: self.rule.id.clone(),
                    example: 0,
                    text: doc.text.clone(),
                    expected: says.clone(),
                    found: said,
                };
                return Err(failure);
            }
        }
        if let Some(fixed) = &example.fixed {
            let (wanted, got) = (fixed.join("\n"), mend(&doc.text, &found));
            if got != wanted {
                return Err(ExampleFailure {
                    rule: self.rule.id.clone(),
                    example: 0,
                    text: doc.text.clone(),
                    expected: wanted,
                    found: got,
                });
            }
        }
        Ok(())
    }

    /// That nothing was found, and the guards without which something would have been.
    fn silenced(&self, a: &Analysis) -> String {
        let guards: Vec<Facet> = Facet::ALL.iter().copied().filter(|f| self.rule.unless.contains(*f)).collect();
        if guards.is_empty() || self.findings(a, Facets::default()).is_empty() {
            return "nothing".to_owned();
        }
        let without = |guard: Facet| guards.iter().copied().filter(|f| *f != guard).collect();
        let alone: Vec<String> =
            guards.iter().filter(|g| !self.findings(a, without(**g)).is_empty()).map(|g| format!("`{}`", g.name())).collect();
        match &alone[..] {
            [] => "nothing: several guards of `unless` silence it together".to_owned(),
            [one] => format!("nothing: the guard {one} silences it"),
            many => format!("nothing: the guards {} silence it", many.join(", ")),
        }
    }

    fn findings(&self, a: &Analysis, unless: Facets) -> Vec<Finding> {
        // What a suppression silences only the other rules tell.
        if super::suppress::relation_of(self.rule).is_some() {
            return super::check_analysis(a, self.rules).into_iter().filter(|f| f.rule == self.index).collect();
        }
        let matches = self.matchers.iter().flat_map(|matcher| matcher.matches(a)).collect();
        findings(a, self.index, self.rule, matches, unless)
    }
}

fn show(doc: &Document, findings: &[Finding]) -> String {
    let one =
        |f: &Finding| f.labels.iter().map(|l| format!("{} “{}”", l.role, l.span.of(&doc.text))).collect::<Vec<_>>().join(", ");
    findings.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn mend(text: &str, findings: &[Finding]) -> String {
    let mut edits: Vec<&(Span, String)> = findings.iter().flat_map(|f| &f.fix).flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut out = text.to_owned();
    for (span, new) in edits {
        out.replace_range(span.range(), new);
    }
    out
}
