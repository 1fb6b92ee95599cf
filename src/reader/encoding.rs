//! Bytes into text, with the way back.

use std::borrow::Cow;
use std::fmt::Write as _;

use encoding_rs::{ISO_8859_15, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Problem, ReadError};
use crate::document::SourceMap;
use crate::span::Span;

/// Text, and its map to the bytes; `None` where each byte stands for itself.
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub map: Option<SourceMap>,
    pub problems: Vec<Problem>,
}

/// How the bytes of a draft spell its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// The encoding as which [`read`](super::read) reads the bytes: what their mark says, else UTF-8 where they are that, else what
    /// they declare, else what their accents look like.
    pub fn of(bytes: &[u8]) -> Encoding {
        if let Some((marked, _)) = encoding_rs::Encoding::for_bom(bytes) {
            return Encoding(marked);
        }
        if std::str::from_utf8(bytes).is_ok() || !is_legacy(bytes) {
            return Encoding(UTF_8);
        }
        Encoding(declared(bytes).filter(|e| *e != UTF_8).unwrap_or_else(|| likely(bytes)))
    }

    /// The encoding of that name, as a mail or a page declares it.
    pub(super) fn named(label: &str) -> Option<Encoding> {
        encoding_rs::Encoding::for_label(label.trim().as_bytes()).map(Encoding)
    }

    /// The bytes of a text, without a byte-order mark; `None` where the encoding lacks one of its characters.
    pub fn encode(self, text: &str) -> Option<Vec<u8>> {
        if self.0 == UTF_16LE {
            return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        }
        if self.0 == UTF_16BE {
            return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
        }
        let (bytes, _, lossy) = self.0.encode(text);
        (!lossy).then(|| bytes.into_owned())
    }

    /// What a byte is in an encoding in which each is a character; `None` for any other encoding.
    pub(super) fn character(self, byte: u8) -> Option<char> {
        self.0.is_single_byte().then(|| {
            let byte = [byte];
            let (c, _) = self.0.decode_without_bom_handling(&byte);
            c.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
        })
    }

    fn upper(self) -> Option<Vec<char>> {
        (0x80..=0xFF).map(|byte| self.character(byte)).collect()
    }

    /// Text in this encoding, whose bytes stand at `at`, and the map to them; `None` where several bytes make a character and it is
    /// not UTF-8.
    pub(super) fn text(self, bytes: &[u8], at: usize) -> Option<(String, SourceMap)> {
        let upper = self.upper()?;
        let (mut text, mut map) = (String::with_capacity(bytes.len() + bytes.len() / 8), SourceMap::default());
        for (i, &byte) in bytes.iter().enumerate() {
            let start = text.len();
            match byte.checked_sub(0x80) {
                None => {
                    text.push(char::from(byte));
                    map.push_verbatim(start, at + i, 1);
                }
                Some(high) => {
                    text.push(upper[usize::from(high)]);
                    map.push_decoded(Span::new(start, text.len()), Span::new(at + i, at + i + 1));
                }
            }
        }
        Some((text, map))
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

/// How far from its beginning a file declares its encoding.
const DECLARATION: usize = 1024;

/// The encoding that a file declares: `<?xml encoding="…"?>`, `<meta charset="…">`.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head: String = bytes[..bytes.len().min(DECLARATION)].iter().map(|b| char::from(b & 0x7F).to_ascii_lowercase()).collect();
    let rest = if head.starts_with("<?xml") {
        let end = head.find("?>")?;
        head[..end].split_once("encoding")?.1
    } else {
        head.split_once("<meta").and_then(|(_, rest)| rest.split_once("charset"))?.1
    };
    let label = rest.trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(label.len());
    encoding_rs::Encoding::for_label(&label.as_bytes()[..end])
}

/// How much of a file is looked at to tell its encoding.
const SAMPLE: usize = 64 * 1024;

/// The encoding in which the accents of a Western European text make words: an accented letter stands at a letter, a quotation mark
/// beside a blank. Where all read alike, the commonest.
fn likely(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let score = |encoding: &'static encoding_rs::Encoding| {
        let (text, _) = Encoding(encoding).text(sample, 0).unwrap_or_default();
        let chars: Vec<char> = text.chars().collect();
        let at = |i: usize| chars.get(i).copied().unwrap_or(' ');
        let fits = |i: usize, c: char| {
            let (before, after) = (if i == 0 { ' ' } else { at(i - 1) }, at(i + 1));
            match c {
                c if c.is_alphabetic() && c.is_lowercase() => before.is_alphabetic() || after.is_lowercase(),
                c if c.is_alphabetic() => !before.is_lowercase() && after.is_alphabetic(),
                '’' | '‘' => before.is_alphabetic() || after.is_alphabetic(),
                '«' | '“' | '»' | '”' => {
                    before.is_whitespace() != after.is_alphabetic() || !before.is_alphanumeric() || !after.is_alphanumeric()
                }
                '–' | '—' | '…' | '\u{A0}' | '°' => true,
                '€' | '£' => before.is_ascii_digit() || before.is_whitespace() || after.is_ascii_digit(),
                _ => false,
            }
        };
        // An encoding shows by its accented small letters: signs and capitals alone prove none.
        let accented = chars.iter().enumerate().any(|(i, c)| ('ß'..='ÿ').contains(c) && fits(i, *c));
        let sum =
            chars.iter().enumerate().filter(|(_, c)| !c.is_ascii()).map(|(i, c)| if fits(i, *c) { 1 } else { -1 }).sum::<i64>();
        if accented || encoding == WINDOWS_1252 { sum } else { i64::MIN }
    };
    let mut best = (WINDOWS_1252, score(WINDOWS_1252));
    for encoding in [ISO_8859_15, MACINTOSH] {
        let score = score(encoding);
        if score > best.1 {
            best = (encoding, score);
        }
    }
    best.0
}

