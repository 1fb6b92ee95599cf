//! Every quotation mark has its partner.

use serde::Deserialize;

use super::{Conflict, Facet, Facets, Relation};
use crate::analysis::Analysis;
use crate::document::{Block, BlockKind};
use crate::finding::Bindings;
use crate::span::Span;

/// `balanced: {}`. The pairs are those of the block's language; single marks are left out, since an apostrophe closes them all.
///
/// A quotation may run over several paragraphs, each of which may open with the mark again. At most one mark a paragraph
/// is reported: the first that goes wrong takes others with it.
#[derive(Clone, Copy, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Balanced {}

impl Relation for Balanced {
    fn roles(&self) -> &'static [&'static str] {
        &["mark"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut faults: Vec<Mark> = Vec::new();
        let mut story = Scan::default();
        for (index, block) in a.doc.blocks.iter().enumerate() {
            let Some(language) = a.languages.get(block.lang) else { continue };
            let pairs: Vec<(char, char)> = language.manifest.quotes.iter().copied().filter(|p| !is_single(p.0)).collect();
            match block.kind {
                // A pull quote or a cell may keep one mark as an ornament; a credit and a byline have none.
                BlockKind::PullQuote | BlockKind::TableCell | BlockKind::Credit | BlockKind::Byline | BlockKind::Dateline => {}
                kind if kind.is_running() => story.block(a, index, block, &pairs, &mut faults),
                _ => {
                    let mut alone = Scan::default();
                    alone.block(a, index, block, &pairs, &mut faults);
                    faults.extend(alone.open.first());
                }
            }
        }
        faults.extend(story.open.first());
        faults.sort_by_key(|m| m.at);
        faults.dedup_by_key(|m| m.block);
        let conflict = |m: Mark| Conflict {
            roles: vec![("mark", Span::new(m.at, m.at + m.written.len_utf8()))],
            values: Bindings::default(),
            facets: Facets::default(),
        };
        faults.into_iter().map(conflict).collect()
    }
}

fn is_single(mark: char) -> bool {
    matches!(mark, '\'' | '‘' | '’' | '‚' | '‹' | '›')
}

/// A mark in the draft: byte of the text, the block, the character.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: usize,
    block: usize,
    written: char,
    /// The pair that it opens, as an index into the language's pairs; straight marks have a pair like all others.
    pair: usize,
}

/// Marks that stand open, the outermost first.
#[derive(Debug, Default)]
struct Scan {
    open: Vec<Mark>,
}

enum Turn {
    Open,
    Close,
}

impl Scan {
    fn block(&mut self, a: &Analysis, index: usize, block: &Block, pairs: &[(char, char)], faults: &mut Vec<Mark>) {
        let text = block.span.of(&a.doc.text);
        let base = block.span.start as usize;
        let carried = self.open.len();
        let mut fresh = true;
        for (at, c) in text.char_indices() {
            let Some((pair, turn)) = self.turn(text, at, c, pairs) else {
                fresh &= !c.is_alphanumeric();
                continue;
            };
            let mark = Mark { at: base + at, block: index, written: c, pair };
            // A paragraph that goes on with a quotation may repeat its mark, French ones also the closing one.
            let repeats = fresh && carried > 0 && self.open.len() == carried && self.open.iter().any(|m| m.pair == pair);
            if repeats {
                fresh = false;
                continue;
            }
            match turn {
                Turn::Open => {
                    // What an earlier paragraph left open and this one opens anew was never closed.
                    if let Some(left) = self.open.iter().position(|m| m.block != index && m.pair == pair) {
                        faults.push(self.open[left]);
                        self.open.truncate(left);
                    }
                    self.open.push(mark);
                }
                Turn::Close => match self.open.iter().rposition(|m| m.pair == pair) {
                    Some(mine) => {
                        faults.extend(self.open.get(mine + 1));
                        self.open.truncate(mine);
                    }
                    // A straight mark that a typographic one closes.
                    None if self.open.last().is_some_and(|m| pairs[m.pair].0 == pairs[m.pair].1) => drop(self.open.pop()),
                    None => faults.push(mark),
                },
            }
            fresh = false;
        }
    }

    /// Which pair a character belongs to, and whether it opens or closes; `None` for any other character.
    fn turn(&self, text: &str, at: usize, c: char, pairs: &[(char, char)]) -> Option<(usize, Turn)> {
        let pair = pairs.iter().position(|&(open, close)| c == open || c == close)?;
        let (open, close) = pairs[pair];
        if open != close {
            return Some((pair, if c == open { Turn::Open } else { Turn::Close }));
        }
        let top = self.open.last();
        if top.is_some_and(|m| m.pair == pair) {
            return Some((pair, Turn::Close));
        }
        let before = text[..at].chars().next_back();
        let after = text[at + c.len_utf8()..].chars().next();
        // After a figure it is an inch or a second of arc.
        if before.is_some_and(|b| b.is_ascii_digit()) {
            return None;
        }
        let glued_before = before.is_some_and(|b| !b.is_whitespace() && !matches!(b, '(' | '[' | '-' | '–' | '—' | '\'' | '’' | '«'));
        let closes = glued_before && after.is_none_or(|n| n.is_whitespace() || n.is_ascii_punctuation());
        match top {
            // A typographic mark that a straight one closes.
            Some(m) if closes && pairs[m.pair].0 == '“' => Some((m.pair, Turn::Close)),
            _ => Some((pair, if closes { Turn::Close } else { Turn::Open })),
        }
    }
}
