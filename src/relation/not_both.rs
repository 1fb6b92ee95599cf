//! Two things that cannot both be said of one person.

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::SetName;
use super::support::{around, people, says};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, ChunkKind, EntityId, Mention, PersonValue, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::grammar::{Class, Tense};
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
        let each = self.one_of.iter().enumerate().flat_map(|(n, one)| self.one_of[n + 1..].iter().map(move |other| (one, other)));
        for (one, other) in self.of.iter().map(|(one, other)| (one, other)).chain(each) {
            let (ones, others) = (self.said(a, one, false), self.said(a, other, self.then));
            for x in &ones {
                // One pair for a person is enough.
                let rival = |y: &&Said| y.person == x.person && y.sentence != x.sentence && (!self.then || y.token > x.token);
                let Some(y) = others.iter().find(rival) else { continue };
                let (first, last) = if x.token < y.token { (x, y) } else { (y, x) };
                found.push(Conflict {
                    roles: vec![("first", first.words), ("other", last.words)],
                    values: Bindings::default(),
                    facets: facets(a, x, y),
                });
                break;
            }
        }
        found
    }
}

fn facets(a: &Analysis, x: &Said, y: &Said) -> Facets {
    let mut facets = Facets::default();
    for said in [x, y] {
        let own = a.facets_at(said.words);
        for facet in Facet::ALL.iter().copied().filter(|f| own.contains(*f)) {
            facets.insert(facet);
        }
        facets.insert_if(says(a, "revised", a.sentence(said.token)), Facet::Revised);
        facets.insert_if(
            says(a, "former", a.sentence(said.token)) || says(a, "background", a.sentence(said.token)),
            Facet::OtherTime,
        );
        // « En 1982, Karl Morel relève un défi »: the present tense of a chronicle.
        facets.insert_if(dated(a, said), Facet::OtherTime);
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

impl NotBoth {
    /// Where an entry of the set is said of somebody.
    fn said(&self, a: &Analysis, set: &str, present: bool) -> Vec<Said> {
        let all = people(a).filter_map(|(m, p)| {
            let words = match self.by {
                Place::Title => in_title(a, p, set),
                Place::Told => told(a, m, p, set),
                Place::Clause => in_clause(a, m, set, present),
            }?;
            Some(Said { person: p.entity, words: a.span(words.clone()), token: words.start, sentence: m.sentence })
        });
        all.collect()
    }
}

type Tokens = std::ops::Range<usize>;

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
    let acts = |i: usize| a.classes[i].has(Class::Verb) && !a.classes[i].has(Class::Noun) && !a.classes[i].has(Class::Adjective);
    let from = sentence.start.max(name.saturating_sub(GROUP));
    let parts = |i: usize| a.classes[i].has(Class::PresentParticiple) || a.classes[i].has(Class::Coordinator);
    let group = (from..name - comma).rev().take_while(|&i| mark(a, i).is_none() && !acts(i) && !parts(i));
    // The title is part of it: « le préfet Luc Morand ».
    let before = group.chain(p.title.0 as usize..p.title.1 as usize).find_map(|i| Some(i..i + cue.at(a, i)?));
    let behind = || {
        let opens = matches!(mark(a, past), Some('(' | ','));
        let end = (past + 1..sentence.end).take(LONGEST).find(|&i| mark(a, i).is_some_and(|c| ",.;)".contains(c)));
        let end = end.unwrap_or(sentence.end.min(past + 1 + LONGEST));
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
