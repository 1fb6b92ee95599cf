//! Numbers that count nothing: names, labels, ranks, scores, years, houses, items of a list, words of a saying.

use super::{HUNDRED, hangs_on, linked, names_count};
use crate::amount::Ratio;
use crate::analysis::{Analysis, Case, ChunkKind, Counted, mark};
use crate::language::cut::is_hyphen;
use crate::language::grammar::{Class, Classes, Tense};
use crate::language::lexicon::{Pos, Tag};
use crate::language::numbers::Bound;
use crate::language::{Language, TokenKind};
use crate::mention::date;
use crate::mention::number::{Number, NumberKind};
use crate::mention::word::{is_first_name, title_cased};

/// Whether the figures or the words themselves, or what stands beside them, make a number a name, whatever may be counted behind it.
pub(super) fn is_label(a: &Analysis, n: &Number, end: usize, language: &Language) -> bool {
    let next = n.tokens.end;
    // `12-bore`
    let hung =
        n.kind == NumberKind::Digits && mark(a, next).is_some_and(is_hyphen) && a.tokens[next].glued && hangs_on(a, next + 1, end);
    // "1 Anna Hallam (Ireland), 2 Paul Garrick (Wales)": the place in a list.
    // "9.0 magnitude earthquake", "four star petrol"
    let graded = next < end
        && !a.tokens[next].glued
        && language.cues.get("grade").at(a, next).is_some()
        && next + 1 < end
        && a.classes[next + 1].has(Class::Noun);
    label(a, n, language)
        || graded
        || hung
        || is_model(a, n)
        || n.is_bare() && (is_note(a, n, end) || is_item(a, n, end) || numbers_name(a, n, end))
}

/// Whether a number that may count a noun counts nothing after all.
pub(super) fn counts_nothing(a: &Analysis, n: &Number, counted: &Option<Counted>, end: usize, language: &Language) -> bool {
    let head = counted.as_ref().map(|c| c.head as usize);
    if is_quality(a, n, head.is_some(), end, language) || ranked(a, n, head.is_some(), language) {
        return true;
    }
    // "mastering scores that will be played" are music.
    let governs = |i: usize| {
        let classes = [Class::Relative, Class::Subordinator, Class::Preposition];
        i < end && classes.iter().any(|k| a.classes[i].has(*k)) && !linked(a, i, language)
    };
    // "single figure scores" too.
    let led = |i: usize| {
        let c = a.classes[i];
        a.tokens[i].case.is_capital() || c.0 == Classes::of(Class::Noun).0 || c.has(Class::Determiner)
    };
    let described = || n.tokens.start.checked_sub(1).is_some_and(|b| b >= a.sentence(n.tokens.start).start && led(b));
    let homograph = language.cues.get("linked-number").at(a, n.tokens.start) == Some(n.tokens.len());
    let free = head.is_none_or(|head| !(n.tokens.end..head).any(|i| linked(a, i, language)));
    if homograph && free && (head.is_none() && governs(n.tokens.end) || n.tokens.len() == 1 && described()) {
        return true;
    }
    if n.kind == NumberKind::Article && counted.as_ref().is_none_or(|c| c.concept.is_none()) {
        return true;
    }
    if head.is_some_and(|head| attributive_year(a, n, head) || ends_name(a, n, head)) {
        return true;
    }
    // "the last 16 of the League"
    let direct = head.is_some_and(|head| (n.tokens.end..head).all(|i| !linked(a, i, language)));
    // "a top 10 hit"; but "the top three clubs", "to top 500,000"
    let several = |head: usize| a.readings(head).iter().any(|r| r.tag.plural()) || !language.lexicon.contains(a.lower(head));
    let charted = || {
        n.amount.written <= HUNDRED
            && language.cues.get("chart").before(a, n.tokens.start, a.sentence(n.tokens.start).start).is_some()
    };
    if n.bound.is_none() && !head.is_some_and(several) && charted() {
        return true;
    }
    // "an old 386 PC"
    let (at, next) = (n.tokens.start, n.tokens.end);
    let named = || next < end && a.tokens[next].case == Case::Upper && !a.tokens[next].glued;
    let one =
        || (at.saturating_sub(2).max(a.sentence(at).start)..at).any(|i| language.numbers.articles.iter().any(|w| w == a.lower(i)));
    if head.is_none_or(|head| head == next) && n.is_bare() && named() && one() {
        return true;
    }
    head.is_none() && n.is_bare() && names_something(a, n, end)
        || !direct && knockout(a, n, language)
        || pronoun(a, n, counted, language)
}

