//! What a number counts: the noun, the concept that it stands for, and whether words narrow it.

use super::linked as links;
use crate::amount::Ratio;
use crate::analysis::{Analysis, Case, Chunk, ChunkKind, Counted, mark};
use crate::document::BlockKind;
use crate::language::grammar::{Class, Classes};
use crate::language::lexicon::{Pos, VerbForm};
use crate::language::{Language, TokenKind};
use crate::mention::number::{Number, NumberKind};

/// What a number counts: the head of the noun group in which it stands or which it governs, with the concept that makes it countable.
pub(super) fn counted(a: &Analysis, n: &Number, end: usize, language: &Language) -> Option<Counted> {
    let g = &language.grammar;
    if let Some(found) = verb_behind(a, n, end, language) {
        return Some(found);
    }
    let at = a.chunks.partition_point(|c| c.tokens.1 as usize <= n.tokens.start);
    let mut group = a.chunks.get(at).filter(|c| c.tokens.0 as usize <= n.tokens.start && matches!(c.kind, ChunkKind::Noun { .. }));
    // « une trentaine de blessés », "dozens of dead": the group after the link.
    let linked = n.kind == NumberKind::Collective || group.is_none_or(|c| (c.head as usize) < n.tokens.end);
    if linked {
        let link = n.tokens.end;
        let of = link < end && language.numbers.links.iter().any(|l| l == a.lower(link));
        let from = link + usize::from(of);
        // "94 billion a year" says how often.
        let article = |i: usize| language.numbers.articles.iter().any(|w| w == a.lower(i));
        if from >= end || !of && article(from) {
            return None;
        }
        // « 1,8 million au quart d'heure », « Ville 2 le mouvement »: another group says where, or what else.
        // « page trois du dossier »: only of many things in one are some counted so.
        let plural = |i: usize| a.readings(i).iter().any(|r| r.tag.plural());
        let part = of && g.contractions.iter().any(|w| w == a.lower(link)) && !plural(link);
        if part && n.scale.is_none() && matches!(n.kind, NumberKind::Digits | NumberKind::Words) {
            return None;
        }
        let led = |i: usize| a.classes[i].has(Class::Preposition) || g.definite.iter().any(|w| w == a.lower(i));
        if !of && led(from) {
            return None;
        }
        let next = a.chunks.partition_point(|c| c.tokens.1 as usize <= from);
        group = a
            .chunks
            .get(next)
            .filter(|c| c.tokens.0 as usize <= from && (c.head as usize) >= from && matches!(c.kind, ChunkKind::Noun { .. }));
    }
    let group = *group?;
    let head = if g.head_first {
        past_adjective(a, group.head as usize, end, language)
    } else {
        let head = last_noun(a, n.tokens.end, group.head as usize, end, language)?;
        if n.amount.written > Ratio::ONE { agreeing(a, n.tokens.start, n.tokens.end, head, end, language)? } else { head }
    };
    if head >= end || head < n.tokens.end {
        return None;
    }
    let (group, head) = of_which(a, head, end, language).map_or((group, head), |of| (of, of.head as usize));
    // "70 orders and options on 193 more", "within 12 of Anna Hallam's record", "two of their last 13 games"
    let next = head + 1;
    let owned = || {
        !g.head_first
            && next < end
            && a.is_clitic(next)
            && a.tokens[head].case == Case::Capitalised
            && (n.tokens.end..head).any(|i| links(a, i, language))
    };
    let numbered = next < end
        && !g.head_first
        && !a.tokens[next].glued
        && (a.tokens[next].kind == TokenKind::Digits || a.classes[next].within(Classes::of(Class::Numeral)));
    let described = || numbered && !language.lexicon.readings(a.lower(head)).any(|(_, tag)| tag.pos() == Pos::Noun && tag.plural());
    if language.cues.get("more").at(a, head).is_some() || owned() || described() {
        return None;
    }
    let ChunkKind::Noun { definite, .. } = group.kind else { return None };
    let carries = |i: usize, predicate: bool| {
        a.readings(i)
            .iter()
            .find_map(|r| g.ids.concepts.iter().find(|(l, _, p)| *l == r.lemma && *p == predicate).map(|(_, c, _)| *c))
    };
    let participant = a.readings(head).iter().any(|r| g.ids.participants.contains(&r.lemma));
    let mut concept = carries(head, false);
    let mut extra = 0;
    if concept.is_none() && participant {
        // « 15 manifestants blessés », « douze personnes ont été tuées », « a tué douze personnes »
        let modifiers = head + 1..undated(a, head + 1..group.tokens.1 as usize, language);
        concept = modifiers.clone().find_map(|i| carries(i, true).or_else(|| carries(i, false)));
        extra = modifiers.len().saturating_sub(usize::from(concept.is_some()));
        concept = concept.or_else(|| predicate(a, &group, &carries)).or_else(|| verb_before(a, n, language));
    }
    let narrowed =
        narrowed(a, n, &group, language) || (concept.is_some() && extra > 0) || modified(a, &group, participant, language);
    let concept = concept.and_then(|c| g.concepts.keys().nth(c).cloned());
    Some(Counted { head: head as u32, concept, narrowed, definite })
}

