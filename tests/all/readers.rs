//! What holds of any draft: every span of the text leads to the bytes that it was read from.

use proptest::prelude::*;
use recoupe::document::{BlockKind, Document};
use recoupe::language::Languages;
use recoupe::reader::{Format, Options, Problem, ReadError, read};
use recoupe::span::Span;

const FORMATS: [Format; 3] = [Format::Text, Format::Markdown, Format::Html];

fn read_str(source: &str, format: Format) -> (Document, Vec<Problem>) {
    read(source.as_bytes(), format, Languages::shipped(), Options::default()).unwrap()
}

/// A bit of text as a draft writes it, and as a reader sees it.
type Bit = (String, String);

fn pick(list: &'static [(&'static str, &'static str)]) -> impl Strategy<Value = Bit> {
    prop::sample::select(list).prop_map(|(a, b)| (a.to_owned(), b.to_owned()))
}

fn word() -> impl Strategy<Value = String> {
    "[a-zéèçàœß€]{2,9}"
}

fn same() -> impl Strategy<Value = Bit> {
    word().prop_map(|w| (w.clone(), w))
}

const ENTITIES: &[(&str, &str)] = &[
    ("&eacute;", "é"),
    ("&amp;", "&"),
    ("&#233;", "é"),
    ("&#x20AC;", "€"),
    ("&laquo;", "«"),
    ("&nbsp;", "\u{A0}"),
    ("&lt;", "<"),
    ("&quot;", "\""),
    ("&semi;", ";"),
];
const ESCAPES: &[(&str, &str)] =
    &[("\\*", "*"), ("\\_", "_"), ("\\[", "["), ("\\]", "]"), ("\\\\", "\\"), ("\\&", "&"), ("\\<", "<")];

fn markdown_bit() -> impl Strategy<Value = Bit> {
    prop_oneof![
        6 => same(),
        2 => (word(), pick(ENTITIES), word()).prop_map(|(a, e, b)| (format!("{a}{}{b}", e.0), format!("{a}{}{b}", e.1))),
        2 => (word(), pick(ESCAPES), word()).prop_map(|(a, e, b)| (format!("{a}{}{b}", e.0), format!("{a}{}{b}", e.1))),
        1 => word().prop_map(|w| (format!("*{w}*"), w)),
        1 => (word(), word()).prop_map(|(a, b)| (format!("**{a} {b}**"), format!("{a} {b}"))),
        1 => (word(), word()).prop_map(|(a, b)| (format!("[{a} {b}](http://example.org/a)"), format!("{a} {b}"))),
        1 => word().prop_map(|w| (format!("`{w}`"), w)),
    ]
}

fn html_bit() -> impl Strategy<Value = Bit> {
    prop_oneof![
        6 => same(),
        3 => (word(), pick(ENTITIES), word()).prop_map(|(a, e, b)| (format!("{a}{}{b}", e.0), format!("{a}{}{b}", e.1))),
        1 => word().prop_map(|w| (format!("<em>{w}</em>"), w)),
        1 => (word(), word()).prop_map(|(a, b)| (format!("<a href='x&amp;y'>{a}\n {b}</a>"), format!("{a} {b}"))),
        1 => (word(), word()).prop_map(|(a, b)| (format!("{a}<!-- c > d -->{b}"), format!("{a}{b}"))),
        1 => (word(), word()).prop_map(|(a, b)| (format!("{a}<br>{b}"), format!("{a} {b}"))),
        1 => (word(), word()).prop_map(|(a, b)| (format!("{a} & {b}"), format!("{a} & {b}"))),
        // No name of a reference begins with é: `&gt` would be one even without its semicolon.
        1 => (word(), word()).prop_map(|(a, b)| (format!("{a} < {b} &é{b}"), format!("{a} < {b} &é{b}"))),
    ]
}

fn sentence(bit: impl Strategy<Value = Bit>, gaps: &'static [&'static str]) -> impl Strategy<Value = Bit> {
    (prop::collection::vec((bit, prop::sample::select(gaps)), 2..14)).prop_map(|bits| {
        let (mut source, mut text) = ("Le".to_owned(), "Le".to_owned());
        for ((s, t), gap) in bits {
            source.push_str(gap);
            source.push_str(&s);
            text.push(' ');
            text.push_str(&t);
        }
        (source + ".", text + ".")
    })
}