/// Reads UTF-8, UTF-16 with a byte-order mark, or an encoding of one byte a character.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
    let Encoding(encoding) = Encoding::of(bytes);
    if encoding == UTF_16LE {
        return Ok(utf16(&bytes[2..], u16::from_le_bytes));
    }
    if encoding == UTF_16BE {
        return Ok(utf16(&bytes[2..], u16::from_be_bytes));
    }
    if encoding != UTF_8 {
        let (text, map) = Encoding(encoding).text(bytes, 0).ok_or(ReadError::Encoding(encoding.name()))?;
        return Ok(Decoded { text: text.into(), map: Some(map), problems: Vec::new() });
    }
    let bom = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let body = &bytes[bom..];
    if let Ok(text) = std::str::from_utf8(body) {
        let mut map = SourceMap::default();
        map.push_verbatim(0, bom, text.len());
        return Ok(Decoded { text: text.into(), map: (bom > 0).then_some(map), problems: Vec::new() });
    }
    Ok(damaged(body, bom))
}

/// A damaged file says the same thing at every accent: the first few places suffice.
const SHOWN: usize = 5;

/// UTF-8 with bytes in it that are none.
fn damaged(body: &[u8], bom: usize) -> Decoded<'_> {
    let mut text = String::with_capacity(body.len() + body.len() / 8);
    let (mut map, mut problems) = (SourceMap::default(), Vec::new());
    let (mut at, mut faults) = (bom, 0usize);
    for chunk in body.utf8_chunks() {
        map.push_verbatim(text.len(), at, chunk.valid().len());
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        if chunk.invalid().is_empty() {
            continue;
        }
        let (read, places) = Encoding(WINDOWS_1252).text(chunk.invalid(), at).unwrap_or_default();
        map.append(&places, text.len());
        text.push_str(&read);
        let end = at + chunk.invalid().len();
        faults += 1;
        if problems.len() < SHOWN {
            let mut shown = String::new();
            for &byte in chunk.invalid() {
                let _ = write!(shown, " {byte:02X}");
            }
            problems.push(Problem {
                message: format!("not UTF-8:{shown}; read as Windows-1252: save the file as UTF-8"),
                span: Some(Span::new(at, end)),
            });
        }
        at = end;
    }
    if faults > problems.len() {
        problems.push(Problem {
            message: format!("{} more places are not UTF-8: save the file as UTF-8", faults - problems.len()),
            span: None,
        });
    }
    Decoded { text: text.into(), map: Some(map), problems }
}

fn utf16(body: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded<'static> {
    let mut text = String::with_capacity(body.len());
    let (mut map, mut problems) = (SourceMap::default(), Vec::new());
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
        for (encoding, mark) in [(UTF_8, &b""[..]), (UTF_16LE, b"\xFF\xFE"), (UTF_16BE, b"\xFE\xFF")] {
            let bytes = [mark, &Encoding(encoding).encode(text).unwrap()].concat();
            assert_eq!((Encoding::of(&bytes), &*decode(&bytes).unwrap().text), (Encoding(encoding), text));
        }
        assert_eq!(Encoding(WINDOWS_1252).encode(text), None);
    }

    #[test]
    fn an_encoding_without_a_name_is_told_by_the_words_that_it_makes() {
        let french = "« L’été, le cœur de la forêt brûle : 5 € déjà », a-t-il dit à Noël…";
        let english = "“It’s a café,” he said – £5 – of the naïve façade…";
        for encoding in [WINDOWS_1252, MACINTOSH] {
            for text in [french, english] {
                let bytes = Encoding(encoding).encode(text).unwrap();
                assert_eq!(Encoding::of(&bytes).0.name(), encoding.name(), "{text}");
                assert_eq!(decode(&bytes).unwrap().text, text);
            }
        }
        let plain = "Le cœur de la forêt brûle, 5 € déjà.";
        let bytes = Encoding(ISO_8859_15).encode(plain).unwrap();
        assert_eq!(decode(&bytes).unwrap().text, plain);
    }

    #[test]
    fn an_encoding_that_is_declared_holds() {
        let xml = "<?xml version='1.0' encoding='windows-1250'?><a>\u{159}eka</a>";
        let bytes = Encoding::named("windows-1250").unwrap().encode(xml).unwrap();
        assert_eq!(decode(&bytes).unwrap().text, xml);
        let html = "<html><head><meta charset=macintosh></head>Un \u{e9}t\u{e9}";
        let bytes = Encoding(MACINTOSH).encode(html).unwrap();
        assert_eq!(decode(&bytes).unwrap().text, html);
        check(
            b"<?xml version='1.0' encoding='Shift_JIS'?><a>\x82\xA0</a>",
            "refused: this is text in Shift_JIS: save the draft as UTF-8",
        );
    }

    #[test]
    fn a_broken_byte_in_utf8_is_read_and_told() {
        check(
            b"\xC3\xA9t\xC3\xA9 pr\xE8s \xC3\xA0",
            "été près à é@0..2 é@3..5 è@8..9 à@11..13 ! not UTF-8: E8; read as Windows-1252: save the file as UTF-8 Some(8..9)",
        );
    }
}
