//! What `ARCHITECTURE.md` says must never be, held against the source. Every violation is told at once.

mod circles;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use recoupe::facet::Facet;
use recoupe::language::Languages;
use recoupe::rule::Ruleset;
use regex::Regex;

/// A line of code: where it stands, and what is left of it without comments, attributes and tests.
struct Line {
    file: String,
    number: usize,
    /// The whole line without its comment.
    code: String,
}

struct Source {
    lines: Vec<Line>,
    /// Lines by file, tests and comments included.
    lengths: BTreeMap<String, usize>,
}

static SOURCE: LazyLock<Source> = LazyLock::new(|| {
    let mut source = Source { lines: Vec::new(), lengths: BTreeMap::new() };
    for root in ["src", "build", "benches", "tests", "generator/src"] {
        for path in rust_files(Path::new(root)) {
            let file = path.to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(&path).unwrap();
            source.lengths.insert(file.clone(), text.lines().count());
            if !file.starts_with("src/") {
                continue;
            }
            let lines = without_tests(&file, &text);
            source.lines.extend(lines.into_iter().map(|(number, code)| Line { file: file.clone(), number, code }));
        }
    }
    source
});

fn rust_files(root: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|x| x == "rs") {
                out.push(entry);
            }
        }
    }
    out.sort();
    out
}

/// The numbered lines of a file that reach a user: comments cut off, the items below `#[cfg(test)]` left out.
fn without_tests(file: &str, text: &str) -> Vec<(usize, String)> {
    // A module that a `#[cfg(test)]` line declares in another file.
    if ["tests.rs", "fake.rs", "fixture.rs"].iter().any(|name| file.ends_with(&format!("/{name}"))) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut lines = text.lines().enumerate().peekable();
    while let Some((i, line)) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            let indent = line.len() - line.trim_start().len();
            // rustfmt closes an item at the indent at which it opens it.
            for (_, next) in lines.by_ref() {
                let inner = next.len() - next.trim_start().len();
                if inner == indent && (next.ends_with(';') || next.trim() == "}") {
                    break;
                }
            }
            continue;
        }
        let code = without_comment(line);
        if !code.trim().is_empty() && !code.trim_start().starts_with("#[") {
            out.push((i + 1, code));
        }
    }
    out
}

fn without_comment(line: &str) -> String {
    let mut quoted = false;
    let bytes = line.as_bytes();
    for (i, &b) in bytes.iter().enumerate() {
        let escaped = i > 0 && bytes[i - 1] == b'\\' && !(i > 1 && bytes[i - 2] == b'\\');
        let in_char = i > 0 && bytes[i - 1] == b'\'' && bytes.get(i + 1) == Some(&b'\'');
        if b == b'"' && !escaped && !in_char {
            quoted = !quoted;
        }
        if !quoted && b == b'/' && bytes.get(i + 1) == Some(&b'/') {
            return line[..i].to_owned();
        }
    }
    line.to_owned()
}

/// The module right below the crate's root: `relation` for `src/relation/agree.rs`.
fn module(file: &str) -> &str {
    let below = file.trim_start_matches("src/");
    below.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

/// Collects what is wrong, so that one run tells all of it.
#[derive(Default)]
struct Violations(String);

impl Violations {
    fn add(&mut self, line: &Line, what: &str) {
        writeln!(self.0, "{}:{}: {what}: {}", line.file, line.number, line.code.trim()).unwrap();
    }

    #[track_caller]
    fn check(self) {
        assert!(self.0.is_empty(), "\n{}", self.0);
    }
}

/// The modules that a line names, each with what follows it.
fn imports(code: &str) -> Vec<(&str, &str)> {
    static PATH: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\bcrate::(\w+)((?:::\{[^}]*\}|::\w+)?)").unwrap());
    PATH.captures_iter(code).map(|c| (c.get(1).unwrap().as_str(), c.get(2).unwrap().as_str())).collect()
}

/// The table of modules in ARCHITECTURE.md, in its order: module → modules that it may use; `None` for all.
fn table() -> Vec<(String, Option<BTreeSet<String>>)> {
    let page = fs::read_to_string("ARCHITECTURE.md").unwrap();
    let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<String>>();
    let rows = page.lines().skip_while(|l| !l.starts_with("| module ")).skip(2).take_while(|l| l.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').collect();
        let all = cells[3].trim() == "all";
        (names(cells[1]).into_iter().next().expect("a module in each row"), (!all).then(|| names(cells[3])))
    })
    .collect()
}

