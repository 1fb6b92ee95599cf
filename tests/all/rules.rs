//! The rules that ship: their shape, and the examples that are their tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use recoupe::facet::Facet;
use recoupe::rule::{Rule, Ruleset};

#[test]
fn every_example_does_what_it_says() {
    let failures = Ruleset::shipped().test();
    let told: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "\n{}", told.join("\n"));
}

#[test]
fn the_files_are_what_is_asked_of_rules_that_ship() {
    let read = Ruleset::load_as_shipped(Path::new("rules")).unwrap_or_else(|problems| panic!("\n{problems}"));
    let ids = |rules: &Ruleset| rules.rules.iter().map(|r| r.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&read), ids(&Ruleset::shipped()), "what is built in is what lies in the folder");
}

#[test]
fn ids_are_unique_and_in_order() {
    let rules = Ruleset::shipped().rules;
    assert!(!rules.is_empty());
    let (mut out_of_order, mut last) = (Vec::new(), "");
    for rule in &rules {
        if rule.id.as_str() <= last {
            out_of_order.push(&rule.id);
        }
        last = &rule.id;
    }
    assert!(out_of_order.is_empty(), "{out_of_order:?}");
    let well_formed = |id: &str| id.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase()));
    assert!(rules.iter().all(|r| well_formed(&r.id)));
}

#[test]
fn a_rule_is_silent_where_another_says_it_better() {
    let rules = Ruleset::shipped();
    let options = recoupe::reader::Options { lang: rules.languages.by_code("fr"), ..Default::default() };
    let text = "Le rapport est de Bérangère Delcourt. Selon Brangère Delcourt, tout va bien.";
    let (doc, _) =
        recoupe::reader::read(text.as_bytes(), recoupe::reader::Format::Text, rules.languages, options).expect("plain text");
    let found: Vec<&str> = recoupe::check::check(&doc, &rules).iter().map(|f| rules.rules[f.rule].id.as_str()).collect();
    let found: Vec<&str> = found.into_iter().filter(|id| id.contains("spel")).collect();
    assert_eq!(found, ["two-spellings"], "and no `misspelt-in-name` for the same word");
    let wrong = "id: misspelt-in-name\nyields-to: [two-spelings]\n";
    let problems = Ruleset::with(vec![("desk/misspelt-in-name.yaml".into(), wrong.into())]).expect_err("no such rule");
    assert!(problems.to_string().contains("did you mean `two-spellings`?"), "{problems}");
}

/// Fewest examples on which a rule must fire, and be silent, in each language that it has examples of.
const FEWEST: (usize, usize) = (2, 3);

#[test]
fn every_rule_is_shown_at_work_and_silent() {
    let mut short = String::new();
    for rule in &Ruleset::shipped().rules {
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for example in rule.examples.iter() {
            let (bad, good) = counts.entry(&example.lang).or_default();
            *(if example.bad { bad } else { good }) += 1;
        }
        if counts.is_empty() {
            writeln!(short, "{}: no example", rule.id).unwrap();
        }
        for (lang, (bad, good)) in counts.into_iter().filter(|(_, (bad, good))| *bad < FEWEST.0 || *good < FEWEST.1) {
            writeln!(short, "{} ({lang}): {bad} bad, {good} good; at least {} and {}", rule.id, FEWEST.0, FEWEST.1).unwrap();
        }
    }
    assert!(short.is_empty(), "\n{short}");
}

#[test]
fn every_guard_is_proved() {
    let unproved: Vec<String> = Ruleset::shipped().rules.iter().flat_map(unproved).collect();
    assert!(unproved.is_empty(), "these guards have no example that is silent thanks to them:\n{}", unproved.join("\n"));
}

/// The guard that no rule names, since all that hold values have it, is proved for a relation in each language.
#[test]
fn the_guard_of_correction_notes_is_proved() {
    let name = Facet::Corrected.name();
    let shipped = Ruleset::shipped();
    let proved = shipped.rules.iter().flat_map(|r| r.examples.iter()).filter(|e| e.thanks_to.as_deref() == Some(name));
    let languages: BTreeSet<&str> = proved.map(|e| e.lang.as_str()).collect();
    assert_eq!(languages.into_iter().collect::<Vec<_>>(), ["en", "fr"]);
}

fn unproved(rule: &Rule) -> Vec<String> {
    let proved: BTreeSet<&str> = rule.examples.iter().filter_map(|e| e.thanks_to.as_deref()).collect();
    let own = |f: &&Facet| rule.unless.contains(**f) && **f != Facet::Corrected;
    let guards = Facet::ALL.iter().filter(own).map(|f| f.name());
    guards.filter(|name| !proved.contains(name)).map(|name| format!("{}: {name}", rule.id)).collect()
}

/// Who tries a change of a rule that ships points at its folder: the words of the languages there are no rules, and said to be left.
#[test]
fn the_rules_that_ship_are_run_from_their_folder() {
    let out =
        std::process::Command::new(env!("CARGO_BIN_EXE_recoupe")).args(["explain", "--rules", "rules", "sum-mismatch"]).output();
    let out = out.unwrap();
    let said = String::from_utf8(out.stderr).unwrap();
    assert!(out.status.success(), "{said}");
    assert!(said.lines().count() == 1 && said.starts_with("recoupe: rules/en, rules/fr: "), "{said}");
    // A list without its language is still told.
    let folder = std::env::temp_dir().join(format!("recoupe-lists-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("fr")).unwrap();
    std::fs::write(folder.join("fr/calendar.yaml"), "months: []\n").unwrap();
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_recoupe")).arg("test").arg(&folder).output().unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("a rule has an `id:`"));
}
