//! Bytes into text, with the way back; what is no text is refused by name.

use std::fmt::Write as _;

use super::{Problem, ReadError};
use crate::document::SourceMap;
use crate::span::Span;

/// Text, and its map to the bytes; `None` where each byte stands for itself.
pub(super) struct Decoded<'a> {
    pub text: std::borrow::Cow<'a, str>,
    pub map: Option<SourceMap>,
    pub problems: Vec<Problem>,
}

/// The first bytes of files that are no drafts, and what they are called.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (DOCX, ODT, EPUB)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"{\\rtf", "an RTF document"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office document (DOC, XLS)"),
    (b"\x89PNG\r\n", "an image (PNG)"),
    (b"\xFF\xD8\xFF", "an image (JPEG)"),
    (b"GIF87a", "an image (GIF)"),
    (b"GIF89a", "an image (GIF)"),
    (b"II*\0", "an image (TIFF)"),
    (b"MM\0*", "an image (TIFF)"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xFD7zXZ\0", "an xz archive"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    (b"Rar!\x1A\x07", "a RAR archive"),
    (b"%!PS", "a PostScript file"),
    (b"OggS", "a sound or video file"),
    (b"ID3", "a sound file (MP3)"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7FELF", "a program"),
    (b"\xFF\xFE\0\0", "text in UTF-32"),
    (b"\0\0\xFE\xFF", "text in UTF-32"),
];

/// What the bytes are if they are not text.
pub(super) fn refusal(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, name)) = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(name);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12).is_some_and(|k| k == b"WEBP") {
        return Some("an image (WebP)");
    }
    if bytes.get(4..8).is_some_and(|k| k == b"ftyp") {
        return Some("an image or a video (HEIC, MP4)");
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return None;
    }
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = head.iter().filter(|&&b| b == 0).count();
    if head.len() >= 4 && zeros * 5 >= head.len() * 2 {
        let odd = head.iter().skip(1).step_by(2).filter(|&&b| b == 0).count();
        if odd * 10 >= zeros * 9 || odd * 10 <= zeros {
            return Some("text in UTF-16 without a byte-order mark");
        }
    }
    let control = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1A | 0x1B)).count();
    (control * 50 > head.len()).then_some("binary data")
}

/// How the bytes of a draft spell its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte-order mark.
    Utf8,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// Windows-1252.
    Windows1252,
}

impl Encoding {
    /// The encoding as which [`read`](super::read) reads the bytes.
    pub fn of(bytes: &[u8]) -> Encoding {
        if bytes.starts_with(b"\xFF\xFE") {
            return Encoding::Utf16Le;
        }
        if bytes.starts_with(b"\xFE\xFF") {
            return Encoding::Utf16Be;
        }
        let legacy = !bytes.starts_with(b"\xEF\xBB\xBF") && std::str::from_utf8(bytes).is_err() && is_legacy(bytes);
        if legacy { Encoding::Windows1252 } else { Encoding::Utf8 }
    }

    /// The bytes of a text, without a byte-order mark; `None` where the encoding lacks one of its characters.
    pub fn encode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Encoding::Utf8 => Some(text.as_bytes().to_vec()),
            Encoding::Utf16Le => Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            Encoding::Utf16Be => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            Encoding::Windows1252 => text.chars().map(to_windows_1252).collect(),
        }
    }
}

/// Whether text that is not all UTF-8 is one of the legacy encodings, rather than UTF-8 that was damaged.
fn is_legacy(body: &[u8]) -> bool {
    let (mut wide, mut bad) = (0, 0);
    for chunk in body.utf8_chunks() {
        wide += chunk.valid().bytes().filter(|&b| b >= 0xC0).count();
        bad += chunk.invalid().len();
    }
    wide < bad
}

/// Reads UTF-8, UTF-16 with a byte-order mark, or Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
    // Two thirds of the text may be bytes that a legacy encoding did not need, and offsets have 32 bits.
    if bytes.len() >= u32::MAX as usize / 4 {
        return Err(ReadError::TooLarge);
    }
    if let Some(name) = refusal(bytes) {
        return Err(ReadError::NotText(name));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return Ok(utf16(rest, u16::from_le_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return Ok(utf16(rest, u16::from_be_bytes));
    }
    let bom = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let body = &bytes[bom..];
    if let Ok(text) = std::str::from_utf8(body) {
        let mut map = SourceMap::default();
        map.push_verbatim(0, bom, text.len());
        return Ok(Decoded { text: text.into(), map: (bom > 0).then_some(map), problems: Vec::new() });
    }
    Ok(broken(body, bom))
}

/// Text that is not all UTF-8: one of the legacy encodings, or UTF-8 that was damaged.
fn broken(body: &[u8], bom: usize) -> Decoded<'_> {
    let legacy = bom == 0 && is_legacy(body);
    let mut text = String::with_capacity(body.len() + body.len() / 8);
    let mut map = SourceMap::default();
    let mut problems = Vec::new();
    let mut at = bom;
    let mut faults = 0usize;
    let one = |text: &mut String, map: &mut SourceMap, at: usize, byte: u8| {
        let start = text.len();
        text.push(windows_1252(byte));
        map.push_decoded(Span::new(start, text.len()), Span::new(at, at + 1));
    };
    for chunk in body.utf8_chunks() {
        let valid = chunk.valid();
        if legacy && !valid.is_ascii() {
            for (i, &byte) in valid.as_bytes().iter().enumerate() {
                if byte < 0x80 {
                    map.push_verbatim(text.len(), at + i, 1);
                    text.push(byte as char);
                } else {
                    one(&mut text, &mut map, at + i, byte);
                }
            }
        } else {
            map.push_verbatim(text.len(), at, valid.len());
            text.push_str(valid);
        }
        at += valid.len();
        for &byte in chunk.invalid() {
            one(&mut text, &mut map, at, byte);
            at += 1;
        }
        if !legacy && !chunk.invalid().is_empty() {
            faults += 1;
            if problems.len() < SHOWN {
                let mut shown = String::new();
                for &byte in chunk.invalid() {
                    let _ = write!(shown, " {byte:02X}");
                }
                problems.push(Problem {
                    message: format!("not UTF-8:{shown}; read as Windows-1252: save the file as UTF-8"),
                    span: Some(Span::new(at - chunk.invalid().len(), at)),
                });
            }
        }
    }
    if faults > problems.len() {
        problems.push(Problem {
            message: format!("{} more places are not UTF-8: save the file as UTF-8", faults - problems.len()),
            span: None,
        });
    }
    Decoded { text: text.into(), map: Some(map), problems }
}

