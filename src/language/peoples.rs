//! What the people and things of each country and of many regions are called, and which countries are taken for each other.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

/// `peoples.yaml`, as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    words: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    regions: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    short: BTreeMap<String, Vec<String>>,
    confused: Vec<(String, String)>,
}

/// What the people and things of each country are called in a language.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Written")]
pub struct Peoples {
    by_word: FxHashMap<String, String>,
    regions: FxHashMap<String, Vec<String>>,
    short: FxHashMap<String, Vec<String>>,
    confused: FxHashMap<String, Vec<String>>,
}

impl From<Written> for Peoples {
    fn from(written: Written) -> Peoples {
        let (mut by_word, mut confused) = (FxHashMap::default(), FxHashMap::<String, Vec<String>>::default());
        for (country, words) in written.words {
            by_word.extend(words.into_iter().map(|word| (word, country.clone())));
        }
        for (one, other) in written.confused {
            confused.entry(one.clone()).or_default().push(other.clone());
            confused.entry(other).or_default().push(one);
        }
        let mut regions = FxHashMap::<String, Vec<String>>::default();
        for (region, words) in written.regions {
            words.into_iter().for_each(|word| regions.entry(word).or_default().push(region.clone()));
        }
        let mut short = FxHashMap::<String, Vec<String>>::default();
        for (region, words) in written.short {
            words.into_iter().for_each(|word| short.entry(word).or_default().push(region.clone()));
        }
        Peoples { by_word, regions, short, confused }
    }
}

impl Peoples {
    /// The ISO code of the country whose people a word in lower case speaks of.
    pub fn country(&self, lower: &str) -> Option<&str> {
        self.by_word.get(lower).map(String::as_str)
    }

    /// The names of the regions of whose people and things a word in lower case speaks: « breton », "Cornish".
    pub fn regions(&self, lower: &str) -> Option<&[String]> {
        self.regions.get(lower).map(Vec::as_slice)
    }

    /// The names of the regions that a word in lower case, without its stop, is short for behind a town: "Wis".
    pub fn short(&self, lower: &str) -> Option<&[String]> {
        self.short.get(lower).map(Vec::as_slice)
    }

    /// The countries that one is taken for.
    pub fn confused_with(&self, country: &str) -> &[String] {
        self.confused.get(country).map_or(&[], Vec::as_slice)
    }
}
