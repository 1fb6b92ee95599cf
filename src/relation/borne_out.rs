//! A headline's number stands in the story.

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Figure, Unit, cue_in, figure};
use super::{Conflict, Facet, Facets, Relation};
use crate::analysis::{Analysis, TokenKind};
use crate::document::BlockKind;
use crate::finding::{Bindings, Bound};
use crate::mention::Ratio;

/// `borne-out`: a number above the story is in it, as it is or as it may be rounded.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BorneOut {
    /// The blocks whose numbers are looked up in the rest.
    pub of: Vec<BlockKind>,
    /// Whether the story must give another number of the same thing, near enough to be a slip.
    pub against: Rival,
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
        &[Facet::PartOf, Facet::Approximate, Facet::Revised, Facet::OtherTime, Facet::SumOfParts]
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
        if !f.in_digits(a) || written < Ratio::whole(10) || matches!(f.unit, Unit::Count(None)) || told(a, f, story) {
            return None;
        }
        let mut facets = Facets::default();
        facets.insert_if(!f.amount.is_exact(), Facet::Approximate);
        facets.insert_if(made_up(story, written), Facet::SumOfParts);
        let mut values = Bindings::default();
        values.bind("above.amount", Bound::Amount(*f.amount));
        let rival = story.iter().find(|s| s.in_digits(a) && s.same_unit(a, f) && one_digit(written, s.amount.written));
        let roles = match (self.against, rival) {
            (Rival::Near, Some(s)) => {
                facets.insert_if(!s.amount.is_exact(), Facet::Approximate);
                let narrowed = matches!(&s.mention.value, crate::mention::Value::Quantity(q) if q.counted.as_ref().is_some_and(|c| c.narrowed));
                facets.insert_if(narrowed, Facet::PartOf);
                facets.insert_if(cue_in(a, "revised", a.sentence(s.tokens().start)), Facet::Revised);
                facets.insert_if(s.mention.frame.background, Facet::OtherTime);
                values.bind("story.amount", Bound::Amount(*s.amount));
                vec![("above", f.span(a)), ("story", s.span(a))]
            }
            (Rival::None, None) => {
                values.bind("story.amount", Bound::Amount(*f.amount));
                vec![("above", f.span(a))]
            }
            _ => return None,
        };
        Some(Conflict { roles, values, facets })
    }
}

/// Whether the story gives the number, in whatever unit, or one that rounds to it.
fn told(a: &Analysis, f: &Figure, story: &[Figure]) -> bool {
    let written = f.amount.written;
    let rounded = f.amount.rounded();
    let meets = |s: &Figure| {
        s.amount.written == written || s.same_unit(a, f) && (rounded.overlaps(s.amount) || coarse(written, s.amount.written))
    };
    let digits = a.lower(f.mention.tokens.0 as usize);
    story.iter().any(meets)
        || a.tokens.iter().enumerate().any(|(i, t)| {
            let body =
                t.kind == TokenKind::Digits && a.doc.blocks[t.block as usize].kind != a.doc.blocks[f.mention.block as usize].kind;
            body && a.lower(i) == digits
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

/// Whether two whole numbers of one length differ in one digit.
fn one_digit(x: Ratio, y: Ratio) -> bool {
    let (x, y) = (x.to_decimal(6), y.to_decimal(6));
    x.len() == y.len() && x.bytes().zip(y.bytes()).filter(|(p, q)| p != q).count() == 1
}

/// Whether two numbers of the story make it together.
fn made_up(story: &[Figure], n: Ratio) -> bool {
    let amounts: Vec<Ratio> = story.iter().take(200).map(|s| s.amount.written).filter(|w| *w > Ratio::ZERO).collect();
    amounts
        .iter()
        .enumerate()
        .any(|(i, x)| amounts[i + 1..].iter().any(|y| x.add(*y) == Some(n) || x.sub(*y) == Some(n) || y.sub(*x) == Some(n)))
}
