//! The renditions of one body tell the same words.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Relation};
use crate::analysis::Analysis;
use crate::document::{BlockKind, Document};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::span::Span;

/// `twinned`: where a file brings a story's body twice, as markup and as plain text, the two tell the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Twinned {
    /// Word by word; marks and paragraphs may differ.
    Words,
}

/// Texts that differ in more words are held against each other up to the first of them.
const DIFFERENCES: usize = 120;
/// How many words of a difference are shown.
const SHOWN: usize = 12;

impl Relation for Twinned {
    fn roles(&self) -> &'static [&'static str] {
        &["here", "there"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let doc = a.doc;
        if doc.twins.is_empty() {
            return Vec::new();
        }
        let told = |kind: BlockKind| kind.is_running() || matches!(kind, BlockKind::Heading | BlockKind::TableCell);
        let here = words(doc, doc.blocks.iter().filter(|b| told(b.kind)).map(|b| b.span));
        let conflict = |(here, there): (Span, Span)| Conflict {
            roles: vec![("here", here), ("there", there)],
            values: Bindings::default(),
            facets: Facets::default(),
        };
        let twins = doc.twins.iter().map(|twin| words(doc, twin.iter().copied()));
        let alike = twins.filter(|there| of_one_story(doc, &here, there));
        alike.flat_map(|there| differences(doc, &here, &there)).map(conflict).collect()
    }
}

/// The words of some blocks, without the marks between them.
fn words(doc: &Document, spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut out = Vec::new();
    for span in spans {
        let text = span.of(&doc.text);
        let first = text.as_ptr() as usize - doc.text.as_ptr() as usize;
        let pieces = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        out.extend(pieces.map(|w| {
            let start = w.as_ptr() as usize - text.as_ptr() as usize + first;
            Span::new(start, start + w.len())
        }));
    }
    out
}

/// Whether most words of either text are in the other: a teaser is no rendition of a story.
fn of_one_story(doc: &Document, here: &[Span], there: &[Span]) -> bool {
    let mut counts: HashMap<&str, i64> = HashMap::new();
    here.iter().for_each(|w| *counts.entry(w.of(&doc.text)).or_default() += 1);
    let mut common = 0;
    for word in there {
        if let Some(n) = counts.get_mut(word.of(&doc.text)).filter(|n| **n > 0) {
            *n -= 1;
            common += 1;
        }
    }
    common * 5 >= here.len().max(there.len()) * 4 && common > 0
}

/// The stretches in which two texts differ.
fn differences(doc: &Document, here: &[Span], there: &[Span]) -> Vec<(Span, Span)> {
    let same = |x: usize, y: usize| here[x].of(&doc.text) == there[y].of(&doc.text);
    let steps = shortest(here.len(), there.len(), &same);
    let mut out = Vec::new();
    let (mut x, mut y) = (0, 0);
    for (next_x, next_y, length) in steps {
        if next_x > x || next_y > y {
            out.push((stretch(here, x, next_x), stretch(there, y, next_y)));
        }
        (x, y) = (next_x + length, next_y + length);
    }
    out.into_iter().filter_map(|(a, b)| Some((a?, b?))).collect()
}

/// The place of a stretch; where it holds no word, the word before it, or the one behind.
fn stretch(words: &[Span], from: usize, to: usize) -> Option<Span> {
    let from = if from == to { from.saturating_sub(1) } else { from };
    let to = to.max(from + 1).min(from + SHOWN);
    let (first, last) = (words.get(from)?, words.get(to - 1)?);
    Some(first.cover(*last))
}

/// The runs that two sequences have in common by a shortest edit (Myers), each as its two starts and its length, and an empty one at
/// the end of both. Past [`DIFFERENCES`] edits, what they have in common at their beginning.
fn shortest(n: usize, m: usize, same: &dyn Fn(usize, usize) -> bool) -> Vec<(usize, usize, usize)> {
    let head = (0..n.min(m)).take_while(|&i| same(i, i)).count();
    let tail = (0..n.min(m) - head).take_while(|&i| same(n - 1 - i, m - 1 - i)).count();
    let (inner_n, inner_m) = (n - head - tail, m - head - tail);
    let mut out = vec![(0, 0, head)];
    match middle(inner_n, inner_m, &|x, y| same(head + x, head + y)) {
        Some(runs) => out.extend(runs.into_iter().map(|(x, y, length)| (head + x, head + y, length))),
        // Only the first of many is told.
        None => {
            out.push((head + inner_n.min(SHOWN), head + inner_m.min(SHOWN), 0));
            return out;
        }
    }
    out.push((n - tail, m - tail, tail));
    out.push((n, m, 0));
    out
}

