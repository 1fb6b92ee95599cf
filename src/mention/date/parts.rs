//! Stretches that have a name or a number: decades, centuries, quarters, weeks of a month, seasons, years of accounts, holidays.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use super::relative::season_of;
use super::{Reader, Reading, nearest, period};
use crate::analysis::{Case, DateValue, PeriodValue, Value, mark};
use crate::language::calendar::{Holiday, Modifier, Stretch};
use crate::language::cut::is_hyphen;
use crate::language::grammar::Class;
use crate::language::{Language, TokenKind};
use crate::mention::number::NumberKind;
use crate::mention::word::title_cased;

impl Reader<'_, '_> {
    /// « les années 1990 », « années 90 », "the 1990s", "the 90s".
    pub(super) fn decade(&self, at: usize) -> Option<Reading> {
        let named = self.word(at).is_some_and(|w| self.cal.decade_words.iter().any(|x| x == w));
        let i = at + usize::from(named);
        // « les années trente »
        if named && i < self.end && self.a.tokens[i].kind == TokenKind::Word {
            let n = self.number_at(i).filter(|n| n.kind == NumberKind::Words && n.cut.is_none())?;
            let tens = n.amount.written.as_whole().filter(|tens| (20..=90).contains(tens))?;
            return self.decade_of(at..n.tokens.end, i16::try_from(tens).ok()?, None);
        }
        let figures = self.digits(i, 2..=4).filter(|_| self.a.tokens[i].span.len() != 3)?;
        let suffix =
            self.word(i + 1).is_some_and(|w| self.a.tokens[i + 1].glued && self.cal.decade_suffixes.iter().any(|x| x == w));
        let apostrophe = || {
            mark(self.a, i + 1).is_some_and(crate::language::cut::is_apostrophe)
                && self.word(i + 2).is_some_and(|w| self.cal.decade_suffixes.iter().any(|x| x == w))
        };
        let past = match (named, suffix) {
            (true, false) => i + 1,
            (_, true) => i + 2,
            (false, false) if !self.cal.decade_suffixes.is_empty() && apostrophe() => i + 3,
            _ => return None,
        };
        self.decade_of(at..past, figures, None)
    }

    /// `2007-13`, `2018-19`: years of which the second is given by its last figures; `2015-12` may be a month.
    pub(super) fn years(&self, at: usize) -> Option<Reading> {
        let year = self.digits(at, 4..=4).filter(|y| (1800..=2099).contains(y))?;
        let (dash, second) = (self.a.tokens.get(at + 1)?, self.digits(at + 2, 2..=2)?);
        let joined = mark(self.a, at + 1).is_some_and(|c| is_hyphen(c) || c == '–') && dash.glued && self.a.tokens[at + 2].glued;
        let hangs = self.a.tokens.get(at + 3).is_some_and(|t| {
            at + 3 < self.end && t.glued && !matches!(mark(self.a, at + 3), Some(',' | '.' | ')' | ';' | ':' | '»' | '?' | '!'))
        });
        let free = at == 0 || !self.a.tokens[at].glued || mark(self.a, at - 1).is_some_and(|c| "(«“\"".contains(c));
        let first = year % 100;
        if !joined || hangs || !free || second <= first || (second <= 12 && second != first + 1) {
            return None;
        }
        let date = |tokens: Range<usize>, y: i16| Value::Date(self.value(tokens, Some(y), None, None).1);
        let (x, y) = (date(at..at + 1, year), date(at + 2..at + 3, year - first + second));
        Some((at..at + 3, Value::Period(period::between(&x, &y, self.published())?)))
    }

    /// The decade of a year in two or four figures.
    pub(super) fn decade_of(&self, tokens: Range<usize>, figures: i16, modifier: Option<Modifier>) -> Option<Reading> {
        let year = if figures < 100 { 1900 + figures } else { figures };
        if year % 10 != 0 || figures < 20 || !(1000..=2090).contains(&year) || figures < 100 && self.is_of_a_life(tokens.start) {
            return None;
        }
        let (from, end) = (Date::new(year, 1, 1).ok()?, Date::new(year + 10, 1, 1).ok()?);
        let iso = format!("({from},{end},P10Y)");
        Some((tokens, Value::Period(PeriodValue { iso, from: Some(from), past: Some(end), modifier })))
    }

