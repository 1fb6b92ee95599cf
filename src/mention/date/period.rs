//! Stretches of the calendar between two dates: « du 3 au 12 mars », "between 2010 and 2015", « d'avril à la fin de juin ».

use std::ops::Range;

use jiff::civil::Date;
use jiff::{ToSpan, Unit};

use super::Reading;
use crate::analysis::{Analysis, DateValue, PeriodValue, Value, mark};
use crate::language::Calendar;
use crate::language::calendar::Modifier;
use crate::language::cut::is_hyphen;

/// The stretches that pairs of dates make; the dates stay facts of their own, and the first takes the year of the second.
pub(in crate::mention) fn periods(a: &Analysis, found: &mut [(Range<usize>, Value)]) -> Vec<Reading> {
    let mut out = Vec::new();
    let published = a.doc.meta.published.map(|(day, _)| day);
    for i in 0..found.len() {
        let (head, tail) = found.split_at_mut(i + 1);
        let Some((first, x)) = head.last_mut().filter(|(_, v)| is_dated(v)) else { continue };
        out.extend(to_present(a, first, x, published));
        let Some((second, y)) = tail.first().filter(|(_, v)| is_dated(v)) else { continue };
        if !joined(a, first, second, x, y) {
            continue;
        }
        if let (Value::Date(x), Value::Date(y)) = (&mut *x, y)
            && let (None, Some(year), Some(month), Some(last)) = (x.year, y.year, x.month, y.month)
        {
            let year = year - i16::from(month > last);
            x.year = Some(year);
            x.resolved = x.day.and_then(|d| Date::new(year, month, d).ok());
        }
        out.extend(between(x, y, published).map(|p| (first.start..second.end, Value::Period(p))));
    }
    out
}

fn is_dated(value: &Value) -> bool {
    matches!(value, Value::Date(_) | Value::Period(_))
}

/// The words that open a range before a token: the last one, and the one before an article.
fn openers<'a>(a: &'a Analysis, cal: &Calendar, at: usize, start: usize) -> [Option<&'a str>; 2] {
    let word = |i: Option<usize>| i.filter(|i| *i >= start).map(|i| a.lower(i));
    let open = word(at.checked_sub(1));
    // "from the 3rd": an article stands between.
    let article = open.is_some_and(|w| cal.before_day.iter().chain(&cal.linkers).any(|b| b == w));
    [open, word(at.checked_sub(2)).filter(|_| article)]
}

/// « entre janvier 2019 et maintenant », "between now and 15 November".
fn to_present(a: &Analysis, tokens: &Range<usize>, x: &Value, published: Option<Date>) -> Option<Reading> {
    let cal = &a.language(tokens.start)?.calendar;
    let sentence = a.sentence(tokens.start);
    let day = published?;
    let core = a.span(tokens.clone());
    let bare = DateValue { year: None, passage: None, month: None, day: None, weekday: None, core, resolved: None, modifier: None };
    let value = Value::Date(DateValue { resolved: Some(day), ..bare });
    let opened = |at: usize, middle: usize| {
        let open = openers(a, cal, at, sentence.start);
        cal.ranges().iter().any(|r| !r.open.is_empty() && r.middle == a.lower(middle) && open.contains(&Some(r.open.as_str())))
    };
    let word = |i: usize| sentence.contains(&i).then(|| a.lower(i));
    let middle = tokens.end;
    if word(middle).is_some()
        && let Some((len, ())) = cal.present.at(middle + 1, word)
        && opened(tokens.start, middle)
    {
        let period = between(x, &value, published)?;
        return Some((tokens.start..middle + 1 + len, Value::Period(period)));
    }
    let middle = tokens.start.checked_sub(1).filter(|i| *i > sentence.start)?;
    let (len, ()) = cal.present.before(middle, |i| (i >= sentence.start).then(|| a.lower(i)))?;
    opened(middle - len, middle).then_some(())?;
    Some((middle - len..tokens.end, Value::Period(between(&value, x, published)?)))
}

/// Whether the words around two dates make them the ends of one stretch.
fn joined(a: &Analysis, first: &Range<usize>, second: &Range<usize>, x: &Value, y: &Value) -> bool {
    let gap = first.end..second.start;
    let sentence = a.sentence(first.start);
    if gap.is_empty() || gap.len() > 2 || !sentence.contains(&second.start) {
        return false;
    }
    let Some(cal) = a.language(first.start).map(|l| &l.calendar) else { return false };
    let middle = gap.start;
    let filled = gap.clone().skip(1).all(|i| cal.before_day.iter().chain(&cal.linkers).any(|w| w == a.lower(i)));
    let dash = mark(a, middle).is_some_and(|c| is_hyphen(c) || matches!(c, '–' | '—' | '~'));
    let open = openers(a, cal, first.start, sentence.start);
    let worded =
        cal.ranges().iter().any(|r| r.middle == a.lower(middle) && (r.open.is_empty() || open.contains(&Some(r.open.as_str()))));
    let alike = match (x, y) {
        (Value::Date(x), Value::Date(y)) => {
            let meant = |d: &DateValue| d.resolved.is_some() && d.year.is_none() && d.month.is_none();
            (x.day.is_some(), x.month.is_some() || x.weekday.is_some())
                == (y.day.is_some(), y.month.is_some() || y.weekday.is_some())
                || (x.month.is_some() && y.month.is_some())
                || (x.year.is_some() && y.year.is_some())
                || ((meant(x) || meant(y)) && !dash)
        }
        _ => !dash,
    };
    filled && (dash || worded) && alike
}

