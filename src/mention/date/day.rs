//! Days of a month: in figures, as ranks, in words, and those of which the month stands elsewhere.

use std::ops::Range;

use super::{Reader, relative};
use crate::analysis::{DateValue, Value, mark};
use crate::language::TokenKind;
use crate::language::calendar::Stretch;
use crate::language::cut::is_hyphen;
use crate::language::grammar::Class;
use crate::mention::number::{self, NumberKind};

impl Reader<'_, '_> {
    /// The day of a month in figures or as a rank, and the token after it.
    pub(super) fn day(&self, i: usize) -> Option<(i8, usize)> {
        if let Some(day) = self.digits(i, 1..=2) {
            // « le 4e jour de juillet »
            let ranked = || {
                let n = self.number_at(i).filter(|n| n.kind == NumberKind::Ordinal)?;
                self.cal.day_of.at(n.tokens.end, |i| (i < self.end).then(|| self.a.lower(i))).map(|_| n.tokens.end)
            };
            return Some((day as i8, self.day_suffix(i + 1).or_else(ranked)?)).filter(|_| (1..=39).contains(&day));
        }
        // « premier mars », "the twenty-third of September"
        let word = self.word(i)?;
        if !self.numbers.begins(word.split('-').next()?) {
            return None;
        }
        let n = self.number_at(i).filter(|n| n.kind == NumberKind::Ordinal && n.cut.is_none())?;
        let day = n.amount.written.as_whole().filter(|d| (1..=31).contains(d))?;
        Some((day as i8, n.tokens.end))
    }

    /// A day whose month stands after the range that it opens: « du *3* au 12 mars », "from the *3rd* to 12 March".
    pub(super) fn elliptic(&self, at: usize) -> Option<(Range<usize>, DateValue)> {
        // « les 85 et 16 mai »
        let late = || self.digits(at, 2..=2).map(|day| (day as i8, at + 1));
        let (day, past) = self.day(at).or_else(late)?;
        // "version 1.5.3 - 2015-09-24"
        if at > 0 && self.a.tokens[at].glued && mark(self.a, at - 1).is_none_or(|c| matches!(c, '.' | ',')) {
            return None;
        }
        // "4 or 5 April"
        let either = || {
            let coordinated = past < self.end && self.a.classes[past].has(Class::Coordinator);
            coordinated.then(|| self.skip(past + 1, &self.cal.before_day))
        };
        let mut i = self.middle(past).or_else(either)?;
        if self.weekday(i).is_some() {
            i = self.skip(i + 1, &self.cal.before_day);
        }
        // "March 3-12" gives the month before.
        let (_, other) = self.core(i).filter(|(_, v)| v.day.is_some() && v.month.is_some())?;
        // « Numéro 31 – 30 avril 2015 » is no range of days.
        let dash = mark(self.a, past).is_some_and(|c| is_hyphen(c) || matches!(c, '–' | '—'));
        let tokens = at..past;
        let core = self.a.span(tokens.clone());
        (day < other.day? || !dash && other.month.is_some())
            .then_some((tokens, DateValue { day: Some(day), weekday: None, core, resolved: None, ..other }))
    }

    /// A day whose month stands before the range that it closes: "March 3-*12*", "April 9th through *17th*".
    pub(super) fn elliptic_tail(&self, at: usize) -> Option<(Range<usize>, DateValue)> {
        let start = self.a.sentence(at).start;
        if !self.cal.month_first || at < start + 3 || self.counts(at) {
            return None;
        }
        let middle =
            if self.middle(at - 1) == Some(at) { at - 1 } else { at.checked_sub(2).filter(|m| self.middle(*m) == Some(at))? };
        let (day, past) = self.day(at)?;
        let (_, open) = (middle.saturating_sub(4).max(start)..middle)
            .filter(|i| self.month(*i).is_some())
            .find_map(|i| Reader { end: middle, ..*self }.core(i).filter(|(r, _)| r.end == middle))?;
        let (past, year) = self.with_year(past);
        (day > open.day?).then(|| self.value(at..past, year.or(open.year), open.month, Some(day)))
    }

