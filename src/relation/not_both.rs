//! Two things that cannot both be said of one person.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::same_word;
use super::human::human;
use super::names::SetName;
use super::support::{around, people, says};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, ChunkKind, EntityId, Mention, PersonValue, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::grammar::{Class, Tense};
use crate::language::lexicon::LemmaId;
use crate::span::Span;

/// `not-both`: of each pair of cue sets one at most is true of a person.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NotBoth {
    /// Pairs of names of cue sets.
    #[serde(default)]
    #[schemars(with = "Vec<(SetName, SetName)>")]
    pub of: Vec<(String, String)>,
    /// Cue sets of which one at most is true: each is held against each other.
    #[serde(default)]
    #[schemars(with = "Vec<SetName>")]
    pub one_of: Vec<String>,
    /// Cue sets of which one entry at most is true: trades, instruments.
    #[serde(default)]
    #[schemars(with = "Vec<SetName>")]
    pub each_of: Vec<String>,
    /// Whether a noun with a definite article takes up the one person whom the story names: « le sénateur Luc Morand … a dit *le député* ».
    #[serde(default)]
    pub resumed: bool,
    /// Where the words stand.
    pub by: Place,
    /// Whether the second must come after the first, in the present tense: the dead do not speak.
    #[serde(default)]
    pub then: bool,
}

/// Where words that are said of a person stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// In a clause of which the person is the subject.
    Clause,
    /// In the title or function right before the name.
    Title,
    /// In what tells who somebody is: the noun group before the name, the bracket or apposition behind it.
    Told,
}

/// Words that are said of a person.
struct Said {
    person: EntityId,
    words: Span,
    token: usize,
    sentence: u32,
    /// The token of the noun that says it.
    noun: Option<usize>,
    /// Whether no name stands beside it.
    resumed: bool,
}

impl Relation for NotBoth {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "other"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Revised, Facet::Quoted, Facet::Hypothetical, Facet::Negated, Facet::OtherTime, Facet::Kin, Facet::ArchiveImage]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        let people: Vec<_> = people(a).collect();
        if people.is_empty() {
            return found;
        }
        let each = self.one_of.iter().enumerate().flat_map(|(n, one)| self.one_of[n + 1..].iter().map(move |other| (one, other)));
        let mut reading = Reading { rule: self, a, people, known: HashMap::new(), brought_in: None };
        for (one, other) in self.of.iter().map(|(one, other)| (one, other)).chain(each) {
            let (ones, others) = (reading.said(one, false), reading.said(other, self.then));
            if ones.is_empty() || others.is_empty() {
                continue;
            }
            // « l'adjoint au maire » is no mayor: who is called by both words is what the second says.
            let both: HashSet<(EntityId, u32)> = others.iter().map(|y| (y.person, y.sentence)).collect();
            let mut of_whom: HashMap<EntityId, Vec<&Said>> = HashMap::new();
            others.iter().for_each(|y| of_whom.entry(y.person).or_default().push(y));
            for x in ones.iter().filter(|x| !both.contains(&(x.person, x.sentence))) {
                // One pair for a person is enough.
                let rival = |y: &&&Said| y.sentence != x.sentence && (!self.then || y.token > x.token);
                let Some(y) = of_whom.get(&x.person).and_then(|all| all.iter().find(rival)).filter(|y| !(x.resumed && y.resumed))
                else {
                    continue;
                };
                found.push(conflict(a, x, y, self.by));
                break;
            }
        }
        for set in &self.each_of {
            let all = reading.said(set, false);
            let rival = |x: &Said, y: &Said| {
                let one = x.noun.zip(y.noun).is_some_and(|(x, y)| same_word(a, x, y));
                y.sentence != x.sentence && !one && !(x.resumed && y.resumed)
            };
            let mut of_whom: HashMap<EntityId, Vec<&Said>> = HashMap::new();
            let pair = all.iter().find_map(|y| {
                let before = of_whom.entry(y.person).or_default();
                let first = before.iter().find(|x| rival(x, y)).copied();
                // What is said again and again is said by the first few words for it.
                if before.len() < MOST {
                    before.push(y);
                }
                Some((first?, y))
            });
            found.extend(pair.map(|(x, y)| conflict(a, x, y, self.by)));
        }
        found
    }
}

