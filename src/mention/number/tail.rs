//! What follows a hundred or a thousand behind figures.

use super::digits::figures;
use super::{Number, NumberKind};
use crate::amount::{Amount, Ratio};
use crate::analysis::Analysis;
use crate::language::TokenKind;
use crate::language::numbers::{NumberGrammar, NumberWord};

/// Takes what follows a hundred or a thousand behind figures: "4 thousand *3 hundred and 21*".
pub(super) fn tail(a: &Analysis, n: &mut Number, end: usize, g: &NumberGrammar) -> Option<()> {
    let last = n.scale.clone().filter(|s| s.end == n.tokens.end)?.end - 1;
    let (by, false) = g.scale(a.lower(last))? else { return None };
    let word = |i: usize| (i < end).then(|| a.lower(i));
    let joined = word(n.tokens.end).is_some_and(|w| g.word(w) == Some(NumberWord::Join));
    let at = n.tokens.end + usize::from(joined);
    // "between 2 hundred and 21": a range.
    let ranges = n.tokens.start > a.sentence(last).start && g.ranges.iter().any(|r| r.open == a.lower(n.tokens.start - 1));
    if by > 1000 || at >= end || ranges || a.tokens[at].glued {
        return None;
    }
    let small = match a.tokens[at].kind {
        TokenKind::Digits if a.tokens[at].span.len() <= 3 => {
            let (amount, last) = figures(a, at, end, g)?;
            let mut small = Number::new(at..last + 1, amount, NumberKind::Digits);
            small.scale_by(a, last + 1, end, g)?;
            small
        }
        TokenKind::Word if joined && g.begins(a.lower(at).split('-').next()?) => {
            super::words::read(a, at, end, g).filter(|s| s.kind == NumberKind::Words && s.cut.is_none())?
        }
        _ => return None,
    };
    let value = small.amount.written.as_whole().filter(|v| (1..by).contains(v))?;
    (joined || small.scale.is_some()).then_some(())?;
    n.amount = Amount::exact(n.amount.written.add(Ratio::whole(value))?, small.amount.precision);
    n.tokens.end = small.tokens.end;
    n.scale = Some(n.scale.as_ref().map_or(last, |s| s.start)..small.scale.map_or(last + 1, |s| s.end));
    Some(())
}
