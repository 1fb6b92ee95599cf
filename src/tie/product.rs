//! So many at so much each make so much: « 120 cartons à 15 euros pièce, soit 1 800 euros ».

use std::ops::Range;

use super::bounds::{Bounds, round};
use super::figure::{Figure, Unit, cue_in, find_cue, people, same_word, stance};
use super::pair;
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Join, Right, Tie, TieKind, mark};
use crate::facet::{Facet, Facets};
use crate::language::Language;
use crate::language::grammar::Class;

/// A price or a measure of one, and how many there are.
struct Priced<'a> {
    count: Figure<'a>,
    /// How many of what the price is of one of the count is: 60 minutes an hour.
    times: Ratio,
    each: Figure<'a>,
    reading: &'static str,
}

/// All products of a sentence with their totals, there or in the next sentence.
pub(super) fn products(a: &Analysis, this: &[Figure], next: Option<&[Figure]>) -> Vec<Tie> {
    let next = next.unwrap_or_default();
    let Some(language) = this.first().and_then(|f| a.language(f.mention.tokens.0 as usize)) else { return Vec::new() };
    if let Some(priced) = priced(a, this, language).or_else(|| over_two(a, this, next, language)) {
        return total(a, &priced, this, next, language).into_iter().collect();
    }
    // « 96 000 euros. Rapporté aux 1 200 habitants, cela représente 80 euros par personne. », "cost $12,000 … Eight coaches at $1,200 apiece"
    let after = priced(a, next, language);
    let before = |t: &Tie| this.iter().any(|f| f.mention.span.start == t.roles[0].1.start);
    after.and_then(|p| total(a, &p, this, next, language)).filter(before).into_iter().collect()
}

/// The one count and the one price of a sentence.
fn priced<'a>(a: &'a Analysis, all: &[Figure<'a>], language: &Language) -> Option<Priced<'a>> {
    let mut found = None;
    for (j, each) in all.iter().enumerate().filter(|(_, f)| f.can_be_each()) {
        let counts = |f: &&Figure| counts(f, each);
        let of_one = apiece(a, each, language);
        let nearest = || all[..j].iter().rev().find(counts).or_else(|| all[j + 1..].iter().find(counts)).copied();
        let count = match of_one {
            // « 18 euros la place »: of places.
            Some(Some(noun)) => of_kind(a, all, noun, language),
            Some(None) => nearest().map(|f| (f, Ratio::ONE)),
            None => all[..j].last().filter(counts).filter(|c| at_price(a, c, each, language)).map(|c| (*c, Ratio::ONE)),
        };
        let reading = match of_one {
            Some(Some(_)) => "of each",
            Some(None) => "each",
            None => "at",
        };
        if let Some((count, times)) = count {
            if found.is_some() {
                return None;
            }
            found = Some(Priced { count, times, each: *each, reading });
        }
    }
    found
}

/// A price in one of two sentences, and the count of which it is in the other: "£12 a head … With 400 of them".
fn over_two<'a>(a: &'a Analysis, this: &[Figure<'a>], next: &[Figure<'a>], language: &Language) -> Option<Priced<'a>> {
    let mut found = None;
    for (own, other) in [(this, next), (next, this)] {
        for each in own.iter().filter(|f| f.can_be_each()) {
            let Some(of_one) = apiece(a, each, language) else { continue };
            let count = match of_one {
                Some(noun) => of_kind(a, other, noun, language),
                None => {
                    let mut all = other.iter().filter(|f| counts(f, each));
                    all.next().filter(|_| all.next().is_none()).map(|f| (*f, Ratio::ONE))
                }
            };
            let Some((count, times)) = count else { continue };
            if found.is_some() {
                return None;
            }
            found = Some(Priced { count, times, each: *each, reading: "over two" });
        }
    }
    found
}

/// Whether a figure may say how many there are of what a price is of.
fn counts(f: &Figure, each: &Figure) -> bool {
    matches!(f.unit, Unit::Count(Some(_)) | Unit::Time(_)) && f.amount.written > Ratio::ONE && f.unit != each.unit
}

