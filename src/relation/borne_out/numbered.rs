//! Numbers that belong to a name or stand for a year, which no figure is: « acte 13 », « Bel 20 », "COVID-19", "budget 2019".

use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Value, mark};
use crate::document::BlockKind;
use crate::facet::Facets;
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::relation::figure::{Year, figure, same_word, years};
use crate::relation::{Conflict, support};
use crate::span::Span;

/// A number with the word that it belongs to.
struct Numbered<'a> {
    /// Token of the number.
    token: usize,
    /// The word before it, or the part of its own word before its digits.
    label: &'a str,
    /// The token of that word, where it is one.
    word: Option<usize>,
    digits: &'a str,
    span: Span,
}

/// The numbers above the story that are not in it, where it has another under the same name, one digit away.
pub(super) fn conflicts(a: &Analysis, above: &[BlockKind]) -> Vec<Conflict> {
    let heads = |i: usize| above.contains(&a.kind(i));
    let tells = |i: usize| !heads(i) && support::tells(a.kind(i));
    let wanted: Vec<Numbered> = (0..a.tokens.len()).filter(|&i| heads(i)).filter_map(|i| numbered(a, i)).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let story: Vec<Numbered> = (0..a.tokens.len()).filter(|&i| tells(i)).filter_map(|i| numbered(a, i)).collect();
    let told = |n: &Numbered| {
        let value = n.digits.parse().ok().map(Ratio::whole);
        story.iter().any(|s| s.digits == n.digits)
            || a.mentions.iter().any(|m| {
                let stated = match &m.value {
                    Value::Ordinal(x) => Some(x.written),
                    Value::Date(d) => d.year.map(|y| Ratio::whole(i128::from(y))),
                    _ => figure(m).map(|f| f.amount.written),
                };
                value.is_some() && stated == value && tells(m.tokens.0 as usize)
            })
    };
    let mut found = Vec::new();
    for n in wanted.iter().filter(|n| !told(n)) {
        let named = story.iter().find(|s| slipped(n.digits, s.digits) && named_alike(a, n, s)).map(|s| (s.span, s.digits));
        let Some((span, digits)) = named.or_else(|| year(a, n, &tells)) else { continue };
        let mut values = Bindings::default();
        let amount = |digits: &str| Bound::Amount(Amount::whole(digits.parse().unwrap_or_default()));
        values.bind("above.amount", amount(n.digits));
        values.bind("story.amount", amount(digits));
        // A year has no name to show with it.
        let above = if named.is_some() { n.span } else { a.tokens[n.token].span };
        found.push(Conflict { roles: vec![("above", above), ("story", span)], values, facets: Facets::default() });
    }
    found
}

/// The year of the story that is one digit away from a number that is no year of ours: 5023 for 2023.
fn year<'a>(a: &'a Analysis, n: &Numbered, tells: &dyn Fn(usize) -> bool) -> Option<(Span, &'a str)> {
    let unlikely = n.word.is_some() && n.digits.len() == 4 && n.digits.parse::<i32>().is_ok_and(|y| y > 2150);
    let counts = a.mentions_in(n.token..n.token + 1).iter().any(|m| matches!(m.value, Value::Money(_) | Value::Percent(_)));
    if !unlikely || counts {
        return None;
    }
    let near = |y: &Year| tells(y.token) && slipped(n.digits, a.lower(y.token));
    years(a, 0..a.tokens.len()).into_iter().find(near).map(|y| (a.tokens[y.token].span, a.lower(y.token)))
}

fn numbered<'a>(a: &'a Analysis, i: usize) -> Option<Numbered<'a>> {
    let t = a.tokens[i];
    let lower = a.lower(i);
    match t.kind {
        TokenKind::Digits => {
            let start = a.sentence(i).start;
            // "No. 37"; a figure with a unit, a date and a part of a longer number are none of a name's.
            let mut before = i.checked_sub(1).filter(|&b| b >= start)?;
            if mark(a, before) == Some('.') && before > start && a.tokens[before].glued {
                before -= 1;
            }
            let hangs = a.tokens.get(i + 1).is_some_and(|n| n.glued && mark(a, i + 1).is_some_and(|c| "%€$£°/,.:-–".contains(c)))
                && a.tokens.get(i + 2).is_some_and(|n| n.glued && n.kind == TokenKind::Digits);
            let free = a.tokens[before].kind == TokenKind::Word && (!t.glued || before + 1 == i) && !hangs;
            let stated = a.mentions_in(i.saturating_sub(6)..i + 1).iter().any(|m| {
                m.tokens.1 as usize > i
                    && match &m.value {
                        Value::Quantity(q) => q.counted.is_some() && n_year(lower).is_none(),
                        Value::Person(_) | Value::Place(_) | Value::Organisation(_) | Value::Quotation(_) => false,
                        Value::Date(d) => d.day.is_some(),
                        _ => true,
                    }
            });
            (free && !stated && lower.len() >= 2).then(|| Numbered {
                token: i,
                label: a.lower(before),
                word: Some(before),
                digits: lower,
                span: a.tokens[before].span.cover(t.span),
            })
        }
        TokenKind::Word => {
            let at = lower.find(|c: char| c.is_ascii_digit())?;
            let (label, digits) = lower.split_at(at);
            let digits = digits.trim_end_matches(|c: char| !c.is_ascii_digit());
            (at > 0 && digits.len() >= 2 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(Numbered {
                token: i,
                label,
                word: None,
                digits,
                span: t.span,
            })
        }
        TokenKind::Mark => None,
    }
}

fn n_year(digits: &str) -> Option<i32> {
    digits.parse().ok().filter(|_| digits.len() == 4)
}

/// Whether two numbers of one length differ in one digit, and do not follow each other.
fn slipped(x: &str, y: &str) -> bool {
    let apart = |n: &str| n.parse::<i64>().ok();
    x.len() == y.len()
        && x.bytes().zip(y.bytes()).filter(|(p, q)| p != q).count() == 1
        && apart(x).zip(apart(y)).is_some_and(|(x, y)| x.abs_diff(y) > 1)
}

/// Whether two numbers belong to one word: a name, a noun, or for a year a verb.
fn named_alike(a: &Analysis, x: &Numbered, y: &Numbered) -> bool {
    match (x.word, y.word) {
        (Some(x), Some(y)) => {
            let open = |i: usize| [Class::Noun, Class::Proper, Class::Verb].iter().any(|c| a.classes[i].has(*c));
            let closed = a.language(x).is_some_and(|l| l.grammar.closed(a.lower(x)).is_some());
            open(x) && !closed && same_word(a, x, y)
        }
        (None, None) => x.label == y.label,
        _ => false,
    }
}
