//! One story in every format that newsrooms have it in: the same findings, places that lead to their bytes, and files that are broken.

mod broken;
mod spelling;

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use encoding_rs::Encoding;
use proptest::prelude::*;
use recoupe::check::check;
use recoupe::document::{BlockKind, Document};
use recoupe::language::Languages;
use recoupe::reader::{Format, Options, ReadError, Story, repack, stories, unpack};
use recoupe::rule::Ruleset;
use recoupe::span::Span;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn read_as(bytes: &[u8], name: Option<&str>) -> Result<(Vec<u8>, Format, Vec<Story>), ReadError> {
    let bytes = unpack(bytes.to_vec())?;
    let format = Format::of(&bytes, name.and_then(|n| Format::of_path(Path::new(n))))?;
    let published = Some("2022-01-07".parse().unwrap());
    let all = stories(&bytes, format, Languages::shipped(), Options { published, ..Options::default() })?;
    Ok((bytes, format, all))
}

fn files() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir("tests/formats").unwrap().map(|e| e.unwrap().path()).collect();
    all.retain(|p| p.file_name().is_some_and(|n| n != "README.md"));
    all.sort();
    all
}

/// What is found in a story: the rules, each with the words of its places.
fn found(doc: &Document, rules: &Ruleset) -> Vec<String> {
    let mut out: Vec<String> = check(doc, rules)
        .iter()
        .map(|f| {
            let words: Vec<&str> = f.labels.iter().map(|l| l.span.of(&doc.text)).collect();
            format!("{}: {}", rules.rules[f.rule].id, words.join(" | "))
        })
        .collect();
    out.sort();
    out
}

#[test]
fn one_story_with_its_faults_is_the_same_in_every_format() {
    let rules = &Ruleset::shipped();
    let (_, _, all) = read_as(&std::fs::read("tests/formats/story.md").unwrap(), Some("story.md")).unwrap();
    let expected = found(&all[0].document, rules);
    assert!(expected.len() >= 9, "{expected:?}");
    for path in files() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        // The name of a format is not needed to know it, nor does a wrong one mislead.
        for name in [Some(name), None, Some("misleading.txt")] {
            // Text is text under any name, and so are its encodings.
            let (_, _, all) = read_as(&bytes, name).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let story = all.last().unwrap();
            if name != Some("misleading.txt") || path.extension().is_none_or(|e| e != "md") {
                assert_eq!(found(&story.document, rules), expected, "{} as {name:?}", path.display());
            }
            assert!(story.problems.is_empty(), "{}: {:?}", path.display(), story.problems);
            let captions: Vec<_> = story.document.blocks.iter().filter(|b| b.kind == BlockKind::Caption).collect();
            assert!(captions.iter().all(|b| b.figure.is_some()), "{}", path.display());
        }
    }
}

/// What one character is spelt as in a format, decoded apart from the readers.
fn decoded(format: Format, spelt: &str) -> String {
    let number = |s: &str| {
        let code = s.strip_prefix("&#")?.strip_suffix(';')?;
        let code = code.strip_prefix(['x', 'X']).map_or_else(|| code.parse(), |hex| u32::from_str_radix(hex, 16));
        char::from_u32(code.ok()?).map(String::from)
    };
    let xml = |s: &str| {
        let named =
            || s.replace("&apos;", "'").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        number(s).unwrap_or_else(named)
    };
    match format {
        Format::Json => serde_json::from_str::<String>(&format!("\"{spelt}\"")).map(|s| xml(&s)).unwrap(),
        Format::Rtf => {
            let upper = |hex: &str| u8::from_str_radix(hex, 16).map(char::from).unwrap();
            match spelt.strip_prefix('\\') {
                Some(rest) if rest.starts_with('\'') => upper(&rest[1..3]).to_string(),
                // One unit of UTF-16 each, with a sign from 32,768 on; half a pair is no character.
                Some(rest) if rest.starts_with('u') => {
                    // What stands behind the number is for readers that know no such character.
                    let number = |s: &str| {
                        let end = s.find(|c: char| c != '-' && !c.is_ascii_digit()).unwrap_or(s.len());
                        s[..end].parse::<i32>().unwrap() as u16
                    };
                    let units: Vec<u16> = rest[1..].split("\\u").map(number).collect();
                    String::from_utf16_lossy(&units)
                }
                Some("~") => "\u{A0}".to_owned(),
                Some("endash") | Some("endash ") => "–".to_owned(),
                Some("rquote") | Some("rquote ") => "’".to_owned(),
                Some(rest) => rest.to_owned(),
                None => spelt.to_owned(),
            }
        }
        Format::Mail if spelt.contains('=') => {
            let hex: Vec<u8> = spelt.split('=').filter_map(|h| u8::from_str_radix(h.trim(), 16).ok()).collect();
            String::from_utf8(hex).unwrap()
        }
        _ => xml(spelt),
    }
}

