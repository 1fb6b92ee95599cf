//! Parts against their total.

mod apart;
mod column;
mod left;
mod listing;
mod run;

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use self::apart::{exclusive, heads};
use self::listing::Listed;
use super::figure::{cue_in, same_word};
use super::names::SetName;
use super::{Conflict, Relation};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Mention, Quantity, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::Language;
use crate::language::grammar::Class;
use crate::language::lexicon::LemmaId;
use crate::span::Span;

/// `add-up`: parts that exhaust a total make it; parts of a total do not exceed it.
///
/// Parts are added only where what they count excludes each other, as the language's `exclusive` groups have it: a woman may be a
/// tourist, but no man. The total must be what the parts belong to: people of people, graves of graves, and no « 62 pays, dont 140 clubs ».
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AddUp {
    /// The cue set after which parts exhaust the total.
    #[schemars(with = "SetName")]
    pub exhaustive: String,
    /// The cue set after which parts are some of the total.
    #[schemars(with = "SetName")]
    pub including: String,
    /// The cue set of words that compare amounts and count nothing: « deux *fois* plus ».
    #[schemars(with = "SetName")]
    pub times: String,
    /// The cue set of words by which more belongs to the total than is listed.
    #[schemars(with = "SetName")]
    pub besides: String,
    /// The cue set of nouns for people, beside those that the grammar knows.
    #[schemars(with = "SetName")]
    pub people: String,
    /// The cue set of nouns for whoever an accident strikes, of whom the dead and the injured are parts.
    #[schemars(with = "SetName")]
    pub casualties: String,
}

/// A total, the words after it, and the parts.
struct Sum<'a> {
    total: &'a Mention,
    amount: &'a Amount,
    head: usize,
    opening: Opening,
    parts: Vec<(&'a Mention, &'a Quantity)>,
    /// One more that an article counts: « sept femmes *et un enfant* ».
    one_more: bool,
    /// Whether more belongs to the total than the parts that are listed.
    open: bool,
}

/// What leads from the total to its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// « soit », "namely": nothing else is of the total.
    Word,
    /// A colon or a dash, which may as well open what came of it: « 50 enfants dans un car : deux morts ».
    Mark,
    /// « dont », "including".
    Including,
}

