//! A story, and each of its pictures, has what the newsroom asks for.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Relation};
use crate::analysis::Analysis;
use crate::document::{BlockKind, Document, FigureId, Furnishing, Picture};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::span::Span;

/// `furnished`: where the newsroom's configuration asks a kind of story for something, stories of that kind have it.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Furnished {
    /// What is asked.
    pub with: Furnishing,
}

impl Relation for Furnished {
    fn roles(&self) -> &'static [&'static str] {
        &["here"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        if !a.asked.contains(&self.with) {
            return Vec::new();
        }
        let places =
            if self.with.is_of_pictures() { self.bare_pictures(a.doc) } else { self.bare_story(a.doc).into_iter().collect() };
        let conflict = |span| Conflict { roles: vec![("here", span)], values: Bindings::default(), facets: Facets::default() };
        places.into_iter().map(conflict).collect()
    }
}

impl Furnished {
    /// The headline, or what opens the story, where the story lacks it.
    fn bare_story(&self, doc: &Document) -> Option<Span> {
        let has = doc.meta.unseen.contains(&self.with) || doc.blocks.iter().any(|b| Some(b.kind) == self.with.kind());
        if has { None } else { opening(doc) }
    }

    /// The pictures that lack it: each where the file shows it, else at its words.
    fn bare_pictures(&self, doc: &Document) -> Vec<Span> {
        // A table has a caption too, and no credit: only what the format shows as a picture counts.
        let shown: BTreeMap<FigureId, &Picture> = doc.pictures.iter().map(|p| (p.figure, p)).collect();
        let lacks = |p: &Picture| self.with != Furnishing::AlternativeText || !p.described;
        let mut bare: BTreeMap<FigureId, bool> = shown.iter().map(|(figure, p)| (*figure, lacks(p))).collect();
        let mut words: BTreeMap<FigureId, Span> = BTreeMap::new();
        for block in &doc.blocks {
            let Some(figure) = block.figure else { continue };
            words.entry(figure).or_insert(block.span);
            if let Some(lacks) = bare.get_mut(&figure) {
                *lacks &= Some(block.kind) != self.with.kind();
            }
        }
        let place = |figure: &FigureId| {
            let picture = shown.get(figure).and_then(|p| p.span);
            picture.or_else(|| words.get(figure).copied()).or_else(|| opening(doc))
        };
        bare.iter().filter(|(_, lacks)| **lacks).filter_map(|(figure, _)| place(figure)).collect()
    }
}

/// The headline, else the first block.
fn opening(doc: &Document) -> Option<Span> {
    let headline = doc.blocks.iter().find(|b| b.kind == BlockKind::Headline);
    headline.or(doc.blocks.first()).map(|b| b.span)
}
