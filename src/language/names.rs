//! First names with the sex of those who bear them.
//!
//! The table `rules/names.tsv` is made from the lists of French first names of the Insee (see `NOTICE`), which hold most English
//! ones too.

use std::sync::LazyLock;

use fst::Map;

/// First names.
#[derive(Debug)]
pub struct FirstNames {
    /// Name → weight, times 256, plus the share of women in percent.
    names: Map<&'static [u8]>,
}

static NAMES: LazyLock<FirstNames> = LazyLock::new(|| {
    let names: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/names.fst"));
    FirstNames { names: Map::new(names).expect("the build script writes a well-formed map") }
});

/// The first names that are built into recoupe.
///
/// ```
/// use recoupe::language::names::first_names;
///
/// assert_eq!(first_names().female_share("françoise"), Some(100));
/// assert_eq!(first_names().female_share("lundi"), None);
/// ```
pub fn first_names() -> &'static FirstNames {
    &NAMES
}

impl FirstNames {
    /// The estimated share of women among the bearers of a name, in percent; `None` if it is no first name.
    ///
    /// The name is in lower case, its letters composed (NFC). The source gives the rank of a name for each sex and no counts: the
    /// share is good for telling `Camille` from `Marie`, not for statistics.
    pub fn female_share(&self, lower: &str) -> Option<u8> {
        self.names.get(lower).map(|n| (n & 0xFF) as u8)
    }

    /// How usual a name is: a million over ten more than its rank, added up over the sexes; 0 if it is no first name.
    pub fn frequency(&self, lower: &str) -> u32 {
        self.names.get(lower).map_or(0, |n| (n >> 8) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_tell_the_sexes_apart() {
        let share = |name| first_names().female_share(name).unwrap_or_else(|| panic!("{name} is no first name"));
        for name in ["marie", "sarah", "françoise", "aïcha", "svetlana", "jennifer"] {
            assert!(share(name) >= 90, "{name}: {}", share(name));
        }
        for name in ["michel", "john", "michael", "ahmed", "éric", "david"] {
            assert!(share(name) <= 10, "{name}: {}", share(name));
        }
        for name in ["camille", "dominique", "claude"] {
            assert!((10..=90).contains(&share(name)), "{name}: {}", share(name));
        }
    }

    #[test]
    fn usual_names_weigh_more() {
        let names = first_names();
        assert!(names.frequency("jean") > names.frequency("aymeric") && names.frequency("aymeric") > 0);
        assert_eq!(names.frequency("kazakhstan"), 0);
        assert_eq!(names.female_share(""), None);
    }
}
