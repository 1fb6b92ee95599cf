//! Dates, weekdays and times of day as far as the words give them.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::analysis::{Analysis, TokenKind};
use crate::language::Calendar;
use crate::language::calendar::NumericOrder;
use crate::mention::{DateValue, Value};
use crate::text::mark;

/// A date, weekday or time that was read, with its tokens.
pub(crate) type Reading = (Range<usize>, Value);

/// Reads the date, weekday or time that begins at token `at` and ends before token `end`.
pub(crate) fn read(a: &Analysis, at: usize, end: usize, cal: &Calendar) -> Option<Reading> {
    let r = Reader { a, cal, end };
    if let Some(time) = r.time(at) {
        return Some(time);
    }
    let Some(weekday) = r.weekday(at) else {
        if let Some(&days) = r.word(at).and_then(|w| cal.relative.get(w)) {
            let day = a.doc.meta.published.and_then(|(p, _)| p.checked_add(i64::from(days).days()).ok());
            let value = DateValue { year: None, month: None, day: None, weekday: None, core: a.tokens[at].span, resolved: day };
            return Some((at..at + 1, Value::Date(value)));
        }
        let (tokens, value) = r.core(at)?;
        return Some((tokens, Value::Date(r.resolved(value))));
    };
    let span = a.tokens[at].span;
    // « mardi 14 », « mardi (14 mars) », "Tuesday, the 14th of March"; « mardi soir » is a weekday.
    let mut core = at + 1;
    for _ in 0..2 {
        if core < end && cal.before_day.iter().any(|w| w == a.lower(core)) {
            core += 1;
        }
    }
    // « mar. 14 mars »
    if core < end && mark(a, core) == Some('.') && a.tokens[core].glued && r.abbreviated(at) {
        core += 1;
    }
    if core < end
        && let Some((tokens, value)) = r.core(core)
        && value.day.is_some()
    {
        let value = DateValue { weekday: Some((weekday, span)), ..value };
        return Some((at..tokens.end, Value::Date(r.resolved(value))));
    }
    Some((at..at + 1, Value::Weekday(weekday)))
}

struct Reader<'r, 'a> {
    a: &'r Analysis<'a>,
    cal: &'r Calendar,
    end: usize,
}

