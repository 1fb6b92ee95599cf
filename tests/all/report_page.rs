//! The HTML report as a browser shows it: marks on the right words, places that light up together, keys, contrast, silence on the wire.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use crate::browser::{Browser, ENTER, TAB};

/// The pages of an example, opened from a file as a reader would.
struct Shown {
    browser: Browser,
    dir: PathBuf,
    /// The findings, from the JSON report of the same run.
    findings: Vec<Value>,
}

/// Checks an example and opens its page; `None` where there is no browser.
fn show(example: &str, more: &[&str]) -> Option<Shown> {
    let browser = Browser::start()?;
    // One example is shown by several tests, which run side by side: each has its own folder.
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let dir = std::env::temp_dir().join(format!("recoupe-page-{example}-{}-{number}", std::process::id()));
    fs::create_dir_all(&dir).unwrap();
    let draft = format!("examples/{example}.md");
    let page = dir.join("page.html");
    let mut command = Command::new(env!("CARGO_BIN_EXE_recoupe"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["check", "--notes", &draft, "--format=json"]).args(more);
    let out = command.arg(format!("--report=html={}", page.display())).stdin(Stdio::null()).output().unwrap();
    assert_eq!(out.status.code(), Some(1), "{}", String::from_utf8_lossy(&out.stderr));
    let json: Value = serde_json::from_slice(&out.stdout).unwrap();
    let findings = json["files"][0]["findings"].as_array().unwrap().clone();
    assert!(findings.len() >= 10, "an example with many findings shows more");
    // Colours are to be read at once, not on their way.
    browser.media("screen", &[("prefers-reduced-motion", "reduce")]);
    browser.open(&format!("file://{}", page.display()));
    Some(Shown { browser, dir, findings })
}

impl Drop for Shown {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.dir);
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn marks_stand_on_the_words_of_their_findings() {
    for (example, lang) in [("almaty", "fr"), ("glasgow", "en")] {
        let Some(shown) = show(example, &[]) else { return };
        let b = &shown.browser;
        assert_eq!(b.text("return document.documentElement.lang"), lang);
        for (i, finding) in shown.findings.iter().enumerate() {
            let id = format!("d1f{}", i + 1);
            let marks = format!(
                "return [...document.querySelectorAll('.story mark[data-f~=\"{id}\"]')].map((m) => m.textContent).join('')"
            );
            let marked = folded(&b.text(&marks));
            let mut labels: Vec<&Value> = finding["labels"].as_array().unwrap().iter().collect();
            let mut rest: String = marked.clone();
            // The longest first: a place may hold another.
            labels.sort_by_key(|l| std::cmp::Reverse(l["text"].as_str().unwrap().len()));
            for label in labels {
                let words = folded(label["text"].as_str().unwrap());
                assert!(marked.contains(&words), "{example} {i}: {words:?} is not in {marked:?}");
                rest = rest.replacen(&words, "", 1);
            }
            assert_eq!(rest, "", "{example} {i}: more is marked than was found");
            let note = b.text(&format!("return document.getElementById('{id}').innerText.replace(/\\s/g, '')"));
            assert!(note.contains(&folded(finding["message"].as_str().unwrap())), "{note}");
            assert!(note.contains(finding["rule"].as_str().unwrap()));
        }
    }
}

#[test]
fn hovering_or_focusing_a_place_lights_up_the_others() {
    let Some(shown) = show("almaty", &[]) else { return };
    let b = &shown.browser;
    let lit = "return [...document.querySelectorAll('.lit')].map((e) => e.tagName + ':' + e.dataset.f).join(' ')";
    assert_eq!(b.text(lit), "");
    // The toll in the text, and with it the one in the headline, the numbers of both and the note.
    b.hover(".story .headline mark");
    b.wait("document.querySelectorAll('.lit').length > 0");
    assert_eq!(b.text(lit), "MARK:d1f1 A:d1f1 MARK:d1f1 A:d1f1 LI:d1f1");
    let style = |property: &str| b.text(&format!("return getComputedStyle(document.querySelector('p mark.lit')).{property}"));
    let [light, line] = ["backgroundColor", "textDecorationStyle"].map(style);
    b.hover(".masthead");
    b.wait("document.querySelectorAll('.lit').length === 0");
    let dark = b.text("return getComputedStyle(document.querySelector('p mark')).backgroundColor");
    assert_ne!(light, dark);
    assert_eq!(line, "solid");
    // Levels differ by their line, not by colour alone.
    let lines = "return ['error', 'warning', 'info'].map((l) => getComputedStyle(document.querySelector('mark.' + l)).textDecorationStyle).join(' ')";
    assert_eq!(b.text(lines), "double solid dotted");

    // From place to place by the tabulator; the key Enter leads to the note, and from there back.
    b.keys(TAB);
    assert_eq!(b.text("return document.activeElement.id"), "d1f1p1");
    assert_eq!(b.text(lit), "MARK:d1f1 A:d1f1 MARK:d1f1 A:d1f1 LI:d1f1");
    b.keys(ENTER);
    b.wait("location.hash === '#d1f1'");
    assert_eq!(b.text("return document.activeElement.id"), "d1f1");
    b.keys(&TAB.repeat(2));
    b.keys(ENTER);
    b.wait("location.hash === '#d1f1p2'");
    assert_eq!(b.text("return document.activeElement.id"), "d1f1p2");
    assert_eq!(
        b.text("return document.activeElement.getAttribute('aria-label')"),
        "constat 1, avertissement\u{a0}: bilan différent"
    );
    let seen = "const r = document.activeElement.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight";
    assert_eq!(b.script(seen), true);
    // Every link leads somewhere.
    let dead = "return [...document.querySelectorAll('a')].filter((a) => !document.getElementById(a.hash.slice(1))).length";
    assert_eq!(b.script(dead), 0);
}

#[test]
fn no_request_leaves_the_page() {
    let Some(shown) = show("almaty", &[]) else { return };
    let b = &shown.browser;
    assert_eq!(b.script("return performance.getEntriesByType('resource').map((e) => e.name)"), json!([]));
    // And none could: whatever a draft holds, the page's own policy forbids it.
    b.script(
        "window.refused = []; addEventListener('securitypolicyviolation', (e) => refused.push(e.effectiveDirective));
         new Image().src = 'http://127.0.0.1:9/x.png';
         const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.body.append(s);
         const l = document.createElement('style'); l.textContent = 'body { display: none }'; document.body.append(l);
         fetch('http://127.0.0.1:9/').catch(() => {});",
    );
    b.wait("refused.length >= 4");
    let refused = b.script("return [...new Set(refused)].sort()");
    assert_eq!(refused, json!(["connect-src", "img-src", "script-src-elem", "style-src-elem"]));
    assert_eq!(b.script("return window.ran === undefined"), true);
}

/// Gives back every text whose contrast with what lies behind it is less than 4.5, by WCAG 2.2.
const FAINT: &str = "
    const rgb = (c) => c.match(/[\\d.]+/g).map(Number);
    const lum = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
    const behind = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
    let least = 21; const faint = []; let n = 0;
    for (const e of document.body.querySelectorAll('*')) {
        if (![...e.childNodes].some((c) => c.nodeType === 3 && c.data.trim()) || ['SCRIPT', 'STYLE'].includes(e.tagName)) continue;
        const [a, b] = [lum(rgb(getComputedStyle(e).color)), lum(behind(e))].sort((x, y) => y - x);
        const ratio = (a + .05) / (b + .05); n++; least = Math.min(least, ratio);
        if (ratio < 4.5) faint.push(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2) + ' ' + e.textContent.slice(0, 30));
    }
    return {faint, least, n};";

