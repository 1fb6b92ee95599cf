//! Mails: the text that was written, taken out of its parts and spellings.

use std::ops::Range;

use super::encoding::Encoding;
use super::fields::date;
use super::furniture::Words;
use super::run::Run;
use super::tale::{Tale, Teller};
use super::{Problem, ReadError, plain};
use crate::language::Languages;
use crate::span::Span;

/// Parts stand in one another no deeper than this.
const DEPTH: usize = 12;
/// A longer text is none that was written.
const MOST: usize = 8 << 20;

/// Whether a file begins with the head of a mail.
pub(super) fn looks_so(text: &str) -> bool {
    let (mut from, mut marked) = (false, false);
    for line in text.lines() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return false;
        }
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        from |= is("From") || is("Return-Path");
        marked |= is("MIME-Version") || is("Message-ID") || is("Received") || is("Content-Type");
    }
    from && marked
}

pub(super) fn read(source: &str, languages: &Languages, words: &Words) -> Result<Tale, ReadError> {
    let mut teller = Teller::new(languages, words);
    let mail = Part::of(source, 0..source.len());
    if let Some(span) = cut_off(source, &mail) {
        return Err(ReadError::broken("the mail is cut off: fetch it again".to_owned(), span));
    }
    teller.tale.stated.published = mail.field("Date").and_then(|(value, _)| date(value));
    teller.tale.stated.lang = mail.field("Content-Language").map(|(value, range)| (value.to_owned(), range));
    let mut found = Found::default();
    walk(source, &mail, 0, &mut found);
    let Some(part) = found.plain.or(found.html) else {
        return Err(ReadError::refused("there is no text in the mail: save what is attached, and check that"));
    };
    let charset = part.parameter("charset");
    let Some(run) = decoded(source, &part, charset.as_deref()) else {
        return Err(ReadError::refused(format!(
            "the text of the mail is in {}: save the draft as UTF-8",
            charset.unwrap_or_default()
        )));
    };
    if part.media().ends_with("html") {
        teller.html(&run);
    } else {
        let run = own_words(&run);
        let (mut calls, mut problems) = (Vec::new(), Vec::new());
        let mut raws = plain::read(&run.text, words, &mut teller.figures, &mut calls, &mut problems);
        raws.iter_mut().for_each(|raw| raw.run.map = raw.run.map.through(&run.map));
        teller.tale.raws = raws;
    }
    for (name, range) in found.attached {
        let message = format!("`{name}` is attached and not read: save it, and check that too");
        teller.tale.problems.push(Problem { message, span: Some(Span::new(range.start, range.end)) });
    }
    Ok(teller.finish())
}

/// The end of a mail that was cut off, in its head or before the last boundary of its parts.
fn cut_off(source: &str, mail: &Part) -> Option<Span> {
    let ends = || source.lines().any(|line| line.trim_end().is_empty());
    let closed = |boundary: &str| {
        source.lines().any(|l| l.trim_end().strip_prefix("--").and_then(|l| l.strip_prefix(boundary)) == Some("--"))
    };
    let boundary = Some(mail).filter(|m| m.media().starts_with("multipart/")).and_then(|m| m.parameter("boundary"));
    let whole = ends() && boundary.is_none_or(|b| closed(&b));
    (!whole).then(|| Span::new(source.len(), source.len()))
}

/// A mail, or a part of one.
#[derive(Clone)]
struct Part<'a> {
    source: &'a str,
    /// Each field of its head: its name, and where its value stands.
    head: Vec<(&'a str, Range<usize>)>,
    body: Range<usize>,
}

