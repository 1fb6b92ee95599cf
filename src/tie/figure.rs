//! What relations between figures share: the amount of a mention, what it is an amount of, and the words that state it.

use jiff::civil::Date;

use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Mention, Value, mark};
use crate::facet::{Facet, Facets};
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::mention::quantity::linked;
use crate::span::Span;

/// What an amount is an amount of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit<'a> {
    /// The thing that is counted, by the token of its noun; `None` for a bare number.
    Count(Option<usize>),
    /// A share of a hundred.
    Percent,
    /// Percentage points.
    Points,
    /// A currency, by its code.
    Money(&'a str),
    /// A unit of time, by its code; ages are years.
    Time(&'a str),
    /// A measure, by its code.
    Measure(&'a str),
}

/// A mention that states an amount.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figure<'a> {
    pub mention: &'a Mention,
    pub amount: &'a Amount,
    pub unit: Unit<'a>,
}

/// The figure that a mention states, if it states one.
pub(crate) fn figure(m: &Mention) -> Option<Figure<'_>> {
    let (amount, unit) = match &m.value {
        Value::Quantity(q) => (&q.amount, Unit::Count(q.counted.as_ref().map(|c| c.head as usize))),
        Value::Percent(p) => (p, Unit::Percent),
        Value::Points(p) => (p, Unit::Points),
        Value::Money(money) => (&money.amount, Unit::Money(&money.currency)),
        Value::Age(age) => (age, Unit::Time("Y")),
        Value::Duration(d) => (&d.amount, Unit::Time(&d.unit)),
        Value::Measure(d) => (&d.amount, Unit::Measure(&d.unit)),
        _ => return None,
    };
    Some(Figure { mention: m, amount, unit })
}

impl Figure<'_> {
    /// First and one past the last token of the number and the noun that it counts.
    pub(crate) fn tokens(&self) -> std::ops::Range<usize> {
        let (start, end) = (self.mention.tokens.0 as usize, self.mention.tokens.1 as usize);
        match self.unit {
            Unit::Count(Some(head)) => start..end.max(head + 1),
            _ => start..end,
        }
    }

    /// The number and the noun that it counts.
    pub(crate) fn span(&self, a: &Analysis) -> Span {
        a.span(self.tokens())
    }

    /// Whether two figures are amounts of one thing: one unit, or one noun.
    pub(crate) fn same_unit(&self, a: &Analysis, other: &Figure) -> bool {
        match (self.unit, other.unit) {
            (Unit::Count(Some(x)), Unit::Count(Some(y))) => same_word(a, x, y),
            (x, y) => x == y,
        }
    }

    /// Whether the number is written in digits.
    pub(crate) fn in_digits(&self, a: &Analysis) -> bool {
        (self.mention.tokens.0 as usize..self.mention.tokens.1 as usize).any(|i| a.tokens[i].kind == TokenKind::Digits)
    }

    /// Whether it may be a year: four digits, and nothing that they count.
    pub(crate) fn year_like(&self, a: &Analysis) -> bool {
        let first = self.mention.tokens.0 as usize;
        let digits = a.tokens[first].kind == TokenKind::Digits && a.tokens[first].span.len() == 4;
        digits && matches!(self.unit, Unit::Count(_)) && (Ratio::whole(1000)..=Ratio::whole(2199)).contains(&self.amount.written)
    }
}

/// Whether two words are forms of one.
pub(crate) fn same_word(a: &Analysis, x: usize, y: usize) -> bool {
    a.lower(x) == a.lower(y) || a.readings(x).iter().any(|r| a.readings(y).iter().any(|s| s.lemma == r.lemma))
}

/// Whether a noun is of people: « passagers », « Français », « abonnés ».
pub(crate) fn people(a: &Analysis, head: usize) -> bool {
    a.language(head).is_some_and(|l| {
        let participant = a.readings(head).iter().any(|r| l.grammar.ids.participants.contains(&r.lemma));
        participant || ["demonym", "headcount"].iter().any(|set| l.cues.get(set).at(a, head).is_some())
    })
}