/// Each character of a block leads to what it was spelt as; blanks may stand for more.
fn places_hold(bytes: &[u8], format: Format, encoding: &'static Encoding, doc: &Document) -> Result<(), TestCaseError> {
    doc.blocks.iter().try_for_each(|block| span_holds(bytes, format, encoding, doc, block.span))
}

/// The same of the words at a span; and the span as a whole leads from its first letter to its last.
fn span_holds(bytes: &[u8], format: Format, encoding: &'static Encoding, doc: &Document, span: Span) -> Result<(), TestCaseError> {
    let whole = doc.map.source(span).unwrap_or_default();
    for (i, c) in span.of(&doc.text).char_indices().filter(|(_, c)| !matches!(c, ' ' | '\n')) {
        let start = span.start as usize + i;
        let place = doc.map.source(Span::new(start, start + c.len_utf8()));
        let spelt = place.and_then(|p| bytes.get(p.range())).map(|b| encoding.decode_without_bom_handling(b).0.into_owned());
        prop_assert!(spelt.is_some(), "{:?} stands nowhere: {:?}", c, place);
        prop_assert_eq!(decoded(format, spelt.as_deref().unwrap_or_default()), c.to_string(), "{:?}", spelt);
        prop_assert!(place.is_some_and(|p| whole.start <= p.start && p.end <= whole.end), "{:?} is outside {:?}", place, whole);
    }
    Ok(())
}

/// What a fixture is written in, where that is not UTF-8.
fn encoding_of(path: &Path) -> &'static Encoding {
    match path.file_name().and_then(|n| n.to_str()) {
        Some("mac-roman.txt") => encoding_rs::MACINTOSH,
        Some("windows-1252.txt" | "newsml-1.2.xml") => encoding_rs::WINDOWS_1252,
        _ => encoding_rs::UTF_8,
    }
}

#[test]
fn places_in_every_format_lead_to_their_bytes() {
    for path in files() {
        let bytes = std::fs::read(&path).unwrap();
        let (bytes, format, all) = read_as(&bytes, path.file_name().unwrap().to_str()).unwrap();
        for story in &all {
            let doc = &story.document;
            places_hold(&bytes, format, encoding_of(&path), doc).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            for label in check(doc, rules()).iter().flat_map(|f| &f.labels) {
                let held = span_holds(&bytes, format, encoding_of(&path), doc, label.span);
                held.unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            }
        }
    }
}

fn rules() -> &'static Ruleset {
    static RULES: LazyLock<Ruleset> = LazyLock::new(Ruleset::shipped);
    &RULES
}

