//! Tokens and sentences, in one pass over the draft.

use crate::analysis::{Analysis, Case, Sentence, Token, mark};
use crate::document::Document;
use crate::language::cut::{Cutter, Piece, closes_quotation, is_apostrophe, is_hyphen, opens_quotation, push_lower};
use crate::language::{Language, Languages, Opens, TokenKind};
use crate::span::Span;

/// Cuts the draft into tokens and sentences; everything else in the analysis is still empty.
pub(crate) fn cut<'a>(doc: &'a Document, languages: &'a Languages) -> Analysis<'a> {
    let mut a = Analysis {
        doc,
        languages,
        lower: String::with_capacity(doc.text.len() + doc.text.len() / 4),
        tokens: Vec::with_capacity(doc.text.len() / 5),
        readings: Vec::new(),
        classes: Vec::new(),
        decided: Vec::new(),
        sentences: Vec::new(),
        chunks: Vec::new(),
        roles: Vec::new(),
        clauses: Vec::new(),
        mentions: Vec::new(),
        entities: Vec::new(),
        previous: None,
        asked: Vec::new(),
        ranges: Vec::new(),
        corrections: std::sync::OnceLock::new(),
        cards: std::sync::OnceLock::new(),
        ties: std::sync::OnceLock::new(),
        names: std::sync::OnceLock::new(),
        stances: std::sync::OnceLock::new(),
    };
    for (index, block) in doc.blocks.iter().enumerate() {
        let first = a.tokens.len();
        let language = languages.get(block.lang);
        let cutter = Cutter(language.map(|l| (&*l.manifest, &*l.lexicon)));
        cutter.cut(block.span.of(&doc.text), |piece| push(&mut a, index as u32, block.span.start as usize, piece));
        sentences(&mut a, first, language);
    }
    a
}

fn push(a: &mut Analysis, block: u32, base: usize, piece: Piece) {
    let start = base + piece.start;
    let written = &a.doc.text[start..start + piece.len];
    let from = a.lower.len();
    push_lower(written, &mut a.lower);
    let lower = Span::new(from, a.lower.len());
    a.lower.push(' ');
    a.tokens.push(Token {
        span: Span::new(start, start + piece.len),
        lower,
        kind: piece.kind,
        case: case(written, piece.kind),
        glued: piece.glued,
        block,
        sentence: 0,
        opens: Opens::default(),
        readings_start: 0,
        readings_len: 0,
    });
}

