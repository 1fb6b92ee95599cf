//! What excludes something stands beside none of it: "unanimous" and "three voted against".

use std::collections::HashSet;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::ExclusionName;
use super::support::says;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Cards, ChunkKind, ThingId, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::grammar::{Class, Tense};
use crate::language::senses::{By, Exclusion, Scope, Sense, Side};

/// `excluded`: of two that exclude each other in `exclusions.yaml` one at most is told.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Excluded {
    /// Their names in `exclusions.yaml`.
    #[schemars(with = "Vec<ExclusionName>")]
    pub of: Vec<String>,
}

/// Sentences, at the most, from the first to the other.
const REACH: u32 = 2;

/// Sentences from which a story's news is told.
const LEAD: u32 = 3;

/// A phrase that excludes something.
#[derive(Clone, Copy, Debug)]
struct Hit {
    exclusion: u16,
    side: Side,
    tokens: (u32, u32),
}

impl Relation for Excluded {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "other"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Hypothetical, Facet::Negated]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let cards = a.cards();
        let hits: Vec<Hit> = cards.told.iter().filter_map(|(sense, tokens)| self.hit(a, *sense, *tokens)).collect();
        let mut found: Vec<Conflict> = Vec::new();
        let mut told: HashSet<u32> = HashSet::new();
        for (n, y) in hits.iter().enumerate() {
            let Some(e) = exclusion(a, y) else { continue };
            let rival =
                hits[..n].iter().rev().take_while(|x| near(a, x, y)).find(|x| fits(x, y, e) && told_of_one(a, cards, x, y, e));
            let rival = rival.or_else(|| e.scopes.contains(&Scope::Headline).then(|| above(a, &hits, y, e)).flatten());
            if let Some(x) = rival.filter(|x| !told.contains(&a.tokens[x.tokens.0 as usize].span.start)) {
                let conflict = conflict(a, x, y);
                told.insert(conflict.roles[0].1.start);
                found.push(conflict);
            }
        }
        found
    }
}

impl Excluded {
    fn hit(&self, a: &Analysis, sense: Sense, tokens: (u32, u32)) -> Option<Hit> {
        let Sense::Exclusion(n, side) = sense else { return None };
        let hit = Hit { exclusion: n, side, tokens };
        self.of.contains(&exclusion(a, &hit)?.id).then_some(hit)
    }
}

fn exclusion<'a>(a: &Analysis<'a>, hit: &Hit) -> Option<&'a Exclusion> {
    a.language(hit.tokens.0 as usize)?.senses.exclusions().get(hit.exclusion as usize)
}

fn sentence(a: &Analysis, hit: &Hit) -> u32 {
    a.tokens[hit.tokens.0 as usize].sentence
}

fn near(a: &Analysis, x: &Hit, y: &Hit) -> bool {
    a.tokens[x.tokens.0 as usize].block == a.tokens[y.tokens.0 as usize].block && sentence(a, y) - sentence(a, x) <= REACH
}

/// Whether the two are the sides of one exclusion, and neither is a part of the other.
fn fits(x: &Hit, y: &Hit, e: &Exclusion) -> bool {
    let ordered = !e.ordered || x.side == Side::One;
    x.exclusion == y.exclusion && x.side != y.side && x.tokens.1 <= y.tokens.0 && ordered
}

/// Whether both are told of one thing, and nothing beside them explains it.
fn told_of_one(a: &Analysis, cards: &Cards, x: &Hit, y: &Hit, e: &Exclusion) -> bool {
    let (from, to) = (sentence(a, x), sentence(a, y));
    let scope = if from == to { Scope::Sentence } else { Scope::Next };
    let whole = a.sentences[from as usize].start as usize..a.sentences[to as usize].end as usize;
    if !e.scopes.contains(&scope) || explained(a, e, whole.clone()) || set_apart(a, x, y, whole) {
        return false;
    }
    let on = || (from + 1..=to).all(|s| goes_on(a, cards, s));
    match e.by {
        By::Any => scope == Scope::Sentence || to - from == 1,
        By::Topic => scope == Scope::Sentence || on(),
        By::Same => one_subject(a, cards, x, y) && (scope == Scope::Sentence || on()),
    }
}

