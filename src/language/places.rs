//! Places with what lies in what: countries, regions, French départements and communes, towns of the world.
//!
//! Towns are those of 5,000 inhabitants or more (in a few countries of 1,000), and in France all communes. The table `rules/places.tsv` is made from GeoNames,
//! Unicode CLDR and the French code officiel géographique (see `NOTICE`).

mod fold;

use std::sync::LazyLock;

use fst::Map;

use super::lexicon::Numbers;

/// A place of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u32);

/// What sort of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A country or a territory with a code of its own in ISO 3166-1.
    Country,
    /// What a country is divided into first: a state, a province, a French région; and informal ones, the Donbass.
    Region,
    /// What a region is divided into: only French départements.
    District,
    /// A town or, in France, a commune.
    Town,
    /// A continent or a part of one: `Europe`, the Middle East. It lies in nothing, and no country is said to lie in it.
    Continent,
}

/// A place that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The place.
    pub id: PlaceId,
    /// Whether the name is its main, French or English name, or any of a country; not so a former name, a nickname, a name in another language.
    pub primary: bool,
}

/// All places.
#[derive(Debug)]
pub struct Gazetteer {
    /// Folded name → index of its first candidate.
    names: Map<&'static [u8]>,
    /// Candidates name by name: place (30 bits), whether the name is primary, whether it is the name's last.
    candidates: Numbers,
    /// For each place ISO code, kind and whether its bounds are open, population, container, country, latitude and longitude, and where
    /// in `text` its three names are.
    records: Numbers,
    /// Pairs of a place and what may hold it too, by place.
    perhaps: Numbers,
    /// Names, each after its length in one byte.
    text: &'static [u8],
}

/// Numbers in the record of a place.
const RECORD: usize = 8;
/// Indexes into a record.
const POPULATION: usize = 1;
const PARENT: usize = 2;
const COUNTRY: usize = 3;
const POSITION: usize = 4;
const NAME: usize = 5;
/// The languages of the names after the main one.
const CODES: [&str; 2] = ["fr", "en"];

/// The radius of the Earth in kilometres.
const EARTH: f64 = 6371.0;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let (candidates, rest) = Numbers::take(include_bytes!(concat!(env!("OUT_DIR"), "/places.bin")));
    let (records, rest) = Numbers::take(rest);
    let (perhaps, text) = Numbers::take(rest);
    let names: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.fst"));
    let names = Map::new(names).expect("the build script writes a well-formed map");
    Gazetteer { names, candidates, records, perhaps, text }
});

/// The gazetteer that is built into recoupe.
///
/// ```
/// use recoupe::language::places::{Gazetteer, gazetteer};
///
/// let places = gazetteer();
/// let mut name = String::new();
/// Gazetteer::fold("Nour-Soultan", &mut name);
/// let astana = places.lookup(&name).next().unwrap();
/// assert_eq!(places.name(astana.id, "fr"), "Astana");
/// assert_eq!(places.iso_country(astana.id), "KZ");
/// assert!(!astana.primary);
/// ```
pub fn gazetteer() -> &'static Gazetteer {
    &GAZETTEER
}

impl Gazetteer {
    /// Writes the form of a name under which it is looked up: lower case, no accents, a space for a hyphen, `oe` for `œ`, straight
    /// apostrophes, no full stops or commas. What was in `out` is overwritten.
    pub fn fold(name: &str, out: &mut String) {
        fold::fold(name, out);
    }

