//! Where the words of a cue set stand in a draft.

use super::Analysis;
use crate::language::Cue;
use crate::language::grammar::{Class, Classes};

impl Cue {
    /// How many tokens an entry takes that begins at a token, within its sentence; the longest entry wins.
    pub fn at(&self, a: &Analysis, token: usize) -> Option<usize> {
        if token >= a.tokens.len() {
            return None;
        }
        let sentence = a.sentence(token);
        let phrase = self.phrases.at(token, |i| sentence.contains(&i).then(|| a.lower(i))).map(|(len, ())| len);
        let phrase = phrase.filter(|len| *len > 1 || !is_month(a, token));
        phrase.or_else(|| a.readings(token).iter().any(|r| self.lemmas.contains(&r.lemma)).then_some(1))
    }

    /// How many tokens an entry takes that ends before a token, within its sentence.
    pub fn before(&self, a: &Analysis, token: usize, start: usize) -> Option<usize> {
        let phrase = self.phrases.before(token, |i| (i >= start).then(|| a.lower(i))).map(|(len, ())| len);
        phrase.or_else(|| (token > start && a.readings(token - 1).iter().any(|r| self.lemmas.contains(&r.lemma))).then_some(1))
    }

    /// Whether an entry stands anywhere in a range of tokens.
    pub fn stands_in(&self, a: &Analysis, tokens: std::ops::Range<usize>) -> bool {
        tokens.clone().any(|i| self.at(a, i).is_some_and(|len| i + len <= tokens.end))
    }
}

/// Whether a word of a closed class stands as a noun: "in *May*".
fn is_month(a: &Analysis, token: usize) -> bool {
    let capital = a.tokens[token].case.is_capital() && a.classes.get(token) == Some(&Classes::of(Class::Noun));
    capital && a.language(token).is_some_and(|l| l.grammar.closed(a.lower(token)).is_some())
}
