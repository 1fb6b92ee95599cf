//! Days that are told by their weekday together: "on Tuesdays 7, 14 and 22 October", « tous les mardis de ce mois, les 7, 14, 22 et 28 ».

use std::ops::Range;

use jiff::civil::{Date, Weekday};
use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{cue_in, find_cue, published};
use super::names::SetName;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, mark};
use crate::facet::Facets;
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;
use crate::language::grammar::Class;

/// `each-weekday`: each day of a list falls on the weekday that the list is told by, where the others do.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EachWeekday {
    /// The cue set of words before a weekday that mean each of them: "every", « tous les ».
    #[schemars(with = "SetName")]
    pub each: String,
    /// The cue set of weekdays in the plural.
    #[schemars(with = "SetName")]
    pub several: String,
    /// The cue set of words for the month of publication: "this month".
    #[schemars(with = "SetName")]
    pub this_month: String,
}

impl Relation for EachWeekday {
    fn roles(&self) -> &'static [&'static str] {
        &["weekday", "day"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["date", "date.weekday"]
    }

    fn facets(&self) -> &'static [crate::facet::Facet] {
        &[]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let Some(now) = published(a) else { return Vec::new() };
        let mut found = Vec::new();
        let mut at = 0;
        while at < a.tokens.len() {
            let list = list(a, at);
            if list.days.len() >= LEAST {
                found.extend(self.judge(a, &list, now));
            }
            at = list.past.max(at + 1);
        }
        found
    }
}

/// Days of a list, at least.
const LEAST: usize = 3;
/// Days from publication to the nearest month of that name, at most.
const HALF: i32 = 183;

/// Numbers of days one after the other: « 7, 14, 22 et 28 », "the 7th, 14th, 22nd and 28th".
struct List {
    /// Each with its token.
    days: Vec<(usize, i8)>,
    past: usize,
}

fn list(a: &Analysis, from: usize) -> List {
    let s = a.sentence(from);
    let mut days = Vec::new();
    let mut i = from;
    let mut last = from;
    while i < s.end {
        let between = !days.is_empty()
            && (mark(a, i) == Some(',') || a.classes[i].has(Class::Coordinator) || a.classes[i].has(Class::Determiner));
        match day(a, i) {
            Some(n) => {
                days.push((i, n));
                i += 1;
                // "7th" in two tokens
                i += usize::from(i < s.end && a.tokens[i].glued && a.tokens[i].kind == TokenKind::Word);
                last = i;
            }
            None if between && i - last < GAP => i += 1,
            None => break,
        }
    }
    List { days, past: last }
}

/// Tokens between two days of a list, at most.
const GAP: usize = 3;

fn day(a: &Analysis, i: usize) -> Option<i8> {
    let text = a.text(i);
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let rest = text.len() - digits.len();
    (rest <= 2).then(|| digits.parse().ok()).flatten().filter(|n| (1..=31).contains(n))
}

impl EachWeekday {
    fn judge(&self, a: &Analysis, list: &List, now: Date) -> Option<Conflict> {
        let (first, _) = *list.days.first()?;
        let s = a.sentence(first);
        let (words, weekday) = self.weekday(a, &s, first)?;
        let month = self.month(a, list, &words, now)?;
        let dates: Vec<(usize, Date)> =
            list.days.iter().map(|&(i, n)| Some((i, Date::new(month.year(), month.month(), n).ok()?))).collect::<Option<_>>()?;
        let off: Vec<_> = dates.iter().filter(|(_, d)| d.weekday() != weekday).collect();
        // Where most are off, the month is another year's.
        let [&(token, date)] = off[..] else { return None };
        let mut values = Bindings::default();
        values.bind("date", Bound::Date(date));
        values.bind("date.weekday", Bound::Weekday(date.weekday()));
        // "22nd" may be two tokens.
        let past = token + 1 + usize::from(a.tokens.get(token + 1).is_some_and(|t| t.glued && t.kind == TokenKind::Word));
        let roles = vec![("weekday", a.span(words)), ("day", a.span(token..past))];
        Some(Conflict { roles, values, facets: Facets::default() })
    }

    /// The weekday that a list is told by, in its sentence or the one before.
    fn weekday(&self, a: &Analysis, s: &Range<usize>, list: usize) -> Option<(Range<usize>, Weekday)> {
        let before = s.start.checked_sub(1).filter(|&i| a.tokens[i].block == a.tokens[s.start].block);
        let from = before.map_or(s.start, |i| a.sentence(i).start);
        let all = (from..list).filter_map(|i| {
            let language = a.language(i)?;
            let day =
                language.calendar.weekday(a.lower(i).trim_end_matches('s')).or_else(|| language.calendar.weekday(a.lower(i)))?;
            let each = language.cues.get(&self.each).before(a, i, from).map(|n| i - n..i + 1);
            let several = language.cues.get(&self.several).at(a, i).map(|n| i..i + n);
            Some((each.or(several)?, day))
        });
        let all: Vec<_> = all.collect();
        let [(words, day)] = &all[..] else { return None };
        Some((words.clone(), *day))
    }

    /// The first day of the month of a list: the one that is written behind it, or the story's.
    fn month(&self, a: &Analysis, list: &List, words: &Range<usize>, now: Date) -> Option<Date> {
        let language = a.language(list.past.checked_sub(1)?)?;
        let end = a.sentence(list.past - 1).end;
        let written = (list.past..end.min(list.past + 2)).find_map(|i| language.calendar.month(a.lower(i)));
        let first = match written {
            Some(month) => {
                let of = |year: i16| Date::new(year, month, 1).ok();
                let near = |d: &Date| (*d - now).get_days().abs();
                [of(now.year() - 1), of(now.year()), of(now.year() + 1)].into_iter().flatten().min_by_key(near)?
            }
            None => {
                let s = a.sentence(words.start);
                let this = cue_in(a, &self.this_month, s.clone()) && find_cue(a, &self.this_month, s).is_some();
                Date::new(now.year(), now.month(), 1).ok().filter(|_| this)?
            }
        };
        ((first - now).get_days().abs() <= HALF).then_some(first)
    }
}
