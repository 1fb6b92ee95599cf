//! Numbers in words: the composition of units, tens, hundreds, scales, ranks, fractions and decimals.

use super::cardinal::cardinal;
use super::collective::collective;
use super::fraction::{decimals, denominator, fraction, lone_part, parted, rank_is_part, share, trailing_part};
use super::parts::{Parts, finish};
use super::roman::roman;
use super::{Number, NumberKind};
use crate::amount::{Amount, Ratio};
use crate::analysis::Analysis;
use crate::language::TokenKind;
use crate::language::numbers::{NumberGrammar, NumberWord};

/// Reads the number in words that begins at token `at`.
pub(super) fn read(a: &Analysis, at: usize, end: usize, g: &NumberGrammar) -> Option<Number> {
    // Most words are no number words.
    if !a.tokens[at].opens.number {
        return roman(a, at, g);
    }
    let first = a.lower(at);
    let listed = |list: &[String]| list.iter().any(|w| w == first);
    let article = listed(&g.articles);
    let before = article || listed(&g.plurals) || listed(&g.vague) || listed(&g.negatives);
    if listed(&g.negatives) {
        return negative(a, at, end, g);
    }
    let n = spelled(a, at, end, g, first, article, before)?;
    Some(share(a, &n, end, g).unwrap_or(n))
}

/// A number that is spelled out, with its fraction, decimals and scales.
pub(super) fn spelled(
    a: &Analysis,
    at: usize,
    end: usize,
    g: &NumberGrammar,
    first: &str,
    article: bool,
    before: bool,
) -> Option<Number> {
    let parts = Parts::from(a, at, end, g);
    if let Some(n) = collective(&parts, at, g) {
        return Some(n);
    }
    let counts = |p: usize| matches!(parts.word(g, p), Some((NumberWord::Hundred | NumberWord::Scale(_), _)));
    if let Some((value, past)) = fraction(&parts, g, 0)
        && rank_is_part(a, &parts, g, past, value)
        && (past > 1 || lone_part(a, &parts, g, at, value))
    {
        let part = Ratio::new(1, value.denominator())?;
        return scaled(&parts, g, past, at, Amount::exact(value, part), NumberKind::Fraction);
    }
    // "a hundred", "a million"
    let from = usize::from(article && g.word(first).is_none());
    // "an hour and a half"
    if from == 1 && !counts(1) && at + 1 < end {
        let timed = g.durations.at(at + 1, |i| (i < end).then(|| a.lower(i))).map(|(len, _)| at + 1 + len);
        let half = timed.is_some_and(|past| trailing_part(a, past, end, g).is_some());
        return half.then(|| Number::new(at..at + 1, Amount::whole(1), NumberKind::Words));
    }
    if (from == 1 && !counts(1)) || (before && !article) {
        return None;
    }
    let c = cardinal(&parts, g, from)?;
    // « cent trente-deux cinquièmes »
    if c.rank.is_none()
        && c.value > 19
        && let Some((part, past)) = denominator(&parts, g, c.end, (c.value, false))
    {
        return finish(&parts, past, at, Amount::exact(part, Ratio::new(1, part.denominator())?), NumberKind::Fraction);
    }
    if let Some(plural) = c.rank {
        // « les premiers » ranks as « le premier » does; « cinquièmes » alone is no number.
        let lone = c.value == 1;
        if plural && let Some(value) = parted(&parts, g, from, c.end) {
            return finish(&parts, c.end, at, Amount::exact(value, Ratio::new(1, value.denominator())?), NumberKind::Fraction);
        }
        return (!plural || lone).then(|| finish(&parts, c.end, at, Amount::whole(c.value), NumberKind::Ordinal)).flatten();
    }
    let mut amount = Amount::exact(Ratio::whole(c.value), Ratio::ONE);
    let kind = if c.end == 1 && article { NumberKind::Article } else { NumberKind::Words };
    match parts.word(g, c.end) {
        Some((NumberWord::Decimal, len)) => {
            if let Some((more, worth, past)) = decimals(&parts, g, c.end + len) {
                amount = Amount::exact(amount.written.add(more)?, worth);
                return scaled(&parts, g, past, at, amount, NumberKind::Words);
            }
        }
        // « un million et demi », "two and a half million", « vingt et trois cinquièmes »
        Some((NumberWord::Join, len)) => {
            if let Some((part, past)) = fraction(&parts, g, c.end + len) {
                let scale = if c.last_scale == i128::MAX || c.value % c.last_scale != 0 { 1 } else { c.last_scale };
                // "one billion and three quarters million": the part has a scale of its own.
                let link = parts.link(g, past);
                if scale > 1
                    && let Some((by, false)) = parts.text(past + link).and_then(|t| g.scale(t))
                {
                    let written = amount.written.add(part.mul(Ratio::whole(by))?)?;
                    return finish(
                        &parts,
                        past + link + 1,
                        at,
                        Amount::exact(written, Ratio::new(by, part.denominator())?),
                        NumberKind::Words,
                    );
                }
                let worth = Ratio::new(scale, part.denominator())?;
                amount = Amount::exact(amount.written.add(part.mul(Ratio::whole(scale))?)?, worth);
                return scaled(&parts, g, past, at, amount, NumberKind::Words);
            }
        }
        _ => {}
    }
    // « trois douzaines », "two dozen"
    let (mut p, mut value, mut blurred) = (c.end, Ratio::whole(c.value), false);
    while let Some(by) = parts.text(p).and_then(|t| g.collective(t)) {
        value = value.mul(Ratio::whole(by))?;
        (p, blurred) = (p + 1, true);
        let link = parts.link(g, p);
        if link > 0 && parts.text(p + link).is_some_and(|t| g.collective(t).is_some()) {
            p += link;
        }
    }
    let mut n = finish(
        &parts,
        p,
        at,
        Amount::exact(value, if blurred { value } else { Ratio::ONE }),
        if blurred { NumberKind::Collective } else { kind },
    )?;
    if blurred {
        n.blur()?;
    }
    Some(n)
}