/// What is said of one person that is held against what comes after, at most.
const MOST: usize = 16;

fn conflict(a: &Analysis, x: &Said, y: &Said, by: Place) -> Conflict {
    let facets = facets(a, x, y, by);
    let (first, last) = if x.token < y.token { (x, y) } else { (y, x) };
    Conflict { roles: vec![("first", first.words), ("other", last.words)], values: Bindings::default(), facets }
}

fn facets(a: &Analysis, x: &Said, y: &Said, by: Place) -> Facets {
    let mut facets = Facets::default();
    for said in [x, y] {
        let own = a.facets_at(said.words);
        for facet in Facet::ALL.iter().copied().filter(|f| own.contains(*f)) {
            facets.insert(facet);
        }
        facets.insert_if(says(a, "revised", a.sentence(said.token)), Facet::Revised);
        facets.insert_if(says(a, "former", a.sentence(said.token)), Facet::OtherTime);
        // « En 1982, Karl Morel relève un défi »: the present tense of a chronicle. Of whoever is called something the sentence may tell
        // what happened on a day.
        let past =
            if by == Place::Told { of_a_year(a, said) } else { dated(a, said) || says(a, "background", a.sentence(said.token)) };
        facets.insert_if(past, Facet::OtherTime);
        facets.insert_if(says(a, "kin", around(a, said.token)), Facet::Kin);
        facets.insert_if(says(a, "archive", a.sentence(said.token)), Facet::ArchiveImage);
    }
    facets
}

/// Whether the sentence gives a year, a day or a span of time of its own.
fn dated(a: &Analysis, said: &Said) -> bool {
    let told = |m: &Mention| matches!(m.value, Value::Date(_) | Value::Period(_));
    a.mentions_in(a.sentence(said.token)).iter().any(told)
}

/// Whether the sentence gives a year that is not since when something is so, or a span of years.
fn of_a_year(a: &Analysis, said: &Said) -> bool {
    // « cette semaine » is of the year of the story.
    let digits = |i: usize| a.text(i).chars().filter(char::is_ascii_digit).count() == 4;
    let written = |m: &Mention| (m.tokens.0 as usize..m.tokens.1 as usize).any(digits);
    let told = |m: &Mention| match &m.value {
        Value::Date(d) => d.year.is_some() && d.modifier.is_none() && written(m),
        Value::Period(_) => true,
        _ => false,
    };
    a.mentions_in(a.sentence(said.token)).iter().any(told)
}

/// The people of a draft, with what was read of them so far: rules name a set more than once.
struct Reading<'a, 'd> {
    rule: &'a NotBoth,
    a: &'a Analysis<'d>,
    people: Vec<(&'a Mention, &'a PersonValue)>,
    known: HashMap<(&'a str, bool), Rc<[Said]>>,
    /// Where each word first stands behind an article that brings something in, once that is asked.
    brought_in: Option<HashMap<LemmaId, usize>>,
}

impl<'a> Reading<'a, '_> {
    /// Where an entry of the set is said of somebody.
    fn said(&mut self, set: &'a str, present: bool) -> Rc<[Said]> {
        if let Some(known) = self.known.get(&(set, present)) {
            return known.clone();
        }
        let a = self.a;
        let all = self.people.iter().filter_map(|(m, p)| {
            let words = match self.rule.by {
                Place::Title => in_title(a, p, set),
                Place::Told => told(a, m, p, set),
                Place::Clause => in_clause(a, m, set, present),
            }?;
            let noun = entry(a, set, words.clone());
            let (words, token) = (a.span(words.clone()), words.start);
            Some(Said { person: p.entity, words, token, sentence: m.sentence, noun, resumed: false })
        });
        let mut all: Vec<Said> = all.collect();
        if self.rule.resumed {
            all.extend(self.resumptions(set));
        }
        let all: Rc<[Said]> = all.into();
        self.known.insert((set, present), all.clone());
        all
    }
}

