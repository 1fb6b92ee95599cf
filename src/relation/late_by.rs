//! What comes late comes as much later as is said.

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Unit, cue_in, figure};
use super::moment::DAY;
use super::names::SetName;
use super::support::tells;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Mention, Value};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};

/// `late-by`: « attendu à 8 h 10, entré en gare à 9 h 40, avec cinquante minutes de retard »: what was due at one hour and came at another is late by
/// what lies between.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LateBy {
    /// The cue set of words that say when something should come.
    #[schemars(with = "SetName")]
    pub due: String,
    /// The cue set right behind a length that make it a delay.
    #[schemars(with = "SetName")]
    pub late: String,
    /// The cue set right behind a length by which something is early.
    #[schemars(with = "SetName")]
    pub early: String,
}

impl Relation for LateBy {
    fn roles(&self) -> &'static [&'static str] {
        &["due", "came", "length"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["truly"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Hypothetical]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        a.mentions.iter().filter_map(|m| self.judge(a, m)).collect()
    }
}

/// Tokens before an hour in which stands that it is due.
const REACH: usize = 9;
/// No delay is longer, in minutes.
const LONGEST: i64 = 8 * 60;

impl LateBy {
    fn judge(&self, a: &Analysis, m: &Mention) -> Option<Conflict> {
        let f = figure(m).filter(|f| f.amount.is_exact() && tells(a.kind(m.tokens.0 as usize)))?;
        let (unit, slack) = match f.unit {
            Unit::Time("TM") => (1.0, 2),
            Unit::Time("TH") => (60.0, 20),
            _ => return None,
        };
        let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
        let s = a.sentence(start);
        let cues = &a.language(start)?.cues;
        let behind = |set: &str| end < s.end && cues.get(set).at(a, end).is_some();
        let sign = if behind(&self.late) {
            1
        } else if behind(&self.early) {
            -1
        } else {
            return None;
        };
        // The hours of this sentence, or of the one before too.
        let before =
            s.start.checked_sub(1).filter(|&i| a.tokens[i].block == a.tokens[start].block).map_or(s.start, |i| a.sentence(i).start);
        let hours = |from: usize| -> Vec<(&Mention, i64)> {
            let clock = |t: &&Mention| matches!(t.value, Value::Time(_)) && t.tokens != m.tokens;
            let value = |t: &Mention| if let Value::Time(n) = t.value { i64::from(n) } else { 0 };
            a.mentions_in(from..s.end).iter().filter(clock).map(|t| (t, value(t))).collect()
        };
        let all = [s.start, before].into_iter().map(hours).find(|h| h.len() > 1)?;
        let [x, y] = all[..] else { return None };
        let due = |t: &Mention| {
            let at = t.tokens.0 as usize;
            cue_in(a, &self.due, at.saturating_sub(REACH).max(a.sentence(at).start)..at)
        };
        // The words that say of the first when it is due stand before the second too.
        let (due, came) = match (due(x.0), due(y.0)) {
            (true, _) => (x, y),
            (false, true) => (y, x),
            _ => return None,
        };
        let truly = (sign * (came.1 - due.1)).rem_euclid(DAY);
        let told = (f.amount.written.to_decimal(2).parse::<f64>().ok()? * unit).round() as i64;
        let wrong = truly > 0 && truly <= LONGEST && (truly - told).abs() > slack;
        wrong.then(|| {
            let mut values = Bindings::default();
            values.bind("truly", Bound::Literal(format!("{}:{:02}", truly / 60, truly % 60)));
            let mut facets = Facets::default();
            facets.insert_if(m.stance.quoted, Facet::Quoted);
            facets.insert_if(m.stance.hypothetical, Facet::Hypothetical);
            Conflict { roles: vec![("due", due.0.span), ("came", came.0.span), ("length", m.span)], values, facets }
        })
    }
}
