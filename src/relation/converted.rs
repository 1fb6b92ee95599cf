//! One measure in two units.

use std::collections::{BTreeMap, HashMap};

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Figure, Unit, significant, stance};
use super::{Conflict, Relation};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, mark};
use crate::facet::Facet;
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::tie::{Bounds, Equated, equated};

/// `converted`: « 5 miles (8 km) », « 60 nœuds, soit 111 km/h »: what is told again in another unit is the same amount; conversions of
/// money imply one rate.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Converted {
    /// For each kind of measure its units, each with its worth in one of them, as a decimal; two decimals where it is worth from the one
    /// to the other: `{ length: { km: ["1"], mi: ["1.609344"] } }`.
    #[serde(default)]
    pub measures: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Units of another system than the others: the only two measures of a kind near each other, one of them in such a unit, are one.
    #[serde(default)]
    pub apart: Vec<String>,
    /// For units whose scale begins elsewhere the number at which it does: `{ "°F": "32" }`.
    #[serde(default)]
    pub zero: BTreeMap<String, String>,
    /// Whether amounts of money are held against each other, by the rates that they imply.
    #[serde(default)]
    pub money: bool,
    /// Currencies of which none is worth twenty of another: a conversion that makes it so has a thousand too many or too few.
    #[serde(default)]
    pub peers: Vec<String>,
}

impl Relation for Converted {
    fn roles(&self) -> &'static [&'static str] {
        &["converted", "measure", "other"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["expected", "unit"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Approximate]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let pairs = equated(a, |f| self.kind(f));
        let measured = pairs.iter().filter(|p| p.told || self.apart(p));
        let mut found: Vec<Conflict> = measured.filter_map(|p| self.measures(a, p)).collect();
        if self.money {
            // « 61 euros, soit 1,47 euro du litre »: one currency is told again only in brackets.
            let of_money = |p: &&Equated| {
                p.told
                    && matches!(p.first.unit, Unit::Money(_))
                    && (p.bracketed && !set_apart(a, p) || code(&p.first) != code(&p.second))
            };
            let pairs: Vec<(Figure, Figure)> = pairs.iter().filter(of_money).map(|p| (p.first, p.second)).collect();
            found.extend(rates(a, &pairs));
            found.extend(self.slips(a, &pairs));
        }
        found
    }
}

/// Whether the words of a bracket say that its figure is another: « (contre 1 560 euros auparavant) », "($25 off)".
fn set_apart(a: &Analysis, p: &Equated) -> bool {
    let (start, end) = (p.second.mention.tokens.0 as usize, p.second.tokens().end);
    let governed = start.checked_sub(1).is_some_and(|i| a.classes[i].has(Class::Preposition));
    code(&p.first) == code(&p.second) && (governed || end < a.tokens.len() && mark(a, end).is_none())
}

/// The code of what can be converted.
fn code<'a>(f: &Figure<'a>) -> Option<&'a str> {
    match f.unit {
        Unit::Measure(u) | Unit::Money(u) | Unit::Time(u) => Some(u),
        _ => None,
    }
}

/// What a unit is worth.
struct Worth {
    bounds: Bounds,
    zero: Ratio,
}

impl Converted {
    /// The kind of measure, or money.
    fn kind(&self, f: &Figure) -> Option<&str> {
        let unit = code(f)?;
        let of = self.measures.iter().find(|(_, units)| units.contains_key(unit)).map(|(kind, _)| kind.as_str());
        of.or_else(|| (self.money && matches!(f.unit, Unit::Money(_))).then_some(MONEY))
    }

    fn worth(&self, f: &Figure) -> Option<Worth> {
        let unit = code(f)?;
        let (_, units) = self.measures.iter().find(|(_, units)| units.contains_key(unit))?;
        let all: Vec<Ratio> = units.get(unit)?.iter().filter_map(|d| decimal(d)).collect();
        let bounds = Bounds { low: *all.first()?, high: Some(*all.last()?) };
        Some(Worth { bounds, zero: self.zero.get(unit).and_then(|d| decimal(d)).unwrap_or(Ratio::ZERO) })
    }

