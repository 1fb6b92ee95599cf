//! The sheet that a fact-checker works from: every fact of a draft with its place and its canonical value.

mod cards;
mod written;

use schemars::JsonSchema;
use serde::Serialize;

use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, DateValue, DurationValue, Mention, PlaceRole, Quantity, Value};
use crate::language::calendar::Modifier;
use crate::language::places::gazetteer;
use crate::span::Span;
use crate::tie::ties;

pub use cards::{Card, Entry, Told, cards};

/// One fact, as the contract of `recoupe facts` has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// `quantity`, `percent`, `money`, `ordinal`, `age`, `weekday`, `date`, `time`, `duration`, `place`, `person`, `organisation` or
    /// `quotation`.
    pub kind: &'static str,
    /// Bytes of [`Document::text`](crate::document::Document::text).
    pub span: Span,
    /// What it says.
    pub value: FactValue,
}

/// The canonical value of a fact; its fields are those of the JSON.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum FactValue {
    /// A number with its bounds. Numbers are decimal strings of at most twelve places.
    Number {
        /// What the words say.
        written: String,
        /// The least that the words allow; `None` for no bound.
        low: Option<String>,
        /// The most that the words allow; `None` for no bound.
        high: Option<String>,
        /// What the words say as a fraction, where its decimals do not end: 2/3.
        #[serde(skip)]
        fraction: Option<String>,
        /// The worth of the last digit given.
        precision: String,
        /// ISO 4217 code, `%`, or a unit of ISO 8601.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
        /// The noun that is counted, as written.
        #[serde(skip_serializing_if = "Option::is_none")]
        of: Option<String>,
    },
    /// A date or a time.
    When {
        /// As far as the words give it, in the notation of TIMEX3 and ISO 8601.
        iso: String,
        /// The day that is meant, where the words alone do not give it.
        #[serde(skip_serializing_if = "Option::is_none")]
        resolved: Option<String>,
        /// `start`, `mid` or `end` where that part of it is meant; `before`, `after`, `since` or `until` where it bounds a stretch.
        #[serde(skip_serializing_if = "Option::is_none")]
        modifier: Option<&'static str>,
    },
    /// A length of time.
    Length {
        /// In the notation of ISO 8601.
        iso: String,
        /// How many units the words say.
        written: String,
        /// The least that the words allow; `None` for no bound.
        low: Option<String>,
        /// The most that the words allow; `None` for no bound.
        high: Option<String>,
    },
    /// A place.
    Place {
        /// Its number in the gazetteer.
        id: u32,
        /// Its name in the language of the draft.
        name: String,
        /// ISO 3166-1 code of its country, where the gazetteer has one.
        country: Option<String>,
        /// `locative`, `origin`, `actor` or `other`.
        role: &'static str,
    },
    /// A person.
    Person {
        /// The fullest name by which the story calls the person.
        name: String,
        /// The title or function that stands before the name here.
        title: Option<String>,
    },
    /// An organisation.
    Organisation {
        /// The fullest name by which the story calls it.
        name: String,
    },
    /// A quotation.
    Quotation {
        /// The words without their marks.
        text: String,
        /// Who speaks, where it is known.
        speaker: Option<String>,
    },
}

/// How a number was read: which words gave the number, the scale, the bound, the unit, and what is counted. Empty for what has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derivation {
    /// What the words gave, by its English name, and the words.
    pub parts: Vec<(&'static str, String)>,
    /// The concept that what is counted stands for.
    pub concept: Option<String>,
    /// What it is bound to in the story, in words.
    pub ties: Vec<String>,
}

/// How a number was read.
pub fn derivation(a: &Analysis, m: &Mention) -> Derivation {
    let numeric = matches!(
        m.value,
        Value::Quantity(_)
            | Value::Percent(_)
            | Value::Points(_)
            | Value::Money(_)
            | Value::Measure(_)
            | Value::Age(_)
            | Value::Duration(_)
    );
    if !numeric {
        return Derivation::default();
    }
    let mut parts = crate::mention::number::derivation(a, m.tokens.0 as usize..m.tokens.1 as usize);
    let mut concept = None;
    if let Value::Quantity(Quantity { counted: Some(c), .. }) = &m.value {
        parts.push(("of", a.tokens[c.head as usize].span));
        concept = c.concept.clone();
    }
    Derivation { parts: parts.into_iter().map(|(name, span)| (name, words(a, span))).collect(), concept, ties: Vec::new() }
}

