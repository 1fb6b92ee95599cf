//! What `docs/configuration.md` and the file of `recoupe init` say of configurations is true.

use std::path::Path;
use std::sync::Arc;

use recoupe::config::file::{TEMPLATE, schema};
use recoupe::config::{Config, Settings};
use recoupe::desk::Desk;
use recoupe::rule::RuleProblems;
use regex::Regex;

/// The configuration of a text, its names held against the rules that ship.
fn desk(text: &str) -> Desk {
    let told = |p: Vec<_>| panic!("{}\n{text}", RuleProblems(p));
    let mut config = Config::parse(Path::new("/newsroom/recoupe.yaml"), text).unwrap_or_else(told);
    // The folders of rules that a page speaks of are not there.
    config.rules.clear();
    Desk::new(Arc::new(config), &[]).unwrap_or_else(|p| panic!("{p}\n{text}"))
}

/// The keys of the schema, those of overrides included.
fn keys() -> Vec<String> {
    let schema = schema();
    let of = |map: &serde_json::Value| map.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let mut keys = of(&schema["properties"]);
    keys.extend(of(&schema["$defs"]["OverrideFile"]["properties"]));
    keys
}

#[test]
fn the_page_explains_every_key_and_its_examples_load() {
    let page = std::fs::read_to_string("docs/configuration.md").unwrap();
    let missing: Vec<String> = keys().into_iter().filter(|key| !page.contains(&format!("`{key}`"))).collect();
    assert!(missing.is_empty(), "docs/configuration.md says nothing of {missing:?}");
    let mut examples = 0;
    for block in page.split("```yaml\n").skip(1) {
        let text = block.split("```").next().unwrap();
        if !text.starts_with("---") {
            desk(text);
            examples += 1;
        }
    }
    assert!(examples > 4, "{examples} examples");
}

#[test]
fn the_file_of_init_sets_nothing_and_what_it_shows_loads() {
    let none = Config::default().effective(Path::new("a.md"), &Settings::default());
    assert_eq!(desk(TEMPLATE).config.effective(Path::new("a.md"), &Settings::default()), none);
    let entry = Regex::new(r#"^# ( *(- )?("[^"]+"|[a-z-]+):( .*)?)$"#).unwrap();
    let lines: Vec<&str> = TEMPLATE.lines().filter_map(|l| entry.captures(l).map(|c| c.get(1).unwrap().as_str())).collect();
    let shown = lines.join("\n");
    desk(&shown);
    // An override may set a day; nobody sets one for a whole newsroom.
    for key in keys().iter().filter(|key| *key != "date") {
        assert!(shown.contains(&format!("{key}:")), "{key}\n{shown}");
    }
}

/// The rules that ask for furniture, each with the line and the words at which they speak.
fn asked(name: &str, draft: &str) -> Vec<String> {
    let config = "furniture:\n  all: { needs: [headline, byline, credit, alternative-text] }\n  dispatch: { paths: wire, needs: [headline, dateline, caption] }\n  brief: { needs: [] }\n";
    let desk = desk(config);
    let path = Path::new("/newsroom").join(name);
    let settings = desk.effective(&path, &Settings::default());
    let stories = desk.stories(draft.as_bytes(), &path, &settings).unwrap();
    let mut out = Vec::new();
    for story in &stories {
        let proof = desk.check(desk.analyse(&story.document), &settings);
        for told in proof.told(draft.as_bytes(), "en") {
            if told.rule.id.starts_with("missing-") || told.rule.id == "untitled" {
                let bytes = &draft.as_bytes()[told.primary().span.range()];
                out.push(format!("{} {}: {}", told.primary().start.line, told.rule.id, String::from_utf8_lossy(bytes)));
            }
        }
    }
    out
}

#[test]
fn what_the_newsroom_asks_for_and_is_not_there_is_told_at_its_place() {
    let story = "---\ntitle: Le port rouvre\n---\n\n![](quai.jpg)\n*Le quai, lundi.*\n\nLe port rouvre lundi.\n\n![Le toit](toit.jpg)\n*Le toit neuf (Photo : Anne Morel)*\n";
    assert_eq!(
        asked("a.md", story),
        ["2 missing-byline: Le port rouvre", "5 missing-alternative-text: ![](quai.jpg)", "5 missing-credit: ![](quai.jpg)"]
    );
    assert_eq!(asked("wire/a.md", story), ["2 missing-dateline: Le port rouvre"]);
    assert_eq!(asked("a.md", &story.replace("title:", "section: Brief\ntitle:")), [""; 0]);
    let page = "<html lang=fr><head><meta name=author content=\"Anne Morel\"></head><body><h1>Le port rouvre</h1>\n<figure><img src=a.jpg alt=\"Le quai vu du pont\"><figcaption>Le quai, lundi.</figcaption></figure>\n<p>Le port rouvre lundi.</p></body></html>";
    assert_eq!(asked("a.html", page), ["2 missing-credit: <img src=a.jpg alt=\"Le quai vu du pont\">"]);
    assert_eq!(asked("a.txt", "Par Anne Morel\n\nLe port rouvre lundi.\n").len(), 1);
    let bare = "![](quai.jpg)\n\nLe port rouvre lundi à midi, a dit le maire de la ville.\n";
    assert!(asked("wire/b.md", bare).contains(&"1 missing-caption: ![](quai.jpg)".to_owned()));
    // A draft may ask for silence itself.
    let silent = "<!-- recoupe: ignore-all missing-byline, missing-credit, missing-alternative-text -- a test -->\n".to_owned();
    assert_eq!(asked("a.md", &story.replace("---\n\n", &format!("---\n\n{silent}\n"))), [""; 0]);
}
