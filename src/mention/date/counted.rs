//! Days that a length of time counts from another day, and stretches of so many units: « il y a dix ans », "two weeks before
//! Christmas", « les trois prochains jours », "all week", "several weeks".

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Reader, Reading};
use crate::amount::{Amount, Ratio};
use crate::analysis::{DateValue, DurationValue, PeriodValue, Value, mark};
use crate::language::grammar::Tense;
use crate::language::lexicon::{Pos, Tag};
use crate::language::numbers::Unit;
use crate::mention::number::NumberKind;

impl Reader<'_, '_> {
    /// What a length of time says from a token on, other than its length.
    pub(super) fn counted(&self, at: usize) -> Option<Reading> {
        self.whole(at)
            .or_else(|| self.nearby(at))
            .or_else(|| self.coming(at))
            .or_else(|| self.offset(at))
            .or_else(|| self.vague(at))
    }

    /// The unit of ISO 8601 that stands there, and one past it.
    fn time_unit(&self, i: usize) -> Option<(&str, usize)> {
        match self.numbers.unit(i, |i| (i < self.end).then(|| self.a.lower(i)))? {
            (len, Unit::Time(unit)) => Some((unit, i + len)),
            _ => None,
        }
    }

    /// How many stand there, and one past it: a whole number, or an article before a unit.
    fn count(&self, i: usize) -> Option<(i64, usize)> {
        if i >= self.end || mark(self.a, i).is_some() {
            return None;
        }
        let word = self.a.lower(i);
        if self.numbers.articles.iter().any(|w| w == word) && self.time_unit(i + 1).is_some() {
            return Some((1, i + 1));
        }
        let n = self.number_at(i).filter(|n| n.cut.is_none() && n.kind != NumberKind::Ordinal)?;
        let count = i64::try_from(n.amount.written.as_whole()?).ok().filter(|c| (0..5000).contains(c))?;
        Some((count, n.tokens.end))
    }

    /// « il y a dix ans », « dans deux semaines », "three days ago", "two weeks before Christmas", "in two days" after a future.
    fn offset(&self, at: usize) -> Option<Reading> {
        let within = |i: usize| (i < self.end).then(|| self.a.lower(i));
        let future = || self.cal.offset_future().at(at, within).filter(|_| self.is_future(at));
        let before = self.cal.offset_before().at(at, within).or_else(future).map(|(len, sign)| (at + len, i64::from(*sign)));
        let mut i = before.map_or(at, |(i, _)| i);
        // « il y a quelques mois », "several years ago": a day that no count gives.
        if self.word(i).is_some_and(|w| self.numbers.vague.iter().any(|v| v == w)) {
            let (_, past) = self.time_unit(i + 1).filter(|(unit, _)| !unit.starts_with('T'))?;
            let past = match before {
                Some((_, sign)) => Some(past).filter(|_| sign < 0)?,
                None => self.cal.offset_after().at(past, within).filter(|(_, sign)| **sign < 0).map(|(len, _)| past + len)?,
            };
            return Some((at..past, Value::Date(self.meant(at, past, None))));
        }
        if before.is_some()
            && let Some((len, _)) = self.numbers.bounds.at(i, within)
        {
            i += len;
        }
        let (count, i) = self.count(i)?;
        let (unit, past) = self.time_unit(i)?;
        if let Some((len, sign)) = self.cal.anchors.at(past, within)
            && let Some((end, day)) = self.anchor(past + len).or_else(|| self.coming_weekday(past + len))
        {
            let day = moved(day, unit, count * i64::from(*sign))?;
            return Some((at..end, Value::Date(self.meant(at, end, Some(day)))));
        }
        let (past, sign) = match before {
            Some((_, sign)) => (past, sign),
            None => self.cal.offset_after().at(past, within).map(|(len, sign)| (past + len, i64::from(*sign)))?,
        };
        // Without a day of publication it is a fact to check all the same.
        let day = match self.published() {
            Some(published) => Some(moved(published, unit, count * sign)?),
            None => Some(None).filter(|_| sign < 0 && !unit.starts_with('T'))?,
        };
        // "in 3 days on Friday"
        let on = past + usize::from(self.word(past).is_some_and(|w| self.cal.before_numeric.iter().any(|x| x == w)));
        let weekday = self.weekday(on).filter(|w| on > past && day.is_some_and(|d| d.weekday() == *w));
        let end = if weekday.is_some() { on + 1 } else { past };
        let weekday = weekday.map(|w| (w, self.a.tokens[on].span));
        Some((at..end, Value::Date(DateValue { weekday, ..self.meant(at, end, day) })))
    }

    /// The next weekday of that name, where the verb speaks of the future, and one past it: "three days from Tuesday".
    fn coming_weekday(&self, at: usize) -> Option<(usize, Date)> {
        let (weekday, published) = (self.weekday(at)?, self.published()?);
        let day = published.nth_weekday(1, weekday).ok().filter(|_| self.is_future(at))?;
        Some((at + 1, day))
    }

