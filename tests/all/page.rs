//! The page of the service in a real browser: what is typed is marked, and what is marked is right.

use serde_json::Value;

use crate::browser::{Browser, skip};
use crate::serve::Service;

/// A page that is open, in French.
fn page(service: &Service) -> Option<Browser> {
    let browser = Browser::start()?;
    browser.open(&format!("http://{}/", service.at));
    answered(&browser);
    browser.click("[data-ui=fr]");
    answered(&browser);
    Some(browser)
}

/// Waits until what stands in the text area now has been checked.
fn answered(browser: &Browser) {
    browser
        .wait("timer !== null && asked === answered && document.body.dataset.answered === String(asked) && before === draft.value");
}

fn write(browser: &Browser, text: &str) {
    let asked = browser.script("return asked");
    browser.script("draft.focus(); draft.select()");
    browser.keys(text);
    browser.wait(&format!("asked > {asked}"));
    answered(browser);
}

/// The words under the marks that a selector finds.
fn words(browser: &Browser, selector: &str) -> Vec<String> {
    let all = browser.script(&format!("return [...document.querySelectorAll('{selector}')].map((e) => e.textContent)"));
    all.as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect()
}

const STORY: &str = "Le lycée accueille 80 internes : 45 garçons et 30 filles. L'examen aura lieu le 31 avril.";

#[test]
fn what_is_typed_is_marked_on_the_right_words() {
    let service = Service::start(&[]);
    let Some(browser) = page(&service) else { return };
    write(&browser, STORY);
    assert_eq!(words(&browser, ".mark"), ["80 internes", "45 garçons et 30 filles", "31 avril"]);
    assert_eq!(words(&browser, "#status"), ["2 erreurs"]);
    assert_eq!(words(&browser, ".finding .rule"), ["sum-mismatch", "impossible-date"]);
    // The marks lie under the words of the text area: both have the same lines.
    let same = "const [a, b] = [draft, backdrop].map((e) => e.getBoundingClientRect());
        return a.width === b.width && a.height === b.height && a.top === b.top && getComputedStyle(draft).font === getComputedStyle(backdrop).font";
    assert_eq!(browser.script(same), true);
    // Words before a mark move it; a change inside a mark takes it away until the next answer.
    browser.script("draft.setSelectionRange(0, 0)");
    browser.keys("Été 😀. ");
    answered(&browser);
    assert_eq!(words(&browser, ".mark"), ["80 internes", "45 garçons et 30 filles", "31 avril"]);
    write(&browser, "Le lycée accueille 75 internes : 45 garçons et 30 filles.");
    assert_eq!((words(&browser, ".mark").len(), words(&browser, "#status")), (0, vec!["Rien à signaler.".to_owned()]));
}

#[test]
fn one_place_lights_up_the_other() {
    let service = Service::start(&[]);
    let Some(browser) = page(&service) else { return };
    write(&browser, STORY);
    browser.keys("\u{e012}");
    let sum = ["80 internes", "45 garçons et 30 filles"];
    browser.hover(".mark.primary");
    browser.wait("document.querySelector('.finding.lit')");
    assert_eq!(words(&browser, ".mark.lit"), sum);
    assert_eq!(words(&browser, ".finding.lit .rule"), ["sum-mismatch"]);
    browser.hover("h1");
    browser.wait("!document.querySelector('.lit')");
    browser.hover(".finding:nth-child(2)");
    browser.wait("document.querySelector('.mark.lit')");
    assert_eq!(words(&browser, ".mark.lit"), ["31 avril"]);
    browser.hover("h1");
    // By the keyboard: from place to place, and from the list into the text.
    browser.script("draft.focus(); draft.setSelectionRange(0, 0)");
    let selected = "return draft.value.slice(draft.selectionStart, draft.selectionEnd)";
    for expected in ["80 internes", "45 garçons et 30 filles", "31 avril", "80 internes"] {
        browser.keys("\u{e038}");
        assert_eq!(browser.text(selected), expected);
    }
    browser.wait("document.querySelector('.finding.lit .rule')?.textContent === 'sum-mismatch'");
    assert_eq!(words(&browser, ".mark.lit"), sum);
    browser.script("document.querySelectorAll('.place')[1].focus()");
    browser.wait("document.querySelector('.finding.lit')");
    assert_eq!(words(&browser, ".mark.lit"), sum);
    browser.keys("\u{e007}");
    assert_eq!(browser.text(selected), "45 garçons et 30 filles");
}

