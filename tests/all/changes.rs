//! What is known of a draft from one version to the next: fingerprints that hold on.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::LazyLock;

use proptest::prelude::*;
use recoupe::check::check;
use recoupe::language::Languages;
use recoupe::reader::{Format, Options, read};
use recoupe::rule::Ruleset;

static RULES: LazyLock<Ruleset> = LazyLock::new(Ruleset::shipped);

/// Rule and fingerprint of every finding.
fn prints(draft: &str) -> Vec<(String, String)> {
    let options = Options { lang: RULES.languages.by_code("fr"), ..Options::default() };
    let (doc, _) = read(draft.as_bytes(), Format::Markdown, Languages::shipped(), options).unwrap();
    check(&doc, &RULES).into_iter().map(|f| (RULES.rules[f.rule].id.clone(), f.fingerprint)).collect()
}

fn set(draft: &str) -> BTreeSet<(String, String)> {
    prints(draft).into_iter().collect()
}

/// Each with one finding or more of its own.
const FAULTS: [&str; 5] = [
    "Le lycée accueille 80 internes : 45 garçons et 30 filles.",
    "La foire ferme le 31 avril.",
    "Le chantier emploie entre 40 et 25 ouvriers.",
    "Sur 400 commerces, 100 ont été pillés, soit 35 %.",
    "L'accord porte sur 3 billions de dollars.",
];

/// None has a finding, alone or beside others.
const PLAIN: [&str; 4] = [
    "Le vent a soufflé toute la matinée sur la digue.",
    "Les commerçants ont rouvert leurs étals dans le calme.",
    "Un chat dormait devant la boulangerie.",
    "La mairie n'a fait aucun commentaire.",
];

#[test]
fn the_fingerprint_is_fixed_for_all_time() {
    let found = prints("La foire ferme le 31 avril.\n\nElle rouvre le 31 avril.");
    let of = |rule: &str| found.iter().filter(|(r, _)| r == rule).map(|(_, p)| p.as_str()).collect::<Vec<_>>();
    // A baseline of last year must still be known: these may change only with the version before the colon.
    assert_eq!(of("impossible-date"), ["1:0f9f16d0b2174ae4", "1:af99c2d9084d0775"]);
}

#[test]
fn case_white_space_and_composition_do_not_count() {
    let plain = set("Le chantier emploie entre dix et huit mois.");
    for same in [
        "Le chantier emploie Entre dix et huit mois.",
        "Le chantier emploie entre dix\u{a0}et\nhuit mois.",
        "Le chantier employa entre dix et huit mois de trop, dit-on.",
    ] {
        let found = set(same);
        assert!(!plain.is_empty() && plain.iter().all(|p| found.contains(p)), "{same}: {plain:?} {found:?}");
    }
    let composed = set("La foire ferme le 31 avril été.\n\nEntre quarante-sept et dix étés.");
    let decomposed = set("La foire ferme le 31 avril e\u{301}te\u{301}.\n\nEntre quarante-sept et dix e\u{301}te\u{301}s.");
    assert_eq!(composed, decomposed);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Paragraphs that come, go and change elsewhere leave the fingerprints of the rest as they were.
    #[test]
    fn fingerprints_survive_edits_elsewhere(
        faults in proptest::sample::subsequence(FAULTS.to_vec(), 1..=FAULTS.len()),
        before in proptest::collection::vec(proptest::sample::select(PLAIN.to_vec()), 0..4),
        between in proptest::collection::vec(proptest::sample::select(PLAIN.to_vec()), 0..4),
    ) {
        let before: BTreeSet<&str> = before.into_iter().collect();
        let between: BTreeSet<&str> = between.into_iter().filter(|p| !before.contains(p)).collect();
        let plain = format!("# La semaine\n\n{}", faults.join("\n\n"));
        let (first, rest) = faults.split_at(1);
        let mut edited: Vec<&str> = before.into_iter().collect();
        edited.extend(first);
        edited.extend(between);
        edited.extend(rest);
        let (was, is) = (set(&plain), set(&format!("# La semaine\n\n{}", edited.join("\n\n"))));
        prop_assert_eq!(&was, &is);
        prop_assert_eq!(was.len(), prints(&plain).len(), "no two findings share a fingerprint");
    }
}

