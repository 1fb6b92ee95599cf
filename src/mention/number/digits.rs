//! Numbers in figures: groups of three, decimals, signs, fractions, scales that are glued on.

use super::{Number, NumberKind, word_in};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Case, mark};
use crate::language::TokenKind;
use crate::language::cut::is_hyphen;
use crate::language::numbers::NumberGrammar;

/// More groups of figures than any telephone number or reference has; the walk over them stays short.
const LONGEST_RUN: usize = 8;

/// What stands between a token and the next one, where that is a group mark: one space, or one glued mark.
/// Returns the mark and the token after it.
fn separator(a: &Analysis, token: usize, end: usize) -> Option<(char, usize)> {
    let next = token + 1;
    if next >= end {
        return None;
    }
    let after = &a.tokens[next];
    if after.kind == TokenKind::Digits && !after.glued {
        let gap = &a.doc.text[a.tokens[token].span.end as usize..after.span.start as usize];
        let mut chars = gap.chars();
        return chars.next().filter(|_| chars.next().is_none()).map(|c| (c, next));
    }
    let mark = mark(a, next).filter(|_| after.glued)?;
    let digits = a.tokens.get(next + 1).filter(|t| next + 1 < end && t.glued && t.kind == TokenKind::Digits);
    digits.map(|_| (mark, next + 1))
}

/// Reads figures from token `at` on, with the whole that they may be a part of: « 3 sur 4 ».
pub(super) fn read(a: &Analysis, at: usize, end: usize, g: &NumberGrammar) -> Option<Number> {
    let n = alone(a, at, end, g)?;
    Some(super::fraction::share(a, &n, end, g).unwrap_or(n))
}

/// Reads figures from token `at` on.
pub(super) fn alone(a: &Analysis, at: usize, end: usize, g: &NumberGrammar) -> Option<Number> {
    if at > 0 && a.tokens[at].glued && !starts_fresh(a, at) {
        return None;
    }
    if reference(a, at, end) || g.is_name(at, word_in(a, at)) {
        return None;
    }
    let (amount, last) = figures(a, at, end, g)?;
    let mut n = Number::new(at..last + 1, amount, NumberKind::Digits);
    if super::power::power(a, &mut n, end).is_some() {
        return Some(n);
    }
    mixed(a, &mut n, end, g);
    suffix(a, &mut n, end, g)?;
    scale(a, &mut n, end, g)?;
    while super::tail::tail(a, &mut n, end, g).is_some() {}
    // « 3 millions et demi »
    if n.scale.is_some()
        && let Some((part, past)) = super::fraction::trailing_part(a, n.tokens.end, end, g)
    {
        let whole = n.amount.precision;
        n.amount = Amount::exact(n.amount.written.add(part.mul(whole)?)?, whole.mul(Ratio::new(1, part.denominator())?)?);
        n.tokens.end = past;
    }
    Some(n)
}

/// Reads `-5` and `−5`, where the sign hangs on nothing.
pub(super) fn signed(a: &Analysis, at: usize, end: usize, g: &NumberGrammar) -> Option<Number> {
    let sign = mark(a, at).filter(|c| is_hyphen(*c) || matches!(c, '−' | '–'))?;
    let digits = a.tokens.get(at + 1).filter(|t| at + 1 < end && t.glued && t.kind == TokenKind::Digits)?;
    let free = !a.tokens[at].glued || (at > 0 && matches!(mark(a, at - 1), Some('(' | '«' | '“' | '"')));
    // `-2020-07-01` is a date behind a dash.
    let joined = a.tokens.get(at + 2).is_some_and(|t| at + 2 < end && t.glued)
        && mark(a, at + 2).is_some_and(is_hyphen)
        && a.tokens.get(at + 3).is_some_and(|t| at + 3 < end && t.glued && t.kind == TokenKind::Digits);
    if !free || joined || digits.span.len() > 15 {
        return None;
    }
    // A dash may open a line of dialogue or of a list; then what it opens is counted, and nothing counts less than none.
    let opens = at == 0 || a.tokens[at - 1].block != a.tokens[at].block;
    if sign == '–' && opens {
        return None;
    }
    let mut n = read(a, at + 1, end, g).filter(|n| n.kind == NumberKind::Digits)?;
    n.times(Ratio::whole(-1))?;
    n.tokens.start = at;
    Some(n)
}