    /// « le 15 du mois prochain », "the thirty-first day of the month": a day of a month that the words count from publication.
    pub(super) fn day_of_stretch(&self, at: usize) -> Option<(Range<usize>, DateValue)> {
        let (day, past) = self.day(at)?;
        let mut i = past + self.cal.day_of.at(past, |i| (i < self.end).then(|| self.a.lower(i))).map_or(0, |(len, ())| len);
        let links = i;
        while i < links + 2 && self.links(i) {
            i += 1;
        }
        // "the 3rd month", « 2 mois »: something stands between.
        if i == past {
            return None;
        }
        let is_month = |i: usize| self.word(i).and_then(|w| self.cal.stretch(w)) == Some(Stretch::Month);
        let (past, period) = match self.shifted(i) {
            Some((tokens, Value::Period(period))) if is_month(i) || is_month(i + 1) => (tokens.end, period),
            _ if is_month(i) => (i + 1, relative::stretch_of(self.published()?, Stretch::Month, 0)?),
            _ => return None,
        };
        // « le samedi 26 de ce mois-là » refers back to what the story told.
        if past < self.end && self.a.tokens[past].glued && self.a.lower(past).starts_with(is_hyphen) {
            return None;
        }
        let first = period.from?;
        let (tokens, value) = self.value(at..past, Some(first.year()), Some(first.month()), Some(day));
        Some((tokens, value))
    }

    /// A day that no month has, right before the name of one that is no other word: « 66 avril ».
    pub(super) fn too_late(&self, i: usize) -> Option<(i8, usize)> {
        let day = self.digits(i, 2..=2)?;
        let month = self.word(i + 1).filter(|w| self.cal.month(w).is_some() && !self.cal.also_words.iter().any(|x| x == w));
        month.map(|_| (day as i8, i + 1))
    }

    /// The day of a month that a cardinal spells out: « quatre octobre », "twenty five January".
    pub(super) fn spelled_day(&self, i: usize) -> Option<(i8, usize)> {
        let n = self.spelled(i)?;
        let day = n.amount.written.as_whole().filter(|d| (2..=31).contains(d))?;
        Some((day as i8, n.tokens.end))
    }

    /// A year in words: "nineteen eighty-four", « mille neuf cent dix-huit ».
    pub(super) fn spelled_year(&self, i: usize) -> Option<(i16, usize)> {
        let n = self.spelled(i)?;
        let year = n.amount.written.as_whole().filter(|y| (1100..=2099).contains(y))?;
        let past = n.tokens.end;
        let unit = self.numbers.unit(past, |i| (i < self.end).then(|| self.a.lower(i))).is_some();
        let counts = self.counts(past - 1) || self.a.classes.get(past).is_some_and(|c| past < self.end && c.has(Class::Noun));
        (!unit && !counts && n.bound.is_none()).then_some((year as i16, past))
    }

    /// The whole number in words at a token.
    pub(super) fn spelled(&self, i: usize) -> Option<number::Number> {
        if !self.numbers.begins(self.word(i)?.split('-').next()?) {
            return None;
        }
        self.number_at(i).filter(|n| n.kind == NumberKind::Words && n.cut.is_none() && n.scale.is_none())
    }

    /// The day alone beside a weekday: « mardi 6 ».
    pub(super) fn lone_day(&self, at: usize) -> Option<(Range<usize>, DateValue)> {
        let (day, past) = self.day(at).filter(|(d, _)| (1..=31).contains(d))?;
        let glued = self.a.tokens.get(past).is_some_and(|t| past < self.end && t.glued);
        let unit = self.numbers.unit(past, |i| self.word(i)).is_some()
            || self.numbers.percent.at(past, |i| (i < self.end).then(|| self.a.lower(i))).is_some();
        let hangs = glued && mark(self.a, past).is_none_or(|c| !matches!(c, ',' | '.' | ')' | ';' | '»' | '?' | '!'));
        let decimal = glued && self.a.tokens.get(past + 1).is_some_and(|t| t.glued && t.kind == TokenKind::Digits);
        if unit || hangs || decimal || self.counts(past - 1) || self.time(at).is_some() {
            return None;
        }
        Some(self.value(at..past, None, None, Some(day)))
    }

    /// The token after the letters that hang on a day; `None` where other letters hang on it.
    pub(super) fn day_suffix(&self, i: usize) -> Option<usize> {
        match self.word(i).filter(|_| self.a.tokens[i].glued) {
            Some(w) => self.cal.day_suffixes.iter().any(|s| s == w).then_some(i + 1),
            None => Some(i),
        }
    }
}
