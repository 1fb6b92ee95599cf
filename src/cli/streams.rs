//! What every command has: where it reads and writes, how it ends, and how it tells what is wrong with rules.

use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

use super::args::{Chosen, Color};
use super::inputs;
use crate::config::{self};
use crate::desk::Desks;
use crate::report::problems::rule_problem;
use crate::report::{Settings, Ui};
use crate::rule::{RuleProblem, Ruleset};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing at or above the failing level.
    Clean = 0,
    /// Findings at or above it, or examples that fail; an editor that left without a word.
    Found = 1,
    /// The work could not be done, or not all of it.
    Failed = 2,
}

/// Where a run reads from and writes to.
pub struct Streams<'a> {
    pub input: &'a mut (dyn Read + Send),
    pub out: &'a mut (dyn Write + Send),
    pub err: &'a mut dyn Write,
    /// Whether a person types the input.
    pub typed: bool,
    /// Whether colours are wanted where nothing says otherwise.
    pub color: bool,
    /// Whether somebody watches `err`, so that it may say how far the work is.
    pub watched: bool,
    /// The language that the system speaks, as `fr_CA.UTF-8`.
    pub locale: Option<String>,
}

/// Whether to write colours.
pub fn settings(color: Color, streams: &Streams) -> Settings {
    let color = match color {
        Color::Auto => streams.color,
        Color::Always => true,
        Color::Never => false,
    };
    Settings { color, redact: false }
}

/// The rules of the configuration here, with those of more folders over them; `None` once every problem has been told.
pub fn ruleset(
    chosen: &Chosen,
    folders: &[std::path::PathBuf],
    ui: &Ui,
    settings: Settings,
    err: &mut dyn Write,
) -> io::Result<Option<Arc<Ruleset>>> {
    match Desks::new(chosen.which(), folders.to_vec()).desk(Path::new(HERE)) {
        Ok(desk) => {
            let left: Vec<String> = desk.rules.languages_left.iter().map(|folder| shown(folder)).collect();
            if !left.is_empty() {
                writeln!(err, "recoupe: {}{}{}", left.join(", "), ui.colon, ui.language_left)?;
            }
            Ok(Some(desk.rules.clone()))
        }
        Err(problems) => {
            tell_rules(&problems.0, ui, settings, err)?;
            Ok(None)
        }
    }
}

/// Tells what is wrong with rules and configurations.
pub fn tell_rules(problems: &[RuleProblem], ui: &Ui, settings: Settings, err: &mut dyn Write) -> io::Result<()> {
    problems.iter().try_for_each(|p| {
        let near = RuleProblem { file: shown(&p.file).into(), ..p.clone() };
        rule_problem(&near, ui, settings, err)
    })
}

/// What has no file is looked for where the command runs: something in the folder.
pub const HERE: &str = "-";

/// A path as it is read from here.
pub fn shown(path: &Path) -> String {
    let here = config::absolute(Path::new(HERE));
    let inside = here.parent().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    inputs::name(inside)
}
