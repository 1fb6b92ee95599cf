//! What relations between quotations share: the quotations of a draft, single marks and pull quotes included, and how the words of two agree.

use std::ops::Range;

use super::support::fold;
use crate::analysis::{Analysis, ChunkKind, EntityId, Value, mark};
use crate::document::BlockKind;
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::span::Span;

/// Words that somebody is quoted with.
#[derive(Clone, Debug)]
pub(super) struct Quoted {
    /// First and one past the last token, marks included.
    pub tokens: Range<usize>,
    /// The tokens of its words.
    pub words: Vec<usize>,
    /// Those words without accents.
    pub folded: Vec<String>,
    pub block: u32,
    /// It stands beside the story: headline, pull quote, caption.
    pub beside: bool,
    /// Marks say that words were left out or put in.
    pub cut: bool,
    /// Who speaks, where the story says so.
    pub speaker: Option<EntityId>,
}

/// Quotations of fewer words are a word held at arm's length.
const FEWEST: usize = 3;

/// Quotations of one draft that are held against each other.
const MOST: usize = 200;

/// The quotations of a draft in the order of the text.
pub(super) fn quoted(a: &Analysis) -> Vec<Quoted> {
    let mut spans: Vec<(Range<usize>, u32)> = Vec::new();
    for m in &a.mentions {
        if let Value::Quotation(_) = m.value {
            spans.push((m.tokens.0 as usize..m.tokens.1 as usize, m.block));
        }
    }
    for (n, block) in a.doc.blocks.iter().enumerate() {
        let n = n as u32;
        if block.kind == BlockKind::PullQuote && spans.iter().all(|s| s.1 != n) {
            spans.push((a.tokens_in(block.span), n));
        } else if beside(block.kind) || block.kind.is_running() {
            let free = |t: &Range<usize>| spans.iter().all(|(s, _)| s.end <= t.start || s.start >= t.end);
            let found: Vec<Range<usize>> = singles(block.span.of(&a.doc.text), beside(block.kind))
                .into_iter()
                .map(|(from, to)| a.tokens_in(Span::new(block.span.start as usize + from, block.span.start as usize + to)))
                .filter(|t| !t.is_empty())
                .filter(free)
                .collect();
            spans.extend(found.into_iter().map(|t| (t, n)));
        }
    }
    spans.sort_by_key(|s| s.0.start);
    let mut out: Vec<Quoted> = Vec::new();
    let labelled: Vec<bool> = a.doc.blocks.iter().map(|b| labelled(a, b.span)).collect();
    for (tokens, block) in spans.into_iter().filter(|s| !s.0.is_empty()).take(MOST) {
        let words: Vec<usize> = tokens.clone().filter(|&i| a.tokens[i].kind != TokenKind::Mark).collect();
        // What is no prose: a path, a line of a program.
        let coded = tokens.clone().any(|i| mark(a, i).is_some_and(|c| "{}=/<>_|\\".contains(c)));
        if words.len() < FEWEST || coded {
            continue;
        }
        let folded = words.iter().map(|&i| fold(a.lower(i))).collect();
        let near = tokens.start.saturating_sub(1)..(tokens.end + 2).min(a.tokens.len());
        let cut = near.clone().any(|i| mark(a, i).is_some_and(|c| matches!(c, '…' | '[')) || dots(a, i));
        let around = tokens.clone();
        out.push(Quoted {
            tokens,
            words,
            folded,
            block,
            beside: beside(a.doc.blocks[block as usize].kind)
                || a.doc.blocks[block as usize].kind == BlockKind::Quote
                || labelled[block as usize],
            cut,
            speaker: speaker(a, &around),
        });
    }
    out
}

/// Who speaks a quotation that was read as one.
fn speaker(a: &Analysis, tokens: &Range<usize>) -> Option<EntityId> {
    a.mentions_in(tokens.start..tokens.start + 1).iter().find_map(|m| match &m.value {
        Value::Quotation(q) => q.speaker,
        _ => None,
    })
}

/// Whether a block repeats the story beside it.
fn beside(kind: BlockKind) -> bool {
    use BlockKind::*;
    matches!(kind, Headline | Standfirst | Kicker | Heading | PullQuote | Caption)
}

/// Whether a line says itself which part of the page it is: "PULL QUOTE: …", « La phrase du jour : … ».
fn labelled(a: &Analysis, block: Span) -> bool {
    let tokens = a.tokens_in(block);
    if tokens.is_empty() {
        return false;
    }
    let Some(language) = a.language(tokens.start) else { return false };
    let colon = |len: usize| tokens.start + len < tokens.end && mark(a, tokens.start + len) == Some(':');
    language.cues.get("copy-part").at(a, tokens.start).is_some_and(colon)
}

/// Three full stops in a row.
fn dots(a: &Analysis, i: usize) -> bool {
    mark(a, i) == Some('.') && i + 1 < a.tokens.len() && mark(a, i + 1) == Some('.') && a.tokens[i + 1].glued
}

