//! Places: which of those that bear the name, and what the place does in its clause.

mod settle;

use std::ops::Range;

use crate::analysis::{Analysis, Case, ChunkKind, PlaceRole, mark};
use crate::document::BlockKind;
use crate::language::grammar::{Class, Classes};
use crate::language::lexicon::Pos;
use crate::language::places::{Gazetteer, PlaceId, PlaceKind, gazetteer};
use crate::language::{Language, TokenKind};
use crate::mention::word::is_first_name;
use crate::span::Span;
use crate::syntax::{begins, is_verbless};

pub(crate) use settle::{Named, settle};

/// Towns below this many inhabitants are read as places only after a preposition of place.
const KNOWN_ANYWHERE: u32 = 100_000;

/// A town of so many inhabitants is believed anywhere if no other place bears its name.
const KNOWN_ALONE: u32 = 25_000;

/// A town of so many inhabitants bears its name even where that is a word or a first name.
const TOWN: u32 = 10_000;

/// So many names settle where a story is set.
const SETTLED: usize = 3;

/// So many words lead up to the place in the heading of a report at most.
const DATELINE: usize = 7;

/// A city of so many inhabitants is meant whatever the country of the story.
const GREAT: u32 = 500_000;

/// All places that bear the name at these tokens, the best first, with those that bear it as their main name.
pub(crate) fn candidates(a: &Analysis, tokens: Range<usize>, scratch: &mut String) -> Vec<(PlaceId, bool)> {
    fold(a, tokens.clone(), scratch);
    let mut found: Vec<(PlaceId, bool)> = gazetteer().lookup(scratch).map(|c| (c.id, c.primary)).collect();
    if contracted(a, tokens.start) {
        // « au Havre » is Le Havre before it is the town of Havre: the article is in the preposition.
        for candidate in &mut found {
            candidate.1 |= articled(a, tokens.start, candidate.0);
        }
        found.sort_by_key(|&(id, _)| !articled(a, tokens.start, id));
    }
    found
}

/// Whether the word before a token is a preposition with an article in it: « au », « du ».
fn contracted(a: &Analysis, at: usize) -> bool {
    let contracts = |l: &Language| l.grammar.contractions.iter().any(|w| w == a.lower(at - 1));
    at > a.sentence(at).start && a.language(at).is_some_and(contracts)
}

/// Whether a place bears an article before the word at a token, in the language of the draft: « Le Havre », « Les Sables-d'Olonne ».
fn articled(a: &Analysis, at: usize, id: PlaceId) -> bool {
    let name = gazetteer().name(id, a.languages.code(a.lang(at)));
    let article = name.split_once(' ').filter(|(_, rest)| rest.starts_with(a.text(at)));
    article.is_some_and(|(article, _)| {
        a.language(at).is_some_and(|l| l.grammar.closed(&article.to_lowercase()).is_some_and(|c| c.has(Class::Determiner)))
    })
}

/// Whether the name at these tokens lacks its article, which the preposition before it has: « au Mans ».
pub(crate) fn lends_article(a: &Analysis, at: usize, candidates: &[(PlaceId, bool)]) -> bool {
    contracted(a, at) && candidates.first().is_some_and(|&(id, _)| articled(a, at, id))
}

/// Words that a name of a place has at most, where small words link its parts: « Afrique de l'Ouest », "Isle of Man".
const LONGEST_LINKED: usize = 6;