/// Where each word first stands behind an article that brings something in.
fn brought_in(a: &Analysis) -> HashMap<LemmaId, usize> {
    let mut first = HashMap::new();
    for i in 1..a.tokens.len() {
        let article = a.language(i).is_some_and(|l| l.numbers.articles.iter().any(|w| w == a.lower(i - 1)));
        if let Some(r) = a.readings(i).first().filter(|r| article && r.lemma != LemmaId::NONE) {
            first.entry(r.lemma).or_insert(i);
        }
    }
    first
}

type Tokens = std::ops::Range<usize>;

/// Where an entry of a set ends its words: the noun that says it.
fn entry(a: &Analysis, set: &str, words: Tokens) -> Option<usize> {
    words.clone().find_map(|i| Some(i + a.language(i)?.cues.get(set).at(a, i)? - 1))
}

/// Words of a group that takes somebody up, at most.
const TAKEN_UP: usize = 7;

impl Reading<'_, '_> {
    /// Groups with a definite article and an entry of the set that take up the one person whom the story names: the subject of their clause,
    /// with no name beside them.
    fn resumptions(&mut self, set: &str) -> Vec<Said> {
        let a = self.a;
        let mut named = self.people.iter().map(|(m, p)| (p.entity, m.tokens.1));
        let Some((person, first)) = named.next() else { return Vec::new() };
        if self.people.iter().any(|(_, p)| p.entity != person) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (n, role) in a.roles.iter().enumerate() {
            let Some(head) =
                role.subject.map(|s| s as usize).filter(|&s| s as u32 >= first && matches!(a.chunks[n].kind, ChunkKind::Verb(_)))
            else {
                continue;
            };
            let at = a.chunks.partition_point(|c| c.tokens.1 as usize <= head);
            let Some(group) = a.chunks.get(at).filter(|c| c.tokens.0 as usize <= head) else { continue };
            let ChunkKind::Noun { definite: true, .. } = group.kind else { continue };
            let start = group.tokens.0 as usize;
            let sentence = a.sentence(start);
            let verb = a.chunks[n].tokens.0 as usize;
            let end = if verb > start { verb } else { sentence.end }.min(start + TAKEN_UP);
            let end = (start..end).find(|&i| mark(a, i).is_some()).unwrap_or(end);
            let beside = a.mentions_in(start..end + 1).iter().any(|m| matches!(m.value, Value::Person(_)));
            let human = (start..group.tokens.1 as usize).any(|i| human(a, i))
                || says(a, set, head..head + 1) && !a.tokens[head].case.is_capital();
            let Some(word) = entry(a, set, start..end).filter(|_| !beside && human) else { continue };
            let lemma = a.readings(word).first().map_or(LemmaId::NONE, |r| r.lemma);
            // Who is brought in by an article is somebody else.
            let first = self.brought_in.get_or_insert_with(|| brought_in(a)).get(&lemma);
            let brought_in = first.is_some_and(|&i| i < start);
            if !brought_in {
                let words = a.span(start..end.max(word + 1));
                found.push(Said {
                    person,
                    words,
                    token: start,
                    sentence: a.tokens[start].sentence,
                    noun: Some(word),
                    resumed: true,
                });
            }
        }
        found
    }
}

fn in_title(a: &Analysis, p: &PersonValue, set: &str) -> Option<Tokens> {
    let (start, end) = (p.title.0 as usize, p.title.1 as usize);
    (start < end && says(a, set, start..end)).then_some(start..p.surname.1.max(p.given.1) as usize)
}

/// Words before a name that are told of whom it names, at most.
const GROUP: usize = 7;

/// Words of an apposition, at most.
const LONGEST: usize = 12;

