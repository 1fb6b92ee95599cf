//! One person under two full names.

mod short;

use std::collections::{BTreeMap, HashSet};

use schemars::JsonSchema;
use serde::Deserialize;

use self::short::forms_of_one;
use super::join;
use super::support::{around, blocks, fold, says, sound, tells, words};
use super::{Conflict, Relation, presented};
use crate::analysis::{Analysis, Case, NameForm as Form, NameKind as Kind, Standing, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;
use crate::language::cut::is_hyphen;
use crate::language::grammar::Class;
use crate::language::names::first_names;
use crate::language::places::gazetteer;
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

/// A full name with the places where the story tells of it.
struct Full<'a> {
    words: Vec<String>,
    given: usize,
    places: Vec<(Span, usize)>,
    form: &'a Form,
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
        let names = names(a, self.differs);
        // Only names that agree in the rest are held against each other: a story may have hundreds.
        let mut alike: BTreeMap<String, Vec<&Full>> = BTreeMap::new();
        for name in &names {
            alike.entry(self.rest(name)).or_default().push(name);
        }
        let alone = alone(a);
        let mut found = if self.differs == Differs::Order { self.initials(a, &names, &alone) } else { Vec::new() };
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
        if self.differs == Differs::Accents {
            found.extend(accents_alone(a));
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

    /// Initials in another order than the first names, or other initials, have: « Jean-Paul Kervadec », « P.-J. Kervadec ».
    fn initials(&self, a: &Analysis, names: &[Full], alone: &Alone) -> Vec<Conflict> {
        let first = |f: &Full| f.form.parts[..f.form.given].iter().filter_map(|p| p.folded.chars().next()).collect::<Vec<_>>();
        let bare = |f: &Full| f.form.parts[..f.form.given].iter().all(|p| p.folded.chars().count() == 1);
        let mut alike: BTreeMap<(Vec<char>, String), Vec<&Full>> = BTreeMap::new();
        for full in names.iter().filter(|f| f.form.given > 1) {
            let mut letters = first(full);
            letters.sort_unstable();
            let surname: Vec<&str> = full.form.parts[full.form.given..].iter().map(|p| &*p.folded).collect();
            alike.entry((letters, surname.join(" "))).or_default().push(full);
        }
        let mut found = Vec::new();
        for all in alike.values() {
            let Some((one, rest)) = all.split_first() else { continue };
            let Some(other) = rest.iter().find(|o| first(o) != first(one) && (bare(o) || bare(one))) else { continue };
            let (common, rare) = if one.places.len() >= other.places.len() { (one, other) } else { (other, one) };
            found.push(self.conflict(a, common, rare, alone));
        }
        found
    }

    /// Whether two names that have the rest in common are told apart by what differs.
    fn clashes(&self, a: &Analysis, common: &Full, rare: &Full) -> bool {
        match self.differs {
            Differs::Given => {
                let (x, y) = (&common.words[..common.given], &rare.words[..rare.given]);
                let first = |w: &str| w.chars().next();
                let one = x.len() == 1 && y.len() == 1;
                if !one {
                    return false;
                }
                let initial = first(&x[0]) == first(&y[0]);
                let letters = x[0].chars().count().min(y[0].chars().count());
                // "Kathryn", "Catherine"
                let alike = sound(&fold(&x[0])) == sound(&fold(&y[0])) || strsim::jaro(&x[0], &y[0]) > ALIKE;
                let known = |w: &String| first_names().frequency(w) > 0 || initial || alike;
                // Nearer ones are held by `same-name`.
                let near = initial && strsim::osa_distance(&x[0], &y[0]) <= if letters >= 6 { 2 } else { 1 };
                let short = near || forms_of_one(a, rare.places[0].1, &x[0], &y[0]);
                let one = known(&x[0]) && known(&y[0]);
                let surname = &common.words[common.given..];
                one && !short && surname.iter().any(|w| w.chars().count() >= 3) && rare.places.len() == 1
            }
            Differs::Order => {
                let plain = |f: &Full| f.words.iter().flat_map(|w| w.split('-')).map(fold).collect::<Vec<_>>();
                plain(common) != plain(rare) && !(of_parts(a, common) || of_parts(a, rare))
            }
            Differs::Joins => {
                let joined = |f: &Full| f.words.join(" ").chars().filter(|c| !c.is_alphanumeric()).collect::<String>();
                let (x, y) = (joined(common), joined(rare));
                // Two words run together have lost a space, and no hyphen.
                x != y && [x, y].iter().any(|marks| marks.contains(|c: char| !c.is_whitespace()))
            }
            // « BÉATRICE DALLE », "CHLOE HOLT": all of it is capitals.
            Differs::Accents => !shouted(common, rare) && bare(common, false) != bare(rare, false),
            Differs::Capitals => {
                (shouted(common, rare) || bare(common, false) == bare(rare, false)) && bare(common, true) != bare(rare, true)
            }
        }
    }
}

/// Whether a name that is nobody's joins what the story names apart, or two places: « Lens-Lille », "Paris-Lyon".
fn of_parts(a: &Analysis, full: &Full) -> bool {
    if full.form.kind == Kind::Person {
        return false;
    }
    let alone = |folded: &str| {
        let other = |p: &Standing, i: usize| p.tokens.contains(&i);
        let stands =
            |i: usize| a.tokens[i].case.is_capital() && fold(a.lower(i)) == folded && !full.form.places.iter().any(|p| other(p, i));
        blocks(a, &[]).into_iter().flatten().any(stands)
    };
    let parts = &full.form.parts;
    let place = |folded: &str| gazetteer().lookup(folded).next().is_some();
    // « RTL-LCI »: what is all in capitals is joined, not named so.
    let shouted = full
        .form
        .places
        .iter()
        .any(|p| p.tokens.clone().any(|i| a.text(i).split(is_hyphen).any(|w| w.len() > 1 && !w.contains(char::is_lowercase))));
    shouted || parts.iter().all(|p| place(&p.folded)) || parts.len() == 2 && parts.iter().any(|p| alone(&p.folded))
}

fn shouted(one: &Full, other: &Full) -> bool {
    one.form.capitals || other.form.capitals
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

/// The names that may be one person's, in the order in which they are first met: those in full; where their order is asked for, all
/// names of several words.
fn names<'a>(a: &'a Analysis, differs: Differs) -> Vec<Full<'a>> {
    let full = |f: &&Form| f.given > 0 && f.given < f.parts.len() && f.kind == Kind::Person;
    let several = |f: &&Form| match differs {
        Differs::Order => f.kind != Kind::Person && f.parts.len() > 1,
        // « Saint-Hilaire-de-Lorme », « Saint-Hilaire-de-l'Orme »
        Differs::Joins => f.kind != Kind::Person && f.parts.len() > 3,
        _ => false,
    };
    let forms = join::names(a).forms.iter().filter(|f| full(f) || several(f));
    forms.filter_map(|form| Full::of(a, form, differs)).collect()
}