/// A folder of its own for a test, and recoupe and git in it.
struct Desk(std::path::PathBuf);

impl Desk {
    fn new(test: &str) -> Desk {
        let dir = std::env::temp_dir().join(format!("recoupe-changes-{test}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).unwrap();
        Desk(dir)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        String::from_utf8(std::fs::read(self.0.join(name)).unwrap()).unwrap()
    }

    fn git(&self, args: &[&str]) {
        let who = [
            "-c",
            "user.name=desk",
            "-c",
            "user.email=desk@example.org",
            "-c",
            "commit.gpgsign=false",
            "-c",
            "core.hooksPath=/dev/null",
        ];
        let done = Command::new("git").args(who).args(args).current_dir(&self.0).output().unwrap();
        assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    }

    /// Exit status, standard output, standard error.
    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recoupe"));
        let done = command.args(args).current_dir(&self.0).stdin(std::process::Stdio::null()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
    }

    /// Path and words of every finding of one rule.
    fn found(&self, rule: &str, args: &[&str]) -> Vec<String> {
        let (_, out, _) = self.run(&[&["check", "--lang", "fr", "--format", "json"], args].concat());
        let json: serde_json::Value = serde_json::from_str(&out).unwrap();
        let mut found = Vec::new();
        for file in json["files"].as_array().unwrap() {
            for f in file["findings"].as_array().unwrap().iter().filter(|f| f["rule"] == rule) {
                found.push(format!("{}: {}", file["path"].as_str().unwrap(), f["labels"][0]["text"].as_str().unwrap()));
            }
        }
        found
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const FAIR: &str = "La foire ferme le 31 avril.\n\nLe marché ouvre le 2 mai.\n";

#[test]
fn only_what_git_says_has_changed_is_checked() {
    let desk = Desk::new("since");
    desk.git(&["init", "-q", "-b", "main"]);
    for name in ["un été/a b.md", "gone.md", "moved.md", "same.md"] {
        desk.write(name, FAIR);
    }
    desk.git(&["add", "-A"]);
    desk.git(&["commit", "-q", "-m", "before"]);
    desk.git(&["tag", "before"]);
    assert_eq!(desk.run(&["check", "--since", "before", "."]).1, "0 files\n");

    desk.write("un été/a b.md", "La foire ferme le 31 avril.\r\n\r\nLe marché ouvre le 31 juin.\r\n");
    desk.git(&["rm", "-q", "gone.md"]);
    desk.git(&["mv", "moved.md", "nom neuf.md"]);
    desk.write("new.md", "Il rouvre le 31 juin.\n");
    desk.write("ignored.md", "Il rouvre le 31 juin.\n");
    desk.write(".gitignore", "ignored.md\n");
    let changed = ["new.md: 31 juin", "un été/a b.md: 31 juin"];
    assert_eq!(desk.found("impossible-date", &["--since", "before", "."]), changed);
    assert_eq!(desk.found("impossible-date", &["--since", "before", "un été"]), changed[1..]);
    let all = ["new.md: 31 juin", "nom neuf.md: 31 avril", "un été/a b.md: 31 avril", "un été/a b.md: 31 juin"];
    assert_eq!(desk.found("impossible-date", &["--since", "before", "--all-lines", "."]), all);
    let (exit, out, _) = desk.run(&["check", "--ui-lang", "en", "--date", "2024-05-17", "--since", "before", "."]);
    assert!(out.ends_with("3 files: 2 errors (2 findings in unchanged lines; --all-lines shows them)\n"), "{out}");
    assert_eq!(exit, 1);
    // A hook names what was deleted, and what has not changed, too.
    assert_eq!(desk.run(&["check", "--since", "before", "gone.md", "moved.md", "same.md"]), (0, "0 files\n".into(), String::new()));

    // What others changed on the branch meanwhile is not ours.
    desk.git(&["add", "-A"]);
    desk.git(&["commit", "-q", "-m", "ours"]);
    desk.git(&["checkout", "-q", "-b", "theirs", "before"]);
    desk.write("same.md", "Le marché ouvre le 31 juin.\n");
    desk.git(&["commit", "-q", "-a", "-m", "theirs"]);
    desk.git(&["checkout", "-q", "main"]);
    assert_eq!(desk.found("impossible-date", &["--since", "theirs", "."]), changed);
}

#[test]
fn what_git_cannot_answer_is_told() {
    let desk = Desk::new("no-git");
    desk.write("a.md", FAIR);
    let (exit, out, err) = desk.run(&["check", "--since", "HEAD", "a.md"]);
    assert_eq!((exit, out.as_str()), (2, ""));
    assert!(err.starts_with("recoupe: a.md: git finds no repository here ("), "{err}");
    desk.git(&["init", "-q"]);
    for unknown in ["no-such-branch", "HEAD", "--output=x", ""] {
        let (exit, out, err) = desk.run(&["check", &format!("--since={unknown}"), "a.md"]);
        assert_eq!((exit, out.as_str()), (2, ""));
        assert!(err.starts_with(&format!("recoupe: --since: git knows no revision `{unknown}`")), "{err}");
    }
    let (exit, _, err) = desk.run(&["check", "--since", "HEAD", "-"]);
    assert!(exit == 2 && err.contains("standard input has no history"), "{err}");
}

#[test]
fn a_baseline_is_written_known_told_of_and_pruned() {
    let desk = Desk::new("baseline");
    desk.write("d/a.md", FAIR);
    desk.write("d/b.md", FAIR);
    let check = |args: &[&str]| desk.run(&[&["check", "--lang", "fr", "--ui-lang", "en", "--date", "2024-05-17"], args].concat());
    assert_eq!(
        check(&["--write-baseline", "known.json", "d"]),
        (
            0,
            "2 files: nothing to report (2 known findings left out)\n".into(),
            "recoupe: known.json: 2 known findings written\n".into()
        )
    );
    let written = desk.read("known.json");
    assert!(written.contains("\"d/a.md\": {") && written.contains("\": \"impossible-date\"") && !written.contains("avril"));
    // Nothing that is there is overwritten unasked.
    let (exit, out, err) = check(&["--write-baseline", "known.json", "d/a.md"]);
    assert_eq!((exit, out.as_str(), desk.read("known.json")), (2, "", written.clone()));
    assert_eq!(err, "recoupe: known.json: the file is there already: --overwrite replaces it\n");

    // The paths count from the folder of the file, wherever recoupe is run; edits elsewhere change nothing.
    desk.write("d/a.md", format!("Il pleut.\n\n{FAIR}\nIl rouvre le 31 juin.\n"));
    let (exit, out, err) = check(&["--baseline", "d/../known.json", "./d/../d/a.md"]);
    assert_eq!((exit, err.as_str()), (1, ""));
    assert!(out.contains("31 juin") && out.ends_with("1 file: 1 error (1 known finding left out)\n"), "{out}");

    desk.write("d/a.md", "Il pleut.\n");
    std::fs::remove_file(desk.0.join("d/b.md")).unwrap();
    let (exit, _, err) = check(&["--baseline", "known.json", "d"]);
    assert_eq!(exit, 0);
    assert_eq!(
        err,
        "recoupe: d/a.md: 1 known finding is gone (impossible-date)\nrecoupe: d/b.md: 1 known finding is gone\n\
         recoupe: known.json: --prune takes out what is gone\n"
    );
    assert_eq!(desk.read("known.json"), written);
    // A draft that cannot be read may still hold what is known.
    let (exit, _, err) = check(&["--baseline", "known.json", "--prune", "d", "d/none.md"]);
    assert!(exit == 2 && err.ends_with("known.json: not written, for a draft could not be read\n"), "{err}");
    assert_eq!(desk.read("known.json"), written);
    assert_eq!(check(&["--baseline", "known.json", "--prune", "d"]).0, 0);
    assert_eq!(desk.read("known.json"), "{\n  \"recoupe-baseline\": 1,\n  \"files\": {}\n}\n");
}

#[test]
fn a_broken_baseline_is_told_with_its_place() {
    let desk = Desk::new("broken");
    desk.write("a.md", FAIR);
    desk.write("known.json", "{\n  \"recoupe-baseline\": 1,\n  \"files\": {\"a.md\": {\"x\": \"impossible-date\"}}\n}\n");
    let (exit, out, err) = desk.run(&["check", "--baseline", "known.json", "a.md"]);
    assert_eq!((exit, out.as_str()), (2, ""));
    assert_eq!(err, "recoupe: known.json:3:24: `x` is no fingerprint: --write-baseline writes a new one\n");
    let (exit, _, err) = desk.run(&["check", "--baseline", "none.json", "a.md"]);
    assert!(exit == 2 && err.starts_with("recoupe: none.json: "), "{err}");
}

const PLAIN_SPACES: &str = "Il dit : « oui », puis « non ».";

#[test]
fn a_safe_fix_is_written_and_the_draft_checked_again() {
    let desk = Desk::new("fix");
    let fixed = PLAIN_SPACES.replace(" :", "\u{a0}:").replace("« ", "«\u{a0}").replace(" »", "\u{a0}»");
    desk.write("a.md", format!("\u{feff}{PLAIN_SPACES}\r\nLa foire ferme le mardi 14 mars 2025.\r\n"));
    let check = |args: &[&str]| desk.run(&[&["check", "--lang", "fr", "--ui-lang", "en", "--notes"], args].concat());
    // The diff shows it, and writes nothing.
    let before = desk.read("a.md");
    let (exit, out, err) = check(&["--diff", "a.md"]);
    assert_eq!((exit, err.as_str(), desk.read("a.md")), (1, "", before.clone()));
    assert_eq!(
        out,
        format!(
            "--- a.md\n+++ a.md\n@@ -1,2 +1,2 @@\n-\u{feff}{PLAIN_SPACES}\r\n+\u{feff}{fixed}\r\n La foire ferme le mardi 14 mars 2025.\r\n"
        )
    );
    // A note that is not shown is not mended.
    desk.run(&["check", "--lang", "fr", "--fix", "a.md"]);
    assert_eq!(desk.read("a.md"), before);
    let (exit, out, err) = check(&["--fix", "a.md"]);
    assert_eq!(desk.read("a.md"), format!("\u{feff}{fixed}\r\nLa foire ferme le mardi 14 mars 2025.\r\n"));
    assert_eq!(err, "recoupe: a.md: 1 fix written\n");
    // What is only suggested stays, and is shown.
    assert!(exit == 1 && out.contains("= fix: mardi → vendredi\n") && !out.contains("plain-space"), "{out}");
    assert_eq!(check(&["--diff", "a.md"]).1, "");
    let (_, _, err) = check(&["--fix", "a.md"]);
    assert_eq!(err, "");
    // What the baseline knows is not mended.
    desk.write("b.md", PLAIN_SPACES);
    check(&["--write-baseline", "known.json", "b.md"]);
    check(&["--baseline", "known.json", "--fix", "b.md"]);
    assert_eq!(desk.read("b.md"), PLAIN_SPACES);
}

#[test]
fn a_draft_is_mended_in_its_own_encoding_and_around_its_markup() {
    let desk = Desk::new("encodings");
    let latin = |text: &str| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<u8>>();
    let fixed = PLAIN_SPACES.replace(" :", "\u{a0}:").replace("« ", "«\u{a0}").replace(" »", "\u{a0}»");
    desk.write("a.txt", latin(PLAIN_SPACES));
    let utf16 = |text: &str| [b"\xFF\xFE".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    desk.write("b.txt", utf16(PLAIN_SPACES));
    desk.write("c.html", "<p>Il dit&#32;: « oui », puis « non ».</p>");
    let (_, _, err) = desk.run(&["check", "--lang", "fr", "--ui-lang", "en", "--notes", "--fix", "."]);
    assert_eq!(std::fs::read(desk.0.join("a.txt")).unwrap(), latin(&fixed));
    assert_eq!(std::fs::read(desk.0.join("b.txt")).unwrap(), utf16(&fixed));
    assert_eq!(desk.read("c.html"), "<p>Il dit&#32;: « oui », puis « non ».</p>");
    let told = "recoupe: c.html: plain-space: fix left out: the file has an entity, markup or a line break in that place\n";
    assert!(err.contains(told), "{err}");
}

#[test]
fn standard_input_is_mended_to_standard_output() {
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recoupe"));
        let piped = std::process::Stdio::piped;
        command
            .args(["check", "--lang", "fr", "--ui-lang", "en", "--notes"])
            .args(args)
            .stdin(piped())
            .stdout(piped())
            .stderr(piped());
        let mut child = command.spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), PLAIN_SPACES.as_bytes()).unwrap();
        let done = child.wait_with_output().unwrap();
        (String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap(), done.status.code())
    };
    let (out, err, exit) = run(&["--fix", "-"]);
    assert_eq!(out, "Il dit\u{a0}: «\u{a0}oui\u{a0}», puis «\u{a0}non\u{a0}».");
    assert_eq!((err.as_str(), exit), ("recoupe: -: 1 fix written\n1 file: nothing to report\n", Some(0)));
    assert!(run(&["--diff", "-"]).0.starts_with("--- -\n+++ -\n@@ -1,1 +1,1 @@\n-Il dit : "));
    let (out, err, exit) = run(&["--fix", "-", "a.md"]);
    assert_eq!((out.as_str(), exit), ("", Some(2)));
    assert_eq!(err, "recoupe: --fix: standard input must be the only draft\n");
}

const BEFORE: &str = "# Incendie à Lyon : 12 morts\n\nLe feu a fait 12 morts dans un immeuble du quartier.\n";

#[test]
fn a_headline_that_did_not_follow_its_story_is_told() {
    let desk = Desk::new("previous");
    desk.write("old.md", BEFORE);
    desk.write("new.md", BEFORE.replace("fait 12", "fait 14"));
    let stale = |args: &[&str]| desk.found("left-behind", args);
    assert_eq!(stale(&["--previous", "old.md", "new.md"]), ["new.md: 12 morts"]);
    assert!(stale(&["new.md"]).is_empty());
    assert!(stale(&["--previous", "new.md", "new.md"]).is_empty());
    // Each changed draft is held against what git has of it.
    desk.git(&["init", "-q"]);
    desk.git(&["add", "old.md"]);
    desk.git(&["commit", "-q", "-m", "before"]);
    desk.write("old.md", BEFORE.replace("fait 12", "fait 14"));
    assert_eq!(stale(&["--since", "HEAD", "old.md"]), ["old.md: 12 morts"]);
    for (args, says) in [
        (&["--previous", "none.md", "new.md"][..], "recoupe: --previous: none.md: "),
        (&["--previous", "old.md", "."], "recoupe: --previous: it is the version before of one draft: name that one alone\n"),
        (&["--previous", "old.md", "old.md", "new.md"], "recoupe: --previous: it is the version before of one draft"),
    ] {
        let (exit, out, err) = desk.run(&[&["check"], args].concat());
        assert_eq!((exit, out.as_str()), (2, ""));
        assert!(err.starts_with(says), "{err}");
    }
}
