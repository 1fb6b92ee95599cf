//! What is said to rise does not end lower.

use schemars::JsonSchema;
use serde::Deserialize;

use super::change::ChangeWords;
use super::figure::{cue_in, stance};
use super::names::SetName;
use super::{Conflict, Relation};
use crate::amount::Ratio;
use crate::analysis::Analysis;
use crate::facet::Facet;
use crate::finding::Bindings;

/// `goes-as-said`: « en hausse de 12 à 9 »: where a number is said to rise it ends higher, where it is said to fall, lower.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GoesAsSaid {
    /// How a change is worded.
    pub words: ChangeWords,
    /// The cue set of words of a ranking, in which the first is the best.
    #[schemars(with = "SetName")]
    pub ranking: String,
}

impl Relation for GoesAsSaid {
    fn roles(&self) -> &'static [&'static str] {
        &["numbers", "direction"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Negated, Facet::Approximate, Facet::Ranked]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        for change in self.words.changes(a) {
            let Some((direction, up)) = change.direction.clone() else { continue };
            let (from, to) = (change.from.amount, change.to.amount);
            // « baisser de 2 à 3 % » is a range; only « passer de … à … » tells where it began and ended.
            let wrong = if up { from.written > to.written } else { from.written < to.written && change.passing };
            // "from 18 to 1": a ratio.
            if !wrong || change.scaled() || up && to.written == Ratio::ONE {
                continue;
            }
            let mut facets = stance(change.from.mention);
            facets.insert_if(!from.is_exact() || !to.is_exact(), Facet::Approximate);
            facets.insert_if(cue_in(a, &self.ranking, a.sentence(change.open)), Facet::Ranked);
            found.push(Conflict {
                roles: vec![("numbers", change.span), ("direction", a.span(direction))],
                values: Bindings::default(),
                facets,
            });
        }
        found
    }
}