fn middle(n: usize, m: usize, same: &dyn Fn(usize, usize) -> bool) -> Option<Vec<(usize, usize, usize)>> {
    let most = (n + m).min(DIFFERENCES);
    let (n, m) = (n as isize, m as isize);
    let offset = most as isize + 1;
    let mut furthest = vec![0isize; 2 * most + 3];
    let mut trace: Vec<Vec<isize>> = Vec::new();
    for d in 0..=most as isize {
        trace.push(furthest.clone());
        for k in (-d..=d).step_by(2) {
            let at = |k: isize| furthest[(offset + k) as usize];
            let mut x = if k == -d || (k != d && at(k - 1) < at(k + 1)) { at(k + 1) } else { at(k - 1) + 1 };
            let mut y = x - k;
            while x < n && y < m && y >= 0 && same(x as usize, y as usize) {
                x += 1;
                y += 1;
            }
            furthest[(offset + k) as usize] = x;
            if x >= n && y >= m {
                return Some(back(n, m, d, offset, &trace));
            }
        }
    }
    None
}

/// The runs along the way that the trace holds, from its end to its start.
fn back(n: isize, m: isize, d: isize, offset: isize, trace: &[Vec<isize>]) -> Vec<(usize, usize, usize)> {
    let (mut x, mut y) = (n, m);
    let mut out = Vec::new();
    for d in (0..=d).rev() {
        let at = |k: isize| trace[d as usize][(offset + k) as usize];
        let k = x - y;
        let before = if k == -d || (k != d && at(k - 1) < at(k + 1)) { k + 1 } else { k - 1 };
        let (from_x, from_y) = if d == 0 { (0, 0) } else { (at(before), at(before) - before) };
        let run = if d == 0 { x.min(y) } else { (x - from_x).min(y - from_y) };
        if run > 0 {
            out.push(((x - run) as usize, (y - run) as usize, run as usize));
        }
        (x, y) = (from_x, from_y);
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The stretches in which two texts of one letter a word differ, as `here/there` with `-` for none.
    fn told(here: &str, there: &str) -> String {
        let (a, b) = (here.as_bytes(), there.as_bytes());
        let (mut x, mut y) = (0, 0);
        let mut out = Vec::new();
        for (next_x, next_y, length) in shortest(a.len(), b.len(), &|x, y| a[x] == b[y]) {
            if next_x > x || next_y > y {
                out.push(format!("{}/{}", &here[x..next_x], &there[y..next_y]));
            }
            (x, y) = (next_x + length, next_y + length);
        }
        out.join(" ")
    }

    #[test]
    fn what_differs_is_told_and_nothing_else() {
        for (here, there, expected) in [
            ("", "", ""),
            ("abc", "abc", ""),
            ("abc", "axc", "b/x"),
            ("abcdef", "abxdyf", "c/x e/y"),
            ("abcdef", "abef", "cd/"),
            ("abef", "abcdef", "/cd"),
            ("abc", "", "abc/"),
            ("aabcb", "abcbb", "a/ /b"),
        ] {
            let found = told(here, there);
            let count = |s: &str| s.split(' ').filter(|w| !w.is_empty()).count();
            assert!(found == expected || count(&found) <= count(expected), "{here} {there}: {found}");
            assert_eq!(found.is_empty(), expected.is_empty());
        }
    }

    #[test]
    fn the_common_runs_are_common() {
        let (a, b) = ("the quick brown fox jumps over the dog", "a quick fox jumped over that lazy dog");
        let (x, y): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
        let runs = shortest(x.len(), y.len(), &|i, j| x[i] == y[j]);
        assert!(runs.iter().all(|(i, j, n)| x[*i..i + n] == y[*j..j + n]));
        assert_eq!(runs.iter().map(|r| r.2).sum::<usize>(), 4);
    }
}
