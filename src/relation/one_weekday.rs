//! A day of the year falls on one weekday: what two dates of a story say of it, whatever the year.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::published;
use super::forward::{End, stretches};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, DateValue, Mention, Value};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::grammar::Tense;

/// `one-weekday`: « le mardi 6 janvier » is no « mercredi 6 janvier » further down, and from « lundi 2 » to « vendredi 7 » is no week.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OneWeekday {
    /// Days that lie less far from publication are held against the calendar, and not against each other.
    pub beyond_days: i32,
    /// A draft with more days than so many is a list, of several years perhaps.
    pub most: usize,
}

impl Relation for OneWeekday {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "second"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::OtherTime]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found: Vec<Conflict> = stretches(a).filter_map(|(x, y)| self.stretch(a, x, y)).collect();
        let days: Vec<Day> = a.mentions.iter().filter_map(Day::of).collect();
        if days.len() > self.most {
            return found;
        }
        let mut first: BTreeMap<(i8, i8), &Day> = BTreeMap::new();
        for day in &days {
            let known = *first.entry((day.month, day.day)).or_insert(day);
            if known.weekday != day.weekday && !self.judged(a, known) && !self.judged(a, day) {
                found.push(conflict(a, known.mention, day.mention));
            }
        }
        found
    }
}

/// A day without a year, with its weekday.
struct Day<'a> {
    mention: &'a Mention,
    month: i8,
    day: i8,
    weekday: Weekday,
    resolved: Option<Date>,
}

impl<'a> Day<'a> {
    fn of(mention: &'a Mention) -> Option<Day<'a>> {
        match &mention.value {
            Value::Date(d) => Day::with(mention, d),
            _ => None,
        }
    }

    fn with(mention: &'a Mention, d: &DateValue) -> Option<Day<'a>> {
        let untold = d.year.or(d.passage).is_none();
        let (month, day, weekday) = (d.month?, d.day?, d.weekday?.0);
        untold.then_some(Day { mention, month, day, weekday, resolved: d.resolved })
    }
}

impl OneWeekday {
    /// Two days of one stretch that lie another number of weekdays apart: « du lundi 2 au vendredi 7 février ».
    fn stretch(&self, a: &Analysis, (first, x): End, (then, y): End) -> Option<Conflict> {
        let (x, y) = (Day::with(first, x)?, Day::with(then, y)?);
        let apart = i32::from(y.day) - i32::from(x.day);
        let weekdays = i32::from(y.weekday.to_monday_zero_offset()) - i32::from(x.weekday.to_monday_zero_offset());
        let clash = x.month == y.month && apart > 0 && (apart - weekdays).rem_euclid(7) != 0;
        (clash && !self.judged(a, &x) && !self.judged(a, &y)).then(|| conflict(a, first, then))
    }

    /// Whether the calendar of the year of publication already speaks against a day.
    fn judged(&self, a: &Analysis, day: &Day) -> bool {
        let Some((published, date)) = published(a).zip(day.resolved) else { return false };
        date.weekday() != day.weekday && (date - published).get_days().abs() <= self.beyond_days
    }
}

fn conflict(a: &Analysis, first: &Mention, second: &Mention) -> Conflict {
    let mut facets = Facets::default();
    facets.insert_if(first.stance.quoted || second.stance.quoted, Facet::Quoted);
    let before = |m: &Mention| a.tense(m.clause as usize) == Some(Tense::Pluperfect);
    facets.insert_if(before(first) || before(second), Facet::OtherTime);
    Conflict { roles: vec![("first", first.span), ("second", second.span)], values: Bindings::default(), facets }
}
