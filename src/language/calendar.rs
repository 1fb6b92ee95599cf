//! Months, weekdays and relative days as a language writes them.

use std::collections::HashMap;

use jiff::civil::{Date, Weekday};
use serde::Deserialize;

/// `calendar.yaml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Calendar {
    /// Twelve lists: the month's names, the full one first.
    months: Vec<Vec<String>>,
    /// Seven lists from Monday on: the day's names, the full one first.
    weekdays: Vec<Vec<String>>,
    /// Whether months and weekdays are written with a capital, so that « may » and « march » are words.
    #[serde(default)]
    pub capitalised: bool,
    /// The day may stand before its month.
    #[serde(default)]
    pub day_first: bool,
    /// The day may stand after its month.
    #[serde(default)]
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
    /// Words for days, in days from publication.
    pub relative: HashMap<String, i32>,
    /// Words that may stand before a year alone.
    pub before_lone_year: Vec<String>,
    /// How a date is written out.
    date_words: DateWords,
    /// How times of day are written.
    pub clock: Clock,
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
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// What is glued to the hour: `14h`, `2pm`.
    #[serde(default)]
    pub glued: Vec<String>,
    /// Which of these minutes may follow: `14h30`.
    #[serde(default)]
    pub separators: Vec<String>,
    /// Words after the hour.
    #[serde(default)]
    pub words: Vec<String>,
    /// Words before a time.
    #[serde(default)]
    pub markers: Vec<String>,
}

impl Calendar {
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