/// Whether words of the exclusion's own explain both.
fn explained(a: &Analysis, e: &Exclusion, tokens: Range<usize>) -> bool {
    let stands = |words: &[String]| {
        let at = |i: usize| words.iter().zip(i..tokens.end).filter(|(w, k)| a.lower(*k) == w.as_str()).count() == words.len();
        tokens.clone().any(at)
    };
    e.but.iter().any(|words| stands(words))
}

/// Whether the story sets one against the other, or speaks of two.
fn set_apart(a: &Analysis, x: &Hit, y: &Hit, whole: Range<usize>) -> bool {
    let opens = a.sentence(y.tokens.0 as usize).start.max(x.tokens.1 as usize);
    says(a, "contrast", x.tokens.1 as usize..y.tokens.0 as usize)
        || says(a, "contrast", opens..y.tokens.0 as usize)
        || another(a, x, y, whole)
}

/// Whether a word beside the two tells of somebody or something else.
fn another(a: &Analysis, x: &Hit, y: &Hit, whole: Range<usize>) -> bool {
    let own = |h: &Hit| h.tokens.0 as usize..h.tokens.1 as usize;
    let cue = a.language(whole.start).map(|l| l.cues.get("another-one"));
    cue.is_some_and(|cue| whole.clone().any(|i| !own(x).contains(&i) && !own(y).contains(&i) && cue.at(a, i).is_some()))
}

/// The subject of the clause of a token, or of the one that its sentence opens with.
fn subject(a: &Analysis, token: u32) -> Option<u32> {
    let of = |clause: usize| a.clauses.get(clause)?.verb.and_then(|v| a.roles[v as usize].subject);
    let own = a.clause(token as usize);
    let sentence = a.tokens[token as usize].sentence;
    of(own).or_else(|| {
        let all = a.clauses.partition_point(|c| c.sentence < sentence)..;
        all.take_while(|&c| a.clauses.get(c).is_some_and(|c| c.sentence == sentence)).find_map(of)
    })
}

/// Whether both have one subject: the same thing, or the other a pronoun that could be it.
fn one_subject(a: &Analysis, cards: &Cards, x: &Hit, y: &Hit) -> bool {
    let thing = |token: Option<u32>| -> Option<ThingId> { cards.at(token?) };
    let (one, other) = (subject(a, x.tokens.0), subject(a, y.tokens.0));
    // "The driver … *his passenger*": another.
    let owned = |token: u32| {
        let at = a.chunks.partition_point(|c| c.tokens.1 <= token);
        a.chunks.get(at).is_some_and(|c| c.tokens.0 <= token && says(a, "possessive", c.tokens.0 as usize..c.tokens.0 as usize + 1))
    };
    if one != other && other.is_some_and(owned) {
        return false;
    }
    match (thing(one), thing(other)) {
        (Some(p), Some(q)) => p == q,
        (_, None) => other.is_some_and(|t| is_pronoun(a, t)),
        (None, Some(_)) => one == other || sentence(a, x) == sentence(a, y) && one.is_none(),
    }
}

fn is_pronoun(a: &Analysis, token: u32) -> bool {
    a.classes[token as usize].has(Class::Subject)
}

/// Words of an opening in which a possessive or a demonstrative may stand.
const OPENING: usize = 3;

/// Whether a sentence opens with somebody's or with this: "In *its* answers", « *Cette* tricherie ».
fn opens_with_owner(a: &Analysis, sentence: u32) -> bool {
    let s = a.sentences[sentence as usize];
    let (start, end) = (s.start as usize, (s.end as usize).min(s.start as usize + OPENING));
    says(a, "possessive", start..end) || says(a, "demonstrative", start..end)
}

