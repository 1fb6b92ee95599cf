//! Dates in figures, and names of months that a stroke or a hyphen joins to figures: `06/01/2022`, `22/04`, `02/oct`, `Dec-2018`.

use std::ops::Range;

use super::{Reader, Reading, period};
use crate::analysis::{DateValue, Value, mark};
use crate::language::TokenKind;
use crate::language::calendar::NumericOrder;
use crate::language::cut::is_hyphen;

impl Reader<'_, '_> {
    /// A date that its figures give.
    pub(super) fn value(
        &self,
        tokens: Range<usize>,
        year: Option<i16>,
        month: Option<i8>,
        day: Option<i8>,
    ) -> (Range<usize>, DateValue) {
        let core = self.a.span(tokens.clone());
        (tokens, DateValue { year, passage: None, month, day, weekday: None, core, resolved: None, modifier: None })
    }

    /// `22/04`, where a weekday or an article says that it is a day.
    pub(super) fn short(&self, at: usize, weekday: bool) -> Option<(Range<usize>, DateValue)> {
        let start = self.a.sentence(at.min(self.end - 1)).start;
        let before = |list: &[String], i: usize| i > start && list.iter().any(|w| w == self.a.lower(i - 1));
        let first = self.digits(at, 1..=2)?;
        // « le 20/11, 22/11 ou 25/11 »
        let follows = || {
            before(&self.cal.joins, at)
                && at >= start + 5
                && mark(self.a, at - 3) == Some('/')
                && self.digits(at - 4, 1..=2).is_some()
                && self.short(at - 4, false).is_some()
        };
        let range = || self.other_end(at, start);
        // A line that holds nothing else, and a day past the months.
        let alone = || {
            let t = |i: usize| self.a.tokens.get(i).is_some_and(|t| t.block == self.a.tokens[at].block);
            let beside = at > 0 && t(at - 1) || t(at + 3);
            !beside && self.stroke(at) == Some(true)
        };
        if !(weekday || before(&self.cal.before_numeric, at) || follows() || range() || alone()) || (!weekday && self.odds(at)) {
            return None;
        }
        if mark(self.a, at + 1) != Some('/') || !self.a.tokens[at + 1].glued || !self.a.tokens.get(at + 2)?.glued {
            return None;
        }
        let second = self.digits(at + 2, 1..=2)?;
        let hangs = self.a.tokens.get(at + 3).is_some_and(|t| {
            at + 3 < self.end && t.glued && !matches!(mark(self.a, at + 3), Some(',' | '.' | ')' | ';' | '-' | '–'))
        });
        let (d, m) = self.order(first, second);
        if hangs || !(1..=12).contains(&m) || !(1..=31).contains(&d) {
            return None;
        }
        Some(self.value(at..at + 3, None, Some(m as i8), Some(d as i8)))
    }

    /// Whether figures with a stroke stand at a token that may be day and month, one of them past the months.
    fn stroke(&self, at: usize) -> Option<bool> {
        let (first, second) = (self.digits(at, 1..=2)?, self.digits(at + 2, 1..=2)?);
        let glued = mark(self.a, at + 1) == Some('/') && self.a.tokens[at + 1].glued && self.a.tokens[at + 2].glued;
        let (d, m) = self.order(first, second);
        (glued && (1..=12).contains(&m) && (1..=31).contains(&d)).then_some(d > 12)
    }

    /// Whether figures with a stroke are one end of a range of days: « de 25/10 à 25/01 », `28/2-1/3`.
    fn other_end(&self, at: usize, start: usize) -> bool {
        let opens = |i: usize, middle: usize| {
            let open = (i > start).then(|| self.a.lower(i - 1));
            let glued = self.a.tokens[middle].glued && mark(self.a, middle).is_some_and(is_hyphen);
            let worded = |r: &crate::language::calendar::RangeWords| {
                !r.open.is_empty() && Some(r.open.as_str()) == open && r.middle == self.a.lower(middle)
            };
            glued || self.cal.ranges().iter().any(worded)
        };
        let pair = |x: usize, y: usize| {
            let sure = |i: usize| self.stroke(i).unwrap_or(false);
            self.stroke(x).is_some() && self.stroke(y).is_some() && (sure(x) || sure(y)) && opens(x, y - 1)
        };
        let next = at + 4 < self.end && pair(at, at + 4);
        next || (at >= start + 4 && pair(at - 4, at))
    }

