//! Dates, weekdays and times of day as far as the words give them.

mod clock;
mod period;
mod relative;

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::analysis::{Analysis, TokenKind};
use crate::language::calendar::NumericOrder;
use crate::language::numbers::NumberGrammar;
use crate::language::{Calendar, Language};
use crate::mention::number::{self, NumberKind};
use crate::mention::{DateValue, Value};
use crate::text::{is_hyphen, mark};

pub(super) use period::periods;

/// A date, weekday or time that was read, with its tokens.
pub(crate) type Reading = (Range<usize>, Value);

/// Reads the date, weekday or time that begins at token `at` and ends before token `end`.
pub(crate) fn read(a: &Analysis, at: usize, end: usize, language: &Language) -> Option<Reading> {
    let r = Reader { a, cal: &language.calendar, numbers: &language.numbers, end };
    if !r.begins(at) {
        return None;
    }
    // « ce dimanche 14 janvier » is a weekday with its date.
    let dated = |f: &Reading| r.weekday(f.0.end - 1).is_some() && r.core(f.0.end).is_some_and(|(_, v)| v.day.is_some());
    if let Some(found) = r.time(at).or_else(|| r.relative(at).filter(|f| !dated(f))) {
        return Some(found);
    }
    let Some(weekday) = r.weekday(at) else {
        let (tokens, value) = r.core(at).or_else(|| r.elliptic(at))?;
        return Some((tokens, Value::Date(r.resolved(value))));
    };
    let span = a.tokens[at].span;
    // « mardi 14 », « mardi (14 mars) », "Tuesday, the 14th of March"; « mardi soir » is a weekday.
    let mut core = at + 1;
    for _ in 0..2 {
        if core < end && r.cal.before_day.iter().any(|w| w == a.lower(core)) {
            core += 1;
        }
    }
    // « mar. 14 mars »
    if core < end && mark(a, core) == Some('.') && a.tokens[core].glued && r.abbreviated(at) {
        core += 1;
    }
    let day = r.core(core).filter(|(_, v)| v.day.is_some());
    let day =
        day.or_else(|| r.short(core, true)).or_else(|| r.elliptic(core)).or_else(|| r.lone_day(core).filter(|_| core == at + 1));
    if let Some((tokens, value)) = day {
        let value = DateValue { weekday: Some((weekday, span)), ..value };
        return Some((at..tokens.end, Value::Date(r.resolved(value))));
    }
    Some((at..at + 1, Value::Weekday(weekday)))
}

struct Reader<'r, 'a> {
    a: &'r Analysis<'a>,
    cal: &'r Calendar,
    numbers: &'r NumberGrammar,
    end: usize,
}

