//! A place bears the name that it bore on the day.

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::blocks;
use super::{Conflict, Relation};
use crate::analysis::Analysis;
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};

/// `in-use`: a place is called by the name that is in use on the day of publication, as the languages' `renamed` tell.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InUse {}

impl Relation for InUse {
    fn roles(&self) -> &'static [&'static str] {
        &["name"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["then"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::OtherTime, Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let Some((published, _)) = a.doc.meta.published else { return Vec::new() };
        let mut found = Vec::new();
        for tokens in blocks(a, &[]) {
            let Some(language) = a.language(tokens.start) else { continue };
            for i in tokens.clone() {
                let fits = |name: &str| {
                    let mut words = 0;
                    let same = name.split_whitespace().all(|w| (i + words < tokens.end && a.text(i + words) == w, words += 1).0);
                    same.then_some(words)
                };
                // Most words begin no name: that is settled before any is cut into words.
                let (head, first) = (a.text(i), a.text(i).as_bytes().first());
                let begins = |name: &str| name.as_bytes().first() == first && name.starts_with(head);
                for renamed in language.renamed.iter().filter(|r| begins(&r.name)) {
                    let Some(len) = fits(&renamed.name).filter(|_| !renamed.holds_on(published)) else { continue };
                    let span = a.span(i..i + len);
                    let mut facets = a.facets_at(span);
                    // The story of the past, and « l'ex-… », "formerly".
                    let sentence = a.sentence(i);
                    let past =
                        super::support::says(a, "former", sentence.clone()) || super::support::says(a, "background", sentence);
                    let known = a.mentions_in(a.sentence(i)).iter().any(|m| m.frame.background);
                    facets.insert_if(past || known, Facet::OtherTime);
                    let mut keep = Facets::default();
                    for facet in self.facets() {
                        keep.insert_if(facets.contains(*facet), *facet);
                    }
                    let mut values = Bindings::default();
                    values.bind("then", Bound::Literal(renamed.other.clone()));
                    found.push(Conflict { roles: vec![("name", span)], values, facets: keep });
                }
            }
        }
        found
    }
}