    /// The day from which a length of time counts, and one past its last token; an article may stand before it.
    fn anchor(&self, at: usize) -> Option<(usize, Date)> {
        let at = at + usize::from(self.links(at));
        let (tokens, value) = (at < self.end && self.begins(at)).then(|| self.plain(at))??;
        match value {
            Value::Date(d) => Some((tokens.end, d.resolved?)),
            _ => None,
        }
    }

    /// Whether the verb of the clause speaks of the future.
    pub(super) fn is_future(&self, at: usize) -> bool {
        self.tense(at) == Some(Tense::Future)
    }

    /// The tense of the verb of the clause.
    pub(super) fn tense(&self, at: usize) -> Option<Tense> {
        self.a.tense(self.a.clause(at))
    }

    /// « les trois prochains jours », "the last five years", "10 previous weeks": the days before or after publication. Without
    /// a day of publication only the length is known.
    fn coming(&self, at: usize) -> Option<Reading> {
        let shift = |i: usize| self.word(i).and_then(|w| self.cal.shift_before(w)).filter(|s| *s != 0);
        let (count, i, sign) = match shift(at) {
            Some(sign) => {
                let (count, i) = self.count(at + 1)?;
                (count, i, sign)
            }
            None => {
                let (count, i) = self.count(at).filter(|(count, _)| (2..1000).contains(count))?;
                (count, i + 1, shift(i)?)
            }
        };
        let (unit, past) = self.time_unit(i).filter(|(unit, _)| !unit.starts_with('T') && count > 0)?;
        // "from 102 to 81 last year"
        let plural = |w: &str| self.a.language(at).is_some_and(|l| l.lexicon.readings(w).any(|(_, tag)| tag.plural()));
        if count > 1 && !plural(self.a.lower(past - 1)) {
            return None;
        }
        let Some(now) = self.published() else {
            let amount = Amount::whole(i128::from(count));
            return Some((at..past, Value::Duration(DurationValue { amount, unit: unit.to_owned() })));
        };
        let (from, to) = if sign < 0 {
            (moved(now, unit, -count)?, now)
        } else {
            let first = now.tomorrow().ok()?;
            (first, moved(first, unit, count)?)
        };
        let iso = format!("({from},{to},P{count}{unit})");
        Some((at..past, Value::Period(PeriodValue { iso, from: Some(from), past: Some(to), modifier: None })))
    }

    /// « ces derniers jours », « les mois à venir », "recent weeks", "the next few years": days that nobody counts.
    fn nearby(&self, at: usize) -> Option<Reading> {
        let vague = |sign: i32, past: usize| {
            let iso = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }.to_owned();
            Some((at..past, Value::Period(PeriodValue::unplaced(iso))))
        };
        let days = |i: usize| self.time_unit(i).filter(|(unit, _)| !unit.starts_with('T'));
        let plural = |i: usize| {
            let noun = |(_, tag): (_, Tag)| tag.pos() == Pos::Noun && tag.plural();
            self.a.language(i).is_some_and(|l| l.lexicon.readings(self.a.lower(i)).any(noun))
        };
        if let Some(&sign) = self.word(at).and_then(|w| self.cal.vague_shifts.get(w)) {
            let few = self.word(at + 1).is_some_and(|w| self.numbers.vague.iter().any(|v| v == w));
            let unit = at + 1 + usize::from(few);
            let (_, past) = days(unit).filter(|_| plural(unit))?;
            return vague(sign, past);
        }
        let several = || at > self.a.sentence(at).start && self.numbers.plurals.iter().any(|p| p == self.a.lower(at - 1));
        let (_, past) = days(at).filter(|_| plural(at) && several())?;
        let (len, &sign) =
            self.cal.shifts_after().at(past, |i| (i < self.end).then(|| self.a.lower(i))).filter(|(_, s)| **s != 0)?;
        vague(sign, past + len)
    }

    /// « toute la semaine », "all week".
    fn whole(&self, at: usize) -> Option<Reading> {
        let (len, ()) = self.cal.wholes.at(at, |i| (i < self.end).then(|| self.a.lower(i)))?;
        let (unit, past) = self.time_unit(at + len).filter(|(unit, _)| !unit.starts_with('T') && !self.counts(at + len - 1))?;
        Some((at..past, Value::Duration(DurationValue { amount: Amount::whole(1), unit: unit.to_owned() })))
    }

    /// « quelques minutes », "several weeks": three or so, two at the least.
    fn vague(&self, at: usize) -> Option<Reading> {
        self.word(at).filter(|w| self.numbers.vague.iter().any(|v| v == w))?;
        let (unit, past) = self.time_unit(at + 1)?;
        let three = Ratio::whole(3);
        let amount = Amount { written: three, low: Some(Ratio::whole(2)), high: None, precision: three };
        Some((at..past, Value::Duration(DurationValue { amount, unit: unit.to_owned() })))
    }
}

/// The day so many units later.
fn moved(day: Date, unit: &str, count: i64) -> Option<Date> {
    match unit {
        "Y" => day.checked_add(count.years()),
        "M" => day.checked_add(count.months()),
        "W" => day.checked_add(count.weeks()),
        "D" => day.checked_add(count.days()),
        _ => return None,
    }
    .ok()
}
