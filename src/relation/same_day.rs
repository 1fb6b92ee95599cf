//! A weekday beside a date is the date's own.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Facet, Facets, Relation};
use crate::analysis::Analysis;
use crate::finding::{Bindings, Bound};
use crate::mention::{DateValue, Mention, Value};

/// `same-day`: the weekday that is written beside a date is the day of the week on which the date falls.
///
/// Without a year, the year is the one that brings the date nearest to publication, and only where that is within the bound.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SameDay {
    /// How many days from publication a date without a year may lie and still be judged.
    pub within_days: i32,
}

impl Relation for SameDay {
    fn roles(&self) -> &'static [&'static str] {
        &["weekday", "date"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["weekday.expected", "date.meant"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Sic]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        for m in &a.mentions {
            let Value::Date(d) = &m.value else { continue };
            let (Some((weekday, span)), Some(date)) = (d.weekday, d.resolved) else { continue };
            if date.weekday() == weekday || (d.year.is_none() && !self.sure(a, m, d, date)) {
                continue;
            }
            // Before the Gregorian calendar came, weekdays are another calendar's.
            if a.language(m.tokens.0 as usize).is_some_and(|l| date < l.calendar.gregorian_from) {
                continue;
            }
            let mut values = Bindings::default();
            values.bind("weekday.expected", Bound::Weekday(date.weekday()));
            values.bind("date.meant", Bound::Date(date));
            let mut facets = Facets::default();
            facets.insert_if(a.is_sic(m.tokens.1 as usize), Facet::Sic);
            found.push(Conflict { roles: vec![("weekday", span), ("date", m.span)], values, facets });
        }
        found
    }
}

impl SameDay {
    /// Whether a date without a year can be no other year's: it is near to publication, and far from the year on which the weekday would fall.
    fn sure(&self, a: &Analysis, m: &Mention, d: &DateValue, nearest: Date) -> bool {
        let Some((published, _)) = a.doc.meta.published else { return false };
        let (Some(month), Some(day), Some((weekday, _))) = (d.month, d.day, d.weekday) else { return false };
        let distance = |date: Date| (date - published).get_days().abs();
        if distance(nearest) > self.within_days {
            return false;
        }
        // A retrospective says « mercredi 7 janvier » of another year; that is silent while the year before or after would be right.
        let years = [published.year() - 1, published.year(), published.year() + 1];
        let fits = |y: i16, month, day, weekday| Date::new(y, month, day).is_ok_and(|o| o.weekday() == weekday);
        let agrees = |n: &Mention, year: i16| match &n.value {
            Value::Date(DateValue { year: None, month: Some(m), day: Some(d), weekday: Some((w, _)), .. }) => {
                fits(year, *m, *d, *w)
            }
            _ => false,
        };
        let sentence = a.sentence(m.tokens.0 as usize);
        let siblings = |year: i16| a.mentions_in(sentence.clone()).iter().filter(|n| agrees(n, year)).count();
        let Some(other) = years.into_iter().find(|&y| fits(y, month, day, weekday)) else {
            // A page that was put up again bears a newer date, or an older one, than its days.
            return (published.year() - 6..=published.year() + 6).all(|y| siblings(y) < 2);
        };
        // « du samedi 12 octobre au vendredi 22 novembre »: two dates of one sentence that fit one other year are that year's.
        siblings(other) < 2 && distance(nearest) <= 45
    }
}
