use std::path::{Path, PathBuf};

use super::{RuleProblems, Ruleset};
use crate::analysis::Analysis;
use crate::analysis::tests::document;
use crate::check::check_analysis;

const RULE: &str = r#"id: dead-body
topic: claims
in: [body]
find:
  fr: "{group: [la | une] [police | armée]} ..3 {death: ~être ~décéder}"
unless: [quoted]
suggest:
  group: { "la police": "un policier" }
message:
  fr: "« {group} {death} » : {group.suggested} ?"
labels:
  group: { fr: "une institution" }
  death: { fr: "se dit d'une personne" }
examples:
  - bad: { body: "Hier, [La police]{group} [était décédée]{death}." }
    says: "« La police était décédée » : Un policier ?"
    fixed: { body: "Hier, Un policier était décédée." }
  - bad:
      body:
        - "[une armée]{group} de Lyon [est décédée]{death}"
        - "[la police]{group} [est décédée]{death}"
  - good: { body: "« la police est décédée »" }
    thanks-to: quoted
  - good: { headline: "la police est décédée" }
"#;

fn load(files: &[(&str, &str)]) -> Result<Ruleset, RuleProblems> {
    Ruleset::with(files.iter().map(|(path, text)| (PathBuf::from(path), (*text).to_owned())).collect())
}

/// Every problem as « words in the file: message (hint) ».
fn problems(files: &[(&str, &str)]) -> Vec<String> {
    let show = |p: super::RuleProblem| {
        let hint = p.hint.map(|h| format!(" ({h})")).unwrap_or_default();
        format!("{}: {}{hint}", p.span.of(&p.source).lines().next().unwrap_or_default(), p.message)
    };
    load(files).err().map(|e| e.0.into_iter().map(show).collect()).unwrap_or_default()
}

fn findings(rules: &Ruleset, paragraphs: &[&str]) -> Vec<String> {
    let doc = document("fr", &paragraphs.join("\n"));
    let a = Analysis::of(&doc, rules.languages);
    let show = |f: &crate::finding::Finding| format!("{} {}", rules.rules[f.rule].id, f.labels[0].span.of(&doc.text));
    check_analysis(&a, rules).iter().map(show).filter(|f| !f.starts_with("collective-deceased")).collect()
}

#[test]
fn examples_prove_the_rule() {
    let rules = load(&[("core/dead-body.yaml", RULE)]).unwrap();
    let (i, rule) = rules.get("dead-body").unwrap();
    assert_eq!(rule.examples.len(), 4);
    assert_eq!(rules.test_rule(i), []);
}

#[test]
fn examples_that_do_not_hold_are_told() {
    let broken = RULE
        .replace("Hier, [La police]{group}", "Hier, La [police]{group}")
        .replace("[une armée]{group} de", "une armée, de")
        .replace("« la police est décédée »", "« la gendarmerie est décédée »")
        .replace("good: { headline: \"la police est décédée\" }", "good: { body: \"la police est décédée\" }");
    let rules = load(&[("core/dead-body.yaml", &broken)]).unwrap();
    let failures = rules.test_rule(rules.get("dead-body").unwrap().0);
    let told: Vec<String> = failures.iter().map(|f| format!("{}: {} / {}", f.example, f.expected, f.found)).collect();
    assert_eq!(
        told,
        [
            "0: group “police” / group “La police”, death “était décédée”",
            "1: 1 finding(s) / group “une armée”, death “est décédée”; group “la police”, death “est décédée”",
            "2: a finding without the guard `quoted` / nothing",
            "3: nothing / group “la police”, death “est décédée”",
        ]
    );
}

#[test]
fn every_problem_of_a_file_is_told_at_once() {
    let broken = RULE
        .replace("topic: claims", "topic: claim\nlevle: note")
        .replace("in: [body]", "in: [boddy]")
        .replace("thanks-to", "thank-to");
    assert_eq!(
        problems(&[("core/dead-body.yaml", &broken)]),
        [
            "claim: unknown value `claim` (did you mean `claims`?)",
            "levle: unknown key `levle` (did you mean `level`?)",
            "boddy: unknown value `boddy` (did you mean `body`?)",
            "thank-to: unknown key `thank-to` (did you mean `thanks-to`?)",
        ]
    );
    let broken = RULE
        .replace("id: dead-body", "id: dead")
        .replace("~décéder", "@institutoin-of-none")
        .replace("[quoted]", "[quotde, revised]")
        .replace("{group.suggested}", "{group.sugested}")
        .replace("  death: {", "  deaht: {")
        .replace("[une armée]{group}", "[une armée]{gruop}")
        .replace("[était décédée]{death}", "[était décédée")
        .replace("headline:", "headlin:");
    assert_eq!(
        problems(&[("core/dead-body.yaml", &broken)]),
        [
            "dead: the id `dead` is not the file's name (`dead-body`)",
            "@institutoin-of-none: there is no set `@institutoin-of-none` in fr (add it to fr/sets.yaml)",
            "quotde: there is no guard `quotde` (did you mean `quoted`?)",
            "revised: nothing here is ever `revised` (it knows attributed, quoted, hypothetical, negated)",
            "{group.sugested}: nothing is called `{group.sugested}` (did you mean `{group.suggested}`?)",
            "labels: the role `death` has no label",
            "deaht: there is no role `deaht` (did you mean `death`?)",
            "[: a `[` that nothing closes; the mark itself is written `\\[`",
            "{gruop}: there is no role `gruop` (did you mean `group`?)",
            "quoted: `unless:` does not name `quoted` (did you mean `quotde`?)",
            "headlin: `headlin` is no kind of block (did you mean `headline`?)",
        ]
    );
}

