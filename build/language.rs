//! What the library's cutter asks of a language.

pub use super::lexicon::Lexicon;

/// How a language cuts its words: part of its `language.yaml`.
pub struct Manifest {
    pub elisions: Vec<String>,
    pub verbal_elisions: Vec<String>,
    pub clitics: Vec<String>,
    /// No phrase of a sense names a sum.
    pub money_letters: std::collections::BTreeMap<String, String>,
    pub money_scales: Vec<String>,
}

#[allow(dead_code, reason = "the library uses the rest")]
#[path = "../src/language/cut.rs"]
pub mod cut;