    /// Whether a decade is of somebody's life: "in *his* 40s", "in *her* late 30s".
    fn is_of_a_life(&self, at: usize) -> bool {
        let start = self.a.sentence(at).start;
        let Some(language) = self.a.language(at) else { return false };
        // "in their 30s, *40s* and *50s*"
        let suffix = |i: usize| self.a.tokens[i].glued && self.cal.decade_suffixes.iter().any(|x| x == self.a.lower(i));
        let joined = |at: usize| {
            at >= start + 4
                && (mark(self.a, at - 1) == Some(',') || self.a.classes[at - 1].has(Class::Coordinator))
                && suffix(at - 2)
                && self.a.tokens[at - 3].kind == TokenKind::Digits
        };
        /// Of so many decades of a life a sentence tells at most.
        const DECADES: usize = 6;
        let at = (0..DECADES).fold(at, |at, _| if joined(at) { at - 3 } else { at });
        let owned = |past: usize| past > start && language.cues.get("possessive").before(self.a, past, start).is_some();
        let modified = self.cal.modifiers.before(at, |i| (i >= start).then(|| self.a.lower(i))).map_or(0, |(len, _)| len);
        owned(at) || modified > 0 && owned(at - modified)
    }

    /// « XIXe siècle », "19th century", « premier trimestre 2013 »: what a rank numbers.
    pub(super) fn ranked(&self, at: usize) -> Option<Reading> {
        let n = self.number_at(at).filter(|n| n.kind == NumberKind::Ordinal && n.cut.is_none())?;
        let past = n.tokens.end;
        if let Some(found) = self.part_of_year(at, past, Some(n.amount.written.as_whole()?)) {
            return Some(found);
        }
        self.word(past).filter(|w| self.cal.century_words.iter().any(|x| x == w))?;
        // "Twentieth Century Merrow"
        let capital =
            |i: usize| i < self.end && self.a.tokens[i].kind == TokenKind::Word && self.a.tokens[i].case == Case::Capitalised;
        if capital(past) && capital(past + 1) && !self.a.tokens[past + 1].glued && !title_cased(self.a, past) {
            return None;
        }
        let nth = i16::try_from(n.amount.written.as_whole()?).ok().filter(|n| (1..=21).contains(n))?;
        // There is no year 0: the first century begins with the year 1.
        let from = Date::new((nth - 1) * 100 + 1, 1, 1).ok()?;
        let end = Date::new(nth * 100 + 1, 1, 1).ok()?;
        let iso = format!("{:02}XX", nth - 1);
        Some((at..past + 1, Value::Period(PeriodValue { iso, from: Some(from), past: Some(end), modifier: None })))
    }

    /// "the last quarter of 2004", « le dernier trimestre 2004 »: the one with which the year ends.
    pub(super) fn last_part(&self, at: usize) -> Option<Reading> {
        self.word(at).filter(|w| self.cal.last_words.iter().any(|x| x == w))?;
        self.part_of_year(at, at + 1, None)
    }

    /// « premier trimestre 2013 », "the second half of 2020": parts of a year by their rank, or the last one.
    fn part_of_year(&self, at: usize, unit: usize, nth: Option<i128>) -> Option<Reading> {
        let word = self.word(unit)?;
        let is = |list: &[String]| list.iter().any(|w| w == word);
        let months = if is(&self.cal.quarter_words) {
            3
        } else if is(&self.cal.half_year_words) {
            6
        } else {
            return None;
        };
        let mut i = unit + 1;
        while i < unit + 3 && self.links(i) {
            i += 1;
        }
        let i = self.skip(i, &self.cal.year_words);
        let nth = nth.map_or(Some(12 / months), |n| i8::try_from(n).ok())?;
        self.part(at..i + 1, self.year(i)?, months, nth)
    }

