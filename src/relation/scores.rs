//! Scores: « 3-1 », "6-4, 3-6, 7-5".

use std::ops::Range;

use crate::analysis::{Analysis, Value, mark};
use crate::language::TokenKind;
use crate::language::cut::is_hyphen;

/// Two numbers that a dash holds together.
#[derive(Clone, Debug)]
pub(super) struct Score {
    pub tokens: Range<usize>,
    pub first: u32,
    pub second: u32,
}

impl Score {
    /// Both numbers, the larger first.
    pub fn sorted(&self) -> (u32, u32) {
        (self.first.max(self.second), self.first.min(self.second))
    }
}

/// The scores of a draft.
pub(super) fn scores(a: &Analysis) -> Vec<Score> {
    let glued = |i: usize| a.tokens.get(i).is_some_and(|t| t.glued);
    let dash = |i: usize| mark(a, i).is_some_and(|c| is_hyphen(c) || c == '–');
    let points = |i: usize| -> Option<u32> {
        let t = a.tokens.get(i).filter(|t| t.kind == TokenKind::Digits && t.span.len() <= 3)?;
        let text = t.span.of(&a.doc.text);
        (text.len() == 1 || !text.starts_with('0')).then(|| text.parse().ok()).flatten()
    };
    let mut found = Vec::new();
    for i in 1..a.tokens.len().saturating_sub(1) {
        if !(dash(i) && glued(i) && glued(i + 1)) {
            continue;
        }
        let (Some(first), Some(second)) = (points(i - 1), points(i + 1)) else { continue };
        // `01-02-03`, `A1-2`, `1-2-1`, `10-12h` are something else.
        let before = i >= 2 && glued(i - 1) && mark(a, i - 2) != Some('(');
        let behind = glued(i + 2) && !mark(a, i + 2).is_some_and(|c| ",.;:)!?".contains(c));
        let decimal = glued(i + 2) && glued(i + 3) && a.tokens.get(i + 3).is_some_and(|t| t.kind == TokenKind::Digits);
        let dated = a.mentions_in(i - 1..i + 2).iter().any(|m| !matches!(m.value, Value::Quantity(_) | Value::Quotation(_)));
        // "at 5-1 odds", « à 8-1 contre »: what a bet pays.
        let odds = a.language(i).is_some_and(|l| i + 2 < a.tokens.len() && l.cues.get("odds").at(a, i + 2).is_some());
        if !(before || behind || decimal || dated || odds) {
            found.push(Score { tokens: i - 1..i + 2, first, second });
        }
    }
    found
}
