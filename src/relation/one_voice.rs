//! What is quoted twice was said by one.

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::same_word;
use super::names::SetName;
use super::quoted::{Quoted, align, asserts, carries, quoted};
use super::support::{fold, says};
use super::voice::{Voice, around, voice};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, EntityId, EntityKind};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;
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

/// Words of a quotation without a verb, at least.
const FRAGMENT: usize = 5;

/// Words of a quotation, at least, that two pronouns cannot both say.
const UNNAMED: usize = 7;

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
        // « dangereusement à court de personnel expérimenté »: without a verb it takes more words to be one's own.
        let heavy = |q: &&Quoted| {
            let content = q.words.iter().filter(|&&i| carries(a, i)).count();
            let spoken = content >= self.words && asserts(a, &q.tokens) || content > self.words && q.words.len() >= FRAGMENT;
            q.words.len() > self.words + 1 && (spoken || q.beside && content > 0)
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
                // Few words may be anybody's where a pronoun stands for a name.
                let few = heard[i].0.words.len().min(heard[j].0.words.len())
                    < if asserts(a, &heard[j].0.tokens) { UNNAMED } else { FRAGMENT };
                if !apart(a, first, other) || few && (first.pronoun || other.pronoun) {
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

/// Whether two voices are of two people.
fn apart(a: &Analysis, x: Voice, y: Voice) -> bool {
    // A pronoun tells of the sex, and of whom only where nobody else of its paragraph may be meant.
    if x.pronoun || y.pronoun {
        return x.sex.zip(y.sex).is_some_and(|(s, t)| s != t) && x.entity.is_none_or(|e| y.entity != Some(e));
    }
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
        (None, None) => x.noun.zip(y.noun).is_some_and(|(n, o)| {
            let sole = |i: usize| a.language(i).is_some_and(|l| l.cues.get("sole-office").at(a, i).is_some());
            sole(n) && sole(o) && !same_word(a, n, o) && !shares_name(a, n, o)
        }),
        (Some(e), None) => y.noun.is_some_and(|n| anothers(a, e, n)),
        (None, Some(e)) => x.noun.is_some_and(|n| anothers(a, e, n)),
    }
}

/// Whether the story gives a function to somebody else, and to nobody of the name.
fn anothers(a: &Analysis, e: EntityId, noun: usize) -> bool {
    let others = (0..a.entities.len()).map(|f| EntityId(f as u32)).filter(|&f| f != e);
    let person = |f: EntityId| a.entities[f.0 as usize].kind == EntityKind::Person;
    let sole = a.language(noun).is_some_and(|l| l.cues.get("sole-office").at(a, noun).is_some());
    sole && !holds(a, e, noun)
        && beside(a, e, |i| function(a, i))
        && others.filter(|&f| person(f)).any(|f| beside(a, f, |i| same_word(a, i, noun)))
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

/// Whether a word such as this stands right beside a name of somebody.
fn beside(a: &Analysis, e: EntityId, is: impl Fn(usize) -> bool) -> bool {
    a.entities[e.0 as usize].mentions.iter().any(|&m| {
        let t = a.mentions[m as usize].tokens;
        let sentence = a.sentence(t.0 as usize);
        let near = t.0.saturating_sub(3) as usize..(t.1 as usize + 4);
        (near.start.max(sentence.start)..near.end.min(sentence.end)).any(&is)
    })
}

fn function(a: &Analysis, i: usize) -> bool {
    a.language(i).is_some_and(|l| l.cues.get("function").at(a, i).is_some())
}

/// Whether somebody has both functions.
fn shares_name(a: &Analysis, n: usize, o: usize) -> bool {
    (0..a.entities.len()).map(|e| EntityId(e as u32)).any(|e| holds(a, e, n) && holds(a, e, o))
}
