//! Of two ends of an axis one at most is so: a bridge that has reopened is not still closed.

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::says;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Cards, ChunkKind, Claim, Form, Value};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::grammar::{Class, Tense};
use crate::language::senses::{Holder, Sense};

/// `opposed`: nothing is said to be at both ends of an axis of `senses.yaml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Opposed {
    /// Where the two stand.
    pub between: Between,
}

/// Where two claims stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Between {
    /// In one sentence, or in two that follow each other.
    Sentences,
    /// In headline, standfirst or caption, and in the first sentences of the story.
    Furniture,
}

/// Sentences from which a story's news is told.
const LEAD: usize = 4;

impl Relation for Opposed {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "other"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Hypothetical, Facet::OtherTime, Facet::Revised, Facet::AttributedDifferently]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let cards = a.cards();
        let claims: Vec<&Claim> = cards.claims.iter().filter(|c| matches!(c.sense, Sense::Pole { .. })).collect();
        let mut found: Vec<Conflict> = Vec::new();
        match self.between {
            Between::Sentences => {
                for (n, y) in claims.iter().enumerate() {
                    let near = claims[..n].iter().rev().take_while(|x| follows(a, x, y));
                    let rival = near
                        .filter(|x| opposite(a, x, y))
                        .find(|x| excludes(a, x, y) || same_thing(x, y) && !x.part && !y.part && clash(a, x, y));
                    if let Some(x) = rival {
                        found.push(conflict(a, x, y));
                    }
                }
            }
            Between::Furniture => of_furniture(a, cards, &claims, &mut found),
        }
        // One fault is one finding, though a phrase may be of several axes.
        let mut shown: Vec<Conflict> = Vec::new();
        for c in found {
            let overlaps = |o: &Conflict| c.roles.iter().zip(&o.roles).all(|(x, y)| x.1.start < y.1.end && y.1.start < x.1.end);
            if !shown.iter().any(overlaps) {
                shown.push(c);
            }
        }
        found = shown;
        found
    }
}

/// Whether the second stands in the sentence of the first or in the next of its paragraph.
fn follows(a: &Analysis, x: &Claim, y: &Claim) -> bool {
    let (s, t) = (a.tokens[x.tokens.0 as usize], a.tokens[y.tokens.0 as usize]);
    s.block == t.block && t.sentence - s.sentence <= 1
}

fn axis(c: &Claim) -> Option<(u16, bool)> {
    match c.sense {
        Sense::Pole { axis, other } => Some((axis, other != c.denied)),
        _ => None,
    }
}

fn opposite(a: &Analysis, x: &Claim, y: &Claim) -> bool {
    let lang = |c: &Claim| a.lang(c.tokens.0 as usize);
    // Words that are of both ends are opposed to themselves nowhere.
    let words = |c: &Claim| a.span(c.tokens.0 as usize..c.tokens.1 as usize).of(&a.doc.text);
    matches!((axis(x), axis(y)), (Some((i, p)), Some((j, q))) if i == j && p != q)
        && lang(x) == lang(y)
        // "No jail for her", "spared jail": of a noun the verb says whether it is so.
        && (x.denied != y.denied && [x, y].iter().all(|c| matches!(c.form, Form::Verb(_))) || words(x) != words(y))
}

fn same_thing(x: &Claim, y: &Claim) -> bool {
    x.thing.is_some() && x.thing == y.thing
}

/// Whether what is said of each or of none of them is not so of some: "every school … two remain shut", "none was hurt … the four wounded".
fn excludes(a: &Analysis, x: &Claim, y: &Claim) -> bool {
    let some = y.part && same_thing(x, y)
        || y.form == (Form::Noun { definite: true })
            && !y.denied
            && a.tokens[x.tokens.0 as usize].sentence != a.tokens[y.tokens.0 as usize].sentence;
    x.all && some && !says(a, "contrast", a.sentence(x.tokens.0 as usize)) && !says(a, "contrast", a.sentence(y.tokens.0 as usize))
}

