//! What is counted, by the sense of its members: the nouns by which they are called, and what they do or suffer.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::lexicon::{LemmaId, Lexicon};

/// `members.yaml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    classes: BTreeMap<String, ClassFile>,
    /// Nouns that people of any class have.
    people: Vec<String>,
    /// Nouns after which a bare number counts members of a class: "the death toll hit 14".
    tolls: BTreeMap<String, Vec<String>>,
    /// What multiplies a noun: « un *triple* meurtre ».
    folds: BTreeMap<String, i64>,
    /// How many people a noun holds by itself: "the *quartet*".
    groups: BTreeMap<String, i64>,
    /// Words beside a number that make a part or another set of it.
    parts: Vec<String>,
    /// Those of them that make no part above the story: "Council backs 60 *new* flats".
    #[serde(default)]
    fresh: Vec<String>,
    /// Words before a number that say that the whole set is meant: "*all* 27 families".
    #[serde(default)]
    wholes: Vec<String>,
    /// Nouns that hold a number of members: "the *crowd* of 2,400".
    #[serde(default)]
    holders: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassFile {
    #[serde(default)]
    person: bool,
    /// Things beside people: jobs, signatures.
    #[serde(default)]
    things: bool,
    #[serde(default)]
    nouns: Vec<String>,
    /// Those of the nouns that all members have, where others are of some kind of them: an animal, a sheep.
    #[serde(default)]
    broad: Vec<String>,
    #[serde(default)]
    done: Vec<String>,
    #[serde(default)]
    does: Vec<String>,
    /// Nouns that say of those who hang on them what the class is: "the *deaths* of four men".
    #[serde(default)]
    deeds: Vec<String>,
}

/// A word of a phrase: any of its forms, or one that the lexicon lacks, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    /// Any form of a word.
    Lemma(LemmaId),
    /// A word as it stands.
    Word(String),
}

/// The words behind the first one of a phrase, and the class that it tells.
pub(crate) type Entry = (Vec<Key>, u16);

/// How members are told by words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Told {
    /// A noun that they are called by.
    Noun,
    /// A verb of which they are the object, or the subject of its passive.
    Done,
    /// A verb of which they are the subject.
    Does,
    /// A noun before a bare number.
    Toll,
    /// A noun that they hang on.
    Deed,
}

/// The classes of a language, ready for look-ups.
#[derive(Clone, Debug, Default)]
pub struct Members {
    names: Vec<String>,
    /// Whether nothing but people are members, by class.
    animate: Vec<bool>,
    entries: FxHashMap<(Told, Key), Vec<Entry>>,
    /// The nouns that all members of a class have; no entry where all its nouns are such.
    broad: FxHashMap<u16, FxHashSet<Key>>,
    people: FxHashSet<Key>,
    folds: FxHashMap<Key, i64>,
    groups: FxHashMap<Key, i64>,
    pub(crate) parts: Vec<String>,
    pub(crate) fresh: Vec<String>,
    pub(crate) wholes: Vec<String>,
    holders: FxHashSet<Key>,
}

impl Members {
    pub(super) fn new(file: File, lexicon: &Lexicon) -> Members {
        let key = |word: &str| lexicon.lemma(word).map_or_else(|| Key::Word(word.to_lowercase()), Key::Lemma);
        let mut all = Members::default();
        let mut people: BTreeSet<String> = file.people.into_iter().collect();
        for (n, (name, class)) in file.classes.into_iter().enumerate() {
            for (told, phrases) in
                [(Told::Noun, &class.nouns), (Told::Done, &class.done), (Told::Does, &class.does), (Told::Deed, &class.deeds)]
            {
                phrases.iter().for_each(|phrase| all.add(told, phrase, n as u16, &key));
            }
            if !class.broad.is_empty() {
                all.broad.insert(n as u16, class.broad.iter().map(|w| key(w)).collect());
            }
            for toll in file.tolls.get(&name).into_iter().flatten() {
                all.add(Told::Toll, toll, n as u16, &key);
            }
            if class.person && !class.things {
                people.extend(class.nouns);
            }
            all.names.push(name);
            all.animate.push(class.person && !class.things);
        }
        all.people = people.iter().filter(|p| !p.contains(' ')).map(|p| key(p)).collect();
        all.folds = file.folds.iter().map(|(word, n)| (key(word), *n)).collect();
        all.groups = file.groups.iter().map(|(word, n)| (key(word), *n)).collect();
        all.parts = file.parts;
        all.fresh = file.fresh;
        all.wholes = file.wholes;
        all.holders = file.holders.iter().map(|h| key(h)).collect();
        all
    }

    fn add(&mut self, told: Told, phrase: &str, class: u16, key: &impl Fn(&str) -> Key) {
        let mut words = phrase.split_whitespace();
        let Some(first) = words.next() else { return };
        let rest: Vec<Key> = words.map(key).collect();
        match key(first) {
            // What the lexicon lacks has the endings of a plural or a feminine all the same.
            Key::Word(word) => {
                for ending in ["", "s", "e", "es"] {
                    self.entries.entry((told, Key::Word(format!("{word}{ending}")))).or_default().push((rest.clone(), class));
                }
            }
            known => self.entries.entry((told, known)).or_default().push((rest, class)),
        }
    }

    /// Whether what verbs tell of the members of a class can be told of people only.
    pub(crate) fn is_animate(&self, class: u16) -> bool {
        self.animate[class as usize]
    }

    /// The number of a class by its name.
    pub(crate) fn class(&self, name: &str) -> Option<u16> {
        self.names.iter().position(|n| n == name).map(|n| n as u16)
    }

    /// The phrases that tell members so, by their first word.
    pub(crate) fn entries(&self, told: Told, first: Key) -> &[Entry] {
        self.entries.get(&(told, first)).map_or(&[], Vec::as_slice)
    }

    /// Whether all members of a class have one of these nouns.
    pub(crate) fn is_broad(&self, class: u16, words: &[Key]) -> bool {
        self.broad.get(&class).is_none_or(|all| words.iter().any(|w| all.contains(w)))
    }

    /// Whether some nouns of a class name one kind of its members, and others all of them.
    pub(crate) fn has_kinds(&self, class: u16) -> bool {
        self.broad.contains_key(&class)
    }

    /// Whether a word is a noun for people.
    pub(crate) fn is_person(&self, word: &Key) -> bool {
        self.people.contains(word)
    }

    /// Whether a word is a noun that holds a number of members.
    pub(crate) fn holds(&self, word: &Key) -> bool {
        self.holders.contains(word)
    }

    /// How many times a word takes its noun.
    pub(crate) fn fold(&self, word: &Key) -> Option<i64> {
        self.folds.get(word).copied()
    }

    /// How many people a noun holds by itself.
    pub(crate) fn group(&self, word: &Key) -> Option<i64> {
        self.groups.get(word).copied()
    }
}
