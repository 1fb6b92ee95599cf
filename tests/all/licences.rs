//! `NOTICE-CRATES` names every crate that is in the binary, with whose it is and on which terms.
//!
//! `UPDATE_LICENCES=1 cargo test --test all licences` writes it anew, from the crates as they were fetched.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const FILE: &str = "NOTICE-CRATES";

fn cargo(args: &[&str]) -> String {
    let done = Command::new(env!("CARGO")).args(args).args(["--locked", "--offline"]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Name and version of every crate in the binary but recoupe.
fn crates() -> BTreeSet<(String, String)> {
    let tree = cargo(&["tree", "--edges", "normal", "--prefix", "none"]);
    let crates = tree.lines().filter_map(|line| {
        let mut words = line.split(' ');
        Some((words.next()?.to_owned(), words.next()?.trim_start_matches('v').to_owned()))
    });
    crates.filter(|(name, _)| name != "recoupe").collect()
}

/// The text of a licence without who grants it, and the lines that say who does.
fn apart(text: &str) -> (String, BTreeSet<String>) {
    let whose = |line: &&str| {
        let line = line.trim().to_lowercase();
        line.starts_with("copyright (c)")
            || line.starts_with("copyright ©")
            || line.starts_with("copyright 2")
            || line.starts_with("copyright 1")
    };
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let owners = lines.iter().filter(|l| whose(l)).map(|l| l.trim().to_owned()).collect();
    let terms: Vec<&str> = lines.into_iter().filter(|l| !whose(l)).collect();
    (terms.join("\n").trim().to_owned(), owners)
}

/// The licence under which a crate is taken, where it offers several: the shortest terms.
fn licence_of(folder: &Path) -> Option<String> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().flatten().map(|e| e.path()).filter(|p| p.is_file()).collect();
    files.retain(|p| {
        let name = p.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        ["license", "licence", "copying", "unlicense"].iter().any(|n| name.starts_with(n))
    });
    files.sort_by_key(|p| fs::metadata(p).map_or(u64::MAX, |m| m.len()));
    files.iter().find_map(|p| fs::read_to_string(p).ok())
}

fn written() -> String {
    let known: Value =
        serde_json::from_str(&cargo(&["metadata", "--format-version", "1", "--filter-platform", "x86_64-unknown-linux-gnu"]))
            .unwrap();
    let packages: BTreeMap<(String, String), &Value> = known["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| ((p["name"].as_str().unwrap().to_owned(), p["version"].as_str().unwrap().to_owned()), p))
        .collect();
    let mut out = String::from(
        "The crates that recoupe is built with for Linux, each with whose it is and on which terms; the terms stand below.\n",
    );
    let mut terms: Vec<String> = Vec::new();
    for (name, version) in crates() {
        let package = packages[&(name.clone(), version.clone())];
        let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
        writeln!(out, "\n{name} {version} ({})", text("license")).unwrap();
        if !text("repository").is_empty() {
            writeln!(out, "    {}", text("repository")).unwrap();
        }
        let folder = Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap();
        let Some((of, owners)) = licence_of(folder).map(|text| apart(&text)) else {
            let authors = package["authors"].as_array().unwrap().iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ");
            writeln!(out, "    Copyright {}", if authors.is_empty() { "its authors" } else { &authors }).unwrap();
            continue;
        };
        owners.iter().for_each(|line| writeln!(out, "    {line}").unwrap());
        let same = |text: &str| text.split_whitespace().collect::<String>();
        let number = terms.iter().position(|t| same(t) == same(&of)).unwrap_or_else(|| {
            terms.push(of.clone());
            terms.len() - 1
        });
        writeln!(out, "    Terms {}", number + 1).unwrap();
    }
    for (i, text) in terms.iter().enumerate() {
        write!(out, "\n\n== Terms {}\n\n{text}\n", i + 1).unwrap();
    }
    out
}

#[test]
fn every_crate_is_named_with_its_terms() {
    if std::env::var_os("UPDATE_LICENCES").is_some() {
        fs::write(FILE, written()).unwrap();
    }
    let page = fs::read_to_string(FILE).unwrap();
    let named: BTreeSet<&str> = page.lines().collect();
    let missing: Vec<String> = crates()
        .into_iter()
        .map(|(name, version)| format!("{name} {version} ("))
        .filter(|entry| !named.iter().any(|line| line.starts_with(entry)))
        .collect();
    if cfg!(target_os = "linux") {
        assert!(missing.is_empty(), "UPDATE_LICENCES=1 writes {FILE} anew: it lacks {missing:?}");
    }
    let told = Command::new(env!("CARGO_BIN_EXE_recoupe")).arg("licences").output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    for part in ["GeoNames (https://www.geonames.org)", "Permission is hereby granted", "\ntokio "] {
        assert!(told.contains(part), "`recoupe licences` says nothing of {part:?}");
    }
}
