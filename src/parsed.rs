//! How sentences are read, for who writes a rule and wonders why it does not match: words with their classes, groups, clauses.

use std::ops::Range;

use serde::Serialize;

use crate::analysis::Analysis;
use crate::language::grammar::Class;
use crate::language::lexicon::LemmaId;
use crate::span::Span;
use crate::syntax::{Chunk, ChunkKind, Tense};

/// One sentence. Its words, groups and clauses name each other by their places in these lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Words, numbers and marks.
    pub words: Vec<Word>,
    /// Noun groups and verb groups.
    pub groups: Vec<Group>,
    /// Clauses; together they cover the sentence.
    pub clauses: Vec<Clause>,
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
    a.sentences.iter().map(|s| sentence(a, s.start as usize..s.end as usize)).collect()
}

fn sentence(a: &Analysis, tokens: Range<usize>) -> Sentence {
    let first_group = a.chunks.partition_point(|c| (c.tokens.0 as usize) < tokens.start);
    let past_group = a.chunks.partition_point(|c| (c.tokens.0 as usize) < tokens.end);
    let first_clause = a.clauses.partition_point(|c| (c.tokens.0 as usize) < tokens.start);
    let past_clause = a.clauses.partition_point(|c| (c.tokens.0 as usize) < tokens.end);
    let from = From { a, token: tokens.start, clause: first_clause };
    Sentence {
        words: tokens.clone().map(|i| word(a, i)).collect(),
        groups: a.chunks[first_group..past_group].iter().map(|c| from.group(c)).collect(),
        clauses: a.clauses[first_clause..past_clause]
            .iter()
            .map(|c| Clause {
                tokens: from.tokens(c.tokens),
                verb: c.verb.map(|v| v as usize - first_group),
                subordinate: c.subordinate,
            })
            .collect(),
    }
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

    fn group(&self, c: &Chunk) -> Group {
        let (preposition, verb) = match c.kind {
            ChunkKind::Noun { preposition, .. } => (preposition.map(|p| p as usize - self.token), None),
            ChunkKind::Verb(v) => {
                let lemma = lemma(self.a, c.head as usize, v.lemma);
                (None, Some(Verb { lemma, tense: v.tense, finite: v.finite, passive: v.passive, negated: v.negated }))
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
