//! `recoupe licences`: whose work recoupe is made with, data and crates, and on which terms.

use std::io;

use super::{Exit, Streams};

/// The data, by whose names and terms.
const DATA: &str = include_str!("../../NOTICE");

/// The crates.
const CRATES: &str = include_str!("../../NOTICE-CRATES");

/// Prints both.
pub fn licences(streams: &mut Streams) -> io::Result<Exit> {
    writeln!(streams.out, "{}\n\n{}", DATA.trim_end(), CRATES.trim_end())?;
    Ok(Exit::Clean)
}
