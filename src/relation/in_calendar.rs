//! A date that the calendar does not have.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Relation};
use crate::analysis::{Analysis, DateValue, Value};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};

/// `in-calendar`: the day exists in its month, and in its year where one is given.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InCalendar {}

impl Relation for InCalendar {
    fn roles(&self) -> &'static [&'static str] {
        &["date"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["last"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        for m in &a.mentions {
            let Value::Date(d) = &m.value else { continue };
            let Some(last) = last_day(d) else { continue };
            let mut values = Bindings::default();
            values.bind("last", Bound::Day(last));
            let mut facets = Facets::default();
            facets.insert_if(m.stance.quoted, Facet::Quoted);
            found.push(Conflict { roles: vec![("date", d.core)], values, facets });
        }
        found
    }
}

/// The last day of a date's month, where the date lies past it. Without a year, February has 29.
fn last_day(d: &DateValue) -> Option<i8> {
    let (month, day) = (d.month?, d.day?);
    let last = Date::new(d.year.unwrap_or(2000), month, 1).ok()?.days_in_month();
    (day > last).then_some(last)
}
