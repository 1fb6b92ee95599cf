//! Phrases of a language's data, as look-ups over the tokens of a draft.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

/// Cuts a phrase as the tokeniser cuts a draft of the language, in lower case.
pub type Cut<'c> = &'c dyn Fn(&str) -> Vec<String>;

/// Phrases of one or more words, by their first word; the longest comes first.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    by_first: FxHashMap<String, Vec<(Vec<String>, T)>>,
    /// Words of the longest phrase.
    longest: usize,
}

impl<T> Default for Phrases<T> {
    fn default() -> Phrases<T> {
        Phrases { by_first: FxHashMap::default(), longest: 0 }
    }
}

impl<T: Clone> Phrases<T> {
    /// The phrases, each cut into its tokens.
    pub fn new<'p>(entries: impl IntoIterator<Item = (&'p str, T)>, cut: Cut) -> Phrases<T> {
        let mut by_first: FxHashMap<String, Vec<(Vec<String>, T)>> = FxHashMap::default();
        for (phrase, value) in entries {
            let words: Vec<String> = cut(phrase);
            let Some(first) = words.first().cloned() else { continue };
            by_first.entry(first).or_default().push((words, value));
        }
        for list in by_first.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        let longest = by_first.values().flatten().map(|(words, _)| words.len()).max().unwrap_or(0);
        Phrases { by_first, longest }
    }

    /// The phrases that are the keys of a map.
    pub fn of(map: &FxHashMap<String, T>, cut: Cut) -> Phrases<T> {
        Phrases::new(map.iter().map(|(k, v)| (k.as_str(), v.clone())), cut)
    }

    /// The phrases that a map lists by their value.
    pub fn by_value(map: &BTreeMap<T, Vec<String>>, cut: Cut) -> Phrases<T>
    where
        T: Ord,
    {
        Phrases::new(map.iter().flat_map(|(k, list)| list.iter().map(|p| (p.as_str(), k.clone()))), cut)
    }

    /// The first words of all phrases.
    pub fn heads(&self) -> impl Iterator<Item = &String> {
        self.by_first.keys()
    }

    /// Whether a phrase begins with a word in lower case.
    pub fn begins(&self, word: &str) -> bool {
        self.by_first.contains_key(word)
    }

    /// The longest phrase that begins at word `at`, as its length in words and its value. `word` gives the lower-case words.
    pub fn at<'w>(&self, at: usize, word: impl Fn(usize) -> Option<&'w str>) -> Option<(usize, &T)> {
        let list = self.by_first.get(word(at)?)?;
        let fits = |words: &[String]| words.iter().enumerate().all(|(i, w)| word(at + i) == Some(w.as_str()));
        list.iter().find(|(words, _)| fits(words)).map(|(words, value)| (words.len(), value))
    }

    /// The longest phrase that ends before word `end`, as its length in words and its value.
    pub fn before<'w>(&self, end: usize, word: impl Fn(usize) -> Option<&'w str>) -> Option<(usize, &T)> {
        let longest = end.min(self.longest);
        (1..=longest).rev().find_map(|len| {
            let list = self.by_first.get(word(end - len)?)?;
            let fits = |words: &[String]| {
                words.len() == len && words.iter().enumerate().all(|(i, w)| word(end - len + i) == Some(w.as_str()))
            };
            list.iter().find(|(words, _)| fits(words)).map(|(_, value)| (len, value))
        })
    }
}

impl Phrases<()> {
    /// The phrases of a list.
    pub fn flat(list: &[String], cut: Cut) -> Phrases<()> {
        Phrases::new(list.iter().map(|p| (p.as_str(), ())), cut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins() {
        let cut = |phrase: &str| phrase.split(' ').map(str::to_owned).collect();
        let p = Phrases::new([("plus d'", 1), ("plus", 2), ("au plus", 3)], &cut);
        let words = ["au", "plus", "d'", "une"];
        let word = |i: usize| words.get(i).copied();
        assert_eq!(p.at(1, word), Some((2, &1)));
        assert_eq!(p.before(3, word), Some((2, &1)));
        assert_eq!(p.before(2, word), Some((2, &3)));
    }
}
