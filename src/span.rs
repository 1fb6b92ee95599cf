//! The one unit of place inside the core.

use std::ops::Range;

/// A half-open range of bytes, of [`Document::text`](crate::document::Document::text) unless a name says otherwise.
///
/// Both ends stand on character boundaries of the text that the span was made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from two byte offsets. A text of 4 GiB or more is refused by the readers, so that the cast holds.
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end, "a span of negative length: {start}..{end}");
        Span { start: start as u32, end: end as u32 }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same bytes as a `usize` range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words at this span of `text`.
    ///
    /// # Panics
    /// If the span was made for another text and cuts a character or overruns the end.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}
/// The nearest border of a character at or before a byte of a text.
pub(crate) fn floor(at: usize, text: &str) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}