impl<'a> Part<'a> {
    fn of(source: &'a str, range: Range<usize>) -> Part<'a> {
        let mut head: Vec<(&str, Range<usize>)> = Vec::new();
        let mut at = range.start;
        for line in source[range.clone()].split_inclusive('\n') {
            let bare = line.trim_end_matches(['\r', '\n']);
            let end = at + bare.len();
            if bare.is_empty() {
                at += line.len();
                break;
            }
            match (bare.starts_with([' ', '\t']), head.last_mut(), bare.split_once(':')) {
                (true, Some((_, value)), _) => value.end = end,
                (false, _, Some((name, _))) => head.push((name, at + name.len() + 1..end)),
                _ => {}
            }
            at += line.len();
        }
        Part { source, head, body: at.min(range.end)..range.end }
    }

    fn field(&self, name: &str) -> Option<(&'a str, Range<usize>)> {
        let (_, range) = self.head.iter().find(|(n, _)| n.eq_ignore_ascii_case(name))?;
        Some((self.source[range.clone()].trim(), range.clone()))
    }

    /// `text/plain`, in lower case.
    fn media(&self) -> String {
        let kind = self.field("Content-Type").map_or("text/plain", |(value, _)| value);
        kind.split(';').next().unwrap_or_default().trim().to_lowercase()
    }

    /// A parameter of the content type.
    fn parameter(&self, name: &str) -> Option<String> {
        parameter(self.field("Content-Type")?.0, name)
    }

    /// The name of the file that the part is, where it is one.
    fn file(&self) -> Option<String> {
        let disposition = self.field("Content-Disposition").map(|(value, _)| value);
        let named = disposition.and_then(|d| parameter(d, "filename")).or_else(|| self.parameter("name"));
        let attached = disposition.is_some_and(|d| d.trim_start().to_lowercase().starts_with("attachment"));
        named.or_else(|| attached.then(|| self.media()))
    }
}

fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|p| {
        let (key, value) = p.split_once('=')?;
        key.trim().trim_end_matches('*').eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// What a mail holds.
#[derive(Default)]
struct Found<'a> {
    plain: Option<Part<'a>>,
    html: Option<Part<'a>>,
    attached: Vec<(String, Range<usize>)>,
}

fn walk<'a>(source: &'a str, part: &Part<'a>, depth: usize, found: &mut Found<'a>) {
    let media = part.media();
    if let Some(name) = part.file() {
        // A picture in a signature holds no words.
        if !media.starts_with("image/") {
            found.attached.push((name, part.head.first().map_or(part.body.clone(), |(_, range)| range.clone())));
        }
        return;
    }
    match media.as_str() {
        "text/html" | "application/xhtml+xml" => {
            found.html.get_or_insert_with(|| part.clone());
        }
        m if m.starts_with("multipart/") && depth < DEPTH => {
            let Some(boundary) = part.parameter("boundary") else { return };
            for range in parts(source, part.body.clone(), &boundary) {
                walk(source, &Part::of(source, range), depth + 1, found);
            }
        }
        m if m.starts_with("text/") && !matches!(m, "text/calendar" | "text/vcard") => {
            found.plain.get_or_insert_with(|| part.clone());
        }
        _ => {}
    }
}

/// What stands between lines that are the boundary.
fn parts(source: &str, body: Range<usize>, boundary: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut open = None;
    let mut at = body.start;
    for line in source[body.clone()].split_inclusive('\n') {
        let mark = line.trim_end().strip_prefix("--").and_then(|l| l.strip_prefix(boundary));
        if let Some(rest) = mark.filter(|r| r.is_empty() || *r == "--") {
            out.extend(open.take().map(|start: usize| start..at));
            open = rest.is_empty().then_some(at + line.len());
        }
        at += line.len();
    }
    // The last boundary of a mail that is cut off is missing.
    out.extend(open.map(|start| start..body.end));
    out
}

/// The text of a part; `None` where it is in an encoding that is not read.
fn decoded(source: &str, part: &Part, charset: Option<&str>) -> Option<Run> {
    let spelling = part.field("Content-Transfer-Encoding").map(|(value, _)| value.to_lowercase()).unwrap_or_default();
    let body = part.body.start..part.body.start + source[part.body.clone()].len().min(MOST);
    let body = body.start..crate::span::floor(body.end, source);
    let bytes = match spelling.as_str() {
        "quoted-printable" => quoted(source, body),
        "base64" => base64(source, body),
        _ => {
            let mut run = Run::default();
            run.verbatim(source, body);
            return Some(run);
        }
    };
    let plain: Vec<u8> = bytes.iter().map(|(b, _)| *b).collect();
    let mut run = Run::default();
    let mut push = |c: &str, at: Range<usize>| {
        let from = bytes[at.start].1.start..bytes[at.end - 1].1.end;
        if source.get(from.clone()) == Some(c) { run.verbatim(source, from) } else { run.decoded(c, from) }
    };
    let utf8 = std::str::from_utf8(&plain).ok().filter(|_| charset.is_none_or(|c| !c.to_lowercase().starts_with("iso-2022")));
    if let Some(text) = utf8 {
        text.char_indices().for_each(|(i, c)| push(c.encode_utf8(&mut [0; 4]), i..i + c.len_utf8()));
        return Some(run);
    }
    let utf8 = Encoding::of(b"");
    let likely = || Some(Encoding::of(&plain)).filter(|e| *e != utf8).or_else(|| Encoding::named("windows-1252"));
    let encoding = charset.and_then(Encoding::named).filter(|e| *e != utf8).or_else(likely)?;
    let (text, _) = encoding.text(&plain, 0)?;
    text.chars().enumerate().for_each(|(i, c)| push(c.encode_utf8(&mut [0; 4]), i..i + 1));
    Some(run)
}

