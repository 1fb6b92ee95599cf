//! How a language words ages.

use serde::Deserialize;

use crate::language::phrases::{Cut, Phrases};

/// How ages are worded.
#[derive(Clone, Debug)]
pub struct AgeWords {
    /// Units in which ages are given.
    pub units: Vec<String>,
    /// Words after an age and its unit, of those the last of `34-year-old`.
    pub after: Vec<String>,
    /// Whether figures between a name and a comma are an age: "John Smith, 34,".
    pub bare: bool,
    before: Phrases<()>,
    finals: Phrases<()>,
    alone: Phrases<()>,
    at: Phrases<()>,
    after_phrases: Phrases<()>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgeFile {
    units: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default, rename = "final")]
    finals: Vec<String>,
    #[serde(default)]
    alone: Vec<String>,
    #[serde(default)]
    at: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    bare: bool,
}

impl AgeWords {
    pub(super) fn new(f: AgeFile, cut: Cut) -> AgeWords {
        AgeWords {
            before: Phrases::flat(&f.before, cut),
            alone: Phrases::flat(&f.alone, cut),
            at: Phrases::flat(&f.at, cut),
            finals: Phrases::flat(&f.finals, cut),
            after_phrases: Phrases::flat(&f.after, cut),
            units: f.units,
            after: f.after,
            bare: f.bare,
        }
    }

    /// Phrases before an age with its unit: « âgé de ».
    pub fn before_phrases(&self) -> &Phrases<()> {
        &self.before
    }

    /// Phrases before an age that ends its clause: « elle a 34 ans, ».
    pub fn final_phrases(&self) -> &Phrases<()> {
        &self.finals
    }

    /// Phrases before an age without a unit: "aged".
    pub fn alone_phrases(&self) -> &Phrases<()> {
        &self.alone
    }

    /// Phrases before an age without a unit that ends its clause: "when she was".
    pub fn at_phrases(&self) -> &Phrases<()> {
        &self.at
    }

    /// Phrases after an age and its unit: "old", "of age".
    pub fn after_phrases(&self) -> &Phrases<()> {
        &self.after_phrases
    }
}