/// All facts of a draft with how each was read and what it is tied to, in the order of the text.
pub fn explained(a: &Analysis) -> Vec<(Fact, Derivation)> {
    a.mentions.iter().map(|m| (fact(a, m), Derivation { ties: tied(a, m), ..derivation(a, m) })).collect()
}

/// What a figure is bound to: the tie, what part the figure plays, the other figures, the reading that binds them, whether it holds.
fn tied(a: &Analysis, m: &Mention) -> Vec<String> {
    let inside = |outer: Span| outer.start <= m.span.start && m.span.end <= outer.end;
    let one = |t: &crate::analysis::Tie| {
        let (role, _) = t.roles.iter().find(|(_, span)| inside(*span))?;
        let others = t.roles.iter().filter(|(r, _)| r != role).map(|(r, span)| format!("{r} “{}”", words(a, *span)));
        let verdict = if t.holds { "holds" } else { "does not hold" };
        Some(format!("tie {} ({}): {role} of {}: {verdict}", t.kind.name(), t.reading, others.collect::<Vec<_>>().join(", ")))
    };
    ties(a).iter().filter_map(one).collect()
}

/// All facts of a draft, in the order of the text.
pub fn sheet(a: &Analysis) -> Vec<Fact> {
    a.mentions.iter().map(|m| fact(a, m)).collect()
}

fn fact(a: &Analysis, m: &Mention) -> Fact {
    let (kind, value) = match &m.value {
        Value::Quantity(q) => {
            let of = q.counted.as_ref().and_then(|c| a.tokens.get(c.head as usize)).map(|t| words(a, t.span));
            ("quantity", number(&q.amount, None, of))
        }
        Value::Percent(amount) => ("percent", number(amount, Some("%"), None)),
        Value::Points(amount) => ("percent", number(amount, Some("pp"), None)),
        Value::Measure(m) => ("measure", number(&m.amount, Some(&m.unit), None)),
        Value::Money(money) => ("money", number(&money.amount, Some(&money.currency), None)),
        Value::Ordinal(amount) => ("ordinal", number(amount, None, None)),
        Value::Age(amount) => ("age", number(amount, Some("Y"), None)),
        Value::Weekday(day) => {
            ("weekday", FactValue::When { iso: format!("XXXX-WXX-{}", day.to_monday_one_offset()), resolved: None, modifier: None })
        }
        Value::Date(date) => ("date", date_value(date)),
        Value::Period(period) => {
            ("date", FactValue::When { iso: period.iso.clone(), resolved: None, modifier: period.modifier.map(Modifier::name) })
        }
        Value::Time(minutes) => {
            ("time", FactValue::When { iso: time(*minutes, m.span.of(&a.doc.text)), resolved: None, modifier: None })
        }
        Value::Duration(length) => (
            "duration",
            FactValue::Length {
                iso: duration(length),
                written: decimal(length.amount.written),
                low: length.amount.low.map(|l| decimal(inward(&length.amount, l, true))),
                high: length.amount.high.map(|h| decimal(inward(&length.amount, h, false))),
            },
        ),
        Value::Place(place) => {
            let role = match place.role {
                PlaceRole::Locative => "locative",
                PlaceRole::Origin => "origin",
                PlaceRole::Actor => "actor",
                PlaceRole::Other => "other",
            };
            let name = known(gazetteer().name(place.id, a.languages.code(a.doc.meta.lang)));
            let name = name.or_else(|| entity(a, place.entity.0)).unwrap_or_else(|| words(a, m.span));
            ("place", FactValue::Place { id: place.id.0, name, country: known(gazetteer().iso_country(place.id)), role })
        }
        Value::Person(person) => {
            let (from, to) = (person.title.0 as usize, person.title.1 as usize);
            let title = (from < to && to <= a.tokens.len()).then(|| words(a, a.span(from..to)));
            ("person", FactValue::Person { name: entity(a, person.entity.0).unwrap_or_else(|| words(a, m.span)), title })
        }
        Value::Organisation(id) => {
            ("organisation", FactValue::Organisation { name: entity(a, id.0).unwrap_or_else(|| words(a, m.span)) })
        }
        Value::Quotation(q) => {
            let speaker = q.speaker.and_then(|id| entity(a, id.0));
            ("quotation", FactValue::Quotation { text: words(a, q.inner), speaker })
        }
    };
    Fact { kind, span: m.span, value }
}

