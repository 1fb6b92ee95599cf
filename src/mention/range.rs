//! Pairs of numbers that a range joins: « entre 10 et 20 millions d'euros », "10-15 people".

use std::ops::Range;

use super::number;
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, DurationValue, MeasureValue, Money, NumberRange, Quantity, Value, mark};
use crate::language::cut::is_hyphen;
use crate::language::grammar::Class;
use crate::language::numbers::RangeWords;
use crate::language::{Language, NumberGrammar};

/// The pairs, as the tokens of the opener and of both numbers. The first number takes the unit and the scale of the second, which
/// are said once; where the words say that the truth lies between, both have the bounds of the range.
pub(super) fn ranges(a: &Analysis, found: &mut [(Range<usize>, Value)]) -> Vec<NumberRange> {
    let mut out = Vec::new();
    for i in 1..found.len() {
        let (head, tail) = found.split_at_mut(i);
        let (Some((first, x)), Some((second, y))) = (head.last_mut(), tail.first_mut()) else { continue };
        let gap = first.end..second.start;
        if gap.is_empty() || gap.len() > 2 || a.tokens[second.start].sentence != a.tokens[first.start].sentence {
            continue;
        }
        let Some(language) = a.language(first.start) else { continue };
        let g = &language.numbers;
        let opener = (first.start > a.sentence(first.start).start).then(|| first.start - 1);
        let fits = |r: &&RangeWords| {
            let opens = r.open.is_empty() || opener.is_some_and(|o| r.open == a.lower(o));
            // « de 10 à environ 20 »; but « baisse de 0,2 point à 6,8 % » joins nothing.
            // "six- to eight-year-olds"
            let hung = gap.len() == 2 && a.tokens[gap.start].glued && mark(a, gap.start).is_some_and(is_hyphen);
            let free = gap.len() == 1 || hung || !r.open.is_empty() && a.lower(gap.start) == r.middle;
            opens && free && gap.clone().filter(|&i| a.lower(i) == r.middle).count() == 1
        };
        let Some(r) = g.ranges.iter().find(fits) else {
            pair(a, language, first.clone(), second.start, x, y);
            continue;
        };
        // "fell 11,000 to 813,200": so far, and up to what.
        let changed = |set: &str| language.cues.get(set).before(a, first.start, a.sentence(first.start).start).is_some();
        if r.open.is_empty() && mark(a, gap.start).is_none() && (changed("rising") || changed("falling")) {
            continue;
        }
        // « entre 20h20 et 21 heures »
        if let (Value::Time(_), Value::Duration(d)) = (&*x, &*y)
            && d.unit == "TH"
            && let Some(hour @ 0..=24) = d.amount.written.as_whole()
        {
            *y = Value::Time(hour as u16 * 60);
        }
        // "aged nine to 11"
        if let (Value::Age(_), Value::Quantity(Quantity { amount, counted: None })) = (&*x, &*y) {
            *y = Value::Age(*amount);
        }
        if !alike(x, y) {
            continue;
        }
        let open = if r.open.is_empty() { first.start } else { first.start - 1 };
        // « ils ont entre 20 et 65 ans »
        let start = a.sentence(open).start;
        let lower = |i: usize| (i >= start).then(|| a.lower(i));
        let aged = [g.ages.before_phrases(), g.ages.final_phrases()].iter().any(|p| p.before(open, lower).is_some());
        if let Value::Duration(d) = &*y
            && d.unit == "Y"
            && aged
        {
            *y = Value::Age(d.amount);
        }
        share_unit(a, g, first.start, second.start, x, y);
        if r.ordered || r.open.is_empty() {
            bound_both(x, y);
        }
        out.push(NumberRange {
            open: open as u32,
            first: (first.start as u32, first.end as u32),
            second: (second.start as u32, second.end as u32),
            ordered: r.ordered,
        });
    }
    out
}