#[test]
fn the_fact_sheet_is_ticked_and_keeps_its_ticks() {
    let service = Service::start(&[]);
    let Some(browser) = page(&service) else { return };
    write(&browser, STORY);
    // Tabs go by the arrows.
    browser.script("document.getElementById('tab-proof').focus()");
    browser.keys("\u{e014}");
    browser.wait("document.activeElement.id === 'tab-facts' && !document.getElementById('facts').hidden");
    assert_eq!(browser.script("return document.getElementById('proof').hidden"), true);
    assert_eq!(words(&browser, ".quantity .words b"), ["80", "45", "30"]);
    assert_eq!(words(&browser, ".quantity .value"), ["80 internes", "45 garçons", "30 filles"]);
    browser.click(".quantity input[type=checkbox]");
    let says = words(&browser, "#ticked-words");
    assert!(says[0].starts_with("1 sur "), "{says:?}");
    browser.click("#tab-proof");
    write(&browser, &format!("{STORY} Il y aura 12 surveillants."));
    browser.click("#tab-facts");
    let ticked = "return [...document.querySelectorAll('.quantity input[type=checkbox]')].map((b) => b.checked)";
    assert_eq!(browser.script(ticked), serde_json::json!([true, false, false, false]));
    // On paper, nothing but the form; its boxes are there to be ticked with a pencil.
    browser.media("print", &[]);
    let shown =
        |selector: &str| browser.script(&format!("return document.querySelector('{selector}').getClientRects().length > 0"));
    assert_eq!(
        (shown(".quantity .tick input"), shown(".sign .line"), shown("#settings"), shown("#print")),
        (true.into(), true.into(), false.into(), false.into())
    );
}

#[test]
fn files_are_dropped_and_the_page_speaks_both_languages() {
    let service = Service::start(&[]);
    let Some(browser) = page(&service) else { return };
    let drop = |name: &str, bytes: &str| {
        let before = browser.script("return asked");
        browser.script(&format!(
            "const data = new DataTransfer(); data.items.add(new File([new Uint8Array({bytes})], '{name}'));
             document.dispatchEvent(new DragEvent('drop', {{dataTransfer: data, bubbles: true, cancelable: true}}))"
        ));
        before
    };
    let bytes = |text: &str| format!("{:?}", text.as_bytes());
    let before = drop("papier.md", &bytes("# Titre\n\nLe *31 avril*, à midi.\n"));
    browser.wait(&format!("asked > {before}"));
    answered(&browser);
    assert_eq!(browser.text("return document.getElementById('format').value"), "markdown");
    assert_eq!(words(&browser, ".mark"), ["31 avril"]);
    let before = drop(
        "papier.txt",
        "[0x4c, 0x65, 0x20, 0x33, 0x31, 0x20, 0x61, 0x76, 0x72, 0x69, 0x6c, 0x2c, 0x20, 0xe0, 0x20, 0x6d, 0x69, 0x64, 0x69, 0x2e]",
    );
    browser.wait(&format!("asked > {before}"));
    answered(&browser);
    assert_eq!(browser.text("return draft.value"), "Le 31 avril, à midi.");
    drop("papier.pdf", &bytes("%PDF-1.7\n"));
    browser.wait("document.getElementById('status').textContent.includes('PDF')");
    browser.click("[data-ui=en]");
    browser.click("#example");
    answered(&browser);
    assert_eq!(browser.text("return document.documentElement.lang"), "en");
    assert!(words(&browser, ".mark").contains(&"31 April".to_owned()));
    // Every word of the page exists in both languages, and none is left over.
    let keys = browser.script(
        "const used = new Set([...document.querySelectorAll('*')].flatMap((e) => [e.dataset.words, e.dataset.wordsLabel, e.dataset.wordsPlaceholder]).filter(Boolean));
         return {fr: Object.keys(WORDS.fr), en: Object.keys(WORDS.en), missing: [...used].filter((k) => !(k in WORDS.fr))}",
    );
    assert_eq!(keys["fr"], keys["en"]);
    assert_eq!(keys["missing"], serde_json::json!([]));
    let script = include_str!("../../src/serve/page/page.js").to_owned() + include_str!("../../src/serve/page/index.html");
    for key in keys["fr"].as_array().unwrap().iter().filter_map(Value::as_str) {
        assert!(script.contains(&format!("words.{key}")) || script.contains(&format!("\"{key}\"")), "`{key}` is not used");
    }
}

