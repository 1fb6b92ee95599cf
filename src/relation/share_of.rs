//! A part of a whole against the share that is stated.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{figure, find_cue, same_word};
use super::names::SetName;
use super::{Conflict, Relation};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Mention, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::cut::is_hyphen;
use crate::language::grammar::Class;
use crate::mention::quantity::{HUNDRED, linked};

/// `share-of`: « trois sur douze, soit 25 % », « 25 % des douze, soit trois »: the share is the part in the whole, rounded or cut to the
/// digits given. A share that names a whole of its own is of that: « soit 35 % du chiffre d'affaires ».
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ShareOf {
    /// The cue set that stands between part and whole, or before the whole.
    #[schemars(with = "SetName")]
    pub of: String,
    /// The cue set before the share.
    #[schemars(with = "SetName")]
    pub or: String,
    /// The cue set of words for the whole once more: « soit 35 % *du total* ».
    #[schemars(with = "SetName")]
    pub again: String,
    /// The cue set of things of which a share in brackets may be of the vote: « 89 sièges (17 %) ».
    #[schemars(with = "SetName")]
    pub seats: String,
}

/// A count by its number, with the tokens of the number and of what it counts.
#[derive(Clone)]
struct Count<'a> {
    amount: Amount,
    noun: Option<usize>,
    tokens: Range<usize>,
    mention: &'a Mention,
}

/// A part of a whole, as one sentence counts them.
struct Parted<'a> {
    part: Count<'a>,
    whole: Count<'a>,
}

