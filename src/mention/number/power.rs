//! Powers behind a number: `1.1^23`, `1.3x10^6`, `12e14`.

use super::Number;
use crate::amount::Ratio;
use crate::analysis::{Analysis, mark};
use crate::language::TokenKind;

/// Takes a power behind a number: `1.1^23`, `1.3x10^6`, `12e14`.
pub(super) fn power(a: &Analysis, n: &mut Number, end: usize) -> Option<()> {
    let i = n.tokens.end;
    let glued = |i: usize| i < end && a.tokens[i].glued;
    let digits = |i: usize| -> Option<i32> {
        (glued(i) && a.tokens[i].kind == TokenKind::Digits).then(|| a.lower(i).parse().ok().filter(|e| *e <= 99))?
    };
    // The exponent with its sign, and one past it.
    let exponent = |i: usize| match mark(a, i).filter(|_| glued(i)) {
        Some('+') => digits(i + 1).map(|e| (e, i + 2)),
        Some('-' | '−') => digits(i + 1).map(|e| (-e, i + 2)),
        _ => digits(i).map(|e| (e, i + 1)),
    };
    if !glued(i) {
        return None;
    }
    let (factor, past) = if mark(a, i) == Some('^') {
        let (e, past) = exponent(i + 1)?;
        let base = n.amount.written;
        let mut value = Ratio::ONE;
        for _ in 0..e.abs() {
            value = value.mul(base)?;
        }
        let value = if e < 0 { Ratio::ONE.div(value)? } else { value };
        (value.div(base)?, past)
    } else if a.lower(i) == E {
        let (e, past) = exponent(i + 1)?;
        // « 7E7 » is an aircraft.
        let model = a.tokens[i].case.is_capital() && past == i + 2 && n.tokens.len() == 1;
        (Ratio::power_of_ten(e).filter(|_| !model)?, past)
    } else if matches!(a.lower(i), X | TIMES) && digits(i + 1) == Some(10) && mark(a, i + 2) == Some('^') && glued(i + 2) {
        let (e, past) = exponent(i + 3)?;
        (Ratio::power_of_ten(e)?, past)
    } else {
        return None;
    };
    if glued(past) && a.tokens[past].kind == TokenKind::Word {
        return None;
    }
    n.times(factor)?;
    n.tokens.end = past;
    Some(())
}

/// The letter before the exponent of a number as machines write it, in every language.
const E: &str = "e";
/// A letter that stands for the sign of multiplication.
const X: &str = "x";
/// The sign of multiplication.
const TIMES: &str = "×";
