//! The reports as the programs take them that read them: against their schemas, in files, without the words of the draft.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use recoupe::report::REPORTS;
use recoupe::rule::Ruleset;

use crate::browser::skip;

/// A folder of its own for a test.
fn folder(test: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("recoupe-reports-{test}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    dir
}

fn recoupe(dir: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recoupe"));
    command.current_dir(dir).env_remove("RECOUPE_FINGERPRINT_KEY").stdin(Stdio::null()).args(args).output().unwrap()
}

fn err(out: &Output) -> String {
    String::from_utf8(out.stderr.clone()).unwrap()
}

/// What stands in a folder, hidden files too.
fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Words that stand in no message of a rule, in places that rules look at.
const SECRET: &str = "---
title: \"Zorvenac : douze morts à Quibrouille\"
date: 2022-01-07
recuope_typo: Mirlandais
lang: fr
---

QUIBROUILLE – L'incendie du hangar Pfélizon a fait 14 morts mardi 6 janvier 2022, selon Ondrine Valtazar. Ondrine Valtasar a parlé de
40 blessés, dont 25 dockers et 18 chalutiers. Le comité Grivoltaine se réunit le 31 avril.

![Le hangar en Californie (Photo : ././Krantzpresse)](hangar.jpg)
";

#[test]
fn a_redacted_report_has_no_word_of_the_draft() {
    let dir = folder("redact");
    fs::write(dir.join("a.md"), SECRET).unwrap();
    let said: String = serde_json::to_string(&rule_words()).unwrap().to_lowercase();
    let words: Vec<String> = SECRET
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() > 4 || w.chars().filter(char::is_ascii_digit).count() > 1)
        .map(str::to_lowercase)
        .filter(|w| w.chars().count() > 1 && w.chars().all(char::is_alphabetic) && !said.contains(w.as_str()))
        .collect();
    assert!(words.iter().any(|w| w == "zorvenac") && words.iter().any(|w| w == "valtasar") && words.len() > 12, "{words:?}");
    for (name, _) in REPORTS {
        for ui in ["fr", "en"] {
            let open = recoupe(&dir, &["check", "--notes", "--ui-lang", ui, "--format", name, "a.md"]);
            let shown = String::from_utf8(open.stdout).unwrap().to_lowercase();
            assert!(words.iter().any(|w| shown.contains(w.as_str())), "{name} shows no word at all: is the test alive?\n{shown}");
            let out = recoupe(&dir, &["check", "--notes", "--redact", "--ui-lang", ui, "--format", name, "a.md"]);
            let all = [out.stdout, out.stderr].concat();
            let all = String::from_utf8(all).unwrap().to_lowercase();
            for word in &words {
                assert!(!all.contains(word.as_str()), "{name} ({ui}) tells {word:?}\n{all}");
            }
            assert!(name == "html" || all.contains("impossible-date"), "{name} finds nothing\n{all}");
        }
    }
    fs::remove_dir_all(&dir).unwrap();
}

