use std::fs;
use std::path::PathBuf;

use super::*;

struct Ran {
    exit: Exit,
    out: String,
    err: String,
}

fn recoupe(args: &[&str], input: &str) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut streams = Streams {
        input: &mut input.as_bytes(),
        out: &mut out,
        err: &mut err,
        typed: false,
        color: false,
        watched: false,
        locale: None,
    };
    let exit = run(std::iter::once("recoupe").chain(args.iter().copied()).map(OsString::from), &mut streams);
    Ran { exit, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

fn folder(test: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("recoupe-cli-{test}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    dir
}

#[test]
fn no_path_is_bad_usage_and_waits_for_nothing() {
    let ran = recoupe(&["check"], "");
    assert_eq!(ran.exit, Exit::Failed);
    assert!(ran.err.contains("<PATH>"), "{}", ran.err);
    assert!(ran.out.is_empty());
    assert_eq!(recoupe(&["facts"], "").exit, Exit::Failed);
}

#[test]
fn help_is_no_failure() {
    let ran = recoupe(&["check", "--help"], "");
    assert_eq!(ran.exit, Exit::Clean);
    assert!(ran.out.contains("Exit status:") && ran.err.is_empty());
    assert!(recoupe(&["--version"], "").out.starts_with("recoupe "));
}

#[test]
fn bad_values_are_told_with_the_good_ones() {
    for (args, says) in [
        (["check", "--lang", "xx", "-"], "known languages: en, fr"),
        (["check", "--ui-lang", "xx", "-"], "messages exist in: en, fr"),
        (["check", "--date", "7/5/2024", "-"], "a day is written like 2024-05-17"),
        (["check", "--date", "2023-02-29", "-"], "there is no such day"),
        (["check", "--format", "pdf", "-"], "[possible values: terminal, short, html, json, jsonl, sarif,"),
    ] {
        let ran = recoupe(&args, "");
        assert_eq!(ran.exit, Exit::Failed);
        assert!(ran.err.contains(says), "{}", ran.err);
    }
}

#[test]
fn standard_input_is_a_draft() {
    let ran = recoupe(&["check", "--lang", "fr", "-"], "Rien que de très ordinaire.");
    assert_eq!((ran.exit, ran.out.as_str()), (Exit::Clean, "1 fichier\u{a0}: rien à signaler\n"));
    let ran = recoupe(&["check", "--format", "json", "--lang", "fr", "--date", "2024-05-17", "-"], "Rien.");
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["files"][0]["path"], "-");
    assert_eq!(json["files"][0]["language"], "fr");
    assert_eq!(json["files"][0]["published"], "2024-05-17");
}

#[test]
fn an_unreadable_file_is_told_and_the_rest_is_checked() {
    let dir = folder("unread");
    fs::write(dir.join("b.md"), "Rien.").unwrap();
    let (missing, there) = (dir.join("a.md"), dir.join("b.md"));
    let paths = [missing.to_str().unwrap(), there.to_str().unwrap()];
    let ran = recoupe(&["check", "--lang", "en", paths[0], paths[1]], "");
    assert_eq!(ran.exit, Exit::Failed);
    assert!(ran.err.contains("a.md:") && !ran.err.contains("b.md"), "{}", ran.err);
    assert_eq!(ran.out, "2 files: nothing to report, 1 file could not be read\n");
    let ran = recoupe(&["check", "--format", "json", paths[1], paths[0]], "");
    assert_eq!(ran.exit, Exit::Failed);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["files"].as_array().unwrap().len(), 2);
    assert!(json["files"][0]["path"].as_str().unwrap().ends_with("a.md"));
    assert_eq!(json["files"][0]["problems"].as_array().unwrap().len(), 1);
    assert_eq!(json["files"][1]["problems"], serde_json::json!([]));
    let ran = recoupe(&["facts", "--format", "json", paths[0], paths[1]], "");
    assert_eq!(ran.exit, Exit::Failed);
    assert!(serde_json::from_str::<serde_json::Value>(&ran.out).unwrap()["files"][0]["facts"].is_array());
    let ran = recoupe(&["parse", "--format", "json", paths[0], paths[1]], "");
    assert_eq!(ran.exit, Exit::Failed);
    let parsed: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(parsed["files"][1]["sentences"][0]["tokens"][0]["text"], "Rien");
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_folder_without_drafts_is_a_failure() {
    let dir = folder("none");
    let ran = recoupe(&["check", dir.to_str().unwrap()], "");
    assert_eq!((ran.exit, ran.out.as_str()), (Exit::Failed, "0 files\n"));
    assert!(ran.err.contains("no draft"), "{}", ran.err);
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_rule_that_does_not_exist_fails() {
    let ran = recoupe(&["explain", "no-such-rule-at-all"], "");
    assert_eq!(ran.exit, Exit::Failed);
    assert!(ran.err.contains("there is no rule `no-such-rule-at-all`"), "{}", ran.err);
    let ran = recoupe(&["explain", "--ui-lang", "fr", "no-such-rule-at-all"], "");
    assert!(ran.err.contains("aucune règle ne s’appelle `no-such-rule-at-all`"), "{}", ran.err);
}

#[test]
fn the_schema_and_the_list_are_json() {
    let schema: serde_json::Value = serde_json::from_str(&recoupe(&["rules", "--schema"], "").out).unwrap();
    assert!(schema["properties"]["id"].is_object());
    let list: serde_json::Value = serde_json::from_str(&recoupe(&["rules", "--format", "json"], "").out).unwrap();
    assert!(list.is_array());
}

#[test]
fn the_examples_of_shipped_rules_pass() {
    let ran = recoupe(&["test"], "");
    assert!(ran.out.ends_with(" passed, 0 failed\n"), "{}", ran.out);
    assert_eq!(ran.exit, Exit::Clean);
}

#[test]
fn a_rule_is_replayed_over_an_archive() {
    let dir = folder("replay");
    let archive = dir.join("archive.jsonl");
    let article =
        |id: &str, text: &str| serde_json::json!({ "id": id, "lang": "fr", "title": "La foire", "text": text }).to_string();
    let lines = [
        article("a", "La foire\nElle ferme le 31 avril."),
        article("b", "La foire ferme le 30 avril."),
        article("c", "Elle rouvre le 31 juin."),
    ];
    fs::write(&archive, lines.join("\n")).unwrap();
    let over = archive.to_str().unwrap();
    let ran = recoupe(&["replay", "impossible-date", "--over", over], "");
    assert_eq!(ran.exit, Exit::Clean, "{}", ran.err);
    assert!(ran.out.contains("impossible-date (error): 2 hits in 2 articles, 666.7 per 1,000 articles"), "{}", ran.out);
    assert!(ran.out.contains("  date: …La foire Elle ferme le [31 avril].…"), "{}", ran.out);
    let one = |seed: &str| recoupe(&["replay", "impossible-date", "--over", over, "--sample", "1", "--seed", seed], "").out;
    assert_eq!(one("7"), one("7"));
    assert_eq!(one("7").matches("date: …").count(), 1);
    let ran = recoupe(&["replay", "no-such-rule", "--over", over], "");
    assert_eq!(ran.exit, Exit::Failed);
    // In one language, for programs, and the same with any number of workers.
    let ran = recoupe(&["replay", "impossible-date", "--over", over, "--ui-lang", "fr"], "");
    assert!(ran.out.starts_with("3 articles, ") && ran.out.contains(" mots\n"), "{}", ran.out);
    assert!(ran.out.contains("2 constats dans 2 articles, 666,7 pour 1 000 articles"), "{}", ran.out);
    let json = recoupe(&["replay", "impossible-date", "--over", over, "--format", "json", "--jobs", "4"], "").out;
    assert_eq!(json, recoupe(&["replay", "impossible-date", "--over", over, "--format", "json", "--jobs", "1"], "").out);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["articles"], &json["rules"][0]["hits"]), (&3.into(), &2.into()));
    assert_eq!(json["rules"][0]["sample"][1]["places"][0]["text"], "31 juin");
    // What cannot be read has its place.
    fs::write(&archive, format!("{}\n\n{{\"title\": \"A\"}}\nnot an article\n", lines[0])).unwrap();
    let ran = recoupe(&["replay", "impossible-date", "--over", over], "");
    assert_eq!(ran.exit, Exit::Failed);
    for told in [":3: there is no `text`", ":4:2: expected ident", "2 articles of the archive could not be read"] {
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
    // An archive with keys of its own.
    let config = dir.join("recoupe.yaml");
    fs::write(&config, "archive: { text: content.body, id: slug }\n").unwrap();
    fs::write(&archive, r#"{"slug": "foire", "content": {"body": "Elle ferme le 31 avril."}, "lang": "fr"}"#).unwrap();
    let ran = recoupe(&["replay", "impossible-date", "--over", over, "--config", config.to_str().unwrap()], "");
    assert!(ran.out.contains("\nfoire: "), "{}{}", ran.out, ran.err);
    fs::write(&config, "archive: { body: text }\n").unwrap();
    let ran = recoupe(&["replay", "impossible-date", "--over", over, "--config", config.to_str().unwrap()], "");
    assert!(ran.err.contains("an article has no `body`"), "{}", ran.err);
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_configuration_is_written_and_never_overwritten_unasked() {
    let dir = folder("init");
    let (at, file) = (dir.to_str().unwrap(), dir.join("recoupe.yaml"));
    let ran = recoupe(&["init", at], "");
    assert_eq!(ran.exit, Exit::Clean, "{}", ran.err);
    assert!(ran.out.ends_with("recoupe.yaml: written; uncomment what you need\n"), "{}", ran.out);
    assert_eq!(recoupe(&["config", at], "").exit, Exit::Clean);
    fs::write(&file, "lang: fr\n").unwrap();
    let ran = recoupe(&["init", at], "");
    assert_eq!(ran.exit, Exit::Failed);
    assert!(ran.err.ends_with("recoupe.yaml is there already; --force writes it anew\n"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&file).unwrap(), "lang: fr\n");
    assert_eq!(recoupe(&["init", at, "--force"], "").exit, Exit::Clean);
    assert!(fs::read_to_string(&file).unwrap().contains("# lang: fr"));
    fs::rename(&file, dir.join("recoupe.yml")).unwrap();
    assert_eq!(recoupe(&["init", at], "").exit, Exit::Failed);
    assert!(!file.exists());
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn shells_and_manuals_know_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = recoupe(&["completions", shell], "");
        assert!(ran.exit == Exit::Clean && ["check", "init", "no-config"].iter().all(|w| ran.out.contains(w)), "{shell}");
    }
    assert_eq!(recoupe(&["completions", "sh"], "").exit, Exit::Failed);
    let ran = recoupe(&["man"], "");
    assert!(ran.exit == Exit::Clean && ran.out.contains(".TH recoupe 1") && ran.out.contains("recoupe\\-config(1)"), "{}", ran.out);
    let ran = recoupe(&["man", "check"], "");
    assert!(ran.out.contains(".TH recoupe-check 1") && ran.out.contains("fail\\-on"), "{}", ran.out);
    let ran = recoupe(&["man", "chekc"], "");
    assert!(ran.exit == Exit::Failed && ran.err.contains("check, facts"), "{}", ran.err);
}

/// A reader that has seen enough, as `head` has.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_closed_pipe_ends_the_run_quietly() {
    for args in [["recoupe", "check", "-"], ["recoupe", "facts", "-"], ["recoupe", "parse", "-"]] {
        let mut err = Vec::new();
        let mut streams = Streams {
            input: &mut "x".as_bytes(),
            out: &mut Closed,
            err: &mut err,
            typed: false,
            color: false,
            watched: false,
            locale: None,
        };
        assert_eq!(run(args.map(OsString::from), &mut streams), Exit::Clean);
        assert!(err.is_empty());
    }
}

#[test]
fn the_environment_says_whether_colours_are_wanted() {
    let wanted = |terminal: bool, set: &[(&str, &str)]| {
        super::colored(terminal, &|name| set.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    };
    assert!(wanted(true, &[("TERM", "xterm")]) && wanted(true, &[]) && !wanted(false, &[]));
    assert!(!wanted(true, &[("TERM", "dumb")]) && !wanted(true, &[("CLICOLOR", "0")]) && !wanted(true, &[("NO_COLOR", "1")]));
    assert!(wanted(false, &[("CLICOLOR_FORCE", "1")]) && !wanted(false, &[("CLICOLOR_FORCE", "0")]));
    assert!(!wanted(false, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn shells_complete_the_ids_of_rules() {
    for shell in ["bash", "zsh", "fish"] {
        let script = recoupe(&["completions", shell], "").out;
        assert!(script.contains("sum-mismatch"), "{shell}");
    }
    assert!(!recoupe(&["explain", "--help"], "").out.contains("weekday-mismatch"));
}

#[test]
fn help_is_in_the_language_that_is_asked_for() {
    let ran = recoupe(&["check", "--ui-lang", "fr", "--help"], "");
    assert!(ran.out.contains("Utilisation : recoupe check"), "{}", ran.out);
    assert!(ran.out.contains("Ce qui a changé"), "{}", ran.out);
    assert!(recoupe(&["check", "--help"], "").out.contains("Usage: recoupe check"));
}

#[test]
fn facts_are_tables_for_spreadsheets_pages_and_paper() {
    let draft = "Anna Morel, 34 ans, paie 12,50 € à Brest | \"=1+1\".";
    let facts = |format: &str| recoupe(&["facts", "--lang", "fr", "--ui-lang", "fr", "--format", format, "-"], draft).out;
    let csv = facts("csv");
    assert!(csv.starts_with("\u{feff}fichier,ligne,colonne,fait,dans le papier,lu comme\r\n"), "{csv}");
    assert!(csv.contains("-,1,1,personne,Anna Morel,Anna Morel\r\n"), "{csv}");
    assert!(csv.lines().all(|line| !line.contains(",=")), "{csv}");
    let md = facts("md");
    assert!(md.starts_with("## -\n\n| | ligne | fait | dans le papier | lu comme |\n| --- |"), "{md}");
    assert!(md.lines().skip(2).all(|line| line.replace("\\|", "").matches('|').count() == 6), "{md}");
    let html = facts("html");
    assert!(html.starts_with("<!doctype html>\n<html lang=\"fr\">") && html.trim_end().ends_with("</html>"), "{html}");
    assert!(html.contains("<td>Anna Morel</td>") && html.contains("default-src 'none'"), "{html}");
}