#[test]
fn words_can_be_read_in_both_themes_and_nothing_is_asked_elsewhere() {
    let service = Service::start(&[]);
    let Some(browser) = page(&service) else { return };
    write(&browser, STORY);
    for theme in ["light", "dark"] {
        browser.media("screen", &[("prefers-color-scheme", theme)]);
        for view in ["proof", "facts"] {
            browser.click(&format!("#tab-{view}"));
            // The least contrast of any text with what lies behind it (WCAG 2.2, 1.4.3).
            let least = browser.script(CONTRAST);
            assert!(least["ratio"].as_f64().unwrap() >= 4.5, "{theme} {view}: {least}");
        }
    }
    let origins =
        browser.script("return [...new Set(performance.getEntriesByType('resource').map((e) => new URL(e.name).origin))]");
    assert_eq!(origins, serde_json::json!([format!("http://{}", service.at)]));
    assert_eq!(browser.script("return Object.keys(localStorage)"), serde_json::json!(["recoupe.ui"]));
}

/// Clears by the button and says yes.
fn clear(browser: &Browser) {
    browser.click("#clear");
    browser.wait("document.getElementById('sure').open");
    browser.click("#sure-yes");
    answered(browser);
}

#[test]
fn clearing_asks_and_can_be_undone() {
    let service = Service::start(&[]);
    let Some(browser) = page(&service) else { return };
    write(&browser, STORY);
    browser.click("#tab-facts");
    browser.click(".quantity input[type=checkbox]");
    browser.click("#tab-proof");
    browser.click("#clear");
    browser.wait("document.getElementById('sure').open");
    browser.click("#sure-no");
    assert_eq!(browser.text("return draft.value"), STORY);
    clear(&browser);
    assert_eq!(browser.text("return draft.value"), "");
    browser.click("#undo");
    answered(&browser);
    assert_eq!(browser.text("return draft.value"), STORY);
    assert_eq!(browser.script("return document.querySelectorAll('.quantity input:checked').length"), 1);
    assert_eq!(words(&browser, ".mark").len(), 3);
    // Once something else is written there is nothing to bring back.
    clear(&browser);
    browser.script("draft.focus()");
    browser.keys("Un");
    answered(&browser);
    assert_eq!(browser.script("return document.getElementById('undone').hidden"), true);
}

#[test]
fn a_reload_keeps_the_draft_in_its_tab_and_nowhere_else() {
    let service = Service::start(&[]);
    let Some(browser) = page(&service) else { return };
    write(&browser, STORY);
    browser.script(
        "const day = document.getElementById('published'); day.value = '2024-05-17'; day.dispatchEvent(new Event('change'))",
    );
    answered(&browser);
    browser.click("#tab-facts");
    browser.click(".quantity input[type=checkbox]");
    let here = format!("http://{}/", service.at);
    browser.open(&here);
    answered(&browser);
    let kept = browser.script("return [draft.value, document.getElementById('published').value, document.querySelectorAll('.quantity input:checked').length]");
    assert_eq!(kept, serde_json::json!([STORY, "2024-05-17", 1]));
    assert_eq!(words(&browser, ".mark").len(), 3);
    assert_eq!(
        browser.script("return [Object.keys(localStorage), document.cookie, navigator.serviceWorker?.controller ?? null]"),
        serde_json::json!([["recoupe.ui"], "", null])
    );
    let stored = browser.script("return (async () => (await indexedDB.databases()).length + (await caches.keys()).length)()");
    assert_eq!(stored, 0);
    // What is cleared is gone from the tab as well.
    browser.click("#tab-proof");
    clear(&browser);
    assert_eq!(browser.script("return Object.keys(sessionStorage)"), serde_json::json!([]));
    browser.open(&here);
    answered(&browser);
    assert_eq!(browser.text("return draft.value"), "");
}

