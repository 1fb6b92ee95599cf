use std::time::{Duration, Instant};

use unicode_width::UnicodeWidthStr;

use super::*;

/// The excerpt with its labels between ⟦ and ⟧, and a line of dots where something is left out.
fn shown(text: &str, ranges: &[Range<usize>]) -> String {
    let lines = Source::new(text.as_bytes());
    let e = Excerpt::new(text, &lines, ranges);
    let mut out = String::new();
    let mut last = None;
    for l in &e.lines {
        if last.is_some_and(|i| i + 1 != l.index) {
            out.push_str("...\n");
        }
        last = Some(l.index);
        for (i, c) in e.text[l.range.clone()].char_indices() {
            let at = l.range.start + i;
            out.extend(e.ranges.iter().filter(|r| r.end == at && !r.is_empty()).map(|_| '⟧'));
            out.extend(e.ranges.iter().filter(|r| r.start == at).map(|r| if r.is_empty() { '|' } else { '⟦' }));
            out.push(c);
        }
    }
    out
}

fn find(text: &str, words: &[&str]) -> Vec<Range<usize>> {
    words.iter().map(|w| text.find(w).map(|at| at..at + w.len()).unwrap()).collect()
}

fn show(text: &str, words: &[&str]) -> String {
    shown(text, &find(text, words))
}

#[test]
fn a_short_line_is_whole_and_distant_lines_are_apart() {
    assert_eq!(show("Été chaud\n\nautre ligne\nfin", &["chaud"]), "Été ⟦chaud⟧\n");
    assert_eq!(show("un\r\ndeux\r\ntrois", &["un", "deux"]), "⟦un⟧\n⟦deux⟧\n");
    assert_eq!(show("un\n\ndeux", &["un", "deux"]), "⟦un⟧\n...\n⟦deux⟧\n");
}

#[test]
fn a_long_line_is_cut_at_spaces_around_its_labels() {
    let text = "Le conseil a siégé jusque tard dans la nuit, et ".repeat(3)
        + "les élus ont voté douze mesures avant de partir, "
        + &"puis chacun est rentré chez soi sans rien dire ".repeat(3);
    assert_eq!(show(&text, &["douze mesures"]), "… la nuit, et les élus ont voté ⟦douze mesures⟧ avant de partir, puis chacun …\n");
    assert_eq!(show(&text, &["Le conseil"]), "⟦Le conseil⟧ a siégé jusque tard dans la nuit, et Le conseil a siégé …\n");
    let both = show(&text, &["Le conseil", "partir"]);
    assert_eq!(both.lines().count(), 3, "{both}");
    assert!(both.lines().all(|l| l.width() <= WIDTH + 8), "{both}");
}

#[test]
fn near_labels_share_a_line_and_a_label_is_not_cut() {
    let text = "mot ".repeat(30) + "douze ou treize ou quatorze personnes " + &"mot ".repeat(30);
    let near = show(&text, &["douze", "quatorze personnes"]);
    assert_eq!(near.lines().count(), 1);
    assert!(near.contains("⟦douze⟧ ou treize ou ⟦quatorze personnes⟧"));
    for pad in 0..80 {
        let text = "x".repeat(pad) + " " + &text;
        assert!(show(&text, &["treize ou quatorze"]).contains("⟦treize ou quatorze⟧"));
    }
}

#[test]
fn a_label_wider_than_a_line_goes_over_several_without_a_gap() {
    let text = "avant ".repeat(20) + &"dedans ".repeat(30) + &"après ".repeat(20);
    let out = shown(&text, std::slice::from_ref(&(120..330)));
    assert!(!out.contains("..."), "{out}");
    assert_eq!(out.lines().count(), 4, "{out}");
    assert!(out.starts_with("… avant ⟦dedans dedans"), "{out}");
    assert!(out.trim_end().ends_with("dedans ⟧après …"), "{out}");
}

#[test]
fn a_label_over_several_lines_shows_them_all() {
    assert_eq!(show("un deux\r\ntrois\r\nquatre", &["deux\r\ntrois\r\nqua"]), "un ⟦deux\ntrois\nqua⟧tre\n");
    // a line end behind the words belongs to no label
    assert_eq!(show("un deux\ntrois", &["deux\n"]), "un ⟦deux⟧\n");
}

