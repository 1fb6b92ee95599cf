//! The authorities of a place are called after its country, and after none that it is taken for.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::SetName;
use super::support::{blocks, says};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, ChunkKind, PlaceRole, Value};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::cut::is_hyphen;
use crate::language::places::{PlaceKind, gazetteer};
use crate::language::{Language, TokenKind};
use crate::span::Span;

/// `same-people`: « À Lagos, … les autorités nigériennes »: what a country has at home is called after the country where the story is
/// set, not after one that is taken for it and that the story does not name.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SamePeople {
    /// The cue set of what a country has at home: its authorities, its capital.
    #[schemars(with = "SetName")]
    pub home: String,
}

impl Relation for SamePeople {
    fn roles(&self) -> &'static [&'static str] {
        &["people", "place"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let Some(peoples) = peoples(a) else { return Vec::new() };
        let (named, origins, possible) = countries(a);
        let mut found = Vec::new();
        for (i, country, language) in &peoples {
            // A story of two countries may speak of either.
            if possible.contains(country) {
                continue;
            }
            let other = language.peoples.confused_with(country).iter().find_map(|other| {
                // The nearest before the word, or the first.
                let all = named.get(other.as_str())?;
                let at = a.tokens[*i].span.start;
                let place = all.iter().rev().find(|span| span.start < at).or(all.first())?;
                let told = peoples.iter().any(|(_, c, _)| c == other);
                (!told).then_some(*place)
            });
            // Who is taken up is of the country that the story has told, by a place or a word.
            let resumed = || {
                let once = peoples.iter().filter(|(_, c, _)| c == country).count() == 1;
                let told = |other: &String| {
                    let before = peoples.iter().find(|(j, c, _)| c == other && j < i);
                    before.map(|(j, ..)| a.tokens[*j].span).or_else(|| origins.get(other.as_str()).copied())
                };
                (once && resumes(a, *i)).then(|| language.peoples.confused_with(country).iter().find_map(told)).flatten()
            };
            let Some(place) = other.filter(|_| self.at_home(a, *i)).or_else(resumed) else { continue };
            let mut facets = Facets::default();
            facets.insert_if(a.facets_at(a.tokens[*i].span).contains(Facet::Quoted), Facet::Quoted);
            found.push(Conflict {
                roles: vec![("people", a.tokens[*i].span), ("place", place)],
                values: Bindings::default(),
                facets,
            });
        }
        found
    }
}

impl SamePeople {
    /// Whether the noun group of a word is of what a country has at home, or the word hangs on one: "Liberian-flagged".
    fn at_home(&self, a: &Analysis, i: usize) -> bool {
        let past = a.chunks.partition_point(|c| c.tokens.0 as usize <= i);
        let around = past.checked_sub(1).map(|n| a.chunks[n]).filter(|c| (i as u32) < c.tokens.1);
        let group = around.filter(|c| matches!(c.kind, ChunkKind::Noun { .. }));
        let near = group.map_or(i..i + 1, |c| c.tokens.0 as usize..c.tokens.1 as usize);
        let beside =
            near.start.saturating_sub(usize::from(near.start > a.sentence(i).start))..(near.end + 1).min(a.sentence(i).end);
        let tail = a.lower(i).split_once(is_hyphen).map(|(_, tail)| tail);
        let hangs = |tail: &str| {
            a.language(i).and_then(|l| l.sets.get(&self.home)).is_some_and(|all| all.iter().any(|entry| entry == tail))
        };
        says(a, &self.home, beside) || tail.is_some_and(hangs)
    }
}

