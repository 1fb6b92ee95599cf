//! A weekday beside a date is the date's own.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Relation};
use crate::analysis::{Analysis, DateValue, Mention, Value};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::grammar::Tense;

/// `same-day`: the weekday that is written beside a date is the day of the week on which the date falls.
///
/// Where neither the date nor the words around it tell the year, it is the one that brings the date nearest to publication, and only
/// where that is within the bounds.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SameDay {
    /// How many days from publication a date of which no year is told may lie and still be judged.
    pub within_days: i32,
    /// Only dates of which no year is told are judged, and only those that lie further from publication than so many days.
    #[serde(default)]
    pub beyond_days: Option<i32>,
}

impl Relation for SameDay {
    fn roles(&self) -> &'static [&'static str] {
        &["weekday", "date"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["weekday.expected", "weekday.told", "date.meant"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Sic, Facet::Quoted, Facet::OtherTime]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let dates = || a.mentions.iter().filter_map(|m| if let Value::Date(d) = &m.value { Some((m, d)) } else { None });
        dates().filter_map(|(m, d)| self.judge(a, m, d)).collect()
    }
}

impl SameDay {
    fn judge(&self, a: &Analysis, m: &Mention, d: &DateValue) -> Option<Conflict> {
        let ((weekday, span), date) = (d.weekday?, d.resolved?);
        let told = d.year.or(d.passage).is_some();
        let due = if told { self.beyond_days.is_none() } else { self.near(a, date) && self.sure(a, m, d) };
        // Before the Gregorian calendar came, weekdays are another calendar's.
        let julian = a.language(m.tokens.0 as usize).is_some_and(|l| date < l.calendar.gregorian_from);
        if date.weekday() == weekday || !due || julian {
            return None;
        }
        let mut values = Bindings::default();
        values.bind("weekday.expected", Bound::Weekday(date.weekday()));
        values.bind("date.meant", Bound::Date(date));
        if told {
            values.bind("weekday.told", Bound::Weekday(date.weekday()));
        }
        let mut facets = Facets::default();
        facets.insert_if(a.is_sic(m.tokens.1 as usize), Facet::Sic);
        facets.insert_if(m.stance.quoted, Facet::Quoted);
        facets.insert_if(a.tense(m.clause as usize) == Some(Tense::Pluperfect), Facet::OtherTime);
        Some(Conflict { roles: vec![("weekday", span), ("date", m.span)], values, facets })
    }

    /// Whether the day lies where the bounds ask.
    fn near(&self, a: &Analysis, date: Date) -> bool {
        let Some((published, _)) = a.doc.meta.published else { return false };
        let apart = (date - published).get_days().abs();
        apart <= self.within_days && self.beyond_days.is_none_or(|days| apart > days)
    }

    /// Whether a date of which no year is told can be no other year's: no sibling speaks for the year before or after.
    fn sure(&self, a: &Analysis, m: &Mention, d: &DateValue) -> bool {
        let Some((published, _)) = a.doc.meta.published else { return false };
        let (Some(month), Some(day), Some((weekday, _))) = (d.month, d.day, d.weekday) else { return false };
        let fits = |y: i16, month, day, weekday| Date::new(y, month, day).is_ok_and(|o| o.weekday() == weekday);
        let agrees = |n: &Mention, year: i16| match &n.value {
            Value::Date(DateValue { year: None, month: Some(m), day: Some(d), weekday: Some((w, _)), .. }) => {
                fits(year, *m, *d, *w)
            }
            _ => false,
        };
        // « du samedi 12 octobre au vendredi 22 novembre »: two dates of one sentence that fit one other year are that year's.
        let sentence = a.sentence(m.tokens.0 as usize);
        let siblings = |year: i16| a.mentions_in(sentence.clone()).iter().filter(|n| agrees(n, year)).count();
        let other = (published.year() - 6..=published.year() + 6).filter(|&y| fits(y, month, day, weekday));
        other.into_iter().all(|year| siblings(year) < 2)
    }
}
