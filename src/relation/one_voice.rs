//! What is quoted twice was said by one.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::same_word;
use super::names::SetName;
use super::quoted::{Quoted, align, asserts, carries, quoted};
use super::support::{fold, says};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, ChunkKind, EntityId, EntityKind, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::span::Span;

/// `one-voice`: the same words, quoted twice, have one speaker, whether a name or a function tells who it is.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OneVoice {
    /// The fewest words of meaning in the quotation.
    pub words: usize,
    /// The cue set of words by which somebody takes up what another has said.
    #[schemars(with = "SetName")]
    pub echo: String,
}

/// Who is said to speak.
#[derive(Clone, Copy, Debug)]
struct Voice {
    entity: Option<EntityId>,
    /// The token of the noun, where no name stands.
    noun: Option<usize>,
    span: Span,
}

impl Relation for OneVoice {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "other"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::AttributedDifferently]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let all: Vec<Quoted> = quoted(a);
        let heavy = |q: &&Quoted| {
            q.words.len() > self.words + 1
                && q.words.iter().filter(|&&i| carries(a, i)).count() >= self.words
                && asserts(a, &q.tokens)
        };
        let heard: Vec<(&Quoted, Option<Voice>)> =
            if all.len() < 2 { Vec::new() } else { all.iter().filter(heavy).map(|q| (q, None)).collect() };
        let mut heard = heard;
        let mut found = Vec::new();
        for j in 1..heard.len() {
            for i in 0..j {
                if !one(&heard[i].0.folded, &heard[j].0.folded) {
                    continue;
                }
                for k in [i, j] {
                    if heard[k].1.is_none() {
                        heard[k].1 = voice(a, heard[k].0);
                    }
                }
                let (Some(first), Some(other)) = (heard[i].1, heard[j].1) else { continue };
                if !apart(a, first, other) {
                    continue;
                }
                let echoed = |q: &Quoted| says(a, &self.echo, around(a, &q.tokens));
                let mut facets = Facets::default();
                facets.insert_if(echoed(heard[i].0) || echoed(heard[j].0), Facet::AttributedDifferently);
                found.push(Conflict {
                    roles: vec![("first", first.span), ("other", other.span)],
                    values: Bindings::default(),
                    facets,
                });
                break;
            }
        }
        found
    }
}

/// Whether two quotations are of one utterance: the same words, or the shorter stands in the longer.
fn one(x: &[String], y: &[String]) -> bool {
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    // Few of its words must stand there at all before they are laid along.
    if short.iter().filter(|w| long.contains(w)).count() * 10 < short.len() * 9 {
        return false;
    }
    align(short, long).is_some_and(|al| {
        al.same.len() * 10 >= short.len() * 9
            && al.hunks.len() <= 1
            && al.hunks.iter().all(|h| h.ours.len() <= 2 && h.theirs.len() <= 2)
    })
}

/// The sentences in which a quotation stands, the one before it where that ends in a colon.
fn around(a: &Analysis, q: &Range<usize>) -> Range<usize> {
    let mut start = a.sentence(q.start).start;
    if start > 0 && mark(a, start - 1) == Some(':') && a.tokens[start - 1].block == a.tokens[q.start].block {
        start = a.sentence(start - 1).start;
    }
    start..a.sentence(q.end - 1).end
}