#[test]
fn the_format_follows_the_text_and_the_day_says_where_it_comes_from() {
    let service = Service::start(&[]);
    let Some(browser) = page(&service) else { return };
    let today = browser.text("return today()");
    let day = |browser: &Browser| {
        (browser.text("return document.getElementById('published').value"), words(browser, "#published-by").remove(0))
    };
    assert_eq!(day(&browser), (today.clone(), "aujourd’hui".to_owned()));
    browser.click("#example");
    answered(&browser);
    assert_eq!(browser.text("return document.getElementById('format').value"), "text");
    // A draft with front matter, pasted over the example: it is no prose, and names its own day.
    let pasted = "---\ntitle: Deux morts à Brest\ndate: 2024-05-17\n---\n\nUn incendie a fait deux morts, mercredi 17 mai.\n";
    let asked = browser.script("draft.focus(); draft.select(); return asked");
    browser.devtools("Input.insertText", &serde_json::json!({ "text": pasted }));
    browser.wait(&format!("asked > {asked}"));
    assert_eq!(browser.text("return draft.value"), pasted);
    answered(&browser);
    assert_eq!(browser.text("return document.getElementById('format').value"), "");
    assert_eq!(browser.text("return story.blocks[0].kind"), "headline");
    assert_eq!(day(&browser), ("2024-05-17".to_owned(), "selon le papier".to_owned()));
    assert!(words(&browser, ".mark").iter().any(|m| m.contains("mercredi")), "{:?}", words(&browser, ".mark"));
    // What somebody sets is stronger, and says nothing of itself.
    browser.script(
        "const day = document.getElementById('published'); day.value = '2023-05-17'; day.dispatchEvent(new Event('change'))",
    );
    answered(&browser);
    assert_eq!(day(&browser), ("2023-05-17".to_owned(), String::new()));
    assert!(words(&browser, ".mark").is_empty());
}

#[test]
fn a_page_of_markup_is_shown_as_it_reads() {
    let service = Service::start(&[]);
    let Some(browser) = page(&service) else { return };
    let html =
        "<h1>Au lyc&eacute;e</h1>\n<p>Le lyc&eacute;e accueille <b>80</b> internes&nbsp;: 45 gar&ccedil;ons et 30 filles.</p>";
    browser.script(&format!("put({}, 'html')", Value::from(html)));
    answered(&browser);
    assert_eq!(words(&browser, "#reading h2"), ["Au lycée"]);
    assert_eq!(words(&browser, "#reading p"), ["Le lycée accueille 80 internes\u{a0}: 45 garçons et 30 filles."]);
    assert_eq!(words(&browser, "#reading .mark").concat(), "80 internes45 garçons et 30 filles");
    assert_eq!(browser.script("return draft.parentElement.hidden"), true);
    browser.hover("#reading .mark");
    browser.wait("document.querySelector('.finding.lit')");
    browser.click(".places li:nth-child(2) .place");
    browser.wait("document.activeElement.closest('#reading')");
    browser.click("#as-source");
    assert_eq!(browser.text("return draft.value"), html);
    assert_eq!(browser.script("return document.getElementById('reading').hidden"), true);
    browser.click("#as-story");
    // Whoever writes sees what is written.
    browser.click("#as-source");
    browser.script("draft.setSelectionRange(4, 4)");
    browser.keys("Hier, ");
    answered(&browser);
    assert_eq!(browser.script("return document.getElementById('reading').hidden"), true);
}

