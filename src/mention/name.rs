//! Names: runs of capitalised words, told apart as people, places and organisations.

use std::collections::HashMap;
use std::ops::Range;

use crate::analysis::{Analysis, Case, TokenKind};
use crate::document::BlockKind;
use crate::language::grammar::Class;
use crate::language::names::first_names;
use crate::language::{Cues, Language};
use crate::mention::{EntityId, PersonValue};
use crate::syntax::begins;
use crate::text::mark;

/// A run of capitalised words, with the title before it.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// The tokens of the name.
    pub tokens: Range<usize>,
    /// The civil title or function that stands right before it.
    pub title: Range<usize>,
    /// Whether that is a civil title: « M. », "Mrs".
    pub civil: bool,
    /// How many tokens at its start are first names or initials.
    pub given: usize,
}

/// The name that begins at a token of the sentence that ends before `end`.
pub(crate) fn run(a: &Analysis, at: usize, end: usize, language: &Language) -> Option<Run> {
    let cues = &language.cues;
    let word = |i: usize| i < end && a.tokens[i].kind == TokenKind::Word;
    let capital = |i: usize| word(i) && a.tokens[i].case.is_capital();
    if !capital(at) || !opens(a, at, capital(at + 1), language) {
        return None;
    }
    let (title, civil) = title_before(a, at, cues);
    let known = |i: usize| is_first_name(a, i);
    let person = civil || known(at) || a.tokens[at].case == Case::Initial;
    let organisation = cues.get("organisation-head").at(a, at).is_some();
    let particle = |i: usize| word(i) && !capital(i) && cues.get("particle").at(a, i).is_some();
    let mut past = at + 1;
    loop {
        if past < end
            && mark(a, past) == Some('.')
            && a.tokens[past].glued
            && a.tokens[past - 1].case == Case::Initial
            && capital(past + 1)
        {
            past += 1;
        } else if capital(past)
            && !(a.tokens[past].glued && mark(a, past - 1).is_some())
            && language
                .grammar
                .closed(a.lower(past))
                .is_none_or(|_| a.tokens[past].case == Case::Capitalised && (particle_capital(a, past, cues) || past == at + 1))
        {
            past += 1;
        } else if (person || organisation) && particle(past) && (past - at <= 3) {
            let mut next = past + 1;
            if particle(next) {
                next += 1;
            }
            // « Marie de Dupont »; but « Emmanuel Macron de Paris » ends before the particle.
            let links = if organisation { true } else { past - at == given(a, at..past) };
            if !(links && capital(next)) {
                break;
            }
            past = next + 1;
        } else {
            break;
        }
    }
    // "Foreign Secretary Jack Straw": the function is no part of the name.
    let named = |i: usize| is_first_name(a, i) || !language.lexicon.contains(a.lower(i));
    let function = (at..past.saturating_sub(1))
        .rev()
        .find(|&i| !civil && cues.get("function").at(a, i) == Some(1) && a.tokens[i].kind == TokenKind::Word && named(i + 1));
    let (tokens, title) = match function {
        Some(i) if !is_first_name(a, at) => (i + 1..past, at..i + 1),
        _ => (at..past, title),
    };
    let given = given(a, tokens.clone());
    Some(Run { tokens, title, civil, given })
}

/// « Le Pen », « La Rochelle »: a particle with a capital of its own.
fn particle_capital(a: &Analysis, i: usize, cues: &Cues) -> bool {
    cues.get("particle").at(a, i).is_some()
}

/// Whether a capitalised word may open a name.
fn opens(a: &Analysis, at: usize, followed: bool, language: &Language) -> bool {
    let lower = a.lower(at);
    let closed = language.grammar.closed(lower).is_some();
    if a.tokens[at].case == Case::Initial && !(mark(a, at + 1) == Some('.') && a.tokens[at + 1].glued) {
        return false;
    }
    if language.cues.get("civil-title").at(a, at).is_some() && followed_by_name(a, at) {
        return false;
    }
    if begins(a, at) || title_cased(a, at) {
        // A capital that the place of the word accounts for says nothing.
        if closed {
            return false;
        }
        let common = language.lexicon.contains(lower) && !a.classes[at].has(Class::Proper);
        return !common || (followed && is_first_name(a, at)) || a.tokens[at].case == Case::Upper && a.text(at).len() <= 6;
    }
    !closed || (followed && a.tokens[at].case != Case::Lower)
}

fn followed_by_name(a: &Analysis, at: usize) -> bool {
    let mut i = at + 1;
    if mark(a, i) == Some('.') {
        i += 1;
    }
    a.tokens.get(i).is_some_and(|t| t.case.is_capital() && t.kind == TokenKind::Word)
}

