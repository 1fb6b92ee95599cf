//! One measure in two units.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Figure, Unit, figure, stance};
use super::{Conflict, Relation};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Mention, mark};
use crate::facet::Facet;
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;

/// `converted`: « 5 miles (8 km) »: what stands in brackets is the same measure; conversions of money imply one rate.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Converted {
    /// For a unit the others and how many of them it is worth, as decimals: `{ mi: { km: "1.609344" } }`.
    #[serde(default)]
    pub units: BTreeMap<String, BTreeMap<String, String>>,
    /// Whether amounts of money are held against each other, by the rates that they imply.
    #[serde(default)]
    pub money: bool,
    /// Currencies of which none is worth twenty of another: a conversion that makes it so has a thousand too many or too few.
    #[serde(default)]
    pub peers: Vec<String>,
}

impl Relation for Converted {
    fn roles(&self) -> &'static [&'static str] {
        &["converted", "measure"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["expected", "unit"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Approximate]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let pairs: Vec<(Figure, Figure)> = a.mentions.windows(2).filter_map(|w| pair(a, &w[0], &w[1])).collect();
        let mut found: Vec<Conflict> = pairs.iter().filter_map(|(x, y)| self.measures(a, x, y)).collect();
        if self.money {
            found.extend(rates(a, &pairs));
            found.extend(self.slips(a, &pairs));
        }
        found
    }
}

/// A figure and another in brackets right after it.
fn pair<'a>(a: &Analysis, x: &'a Mention, y: &'a Mention) -> Option<(Figure<'a>, Figure<'a>)> {
    let open = x.tokens.1 as usize;
    let inside = y.tokens.0 as usize == open + 1 && matches!(mark(a, open), Some('(' | '['));
    let close = a.tokens.len() > y.tokens.1 as usize && matches!(mark(a, y.tokens.1 as usize), Some(')' | ']' | ',' | ';'));
    (inside && close).then(|| Some((figure(x)?, figure(y)?))).flatten()
}

impl Converted {
    fn measures(&self, a: &Analysis, x: &Figure, y: &Figure) -> Option<Conflict> {
        let (Unit::Measure(u), Unit::Measure(v)) = (x.unit, y.unit) else { return None };
        let worth = |u: &str, v: &str| self.units.get(u)?.get(v).and_then(|d| decimal(d));
        let rate = worth(u, v).or_else(|| Ratio::ONE.div(worth(v, u)?))?;
        let expected = x.amount.written.mul(rate)?;
        let stated = y.amount.written;
        // Both may be rounded to a digit, and a conversion is often rounder than it need be: a tenth either way is no fault.
        let (bx, by) = (x.amount.rounded(), y.amount.rounded());
        let (low, high) = (bx.low?.mul(rate)?.mul(Ratio::new(9, 10)?)?, bx.high?.mul(rate)?.mul(Ratio::new(11, 10)?)?);
        if by.high? >= low && by.low? <= high || stated <= Ratio::ZERO {
            return None;
        }
        let mut values = Bindings::default();
        let precision = if expected >= Ratio::whole(10) { Ratio::ONE } else { Ratio::new(1, 10)? };
        let shown = crate::tie::round(expected, precision)?;
        values.bind("expected", Bound::Amount(Amount::exact(shown, precision)));
        Some(conflict(a, x, y, values))
    }
}

impl Converted {
    /// A conversion that no other of the draft bears out: into its own currency, or a thousand times too much.
    fn slips(&self, a: &Analysis, pairs: &[(Figure, Figure)]) -> Vec<Conflict> {
        let units = |p: &(Figure, Figure)| match (p.0.unit, p.1.unit) {
            (Unit::Money(u), Unit::Money(v)) => Some((u.to_owned(), v.to_owned())),
            _ => None,
        };
        let all: Vec<_> = pairs.iter().filter_map(|p| Some((p, units(p)?))).collect();
        // Two rates are held against each other; two amounts of one currency are this year's and last year's, all through a text.
        let alone = |of: &(String, String)| all.iter().filter(|(_, other)| other == of).count() == 1;
        all.iter().filter(|(_, of)| alone(of)).filter_map(|((x, y), of)| self.slip(a, x, y, of)).collect()
    }

