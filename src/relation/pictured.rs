//! Whom a story says to be in its picture stands in the caption; and whom the caption alone names is no stranger to a story of one person.

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::SetName;
use super::support::{blocks, fold, people, says, slip, vocabulary};
use super::{Conflict, Relation, presented};
use crate::analysis::{Analysis, EntityId, Mention, PersonValue, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::language::grammar::Class;

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
        let alone = || self.said(a, &told, &seen).or_else(|| sole(a, &told, &seen)).map(|other| (seen[0], other));
        let Some((name, other)) = alone().or_else(|| half(a, &told, &seen)) else { return Vec::new() };
        let mut facets = Facets::default();
        facets.insert_if(says(a, "archive", caption.clone()), Facet::ArchiveImage);
        vec![Conflict { roles: vec![("name", name.0.span), ("other", other.0.span)], values: Bindings::default(), facets }]
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
fn sole<'m>(a: &Analysis, told: &[Named<'m>], seen: &[Named<'m>]) -> Option<Named<'m>> {
    let [(m, p)] = seen else { return None };
    let first = told.first()?;
    // What opens a caption is what it shows; further on it may be who took it.
    let opens = m.tokens.0 as usize <= a.sentence(m.tokens.0 as usize).start + 2
        && m.tokens.0 <= a.tokens_in(a.doc.blocks[m.block as usize].span).start as u32 + 2;
    let full = p.given.0 < p.given.1;
    let alone = told.iter().all(|(_, q)| q.entity == first.1.entity);
    let sex = |e: EntityId| a.entities[e.0 as usize].sex;
    let fits = sex(p.entity).zip(sex(first.1.entity)).is_none_or(|(x, y)| x == y);
    // What the caption says of who it is may be what the story says of the other: « Sabine Morin, cuisinière à l'école ».
    let described = presented::description(a, p.title, m.tokens);
    let story = vocabulary(a, &[BlockKind::Body, BlockKind::Headline, BlockKind::Standfirst]);
    let same = described.len() >= 2 && described.iter().all(|w| story.contains(&fold(w.trim_start_matches(presented::FROM))));
    let presented = presented::titled(a, p.title) || presented::presented(a, m.tokens);
    let introduced = presented && !same || presented::listed(a, m.tokens);
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

/// Somebody in the picture with a name of which the story has one half, and the other half nowhere: the same first name and nearly the same
/// surname, or one surname beside one brother and two first names: « Adam et Youssef Khelil », « Adam et Yacine Khelil ».
fn half<'m>(a: &Analysis, told: &[Named<'m>], seen: &[Named<'m>]) -> Option<(Named<'m>, Named<'m>)> {
    let word = |t: (u32, u32)| fold(a.lower(t.1 as usize - 1));
    let whole = |p: &PersonValue| p.given.0 < p.given.1;
    let stands = |w: &str, shown: bool| {
        let blocks = if shown {
            blocks(a, &[BlockKind::Caption])
        } else {
            blocks(a, &[BlockKind::Body, BlockKind::Headline, BlockKind::Standfirst])
        };
        blocks.into_iter().flatten().any(|i| fold(a.lower(i)) == w)
    };
    // Who stands before a name in a list: « *Adam* et Youssef Khelil ».
    let beside = |m: &Mention| {
        let at = m.tokens.0 as usize;
        let first = at.checked_sub(2)?;
        let joined = a.tokens[first].block == m.block && a.classes[first + 1].has(Class::Coordinator);
        (joined && a.tokens[first].case.is_capital()).then(|| fold(a.lower(first)))
    };
    for (m, p) in seen.iter().filter(|(_, p)| whole(p)) {
        let (given, surname) = (word(p.given), word(p.surname));
        for (n, q) in told.iter().filter(|(_, q)| whole(q)) {
            let (other, theirs) = (word(q.given), word(q.surname));
            let namesakes = told.iter().filter(|(_, r)| whole(r) && word(r.given) == given).any(|(_, r)| word(r.surname) != theirs);
            let nearly = surname.chars().count().min(theirs.chars().count()) >= 6 && strsim::osa_distance(&surname, &theirs) <= 2;
            let spelt =
                given == other && surname != theirs && nearly && !namesakes && !stands(&surname, false) && !stands(&theirs, true);
            let brother = || beside(m).is_some_and(|x| beside(n) == Some(x));
            let swapped = surname == theirs && given != other && !stands(&given, false) && !stands(&other, true) && brother();
            if spelt || swapped {
                return Some(((*m, *p), (*n, *q)));
            }
        }
    }
    None
}

/// Whether two names may be of one person: the surnames are the same but for a slip.
fn one(a: &Analysis, p: &PersonValue, q: &PersonValue) -> bool {
    let surname = |p: &PersonValue| fold(a.lower(p.surname.1 as usize - 1));
    let (x, y) = (surname(p), surname(q));
    x == y || slip(&x, &y, 2)
}
