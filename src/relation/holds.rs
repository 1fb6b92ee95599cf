//! What a story says of several figures at once can be.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Relation};
use crate::analysis::{Analysis, Join, Right, Tie, TieKind};
use crate::facet::Facet;
use crate::finding::{Bindings, Bound};
use crate::tie::ties;

/// `holds`: figures that the story ties to each other fit: « trois sur douze, soit 25 % », « passé de 200 à 250, soit une hausse de 25 % ».
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Holds {
    /// What the figures are to each other.
    pub tie: TieKind,
    /// How the tie came together; without it, in any way.
    #[serde(default)]
    pub join: Option<Join>,
}

impl Relation for Holds {
    fn roles(&self) -> &'static [&'static str] {
        match self.tie {
            TieKind::Change | TieKind::Points | TieKind::PointsOfAmount | TieKind::Direction => &["stated", "numbers"],
            TieKind::Multiple => &["multiple", "numbers"],
            TieKind::Share => &["stated", "part", "whole"],
            TieKind::Product => &["total", "numbers"],
        }
    }

    fn values(&self) -> &'static [&'static str] {
        match self.tie {
            TieKind::Multiple => &["factor"],
            TieKind::Share => &["stated.expected"],
            TieKind::Product => &["expected"],
            _ => &["stated.expected", "points"],
        }
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Approximate, Facet::Quoted, Facet::Negated, Facet::Hypothetical]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let broken = ties(a).iter().filter(|t| !t.holds && t.kind == self.tie && self.join.is_none_or(|j| j == t.join));
        broken.map(|t| Conflict { roles: t.roles.clone(), values: values(t), facets: t.facets }).collect()
    }
}

fn values(t: &Tie) -> Bindings {
    let mut values = Bindings::default();
    for (name, right) in &t.values {
        values.bind(
            *name,
            match right {
                Right::Percent(n) => Bound::Percent(*n),
                Right::Number(n) => Bound::Amount(*n),
            },
        );
    }
    values
}
