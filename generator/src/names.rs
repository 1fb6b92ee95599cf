//! First names with the sex of those who bear them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::packages::folder;

/// A name is kept if it is among so many of one sex; beyond, names are of a few dozen births.
const RANKS: f64 = 6_000.0;

static BY_HAND: &str = include_str!("../names.tsv");

/// A name's weight among girls and among boys.
pub type Weights = (f64, f64);

/// Reads the lists of first names from the unpacked package: lower case → weights.
///
/// The package orders names by births but gives no counts. Births fall about as one over the rank, so the weight of a name is a
/// million over ten more than its rank; names that the package counts as very rare are left out.
pub fn read(cache: &Path) -> BTreeMap<String, Weights> {
    let data = folder(cache, "prenoms").join("prenoms/data");
    let mut names: BTreeMap<String, Weights> = BTreeMap::new();
    for (sex, file) in ["dist.prenoms.f.all.txt", "dist.prenoms.m.all.txt"].into_iter().enumerate() {
        let text = fs::read_to_string(data.join(file)).unwrap();
        // The first line holds the ranks at which names begin to be uncommon, rare and very rare.
        let list = text.lines().nth(1).unwrap();
        for (rank, name) in list.split(',').enumerate() {
            let name = name.trim().to_lowercase();
            if name.chars().count() < 2 {
                continue;
            }
            let weights = names.entry(name).or_default();
            let weight = 1e6 / (rank as f64 + 10.0);
            if sex == 0 { weights.0 = weight } else { weights.1 = weight }
        }
    }
    names.retain(|_, w| w.0.max(w.1) >= 1e6 / RANKS);
    for (name, women) in BY_HAND.lines().filter_map(|l| l.split_once('\t')) {
        let women = women.parse::<f64>().unwrap() / 100.0;
        names.entry(name.to_owned()).or_insert((1e6 / RANKS * women, 1e6 / RANKS * (1.0 - women)));
    }
    names
}

/// Writes `names.tsv`: name, share of women in percent, weight.
pub fn write(names: &BTreeMap<String, Weights>, path: &Path) {
    let mut out = String::from(
        "# From prenoms 0.5.1 (MIT), after the lists of first names of the Insee.\n# First name, share of women in percent, weight (a million over ten more than its rank).\n",
    );
    for (name, (women, men)) in names {
        writeln!(out, "{name}\t{:.0}\t{:.0}", 100.0 * women / (women + men), women + men).unwrap();
    }
    fs::write(path, out).unwrap();
}
