//! What words mean, as far as stories can contradict each other: what can be so or not be so, by what nouns one thing is called, what takes
//! up a deed.
//!
//! `senses.yaml` lists phrases by their sense; `exclusions.yaml` what excludes what, `converse.yaml` what one does to another, `selection.yaml`
//! what can be told of whom. `~` before a word stands for all its forms, `…` for a few words between, `<n>` for a number.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::lexicon::{LemmaId, Numbers, Reading};

/// What the build script makes of `senses.yaml`: the language's code, the names of the senses, the tables of phrases.
type Built = (&'static str, &'static str, &'static [u8]);

static BUILT: &[Built] = include!(concat!(env!("OUT_DIR"), "/senses.rs"));

/// How a phrase of `converse.yaml` says who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Its subject does it to what follows.
    Does,
    /// What follows does it to its subject.
    Reverse,
    /// Its subject, or what follows a noun, does it.
    Wins,
    /// Its subject, or what follows a noun, suffers it.
    Loses,
    /// It is a noun of who does it.
    Doer,
    /// It is a noun of who suffers it.
    Done,
}

/// Where two that exclude each other may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// In one sentence.
    Sentence,
    /// In a sentence and in one that goes on about the same.
    Next,
    /// The one above the story, the other where the story opens.
    Headline,
}

/// What makes sure that two are told of one thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The second sentence goes on about what the first is about.
    #[default]
    Topic,
    /// Both have the same subject.
    Same,
    /// The words themselves, which take up what was told.
    Any,
}

/// Two that cannot both be so.
#[derive(Clone, Debug, Deserialize)]
pub struct Exclusion {
    /// Its name, the same in all languages.
    pub id: String,
    /// Where the two may stand.
    pub scopes: Vec<Scope>,
    /// What makes sure that they are told of one thing.
    #[serde(default)]
    pub by: By,
    /// Whether they exclude each other in this order only.
    #[serde(default)]
    pub ordered: bool,
    /// What explains both where it stands beside them, as words in lower case.
    pub but: Vec<Vec<String>>,
}

/// A side of an [`Exclusion`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What is told.
    One,
    /// What that excludes.
    Other,
}

/// Of whom something can be told, from the narrowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// Of one person.
    Individual,
    /// Of persons.
    Persons,
    /// Of persons and bodies of persons, and of those of a place.
    Speakers,
    /// Of persons, to whom it is done.
    Sufferers,
    /// Of things, which are made, and of no person.
    Things,
}

/// What a noun calls, from the nearest to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Called {
    /// A body of persons.
    Collective,
    /// A place where people are.
    Institution,
    /// A thing that nobody speaks for.
    Inert,
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
#[derive(Clone, Debug, Deserialize)]
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
    /// A side of what excludes something, as an index of [`Senses::exclusions`].
    Exclusion(u16, Side),
    /// What one does to another, by number.
    Converse(u16, Way),
    /// What can be told of few.
    Told(Of),
    /// A noun of what is no person.
    Called(Called),
}

/// A part of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// Any form of a word.
    Lemma(LemmaId),
    /// A word as it stands.
    Word(&'static [u8]),
    /// A few words.
    Gap,
    /// A number.
    Number,
}

/// Some of the parts of a phrase.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Items<'s> {
    senses: &'s Senses,
    from: u32,
    past: u32,
}

impl Items<'_> {
    pub fn split_first(self) -> Option<(Item, Self)> {
        (self.from < self.past).then(|| (self.senses.item(self.from), Items { from: self.from + 1, ..self }))
    }

    pub fn split_last(self) -> Option<(Item, Self)> {
        (self.from < self.past).then(|| (self.senses.item(self.past - 1), Items { past: self.past - 1, ..self }))
    }
}

/// The names of the senses.
#[derive(Clone, Debug, Default, Deserialize)]
struct Names {
    axes: Vec<Axis>,
    kinds: Vec<String>,
    acts: Vec<String>,
    exclusions: Vec<Exclusion>,
    /// Whether each may do it to the other, by number of what is done.
    mutual: Vec<bool>,
}

