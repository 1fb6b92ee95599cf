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

/// An example on which the rule does not do what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleFailure {
    /// The rule's id.
    pub rule: String,
    /// Which of its examples, from 0.
    pub example: usize,
    /// The draft of the example.
    pub text: String,
    /// What the example asks for.
    pub expected: String,
    /// What the rule did.
    pub found: String,
}
