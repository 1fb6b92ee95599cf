//! What can be written in several ways: a draft takes one of them.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// A thing: the ways to write it, each with its phrases, cut into words.
pub type Thing = Vec<Vec<Vec<String>>>;

/// `choices.yaml`: name → things → the ways to write each → the words of each way.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "BTreeMap<String, Vec<Vec<Vec<String>>>>")]
pub struct Choices {
    lists: BTreeMap<String, List>,
    /// The first words of all phrases, in lower case.
    heads: FxHashSet<String>,
}

/// The things of one name.
#[derive(Clone, Debug, Default)]
struct List {
    things: Vec<Thing>,
    /// The first word of each phrase → the things that it may be.
    begun: FxHashMap<String, Vec<usize>>,
}

impl From<BTreeMap<String, Vec<Vec<Vec<String>>>>> for Choices {
    fn from(file: BTreeMap<String, Vec<Vec<Vec<String>>>>) -> Choices {
        let words = |phrase: String| phrase.split_whitespace().map(str::to_owned).collect();
        let way = |way: Vec<String>| way.into_iter().map(words).collect();
        let thing = |thing: Vec<Vec<String>>| thing.into_iter().map(way).collect();
        let list = |things: Vec<Vec<Vec<String>>>| List::of(things.into_iter().map(thing).collect());
        let lists: BTreeMap<String, List> = file.into_iter().map(|(name, things)| (name, list(things))).collect();
        let heads = lists.values().flat_map(|l| l.begun.keys()).map(|word| word.to_lowercase()).collect();
        Choices { lists, heads }
    }
}

impl List {
    fn of(things: Vec<Thing>) -> List {
        let mut begun: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (i, thing) in things.iter().enumerate() {
            for first in thing.iter().flatten().filter_map(|phrase| phrase.first()) {
                let list = begun.entry(first.clone()).or_default();
                if list.last() != Some(&i) {
                    list.push(i);
                }
            }
        }
        List { things, begun }
    }
}

impl Choices {
    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.lists.keys().map(String::as_str)
    }

    /// The things of that name.
    pub fn get(&self, name: &str) -> &[Thing] {
        self.lists.get(name).map_or(&[], |list| &list.things)
    }

    /// Whether a phrase of any name begins with a word in lower case.
    pub fn opens(&self, lower: &str) -> bool {
        self.heads.contains(lower)
    }

    /// The things of that name of which a phrase begins with a word, as indexes into [`Choices::get`].
    pub fn begun_by<'c>(&'c self, name: &str) -> impl Fn(&str) -> &'c [usize] + use<'c> {
        let list = self.lists.get(name);
        move |word| list.and_then(|l| l.begun.get(word)).map_or(&[], Vec::as_slice)
    }
}
