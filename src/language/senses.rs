//! What words mean, as far as stories can contradict each other: what can be so or not be so, by what nouns one thing is called, what takes
//! up a deed.
//!
//! `senses.yaml` lists phrases by their sense. `~` before a word stands for all its forms, `…` for a few words between.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::lexicon::{LemmaId, Lexicon, Reading};
use super::phrases::Cut;

/// `senses.yaml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// What can be said of a thing in two ways that exclude each other, by name.
    axes: BTreeMap<String, AxisFile>,
    /// By what nouns one thing may be called in a story, by name.
    kinds: BTreeMap<String, Vec<String>>,
    /// What somebody does or suffers, by name: the verbs that tell it, the nouns that take it up.
    acts: BTreeMap<String, ActFile>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AxisFile {
    of: Holder,
    one: Vec<String>,
    other: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActFile {
    nouns: Vec<String>,
    #[serde(default)]
    verbs: Vec<String>,
}

/// Of whom a verb of an axis says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holder {
    /// Whom or what it is done to, or what is so: « *le pont* a rouvert », "they closed *the bridge*".
    Patient,
    /// Who does it: « *le syndicat* refuse ».
    Agent,
}

/// What can be so or not be so.
#[derive(Clone, Debug)]
pub struct Axis {
    /// Its name, the same in all languages.
    pub id: String,
    /// Of whom it is said.
    pub of: Holder,
}

/// What a phrase means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// One end of an axis, as an index of [`Senses::axes`]; `other` is the second end.
    Pole {
        /// The axis.
        axis: u16,
        /// Whether it is the second end.
        other: bool,
    },
    /// A noun of a kind of thing, by number.
    Kind(u16),
    /// A verb or a noun of a deed, by number.
    Act(u16),
}

/// A part of a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Item {
    /// Any form of a word.
    Lemma(LemmaId),
    /// A word as it stands.
    Word(String),
    /// A few words.
    Gap,
}

/// A phrase by its rarest word: what stands before that, the nearest first, and behind it.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub before: Vec<Item>,
    pub after: Vec<Item>,
    pub sense: Sense,
}

/// All senses of a language, ready for look-ups.
#[derive(Clone, Debug, Default)]
pub struct Senses {
    axes: Vec<Axis>,
    kinds: Vec<String>,
    acts: Vec<String>,
    pub(crate) by_word: FxHashMap<String, Vec<Phrase>>,
    pub(crate) by_lemma: FxHashMap<LemmaId, Vec<Phrase>>,
}

impl Senses {
    pub(super) fn new(file: File, lexicon: &Lexicon, cut: Cut) -> Senses {
        let mut senses = Senses::default();
        let mut all: Vec<(Vec<Item>, Sense)> = Vec::new();
        let mut add = |phrases: &[String], sense| all.extend(phrases.iter().map(|p| (items(p, lexicon, cut), sense)));
        for (n, (id, axis)) in file.axes.into_iter().enumerate() {
            let pole = |other| Sense::Pole { axis: n as u16, other };
            add(&axis.one, pole(false));
            add(&axis.other, pole(true));
            senses.axes.push(Axis { id, of: axis.of });
        }
        for (n, (id, nouns)) in file.kinds.into_iter().enumerate() {
            add(&nouns, Sense::Kind(n as u16));
            senses.kinds.push(id);
        }
        for (n, (id, act)) in file.acts.into_iter().enumerate() {
            add(&act.nouns, Sense::Act(n as u16));
            add(&act.verbs, Sense::Act(n as u16));
            senses.acts.push(id);
        }
        // Phrases are looked up by the word that the fewest of them have: a verb such as "be" begins hundreds.
        let mut often: FxHashMap<&Item, usize> = FxHashMap::default();
        all.iter().flat_map(|(items, _)| items).for_each(|item| *often.entry(item).or_default() += 1);
        for (items, sense) in &all {
            let key = (0..items.len()).filter(|&i| items[i] != Item::Gap).min_by_key(|&i| often[&items[i]]);
            let Some(key) = key else { continue };
            let before = items[..key].iter().rev().cloned().collect();
            let phrase = Phrase { before, after: items[key + 1..].to_vec(), sense: *sense };
            match &items[key] {
                Item::Lemma(id) => senses.by_lemma.entry(*id).or_default().push(phrase),
                Item::Word(word) => senses.by_word.entry(word.clone()).or_default().push(phrase),
                Item::Gap => {}
            }
        }
        let length = |p: &Phrase| p.before.len() + p.after.len();
        let longest_first = |list: &mut Vec<Phrase>| list.sort_by_key(|p| std::cmp::Reverse(length(p)));
        senses.by_word.values_mut().for_each(longest_first);
        senses.by_lemma.values_mut().for_each(longest_first);
        senses
    }

    /// What can be so or not be so.
    pub fn axes(&self) -> &[Axis] {
        &self.axes
    }

    /// The name of a sense: `open-closed one`, `theft`.
    pub fn name(&self, sense: Sense) -> String {
        match sense {
            Sense::Pole { axis, other } => format!("{} {}", self.axes[axis as usize].id, if other { "other" } else { "one" }),
            Sense::Kind(kind) => self.kinds[kind as usize].clone(),
            Sense::Act(act) => self.acts[act as usize].clone(),
        }
    }

    /// Whether a phrase is looked up by a word in lower case of these readings.
    pub fn hinges_on(&self, lower: &str, readings: &[Reading]) -> bool {
        self.by_word.contains_key(lower) || readings.iter().any(|r| self.by_lemma.contains_key(&r.lemma))
    }
}

/// The parts of a phrase.
fn items(phrase: &str, lexicon: &Lexicon, cut: Cut) -> Vec<Item> {
    let mut items = Vec::new();
    for part in phrase.split_whitespace() {
        match (part, part.strip_prefix('~')) {
            ("…", _) => items.push(Item::Gap),
            (_, Some(word)) => match lexicon.lemma(word) {
                Some(id) => items.push(Item::Lemma(id)),
                None => items.extend(cut(word).into_iter().map(Item::Word)),
            },
            (word, None) => items.extend(cut(word).into_iter().map(Item::Word)),
        }
    }
    items
}