fn docx(body: &str) -> Vec<u8> {
    let rels = "<Relationships><Relationship Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    zipped(&[("_rels/.rels", rels.as_bytes()), ("word/document.xml", document.as_bytes()), ("word/media/a.bin", b"\x00\x01")])
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_only_looks_like_another_format_stays_what_it_is() {
    for (text, name, format) in [
        ("[Anna Morel] Un mot.\n", "a.txt", Format::Text),
        ("{{< figure src=\"a.jpg\" >}}\n\nUn mot.\n", "a.md", Format::Markdown),
        ("{\n \"title\": \"Un\"\n}\n\nUn mot.\n", "a.md", Format::Markdown),
        ("From: Anna\nTo: Bo\n\nUn mot.\n", "a.txt", Format::Text),
        ("= 5 = 5\n\nUn mot.\n", "a.txt", Format::Text),
        ("<p>Un mot.</p>", "a.txt", Format::Text),
        ("<prix> Un mot.", "a.txt", Format::Text),
        ("#hashtag\n\n# Un titre\n", "a.txt", Format::Text),
        ("", "a.txt", Format::Text),
    ] {
        assert_eq!(Format::of(text.as_bytes(), Format::of_path(Path::new(name))), Ok(format), "{text:?}");
    }
}

#[test]
fn a_body_that_comes_twice_is_held_against_itself() {
    let ninjs = "{\"headline\": \"Kersall\", \"language\": \"fr\", \"versioncreated\": \"2022-01-07\", \
        \"body_text\": \"La tempête a fait 12 morts à Kersall.\\nLa réunion aura lieu le 31 février dans le port.\", \
        \"body_xhtml\": \"<p>La temp&ecirc;te a fait 14 morts à Kersall.</p><p>La réunion aura lieu le 31 février dans le <b>port</b>.</p>\"}";
    let bodies = "{\"headline\": \"Kersall\", \"language\": \"fr\", \"bodies\": [\
        {\"contentType\": \"text/plain\", \"value\": \"La tempête a fait 12 morts à Kersall.\\nLa réunion aura lieu le 31 février dans le port.\"}, \
        {\"contentType\": \"text/html\", \"value\": \"<p>La tempête a fait 14 morts à Kersall.</p><p>La réunion aura lieu le 31 février dans le port.</p>\"}]}";
    let newsml = "<newsItem xml:lang=\"fr\"><contentMeta><headline>Kersall</headline></contentMeta><contentSet>\
        <inlineXML><html><body><p>La tempête a fait 14 morts à Kersall.</p><p>La réunion aura lieu le 31 février dans le port.</p></body></html></inlineXML>\
        <inlineXML><nitf><body><body.content><p>La tempête a fait 12 morts à Kersall.</p><p>La réunion aura lieu le 31 février dans le port.</p></body.content></body></nitf></inlineXML>\
        </contentSet></newsItem>";
    for (text, twice) in [(ninjs, true), (bodies, true), (newsml, true), (&*ninjs.replace("12 morts", "14 morts"), false)] {
        let (bytes, format, all) = read_as(text.as_bytes(), None).unwrap();
        let doc = &all[0].document;
        let mut expected = vec!["impossible-date: 31 février".to_owned()];
        if twice {
            expected.insert(0, "differing-renditions: 14 | 12".to_owned());
        }
        assert_eq!(found(doc, rules()), expected, "{text}");
        for label in check(doc, rules()).iter().flat_map(|f| &f.labels) {
            span_holds(&bytes, format, encoding_rs::UTF_8, doc, label.span).unwrap();
        }
    }
}

#[test]
fn several_stories_in_one_file_are_several_drafts() {
    let feed = "<rss><channel><item><title>Un</title><description>Le port.</description></item>\
        <item><title>Deux</title><description>Le quai.</description></item><item/></channel></rss>";
    let lines = "{\"title\": \"Un\", \"text\": \"Le port.\"}\n{\"title\": \"Deux\", \"text\": \"Le quai.\"}\n";
    let list =
        "{\"status\": 1, \"items\": [{\"title\": \"Un\", \"text\": \"Le port.\"}, {\"title\": \"Deux\", \"text\": \"Le quai.\"}]}";
    for text in [feed, lines, list] {
        let (_, _, all) = read_as(text.as_bytes(), None).unwrap();
        let texts: Vec<(usize, &str)> = all.iter().map(|s| (s.document.number, s.document.text.as_str())).collect();
        assert_eq!(texts, [(0, "Un\nLe port."), (1, "Deux\nLe quai.")]);
    }
}

#[test]
fn what_word_hides_is_no_text() {
    let p = |inner: &str| format!("<w:p>{inner}</w:p>");
    let r = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let body = [
        p(&format!("{}<w:del><w:r><w:delText>non</w:delText></w:r></w:del><w:ins>{}</w:ins>{}", r("Le po"), r("rt"), r(" ferme."))),
        p(&format!(
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>{}",
            r("La nuit.")
        )),
        p(&format!(
            "{}<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{}</w:txbxContent></w:drawing></mc:Choice>\
             <mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            r("Avant"),
            p(&r("Dans le cadre.")),
            p(&r("Dans le cadre."))
        )),
        format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", p(&r("12"))),
    ]
    .concat();
    let (_, _, all) = read_as(&docx(&body), None).unwrap();
    assert_eq!(all[0].document.text, "Le port ferme.\nLa nuit.\nAvant\nDans le cadre.\n12");
    assert_eq!(all[0].document.blocks.last().unwrap().kind, BlockKind::TableCell);
}

fn recoupe(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_recoupe")).args(args).current_dir(dir).output().unwrap()
}

fn folder(test: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("recoupe-formats-{test}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

#[test]
fn fixes_rewrite_only_the_part_that_they_are_in() {
    let dir = folder("fix");
    for name in ["pandoc.docx", "libreoffice.docx", "pandoc.odt", "libreoffice.odt"] {
        let before = std::fs::read(format!("tests/formats/{name}")).unwrap();
        std::fs::write(dir.join(name), &before).unwrap();
        let out = recoupe(&dir, &["check", "--fix", "--notes", "--date=2022-01-07", "--format=json", name]);
        assert!(
            ["fix", "correction"].iter().any(|w| String::from_utf8_lossy(&out.stderr).contains(w)),
            "{name}: {}",
            String::from_utf8_lossy(&out.stderr)
        );
        let after = std::fs::read(dir.join(name)).unwrap();
        let (was, is) = (parts(&before), parts(&after));
        let changed: Vec<&str> = was.iter().zip(&is).filter(|(a, b)| a != b).map(|((name, _), _)| name.as_str()).collect();
        assert_eq!(changed, [if name.ends_with("docx") { "word/document.xml" } else { "content.xml" }], "{name}");
        assert_eq!(was.len(), is.len());
        // What was mended is not found again, and all else is.
        let text = |bytes: &[u8]| read_as(bytes, None).unwrap().2[0].document.text.clone();
        assert_eq!(text(&after).replace(['\u{A0}', '\u{202F}'], " "), text(&before).replace(['\u{A0}', '\u{202F}'], " "));
        assert_ne!(text(&after), text(&before));
    }
    std::fs::remove_dir_all(&dir).unwrap();
}

/// The parts of an archive as they are stored, with what they hold.
fn parts(file: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    (0..zip.len())
        .map(|i| {
            let mut entry = zip.by_index(i).unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
            (entry.name().to_owned(), bytes)
        })
        .collect()
}

#[test]
fn an_archive_that_nothing_changes_stays_as_it_was() {
    for name in ["pandoc.docx", "libreoffice.odt"] {
        let file = std::fs::read(format!("tests/formats/{name}")).unwrap();
        let again = repack(&file, &unpack(file.clone()).unwrap()).unwrap().into_owned();
        assert_eq!(parts(&again), parts(&file));
    }
}

#[test]
fn places_in_a_document_are_told_by_part_and_paragraph() {
    let out = recoupe(Path::new("tests/formats"), &["check", "--date=2022-01-07", "--format=json", "pandoc.docx"]);
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let finding = json["files"][0]["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "impossible-date").unwrap();
    let label = &finding["labels"][0];
    assert_eq!((&label["part"], &label["start"]["line"]), (&"word/document.xml".into(), &9.into()));
    let (at, end) = (label["span"]["start"].as_u64().unwrap() as usize, label["span"]["end"].as_u64().unwrap() as usize);
    let file = std::fs::read("tests/formats/pandoc.docx").unwrap();
    let (_, part) = parts(&file).into_iter().find(|(name, _)| name == "word/document.xml").unwrap();
    assert_eq!(std::str::from_utf8(&part[at..end]).unwrap(), label["text"].as_str().unwrap());
}

#[test]
fn nothing_is_left_out_in_silence() {
    let dir = folder("silence");
    for (name, bytes) in [
        ("a.md", &b"Rien que de tr\xC3\xA8s ordinaire.\n"[..]),
        ("b.pdf", b"%PDF-1.7"),
        ("c.csv", b"a,b"),
        ("d.adoc", b"= Un\n"),
        ("package.json", b"{\"name\": \"site\"}"),
        ("large.txt", b""),
    ] {
        std::fs::write(dir.join(name), bytes).unwrap();
    }
    std::fs::File::options().write(true).open(dir.join("large.txt")).unwrap().set_len(200 << 20).unwrap();
    let out = recoupe(&dir, &["check", "--no-config", "--all-files", "."]);
    let (told, err) = (String::from_utf8_lossy(&out.stdout).into_owned(), String::from_utf8_lossy(&out.stderr).into_owned());
    assert_eq!(out.status.code(), Some(2));
    assert!(told.contains("4 fichiers non lus"), "{told}");
    assert!(err.contains("recoupe: b.pdf: ") && err.contains("large.txt: the file is larger than 64 MB"), "{err}");
    // What is named is not passed over.
    for name in ["b.pdf", "d.adoc", "package.json"] {
        let out = recoupe(&dir, &["check", "--no-config", name]);
        assert_eq!(out.status.code(), Some(2), "{name}");
    }
    assert_eq!(recoupe(&dir, &["check", "--no-config", "--as=text", "d.adoc"]).status.code(), Some(0));
    std::fs::create_dir(dir.join("none")).unwrap();
    assert_eq!(recoupe(&dir, &["check", "--no-config", "none"]).status.code(), Some(2));
    std::fs::remove_dir_all(&dir).unwrap();
}
