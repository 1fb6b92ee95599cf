//! Configurations from disk: found upwards from a draft, read once, and put together with the rules that they name.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::validate::normal;
use super::{Config, NAMES, Settings};
use crate::near::nearest;
use crate::rule::load::Lists;
use crate::rule::problem::At;
use crate::rule::{RuleProblem, RuleProblems, Ruleset};
use crate::span::Span;

/// Which configuration holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// For each draft the nearest one, in its folder or above.
    #[default]
    Nearest,
    /// This file, for all drafts.
    File(PathBuf),
    /// None, whatever there is.
    None,
}

/// A configuration with the rules that it names: all that a check needs beside the draft.
#[derive(Debug)]
pub struct Desk {
    /// What the newsroom set.
    pub config: Arc<Config>,
    /// The shipped rules with the newsroom's over them.
    pub rules: Arc<Ruleset>,
}

/// The configurations of many drafts, each read once.
#[derive(Debug, Default)]
pub struct Desks {
    which: Which,
    /// Folders of rules that are stronger than those of any configuration.
    more: Vec<PathBuf>,
    folders: HashMap<PathBuf, Option<PathBuf>>,
    configs: HashMap<Option<PathBuf>, Result<Arc<Config>, RuleProblems>>,
    desks: HashMap<Option<PathBuf>, Result<Arc<Desk>, RuleProblems>>,
}

/// An absolute path without `.` and `..`; links are not followed.
pub fn absolute(path: &Path) -> PathBuf {
    normal(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

/// The nearest configuration above a draft, or above what will be one: in its folder, or in a folder around that.
pub fn find(draft: &Path) -> Option<PathBuf> {
    let draft = absolute(draft);
    draft.ancestors().skip(1).find_map(in_folder)
}

fn in_folder(folder: &Path) -> Option<PathBuf> {
    NAMES.iter().map(|name| folder.join(name)).find(|path| path.is_file())
}

impl Config {
    /// Reads the configuration at that path.
    ///
    /// # Errors
    /// The file cannot be read, or something in it is wrong; every problem is told.
    pub fn read(path: &Path) -> Result<Config, RuleProblems> {
        let path = absolute(path);
        let text = std::fs::read_to_string(&path).map_err(|e| RuleProblems(vec![unreadable(&path, &e)]))?;
        let config = Config::parse(&path, &text).map_err(RuleProblems)?;
        let missing: Vec<RuleProblem> =
            config.rules.iter().enumerate().filter(|(_, p)| !p.exists()).map(|(i, p)| missing(&config, i, p)).collect();
        if missing.is_empty() { Ok(config) } else { Err(RuleProblems(missing)) }
    }
}

fn unreadable(path: &Path, e: &io::Error) -> RuleProblem {
    let (file, message) = (path.to_owned(), format!("cannot be read: {e}"));
    RuleProblem { file, source: "".into(), span: Span::default(), message, hint: None }
}

/// A folder of rules that is not there, with the one beside it that was perhaps meant.
fn missing(config: &Config, index: usize, path: &Path) -> RuleProblem {
    let at = index.to_string();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside: Vec<String> = path
        .parent()
        .and_then(|up| std::fs::read_dir(up).ok())
        .map(|all| all.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect())
        .unwrap_or_default();
    let hint = match nearest(&name, beside.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "paths count from the folder of this file".to_owned(),
    };
    config.problem(&["rules", &at], At::Value, format!("there is no folder {}", path.display()), Some(hint))
}

impl Desk {
    /// A configuration with its rules, and more folders of rules over them.
    ///
    /// # Errors
    /// What is wrong with the rules, and the names in the configuration that mean no rule.
    pub fn new(config: Arc<Config>, more: &[PathBuf]) -> Result<Desk, RuleProblems> {
        let folders: Vec<PathBuf> = config.rules.iter().chain(more).cloned().collect();
        let rules = if folders.is_empty() && config.lists.is_empty() {
            Ruleset::shipped()
        } else {
            let path = config.path.clone().unwrap_or_default();
            Ruleset::load_with(&folders, Lists { path, text: config.text().clone(), sets: config.lists.clone() })?
        };
        let unknown: Vec<RuleProblem> = config
            .names()
            .filter(|(name, _)| !rules.has_name(name))
            .map(|(name, keys)| {
                let hint = match rules.nearest_name(name) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`recoupe rules` lists them".to_owned(),
                };
                config.problem(&keys, At::Key, format!("there is no rule or topic `{name}`"), Some(hint))
            })
            .collect();
        if unknown.is_empty() { Ok(Desk { config, rules: Arc::new(rules) }) } else { Err(RuleProblems(unknown)) }
    }

    /// What holds for a draft; see [`Config::effective`].
    pub fn effective(&self, draft: &Path, given: &Settings) -> super::Effective {
        self.config.effective(&absolute(draft), given)
    }
}

impl Desks {
    /// With that choice of configuration, and folders of rules that go over those of any.
    pub fn new(which: Which, more: Vec<PathBuf>) -> Desks {
        Desks { which, more, ..Desks::default() }
    }

    /// The configuration of a draft.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn config(&mut self, draft: &Path) -> Result<Arc<Config>, RuleProblems> {
        let path = self.path(draft);
        if let Some(known) = self.configs.get(&path) {
            return known.clone();
        }
        let config = path.as_deref().map_or_else(|| Ok(Config::default()), Config::read).map(Arc::new);
        self.configs.insert(path, config.clone());
        config
    }

    /// The configuration of a draft, with its rules.
    ///
    /// # Errors
    /// What is wrong with either.
    pub fn desk(&mut self, draft: &Path) -> Result<Arc<Desk>, RuleProblems> {
        let path = self.path(draft);
        if let Some(known) = self.desks.get(&path) {
            return known.clone();
        }
        let desk = self.config(draft).and_then(|config| Desk::new(config, &self.more)).map(Arc::new);
        self.desks.insert(path, desk.clone());
        desk
    }

    fn path(&mut self, draft: &Path) -> Option<PathBuf> {
        match &self.which {
            Which::None => None,
            Which::File(path) => Some(path.clone()),
            Which::Nearest => {
                let folder = absolute(draft).parent()?.to_owned();
                self.nearest(&folder)
            }
        }
    }

    /// The nearest configuration in a folder or around it, looked for once in each.
    fn nearest(&mut self, folder: &Path) -> Option<PathBuf> {
        if let Some(known) = self.folders.get(folder) {
            return known.clone();
        }
        let found = in_folder(folder).or_else(|| self.nearest(folder.parent()?));
        self.folders.insert(folder.to_owned(), found.clone());
        found
    }
}
