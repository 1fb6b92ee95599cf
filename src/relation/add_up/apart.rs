//! Whether parts count what excludes each other.

use crate::analysis::{Analysis, Mention, Value};
use crate::language::Language;
use crate::language::lexicon::LemmaId;
use crate::language::members::{Key, Told};
use crate::relation::figure::same_word;

/// The token of what a part counts: the noun group's head, or the word after the number.
pub(super) fn head(a: &Analysis, m: &Mention) -> usize {
    let counted = if let Value::Quantity(q) = &m.value { q.counted.as_ref() } else { None };
    counted.map_or(m.tokens.1 as usize, |c| c.head as usize).min(a.tokens.len() - 1)
}

/// The dictionary forms of what a part counts.
pub(super) fn heads<'a>(a: &'a Analysis, m: &Mention) -> impl Iterator<Item = LemmaId> + use<'a> {
    a.readings(head(a, m)).iter().map(|r| r.lemma)
}

/// Whether the parts count what excludes each other: men and women, or people of several nations.
pub(super) fn exclusive(a: &Analysis, parts: &[&Mention], language: &Language) -> bool {
    let of_group = |group: &Vec<Vec<LemmaId>>| {
        let mut seen: Vec<usize> = Vec::new();
        parts.iter().all(|m| {
            let at = heads(a, m).find_map(|l| group.iter().position(|g| g.contains(&l)));
            at.is_some_and(|i| {
                let new = !seen.contains(&i);
                seen.push(i);
                new
            })
        })
    };
    language.grammar.ids.exclusive.iter().any(of_group) || parts.len() > 1 && nations(a, parts, language)
}

/// Whether each part is of another people.
fn nations(a: &Analysis, parts: &[&Mention], language: &Language) -> bool {
    let people = |i: usize| language.cues.get("demonym").at(a, i).is_some();
    let heads: Vec<usize> = parts.iter().map(|m| head(a, m)).collect();
    heads.iter().all(|&h| people(h)) && heads.iter().enumerate().all(|(i, h)| heads[..i].iter().all(|o| !same_word(a, *h, *o)))
}

/// Whether a noun is one that all members of a class have, and each of others names one kind of them.
pub(super) fn of_class(a: &Analysis, whole: usize, parts: &[usize]) -> bool {
    let Some(language) = a.language(whole) else { return false };
    let keys = |i: usize| -> Vec<Key> {
        let lemmas = a.readings(i).iter().map(|r| Key::Lemma(r.lemma));
        lemmas.chain([Key::Word(a.lower(i).to_owned())]).collect()
    };
    let classes = |i: usize| -> Vec<u16> {
        let all = keys(i).into_iter().flat_map(|k| language.members.entries(Told::Noun, k).iter());
        all.filter(|(rest, _)| rest.is_empty()).map(|(_, class)| *class).collect()
    };
    let of = |c: u16| parts.iter().all(|&p| classes(p).contains(&c) && !language.members.is_broad(c, &keys(p)));
    let distinct = parts.iter().enumerate().all(|(i, p)| parts[..i].iter().all(|o| !same_word(a, *p, *o)));
    let listed = |c: u16| language.members.has_kinds(c) && language.members.is_broad(c, &keys(whole)) && of(c);
    distinct && classes(whole).into_iter().any(listed)
}
