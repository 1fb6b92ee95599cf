//! The benchmark: passages with one fault and their sound twins, and sound copy, under `tests/contradictions/`. Its README tells the form.
//!
//! `UPDATE_DOCS=1 cargo test --test all contradictions` writes the page of figures anew, and raises the floors.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use recoupe::check::check;
use recoupe::document::Document;
use recoupe::finding::{Finding, Level};
use recoupe::reader::{Format, Options, read};
use recoupe::rule::Ruleset;
use serde::{Deserialize, Serialize};

const FOLDER: &str = "tests/contradictions";
const PAGE: &str = "docs/benchmark.md";

/// A passage with one fault and its sound twin, or sound copy alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    kind: String,
    lang: String,
    published: Option<String>,
    /// 1 is seen at a glance, 3 is hard.
    level: Option<u8>,
    text: Option<String>,
    twin: Option<String>,
    sound: Option<String>,
    /// The places of the fault, in its own words.
    a: Option<String>,
    b: Option<String>,
    #[expect(dead_code, reason = "for readers of the file")]
    why: Option<String>,
}

/// What came of the passages of one file, kind, level or language.
#[derive(Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
struct Score {
    faults: usize,
    found: usize,
    sound: usize,
    disturbed: usize,
}

impl Score {
    fn add(&mut self, other: Score) {
        self.faults += other.faults;
        self.found += other.found;
        self.sound += other.sound;
        self.disturbed += other.disturbed;
    }

    fn row(&self) -> String {
        let share = |n: usize, of: usize| {
            if of == 0 { "–".to_owned() } else { format!("{n}/{of} ({:.0} %)", 100.0 * n as f64 / of as f64) }
        };
        format!("{} | {}", share(self.found, self.faults), share(self.disturbed, self.sound))
    }
}

struct Desk {
    rules: Ruleset,
}

impl Desk {
    fn check(&self, row: &Row, text: &str) -> Checked {
        let date = row.published.as_ref().map(|day| format!("date: {day}\n")).unwrap_or_default();
        let draft = format!("---\n{date}lang: {}\n---\n\n{text}\n", row.lang);
        let (doc, _) = read(draft.as_bytes(), Format::Markdown, self.rules.languages, Options::default())
            .unwrap_or_else(|e| panic!("{}: {e}", row.id));
        let findings = check(&doc, &self.rules).into_iter().filter(|f| f.level != Level::Note).collect();
        Checked { draft, doc, findings }
    }

    fn score(&self, row: &Row) -> Score {
        let Some(text) = &row.text else {
            let sound = row.sound.as_ref().unwrap_or_else(|| panic!("{}: neither `text` nor `sound`", row.id));
            let disturbed = !self.check(row, sound).findings.is_empty();
            return Score { sound: 1, disturbed: disturbed.into(), ..Score::default() };
        };
        let faulty = self.check(row, text);
        let sound = self.check(row, row.twin.as_ref().unwrap_or_else(|| panic!("{}: no `twin`", row.id)));
        let same: BTreeSet<_> = sound.findings.iter().map(|f| (f.rule, sound.words(f))).collect();
        let places: Vec<(usize, usize)> =
            [&row.a, &row.b].into_iter().flatten().filter(|w| !w.is_empty()).filter_map(|w| faulty.place(w)).collect();
        let found =
            faulty.findings.iter().filter(|f| !same.contains(&(f.rule, faulty.words(f)))).any(|f| faulty.touches(f, &places));
        Score { faults: 1, found: found.into(), sound: 1, disturbed: usize::from(!sound.findings.is_empty()) }
    }
}

/// A draft with what was found in it.
struct Checked {
    draft: String,
    doc: Document,
    findings: Vec<Finding>,
}

impl Checked {
    /// The bytes of the draft that each label of a finding shows.
    fn places(&self, f: &Finding) -> Vec<(usize, usize)> {
        let sources = f.labels.iter().filter_map(|l| self.doc.map.source(l.span));
        sources.map(|s| (s.start as usize, s.end as usize)).collect()
    }

    fn words(&self, f: &Finding) -> Vec<&str> {
        self.places(f).into_iter().map(|(start, end)| &self.draft[start..end]).collect()
    }

    /// Where the words of a fault stand, the last time.
    fn place(&self, words: &str) -> Option<(usize, usize)> {
        self.draft.rfind(words).map(|at| (at, at + words.len()))
    }

    /// Whether a finding shows the fault: both places where both sides name two, else one.
    fn touches(&self, f: &Finding, places: &[(usize, usize)]) -> bool {
        let shown = self.places(f);
        let touched = |p: &(usize, usize)| shown.iter().any(|s| s.0 < p.1 && p.0 < s.1);
        if places.len() > 1 && shown.len() > 1 { places.iter().all(touched) } else { places.iter().any(touched) }
    }
}

