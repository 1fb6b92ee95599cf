//! The English dictionary of Harper, and what it leaves out, to lemmas with their forms.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::affix::Suffix;
use crate::packages::folder;
use crate::paradigms::Lemmas;

static IRREGULAR: &str = include_str!("../english.tsv");

/// Conjunctions that join like with like; all others open a subordinate clause.
const COORDINATORS: [&str; 7] = ["and", "or", "but", "nor", "yet", "so", "plus"];

/// Dictionary, affixes and irregular forms.
struct Source {
    /// Word → its annotations, one letter each.
    words: BTreeMap<String, String>,
    suffixes: HashMap<char, Vec<Suffix>>,
    prefixes: HashMap<char, String>,
    /// Form → dictionary forms and tags.
    irregular: BTreeMap<String, Vec<(String, String)>>,
}

/// Reads the dictionary from the unpacked package.
pub fn read(cache: &Path) -> Lemmas {
    let source = Source::read(&folder(cache, "harper-core"));
    // Lemma → form and tag.
    let mut found: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (word, notes) in &source.words {
        for (lemma, form, tag) in source.readings(word, notes) {
            found.entry(lemma).or_default().push((form, tag));
        }
        let prefixes = source.prefixes.iter().filter(|(flag, _)| notes.contains(**flag));
        for (_, prefix) in prefixes.filter(|_| !notes.contains('O')) {
            let notes: String = notes.chars().filter(|c| !source.prefixes.contains_key(c)).collect();
            for (lemma, form, tag) in source.readings(&format!("{prefix}{word}"), &notes) {
                found.entry(lemma).or_default().push((form, tag));
            }
        }
    }
    for (form, readings) in &source.irregular {
        for (lemma, tag) in readings {
            found.entry(lemma.clone()).or_default().push((form.clone(), tag.clone()));
        }
    }
    let mut lemmas = Lemmas::default();
    for (lemma, mut forms) in found {
        // One paradigm for a part of speech.
        forms.sort_by(|a, b| a.1.cmp(&b.1));
        for group in forms.chunk_by(|a, b| a.1.split('.').next() == b.1.split('.').next()) {
            lemmas.add(&lemma, group.iter().cloned());
        }
    }
    lemmas
}

impl Source {
    fn read(package: &Path) -> Source {
        let text = |file: &str| fs::read_to_string(package.join(file)).unwrap();
        let json = |file: &str| serde_json::from_str::<Value>(&text(file)).unwrap();

        let mut words: BTreeMap<String, String> = BTreeMap::new();
        for line in text("dictionary.dict").lines().skip(1) {
            let line = line.split('#').next().unwrap().trim();
            let (word, notes) = line.split_once('/').unwrap_or((line, ""));
            if !word.is_empty() && !word.contains([' ', '.']) && !notes.is_empty() {
                words.entry(word.replace('’', "'")).or_default().push_str(notes);
            }
        }

        let (mut suffixes, mut prefixes) = (HashMap::new(), HashMap::new());
        for (flag, affix) in json("annotations.json")["affixes"].as_object().unwrap() {
            let flag = flag.chars().next().unwrap();
            let field = |rule: &Value, name: &str| rule[name].as_str().unwrap().to_owned();
            let rules = affix["replacements"].as_array().unwrap();
            if affix["kind"] == "prefix" {
                prefixes.insert(flag, field(&rules[0], "add"));
            } else {
                let rule = |r| Suffix::new(&field(r, "remove"), &field(r, "add"), &field(r, "condition"), Vec::new());
                suffixes.insert(flag, rules.iter().map(rule).collect());
            }
        }

        let mut irregular: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        let mut add = |lemma: &str, form: &str, tag: &str| {
            let readings = irregular.entry(form.to_owned()).or_default();
            let reading = (lemma.to_owned(), tag.to_owned());
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        };
        for entry in json("irregular_verbs.json").as_array().unwrap().iter().filter_map(Value::as_array) {
            let [base, past, participle] = [0, 1, 2].map(|i| entry[i].as_str().unwrap());
            add(base, past, "verb.past");
            add(base, participle, "verb.pp");
        }
        for entry in json("irregular_nouns.json").as_array().unwrap().iter().filter_map(Value::as_array) {
            // A stray space stands in the source.
            add(entry[0].as_str().unwrap().trim(), entry[1].as_str().unwrap().trim(), "noun.pl");
        }
        for line in IRREGULAR.lines().filter(|l| !l.starts_with('#')) {
            let (lemma, forms) = line.split_once('\t').unwrap();
            for (form, tag) in forms.split(' ').map(|f| f.split_once(':').unwrap()) {
                add(lemma, form, tag);
            }
        }
        Source { words, suffixes, prefixes, irregular }
    }

