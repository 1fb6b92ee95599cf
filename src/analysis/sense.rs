//! Where phrases with a sense stand in a draft.

use std::ops::Range;

use super::{Analysis, mark};
use crate::language::grammar::Class;
use crate::language::senses::{Item, Items, Sense};
use crate::language::{Senses, TokenKind};

/// Words at most between the parts of a phrase that « … » joins.
const GAP: usize = 4;

impl Senses {
    /// Each sense of the phrases that are looked up by the word at a token, with their tokens: of each sense the longest.
    pub fn at(&self, a: &Analysis, token: usize, mut found: impl FnMut(Sense, Range<usize>)) {
        let sentence = a.sentence(token);
        let mut met: [Option<Sense>; 8] = [None; 8];
        for (before, after, sense) in self.phrases(a.lower(token), a.readings(token)) {
            if met.contains(&Some(sense)) {
                continue;
            }
            let Some(past) = Self::forward(a, after, token + 1, sentence.end) else { continue };
            let Some(start) = Self::backward(a, before, token, sentence.start) else { continue };
            if let Some(free) = met.iter_mut().find(|m| m.is_none()) {
                *free = Some(sense);
            }
            found(sense, start..past);
        }
    }

    fn is(a: &Analysis, i: usize, item: Item) -> bool {
        match item {
            Item::Word(word) => a.lower(i).as_bytes() == word,
            Item::Lemma(id) => a.readings(i).iter().any(|r| r.lemma == id),
            Item::Number => a.tokens[i].kind == TokenKind::Digits && a.lower(i) != "0" || a.classes[i].has(Class::Numeral),
            Item::Gap => false,
        }
    }

    /// Where items end that stand from a token on.
    fn forward(a: &Analysis, items: Items, at: usize, end: usize) -> Option<usize> {
        let Some((first, rest)) = items.split_first() else { return Some(at) };
        if first == Item::Gap {
            let steps = at..end.min(at + GAP + 1);
            return steps.take_while(|&i| i == at || mark(a, i - 1).is_none()).find_map(|i| Self::forward(a, rest, i, end));
        }
        (at < end && Self::is(a, at, first)).then(|| Self::forward(a, rest, at + 1, end))?
    }

    /// Where items begin that end before a token.
    fn backward(a: &Analysis, items: Items, at: usize, start: usize) -> Option<usize> {
        let Some((last, rest)) = items.split_last() else { return Some(at) };
        if last == Item::Gap {
            let steps = (start.max(at.saturating_sub(GAP))..=at).rev();
            return steps.take_while(|&i| i == at || mark(a, i).is_none()).find_map(|i| Self::backward(a, rest, i, start));
        }
        (at > start && Self::is(a, at - 1, last)).then(|| Self::backward(a, rest, at - 1, start))?
    }
}
