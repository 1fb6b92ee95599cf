//! How fast each stage is. `cargo bench`, or `cargo bench -- check` for some.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use recoupe::analysis::Analysis;
use recoupe::check::check;
use recoupe::document::Document;
use recoupe::language::Languages;
use recoupe::reader::{Format, Options, read};
use recoupe::rule::Ruleset;

fn main() {
    // Languages load once in a process; no bench should pay for it.
    Languages::shipped();
    divan::main();
}

const DRAFTS: [(&str, &str); 4] = [
    ("almaty", include_str!("../examples/almaty.md")),
    ("glasgow", include_str!("../examples/glasgow.md")),
    ("saint-malo", include_str!("../examples/saint-malo.md")),
    ("leith", include_str!("../examples/leith.md")),
];

/// A story of about a megabyte: the bodies of the French examples, again and again.
const LONG: &str = "a megabyte";

const NAMES: [&str; 5] = ["almaty", "glasgow", "saint-malo", "leith", LONG];

fn draft(name: &str) -> String {
    let find = |name: &str| DRAFTS.iter().find(|(n, _)| *n == name).map(|(_, text)| (*text).to_owned());
    find(name).unwrap_or_else(|| {
        let bodies: Vec<&str> =
            [DRAFTS[0].1, DRAFTS[2].1].iter().map(|text| text.splitn(3, "---\n").last().unwrap_or_default()).collect();
        let mut story = String::from("---\nlang: fr\ndate: 2024-06-14\n---\n");
        while story.len() < 1_000_000 {
            story.extend(bodies.iter().copied());
        }
        story
    })
}

fn document(text: &str, format: Format) -> Document {
    read(text.as_bytes(), format, Languages::shipped(), Options::default()).unwrap().0
}

/// A repository of a thousand drafts, as a newsroom checks it: the command from its start to its end, on two cores.
#[divan::bench(sample_count = 10)]
fn thousand_drafts(bencher: Bencher) {
    let dir = std::env::temp_dir().join(format!("recoupe-bench-{}", std::process::id()));
    for i in 0..1000 {
        let folder = dir.join(format!("desk{}", i % 10));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{i:04}.md")), DRAFTS[i % DRAFTS.len()].1).unwrap();
    }
    bencher.bench(|| run(&["check", "--jobs", "2", "--format", "json", dir.to_str().unwrap()]));
    std::fs::remove_dir_all(&dir).unwrap();
}

/// What a start costs: the command over one short draft.
#[divan::bench(sample_count = 20)]
fn one_draft() {
    run(&["check", "examples/leith.md"]);
}

fn run(args: &[&str]) {
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_recoupe")).args(args).stdout(std::process::Stdio::null()).status();
    assert!(status.unwrap().code().is_some_and(|code| code < 2));
}

#[divan::bench]
fn load_rules() -> Ruleset {
    Ruleset::shipped()
}

#[divan::bench(args = NAMES)]
fn read_markdown(bencher: Bencher, name: &str) {
    let text = draft(name);
    bencher.counter(BytesCount::of_str(&text)).bench(|| document(black_box(&text), Format::Markdown));
}

#[divan::bench(args = NAMES)]
fn read_text(bencher: Bencher, name: &str) {
    let text = document(&draft(name), Format::Markdown).text;
    bencher.counter(BytesCount::of_str(&text)).bench(|| document(black_box(&text), Format::Text));
}

#[divan::bench(args = NAMES)]
fn read_html(bencher: Bencher, name: &str) {
    let plain = document(&draft(name), Format::Markdown);
    let page: String = plain.blocks.iter().map(|b| format!("<p>{}</p>\n", b.span.of(&plain.text).replace('&', "&amp;"))).collect();
    bencher.counter(BytesCount::of_str(&page)).bench(|| document(black_box(&page), Format::Html));
}

#[divan::bench(args = NAMES)]
fn analyse(bencher: Bencher, name: &str) {
    let doc = document(&draft(name), Format::Markdown);
    let bytes = BytesCount::of_str(&doc.text);
    bencher.counter(bytes).bench(|| Analysis::of(black_box(&doc), Languages::shipped()).tokens.len());
}

#[divan::bench(args = NAMES)]
fn whole_check(bencher: Bencher, name: &str) {
    let text = draft(name);
    let rules = Ruleset::shipped();
    bencher.counter(BytesCount::of_str(&text)).bench(|| check(&document(black_box(&text), Format::Markdown), &rules).len());
}
