//! Names of organisations: by their head, by their acronym, by a list.

use std::ops::Range;

use super::place;
use crate::analysis::{Analysis, Case, mark};
use crate::language::grammar::Class;
use crate::language::{Language, TokenKind};
use crate::mention::run::Shape;
use crate::mention::word::{common, is_first_name, title_cased};
use crate::syntax::begins;

/// How many groups with a preposition a name takes after its head.
const GROUPS: usize = 3;

/// One past the name of an organisation that everybody knows, if one begins at a token.
pub(crate) fn known(a: &Analysis, at: usize, language: &Language) -> Option<usize> {
    let len = language.cues.get("organisation").at(a, at)?;
    let word = |i: &usize| a.tokens[*i].kind == TokenKind::Word;
    // « le Monde » is a newspaper, « le monde » is not.
    let written = a.tokens[at].case.is_capital()
        && (at..at + len).rev().find(word).is_some_and(|i| {
            // « France inter »
            a.tokens[i].case.is_capital() || len > 2 || len == 2 && !begins(a, at) && language.grammar.closed(a.lower(at)).is_none()
        });
    let alone = len == 1 && (begins(a, at) || title_cased(a, at)) && common(a, at, language) && a.tokens[at].case != Case::Upper;
    (written && !alone).then_some(at + len)
}

/// One past a name that opens with its head, where the language has the head first, and what it names:
/// « Office français de la biodiversité », « ministère de l'Intérieur », « rue de Rome ».
pub(crate) fn group(a: &Analysis, at: usize, end: usize, language: &Language) -> Option<(usize, Shape)> {
    if !language.grammar.head_first {
        return None;
    }
    let cues = &language.cues;
    let capital = a.tokens[at].case.is_capital();
    let (len, shape) = match cues.get("thing-head").at(a, at) {
        Some(len) => (len, Shape::Thing),
        None if capital => (cues.get("organisation-head").at(a, at)?, Shape::Organisation),
        None => (cues.get("institution-head").at(a, at)?, Shape::Organisation),
    };
    // A capital that the place of the word accounts for is none.
    let capital = capital && !begins(a, at);
    let word = |i: usize| i < end && a.tokens[i].kind == TokenKind::Word;
    let upper = |i: usize| word(i) && a.tokens[i].case.is_capital();
    let modifier = |i: usize| {
        word(i)
            && (a.classes[i].has(Class::Adjective) || a.classes[i].has(Class::PastParticiple) && a.classes[i].has(Class::Noun))
            && !a.classes[i].has(Class::Verb)
    };
    let person = |i: usize| upper(i) && upper(i + 1) && is_first_name(a, i);
    let (mut past, mut sure) = (at + len, at + len);
    let (mut named, mut groups, mut plain) = (false, 0, 0);
    loop {
        if upper(past) && !(a.tokens[past].glued && mark(a, past - 1).is_some()) && language.grammar.closed(a.lower(past)).is_none()
        {
            // « le chef du groupe à l'Assemblée Gilles … »: what needs no name of its own takes none of a person.
            let whole = past > at + len || shape == Shape::Organisation && cues.get("institution").at(a, at) == Some(len);
            if whole && person(past) {
                break;
            }
            past += 1;
            named = true;
        } else if modifier(past) && (capital || named || upper(past + 1) || cues.get("name-link").at(a, past + 1).is_some()) {
            past += 1;
        } else if let Some(link) = cues.get("name-link").at(a, past).filter(|_| past < end && groups < GROUPS) {
            let next = past + link;
            plain += usize::from(!upper(next));
            let noun = word(next) && (a.classes[next].has(Class::Noun) || a.classes[next].has(Class::Proper) || upper(next));
            if !noun || person(next) || plain >= GROUPS || named && !upper(next) {
                break;
            }
            named |= upper(next);
            groups += 1;
            past = next + 1;
        } else {
            break;
        }
        if capital || named {
            sure = past;
        }
    }
    // « le Sénat » is the one that the reader knows, « le sénat » a common noun.
    let alone = sure == at + len;
    let enough = named || capital && (!alone || cues.get("institution").at(a, at).is_some());
    enough.then_some((sure, shape))
}

