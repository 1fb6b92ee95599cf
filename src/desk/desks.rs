//! The desks of many drafts: the configuration that is nearest to each, read once, with its rules.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Desk;
use crate::config::{Config, absolute, in_folder};
use crate::rule::{RuleProblem, RuleProblems};

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

/// The configurations of many drafts, each read once.
#[derive(Debug, Default)]
pub struct Desks {
    which: Which,
    /// Folders of rules that are stronger than those of any configuration.
    more: Vec<PathBuf>,
    folders: HashMap<PathBuf, Option<PathBuf>>,
    /// What of each can be used, and all that is wrong with the rest.
    configs: HashMap<Option<PathBuf>, (Arc<Config>, Vec<RuleProblem>)>,
    desks: HashMap<Option<PathBuf>, Result<Arc<Desk>, RuleProblems>>,
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
        match self.usable(path) {
            (config, problems) if problems.is_empty() => Ok(config),
            (_, problems) => Err(RuleProblems(problems)),
        }
    }

    fn usable(&mut self, path: Option<PathBuf>) -> (Arc<Config>, Vec<RuleProblem>) {
        let read = || path.as_deref().map_or_else(Default::default, Config::read_all);
        let of_path = self.configs.entry(path.clone()).or_insert_with(|| {
            let (config, problems) = read();
            (Arc::new(config), problems)
        });
        of_path.clone()
    }

    /// The configuration of a draft, with its rules.
    ///
    /// # Errors
    /// All that is wrong with either.
    pub fn desk(&mut self, draft: &Path) -> Result<Arc<Desk>, RuleProblems> {
        let path = self.path(draft);
        if let Some(known) = self.desks.get(&path) {
            return known.clone();
        }
        let (config, problems) = self.usable(path.clone());
        let desk = Desk::of(config, problems, &self.more).map(Arc::new);
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
