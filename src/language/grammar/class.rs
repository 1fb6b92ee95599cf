//! Classes of words and sets of them.

use serde::Deserialize;

/// One class of words, finer than a part of speech where syntax needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
#[allow(missing_docs, reason = "the names are the grammar's own")]
pub enum Class {
    Noun,
    Proper,
    /// A finite verb.
    Verb,
    Infinitive,
    PastParticiple,
    PresentParticiple,
    /// A form of an auxiliary of perfect or passive; beside `Verb` and its like.
    Auxiliary,
    Modal,
    /// The word before an infinitive.
    Marker,
    Adjective,
    Adverb,
    Determiner,
    /// A pronoun that is a subject.
    Subject,
    /// A pronoun that is an object.
    Clitic,
    Pronoun,
    Preposition,
    Coordinator,
    Subordinator,
    Relative,
    Negator,
    Numeral,
    Other,
}

impl Class {
    /// All classes with their names, in their order.
    const ALL: [(Class, &str); 22] = [
        (Class::Noun, "noun"),
        (Class::Proper, "proper"),
        (Class::Verb, "verb"),
        (Class::Infinitive, "infinitive"),
        (Class::PastParticiple, "past-participle"),
        (Class::PresentParticiple, "present-participle"),
        (Class::Auxiliary, "auxiliary"),
        (Class::Modal, "modal"),
        (Class::Marker, "marker"),
        (Class::Adjective, "adjective"),
        (Class::Adverb, "adverb"),
        (Class::Determiner, "determiner"),
        (Class::Subject, "subject"),
        (Class::Clitic, "clitic"),
        (Class::Pronoun, "pronoun"),
        (Class::Preposition, "preposition"),
        (Class::Coordinator, "coordinator"),
        (Class::Subordinator, "subordinator"),
        (Class::Relative, "relative"),
        (Class::Negator, "negator"),
        (Class::Numeral, "numeral"),
        (Class::Other, "other"),
    ];

    /// The name, as grammars write it.
    pub fn name(self) -> &'static str {
        Class::ALL[self as usize].1
    }
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(pub(crate) u32);

impl Classes {
    /// A set of one.
    pub const fn of(class: Class) -> Classes {
        Classes(1 << class as u8)
    }

    /// A set of these.
    pub const fn all<const N: usize>(classes: [Class; N]) -> Classes {
        let (mut bits, mut i) = (0, 0);
        while i < N {
            bits |= Classes::of(classes[i]).0;
            i += 1;
        }
        Classes(bits)
    }

    /// Whether the class is in the set.
    pub const fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u8) != 0
    }

    /// Whether the sets share a class.
    pub const fn meets(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether exactly one class is in the set.
    pub const fn is_one(self) -> bool {
        self.0.count_ones() == 1
    }

    /// Whether every class is in the other set; false for the empty set.
    pub const fn within(self, other: Classes) -> bool {
        self.0 != 0 && self.0 & !other.0 == 0
    }

    /// Whether every class of the other set is in this one.
    pub const fn holds(self, other: Classes) -> bool {
        self.0 & other.0 == other.0
    }

    /// The classes of the set, in their order.
    pub fn iter(self) -> impl Iterator<Item = Class> {
        Class::ALL.into_iter().map(|(class, _)| class).filter(move |c| self.has(*c))
    }

    /// Adds a class.
    pub fn insert(&mut self, class: Class) {
        self.0 |= 1 << class as u8;
    }
}

impl<'de> Deserialize<'de> for Classes {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Classes, D::Error> {
        Ok(Vec::<Class>::deserialize(d)?.into_iter().fold(Classes::default(), |mut set, c| {
            set.insert(c);
            set
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_have_the_names_that_grammars_give_them() {
        for (i, (class, name)) in Class::ALL.into_iter().enumerate() {
            assert_eq!((class as usize, class.name()), (i, name));
            assert_eq!(serde_json::from_value::<Class>(name.into()).unwrap(), class);
        }
    }
}
