//! What is told of a life, and whose the words say it is.

use jiff::civil::Date;

use crate::analysis::{Analysis, EntityId, Mention, Sex};
use crate::language::grammar::Class;
use crate::span::Span;

/// One thing that is told of a life.
#[derive(Clone, Copy, Debug)]
pub(in crate::relation) struct Entry {
    pub what: What,
    pub at: When,
    pub span: Span,
    /// The first token.
    pub token: usize,
    pub quoted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::relation) enum What {
    Age(i64),
    /// A word for a stretch of life, by its first year and the first one after it.
    Stage(i64, i64),
    /// The first and the last day on which somebody may have been born.
    Born(Date, Date),
    /// The same of a death.
    Died(Date, Date),
    /// What only who has grown up does: to be elected, to marry.
    Deed,
}

/// When an age holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::relation) enum When {
    /// On the day of the story.
    Now,
    /// At death.
    Death,
    /// In the past: at death, where somebody has died.
    Was,
    /// Between two days that are told.
    On(Date, Date),
    /// At another time.
    Unknown,
}

/// Whose an entry is, as the words say it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holder {
    Named(EntityId),
    /// Somebody who is brought in.
    New(Option<Sex>),
    /// Somebody who has been brought in.
    Again(Option<Sex>),
}

/// Where an age stands: with a noun or a name, or said by a verb.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stands {
    /// Beside the group that ends before this token: « Marie Holt, 34 ans », « un homme de 42 ans ».
    Behind(usize),
    /// Within the group that begins there: "the 53-year-old".
    Within(usize, usize),
    /// Said by the verb of the clause: « il avait 78 ans », "at 23".
    Said(usize),
    /// Said of themselves: « J'ai 69 ans », "I'm 43".
    Own(usize),
}

pub(super) fn fits(one: Option<Sex>, other: Option<Sex>) -> bool {
    one.is_none() || other.is_none() || one == other
}

pub(super) fn entry(m: &Mention, what: What, at: When, token: usize) -> Entry {
    Entry { what, at, span: m.span, token, quoted: m.stance.quoted }
}

pub(super) fn verbal(a: &Analysis, i: usize) -> bool {
    a.classes[i].has(Class::Verb) || a.classes[i].has(Class::Auxiliary)
}

/// The first and the last day that a year or a date may mean.
pub(super) type Days = (Date, Date);