/// What stands between single marks, as bytes of a text: straight ones too where the text is a headline.
fn singles(text: &str, straight: bool) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let opens = |i: usize| {
        let c = chars[i].1;
        let before = i == 0 || chars[i - 1].1.is_whitespace() || matches!(chars[i - 1].1, '(' | ':' | '—' | '–');
        (c == '‘' || straight && c == '\'') && before && chars.get(i + 1).is_some_and(|n| n.1.is_alphanumeric())
    };
    let closes = |i: usize, open: char| {
        let c = chars[i].1;
        let after = chars.get(i + 1).is_none_or(|n| !n.1.is_alphanumeric());
        (c == '’' && open == '‘' || c == '\'' && open == '\'') && after && !chars[i - 1].1.is_whitespace()
    };
    let mut i = 0;
    while i < chars.len() {
        if !opens(i) {
            i += 1;
            continue;
        }
        let open = chars[i].1;
        let candidates: Vec<usize> = (i + 2..chars.len()).take_while(|&j| !opens(j)).filter(|&j| closes(j, open)).collect();
        // "workers' fight" closes nothing, unless nothing else does.
        let end = candidates
            .iter()
            .copied()
            .find(|&j| chars[j - 1].1 != 's' || chars.get(j + 1).is_none_or(|n| matches!(n.1, ':' | ',' | '.')));
        if let Some(j) = end.or(candidates.last().copied()) {
            out.push((chars[i].0 + open.len_utf8(), chars[j].0));
            i = j;
        }
        i += 1;
    }
    out
}

/// Whether a word carries meaning of its own: it is none of the closed classes.
pub(super) fn carries(a: &Analysis, i: usize) -> bool {
    a.language(i).is_none_or(|l| l.grammar.closed(a.lower(i)).is_none())
}

/// Whether a word denies.
pub(super) fn denies(a: &Analysis, i: usize) -> bool {
    a.classes[i].has(Class::Negator) || a.language(i).is_some_and(|l| l.grammar.negations.iter().any(|w| w == a.lower(i)))
}

/// Where two quotations differ: words of the one, and of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    pub ours: Range<usize>,
    pub theirs: Range<usize>,
}

/// How the words of one quotation lie in another: the words that agree, and where they do not, the ends of the other left free.
#[derive(Debug)]
pub(super) struct Alignment {
    /// Indexes of the words that agree, ours and theirs.
    pub same: Vec<(usize, usize)>,
    pub hunks: Vec<Hunk>,
}

/// Longer quotations are not held against each other word for word.
const LONGEST: usize = 400;

/// Lays the words of one quotation along another's.
pub(super) fn align(ours: &[String], theirs: &[String]) -> Option<Alignment> {
    let (n, m) = (ours.len(), theirs.len());
    if n == 0 || m == 0 || n > LONGEST || m > LONGEST {
        return None;
    }
    let width = m + 1;
    let mut cost = vec![0u32; (n + 1) * width];
    for i in 1..=n {
        cost[i * width] = i as u32;
        for j in 1..=m {
            let differs = u32::from(ours[i - 1] != theirs[j - 1]);
            let substituted = cost[(i - 1) * width + j - 1] + differs * 2;
            let best = substituted.min(cost[(i - 1) * width + j] + 1).min(cost[i * width + j - 1] + 1);
            cost[i * width + j] = best;
        }
    }
    let mut j = (0..=m).min_by_key(|&j| (cost[n * width + j], m - j))?;
    let mut i = n;
    let mut same = Vec::new();
    while i > 0 {
        let here = cost[i * width + j];
        if j > 0 && ours[i - 1] == theirs[j - 1] && cost[(i - 1) * width + j - 1] == here {
            same.push((i - 1, j - 1));
            i -= 1;
            j -= 1;
        } else if j > 0 && cost[(i - 1) * width + j - 1] + 2 == here {
            i -= 1;
            j -= 1;
        } else if cost[(i - 1) * width + j] + 1 == here {
            i -= 1;
        } else if j > 0 && cost[i * width + j - 1] + 1 == here {
            j -= 1;
        } else {
            i -= 1;
            j = j.saturating_sub(1);
        }
    }
    same.reverse();
    let mut hunks = Vec::new();
    let (first, last) = (*same.first()?, *same.last()?);
    if first.0 > 0 {
        // What stands before the first word that agrees, as many words back.
        hunks.push(Hunk { ours: 0..first.0, theirs: first.1.saturating_sub(first.0)..first.1 });
    }
    for pair in same.windows(2) {
        let hunk = Hunk { ours: pair[0].0 + 1..pair[1].0, theirs: pair[0].1 + 1..pair[1].1 };
        if !hunk.ours.is_empty() || !hunk.theirs.is_empty() {
            hunks.push(hunk);
        }
    }
    if last.0 + 1 < n {
        hunks.push(Hunk { ours: last.0 + 1..n, theirs: last.1 + 1..(last.1 + n - last.0).min(m) });
    }
    Some(Alignment { same, hunks })
}

/// Whether a verb that says something stands in a quotation.
pub(super) fn asserts(a: &Analysis, tokens: &Range<usize>) -> bool {
    let from = a.chunks.partition_point(|c| (c.tokens.0 as usize) < tokens.start);
    a.chunks[from..].iter().take_while(|c| (c.tokens.0 as usize) < tokens.end).any(|c| matches!(c.kind, ChunkKind::Verb(_)))
}