/// Whether the two cannot both be so: two states of one time, or what happened and what is still the other way.
fn clash(a: &Analysis, x: &Claim, y: &Claim) -> bool {
    // « une disparue retrouvée »: one after the other.
    let one_clause = a.clause(x.tokens.0 as usize) == a.clause(y.tokens.0 as usize);
    if one_clause && !x.persists && !y.persists {
        return false;
    }
    let happened = |c: &Claim| matches!(c.form, Form::Verb(Tense::Past) | Form::Attribute);
    if x.to_come || y.to_come {
        return false;
    }
    let tells =
        x.is_state() && y.is_state() || happened(x) && y.is_state() && y.persists || x.is_state() && x.persists && happened(y);
    tells && !apart(a, x, y)
}

/// Whether the story puts the two at different times, or sets one against the other on purpose.
fn apart(a: &Analysis, x: &Claim, y: &Claim) -> bool {
    let clause = |c: &Claim| {
        let clause = a.clauses[a.clause(c.tokens.0 as usize)];
        clause.tokens.0 as usize..clause.tokens.1 as usize
    };
    let dated = |c: &Claim| {
        a.mentions_in(clause(c)).iter().any(|m| matches!(m.value, Value::Date(_) | Value::Period(_) | Value::Weekday(_)))
    };
    let differs = other_object(a, x, y);
    let between = x.tokens.1.min(y.tokens.1) as usize..x.tokens.0.max(y.tokens.0) as usize;
    let (first, last) = (a.sentence(between.start), a.sentence(between.end.max(between.start)));
    differs
        || says(a, "contrast", first.start..last.end)
        || dated(x) && dated(y) && a.clause(x.tokens.0 as usize) != a.clause(y.tokens.0 as usize)
}

/// Whether each of two verbs has an object or an infinitive of its own: « achète du jambon et exporte du lard ».
fn other_object(a: &Analysis, x: &Claim, y: &Claim) -> bool {
    let object = |c: &Claim| {
        let at = a.chunks.partition_point(|k| k.tokens.1 <= c.tokens.0);
        let next = |n: usize| {
            a.chunks.get(n).filter(|k| k.tokens.0 <= c.tokens.1 + 1 && matches!(k.kind, ChunkKind::Verb(_))).map(|k| k.head)
        };
        let object = a.roles.get(at).and_then(|r| r.object).filter(|o| *o >= c.tokens.1).or_else(|| next(at + 1))?;
        a.readings(object as usize).first().map(|r| r.lemma)
    };
    matches!((object(x), object(y)), (Some(p), Some(q)) if p != q)
}

fn of_furniture(a: &Analysis, cards: &Cards, claims: &[&Claim], found: &mut Vec<Conflict>) {
    let kind = |c: &Claim| a.kind(c.tokens.0 as usize);
    let furniture =
        |k: BlockKind| matches!(k, BlockKind::Headline | BlockKind::Standfirst | BlockKind::Kicker | BlockKind::Caption);
    let body: Vec<&&Claim> = claims.iter().filter(|c| matches!(kind(c), BlockKind::Body | BlockKind::ListItem)).collect();
    let Some(first) = a.sentences.iter().position(|s| matches!(a.doc.blocks[s.block as usize].kind, BlockKind::Body)) else {
        return;
    };
    let lead = |c: &Claim| (a.tokens[c.tokens.0 as usize].sentence as usize) < first + LEAD;
    // « ne calme pas les blocages »: the verb is denied, not the noun.
    let acts = |c: &Claim| a.clauses[a.clause(c.tokens.0 as usize)].verb.is_some();
    let beside = |c: &Claim| matches!(c.form, Form::Noun { .. }) && c.denied && acts(c);
    for x in claims.iter().filter(|c| furniture(kind(c)) && !c.supposed && !beside(c) && !by_agent(a, c)) {
        let opens = |y: &Claim| a.tokens[y.tokens.0 as usize].sentence as usize == first;
        // What the story says once the headline may say; what it says of something else far down, or lets somebody say, is no proof.
        let of_it = |y: &Claim| same_thing(x, y) || shares_name(cards, x, y) || x.thing.is_none() || y.thing.is_none() || lead(y);
        let borne_out = body.iter().any(|y| axis(y) == axis(x) && !y.quoted && of_it(y));
        if borne_out {
            continue;
        }
        let topic = |y: &Claim| {
            same_thing(x, y)
                || shares_name(cards, x, y)
                || x.thing.is_none() && opens(y) && x.denied
                || kind(x) != BlockKind::Caption && opens(y) && tells_the_news(a, y) && !x.denied && !two_names(cards, x, y)
        };
        let told = |y: &Claim| !matches!(y.form, Form::Noun { definite: true });
        let rival = body.iter().find(|y| lead(y) && opposite(a, x, y) && topic(y) && told(y) && !y.before && !y.supposed);
        if let Some(y) = rival {
            found.push(conflict(a, x, y));
        }
    }
}

