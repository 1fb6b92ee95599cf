//! What words tell of members: the classes of nouns and verbs.

use crate::analysis::Analysis;
use crate::language::Language;
use crate::language::lexicon::LemmaId;
use crate::language::members::{Key, Members, Told};

/// A word as the data know it: each of its dictionary forms, and itself.
pub(super) fn keys(a: &Analysis, language: &Language, i: usize) -> Vec<Key> {
    let lower = a.lower(i);
    let mut all: Vec<Key> =
        language.lexicon.readings(lower).filter(|(l, _)| *l != LemmaId::NONE).map(|(l, _)| Key::Lemma(l)).collect();
    all.push(Key::Word(lower.to_owned()));
    all
}

/// The classes that a word tells, with the words behind it, up to `end`.
pub(super) fn classes(a: &Analysis, language: &Language, told: Told, at: usize, end: usize) -> Vec<u16> {
    let members: &Members = &language.members;
    let is = |i: usize, key: &Key| match key {
        Key::Lemma(id) => language.lexicon.readings(a.lower(i)).any(|(l, _)| l == *id),
        Key::Word(word) => a.lower(i) == word,
    };
    let mut out = Vec::new();
    for key in keys(a, language, at) {
        for (rest, class) in members.entries(told, key) {
            let mut from = at + 1;
            let fits = rest.iter().all(|word| {
                let found = (from..(from + 4).min(end)).find(|&i| is(i, word));
                from = found.map_or(from, |i| i + 1);
                found.is_some()
            });
            if fits && !out.contains(class) {
                out.push(*class);
            }
        }
    }
    out
}

/// Whether a word tells a class, by noun or by verb.
pub(super) fn tells(a: &Analysis, i: usize, class: u16) -> bool {
    let all = [Told::Noun, Told::Done, Told::Does];
    a.language(i).is_some_and(|l| all.into_iter().any(|told| classes(a, l, told, i, a.sentence(i).end).contains(&class)))
}

/// Adds classes that are not there yet.
pub(super) fn merge(into: &mut Vec<u16>, more: Vec<u16>) {
    for class in more {
        if !into.contains(&class) {
            into.push(class);
        }
    }
}

/// The classes of the phrases of several words that a verb begins.
pub(super) fn phrase(a: &Analysis, language: &Language, verb: usize, end: usize) -> Vec<u16> {
    let alone = classes(a, language, Told::Done, verb, verb + 1);
    classes(a, language, Told::Done, verb, end).into_iter().filter(|c| !alone.contains(c)).collect()
}