impl<'r> Reader<'r, '_> {
    fn word(&self, i: usize) -> Option<&'r str> {
        (i < self.end && self.a.tokens[i].kind == TokenKind::Word).then(|| self.a.lower(i))
    }

    fn weekday(&self, i: usize) -> Option<Weekday> {
        let day = self.word(i).and_then(|w| self.cal.weekday(w))?;
        self.named(i).then_some(day)
    }

    fn month(&self, i: usize) -> Option<i8> {
        let month = self.word(i).and_then(|w| self.cal.month(w))?;
        self.named(i).then_some(month)
    }

    /// Whether a word is cased as the language writes the names of months and days: "May" is one, "may" is a verb.
    fn named(&self, i: usize) -> bool {
        !self.cal.capitalised || self.a.tokens[i].case.is_capital()
    }

    /// Whether the word is shorter than a name of a day: an abbreviation, which takes a full stop.
    fn abbreviated(&self, i: usize) -> bool {
        self.a.lower(i).len() <= 4
    }

    fn digits(&self, i: usize, lengths: std::ops::RangeInclusive<usize>) -> Option<i16> {
        let t = self.a.tokens.get(i).filter(|_| i < self.end)?;
        (t.kind == TokenKind::Digits && lengths.contains(&t.span.len())).then(|| self.a.lower(i).parse().ok()).flatten()
    }

    fn skip(&self, i: usize, words: &[String]) -> usize {
        i + usize::from(i < self.end && words.iter().any(|w| w == self.a.lower(i)))
    }

    /// A year of four digits that no count, unit or fraction claims.
    fn year(&self, i: usize) -> Option<i16> {
        let year = self.digits(i, 4..=4).filter(|y| (1000..=2999).contains(y))?;
        let claimed = self
            .a
            .tokens
            .get(i + 1)
            .is_some_and(|t| t.glued && i + 1 < self.end && (t.kind != TokenKind::Mark || self.glues_on(i + 1)));
        (!claimed).then_some(year)
    }

    /// A glued mark that is followed by more glued digits: `2018-2019` is two years, `2018.5` is none.
    fn glues_on(&self, i: usize) -> bool {
        matches!(mark(self.a, i), Some('.' | ',' | '/' | '%' | '€' | '$' | '°'))
            && (!matches!(mark(self.a, i), Some('.' | ','))
                || self.a.tokens.get(i + 1).is_some_and(|t| t.glued && t.kind == TokenKind::Digits))
    }

    /// The date without its weekday.
    fn core(&self, at: usize) -> Option<(Range<usize>, DateValue)> {
        if at >= self.end {
            return None;
        }
        let value = |r: Range<usize>, year, month, day| {
            let core = self.a.span(r.clone());
            Some((r, DateValue { year, month, day, weekday: None, core, resolved: None }))
        };
        if let Some((past, y, m, d)) = self.numeric(at) {
            return value(at..past, Some(y), Some(m), Some(d));
        }
        if let Some(month) = self.month(at) {
            let after = self.after_month(at + 1);
            if self.cal.month_first
                && let Some(day) = self.digits(after, 1..=2).filter(|d| (1..=39).contains(d))
                && !self.counts(after)
            {
                let past = self.day_suffix(after + 1)?;
                let (past, year) = self.with_year(past);
                return value(at..past, year, Some(month), Some(day as i8));
            }
            let (past, year) = self.with_year(after);
            return year.and_then(|y| value(at..past, Some(y), Some(month), None));
        }
        if self.cal.day_first
            && let Some(day) = self.digits(at, 1..=2).filter(|d| (1..=39).contains(d))
            && (at == 0 || !self.a.tokens[at].glued || mark(self.a, at - 1).is_some_and(|c| "(«“\"-–—".contains(c)))
            && let Some(past) = self.day_suffix(at + 1)
            && let m = self.skip(past, &self.cal.before_month)
            && let Some(month) = self.month(m)
        {
            let (past, year) = self.with_year(self.after_month(m + 1));
            return value(at..past.max(m + 1), year, Some(month), Some(day as i8));
        }
        let lone = at > 0 && self.cal.before_lone_year.iter().any(|w| w == self.a.lower(at - 1));
        if lone
            && let Some(year) = self.year(at)
            && !self.counts(at)
        {
            return value(at..at + 1, Some(year), None, None);
        }
        None
    }

    /// « janv. »: the full stop of an abbreviated month.
    fn after_month(&self, i: usize) -> usize {
        let dot = i < self.end && mark(self.a, i) == Some('.') && self.a.tokens[i].glued && self.a.lower(i - 1).len() <= 5;
        i + usize::from(dot && i + 1 < self.end && self.a.tokens[i + 1].kind == TokenKind::Digits)
    }

    /// Whether a plural noun follows the digits, so that they count it: "In June 30 people were hurt".
    fn counts(&self, digits: usize) -> bool {
        let Some(word) = self.word(digits + 1).filter(|_| !self.a.tokens[digits + 1].case.is_capital()) else { return false };
        let Some(language) = self.a.language(digits) else { return false };
        let mut readings = language.lexicon.readings(word);
        readings.any(|(_, tag)| tag.pos() == crate::language::lexicon::Pos::Noun && tag.plural() && !tag.singular())
            && self.cal.month(word).is_none()
    }

    /// The token after the letters that hang on a day; `None` where other letters hang on it.
    fn day_suffix(&self, i: usize) -> Option<usize> {
        match self.word(i).filter(|_| self.a.tokens[i].glued) {
            Some(w) => self.cal.day_suffixes.iter().any(|s| s == w).then_some(i + 1),
            None => Some(i),
        }
    }

    fn with_year(&self, past: usize) -> (usize, Option<i16>) {
        let i = self.skip(past, &self.cal.before_year);
        match self.year(i) {
            Some(y) => (i + 1, Some(y)),
            None => (past, None),
        }
    }

    /// `06/01/2022`, `2022-01-06`: the token after it, and the year, month and day.
    fn numeric(&self, at: usize) -> Option<(usize, i16, i8, i8)> {
        let part = |i: usize, mark_at: usize, c: char, lengths| {
            (mark(self.a, mark_at) == Some(c) && self.a.tokens[mark_at].glued && self.a.tokens.get(i)?.glued)
                .then(|| self.digits(i, lengths))?
        };
        if let Some(year) = self.digits(at, 4..=4)
            && let Some(m) = part(at + 2, at + 1, '-', 2..=2)
            && let Some(d) = part(at + 4, at + 3, '-', 2..=2)
        {
            return Some((at + 5, year, m as i8, d as i8)).filter(|_| (1..=12).contains(&m));
        }
        let first = self.digits(at, 1..=2)?;
        let second = part(at + 2, at + 1, '/', 1..=2)?;
        let year = part(at + 4, at + 3, '/', 4..=4)?;
        let (d, m) = match self.cal.numeric {
            NumericOrder::DayFirst => (first, second),
            NumericOrder::MonthFirst if first > 12 => (first, second),
            NumericOrder::MonthFirst => (second, first),
        };
        ((1..=12).contains(&m) && (1..=39).contains(&d)).then_some((at + 5, year, m as i8, d as i8))
    }

    /// The day that is meant.
    fn resolved(&self, mut v: DateValue) -> DateValue {
        let (Some(month), Some(day)) = (v.month, v.day) else { return v };
        v.resolved = match v.year {
            Some(y) => Date::new(y, month, day).ok(),
            None => self.a.doc.meta.published.and_then(|(p, _)| nearest(p, month, day)),
        };
        v
    }

    /// `14h30`, `14 h 30`, `2pm`, `2.30pm`, `14:30`.
    fn time(&self, at: usize) -> Option<Reading> {
        let clock = &self.cal.clock;
        let hour = self.digits(at, 1..=2).filter(|h| *h <= 24)?;
        let minute_at = |i: usize| self.digits(i, 2..=2).filter(|m| *m < 60);
        let glued = |i: usize| self.a.tokens.get(i).is_some_and(|t| t.glued && i < self.end);
        let (mut past, mut minute) = (at + 1, 0);
        if matches!(mark(self.a, past), Some(':' | '.')) && glued(past) && glued(past + 1) && minute_at(past + 1).is_some() {
            let colon = mark(self.a, past) == Some(':');
            minute = minute_at(past + 1)?;
            past += 2;
            if let Some(shift) = self.half_day(past) {
                return Some((at..past + 1, Value::Time(minutes(hour, minute, Some(shift))?)));
            }
            // A score or a ratio has no two digits after the colon of an hour; `12.30` alone may be a price.
            return (colon && self.word(past).is_none_or(|_| !glued(past)) && !(glued(past) && mark(self.a, past) == Some(':')))
                .then(|| minutes(hour, minute, None).map(|m| (at..past, Value::Time(m))))
                .flatten();
        }
        if let Some(shift) = self.half_day(past) {
            return Some((at..past + 1, Value::Time(minutes(hour, 0, Some(shift))?)));
        }
        let unit = self.word(past)?;
        if !clock.separators.iter().any(|s| s == unit) {
            return None;
        }
        past += 1;
        if let Some(m) = minute_at(past).filter(|_| glued(past) == glued(past - 1)) {
            minute = m;
            past += 1;
        }
        Some((at..past, Value::Time(minutes(hour, minute, None)?)))
    }

    /// Whether « am » or « pm » stands there: the hours to add.
    fn half_day(&self, i: usize) -> Option<u16> {
        let word = self.word(i)?;
        let plain: String = word.chars().filter(|c| *c != '.').collect();
        let n = self.cal.clock.glued.iter().position(|w| w.len() == 2 && *w == plain)?;
        Some(if n == 0 { 0 } else { 12 })
    }
}

