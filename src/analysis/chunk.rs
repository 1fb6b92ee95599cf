//! Groups of words, clauses, and who does what to whom in them.

use crate::language::grammar::Tense;
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

/// Who or what a verb group speaks of, by token: the head of a noun group, or a pronoun. What grammar leaves open is not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// Who does what the verb says, or suffers it where the verb is passive; in a relative clause what the clause hangs on.
    pub subject: Option<u32>,
    /// Who would do it, where no word of the group is finite and grammar is sure: "the mayor promised to *resign*".
    pub understood: Option<u32>,
    /// Whom or what it is done to.
    pub object: Option<u32>,
    /// What the subject is said to be, noun or adjective: « est devenu *maire* », "is *deep*".
    pub predicate: Option<u32>,
    /// Who does it, where the verb is passive.
    pub agent: Option<u32>,
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
