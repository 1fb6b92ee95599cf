//! A file's lines and columns, and how its characters are shown.

use std::ops::Range;

use crate::document::Document;

/// A place in a file as an editor shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

/// A file with an index of its lines. Building it is one pass; a look-up costs no more on a line of a megabyte.
#[derive(Debug)]
pub struct Source<'a> {
    bytes: &'a [u8],
    text: Option<&'a str>,
    /// In UTF-16 the place of the higher byte in each pair.
    high: Option<usize>,
    /// First byte of each line.
    starts: Vec<usize>,
    /// Characters that begin before each STEPth byte.
    chars: Vec<usize>,
}

const STEP: usize = 1024;
const BOM: &[u8] = b"\xef\xbb\xbf";

impl<'a> Source<'a> {
    /// Indexes a file. `\n`, `\r\n` and a lone `\r` end a line; a byte-order mark belongs to none.
    pub fn new(bytes: &'a [u8]) -> Source<'a> {
        let text = std::str::from_utf8(bytes).ok();
        let high = match bytes {
            [0xff, 0xfe, ..] => Some(1),
            [0xfe, 0xff, ..] => Some(0),
            _ => None,
        };
        let mark = if bytes.starts_with(BOM) { BOM.len() } else { high.map_or(0, |_| 2) };
        let mut source = Source { bytes, text, high, starts: vec![mark], chars: Vec::with_capacity(bytes.len() / STEP + 1) };
        let unit = source.unit();
        for i in (0..bytes.len()).step_by(unit) {
            let ends = source.holds(i, b'\n') || source.holds(i, b'\r') && !source.holds(i + unit, b'\n');
            if ends {
                source.starts.push(i + unit);
            }
        }
        let mut before = 0;
        for chunk in bytes.chunks(STEP) {
            source.chars.push(before);
            before += source.begun(chunk);
        }
        source
    }

    /// Indexes what people see a draft as: its file, or its paragraphs where the file is a word processor's.
    pub fn of(doc: &'a Document, bytes: &'a [u8]) -> Source<'a> {
        Source::new(doc.shown().map_or(bytes, str::as_bytes))
    }

    /// The file as text; `None` where it is not UTF-8.
    pub fn text(&self) -> Option<&'a str> {
        self.text
    }

    /// Number of lines, never 0.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The line, from 0, in which a byte lies. A byte past the end lies in the last line.
    pub fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|&s| s <= byte).saturating_sub(1)
    }

    /// The bytes of a line, from 0, without the characters that end it.
    pub fn line(&self, line: usize) -> Range<usize> {
        let start = self.starts[line];
        let mut end = self.starts.get(line + 1).copied().unwrap_or(self.bytes.len());
        if line + 1 < self.starts.len() {
            let unit = self.unit();
            end -= unit;
            if self.holds(end, b'\n') && end > start && self.holds(end - unit, b'\r') {
                end -= unit;
            }
        }
        start..end.max(start)
    }

    /// Bytes of the smallest piece that may be a character.
    fn unit(&self) -> usize {
        if self.high.is_some() { 2 } else { 1 }
    }

    /// Whether that ASCII character stands at a byte.
    fn holds(&self, at: usize, ascii: u8) -> bool {
        match self.high {
            Some(high) => self.bytes.get(at + high) == Some(&0) && self.bytes.get(at + 1 - high) == Some(&ascii),
            None => self.bytes.get(at) == Some(&ascii),
        }
    }

    /// The line and column of a byte. In a file that is neither UTF-8 nor UTF-16 every byte counts as a character.
    pub fn position(&self, byte: usize) -> Position {
        let byte = byte.min(self.bytes.len());
        let line = self.line_of(byte);
        let start = self.starts[line].min(byte);
        Position { line: line + 1, column: self.chars_before(byte) - self.chars_before(start) + 1 }
    }

    fn chars_before(&self, byte: usize) -> usize {
        let step = (byte / STEP).min(self.chars.len().saturating_sub(1));
        self.chars.get(step).copied().unwrap_or(0) + self.begun(&self.bytes[step * STEP..byte])
    }

    /// How many characters begin in `bytes`.
    fn begun(&self, bytes: &[u8]) -> usize {
        match self.high {
            // The second half of a pair that makes one character begins none.
            Some(high) => bytes.chunks(2).filter(|pair| !pair.get(high).is_some_and(|b| (0xdc..=0xdf).contains(b))).count(),
            None if self.text.is_none() => bytes.len(),
            None => bytes.iter().filter(|&&b| b & 0xc0 != 0x80).count(),
        }
    }
}

