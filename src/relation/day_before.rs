//! What follows does not happen the day before what it follows.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{cue_in, find_cue};
use super::names::SetName;
use super::support::tells;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Mention, Value};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;

/// `day-before`: « Le corps a été découvert jeudi. L'autopsie, pratiquée la veille, … »
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DayBefore {
    /// Chains of stages, each by the cue sets of its words, in their order.
    #[schemars(with = "Vec<Vec<SetName>>")]
    pub chains: Vec<Vec<String>>,
    /// The cue set of words for a time before the day that was told last: « la veille ».
    #[schemars(with = "SetName")]
    pub before: String,
    /// The cue set of words for one more of a kind.
    #[schemars(with = "SetName")]
    pub anew: String,
}

impl Relation for DayBefore {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "dated", "then", "earlier"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let sentences = a.sentences.iter().map(|s| s.start as usize..s.end as usize);
        sentences.filter(|s| !s.is_empty() && tells(a.kind(s.start))).filter_map(|s| self.judge(a, &s)).collect()
    }
}

/// Tokens at most between a time and what it dates.
const REACH: usize = 8;

impl DayBefore {
    fn judge(&self, a: &Analysis, s: &Range<usize>) -> Option<Conflict> {
        let words = find_cue(a, &self.before, s.clone())?;
        // The day that it is counted from stands before it, in this sentence or the last.
        let last = s.start.checked_sub(1).filter(|&i| a.tokens[i].block == a.tokens[s.start].block).map(|i| a.sentence(i));
        let from = last.as_ref().map_or(s.start, |l| l.start);
        let day = a.mentions_in(from..words.start).iter().rfind(|m| is_day(m))?;
        let own = a.sentence(day.tokens.0 as usize);
        let apart = day.tokens.1 as usize;
        let mine = around(&words, s.start.max(apart)..s.end);
        let theirs = around(&(day.tokens.0 as usize..apart), own.start..own.end.min(words.start));
        let near = |stages: &[String], tokens: Range<usize>, at: usize| {
            let found = stages.iter().enumerate().filter_map(|(rank, set)| Some((rank, find_cue(a, set, tokens.clone())?)));
            found.min_by_key(|(_, w)| w.start.abs_diff(at))
        };
        let (x, y) = self.chains.iter().find_map(|chain| {
            let (then, y) = near(chain, mine.clone(), words.start)?;
            let (first, x) = near(chain, theirs.clone(), day.tokens.0 as usize)?;
            (first < then).then_some((x, y))
        })?;
        let other = [s.start..words.start, words.end..s.end, own].into_iter().any(|r| cue_in(a, &self.anew, r));
        if other {
            return None;
        }
        let span = |w: Range<usize>| a.span(w);
        let mut facets = Facets::default();
        facets.insert_if(a.facets_at(span(words.clone())).contains(Facet::Quoted), Facet::Quoted);
        let roles = vec![("first", span(x)), ("dated", day.span), ("then", span(y)), ("earlier", span(words))];
        Some(Conflict { roles, values: Bindings::default(), facets })
    }
}

/// The tokens near a time, within bounds.
fn around(words: &Range<usize>, bounds: Range<usize>) -> Range<usize> {
    words.start.saturating_sub(REACH).max(bounds.start)..(words.end + REACH).min(bounds.end)
}

fn is_day(m: &Mention) -> bool {
    match &m.value {
        Value::Weekday(_) => true,
        Value::Date(d) => d.day.is_some(),
        _ => false,
    }
}
