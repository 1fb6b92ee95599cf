//! Who is said to speak a quotation: a name, a function, a pronoun, the owner of the words.

use std::ops::Range;

use super::quoted::Quoted;
use super::support::says;
use crate::analysis::{Analysis, ChunkKind, EntityId, Sex, Value, mark};
use crate::document::BlockKind;
use crate::language::grammar::Class;
use crate::span::Span;

/// Who is said to speak.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voice {
    pub entity: Option<EntityId>,
    /// The token of the noun, where no name stands.
    pub noun: Option<usize>,
    /// What a pronoun or a name tells of the sex.
    pub sex: Option<Sex>,
    /// A pronoun stands for the name.
    pub pronoun: bool,
    pub span: Span,
}

/// How far from a quotation the noun stands that calls it somebody's: « *la formule* de la technicienne, « … » ».
const OWNED: usize = 9;

/// The sentences in which a quotation stands, the one before it where that ends in a colon.
pub(super) fn around(a: &Analysis, q: &Range<usize>) -> Range<usize> {
    let mut start = a.sentence(q.start).start;
    if start > 0 && mark(a, start - 1) == Some(':') && a.tokens[start - 1].block == a.tokens[q.start].block {
        start = a.sentence(start - 1).start;
    }
    start..a.sentence(q.end - 1).end
}

/// Who speaks a quotation, where the words around it tell.
pub(super) fn voice(a: &Analysis, q: &Quoted) -> Option<Voice> {
    let sentence = around(a, &q.tokens);
    let outside = |i: usize| !q.tokens.contains(&i);
    owner(a, q, &sentence).or_else(|| {
        // « comprendre *le* « Ce sera sans moi » »: spoken of as a thing.
        if q.tokens.start > sentence.start && a.classes[q.tokens.start - 1].has(Class::Determiner) {
            return None;
        }
        subject(a, q, &sentence)
            .or_else(|| source(a, &sentence, &outside))
            .or_else(|| signature(a, q.tokens.end, sentence.end))
            .or_else(|| behind(a, q))
            .or_else(|| alone(a, q, &sentence))
    })
}

/// Whose the words are called: « la formule de la technicienne, « … » », "the line from Anil Desai", « le « … » de son coéquipier ».
fn owner(a: &Analysis, q: &Quoted, sentence: &Range<usize>) -> Option<Voice> {
    let language = a.language(q.tokens.start)?;
    let of = |i: usize| language.cues.get("of-whom").at(a, i).is_some();
    // What stands right behind: « le « … » *de* son coéquipier Saïd Bensalem ».
    let determined = q.tokens.start > sentence.start && a.classes[q.tokens.start - 1].has(Class::Determiner);
    if determined && q.tokens.end < sentence.end && of(q.tokens.end) {
        return whom(a, q.tokens.end + 1, sentence.end);
    }
    let beside = (q.tokens.start.saturating_sub(OWNED).max(sentence.start)..q.tokens.start)
        .rev()
        .chain(q.tokens.end..sentence.end.min(q.tokens.end + 5));
    let noun = beside.into_iter().find(|&i| language.cues.get("utterance").at(a, i).is_some())?;
    let next = noun + 1;
    if next < sentence.end && of(next) {
        return whom(a, next + 1, sentence.end);
    }
    // "Mr Hale's remark": whose name stands before it.
    let named = (noun.saturating_sub(3).max(sentence.start)..noun).find_map(|i| named(a, i));
    let possessive = noun > sentence.start && a.text(noun - 1).starts_with(['\'', '’']);
    named.filter(|_| possessive).or_else(|| pronoun(a, noun.checked_sub(1)?, ["his", "her"], None))
}

/// The name or the function that stands from a token on.
fn whom(a: &Analysis, from: usize, end: usize) -> Option<Voice> {
    let group = a.chunks.partition_point(|c| (c.tokens.1 as usize) <= from);
    let group = a.chunks.get(group).filter(|c| (c.tokens.0 as usize) <= from && (c.head as usize) < end)?;
    (from..group.tokens.1 as usize).find_map(|i| named(a, i)).or_else(|| noun(a, group.head as usize))
}