/// A damaged file says the same thing at every accent: the first few places suffice.
const SHOWN: usize = 5;

fn utf16(body: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded<'static> {
    let mut text = String::with_capacity(body.len());
    let mut map = SourceMap::default();
    let mut problems = Vec::new();
    let mut at = 2;
    for c in char::decode_utf16(body.chunks_exact(2).map(|b| unit([b[0], b[1]]))) {
        let (c, units) = match c {
            Ok(c) => (c, c.len_utf16()),
            Err(_) => (char::REPLACEMENT_CHARACTER, 1),
        };
        let start = text.len();
        text.push(c);
        let end = at + 2 * units;
        if c == char::REPLACEMENT_CHARACTER && problems.len() < SHOWN {
            problems.push(Problem {
                message: "half a character in UTF-16: save the file as UTF-8".to_owned(),
                span: Some(Span::new(at, end)),
            });
        }
        map.push_decoded(Span::new(start, text.len()), Span::new(at, end));
        at = end;
    }
    Decoded { text: text.into(), map: Some(map), problems }
}

/// The characters at 80 to 9F; the five that the code page leaves free are replaced.
const HIGH: [char; 32] = [
    '€', '\u{FFFD}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{FFFD}', 'Ž', '\u{FFFD}', '\u{FFFD}', '‘', '’', '“',
    '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{FFFD}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

fn to_windows_1252(c: char) -> Option<u8> {
    match c {
        '\0'..='\u{7F}' | '\u{A0}'..='\u{FF}' => u8::try_from(u32::from(c)).ok(),
        '\u{FFFD}' => None,
        c => HIGH.iter().position(|h| *h == c).and_then(|i| u8::try_from(0x80 + i).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text, then each non-ASCII character with the bytes that it was read from, then the problems.
    fn check(bytes: &[u8], expected: &str) {
        let got = match decode(bytes) {
            Err(e) => format!("refused: {e}"),
            Ok(d) => {
                let mut out = d.text.to_string();
                if let Some(map) = &d.map {
                    for (i, c) in d.text.char_indices().filter(|(_, c)| !c.is_ascii()) {
                        let s = map.source(Span::new(i, i + c.len_utf8())).unwrap();
                        let _ = write!(out, " {c}@{}..{}", s.start, s.end);
                    }
                }
                for p in &d.problems {
                    let _ = write!(out, " ! {} {:?}", p.message, p.span.map(Span::range));
                }
                out
            }
        };
        assert_eq!(got, expected);
    }

    #[test]
    fn each_encoding_keeps_its_bytes() {
        check("été".as_bytes(), "été");
        check(b"\xEF\xBB\xBF\xC3\xA9t\xC3\xA9", "été é@3..5 é@6..8");
        check(b"\xE9t\xE9 \x80 \x93", "été € “ é@0..1 é@2..3 €@4..5 “@6..7");
        check(b"\xFF\xFE\xE9\x00t\x00\x3D\xD8\x00\xDE", "ét😀 é@2..4 😀@6..10");
        check(b"\xFE\xFF\x00\xE9", "é é@2..4");
    }

    #[test]
    fn what_is_decoded_can_be_encoded() {
        let text = "L’été à 5 € : « œuf » – 😀";
        for encoding in [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be] {
            let mark: &[u8] = match encoding {
                Encoding::Utf16Le => b"\xFF\xFE",
                Encoding::Utf16Be => b"\xFE\xFF",
                _ => b"",
            };
            let bytes = [mark, &encoding.encode(text).unwrap()].concat();
            assert_eq!((Encoding::of(&bytes), &*decode(&bytes).unwrap().text), (encoding, text));
        }
        assert_eq!(Encoding::Windows1252.encode(text), None);
        let bytes = Encoding::Windows1252.encode(&text.replace('😀', "")).unwrap();
        assert_eq!(Encoding::of(&bytes), Encoding::Windows1252);
        assert_eq!(decode(&bytes).unwrap().text, text.replace('😀', ""));
    }

    #[test]
    fn a_broken_byte_in_utf8_is_read_and_told() {
        check(
            b"\xC3\xA9t\xC3\xA9 pr\xE8s \xC3\xA0",
            "été près à é@0..2 é@3..5 è@8..9 à@11..13 ! not UTF-8: E8; read as Windows-1252: save the file as UTF-8 Some(8..9)",
        );
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        check(b"%PDF-1.7\n", "refused: this is a PDF file, not text: export the draft as plain text, Markdown or HTML");
        check(
            b"PK\x03\x04\x14\0",
            "refused: this is a ZIP archive (DOCX, ODT, EPUB), not text: export the draft as plain text, Markdown or HTML",
        );
        check(b"h\0e\0l\0l\0o\0", "refused: this is text in UTF-16 without a byte-order mark: save the draft as UTF-8");
        check(b"\x01\x02\x03\x04abc", "refused: this is binary data, not text: export the draft as plain text, Markdown or HTML");
    }
}
