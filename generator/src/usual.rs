//! What a word most often is, from the trained tagger of Harper, as far as it says more than the lexicon.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::packages::folder;
use crate::paradigms::Lemmas;

const SOURCE: &str =
    "# From the tagger of harper-brill 3.0.0, © Automattic and contributors, Apache License 2.0; changed: what the lexicon
# knows without it left out. Form, then the part of speech that it most often is.
";

/// Writes `usual.tsv` into a language's folder.
///
/// The tagger's rules of context are not taken: most of them tell apart the tags of single words that `grammar.yaml` knows, or compare the
/// beginnings of words only ("in" stands for "in", "into" and "income").
pub fn make(cache: &Path, lemmas: &Lemmas, folder_of_language: &Path) {
    let model = fs::read_to_string(folder(cache, "harper-brill").join("trained_tagger_model.json")).unwrap();
    let model: Value = serde_json::from_str(&model).unwrap();
    let words = model["base"]["mapping"].as_object().unwrap();
    let words: BTreeMap<&str, &str> = words.iter().map(|(form, tag)| (form.as_str(), tag.as_str().unwrap())).collect();
    let mut out = String::from(SOURCE);
    for (form, tag) in words {
        if let Some(pos) = part_of_speech(tag).filter(|pos| says_more(form, pos, lemmas)) {
            writeln!(out, "{form}\t{pos}").unwrap();
        }
    }
    fs::write(folder_of_language.join("usual.tsv"), out).unwrap();
}

fn part_of_speech(tag: &str) -> Option<&'static str> {
    Some(match tag {
        "NOUN" => "noun",
        "PROPN" => "name",
        "VERB" | "AUX" => "verb",
        "ADJ" => "adj",
        "ADV" => "adv",
        "ADP" => "prep",
        "DET" => "det",
        "SCONJ" => "sub",
        "CCONJ" => "conj",
        "PRON" => "pron",
        "NUM" => "num",
        _ => return None,
    })
}

/// Whether the lexicon leaves it open, or lacks it.
fn says_more(form: &str, pos: &str, lemmas: &Lemmas) -> bool {
    let is_word = form.len() > 1 && form.starts_with(|c: char| c.is_ascii_lowercase());
    if !is_word || !form.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | '.')) || form.ends_with('-') {
        return false;
    }
    let parts = || lemmas.tags(form).map(|t| t.split('.').next().unwrap_or(t));
    let participle = lemmas.tags(form).any(|t| t.starts_with("verb.pp"));
    if parts().any(|p| p == pos) {
        return parts().any(|p| p != pos);
    }
    match pos {
        "adj" => !participle,
        "adv" => true,
        // Of a word that nobody knows, a noun is guessed anyway.
        "noun" => parts().any(|p| p != "name"),
        _ => false,
    }
}
