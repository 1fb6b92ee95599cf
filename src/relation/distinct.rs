//! No passage stands twice: the leftover of a paste.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use serde::Deserialize;

use super::quoted::asserts;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Sentence};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::language::cut::{closes_quotation, opens_quotation};
use crate::language::lexicon::LemmaId;
use crate::span::Span;

/// `distinct: { words: 12 }`. Compares paragraphs of running text, or what `by` names, by their words alone.
#[derive(Clone, Copy, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Distinct {
    /// The fewest words of a paragraph that may not stand twice: a refrain or a short answer may.
    #[serde(default = "twelve")]
    words: usize,
    /// What may not stand twice.
    #[serde(default)]
    by: By,
}

/// What may not stand twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// A paragraph of running text.
    #[default]
    Paragraph,
    /// A sentence of running text, where its paragraph does not.
    Sentence,
    /// A sentence that comes again at once, at the join of two paragraphs or right behind itself.
    Join,
    /// What a sentence tells, where one near by tells it in other words: two versions of one passage were kept.
    Version,
    /// A caption, or nearly: two thirds of its words of meaning are the other's.
    Caption,
}

fn twelve() -> usize {
    12
}

impl Relation for Distinct {
    fn roles(&self) -> &'static [&'static str] {
        &["again", "first"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Template, Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = match self.by {
            By::Paragraph => self.paragraphs(a),
            By::Sentence => self.sentences(a),
            By::Join => self.joins(a),
            By::Version => self.versions(a),
            By::Caption => self.captions(a),
        };
        // A slip repeats a passage; a page of questions and answers repeats many.
        if found.len() >= 3 {
            found.iter_mut().for_each(|c| c.facets.insert(Facet::Template));
        }
        found
    }
}

fn twice(again: Span, first: Span) -> Conflict {
    Conflict { roles: vec![("again", again), ("first", first)], values: Bindings::default(), facets: Facets::default() }
}

fn words<'a>(a: &'a Analysis, tokens: impl Iterator<Item = usize>) -> Vec<&'a str> {
    tokens.filter(|&t| a.tokens[t].kind != TokenKind::Mark).map(|t| a.lower(t)).collect()
}

