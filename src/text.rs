//! Tokens and sentences, in one pass over the draft.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::analysis::{Analysis, Case, Sentence, Token, TokenKind};
use crate::document::Document;
use crate::language::{Language, Languages, Lexicon, Manifest, Opens};
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
        ranges: Vec::new(),
        corrections: std::sync::OnceLock::new(),
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

/// The marks that stand for an apostrophe inside a word.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02BC}')
}

/// The marks that stand for a hyphen inside a word.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// The marks that open a quotation, whatever the language; a straight mark does both.
pub(crate) fn opens_quotation(c: char) -> bool {
    matches!(c, '«' | '“' | '„' | '‹' | '"')
}

/// The marks that close a quotation, whatever the language.
pub(crate) fn closes_quotation(c: char) -> bool {
    matches!(c, '»' | '”' | '›' | '"')
}

/// A letter, or a mark that combines with one.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c)
}

/// Cuts words as one language writes them; without a language, at marks and spaces only.
#[derive(Clone, Copy)]
struct Cutter<'l>(Option<(&'l Manifest, &'l Lexicon)>);

/// A piece of text that is one token: its first byte, its length in bytes, what it is made of, and whether no space stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    start: usize,
    len: usize,
    kind: TokenKind,
    glued: bool,
}

/// The words of a phrase, cut as a draft of that language is cut, their case kept.
pub(crate) fn words<'p>(phrase: &'p str, manifest: &Manifest, lexicon: &Lexicon) -> Vec<&'p str> {
    let mut out = Vec::new();
    for chunk in phrase.split_whitespace() {
        // « -t-elle » alone: what would hang on a verb is one word.
        if manifest.clitics.iter().any(|c| c == chunk) {
            out.push(chunk);
        } else {
            Cutter(Some((manifest, lexicon))).cut(chunk, |p| out.push(&chunk[p.start..p.start + p.len]));
        }
    }
    out
}

/// Whether a text begins with a number that has a decimal mark or groups: `34.6`, `1,200`.
fn decimal(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let mut next = rest.chars();
    matches!(next.next(), Some('.' | ',')) && next.next().is_some_and(|c| c.is_ascii_digit())
}

