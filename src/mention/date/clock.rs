//! Times of day: `14h30`, `2pm`, « midi », « vingt heures trente », "half past seven".

use super::{Reader, Reading};
use crate::analysis::{Case, Value, mark};
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::language::lexicon::{Pos, Tag};
use crate::language::numbers::NumberWord;
use crate::mention::number::{self, NumberKind};

impl Reader<'_, '_> {
    /// The time of day at a token, with the zone behind it.
    pub(super) fn time(&self, at: usize) -> Option<Reading> {
        let (past, minutes) = self.hour(at).or_else(|| self.half_first(at))?;
        Some((at..self.zone(past), Value::Time(minutes)))
    }

    fn hour(&self, at: usize) -> Option<(usize, u16)> {
        self.military(at)
            .or_else(|| self.figures(at))
            .or_else(|| self.minutes_first(at))
            .or_else(|| self.spoken(at))
            .or_else(|| self.noon(at))
            .or_else(|| self.past_hour(at))
    }

    /// `1140 a.m.`: hour and minutes in one, where the half of the day stands behind them.
    fn military(&self, at: usize) -> Option<(usize, u16)> {
        let figures = self.digits(at, 3..=4)?;
        let (hour, minute) = (figures / 100, figures % 100);
        // "1830 GMT"
        let zoned = self.a.tokens[at].span.len() == 4 && self.zone(at + 1) > at + 1 && self.a.tokens[at + 1].case == Case::Upper;
        if zoned && hour < 24 && minute < 60 {
            return Some((at + 1, minutes(hour, minute, None)?));
        }
        let (past, shift) = self.half_day(at + 1).filter(|_| minute < 60)?;
        Some((past, minutes(hour, minute, Some(shift))?))
    }

    /// "in the morning at 7", « le matin à 7 heures ».
    fn half_first(&self, at: usize) -> Option<(usize, u16)> {
        let (len, &shift) = self.cal.clock.half_phrases().at(at, |i| self.word(i))?;
        let marker = at + len;
        self.word(marker).filter(|w| self.cal.clock.markers.iter().any(|m| m == w))?;
        if let Some((past, time)) = self.figures(marker + 1).or_else(|| self.spoken(marker + 1)) {
            let shifted = if time < 12 * 60 { time + shift * 60 } else { time };
            return Some((past, shifted));
        }
        let n = self.number(marker + 1)?;
        let hour = n.amount.written.as_whole().filter(|h| (1..=12).contains(h))?;
        let unit = self.numbers.unit(n.tokens.end, |i| self.word(i)).is_some() || self.counts(n.tokens.end - 1);
        (!unit).then(|| minutes(hour as i16, 0, Some(shift)).map(|m| (n.tokens.end, m)))?
    }

    /// "twenty minutes past eight", "15 past seven o'clock".
    fn minutes_first(&self, at: usize) -> Option<(usize, u16)> {
        let clock = &self.cal.clock;
        if clock.past_words.is_empty() {
            return None;
        }
        let n = self.number(at)?;
        let minute = n.amount.written.as_whole().filter(|m| (1..60).contains(m))? as i16;
        let said = self.word(n.tokens.end).is_some_and(|w| clock.minute_words.iter().any(|x| x == w));
        let i = n.tokens.end + usize::from(said);
        let sign = *clock.past_words.get(self.word(i)?)?;
        let n = self.number(i + 1)?;
        let hour = n.amount.written.as_whole().filter(|h| (1..=12).contains(h))? as i16;
        let sure = self.word(n.tokens.end).is_some_and(|w| clock.sure_words.iter().any(|x| x == w));
        let past = n.tokens.end + usize::from(sure);
        let half = self.half_day(past);
        if !(said || sure || half.is_some() || (sign > 0 && minute % 5 == 0 && n.kind == NumberKind::Words)) {
            return None;
        }
        let (past, shift) = half.map_or((past, None), |(past, shift)| (past, Some(shift)));
        Some((past, minutes(hour, sign * minute, shift)?))
    }

    /// The whole number at a token, in figures or words.
    fn number(&self, at: usize) -> Option<number::Number> {
        if at >= self.end || self.a.tokens[at].kind == TokenKind::Mark {
            return None;
        }
        self.number_at(at)
            .filter(|n| n.cut.is_none() && n.scale.is_none() && matches!(n.kind, NumberKind::Digits | NumberKind::Words))
    }

