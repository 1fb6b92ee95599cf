//! Dates, weekdays and times of day as far as the words give them.

mod clock;
mod counted;
mod day;
mod figures;
mod modified;
mod parts;
mod passage;
mod period;
mod reader;
mod relative;

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::analysis::{Analysis, Case, DateValue, Value, mark};
use crate::language::cut::is_hyphen;
use crate::language::grammar::{Class, Classes};
use crate::language::{Language, TokenKind};
use crate::mention::number::{Known, Number};
use crate::syntax::begins;

pub(super) use modified::open_ends;
pub(super) use passage::tell_years;
pub(super) use period::periods;
use reader::{Reader, is_year};
pub(crate) use reader::{Reading, dates_what_follows, nearest};

/// Reads the date, weekday or time that begins at token `at` and ends before token `end`.
pub(crate) fn read(a: &Analysis, at: usize, end: usize, language: &Language, known: &Known) -> Option<Reading> {
    let r = Reader { a, cal: &language.calendar, numbers: &language.numbers, end, known };
    if !r.begins(at) {
        return None;
    }
    r.time(at).or_else(|| r.modified(at)).or_else(|| r.plain(at))
}

/// One past the name of a feast that a thing is called after, and that tells no day: « le marché de Noël », "a Christmas tree".
pub(crate) fn feast(a: &Analysis, at: usize, end: usize, language: &Language) -> Option<usize> {
    let (len, _) = language.calendar.holidays.at(at, |i| (i < end).then(|| a.lower(i)))?;
    let start = a.sentence(at).start;
    let things = language.cues.get("holiday-thing");
    let called = if language.grammar.head_first {
        let link = usize::from(at > start && language.numbers.links.iter().any(|w| w == a.lower(at - 1)));
        link > 0 && things.before(a, at - link, start).is_some()
    } else {
        at + len < end && things.at(a, at + len).is_some()
    };
    called.then_some(at + len)
}

/// Whether four figures are the subject of a verb, as a year is: "*2005* offers the chance", "*2004* saw a rise".
pub(crate) fn acts(a: &Analysis, at: usize) -> bool {
    let (sentence, verb) = (a.sentence(at), at + 1);
    let Some(language) = a.language(at).filter(|l| !l.grammar.head_first) else { return false };
    if !is_year(a, at) || verb + 1 >= sentence.end || a.tokens[verb].case != Case::Lower || a.tokens[verb].glued {
        return false;
    }
    let opens = begins(a, at) || mark(a, at - 1) == Some(',');
    let finite = language.lexicon.readings(a.lower(verb)).any(|(_, tag)| tag.is_finite());
    let object = |c: Classes| [Class::Determiner, Class::Adverb, Class::Preposition].iter().any(|k| c.has(*k));
    opens && finite && object(a.classes[verb + 1])
}

