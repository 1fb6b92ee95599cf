//! Part of speech and inflection in one number. The build script compiles this file too, so it uses nothing of the crate.

use std::fmt;

/// Part of speech and inflection.
///
/// Where the source tells no gender or no number, both are set: `police` is feminine only, `maire` is masculine and feminine.
/// As text it is the part of speech, then what is known, parted by full stops: `noun.f.sg`, `verb.pres.3.pl`, `verb.pp.m.sg`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(pub(crate) u32);

/// Part of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Pos {
    Noun,
    ProperNoun,
    Verb,
    Adjective,
    Adverb,
    Determiner,
    Pronoun,
    Preposition,
    /// Joins like with like: `et`, `or`.
    Conjunction,
    /// Opens a subordinate clause: `que`, `because`.
    Subordinator,
    Numeral,
    Interjection,
    Other,
}

/// Mood and tense, as far as they show in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VerbForm {
    /// `décéder`; the English base, `die`.
    Infinitive,
    /// Indicative present: `décède`, `dies`.
    Present,
    /// Indicative imperfect: `décédait`.
    Imperfect,
    /// Simple past: `décéda`, `died`.
    Past,
    /// Indicative future: `décédera`.
    Future,
    /// Conditional: `décéderait`.
    Conditional,
    /// Subjunctive, present or imperfect.
    Subjunctive,
    /// Imperative.
    Imperative,
    /// `décédé`, `died`.
    PastParticiple,
    /// `décédant`, `dying`.
    PresentParticiple,
}

/// The parts of speech with their text.
const POS: [(Pos, &str); 13] = [
    (Pos::Noun, "noun"),
    (Pos::ProperNoun, "name"),
    (Pos::Verb, "verb"),
    (Pos::Adjective, "adj"),
    (Pos::Adverb, "adv"),
    (Pos::Determiner, "det"),
    (Pos::Pronoun, "pron"),
    (Pos::Preposition, "prep"),
    (Pos::Conjunction, "conj"),
    (Pos::Subordinator, "sub"),
    (Pos::Numeral, "num"),
    (Pos::Interjection, "intj"),
    (Pos::Other, "other"),
];

/// The verb forms with their text.
const FORMS: [(VerbForm, &str); 10] = [
    (VerbForm::Infinitive, "inf"),
    (VerbForm::Present, "pres"),
    (VerbForm::Imperfect, "impf"),
    (VerbForm::Past, "past"),
    (VerbForm::Future, "fut"),
    (VerbForm::Conditional, "cond"),
    (VerbForm::Subjunctive, "subj"),
    (VerbForm::Imperative, "impv"),
    (VerbForm::PastParticiple, "pp"),
    (VerbForm::PresentParticiple, "ppr"),
];

/// Bits of the map of forms that hold the part of speech that a form most often is: one more than its index, 0 where nobody knows.
pub(crate) const USUAL: u32 = 4;

impl Pos {
    /// The part of speech that [`USUAL`] bits stand for.
    pub(crate) fn by_index(bits: usize) -> Option<Pos> {
        bits.checked_sub(1).and_then(|i| POS.get(i)).map(|p| p.0)
    }
}

const MASCULINE: u32 = 1 << 4;
const FEMININE: u32 = 1 << 5;
const SINGULAR: u32 = 1 << 6;
const PLURAL: u32 = 1 << 7;
/// Bits 8 to 11: one more than the index of the verb form, 0 for none.
const FORM: u32 = 8;
/// Bits 12 and 13: the person, 0 for none.
const PERSON: u32 = 12;

impl Tag {
    /// A part of speech of which no gender, number, verb form or person is known.
    pub const fn new(pos: Pos) -> Tag {
        Tag(pos as u32 | MASCULINE | FEMININE | SINGULAR | PLURAL)
    }

    /// With these genders.
    pub const fn with_gender(self, masculine: bool, feminine: bool) -> Tag {
        Tag(self.0 & !(MASCULINE | FEMININE) | (masculine as u32 * MASCULINE) | (feminine as u32 * FEMININE))
    }

    /// With these numbers.
    pub const fn with_number(self, singular: bool, plural: bool) -> Tag {
        Tag(self.0 & !(SINGULAR | PLURAL) | (singular as u32 * SINGULAR) | (plural as u32 * PLURAL))
    }

    /// With this verb form.
    pub const fn with_verb_form(self, form: VerbForm) -> Tag {
        Tag(self.0 & !(0xF << FORM) | (form as u32 + 1) << FORM)
    }

    /// With this person, 1 to 3; any other number for none.
    pub const fn with_person(self, person: u8) -> Tag {
        let person = if person > 3 { 0 } else { person as u32 };
        Tag(self.0 & !(3 << PERSON) | person << PERSON)
    }

    /// Part of speech.
    pub fn pos(self) -> Pos {
        POS[(self.0 & 0xF) as usize].0
    }

    /// Whether it may be masculine.
    pub fn masculine(self) -> bool {
        self.0 & MASCULINE != 0
    }

    /// Whether it may be feminine.
    pub fn feminine(self) -> bool {
        self.0 & FEMININE != 0
    }

    /// Whether it may be singular.
    pub fn singular(self) -> bool {
        self.0 & SINGULAR != 0
    }

    /// Whether it may be plural.
    pub fn plural(self) -> bool {
        self.0 & PLURAL != 0
    }

    /// The verb form, of a verb.
    pub fn verb_form(self) -> Option<VerbForm> {
        let index = (self.0 >> FORM & 0xF) as usize;
        index.checked_sub(1).map(|i| FORMS[i].0)
    }

    /// The person, 1 to 3, where the form has one.
    pub fn person(self) -> Option<u8> {
        let person = (self.0 >> PERSON & 3) as u8;
        (person > 0).then_some(person)
    }

    /// Whether it is a verb form that a subject agrees with: neither infinitive nor participle.
    pub fn is_finite(self) -> bool {
        use VerbForm::{Infinitive, PastParticiple, PresentParticiple};
        self.verb_form().is_some_and(|f| !matches!(f, Infinitive | PastParticiple | PresentParticiple))
    }

    /// Reads the text form, with its parts in any order after the part of speech; `None` if a part is unknown.
    pub fn parse(text: &str) -> Option<Tag> {
        let mut parts = text.split('.');
        let pos = parts.next()?;
        let mut tag = Tag::new(POS.iter().find(|p| p.1 == pos)?.0);
        for part in parts {
            tag = match part {
                "m" => tag.with_gender(true, false),
                "f" => tag.with_gender(false, true),
                "sg" => tag.with_number(true, false),
                "pl" => tag.with_number(false, true),
                "1" => tag.with_person(1),
                "2" => tag.with_person(2),
                "3" => tag.with_person(3),
                form => tag.with_verb_form(FORMS.iter().find(|f| f.1 == form)?.0),
            };
        }
        Some(tag)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(POS[(self.0 & 0xF) as usize].1)?;
        if let Some(form) = self.verb_form() {
            write!(f, ".{}", FORMS[form as usize].1)?;
        }
        if let Some(person) = self.person() {
            write!(f, ".{person}")?;
        }
        f.write_str(match (self.masculine(), self.feminine()) {
            (true, false) => ".m",
            (false, true) => ".f",
            _ => "",
        })?;
        f.write_str(match (self.singular(), self.plural()) {
            (true, false) => ".sg",
            (false, true) => ".pl",
            _ => "",
        })
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