/// One past the last token of the longest name of a place that begins at a capitalised token and has small words inside.
pub(crate) fn linked(a: &Analysis, at: usize, end: usize, language: &Language) -> Option<usize> {
    let link = language.cues.get("place-link");
    let capital = |i: usize| a.tokens[i].kind == TokenKind::Word && a.tokens[i].case.is_capital();
    // "Trinidad and Tobago", "Saint Kitts and Nevis"
    let links = |i: &usize| *i + 1 < end && link.at(a, *i).is_some();
    let first = [at + 1, at + 2].into_iter().find(links).filter(|&i| i == at + 1 || capital(at + 1))?;
    let mut scratch = String::new();
    fold(a, at..at + 1, &mut scratch);
    if !gazetteer().is_prefix(&scratch) {
        return None;
    }
    let goes_on = |i: &usize| capital(*i) || link.at(a, *i).is_some();
    let named = |i: &usize| *i > first && capital(*i) && named(a, at..*i + 1);
    let last = (at + 1..end.min(at + LONGEST_LINKED)).take_while(goes_on).filter(named).last()?;
    Some(last + 1)
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
            PlaceKind::Region | PlaceKind::District | PlaceKind::Continent => primary,
            PlaceKind::Town => primary && g.population(id) >= KNOWN_ANYWHERE,
        }
    })
}

/// Whether these words are the name of a place that may be meant anywhere.
pub(crate) fn named(a: &Analysis, tokens: Range<usize>) -> bool {
    let mut scratch = String::new();
    let candidates = candidates(a, tokens, &mut scratch);
    !candidates.is_empty() && known_anywhere(&candidates)
}

/// Whether a word alone is the name of a country or of a great city: "Google France".
pub(crate) fn country(a: &Analysis, at: usize, scratch: &mut String) -> bool {
    great(&candidates(a, at..at + 1, scratch))
}

/// Whether a word alone is the name of a continent.
pub(crate) fn continent(a: &Analysis, at: usize) -> bool {
    let found = candidates(a, at..at + 1, &mut String::new());
    found.first().is_some_and(|&(id, _)| gazetteer().kind(id) == PlaceKind::Continent)
}

/// Whether these words are the name of a country before all.
fn is_country(a: &Analysis, tokens: Range<usize>) -> bool {
    let found = candidates(a, tokens, &mut String::new());
    found.first().is_some_and(|&(id, _)| gazetteer().kind(id) == PlaceKind::Country)
}

/// Whether the capitalised words from a token on, two or three of them, are the name of a place: "South Africa".
pub(crate) fn longer(a: &Analysis, at: usize, end: usize) -> bool {
    let capital = |i: usize| i < end && a.tokens[i].kind == TokenKind::Word && a.tokens[i].case.is_capital();
    (2..=3).take_while(|n| capital(at + n - 1)).any(|n| named(a, at..at + n))
}

/// Whether the preposition before is one of place and nothing else: « à », but not « chez » or « sur ».
pub(crate) fn strict(a: &Analysis, at: usize, language: &Language) -> bool {
    let start = a.sentence(at).start;
    language.cues.get("locative-strict").before(a, at, start).is_some() || at > start && capital_preposition(a, at - 1, language)
}

/// Whether a token is a preposition of place whose capital has lost its accent: « A Lyon, … ».
pub(crate) fn capital_preposition(a: &Analysis, at: usize, language: &Language) -> bool {
    a.tokens[at].case == Case::Initial
        && begins(a, at)
        && language.cues.get("capital-preposition").at(a, at).is_some()
        && a.tokens.get(at + 1).is_some_and(|t| !t.glued && t.kind == TokenKind::Word && t.case.is_capital())
}

/// Whether a noun of place announces the name: « la ville de Sens », « la capitale, Astana ».
pub(crate) fn announced(a: &Analysis, at: usize, language: &Language) -> bool {
    let start = a.sentence(at).start;
    let cues = &language.cues;
    let link = cues.get("origin").before(a, at, start).or((at > start && mark(a, at - 1) == Some(',')).then_some(1)).unwrap_or(0);
    cues.get("place-noun").before(a, at - link, start).is_some()
}

/// Whether one of the first places holds one of the others.
pub(crate) fn holds(outer: &[(PlaceId, bool)], inner: &[(PlaceId, bool)]) -> bool {
    let g = gazetteer();
    outer.iter().any(|o| inner.iter().any(|i| g.contains(o.0, i.0)))
}