    /// `14h30`, `14 h 30`, `2pm`, `2.30pm`, `14:30`: one past the last token, and the minutes after midnight.
    fn figures(&self, at: usize) -> Option<(usize, u16)> {
        let clock = &self.cal.clock;
        let hour = self.digits(at, 1..=2).filter(|h| *h <= 24)?;
        if at > 0 && self.a.tokens[at].glued && matches!(mark(self.a, at - 1), Some(':' | '.' | ',' | '/')) {
            return None;
        }
        let minute_at = |i: usize| self.digits(i, 2..=2).filter(|m| *m < 60);
        let glued = |i: usize| self.a.tokens.get(i).is_some_and(|t| t.glued && i < self.end);
        let (mut past, mut minute) = (at + 1, 0);
        if matches!(mark(self.a, past), Some(':' | '.')) && glued(past) && glued(past + 1) && minute_at(past + 1).is_some() {
            let colon = mark(self.a, past) == Some(':');
            minute = minute_at(past + 1)?;
            past += 2;
            // `7:56:30`
            if colon && mark(self.a, past) == Some(':') && glued(past) && minute_at(past + 1).is_some() && glued(past + 1) {
                past += 2;
            }
            if let Some((past, shift)) = self.half_day(past) {
                return Some((past, minutes(hour, minute, Some(shift))?));
            }
            let marked = at > self.a.sentence(at).start && clock.markers.iter().any(|w| w == self.a.lower(at - 1));
            // A score or a ratio has no two digits after the colon of an hour; `12.30` alone may be a price.
            let free =
                self.word(past).is_none_or(|_| !glued(past)) && !(glued(past) && matches!(mark(self.a, past), Some(':' | '%')));
            let dotted = marked
                && clock.dotted
                && self.numbers.unit(past, |i| self.word(i)).is_none()
                && self.numbers.scale(self.a.lower(past.min(self.end - 1))).is_none();
            return (free && (colon || dotted)).then(|| minutes(hour, minute, None).map(|m| (past, m))).flatten();
        }
        if let Some((past, shift)) = self.half_day(past) {
            return Some((past, minutes(hour, 0, Some(shift))?));
        }
        let unit = self.word(past)?;
        if !clock.separators.iter().any(|s| s == unit) {
            return None;
        }
        // « une course de 3 h 20 », « en 2 h »: a length.
        if at > self.a.sentence(at).start && clock.lengths.iter().any(|w| w == self.a.lower(at - 1)) {
            return None;
        }
        past += 1;
        if let Some(m) = minute_at(past).filter(|_| glued(past) == glued(past - 1)) {
            minute = m;
            past += 1;
        }
        let (past, shift) = self.half_day(past).map_or((past, None), |(past, shift)| (past, Some(shift)));
        Some((past, minutes(hour, minute, shift.filter(|_| hour <= 12))?))
    }

    /// « vingt heures trente », « 13 heures », "seven o'clock", where a word before or after says that it is no length of time.
    fn spoken(&self, at: usize) -> Option<(usize, u16)> {
        let clock = &self.cal.clock;
        let n = self.number_at(at).filter(|n| {
            n.cut.is_none() && n.scale.is_none() && matches!(n.kind, NumberKind::Digits | NumberKind::Words | NumberKind::Article)
        })?;
        let hour = n.amount.written.as_whole().filter(|h| (0..=24).contains(h))? as i16;
        let unit = self.word(n.tokens.end);
        let said = unit.is_some_and(|w| clock.words.iter().any(|x| x == w));
        let sure = unit.is_some_and(|w| clock.sure_words.iter().any(|x| x == w));
        let mut past = n.tokens.end + usize::from(said || sure);
        let start = self.a.sentence(at).start;
        let first = n.bound.as_ref().map_or(at, |(words, _)| words.start.min(at));
        let marked = [first, at].into_iter().any(|i| i > start && clock.markers.iter().any(|w| w == self.a.lower(i - 1)));
        let mut minute = 0;
        if said || sure {
            (past, minute) = self.minutes_after(past);
        } else if n.kind != NumberKind::Words {
            // « 7 du matin »
            let (past, shift) = self.half_day(past)?;
            return Some((past, minutes(hour, 0, Some(shift))?));
        }
        if let Some((past, shift)) = self.half_day(past) {
            return Some((past, minutes(hour, minute, Some(shift).filter(|_| hour <= 12))?));
        }
        // « sept heures dix », « sept heures moins dix »: in words, minutes make it a time, unless a word says that it is a length.
        let before = |list: &[String]| at > start && list.iter().any(|w| w == self.a.lower(at - 1));
        let worded = said
            && minute != 0
            && n.kind == NumberKind::Words
            && !before(&clock.lengths)
            && !before(&self.numbers.links)
            && self.word(past - 1).is_some();
        // « de 9 heures à 12 heures »
        let opens = said && before(&self.numbers.links) && self.later_hour(past, hour);
        (sure || worded || opens || (said && marked)).then(|| minutes(hour, minute, None)).flatten().map(|m| (past, m))
    }

    /// Whether a later hour follows: « à 12 heures ».
    fn later_hour(&self, at: usize, hour: i16) -> bool {
        let clock = &self.cal.clock;
        let marked = self.word(at).is_some_and(|w| clock.markers.iter().any(|m| m == w));
        let n = self.number(at + 1).filter(|_| marked);
        n.is_some_and(|n| {
            let said = self.word(n.tokens.end).is_some_and(|w| clock.words.iter().any(|x| x == w));
            said && n.amount.written.as_whole().is_some_and(|h| h > i128::from(hour) && h <= 24)
        })
    }

