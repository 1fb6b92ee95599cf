//! Names in a row, each with what is told of it: "Kerry, Cork and Clare", « Luc Morand, 22 ans, et Paul Garrigal ».

use std::ops::Range;

use crate::analysis::{Analysis, Case, Mention, Value, mark};
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::relation::human::human;

/// Names of a row, at most.
const MOST: usize = 20;

/// Words of a name, at most.
const NAME: usize = 5;

/// Words before a name that say who it is, at most: « le souffleur de verre Luc Morand ».
const LED: usize = 6;

/// Words of what is told of a name behind it, at most.
const ASIDE: usize = 10;

/// Names in a row.
pub(super) struct Row {
    pub items: usize,
    /// Whether they are people's, where that is known.
    pub people: Option<bool>,
    pub tokens: Range<usize>,
}

/// One name: where it ends, and whether it is somebody's.
struct Name {
    past: usize,
    person: Option<bool>,
}

/// The rows of a sentence, or of a part of it, in order.
pub(super) fn rows(a: &Analysis, tokens: Range<usize>) -> Vec<Row> {
    let mut found = Vec::new();
    let mut at = tokens.start;
    while at < tokens.end {
        match row(a, at, tokens.end) {
            Some(row) => {
                at = row.tokens.end;
                found.push(row);
            }
            None => at += 1,
        }
    }
    found
}

/// The row that begins at a token: at least two names, the last behind a conjunction.
pub(super) fn row(a: &Analysis, start: usize, end: usize) -> Option<Row> {
    let first = name(a, start, end)?;
    let (mut past, mut people, mut items) = (first.past, first.person, 1);
    while items < MOST {
        let beyond = asides(a, past, end);
        let comma = beyond < end && matches!(mark(a, beyond), Some(',' | ';'));
        let next = beyond + usize::from(comma);
        let joined = next < end && a.classes[next].has(Class::Coordinator);
        if !comma && !joined {
            return None;
        }
        let more = name(a, next + usize::from(joined), end)?;
        if people.is_some() && more.person.is_some() && people != more.person {
            return None;
        }
        people = people.or(more.person);
        (past, items) = (more.past, items + 1);
        if joined {
            return Some(Row { items, people, tokens: start..past });
        }
    }
    None
}

fn verb(a: &Analysis, i: usize) -> bool {
    let c = a.classes[i];
    (c.has(Class::Verb) || c.has(Class::Auxiliary)) && !c.has(Class::Noun) && !c.has(Class::Preposition) && !c.has(Class::Adjective)
}

fn starting<'a>(a: &'a Analysis, i: usize) -> Option<&'a Mention> {
    let begins = |m: &&Mention| match &m.value {
        Value::Person(p) if p.title.0 < p.title.1 => p.title.0 as usize == i || m.tokens.0 as usize == i,
        _ => m.tokens.0 as usize == i,
    };
    a.mentions_in(i..(i + 4).min(a.tokens.len())).iter().find(begins)
}

