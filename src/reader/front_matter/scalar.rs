//! Quoted, plain and folded texts of YAML and TOML, each byte with its place.

use std::ops::Range;

use saphyr_parser::ScalarStyle;

use super::first_line;
use crate::reader::run::Run;

/// From the parser's character offsets, which only grow, to bytes.
pub(super) struct CharPlaces<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) chars: usize,
}

impl CharPlaces<'_> {
    pub(super) fn byte(&mut self, index: usize) -> usize {
        if index < self.chars {
            (self.at, self.chars) = (0, 0);
        }
        let ahead = self.text[self.at..].char_indices().nth(index - self.chars);
        match ahead {
            Some((i, _)) => {
                self.at += i;
                self.chars = index;
                self.at
            }
            None => self.text.len(),
        }
    }
}

/// A scalar with its exact map; where our reading of it is not the parser's, one piece for the whole.
pub(super) fn scalar(source: &str, span: Range<usize>, style: ScalarStyle, value: &str) -> Run {
    let run = decode(source, span.clone(), style);
    if run.text.split_whitespace().eq(value.split_whitespace()) {
        return run;
    }
    let mut whole = Run::default();
    let mut words = value.split_whitespace();
    let mut joined = words.next().unwrap_or_default().to_owned();
    for word in words {
        joined.push(' ');
        joined.push_str(word);
    }
    whole.decoded(&joined, span);
    whole
}

pub(super) fn decode(source: &str, span: Range<usize>, style: ScalarStyle) -> Run {
    let text = &source[span.clone()];
    let mut run = Run::default();
    match style {
        ScalarStyle::DoubleQuoted => escaped(source, inside(&span, text, 1), &mut run),
        ScalarStyle::SingleQuoted => doubled(source, inside(&span, text, 1), &mut run),
        ScalarStyle::Plain => folded(source, span, &mut run),
        ScalarStyle::Literal | ScalarStyle::Folded => {
            // The indicator may stand in the span: `|-`, `>+`.
            let header = first_line(text);
            let skip = if header.starts_with(['|', '>']) { header.len() } else { 0 };
            folded(source, span.start + skip..span.end, &mut run);
        }
    }
    run
}

fn inside(span: &Range<usize>, text: &str, quote: usize) -> Range<usize> {
    if text.len() < 2 * quote { span.clone() } else { span.start + quote..span.end - quote }
}

/// Lines joined by one space each, their indentation dropped.
pub(super) fn folded(source: &str, range: Range<usize>, run: &mut Run) {
    let mut at = range.start;
    while at < range.end {
        let line = first_line(&source[at..range.end]);
        let bare = line.trim_end_matches(['\n', '\r']);
        run.verbatim(source, at..at + bare.len());
        if bare.len() < line.len() {
            run.line_break(at + bare.len()..at + line.len());
        }
        at += line.len();
    }
}

/// `''` is one apostrophe.
fn doubled(source: &str, range: Range<usize>, run: &mut Run) {
    let mut at = range.start;
    while let Some(i) = source[at..range.end].find("''") {
        folded(source, at..at + i, run);
        run.decoded("'", at + i..at + i + 2);
        at += i + 2;
    }
    folded(source, at..range.end, run);
}

/// The escapes of YAML, TOML and JSON strings.
pub(in crate::reader) fn escaped(source: &str, range: Range<usize>, run: &mut Run) {
    let mut at = range.start;
    while let Some(i) = source[at..range.end].find('\\') {
        folded(source, at..at + i, run);
        at += i;
        let rest = &source[at + 1..range.end];
        let Some(c) = rest.chars().next() else { return };
        let mut end = at + 1 + c.len_utf8();
        let hex = |n: usize| rest.get(1..=n).and_then(|h| u32::from_str_radix(h, 16).ok());
        let decoded = match c {
            'n' | 't' | 'r' | 'f' | 'v' | 'N' | 'L' | 'P' => ' ',
            '_' => '\u{A0}',
            '\r' | '\n' => {
                // An escaped line end joins the lines.
                at = range.end - source[end..range.end].trim_start().len();
                continue;
            }
            'x' | 'u' | 'U' => {
                let digits = match c {
                    'x' => 2,
                    'u' => 4,
                    _ => 8,
                };
                let mut code = hex(digits);
                if let Some(h) = code.filter(|h| (0xD800..0xDC00).contains(h))
                    && let Some(low) = rest.get(5..).filter(|r| r.starts_with("\\u")).and_then(|r| r.get(2..6))
                    && let Ok(l) = u32::from_str_radix(low, 16)
                    && (0xDC00..0xE000).contains(&l)
                {
                    code = Some(0x10000 + ((h - 0xD800) << 10) + (l - 0xDC00));
                    end += 6;
                }
                match code.map(|c| char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER)) {
                    Some(c) => {
                        end += digits;
                        c
                    }
                    None => c,
                }
            }
            c => c,
        };
        let mut buffer = [0; 4];
        run.decoded(decoded.encode_utf8(&mut buffer), at..end);
        at = end;
    }
    folded(source, at..range.end, run);
}