    fn measures(&self, a: &Analysis, p: &Equated) -> Option<Conflict> {
        let (x, y) = (&p.first, &p.second);
        let (u, v) = (self.worth(x)?, self.worth(y)?);
        let from_zero = u.zero != Ratio::ZERO || v.zero != Ratio::ZERO;
        let holds = if from_zero { reads(x, &u, y, &v)? || amounts(x, &u, y, &v)? } else { amounts(x, &u, y, &v)? };
        if code(x) == code(y) || holds || !from_zero && y.amount.written <= Ratio::ZERO {
            return None;
        }
        let base = x.amount.written.sub(u.zero)?.mul(u.bounds.low)?;
        let expected = base.div(v.bounds.low)?.add(v.zero)?;
        // Without words that say so, what is far from it is the measure of something else.
        let far = || Some(!within(y.amount.written, expected, 4)?);
        if !p.told && far()? {
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
    /// Whether two figures are measures in two systems.
    fn apart(&self, p: &Equated) -> bool {
        let other = |f: &Figure| code(f).is_some_and(|u| self.apart.iter().any(|x| x == u));
        other(&p.first) != other(&p.second)
    }
}

/// Whether two numbers are no further apart than so many times.
fn within(x: Ratio, y: Ratio, times: i128) -> Option<bool> {
    let ratio = x.div(y)?;
    Some(ratio <= Ratio::whole(times) && ratio >= Ratio::new(1, times)?)
}

/// The kind of all money whose rates nobody knows.
const MONEY: &str = "money";

/// Whether two readings of a scale with its own zero are of one temperature, a degree of a hundred either way.
fn reads(x: &Figure, u: &Worth, y: &Figure, v: &Worth) -> Option<bool> {
    let at = |f: &Figure, w: &Worth| {
        let wide = f.amount.rounded();
        let base = |n: Ratio| n.sub(w.zero)?.mul(w.bounds.low);
        Some((base(wide.low?)?.sub(Ratio::ONE)?, base(wide.high?)?.add(Ratio::ONE)?))
    };
    // What is told as more or less than so much is not held.
    let (Some(p), Some(q)) = (at(x, u), at(y, v)) else { return Some(true) };
    Some(p.0 <= q.1 && q.0 <= p.1)
}

/// Whether words bound or blur either figure.
fn vague(x: &Figure, y: &Figure) -> bool {
    !x.amount.is_exact() || !y.amount.is_exact()
}

/// Whether two amounts are one. Both may be rounded, and a conversion is often rounder than it need be: a tenth either way is no fault,
/// but where it is given to three digits.
fn amounts(x: &Figure, u: &Worth, y: &Figure, v: &Worth) -> Option<bool> {
    let slack = match vague(x, y) {
        false if significant(y.amount.written).len() > 2 => Ratio::new(3, 100)?,
        _ => Ratio::new(1, 10)?,
    };
    let (p, q) = (Bounds::of(x.amount).mul(u.bounds)?, Bounds::of(y.amount).mul(v.bounds)?);
    let wide = Bounds { low: Ratio::ONE.sub(slack)?, high: Some(Ratio::ONE.add(slack)?) };
    Some(p.mul(wide)?.meets(q))
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
        let mut often: HashMap<&(String, String), usize> = HashMap::new();
        all.iter().for_each(|(_, of)| *often.entry(of).or_default() += 1);
        all.iter().filter(|(_, of)| often[of] == 1).filter_map(|((x, y), of)| self.slip(a, x, y, of)).collect()
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
            return Some(blurred(conflict(a, x, y, values), vague(x, y)));
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
            let (x, y) = &pairs[i];
            let mut conflict = conflict(a, x, y, values);
            let other = &pairs[group[usize::from(n == 0)].0];
            conflict.roles.push(("other", other.0.mention.span.cover(other.1.mention.span)));
            let words = || group.iter().any(|(p, _)| vague(&pairs[*p].0, &pairs[*p].1));
            found.push((i, blurred(conflict, near(usual, r) && words())));
        }
    }
    found.sort_by_key(|(i, _)| *i);
    found.into_iter().map(|(_, conflict)| conflict).collect()
}

/// Whether two rates are so near that words that blur an amount explain the difference.
fn near(x: Ratio, y: Ratio) -> bool {
    let within = |q: Ratio| Some(q > Ratio::new(3, 4)? && q < Ratio::new(4, 3)?);
    x.div(y).and_then(within).unwrap_or(true)
}

/// The conflict, or what words that blur explain.
fn blurred(mut conflict: Conflict, by_words: bool) -> Conflict {
    conflict.facets.insert_if(by_words, Facet::Approximate);
    conflict
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
    let facets = stance(x.mention);
    Conflict { roles: vec![("converted", y.mention.span), ("measure", x.mention.span)], values, facets }
}

/// A decimal number as a fraction.
fn decimal(text: &str) -> Option<Ratio> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: i128 = format!("{whole}{part}").parse().ok()?;
    Ratio::whole(digits).mul(Ratio::power_of_ten(-i32::try_from(part.len()).ok()?)?)
}
