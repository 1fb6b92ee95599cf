//! Days and stretches that the words count from publication: « hier », « lundi dernier », "three days ago", "last week".

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{Reader, Reading};
use crate::language::calendar::Stretch;
use crate::language::numbers::Unit;
use crate::mention::number::{self, NumberKind};
use crate::mention::{DateValue, PeriodValue, Value};
use crate::text::mark;

impl Reader<'_, '_> {
    /// What is counted from publication and begins at a token.
    pub(super) fn relative(&self, at: usize) -> Option<Reading> {
        let within = |i: usize| (i < self.end).then(|| self.a.lower(i));
        if let Some((len, &days)) = self.cal.relative.at(at, within) {
            let day = self.published().and_then(|p| p.checked_add(i64::from(days).days()).ok());
            return Some((at..at + len, Value::Date(self.meant(at, at + len, day))));
        }
        self.ago(at).or_else(|| self.shifted(at)).or_else(|| self.decade(at)).or_else(|| self.century(at))
    }

    /// A date of which the words say no more than which day is meant.
    fn meant(&self, at: usize, past: usize, resolved: Option<Date>) -> DateValue {
        DateValue { year: None, month: None, day: None, weekday: None, core: self.a.span(at..past), resolved }
    }

    /// « il y a dix ans », « dans deux semaines », "three days ago".
    fn ago(&self, at: usize) -> Option<Reading> {
        let published = self.published()?;
        let within = |i: usize| (i < self.end).then(|| self.a.lower(i));
        let before = self.cal.offset_before().at(at, within).map(|(len, sign)| (at + len, *sign));
        let mut i = before.map_or(at, |(i, _)| i);
        if before.is_some()
            && let Some((len, _)) = self.numbers.bounds.at(i, within)
        {
            i += len;
        }
        if i >= self.end || mark(self.a, i).is_some() {
            return None;
        }
        let n = number::read(self.a, i, self.end, self.numbers).filter(|n| n.cut.is_none() && n.kind != NumberKind::Ordinal)?;
        let (count, unit, past) = match self.numbers.unit(n.tokens.end, within)? {
            (len, Unit::Time(unit)) => (n.amount.written.as_whole()?, unit, n.tokens.end + len),
            _ => return None,
        };
        let (past, sign) = match before {
            Some((_, sign)) => (past, sign),
            None => self.cal.offset_after().at(past, within).map(|(len, sign)| (past + len, *sign))?,
        };
        let count = i64::try_from(count).ok().filter(|c| *c < 5000)? * i64::from(sign);
        let day = match unit {
            "Y" => published.checked_add(count.years()),
            "M" => published.checked_add(count.months()),
            "W" => published.checked_add(count.weeks()),
            "D" => published.checked_add(count.days()),
            _ => return None,
        };
        Some((at..past, Value::Date(self.meant(at, past, Some(day.ok()?)))))
    }

    /// « lundi dernier », "next Tuesday", « la semaine prochaine », "last month", « mars dernier ».
    fn shifted(&self, at: usize) -> Option<Reading> {
        let published = self.published()?;
        let (what, at_what, past, shift) = match self.word(at).and_then(|w| self.cal.shift_before(w)) {
            Some(shift) => (self.named_stretch(at + 1)?, at + 1, at + 2, shift),
            None => {
                let what = self.named_stretch(at)?;
                let shift = self.word(at + 1).and_then(|w| self.cal.shift_after(w))?;
                (what, at, at + 2, shift)
            }
        };
        Some(match what {
            Named::Weekday(day) => {
                let resolved = self.weekday_near(published, day, shift);
                let weekday = Some((day, self.a.tokens[at_what].span));
                (at..past, Value::Date(DateValue { weekday, ..self.meant(at, past, resolved) }))
            }
            Named::Month(month) => {
                let year = match shift {
                    0 => published.year(),
                    1.. => published.year() + i16::from(month <= published.month()),
                    _ => published.year() - i16::from(month >= published.month()),
                };
                let core = self.a.tokens[at_what].span;
                (
                    at..past,
                    Value::Date(DateValue { year: Some(year), month: Some(month), day: None, weekday: None, core, resolved: None }),
                )
            }
            Named::Stretch(stretch) => (at..past, Value::Period(stretch_of(published, stretch, i64::from(shift))?)),
        })
    }

    fn named_stretch(&self, i: usize) -> Option<Named> {
        let word = self.word(i)?;
        self.weekday(i)
            .map(Named::Weekday)
            .or_else(|| self.month(i).map(Named::Month))
            .or_else(|| self.cal.stretch(word).map(Named::Stretch))
    }

    /// The weekday before or after publication. Where the nearest and the one of the next week differ and the language does not
    /// settle it, no day is said to be meant.
    fn weekday_near(&self, published: Date, day: Weekday, shift: i32) -> Option<Date> {
        let same_week = published
            .checked_add(i64::from(day.to_monday_zero_offset() - published.weekday().to_monday_zero_offset()).days())
            .ok()?;
        let by_week = same_week.checked_add(i64::from(shift).weeks()).ok()?;
        if shift == 0 {
            return Some(same_week);
        }
        let mut nearest = same_week;
        if (shift < 0 && nearest >= published) || (shift > 0 && nearest <= published) {
            nearest = by_week;
        }
        (nearest == by_week || self.cal.nearest_weekday).then_some(nearest)
    }

