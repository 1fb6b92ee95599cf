//! One name spelled two ways.

use std::collections::{BTreeMap, HashSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::one_person::{described_apart, opposed};
use super::support::{around, fold, repeats, says};
use super::{Conflict, Relation, presented};
use crate::analysis::{Analysis, Case, Mention, Value};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::language::names::first_names;
use crate::mention::word::is_item;
use crate::span::Span;
use crate::syntax::is_verbless;

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

fn four() -> usize {
    4
}

/// One way in which a name is written.
struct Form {
    /// The words in lower case, without marks.
    words: Vec<String>,
    /// Where each stands.
    places: Vec<Spelling>,
    /// Index of the last word that is a given name, plus one.
    given: usize,
    /// Whether it has a first name or a civil title.
    person: bool,
    /// Whether it is read as a person's, with a civil title somewhere where it stands alone.
    human: bool,
    /// Whether anything says who it is, and the words that say so.
    presented: bool,
    described: HashSet<String>,
    /// Whether it is set in capitals wherever it stands, which may lose their accents.
    capitals: bool,
}

/// One place where a form stands.
struct Spelling {
    span: Span,
    words: Vec<Span>,
    token: usize,
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
        let forms = forms(a);
        let mut found = Vec::new();
        for (i, j) in candidates(&forms) {
            let (one, other) = (&forms[i], &forms[j]);
            if let Some((x, y)) = self.odd_word(a, one, other)
                && !(bears_it(&forms, one) || bears_it(&forms, other))
            {
                found.push(conflict(a, one, x, other, y));
            }
        }
        found
    }
}

impl SameName {
    /// The index of the one word in which two forms differ, if they are near enough to be one name.
    fn odd_word(&self, a: &Analysis, one: &Form, other: &Form) -> Option<(usize, usize)> {
        let odd = self.odd_words(one, other).or_else(|| particles(a, one, other))?;
        let (x, y) = (&one.words[odd.0], &other.words[odd.1]);
        let bare = one.capitals || other.capitals;
        // « Égalité », « Egalité »: capitals may go without their accents.
        let tail = |w: &str| w.chars().skip(1).collect::<String>();
        let capital = fold(x) == fold(y) && tail(x) == tail(y);
        (!compounds(a, one, x, y) && !capital && (!bare || fold(x) != fold(y))).then_some(odd)
    }

    fn odd_words(&self, one: &Form, other: &Form) -> Option<(usize, usize)> {
        let (m, n) = (one.words.len(), other.words.len());
        if m == n && m >= 2 {
            let mut odd = (0..n).filter(|&i| one.words[i] != other.words[i]);
            let i = odd.next().filter(|_| odd.next().is_none())?;
            return self.near(&one.words[i], &other.words[i], true).then_some((i, i));
        }
        // « Jean Lefèvre », « M. Lefebvre »
        let (long, short, swapped) = if m > n { (one, other, false) } else { (other, one, true) };
        let surname = long.words.len() - 1;
        let alone = short.words.len() == 1 && short.given == 0 && (long.given > 0 || long.human && short.human);
        let at = (surname, 0);
        (alone && self.near(&long.words[surname], &short.words[0], false)).then_some(if swapped { (at.1, at.0) } else { at })
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
        short >= shortest && (first(a) == first(b) || sure && short >= 6) && strsim::osa_distance(a, b) <= letters
    }
}

