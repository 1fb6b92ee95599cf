//! No circle of files: who imports whom, as the paths in the source tell, followed to the file that defines a name.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use super::{rust_files, without_tests};

/// More files than so many, each of which needs all others, nobody understands one at a time.
const LARGEST: usize = 5;

struct File {
    /// Its module, as the segments of the path below the crate.
    module: Vec<String>,
    /// What it imports, as paths below the crate.
    paths: BTreeSet<Vec<String>>,
    /// Names that it brings into its own scope, with the path that each stands for.
    brought: HashMap<String, Vec<String>>,
}

/// All files of the library by their module, without what only tests read.
fn files() -> BTreeMap<Vec<String>, (String, File)> {
    let sources: Vec<(String, Vec<String>, String)> = rust_files(Path::new("src"))
        .into_iter()
        .filter_map(|path| {
            let name = path.to_string_lossy().replace('\\', "/");
            let lines = without_tests(&name, &fs::read_to_string(&path).unwrap());
            let code: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
            let module = name.trim_start_matches("src/").trim_end_matches(".rs").split('/').map(str::to_owned).collect();
            let is_root = ["src/lib.rs", "src/main.rs"].contains(&name.as_str());
            (!code.is_empty() && !is_root).then(|| (name, module, code.join("\n")))
        })
        .collect();
    let modules: BTreeSet<Vec<String>> = sources.iter().map(|(_, module, _)| module.clone()).collect();
    sources.into_iter().map(|(name, module, code)| (module.clone(), (name, File::of(module, &code, &modules)))).collect()
}

impl File {
    fn of(module: Vec<String>, code: &str, modules: &BTreeSet<Vec<String>>) -> File {
        static USE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?s)\buse ([^;]+);").unwrap());
        static INLINE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b\w+(?:::\w+)+").unwrap());
        static REACH: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"pub\(in [^)]*\)").unwrap());
        let mut file = File { module, paths: BTreeSet::new(), brought: HashMap::new() };
        for tree in USE.captures_iter(code).map(|c| c[1].to_owned()) {
            for path in leaves(&tree) {
                let (path, name) = path.split_once(" as ").unwrap_or((&path, ""));
                let Some(below) = file.below(path, modules) else { continue };
                let name = if name.is_empty() { below.last().cloned().unwrap_or_default() } else { name.to_owned() };
                file.brought.insert(name, below.clone());
                file.paths.insert(below);
            }
        }
        let rest = REACH.replace_all(code, "");
        for path in INLINE.find_iter(&USE.replace_all(&rest, "")) {
            file.paths.extend(file.below(path.as_str(), modules));
        }
        file
    }

    /// A path below the crate, where it leads into it: from `crate::`, `super::`, or the name of a module inside this one.
    fn below(&self, path: &str, modules: &BTreeSet<Vec<String>>) -> Option<Vec<String>> {
        let mut segments: Vec<String> = path.trim().split("::").map(|s| s.trim().to_owned()).filter(|s| s != "self").collect();
        let first = segments.first()?.clone();
        if first == "crate" {
            segments.remove(0);
            return Some(segments);
        }
        let mut base = self.module.clone();
        let inner = [base.clone(), vec![first.clone()]].concat();
        if first != "super" && !modules.contains(&inner) {
            return None;
        }
        while segments.first().is_some_and(|s| s == "super") {
            base.pop();
            segments.remove(0);
        }
        Some([base, segments].concat())
    }
}

/// The single paths of a tree of imports: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn leaves(tree: &str) -> Vec<String> {
    let tree = tree.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((before, inside)) = tree.split_once('{') else { return vec![tree] };
    let inside = inside.trim_end().strip_suffix('}').unwrap_or(inside);
    let (mut depth, mut part, mut parts) = (0, String::new(), Vec::new());
    for c in inside.chars().chain([',']) {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if c == ',' && depth == 0 {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(c);
        }
    }
    let parts = parts.iter().map(|p| p.trim()).filter(|p| !p.is_empty());
    parts.flat_map(|p| leaves(&format!("{}{p}", before.trim()))).collect()
}

/// The file that defines what a path names: a name that a file only hands on is followed.
fn defines(path: &[String], files: &BTreeMap<Vec<String>, (String, File)>, depth: usize) -> Option<Vec<String>> {
    let longest = (1..=path.len()).rev().find(|n| files.contains_key(&path[..*n]))?;
    let (_, file) = &files[&path[..longest]];
    let handed = path.get(longest).and_then(|name| file.brought.get(name)).filter(|_| depth < 5);
    let further = handed.and_then(|to| defines(&[to, &path[longest + 1..]].concat(), files, depth + 1));
    further.or_else(|| Some(path[..longest].to_vec()))
}

/// The folder of a file: a module and the modules inside it are one.
fn folder<'m>(module: &'m [String], files: &BTreeMap<Vec<String>, (String, File)>) -> &'m [String] {
    let has_inner = files.keys().any(|m| m.len() > module.len() && m.starts_with(module));
    if has_inner { module } else { &module[..module.len() - 1] }
}

#[test]
fn files_import_each_other_in_no_large_circle() {
    let files = files();
    let modules: Vec<&Vec<String>> = files.keys().collect();
    let number: HashMap<&[String], usize> = modules.iter().enumerate().map(|(i, m)| (m.as_slice(), i)).collect();
    let uses: Vec<BTreeSet<usize>> = files
        .values()
        .map(|(_, file)| file.paths.iter().filter_map(|p| defines(p, &files, 0)).map(|m| number[m.as_slice()]).collect())
        .collect();
    let reach: Vec<BTreeSet<usize>> = (0..uses.len()).map(|from| reached(from, &uses)).collect();
    let mut told = String::new();
    let mut seen = BTreeSet::new();
    for from in 0..uses.len() {
        let circle: BTreeSet<usize> = reach[from].iter().copied().filter(|to| reach[*to].contains(&from)).collect();
        if circle.len() < 2 || !seen.insert(circle.clone()) {
            continue;
        }
        let folders: BTreeSet<&[String]> = circle.iter().map(|i| folder(modules[*i], &files)).collect();
        if circle.len() > LARGEST || folders.len() > 1 {
            let names: Vec<&str> = circle.iter().map(|i| files[modules[*i]].0.as_str()).collect();
            writeln!(told, "{} files in {} folders need each other: {}", names.len(), folders.len(), names.join(", ")).unwrap();
        }
    }
    assert!(told.is_empty(), "\n{told}");
}

/// The files that one needs, directly or through others.
fn reached(from: usize, uses: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut next: Vec<usize> = uses[from].iter().copied().collect();
    while let Some(i) = next.pop() {
        if found.insert(i) {
            next.extend(&uses[i]);
        }
    }
    found
}

#[test]
fn paths_are_taken_apart() {
    assert_eq!(leaves("crate::a::{b, c::{d, e as f}}"), ["crate::a::b", "crate::a::c::d", "crate::a::c::e as f"]);
    let modules: BTreeSet<Vec<String>> = ["a", "a/b"].map(|m| m.split('/').map(str::to_owned).collect()).into();
    let file = File::of(
        vec!["a".to_owned()],
        "use crate::x::Y;\npub use b::Z;\nfn f() { b::g(); std::fs::read(p); super::h() }",
        &modules,
    );
    let paths: Vec<String> = file.paths.iter().map(|p| p.join("/")).collect();
    assert_eq!(paths, ["a/b/Z", "a/b/g", "h", "x/Y"]);
}
