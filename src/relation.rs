//! Relations between mentions: what a rule's `expect:` names. They speak of facts, never of words of a language.

use serde::{Deserialize, Serialize};

use crate::analysis::Analysis;
use crate::finding::Bindings;
use crate::span::Span;

/// Two or more places that do not go together: facts, no prose.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The places, by the part that each plays.
    pub roles: Vec<(&'static str, Span)>,
    /// What a message may tell.
    pub values: Bindings,
    /// What would clear the conflict, if the rule lets it.
    pub facets: Facets,
}

/// A reason why a conflict may be none; a rule's `unless:` says which of them silence it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Facet {
    /// One of the two is said to replace the other.
    Revised,
    /// Different sources say so.
    AttributedDifferently,
    /// A source is named for the claim.
    Attributed,
    /// It stands in a quotation.
    Quoted,
    /// It is denied, asked, wished, forecast or a condition.
    Hypothetical,
    /// It is denied.
    Negated,
    /// One counts a part of what the other counts.
    PartOf,
    /// Another event, in another place.
    OtherPlace,
    /// Another event, at another time.
    OtherTime,
    /// One of the two is given as approximate.
    Approximate,
    /// A mark says archive or illustration.
    ArchiveImage,
    /// The story names the place, or a place in or around it.
    PlaceNamedInStory,
    /// Each of the two names has a first name of its own.
    DifferentGivenName,
    /// The story introduces two people.
    BothIntroduced,
    /// Both spellings are names in their own right.
    KnownVariant,
    /// One is an inflected form of the other, or what its people are called.
    Derived,
}

impl Facet {
    /// All facets.
    pub const ALL: [Facet; 16] = [
        Facet::Revised,
        Facet::AttributedDifferently,
        Facet::Attributed,
        Facet::Quoted,
        Facet::Hypothetical,
        Facet::Negated,
        Facet::PartOf,
        Facet::OtherPlace,
        Facet::OtherTime,
        Facet::Approximate,
        Facet::ArchiveImage,
        Facet::PlaceNamedInStory,
        Facet::DifferentGivenName,
        Facet::BothIntroduced,
        Facet::KnownVariant,
        Facet::Derived,
    ];
}

impl Facet {
    /// The name in rules: `attributed-differently`.
    pub fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    }
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

/// What a relation does; one implementation a file.
pub trait Relation {
    /// The roles that its conflicts carry.
    fn roles(&self) -> &'static [&'static str];
    /// The names, beside the roles, that its conflicts bind for messages.
    fn values(&self) -> &'static [&'static str];
    /// The facets that its conflicts may carry.
    fn facets(&self) -> &'static [Facet];
    /// Every conflict in the draft, those included that a facet would clear.
    fn conflicts(&self, a: &Analysis) -> Vec<Conflict>;
}
