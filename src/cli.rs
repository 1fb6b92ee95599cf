//! The commands. The only place that knows files, streams, the environment and exit codes.

mod args;
mod changes;
mod config;
mod draft;
mod drafts;
mod inputs;
mod key;
mod lsp;
mod manual;
mod outputs;
mod parallel;
mod progress;
mod replay;
mod rules;
mod serve;

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;

use crate::config::Desks;
use crate::report::problems::rule_problem;
use crate::report::{Settings, Ui};
use crate::rule::{RuleProblem, Ruleset};
use args::{Args, Chosen, Color, Command};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    /// Nothing at or above the failing level.
    Clean = 0,
    /// Findings at or above it, or examples that fail; an editor that left without a word.
    Found = 1,
    /// The work could not be done, or not all of it.
    Failed = 2,
}

/// Where a run reads from and writes to.
struct Streams<'a> {
    input: &'a mut (dyn Read + Send),
    out: &'a mut (dyn Write + Send),
    err: &'a mut dyn Write,
    /// Whether a person types the input.
    typed: bool,
    /// Whether colours are wanted where nothing says otherwise.
    color: bool,
    /// Whether somebody watches `err`, so that it may say how far the work is.
    watched: bool,
}

/// Runs the command with the arguments, streams and environment of the process.
pub fn main() -> ExitCode {
    let stdout = io::stdout();
    let color = stdout.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let mut streams = Streams {
        input: &mut io::stdin(),
        out: &mut BufWriter::new(stdout),
        err: &mut io::stderr().lock(),
        typed: io::stdin().is_terminal(),
        color,
        watched: io::stderr().is_terminal(),
    };
    ExitCode::from(run(std::env::args_os(), &mut streams) as u8)
}

fn run(args: impl IntoIterator<Item = OsString>, streams: &mut Streams) -> Exit {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(e) => {
            // Help that was asked for goes to standard output and is no failure.
            let text = if streams.color { e.render().ansi().to_string() } else { e.render().to_string() };
            let to: &mut dyn Write = if e.use_stderr() { &mut *streams.err } else { &mut *streams.out };
            let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
            return if e.use_stderr() { Exit::Failed } else { Exit::Clean };
        }
    };
    let done = match &args.command {
        Command::Check(a) => drafts::check(a, streams),
        Command::Facts(a) => drafts::facts(a, streams),
        Command::Parse(a) => drafts::parse(a, streams),
        Command::Rules(a) => rules::list(a, streams),
        Command::Explain(a) => rules::explain(a, streams),
        Command::Lsp(a) => Ok(lsp::lsp(a, streams)),
        Command::Replay(a) => replay::replay(a, streams),
        Command::Serve(a) => serve::serve(a, streams),
        Command::Test(a) => rules::test(a, streams),
        Command::Config(a) => config::config(a, streams),
        Command::Init(a) => config::init(a, streams),
        Command::Completions(a) => manual::completions(a, streams),
        Command::Man(a) => manual::man(a, streams),
    };
    match done.and_then(|exit| streams.out.flush().map(|()| exit)) {
        Ok(exit) => exit,
        // Whoever read the output has seen enough.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Exit::Clean,
        Err(e) => {
            let _ = writeln!(streams.err, "recoupe: {e}");
            Exit::Failed
        }
    }
}

/// Whether to write colours.
fn settings(color: Color, streams: &Streams) -> Settings {
    let color = match color {
        Color::Auto => streams.color,
        Color::Always => true,
        Color::Never => false,
    };
    Settings { color, redact: false }
}

/// The rules of the configuration here, with those of more folders over them; `None` once every problem has been told.
fn ruleset(
    chosen: &Chosen,
    folders: &[std::path::PathBuf],
    ui: &Ui,
    settings: Settings,
    err: &mut dyn Write,
) -> io::Result<Option<Arc<Ruleset>>> {
    match Desks::new(chosen.which(), folders.to_vec()).desk(Path::new(HERE)) {
        Ok(desk) => Ok(Some(desk.rules.clone())),
        Err(problems) => {
            tell_rules(&problems.0, ui, settings, err)?;
            Ok(None)
        }
    }
}

/// Tells what is wrong with rules and configurations.
fn tell_rules(problems: &[RuleProblem], ui: &Ui, settings: Settings, err: &mut dyn Write) -> io::Result<()> {
    problems.iter().try_for_each(|p| {
        let near = RuleProblem { file: config::shown(&p.file).into(), ..p.clone() };
        rule_problem(&near, ui, settings, err)
    })
}

/// What has no file is looked for where the command runs: something in the folder.
const HERE: &str = "-";

#[cfg(test)]
mod tests;