#[test]
fn every_word_is_readable_in_light_and_in_dark_and_on_paper() {
    let Some(shown) = show("almaty", &[]) else { return };
    let b = &shown.browser;
    let mut papers = Vec::new();
    for (media, theme) in [("screen", "light"), ("screen", "dark"), ("print", "light")] {
        b.media(media, &[("prefers-color-scheme", theme), ("prefers-reduced-motion", "reduce")]);
        papers.push(b.text("return getComputedStyle(document.body).backgroundColor"));
        for number in 0..=shown.findings.len() {
            b.script(&format!(
                "for (const e of document.querySelectorAll('[data-f]')) e.classList.toggle('lit', e.dataset.f.split(' ').includes('d1f{number}'))"
            ));
            let seen = b.script(FAINT);
            assert_eq!(seen["faint"], json!([]), "{media}, {theme}, number {number} lit");
            assert!(seen["n"].as_u64().unwrap() > 60, "{seen}");
        }
    }
    assert_eq!(papers, ["rgb(251, 250, 246)", "rgb(24, 23, 20)", "rgb(255, 255, 255)"]);
}

#[test]
fn notes_stand_beside_the_story_or_below_it_and_nothing_is_cut_off() {
    let Some(shown) = show("glasgow", &[]) else { return };
    let b = &shown.browser;
    let overlap = "const r = [...document.querySelectorAll('.finding')].map((n) => n.getBoundingClientRect());
        return r.some((a, i) => i > 0 && a.top < r[i - 1].bottom)";
    let beside = "return document.querySelector('.finding').getBoundingClientRect().left > document.querySelector('.story').getBoundingClientRect().right";
    for (width, is_beside) in [(1280, true), (1000, true), (700, false), (360, false)] {
        b.resize(width, 900);
        b.wait(&format!("document.querySelector('.draft').classList.contains('placed') === {is_beside}"));
        assert_eq!(b.script(beside), is_beside, "at {width}");
        // From 1280 to 1000 they stay beside: they are placed anew when the page has its new width.
        b.wait(&format!("!(() => {{ {overlap} }})()"));
        assert_eq!(b.script("return document.documentElement.scrollWidth <= innerWidth"), true, "wider than {width}");
    }
    b.resize(1280, 900);
    b.wait("document.querySelector('.draft').classList.contains('placed')");
    b.media("print", &[]);
    assert_eq!(b.text("return getComputedStyle(document.querySelector('.finding')).position"), "static");
}

#[test]
fn a_veiled_page_shows_where_but_not_what() {
    let Some(shown) = show("almaty", &["--redact"]) else { return };
    let b = &shown.browser;
    let letters = "return [...document.querySelectorAll('.story mark')].map((m) => m.textContent.trim()).join('')";
    assert_eq!(b.text(letters), "");
    let wide = "return [...document.querySelectorAll('.story mark')].every((m) => m.getBoundingClientRect().width > 8)";
    assert_eq!(b.script(wide), true);
    assert_eq!(b.text("return document.querySelector('.withheld').textContent"), "Les mots de l’article sont masqués.");
    b.hover(".story .headline mark");
    b.wait("document.querySelectorAll('.lit').length === 5");
}