fn known(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn entity(a: &Analysis, id: u32) -> Option<String> {
    a.entities.get(id as usize).map(|e| e.name.clone())
}

fn words(a: &Analysis, span: Span) -> String {
    a.doc.text.get(span.range()).unwrap_or_default().to_owned()
}

fn number(a: &Amount, unit: Option<&str>, of: Option<String>) -> FactValue {
    FactValue::Number {
        written: decimal(a.written),
        low: a.low.map(|l| decimal(inward(a, l, true))),
        high: a.high.map(|h| decimal(inward(a, h, false))),
        fraction: fraction(a.written),
        precision: decimal(a.precision),
        unit: unit.map(str::to_owned),
        of,
    }
}

/// A bound of what is counted whole, which nobody crosses by a part: « une cinquantaine » is 42 to 58 people.
fn inward(a: &Amount, bound: Ratio, low: bool) -> Ratio {
    let (n, d) = (bound.numerator(), bound.denominator());
    let whole = a.written.as_whole().is_some() && a.precision >= Ratio::ONE;
    if whole { Ratio::whole(n.div_euclid(d) + i128::from(low && n.rem_euclid(d) != 0)) } else { bound }
}

fn decimal(n: Ratio) -> String {
    n.to_decimal(12)
}

/// A number as a fraction, where its decimals do not end.
fn fraction(n: Ratio) -> Option<String> {
    let mut rest = n.denominator();
    for prime in [2, 5] {
        while rest > 1 && rest % prime == 0 {
            rest /= prime;
        }
    }
    (rest > 1 && n.denominator() < 1000).then(|| format!("{}/{}", n.numerator(), n.denominator()))
}

/// `2018-12-05`; what is not given is `X`, or left out at the end.
fn date_value(d: &DateValue) -> FactValue {
    let mut iso = d.year.map_or_else(|| "XXXX".to_owned(), |y| format!("{y:04}"));
    match (d.month, d.day) {
        (Some(month), Some(day)) => iso.push_str(&format!("-{month:02}-{day:02}")),
        (Some(month), None) => iso.push_str(&format!("-{month:02}")),
        (None, Some(day)) => iso.push_str(&format!("-XX-{day:02}")),
        (None, None) => {}
    }
    if let (None, None, None, None) = (d.year, d.month, d.day, d.weekday) {
        iso = d.resolved.map_or_else(|| "XXXX-XX-XX".to_owned(), |day| day.to_string());
    }
    if let (None, None, Some((weekday, _))) = (d.year, d.month, d.weekday) {
        iso = format!("XXXX-WXX-{}", weekday.to_monday_one_offset());
    }
    let resolved = d.resolved.map(|day| day.to_string()).filter(|day| *day != iso);
    FactValue::When { iso, resolved, modifier: d.modifier.map(Modifier::name) }
}

/// `T16:30`; `T16` where the words give the hour alone, which shows in there being no second run of digits.
fn time(minutes: u16, text: &str) -> String {
    let (hour, minute) = (minutes / 60, minutes % 60);
    let runs = text.split(|c: char| !c.is_numeric()).filter(|run| !run.is_empty()).count();
    if minute == 0 && runs < 2 { format!("T{hour:02}") } else { format!("T{hour:02}:{minute:02}") }
}

/// `P3Y`, `P3.5Y`; units below the day follow a `T`: `PT3M`.
fn duration(d: &DurationValue) -> String {
    let n = decimal(d.amount.written);
    match d.unit.strip_prefix('T') {
        Some(unit) => format!("PT{n}{unit}"),
        None => format!("P{n}{}", d.unit),
    }
}

#[cfg(test)]
mod tests;