/// Whether a number is that of a note, « la loi (1) »; « trois (3) ans » says it twice.
fn is_note(a: &Analysis, n: &Number, end: usize) -> bool {
    let (at, next) = (n.tokens.start, n.tokens.end);
    let bracketed = at > 0 && mark(a, at - 1) == Some('(') && next < end && mark(a, next) == Some(')');
    let repeats = at > 1 && a.tokens[at - 2].opens.number;
    bracketed && !repeats && a.tokens[next].glued && n.amount.written < Ratio::whole(10)
}

/// Whether two figures with a dash between them number what stands before them: "Merrow 737-800 planes".
fn is_model(a: &Analysis, n: &Number) -> bool {
    let (at, next) = (n.tokens.start, n.tokens.end);
    let start = a.sentence(at).start;
    let glued = |i: usize| a.tokens.get(i).is_some_and(|t| t.glued);
    let digits = |i: usize| a.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Digits);
    let dash = |i: usize| glued(i) && glued(i + 1) && mark(a, i).is_some_and(is_hyphen);
    let first = if dash(next) && digits(next + 1) {
        at
    } else if at >= start + 2 && dash(at - 1) && digits(at - 2) {
        at - 2
    } else {
        return false;
    };
    let named = |i: usize| a.tokens[i].kind == TokenKind::Word && a.tokens[i].case.is_capital() && !title_cased(a, i);
    n.kind == NumberKind::Digits && n.scale.is_none() && first > start + 1 && !glued(first) && named(first - 1)
}

/// Whether a number heads an item of a list: « 1) D'abord … 2) Ensuite », « 1.- ».
fn is_item(a: &Analysis, n: &Number, end: usize) -> bool {
    /// A list in a story has so many items at most.
    const ITEMS: Ratio = Ratio::whole(20);
    let (at, next) = (n.tokens.start, n.tokens.end);
    let start = a.sentence(at).start;
    let dash = |i: usize| mark(a, i).is_some_and(|c| is_hyphen(c) || c == '–');
    let dashed = || at == start && next + 1 < end && mark(a, next) == Some('.') && dash(next + 1);
    next < end
        && a.tokens[next].glued
        && n.amount.written <= ITEMS
        && (mark(a, next) == Some(')') || dashed())
        && !(start..at).any(|i| mark(a, i) == Some('('))
}

/// Whether the word for a number is an adjective: « ce n'est pas neuf », « un homme neuf » is new, and not nine.
fn is_quality(a: &Analysis, n: &Number, counts: bool, end: usize, language: &Language) -> bool {
    let (at, next) = (n.tokens.start, n.tokens.end);
    if n.kind != NumberKind::Words || n.tokens.len() != 1 || counts || at <= a.sentence(at).start {
        return false;
    }
    let adjective = |(_, tag): (_, Tag)| tag.pos() == Pos::Adjective && !tag.plural();
    let c = a.classes[at - 1];
    let closed = next >= end || mark(a, next).is_some();
    let numbered = |plural: bool| a.readings(at - 1).iter().any(|r| if plural { r.tag.plural() } else { r.tag.singular() });
    let single = c.has(Class::Determiner) && numbered(false) && !numbered(true);
    let noun = c.has(Class::Noun) && a.tokens[at - 1].case == Case::Lower && !c.has(Class::Numeral) && !c.has(Class::Verb);
    ((c.has(Class::Adverb) || single) && closed || noun) && language.lexicon.readings(a.lower(at)).any(adjective)
}

/// Whether a number is that of a house: « 12, rue de la Paix », "1600 Pennsylvania Avenue".
pub(super) fn address(a: &Analysis, n: &Number, end: usize, language: &Language) -> bool {
    if !n.is_bare() {
        return false;
    }
    let street = language.cues.get("street-noun");
    let next = n.tokens.end;
    let word = |i: usize| i < end && a.tokens[i].kind == TokenKind::Word;
    if language.grammar.head_first {
        let at = next + usize::from(next < end && mark(a, next) == Some(','));
        return word(at) && street.at(a, at).is_some();
    }
    let capital = |i: &usize| word(*i) && a.tokens[*i].case.is_capital();
    (next..next + 4).take_while(capital).skip(1).any(|i| street.at(a, i).is_some())
}

