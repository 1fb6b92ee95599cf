//! What the story tells of each thing, as types: [`card`](crate::card) reads them.

use super::EntityId;
use crate::language::grammar::Tense;
use crate::language::lexicon::LemmaId;
use crate::language::senses::Sense;

/// All things of a draft and all that is said of them, in the order of the text.
#[derive(Debug, Default)]
pub(crate) struct Cards {
    /// The things.
    pub things: Vec<Thing>,
    /// The words that speak of a thing, by token.
    pub words: Vec<Word>,
    /// What is said.
    pub claims: Vec<Claim>,
    /// Phrases that exclude something, or that can be told of few, as first and one past the last token.
    pub told: Vec<(Sense, (u32, u32))>,
}

/// An index into [`Cards::things`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ThingId(pub u32);

/// Somebody or something of which the story speaks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Thing {
    /// The person, organisation or place that it is, where it has a name.
    pub entity: Option<EntityId>,
    /// The nouns by which the story calls it.
    pub lemmas: Vec<LemmaId>,
    /// What those nouns may mean, of [`Sense::Kind`].
    pub kinds: Vec<u16>,
    /// The words beside the noun that tell it from others of its kind.
    pub marks: Vec<LemmaId>,
    /// Whether there are several of it.
    pub plural: bool,
    /// Whether headline, standfirst or caption named it first.
    pub furniture: bool,
    /// The token that last spoke of it.
    pub last: u32,
}

/// A word that speaks of a thing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// The noun, name or pronoun.
    pub token: u32,
    pub thing: ThingId,
    pub joined: Joined,
}

/// Why a word is of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joined {
    /// It is the first word for it.
    Introduced,
    /// It is a name of the same person, organisation or place.
    Name,
    /// The same noun, with an article that refers back: « *le pont* ».
    Resumed,
    /// Another noun that things of the kind are called by: « le chalutier … *le navire* ».
    Kind,
    /// A pronoun that agrees with the last subject.
    Pronoun,
    /// It stands beside the name: « Luc Verdan, *maire* de Dole ».
    Apposed,
    /// A number or an indefinite pronoun alone, which is of the last things told of: "*two* remain shut".
    Part,
}

/// What the story says of a thing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    pub sense: Sense,
    /// The words that say it, as first and one past the last token.
    pub tokens: (u32, u32),
    /// Of what it is said, where grammar tells.
    pub thing: Option<ThingId>,
    /// How it is said.
    pub form: Form,
    /// Denied: « n'a pas rouvert », "no injuries".
    pub denied: bool,
    /// Of each of them, or of none: "*every* school", « *aucun* otage ».
    pub all: bool,
    /// Of some of the things only: "*two* remain shut".
    pub part: bool,
    /// Still so: "remains closed", « toujours fermé ».
    pub persists: bool,
    /// Supposed, asked, wished.
    pub supposed: bool,
    /// Told in the future tense.
    pub to_come: bool,
    /// Suspected, alleged or hearsay: whether it has happened is open.
    pub unsure: bool,
    /// In a quotation.
    pub quoted: bool,
    /// Somebody's word.
    pub attributed: bool,
    /// Of another time than the story's.
    pub before: bool,
}

/// How a claim is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// By a verb in this tense.
    Verb(Tense),
    /// By what a linking verb in this tense says that the subject is.
    Predicate(Tense),
    /// By an adjective or a participle beside the noun.
    Attribute,
    /// By a noun: « la *fermeture* du pont »; with an article or demonstrative that takes it for known or without.
    Noun { definite: bool },
}

impl Claim {
    /// How it is said, by name.
    pub fn how(&self) -> Vec<&'static str> {
        let form = match self.form {
            Form::Verb(_) => "verb",
            Form::Predicate(_) => "predicate",
            Form::Attribute => "attribute",
            Form::Noun { .. } => "noun",
        };
        let held = [
            (self.denied, "denied"),
            (self.all, "of all"),
            (self.part, "of some"),
            (self.supposed, "supposed"),
            (self.to_come, "to come"),
            (self.unsure, "unsure"),
            (self.persists, "persists"),
            (self.quoted, "quoted"),
            (self.attributed, "attributed"),
            (self.before, "before"),
        ];
        std::iter::once(form).chain(held.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| name)).collect()
    }

    /// Whether it holds at the time of the story, rather than happened.
    pub fn is_state(&self) -> bool {
        match self.form {
            Form::Verb(tense) => tense == Tense::Present,
            Form::Predicate(tense) => matches!(tense, Tense::Present | Tense::Untensed),
            Form::Attribute => true,
            Form::Noun { .. } => false,
        }
    }
}

impl Cards {
    /// The thing of which a word speaks.
    pub fn at(&self, token: u32) -> Option<ThingId> {
        self.word(token).map(|w| w.thing)
    }

    /// The word at a token, where it speaks of a thing.
    pub fn word(&self, token: u32) -> Option<&Word> {
        self.words.binary_search_by_key(&token, |w| w.token).ok().map(|i| &self.words[i])
    }
}
