//! Whose an age, a birth, a word for a stretch of life is.

use std::ops::Range;

use super::entry::{Holder, Stands, fits, verbal};
use crate::analysis::{Analysis, Case, ChunkKind, Mention, Sex, Value, mark};
use crate::document::BlockKind;
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::relation::figure::{cue_in, same_word};
use crate::relation::human::human;

/// Who says « je » at a token: the speaker of the quotation.
pub(super) fn spoken(a: &Analysis, at: usize) -> Option<Holder> {
    let place = a.tokens[at].span;
    let over = |m: &&Mention| m.span.start <= place.start && place.end <= m.span.end;
    let before = a.mentions.partition_point(|m| m.tokens.0 as usize <= at);
    a.mentions[..before].iter().rev().take(12).filter(over).find_map(|m| match &m.value {
        Value::Quotation(q) => q.speaker.map(Holder::Named),
        _ => None,
    })
}

impl Stands {
    pub(super) fn holder(self, a: &Analysis, s: &Range<usize>) -> Option<Holder> {
        match self {
            Stands::Behind(end) => group_before(a, end, s),
            Stands::Within(from, past) => {
                let named = a.mentions_in(past..(past + 6).min(s.end)).iter().find_map(|m| match &m.value {
                    Value::Person(p) if (past..m.tokens.0 as usize).all(|i| mark(a, i).is_none() && !verbal(a, i)) => {
                        Some(p.entity)
                    }
                    _ => None,
                });
                let bare = past >= s.end || mark(a, past).is_some() || !a.classes[past].has(Class::Noun);
                let again = |h: &Holder| bare || taken_up(a, past, s) || !matches!(h, Holder::Again(_));
                named.map(Holder::Named).or_else(|| led(a, from, past, s, true).filter(again))
            }
            Stands::Said(at) => subject(a, at, s),
            Stands::Own(at) => spoken(a, at),
        }
    }
}

/// Groups back to the one that brings in whom a noun takes up.
const BACK: usize = 60;

/// Whether the noun behind an age takes up somebody: "the 67-year-old *woman*", "a cyclist … the 67-year-old *cyclist*".
fn taken_up(a: &Analysis, past: usize, s: &Range<usize>) -> bool {
    let Some(language) = a.language(past) else { return false };
    let at = a.chunks.partition_point(|c| (c.tokens.1 as usize) <= past);
    let Some(chunk) = a.chunks.get(at).filter(|c| (c.tokens.0 as usize) <= past && (c.tokens.1 as usize) <= s.end) else {
        return false;
    };
    let head = chunk.head as usize;
    let other = cue_in(a, "one-of-many", chunk.tokens.0 as usize..head + 1) || cue_in(a, "kin", past..head + 1);
    let general = || language.cues.get("general-person").at(a, head).is_some();
    let brought = || {
        a.chunks[at.saturating_sub(BACK)..at].iter().any(|c| {
            let (first, noun) = (c.tokens.0 as usize, c.head as usize);
            matches!(c.kind, ChunkKind::Noun { definite: false, .. })
                && same_word(a, noun, head)
                && language.cues.get("indefinite-article").at(a, first).is_some()
        })
    };
    !other && a.tokens[head].case == Case::Lower && (general() || brought())
}

/// The group or the name that ends before a token.
pub(super) fn group_before(a: &Analysis, end: usize, s: &Range<usize>) -> Option<Holder> {
    // A name, with its title or what stands between it and the age: « Salomé Vidal (gardienne, 24 ans) ».
    let named = a.mentions_in(s.start..end).iter().rev().find_map(|m| match &m.value {
        Value::Person(p) if m.tokens.1 as usize == end => Some(p),
        _ => None,
    });
    if let Some(p) = named {
        // A surname alone may be a relative's, a first name alone anybody's.
        let full = a.entities[p.entity.0 as usize].mentions.len() > 1 || p.given.0 < p.given.1;
        return full.then_some(Holder::Named(p.entity));
    }
    let at = a.chunks.partition_point(|c| (c.tokens.1 as usize) < end);
    let mut chunk = a.chunks.get(at).filter(|c| c.tokens.1 as usize == end && matches!(c.kind, ChunkKind::Noun { .. }))?;
    // « ce père *de famille*, 52 ans »: a bare complement is part of what it hangs on.
    let link = |i: usize| a.language(i).is_some_and(|l| l.numbers.links.iter().any(|w| w == a.lower(i)));
    if let Some(before) = at.checked_sub(1).map(|i| &a.chunks[i]) {
        let (first, last) = (chunk.tokens.0 as usize, before.tokens.1 as usize);
        let hangs = last + 1 == first && link(last) && complement(a, last, s) && matches!(before.kind, ChunkKind::Noun { .. });
        if hangs && (before.tokens.0 as usize) >= s.start {
            chunk = before;
        }
    }
    let (first, past) = (chunk.tokens.0 as usize, chunk.head as usize + 1);
    // What stands in an apposition brings somebody in, but for who is dead: « le défunt, âgé de 43 ans ».
    let dead = cue_in(a, "the-dead", first..past);
    // « cet homme, âgé de 77 ans », « l'homme de 77 ans »: taken up again.
    let is = |set: &str, i: usize| a.language(i).is_some_and(|l| l.cues.get(set).at(a, i) == Some(1));
    let general = || end < s.end && link(end) && (is("he-noun", past - 1) || is("she-noun", past - 1));
    let again = dead || is("demonstrative", first) || general();
    led(a, first, past, s, dead).filter(|h| again || !matches!(h, Holder::Again(_)))
}

