//! Which format a file is in, by what stands in it where its name misleads; and what is no draft.

use std::path::Path;

use super::{Format, ReadError, encoding, feed, json, mail, package, xml};

impl Format {
    /// The format of a file: what stands in it tells more than its name.
    ///
    /// # Errors
    /// What is known to be no draft: a PDF, an image, data in JSON or XML that hold no story that is known.
    pub fn of(bytes: &[u8], by_name: Option<Format>) -> Result<Format, ReadError> {
        if let Some(packed) = package::kind(bytes) {
            return packed;
        }
        if let Some(name) = binary(bytes) {
            return Err(ReadError::NotText(name));
        }
        if bytes.starts_with(b"{\\rtf") {
            return Ok(Format::Rtf);
        }
        let head = head(bytes);
        let text = head.trim_start();
        if let Some(root) = xml::root(text) {
            return match root {
                xml::Root::Named(name) if feed::is_known(&name) => Ok(Format::Xml),
                xml::Root::Named(name) if name.eq_ignore_ascii_case("html") => Ok(Format::Html),
                xml::Root::Named(name) if name == "office:document" => Ok(Format::Odt),
                xml::Root::Named(name) if by_name == Some(Format::Xml) || text.starts_with("<?xml") => {
                    Err(ReadError::unknown_xml(&name))
                }
                _ => Ok(by_name.unwrap_or_else(|| loose(&head))),
            };
        }
        if json::looks_so(text) {
            let text = encoding::decode(bytes)?.text;
            if by_name != Some(Format::Markdown) || json::is_all(&text) {
                return json::holds_stories(&text).map(|()| Format::Json);
            }
        }
        if mail::looks_so(text) {
            return Ok(Format::Mail);
        }
        match by_name {
            Some(format @ (Format::Docx | Format::Odt | Format::Rtf | Format::Json | Format::Xml)) if !text.is_empty() => {
                Err(ReadError::refused(format!("its name says {}, and it is none: say with --as what it is", format.name())))
            }
            // No Markdown begins so.
            Some(Format::Markdown) if text.starts_with("#+") => markup(&head).map_or(Ok(Format::Markdown), Err),
            Some(Format::Text) | None => markup(&head).map_or(Ok(by_name.unwrap_or_else(|| loose(&head))), Err),
            Some(format) => Ok(format),
        }
    }
}

/// How much of a file is looked at, in bytes.
const HEAD: usize = 4096;

/// The first characters of a file; what a legacy encoding spells otherwise does not matter here.
fn head(bytes: &[u8]) -> String {
    let start = &bytes[..bytes.len().min(HEAD)];
    let wide =
        |low: usize| start[2..].chunks_exact(2).map(|b| if b[1 - low] == 0 { char::from(b[low]) } else { '\u{FFFD}' }).collect();
    match start {
        [0xFF, 0xFE, ..] => wide(0),
        [0xFE, 0xFF, ..] => wide(1),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8_lossy(start).into_owned(),
    }
}

/// HTML, Markdown or plain text, by the first marks.
fn loose(head: &str) -> Format {
    let text = head.trim_start();
    let tag = |name: &str| {
        text.get(1..=name.len()).is_some_and(|t| t.eq_ignore_ascii_case(name))
            && text[1 + name.len()..].starts_with(|c: char| !c.is_alphanumeric())
    };
    const TAGS: [&str; 8] = ["html", "head", "body", "article", "main", "div", "p", "h1"];
    if ["<!--", "<!"].iter().any(|s| text.starts_with(s)) || (text.starts_with('<') && TAGS.iter().any(|n| tag(n))) {
        return Format::Html;
    }
    let fenced = ["---\n", "---\r\n", "+++\n", "+++\r\n"].iter().any(|f| head.starts_with(f));
    let marked = text
        .lines()
        .any(|l| (l.starts_with('#') && l.trim_start_matches('#').starts_with(' ')) || (l.starts_with("![") && l.contains("](")));
    if fenced || marked { Format::Markdown } else { Format::Text }
}

/// A markup language that is not read, by marks that no prose has at the head of a line.
fn markup(head: &str) -> Option<ReadError> {
    let lines = || head.lines().take(60);
    let attribute = |l: &str| {
        l.strip_prefix(':').and_then(|l| l.split_once(':')).is_some_and(|(name, rest)| {
            !name.is_empty()
                && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '!'))
                && (rest.is_empty() || rest.starts_with(' '))
        })
    };
    let title = head.trim_start().strip_prefix("= ").is_some_and(|t| t.starts_with(|c: char| c.is_alphanumeric()));
    let fence = |l: &str| {
        l.len() >= 4 && ["-", "=", "*", "_"].iter().any(|c| l.trim_end().trim_matches(c.chars().next().unwrap_or('-')).is_empty())
    };
    let block = |l: &str| l.starts_with('[') && l.ends_with(']') && !l.starts_with("[[");
    let follows = lines().zip(lines().skip(1)).any(|(a, b)| block(a) && (fence(b) || b.starts_with('|')));
    let org = |l: &str| {
        l.get(..2) == Some("#+")
            && l.split_once(':').is_some_and(|(key, _)| key[2..].chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
    };
    let directive = |l: &str| {
        l.trim_start().strip_prefix(".. ").is_some_and(|l| l.contains("::") && !l.split("::").next().unwrap_or(" ").contains(' '))
    };
    let (name, how) = if title && (lines().any(attribute) || follows)
        || follows && lines().any(attribute)
        || lines().any(|l| l.starts_with("image::") && l.ends_with(']'))
    {
        ("AsciiDoc", "`asciidoctor` makes HTML of it")
    } else if lines().any(org) {
        ("Org", "`pandoc -f org -t markdown` makes Markdown of it")
    } else if lines().any(directive) {
        ("reStructuredText", "`pandoc -f rst -t markdown` makes Markdown of it")
    } else if lines().any(|l| l.starts_with("\\documentclass") || l.starts_with("\\begin{document}")) {
        ("LaTeX", "`pandoc -f latex -t markdown` makes Markdown of it")
    } else {
        return None;
    };
    Some(ReadError::markup(name, how))
}

/// Markup languages that are not read, by the extension of their files.
const MARKUP: &[(&[&str], &str, &str)] = &[
    (&["adoc", "asciidoc", "asc"], "AsciiDoc", "`asciidoctor` makes HTML of it"),
    (&["org"], "Org", "`pandoc -f org -t markdown` makes Markdown of it"),
    (&["rst"], "reStructuredText", "`pandoc -f rst -t markdown` makes Markdown of it"),
    (&["tex", "latex"], "LaTeX", "`pandoc -f latex -t markdown` makes Markdown of it"),
    (&["textile"], "Textile", "`pandoc -f textile -t markdown` makes Markdown of it"),
    (&["typ"], "Typst", "`pandoc -f typst -t markdown` makes Markdown of it"),
];

/// Why a file of that name is not read as text, whatever stands in it.
pub fn refused_by_name(path: &Path) -> Option<ReadError> {
    let extension = path.extension()?.to_str()?;
    let known = MARKUP.iter().find(|(all, ..)| all.iter().any(|e| e.eq_ignore_ascii_case(extension)));
    known.map(|(_, name, how)| ReadError::markup(name, how))
}

/// The first bytes of files that are no drafts, and what they are called.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old or an encrypted Office document (DOC, XLS)"),
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
pub(super) fn binary(bytes: &[u8]) -> Option<&'static str> {
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
    let head = &bytes[..bytes.len().min(HEAD)];
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