impl Relation for AddUp {
    fn roles(&self) -> &'static [&'static str] {
        &["total", "parts"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["parts.sum", "total.amount"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Approximate, Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        for (i, m) in a.mentions.iter().enumerate() {
            let Some(sum) = self.sum(a, m, &a.mentions[..i], &a.mentions[i + 1..]) else { continue };
            let Some(language) = a.language(m.tokens.0 as usize) else { continue };
            found.extend(self.conflict(a, &sum, language));
        }
        let totals: Vec<Span> = found.iter().map(|c: &Conflict| c.roles[0].1).collect();
        let lists = listing::listed(a).into_iter().chain(column::columns(a)).chain(left::rests(a)).map(|l| of_list(a, &l));
        found.extend(lists.filter(|c| !totals.contains(&c.roles[0].1)));
        // "Set 255 in 68 overs, Calder were 140 for two and all out for 198": an innings.
        found.retain(|c| !cue_in(a, "cricket", a.sentence(a.tokens_in(c.roles[1].1).start)));
        found
    }
}

impl AddUp {
    /// The parts that follow a total in its sentence.
    fn sum<'a>(&self, a: &'a Analysis, total: &'a Mention, before: &[Mention], after: &'a [Mention]) -> Option<Sum<'a>> {
        let Value::Quantity(Quantity { amount, counted }) = &total.value else { return None };
        let at = total.tokens.0 as usize;
        let cues = &a.language(at)?.cues;
        let sentence = a.sentence(at);
        let after = &after[..after.partition_point(|m| m.sentence == total.sentence)];
        // What counts nothing is a total only where its parts follow at once: "the crew of 21, namely 11 men and 10 women".
        let head = counted.as_ref().map_or(total.tokens.1 - 1, |c| c.head) as usize;
        // « une arrestation » is an article; « 263 blessés, dont 5 graves, dont 81 gendarmes » does not say of whom the last are a part.
        let led = cues.get(&self.including).before(a, at, sentence.start).is_some();
        if amount.written <= Ratio::ONE || led || cues.get(&self.times).at(a, head).is_some() {
            return None;
        }
        let first = after
            .iter()
            .take_while(|m| m.sentence == total.sentence)
            .find(|m| matches!(m.value, Value::Quantity(_)) && m.tokens.0 as usize > head)?;
        // Nothing but the total's own noun group, a complement and a verb stand between it and the cue.
        let between = total.tokens.1 as usize..first.tokens.0 as usize;
        if between.len() > 14 {
            return None;
        }
        let opening = self.opening(a, between.clone())?;
        let apposed = mark(a, between.end - 1) == Some(',') && opening == Opening::Mark;
        if counted.is_none() && (opening == Opening::Including || between.len() > 3) {
            return None;
        }
        let mut parts: Vec<(&Mention, &Quantity)> = Vec::new();
        for m in after.iter().skip_while(|m| m.span.start < first.span.start) {
            let Value::Quantity(q) = &m.value else { break };
            if m.sentence != total.sentence
                || parts.last().is_some_and(|(p, _)| !joined(a, p.tokens.1 as usize..m.tokens.0 as usize))
            {
                break;
            }
            parts.push((m, q));
        }
        let (last, lq) = parts.last()?;
        let end = part_end(last, lq);
        // "six officers, two women and three men were hurt" is one list: an apposition is closed by a comma.
        if apposed && end < sentence.end && mark(a, end) != Some(',') {
            return None;
        }
        let one_more = article_part(a, end, &parts, sentence.end);
        let counts = |m: &&Mention| matches!(m.value, Value::Quantity(_)) && m.sentence == total.sentence;
        let further = after.iter().find(|m| counts(m) && m.tokens.0 >= last.tokens.1).is_some();
        let open = further
            || cues.get(&self.besides).stands_in(a, end..sentence.end)
            || one_more.is_none() && another_group(a, end, sentence.end);
        // « 60 matchs en trois saisons, dont douze à l'extérieur »: what came before may be the whole as well.
        let (_, q) = parts.first()?;
        let earlier = before
            .iter()
            .rev()
            .take_while(|m| m.sentence == total.sentence)
            .any(|m| matches!(&m.value, Value::Quantity(e) if e.amount.written >= q.amount.written));
        let whole = opening != Opening::Including || !earlier;
        whole.then_some(Sum { total, amount, head, opening, parts, one_more: one_more == Some(true), open })
    }

    /// What stands right before the parts.
    fn opening(&self, a: &Analysis, between: Range<usize>) -> Option<Opening> {
        let last = between.end.checked_sub(1).filter(|l| *l >= between.start)?;
        let cues = &a.language(last)?.cues;
        if cues.get(&self.including).before(a, between.end, between.start).is_some() {
            return Some(Opening::Including);
        }
        if cues.get(&self.exhaustive).before(a, between.end, between.start).is_some() {
            return Some(Opening::Word);
        }
        let dash = matches!(mark(a, last), Some('-' | '–' | '—')) && !a.tokens[last].glued && !a.tokens[between.end].glued;
        // « les douze jurés, sept femmes et six hommes »: nothing but what narrows the total stands between.
        let apposed = matches!(mark(a, last), Some(',' | '(')) && !between.clone().any(|i| a.classes[i].has(Class::Verb));
        let divided = cue_in(a, "divides", between.start..between.end);
        (mark(a, last) == Some(':') || dash || apposed || divided).then_some(Opening::Mark)
    }

    /// Whether a noun is one for people.
    fn person(&self, a: &Analysis, token: usize, language: &Language) -> bool {
        let ids = &language.grammar.ids;
        let known = a.readings(token).iter().any(|r| {
            ids.participants.contains(&r.lemma)
                || ids.exclusive.iter().flatten().any(|g| g.contains(&r.lemma))
                || ids.concepts.iter().any(|(l, _, predicate)| !predicate && *l == r.lemma)
        });
        known || [&self.people, &self.casualties].iter().any(|set| language.cues.get(set).at(a, token).is_some())
    }

    /// Whether the parts can be parts of what the total counts.
    fn belongs(&self, a: &Analysis, sum: &Sum, parts: &[(&Mention, &Quantity)], language: &Language) -> bool {
        let person = |i: usize| self.person(a, i, language);
        match sum.opening {
            Opening::Word => true,
            // The dead and the injured are parts of those whom the accident struck; of other people they are what became of them.
            Opening::Mark => {
                let fate = |l: LemmaId| language.grammar.ids.concepts.iter().any(|(c, _, predicate)| !predicate && *c == l);
                let struck = language.cues.get(&self.casualties).at(a, sum.head).is_some();
                struck || !parts.iter().any(|(m, _)| heads(a, m).any(fate))
            }
            // « 12 blessés, dont 15 graves », « dont 15 à Lyon »: what has no noun of its own has the total's.
            Opening::Including => parts.iter().all(|(_, q)| {
                q.counted.as_ref().is_none_or(|c| {
                    let part = c.head as usize;
                    same_word(a, part, sum.head) || described(a, part) || person(part) && person(sum.head)
                })
            }),
        }
    }

    fn conflict(&self, a: &Analysis, sum: &Sum, language: &Language) -> Option<Conflict> {
        let parts: Vec<&Mention> = sum.parts.iter().map(|(m, _)| *m).collect();
        let exclusive = parts.len() >= 2 && exclusive(a, &parts, language);
        let exhaustive = sum.opening != Opening::Including;
        // After « soit » what has names of its own is told apart too: « 12 camions et 17 voitures ».
        let things = sum.opening == Opening::Word && !exclusive && sum.parts.len() >= 2 && told_apart(a, sum);
        let apart = exclusive || things;
        // Where parts may overlap each of them alone must fit.
        let parts = if apart { &sum.parts[..] } else { sum.parts.get(..1)? };
        // « quatre enfants, trois femmes, deux hommes »: the first of a list is no total.
        let listed: Vec<&Mention> = [sum.total].into_iter().chain(parts.iter().map(|(m, _)| *m)).collect();
        if sum.opening == Opening::Mark && apart::exclusive(a, &listed, language) {
            return None;
        }
        if !self.belongs(a, sum, parts, language) {
            return None;
        }
        let more = Amount::whole(i128::from(apart && sum.one_more));
        let made = parts.iter().try_fold(more, |acc, (_, q)| add(acc, q.amount))?;
        let exceeds = made.written > sum.amount.written && sum.amount.high.is_some();
        let differs = apart && exhaustive && (exceeds || !sum.open && made.written < sum.amount.written);
        // What is far from the total is no list of its parts.
        let adjacent = sum.parts[0].0.tokens.0 as usize <= sum.head + 3;
        if !(differs && near(made.written, sum.amount.written, adjacent && !things)? || exceeds && !exhaustive) {
            return None;
        }
        let mut facets = Facets::default();
        facets.insert_if(!sum.amount.is_exact() || parts.iter().any(|(_, q)| !q.amount.is_exact()), Facet::Approximate);
        facets.insert_if(sum.total.stance.quoted, Facet::Quoted);
        let mut values = Bindings::default();
        values.bind("parts.sum", Bound::Amount(made));
        values.bind("total.amount", Bound::Amount(*sum.amount));
        let (first, last) = (parts.first()?, parts.last()?);
        let whole = a.span(sum.total.tokens.0 as usize..(sum.head + 1).max(sum.total.tokens.1 as usize));
        let parts = a.span(first.0.tokens.0 as usize..part_end(last.0, last.1));
        Some(Conflict { roles: vec![("total", whole), ("parts", parts)], values, facets })
    }
}

