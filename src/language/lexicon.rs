//! Forms with their readings, from the lexicon that is built into recoupe.
//!
//! French comes from the Dicollecte dictionary, English from Harper's (see `NOTICE`). The build script expands the lemmas and
//! paradigms under `rules/` into a finite-state map of the forms, and this module reads that map where it lies in the binary.

mod tag;

use std::fmt;

use fst::Map;

use tag::USUAL;
pub use tag::{Pos, Tag, VerbForm};

/// A dictionary form, as an index of its language's lexicon. Two parts of speech of one spelling share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LemmaId(pub u32);

impl LemmaId {
    /// No dictionary form: of a word that the lexicon does not hold.
    pub const NONE: LemmaId = LemmaId(u32::MAX);
}

/// One way to read a word: what the lexicon or the closed classes say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The dictionary form.
    pub lemma: LemmaId,
    /// Part of speech and inflection.
    pub tag: Tag,
}

/// The forms of one language.
pub struct Lexicon {
    /// Form → index of its first reading, shifted by [`USUAL`] bits, and the part of speech that it most often is; `None` where no lexicon is built in.
    forms: Option<Map<&'static [u8]>>,
    /// All tags that occur.
    tags: Numbers,
    /// Readings form by form: index of the lemma (19 bits), index of the tag (12 bits), whether it is the form's last (1 bit).
    readings: Numbers,
    /// Where each lemma begins in `text`, and where the last one ends.
    lemmas: Numbers,
    /// All lemmas, sorted, one after the other.
    text: &'static [u8],
}

/// What the build script wrote: code, map of the forms, tables.
type Built = (&'static str, &'static [u8], &'static [u8]);

static BUILT: &[Built] = include!(concat!(env!("OUT_DIR"), "/lexicons.rs"));

impl Lexicon {
    /// The lexicon that is built in for a language; an empty one where there is none.
    pub fn shipped(code: &str) -> Lexicon {
        let Some(&(_, forms, tables)) = BUILT.iter().find(|b| b.0 == code) else {
            return Lexicon::empty();
        };
        let (tags, rest) = Numbers::take(tables);
        let (readings, rest) = Numbers::take(rest);
        let (lemmas, text) = Numbers::take(rest);
        Lexicon { forms: Some(Map::new(forms).expect("the build script writes a well-formed map")), tags, readings, lemmas, text }
    }

    fn empty() -> Lexicon {
        let none = Numbers(&[]);
        Lexicon { forms: None, tags: none, readings: none, lemmas: none, text: &[] }
    }

    /// How the lexicon reads a word; nothing if it does not hold it.
    ///
    /// The word is in lower case, its letters composed (NFC), its apostrophes straight. Costs about a tenth of a microsecond and
    /// allocates nothing.
    ///
    /// ```
    /// use recoupe::language::lexicon::{Lexicon, Pos};
    ///
    /// let french = Lexicon::shipped("fr");
    /// let (lemma, tag) = french.readings("chevaux").next().unwrap();
    /// assert_eq!(french.lemma_text(lemma), "cheval");
    /// assert!(tag.pos() == Pos::Noun && tag.plural() && !tag.singular());
    /// ```
    pub fn readings(&self, lower: &str) -> impl Iterator<Item = (LemmaId, Tag)> + '_ {
        self.look_up(lower).1
    }

    /// The part of speech that a word most often is, where the lexicon tells, and how it reads the word.
    pub(crate) fn look_up(&self, lower: &str) -> (Option<Pos>, impl Iterator<Item = (LemmaId, Tag)> + '_) {
        let value = self.forms.as_ref().and_then(|f| f.get(lower));
        let usual = value.and_then(|v| Pos::by_index((v & ((1 << USUAL) - 1)) as usize));
        let mut next = value.map(|v| (v >> USUAL) as usize).filter(|i| *i < self.readings.len());
        let readings = std::iter::from_fn(move || {
            let index = next?;
            let packed = self.readings.get(index);
            next = (packed & 1 == 0).then_some(index + 1);
            Some((LemmaId(packed >> 13), Tag(self.tags.get((packed >> 1 & 0xFFF) as usize))))
        });
        (usual, readings)
    }

    /// Whether the lexicon holds a form.
    pub fn contains(&self, lower: &str) -> bool {
        self.readings(lower).next().is_some()
    }

    /// The dictionary form that is spelt so, in lower case; one for each spelling, whatever its parts of speech.
    pub fn lemma(&self, word: &str) -> Option<LemmaId> {
        let (mut low, mut high) = (0, self.lemmas.len().saturating_sub(1));
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.letters(middle) < word.as_bytes() { low = middle + 1 } else { high = middle }
        }
        (low + 1 < self.lemmas.len() && self.letters(low) == word.as_bytes()).then_some(LemmaId(low as u32))
    }

    /// The spelling of a dictionary form, in lower case; empty for [`LemmaId::NONE`] and what is no index of this lexicon.
    pub fn lemma_text(&self, id: LemmaId) -> &str {
        if (id.0 as usize) < self.lemmas.len().saturating_sub(1) { self.spelling(id.0 as usize) } else { "" }
    }

    fn spelling(&self, index: usize) -> &str {
        std::str::from_utf8(self.letters(index)).expect("the build script writes UTF-8")
    }

    fn letters(&self, index: usize) -> &[u8] {
        &self.text[self.lemmas.get(index) as usize..self.lemmas.get(index + 1) as usize]
    }
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lexicon")
            .field("forms", &self.forms.as_ref().map_or(0, Map::len))
            .field("readings", &self.readings.len())
            .finish()
    }
}

