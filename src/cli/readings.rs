//! `recoupe test`: a newsroom's readings, phrases with what must be read in them. They lie in a file `readings.txt` beside its rules of a language.

use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::analysis::Analysis;
use crate::config::day;
use crate::facts::{Fact, sheet};
use crate::language::{Lang, Languages};
use crate::reader::{Format, Options, read};

/// The file's name.
const FILE: &str = "readings.txt";
/// What stands for no reading.
const NONE: &str = "–";

/// A line that is not read as it says.
#[derive(Debug, PartialEq, Eq)]
pub struct Misread {
    pub path: PathBuf,
    /// From 1.
    pub line: usize,
    pub text: String,
    pub expected: String,
    pub found: String,
}

/// Runs the readings below some folders: how many there are, and those that fail.
pub fn run(folders: &[PathBuf], languages: &Languages) -> io::Result<(usize, Vec<Misread>)> {
    let (mut all, mut wrong) = (0, Vec::new());
    for entry in folders.iter().flat_map(|folder| walkdir::WalkDir::new(folder).sort_by_file_name()) {
        let entry = entry.map_err(io::Error::other)?;
        let path = entry.path();
        if entry.file_name() != FILE {
            continue;
        }
        let folder = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path)?;
        let lines = Lines { lang: languages.iter().find(|(_, l)| l.code == folder).map(|(lang, _)| lang), languages };
        let (count, found) = lines.run(&text);
        all += count;
        wrong.extend(found.into_iter().map(|misread| Misread { path: path.to_owned(), ..misread }));
    }
    Ok((all, wrong))
}

struct Lines<'l> {
    lang: Option<Lang>,
    languages: &'l Languages,
}

impl Lines<'_> {
    fn run(&self, text: &str) -> (usize, Vec<Misread>) {
        let (mut all, mut wrong, mut published) = (0, Vec::new(), None);
        for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')) {
            let mut tell = |expected: &str, found: &str| {
                wrong.push(Misread {
                    path: PathBuf::new(),
                    line: n + 1,
                    text: line.trim().to_owned(),
                    expected: expected.to_owned(),
                    found: found.to_owned(),
                });
            };
            if let Some(of) = line.strip_prefix("published ").filter(|of| !of.contains('|')) {
                match day(of.trim()) {
                    Ok(day) => published = Some(day),
                    Err(why) => tell("published 2025-03-10", &why.to_string()),
                }
                continue;
            }
            all += 1;
            let Some((phrase, expected)) = line.split_once(" | ").map(|(phrase, expected)| (phrase.trim(), expected.trim())) else {
                tell("a phrase | what is read in it", line.trim());
                continue;
            };
            if self.lang.is_none() {
                tell("a file in a folder that is called after a language, such as `fr` or `en`", FILE);
                continue;
            }
            let found = self.read(phrase, expected, published);
            if found != expected {
                tell(expected, &found);
            }
        }
        (all, wrong)
    }

    /// What is read in a phrase, of the kinds that are asked about; of all where nothing is to be read.
    fn read(&self, phrase: &str, expected: &str, published: Option<Date>) -> String {
        let kinds: Vec<&str> = expected.split("; ").filter_map(|reading| reading.split(' ').next()).collect();
        let options = Options { lang: self.lang, published, ..Options::default() };
        let Ok((doc, _)) = read(phrase.as_bytes(), Format::Text, self.languages, options) else { return NONE.to_owned() };
        let facts = sheet(&Analysis::of(&doc, self.languages));
        let asked = |kind: &str| expected == NONE || kinds.contains(&kind);
        let mut found: Vec<String> = facts.iter().filter(|f| asked(f.kind)).map(Fact::written).collect();
        if found.is_empty() {
            // Read as something else, perhaps.
            found = facts.iter().map(Fact::written).collect();
        }
        if found.is_empty() { NONE.to_owned() } else { found.join("; ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_otherwise_is_told_with_its_line() {
        let languages = Languages::shipped();
        let lines = Lines { lang: languages.by_code("en"), languages };
        let text = "# Crowds\n15,000 people at Leeds | quantity 15000 of people\n\nAnna Merrow left on Monday. | person Anna Merrow\n\
            a good day | –\npublished 2025-03-10\nThe vote is tomorrow. | date 2025-03-11\n2,000 cheered | quantity 3000\nno bar\npublished soon\n";
        let (all, wrong) = lines.run(text);
        let told: Vec<(usize, &str, &str)> = wrong.iter().map(|m| (m.line, m.expected.as_str(), m.found.as_str())).collect();
        assert_eq!(all, 6);
        assert_eq!(told[..2], [(8, "quantity 3000", "quantity 2000"), (9, "a phrase | what is read in it", "no bar")]);
        assert_eq!((told.len(), told[2].0), (3, 10), "{told:?}");
    }

    #[test]
    fn the_folder_says_the_language() {
        let lines = Lines { lang: None, languages: Languages::shipped() };
        assert!(lines.run("3 chats | quantity 3").1[0].expected.contains("`fr`"));
    }
}