#[test]
fn modules_use_what_the_page_lets_them() {
    let table: BTreeMap<_, _> = table().into_iter().collect();
    let mut wrong = Violations::default();
    for line in &SOURCE.lines {
        let here = module(&line.file);
        if here == "lib" || here == "main" {
            continue;
        }
        let Some(allowed) = table.get(here) else {
            wrong.add(line, "a module that the table in ARCHITECTURE.md does not name");
            continue;
        };
        for (used, _) in imports(&line.code) {
            if used != here && allowed.as_ref().is_some_and(|all| !all.contains(used)) {
                wrong.add(line, &format!("`{here}` may not use `{used}` by the table in ARCHITECTURE.md"));
            }
        }
    }
    let known: BTreeSet<&str> = SOURCE.lines.iter().map(|l| module(&l.file)).collect();
    for name in table.keys().filter(|name| !known.contains(name.as_str())) {
        writeln!(wrong.0, "ARCHITECTURE.md: there is no module `{name}`").unwrap();
    }
    wrong.check();
}

/// The order of the table proves that there is no circle.
#[test]
fn modules_use_only_what_stands_above_them() {
    let mut above = BTreeSet::new();
    let mut wrong = String::new();
    for (module, used) in table() {
        for below in used.iter().flatten().filter(|u| !above.contains(*u)) {
            writeln!(wrong, "ARCHITECTURE.md: `{module}` uses `{below}`, which does not stand above it").unwrap();
        }
        above.insert(module);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn relations_and_patterns_know_no_rule_and_make_no_words() {
    let mut wrong = Violations::default();
    for line in SOURCE.lines.iter().filter(|l| ["relation", "pattern"].contains(&module(&l.file))) {
        for (used, rest) in imports(&line.code) {
            if ["rule", "check", "report", "lsp", "cli"].contains(&used) {
                wrong.add(line, &format!("uses `{used}`"));
            }
            let mut parts =
                rest.trim_start_matches("::").trim_matches(['{', '}']).split(',').map(str::trim).filter(|p| !p.is_empty());
            // Such a list has two names: it fits on its line.
            if used == "finding"
                && (line.code.trim_end().ends_with('{') && rest.is_empty() || parts.any(|p| p != "Bindings" && p != "Bound"))
            {
                wrong.add(line, "of `finding`, only `Bindings` and `Bound`");
            }
        }
    }
    wrong.check();
}

/// Layers that work on any language.
const NO_LANGUAGE: [&str; 5] = ["text", "syntax", "mention", "relation", "pattern"];

/// Literals of those layers that are words and are allowed, with the reason.
const ALLOWED_WORDS: &[(&str, &str, &str)] = &[
    ("src/mention/number.rs", "unit", "the name of a part of a number"),
    ("src/mention/number.rs", "bound", "the name of a part of a number"),
    ("src/mention/number.rs", "number", "the name of a part of a number"),
    ("src/mention/number.rs", "scale", "the name of a part of a number"),
    ("src/mention/number/power.rs", "e", "the letter before an exponent, as machines write it in every language"),
    ("src/mention/number/power.rs", "x", "a letter for the sign of multiplication, in every language"),
    ("src/pattern/", "table", "the name by which a pattern calls its rule's own table"),
    ("src/pattern/", "(?-i)", "a flag of regular expressions"),
    ("src/pattern/", "number", "another name of a kind of mention, in patterns"),
];

/// Literals of those layers that hold letters beyond ASCII and are allowed, with the reason.
const ALLOWED_LETTERS: &[(&str, &str)] =
    &[("src/pattern/compile.rs", "the letters that a slip of the finger may have made of another, for a hint to who writes rules")];

#[test]
fn the_engine_knows_no_language() {
    let escapes = Regex::new(r"\{[^}]*\}|\\u\{[^}]*\}|\\.").unwrap();
    static LITERAL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#""((?:[^"\\]|\\.)*)""#).unwrap());
    static CHAR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"'([^'\\])'").unwrap());
    static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[a-z]+(-[a-z]+)*$").unwrap());
    let names = known_names();
    // The lists of roles and values that a relation declares.
    let declares = |line: &&Line| module(&line.file) == "relation" && line.code.trim_start().starts_with("&[\"");
    let given: BTreeSet<(&str, String)> = SOURCE
        .lines
        .iter()
        .filter(declares)
        .flat_map(|line| LITERAL.captures_iter(&line.code).map(|c| (line.file.as_str(), c[1].to_owned())).collect::<Vec<_>>())
        .collect();
    let codes: BTreeSet<String> = Languages::shipped().iter().map(|(_, l)| l.code.clone()).collect();
    let mut wrong = Violations::default();
    // The schema of the relations' arguments is JSON Schema, and its words are that notation's.
    let is_schema = |line: &&Line| line.file == "src/relation/names.rs";
    for line in SOURCE.lines.iter().filter(|l| NO_LANGUAGE.contains(&module(&l.file)) && !is_schema(l)) {
        let is_for_programmers =
            ["expect(", "panic!(", "assert!(", "unreachable!(", "schemars("].iter().any(|m| line.code.contains(m));
        for literal in LITERAL.captures_iter(&line.code).map(|c| c[1].to_owned()) {
            if codes.contains(&literal) {
                wrong.add(line, "names one language");
            }
            let allowed = |list: &[(&str, &str)]| list.iter().any(|(file, _)| line.file.starts_with(file));
            if literal.chars().any(|c| c.is_alphabetic() && !c.is_ascii()) {
                if !allowed(ALLOWED_LETTERS) {
                    wrong.add(line, "holds letters of a language");
                }
                continue;
            }
            // Format pieces such as `{x}` are no words.
            let bare = escapes.replace_all(&literal, "").into_owned();
            if !bare.chars().any(|c| c.is_ascii_alphabetic()) || is_for_programmers {
                continue;
            }
            // Capitals alone are a notation: Roman figures, ISO 8601, ISO 4217.
            if !bare.chars().any(|c| c.is_ascii_lowercase()) {
                continue;
            }
            // Problems of patterns are told in English, to those who write rules.
            if module(&line.file) == "pattern" && literal.contains(' ') {
                continue;
            }
            let is_name = given.contains(&(line.file.as_str(), literal.clone()))
                || literal.split('.').all(|part| names.contains(part) && NAME.is_match(part));
            let is_allowed = ALLOWED_WORDS.iter().any(|(file, word, _)| line.file.starts_with(file) && *word == literal);
            if !is_name && !is_allowed {
                wrong.add(line, &format!("`{literal}` is no cue set, facet, role, value or kind"));
            }
        }
        for c in CHAR.captures_iter(&line.code).filter_map(|c| c[1].chars().next()) {
            if c.is_alphabetic() && !c.is_ascii() && c != 'ʼ' {
                wrong.add(line, "holds a letter of a language");
            }
        }
    }
    wrong.check();
}

