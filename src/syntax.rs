//! The one layer that guesses: readings are narrowed in one pass, then words are grouped. Every later stage reads this.

mod chunk;
mod narrow;

use serde::Deserialize;

use crate::analysis::Analysis;
use crate::language::lexicon::LemmaId;

/// A noun group or a verb group.
#[derive(Clone, Copy, Debug)]
pub struct Chunk {
    /// First and one past the last token.
    pub tokens: (u32, u32),
    /// The noun, or the verb that carries the meaning.
    pub head: u32,
    /// Index into [`Analysis::clauses`](crate::analysis::Analysis::clauses).
    pub clause: u32,
    /// Which of the two, with what only that one has.
    pub kind: ChunkKind,
}

/// Which kind of group.
#[derive(Clone, Copy, Debug)]
pub enum ChunkKind {
    /// Determiner, modifiers, noun: « les quinze policiers grièvement blessés ».
    Noun {
        /// Token of the preposition that governs the group.
        preposition: Option<u32>,
        /// Opened by a definite article or a demonstrative.
        definite: bool,
    },
    /// Auxiliaries, negation, verb: « n'a pas été retrouvé ».
    Verb(VerbGroup),
}

/// A verb with its auxiliaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerbGroup {
    /// Dictionary form of the verb that carries the meaning.
    pub lemma: LemmaId,
    /// When.
    pub tense: Tense,
    /// Whether the subject suffers what the verb says.
    pub passive: bool,
    /// Whether it is denied.
    pub negated: bool,
    /// Whether one of its words is finite: only such a group makes a clause.
    pub finite: bool,
}

/// The tense of a verb group, with the moods that change what it asserts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
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

/// What one finite verb governs.
#[derive(Clone, Copy, Debug)]
pub struct Clause {
    /// First and one past the last token.
    pub tokens: (u32, u32),
    /// Index into [`Analysis::sentences`](crate::analysis::Analysis::sentences).
    pub sentence: u32,
    /// Index of its finite verb group in [`Analysis::chunks`](crate::analysis::Analysis::chunks).
    pub verb: Option<u32>,
    /// Opened by a subordinator or a relative pronoun.
    pub subordinate: bool,
}

pub(crate) use narrow::begins;

/// Reads every word, narrows its readings, and groups the words.
pub(crate) fn parse(a: &mut Analysis) {
    narrow::narrow(a);
    chunk::group(a);
}