    /// The nth part of a year, where each has so many months.
    fn part(&self, tokens: Range<usize>, year: i16, months: i8, nth: i8) -> Option<Reading> {
        if !(1..=12 / months).contains(&nth) {
            return None;
        }
        let from = Date::new(year, (nth - 1) * months + 1, 1).ok()?;
        let past = from.checked_add(i64::from(months).months()).ok()?;
        let iso = format!("({from},{past},P{months}M)");
        Some((tokens, Value::Period(PeriodValue { iso, from: Some(from), past: Some(past), modifier: None })))
    }

    /// The months of a part of a year that has a letter or name and a number, and which it is: `Q1`, `H2`, `T1`, `S2`, `trimestre1`.
    fn code(&self, text: &str) -> Option<(i8, i8)> {
        let last = text.char_indices().next_back()?;
        let (name, nth) = (&text[..last.0], i8::try_from(last.1.to_digit(10)?).ok()?);
        let is = |letters: &str, words: &[String]| {
            (name.chars().count() == 1 && letters.contains(name)) || words.iter().any(|w| w == name)
        };
        if is(&self.cal.quarter_letters, &self.cal.quarter_words) {
            Some((3, nth))
        } else if is(&self.cal.half_year_letters, &self.cal.half_year_words) {
            Some((6, nth))
        } else {
            None
        }
    }

    /// `Q1 2019`, `Q1-2019`, `2019 Q1`, `2019-H2`, « T1 de 2019 ».
    pub(super) fn coded(&self, at: usize) -> Option<Reading> {
        if let Some(year) = self.digits(at, 4..=4).filter(|y| (1900..=2199).contains(y)) {
            let i = at + 1 + usize::from(mark(self.a, at + 1).is_some_and(is_hyphen) && self.a.tokens[at + 1].glued);
            let word = self.word(i)?;
            let sure = self.a.tokens[i].case.is_capital() || self.cal.capitalised || word.len() > 2;
            let (months, nth) = self.code(word).filter(|_| sure)?;
            return self.part(at..i + 1, year, months, nth);
        }
        let word = self.word(at)?;
        if let Some((code, year)) = word.split_once(is_hyphen) {
            let (months, nth) = self.code(code)?;
            let year = year.parse().ok().filter(|y| year.len() == 4 && (1900..=2199).contains(y))?;
            return self.part(at..at + 1, year, months, nth);
        }
        let (months, nth) = self.code(word)?;
        let i = at + 1 + usize::from(self.links(at + 1));
        self.part(at..i + 1, self.year(i)?, months, nth)
    }

    /// « la première semaine d'octobre », "last week of 2019", « semaine 10 de 2019 ».
    pub(super) fn nth_week(&self, at: usize) -> Option<Reading> {
        let is_week = |i: usize| self.word(i).and_then(|w| self.cal.stretch(w)) == Some(Stretch::Week);
        // « la semaine du 18 », "the week of the 18th"
        let opens = || self.word(at + 1).is_some_and(|w| self.cal.before_numeric.iter().any(|x| x == w));
        let day = at + if is_week(at) && self.links(at + 1) && self.links(at + 2) { 3 } else { 2 };
        if is_week(at)
            && (day == at + 3 || opens())
            && day < self.end
            && self.core(day).is_none()
            && self.elliptic(day).is_none()
            && let Some((tokens, value)) = self.lone_day(day)
        {
            return Some((at..tokens.end, Value::Date(value)));
        }
        let last = self.word(at).is_some_and(|w| self.cal.last_words.iter().any(|x| x == w)) && is_week(at + 1);
        let (nth, past) = if last {
            (None, at + 2)
        } else if is_week(at) {
            (Some(self.digits(at + 1, 1..=2)?), at + 2)
        } else {
            let n = self.number_at(at).filter(|n| n.kind == NumberKind::Ordinal && n.cut.is_none())?;
            is_week(n.tokens.end).then_some(())?;
            (Some(i16::try_from(n.amount.written.as_whole()?).ok()?), n.tokens.end + 1)
        };
        let mut i = past;
        while i < past + 3 && self.links(i) {
            i += 1;
        }
        if i == past {
            return None;
        }
        let (tokens, d) = match self.shifted(i) {
            // "the last week of last month"
            Some((tokens, Value::Period(p))) => {
                let first = p.from.filter(|_| p.iso.len() == 7 && !p.iso.contains('W'))?;
                self.value(tokens, Some(first.year()), Some(first.month()), None)
            }
            _ => self.core(i).filter(|(_, d)| d.day.is_none())?,
        };
        let iso = match d.month {
            Some(month) => {
                let nth = nth.unwrap_or(5);
                let year = d.year.map_or_else(|| "XXXX".to_owned(), |y| format!("{y:04}"));
                (1..=5).contains(&nth).then(|| format!("{year}-{month:02}-W{nth:02}"))?
            }
            None => {
                let nth = nth.unwrap_or(52);
                (1..=53).contains(&nth).then(|| format!("{:04}-W{nth:02}", d.year.unwrap_or_default()))?
            }
        };
        Some((at..tokens.end, Value::Period(PeriodValue::unplaced(iso))))
    }

