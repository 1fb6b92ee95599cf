//! Names, places and quotations, read from texts that stand in `tests/readings/`.
//!
//! A file is named `names-LANG.txt`, `places-LANG.txt` or `quotations-LANG.txt`. A story is one line a paragraph; below it, each set
//! in by two spaces, stand the facts that must be read from it, in the order of the text and no others of the file's kinds:
//! `person WORDS = NAME`, `organisation WORDS = NAME`, `place WORDS = NAME, COUNTRY, ROLE`, `quotation WORDS = SPEAKER`. A line that
//! begins with `#` is a remark; an empty line ends a story. To see what is read instead, break a line.

use recoupe::analysis::Analysis;
use recoupe::facts::{Fact, FactValue, sheet};
use recoupe::language::Languages;
use recoupe::reader::{Format, Options, read};

/// One fact as the files write it.
fn show(fact: &Fact, text: &str) -> String {
    let words = fact.span.of(text);
    let value = match &fact.value {
        FactValue::Person { name, .. } | FactValue::Organisation { name } => name.clone(),
        FactValue::Place { name, country, role, .. } => format!("{name}, {}, {role}", country.as_deref().unwrap_or("-")),
        FactValue::Quotation { speaker, .. } => speaker.clone().unwrap_or_else(|| "-".to_owned()),
        _ => String::new(),
    };
    format!("  {} {words} = {value}", fact.kind)
}

fn check(lang: &str, kinds: &[&str], stories: &str) {
    let mut wrong = String::new();
    let mut count = 0;
    for story in stories.split("\n\n") {
        let lines = || story.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
        let text: Vec<&str> = lines().filter(|l| !l.starts_with("  ")).collect();
        if text.is_empty() {
            continue;
        }
        count += 1;
        let expected: Vec<&str> = lines().filter(|l| l.starts_with("  ")).map(str::trim_end).collect();
        let options = Options { lang: Languages::shipped().by_code(lang), ..Options::default() };
        let (doc, _) = read(text.join("\n\n").as_bytes(), Format::Text, Languages::shipped(), options).unwrap();
        let facts = sheet(&Analysis::of(&doc, Languages::shipped()));
        let found: Vec<String> = facts.iter().filter(|f| kinds.contains(&f.kind)).map(|f| show(f, &doc.text)).collect();
        if found != expected {
            wrong.push_str(&format!("{}\nread:\n{}\nnot:\n{}\n\n", text.join("\n"), found.join("\n"), expected.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count > 5, "{count} stories");
}

#[test]
fn names() {
    check("fr", &["person", "organisation"], include_str!("../readings/names-fr.txt"));
    check("en", &["person", "organisation"], include_str!("../readings/names-en.txt"));
}

#[test]
fn places() {
    check("fr", &["place"], include_str!("../readings/places-fr.txt"));
    check("en", &["place"], include_str!("../readings/places-en.txt"));
}

#[test]
fn quotations() {
    check("fr", &["quotation"], include_str!("../readings/quotations-fr.txt"));
    check("en", &["quotation"], include_str!("../readings/quotations-en.txt"));
}