/// All that rules say by themselves.
fn rule_words() -> Vec<String> {
    let words = |r: &recoupe::rule::Rule| {
        let labels = r.labels.iter().map(|(_, w)| w);
        let all = [&r.title, &r.message, &r.help, &r.why].into_iter().chain(labels);
        all.flat_map(|w| w.0.values().cloned().collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    Ruleset::shipped().rules.iter().flat_map(words).collect()
}

#[test]
fn reports_are_what_their_schemas_ask_for() {
    let dir = folder("schemas");
    let schemas = [
        ("sarif", "sarif-2.1.0.json"),
        ("gitlab", "gitlab.json"),
        ("rdjson", "rdjson.json"),
        ("junit", "junit-10.xsd"),
        ("checkstyle", "checkstyle.xsd"),
    ];
    fs::write(dir.join("odd [1], 100%.md"), "Le comité se réunit le 31 avril <b>&amp; \u{1} {0} \u{fffe}.\n").unwrap();
    fs::write(dir.join("secret.md"), SECRET).unwrap();
    fs::write(dir.join("clear.txt"), "Rien que de très ordinaire.\n").unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let almaty = root.join("examples/almaty.md").display().to_string();
    let mut pairs = Vec::new();
    for (set, more) in [("all", &["--notes"][..]), ("redacted", &["--notes", "--redact"]), ("none", &[])] {
        let mut args = vec!["check".to_owned(), "--lang".to_owned(), "fr".to_owned()];
        let drafts =
            if set == "none" { vec!["clear.txt"] } else { vec!["odd [1], 100%.md", "secret.md", "clear.txt", "gone.md", &almaty] };
        args.extend(drafts.into_iter().map(str::to_owned));
        args.extend(more.iter().map(|s| (*s).to_owned()));
        for (name, schema) in schemas {
            args.push(format!("--report={name}={set}.{name}"));
            pairs.push(root.join("tests/schemas").join(schema).display().to_string());
            pairs.push(dir.join(format!("{set}.{name}")).display().to_string());
        }
        let out = recoupe(&dir, &args.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(out.status.code(), Some(if set == "none" { 0 } else { 2 }), "{}", err(&out));
        assert!(out.stdout.is_empty());
    }
    let python = std::env::var("RECOUPE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    match Command::new(&python).arg(root.join("tests/schemas/validate.py")).args(&pairs).output() {
        Ok(out) if out.status.code() == Some(3) => skip(String::from_utf8_lossy(&out.stdout).trim()),
        Ok(out) => assert!(out.status.success(), "{}{}", String::from_utf8_lossy(&out.stdout), err(&out)),
        Err(e) => skip(&format!("{python} does not start: {e}")),
    }
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn several_reports_are_written_at_once_and_always_the_same() {
    let dir = folder("several");
    fs::write(dir.join("a.md"), SECRET).unwrap();
    fs::write(dir.join("b.md"), SECRET.replace("14 morts", "15 morts")).unwrap();
    let files = |n: usize| REPORTS.map(|(name, _)| format!("--report={name}={n}.{name}"));
    for n in [1, 2] {
        let files = files(n);
        let mut args: Vec<&str> = vec!["check", "--notes", "--format", "short", "a.md", "b.md"];
        args.extend(files.iter().map(String::as_str));
        let out = recoupe(&dir, &args);
        assert_eq!((out.status.code(), err(&out).as_str()), (Some(1), ""));
        assert!(String::from_utf8(out.stdout).unwrap().contains("a.md:9:"), "the short report goes to standard output");
    }
    for (name, _) in REPORTS {
        let [one, two] = [1, 2].map(|n| fs::read(dir.join(format!("{n}.{name}"))).unwrap());
        assert!(one == two && !one.is_empty(), "{name} differs from run to run");
        let alone = recoupe(&dir, &["check", "--notes", "--format", name, "a.md", "b.md"]).stdout;
        assert!(alone == one, "{name} differs on standard output");
    }
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_report_that_cannot_be_written_leaves_all_as_it_was() {
    let dir = folder("unwritten");
    fs::write(dir.join("a.md"), "Le comité se réunit le 31 avril.\n").unwrap();
    fs::write(dir.join("old.sarif"), "old").unwrap();
    fs::create_dir(dir.join("folder")).unwrap();
    let before = names(&dir);
    for (report, says) in [
        ("sarif=no/such/folder.sarif", "no/such/folder.sarif cannot be written"),
        ("sarif=a.md/in-a-file.sarif", "a.md/in-a-file.sarif cannot be written"),
        ("sarif=folder", "folder is a folder: name a file in it"),
        ("html=a.md", "a.md is among the drafts"),
    ] {
        let out = recoupe(&dir, &["check", "--report", "json=old.sarif", "--report", report, "a.md"]);
        assert_eq!(out.status.code(), Some(2));
        assert!(err(&out).contains(says), "{}", err(&out));
        assert!(out.stdout.is_empty());
        assert_eq!(names(&dir), before);
        assert_eq!(fs::read_to_string(dir.join("old.sarif")).unwrap(), "old");
    }
    for (reports, says) in [
        (["--report=json", "--report=short"], "two reports for standard output"),
        (["--report=json=x", "--report=short=x"], "two reports for x"),
        (["--report=pdf", "--report=json"], "the reports are: terminal, short"),
        (["--report=sarif=", "--report=json"], "name a file after the equals sign"),
    ] {
        let out = recoupe(&dir, &["check", reports[0], reports[1], "a.md"]);
        assert_eq!(out.status.code(), Some(2));
        assert!(err(&out).contains(says), "{}", err(&out));
        assert_eq!(names(&dir), before);
    }
    let out = recoupe(&dir, &["check", "--report", "json=old.sarif", "a.md"]);
    assert_eq!((out.status.code(), err(&out).as_str()), (Some(1), ""));
    assert!(fs::read_to_string(dir.join("old.sarif")).unwrap().contains("impossible-date"));
    assert_eq!(names(&dir), before);
    fs::remove_dir_all(&dir).unwrap();
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_a_device_is_written_to() {
    let dir = folder("link");
    fs::write(dir.join("a.md"), "Le comité se réunit le 31 avril.\n").unwrap();
    fs::write(dir.join("real.json"), "old").unwrap();
    std::os::unix::fs::symlink("real.json", dir.join("link.json")).unwrap();
    let out = recoupe(&dir, &["check", "--report=json=link.json", "--report=short=/dev/null", "a.md"]);
    assert_eq!((out.status.code(), err(&out).as_str()), (Some(1), ""));
    assert!(fs::symlink_metadata(dir.join("link.json")).unwrap().is_symlink());
    assert!(fs::read_to_string(dir.join("real.json")).unwrap().contains("impossible-date"));
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn files_are_written_though_nobody_reads_standard_output() {
    let dir = folder("closed");
    fs::write(dir.join("a.md"), SECRET.repeat(40)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_recoupe"));
    command.current_dir(&dir).args(["check", "--report=terminal", "--report=jsonl=out.jsonl", "a.md"]);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let out = child.wait_with_output().unwrap();
    assert_eq!(err(&out), "");
    let last = fs::read_to_string(dir.join("out.jsonl")).unwrap();
    assert!(last.lines().last().unwrap().starts_with("{\"type\":\"summary\""));
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn fingerprints_are_put_under_a_key() {
    let dir = folder("key");
    fs::write(dir.join("a.md"), "Le comité se réunit le 31 avril.\n").unwrap();
    fs::write(dir.join("key"), "000102030405060708090a0b0c0d0e0f\n").unwrap();
    let fingerprint = |out: Output| {
        let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap_or_else(|e| panic!("{e}: {}", err(&out)));
        json["files"][0]["findings"][0]["fingerprint"].as_str().unwrap().to_owned()
    };
    let open = fingerprint(recoupe(&dir, &["check", "--format", "json", "a.md"]));
    let sealed = fingerprint(recoupe(&dir, &["check", "--format", "json", "--fingerprint-key-file", "key", "a.md"]));
    let mut command = Command::new(env!("CARGO_BIN_EXE_recoupe"));
    command.current_dir(&dir).env("RECOUPE_FINGERPRINT_KEY", "000102030405060708090a0b0c0d0e0f");
    let by_variable = fingerprint(command.args(["check", "--format", "json", "a.md"]).output().unwrap());
    assert!(open.starts_with("1:") && sealed.starts_with("1k:"), "{open} {sealed}");
    assert_eq!(sealed, by_variable);
    fs::write(dir.join("key"), "short and secret").unwrap();
    let out = recoupe(&dir, &["check", "--fingerprint-key-file", "key", "a.md"]);
    assert_eq!(out.status.code(), Some(2));
    assert_eq!(err(&out), "recoupe: key: a key is 32 hexadecimal digits: make one with `openssl rand -hex 16`\n");
    fs::remove_dir_all(&dir).unwrap();
}