/// Whether a character takes no room and may change how others are shown: marks of direction, joiners.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// The character itself, or a picture of it where it would steer a terminal.
pub(crate) fn visible(c: char) -> char {
    match c {
        '\t' => c,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(source: &Source, byte: usize) -> (usize, usize) {
        let p = source.position(byte);
        (p.line, p.column)
    }

    #[test]
    fn columns_count_characters_and_every_line_end_counts() {
        let text = "été\r\nà\rz\n";
        let s = Source::new(text.as_bytes());
        assert_eq!(s.lines(), 4);
        assert_eq!(&text[s.line(0)], "été");
        assert_eq!(&text[s.line(1)], "à");
        assert_eq!(&text[s.line(2)], "z");
        assert_eq!(&text[s.line(3)], "");
        assert_eq!(at(&s, 0), (1, 1));
        assert_eq!(at(&s, text.find('à').unwrap()), (2, 1));
        assert_eq!(at(&s, text.find("é\r").unwrap()), (1, 3));
        assert_eq!(at(&s, text.len()), (4, 1));
        assert_eq!(at(&s, 9_999), (4, 1));
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let s = Source::new("\u{feff}Nice".as_bytes());
        assert_eq!(at(&s, 3), (1, 1));
        assert_eq!(at(&s, 4), (1, 2));
        assert_eq!(at(&s, 0), (1, 1));
    }

    #[test]
    fn utf_16_has_lines_and_characters() {
        let text = "été\r\n𝄞à\u{a0a}b\nfin";
        for big in [false, true] {
            let wide = |text: &str| text.chars().flat_map(|c| units(c, big)).collect::<Vec<u8>>();
            let bytes = [wide("\u{feff}"), wide(text)].concat();
            let s = Source::new(&bytes);
            let byte = |before: &str| 2 + wide(&text[..text.find(before).unwrap()]).len();
            assert_eq!(s.lines(), 3);
            assert_eq!(at(&s, 2), (1, 1));
            assert_eq!(at(&s, byte("é\r")), (1, 3));
            assert_eq!(at(&s, byte("à")), (2, 2));
            assert_eq!(at(&s, byte("b")), (2, 4));
            assert_eq!(at(&s, byte("fin")), (3, 1));
            assert_eq!(s.line(0), 2..8);
        }
    }

    /// A character in UTF-16.
    fn units(c: char, big: bool) -> Vec<u8> {
        let mut all = [0; 2];
        let of = |unit: &u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        c.encode_utf16(&mut all).iter().flat_map(of).collect()
    }

    #[test]
    fn in_another_encoding_each_byte_is_a_character() {
        let s = Source::new(b"caf\xe9 br\xfbl\xe9\nfin");
        assert_eq!(s.text(), None);
        assert_eq!(at(&s, 5), (1, 6));
        assert_eq!(at(&s, 12), (2, 2));
    }

    #[test]
    fn columns_are_right_beyond_the_first_step() {
        let text = "é".repeat(5_000);
        let s = Source::new(text.as_bytes());
        for c in [0, 511, 512, 513, 1023, 1024, 4_999, 5_000] {
            assert_eq!(at(&s, c * 2), (1, c + 1));
        }
        assert_eq!(at(&Source::new(b""), 0), (1, 1));
        let full = "a".repeat(STEP);
        assert_eq!(at(&Source::new(full.as_bytes()), STEP), (1, STEP + 1));
    }
}
