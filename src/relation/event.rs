//! What a moment dates: the verb of which it says when, the noun beside it.

use std::ops::Range;

use super::moment::{At, Grain, Moment};
use crate::analysis::{Analysis, Chunk, ChunkKind, Mention, Value, mark};
use crate::language::grammar::{Class, Tense};

/// A moment with the words that it dates, the nearest first.
#[derive(Clone, Debug)]
pub(super) struct Dated<'a> {
    pub moment: Moment<'a>,
    pub words: Vec<Words>,
}

/// A verb or a noun that a moment dates.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub tokens: Range<usize>,
    /// Index of its group in [`Analysis::chunks`](crate::analysis::Analysis::chunks).
    pub chunk: usize,
    pub how: How,
}

/// How something dated is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Verb(Tense),
    /// A participle alone: « Interpellé le 3 avril, … ».
    Participle,
    Noun {
        /// With a definite article or a demonstrative.
        definite: bool,
    },
}

/// Tokens at most between a moment and the verb that it dates.
const REACH: usize = 14;
/// Tokens at most between a moment and the noun that it dates.
const BESIDE: usize = 4;
/// Commas between a moment and its verb, at most: « à Paterson, New Jersey, le 3 mai ».
const COMMAS: usize = 2;
/// Nouns that hang on one another, at most: « l'attribution du marché de la halle ».
const CHAIN: usize = 3;

/// Every moment of a story with what it dates. A stretch of days is one moment, from its first day to its last.
pub(super) fn dated<'a>(a: &'a Analysis) -> Vec<Dated<'a>> {
    let mut past = 0;
    let mut found = Vec::new();
    for m in &a.mentions {
        let inside = (m.tokens.0 as usize) < past;
        let moment = if inside { None } else { Moment::of(a, m).or_else(|| Moment::begun(a, m)).or_else(|| stretch(m)) };
        let Some(moment) = moment else { continue };
        if matches!(m.value, Value::Period(_)) {
            past = m.tokens.1 as usize;
        }
        let words = words(a, m);
        if !words.is_empty() {
            found.push(Dated { moment, words });
        }
    }
    found
}

/// The length of "2020-FA".
const SEASON: usize = 7;

/// « la nuit du 2 au 3 février »: a range of days.
fn stretch(m: &Mention) -> Option<Moment<'_>> {
    let Value::Period(p) = &m.value else { return None };
    // « à l'automne 2020 »
    let season = p.iso.len() == SEASON && p.iso.chars().rev().take(2).all(|c| c.is_ascii_uppercase());
    if season && !p.iso.starts_with(['(', 'X', 'P']) && p.modifier.is_none() {
        return Some(Moment { mention: m, at: At::Calendar { first: p.from?, last: p.past?, grain: Grain::Month, year: true } });
    }
    let range = p.iso.starts_with('(') && p.iso.ends_with("D)") && p.modifier.is_none();
    let year = !p.iso.contains("XXXX");
    let (first, last) = (p.from.filter(|_| range)?, p.past?);
    Some(Moment { mention: m, at: At::Calendar { first, last, grain: Grain::Day, year } })
}

/// What a mention of a moment dates.
fn words(a: &Analysis, m: &Mention) -> Vec<Words> {
    let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
    let sentence = a.sentence(start);
    let mut found = Vec::new();
    let at = a.chunks.partition_point(|c| (c.tokens.1 as usize) <= start);
    // "the 9 August sinking"
    if let Some(c) = a.chunks.get(at).filter(|c| is_noun(c) && (c.tokens.0 as usize) <= end && c.head as usize >= end) {
        let near = c.head as usize <= end + 2 && (start..c.head as usize).all(|i| mark(a, i).is_none_or(|c| c == '-'));
        found.extend(near.then(|| noun(at, c)));
    }
    // "the 9 August sinking" too, where grammar takes it for a verb
    let behind = a.chunks.partition_point(|c| (c.tokens.0 as usize) < end);
    found.extend(a.chunks.get(behind).filter(|c| c.tokens.0 as usize == end).and_then(|_| named(a, behind, start)));
    let mut i = at;
    let mut nouns = 0;
    let mut limit = start;
    let mut commas = 0;
    while let Some(k) = i.checked_sub(1) {
        let c = &a.chunks[k];
        let (from, past) = (c.tokens.0 as usize, c.tokens.1 as usize);
        if from < sentence.start || start - past > REACH {
            break;
        }
        let gap = past..limit;
        let stop =
            gap.clone().any(|i| mark(a, i).is_some_and(|c| matches!(c, ';' | ':' | '—' | '–' | '«' | '»' | '“' | '”' | ')')));
        commas += gap.clone().filter(|&i| mark(a, i) == Some(',')).count();
        // Another day parts what stands before it from this one.
        let parted = a.mentions_in(from..limit).iter().any(|m| matches!(m.value, Value::Date(_) | Value::Time(_)));
        if stop || parted || commas > COMMAS {
            break;
        }
        if is_noun(c) {
            // « les experts sont venus après l'incendie, le 9 février »: the day is the verb's.
            let led = from.checked_sub(1).is_some_and(|i| a.language(i).is_some_and(|l| l.cues.get("turns-on").at(a, i).is_some()));
            let apposed = gap.clone().any(|i| mark(a, i) == Some(','));
            let beside = gap.len() <= BESIDE && nouns < CHAIN && !(led && apposed);
            if beside {
                found.push(noun(k, c));
                nouns += 1;
            }
        } else if let Some(words) = named(a, k, from) {
            found.push(words);
            return found;
        } else if let ChunkKind::Verb(v) = c.kind {
            let how = if v.finite { How::Verb(v.tense) } else { How::Participle };
            found.push(Words { tokens: from..past, chunk: k, how });
            if v.finite || participle(a, c) || a.classes[c.head as usize].has(Class::Infinitive) {
                let cleft = past == start && end < sentence.end && a.classes[end].has(Class::Subordinator);
                found.extend(next_verb(a, end, &sentence).filter(|_| cleft));
                return found;
            }
        }
        limit = from;
        i = k;
    }
    // « Le 3 mai, le préfet s'est rendu à Brest »; "It was 4.05pm when the penalty went in"
    if start <= sentence.start + 2 {
        found.extend(next_verb(a, end, &sentence));
    }
    found
}