fn voice(a: &Analysis, q: &Quoted) -> Option<Voice> {
    let sentence = around(a, &q.tokens);
    let language = a.language(q.tokens.start)?;
    let outside = |i: usize| !q.tokens.contains(&i);
    // « comprendre *le* « Ce sera sans moi » de son coéquipier »: spoken of as a thing.
    if q.tokens.start > sentence.start && a.classes[q.tokens.start - 1].has(Class::Determiner) {
        return None;
    }
    // The subject of the verb of saying.
    let saying = |i: usize| ["saying", "voicing"].iter().any(|set| language.cues.get(set).at(a, i).is_some());
    let from = a.chunks.partition_point(|c| (c.tokens.1 as usize) <= sentence.start);
    let verbs = (from..a.chunks.len()).take_while(|&c| (a.chunks[c].tokens.0 as usize) < sentence.end);
    for c in verbs.filter(|&c| matches!(a.chunks[c].kind, ChunkKind::Verb(v) if !v.passive)) {
        let head = a.chunks[c].head as usize;
        // « … », a tranché la mairesse: right behind a quotation any verb says.
        let behind = (q.tokens.end..q.tokens.end + 3).contains(&(a.chunks[c].tokens.0 as usize))
            && (q.tokens.end..a.chunks[c].tokens.0 as usize).all(|i| mark(a, i).is_some());
        if !outside(head) || !(saying(head) || behind) {
            continue;
        }
        if let Some(subject) = a.roles[c].subject.map(|t| t as usize).filter(|&t| outside(t)) {
            // « a tranché *mercredi* la mairesse »: a day says nothing.
            let day = a.mentions_in(subject..subject + 1).iter().any(|m| matches!(m.value, Value::Weekday(_) | Value::Date(_)));
            let next = a.chunks.get(a.chunks.partition_point(|c| (c.tokens.0 as usize) <= subject)).map(|c| c.head as usize);
            let subject = if day { next.filter(|&n| n < sentence.end && outside(n)).unwrap_or(subject) } else { subject };
            return named(a, subject).or_else(|| noun(a, subject));
        }
    }
    // « selon le préfet », "according to Anna Merrow"
    let cue = language.cues.get("attribution");
    let led = sentence.clone().filter(|&i| outside(i)).find_map(|i| cue.at(a, i).map(|len| i + len));
    if let Some(at) = led {
        let group = a.chunks.partition_point(|c| (c.head as usize) < at);
        return a
            .chunks
            .get(group)
            .map(|c| c.head as usize)
            .filter(|&h| h < sentence.end && h < at + 6)
            .and_then(|h| named(a, h).or_else(|| noun(a, h)));
    }
    // "Merrow: ‘…’"; a signature behind.
    let people = |t: Range<usize>| -> Vec<Voice> { t.filter(|&i| outside(i)).filter_map(|i| named(a, i)).collect() };
    let colon = q
        .tokens
        .start
        .checked_sub(1)
        .map(|i| if mark(a, i).is_some_and(|c| "‘'“\"«".contains(c)) { i.saturating_sub(1) } else { i });
    // “…” — Anil Desai; « … », de Luc Morand
    if let Some(signed) = signature(a, q.tokens.end, sentence.end) {
        return Some(signed);
    }
    let introduced = colon.is_some_and(|i| mark(a, i) == Some(':'));
    let said = says(a, "saying", sentence.start..q.tokens.start.max(sentence.start))
        || says(a, "saying", q.tokens.end.min(sentence.end)..sentence.end);
    if introduced || said {
        let all = people(sentence);
        let first = *all.first()?;
        return all.iter().all(|v| v.entity == first.entity).then_some(first);
    }
    None
}

/// The first name behind a quotation, where a dash, a comma or a colon and no verb stands between.
fn signature(a: &Analysis, from: usize, end: usize) -> Option<Voice> {
    let end = end.max(a.tokens.get(from).map_or(from, |_| a.sentence(from).end)).min(from + 9);
    let parted = (from..end.min(from + 2)).any(|i| mark(a, i).is_some_and(|c| matches!(c, '—' | '–' | '-' | ',' | '(')));
    let verb = |i: usize| a.classes[i].has(Class::Verb);
    let name = (from..end).find(|&i| named(a, i).is_some() || verb(i))?;
    parted.then(|| named(a, name)).flatten()
}

