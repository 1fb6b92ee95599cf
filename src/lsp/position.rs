//! Lines and columns as an editor counts them, to bytes and back: the only place of the server that knows UTF-16.

use gen_lsp_types::{Position, PositionEncodingKind, Range};

use crate::span::Span;

/// In which units the client counts columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16: what the protocol falls back on.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The first of those that the client offers; UTF-16 where it offers none that is known.
    pub fn agreed<'a>(offered: impl IntoIterator<Item = &'a str>) -> Encoding {
        let known = |name: &str| match name {
            "utf-8" => Some(Encoding::Utf8),
            "utf-16" => Some(Encoding::Utf16),
            "utf-32" => Some(Encoding::Utf32),
            _ => None,
        };
        offered.into_iter().find_map(known).unwrap_or_default()
    }

    /// Its name in the protocol.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// How many units the characters that begin in `bytes` take.
    fn units(self, bytes: &[u8]) -> usize {
        match self {
            Encoding::Utf8 => bytes.len(),
            Encoding::Utf16 => bytes.iter().map(|&b| usize::from(b & 0xc0 != 0x80) + usize::from(b >= 0xf0)).sum(),
            Encoding::Utf32 => bytes.iter().filter(|&&b| b & 0xc0 != 0x80).count(),
        }
    }

    /// How many units one character takes.
    fn of_char(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }
}

/// A text's lines. `\n`, `\r\n` and a lone `\r` end one, as the protocol has it.
#[derive(Clone, Debug)]
pub struct Lines {
    encoding: Encoding,
    /// First byte of each line.
    starts: Vec<usize>,
    /// Units before each STEPth byte, so that a look-up in a line of a megabyte costs no more.
    units: Vec<usize>,
}

const STEP: usize = 64;

impl Lines {
    /// Indexes a text.
    pub fn new(text: &str, encoding: Encoding) -> Lines {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (i, &b) in bytes.iter().enumerate() {
            if b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n')) {
                starts.push(i + 1);
            }
        }
        let mut units = vec![0];
        for chunk in bytes.chunks(STEP) {
            units.push(units.last().copied().unwrap_or(0) + encoding.units(chunk));
        }
        Lines { encoding, starts, units }
    }

    fn units_before(&self, text: &str, byte: usize) -> usize {
        let step = (byte / STEP).min(self.units.len() - 1);
        self.units[step] + self.encoding.units(&text.as_bytes()[(step * STEP).min(byte)..byte])
    }

    /// Where a byte stands. A byte past the end stands at the end.
    pub fn position(&self, text: &str, byte: usize) -> Position {
        let byte = byte.min(text.len());
        let line = self.starts.partition_point(|&s| s <= byte).saturating_sub(1);
        let column = self.units_before(text, byte) - self.units_before(text, self.starts[line]);
        Position { line: line as u32, character: column as u32 }
    }

    /// A span of the text as a range.
    pub fn range(&self, text: &str, span: Span) -> Range {
        Range { start: self.position(text, span.range().start), end: self.position(text, span.range().end) }
    }

    /// The byte at a position. A column past the end of its line is the line's end, a line past the last is the text's end; a
    /// column within a character is the character's start.
    pub fn byte(&self, text: &str, at: Position) -> usize {
        let Some(&start) = self.starts.get(at.line as usize) else { return text.len() };
        let next = self.starts.get(at.line as usize + 1).copied().unwrap_or(text.len());
        let line = text[start..next].trim_end_matches(['\n', '\r']);
        let end = start + line.len();
        let target = self.units_before(text, start).saturating_add(at.character as usize);
        // The last step that begins at or before the target and not before the line.
        let step = self.units.partition_point(|&u| u <= target).saturating_sub(1);
        let mut byte = (step * STEP).clamp(start, end);
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let mut units = self.units_before(text, byte);
        for c in text[byte..end].chars() {
            units += self.encoding.of_char(c);
            if units > target {
                break;
            }
            byte += c.len_utf8();
        }
        byte
    }

    /// A range as a span of the text; one that ends before it starts is empty.
    pub fn span(&self, text: &str, range: Range) -> Span {
        let (start, end) = (self.byte(text, range.start), self.byte(text, range.end));
        Span::new(start, end.max(start))
    }

    /// First byte of the line in which a byte stands.
    pub fn line_start(&self, byte: usize) -> usize {
        let line = self.starts.partition_point(|&s| s <= byte).saturating_sub(1);
        self.starts[line]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn each_encoding_counts_in_its_units() {
        let text = "été 🦊!\r\nà\rz\n";
        for (encoding, fox, bang) in [(Encoding::Utf8, 6, 10), (Encoding::Utf16, 4, 6), (Encoding::Utf32, 4, 5)] {
            let lines = Lines::new(text, encoding);
            assert_eq!(lines.position(text, text.find('🦊').unwrap()), at(0, fox));
            assert_eq!(lines.position(text, text.find('!').unwrap()), at(0, bang));
            assert_eq!(lines.byte(text, at(0, bang)), text.find('!').unwrap());
            assert_eq!(lines.position(text, text.find('z').unwrap()), at(2, 0));
            assert_eq!(lines.position(text, text.len()), at(3, 0));
        }
    }

    #[test]
    fn what_lies_beyond_is_brought_back() {
        let text = "a🦊b\r\nc";
        let lines = Lines::new(text, Encoding::Utf16);
        assert_eq!(lines.byte(text, at(0, 99)), text.find('\r').unwrap());
        assert_eq!(lines.byte(text, at(0, u32::MAX)), text.find('\r').unwrap());
        assert_eq!(lines.byte(text, at(9, 0)), text.len());
        assert_eq!(lines.byte(text, at(0, 2)), 1, "within the fox");
        assert!(lines.span(text, Range { start: at(1, 0), end: at(0, 0) }).is_empty());
        assert_eq!(lines.position(text, 999), at(1, 1));
        assert_eq!(Lines::new("", Encoding::Utf16).byte("", at(0, 5)), 0);
    }

    #[test]
    fn every_character_comes_back_from_its_position() {
        let text = format!("{}\n{}\né", "é🦊x".repeat(700), "à".repeat(3_000));
        for encoding in ALL {
            let lines = Lines::new(&text, encoding);
            for (byte, _) in text.char_indices() {
                assert_eq!(lines.byte(&text, lines.position(&text, byte)), byte, "{encoding:?} {byte}");
            }
        }
    }

    #[test]
    fn the_first_known_encoding_is_taken() {
        assert_eq!(Encoding::agreed([]), Encoding::Utf16);
        assert_eq!(Encoding::agreed(["ebcdic"]), Encoding::Utf16);
        assert_eq!(Encoding::agreed(["utf-7", "utf-32", "utf-8"]), Encoding::Utf32);
    }
}
