//! Where a story says that it is written is where its date line says.

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{find_cue, published, years};
use super::names::SetName;
use super::site::{Site, neighbours, one_town, sites};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Mention, PlaceValue, Value};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::grammar::Class;
use crate::language::places::{PlaceKind, gazetteer};

/// `one-here`: « ici, à Ouagadougou » of a story that is dated from Bobo-Dioulasso.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OneHere {
    /// The cue set of words for "here", right before a place.
    #[schemars(with = "SetName")]
    pub here: String,
    /// The cue set of words that say whence somebody writes, right before a place: « notre correspondant à ».
    #[schemars(with = "SetName")]
    pub from: String,
    /// The cue set of words right before a town for what is in it.
    #[schemars(with = "SetName")]
    pub inside: String,
    /// The cue set of words for "here", wherever they stand.
    #[schemars(with = "SetName")]
    pub bare: String,
}

impl Relation for OneHere {
    fn roles(&self) -> &'static [&'static str] {
        &["dateline", "here"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let places = || {
            a.mentions.iter().filter_map(|m| match &m.value {
                Value::Place(p) => Some((m, p)),
                _ => None,
            })
        };
        let line = |m: &Mention| a.doc.blocks[m.block as usize].kind == BlockKind::Dateline;
        let dated: Vec<_> = places().filter(|(m, p)| below(p) && (line(m) || led(a, m, &self.from))).collect();
        // Several towns in the date line, or several correspondents: each may be here.
        let Some(&(from, place)) = dated.first() else { return Vec::new() };
        let one = |p: &PlaceValue, q: &PlaceValue| near(p, q);
        if dated.iter().any(|(_, p)| !one(place, p)) {
            return Vec::new();
        }
        let elsewhere = || places().filter(|(m, p)| led(a, m, &self.here) && !one(place, p));
        if elsewhere().next().is_none() {
            return self.scene(a, from, place).into_iter().collect();
        }
        elsewhere()
            .map(|(m, _)| {
                let mut facets = Facets::default();
                facets.insert_if(m.stance.quoted, Facet::Quoted);
                Conflict { roles: vec![("dateline", from.span), ("here", m.span)], values: Bindings::default(), facets }
            })
            .collect()
    }
}

/// Sentences between a word for "here" and the town of which it is said, at most.
const NEAR: u32 = 1;

impl OneHere {
    /// "LAGOS — Buses stood idle here as Nairobi's drivers …": "here" beside the one town of a story that is dated from another.
    fn scene(&self, a: &Analysis, from: &Mention, place: &PlaceValue) -> Option<Conflict> {
        let words = find_cue(a, &self.bare, from.tokens.1 as usize..a.tokens.len())?;
        let all = sites(a);
        let own = |s: &Site| s.ids.iter().any(|id| place.candidates.contains(id));
        let home = all.iter().find(|s| own(s))?;
        let told: Vec<&Site> = all.iter().filter(|s| s.tokens.start >= from.tokens.1 as usize).collect();
        let first = *told.first()?;
        let comes = |s: &Site| {
            let at = s.tokens.start;
            a.language(at).is_some_and(|l| l.cues.get("comes-from").before(a, at, a.sentence(at).start).is_some())
        };
        let single = told.iter().all(|s| one_town(s, first) && !one_town(s, home) && !neighbours(s, home) && !comes(s));
        let sentence = |i: usize| a.tokens[i].sentence;
        // What happens in it, or is its own; whence somebody comes and where somebody goes is another town.
        let there = |s: &Site| {
            let (at, end) = (s.tokens.start, s.tokens.end);
            let own = a.sentence(at);
            let led = a.language(at).is_some_and(|l| l.cues.get(&self.inside).before(a, at, own.start).is_some());
            let owns = end < own.end && a.is_clitic(end);
            // « le port de Cotonou », and not "the mayor of Kampala", "out of Abeokuta"
            let of = a.language(at).and_then(|l| {
                let noun = at.checked_sub(1 + l.cues.get("of-complement").before(a, at, own.start)?)?;
                let person = ["function", "someone", "people-noun"].iter().any(|set| l.cues.get(set).at(a, noun).is_some());
                (noun >= own.start && a.classes[noun].has(Class::Noun) && !person).then_some(noun)
            });
            let now = published(a).map(jiff::civil::Date::year);
            (s.noun.is_some() || of.is_some() || led || owns) && years(a, own).iter().all(|y| Some(y.year) == now)
        };
        let close = |s: &&&Site| sentence(s.tokens.start).abs_diff(sentence(words.start)) <= NEAR && there(s);
        let near = told.iter().find(close)?;
        single.then(|| {
            let roles = vec![("dateline", from.span), ("here", a.span(near.tokens.clone()))];
            Conflict { roles, values: Bindings::default(), facets: Facets::default() }
        })
    }
}

fn below(p: &PlaceValue) -> bool {
    matches!(gazetteer().kind(p.id), PlaceKind::Town)
}

/// Whether words of a set stand right before a place.
fn led(a: &Analysis, m: &Mention, set: &str) -> bool {
    let at = m.tokens.0 as usize;
    a.language(at).is_some_and(|l| l.cues.get(set).before(a, at, a.sentence(at).start).is_some())
}

/// Whether two names may mean one place, or one that lies in the other.
fn near(p: &PlaceValue, q: &PlaceValue) -> bool {
    let g = gazetteer();
    let pair = |x, y| x == y || g.may_contain(x, y) || g.may_contain(y, x);
    p.candidates.iter().any(|&x| q.candidates.iter().any(|&y| pair(x, y)))
}
