//! The shares of one whole do not exceed it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{cue_in, figure, same_word, stance};
use super::names::SetName;
use super::{Conflict, Relation};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Mention, Value, mark};
use crate::facet::Facet;
use crate::finding::{Bindings, Bound};
use crate::language::{Language, TokenKind};
use crate::mention::quantity::{HUNDRED, linked};

/// `shares-fit`: shares that a sentence gives of one whole, down to those without an opinion, make a hundred at the most.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SharesFit {
    /// The cue set of words for the last share of a poll, which make the shares those of one whole.
    #[schemars(with = "SetName")]
    pub rest: String,
    /// The cue set of words by which shares may overlap.
    #[schemars(with = "SetName")]
    pub overlap: String,
    /// The cue set of words before a share that is there to compare: « contre 25 % ».
    #[schemars(with = "SetName")]
    pub compared: String,
}

impl Relation for SharesFit {
    fn roles(&self) -> &'static [&'static str] {
        &["shares"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["shares.sum"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Approximate, Facet::PartOf]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        a.sentences.iter().filter_map(|s| self.sentence(a, s.start as usize..s.end as usize)).collect()
    }
}

impl SharesFit {
    fn sentence(&self, a: &Analysis, s: std::ops::Range<usize>) -> Option<Conflict> {
        let language = a.language(s.start)?;
        let compared = |m: &&Mention| language.cues.get(&self.compared).before(a, m.tokens.0 as usize, s.start).is_some();
        let stated = |m: &&Mention| figure(m).is_some() && !compared(m);
        let all: Vec<&Mention> = a.mentions_in(s.clone()).iter().filter(stated).collect();
        if all.iter().filter(|m| matches!(m.value, Value::Percent(_))).take(2).count() < 2 {
            return None;
        }
        // « 42 % (40 % en mai) »: where shares stand outside brackets, those inside compare.
        let outside = |m: &&&Mention| !bracketed(a, m, s.start);
        let figures: Vec<&Mention> =
            if all.iter().filter(outside).count() >= 2 { all.iter().filter(outside).copied().collect() } else { all };
        // "Under-35s are 61% in favour, over-65s 44%": a number in a word names a group.
        let numbered = |i: usize| a.tokens[i].kind == TokenKind::Word && a.lower(i).bytes().any(|b| b.is_ascii_digit());
        if s.clone().any(numbered) || of_several(a, &figures, language) {
            return None;
        }
        let shares: Vec<(&Mention, &Amount)> =
            figures.iter().filter_map(|m| if let Value::Percent(p) = &m.value { Some((*m, p)) } else { None }).collect();
        if shares.len() < 2 || shares.len() != figures.len() || !cue_in(a, &self.rest, s.clone()) {
            return None;
        }
        let sum = shares.iter().try_fold(Ratio::ZERO, |acc, (_, p)| acc.add(p.written))?;
        // Each share may be rounded up.
        let slack = shares.iter().try_fold(Ratio::ZERO, |acc, (_, p)| acc.add(p.precision))?.div(Ratio::whole(2))?;
        if sum <= HUNDRED.add(slack.max(Ratio::ONE))? || sum > Ratio::whole(150) {
            return None;
        }
        let (first, last) = (shares.first()?, shares.last()?);
        let mut values = Bindings::default();
        values.bind("shares.sum", Bound::Percent(Amount::exact(sum, first.1.precision)));
        let mut facets = stance(first.0);
        facets.insert_if(shares.iter().any(|(_, p)| !p.is_exact()), Facet::Approximate);
        facets.insert_if(cue_in(a, &self.overlap, s), Facet::PartOf);
        Some(Conflict { roles: vec![("shares", first.0.span.cover(last.0.span))], values, facets })
    }
}

/// Whether a mention stands in brackets that open in its sentence.
fn bracketed(a: &Analysis, m: &Mention, start: usize) -> bool {
    let nearest = (start..m.tokens.0 as usize).rev().find_map(|i| mark(a, i).filter(|c| matches!(c, '(' | '[' | ')' | ']')));
    matches!(nearest, Some('(' | '['))
}

/// Whether two shares are of different people: « 61 % *des hommes* et 44 % *des femmes* ».
fn of_several(a: &Analysis, shares: &[&Mention], language: &Language) -> bool {
    let heads: Vec<usize> = shares.iter().filter_map(|m| of_whom(a, m.tokens.1 as usize, language)).collect();
    heads.iter().enumerate().any(|(n, x)| heads[..n].iter().any(|y| !same_word(a, *x, *y)))
}

/// The head of the group of which a share is.
fn of_whom(a: &Analysis, link: usize, language: &Language) -> Option<usize> {
    let end = a.sentence(link.checked_sub(1)?).end;
    if link >= end || !linked(a, link, language) {
        return None;
    }
    let group = a.chunks.get(a.chunks.partition_point(|c| c.tokens.1 as usize <= link + 1))?;
    (group.tokens.0 as usize <= link + 1).then_some(group.head as usize)
}
