//! Turns the readable data under `rules/` into the forms that the binary embeds.

mod language;
mod lexicon;
mod names;
mod packs;
mod places;
mod senses;

fn main() {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/language/lexicon/tag.rs");
    println!("cargo::rerun-if-changed=src/language/places/fold.rs");
    println!("cargo::rerun-if-changed=src/language/cut.rs");
    packs::write();
    senses::write(&lexicon::write());
    places::write();
    names::write();
}

/// The lines of a table, cut after the first column; lines that begin with `#` are comments.
fn rows(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter(|l| !l.starts_with('#')).map(|l| l.split_once('\t').unwrap_or_else(|| panic!("no tab in {l:?}")))
}

/// Adds a table of numbers of four bytes, little-endian, after its length.
fn push_table(out: &mut Vec<u8>, numbers: &[u32]) {
    out.extend((numbers.len() as u32).to_le_bytes());
    out.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
}
