//! The shape of a rule file.

/// A rule as its file gives it.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleFile {
    /// The name of the defect; also the name of the file.
    pub id: String,
}

/// The JSON Schema of a rule file, for completion in an editor.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(RuleFile).to_value()
}