#[test]
fn a_finding_says_why_and_is_ignored_in_its_place() {
    let service = Service::start(&[]);
    let Some(browser) = page(&service) else { return };
    for (format, text, written) in [
        ("text", format!("Au lycée\n\n{STORY}"), "Au lycée\n\nrecoupe: ignore sum-mismatch -- raison\nLe lycée"),
        ("markdown", format!("# Au lycée\n\n{STORY}"), "# Au lycée\n\n<!-- recoupe: ignore sum-mismatch -- raison -->\nLe lycée"),
        ("html", format!("<h1>Au lycée</h1><p>{STORY}</p>"), "<p><!-- recoupe: ignore sum-mismatch -- raison --> Le lycée"),
    ] {
        browser.script(&format!("put({}, '{format}')", Value::from(text.as_str())));
        answered(&browser);
        assert_eq!(words(&browser, ".finding .name"), ["les parties ne font pas le total", "une date qui n'existe pas"]);
        assert!(words(&browser, ".why p")[0].starts_with("Après «\u{a0}soit"), "{:?}", words(&browser, ".why p"));
        browser.click(".finding:first-child .ignore");
        browser.wait("draft.value.includes('recoupe: ignore')");
        answered(&browser);
        let now = browser.text("return draft.value");
        assert!(now.contains(written), "{format}: {now}");
        assert_eq!(words(&browser, ".finding .rule"), ["impossible-date"]);
        assert_eq!(browser.text("return draft.value.slice(draft.selectionStart, draft.selectionEnd)"), "raison");
    }
    let link = browser.text("return document.querySelector('.why a').href");
    browser.open(&link);
    assert_eq!(words(&browser, "h1"), ["impossible-date"]);
    assert_eq!(browser.text("return document.documentElement.lang"), "fr");
    assert!(browser.script("return getComputedStyle(document.querySelector('pre')).overflowX") == "auto");
}

#[test]
fn a_language_that_is_forced_on_another_is_told() {
    let service = Service::start(&[]);
    let Some(browser) = page(&service) else { return };
    let english = "The council met on Monday to decide what to do with the old harbour, which has been closed since the storm of last winter. ";
    write(&browser, &english.repeat(5));
    browser.script("const lang = document.getElementById('lang'); lang.value = 'fr'; lang.dispatchEvent(new Event('change'))");
    answered(&browser);
    browser.wait("document.querySelector('.problem')");
    assert!(words(&browser, ".problem")[0].contains("anglais"), "{:?}", words(&browser, ".problem"));
    assert!(!words(&browser, "#status")[0].contains("Rien à signaler"), "{:?}", words(&browser, "#status"));
}

#[test]
fn the_sheet_is_whole_counts_in_the_plural_and_goes_to_a_spreadsheet() {
    let service = Service::start(&[]);
    let Some(browser) = page(&service) else { return };
    write(&browser, "Anna Morel, 1 an, et Luc Morel, 34 ans, vivent à Lyon. Ils paient 12 €.");
    browser.click("#tab-facts");
    browser.script(
        "const note = document.querySelector('.place .note input'); note.value = '=1+1'; note.dispatchEvent(new Event('input'))",
    );
    assert_eq!(words(&browser, ".age .value"), ["1 an", "34 ans"]);
    // Each table is as wide as the sheet, that of places too.
    let wide = browser.script("return [...document.querySelectorAll('#sheet table')].map((t) => [t.className, getComputedStyle(t).display, t.clientWidth > 500])");
    assert!(wide.as_array().unwrap().iter().any(|t| t[0] == "place"), "{wide}");
    assert!(wide.as_array().unwrap().iter().all(|t| t[1] == "table" && t[2] == true), "{wide}");
    let table = browser.text("return table()");
    assert!(table.starts_with("\u{feff}\"fait\";\"ligne\";"), "{table}");
    assert!(table.contains("\"Lieux\";\"1\";\"Lyon\";\"Lyon (France)\";\"\";\"'=1+1\"\r\n"), "{table}");
    browser.script("window.saved = ''; HTMLAnchorElement.prototype.click = function () { window.saved = this.download; }");
    browser.click("#csv");
    assert_eq!(browser.text("return window.saved"), "fiche.csv");
    browser.media("print", &[]);
    assert_eq!(browser.script("return document.getElementById('csv').getClientRects().length"), 0);
}