/// Whether what a link opens is what somebody is, and nobody else: « père *de famille* », "a father *of two*".
fn complement(a: &Analysis, link: usize, s: &Range<usize>) -> bool {
    let next = link + 1;
    let number = |i: usize| a.classes[i].has(Class::Numeral);
    let bare = |i: usize| a.classes[i].has(Class::Noun) && !a.classes[i].has(Class::Determiner);
    next < s.end && (number(next) || a.tokens[next].kind == TokenKind::Digits || a.tokens[next].case == Case::Lower && bare(next))
}

/// Whom a group brings in or takes up again, by what leads it: « un motard », « le défunt », "the retired dinner lady".
pub(super) fn led(a: &Analysis, first: usize, past: usize, s: &Range<usize>, alone: bool) -> Option<Holder> {
    let language = a.language(first)?;
    let head = past - 1;
    let sex = noun_sex(a, first, head);
    let link = past < s.end && language.numbers.links.iter().any(|w| w == a.lower(past));
    // « un père de famille », "a mother of three" are nobody's.
    let own = link && complement(a, past, s);
    // « une fille de 2 ans » is somebody's all the same.
    let aged = || a.mentions_in(past + 1..past + 2).iter().any(|m| matches!(m.value, Value::Age(_) | Value::Duration(_)));
    if language.cues.get("possessive").at(a, first).is_some() || cue_in(a, "kin", first..past) && (!own || aged()) {
        return None;
    }
    if language.cues.get("indefinite-article").at(a, first).is_some() || a.kind(first) == BlockKind::Headline && first == s.start {
        return Some(Holder::New(sex));
    }
    let definite = language.cues.get("the-article").at(a, first).is_some();
    // « la victime, 43 ans » of a story of a suspect of 34 brings somebody in.
    let other = !alone && cue_in(a, "counterpart", first..past) || cue_in(a, "one-of-many", first..past);
    // « le fils de Marie », "the mother of the boy" are somebody else's.
    let owned = link && !own && past > first + 1;
    (definite && !owned && !other).then_some(Holder::Again(sex))
}

/// The sex that a noun of a language with genders, and its article, tell.
pub(super) fn noun_sex(a: &Analysis, first: usize, head: usize) -> Option<Sex> {
    let language = a.language(first)?;
    // A victim, a person is of either sex.
    if cue_in(a, "either-sex", first..head + 1) {
        return None;
    }
    let says = |name: &str| cue_in(a, name, first..head + 1);
    match (says("he-noun"), says("she-noun")) {
        (true, false) => Some(Sex::Male),
        (false, true) => Some(Sex::Female),
        _ if language.grammar.head_first => match (says("he-article"), says("she-article")) {
            (true, false) => Some(Sex::Male),
            (false, true) => Some(Sex::Female),
            _ => None,
        },
        _ => None,
    }
}

/// The finite verb that says what stands at a token: the last before it, or the first behind it.
pub(super) fn verb_of(a: &Analysis, at: usize, s: &Range<usize>) -> Option<usize> {
    let from = a.chunks.partition_point(|c| (c.tokens.0 as usize) < s.start);
    let finite = |i: &usize| matches!(a.chunks[*i].kind, ChunkKind::Verb(v) if v.finite);
    let in_sentence = |i: &usize| (a.chunks[*i].tokens.0 as usize) < s.end;
    let verbs = (from..a.chunks.len()).take_while(in_sentence).filter(finite);
    let before = verbs.clone().filter(|&i| (a.chunks[i].tokens.0 as usize) < at).last();
    before.or_else(|| verbs.clone().next())
}

/// The subject of the clause in which a token stands, as the holder of what it says.
pub(super) fn subject(a: &Analysis, at: usize, s: &Range<usize>) -> Option<Holder> {
    let verb = verb_of(a, at, s)?;
    let start = a.chunks[verb].tokens.0 as usize;
    // « Cette postière, venue au monde en 1921, fêtait … », "Ines Calloway (1955–2024), who never owned a car, was 59": what a comma
    // parts from its verb is the first group of the sentence.
    let parted = start > s.start && mark(a, start - 1) == Some(',');
    let told = a.roles.get(verb).and_then(|r| r.subject).filter(|_| !parted);
    let first = || {
        let from = a.chunks.partition_point(|c| (c.tokens.0 as usize) < s.start);
        let group = a.chunks.get(from).filter(|c| (c.tokens.0 as usize) < start)?;
        matches!(group.kind, ChunkKind::Noun { preposition: None, .. }).then_some(group.head)
    };
    // "Retired farmer Joe Brannigan has died": what stands right before the verb, where grammar saw no subject.
    let beside = || {
        let group = verb.checked_sub(1).map(|i| &a.chunks[i]).filter(|c| c.tokens.1 as usize == start)?;
        ((group.tokens.0 as usize) >= s.start && matches!(group.kind, ChunkKind::Noun { preposition: None, .. }))
            .then_some(group.head)
    };
    holder_at(a, told.or_else(first).or_else(beside)? as usize, s)
}

