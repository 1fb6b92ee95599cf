//! Rule files and configurations while they are written: the problems that loading them would tell, at their places.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gen_lsp_types::Diagnostic;

use super::documents::{Kind, Open};
use super::draft::bare;
use super::setup::Desks;
use super::uri;
use crate::config::{self, NAMES};
use crate::finding::Level;
use crate::report::Ui;
use crate::rule::RuleProblem;
use crate::span::Span;

/// What a YAML file is to recoupe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A configuration.
    Config,
    /// A rule, or a list of words beside rules.
    Rule,
}

/// What a file is, by its name, by the folders that hold rules, or by what it says; `None` for any other YAML.
pub fn role(path: Option<&Path>, text: &str, desks: &mut Desks) -> Option<Role> {
    if let Some(path) = path {
        if path.file_name().is_some_and(|name| NAMES.iter().any(|known| name == *known)) {
            return Some(Role::Config);
        }
        if desks.rule_folders(path).iter().any(|folder| path.starts_with(folder)) {
            return Some(Role::Rule);
        }
    }
    let has = |key: &str| text.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')));
    let of_rules = ["find", "expect", "message", "examples", "unless"];
    ((has("id") || has("extends")) && of_rules.into_iter().any(has)).then_some(Role::Rule)
}

/// What is wrong with an open file of ours.
pub fn diagnostics(open: &Open, uri: &str, texts: &BTreeMap<String, Open>, desks: &mut Desks) -> Vec<Diagnostic> {
    let path = uri::path(uri);
    let Some(role) = role(path.as_deref(), &open.text, desks) else { return Vec::new() };
    // A file that was never saved is judged as one that stands in the open folder.
    let path = path.unwrap_or_else(|| desks.path(uri));
    let problems = match role {
        Role::Config => desks.config_problems(&config::load::absolute(&path), &open.text),
        Role::Rule => {
            let others = texts.iter().filter(|(_, other)| other.kind == Kind::Yaml);
            let unsaved: BTreeMap<PathBuf, String> =
                others.filter_map(|(uri, other)| Some((uri::path(uri)?, other.text.clone()))).collect();
            desks.rule_problems(&path, &open.text, unsaved)
        }
    };
    problems.iter().filter(|p| p.file == path).map(|p| diagnostic(p, open)).collect()
}

/// One problem, at its place in an open file.
fn diagnostic(problem: &RuleProblem, open: &Open) -> Diagnostic {
    let end = open.text.len() as u32;
    let span = Span { start: problem.span.start.min(end), end: problem.span.end.min(end) };
    bare(open.lines.range(&open.text, span), Level::Error, words(problem))
}

/// One problem of a file that is not open, by the text that was read.
pub fn unopened(problem: &RuleProblem, encoding: super::position::Encoding) -> Diagnostic {
    let open = Open::new(Kind::Yaml, 0, problem.source.to_string(), encoding);
    diagnostic(problem, &open)
}

fn words(problem: &RuleProblem) -> String {
    let ui = Ui::of("en");
    let hint = problem.hint.as_ref().map(|hint| format!("\n{}{}{hint}", ui.help, ui.colon));
    format!("{}{}", problem.message, hint.unwrap_or_default())
}
