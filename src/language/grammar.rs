//! Closed word classes, disambiguation, verb groups and concepts of a language.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::language::lexicon::{LemmaId, Lexicon};
use crate::syntax::Tense;

/// `grammar.yaml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "File")]
pub struct Grammar {
    /// The noun of a group comes before its other nouns and adjectives.
    pub head_first: bool,
    /// Adjectives and participles may follow their noun.
    pub adjective_follows: bool,
    closed: FxHashMap<String, Classes>,
    /// Determiners that refer to what is known.
    pub definite: Vec<String>,
    /// Words that deny a verb group.
    pub negations: Vec<String>,
    /// Pronouns that turn the verb on its subject.
    pub reflexives: Vec<String>,
    /// Lemmas of the auxiliary of the perfect.
    pub perfect: Vec<String>,
    /// Lemmas of the auxiliary of the passive.
    pub passive: Vec<String>,
    /// Lemmas of the verbs whose perfect takes the passive's auxiliary.
    pub perfect_with_passive: Vec<String>,
    /// Forms that govern an infinitive, and the tense that they give.
    pub modals: FxHashMap<String, Tense>,
    /// Short forms of auxiliaries, with their lemmas.
    pub contracted: FxHashMap<String, String>,
    /// The word before an infinitive.
    pub infinitive_marker: Option<String>,
    /// What rules a reading out.
    pub disambiguation: Vec<Disambiguation>,
    /// What can be counted, by name.
    pub concepts: BTreeMap<String, Concept>,
    /// Lemmas of nouns that count nothing without a predicate.
    pub participants: Vec<String>,
    /// Groups of nouns and adjectives that exclude each other; each alternative may have synonyms, parted by a bar.
    pub exclusive: Vec<Vec<String>>,
    /// Prepositions that hold a determiner: « du », « aux ».
    pub contractions: Vec<String>,
    /// What the ending of a masculine noun of a person becomes in the feminine: « -eur », « -euse ».
    pub feminine_endings: Vec<(String, String)>,
    /// Those of them that may be a determiner alone: « des », « du ».
    pub partitives: Vec<String>,
    /// The lemmas above, as the lexicon numbers them.
    pub(crate) ids: Ids,
}

/// Lemmas of the grammar, as the lexicon numbers them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids {
    pub perfect: Vec<LemmaId>,
    pub passive: Vec<LemmaId>,
    pub perfect_with_passive: Vec<LemmaId>,
    pub participants: Vec<LemmaId>,
    /// Lemma, index into the concepts, and whether it is a predicate.
    pub concepts: Vec<(LemmaId, usize, bool)>,
    /// Lemmas of predicates that have no object, with the index of their concept.
    pub intransitives: Vec<(LemmaId, usize)>,
    pub contracted: FxHashMap<String, LemmaId>,
    /// Groups of what excludes each other: each a list of alternatives, each of these a list of synonyms.
    pub exclusive: Vec<Vec<Vec<LemmaId>>>,
}

/// Nouns that carry a predicate, and verbs that count their subject or object.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// Lemmas, or forms where the lexicon has the form as a noun of its own.
    pub nouns: Vec<String>,
    /// Lemmas of verbs.
    #[serde(default)]
    pub predicates: Vec<String>,
    /// Those of them that have no object: who dies is counted, and who is killed.
    #[serde(default)]
    pub intransitives: Vec<String>,
}

/// One class of words, finer than a part of speech where syntax needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
#[allow(missing_docs, reason = "the names are the grammar's own")]
pub enum Class {
    Noun,
    Proper,
    /// A finite verb.
    Verb,
    Infinitive,
    PastParticiple,
    PresentParticiple,
    /// A form of an auxiliary of perfect or passive; beside `Verb` and its like.
    Auxiliary,
    Modal,
    /// The word before an infinitive.
    Marker,
    Adjective,
    Adverb,
    Determiner,
    /// A pronoun that is a subject.
    Subject,
    /// A pronoun that is an object.
    Clitic,
    Pronoun,
    Preposition,
    Coordinator,
    Subordinator,
    Relative,
    Negator,
    Numeral,
    Other,
}

impl Class {
    /// All classes with their names, in their order.
    const ALL: [(Class, &str); 22] = [
        (Class::Noun, "noun"),
        (Class::Proper, "proper"),
        (Class::Verb, "verb"),
        (Class::Infinitive, "infinitive"),
        (Class::PastParticiple, "past-participle"),
        (Class::PresentParticiple, "present-participle"),
        (Class::Auxiliary, "auxiliary"),
        (Class::Modal, "modal"),
        (Class::Marker, "marker"),
        (Class::Adjective, "adjective"),
        (Class::Adverb, "adverb"),
        (Class::Determiner, "determiner"),
        (Class::Subject, "subject"),
        (Class::Clitic, "clitic"),
        (Class::Pronoun, "pronoun"),
        (Class::Preposition, "preposition"),
        (Class::Coordinator, "coordinator"),
        (Class::Subordinator, "subordinator"),
        (Class::Relative, "relative"),
        (Class::Negator, "negator"),
        (Class::Numeral, "numeral"),
        (Class::Other, "other"),
    ];

    /// The name, as grammars write it.
    pub fn name(self) -> &'static str {
        Class::ALL[self as usize].1
    }
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(pub(crate) u32);

impl Classes {
    /// A set of one.
    pub const fn of(class: Class) -> Classes {
        Classes(1 << class as u8)
    }

