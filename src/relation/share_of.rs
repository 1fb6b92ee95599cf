//! A part of a whole against the share that is stated.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Facet, Facets, Relation};
use crate::analysis::Analysis;
use crate::finding::{Bindings, Bound};
use crate::mention::quantity::HUNDRED;
use crate::mention::{Amount, Mention, Quantity, Ratio, Value};

/// `share-of`: « trois sur douze, soit 25 % »: the share is the part in the whole, rounded or cut to the digits given.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ShareOf {
    /// The cue set that stands between part and whole, or before the whole.
    pub of: String,
    /// The cue set before the share.
    pub or: String,
}

impl Relation for ShareOf {
    fn roles(&self) -> &'static [&'static str] {
        &["stated", "part", "whole"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["stated.expected"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Approximate, Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        for (i, m) in a.mentions.iter().enumerate() {
            let Value::Percent(stated) = &m.value else { continue };
            found.extend(self.conflict(a, m, stated, &a.mentions[..i]));
        }
        found
    }
}

impl ShareOf {
    fn conflict(&self, a: &Analysis, m: &Mention, stated: &Amount, before: &[Mention]) -> Option<Conflict> {
        let at = m.tokens.0 as usize;
        let language = a.language(at)?;
        let start = a.sentence(at).start;
        // « soit environ 25 % »: words that bound the share may stand between.
        let or =
            (at.saturating_sub(3)..=at).rev().find(|&i| i > start && language.cues.get(&self.or).before(a, i, start).is_some())?;
        let mut counts = before.iter().rev().take_while(|x| x.sentence == m.sentence).filter_map(|x| match &x.value {
            Value::Quantity(q) => Some((x, q)),
            _ => None,
        });
        let (second, first) = (counts.next()?, counts.next()?);
        if or < second.0.tokens.1 as usize || or - second.0.tokens.1 as usize > 10 {
            return None;
        }
        let of = |x: &Mention| language.cues.get(&self.of).before(a, x.tokens.0 as usize, start).is_some();
        let (part, whole) = match (of(first.0), of(second.0)) {
            (false, true) => (first, second),
            (true, false) => (second, first),
            _ => return None,
        };
        self.judge(a, m, stated, part, whole)
    }

    fn judge(
        &self,
        a: &Analysis,
        m: &Mention,
        stated: &Amount,
        part: (&Mention, &Quantity),
        whole: (&Mention, &Quantity),
    ) -> Option<Conflict> {
        let (p, w) = (part.1.amount.written, whole.1.amount.written);
        if w <= Ratio::ZERO || p > w || p.as_whole().is_none() || w < Ratio::whole(2) {
            return None;
        }
        let expected = p.div(w)?.mul(HUNDRED)?;
        // « sept sur dix » is itself a rounded share.
        let idiom = if w <= Ratio::whole(10) { HUNDRED.div(w)? } else { Ratio::ZERO };
        let half = stated.precision.max(idiom).div(Ratio::whole(2))?;
        let (low, high) = (stated.low.unwrap_or(Ratio::ZERO), stated.high.unwrap_or(HUNDRED));
        // Rounded, « 33 % » stands for 32.5 to 33.5; cut, for 33 to 34.
        if expected >= low.sub(half)? && expected < high.add(stated.precision.max(half))? {
            return None;
        }
        let mut facets = Facets::default();
        facets.insert_if([stated, &part.1.amount, &whole.1.amount].iter().any(|x| !x.is_exact()), Facet::Approximate);
        facets.insert_if(m.stance.quoted, Facet::Quoted);
        let mut values = Bindings::default();
        values.bind("stated.expected", Bound::Percent(Amount::exact(round(expected, stated.precision)?, stated.precision)));
        let span = |x: (&Mention, &Quantity)| {
            let end = x.1.counted.as_ref().map_or(x.0.tokens.1, |c| c.head + 1).max(x.0.tokens.1);
            a.span(x.0.tokens.0 as usize..end as usize)
        };
        Some(Conflict { roles: vec![("stated", m.span), ("part", span(part)), ("whole", span(whole))], values, facets })
    }
}

/// A number rounded half up to a multiple of a step.
pub(super) fn round(n: Ratio, step: Ratio) -> Option<Ratio> {
    let steps: Ratio = n.div(step)?;
    let whole = steps.to_decimal(0).parse::<i128>().ok()?;
    Ratio::whole(whole).mul(step)
}
