//! Months, weekdays and relative days as a language writes them.

mod clock;
mod file;
mod holiday;

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::phrases::Phrases;
pub use clock::Clock;
pub use file::File;
pub use holiday::Holiday;

/// `calendar.yaml`, ready for look-ups.
#[derive(Clone, Debug)]
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
    shifts_before: FxHashMap<String, i32>,
    shifts_after: Phrases<i32>,
    /// Phrases before the weekend nearest to publication: "over the", "at the".
    pub before_weekend: Phrases<()>,
    /// Words before units that nobody counts, with the direction: « ces *derniers* jours », "*recent* weeks".
    pub vague_shifts: FxHashMap<String, i32>,
    offset_future: Phrases<i32>,
    /// Words that make a stretch another than that of publication: « ce mois*-là* ».
    pub distal: Vec<String>,
    /// Words that move a weekday to the nearest such day: "this *coming* Friday".
    pub nearest_shifts: Vec<String>,
    /// Which part of a stretch is meant: « début », "late".
    pub modifiers: Phrases<Modifier>,
    /// Before a date that opens or closes a stretch: « depuis », "until".
    pub openings: Phrases<Modifier>,
    /// After such a date: "or later".
    pub closings: Phrases<Modifier>,
    /// Articles and prepositions between the words of one date: « fin *de l'* année ».
    pub linkers: Vec<String>,
    /// What joins dates in figures that are said one after the other.
    pub joins: Vec<String>,
    /// Words for the moment of publication, at the end of a range.
    pub present: Phrases<()>,
    /// Words before a year: « l'*année* 2019 ».
    pub year_words: Vec<String>,
    /// Words that may stand between such a word and its year: « l'année *civile* 2019 ».
    pub civil_words: Vec<String>,
    /// Words before a weekday that is no one day: « *chaque* samedi ».
    pub habit_words: Vec<String>,
    /// Short names of weekdays that are words too: only a date behind makes one a day, « le *jeu.* 2 sept. ».
    pub weak_weekdays: Vec<String>,
    /// Parts of a day that may stand between a weekday and its date: « mardi *soir* 6 mai ».
    pub day_parts: Vec<String>,
    /// Words of bets: where one stands, `8/13` is no day.
    pub odds_words: Vec<String>,
    /// Words before a year of accounts.
    pub fiscal_words: Phrases<()>,
    /// The names of the seasons.
    pub seasons: FxHashMap<String, Season>,
    /// What may stand before a season alone.
    pub before_season: Phrases<()>,
    /// The names of holidays.
    pub holidays: Phrases<Holiday>,
    /// Words before such a name that make it another: « le *père* Noël ».
    pub not_before_holiday: Vec<String>,
    /// Between a length of time and the day from which it counts, with the direction.
    pub anchors: Phrases<i32>,
    /// Before a stretch that is meant from end to end: "all week".
    pub wholes: Phrases<()>,
    /// Between a rank and its month: "the third *day of* May".
    pub day_of: Phrases<()>,
    /// The last week of a month or year.
    pub last_words: Vec<String>,
    /// Letters before the number of a quarter: `Q1`.
    pub quarter_letters: String,
    /// Letters before the number of a half-year: `H1`.
    pub half_year_letters: String,
    stretches: FxHashMap<String, Stretch>,
    /// Whether « mercredi dernier » is the nearest, rather than that of the week before.
    pub nearest_weekday: bool,
    /// Words before a decade: « années 1990 ».
    pub decade_words: Vec<String>,
    /// Letters on a decade: "1990s".
    pub decade_suffixes: Vec<String>,
    /// Words after the rank of a century.
    pub century_words: Vec<String>,
    heads: FxHashSet<String>,
    /// The first day of the Gregorian calendar where the language is at home: weekdays before it are another calendar's.
    pub gregorian_from: Date,
    /// Words that may stand before a year alone.
    pub before_lone_year: Vec<String>,
    /// How a date is written out.
    date_words: DateWords,
    /// How times of day are written.
    pub clock: Clock,
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

/// How a date or stretch is meant, with the names of TIMEX3's attribute `mod` in mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Modifier {
    /// Its beginning: « début mars ».
    Start,
    /// Its middle: « mi-mars ».
    Mid,
    /// Its end: « fin mars ».
    End,
    /// What lies before it: « avant 2018 ».
    Before,
    /// What lies after it: « après 2018 ».
    After,
    /// What begins with it: « depuis 2018 ».
    Since,
    /// What ends with it: « jusqu'en 2018 ».
    Until,
}

impl Modifier {
    /// Its name in the fact sheet.
    pub fn name(self) -> &'static str {
        match self {
            Modifier::Start => "start",
            Modifier::Mid => "mid",
            Modifier::End => "end",
            Modifier::Before => "before",
            Modifier::After => "after",
            Modifier::Since => "since",
            Modifier::Until => "until",
        }
    }
}

/// A season of the northern half of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Season {
    /// From March on.
    Spring,
    /// From June on.
    Summer,
    /// From September on.
    Autumn,
    /// From December on.
    Winter,
}

impl Season {
    /// Its code in TIMEX3.
    pub fn code(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Autumn => "FA",
            Season::Winter => "WI",
        }
    }

    /// The month in which it begins.
    pub fn month(self) -> i8 {
        match self {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Autumn => 9,
            Season::Winter => 12,
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
    /// What hangs on a day of the month that stands alone, by its number; `rank` on all others: "the 30th", "the 31st".
    #[serde(default)]
    ranks: BTreeMap<i8, String>,
    #[serde(default)]
    rank: String,
}

impl Calendar {
    /// Whether a date, a weekday or a time may begin with that word in lower case, or with what stands before its first hyphen,
    /// other than with a number.
    pub fn opens(&self, lower: &str, head: &str) -> bool {
        let figures = lower.trim_end_matches(|c: char| c.is_ascii_digit());
        // `Q1`, `FY18`; `trimestre1`, `Dec31`
        let coded = (2..=7).contains(&lower.len()) && lower.as_bytes()[1].is_ascii_digit()
            || figures.len() < lower.len() && (self.quarter_words.iter().any(|w| w == figures) || self.month(figures).is_some());
        self.heads.contains(lower) || self.heads.contains(head) || coded || self.clock.half_phrases().begins(lower)
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

    /// Phrases after a stretch, with how many units they move it: « dernière », « à venir ».
    pub fn shifts_after(&self) -> &Phrases<i32> {
        &self.shifts_after
    }

    /// Phrases before a number of units where the verb speaks of the future, with the direction: "in".
    pub fn offset_future(&self) -> &Phrases<i32> {
        &self.offset_future
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

    /// A day of a month as it stands behind its article: "31st", « 31 ».
    pub fn day_of_month(&self, day: i8) -> String {
        format!("{day}{}", self.date_words.ranks.get(&day).unwrap_or(&self.date_words.rank))
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