    /// « exercice 2018 », "fiscal year 2018", `FY18`.
    pub(super) fn fiscal(&self, at: usize) -> Option<Reading> {
        let (len, ()) = self.cal.fiscal_words.at(at, |i| (i < self.end).then(|| self.a.lower(i)))?;
        let year = self.year(at + len)?;
        Some((at..at + len + 1, Value::Period(PeriodValue::unplaced(format!("FY{year:04}")))))
    }

    /// « l'été 2018 », "summer of 2018", « en hiver ».
    pub(super) fn season(&self, at: usize) -> Option<Reading> {
        let season = *self.cal.seasons.get(self.word(at)?)?;
        let i = at + 1 + usize::from(self.links(at + 1));
        if let Some(year) = self.year(i) {
            return Some((at..i + 1, Value::Period(season_of(season, Some(year)))));
        }
        let start = self.a.sentence(at).start;
        // "in the fall of the regime"
        if self.links(at + 1) {
            return None;
        }
        self.cal.before_season.before(at, |i| (i >= start).then(|| self.a.lower(i)))?;
        Some((at..at + 1, Value::Period(season_of(season, None))))
    }

    /// The holiday of which the name stands there, and one past it; a name of a person or a place is none.
    pub(super) fn holiday_name(&self, at: usize) -> Option<(Holiday, usize)> {
        let (len, &holiday) = self.cal.holidays.at(at, |i| (i < self.end).then(|| self.a.lower(i)))?;
        let start = self.a.sentence(at).start;
        let before = (at > start).then(|| at - 1);
        // "in the New Year" is no day
        let vague = |l: &Language| before.is_some_and(|i| l.cues.get("no-holiday").at(self.a, i) == Some(len + 1));
        let other = before.is_some_and(|i| self.cal.not_before_holiday.iter().any(|w| w == self.a.lower(i)))
            || self.a.language(at).is_some_and(vague);
        let name = |i: usize| self.word(i).is_some() && self.a.tokens[i].case.is_capital();
        // « Noël Dupont », « Marie Toussaint »
        let person = len == 1 && before.is_some_and(|i| i > start && name(i))
            // "the New Year Sprint"
            || at + len < self.end && name(at + len) && (len == 1 || !title_cased(self.a, at));
        (!other && !person).then_some((holiday, at + len))
    }

    /// « Noël », "Christmas 2018", "Easter Monday".
    pub(super) fn holiday(&self, at: usize) -> Option<Reading> {
        let (holiday, past) = self.holiday_name(at)?;
        let i = past + usize::from(self.links(past));
        if let Some(day) = self.year(i).and_then(|y| holiday.in_year(y)) {
            let (tokens, value) = self.value(at..i + 1, Some(day.year()), Some(day.month()), Some(day.day()));
            return Some((tokens, Value::Date(DateValue { resolved: Some(day), ..value })));
        }
        if let Some((month, day)) = holiday.fixed() {
            let (tokens, value) = self.value(at..past, None, Some(month), Some(day));
            return Some((
                tokens,
                Value::Date(DateValue { resolved: self.published().and_then(|p| nearest(p, month, day)), ..value }),
            ));
        }
        let days = |p: Date| (-1..=1).filter_map(move |n| holiday.in_year(p.year() + n));
        let day = self.published().and_then(|p| days(p).min_by_key(|d| (*d - p).get_days().abs()));
        Some((at..past, Value::Date(self.meant(at, past, day))))
    }
}