#[test]
fn an_empty_label_and_the_end_of_the_file_have_a_place() {
    assert_eq!(shown("abc", std::slice::from_ref(&(1..1))), "a|bc\n");
    assert_eq!(shown("abc", std::slice::from_ref(&(3..3))), "abc|\n");
    assert_eq!(shown("abc\n", std::slice::from_ref(&(4..4))), "|\n");
    assert_eq!(shown("", std::slice::from_ref(&(0..0))), "|\n");
    assert_eq!(shown("abc", std::slice::from_ref(&(7..9))), "abc|\n");
    // inside a character: drawn in to its start
    assert_eq!(shown("é", std::slice::from_ref(&(1..2))), "⟦é⟧\n");
}

#[test]
fn overlapping_labels_stay_together() {
    let text = "mot ".repeat(30) + "un deux trois quatre " + &"mot ".repeat(30);
    let out = show(&text, &["un deux trois", "deux trois quatre"]);
    assert!(out.contains("⟦un ⟦deux trois⟧ quatre⟧"), "{out}");
    assert_eq!(out.lines().count(), 1);
    assert_eq!(show("a b", &["a b", "a b"]), "⟦⟦a b⟧⟧\n");
}

#[test]
fn nothing_in_a_draft_steers_the_terminal() {
    assert_eq!(show("a\u{1b}[31mb\u{7}", &["b"]), "a␛[31m⟦b⟧␇\n");
    // a mark of direction is dropped, unless the finding is about it
    assert_eq!(show("a\u{202e}bc", &["c"]), "ab⟦c⟧\n");
    assert_eq!(show("a\u{200b}b", &["\u{200b}"]), "a⟦\u{fffd}⟧b\n");
}

#[test]
fn scripts_without_spaces_are_cut_between_characters() {
    let text = "漢字".repeat(200);
    let out = shown(&text, std::slice::from_ref(&(600..606)));
    assert_eq!(out.lines().count(), 1);
    assert!(out.contains("⟦漢字⟧"));
    assert!(out.trim_end().width() <= WIDTH + 8, "{}", out.width());
    // a combining accent stays with its letter
    let text = "e\u{301}".repeat(300);
    let out = shown(&text, std::slice::from_ref(&(300..303)));
    assert!(out.starts_with("… e\u{301}"), "{out}");
    assert!(out.trim_end().ends_with("e\u{301} …"), "{out}");
}

#[test]
fn a_line_of_a_megabyte_costs_no_more_than_its_labels() {
    let text = "un mot ou deux ".repeat(70_000);
    let lines = Source::new(text.as_bytes());
    let started = Instant::now();
    for i in 0..2_000 {
        let at = i * 500 + 3;
        let e = Excerpt::new(&text, &lines, &[at..at + 3, text.len() - 5..text.len()]);
        assert_eq!(e.lines.len(), 2);
        assert!(e.text.len() < 400);
    }
    // one label over all of it is linear too
    assert!(Excerpt::new(&text, &lines, std::slice::from_ref(&(0..text.len()))).lines.len() > 10_000);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}

#[test]
fn every_range_lands_on_its_own_words() {
    let text = "Été à Nîmes\u{a0}: 漢字, e\u{301}. ".repeat(12) + "\n" + &"ligne courte\r\n".repeat(3) + &"z".repeat(400);
    let lines = Source::new(text.as_bytes());
    let bounds: Vec<usize> = text.char_indices().map(|(i, _)| i).step_by(7).chain([text.len()]).collect();
    for &a in &bounds {
        for &b in bounds.iter().filter(|&&b| b >= a && b - a < 60) {
            let e = Excerpt::new(&text, &lines, std::slice::from_ref(&(a..b)));
            let got = &e.text[e.ranges[0].clone()];
            let want = text[a..b].trim_end_matches(['\r', '\n']).replace("\r\n", "\n");
            assert_eq!(got, want, "{a}..{b}");
        }
    }
}
