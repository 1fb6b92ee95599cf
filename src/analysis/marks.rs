//! Marks among the tokens.

use super::Analysis;
use crate::language::TokenKind;

/// The character of a token that is a mark.
pub(crate) fn mark(a: &Analysis, token: usize) -> Option<char> {
    let t = a.tokens.get(token)?;
    (t.kind == TokenKind::Mark).then(|| a.text(token).chars().next()).flatten()
}
