//! The pattern language of `find:`: it reads like the sentence that it looks for.
//!
//! | written | matches |
//! | --- | --- |
//! | `word` | that word in lower case, or the words that an apostrophe parts: `d'Europe` |
//! | `"TK"` | those words or marks as they are written, capitals included |
//! | `, ; : … ( ) « »` | that mark |
//! | `~lemma` | every form of the word that the sentence's grammar allows here |
//! | `@set` | an entry of a cue set of the block's language |
//! | `@table` | an entry of the rule's own `table:` |
//! | `<place>` | a mention of that kind, whole |
//! | `/regex/` | one token, its lower-case form matched whole |
//! | `{role: …}` | what is inside, with a name |
//! | `[a \| b]` | the first of these that fits |
//! | `..3` | at most three tokens, the fewest that fit; never over the border of a clause nor over a finite verb |
//! | `x?` | x or nothing |
//! | `!x` | nothing, where x does not follow |
//! | `^` `$` | the start of a clause or sentence; the end of a sentence |
//!
//! A pattern matches within one sentence, in blocks of its own language. The matches of one rule do not overlap: the
//! leftmost wins, and of two that start together that of the pattern written first. So an exception is a pattern of its own
//! that names no role, where others of the rule do: it takes its words away from them, and reports nothing.
//!
//! Each pattern runs only in sentences where the rarest of its necessary words stands. All those words meet in one
//! automaton, so that a list of thousands costs nothing where none of its entries occurs.

mod compile;
mod matcher;
mod parse;
mod phrases;
mod vm;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::analysis::Value;
use crate::span::Span;

pub(crate) use compile::has_sets;
pub use compile::{Compiler, Pattern};
pub use matcher::{Match, Matcher, RoleMatch};
pub use parse::{Ast, Node, parse};
pub use phrases::Phrases;
pub use words::{normalise, split};

/// What is wrong with a pattern, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// Bytes of the pattern as written.
    pub span: Span,
    /// What.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
}

/// The kinds of mention that a pattern can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// A count.
    Quantity,
    /// A share of a hundred.
    Percent,
    /// A difference of two shares.
    Points,
    /// An amount of money.
    Money,
    /// A measure.
    Measure,
    /// A rank.
    Ordinal,
    /// How old somebody is.
    Age,
    /// A day, month or year.
    Date,
    /// A day of the week.
    Weekday,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A place.
    Place,
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// Words between quotation marks.
    Quotation,
}

impl MentionKind {
    /// All kinds, with their names in patterns.
    pub const ALL: [(&'static str, MentionKind); 15] = [
        ("quantity", MentionKind::Quantity),
        ("percent", MentionKind::Percent),
        ("points", MentionKind::Points),
        ("money", MentionKind::Money),
        ("measure", MentionKind::Measure),
        ("ordinal", MentionKind::Ordinal),
        ("age", MentionKind::Age),
        ("date", MentionKind::Date),
        ("weekday", MentionKind::Weekday),
        ("time", MentionKind::Time),
        ("duration", MentionKind::Duration),
        ("place", MentionKind::Place),
        ("person", MentionKind::Person),
        ("organisation", MentionKind::Organisation),
        ("quotation", MentionKind::Quotation),
    ];

    /// The kind of a mention's value.
    pub fn of(value: &Value) -> MentionKind {
        match value {
            Value::Quantity(_) => MentionKind::Quantity,
            Value::Percent(_) => MentionKind::Percent,
            Value::Points(_) => MentionKind::Points,
            Value::Money(_) => MentionKind::Money,
            Value::Measure(_) => MentionKind::Measure,
            Value::Ordinal(_) => MentionKind::Ordinal,
            Value::Age(_) => MentionKind::Age,
            Value::Weekday(_) => MentionKind::Weekday,
            Value::Date(_) | Value::Period(_) => MentionKind::Date,
            Value::Time(_) => MentionKind::Time,
            Value::Duration(_) => MentionKind::Duration,
            Value::Place(_) => MentionKind::Place,
            Value::Person(_) => MentionKind::Person,
            Value::Organisation(_) => MentionKind::Organisation,
            Value::Quotation(_) => MentionKind::Quotation,
        }
    }
}

pub use crate::near::nearest;

/// A shared, compiled list of phrases.
pub type SharedPhrases = Arc<Phrases>;
