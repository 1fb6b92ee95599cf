//! `recoupe completions` and `recoupe man`: what shells and manuals know of the command.

use std::io;

use clap::CommandFactory;

use super::args::{Args, Completions, Man};
use super::{Exit, Streams};

/// Prints the completions for a shell.
pub fn completions(args: &Completions, streams: &mut Streams) -> io::Result<Exit> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "recoupe", &mut text);
    streams.out.write_all(&text)?;
    // For fish `clap_complete` knows options only.
    if args.shell == clap_complete::Shell::Fish {
        let ids: Vec<String> = crate::rule::Ruleset::shipped().rules.into_iter().map(|rule| rule.id).collect();
        for command in ["explain", "replay"] {
            writeln!(
                streams.out,
                "complete -c recoupe -n \"__fish_recoupe_using_subcommand {command}\" -f -a \"{}\"",
                ids.join(" ")
            )?;
        }
    }
    Ok(Exit::Clean)
}

/// Prints a page of the manual.
pub fn man(args: &Man, streams: &mut Streams) -> io::Result<Exit> {
    let mut all = Args::command();
    all.build();
    let page = match args.command.as_deref() {
        None => Some(all.clone()),
        Some(name) => all.get_subcommands().find(|c| c.get_name() == name).cloned(),
    };
    let Some(page) = page else {
        let names: Vec<&str> = all.get_subcommands().map(clap::Command::get_name).collect();
        writeln!(streams.err, "recoupe: the commands are {}", names.join(", "))?;
        return Ok(Exit::Failed);
    };
    clap_mangen::Man::new(page).render(&mut streams.out)?;
    Ok(Exit::Clean)
}
