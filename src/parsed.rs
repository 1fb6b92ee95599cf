//! How sentences are read, for who writes a rule and wonders why it does not match: words with their classes, groups, clauses.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Serialize;

use crate::analysis::{Analysis, Chunk, ChunkKind, Claim};
use crate::language::grammar::{Class, Tense};
use crate::language::lexicon::LemmaId;
use crate::span::Span;

/// One sentence. Its words, groups and clauses name each other by their places in these lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Words, numbers and marks.
    pub words: Vec<Word>,
    /// Noun groups and verb groups, then the pronouns that have a role.
    pub groups: Vec<Group>,
    /// Clauses; together they cover the sentence.
    pub clauses: Vec<Clause>,
    /// What phrases with a sense say of which thing.
    pub claims: Vec<Said>,
}

/// What a phrase with a sense says of a thing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Said {
    /// First and one past the last word of the phrase.
    pub tokens: [usize; 2],
    /// Its sense, by the name in `senses.yaml`: an axis with `one` or `other`, or an act.
    pub sense: String,
    /// The word that first speaks of the thing, where grammar tells of what it is said; it may stand in another sentence.
    pub of: Option<String>,
    /// How it is said: `verb`, `predicate`, `attribute` or `noun`, then what else holds of it: `denied`, `of all`, `of some`,
    /// `supposed`, `to come`, `unsure`, `persists`, `quoted`, `attributed`, `before`.
    pub how: Vec<&'static str>,
}

/// One word, number or mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Bytes of [`Document::text`](crate::document::Document::text).
    pub span: Span,
    /// What it is once its neighbours have been heard; several where they left a doubt.
    pub classes: Vec<Class>,
    /// What else it might have been.
    pub ruled_out: Vec<Class>,
    /// The dictionary form of its first reading.
    pub lemma: Option<String>,
    /// The rule of disambiguation that decided, counted from 1 in the order of `grammar.yaml`.
    pub rule: Option<u16>,
}

/// One noun group or verb group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// `noun` or `verb`.
    pub kind: &'static str,
    /// First and one past the last word.
    pub tokens: [usize; 2],
    /// The noun, or the verb that carries the meaning.
    pub head: usize,
    /// Its clause.
    pub clause: usize,
    /// Of a noun group: the preposition that governs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preposition: Option<usize>,
    /// Of a verb group.
    #[serde(flatten)]
    pub verb: Option<Verb>,
}

/// What only a verb group has.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verb {
    /// Dictionary form.
    pub lemma: Option<String>,
    /// When.
    pub tense: Tense,
    /// Whether one of its words is finite.
    pub finite: bool,
    /// Whether the subject suffers what the verb says.
    pub passive: bool,
    /// Whether it is denied.
    pub negated: bool,
    /// Who does it or suffers it: a group. Of an infinitive or a participle who is understood.
    pub subject: Option<usize>,
    /// Whom or what it is done to.
    pub object: Option<usize>,
    /// What the subject is said to be.
    pub predicate: Option<usize>,
    /// Who does it, of a passive.
    pub agent: Option<usize>,
}

/// What one finite verb governs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Clause {
    /// First and one past the last word.
    pub tokens: [usize; 2],
    /// The group of its finite verb.
    pub verb: Option<usize>,
    /// Opened by a subordinator or a relative pronoun.
    pub subordinate: bool,
}

/// How the sentences of a draft are read.
pub fn sentences(a: &Analysis) -> Vec<Sentence> {
    let claims = a.claims();
    a.sentences.iter().map(|s| sentence(a, &claims, s.start as usize..s.end as usize)).collect()
}

fn sentence(a: &Analysis, all: &[Claim], tokens: Range<usize>) -> Sentence {
    let first_group = a.chunks.partition_point(|c| (c.tokens.0 as usize) < tokens.start);
    let past_group = a.chunks.partition_point(|c| (c.tokens.0 as usize) < tokens.end);
    let first_clause = a.clauses.partition_point(|c| (c.tokens.0 as usize) < tokens.start);
    let past_clause = a.clauses.partition_point(|c| (c.tokens.0 as usize) < tokens.end);
    let tokens_of_roles =
        a.roles[first_group..past_group].iter().flat_map(|r| [r.subject.or(r.understood), r.object, r.predicate, r.agent]);
    let from = From { a, token: tokens.start, clause: first_clause };
    Sentence {
        words: tokens.clone().map(|i| word(a, i)).collect(),
        groups: from.groups(first_group..past_group, tokens_of_roles.flatten().collect()),
        clauses: a.clauses[first_clause..past_clause]
            .iter()
            .map(|c| Clause {
                tokens: from.tokens(c.tokens),
                verb: c.verb.map(|v| v as usize - first_group),
                subordinate: c.subordinate,
            })
            .collect(),
        claims: claims(a, all, tokens),
    }
}

