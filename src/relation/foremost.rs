//! What is the first, the last, the greatest of a region stands in it.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::SetName;
use super::site::{Site, one_town, sites};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::language::places::{PlaceId, PlaceKind, gazetteer};
use crate::mention::place;
use crate::span::Span;

/// `foremost`: « le chantier naval de Rimouski, l'un des derniers d'Abitibi-Témiscamingue », "Scotland's oldest cinema, in Leeds".
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Foremost {
    /// The cue set of words for a place in an order: "oldest", « l'un des derniers ».
    #[schemars(with = "SetName")]
    pub first: String,
    /// The cue set of words between those and the region: "in", « d' ».
    #[schemars(with = "SetName")]
    pub of: String,
}

impl Relation for Foremost {
    fn roles(&self) -> &'static [&'static str] {
        &["place", "around"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let all: Vec<(Range<usize>, Wide)> = (0..a.tokens.len()).filter_map(|i| self.wide(a, i)).collect();
        if all.is_empty() {
            return Vec::new();
        }
        let towns = sites(a);
        all.iter().filter_map(|(words, wide)| judge(a, &towns, words, wide)).collect()
    }
}

/// A region or country of which something is the first.
struct Wide {
    span: Span,
    ids: Vec<PlaceId>,
}

/// Tokens at most between what is said to be the first and the region.
const ROOM: usize = 4;
/// Tokens at most between a town and what is said of what stands there.
const BESIDE: usize = 3;
/// A town of fewer inhabitants may have a namesake that no source holds.
const LEAST: u32 = 5_000;

impl Foremost {
    /// The words from "oldest" to the region: "Scotland's *oldest* cinema", « l'un des *derniers* d'Abitibi ».
    fn wide(&self, a: &Analysis, i: usize) -> Option<(Range<usize>, Wide)> {
        let language = a.language(i)?;
        let n = language.cues.get(&self.first).at(a, i)?;
        let s = a.sentence(i);
        let owner = i.checked_sub(2).filter(|&k| k >= s.start && a.is_clitic(i - 1)).and_then(|k| {
            let m = a.mentions_in(k.saturating_sub(2)..k + 1).iter().rfind(|m| m.tokens.1 as usize == i - 1)?;
            let Value::Place(p) = &m.value else { return None };
            let past = (i + n..s.end.min(i + n + BESIDE)).take_while(|&j| a.classes[j].has(Class::Noun)).last()? + 1;
            Some((m.tokens.0 as usize..past, m.span, p.candidates.clone()))
        });
        let owned = || {
            (i + n..s.end.min(i + n + ROOM)).find_map(|j| {
                let len = language.cues.get(&self.of).at(a, j)?;
                let plain = (i + n..j)
                    .all(|k| mark(a, k).is_none() && !a.classes[k].within(crate::language::grammar::Classes::of(Class::Verb)));
                let start = j + len;
                let capital = |k: usize| k < s.end && a.tokens[k].kind == TokenKind::Word && a.tokens[k].case.is_capital();
                let past = (start..s.end.min(start + ROOM)).take_while(|&k| capital(k)).last()? + 1;
                let ids = place::candidates(a, start..past, &mut String::new()).into_iter().map(|c| c.0).collect::<Vec<_>>();
                plain.then(|| (i..past, a.span(start..past), ids))
            })
        };
        let (words, span, ids) = owner.or_else(owned)?;
        let g = gazetteer();
        // A hamlet may bear the name of a country.
        let wide = ids.first().is_some_and(|&id| !matches!(g.kind(id), PlaceKind::Town | PlaceKind::Continent));
        let ids: Vec<PlaceId> = ids.into_iter().filter(|&id| g.kind(id) != PlaceKind::Town).collect();
        wide.then_some((words, Wide { span, ids }))
    }
}

fn judge(a: &Analysis, towns: &[Site], words: &Range<usize>, wide: &Wide) -> Option<Conflict> {
    let g = gazetteer();
    let s = a.sentence(words.start);
    let here =
        || towns.iter().filter(|t| s.contains(&t.tokens.start) && (t.tokens.end <= words.start || t.tokens.start >= words.end));
    let first = here().next()?;
    if !here().all(|t| one_town(t, first)) {
        return None;
    }
    let verb = |i: usize| a.classes[i].has(Class::Verb) || a.classes[i].has(Class::Auxiliary);
    // « le chantier naval de Rimouski, l'un des derniers d'Abitibi »; "Scotland's oldest cinema, in Leeds"
    let before = |t: &Site| {
        let gap = t.tokens.end..words.start;
        t.noun.is_some()
            && gap.len() <= BESIDE + 2
            && gap.clone().next().is_some_and(|i| mark(a, i) == Some(','))
            && !gap.clone().any(verb)
    };
    let behind = |t: &Site| {
        let gap = words.end..t.tokens.start;
        t.tokens.start >= words.end
            && gap.len() <= BESIDE
            && !gap.is_empty()
            && !gap.clone().any(verb)
            && gap.clone().any(|i| a.classes[i].has(Class::Preposition))
    };
    let near = if first.tokens.end <= words.start { before(first) } else { behind(first) };
    let held = first.ids.iter().any(|&t| wide.ids.iter().any(|&w| g.may_contain(w, t) || g.contains(w, t)));
    let known = first.ids.iter().all(|&t| g.kind(t) == PlaceKind::Town) && g.population(first.ids[0]) >= LEAST;
    if !near || held || !known {
        return None;
    }
    let place = a.span(first.tokens.clone());
    let mut facets = Facets::default();
    facets.insert_if(a.facets_at(place).contains(Facet::Quoted), Facet::Quoted);
    Some(Conflict { roles: vec![("place", place), ("around", wide.span)], values: Bindings::default(), facets })
}
