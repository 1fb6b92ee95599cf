//! Reasons why what looks like a conflict may be none: what a relation tells with it, and what a rule's `unless:` names.

use serde::{Deserialize, Serialize};

/// Declares the facets, each with the guard that names it in rules: a new one is one line here.
macro_rules! facets {
    ($($(#[$doc:meta])+ $facet:ident = $name:literal,)+) => {
        /// A reason why a conflict may be none; a rule's `unless:` says which of them silence it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        #[repr(u8)]
        pub enum Facet {
            $($(#[$doc])+ $facet,)+
        }

        impl Facet {
            /// All facets.
            pub const ALL: &'static [Facet] = &[$(Facet::$facet),+];

            /// The name in rules: `attributed-differently`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Facet::$facet => $name,)+
                }
            }
        }
    };
}

facets! {
    /// One of the two is said to replace the other.
    Revised = "revised",
    /// Different sources say so.
    AttributedDifferently = "attributed-differently",
    /// A source is named for the claim.
    Attributed = "attributed",
    /// It stands in a quotation.
    Quoted = "quoted",
    /// It is denied, asked, wished, forecast or a condition.
    Hypothetical = "hypothetical",
    /// It is denied.
    Negated = "negated",
    /// One counts a part of what the other counts.
    PartOf = "part-of",
    /// Another event, in another place.
    OtherPlace = "other-place",
    /// Another event, at another time.
    OtherTime = "other-time",
    /// One of the two is given as approximate.
    Approximate = "approximate",
    /// A mark says archive or illustration.
    ArchiveImage = "archive-image",
    /// The story names the place, or a place in or around it.
    PlaceNamedInStory = "place-named-in-story",
    /// Each of the two names has a first name of its own.
    DifferentGivenName = "different-given-name",
    /// The story introduces two people.
    BothIntroduced = "both-introduced",
    /// Both spellings are names in their own right.
    KnownVariant = "known-variant",
    /// One is an inflected form of the other, or what its people are called.
    Derived = "derived",
    /// « (sic) » stands after it.
    Sic = "sic",
    /// The pictures are a series from several countries.
    PictureSeries = "picture-series",
    /// The numbers are places in a ranking, in which the first is the best.
    Ranked = "ranked",
    /// Other numbers of the story make it together.
    SumOfParts = "sum-of-parts",
    /// A cut or an insertion is marked.
    Abridged = "abridged",
    /// A word of kinship stands near.
    Kin = "kin",
    /// Two people of that name are known to everybody.
    Namesake = "namesake",
    /// The page is made of parts that come again and again.
    Template = "template",
    /// It stands in a note that corrects the story, and so gives a wrong value on purpose; every rule that holds values heeds it.
    Corrected = "correction-note",
}

/// A set of facets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facets(u32);

impl Facets {
    /// Adds a facet.
    pub fn insert(&mut self, facet: Facet) {
        self.0 |= 1 << facet as u8;
    }

    /// Adds a facet where the condition holds.
    pub fn insert_if(&mut self, condition: bool, facet: Facet) {
        if condition {
            self.insert(facet);
        }
    }

    /// Takes a facet out.
    pub fn remove(&mut self, facet: Facet) {
        self.0 &= !(1 << facet as u8);
    }

    /// Whether the facet is in the set.
    pub fn contains(self, facet: Facet) -> bool {
        self.0 & (1 << facet as u8) != 0
    }

    /// Whether the two sets share a facet.
    pub fn intersects(self, other: Facets) -> bool {
        self.0 & other.0 != 0
    }
}

impl FromIterator<Facet> for Facets {
    fn from_iter<T: IntoIterator<Item = Facet>>(iter: T) -> Facets {
        let mut set = Facets::default();
        for facet in iter {
            set.insert(facet);
        }
        set
    }
}