/// The one figure of a kind by its noun, with what it is worth in that: « 250 places » of « la place », "26 weeks" of "a week".
fn of_kind<'a>(a: &Analysis, all: &[Figure<'a>], noun: usize, language: &Language) -> Option<(Figure<'a>, Ratio)> {
    let unit = |n: usize| language.numbers.durations.at(n, |i| (i == n).then(|| a.lower(i))).map(|(_, code)| code.as_str());
    let worth = |f: &Figure| match f.unit {
        // « 25 euros par *habitant* … 8 000 *âmes* »
        Unit::Count(Some(n)) => (same_word(a, n, noun) || people(a, n) && people(a, noun)).then_some(Ratio::ONE),
        Unit::Time(code) => unit(noun).and_then(|one| if one == code { Some(Ratio::ONE) } else { worth_of(code, one) }),
        Unit::Measure(_) | Unit::Money(_) => same_word(a, f.tokens().end - 1, noun).then_some(Ratio::ONE),
        _ => None,
    };
    let mut found = all.iter().filter_map(|f| Some((*f, worth(f)?)));
    found.next().filter(|_| found.next().is_none())
}

/// How many of one unit of time another has, where people do not stop in between: an hour has 60 minutes, a year twelve months.
fn worth_of(code: &str, one: &str) -> Option<Ratio> {
    let groups: [&[(&str, i128)]; 3] = [&[("TS", 1), ("TM", 60), ("TH", 3600)], &[("D", 1), ("W", 7)], &[("M", 1), ("Y", 12)]];
    let of = |unit: &str| {
        groups.iter().enumerate().find_map(|(g, all)| all.iter().find(|(u, _)| *u == unit).map(|(_, n)| (g, Ratio::whole(*n))))
    };
    let ((g, n), (h, m)) = (of(code)?, of(one)?);
    (g == h).then(|| n.div(m))?
}

impl Figure<'_> {
    /// Whether it may be a price, or what one of several is or has.
    fn can_be_each(&self) -> bool {
        matches!(self.unit, Unit::Money(_) | Unit::Measure(_) | Unit::Count(Some(_)) | Unit::Time(_))
    }
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
    let acts = (end..at)
        .any(|i| a.classes[i].has(Class::Verb) && !a.classes[i].has(Class::PastParticiple) || mark(a, i).is_some_and(|m| m == ';'));
    // « Les 300 places, toutes *vendues* au tarif unique de 12 euros »
    let parted = (end..at).any(|i| mark(a, i) == Some(','));
    let sold = (end..at).any(|i| a.classes[i].has(Class::PastParticiple));
    matches!(each.unit, Unit::Money(_)) && led && !acts && (!parted || sold) && at.saturating_sub(end) <= if sold { 10 } else { 6 }
}

