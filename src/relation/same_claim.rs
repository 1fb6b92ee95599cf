//! One claim, said with different certainty.

use std::collections::{HashMap, HashSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::SetName;
use super::support::{blocks, says};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Chunk, ChunkKind, VerbGroup, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::language::grammar::{Class, Tense};
use crate::language::lexicon::LemmaId;
use crate::span::Span;

/// Claims by one verb that are held against another, at most: no story has more.
const MOST: usize = 200;

/// `same-claim`: what some blocks assert others do not hold back.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SameClaim {
    /// The cue set of the verbs of which it is asked.
    #[schemars(with = "SetName")]
    pub about: String,
    /// The kinds of block that assert.
    pub of: Vec<BlockKind>,
    /// The kinds of block that hold back.
    pub r#as: Vec<BlockKind>,
    /// In what the two may not differ.
    pub differs: By,
}

/// In what two claims differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// One is asserted; the other, wherever it stands, is suspected, alleged or conditional.
    Certainty,
    /// One is asserted; the other is somebody's word.
    Source,
    /// One is denied.
    Polarity,
}

/// A verb of the set, with what it is said of.
struct Claim {
    verb: LemmaId,
    subject: Option<LemmaId>,
    object: Option<LemmaId>,
    words: Span,
    token: usize,
    held_back: bool,
    attributed: bool,
    negated: bool,
    passive: bool,
    /// Whether it is done to somebody or something: the "shot" of a moon shot is not.
    suffered: bool,
    /// Whether it is no verb of a sentence: the participle of "rescue of kidnapped girl", a headline of that one word.
    describes: bool,
    tense: Tense,
}

