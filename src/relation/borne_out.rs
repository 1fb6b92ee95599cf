//! A headline's number stands in the story.

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Figure, Unit, cue_in, figure, one_digit, same_word};
use super::{Conflict, Facet, Facets, Relation};
use crate::analysis::{Analysis, TokenKind};
use crate::document::BlockKind;
use crate::finding::{Bindings, Bound};
use crate::language::grammar::Class;
use crate::mention::{Ratio, Value};

/// `borne-out`: a number above the story is in it, as it is or as it may be rounded.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BorneOut {
    /// The blocks whose numbers are looked up in the rest.
    pub of: Vec<BlockKind>,
    /// Whether the story must give another number of the same thing, near enough to be a slip.
    pub against: Rival,
    /// The cue set of words of kinship: an age beside one is a relative's.
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
        if story.len() < 2 {
            return Vec::new();
        }
        above.iter().filter_map(|f| self.judge(a, f, &story)).collect()
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
        let alike = |s: &&Figure| !matches!(f.unit, Unit::Count(None)) && s.same_unit(a, f) || one_name(a, s, f);
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

/// Whether the story gives the number, in whatever unit, or one that rounds to it.
fn told(a: &Analysis, f: &Figure, story: &[Figure]) -> bool {
    let written = f.amount.written;
    let rounded = f.amount.rounded();
    // « plus de 100 » bears out 120, and not 800.
    let nearby = |s: &Figure| {
        s.amount.written.mul(Ratio::whole(2)).is_some_and(|d| d >= written)
            && written.mul(Ratio::whole(2)).is_some_and(|d| d >= s.amount.written)
    };
    let rounds = |s: &Figure| rounded.overlaps(s.amount) && nearby(s) || coarse(written, s.amount.written);
    let meets = |s: &Figure| s.amount.written == written || s.same_unit(a, f) && rounds(s);
    let digits = a.lower(f.mention.tokens.0 as usize);
    let elsewhere = |b: u32| a.doc.blocks[b as usize].kind != a.doc.blocks[f.mention.block as usize].kind;
    story.iter().any(meets)
        || a.tokens.iter().enumerate().any(|(i, t)| {
            t.kind == TokenKind::Digits
                && f.mention.tokens.1 - f.mention.tokens.0 == 1
                && elsewhere(t.block)
                && a.lower(i) == digits
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
