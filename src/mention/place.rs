//! Places: which of those that bear the name, and what the place does in its clause.

use std::collections::HashMap;
use std::ops::Range;

use crate::analysis::{Analysis, TokenKind};
use crate::language::Language;
use crate::language::grammar::Class;
use crate::language::places::{Gazetteer, PlaceId, PlaceKind, gazetteer};
use crate::mention::PlaceRole;
use crate::span::Span;
use crate::syntax::{ChunkKind, begins};
use crate::text::mark;

/// Towns below this many inhabitants are read as places only after a preposition of place.
const KNOWN_ANYWHERE: u32 = 100_000;

/// A city of so many inhabitants is meant whatever the country of the story.
const GREAT: u32 = 500_000;

/// All places that bear the name at these tokens, the best first, with those that bear it as their main name.
pub(crate) fn candidates(a: &Analysis, tokens: Range<usize>, scratch: &mut String) -> Vec<(PlaceId, bool)> {
    fold(a, tokens, scratch);
    gazetteer().lookup(scratch).map(|c| (c.id, c.primary)).collect()
}

fn fold(a: &Analysis, tokens: Range<usize>, out: &mut String) {
    out.clear();
    let words = a.span(tokens).of(&a.doc.text);
    Gazetteer::fold(words, out);
}

/// Whether a place of that name may be meant here, if nothing around it says so.
pub(crate) fn known_anywhere(candidates: &[(PlaceId, bool)]) -> bool {
    candidates.iter().any(|&(id, primary)| {
        let g = gazetteer();
        match g.kind(id) {
            PlaceKind::Country => true,
            PlaceKind::Region | PlaceKind::District => primary,
            PlaceKind::Town => primary && g.population(id) >= KNOWN_ANYWHERE,
        }
    })
}

/// The role of a place at these tokens, and its locative phrase.
pub(crate) fn role(a: &Analysis, tokens: Range<usize>, language: &Language) -> (PlaceRole, Span) {
    let sentence = a.sentence(tokens.start);
    let own = a.span(tokens.clone());
    let cues = &language.cues;
    let mut before = tokens.start;
    // « dans *le* Var », « dans *l'* Yonne »
    if before > sentence.start && a.classes[before - 1].has(Class::Determiner) && a.tokens[before - 1].kind == TokenKind::Word {
        let contraction = language.grammar.contractions.iter().any(|w| w == a.lower(before - 1));
        if !contraction {
            before -= 1;
        }
    }
    if let Some(len) = cues.get("locative").before(a, before, sentence.start) {
        return (PlaceRole::Locative, a.span(before - len..tokens.end));
    }
    if let Some(len) = cues.get("origin").before(a, before, sentence.start) {
        // « dans la ville de Zhanaozen », « dans l'ouest du Kazakhstan »
        let noun = before - len;
        if noun > sentence.start && cues.get("place-noun").before(a, noun, sentence.start).is_some() {
            let mut start = noun - 1;
            while start > sentence.start
                && (a.classes[start - 1].has(Class::Determiner) || a.classes[start - 1].has(Class::Adjective))
            {
                start -= 1;
            }
            if let Some(len) = cues
                .get("locative")
                .before(a, start, sentence.start)
                .or_else(|| cues.get("locative").before(a, start + 1, sentence.start))
            {
                return (PlaceRole::Locative, a.span(start - len.min(start)..tokens.end));
            }
        }
        return (PlaceRole::Origin, own);
    }
    // « la capitale, Nur-Sultan », « la capitale Paris »
    let apposed = if before > sentence.start && mark(a, before - 1) == Some(',') { before - 1 } else { before };
    if apposed > sentence.start && cues.get("place-noun").before(a, apposed, sentence.start).is_some() {
        return (PlaceRole::Locative, own);
    }
    if subject(a, tokens.start) {
        return (PlaceRole::Actor, own);
    }
    (PlaceRole::Other, own)
}

/// Whether the token lies in the noun group that stands as subject of its clause's verb.
fn subject(a: &Analysis, token: usize) -> bool {
    let at = a.chunks.partition_point(|c| c.tokens.1 as usize <= token);
    let Some(chunk) = a.chunks.get(at).filter(|c| (c.tokens.0 as usize) <= token) else { return false };
    let ChunkKind::Noun { preposition: None, .. } = chunk.kind else { return false };
    let clause = a.clauses[chunk.clause as usize];
    clause.verb.is_some_and(|v| a.chunks[v as usize].tokens.0 >= chunk.tokens.1)
}

/// Whether the best of the places is known to everybody: a country, or a city of half a million.
pub(crate) fn great(candidates: &[(PlaceId, bool)]) -> bool {
    let g = gazetteer();
    candidates.first().is_some_and(|&(id, _)| g.kind(id) == PlaceKind::Country || g.population(id) >= GREAT)
}

/// Whether the word before makes the name part of another name or of a person: a street, a club, a title.
pub(crate) fn part_of_name(a: &Analysis, tokens: Range<usize>, language: &Language) -> bool {
    let start = a.sentence(tokens.start).start;
    let head = language.cues.get("organisation-head");
    let mut i = tokens.start;
    if i > start && (a.classes[i - 1].has(Class::Preposition) || a.classes[i - 1].has(Class::Determiner)) {
        i -= 1;
    }
    if i > start
        && a.tokens[i - 1].case.is_capital()
        && a.tokens[i - 1].kind == TokenKind::Word
        && !begins(a, i - 1)
        && i < tokens.start
    {
        return head.before(a, i, start).is_some();
    }
    false
}

/// Of the places that bear a name, the one that the story means: the country that most other names speak for decides between
/// namesakes, unless the best is a great city of its own.
pub(crate) fn settle(named: &[Vec<(PlaceId, bool)>]) -> Vec<PlaceId> {
    let g = gazetteer();
    let country = |id: PlaceId| if g.kind(id) == PlaceKind::Country { Some(id) } else { g.country(id) };
    let mut votes: HashMap<PlaceId, usize> = HashMap::new();
    for c in named {
        let sure = c.len() == 1 || g.population(c[0].0) >= GREAT || g.kind(c[0].0) == PlaceKind::Country;
        if let Some(country) = country(c[0].0).filter(|_| sure) {
            *votes.entry(country).or_default() += 1;
        }
    }
    let top = votes.iter().max_by_key(|(id, n)| (**n, std::cmp::Reverse(**id))).map(|(id, _)| *id);
    named
        .iter()
        .map(|c| {
            let best = c[0].0;
            if g.kind(best) == PlaceKind::Country || g.population(best) >= GREAT {
                return best;
            }
            c.iter().map(|c| c.0).find(|&id| country(id) == top && top.is_some()).unwrap_or(best)
        })
        .collect()
}