    /// Dictionary form, form and tag of all that an entry stands for.
    fn readings(&self, word: &str, notes: &str) -> Vec<(String, String, String)> {
        let has = |any: &str| notes.contains(|c| any.contains(c));
        let mut found = Vec::new();
        let mut add = |lemma: &str, form: &str, tag: &str| found.push((lemma.to_owned(), form.to_owned(), tag.to_owned()));
        if has("O") {
            add(word, word, "name");
            return found;
        }

        let verb = has("Vb") && self.is_base(word, notes);
        if verb {
            add(word, word, "verb.inf");
            add(word, word, "verb.pres");
            self.made(word, notes, 'S', |form| add(word, form, "verb.pres.3.sg"));
            self.made(word, notes, 'G', |form| add(word, form, "verb.ppr"));
            self.made(word, notes, 'd', |form| {
                add(word, form, "verb.past");
                add(word, form, "verb.pp");
            });
        }
        // Written out because no rule makes it: `t`, `T`, `6`, `h` say which form it is.
        if !self.irregular.contains_key(word) {
            for (flag, tag) in [('t', "verb.past"), ('T', "verb.pp"), ('6', "verb.ppr"), ('h', "verb.pres.3.sg")] {
                if notes.contains(flag)
                    && let Some(lemma) = self.base(word, 'V')
                {
                    add(&lemma, word, tag);
                }
            }
        }

        if has("N") {
            let plural_of = word.strip_suffix("men").map(|stem| format!("{stem}man")).filter(|w| self.words.contains_key(w));
            if self.irregular.get(word).is_some_and(|r| r.iter().any(|(lemma, tag)| tag == "noun.pl" && lemma != word)) {
                // The table of irregular nouns has it.
            } else if let Some(lemma) = plural_of {
                add(&lemma, word, "noun.pl");
            } else {
                add(word, word, if has("9") { "noun.pl" } else { "noun.sg" });
                self.made(word, notes, 'S', |form| add(word, form, "noun.pl"));
            }
        }
        // The noun `killing`, `killings`.
        self.made(word, notes, 'z', |plural| {
            let lemma = plural.strip_suffix('s').unwrap();
            add(lemma, lemma, "noun.sg");
            add(lemma, plural, "noun.pl");
        });

        if has("J") {
            let lemma = if has("cu") { self.base(word, 'J') } else { None };
            if !self.irregular.get(word).is_some_and(|r| r.iter().any(|r| r.1 == "adj")) {
                add(lemma.as_deref().unwrap_or(word), word, "adj");
            }
            self.made(word, notes, '^', |form| add(word, form, "adj"));
            self.made(word, notes, '>', |form| add(word, form, "adj"));
        }
        if verb {
            self.made(word, notes, '>', |form| add(form, form, "noun.sg"));
        }
        for flag in ['p', 'n', 'L'] {
            self.made(word, notes, flag, |form| add(form, form, "noun.sg"));
        }
        for flag in ['Z', 'X'] {
            self.made(word, notes, flag, |form| add(form.strip_suffix('s').unwrap(), form, "noun.pl"));
        }
        for flag in ['B', 'v', 'f', 'H'] {
            self.made(word, notes, flag, |form| add(form, form, "adj"));
        }
        for flag in ['Y', 'Q'] {
            self.made(word, notes, flag, |form| add(form, form, "adv"));
        }

        if has("Ry8%") {
            add(word, word, "adv");
        }
        if has("P") {
            add(word, word, "prep");
        }
        if has("C") {
            add(word, word, if COORDINATORS.contains(&word) { "conj" } else { "sub" });
        }
        if has("DqM5") {
            add(word, word, "det");
        }
        if has("I") {
            let person = ['1', '2', '3'].into_iter().find(|p| notes.contains(*p)).map_or(String::new(), |p| format!(".{p}"));
            let number = if has("*.") {
                ".sg"
            } else if has(":") {
                ".pl"
            } else {
                ""
            };
            add(word, word, &format!("pron{person}{number}"));
        }
        found
    }

    /// Whether an entry marked as a verb is its base, and not a form of another.
    fn is_base(&self, word: &str, notes: &str) -> bool {
        if notes.contains(['b', 'd', 'G']) {
            return true;
        }
        let is_form = self.irregular.get(word).is_some_and(|r| r.iter().any(|(l, t)| t.starts_with("verb") && l != word));
        !is_form && !notes.contains(['t', 'T', '6', 'h'])
    }

    /// The dictionary form of a form that is written out: `stopped`, `dying`, `overtook`, `bigger`.
    fn base(&self, word: &str, part: char) -> Option<String> {
        let known = |w: &str| self.words.get(w).is_some_and(|n| n.contains(part));
        for end in ["ed", "ing", "es", "s", "er", "est"] {
            let Some(stem) = word.strip_suffix(end).filter(|s| s.len() > 1) else { continue };
            let undoubled = stem.char_indices().next_back().map(|(i, c)| if stem[..i].ends_with(c) { &stem[..i] } else { stem });
            let ie = stem.strip_suffix('y').map(|s| format!("{s}ie"));
            let y = stem.strip_suffix('i').map(|s| format!("{s}y"));
            let k = stem.strip_suffix("ck").map(|s| format!("{s}c"));
            let candidates = [Some(format!("{stem}e")), undoubled.map(str::to_owned), Some(stem.to_owned()), ie, y, k];
            if let Some(lemma) = candidates.into_iter().flatten().find(|w| known(w)) {
                return Some(lemma);
            }
        }
        let at = (1..word.len()).filter(|&i| word.is_char_boundary(i)).find(|&i| self.irregular.contains_key(&word[i..]))?;
        let (prefix, rest) = word.split_at(at);
        self.irregular[rest].iter().map(|(lemma, _)| format!("{prefix}{lemma}")).find(|w| known(w))
    }

    /// Hands on the form that an affix of an entry makes, if the entry has that affix.
    fn made(&self, word: &str, notes: &str, flag: char, mut then: impl FnMut(&str)) {
        if notes.contains(flag)
            && let Some(form) = self.suffixes[&flag].iter().find_map(|s| s.apply(word))
        {
            then(&form);
        }
    }
}