/// All senses of a language, as the build script lays them out. Words and lemmas by which phrases are looked up have numbers: the words
/// first, in the order of their letters, then the lemmas.
#[derive(Debug)]
pub struct Senses {
    names: LazyLock<Names, Box<dyn FnOnce() -> Names + Send>>,
    lemmas: Numbers,
    /// Where the phrases of a number begin.
    starts: Numbers,
    /// Three numbers a phrase: its first part, which of its parts is the rarest and how many it has, the sense.
    phrases: Numbers,
    parts: Numbers,
    /// Where each word begins in `text`.
    words: Numbers,
    text: &'static [u8],
}

impl Senses {
    /// The senses that are built in for a language; none where there are none.
    pub(super) fn shipped(code: &'static str) -> Senses {
        let built = BUILT.iter().find(|b| b.0 == code);
        let names =
            move || built.map_or_else(Names::default, |b| serde_json::from_str(b.1).expect("the build script writes the names"));
        // Five empty tables.
        let tables = built.map_or(&[0; 20][..], |b| b.2);
        let (lemmas, rest) = Numbers::take(tables);
        let (starts, rest) = Numbers::take(rest);
        let (phrases, rest) = Numbers::take(rest);
        let (parts, rest) = Numbers::take(rest);
        let (words, text) = Numbers::take(rest);
        Senses { names: LazyLock::new(Box::new(names)), lemmas, starts, phrases, parts, words, text }
    }

    /// The phrases whose rarest word is this one, as it stands or by a reading, of each word the longest first: the parts before the
    /// rarest and behind it, and the sense.
    pub(crate) fn phrases<'s>(
        &'s self,
        lower: &str,
        readings: &'s [Reading],
    ) -> impl Iterator<Item = (Items<'s>, Items<'s>, Sense)> + 's {
        let lemmas = readings.iter().filter_map(|r| self.lemma(r.lemma));
        self.word(lower).into_iter().chain(lemmas).flat_map(|n| self.of(n)).map(|p| {
            let [from, shape, sense] = [0, 1, 2].map(|i| self.phrases.get(3 * p + i));
            let (key, past) = (from + (shape >> 8), from + (shape & 0xFF));
            let items = |from, past| Items { senses: self, from, past };
            (items(from, key), items(key + 1, past), unpacked(sense))
        })
    }

    /// The phrases of a number.
    fn of(&self, number: usize) -> Range<usize> {
        self.starts.get(number) as usize..self.starts.get(number + 1) as usize
    }

    fn word(&self, lower: &str) -> Option<usize> {
        let count = self.words.len().saturating_sub(1);
        let at = partition_point(count, |i| self.letters(i) < lower.as_bytes());
        (at < count && self.letters(at) == lower.as_bytes()).then_some(at)
    }

    fn lemma(&self, id: LemmaId) -> Option<usize> {
        let at = partition_point(self.lemmas.len(), |i| self.lemmas.get(i) < id.0);
        (at < self.lemmas.len() && self.lemmas.get(at) == id.0).then(|| at + self.words.len() - 1)
    }

    fn letters(&self, word: usize) -> &'static [u8] {
        &self.text[self.words.get(word) as usize..self.words.get(word + 1) as usize]
    }

    fn item(&self, part: u32) -> Item {
        let packed = self.parts.get(part as usize);
        match packed & 3 {
            0 => Item::Gap,
            1 => Item::Word(self.letters((packed >> 2) as usize)),
            3 => Item::Number,
            _ => Item::Lemma(LemmaId(packed >> 2)),
        }
    }

    /// What can be so or not be so.
    pub fn axes(&self) -> &[Axis] {
        &self.names.axes
    }

    /// What excludes what.
    pub fn exclusions(&self) -> &[Exclusion] {
        &self.names.exclusions
    }

    /// Whether each of two may do it to the other in turn, by number of what is done.
    pub fn is_mutual(&self, converse: u16) -> bool {
        self.names.mutual[converse as usize]
    }

    /// The name of a sense: `open-closed one`, `theft`.
    pub fn name(&self, sense: Sense) -> String {
        match sense {
            Sense::Pole { axis, other } => format!("{} {}", self.names.axes[axis as usize].id, if other { "other" } else { "one" }),
            Sense::Kind(kind) => self.names.kinds[kind as usize].clone(),
            Sense::Act(act) => self.names.acts[act as usize].clone(),
            Sense::Exclusion(n, _) => self.names.exclusions[n as usize].id.clone(),
            Sense::Converse(..) | Sense::Told(_) | Sense::Called(_) => String::new(),
        }
    }

    /// The names of all acts and ends of axes.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let ends = self.names.axes.iter().flat_map(|axis| ["one", "other"].map(|end| format!("{} {end}", axis.id)));
        ends.chain(self.names.acts.iter().cloned())
    }

    /// Whether a sense is an act or an end of an axis of one of these names.
    pub fn is_among(&self, sense: Sense, names: &[String]) -> bool {
        match sense {
            Sense::Act(act) => names.contains(&self.names.acts[act as usize]),
            Sense::Pole { axis, other } => {
                let (id, end) = (&self.names.axes[axis as usize].id, if other { "other" } else { "one" });
                names.iter().any(|name| name.rsplit_once(' ') == Some((id, end)))
            }
            _ => false,
        }
    }

    /// Whether a phrase is looked up by a word in lower case of these readings.
    pub fn hinges_on(&self, lower: &str, readings: &[Reading]) -> bool {
        let lemmas = readings.iter().filter_map(|r| self.lemma(r.lemma));
        self.word(lower).into_iter().chain(lemmas).any(|n| !self.of(n).is_empty())
    }
}

