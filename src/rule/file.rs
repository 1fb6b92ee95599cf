//! The shape of a rule file.

use std::collections::BTreeMap;

use super::{Example, Rule, Words};
use crate::document::BlockKind;
use crate::finding::{Level, Topic};
use crate::relation::Facet;

/// A rule as its file gives it.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RuleFile {
    /// The name of the defect; also the name of the file.
    pub id: String,
    since: Option<String>,
    topic: Topic,
    level: Level,
    title: Words,
    #[serde(rename = "in", default)]
    blocks: Vec<BlockKind>,
    #[serde(default)]
    unless: Vec<Facet>,
    message: Words,
    labels: BTreeMap<String, Words>,
    help: Words,
    why: Words,
    source: String,
    #[serde(default)]
    examples: Vec<ExampleFile>,
}

#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct ExampleFile {
    lang: String,
    bad: Option<BTreeMap<BlockKind, String>>,
    good: Option<BTreeMap<BlockKind, String>>,
    because: Option<String>,
    thanks_to: Option<String>,
}

impl From<RuleFile> for Rule {
    fn from(f: RuleFile) -> Rule {
        let example = |e: ExampleFile| Example {
            lang: e.lang,
            bad: e.bad.is_some(),
            blocks: e.bad.or(e.good).unwrap_or_default().into_iter().collect(),
            because: e.because,
            thanks_to: e.thanks_to,
        };
        Rule {
            id: f.id,
            since: f.since,
            topic: f.topic,
            level: f.level,
            enabled: true,
            title: f.title,
            message: f.message,
            labels: f.labels.into_iter().collect(),
            help: f.help,
            why: f.why,
            source: vec![f.source],
            blocks: f.blocks,
            unless: f.unless.into_iter().collect(),
            examples: f.examples.into_iter().map(example).collect(),
        }
    }
}

/// The JSON Schema of a rule file, for completion in an editor.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(RuleFile).to_value()
}
