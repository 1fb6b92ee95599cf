//! What somebody is and does in a year goes with how old the story says that somebody is.

use schemars::JsonSchema;
use serde::Deserialize;

use super::age_fits::LifeStage;
use super::lives::{Life, lives};
use super::names::SetName;
use super::{Conflict, Relation};
use crate::amount::Amount;
use crate::analysis::Analysis;
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};

/// `of-age`: « mort à 68 ans … élu en 1967 »: who is elected has grown up; "22 in 2001" and "52" today make another year of birth.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OfAge {
    /// The cue set of what nobody does as a child: to be elected, to marry.
    #[schemars(with = "SetName")]
    pub deeds: String,
    /// Words for stretches of life.
    pub stages: Vec<LifeStage>,
}

impl Relation for OfAge {
    fn roles(&self) -> &'static [&'static str] {
        &["known", "then"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["age.most"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let all = lives(a, &LifeStage::all(&self.stages), Some(&self.deeds));
        let clash = |l: &Life| l.age_against_year(a);
        all.iter()
            .filter_map(clash)
            .map(|c| {
                let mut values = Bindings::default();
                values.bind("age.most", Bound::Amount(Amount::whole(i128::from(c.most))));
                let roles = vec![("known", c.first.span), ("then", c.other.span)];
                Conflict { roles, values, facets: Facets::default() }
            })
            .collect()
    }
}
