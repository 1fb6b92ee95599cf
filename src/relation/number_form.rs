//! A number is written as its language writes numbers, once, and no more exactly than it is meant.

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Figure, figure, stance};
use super::{Conflict, Relation};
use crate::amount::Ratio;
use crate::analysis::{Analysis, Mention, mark};
use crate::facet::Facet;
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::language::numbers::{Bound, NumberWord};
use crate::span::Span;

/// `number-form`: what may be wrong with a number as it stands, whatever it counts.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NumberForm {
    /// The fault that it must not have.
    pub free_of: Fault,
}

/// What may be wrong with a number as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// A group of other than three digits: « 4.2000 ».
    BadGroup,
    /// A decimal mark of another language, where its own is used beside it.
    ForeignMark,
    /// Words and digits that differ: « trois (4) ».
    TwoNumbers,
    /// Thousands of millions: « 330 000 millions ».
    StackedScale,
    /// Two words of approximation, or one before an exact number.
    StackedBounds,
}

impl Relation for NumberForm {
    fn roles(&self) -> &'static [&'static str] {
        match self.free_of {
            Fault::ForeignMark | Fault::TwoNumbers => &["number", "other"],
            Fault::BadGroup | Fault::StackedScale | Fault::StackedBounds => &["number"],
        }
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let figures = || a.mentions.iter().filter_map(figure);
        match self.free_of {
            Fault::BadGroup => (0..a.tokens.len()).filter_map(|i| bad_group(a, i)).map(|s| at(a, s)).collect(),
            Fault::ForeignMark => foreign_marks(a),
            Fault::TwoNumbers => a.mentions.windows(2).filter_map(|w| two_numbers(a, &w[0], &w[1])).collect(),
            Fault::StackedScale => figures().filter_map(|f| stacked_scale(a, &f)).collect(),
            Fault::StackedBounds => figures().filter_map(|f| stacked_bounds(a, &f)).collect(),
        }
    }
}

fn at(a: &Analysis, span: Span) -> Conflict {
    Conflict { roles: vec![("number", span)], values: Bindings::default(), facets: a.facets_at(span) }
}

fn digits(a: &Analysis, i: usize) -> Option<usize> {
    a.tokens.get(i).filter(|t| t.kind == TokenKind::Digits).map(|t| t.span.len())
}

/// Digits, one mark and digits, glued to each other and to nothing else: the mark, and the lengths.
fn parted(a: &Analysis, i: usize) -> Option<(char, usize, usize)> {
    let (x, y) = (digits(a, i)?, digits(a, i + 2)?);
    let c = mark(a, i + 1).filter(|c| matches!(c, '.' | ','))?;
    let glued = |t: usize| a.tokens.get(t).is_some_and(|t| t.glued);
    let free = !a.tokens[i].glued || i == 0 || matches!(mark(a, i - 1), Some('(' | '«' | '"' | '“' | '$' | '£' | '€'));
    let closed = !glued(i + 3)
        || matches!(mark(a, i + 3), Some(')' | '»' | '"' | '”' | ';' | '%' | '€' | '?' | '!'))
        || matches!(mark(a, i + 3), Some('.' | ',')) && !glued(i + 4);
    (glued(i + 1) && glued(i + 2) && free && closed).then_some((c, x, y))
}

/// « 4.2000 » in French, "4,2000" in English: the mark of groups before four digits or five.
fn bad_group(a: &Analysis, i: usize) -> Option<Span> {
    let (c, x, y) = parted(a, i)?;
    let g = &a.language(i)?.numbers;
    let label = i > 0 && g.labels.iter().any(|l| l == a.lower(i - 1));
    (c.to_string() != g.decimal.to_string()
        && g.groups.contains(&c)
        && x <= 3
        && (4..=5).contains(&y)
        && !a.lower(i).starts_with('0')
        && !label)
        .then(|| a.span(i..i + 3))
}

/// Tokens of a number, at most.
const LONGEST: usize = 16;

