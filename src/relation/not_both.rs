//! Two things that cannot both be said of one person.

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::SetName;
use super::support::{around, people, says};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, ChunkKind, EntityId, Mention, PersonValue, Value};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::grammar::Tense;
use crate::span::Span;

/// `not-both`: of each pair of cue sets one at most is true of a person.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NotBoth {
    /// Pairs of names of cue sets.
    #[schemars(with = "Vec<(SetName, SetName)>")]
    pub of: Vec<(String, String)>,
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
        for (one, other) in &self.of {
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
