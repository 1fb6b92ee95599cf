//! Days and stretches that the words count from publication: « hier », « lundi dernier », "Monday of last week", "last summer".

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{Reader, Reading};
use crate::analysis::{Case, ChunkKind, DateValue, PeriodValue, Value, mark};
use crate::language::Language;
use crate::language::calendar::{Holiday, Season, Stretch};
use crate::language::cut::opens_quotation;
use crate::language::grammar::{Class, Tense};
use crate::mention::word::title_cased;
use crate::syntax::begins;

impl Reader<'_, '_> {
    /// What is counted from publication, or named otherwise than by its date, and begins at a token.
    pub(super) fn relative(&self, at: usize) -> Option<Reading> {
        let within = |i: usize| (i < self.end).then(|| self.a.lower(i));
        if let Some((len, &days)) = self.cal.relative.at(at, within) {
            // "the Today programme" is a name, « ce soir-là » another evening.
            if self.is_named(at) || self.is_distal(at + len) {
                return None;
            }
            if days == 0 && len == 1 && self.nowadays(at) {
                return Some((at..at + 1, Value::Period(PeriodValue::unplaced("PRESENT_REF".to_owned()))));
            }
            let day = self.published().and_then(|p| p.checked_add(i64::from(days).days()).ok());
            return Some((at..at + len, Value::Date(self.meant(at, at + len, day))));
        }
        self.counted(at)
            .or_else(|| self.nth_week(at))
            .or_else(|| self.day_of_week(at))
            .or_else(|| self.last_part(at))
            .or_else(|| self.shifted(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.years(at))
            .or_else(|| self.ranked(at))
            .or_else(|| self.coded(at))
            .or_else(|| self.fiscal(at))
            .or_else(|| self.season(at))
            .or_else(|| self.holiday(at))
    }

    /// Whether a word says that another than this one is meant: « -là ».
    fn is_distal(&self, i: usize) -> bool {
        self.word(i).is_some_and(|w| self.cal.distal.iter().any(|d| d == w))
    }

    /// Whether a word has a capital that its place does not account for.
    fn is_named(&self, at: usize) -> bool {
        self.a.tokens[at].case == Case::Capitalised && !begins(self.a, at) && !title_cased(self.a, at)
    }

    /// Whether « aujourd'hui » means these times and not the day of publication: the press has it so, but where the day goes on
    /// (« aujourd'hui mardi », « à 14 heures aujourd'hui »), bounds a stretch, or is when something happens.
    fn nowadays(&self, at: usize) -> bool {
        let a = self.a;
        let Some(language) = a.language(at).filter(|l| l.cues.get("nowadays").at(a, at) == Some(1)) else { return false };
        let start = a.sentence(at).start;
        let class = |i: usize, class| i < self.end && a.classes[i].has(class);
        let timed = |i: usize| {
            i < self.end
                && (self.weekday(i).is_some()
                    || self.cal.relative.at(i, |j| (j < self.end).then(|| a.lower(j))).is_some()
                    || a.text(i).contains(|c: char| c.is_ascii_digit()))
        };
        let joined = class(at + 1, Class::Preposition) || class(at + 1, Class::Coordinator);
        if timed(at + 1) || joined && timed(at + 2) {
            return false;
        }
        let leads = |i: usize| i < start || mark(a, i).is_some_and(opens_quotation) || class(i, Class::Coordinator);
        if at == start || leads(at - 1) {
            return self.tense(at) != Some(Tense::Future) && self.asserts(at);
        }
        let before = at - 1;
        if self.links(before) || language.cues.get("origin").at(a, before).is_some() {
            // « la France d'aujourd'hui »; but « à partir d'aujourd'hui »
            return before > start && !class(before - 1, Class::Infinitive);
        }
        if class(before, Class::Preposition) || class(before, Class::Infinitive) || timed(before) {
            return false;
        }
        self.holds_now(at, before, language)
    }

    /// Whether the verb of « aujourd'hui » says how things are, rather than what happens that day.
    fn holds_now(&self, at: usize, before: usize, language: &Language) -> bool {
        let a = self.a;
        let described = |i: usize| {
            let c = a.classes.get(i).filter(|_| i < self.end);
            c.is_some_and(|c| c.has(Class::PastParticiple) || c.has(Class::Adjective))
        };
        let near = a.chunks.partition_point(|c| c.tokens.1 as usize <= before);
        let near = a.chunks.get(near).filter(|c| c.tokens.1 as usize == at && matches!(c.kind, ChunkKind::Verb(_)));
        let clause = || a.clauses.get(a.clause(at)).and_then(|c| c.verb).map(|v| &a.chunks[v as usize]);
        let Some((verb, group)) = near.or_else(clause).and_then(|c| match c.kind {
            ChunkKind::Verb(group) => Some((c, group)),
            ChunkKind::Noun { .. } => None,
        }) else {
            return described(at + 1) || self.asserts(at);
        };
        let is = |set: &str| language.cues.get(set).at(a, verb.head as usize).is_some();
        match group.tense {
            Tense::Present => {
                // « La liste est publiée aujourd'hui », « Le procès s'ouvre aujourd'hui »
                let happens = verb.tokens.1 as usize == at && (group.passive || is("event-verb") || is("motion"));
                !happens
            }
            Tense::Conditional | Tense::Subjunctive => true,
            // « Elle est devenue aujourd'hui la première »
            Tense::Past => is("state-verb"),
            _ => !group.finite && described(at + 1),
        }
    }

    /// Whether the sentence has a verb.
    fn asserts(&self, at: usize) -> bool {
        let a = self.a;
        let sentence = a.sentence(at);
        let from = a.chunks.partition_point(|c| (c.tokens.0 as usize) < sentence.start);
        let within = a.chunks[from..].iter().take_while(|c| (c.tokens.0 as usize) < sentence.end);
        within.into_iter().any(|c| matches!(c.kind, ChunkKind::Verb(v) if v.finite))
    }

    /// A date of which the words say no more than which day is meant.
    pub(super) fn meant(&self, at: usize, past: usize, resolved: Option<Date>) -> DateValue {
        let (_, value) = self.value(at..past, None, None, None);
        DateValue { resolved, ..value }
    }

    /// The word that moves a stretch, whether it is the nearest that is meant, and one past it: "last", "this coming".
    fn shift(&self, at: usize) -> Option<(i32, bool, usize)> {
        let shift = self.cal.shift_before(self.word(at)?)?;
        let near = |i: usize| self.word(i).is_some_and(|w| self.cal.nearest_shifts.iter().any(|n| n == w));
        match self.word(at + 1).and_then(|w| self.cal.shift_before(w)) {
            Some(next) if shift == 0 && next != 0 => Some((next, true, at + 2)),
            _ => Some((shift, near(at), at + 1)),
        }
    }

    /// « lundi dernier », "next Tuesday", « la semaine prochaine », "last month", « mars dernier », "last Easter".
    pub(super) fn shifted(&self, at: usize) -> Option<Reading> {
        let published = self.published();
        let (what, at_what, past, shift, near) = match self.shift(at) {
            Some((shift, near, i)) => {
                let (what, past) = self.thing(i)?;
                (what, i, past, shift, near)
            }
            None => {
                let (what, past) = self.thing(at)?;
                // "over the weekend"
                let start = self.a.sentence(at).start;
                if let Named::Stretch(Stretch::Weekend) = what
                    && self.cal.before_weekend.before(at, |i| (i >= start).then(|| self.a.lower(i))).is_some()
                    && !self.links(past)
                {
                    let period = match self.published() {
                        Some(day) => stretch_of(day, Stretch::Weekend, self.weekend(day, 0, at))?,
                        None => some_stretch(Stretch::Weekend),
                    };
                    return Some((at..past, Value::Period(period)));
                }
                let (len, &shift) = self.cal.shifts_after().at(past, |i| (i < self.end).then(|| self.a.lower(i)))?;
                (what, at, past + len, shift, false)
            }
        };
        // « ce mois-là » is another than this one.
        if self.is_distal(past) {
            return None;
        }
        Some(match what {
            Named::Weekday(day) => {
                let resolved = published.and_then(|p| self.weekday_near(p, day, shift, near));
                // « J'ai vu ce samedi » in Monday's paper: it is over.
                let over = shift == 0 && matches!(self.tense(at), Some(Tense::Past | Tense::Imperfect));
                let resolved = match (resolved, published) {
                    (Some(day), Some(p)) if over && day > p => day.checked_sub(1.weeks()).ok(),
                    _ => resolved,
                };
                let weekday = Some((day, self.a.tokens[at_what].span));
                (at..past, Value::Date(DateValue { weekday, ..self.meant(at, past, resolved) }))
            }
            Named::Month(month) => {
                let year = published.map(|p| match shift {
                    0 => p.year(),
                    1.. => p.year() + i16::from(month <= p.month()),
                    _ => p.year() - i16::from(month >= p.month()),
                });
                let (_, value) = self.value(at_what..at_what + 1, year, Some(month), None);
                (at..past, Value::Date(value))
            }
            Named::Season(season) => {
                // « affaibli cet été » in February: the one that is over.
                let over = matches!(self.tense(at), Some(Tense::Past | Tense::Imperfect | Tense::Pluperfect));
                let year = published.map(|p| match shift {
                    // In January, this winter began in December.
                    0 => p.year() - i16::from((over || season.month() - p.month() > 9) && p.month() < season.month()),
                    1.. => p.year() + i16::from(p.month() >= season.month()),
                    // A season is over three months after it began.
                    _ => p.year() - i16::from(p.month() < season.month() + 3),
                });
                (at..past, Value::Period(season_of(season, year)))
            }
            Named::Holiday(holiday) => {
                let published = published?;
                let mut days = (-1..=1).filter_map(|n| holiday.in_year(published.year() + n));
                let day = match shift {
                    0 => holiday.in_year(published.year())?,
                    1.. => days.find(|d| *d > published)?,
                    _ => days.rfind(|d| *d < published)?,
                };
                (at..past, Value::Date(self.meant(at, past, Some(day))))
            }
            Named::Stretch(stretch) => {
                let period = match published {
                    Some(day) if stretch == Stretch::Weekend && self.cal.nearest_weekday => {
                        stretch_of(day, stretch, self.weekend(day, shift, at))?
                    }
                    Some(day) => stretch_of(day, stretch, i64::from(shift))?,
                    None => some_stretch(stretch),
                };
                // « la semaine prochaine mardi », "next week on Tuesday"
                let on = past + usize::from(self.word(past).is_some_and(|w| self.cal.before_numeric.iter().any(|x| x == w)));
                match self.weekday(on).filter(|_| stretch == Stretch::Week) {
                    Some(day) => (at..on + 1, Value::Date(self.day_in(at..on + 1, on, day, &period)?)),
                    None => (at..past, Value::Period(period)),
                }
            }
        })
    }

    /// How many weeks off the weekend lies that a word moves where the nearest is meant: « le week-end prochain » said on a Thursday
    /// begins in two days, and « ce week-end » in Monday's paper is over, unless the verb speaks of the future.
    fn weekend(&self, published: Date, shift: i32, at: usize) -> i64 {
        let day = published.weekday().to_monday_zero_offset();
        match shift {
            0 if day < 2 && !self.is_future(at) => -1,
            1 if day < 5 => 0,
            _ => i64::from(shift),
        }
    }

    /// « mardi de la semaine prochaine », "Monday of last week".
    fn day_of_week(&self, at: usize) -> Option<Reading> {
        let day = self.weekday(at)?;
        let mut i = at + 1;
        while i < at + 3 && self.links(i) {
            i += 1;
        }
        if i == at + 1 {
            return None;
        }
        let is_week = |i: usize| self.thing(i).is_some_and(|(what, _)| matches!(what, Named::Stretch(Stretch::Week)));
        if !is_week(i) && !self.shift(i).is_some_and(|(_, _, j)| is_week(j)) {
            return None;
        }
        let (tokens, Value::Period(week)) = self.shifted(i)? else { return None };
        Some((at..tokens.end, Value::Date(self.day_in(at..tokens.end, at, day, &week)?)))
    }

    /// The weekday of a week, with the token of its name.
    fn day_in(&self, tokens: std::ops::Range<usize>, name: usize, day: Weekday, week: &PeriodValue) -> Option<DateValue> {
        let resolved = week.from.and_then(|d| d.checked_add(i64::from(day.to_monday_zero_offset()).days()).ok());
        let weekday = Some((day, self.a.tokens[name].span));
        Some(DateValue { weekday, ..self.meant(tokens.start, tokens.end, resolved) })
    }

    /// What a word moves from publication, and one past its last token.
    fn thing(&self, i: usize) -> Option<(Named, usize)> {
        let word = self.word(i)?;
        let one = self
            .weekday(i)
            .map(Named::Weekday)
            .or_else(|| self.month(i).map(Named::Month))
            .or_else(|| self.cal.stretch(word).map(Named::Stretch))
            .or_else(|| self.cal.seasons.get(word).copied().map(Named::Season));
        one.map(|what| (what, i + 1)).or_else(|| self.holiday_name(i).map(|(h, past)| (Named::Holiday(h), past)))
    }

    /// The weekday before or after publication. Where the nearest and the one of the next week differ and neither the language nor
    /// the word settles it, no day is said to be meant.
    fn weekday_near(&self, published: Date, day: Weekday, shift: i32, near: bool) -> Option<Date> {
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
        (nearest == by_week || near || self.cal.nearest_weekday).then_some(nearest)
    }
}

enum Named {
    Weekday(Weekday),
    Month(i8),
    Stretch(Stretch),
    Season(Season),
    Holiday(Holiday),
}

/// A season, of a year where that is known.
pub(super) fn season_of(season: Season, year: Option<i16>) -> PeriodValue {
    let from = year.and_then(|y| Date::new(y, season.month(), 1).ok());
    let iso = year.map_or_else(|| season.code().to_owned(), |y| format!("{y:04}-{}", season.code()));
    PeriodValue { iso, from, past: from.and_then(|d| d.checked_add(3.months()).ok()), modifier: None }
}

/// « la semaine dernière », "next month" where no day of publication says which: a fact to check, of no known place in the calendar.
pub(super) fn some_stretch(stretch: Stretch) -> PeriodValue {
    let iso = match stretch {
        Stretch::Week => "XXXX-WXX",
        Stretch::Weekend => "XXXX-WXX-WE",
        Stretch::Month => "XXXX-XX",
        Stretch::Quarter => "XXXX-QX",
        Stretch::Year => "XXXX",
    };
    PeriodValue::unplaced(iso.to_owned())
}

/// The week, month or year that lies so many after that of a day.
pub(super) fn stretch_of(day: Date, stretch: Stretch, shift: i64) -> Option<PeriodValue> {
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
    Some(PeriodValue { iso, from: Some(from), past: Some(past), modifier: None })
}
