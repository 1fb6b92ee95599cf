//! How words are said, as far as somebody has asked.

use std::sync::OnceLock;

use super::{Analysis, Mention, Stance, Value};
use crate::span::Span;

/// The stances of a draft: of each sentence and clause once, however many findings stand in it.
#[derive(Debug)]
pub(crate) struct Stances {
    /// First and one past the last token of each quotation, in the order of the text.
    quotations: Vec<(u32, u32)>,
    /// The words that name who says a sentence, by sentence.
    pub sources: Vec<OnceLock<Option<Span>>>,
    /// By clause, as if nothing of it were quoted.
    pub clauses: Vec<OnceLock<Stance>>,
}

impl Stances {
    /// Of a draft whose mentions are read.
    pub fn of(a: &Analysis) -> Stances {
        let quotation = |m: &Mention| matches!(m.value, Value::Quotation(_)).then_some(m.tokens);
        Stances {
            quotations: a.mentions.iter().filter_map(quotation).collect(),
            sources: vec![OnceLock::new(); a.sentences.len()],
            clauses: vec![OnceLock::new(); a.clauses.len()],
        }
    }

    /// Whether a token stands inside a quotation.
    pub fn quoted(&self, a: &Analysis, token: usize) -> bool {
        let at = self.quotations.partition_point(|q| q.0 as usize <= token);
        // Quotations do not nest in the mentions, and none is longer than its block.
        let last = at.checked_sub(1).map(|n| self.quotations[n]);
        last.is_some_and(|q| a.tokens[q.0 as usize].block == a.tokens[token].block && token < q.1 as usize)
    }
}