/// The group of which a number takes more, where a comparative stands behind the number: "10 more of the *aircraft*".
fn of_which(a: &Analysis, head: usize, end: usize, language: &Language) -> Option<Chunk> {
    let link = head + 1;
    let more = language.cues.get("more").at(a, head).is_some();
    if !more || link >= end || !links(a, link, language) {
        return None;
    }
    let next = a.chunks.partition_point(|c| c.tokens.1 as usize <= link + 1);
    let of = a.chunks.get(next)?;
    (of.tokens.0 as usize <= link + 1 && matches!(of.kind, ChunkKind::Noun { .. })).then_some(*of)
}

/// The concept of the verb that counts the group: as the subject of a passive or of a verb of dying, or as the object of an active verb.
fn predicate(a: &Analysis, group: &Chunk, carries: &impl Fn(usize, bool) -> Option<usize>) -> Option<usize> {
    let clause = a.clauses[group.clause as usize];
    let verb = a.chunks[clause.verb? as usize];
    let ChunkKind::Verb(v) = verb.kind else { return None };
    let ChunkKind::Noun { preposition, .. } = group.kind else { return None };
    if preposition.is_some() || v.negated {
        return None;
    }
    let concept = carries(verb.head as usize, true)?;
    let subject = group.tokens.1 <= verb.tokens.0;
    let object = group.tokens.0 == verb.tokens.1;
    let intransitive = !v.passive && a.chunks.iter().filter(|c| c.clause == group.clause).all(|c| c.tokens.0 != verb.tokens.1);
    (subject && (v.passive || intransitive) || object && !v.passive).then_some(concept)
}

/// The noun behind an adjective that could be a noun too: « deux nouveaux *cas* », « cinq jeunes *hommes* ».
fn past_adjective(a: &Analysis, head: usize, end: usize, language: &Language) -> usize {
    let pos = |i: usize, wanted: Pos| language.lexicon.readings(a.lower(i)).any(|(_, tag)| tag.pos() == wanted);
    let small = |i: usize| i < end && a.tokens[i].kind == TokenKind::Word && a.tokens[i].case == Case::Lower && !a.tokens[i].glued;
    let noun = |i: usize| small(i) && a.classes[i].0 == Classes::of(Class::Noun).0 && pos(i, Pos::Noun) && !pos(i, Pos::Adjective);
    let before_noun = || {
        let next = head + 1;
        let dated = || language.calendar.weekday(a.lower(next)).is_some() || language.calendar.month(a.lower(next)).is_some();
        language.cues.get("prenominal").at(a, head).is_some() && small(next) && pos(next, Pos::Noun) && !dated()
    };
    if small(head) && pos(head, Pos::Adjective) && (noun(head + 1) || before_noun()) { head + 1 } else { head }
}

/// The noun that a group comes to where the head stands last: "seven leading *nations*", "300 *people* working there", "20 *leaders*
/// yesterday". What is no noun at all is counted by nobody: "32 million getting hooked", "300 Department of Trade posts".
fn last_noun(a: &Analysis, first: usize, head: usize, end: usize, language: &Language) -> Option<usize> {
    let word = |i: usize| i < end && a.tokens[i].kind == TokenKind::Word;
    let small = |i: usize| word(i) && !a.tokens[i].glued && a.tokens[i].case == Case::Lower;
    let noun = |i: usize| word(i) && (a.classes[i].has(Class::Noun) || a.classes[i].has(Class::Proper));
    let form = |i: usize, wanted| language.lexicon.readings(a.lower(i)).any(|(_, tag)| tag.verb_form() == Some(wanted));
    let acts = |i: usize| small(i) && form(i, VerbForm::PresentParticiple);
    let described =
        |i: usize| a.lower(i).contains('-') || language.lexicon.readings(a.lower(i)).any(|(_, tag)| tag.pos() == Pos::Adjective);
    let modifies =
        |i: usize| small(i) && (a.classes[i].has(Class::Adjective) || acts(i) || form(i, VerbForm::PastParticiple) || described(i));
    let plain = |i: usize| small(i) && a.classes[i].0 == Classes::of(Class::Noun).0 && !acts(i);
    let dated = |i: usize| a.tokens[i].opens.date && !a.tokens[i].opens.number;
    let mut at = head;
    // What leads up to a noun: "leading trading nations".
    if modifies(at)
        && let Some(past) = (at + 1..(at + 4).min(end)).find(|&i| !modifies(i)).filter(|&i| plain(i) && !dated(i))
    {
        at = past;
    }
    while at > first && noun(at - 1) && (acts(at) || dated(at)) {
        at -= 1;
    }
    let lexical = || language.lexicon.readings(a.lower(at)).any(|(_, tag)| tag.pos() == Pos::Noun);
    let verb = || small(at) && language.lexicon.contains(a.lower(at)) && !described(at);
    if !noun(at) || (acts(at) || verb()) && !lexical() {
        return None;
    }
    let named = a.tokens[at].case == Case::Capitalised && language.cues.get("name-link").at(a, at + 1).is_some();
    (!named).then_some(at)
}