/// Whether the block of a token is set in capitals, or capitalises every word as English headlines do.
pub(crate) fn title_cased(a: &Analysis, at: usize) -> bool {
    let block = a.tokens[at].block;
    let kind = a.doc.blocks[block as usize].kind;
    if !matches!(kind, BlockKind::Headline | BlockKind::Kicker | BlockKind::Heading | BlockKind::Dateline | BlockKind::Byline) {
        return false;
    }
    let start = a.tokens.partition_point(|t| t.block < block);
    let words = a.tokens[start..].iter().take_while(|t| t.block == block).filter(|t| t.kind == TokenKind::Word && t.span.len() > 3);
    let (mut capitals, mut all) = (0, 0);
    for w in words {
        all += 1;
        capitals += usize::from(w.case.is_capital());
    }
    all >= 3 && capitals * 10 >= all * 8
}

/// Whether a token is a first name that is given often enough to be one here.
pub(crate) fn is_first_name(a: &Analysis, i: usize) -> bool {
    let names = first_names();
    let lower = a.lower(i);
    names.frequency(lower) > 0 || (lower.contains('-') && lower.split('-').all(|part| names.frequency(part) > 0))
}

/// How many tokens at the start of a run are first names, initials and their full stops; the last word is never one.
fn given(a: &Analysis, run: Range<usize>) -> usize {
    let mut n = 0;
    for i in run.start..run.end.saturating_sub(1) {
        if is_first_name(a, i) || a.tokens[i].case == Case::Initial || (i > run.start && mark(a, i) == Some('.')) {
            n += 1;
        } else {
            break;
        }
    }
    if n == 0 && run.len() == 1 && is_first_name(a, run.start) { 1 } else { n }
}

/// The civil title or function right before a token.
fn title_before(a: &Analysis, at: usize, cues: &Cues) -> (Range<usize>, bool) {
    let start = a.sentence(at).start;
    let mut i = at;
    if i > start && mark(a, i - 1) == Some('.') && a.tokens[i - 1].glued {
        i -= 1;
    }
    if let Some(len) = cues.get("civil-title").before(a, i, start) {
        return (i - len..at, true);
    }
    match cues.get("function").before(a, at, start) {
        Some(len) => (at - len..at, false),
        None => (at..at, false),
    }
}

/// Whether a function leads up to a name: « le ministre de l'Intérieur, Gérald … ».
pub(crate) fn function_leads(a: &Analysis, at: usize, cues: &Cues) -> bool {
    let start = a.sentence(at).start.max(at.saturating_sub(9));
    let mut commas = 0;
    for i in (start..at).rev() {
        if cues.get("function").at(a, i).is_some() {
            return true;
        }
        let c = a.classes[i];
        if mark(a, i) == Some(',') {
            commas += 1;
        }
        let links = [Class::Noun, Class::Proper, Class::Adjective, Class::Determiner, Class::Preposition, Class::Coordinator]
            .iter()
            .any(|k| c.has(*k));
        if !(links || mark(a, i) == Some(',') && commas == 1 && i + 1 == at) || c.has(Class::Verb) && !c.has(Class::Noun) {
            return false;
        }
    }
    false
}

/// The people of a draft as they are met: one entity a person.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// Surname in lower case → the full names that bear it, each with its entity.
    by_surname: HashMap<String, Vec<(String, EntityId)>>,
}

impl People {
    /// The person of a full name, whom the story may have met before.
    pub fn full(&mut self, given: &str, surname: &str, next: impl FnOnce() -> EntityId) -> EntityId {
        let bearers = self.by_surname.entry(surname.to_owned()).or_default();
        if let Some((_, id)) = bearers.iter().find(|(g, _)| g == given) {
            return *id;
        }
        let id = next();
        bearers.push((given.to_owned(), id));
        id
    }

    /// The one person of that surname, if there is one and no more.
    pub fn bearer(&self, surname: &str) -> Option<EntityId> {
        match self.by_surname.get(surname)?.as_slice() {
            [(_, id)] => Some(*id),
            _ => None,
        }
    }

    /// Whether anybody bears that surname.
    pub fn knows(&self, surname: &str) -> bool {
        self.by_surname.contains_key(surname)
    }
}

/// The words of a range of tokens in lower case, parted by one space.
pub(crate) fn key(a: &Analysis, tokens: Range<usize>) -> String {
    let mut out = String::new();
    for i in tokens {
        if a.tokens[i].kind == TokenKind::Mark {
            continue;
        }
        if !out.is_empty() && !out.ends_with('\'') {
            out.push(' ');
        }
        out.push_str(a.lower(i));
    }
    out
}

/// A person's name from a run: given names, surname, title.
pub(crate) fn person(run: &Run, entity: EntityId) -> PersonValue {
    let t = &run.tokens;
    let split = if run.tokens.len() == 1 && !run.civil && run.given == 1 { t.end } else { t.start + run.given };
    let pair = |r: Range<usize>| (r.start as u32, r.end as u32);
    PersonValue { entity, given: pair(t.start..split), surname: pair(split..t.end), title: pair(run.title.clone()) }
}
