//! What lasts from one hour to another lasts as long as is said.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::cue_in;
use super::names::SetName;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Mention, Value};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;

/// `lasts`: « entré à 9 heures, sorti à 17 heures, après six heures »: the length that stands with two hours is what lies between them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Lasts {
    /// The cue set of words right before a length that make it the whole: « après », "for".
    #[schemars(with = "SetName")]
    pub whole: String,
    /// The cue set of words that make it another's: « de retard », "each".
    #[schemars(with = "SetName")]
    pub other: String,
}

impl Relation for Lasts {
    fn roles(&self) -> &'static [&'static str] {
        &["from", "to", "length"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["truly"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Hypothetical]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        a.sentences.iter().filter_map(|s| self.sentence(a, s.start as usize..s.end as usize)).collect()
    }
}

/// Minutes of a day.
const DAY: i64 = 24 * 60;

impl Lasts {
    fn sentence(&self, a: &Analysis, s: Range<usize>) -> Option<Conflict> {
        let mentions = || a.mentions_in(s.clone()).iter();
        let mut lengths = mentions().filter_map(|m| Some((m, length(m).or_else(|| self.in_words(a, m, &s))?)));
        let (m, (told, slack)) = lengths.next()?;
        if lengths.next().is_some() || !self.whole(a, m, &s) {
            return None;
        }
        let (from, to, apart) = hours(a, &s, m)?;
        if (told - apart).abs() <= slack || cue_in(a, &self.other, s.clone()) {
            return None;
        }
        let mut facets = Facets::default();
        facets.insert_if(m.stance.quoted, Facet::Quoted);
        facets.insert_if(m.stance.hypothetical, Facet::Hypothetical);
        let mut values = Bindings::default();
        values.bind("truly", Bound::Literal(format!("{}:{:02}", apart / 60, apart % 60)));
        Some(Conflict { roles: vec![("from", from.span), ("to", to.span), ("length", m.span)], values, facets })
    }

    /// « après six heures passées »: full hours in words, which may be a time of day, behind what makes them a length.
    fn in_words(&self, a: &Analysis, m: &Mention, s: &Range<usize>) -> Option<(i64, i64)> {
        let Value::Time(t) = m.value else { return None };
        let digits = (m.tokens.0 as usize..m.tokens.1 as usize).any(|i| a.tokens[i].kind == TokenKind::Digits);
        (t % 60 == 0 && !digits && self.whole(a, m, s)).then_some((i64::from(t), 45))
    }

    /// Whether words right before a length say that it is the whole.
    fn whole(&self, a: &Analysis, m: &Mention, s: &Range<usize>) -> bool {
        let at = m.tokens.0 as usize;
        a.language(at).is_some_and(|l| l.cues.get(&self.whole).before(a, at, s.start).is_some())
    }
}

/// The length that a mention says, in minutes, and how far it may be off.
fn length(m: &Mention) -> Option<(i64, i64)> {
    let Value::Duration(d) = &m.value else { return None };
    let number = d.amount.written;
    let minutes = |unit: i64| {
        let n = number.to_decimal(2).parse::<f64>().ok()?;
        Some((n * unit as f64).round() as i64)
    };
    if !d.amount.is_exact() {
        return None;
    }
    match d.unit.as_str() {
        "TH" => Some((minutes(60)?, 45)),
        "TM" => Some((minutes(1)?, 3)),
        _ => None,
    }
}

/// The two hours of a sentence, and the minutes between them.
fn hours<'a>(a: &'a Analysis, s: &Range<usize>, length: &Mention) -> Option<(&'a Mention, &'a Mention, i64)> {
    let times: Vec<(&Mention, i64)> = a
        .mentions_in(s.clone())
        .iter()
        .filter(|m| m.tokens != length.tokens)
        .filter_map(|m| if let Value::Time(t) = m.value { Some((m, i64::from(t))) } else { None })
        .collect();
    let [(from, x), (to, y)] = times[..] else { return None };
    // "at 2 and 5 pm"
    let apart = (y - x).rem_euclid(DAY);
    let days = a.mentions_in(s.clone()).iter().filter(|m| matches!(m.value, Value::Weekday(_) | Value::Date(_))).count();
    (apart > 0 && days <= 1).then_some((from, to, apart))
}
