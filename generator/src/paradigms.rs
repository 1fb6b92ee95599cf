//! Forms to lemmas and paradigms: what is alike in the inflection of many words is written once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// A form of a lemma: how it is made, and its tag.
///
/// Ordered by tag, so that a paradigm reads alike whatever order its source has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Rule {
    tag: String,
    strip: String,
    add: String,
}

/// The lemmas of one language with their inflections.
#[derive(Default)]
pub struct Lemmas {
    /// Lemma → the inflections that it has, one for a part of speech and gender.
    inflections: BTreeMap<String, BTreeSet<Vec<Rule>>>,
    /// Forms that are no proper nouns, in lower case.
    common: BTreeSet<String>,
    /// Form in lower case → its tags.
    tags: BTreeMap<String, BTreeSet<String>>,
}

impl Lemmas {
    /// Adds a lemma with forms and their tags.
    pub fn add(&mut self, lemma: &str, forms: impl IntoIterator<Item = (String, String)>) {
        let mut rules = BTreeSet::new();
        for (form, tag) in forms {
            let (strip, add) = change(lemma, &form);
            if !tag.starts_with("name") {
                self.common.insert(form.to_lowercase());
            }
            self.tags.entry(form.to_lowercase()).or_default().insert(tag.clone());
            rules.insert(Rule { tag, strip, add });
        }
        if !rules.is_empty() {
            self.inflections.entry(lemma.to_owned()).or_default().insert(rules.into_iter().collect());
        }
    }

    /// Whether a word is a form of some lemma, other than of a proper noun.
    pub fn has_common(&self, lower: &str) -> bool {
        self.common.contains(lower)
    }

    /// The tags of a form; none where no lemma has it.
    pub fn tags(&self, lower: &str) -> impl Iterator<Item = &str> {
        self.tags.get(lower).into_iter().flatten().map(String::as_str)
    }

    /// Writes `lexicon.tsv` (lemma, its paradigms) and `paradigms.tsv` (paradigm, its forms) into a language's folder.
    ///
    /// A paradigm is named after the shortest lemma that has it, as grammar books do.
    pub fn write(&self, folder: &Path, source: &str) {
        let mut models: HashMap<&Vec<Rule>, &str> = HashMap::new();
        for (lemma, inflections) in &self.inflections {
            for inflection in inflections {
                let model = models.entry(inflection).or_insert(lemma);
                if rank(lemma) < rank(model) {
                    *model = lemma;
                }
            }
        }
        let mut named: Vec<_> = models.into_iter().collect();
        named.sort();
        let mut ids: HashMap<&Vec<Rule>, String> = HashMap::new();
        let mut paradigms: BTreeMap<String, &Vec<Rule>> = BTreeMap::new();
        for (inflection, model) in named {
            let pos = inflection[0].tag.split('.').next().unwrap();
            let mut id = format!("{pos}:{model}");
            for number in 2.. {
                if !paradigms.contains_key(&id) {
                    break;
                }
                id = format!("{pos}:{model}:{number}");
            }
            paradigms.insert(id.clone(), inflection);
            ids.insert(inflection, id);
        }

        let mut out = format!("{source}# Paradigm, then its forms: tag:what the lemma loses at its end/what it takes instead.\n");
        for (id, rules) in &paradigms {
            let rules: Vec<_> = rules.iter().map(|r| format!("{}:{}/{}", r.tag, r.strip, r.add)).collect();
            writeln!(out, "{id}\t{}", rules.join(" ")).unwrap();
        }
        fs::write(folder.join("paradigms.tsv"), out).unwrap();

        let mut out = format!("{source}# Dictionary form, then its paradigms.\n");
        for (lemma, inflections) in &self.inflections {
            let mut of: Vec<_> = inflections.iter().map(|i| ids[i].as_str()).collect();
            of.sort_unstable();
            writeln!(out, "{lemma}\t{}", of.join(" ")).unwrap();
        }
        fs::write(folder.join("lexicon.tsv"), out).unwrap();
    }
}

/// The least makes the best model: a common word, short, but not a letter or an abbreviation.
fn rank(lemma: &str) -> (bool, bool, usize, &str) {
    let length = lemma.chars().count();
    (!lemma.chars().all(char::is_lowercase), length < 4, length, lemma)
}

/// What a lemma loses at its end and takes instead to become a form.
fn change(lemma: &str, form: &str) -> (String, String) {
    // The build step works on lower case, where the strip has to be found again.
    let (lemma, form) = (lemma.to_lowercase(), form.to_lowercase());
    let common = lemma.char_indices().zip(form.chars()).find(|((_, a), b)| a != b).map(|((i, _), _)| i);
    let common = common.unwrap_or(lemma.len().min(form.len()));
    (lemma[common..].to_owned(), form[common..].to_owned())
}
