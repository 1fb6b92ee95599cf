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