fn claims(a: &Analysis, all: &[Claim], tokens: Range<usize>) -> Vec<Said> {
    let cards = a.cards();
    let from = all.partition_point(|c| (c.tokens.0 as usize) < tokens.start);
    let within = all[from..].iter().take_while(|c| (c.tokens.0 as usize) < tokens.end);
    let said = within.map(|c| Said {
        tokens: [c.tokens.0 as usize - tokens.start, c.tokens.1 as usize - tokens.start],
        sense: a.language(c.tokens.0 as usize).map(|l| l.senses.name(c.sense)).unwrap_or_default(),
        of: c.thing.and_then(|t| cards.words.iter().find(|w| w.thing == t)).map(|w| a.text(w.token as usize).to_owned()),
        how: c.how(),
    });
    said.collect()
}

fn word(a: &Analysis, i: usize) -> Word {
    Word {
        span: a.tokens[i].span,
        classes: a.classes[i].iter().collect(),
        ruled_out: crate::syntax::possible(a, i).iter().filter(|c| !a.classes[i].has(*c)).collect(),
        lemma: a.readings(i).first().and_then(|r| lemma(a, i, r.lemma)),
        rule: a.decided.get(i).copied().filter(|r| *r > 0),
    }
}

fn lemma(a: &Analysis, token: usize, id: LemmaId) -> Option<String> {
    let text = a.language(token)?.lexicon.lemma_text(id);
    (!text.is_empty()).then(|| text.to_owned())
}

/// Where a sentence begins among the tokens and the clauses of the draft.
struct From<'a> {
    a: &'a Analysis<'a>,
    token: usize,
    clause: usize,
}

impl From<'_> {
    fn tokens(&self, (first, past): (u32, u32)) -> [usize; 2] {
        [first as usize - self.token, past as usize - self.token]
    }

    /// The groups, and behind them a group for each pronoun that has a role.
    fn groups(&self, chunks: Range<usize>, of_roles: BTreeSet<u32>) -> Vec<Group> {
        let (first, a) = (chunks.start, self.a);
        let of = &a.chunks[chunks.clone()];
        let grouped =
            |t: u32| of.iter().position(|c| matches!(c.kind, ChunkKind::Noun { .. }) && (c.tokens.0..c.tokens.1).contains(&t));
        let pronouns: Vec<u32> = of_roles.into_iter().filter(|t| grouped(*t).is_none()).collect();
        let place = |t: u32| grouped(t).or_else(|| Some(of.len() + pronouns.binary_search(&t).ok()?));
        let mut groups: Vec<Group> = of.iter().map(|c| self.group(c)).collect();
        for (group, roles) in groups.iter_mut().zip(&a.roles[first..]) {
            if let Some(verb) = &mut group.verb {
                [verb.subject, verb.object, verb.predicate, verb.agent] =
                    [roles.subject.or(roles.understood), roles.object, roles.predicate, roles.agent].map(|r| r.and_then(place));
            }
        }
        groups.extend(pronouns.iter().map(|&t| Group {
            kind: "noun",
            tokens: self.tokens((t, t + 1)),
            head: t as usize - self.token,
            clause: a.clause(t as usize) - self.clause,
            preposition: None,
            verb: None,
        }));
        groups
    }

    fn group(&self, c: &Chunk) -> Group {
        let (preposition, verb) = match c.kind {
            ChunkKind::Noun { preposition, .. } => (preposition.map(|p| p as usize - self.token), None),
            ChunkKind::Verb(v) => {
                let lemma = lemma(self.a, c.head as usize, v.lemma);
                let (tense, finite, passive, negated) = (v.tense, v.finite, v.passive, v.negated);
                let (subject, object, predicate, agent) = (None, None, None, None);
                (None, Some(Verb { lemma, tense, finite, passive, negated, subject, object, predicate, agent }))
            }
        };
        Group {
            kind: if verb.is_some() { "verb" } else { "noun" },
            tokens: self.tokens(c.tokens),
            head: c.head as usize - self.token,
            clause: c.clause as usize - self.clause,
            preposition,
            verb,
        }
    }
}
