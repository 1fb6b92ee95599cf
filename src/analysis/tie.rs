//! What figures are to each other, as facts.

use crate::amount::Amount;
use crate::facet::Facets;
use crate::span::Span;

/// Figures that the story binds to each other.
#[derive(Clone, Debug)]
pub struct Tie {
    /// What they are to each other.
    pub kind: TieKind,
    /// The places, by the part that each plays.
    pub roles: Vec<(&'static str, Span)>,
    /// How the parts of the tie came together.
    pub join: Join,
    /// The reading that gave it, for who asks.
    pub reading: &'static str,
    /// Whether one number can be all that is said of it.
    pub holds: bool,
    /// What would be right, by name, for messages.
    pub values: Vec<(&'static str, Right)>,
    /// What would clear it.
    pub facets: Facets,
}

/// What would be right.
#[derive(Clone, Copy, Debug)]
pub enum Right {
    /// In per cent.
    Percent(Amount),
    /// A number.
    Number(Amount),
}

/// What figures are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TieKind {
    /// One number became another, by so much in a hundred.
    Change,
    /// The difference of two shares, said in per cent.
    Points,
    /// The change of an amount, said in points.
    PointsOfAmount,
    /// One number is so many times another.
    Multiple,
    /// A part in its whole.
    Share,
    /// So many of so much each.
    Product,
    /// The way that one number became another.
    Direction,
}

impl TieKind {
    /// The name in rules.
    pub fn name(self) -> &'static str {
        match self {
            TieKind::Change => "change",
            TieKind::Points => "points",
            TieKind::PointsOfAmount => "points-of-amount",
            TieKind::Multiple => "multiple",
            TieKind::Share => "share",
            TieKind::Product => "product",
            TieKind::Direction => "direction",
        }
    }
}

/// How the parts of a tie came together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Join {
    /// One sentence says all of it.
    Sentence,
    /// The next sentence resumes, or the one before announces it.
    Next,
    /// The next sentence takes it up by a word that refers back, or by the whole once more, and neither has another figure.
    Resumed,
}
