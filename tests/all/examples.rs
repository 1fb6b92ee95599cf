//! What the README shows is what the command prints, and what it teaches works.
//!
//! `UPDATE_README=1 cargo test --test all examples` writes the shown parts anew.

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use recoupe::finding::Topic;
use recoupe::rule::Ruleset;

fn recoupe(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recoupe"));
    command.args(args).stdin(Stdio::null()).output().unwrap()
}

fn stdout(args: &[&str]) -> String {
    String::from_utf8(recoupe(args).stdout).unwrap()
}

/// Holds what stands between two markers of the README against `wanted`, or writes it there.
fn readme_shows(part: &str, wanted: &str) {
    let page = std::fs::read_to_string("README.md").unwrap();
    let (open, close) = (format!("<!-- {part} -->\n"), format!("<!-- end of {part} -->\n"));
    let start = page.find(&open).unwrap_or_else(|| panic!("README.md has no `{}`", open.trim())) + open.len();
    let end = page.find(&close).unwrap_or_else(|| panic!("README.md has no `{}`", close.trim()));
    if page[start..end] == *wanted {
        return;
    }
    if std::env::var_os("UPDATE_README").is_some() {
        // Tests run side by side: read again, so that no other part is lost.
        let _lock = LOCK.lock().unwrap();
        let page = std::fs::read_to_string("README.md").unwrap();
        let start = page.find(&open).unwrap() + open.len();
        let end = page.find(&close).unwrap();
        std::fs::write("README.md", format!("{}{wanted}{}", &page[..start], &page[end..])).unwrap();
        return;
    }
    panic!(
        "README.md, part {part}: run with UPDATE_README=1 to write it anew\n--- there:\n{}\n--- now:\n{wanted}",
        &page[start..end]
    );
}

static LOCK: std::sync::Mutex<()> = std::sync::Mutex::new(());

/// The findings that the README shows of the report on its example.
const SHOWN: [&str; 4] = ["conflicting-tolls", "caption-place-mismatch", "weekday-mismatch", "percent-mismatch"];

#[test]
fn the_report_in_the_readme_is_what_the_command_prints() {
    let output = recoupe(&["check", "examples/almaty.md"]);
    assert_eq!(output.status.code(), Some(1), "the example has findings");
    let report = String::from_utf8(output.stdout).unwrap();
    // A finding ends at an empty line.
    let pieces: Vec<&str> = report.trim_end().split("\n\n").collect();
    let mut shown = String::from("```text\n");
    let mut left_out = false;
    for (i, piece) in pieces.iter().enumerate() {
        let wanted =
            i + 1 == pieces.len() || SHOWN.iter().any(|id| piece.lines().next().unwrap_or_default().contains(&format!("[{id}]")));
        if wanted {
            let gap = if left_out { "[…]\n\n" } else { "" };
            let end = if i + 1 == pieces.len() { "" } else { "\n" };
            write!(shown, "{gap}{piece}\n{end}").unwrap();
        }
        left_out = !wanted;
    }
    shown.push_str("```\n");
    assert!(SHOWN.iter().all(|id| shown.contains(&format!("[{id}]"))), "{report}");
    readme_shows("report", &shown);
}

/// A rule of each topic that the README names, for what it finds.
const TOLD: [(Topic, [&str; 3]); 8] = [
    (Topic::Names, ["two-spellings", "misspelt-name", "swapped-first-name"]),
    (Topic::Numbers, ["conflicting-tolls", "sum-mismatch", "percent-mismatch"]),
    (Topic::Dates, ["weekday-mismatch", "impossible-date", "age-birth-mismatch"]),
    (Topic::Places, ["caption-place-mismatch", "misplaced-town", "misspelt-place"]),
    (Topic::Furniture, ["placeholder-left", "malformed-credit", "left-behind"]),
    (Topic::Quotes, ["altered-quotation", "two-speakers", "vague-source"]),
    (Topic::Claims, ["conflicting-status", "few-against-mass", "translation-calque"]),
    (Topic::Form, ["mixed-quotation-marks", "unbalanced-quote", "mixed-spelling"]),
];