/// The name at a token, behind its article or what says who it is.
fn name(a: &Analysis, at: usize, end: usize) -> Option<Name> {
    if at >= end {
        return None;
    }
    let language = a.language(at)?;
    if let Some(m) = starting(a, at) {
        let past = (m.tokens.1 as usize).min(end);
        return match &m.value {
            // "Kerry" alone is a county as well as somebody's name.
            Value::Person(p) => {
                let sure = p.title.0 < p.title.1 || m.tokens.1 - m.tokens.0 > 1;
                Some(Name { past, person: sure.then_some(true) })
            }
            Value::Place(_) | Value::Organisation(_) => Some(Name { past, person: Some(false) }),
            _ => None,
        };
    }
    // « sa femme », "their grandson"
    if language.cues.get("possessive").at(a, at).is_some()
        && let Some(len) = language.cues.get("kin").at(a, at + 1)
    {
        let past = at + 1 + len;
        // « sa femme Anne »
        let named = starting(a, past).filter(|m| past < end && matches!(m.value, Value::Person(_)));
        return Some(Name { past: named.map_or(past, |m| m.tokens.1 as usize).min(end), person: Some(true) });
    }
    let word = |i: usize| i < end && a.tokens[i].kind == TokenKind::Word;
    let capital = |i: usize| word(i) && matches!(a.tokens[i].case, Case::Capitalised | Case::Upper | Case::Mixed);
    // A word that opens a sentence has a capital anyhow.
    let opens = at == a.sentence(at).start && language.lexicon.contains(a.lower(at));
    if capital(at) && !opens && language.grammar.closed(a.lower(at)).is_none() {
        let past =
            (at..end.min(at + NAME)).find(|&i| !capital(i) || i > at && starting(a, i).is_some()).unwrap_or(end.min(at + NAME));
        return Some(Name { past, person: None });
    }
    // « la céramiste Inès Benali », « le Lot »
    let article = a.classes[at].has(Class::Determiner) && !a.classes[at].has(Class::Numeral);
    if article && capital(at + 1) {
        return name(a, at + 1, end).filter(|n| n.person != Some(true));
    }
    let led = |i: usize| word(i) && a.tokens[i].case == Case::Lower && !verb(a, i) && !a.classes[i].has(Class::Coordinator);
    let first = (at..end.min(at + LED)).find(|&i| !led(i))?;
    let m = starting(a, first).filter(|m| first > at && matches!(m.value, Value::Person(_)))?;
    let governed = a.classes[first - 1].has(Class::Preposition) && first - at > 1;
    let presents = a.classes[at].has(Class::Determiner) || human(a, first - 1);
    (!governed && presents).then_some(Name { past: (m.tokens.1 as usize).min(end), person: Some(true) })
}

/// One past what is told of a name behind it: an age, a place, a bracket, a relative clause, a function.
fn asides(a: &Analysis, past: usize, end: usize) -> usize {
    let mut at = past;
    if mark(a, at.min(end)) == Some('(')
        && at < end
        && let Some(close) = (at..end.min(at + ASIDE)).find(|&i| mark(a, i) == Some(')'))
    {
        at = close + 1;
    }
    // "Ann Herrick from Leeds", « Léa Marchal au violon »
    if at < end && a.classes[at].has(Class::Preposition) && a.tokens[at].case == Case::Lower {
        at = part(a, at, end).unwrap_or(at);
    }
    while at < end && mark(a, at) == Some(',') {
        let tells = |i: usize| {
            let c = a.classes[i];
            let aged = starting(a, i).is_some_and(|m| matches!(m.value, Value::Age(_)));
            let lower = a.tokens[i].kind == TokenKind::Word && a.tokens[i].case == Case::Lower;
            let noun = lower && (c.has(Class::Determiner) || c.has(Class::Noun) || c.has(Class::Adjective));
            aged || a.tokens[i].kind == TokenKind::Digits || lower && c.has(Class::Preposition) || c.has(Class::Relative) || noun
        };
        if at + 1 >= end || a.classes[at + 1].has(Class::Coordinator) || !tells(at + 1) || name(a, at + 1, end).is_some() {
            break;
        }
        let Some(next) = part(a, at + 1, end) else { break };
        at = next;
    }
    at
}

/// Where what is told from a token ends: at a mark, or at the conjunction before the next name. A clause of its own tells nothing.
fn part(a: &Analysis, from: usize, end: usize) -> Option<usize> {
    let relative = a.classes[from].has(Class::Relative);
    for i in from..end.min(from + ASIDE) {
        let stops = mark(a, i).is_some_and(|c| ",;:()–—.".contains(c));
        if stops || i > from && a.classes[i].has(Class::Coordinator) && name(a, i + 1, end).is_some() {
            return Some(i);
        }
        let person = i > from && starting(a, i).is_some_and(|m| matches!(m.value, Value::Person(_)));
        if person || !relative && verb(a, i) {
            return None;
        }
    }
    (from + ASIDE >= end).then_some(end)
}