/// Markup dropped, references and escapes decoded, white space as one space: written apart from the readers.
fn decode(source: &str, escapes: bool) -> String {
    let mut out = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let known = ENTITIES.iter().find(|(e, _)| rest.starts_with(e));
        if let Some((entity, text)) = known {
            out.push_str(text);
            rest = &rest[entity.len()..];
        } else if escapes && c == '\\' && rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) {
            out.push_str(&rest[1..2]);
            rest = &rest[2..];
        } else if escapes && rest.starts_with("](") {
            rest = &rest[rest.find(')').unwrap() + 1..];
        } else if escapes && matches!(c, '*' | '`' | '[') {
            rest = &rest[1..];
        } else if !escapes && rest.starts_with("<!--") {
            rest = &rest[rest.find("-->").unwrap() + 3..];
        } else if !escapes && rest.starts_with("<br>") {
            out.push(' ');
            rest = &rest[4..];
        } else if !escapes && c == '<' && rest[1..].starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()) {
            rest = &rest[rest.find('>').unwrap() + 1..];
        } else if c.is_ascii_whitespace() {
            out.push(' ');
            rest = rest.trim_start_matches([' ', '\n', '\r', '\t']);
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

fn decode_json(source: &str) -> String {
    serde_json::from_str(&format!("\"{source}\"")).unwrap()
}

/// Holds the sub-spans of each block that two fractions choose against the source.
fn spans_agree(
    source: &str,
    doc: &Document,
    cuts: &[(f64, f64)],
    decode: impl Fn(BlockKind, &str) -> String,
) -> Result<(), TestCaseError> {
    for block in &doc.blocks {
        let text = block.span.of(&doc.text);
        let places: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        for (a, b) in cuts {
            let at = |f: f64| places[((places.len() - 1) as f64 * f) as usize];
            let (a, b) = (at(*a).min(at(*b)), at(*a).max(at(*b)));
            if a == b {
                continue;
            }
            let start = block.span.start as usize;
            let found = doc.map.source(Span::new(start + a, start + b)).expect("all text has a source").of(source);
            prop_assert_eq!(decode(block.kind, found), &text[a..b], "in {:?}", found);
        }
    }
    Ok(())
}

fn cuts() -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((0.0..1.0, 0.0..=1.0), 8)
}

/// What holds of every document.
fn sound(bytes: &[u8], doc: &Document, problems: &[Problem]) -> Result<(), TestCaseError> {
    let mut joined = Vec::new();
    for block in &doc.blocks {
        let text = block.span.of(&doc.text);
        prop_assert!(!text.is_empty() && text.trim() == text, "{:?}", text);
        prop_assert!(!text.contains('\n'), "{:?}", text);
        joined.push(text);
    }
    let joined = joined.join("\n");
    prop_assert_eq!(Some(joined.as_str()), doc.text.get(..joined.len()));
    // What shows a picture stands behind the story.
    let behind: usize = doc.pictures.iter().filter_map(|p| p.span).map(|s| s.len() + 1).sum();
    prop_assert_eq!(joined.len() + behind, doc.text.len());
    for place in doc.pictures.iter().filter_map(|p| p.span) {
        prop_assert!(place.start as usize > joined.len() || joined.is_empty(), "{:?}", place);
    }
    let utf8 = std::str::from_utf8(bytes);
    let whole = |span: Span| {
        span.start <= span.end && span.end as usize <= bytes.len() && utf8.is_ok_and(|s| s.get(span.range()).is_some())
            || utf8.is_err()
    };
    for block in &doc.blocks {
        for (i, c) in block.span.of(&doc.text).char_indices() {
            let start = block.span.start as usize + i;
            let span = doc.map.source(Span::new(start, start + c.len_utf8()));
            prop_assert!(span.is_some_and(|s| whole(s) && s.end as usize <= bytes.len()), "{:?} {:?}", c, span);
        }
    }
    for p in problems {
        prop_assert!(p.span.is_none_or(whole), "{:?}", p);
    }
    Ok(())
}

