//! One person under two full names.

mod introduced;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::{around, fold, people, says, words};
use super::{Conflict, Facet, Facets, Relation};
use crate::analysis::Analysis;
use crate::document::BlockKind;
use crate::finding::{Bindings, Bound};
use crate::language::names::first_names;
use crate::span::Span;

/// `one-person`: two full names that agree but for one thing are one person's, who has one name.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OnePerson {
    /// In what the two names differ.
    pub differs: Differs,
}

/// In what two full names differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Differs {
    /// The first name, which is another.
    Given,
    /// The order of the words.
    Order,
    /// Hyphens, spaces and apostrophes.
    Joins,
    /// Accents, which capitals may lose.
    Accents,
}

/// A full name with the places where it stands.
struct Full {
    words: Vec<String>,
    given: usize,
    places: Vec<(Span, usize)>,
    /// Whether anything says who it is, and whether that stands in the text of its own: an apposition, a bracket.
    introduced: bool,
    apposed: bool,
    /// Whether it stands beside another name in a list, and whether amid such a list, where nobody is introduced.
    beside: bool,
    listed: bool,
}

impl Relation for OnePerson {
    fn roles(&self) -> &'static [&'static str] {
        &["rare", "common"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["rare.count", "common.count"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Kin, Facet::BothIntroduced, Facet::Namesake]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let names = names(a);
        // Only names that agree in the rest are held against each other: a story may have hundreds.
        let mut alike: BTreeMap<String, Vec<&Full>> = BTreeMap::new();
        for name in &names {
            alike.entry(self.rest(name)).or_default().push(name);
        }
        let mut found = Vec::new();
        for (i, one, others) in alike.values().flat_map(|all| all.iter().enumerate().map(move |(i, one)| (i, *one, all))) {
            for &other in &others[i + 1..] {
                // Of two that stand equally often the later is shown first.
                let (common, rare) = if one.places.len() >= other.places.len() { (one, other) } else { (other, one) };
                if self.clashes(a, common, rare) {
                    found.push(conflict(a, common, rare));
                }
            }
        }
        found
    }
}

impl OnePerson {
    /// What two names have in common where they differ in no more than the rule allows.
    fn rest(&self, f: &Full) -> String {
        let folded = || f.words.iter().flat_map(|w| w.split('-')).map(fold);
        match self.differs {
            Differs::Given => f.words[f.given..].join(" "),
            Differs::Order => {
                let mut words: Vec<String> = folded().collect();
                words.sort_unstable();
                words.join(" ")
            }
            Differs::Joins => fold(&f.words.join(" ")).replace([' ', '\''], ""),
            Differs::Accents => f.words.iter().map(|w| fold(w)).collect::<Vec<_>>().join(" "),
        }
    }

    /// Whether two names that have the rest in common are told apart by what differs.
    fn clashes(&self, a: &Analysis, common: &Full, rare: &Full) -> bool {
        match self.differs {
            Differs::Given => {
                let (x, y) = (&common.words[..common.given], &rare.words[..rare.given]);
                let first = |w: &str| w.chars().next();
                let known = |w: &String| first_names().frequency(w) > 0;
                // « Chris », « Christopher »; « Jean », « Jean-Luc »; « J. »
                let (g, h) = (fold(&x[0]), fold(&y[0]));
                let short = g.starts_with(&h)
                    || h.starts_with(&g)
                    || g.ends_with(&h)
                    || h.ends_with(&g)
                    || (first(&x[0]) == first(&y[0]) && strsim::osa_distance(&x[0], &y[0]) <= 2)
                    || short_for(a, rare.places[0].1, &x[0], &y[0]);
                let one = x.len() == 1 && y.len() == 1 && known(&x[0]) && known(&y[0]);
                let surname = &common.words[common.given..];
                one && !short && surname.iter().any(|w| w.chars().count() >= 3) && rare.places.len() == 1
            }
            Differs::Order => {
                let plain = |f: &Full| f.words.iter().flat_map(|w| w.split('-')).map(fold).collect::<Vec<_>>();
                plain(common) != plain(rare)
            }
            Differs::Joins => {
                let joined = |f: &Full| f.words.join(" ").chars().filter(|c| !c.is_alphanumeric()).collect::<String>();
                let (x, y) = (joined(common), joined(rare));
                // Two words run together have lost a space, and no hyphen.
                x != y && [x, y].iter().any(|marks| marks.contains(|c: char| !c.is_whitespace()))
            }
            Differs::Accents => common.words.concat().replace('-', "") != rare.words.concat().replace('-', ""),
        }
    }
}