/// What the engine may call by name: cue sets that every language has, facets, what relations and patterns give to rules.
fn known_names() -> BTreeSet<String> {
    let mut names: BTreeSet<String> = Facet::ALL.iter().map(|f| f.name().to_owned()).collect();
    let sets: Vec<BTreeSet<String>> = Languages::shipped()
        .iter()
        .map(|(_, l)| {
            let read = |name| fs::read_to_string(format!("rules/{}/{name}.yaml", l.code)).unwrap();
            let yaml = read("sets") + "\n" + &read("choices");
            let keys = yaml
                .lines()
                .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
                .filter_map(|line| line.split_once(':'));
            keys.map(|(key, _)| key.to_owned()).collect()
        })
        .collect();
    let in_all = sets[0].iter().filter(|name| sets.iter().all(|all| all.contains(*name)));
    names.extend(in_all.cloned());
    let part = Regex::new(r"\{([a-z.-]+)\}").unwrap();
    for rule in Ruleset::shipped().rules {
        names.extend(rule.labels.iter().map(|(role, _)| role.clone()));
        let words = [&rule.message, &rule.help].into_iter().chain(rule.labels.iter().map(|(_, words)| words));
        for text in words.flat_map(|w| w.0.values()) {
            names.extend(part.captures_iter(text).flat_map(|c| c[1].split('.').map(str::to_owned).collect::<Vec<_>>()));
        }
    }
    // Values that relations bind and kinds that patterns name, wherever no shipped rule happens to use one.
    let given = ["amount", "count", "expected", "meant", "sum"];
    let kinds = "quantity percent points money measure ordinal age date weekday time duration place person organisation quotation";
    names.extend(given.into_iter().chain(kinds.split(' ')).map(str::to_owned));
    names
}