/// Bits of markup that meet as no author would put them.
const NASTY: &[&str] = &[
    "<",
    ">",
    "</",
    "<p",
    "<p>",
    "</p>",
    "<figure>",
    "<figcaption class='credit'>",
    "<article>",
    "<time datetime='2022-01-05'>",
    "<br>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<title>",
    "&",
    "&eacute;",
    "&#",
    "&#x",
    "&amp",
    ";",
    "![",
    "[",
    "](",
    ")",
    "\"",
    "'",
    "`",
    "```\n",
    "*",
    "**",
    "_",
    "~~",
    "\\",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "# ",
    "> ",
    "- ",
    "1. ",
    "|",
    "---\n",
    "+++\n",
    "title: ",
    "title = ",
    "date: ",
    "lang: fr\n",
    "{{< ",
    "figure ",
    "caption=",
    " >}}",
    "{%",
    "%}",
    "é",
    "日",
    "\u{A0}",
    "\u{FEFF}",
    "(Photo : ",
    "© ",
    "/AFP",
    "PARIS (AFP) – ",
    "Par Ana Lis",
    "mot",
    ".",
    "\0",
    "[^a]",
    "[^a]: ",
    "<meta property='og:title' content='",
    "<html lang='fr'>",
    "aux mots longs et lents",
];