impl<'a> Full<'a> {
    fn of(a: &'a Analysis, form: &'a Form, differs: Differs) -> Option<Full<'a>> {
        let counts = |p: &&Standing| {
            let kind = a.kind(p.tokens.start);
            tells(kind) && !p.belongs && (differs != Differs::Order || kind != BlockKind::TableCell)
        };
        let places: Vec<(Span, usize)> = form.places.iter().filter(counts).map(|p| (p.span, p.tokens.start)).collect();
        let tokens = form.places.iter().find(counts)?.tokens.clone();
        let words = words(a, (tokens.start as u32, tokens.end as u32));
        let mut parts = 0;
        let given = words.iter().take_while(|w| {
            parts += w.split(is_hyphen).filter(|p| !p.is_empty()).count();
            parts <= form.given
        });
        Some(Full { given: given.count(), words, places, form })
    }
}

impl OnePerson {
    fn conflict(&self, a: &Analysis, common: &Full, rare: &Full, alone: &Alone) -> Conflict {
        let mut facets = Facets::default();
        let kin = |token: usize| around(a, token).any(|i| is_kin(a, i));
        // Whom the headline names is in the story: kin of whom it tells are no reason for a second name.
        let above = |f: &Full| f.places.iter().all(|&(_, token)| heads(a.kind(token)));
        let headed = self.differs == Differs::Given && above(rare) != above(common);
        let kin = !headed && (rare.places.iter().any(|&(_, token)| kin(token)) || kin(common.places[0].1));
        // Whoever a story names in full again and again is its subject, beside whom a wife or a brother is introduced.
        let subject = common.places.len() >= SUBJECT;
        let couple = self.differs == Differs::Given && !subject && opposed(&common.words[0], &rare.words[0]);
        facets.insert_if(kin || couple, Facet::Kin);
        let two = if self.differs == Differs::Given {
            two_people(a, common, rare, alone)
        } else {
            common.form.presented && rare.form.brought_in || rare.form.presented && common.form.brought_in
        };
        facets.insert_if(two, Facet::BothIntroduced);
        let told = |token: usize| says(a, "told-apart", a.sentence(token));
        let told = rare.places.iter().any(|&(_, token)| told(token)) || told(common.places[0].1);
        let token = rare.places[0].1;
        let end = token + rare.words.len();
        let known = a
            .language(token)
            .is_some_and(|l| (token..end).any(|i| l.cues.get("namesake").at(a, i).is_some_and(|len| i + len == end)));
        let begin = |f: &Full| f.words[0].chars().take(BEGIN).collect::<String>();
        let begins = begin(common) == begin(rare) && begin(rare).chars().count() == BEGIN;
        let many = self.differs == Differs::Given && usual(a, rare) && !resumed(common, rare, alone) && !begins;
        facets.insert_if(told || known || many, Facet::Namesake);
        let mut values = Bindings::default();
        values.bind("rare.count", Bound::Count(rare.places.len()));
        values.bind("common.count", Bound::Count(common.places.len()));
        Conflict { roles: vec![("rare", rare.places[0].0), ("common", common.places[0].0)], values, facets }
    }
}

