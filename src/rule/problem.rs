//! What is wrong with rule files, and with examples.

use std::path::PathBuf;
use std::sync::Arc;

use crate::span::Span;

/// Something in a rule file that cannot be, and where.
#[derive(Clone, Debug)]
pub struct RuleProblem {
    /// The file.
    pub file: PathBuf,
    /// What it holds.
    pub source: Arc<str>,
    /// Bytes of `source`.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
}

/// All problems of the rules that were to be loaded; never empty.
#[derive(Clone, Debug)]
pub struct RuleProblems(pub Vec<RuleProblem>);

/// An example that does not do what its rule says.
#[derive(Clone, Debug)]
pub struct ExampleFailure {
    /// Index of the rule in the ruleset.
    pub rule: usize,
    /// Index of the example in the rule.
    pub example: usize,
    /// What was expected, and what came.
    pub message: String,
}
