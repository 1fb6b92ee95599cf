//! Months, weekdays and relative days as a language writes them.

use std::collections::{HashMap, HashSet};

use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use super::numbers::Phrases;

/// `calendar.yaml`, ready for look-ups.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "File")]
pub struct Calendar {
    /// Twelve lists: the month's names, the full one first.
    months: Vec<Vec<String>>,
    /// Seven lists from Monday on: the day's names, the full one first.
    weekdays: Vec<Vec<String>>,
    /// Whether months and weekdays are written with a capital, so that « may » and « march » are words.
    pub capitalised: bool,
    /// Names of months and days that are words too, so that only a capital makes them names.
    pub also_words: Vec<String>,
    /// Words after the rank of a quarter, and of a half-year.
    pub quarter_words: Vec<String>,
    /// Words after the rank of a half-year.
    pub half_year_words: Vec<String>,
    /// The day may stand before its month.
    pub day_first: bool,
    /// The day may stand after its month.
    pub month_first: bool,
    /// How `06/01/2022` is read.
    pub numeric: NumericOrder,
    /// Letters that hang on the day: `1er`, `3rd`.
    pub day_suffixes: Vec<String>,
    /// What may stand between a weekday and its day.
    pub before_day: Vec<String>,
    /// What may stand between a day and its month.
    pub before_month: Vec<String>,
    /// What may stand between a month and its year.
    pub before_year: Vec<String>,
    /// Words before a month alone: « en mars ».
    pub before_lone_month: Vec<String>,
    /// Words before day and month in figures, without a year.
    pub before_numeric: Vec<String>,
    /// Words that join the ends of a range.
    pub range_middles: Vec<String>,
    ranges: Vec<RangeWords>,
    /// Words for days, in days from publication.
    pub relative: Phrases<i32>,
    offset_before: Phrases<i32>,
    offset_after: Phrases<i32>,
    shifts_before: HashMap<String, i32>,
    shifts_after: HashMap<String, i32>,
    stretches: HashMap<String, Stretch>,
    /// Whether « mercredi dernier » is the nearest, rather than that of the week before.
    pub nearest_weekday: bool,
    /// Words before a decade: « années 1990 ».
    pub decade_words: Vec<String>,
    /// Letters on a decade: "1990s".
    pub decade_suffixes: Vec<String>,
    /// Words after the rank of a century.
    pub century_words: Vec<String>,
    heads: HashSet<String>,
    /// The first day of the Gregorian calendar where the language is at home: weekdays before it are another calendar's.
    pub gregorian_from: Date,
    /// Words that may stand before a year alone.
    pub before_lone_year: Vec<String>,
    /// How a date is written out.
    date_words: DateWords,
    /// How times of day are written.
    pub clock: Clock,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    months: Vec<Vec<String>>,
    weekdays: Vec<Vec<String>>,
    #[serde(default)]
    capitalised: bool,
    #[serde(default)]
    also_words: Vec<String>,
    quarter_words: Vec<String>,
    #[serde(default)]
    half_year_words: Vec<String>,
    #[serde(default)]
    day_first: bool,
    #[serde(default)]
    month_first: bool,
    numeric: NumericOrder,
    day_suffixes: Vec<String>,
    before_day: Vec<String>,
    before_month: Vec<String>,
    before_year: Vec<String>,
    before_lone_month: Vec<String>,
    before_numeric: Vec<String>,
    ranges: Vec<RangeWords>,
    relative: HashMap<String, i32>,
    offsets: Offsets,
    shifts_before: HashMap<String, i32>,
    shifts_after: HashMap<String, i32>,
    stretches: HashMap<String, Stretch>,
    #[serde(default)]
    nearest_weekday: bool,
    decade_words: Vec<String>,
    #[serde(default)]
    decade_suffixes: Vec<String>,
    century_words: Vec<String>,
    /// Year, month and day.
    gregorian_from: (i16, i8, i8),
    before_lone_year: Vec<String>,
    date_words: DateWords,
    clock: Clock,
}

/// Phrases before or after a number of units, with the direction in which they count.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Offsets {
    #[serde(default)]
    before: HashMap<String, i32>,
    #[serde(default)]
    after: HashMap<String, i32>,
}

