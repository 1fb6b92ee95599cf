use sha2::{Digest, Sha256};

use super::super::fixture::{checked, draft, finding, report};
use super::*;

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let n = three.iter().fold(0, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - three.len()));
        let digits = (0..=three.len()).map(|i| DIGITS[(n >> (18 - 6 * i) & 63) as usize] as char);
        out.extend(digits);
        out.extend(std::iter::repeat_n('=', 3 - three.len()));
    }
    out
}

#[test]
fn the_page_allows_its_own_style_and_script() {
    let hash = |text: &str| base64(&Sha256::digest(text.as_bytes()));
    assert_eq!(HASHES, [hash(STYLE), hash(SCRIPT)], "a style or a script has changed: put its hash into HASHES");
}

#[test]
fn a_story_is_marked_and_its_words_are_no_markup() {
    let text = "neuf bateaux <b>&\nsept bateaux";
    let mut doc = draft(text);
    let block = |start, end| crate::document::Block {
        kind: crate::document::BlockKind::Body,
        span: crate::span::Span::new(start, end),
        lang: doc.meta.lang,
        figure: None,
    };
    doc.blocks = vec![block(0, 17), block(18, 30)];
    let f = finding(text, &[("first", "neuf bateaux"), ("other", "sept bateaux")]);
    let page = report("html", false, &checked("a.md", text.as_bytes(), &doc, &[f], "fr"));
    assert!(
        page.contains(
            "<p><mark class=\"warning\" data-f=\"d1f1\">neuf bateaux</mark><a class=\"ref warning\" id=\"d1f1p1\" href=\"#d1f1\" \
             data-f=\"d1f1\" aria-label=\"constat 1, avertissement\u{a0}: compté ici\">1</a> &lt;b&gt;&amp;</p>"
        ),
        "{page}"
    );
    assert!(page.contains("<li><a href=\"#d1f1p2\">autre compte\u{a0}: «\u{a0}sept bateaux\u{a0}»</a></li>"), "{page}");
    assert!(page.ends_with("</html>\n"));
}

#[test]
fn marks_that_cross_and_run_over_blocks_stay_in_their_blocks() {
    let text = "un deux trois\nquatre cinq";
    let mut doc = draft(text);
    let lang = doc.meta.lang;
    let block = |start, end| crate::document::Block {
        kind: crate::document::BlockKind::Body,
        span: crate::span::Span::new(start, end),
        lang,
        figure: None,
    };
    doc.blocks = vec![block(0, 13), block(14, 25)];
    let crossing = [finding(text, &[("first", "un deux")]), finding(text, &[("first", "deux trois\nquatre")])];
    let page = report("html", false, &checked("a.md", text.as_bytes(), &doc, &crossing, "en"));
    let story = page.split_once("<article").unwrap().1.split_once("</article>").unwrap().0;
    let plain: Vec<&str> = story.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text).collect();
    assert_eq!(plain.concat().replace('\n', ""), "un deux1 trois2quatre cinq");
    assert!(story.contains("<mark class=\"warning\" data-f=\"d1f1 d1f2\">deux</mark>"), "{story}");
    assert!(story.contains("<p><mark class=\"warning\" data-f=\"d1f2\">quatre</mark> cinq</p>"), "{story}");
    assert_eq!(story.matches("class=\"ref").count(), 2);
}

#[test]
fn long_words_are_cut_in_the_middle() {
    let long = "Le conseil municipal s’est réuni mardi soir pour parler une fois de plus du port et de ses bateaux perdus.";
    assert_eq!(shortened(long), "Le conseil municipal s’est réuni … de ses bateaux perdus.");
    assert_eq!(shortened("court"), "court");
    assert!(shortened(&"a".repeat(200)).chars().count() < 80);
}
