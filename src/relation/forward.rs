//! A stretch of days or hours ends after it begins.

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::cue_in;
use super::names::SetName;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Case, DateValue, Mention, NumberRange, Value};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;

/// `forward`: « du 12 au 9 juin », « de 14 h à 12 h »: the end of a stretch comes after its beginning.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Forward {
    /// The cue set of words that put one day in the place of another: « avancé du 12 au 9 juin ».
    #[schemars(with = "SetName")]
    pub moved: String,
    /// The cue set of words for the day or year after: « le lendemain ».
    #[schemars(with = "SetName")]
    pub later: String,
}

impl Relation for Forward {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "then"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Revised, Facet::OtherTime]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let days = stretches(a).filter_map(|(x, y)| back(a, x, y));
        let hours = a.ranges.iter().filter_map(|r| hours(a, r));
        days.chain(hours).map(|(first, then)| self.conflict(a, first, then)).collect()
    }
}

impl Forward {
    fn conflict(&self, a: &Analysis, first: &Mention, then: &Mention) -> Conflict {
        let (start, end) = (first.tokens.0 as usize, then.tokens.1 as usize);
        let sentence = a.sentence(start);
        let mut facets = Facets::default();
        facets.insert_if(first.stance.quoted, Facet::Quoted);
        facets.insert_if(cue_in(a, &self.moved, sentence.clone()), Facet::Revised);
        facets.insert_if(cue_in(a, &self.later, sentence.clone()) || two_days(a, start, end), Facet::OtherTime);
        Conflict { roles: vec![("first", first.span), ("then", then.span)], values: Bindings::default(), facets }
    }
}

/// Whether each end has a day of its own: "Friday from 2pm to 11am Sunday".
fn two_days(a: &Analysis, start: usize, end: usize) -> bool {
    /// So many tokens may stand between a day and its hour.
    const BESIDE: usize = 3;
    let sentence = a.sentence(start);
    let is_day = |m: &&Mention| matches!(m.value, Value::Weekday(_) | Value::Date(_));
    let before = a.mentions_in(start.saturating_sub(BESIDE + 2).max(sentence.start)..start);
    let after = a.mentions_in(end..(end + BESIDE).min(sentence.end));
    before.iter().any(|m| is_day(&m)) && after.iter().any(|m| is_day(&m))
}

/// The ends of a stretch of days that runs backwards.
fn back<'a>(a: &Analysis, (first, x): End<'a>, (then, y): End<'a>) -> Option<(&'a Mention, &'a Mention)> {
    let ((m, d), (n, e)) = ((x.month?, x.day?), (y.month?, y.day?));
    let back = match (x.year.or(x.passage), y.year.or(y.passage)) {
        (Some(from), Some(to)) => (from, m, d) > (to, n, e),
        // « du 12 novembre au 9 février » runs into the next year.
        (None, None) => m == n && d > e,
        _ => false,
    };
    // « du 28 au 3 juin » begins in the month before.
    let told = a.span(first.tokens.0 as usize..first.tokens.1 as usize).len() > 2 || d - e < 15;
    (back && told && x.modifier.is_none() && y.modifier.is_none()).then_some((first, then))
}

/// One end of a stretch: a date, as a mention and as a value.
pub(super) type End<'a> = (&'a Mention, &'a DateValue);

/// The pairs of days that words make the ends of one stretch: « du 3 au 12 mars », "from June 9 to June 12".
pub(super) fn stretches<'a>(a: &'a Analysis) -> impl Iterator<Item = (End<'a>, End<'a>)> {
    let dates = || a.mentions.iter().filter_map(|m| if let Value::Date(d) = &m.value { Some((m, d)) } else { None });
    dates().zip(dates().skip(1)).filter(|(x, y)| joined(a, x.0, y.0))
}

fn joined(a: &Analysis, first: &Mention, then: &Mention) -> bool {
    let (start, gap) = (first.tokens.0 as usize, first.tokens.1 as usize..then.tokens.0 as usize);
    let Some(cal) = a.language(start).map(|l| &l.calendar) else { return false };
    let sentence = a.sentence(start);
    let before = |n: usize| start.checked_sub(n).filter(|i| *i >= sentence.start).map(|i| a.lower(i));
    let article = |w: &str| cal.before_day.iter().any(|x| x == w);
    let near = gap.len() == 1 || gap.len() == 2 && article(a.lower(gap.start + 1));
    // "from the 3rd": an article may stand between.
    let opens = |w: &str| w.is_empty() || before(1) == Some(w) || before(1).is_some_and(article) && before(2) == Some(w);
    let worded = |middle: &str| cal.ranges().iter().any(|r| r.middle == middle && opens(&r.open));
    near && sentence.contains(&gap.start) && worded(a.lower(gap.start))
}

/// The ends of a stretch of hours of one day that runs backwards; nights run over midnight.
fn hours<'a>(a: &'a Analysis, r: &NumberRange) -> Option<(&'a Mention, &'a Mention)> {
    /// What ends before this hour of the morning may have begun the day before.
    const MORNING: u16 = 10 * 60;
    /// What begins after this hour may go on over night.
    const EVENING: u16 = 18 * 60;
    let at = |tokens: (u32, u32)| a.mentions_in(tokens.0 as usize..tokens.1 as usize).iter().find(|m| m.tokens == tokens);
    let (first, then) = (at(r.first)?, at(r.second)?);
    let (Value::Time(from), Value::Time(to)) = (&first.value, &then.value) else { return None };
    // "from 15:00 CET to 14:00 GMT"
    let zoned = (r.first.0 as usize..r.second.1 as usize).any(|i| a.tokens[i].case == Case::Upper && a.tokens[i].span.len() > 2);
    (from > to && *from <= EVENING && *to >= MORNING && !zoned).then_some((first, then))
}