fn files() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(FOLDER).expect("the folder of passages").map(|e| e.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|p| p.extension().is_some_and(|e| e == "jsonl")).collect();
    files.sort();
    files
}

#[test]
fn what_is_found_does_not_fall() {
    let desk = Desk { rules: Ruleset::shipped() };
    let mut by_file: BTreeMap<String, Score> = BTreeMap::new();
    let mut by_level: BTreeMap<(String, u8), Score> = BTreeMap::new();
    let mut by_kind: BTreeMap<(String, String), Score> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for file in files() {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        for (n, line) in std::fs::read_to_string(&file).unwrap().lines().enumerate() {
            let row: Row = serde_json::from_str(line).unwrap_or_else(|e| panic!("{}:{}: {e}", file.display(), n + 1));
            let score = desk.score(&row);
            if std::env::var_os("SHOW_MISSED").is_some() && (score.found < score.faults || score.disturbed > 0) {
                println!("{} {}: found {}, disturbed {}", name, row.id, score.found, score.disturbed);
            }
            by_file.entry(name.clone()).or_default().add(score);
            if let Some(level) = row.level {
                by_level.entry((row.lang.clone(), level)).or_default().add(score);
                by_kind.entry((row.kind.clone(), row.lang.clone())).or_default().add(score);
            }
            assert!(ids.insert(row.id.clone()), "{}: two passages have this id", row.id);
        }
    }
    let page = page(&by_file, &by_level, &by_kind);
    let floors = Path::new(FOLDER).join("floors.json");
    let held: BTreeMap<String, Score> =
        std::fs::read_to_string(&floors).map(|text| serde_json::from_str(&text).expect("floors")).unwrap_or_default();
    let fallen: Vec<String> = by_file
        .iter()
        .filter_map(|(name, now)| held.get(name).map(|floor| (name, now, floor)))
        .filter(|(_, now, floor)| now.faults == floor.faults && now.found < floor.found || now.disturbed > floor.disturbed)
        .map(|(name, now, floor)| format!("{name}: {}, was {}", now.row(), floor.row()))
        .collect();
    assert!(fallen.is_empty(), "found | sound passages disturbed, in files that did better:\n{}", fallen.join("\n"));
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(PAGE, page).unwrap();
        std::fs::write(&floors, format!("{}\n", serde_json::to_string_pretty(&by_file).unwrap())).unwrap();
        return;
    }
    assert_eq!(std::fs::read_to_string(PAGE).unwrap_or_default(), page, "run with UPDATE_DOCS=1 to write {PAGE} anew");
    assert!(by_file == held, "run with UPDATE_DOCS=1 to raise the floors in {}", floors.display());
}

fn page(
    by_file: &BTreeMap<String, Score>,
    by_level: &BTreeMap<(String, u8), Score>,
    by_kind: &BTreeMap<(String, String), Score>,
) -> String {
    let mut out = String::from(
        "# What is found\n\n\
         Passages as newspapers word them, each with one fault, and their sound twins; and sound copy full of what misleads. Figures of the\n\
         version at hand, counted by `cargo test --test all contradictions`, which fails where one falls. Notes do not count.\n\
         [How the passages are written and counted](measured.md), so that other tools can be measured.\n\n\
         These passages were seen while the rules were written: on copy that nobody here has seen, less is found. The first run on each\n\
         set of passages by a fresh writer stands in [how it was measured](measured.md#first-runs).\n",
    );
    let mut table = |title: &str, head: &str, rows: Vec<(String, Score)>| {
        write!(out, "\n## {title}\n\n{head} | faults found | sound passages disturbed\n").unwrap();
        writeln!(out, "{} | --- | ---", head.split(" | ").map(|_| "---").collect::<Vec<_>>().join(" | ")).unwrap();
        for (name, score) in rows {
            writeln!(out, "{name} | {}", score.row()).unwrap();
        }
    };
    table("By set", "set", by_file.iter().map(|(name, s)| (name.clone(), *s)).collect());
    let level = |n: u8| ["at a glance", "on a second reading", "hard"][usize::from(n.clamp(1, 3)) - 1];
    table("By level", "language | level", by_level.iter().map(|((lang, n), s)| (format!("{lang} | {}", level(*n)), *s)).collect());
    table("By kind", "kind | language", by_kind.iter().map(|((kind, lang), s)| (format!("{kind} | {lang}"), *s)).collect());
    out
}