/// Whether the word for one stands for a noun: "one of them", "the one", "no one".
fn pronoun(a: &Analysis, n: &Number, counted: &Option<Counted>, language: &Language) -> bool {
    let t = &n.tokens;
    let sentence = a.sentence(t.start);
    let word = |i: usize| a.tokens[i].kind == TokenKind::Word;
    let alone = n.kind == NumberKind::Words && n.scale.is_none() && t.len() == 1 && n.amount.written == Ratio::ONE;
    // "a picture about one of its own": there the bound is a preposition.
    let bounded = n.bound.as_ref().map(|(_, b)| *b);
    let beside = || t.start > sentence.start && word(t.start - 1) || t.end < sentence.end && word(t.end);
    // "the one Hallam won"
    let definite = || t.start > sentence.start && language.grammar.definite.iter().any(|w| w == a.lower(t.start - 1));
    let named = || counted.as_ref().is_some_and(|c| a.tokens[c.head as usize].case.is_capital());
    // "one divides, the other chooses": one of something is singular.
    let acts = || {
        counted.as_ref().is_some_and(|c| {
            let mut tags = language.lexicon.readings(a.lower(c.head as usize)).map(|(_, tag)| tag).peekable();
            c.head as usize == t.end && tags.peek().is_some() && tags.all(|tag| tag.plural() && !tag.singular() || tag.is_finite())
        })
    };
    let of_them = t.end < sentence.end && names_count(a, n, language);
    if let Some(bound) = bounded {
        return alone && of_them && matches!(bound, Bound::About);
    }
    // "who has seen one leaving Leeds"
    let does = || t.end < sentence.end && a.classes[t.end].has(Class::PresentParticiple) && named();
    alone && (named() && definite() || does() || !language.grammar.head_first && acts() || counted.is_none() && beside() || of_them)
}

/// Whether the word before a number makes it a name: « article 49 », "flight 370", « n° 4 », « p. 12 ».
fn label(a: &Analysis, n: &Number, language: &Language) -> bool {
    let at = n.tokens.start;
    let start = a.sentence(at).start;
    if at <= start || !n.is_bare() {
        return false;
    }
    let dotted = mark(a, at - 1) == Some('.') && at > start + 1;
    let label = a.lower(at - 1 - usize::from(dotted));
    // "Ex-No 10"
    let label = label.rsplit_once('-').map_or(label, |(_, last)| last);
    // « A 6 » is a road, « a 6 » is none.
    let cased = label.len() > 1 || dotted || a.tokens[at - 1].case.is_capital();
    (cased && language.numbers.labels.iter().any(|l| l == label)) || matches!(mark(a, at - 1), Some('°' | '#' | '№'))
}

/// Whether « un jour », "one day" is a day to come, and no length: a verb of the future stands with it, and no preposition before it.
pub(super) fn some_day(a: &Analysis, n: &Number, past: usize, end: usize) -> bool {
    let governed = n.tokens.start > 0 && a.classes[n.tokens.start - 1].has(Class::Preposition);
    let verb = a.clauses.get(a.clause(n.tokens.start)).and_then(|c| c.verb).map(|v| a.chunks[v as usize].kind);
    let future = matches!(verb, Some(ChunkKind::Verb(v)) if matches!(v.tense, Tense::Future | Tense::Conditional));
    let leads = past < end
        && (a.classes[past].has(Class::Infinitive) || a.classes[past].has(Class::Verb))
        && !a.classes[past].has(Class::Noun);
    // "I can see myself in London one day"
    let clause = a.clause(n.tokens.start);
    let start = a.sentence(n.tokens.start).start;
    let may = || (start..n.tokens.start).rev().take_while(|&i| a.clause(i) == clause).any(|i| a.classes[i].has(Class::Modal));
    !governed && n.bound.is_none() && n.cut.is_none() && (future || leads || may())
}

/// Whether figures number what has a name: a first name with a surname behind them, or a town behind five figures, its postcode;
/// or stand inside a name: « Paris 9 Quatre-Nations ».
fn numbers_name(a: &Analysis, n: &Number, end: usize) -> bool {
    let at = n.tokens.end;
    let start = a.sentence(n.tokens.start).start;
    let before = n.tokens.start.checked_sub(1).filter(|b| *b > start);
    let within = before.is_some_and(|b| a.tokens[b].case == Case::Capitalised && a.tokens[b].kind == TokenKind::Word);
    let capital = |i: usize| i < end && a.tokens[i].kind == TokenKind::Word && a.tokens[i].case == Case::Capitalised;
    let postcode = n.tokens.len() == 1 && a.tokens[at - 1].span.len() == 5;
    capital(at) && (postcode || within || capital(at + 1) && !a.tokens[at + 1].glued && is_first_name(a, at))
}

