use super::super::fixture::{checked, document, draft, finding, report};
use super::*;
use crate::document::SourceMap;
use crate::finding::{Label, Level};
use crate::reader::Problem;

fn shown(text: &str, places: &[(&str, &str)], ui: &str) -> String {
    let doc = draft(text);
    let findings = [finding(text, places)];
    report("terminal", false, &checked("port.md", text.as_bytes(), &doc, &findings, ui))
}

#[test]
fn both_places_are_underlined_and_labelled() {
    assert_eq!(
        shown(
            "# Neuf bateaux coulés\n\nLe port a perdu sept bateaux.\n",
            &[("first", "Neuf bateaux"), ("other", "sept bateaux")],
            "fr"
        ),
        "avertissement[two-counts]\u{a0}: Neuf bateaux puis sept bateaux
  ┌─ port.md:1:3
  │
1 │ # Neuf bateaux coulés
  │   ^^^^^^^^^^^^ compté ici
  ·
3 │ Le port a perdu sept bateaux.
  │                 ------------ autre compte
  │
  = aide\u{a0}: garder un seul compte

1 fichier\u{a0}: 1 avertissement
"
    );
}

#[test]
fn english_messages_are_english() {
    let out = shown("Nine boats\nseven boats", &[("first", "Nine boats"), ("other", "seven boats")], "en");
    assert!(out.starts_with("warning[two-counts]: Nine boats, then seven boats\n"), "{out}");
    assert!(out.contains("  = help: keep one count\n"), "{out}");
    assert!(out.ends_with("\n1 file: 1 warning\n"), "{out}");
}

#[test]
fn two_places_in_one_line_hang_below_it() {
    assert_eq!(
        shown("Un, deux", &[("first", "Un"), ("other", "deux")], "en"),
        "warning[two-counts]: Un, then deux
  ┌─ port.md:1:1
  │
1 │ Un, deux
  │ ^^  ---- another count
  │ │
  │ counted here
  │
  = help: keep one count

1 file: 1 warning
"
    );
}

#[test]
fn underlines_stand_under_the_words_whatever_their_width() {
    // accents composed and not, no-break spaces, a tab, wide characters
    for (text, words, under) in [
        ("élève\u{a0}: 漢字 dès 9 h", "9 h", "                 ^^^ "),
        ("e\u{301}te\u{301} chaud", "chaud", "    ^^^^^ "),
        ("\tUn\tdeux", "deux", "        ^^^^ "),
        ("12\u{202f}000 € ici", "ici", "         ^^^ "),
        ("漢字", "字", "  ^^ "),
        ("cafe\u{301}", "e\u{301}", "   ^ "),
    ] {
        let out = shown(text, &[("first", words)], "en");
        assert!(out.contains(&format!("\n  │ {under}counted here\n")), "{text:?}\n{out}");
    }
}

#[test]
fn a_place_in_a_long_paragraph_has_its_true_line_and_column() {
    let text = "Titre\n\n".to_owned() + &"mot ".repeat(200) + "neuf bateaux " + &"mot ".repeat(200);
    let out = shown(&text, &[("first", "neuf bateaux")], "fr");
    assert!(out.contains("┌─ port.md:3:801\n"), "{out}");
    assert!(out.contains("\n3 │ … mot mot"), "{out}");
    assert!(out.contains("mot neuf bateaux mot"), "{out}");
    assert!(out.lines().all(|l| l.chars().count() < 90), "{out}");
}

#[test]
fn a_place_over_two_lines_is_drawn_around_them() {
    assert_eq!(
        shown("Le port compte neuf\r\nbateaux, dit-on.\r\n", &[("first", "neuf\r\nbateaux")], "en"),
        "warning[two-counts]: neuf bateaux, then
  ┌─ port.md:1:16
  │
1 │   Le port compte neuf
  │ ╭────────────────^
2 │ │ bateaux, dit-on.
  │ ╰───────^ counted here
  │
  = help: keep one count

1 file: 1 warning
"
    );
}

