//! A number that was read, and how it is written.

use std::ops::Range;

use crate::amount::{Amount, Ratio};
use crate::analysis::Analysis;
use crate::language::numbers::{Bound, NumberGrammar};

/// A number that was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Number {
    /// The tokens of the number itself, without the words that bound it.
    pub tokens: Range<usize>,
    /// Its value.
    pub amount: Amount,
    /// How it is written.
    pub kind: NumberKind,
    /// Where in its last token the number ends, if words hang on it by a hyphen: `four` in `four-mile`.
    pub cut: Option<usize>,
    /// The words that scale it: « 1,2 *million* ».
    pub scale: Option<Range<usize>>,
    /// The words that bound it, and how.
    pub bound: Option<(Range<usize>, Bound)>,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberKind {
    /// `15 000`, `1,2 million`.
    Digits,
    /// `quinze mille`.
    Words,
    /// One word that may be an article: `un`, `a`.
    Article,
    /// `une quinzaine`, `des milliers`.
    Collective,
    /// `deux tiers`, `la moitié`.
    Fraction,
    /// `3e`, `troisième`.
    Ordinal,
}

impl Number {
    pub(super) fn new(tokens: Range<usize>, amount: Amount, kind: NumberKind) -> Number {
        Number { tokens, amount, kind, cut: None, scale: None, bound: None }
    }

    /// Multiplies the number and the worth of its last digit; `None` where that is too large.
    pub(crate) fn times(&mut self, by: Ratio) -> Option<()> {
        let size = if by < Ratio::ZERO { Ratio::ZERO.sub(by)? } else { by };
        let scaled = |r: Option<Ratio>| r.map_or(Some(None), |r| r.mul(by).map(Some));
        self.amount = Amount {
            written: self.amount.written.mul(by)?,
            low: scaled(self.amount.low)?,
            high: scaled(self.amount.high)?,
            precision: self.amount.precision.mul(size)?,
        };
        Some(())
    }

    /// Blurs the number as « une quinzaine » does: a sixth to either side.
    pub(super) fn blur(&mut self) -> Option<()> {
        let sixth = self.amount.written.div(Ratio::whole(6))?;
        self.amount.low = self.amount.written.sub(sixth);
        self.amount.high = self.amount.written.add(sixth);
        Some(())
    }

    /// Takes what scales it and stands at token `i`: « million », "hundred", « douzaines », « de milliers ».
    pub(super) fn scale_by(&mut self, a: &Analysis, i: usize, end: usize, g: &NumberGrammar) -> Option<bool> {
        if i >= end || a.tokens[i].glued {
            return Some(false);
        }
        let Some((by, blurs)) = g.scale(a.lower(i)) else { return Some(false) };
        // « 50 cents »: after figures the coin, not the hundred.
        if by == 100 && !blurs && g.currencies.at(i, word_in(a, i)).is_some() {
            return Some(false);
        }
        self.times(Ratio::whole(by))?;
        // « 22 billions » are a figure, « 3 douzaines » about so many.
        if blurs && by < 1000 {
            self.blur()?;
        }
        self.scale = Some(self.scale.as_ref().map_or(i, |s| s.start)..i + 1);
        self.tokens.end = i + 1;
        Some(true)
    }

    /// Whether nothing but its figures says what it is: no scale, no bound.
    pub(crate) fn is_bare(&self) -> bool {
        self.kind == NumberKind::Digits && self.scale.is_none() && self.bound.is_none()
    }
}

/// The word at a token, if it lies in the sentence of `at`.
pub(crate) fn word_in<'w>(a: &'w Analysis, at: usize) -> impl Fn(usize) -> Option<&'w str> {
    let sentence = a.sentence(at);
    move |i| sentence.contains(&i).then(|| a.lower(i))
}