impl Relation for SameClaim {
    fn roles(&self) -> &'static [&'static str] {
        &["asserted", "held-back"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::OtherTime]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let (ours, theirs) = (self.claims(a, &self.of), self.claims(a, &self.r#as));
        let mut found: Vec<Conflict> = Vec::new();
        // A conviction is the court's word, whatever else is still to be tried.
        let proven = self.differs == By::Certainty && blocks(a, &self.r#as).into_iter().any(|tokens| says(a, "proven", tokens));
        if proven {
            return found;
        }
        let mut by_verb: HashMap<_, Vec<&Claim>> = HashMap::new();
        theirs.iter().for_each(|y| by_verb.entry(y.verb).or_default().push(y));
        let mut told = HashSet::new();
        for x in ours.iter().filter(|x| !x.held_back && !x.attributed && !x.negated && !x.describes && self.stands(x)) {
            // « Un enfant est tué » names nobody; that « un homme est soupçonné de l'avoir tué » takes nothing from it.
            let bare = |c: &Claim| c.passive && !says(a, "agent", c.token + 1..a.sentence(c.token).end);
            let another = |y: &&Claim| self.differs == By::Certainty && bare(x) && !y.passive;
            let of_verb = by_verb.get(&x.verb).map_or(&[][..], Vec::as_slice).iter().take(MOST).copied();
            let same: Vec<&Claim> = of_verb.filter(|y| y.token != x.token && !another(y)).collect();
            let subject = |y: &&&Claim| x.subject.is_some() && y.subject == x.subject;
            let rival = match self.differs {
                // Where the story asserts it once, the headline may.
                By::Certainty if same.iter().any(|y| !y.held_back && !y.negated) => None,
                By::Certainty => same.iter().find(|y| y.held_back),
                By::Source => same.iter().filter(subject).find(|y| y.attributed && !y.negated),
                By::Polarity => same.iter().filter(subject).find(|y| {
                    y.negated && !y.attributed && !y.held_back && y.object == x.object && x.object.is_some() && y.tense == x.tense
                }),
            };
            let Some(y) = rival else { continue };
            let mut facets = Facets::default();
            let quoted = |c: &Claim| a.facets_at(c.words).contains(Facet::Quoted);
            facets.insert_if(quoted(x) || quoted(y), Facet::Quoted);
            let time = |c: &Claim| says(a, "background", a.sentence(c.token)) || c.tense == Tense::Pluperfect;
            facets.insert_if(time(x) || time(y), Facet::OtherTime);
            if told.insert(y.words) {
                found.push(Conflict {
                    roles: vec![("asserted", x.words), ("held-back", y.words)],
                    values: Bindings::default(),
                    facets,
                });
            }
        }
        found
    }
}

impl SameClaim {
    /// Whether what a verb asserts can be more than the story tells: a deed that nobody suffers is none.
    fn stands(&self, claim: &Claim) -> bool {
        self.differs != By::Certainty || claim.suffered
    }

    fn claims(&self, a: &Analysis, kinds: &[BlockKind]) -> Vec<Claim> {
        let mut out = Vec::new();
        for tokens in blocks(a, kinds) {
            let from = a.chunks.partition_point(|c| (c.tokens.0 as usize) < tokens.start);
            let to = a.chunks.partition_point(|c| (c.tokens.0 as usize) < tokens.end);
            for i in from..to {
                let ChunkKind::Verb(group) = a.chunks[i].kind else { continue };
                let head = a.chunks[i].head as usize;
                if a.language(head).is_none_or(|l| l.cues.get(&self.about).at(a, head).is_none()) {
                    continue;
                }
                out.push(claim(a, i, group));
            }
        }
        out
    }
}

fn claim(a: &Analysis, at: usize, group: VerbGroup) -> Claim {
    let chunk = a.chunks[at];
    let head = chunk.head as usize;
    let sentence = a.sentence(head);
    let clause = a.clauses[chunk.clause as usize];
    let lemma = |head: u32| a.readings(head as usize).first().map(|r| r.lemma);
    let roles = a.roles[at];
    // An infinitive is said of whom the sentence opens with.
    let opening = || {
        let first = a.chunks.partition_point(|c| (c.tokens.0 as usize) < sentence.start);
        a.chunks[first..at].iter().find(|c| matches!(c.kind, ChunkKind::Noun { preposition: None, .. })).map(|c| c.head)
    };
    let subject = roles.subject.or_else(|| if group.finite { None } else { opening() });
    let asked = (sentence.start..sentence.end).any(|i| mark(a, i) == Some('?'));
    let conditional = matches!(group.tense, Tense::Conditional | Tense::Future | Tense::Subjunctive);
    let held_back = asked
        || conditional
        || says(a, "hedge", sentence.clone())
        || says(a, "condition", clause.tokens.0 as usize..clause.tokens.1 as usize);
    Claim {
        verb: group.lemma,
        subject: subject.and_then(lemma),
        object: roles.object.and_then(lemma),
        suffered: group.passive || roles.object.is_some(),
        words: a.span(chunk.tokens.0 as usize..chunk.tokens.1 as usize),
        token: head,
        held_back,
        attributed: says(a, "attribution", sentence.clone()),
        negated: group.negated,
        passive: group.passive,
        describes: describes(a, &chunk),
        tense: group.tense,
    }
}

/// Whether a verb stands where an adjective does: behind an article, a preposition or another adjective and before a noun, or alone.
fn describes(a: &Analysis, chunk: &Chunk) -> bool {
    let (start, end) = (chunk.tokens.0 as usize, chunk.tokens.1 as usize);
    let sentence = a.sentence(start);
    let led = start > sentence.start
        && [Class::Determiner, Class::Preposition, Class::Adjective].iter().any(|c| a.classes[start - 1].has(*c))
        && !a.classes[start - 1].has(Class::Pronoun);
    let noun = end < sentence.end && a.classes[end].has(Class::Noun);
    let word = |i: usize| i < sentence.end && a.tokens[i].kind == TokenKind::Word;
    let alone = end == start + 1 && (start == sentence.start || !word(start - 1)) && !word(end);
    led && noun && end == start + 1 || alone
}