    /// The places of a folded name, the best first: those of which it is a primary name; then countries before all others; then by
    /// population, where a capital counts four times and a region or district a quarter.
    pub fn lookup(&self, folded: &str) -> impl Iterator<Item = Candidate> + '_ {
        let mut next = self.names.get(folded).map(|i| i as usize);
        std::iter::from_fn(move || {
            let index = next?;
            let packed = self.candidates.get(index);
            next = (packed & 1 == 0).then_some(index + 1);
            Some(Candidate { id: PlaceId(packed >> 2), primary: packed & 2 != 0 })
        })
    }

    /// Whether a longer name begins with `folded` and a space, so that a caller can match the longest name word by word.
    pub fn is_prefix(&self, folded: &str) -> bool {
        let map = self.names.as_fst();
        let mut node = map.root();
        for byte in folded.bytes().chain([b' ']) {
            let Some(i) = node.find_input(byte) else { return false };
            node = map.node(node.transition_addr(i));
        }
        true
    }

    /// What sort of place it is.
    pub fn kind(&self, id: PlaceId) -> PlaceKind {
        match self.bytes(id)[2] {
            0 => PlaceKind::Country,
            1 => PlaceKind::Region,
            2 => PlaceKind::District,
            3 => PlaceKind::Town,
            _ => PlaceKind::Continent,
        }
    }

    /// Inhabitants. Of a region or district those of the towns in it, where the sources give no more; 0 if unknown.
    pub fn population(&self, id: PlaceId) -> u32 {
        self.field(id, POPULATION)
    }

    /// The country in which the place lies; `None` for a country, except for a territory that belongs to one.
    pub fn country(&self, id: PlaceId) -> Option<PlaceId> {
        let country = PlaceId(self.field(id, COUNTRY));
        if country == id { self.parent(id) } else { Some(country) }
    }

    /// The container next up: of a commune its département, of a town its region, of a region its country.
    pub fn parent(&self, id: PlaceId) -> Option<PlaceId> {
        let parent = self.field(id, PARENT);
        (parent != u32::MAX).then_some(PlaceId(parent))
    }

    /// Whether `inner` lies in `outer`, at any depth; no place lies in itself.
    pub fn contains(&self, outer: PlaceId, inner: PlaceId) -> bool {
        std::iter::successors(self.parent(inner), |&p| self.parent(p)).any(|p| p == outer)
    }

    /// Whether a region is a former or a customary one, of which no source says what lies in it: Alsace, Yorkshire, the Donbass.
    pub fn is_open(&self, id: PlaceId) -> bool {
        self.bytes(id)[3] != 0
    }

    /// Whether `inner` lies in `outer`, or may: of a region with open bounds no more is known than what it lies in itself, and some
    /// places are said to lie in another county by custom or by history.
    pub fn may_contain(&self, outer: PlaceId, inner: PlaceId) -> bool {
        let around = if self.is_open(outer) { self.parent(outer).unwrap_or(outer) } else { outer };
        let within = || std::iter::successors(Some(inner), |&p| self.parent(p));
        self.contains(around, inner)
            || within().any(|p| self.perhaps_in(p).any(|held| held == around || self.contains(around, held)))
    }

    /// What may hold a place beside its container.
    fn perhaps_in(&self, id: PlaceId) -> impl Iterator<Item = PlaceId> + '_ {
        let place = |n: usize| self.perhaps.get(2 * n);
        let (mut low, mut high) = (0, self.perhaps.len() / 2);
        while low < high {
            let middle = low.midpoint(high);
            if place(middle) < id.0 { low = middle + 1 } else { high = middle }
        }
        (low..self.perhaps.len() / 2).take_while(move |&n| place(n) == id.0).map(|n| PlaceId(self.perhaps.get(2 * n + 1)))
    }

    /// Latitude and longitude in degrees, to about a kilometre, where a source tells them: of towns, not of regions.
    pub fn position(&self, id: PlaceId) -> Option<(f64, f64)> {
        let packed = self.field(id, POSITION);
        let degrees = |half: u32| f64::from((half as u16).cast_signed()) / 100.0;
        (packed != u32::MAX >> 1).then(|| (degrees(packed >> 16), degrees(packed)))
    }

    /// How far two places are from each other in kilometres, in a straight line.
    pub fn distance(&self, one: PlaceId, other: PlaceId) -> Option<f64> {
        let (x, y) = (self.position(one)?, self.position(other)?);
        let radians = |degrees: f64| degrees.to_radians();
        let half = |from: f64, to: f64| (radians(to - from) / 2.0).sin().powi(2);
        let chord = half(x.0, y.0) + radians(x.0).cos() * radians(y.0).cos() * half(x.1, y.1);
        Some(2.0 * EARTH * chord.sqrt().asin())
    }

    /// The name in a language, `fr` or `en`; for any other, and where none is known, the main name.
    pub fn name(&self, id: PlaceId, code: &str) -> &str {
        let language = CODES.iter().position(|c| *c == code).map_or(0, |i| i + 1);
        let start = self.field(id, NAME + language) as usize;
        let length = self.text[start] as usize;
        std::str::from_utf8(&self.text[start + 1..][..length]).expect("the build script writes UTF-8")
    }

    /// The ISO 3166-1 alpha-2 code of the country, in capitals; of a territory its own; of a continent nothing.
    pub fn iso_country(&self, id: PlaceId) -> &str {
        if self.kind(id) == PlaceKind::Continent {
            return "";
        }
        std::str::from_utf8(&self.bytes(id)[..2]).expect("the build script writes ASCII")
    }

    fn field(&self, id: PlaceId, field: usize) -> u32 {
        self.records.get(id.0 as usize * RECORD + field)
    }

    /// The first field, which holds the two letters of the ISO code, then the kind, then whether the bounds are open.
    fn bytes(&self, id: PlaceId) -> &'static [u8] {
        self.records.bytes(id.0 as usize * RECORD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(name: &str) -> Vec<Candidate> {
        let mut folded = String::new();
        Gazetteer::fold(name, &mut folded);
        gazetteer().lookup(&folded).collect()
    }

    /// The best candidate of a name.
    fn best(name: &str) -> PlaceId {
        candidates(name).first().unwrap_or_else(|| panic!("{name} is no place")).id
    }

    /// A name's best candidate: its main name, its kind and all that contains it.
    fn check(name: &str, expected: &str) {
        let g = gazetteer();
        let mut id = best(name);
        let mut found = format!("{:?} {}", g.kind(id), g.name(id, "fr"));
        while let Some(parent) = g.parent(id) {
            id = parent;
            found.push_str(" < ");
            found.push_str(g.name(id, "fr"));
        }
        assert_eq!(found, expected, "{name}");
    }

    #[test]
    fn communes_lie_in_departement_region_country() {
        check("Lyon", "Town Lyon < Rhône < Rhône-Alpes < Auvergne-Rhône-Alpes < France");
        check("Nantes", "Town Nantes < Loire-Atlantique < Pays de la Loire < France");
        check("Rhône", "District Rhône < Rhône-Alpes < Auvergne-Rhône-Alpes < France");
        check("Le Havre", "Town Le Havre < Seine-Maritime < Haute-Normandie < Normandie < France");
        check("Saint-Étienne", "Town Saint-Étienne < Loire < Rhône-Alpes < Auvergne-Rhône-Alpes < France");
        check("St-Etienne", "Town Saint-Étienne < Loire < Rhône-Alpes < Auvergne-Rhône-Alpes < France");
        check("Bobigny", "Town Bobigny < Seine-Saint-Denis < Île-de-France < France");
        assert!(candidates("Havre").iter().any(|c| c.id == best("Le Havre")), "for `au Havre`");
        check("Fort-de-France", "Town Fort-de-France < Martinique < France");
    }

    #[test]
    fn the_best_candidate_is_the_best_known() {
        check("Paris", "Town Paris < Paris < Île-de-France < France");
        check("Milan", "Town Milan < Lombardie < Italie");
        check("New York", "Town New York < New York < États-Unis");
        check("Washington", "Town Washington < District de Columbia < États-Unis");
        check("Géorgie", "Country Géorgie");
        check("Gaza", "Town Gaza < Bande de Gaza < Palestine");
        assert!(candidates("Paris").len() > 5);
    }

    #[test]
    fn former_and_foreign_names_are_found() {
        let astana = best("Astana");
        for name in ["Nur-Sultan", "Nour-Soultan", "Noursoultan", "Nursultan", "NUR-SULTAN"] {
            assert_eq!(best(name), astana, "{name}");
        }
        assert_eq!(best("Londres"), best("London"));
        assert_eq!(best("Pékin"), best("Beijing"));
        assert_eq!(best("Kiev"), best("Kyiv"));
        assert_eq!(best("Janaozen"), best("Zhanaozen"));
        assert_eq!(best("RDC"), best("République démocratique du Congo"));
        for name in ["Etats-Unis", "USA", "U.S.", "États-Unis d’Amérique"] {
            assert_eq!(best(name), best("United States"), "{name}");
        }
        assert_eq!(best("Aktaou"), best("Aktau"));
        assert_eq!(best("Écosse"), best("Scotland"));
        assert_eq!(best("Grande-Bretagne"), best("UK"));
        assert_eq!(best("Réunion"), best("La Réunion"));
        check("Donbass", "Region Donbass < Ukraine");
    }

    #[test]
    fn containers_contain_at_any_depth_and_not_themselves() {
        let g = gazetteer();
        let lies = |inner: &str, outer: &str| g.contains(best(outer), best(inner));
        assert!(lies("Almaty", "Kazakhstan") && lies("Californie", "États-Unis") && lies("Los Angeles", "California"));
        assert!(lies("Almaty", "Kazakhstan") && lies("Talgar", "Oblys d'Almaty"));
        assert!(lies("Manguistaou", "Kazakhstan") && lies("Janaozen", "Manguistaou"));
        assert!(!lies("Kazakhstan", "Almaty") && !lies("France", "France") && !lies("Lyon", "Allemagne"));
    }

    #[test]
    fn counties_hold_what_lies_in_them_and_may_hold_what_custom_gives_them() {
        let g = gazetteer();
        let any = |name: &str| candidates(name).into_iter().map(|c| c.id).filter(|&id| g.kind(id) != PlaceKind::Town);
        let may = |inner: &str, outer: &str| any(outer).any(|o| candidates(inner).iter().any(|c| g.may_contain(o, c.id)));
        assert!(
            may("Thetford", "Norfolk") && may("Skibbereen", "Co Cork") && may("Sherbrooke", "Estrie") && may("Metz", "Lorraine")
        );
        assert!(may("Bournemouth", "Hampshire") && may("Bournemouth", "Dorset") && may("Oldham", "Yorkshire"));
        assert!(!may("Thetford", "Suffolk") && !may("Skibbereen", "Co Kerry") && !may("Sherbrooke", "Mauricie"));
        assert!(!may("Tournai", "province de Namur") && !may("Metz", "Alsace") && !may("Bournemouth", "Norfolk"));
    }

    #[test]
    fn towns_know_where_they_are() {
        let g = gazetteer();
        let far = |one: &str, other: &str| g.distance(best(one), best(other)).map(f64::round);
        assert_eq!(far("Paris", "Lille"), Some(204.0));
        assert_eq!(far("Sydney", "Auckland"), Some(2156.0));
        assert_eq!(g.position(best("France")), None);
    }

    #[test]
    fn a_place_knows_its_names_country_and_size() {
        let g = gazetteer();
        let london = best("London");
        assert_eq!((g.name(london, "fr"), g.name(london, "en"), g.name(london, "kk")), ("Londres", "London", "London"));
        assert_eq!(g.iso_country(london), "GB");
        assert_eq!(g.country(london), Some(best("Royaume-Uni")));
        assert_eq!(g.country(best("France")), None);
        assert_eq!(g.country(best("Nouvelle-Calédonie")), Some(best("France")));
        assert!(g.population(london) > 8_000_000 && g.population(best("Californie")) > 25_000_000);
    }

    #[test]
    fn longer_names_are_announced() {
        let g = gazetteer();
        assert!(g.is_prefix("new") && g.is_prefix("saint") && g.is_prefix("new york"));
        assert!(!g.is_prefix("zzz") && !g.is_prefix("los angel") && !g.is_prefix("los angeles xx"));
    }

    #[test]
    fn common_words_are_no_alternate_names() {
        for word in ["Lion", "Pari", "Depuis", "Président", "Police", "Selon", "The", "Après"] {
            assert!(
                candidates(word).iter().all(|c| c.primary || gazetteer().kind(c.id) != PlaceKind::Town),
                "{word}: {:?}",
                candidates(word)
            );
        }
    }

    #[test]
    fn folding_drops_what_writers_vary() {
        let mut out = String::new();
        for (name, expected) in [
            ("Saint-Étienne", "saint etienne"),
            ("L’Haÿ-les-Roses", "l'hay les roses"),
            ("Washington, D.C.", "washington dc"),
            ("Œting", "oeting"),
            ("İstanbul", "istanbul"),
            ("Łódź", "lodz"),
            (" - ", ""),
        ] {
            Gazetteer::fold(name, &mut out);
            assert_eq!(out, expected);
        }
    }
}
