//! One name spelled two ways.

mod stand_in;
mod titles;

use std::collections::{BTreeMap, HashSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::join::names;
use super::one_person::{described_apart, opposed};
use super::support::{around, fold, says, sound, sounds_like};
use super::{Conflict, Relation};
use crate::analysis::{
    Analysis, EntityId, Mention, NameForm as Form, NameKind as Kind, NamePart as Part, PlaceValue, Standing, Value, mark,
};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::cut::is_hyphen;
use crate::language::grammar::Class;
use crate::language::names::first_names;
use crate::language::places::{PlaceKind, gazetteer};

/// `same-name`: two names that agree in all words but one, which is near, are one name and spelled one way.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SameName {
    /// The most letters that may be added, lost, changed or swapped between two spellings of a long word.
    pub letters: usize,
    /// The fewest letters of a word that may be misspelt.
    #[serde(default = "four")]
    pub shortest: usize,
}

/// Names that agree in the rest are held against each other, so that time grows with the square of how many there are; no story has more.
const MOST: usize = 300;

/// Capitalised words that stand together are no one name where there are more.
const LONGEST: usize = 24;

/// So many letters more may a long surname have whose bearer has the same first name: « Malherbe », « Malesherbes ».
const SWOLLEN: usize = 3;

fn four() -> usize {
    4
}

impl Relation for SameName {
    fn roles(&self) -> &'static [&'static str] {
        &["rare", "common"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["rare.count", "common.count"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::DifferentGivenName, Facet::BothIntroduced, Facet::KnownVariant, Facet::Derived]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let forms = &names(a).forms;
        let mut found = Vec::new();
        let mut told: HashSet<(&str, &str)> = HashSet::new();
        let surnames = surnames(forms);
        let credit = |f: &Form| f.places.iter().all(|p| credited(a, &p.tokens));
        for (i, j) in candidates(forms) {
            let (one, other) = (&forms[i], &forms[j]);
            if credit(one) != credit(other) {
                continue;
            }
            if let Some((x, y)) = self.odd_word(a, one, other).or_else(|| stand_in::word(a, one, other))
                && !(bears_it(&surnames, one) || bears_it(&surnames, other))
                && told.insert((&one.parts[x].lower, &other.parts[y].lower))
            {
                found.push(conflict(a, one, x, other, y));
            }
        }
        found.extend(titles::conflicts(a));
        found.extend(of_one_place(a));
        found
    }
}

/// Whether a name in a caption is that of who took the picture: "Photograph: Ann Hallam/Mercury".
fn credited(a: &Analysis, name: &std::ops::Range<usize>) -> bool {
    let (start, end) = (name.start, name.end);
    let slash = |i: usize| mark(a, i) == Some('/');
    let behind = end < a.tokens.len() && a.tokens[end].glued && slash(end);
    // "Picture: Ann Hallam with the boat" shows her.
    let closes = end >= a.sentence(start).end || mark(a, end).is_some();
    let before = start > a.sentence(start).start && closes && matches!(mark(a, start - 1), Some(':' | '/'));
    a.kind(start) == BlockKind::Credit || a.kind(start) == BlockKind::Caption && (behind || before)
}

impl SameName {
    /// The index of the one word in which two forms differ, if they are near enough to be one name.
    fn odd_word(&self, a: &Analysis, one: &Form, other: &Form) -> Option<(usize, usize)> {
        if heads(a, one, other) {
            return Some((0, 0));
        }
        let odd = self.odd_words(a, one, other).or_else(|| particles(a, one, other))?;
        let (x, y) = (&one.parts[odd.0], &other.parts[odd.1]);
        let bare = one.capitals || other.capitals;
        // « Égalité », « Egalité »: capitals may go without their accents.
        // What is elided stands before the capital: « d'État », « d'Etat ».
        let tail = |p: &Part| p.lower.chars().skip(1 + usize::from(p.elided)).collect::<String>();
        let capital = x.folded == y.folded && tail(x) == tail(y);
        (!compounds(a, one, odd.0, other, odd.1) && !capital && (!bare || x.folded != y.folded)).then_some(odd)
    }