    /// Whether the class is in the set.
    pub const fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u8) != 0
    }

    /// Whether the sets share a class.
    pub const fn meets(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether every class is in the other set; false for the empty set.
    pub const fn within(self, other: Classes) -> bool {
        self.0 != 0 && self.0 & !other.0 == 0
    }

    /// Whether every class of the other set is in this one.
    pub const fn holds(self, other: Classes) -> bool {
        self.0 & other.0 == other.0
    }

    /// The classes of the set, in their order.
    pub fn iter(self) -> impl Iterator<Item = Class> {
        Class::ALL.into_iter().map(|(class, _)| class).filter(move |c| self.has(*c))
    }

    /// Adds a class.
    pub fn insert(&mut self, class: Class) {
        self.0 |= 1 << class as u8;
    }
}

impl<'de> Deserialize<'de> for Classes {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Classes, D::Error> {
        Ok(Vec::<Class>::deserialize(d)?.into_iter().fold(Classes::default(), |mut set, c| {
            set.insert(c);
            set
        }))
    }
}

/// A rule of disambiguation. All conditions that are given must hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Disambiguation {
    /// The word may be each of these.
    pub at: Classes,
    /// The word before is one of these and nothing else.
    pub after: Option<Classes>,
    /// The word after may be one of these.
    pub before: Option<Classes>,
    /// The word after is one of these and nothing else.
    pub before_only: Option<Classes>,
    /// The word after is one of these.
    pub before_word: Option<Vec<String>>,
    /// What may stand between the word and the one before.
    #[serde(default)]
    pub skip: Classes,
    /// What remains.
    pub keep: Option<Classes>,
    /// What goes.
    pub drop: Option<Classes>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    noun_head: NounHead,
    adjective_follows: bool,
    closed: BTreeMap<String, Vec<String>>,
    definite: Vec<String>,
    negations: Vec<String>,
    reflexives: Vec<String>,
    perfect: Vec<String>,
    passive: Vec<String>,
    perfect_with_passive: Vec<String>,
    modals: FxHashMap<String, Tense>,
    #[serde(default)]
    contracted: FxHashMap<String, String>,
    infinitive_marker: Option<String>,
    disambiguation: Vec<Disambiguation>,
    concepts: BTreeMap<String, Concept>,
    participants: Vec<String>,
    exclusive: Vec<Vec<String>>,
    #[serde(default)]
    contractions: Vec<String>,
    #[serde(default)]
    feminine_endings: Vec<(String, String)>,
    #[serde(default)]
    partitives: Vec<String>,
}

#[derive(PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum NounHead {
    First,
    Last,
}

impl From<File> for Grammar {
    fn from(f: File) -> Grammar {
        let mut closed: FxHashMap<String, Classes> = FxHashMap::default();
        for (class, forms) in f.closed {
            // A wrong name would be found by the test that parses the shipped packs: serde names it.
            let class = serde_json::from_value::<Class>(serde_json::Value::String(class.clone()))
                .unwrap_or_else(|e| panic!("closed class {class}: {e}"));
            for form in forms {
                closed.entry(form).or_default().insert(class);
            }
        }
        for form in f.modals.keys() {
            closed.entry(form.clone()).or_default().insert(Class::Modal);
        }
        for form in f.contracted.keys() {
            closed.entry(form.clone()).or_default().insert(Class::Auxiliary);
            closed.entry(form.clone()).or_default().insert(Class::Verb);
        }
        if let Some(marker) = &f.infinitive_marker {
            closed.entry(marker.clone()).or_default().insert(Class::Marker);
        }
        Grammar {
            head_first: f.noun_head == NounHead::First,
            adjective_follows: f.adjective_follows,
            closed,
            definite: f.definite,
            negations: f.negations,
            reflexives: f.reflexives,
            perfect: f.perfect,
            passive: f.passive,
            perfect_with_passive: f.perfect_with_passive,
            modals: f.modals,
            contracted: f.contracted,
            infinitive_marker: f.infinitive_marker,
            disambiguation: f.disambiguation,
            concepts: f.concepts,
            participants: f.participants,
            exclusive: f.exclusive,
            contractions: f.contractions,
            feminine_endings: f.feminine_endings,
            partitives: f.partitives,
            ids: Ids::default(),
        }
    }
}

impl Grammar {
    /// Looks the grammar's lemmas up, once, when the language is loaded.
    pub(crate) fn resolve(&mut self, lexicon: &Lexicon) {
        let ids = |words: &[String]| words.iter().filter_map(|w| lexicon.lemma(w)).collect::<Vec<_>>();
        let (mut concepts, mut intransitives) = (Vec::new(), Vec::new());
        for (i, c) in self.concepts.values().enumerate() {
            concepts.extend(ids(&c.nouns).into_iter().map(|l| (l, i, false)));
            concepts.extend(ids(&c.predicates).into_iter().map(|l| (l, i, true)));
            intransitives.extend(ids(&c.intransitives).into_iter().map(|l| (l, i)));
        }
        self.ids = Ids {
            perfect: ids(&self.perfect),
            passive: ids(&self.passive),
            perfect_with_passive: ids(&self.perfect_with_passive),
            participants: ids(&self.participants),
            contracted: self.contracted.iter().filter_map(|(form, l)| Some((form.clone(), lexicon.lemma(l)?))).collect(),
            exclusive: self
                .exclusive
                .iter()
                .map(|group| group.iter().map(|words| words.split('|').filter_map(|w| lexicon.lemma(w)).collect()).collect())
                .collect(),
            concepts,
            intransitives,
        };
    }

    /// The classes of a form of the closed classes, in lower case.
    pub fn closed(&self, lower: &str) -> Option<Classes> {
        self.closed.get(lower).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_have_the_names_that_grammars_give_them() {
        for (i, (class, name)) in Class::ALL.into_iter().enumerate() {
            assert_eq!((class as usize, class.name()), (i, name));
            assert_eq!(serde_json::from_value::<Class>(name.into()).unwrap(), class);
        }
    }
}
