//! Numbers in digits and in words, as exact amounts with the bounds that words set.

use std::ops::Range;

use crate::analysis::{Analysis, TokenKind};
use crate::language::numbers::{Bound, NumberGrammar, NumberWord};
use crate::mention::{Amount, Ratio};
use crate::text::mark;

/// A number that was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Number {
    /// The tokens of the number itself, without the words that bound it.
    pub tokens: Range<usize>,
    /// Its value.
    pub amount: Amount,
    /// How it is written.
    pub kind: NumberKind,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberKind {
    /// `15 000`, `1,2 million`.
    Digits,
    /// `quinze mille`.
    Words,
    /// One word that may be an article: `un`, `a`.
    Article,
    /// `une quinzaine`, `des milliers`.
    Collective,
    /// `deux tiers`, `la moitié`.
    Fraction,
    /// `3e`, `troisième`.
    Ordinal,
}

/// Reads the number that begins at token `at` and ends before token `end`.
pub(crate) fn read(a: &Analysis, at: usize, end: usize, g: &NumberGrammar) -> Option<Number> {
    let mut number = match a.tokens[at].kind {
        TokenKind::Digits => digits(a, at, end, g)?,
        TokenKind::Word => words(a, at, end, g)?,
        TokenKind::Mark => return None,
    };
    if number.kind != NumberKind::Ordinal {
        bound(a, &mut number, end, g);
    }
    Some(number)
}

/// The word at a token, if it lies in the sentence of `at`.
pub(crate) fn word_in<'w>(a: &'w Analysis, at: usize) -> impl Fn(usize) -> Option<&'w str> {
    let sentence = a.sentence(at);
    move |i| sentence.contains(&i).then(|| a.lower(i))
}

fn bound(a: &Analysis, n: &mut Number, end: usize, g: &NumberGrammar) {
    let word = word_in(a, n.tokens.start);
    let bound = g
        .bounds
        .before(n.tokens.start, &word)
        .or_else(|| g.after_bounds.at(n.tokens.end, |i| word(i).filter(|_| i < end)))
        .map(|(_, b)| *b);
    let w = n.amount.written;
    let Some(tenth) = w.div(Ratio::whole(10)) else { return };
    match bound {
        Some(Bound::AtLeast) => (n.amount.low, n.amount.high) = (n.amount.low.or(Some(w)), None),
        Some(Bound::AtMost) => (n.amount.low, n.amount.high) = (None, n.amount.high.or(Some(w))),
        Some(Bound::Nearly) => (n.amount.low, n.amount.high) = (w.sub(tenth), Some(w)),
        Some(Bound::About) => (n.amount.low, n.amount.high) = (w.sub(tenth), w.add(tenth)),
        None => {}
    }
}

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

