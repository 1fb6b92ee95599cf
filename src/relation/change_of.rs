//! The share of a change is that of its two numbers.

use schemars::JsonSchema;
use serde::Deserialize;

use super::change::{Change, ChangeWords};
use super::figure::{Unit, stance};
use super::{Conflict, Relation};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Mention, Value};
use crate::facet::Facet;
use crate::finding::{Bindings, Bound};
use crate::mention::quantity::HUNDRED;

/// `change-of`: « passé de 200 à 250, soit une hausse de 25 % »: the share is that of the change, as exactly as the numbers are given.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ChangeOf {
    /// How a change is worded.
    pub words: ChangeWords,
    /// Which numbers are held against the share.
    pub between: Between,
}

/// What changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Between {
    /// Counts, money, measures: the share is the difference in the first number.
    Amounts,
    /// Shares: their difference is in points, not in per cent.
    Shares,
}

impl Relation for ChangeOf {
    fn roles(&self) -> &'static [&'static str] {
        &["stated", "numbers"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["stated.expected", "points"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Approximate, Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let changes = self.words.changes(a);
        let stated = changes.iter().filter_map(|c| self.words.stated(a, c).map(|m| (c, m)));
        stated.filter_map(|(c, m)| self.judge(c, m)).collect()
    }
}

impl ChangeOf {
    fn judge(&self, c: &Change, m: &Mention) -> Option<Conflict> {
        let Value::Percent(stated) = &m.value else { return None };
        let (from, to) = (c.from.amount, c.to.amount);
        let shares = c.from.unit == Unit::Percent;
        if shares != (self.between == Between::Shares) || from.written <= Ratio::ZERO || !c.passing && c.direction.is_none() {
            return None;
        }
        let change = |from: Ratio, to: Ratio| {
            let d = to.sub(from)?;
            if d < Ratio::ZERO { Ratio::ZERO.sub(d) } else { Some(d) }
        };
        let difference = change(from.written, to.written)?;
        let expected = difference.div(from.written)?.mul(HUNDRED)?;
        let mut values = Bindings::default();
        let step = stated.precision;
        let wrong = if shares {
            // Two per cent more than five per cent is 5.1 %.
            stated.written == difference && !near(stated, expected, expected)?
        } else {
            let (f, t) = (from.rounded(), to.rounded());
            let ends = [(f.low?, t.high?), (f.high?, t.low?)];
            let shares: Vec<Ratio> = ends.iter().filter_map(|(f, t)| change(*f, *t)?.div(*f)?.mul(HUNDRED)).collect();
            let (low, high) = (shares.iter().copied().min()?.min(expected), shares.iter().copied().max()?.max(expected));
            !c.scaled() && !near(stated, low, high)?
        };
        if !wrong {
            return None;
        }
        values.bind("stated.expected", Bound::Percent(Amount::exact(super::share_of::round(expected, step)?, step)));
        values.bind("points", Bound::Amount(Amount::exact(difference, stated.precision)));
        let mut facets = stance(m);
        facets.insert_if(![stated, from, to].iter().all(|x| x.is_exact()), Facet::Approximate);
        Some(Conflict { roles: vec![("stated", m.span), ("numbers", c.span)], values, facets })
    }
}

/// Whether a stated share can be one of those between two bounds, rounded or cut.
fn near(stated: &Amount, low: Ratio, high: Ratio) -> Option<bool> {
    let step = stated.precision;
    Some(stated.written.add(step)? > low && stated.written.sub(step.div(Ratio::whole(2))?)? <= high)
}