    /// Whether the sentence speaks of bets, so that `8/13` is what a bookmaker pays.
    fn odds(&self, at: usize) -> bool {
        !self.cal.odds_words.is_empty() && self.a.sentence(at).any(|i| self.cal.odds_words.iter().any(|w| w == self.a.lower(i)))
    }

    /// Day and month of two figures in the order of the language.
    fn order(&self, first: i16, second: i16) -> (i16, i16) {
        match self.cal.numeric {
            NumericOrder::MonthFirst if first <= 12 => (second, first),
            NumericOrder::DayFirst if second > 12 && first <= 12 => (second, first),
            _ => (first, second),
        }
    }

    /// `06/01/2022`, `2022-01-06`.
    pub(super) fn numeric(&self, at: usize) -> Option<(Range<usize>, DateValue)> {
        let part = |i: usize, mark_at: usize, c: char, lengths| {
            (mark(self.a, mark_at) == Some(c) && self.a.tokens[mark_at].glued && self.a.tokens.get(i)?.glued)
                .then(|| self.digits(i, lengths))?
        };
        let read = |past: usize, y: i16, m: i16, d: i16| self.value(at..past, Some(y), Some(m as i8), Some(d as i8));
        if let Some(year) = self.digits(at, 4..=4)
            && let Some(c) = mark(self.a, at + 1).filter(|c| matches!(c, '-' | '/'))
            && let Some(m) = part(at + 2, at + 1, c, 1..=2)
            && let Some(d) = part(at + 4, at + 3, c, 1..=2)
            && !self.a.tokens.get(at + 5).is_some_and(|t| at + 5 < self.end && t.glued && t.kind == TokenKind::Word)
        {
            return (1..=12).contains(&m).then(|| read(at + 5, year, m, d));
        }
        if let Some(found) = self.spaced(at) {
            return Some(found);
        }
        let first = self.digits(at, 1..=2)?;
        let c = mark(self.a, at + 1).filter(|c| matches!(c, '/' | '-' | '.'))?;
        let second = part(at + 2, at + 1, c, 1..=2)?;
        // Two figures for a year are read only between strokes or stops: `06-01-22` may be a score, a reference, a part number.
        let year = part(at + 4, at + 3, c, 4..=4).or_else(|| {
            // « jeudi 2/9/25 »
            let dated = || self.a.tokens[at + 2].span.len() == 2 || c == '/' && at > 0 && self.weekday(at - 1).is_some();
            let y = part(at + 4, at + 3, c, 2..=2).filter(|_| c != '-' && dated())?;
            Some(self.century_of(y))
        })?;
        let more = at + 5;
        let hangs = self.a.tokens.get(more).is_some_and(|t| more < self.end && t.glued && mark(self.a, more) == Some(c))
            && self.a.tokens.get(more + 1).is_some_and(|t| t.glued && t.kind == TokenKind::Digits);
        let (d, m) = self.order(first, second);
        (!hangs && (1..=12).contains(&m) && (1..=39).contains(&d)).then(|| read(more, year, m, d))
    }

    /// The year of two figures: the last of that ending, unless the next is near.
    fn century_of(&self, y: i16) -> i16 {
        let pivot = self.published().map_or(50, |p| (p.year() + 11).rem_euclid(100));
        if y < pivot { 2000 + y } else { 1900 + y }
    }

