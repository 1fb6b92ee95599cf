//! Any spelling of a letter that a format allows is read, and leads to its bytes.

use super::*;

/// A letter as a format may spell it.
fn spelt(format: Format, c: char, how: usize) -> String {
    let escaped = match (c, how % 3) {
        ('&', _) => "&amp;".to_owned(),
        ('<', _) => "&lt;".to_owned(),
        ('é', 0) => "&#233;".to_owned(),
        ('é', 1) => "&#xE9;".to_owned(),
        (c, _) => c.to_string(),
    };
    match format {
        Format::Json if !c.is_ascii() && how.is_multiple_of(2) => {
            c.encode_utf16(&mut [0; 2]).iter().map(|u| format!("\\u{u:04x}")).collect()
        }
        Format::Json => escaped,
        Format::Docx if how.is_multiple_of(5) => {
            format!("</w:t></w:r><w:proofErr/><w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\">{escaped}")
        }
        Format::Rtf if c == 'é' && how.is_multiple_of(2) => "\\'e9".to_owned(),
        Format::Rtf if !c.is_ascii() => c.encode_utf16(&mut [0; 2]).iter().map(|u| format!("\\u{u}?")).collect(),
        Format::Rtf => c.to_string(),
        Format::Mail if !c.is_ascii() || how.is_multiple_of(7) && c != ' ' => {
            c.to_string().bytes().map(|b| format!("={b:02X}")).collect::<String>()
                + if how.is_multiple_of(4) { "=\r\n" } else { "" }
        }
        Format::Mail => c.to_string(),
        _ => escaped,
    }
}

/// A file of one paragraph in the words of a format.
type Shape = (Format, fn(&str) -> Vec<u8>);

const SHAPES: [Shape; 15] = [
    (Format::Json, |w| format!("{{\"headline\": \"\", \"lang\": \"fr\", \"body_html\": \"<p>{w}<\\/p>\"}}").into_bytes()),
    (Format::Json, |w| {
        format!(
            "{{\"uri\": \"a\", \"language\": \"fr\", \"bodies\": [{{\"contentType\": \"text/html\", \"value\": \"<p>{w}</p>\"}}]}}"
        )
        .into_bytes()
    }),
    (Format::Json, |w| {
        format!(
            "{{\"type\": \"story\", \"language\": \"fr\", \"content_elements\": [{{\"type\": \"text\", \"content\": \"{w}\"}}]}}"
        )
        .into_bytes()
    }),
    (Format::Json, |w| format!("[{{\"title\": \"\", \"lang\": \"fr\", \"html\": \"<p>{w}</p>\"}}]").into_bytes()),
    (Format::Xml, |w| format!("<nitf><body xml:lang=\"fr\"><body.content><p>{w}</p></body.content></body></nitf>").into_bytes()),
    (Format::Xml, |w| {
        format!(
            "<newsItem xml:lang=\"fr\"><contentSet><inlineXML><html><body><p>{w}</p></body></html></inlineXML></contentSet></newsItem>"
        )
        .into_bytes()
    }),
    (Format::Xml, |w| {
        format!("<NewsML><NewsItem><NewsComponent><ContentItem><DataContent><p>{w}</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>")
            .into_bytes()
    }),
    (Format::Xml, |w| {
        format!("<rss><channel><item><content:encoded><![CDATA[<p>{w}</p>]]></content:encoded></item></channel></rss>").into_bytes()
    }),
    (Format::Xml, |w| format!("<feed><entry><content type=\"xhtml\"><div><p>{w}</p></div></content></entry></feed>").into_bytes()),
    (Format::Html, |w| format!("<html lang=\"fr\"><body><p>{w}</p></body></html>").into_bytes()),
    (Format::Markdown, |w| format!("---\nlang: fr\n---\n\n{w}\n").into_bytes()),
    (Format::Docx, |w| docx(&format!("<w:p><w:r><w:t xml:space=\"preserve\">{w}</w:t></w:r></w:p>"))),
    (Format::Rtf, |w| format!("{{\\rtf1\\ansi\\uc1\\pard {w}\\par}}").into_bytes()),
    (Format::Mail, |w| {
        format!(
            "From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{w}\r\n"
        )
        .into_bytes()
    }),
    (Format::Odt, |w| {
        format!(
            "<?xml version='1.0'?><office:document xmlns:office='o' xmlns:text='t'><office:body><office:text><text:p>{w}</text:p></office:text></office:body></office:document>"
        )
        .into_bytes()
    }),
];

/// Words with a fault in them, as a format may spell them.
fn spelled(format: Format, text: &str, how: &[usize]) -> String {
    let first = |i: usize, c: char| if i == 0 { c.to_string() } else { spelt(format, c, how[i % how.len()]) };
    text.chars().enumerate().map(|(i, c)| first(i, c)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_spelling_is_read_and_leads_to_its_bytes(
        words in prop::collection::vec("[a-zé€œ&<😀]{1,9}", 2..20),
        how in prop::collection::vec(0..100usize, 200),
        which in 0..SHAPES.len(),
    ) {
        let (format, file) = SHAPES[which];
        // What looks like a tag, or is a word of another format, is for other tests.
        let bare = matches!(format, Format::Mail | Format::Rtf);
        let text = format!("Un {} mot.", words.join(" ")).replace('<', if bare { "x" } else { "<" });
        let (bytes, known, all) = read_as(&file(&spelled(format, &text, &how)), None).unwrap();
        prop_assert_eq!(known, format);
        let doc = &all[0].document;
        prop_assert_eq!(&doc.text, &text);
        places_hold(&bytes, format, encoding_rs::UTF_8, doc)?;
    }

    #[test]
    fn a_fault_is_found_however_it_is_spelt(
        before in "[a-zéœ]{2,9}",
        how in prop::collection::vec(0..100usize, 200),
    ) {
        let text = format!("La {before} est fermée. L'hôpital est rouvert le 31 février, a annoncé la préfète.");
        for (format, file) in SHAPES {
            let (bytes, _, all) = read_as(&file(&spelled(format, &text, &how)), None).unwrap();
            let doc = &all[0].document;
            let findings = check(doc, rules());
            let id = |f: &recoupe::finding::Finding| rules().rules[f.rule].id.as_str();
            let found = findings.iter().find(|f| id(f) == "impossible-date");
            prop_assert!(found.is_some(), "{:?}: {:?}", format, doc.text);
            for label in findings.iter().flat_map(|f| &f.labels) {
                span_holds(&bytes, format, encoding_rs::UTF_8, doc, label.span)?;
            }
        }
    }

    #[test]
    fn any_bytes_in_any_format_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), at in 0.0..1.0f64) {
        for path in files() {
            let whole = std::fs::read(&path).unwrap();
            let cut = (whole.len() as f64 * at) as usize;
            let mut spoilt = whole[..cut].to_vec();
            spoilt.extend_from_slice(&bytes);
            spoilt.extend_from_slice(whole.get(cut + bytes.len()..).unwrap_or_default());
            for bytes in [&whole[..cut], &spoilt] {
                let _ = read_as(bytes, path.file_name().unwrap().to_str());
            }
        }
        for format in Format::all() {
            let _ = stories(&bytes, format, Languages::shipped(), Options::default());
        }
    }
}
