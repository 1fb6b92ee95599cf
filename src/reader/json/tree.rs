//! JSON as a tree whose strings know their place in the file, each escape with what it stands for.

use std::ops::Range;

use serde::de::IgnoredAny;

use crate::reader::ReadError;
use crate::reader::run::Run;
use crate::span::Span;

/// A value, and where it stands.
#[derive(Debug)]
pub(in crate::reader) struct Value {
    pub kind: Kind,
    pub source: Range<usize>,
}

#[derive(Debug)]
pub(in crate::reader) enum Kind {
    Object(Vec<(String, Value)>),
    Array(Vec<Value>),
    /// The bytes between the quotation marks.
    String(Range<usize>),
    /// A number, a truth value or nothing.
    Other,
}

impl Value {
    /// The value of a key; of several of that name, the first.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.members().iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// The value at the end of a path of keys.
    pub fn at(&self, path: &[&str]) -> Option<&Value> {
        path.iter().try_fold(self, |value, key| value.get(key))
    }

    pub fn members(&self) -> &[(String, Value)] {
        if let Kind::Object(members) = &self.kind { members } else { &[] }
    }

    pub fn items(&self) -> &[Value] {
        if let Kind::Array(items) = &self.kind { items } else { &[] }
    }

    /// The text of a string, with the way back to its escapes; `None` for any other value, and for a blank string.
    pub fn run(&self, source: &str) -> Option<Run> {
        let Kind::String(range) = &self.kind else { return None };
        Some(unescaped(source, range.clone())).filter(|run| !run.text.trim().is_empty())
    }
}

/// A string of JSON without its escapes.
fn unescaped(source: &str, range: Range<usize>) -> Run {
    let mut run = Run::default();
    let bytes = source.as_bytes();
    let mut at = range.start;
    while at < range.end {
        if bytes[at] != b'\\' {
            let end = source[at..range.end].find('\\').map_or(range.end, |i| at + i);
            run.verbatim(source, at..end);
            at = end;
            continue;
        }
        let unit = |at: usize| {
            source
                .get(at + 2..at + 6)
                .filter(|_| bytes.get(at..at + 2) == Some(b"\\u"))
                .and_then(|h| u16::from_str_radix(h, 16).ok())
        };
        let (c, len) = match bytes.get(at + 1) {
            Some(b'u') => {
                let first = unit(at).unwrap_or(0);
                let pair =
                    unit(at + 6).filter(|_| at + 12 <= range.end).and_then(|low| char::decode_utf16([first, low]).next()?.ok());
                match pair.filter(|&c| c > '\u{FFFF}') {
                    Some(c) => (c, 12),
                    None => (char::from_u32(u32::from(first)).unwrap_or(char::REPLACEMENT_CHARACTER), 6),
                }
            }
            Some(b'n') => ('\n', 2),
            Some(b't') => ('\t', 2),
            Some(b'r') => ('\r', 2),
            Some(b'b') => ('\u{8}', 2),
            Some(b'f') => ('\u{C}', 2),
            Some(&c) => (char::from(c), 2),
            None => (char::REPLACEMENT_CHARACTER, 1),
        };
        let end = (at + len).min(range.end);
        run.decoded(c.encode_utf8(&mut [0; 4]), at..end);
        at = end;
    }
    run
}

/// Deeper values are no story's.
const DEPTH: usize = 200;
/// More of them are none's either, and would not be held in memory.
const MOST: usize = 2_000_000;

/// Reads the values that stand one after another: one, or one a line.
pub(in crate::reader) fn values(source: &str) -> Result<Vec<Value>, ReadError> {
    sound(source)?;
    let mut cursor = Cursor { source, at: 0, values: 0 };
    let mut out = Vec::new();
    while cursor.peek().is_some() {
        out.push(cursor.value(0)?);
    }
    Ok(out)
}

/// Whether the text is JSON from its beginning to its end.
pub(in crate::reader) fn sound(source: &str) -> Result<(), ReadError> {
    for value in serde_json::Deserializer::from_str(source).into_iter::<IgnoredAny>() {
        if let Err(e) = value {
            let line = e.line().saturating_sub(1);
            let start: usize = source.split_inclusive('\n').take(line).map(str::len).sum();
            let at = crate::span::floor((start + e.column().saturating_sub(1)).min(source.len()), source);
            let why = if e.is_eof() {
                "the file is cut off: export it again"
            } else {
                "the JSON is broken here: mend or export it again"
            };
            return Err(ReadError::broken(why.to_owned(), Span::new(at, at)));
        }
    }
    Ok(())
}