/// The subject of the verb of saying.
fn subject(a: &Analysis, q: &Quoted, sentence: &Range<usize>) -> Option<Voice> {
    let language = a.language(q.tokens.start)?;
    let outside = |i: usize| !q.tokens.contains(&i);
    let saying = |i: usize| ["saying", "voicing", "describing"].iter().any(|set| language.cues.get(set).at(a, i).is_some());
    let from = a.chunks.partition_point(|c| (c.tokens.1 as usize) <= sentence.start);
    let verbs = (from..a.chunks.len()).take_while(|&c| (a.chunks[c].tokens.0 as usize) < sentence.end);
    for c in verbs.filter(|&c| matches!(a.chunks[c].kind, ChunkKind::Verb(v) if !v.passive)) {
        let head = a.chunks[c].head as usize;
        let group = a.chunks[c].tokens.0 as usize..a.chunks[c].tokens.1 as usize;
        // « … », a tranché la mairesse: right behind a quotation any verb says.
        let behind =
            (q.tokens.end..q.tokens.end + 3).contains(&group.start) && (q.tokens.end..group.start).all(|i| mark(a, i).is_some());
        if !outside(head) || !(saying(head) || behind) {
            continue;
        }
        // « a-t-il réagi », "she said": the pronoun beside the verb.
        let beside = group.start.saturating_sub(1)..(group.end + 1).min(sentence.end);
        if let Some(voice) = beside.filter(|&i| outside(i)).find_map(|i| pronoun(a, i, ["he", "she"], q.speaker)) {
            return Some(voice);
        }
        if let Some(subject) = a.roles[c].subject.map(|t| t as usize).filter(|&t| outside(t)) {
            // « a tranché *mercredi* la mairesse »: a day says nothing.
            let day = a.mentions_in(subject..subject + 1).iter().any(|m| matches!(m.value, Value::Weekday(_) | Value::Date(_)));
            let next = a.chunks.get(a.chunks.partition_point(|c| (c.tokens.0 as usize) <= subject)).map(|c| c.head as usize);
            let subject = if day { next.filter(|&n| n < sentence.end && outside(n)).unwrap_or(subject) } else { subject };
            return named(a, subject).or_else(|| noun(a, subject));
        }
    }
    None
}

/// « selon le préfet », "according to Anna Merrow".
fn source(a: &Analysis, sentence: &Range<usize>, outside: &dyn Fn(usize) -> bool) -> Option<Voice> {
    let cue = a.language(sentence.start)?.cues.get("attribution");
    let at = sentence.clone().filter(|&i| outside(i)).find_map(|i| cue.at(a, i).map(|len| i + len))?;
    let group = a.chunks.partition_point(|c| (c.head as usize) < at);
    let head = a.chunks.get(group).map(|c| c.head as usize).filter(|&h| h < sentence.end && h < at + 6 && outside(h))?;
    named(a, head).or_else(|| noun(a, head))
}

/// The one person of the sentence, where a colon or a verb of saying gives the quotation a voice.
fn alone(a: &Analysis, q: &Quoted, sentence: &Range<usize>) -> Option<Voice> {
    let outside = |i: usize| !q.tokens.contains(&i);
    let people = |t: Range<usize>| -> Vec<Voice> { t.filter(|&i| outside(i)).filter_map(|i| named(a, i)).collect() };
    // "Merrow: ‘…’"
    let colon = q.tokens.start.checked_sub(1).map(|i| {
        let quote = mark(a, i).is_some_and(|c| "‘'“\"«".contains(c));
        if quote { i.saturating_sub(1) } else { i }
    });
    let introduced = colon.filter(|&i| mark(a, i) == Some(':'));
    let said = says(a, "saying", sentence.start..q.tokens.start.max(sentence.start))
        || says(a, "saying", q.tokens.end.min(sentence.end)..sentence.end);
    let all = people(sentence.clone());
    let first = *all.first()?;
    let one = all.iter().all(|v| v.entity == first.entity);
    // « Richard Ferrand victime d'un incendie : « … » »: only what stands before its colon speaks.
    let leads = introduced.is_some_and(|i| a.tokens_in(first.span).end == i);
    (one && (leads || said)).then_some(first)
}