/// Whether nothing but commas and conjunctions, and the preposition said again, parts two names.
pub(crate) fn coordinated(a: &Analysis, end: usize, next: usize) -> bool {
    end < next
        && next - end <= 3
        && a.tokens[end].sentence == a.tokens[next].sentence
        && (end..next)
            .all(|i| mark(a, i) == Some(',') || a.classes[i].has(Class::Coordinator) || a.classes[i].has(Class::Determiner))
        && (end..next).any(|i| a.classes[i].has(Class::Coordinator) || mark(a, i) == Some(','))
}

/// Whether a conjunction joins two names: « Lyon et Oyonnax ».
pub(crate) fn joined(a: &Analysis, end: usize, next: usize) -> bool {
    coordinated(a, end, next) && (end..next).any(|i| a.classes[i].has(Class::Coordinator))
}

/// Whether a name goes on with a list of names that the one before it began: « à Brest, Quimper, Dinan ».
pub(crate) fn listed(a: &Analysis, end: usize, t: &Range<usize>) -> bool {
    let closes = |i: usize| {
        i >= a.sentence(t.start).end || matches!(mark(a, i), Some(',' | '.' | ';')) || a.classes[i].has(Class::Coordinator)
    };
    coordinated(a, end, t.start) && mark(a, end) == Some(',') && closes(t.end)
}

/// Whether the second of two names stands where its container would: « Lyon, dans le Rhône », « Lyon (Rhône) », "Paris, Texas".
pub(crate) fn beside(a: &Analysis, end: usize, next: usize) -> bool {
    end < next
        && next - end <= 3
        && a.tokens[end].sentence == a.tokens[next].sentence
        && matches!(mark(a, end), Some(',' | '('))
        && (end + 1..next).all(|i| a.classes[i].has(Class::Preposition) || a.classes[i].has(Class::Determiner))
}

