//! What is said to come of a vote or a match is what its figures say.

mod margin;
mod matched;
mod polled;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Relation};
use crate::analysis::Analysis;
use crate::facet::Facet;

/// `outcome`: a plan is adopted by more votes than it has against it; a draw has as many goals on both sides, a win has more; nobody has
/// fewer at the end than at half-time.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Outcome {
    /// What is counted.
    pub of: Contest,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Contest {
    /// Votes for and against.
    Vote,
    /// Goals, points, sets.
    Match,
}

impl Relation for Outcome {
    fn roles(&self) -> &'static [&'static str] {
        &["result", "count"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Hypothetical, Facet::Negated]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        match self.of {
            Contest::Vote => polled::conflicts(a),
            Contest::Match => matched::conflicts(a),
        }
    }
}
