//! (in the making)

use serde::Deserialize;

/// `calendar.yaml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Calendar {}