/// A byte, and what it was spelt with.
type Spelt = (u8, Range<usize>);

fn quoted(source: &str, range: Range<usize>) -> Vec<Spelt> {
    let bytes = source.as_bytes();
    let mut out = Vec::with_capacity(range.len());
    let mut at = range.start;
    while at < range.end {
        let hex = source.get(at + 1..at + 3).and_then(|h| u8::from_str_radix(h, 16).ok());
        match (bytes[at], hex) {
            (b'=', Some(byte)) => {
                out.push((byte, at..at + 3));
                at += 3;
            }
            (b'=', None) if source[at + 1..].trim_start_matches([' ', '\t', '\r']).starts_with('\n') => {
                at += source[at..].find('\n').unwrap_or(0) + 1;
            }
            (byte, _) => {
                out.push((byte, at..at + 1));
                at += 1;
            }
        }
    }
    out
}

fn base64(source: &str, range: Range<usize>) -> Vec<Spelt> {
    let value = |b: u8| match b {
        b'A'..=b'Z' => Some(b - b'A'),
        b'a'..=b'z' => Some(b - b'a' + 26),
        b'0'..=b'9' => Some(b - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let mut out = Vec::with_capacity(range.len() / 4 * 3);
    let (mut held, mut bits, mut from) = (0u32, 0u32, range.start);
    for (i, byte) in source.as_bytes()[range.clone()].iter().enumerate() {
        let Some(six) = value(*byte) else { continue };
        let at = range.start + i;
        if bits == 0 {
            from = at;
        }
        held = (held << 6) | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(((held >> bits) as u8, from..at + 1));
            held &= (1 << bits) - 1;
            from = at;
        }
    }
    out
}

/// The words that the sender wrote: without those of the mail that is answered, and without the signature.
fn own_words(run: &Run) -> Run {
    let mut out = Run::default();
    let mut at = 0;
    for line in run.text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\r', '\n']);
        if bare == "-- " || bare == "--" {
            break;
        }
        if !bare.starts_with('>') {
            let start = out.text.len();
            out.text.push_str(line);
            out.map.append(&run.map.slice(Span::new(at, at + line.len())), start);
        }
        at += line.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;

    fn check(source: &str, expected: &[(BlockKind, &str)]) -> Tale {
        let languages = Languages::shipped();
        let tale = read(source, languages, &Words::new(languages)).unwrap();
        let got: Vec<(BlockKind, &str)> = tale.raws.iter().map(|r| (r.kind, r.run.text.as_str())).collect();
        assert_eq!(got, expected);
        tale
    }

    #[test]
    fn the_text_is_taken_out_of_its_spelling() {
        let mail = "From: a@example.org\r\nMIME-Version: 1.0\r\nDate: Fri, 07 Jan 2022 10:00:00 +0100\r\n\
            Content-Type: multipart/mixed;\r\n boundary=\"xyz\"\r\n\r\n--xyz\r\nContent-Type: text/plain; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nL=E2=80=99=C3=A9t=C3=A9 =\r\nvient.\r\n> Avant.\r\n-- \r\nAna\r\n\
            --xyz\r\nContent-Type: application/pdf; name=\"plan.pdf\"\r\n\r\nJVBERi0=\r\n--xyz--\r\n";
        assert!(looks_so(mail));
        let tale = check(mail, &[(BlockKind::Body, "L’été vient.")]);
        assert_eq!(tale.stated.published.map(|d| d.to_string()).as_deref(), Some("2022-01-07"));
        assert_eq!(tale.problems.len(), 1);
        let run = &tale.raws[0].run;
        let of = |part: &str| {
            let at = run.text.find(part).unwrap();
            run.map.source(Span::new(at, at + part.len())).unwrap().of(mail)
        };
        assert_eq!([of("’"), of("vient"), of("été v")], ["=E2=80=99", "vient", "=C3=A9t=C3=A9 =\r\nv"]);
        let latin =
            "From: a\nContent-Type: text/plain; charset=iso-8859-15\nContent-Transfer-Encoding: base64\n\nNSCkIGRlIGb2Z\nXRl\n";
        check(latin, &[(BlockKind::Body, "5 € de föete")]);
    }
}
