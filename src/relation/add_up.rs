//! Parts against their total.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Facet, Facets, Relation};
use crate::analysis::Analysis;
use crate::finding::{Bindings, Bound};
use crate::language::Language;
use crate::language::grammar::Class;
use crate::language::lexicon::LemmaId;
use crate::mention::{Amount, Mention, Quantity, Ratio, Value};
use crate::text::mark;

/// `add-up`: parts that exhaust a total make it; parts of a total do not exceed it.
///
/// Parts are added only where what they count excludes each other, as the language's `exclusive` groups have it: a woman may be a
/// tourist, but no man.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AddUp {
    /// The cue set after which parts exhaust the total.
    pub exhaustive: String,
    /// The cue set after which parts are some of the total.
    pub including: String,
}

/// A total, the words after it, and the parts.
struct Sum<'a> {
    total: &'a Mention,
    amount: &'a Amount,
    exhaustive: bool,
    parts: Vec<(&'a Mention, &'a Quantity)>,
}

impl Relation for AddUp {
    fn roles(&self) -> &'static [&'static str] {
        &["total", "parts"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["parts.sum", "total.amount"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Approximate, Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        for (i, m) in a.mentions.iter().enumerate() {
            let Some(sum) = self.sum(a, m, &a.mentions[i + 1..]) else { continue };
            let Some(language) = a.language(m.tokens.0 as usize) else { continue };
            found.extend(conflict(a, &sum, language));
        }
        found
    }
}

impl AddUp {
    /// The parts that follow a total in its sentence.
    fn sum<'a>(&self, a: &'a Analysis, total: &'a Mention, after: &'a [Mention]) -> Option<Sum<'a>> {
        let Value::Quantity(Quantity { amount, .. }) = &total.value else { return None };
        let language = a.language(total.tokens.0 as usize)?;
        // « une arrestation » is an article; « 263 blessés, dont 5 graves, dont 81 gendarmes » does not say of whom the last are a part.
        let start = a.sentence(total.tokens.0 as usize).start;
        if amount.written <= Ratio::ONE || language.cues.get(&self.including).before(a, total.tokens.0 as usize, start).is_some() {
            return None;
        }
        let sentence = a.sentence(total.tokens.0 as usize);
        let first = after.iter().find(|m| matches!(m.value, Value::Quantity(_)) && m.sentence == total.sentence)?;
        // Nothing but the total's own noun group, a complement and a verb stand between it and the cue.
        let between = total.tokens.1 as usize..first.tokens.0 as usize;
        if between.len() > 14 || !sentence.contains(&first.tokens.0.try_into().ok()?) {
            return None;
        }
        let last = between.end.checked_sub(1)?;
        let exhaustive =
            language.cues.get(&self.exhaustive).before(a, between.end, between.start).is_some() || mark(a, last) == Some(':');
        let including = language.cues.get(&self.including).before(a, between.end, between.start).is_some();
        if !exhaustive && !including {
            return None;
        }
        let mut parts: Vec<(&Mention, &Quantity)> = Vec::new();
        for m in after.iter().skip_while(|m| m.span.start < first.span.start) {
            let Value::Quantity(q) = &m.value else {
                if m.sentence == total.sentence && m.span.start >= first.span.start { break } else { continue }
            };
            if m.sentence != total.sentence
                || parts.last().is_some_and(|(p, _)| !joined(a, p.tokens.1 as usize..m.tokens.0 as usize))
            {
                break;
            }
            parts.push((m, q));
        }
        Some(Sum { total, amount, exhaustive, parts })
    }
}

/// Whether only what is counted, commas and coordinators stand between two parts.
fn joined(a: &Analysis, between: Range<usize>) -> bool {
    between.len() <= 6
        && between.clone().any(|i| mark(a, i) == Some(',') || a.classes[i].has(Class::Coordinator))
        && between.into_iter().all(|i| {
            mark(a, i).is_none_or(|c| c == ',') && !a.classes[i].has(Class::Subordinator) && !a.classes[i].has(Class::Preposition)
        })
}

/// The dictionary forms of what a part counts: the noun group's head, or the word after the number.
fn heads<'a>(a: &'a Analysis, m: &Mention, q: &Quantity) -> impl Iterator<Item = LemmaId> + 'a {
    let token = q.counted.as_ref().map_or(m.tokens.1 as usize, |c| c.head as usize).min(a.tokens.len() - 1);
    a.readings(token).iter().map(|r| r.lemma)
}

/// Whether the parts count what excludes each other.
fn exclusive(a: &Analysis, parts: &[(&Mention, &Quantity)], language: &Language) -> bool {
    language.grammar.ids.exclusive.iter().any(|group| {
        let mut seen: Vec<usize> = Vec::new();
        parts.iter().all(|(m, q)| {
            let at = heads(a, m, q).find_map(|l| group.iter().position(|g| g.contains(&l)));
            at.is_some_and(|i| {
                let new = !seen.contains(&i);
                seen.push(i);
                new
            })
        })
    })
}

fn conflict(a: &Analysis, sum: &Sum, language: &Language) -> Option<Conflict> {
    let apart = sum.parts.len() >= 2 && exclusive(a, &sum.parts, language);
    // Where parts may overlap each of them alone must fit.
    let parts = if apart { &sum.parts[..] } else { sum.parts.get(..1)? };
    let total = parts.iter().try_fold(Amount::whole(0), |acc, (_, q)| add(acc, q.amount))?;
    let exceeds = total.written > sum.amount.written && sum.amount.high.is_some();
    let differs = apart && sum.exhaustive && total.written != sum.amount.written;
    if !(differs || exceeds && !sum.exhaustive) {
        return None;
    }
    let mut facets = Facets::default();
    facets.insert_if(!sum.amount.is_exact() || parts.iter().any(|(_, q)| !q.amount.is_exact()), Facet::Approximate);
    facets.insert_if(sum.total.stance.quoted, Facet::Quoted);
    let mut values = Bindings::default();
    values.bind("parts.sum", Bound::Amount(total));
    values.bind("total.amount", Bound::Amount(*sum.amount));
    let (first, last) = (parts.first()?, parts.last()?);
    let end = |m: &Mention, q: &Quantity| q.counted.as_ref().map_or(m.tokens.1, |c| c.head + 1).max(m.tokens.1) as usize;
    let whole = match &sum.total.value {
        Value::Quantity(q) => a.span(sum.total.tokens.0 as usize..end(sum.total, q)),
        _ => sum.total.span,
    };
    let parts = a.span(first.0.tokens.0 as usize..end(last.0, last.1));
    Some(Conflict { roles: vec![("total", whole), ("parts", parts)], values, facets })
}

/// The sum of two amounts, bound by bound.
fn add(x: Amount, y: Amount) -> Option<Amount> {
    let both = |a: Option<_>, b: Option<_>| match (a, b) {
        (Some(a), Some(b)) => Ratio::add(a, b),
        _ => None,
    };
    Some(Amount {
        written: x.written.add(y.written)?,
        low: both(x.low, y.low),
        high: both(x.high, y.high),
        precision: x.precision.max(y.precision),
    })
}