/// Reads `.5`, where nothing hangs on the mark.
pub(super) fn pointed(a: &Analysis, at: usize, end: usize, g: &NumberGrammar) -> Option<Number> {
    let digits = a.tokens.get(at + 1).filter(|t| at + 1 < end && t.glued && t.kind == TokenKind::Digits)?;
    if mark(a, at)? != g.decimal || a.tokens[at].glued || digits.span.len() > 15 {
        return None;
    }
    let precision = Ratio::power_of_ten(-i32::try_from(digits.span.len()).ok()?)?;
    let written = Ratio::whole(a.lower(at + 1).parse().ok()?).mul(precision)?;
    let mut n = Number::new(at..at + 2, Amount::exact(written, precision), NumberKind::Digits);
    suffix(a, &mut n, end, g)?;
    scale(a, &mut n, end, g)?;
    Some(n)
}

/// Reads `½`.
pub(super) fn vulgar(a: &Analysis, at: usize, end: usize, g: &NumberGrammar) -> Option<Number> {
    let (numerator, denominator) = vulgar_fraction(mark(a, at)?)?;
    if a.tokens[at].glued && at > 0 && a.tokens[at - 1].kind != TokenKind::Mark {
        return None;
    }
    let part = Ratio::new(1, denominator)?;
    let mut n = Number::new(at..at + 1, Amount::exact(Ratio::new(numerator, denominator)?, part), NumberKind::Fraction);
    scale(a, &mut n, end, g)?;
    Some(n)
}

