//! The shape of `recoupe.yaml`, as it is written. The compiled shape is [`Config`](super::Config).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::Level;
use crate::rule::file::{OneOrMany, Ordered};

/// A newsroom's configuration. Every key may be left out; paths and globs count from the folder of the file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(title = "recoupe.yaml")]
pub struct ConfigFile {
    /// Folders of rules beside the shipped ones, the last the strongest.
    #[serde(default)]
    pub rules: OneOrMany,
    /// The newsroom's own words for the word lists of a language: language, name of the list, words.
    #[serde(default)]
    pub lists: Ordered<Ordered<OneOrMany>>,
    /// Files and folders that are left out where a folder is checked.
    #[serde(default)]
    pub exclude: OneOrMany,
    /// How to read files whose names do not say: a glob, and the name of a format.
    #[serde(default)]
    pub formats: Ordered<String>,
    /// The address of the site of the documentation, to which findings link: each shipped rule has its page there.
    pub docs: Option<String>,
    /// How an archive of articles in JSON Lines calls its keys: `text`, `title`, `date`, `lang`, `captions`, `id`, each with the way to
    /// it, as in `body.plain`.
    #[serde(default)]
    pub archive: Ordered<String>,
    /// What stories must have, by kind of story; `all` is for those that no other kind is for.
    #[serde(default)]
    pub furniture: Ordered<ProfileFile>,
    /// The language of drafts that do not state theirs; without it, it is recognised.
    pub lang: Option<String>,
    /// The day of publication of drafts that do not state theirs, `2024-05-17`.
    pub date: Option<String>,
    /// The language of messages; without it, that of the draft.
    pub messages: Option<String>,
    /// Whether notes are shown.
    pub notes: Option<bool>,
    /// The least level that makes the exit status 1.
    pub fail_on: Option<FailOn>,
    /// Levels by rule id, by topic, or for `all` rules; an id is stronger than a topic, a topic than `all`.
    #[serde(default)]
    pub levels: Ordered<Setting>,
    /// What differs for some drafts; the last that fits is the strongest.
    #[serde(default)]
    pub overrides: Vec<OverrideFile>,
}

/// What differs for the drafts at some paths.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OverrideFile {
    /// Globs; one without `/` fits at any depth, one that fits a folder fits all inside it.
    #[serde(default)]
    pub paths: OneOrMany,
    /// The language of drafts that do not state theirs.
    pub lang: Option<String>,
    /// The day of publication of drafts that do not state theirs.
    pub date: Option<String>,
    /// The language of messages.
    pub messages: Option<String>,
    /// Whether notes are shown.
    pub notes: Option<bool>,
    /// The least level that makes the exit status 1.
    pub fail_on: Option<FailOn>,
    /// Levels by rule id, by topic, or for `all` rules.
    #[serde(default)]
    pub levels: Ordered<Setting>,
}

/// A kind of story, and what stories of it must have.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProfileFile {
    /// Globs of the drafts that are such stories.
    #[serde(default)]
    pub paths: OneOrMany,
    /// The sections, genres or categories whose stories are of this kind, beside that of its own name.
    #[serde(default)]
    pub sections: OneOrMany,
    /// Of the story `kicker`, `headline`, `standfirst`, `byline`, `dateline`; of each picture `caption`, `credit`, `alternative-text`.
    pub needs: Option<OneOrMany>,
}

/// A level that was set, or a rule that was switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Setting {
    /// The rule does not run.
    Off,
    /// Worth a glance.
    Note,
    /// A careful editor would look.
    Warning,
    /// Certain.
    Error,
}

impl Setting {
    /// All settings, the weakest first.
    pub const ALL: [Setting; 4] = [Setting::Off, Setting::Note, Setting::Warning, Setting::Error];

    /// The level; `None` for a rule that is off.
    pub fn level(self) -> Option<Level> {
        match self {
            Setting::Off => None,
            Setting::Note => Some(Level::Note),
            Setting::Warning => Some(Level::Warning),
            Setting::Error => Some(Level::Error),
        }
    }

    /// The name in configurations and front matter.
    pub fn name(self) -> &'static str {
        self.level().map_or("off", Level::name)
    }

    /// The setting of that name.
    pub fn by_name(name: &str) -> Option<Setting> {
        Setting::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// The least level that makes a run fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Only errors.
    Error,
    /// Errors and warnings.
    #[default]
    Warning,
    /// Any finding; notes are then shown.
    Note,
    /// No finding.
    Never,
}

impl FailOn {
    /// All, the gravest first.
    pub const ALL: [FailOn; 4] = [FailOn::Error, FailOn::Warning, FailOn::Note, FailOn::Never];

    /// The failing level, if one fails.
    pub fn level(self) -> Option<Level> {
        match self {
            FailOn::Error => Some(Level::Error),
            FailOn::Warning => Some(Level::Warning),
            FailOn::Note => Some(Level::Note),
            FailOn::Never => None,
        }
    }

    /// The name in configurations and on the command line.
    pub fn name(self) -> &'static str {
        self.level().map_or("never", Level::name)
    }

    /// The level of that name, or `never`.
    pub fn by_name(name: &str) -> Option<FailOn> {
        FailOn::ALL.into_iter().find(|f| f.name() == name)
    }
}

/// The JSON Schema of `recoupe.yaml`, for completion in an editor.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(ConfigFile).to_value()
}

/// The file that `recoupe init` writes: every key, explained, behind a `#`.
pub const TEMPLATE: &str = include_str!("init.yaml");