    /// « les années 1990 », « années 90 », "the 1990s", "the 90s".
    fn decade(&self, at: usize) -> Option<Reading> {
        let named = self.word(at).is_some_and(|w| self.cal.decade_words.iter().any(|x| x == w));
        let i = at + usize::from(named);
        let figures = self.digits(i, 2..=4).filter(|_| self.a.tokens[i].span.len() != 3)?;
        let suffix =
            self.word(i + 1).is_some_and(|w| self.a.tokens[i + 1].glued && self.cal.decade_suffixes.iter().any(|x| x == w));
        let apostrophe = || {
            mark(self.a, i + 1).is_some_and(crate::text::is_apostrophe)
                && self.word(i + 2).is_some_and(|w| self.cal.decade_suffixes.iter().any(|x| x == w))
        };
        let past = match (named, suffix) {
            (true, false) => i + 1,
            (_, true) => i + 2,
            (false, false) if !self.cal.decade_suffixes.is_empty() && apostrophe() => i + 3,
            _ => return None,
        };
        let year = if figures < 100 { 1900 + figures } else { figures };
        if year % 10 != 0 || figures < 20 || !(1000..=2090).contains(&year) {
            return None;
        }
        let (from, end) = (Date::new(year, 1, 1).ok()?, Date::new(year + 10, 1, 1).ok()?);
        Some((at..past, Value::Period(PeriodValue { iso: format!("({from},{end},P10Y)"), from: Some(from), past: Some(end) })))
    }

    /// « XIXe siècle », "19th century".
    fn century(&self, at: usize) -> Option<Reading> {
        let n = number::read(self.a, at, self.end, self.numbers).filter(|n| n.kind == NumberKind::Ordinal && n.cut.is_none())?;
        let past = n.tokens.end;
        if let Some(found) = self.part_of_year(at, past, n.amount.written.as_whole()?) {
            return Some(found);
        }
        self.word(past).filter(|w| self.cal.century_words.iter().any(|x| x == w))?;
        let nth = i16::try_from(n.amount.written.as_whole()?).ok().filter(|n| (1..=21).contains(n))?;
        // There is no year 0: the first century begins with the year 1.
        let from = Date::new((nth - 1) * 100 + 1, 1, 1).ok()?;
        let end = Date::new(nth * 100 + 1, 1, 1).ok()?;
        Some((at..past + 1, Value::Period(PeriodValue { iso: format!("{:02}XX", nth - 1), from: Some(from), past: Some(end) })))
    }

    /// « premier trimestre 2013 », "the second half of 2020": parts of a year by their rank.
    fn part_of_year(&self, at: usize, unit: usize, nth: i128) -> Option<Reading> {
        let word = self.word(unit)?;
        let is = |list: &[String]| list.iter().any(|w| w == word);
        let (months, most) = if is(&self.cal.quarter_words) {
            (3, 4)
        } else if is(&self.cal.half_year_words) {
            (6, 2)
        } else {
            return None;
        };
        let nth = i8::try_from(nth).ok().filter(|n| (1..=most).contains(n))?;
        let mut i = unit + 1;
        i += usize::from(self.word(i).is_some_and(|w| self.numbers.links.iter().any(|l| l == w)));
        let year = self.year(i)?;
        let from = Date::new(year, (nth - 1) * months + 1, 1).ok()?;
        let past = from.checked_add(i64::from(months).months()).ok()?;
        Some((
            at..i + 1,
            Value::Period(PeriodValue { iso: format!("({from},{past},P{months}M)"), from: Some(from), past: Some(past) }),
        ))
    }
}

enum Named {
    Weekday(Weekday),
    Month(i8),
    Stretch(Stretch),
}

/// The week, month or year that lies so many after that of a day.
fn stretch_of(day: Date, stretch: Stretch, shift: i64) -> Option<PeriodValue> {
    let (from, past, iso) = match stretch {
        Stretch::Week | Stretch::Weekend => {
            let monday =
                day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()?.checked_add(shift.weeks()).ok()?;
            let week = monday.iso_week_date();
            let iso = format!("{:04}-W{:02}", week.year(), week.week());
            match stretch {
                Stretch::Weekend => (monday.checked_add(5.days()).ok()?, monday.checked_add(7.days()).ok()?, iso + "-WE"),
                _ => (monday, monday.checked_add(7.days()).ok()?, iso),
            }
        }
        Stretch::Month => {
            let first = day.first_of_month().checked_add(shift.months()).ok()?;
            (first, first.checked_add(1.months()).ok()?, format!("{:04}-{:02}", first.year(), first.month()))
        }
        Stretch::Quarter => {
            let first = Date::new(day.year(), (day.month() - 1) / 3 * 3 + 1, 1).ok()?.checked_add((shift * 3).months()).ok()?;
            let past = first.checked_add(3.months()).ok()?;
            (first, past, format!("({first},{past},P3M)"))
        }
        Stretch::Year => {
            let first = Date::new(day.year().checked_add(shift as i16)?, 1, 1).ok()?;
            (first, first.checked_add(1.years()).ok()?, format!("{:04}", first.year()))
        }
    };
    Some(PeriodValue { iso, from: Some(from), past: Some(past) })
}
