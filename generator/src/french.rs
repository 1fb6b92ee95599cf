//! The French dictionary in Hunspell's format, with Dicollecte's tags, to lemmas with their forms.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use crate::affix::Suffix;
use crate::packages::folder;
use crate::paradigms::Lemmas;

/// Reads the dictionary from the unpacked package.
pub fn read(cache: &Path) -> Lemmas {
    let package = folder(cache, "hunspell-fr-comprehensive").join("usr/share/hunspell");
    let suffixes = suffixes(&fs::read_to_string(package.join("fr.aff")).unwrap());
    let dictionary = fs::read_to_string(package.join("fr.dic")).unwrap();
    let mut lemmas = Lemmas::default();
    for line in dictionary.lines().skip(1) {
        let mut fields = line.split_whitespace();
        let (word, flags) = fields.next().map_or(("", ""), |f| f.split_once('/').unwrap_or((f, "")));
        let tags: Vec<&str> = fields.collect();
        // An expression of several words is none that a token could be.
        if word.is_empty() || !tags.iter().any(|t| t.starts_with("po:")) || word.contains('_') {
            continue;
        }
        let word: String = word.replace('’', "'").nfc().collect();
        // `st:` gives the dictionary form of a function word: `aux` is a form of `au`.
        let lemma = tags.iter().find_map(|t| t.strip_prefix("st:")).unwrap_or(&word).replace('’', "'");
        let mut forms = Vec::new();
        let mut made = false;
        for flag in pairs(flags) {
            for suffix in suffixes.get(&flag).into_iter().flatten() {
                if let Some(form) = suffix.apply(&word) {
                    made = true;
                    let all = tags.iter().copied().chain(suffix.tags.iter().map(String::as_str));
                    forms.extend(readings(all, &suffix.tags).into_iter().map(|t| (form.clone(), t)));
                }
            }
        }
        if !made {
            forms.extend(readings(tags.iter().copied(), &[]).into_iter().map(|t| (word.clone(), t)));
        }
        lemmas.add(&lemma, forms);
    }
    lemmas
}

/// The text of the tags that Dicollecte's tags of a form amount to.
fn readings<'a>(tags: impl Iterator<Item = &'a str>, of_suffix: &[String]) -> Vec<String> {
    let (mut parts, mut forms, mut persons, mut inflection) = (Vec::new(), Vec::new(), Vec::new(), Inflection::default());
    // The verb form that inverted questions take (`fussé-je`): it would only be noise.
    if of_suffix.iter().any(|t| t == "po:1isg") {
        return Vec::new();
    }
    for tag in tags {
        match tag.split_once(':') {
            Some(("is", value)) => inflection.read(value),
            Some(("po", value)) => {
                parts.extend(part_of_speech(value));
                forms.extend(verb_form(value));
                persons.extend(person(value));
            }
            _ => {}
        }
    }
    let is_participle = forms.contains(&"pp");
    let mut found = Vec::new();
    for part in parts {
        if part != "verb" {
            // Each participle is said to be an adjective too; the participle alone says as much.
            if !is_participle {
                let person = if part == "pron" { persons.first().map_or("", |p: &(&str, &str)| p.0) } else { "" };
                found.push(format!("{part}{person}{inflection}"));
            }
            continue;
        }
        for form in &forms {
            match *form {
                "inf" | "ppr" => found.push(format!("verb.{form}")),
                "pp" => found.push(format!("verb.pp{inflection}")),
                _ => found.extend(persons.iter().map(|(person, number)| format!("verb.{form}{person}{number}"))),
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn part_of_speech(tag: &str) -> Option<&'static str> {
    Some(match tag {
        "nom" | "titr" | "loc.nom" => "noun",
        "npr" | "prn" | "patr" | "loc.patr" => "name",
        "adj" | "loc.adj" => "adj",
        "adv" | "negadv" | "advint" | "loc.adv" => "adv",
        "prep" | "prepv" | "loc.prep" | "loc.prepv" => "prep",
        "cjco" | "cj" => "conj",
        "cjsub" | "loc.cj" | "loc.cjsub" => "sub",
        "nb" | "nbro" => "num",
        "interj" | "loc.interj" => "intj",
        _ if tag.starts_with("det") => "det",
        _ if tag.starts_with("pro") => "pron",
        _ if tag.starts_with('v') && tag[1..].starts_with(|c: char| c.is_ascii_digit()) => "verb",
        _ => return None,
    })
}

fn verb_form(tag: &str) -> Option<&'static str> {
    Some(match tag {
        "infi" => "inf",
        "ipre" => "pres",
        "iimp" => "impf",
        "ipsi" => "past",
        "ifut" => "fut",
        "cond" => "cond",
        "spre" | "simp" => "subj",
        "impe" => "impv",
        "ppas" => "pp",
        "ppre" => "ppr",
        _ => return None,
    })
}

/// Person and number.
fn person(tag: &str) -> Option<(&'static str, &'static str)> {
    Some(match tag.trim_end_matches('!') {
        "1sg" => (".1", ".sg"),
        "2sg" => (".2", ".sg"),
        "3sg" => (".3", ".sg"),
        "1pl" => (".1", ".pl"),
        "2pl" => (".2", ".pl"),
        "3pl" => (".3", ".pl"),
        "1pe" => (".1", ""),
        "2pe" => (".2", ""),
        "3pe" => (".3", ""),
        _ => return None,
    })
}

/// Gender and number; what is not known is not written.
#[derive(Default)]
struct Inflection {
    gender: &'static str,
    number: &'static str,
}

impl Inflection {
    fn read(&mut self, value: &str) {
        match value {
            "mas" => self.gender = ".m",
            "fem" => self.gender = ".f",
            "sg" => self.number = ".sg",
            "pl" => self.number = ".pl",
            _ => {}
        }
    }
}

impl std::fmt::Display for Inflection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.gender, self.number)
    }
}

/// The suffix rules by flag. Prefixes are elided articles and pronouns, which are tokens of their own.
fn suffixes(aff: &str) -> HashMap<String, Vec<Suffix>> {
    let mut found: HashMap<String, Vec<Suffix>> = HashMap::new();
    for line in aff.lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let ["SFX", flag, strip, add, condition, tags @ ..] = &fields[..] else { continue };
        let zero = |s: &str| if s == "0" { String::new() } else { s.replace('’', "'") };
        let tags = tags.iter().map(|t| (*t).to_owned()).collect();
        let suffix = Suffix::new(&zero(strip), &zero(add.split('/').next().unwrap()), condition, tags);
        found.entry((*flag).to_owned()).or_default().push(suffix);
    }
    found
}

/// Flags are of two letters.
fn pairs(flags: &str) -> Vec<String> {
    flags.chars().collect::<Vec<_>>().chunks(2).map(|c| c.iter().collect()).collect()
}