    fn odd_words(&self, a: &Analysis, one: &Form, other: &Form) -> Option<(usize, usize)> {
        let (m, n) = (one.parts.len(), other.parts.len());
        if m == n && m >= 2 {
            let i = odd_part(one, other)?;
            let (x, y) = (&one.parts[i], &other.parts[i]);
            let person = one.person && other.person;
            let body = one.kind == Kind::Body && other.kind == Kind::Body;
            // « J. Marr » may be anybody of that letter.
            let letter = |f: &Form| f.given > 0 && f.parts[0].lower.chars().count() == 1;
            let sure = letter(one) == letter(other) && (person || body || vouches(a, one, i));
            let swollen = person && i >= one.given && swollen(&x.folded, &y.folded);
            // « Saint-Dié-les-Vosges », « Saint-Dié-des-Vosges »
            let closed =
                |p: &Part| p.joined && a.language(one.places[0].tokens.start).is_some_and(|l| l.grammar.closed(&p.lower).is_some());
            let link = m >= 4 && closed(x) && closed(y) && strsim::osa_distance(&x.lower, &y.lower) <= 1;
            return (swollen || link || self.near(&x.lower, &y.lower, sure)).then_some((i, i));
        }
        // « Jean Lefèvre », « M. Lefebvre »
        let (long, short, swapped) = if m > n { (one, other, false) } else { (other, one, true) };
        // « Yannick Le Guellec », « M. Le Guélec »
        let k = short.parts.len();
        if k > 1
            && k < long.parts.len()
            && k == long.parts.len() - long.given
            && short.given == 0
            && short.kind == Kind::Person
            && long.given > 0
        {
            let tail = &long.parts[long.given..];
            let rest = (0..k - 1).all(|i| tail[i].folded == short.parts[i].folded);
            let near = self.near(&tail[k - 1].lower, &short.parts[k - 1].lower, true) && tail[k - 1].lower.chars().count() >= 5;
            let at = (long.parts.len() - 1, k - 1);
            return (rest && near).then_some(if swapped { (at.1, at.0) } else { at });
        }
        let surname = long.parts.len() - 1;
        let alone = short.parts.len() == 1
            && short.kind == Kind::Person
            && short.given == 0
            && (long.given > 0 || long.human && short.human);
        let at = (surname, 0);
        (alone && self.near(&long.parts[surname].lower, &short.parts[0].lower, false)).then_some(if swapped {
            (at.1, at.0)
        } else {
            at
        })
    }

    fn near(&self, a: &str, b: &str, sure: bool) -> bool {
        let len = |s: &str| s.chars().count();
        let (short, long) = (len(a).min(len(b)), len(a).max(len(b)));
        if short < self.shortest || long - short > self.letters || a == b {
            return false;
        }
        // A slip of the hand spares the first letter; without another word to vouch for it, only one slip in a long word counts.
        let first = |s: &str| s.chars().next();
        // « Levavasseur », « Vavasseur »: the beginning is lost.
        let cut = a.ends_with(b) || b.ends_with(a);
        let letters = if sure && short >= 6 && (cut || first(a) == first(b)) { self.letters } else { 1 };
        // "A320" and "A330" are two models.
        if a.chars().chain(b.chars()).any(char::is_numeric) {
            return false;
        }
        let shortest = if sure { self.shortest } else { self.shortest + 1 };
        let (x, y) = (fold(a), fold(b));
        let alike = sure && (sounds_like(&x, &y) || short > self.shortest && sound(&x) == sound(&y));
        let near =
            short >= shortest && (first(a) == first(b) || sure && (short >= 6 || cut)) && strsim::osa_distance(a, b) <= letters;
        near || alike
    }
}

/// The index of the one part in which two names of as many parts differ; an initial is the name that it begins.
fn odd_part(one: &Form, other: &Form) -> Option<usize> {
    let initial = |f: &Form, i: usize| i < f.given && f.parts[i].lower.chars().count() == 1;
    let begins = |i: usize| one.parts[i].lower.chars().next() == other.parts[i].lower.chars().next();
    let differ =
        |i: &usize| one.parts[*i].folded != other.parts[*i].folded && !((initial(one, *i) || initial(other, *i)) && begins(*i));
    let mut odd = (0..one.parts.len()).filter(differ);
    match odd.next() {
        Some(i) => Some(i).filter(|_| odd.next().is_none()),
        // Only accents part them.
        None => {
            let mut odd =
                (0..one.parts.len()).filter(|&i| one.parts[i].folded == other.parts[i].folded && one.parts[i] != other.parts[i]);
            odd.next().filter(|_| odd.next().is_none())
        }
    }
}

