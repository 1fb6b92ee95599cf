//! HTML tokens with the bytes that they were read from.
//!
//! The tokenizer reports how far it has read. What lies between that and the end of the last token is the source of the
//! next: the same bytes, or one reference, or one line end.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};

use crate::reader::run::Run;

/// Who wants the tokens.
pub(super) trait Sink {
    /// Text that is the source at `range`.
    fn text(&mut self, range: Range<usize>);
    /// Text that stands for the source at `range`: a reference.
    fn decoded(&mut self, text: &str, range: Range<usize>);
    /// A start tag, with the attributes that were asked for.
    fn open(&mut self, tag: &Tag);
    /// An end tag.
    fn close(&mut self, name: &[u8]);
    /// Whether the values of this attribute are wanted.
    fn wants(attribute: &[u8]) -> bool;
}

/// A start tag.
#[derive(Debug, Default)]
pub(super) struct Tag {
    /// In lower case.
    pub name: Vec<u8>,
    pub attributes: Vec<(Vec<u8>, Run)>,
    pub self_closing: bool,
    /// The whole tag in the file.
    pub source: Range<usize>,
}

impl Tag {
    /// The first value of an attribute.
    pub fn get(&self, name: &[u8]) -> Option<&Run> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    /// The words of a value.
    pub fn value(&self, name: &[u8]) -> &str {
        self.get(name).map_or("", |r| r.text.as_str())
    }
}

/// Sends the tokens of `source[range]` to `sink`.
pub(super) fn tokenize<S: Sink>(source: &str, range: Range<usize>, sink: &mut S) {
    let part = &source[range.clone()];
    let places = Places {
        source,
        position: range.start,
        cursor: range.start,
        sink,
        tag: Tag::default(),
        is_start: false,
        last_start: Vec::new(),
        attribute: Vec::new(),
        value: Run::default(),
        value_cursor: 0,
        tag_start: range.start,
        text: range.start..range.start,
        value_text: range.start..range.start,
    };
    // The reader of a string cannot fail.
    let _: Result<(), Infallible> = Tokenizer::new_with_emitter(part, places).finish();
}

struct Places<'a, S> {
    source: &'a str,
    /// How far the tokenizer has read.
    position: usize,
    /// Where the next text begins.
    cursor: usize,
    sink: &'a mut S,
    tag: Tag,
    is_start: bool,
    last_start: Vec<u8>,
    attribute: Vec<u8>,
    value: Run,
    value_cursor: usize,
    tag_start: usize,
    /// Text and attribute value that were read and not yet handed over.
    text: Range<usize>,
    value_text: Range<usize>,
}

/// What a chunk of the tokenizer's output was read from.
enum Piece {
    Verbatim(Range<usize>),
    Decoded(Range<usize>),
}

/// Finds the source of `chunk`, which was read somewhere in `cursor..position`.
fn place(source: &str, chunk: &[u8], cursor: usize, position: usize) -> Piece {
    let bytes = source.as_bytes();
    let starts = |at: usize| bytes.get(at..at + chunk.len()) == Some(chunk);
    let first = bytes.get(cursor).copied();
    let reference = first == Some(b'&') && chunk == b"&" && position > cursor + 1;
    if !reference && starts(cursor) {
        return Piece::Verbatim(cursor..cursor + chunk.len());
    }
    if first == Some(b'\r') {
        let end = cursor + 1 + usize::from(bytes.get(cursor + 1) == Some(&b'\n'));
        return Piece::Decoded(cursor..end);
    }
    let mut end = position.clamp(cursor, source.len());
    while !source.is_char_boundary(end) {
        end += 1;
    }
    if first != Some(b'&')
        && let Some(at) = position.checked_sub(chunk.len())
        && at >= cursor
        && starts(at)
    {
        return Piece::Verbatim(at..at + chunk.len());
    }
    Piece::Decoded(cursor..end)
}

