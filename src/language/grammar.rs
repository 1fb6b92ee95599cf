//! Closed word classes, disambiguation, verb groups and concepts of a language.

mod class;
mod rule;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::language::lexicon::{LemmaId, Lexicon};

pub use class::{Class, Classes};
pub use rule::Disambiguation;

/// The tense of a verb group, with the moods that change what it asserts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tense {
    /// « dit », "says".
    Present,
    /// « a dit », « dit » (passé simple), "said", "has said".
    Past,
    /// « disait ».
    Imperfect,
    /// « avait dit », "had said".
    Pluperfect,
    /// « dira », "will say".
    Future,
    /// « dirait », « aurait dit », "would say": hearsay, condition, wish.
    Conditional,
    /// « dise ».
    Subjunctive,
    /// Infinitive or participle alone.
    Untensed,
}

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
    /// Lemmas of the verbs whose noun says what the subject is.
    pub linking: Vec<String>,
    /// Lemmas of the verbs that want an object right behind them, unless they are passive: a participle without one is.
    pub transitive: Vec<String>,
    /// Lemmas of the verbs with two objects: "gave him a book".
    pub ditransitive: Vec<String>,
    /// Lemmas of the verbs that make their object do something: "asked the mayor to resign".
    pub object_control: Vec<String>,
    /// Prepositions of who does what an infinitive says: "for him to go".
    pub infinitive_subject: Vec<String>,
    /// Words beside a noun that they strengthen: "he himself", "we all".
    pub floating: Vec<String>,
    /// Lemmas of the verbs that have none: what looks like their participle is finite.
    pub intransitive: Vec<String>,
    /// Relative pronouns that are no subject.
    pub object_relatives: Vec<String>,
    /// Those of them that are no object either: « dont ».
    pub oblique_relatives: Vec<String>,
    /// Pronouns before a verb that are no object of it.
    pub oblique_clitics: Vec<String>,
    /// Pronouns that stand for a subject behind the verb: "there are".
    pub existential: Vec<String>,
    /// Prepositions of who does what a passive says.
    pub agent: Vec<String>,
    /// What somebody says may follow without a word that opens it: "he said the man died".
    pub bare_clauses: bool,
    /// Words that may belong to the verb before them: "carried out".
    pub particles: Vec<String>,
    /// What rules a reading out.
    pub disambiguation: Vec<Disambiguation>,
    /// Lemmas of the verbs with what may belong to each, though it may govern a noun: "took off his coat".
    pub phrasal: BTreeMap<String, Vec<String>>,
    /// Lemmas of the verbs whose subject may follow, where only these have it so.
    pub inverting: Vec<String>,
    /// Lemmas of the verbs that such a pronoun goes with, where it may be a subject of its own.
    pub existential_verbs: Vec<String>,
    /// What a word that the lexicon lacks may be, by its ending; the first that fits tells.
    pub endings: Vec<(String, Classes)>,
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
    pub linking: Vec<LemmaId>,
    pub transitive: Vec<LemmaId>,
    pub intransitive: Vec<LemmaId>,
    pub ditransitive: Vec<LemmaId>,
    pub inverting: Vec<LemmaId>,
    pub existential_verbs: Vec<LemmaId>,
    /// Lemma and particles, by lemma.
    pub phrasal: FxHashMap<LemmaId, Vec<String>>,
    pub object_control: Vec<LemmaId>,
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
    linking: Vec<String>,
    #[serde(default)]
    transitive: Vec<String>,
    #[serde(default)]
    intransitive: Vec<String>,
    #[serde(default)]
    ditransitive: Vec<String>,
    #[serde(default)]
    object_control: Vec<String>,
    #[serde(default)]
    infinitive_subject: Vec<String>,
    #[serde(default)]
    floating: Vec<String>,
    #[serde(default)]
    object_relatives: Vec<String>,
    #[serde(default)]
    oblique_relatives: Vec<String>,
    #[serde(default)]
    oblique_clitics: Vec<String>,
    #[serde(default)]
    existential: Vec<String>,
    agent: Vec<String>,
    bare_clauses: bool,
    #[serde(default)]
    particles: Vec<String>,
    disambiguation: Vec<Disambiguation>,
    #[serde(default)]
    phrasal: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    inverting: Vec<String>,
    #[serde(default)]
    existential_verbs: Vec<String>,
    #[serde(default)]
    endings: Vec<(String, Classes)>,
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
            linking: f.linking,
            transitive: f.transitive,
            intransitive: f.intransitive,
            ditransitive: f.ditransitive,
            object_control: f.object_control,
            infinitive_subject: f.infinitive_subject,
            floating: f.floating,
            object_relatives: f.object_relatives,
            oblique_relatives: f.oblique_relatives,
            oblique_clitics: f.oblique_clitics,
            existential: f.existential,
            agent: f.agent,
            bare_clauses: f.bare_clauses,
            particles: f.particles,
            disambiguation: f.disambiguation,
            phrasal: f.phrasal,
            inverting: f.inverting,
            existential_verbs: f.existential_verbs,
            endings: f.endings,
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

/// Bytes that a word must have before an ending that tells what it is.
const SHORTEST_STEM: usize = 2;

impl Grammar {
    /// Looks the grammar's lemmas up, once, when the language is loaded.
    pub(crate) fn resolve(&mut self, lexicon: &Lexicon) {
        let ids = |words: &[String]| words.iter().filter_map(|w| lexicon.lemma(w)).collect::<Vec<_>>();
        let sorted = |words: &[String]| {
            let mut ids = ids(words);
            ids.sort_unstable();
            ids
        };
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
            linking: ids(&self.linking),
            transitive: sorted(&self.transitive),
            intransitive: sorted(&self.intransitive),
            ditransitive: ids(&self.ditransitive),
            object_control: ids(&self.object_control),
            inverting: ids(&self.inverting),
            existential_verbs: ids(&self.existential_verbs),
            phrasal: self.phrasal.iter().filter_map(|(verb, of)| Some((lexicon.lemma(verb)?, of.clone()))).collect(),
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

    /// What a word that nobody knows may be, as its ending tells; a noun where it tells nothing.
    pub fn by_ending(&self, lower: &str) -> Classes {
        let fits = |ending: &str| lower.len() >= ending.len() + SHORTEST_STEM && lower.ends_with(ending);
        self.endings.iter().find(|(ending, _)| fits(ending)).map_or(Classes::of(Class::Noun), |(_, classes)| *classes)
    }

    /// The classes of a form of the closed classes, in lower case.
    pub fn closed(&self, lower: &str) -> Option<Classes> {
        self.closed.get(lower).copied()
    }
}
