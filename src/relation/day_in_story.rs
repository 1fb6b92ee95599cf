//! The day above a story is told in it.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{cue_in, published};
use super::names::SetName;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, DateValue, Mention, Value};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;

/// `day-in-story`: "polls open on 12 June" above a story whose one day is "Thursday 5 June".
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DayInStory {
    /// The blocks whose days are looked up in the rest.
    pub of: Vec<BlockKind>,
    /// The cue set of words for what comes after or before what the story tells of: « suivra », "then".
    #[schemars(with = "SetName")]
    pub other: String,
}

impl Relation for DayInStory {
    fn roles(&self) -> &'static [&'static str] {
        &["above", "story"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let above = |m: &Mention| self.of.contains(&a.doc.blocks[m.block as usize].kind);
        let mut heads = a.mentions.iter().filter(|m| above(m)).filter_map(|m| Some((m, written(a, m)?.resolved?)));
        let (Some((head, day_above)), None, Some(now)) = (heads.next(), heads.next(), published(a)) else { return Vec::new() };
        let story = || a.mentions.iter().filter(|m| !above(m) && tells(a, m));
        if story().any(|m| may_be(m, day_above)) {
            return Vec::new();
        }
        let days: Vec<(&Mention, Date)> = story().filter_map(|m| Some((m, day(a, m)?.resolved?))).collect();
        let [(told, other)] = days[..] else { return Vec::new() };
        if cue_in(a, &self.other, a.sentence(told.tokens.0 as usize)) {
            return Vec::new();
        }
        let whole = written(a, told).is_some() && (day_above > now) == (other > now);
        let near = (day_above - other).get_days().abs() <= NEAR && (other - now).get_days().abs() > 1;
        if !whole || !near {
            return Vec::new();
        }
        let mut facets = Facets::default();
        facets.insert_if(told.stance.quoted, Facet::Quoted);
        vec![Conflict { roles: vec![("above", head.span), ("story", told.span)], values: Bindings::default(), facets }]
    }
}

/// Days that lie further apart are of two things.
const NEAR: i32 = 31;

fn tells(a: &Analysis, m: &Mention) -> bool {
    !matches!(a.doc.blocks[m.block as usize].kind, BlockKind::Byline | BlockKind::Dateline | BlockKind::Credit | BlockKind::Note)
}

/// A day that is written with its number and month.
fn day<'a>(a: &Analysis, m: &'a Mention) -> Option<&'a DateValue> {
    let Value::Date(d) = &m.value else { return None };
    let digits = (m.tokens.0 as usize..m.tokens.1 as usize).any(|i| a.tokens[i].kind == TokenKind::Digits);
    (digits && d.day.is_some() && d.month.is_some()).then_some(d)
}

/// The same, where nothing makes it the end or beginning of a stretch.
fn written<'a>(a: &Analysis, m: &'a Mention) -> Option<&'a DateValue> {
    day(a, m).filter(|d| d.modifier.is_none())
}

/// Whether words of the story may mean a day: its date, a stretch that holds it, a month or a weekday that it falls on.
fn may_be(m: &Mention, day: Date) -> bool {
    match &m.value {
        Value::Date(d) => {
            let month = d.day.is_none() && d.month == Some(day.month());
            d.resolved == Some(day) || month || d.weekday.map(|w| w.0) == Some(day.weekday()) && d.day.is_none()
        }
        Value::Period(p) => p.from.is_some_and(|f| f <= day) && p.past.is_some_and(|l| day <= l),
        Value::Weekday(w) => *w == day.weekday(),
        _ => false,
    }
}
