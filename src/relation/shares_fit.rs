//! The shares of one whole do not exceed it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{cue_in, figure, stance};
use super::{Conflict, Facet, Relation};
use crate::analysis::Analysis;
use crate::finding::{Bindings, Bound};
use crate::mention::quantity::HUNDRED;
use crate::mention::{Amount, Mention, Ratio, Value};

/// `shares-fit`: shares that a sentence gives of one whole, down to those without an opinion, make a hundred at the most.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SharesFit {
    /// The cue set of words for the last share of a poll, which make the shares those of one whole.
    pub rest: String,
    /// The cue set of words by which shares may overlap.
    pub overlap: String,
}

impl Relation for SharesFit {
    fn roles(&self) -> &'static [&'static str] {
        &["shares"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["shares.sum"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Approximate, Facet::PartOf]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        a.sentences.iter().filter_map(|s| self.sentence(a, s.start as usize..s.end as usize)).collect()
    }
}

impl SharesFit {
    fn sentence(&self, a: &Analysis, s: std::ops::Range<usize>) -> Option<Conflict> {
        let figures: Vec<&Mention> = a.mentions_in(s.clone()).iter().filter(|m| figure(m).is_some()).collect();
        let shares: Vec<(&Mention, &Amount)> =
            figures.iter().filter_map(|m| if let Value::Percent(p) = &m.value { Some((*m, p)) } else { None }).collect();
        if shares.len() < 2 || shares.len() != figures.len() || !cue_in(a, &self.rest, s.clone()) {
            return None;
        }
        let sum = shares.iter().try_fold(Ratio::ZERO, |acc, (_, p)| acc.add(p.written))?;
        // Each share may be rounded up.
        let slack = shares.iter().try_fold(Ratio::ZERO, |acc, (_, p)| acc.add(p.precision))?.div(Ratio::whole(2))?;
        if sum <= HUNDRED.add(slack.max(Ratio::ONE))? || sum > Ratio::whole(150) {
            return None;
        }
        let (first, last) = (shares.first()?, shares.last()?);
        let mut values = Bindings::default();
        values.bind("shares.sum", Bound::Percent(Amount::exact(sum, first.1.precision)));
        let mut facets = stance(first.0);
        facets.insert_if(shares.iter().any(|(_, p)| !p.is_exact()), Facet::Approximate);
        facets.insert_if(cue_in(a, &self.overlap, s), Facet::PartOf);
        Some(Conflict { roles: vec![("shares", first.0.span.cover(last.0.span))], values, facets })
    }
}
