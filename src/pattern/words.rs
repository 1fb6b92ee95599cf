//! Cuts the phrases of rules as the tokeniser cuts a draft, so that the two can meet.

use unicode_normalization::UnicodeNormalization;

use crate::language::Manifest;

/// Lower case, apostrophes straight, letters composed: the form of [`Analysis::lower`](crate::analysis::Analysis::lower).
pub fn normalise(text: &str) -> String {
    straighten(text).to_lowercase()
}

/// Apostrophes straight, letters composed, case kept.
pub(crate) fn straighten(text: &str) -> String {
    text.nfc().map(|c| if matches!(c, '’' | 'ʼ') { '\'' } else { c }).collect()
}

/// The tokens of a phrase, case kept: elided words keep their apostrophe, clitics and marks stand alone.
pub fn split(phrase: &str, manifest: &Manifest) -> Vec<String> {
    let mut out = Vec::new();
    for piece in straighten(phrase).split_whitespace() {
        let mut rest = piece;
        while let Some(first) = rest.chars().next() {
            let len = if first.is_alphanumeric() { word_len(rest) } else { first.len_utf8() };
            let (token, after) = rest.split_at(len);
            if first.is_alphanumeric() {
                split_word(token, manifest, &mut out);
            } else {
                out.push(token.to_owned());
            }
            rest = after;
        }
    }
    out
}

/// Letters and digits, with the hyphens and apostrophes between or right after them.
fn word_len(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let inner = matches!(c, '-' | '\'') && end == at;
        if !(c.is_alphanumeric() || inner) {
            break;
        }
        if c.is_alphanumeric() || c == '\'' {
            end = at + c.len_utf8();
        } else if !text[at + 1..].starts_with(char::is_alphanumeric) {
            break;
        } else {
            end = at + 1;
        }
    }
    end
}

fn split_word(word: &str, manifest: &Manifest, out: &mut Vec<String>) {
    if let Some(at) = word.find('\'') {
        let (head, tail) = (&word[..at], &word[at + 1..]);
        if manifest.elisions.iter().any(|e| e == &head.to_lowercase()) {
            out.push(word[..=at].to_owned());
            if !tail.is_empty() {
                split_word(tail, manifest, out);
            }
            return;
        }
    }
    let lower = word.to_lowercase();
    for clitic in &manifest.clitics {
        if lower.len() > clitic.len() && lower.ends_with(clitic.as_str()) && word.is_char_boundary(word.len() - clitic.len()) {
            let (stem, tail) = word.split_at(word.len() - clitic.len());
            split_word(stem, manifest, out);
            out.push(tail.to_owned());
            return;
        }
    }
    match word.strip_suffix('\'') {
        Some(stem) if !stem.is_empty() => out.extend([stem.to_owned(), "'".to_owned()]),
        _ => out.push(word.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Languages;

    fn cut(code: &str, text: &str) -> String {
        let languages = Languages::shipped();
        let manifest = &languages.get(languages.by_code(code).unwrap()).unwrap().manifest;
        split(text, manifest).join("|")
    }

    #[test]
    fn phrases_are_cut_like_drafts() {
        assert_eq!(cut("fr", "L’eau d'Europe, aujourd'hui"), "L'|eau|d'|Europe|,|aujourd'hui");
        assert_eq!(cut("fr", "[NOM] (??)"), "[|NOM|]|(|?|?|)");
        assert_eq!(cut("fr", "a-t-il peut-être"), "a|-t-il|peut-être");
        assert_eq!(cut("en", "don't the mayor's"), "do|n't|the|mayor|'s");
    }
}
