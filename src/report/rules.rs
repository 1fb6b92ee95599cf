//! The list of rules for programs.

use schemars::JsonSchema;
use serde::Serialize;

use crate::finding::{Level, Topic};
use crate::rule::{Rule, Ruleset};

/// A rule as the list gives it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Rule")]
pub struct Listed<'a> {
    /// The name by which findings call it.
    pub id: &'a str,
    /// What it is about.
    pub topic: Topic,
    /// How sure and how grave.
    pub level: Level,
    /// Whether it is switched on.
    pub enabled: bool,
    /// The version of recoupe that first had it.
    pub since: Option<&'a str>,
    /// What it finds, in a few words.
    pub title: &'a str,
    /// Why it matters; empty where its file does not say.
    pub why: &'a str,
}

/// All rules in the order of their ids, with titles in the language of that code.
pub fn list<'a>(rules: &'a Ruleset, code: &str) -> Vec<Listed<'a>> {
    rules.rules.iter().map(|r| listed(r, code)).collect()
}

fn listed<'a>(r: &'a Rule, code: &str) -> Listed<'a> {
    Listed {
        id: &r.id,
        topic: r.topic,
        level: r.level,
        enabled: r.enabled,
        since: r.since.as_deref(),
        title: r.title.get(code),
        why: r.why.get(code),
    }
}
