//! No passage stands twice: the leftover of a paste.

use std::collections::HashMap;

use serde::Deserialize;

use super::{Conflict, Relation};
use crate::analysis::Analysis;
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::span::Span;

/// `distinct: { words: 12 }`. Compares paragraphs of running text, or what `by` names, by their words alone.
#[derive(Clone, Copy, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Distinct {
    /// The fewest words of a paragraph that may not stand twice: a refrain or a short answer may.
    #[serde(default = "twelve")]
    words: usize,
    /// What may not stand twice.
    #[serde(default)]
    by: By,
}

/// What may not stand twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// A paragraph of running text.
    #[default]
    Paragraph,
    /// A sentence of running text, where its paragraph does not.
    Sentence,
    /// A caption, or nearly: two thirds of its words of meaning are the other's.
    Caption,
}

fn twelve() -> usize {
    12
}

impl Relation for Distinct {
    fn roles(&self) -> &'static [&'static str] {
        &["again", "first"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Template, Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = match self.by {
            By::Paragraph => self.paragraphs(a),
            By::Sentence => self.sentences(a),
            By::Caption => self.captions(a),
        };
        // A slip repeats a passage; a page of questions and answers repeats many.
        if found.len() >= 3 {
            found.iter_mut().for_each(|c| c.facets.insert(Facet::Template));
        }
        found
    }
}

fn twice(again: Span, first: Span) -> Conflict {
    Conflict { roles: vec![("again", again), ("first", first)], values: Bindings::default(), facets: Facets::default() }
}

fn words<'a>(a: &'a Analysis, tokens: impl Iterator<Item = usize>) -> Vec<&'a str> {
    tokens.filter(|&t| a.tokens[t].kind != TokenKind::Mark).map(|t| a.lower(t)).collect()
}

impl Distinct {
    fn sentences<'a>(&self, a: &'a Analysis) -> Vec<Conflict> {
        let mut seen: HashMap<Vec<&'a str>, Span> = HashMap::new();
        let whole: Vec<Span> = self.paragraphs(a).iter().map(|c| c.roles[0].1).collect();
        let mut out = Vec::new();
        for s in a.sentences.iter().filter(|s| a.doc.blocks[s.block as usize].kind.is_running()) {
            let tokens = s.start as usize..s.end as usize;
            let span = a.span(tokens.clone());
            let words = words(a, tokens);
            if words.len() < self.words
                || whole.iter().any(|w| w.start <= span.start && span.end <= w.end)
                || !span.of(&a.doc.text).ends_with(['.', '!', '?', '»', '”', '"'])
            {
                continue;
            }
            match seen.get(&words) {
                Some(&first) => out.push(twice(span, first)),
                None => drop(seen.insert(words, span)),
            }
        }
        out
    }

    fn captions(&self, a: &Analysis) -> Vec<Conflict> {
        let mut met: Vec<(Vec<&str>, Span)> = Vec::new();
        let mut out = Vec::new();
        for block in a.doc.blocks.iter().filter(|b| b.kind == BlockKind::Caption) {
            let tokens = a.tokens_in(block.span);
            let mut lemmas =
                words(a, tokens.clone().filter(|&t| a.language(t).is_none_or(|l| l.grammar.closed(a.lower(t)).is_none())));
            lemmas.sort_unstable();
            lemmas.dedup();
            if lemmas.len() < self.words {
                continue;
            }
            let shared = |other: &[&str]| lemmas.iter().filter(|w| other.contains(w)).count();
            match met.iter().find(|(other, _)| shared(other) * 3 >= lemmas.len().max(other.len()) * 2) {
                Some((_, first)) => out.push(twice(block.span, *first)),
                None => met.push((lemmas, block.span)),
            }
        }
        out
    }

    fn paragraphs<'a>(&self, a: &'a Analysis) -> Vec<Conflict> {
        let mut seen: HashMap<Vec<&'a str>, Span> = HashMap::new();
        let mut out = Vec::new();
        for block in a.doc.blocks.iter().filter(|b| b.kind.is_running()) {
            let tokens = a.tokens_in(block.span);
            if tokens.is_empty() {
                continue;
            }
            let span = a.span(tokens.clone());
            let words = words(a, tokens);
            // What ends in no mark is a link or a title that the layout repeats.
            let is_prose = span.of(&a.doc.text).ends_with(['.', '!', '?', '…', '»', '"', '”', ')', ':', ';']);
            if words.len() < self.words || !is_prose {
                continue;
            }
            match seen.get(&words) {
                Some(&first) => {
                    // A statement that somebody is quoted with, then printed as a document; or the other way round.
                    let quoted = |s: Span| s.of(&a.doc.text).starts_with(['«', '“', '"', '‘']);
                    let mut found = twice(span, first);
                    found.facets.insert_if(quoted(span) != quoted(first), Facet::Quoted);
                    out.push(found);
                }
                None => drop(seen.insert(words, span)),
            }
        }
        out
    }
}
