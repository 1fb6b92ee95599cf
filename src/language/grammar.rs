//! (in the making)

use serde::Deserialize;

/// `grammar.yaml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Grammar {}
