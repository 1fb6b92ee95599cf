//! An age is that of somebody born in that year.

use std::collections::HashSet;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Figure, Unit, Year, cue_in, figure, find_cue, published, stance, years};
use super::lives::lives;
use super::names::SetName;
use super::{Conflict, Relation};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Case, Mention, Value};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::Language;
use crate::language::grammar::{Class, Tense};
use crate::span::Span;

/// `age-fits`: « née en 1980, elle avait 20 ans en 2000 »: birth year and age make the year of which the sentence speaks.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AgeFits {
    /// The cue set before a year of birth.
    #[schemars(with = "SetName")]
    pub born: String,
    /// The cue set before an age at that other time: « avait », "was".
    #[schemars(with = "SetName")]
    pub aged: String,
    /// The cue set of words of kinship: the age beside one may be a relative's.
    #[schemars(with = "SetName")]
    pub kin: String,
    /// The cue set of words of death: the age of the dead is that of the day on which they died.
    #[schemars(with = "SetName")]
    pub dead: String,
    /// Words for stretches of life: « un adolescent ».
    #[serde(default)]
    pub stages: Vec<LifeStage>,
}

/// A stretch of life.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LifeStage {
    /// The cue set of words for it.
    #[schemars(with = "SetName")]
    pub words: String,
    /// Its first year.
    pub from: i64,
    /// The first year after it.
    pub past: i64,
}

impl LifeStage {
    /// The cue sets with their years.
    pub(super) fn all(stages: &[LifeStage]) -> Vec<(&str, i64, i64)> {
        stages.iter().map(|s| (s.words.as_str(), s.from, s.past)).collect()
    }
}

impl Relation for AgeFits {
    fn roles(&self) -> &'static [&'static str] {
        &["age", "born", "year"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["age.expected", "age.least"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Approximate, Facet::Quoted, Facet::Hypothetical, Facet::Kin, Facet::BothIntroduced, Facet::OtherTime]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found: Vec<Conflict> =
            a.sentences.iter().filter_map(|s| self.sentence(a, s.start as usize..s.end as usize)).collect();
        let mut places: HashSet<Span> = found.iter().flat_map(|c| c.roles.iter().map(|(_, span)| *span)).collect();
        for clash in lives(a, &LifeStage::all(&self.stages), None).iter().filter_map(|l| l.age_against_birth(a)) {
            if places.contains(&clash.other.span) {
                continue;
            }
            places.extend([clash.other.span, clash.first.span]);
            let mut values = Bindings::default();
            values.bind("age.expected", Bound::Amount(Amount::whole(i128::from(clash.most))));
            values.bind("age.least", Bound::Amount(Amount::whole(i128::from(clash.least))));
            let mut facets = Facets::default();
            facets.insert_if(clash.other.quoted, Facet::Quoted);
            found.push(Conflict { roles: vec![("age", clash.other.span), ("born", clash.first.span)], values, facets });
        }
        found
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
        facets.insert_if(cue_in(a, &self.kin, s.clone()), Facet::Kin);
        facets.insert_if(several(a, s.clone(), born.start), Facet::BothIntroduced);
        facets.insert_if(stated.is_none() && self.other_day(a, age, &birth, stated_age), Facet::OtherTime);
        facets.insert_if(!f.amount.is_exact(), Facet::Approximate);
        let mut roles = vec![("age", age.span), ("born", a.span(born.start..birth.token + 1))];
        roles.extend(stated.map(|t| ("year", a.tokens[t].span)));
        Some(Conflict { roles, values, facets })
    }

    /// Whether an age may be that of another day than publication's: the verb says so, death does, or a year that the draft names.
    fn other_day(&self, a: &Analysis, age: &Mention, birth: &Year, stated: i128) -> bool {
        let (at, s) = (age.tokens.0 as usize, a.sentence(age.tokens.0 as usize));
        let aged =
            |l: &Language| (at.saturating_sub(2).max(s.start)..=at).any(|i| l.cues.get(&self.aged).before(a, i, s.start).is_some());
        let over = match a.tense(age.clause as usize) {
            Some(Tense::Imperfect | Tense::Pluperfect) => true,
            // "was 31"; « Odile Garnier, 29 ans, est née en 1971 » is of today.
            Some(Tense::Past) => a.language(at).is_some_and(aged),
            _ => false,
        };
        let then = i128::from(birth.year) + stated;
        let named =
            || years(a, 0..a.tokens.len()).iter().any(|y| y.year != birth.year && (0..=1).contains(&(i128::from(y.year) - then)));
        over || cue_in(a, &self.dead, s) || named()
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

/// Whether a sentence speaks of more people than one, or of one who was born and another whose age stands there: « fille d'un mineur né
/// en 1920, Odile Garrec, 71 ans ».
fn several(a: &Analysis, s: Range<usize>, born: usize) -> bool {
    let within = || a.mentions_in(s.clone()).iter();
    let people: std::collections::BTreeSet<_> =
        within().filter_map(|m| if let Value::Person(p) = &m.value { Some(p.entity) } else { None }).collect();
    let named = within().find(|m| matches!(m.value, Value::Person(_)));
    let noun = born > s.start && a.tokens[born - 1].case == Case::Lower && a.classes[born - 1].has(Class::Noun);
    let lives = within().filter(|m| figure(m).is_some_and(|f| f.unit == Unit::Time("Y"))).count();
    people.len() > 1 || lives > 1 || noun && named.is_some_and(|p| p.tokens.0 as usize > born)
}
