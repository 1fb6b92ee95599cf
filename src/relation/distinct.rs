//! No paragraph stands twice: the leftover of a paste.

use std::collections::HashMap;

use serde::Deserialize;

use super::{Conflict, Facet, Facets, Relation};
use crate::analysis::{Analysis, TokenKind};
use crate::finding::Bindings;
use crate::span::Span;

/// `distinct: { words: 12 }`. Compares paragraphs of running text by their words alone.
#[derive(Clone, Copy, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Distinct {
    /// The fewest words of a paragraph that may not stand twice: a refrain or a short answer may.
    #[serde(default = "twelve")]
    words: usize,
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
        &[]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut seen: HashMap<Vec<&str>, Span> = HashMap::new();
        let mut out = Vec::new();
        for block in a.doc.blocks.iter().filter(|b| b.kind.is_running()) {
            let tokens = a.tokens_in(block.span);
            if tokens.is_empty() {
                continue;
            }
            let span = a.span(tokens.clone());
            let words: Vec<&str> = tokens.filter(|&t| a.tokens[t].kind != TokenKind::Mark).map(|t| a.lower(t)).collect();
            // What ends in no mark is a link or a title that the layout repeats.
            let is_prose = span.of(&a.doc.text).ends_with(['.', '!', '?', '…', '»', '"', '”', ')', ':', ';']);
            if words.len() < self.words || !is_prose {
                continue;
            }
            match seen.get(&words) {
                Some(&first) => {
                    let roles = vec![("again", span), ("first", first)];
                    out.push(Conflict { roles, values: Bindings::default(), facets: Facets::default() });
                }
                None => drop(seen.insert(words, span)),
            }
        }
        out
    }
}