/// The noun in the plural that several of something are, where the group comes to one in the singular: "three championship *points*",
/// "200 league and cup *goals*", "eight other *contracts* worth". Behind "a", what is in the singular is no more than described: "a top
/// 100 list".
fn agreeing(a: &Analysis, number: usize, first: usize, head: usize, end: usize, language: &Language) -> Option<usize> {
    let small = |i: usize| i < end && a.tokens[i].kind == TokenKind::Word && !a.tokens[i].glued && a.tokens[i].case == Case::Lower;
    let nouns = |i: usize| language.lexicon.readings(a.lower(i)).filter(|(_, tag)| tag.pos() == Pos::Noun);
    let plural = |i: usize| small(i) && nouns(i).any(|(_, tag)| tag.plural() || !tag.singular());
    // "the thousands of Swedish *fans* both home and abroad", "23 Swedish and Arab *countries*"
    let people = |i: usize| a.tokens[i].case == Case::Capitalised && language.cues.get("demonym").at(a, i).is_some();
    if people(head) {
        let next = head + 1;
        let joined = next + 1 < end && a.classes[next].has(Class::Coordinator) && people(next + 1);
        let noun = if joined { next + 2 } else { next };
        if noun < end && plural(noun) {
            return Some(noun);
        }
    }
    // "three *children* Anna, Luc and Jane", "four *goals* past Merrow"
    if !small(head) && a.tokens[head].case.is_capital() {
        // "seven County Championship *matches*"
        if plural(head + 1) && a.classes[head + 1].has(Class::Noun) {
            return Some(head + 1);
        }
        let named = (first..head).rev().find(|&i| plural(i)).filter(|&i| (i + 1..head).all(small));
        if named.is_some() {
            return named;
        }
    }
    let start = a.sentence(number).start.max(number.saturating_sub(3));
    let one = || (start..number).any(|i| language.numbers.articles.iter().any(|w| w == a.lower(i)));
    if !small(head) || plural(head) {
        return Some(head);
    }
    let leads = |i: usize| small(i) && [Class::Noun, Class::Adjective, Class::Coordinator].iter().any(|c| a.classes[i].has(*c));
    let behind = (head + 1..head + 4).take_while(|i| (head + 1..*i).all(leads)).find(|i| plural(*i));
    let found = behind.or_else(|| (first..head).rev().find(|i| plural(*i)));
    found.or_else(|| (nouns(head).next().is_none() || !one()).then_some(head))
}

/// The concept of a verb right before a count, where its form is a noun's too and no article tells: « Un séisme tue 12 personnes »,
/// "Fire kills 12 people".
fn verb_before(a: &Analysis, n: &Number, language: &Language) -> Option<usize> {
    let start = a.sentence(n.tokens.start).start;
    let first = n.bound.as_ref().map_or(n.tokens.start, |(words, _)| words.start.min(n.tokens.start));
    let verb = first.checked_sub(1).filter(|v| *v > start)?;
    let subject = a.classes[verb - 1];
    let led = [Class::Noun, Class::Proper, Class::Adjective, Class::PastParticiple].iter().any(|c| subject.has(*c));
    if !led || subject.has(Class::Determiner) || subject.has(Class::Preposition) || a.classes[verb].has(Class::Proper) {
        return None;
    }
    let ids = &language.grammar.ids;
    let finite = language.lexicon.readings(a.lower(verb)).filter(|(_, tag)| tag.is_finite());
    let mut found = finite.filter_map(|(lemma, _)| ids.concepts.iter().find(|(l, _, predicate)| *predicate && *l == lemma));
    found.find(|(lemma, ..)| !ids.intransitives.iter().any(|(l, _)| l == lemma)).map(|(_, concept, _)| *concept)
}