#[test]
fn the_sheet_is_laid_out_by_thing() {
    let service = Service::start(&[]);
    let Some(browser) = page(&service) else { return };
    let story = "---\ntitle: Démission à Lyon\n---\n\nAnna Morel, 34 ans, a démissionné lundi 1er janvier. Elle vivait à **Lyon**. LYON est loin.";
    browser.script(&format!("put({}, 'markdown')", Value::from(story)));
    answered(&browser);
    browser.click("#tab-facts");
    assert_eq!(words(&browser, "#story"), ["Démission à Lyon"]);
    // A place is one, in capitals too, and stands in its surroundings as they read.
    assert_eq!(words(&browser, ".place .times"), ["3 fois"]);
    let around = words(&browser, ".age .go");
    assert_eq!(around, ["Anna Morel, 34 ans, a démissionné lundi 1er …"]);
    browser.click("#by-thing");
    assert_eq!(words(&browser, ".cards h3 .count").len(), words(&browser, ".cards").len());
    assert_eq!(words(&browser, ".cards:first-child h4"), ["Anna Morel"]);
    let told = words(&browser, ".cards:first-child .card:first-child b");
    for wanted in ["34 ans", "démissionné", "Elle"] {
        assert!(told.iter().any(|t| t == wanted), "{wanted}: {told:?}");
    }
    assert_eq!(words(&browser, "#sheet table").len(), 0);
    // A reload keeps the layout; what is printed has no buttons.
    browser.open(&format!("http://{}/", service.at));
    answered(&browser);
    browser.click("#tab-facts");
    assert_eq!(words(&browser, ".cards:first-child h4"), ["Anna Morel"]);
    browser.media("print", &[]);
    assert_eq!(browser.script("return document.getElementById('by').getClientRects().length"), 0);
    browser.media("", &[]);
    browser.click(".cards:first-child .pronoun .go, .cards:first-child li:last-child .go");
    assert_eq!(browser.script("return document.getElementById('proof').hidden"), false);
    browser.script("speak('fr')");
    let dates = browser.script("return [ordinal('lundi 1 janvier 2024'), ordinal('1 mai'), ordinal('11 mai')]");
    assert_eq!(dates, serde_json::json!(["lundi 1er janvier 2024", "1er mai", "11 mai"]));
}

/// The accessibility rules of axe, in every view: `RECOUPE_NODE_MODULES` names the folder where the npm package axe-core lies.
#[test]
fn axe_finds_nothing() {
    let modules = std::env::var_os("RECOUPE_NODE_MODULES").map(std::path::PathBuf::from);
    let axe = modules.and_then(|m| std::fs::read_to_string(m.join("axe-core/axe.min.js")).ok());
    let Some(axe) = axe else { return skip("RECOUPE_NODE_MODULES names no folder with axe-core") };
    let service = Service::start(&[]);
    let Some(browser) = page(&service) else { return };
    let clean = |view: &str| {
        browser.script(&axe);
        let found = browser.script(
            "return axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations.map((v) => [v.id, v.nodes.map((n) => n.html)]))",
        );
        assert_eq!(found, serde_json::json!([]), "{view}");
    };
    clean("empty");
    write(&browser, STORY);
    clean("proof");
    browser.media("screen", &[("prefers-color-scheme", "dark")]);
    clean("dark");
    browser.script("document.querySelector('.why').open = true");
    browser.click("#tab-facts");
    clean("facts");
    browser.click("#by-thing");
    clean("cards");
    browser.resize(390, 844);
    clean("facts on a telephone");
    browser.click("#tab-proof");
    clean("proof on a telephone");
    browser.click("#clear");
    browser.wait("document.getElementById('sure').open");
    clean("the question");
    browser.click("#sure-no");
    browser.script(&format!("put({}, 'html')", Value::from(format!("<h1>Au lycée</h1><p>{STORY}</p>"))));
    answered(&browser);
    clean("a page as it reads");
    browser.open(&format!("http://{}/rules/sum-mismatch?ui_lang=fr", service.at));
    clean("a rule");
}

const CONTRAST: &str = "
const parse = (c) => c.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const behind = (e) => {
    for (; e; e = e.parentElement) {
        const c = parse(getComputedStyle(e).backgroundColor);
        if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
};
let least = {ratio: 99};
for (const e of document.querySelectorAll('body *')) {
    if (!e.getClientRects().length || e.closest('[aria-hidden=true]') || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < least.ratio) least = {ratio, text: e.textContent.slice(0, 40), tag: e.tagName};
}
return least";
