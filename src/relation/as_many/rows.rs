//! Counts that a row of names stands beside, in whatever construction: "Four counties (Kerry, Cork and Clare)", "Kerry, Cork and Clare …
//! all four counties", « Trois hommes ont été écroués. Luc Morand et Paul Garrigal … ».

use std::ops::Range;

use super::row::{Row, row, rows};
use super::{AsMany, conflict, names};
use crate::analysis::{Analysis, Case, Value, mark};
use crate::facet::{Facet, Facets};
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::relation::Conflict;
use crate::relation::figure::parted;
use crate::relation::human::human;

/// So many are counted on the fingers, at most.
const MOST: i128 = 12;

/// Words between what is counted and its row, at most.
const LEAD: usize = 25;

/// So many who go on trial or die are named one by one, at most.
const NAMED: i128 = 6;

/// Tokens of a sentence in which one finds one's way, at most.
const LONG: usize = 120;

/// What a count counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    People,
    Places,
    Others,
}

/// How many there are of something.
struct Count {
    n: i128,
    of: Of,
    tokens: Range<usize>,
    /// Whether the words refer back: « *les* quatre communes », "*all* four".
    definite: bool,
    /// Whether they say that these are all.
    whole: bool,
    exact: bool,
}

impl AsMany {
    /// Counts and the rows beside them.
    pub(super) fn beside(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        let mut last: Option<(u32, Vec<Row>)> = None;
        for count in self.counts(a) {
            let at = a.tokens[count.tokens.start].sentence;
            if a.sentence(count.tokens.start).len() > LONG {
                continue;
            }
            let own = match last.take() {
                Some((s, own)) if s == at => own,
                _ => rows(a, a.sentence(count.tokens.start)),
            };
            let row = apposed(a, &count, &own)
                .or_else(|| linked(a, &count, &own))
                .or_else(|| resumed(a, &count, &own))
                .or_else(|| behind_colon(a, &count))
                .or_else(|| next(a, &count, &own));
            if let Some((items, tokens)) = row.filter(|(items, _)| *items as i128 != count.n) {
                let mut facets = Facets::default();
                let sentence = a.sentence(count.tokens.start);
                let part = a.language(count.tokens.start).is_some_and(|l| l.cues.get("part").stands_in(a, sentence));
                facets.insert_if(part, Facet::PartOf);
                facets.insert_if(!count.exact, Facet::Approximate);
                found.push(conflict(a.span(count.tokens.clone()), a.span(tokens), items, facets));
            }
            last = Some((at, own));
        }
        found
    }

    /// The counts of people, places and other things, and the groups whose name says how many they are, in order.
    fn counts(&self, a: &Analysis) -> Vec<Count> {
        let mut all = Vec::new();
        for m in &a.mentions {
            let Value::Quantity(q) = &m.value else { continue };
            let start = m.tokens.0 as usize;
            let (Some(counted), Some(language)) = (&q.counted, a.language(start)) else { continue };
            let head = counted.head as usize;
            let Some(n) = q.amount.written.as_whole().filter(|n| (2..=MOST).contains(n) && !parted(a, m)) else { continue };
            let place = ["town-noun", "region-noun", "place-noun"].iter().any(|set| language.cues.get(set).at(a, head).is_some());
            let of = if human(a, head) {
                Of::People
            } else if place {
                Of::Places
            } else {
                Of::Others
            };
            let from = a.sentence(start).start;
            let whole = start > from && language.cues.get("all-of").before(a, start, from).is_some();
            let led = start > from && a.classes[start - 1].has(Class::Determiner) && !a.classes[start - 1].has(Class::Numeral);
            let tokens = start..(head + 1).max(m.tokens.1 as usize);
            all.push(Count { n, of, tokens, definite: counted.definite || led || whole, whole, exact: q.amount.is_exact() });
        }
        for (set, &size) in &self.groups {
            for (i, token) in a.tokens.iter().enumerate().filter(|(_, t)| t.kind == TokenKind::Word && t.case == Case::Lower) {
                let Some(language) = a.language(i) else { continue };
                let led = i > 0 && a.classes[i - 1].has(Class::Determiner) && a.tokens[i - 1].sentence == token.sentence;
                if led && language.cues.get(set).at(a, i).is_some() {
                    let definite = language.cues.get("definite").at(a, i - 1).is_some();
                    all.push(Count { n: size.into(), of: Of::People, tokens: i..i + 1, definite, whole: false, exact: true });
                }
            }
        }
        all.sort_by_key(|c| c.tokens.start);
        all
    }
}

