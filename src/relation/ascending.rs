//! A range whose first number is the larger.

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::cue_in;
use super::names::SetName;
use super::{Conflict, Relation};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Mention, Quantity, Value};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::language::grammar::Class;

/// Within so many tokens before a range a word of falling makes it run down.
const FALL: usize = 8;

/// `ascending`: in « entre … et … » and its like, the first number is the smaller.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ascending {
    /// The cue set of words after which a range runs down: « est tombé entre 40 et 25 ».
    #[schemars(with = "SetName")]
    pub falling: String,
}

impl Relation for Ascending {
    fn roles(&self) -> &'static [&'static str] {
        &["range"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        for r in a.ranges.iter().filter(|r| r.ordered) {
            let at = |tokens: (u32, u32)| a.mentions_in(tokens.0 as usize..tokens.1 as usize).iter().find(|m| m.tokens == tokens);
            let (Some(first), Some(second)) = (at(r.first), at(r.second)) else { continue };
            let (Some((x, unit)), Some((y, other))) = (amount(first), amount(second)) else { continue };
            // « entre 10 et 2 millions »: the scale of the second is meant for both.
            let scaled = x.precision != y.precision && y.written >= Ratio::whole(1000);
            // « entre 8 et 7 milliards »: nobody means eight euros.
            let one_scale = shared_scale(a, r.first, r.second).is_some_and(|factor| {
                x.written < Ratio::whole(1000)
                    && y.written.div(factor).is_some_and(|n| x.written > n && n.mul(NEAR).is_some_and(|most| x.written <= most))
            });
            // "between 2200 and 0700" are times.
            let written = second.span.of(&a.doc.text).starts_with('0');
            // « entre 22 heures et 5 heures », « entre 22 et 5 heures », "between 11 and 2"; "lasted between nine and six hours"
            let hours = |m: &Mention, x: &Amount| x.written <= Ratio::whole(24) && is_hours(m);
            let late = x.written >= Ratio::whole(18) && y.written <= Ratio::whole(12);
            let lengths = matches!(second.value, Value::Duration(_)) && first.tokens.1 - first.tokens.0 == 1;
            let clock = written || hours(first, x) && hours(second, y) && (late || !lengths);
            let open = r.open as usize;
            let fallen = cue_in(a, &self.falling, a.sentence(open).start.max(open.saturating_sub(FALL))..open);
            let inverted = x.written > y.written && !scaled || one_scale;
            // "between 760 and 540 BC"
            let past = second.tokens.1 as usize;
            let before_our_era = cue_in(a, "before-our-era", past..(past + 5).min(a.sentence(past - 1).end));
            if !inverted || before_our_era || !(unit == other || unit.is_empty()) || clock || fallen {
                continue;
            }
            let mut facets = Facets::default();
            facets.insert_if(first.stance.quoted, Facet::Quoted);
            found.push(Conflict {
                roles: vec![("range", a.tokens[r.open as usize].span.cover(second.span))],
                values: Bindings::default(),
                facets,
            });
        }
        found.extend(bounds(a));
        found
    }
}

/// "at least £90,000 and at most £75,000": the least above the most.
fn bounds(a: &Analysis) -> Vec<Conflict> {
    let least = |x: &Amount| x.low.is_some() && x.high.is_none();
    let most = |x: &Amount| x.high.is_some() && x.low.is_none_or(|low| low <= Ratio::ZERO);
    let joined = |x: &Mention, y: &Mention| {
        let gap = x.tokens.1 as usize..y.tokens.0 as usize;
        x.sentence == y.sentence && gap.len() <= 4 && gap.clone().any(|i| a.classes[i].has(Class::Coordinator))
    };
    let pairs = a.mentions.windows(2).filter_map(|w| {
        let ((x, unit), (y, other)) = (amount(&w[0])?, amount(&w[1])?);
        let broken = joined(&w[0], &w[1]) && unit == other && least(x) && most(y) && x.written > y.written;
        let mut facets = Facets::default();
        facets.insert_if(w[0].stance.quoted, Facet::Quoted);
        broken.then(|| Conflict { roles: vec![("range", w[0].span.cover(w[1].span))], values: Bindings::default(), facets })
    });
    pairs.collect()
}

/// Two numbers that share a word of scale differ by no more than so many times: « entre 900 et 2 millions » may mean 900.
const NEAR: Ratio = Ratio::whole(4);

/// What the words of scale of the second number stand for, where the first, in digits, has none: « entre 8 et 7 *milliards* ».
fn shared_scale(a: &Analysis, first: (u32, u32), second: (u32, u32)) -> Option<Ratio> {
    let g = &a.language(first.0 as usize)?.numbers;
    let factor = |i: usize| g.scale(a.lower(i)).filter(|(_, blurs)| !blurs).map(|(n, _)| n);
    let digits = |i: u32| a.tokens[i as usize].kind == TokenKind::Digits;
    let bare = first.1 == first.0 + 1 && digits(first.0) && digits(second.0);
    let by = (second.0 as usize + 1..second.1 as usize).filter_map(factor).fold(1, i128::saturating_mul);
    (bare && by >= 1000).then_some(Ratio::whole(by))
}

/// Whether a number may be an hour of the day: hours run over midnight.
fn is_hours(m: &Mention) -> bool {
    match &m.value {
        Value::Duration(d) => d.unit == "TH",
        Value::Quantity(Quantity { counted, .. }) => counted.is_none(),
        _ => false,
    }
}

/// The amount of a mention that can stand in a range, with its unit, empty for a bare count; years and times of day run as they like.
fn amount(m: &Mention) -> Option<(&Amount, &str)> {
    match &m.value {
        Value::Quantity(q) => Some((&q.amount, "")),
        Value::Percent(p) => Some((p, "%")),
        Value::Money(money) => Some((&money.amount, &money.currency)),
        Value::Age(age) => Some((age, "Y")),
        Value::Duration(d) => Some((&d.amount, &d.unit)),
        Value::Measure(d) => Some((&d.amount, &d.unit)),
        _ => None,
    }
}
