//! A town that is told of by its region lies in that region.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::lies_in::{names_around, regions, whole, window};
use super::names::SetName;
use super::site::{Site, one_town, sites};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Chunk, ChunkKind, Value, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::grammar::Class;
use crate::language::places::{PlaceId, PlaceKind, gazetteer};
use crate::language::{Language, TokenKind};

/// `described-in`: « à Granville … ce port breton », "Hay-on-Wye … the Herefordshire town": the town that a noun takes up lies in the
/// region, the province, the country that stands beside the noun.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DescribedIn {
    /// The cue set of what a town is called: town, port, commune.
    #[schemars(with = "SetName")]
    pub town: String,
}

/// Sentences, at most, from a town to the noun that takes it up.
const REACH: u32 = 3;

/// A town of fewer inhabitants may have a namesake that no source holds.
const LEAST: u32 = 1_500;

/// Where a noun sets a town.
enum Around {
    /// In a country, by its ISO code.
    Country(String),
    /// In one of the regions that bear a name.
    Regions(Vec<PlaceId>),
}

impl Around {
    fn may_hold(&self, id: PlaceId) -> bool {
        let g = gazetteer();
        match self {
            Around::Country(iso) => g.iso_country(id) == iso,
            Around::Regions(ids) => ids.iter().any(|&r| r == id || g.may_contain(r, id) || g.contains(id, r)),
        }
    }
}

impl Relation for DescribedIn {
    fn roles(&self) -> &'static [&'static str] {
        &["town", "description", "told"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let described: Vec<(&Chunk, Around, Range<usize>)> = a
            .chunks
            .iter()
            .filter_map(|c| {
                let language = a.language(c.head as usize)?;
                let (around, words) = self.around(a, c, language)?;
                Some((c, around, words))
            })
            .collect();
        if described.is_empty() {
            return Vec::new();
        }
        let towns = sites(a);
        let mut found: Vec<Conflict> = Vec::new();
        for (chunk, around, words) in described {
            let Some(town) = self.meant(a, chunk, &words, &towns) else { continue };
            // A story that goes to the region may speak of another town of it.
            let told = towns.iter().flat_map(|t| &t.ids).any(|&id| around.may_hold(id));
            let named = a.mentions.iter().any(|m| {
                let apart = (m.tokens.1 as usize) <= words.start || (m.tokens.0 as usize) >= words.end;
                matches!(&m.value, Value::Place(p) if apart && p.candidates.iter().any(|&id| around.may_hold(id)))
            });
            if told || named || gazetteer().population(town.ids[0]) < LEAST {
                continue;
            }
            let mut facets = Facets::default();
            facets.insert_if(a.facets_at(a.span(words.clone())).contains(Facet::Quoted), Facet::Quoted);
            let mut roles = vec![("town", a.span(town.tokens.clone())), ("description", a.span(words.clone()))];
            // The story may name the right one elsewhere: « le Gouvernement jurassien ».
            let level = if matches!(around, Around::Country(_)) { PlaceKind::Country } else { PlaceKind::Region };
            let outside = |i: &usize| !words.contains(i) && !town.tokens.contains(i);
            let right = window(a, words.start).filter(outside).find(|&i| names_around(a, i, town.ids[0], level));
            roles.extend(right.map(|i| ("told", whole(a, i))));
            if !found.iter().any(|c| c.roles[0].1 == roles[0].1) {
                found.push(Conflict { roles, values: Bindings::default(), facets });
            }
        }
        found
    }
}