impl Cutter<'_> {
    fn cut(self, text: &str, mut sink: impl FnMut(Piece)) {
        let (mut at, mut glued, mut after_digits) = (0, false, false);
        while let Some(c) = text[at..].chars().next() {
            if c.is_whitespace() || c.is_control() || is_invisible(c) {
                at += c.len_utf8();
                // A soft hyphen or a joiner parts no words.
                glued &= !c.is_whitespace();
                continue;
            }
            let kind = match c {
                _ if c.is_ascii_digit() => TokenKind::Digits,
                _ if c.is_alphabetic() => TokenKind::Word,
                _ => TokenKind::Mark,
            };
            let len = match kind {
                TokenKind::Digits => text[at..].bytes().take_while(u8::is_ascii_digit).count(),
                TokenKind::Mark => c.len_utf8(),
                TokenKind::Word => {
                    let (len, clitic) = self.word(&text[at..], glued && after_digits);
                    if let Some(cut) = clitic {
                        sink(Piece { start: at, len: cut, kind, glued });
                        sink(Piece { start: at + cut, len: len - cut, kind, glued: true });
                        at += len;
                        (glued, after_digits) = (true, false);
                        continue;
                    }
                    len
                }
            };
            sink(Piece { start: at, len, kind, glued });
            at += len;
            (glued, after_digits) = (true, kind == TokenKind::Digits);
        }
    }

    /// The length of the word at the start of `text` in bytes, and where the clitic begins that hangs on it.
    /// `14h30` is three tokens, `East2West` is one: digits end a word that digits began.
    fn word(self, text: &str, after_digits: bool) -> (usize, Option<usize>) {
        if let Some(len) = dotted(text) {
            return (len, None);
        }
        let mut len = 0;
        for (i, c) in text.char_indices() {
            // « François-Xavier » may hold a soft hyphen after its hyphen.
            let next = text[i + c.len_utf8()..].chars().find(|n| !is_invisible(*n));
            if after_digits && c.is_ascii_digit() {
                break;
            }
            // `USD34.6 million`: three capitals before a number with decimals are its currency.
            if i == 3 && c.is_ascii_digit() && text[..3].bytes().all(|b| b.is_ascii_uppercase()) && decimal(&text[3..]) {
                break;
            }
            if is_letter(c) || c.is_ascii_digit() || is_invisible(c) {
                len = i + c.len_utf8();
            } else if is_apostrophe(c) && next.is_some_and(char::is_alphabetic) {
                len = i + c.len_utf8();
                if self.elides(&text[..i], next) {
                    break;
                }
            } else if !(is_hyphen(c) && next.is_some_and(|n| n.is_alphanumeric())) {
                break;
            }
        }
        // « l’« affaire » », and a phrase of a rule that ends in « d' »: the elided word stands before a mark or nothing.
        if let Some(c) = text[len..].chars().next()
            && is_apostrophe(c)
            && text[len + c.len_utf8()..].chars().next().is_none_or(|n| opens_quotation(n) || n.is_whitespace())
            && self.elides(&text[..len], None)
        {
            len += c.len_utf8();
        }
        (len, self.clitic(&text[..len]))
    }

    /// Whether the apostrophe after `head` ends a word of its own.
    fn elides(self, head: &str, next: Option<char>) -> bool {
        let Some((m, _)) = self.0 else { return false };
        let same = |e: &String| e.chars().eq(head.chars().flat_map(char::to_lowercase));
        if !m.elisions.iter().any(same) {
            return false;
        }
        // « N'Golo », « N'Djamena »: what is elided before verbs only is part of a name before a capital.
        !(next.is_some_and(char::is_uppercase) && head.chars().count() == 1 && m.verbal_elisions.iter().any(same))
    }

    /// Where the clitic begins that hangs on the word, if one does.
    fn clitic(self, word: &str) -> Option<usize> {
        let (manifest, lexicon) = self.0?;
        if !word.contains(|c| is_hyphen(c) || is_apostrophe(c)) {
            return None;
        }
        let lower = lower_of(word);
        let clitic = manifest.clitics.iter().find(|c| lower.len() > c.len() && lower.ends_with(c.as_str()))?;
        // « rendez-vous » is one word; "don't" is two, though dictionaries list it.
        if clitic.starts_with('-') && lexicon.contains(&lower) {
            return None;
        }
        let chars = clitic.chars().count();
        word.char_indices().rev().nth(chars - 1).map(|(i, _)| i)
    }
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

/// Characters of no width that part no words.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// The length of letters that each carry a full stop: `U.S.`, `a.m.`.
fn dotted(text: &str) -> Option<usize> {
    let mut len = 0;
    let mut pairs = 0;
    let mut chars = text.chars();
    while let (Some(c), Some('.')) = (chars.next(), chars.next()) {
        if !c.is_alphabetic() {
            break;
        }
        len += c.len_utf8() + 1;
        pairs += 1;
    }
    (pairs >= 2 && !text[len..].starts_with(char::is_alphanumeric)).then_some(len)
}

/// A word as the lexicons key it: lower case, apostrophes and hyphens plain, letters composed.
pub(crate) fn lower_of(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    push_lower(word, &mut out);
    out
}

fn push_lower(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        return;
    }
    let plain = |c: char| match c {
        _ if is_apostrophe(c) => '\'',
        _ if is_hyphen(c) => '-',
        _ => c,
    };
    let lower = word.chars().filter(|&c| !is_invisible(c)).map(plain).flat_map(char::to_lowercase);
    match is_nfc_quick(word.chars()) {
        IsNormalized::Yes => out.extend(lower),
        _ => out.extend(lower.nfc()),
    }
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

/// The character of a token that is a mark.
pub(crate) fn mark(a: &Analysis, token: usize) -> Option<char> {
    let t = a.tokens.get(token)?;
    (t.kind == TokenKind::Mark).then(|| a.text(token).chars().next()).flatten()
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
