//! The shape of `calendar.yaml`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::clock::{Clock, ClockFile};
use super::holiday::HolidayFile;
use super::{Calendar, DateWords, Modifier, NumericOrder, RangeWords, Season, Stretch};
use crate::language::phrases::{Cut, Phrases};

/// `calendar.yaml`, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct File {
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
    relative: FxHashMap<String, i32>,
    offsets: Offsets,
    shifts_before: FxHashMap<String, i32>,
    shifts_after: FxHashMap<String, i32>,
    #[serde(default)]
    before_weekend: Vec<String>,
    #[serde(default)]
    vague_shifts: FxHashMap<String, i32>,
    /// Units that may begin such a stretch: « les *jours* à venir ».
    #[serde(default)]
    vague_units: Vec<String>,
    #[serde(default)]
    nearest_shifts: Vec<String>,
    #[serde(default)]
    distal: Vec<String>,
    modifiers: BTreeMap<Modifier, Vec<String>>,
    openings: BTreeMap<Modifier, Vec<String>>,
    closings: BTreeMap<Modifier, Vec<String>>,
    linkers: Vec<String>,
    #[serde(default)]
    joins: Vec<String>,
    #[serde(default)]
    present: Vec<String>,
    year_words: Vec<String>,
    #[serde(default)]
    civil_words: Vec<String>,
    #[serde(default)]
    weak_weekdays: Vec<String>,
    #[serde(default)]
    day_parts: Vec<String>,
    #[serde(default)]
    odds_words: Vec<String>,
    #[serde(default)]
    habit_words: Vec<String>,
    fiscal_words: Vec<String>,
    seasons: FxHashMap<String, Season>,
    before_season: Vec<String>,
    holidays: Vec<HolidayFile>,
    #[serde(default)]
    not_before_holiday: Vec<String>,
    anchors: FxHashMap<String, i32>,
    wholes: Vec<String>,
    day_of: Vec<String>,
    last_words: Vec<String>,
    quarter_letters: String,
    half_year_letters: String,
    stretches: FxHashMap<String, Stretch>,
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
    clock: ClockFile,
}

/// Phrases before or after a number of units, with the direction in which they count.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Offsets {
    #[serde(default)]
    before: FxHashMap<String, i32>,
    #[serde(default)]
    after: FxHashMap<String, i32>,
    /// Before a number of units, with the direction, where the verb speaks of the future: "in two weeks".
    #[serde(default)]
    future: FxHashMap<String, i32>,
}

impl Calendar {
    /// The calendar of a file, its phrases cut as the language cuts a draft.
    pub fn new(f: File, cut: Cut) -> Calendar {
        let mut heads: FxHashSet<String> = f.months.iter().chain(&f.weekdays).flatten().cloned().collect();
        let clock = Clock::new(f.clock, cut);
        let relative = Phrases::of(&f.relative, cut);
        let offset_before = Phrases::of(&f.offsets.before, cut);
        let offset_future = Phrases::of(&f.offsets.future, cut);
        let modifiers = Phrases::by_value(&f.modifiers, cut);
        let wholes = Phrases::flat(&f.wholes, cut);
        let fiscal_words = Phrases::flat(&f.fiscal_words, cut);
        let before_season = Phrases::flat(&f.before_season, cut);
        let rules = f.holidays.iter().flat_map(|h| h.holiday().map(|rule| h.names.iter().map(move |n| (n.as_str(), rule))));
        let holidays = Phrases::new(rules.flatten(), cut);
        heads.extend(relative.heads().chain(offset_before.heads()).chain(offset_future.heads()).cloned());
        heads.extend(modifiers.heads().chain(wholes.heads()).chain(fiscal_words.heads()).chain(holidays.heads()).cloned());
        heads.extend(clock.before_phrases().heads().chain(clock.noon.keys()).cloned());
        heads.extend(f.shifts_before.keys().chain(f.stretches.keys()).chain(&f.decade_words).chain(f.seasons.keys()).cloned());
        heads.extend(f.vague_shifts.keys().chain(&f.vague_units).cloned());
        heads.extend(f.year_words.iter().chain(&f.last_words).chain(&f.nearest_shifts).cloned());
        Calendar {
            range_middles: f.ranges.iter().map(|r| r.middle.clone()).collect(),
            relative,
            offset_before,
            offset_future,
            offset_after: Phrases::of(&f.offsets.after, cut),
            shifts_after: Phrases::of(&f.shifts_after, cut),
            before_weekend: Phrases::new(f.before_weekend.iter().map(|w| (w.as_str(), ())), cut),
            openings: Phrases::by_value(&f.openings, cut),
            closings: Phrases::by_value(&f.closings, cut),
            anchors: Phrases::of(&f.anchors, cut),
            day_of: Phrases::flat(&f.day_of, cut),
            present: Phrases::flat(&f.present, cut),
            modifiers,
            wholes,
            fiscal_words,
            before_season,
            holidays,
            clock,
            linkers: f.linkers,
            joins: f.joins,
            not_before_holiday: f.not_before_holiday,
            year_words: f.year_words,
            civil_words: f.civil_words,
            weak_weekdays: f.weak_weekdays,
            day_parts: f.day_parts,
            odds_words: f.odds_words,
            habit_words: f.habit_words,
            seasons: f.seasons,
            last_words: f.last_words,
            nearest_shifts: f.nearest_shifts,
            distal: f.distal,
            quarter_letters: f.quarter_letters,
            half_year_letters: f.half_year_letters,
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
            vague_shifts: f.vague_shifts,
            stretches: f.stretches,
            nearest_weekday: f.nearest_weekday,
            decade_words: f.decade_words,
            decade_suffixes: f.decade_suffixes,
            century_words: f.century_words,
            gregorian_from: Date::constant(f.gregorian_from.0, f.gregorian_from.1, f.gregorian_from.2),
            before_lone_year: f.before_lone_year,
            date_words: f.date_words,
            heads,
        }
    }
}
