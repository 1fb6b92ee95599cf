//! Initials are those of the words that they stand for.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::join;
use super::support::{blocks, fold, says};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Case, NameKind, mark};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;

/// `spelled-out`: initials in brackets are those of the words before them, in that order, and come again in that order; no other name
/// has them.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpelledOut {}

/// Initials with fewer letters may stand for anything.
const SHORTEST: usize = 3;

/// Initials in brackets and the words before them.
struct Told {
    letters: Vec<char>,
    at: usize,
    words: Range<usize>,
}

impl Relation for SpelledOut {
    fn roles(&self) -> &'static [&'static str] {
        &["initials", "words"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::KnownVariant]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let told = told(a);
        let mut found = Vec::new();
        for t in told.iter().filter(|t| {
            let right = initials(a, t.words.clone());
            a.tokens[t.words.start].case.is_capital() && (swapped(&right, &t.letters) || one_off(&right, &t.letters))
        }) {
            found.push(conflict(a, t.at, t.words.clone()));
        }
        found.extend(again(a, &told));
        found.extend(other_words(a, &told));
        found
    }
}

fn conflict(a: &Analysis, at: usize, words: Range<usize>) -> Conflict {
    let mut facets = Facets::default();
    facets.insert_if(a.facets_at(a.tokens[at].span).contains(Facet::Quoted), Facet::Quoted);
    // Initials that everybody knows are those of another language: "World Health Organisation (OMS)".
    facets.insert_if(a.languages.iter().any(|(_, l)| l.cues.get("organisation").at(a, at).is_some()), Facet::KnownVariant);
    Conflict { roles: vec![("initials", a.tokens[at].span), ("words", a.span(words))], values: Bindings::default(), facets }
}

/// All initials in brackets behind the words of a name.
fn told(a: &Analysis) -> Vec<Told> {
    let mut out = Vec::new();
    for i in blocks(a, &[]).into_iter().flatten() {
        if mark(a, i) != Some('(') || a.tokens.get(i + 2).is_none() || mark(a, i + 2) != Some(')') {
            continue;
        }
        let Some(letters) = letters(a, i + 1) else { continue };
        let sentence = a.sentence(i).start;
        // As many words as there are letters; articles and prepositions give none.
        let (mut start, mut left) = (i, letters.len());
        while start > sentence && left > 0 && a.tokens[start - 1].kind == TokenKind::Word {
            start -= 1;
            left -= carried(a, start).len().min(left);
        }
        if left == 0 {
            out.push(Told { letters, at: i + 1, words: start..i });
        }
    }
    out
}

/// The letters of initials, folded, where a token is some.
fn letters(a: &Analysis, i: usize) -> Option<Vec<char>> {
    let t = a.tokens.get(i).filter(|t| t.kind == TokenKind::Word && t.case == Case::Upper)?;
    let all: Vec<char> = fold(t.lower.of(&a.lower)).chars().filter(|c| *c != '.').collect();
    (all.len() >= SHORTEST && all.iter().all(|c| c.is_alphabetic())).then_some(all)
}

/// The letters that a word gives: one, or one for each part that a hyphen joins; articles and prepositions give none.
fn carried(a: &Analysis, i: usize) -> Vec<char> {
    if a.language(i).is_none_or(|l| l.grammar.closed(a.lower(i)).is_some()) {
        return Vec::new();
    }
    fold(a.lower(i)).split(' ').filter_map(|part| part.chars().next()).collect()
}

fn initials(a: &Analysis, words: Range<usize>) -> Vec<char> {
    words.flat_map(|i| carried(a, i)).collect()
}

/// Whether two rows of letters are one with two neighbours swapped; not the first two, which another language swaps as well:
/// « Ligue majeure de baseball (MLB) ».
fn swapped(right: &[char], wrong: &[char]) -> bool {
    right.len() == wrong.len() && right != wrong && {
        let odd: Vec<usize> = (0..right.len()).filter(|&i| right[i] != wrong[i]).collect();
        matches!(odd[..], [i, j] if i > 0 && j == i + 1 && right[i] == wrong[j] && right[j] == wrong[i])
    }
}

