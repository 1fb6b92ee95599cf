//! What holds for each text: the configuration above it, the rules that it names, the language of messages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::client::Client;
use super::uri;
use crate::analysis::Analysis;
use crate::config::{Config, Effective, Settings, absolute};
use crate::desk::{Desk, Which};
use crate::finding::Finding;
use crate::language::Languages;
use crate::reader::{self, Format, Problem};
use crate::report::Ui;
use crate::rule::load::Lists;
use crate::rule::{RuleProblem, Ruleset};

/// How the server was started.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which configuration holds.
    pub which: Which,
    /// Folders of rules that go over those of any configuration.
    pub rules: Vec<PathBuf>,
    /// What the command line sets.
    pub given: Settings,
}

/// What holds for one draft.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The rules and the configuration.
    pub desk: Arc<Desk>,
    /// How the draft is read, where the editor does not say.
    pub format: Option<Format>,
    /// The configuration that is in force, or the place where one would be written.
    pub config: Option<PathBuf>,
    effective: Effective,
    excluded: bool,
    locale: Option<&'static str>,
}

impl Setup {
    /// What the reader is told.
    pub fn options(&self, languages: &Languages) -> reader::Options {
        self.effective.options(languages)
    }

    /// Checks a draft that was read.
    pub fn check(&self, a: Analysis, findings: &mut Vec<Finding>, problems: &mut Vec<Problem>) {
        if self.excluded {
            return;
        }
        let mut proof = self.desk.check(a, &self.effective);
        problems.append(&mut proof.problems);
        *findings = proof.shown();
    }

    /// The language of messages: as it was set, else that of the editor, else that of the draft.
    pub fn ui(&self, draft: Option<&str>) -> &'static str {
        let set = self.effective.messages.as_ref().map(|m| m.value.as_str());
        Ui::of(set.or(self.locale).or(draft).unwrap_or_default()).code
    }
}

/// The configurations of all texts, each read once, until a file of theirs changes.
#[derive(Debug)]
pub struct Desks {
    options: Options,
    known: crate::desk::Desks,
    /// What was in force before a file was broken: a draft is checked on while its rules are being written.
    last: Arc<Desk>,
    /// Files that are wrong, with what is wrong in them.
    problems: BTreeMap<PathBuf, Vec<RuleProblem>>,
    /// Folders whose configuration is known to be wrong: it is not read again at each key.
    broken: BTreeSet<PathBuf>,
    locale: Option<&'static str>,
    root: Option<PathBuf>,
}

impl Desks {
    /// With nothing read yet.
    pub fn new(options: Options) -> Desks {
        let known = crate::desk::Desks::new(options.which.clone(), options.rules.clone());
        let last = Arc::new(Desk::default());
        Desks { options, known, last, problems: BTreeMap::new(), broken: BTreeSet::new(), locale: None, root: None }
    }

    /// Takes over what the client said of itself.
    pub fn meet(&mut self, client: &Client) {
        let code = client.locale.as_deref().and_then(|l| l.split(['-', '_', '.']).next()).unwrap_or_default();
        self.locale = Ui::ALL.iter().map(|ui| ui.code).find(|known| known.eq_ignore_ascii_case(code));
        self.root = client.roots.first().cloned();
    }

    /// Forgets all that was read.
    pub fn forget(&mut self) {
        self.known = crate::desk::Desks::new(self.options.which.clone(), self.options.rules.clone());
        self.problems.clear();
        self.broken.clear();
    }

    /// What is wrong with configurations and rules, by file, as far as drafts asked for them.
    pub fn problems(&self) -> &BTreeMap<PathBuf, Vec<RuleProblem>> {
        &self.problems
    }

    /// Where a text stands: its path, or for one that was never saved a name in the open folder.
    pub fn path(&self, uri: &str) -> PathBuf {
        uri::path(uri).unwrap_or_else(|| self.root.as_deref().unwrap_or(Path::new("")).join("-"))
    }

    /// The configuration and the rules of a text; where they are broken, those that were in force last.
    pub fn desk(&mut self, path: &Path) -> Arc<Desk> {
        let folder = path.parent().unwrap_or(path);
        if self.broken.contains(folder) {
            return self.last.clone();
        }
        match self.known.desk(path) {
            Ok(desk) => self.last = desk,
            Err(wrong) => {
                self.broken.insert(folder.to_owned());
                for problem in wrong.0 {
                    let of_file = self.problems.entry(problem.file.clone()).or_default();
                    if !of_file.contains(&problem) {
                        of_file.push(problem);
                    }
                }
            }
        }
        self.last.clone()
    }

    /// What holds for a draft.
    pub fn of_draft(&mut self, uri: &str) -> Setup {
        let path = self.path(uri);
        let desk = self.desk(&path);
        let effective = desk.effective(&path, &self.options.given);
        let config = match &self.options.which {
            Which::None => None,
            Which::File(path) => Some(path.clone()),
            // Where there is none, one is written into the folder that the editor has open.
            Which::Nearest => {
                let folder = self.root.clone().filter(|root| path.starts_with(root)).or_else(|| path.parent().map(Path::to_owned));
                desk.config.path.clone().or_else(|| folder.filter(|f| f.is_absolute()).map(|f| f.join(crate::config::NAMES[0])))
            }
        };
        Setup {
            format: desk.config.format(&path).or(effective.format.as_ref().map(|f| f.value)),
            config,
            excluded: desk.config.path.is_some() && desk.config.excludes(&path),
            effective,
            desk,
            locale: self.locale,
        }
    }

    /// What is wrong with a configuration that is being written.
    pub fn config_problems(&mut self, path: &Path, text: &str) -> Vec<RuleProblem> {
        let (config, problems) = Config::parse_all(path, text);
        match Desk::of(Arc::new(config), problems, &self.options.rules) {
            Ok(_) => Vec::new(),
            Err(wrong) => wrong.0,
        }
    }

    /// The folders and files of rules that hold at a path.
    pub fn rule_folders(&mut self, path: &Path) -> Vec<PathBuf> {
        let config = self.known.config(path).unwrap_or_else(|_| self.last.config.clone());
        config.rules.iter().cloned().chain(self.options.rules.iter().map(|p| absolute(p))).collect()
    }

    /// What is wrong with a rule file that is being written, among the other files as they stand in the editor.
    pub fn rule_problems(&mut self, path: &Path, text: &str, mut unsaved: BTreeMap<PathBuf, String>) -> Vec<RuleProblem> {
        let mut folders = self.rule_folders(path);
        if !folders.iter().any(|folder| path.starts_with(folder)) {
            folders.push(path.to_owned());
        }
        unsaved.insert(path.to_owned(), text.to_owned());
        match Ruleset::load_unsaved(&folders, Lists::default(), &unsaved) {
            Ok(_) => Vec::new(),
            Err(wrong) => wrong.0,
        }
    }
}
