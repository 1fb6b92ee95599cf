//! The most and the least of what a range is told of lie in it.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Figure, Unit, cue_in, figure, find_cue};
use super::{Conflict, Relation};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Mention, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::span::Span;

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
            if low.amount.written >= high.amount.written {
                continue;
            }
            let range = a.tokens[r.open as usize].span.cover(second.span);
            let counts = matches!(low.unit, Unit::Count(_)) || matches!(high.unit, Unit::Count(_));
            if low.unit == high.unit && !counts {
                let told = named(a, second).into_iter().filter(|f| f.unit == low.unit && outside(f.amount, &low, &high));
                found.extend(told.map(|f| conflict(a, range, first, &f)));
            }
            if counts || low.unit == high.unit {
                let ends = ends(a, second, &low, &high).into_iter();
                let fresh: Vec<Conflict> = ends.map(|f| conflict(a, range, first, &f)).collect();
                found.extend(fresh);
            }
        }
        for s in &a.sentences {
            found.extend(extremes(a, s.start as usize..s.end as usize));
        }
        let mut seen = Vec::new();
        found.retain(|c| {
            let new = !seen.contains(&c.roles[1].1);
            seen.push(c.roles[1].1);
            new
        });
        found
    }
}

fn conflict(a: &Analysis, range: Span, first: &Mention, f: &Figure) -> Conflict {
    let mut values = Bindings::default();
    values.bind("outside.amount", Bound::Amount(*f.amount));
    let mut facets = Facets::default();
    facets.insert_if(first.frame.year != f.mention.frame.year || f.mention.frame.background, Facet::OtherTime);
    facets.insert_if(f.mention.stance.hypothetical, Facet::Hypothetical);
    Conflict { roles: vec![("range", range), ("outside", f.span(a))], values, facets }
}

/// Figures that are told of a range by the word for its end and are not that end: "340 to 410 … the upper estimate of *430*"; and averages of
/// what it spans that lie outside: « de 85 à 140 euros … le prix moyen, *152* euros ».
fn ends<'a>(a: &'a Analysis<'_>, range: &Mention, low: &Figure, high: &Figure) -> Vec<Figure<'a>> {
    let mut found = Vec::new();
    for tokens in around(a, range) {
        let alike = |f: &Figure| f.unit == high.unit || matches!((f.unit, high.unit), (Unit::Count(None), Unit::Count(_)));
        for (set, end) in [("range-upper", high), ("range-lower", low)] {
            for cue in cues(a, set, tokens.clone()) {
                let told =
                    beside(a, &cue, &tokens).filter(|f| alike(f) && f.amount.is_exact() && f.amount.written != end.amount.written);
                // The next figure is of something else where it is far from both.
                let near = |f: &Figure| within(f.amount.written, low.amount.written, high.amount.written);
                found.extend(told.filter(near));
            }
        }
        let kind = |f: &Figure| f.unit == high.unit && !matches!(f.unit, Unit::Count(_));
        // « la moyenne *nationale* »: of more than the range.
        let wider = |cue: &Range<usize>| {
            let near = cue.start.saturating_sub(2).max(tokens.start)..(cue.end + 2).min(tokens.end);
            cue_in(a, "wider-scope", near)
        };
        for cue in cues(a, "range-average", tokens.clone()).into_iter().filter(|c| !wider(c)) {
            let told = beside(a, &cue, &tokens).filter(|f| kind(f) && outside(f.amount, low, high));
            found.extend(told.filter(|f| within(f.amount.written, low.amount.written, high.amount.written)));
        }
    }
    found
}

/// Whether a number is between half of the one and the double of the other.
fn within(n: Ratio, low: Ratio, high: Ratio) -> bool {
    let two = Ratio::whole(2);
    n.mul(two).is_some_and(|n| n >= low) && high.mul(two).is_some_and(|most| n <= most)
}

/// « La meilleure copie vaut 15, la plus faible 8, et la moyenne s'établit à 15,4 »: what lies between the most and the least does not.
fn extremes(a: &Analysis, tokens: Range<usize>) -> Option<Conflict> {
    let one = |set: &str| {
        let all = cues(a, set, tokens.clone());
        let [cue] = &all[..] else { return None };
        behind(a, cue.end..tokens.end)
    };
    let (most, least) = (one("range-most")?, one("range-least")?);
    let average = cues(a, "range-average", tokens.clone());
    let [cue] = &average[..] else { return None };
    let f = behind(a, cue.end..tokens.end)?;
    let spans = [most.mention.span, least.mention.span, f.mention.span];
    let apart = spans[0] != spans[1] && spans[1] != spans[2] && spans[0] != spans[2];
    let alike = most.same_unit(a, &least) && most.same_unit(a, &f) && least.amount.written < most.amount.written;
    let range = spans[0].cover(spans[1]);
    (apart && alike && outside(f.amount, &least, &most)).then(|| conflict(a, range, most.mention, &f))
}

/// The tokens of the sentences in which more is told of a range, from its end on.
fn around(a: &Analysis, range: &Mention) -> Vec<Range<usize>> {
    let own = range.sentence;
    let running = a.kind(range.tokens.0 as usize) == BlockKind::Body;
    let sentences =
        (own..=own + AHEAD).take_while(|&s| running && a.sentences.get(s as usize).is_some_and(|x| x.block == range.block));
    let tokens = |s: u32| {
        let x = &a.sentences[s as usize];
        if s == own { range.tokens.1 as usize..x.end as usize } else { x.start as usize..x.end as usize }
    };
    sentences.map(tokens).collect()
}

/// The figure right behind a word, or set off right before it: "the upper estimate *of 430*", "*At €152*, the average price".
fn beside<'a>(a: &'a Analysis<'_>, cue: &Range<usize>, tokens: &Range<usize>) -> Option<Figure<'a>> {
    let past = tokens.end.min(cue.end + 6);
    let stop = (cue.end..past).find(|&i| matches!(mark(a, i), Some(';' | ':' | '.'))).unwrap_or(past);
    let after = a.mentions_in(cue.end..stop).iter().find_map(figure);
    let from = cue.start.saturating_sub(5).max(tokens.start);
    let before = || {
        a.mentions_in(from..cue.start)
            .iter()
            .rev()
            .find_map(figure)
            .filter(|f| (f.tokens().end..cue.start).any(|i| mark(a, i) == Some(',')))
    };
    after.or_else(before)
}

/// Whether an amount, as worded, is below the one or above the other.
fn outside(x: &Amount, low: &Figure, high: &Figure) -> bool {
    let r = x.rounded();
    r.high.is_some_and(|most| most < low.amount.written) || r.low.is_some_and(|least| least > high.amount.written)
}

/// The figures behind a range that are said to be the most, the least, or within it.
fn named<'a>(a: &'a Analysis<'_>, range: &Mention) -> Vec<Figure<'a>> {
    let mut found = Vec::new();
    for tokens in around(a, range) {
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