impl<S: Sink> Places<'_, S> {
    /// Hands over the text that was read: the tokenizer may emit it byte by byte, in the midst of a character.
    fn end_text(&mut self) {
        let text = std::mem::replace(&mut self.text, self.cursor..self.cursor);
        if self.source.get(text.clone()).is_some_and(|t| !t.is_empty()) {
            self.sink.text(text);
        }
    }

    fn end_value_text(&mut self) {
        let text = std::mem::replace(&mut self.value_text, self.value_cursor..self.value_cursor);
        if self.source.get(text.clone()).is_some_and(|t| !t.is_empty()) {
            self.value.collapsed(self.source, text);
        }
    }

    fn end_attribute(&mut self) {
        self.end_value_text();
        let value = std::mem::take(&mut self.value);
        if !self.attribute.is_empty() && self.is_start && S::wants(&self.attribute) {
            self.tag.attributes.push((self.attribute.clone(), value));
        }
        self.attribute.clear();
    }
}

impl<S: Sink> Emitter for Places<'_, S> {
    type Token = Infallible;

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start.clear();
        self.last_start.extend(name.unwrap_or_default());
    }

    fn emit_eof(&mut self) {
        self.end_text();
    }

    fn emit_error(&mut self, _: Error) {}

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_string(&mut self, chunk: &[u8]) {
        if chunk.is_empty() {
            return;
        }
        match place(self.source, chunk, self.cursor, self.position) {
            Piece::Verbatim(range) => {
                self.cursor = range.end;
                if self.text.end != range.start {
                    self.end_text();
                    self.text.start = range.start;
                }
                self.text.end = range.end;
            }
            Piece::Decoded(range) => {
                self.end_text();
                self.cursor = range.end;
                self.sink.decoded(&String::from_utf8_lossy(chunk), range);
            }
        }
    }

    fn init_start_tag(&mut self) {
        self.is_start = true;
        self.tag.name.clear();
        self.tag.attributes.clear();
        self.tag.self_closing = false;
    }

    fn init_end_tag(&mut self) {
        self.init_start_tag();
        self.is_start = false;
    }

    fn start_open_tag(&mut self) {
        self.tag_start = self.position.saturating_sub(1);
    }

    fn init_comment(&mut self) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_text();
        self.end_attribute();
        self.cursor = self.position;
        if self.is_start {
            self.last_start.clone_from(&self.tag.name);
            self.tag.source = self.tag_start.min(self.position)..self.position;
            self.sink.open(&self.tag);
        } else {
            self.last_start.clear();
            self.sink.close(&self.tag.name);
        }
        naive_next_state(&self.last_start)
    }

    fn emit_current_comment(&mut self) {
        self.cursor = self.position;
    }

    fn emit_current_doctype(&mut self) {
        self.cursor = self.position;
    }

    fn set_self_closing(&mut self) {
        self.tag.self_closing = true;
    }

    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, s: &[u8]) {
        self.tag.name.extend(s);
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {}

    fn init_attribute(&mut self) {
        self.end_attribute();
    }

    fn init_attribute_value(&mut self) {
        self.value_cursor = self.position;
    }

    fn push_attribute_name(&mut self, s: &[u8]) {
        self.attribute.extend(s);
    }

    fn push_attribute_value(&mut self, chunk: &[u8]) {
        if chunk.is_empty() || !self.is_start || !S::wants(&self.attribute) {
            return;
        }
        match place(self.source, chunk, self.value_cursor, self.position) {
            Piece::Verbatim(range) => {
                self.value_cursor = range.end;
                if self.value_text.end != range.start {
                    self.end_value_text();
                    self.value_text.start = range.start;
                }
                self.value_text.end = range.end;
            }
            Piece::Decoded(range) => {
                self.end_value_text();
                self.value_cursor = range.end;
                if chunk.iter().all(u8::is_ascii_whitespace) {
                    self.value.line_break(range);
                } else {
                    self.value.decoded(&String::from_utf8_lossy(chunk), range);
                }
            }
        }
    }

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        !self.is_start && !self.last_start.is_empty() && self.last_start == self.tag.name
    }
}
