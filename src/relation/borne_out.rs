//! A headline's number stands in the story.

mod numbered;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Figure, Unit, cue_in, figure, one_digit, same_word};
use super::names::SetName;
use super::{Conflict, Relation};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Value};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::span::Span;

/// `borne-out`: a number above the story is in it, as it is or as it may be rounded; so is one that belongs to a name.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BorneOut {
    /// The blocks whose numbers are looked up in the rest.
    pub of: Vec<BlockKind>,
    /// Whether the story must give another number of the same thing, near enough to be a slip.
    pub against: Rival,
    /// The cue set of words of kinship: an age beside one is a relative's.
    #[schemars(with = "SetName")]
    pub kin: String,
}

/// What the story says instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rival {
    /// A number of the same thing, one digit away.
    Near,
    /// Nothing that could be meant.
    None,
}

impl Relation for BorneOut {
    fn roles(&self) -> &'static [&'static str] {
        &["above", "story"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["above.amount", "story.amount"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::OtherTime, Facet::SumOfParts]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let kind = |f: &Figure| a.doc.blocks[f.mention.block as usize].kind;
        let figures: Vec<Figure> = a.mentions.iter().filter_map(figure).collect();
        let (above, story): (Vec<Figure>, Vec<Figure>) = figures.into_iter().partition(|f| self.of.contains(&kind(f)));
        let mut found: Vec<Conflict> =
            if story.len() < 2 { Vec::new() } else { above.iter().filter_map(|f| self.judge(a, f, &story)).collect() };
        if self.against == Rival::Near {
            let seen: Vec<Span> = found.iter().map(|c| c.roles[0].1).collect();
            let fresh = |c: &Conflict| !seen.iter().any(|s| s.overlaps(c.roles[0].1));
            found.extend(numbered::conflicts(a, &self.of).into_iter().filter(fresh));
        }
        found
    }
}

impl BorneOut {
    fn judge(&self, a: &Analysis, f: &Figure, story: &[Figure]) -> Option<Conflict> {
        let written = f.amount.written;
        if !f.in_digits(a) || written < Ratio::whole(10) || told(a, f, story) {
            return None;
        }
        let mut facets = Facets::default();
        facets.insert_if(made_up(a, story, f), Facet::SumOfParts);
        let mut values = Bindings::default();
        values.bind("above.amount", Bound::Amount(*f.amount));
        let near = |s: &&Figure| s.in_digits(a) && one_digit(written, s.amount.written) && !(s.year_like(a) && f.year_like(a));
        let alike = |s: &&Figure| {
            !matches!(f.unit, Unit::Count(None)) && s.same_unit(a, f) || one_head(a, s, f) || one_name(a, s, f) || one_verb(a, s, f)
        };
        let relative = |s: &&Figure| matches!(s.mention.value, Value::Age(_)) && cue_in(a, &self.kin, a.sentence(s.tokens().start));
        let rival = story.iter().filter(near).filter(|s| !relative(s)).find(alike);
        let roles = match (self.against, rival) {
            (Rival::Near, Some(s)) => {
                facets.insert_if(super::agree::other_year(a, s.mention), Facet::OtherTime);
                values.bind("story.amount", Bound::Amount(*s.amount));
                vec![("above", f.span(a)), ("story", s.span(a))]
            }
            (Rival::None, None) if !matches!(f.unit, Unit::Count(None)) && !f.year_like(a) => {
                values.bind("story.amount", Bound::Amount(*f.amount));
                vec![("above", f.span(a))]
            }
            _ => return None,
        };
        Some(Conflict { roles, values, facets })
    }
}

/// Whether two bare numbers are part of one name or stand before one noun: « Mirage 2000 », "2005 World Cup".
fn one_name(a: &Analysis, x: &Figure, y: &Figure) -> bool {
    let name = |i: usize| {
        a.tokens[i].kind == TokenKind::Word
            && (a.classes[i].has(Class::Noun) || a.classes[i].has(Class::Proper))
            && a.lower(i).chars().count() > 2
    };
    let before =
        |f: &Figure| f.tokens().start.checked_sub(1).filter(|&i| name(i) && a.tokens[i].sentence == a.tokens[i + 1].sentence);
    let after = |f: &Figure| Some(f.mention.tokens.1 as usize).filter(|&i| i < a.sentence(i - 1).end && name(i));
    let same = |x: Option<usize>, y: Option<usize>| x.zip(y).is_some_and(|(x, y)| same_word(a, x, y));
    same(before(x), before(y)) || same(after(x), after(y))
}

/// Whether two numbers count a compound and its first word: « stations-service » and « stations ».
fn one_head(a: &Analysis, x: &Figure, y: &Figure) -> bool {
    let head = |f: &Figure| match f.unit {
        Unit::Count(Some(noun)) => a.lower(noun).split('-').next(),
        _ => None,
    };
    head(x).zip(head(y)).is_some_and(|(x, y)| x == y)
}