/// One past the words that a link joins to a run, where the whole is the name of an organisation: "Bank of England".
pub(crate) fn link(a: &Analysis, at: usize, past: usize, end: usize, language: &Language) -> Option<usize> {
    if past >= end {
        return None;
    }
    let upper = |i: usize| i < end && a.tokens[i].kind == TokenKind::Word && a.tokens[i].case.is_capital();
    if mark(a, past) == Some('&') {
        return upper(past + 1).then_some(past + 2);
    }
    if language.grammar.head_first {
        return None;
    }
    let cues = &language.cues;
    let head = cues.get("organisation-head");
    if let Some(len) = cues.get("name-link").at(a, past) {
        let next = past + len;
        let headed = (at..past).any(|i| head.at(a, i).is_some());
        return (headed && upper(next)).then_some(next + 1);
    }
    // "Food and Agriculture Organisation"
    let len = cues.get("name-and").at(a, past)?;
    let mut last = past + len;
    while upper(last + 1) && !a.tokens[last + 1].glued {
        last += 1;
    }
    let plain = (at..past).all(|i| common(a, i, language) && head.at(a, i).is_none()) && !place::named(a, at..past);
    let joined =
        upper(last) && last > past + len && (past + len..last).all(|i| common(a, i, language)) && head.at(a, last).is_some();
    (plain && joined).then_some(last + 1)
}

/// What the head of a run makes it.
pub(crate) fn shape(a: &Analysis, tokens: Range<usize>, language: &Language) -> Shape {
    let cues = &language.cues;
    let first_of = |set: &str| cues.get(set).at(a, tokens.start).is_some();
    let last_of = |set: &str| cues.get(set).before(a, tokens.end, tokens.start).is_some();
    let linked = tokens.clone().find(|&i| cues.get("name-link").at(a, i).is_some());
    let middle = |set: &str| linked.is_some_and(|i| i > tokens.start && cues.get(set).before(a, i, tokens.start).is_some());
    if tokens.clone().any(|i| mark(a, i) == Some('&')) {
        return Shape::Organisation;
    }
    // « Olivier Chemin » is somebody: in French what a street is comes first.
    let last = !language.grammar.head_first
        || tokens.len() > 1 && (!is_first_name(a, tokens.start) || place::named(a, tokens.start..tokens.start + 1));
    for (set, shape) in [("thing-head", Shape::Thing), ("organisation-head", Shape::Organisation)] {
        if tokens.len() > 1
            && (first_of(set) && (language.grammar.head_first || linked.is_some()) || last && last_of(set) || middle(set))
        {
            return shape;
        }
    }
    Shape::Open
}

/// Whether the capitalised words from a token on end in the head of an organisation: "Metropolitan Police".
pub(crate) fn headed(a: &Analysis, at: usize, end: usize, language: &Language) -> bool {
    if language.grammar.head_first {
        return false;
    }
    let mut past = at + 1;
    while past < end && a.tokens[past].kind == TokenKind::Word && a.tokens[past].case.is_capital() && !a.tokens[past].glued {
        past += 1;
    }
    past - at >= 2 && language.cues.get("organisation-head").before(a, past, at + 1).is_some()
}

/// The words before an acronym between brackets that it stands for, by their first letters.
pub(crate) fn expansion(a: &Analysis, acronym: usize) -> Option<Range<usize>> {
    if acronym < 2 || mark(a, acronym - 1) != Some('(') || !matches!(a.tokens[acronym].case, Case::Upper | Case::Mixed) {
        return None;
    }
    let start = a.sentence(acronym).start;
    let mut letters = a.lower(acronym).chars().rev().filter(|c| c.is_alphabetic()).peekable();
    let count = a.lower(acronym).chars().filter(|c| c.is_alphabetic()).count();
    let mut i = acronym - 1;
    let mut skipped = 0;
    while i > start && skipped <= 2 * count {
        i -= 1;
        if a.tokens[i].kind != TokenKind::Word {
            return None;
        }
        let wanted = *letters.peek()?;
        let first = a.lower(i).chars().next().map(plain);
        if first == Some(plain(wanted)) && (a.tokens[i].span.len() > 3 || a.tokens[i].case.is_capital()) {
            letters.next();
            if letters.peek().is_none() {
                return Some(i..acronym - 1);
            }
        } else {
            skipped += 1;
        }
    }
    None
}

/// A letter without its accent, for the French ones that acronyms drop.
fn plain(c: char) -> char {
    use unicode_normalization::UnicodeNormalization;
    c.nfd().next().unwrap_or(c)
}

/// Whether a token may be an acronym that names an organisation.
pub(crate) fn acronym(a: &Analysis, i: usize, language: &Language) -> bool {
    let letters = a.text(i).chars().filter(|c| c.is_alphabetic()).count();
    let upper = a.tokens[i].case == Case::Upper && letters >= 2;
    let known_word = letters >= 4 && language.lexicon.readings(a.lower(i)).next().is_some();
    upper
        && !known_word
        && !title_cased(a, i)
        && ["no-name", "post-nominal"].iter().all(|set| language.cues.get(set).at(a, i).is_none())
}
