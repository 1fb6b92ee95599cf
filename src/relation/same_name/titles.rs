//! Titles of works between quotation marks: verbatim, in the singular or in the plural.

use std::collections::BTreeMap;

use crate::analysis::{Analysis, Case, Value, mark};
use crate::facet::Facets;
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::language::lexicon::LemmaId;
use crate::relation::Conflict;
use crate::relation::support::{fold, tells};
use crate::span::Span;

/// Words of a title, at most.
const LONGEST: usize = 7;

/// The words of a title as a dictionary has them; one that none has is itself.
type Bare = Vec<(LemmaId, String)>;

/// Titles that have the same words in other forms: « Le Vent contraire », « Les Vents contraires ».
pub(super) fn conflicts(a: &Analysis) -> Vec<Conflict> {
    let mut works: BTreeMap<Bare, BTreeMap<Vec<String>, Vec<Span>>> = BTreeMap::new();
    for m in &a.mentions {
        let Value::Quotation(q) = &m.value else { continue };
        if !tells(a.doc.blocks[m.block as usize].kind) {
            continue;
        }
        if let Some((bare, words)) = title(a, q.inner) {
            works.entry(bare).or_default().entry(words).or_default().push(q.inner);
        }
    }
    let mut found = Vec::new();
    for ways in works.into_values().filter(|ways| ways.len() == 2) {
        let mut ways: Vec<Vec<Span>> = ways.into_values().collect();
        ways.sort_by_key(|places| (std::cmp::Reverse(places.len()), places[0]));
        let mut values = Bindings::default();
        values.bind("rare.count", Bound::Count(ways[1].len()));
        values.bind("common.count", Bound::Count(ways[0].len()));
        let roles = vec![("rare", ways[1][0]), ("common", ways[0][0])];
        found.push(Conflict { roles, values, facets: Facets::default() });
    }
    found
}

/// The words of a title as a dictionary has them and as they stand; articles and prepositions are no part of either.
fn title(a: &Analysis, inner: Span) -> Option<(Bare, Vec<String>)> {
    let tokens = a.tokens_in(inner);
    let words: Vec<usize> = tokens.clone().filter(|&i| a.tokens[i].kind == TokenKind::Word).collect();
    let language = a.language(tokens.start)?;
    let capital = |i: usize| matches!(a.tokens[i].case, Case::Capitalised | Case::Initial);
    let closed = |i: usize| language.grammar.closed(a.lower(i)).is_some();
    let acts = |i: usize| (a.classes[i].has(Class::Verb) || a.classes[i].has(Class::Auxiliary)) && !a.classes[i].has(Class::Noun);
    let content: Vec<usize> = words.iter().copied().filter(|&i| !closed(i)).collect();
    // A sentence that somebody says has a verb, and one capital.
    let capitals = content.iter().filter(|&&i| capital(i)).count();
    let ends = tokens.clone().any(|i| mark(a, i).is_some_and(|c| ".!?;:".contains(c)));
    if content.len() < 2 || words.len() > LONGEST || capitals == 0 || !capital(words[0]) || ends || words.iter().any(|&i| acts(i)) {
        return None;
    }
    let words: Vec<String> = content.iter().map(|&i| fold(a.lower(i))).collect();
    // A word that no dictionary has is itself.
    let bare = |(&i, word): (&usize, &String)| match a.readings(i).first().map(|r| r.lemma) {
        Some(lemma) if lemma != LemmaId::NONE => (lemma, String::new()),
        _ => (LemmaId::NONE, word.clone()),
    };
    Some((content.iter().zip(&words).map(bare).collect(), words))
}
