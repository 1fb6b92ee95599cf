//! What is broken is told in a line, and the other files are checked.

use super::*;

#[track_caller]
fn refused(bytes: &[u8], name: &str, says: &str) {
    let before = std::time::Instant::now();
    match read_as(bytes, Some(name)) {
        Ok((_, format, _)) => panic!("{name} was read as {}", format.name()),
        Err(e) => assert!(e.to_string().contains(says) && !e.to_string().contains('\n'), "{name}: {e}"),
    }
    assert!(before.elapsed().as_secs() < 20, "{name}: {:?}", before.elapsed());
}

#[test]
fn what_is_broken_is_refused_in_one_line() {
    let docx = docx("<w:p><w:r><w:t>Un</w:t></w:r></w:p>");
    refused(&docx[..docx.len() / 2], "cut.docx", "cut off or damaged");
    refused(&zipped(&[("word/document.xml", b"<w:document><w:body>")]), "open.docx", "cut off");
    let zeros = vec![b' '; 80 << 20];
    refused(&zipped(&[("word/document.xml", &zeros)]), "bomb.docx", "unpacks to more than");
    refused(&zipped(&[("xl/workbook.xml", b"<a/>")]), "table.xlsx", "a spreadsheet (XLSX)");
    let manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    let odt = [
        ("mimetype", &b"application/vnd.oasis.opendocument.text"[..]),
        ("content.xml", b"\x9a"),
        ("META-INF/manifest.xml", manifest),
    ];
    refused(&zipped(&odt), "secret.odt", "protected by a password");
    refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more", "secret.docx", "an old or an encrypted Office document");
    let bomb = "<!DOCTYPE nitf [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><nitf><body><p>&b;</p></body></nitf>";
    refused(bomb.as_bytes(), "bomb.xml", "entities of its own");
    refused("<nitf>".repeat(100_000).as_bytes(), "deep.xml", "elements stand in one another");
    let deep = format!("{{\"headline\": {}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    refused(deep.as_bytes(), "deep.json", "values stand in one another");
    refused(b"{\"headline\": \"Un\", \"body_html\": \"<p>De", "cut.json", "cut off");
    refused(b"{\"headline\": \"Un\", body: 1}", "odd.json", "broken here");
    refused(b"{\"name\": \"site\", \"version\": 1}", "package.json", "no story is known");
    refused(b"<?xml version='1.0'?><urlset></urlset>", "sitemap.xml", "no story is known (`urlset`)");
    refused(b"{\\rtf1 Un", "cut.rtf", "cut off");
    refused(b"%PDF-1.7", "story.pdf", "pdftotext");
    refused(b"= Merrow\n:author: Anna\n\nUn.\n", "notes.txt", "AsciiDoc");
    refused(b"#+TITLE: Merrow\n\nUn.\n", "notes", "pandoc -f org");
    refused(b"Merrow\n\n.. image:: a.png\n", "notes.txt", "reStructuredText");
}

/// Broken files of each kind, each with what its one line says; the file is named before it.
fn broken() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let whole = |name: &str| std::fs::read(format!("tests/formats/{name}")).unwrap();
    let cut = |name: &str| {
        let bytes = whole(name);
        bytes[..bytes.len() * 3 / 5].to_vec()
    };
    let mut spoilt = whole("libreoffice.docx");
    (200..spoilt.len() / 2).step_by(97).for_each(|i| spoilt[i] ^= 0x5A);
    let bomb = zipped(&[("word/document.xml", &vec![b' '; 300 << 20])]);
    let entities: String = (1..10).map(|i| format!("<!ENTITY a{i} \"{}\">", format!("&a{};", i - 1).repeat(10))).collect();
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000)).into_bytes();
    vec![
        ("cut.docx", cut("pandoc.docx"), "cut off or damaged"),
        ("cut.odt", cut("libreoffice.odt"), "cut off or damaged"),
        ("cut.rtf", cut("libreoffice.rtf"), ":"),
        ("cut.json", cut("ninjs-1.json"), "cut off"),
        ("cut.xml", cut("nitf.xml"), "cut off"),
        ("cut.eml", cut("mail.eml"), "the mail is cut off"),
        ("head.eml", whole("mail.eml")[..150].to_vec(), "the mail is cut off"),
        ("spoilt.docx", spoilt, "damaged"),
        ("bomb.docx", bomb, "unpacks to more than 64 MB"),
        ("fake.docx", zipped(&[("word/document.xml", b"nothing")]), "word/document.xml"),
        ("secret.docx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".repeat(600), "encrypted"),
        ("wide.txt", "Le port rouvre.".bytes().flat_map(|b| [b, 0]).collect(), "UTF-16 without a byte-order mark"),
        (
            "entities.xml",
            format!("<!DOCTYPE nitf [<!ENTITY a0 \"ha\">{entities}]>\n<nitf><body>&a9;</body></nitf>").into_bytes(),
            "entities of its own",
        ),
        (
            "outside.xml",
            b"<!DOCTYPE nitf [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><nitf><body>&a;</body></nitf>".to_vec(),
            "entities of its own",
        ),
        ("deep.xml", deep("<nitf>", "</nitf>"), "stand in one another"),
        ("deep.json", [b"{\"headline\": ".to_vec(), deep("[", "]"), b"}".to_vec()].concat(), "stand in one another"),
        ("deep.rtf", [b"{\\rtf1 ".to_vec(), deep("{", "}"), b"}".to_vec()].concat(), "stand in one another"),
        ("story.pdf", b"%PDF-1.7".to_vec(), "pdftotext"),
    ]
}

/// How much a run may hold, in kilobytes of address space: files of 200 MB and bombs of 300 MB are in the folder.
#[cfg(target_os = "linux")]
const BOUND: &str = "1400000";

#[test]
#[cfg(target_os = "linux")]
fn broken_files_are_told_in_a_line_each_and_the_others_are_checked() {
    let dir = folder("broken");
    let all = broken();
    for (name, bytes, _) in &all {
        std::fs::write(dir.join(name), bytes).unwrap();
    }
    std::fs::File::create(dir.join("large.txt")).unwrap().set_len(200 << 20).unwrap();
    std::fs::write(dir.join("sound.md"), "# Le port\n\nLa réunion aura lieu le 31 février.\n").unwrap();
    let names: Vec<&str> = all.iter().map(|(name, ..)| *name).chain(["large.txt", "sound.md"]).collect();
    let command = format!("ulimit -v {BOUND}; exec \"$@\"");
    let out = Command::new("sh")
        .args(["-c", &command, "sh", env!("CARGO_BIN_EXE_recoupe"), "check", "--no-config", "--jobs", "2"])
        .args(&names)
        .current_dir(&dir)
        .output()
        .unwrap();
    let (told, err) = (String::from_utf8_lossy(&out.stdout).into_owned(), String::from_utf8_lossy(&out.stderr).into_owned());
    assert_eq!(out.status.code(), Some(2), "{err}");
    for (name, _, says) in all.iter().map(|(n, _, s)| (*n, (), *s)).chain([("large.txt", (), "larger than 64 MB")]) {
        let lines: Vec<&str> = err.lines().filter(|l| l.starts_with(&format!("recoupe: {name}:"))).collect();
        assert!(lines.len() == 1 && lines[0].contains(says), "{name}: {lines:?}");
    }
    assert_eq!(err.lines().count(), names.len() - 1, "{err}");
    assert!(told.contains("impossible-date"), "{told}");
    std::fs::remove_dir_all(&dir).unwrap();
}
