//! Lists of phrases: cue sets and the tables of rules. A phrase is found by its first token, however long the list.

use rustc_hash::FxHashMap;

use super::words;
use crate::analysis::Analysis;
use crate::language::Language;
use crate::language::lexicon::LemmaId;

/// One token of a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum PhraseToken {
    /// The word in lower case.
    Word(Box<str>),
    /// Any form of the word.
    Lemma(LemmaId),
}

/// A list of phrases, compiled for a language.
#[derive(Debug, Default)]
pub struct Phrases {
    entries: Vec<Vec<PhraseToken>>,
    by_word: FxHashMap<Box<str>, Vec<u32>>,
    by_lemma: FxHashMap<LemmaId, Vec<u32>>,
}

impl Phrases {
    /// Compiles entries; the words after `~` that the language's lexicon does not know come back beside the list.
    pub fn new<'e>(entries: impl IntoIterator<Item = &'e str>, language: &Language) -> (Phrases, Vec<String>) {
        let mut out = Phrases::default();
        let mut unknown = Vec::new();
        for entry in entries {
            let mut tokens = Vec::new();
            for piece in entry.split_whitespace() {
                let Some(lemma) = piece.strip_prefix('~') else {
                    let words = words::split(piece, language);
                    tokens.extend(words.iter().map(|w| PhraseToken::Word(words::normalise(w).into())));
                    continue;
                };
                let lemma = words::normalise(lemma);
                match language.lexicon.lemma(&lemma) {
                    Some(id) => tokens.push(PhraseToken::Lemma(id)),
                    None => {
                        tokens.push(PhraseToken::Word(lemma.clone().into()));
                        unknown.push(lemma);
                    }
                }
            }
            out.push(tokens);
        }
        (out, unknown)
    }

    fn push(&mut self, tokens: Vec<PhraseToken>) {
        let index = self.entries.len() as u32;
        match tokens.first() {
            Some(PhraseToken::Word(word)) => self.by_word.entry(word.clone()).or_default().push(index),
            Some(PhraseToken::Lemma(lemma)) => self.by_lemma.entry(*lemma).or_default().push(index),
            None => {}
        }
        self.entries.push(tokens);
    }

    /// The entries, token by token, in the order of the list.
    pub(crate) fn entries(&self) -> &[Vec<PhraseToken>] {
        &self.entries
    }

    /// The entries that stand at `at`, before `end`: their index and their number of tokens, the longest first.
    pub(crate) fn at(&self, a: &Analysis, at: usize, end: usize) -> Vec<(u32, usize)> {
        let mut out = Vec::new();
        if at >= end {
            return out;
        }
        let by_word = self.by_word.get(a.lower(at)).into_iter().flatten();
        let by_lemma = a.readings(at).iter().filter_map(|r| self.by_lemma.get(&r.lemma)).flatten();
        for &index in by_word.chain(by_lemma) {
            let tokens = &self.entries[index as usize];
            let fits = at + tokens.len() <= end && tokens.iter().enumerate().all(|(i, token)| token.fits(a, at + i));
            if fits && !out.contains(&(index, tokens.len())) {
                out.push((index, tokens.len()));
            }
        }
        out.sort_by_key(|&(index, len)| (std::cmp::Reverse(len), index));
        out
    }
}

impl PhraseToken {
    pub(crate) fn fits(&self, a: &Analysis, at: usize) -> bool {
        match self {
            PhraseToken::Word(word) => a.lower(at) == &**word,
            PhraseToken::Lemma(lemma) => a.readings(at).iter().any(|r| r.lemma == *lemma),
        }
    }
}