    fn slip(&self, a: &Analysis, x: &Figure, y: &Figure, (u, v): &(String, String)) -> Option<Conflict> {
        let mut values = Bindings::default();
        if u == v {
            // "A$720m ($563m)" with the sign of a currency that is not known
            let first = x.mention.tokens.0 as usize;
            let signed = a.tokens[first].glued && first > 0 && mark(a, first - 1).is_none();
            if signed || x.amount.written == y.amount.written {
                return None;
            }
            values.bind("expected", Bound::Text(x.mention.span));
            return Some(conflict(a, x, y, values));
        }
        let peers = self.peers.contains(u) && self.peers.contains(v);
        let even = |n: Ratio| n.div(x.amount.written).is_some_and(|r| (Ratio::ONE..=PEERS).contains(&r) || even_below(r));
        if !peers || y.amount.written <= Ratio::ZERO || even(y.amount.written) {
            return None;
        }
        let thousand = Ratio::whole(1000);
        let right = [y.amount.written.mul(thousand), y.amount.written.div(thousand)].into_iter().flatten().find(|n| even(*n))?;
        values.bind("expected", Bound::Amount(Amount::exact(right, Ratio::ONE)));
        Some(conflict(a, x, y, values))
    }
}

/// How many of one currency another of its peers is worth at most.
const PEERS: Ratio = Ratio::whole(20);

fn even_below(rate: Ratio) -> bool {
    Ratio::ONE.div(PEERS).is_some_and(|least| (least..=Ratio::ONE).contains(&rate))
}

/// Conversions of one currency into another whose rates differ by more than a twentieth.
fn rates(a: &Analysis, pairs: &[(Figure, Figure)]) -> Vec<Conflict> {
    // By the two currencies: the index of each pair, and its rate.
    let mut groups: BTreeMap<(&str, &str), Vec<(usize, Ratio)>> = BTreeMap::new();
    for (i, (x, y)) in pairs.iter().enumerate() {
        let (Unit::Money(u), Unit::Money(v)) = (x.unit, y.unit) else { continue };
        if let Some(rate) = y.amount.written.div(x.amount.written).filter(|_| u != v) {
            groups.entry((u, v)).or_default().push((i, rate));
        }
    }
    let mut found: Vec<(usize, Conflict)> = Vec::new();
    for group in groups.values().filter(|group| group.len() > 1) {
        let mut sorted: Vec<Ratio> = group.iter().map(|(_, r)| *r).collect();
        sorted.sort_unstable();
        for (n, &(i, r)) in group.iter().enumerate() {
            // One of two is wrong, and nobody knows which: the later is shown. Of three and more the odd one is.
            if !stands_apart(&sorted, r) || group.len() == 2 && n == 0 {
                continue;
            }
            let mut values = Bindings::default();
            let usual = group[usize::from(n == 0)].1;
            let expected = usual.mul(pairs[i].0.amount.written).unwrap_or(Ratio::ZERO);
            let shown = crate::tie::round(expected, pairs[i].1.amount.precision).unwrap_or(expected);
            values.bind("expected", Bound::Amount(Amount::exact(shown, Ratio::ONE)));
            found.push((i, conflict(a, &pairs[i].0, &pairs[i].1, values)));
        }
    }
    found.sort_by_key(|(i, _)| *i);
    found.into_iter().map(|(_, conflict)| conflict).collect()
}

/// Whether a rate differs by more than a fifth from the next one on either side, and so from all.
fn stands_apart(sorted: &[Ratio], rate: Ratio) -> bool {
    let limits = (Ratio::new(5, 6).unwrap_or(Ratio::ONE), Ratio::new(6, 5).unwrap_or(Ratio::ONE));
    let odd = |s: &Ratio| s.div(rate).is_some_and(|q| q < limits.0 || q > limits.1);
    let (from, to) = (sorted.partition_point(|s| *s < rate), sorted.partition_point(|s| *s <= rate));
    to - from == 1 && from.checked_sub(1).is_none_or(|i| odd(&sorted[i])) && sorted.get(to).is_none_or(odd)
}

/// The unit of a figure as the draft writes it: what is no number of its last words.
fn unit_words(a: &Analysis, y: &Figure) -> Bound {
    let tokens = y.mention.tokens.0 as usize..y.mention.tokens.1 as usize;
    let last_digits = tokens.clone().rfind(|&i| a.tokens[i].kind == TokenKind::Digits);
    let from = last_digits.map_or(tokens.end - 1, |i| i + 1);
    if from < tokens.end { Bound::Text(a.span(from..tokens.end)) } else { Bound::Text(a.span(tokens.start..tokens.start + 1)) }
}

fn conflict(a: &Analysis, x: &Figure, y: &Figure, mut values: Bindings) -> Conflict {
    values.bind("unit", unit_words(a, y));
    let mut facets = stance(x.mention);
    facets.insert_if(!x.amount.is_exact() || !y.amount.is_exact(), Facet::Approximate);
    Conflict { roles: vec![("converted", y.mention.span), ("measure", x.mention.span)], values, facets }
}

/// A decimal number as a fraction.
fn decimal(text: &str) -> Option<Ratio> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: i128 = format!("{whole}{part}").parse().ok()?;
    Ratio::whole(digits).mul(Ratio::power_of_ten(-i32::try_from(part.len()).ok()?)?)
}
