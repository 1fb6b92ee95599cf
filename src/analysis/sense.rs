//! Where phrases with a sense stand in a draft.

use std::ops::Range;

use super::{Analysis, mark};
use crate::language::Senses;
use crate::language::senses::{Item, Phrase, Sense};

/// Words at most between the parts of a phrase that « … » joins.
const GAP: usize = 4;

impl Senses {
    /// Each sense of the phrases that are looked up by the word at a token, with their tokens: of each sense the longest.
    pub fn at(&self, a: &Analysis, token: usize, mut found: impl FnMut(Sense, Range<usize>)) {
        let sentence = a.sentence(token);
        let mut met: [Option<Sense>; 8] = [None; 8];
        let by_word = self.by_word.get(a.lower(token)).map_or(&[][..], Vec::as_slice);
        let by_lemma = a.readings(token).iter().filter_map(|r| self.by_lemma.get(&r.lemma)).flatten();
        for phrase in by_word.iter().chain(by_lemma) {
            if met.contains(&Some(phrase.sense)) {
                continue;
            }
            if let Some(tokens) = stands(a, phrase, token, &sentence) {
                if let Some(free) = met.iter_mut().find(|m| m.is_none()) {
                    *free = Some(phrase.sense);
                }
                found(phrase.sense, tokens);
            }
        }
    }
}

/// Where a phrase stands whose rarest word is at a token.
fn stands(a: &Analysis, phrase: &Phrase, token: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    let past = forward(a, &phrase.after, token + 1, sentence.end)?;
    let start = backward(a, &phrase.before, token, sentence.start)?;
    Some(start..past)
}

fn is(a: &Analysis, i: usize, item: &Item) -> bool {
    match item {
        Item::Word(word) => a.lower(i) == word,
        Item::Lemma(id) => a.readings(i).iter().any(|r| r.lemma == *id),
        Item::Gap => false,
    }
}

/// Where items end that stand from a token on.
fn forward(a: &Analysis, items: &[Item], at: usize, end: usize) -> Option<usize> {
    let Some((first, rest)) = items.split_first() else { return Some(at) };
    if *first == Item::Gap {
        let steps = at..end.min(at + GAP + 1);
        return steps.take_while(|&i| i == at || mark(a, i - 1).is_none()).find_map(|i| forward(a, rest, i, end));
    }
    (at < end && is(a, at, first)).then(|| forward(a, rest, at + 1, end))?
}

/// Where items begin that stand before a token, the nearest first.
fn backward(a: &Analysis, items: &[Item], at: usize, start: usize) -> Option<usize> {
    let Some((first, rest)) = items.split_first() else { return Some(at) };
    if *first == Item::Gap {
        let steps = (start.max(at.saturating_sub(GAP))..=at).rev();
        return steps.take_while(|&i| i == at || mark(a, i).is_none()).find_map(|i| backward(a, rest, i, start));
    }
    (at > start && is(a, at - 1, first)).then(|| backward(a, rest, at - 1, start))?
}