proptest! {
    #[test]
    fn markdown_spans_lead_to_their_bytes(
        title in "[A-Z][a-zé\"\\\\ «»—😀]{1,30}[a-z]",
        ascii in any::<bool>(),
        blocks in prop::collection::vec((0..5usize, sentence(markdown_bit(), &[" ", " ", "\n"])), 1..6),
        cuts in cuts(),
    ) {
        let quoted = serde_json::to_string(&title).unwrap();
        let quoted = if ascii {
            quoted.chars().map(|c| if c.is_ascii() {
                c.to_string()
            } else {
                c.encode_utf16(&mut [0; 2]).iter().map(|u| format!("\\u{u:04x}")).collect()
            }).collect()
        } else {
            quoted
        };
        let mut source = format!("---\ntitle: {quoted}\nlang: fr\n---\n\n");
        let mut expected = vec![(BlockKind::Headline, title.split_whitespace().collect::<Vec<_>>().join(" "))];
        prop_assume!(expected[0].1 == title);
        for (form, (written, text)) in blocks {
            let line = written.replace('\n', " ");
            let (block, kind) = match form {
                0 => (format!("## {line}"), BlockKind::Heading),
                1 => (format!("> {line}"), BlockKind::Quote),
                2 => (format!("- {line}"), BlockKind::ListItem),
                3 => (format!("![{line}](photo.jpg)"), BlockKind::Caption),
                // Nobody wraps lines of more than 100 characters: there a line is a paragraph.
                _ if written.lines().any(|l| l.chars().count() > 100) => (line, BlockKind::Body),
                _ => (written, BlockKind::Body),
            };
            source.push_str(&block);
            source.push_str("\n\n");
            expected.push((kind, text));
        }
        let (doc, problems) = read_str(&source, Format::Markdown);
        prop_assert_eq!(problems, []);
        let got: Vec<_> = doc.blocks.iter().map(|b| (b.kind, b.span.of(&doc.text).to_owned())).collect();
        prop_assert_eq!(got, expected, "{}", source);
        spans_agree(&source, &doc, &cuts, |kind, s| if kind == BlockKind::Headline { decode_json(s) } else { decode(s, true) })?;
    }

    #[test]
    fn html_spans_lead_to_their_bytes(
        blocks in prop::collection::vec((0..5usize, sentence(html_bit(), &[" ", " ", "\n", "\r\n  ", "  "])), 1..6),
        cuts in cuts(),
    ) {
        let mut source = "<!doctype html><html lang=\"fr\"><head><title>Page</title></head>\n<body><h1>Le titre</h1>".to_owned();
        let mut expected = vec![(BlockKind::Headline, "Le titre".to_owned())];
        for (form, (written, text)) in blocks {
            let (open, close, kind) = match form {
                0 => ("<h2>", "</h2>", BlockKind::Heading),
                1 => ("<blockquote><p>", "</p></blockquote>", BlockKind::Quote),
                2 => ("<ul><li>", "</ul>", BlockKind::ListItem),
                3 => ("<figure><img src=a><figcaption class=\"x\">", "</figcaption></figure>", BlockKind::Caption),
                _ => ("<p>", "", BlockKind::Body),
            };
            source.push_str(open);
            source.push_str(&written);
            source.push_str(close);
            expected.push((kind, text));
        }
        let (doc, problems) = read_str(&source, Format::Html);
        prop_assert_eq!(problems, []);
        let got: Vec<_> = doc.blocks.iter().map(|b| (b.kind, b.span.of(&doc.text).to_owned())).collect();
        prop_assert_eq!(got, expected, "{}", source);
        spans_agree(&source, &doc, &cuts, |_, s| decode(s, false))?;
        for (cut, _) in cuts {
            if let Some(part) = source.get(..(source.len() as f64 * cut) as usize) {
                let (doc, problems) = read_str(part, Format::Html);
                sound(part.as_bytes(), &doc, &problems)?;
            }
        }
    }

    #[test]
    fn any_mixture_of_markup_is_read(bits in prop::collection::vec(prop::sample::select(NASTY), 0..60)) {
        let source = bits.concat();
        for format in FORMATS {
            match read(source.as_bytes(), format, Languages::shipped(), Options::default()) {
                Ok((doc, problems)) => sound(source.as_bytes(), &doc, &problems)?,
                Err(e) => prop_assert!(matches!(e, ReadError::NotText(_))),
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,200}") {
        for bytes in [bytes.as_slice(), text.as_bytes()] {
            for format in FORMATS {
                if let Ok((doc, problems)) = read(bytes, format, Languages::shipped(), Options::default()) {
                    sound(bytes, &doc, &problems)?;
                }
            }
        }
    }

    #[test]
    fn a_legacy_encoding_leads_to_its_bytes(text in "[a-z ]{0,20}[éèçà€«»]{1,4}[a-z ]{0,20}") {
        let bytes: Vec<u8> = text.chars().map(|c| if c == '€' { 0x80 } else { c as u8 }).collect();
        // Three such bytes may be one character of UTF-8.
        prop_assume!(bytes.utf8_chunks().all(|c| c.valid().is_ascii()));
        let (doc, problems) = read(&bytes, Format::Text, Languages::shipped(), Options::default()).unwrap();
        prop_assert_eq!(problems, []);
        prop_assert_eq!(&doc.text, text.trim());
        for (i, c) in doc.text.char_indices() {
            let span = doc.map.source(Span::new(i, i + c.len_utf8())).unwrap();
            prop_assert_eq!(span.len(), 1);
            prop_assert_eq!(bytes[span.start as usize], if c == '€' { 0x80 } else { c as u8 });
        }
    }
}

/// Input that would take hours if any step looked back over what it has read.
#[test]
fn a_long_line_takes_no_longer_for_its_markup() {
    for unit in [
        "[",
        "*",
        "<",
        "&",
        "![",
        "`",
        "\\",
        "(",
        "{{< ",
        "<p",
        "<b>",
        "</b>",
        "<i><p>",
        "é",
        "a ",
        "\"",
        "~~",
        "_a",
        "<!--",
        "> ",
        "- ",
        "|",
        "©",
        "<br>",
        "\r",
        "[^",
        "](",
        "<time datetime=2022-01-05>",
        "&amp;",
    ] {
        let source = unit.repeat(50_000 / unit.len());
        for start in ["", "---\ntitle: ", "+++\ntitle = \"", "<p class=\"", "<article><p>", "![", "{{< figure caption=\""] {
            let source = format!("{start}{source}");
            for format in FORMATS {
                let before = std::time::Instant::now();
                let _ = read(source.as_bytes(), format, Languages::shipped(), Options::default());
                let taken = before.elapsed();
                assert!(taken.as_secs() < 10, "{format:?} {start:?} {unit:?}: {taken:?}");
            }
        }
    }
}