/// The pairs of forms that may be one name, in order: those that agree in all words but one, and surnames alone with the names that
/// begin like them. A story may have hundreds of names, and few of them are worth a look.
fn candidates(forms: &[Form]) -> Vec<(usize, usize)> {
    let mut alike: BTreeMap<(usize, Vec<&str>), Vec<usize>> = BTreeMap::new();
    let (mut alone, mut last): (BTreeMap<char, Vec<usize>>, BTreeMap<char, Vec<usize>>) = (BTreeMap::new(), BTreeMap::new());
    for (n, form) in forms.iter().enumerate() {
        let words: Vec<&str> = form.words.iter().map(String::as_str).collect();
        let initial = words[words.len() - 1].chars().next().unwrap_or_default();
        last.entry(initial).or_default().push(n);
        if words.len() == 1 {
            alone.entry(initial).or_default().push(n);
            continue;
        }
        for odd in 0..words.len() {
            let rest = words.iter().enumerate().map(|(i, w)| if i == odd { "" } else { *w }).collect();
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
    let n = one.words.len();
    if n < 3 || n != other.words.len() || one.given == 0 || other.given == 0 {
        return None;
    }
    let mut odd = (0..n).filter(|&i| one.words[i] != other.words[i]);
    let i = odd.next().filter(|_| odd.next().is_none())?;
    let particle = |f: &Form| {
        let at = a.tokens_in(f.places[0].words[i]).start;
        i >= f.given && i + 1 < n && a.language(at).is_some_and(|l| l.cues.get("particle").at(a, at) == Some(1))
    };
    (particle(one) && particle(other)).then_some((i, i))
}

/// Whether two words are one name with two common words after it: "Idol-style", "Idol-type".
fn compounds(a: &Analysis, form: &Form, x: &str, y: &str) -> bool {
    let token = a.tokens_in(form.places[0].span).start;
    let common = |word: &str| a.language(token).is_some_and(|l| l.lexicon.contains(word) && first_names().frequency(word) == 0);
    match (x.split_once('-'), y.split_once('-')) {
        (Some((head, tail)), Some((other, end))) => head == other && common(tail) && common(end),
        _ => false,
    }
}

/// Whether a surname that stands alone is another person's in full: « Williams » is Robbie's, not David Walliams's.
fn bears_it(forms: &[Form], alone: &Form) -> bool {
    alone.words.len() == 1 && forms.iter().any(|f| f.words.len() > 1 && f.words.last() == alone.words.first())
}

/// All names of people and organisations, and capitalised words that name nobody yet, by the way in which they are written.
fn forms(a: &Analysis) -> Vec<Form> {
    let mut by_words: BTreeMap<Vec<String>, Form> = BTreeMap::new();
    let repeated = repeats(a);
    // Two of a line-up may be called alike.
    let verbless: Vec<bool> =
        a.sentences.iter().map(|s| s.end - s.start > 2 && is_verbless(a, s.start as usize..s.end as usize)).collect();
    let listed = |m: &Mention| verbless[m.sentence as usize] && is_item(a, &(m.tokens.0 as usize..m.tokens.1 as usize));
    for m in a.mentions.iter().filter(|m| !repeated[m.sentence as usize]) {
        let (given, title) = match &m.value {
            Value::Person(p) => ((p.given.1 - p.given.0) as usize, p.title),
            Value::Organisation(_) => (0, (0, 0)),
            _ => continue,
        };
        // A civil title introduces nobody: it stands again with each mention.
        let civil = says(a, "civil-title", title.0 as usize..title.1 as usize);
        let tokens: Vec<usize> =
            (m.tokens.0 as usize..m.tokens.1 as usize).filter(|&i| a.tokens[i].kind != TokenKind::Mark).collect();
        if tokens.is_empty() || tokens.len() == 1 && (!names_person(m) || listed(m)) {
            continue;
        }
        let words: Vec<String> = tokens.iter().map(|&i| a.lower(i).to_owned()).collect();
        let spelling = Spelling { span: m.span, words: tokens.iter().map(|&i| a.tokens[i].span).collect(), token: tokens[0] };
        let form = by_words.entry(words.clone()).or_insert(Form {
            words,
            places: Vec::new(),
            given: given.min(tokens.len()),
            person: false,
            human: false,
            presented: false,
            described: HashSet::new(),
            capitals: true,
        });
        if given > 0 && tokens.len() > 1 {
            form.presented |= !civil && presented::titled(a, title) || presented::presented(a, m.tokens);
            form.described.extend(presented::description(a, title, m.tokens));
        }
        form.human |= matches!(m.value, Value::Person(_)) && (tokens.len() > 1 || civil);
        form.person |= given > 0 || tokens.len() == 1;
        form.capitals &= tokens.iter().any(|&i| a.tokens[i].case == Case::Upper);
        form.places.push(spelling);
    }
    let mut forms: Vec<Form> = by_words.into_values().collect();
    forms.sort_by_key(|f| f.places[0].span);
    forms
}

fn names_person(m: &Mention) -> bool {
    matches!(&m.value, Value::Person(p) if p.given.0 == p.given.1)
}

fn conflict(a: &Analysis, one: &Form, x: usize, other: &Form, y: usize) -> Conflict {
    // The rarer is shown first; of two that stand equally often, the later.
    let one_is_common = one.places.len() >= other.places.len();
    let ((common, c), (rare, r)) = if one_is_common { ((one, x), (other, y)) } else { ((other, y), (one, x)) };
    let mut facets = Facets::default();
    let both_people = one.words.len() > 1 && other.words.len() > 1;
    let in_given = both_people && (x < one.given || y < other.given || (x == 0 && one.words.len() > 1));
    let names = first_names();
    let (cw, rw) = (&common.words[c], &rare.words[r]);
    let both_given = names.frequency(cw) > 0 && names.frequency(rw) > 0;
    let resumed = || both_people && resumes(a, common, rare) && !opposed(cw, rw);
    facets.insert_if(in_given && both_given && !resumed(), Facet::DifferentGivenName);
    facets.insert_if(two_people(a, common, rare, (cw, rw)), Facet::BothIntroduced);
    // A surname may be a town elsewhere, and lose an e; with the same first name it is one person's all the same.
    let surname = common.person || rare.person;
    facets.insert_if(!surname && known(a, common, c) && known(a, rare, r), Facet::KnownVariant);
    facets.insert_if(!surname && (derived(cw, rw) || derived(rw, cw)), Facet::Derived);
    facets.insert_if(plural(a, rare, rw, cw) || plural(a, common, cw, rw), Facet::Derived);
    let mut values = Bindings::default();
    values.bind("rare.count", Bound::Count(rare.places.len()));
    values.bind("common.count", Bound::Count(common.places.len()));
    let show = |f: &Form, i: usize| if f.words.len() == 1 { f.places[0].words[i] } else { f.places[0].span };
    Conflict { roles: vec![("rare", show(rare, r)), ("common", show(common, c))], values, facets }
}

/// So many places of the odd form are no slip of the hand.
const OFTEN: usize = 4;

/// Whether the story tells two names apart: it says of each who it is, and nothing alike; one sentence has both; it speaks of namesakes.
fn two_people(a: &Analysis, common: &Form, rare: &Form, words: (&str, &str)) -> bool {
    if rare.words.len() == 1 || common.words.len() == 1 {
        return false;
    }
    let sentence = |s: &Spelling| a.tokens[s.token].sentence;
    let beside = || rare.places.iter().any(|r| common.places.iter().take(OFTEN).any(|c| sentence(c) == sentence(r)));
    let told = |s: &Spelling| says(a, "told-apart", a.sentence(s.token));
    let apart = || rare.places.iter().any(told) || told(&common.places[0]);
    // Of two that stand once each, two letters apart, nothing says that they are one: "Khalid Mashud", "Khalid Mahmud".
    let long = words.0.chars().count().min(words.1.chars().count()) >= 8;
    let once = rare.person && common.places.len() == 1 && !long && strsim::osa_distance(words.0, words.1) > 1;
    let alike = !common.described.is_disjoint(&rare.described);
    described_apart(&common.described, &rare.described)
        || rare.places.len() >= OFTEN
        || rare.person && (beside() || apart())
        || once && !alike
}

/// Whether a name that differs in the first name from one that the story has introduced or named before resumes it: nothing presents it
/// anew, no kin stand near, and the surname is not one that many bear.
fn resumes(a: &Analysis, common: &Form, rare: &Form) -> bool {
    let first = common.places[0].span < rare.places[0].span;
    let (met, anew) = if first { (common, rare) } else { (rare, common) };
    let kin = rare.places.iter().chain(&common.places).take(2 * OFTEN).any(|p| says(a, "kin", around(a, p.token)));
    let usual = says(a, "usual-surname", rare.places[0].token..rare.places[0].token + rare.words.len());
    (met.presented || met.places.len() > 1 || common.places.len() > 1) && !anew.presented && !kin && !usual
}

/// Whether the odd word is a word in its own right: of the language, or a place.
fn known(a: &Analysis, form: &Form, word: usize) -> bool {
    let span = form.places[0].words[word];
    let token = a.tokens_in(span).start;
    let Some(language) = a.language(token) else { return false };
    let key = fold(&form.words[word]);
    language.lexicon.contains(&form.words[word]) || crate::language::places::gazetteer().lookup(&key).next().is_some()
}

/// Whether a name is another's plural, as its language makes it; a civil title makes it one person's.
fn plural(a: &Analysis, many: &Form, word: &str, one: &str) -> bool {
    let token = a.tokens_in(many.places[0].span).start;
    let alone = many.words.len() == 1;
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
