//! The commands. The only place that knows files, streams, the environment and exit codes.

mod args;
mod changes;
mod config;
mod draft;
mod drafts;
mod french;
mod inputs;
mod key;
mod licences;
#[cfg(feature = "lsp")]
mod lsp;
mod manual;
mod outputs;
mod parallel;
mod progress;
mod readings;
mod replay;
mod rules;
#[cfg(feature = "serve")]
mod serve;
mod streams;
mod whole;

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use args::Command;
use streams::{Exit, HERE, Streams, ruleset, settings, tell_rules};

/// Runs the command with the arguments, streams and environment of the process.
pub fn main() -> ExitCode {
    let stdout = io::stdout();
    let set = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    let color = colored(stdout.is_terminal(), &set);
    let dumb = set("TERM").is_some_and(|term| term == "dumb");
    let mut streams = Streams {
        input: &mut io::stdin(),
        out: &mut BufWriter::new(stdout),
        err: &mut io::stderr().lock(),
        typed: io::stdin().is_terminal(),
        color,
        watched: io::stderr().is_terminal() && !dumb,
        locale: ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set),
    };
    ExitCode::from(run(std::env::args_os(), &mut streams) as u8)
}

/// Whether the environment wants colours: <https://no-color.org>, <https://bixense.com/clicolors>.
fn colored(terminal: bool, set: &dyn Fn(&str) -> Option<String>) -> bool {
    if set("NO_COLOR").is_some() {
        return false;
    }
    let forced = set("CLICOLOR_FORCE").is_some_and(|v| v != "0");
    let able = terminal && set("TERM").is_none_or(|term| term != "dumb") && set("CLICOLOR").is_none_or(|v| v != "0");
    forced || able
}

fn run(args: impl IntoIterator<Item = OsString>, streams: &mut Streams) -> Exit {
    let args: Vec<OsString> = args.into_iter().collect();
    let args = match args::parse(&args, streams.locale.as_deref()) {
        Ok(args) => args,
        Err(e) => {
            // Help that was asked for goes to standard output and is no failure.
            let text = e.text(streams.color);
            let to: &mut dyn Write = if e.is_wrong() { &mut *streams.err } else { &mut *streams.out };
            let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
            return if e.is_wrong() { Exit::Failed } else { Exit::Clean };
        }
    };
    let done = match &args.command {
        Command::Check(a) => drafts::check(a, streams),
        Command::Facts(a) => drafts::facts(a, streams),
        Command::Parse(a) => drafts::parse(a, streams),
        Command::Rules(a) => rules::list(a, streams),
        Command::Explain(a) => rules::explain(a, streams),
        #[cfg(feature = "lsp")]
        Command::Lsp(a) => Ok(lsp::lsp(a, streams)),
        Command::Replay(a) => replay::replay(a, streams),
        #[cfg(feature = "serve")]
        Command::Serve(a) => serve::serve(a, streams),
        Command::Test(a) => rules::test(a, streams),
        Command::Config(a) => config::config(a, streams),
        Command::Init(a) => config::init(a, streams),
        Command::Completions(a) => manual::completions(a, streams),
        Command::Man(a) => manual::man(a, streams),
        Command::Licences => licences::licences(streams),
    };
    let done = done.map_err(|e| (e, Exit::Clean));
    match done.and_then(|exit| streams.out.flush().map(|()| exit).map_err(|e| (e, exit))) {
        Ok(exit) => exit,
        // Whoever read the output has seen enough.
        Err((e, exit)) if e.kind() == io::ErrorKind::BrokenPipe => exit,
        Err((e, _)) => {
            let _ = writeln!(streams.err, "recoupe: {e}");
            Exit::Failed
        }
    }
}

#[cfg(test)]
mod tests;