/// What opens and joins a range of dates.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RangeWords {
    /// The word before the first date; empty where none is needed.
    #[serde(default)]
    pub open: String,
    /// The word between the two.
    pub middle: String,
}

/// A stretch of the calendar that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stretch {
    /// From Monday to Sunday.
    Week,
    /// Saturday and Sunday.
    Weekend,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

fn phrases<T: Clone>(map: &HashMap<String, T>) -> Phrases<T> {
    Phrases::new(map.iter().map(|(k, v)| (k.as_str(), v.clone())))
}

impl From<File> for Calendar {
    fn from(f: File) -> Calendar {
        let mut heads: HashSet<String> = f.months.iter().chain(&f.weekdays).flatten().cloned().collect();
        let first = |p: &String| {
            p.split([' ', '\'']).next().map(|w| if p[w.len()..].starts_with('\'') { format!("{w}'") } else { w.to_owned() })
        };
        let phrases_of = f.relative.keys().chain(f.offsets.before.keys()).chain(f.clock.before.keys()).filter_map(first);
        heads.extend(phrases_of);
        // « aujourd'hui » is one word, though it has an apostrophe.
        heads.extend(f.relative.keys().cloned());
        heads.extend(f.shifts_before.keys().chain(f.stretches.keys()).chain(f.clock.noon.keys()).chain(&f.decade_words).cloned());
        Calendar {
            range_middles: f.ranges.iter().map(|r| r.middle.clone()).collect(),
            relative: phrases(&f.relative),
            offset_before: phrases(&f.offsets.before),
            offset_after: phrases(&f.offsets.after),
            months: f.months,
            weekdays: f.weekdays,
            capitalised: f.capitalised,
            also_words: f.also_words,
            quarter_words: f.quarter_words,
            half_year_words: f.half_year_words,
            day_first: f.day_first,
            month_first: f.month_first,
            numeric: f.numeric,
            day_suffixes: f.day_suffixes,
            before_day: f.before_day,
            before_month: f.before_month,
            before_year: f.before_year,
            before_lone_month: f.before_lone_month,
            before_numeric: f.before_numeric,
            ranges: f.ranges,
            shifts_before: f.shifts_before,
            shifts_after: f.shifts_after,
            stretches: f.stretches,
            nearest_weekday: f.nearest_weekday,
            decade_words: f.decade_words,
            decade_suffixes: f.decade_suffixes,
            century_words: f.century_words,
            gregorian_from: Date::constant(f.gregorian_from.0, f.gregorian_from.1, f.gregorian_from.2),
            before_lone_year: f.before_lone_year,
            date_words: f.date_words,
            clock: f.clock,
            heads,
        }
    }
}

/// The order of day and month in figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumericOrder {
    /// `06/01` is 6 January.
    DayFirst,
    /// `06/01` is 1 June; but a first number above twelve is a day.
    MonthFirst,
}

#[derive(Clone, Debug, Deserialize)]
struct DateWords {
    long: String,
    first: String,
}

/// How times of day are written.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "ClockFile")]
pub struct Clock {
    /// What is glued to the hour: `14h`, `2pm`; the first two are the halves of the day.
    pub glued: Vec<String>,
    /// Which of these minutes may follow: `14h30`.
    pub separators: Vec<String>,
    /// Words after the hour that may also count hours.
    pub words: Vec<String>,
    /// Words after the hour that count none: "o'clock".
    pub sure_words: Vec<String>,
    /// Words before a time.
    pub markers: Vec<String>,
    /// Words before a length of time.
    pub lengths: Vec<String>,
    /// Whether a full stop may part hour and minutes: "at 6.45".
    pub dotted: bool,
    /// Hours that have names.
    pub noon: HashMap<String, i16>,
    before: HashMap<String, i16>,
    before_phrases: Phrases<i16>,
    after_phrases: Phrases<i16>,
    half_phrases: Phrases<u16>,
    zone_phrases: Phrases<()>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ClockFile {
    #[serde(default)]
    glued: Vec<String>,
    #[serde(default)]
    separators: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    sure_words: Vec<String>,
    #[serde(default)]
    markers: Vec<String>,
    #[serde(default)]
    lengths: Vec<String>,
    #[serde(default)]
    dotted: bool,
    noon: HashMap<String, i16>,
    /// Before the hour, with the minutes that they add.
    #[serde(default)]
    before: HashMap<String, i16>,
    /// After the hour, with the minutes that they add.
    #[serde(default)]
    after: HashMap<String, i16>,
    /// Parts of the day, with the hours that they add.
    halves: HashMap<String, u16>,
    zones: Vec<String>,
}

impl From<ClockFile> for Clock {
    fn from(f: ClockFile) -> Clock {
        Clock {
            before_phrases: phrases(&f.before),
            after_phrases: phrases(&f.after),
            half_phrases: phrases(&f.halves),
            zone_phrases: Phrases::new(f.zones.iter().map(|z| (z.as_str(), ()))),
            before: f.before,
            glued: f.glued,
            separators: f.separators,
            words: f.words,
            sure_words: f.sure_words,
            markers: f.markers,
            lengths: f.lengths,
            dotted: f.dotted,
            noon: f.noon,
        }
    }
}

impl Clock {
    /// Phrases before the hour, with the minutes that they add: "half past".
    pub fn before_phrases(&self) -> &Phrases<i16> {
        &self.before_phrases
    }

