//! A weekday beside a date is the date's own.

use jiff::civil::{Date, Weekday};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Relation};
use crate::analysis::{Analysis, DateValue, Mention, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::grammar::{Class, Tense};
use crate::span::Span;

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
        &["weekday", "date", "sound"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["weekday.expected", "weekday.told", "date.meant"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Sic, Facet::Quoted, Facet::OtherTime]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let dates = || a.mentions.iter().filter_map(|m| if let Value::Date(d) = &m.value { Some((m, d)) } else { None });
        let beside = dates().filter_map(|(m, d)| self.judge(a, m, d, d.weekday?));
        let apposed = dates().filter(|(_, d)| d.weekday.is_none()).filter_map(|(m, d)| self.judge(a, m, d, apposed(a, m, d)?));
        beside.chain(apposed).chain(dates().filter_map(|(m, d)| self.ranked(a, m, d))).collect()
    }
}

impl SameDay {
    fn judge(&self, a: &Analysis, m: &Mention, d: &DateValue, (weekday, span): (Weekday, Span)) -> Option<Conflict> {
        let date = d.resolved?;
        let told = d.year.or(d.passage).is_some();
        let due = if told { self.beyond_days.is_none() } else { self.near(a, date) && self.sure(a, m, d) };
        // Before the Gregorian calendar came, weekdays are another calendar's.
        let julian = a.language(m.tokens.0 as usize).is_some_and(|l| date < l.calendar.gregorian_from);
        if date.weekday() == weekday || !due || julian {
            return None;
        }
        Some(conflict(a, m, date, (weekday, span), told))
    }

    /// « le premier samedi de décembre, soit le 7 »: a weekday with its rank in a month, and the day that stands beside it.
    fn ranked(&self, a: &Analysis, m: &Mention, d: &DateValue) -> Option<Conflict> {
        if d.day.is_some() || d.weekday.is_some() || self.beyond_days.is_some() {
            return None;
        }
        let start = m.tokens.0 as usize;
        let (language, sentence) = (a.language(start)?, a.sentence(start));
        let from = start.saturating_sub(RANKED).max(sentence.start);
        let (at, weekday) = (from..start).rev().find_map(|i| Some((i, language.calendar.weekday(a.lower(i))?)))?;
        let links = (at + 1..start).all(|i| {
            language.numbers.links.iter().any(|w| w == a.lower(i))
                || a.classes[i].has(Class::Preposition)
                || a.classes[i].has(Class::Determiner)
        });
        let rank = |n: &Mention| match (&n.value, &n.tokens) {
            (Value::Ordinal(x), (_, past)) if *past as usize == at => x.written.as_whole().filter(|n| (1..=5).contains(n)),
            _ => None,
        };
        let nth = a.mentions_in(at.saturating_sub(3).max(sentence.start)..at).iter().find_map(rank);
        let last = at > sentence.start && language.cues.get("last-of").at(a, at - 1) == Some(1);
        let (month, now) = (d.month?, a.doc.meta.published.map(|(date, _)| date));
        let past = m.tokens.1 as usize;
        let day = a.mentions_in(past..(past + BESIDE).min(sentence.end)).iter().find_map(|n| the_day(a, n, month, past))?;
        let gap = past..day.1;
        let plain = gap.clone().any(|i| mark(a, i).is_some()) && crate::syntax::is_verbless(a, gap.clone());
        if !links || !plain || a.clause(past.min(sentence.end - 1)) != a.clause(day.1) {
            return None;
        }
        let rank = nth.map(|n| n as i8).or_else(|| last.then_some(-1))?;
        let of = |year: i16| Date::new(year, month, 1).ok()?.nth_weekday_of_month(rank, weekday).ok();
        let near = |n: Date| (-1..=1).filter_map(|y| of(n.year() + y)).min_by_key(|day| (*day - n).get_days().abs());
        let due = match d.year.or(d.passage) {
            Some(year) => of(year)?,
            None => now.and_then(near)?,
        };
        let rank = from.max(at.saturating_sub(2));
        let words = a.tokens[rank].span.cover(a.tokens[at].span);
        let fits = due.day() == day.0;
        (!fits).then(|| {
            let mut values = Bindings::default();
            values.bind("weekday.expected", Bound::Weekday(Date::new(due.year(), month, day.0).map_or(weekday, Date::weekday)));
            values.bind("date.meant", Bound::Date(Date::new(due.year(), month, day.0).unwrap_or(due)));
            let mut facets = Facets::default();
            facets.insert_if(m.stance.quoted, Facet::Quoted);
            Conflict { roles: vec![("weekday", words), ("date", day.2)], values, facets }
        })
    }
}

