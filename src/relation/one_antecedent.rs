//! A pronoun points to one noun.

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::says;
use super::{Conflict, Facet, Facets, Relation};
use crate::analysis::Analysis;
use crate::finding::Bindings;
use crate::syntax::{Chunk, ChunkKind, VerbGroup};

/// `one-antecedent`: a sentence does not open on a pronoun where the sentence before has a doer and a sufferer that it may mean alike.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OneAntecedent {
    /// The cue set of the pronouns.
    pub pronoun: String,
}

impl Relation for OneAntecedent {
    fn roles(&self) -> &'static [&'static str] {
        &["pronoun", "one", "other"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        for pair in a.sentences.windows(2) {
            let (before, at) = (pair[0], pair[1].start as usize);
            let points = before.block == pair[1].block
                && says(a, &self.pronoun, at..at + 1)
                && !says(a, "impersonal", at..pair[1].end.min(pair[1].start + 3) as usize);
            if !points {
                continue;
            }
            let inside = |c: &&Chunk| (before.start..before.end).contains(&c.tokens.0);
            let chunks: Vec<&Chunk> = a.chunks.iter().filter(inside).collect();
            let Some(verb) =
                chunks.iter().position(|c| matches!(c.kind, ChunkKind::Verb(VerbGroup { passive: true, finite: true, .. })))
            else {
                continue;
            };
            let bare = |c: &&&Chunk| matches!(c.kind, ChunkKind::Noun { preposition: None, .. });
            let by = |c: &&&Chunk| matches!(c.kind, ChunkKind::Noun { preposition: Some(p), .. } if says(a, "agent", p as usize..p as usize + 1));
            let (Some(one), Some(other)) = (chunks[..verb].iter().find(bare), chunks[verb..].iter().find(by)) else { continue };
            if !fits(a, one, at) || !fits(a, other, at) {
                continue;
            }
            let mut facets = Facets::default();
            facets.insert_if(a.facets_at(a.tokens[at].span).contains(Facet::Quoted), Facet::Quoted);
            let span = |c: &Chunk| a.span(c.tokens.0 as usize..c.tokens.1 as usize);
            let roles = vec![("pronoun", a.tokens[at].span), ("one", span(one)), ("other", span(other))];
            found.push(Conflict { roles, values: Bindings::default(), facets });
        }
        found
    }
}

/// Whether a pronoun agrees with a noun group in gender and number; a name that the lexicon lacks agrees with all.
fn fits(a: &Analysis, group: &Chunk, pronoun: usize) -> bool {
    let readings = a.readings(group.head as usize);
    let language = a.language(pronoun);
    let agrees = |n: &crate::analysis::Reading| {
        language.is_some_and(|l| {
            l.lexicon.readings(a.lower(pronoun)).any(|(_, p)| {
                (n.tag.masculine() && p.masculine() || n.tag.feminine() && p.feminine())
                    && (n.tag.singular() && p.singular() || n.tag.plural() && p.plural())
            })
        })
    };
    readings.is_empty() || readings.iter().any(agrees)
}