/// The edges that speak UTF-16.
const UTF16: &[&str] = &["src/lsp/position.rs", "src/reader/encoding.rs", "src/serve/"];

/// What only some files may name: a part of a path in code, the files, the reason.
const CONFINED: &[(&str, &[&str], &str)] = &[
    ("codespan_reporting", &["src/report/terminal/"], "findings and problems are drawn in one place"),
    ("serde_yaml", &["src/rule/shape.rs"], "YAML is a form of files; past the loader there is none"),
    ("saphyr", &["src/rule/problem.rs", "src/reader/front_matter"], "YAML is a form of files; past the loader there is none"),
    ("std::fs", &["src/cli/", "src/config/load.rs", "src/lsp/", "src/rule/load.rs"], "the core reads no file"),
    ("fs::", &["src/cli/", "src/config/load.rs", "src/lsp/", "src/rule/load.rs"], "the core reads no file"),
    ("File::", &["src/cli/"], "the core reads no file"),
    ("walkdir", &["src/cli/readings.rs", "src/rule/load.rs"], "the core reads no folder"),
    ("ignore::", &["src/cli/inputs.rs"], "the core reads no folder"),
    ("zip::", &["src/reader/package.rs"], "archives are a form of files; past the reader there are parts"),
    ("quick_xml", &["src/reader/xml.rs"], "one module reads XML"),
    ("std::env", &["src/cli.rs", "src/cli/"], "the same draft and rules give the same findings"),
    ("std::time", &["src/cli/", "src/serve.rs", "src/serve/"], "today is an input; a service has time limits"),
    ("SystemTime", &["src/cli/"], "today is an input"),
    ("Instant::", &["src/cli/"], "today is an input"),
    ("Zoned::now", &[], "today is an input"),
    ("Timestamp::now", &[], "today is an input"),
    ("len_utf16", UTF16, "inside, a place is a byte"),
    ("encode_utf16", UTF16, "inside, a place is a byte"),
    (
        "std::net",
        &["src/cli/args/serve.rs", "src/cli/serve.rs", "src/serve.rs", "src/serve/"],
        "one module listens, and none calls",
    ),
    ("TcpStream", &["src/serve/connection.rs"], "a connection that was taken; none is opened"),
    ("connect(", &[], "nothing leaves the machine"),
    ("UdpSocket", &[], "nothing leaves the machine"),
    ("tokio", &["src/serve.rs", "src/serve/"], "one module listens"),
    ("hyper", &["src/serve/"], "one module listens"),
    ("axum", &["src/serve/"], "one module listens"),
    ("std::process", &["src/cli.rs", "src/cli/", "src/main.rs"], "only the command ends a process"),
    ("Command::new", &["src/cli/changes/since.rs"], "no other program is run but git"),
];

#[test]
fn files_clock_and_formats_stay_at_the_edge() {
    let mut wrong = Violations::default();
    for line in &SOURCE.lines {
        for (name, files, why) in CONFINED {
            let starts_a_word =
                line.code.match_indices(name).any(|(i, _)| !line.code[..i].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
            if starts_a_word && !files.iter().any(|file| line.file.starts_with(file)) {
                wrong.add(line, &format!("`{name}` ({why})"));
            }
        }
    }
    wrong.check();
}

#[test]
fn no_file_is_longer_than_800_lines() {
    let long: Vec<_> = SOURCE.lengths.iter().filter(|(_, lines)| **lines > 800).collect();
    assert!(long.is_empty(), "split these: {long:?}");
}

#[test]
fn comments_and_tests_are_no_code() {
    let text = "use a; // crate::rule\n#[cfg(test)]\nmod tests {\n    use crate::rule;\n}\nlet s = \"//\"; // x\n#[cfg(test)]\nmod fake;\nb();\n";
    let code: Vec<(usize, String)> = without_tests("src/a.rs", text);
    let shown: Vec<(usize, &str)> = code.iter().map(|(n, l)| (*n, l.trim())).collect();
    assert_eq!(shown, [(1, "use a;"), (6, "let s = \"//\";"), (9, "b();")]);
    assert_eq!(imports("use crate::finding::{Bindings, Finding};"), [("finding", "::{Bindings, Finding}")]);
}