/// The digits of a number that carry its value, the trailing zeros of a whole one dropped: 8600000 and 8.6 are `86`.
pub(crate) fn significant(n: Ratio) -> String {
    let digits: String = n.to_decimal(12).chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

/// Whether two whole numbers of one length differ in one digit.
pub(crate) fn one_digit(x: Ratio, y: Ratio) -> bool {
    let (x, y) = (x.to_decimal(6), y.to_decimal(6));
    x.len() == y.len() && x.bytes().zip(y.bytes()).filter(|(p, q)| p != q).count() == 1
}

/// Whether a cue of that name stands in the tokens.
pub(crate) fn cue_in(a: &Analysis, name: &str, tokens: std::ops::Range<usize>) -> bool {
    tokens.start < tokens.end && a.language(tokens.start).is_some_and(|l| l.cues.get(name).stands_in(a, tokens))
}

/// The tokens of the first cue of that name in a range.
pub(crate) fn find_cue(a: &Analysis, name: &str, tokens: std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
    let cue = a.language(tokens.clone().next()?)?.cues.get(name);
    tokens.clone().find_map(|i| cue.at(a, i).filter(|len| i + len <= tokens.end).map(|len| i..i + len))
}

/// A year as the draft writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Year {
    /// The token of its four digits.
    pub token: usize,
    pub year: i16,
}

/// The years in a range of tokens: four digits that count nothing and are no part of a longer number.
pub(crate) fn years(a: &Analysis, tokens: std::ops::Range<usize>) -> Vec<Year> {
    let free = |i: usize| {
        let mut over =
            a.mentions_in(i.saturating_sub(6)..i + 1).iter().filter(|m| m.tokens.0 as usize <= i && m.tokens.1 as usize > i);
        over.all(|m| match &m.value {
            Value::Date(d) => d.year.is_some(),
            Value::Quantity(q) => q.counted.is_none() && m.tokens.1 - m.tokens.0 == 1,
            Value::Quotation(_) => true,
            _ => false,
        })
    };
    let plain = |i: usize| {
        let t = a.tokens[i];
        let before = i.checked_sub(1).filter(|_| t.glued).is_none_or(|b| {
            mark(a, b).is_some_and(|c| "(-–—«\"“".contains(c))
                || crate::language::cut::is_apostrophe(a.text(b).chars().next_back().unwrap_or(' '))
        });
        let after = a.tokens.get(i + 1).filter(|n| n.glued).is_none_or(|_| mark(a, i + 1).is_some_and(|c| !"%€$£°/".contains(c)));
        t.kind == TokenKind::Digits && t.span.len() == 4 && before && after
    };
    let year = |i: usize| a.lower(i).parse::<i16>().ok().filter(|y| (1200..=2100).contains(y));
    tokens
        .filter(|&i| plain(i))
        .filter_map(|token| year(token).map(|year| Year { token, year }))
        .filter(|y| free(y.token))
        .collect()
}

/// Whether a count is the whole of which another is taken: "three of *the four* founders", « deux des *cinq* lauréats ».
pub(crate) fn parted(a: &Analysis, m: &Mention) -> bool {
    let at = m.tokens.0 as usize;
    let Some(language) = a.language(at) else { return false };
    let start = a.sentence(at).start;
    let article = |i: usize| a.classes[i].has(Class::Determiner) && !linked(a, i, language);
    let before = if at > start && article(at - 1) { at - 1 } else { at };
    let of = before > start && linked(a, before - 1, language) || language.cues.get("share-of").before(a, before, start).is_some();
    let numeral =
        |i: usize| a.tokens[i].kind == TokenKind::Digits || a.classes[i].has(Class::Numeral) || language.numbers.begins(a.lower(i));
    of && before >= start + 2 && (numeral(before - 2) || before >= start + 3 && numeral(before - 3))
}

/// The day of publication.
pub(crate) fn published(a: &Analysis) -> Option<Date> {
    a.doc.meta.published.map(|(date, _)| date)
}

/// How the words around a mention say it.
pub(crate) fn stance(m: &Mention) -> Facets {
    let mut facets = Facets::default();
    facets.insert_if(m.stance.quoted, Facet::Quoted);
    facets.insert_if(m.stance.hypothetical, Facet::Hypothetical);
    facets.insert_if(m.stance.negated, Facet::Negated);
    facets
}
