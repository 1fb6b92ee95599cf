//! A caption places its picture where the story does not go.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Relation};
use crate::analysis::{Analysis, Mention, PlaceRole, PlaceValue, Value};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::places::{PlaceId, PlaceKind, gazetteer};

/// `same-place`: each locative place of a caption is one of the story's, or lies in one, or holds one, below the level of a country.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SamePlace {
    /// The kinds of block whose places are held against the story.
    pub of: Vec<BlockKind>,
    /// The kinds of block that tell where the story goes.
    pub r#as: Vec<BlockKind>,
    /// How many locative places the story must name before anything can be an outlier.
    #[serde(default = "two")]
    pub at_least: usize,
}

fn two() -> usize {
    2
}

impl Relation for SamePlace {
    fn roles(&self) -> &'static [&'static str] {
        &["caption", "story"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::ArchiveImage, Facet::PlaceNamedInStory, Facet::PictureSeries]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let places = |kinds: &[BlockKind], wanted: &dyn Fn(PlaceRole) -> bool| -> Vec<(&Mention, &PlaceValue)> {
            a.mentions
                .iter()
                .filter(|m| kinds.contains(&a.doc.blocks[m.block as usize].kind))
                .filter_map(|m| match &m.value {
                    // A continent holds too much to be another scene.
                    Value::Place(p) if wanted(p.role) && gazetteer().kind(p.id) != PlaceKind::Continent => Some((m, p)),
                    _ => None,
                })
                .collect()
        };
        // A dateline is nothing but a place.
        let story: Vec<_> = places(&self.r#as, &|_| true)
            .into_iter()
            .filter(|(m, p)| p.role == PlaceRole::Locative || a.doc.blocks[m.block as usize].kind == BlockKind::Dateline)
            .collect();
        let anywhere = places(&self.r#as, &|_| true);
        // A story that speaks of one country only, and often, is set there whatever its places do.
        let home = anywhere.first().and_then(|(_, p)| country_of(p.id));
        let settled = anywhere.len() > self.at_least && anywhere.iter().all(|(_, p)| country_of(p.id) == home && home.is_some());
        if story.len() < self.at_least && !settled {
            return Vec::new();
        }
        let outliers: Vec<_> = places(&self.of, &|role| role == PlaceRole::Locative)
            .into_iter()
            .filter(|(_, p)| !story.iter().any(|(_, s)| related(p, s)) && !shares_country(p, &anywhere))
            .collect();
        let mut countries: Vec<Option<PlaceId>> = outliers.iter().map(|(_, p)| country_of(p.id)).collect();
        countries.sort_unstable();
        countries.dedup();
        let mut told = Vec::new();
        // A draft may hold one caption many times.
        let mut stood: BTreeMap<&str, bool> = BTreeMap::new();
        let series = countries.len() > 1 || outliers.len() > 2;
        let mut found = Vec::new();
        for (m, p) in outliers {
            let Some((anchor, s)) = scene(a, if story.len() < self.at_least { &anywhere } else { &story }) else { continue };
            // A caption that says « à Denver » and « dans le Colorado » is out of place once.
            if told.contains(&m.block) {
                continue;
            }
            told.push(m.block);
            let mut facets = Facets::default();
            facets.insert_if(
                anywhere.iter().any(|(_, s)| named(p, s))
                    || *stood.entry(m.span.of(&a.doc.text)).or_insert_with(|| words_stand(a, m, &self.r#as)),
                Facet::PlaceNamedInStory,
            );
            facets.insert_if(archive(a, m.block), Facet::ArchiveImage);
            facets.insert_if(series, Facet::PictureSeries);
            found.push(Conflict {
                roles: vec![("caption", p.phrase), ("story", s.phrase.cover(anchor.span))],
                values: Bindings::default(),
                facets,
            });
        }
        found
    }
}

/// The country of a place; a country is its own.
fn country_of(id: PlaceId) -> Option<PlaceId> {
    let g = gazetteer();
    if g.kind(id) == PlaceKind::Country { Some(id) } else { g.country(id) }
}

/// Whether the story goes to the country of the caption's place, or speaks of it again and again. A country that acts once clears nothing.
fn shares_country(caption: &PlaceValue, story: &[(&Mention, &PlaceValue)]) -> bool {
    let g = gazetteer();
    let home = country_of(caption.id);
    let within = |s: &PlaceValue| country_of(s.id) == home;
    let below = |s: &PlaceValue| g.kind(s.id) != PlaceKind::Country;
    story.iter().any(|(_, s)| within(s) && (below(s) || matches!(s.role, PlaceRole::Locative | PlaceRole::Origin)))
        || story.iter().filter(|(_, s)| within(s)).count() >= 3
}

/// Whether two names may mean places of which one is, or lies in, the other; a country holds too much to count, unless it is itself named.
fn related(caption: &PlaceValue, story: &PlaceValue) -> bool {
    let g = gazetteer();
    let country = |id: PlaceId| g.kind(id) == PlaceKind::Country;
    caption
        .candidates
        .iter()
        .any(|&c| story.candidates.iter().any(|&s| c == s || (g.contains(s, c) && !country(s)) || g.contains(c, s)))
}

/// Whether the story names the place of the caption, or one that lies in it or around it, in any role; a country around it does not count.
fn named(caption: &PlaceValue, story: &PlaceValue) -> bool {
    related(caption, story) && (story.role != PlaceRole::Actor || caption.id == story.id)
}

/// Whether the very words of the caption's place stand in the story, read as a place or not.
fn words_stand(a: &Analysis, m: &Mention, kinds: &[BlockKind]) -> bool {
    let words = || (m.tokens.0 as usize..m.tokens.1 as usize).map(|i| a.lower(i));
    let len = words().count();
    (0..a.tokens.len().saturating_sub(len - 1))
        .any(|i| a.tokens[i].case.is_capital() && kinds.contains(&a.kind(i)) && words().eq((i..i + len).map(|j| a.lower(j))))
}

/// The place that shows best where the story is: the first town in the country that most of its places lie in, a dateline before all.
fn scene<'m>(a: &Analysis, story: &[(&'m Mention, &'m PlaceValue)]) -> Option<(&'m Mention, &'m PlaceValue)> {
    let g = gazetteer();
    let votes = |id: PlaceId| story.iter().filter(|(_, s)| country_of(s.id) == country_of(id)).count();
    let dateline = |m: &Mention| a.doc.blocks[m.block as usize].kind == BlockKind::Dateline;
    let rank = |(m, p): &&(&Mention, &PlaceValue)| {
        (votes(p.id), g.kind(p.id) == PlaceKind::Town, dateline(m), std::cmp::Reverse(m.span.start))
    };
    story.iter().max_by_key(rank).copied()
}

/// A picture dated more days away from publication is one from the files, and says so by its date.
const OF_THE_DAY: i32 = 10;

/// Whether the caption, or its credit, says that the picture is from another time.
pub(super) fn archive(a: &Analysis, of: u32) -> bool {
    let figure = a.doc.blocks[of as usize].figure;
    let same = |i: &u32| {
        let block = a.doc.blocks[*i as usize];
        *i == of || (figure.is_some() && block.figure == figure)
    };
    (0..a.doc.blocks.len() as u32).filter(same).any(|block| {
        let from = a.tokens.partition_point(|t| t.block < block);
        let to = a.tokens.partition_point(|t| t.block <= block);
        // "NO RESALES. NO ARCHIVES.": an agency's terms.
        let cue = from < to
            && a.language(from).is_some_and(|l| {
                let (cue, terms) = (l.cues.get("archive"), l.cues.get("archive-not"));
                (from..to).any(|i| cue.at(a, i).is_some() && terms.before(a, i + 1, from).is_none())
            });
        let other_time = a.mentions_in(from..to).iter().any(|m| match &m.value {
            Value::Date(d) => a.doc.meta.published.is_some_and(|(published, _)| {
                let days = d.resolved.filter(|_| d.day.is_some()).map(|day| (published - day).get_days().abs());
                d.year.is_some_and(|y| published.year() != y) || days.is_some_and(|n| n > OF_THE_DAY)
            }),
            _ => false,
        });
        cue || other_time
    })
}
