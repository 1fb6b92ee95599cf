//! A suppression in a draft suppresses something.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Relation};
use crate::analysis::Analysis;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;

/// `suppresses`: what a draft says to recoupe takes effect.
///
/// The conflicts are all names in all suppressions of the draft. Which of them take effect only `check` can know, once all
/// other rules have spoken, and it drops those.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Suppresses {
    /// The name is that of a rule or a topic.
    Known,
    /// The rule would have spoken.
    Anything,
}

impl Relation for Suppresses {
    fn roles(&self) -> &'static [&'static str] {
        &["name"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["meant"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let names = a.doc.suppressions.iter().flat_map(|s| &s.rules);
        let conflict = |span| Conflict { roles: vec![("name", span)], values: Bindings::default(), facets: Facets::default() };
        names.map(|(_, span)| conflict(*span)).collect()
    }
}