/// A table of little-endian numbers of four bytes, at any alignment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers(&'static [u8]);

impl Numbers {
    /// A table that begins with its length, and what follows it.
    pub(super) fn take(bytes: &'static [u8]) -> (Numbers, &'static [u8]) {
        let (length, rest) = bytes.split_at(4);
        let (table, rest) = rest.split_at(Numbers(length).get(0) as usize * 4);
        (Numbers(table), rest)
    }

    pub(super) fn len(self) -> usize {
        self.0.len() / 4
    }

    pub(super) fn get(self, index: usize) -> u32 {
        u32::from_le_bytes(self.bytes(index).try_into().expect("four bytes"))
    }

    /// The four bytes of a number.
    pub(super) fn bytes(self, index: usize) -> &'static [u8] {
        &self.0[index * 4..][..4]
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static FRENCH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::shipped("fr"));
    static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::shipped("en"));

    /// All readings of a form, as text, sorted.
    fn check(lexicon: &Lexicon, form: &str, expected: &str) {
        let mut found: Vec<_> = lexicon.readings(form).map(|(l, t)| format!("{} {t}", lexicon.lemma_text(l))).collect();
        found.sort();
        assert_eq!(found.join(", "), expected, "{form}");
    }

    #[test]
    fn french_nouns_have_gender_and_number() {
        check(
            &FRENCH,
            "police",
            "police noun.f.sg, policer verb.impv.2.sg, policer verb.pres.1.sg, policer verb.pres.3.sg, policer verb.subj.1.sg, policer verb.subj.3.sg",
        );
        check(&FRENCH, "témoins", "témoin noun.m.pl");
        check(&FRENCH, "chevaux", "cheval noun.m.pl");
        check(&FRENCH, "maire", "maire noun.sg");
        check(&FRENCH, "œil", "œil noun.m.sg");
    }

    #[test]
    fn french_verbs_have_tense_and_person() {
        check(&FRENCH, "décéder", "décéder verb.inf");
        check(&FRENCH, "décédait", "décéder verb.impf.3.sg");
        check(&FRENCH, "décédèrent", "décéder verb.past.3.pl");
        check(&FRENCH, "décéderaient", "décéder verb.cond.3.pl");
        check(&FRENCH, "sont", "être verb.pres.3.pl");
    }

    #[test]
    fn french_participles_agree() {
        check(&FRENCH, "décédée", "décéder verb.pp.f.sg");
        check(&FRENCH, "décédés", "décéder verb.pp.m.pl");
        let read = |f| {
            FRENCH.readings(f).any(|(l, t)| FRENCH.lemma_text(l) == "mourir" && t.verb_form() == Some(VerbForm::PastParticiple))
        };
        assert!(read("mort") && read("mortes"));
    }

    #[test]
    fn a_finite_form_is_neither_infinitive_nor_participle() {
        let finite = |f| FRENCH.readings(f).any(|r| r.1.is_finite());
        assert!(finite("arrivera") && !finite("arrivée") && !finite("arrivant") && !finite("arriver"));
    }

    #[test]
    fn french_function_words() {
        let has = |f, pos| FRENCH.readings(f).any(|r| r.1.pos() == pos);
        assert!(has("le", Pos::Determiner) && has("le", Pos::Pronoun) && has("que", Pos::Subordinator));
        assert!(has("chez", Pos::Preposition) && has("mais", Pos::Conjunction) && has("l'", Pos::Determiner));
    }

    #[test]
    fn proper_nouns_are_flagged() {
        assert!(FRENCH.readings("paris").any(|r| r.1.pos() == Pos::ProperNoun));
    }

    #[test]
    fn english_regular_forms() {
        let has = |form: &str, reading: &str| {
            let found: Vec<_> = ENGLISH.readings(form).map(|(l, t)| format!("{} {t}", ENGLISH.lemma_text(l))).collect();
            assert!(found.iter().any(|r| r == reading), "{form}: {found:?} has no {reading}");
        };
        has("died", "die verb.past");
        has("died", "die verb.pp");
        has("dies", "die verb.pres.3.sg");
        has("dying", "die verb.ppr");
        has("cities", "city noun.pl");
        has("bigger", "big adj");
        has("quickly", "quickly adv");
        has("stopped", "stop verb.past");
    }

    #[test]
    fn english_irregular_forms() {
        let lemma = |form: &str, of: &str| ENGLISH.readings(form).any(|(l, _)| ENGLISH.lemma_text(l) == of);
        for (form, of) in [
            ("said", "say"),
            ("went", "go"),
            ("gone", "go"),
            ("was", "be"),
            ("children", "child"),
            ("men", "man"),
            ("spokesmen", "spokesman"),
            ("found", "find"),
            ("has", "have"),
            ("overtook", "overtake"),
        ] {
            assert!(lemma(form, of), "{form} is a form of {of}");
        }
        check(&ENGLISH, "went", "go verb.past");
    }

    #[test]
    fn every_lemma_is_found_again() {
        for lexicon in [&*FRENCH, &*ENGLISH] {
            for i in 0..lexicon.lemmas.len() - 1 {
                let id = LemmaId(i as u32);
                assert_eq!(lexicon.lemma(lexicon.lemma_text(id)), Some(id));
            }
        }
        assert_eq!(FRENCH.lemma("décédait"), None);
        assert_eq!(FRENCH.lemma("zzzzzz"), None);
        assert_eq!(FRENCH.lemma_text(LemmaId::NONE), "");
    }

    #[test]
    fn a_language_without_lexicon_has_an_empty_one() {
        let none = Lexicon::shipped("xx");
        assert!(!none.contains("police") && none.lemma("police").is_none() && none.readings("police").next().is_none());
    }

    #[test]
    fn tags_are_read_as_they_are_written() {
        for text in ["noun.f.sg", "verb.pres.3.pl", "verb.pp.m.sg", "adj", "sub"] {
            assert_eq!(Tag::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Tag::parse("noun.x"), None);
    }
}
