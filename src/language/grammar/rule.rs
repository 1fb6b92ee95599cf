//! A rule of disambiguation: what the neighbours of a word rule out.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::Classes;

/// Words of a rule, in lower case.
pub type Words = FxHashSet<String>;

/// A rule of disambiguation. All conditions that are given must hold.
///
/// A word on the left has been decided already. Of a word on the right it is known what it may be, and what it most often is: that is
/// what `ahead` asks, where the lexicon tells.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Disambiguation {
    /// The word may be each of these.
    pub at: Classes,
    /// The word may be none of these.
    #[serde(default)]
    pub never: Classes,
    /// The word is one of these.
    pub word: Option<Words>,
    /// What the word most often is, is one of these.
    pub usual: Option<Classes>,
    /// What the word most often is, if the lexicon tells, is none of these.
    pub unusual: Option<Classes>,
    /// The word before is one of these and nothing else.
    pub after: Option<Classes>,
    /// The word before may be one of these.
    pub after_may: Option<Classes>,
    /// The word before is not one of these and nothing else.
    pub not_after: Option<Classes>,
    /// The word before is one of these.
    pub after_word: Option<Words>,
    /// The word before that one is one of these and nothing else.
    pub behind: Option<Classes>,
    /// What may stand between the word and the one before.
    #[serde(default)]
    pub skip: Classes,
    /// The word after may be one of these.
    pub before: Option<Classes>,
    /// The word after is one of these and nothing else.
    pub before_only: Option<Classes>,
    /// The word after cannot be any of these.
    pub not_before: Option<Classes>,
    /// The word after is one of these.
    pub before_word: Option<Words>,
    /// The word after is most likely one of these.
    pub ahead: Option<Classes>,
    /// The second word after is most likely one of these.
    pub beyond: Option<Classes>,
    /// Whether the word has a capital that says something.
    pub capital: Option<bool>,
    /// Whether the word before or the one after has a capital that says something.
    pub beside_capital: Option<bool>,
    /// Whether the word after has a capital.
    pub next_capital: Option<bool>,
    /// Whether the word stands first, or behind a mark.
    pub begins: Option<bool>,
    /// Whether the word is the first of the sentence.
    pub opens: Option<bool>,
    /// Whether the word stands last, or before a mark.
    pub ends: Option<bool>,
    /// Whether a finite verb stands before it, no mark, coordinator or opener of a clause between.
    pub verb_before: Option<bool>,
    /// Whether a finite verb follows, no mark or opener of a clause between.
    pub verb_ahead: Option<bool>,
    /// Whether a finite verb is still to come: the sentence has begun more clauses than it has verbs.
    pub due: Option<bool>,
    /// Whether enough words that may be finite verbs and no nouns follow in the sentence for the clauses that want one.
    pub verb_to_come: Option<bool>,
    /// Whether a word that may be a finite verb and neither a noun nor an adjective follows there.
    pub verb_likely: Option<bool>,
    /// Whether a noun or pronoun that no preposition governs stands before, since the last finite verb or opener of a clause.
    pub subject_before: Option<bool>,
    /// Whether a preposition governs the noun before, or would govern the word itself.
    pub governed: Option<bool>,
    /// Whether the word before is the first of its clause: nothing, a mark, a coordinator or an opener stands before it.
    pub after_first: Option<bool>,
    /// Whether the word is a form of a verb that wants an object.
    pub transitive: Option<bool>,
    /// Whether the word is a form of a verb that has no object.
    pub intransitive: Option<bool>,
    /// What the last verb before was.
    pub last: Option<Classes>,
    /// The word before is a noun or a pronoun that the word, as a finite verb of the third person, agrees with in number.
    pub agrees: Option<bool>,
    /// What remains; the word is decided.
    pub keep: Option<Classes>,
    /// What goes; the rules that follow are heard too.
    pub drop: Option<Classes>,
    /// What the word most often is remains; the word is decided.
    #[serde(default)]
    pub keep_usual: bool,
}