/// The total of a product, where one is told, and whether it is right.
fn total(a: &Analysis, p: &Priced, this: &[Figure], next: &[Figure], language: &Language) -> Option<Tie> {
    let own = |f: &&Figure| f.mention.span != p.each.mention.span && f.mention.span != p.count.mention.span;
    let alike =
        |f: &&Figure| own(f) && pair::comparable(a, f, &p.each) && f.unit != Unit::Percent && !matches!(f.unit, Unit::Count(None));
    let all: Vec<&Figure> = this.iter().chain(next).filter(|f| alike(f)).collect();
    let larger: Vec<&&Figure> =
        all.iter().filter(|f| pair::aligned(&p.each, f).is_some_and(|(x, y)| y.written > x.written)).collect();
    let count = Bounds::of(&exact(p.count.amount)).mul(Bounds::exactly(p.times))?;
    let fits = |f: &Figure| {
        let (each, total) = pair::aligned(&p.each, f)?;
        Some(count.mul(Bounds::of(&each))?.meets(Bounds::of(&total)))
    };
    // Closed is closed.
    if all.iter().any(|f| fits(f) == Some(true)) {
        return None;
    }
    let [total] = larger[..] else { return None };
    if !told(a, total, language) && !shared_out(a, p) && !closed(p, total, this, next) {
        return None;
    }
    let (each, sum) = pair::aligned(&p.each, total)?;
    let expected = p.count.amount.written.mul(p.times)?.mul(each.written)?;
    let ratio = sum.written.div(expected)?;
    // What is far from it is of something else, but for a slip of scale.
    let far = Ratio::whole(if shared_out(a, p) { 3 } else { 2 });
    let near = ratio >= Ratio::ONE.div(far)? && ratio <= far
        || [10, 100, 1000].into_iter().any(|n| ratio == Ratio::whole(n) || Some(ratio) == Ratio::new(1, n));
    if !near || other_part(a, p, total, this) {
        return None;
    }
    let mut facets: Facets = [&p.count, &p.each, *total].iter().fold(Facets::default(), |mut acc, f| {
        for facet in [Facet::Negated, Facet::Hypothetical] {
            acc.insert_if(stance(f.mention).contains(facet), facet);
        }
        acc
    });
    facets.insert_if([&p.count, &p.each, *total].iter().all(|f| stance(f.mention).contains(Facet::Quoted)), Facet::Quoted);
    let vague = [&p.count, &p.each, *total].iter().any(|f| !f.amount.is_exact());
    facets.insert_if(vague, Facet::Approximate);
    let values = vec![("expected", Right::Number(Amount::exact(round(expected, each.precision)?, each.precision)))];
    let pair = cover(&p.count.tokens(), &p.each.tokens());
    let join = if total.mention.sentence == p.each.mention.sentence { Join::Sentence } else { Join::Next };
    let roles = vec![("total", total.span(a)), ("numbers", a.span(pair))];
    Some(Tie { kind: TieKind::Product, roles, join, reading: p.reading, holds: false, values, facets })
}

/// Whether the three close by what they are figures of: an exact price or measure of one, the only count of what it is of, and the only
/// other figure of its unit.
fn closed(p: &Priced, total: &Figure, this: &[Figure], next: &[Figure]) -> bool {
    let counts = this.iter().chain(next).filter(|f| counts(f, &p.each) && f.mention.span != total.mention.span).count();
    let sum = matches!(total.unit, Unit::Money(_) | Unit::Measure(_)) && total.unit == p.each.unit
        || pair::aligned(&p.each, total).is_some_and(|(x, _)| x != *p.each.amount);
    let exact = [&p.count, &p.each, total].iter().all(|f| f.amount.is_exact());
    sum && exact && (counts == 1 || p.reading == "of each" && counts == 2)
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
fn other_part(a: &Analysis, p: &Priced, total: &Figure, this: &[Figure]) -> bool {
    // What is told past the sentences of the three is no part of it: "Another £3,400 came from the raffle."
    [&p.count, &p.each, total]
        .into_iter()
        .map(|f| a.sentence(f.mention.tokens.0 as usize))
        .any(|s| cue_in(a, "besides", s.clone()) || added(a, s))
        || this.iter().filter(|f| matches!(f.unit, Unit::Percent)).count() > 0
        || p.count.amount.written.mul(p.times).is_none_or(|n| n <= Ratio::ONE)
}

/// Whether words tell of what comes on top: fees, taxes; "there were no other expenses" tells of none.
fn added(a: &Analysis, sentence: Range<usize>) -> bool {
    find_cue(a, "tie-on-top", sentence.clone()).is_some_and(|cue| {
        let near = cue.start.saturating_sub(3).max(sentence.start)..cue.start;
        !cue_in(a, "not-any", near)
    })
}

/// Whether words say that the price is what the total makes for each: « Rapporté aux 1 200 habitants, cela représente 80 euros par personne ».
fn shared_out(a: &Analysis, p: &Priced) -> bool {
    let at = p.each.mention.tokens.0 as usize;
    let sentence = a.sentence(at);
    p.count.mention.sentence == p.each.mention.sentence
        && cue_in(a, "tie-shared-out", at.saturating_sub(14).max(sentence.start)..at)
}

fn cover(x: &Range<usize>, y: &Range<usize>) -> Range<usize> {
    x.start.min(y.start)..x.end.max(y.end)
}