/// Whether two first names are forms of one, by the language at a token: "Bill", "William".
fn short_for(a: &Analysis, token: usize, x: &str, y: &str) -> bool {
    let has = |name: &[Vec<Vec<String>>], w: &str| name.iter().flatten().any(|form| form.iter().any(|f| f == w));
    a.language(token).is_some_and(|l| l.choices.get("first-names").iter().any(|name| has(name, x) && has(name, y)))
}

/// All full names of people, in the order in which they are first met.
fn names(a: &Analysis) -> Vec<Full> {
    let mut by_words: BTreeMap<Vec<String>, Full> = BTreeMap::new();
    for (m, p) in people(a).filter(|(_, p)| p.given.0 < p.given.1 && p.surname.0 < p.surname.1) {
        if introduced::belongs(a, m.tokens.0 as usize) {
            continue;
        }
        let (given, all) = (words(a, p.given), words(a, m.tokens));
        let full = by_words.entry(all.clone()).or_insert(Full {
            words: all,
            given: given.len(),
            places: Vec::new(),
            introduced: false,
            apposed: false,
            beside: false,
            listed: false,
        });
        full.places.push((m.span, m.tokens.0 as usize));
        full.apposed |= introduced::apposed(a, m.tokens);
        full.introduced |= introduced::titled(a, p.title) || introduced::presented(a, m.tokens);
        let (one, both) = introduced::listed(a, m.tokens);
        full.beside |= one;
        full.listed |= both;
    }
    let mut all: Vec<Full> = by_words.into_values().collect();
    all.sort_by_key(|f| f.places[0].0);
    all
}

fn conflict(a: &Analysis, common: &Full, rare: &Full) -> Conflict {
    let mut facets = Facets::default();
    let kin = |f: &Full| f.places.iter().any(|&(_, token)| says(a, "kin", around(a, token)));
    facets.insert_if(kin(rare) || says(a, "kin", around(a, common.places[0].1)), Facet::Kin);
    let sentence = |f: &Full| f.places.iter().map(|&(_, token)| a.tokens[token].sentence).collect::<Vec<_>>();
    let beside = sentence(rare).iter().any(|s| sentence(common).contains(s));
    // Two who are both presented, or stand in one sentence, or go by their first names, are two people. Of two that stand
    // once each, the presentation of the later is enough, unless the surname alone is used: that would be ambiguous for two.
    let once = common.places.len() == 1;
    let vague = once && !uses_surname(a, common, rare);
    let both = common.introduced && rare.introduced || once && rare.apposed || vague && rare.introduced;
    let listed = rare.listed && common.listed || vague && (rare.listed || rare.beside || common.beside);
    // Whom the headline names is in the story: there is no second one to introduce.
    let above = |f: &Full| f.places.iter().filter(|&&(_, token)| heads(a.kind(token))).count();
    let headline = once && (above(common) == 1) != (above(rare) == 1);
    facets.insert_if((both || listed) && !headline || beside || goes_by_first_name(a, rare), Facet::BothIntroduced);
    let token = rare.places[0].1;
    let end = token + rare.words.len();
    let namesake =
        a.language(token).is_some_and(|l| (token..end).any(|i| l.cues.get("namesake").at(a, i).is_some_and(|len| i + len == end)));
    facets.insert_if(namesake, Facet::Namesake);
    let mut values = Bindings::default();
    values.bind("rare.count", Bound::Count(rare.places.len()));
    values.bind("common.count", Bound::Count(common.places.len()));
    Conflict { roles: vec![("rare", rare.places[0].0), ("common", common.places[0].0)], values, facets }
}

/// Whether a sentence calls somebody by the last word of the two names; a list of surnames calls nobody.
fn uses_surname(a: &Analysis, x: &Full, y: &Full) -> bool {
    let Some(last) = x.words.last() else { return false };
    let named = |i: usize| x.places.iter().chain(&y.places).any(|&(span, _)| span.contains(a.tokens[i].span));
    let parted = |i: usize| crate::text::mark(a, i).is_some_and(|c| ",;(|".contains(c));
    let listed = |i: usize| i > 0 && parted(i - 1) || i + 1 < a.tokens.len() && parted(i + 1);
    (0..a.tokens.len()).any(|i| a.lower(i) == last && a.tokens[i].case.is_capital() && !named(i) && !listed(i))
}

fn heads(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Headline | BlockKind::Kicker | BlockKind::Standfirst)
}

/// Whether the first name stands without the surname: "Mike and Bob Bryan".
fn goes_by_first_name(a: &Analysis, full: &Full) -> bool {
    let alone = |i: usize| {
        a.lower(i) == full.words[0] && a.tokens[i].case.is_capital() && a.tokens.get(i + 1).is_none_or(|t| !t.case.is_capital())
    };
    (0..a.tokens.len()).any(alone)
}