#[test]
fn the_summary_of_rules_in_the_readme_is_that_of_the_rules() {
    let rules = Ruleset::shipped();
    let mut table = String::from("| topic | rules | for example |\n| --- | --- | --- |\n");
    for (topic, told) in TOLD {
        let count = rules.rules.iter().filter(|r| r.topic == topic).count();
        let told = told.map(|id| {
            let title = rules.get(id).unwrap_or_else(|| panic!("there is no rule {id}")).1.title.get("en").replace('|', "\\|");
            format!("{title} ([{id}](docs/rules/{id}.md))")
        });
        writeln!(table, "| {} | {count} | {} |", topic.name(), told.join("; ")).unwrap();
    }
    writeln!(table, "| together | {} | |", rules.rules.len()).unwrap();
    readme_shows("rules", &table);
}

/// The rule that the README teaches with is one that a newsroom could load.
#[test]
fn the_rule_in_the_readme_works() {
    let file = "examples/desk-rules/fr/controversial-polemic.yaml";
    readme_shows("rule", &format!("```yaml\n{}```\n", std::fs::read_to_string(file).unwrap()));
    let rules = Ruleset::load(&[Path::new("examples/desk-rules").to_owned()]).unwrap_or_else(|problems| panic!("\n{problems}"));
    let failures: Vec<String> =
        rules.test().iter().filter(|f| f.rule == "controversial-polemic").map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(!rules.get("uneven-label-spacing").unwrap().1.enabled, "the folder switches a shipped rule off");
}

#[test]
fn the_examples_that_hold_nothing_draw_nothing() {
    for quiet in ["examples/leith.md", "examples/saint-malo.md"] {
        let output = recoupe(&["check", "--notes", quiet]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn the_examples_with_faults_draw_a_finding_of_every_topic_that_they_hold() {
    for (draft, ids) in [
        ("examples/almaty.md", ["two-spellings", "sum-mismatch", "inverted-range", "placeholder-left", "malformed-credit"]),
        ("examples/glasgow.md", ["two-spellings", "sum-mismatch", "inverted-range", "placeholder-left", "impossible-date"]),
    ] {
        let report = stdout(&["check", draft]);
        let missing: Vec<_> = ids.iter().filter(|id| !report.contains(&format!("[{id}]"))).collect();
        assert!(missing.is_empty(), "{draft}: {missing:?}");
    }
}

#[test]
fn help_tells_every_command() {
    let help = stdout(&["--help"]);
    for command in ["check", "facts", "rules", "explain", "test", "config", "init", "completions", "man"] {
        assert!(help.lines().any(|l| l.trim_start().starts_with(&format!("{command} "))), "{command}\n{help}");
        assert!(stdout(&[command, "--help"]).contains("Usage: "), "{command}");
    }
}

#[test]
fn a_newsroom_brings_its_own_lists() {
    let found = |args: &[&str]| {
        let json: serde_json::Value = serde_json::from_str(&stdout(args)).unwrap();
        let findings = json["files"][0]["findings"].as_array().unwrap().clone();
        findings.iter().map(|f| f["rule"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let draft = "examples/newsroom/draft.md";
    let desk = found(&["check", "--notes", "--format", "json", draft]);
    for rule in ["outdated-function", "house-spelling", "malformed-credit"] {
        assert!(desk.iter().any(|r| r == rule), "{rule}: {desk:?}");
    }
    assert!(!desk.iter().any(|r| r == "two-spellings"), "the brothers are exempt: {desk:?}");
    let rules = Ruleset::load(&[Path::new("examples/newsroom/rules").to_owned()]).unwrap_or_else(|problems| panic!("\n{problems}"));
    let (index, _) = rules.get("house-spelling").unwrap();
    assert!(rules.test_rule(index).is_empty());
    // Its readings too, which are read with its own lists: five phrases beside the examples.
    let counted = |args: &[&str]| stdout(args).trim().strip_suffix(" passed, 0 failed").unwrap().parse::<usize>().unwrap();
    let own: usize = rules.rules.iter().filter(|r| !r.shipped).map(|r| r.examples.len()).sum();
    assert_eq!(counted(&["test", "--no-config", "examples/newsroom/rules"]), counted(&["test", "--no-config"]) + own + 5);
}

#[test]
fn an_office_that_is_malformed_is_told() {
    let file =
        |text: &str| Ruleset::with(vec![("desk/fr/offices.yaml".into(), text.to_owned())]).expect_err("malformed").to_string();
    assert!(file("- { office: [maire], holder: Paul Menez, since: 2020-05-23 }").contains("from: 2024-05-17"));
    assert!(file("- { office: [maire], holder: Menez }").contains("a first name and a surname"));
    assert!(file("- { office: [maire], holder: Paul Menez, from: 2020-13-45 }").contains("an office is"));
}