/// Whether a number in words is a label: "world number one", « numéro deux », "day three" where nothing is counted.
fn ranked(a: &Analysis, n: &Number, counts: bool, language: &Language) -> bool {
    let at = n.tokens.start;
    let start = a.sentence(at).start;
    let plain = n.kind == NumberKind::Words && n.tokens.len() == 1 && n.scale.is_none() && n.bound.is_none();
    if !plain || at <= start || a.tokens[at - 1].kind != TokenKind::Word {
        return false;
    }
    let before = |set: &str| language.cues.get(set).before(a, at, start).is_some();
    before("rank-label") || !counts && before("part-label")
}

/// A list of labels has so many at most.
const LABELS: usize = 8;

/// Whether figures that count nothing are part of a name, a year, or one of a pair: « Boeing 737 », « 1987 », « battus 1-3 ».
fn names_something(a: &Analysis, n: &Number, end: usize) -> bool {
    let (at, next) = (n.tokens.start, n.tokens.end);
    let sentence = a.sentence(at);
    let named = at > sentence.start && a.tokens[at - 1].kind == TokenKind::Word && {
        let case = a.tokens[at - 1].case;
        // "Standard and Merrow's 500"
        let few = n.tokens.len() == 1 && a.tokens[at].span.len() <= 3;
        let owner =
            few && a.text(at - 1).starts_with(crate::language::cut::is_apostrophe) && at >= 2 && a.tokens[at - 2].case.is_capital();
        // "Garrick 19, Hallam 29": at the head of the sentence only what is no word of the language.
        let alone = || {
            let closed = next >= sentence.end || mark(a, next).is_some_and(|c| matches!(c, ',' | ';' | '.' | ')'));
            closed
                && case == Case::Capitalised
                && a.language(at).is_some_and(|l| l.lexicon.readings(a.lower(at - 1)).all(|(_, tag)| tag.pos() == Pos::ProperNoun))
        };
        owner || (case.is_capital() && (at - 1 > sentence.start || alone())) || matches!(case, Case::Upper | Case::Mixed)
    };
    // "Key Stages 1, 3 and 4"
    let digit = |i: usize| a.tokens[i].kind == TokenKind::Digits;
    let joins = |i: usize| mark(a, i) == Some(',') || a.classes[i].has(Class::Coordinator);
    let (mut first, least) = (at, (sentence.start + 3).max(at.saturating_sub(2 * LABELS)));
    while first >= least && joins(first - 1) && digit(first - 2) && a.tokens[first - 2].span.len() <= 2 {
        first -= 2;
    }
    let numbered = |i: usize| a.tokens[i].kind == TokenKind::Word && a.tokens[i].case == Case::Capitalised;
    let listed = first < at && digit(at) && a.tokens[at].span.len() <= 2 && first > sentence.start + 1 && numbered(first - 1);
    let year = n.tokens.len() == 1
        && a.tokens[at].span.len() == 4
        && n.amount.written.as_whole().is_some_and(|y| (1000..=2199).contains(&y));
    // What counts nothing may also rise, « battus 1-3 », or have a stroke: « 24/7 ».
    let dash = |i: usize| mark(a, i).is_some_and(|c| is_hyphen(c) || matches!(c, '–' | '/'));
    let digits = |i: usize| a.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Digits);
    // "a 0-5% range": the pair shares what stands behind it.
    let shares = |i: usize| {
        let word = |i: usize| (i < end).then(|| a.lower(i));
        let shared = |l: &Language| l.numbers.percent.at(i, word).is_some() || l.numbers.unit(i, word).is_some();
        a.language(at).is_some_and(shared)
    };
    let paired = (next + 1 < end && dash(next) && a.tokens[next].glued && digits(next + 1) && !shares(next + 2))
        || (at >= sentence.start + 2 && a.tokens[at].glued && dash(at - 1) && digits(at - 2));
    named || listed || year || paired
}

