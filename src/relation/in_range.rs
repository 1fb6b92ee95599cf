//! The most and the least of what a range is told of lie in it.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Figure, Unit, figure, find_cue};
use super::{Conflict, Relation};
use crate::amount::Amount;
use crate::analysis::{Analysis, Mention, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};

/// `in-range`: whatever is said to be the most or the least of a range, or to lie within it, is no more and no less than its ends.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InRange {}

/// Sentences behind a range in which the most and the least of it are told.
const AHEAD: u32 = 2;

/// Tokens between the word for the most or the least and its figure, at most.
const NEAR: usize = 14;

impl Relation for InRange {
    fn roles(&self) -> &'static [&'static str] {
        &["range", "outside"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["outside.amount"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::OtherTime, Facet::Hypothetical]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        for r in &a.ranges {
            let at = |tokens: (u32, u32)| a.mentions_in(tokens.0 as usize..tokens.1 as usize).iter().find(|m| m.tokens == tokens);
            let (Some(first), Some(second)) = (at(r.first), at(r.second)) else { continue };
            let (Some(low), Some(high)) = (figure(first), figure(second)) else { continue };
            if low.unit != high.unit || low.amount.written >= high.amount.written || matches!(low.unit, Unit::Count(_)) {
                continue;
            }
            let range = a.tokens[r.open as usize].span.cover(second.span);
            for f in named(a, second).into_iter().filter(|f| f.unit == low.unit && outside(f.amount, &low, &high)) {
                let mut values = Bindings::default();
                values.bind("outside.amount", Bound::Amount(*f.amount));
                let mut facets = Facets::default();
                facets.insert_if(first.frame.year != f.mention.frame.year || f.mention.frame.background, Facet::OtherTime);
                facets.insert_if(f.mention.stance.hypothetical, Facet::Hypothetical);
                found.push(Conflict { roles: vec![("range", range), ("outside", f.span(a))], values, facets });
            }
        }
        found
    }
}

/// Whether an amount, as worded, is below the one or above the other.
fn outside(x: &Amount, low: &Figure, high: &Figure) -> bool {
    let r = x.rounded();
    r.high.is_some_and(|most| most < low.amount.written) || r.low.is_some_and(|least| least > high.amount.written)
}

/// The figures behind a range that are said to be the most, the least, or within it.
fn named<'a>(a: &'a Analysis<'_>, range: &Mention) -> Vec<Figure<'a>> {
    let own = range.sentence;
    let running = a.kind(range.tokens.0 as usize) == BlockKind::Body;
    let sentences =
        (own..=own + AHEAD).take_while(|&s| running && a.sentences.get(s as usize).is_some_and(|x| x.block == range.block));
    let mut found = Vec::new();
    for s in sentences {
        let tokens = a.sentences[s as usize].start as usize..a.sentences[s as usize].end as usize;
        let tokens = if s == own { range.tokens.1 as usize..tokens.end } else { tokens };
        for cue in cues(a, "range-end", tokens.clone()) {
            found.extend(behind(a, cue.end..tokens.end));
        }
        if find_cue(a, "within-range", tokens.clone()).is_some() {
            let all: Vec<Figure> = a.mentions_in(tokens.clone()).iter().filter_map(figure).collect();
            if let [only] = all[..] {
                found.push(only);
            }
        }
    }
    found
}

/// Every place of a cue.
fn cues(a: &Analysis<'_>, set: &str, tokens: Range<usize>) -> Vec<Range<usize>> {
    let Some(language) = tokens.clone().next().and_then(|i| a.language(i)) else { return Vec::new() };
    let cue = language.cues.get(set);
    tokens.clone().filter_map(|i| cue.at(a, i).map(|len| i..i + len)).filter(|r| r.end <= tokens.end).collect()
}

/// The first figure behind a word, before another clause begins.
fn behind<'a>(a: &'a Analysis<'_>, tokens: Range<usize>) -> Option<Figure<'a>> {
    let past =
        tokens.clone().take(NEAR).find(|&i| matches!(mark(a, i), Some(';' | ':'))).unwrap_or(tokens.end.min(tokens.start + NEAR));
    a.mentions_in(tokens.start..past).iter().find_map(figure)
}