/// A list that does not make its total.
fn of_list(a: &Analysis, list: &Listed) -> Conflict {
    let made = Amount::exact(list.sum, list.parts[0].amount.precision);
    let mut facets = Facets::default();
    facets.insert_if(!list.total.amount.is_exact() || list.parts.iter().any(|f| !f.amount.is_exact()), Facet::Approximate);
    facets.insert_if(list.total.mention.stance.quoted, Facet::Quoted);
    let mut values = Bindings::default();
    values.bind("parts.sum", Bound::Amount(made));
    values.bind("total.amount", Bound::Amount(*list.total.amount));
    Conflict { roles: vec![("total", list.total.span(a)), ("parts", a.span(list.tokens.clone()))], values, facets }
}

/// Whether a sum is near enough to the total to be meant for it: where nothing stands between, half of it to its double.
fn near(made: Ratio, total: Ratio, adjacent: bool) -> Option<bool> {
    let (below, above) = if adjacent { (Ratio::new(1, 2)?, Ratio::whole(2)) } else { (Ratio::new(17, 20)?, Ratio::new(23, 20)?) };
    let one = made == total.add(Ratio::ONE)? || made.add(Ratio::ONE)? == total;
    Some(one || made >= total.mul(below)? && made <= total.mul(above)?)
}

