//! What lies so far from a town, on that side of it, lies there wherever the story says so, and on the map.

use std::collections::BTreeMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::site::{Site, sites};
use super::support::fold;
use super::{Conflict, Relation};
use crate::amount::Amount;
use crate::analysis::{Analysis, Case, Mention, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::grammar::Class;
use crate::language::places::{PlaceId, PlaceKind, gazetteer};
use crate::language::{Language, TokenKind};
use crate::span::Span;

/// `one-side`: « à 60 km au nord de Ménaka … au sud de Ménaka » of one village; « Lille, à 220 km au sud de Paris ».
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OneSide {
    /// Whether the map is asked, of two towns; else what the story says twice is held against itself.
    pub on_the_map: bool,
    /// The units of length, each with how many kilometres it is.
    pub kilometres: BTreeMap<String, f64>,
}

/// The sets of the eight points of the compass, clockwise from the north.
const POINTS: [&str; 8] = [
    "to-the-north",
    "to-the-north-east",
    "to-the-east",
    "to-the-south-east",
    "to-the-south",
    "to-the-south-west",
    "to-the-west",
    "to-the-north-west",
];

/// Degrees from one point to the next.
const POINT: f64 = 45.0;

/// How far something lies from a town, or on which side of it.
struct Bearing {
    /// From the distance to the town.
    tokens: Range<usize>,
    /// Of the eight points.
    point: Option<usize>,
    km: Option<f64>,
    /// Index of the town.
    town: usize,
}

impl Relation for OneSide {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "other", "from"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["truly"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let told = a.tokens.iter().enumerate().any(|(i, t)| t.kind == TokenKind::Word && point(a, i).is_some())
            || a.mentions.iter().any(|m| self.kilometres(&m.value).is_some());
        if !told {
            return Vec::new();
        }
        let towns = sites(a);
        let bearings = self.bearings(a, &towns);
        if !self.on_the_map {
            return twice(a, &towns, &bearings);
        }
        let mut found = on_the_map(a, &towns, &bearings);
        found.extend(journeys(a, &towns));
        found
    }
}

impl OneSide {
    /// A length in kilometres.
    fn kilometres(&self, value: &Value) -> Option<f64> {
        let Value::Measure(m) = value else { return None };
        let unit = self.kilometres.get(&m.unit)?;
        m.amount.written.to_decimal(3).parse::<f64>().ok().map(|n| n * unit)
    }

    fn bearings(&self, a: &Analysis, towns: &[Site]) -> Vec<Bearing> {
        let mut found = Vec::new();
        for (n, town) in towns.iter().enumerate() {
            let Some(language) = a.language(town.tokens.start) else { continue };
            let start = a.sentence(town.tokens.start).start;
            // « au nord *de* Ménaka », "north *of* Tulsa", "30 miles *from* Port Alba"
            let of = language.cues.get("of-complement").before(a, town.tokens.start, start);
            let Some(len) = of.or_else(|| language.cues.get("comes-from").before(a, town.tokens.start, start).filter(|&l| l == 1))
            else {
                continue;
            };
            let mut at = town.tokens.start - len;
            let side =
                (start.max(at.saturating_sub(2))..at).find_map(|i| point(a, i).filter(|&(_, l)| i + l == at).map(|(p, _)| (i, p)));
            if let Some((i, _)) = side {
                at = i;
                // « *au* nord de », "*to the* north of", « du côté *nord* de »: inside, « *dans le* nord de ».
                while at > start
                    && (a.classes[at - 1].has(Class::Preposition) || a.classes[at - 1].has(Class::Determiner))
                    && a.tokens[at - 1].kind == TokenKind::Word
                {
                    at -= 1;
                }
            }
            let inside = side.is_some_and(|(i, _)| within(a, at..i, language));
            let near = |m: &&Mention| {
                let end = m.tokens.1 as usize;
                end <= at
                    && (end..at).all(|j| {
                        mark(a, j).is_some_and(|c| "()".contains(c))
                            || a.classes[j].has(Class::Adverb)
                            || a.tokens[j].kind != TokenKind::Word
                    })
            };
            let measure = a
                .mentions_in(at.saturating_sub(4).max(start)..at)
                .iter()
                .rev()
                .find(|m| near(m) && self.kilometres(&m.value).is_some());
            let km = measure.and_then(|m| self.kilometres(&m.value));
            if inside || side.is_none() && km.is_none() {
                continue;
            }
            let first = measure.map_or(at, |m| m.tokens.0 as usize);
            found.push(Bearing { tokens: first..town.tokens.end, point: side.map(|s| s.1), km, town: n });
        }
        found
    }
}

fn conflict(a: &Analysis, roles: Vec<(&'static str, Span)>, truly: Option<Amount>) -> Conflict {
    let mut facets = Facets::default();
    facets.insert_if(roles.iter().any(|(_, span)| a.facets_at(*span).contains(Facet::Quoted)), Facet::Quoted);
    let mut values = Bindings::default();
    if let Some(km) = truly {
        values.bind("truly", Bound::Amount(km));
    }
    Conflict { roles, values, facets }
}

/// The point of the compass at a token, and its length in tokens.
fn point(a: &Analysis, i: usize) -> Option<(usize, usize)> {
    let language = a.language(i)?;
    let found = POINTS.iter().enumerate().filter_map(|(n, set)| Some((n, language.cues.get(set).at(a, i)?)));
    found.max_by_key(|&(_, len)| len)
}

/// Whether what stands before a point says that it is a part: « *dans le* nord de Lyon », "*in* north of", "the north of Leeds".
fn within(a: &Analysis, before: Range<usize>, language: &Language) -> bool {
    before.clone().any(|i| language.cues.get("part-of-town").at(a, i).is_some_and(|len| i + len <= before.end))
}

/// How the map answers.
fn on_the_map(a: &Analysis, towns: &[Site], bearings: &[Bearing]) -> Vec<Conflict> {
    let g = gazetteer();
    let mut found = Vec::new();
    for b in bearings {
        let Some(what) = subject(a, towns, b) else { continue };
        let ids = |site: &Site| site.ids.iter().copied().filter(|&id| g.kind(id) == PlaceKind::Town).collect::<Vec<_>>();
        let (xs, ys) = (ids(what), ids(&towns[b.town]));
        let pairs = || xs.iter().flat_map(|&x| ys.iter().map(move |&y| (x, y)));
        // Of towns that only a few know nobody can say which is meant.
        let known = |id: PlaceId| g.position(id).is_some();
        if !pairs().all(|(x, y)| known(x) && known(y)) || pairs().any(|(x, y)| fits(b, x, y)) {
            continue;
        }
        let (x, y) = (xs[0], ys[0]);
        let Some(km) = g.distance(x, y) else { continue };
        let truly = Amount::whole(km.round() as i128);
        found.push(conflict(a, vec![("first", a.span(what.tokens.clone())), ("other", a.span(b.tokens.clone()))], Some(truly)));
    }
    found
}

/// Tokens, at most, between a point of the compass and the town to which it leads.
const LED: usize = 3;
/// Inhabitants of a town that is meant whatever others bear its name.
const GREAT: u32 = 40_000;
/// Kilometres that a journey takes at least to have a side.
const FAR: f64 = 40.0;

/// Journeys that go the other way on the map: "left her Edinburgh flat and drove 150 miles *south to Inverness*", « parti d'Alger, … *plein nord vers*
/// Tamanrasset ».
fn journeys(a: &Analysis, towns: &[Site]) -> Vec<Conflict> {
    let g = gazetteer();
    let ids = |site: &Site| site.ids.iter().copied().filter(|&id| g.kind(id) == PlaceKind::Town).collect::<Vec<_>>();
    let journey = |pair: &[Site]| {
        let [from, to] = pair else { return None };
        let start = a.sentence(to.tokens.start).start;
        let language = a.language(to.tokens.start)?;
        let at = to.tokens.start - language.cues.get("journey-to").before(a, to.tokens.start, start)?;
        let (first, side) = (at.saturating_sub(LED).max(start)..at).rev().find_map(|i| {
            let (side, len) = point(a, i)?;
            let thin = |j: usize| a.classes[j].has(Class::Preposition) || a.classes[j].has(Class::Determiner);
            (i + len..at).all(thin).then_some((i, side))
        })?;
        // « dans le nord, à Lille »: a part of the land.
        let inside =
            first > start && (first.saturating_sub(2)..first).any(|i| language.cues.get("part-of-town").at(a, i).is_some());
        let (xs, ys) = (ids(to), ids(from));
        let b = Bearing { tokens: first..to.tokens.end, point: Some(side), km: None, town: 0 };
        let pairs = || xs.iter().flat_map(|&x| ys.iter().map(move |&y| (x, y)));
        let known = !xs.is_empty() && !ys.is_empty() && pairs().all(|(x, y)| g.distance(x, y).is_some());
        let own = from.tokens.start >= start && from.tokens.end <= first;
        // Great towns are meant, whatever small ones bear their names.
        let great = || g.population(xs[0]) >= GREAT && g.population(ys[0]) >= GREAT;
        if !own || inside || !known || fits(&b, xs[0], ys[0]) || !great() && pairs().any(|(x, y)| fits(&b, x, y)) {
            return None;
        }
        let km = g.distance(xs[0], ys[0]).filter(|&km| km >= FAR)?;
        let truly = Amount::whole(km.round() as i128);
        let span = |tokens: &Range<usize>| a.span(tokens.clone());
        let roles = vec![("first", span(&to.tokens)), ("other", span(&(first..at))), ("from", span(&from.tokens))];
        Some(conflict(a, roles, Some(truly)))
    };
    towns.windows(2).filter_map(journey).collect()
}

/// Whether a bearing may be that of two places on the map: roads wind, and figures are round.
fn fits(b: &Bearing, what: PlaceId, town: PlaceId) -> bool {
    let g = gazetteer();
    let (Some(km), Some(from), Some(to)) = (g.distance(what, town), g.position(town), g.position(what)) else { return true };
    let far = b.km.is_none_or(|told| told >= 0.5 * km - 5.0 && told <= 2.5 * km + 15.0);
    let (up, right) = (to.0 - from.0, (to.1 - from.1) * from.0.to_radians().cos());
    let degrees = right.atan2(up).to_degrees().rem_euclid(360.0);
    let side = b.point.is_none_or(|p| {
        let apart = (degrees - p as f64 * POINT).rem_euclid(360.0);
        km < 5.0 || apart.min(360.0 - apart) <= 100.0
    });
    far && side
}

/// Words, at most, between a town and how far it lies.
const GAP: usize = 5;

/// The town of which a distance or a side is told: right before, « Lille, située à 220 km de Paris », or behind a comma, « À 220 km au sud de
/// Paris, Lille … ».
fn subject<'t>(a: &Analysis, towns: &'t [Site], b: &Bearing) -> Option<&'t Site> {
    let s = a.sentence(b.tokens.start);
    let small = |i: usize| {
        let verb = a.classes[i].has(Class::Verb);
        !verb && !a.tokens[i].case.is_capital() && !a.classes[i].has(Class::Coordinator) && !a.classes[i].has(Class::Noun)
    };
    let before = b.town.checked_sub(1).map(|n| &towns[n]).filter(|t| {
        t.tokens.start >= s.start
            && t.tokens.end < b.tokens.start
            && b.tokens.start - t.tokens.end <= GAP
            && matches!(mark(a, t.tokens.end), Some(',' | '('))
            && (t.tokens.end + 1..b.tokens.start).all(small)
    });
    before.or_else(|| {
        let opens = (s.start..b.tokens.start).all(|i| small(i) || i == s.start) && b.tokens.start - s.start <= GAP;
        towns.get(b.town + 1).filter(|t| opens && t.tokens.start == b.tokens.end + 1 && mark(a, b.tokens.end) == Some(','))
    })
}

