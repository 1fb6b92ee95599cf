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
        let mut i = at;
        while i < end {
            let close = match mark(a, i) {
                Some('«') => '»',
                Some('“' | '„') => '”',
                Some('"') => '"',
                _ => {
                    i += 1;
                    continue;
                }
            };
            let open = mark(a, i).unwrap_or(close);
            let mut depth = 1;
            let past = (i + 1..end).find(|&j| {
                match mark(a, j) {
                    Some(c) if c == close => depth -= 1,
                    Some(c) if c == open => depth += 1,
                    _ => {}
                }
                depth == 0
            });
            match past {
                Some(j) if j > i + 1 => {
                    found.push((i..j + 1, a.span(i + 1..j)));
                    i = j + 1;
                }
                _ => i += 1,
            }
        }
        at = end;
    }
    found
}
