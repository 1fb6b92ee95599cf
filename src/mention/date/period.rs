//! Stretches of the calendar between two dates: « du 3 au 12 mars », "between 2010 and 2015", `2015-2019`.

use std::ops::Range;

use jiff::Unit;
use jiff::civil::Date;

use super::Reading;
use crate::analysis::Analysis;
use crate::mention::{DateValue, PeriodValue, Value};
use crate::text::{is_hyphen, mark};

/// The stretches that pairs of dates make; the dates stay facts of their own, and the first takes the year of the second.
pub(in crate::mention) fn periods(a: &Analysis, found: &mut [(Range<usize>, Value)]) -> Vec<Reading> {
    let mut out = Vec::new();
    for i in 1..found.len() {
        let (head, tail) = found.split_at_mut(i);
        let (Some((first, Value::Date(x))), Some((second, Value::Date(y)))) = (head.last_mut(), tail.first()) else { continue };
        if !joined(a, first, second, x, y) {
            continue;
        }
        if let (None, Some(year), Some(month), Some(last)) = (x.year, y.year, x.month, y.month) {
            let year = year - i16::from(month > last);
            x.year = Some(year);
            x.resolved = x.day.and_then(|d| Date::new(year, month, d).ok());
        }
        out.extend(between(x, y).map(|p| (first.start..second.end, Value::Period(p))));
    }
    out
}

/// Whether the words around two dates make them the ends of one stretch.
fn joined(a: &Analysis, first: &Range<usize>, second: &Range<usize>, x: &DateValue, y: &DateValue) -> bool {
    let gap = first.end..second.start;
    let sentence = a.sentence(first.start);
    if gap.is_empty() || gap.len() > 2 || !sentence.contains(&second.start) {
        return false;
    }
    let Some(cal) = a.language(first.start).map(|l| &l.calendar) else { return false };
    let middle = gap.start;
    let filled = gap.clone().skip(1).all(|i| cal.before_day.iter().any(|w| w == a.lower(i)));
    let dash = mark(a, middle).is_some_and(|c| is_hyphen(c) || matches!(c, '–' | '—' | '~'));
    let open = (first.start > sentence.start).then(|| a.lower(first.start - 1));
    // "from the 3rd": an article stands between.
    let opener = open.map(|w| {
        if first.start > sentence.start + 1 && cal.before_day.iter().any(|b| b == w) { a.lower(first.start - 2) } else { w }
    });
    let worded = cal.ranges().iter().any(|r| {
        r.middle == a.lower(middle) && (r.open.is_empty() || Some(r.open.as_str()) == opener || Some(r.open.as_str()) == open)
    });
    let alike = (x.day.is_some(), x.month.is_some() || x.weekday.is_some())
        == (y.day.is_some(), y.month.is_some() || y.weekday.is_some())
        || (x.month.is_some() && y.month.is_some());
    filled && (dash || worded) && alike
}

/// The stretch from one date to another; `None` where it would end before it begins.
fn between(x: &DateValue, y: &DateValue) -> Option<PeriodValue> {
    let year = x.year.or(y.year);
    let start = DateValue { year, ..*x };
    let (from, past) = (first_day(&start), first_day(y));
    let iso = |d: &DateValue| {
        let year = d.year.map_or_else(|| "XXXX".to_owned(), |y| format!("{y:04}"));
        match (d.month, d.day) {
            (None, Some(day)) => format!("{year}-XX-{day:02}"),
            (m, d) => format!("{year}-{:02}-{:02}", m.unwrap_or(1), d.unwrap_or(1)),
        }
    };
    // Without a year the length is counted in a year that is no leap year, over New Year's Eve where it must be.
    let place = |d: &DateValue, year: i16| Date::new(d.year.unwrap_or(year), d.month.unwrap_or(1), d.day.unwrap_or(1)).ok();
    let length = (x.month.is_some() || x.year.is_some()).then(|| {
        let a = place(&start, 2001)?;
        let mut b = place(y, 2001)?;
        if b < a && y.year.is_none() {
            b = place(y, 2002)?;
        }
        if b < a {
            return None;
        }
        let unit = if x.day.is_some() || y.day.is_some() {
            (Unit::Day, 'D')
        } else if x.month.is_some() {
            (Unit::Month, 'M')
        } else {
            (Unit::Year, 'Y')
        };
        let n = a.until((unit.0, b)).ok()?;
        Some(match unit.1 {
            'D' => format!("P{}D", n.get_days()),
            'M' => format!("P{}M", n.get_months()),
            _ => format!("P{}Y", n.get_years()),
        })
    });
    let length = match length {
        Some(length) => length?,
        None => "PXD".to_owned(),
    };
    Some(PeriodValue { iso: format!("({},{},{length})", iso(&start), iso(y)), from, past })
}

fn first_day(d: &DateValue) -> Option<Date> {
    d.resolved.or_else(|| Date::new(d.year?, d.month.unwrap_or(1), d.day.unwrap_or(1)).ok())
}
