//! One person under two full names.

mod short;

use std::collections::{BTreeMap, HashSet};

use schemars::JsonSchema;
use serde::Deserialize;

use self::short::forms_of_one;
use super::support::{around, fold, people, says, words};
use super::{Conflict, Relation, presented};
use crate::analysis::Analysis;
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;
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
    /// Accents, others than those of capitals, which may go without.
    Accents,
    /// The accents of capitals alone.
    Capitals,
}

/// A full name with the places where it stands.
struct Full {
    words: Vec<String>,
    given: usize,
    places: Vec<(Span, usize)>,
    /// Whether anything says who it is: a title, a noun before it, an apposition, a bracket.
    introduced: bool,
    /// Whether an apposition behind it brings somebody new in: « Agnès Fauré, sa directrice », "Ann Hallam, a baker".
    brought_in: bool,
    /// Whether it stands beside another name in a list or amid one, or in a label, where nobody is introduced.
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
        let alone = alone(a);
        let mut found = Vec::new();
        for all in alike.values() {
            // Three of one surname are a family or a list, and no slip.
            if all.len() < 2 || self.differs == Differs::Given && all.len() > 2 {
                continue;
            }
            // Each is held against the commonest; of those that stand equally often the first is shown last.
            let most = all.iter().map(|f| f.places.len()).max().unwrap_or_default();
            let Some(at) = all.iter().position(|f| f.places.len() == most) else { continue };
            let common = all[at];
            let rest = all.iter().enumerate().filter(|&(i, rare)| i != at && self.clashes(a, common, rare));
            found.extend(rest.map(|(_, rare)| self.conflict(a, common, rare, &alone)));
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
            Differs::Accents | Differs::Capitals => f.words.iter().map(|w| fold(w)).collect::<Vec<_>>().join(" "),
        }
    }

    /// Whether two names that have the rest in common are told apart by what differs.
    fn clashes(&self, a: &Analysis, common: &Full, rare: &Full) -> bool {
        match self.differs {
            Differs::Given => {
                let (x, y) = (&common.words[..common.given], &rare.words[..rare.given]);
                let first = |w: &str| w.chars().next();
                let known = |w: &String| first_names().frequency(w) > 0;
                let short = (first(&x[0]) == first(&y[0]) && strsim::osa_distance(&x[0], &y[0]) <= 2)
                    || forms_of_one(a, rare.places[0].1, &x[0], &y[0]);
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
            Differs::Accents => bare(common, false) != bare(rare, false),
            Differs::Capitals => bare(common, false) == bare(rare, false) && bare(common, true) != bare(rare, true),
        }
    }
}

/// The letters of a name, the first of each word with its accent or without.
fn bare(full: &Full, capitals: bool) -> String {
    let words = full.words.iter().flat_map(|w| w.split(['-', '\'', '’']));
    let word = |w: &str| {
        let past = w.chars().next().map_or(0, char::len_utf8);
        if capitals { w.to_owned() } else { fold(&w[..past]) + &w[past..] }
    };
    words.map(word).collect()
}

/// All full names of people, in the order in which they are first met.
fn names(a: &Analysis) -> Vec<Full> {
    let mut by_words: BTreeMap<Vec<String>, Full> = BTreeMap::new();
    for (m, p) in people(a).filter(|(_, p)| p.given.0 < p.given.1 && p.surname.0 < p.surname.1) {
        if presented::belongs(a, m.tokens.0 as usize) {
            continue;
        }
        let (given, all) = (words(a, p.given), words(a, m.tokens));
        let full = by_words.entry(all.clone()).or_insert(Full {
            words: all,
            given: given.len(),
            places: Vec::new(),
            introduced: false,
            brought_in: false,
            listed: false,
        });
        full.places.push((m.span, m.tokens.0 as usize));
        full.introduced |= presented::titled(a, p.title) || presented::presented(a, m.tokens);
        full.brought_in |= presented::brought_in(a, m.tokens);
        full.listed |= presented::listed(a, m.tokens);
    }
    let mut all: Vec<Full> = by_words.into_values().collect();
    all.sort_by_key(|f| f.places[0].0);
    all
}