/// Whether two bare numbers are where one verb leads: "rises to 14", "rose to 24".
fn one_verb(a: &Analysis, x: &Figure, y: &Figure) -> bool {
    let verb = |f: &Figure| {
        let at = f.tokens().start;
        let led = at.checked_sub(2).filter(|&i| i >= a.sentence(at).start && a.classes[at - 1].has(Class::Preposition))?;
        (a.classes[led].has(Class::Verb) && matches!(f.unit, Unit::Count(None))).then_some(led)
    };
    verb(x).zip(verb(y)).is_some_and(|(x, y)| same_word(a, x, y))
}

/// Whether two figures may be one number: their units are of one kind, or one of them has none.
fn one_kind(x: &Figure, y: &Figure) -> bool {
    let kind = |u: Unit| match u {
        Unit::Count(_) => 0,
        Unit::Percent | Unit::Points => 1,
        Unit::Money(_) => 2,
        Unit::Time(_) => 3,
        Unit::Measure(_) => 4,
    };
    let bare = |f: &Figure| matches!(f.unit, Unit::Count(None));
    bare(x) || bare(y) || kind(x.unit) == kind(y.unit)
}

/// Whether the story gives the number, or one that rounds to it.
fn told(a: &Analysis, f: &Figure, story: &[Figure]) -> bool {
    let written = f.amount.written;
    let rounded = f.amount.rounded();
    // « plus de 100 » bears out 120, and not 800.
    let nearby = |s: &Figure| {
        let fits = |x: Ratio, y: Ratio| x.mul(Ratio::whole(5)).zip(y.mul(Ratio::whole(4))).is_some_and(|(x, y)| x >= y);
        fits(s.amount.written, written) && fits(written, s.amount.written)
    };
    // « plus de 800 » and « plus de 400 » overlap for ever.
    let open = |x: &Amount| x.low.is_none() || x.high.is_none();
    let both_open = |s: &Figure| open(f.amount) && open(s.amount);
    // "$16bn" cuts $16.6bn short, where another would round it.
    let cut = |s: &Figure| {
        let more = s.amount.written.sub(written);
        f.amount.precision > Ratio::ONE && more.is_some_and(|d| d >= Ratio::ZERO && d < f.amount.precision) && nearby(s)
    };
    let rounds =
        |s: &Figure| !both_open(s) && rounded.overlaps(s.amount) && nearby(s) || coarse(written, s.amount.written) || cut(s);
    let meets = |s: &Figure| s.amount.written == written && one_kind(s, f) || s.same_unit(a, f) && rounds(s);
    let digits = a.lower(f.mention.tokens.0 as usize);
    let elsewhere = |b: u32| a.doc.blocks[b as usize].kind != a.doc.blocks[f.mention.block as usize].kind;
    story.iter().any(meets)
        || a.tokens.iter().enumerate().any(|(i, t)| {
            t.kind == TokenKind::Digits
                && f.mention.tokens.1 - f.mention.tokens.0 == 1
                && elsewhere(t.block)
                && a.lower(i) == digits
                && !of_another_kind(a, i, f)
        })
}

/// Whether digits belong to what no count or amount can be: a date, a time, a figure of another kind.
fn of_another_kind(a: &Analysis, token: usize, f: &Figure) -> bool {
    let mut over = a.mentions_in(token.saturating_sub(8)..token + 1).iter().filter(|m| m.tokens.1 as usize > token);
    over.any(|m| match &m.value {
        Value::Date(_) | Value::Time(_) => !matches!(f.unit, Unit::Count(None)),
        _ => figure(m).is_some_and(|s| !one_kind(&s, f)),
    })
}

/// Whether a number with many zeros at its end rounds another: 200 000 for 198 743.
fn coarse(round: Ratio, exact: Ratio) -> bool {
    let Some(n) = round.as_whole() else { return false };
    let mut step = 1;
    while n % (step * 10) == 0 && step < n {
        step *= 10;
    }
    // « 200 000 » for 198 743; but 10 for 15 is no rounding.
    let step = if step * 20 > n { step / 2 / 5 } else { step };
    round.sub(exact).is_some_and(|d| d < Ratio::whole(step) && d > Ratio::whole(-step)) && step > 1
}

/// Whether two numbers of one thing in the story make it together.
fn made_up(a: &Analysis, story: &[Figure], f: &Figure) -> bool {
    // Shares and lengths of time are not added up in a headline.
    if !matches!(f.unit, Unit::Count(_) | Unit::Money(_)) {
        return false;
    }
    let n = f.amount.written;
    let amounts: Vec<Ratio> =
        story.iter().filter(|s| s.same_unit(a, f)).take(200).map(|s| s.amount.written).filter(|w| *w > Ratio::ZERO).collect();
    amounts.iter().enumerate().any(|(i, x)| amounts[i + 1..].iter().any(|y| x.add(*y) == Some(n)))
}