/// A count that ends what its verb says, as headlines have it: "Fire kills 12", « Un séisme tue 12 ».
pub(super) fn bare_object(a: &Analysis, n: &Number, end: usize, language: &Language) -> Option<Counted> {
    // In running text such a number is one of several: who was killed where stands around it.
    let headline = matches!(a.kind(n.tokens.start), BlockKind::Headline | BlockKind::Kicker | BlockKind::Standfirst);
    let plain = matches!(n.kind, NumberKind::Digits | NumberKind::Words) && n.cut.is_none() && closes(a, n.tokens.end, end);
    let concept = verb_before(a, n, language).filter(|_| headline && plain && !is_year(n))?;
    let concept = language.grammar.concepts.keys().nth(concept).cloned();
    Some(Counted { head: n.tokens.end as u32 - 1, concept, narrowed: false, definite: false })
}

fn is_year(n: &Number) -> bool {
    n.is_bare() && n.amount.written.as_whole().is_some_and(|y| (1000..=2199).contains(&y))
}

/// Whether nothing that could be counted or suffer stands at a token.
fn closes(a: &Analysis, i: usize, end: usize) -> bool {
    let ends = [Class::Preposition, Class::Subordinator, Class::Adverb];
    i >= end || mark(a, i).is_some() || ends.iter().any(|c| a.classes[i].has(*c))
}

/// A count of nothing but its verb, as headlines have it: "Twelve killed in fire", "Twelve die as roof falls".
fn verb_behind(a: &Analysis, n: &Number, end: usize, language: &Language) -> Option<Counted> {
    let (start, verb) = (a.sentence(n.tokens.start).start, n.tokens.end);
    let plain = matches!(n.kind, NumberKind::Digits | NumberKind::Words | NumberKind::Collective) && n.cut.is_none();
    let labelled = n.tokens.start > start && a.tokens[n.tokens.start - 1].case.is_capital() && n.tokens.start - 1 > start;
    if !plain || is_year(n) || labelled || verb >= end || a.tokens[verb].kind != TokenKind::Word {
        return None;
    }
    if !closes(a, verb + 1, end) {
        return None;
    }
    let ids = &language.grammar.ids;
    let concept = language.lexicon.readings(a.lower(verb)).find_map(|(lemma, tag)| {
        let intransitive = ids.intransitives.iter().find(|(l, _)| *l == lemma);
        match tag.verb_form() {
            Some(VerbForm::PastParticiple) if intransitive.is_none() => {
                ids.concepts.iter().find(|(l, _, predicate)| *predicate && *l == lemma).map(|(_, c, _)| *c)
            }
            _ if tag.is_finite() => intransitive.map(|(_, c)| *c),
            _ => None,
        }
    })?;
    let definite = n.tokens.start > start && language.grammar.definite.iter().any(|d| d == a.lower(n.tokens.start - 1));
    let part = language.cues.get("part").stands_in(a, n.tokens.start.saturating_sub(4).max(start)..verb + 1);
    let concept = language.grammar.concepts.keys().nth(concept).cloned();
    Some(Counted { head: verb as u32, concept, narrowed: part, definite })
}

/// Where the first word of the calendar stands, or the range ends: « 14 morts *mardi* » says when, and not which.
fn undated(a: &Analysis, tokens: std::ops::Range<usize>, language: &Language) -> usize {
    let dated = |i: &usize| language.calendar.weekday(a.lower(*i)).is_some() || language.calendar.month(a.lower(*i)).is_some();
    tokens.clone().find(dated).unwrap_or(tokens.end)
}

/// Whether words narrow what a concept's own noun counts: « trois morts *civils* », "12 *civilian* deaths".
fn modified(a: &Analysis, group: &Chunk, participant: bool, language: &Language) -> bool {
    if participant {
        return false;
    }
    let head = group.head as usize;
    let after = head + 1..undated(a, head + 1..group.tokens.1 as usize, language);
    let before = group.tokens.0 as usize..head;
    after.chain(before).any(|i| {
        let c = a.classes[i];
        (c.has(Class::Adjective) || c.has(Class::Noun) || c.has(Class::PastParticiple))
            && !c.has(Class::Determiner)
            && !c.has(Class::Numeral)
    })
}

/// Whether the count is of a part: « dont 3 morts », « parmi les 12 blessés », « 3 autres blessés ».
fn narrowed(a: &Analysis, n: &Number, group: &Chunk, language: &Language) -> bool {
    let cue = language.cues.get("part");
    let sentence = a.sentence(n.tokens.start);
    let from = n.tokens.start.saturating_sub(4).max(sentence.start);
    let to = (group.tokens.1 as usize + 1).min(sentence.end);
    cue.stands_in(a, from..to)
}
