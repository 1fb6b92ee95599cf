//! The space before a high mark does not break the line.

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::blocks;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, mark};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::span::Span;

/// `hard-spaced`: where the language sets a space before a mark, some such space in the draft is a no-break space.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HardSpaced {
    /// How many plain spaces make it worth a word.
    pub at_least: usize,
}

impl Relation for HardSpaced {
    fn roles(&self) -> &'static [&'static str] {
        &["mark", "space"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["mark.count"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let (mut plain, mut inside): (Vec<Span>, Vec<Span>) = (Vec::new(), Vec::new());
        for i in blocks(a, &[]).into_iter().flatten() {
            let spaced = |c: char| a.language(i).is_some_and(|l| l.manifest.spaced.contains(&c));
            let at = a.tokens[i].span;
            // The opening mark of a pair has its space behind it.
            if mark(a, i) == Some('«') && spaced('»') && a.doc.text[at.range().end..].starts_with(' ') {
                inside.push(Span::new(at.range().end, at.range().end + 1));
            }
            if !mark(a, i).is_some_and(spaced) {
                continue;
            }
            match a.doc.text[..at.start as usize].chars().next_back() {
                Some('\u{A0}' | '\u{202F}') => return Vec::new(),
                Some(' ') => plain.push(Span::new(at.start as usize - 1, at.end as usize)),
                _ => {}
            }
        }
        if plain.len() < self.at_least {
            return Vec::new();
        }
        let mut values = Bindings::default();
        values.bind("mark.count", Bound::Count(plain.len()));
        let space = |at: &Span| ("space", Span::new(at.start as usize, at.start as usize + 1));
        let roles = std::iter::once(("mark", plain[0])).chain(plain.iter().map(space)).chain(inside.iter().map(space)).collect();
        vec![Conflict { roles, values, facets: Facets::default() }]
    }
}
