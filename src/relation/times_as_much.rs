//! Doubled is twice as much.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::change::{Change, ChangeWords};
use super::figure::{figure, find_cue, stance};
use super::names::{Keyed, SetName};
use super::{Conflict, Relation};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Mention, Value, mark};
use crate::facet::Facet;
use crate::finding::{Bindings, Bound};
use crate::mention::quantity::HUNDRED;

/// `times-as-much`: what is said to have doubled ended at about twice its start, and grew by about a hundred per cent.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TimesAsMuch {
    /// How a change is worded.
    pub words: ChangeWords,
    /// The cue sets of words of a multiple, each with its number: `{ doubled: 2 }`.
    #[schemars(with = "Keyed<SetName>")]
    pub multiples: BTreeMap<String, u32>,
}

impl Relation for TimesAsMuch {
    fn roles(&self) -> &'static [&'static str] {
        &["multiple", "numbers"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["factor"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Negated, Facet::Hypothetical]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        for change in &self.words.changes(a) {
            found.extend(self.of_change(a, change));
        }
        for m in a.mentions.iter() {
            found.extend(self.of_share(a, m));
        }
        found
    }
}

impl TimesAsMuch {
    /// « a doublé, passant de 10 à 15 »
    fn of_change(&self, a: &Analysis, c: &Change) -> Option<Conflict> {
        let clause = a.clauses[a.clause(c.open)];
        let (word, times) = self.multiple(a, clause.tokens.0 as usize..c.open)?;
        // The figures that a multiple goes with are the nearest behind it: « n'a que doublé, de 8 à 16, et celui des gares passe de 140 à 182 ».
        let next = a.ranges.partition_point(|r| (r.first.0 as usize) < word.end);
        if a.ranges.get(next).is_some_and(|r| (r.first.0 as usize) < c.open) {
            return None;
        }
        // « a doublé, de 30 à 42 »
        if !c.passing && (word.end + 1 != c.open || mark(a, word.end) != Some(',')) {
            return None;
        }
        let ratio = c.to.amount.written.div(c.from.amount.written)?;
        if c.scaled() || fits(ratio, times)? {
            return None;
        }
        Some(conflict(a, word, c.span, ratio, c.from.mention))
    }

    /// « a doublé (+50 %) »
    fn of_share(&self, a: &Analysis, m: &Mention) -> Option<Conflict> {
        let Value::Percent(p) = &m.value else { return None };
        let at = m.tokens.0 as usize;
        let from = a.sentence(at).start.max(at.saturating_sub(5));
        let (word, times) = self.multiple(a, from..at)?;
        let stated = a.language(at)?.cues.get(&self.words.stated);
        let other = a.mentions_in(word.end..at).iter().any(|x| figure(x).is_some());
        // A bare sign or « une hausse de », right after the word and before the share.
        if other || !stated.stands_in(a, word.end..at) {
            return None;
        }
        let ratio = p.written.div(HUNDRED)?.add(Ratio::ONE)?;
        (!fits(ratio, times)?).then(|| conflict(a, word, m.span, ratio, m))
    }

    fn multiple(&self, a: &Analysis, tokens: std::ops::Range<usize>) -> Option<(std::ops::Range<usize>, u32)> {
        self.multiples.iter().find_map(|(set, n)| find_cue(a, set, tokens.clone()).map(|t| (t, *n)))
    }
}

/// Whether a ratio may be called so many times: from a sixth less to three quarters of one more, « plus que doublé » being common.
fn fits(ratio: Ratio, times: u32) -> Option<bool> {
    let n = Ratio::whole(i128::from(times));
    Some(ratio >= n.mul(Ratio::new(5, 6)?)? && ratio < n.add(Ratio::new(3, 4)?)?)
}

fn conflict(a: &Analysis, word: std::ops::Range<usize>, numbers: crate::span::Span, ratio: Ratio, m: &Mention) -> Conflict {
    let mut values = Bindings::default();
    let tenth = Ratio::new(1, 10).unwrap_or(Ratio::ONE);
    let shown = super::share_of::round(ratio, tenth).unwrap_or(ratio);
    values.bind("factor", Bound::Amount(Amount::exact(shown, tenth)));
    Conflict { roles: vec![("multiple", a.span(word)), ("numbers", numbers)], values, facets: stance(m) }
}
