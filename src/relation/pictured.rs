//! Whom a story says to be in its picture stands in the caption; and whom the caption alone names is no stranger to a story of one person.

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::SetName;
use super::support::{blocks, fold, people, says, slip};
use super::{Conflict, Relation, presented};
use crate::analysis::{Analysis, EntityId, Mention, PersonValue, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;

/// `pictured`: the one picture of a story shows whom the story is of.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pictured {
    /// The cue set of words behind a name that say so: "(pictured)".
    #[schemars(with = "SetName")]
    pub cue: String,
}

/// A caption of fewer words is a name, or who took the picture.
const FEWEST: usize = 5;

/// A story of fewer words has not said of whom it is.
const SHORTEST: usize = 12;

type Named<'m> = (&'m Mention, &'m PersonValue);

impl Relation for Pictured {
    fn roles(&self) -> &'static [&'static str] {
        &["name", "other"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::ArchiveImage]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let captions = blocks(a, &[BlockKind::Caption]);
        let [caption] = &captions[..] else { return Vec::new() };
        let words = |t: std::ops::Range<usize>| t.filter(|&i| a.tokens[i].kind == TokenKind::Word).count();
        let story: usize = blocks(a, &[BlockKind::Body]).into_iter().map(words).sum();
        if words(caption.clone()) < FEWEST || story < SHORTEST {
            return Vec::new();
        }
        let shown = |m: &Mention| caption.contains(&(m.tokens.0 as usize));
        let whole = |p: &PersonValue| p.surname.0 < p.surname.1 && (p.given.0 < p.given.1 || p.title.0 < p.title.1);
        let named: Vec<Named> = people(a).filter(|(_, p)| whole(p)).collect();
        let (seen, told): (Vec<Named>, Vec<Named>) = named.into_iter().partition(|(m, _)| shown(m));
        let Some(other) = self.said(a, &told, &seen).or_else(|| sole(a, &told, &seen)) else { return Vec::new() };
        let mut facets = Facets::default();
        facets.insert_if(says(a, "archive", caption.clone()), Facet::ArchiveImage);
        vec![Conflict { roles: vec![("name", seen[0].0.span), ("other", other.0.span)], values: Bindings::default(), facets }]
    }
}

impl Pictured {
    /// Whom the story says to be in the picture, and the caption does not name: "Janet Moss (pictured)".
    fn said<'m>(&self, a: &Analysis, told: &[Named<'m>], seen: &[Named]) -> Option<Named<'m>> {
        let cue = |m: &Mention| {
            let end = m.tokens.1 as usize;
            let at = end + usize::from(mark(a, end.min(a.tokens.len() - 1)).is_some_and(|c| matches!(c, ',' | '(')));
            at < a.sentence(end - 1).end
                && a.language(end - 1).is_some_and(|l| {
                    l.cues
                        .get(&self.cue)
                        .at(a, at)
                        .is_some_and(|len| mark(a, (at + len).min(a.tokens.len() - 1)).is_some_and(|c| ",).;".contains(c)))
                })
        };
        let stands = |p: &PersonValue| seen.iter().any(|(_, q)| one(a, p, q));
        told.iter().find(|(m, p)| !seen.is_empty() && cue(m) && !stands(p)).copied()
    }
}

/// The one person of whom the story speaks, where its caption names one other of whom nothing is told there.
fn sole<'m>(a: &Analysis, told: &[Named<'m>], seen: &[Named]) -> Option<Named<'m>> {
    let [(m, p)] = seen else { return None };
    let first = told.first()?;
    // What opens a caption is what it shows; further on it may be who took it.
    let opens = m.tokens.0 as usize <= a.sentence(m.tokens.0 as usize).start + 2
        && m.tokens.0 <= a.tokens_in(a.doc.blocks[m.block as usize].span).start as u32 + 2;
    let full = p.given.0 < p.given.1;
    let alone = told.iter().all(|(_, q)| q.entity == first.1.entity);
    let sex = |e: EntityId| a.entities[e.0 as usize].sex;
    let fits = sex(p.entity).zip(sex(first.1.entity)).is_none_or(|(x, y)| x == y);
    let introduced = presented::titled(a, p.title) || presented::presented(a, m.tokens) || presented::listed(a, m.tokens);
    // Any word of the name that stands elsewhere may be the name's.
    let known = || {
        let word = |i: usize| fold(a.lower(i));
        let own: Vec<String> = (m.tokens.0 as usize..m.tokens.1 as usize).map(word).collect();
        blocks(a, &[])
            .into_iter()
            .flatten()
            .any(|i| a.tokens[i].block != m.block && a.tokens[i].case.is_capital() && own.contains(&word(i)))
    };
    (full && opens && alone && fits && !introduced && first.1.given.0 < first.1.given.1 && !one(a, p, first.1) && !known())
        .then_some(*first)
}

/// Whether two names may be of one person: the surnames are the same but for a slip.
fn one(a: &Analysis, p: &PersonValue, q: &PersonValue) -> bool {
    let surname = |p: &PersonValue| fold(a.lower(p.surname.1 as usize - 1));
    let (x, y) = (surname(p), surname(q));
    x == y || slip(&x, &y, 2)
}
