//! What a rule looks for: patterns, its table, what it suggests. Compiled for a language when a draft of that first comes.

use std::collections::BTreeMap;
use std::mem::take;
use std::sync::{Arc, OnceLock};

use super::file::{OneOrMany, Ordered, RuleFile, TableEntry};
use crate::language::{Lang, Language, Languages};
use crate::pattern::{Compiler, Node, Pattern, PatternError, Phrases, has_sets, normalise, parse, split};

/// `find:`, `table:` and `suggest:` of a rule.
#[derive(Debug)]
pub(crate) struct Find {
    find: Ordered<OneOrMany>,
    table: Ordered<Ordered<TableEntry>>,
    suggest: Ordered<Ordered<String>>,
    /// By language.
    ready: Vec<OnceLock<Ready>>,
}

/// The same, for drafts of one language.
#[derive(Debug, Default)]
pub(crate) struct Ready {
    pub(crate) patterns: Vec<Arc<Pattern>>,
    /// The entries of the table.
    pub(crate) table: Vec<TableAdvice>,
    /// Role, then words as the analysis has them, parted by one space, then the replacement.
    pub(crate) suggest: BTreeMap<String, BTreeMap<String, String>>,
}

/// What a table says of one of its phrases.
#[derive(Debug)]
pub(crate) struct TableAdvice {
    pub(crate) suggested: Option<String>,
    pub(crate) note: Option<String>,
    /// Whether the suggestion can stand as it is: there is one, for one form.
    pub(crate) edits: bool,
}

/// What is wrong, with the keys that lead there.
pub(super) enum Wrong<'f> {
    /// In a pattern: its language's code, which of them it is, the pattern.
    Pattern(&'f str, usize, &'f str, PatternError),
    /// In the table: the language's code, the phrase, the word that the lexicon does not know.
    Table(&'f str, &'f str, String),
}

/// The code that stands for every language whose sets a pattern names.
pub(super) const ANY: &str = "any";

impl Find {
    pub(super) fn new(file: &mut RuleFile, languages: &Languages) -> Find {
        let ready = languages.iter().map(|_| OnceLock::new()).collect();
        Find { find: take(&mut file.find), table: take(&mut file.table), suggest: take(&mut file.suggest), ready }
    }

    /// Whether it says what to write instead.
    pub(crate) fn mends(&self) -> bool {
        !(self.table.is_empty() && self.suggest.is_empty())
    }

    /// How many patterns it has under a code.
    pub(super) fn patterns_in(&self, code: &str) -> usize {
        self.find.get(code).map_or(0, |all| all.0.len())
    }

    /// What it is for a language, once that was compiled.
    pub(crate) fn ready(&self, lang: Lang) -> Option<&Ready> {
        self.ready.get(lang.0 as usize)?.get()
    }

    /// Makes it ready for a language. What is wrong with it goes to `told`, but for patterns that cannot be parsed: those are of no
    /// language.
    pub(super) fn compile<'s>(
        &'s self,
        lang: Lang,
        languages: &Languages,
        compiler: &mut Compiler,
        told: &mut dyn FnMut(Wrong<'s>),
    ) {
        let (Some(language), Some(ready)) = (languages.get(lang), self.ready.get(lang.0 as usize)) else { return };
        if ready.get().is_some() {
            return;
        }
        let (list, table) = self.table(language, told);
        let mut patterns = Vec::new();
        let mine = self.find.0.iter().filter(|(code, _)| *code == language.code || code == ANY);
        for (code, sources) in mine {
            for (i, source) in sources.0.iter().enumerate() {
                let Ok(node) = parse(source) else { continue };
                if code == ANY && !speaks(language, &node, languages) {
                    continue;
                }
                match compiler.compile(&node, list.as_ref()) {
                    Ok(pattern) => patterns.push(Arc::new(pattern)),
                    Err(errors) => errors.into_iter().for_each(|e| told(Wrong::Pattern(code, i, source, e))),
                }
            }
        }
        // Somebody else may have been faster, with the same.
        let _ = ready.set(Ready { patterns, table, suggest: self.suggestions(language) });
    }

    fn table<'s>(&'s self, language: &Language, told: &mut dyn FnMut(Wrong<'s>)) -> (Option<Arc<Phrases>>, Vec<TableAdvice>) {
        let mine = self.table.0.iter().find(|(code, _)| *code == language.code || code == ANY);
        let Some((code, entries)) = mine else { return (None, Vec::new()) };
        let (list, unknown) = Phrases::new(entries.keys(), language);
        for lemma in unknown {
            let names = |phrase: &&str| normalise(phrase).split_whitespace().any(|w| w.strip_prefix('~') == Some(&lemma));
            told(Wrong::Table(code, entries.keys().find(names).unwrap_or_default(), lemma));
        }
        (Some(Arc::new(list)), entries.0.iter().map(|(phrase, entry)| table_advice(phrase, entry)).collect())
    }

    /// The suggestions by the words as the analysis has them, cut as the language cuts them.
    fn suggestions(&self, language: &Language) -> BTreeMap<String, BTreeMap<String, String>> {
        let words = |from: &str| split(from, language).iter().map(|w| normalise(w)).collect::<Vec<String>>().join(" ");
        let all = self.suggest.0.iter().map(|(role, all)| {
            let all = all.0.iter().map(|(from, to)| (words(from), to.clone()));
            (role.clone(), all.collect())
        });
        all.collect()
    }
}

/// Whether a pattern for any language is one for this: the language has the sets that it names, or none has.
fn speaks(language: &Language, node: &Node, languages: &Languages) -> bool {
    has_sets(node, language) || !languages.iter().any(|(_, l)| has_sets(node, l))
}

fn table_advice(phrase: &str, entry: &TableEntry) -> TableAdvice {
    let all = entry.suggestions();
    let suggested = (!all.is_empty() && all.iter().all(|s| !s.is_empty())).then(|| all.join(" / "));
    // Another form of the word needs another form of its replacement.
    TableAdvice { suggested, note: entry.note().map(str::to_owned), edits: all.len() == 1 && !phrase.contains('~') }
}