/// First names that are so near, of one as the measure has it, may be one.
const ALIKE: f64 = 0.75;

/// So many letters at the beginning make two first names alike: « Abdoulaye », « Abdourahmane ».
const BEGIN: usize = 4;

/// So many times a story names its subject in full.
const SUBJECT: usize = 3;

/// Whether a story that has said who bears a surname, or named that person in full again, calls that person by the surname alone.
fn resumed(common: &Full, rare: &Full, alone: &Alone) -> bool {
    let met = common.form.introduced && common.places[0].0 < rare.places[0].0;
    alone.surnames.contains(&*common.words[common.words.len() - 1]) && (met || common.places.len() > 1)
}

/// Words that stand alone with a capital and are no words of the language, now with an accent behind the first letter, now with another.
fn accents_alone(a: &Analysis) -> Vec<Conflict> {
    let capital = |i: usize| a.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word && t.case.is_capital());
    let beside = |i: usize, j: usize| capital(j) && a.tokens[i].sentence == a.tokens[j].sentence;
    let own = |i: usize| {
        capital(i)
            && a.tokens[i].case != Case::Upper
            && a.lower(i).chars().count() >= 4
            && a.language(i).is_some_and(|l| !l.lexicon.contains(a.lower(i)))
            && !beside(i, i + 1)
            && !(i > 0 && beside(i, i - 1))
    };
    let mut forms: BTreeMap<String, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
    for i in blocks(a, &[]).into_iter().flatten().filter(|&i| own(i)) {
        forms.entry(fold(a.lower(i))).or_default().entry(a.lower(i)).or_default().push(i);
    }
    let mut found = Vec::new();
    let tail = |w: &str| w.chars().skip(1).collect::<String>();
    for all in forms.into_values().filter(|all| all.len() > 1) {
        let Some((common, places)) = all.iter().max_by_key(|(_, p)| (p.len(), std::cmp::Reverse(p[0]))) else { continue };
        for (_, other) in all.iter().filter(|(w, _)| tail(w) != tail(common)) {
            let mut values = Bindings::default();
            values.bind("rare.count", Bound::Count(other.len()));
            values.bind("common.count", Bound::Count(places.len()));
            let roles = vec![("rare", a.tokens[other[0]].span), ("common", a.tokens[places[0]].span)];
            let mut facets = Facets::default();
            facets.insert_if(says(a, "told-apart", a.sentence(other[0])), Facet::BothIntroduced);
            found.push(Conflict { roles, values, facets });
        }
    }
    found
}

/// Whether a story speaks of two people under names that differ in the first name. A story presents whom it brings in: the name that
/// stands bare and later is a slip only where the story has met its bearer.
fn two_people(a: &Analysis, common: &Full, rare: &Full, alone: &Alone) -> bool {
    let order = |f: &Full| (a.kind(f.places[0].1) == BlockKind::Caption, f.places[0].0);
    let (first, second) = if order(common) < order(rare) { (common, rare) } else { (rare, common) };
    let sentences = |f: &Full| f.places.iter().map(|&(_, token)| a.tokens[token].sentence).collect::<HashSet<_>>();
    let beside = !sentences(rare).is_disjoint(&sentences(common));
    let called = alone.given.contains(&*rare.words[0]) || alone.given.contains(&*common.words[0]);
    if beside || called || rare.form.listed || common.form.listed {
        return true;
    }
    // Whom the headline names is in the story: there is no second one to introduce.
    let heads = |f: &Full| f.places.iter().all(|&(_, token)| heads(a.kind(token)));
    if heads(common) != heads(rare) {
        return false;
    }
    // Of two that stand once each, the surname alone says that it is one person's, or what the first names share.
    let once = common.places.len() == 1;
    let initial = rare.words[0].chars().next() == common.words[0].chars().next();
    let resumed = alone.surnames.contains(&*first.words[first.words.len() - 1]) || initial;
    second.form.introduced || once && !resumed && !first.form.presented && first.form.listed
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

/// Whether a word of kinship tells of somebody's kin: "families on holiday" are nobody's.
fn is_kin(a: &Analysis, i: usize) -> bool {
    let Some(language) = a.language(i) else { return false };
    let many = || a.readings(i).iter().all(|r| r.tag.plural() && !r.tag.singular());
    let capital = |i: usize| a.tokens.get(i).is_some_and(|t| t.case.is_capital());
    let told = || {
        let from = a.sentence(i).start;
        let owned = (from.max(i.saturating_sub(3))..i).any(|j| says(a, "possessive", j..j + 1) || a.classes[j].has(Class::Numeral));
        owned || capital(i + 1) || i > from && (capital(i - 1) || a.is_clitic(i - 1))
    };
    language.cues.get("kin").at(a, i).is_some() && (!many() || told())
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
    let parted = |i: usize| mark(a, i).is_some_and(|c| ",;(|".contains(c));
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
