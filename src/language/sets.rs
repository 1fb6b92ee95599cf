//! Cue sets: the words that a pattern calls `@name`, and that the engine looks up by name.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::lexicon::{LemmaId, Lexicon, Reading};
use super::phrases::{Cut, Phrases};
use super::{Manifest, Part};

/// `sets.yaml`: name → entries. An entry is a word or phrase in lower case; `~` before a word stands for all its forms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Sets(BTreeMap<String, Vec<String>>);

impl Sets {
    /// The entries of a set, as written in the file.
    pub fn get(&self, name: &str) -> Option<&[String]> {
        self.0.get(name).map(Vec::as_slice)
    }

    /// The names of all sets, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The words of a set that stand for all their forms.
    pub fn lemmas(&self, name: &str) -> impl Iterator<Item = &str> {
        let entries = self.get(name).unwrap_or_default();
        entries.iter().flat_map(|e| e.split_whitespace()).filter_map(|word| word.strip_prefix('~'))
    }

    /// Adds a newsroom's entries, in lower case; a set of a name that exists grows.
    pub fn extend(&mut self, more: Sets) {
        for (name, entries) in more.0 {
            self.0.entry(name).or_default().extend(entries.iter().map(|e| e.to_lowercase()));
        }
    }
}

impl FromIterator<(String, Vec<String>)> for Sets {
    fn from_iter<I: IntoIterator<Item = (String, Vec<String>)>>(sets: I) -> Sets {
        Sets(sets.into_iter().collect())
    }
}

/// All cue sets of a language, for look-ups; each is made ready when it is first asked for.
#[derive(Debug)]
pub struct Cues {
    ready: FxHashMap<String, OnceLock<Cue>>,
    sets: Arc<Part<Sets>>,
    manifest: Arc<Manifest>,
    lexicon: Arc<Lexicon>,
}

impl Cues {
    pub(super) fn new(sets: Arc<Part<Sets>>, manifest: Arc<Manifest>, lexicon: Arc<Lexicon>) -> Cues {
        let ready = sets.names().map(|name| (name.to_owned(), OnceLock::new())).collect();
        Cues { ready, sets, manifest, lexicon }
    }

    /// The set of that name; an empty one where the language has none.
    pub fn get(&self, name: &str) -> &Cue {
        static NONE: LazyLock<Cue> = LazyLock::new(Cue::default);
        let Some(ready) = self.ready.get(name) else { return &NONE };
        ready.get_or_init(|| {
            let entries = self.sets.get(name).unwrap_or_default();
            Cue::new(entries, &self.lexicon, &|phrase| super::cut(phrase, &self.manifest, &self.lexicon))
        })
    }
}

/// One cue set, ready for look-ups.
#[derive(Debug, Default)]
pub struct Cue {
    /// Dictionary forms that stand for all their forms.
    pub(crate) lemmas: FxHashSet<LemmaId>,
    /// Words and phrases as they are.
    pub(crate) phrases: Phrases<()>,
}

impl Cue {
    fn new(entries: &[String], lexicon: &Lexicon, cut: Cut) -> Cue {
        let mut lemmas = FxHashSet::default();
        let mut phrases = Vec::new();
        for entry in entries {
            match entry.strip_prefix('~').map(|w| (w, lexicon.lemma(w))) {
                Some((_, Some(id))) => _ = lemmas.insert(id),
                // A dictionary form that the lexicon lacks still stands for itself.
                Some((word, None)) => phrases.push((word, ())),
                None => phrases.push((entry.as_str(), ())),
            }
        }
        Cue { lemmas, phrases: Phrases::new(phrases, cut) }
    }

    /// Whether an entry may begin with a word in lower case of these readings.
    pub fn begins(&self, lower: &str, readings: &[Reading]) -> bool {
        self.phrases.begins(lower) || readings.iter().any(|r| self.lemmas.contains(&r.lemma))
    }
}
