//! Roman figures: « XIXe siècle », « Louis XIV ».

use super::{Number, NumberKind};
use crate::amount::Amount;
use crate::analysis::Analysis;
use crate::language::numbers::NumberGrammar;

/// « XIXe »: Roman figures with the letters of a rank.
pub(super) fn roman(a: &Analysis, at: usize, g: &NumberGrammar) -> Option<Number> {
    let text = a.text(at);
    if !text.starts_with(['I', 'V', 'X', 'L', 'C', 'D', 'M']) {
        return None;
    }
    let len = text.bytes().take_while(|b| b"IVXLCDM".contains(b)).count();
    let (figures, letters) = text.split_at(len);
    if letters.is_empty() || !g.ordinal_suffixes.iter().any(|s| s == letters) || !(len >= 2 || "IVX".contains(figures)) {
        return None;
    }
    let value = roman_value(figures)?;
    Some(Number::new(at..at + 1, Amount::whole(value), NumberKind::Ordinal))
}

/// The value of Roman figures in their one proper form.
fn roman_value(figures: &str) -> Option<i128> {
    const SIGNS: [(&str, i128); 13] = [
        ("M", 1000),
        ("CM", 900),
        ("D", 500),
        ("CD", 400),
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ];
    let (mut rest, mut value, mut from) = (figures, 0, 0);
    while !rest.is_empty() {
        let (i, &(sign, worth)) = SIGNS.iter().enumerate().skip(from).find(|(_, (sign, _))| rest.starts_with(sign))?;
        let most = if matches!(worth, 1000 | 100 | 10 | 1) { 3 } else { 1 };
        let mut times = 0;
        while let Some(r) = rest.strip_prefix(sign) {
            (rest, value, times) = (r, value + worth, times + 1);
        }
        if times > most {
            return None;
        }
        from = i + 1;
    }
    Some(value)
}