/// One past the last token of a part and the noun that it counts.
fn part_end(m: &Mention, q: &Quantity) -> usize {
    q.counted.as_ref().map_or(m.tokens.1, |c| c.head + 1).max(m.tokens.1) as usize
}

/// Whether the word behind a number only describes those that are counted: « 15 *graves* », "15 *serious*".
fn described(a: &Analysis, token: usize) -> bool {
    let c = a.classes[token];
    c.has(Class::Adjective) && !c.has(Class::Noun) || c.has(Class::PastParticiple)
}

/// What an article counts behind the last part: `Some(true)` where it excludes the parts and so makes one more: « et un enfant ».
fn article_part(a: &Analysis, end: usize, parts: &[(&Mention, &Quantity)], sentence_end: usize) -> Option<bool> {
    let language = a.language(end.min(a.tokens.len() - 1))?;
    let (article, noun) = (joint(a, end, sentence_end)?, joint(a, end, sentence_end)? + 1);
    let one = noun < sentence_end && language.numbers.articles.iter().any(|w| w == a.lower(article));
    let known = |group: &&Vec<Vec<LemmaId>>| {
        let of = |i: LemmaId| group.iter().position(|g| g.contains(&i));
        let seen: Vec<usize> = parts.iter().filter_map(|(m, _)| heads(a, m).find_map(of)).collect();
        seen.len() == parts.len() && a.readings(noun).iter().filter_map(|r| of(r.lemma)).any(|i| !seen.contains(&i))
    };
    (one && language.grammar.ids.exclusive.iter().any(|g| known(&g))).then_some(true)
}

/// Where the group begins that a coordinator, or a comma, joins to what ends before a token.
fn joint(a: &Analysis, end: usize, sentence_end: usize) -> Option<usize> {
    // The last part may be described: « six femmes *âgées* et un enfant ».
    let past = (end..sentence_end.min(end + 4)).find(|&i| mark(a, i).is_some() || a.classes[i].has(Class::Coordinator))?;
    let comma = mark(a, past) == Some(',');
    let at = past + 1 + usize::from(comma && past + 1 < sentence_end && a.classes[past + 1].has(Class::Coordinator));
    ((comma || a.classes[past].has(Class::Coordinator)) && at < sentence_end).then_some(at)
}

/// Whether another group of nouns is joined to the parts: « et un suppléant », "and the mayor", « , une chienne ».
fn another_group(a: &Analysis, end: usize, sentence_end: usize) -> bool {
    let Some(at) = joint(a, end, sentence_end) else { return false };
    let coordinated = a.classes[at - 1].has(Class::Coordinator);
    let indefinite = a.language(at).is_some_and(|l| l.cues.get("indefinite").at(a, at).is_some());
    let c = a.classes[at];
    indefinite || coordinated && [Class::Determiner, Class::Noun, Class::Proper].iter().any(|k| c.has(*k)) && !c.has(Class::Verb)
}

/// Whether each part counts something of its own, which the total does not count.
fn told_apart(a: &Analysis, sum: &Sum) -> bool {
    let nouns: Option<Vec<usize>> = sum.parts.iter().map(|(_, q)| q.counted.as_ref().map(|c| c.head as usize)).collect();
    nouns.is_some_and(|n| {
        let apart = |i: usize| n[..i].iter().chain([&sum.head]).all(|j| !same_word(a, n[i], *j));
        (0..n.len()).all(apart)
    })
}

/// Whether only what is counted, commas and coordinators stand between two parts.
fn joined(a: &Analysis, between: Range<usize>) -> bool {
    between.len() <= 6
        && between.clone().any(|i| mark(a, i) == Some(',') || a.classes[i].has(Class::Coordinator))
        && between.into_iter().all(|i| {
            mark(a, i).is_none_or(|c| c == ',') && !a.classes[i].has(Class::Subordinator) && !a.classes[i].has(Class::Preposition)
        })
}

/// The sum of two amounts, bound by bound.
fn add(x: Amount, y: Amount) -> Option<Amount> {
    let both = |a: Option<_>, b: Option<_>| match (a, b) {
        (Some(a), Some(b)) => Ratio::add(a, b),
        _ => None,
    };
    Some(Amount {
        written: x.written.add(y.written)?,
        low: both(x.low, y.low),
        high: both(x.high, y.high),
        precision: x.precision.max(y.precision),
    })
}