/// One end of a stretch.
struct End {
    iso: String,
    /// The day, in the year 2001 where no year is given.
    day: Date,
    has_year: bool,
    unit: Unit,
}

/// The day at which a stretch begins or ends that a value bounds: the end of June is the first day of July.
fn end_of(value: &Value, year: Option<i16>) -> Option<End> {
    match value {
        Value::Period(p) => {
            let day = if p.modifier == Some(Modifier::End) { p.past? } else { p.from? };
            Some(End { iso: day.to_string(), day, has_year: true, unit: Unit::Month })
        }
        Value::Date(d) => {
            let year = d.year.or(year);
            if let (None, None, Some(day)) = (d.month, d.year, d.resolved) {
                return Some(End { iso: day.to_string(), day, has_year: true, unit: Unit::Day });
            }
            let (month, n) = (d.month.unwrap_or(1), d.day.unwrap_or(1));
            // Without a year it is no leap year, unless the day asks for one.
            let in_year = |y: i16| Date::new(y, month, n).ok();
            let mut day = year.map_or_else(|| in_year(2001).or_else(|| in_year(2004)), in_year)?;
            match (d.modifier, d.month) {
                (Some(Modifier::End), Some(_)) => day = day.checked_add(1.months()).ok()?,
                (Some(Modifier::End), None) => day = day.checked_add(1.years()).ok()?,
                (Some(Modifier::Mid), Some(_)) => day = day.checked_add(15.days()).ok()?,
                (Some(Modifier::Mid), None) => day = day.checked_add(6.months()).ok()?,
                _ => {}
            }
            let iso = match (d.month, d.day, year) {
                (None, Some(n), _) => format!("{}-XX-{n:02}", year.map_or_else(|| "XXXX".to_owned(), |y| format!("{y:04}"))),
                (_, _, None) => format!("XXXX-{:02}-{:02}", day.month(), day.day()),
                _ => day.to_string(),
            };
            let unit = match (d.month, d.day) {
                (_, Some(_)) => Unit::Day,
                (Some(_), None) => Unit::Month,
                // « de 2007 à la fin de 2008 »
                (None, None) if d.modifier.is_some() => Unit::Month,
                (None, None) => Unit::Year,
            };
            Some(End { iso, day, has_year: year.is_some(), unit })
        }
        _ => None,
    }
}

/// The stretch from one date to another; `None` where it would end before it begins.
pub(super) fn between(x: &Value, y: &Value, published: Option<Date>) -> Option<PeriodValue> {
    let last_year = if let Value::Date(d) = y { d.year } else { None };
    let (start, mut end) = (end_of(x, last_year)?, end_of(y, None)?);
    let partial = |v: &Value| matches!(v, Value::Date(d) if d.month.is_none() && d.year.is_none() && d.resolved.is_none());
    let length = if partial(x) {
        "PXD".to_owned()
    } else {
        let mut from = start.day;
        // Without a year the length is counted in a year that is no leap year, over New Year's Eve where it must be.
        if let (true, false, Value::Date(d)) = (start.has_year, end.has_year, y) {
            end.day = d.resolved.or(Date::new(from.year(), end.day.month(), end.day.day()).ok())?;
        }
        if let (false, true, Value::Date(d)) = (start.has_year, end.has_year, x) {
            from = d.resolved.or(published).or(Date::new(end.day.year(), from.month(), from.day()).ok())?;
        }
        if !start.has_year && !end.has_year {
            end.day = Date::new(from.year(), end.day.month(), end.day.day()).unwrap_or(end.day);
        }
        if end.day < from && !end.has_year {
            end.day = end.day.checked_add(1.years()).ok()?;
        }
        if end.day < from {
            return None;
        }
        // The finer of both units counts; the middle of a month is counted as the month.
        let unit = start.unit.min(end.unit);
        let n = from.until((unit, end.day)).ok()?;
        match unit {
            Unit::Day => format!("P{}D", n.get_days()),
            Unit::Month => format!("P{}M", n.get_months()),
            _ => format!("P{}Y", n.get_years()),
        }
    };
    let iso = format!("({},{},{length})", start.iso, end.iso);
    Some(PeriodValue { iso, from: real(x, &start), past: real(y, &end), modifier: None })
}

/// The day, where it is one of a known year.
fn real(value: &Value, end: &End) -> Option<Date> {
    match value {
        Value::Date(d) if d.modifier.is_none() && d.resolved.is_some() => d.resolved,
        _ => end.has_year.then_some(end.day),
    }
}
