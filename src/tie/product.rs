//! So many at so much each make so much: « 120 cartons à 15 euros pièce, soit 1 800 euros ».

use std::ops::Range;

use super::bounds::{Bounds, round};
use super::figure::{Figure, Unit, cue_in, find_cue, same_word, stance};
use super::pair;
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Join, Right, Tie, TieKind, mark};
use crate::facet::{Facet, Facets};
use crate::language::Language;
use crate::language::grammar::Class;

/// A price or a measure of one, and how many there are.
struct Priced<'a> {
    count: Figure<'a>,
    each: Figure<'a>,
    reading: &'static str,
}

/// All products of a sentence with their totals, there or in the next sentence.
pub(super) fn products(a: &Analysis, this: &[Figure], next: Option<&[Figure]>) -> Vec<Tie> {
    let Some(language) = this.first().and_then(|f| a.language(f.mention.tokens.0 as usize)) else { return Vec::new() };
    let Some(priced) = priced(a, this, language) else { return Vec::new() };
    total(a, &priced, this, next, language).into_iter().collect()
}

/// The one count and the one price of a sentence.
fn priced<'a>(a: &'a Analysis, all: &[Figure<'a>], language: &Language) -> Option<Priced<'a>> {
    let mut found = None;
    for (j, each) in all.iter().enumerate() {
        if !matches!(each.unit, Unit::Money(_) | Unit::Measure(_) | Unit::Count(Some(_)) | Unit::Time(_)) {
            continue;
        }
        let counts = |f: &&Figure| {
            matches!(f.unit, Unit::Count(Some(_)) | Unit::Time(_)) && f.amount.written > Ratio::ONE && f.unit != each.unit
        };
        let of_one = apiece(a, each, language);
        let nearest = || all[..j].iter().rev().find(counts).or_else(|| all[j + 1..].iter().find(counts)).copied();
        let (count, reading) = match of_one {
            // « 18 euros la place »: of places.
            Some(Some(noun)) => {
                (all.iter().find(|f| matches!(f.unit, Unit::Count(Some(n)) if same_word(a, n, noun))).copied(), "of each")
            }
            Some(None) => (nearest(), "each"),
            None => (all[..j].last().filter(counts).filter(|c| at_price(a, c, each, language)).copied(), "at"),
        };
        if let Some(count) = count {
            if found.is_some() {
                return None;
            }
            found = Some(Priced { count, each: *each, reading });
        }
    }
    found
}

/// Whether a figure is of one of several, by the words behind it or before; with the noun of that one where it is named.
fn apiece(a: &Analysis, f: &Figure, language: &Language) -> Option<Option<usize>> {
    let sentence = a.sentence(f.mention.tokens.0 as usize);
    let end = f.tokens().end;
    let cues = &language.cues;
    if (end..sentence.end.min(end + 3)).any(|i| cues.get("tie-each").at(a, i).is_some_and(|len| i + len <= sentence.end)) {
        return Some(None);
    }
    let at = f.mention.tokens.0 as usize;
    let start = sentence.start.max(at.saturating_sub(9));
    // "£18 each, raising £5,400": that is of the figure before it.
    let behind = |i: usize| {
        a.mentions_in(i.saturating_sub(4)..i).iter().any(|m| super::figure::figure(m).is_some_and(|f| f.tokens().end >= i))
    };
    if find_cue(a, "tie-each-first", start..at).is_some_and(|cue| !behind(cue.start)) {
        return Some(None);
    }
    // « 18 euros la place », "£12 a ticket", "£12 per ticket"
    let word = end.min(sentence.end);
    let len = cues.get("tie-per").at(a, word).filter(|len| word + len < sentence.end)?;
    let noun = word + len;
    (a.classes[noun].has(Class::Noun) && !a.readings(noun).iter().any(|r| r.tag.plural())).then_some(Some(noun))
}

/// « 120 cartons vendus *à* 15 euros », "six nights *at* €110"
fn at_price(a: &Analysis, count: &Figure, each: &Figure, language: &Language) -> bool {
    let (end, at) = (count.tokens().end, each.mention.tokens.0 as usize);
    let start = a.sentence(at).start;
    let led = (0..=2).filter_map(|n| at.checked_sub(n)).any(|i| language.cues.get("tie-at").before(a, i, start).is_some());
    let acts = (end..at).any(|i| {
        a.classes[i].has(Class::Verb) && !a.classes[i].has(Class::PastParticiple)
            || mark(a, i).is_some_and(|m| m == ',' || m == ';')
    });
    matches!(each.unit, Unit::Money(_)) && led && !acts && at.saturating_sub(end) <= 6
}

/// The total of a product, where one is told, and whether it is right.
fn total(a: &Analysis, p: &Priced, this: &[Figure], next: Option<&[Figure]>, language: &Language) -> Option<Tie> {
    let own = |f: &&Figure| f.mention.span != p.each.mention.span && f.mention.span != p.count.mention.span;
    let alike =
        |f: &&Figure| own(f) && pair::comparable(a, f, &p.each) && f.unit != Unit::Percent && !matches!(f.unit, Unit::Count(None));
    let all: Vec<&Figure> = this.iter().chain(next.unwrap_or_default()).filter(|f| alike(f)).collect();
    let larger: Vec<&&Figure> =
        all.iter().filter(|f| pair::aligned(&p.each, f).is_some_and(|(x, y)| y.written > x.written)).collect();
    let (count, _) = (Bounds::of(&exact(p.count.amount)), ());
    let fits = |f: &Figure| {
        let (each, total) = pair::aligned(&p.each, f)?;
        Some(count.mul(Bounds::of(&each))?.meets(Bounds::of(&total)))
    };
    // Closed is closed.
    if all.iter().any(|f| fits(f) == Some(true)) {
        return None;
    }
    let [total] = larger[..] else { return None };
    if !told(a, total, language) {
        return None;
    }
    let (each, sum) = pair::aligned(&p.each, total)?;
    let expected = p.count.amount.written.mul(each.written)?;
    let ratio = sum.written.div(expected)?;
    // What is far from it is of something else, but for a slip of scale.
    let near = ratio >= Ratio::new(1, 2)? && ratio <= Ratio::whole(2)
        || [10, 100, 1000].into_iter().any(|n| ratio == Ratio::whole(n) || Some(ratio) == Ratio::new(1, n));
    if !near || other_part(a, p, this, next) {
        return None;
    }
    let mut facets: Facets = [&p.count, &p.each, *total].iter().fold(Facets::default(), |mut acc, f| {
        for facet in [Facet::Quoted, Facet::Negated, Facet::Hypothetical] {
            acc.insert_if(stance(f.mention).contains(facet), facet);
        }
        acc
    });
    let vague = [&p.count, &p.each, *total].iter().any(|f| !f.amount.is_exact());
    facets.insert_if(vague, Facet::Approximate);
    let values = vec![("expected", Right::Number(Amount::exact(round(expected, each.precision)?, each.precision)))];
    let pair = cover(&p.count.tokens(), &p.each.tokens());
    let join = if total.mention.sentence == p.each.mention.sentence { Join::Sentence } else { Join::Next };
    let roles = vec![("total", total.span(a)), ("numbers", a.span(pair))];
    Some(Tie { kind: TieKind::Product, roles, join, reading: p.reading, holds: false, values, facets })
}

/// A count of things is not rounded.
fn exact(amount: &Amount) -> Amount {
    if amount.precision <= Ratio::ONE { Amount { precision: Ratio::ZERO, ..*amount } } else { *amount }
}

/// Whether words say that a figure is what all of it makes.
fn told(a: &Analysis, f: &Figure, language: &Language) -> bool {
    let at = f.mention.tokens.0 as usize;
    let sentence = a.sentence(at);
    let from = at.saturating_sub(7).max(sentence.start);
    let to = sentence.end.min(f.tokens().end + 3);
    let said = ["exhaustive", "share-stated"].iter().any(|set| language.cues.get(set).before(a, at, sentence.start).is_some());
    said || cue_in(a, "tie-total", from..at) || cue_in(a, "tie-total", f.tokens().end..to)
}

/// Whether something else is added: another price, a part that is no product.
fn other_part(a: &Analysis, p: &Priced, this: &[Figure], next: Option<&[Figure]>) -> bool {
    let tokens = |all: &[Figure]| Some(a.sentence(all.first()?.mention.tokens.0 as usize));
    [Some(this), next]
        .into_iter()
        .flatten()
        .filter_map(tokens)
        .any(|s| cue_in(a, "besides", s.clone()) || cue_in(a, "tie-on-top", s))
        || this.iter().filter(|f| matches!(f.unit, Unit::Percent)).count() > 0
        || p.count.amount.written <= Ratio::ONE
}

fn cover(x: &Range<usize>, y: &Range<usize>) -> Range<usize> {
    x.start.min(y.start)..x.end.max(y.end)
}
