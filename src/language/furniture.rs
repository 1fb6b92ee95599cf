//! The words by which a reader tells headline, byline, caption and credit.

use serde::Deserialize;

/// `furniture.yaml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Furniture {}