impl<'r> Reader<'r, '_> {
    fn word(&self, i: usize) -> Option<&'r str> {
        (i < self.end && self.a.tokens[i].kind == TokenKind::Word).then(|| self.a.lower(i))
    }

    /// Whether a date, weekday or time may begin there: most words are none, and that is settled with one look.
    fn begins(&self, i: usize) -> bool {
        match self.a.tokens[i].kind {
            TokenKind::Digits => true,
            TokenKind::Mark => false,
            TokenKind::Word => {
                let lower = self.a.lower(i);
                // « XIXe siècle »
                let century = || self.word(i + 1).is_some_and(|w| self.cal.century_words.iter().any(|x| x == w));
                self.cal.begins(lower) || century() || self.numbers.begins(lower.split('-').next().unwrap_or(lower))
            }
        }
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
        !self.cal.capitalised || self.a.tokens[i].case.is_capital() || !self.cal.also_words.iter().any(|w| w == self.a.lower(i))
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
                && let Some((day, past)) = self.day(after)
                && !self.counts(past - 1)
                && !self
                    .a
                    .tokens
                    .get(past)
                    .is_some_and(|t| past < self.end && t.glued && matches!(mark(self.a, past), Some(':' | '%')))
            {
                let (past, year) = self.with_year(past);
                return value(at..past, year, Some(month), Some(day));
            }
            let (past, year) = self.with_year(after);
            if let Some(y) = year {
                return value(at..past, Some(y), Some(month), None);
            }
            // « en mars », "in March": the preposition says that it is no verb.
            let lone = at > self.a.sentence(at).start && self.cal.before_lone_month.iter().any(|w| w == self.a.lower(at - 1));
            return lone.then(|| value(at..at + 1, None, Some(month), None)).flatten();
        }
        if self.cal.day_first
            && (at == 0 || !self.a.tokens[at].glued || mark(self.a, at - 1).is_some_and(|c| "(«“\"-–—".contains(c)))
            && let Some((day, past)) = self.day(at).or_else(|| self.too_late(at))
            && let m = self.skip(past, &self.cal.before_month)
            && let Some(month) = self.month(m)
        {
            let (past, year) = self.with_year(self.after_month(m + 1));
            return value(at..past.max(m + 1), year, Some(month), Some(day));
        }
        if let Some((tokens, v)) = self.short(at, false) {
            return Some((tokens, v));
        }
        let start = self.a.sentence(at).start;
        let before = (at > start).then(|| self.a.lower(at - 1));
        let lone = before.is_some_and(|w| self.cal.before_lone_year.iter().any(|x| x == w));
        let paired = || {
            let next = |past: usize| self.middle(past).and_then(|i| self.year(i));
            let earlier = || (at >= start + 2).then(|| self.year_before(at)).flatten();
            self.year(at).is_some_and(|y| {
                next(at + 1).is_some_and(|z| z > y && z - y < 500) || earlier().is_some_and(|x| x < y && y - x < 500)
            })
        };
        let unit = || {
            self.numbers.unit(at + 1, |i| self.word(i)).is_some() || self.numbers.scale(self.word(at + 1).unwrap_or("")).is_some()
        };
        if (lone || paired())
            && let Some(year) = self.year(at).filter(|y| (1400..=2199).contains(y) || paired())
            && !self.counts(at)
            && !unit()
        {
            return value(at..at + 1, Some(year), None, None);
        }
        None
    }

    /// The day of a month in figures or as a rank, and the token after it.
    fn day(&self, i: usize) -> Option<(i8, usize)> {
        if let Some(day) = self.digits(i, 1..=2) {
            return Some((day as i8, self.day_suffix(i + 1)?)).filter(|_| (1..=39).contains(&day));
        }
        // « premier mars », "the twenty-third of September"
        let word = self.word(i)?;
        if !self.numbers.begins(word.split('-').next()?) {
            return None;
        }
        let n = number::read(self.a, i, self.end, self.numbers).filter(|n| n.kind == NumberKind::Ordinal && n.cut.is_none())?;
        let day = n.amount.written.as_whole().filter(|d| (1..=31).contains(d))?;
        Some((day as i8, n.tokens.end))
    }

    /// A day that no month has, right before the name of one that is no other word: « 66 avril ».
    fn too_late(&self, i: usize) -> Option<(i8, usize)> {
        let day = self.digits(i, 2..=2)?;
        let month = self.word(i + 1).filter(|w| self.cal.month(w).is_some() && !self.cal.also_words.iter().any(|x| x == w));
        month.map(|_| (day as i8, i + 1))
    }

    /// The token after a word or mark that joins the ends of a range: « au », "to", a dash.
    fn middle(&self, i: usize) -> Option<usize> {
        if i >= self.end {
            return None;
        }
        let dash = mark(self.a, i).is_some_and(|c| is_hyphen(c) || matches!(c, '–' | '—' | '~'));
        let joins = dash || self.cal.range_middles.iter().any(|w| w == self.a.lower(i));
        let next = i + 1;
        joins.then(|| self.skip(next, &self.cal.before_day))
    }

    /// The year before a word that joins the ends of a range.
    fn year_before(&self, at: usize) -> Option<i16> {
        (self.middle(at - 1) == Some(at)).then(|| self.year(at - 2)).flatten()
    }

    /// A day whose month stands after the range that it opens: « du *3* au 12 mars », "from the *3rd* to 12 March".
    fn elliptic(&self, at: usize) -> Option<(Range<usize>, DateValue)> {
        // « les 85 et 16 mai »
        let late = || self.digits(at, 2..=2).map(|day| (day as i8, at + 1));
        let (day, past) = self.day(at).or_else(late)?;
        let mut i = self.middle(past)?;
        if self.weekday(i).is_some() {
            i = self.skip(i + 1, &self.cal.before_day);
        }
        // "March 3-12" gives the month before.
        let (_, other) = self.core(i).filter(|(_, v)| v.day.is_some() && v.month.is_some())?;
        let tokens = at..past;
        let core = self.a.span(tokens.clone());
        (day < other.day? || other.month.is_some())
            .then_some((tokens, DateValue { day: Some(day), weekday: None, core, resolved: None, ..other }))
    }

    /// The day alone beside a weekday: « mardi 6 ».
    fn lone_day(&self, at: usize) -> Option<(Range<usize>, DateValue)> {
        let (day, past) = self.day(at).filter(|(d, _)| (1..=31).contains(d))?;
        let glued = self.a.tokens.get(past).is_some_and(|t| past < self.end && t.glued);
        let unit = self.numbers.unit(past, |i| self.word(i)).is_some()
            || self.numbers.percent.at(past, |i| (i < self.end).then(|| self.a.lower(i))).is_some();
        let hangs = glued && mark(self.a, past).is_none_or(|c| !matches!(c, ',' | '.' | ')' | ';' | '»' | '?' | '!'));
        let decimal = glued && self.a.tokens.get(past + 1).is_some_and(|t| t.glued && t.kind == TokenKind::Digits);
        if unit || hangs || decimal || self.counts(past - 1) || self.time(at).is_some() {
            return None;
        }
        let core = self.a.span(at..past);
        Some((at..past, DateValue { year: None, month: None, day: Some(day), weekday: None, core, resolved: None }))
    }

    /// `22/04`, where a weekday or an article says that it is a day.
    fn short(&self, at: usize, weekday: bool) -> Option<(Range<usize>, DateValue)> {
        let said = weekday
            || (at > self.a.sentence(at.min(self.end - 1)).start
                && self.cal.before_numeric.iter().any(|w| w == self.a.lower(at - 1)));
        if !said {
            return None;
        }
        let first = self.digits(at, 1..=2)?;
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
        let core = self.a.span(at..at + 3);
        Some((at..at + 3, DateValue { year: None, month: Some(m as i8), day: Some(d as i8), weekday: None, core, resolved: None }))
    }

    /// Day and month of two figures in the order of the language.
    fn order(&self, first: i16, second: i16) -> (i16, i16) {
        match self.cal.numeric {
            NumericOrder::MonthFirst if first <= 12 => (second, first),
            NumericOrder::DayFirst if second > 12 && first <= 12 => (second, first),
            _ => (first, second),
        }
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
            && !self.a.tokens.get(at + 5).is_some_and(|t| at + 5 < self.end && t.glued && t.kind == TokenKind::Word)
        {
            return Some((at + 5, year, m as i8, d as i8)).filter(|_| (1..=12).contains(&m));
        }
        let first = self.digits(at, 1..=2)?;
        let c = mark(self.a, at + 1).filter(|c| matches!(c, '/' | '-' | '.'))?;
        let second = part(at + 2, at + 1, c, 1..=2)?;
        // Two figures for a year are read only between strokes or stops: `06-01-22` may be a score, a reference, a part number.
        let year = part(at + 4, at + 3, c, 4..=4).or_else(|| {
            let y = part(at + 4, at + 3, c, 2..=2).filter(|_| c != '-' && self.a.tokens[at + 2].span.len() == 2)?;
            Some(if y < 50 { 2000 + y } else { 1900 + y })
        })?;
        let more = at + 5;
        let hangs = self.a.tokens.get(more).is_some_and(|t| more < self.end && t.glued && mark(self.a, more) == Some(c))
            && self.a.tokens.get(more + 1).is_some_and(|t| t.glued && t.kind == TokenKind::Digits);
        let (d, m) = self.order(first, second);
        (!hangs && (1..=12).contains(&m) && (1..=39).contains(&d)).then_some((at + 5, year, m as i8, d as i8))
    }

    fn published(&self) -> Option<Date> {
        self.a.doc.meta.published.map(|(day, _)| day)
    }

    /// The day that is meant.
    fn resolved(&self, mut v: DateValue) -> DateValue {
        if let (None, Some(day), Some((weekday, _))) = (v.month, v.day, v.weekday) {
            v.resolved = self.published().and_then(|p| {
                let fits = |d: &Date| d.day() == day && d.weekday() == weekday;
                (0..=45).flat_map(|n| [-n, n]).filter_map(|n| p.checked_add(n.days()).ok()).find(fits)
            });
            return v;
        }
        let (Some(month), Some(day)) = (v.month, v.day) else { return v };
        v.resolved = match v.year {
            Some(y) => Date::new(y, month, day).ok(),
            None => self.a.doc.meta.published.and_then(|(p, _)| nearest(p, month, day)),
        };
        v
    }
}

/// The day of that month and day that is nearest to another.
pub(crate) fn nearest(to: Date, month: i8, day: i8) -> Option<Date> {
    [-1, 0, 1].into_iter().filter_map(|d| Date::new(to.year() + d, month, day).ok()).min_by_key(|d| (*d - to).get_days().abs())
}

#[cfg(test)]
mod tests;