/// Whether a verb of the main clause says it, and denies nothing: what a story opens with is what its headline says.
fn tells_the_news(a: &Analysis, y: &Claim) -> bool {
    let at = y.tokens.0 as usize;
    let clause = a.clauses[a.clause(at)].tokens.0 as usize;
    let hangs = |i: usize| a.classes[i].has(Class::Relative) || a.classes[i].has(Class::Subordinator);
    let from = clause.max(a.sentence(at).start);
    matches!(y.form, Form::Verb(_) | Form::Predicate(_)) && !y.denied && !(from..at).any(hangs)
}

/// Whether the two are said of two who have names.
fn two_names(cards: &Cards, x: &Claim, y: &Claim) -> bool {
    let entity = |c: &Claim| c.thing.and_then(|t| cards.things[t.0 as usize].entity);
    entity(x).zip(entity(y)).is_some_and(|(x, y)| x != y)
}

/// Whether the axis is of who does something: what one accepts another refuses.
fn by_agent(a: &Analysis, c: &Claim) -> bool {
    let language = a.language(c.tokens.0 as usize);
    matches!(c.sense, Sense::Pole { axis, .. } if language.is_some_and(|l| l.senses.axes()[axis as usize].of == Holder::Agent))
}

/// Whether the two are said of what one noun calls, or nouns of one kind.
fn shares_name(cards: &Cards, x: &Claim, y: &Claim) -> bool {
    let thing = |c: &Claim| c.thing.map(|t| &cards.things[t.0 as usize]);
    let (Some(x), Some(y)) = (thing(x), thing(y)) else { return false };
    x.lemmas.iter().any(|id| y.lemmas.contains(id)) || x.kinds.iter().any(|kind| y.kinds.contains(kind))
}

fn conflict(a: &Analysis, x: &Claim, y: &Claim) -> Conflict {
    let span = |c: &Claim| a.span(c.tokens.0 as usize..c.tokens.1 as usize);
    let mut facets = Facets::default();
    facets.insert_if(x.quoted || y.quoted, Facet::Quoted);
    facets.insert_if(x.supposed || y.supposed, Facet::Hypothetical);
    facets.insert_if(x.before || y.before, Facet::OtherTime);
    let apart = a.tokens[x.tokens.0 as usize].sentence != a.tokens[y.tokens.0 as usize].sentence;
    facets.insert_if(x.attributed && y.attributed && apart, Facet::AttributedDifferently);
    let revised = |c: &Claim| says(a, "revised", a.sentence(c.tokens.0 as usize));
    facets.insert_if(revised(x) || revised(y), Facet::Revised);
    Conflict { roles: vec![("first", span(x)), ("other", span(y))], values: Bindings::default(), facets }
}
