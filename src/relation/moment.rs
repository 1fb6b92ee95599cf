//! Moments that a story tells: a day, a month, a year, an hour, as what can be held against another.

use jiff::civil::Date;

use crate::analysis::{Analysis, DateValue, Mention, Value};
use crate::language::TokenKind;
use crate::language::calendar::Modifier;

/// A moment, with the words that tell it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment<'a> {
    pub mention: &'a Mention,
    pub at: At,
}

/// When a moment is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum At {
    /// From one day to another, as finely as it is told.
    Calendar {
        first: Date,
        last: Date,
        grain: Grain,
        /// Its year is written, or told by the words around.
        year: bool,
    },
    /// Minutes after midnight.
    Clock(i64),
}

/// How finely a moment is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grain {
    Day,
    Month,
    Year,
}

/// Minutes of a day.
pub(super) const DAY: i64 = 24 * 60;

impl<'a> Moment<'a> {
    /// The moment that a mention tells, where it stands in the calendar or on the clock; "yesterday" and « il y a dix ans » do not.
    pub fn of(a: &Analysis, mention: &'a Mention) -> Option<Moment<'a>> {
        let at = match &mention.value {
            Value::Time(t) => At::Clock(i64::from(*t)),
            Value::Date(d) if d.modifier.is_none() => calendar(a, mention, d)?,
            _ => return None,
        };
        Some(Moment { mention, at })
    }

    /// The same, where it may also begin a stretch: « dès le 2 juin », "from 1 May".
    pub fn begun(a: &Analysis, mention: &'a Mention) -> Option<Moment<'a>> {
        let Value::Date(d) = &mention.value else { return None };
        let at = calendar(a, mention, d).filter(|_| d.modifier == Some(Modifier::Since) && d.day.is_some())?;
        Some(Moment { mention, at })
    }

    /// The same, where it may also close a stretch: "until 2031".
    pub fn loose(a: &Analysis, mention: &'a Mention) -> Option<Moment<'a>> {
        let Value::Date(d) = &mention.value else { return None };
        let closes = d.modifier.is_none() || d.modifier == Some(Modifier::Until);
        let at = calendar(a, mention, d).filter(|_| closes)?;
        Some(Moment { mention, at })
    }

    /// The moments of a range of tokens; the ends of a stretch are moments too.
    pub fn all(a: &'a Analysis, tokens: std::ops::Range<usize>) -> impl Iterator<Item = Moment<'a>> {
        a.mentions_in(tokens).iter().filter_map(|m| Moment::of(a, m))
    }

    pub fn token(&self) -> usize {
        self.mention.tokens.0 as usize
    }

    /// How finely the day is told.
    pub fn grain(&self) -> Option<Grain> {
        if let At::Calendar { grain, .. } = self.at { Some(grain) } else { None }
    }

    /// The least and the most days from this moment to another of the calendar. Of days without a year those are meant that lie nearest to
    /// each other.
    pub fn days_to(&self, other: &Moment) -> Option<(i64, i64)> {
        let (
            At::Calendar { first: p, last: q, year: told, grain: fine },
            At::Calendar { first: x, last: y, year: also, grain: coarse },
        ) = (self.at, other.at)
        else {
            return None;
        };
        let (mut least, mut most) = (i64::from((x - q).get_days()), i64::from((y - p).get_days()));
        if !(told && also) && fine == Grain::Day && coarse == Grain::Day {
            let turn = |n: i64| (n + HALF).rem_euclid(YEAR) - HALF;
            let near = turn(least);
            most += near - least;
            least = near;
        }
        Some((least, most))
    }
}

const YEAR: i64 = 365;
const HALF: i64 = 182;

fn calendar(a: &Analysis, m: &Mention, d: &DateValue) -> Option<At> {
    let year = d.year.or(d.passage);
    let whole = |y: i16| Some((Date::new(y, 1, 1).ok()?, Date::new(y, 12, 31).ok()?));
    let (first, last, grain) = match (d.day, d.month) {
        (Some(day), Some(month)) => {
            // A feast may be what is kept, and not when.
            let worded = |i: usize| a.language(i).is_some_and(|l| l.calendar.month(a.lower(i)).is_some());
            let written = (m.tokens.0 as usize..m.tokens.1 as usize).any(|i| a.tokens[i].kind == TokenKind::Digits || worded(i));
            if !written {
                return None;
            }
            // Without a day of publication any year will do: days of one story are held against each other.
            let date = d.resolved.or_else(|| Date::new(year.unwrap_or(2001), month, day).ok())?;
            (date, date, Grain::Day)
        }
        (None, Some(month)) => {
            let first = Date::new(year?, month, 1).ok()?;
            (first, first.last_of_month(), Grain::Month)
        }
        (None, None) => {
            let digits = (m.tokens.0 as usize..m.tokens.1 as usize).any(|i| a.tokens[i].kind == TokenKind::Digits);
            let (first, last) = d.year.filter(|_| digits).and_then(whole)?;
            (first, last, Grain::Year)
        }
        (Some(_), None) => return None,
    };
    Some(At::Calendar { first, last, grain, year: year.is_some() })
}
