//! The names of a story: how each is written, where it stands, and what the story says of whom it names.

use std::collections::HashSet;
use std::ops::Range;

use crate::span::Span;

/// Every way in which a name of the story is written, in the order in which they are first met.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// The forms.
    pub(crate) forms: Vec<NameForm>,
}

/// What a form is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NameKind {
    /// Somebody.
    Person,
    /// A firm, a club, an authority.
    Body,
    /// A town, a country.
    Place,
    /// A street, a building, a work: words with capitals that are nothing else.
    Thing,
}

/// One way in which a name is written.
#[derive(Debug)]
pub(crate) struct NameForm {
    /// What it names where it first stands.
    pub(crate) kind: NameKind,
    /// Its parts: words, and what hyphens join.
    pub(crate) parts: Vec<NamePart>,
    /// How many parts at its start are first names or initials.
    pub(crate) given: usize,
    /// Where it stands.
    pub(crate) places: Vec<Standing>,
    /// Whether it has a first name or a civil title.
    pub(crate) person: bool,
    /// Whether it is read as a person's, with a civil title somewhere where it stands alone.
    pub(crate) human: bool,
    /// Whether anything says who it is, and the words that say so.
    pub(crate) presented: bool,
    pub(crate) described: HashSet<String>,
    /// The same, but for relative clauses, which say more of whom one knows.
    pub(crate) introduced: bool,
    /// Whether an apposition behind it brings somebody new in.
    pub(crate) brought_in: bool,
    /// Whether it stands beside another name in a list or amid one, or in a label, where nobody is introduced.
    pub(crate) listed: bool,
    /// Whether it is set in capitals wherever it stands, which may lose their accents.
    pub(crate) capitals: bool,
}

/// A word of a name, or a part of one that hyphens join.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NamePart {
    /// In lower case.
    pub(crate) lower: String,
    /// Without accents.
    pub(crate) folded: String,
    /// Whether a hyphen joins it to the part before.
    pub(crate) joined: bool,
    /// Whether it begins with an article or a preposition that has lost its vowel: « d'État ».
    pub(crate) elided: bool,
}

/// A place where a form stands.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub(crate) span: Span,
    pub(crate) tokens: Range<usize>,
    /// Whether it is where somebody belongs: "Tim Daly of Marlow Foods".
    pub(crate) belongs: bool,
}
