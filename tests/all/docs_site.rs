//! The site of the documentation (`book.toml`, `docs/`): whole, without dead links, and true where it shows what recoupe does.
//!
//! `UPDATE_DOCS=1 cargo test --test all docs` writes anew what is told from elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use recoupe::facet::Facet;
use recoupe::finding::Topic;
use recoupe::report::Ui;
use recoupe::rule::Ruleset;
use serde_json::Value;

use super::browser::skip;

/// Holds a page, or what stands between two of its lines, against `wanted`; writes it where it is asked to.
fn holds(path: &str, between: Option<(&str, &str)>, wanted: &str) {
    let there = std::fs::read_to_string(path).unwrap_or_default();
    let (start, end) = match between {
        None => (0, there.len()),
        Some((open, close)) => {
            let start = there.find(open).unwrap_or_else(|| panic!("{path} has no line `{open}`")) + open.len();
            let end = there[start..].find(close).unwrap_or_else(|| panic!("{path}: nothing closes `{open}`")) + start;
            (start, end)
        }
    };
    if there[start..end] == *wanted {
        return;
    }
    assert!(
        std::env::var_os("UPDATE_DOCS").is_some(),
        "{path}: run with UPDATE_DOCS=1 to write it anew\n--- there:\n{}\n--- now:\n{wanted}",
        &there[start..end]
    );
    std::fs::write(path, format!("{}{wanted}{}", &there[..start], &there[end..])).unwrap();
}

/// Every page of the site, by its path below `docs/`, but for its contents.
fn pages() -> BTreeMap<String, String> {
    fn below(folder: &Path, out: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                below(&path, out);
            } else if path.extension().is_some_and(|e| e == "md") && !path.ends_with("SUMMARY.md") {
                let name = path.strip_prefix("docs").unwrap().to_str().unwrap().to_owned();
                out.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut out = BTreeMap::new();
    below(Path::new("docs"), &mut out);
    out
}

/// A page outside its blocks of code, which hold no links and no headings.
fn prose(text: &str) -> String {
    let mut code = false;
    let mut out = String::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            code = !code;
        } else if !code {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Where the links of a page lead; code between backticks has none.
fn links(text: &str) -> Vec<String> {
    let text = prose(text);
    let text: String = text.split('`').step_by(2).collect::<Vec<_>>().join("`");
    text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0.to_owned())).collect()
}

/// The anchors of a page's headings, as mdBook and GitHub make them.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = prose(text);
    let headings = headings.lines().filter(|l| l.starts_with('#')).map(|l| l.trim_start_matches('#').trim());
    let slug = |heading: &str| -> String {
        let kept = heading.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        kept.collect::<String>().to_lowercase().replace(' ', "-")
    };
    headings.map(slug).collect()
}

/// A path with its `..` taken out; `None` where it leaves its root.
fn resolved(path: &Path) -> Option<PathBuf> {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => out.pop().then_some(())?,
            Component::CurDir => {}
            part => out.push(part),
        }
    }
    Some(out)
}

