//! Few here, masses there: adjectives of scale on one noun.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::SetName;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Chunk, ChunkKind, mark};
use crate::facet::Facet;
use crate::finding::Bindings;
use crate::language::grammar::Class;
use crate::language::lexicon::LemmaId;

/// `same-scale`: what is said to be few is not elsewhere said to be many, under the same noun.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SameScale {
    /// The cue set of words that say few, inside the noun group.
    #[schemars(with = "SetName")]
    pub few: String,
    /// The cue set of words that say many, inside the noun group or right after it.
    #[schemars(with = "SetName")]
    pub many: String,
}

impl Relation for SameScale {
    fn roles(&self) -> &'static [&'static str] {
        &["few", "many"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::PartOf, Facet::OtherPlace, Facet::OtherTime, Facet::Quoted, Facet::Negated, Facet::Hypothetical]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let groups: Vec<&Chunk> = a.chunks.iter().filter(|c| matches!(c.kind, ChunkKind::Noun { .. })).collect();
        let said = |c: &&Chunk, set: &str, after: usize| {
            let tokens = c.tokens.0 as usize..c.tokens.1 as usize + after;
            a.language(tokens.start)
                .is_some_and(|l| l.cues.get(set).stands_in(a, tokens.start..tokens.end.min(a.sentence(tokens.start).end)))
        };
        let plural = |c: &Chunk| a.readings(c.head as usize).iter().any(|r| r.tag.plural() && !r.tag.singular());
        let few: Vec<&Chunk> = groups.iter().copied().filter(|c| plural(c) && said(c, &self.few, 0)).collect();
        if few.is_empty() {
            return Vec::new();
        }
        let many: Vec<&Chunk> = groups.iter().copied().filter(|c| plural(c) && said(c, &self.many, 2)).collect();
        let mut found = Vec::new();
        for f in few {
            let Some(m) = many.iter().find(|m| m.head != f.head && same_noun(a, f, m)) else { continue };
            let mut facets = a.facets_at(span(a, f));
            for facet in Facet::ALL.iter().copied().filter(|x| a.facets_at(span(a, m)).contains(*x)) {
                facets.insert(facet);
            }
            facets.insert_if(restricted(a, f, &self.few), Facet::PartOf);
            let place = |c: &Chunk| frame(a, c).and_then(|f| f.place);
            facets.insert_if(matches!((place(f), place(m)), (Some(x), Some(y)) if x != y), Facet::OtherPlace);
            let background = |c: &Chunk| frame(a, c).is_some_and(|f| f.background);
            facets.insert_if(background(f) || background(m), Facet::OtherTime);
            found.push(Conflict {
                roles: vec![("few", span(a, f)), ("many", with_cue(a, m, &self.many))],
                values: Bindings::default(),
                facets,
            });
        }
        found
    }
}

fn span(a: &Analysis, c: &Chunk) -> crate::span::Span {
    a.span(c.tokens.0 as usize..c.tokens.1 as usize)
}

/// The group with the words after it that say many: « manifestations *de masse* ».
fn with_cue(a: &Analysis, c: &Chunk, set: &str) -> crate::span::Span {
    let end = c.tokens.1 as usize;
    let past = a
        .language(end - 1)
        .and_then(|l| (end < a.tokens.len()).then(|| l.cues.get(set).at(a, end)).flatten())
        .map_or(end, |len| end + len);
    a.span(c.tokens.0 as usize..past)
}

fn same_noun(a: &Analysis, x: &Chunk, y: &Chunk) -> bool {
    let noun = |c: &Chunk| a.readings(c.head as usize).iter().map(|r| r.lemma).collect::<Vec<LemmaId>>();
    let ys = noun(y);
    noun(x).iter().any(|l| ys.contains(l)) || a.lower(x.head as usize) == a.lower(y.head as usize)
}

/// Whether what follows the group says which of them are few: a complement, a relative clause, a participle.
fn restricted(a: &Analysis, c: &Chunk, few: &str) -> bool {
    let end = c.tokens.1 as usize;
    let after = end..a.sentence(c.head as usize).end;
    let cue = |i: usize| a.language(i).is_some_and(|l| l.cues.get(few).at(a, i).is_some());
    let modifies = |i: usize| a.classes[i].has(Class::PastParticiple) || a.classes[i].has(Class::Adjective);
    let modified = (c.head as usize + 1..end).any(|i| modifies(i) && !cue(i));
    modified || follows(a, after)
}

fn follows(a: &Analysis, after: Range<usize>) -> bool {
    let Some(i) = after.clone().next() else { return false };
    mark(a, i).is_none()
        && [Class::Preposition, Class::Relative, Class::Infinitive].iter().any(|c| a.classes[i].has(*c))
        && !a.classes[i].has(Class::Verb)
}

/// The frame of a mention in the group's clause.
fn frame<'a>(a: &'a Analysis, c: &Chunk) -> Option<&'a crate::analysis::Frame> {
    a.mentions.iter().find(|m| m.clause == c.clause).map(|m| &m.frame)
}