fn case(word: &str, kind: TokenKind) -> Case {
    if kind != TokenKind::Word {
        return Case::Lower;
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Case::Lower };
    let (mut upper, mut lower, mut seen) = (0, 0, 0);
    for c in letters {
        seen += 1;
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    match first.is_uppercase() {
        false if upper > 0 => Case::Mixed,
        false => Case::Lower,
        true if seen == 0 => Case::Initial,
        true if lower == 0 => Case::Upper,
        true if upper == 0 => Case::Capitalised,
        // `Jean-Luc` and `Saint-Denis` are capitalised part by part.
        true if word.split(|c| is_hyphen(c) || is_apostrophe(c)).all(|part| {
            let mut cs = part.chars();
            cs.next();
            cs.all(|c| !c.is_uppercase())
        }) =>
        {
            Case::Capitalised
        }
        true => Case::Mixed,
    }
}

/// Cuts the tokens from `first` on, which are one block, into sentences.
fn sentences(a: &mut Analysis, first: usize, language: Option<&Language>) {
    let mut start = first;
    let mut straight_open = false;
    let end = a.tokens.len();
    let mut i = first;
    while i < end {
        let mark = mark(a, i);
        if mark == Some('"') {
            straight_open = !straight_open;
        }
        if matches!(mark, Some('.' | '!' | '?' | '…')) {
            let mut past = i + 1;
            while past < end
                && let Some(c) = self::mark(a, past)
            {
                let more = matches!(c, '.' | '!' | '?' | '…') && a.tokens[past].glued;
                let closes =
                    (closes_quotation(c) && (c != '"' || straight_open)) || (matches!(c, ')' | ']' | '’') && a.tokens[past].glued);
                if !more && !closes {
                    break;
                }
                if c == '"' {
                    straight_open = false;
                }
                past += 1;
            }
            if past == end || ends_sentence(a, i, past, language) {
                close(a, &mut start, past);
            }
            i = past;
            continue;
        }
        i += 1;
    }
    if start < end {
        close(a, &mut start, end);
    }
}

fn close(a: &mut Analysis, start: &mut usize, end: usize) {
    let index = a.sentences.len() as u32;
    for t in &mut a.tokens[*start..end] {
        t.sentence = index;
    }
    a.sentences.push(Sentence { start: *start as u32, end: end as u32, block: a.tokens[*start].block });
    *start = end;
}

/// Whether the stop at `stop` ends a sentence, where the next word is at `next`.
fn ends_sentence(a: &Analysis, stop: usize, next: usize, language: Option<&Language>) -> bool {
    let after = &a.tokens[next];
    // `12.5`, `lemonde.fr`: nothing parts them.
    if after.glued && next == stop + 1 {
        return false;
    }
    let opens = mark(a, next).is_some_and(|c| opens_quotation(c) || matches!(c, '(' | '[' | '–' | '—' | '-' | '‘'));
    let begins = opens || after.case.is_capital() || after.kind == TokenKind::Digits;
    if !begins {
        return false;
    }
    if mark(a, stop) != Some('.') || stop == 0 || !a.tokens[stop].glued {
        return true;
    }
    let before = &a.tokens[stop - 1];
    if before.kind != TokenKind::Word || before.block != a.tokens[stop].block {
        return true;
    }
    // `J. Dupont`
    if before.case == Case::Initial && after.case.is_capital() && after.kind == TokenKind::Word {
        return false;
    }
    let word = a.lower(stop - 1);
    if dates(a, word, next, language) {
        return false;
    }
    !language.is_some_and(|l| l.manifest.abbreviations.iter().any(|x| x == word))
}

/// Whether a word that a full stop shortens is a weekday with its date behind: « le jeu. 2 sept. », "Tue. April 21".
fn dates(a: &Analysis, word: &str, next: usize, language: Option<&Language>) -> bool {
    let Some(cal) = language.map(|l| &l.calendar) else { return false };
    let month = |i: usize| a.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word) && cal.month(a.lower(i)).is_some();
    cal.weekday(word).is_some() && (month(next) || a.tokens[next].kind == TokenKind::Digits && month(next + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::document;

    fn check(lang: &str, text: &str, expected: &str) {
        let doc = document(lang, text);
        let a = cut(&doc, Languages::shipped());
        let lines: Vec<String> =
            a.sentences.iter().map(|s| (s.start..s.end).map(|t| a.text(t as usize)).collect::<Vec<_>>().join("·")).collect();
        assert_eq!(lines.join("\n"), expected);
    }

    #[test]
    fn french_elisions_clitics_and_hyphens() {
        check("fr", "L’état d'urgence, aujourd'hui, qu’a-t-il changé ?", "L’·état·d'·urgence·,·aujourd'hui·,·qu’·a·-t-il·changé·?");
        check("fr", "François-\u{AD}Xavier", "François-\u{AD}Xavier");
        check("fr", "Rendez-vous à N'Djamena avec O'Neill.", "Rendez-vous·à·N'Djamena·avec·O'Neill·.");
        check("fr", "Celui-ci n'est pas là.", "Celui-ci·n'·est·pas·là·.");
        check("fr", "l’« affaire »", "l’·«·affaire·»");
    }

    #[test]
    fn english_contractions() {
        check("en", "They don't say it's John's.", "They·do·n't·say·it·'s·John·'s·.");
    }

    #[test]
    fn sentences_survive_abbreviations_decimals_and_quotations() {
        check("fr", "M. Dupont paie 12.5 euros. Mme Martin rit.", "M·.·Dupont·paie·12·.·5·euros·.\nMme·Martin·rit·.");
        check("fr", "« Partez ! » dit-il. Il sort.", "«·Partez·!·»·dit·-il·.\nIl·sort·.");
        check("fr", "« Partez. » Il sort.", "«·Partez·.·»\nIl·sort·.");
        check(
            "en",
            "Mr. Smith left the U.S. in May. He said: \"Go.\" They went.",
            "Mr·.·Smith·left·the·U.S.·in·May·.\nHe·said·:·\"·Go·.·\"\nThey·went·.",
        );
        check("fr", "J. Dupont part. Voir p. 12.", "J·.·Dupont·part·.\nVoir·p·.·12·.");
    }

    #[test]
    fn lower_case_is_composed_and_plain() {
        let doc = document("fr", "L’E\u{301}TAT");
        let a = cut(&doc, Languages::shipped());
        assert_eq!((a.lower(0), a.lower(1)), ("l'", "état"));
        assert_eq!(a.tokens[1].case, Case::Upper);
    }
}
