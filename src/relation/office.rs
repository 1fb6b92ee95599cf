//! The office that a story gives somebody beside the name: its noun, and what it is of.

use std::ops::Range;

use super::support::{fold, says};
use crate::analysis::{Analysis, Mention, Value, mark};
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::language::lexicon::LemmaId;

/// Words of an office, at most.
const LONGEST: usize = 12;

/// Words before the noun of an office that say what it is of, at most: "the *state education* secretary".
const LED: usize = 3;

/// An office beside a name.
pub(super) struct Office {
    /// Its noun.
    pub lemma: LemmaId,
    /// What it is of: the words of meaning behind the noun, folded, in the order of letters.
    pub of: Vec<String>,
    /// The words of meaning before the noun: "the *Education* Secretary".
    pub led: Vec<String>,
    /// Whether something with a capital is among what it is of: « le maire de Nolbec », but « le ministre wallon ».
    pub named: bool,
    /// Whether a preposition or a name follows the noun.
    pub linked: bool,
    /// Whether an article takes it for known.
    pub definite: bool,
    /// The words.
    pub tokens: Range<usize>,
    /// Its noun.
    pub head: usize,
}

/// The office before a name: « la directrice de l'hôpital, Florence Auclair », « le maire de Nolbec Luc Morand ».
pub(super) fn before(a: &Analysis, m: &Mention, set: &str) -> Option<Office> {
    // « la ministre de la Santé, *Mme* Anne Morel »
    let civil = || match &m.value {
        Value::Person(p) if p.title.0 < p.title.1 && says(a, "civil-title", p.title.0 as usize..p.title.1 as usize) => {
            Some(p.title.0 as usize)
        }
        _ => None,
    };
    let name = civil().unwrap_or(m.tokens.0 as usize);
    let from = a.sentence(name).start.max(name.saturating_sub(LONGEST));
    let comma = usize::from(name > from && mark(a, name - 1) == Some(','));
    let past = name - comma;
    let head = (from..past).rev().take_while(|&i| mark(a, i).is_none() && !verb(a, i)).find(|&i| is_office(a, set, i))?;
    let adjective = |i: usize| a.classes[i].has(Class::Adjective) && !a.classes[i].has(Class::Determiner);
    let opens = (from..head).rev().find(|&i| !adjective(i)).unwrap_or(head);
    // « Gérard Larcher, le président du Sénat, Richard Ferrand »: it is told of who stands before it.
    let apposed = |m: &Mention| m.tokens.1 as usize + 1 == opens && matches!(m.value, Value::Person(_));
    if comma > 0 && a.mentions_in(opens.saturating_sub(8)..opens).iter().any(apposed) {
        return None;
    }
    // « le premier ministre Édouard Philippe, *Bruno Le Maire* et … »
    let held = a.mentions_in(head + 1..past).iter().any(|m| matches!(m.value, Value::Person(_)));
    if held { None } else { office(a, head, opens..past) }
}

/// The office behind a name: « Sonia Perreau, directrice de l'hôpital, », "Ms Pascoe, the health minister,".
pub(super) fn behind(a: &Analysis, m: &Mention, set: &str) -> Option<Office> {
    let name = m.tokens.1 as usize;
    let end = a.sentence(name - 1).end;
    if name + 1 >= end || mark(a, name) != Some(',') {
        return None;
    }
    let past = (name + 1..end).take(LONGEST).find(|&i| mark(a, i).is_some() || verb(a, i)).unwrap_or(end);
    let leads = |i: &usize| !a.classes[*i].has(Class::Preposition) && mark(a, *i).is_none();
    let head = (name + 1..past).take(LED + 1).take_while(leads).find(|&i| is_office(a, set, i))?;
    let closes = past >= end || mark(a, past).is_some();
    office(a, head, name + 1..past).filter(|_| closes)
}

fn is_office(a: &Analysis, set: &str, i: usize) -> bool {
    a.language(i).is_some_and(|l| l.cues.get(set).at(a, i) == Some(1)) && a.readings(i).iter().any(|r| !r.tag.plural())
}

fn verb(a: &Analysis, i: usize) -> bool {
    let c = a.classes[i];
    (c.has(Class::Verb) || c.has(Class::Auxiliary) || c.has(Class::Relative)) && !c.has(Class::Noun) && !c.has(Class::Preposition)
}

/// The office whose noun stands at `head`, amid its words.
fn office(a: &Analysis, head: usize, tokens: Range<usize>) -> Option<Office> {
    let lemma = a.readings(head).first()?.lemma;
    let language = a.language(head)?;
    let content = |i: &usize| a.tokens[*i].kind == TokenKind::Word && language.grammar.closed(a.lower(*i)).is_none();
    let words = |range: Range<usize>| {
        let mut words: Vec<String> = range.filter(content).map(|i| fold(a.lower(i))).collect();
        words.sort_unstable();
        words.dedup();
        words
    };
    let past = tokens.end;
    let next = a.tokens.get(head + 1).filter(|_| head + 1 < past);
    Some(Office {
        lemma,
        of: words(head + 1..past),
        led: words(head.saturating_sub(LED).max(tokens.start)..head),
        named: (head + 1..past).any(|i| a.tokens[i].case.is_capital()),
        linked: next.is_some_and(|t| a.classes[head + 1].has(Class::Preposition) || t.case.is_capital()),
        definite: language.cues.get("definite").at(a, tokens.start).is_some(),
        tokens,
        head,
    })
}