/// The role of a place at these tokens, and its locative phrase.
pub(crate) fn role(a: &Analysis, tokens: Range<usize>, language: &Language) -> (PlaceRole, Span) {
    let sentence = a.sentence(tokens.start);
    let own = a.span(tokens.clone());
    let cues = &language.cues;
    let mut before = tokens.start;
    // « dans *le* Var », « dans *l'* Yonne », « dans *toute la* France »
    let article = |i: usize| {
        a.classes[i].has(Class::Determiner)
            && a.tokens[i].kind == TokenKind::Word
            && !language.grammar.contractions.iter().any(|w| w == a.lower(i))
    };
    let least = sentence.start.max(tokens.start.saturating_sub(2));
    while before > least && article(before - 1) {
        before -= 1;
    }
    // "in central Beirut", « en plein Paris »; not "in thin Paris trade", « en battant Brême »
    let adjective = |i: usize| {
        let plain = a.tokens[i].case == Case::Lower && a.tokens[i].kind == TokenKind::Word && a.classes[i].has(Class::Adjective);
        let known = !language.grammar.head_first || cues.get("before-place").at(a, i).is_some();
        plain && known && !a.classes[i].has(Class::Determiner)
    };
    let behind = tokens.end;
    let attributive = behind < sentence.end
        && a.tokens[behind].case == Case::Lower
        && !a.tokens[behind].glued
        && a.classes[behind].has(Class::Noun)
        && cues.get("place-noun").at(a, behind).is_none();
    if before == tokens.start
        && before > sentence.start + 1
        && adjective(before - 1)
        && !attributive
        && cues.get("locative").before(a, before - 1, sentence.start).is_some()
    {
        before -= 1;
    }
    if cues.get("locative-not").before(a, before, sentence.start).is_some() {
        return (PlaceRole::Other, own);
    }
    // "to the England fold" is where the team's is; "in the Leeds area" is a place, and "the US" has its article.
    let noun = tokens.end;
    let describes = before < tokens.start
        && !language.grammar.head_first
        && noun < sentence.end
        && a.tokens[tokens.start].case == Case::Capitalised
        && a.tokens[noun].case == Case::Lower
        && !a.tokens[noun].glued
        && a.classes[noun].has(Class::Noun)
        && cues.get("place-noun").at(a, noun).is_none();
    let land = || is_country(a, tokens.clone()) || region(&candidates(a, tokens.clone(), &mut String::new()));
    if describes && land() {
        return (PlaceRole::Other, own);
    }
    if let Some(len) = cues.get("locative").before(a, before, sentence.start) {
        // « rendre à la France », « ressembler à l'Italie »: where one is takes no article.
        let bare = before < tokens.start && cues.get("locative-bare").before(a, before, sentence.start).is_some();
        // "into UK savings", "out of the Leeds event"
        // "the largest in US history"
        let after = a.tokens.get(noun + 1).filter(|_| noun + 1 < sentence.end);
        let closes = after.is_none_or(|t| t.kind == TokenKind::Mark || a.classes[noun + 1].has(Class::Preposition));
        let single = || a.readings(noun).iter().filter(|r| r.tag.pos() == Pos::Noun).all(|r| r.tag.singular() && !r.tag.plural());
        let acts = || language.lexicon.readings(a.lower(noun)).any(|(_, tag)| tag.is_finite());
        // "a shareholder in US phone firm Merrow": where the US is meant, it has its article.
        let closes = closes || a.tokens[tokens.start].case == Case::Upper && before == tokens.start;
        let bare_noun = !language.grammar.head_first && noun < sentence.end && closes && a.tokens[noun].case == Case::Lower;
        if bare_noun
            && !a.tokens[noun].glued
            && a.classes[noun].within(Classes::of(Class::Noun))
            && single()
            && !acts()
            && land()
            && cues.get("place-noun").at(a, noun).is_none()
        {
            return (PlaceRole::Other, own);
        }
        // "to hold off Britain's James Hallam": whose somebody is.
        if owns_somebody(a, &tokens, language) {
            return (PlaceRole::Other, own);
        }
        let through = cues.get("locative-through").before(a, before, sentence.start).is_some();
        let attributive = noun < sentence.end
            && a.tokens[noun].case == Case::Lower
            && !a.tokens[noun].glued
            && a.classes[noun].has(Class::Noun)
            && cues.get("place-noun").at(a, noun).is_none();
        if through && attributive
            || bare && (is_country(a, tokens.clone()) || continent(a, tokens.start))
            || owns(a, &tokens, language) && land()
        {
            return (PlaceRole::Other, own);
        }
        return (PlaceRole::Locative, a.span(before - len..tokens.end));
    }
    // « Namur : les pompiers … » in a headline
    let block = a.block(tokens.start);
    if tokens.start == sentence.start
        && mark(a, tokens.end.min(a.tokens.len() - 1)) == Some(':')
        && matches!(block.kind, BlockKind::Headline | BlockKind::Kicker | BlockKind::Heading)
        && block.span.start == own.start
    {
        return (PlaceRole::Locative, own);
    }
    if before > sentence.start && capital_preposition(a, before - 1, language) {
        return (PlaceRole::Locative, a.span(before - 1..tokens.end));
    }
    if let Some(len) = cues.get("goal").before(a, before, sentence.start)
        && moves(a, before - len, language)
    {
        return (PlaceRole::Locative, a.span(before - len..tokens.end));
    }
    if let Some(len) = cues.get("origin").before(a, before, sentence.start) {
        if cues.get("area-noun").before(a, before - len, sentence.start).is_some() {
            return (PlaceRole::Locative, own);
        }
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
        // « le président de la région Bretagne », but « dans le nord de la région Bretagne »
        let led = |i: usize| i > sentence.start && (a.classes[i].has(Class::Determiner) || a.classes[i].has(Class::Adjective));
        let from = (sentence.start..apposed - 1).rev().find(|&i| !led(i)).unwrap_or(sentence.start) + 1;
        let office = cues
            .get("origin")
            .before(a, from, sentence.start)
            .is_some_and(|len| from - len > sentence.start && cues.get("function").before(a, from - len, sentence.start).is_some());
        return (if office { PlaceRole::Origin } else { PlaceRole::Locative }, own);
    }
    // « quitter Paris », "touring Poland"
    let visited = |i: usize| cues.get("visit-verb").at(a, i).is_some() && !a.classes[i].has(Class::Noun);
    if before > sentence.start && visited(before - 1) && !describes {
        return (PlaceRole::Locative, own);
    }
    // "Second Test, Durban, day four": where the heading of a report says that it was.
    if dateline(a, &tokens) {
        return (PlaceRole::Locative, own);
    }
    if subject(a, tokens.start) {
        return (PlaceRole::Actor, own);
    }
    (PlaceRole::Other, own)
}

