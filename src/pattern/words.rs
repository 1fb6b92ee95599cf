//! Cuts the phrases of rules as the tokeniser cuts a draft, so that the two can meet.

use unicode_normalization::UnicodeNormalization;

use crate::language::Language;

/// Lower case, apostrophes straight, letters composed: the form of [`Analysis::lower`](crate::analysis::Analysis::lower).
pub fn normalise(text: &str) -> String {
    straighten(text).to_lowercase()
}

/// Apostrophes straight, letters composed, case kept.
pub(crate) fn straighten(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    text.nfc().map(|c| if matches!(c, '’' | 'ʼ') { '\'' } else { c }).collect()
}

/// The tokens of a phrase, case kept: elided words keep their apostrophe, clitics and marks stand alone.
pub fn split(phrase: &str, language: &Language) -> Vec<String> {
    let phrase = straighten(phrase);
    crate::language::cut::words(&phrase, &language.manifest, &language.lexicon).into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Languages;

    fn cut(code: &str, text: &str) -> String {
        let languages = Languages::shipped();
        split(text, languages.get(languages.by_code(code).unwrap()).unwrap()).join("|")
    }

    #[test]
    fn phrases_are_cut_like_drafts() {
        assert_eq!(cut("fr", "L’eau d'Europe, aujourd'hui"), "L'|eau|d'|Europe|,|aujourd'hui");
        assert_eq!(cut("fr", "[NOM] (??)"), "[|NOM|]|(|?|?|)");
        assert_eq!(cut("fr", "a-t-il peut-être, près d'"), "a|-t-il|peut-être|,|près|d'");
        assert_eq!(cut("en", "don't the mayor's"), "do|n't|the|mayor|'s");
    }
}