impl DescribedIn {
    /// The region that stands beside the noun of a town, and the words of both: « ce *port breton* », "the *Herefordshire town*".
    fn around(&self, a: &Analysis, chunk: &Chunk, language: &Language) -> Option<(Around, Range<usize>)> {
        let ChunkKind::Noun { definite, .. } = chunk.kind else { return None };
        let (start, end, head) = (chunk.tokens.0 as usize, chunk.tokens.1 as usize, chunk.head as usize);
        // "Naivasha, *a Ugandan town*", « Ségou, ville burkinabè »: beside its name a town is told of as one, too.
        let beside = start >= 2 && mark(a, start - 1) == Some(',') && a.tokens[start - 2].case.is_capital();
        if !definite && !beside {
            return None;
        }
        language.cues.get(&self.town).at(a, head)?;
        let plural = a.readings(head).iter().all(|r| r.tag.plural() && !r.tag.singular());
        if plural || a.tokens[head].kind != TokenKind::Word || a.tokens[head].case.is_capital() {
            return None;
        }
        let region = |i: usize| {
            let word = a.lower(i);
            let of = |names: &[String]| Around::Regions(names.iter().flat_map(|name| regions(name)).collect());
            let people = || language.peoples.country(word).map(|iso| Around::Country(iso.to_owned()));
            language.peoples.regions(word).map(of).or_else(people)
        };
        let beside = if language.grammar.head_first { head + 1..(end + 1).min(a.sentence(head).end) } else { start..head };
        let by_word = beside.clone().find_map(|i| Some((region(i)?, i.min(head)..i.max(head) + 1)));
        let by_name = || {
            let m =
                a.mentions_in(beside.clone()).iter().find(|m| matches!(m.value, Value::Place(_)) && m.tokens.1 as usize <= head)?;
            let Value::Place(p) = &m.value else { return None };
            let g = gazetteer();
            let wide: Vec<PlaceId> =
                p.candidates.iter().copied().filter(|&id| matches!(g.kind(id), PlaceKind::Region | PlaceKind::District)).collect();
            let country = || (g.kind(p.id) == PlaceKind::Country).then(|| Around::Country(g.iso_country(p.id).to_owned()));
            let around = if g.kind(p.id) == PlaceKind::Town || wide.is_empty() { country()? } else { Around::Regions(wide) };
            Some((around, m.tokens.0 as usize..head + 1))
        };
        by_word.or_else(|| if language.grammar.head_first { None } else { by_name() })
    }

    /// The town that a noun speaks of: the one right behind it, else the one town that the story told of last, if no other place stands
    /// between and the noun brings in no town of its own.
    fn meant<'t>(&self, a: &Analysis, chunk: &Chunk, words: &Range<usize>, towns: &'t [Site]) -> Option<&'t Site> {
        let past = words.end.max(chunk.tokens.1 as usize);
        let end = a.sentence(words.start).end;
        // « la commune audoise *de Castres* », "the Texas city of Tulsa", "the Texas city, Tulsa,"
        if let Some(t) = towns.iter().find(|t| t.tokens.start >= past)
            && t.tokens.start < end
            && t.tokens.start - past <= 1
            && (past..t.tokens.start).all(|i| a.language(i).is_some_and(|l| l.cues.get("origin").at(a, i).is_some()))
        {
            return Some(t);
        }
        // Above the story a noun speaks of its town, wherever that is named.
        if matches!(a.kind(words.start), BlockKind::Headline | BlockKind::Kicker | BlockKind::Standfirst) {
            let first = towns.iter().find(|t| !matches!(a.kind(t.tokens.start), BlockKind::Headline | BlockKind::Caption))?;
            return towns.iter().all(|t| one_town(t, first)).then_some(first);
        }
        let start = chunk.tokens.0 as usize;
        if matches!(chunk.kind, ChunkKind::Noun { definite: false, .. }) {
            return towns.iter().rev().find(|t| t.tokens.end + 1 == start);
        }
        let next = (past < end).then_some(past);
        // « la commune bretonne où il est né », « la ville bretonne de Kerfoo »: another town than the story's.
        let brings_in = next.is_some_and(|i| {
            a.classes[i].has(Class::Preposition)
                || a.classes[i].has(Class::Relative)
                || mark(a, i).is_none() && a.tokens[i].case.is_capital()
        });
        if brings_in {
            return None;
        }
        let before = towns.iter().rev().find(|t| t.tokens.end <= words.start)?;
        let near = a.tokens[words.start].sentence - a.tokens[before.tokens.start].sentence <= REACH;
        let single = towns.iter().all(|t| one_town(t, before));
        let unread = (before.tokens.end..words.start).any(|i| {
            let capital = a.tokens[i].kind == TokenKind::Word && a.tokens[i].case.is_capital();
            let covered = || a.mentions_in(i..i + 1).iter().any(|m| (m.tokens.0 as usize..m.tokens.1 as usize).contains(&i));
            let led = || a.language(i).is_some_and(|l| l.cues.get("locative").before(a, i, a.sentence(i).start).is_some());
            capital && !covered() && led()
        });
        (near && single && !unread).then_some(before)
    }
}