    /// `02 04 2009`, `2016 10 16`: figures that one space parts, none before them and none behind.
    fn spaced(&self, at: usize) -> Option<(Range<usize>, DateValue)> {
        let a = self.a;
        let figures = |i: usize| a.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Digits);
        let parted = |i: usize| {
            let (x, y) = (a.tokens[i - 1].span.end as usize, a.tokens.get(i)?.span.start as usize);
            (i < self.end && &a.doc.text[x..y] == " ").then_some(())
        };
        parted(at + 1)?;
        parted(at + 2)?;
        let (first, second, third) = (self.digits(at, 2..=4)?, self.digits(at + 1, 2..=2)?, self.digits(at + 2, 2..=4)?);
        let len = |i: usize| a.tokens[i].span.len();
        let (year, (day, month)) = match (len(at), len(at + 2)) {
            (2, 4) => (third, self.order(first, second)),
            (4, 2) => (first, (third, second)),
            _ => return None,
        };
        let hangs =
            a.tokens.get(at + 3).is_some_and(|t| at + 3 < self.end && (t.kind == TokenKind::Digits || t.glued && figures(at + 4)));
        let joined = at > 0 && (figures(at - 1) || a.tokens[at].glued);
        let fits = (1900..=2099).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        (fits && !hangs && !joined).then(|| self.value(at..at + 3, Some(year), Some(month as i8), Some(day as i8)))
    }

    /// `2019-aug-1`, `Dec31`: the name of a month that figures are glued to.
    pub(super) fn glued_month(&self, at: usize) -> Option<(Range<usize>, DateValue)> {
        if let Some(year) = self.digits(at, 4..=4) {
            let joined =
                mark(self.a, at + 1).is_some_and(is_hyphen) && self.a.tokens[at + 1].glued && self.a.tokens.get(at + 2)?.glued;
            let (month, day) = self.word(at + 2).filter(|_| joined)?.split_once(is_hyphen)?;
            let day = day.parse().ok().filter(|d| (1..=31).contains(d))?;
            return Some(self.value(at..at + 3, Some(year), Some(self.cal.month(month)?), Some(day)));
        }
        // `21-Apr-2014`
        if let Some(day) = self.digits(at, 1..=2).filter(|d| (1..=31).contains(d)) {
            let joined = |i: usize| mark(self.a, i).is_some_and(is_hyphen) && self.a.tokens[i].glued;
            let glued = self.a.tokens.get(at + 2).is_some_and(|t| t.glued && at + 2 < self.end);
            let (month, year) = self.word(at + 2).filter(|_| joined(at + 1) && glued)?.split_once(is_hyphen)?;
            let year = year.parse().ok().filter(|y| year.len() == 4 && (1000..=2999).contains(y))?;
            return Some(self.value(at..at + 3, Some(year), Some(self.cal.month(month)?), Some(day as i8)));
        }
        let word = self.word(at).filter(|w| self.cal.month_first && w.ends_with(|c: char| c.is_ascii_digit()))?;
        let name = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let day = word[name.len()..].parse().ok().filter(|d| (1..=31).contains(d))?;
        let month = self.cal.month(name).filter(|_| !self.cal.capitalised || self.a.tokens[at].case.is_capital())?;
        let (past, year) = self.with_year(at + 1);
        Some(self.value(at..past, year, Some(month), Some(day)))
    }

    /// `23/Sep/2020`, `02/oct`, `décembre/2018`: the name of a month among figures that strokes part.
    pub(super) fn stroked(&self, at: usize) -> Option<(Range<usize>, DateValue)> {
        let mut i = at;
        let (mut year, mut month, mut day) = (None, None, None);
        for n in 0..3 {
            if let Some(m) = self.month(i) {
                month = Some(m).filter(|_| month.is_none());
                month?;
            } else if let Some(y) = self.digits(i, 4..=4).filter(|y| (1000..=2999).contains(y)) {
                year = Some(y).filter(|_| year.is_none());
                year?;
            } else {
                let d = self.digits(i, 1..=2).filter(|d| (1..=31).contains(d) && day.is_none())?;
                day = Some(d as i8);
            }
            let more = mark(self.a, i + 1) == Some('/')
                && self.a.tokens[i + 1].glued
                && i + 2 < self.end
                && self.a.tokens[i + 2].glued
                && (self.month(i + 2).is_some() || self.a.tokens[i + 2].kind == TokenKind::Digits);
            if !more || n == 2 {
                break;
            }
            i += 2;
        }
        (i > at && month.is_some()).then(|| self.value(at..i + 1, year, month, day))
    }

    /// One word of parts that hyphens join: `mi-novembre`, `mid-2018`, `Dec-2018`, « juin-août 1992 », `Sep-23-2020`.
    pub(super) fn hyphenated(&self, at: usize) -> Option<Reading> {
        let word = self.word(at)?;
        let mut parts = word.split(is_hyphen);
        let (first, second, third) = (parts.next()?, parts.next()?, parts.next());
        if parts.next().is_some() {
            return None;
        }
        let capital = |i: usize, w: &str| {
            !self.cal.capitalised
                || !self.cal.also_words.iter().any(|x| x == w)
                || self.a.text(at).split(is_hyphen).nth(i).is_some_and(|w| w.starts_with(char::is_uppercase))
        };
        let month = |i: usize, w: &str| self.cal.month(w).filter(|_| capital(i, w));
        let figure = |w: &str, lengths: std::ops::RangeInclusive<usize>| -> Option<i16> {
            (lengths.contains(&w.len()) && w.bytes().all(|b| b.is_ascii_digit())).then(|| w.parse().ok()).flatten()
        };
        let year = |w: &str| figure(w, 4..=4).filter(|y| (1000..=2999).contains(y));
        let date = |past: usize, y: Option<i16>, m: Option<i8>, d: Option<i16>| {
            let (tokens, value) = self.value(at..past, y, m, d.map(|d| d as i8));
            (tokens, value)
        };
        if let Some(third) = third {
            let (m, d, y) = (month(0, first)?, figure(second, 1..=2).filter(|d| (1..=31).contains(d))?, year(third)?);
            let (tokens, value) = date(at + 1, Some(y), Some(m), Some(d));
            return Some((tokens, Value::Date(self.resolved(value))));
        }
        if let Some((1, &modifier)) = self.cal.modifiers.at(0, |i| (i == 0).then_some(first)) {
            if let Some(suffix) = self.cal.decade_suffixes.iter().find_map(|s| second.strip_suffix(s.as_str())) {
                return figure(suffix, 2..=4).and_then(|f| self.decade_of(at..at + 1, f, Some(modifier)));
            }
            let (tokens, value) = match (self.cal.month(second), year(second)) {
                (Some(m), _) => {
                    let (past, y) = self.with_year(self.after_month(at + 1));
                    date(if y.is_some() { past } else { at + 1 }, y, Some(m), None)
                }
                (None, Some(y)) => date(at + 1, Some(y), None, None),
                (None, None) => return None,
            };
            return Some((tokens, Value::Date(DateValue { modifier: Some(modifier), ..value })));
        }
        let m = month(0, first)?;
        if let Some(other) = month(1, second) {
            let (past, y) = self.with_year(at + 1);
            let past = if y.is_some() { past } else { at + 1 };
            let from_year = y.map(|y| y - i16::from(m > other));
            let (_, x) = date(past, from_year, Some(m), None);
            let (tokens, z) = date(past, y, Some(other), None);
            return Some((tokens, Value::Period(period::between(&Value::Date(x), &Value::Date(z), self.published())?)));
        }
        let (tokens, value) = match (year(second), figure(second, 1..=2)) {
            (Some(y), _) => date(at + 1, Some(y), Some(m), None),
            (None, Some(d)) if self.cal.month_first && (1..=31).contains(&d) => date(at + 1, None, Some(m), Some(d)),
            _ => return None,
        };
        Some((tokens, Value::Date(self.resolved(value))))
    }
}