/// Who stands behind the colon that follows a quotation in a headline, or right behind one that is set apart: « … » : la maire de Lunel.
fn behind(a: &Analysis, q: &Quoted) -> Option<Voice> {
    let at = (q.tokens.end..(q.tokens.end + 2).min(a.tokens.len())).find(|&i| mark(a, i) == Some(':'));
    let kind = a.kind(q.tokens.start);
    let block = |i: usize| a.tokens.get(i).is_some_and(|t| t.block == a.tokens[q.tokens.start].block);
    match (kind, at) {
        (BlockKind::Headline, Some(colon)) => whom(a, colon + 1, a.sentence(colon).end.max(colon + 6).min(a.tokens.len())),
        (BlockKind::Quote | BlockKind::PullQuote, _) => {
            (q.tokens.end..q.tokens.end + 2).filter(|&i| block(i)).find_map(|i| named(a, i))
        }
        _ => None,
    }
}

/// The first name behind a quotation, where a dash, a comma, a colon and no verb stands between: “…” — Anil Desai.
fn signature(a: &Analysis, from: usize, end: usize) -> Option<Voice> {
    let end = end.max(a.tokens.get(from).map_or(from, |_| a.sentence(from).end)).min(from + 9);
    let parts = |i: &usize| mark(a, *i).is_some_and(|c| matches!(c, '—' | '–' | '-' | ',' | '(' | ':'));
    let at = (from..end.min(from + 3)).rev().find(parts)?;
    let verb = |i: usize| a.classes[i].has(Class::Verb);
    // A preposition or a title at most stands between: « … », de Luc Morand.
    let name = (at + 1..end.min(at + 3)).find(|&i| named(a, i).is_some() || verb(i))?;
    named(a, name)
}

/// Whom a pronoun means, as far as its sex and who spoke last tell; `sets`: the words for a man and for a woman.
fn pronoun(a: &Analysis, token: usize, sets: [&str; 2], speaker: Option<EntityId>) -> Option<Voice> {
    let cues = &a.language(token)?.cues;
    let is = |set: &str| cues.get(set).at(a, token) == Some(1);
    let sex = match (is(sets[0]), is(sets[1])) {
        (true, false) => Sex::Male,
        (false, true) => Sex::Female,
        _ => return None,
    };
    let span = a.tokens[token].span;
    Some(Voice { entity: speaker, noun: None, sex: Some(sex), pronoun: true, span })
}

/// The person whose name a token is part of.
pub(super) fn named(a: &Analysis, token: usize) -> Option<Voice> {
    let near = a
        .mentions_in(token.saturating_sub(6)..token + 1)
        .iter()
        .find(|m| m.tokens.0 as usize <= token && m.tokens.1 as usize > token && matches!(m.value, Value::Person(_)))?;
    let Value::Person(p) = &near.value else { return None };
    let sex = a.entities[p.entity.0 as usize].sex;
    Some(Voice { entity: Some(p.entity), noun: None, sex, pronoun: false, span: near.span })
}

/// The function that a noun tells, and whose name stands beside it.
fn noun(a: &Analysis, token: usize) -> Option<Voice> {
    let language = a.language(token)?;
    if !a.classes[token].has(Class::Noun) || a.classes[token].has(Class::Subject) {
        return None;
    }
    let group = a.chunks.iter().find(|c| c.tokens.0 as usize <= token && c.tokens.1 as usize > token)?;
    let ChunkKind::Noun { definite, .. } = group.kind else { return None };
    // "the mayor, Anna Merrow", « le maire Luc Verdan »
    let past = group.tokens.1 as usize;
    let beside = (group.tokens.0 as usize..(past + 3).min(a.sentence(token).end)).find_map(|i| named(a, i));
    if beside.is_some() {
        return beside;
    }
    let function = language.cues.get("function").at(a, token).is_some();
    // A headline leaves articles out.
    let definite = definite || a.kind(token) == BlockKind::Headline;
    let span = a.span(group.tokens.0 as usize..past);
    (definite && function).then_some(Voice { entity: None, noun: Some(token), sex: None, pronoun: false, span })
}