impl Distinct {
    fn sentences<'a>(&self, a: &'a Analysis) -> Vec<Conflict> {
        let mut seen: HashMap<Vec<&'a str>, Span> = HashMap::new();
        let whole: Vec<Span> = self.paragraphs(a).iter().map(|c| c.roles[0].1).collect();
        let mut out = Vec::new();
        for s in a.sentences.iter().filter(|s| a.doc.blocks[s.block as usize].kind.is_running()) {
            let tokens = s.start as usize..s.end as usize;
            let span = a.span(tokens.clone());
            let words = words(a, tokens);
            if words.len() < self.words
                || whole.iter().any(|w| w.start <= span.start && span.end <= w.end)
                || !span.of(&a.doc.text).ends_with(['.', '!', '?', '»', '”', '"'])
            {
                continue;
            }
            match seen.get(&words) {
                Some(&first) => out.push(twice(span, first)),
                None => drop(seen.insert(words, span)),
            }
        }
        out
    }

    fn joins(&self, a: &Analysis) -> Vec<Conflict> {
        let running: Vec<&Sentence> =
            a.sentences.iter().filter(|s| a.doc.blocks[s.block as usize].kind == BlockKind::Body).collect();
        let alone = |n: usize| {
            let block = |k: usize| running.get(k).map(|s| s.block);
            n.checked_sub(1).and_then(block) != block(n) && block(n + 1) != block(n)
        };
        let of = |n: usize| words(a, running[n].start as usize..running[n].end as usize);
        let span = |n: usize| a.span(running[n].start as usize..running[n].end as usize);
        let mut out = Vec::new();
        for n in 1..running.len() {
            let again = of(n);
            let says = asserts(a, &(running[n].start as usize..running[n].end as usize));
            if again.len() < self.words || alone(n) || !says {
                continue;
            }
            // What opens the story may give it in short, in words that come again below.
            let opens = |k: usize| running[k].block == running[0].block && running[n].block != running[0].block && k < 2;
            let first = (n.saturating_sub(JOINED)..n).rev().find(|&k| !alone(k) && !opens(k) && nearly(&of(k), &again));
            // A pull quote, whose every sentence stands beside it.
            let inset = |from: usize, other: usize| {
                let block = running[from].block;
                let near = from.saturating_sub(2 * JOINED)..(from + 2 * JOINED).min(running.len());
                block != running[other].block
                    && near
                        .clone()
                        .filter(|&i| running[i].block == block)
                        .all(|i| near.clone().any(|j| running[j].block == running[other].block && nearly(&of(i), &of(j))))
            };
            out.extend(first.filter(|&k| !inset(n, k) && !inset(k, n)).map(|k| twice(span(n), span(k))));
        }
        out
    }

    /// Sentences near each other of which the one holds nearly all that the other says, and more, or in another order.
    fn versions(&self, a: &Analysis) -> Vec<Conflict> {
        let running: Vec<&Sentence> =
            a.sentences.iter().filter(|s| a.doc.blocks[s.block as usize].kind == BlockKind::Body).collect();
        // A heading, a label, the line of a pull quote says in short what stands beside it.
        let whole = |s: &Sentence| {
            let tokens = s.start as usize..s.end as usize;
            a.span(tokens.clone()).of(&a.doc.text).ends_with(['.', '!', '?', '»', '”', '"']) && asserts(a, &tokens)
        };
        let told: Vec<Vec<Told>> =
            running.iter().map(|s| if whole(s) { told(a, s.start as usize..s.end as usize) } else { Vec::new() }).collect();
        let denies = |n: usize| {
            let negation = |i: usize| a.language(i).is_some_and(|l| l.grammar.negations.iter().any(|w| w == a.lower(i)));
            (running[n].start as usize..running[n].end as usize).any(negation)
        };
        // What is a quotation and no more is set large.
        let set_large = |n: usize| {
            let text = a.doc.blocks[running[n].block as usize].span.of(&a.doc.text).trim();
            text.starts_with(opens_quotation) && text.ends_with(closes_quotation)
        };
        let span = |n: usize| a.span(running[n].start as usize..running[n].end as usize);
        let mut out = Vec::new();
        for n in 1..running.len() {
            let first = (n.saturating_sub(JOINED)..n).rev().find(|&k| {
                let at_once = k + 1 == n && running[k].block == running[n].block && !denies(k) && !denies(n);
                !set_large(k) && !set_large(n) && two_versions(&told[k], &told[n], self.words, at_once)
            });
            out.extend(first.map(|k| twice(span(n), span(k))));
        }
        out
    }

    fn captions(&self, a: &Analysis) -> Vec<Conflict> {
        let mut met: Vec<(Vec<&str>, Span)> = Vec::new();
        let mut out = Vec::new();
        for block in a.doc.blocks.iter().filter(|b| b.kind == BlockKind::Caption) {
            let tokens = a.tokens_in(block.span);
            let mut lemmas =
                words(a, tokens.clone().filter(|&t| a.language(t).is_none_or(|l| l.grammar.closed(a.lower(t)).is_none())));
            lemmas.sort_unstable();
            lemmas.dedup();
            if lemmas.len() < self.words {
                continue;
            }
            let shared = |other: &[&str]| lemmas.iter().filter(|w| other.contains(w)).count();
            match met.iter().find(|(other, _)| shared(other) * 3 >= lemmas.len().max(other.len()) * 2) {
                Some((_, first)) => out.push(twice(block.span, *first)),
                None => met.push((lemmas, block.span)),
            }
        }
        out
    }

    fn paragraphs<'a>(&self, a: &'a Analysis) -> Vec<Conflict> {
        let mut seen: Vec<(Vec<&'a str>, Span)> = Vec::new();
        let mut last: Option<Vec<&'a str>> = None;
        let mut last_span = Span { start: 0, end: 0 };
        // Where each three words that follow each other stand.
        let mut threes: HashMap<[&'a str; 3], Vec<usize>> = HashMap::new();
        let mut out = Vec::new();
        for block in a.doc.blocks.iter().filter(|b| b.kind.is_running()) {
            let tokens = a.tokens_in(block.span);
            if tokens.is_empty() {
                continue;
            }
            let span = a.span(tokens.clone());
            let words = words(a, tokens);
            // What ends in no mark is a link or a title that the layout repeats.
            let is_prose = span.of(&a.doc.text).ends_with(['.', '!', '?', '…', '»', '"', '”', ')', ':', ';']);
            // What is printed again at once is a leftover, however short.
            let again = words.len() >= BESIDE && is_prose && last.as_ref() == Some(&words);
            let before = last.replace(words.clone());
            if again && words.len() < self.words && before.is_some() {
                out.push(twice(span, last_span));
            }
            last_span = span;
            if words.len() < self.words || !is_prose {
                continue;
            }
            match alike(&words, &seen, &threes) {
                Some(n) => {
                    let first = seen[n].1;
                    // A statement that somebody is quoted with, then printed as a document; or the other way round.
                    let quoted = |s: Span| s.of(&a.doc.text).starts_with(['«', '“', '"', '‘']);
                    let mut found = twice(span, first);
                    found.facets.insert_if(quoted(span) != quoted(first), Facet::Quoted);
                    out.push(found);
                }
                None => {
                    for three in words.windows(3) {
                        let at = threes.entry([three[0], three[1], three[2]]).or_default();
                        if at.len() < MOST && at.last() != Some(&seen.len()) {
                            at.push(seen.len());
                        }
                    }
                    seen.push((words, span));
                }
            }
        }
        out
    }
}

/// A word of meaning, as a dictionary has it; one that none has is itself.
type Told<'a> = (LemmaId, &'a str);

