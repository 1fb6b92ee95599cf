//! (in the making)

use serde::Deserialize;

/// `numbers.yaml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct NumberGrammar {}