/// The fractions that are one character (Unicode, blocks Latin-1 Supplement and Number Forms).
fn vulgar_fraction(c: char) -> Option<(i128, i128)> {
    Some(match c {
        '¼' => (1, 4),
        '½' => (1, 2),
        '¾' => (3, 4),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '⅕'..='⅘' => (c as i128 - '⅕' as i128 + 1, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    })
}

/// The value of figures with their groups and decimals, and the last token.
pub(super) fn figures(a: &Analysis, at: usize, end: usize, g: &NumberGrammar) -> Option<(Amount, usize)> {
    let len = |i: usize| a.tokens[i].span.len();
    let mut value = a.lower(at).parse::<i128>().ok()?;
    let mut last = at;
    let mut group = None;
    if len(at) <= 3 && !a.text(at).starts_with('0') {
        while let Some((c, next)) = separator(a, last, end)
            && len(next) == 3
            // A group that begins with a nought is no number of its own, whatever parts it from the figures before.
            && (g.groups.contains(&c) || (c == ' ' && a.lower(next).starts_with('0')))
            && group.is_none_or(|g| g == c)
        {
            value = value.checked_mul(1000)?.checked_add(a.lower(next).parse().ok()?)?;
            (last, group) = (next, Some(c));
        }
    }
    let mut written = Ratio::whole(value);
    let mut precision = Ratio::ONE;
    if let Some((c, next)) = separator(a, last, end)
        && matches!(c, '.' | ',')
        && a.tokens[next].glued
        && Some(c) != group
        && (c == g.decimal || len(next) != 3)
    {
        let places = i32::try_from(len(next)).ok()?;
        precision = Ratio::power_of_ten(-places)?;
        written = written.add(Ratio::whole(a.lower(next).parse().ok()?).mul(precision)?)?;
        last = next;
        // `1.2.3` is a version, an address or a date.
        if separator(a, last, end).is_some_and(|(c, n)| matches!(c, '.' | ',' | '/') && a.tokens[n].glued) {
            return None;
        }
    }
    Some((Amount::exact(written, precision), last))
}

/// Whether a token belongs to a telephone number or a reference: figures in groups, the first of which begins with a zero or stands
/// after a plus sign.
fn reference(a: &Analysis, at: usize, end: usize) -> bool {
    let start = a.sentence(at).start;
    let joined = |i: usize| {
        let after = &a.tokens[i + 1];
        (after.kind == TokenKind::Digits && !after.glued)
            || (after.glued && matches!(mark(a, i + 1), Some('.' | '-' | '/' | '\u{2011}' | ')')))
    };
    let (mut first, mut groups) = (at, 1);
    while first > start && groups < LONGEST_RUN {
        let before = first - 1;
        let step = match a.tokens[before].kind {
            TokenKind::Digits if !a.tokens[first].glued => 1,
            TokenKind::Mark
                if a.tokens[first].glued
                    && before > start
                    && a.tokens[before - 1].kind == TokenKind::Digits
                    && joined(before - 1) =>
            {
                2
            }
            _ => break,
        };
        first -= step;
        groups += 1;
    }
    let mut last = at;
    while last + 1 < end && groups < LONGEST_RUN {
        let step = if a.tokens[last + 1].kind == TokenKind::Digits && !a.tokens[last + 1].glued {
            1
        } else if joined(last) && last + 2 < end && a.tokens[last + 2].kind == TokenKind::Digits && a.tokens[last + 2].glued {
            2
        } else {
            break;
        };
        last += step;
        groups += 1;
    }
    let plus = first > 0 && mark(a, first - 1) == Some('+') && a.tokens[first].glued;
    let zero = a.lower(first).starts_with('0') && a.tokens[first].span.len() > 1;
    // `0.800.97.11.11`
    let nought = a.lower(first) == "0" && groups >= 4;
    (plus && groups >= 2) || nought || (zero && (groups >= 3 || a.tokens[first].span.len() >= 8))
}

/// Whether digits that are glued to what stands before them are a number all the same: after a bracket, a currency, a sign.
fn starts_fresh(a: &Analysis, at: usize) -> bool {
    match mark(a, at - 1) {
        Some('/' | '.' | ',' | ':' | '#' | '@' | '_' | '°' | '=' | '&') => false,
        // « 10-20 », "a-3"
        Some('-' | '–' | '—') => {
            at < 2 || !a.tokens[at - 1].glued || a.tokens[at - 2].kind == TokenKind::Digits || mark(a, at - 2).is_some()
        }
        Some(c) if crate::language::cut::is_apostrophe(c) => false,
        Some(_) => true,
        // `USD34.6`: a code, which the cutter has parted from its number.
        None => {
            let code = a.tokens[at - 1].case == Case::Upper && a.tokens[at - 1].span.len() == 3 && !a.tokens[at - 1].glued;
            let money =
                || a.language(at).is_some_and(|l| l.manifest.money_letters.contains_key(a.text(at - 1))) && !a.tokens[at - 1].glued;
            a.tokens[at - 1].kind == TokenKind::Word && (code || money() || a.lower(at - 1).ends_with('\''))
        }
    }
}

/// A fraction in figures after a whole number or alone: `10 1/2`, `10½`, `1/4 mile`.
fn mixed(a: &Analysis, n: &mut Number, end: usize, g: &NumberGrammar) {
    let i = n.tokens.end;
    if i >= end || n.amount.precision != Ratio::ONE {
        return;
    }
    let add = |n: &mut Number, (num, den): (i128, i128), past: usize, whole: bool| -> Option<()> {
        let part = Ratio::new(num, den)?;
        let written = if whole { n.amount.written.add(part)? } else { part };
        n.amount = Amount::exact(written, Ratio::new(1, den)?);
        n.tokens.end = past;
        n.kind = if whole { NumberKind::Digits } else { NumberKind::Fraction };
        Some(())
    };
    if let Some(fraction) = mark(a, i).and_then(vulgar_fraction) {
        add(n, fraction, i + 1, true);
        return;
    }
    let slash = |i: usize| -> Option<(i128, i128)> {
        let digits = |i: usize| a.tokens.get(i).filter(|t| i < end && t.kind == TokenKind::Digits && t.span.len() <= 3);
        (digits(i).is_some() && mark(a, i + 1) == Some('/') && a.tokens[i + 1].glued && digits(i + 2)?.glued).then_some(())?;
        let (num, den) = (a.lower(i).parse().ok()?, a.lower(i + 2).parse().ok()?);
        let hangs = a.tokens.get(i + 3).is_some_and(|t| i + 3 < end && t.glued && mark(a, i + 3) == Some('/'));
        (num < den && den <= 100 && !hangs).then_some((num, den))
    };
    if !a.tokens[i].glued
        && let Some(fraction) = slash(i)
    {
        add(n, fraction, i + 3, true);
        return;
    }
    // `1/4` alone may be a date or a round of a cup: a unit or a link says that it is a part.
    let at = n.tokens.start;
    if let Some(fraction) = slash(at) {
        let word = word_in(a, at);
        let past = at + 3;
        let part = g.links.iter().any(|l| Some(l.as_str()) == word(past)) || g.unit(past, &word).is_some();
        if part {
            add(n, fraction, past, false);
        }
    }
}

/// Letters that are glued to the digits: a rank, a scale, a unit; any other make it a name and no number.
fn suffix(a: &Analysis, n: &mut Number, end: usize, g: &NumberGrammar) -> Option<()> {
    let i = n.tokens.end;
    if i >= end || !a.tokens[i].glued {
        return Some(());
    }
    let digits_after = a.tokens.get(i + 1).is_some_and(|t| t.glued && i + 1 < end && t.kind == TokenKind::Digits);
    if matches!(mark(a, i), Some('/' | '°' | ':' | '_')) && digits_after {
        return None;
    }
    if a.tokens[i].kind != TokenKind::Word {
        return Some(());
    }
    let letters = a.lower(i);
    // `500M2`, `3D2`: letters with digits behind them that are no time are a name.
    if digits_after && a.tokens[i].case.is_capital() {
        return None;
    }
    if g.ordinal_suffixes.iter().any(|s| s == letters) && n.amount.precision == Ratio::ONE {
        n.kind = NumberKind::Ordinal;
        n.tokens.end = i + 1;
        return Some(());
    }
    let word = word_in(a, i);
    let spelled = (letters.len() > 2 && g.scale(letters).is_some()) || g.compounds.values().any(|c| c.with == letters);
    let coin = g.coin_letters.contains_key(letters);
    (spelled || coin || g.unit(i, &word).is_some() || g.scaled_unit(letters).is_some() || g.scale_symbols.contains_key(letters))
        .then_some(())
}

/// Words or symbols that multiply digits: « 1,2 million », « 3 M€ ».
fn scale(a: &Analysis, n: &mut Number, end: usize, g: &NumberGrammar) -> Option<()> {
    if n.kind == NumberKind::Ordinal {
        return Some(());
    }
    let first = n.tokens.end;
    // "a $40-million plan", "a 12-million-dollar scheme"
    let glued = |i: usize| i < end && a.tokens[i].glued;
    if glued(first) && mark(a, first).is_some_and(is_hyphen) && glued(first + 1) && a.tokens[first + 1].kind == TokenKind::Word {
        let word = a.lower(first + 1);
        let lead = word.split('-').next().unwrap_or(word);
        if let Some((by, false)) = g.scale(lead).filter(|(by, _)| *by >= 1000) {
            n.times(Ratio::whole(by))?;
            (n.scale, n.tokens.end) = (Some(first..first + 2), first + 2);
            n.cut = (lead.len() < word.len()).then_some(lead.len());
            return Some(());
        }
    }
    while n.tokens.end < end {
        let i = n.tokens.end;
        if n.scale_by(a, i, end, g)? {
            continue;
        }
        // « 3 dizaines de milliers »
        if i > first && g.links.iter().any(|l| l == a.lower(i)) && n.scale_by(a, i + 1, end, g)? {
            continue;
        }
        if i > first || !symbol(a, n, i, end, g) {
            // `10million`
            let spelled = i == first && a.tokens[i].glued && a.lower(i).len() > 2;
            let Some((by, false)) = g.scale(a.lower(i)).filter(|_| spelled) else { break };
            n.times(Ratio::whole(by))?;
        } else {
            let by = g.scale_symbols.get(a.lower(i)).copied().unwrap_or(1);
            n.times(Ratio::whole(by))?;
        }
        n.scale = Some(first..i + 1);
        n.tokens.end = i + 1;
    }
    Some(())
}

/// Whether the letters at a token scale the digits before it, and are no unit of their own.
fn symbol(a: &Analysis, n: &Number, i: usize, end: usize, g: &NumberGrammar) -> bool {
    let letters = a.lower(i);
    if a.tokens[i].kind != TokenKind::Word || !g.scale_symbols.contains_key(letters) {
        return false;
    }
    let word = word_in(a, i);
    let money = g.currencies.at(i + 1, |j| word(j).filter(|_| j < end)).is_some()
        || (n.tokens.start > 0
            && g.currencies.before(n.tokens.start, &word).is_some_and(|(len, _)| {
                a.tokens[n.tokens.start - len].kind == TokenKind::Mark || a.tokens[n.tokens.start - 1].kind == TokenKind::Mark
            }));
    if money {
        return true;
    }
    // `$1MM` is money, `10mm` a measure; « 2 G$ » is money, `5G` no number.
    let large = g.scale_symbols.get(letters).is_some_and(|by| *by >= 1_000_000_000);
    if (letters.len() > 1 || large) && g.measures.at(i, &word).is_some() {
        return false;
    }
    // « 10k », « 10M », "5m people": one letter that is no unit here.
    // "60m hurdles" are run.
    let run = || a.language(i).is_some_and(|l| l.cues.get("race-noun").at(a, i + 1).is_some());
    if a.tokens[i].case == Case::Lower && run() {
        return false;
    }
    let large = a.text(i).chars().all(char::is_uppercase) || g.measures.at(i, &word).is_none() || counts_next(a, i + 1, end);
    // « 2,33 k »: nothing that is measured has the letter for a unit, and nothing is counted after it.
    // `1.5 M`: a unit of one letter has no capital.
    let capital = a.tokens[i].case == Case::Initial;
    let alone = (g.measures.at(i, &word).is_none() && a.tokens[i].case == Case::Lower || capital)
        && (i + 1 >= end || mark(a, i + 1).is_some());
    a.tokens[i].glued && large || !a.tokens[i].glued && alone
}

/// Whether a plural noun stands at a token.
fn counts_next(a: &Analysis, i: usize, end: usize) -> bool {
    use crate::language::lexicon::Pos;
    let plural =
        |l: &crate::language::Language| l.lexicon.readings(a.lower(i)).any(|(_, tag)| tag.pos() == Pos::Noun && tag.plural());
    i < end && a.tokens[i].kind == TokenKind::Word && a.language(i).is_some_and(plural)
}

pub(super) fn is_currency_sign(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥')
}