#[test]
fn files_that_are_no_rules_are_told() {
    assert_eq!(problems(&[("a.yaml", "title: x\n")]), ["title: x: a rule has an `id:` or `extends:` another"]);
    assert_eq!(problems(&[("a.yaml", "id: a\nid: b\n")]).len(), 1);
    assert_eq!(problems(&[("a.yaml", "id: [a\n")]).len(), 1);
    assert_eq!(
        problems(&[("a.yaml", "id: a\n")]),
        ["a: neither `find:` nor `expect:` (`find:` flags what stands there, `expect:` what does not hold)"]
    );
    assert_eq!(
        problems(&[("b.yaml", "extends: dead-boddy\n"), ("dead-body.yaml", RULE)]),
        ["dead-boddy: there is no rule `dead-boddy` (did you mean `dead-body`?)"]
    );
    assert_eq!(
        problems(&[("fr/dead-body.yaml", RULE), ("dead-body.yaml", RULE)]),
        ["dead-body: the id `dead-body` is given twice (also by fr/dead-body.yaml)"]
    );
    let relation = "id: a\ntopic: form\nexpect: { distnict: {} }\nmessage: { fr: x }\n";
    assert_eq!(problems(&[("a.yaml", relation)]), ["distnict: unknown value `distnict` (did you mean `distinct`?)"]);
}

#[test]
fn a_newsroom_lays_its_files_over_what_ships() {
    let quiet = load(&[("repeated-paragraph.yaml", "id: repeated-paragraph\nlevel: note\n")]).unwrap();
    assert_eq!(quiet.get("repeated-paragraph").unwrap().1.level, crate::finding::Level::Note);
    let off = load(&[("repeated-paragraph.yaml", "id: repeated-paragraph\nenabled: false\n")]).unwrap();
    let text = "Le maire a dit hier soir que la route de la gare restera fermée tout le mois, faute de crédits pour la refaire.";
    assert_eq!(findings(&Ruleset::shipped(), &[text, text]), [format!("repeated-paragraph {text}")]);
    assert_eq!(findings(&off, &[text, text]), [""; 0]);
    let grown = load(&[
        ("fr/sets.yaml", "test-bodies: [la douane]\n"),
        ("dead-body.yaml", RULE),
        ("more.yaml", "extends: dead-body\nfind: { fr: \"{group: @test-bodies} {death: ~être ~décéder}\" }\n"),
    ]);
    assert_eq!(findings(&grown.unwrap(), &["la douane est décédée"]), ["dead-body la douane"]);
}

#[test]
fn fingerprints_outlive_edits_elsewhere_and_tell_equals_apart() {
    let rules = load(&[("dead-body.yaml", RULE)]).unwrap();
    let prints = |paragraphs: &[&str]| {
        let doc = document("fr", &paragraphs.join("\n"));
        let found = check_analysis(&Analysis::of(&doc, rules.languages), &rules);
        let mine = rules.get("dead-body").unwrap().0;
        found.into_iter().filter(|f| f.rule == mine).map(|f| f.fingerprint).collect::<Vec<_>>()
    };
    let one = prints(&["la police est décédée"]);
    let two = prints(&["Rien ici.", "Hier La  police est décédée, et la police est décédée"]);
    assert_eq!(one[0], two[0]);
    assert_ne!(two[0], two[1]);
    assert!(one[0].starts_with("1:") && one[0].len() == 18);
}

#[test]
fn once_means_once() {
    let rules = load(&[("dead-body.yaml", &RULE.replace("topic:", "once: true\ntopic:"))]).unwrap();
    assert_eq!(findings(&rules, &["la police est décédée", "une armée est décédée"]), ["dead-body la police"]);
}

#[test]
fn what_ships_is_valid() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    if let Err(e) = Ruleset::load_as_shipped(&dir) {
        panic!("{e}");
    }
}