/// The first finite verb behind a moment.
fn next_verb(a: &Analysis, end: usize, sentence: &Range<usize>) -> Option<Words> {
    let from = a.chunks.partition_point(|c| (c.tokens.0 as usize) < end);
    let within = (from..a.chunks.len()).take_while(|&k| (a.chunks[k].tokens.1 as usize) <= sentence.end);
    let (k, verb) = within.into_iter().find_map(|k| match a.chunks[k].kind {
        ChunkKind::Verb(v) if v.finite => Some((k, v)),
        _ => None,
    })?;
    let tokens = a.chunks[k].tokens.0 as usize..a.chunks[k].tokens.1 as usize;
    (tokens.start - end <= REACH).then_some(Words { tokens, chunk: k, how: How::Verb(verb.tense) })
}

/// What a form in "-ing" behind an article names: "the *signing* on March 14".
fn named(a: &Analysis, chunk: usize, from: usize) -> Option<Words> {
    let c = &a.chunks[chunk];
    let gerund = matches!(c.kind, ChunkKind::Verb(v) if !v.finite) && a.classes[c.head as usize].has(Class::PresentParticiple);
    let article = from.checked_sub(1).filter(|_| gerund)?;
    let language = a.language(article)?;
    let word = a.lower(article);
    let definite = language.grammar.definite.iter().any(|w| w == word);
    let how = How::Noun { definite };
    a.classes[article].has(Class::Determiner).then_some(Words { tokens: c.tokens.0 as usize..c.tokens.1 as usize, chunk, how })
}

fn is_noun(c: &Chunk) -> bool {
    matches!(c.kind, ChunkKind::Noun { .. })
}

fn participle(a: &Analysis, c: &Chunk) -> bool {
    a.classes[c.head as usize].has(Class::PastParticiple)
}

fn noun(chunk: usize, c: &Chunk) -> Words {
    let definite = matches!(c.kind, ChunkKind::Noun { definite: true, .. });
    Words { tokens: c.tokens.0 as usize..c.tokens.1 as usize, chunk, how: How::Noun { definite } }
}

impl Words {
    /// The tokens in which a phrase may say what happens: a verb with what may belong to it.
    pub fn reach(&self, a: &Analysis) -> Range<usize> {
        /// Tokens behind a verb that may be part of a phrase: "called *off*", « mis *en examen* ».
        const PART: usize = 5;
        let past = (self.tokens.end + PART).min(a.sentence(self.tokens.start).end);
        match self.how {
            How::Noun { .. } => self.tokens.clone(),
            _ => self.tokens.start..(self.tokens.end..past).find(|&i| mark(a, i).is_some()).unwrap_or(past),
        }
    }

    /// The noun that does what a verb in the past says: « *L'avalanche* a emporté deux skieurs le 17 janvier ».
    pub fn happening(&self, a: &Analysis) -> Option<Words> {
        let ChunkKind::Verb(v) = a.chunks[self.chunk].kind else { return None };
        let past = matches!(v.tense, Tense::Past | Tense::Pluperfect) && !v.passive && v.finite;
        let head = a.roles[self.chunk].subject.filter(|_| past)?;
        let chunk = a.chunks.partition_point(|c| c.tokens.1 <= head);
        a.chunks.get(chunk).filter(|c| is_noun(c) && c.tokens.0 <= head).map(|c| noun(chunk, c))
    }

    /// The subject of a verb, up to the verb: « *Le coup d'envoi* a été donné ».
    pub fn subject(&self, a: &Analysis) -> Option<Range<usize>> {
        let How::Verb(_) = self.how else { return None };
        let head = a.roles[self.chunk].subject? as usize;
        let past = if head < self.tokens.start { self.tokens.start.min(head + BESIDE) } else { head + 1 };
        let group = a.chunks.partition_point(|c| (c.tokens.1 as usize) <= head);
        Some(a.chunks.get(group).map_or(head, |c| (c.tokens.0 as usize).min(head))..past)
    }
}
