//! Numbers in digits and in words, as exact amounts with the bounds that words set.

mod cardinal;
mod collective;
mod digits;
mod fraction;
mod kind;
mod parts;
mod power;
mod roman;
mod tail;
mod words;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::ops::Range;

use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, mark};
use crate::language::TokenKind;
use crate::language::numbers::{Bound, NumberGrammar};
use crate::span::Span;

pub(super) use fraction::trailing_part;
pub(crate) use kind::{Number, NumberKind, word_in};

/// The numbers of a sentence that were read already: a date, a time and a count may all begin with the same words.
#[derive(Debug, Default)]
pub(crate) struct Known(RefCell<VecDeque<(usize, usize, Option<Number>)>>);

impl Known {
    /// Reads the number that begins at token `at` and ends before token `end`, once.
    pub(crate) fn read(&self, a: &Analysis, at: usize, end: usize, g: &NumberGrammar) -> Option<Number> {
        /// Further back nothing is asked for again.
        const LATEST: usize = 8;
        let mut known = self.0.borrow_mut();
        if let Some((_, _, n)) = known.iter().rev().find(|(i, past, _)| (*i, *past) == (at, end)) {
            return n.clone();
        }
        let n = read(a, at, end, g);
        if known.len() == LATEST {
            known.pop_front();
        }
        known.push_back((at, end, n.clone()));
        n
    }
}

/// Reads the number that begins at token `at` and ends before token `end`.
pub(crate) fn read(a: &Analysis, at: usize, end: usize, g: &NumberGrammar) -> Option<Number> {
    let mut number = match a.tokens[at].kind {
        TokenKind::Digits => digits::read(a, at, end, g)?,
        TokenKind::Word => words::read(a, at, end, g)?,
        TokenKind::Mark => {
            digits::signed(a, at, end, g).or_else(|| digits::vulgar(a, at, end, g)).or_else(|| digits::pointed(a, at, end, g))?
        }
    };
    if number.kind != NumberKind::Ordinal {
        bound(a, &mut number, end, g);
    }
    Some(number)
}

fn bound(a: &Analysis, n: &mut Number, end: usize, g: &NumberGrammar) {
    let word = word_in(a, n.tokens.start);
    // « près de 12 € », "nearly £12": the sign of a currency stands between.
    let signed = n.tokens.start > 0 && mark(a, n.tokens.start - 1).is_some_and(digits::is_currency_sign);
    // "more than US$5m"
    let lettered = signed
        && n.tokens.start > 1
        && a.tokens[n.tokens.start - 1].glued
        && a.tokens[n.tokens.start - 2].case.is_capital()
        && a.tokens[n.tokens.start - 2].kind == TokenKind::Word;
    let start = n.tokens.start - usize::from(signed) - usize::from(lettered);
    let before = g.bounds.before(start, &word).map(|(len, b)| (start - len..start, *b));
    let found = before.or_else(|| {
        let (len, b) = g.after_bounds.at(n.tokens.end, |i| word(i).filter(|_| i < end))?;
        Some((n.tokens.end..n.tokens.end + len, *b))
    });
    n.bound = found;
    if let Some((_, bound)) = &n.bound {
        n.amount = bounded(n.amount, *bound).unwrap_or(n.amount);
    }
}

/// An amount within the bound that words set.
pub(super) fn bounded(mut amount: Amount, bound: Bound) -> Option<Amount> {
    let w = amount.written;
    let tenth = w.div(Ratio::whole(10))?;
    let (below, above) = if w < Ratio::ZERO { (w.add(tenth)?, w.sub(tenth)?) } else { (w.sub(tenth)?, w.add(tenth)?) };
    (amount.low, amount.high) = match bound {
        Bound::AtLeast => (amount.low.or(Some(w)), None),
        Bound::AtMost => (None, amount.high.or(Some(w))),
        Bound::Nearly => (Some(below), Some(w)),
        Bound::JustOver => (Some(w), Some(above)),
        Bound::About => (Some(below), Some(above)),
    };
    Some(amount)
}

/// Which words of a mention gave what: the number, its scale, what bounds it; in the order of the draft.
pub(crate) fn derivation(a: &Analysis, tokens: Range<usize>) -> Vec<(&'static str, Span)> {
    let mut parts = Vec::new();
    let Some(language) = a.language(tokens.start) else { return parts };
    let end = a.sentence(tokens.start).end;
    let mut i = tokens.start;
    while i < tokens.end {
        let Some(n) = read(a, i, end, &language.numbers).filter(|n| n.tokens.end <= tokens.end || n.tokens.start < tokens.end)
        else {
            parts.push(("unit", a.tokens[i].span));
            i += 1;
            continue;
        };
        let number_end = n.scale.as_ref().map_or(n.tokens.end, |s| s.start).max(n.tokens.start + 1);
        if let Some((words, _)) = n.bound.clone() {
            parts.push(("bound", a.span(words)));
        }
        let mut span = a.span(n.tokens.start..number_end);
        if let Some(cut) = n.cut.filter(|_| number_end == n.tokens.end) {
            let last = a.tokens[n.tokens.end - 1].span;
            parts.push(("unit", Span { start: last.start + cut as u32 + 1, end: last.end }));
            span.end = last.start + cut as u32;
        }
        parts.push(("number", span));
        if let Some(scale) = n.scale.clone().filter(|s| s.start >= number_end) {
            parts.push(("scale", a.span(scale)));
        }
        i = n.tokens.end.max(i + 1);
    }
    parts.sort_by_key(|(_, span)| span.start);
    // « pour cent », « dollars canadiens »: one unit.
    parts.dedup_by(|next, before| {
        let one = next.0 == "unit" && before.0 == "unit";
        if one {
            before.1 = before.1.cover(next.1);
        }
        one
    });
    parts
}

#[cfg(test)]
mod tests;
