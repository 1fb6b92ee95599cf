//! `recoupe lsp`: an editor at the other end of standard input and output.

use super::args::Lsp;
use super::{Exit, Streams};
use crate::config::Settings;
use crate::lsp::{Ended, Options, serve};

/// Serves until the editor leaves.
pub fn lsp(args: &Lsp, streams: &mut Streams) -> Exit {
    if streams.typed {
        let _ = writeln!(streams.err, "recoupe: an editor starts this command; end it with Ctrl-D");
    }
    let given = Settings {
        lang: args.lang.clone(),
        date: args.date,
        messages: args.ui_lang.clone(),
        notes: args.notes.then_some(true),
        ..Settings::default()
    };
    let options = Options { which: args.chosen.which(), rules: args.rules.clone(), given };
    match serve(&mut *streams.input, &mut *streams.out, options) {
        Ended::Orderly => Exit::Clean,
        Ended::Abrupt => Exit::Found,
    }
}