/// Bodies that begin with the same letters as one whose initials the story has told, in other words: "l'Agence régionale de santé (ARS)
/// … l'Autorité régionale de sûreté".
fn other_words(a: &Analysis, told: &[Told]) -> Vec<Conflict> {
    let mut found = Vec::new();
    for form in join::names(a).forms.iter().filter(|f| f.kind == NameKind::Body && f.parts.len() >= SHORTEST) {
        let place = &form.places[0];
        let letters = initials(a, place.tokens.clone());
        let same = |t: &&Told| t.letters == letters && initials(a, t.words.clone()) == letters;
        let Some(t) = told.iter().find(same) else { continue };
        let words =
            |range: Range<usize>| range.filter(|&i| !carried(a, i).is_empty()).map(|i| fold(a.lower(i))).collect::<Vec<_>>();
        let (one, other) = (words(t.words.clone()), words(place.tokens.clone()));
        // Forms of one word begin alike.
        let stem = |w: &String| w.chars().take(4).collect::<String>();
        let alike = one.iter().zip(&other).filter(|(x, y)| stem(x) == stem(y)).count();
        let bracket = form.places.iter().any(|p| mark(a, p.tokens.end) == Some('('));
        let apart = form.places.iter().any(|p| says(a, "told-apart", a.sentence(p.tokens.start)));
        if one.len() == other.len() && alike > 0 && alike < one.len() && !bracket && !apart {
            found.push(conflict(a, t.at, place.tokens.clone()));
        }
    }
    found
}

/// Whether of four letters or more one is another, and not the first.
fn one_off(right: &[char], wrong: &[char]) -> bool {
    let odd = || right.iter().zip(wrong).enumerate().filter(|(_, (x, y))| x != y).map(|(i, _)| i);
    right.len() == wrong.len() && right.len() > SHORTEST && odd().count() == 1 && odd().all(|i| i > 0)
}

/// Initials that a story tells, at most.
const MOST: usize = 50;

/// Whether one row of letters is the other with one put in behind the first.
fn longer_by_one(short: &[char], long: &[char]) -> bool {
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    long.len() == short.len() + 1 && same > 0 && short[same..] == long[same + 1..]
}

/// Initials of four letters that come again in another order, and are told nowhere: (NALK), "the NAKL".
fn again(a: &Analysis, told: &[Told]) -> Vec<Conflict> {
    let mut by_letters: HashMap<Vec<char>, &Told> = HashMap::new();
    for t in told.iter().filter(|t| t.letters.len() > SHORTEST) {
        let mut sorted = t.letters.clone();
        sorted.sort_unstable();
        by_letters.entry(sorted).or_insert(t);
    }
    let mut odd: BTreeMap<Vec<char>, (usize, &Told)> = BTreeMap::new();
    for i in blocks(a, &[]).into_iter().flatten() {
        let Some(all) = letters(a, i) else { continue };
        let mut sorted = all.clone();
        sorted.sort_unstable();
        let Some(&t) = by_letters.get(&sorted) else { continue };
        // A bracket on either side says what they stand for.
        let bracket = (i > 0 && mark(a, i - 1) == Some('(')) || mark(a, i + 1) == Some('(');
        let explained = bracket || told.iter().any(|other| other.letters == all) || says(a, "told-apart", a.sentence(i));
        if swapped(&t.letters, &all) && !explained {
            odd.entry(all).or_insert((i, t));
        }
    }
    // (NALK), "NALLK": a letter too many, or too few, of initials that are right.
    let right: Vec<&Told> =
        told.iter().filter(|t| t.letters.len() > SHORTEST && initials(a, t.words.clone()) == t.letters).collect();
    for i in blocks(a, &[]).into_iter().flatten().filter(|_| !right.is_empty()) {
        let Some(all) = letters(a, i).filter(|all| all.len() > SHORTEST && !odd.contains_key(all)) else { continue };
        let bracket = (i > 0 && mark(a, i - 1) == Some('(')) || mark(a, i + 1) == Some('(');
        let known =
            a.languages.iter().any(|(_, l)| l.cues.get("organisation").at(a, i).is_some() || l.lexicon.contains(a.lower(i)));
        let explained = bracket || known || told.iter().any(|other| other.letters == all) || says(a, "told-apart", a.sentence(i));
        let near = |t: &&&Told| longer_by_one(&t.letters, &all) || longer_by_one(&all, &t.letters);
        if let (false, Some(t)) = (explained, right.iter().take(MOST).find(near)) {
            odd.insert(all, (i, t));
        }
    }
    odd.into_values().map(|(i, t)| conflict(a, i, t.words.start..t.at + 1)).collect()
}
