//! Every quotation has a speaker, and one.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::{around, fold, says};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, ChunkKind, EntityId, Mention, Value, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::span::Span;

/// `spoken`: what is quoted was said by somebody, and the same words by one person only.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spoken {
    /// By how many.
    pub by: By,
    /// The fewest words of a quotation.
    pub words: usize,
}

/// By how many a quotation was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// By one and the same.
    One,
    /// By anybody who is named.
    Somebody,
}

impl Relation for Spoken {
    fn roles(&self) -> &'static [&'static str] {
        match self.by {
            By::One => &["first", "other"],
            By::Somebody => &["quotation"],
        }
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut met: HashMap<Vec<String>, (EntityId, Span)> = HashMap::new();
        let mut found = Vec::new();
        for m in a.mentions.iter().filter(|m| a.doc.blocks[m.block as usize].kind == BlockKind::Body) {
            let Value::Quotation(q) = &m.value else { continue };
            let inner = a.tokens_in(q.inner);
            let words: Vec<String> = inner.filter(|&i| a.tokens[i].kind != TokenKind::Mark).map(|i| fold(a.lower(i))).collect();
            if words.len() < self.words {
                continue;
            }
            let start = m.tokens.0 as usize;
            match self.by {
                By::Somebody => {
                    let whole = a.tokens_in(q.inner).find(|&i| a.tokens[i].kind != TokenKind::Mark);
                    let sentence = whole.is_some_and(|i| a.tokens[i].case.is_capital());
                    // « Vinci appelle à « la plus grande prudence » »: in small letters it is a piece of the sentence around it.
                    if sentence && !attributed(a, m.block, start) && !spoken_of(a, m) {
                        found.push(Conflict {
                            roles: vec![("quotation", m.span)],
                            values: Bindings::default(),
                            facets: Facets::default(),
                        });
                    }
                }
                By::One => {
                    // « Cahiers de la colère et de l'espoir »: a title is nobody's words.
                    let Some((entity, source)) = speaker(a, m).filter(|_| asserts(a, a.tokens_in(q.inner))) else { continue };
                    match met.get(&words) {
                        Some((first, place)) if *first != entity && !one_name(a, *place, source) => {
                            let roles = vec![("first", *place), ("other", source)];
                            found.push(Conflict { roles, values: Bindings::default(), facets: Facets::default() });
                        }
                        Some(_) => {}
                        None => drop(met.insert(words, (entity, source))),
                    }
                }
            }
        }
        found
    }
}

/// Whether a finite verb begins among these tokens.
fn asserts(a: &Analysis, tokens: std::ops::Range<usize>) -> bool {
    let from = a.chunks.partition_point(|c| (c.tokens.0 as usize) < tokens.start);
    let mut chunks = a.chunks[from..].iter().take_while(|c| (c.tokens.0 as usize) < tokens.end);
    chunks.any(|c| matches!(c.kind, ChunkKind::Verb(v) if v.finite))
}

/// Whether a word before a determiner may be a finite verb, however it is read there: « …», note le rapport.
fn may_assert(a: &Analysis, i: usize) -> bool {
    let determined = a.classes.get(i + 1).is_some_and(|c| c.has(Class::Determiner));
    determined && a.language(i).is_some_and(|l| l.lexicon.readings(a.lower(i)).any(|(_, tag)| tag.is_finite()))
}

/// Whether a verb follows a quotation after its comma, whatever it is, or the paragraph before or after speaks too.
fn spoken_of(a: &Analysis, m: &Mention) -> bool {
    let end = m.tokens.1 as usize;
    let comma = a.tokens.get(end).is_some_and(|t| t.block == m.block) && mark(a, end) == Some(',');
    let opens = |block: Option<u32>| {
        let first = block.and_then(|b| a.doc.blocks.get(b as usize)).map(|b| a.tokens_in(b.span)).filter(|t| !t.is_empty());
        first.and_then(|t| mark(a, t.start)).is_some_and(|c| matches!(c, '«' | '“' | '"' | '-' | '–' | '—' | '\''))
    };
    // An answer follows its question; a pull quote has its speaker under it.
    let answers = m.block.checked_sub(1).is_some_and(|b| {
        let span = a.doc.blocks[b as usize].span;
        span.of(&a.doc.text).trim_end().ends_with('?')
    });
    let signed = a.doc.blocks.get(m.block as usize + 1).is_some_and(|b| (1..14).contains(&a.tokens_in(b.span).len()));
    answers
        || signed
        || comma && (asserts(a, end..end + 4) || may_assert(a, end + 1))
        || opens(m.block.checked_sub(1))
        || opens(Some(m.block + 1))
}

/// Whether two names are one but for an accent, or the shorter is a part of the longer: « Édouard », "Fiona", "Fiona Keogh".
fn one_name(a: &Analysis, one: Span, other: Span) -> bool {
    let words = |s: Span| a.tokens_in(s).map(|i| fold(a.lower(i))).collect::<Vec<_>>();
    let (one, other) = (words(one), words(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.iter().all(|w| long.contains(w))
}

/// The one person who is named beside a quotation, in a sentence of saying.
fn speaker(a: &Analysis, quotation: &Mention) -> Option<(EntityId, Span)> {
    let (start, end) = (quotation.tokens.0 as usize, quotation.tokens.1 as usize);
    let sentence = a.sentence(start).start..a.sentence(end - 1).end;
    let mut people = a.mentions_in(sentence.clone()).iter().filter_map(|m| match &m.value {
        Value::Person(p) if m.span.end <= quotation.span.start || m.span.start >= quotation.span.end => Some((p.entity, m.span)),
        _ => None,
    });
    let one = people.next().filter(|_| says(a, "saying", sentence.start..start) || says(a, "saying", end..sentence.end))?;
    people.all(|other| other.0 == one.0).then_some(one)
}

/// Whether a word of saying, an attribution or a colon stands near the quotation, or anybody is named before it.
fn attributed(a: &Analysis, block: u32, start: usize) -> bool {
    let near = around(a, start);
    let colon = start > 0 && crate::analysis::mark(a, start - 1) == Some(':');
    let before = block.checked_sub(1).map(|b| a.tokens_in(a.doc.blocks[b as usize].span)).unwrap_or_default();
    let person = |t: std::ops::Range<usize>| a.mentions_in(t).iter().any(|m| matches!(m.value, Value::Person(_)));
    let own = a.tokens_in(a.doc.blocks[block as usize].span);
    colon
        || ["saying", "voicing", "attribution"].iter().any(|set| says(a, set, near.clone()))
        || person(own)
        || person(before.clone())
        || says(a, "saying", before)
}
