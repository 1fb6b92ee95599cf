//! Small cases under `tests/cases/`: a draft, the arguments of the command line, and what its output must and must not match.
//!
//! The ids that are not right yet stand in `tests/cases/open.txt`, which may only grow shorter; `UPDATE_DOCS=1` takes out what is right now.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use regex::Regex;
use serde::Deserialize;

const FOLDER: &str = "tests/cases";

#[derive(Deserialize)]
struct Case {
    id: String,
    file: String,
    text: String,
    /// `@` stands for the draft's file.
    args: Vec<String>,
    r#match: Vec<String>,
    no_match: Vec<String>,
}

impl Case {
    /// Whether the output is as asked.
    fn is_right(&self, dir: &Path) -> bool {
        let dir = dir.join(&self.id);
        std::fs::create_dir_all(&dir).unwrap();
        let name = Path::new(&self.file).file_name().unwrap();
        std::fs::write(dir.join(name), &self.text).unwrap();
        let args = self.args.iter().map(|arg| if arg == "@" { name } else { arg.as_ref() });
        let run = Command::new(env!("CARGO_BIN_EXE_recoupe")).args(args).current_dir(&dir).output().unwrap();
        let out = String::from_utf8_lossy(&run.stdout) + String::from_utf8_lossy(&run.stderr);
        let found = |pattern: &String| Regex::new(pattern).unwrap_or_else(|e| panic!("{}: {e}", self.id)).is_match(&out);
        self.r#match.iter().all(found) && !self.no_match.iter().any(found)
    }
}

fn cases() -> Vec<Case> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(FOLDER).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "jsonl"));
    files.sort();
    let read = |file: &PathBuf| std::fs::read_to_string(file).unwrap();
    let parse = |line: &str| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
    files.iter().flat_map(|file| read(file).lines().map(parse).collect::<Vec<_>>()).collect()
}

#[test]
fn what_was_reported_stays_mended() {
    let (cases, next) = (cases(), AtomicUsize::new(0));
    let dir = std::env::temp_dir().join(format!("recoupe-cases-{}", std::process::id()));
    let work = || {
        let mut wrong = BTreeSet::new();
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            if !case.is_right(&dir) {
                wrong.insert(case.id.clone());
            }
        }
        wrong
    };
    let wrong: BTreeSet<String> = std::thread::scope(|s| {
        let (one, other) = (s.spawn(work), s.spawn(work));
        one.join().unwrap().into_iter().chain(other.join().unwrap()).collect()
    });
    std::fs::remove_dir_all(&dir).unwrap();
    let list = Path::new(FOLDER).join("open.txt");
    let open: BTreeSet<String> = std::fs::read_to_string(&list).unwrap_or_default().lines().map(str::to_owned).collect();
    let fallen: Vec<&String> = wrong.difference(&open).collect();
    assert!(fallen.is_empty(), "right before, and not now: {fallen:?}");
    let mended: Vec<&String> = open.difference(&wrong).collect();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&list, wrong.iter().map(|id| format!("{id}\n")).collect::<String>()).unwrap();
    } else {
        assert!(mended.is_empty(), "right now: take out of {}: {mended:?}", list.display());
    }
}
