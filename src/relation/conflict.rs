//! What a relation is, and what it yields.

use crate::analysis::Analysis;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::span::Span;

/// Two or more places that do not go together: facts, no prose.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The places, by the part that each plays.
    pub roles: Vec<(&'static str, Span)>,
    /// What a message may tell.
    pub values: Bindings,
    /// What would clear the conflict, if the rule lets it.
    pub facets: Facets,
}

/// What a relation does; one implementation a file.
pub trait Relation {
    /// The roles that its conflicts carry.
    fn roles(&self) -> &'static [&'static str];
    /// The names, beside the roles, that its conflicts bind for messages.
    fn values(&self) -> &'static [&'static str];
    /// The facets that its conflicts may carry.
    fn facets(&self) -> &'static [Facet];
    /// Every conflict in the draft, those included that a facet would clear.
    fn conflicts(&self, a: &Analysis) -> Vec<Conflict>;
}