/// Whether a row may be of what is counted.
fn fits(count: &Count, row: &Row) -> bool {
    match count.of {
        Of::People => row.people != Some(false),
        Of::Places => row.people != Some(true),
        Of::Others => true,
    }
}

fn verb(a: &Analysis, i: usize) -> bool {
    let c = a.classes[i];
    (c.has(Class::Verb) || c.has(Class::Auxiliary)) && !c.has(Class::Noun) && !c.has(Class::Preposition) && !c.has(Class::Adjective)
}

/// Whether a row ends where the sentence makes a stop.
fn closes(a: &Analysis, row: &Row) -> bool {
    let past = row.tokens.end;
    past >= a.sentence(row.tokens.start).end || mark(a, past).is_some_and(|c| ",.;:)–—»”".contains(c))
}

fn counted_between(a: &Analysis, tokens: Range<usize>) -> bool {
    !tokens.is_empty() && a.mentions_in(tokens).iter().any(|m| matches!(m.value, Value::Quantity(_)))
}

type Found = (usize, Range<usize>);

/// A row right behind a count, in brackets, between commas or dashes, behind a colon; or before it: « Anne, Luc et Paul, les quatre finalistes ».
fn apposed(a: &Analysis, count: &Count, own: &[Row]) -> Option<Found> {
    let past = count.tokens.end;
    if let Some(row) = own.iter().find(|r| r.tokens.start > past).filter(|r| fits(count, r) && closes(a, r)) {
        let opener = row.tokens.start - 1;
        let between = past..opener;
        let mark = mark(a, opener);
        let quiet = between.len() <= LEAD && !counted_between(a, past..row.tokens.start);
        let bare = !between.clone().any(|i| verb(a, i) || crate::analysis::mark(a, i).is_some());
        // What follows a colon says who they are, whatever they do before it.
        let told = match mark {
            Some(':') => count.of != Of::Others || bare,
            Some('(' | '–' | '—') => bare,
            Some(',') => bare && count.of != Of::Others,
            _ => false,
        };
        // Two may be one of them with somebody else: "two men, Luke Morland and his son, and".
        if quiet && told {
            return Some((row.items, row.tokens.clone()));
        }
    }
    let start = count.tokens.start;
    let row = own.iter().rev().find(|r| r.tokens.end < start).filter(|r| fits(count, r) && count.of != Of::Others)?;
    let led = row.tokens.end + 1..start;
    let lead = led.len() <= 2 && led.clone().all(|i| a.classes[i].has(Class::Determiner) || count.whole);
    let stop = past >= a.sentence(start).end || crate::analysis::mark(a, past).is_some();
    (count.definite && mark(a, row.tokens.end) == Some(',') && lead && stop).then(|| (row.items, row.tokens.clone()))
}

/// "The four finalists are Ann, Luke and Paul."
fn linked(a: &Analysis, count: &Count, own: &[Row]) -> Option<Found> {
    let past = count.tokens.end;
    let row = own.iter().find(|r| r.tokens.start > past).filter(|r| fits(count, r) && closes(a, r) && count.of != Of::Others)?;
    let between = past..row.tokens.start;
    let language = a.language(past)?;
    let link = |i: usize| a.readings(i).iter().any(|r| language.grammar.ids.linking.contains(&r.lemma));
    let last = between.end.checked_sub(1)?;
    let plain = between.clone().all(|i| mark(a, i).is_none() && !a.classes[i].has(Class::Coordinator));
    (count.definite && link(last) && plain && between.len() <= 8 && !counted_between(a, between))
        .then(|| (row.items, row.tokens.clone()))
}

