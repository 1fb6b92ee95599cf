//! What a program gets that uses the library alone.

use std::collections::BTreeSet;
use std::process::Command;

/// The crates that recoupe is built with, itself included.
fn crates(features: &[&str]) -> BTreeSet<String> {
    let mut cargo = Command::new(env!("CARGO"));
    let tree = cargo.args(["tree", "--locked", "--offline", "--edges", "normal", "--prefix", "none"]).args(features);
    let tree = tree.output().unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    String::from_utf8(tree.stdout).unwrap().lines().filter_map(|l| l.split(' ').next().map(str::to_owned)).collect()
}

/// So many at most, on any system.
const MOST: usize = 70;

#[test]
fn the_library_alone_needs_few_crates() {
    let alone = crates(&["--no-default-features"]);
    for of_the_program in ["axum", "clap", "gen-lsp-types", "hyper", "ignore", "lsp-server", "tokio"] {
        assert!(!alone.contains(of_the_program), "{of_the_program} is in {alone:?}");
    }
    assert!(alone.len() <= MOST, "{} crates: {alone:?}", alone.len());
    assert!(crates(&[]).contains("tokio"), "the service needs tokio");
}