#[test]
fn the_schema_names_every_key() {
    let schema = super::file::schema();
    for key in ["id", "extends", "find", "expect", "in", "unless", "table", "examples"] {
        assert!(schema["properties"].get(key).is_some(), "{key}");
    }
}

#[test]
fn a_fix_is_held_to_the_roles_and_names_of_its_rule() {
    let with = |fix: &str| RULE.replace("suggest:\n", &format!("fix: {fix}\nsuggest:\n"));
    let told = |fix: &str| problems(&[("core/dead-body.yaml", &with(fix))]);
    assert!(told("{ replace: { group: \"{death}\" }, safe: true }").iter().all(|p| !p.contains("role")));
    assert_eq!(told("{ replace: { grop: \"x\" } }"), ["grop: there is no role `grop` (did you mean `group`?)"]);
    assert_eq!(told("{ replace: { death: \"{deth}\" } }"), ["{deth}: nothing is called `{deth}` (did you mean `{death}`?)"]);
    assert_eq!(told("{ replace: { death: \"{death\" } }"), ["{: a `{` that nothing closes (a brace that is none is written `{{`)"]);
    assert_eq!(told("{ with: x }"), ["with: unknown key `with` (one of replace, safe)"]);
    let bare = RULE.split("suggest:").next().unwrap().to_owned() + "fix: { safe: true }\nmessage: { fr: \"x\" }\n";
    assert_eq!(problems(&[("core/dead-body.yaml", &bare)]), ["fix: the rule offers nothing to write (`replace: { role: words }`)"]);
}

#[test]
fn a_replacement_is_in_the_language_of_its_place_and_cased_like_it() {
    let rule = "id: late-day\ntopic: dates\nfind: { fr: \"{day: mardi}\", en: \"{day: tuesday}\" }\nmessage: { fr: \"{day}\" }\n\
                fix: { replace: { day: \"jeudi\" }, safe: true }\n";
    let rules = load(&[("late-day.yaml", rule)]).unwrap();
    let doc = document("fr", "Mardi, puis mardi.");
    let all = check_analysis(&Analysis::of(&doc, rules.languages), &rules);
    let fixes: Vec<_> = all.iter().filter(|f| rules.rules[f.rule].id == "late-day").filter_map(|f| f.fix.clone()).collect();
    let words: Vec<&str> = fixes.iter().flat_map(|f| &f.edits).map(|(_, new)| new.as_str()).collect();
    assert_eq!(words, ["Jeudi", "jeudi"]);
    assert!(fixes.iter().all(|f| f.safe));
}

#[test]
fn a_version_before_is_no_draft_to_be_marked() {
    let rule = RULE.replace("  - bad: { body", "  - previous: { body: \"[une]{group}\" }\n    bad: { body");
    let told = problems(&[("core/dead-body.yaml", &rule)]);
    assert_eq!(told, ["\"[une]{group}\": the version before marks nothing; a bracket is written `\\[`"]);
}

#[test]
fn names_in_a_relation_are_those_of_the_languages() {
    let told = |expect: &str| {
        let rule = format!("id: own\ntopic: claims\nmessage: {{ fr: oui }}\nexpect:\n  {expect}\n");
        problems(&[("core/own.yaml", &rule)]).join("\n")
    };
    assert_eq!(told("agree: { about: ded }"), "ded: there is no concept `ded` (did you mean `dead`?)");
    assert_eq!(told("in-order: { first: begin, then: ends }"), "begin: there is no set `begin` (did you mean `begins`?)");
    assert_eq!(told("not-both: { of: [[nosuchset, saying]], by: clause }"), "nosuchset: there is no set `nosuchset`");
    assert_eq!(told("same-choice: { of: spelings }"), "spelings: there is no choice `spelings` (did you mean `spellings`?)");
    assert_eq!(told("agree: { about: dead }"), "");
    // A set of the newsroom's own is as good.
    let rule = "id: own\ntopic: claims\nmessage: { fr: oui }\nexpect:\n  in-order: { first: opens-so, then: ends }\n";
    assert_eq!(problems(&[("core/own.yaml", rule), ("fr/sets.yaml", "opens-so: [commence]")]), [""; 0]);
}

#[test]
fn what_a_pattern_cannot_mean_is_told() {
    let told = |pattern: &str| {
        problems(&[("fr/own.yaml", &format!("id: own\ntopic: form\nmessage: {{ fr: non }}\nfind: {{ fr: '{pattern}' }}\n"))])
            .join("\n")
    };
    assert!(told("/très bon/").contains("a space stands in none"), "{}", told("/très bon/"));
    assert!(told("très+ bon").contains("repeats nothing"), "{}", told("très+ bon"));
}