/// Whether a word takes up somebody whom the story knows: « le Nigérien », « le coureur slovaque », and no name beside it.
fn resumes(a: &Analysis, i: usize) -> bool {
    let past = a.chunks.partition_point(|c| c.tokens.0 as usize <= i);
    let Some(group) = past.checked_sub(1).map(|n| a.chunks[n]).filter(|c| (i as u32) < c.tokens.1) else {
        // "the Australian joked": an article, and a verb right behind.
        let article = i > a.sentence(i).start && a.language(i).is_some_and(|l| l.cues.get("definite").at(a, i - 1).is_some());
        let verb = a.chunks.get(past).filter(|c| c.tokens.0 as usize == i + 1);
        return article && verb.is_some_and(|c| matches!(c.kind, ChunkKind::Verb(_)));
    };
    let (start, end) = (group.tokens.0 as usize, group.tokens.1 as usize);
    let head = group.head as usize;
    let someone = head == i
        || a.language(i).is_some_and(|l| {
            l.cues.get("function").at(a, head).is_some()
                || l.cues.get("organisation-noun").at(a, head).is_some()
                || a.readings(head).iter().any(|r| l.grammar.ids.participants.contains(&r.lemma))
                || acts(a, head, l)
        });
    let named = |j: usize| j != i && a.tokens.get(j).is_some_and(|t| t.case.is_capital() && j > a.sentence(i).start);
    let hyphened = a.lower(i).contains(is_hyphen);
    matches!(group.kind, ChunkKind::Noun { definite: true, .. }) && someone && !hyphened && !(start..end + 1).any(named)
}

/// Whether a noun is of somebody by its ending: "-ist", « -eur »; a few things end so too.
fn acts(a: &Analysis, head: usize, language: &Language) -> bool {
    let entries = |set: &str| language.sets.get(set).unwrap_or_default();
    let word = a.lower(head);
    let singular = language.manifest.name_plurals.iter().find_map(|end| word.strip_suffix(end.as_str())).unwrap_or(word);
    let ends = |word: &str| entries("person-ending").iter().any(|end| word.ends_with(end.as_str()));
    (ends(word) || ends(singular)) && ![word, singular].iter().any(|w| entries("no-person").iter().any(|e| e == w))
}

type Told<'a> = (usize, &'a str, &'a Language);

/// The words of the story that speak of a people, with its country; `None` where there is none.
fn peoples<'a>(a: &'a Analysis) -> Option<Vec<Told<'a>>> {
    let words = blocks(a, &[]).into_iter().flatten().filter(|&i| a.tokens[i].kind == TokenKind::Word);
    let told: Vec<Told> = words
        .filter_map(|i| {
            let language = a.language(i)?;
            let lower = a.lower(i);
            let head = || lower.split_once(is_hyphen).and_then(|(head, _)| language.peoples.country(head));
            Some((i, language.peoples.country(lower).or_else(head)?, language))
        })
        .collect();
    (!told.is_empty()).then_some(told)
}

/// Countries that are named, with their places; those that somebody comes from; those that a place may be in.
type Countries<'a> = (BTreeMap<&'a str, Vec<Span>>, BTreeMap<&'a str, Span>, Vec<&'a str>);

/// The countries that the story names or names a place of, each with the first, and the first that somebody comes from; and those that one of its places may be in.
fn countries<'a>(a: &'a Analysis) -> Countries<'a> {
    let (mut named, mut origins, mut possible) = (BTreeMap::<&str, Vec<Span>>::new(), BTreeMap::new(), Vec::new());
    for m in &a.mentions {
        let Value::Place(p) = &m.value else { continue };
        named.entry(gazetteer().iso_country(p.id)).or_default().push(m.span);
        if p.role == PlaceRole::Origin {
            origins.entry(gazetteer().iso_country(p.id)).or_insert(m.span);
        }
        // A country is no town of another: Niger, which is a state of Nigeria too.
        if gazetteer().kind(p.id) == PlaceKind::Country {
            possible.push(gazetteer().iso_country(p.id));
            continue;
        }
        possible.extend(p.candidates.iter().chain([&p.id]).map(|&id| gazetteer().iso_country(id)));
    }
    (named, origins, possible)
}
