//! Parts of one in words: « trois cinquièmes », « et demi », "one in five", « virgule cinq ».

use super::cardinal::cardinal;
use super::parts::Parts;
use super::words::spelled;
use super::{Number, NumberKind, digits};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, mark};
use crate::language::TokenKind;
use crate::language::cut::is_hyphen;
use crate::language::numbers::{NumberGrammar, NumberWord};

/// A fraction from part `p` on, and one past its last part: « demi », « un quart », "three fifths".
pub(super) fn fraction(parts: &Parts, g: &NumberGrammar, p: usize) -> Option<(Ratio, usize)> {
    if let Some((NumberWord::Fraction(n, d), len)) = parts.word(g, p) {
        return Some((Ratio::new(n, d)?, p + len));
    }
    // « quatre vingtième » is the eightieth.
    if parts.look(p, |w| g.rank(w)).is_some_and(|(_, len)| len == 2) {
        return None;
    }
    let article = parts.text(p).is_some_and(|t| g.articles.iter().any(|w| w == t));
    let (count, mut end) = match parts.word(g, p) {
        _ if article => (1, p + 1),
        Some((NumberWord::Unit(v @ 1..), len)) => (v, p + len),
        Some((NumberWord::Ten { is, .. }, len)) => (is, p + len),
        _ => return None,
    };
    if let Some((NumberWord::Unit(v @ 1..=9), len)) = parts.word(g, end).filter(|_| count >= 20) {
        let whole = parts.word(g, end + len).is_some() || parts.look(end + len, |w| g.rank(w)).is_some();
        if whole {
            return denominator(parts, g, end + len, (count + v, false));
        }
    }
    if let Some((NumberWord::Fraction(n, d), len)) = parts.word(g, end) {
        end += len;
        return Some((Ratio::new(n.checked_mul(count)?, d)?, end));
    }
    denominator(parts, g, end, (count, article))
}

/// The denominator that is a rank: plural after any number, singular after one; « trois cinquième » lacks its plural.
/// `count` says also whether it is an article.
pub(super) fn denominator(parts: &Parts, g: &NumberGrammar, p: usize, (count, article): (i128, bool)) -> Option<(Ratio, usize)> {
    let c = cardinal(parts, g, p)?;
    let plural = c.rank?;
    // "a hundredth part" is one; "one hundred twenty-fifth" is a rank.
    let counts = c.end > p + 1 && matches!(parts.word(g, p), Some((NumberWord::Hundred | NumberWord::Scale(_), _)));
    // « un quatrième » is no quarter: that has a word of its own. "one fourth" is.
    let own = !plural && article && g.names_part(c.value);
    // "two hundredth" is a rank.
    let few = (2..=19).contains(&count) && c.value < 100;
    (c.value > 2 && (plural || count == 1 || few) && !counts && !own).then_some(())?;
    Some((Ratio::new(count, c.value)?, c.end))
}

/// « cent trente cinquièmes », "one hundred thirty fifths": a plural rank counts parts of one, and as many of the words as can
/// belong to the rank; here a hundred thirty-fifths.
pub(super) fn parted(parts: &Parts, g: &NumberGrammar, from: usize, end: usize) -> Option<Ratio> {
    let bare = |p: usize| matches!(parts.word(g, p), Some((NumberWord::Hundred | NumberWord::Scale(_), _)));
    // « cent mille cinquièmes » may begin so again; in "one hundred thirty fifths" the hundred has its count.
    let begins = |p: usize| !bare(p) || (from == 0 && bare(0));
    (from + 1..end).filter(|split| begins(*split)).find_map(|split| {
        let count = cardinal(&parts.before(split), g, from).filter(|c| c.end == split && c.rank.is_none())?;
        let of = cardinal(parts, g, split).filter(|c| c.end == end && c.rank == Some(true) && c.value > 2)?;
        Ratio::new(count.value, of.value)
    })
}

/// The decimals after « virgule », "point": digit by digit, or as one number.
pub(super) fn decimals(parts: &Parts, g: &NumberGrammar, mut p: usize) -> Option<(Ratio, Ratio, usize)> {
    let (mut value, mut places) = (0i128, 0);
    while let Some((NumberWord::Unit(v @ 0..=9), len)) = parts.word(g, p) {
        (value, places, p) = (value.checked_mul(10)?.checked_add(v)?, places + 1, p + len);
    }
    if places <= 1 && value == 0 || places == 0 {
        let c = cardinal(parts, g, p).filter(|c| c.rank.is_none() && (10..100).contains(&c.value))?;
        (value, places, p) = (c.value, places + 2, c.end);
    }
    let worth = Ratio::power_of_ten(-places)?;
    Some((Ratio::whole(value).mul(worth)?, worth, p))
}

