//! One person under two full names.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::{around, fold, people, says, words};
use super::{Conflict, Facet, Facets, Relation};
use crate::analysis::{Analysis, Case, TokenKind};
use crate::finding::{Bindings, Bound};
use crate::language::grammar::Class;
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
    introduced: bool,
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
                if self.clashes(common, rare) {
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
    fn clashes(&self, common: &Full, rare: &Full) -> bool {
        match self.differs {
            Differs::Given => {
                let (x, y) = (&common.words[..common.given], &rare.words[..rare.given]);
                let first = |w: &str| w.chars().next();
                let known = |w: &String| first_names().frequency(w) > 0;
                // « Chris », « Christopher »; « Jean », « Jean-Luc »; « J. »
                let (a, b) = (fold(&x[0]), fold(&y[0]));
                let short = a.starts_with(&b)
                    || b.starts_with(&a)
                    || a.ends_with(&b)
                    || b.ends_with(&a)
                    || (first(&x[0]) == first(&y[0]) && strsim::osa_distance(&x[0], &y[0]) <= 2);
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

/// All full names of people, in the order in which they are first met.
fn names(a: &Analysis) -> Vec<Full> {
    let mut by_words: BTreeMap<Vec<String>, Full> = BTreeMap::new();
    for (m, p) in people(a).filter(|(_, p)| p.given.0 < p.given.1 && p.surname.0 < p.surname.1) {
        let (given, all) = (words(a, p.given), words(a, m.tokens));
        let full =
            by_words.entry(all.clone()).or_insert(Full { words: all, given: given.len(), places: Vec::new(), introduced: false });
        full.places.push((m.span, m.tokens.0 as usize));
        full.introduced |= p.title.0 < p.title.1 || presented(a, m.tokens);
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
    // Two who are both presented, or stand in one sentence, or go by their first names, are two people.
    // Of two that stand once each, the presentation of either is enough.
    let both = (common.introduced || common.places.len() == 1) && rare.introduced;
    facets.insert_if(both || beside || goes_by_first_name(a, rare), Facet::BothIntroduced);
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

/// Whether the first name stands without the surname: "Mike and Bob Bryan".
fn goes_by_first_name(a: &Analysis, full: &Full) -> bool {
    let alone = |i: usize| {
        a.lower(i) == full.words[0] && a.tokens[i].case.is_capital() && a.tokens.get(i + 1).is_none_or(|t| !t.case.is_capital())
    };
    (0..a.tokens.len()).any(alone)
}

/// Whether a common noun right before a name, or an apposition or bracket right after it, says who it is.
fn presented(a: &Analysis, name: (u32, u32)) -> bool {
    let (start, end) = (name.0 as usize, name.1 as usize);
    let noun = |i: usize| a.tokens[i].case == Case::Lower && a.classes[i].has(Class::Noun) && !a.classes[i].has(Class::Verb);
    let before = start > a.sentence(start).start && a.tokens[start - 1].kind == TokenKind::Word && noun(start - 1);
    let after = match crate::text::mark(a, end) {
        Some('(') => true,
        Some(',') => a.classes.get(end + 1).is_some_and(|c| c.has(Class::Determiner)),
        _ => false,
    };
    before || after
}
