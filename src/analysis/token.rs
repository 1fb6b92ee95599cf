//! Tokens and sentences: the words of a draft, each with its place.

use crate::language::{Opens, TokenKind};
use crate::span::Span;

/// A word, a number, a mark.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Bytes of [`Document::text`](crate::document::Document::text).
    pub span: Span,
    /// Bytes of [`Analysis::lower`](super::Analysis::lower): the word in lower case, apostrophes straight, letters composed.
    pub lower: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// How its letters are cased.
    pub case: Case,
    /// No space stands before it.
    pub glued: bool,
    /// Index into [`Document::blocks`](crate::document::Document::blocks).
    pub block: u32,
    /// Index into [`Analysis::sentences`](super::Analysis::sentences).
    pub sentence: u32,
    /// What may begin with it.
    pub opens: Opens,
    /// First of its readings in [`Analysis::readings`].
    pub(crate) readings_start: u32,
    /// Number of its readings.
    pub(crate) readings_len: u16,
}

/// How a word's letters are cased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// No capital at the start: `président`.
    Lower,
    /// A capital first, lower case after: `Almaty`.
    Capitalised,
    /// Two or more letters, all capitals: `OTAN`.
    Upper,
    /// One capital letter alone: `M`, `A`.
    Initial,
    /// Capitals inside: `McDonald`, `iPhone`, `East2West`.
    Mixed,
}

impl Case {
    /// Whether the word begins with a capital.
    pub fn is_capital(self) -> bool {
        self != Case::Lower
    }
}

/// A run of tokens that ends in a full stop, or with its block.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// Index into [`Document::blocks`](crate::document::Document::blocks).
    pub block: u32,
}

/// Two numbers that a range joins, as first and one past the last token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberRange {
    /// The token of the word that opens the range.
    pub open: u32,
    /// The first number.
    pub first: (u32, u32),
    /// The second number.
    pub second: (u32, u32),
    /// Whether the first must be the smaller.
    pub ordered: bool,
}