/// Between a month and the weekday that it holds stand no more tokens than so many.
const RANKED: usize = 3;

/// Between a month and the day that is told of it: « de décembre, soit cette fois le 7 ».
const BESIDE: usize = 6;

/// A day of that month, or of the one that the words before name: its number, its first token, its place.
fn the_day(a: &Analysis, n: &Mention, month: i8, from: usize) -> Option<(i8, usize, Span)> {
    let at = n.tokens.0 as usize;
    let number = match &n.value {
        Value::Date(d) if d.month == Some(month) => d.day,
        Value::Quantity(q) if q.counted.is_none() && n.tokens.1 - n.tokens.0 == 1 => {
            q.amount.written.as_whole().filter(|_| q.amount.is_exact()).and_then(|x| i8::try_from(x).ok())
        }
        Value::Ordinal(x) => x.written.as_whole().and_then(|x| i8::try_from(x).ok()),
        _ => None,
    };
    let led = at > from && a.language(at).is_some_and(|l| l.grammar.definite.iter().any(|w| w == a.lower(at - 1)));
    let digits = a.tokens[at].kind == crate::language::TokenKind::Digits;
    number.filter(|d| (1..=31).contains(d) && digits && led || matches!(n.value, Value::Date(_))).map(|d| (d, at, n.span))
}

/// « le 7 mai 2025, un vendredi », "7 May 2025 was a Friday": a weekday that stands behind its date, with the article of what it is.
fn apposed(a: &Analysis, m: &Mention, d: &DateValue) -> Option<(Weekday, Span)> {
    let (past, sentence) = (m.tokens.1 as usize, a.sentence(m.tokens.0 as usize));
    d.day?;
    let language = a.language(m.tokens.0 as usize)?;
    let mut i = past;
    let marked = mark(a, i).is_some_and(|c| matches!(c, ',' | '—' | '–' | '(' | '-'));
    if marked {
        i += 1;
    }
    // « qui tombe », "which fell on", "was"
    let by = language.cues.get("falls-on").at(a, i.min(sentence.end - 1)).filter(|_| i < sentence.end);
    i += by.unwrap_or(0);
    let article = i + 1 < sentence.end && language.cues.get("indefinite-article").at(a, i) == Some(1);
    let weekday = (article && (marked || by.is_some())).then(|| language.calendar.weekday(a.lower(i + 1)))??;
    // "a Friday night", « un vendredi noir » are days too; "a Sunday paper" is none.
    let ends = i + 2 >= sentence.end || mark(a, i + 2).is_some() || by.is_some() || !a.classes[i + 2].has(Class::Noun);
    ends.then(|| (weekday, a.tokens[i + 1].span))
}

fn conflict(a: &Analysis, m: &Mention, date: Date, (_, span): (Weekday, Span), told: bool) -> Conflict {
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
    let mut roles = vec![("weekday", span), ("date", m.span)];
    roles.extend(sound(a, m, date).map(|s| ("sound", s)));
    Conflict { roles, values, facets }
}

/// The nearest other day within some weeks that stands with its own weekday: who counts from there sees the fault.
fn sound(a: &Analysis, m: &Mention, date: Date) -> Option<Span> {
    /// So many days apart two days of one story are counted from one another.
    const WEEKS: i32 = 31;
    let right = |o: &&Mention| match &o.value {
        Value::Date(d) => d
            .weekday
            .zip(d.resolved)
            .is_some_and(|((w, _), day)| day.weekday() == w && (day - date).get_days().abs() <= WEEKS && day.year() == date.year()),
        _ => false,
    };
    let days = a.mentions.iter().filter(|o| o.tokens != m.tokens).filter(right);
    days.min_by_key(|o| o.span.start.abs_diff(m.span.start)).map(|o| o.span)
}

impl SameDay {
    /// Whether the day lies where the bounds ask.
    fn near(&self, a: &Analysis, date: Date) -> bool {
        let Some((published, _)) = a.doc.meta.published else { return false };
        let apart = (date - published).get_days().abs();
        apart <= self.within_days && self.beyond_days.is_none_or(|days| apart > days)
    }

    /// Whether a date of which no year is told can be no other year's: no sibling speaks for the year before or after.
    fn sure(&self, a: &Analysis, m: &Mention, d: &DateValue) -> bool {
        let Some((published, _)) = a.doc.meta.published else { return false };
        let (Some(month), Some(day)) = (d.month, d.day) else { return false };
        let Some((weekday, _)) = d.weekday else { return true };
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