/// Whether a place stands between commas in the heading of a report that has no verb.
fn dateline(a: &Analysis, tokens: &Range<usize>) -> bool {
    let sentence = a.sentence(tokens.start);
    let comma = tokens.start > sentence.start + 1 && mark(a, tokens.start - 1) == Some(',');
    let ends = tokens.end >= sentence.end || matches!(mark(a, tokens.end), Some(',' | '(' | ':'));
    let first = a.block(tokens.start).span.start == a.tokens[sentence.start].span.start;
    let short = tokens.start - sentence.start <= DATELINE
        && (sentence.start..tokens.start.saturating_sub(1)).all(|i| a.tokens[i].kind == TokenKind::Word);
    comma && ends && first && short && is_verbless(a, sentence.start..tokens.start) && !named(a, tokens.start - 2..tokens.start - 1)
}

/// Whether a name owns the noun behind it, and that is no place: "in Ireland's attack".
fn owns(a: &Analysis, tokens: &Range<usize>, language: &Language) -> bool {
    let (clitic, noun) = (tokens.end, tokens.end + 1);
    !language.grammar.head_first
        && noun < a.sentence(tokens.start).end
        && a.is_clitic(clitic)
        && a.tokens[noun].case == Case::Lower
        && language.cues.get("place-noun").at(a, noun).is_none()
}

/// Whether what a name owns is somebody: "off Britain's James Hallam".
fn owns_somebody(a: &Analysis, tokens: &Range<usize>, language: &Language) -> bool {
    let (clitic, first, last) = (tokens.end, tokens.end + 1, tokens.end + 2);
    !language.grammar.head_first
        && last < a.sentence(tokens.start).end
        && a.is_clitic(clitic)
        && a.tokens[first].case == Case::Capitalised
        && a.tokens[last].case == Case::Capitalised
        && is_first_name(a, first)
        && (last..a.sentence(first).end)
            .take_while(|&i| a.tokens[i].case == Case::Capitalised)
            .all(|i| ["organisation-head", "thing-head"].iter().all(|set| language.cues.get(set).at(a, i).is_none()))
}

