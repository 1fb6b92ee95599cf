//! Words between quotation marks, block by block.

use std::ops::Range;

use crate::analysis::Analysis;
use crate::span::Span;
use crate::text::mark;

/// The outermost quotations of a draft: their tokens with the marks, and the words between.
pub(crate) fn quotations(a: &Analysis) -> Vec<(Range<usize>, Span)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < a.tokens.len() {
        let block = a.tokens[at].block;
        let end = at + a.tokens[at..].partition_point(|t| t.block == block);
        let mut pairs: Vec<(usize, usize)> = PAIRS.iter().flat_map(|&(open, close)| pairs(a, at..end, open, close)).collect();
        pairs.sort_unstable();
        for (open, close) in pairs {
            if open >= at && close > open + 1 {
                found.push((open..close + 1, a.span(open + 1..close)));
                at = close + 1;
            }
        }
        at = end;
    }
    found
}

const PAIRS: [(char, char); 4] = [('«', '»'), ('“', '”'), ('„', '”'), ('"', '"')];

/// The marks of one pair that belong together, each opening mark with its closing one.
fn pairs(a: &Analysis, tokens: Range<usize>, open: char, close: char) -> Vec<(usize, usize)> {
    let (mut stack, mut out) = (Vec::new(), Vec::new());
    for i in tokens {
        let Some(c) = mark(a, i) else { continue };
        if c == close
            && let Some(start) = stack.pop()
        {
            out.push((start, i));
        }
        // A straight mark that closes may open too: which of the two it does shows once the quotations before it are known.
        if c == open {
            stack.push(i);
        }
    }
    out
}
