//! Configurations from disk: found upwards from a draft, read once, and put together with the rules that they name.

use std::io;
use std::path::{Path, PathBuf};

use super::validate::normal;
use super::{Config, NAMES};
use crate::near::nearest;
use crate::rule::problem::At;
use crate::rule::{RuleProblem, RuleProblems};
use crate::span::Span;

/// An absolute path without `.` and `..`; links are not followed.
pub fn absolute(path: &Path) -> PathBuf {
    normal(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

/// The nearest configuration above a draft, or above what will be one: in its folder, or in a folder around that.
pub fn find(draft: &Path) -> Option<PathBuf> {
    let draft = absolute(draft);
    draft.ancestors().skip(1).find_map(in_folder)
}

/// The configuration that stands in a folder.
pub(crate) fn in_folder(folder: &Path) -> Option<PathBuf> {
    NAMES.iter().map(|name| folder.join(name)).find(|path| path.is_file())
}

impl Config {
    /// Reads the configuration at that path.
    ///
    /// # Errors
    /// The file cannot be read, or something in it is wrong; every problem is told.
    pub fn read(path: &Path) -> Result<Config, RuleProblems> {
        match Config::read_all(path) {
            (config, problems) if problems.is_empty() => Ok(config),
            (_, problems) => Err(RuleProblems(problems)),
        }
    }

    /// What of the configuration at that path can be used, and all that is wrong with the rest.
    pub(crate) fn read_all(path: &Path) -> (Config, Vec<RuleProblem>) {
        let path = absolute(path);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) => return (Config::default(), vec![unreadable(&path, &e)]),
        };
        let (mut config, mut problems) = Config::parse_all(&path, &text);
        let gone: Vec<RuleProblem> =
            config.rules.iter().enumerate().filter(|(_, p)| !p.exists()).map(|(i, p)| missing(&config, i, p)).collect();
        config.lacks_rules = !gone.is_empty();
        config.rules.retain(|p| p.exists());
        problems.extend(gone);
        problems.sort_by_key(|p| p.span.start);
        (config, problems)
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