/// A count that takes up a row of its own sentence, or of the one before: "Kerry, Cork, Clare and Galway … all five counties".
fn resumed(a: &Analysis, count: &Count, own: &[Row]) -> Option<Found> {
    if !count.definite || count.of == Of::Others {
        return None;
    }
    let start = count.tokens.start;
    let sentence = a.sentence(start);
    let last = sentence.start.checked_sub(1).filter(|&i| a.tokens[i].block == a.tokens[start].block);
    let before = last.map(|i| a.sentence(i)).filter(|s| s.len() <= LONG).map_or_else(Vec::new, |s| rows(a, s));
    let from = before.first().map_or(sentence.start, |r| a.sentence(r.tokens.start).start);
    let mut all = before.iter().chain(own.iter().filter(|r| r.tokens.end < start));
    let row = all.next().filter(|r| all.next().is_none() && fits(count, r) && r.items > 1)?;
    // Fewer may be some of them.
    let more = count.n > row.items as i128 || count.whole;
    let named = |m: &crate::analysis::Mention| {
        let of = match m.value {
            Value::Person(_) => count.of == Of::People,
            Value::Place(_) => count.of == Of::Places,
            _ => false,
        };
        of && !row.tokens.contains(&(m.tokens.0 as usize))
    };
    let told = row.people.is_some() || count.whole;
    let others = a.mentions_in(from..start).iter().any(named);
    let apart = !counted_between(a, from..start);
    (more && told && !others && apart && row.items > 2).then(|| (row.items, row.tokens.clone()))
}

/// « Luc au violon, Anne à l'alto, Paul au violoncelle : le quintette … »
fn behind_colon(a: &Analysis, count: &Count) -> Option<Found> {
    let start = count.tokens.start;
    let sentence = a.sentence(start);
    let colon = (sentence.start..start).rev().take(3).find(|&i| mark(a, i) == Some(':'))?;
    let people = names(a, sentence.start..colon).filter(|n| n.len() > 1 && count.of == Of::People && count.definite)?;
    let whole = people[0].cover(people[people.len() - 1]);
    Some((people.len(), a.tokens_in(whole)))
}

/// Those who are counted at the head of a sentence that names nobody, and whom the next one names before its verb.
fn next(a: &Analysis, count: &Count, own: &[Row]) -> Option<Found> {
    let start = count.tokens.start;
    let sentence = a.sentence(start);
    let head = start == sentence.start && !count.definite && count.of == Of::People && count.n <= NAMED && own.is_empty();
    let block = a.tokens[start].block;
    let same = a.tokens.get(sentence.end).is_some_and(|t| t.block == block);
    let person = |m: &crate::analysis::Mention| matches!(m.value, Value::Person(_));
    if !head || !same || a.mentions_in(sentence.clone()).iter().any(person) {
        return None;
    }
    let then = a.sentence(sentence.end);
    let row = row(a, then.start, then.end).filter(|r| r.people == Some(true))?;
    // The verb follows at once, or behind what is told of the last.
    let acts = (row.tokens.end..then.end).take(12).find(|&i| verb(a, i))?;
    let named = a.mentions_in(row.tokens.end..acts).iter().any(person);
    let end = a.tokens.partition_point(|t| t.block <= block);
    // The one who is left out may be told of behind them: "a third man", "the other".
    let rest = row.tokens.end..end.min(row.tokens.end + LONG);
    let language = a.language(start)?;
    let other = ["one-more", "part", "somebody-else"].iter().any(|set| language.cues.get(set).stands_in(a, rest.clone()));
    let ordinal = a.mentions_in(rest.clone()).iter().any(|m| matches!(m.value, Value::Ordinal(_)) || person(m));
    let one = (count.n - row.items as i128).abs() == 1;
    (!named && one && !other && !ordinal).then(|| (row.items, row.tokens.clone()))
}