/// Gives the first of two numbers the unit that is said once: "three or four months", « âgés de 33 et 30 ans ».
fn pair(a: &Analysis, language: &Language, first: Range<usize>, second: usize, x: &mut Value, y: &mut Value) {
    let g = &language.numbers;
    let joins = second == first.end + 1 && a.classes[first.end].has(Class::Coordinator);
    let bare = matches!(x, Value::Quantity(q) if q.counted.as_ref().is_none_or(|c| c.head as usize >= second));
    let united = matches!(y, Value::Percent(_) | Value::Money(_) | Value::Measure(_) | Value::Duration(_) | Value::Age(_));
    let small = |v: &Value| matches!(v, Value::Quantity(q) if q.amount.is_exact() && q.amount.written < Ratio::whole(1000));
    if !joins || !bare || !united || !small(x) {
        return;
    }
    let start = a.sentence(first.start).start;
    let aged = g.ages.before_phrases().before(first.start, |i| (i >= start).then(|| a.lower(i))).is_some();
    if let Value::Duration(d) = &*y
        && d.unit == "Y"
        && aged
    {
        *y = Value::Age(d.amount);
    }
    share_unit(a, g, first.start, second, x, y);
}

/// Whether the ends of a range count the same, or the first leaves to the second what it counts: "rose by 12% to 400 tonnes" is none.
fn alike(x: &Value, y: &Value) -> bool {
    match (x, y) {
        (Value::Quantity(_), _) => true,
        (Value::Money(x), Value::Money(y)) => x.currency == y.currency,
        (Value::Measure(x), Value::Measure(y)) => x.unit == y.unit,
        (Value::Duration(x), Value::Duration(y)) => x.unit == y.unit,
        _ => std::mem::discriminant(x) == std::mem::discriminant(y),
    }
}

/// Gives the first number the scale and unit of the second, where it has none of its own.
fn share_unit(a: &Analysis, g: &NumberGrammar, first: usize, second: usize, x: &mut Value, y: &Value) {
    let Value::Quantity(Quantity { amount, counted }) = x else { return };
    // In « 18-24 ans » the noun is that of both.
    if counted.as_ref().is_some_and(|c| (c.head as usize) < second) {
        return;
    }
    let end = a.sentence(first).end;
    let (Some(one), Some(two)) = (number::read(a, first, end, g), number::read(a, second, end, g)) else { return };
    let mut amount = *amount;
    // "between three and four million"
    let spelled = || {
        let last = two.tokens.end - 1;
        (two.kind == number::NumberKind::Words && g.scale(a.lower(last)).is_some_and(|(by, blurs)| by >= 1000 && !blurs))
            .then_some(last..two.tokens.end)
    };
    if let (None, Some(words)) = (&one.scale, two.scale.clone().or_else(spelled)) {
        let by = words.filter_map(|i| g.scale(a.lower(i)).map(|(n, _)| n).or_else(|| g.scale_symbols.get(a.lower(i)).copied()));
        let factor = Ratio::whole(by.fold(1, i128::saturating_mul));
        if amount.written < Ratio::whole(1000) && amount.written < factor {
            let mut scaled = one.clone();
            // « entre 900 et 2 millions » may mean 900.
            if scaled.times(factor).is_some() && scaled.amount.written <= two.amount.written {
                amount = scaled.amount;
            }
        }
    }
    *x = match y {
        Value::Percent(_) => Value::Percent(amount),
        Value::Points(_) => Value::Points(amount),
        Value::Age(_) => Value::Age(amount),
        Value::Money(m) => Value::Money(Money { amount, currency: m.currency.clone() }),
        Value::Measure(m) => Value::Measure(MeasureValue { amount, unit: m.unit.clone() }),
        Value::Duration(d) => Value::Duration(DurationValue { amount, unit: d.unit.clone() }),
        // « vers 5-6h »
        Value::Time(_) => match amount.written.as_whole() {
            Some(hour @ 0..=24) => Value::Time(hour as u16 * 60),
            _ => return,
        },
        _ => Value::Quantity(Quantity { amount, counted: counted.take() }),
    };
}

/// Gives both numbers the bounds of the range.
fn bound_both(x: &mut Value, y: &mut Value) {
    let (Some(low), Some(high)) = (amount(x), amount(y)) else { return };
    let (from, to) = (low.written, high.written);
    if from < to {
        (low.low, low.high) = (Some(from), Some(to));
        (high.low, high.high) = (Some(from), Some(to));
    }
}

fn amount(value: &mut Value) -> Option<&mut Amount> {
    match value {
        Value::Quantity(q) => Some(&mut q.amount),
        Value::Percent(amount) | Value::Points(amount) | Value::Age(amount) => Some(amount),
        Value::Money(m) => Some(&mut m.amount),
        Value::Measure(m) => Some(&mut m.amount),
        Value::Duration(d) => Some(&mut d.amount),
        _ => None,
    }
}
