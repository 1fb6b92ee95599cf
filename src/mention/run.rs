//! A run of words that may be a name.

use std::ops::Range;

/// A run of words that may be a name, with the title before it.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// The tokens of the name.
    pub tokens: Range<usize>,
    /// The civil title or function that stands right before it.
    pub title: Range<usize>,
    /// Whether that is a civil title: « M. », "Mrs".
    pub civil: bool,
    /// How many tokens at its start are first names or initials.
    pub given: usize,
    /// What its words alone make it.
    pub shape: Shape,
}

/// What the words of a run alone make it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Nothing yet.
    Open,
    /// An organisation: its head is one.
    Organisation,
    /// A street, a cup, an award: a name, of nobody.
    Thing,
}
