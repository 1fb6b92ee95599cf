//! How a language cuts its words, and the marks inside them: for drafts and for the phrases of the data alike.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{Lexicon, Manifest};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with the hyphens and digits inside: `rendez-vous`, `East2West`, `l'`.
    Word,
    /// Decimal digits only.
    Digits,
    /// A mark of punctuation or a symbol, one character.
    Mark,
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
pub(crate) struct Cutter<'l>(pub Option<(&'l Manifest, &'l Lexicon)>);

/// A piece of text that is one token: its first byte, its length in bytes, what it is made of, and whether no space stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub start: usize,
    pub len: usize,
    pub kind: TokenKind,
    pub glued: bool,
}

/// The words of a phrase, cut as a draft of that language is cut, their case kept.
pub(crate) fn words<'p>(phrase: &'p str, manifest: &Manifest, lexicon: &Lexicon) -> Vec<&'p str> {
    let mut out = Vec::new();
    for chunk in phrase.split_whitespace() {
        // « -t-elle » alone: what would hang on a verb is one word.
        if chunk.bytes().all(|b| b.is_ascii_alphabetic()) || manifest.clitics.iter().any(|c| c == chunk) {
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

/// Whether a text begins with figures in groups of three, or with figures that a scale ends: `1,500`, `720m`, `2.5bn`, `6 million`.
fn grouped(text: &str, scales: &[String]) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if let Some(group) = rest.strip_prefix(',') {
        return group.bytes().take_while(u8::is_ascii_digit).count() == 3;
    }
    let rest = rest.strip_prefix('.').map_or(rest, |r| r.trim_start_matches(|c: char| c.is_ascii_digit()));
    let scale = rest.strip_prefix(' ').unwrap_or(rest);
    let letters = scale.bytes().take_while(u8::is_ascii_alphabetic).count();
    scales.iter().any(|s| s == &scale[..letters])
}

impl Cutter<'_> {
    pub(crate) fn cut(self, text: &str, mut sink: impl FnMut(Piece)) {
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
            if i > 0 && c.is_ascii_digit() && self.is_money(&text[..i], &text[i..]) {
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

    /// Whether letters right before figures are those of a currency: `Sh80`, `N1,500`, `R2.5m`; `N1` and `R250` are roads.
    fn is_money(self, letters: &str, figures: &str) -> bool {
        let Some((m, _)) = self.0.filter(|_| letters.len() <= 4) else { return false };
        m.money_letters.contains_key(letters) && (letters.len() > 1 || grouped(figures, &m.money_scales))
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

pub(crate) fn push_lower(word: &str, out: &mut String) {
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