/// Numbers with one or two digits after another language's decimal mark, beside those with the right one.
fn foreign_marks(a: &Analysis) -> Vec<Conflict> {
    let all: Vec<(usize, bool)> = (0..a.tokens.len())
        .filter_map(|i| {
            let (c, x, y) = parted(a, i)?;
            // « 12.30 » may be a time, « 1.2 » the number of a chapter.
            let near = i.saturating_sub(LONGEST)..i + 1;
            let counts = || a.mentions_in(near).iter().any(|m| figure(m).is_some() && m.tokens.1 as usize > i + 2);
            let decimal = a.language(i)?.numbers.decimal;
            (x <= 3 && y <= 2 && a.lower(i + 2) != "0")
                .then_some((i, c == decimal))
                .filter(|(_, own)| *own || counts() || mark(a, i + 3) == Some('%'))
        })
        .collect();
    let Some(own) = all.iter().find(|(_, own)| *own) else { return Vec::new() };
    let other = a.span(own.0..own.0 + 3);
    let foreign = all.iter().filter(|(_, own)| !own);
    foreign
        .map(|(i, _)| Conflict { roles: vec![("number", a.span(*i..i + 3)), ("other", other)], ..at(a, a.span(*i..i + 3)) })
        .collect()
}

/// « trois (4) »
fn two_numbers(a: &Analysis, x: &Mention, y: &Mention) -> Option<Conflict> {
    let (f, g) = (figure(x)?, figure(y)?);
    let bracket = x.tokens.1 as usize;
    let inside = mark(a, bracket) == Some('(') && y.tokens.0 as usize == bracket + 1 && y.tokens.1 - y.tokens.0 == 1;
    let closed = mark(a, a.tokens.len().checked_sub(1)?.min(y.tokens.1 as usize)) == Some(')');
    let bare = |f: &Figure| matches!(f.unit, super::figure::Unit::Count(_));
    let words = f.in_digits(a) != g.in_digits(a) && bare(&f) && bare(&g) && !g.year_like(a);
    (inside && closed && words && f.amount.written != g.amount.written).then(|| Conflict {
        roles: vec![("number", x.span), ("other", y.span)],
        values: Bindings::default(),
        facets: stance(x),
    })
}

/// « 330 000 millions »
fn stacked_scale(a: &Analysis, f: &Figure) -> Option<Conflict> {
    let tokens = f.mention.tokens.0 as usize..f.mention.tokens.1 as usize;
    let g = &a.language(tokens.start)?.numbers;
    let million = |i: usize| matches!(g.word(a.lower(i)), Some(NumberWord::Scale(1_000_000)));
    let scale = tokens.clone().find(|&i| million(i))?;
    let scale_worth = match g.word(a.lower(scale)) {
        Some(NumberWord::Scale(s)) => Ratio::whole(s),
        _ => return None,
    };
    let whole = f.amount.written.div(scale_worth)?;
    let plain = (tokens.start..scale).all(|i| a.tokens[i].kind != TokenKind::Word);
    (plain && digits(a, tokens.start).is_some() && whole >= Ratio::whole(1000)).then(|| at(a, a.span(tokens.start..scale + 1)))
}

/// « près de plus de », « environ 1 234,56 »
fn stacked_bounds(a: &Analysis, f: &Figure) -> Option<Conflict> {
    let start = f.mention.tokens.0 as usize;
    let sentence = a.sentence(start).start;
    let bounds = &a.language(start)?.numbers.bounds;
    let before = |i: usize| bounds.before(i, |t| (t >= sentence).then(|| a.lower(t))).map(|(len, bound)| (i - len, *bound));
    let (first, _) = before(start)?;
    let blurred = f.amount.low != f.amount.high && f.amount.low.is_some() && f.amount.high.is_some();
    let tokens = start..f.mention.tokens.1 as usize;
    let digits: String = tokens.filter(|&i| a.tokens[i].kind == TokenKind::Digits).map(|i| a.lower(i)).collect();
    let exact = blurred && digits.trim_end_matches('0').len() >= 5;
    // "up to about 100" bounds what is approximate; only « environ près de » says one thing twice.
    let twice = before(first).filter(|(_, b)| blurred && matches!(b, Bound::About | Bound::Nearly)).map(|(i, _)| i);
    let from = twice.or_else(|| exact.then_some(first))?;
    Some(at(a, a.span(from..f.mention.tokens.1 as usize)))
}