/// The number with the scales that follow: "half *a million*", « trois quarts *de million* », « une demi-*douzaine* ».
fn scaled(parts: &Parts, g: &NumberGrammar, past: usize, at: usize, amount: Amount, kind: NumberKind) -> Option<Number> {
    let mut n = Number::new(at..at + 1, amount, kind);
    let (mut p, mut blurred) = (past, false);
    loop {
        let link = if p == past { parts.link(g, p) } else { 0 };
        let Some((by, blurs)) = parts.text(p + link).and_then(|t| g.scale(t)) else { break };
        n.times(Ratio::whole(by))?;
        blurred |= blurs;
        p += link + 1;
    }
    if blurred {
        n.blur()?;
    }
    if p > past && n.kind == NumberKind::Fraction {
        n.kind = if blurred { NumberKind::Collective } else { NumberKind::Words };
    }
    let scale = (p > past).then(|| parts.list.get(past).map(|f| f.token)).flatten();
    let read = finish(parts, p, at, n.amount, n.kind).or_else(|| finish(parts, past, at, amount, kind))?;
    Some(Number { scale: scale.map(|s| s..read.tokens.end).filter(|s| !s.is_empty()), ..read })
}

/// « moins dix », "minus ten", "minus 10".
fn negative(a: &Analysis, at: usize, end: usize, g: &NumberGrammar) -> Option<Number> {
    if at + 1 >= end
        || (at > 0
            && a.sentence(at).contains(&(at - 1))
            && a.tokens[at - 1].kind != TokenKind::Mark
            && !g.before_negatives.iter().any(|w| w == a.lower(at - 1)))
    {
        return None;
    }
    let mut n = match a.tokens[at + 1].kind {
        TokenKind::Digits => super::digits::read(a, at + 1, end, g)?,
        TokenKind::Word if g.begins(a.lower(at + 1).split('-').next()?) => read(a, at + 1, end, g)?,
        _ => return None,
    };
    if matches!(n.kind, NumberKind::Ordinal | NumberKind::Collective) {
        return None;
    }
    n.times(Ratio::whole(-1))?;
    n.tokens.start = at;
    // « moins un » counts, as « un » need not.
    if n.kind == NumberKind::Article {
        n.kind = NumberKind::Words;
    }
    Some(n)
}