#[test]
fn no_link_of_the_site_is_dead() {
    let pages = pages();
    let mut dead = Vec::new();
    for (name, text) in &pages {
        let folder = Path::new(name).parent().unwrap();
        for link in links(text) {
            if link.starts_with("https://") || link.starts_with("http://127.0.0.1") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = if path.is_empty() { Some(PathBuf::from(name)) } else { resolved(&folder.join(path)) };
            let target = target.and_then(|t| pages.get(t.to_str()?));
            match target {
                None => dead.push(format!("docs/{name}: {link}: no page of the site")),
                Some(page) if !anchor.is_empty() && !anchors(page).contains(anchor) => {
                    dead.push(format!("docs/{name}: {link}: no such heading"));
                }
                Some(_) => {}
            }
        }
    }
    for name in ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "examples/wordpress/README.md", "examples/superdesk/README.md"]
    {
        let text = std::fs::read_to_string(name).unwrap();
        for link in links(&text).iter().filter(|l| !l.starts_with("http")) {
            let path = Path::new(name).parent().unwrap().join(link.split('#').next().unwrap());
            if !path.exists() && !link.starts_with('#') {
                dead.push(format!("{name}: {link}"));
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

/// The parts of the site, each with its pages; the rules are put under theirs.
const PARTS: &[(&str, &[(&str, &str)])] = &[
    (
        "For an editor",
        &[
            ("First steps", "first-steps.md"),
            ("Premiers pas", "premiers-pas.md"),
            ("Install", "install.md"),
            ("The rules", "rules/README.md"),
            ("Les règles", "regles/README.md"),
            ("Formats of drafts", "formats.md"),
            ("In the editor", "editors.md"),
        ],
    ),
    (
        "For a desk",
        &[
            ("Writing rules", "writing-rules.md"),
            ("Patterns", "patterns.md"),
            ("Guards", "guards.md"),
            ("Relations", "relations.md"),
            ("Lists of a newsroom", "newsroom.md"),
            ("What is read", "reading.md"),
            ("Configuration", "configuration.md"),
            ("Trying a rule on an archive", "replay.md"),
        ],
    ),
    (
        "For a newsroom’s developer",
        &[
            ("In CI, and before a commit", "ci.md"),
            ("What has changed", "changes.md"),
            ("Reports", "reports.md"),
            ("The service", "service.md"),
        ],
    ),
    ("For a Rust programmer", &[("The library", "library.md")]),
    ("Is it any good?", &[("How it was measured", "measured.md"), ("Every figure", "benchmark.md")]),
];

#[test]
fn the_contents_of_the_site_name_every_page() {
    let mut out = String::from("# Summary\n\n[recoupe](README.md)\n");
    for (part, entries) in PARTS {
        write!(out, "\n# {part}\n\n").unwrap();
        for (title, path) in *entries {
            writeln!(out, "- [{title}]({path})").unwrap();
            let (folder, code) = match *path {
                "rules/README.md" => ("rules", "en"),
                "regles/README.md" => ("regles", "fr"),
                _ => continue,
            };
            let rules = Ruleset::shipped();
            for topic in Topic::ALL {
                let name = Ui::of(code).topic(topic);
                let mut title = name.chars();
                let title: String = title.next().into_iter().flat_map(char::to_uppercase).chain(title).collect();
                writeln!(out, "  - [{title}]()").unwrap();
                for rule in rules.rules.iter().filter(|r| r.topic == topic) {
                    writeln!(out, "    - [{}]({folder}/{}.md)", rule.id, rule.id).unwrap();
                }
            }
        }
    }
    holds("docs/SUMMARY.md", None, &out);
    let listed: BTreeSet<String> = links(&out).into_iter().collect();
    let missing: Vec<String> = pages().into_keys().filter(|page| !listed.contains(page)).collect();
    assert!(missing.is_empty(), "docs/SUMMARY.md does not list {}", missing.join(", "));
}

#[test]
fn guards_have_a_page() {
    let mut out = String::from(
        "# Guards\n\nWhat silences a rule stands in its `unless:`, by these names. `unless: default` names the usual ones, marked with a star. In a rule with \
         `find:` only `attributed`, `quoted`, `hypothetical` and `negated` can be asked for: they are about the sentence in which the words \
         stand. Each guard of a rule needs an example with `thanks-to:` it ([writing rules](writing-rules.md#examples)).\n\n\
         A [correction note](reading.md) silences every rule but those of form.\n\n| guard | silent if | en français |\n| --- | --- | --- |\n",
    );
    let (en, fr) = (Ui::of("en"), Ui::of("fr"));
    for facet in Facet::ALL.iter().copied() {
        let star = if recoupe::rule::USUAL_GUARDS.contains(&facet) { " \\*" } else { "" };
        writeln!(out, "| `{}`{star} | {} | {} |", facet.name(), en.guard(facet), fr.guard(facet)).unwrap();
    }
    holds("docs/guards.md", None, &out);
}

fn recoupe(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_recoupe")).args(args).stdin(Stdio::null()).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// A description as one line of a table.
fn line(value: &Value) -> String {
    value["description"].as_str().unwrap_or_default().replace('\n', " ").replace("  ", " ").replace('|', "\\|")
}

/// What the words of a rule name: its places, and what is known of them.
fn names(rule: &recoupe::rule::Rule) -> Vec<String> {
    let own = [&rule.message, &rule.help].into_iter().chain(rule.labels.iter().map(|(_, words)| words));
    let named = own.flat_map(|words| words.0.values()).flat_map(|text| recoupe::rule::message::names(text));
    named.map(str::to_owned).chain(rule.labels.iter().map(|(role, _)| role.clone())).collect()
}

#[test]
fn relations_have_a_page() {
    let schema: Value = serde_json::from_str(&recoupe(&["rules", "--schema"])).unwrap();
    let rules = Ruleset::shipped();
    let mut out = String::from(
        "# Relations\n\nWhat `expect:` of a rule may name: what must hold between facts of a draft. Each takes settings, most of them names of \
         [word lists](newsroom.md); which rules use it is told below it: their pages show what it finds, and their files, in `rules/` beside the \
         sources, what to copy.\n",
    );
    let mut uses: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in std::fs::read_dir("rules/core").unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if rules.get(&id).is_none() {
            continue;
        }
        let mut lines = text.lines().skip_while(|l| !l.starts_with("expect:"));
        let first = lines.next().unwrap_or_default().trim_start_matches("expect:").trim().to_owned();
        let named = if first.is_empty() {
            lines.map(str::trim).find(|l| !l.starts_with('#')).unwrap_or_default().to_owned()
        } else {
            first
        };
        let name = named.trim_start_matches('{').trim().split(':').next().unwrap_or_default().to_owned();
        uses.entry(name).or_default().push(id);
    }
    for one in schema["$defs"]["Expect"]["oneOf"].as_array().unwrap() {
        let Some((name, about)) = one["properties"].as_object().and_then(|p| p.iter().next()) else { continue };
        let own = about["$ref"].as_str().and_then(|r| schema.pointer(r.trim_start_matches('#'))).unwrap_or(about);
        write!(out, "\n## {name}\n\n{}\n", line(one)).unwrap();
        let rows: Vec<String> = own["properties"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, value)| {
                let needed = own["required"].as_array().is_some_and(|r| r.iter().any(|k| k == key));
                let words = line(value);
                let words = if words.is_empty() { line(&schema["$defs"][key]) } else { words };
                format!("| `{key}` | {} | {words} |", if needed { "yes" } else { "no" })
            })
            .collect();
        if !rows.is_empty() {
            write!(out, "\n| setting | needed | what it is |\n| --- | --- | --- |\n{}\n", rows.join("\n")).unwrap();
        }
        if let Some(users) = uses.get_mut(name) {
            users.sort();
            let links: Vec<String> = users.iter().map(|id| format!("[{id}](rules/{id}.md)")).collect();
            write!(out, "\nUsed by {}.\n", links.join(", ")).unwrap();
            let named: BTreeSet<String> = users.iter().flat_map(|id| names(rules.get(id).unwrap().1)).collect();
            let named: Vec<String> = named.iter().map(|name| format!("`{{{name}}}`")).collect();
            if !named.is_empty() {
                write!(out, "\nIts places and values, as words may name them: {}.\n", named.join(", ")).unwrap();
            }
            let file = std::fs::read_to_string(format!("rules/core/{}.yaml", users[0])).unwrap();
            let part = |key: &str| {
                let at = file.find(&format!("\n{key}:")).map_or(file.len(), |at| at + 1);
                let mut lines = file[at..].split_inclusive('\n');
                let first = lines.next().unwrap_or_default().to_owned();
                first + &lines.take_while(|l| l.starts_with(' ')).collect::<String>()
            };
            write!(out, "\n```yaml\n{}{}```\n", part("expect"), part("unless")).unwrap();
        }
    }
    out.push_str("\n## Concepts\n\nWhat `about:` may name: things that are counted under many words. A language defines them in its `grammar.yaml`.\n\n");
    for lang in ["en", "fr"] {
        let text = std::fs::read_to_string(format!("rules/{lang}/grammar.yaml")).unwrap();
        let part = text.split("\nconcepts:\n").nth(1).unwrap();
        let mine = part.lines().take_while(|l| l.is_empty() || l.starts_with([' ', '#']));
        let mine: Vec<String> = mine
            .filter_map(|l| l.strip_prefix("  ")?.strip_suffix(':').filter(|name| !name.starts_with(' ')))
            .map(|name| format!("`{name}`"))
            .collect();
        writeln!(out, "- {}: {}", if lang == "fr" { "French" } else { "English" }, mine.join(", ")).unwrap();
    }
    holds("docs/relations.md", None, &out);
}

#[test]
fn files_and_reports_that_pages_show_are_those_of_the_project() {
    for (name, text) in pages() {
        for (i, _) in text.match_indices("<!-- file: ").chain(text.match_indices("<!-- shows: ")) {
            let marker = text[i..].lines().next().unwrap();
            let (kind, what) = marker.trim_start_matches("<!-- ").trim_end_matches(" -->").split_once(": ").unwrap();
            let fence = text[i..].lines().nth(1).unwrap();
            let wanted = if kind == "file" {
                std::fs::read_to_string(what).unwrap_or_else(|e| panic!("docs/{name}: {what}: {e}"))
            } else {
                recoupe(&what.split(' ').skip(1).collect::<Vec<_>>())
            };
            holds(&format!("docs/{name}"), Some((&format!("{marker}\n{fence}\n"), "```")), &wanted);
        }
    }
}

/// The rules that pages show whole, and a rule for each line of the tables of patterns.
fn shown_rules() -> Vec<(PathBuf, String)> {
    let mut out = Vec::new();
    for (name, text) in pages() {
        for block in text.split("```yaml\n").skip(1).filter_map(|rest| Some(rest.split_once("```")?.0)) {
            if block.starts_with("id:") && block.contains("\nexamples:") {
                let id = block.lines().next().unwrap().trim_start_matches("id:").trim();
                out.push((format!("docs/{id}.yaml").into(), block.to_owned()));
            }
        }
        for table in text.split("<!-- patterns -->\n").skip(1) {
            let rows = table.split("<!-- end of patterns -->").next().unwrap().trim().lines().skip(2);
            for (i, row) in rows.enumerate() {
                let row = row.replace("\\|", "\u{1}");
                let cells: Vec<String> = row.split('|').map(|c| c.trim().replace('\u{1}', "|")).collect();
                let [_, lang, pattern, bad, good, because, _] = &cells[..] else { panic!("docs/{name}: {row}") };
                let pattern = pattern.trim_matches('`');
                let role = if pattern.contains('{') { "act" } else { "match" };
                let mut parts = bad.split("**");
                let bad: String = match (parts.next(), parts.next(), parts.next()) {
                    (Some(a), Some(b), Some(c)) => format!("{a}[{b}]{{{role}}}{c}"),
                    _ => panic!("docs/{name}: no words in bold: {row}"),
                };
                let id = format!("shown-{}-{i}", out.len());
                let words = |text: &str| serde_json::json!({"fr": text, "en": text}).to_string();
                let rule = format!(
                    "id: {id}\ntopic: claims\nlevel: note\ntitle: {w}\nfind: {{ {lang}: {pattern} }}\nmessage: {w}\nexamples:\n  - lang: {lang}\n    bad: {{ body: {bad} }}\n  - lang: {lang}\n    good: {{ body: {good} }}\n",
                    w = words(because),
                    pattern = Value::from(pattern),
                    bad = Value::from(bad),
                    good = Value::from(good.as_str()),
                );
                out.push((format!("docs/{id}.yaml").into(), rule));
            }
        }
    }
    out
}

#[test]
fn rules_and_patterns_that_pages_show_work() {
    let shown = shown_rules();
    assert!(shown.len() > 15, "{}", shown.len());
    let rules = Ruleset::with(shown.clone()).unwrap_or_else(|problems| panic!("\n{problems}"));
    let mut failures = Vec::new();
    for (path, text) in &shown {
        let id = path.file_stem().unwrap().to_str().unwrap();
        let (index, _) = rules.get(id).unwrap();
        failures.extend(rules.test_rule(index).iter().map(|failure| format!("{failure}\n{text}")));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_page_of_measures_tells_the_first_runs() {
    let text = std::fs::read_to_string("tests/contradictions/README.md").unwrap();
    let parts: Vec<&str> = text.split("\n## ").collect();
    let first = parts.iter().find(|p| p.starts_with("First runs")).expect("a part on first runs");
    let counted = text.split("\n\n").find(|p| p.starts_with("**How it is counted.**")).expect("a paragraph on counting");
    let wanted = format!("\n{counted}\n\n## {}\n\n", first.trim_end());
    holds("docs/measured.md", Some(("<!-- passages -->\n", "<!-- end of passages -->")), &wanted);
}

#[test]
fn the_site_is_built_where_mdbook_is() {
    let out = std::env::temp_dir().join(format!("recoupe-book-{}", std::process::id()));
    let built = Command::new("mdbook").args(["build", "--dest-dir"]).arg(&out).output();
    let Ok(built) = built else { return skip("mdbook is not installed: the site was not built") };
    let said = String::from_utf8_lossy(&built.stderr).into_owned();
    assert!(built.status.success() && !said.contains("WARN"), "{said}");
    let missing: Vec<String> = pages()
        .into_keys()
        .map(|page| page.replace("README.md", "index.html").replace(".md", ".html"))
        .filter(|page| !out.join(page).exists())
        .collect();
    std::fs::remove_dir_all(&out).unwrap();
    assert!(missing.is_empty(), "{missing:?}");
}
