//! Feasts and public holidays: the rule by which each falls on a day of a year.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;

/// The rule of a holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holiday {
    rule: Rule,
    /// Days to add to what the rule gives.
    plus: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Fixed { month: i8, day: i8 },
    Easter,
    Nth { month: i8, weekday: Weekday, nth: i8 },
}

/// An entry of `holidays:`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HolidayFile {
    /// What the language calls it.
    pub names: Vec<String>,
    month: Option<i8>,
    day: Option<i8>,
    /// Days from Easter Sunday.
    easter: Option<i32>,
    /// 1 for Monday to 7 for Sunday.
    weekday: Option<i8>,
    /// Which of those weekdays in the month; -1 for the last.
    nth: Option<i8>,
    #[serde(default)]
    plus: i32,
}

impl HolidayFile {
    /// The rule; `None` where the entry gives none.
    pub fn holiday(&self) -> Option<Holiday> {
        let (rule, plus) = match (self.month, self.day, self.weekday, self.nth, self.easter) {
            (Some(month), Some(day), None, None, None) => (Rule::Fixed { month, day }, self.plus),
            (Some(month), None, Some(w), Some(nth), None) => {
                (Rule::Nth { month, weekday: Weekday::from_monday_one_offset(w).ok()?, nth }, self.plus)
            }
            (None, None, None, None, Some(days)) => (Rule::Easter, days + self.plus),
            _ => return None,
        };
        Some(Holiday { rule, plus })
    }
}

impl Holiday {
    /// Month and day, where they are the same every year.
    pub fn fixed(self) -> Option<(i8, i8)> {
        match self.rule {
            Rule::Fixed { month, day } if self.plus == 0 => Some((month, day)),
            _ => None,
        }
    }

    /// The day on which it falls in a year of the Gregorian calendar.
    pub fn in_year(self, year: i16) -> Option<Date> {
        let day = match self.rule {
            Rule::Fixed { month, day } => Date::new(year, month, day).ok()?,
            Rule::Easter => easter(year)?,
            Rule::Nth { month, weekday, nth } => Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?,
        };
        day.checked_add(i64::from(self.plus).days()).ok()
    }
}

/// Easter Sunday by the Gregorian computus (Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn easter_falls_where_the_almanacs_have_it() {
        for (year, month, day) in
            [(1818, 3, 22), (1943, 4, 25), (2000, 4, 23), (2008, 3, 23), (2019, 4, 21), (2024, 3, 31), (2038, 4, 25)]
        {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn holidays_follow_their_rule() {
        let fourth_thursday = Rule::Nth { month: 11, weekday: Weekday::Thursday, nth: 4 };
        let of = |rule, plus, year| Holiday { rule, plus }.in_year(year);
        assert_eq!(of(fourth_thursday, 0, 2018), Some(date(2018, 11, 22)));
        assert_eq!(of(fourth_thursday, 1, 2018), Some(date(2018, 11, 23)));
        assert_eq!(of(Rule::Nth { month: 5, weekday: Weekday::Monday, nth: -1 }, 0, 2022), Some(date(2022, 5, 30)));
        assert_eq!(of(Rule::Easter, 39, 2022), Some(date(2022, 5, 26)));
        assert_eq!(Holiday { rule: Rule::Fixed { month: 12, day: 25 }, plus: 0 }.fixed(), Some((12, 25)));
    }
}
