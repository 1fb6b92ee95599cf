//! The table of first names to a finite-state map.

use std::path::Path;
use std::{env, fs};

/// Writes `names.fst`: name → weight, times 256, plus the share of women in percent.
pub fn write() {
    let root = env::var_os("CARGO_MANIFEST_DIR").unwrap();
    let table = fs::read_to_string(Path::new(&root).join("rules/names.tsv")).unwrap();
    let mut names: Vec<(&str, u64)> = super::rows(&table)
        .map(|(name, rest)| {
            let (women, weight) = rest.split_once('\t').unwrap_or_else(|| panic!("{name}: {rest}"));
            let [women, weight] = [women, weight].map(|n| n.parse::<u64>().unwrap_or_else(|e| panic!("{name}: {e}")));
            (name, weight << 8 | women)
        })
        .collect();
    names.sort_unstable();
    let mut map = fst::MapBuilder::memory();
    map.extend_iter(names).unwrap();
    let out = env::var_os("OUT_DIR").unwrap();
    fs::write(Path::new(&out).join("names.fst"), map.into_inner().unwrap()).unwrap();
}