/// « trois sur quatre », "one in five": a part of a small whole.
pub(super) fn share(a: &Analysis, n: &Number, end: usize, g: &NumberGrammar) -> Option<Number> {
    let sentence = a.sentence(n.tokens.start);
    let of = past_noun(a, n, end, g).unwrap_or(n.tokens.end);
    let within = |i: usize| (sentence.contains(&i) && i < end).then(|| a.lower(i));
    let bar = within(of).is_some_and(|w| g.fraction_bars.iter().any(|b| b == w));
    let (len, sure) = g.shares.at(of, within).map_or((1, false), |(len, sure)| (len, *sure));
    let at = of + len;
    if !bar && g.shares.at(of, within).is_none()
        || at >= end
        || n.cut.is_some()
        || !matches!(n.kind, NumberKind::Digits | NumberKind::Words | NumberKind::Article)
    {
        return None;
    }
    let whole = match a.tokens[at].kind {
        TokenKind::Digits => digits::alone(a, at, end, g)?,
        TokenKind::Word if g.begins(a.lower(at).split('-').next()?) => spelled(a, at, end, g, a.lower(at), false, false)?,
        _ => return None,
    };
    let (part, of) = (n.amount.written.as_whole()?, whole.amount.written.as_whole()?);
    let year = (1000..=2199).contains(&of) && of % 100 != 0;
    // "one over three." counts nothing else.
    if bar && !year && of > 0 && (whole.tokens.end >= end || mark(a, whole.tokens.end).is_some_and(|c| !is_hyphen(c) && c != '%')) {
        return fraction_of(n, &whole, part, of);
    }
    let idiom = part >= 1
        && of > part
        && (sure && !year || of <= 10 || (part == 1 && of % 5 == 0 && !year) || (part == 1 && whole.kind == NumberKind::Words));
    let unit = g.unit(whole.tokens.end, |i| (sentence.contains(&i) && i < end).then(|| a.lower(i))).is_some();
    if !idiom || unit || whole.cut.is_some() || !matches!(whole.kind, NumberKind::Digits | NumberKind::Words) {
        return None;
    }
    fraction_of(n, &whole, part, of)
}

/// One past the noun between a part and its whole: « un *fleuve* sur cinq », « trois *élus* sur dix ». What follows the whole is no noun: « un
/// accord sur trois points » is no third.
fn past_noun(a: &Analysis, n: &Number, end: usize, g: &NumberGrammar) -> Option<usize> {
    use crate::language::grammar::Class;
    const MOST: i128 = 10;
    let (noun, of) = (n.tokens.end, n.tokens.end + 1);
    let sentence = a.sentence(n.tokens.start);
    let within = |i: usize| (sentence.contains(&i) && i < end).then(|| a.lower(i));
    let (len, _) = g.shares.at(of, within)?;
    let at = of + len;
    let part = matches!(n.kind, NumberKind::Digits | NumberKind::Words | NumberKind::Article);
    let word = a.tokens[noun].kind == TokenKind::Word;
    if !part || n.cut.is_some() || at >= end || !word || !a.classes[noun].has(Class::Noun) || g.begins(a.lower(noun)) {
        return None;
    }
    let whole = match a.tokens[at].kind {
        TokenKind::Digits => digits::alone(a, at, end, g)?,
        TokenKind::Word if g.begins(a.lower(at).split('-').next()?) => spelled(a, at, end, g, a.lower(at), false, false)?,
        _ => return None,
    };
    let next = whole.tokens.end;
    let named = next < end && [Class::Noun, Class::Adjective, Class::Proper].iter().any(|c| a.classes[next].has(*c));
    let small = whole.amount.written.as_whole().is_some_and(|n| n <= MOST);
    let free = next >= end || mark(a, next).is_none_or(|c| !is_hyphen(c) && c != '%');
    (small && free && !named && whole.cut.is_none()).then_some(of)
}

fn fraction_of(n: &Number, whole: &Number, part: i128, of: i128) -> Option<Number> {
    let amount = Amount::exact(Ratio::new(part, of)?, Ratio::new(1, of)?);
    Some(Number::new(n.tokens.start..whole.tokens.end, amount, NumberKind::Fraction))
}

/// Whether « moitié », "half", « demi » alone is a part of something: "half the town", « moitié des voix », « demi-million ».
pub(super) fn lone_part(a: &Analysis, parts: &Parts, g: &NumberGrammar, at: usize, value: Ratio) -> bool {
    use crate::language::grammar::Class;
    let ranked =
        at > a.sentence(at).start && (g.rank(a.lower(at - 1)).is_some() || a.text(at - 1).ends_with(|c: char| c.is_ascii_digit()));
    if ranked {
        return false;
    }
    let link = parts.link(g, 1);
    let hangs = !parts.list[0].closes;
    let scale = parts.text(1 + link).is_some_and(|t| g.scale(t).is_some());
    let whole = link > 0 || a.classes.get(at + 1).is_some_and(|c| at + 1 < parts.end && c.has(Class::Determiner));
    hangs || scale || (value.denominator() == 2 && whole)
}

/// Whether what was read as a fraction is one: « un cinquième joueur » is the fifth of them.
pub(super) fn rank_is_part(a: &Analysis, parts: &Parts, g: &NumberGrammar, past: usize, value: Ratio) -> bool {
    use crate::language::grammar::Class;
    let named = matches!(parts.word(g, past - 1), Some((NumberWord::Fraction(..), _)));
    let Some(last) = parts.list.get(past - 1) else { return false };
    let plural =
        (1..=2).any(|n| past >= n && parts.look(past - n, |w| g.rank(w)).is_some_and(|((_, plural), len)| plural && len == n));
    if named || (value.numerator() != 1 && plural) {
        return true;
    }
    match a.classes.get(last.token + 1) {
        Some(c) if last.token + 1 < parts.end => ![Class::Noun, Class::Adjective, Class::Proper].iter().any(|k| c.has(*k)),
        _ => true,
    }
}

/// « et demi », "and a half" from token `at` on, and one past its last token.
pub(in crate::mention) fn trailing_part(a: &Analysis, at: usize, end: usize, g: &NumberGrammar) -> Option<(Ratio, usize)> {
    if at >= end || a.tokens[at].kind != TokenKind::Word || g.word(a.lower(at)) != Some(NumberWord::Join) {
        return None;
    }
    let parts = Parts::from(a, at, end, g);
    let (value, past) = fraction(&parts, g, 1)?;
    let last = parts.list.get(past - 1)?;
    last.closes.then_some((value, last.token + 1))
}