/// Walks through what is known to be JSON.
struct Cursor<'a> {
    source: &'a str,
    at: usize,
    values: usize,
}

impl Cursor<'_> {
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.source.as_bytes();
        while bytes.get(self.at).is_some_and(|b| b.is_ascii_whitespace()) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn takes(&mut self, byte: u8) -> bool {
        let takes = self.peek() == Some(byte);
        self.at += usize::from(takes);
        takes
    }

    /// The bytes between the quotation marks of the string that comes next.
    fn string(&mut self) -> Range<usize> {
        self.takes(b'"');
        let start = self.at;
        let bytes = self.source.as_bytes();
        while self.at < bytes.len() && bytes[self.at] != b'"' {
            self.at += if bytes[self.at] == b'\\' { 2 } else { 1 };
        }
        let end = self.at.min(bytes.len());
        self.at = (end + 1).min(bytes.len());
        start..end
    }

    fn value(&mut self, depth: usize) -> Result<Value, ReadError> {
        let first = self.peek();
        let start = self.at;
        self.values += 1;
        let too = match () {
            () if depth > DEPTH => Some(format!("more than {DEPTH} values stand in one another: that is no draft")),
            () if self.values > MOST => Some(format!("more than {MOST} values: split the file")),
            () => None,
        };
        if let Some(message) = too {
            return Err(ReadError::broken(message, Span::new(start, start)));
        }
        let kind = match first {
            Some(b'{') => {
                self.at += 1;
                let mut members = Vec::new();
                while self.peek().is_some() && !self.takes(b'}') {
                    let key = self.string();
                    self.takes(b':');
                    let key = unescaped(self.source, key).text;
                    members.push((key, self.value(depth + 1)?));
                    self.takes(b',');
                }
                Kind::Object(members)
            }
            Some(b'[') => {
                self.at += 1;
                let mut items = Vec::new();
                while self.peek().is_some() && !self.takes(b']') {
                    items.push(self.value(depth + 1)?);
                    self.takes(b',');
                }
                Kind::Array(items)
            }
            Some(b'"') => Kind::String(self.string()),
            _ => {
                let rest = &self.source[self.at..];
                self.at += rest.find([',', ']', '}', ' ', '\n', '\r', '\t']).unwrap_or(rest.len()).max(1);
                Kind::Other
            }
        };
        Ok(Value { kind, source: start..self.at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_leads_to_its_escapes() {
        let source = r#"{"a": ["x\u00e9\n\"\ud83d\ude00y", 1.5e3, null], "é": {}}"#;
        let all = values(source).unwrap();
        let run = all[0].get("a").unwrap().items()[0].run(source).unwrap();
        assert_eq!(run.text, "xé\n\"😀y");
        let of = |part: &str| {
            let at = run.text.find(part).unwrap();
            run.map.source(Span::new(at, at + part.len())).unwrap().of(source)
        };
        assert_eq!([of("é"), of("\""), of("😀"), of("😀y"), of("x")], [r"\u00e9", "\\\"", r"\ud83d\ude00", r"\ud83d\ude00y", "x"]);
        assert_eq!(&source[all[0].get("a").unwrap().source.clone()], r#"["x\u00e9\n\"\ud83d\ude00y", 1.5e3, null]"#);
        assert!(all[0].get("é").unwrap().members().is_empty());
    }

    #[test]
    fn what_is_no_json_is_told_with_its_place() {
        let told = |source: &str| values(source).map(|v| v.len()).map_err(|e| (e.to_string(), e.span().map(Span::range)));
        assert_eq!(told("{\"a\": 1}\n{\"b\": 2}\n"), Ok(2));
        assert_eq!(told("{\"a\":\n 'x'}").unwrap_err().1, Some(7..7));
        assert!(told("{\"a\": [1, 2").unwrap_err().0.starts_with("the file is cut off"));
        assert!(told(&"[".repeat(100_000)).is_err());
        let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(told(&deep).unwrap_err().0, "more than 200 values stand in one another: that is no draft");
    }
}
