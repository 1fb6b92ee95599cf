//! Nobody is third of two.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::cue_in;
use super::{Conflict, Relation};
use crate::amount::Ratio;
use crate::analysis::{Analysis, Mention, Quantity, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::grammar::Class;
use crate::language::{Language, TokenKind};
use crate::mention::quantity::linked;

/// `ranked`: a rank is no higher than there are of those who are ranked: "the third of two children", « 21e d'une flotte de dix-huit »; nor
/// lower than as many as are named before it: "second behind" two others.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ranked {}

/// Tokens between the rank and the number, at most.
const NEAR: usize = 8;

impl Relation for Ranked {
    fn roles(&self) -> &'static [&'static str] {
        &["rank", "number"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        for pair in a.mentions.windows(2) {
            let [rank, number] = pair else { continue };
            let (Value::Ordinal(n), Value::Quantity(Quantity { amount, .. })) = (&rank.value, &number.value) else { continue };
            let Some(language) = a.language(rank.tokens.0 as usize) else { continue };
            let few = amount.is_exact() && amount.written >= Ratio::whole(2) && n.written > amount.written;
            if few && rank.sentence == number.sentence && of(a, language, rank, number) {
                let mut facets = Facets::default();
                facets.insert_if(rank.stance.quoted, Facet::Quoted);
                found.push(Conflict {
                    roles: vec![("rank", rank.span), ("number", number.span)],
                    values: Bindings::default(),
                    facets,
                });
            }
        }
        found.extend(series(a));
        found.extend(behind(a));
        found
    }
}

/// "the *four-part* drama … the *fifth* and final episode": the rank of one of a series that has fewer.
fn series(a: &Analysis) -> Vec<Conflict> {
    let ordinals = a.mentions.iter().filter(|m| matches!(m.value, Value::Ordinal(_)));
    ordinals.filter_map(|rank| in_series(a, rank)).collect()
}

fn in_series(a: &Analysis, rank: &Mention) -> Option<Conflict> {
    let Value::Ordinal(n) = &rank.value else { return None };
    let (at, past) = (rank.tokens.0 as usize, rank.tokens.1 as usize);
    let sentence = a.sentence(at);
    let language = a.language(at)?;
    let stage = |i: usize| language.cues.get("stage-noun").at(a, i).is_some();
    let joins = |i: usize| mark(a, i).is_none() && (!a.classes[i].has(Class::Noun) || a.classes[i].has(Class::Adjective));
    // "the fifth *and final episode*"
    let noun = (past..sentence.end.min(past + 4)).take_while(|&i| stage(i) || joins(i)).find(|&i| stage(i))?;
    let last = cue_in(a, "last-of-all", at.saturating_sub(3).max(sentence.start)..noun);
    let block = a.tokens_in(a.block(at).span);
    let mut from = sentence.start;
    for _ in 0..2 {
        from = from.checked_sub(1).filter(|i| block.contains(i)).map_or(from, |i| a.sentence(i).start);
    }
    if cue_in(a, "another-series", from..sentence.end) {
        return None;
    }
    let (count, words) = (from..at).rev().find_map(|i| parts(a, i, at, noun, language))?;
    let wrong = n.written > count || last && n.written != count;
    let close = count.mul(Ratio::whole(2)).is_some_and(|most| n.written <= most);
    let mut facets = Facets::default();
    facets.insert_if(rank.stance.quoted, Facet::Quoted);
    let roles = vec![("rank", a.span(at..noun + 1)), ("number", a.span(words))];
    (wrong && close && count >= Ratio::whole(2)).then(|| Conflict { roles, values: Bindings::default(), facets })
}

/// So many parts that a thing has, of which a noun names one: "*four-part* drama", « en *quatre épisodes* ».
fn parts(a: &Analysis, i: usize, end: usize, noun: usize, language: &Language) -> Option<(Ratio, Range<usize>)> {
    if a.tokens[i].kind == TokenKind::Word && a.lower(i).contains('-') {
        let last = a.lower(i).rsplit_once('-').map(|(_, last)| last)?;
        let named = |set: &str| language.cues.get(set).phrases.at(0, |n| (n == 0).then_some(last)).is_some();
        // "a four-part drama … the fifth episode": parts go by any name.
        let one = named("any-part") || named("stage-noun") && a.lower(noun) == last;
        let n = one.then(|| crate::mention::number::read(a, i, end, &language.numbers)).flatten()?;
        return (n.cut.is_some() && n.tokens.end == i + 1).then(|| (n.amount.written, i..i + 1));
    }
    let m = a.mentions_in(i..i + 1).iter().find(|m| m.tokens.0 as usize == i)?;
    let Value::Quantity(q) = &m.value else { return None };
    let head =
        q.counted.as_ref().map(|c| c.head as usize).filter(|&h| super::figure::same_word(a, h, noun) && q.amount.is_exact())?;
    let led = language.cues.get("series-in").before(a, i, a.sentence(i).start).is_some();
    led.then(|| (q.amount.written, i..head + 1))
}

/// « deuxième derrière Luc Morand, Anne Rey et Paul Garrigal »: as many as are named before somebody rank before him.
fn behind(a: &Analysis) -> Vec<Conflict> {
    let ordinals = a.mentions.iter().filter(|m| matches!(m.value, Value::Ordinal(_)));
    ordinals.filter_map(|rank| outranked(a, rank)).collect()
}

fn outranked(a: &Analysis, rank: &Mention) -> Option<Conflict> {
    let Value::Ordinal(n) = &rank.value else { return None };
    let past = rank.tokens.1 as usize;
    let sentence = a.sentence(past - 1);
    let language = a.language(past - 1)?;
    let cue =
        (past..sentence.end.min(past + NEAR)).find_map(|i| language.cues.get("ranked-behind").at(a, i).map(|len| i..i + len))?;
    let mut people = Vec::new();
    let mut end = cue.end;
    for m in a.mentions_in(cue.end..sentence.end) {
        let at = m.tokens.0 as usize;
        let joins = |i: usize| {
            matches!(mark(a, i), Some(',' | '(' | ')'))
                || a.classes[i].has(Class::Coordinator)
                || a.classes[i].has(Class::Determiner)
        };
        if !matches!(m.value, Value::Person(_)) || at < end || !(end..at).all(joins) {
            break;
        }
        people.push(m);
        end = m.tokens.1 as usize;
    }
    let before = Ratio::whole(people.len() as i128);
    let (first, last) = (people.first()?, people.last()?);
    let mut facets = Facets::default();
    facets.insert_if(rank.stance.quoted, Facet::Quoted);
    let roles = vec![("rank", rank.span), ("number", first.span.cover(last.span))];
    (people.len() >= 2 && n.written <= before).then(|| Conflict { roles, values: Bindings::default(), facets })
}

/// Whether the number is of those among whom the rank is: "third *of the blacksmith's* two", « 21e *place d'une flotte de* dix-huit ».
fn of(a: &Analysis, language: &Language, rank: &Mention, number: &Mention) -> bool {
    let (from, past) = (rank.tokens.1 as usize, number.tokens.0 as usize);
    let noun = language.cues.get("rank-noun").at(a, from).unwrap_or(0);
    let link = from + noun;
    let leads = link < past
        && (linked(a, link, language)
            || language.grammar.contractions.iter().any(|w| w == a.lower(link))
            || language.cues.get("rank-of").at(a, link).is_some());
    let plain = |i: usize| {
        let c = a.classes[i];
        let other = c.has(Class::Preposition) && !linked(a, i, language) && language.cues.get("rank-of").at(a, i).is_none();
        let verb = c.has(Class::Verb) && !c.has(Class::Noun);
        !other && !verb && !c.has(Class::Coordinator) && mark(a, i).is_none_or(|m| matches!(m, '\'' | '’'))
    };
    leads && past - from <= NEAR && (link + 1..past).all(plain)
}