    /// The minutes that follow an hour: « trente », « et demie », « moins le quart »; one past the last token.
    fn minutes_after(&self, at: usize) -> (usize, i16) {
        let clock = &self.cal.clock;
        let within = |i: usize| (i < self.end).then(|| self.a.lower(i));
        if let Some((len, minutes)) = clock.after_phrases().at(at, within) {
            return (at + len, *minutes);
        }
        if at >= self.end || self.a.tokens[at].kind == TokenKind::Mark {
            return (at, 0);
        }
        let n = self.number_at(at).filter(|n| n.cut.is_none() && matches!(n.kind, NumberKind::Digits | NumberKind::Words));
        let minute = n.as_ref().and_then(|n| n.amount.written.as_whole()).filter(|m| (-30..60).contains(m));
        match (n, minute) {
            (Some(n), Some(m)) if self.numbers.unit(n.tokens.end, |i| self.word(i)).is_none() => (n.tokens.end, m as i16),
            _ => (at, 0),
        }
    }

    /// « midi », "midnight", « midi et demi ».
    fn noon(&self, at: usize) -> Option<(usize, u16)> {
        let hour = *self.cal.clock.noon.get(self.word(at)?)?;
        let joined = self.word(at + 1).is_some_and(|w| self.numbers.word(w) == Some(NumberWord::Join));
        let (past, minute) = if joined { self.minutes_after(at + 1) } else { (at + 1, 0) };
        let (past, minute) = if minute == 0 { (at + 1, 0) } else { (past, minute) };
        Some((past, minutes(hour, minute, None)?))
    }

    /// "half past seven", "a quarter to eight".
    fn past_hour(&self, at: usize) -> Option<(usize, u16)> {
        let (len, minute) = self.cal.clock.before_phrases().at(at, |i| (i < self.end).then(|| self.a.lower(i)))?;
        let i = at + len;
        if i >= self.end || self.a.tokens[i].kind == TokenKind::Mark {
            return None;
        }
        let n = self.number_at(i).filter(|n| n.cut.is_none() && matches!(n.kind, NumberKind::Digits | NumberKind::Words))?;
        let hour = n.amount.written.as_whole().filter(|h| (1..=24).contains(h))? as i16;
        let mut past = n.tokens.end;
        past += usize::from(self.word(past).is_some_and(|w| self.cal.clock.sure_words.iter().any(|x| x == w)));
        if past == n.tokens.end && self.counts_many(past) && !self.at_hour(at) {
            return None;
        }
        let (past, shift) = self.half_day(past).map_or((past, None), |(past, shift)| (past, Some(shift)));
        Some((past, minutes(hour, *minute, shift)?))
    }

    /// Whether several things are counted by the number before: "ten to eleven *people*".
    fn counts_many(&self, noun: usize) -> bool {
        let Some(word) = self.word(noun).filter(|_| self.a.tokens[noun].case == Case::Lower) else { return false };
        let plural = |(_, tag): (_, Tag)| tag.pos() == Pos::Noun && tag.plural();
        self.a.classes[noun].has(Class::Noun) && self.a.language(noun).is_some_and(|l| l.lexicon.readings(word).any(plural))
    }

    /// Whether a word before a number says that it is an hour, and no word that bounds an amount: "at", but not "around".
    fn at_hour(&self, at: usize) -> bool {
        let start = self.a.sentence(at).start;
        let bounds = || self.numbers.bounds.before(at, |i| (i >= start).then(|| self.a.lower(i))).is_some();
        at > start && self.cal.clock.markers.iter().any(|w| w == self.a.lower(at - 1)) && !bounds()
    }

    /// « GMT », "local time": one past what says in which zone.
    fn zone(&self, past: usize) -> usize {
        let zone = self.cal.clock.zone_phrases().at(past, |i| self.word(i));
        past + zone.map_or(0, |(len, ())| len)
    }

    /// Whether « am », « pm », « du soir » stands there: one past it, and the hours to add.
    fn half_day(&self, i: usize) -> Option<(usize, u16)> {
        let word = self.word(i)?;
        let plain: String = word.chars().filter(|c| *c != '.').collect();
        let glued = self.cal.clock.glued.iter().position(|w| w.len() == 2 && *w == plain);
        if let Some(n) = glued {
            return Some((i + 1, if n == 0 { 0 } else { 12 }));
        }
        let (len, shift) = self.cal.clock.half_phrases().at(i, |i| (i < self.end).then(|| self.a.lower(i)))?;
        Some((i + len, *shift))
    }
}

fn minutes(hour: i16, minute: i16, shift: Option<u16>) -> Option<u16> {
    let hour = match shift {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(shift) => hour % 12 + shift as i16,
        None => hour,
    };
    let all = hour * 60 + minute;
    (hour <= 24 && (0..=24 * 60).contains(&all)).then_some(all as u16)
}
