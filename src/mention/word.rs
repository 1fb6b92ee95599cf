//! What a word with a capital is by itself: a first name, an initial, a common word, a word of a title.

use std::ops::Range;

use crate::analysis::{Analysis, Case, mark};
use crate::document::BlockKind;
use crate::language::cut::is_hyphen;
use crate::language::lexicon::Pos;
use crate::language::names::first_names;
use crate::language::{Language, TokenKind};

pub(crate) fn is_capital(a: &Analysis, i: usize) -> bool {
    a.tokens[i].kind == TokenKind::Word && a.tokens[i].case.is_capital()
}

/// Whether a token is one capital letter: « J. » of a name, but not the road « A6 ».
pub(crate) fn initial(a: &Analysis, i: usize) -> bool {
    a.tokens[i].case == Case::Initial && !a.lower(i).contains(|c: char| c.is_numeric())
}

/// Whether a common word hangs on a name by a hyphen, so that both describe what follows: "Paris-based", "US-led".
pub(crate) fn hangs_common(a: &Analysis, i: usize, language: &Language) -> bool {
    let Some((_, last)) = a.text(i).rsplit_once(is_hyphen).filter(|(_, last)| last.len() > 2) else { return false };
    last.bytes().all(|b| b.is_ascii_lowercase()) && language.lexicon.readings(last).any(|(_, tag)| tag.pos() != Pos::ProperNoun)
}

/// Whether the language has a capitalised word as a common one too.
pub(crate) fn common(a: &Analysis, i: usize, language: &Language) -> bool {
    let word = |lower: &str| language.lexicon.readings(lower).any(|(_, tag)| tag.pos() != Pos::ProperNoun);
    language.grammar.closed(a.lower(i)).is_some() || word(a.lower(i)) || {
        // « Ecoutons »: the capital has lost its accent.
        let bare = a.tokens[i].case == Case::Capitalised && !language.manifest.capital_accent.is_empty();
        let rest = || a.lower(i).strip_prefix('e').filter(|_| !language.lexicon.contains(a.lower(i)));
        bare && rest().is_some_and(|rest| word(&format!("{}{rest}", language.manifest.capital_accent)))
    }
}

/// Whether any language that was loaded has a capitalised word as a common one: « Fashion Week ».
pub(crate) fn common_anywhere(a: &Analysis, i: usize) -> bool {
    a.languages.iter().any(|(_, l)| common(a, i, l))
}

/// Whether nothing more can belong to an item of a list: a comma, a bracket, the end.
pub(crate) fn ends_item(a: &Analysis, i: usize) -> bool {
    i >= a.tokens.len() || i == a.sentence(i - 1).end || matches!(mark(a, i), Some(',' | '(' | ';' | '.'))
}

/// Whether a name is an item of a list: between commas, or in brackets with a number, as who comes on in a match: "(Morland 59)"; in
/// "(Leeds)" stands where one plays.
pub(crate) fn is_item(a: &Analysis, t: &Range<usize>) -> bool {
    let closes = |i: usize| ends_item(a, i) || mark(a, i) == Some(')');
    let numbered = || t.end < a.tokens.len() && a.tokens[t.end].kind == TokenKind::Digits && closes(t.end + 1);
    if t.start == a.sentence(t.start).start {
        return closes(t.end) || numbered();
    }
    match mark(a, t.start - 1) {
        Some('(') => numbered(),
        Some(',' | ';' | ')' | ':') => closes(t.end) || numbered(),
        _ => false,
    }
}

/// Whether the block of a token is set in capitals, or capitalises every word as English headlines do.
pub(crate) fn title_cased(a: &Analysis, at: usize) -> bool {
    let block = a.tokens[at].block;
    let kind = a.doc.blocks[block as usize].kind;
    if !matches!(kind, BlockKind::Headline | BlockKind::Kicker | BlockKind::Heading | BlockKind::Dateline | BlockKind::Byline) {
        return false;
    }
    let start = a.tokens.partition_point(|t| t.block < block);
    let words = a.tokens[start..].iter().take_while(|t| t.block == block).filter(|t| t.kind == TokenKind::Word && t.span.len() > 3);
    let (mut capitals, mut all) = (0, 0);
    for w in words {
        all += 1;
        capitals += usize::from(w.case.is_capital());
    }
    all >= 3 && capitals * 10 >= all * 8
}

/// Whether a token stands among words that are all set in capitals: a label, a slug.
pub(crate) fn among_capitals(a: &Analysis, i: usize) -> bool {
    let upper = |j: usize| {
        a.tokens.get(j).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Upper && t.sentence == a.tokens[i].sentence)
    };
    upper(i) && (i > 0 && upper(i - 1) || upper(i + 1))
}

/// Whether a token is a first name that is given often enough to be one here.
pub(crate) fn is_first_name(a: &Analysis, i: usize) -> bool {
    if !a.tokens[i].case.is_capital() {
        return false;
    }
    let names = first_names();
    let lower = a.lower(i);
    let more = a.language(i).map(|l| l.cues.get("first-name"));
    // « Saint-Étienne » is a town.
    let town = || a.language(i).is_some_and(|l| l.manifest.town_prefixes.iter().any(|p| lower.starts_with(p.as_str())));
    let hyphened = || lower.contains('-') && !town();
    names.frequency(lower) > 0
        || more.is_some_and(|m| m.at(a, i) == Some(1))
        || (hyphened() && lower.split('-').all(|part| names.frequency(part) > 0))
}
