//! Initials stand for one name.

use std::collections::BTreeMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::{blocks, fold};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Case, mark};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;

/// `one-expansion`: initials that are written out twice are written out with the same words.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OneExpansion {}

impl Relation for OneExpansion {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "other"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::BothIntroduced]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut met: BTreeMap<String, (Vec<String>, Range<usize>)> = BTreeMap::new();
        let mut told: Vec<(String, Vec<String>)> = Vec::new();
        let mut found = Vec::new();
        for i in blocks(a, &[]).into_iter().flatten() {
            let Some((initials, words)) = expansion(a, i) else { continue };
            let long: Vec<String> = words.clone().filter(|&w| carries(a, w)).map(|w| fold(a.lower(w))).collect();
            match met.get(&initials) {
                Some((first, place)) if !same(first, &long) => {
                    if told.iter().any(|(i, other)| *i == initials && same(other, &long)) {
                        continue;
                    }
                    told.push((initials, long));
                    let mut facets = Facets::default();
                    facets.insert_if(a.facets_at(a.span(words.clone())).contains(Facet::Quoted), Facet::Quoted);
                    // « référendum d'initiative locale (RIL) », « Rassemblement d'initiative locale (RIL) »: a thing and a body.
                    let named = |i: usize| a.tokens[i].case.is_capital() && !crate::syntax::begins(a, i);
                    let (x, y) = (place.start, words.start);
                    let apart = fold(a.lower(x)) != fold(a.lower(y)) && named(x) != named(y);
                    facets.insert_if(apart, Facet::BothIntroduced);
                    found.push(Conflict {
                        roles: vec![("first", a.span(place.clone())), ("other", a.span(words))],
                        values: Bindings::default(),
                        facets,
                    });
                }
                Some(_) => {}
                None => drop(met.insert(initials, (long, words))),
            }
        }
        found
    }
}

/// Whether two names have the same words, short or long, one or many: "async", "asynchronous".
fn same(one: &[String], other: &[String]) -> bool {
    let stem = |w: &String| w.chars().take(4).collect::<String>();
    one.len() == other.len() && one.iter().zip(other).all(|(x, y)| stem(x) == stem(y))
}

/// Whether a word gives a letter to the initials: articles and prepositions do not.
fn carries(a: &Analysis, i: usize) -> bool {
    let closed = a.language(i).is_some_and(|l| l.grammar.closed(a.lower(i)).is_some());
    a.tokens[i].kind == TokenKind::Word && !closed
}

/// Initials in brackets at a token, right after the words that they stand for; or the words in brackets after the initials.
fn expansion(a: &Analysis, i: usize) -> Option<(String, Range<usize>)> {
    let initials = |t: usize| {
        a.tokens.get(t).filter(|t| t.kind == TokenKind::Word && t.case == Case::Upper).map(|_| fold(a.lower(t)).replace('.', ""))
    };
    if mark(a, i)? != '(' {
        return None;
    }
    let sentence = a.sentence(i);
    if mark(a, i + 2) == Some(')')
        && let Some(letters) = initials(i + 1).filter(|l| l.chars().count() >= 3)
    {
        let (mut start, mut left) = (i, letters.chars().rev().collect::<Vec<_>>().into_iter().peekable());
        while start > sentence.start && left.peek().is_some() && a.tokens[start - 1].kind == TokenKind::Word {
            start -= 1;
            if carries(a, start) && fold(a.lower(start)).chars().next() == left.peek().copied() {
                left.next();
            } else if carries(a, start) {
                return None;
            }
        }
        return (left.peek().is_none() && start < i).then_some((letters, start..i));
    }
    let letters = (i > sentence.start).then(|| initials(i - 1)).flatten().filter(|l| l.chars().count() >= 3)?;
    let close = (i + 1..sentence.end).find(|&j| mark(a, j).is_some()).filter(|&j| mark(a, j) == Some(')'))?;
    let heads: String = (i + 1..close).filter(|&w| carries(a, w)).filter_map(|w| fold(a.lower(w)).chars().next()).collect();
    (heads == letters).then_some((letters, i + 1..close))
}