fn minutes(hour: i16, minute: i16, shift: Option<u16>) -> Option<u16> {
    let hour = match shift {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(shift) => hour as u16 % 12 + shift,
        None => hour as u16,
    };
    (hour <= 24).then_some(hour * 60 + minute as u16)
}

/// The day of that month and day that is nearest to another.
pub(crate) fn nearest(to: Date, month: i8, day: i8) -> Option<Date> {
    [-1, 0, 1].into_iter().filter_map(|d| Date::new(to.year() + d, month, day).ok()).min_by_key(|d| (*d - to).get_days().abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::document;
    use crate::language::Languages;

    fn check(lang: &str, text: &str, expected: &str) {
        let mut doc = document(lang, text);
        doc.meta.published = Some((Date::constant(2022, 1, 5), crate::document::Origin::Given));
        let a = crate::text::cut(&doc, Languages::shipped());
        let cal = &a.language(0).unwrap().calendar;
        let found = (0..a.tokens.len()).find_map(|i| read(&a, i, a.tokens.len(), cal));
        let shown = found.map_or("–".to_owned(), |(tokens, value)| {
            let words = a.span(tokens).of(&doc.text).to_owned();
            match value {
                Value::Date(d) => {
                    let weekday = d.weekday.map_or(String::new(), |(w, _)| format!("{w:?} "));
                    let part = |p: Option<i16>| p.map_or("?".to_owned(), |p| p.to_string());
                    let parts = format!("{}-{}-{}", part(d.year), part(d.month.map(i16::from)), part(d.day.map(i16::from)));
                    format!("{weekday}{parts} = {} «{words}»", d.resolved.map_or("–".to_owned(), |r| r.to_string()))
                }
                Value::Time(m) => format!("{:02}:{:02} «{words}»", m / 60, m % 60),
                other => format!("{other:?} «{words}»"),
            }
        });
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn french() {
        check("fr", "Mardi 14 mars 2025", "Tuesday 2025-3-14 = 2025-03-14 «Mardi 14 mars 2025»");
        check("fr", "mardi (14 mars), le maire", "Tuesday ?-3-14 = 2022-03-14 «mardi (14 mars»");
        check("fr", "le 1er décembre dernier", "?-12-1 = 2021-12-01 «1er décembre»");
        check("fr", "le 31 avril 2021", "2021-4-31 = – «31 avril 2021»");
        check("fr", "le 06/01/2022", "2022-1-6 = 2022-01-06 «06/01/2022»");
        check("fr", "Mercredi soir, le maire", "Weekday(Wednesday) «Mercredi»");
        check("fr", "depuis 2011", "2011-?-? = – «2011»");
        check("fr", "à 14h30", "14:30 «14h30»");
        check("fr", "à 14 h 30", "14:30 «14 h 30»");
        check("fr", "hier", "?-?-? = 2022-01-04 «hier»");
        check("fr", "2018 personnes", "–");
    }

    #[test]
    fn english() {
        check("en", "Tuesday, March 14, 2025", "Tuesday 2025-3-14 = 2025-03-14 «Tuesday, March 14, 2025»");
        check("en", "on Tuesday 14th March", "Tuesday ?-3-14 = 2022-03-14 «Tuesday 14th March»");
        check("en", "They may 14 times march", "–");
        check("en", "in March 2025", "2025-3-? = – «March 2025»");
        check("en", "at 2.30pm", "14:30 «2.30pm»");
        check("en", "at 12am", "00:00 «12am»");
    }
}