pub(super) fn holder_at(a: &Analysis, token: usize, s: &Range<usize>) -> Option<Holder> {
    let over = |m: &&Mention| (m.tokens.0 as usize..m.tokens.1 as usize).contains(&token);
    let person = a.mentions_in(s.start..token + 1).iter().filter(over).find_map(|m| match &m.value {
        Value::Person(p) => Some(p.entity),
        _ => None,
    });
    if let Some(who) = person {
        return (!thing_of(a, token)).then_some(Holder::Named(who));
    }
    let language = a.language(token)?;
    let is = |name: &str| language.cues.get(name).at(a, token) == Some(1);
    if is("pronoun-male") {
        return again(a, token, Sex::Male);
    }
    if is("pronoun-female") {
        return again(a, token, Sex::Female);
    }
    let at = a.chunks.partition_point(|c| (c.tokens.1 as usize) <= token);
    let chunk = a.chunks.get(at).filter(|c| c.tokens.0 as usize <= token)?;
    // « la romancière Hélène Tissot »: the name is part of the group.
    let named = a.mentions_in(chunk.tokens.0 as usize..chunk.tokens.1 as usize + 2).iter().find_map(|m| match &m.value {
        Value::Person(p) if m.tokens.0 <= chunk.tokens.1 => Some(p.entity),
        _ => None,
    });
    let named = named.filter(|_| !thing_of(a, chunk.tokens.1 as usize - 1));
    named.map(Holder::Named).or_else(|| led(a, chunk.tokens.0 as usize, chunk.head as usize + 1, s, false))
}

/// Whether a name is part of what a thing is called: « la *conserverie* Kermarrec a été fondée en 1931 ».
fn thing_of(a: &Analysis, token: usize) -> bool {
    let at = a.chunks.partition_point(|c| (c.tokens.1 as usize) <= token);
    let Some(chunk) = a.chunks.get(at).filter(|c| c.tokens.0 as usize <= token) else { return false };
    let common =
        |i: &usize| a.tokens[*i].case == Case::Lower && a.classes[*i].has(Class::Noun) && !a.classes[*i].has(Class::Determiner);
    let noun = (chunk.tokens.0 as usize..token).find(common);
    let led = a.classes[chunk.tokens.0 as usize].has(Class::Determiner);
    led && noun.is_some_and(|i| {
        !human(a, i) && !cue_in(a, "function", i..i + 1) && a.language(i).is_some_and(|l| l.lexicon.contains(a.lower(i)))
    })
}

/// A pronoun: it takes up whoever of its sex was named last.
pub(super) fn again(a: &Analysis, token: usize, sex: Sex) -> Option<Holder> {
    let block = a.block(token).span;
    let tokens = a.tokens_in(block);
    let last = a.mentions_in(tokens.start..token).iter().rev().find_map(|m| match &m.value {
        Value::Person(p) if fits(a.entities[p.entity.0 as usize].sex, Some(sex)) => Some(p.entity),
        _ => None,
    });
    Some(last.map_or(Holder::Again(Some(sex)), Holder::Named))
}

/// « le quinquagénaire », "the teenager", "in his fifties": whose word for a stretch of life it is.
pub(super) fn stage(a: &Analysis, words: Range<usize>, s: &Range<usize>) -> Option<Holder> {
    let at = words.start;
    let named = a
        .mentions_in(words.end..(words.end + 2).min(s.end))
        .iter()
        .any(|m| matches!(m.value, Value::Person(_)) && m.tokens.0 as usize == words.end);
    if named || at == s.start {
        return None;
    }
    // « la soixantaine bien entamée », "well into her sixties": said of whom the clause is about.
    if cue_in(a, "stage-said", words.clone()) {
        let parted = (at.saturating_sub(3).max(s.start)..at).find(|&i| mark(a, i) == Some(','));
        let own = a.facets_at(a.span(words.clone())).contains(crate::facet::Facet::Quoted);
        return match parted {
            _ if own => spoken(a, at).filter(|_| cue_in(a, "own-age", at.saturating_sub(4).max(s.start)..at)),
            Some(comma) => group_before(a, comma, s),
            None => subject(a, at, s),
        };
    }
    let lead = (s.start..at).rev().take(2).find(|&i| a.classes[i].has(Class::Determiner))?;
    // "Raut was a raw teenager": said of the subject.
    let is = a.chunks.partition_point(|c| (c.tokens.1 as usize) < lead);
    let verb = a.chunks.get(is).filter(|c| c.tokens.1 as usize == lead && matches!(c.kind, ChunkKind::Verb(v) if v.finite));
    let predicate = verb.is_some() && a.roles[is].predicate.is_some_and(|p| (lead..words.end).contains(&(p as usize)));
    if predicate {
        return subject(a, at, s);
    }
    led(a, lead, words.end, s, true)
}
