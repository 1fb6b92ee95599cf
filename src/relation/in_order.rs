//! What comes first is dated first.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Year, find_cue, years};
use super::names::SetName;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, mark};
use crate::facet::Facet;
use crate::finding::Bindings;

/// `in-order`: of two years that a sentence puts in order the first is the earlier: born and dead, « de 1990 à 1994 », (1850-1912).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct InOrder {
    /// The cue set of words that begin something, before a year.
    #[schemars(with = "SetName")]
    pub first: String,
    /// The cue set of words that end it, before a year.
    #[schemars(with = "SetName")]
    pub then: String,
}

impl Relation for InOrder {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "then"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Hypothetical]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let sentences = || a.sentences.iter().map(|s| s.start as usize..s.end as usize);
        let mut found: Vec<Conflict> = sentences().filter_map(|s| self.predicates(a, s)).collect();
        for s in sentences() {
            let all = years(a, s);
            found.extend(all.windows(2).filter_map(|pair| bracketed(a, pair[0], pair[1])));
        }
        found
    }
}

impl InOrder {
    /// « né en 1950 et mort en 1912 »
    fn predicates(&self, a: &Analysis, s: Range<usize>) -> Option<Conflict> {
        let year = |set: &str, from: usize| {
            let cue = find_cue(a, set, from..s.end)?;
            years(a, cue.end..(cue.end + 4).min(s.end)).first().copied()
        };
        let first = year(&self.first, s.start)?;
        let then = year(&self.then, first.token + 1)?;
        // What lies before our era runs backwards.
        (then.year < first.year).then(|| conflict(a, first, then))
    }
}

/// « (1950-1912) »
fn bracketed(a: &Analysis, x: Year, y: Year) -> Option<Conflict> {
    let between = y.token == x.token + 2 && matches!(mark(a, x.token + 1), Some('-' | '–' | '—'));
    let open = x.token.checked_sub(1).is_some_and(|i| mark(a, i) == Some('('));
    let close = a.tokens.len() > y.token + 1 && mark(a, y.token + 1) == Some(')');
    (between && open && close && y.year < x.year).then(|| conflict(a, x, y))
}

fn conflict(a: &Analysis, first: Year, then: Year) -> Conflict {
    let span = |y: Year| a.tokens[y.token].span;
    Conflict {
        roles: vec![("first", span(first)), ("then", span(then))],
        values: Bindings::default(),
        facets: a.facets_at(span(first)),
    }
}