/// What the story says twice.
fn twice(a: &Analysis, towns: &[Site], bearings: &[Bearing]) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (n, y) in bearings.iter().enumerate() {
        let same = |x: &&Bearing| key(a, &towns[x.town]) == key(a, &towns[y.town]);
        let mut before = bearings[n.saturating_sub(8)..n].iter().filter(same);
        let (Some(x), None) = (before.next(), before.next()) else { continue };
        if bearings[n + 1..].iter().any(|z| same(&z)) {
            continue;
        }
        let opposite = x.point.zip(y.point).is_some_and(|(p, q)| (3..=5).contains(&p.abs_diff(q)));
        let as_far = x.km.zip(y.km).is_some_and(|(p, q)| p.max(q) <= 1.1 * p.min(q));
        let differs = x.km.zip(y.km).is_some_and(|(p, q)| p.max(q) > 1.6 * p.min(q) && x.point.is_none() == y.point.is_none());
        let one = named_before(a, x, y);
        if opposite && (as_far || one) || differs && one {
            found.push(conflict(a, vec![("first", a.span(x.tokens.clone())), ("other", a.span(y.tokens.clone()))], None));
        }
    }
    found
}

fn key(a: &Analysis, site: &Site) -> String {
    fold(a.span(site.tokens.clone()).of(&a.doc.text))
}

/// Words, at most, from what lies there to where it lies.
const REACH: usize = 12;

/// Whether one name, or one noun taken for known, stands before both.
fn named_before(a: &Analysis, x: &Bearing, y: &Bearing) -> bool {
    let words = |b: &Bearing| {
        let s = a.sentence(b.tokens.start);
        (b.tokens.start.saturating_sub(REACH).max(s.start)..b.tokens.start)
            .filter(|&i| a.tokens[i].kind == TokenKind::Word && a.text(i).chars().count() > 3)
            .filter(|&i| {
                a.tokens[i].case == Case::Capitalised && i > s.start
                    || a.classes[i].has(Class::Noun) && !a.classes[i].has(Class::Verb)
            })
            .map(|i| fold(a.lower(i)))
            .collect::<Vec<_>>()
    };
    let first = words(x);
    words(y).iter().any(|w| first.contains(w))
}
