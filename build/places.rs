//! The table of places to a finite-state map of their names and fixed-size records.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::Path;
use std::{env, fs};

#[path = "../src/language/places/fold.rs"]
mod fold;

use fold::fold;

/// No container, no country.
const NONE: u32 = u32::MAX;

struct Row<'a> {
    id: &'a str,
    kind: &'a str,
    parent: &'a str,
    /// What may hold it too.
    perhaps: &'a str,
    population: u32,
    /// Latitude and longitude in hundredths of a degree.
    at: Option<(i16, i16)>,
    /// Main, French and English name.
    names: [&'a str; 3],
    others: &'a str,
}

/// Writes `places.fst` (folded name → first candidate) and `places.bin` (candidates, records, names).
pub fn write() {
    let root = env::var_os("CARGO_MANIFEST_DIR").unwrap();
    let table = fs::read_to_string(Path::new(&root).join("rules/places.tsv")).unwrap();
    let rows: Vec<Row> = super::rows(&table).map(|(id, rest)| row(id, rest)).collect();
    let index: HashMap<&str, u32> = rows.iter().map(|r| r.id).zip(0..).collect();
    let parent = |row: &Row| if row.parent.is_empty() { NONE } else { index[row.parent] };

    // Folded name, then how the candidates of one name are ranked.
    let mut names = Vec::new();
    let mut folded = String::new();
    for (row, place) in rows.iter().zip(0u32..) {
        let rank = Reverse(weight(row));
        let main = row.names.iter().map(|n| (*n, true));
        // Of a country the other names are as good: `US`, or else the village of Us in the Val-d'Oise would come first.
        let others = row.others.split('|').map(|n| (n, row.kind == "country"));
        for (name, primary) in main.chain(others).filter(|n| !n.0.is_empty()) {
            fold(name, &mut folded);
            // `St Étienne`, `Ste Foy` are as usual as the full word.
            for (long, short) in [("saint ", "st "), ("sainte ", "ste ")] {
                if let Some(rest) = folded.strip_prefix(long) {
                    names.push((format!("{short}{rest}"), !primary, rank, place));
                }
            }
            names.push((folded.clone(), !primary, rank, place));
        }
    }
    names.sort_unstable();

    let mut candidates: Vec<u32> = Vec::new();
    let mut map = fst::MapBuilder::memory();
    for group in names.chunk_by(|a, b| a.0 == b.0) {
        map.insert(&group[0].0, candidates.len() as u64).unwrap();
        let start = candidates.len();
        for (_, alternate, _, place) in group {
            // A place may bear one name in two ways; the first is the better.
            if !candidates[start..].iter().any(|c| c >> 2 == *place) {
                candidates.push(place << 2 | u32::from(!alternate) << 1);
            }
        }
        *candidates.last_mut().unwrap() |= 1;
    }

    let mut text: Vec<u8> = Vec::new();
    let mut records: Vec<u32> = Vec::new();
    let mut perhaps: Vec<u32> = Vec::new();
    for (row, place) in rows.iter().zip(0u32..) {
        perhaps.extend(row.perhaps.split_terminator(' ').flat_map(|outer| [place, index[outer]]));
        let mut country = row;
        while !matches!(country.kind, "country" | "continent") {
            country = &rows[index[country.parent] as usize];
        }
        let iso = u32::from_le_bytes([
            country.id.as_bytes()[0],
            country.id.as_bytes()[1],
            kind(row.kind),
            u8::from(row.id.starts_with("x-")),
        ]);
        // No place lies at 327.67 degrees.
        let at = row.at.map_or(NONE >> 1, |(lat, lng)| u32::from(lat.cast_unsigned()) << 16 | u32::from(lng.cast_unsigned()));
        records.extend([iso, row.population, parent(row), index[country.id], at]);
        let mut offsets = [0; 3];
        for (i, name) in row.names.into_iter().enumerate() {
            offsets[i] = if name.is_empty() { offsets[0] } else { text.len() as u32 };
            if !name.is_empty() {
                text.push(u8::try_from(name.len()).unwrap());
                text.extend(name.bytes());
            }
        }
        records.extend(offsets);
    }
    let mut tables = Vec::new();
    super::push_table(&mut tables, &candidates);
    super::push_table(&mut tables, &records);
    super::push_table(&mut tables, &perhaps);
    tables.extend(text);
    let out = env::var_os("OUT_DIR").unwrap();
    fs::write(Path::new(&out).join("places.fst"), map.into_inner().unwrap()).unwrap();
    fs::write(Path::new(&out).join("places.bin"), tables).unwrap();
}

fn row<'a>(id: &'a str, rest: &'a str) -> Row<'a> {
    let mut cells = rest.split('\t').chain(std::iter::repeat(""));
    let mut next = || cells.next().unwrap();
    let (kind, container, population, at) = (next(), next(), next(), next());
    let population = population.parse().unwrap_or_else(|_| panic!("{id}: population {population:?}"));
    let (parent, perhaps) = container.split_once(' ').unwrap_or((container, ""));
    let at = at.split_once(',').map(|(lat, lng)| (hundredths(lat), hundredths(lng)));
    Row { id, kind, parent, perhaps, population, at, names: [next(), next(), next()], others: next() }
}

fn hundredths(degrees: &str) -> i16 {
    let degrees: f64 = degrees.parse().unwrap_or_else(|_| panic!("degrees {degrees:?}"));
    (degrees * 100.0).round() as i16
}

fn kind(kind: &str) -> u8 {
    match kind {
        "country" => 0,
        "region" => 1,
        "district" => 2,
        "town" | "capital" => 3,
        "continent" => 4,
        _ => panic!("no kind of place: {kind}"),
    }
}

/// Which of two places of one name is meant sooner: a country; a capital, as if it were four times as large; a region or
/// district, as if it were a quarter.
fn weight(row: &Row) -> u64 {
    let population = u64::from(row.population);
    match row.kind {
        "country" => u64::MAX / 2 + population,
        "capital" => population * 16,
        "town" => population * 4,
        _ => population,
    }
}
