//! How far two figures are apart, told as an amount: "cut *by 4c* … paid 38c, down from 44c".

use std::ops::Range;

use super::bounds::{Bounds, round};
use super::figure::{Figure, Unit, stance};
use super::pair::{self, Pair};
use super::two::{Read, gap};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Join, Right, Tie, TieKind};
use crate::facet::{Facet, Facets};
use crate::language::Language;

/// How far back from a difference the word may stand that makes it one.
const BACK: usize = 9;

/// The differences of a sentence that are not those of the one change beside them.
pub(super) fn differences(a: &Analysis, s: usize, near: &Range<usize>, read: &[Read]) -> Vec<Tie> {
    let Some(language) = a.language(a.sentences[s].start as usize) else { return Vec::new() };
    let told = read[s].figures.iter().filter(|f| by_so_much(a, f, language));
    let all: Vec<&Figure> = told.collect();
    let [d] = all[..] else { return Vec::new() };
    difference(a, d, s, near, read).into_iter().collect()
}

fn difference(a: &Analysis, d: &Figure, s: usize, near: &Range<usize>, read: &[Read]) -> Option<Tie> {
    let free = |p: &&Pair| p.kind == pair::Kind::Change && !p.has(d) && alike(a, d, &p.first) && alike(a, d, &p.second);
    let of = |n: usize| read[n].pairs.iter().chain(&read[n].across).filter(free).collect::<Vec<&Pair>>();
    let own = of(s);
    let beside: Vec<&Pair> = near.clone().filter(|n| *n != s).flat_map(of).collect();
    let (p, join) = match (&own[..], &beside[..]) {
        ([p], _) if gap(&p.tokens(), &d.tokens()).len() <= 12 => (*p, Join::Sentence),
        ([], [p]) => (*p, Join::Next),
        _ => return None,
    };
    // Another amount of the kind may be what it is told of.
    let others = near.clone().flat_map(|n| read[n].figures.iter()).filter(|f| alike(a, d, f)).count();
    let (x, y) = (p.amounts.0, p.amounts.1);
    let (d_amount, _) = pair::aligned(d, &p.second)?;
    let made = Bounds::of(&x).difference(Bounds::of(&y))?;
    let apart = if x.written > y.written { x.written.sub(y.written)? } else { y.written.sub(x.written)? };
    let ratio = d_amount.written.div(apart)?;
    let close = ratio >= Ratio::new(1, 4)? && ratio <= Ratio::whole(4);
    let exact = [d.amount, p.first.amount, p.second.amount].iter().all(|n| n.is_exact());
    if others != 3 || !close || !exact || made.meets(Bounds::of(&d_amount)) {
        return None;
    }
    let mut facets = Facets::default();
    let quoted = [d, &p.first, &p.second].iter().all(|f| stance(f.mention).contains(Facet::Quoted));
    facets.insert_if(quoted, Facet::Quoted);
    let step = d_amount.precision;
    let values = vec![("stated.expected", Right::Number(Amount::exact(round(apart, step)?, step)))];
    let roles = vec![("stated", d.span(a)), ("numbers", a.span(p.tokens()))];
    Some(Tie { kind: TieKind::Change, roles, join, reading: "difference", holds: false, values, facets })
}

/// Whether two figures are amounts of one thing.
fn alike(a: &Analysis, x: &Figure, y: &Figure) -> bool {
    let money = |f: &Figure| matches!(f.unit, Unit::Money(_));
    let bare = |f: &Figure| f.unit == Unit::Count(None);
    x.same_unit(a, y) && !matches!(x.unit, Unit::Percent | Unit::Points | Unit::Time(_)) && !bare(x)
        || money(x) && money(y) && pair::comparable(a, x, y)
}

/// Whether words say that something rose or fell by an amount: "cut its price *by 4c*", « baisse *de 4 centimes* ».
fn by_so_much(a: &Analysis, f: &Figure, language: &Language) -> bool {
    let at = f.mention.tokens.0 as usize;
    let start = a.sentence(at).start;
    let cues = &language.cues;
    if matches!(f.unit, Unit::Percent | Unit::Points | Unit::Time(_)) || cues.get("difference-by").before(a, at, start).is_none() {
        return false;
    }
    let near = at.saturating_sub(BACK).max(start)..at;
    let moved = ["tie-rise", "tie-fall", "rising", "falling", "tie-up", "tie-down"];
    moved.iter().any(|set| super::figure::cue_in(a, set, near.clone()))
        && !super::figure::cue_in(a, "departed", at.saturating_sub(2).max(start)..at)
}
