//! What can be written in several ways: a draft takes one of them.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `choices.yaml`: name → things → the ways to write each → the words of each way.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "BTreeMap<String, Vec<Vec<Vec<String>>>>")]
pub struct Choices(BTreeMap<String, Vec<Vec<Vec<Vec<String>>>>>);

impl From<BTreeMap<String, Vec<Vec<Vec<String>>>>> for Choices {
    fn from(file: BTreeMap<String, Vec<Vec<Vec<String>>>>) -> Choices {
        let words = |phrase: String| phrase.split_whitespace().map(str::to_owned).collect();
        let way = |way: Vec<String>| way.into_iter().map(words).collect();
        let thing = |thing: Vec<Vec<String>>| thing.into_iter().map(way).collect();
        Choices(file.into_iter().map(|(name, things)| (name, things.into_iter().map(thing).collect())).collect())
    }
}

impl Choices {
    /// The things of that name, each with its ways, each of these with its phrases, cut into words.
    pub fn get(&self, name: &str) -> &[Vec<Vec<Vec<String>>>] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}
