//! Cue sets: the words that a pattern calls `@name`, and that the engine looks up by name.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `sets.yaml`: name → entries. An entry is a word or phrase in lower case; `~` before a word stands for all its forms.
#[derive(Clone, Debug, Default, Deserialize)]
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

    /// Adds a newsroom's entries; a set of a name that exists grows.
    pub fn extend(&mut self, more: Sets) {
        for (name, entries) in more.0 {
            self.0.entry(name).or_default().extend(entries);
        }
    }
}
