//! (in the making)

use serde::Deserialize;

/// `numbers.yaml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct NumberGrammar {}

impl NumberGrammar {
    /// The number with the language's marks.
    pub fn format(&self, number: crate::mention::Ratio) -> String {
        number.to_string()
    }
}
