//! A value that cannot be.

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Unit, cue_in, figure, people, stance};
use super::names::SetName;
use super::{Conflict, Relation};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Mention, Value, mark};
use crate::facet::Facet;
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;

/// `within`: no share of a whole exceeds a hundred per cent, no age 122 years, no time of day 24 hours, no crowd those who live.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Within {
    /// What is bounded.
    pub of: Bounded,
    /// The most that it can be.
    pub at_most: u64,
    /// The cue set that stands before it, where one must.
    #[serde(default)]
    #[schemars(with = "Option<SetName>")]
    pub after: Option<String>,
    /// The cue set that stands after it, where one must.
    #[serde(default)]
    #[schemars(with = "Option<SetName>")]
    pub before: Option<String>,
    /// The cue set of words in its sentence that let it be more: « en audience cumulée ».
    #[serde(default)]
    #[schemars(with = "Option<SetName>")]
    pub without: Option<String>,
}

/// A kind of value with an upper bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Bounded {
    /// A share in per cent.
    Percent,
    /// The age of somebody who has a name, or is said to be of that age.
    Age,
    /// A number of hours.
    Hours,
    /// A count of people.
    People,
}

impl Relation for Within {
    fn roles(&self) -> &'static [&'static str] {
        &["value"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["most"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Hypothetical, Facet::Negated]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        a.mentions.iter().filter_map(|m| self.judge(a, m)).collect()
    }
}

/// Whether an age is somebody's: « âgé de 34 ans », « Odile Garnier, 34 ans »; an oak « a 345 ans ».
fn personal(a: &Analysis, m: &Mention) -> bool {
    let start = m.tokens.0 as usize;
    let first = a.sentence(start).start;
    let said = a
        .language(start)
        .is_some_and(|l| l.numbers.ages.before_phrases().before(start, |i| (i >= first).then(|| a.lower(i))).is_some());
    let counts = matches!(m.value, Value::Quantity(_));
    // « des milliards d'années », "two hundred years old" are no slip of a digit.
    let digits = (start..m.tokens.1 as usize).any(|i| a.tokens[i].kind == TokenKind::Digits);
    said || !counts && digits && a.tokens[start].kind != TokenKind::Digits
        || !counts && digits && start.checked_sub(1).is_some_and(|i| mark(a, i).is_some())
}

impl Within {
    fn judge(&self, a: &Analysis, m: &Mention) -> Option<Conflict> {
        let f = figure(m)?;
        let kind = match self.of {
            Bounded::Percent => f.unit == Unit::Percent,
            Bounded::Age => matches!(m.value, Value::Age(_)) && personal(a, m),
            Bounded::Hours => f.unit == Unit::Time("TH"),
            Bounded::People => matches!(f.unit, Unit::Count(Some(head)) if people(a, head)) && f.in_digits(a),
        };
        if !kind || f.amount.written <= Ratio::whole(i128::from(self.at_most)) {
            return None;
        }
        let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
        let sentence = a.sentence(start);
        let cues = &a.language(start)?.cues;
        let led = self.after.as_ref().is_none_or(|set| cues.get(set).before(a, start, sentence.start).is_some());
        let followed = self.before.as_ref().is_none_or(|set| end < sentence.end && cues.get(set).at(a, end).is_some());
        let more = self.without.as_ref().is_some_and(|set| cue_in(a, set, sentence.clone()));
        let mut values = Bindings::default();
        values.bind("most", Bound::Amount(Amount::whole(i128::from(self.at_most))));
        let span = if self.of == Bounded::People { f.span(a) } else { m.span };
        (led && followed && !more).then(|| Conflict { roles: vec![("value", span)], values, facets: stance(m) })
    }
}