/// Whether the words before a preposition speak of motion, so that what follows is where it goes: "flew to Poland", « le départ pour Lyon ».
fn moves(a: &Analysis, preposition: usize, language: &Language) -> bool {
    let motion = language.cues.get("motion");
    let start = a.sentence(preposition).start;
    // "a trip to", "flew back to", "is to return on Monday to"
    (preposition.saturating_sub(2).max(start)..preposition).any(|i| motion.at(a, i).is_some())
        || a.clauses.get(a.clause(preposition)).and_then(|c| c.verb).is_some_and(|v| {
            let verb = a.chunks[v as usize];
            let near = verb.tokens.1 as usize + 4 >= preposition && (verb.tokens.1 as usize) <= preposition;
            near && motion.at(a, verb.head as usize).is_some()
        })
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

/// Whether the best of the places is a region or a district, known by that name.
pub(crate) fn region(candidates: &[(PlaceId, bool)]) -> bool {
    let kind = |id| matches!(gazetteer().kind(id), PlaceKind::Region | PlaceKind::District);
    candidates.first().is_some_and(|&(id, primary)| primary && kind(id))
}

/// Whether brackets or a phrase behind a name tell the region that it lies in, rightly or not: « Saint-Grégoire (Ille-et-Vilaine) »,
/// « Montreux, dans le canton du Valais ».
pub(crate) fn container_behind(a: &Analysis, past: usize, inner: &[(PlaceId, bool)], scratch: &mut String) -> bool {
    let end = a.sentence(past.saturating_sub(1)).end;
    if past + 2 >= a.tokens.len() {
        return false;
    }
    match mark(a, past) {
        Some('(') => {
            let closed = (past + 2..(past + 6).min(a.tokens.len())).find(|&i| mark(a, i) == Some(')'));
            closed.filter(|_| a.tokens[past + 1].case.is_capital()).is_some_and(|close| {
                let outer = candidates(a, past + 1..close, scratch);
                holds(&outer, inner) || region(&outer) && homely(a, past, inner)
            })
        }
        Some(',') => {
            // At most « dans le canton du » stands before the region.
            let Some(at) = (past + 2..end.min(past + 6)).find(|&i| a.tokens[i].case.is_capital()) else { return false };
            let small = |i: usize| {
                let noun = a.language(i).is_some_and(|l| l.cues.get("region-noun").at(a, i).is_some());
                noun || a.classes[i].has(Class::Preposition) || a.classes[i].has(Class::Determiner)
            };
            let led = a.language(past + 1).is_some_and(|l| l.cues.get("locative").at(a, past + 1).is_some());
            let stop = (at..end.min(at + 3)).take_while(|&i| a.tokens[i].case.is_capital()).last().unwrap_or(at) + 1;
            led && (past + 1..at).all(small) && region(&candidates(a, at..stop, scratch)) && homely(a, past, inner)
        }
        _ => false,
    }
}

/// Whether the best of the places is a town in a country at home in the language, by its main name.
fn homely(a: &Analysis, past: usize, inner: &[(PlaceId, bool)]) -> bool {
    let g = gazetteer();
    inner.first().is_some_and(|&(id, primary)| {
        let home = a.language(past - 1).is_some_and(|l| l.manifest.home.iter().any(|c| c == g.iso_country(id)));
        primary && home && g.kind(id) == PlaceKind::Town
    })
}

/// Whether a name is that of a station: « gare Centrale », « gare du Nord »; but « la gare de Rennes » is in Rennes.
pub(crate) fn of_station(a: &Analysis, at: usize, candidates: &[(PlaceId, bool)], language: &Language) -> bool {
    let start = a.sentence(at).start;
    let link = language.cues.get("origin").before(a, at, start).unwrap_or(0);
    let named = link == 0 || region(candidates);
    named && language.cues.get("station-noun").before(a, at - link, start).is_some()
}

/// Whether the best of the places is a town of some size.
pub(crate) fn town(candidates: &[(PlaceId, bool)]) -> bool {
    candidates.first().is_some_and(|&(id, _)| gazetteer().population(id) >= TOWN)
}

/// Whether the word before makes the name part of another name or of a person: a street, a club, a title.
pub(crate) fn part_of_name(a: &Analysis, tokens: Range<usize>, language: &Language) -> bool {
    let start = a.sentence(tokens.start).start;
    let head = language.cues.get("organisation-head");
    // "St Mary's Hospital in Leeds": what it is in is no part of its name.
    if strict(a, tokens.start, language) {
        return false;
    }
    // "at the Newport Jazz Festival": behind an article, what ends in a thing is all its name.
    let led = tokens.start > start && a.classes[tokens.start - 1].has(Class::Determiner) && !language.grammar.head_first;
    let capital = |i: &usize| *i < a.sentence(tokens.start).end && a.tokens[*i].case == Case::Capitalised && !a.tokens[*i].glued;
    let behind = || (tokens.end..).take_while(capital).skip(1).any(|i| language.cues.get("thing-head").at(a, i).is_some());
    if led && tokens.len() == 1 && behind() {
        return true;
    }
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
