//! What a rule says, in each language that messages exist in.

use std::collections::BTreeMap;

/// Words in each language that messages exist in, by language code.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Words(pub BTreeMap<String, String>);

impl Words {
    /// The words in a language, else in English, else in whichever language there is.
    pub fn get(&self, code: &str) -> &str {
        self.0.get(code).or_else(|| self.0.get("en")).or_else(|| self.0.values().next()).map_or("", String::as_str)
    }
}