fn digits(a: &Analysis, at: usize, end: usize, g: &NumberGrammar) -> Option<Number> {
    let len = |i: usize| a.tokens[i].span.len();
    if at > 0 && a.tokens[at].glued && !starts_fresh(a, at) {
        return None;
    }
    let mut value = a.lower(at).parse::<i128>().ok()?;
    let mut last = at;
    let mut group = None;
    if len(at) <= 3 && !a.text(at).starts_with('0') {
        while let Some((c, next)) = separator(a, last, end)
            && g.groups.contains(&c)
            && len(next) == 3
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
    let mut n = Number { tokens: at..last + 1, amount: Amount::exact(written, precision), kind: NumberKind::Digits };
    suffix(a, &mut n, end, g)?;
    scale(a, &mut n, end, g)?;
    Some(n)
}

/// Whether digits that are glued to what stands before them are a number all the same: after a bracket, a currency, a sign.
fn starts_fresh(a: &Analysis, at: usize) -> bool {
    match mark(a, at - 1) {
        Some('/' | '.' | ',' | ':' | '#' | '@' | '_' | '°') => false,
        Some('-' | '–' | '—') => at < 2 || !a.tokens[at - 1].glued || a.tokens[at - 2].kind == TokenKind::Digits || mark(a, at - 2).is_some(),
        Some(c) if crate::text::is_apostrophe(c) => false,
        Some(_) => true,
        None => a.tokens[at - 1].kind == TokenKind::Word && matches!(a.lower(at - 1).chars().next_back(), Some('\'')),
    }
}

/// Letters that are glued to the digits: a rank, a scale, a unit; any other make it a name and no number.
fn suffix(a: &Analysis, n: &mut Number, end: usize, g: &NumberGrammar) -> Option<()> {
    let i = n.tokens.end;
    if i >= end || !a.tokens[i].glued {
        return Some(());
    }
    if matches!(mark(a, i), Some('/' | '°')) && a.tokens.get(i + 1).is_some_and(|t| t.glued && t.kind == TokenKind::Digits) {
        return None;
    }
    if a.tokens[i].kind != TokenKind::Word {
        return Some(());
    }
    let letters = a.lower(i);
    if g.ordinal_suffixes.iter().any(|s| s == letters) && n.amount.precision == Ratio::ONE {
        n.kind = NumberKind::Ordinal;
        n.tokens.end = i + 1;
        return Some(());
    }
    let word = word_in(a, i);
    if g.measures.at(i, &word).is_some() || g.currencies.at(i, &word).is_some() || g.durations.at(i, &word).is_some() {
        return Some(());
    }
    g.scale_symbols.contains_key(letters).then_some(())
}

/// Words or symbols that multiply digits: « 1,2 million », « 3 M€ ».
fn scale(a: &Analysis, n: &mut Number, end: usize, g: &NumberGrammar) -> Option<()> {
    if n.kind == NumberKind::Ordinal {
        return Some(());
    }
    while n.tokens.end < end {
        let i = n.tokens.end;
        let by = match g.word(a.lower(i)) {
            Some(NumberWord::Scale(s)) if !a.tokens[i].glued => s,
            Some(NumberWord::Hundred) if !a.tokens[i].glued => 100,
            _ => {
                let symbol = g.scale_symbols.get(a.lower(i)).copied();
                let money = g.currencies.at(i + 1, word_in(a, i)).is_some()
                    || (n.tokens.start > 0 && mark(a, n.tokens.start - 1).is_some_and(is_currency_sign) && a.tokens[n.tokens.start].glued);
                match symbol {
                    Some(s) if a.tokens[i].kind == TokenKind::Word && (money || (a.tokens[i].glued && a.lower(i).len() > 1)) => s,
                    _ => break,
                }
            }
        };
        let by = Ratio::whole(by);
        n.amount = Amount::exact(n.amount.written.mul(by)?, n.amount.precision.mul(by)?);
        n.tokens.end = i + 1;
    }
    // « un million et demi »
    Some(())
}

fn is_currency_sign(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥')
}

/// The parts of number words from a token on: a token's words between hyphens, each with its token.
struct Parts<'t> {
    list: Vec<(usize, &'t str, bool)>,
}

impl<'t> Parts<'t> {
    /// At most sixteen tokens: no number is longer.
    fn from(a: &'t Analysis, at: usize, end: usize) -> Parts<'t> {
        let mut list = Vec::new();
        for i in at..end.min(at + 16) {
            if a.tokens[i].kind != TokenKind::Word {
                break;
            }
            let count = list.len();
            list.extend(a.lower(i).split('-').map(|p| (i, p, false)));
            if let Some(last) = list.last_mut().filter(|_| a.lower(i).split('-').count() > 0) {
                last.2 = true;
            }
            debug_assert!(list.len() > count);
        }
        Parts { list }
    }

    /// The number word at a part, two parts of one token before one, and how many parts it takes.
    fn word(&self, g: &NumberGrammar, p: usize) -> Option<(NumberWord, usize)> {
        let &(token, part, _) = self.list.get(p)?;
        if let Some(&(next_token, next, _)) = self.list.get(p + 1)
            && (next_token == token || matches!(g.word(part), Some(NumberWord::Unit(_))))
        {
            let mut both = String::with_capacity(part.len() + next.len() + 1);
            both.push_str(part);
            both.push('-');
            both.push_str(next);
            if let Some(w) = g.word(&both) {
                return Some((w, 2));
            }
        }
        g.word(part).map(|w| (w, 1))
    }
}

/// A number in words: the composition of units, tens, hundreds and scales.
fn words(a: &Analysis, at: usize, end: usize, g: &NumberGrammar) -> Option<Number> {
    let first = a.lower(at);
    if let Some(&rank) = g.ordinals.get(first) {
        // A rank; but « deux cinquièmes » has been read from its numerator.
        return Some(Number { tokens: at..at + 1, amount: Amount::whole(rank), kind: NumberKind::Ordinal });
    }
    let article = g.articles.iter().any(|w| w == first);
    // Most words are no number words: settle that before anything is allocated.
    let head = first.split('-').next().unwrap_or(first);
    if !article && !g.plurals.iter().any(|w| w == first) && g.word(head).is_none() && g.word(first).is_none() {
        return None;
    }
    if let Some(n) = collective(a, at, end, g) {
        return Some(n);
    }
    let parts = Parts::from(a, at, end);
    let mut p = 0;
    let mut total: i128 = 0;
    let mut current: Option<i128> = None;
    let mut room = (0, 0);
    let mut last_scale = i128::MAX;
    let mut taken = 0;
    let mut decimals: Option<Ratio> = None;
    if article && g.word(first).is_none() {
        // "a hundred", "a million"
        match parts.word(g, 1) {
            Some((NumberWord::Hundred | NumberWord::Scale(_), _)) => p = 1,
            _ => return None,
        }
    }
    while let Some((word, len)) = parts.word(g, p) {
        match word {
            NumberWord::Unit(v) => match current {
                None => (current, room) = (Some(v), (0, 0)),
                Some(c) if v >= room.0 && v <= room.1 && v > 0 => (current, room) = (Some(c + v), (0, 0)),
                Some(_) => break,
            },
            NumberWord::Ten { is, adds } => match current {
                None => (current, room) = (Some(is), adds),
                Some(c) if room == (1, 99) => (current, room) = (Some(c + is), adds),
                // "nineteen eighty-four"
                Some(c @ 13..=20) if total == 0 => (current, room) = (Some(c * 100 + is), adds),
                Some(_) => break,
            },
            NumberWord::Hundred => match current {
                None => (current, room) = (Some(100), (1, 99)),
                Some(c @ 1..=99) => (current, room) = (Some(c * 100), (1, 99)),
                Some(_) => break,
            },
            NumberWord::Scale(s) => {
                if s >= last_scale || (current.is_none() && total > 0) {
                    break;
                }
                total = total.checked_add(current.unwrap_or(1).checked_mul(s)?)?;
                (current, room, last_scale) = (None, (0, 0), s);
            }
            NumberWord::Join => match parts.word(g, p + len) {
                Some((NumberWord::Unit(v), _)) if current.is_some() && v > 0 && v >= room.0 && v <= room.1 => {}
                Some((NumberWord::Ten { .. }, _)) if room == (1, 99) => {}
                Some((NumberWord::Unit(_) | NumberWord::Ten { .. }, _)) if current.is_none() && last_scale <= 1000 && total > 0 => {}
                // « un million et demi », "two and a half million" is another shape
                Some((NumberWord::Fraction(n, d), l)) if current.is_none() && total > 0 => {
                    decimals = Ratio::whole(last_scale).mul(Ratio::new(n, d)?);
                    taken = p + len + l;
                    break;
                }
                _ => break,
            },
            NumberWord::Decimal => {
                let Some(whole) = current.filter(|_| total == 0) else { break };
                let Some((NumberWord::Unit(v @ 0..=99), l)) = parts.word(g, p + len) else { break };
                let places = if v > 9 { 2 } else { 1 };
                current = Some(whole);
                decimals = Some(Ratio::whole(v).mul(Ratio::power_of_ten(-places)?)?);
                taken = p + len + l;
                break;
            }
            NumberWord::Fraction(n, d) => {
                // « deux tiers », "three quarters"; one alone is read by `collective`.
                let Some(c) = current.filter(|_| total == 0 && taken == p && p > 0) else { break };
                let value = Ratio::new(n.checked_mul(c)?, d)?;
                return finish(&parts, p + len, at, Amount::exact(value, Ratio::new(1, d)?), NumberKind::Fraction);
            }
            NumberWord::Collective(_) | NumberWord::CollectivePlural(_) => break,
        }
        p += len;
        if word != NumberWord::Join {
            taken = p;
        }
    }
    if taken == 0 {
        return None;
    }
    let whole = total.checked_add(current.unwrap_or(0))?;
    let mut value = Ratio::whole(whole);
    let mut precision = Ratio::ONE;
    if let Some(d) = decimals {
        value = value.add(d)?;
        precision = d;
    }
    let kind = if taken == 1 && article { NumberKind::Article } else { NumberKind::Words };
    finish(&parts, taken, at, Amount::exact(value, precision), kind)
}

/// The number that took `taken` parts; `None` where that cuts a token in two (« vingt-et-unième »).
fn finish(parts: &Parts, taken: usize, at: usize, amount: Amount, kind: NumberKind) -> Option<Number> {
    let &(token, _, closes) = parts.list.get(taken.checked_sub(1)?)?;
    closes.then(|| Number { tokens: at..token + 1, amount, kind })
}

/// « une quinzaine », "two dozen", « des milliers », « un tiers », « la moitié ».
fn collective(a: &Analysis, at: usize, end: usize, g: &NumberGrammar) -> Option<Number> {
    let (mut i, mut times) = (at, None);
    match g.word(a.lower(at)) {
        Some(NumberWord::Unit(n @ 1..)) => (i, times) = (at + 1, Some(n)),
        Some(NumberWord::Collective(_) | NumberWord::CollectivePlural(_) | NumberWord::Fraction(..)) => {}
        _ if g.articles.iter().any(|w| w == a.lower(at)) => (i, times) = (at + 1, Some(1)),
        _ if g.plurals.iter().any(|w| w == a.lower(at)) => i = at + 1,
        _ => return None,
    }
    if i >= end {
        return None;
    }
    let tokens = at..i + 1;
    match g.word(a.lower(i))? {
        NumberWord::Collective(c) if times.is_some() => {
            let value = Ratio::whole(c.checked_mul(times?)?);
            let sixth = value.div(Ratio::whole(6))?;
            let amount = Amount { written: value, low: value.sub(sixth), high: value.add(sixth), precision: Ratio::whole(c) };
            Some(Number { tokens, amount, kind: NumberKind::Collective })
        }
        NumberWord::CollectivePlural(c) => {
            let value = Ratio::whole(c);
            let amount = Amount { written: value, low: value.add(value), high: None, precision: value };
            Some(Number { tokens, amount, kind: NumberKind::Collective })
        }
        NumberWord::Fraction(n, d) if times.is_some() => {
            let value = Ratio::new(n.checked_mul(times?)?, d)?;
            Some(Number { tokens, amount: Amount::exact(value, Ratio::new(1, d)?), kind: NumberKind::Fraction })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::document;
    use crate::language::Languages;

    /// The first number of a text: `written`, its bounds if it has any, and the words.
    fn first(lang: &str, text: &str) -> String {
        let doc = document(lang, text);
        let a = crate::text::cut(&doc, Languages::shipped());
        let g = &a.language(0).unwrap().numbers;
        let n = (0..a.tokens.len()).find_map(|i| read(&a, i, a.tokens.len(), g).filter(|n| n.kind != NumberKind::Article));
        let Some(n) = n else { return "–".to_owned() };
        let bounds = if n.amount.is_exact() {
            String::new()
        } else {
            let show = |r: Option<Ratio>| r.map_or("…".to_owned(), |r| r.to_decimal(2));
            format!(" [{} {}]", show(n.amount.low), show(n.amount.high))
        };
        format!("{}{bounds} «{}»", n.amount.written, a.span(n.tokens).of(&doc.text))
    }

    fn check(lang: &str, cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(first(lang, text), *expected, "{text}");
        }
    }

    #[test]
    fn french_digits() {
        check(
            "fr",
            &[
                ("15 000 personnes", "15000 «15 000»"),
                ("15\u{202F}000 personnes", "15000 «15\u{202F}000»"),
                ("15.000 personnes", "15000 «15.000»"),
                ("1,2 million d'euros", "1200000 «1,2 million»"),
                ("3 M€", "3000000 «3 M»"),
                ("le 3e étage", "3 «3e»"),
                ("la version 1.2.3", "–"),
                ("10'000 francs", "10000 «10'000»"),
                ("en 2018 300 personnes", "2018 «2018»"),
            ],
        );
    }

    #[test]
    fn french_words() {
        check(
            "fr",
            &[
                ("quatre-vingt-dix-neuf élus", "99 «quatre-vingt-dix-neuf»"),
                ("quatre-vingts élus", "80 «quatre-vingts»"),
                ("soixante et onze élus", "71 «soixante et onze»"),
                ("nonante-deux élus", "92 «nonante-deux»"),
                ("deux cent mille trois élus", "200003 «deux cent mille trois»"),
                ("mille neuf cent dix-huit", "1918 «mille neuf cent dix-huit»"),
                ("trois millions deux cent mille", "3200000 «trois millions deux cent mille»"),
                ("une trentaine d'élus", "30 [25 35] «une trentaine»"),
                ("des milliers d'élus", "1000 [2000 …] «des milliers»"),
                ("les deux tiers des élus", "0.666666666667 «deux tiers»"),
                ("un million et demi d'élus", "1500000 «un million et demi»"),
                ("douze et trois", "12 «douze»"),
            ],
        );
    }

    #[test]
    fn words_bound_a_number() {
        check(
            "fr",
            &[
                ("au moins 12 morts", "12 [12 …] «12»"),
                ("plus d'une vingtaine d'élus", "20 [16.67 …] «une vingtaine»"),
                ("près de 200 élus", "200 [180 200] «200»"),
                ("jusqu'à 50 élus", "50 [… 50] «50»"),
                ("environ cent élus", "100 [90 110] «cent»"),
            ],
        );
        check("en", &[("up to 50 people", "50 [… 50] «50»"), ("more than a dozen", "12 [10 …] «a dozen»"), ("50 or more", "50 [50 …] «50»")]);
    }

    #[test]
    fn english_words() {
        check(
            "en",
            &[
                ("twenty-five people", "25 «twenty-five»"),
                ("two hundred and three people", "203 «two hundred and three»"),
                ("a hundred people", "100 «a hundred»"),
                ("nineteen eighty-four", "1984 «nineteen eighty-four»"),
                ("15,000 people", "15000 «15,000»"),
                ("£3.5m", "3500000 «3.5m»"),
                ("three quarters of them", "0.75 «three quarters»"),
                ("the 3rd man", "3 «3rd»"),
            ],
        );
    }
}