/// Senses of the other files, in the order of the numbers that the build script gives them.
const OTHERS: [fn(u16) -> Sense; 16] = [
    |n| Sense::Exclusion(n, Side::One),
    |n| Sense::Exclusion(n, Side::Other),
    |n| Sense::Converse(n, Way::Does),
    |n| Sense::Converse(n, Way::Reverse),
    |n| Sense::Converse(n, Way::Wins),
    |n| Sense::Converse(n, Way::Loses),
    |n| Sense::Converse(n, Way::Doer),
    |n| Sense::Converse(n, Way::Done),
    |_| Sense::Told(Of::Individual),
    |_| Sense::Told(Of::Persons),
    |_| Sense::Told(Of::Speakers),
    |_| Sense::Called(Called::Collective),
    |_| Sense::Called(Called::Institution),
    |_| Sense::Called(Called::Inert),
    |_| Sense::Told(Of::Sufferers),
    |_| Sense::Told(Of::Things),
];

/// A sense as the build script packs it.
fn unpacked(sense: u32) -> Sense {
    let number = (sense >> 3) as u16;
    match sense & 3 {
        0 => Sense::Pole { axis: number, other: sense & 4 != 0 },
        1 => Sense::Kind(number),
        2 => Sense::Act(number),
        _ => OTHERS[(number & 0xF) as usize](number >> 4),
    }
}

/// How many of the first numbers below `count` fit; all that fit stand before all that do not.
fn partition_point(count: usize, fits: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = usize::midpoint(low, high);
        if fits(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Lexicon;

    /// The phrases that are looked up by a word, as its parts before and behind it.
    fn phrases(senses: &Senses, lexicon: &Lexicon, word: &str) -> Vec<(usize, usize, String)> {
        let readings: Vec<Reading> = lexicon.readings(word).map(|(lemma, tag)| Reading { lemma, tag }).collect();
        let found = senses.phrases(word, &readings);
        found
            .map(|(before, after, sense)| {
                ((before.past - before.from) as usize, (after.past - after.from) as usize, senses.name(sense))
            })
            .collect()
    }

    #[test]
    fn phrases_are_looked_up_by_their_rarest_word_in_any_form() {
        let (senses, lexicon) = (Senses::shipped("en"), Lexicon::shipped("en"));
        let named = |word, phrase: (usize, usize, &str)| {
            phrases(&senses, &lexicon, word).iter().any(|(b, a, name)| (*b, *a, name.as_str()) == phrase)
        };
        assert!(named("reopened", (0, 0, "open-closed one")));
        // "~give up the ghost"
        assert!(named("ghost", (3, 0, "alive-dead other")) && !named("give", (0, 3, "alive-dead other")));
    }

    #[test]
    fn a_word_without_a_sense_opens_nothing() {
        assert!(!Senses::shipped("fr").hinges_on("zzz", &[]));
        assert!(Senses::shipped("xx").phrases("mort", &[]).next().is_none());
    }
}
