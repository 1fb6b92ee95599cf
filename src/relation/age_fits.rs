//! An age is that of somebody born in that year.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Figure, Unit, Year, figure, find_cue, published, stance, years};
use super::{Conflict, Facet, Relation};
use crate::analysis::Analysis;
use crate::finding::{Bindings, Bound};
use crate::mention::{Amount, Mention, Ratio, Value};

/// `age-fits`: « née en 1980, elle avait 20 ans en 2000 »: birth year and age make the year of which the sentence speaks.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AgeFits {
    /// The cue set before a year of birth.
    pub born: String,
    /// The cue set before an age at that other time: « avait », "was".
    pub aged: String,
}

impl Relation for AgeFits {
    fn roles(&self) -> &'static [&'static str] {
        &["age", "born", "year"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["age.expected", "age.least"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Approximate, Facet::Hypothetical]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        a.sentences.iter().filter_map(|s| self.sentence(a, s.start as usize..s.end as usize)).collect()
    }
}

impl AgeFits {
    fn sentence(&self, a: &Analysis, s: Range<usize>) -> Option<Conflict> {
        let born = find_cue(a, &self.born, s.clone())?;
        // Two births: whose age it is, nobody can tell.
        if find_cue(a, &self.born, born.end..s.end).is_some() {
            return None;
        }
        let all = years(a, s.clone());
        let birth = *all.iter().find(|y| y.token >= born.end && y.token <= born.end + 8)?;
        let rest: Vec<Year> = all.into_iter().filter(|y| *y != birth).collect();
        let (age, f) = a.mentions_in(s.clone()).iter().find_map(|m| self.age(a, m, s.start).map(|f| (m, f)))?;
        // Without a year of its own, an age in an apposition is that of the day of publication; of several years none is sure.
        let (reference, stated) = match rest[..] {
            [one] if age.tokens.1.abs_diff(one.token as u32) <= 8 => (one.year, Some(one.token)),
            [] if matches!(age.value, Value::Age(_)) => (published(a)?.year(), None),
            _ => return None,
        };
        let expected = reference - birth.year;
        let stated_age = f.amount.written.as_whole()?;
        if expected < 0 || stated_age == i128::from(expected) || stated_age == i128::from(expected) - 1 {
            return None;
        }
        let mut values = Bindings::default();
        values.bind("age.expected", Bound::Amount(Amount::whole(i128::from(expected))));
        values.bind("age.least", Bound::Amount(Amount::whole(i128::from(expected.max(1)) - 1)));
        let mut facets = stance(age);
        facets.insert_if(!f.amount.is_exact(), Facet::Approximate);
        let mut roles = vec![("age", age.span), ("born", a.span(born.start..birth.token + 1))];
        roles.extend(stated.map(|t| ("year", a.tokens[t].span)));
        Some(Conflict { roles, values, facets })
    }

    fn age<'a>(&self, a: &Analysis, m: &'a Mention, start: usize) -> Option<Figure<'a>> {
        let f = figure(m)?;
        let at = m.tokens.0 as usize;
        // « avait environ 20 ans »: words that bound the number may stand between.
        let aged = a.language(at)?.cues.get(&self.aged);
        let cued = (at.saturating_sub(2).max(start)..=at).any(|i| aged.before(a, i, start).is_some());
        let human = f.amount.written <= Ratio::whole(130) && f.amount.written >= Ratio::ONE;
        let age = matches!(m.value, Value::Age(_)) || cued && matches!(f.unit, Unit::Time("Y") | Unit::Count(None));
        (age && human).then_some(f)
    }
}