/// The words of meaning of a sentence, in their order, each once.
fn told<'a>(a: &'a Analysis, tokens: Range<usize>) -> Vec<Told<'a>> {
    let mut met = HashSet::new();
    let content = |&i: &usize| {
        a.tokens[i].kind != TokenKind::Mark
            && !a.is_clitic(i)
            && a.language(i).is_none_or(|l| l.grammar.closed(a.lower(i)).is_none())
            && a.lower(i).chars().count() > 1
    };
    let word = |i: usize| match a.readings(i).first().map(|r| r.lemma) {
        Some(lemma) if lemma != LemmaId::NONE => (lemma, ""),
        _ => (LemmaId::NONE, a.lower(i)),
    };
    tokens.take(LONGEST).filter(content).map(word).filter(|w| met.insert(*w)).collect()
}

/// Words of a sentence that are looked at, at most.
const LONGEST: usize = 60;

/// Whether one sentence holds nearly all words of meaning of the other, and either says more or has turned the order round. Where one
/// word stands for another in its place, each is meant.
fn two_versions(one: &[Told], other: &[Told], fewest: usize, at_once: bool) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let places: Vec<usize> = short.iter().filter_map(|w| long.iter().position(|v| v == w)).collect();
    let shared = places.len();
    if shared < fewest || shared * 5 < short.len() * 4 {
        return false;
    }
    let more = long.len() - shared;
    let turned = places.windows(2).filter(|w| w[1] < w[0]).count();
    let missing = short.len() - shared;
    // Most of what the one says comes again, turned round; or all of it with its figure at once, and more.
    let round = shared > fewest && (turned >= 2 && shared * 10 >= long.len() * 7 || turned == 1 && more <= 2 && missing <= 2);
    let figure = short.iter().any(|w| w.1.starts_with(|c: char| c.is_ascii_digit()) && long.contains(w));
    round || at_once && figure && more >= 3 && missing <= 1 && shared * 5 >= long.len() * 2
}

/// Within so many sentences what comes again is a leftover, and no refrain.
const JOINED: usize = 3;

/// The fewest words of a paragraph that does not come again at once.
const BESIDE: usize = 8;

/// A paragraph of so many words is not built like another by chance.
const LONG: usize = 35;

/// Sentences of fewer words are built alike on purpose: « Add this Tweet … », « Add this video … ».
const BUILT: usize = 12;

/// Paragraphs that are remembered for three words, at most.
const MOST: usize = 4;

/// The earlier paragraph whose words come again, or most of a long one's in their order.
fn alike(words: &[&str], seen: &[(Vec<&str>, Span)], threes: &HashMap<[&str; 3], Vec<usize>>) -> Option<usize> {
    let mut shared: HashMap<usize, usize> = HashMap::new();
    for three in words.windows(3) {
        for &n in threes.get(&[three[0], three[1], three[2]]).into_iter().flatten() {
            *shared.entry(n).or_default() += 1;
        }
    }
    let (&n, &most) = shared.iter().max_by_key(|(n, count)| (**count, std::cmp::Reverse(**n)))?;
    let other = &seen[n].0;
    if *other == words {
        return Some(n);
    }
    // Of two that are built alike, one of the gym and one of the pool, each may be meant.
    let ends = |w: &[&str]| w.len() >= LONG && w[..3] == words[..3] && w[w.len() - 3..] == words[words.len() - 3..];
    if words.len() < LONG || !ends(other) {
        return None;
    }
    (most * 10 >= (words.len().max(other.len()) - 2) * 7).then_some(n)
}

/// Whether two sentences have nine words of ten in common, in their order from both ends.
fn nearly(one: &[&str], other: &[&str]) -> bool {
    let head = one.iter().zip(other).take_while(|(x, y)| x == y).count();
    let left = one.len().min(other.len()) - head;
    let tail = one.iter().rev().zip(other.iter().rev()).take(left).take_while(|(x, y)| x == y).count();
    one == other || one.len().min(other.len()) >= BUILT && (head + tail) * 10 >= one.len().max(other.len()) * 9
}