/// Whether two figures with a dash between them are a score: what falls or stays is no range, « 3-1 »; else a word behind says so:
/// "a 1-2 defeat".
pub(super) fn score(a: &Analysis, n: &Number, language: &Language) -> bool {
    let (at, next) = (n.tokens.start, n.tokens.end);
    if n.kind != NumberKind::Digits || n.tokens.len() != 1 || n.cut.is_some() {
        return false;
    }
    let glued = |i: usize| a.tokens.get(i).is_some_and(|t| t.glued);
    let dash = |i: usize| glued(i) && glued(i + 1) && mark(a, i).is_some_and(|c| is_hyphen(c) || c == '–');
    let points = |i: usize| -> Option<u16> {
        let t = a.tokens.get(i).filter(|t| t.kind == TokenKind::Digits && t.span.len() <= 3)?;
        t.span.of(&a.doc.text).parse().ok()
    };
    let (first, second) = if dash(next) {
        (at, next + 1)
    } else if at >= 2 && dash(at - 1) {
        (at - 2, at)
    } else {
        return false;
    };
    // `01-02-03` is something else.
    if first > 0 && dash(first - 1) || dash(second + 1) {
        return false;
    }
    let (Some(x), Some(y)) = (points(first), points(second)) else { return false };
    // "Merrow 17-18 Hallam"
    let capital = |i: usize| a.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Capitalised && !t.glued);
    let within = |i: usize| a.tokens.get(i).is_some_and(|t| t.sentence == a.tokens[at].sentence);
    let teams = first > 0 && !glued(first) && capital(first - 1) && within(first - 1) && capital(second + 1) && within(second + 1);
    if teams && !title_cased(a, second + 1) {
        return true;
    }
    let worded = a.tokens.get(second + 1).is_some_and(|t| !t.glued) && language.cues.get("score-noun").at(a, second + 1).is_some();
    worded || x >= y && language.numbers.unit(second + 1, |i| (i < a.tokens.len()).then(|| a.lower(i))).is_none()
}

/// Whether figures before a noun in the singular are a year: "a 2004 directive"; whatever counts two thousand is plural.
fn attributive_year(a: &Analysis, n: &Number, head: usize) -> bool {
    let year = n.is_bare()
        && n.tokens.len() == 1
        && a.tokens[n.tokens.start].span.len() == 4
        && n.amount.written.as_whole().is_some_and(|y| (1900..=2099).contains(&y));
    let nouns = || a.readings(head).iter().filter(|r| r.tag.pos() == Pos::Noun);
    let single = |n: usize| n > 0 && nouns().all(|r| r.tag.singular() && !r.tag.plural());
    year && (single(nouns().count())
        || head == n.tokens.end && date::acts(a, n.tokens.start)
        || date::dates_what_follows(a, n.tokens.start))
}

/// Whether figures end a name that describes a noun in the singular: "a Radio 4 presenter"; what counts four is plural.
fn ends_name(a: &Analysis, n: &Number, head: usize) -> bool {
    let before = n.tokens.start.checked_sub(1).filter(|b| *b > a.sentence(n.tokens.start).start);
    let named = before.is_some_and(|b| a.tokens[b].kind == TokenKind::Word && a.tokens[b].case.is_capital());
    let nouns = || a.readings(head).iter().filter(|r| r.tag.pos() == Pos::Noun);
    let name = a.tokens[head].case == Case::Capitalised && nouns().next().is_none();
    let single = name
        || a.tokens[head].case == Case::Upper
        || nouns().next().is_some() && nouns().all(|r| r.tag.singular() && !r.tag.plural());
    named && n.is_bare() && n.kind == NumberKind::Digits && single
}

/// Whether a number is a word of a saying, and counts nothing: « aux quatre coins de », « à deux doigts de », "zero tolerance".
pub(super) fn idiom(a: &Analysis, n: &Number, language: &Language) -> bool {
    let sayings = language.cues.get("number-saying");
    let start = a.sentence(n.tokens.start).start;
    n.kind == NumberKind::Words
        && (sayings.at(a, n.tokens.start).is_some_and(|len| len >= n.tokens.len())
            || sayings.before(a, n.tokens.end, start).is_some_and(|len| len >= n.tokens.len()))
}

/// Whether a number says how many are left in a competition: "the last 16".
fn knockout(a: &Analysis, n: &Number, language: &Language) -> bool {
    let at = n.tokens.start;
    let teams = n.amount.written.as_whole().is_some_and(|t| (4..=128).contains(&t) && t & (t - 1) == 0);
    teams && n.bound.is_none() && language.cues.get("knockout").before(a, at, a.sentence(at).start).is_some()
}
