//! Places in a text as LanguageTool's clients count them: in UTF-16 code units.

use std::ops::Range;

/// A text with an index of its UTF-16 code units. Building it is one pass; a look-up costs the same in a text of any length.
pub(super) struct Utf16<'a> {
    pub(super) text: &'a str,
    /// Code units before each STEPth byte.
    before: Vec<usize>,
}

const STEP: usize = 1024;
/// How many characters a context shows on each side.
const SIDE: usize = 45;
const CUT: &str = "...";

impl<'a> Utf16<'a> {
    pub(super) fn new(text: &'a str) -> Utf16<'a> {
        let mut before = Vec::with_capacity(text.len() / STEP + 1);
        let mut units = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            before.push(units);
            units += begun(chunk);
        }
        Utf16 { text, before }
    }

    fn units_before(&self, byte: usize) -> usize {
        let step = (byte / STEP).min(self.before.len().saturating_sub(1));
        self.before.get(step).copied().unwrap_or(0) + begun(&self.text.as_bytes()[step * STEP..byte])
    }

    /// Offset and length. What is empty is given the character that follows, or goes before: clients underline no nothing.
    pub(super) fn place(&self, range: &Range<usize>) -> (usize, usize) {
        let (mut start, mut end) = (range.start.min(self.text.len()), range.end.min(self.text.len()));
        if start >= end {
            end = start;
            match (self.text[start..].chars().next(), self.text[..start].chars().next_back()) {
                (Some(next), _) => end += next.len_utf8(),
                (None, Some(last)) => start -= last.len_utf8(),
                (None, None) => {}
            }
        }
        let offset = self.units_before(start);
        (offset, self.units_before(end) - offset)
    }

    /// The text around a place, cut where it is long, and where the place is in it, in bytes.
    pub(super) fn around(&self, range: Range<usize>) -> (String, Range<usize>) {
        let (start, end) = (range.start.min(self.text.len()), range.end.clamp(range.start.min(self.text.len()), self.text.len()));
        let from = self.text[..start].char_indices().rev().take(SIDE).last().map_or(start, |(i, _)| i);
        let to = self.text[end..].char_indices().nth(SIDE).map_or(self.text.len(), |(i, _)| end + i);
        let before = if from > 0 { CUT } else { "" };
        let after = if to < self.text.len() { CUT } else { "" };
        let marked = before.len() + start - from;
        (format!("{before}{}{after}", &self.text[from..to]), marked..marked + end - start)
    }
}

/// How many code units begin in `bytes`: a character of four bytes has two, any other one.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().map(|&b| usize::from(b & 0xC0 != 0x80) + usize::from(b >= 0xF0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_code_units() {
        let text = "é😀 à";
        let t = Utf16::new(text);
        let at = |s: &str| {
            let i = text.find(s).unwrap();
            t.place(&(i..i + s.len()))
        };
        assert_eq!([at("é"), at("😀"), at("à"), at("😀 à")], [(0, 1), (1, 2), (4, 1), (1, 4)]);
        assert_eq!(t.place(&(0..0)), (0, 1));
        assert_eq!(t.place(&(text.len()..text.len())), (4, 1));
        assert_eq!(Utf16::new("").place(&(0..9)), (0, 0));
        let long = "😀é".repeat(2_000);
        assert_eq!(Utf16::new(&long).place(&(long.len() - 2..long.len())), (5_999, 1));
    }

    #[test]
    fn a_context_is_cut_between_characters() {
        let text = format!("{}ici{}", "é".repeat(50), "à".repeat(50));
        let t = Utf16::new(&text);
        let (shown, marked) = t.around(100..103);
        assert_eq!(shown, format!("...{}ici{}...", "é".repeat(45), "à".repeat(45)));
        assert_eq!(&shown[marked], "ici");
        assert_eq!(Utf16::new("ici").around(0..3), ("ici".to_owned(), 0..3));
        assert_eq!(Utf16::new("").around(4..9), (String::new(), 0..0));
    }
}