/// The person whose name a token is part of.
fn named(a: &Analysis, token: usize) -> Option<Voice> {
    let near = a
        .mentions_in(token.saturating_sub(6)..token + 1)
        .iter()
        .find(|m| m.tokens.0 as usize <= token && m.tokens.1 as usize > token && matches!(m.value, Value::Person(_)))?;
    let Value::Person(p) = &near.value else { return None };
    Some(Voice { entity: Some(p.entity), noun: None, span: near.span })
}

/// The function that a noun tells, and whose name stands beside it.
fn noun(a: &Analysis, token: usize) -> Option<Voice> {
    let language = a.language(token)?;
    if !a.classes[token].has(Class::Noun) || a.classes[token].has(Class::Subject) {
        return None;
    }
    let group = a.chunks.iter().find(|c| c.tokens.0 as usize <= token && c.tokens.1 as usize > token)?;
    let ChunkKind::Noun { definite, .. } = group.kind else { return None };
    // "the mayor, Anna Merrow", « le maire Luc Verdan »
    let past = group.tokens.1 as usize;
    let beside = (token + 1..(past + 3).min(a.sentence(token).end)).find_map(|i| named(a, i));
    if beside.is_some() {
        return beside;
    }
    let function = language.cues.get("function").at(a, token).is_some();
    (definite && function).then(|| Voice { entity: None, noun: Some(token), span: a.span(group.tokens.0 as usize..past) })
}

/// Whether two voices are of two people.
fn apart(a: &Analysis, x: Voice, y: Voice) -> bool {
    match (x.entity, y.entity) {
        (Some(e), Some(f)) => {
            let words = |s: Span| {
                a.tokens_in(s).filter(|&i| a.tokens[i].kind == TokenKind::Word).map(|i| fold(a.lower(i))).collect::<Vec<_>>()
            };
            let (one, other) = (words(x.span), words(y.span));
            // « Luc », « M. Verdan »: a first name and a surname may be one person's.
            let person = |e: EntityId| a.entities[e.0 as usize].kind == EntityKind::Person;
            e != f
                && person(e)
                && person(f)
                && one.last() != other.last()
                && (one.len() > 1 && other.len() > 1 || told_apart(a, e, f))
        }
        (None, None) => x.noun.zip(y.noun).is_some_and(|(n, o)| !same_word(a, n, o) && !shares_name(a, n, o)),
        (Some(e), None) => y.noun.is_some_and(|n| !holds(a, e, n) && functions(a, e)),
        (None, Some(e)) => x.noun.is_some_and(|n| !holds(a, e, n) && functions(a, e)),
    }
}

/// Whether the story gives both people a full name.
fn told_apart(a: &Analysis, e: EntityId, f: EntityId) -> bool {
    let full = |e: EntityId| a.entities[e.0 as usize].name.split_whitespace().count() > 1;
    full(e) && full(f)
}

/// Whether a function stands beside a name of somebody.
fn holds(a: &Analysis, e: EntityId, noun: usize) -> bool {
    a.entities[e.0 as usize].mentions.iter().any(|&m| {
        let t = a.mentions[m as usize].tokens;
        (t.0.saturating_sub(8) as usize..(t.1 as usize + 8).min(a.tokens.len())).any(|i| i != noun && same_word(a, i, noun))
    })
}

/// Whether the story tells a function of somebody.
fn functions(a: &Analysis, e: EntityId) -> bool {
    a.entities[e.0 as usize].mentions.iter().any(|&m| {
        let t = a.mentions[m as usize].tokens;
        let near = t.0.saturating_sub(5) as usize..(t.1 as usize + 6).min(a.tokens.len());
        a.language(t.0 as usize).is_some_and(|l| l.cues.get("function").stands_in(a, near))
    })
}

/// Whether somebody has both functions.
fn shares_name(a: &Analysis, n: usize, o: usize) -> bool {
    (0..a.entities.len()).map(|e| EntityId(e as u32)).any(|e| holds(a, e, n) && holds(a, e, o))
}