impl Relation for ShareOf {
    fn roles(&self) -> &'static [&'static str] {
        &["stated", "part", "whole"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["stated.expected"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Approximate, Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        for (i, m) in a.mentions.iter().enumerate() {
            let Value::Percent(stated) = &m.value else { continue };
            let parted = self.share_last(a, m, &a.mentions[..i]).or_else(|| self.share_first(a, m, &a.mentions[i + 1..]));
            found.extend(parted.and_then(|p| judge(a, m, stated, &p)));
        }
        found
    }
}

impl ShareOf {
    /// « sur douze, trois, soit 25 % », "100 of the 400 shops (25%)"
    fn share_last<'a>(&self, a: &'a Analysis, m: &Mention, before: &'a [Mention]) -> Option<Parted<'a>> {
        let at = m.tokens.0 as usize;
        let language = a.language(at)?;
        let start = a.sentence(at).start;
        let or = self.opened(a, m, start)?;
        let mut figures = before.iter().rev().take_while(|x| x.sentence == m.sentence).filter(|x| figure(x).is_some());
        let second = count(figures.next()?)?;
        if or < second.tokens.end || or - second.tokens.end > 10 {
            return None;
        }
        let between = second.tokens.end..or - 1;
        let parted = match self.parted_in_one(a, &second) {
            Some(parted) => parted,
            None => self.two_counts(a, count(figures.next()?)?, second)?,
        };
        let bracket = mark(a, or - 1) == Some('(');
        let seats = |c: &Count| c.noun.is_some_and(|n| language.cues.get(&self.seats).at(a, n).is_some());
        let of_votes = bracket && (seats(&parted.part) || seats(&parted.whole));
        // « deux bureaux sur cinq, la Rive (61 %) »: the share of one of them.
        let named = bracket && or >= 2 && a.tokens[or - 2].case.is_capital() && { between }.any(|i| mark(a, i) == Some(','));
        (!of_votes && !named && self.of_this_whole(a, m, &parted.whole)).then_some(parted)
    }

    /// Where the words that state the share end: the cue, « soit environ », or a comma or dash before and behind it.
    fn opened(&self, a: &Analysis, m: &Mention, start: usize) -> Option<usize> {
        let (at, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
        let or = &a.language(at)?.cues;
        let said = (at.saturating_sub(3)..=at).rev().find(|&i| i > start && or.get(&self.or).before(a, i, start).is_some());
        let set_off = |i: usize| mark(a, i).filter(|c| matches!(c, ',' | '-' | '–' | '—'));
        let parenthesis = || at > start + 1 && end < a.tokens.len() && set_off(at - 1).is_some() && set_off(at - 1) == set_off(end);
        said.or_else(|| parenthesis().then_some(at))
    }

    /// The part and the whole of a fraction in figures: "100 out of 400 shops".
    fn parted_in_one<'a>(&self, a: &'a Analysis, c: &Count<'a>) -> Option<Parted<'a>> {
        let number = c.mention.tokens.0 as usize..c.mention.tokens.1 as usize;
        let of = find_cue(a, &self.of, number.clone())?;
        let whole = Ratio::ONE.div(c.amount.precision)?;
        let part = Amount::exact(c.amount.written.mul(whole)?, Ratio::ONE);
        let whole = Count { amount: Amount::exact(whole, Ratio::ONE), tokens: of.end..c.tokens.end, ..c.clone() };
        Some(Parted { part: Count { amount: part, tokens: number.start..of.start, ..c.clone() }, whole })
    }

    /// Which of two counts is the part of the other, if a word says so and they count one thing.
    fn two_counts<'a>(&self, a: &Analysis, first: Count<'a>, second: Count<'a>) -> Option<Parted<'a>> {
        let (part, whole) = match (self.led(a, &first), self.led(a, &second)) {
            (false, true) => (first, second),
            (true, false) => (second, first),
            // "a total of 100 of 400 homes"
            (true, true) if second.tokens.start <= first.tokens.end + 3 => (first, second),
            _ => return None,
        };
        let one = |x: usize, y: usize| same_word(a, x, y);
        let same = part.noun.zip(whole.noun).is_none_or(|(x, y)| one(x, y) || a.tokens[y].case.is_capital());
        same.then_some(Parted { part, whole })
    }

    /// Whether a count is what others are a part of: « *sur* les 400 », "*out of* 400".
    fn led(&self, a: &Analysis, c: &Count) -> bool {
        let Some(language) = a.language(c.tokens.start) else { return false };
        let start = a.sentence(c.tokens.start).start;
        let of = language.cues.get(&self.of);
        let article = |i: usize| a.classes[i].has(Class::Determiner) && !a.classes[i].has(Class::Numeral);
        // « sur les 400 », « des 400 », « de ses 400 »
        let within = |at: usize| at > start && (at..c.tokens.start).all(article);
        (0..=2).filter_map(|n| c.tokens.start.checked_sub(n)).any(|at| within(at) && of.before(a, at, start).is_some())
    }

    /// Whether what follows the share leaves it one of that whole: nothing, a verb, or the same whole once more.
    fn of_this_whole(&self, a: &Analysis, m: &Mention, whole: &Count) -> bool {
        let (at, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
        let sentence = a.sentence(at);
        let signed = at > sentence.start && mark(a, at - 1).is_some_and(|c| c == '+' || is_hyphen(c) && a.tokens[at].glued);
        if signed || end >= sentence.end {
            return !signed;
        }
        let c = a.classes[end];
        let acts = (c.has(Class::Verb) || c.has(Class::Modal) || c.has(Class::Auxiliary)) && !c.has(Class::Preposition);
        mark(a, end).is_some() || acts || self.named_again(a, end, whole)
    }

    /// Whether the group after « de » is the whole once more: « des 400 foyers », "of the total".
    fn named_again(&self, a: &Analysis, link: usize, whole: &Count) -> bool {
        let Some(language) = a.language(link) else { return false };
        if !linked(a, link, language) {
            return false;
        }
        let next = a.chunks.partition_point(|c| c.tokens.1 as usize <= link + 1);
        let Some(group) = a.chunks.get(next).filter(|c| c.tokens.0 as usize <= link + 1) else { return false };
        let head = group.head as usize;
        language.cues.get(&self.again).at(a, head).is_some() || whole.noun.is_some_and(|n| same_word(a, n, head))
    }

    /// « 25 % des douze salariés, soit trois »
    fn share_first<'a>(&self, a: &'a Analysis, m: &Mention, after: &'a [Mention]) -> Option<Parted<'a>> {
        let end = m.tokens.1 as usize;
        let sentence = a.sentence(end - 1);
        let mut figures = after.iter().take_while(|x| x.sentence == m.sentence).filter(|x| figure(x).is_some());
        let (whole, part) = (count(figures.next()?)?, count(figures.next()?)?);
        let language = a.language(end - 1)?;
        let article = |i: usize| a.classes[i].has(Class::Determiner) || a.classes[i].has(Class::Preposition);
        let of = linked(a, end, language) && (end..whole.tokens.start).all(article) && whole.tokens.start <= end + 2;
        let or = language.cues.get(&self.or).before(a, part.tokens.start, whole.tokens.end).is_some();
        if part.tokens.start < whole.tokens.end {
            return None;
        }
        let closed = part.tokens.end >= sentence.end || mark(a, part.tokens.end).is_some();
        let one = part.noun.is_none() || part.noun.zip(whole.noun).is_some_and(|(x, y)| same_word(a, x, y));
        (of && or && closed && one && part.tokens.start - whole.tokens.end <= 10).then_some(Parted { part, whole })
    }
}

/// The count that a mention states.
fn count(m: &Mention) -> Option<Count<'_>> {
    let Value::Quantity(q) = &m.value else { return None };
    let noun = q.counted.as_ref().map(|c| c.head as usize);
    Some(Count { amount: q.amount, noun, tokens: figure(m)?.tokens(), mention: m })
}

fn judge(a: &Analysis, m: &Mention, stated: &Amount, Parted { part, whole }: &Parted) -> Option<Conflict> {
    let (p, w) = (part.amount.written, whole.amount.written);
    if w <= Ratio::ZERO || p > w || p.as_whole().is_none() || w < Ratio::whole(2) {
        return None;
    }
    let expected = p.div(w)?.mul(HUNDRED)?;
    // « sept sur dix » is itself a rounded share.
    let idiom = if w <= Ratio::whole(10) { HUNDRED.div(w)? } else { Ratio::ZERO };
    let half = stated.precision.max(idiom).div(Ratio::whole(2))?;
    let (low, high) = (stated.low.unwrap_or(Ratio::ZERO), stated.high.unwrap_or(HUNDRED));
    // Rounded, « 33 % » stands for 32.5 to 33.5; cut, for 33 to 34.
    if expected >= low.sub(half)? && expected < high.add(stated.precision.max(half))? {
        return None;
    }
    let mut facets = Facets::default();
    facets.insert_if(!stated.is_exact() || about(&part.amount, &whole.amount, stated.written), Facet::Approximate);
    facets.insert_if(m.stance.quoted, Facet::Quoted);
    let mut values = Bindings::default();
    values.bind("stated.expected", Bound::Percent(Amount::exact(round(expected, stated.precision)?, stated.precision)));
    // "*100* of the 400 homes": what both count stands behind the whole.
    let shared = part.tokens.contains(&whole.tokens.start);
    let part_tokens = if shared { part.tokens.start..part.mention.tokens.1 as usize } else { part.tokens.clone() };
    Some(Conflict {
        roles: vec![("stated", m.span), ("part", a.span(part_tokens)), ("whole", a.span(whole.tokens.clone()))],
        values,
        facets,
    })
}

/// Whether a part or a whole that is given as about so many leaves room for the share: "some 100 of the 400" may be 30 %, but not 40 %.
fn about(part: &Amount, whole: &Amount, stated: Ratio) -> bool {
    let bounds = || {
        let share = |p: Ratio, w: Ratio| p.div(w)?.mul(HUNDRED);
        Some((share(part.low?, whole.high?)?.mul(Ratio::new(5, 6)?)?, share(part.high?, whole.low?)?.mul(Ratio::new(6, 5)?)?))
    };
    !(part.is_exact() && whole.is_exact()) && bounds().is_none_or(|(low, high)| (low..=high).contains(&stated))
}

/// A number rounded half up to a multiple of a step.
pub(super) fn round(n: Ratio, step: Ratio) -> Option<Ratio> {
    let steps: Ratio = n.div(step)?;
    let whole = steps.to_decimal(0).parse::<i128>().ok()?;
    Ratio::whole(whole).mul(step)
}