/// Whether the rest of a name says by itself that two are one: it has a word of four letters that many names do not share.
fn vouches(a: &Analysis, form: &Form, odd: usize) -> bool {
    let Some(language) = a.language(form.places[0].tokens.start) else { return false };
    let shared = |p: &Part| {
        let town = language.manifest.town_prefixes.iter().any(|t| t.trim_end_matches('-') == p.lower);
        town || language.grammar.closed(&p.lower).is_some()
    };
    form.parts.iter().enumerate().any(|(i, p)| i != odd && p.lower.chars().count() >= 4 && !shared(p))
}

/// Whether a long name is the other with letters put in between.
fn swollen(x: &str, y: &str) -> bool {
    let (short, long) = if x.len() < y.len() { (x, y) } else { (y, x) };
    let more = long.chars().count() - short.chars().count();
    let mut letters = long.chars();
    (1..=SWOLLEN).contains(&more)
        && short.chars().count() >= 7
        && !long.starts_with(short)
        && short.chars().next() == long.chars().next()
        && short.chars().all(|c| letters.any(|l| l == c))
}

/// The pairs of forms that may be one name, in order: those that agree in all words but one, and surnames alone with the names that
/// begin like them. A story may have hundreds of names, and few of them are worth a look.
fn candidates(forms: &[Form]) -> Vec<(usize, usize)> {
    let mut alike: BTreeMap<(usize, Vec<&str>), Vec<usize>> = BTreeMap::new();
    let (mut alone, mut last): (BTreeMap<char, Vec<usize>>, BTreeMap<char, Vec<usize>>) = (BTreeMap::new(), BTreeMap::new());
    let letter = |w: &str| w.chars().next().map_or(0, char::len_utf8);
    for (n, form) in forms.iter().enumerate() {
        let parts = &form.parts;
        let initial = parts[parts.len() - 1].lower.chars().next().unwrap_or_default();
        last.entry(initial).or_default().push(n);
        if parts.len() == 1 || form.kind == Kind::Person && form.given == 0 {
            alone.entry(initial).or_default().push(n);
        }
        if parts.len() == 1 || parts.len() > LONGEST {
            continue;
        }
        for odd in 0..parts.len() {
            // Of a first name the initial has to do.
            let key = |(i, p): (usize, &'_ Part)| {
                let end = if i < form.given { letter(&p.folded) } else { p.folded.len() };
                if i == odd { (0, 0) } else { (0, end) }
            };
            let rest = parts.iter().enumerate().map(|(i, p)| &p.folded[..key((i, p)).1]).collect();
            alike.entry((odd, rest)).or_default().push(n);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for same in alike.values().map(|all| &all[..all.len().min(MOST)]) {
        pairs.extend(same.iter().enumerate().flat_map(|(k, &i)| same[k + 1..].iter().map(move |&j| (i, j))));
    }
    for (initial, surnames) in &alone {
        let full = last.get(initial).map_or(&[][..], Vec::as_slice);
        let few = |all: &[usize]| all[..all.len().min(MOST)].to_vec();
        for i in few(surnames) {
            pairs.extend(few(full).into_iter().filter(|&j| j != i).map(|j| (i.min(j), i.max(j))));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The index of the one word in which the names of two people differ, if both have a particle there: « Jean de Rieux », « Jean du Rieux ».
fn particles(a: &Analysis, one: &Form, other: &Form) -> Option<(usize, usize)> {
    let n = one.parts.len();
    if n < 3 || n != other.parts.len() || one.given == 0 || other.given == 0 {
        return None;
    }
    let i = odd_part(one, other)?;
    let particle = |f: &Form| {
        let entry = |l: &crate::language::Language| l.sets.get("particle").is_some_and(|all| all.contains(&f.parts[i].lower));
        i >= f.given && i + 1 < n && a.language(f.places[0].tokens.start).is_some_and(entry)
    };
    (particle(one) && particle(other)).then_some((i, i))
}

/// Whether two bodies are called alike but for what they are: "Council for Fair Lending", "Commission for Fair Lending".
fn heads(a: &Analysis, one: &Form, other: &Form) -> bool {
    let n = one.parts.len();
    if n < 3 || n != other.parts.len() || one.kind != Kind::Body || other.kind != Kind::Body || one.parts[1..] != other.parts[1..] {
        return false;
    }
    let Some(language) = a.language(one.places[0].tokens.start) else { return false };
    let head = |f: &Form| language.cues.get("organisation-head").at(a, f.places[0].tokens.start).is_some();
    let content = |p: &&Part| p.lower.chars().count() >= 4 && language.grammar.closed(&p.lower).is_none();
    one.parts[0] != other.parts[0] && head(one) && head(other) && one.parts[1..].iter().filter(content).count() >= 2
}

/// Whether two words are one name with two common words after it: "Idol-style", "Idol-type".
fn compounds(a: &Analysis, one: &Form, x: usize, other: &Form, y: usize) -> bool {
    let common = |f: &Form, i: usize| {
        let word = &f.parts[i].lower;
        let lower = |t: usize| a.text(t).rsplit(is_hyphen).next().is_some_and(|p| p.starts_with(char::is_lowercase));
        i > 0
            && f.places[0].tokens.clone().any(|t| a.text(t).contains(is_hyphen) && lower(t))
            && a.language(f.places[0].tokens.start).is_some_and(|l| l.lexicon.contains(word))
            && first_names().frequency(word) == 0
    };
    common(one, x) && common(other, y)
}

/// The last words of names of several.
fn surnames(forms: &[Form]) -> HashSet<&str> {
    forms.iter().filter(|f| f.parts.len() > 1).filter_map(|f| f.parts.last()).map(|p| p.lower.as_str()).collect()
}

/// Whether a surname that stands alone is another person's in full: « Williams » is Robbie's, not David Walliams's.
fn bears_it(surnames: &HashSet<&str>, alone: &Form) -> bool {
    alone.parts.len() == 1 && surnames.contains(alone.parts[0].lower.as_str())
}

fn conflict(a: &Analysis, one: &Form, x: usize, other: &Form, y: usize) -> Conflict {
    // The rarer is shown first; of two that stand equally often, the later.
    let one_is_common = one.places.len() >= other.places.len();
    let ((common, c), (rare, r)) = if one_is_common { ((one, x), (other, y)) } else { ((other, y), (one, x)) };
    let mut facets = Facets::default();
    let both_people = common.person && rare.person && one.parts.len() > 1 && other.parts.len() > 1;
    let in_given = both_people && (x < one.given || y < other.given || (x == 0 && one.parts.len() > 1));
    let given_names = first_names();
    let (cw, rw) = (&common.parts[c].lower, &rare.parts[r].lower);
    let both_given = given_names.frequency(cw) > 0 && given_names.frequency(rw) > 0;
    let apart = strsim::osa_distance(cw, rw) > 1 && opposed(cw, rw);
    let resumed = || both_people && resumes(a, common, rare) && !apart;
    facets.insert_if(in_given && both_given && !resumed(), Facet::DifferentGivenName);
    facets.insert_if(two_people(a, common, rare, (cw, rw)), Facet::BothIntroduced);
    // A surname may be a town elsewhere, and lose an e; with the same first name it is one person's all the same.
    let surname = common.person || rare.person;
    let link = common.parts[c].joined && common.parts[c].lower.chars().count() <= 3;
    let head = heads(a, one, other) || stand_in::word(a, one, other).is_some();
    let both = !surname && !link && !head && known(a, common, c) && known(a, rare, r);
    facets.insert_if(both && !vouched(a, (common, c), (rare, r)), Facet::KnownVariant);
    facets.insert_if(head && beside(a, common, rare), Facet::BothIntroduced);
    // « Grand », « Grande »: a word with an ending; a name that no language has loses a letter.
    let inflected = || {
        let plural = |f: &Form, i: usize| {
            let ends =
                |l: &crate::language::Language| l.manifest.name_plurals.iter().any(|e| f.parts[i].lower.ends_with(e.as_str()));
            f.parts[i].joined && a.language(f.places[0].tokens.start).is_some_and(ends)
        };
        let last = c + 1 == common.parts.len() && !plural(common, c) && !plural(rare, r);
        last || known_word(a, common, c) || known_word(a, rare, r)
    };
    // A name of several words gets no ending of two letters but a plural's: « Transports Gaillard », « Transports Gaillardon ».
    let ending = |long: &str, short: &str| {
        let end = long.strip_prefix(short).filter(|_| derived(long, short));
        let plurals = a.language(rare.places[0].tokens.start).map_or(&[][..], |l| &l.manifest.name_plurals);
        end.is_some_and(|end| end.chars().count() == 1 || common.parts.len() == 1 || plurals.iter().any(|p| p == end))
    };
    // « Gilet jaune », « Gilets jaunes », "Hermitian matrices": forms of one word.
    let one_word = || {
        let language = a.language(rare.places[0].tokens.start);
        language.is_some_and(|l| l.lexicon.readings(cw).any(|(x, _)| l.lexicon.readings(rw).any(|(y, _)| x == y)))
    };
    facets.insert_if(!surname && ((ending(cw, rw) || ending(rw, cw)) && inflected() || one_word()), Facet::Derived);
    facets.insert_if(plural(a, rare, rw, cw) || plural(a, common, cw, rw), Facet::Derived);
    let mut values = Bindings::default();
    values.bind("rare.count", Bound::Count(rare.places.len()));
    values.bind("common.count", Bound::Count(common.places.len()));
    Conflict { roles: vec![("rare", rare.places[0].span), ("common", common.places[0].span)], values, facets }
}

/// So many places of the odd form are no slip of the hand.
const OFTEN: usize = 4;

/// Whether the story tells two names apart: it says of each who it is, and nothing alike; one sentence has both; it speaks of namesakes.
fn two_people(a: &Analysis, common: &Form, rare: &Form, words: (&str, &str)) -> bool {
    if rare.parts.len() == 1 || common.parts.len() == 1 {
        return false;
    }
    let told = |s: &Standing| says(a, "told-apart", a.sentence(s.tokens.start));
    let apart = || rare.places.iter().any(told) || told(&common.places[0]);
    // Of two that stand once each, two letters apart, nothing says that they are one: "Khalid Mashud", "Khalid Mahmud".
    let long = words.0.chars().count().min(words.1.chars().count()) >= 8;
    let given = words.0 == common.parts[0].lower || words.0 == rare.parts[0].lower;
    let once = rare.person && !given && common.places.len() == 1 && !long && strsim::osa_distance(words.0, words.1) > 1;
    let alike = !common.described.is_disjoint(&rare.described);
    let bodies = common.kind == Kind::Body && rare.kind == Kind::Body;
    // « leur concurrent local, les Transports Gaillard »
    let rival = |s: &Standing| says(a, "rival", a.sentence(s.tokens.start));
    let named = bodies || rare.kind == Kind::Thing || common.kind == Kind::Thing;
    if named && (rare.places.iter().any(|s| told(s) || rival(s)) || told(&common.places[0])) {
        return true;
    }
    described_apart(&common.described, &rare.described)
        || rare.places.len() >= OFTEN
        || (rare.person || rare.kind != Kind::Body) && (beside(a, common, rare) || apart())
        || once && !alike
}

/// Whether a sentence has both names.
fn beside(a: &Analysis, common: &Form, rare: &Form) -> bool {
    let sentence = |s: &Standing| a.tokens[s.tokens.start].sentence;
    rare.places.iter().any(|r| common.places.iter().take(OFTEN).any(|c| sentence(c) == sentence(r)))
}

/// Whether a name that differs in the first name from one that the story has named before resumes it: nothing presents it anew, nothing
/// sets the two apart, and the surname is not one that many bear. Whom headline or caption names is in the story.
fn resumes(a: &Analysis, common: &Form, rare: &Form) -> bool {
    let first = common.places[0].span < rare.places[0].span;
    let anew = if first { rare } else { common };
    let places = || rare.places.iter().chain(&common.places).take(2 * OFTEN);
    let near = |set: &str| places().any(|p| says(a, set, around(a, p.tokens.start)));
    let beside = |set: &str| rare.places.iter().any(|p| says(a, set, a.sentence(p.tokens.start)));
    let surname = rare.places[0].tokens.end - 1;
    let usual = says(a, "usual-surname", surname..surname + 1);
    let listed = anew.listed && anew.places.len() == 1 && rare.places.len() == common.places.len();
    let furniture = |f: &Form| f.places.iter().all(|p| !a.kind(p.tokens.start).is_running());
    let shown = furniture(common) != furniture(rare);
    !usual && !near("kin") && (shown || !beside("opposite") && !anew.introduced && !listed)
}

/// Whether the odd word is a word in its own right: of the language, or a place.
fn known(a: &Analysis, form: &Form, part: usize) -> bool {
    let Some(language) = a.language(form.places[0].tokens.start) else { return false };
    language.lexicon.contains(&form.parts[part].lower) || is_place(&form.parts[part])
}

/// Whether a place is called so; what is elided before it is no part of its name: « l'Aube ».
fn is_place(part: &Part) -> bool {
    let past = usize::from(part.elided);
    gazetteer().lookup(part.folded.get(past..).unwrap_or_default()).next().is_some()
}

/// Whether two names are one though both odd words are known: the rest says so, or the beginning of a long word, and no place is meant.
fn vouched(a: &Analysis, common: (&Form, usize), rare: (&Form, usize)) -> bool {
    let (x, y) = (&common.0.parts[common.1], &rare.0.parts[rare.1]);
    let language = a.language(common.0.places[0].tokens.start);
    let content = |(i, p): &(usize, &Part)| {
        *i != common.1 && p.lower.chars().count() >= 4 && language.is_some_and(|l| l.grammar.closed(&p.lower).is_none())
    };
    let rest = common.0.parts.iter().enumerate().filter(content).count();
    let start = |p: &Part, n: usize| p.folded.chars().take(n).collect::<String>();
    let long = x.folded.chars().count().min(y.folded.chars().count()) >= 6;
    let alike = long && start(x, 3) == start(y, 3) && strsim::osa_distance(&x.folded, &y.folded) <= 1;
    // "The Salt Ledger", "The Salt Letter": the article has a capital of its own.
    let title = |f: &Form| {
        f.places.iter().any(|p| {
            let article = p.tokens.start.checked_sub(1).filter(|i| a.sentence(p.tokens.start).start < *i);
            article.is_some_and(|i| a.tokens[i].case.is_capital() && a.classes[i].has(Class::Determiner))
        })
    };
    let work = common.0.kind == Kind::Thing && rare.0.kind == Kind::Thing && (title(common.0) || title(rare.0));
    !(is_place(x) && is_place(y)) && start(x, 1) == start(y, 1) && (alike && rest > 0 || rest > 1 || work)
}

/// Letters of a place, at least, of which one may be another.
const PLACE: usize = 6;

/// Towns that are one and are written in two ways a letter apart: "Llanelli", "Llanelly".
fn of_one_place(a: &Analysis) -> Vec<Conflict> {
    let mut forms: BTreeMap<EntityId, BTreeMap<String, Vec<&Mention>>> = BTreeMap::new();
    let town = |p: &PlaceValue| gazetteer().kind(p.id) == PlaceKind::Town;
    for m in a.mentions.iter().filter(|m| m.tokens.1 == m.tokens.0 + 1) {
        if let Value::Place(p) = &m.value
            && town(p)
        {
            let folded = fold(a.lower(m.tokens.0 as usize));
            forms.entry(p.entity).or_default().entry(folded).or_default().push(m);
        }
    }
    let mut found = Vec::new();
    for all in forms.into_values().filter(|all| all.len() == 2) {
        let mut ways: Vec<(String, Vec<&Mention>)> = all.into_iter().collect();
        ways.sort_by_key(|(_, places)| (std::cmp::Reverse(places.len()), places[0].span));
        let [(x, common), (y, rare)] = &ways[..] else { continue };
        let one = strsim::osa_distance(x, y) == 1 && x.chars().count().min(y.chars().count()) >= PLACE;
        let apart = rare.iter().any(|m| says(a, "told-apart", a.sentence(m.tokens.0 as usize)));
        if one && !apart {
            let mut values = Bindings::default();
            values.bind("rare.count", Bound::Count(rare.len()));
            values.bind("common.count", Bound::Count(common.len()));
            let roles = vec![("rare", rare[0].span), ("common", common[0].span)];
            found.push(Conflict { roles, values, facets: Facets::default() });
        }
    }
    found
}

/// Whether the odd word is a word of the language.
fn known_word(a: &Analysis, form: &Form, part: usize) -> bool {
    a.language(form.places[0].tokens.start).is_some_and(|l| l.lexicon.contains(&form.parts[part].lower))
}

/// Whether a name is another's plural, as its language makes it; a civil title makes it one person's.
fn plural(a: &Analysis, many: &Form, word: &str, one: &str) -> bool {
    let token = many.places[0].tokens.start;
    let alone = many.parts.len() == 1;
    // « les Perrin », "the Garretts": a family.
    let family = token > 0 && a.classes[token - 1].has(Class::Determiner);
    (!alone || family)
        && a.language(token)
            .is_some_and(|l| word.strip_prefix(one).is_some_and(|end| l.manifest.name_plurals.iter().any(|p| p == end)))
}

/// Whether one word is the other with an ending: a plural, a possessive, an adjective of place.
fn derived(long: &str, short: &str) -> bool {
    long.len() > short.len()
        && long.starts_with(short)
        && long.len() - short.len() <= 2
        && !long.ends_with(&short[short.len() - short.chars().next_back().map_or(0, char::len_utf8)..])
}
