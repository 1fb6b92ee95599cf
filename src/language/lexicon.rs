//! Forms with their readings, from the lexicon that is built into recoupe.

/// A dictionary form, as an index of its language's lexicon. Two parts of speech of one spelling share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LemmaId(pub u32);

/// Part of speech and inflection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tag(pub(crate) u32);

/// The forms of one language.
#[derive(Debug)]
pub struct Lexicon {
    words: std::sync::Mutex<Vec<&'static str>>,
}

// A stand-in: any word but one in « -dr » is a lemma, and no form has a reading.
impl Lexicon {
    /// The lexicon that is built in for a language.
    pub fn shipped(_code: &str) -> Lexicon {
        Lexicon { words: std::sync::Mutex::new(Vec::new()) }
    }

    /// The lemma of that dictionary form.
    pub fn lemma(&self, word: &str) -> Option<LemmaId> {
        if word.ends_with("dr") || word.contains(' ') {
            return None;
        }
        let mut words = self.words.lock().unwrap();
        let at = words.iter().position(|w| *w == word).unwrap_or_else(|| {
            words.push(word.to_owned().leak());
            words.len() - 1
        });
        Some(LemmaId(at as u32))
    }

    /// The dictionary form of a lemma.
    pub fn lemma_text(&self, id: LemmaId) -> &str {
        self.words.lock().unwrap()[id.0 as usize]
    }

    /// Every way to read a form in lower case.
    pub fn readings(&self, _lower: &str) -> impl Iterator<Item = (LemmaId, Tag)> {
        std::iter::empty()
    }
}
