//! Rules: what to look for, what to say of it, and the examples that are their tests.

pub mod example;
pub mod file;
mod find;
pub mod levels;
pub mod load;
pub mod marks;
pub mod message;
mod overlay;
pub(crate) mod problem;
mod ruleset;
pub(crate) mod shape;
#[cfg(test)]
mod tests;
mod validate;
mod words;

pub use example::{Example, ExampleFailure};
pub(crate) use levels::means;
pub use levels::{ALL as ALL_RULES, Levels};
pub use load::RuleProblems;
pub use problem::RuleProblem;
pub(crate) use ruleset::{Advice, Body};
pub use ruleset::{Rule, Ruleset, USUAL_GUARDS, WHOLE};
pub use words::Words;