#[test]
fn markup_is_shown_as_it_lies_in_the_file() {
    let file = "<p>Neuf b&acirc;teaux</p>";
    let mut map = SourceMap::default();
    map.push_verbatim(0, 3, 6);
    map.push_decoded(Span::new(6, 8), Span::new(9, 16));
    map.push_verbatim(8, 16, 5);
    let doc = document("Neuf bâteaux", map);
    let findings = [finding(&doc.text, &[("first", "bâteaux")])];
    let out = report("terminal", false, &checked("a.html", file.as_bytes(), &doc, &findings, "fr"));
    assert!(out.contains("a.html:1:9\n"), "{out}");
    assert!(out.contains("1 │ <p>Neuf b&acirc;teaux</p>\n  │         ^^^^^^^^^^^^^ compté ici"), "{out}");
}

#[test]
fn a_file_in_another_encoding_shows_what_was_read() {
    let file = b"Titre\n\n\xc9t\xe9 : neuf b\xe2teaux";
    let mut doc = document("Titre\nÉté : neuf bâteaux", SourceMap::default());
    doc.map.push_verbatim(0, 0, 6);
    for (source, (i, c)) in (7..).zip(doc.text.char_indices().skip(6)) {
        doc.map.push_decoded(Span::new(i, i + c.len_utf8()), Span::new(source, source + 1));
    }
    let findings = [finding(&doc.text, &[("first", "neuf bâteaux")])];
    let out = report("terminal", false, &checked("vieux.txt", file, &doc, &findings, "fr"));
    assert!(out.contains("vieux.txt:3:7\n"), "{out}");
    assert!(out.contains("3 │ Été : neuf bâteaux\n  │       ^^^^^^^^^^^^ compté ici"), "{out}");
}

#[test]
fn odd_spans_break_nothing() {
    let text = "fin\n";
    let doc = draft(text);
    for (a, b) in [(0, 0), (3, 3), (4, 4), (3, 4), (0, 4)] {
        let mut f = finding(text, &[("first", "fin")]);
        f.labels[0].span = Span::new(a, b);
        f.labels.push(Label { role: "other".to_owned(), span: Span::new(0, 3) });
        f.labels.push(Label { role: "unknown".to_owned(), span: Span::new(1, 2) });
        let out = report("terminal", false, &checked("f.txt", text.as_bytes(), &doc, &[f], "en"));
        assert!(out.contains("f.txt:"), "{out}");
        assert!(out.contains('^'), "{out}");
    }
    // text that stands nowhere in the file
    let nowhere = document("fin\n", SourceMap::default());
    let findings = [finding(text, &[("first", "fin")])];
    assert!(report("terminal", false, &checked("f.txt", b"", &nowhere, &findings, "en")).contains("f.txt:1:1"));
}

#[test]
fn a_draft_cannot_write_escapes_through_a_message() {
    let out = shown("un \u{1b}[2Jmot", &[("first", "\u{1b}[2Jmot")], "en");
    assert!(!out.contains('\u{1b}'), "{out:?}");
}

#[test]
fn colours_only_where_asked_for() {
    let doc = draft("neuf");
    let mut f = finding("neuf", &[("first", "neuf")]);
    f.level = Level::Error;
    let findings = [f];
    let file = checked("a.md", b"neuf", &doc, &findings, "fr");
    let colored = report("terminal", true, &file);
    assert!(colored.contains("\u{1b}[") && colored.contains("erreur[two-counts]"), "{colored:?}");
    assert!(!report("terminal", false, &file).contains('\u{1b}'));
}

#[test]
fn nothing_found_is_one_quiet_line() {
    let doc = draft("neuf");
    assert_eq!(report("terminal", true, &checked("a.md", b"neuf", &doc, &[], "fr")), "1 fichier\u{a0}: rien à signaler\n");
    let problems = [Problem { message: "no".to_owned(), span: None }];
    let unread = Checked { path: "a", bytes: b"", document: None, findings: &[], problems: &problems, ui: "en" };
    assert!(!report("terminal", false, &unread).contains("no "));
}