    /// Phrases after the hour, with the minutes that they add: « et demie ».
    pub fn after_phrases(&self) -> &Phrases<i16> {
        &self.after_phrases
    }

    /// Parts of the day, with the hours that they add: « du soir ».
    pub fn half_phrases(&self) -> &Phrases<u16> {
        &self.half_phrases
    }

    /// Names of zones.
    pub fn zone_phrases(&self) -> &Phrases<()> {
        &self.zone_phrases
    }
}

impl Calendar {
    /// Whether a date, a weekday or a time may begin with that word in lower case, other than with a number.
    pub fn begins(&self, lower: &str) -> bool {
        self.heads.contains(lower)
    }

    /// What opens and joins ranges of dates.
    pub fn ranges(&self) -> &[RangeWords] {
        &self.ranges
    }

    /// Phrases before a number of units, with the direction: « il y a ».
    pub fn offset_before(&self) -> &Phrases<i32> {
        &self.offset_before
    }

    /// Phrases after a number of units, with the direction: "ago".
    pub fn offset_after(&self) -> &Phrases<i32> {
        &self.offset_after
    }

    /// How many units a word before a stretch moves it: "last", « cette ».
    pub fn shift_before(&self, lower: &str) -> Option<i32> {
        self.shifts_before.get(lower).copied()
    }

    /// How many units a word after a stretch moves it: « dernière ».
    pub fn shift_after(&self, lower: &str) -> Option<i32> {
        self.shifts_after.get(lower).copied()
    }

    /// The stretch of that name in lower case.
    pub fn stretch(&self, lower: &str) -> Option<Stretch> {
        self.stretches.get(lower).copied()
    }

    /// The month of that name in lower case, 1 to 12.
    pub fn month(&self, lower: &str) -> Option<i8> {
        self.months.iter().position(|names| names.iter().any(|n| n == lower)).map(|i| i as i8 + 1)
    }

    /// The weekday of that name in lower case.
    pub fn weekday(&self, lower: &str) -> Option<Weekday> {
        let i = self.weekdays.iter().position(|names| names.iter().any(|n| n == lower))?;
        Weekday::from_monday_zero_offset(i as i8).ok()
    }

    /// What the language calls a weekday.
    pub fn weekday_name(&self, day: Weekday) -> &str {
        &self.weekdays[day.to_monday_zero_offset() as usize][0]
    }

    /// A date written out: « 1er mars 2025 ».
    pub fn date(&self, date: Date) -> String {
        let day = if date.day() == 1 { self.date_words.first.clone() } else { date.day().to_string() };
        let name = &self.months[date.month() as usize - 1][0];
        let month = if self.capitalised { capitalised(name) } else { name.clone() };
        self.date_words.long.replace("{day}", &day).replace("{month}", &month).replace("{year}", &date.year().to_string())
    }

    /// A weekday as it stands in a sentence: "Friday", « vendredi ».
    pub fn weekday_in_text(&self, day: Weekday) -> String {
        let name = self.weekday_name(day);
        if self.capitalised { capitalised(name) } else { name.to_owned() }
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