impl OnePerson {
    fn conflict(&self, a: &Analysis, common: &Full, rare: &Full, alone: &Alone) -> Conflict {
        let mut facets = Facets::default();
        let near = |f: &Full, set: &str| f.places.iter().any(|&(_, token)| says(a, set, around(a, token)));
        let kin = near(rare, "kin") || says(a, "kin", around(a, common.places[0].1));
        facets.insert_if(kin || self.differs == Differs::Given && opposed(&common.words[0], &rare.words[0]), Facet::Kin);
        let two = if self.differs == Differs::Given {
            two_people(a, common, rare, alone)
        } else {
            common.introduced && rare.brought_in || rare.introduced && common.brought_in
        };
        facets.insert_if(two, Facet::BothIntroduced);
        let told = |token: usize| says(a, "told-apart", a.sentence(token));
        let told = rare.places.iter().any(|&(_, token)| told(token)) || told(common.places[0].1);
        let token = rare.places[0].1;
        let end = token + rare.words.len();
        let known = a
            .language(token)
            .is_some_and(|l| (token..end).any(|i| l.cues.get("namesake").at(a, i).is_some_and(|len| i + len == end)));
        facets.insert_if(told || known || usual(a, rare), Facet::Namesake);
        let mut values = Bindings::default();
        values.bind("rare.count", Bound::Count(rare.places.len()));
        values.bind("common.count", Bound::Count(common.places.len()));
        Conflict { roles: vec![("rare", rare.places[0].0), ("common", common.places[0].0)], values, facets }
    }
}

/// Whether a story speaks of two people under names that differ in the first name. A story presents whom it brings in: the name that
/// stands bare and later is a slip only where the story has met its bearer.
fn two_people(a: &Analysis, common: &Full, rare: &Full, alone: &Alone) -> bool {
    let order = |f: &Full| (a.kind(f.places[0].1) == BlockKind::Caption, f.places[0].0);
    let (first, second) = if order(common) < order(rare) { (common, rare) } else { (rare, common) };
    let sentences = |f: &Full| f.places.iter().map(|&(_, token)| a.tokens[token].sentence).collect::<HashSet<_>>();
    let beside = !sentences(rare).is_disjoint(&sentences(common));
    let called = alone.given.contains(&*rare.words[0]) || alone.given.contains(&*common.words[0]);
    if beside || called || rare.listed || common.listed {
        return true;
    }
    // Whom the headline names is in the story: there is no second one to introduce.
    let heads = |f: &Full| f.places.iter().all(|&(_, token)| heads(a.kind(token)));
    if heads(common) != heads(rare) {
        return false;
    }
    // Of two that stand once each, the surname alone says that it is one person's.
    let once = common.places.len() == 1;
    second.introduced || once && (!alone.surnames.contains(&*first.words[first.words.len() - 1]) || !first.introduced)
}

/// Whether the story says of two names who they are, and says nothing alike: « la ministre, Agnès Faure », « Agnès Fauré, sa directrice
/// de cabinet ».
pub(super) fn described_apart(one: &HashSet<String>, other: &HashSet<String>) -> bool {
    let has = |set: &HashSet<String>, place: bool| set.iter().any(|w| w.starts_with(presented::FROM) == place);
    one.is_disjoint(other) && [true, false].iter().any(|&place| has(one, place) && has(other, place))
}

/// Whether the first names are a woman's and a man's: a couple, a brother and his sister.
pub(super) fn opposed(one: &str, other: &str) -> bool {
    let share = |name: &str| first_names().female_share(name);
    matches!((share(one), share(other)), (Some(90..), Some(..=10)) | (Some(..=10), Some(90..)))
}

/// Whether many bear a surname: "Smith", « Martin ».
fn usual(a: &Analysis, full: &Full) -> bool {
    let token = full.places[0].1;
    says(a, "usual-surname", token + full.given..token + full.words.len())
}

/// Words with a capital that stand alone, by what they stand for.
struct Alone<'a> {
    /// No other name follows: "Mike and Bob Bryan".
    given: HashSet<&'a str>,
    /// No other name stands before or after, nor is it an item of a list, which calls nobody.
    surnames: HashSet<&'a str>,
}

fn alone<'a>(a: &'a Analysis) -> Alone<'a> {
    let capital = |i: usize| a.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word && t.case.is_capital());
    let beside = |i: usize, j: usize| capital(j) && a.tokens[i].sentence == a.tokens[j].sentence;
    let parted = |i: usize| crate::analysis::mark(a, i).is_some_and(|c| ",;(|".contains(c));
    let mut found = Alone { given: HashSet::new(), surnames: HashSet::new() };
    for i in (0..a.tokens.len()).filter(|&i| capital(i)) {
        if beside(i, i + 1) {
            continue;
        }
        let last = i > 0 && beside(i, i - 1);
        if !last {
            found.given.insert(a.lower(i));
        }
        let listed = i > 0 && parted(i - 1) || i + 1 < a.tokens.len() && parted(i + 1);
        if !listed && (!last || title(a, i - 1)) {
            found.surnames.insert(a.lower(i));
        }
    }
    found
}

fn title(a: &Analysis, i: usize) -> bool {
    says(a, "civil-title", i..i + 1)
}

fn heads(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Headline | BlockKind::Kicker | BlockKind::Standfirst)
}
