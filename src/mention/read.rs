//! One walk over the sentences that finds every mention.

use std::ops::Range;

use super::name::{self};
use super::{date, naming, number, quantity, quotation, range, stance};
use crate::analysis::{Analysis, EntityId, Frame, Mention, Quotation, Stance, Value, mark};
use crate::beside;
use crate::language::TokenKind;
use crate::language::cut::is_hyphen;
use crate::language::grammar::Class;
use crate::mention::run::Run;

/// Fills [`Analysis::mentions`] and [`Analysis::entities`].
pub(crate) fn read(a: &mut Analysis) {
    let (mut found, mut runs) = walk(a);
    // « CHF 10'000 »: the code belongs to the amount that was read after it.
    runs.retain(|run| {
        let next = found.partition_point(|(tokens, _)| tokens.end <= run.tokens.start);
        found.get(next).is_none_or(|(tokens, _)| tokens.start >= run.tokens.end)
    });
    undated(a, &mut found);
    a.ranges = range::ranges(a, &mut found);
    let periods = date::periods(a, &mut found);
    let paired: Vec<_> = periods.iter().map(|(tokens, _)| tokens.clone()).collect();
    date::open_ends(a, &mut found, &paired);
    found.extend(periods);
    for (tokens, value) in &mut found {
        if matches!(value, Value::Duration(_) | Value::Time(_)) {
            quantity::with_bound(a, tokens);
        }
    }
    naming::name(a, &runs, &mut found);
    for (tokens, inner) in quotation::quotations(a) {
        found.push((tokens, Value::Quotation(Quotation { inner, speaker: None })));
    }
    found.sort_by_key(|(tokens, _)| (tokens.start, std::cmp::Reverse(tokens.end)));
    a.mentions = found
        .into_iter()
        .map(|(tokens, value)| {
            let t = a.tokens[tokens.start];
            let clause = a.clauses.partition_point(|c| c.tokens.1 as usize <= tokens.start).min(a.clauses.len().saturating_sub(1));
            Mention {
                span: a.span(tokens.clone()),
                tokens: (tokens.start as u32, tokens.end as u32),
                block: t.block,
                sentence: t.sentence,
                clause: clause as u32,
                value,
                stance: Stance::default(),
                frame: Frame::default(),
            }
        })
        .collect();
    for (i, m) in a.mentions.iter().enumerate() {
        let entity = match &m.value {
            Value::Person(p) => Some(p.entity),
            Value::Place(p) => Some(p.entity),
            Value::Organisation(id) => Some(*id),
            _ => None,
        };
        if let Some(EntityId(e)) = entity {
            a.entities[e as usize].mentions.push(i as u32);
        }
    }
    quotation::speakers(a);
    date::tell_years(a);
    stance::set(a);
}

/// What is counted is no word of a date, "from 17 million last *year*"; nor is the first of two numbers a count where the second
/// begins a date: "*two* or three years ago".
fn undated(a: &Analysis, found: &mut Vec<(Range<usize>, Value)>) {
    let mut halves = Vec::new();
    for i in 1..found.len() {
        let (before, rest) = found.split_at_mut(i);
        let (Some((number, Value::Quantity(q))), Some((dated, Value::Date(_) | Value::Period(_) | Value::Weekday(_)))) =
            (before.last_mut(), rest.first())
        else {
            continue;
        };
        if q.counted.as_ref().is_some_and(|c| dated.contains(&(c.head as usize))) {
            q.counted = None;
        }
        let numbered = |i: usize| a.tokens[i].kind == TokenKind::Digits || a.tokens[i].opens.number;
        let joins = |i: usize| a.classes[i].has(Class::Coordinator) || mark(a, i).is_some_and(is_hyphen);
        if q.counted.is_none() && number.end + 1 == dated.start && joins(number.end) && numbered(dated.start) {
            halves.push(i - 1);
        }
    }
    let (mut i, mut halves) = (0, halves.into_iter().peekable());
    found.retain(|_| {
        i += 1;
        halves.next_if_eq(&(i - 1)).is_none()
    });
}

/// How many sentences are read in one go.
const STRETCH: usize = 8;

/// What each sentence gives by itself, in the order of the text: dates, numbers, and runs of words that may be names.
fn walk(a: &Analysis) -> (Vec<(Range<usize>, Value)>, Vec<Run>) {
    let stretches = a.sentences.len().div_ceil(STRETCH);
    let parts = beside::map(a.tokens.len(), stretches, |n| {
        let (mut found, mut runs) = (Vec::new(), Vec::new());
        for s in &a.sentences[n * STRETCH..((n + 1) * STRETCH).min(a.sentences.len())] {
            sentence(a, s.start as usize, s.end as usize, &mut found, &mut runs);
        }
        (found, runs)
    });
    let (mut found, mut runs) = (Vec::new(), Vec::new());
    for (more, names) in parts {
        found.extend(more);
        runs.extend(names);
    }
    (found, runs)
}

fn sentence(a: &Analysis, start: usize, end: usize, found: &mut Vec<(Range<usize>, Value)>, runs: &mut Vec<Run>) {
    let Some(language) = a.languages.get(a.lang(start)) else { return };
    let known = number::Known::default();
    let mut i = start;
    while i < end {
        // "Sunday Times", "Six Nations": what everybody knows by that name is no day and no number.
        if name::is_well_known(a, i, language)
            && let Some(run) = name::run(a, i, end, language)
        {
            i = run.tokens.end;
            runs.push(run);
            continue;
        }
        if a.tokens[i].opens.date
            && let Some(past) = date::feast(a, i, end, language)
        {
            i = past;
            continue;
        }
        // "the Three Gorges": a number with a capital before another is part of a name.
        if name::is_named_number(a, i, end) {
            let run = name::run(a, i, end, language);
            i = run.as_ref().map_or(i + 1, |run| run.tokens.end);
            runs.extend(run);
            continue;
        }
        if let Some((tokens, value)) = date::read(a, i, end, language, &known) {
            i = tokens.end;
            found.push((tokens, value));
        } else if let Some(n) = known.read(a, i, end, &language.numbers) {
            match quantity::value(a, &n, end, language) {
                Some((tokens, value)) => {
                    i = tokens.end;
                    found.push((tokens, value));
                }
                // « un », "a": an article, and the next word may be a name.
                None => i = n.tokens.end,
            }
        } else if let Some(run) = name::run(a, i, end, language) {
            i = run.tokens.end;
            runs.push(run);
        } else {
            i += 1;
        }
    }
}