impl<'r> Reader<'r, '_> {
    fn word(&self, i: usize) -> Option<&'r str> {
        (i < self.end && self.a.tokens[i].kind == TokenKind::Word).then(|| self.a.lower(i))
    }

    /// The number that begins at a token.
    fn number_at(&self, i: usize) -> Option<Number> {
        self.known.read(self.a, i, self.end, self.numbers)
    }

    /// Whether a colon is glued before a token, with a word before it: `says:30 December`.
    fn after_colon(&self, at: usize) -> bool {
        at > 1 && mark(self.a, at - 1) == Some(':') && self.a.tokens[at - 2].kind == TokenKind::Word
    }

    /// Whether a date, weekday or time may begin there: most words are none, and that is settled with one look.
    fn begins(&self, i: usize) -> bool {
        match self.a.tokens[i].kind {
            TokenKind::Digits => true,
            TokenKind::Mark => false,
            // « XIXe siècle »
            TokenKind::Word => {
                self.a.tokens[i].opens.date || self.word(i + 1).is_some_and(|w| self.cal.century_words.iter().any(|x| x == w))
            }
        }
    }

    /// A date, weekday or stretch without a word that says which part of it is meant.
    fn plain(&self, at: usize) -> Option<Reading> {
        // « ce dimanche 14 janvier » is a weekday with its date.
        let dated = |f: &Reading| {
            let past = f.0.end + usize::from(f.0.end < self.end && mark(self.a, f.0.end) == Some('('));
            self.weekday(f.0.end - 1).is_some()
                && self.core(past).or_else(|| self.short(past, true)).is_some_and(|(_, v)| v.day.is_some())
        };
        if let Some(found) = self.hyphenated(at).or_else(|| self.relative(at).filter(|f| !dated(f))) {
            return Some(found);
        }
        let Some(weekday) = self.weekday(at) else {
            let (tokens, value) = self.core(at).or_else(|| self.elliptic(at)).or_else(|| self.elliptic_tail(at))?;
            if let Some((day, name)) = self.weekday_behind(&value, tokens.end) {
                let value = DateValue { weekday: Some((day, self.a.tokens[name].span)), ..value };
                return Some((tokens.start..name + 1, Value::Date(self.resolved(value))));
            }
            return Some((tokens, Value::Date(self.resolved(value))));
        };
        let (a, span) = (self.a, self.a.tokens[at].span);
        // « mardi 14 », « mardi (14 mars) », "Tuesday, the 14th of March"; « mardi soir » is a weekday.
        let bare = self.skip(at + 1, &self.cal.day_parts);
        let mut core = bare;
        for _ in 0..2 {
            core = self.skip(core, &self.cal.before_day);
        }
        // « mar. 14 mars »
        if core < self.end && mark(a, core) == Some('.') && a.tokens[core].glued && self.abbreviated(at) {
            core += 1;
        }
        let day = self.core(core).filter(|(_, v)| v.day.is_some());
        let two = || self.elliptic(core).filter(|_| !self.second_of_two(at));
        // « mardi 14 », "Tuesday the 14th"
        let ranked = || self.word(core).is_some() || self.word(core + 1).is_some_and(|_| a.tokens[core + 1].glued);
        let day = day
            .or_else(|| self.short(core, true))
            .or_else(two)
            .or_else(|| self.lone_day(core).filter(|_| bare == at + 1 && (core == bare || ranked())));
        if let Some((tokens, value)) = day {
            let value = DateValue { weekday: Some((weekday, span)), ..value };
            return Some((at..tokens.end, Value::Date(self.resolved(value))));
        }
        // « chaque samedi » is no day to check.
        let habit = at > a.sentence(at).start && self.cal.habit_words.iter().any(|w| w == a.lower(at - 1));
        (!habit).then_some((at..at + 1, Value::Weekday(weekday)))
    }

    fn weekday(&self, i: usize) -> Option<Weekday> {
        let day = self.word(i).and_then(|w| self.cal.weekday(w))?;
        // "a Sun workstation": a short form that is a word describes nothing.
        let short = self.cal.also_words.iter().any(|w| w == self.a.lower(i));
        let next = i + 1;
        let noun = |c: Classes| c.within(Classes::of(Class::Noun));
        let describes = short
            && next < self.end
            && self.a.tokens[next].case == Case::Lower
            && noun(self.a.classes[next])
            && !self.a.tokens[next].opens.date
            && !self.a.tokens[next].glued;
        let weak = self.cal.weak_weekdays.iter().any(|w| w == self.a.lower(i));
        (self.named(i) && !describes && (!weak || self.shortened(next))).then_some(day)
    }

    /// Whether a date stands there, a full stop before it or not, that makes a weekday of the short word before: « jeu. 2 sept. ».
    fn shortened(&self, next: usize) -> bool {
        let dotted = next < self.end && mark(self.a, next) == Some('.') && self.a.tokens[next].glued;
        let (day, past) = (next + usize::from(dotted), next + usize::from(dotted) + 1);
        self.digits(day, 1..=2).is_some()
            && (self.month(past).is_some() || mark(self.a, past).filter(|_| past < self.end) == Some('/'))
    }

    /// Whether a weekday is the second of two that stand before two days: « de samedi à *dimanche* (12 au 13 octobre) ».
    fn second_of_two(&self, at: usize) -> bool {
        let start = self.a.sentence(at).start;
        let joins = |i: usize| self.middle(i).is_some() || self.a.classes[i].has(Class::Coordinator);
        // « du samedi *au* dimanche », "from Friday night *to* Saturday"
        at > start + 1 && joins(at - 1) && (at.saturating_sub(3).max(start)..at - 1).any(|i| self.weekday(i).is_some())
    }

    /// A weekday that stands behind its date: « le 2 septembre 2025, un jeudi », "6 June 1944 (a Tuesday)"; one past it.
    fn weekday_behind(&self, date: &DateValue, past: usize) -> Option<(Weekday, usize)> {
        let open = mark(self.a, past)
            .filter(|c| past < self.end && matches!(c, ',' | '(') && date.day.is_some() && date.month.is_some())?;
        let cues = &self.a.language(past)?.cues;
        let article = cues.get("indefinite").at(self.a, past + 1).unwrap_or(0);
        let at = past + 1 + article;
        let day = self.weekday(at)?;
        let closed =
            at + 1 >= self.end || mark(self.a, at + 1).is_some_and(|c| matches!(c, ',' | ')' | '.' | ';' | ':' | '!' | '?'));
        (closed && (article > 0 || open == '(')).then_some((day, at))
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
        let value = |r: Range<usize>, year, month, day| Some(self.value(r, year, month, day));
        if let Some(found) = self.numeric(at).or_else(|| self.stroked(at)).or_else(|| self.glued_month(at)) {
            return Some(found);
        }
        if let Some((tokens, Value::Date(found))) = self.hyphenated(at) {
            return Some((tokens, found));
        }
        if let Some(month) = self.month(at) {
            let after = self.after_month(at + 1);
            // "April the ninth"
            let article = after + usize::from(self.links(after) && self.cal.before_day.iter().any(|w| w == self.a.lower(after)));
            if self.cal.month_first
                && let Some((day, past)) = self.day(after).or_else(|| self.day(article))
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
            // « Mai 68 »: no month has so many days.
            let free = |i: usize| i >= self.end || self.word(i).is_none_or(|_| !self.a.tokens[i].glued);
            if let Some(y) = self.digits(after, 2..=2).filter(|y| (32..=99).contains(y) && free(after + 1) && !self.counts(after)) {
                return value(at..after + 1, Some(1900 + y), Some(month), None);
            }
            // « en mars », "in March": the preposition says that it is no verb.
            // « de sept heures »: that is a number.
            let number = self.numbers.word(self.a.lower(at)).is_some();
            let lone =
                !number && at > self.a.sentence(at).start && self.cal.before_lone_month.iter().any(|w| w == self.a.lower(at - 1));
            return lone.then(|| value(at..at + 1, None, Some(month), None)).flatten();
        }
        if self.cal.day_first
            && (at == 0
                || !self.a.tokens[at].glued
                || mark(self.a, at - 1).is_some_and(|c| "(«“\"-–—".contains(c))
                || self.after_colon(at))
            && let Some((day, past)) = self.day(at).or_else(|| self.spelled_day(at)).or_else(|| self.too_late(at))
            && let day_of = self.cal.day_of.at(past, |i| (i < self.end).then(|| self.a.lower(i))).map_or(0, |(len, ())| len)
            && let m = self.skip(past + day_of, &self.cal.before_month)
            && let Some(month) = self.month(m)
        {
            let after = self.after_month(m + 1);
            let (past, year) = self.with_year(after);
            // « le 4e jour de juillet, 1995 »
            if let (None, true, Some(',')) = (year, day_of > 0, mark(self.a, after).filter(|_| after < self.end))
                && let Some(year) = self.year(after + 1)
            {
                return value(at..after + 2, Some(year), Some(month), Some(day));
            }
            return value(at..past.max(m + 1), year, Some(month), Some(day));
        }
        if let Some(found) = self.day_of_stretch(at) {
            return Some(found);
        }
        if let Some((tokens, v)) = self.short(at, false) {
            return Some((tokens, v));
        }
        let start = self.a.sentence(at).start;
        let before = (at > start).then(|| self.a.lower(at - 1));
        // "until at least 2008"
        let bound = self.numbers.bounds.before(at, |i| (i >= start).then(|| self.a.lower(i))).map_or(0, |(len, _)| len);
        let beyond = (bound > 0 && at > start + bound).then(|| self.a.lower(at - bound - 1));
        let leads = |w: Option<&str>| w.is_some_and(|w| self.cal.before_lone_year.iter().any(|x| x == w));
        // "at 1985's Live Aid"
        let glued = |i: usize| i < self.end && self.a.tokens[i].glued;
        let clitic = at + 1 < self.end && self.a.is_clitic(at + 1);
        let owns = at > start && clitic && (self.a.text(at + 1).len() > 1 || glued(at + 2));
        let lone = owns
            || leads(before)
            || leads(beyond)
            || self.dates_noun(at, start)
            || dates_what_follows(self.a, at)
            || acts(self.a, at);
        // « l'année 2019 »
        if self.word(at).is_some_and(|w| self.cal.year_words.iter().any(|x| x == w))
            && let i = self.skip(at + 1, &self.cal.civil_words)
            && let Some(year) = self.year(i).filter(|_| !self.counts(i))
        {
            return value(at..i + 1, Some(year), None, None);
        }
        // « en 2015-3 »: the months from October on could be a season, 2015 to 2016.
        if lone
            && let Some(year) = self.digits(at, 4..=4).filter(|y| (1900..=2099).contains(y))
            && mark(self.a, at + 1).is_some_and(is_hyphen)
            && self.a.tokens[at + 1].glued
            && let Some(month) = self.digits(at + 2, 1..=1).filter(|m| *m > 0 && self.a.tokens[at + 2].glued)
            && !self
                .a
                .tokens
                .get(at + 3)
                .is_some_and(|t| at + 3 < self.end && t.glued && mark(self.a, at + 3).is_none_or(is_hyphen))
        {
            return value(at..at + 3, Some(year), Some(month as i8), None);
        }
        if lone && let Some((year, past)) = self.spelled_year(at) {
            return value(at..past, Some(year), None, None);
        }
        let paired = || {
            let next = |past: usize| self.middle(past).and_then(|i| self.year(i));
            let earlier = || (at >= start + 2).then(|| self.year_before(at)).flatten();
            self.year(at).is_some_and(|y| {
                next(at + 1).is_some_and(|z| z > y && z - y < 500) || earlier().is_some_and(|x| x < y && y - x < 500)
            })
        };
        // "2048 * 1080"
        let times = || at + 1 < self.end && matches!(mark(self.a, at + 1), Some('*' | '×'));
        let unit = || {
            self.numbers.unit(at + 1, |i| self.word(i)).is_some() || self.numbers.scale(self.word(at + 1).unwrap_or("")).is_some()
        };
        // « plus de 1900 depuis le début »
        let counted = self.a.language(at).is_some_and(|l| l.cues.get("comparative").before(self.a, at, start).is_some());
        if (lone || paired())
            && !counted
            && let Some(year) = self.year(at).filter(|y| (1400..=2199).contains(y) || paired())
            && !self.counts(at)
            && !times()
            && !unit()
        {
            return value(at..at + 1, Some(year), None, None);
        }
        None
    }

    /// Whether a year stands behind the noun that it dates, as French has it: « le budget 2019 », « la loi de finances 2019 ».
    fn dates_noun(&self, at: usize, start: usize) -> bool {
        if at <= start || self.a.tokens[at].kind != TokenKind::Digits || self.a.tokens[at].glued {
            return false;
        }
        let Some(language) = self.a.language(at).filter(|l| l.grammar.head_first) else { return false };
        let (noun, classes) = (self.a.tokens[at - 1], self.a.classes[at - 1]);
        let label = self.numbers.labels.iter().any(|l| l == self.a.lower(at - 1));
        let goes_on =
            self.a.classes.get(at + 1).is_some_and(|c| at + 1 < self.end && (c.has(Class::Noun) || c.has(Class::Numeral)));
        let other = [Class::Preposition, Class::Determiner, Class::Adverb, Class::Verb].iter().any(|c| classes.has(*c));
        noun.case == Case::Lower
            && noun.kind == TokenKind::Word
            && classes.has(Class::Noun)
            && language.lexicon.contains(self.a.lower(at - 1))
            && !(other || label || goes_on)
            && self.year(at).is_some_and(|y| (1950..=2049).contains(&y))
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

    /// « janv. »: the full stop of an abbreviated month.
    fn after_month(&self, i: usize) -> usize {
        let dot = i < self.end && mark(self.a, i) == Some('.') && self.a.tokens[i].glued && self.a.lower(i - 1).len() <= 5;
        i + usize::from(dot && i + 1 < self.end && self.a.tokens[i + 1].kind == TokenKind::Digits)
    }

    /// Whether a plural noun follows the digits, so that they count it: "In June 30 people were hurt".
    fn counts(&self, digits: usize) -> bool {
        let Some(word) = self.word(digits + 1).filter(|_| !self.a.tokens[digits + 1].case.is_capital()) else { return false };
        if dates_what_follows(self.a, digits) || acts(self.a, digits) {
            return false;
        }
        let Some(language) = self.a.language(digits) else { return false };
        let mut readings = language.lexicon.readings(word);
        // « avant 2018 mais »: months of May are none here.
        let noun = self.a.classes.get(digits + 1).is_none_or(|c| c.has(Class::Noun));
        noun && readings.any(|(_, tag)| tag.pos() == crate::language::lexicon::Pos::Noun && tag.plural() && !tag.singular())
            && self.cal.month(word).is_none()
    }

    fn with_year(&self, past: usize) -> (usize, Option<i16>) {
        let i = self.skip(past, &self.cal.before_year);
        match self.year(i) {
            Some(y) => (i + 1, Some(y)),
            None => self.spelled_year(i).map_or((past, None), |(y, past)| (past, Some(y))),
        }
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

#[cfg(test)]
mod tests;