/// An entry of the set in what tells who somebody is.
fn told(a: &Analysis, m: &Mention, p: &PersonValue, set: &str) -> Option<Tokens> {
    let (name, past) = (if p.title.0 < p.title.1 { p.title.0 } else { m.tokens.0 } as usize, m.tokens.1 as usize);
    let cue = a.language(name)?.cues.get(set);
    let sentence = a.sentence(name);
    let comma = usize::from(name > sentence.start && mark(a, name - 1) == Some(','));
    let acts = |i: usize| {
        let c = a.classes[i];
        c.has(Class::Verb) && !c.has(Class::Noun) && !c.has(Class::Adjective) || c.has(Class::Modal) || c.has(Class::Auxiliary)
    };
    let from = sentence.start.max(name.saturating_sub(GROUP));
    let of = |i: usize| a.language(i).is_some_and(|l| l.cues.get("of-whom").at(a, i).is_some());
    // « le député LREM *à* Mme Benbassa »: somebody else.
    let civil = || ["civil-male", "civil-female"].iter().any(|set| says(a, set, p.title.0 as usize..p.title.1 as usize));
    let bare = p.title.0 == p.title.1 || civil();
    let addressed = |i: usize| bare && i + 1 == name && a.classes[i].has(Class::Preposition) && !of(i);
    let parts = |i: usize| a.classes[i].has(Class::PresentParticiple) || a.classes[i].has(Class::Coordinator) || addressed(i);
    // « comme le propose la CGT, Luc Morand n'a pas … »: what stands before a comma tells of a name that a mark closes.
    let closed = comma == 0 || past >= sentence.end || mark(a, past).is_some();
    // « le premier *adjoint* Luc Morand » may be read as a verb.
    let entry = |i: usize| cue.at(a, i).is_some_and(|len| i + len >= name - comma);
    let group = (from..name - comma).rev().take_while(|&i| closed && mark(a, i).is_none() && (!acts(i) || entry(i)) && !parts(i));
    // The title is part of it: « le préfet Luc Morand ».
    let before = (p.title.0 as usize..p.title.1 as usize).rev().chain(group).find_map(|i| Some(i..i + cue.at(a, i)?));
    let behind = || {
        let opens = matches!(mark(a, past), Some('(' | ','));
        let closes = |&i: &usize| mark(a, i).is_some();
        let end =
            (past + 1..sentence.end).take(LONGEST).find(closes).filter(|&i| mark(a, i).is_some_and(|c| ",.;)".contains(c)))?;
        let plain = opens && past + 1 < end && !(past + 1..end).any(acts);
        plain.then(|| (past + 1..end).find_map(|i| Some(i..i + cue.at(a, i)?))).flatten()
    };
    let words = before.or_else(behind)?;
    Some(words.start.min(m.tokens.0 as usize)..words.end.max(past))
}

fn in_clause(a: &Analysis, m: &Mention, set: &str, present: bool) -> Option<Tokens> {
    let clause = a.clauses[m.clause as usize];
    let verb = a.chunks[clause.verb? as usize];
    let ChunkKind::Verb(group) = verb.kind else { return None };
    let from = m.tokens.1 as usize;
    // The person is the subject: the verb follows, with no other person or place before it.
    let others = a.mentions_in(from..verb.tokens.0 as usize).iter().any(|o| !matches!(o.value, Value::Age(_)));
    let past = a.chunks.partition_point(|c| c.tokens.0 <= m.tokens.0);
    let head = a.chunks[..past].iter().rev().find(|c| matches!(c.kind, ChunkKind::Noun { .. }))?;
    let governed = matches!(head.kind, ChunkKind::Noun { preposition: Some(_), .. }) && head.tokens.1 >= m.tokens.1;
    if verb.tokens.0 < m.tokens.1 || others || governed || (present && group.tense != Tense::Present) {
        return None;
    }
    let language = a.language(from)?;
    let cue = language.cues.get(set);
    let end = clause.tokens.1 as usize;
    (verb.tokens.0 as usize..end.min(verb.tokens.1 as usize + 4)).find_map(|i| {
        let len = cue.at(a, i)?;
        (i + len <= end && i + len > verb.tokens.0 as usize && (i <= verb.head as usize || i + len > verb.head as usize))
            .then_some(i..i + len)
    })
}