/// Whether a sentence goes on about what the one before it is about.
fn goes_on(a: &Analysis, cards: &Cards, sentence: u32) -> bool {
    let (s, before) = (a.sentences[sentence as usize], a.sentences[sentence as usize - 1]);
    if s.block != before.block {
        return false;
    }
    let Some(subject) = subject(a, s.start) else { return opens_with_owner(a, sentence) };
    let known = |thing: ThingId| cards.words.iter().any(|w| w.thing == thing && (before.start..before.end).contains(&w.token));
    let lemma = |t: usize| a.readings(t).first().map(|r| r.lemma);
    let noun = |t: usize| a.classes[t].has(Class::Noun) && lemma(t) == lemma(subject as usize);
    is_pronoun(a, subject)
        || opens_with_owner(a, sentence)
        || cards.at(subject).is_some_and(known)
        || (before.start as usize..before.end as usize).any(noun)
        || says(a, "member-of-body", s.start as usize..subject as usize + 1)
}

/// What the headline says that the opening of the story excludes, where the story nowhere bears it out.
fn above<'h>(a: &Analysis, hits: &'h [Hit], y: &Hit, e: &Exclusion) -> Option<&'h Hit> {
    let heads = |h: &Hit| matches!(a.kind(h.tokens.0 as usize), BlockKind::Headline | BlockKind::Kicker | BlockKind::Standfirst);
    let body = |h: &Hit| matches!(a.kind(h.tokens.0 as usize), BlockKind::Body);
    let first = a.sentences.iter().position(|s| a.doc.blocks[s.block as usize].kind == BlockKind::Body)? as u32;
    if !body(y) || sentence(a, y) >= first + LEAD {
        return None;
    }
    let x =
        hits.iter().find(|x| heads(x) && x.exclusion == y.exclusion && x.side != y.side && (!e.ordered || x.side == Side::One))?;
    let borne_out = hits.iter().any(|h| body(h) && h.exclusion == x.exclusion && h.side == x.side);
    let (head, lead) =
        (a.sentence(x.tokens.0 as usize), a.sentences[first as usize].start as usize..a.sentence(y.tokens.0 as usize).end);
    let apart = explained(a, e, head.clone()) || explained(a, e, lead.clone());
    let two = another(a, x, y, head) || another(a, x, y, lead.clone()) || says(a, "contrast", lead);
    (!borne_out && !apart && !two).then_some(x)
}

/// Words before a phrase in which what denies it may stand.
const DENIAL: usize = 3;

/// Whether a phrase is denied by a word outside of it.
fn denied(a: &Analysis, hit: &Hit) -> bool {
    let (start, end) = (hit.tokens.0 as usize, hit.tokens.1 as usize);
    let Some(language) = a.language(start) else { return false };
    let denies =
        |i: usize| language.grammar.negations.iter().any(|w| w == a.lower(i)) || language.cues.get("none-of").at(a, i).is_some();
    if (start..end).any(denies) {
        return false;
    }
    let from = a.sentence(start).start.max(start.saturating_sub(DENIAL));
    let near = (from..start).rev().take_while(|&i| mark(a, i).is_none()).any(denies);
    let verb = a.clauses[a.clause(start)].verb.map(|v| a.chunks[v as usize]);
    let over = verb.is_some_and(|v| v.tokens.0 < hit.tokens.1 && matches!(v.kind, ChunkKind::Verb(g) if g.negated));
    near || over
}

fn conflict(a: &Analysis, x: &Hit, y: &Hit) -> Conflict {
    let tokens = |h: &Hit| h.tokens.0 as usize..h.tokens.1 as usize;
    let mut facets = Facets::default();
    for hit in [x, y] {
        let clause = a.clause(hit.tokens.0 as usize);
        let range = a.clauses.get(clause).map_or(tokens(hit), |c| c.tokens.0 as usize..c.tokens.1 as usize);
        let open = matches!(a.tense(clause), Some(Tense::Conditional | Tense::Subjunctive | Tense::Future));
        facets.insert_if(open || says(a, "supposing", range), Facet::Hypothetical);
        facets.insert_if(a.facets_at(a.span(tokens(hit))).contains(Facet::Quoted), Facet::Quoted);
        facets.insert_if(denied(a, hit), Facet::Negated);
    }
    Conflict { roles: vec![("first", a.span(tokens(x))), ("other", a.span(tokens(y)))], values: Bindings::default(), facets }
}
