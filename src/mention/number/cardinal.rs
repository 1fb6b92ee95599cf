//! The composition of units, tens, hundreds and scales.

use super::fraction::fraction;
use super::parts::Parts;
use crate::language::numbers::{NumberGrammar, NumberWord};

/// A cardinal or a rank in words.
pub(super) struct Cardinal {
    pub value: i128,
    /// One past the last part.
    pub end: usize,
    /// It ends in a rank; whether that has the plural's ending.
    pub rank: Option<bool>,
    /// The least scale that it has, for « un million et demi ».
    pub last_scale: i128,
}

/// Composes units, tens, hundreds and scales from part `p` on.
pub(super) fn cardinal(parts: &Parts, g: &NumberGrammar, mut p: usize) -> Option<Cardinal> {
    let mut c = Cardinal { value: 0, end: p, rank: None, last_scale: i128::MAX };
    let (mut total, mut current, mut room): (i128, Option<i128>, (i128, i128)) = (0, None, (0, 0));
    loop {
        let rank = parts.look(p, |w| g.rank(w));
        let part = parts.word(g, p).filter(|(w, _)| !matches!(w, NumberWord::Decimal | NumberWord::Fraction(..)));
        // « dix-neuvième » is a rank, and not ten before a ninth.
        let (word, len, rank) = match (part, rank) {
            (Some((w, len)), Some((_, longer))) if len >= longer => (w, len, None),
            (_, Some(((w, plural), len))) => (w, len, Some(plural)),
            (Some((w, len)), None) => (w, len, None),
            (None, None) => break,
        };
        match word {
            NumberWord::Unit(v) => match current {
                None => (current, room) = (Some(v), (0, 0)),
                // « trente secondes » is half a minute and no rank.
                Some(n) if v >= room.0 && v <= room.1 && v > 0 && !(v == 2 && rank == Some(true)) => {
                    (current, room) = (Some(n + v), (0, 0))
                }
                // "twenty eighteen"
                Some(n @ 13..=20) if g.year_pairs && total == 0 && (10..=19).contains(&v) && rank.is_none() => {
                    (current, room) = (Some(n * 100 + v), (0, 0))
                }
                Some(_) => break,
            },
            NumberWord::Ten { is, adds } => match current {
                None => (current, room) = (Some(is), adds),
                Some(n) if room == (1, 99) => (current, room) = (Some(n + is), adds),
                // "nineteen eighty-four"
                Some(n @ 13..=20) if g.year_pairs && total == 0 && rank.is_none() => (current, room) = (Some(n * 100 + is), adds),
                Some(_) => break,
            },
            NumberWord::Hundred => match current {
                None => (current, room) = (Some(100), (1, 99)),
                Some(n) if n >= 1 && n <= g.hundreds_up_to => (current, room) = (Some(n.checked_mul(100)?), (1, 99)),
                Some(_) => break,
            },
            NumberWord::Scale(s) => {
                // « mille milliards », "three lakh crore"
                if let (None, true) = (current, total > 0 && s > c.last_scale && total < s) {
                    total = total.checked_mul(s)?;
                    c.last_scale = s;
                    p += len;
                    c.end = p;
                    c.rank = rank;
                    if rank.is_some() {
                        break;
                    }
                    continue;
                }
                if s >= c.last_scale || (current.is_none() && total > 0 && s > 1000) {
                    break;
                }
                total = total.checked_add(current.unwrap_or(1).checked_mul(s)?)?;
                (current, room, c.last_scale) = (None, (0, 0), s);
            }
            _ => {
                // « vingt et un », "two hundred and three", "two hundred and third"
                let next = parts.word(g, p + len).map(|(w, _)| w);
                let rank = || parts.look(p + len, |w| g.rank(w)).filter(|((_, plural), _)| !plural).map(|((w, _), _)| w);
                let joins = match next.filter(|w| matches!(w, NumberWord::Unit(_) | NumberWord::Ten { .. })).or_else(rank) {
                    Some(NumberWord::Unit(v)) => match current {
                        Some(_) => v > 0 && v >= room.0 && v <= room.1,
                        None => total > 0,
                    },
                    Some(NumberWord::Ten { .. }) => room == (1, 99) || (current.is_none() && total > 0),
                    _ => false,
                };
                // « vingt et trois cinquièmes » is twenty and a fraction.
                if !joins || fraction(parts, g, p + len).is_some() {
                    break;
                }
                p += len;
                continue;
            }
        }
        p += len;
        c.end = p;
        c.rank = rank;
        if rank.is_some() {
            break;
        }
    }
    c.value = total.checked_add(current.unwrap_or(0))?;
    (c.end > 0 && (current.is_some() || total > 0)).then_some(c)
}
