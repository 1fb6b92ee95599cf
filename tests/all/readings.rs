//! What each phrase of `tests/readings/*.txt` says: numbers, money, measures, ages, dates, times, lengths of time.
//!
//! A line is `language | phrase | readings`, the readings in the order of the phrase and parted by `;`, or `–` where there is none.
//! A reading is its kind, its value, its bounds where it has any (`…` for an open end), its unit, and `of` what is counted. All
//! phrases are read as published on Wednesday, 5 January 2022, but for those of `fr undated` and `en undated`: no day is known for them. With `BLESS=1` the readings are written anew, for a linguist to review.

use std::fmt::Write as _;
use std::path::Path;

use recoupe::analysis::Analysis;
use recoupe::facts::{Fact, FactValue, sheet};
use recoupe::language::Languages;
use recoupe::reader::{Format, Options, read};

/// The facts of a text in a language.
pub fn facts(lang: &str, text: &str) -> Vec<(Fact, String)> {
    let languages = Languages::shipped();
    let (lang, published) = match lang.strip_suffix(" undated") {
        Some(lang) => (lang, None),
        None => (lang, Some("2022-01-05".parse().unwrap())),
    };
    let options = Options { lang: languages.by_code(lang), published, ..Options::default() };
    let (doc, _) = read(text.as_bytes(), Format::Text, languages, options).unwrap();
    let a = Analysis::of(&doc, languages);
    sheet(&a).into_iter().map(|f| (f.clone(), doc.text[f.span.start as usize..f.span.end as usize].to_owned())).collect()
}

fn show(fact: &Fact) -> Option<String> {
    let told = matches!(fact.value, FactValue::Number { .. } | FactValue::When { .. } | FactValue::Length { .. });
    told.then(|| fact.written())
}

/// Every number is what a linguist wrote down.
#[test]
fn phrases_read_as_written_down() {
    let mut wrong = String::new();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readings")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut blessed = String::new();
        for line in text.lines() {
            let mut cells = line.split(" | ");
            let (Some(lang), Some(phrase)) = (cells.next(), cells.next()) else {
                blessed.push_str(line);
                blessed.push('\n');
                continue;
            };
            let found: Vec<String> = facts(lang, phrase).iter().filter_map(|(f, _)| show(f)).collect();
            let found = if found.is_empty() { "–".to_owned() } else { found.join("; ") };
            writeln!(blessed, "{lang} | {phrase} | {found}").unwrap();
            let expected = cells.next().unwrap_or_default();
            if found != expected {
                writeln!(wrong, "{lang} | {phrase}\n  expected {expected}\n  found    {found}").unwrap();
            }
        }
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, blessed).unwrap();
        }
    }
    assert!(wrong.is_empty() || std::env::var_os("BLESS").is_some(), "{wrong}");
}
