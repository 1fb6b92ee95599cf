//! `recoupe serve`: the service, from its options to its end.

use std::io;
use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;

use super::args::Serve;
use super::{Exit, HERE, Streams, settings, tell_rules};
use crate::desk::Desks;
use crate::reader::{self, Format};
use crate::report::Ui;
use crate::serve::{Limits, Options, serve as run};

/// Listens until it is told to stop.
pub fn serve(args: &Serve, streams: &mut Streams) -> io::Result<Exit> {
    let ui = Ui::of(args.ui_lang.as_deref().unwrap_or_default());
    let desk = match Desks::new(args.chosen.which(), args.rules.clone()).desk(Path::new(HERE)) {
        Ok(desk) => desk,
        Err(problems) => {
            tell_rules(&problems.0, ui, settings(args.color, streams), streams.err)?;
            return Ok(Exit::Failed);
        }
    };
    // The patterns compile when a draft first needs them: not while somebody waits.
    if let Ok((doc, _)) = reader::read(b"-", Format::Text, desk.rules.languages, Default::default()) {
        crate::check::check(&doc, &desk.rules);
    }
    let listener = match TcpListener::bind(args.listen) {
        Ok(listener) => listener,
        Err(e) => {
            writeln!(streams.err, "recoupe: cannot listen on {}: {e}", args.listen)?;
            return Ok(Exit::Failed);
        }
    };
    let at = listener.local_addr()?;
    let mut limits = Limits {
        body: args.max_size as usize,
        check: Duration::from_secs(args.timeout),
        transfer: Duration::from_secs(args.patience),
        ..Limits::default()
    };
    if let Some(jobs) = args.jobs {
        limits.checks = jobs.get();
    }
    let options =
        Options { origins: args.allow_origin.clone(), hosts: args.allow_host.clone(), messages: args.ui_lang.clone(), limits };
    // What a panic says may quote the draft; where it came from does not.
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, |l| format!(" at {}:{}", l.file(), l.line()));
        eprintln!("recoupe: a fault of the program{place}; the draft is not shown here");
    }));
    if !at.ip().is_loopback() {
        writeln!(streams.err, "recoupe: others on the network can reach this service, and drafts cross it unencrypted")?;
    }
    writeln!(streams.err, "recoupe: listening on http://{at} (Ctrl-C ends it)")?;
    streams.err.flush()?;
    run(listener, desk, options)?;
    Ok(Exit::Clean)
}
