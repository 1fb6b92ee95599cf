//! As many are named as were counted.

mod row;
mod rows;

use std::collections::BTreeMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::parted;
use super::human::human;
use super::names::{Keyed, SetName};
use super::support::blocks;
use super::{Conflict, Relation};
use crate::amount::Ratio;
use crate::analysis::{Analysis, Case, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::span::Span;

/// `as-many`: a count of people with a colon after it is followed by as many names, and a duo by two.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AsMany {
    /// Cue sets of what is so many by its name: a duo, a trio.
    #[serde(default)]
    #[schemars(with = "Keyed<SetName>")]
    pub groups: BTreeMap<String, u32>,
}

/// Words before a name that say who it is, at most: « le souffleur de verre Luc Morand ».
const GROUP: usize = 6;

/// Words of what those who are counted are of, at most: "the four directors of the Kano textile company".
const COMPLEMENT: usize = 9;

/// Sentences behind a count in which its list may begin.
const NEXT: usize = 3;

/// Words between what is counted and the colon, at most.
const LEAD: usize = 25;

impl Relation for AsMany {
    fn roles(&self) -> &'static [&'static str] {
        &["count", "named"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["named.count"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::PartOf, Facet::Approximate]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = counted(a);
        found.extend(self.grouped(a));
        // One row for a count is enough.
        let beside = self.beside(a).into_iter();
        let whole = |c: &Conflict| !goes_on(a, c.roles[1].1);
        let more: Vec<Conflict> =
            beside.filter(whole).filter(|c| !found.iter().any(|f| meets(f.roles[0].1, c.roles[0].1))).collect();
        found.extend(more);
        found
    }
}

/// Whether a row names more than its names: somebody after it (« Emanuel et Miriam Riva, un couple, Dominique Morel … »), or several at once
/// (« l'Italie, les pays scandinaves et Chypre »).
fn goes_on(a: &Analysis, row: Span) -> bool {
    let tokens = a.tokens_in(row);
    let end = a.sentence(tokens.start).end;
    let name = |v: &Value| matches!(v, Value::Person(_));
    let after =
        tokens.end < end && mark(a, tokens.end) == Some(',') && a.mentions_in(tokens.end..end).iter().any(|m| name(&m.value));
    let several = tokens.clone().any(|i| {
        a.tokens[i].kind == TokenKind::Word
            && !a.tokens[i].case.is_capital()
            && a.classes[i].has(Class::Noun)
            && !(i > tokens.start && a.classes[i - 1].has(Class::Numeral))
            && a.readings(i).iter().any(|r| r.tag.plural())
    });
    after || several
}

fn meets(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

fn conflict(count: Span, list: Span, named: usize, facets: Facets) -> Conflict {
    let mut values = Bindings::default();
    values.bind("named.count", Bound::Count(named));
    Conflict { roles: vec![("count", count), ("named", list)], values, facets }
}

/// Counts of people that a colon and their names follow.
fn counted(a: &Analysis) -> Vec<Conflict> {
    let mut found = Vec::new();
    for m in &a.mentions {
        let Value::Quantity(q) = &m.value else { continue };
        if parted(a, m) {
            continue;
        }
        let (Some(counted), Some(language)) = (&q.counted, a.language(m.tokens.0 as usize)) else { continue };
        let head = counted.head as usize;
        let sentence = a.sentence(m.tokens.0 as usize);
        if !human(a, head) {
            continue;
        }
        let colon = (head..sentence.end).find(|&i| mark(a, i) == Some(':')).filter(|c| c - head <= LEAD);
        // « Ses trois petits-enfants, Manon, Basile et Adèle, »
        let inline = || {
            let plain = |i: usize| !a.classes[i].has(Class::Verb) || a.classes[i].has(Class::Noun);
            let comma = (head + 1..sentence.end).take(COMPLEMENT).take_while(|&i| plain(i)).find(|&i| mark(a, i).is_some())?;
            let of = comma == head + 1 || a.classes[head + 1].has(Class::Preposition);
            let comma = (of && mark(a, comma) == Some(',')).then_some(comma + 1)?;
            let (items, end) = row(a, comma..sentence.end, false)?;
            let closes = end >= sentence.end || mark(a, end).is_some_and(|c| ",.;)»".contains(c));
            closes.then(|| (items, a.span(comma..end)))
        };
        // « Trois hommes … Il s'agit de Luc Morand et de Paul Garrigal. »
        let next = || {
            // The list may wait for what they are told to have done.
            let mut from = sentence.end;
            let mut opener = None;
            for _ in 0..NEXT {
                if !same_block(a, head, from) {
                    break;
                }
                opener = language.cues.get("list-opener").at(a, from);
                let sentence = a.sentence(from);
                let counts = a.mentions_in(sentence.clone()).iter().any(
                    |o| matches!(&o.value, Value::Quantity(q) if q.counted.as_ref().is_some_and(|c| human(a, c.head as usize))),
                );
                if opener.is_some() || counts || named_in(a, sentence.clone()) {
                    break;
                }
                from = sentence.end;
            }
            let opener = opener?;
            let names = names(a, from + opener..a.sentence(from).end).filter(|n| n.len() > 1)?;
            Some((names.len(), names[0].cover(names[names.len() - 1])))
        };
        let Some(colon) = colon else {
            let Some((named, list)) = inline().or_else(next) else { continue };
            if q.amount.written != Ratio::whole(named as i128) && q.amount.written > Ratio::whole(1) {
                let mut facets = Facets::default();
                facets.insert_if(language.cues.get("part").stands_in(a, sentence.clone()), Facet::PartOf);
                facets.insert_if(!q.amount.is_exact(), Facet::Approximate);
                let shown = a.span(m.tokens.0 as usize..(head + 1).max(m.tokens.1 as usize));
                found.push(conflict(shown, list, named, facets));
            }
            continue;
        };
        // A second figure before the colon may be what is named.
        let figures = a.mentions_in(m.tokens.1 as usize..colon).iter().any(|o| matches!(o.value, Value::Quantity(_)));
        let Some(names) = names(a, colon + 1..sentence.end).filter(|n| n.len() > 1 && !figures) else { continue };
        if q.amount.written == Ratio::whole(names.len() as i128) {
            continue;
        }
        let mut facets = Facets::default();
        facets.insert_if(language.cues.get("part").stands_in(a, m.tokens.0 as usize..colon), Facet::PartOf);
        facets.insert_if(!q.amount.is_exact(), Facet::Approximate);
        let shown = a.span(m.tokens.0 as usize..(head + 1).max(m.tokens.1 as usize));
        found.push(conflict(shown, names[0].cover(names[names.len() - 1]), names.len(), facets));
    }
    found
}

/// The people of a list without a verb, where it holds nothing but them, each with what is told of him: « Darren Poole, 22, et … ».
fn names(a: &Analysis, list: Range<usize>) -> Option<Vec<Span>> {
    let opens = |i: usize| i == list.start || matches!(mark(a, i - 1), Some(',' | ';')) || a.classes[i - 1].has(Class::Coordinator);
    let acts = |i: usize| {
        let c = a.classes[i];
        (c.has(Class::Verb) || c.has(Class::Auxiliary) || c.has(Class::Relative))
            && !c.has(Class::Noun)
            && !c.has(Class::Preposition)
    };
    let mut people = Vec::new();
    let mut covered = list.start;
    for m in a.mentions_in(list.clone()) {
        match &m.value {
            Value::Person(p) => {
                let first = if p.title.0 < p.title.1 { p.title.0 as usize } else { m.tokens.0 as usize };
                // « le maire, Luc Morand »: the comma opens nobody new; « le souffleur de verre Luc Morand » is one.
                let joins = |i: &usize| {
                    a.tokens[*i].kind == TokenKind::Word
                        && a.tokens[*i].case == Case::Lower
                        && !acts(*i)
                        && !a.classes[*i].has(Class::Coordinator)
                };
                let group = (list.start..first).rev().take(GROUP).take_while(joins).last().unwrap_or(first);
                // « successeur de feu Malick Ba » is told of whoever stands before it.
                let led = group == first
                    || a.classes[group].has(Class::Determiner)
                    || group + 1 == first && a.classes[group].has(Class::Preposition);
                if !opens(group) || !led {
                    return None;
                }
                people.push(m.span);
                covered = covered.max(m.tokens.1 as usize);
            }
            Value::Place(_) | Value::Organisation(_) => covered = covered.max(m.tokens.1 as usize),
            Value::Age(_) => {}
            Value::Quantity(q) if q.counted.is_none() => {}
            _ => return None,
        }
    }
    let within = |i: usize| a.mentions_in(list.clone()).iter().any(|m| (m.tokens.0 as usize..m.tokens.1 as usize).contains(&i));
    // Whoever is no name, « et leur fils », "and two others", is one of them all the same.
    let other = |i: usize| {
        let determiner =
            a.classes[i].has(Class::Determiner) || a.language(i).is_some_and(|l| l.cues.get("possessive").at(a, i).is_some());
        let end = (i..list.end).take(GROUP + 1).find(|&j| mark(a, j).is_some()).unwrap_or(list.end.min(i + GROUP + 1));
        let named = || a.mentions_in(i..end).iter().any(|m| matches!(m.value, Value::Person(_)));
        // « et d'un cousin »
        let joined = |i: usize| i > list.start && a.classes[i - 1].has(Class::Coordinator);
        let governed = i > list.start && a.classes[i - 1].has(Class::Preposition) && joined(i - 1);
        determiner && (joined(i) || governed) && !named()
    };
    // « Luc Morand, *qui présidait la commission,* et … », "Ann Herrick, from *Rothbury*"
    let aside = |i: usize| {
        let start = (list.start..=i).rev().take_while(|&j| mark(a, j).is_none()).last().unwrap_or(i);
        start > list.start && a.classes[start].has(Class::Relative) && mark(a, start - 1) == Some(',')
    };
    let governed = |i: usize| i > list.start && a.classes[i - 1].has(Class::Preposition);
    let clean = list.clone().all(|i| {
        if aside(i) {
            return true;
        }
        let capital = a.tokens[i].kind == TokenKind::Word && a.tokens[i].case != Case::Lower && !governed(i);
        let plain = mark(a, i).is_none_or(|c| ",.;()'’-".contains(c));
        plain && (within(i) || !capital && !acts(i) && !other(i))
    });
    clean.then_some(people)
}

impl AsMany {
    /// Groups that the next sentence names: « le duo … Jean Escoffier, Alma Reynier et Tom Viguier ont promis ».
    fn grouped(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        for block in blocks(a, &[]) {
            for i in block.clone() {
                let Some(language) = a.language(i) else { continue };
                let size = self.groups.iter().find(|(set, _)| language.cues.get(set).at(a, i).is_some());
                let Some((_, &size)) = size else { continue };
                let definite = i > 0
                    && (a.classes[i].has(Class::Determiner)
                        || language.cues.get("article").at(a, i - 1).is_some_and(|len| len == 1));
                let next = a.sentence(i).end;
                if !definite || next >= block.end || named_in(a, a.sentence(i)) {
                    continue;
                }
                let sentence = a.sentence(next);
                let Some((items, end)) = row(a, sentence.clone(), true).filter(|(n, _)| *n > 1 && *n != size as usize) else {
                    continue;
                };
                found.push(conflict(a.tokens[i].span, a.span(sentence.start..end), items, Facets::default()));
            }
        }
        found
    }
}

/// Whether two tokens stand in one paragraph.
fn same_block(a: &Analysis, one: usize, other: usize) -> bool {
    a.tokens.get(other).is_some_and(|t| t.block == a.tokens[one].block)
}

/// Whether a sentence names somebody itself.
fn named_in(a: &Analysis, sentence: Range<usize>) -> bool {
    a.mentions_in(sentence).iter().any(|m| matches!(m.value, Value::Person(_)))
}

/// How many stand in a row of names, which opens a sentence before its verb or is apposed; and where it ends.
fn row(a: &Analysis, sentence: Range<usize>, opens: bool) -> Option<(usize, usize)> {
    let mut items = 0;
    let mut at = sentence.start;
    loop {
        at = item(a, at, sentence.end)?;
        items += 1;
        let comma = mark(a, at) == Some(',');
        let joined = at < sentence.end && a.classes[at].has(Class::Coordinator);
        if joined {
            let end = item(a, at + 1, sentence.end)?;
            // The verb has to follow: « A, B et C ont … ».
            let acts = end < sentence.end && (a.classes[end].has(Class::Verb) || a.classes[end].has(Class::Auxiliary));
            return (acts || !opens).then_some((items + 1, end));
        }
        if !comma {
            return None;
        }
        at += 1;
    }
}

/// One past somebody in a row: a name, or « sa femme », "their grandson".
fn item(a: &Analysis, at: usize, end: usize) -> Option<usize> {
    if at >= end {
        return None;
    }
    let language = a.language(at)?;
    let kin = language.cues.get("kin").at(a, at + 1);
    if let (Some(_), Some(len)) = (language.cues.get("possessive").at(a, at), kin) {
        return Some(at + 1 + len);
    }
    let person = a.mentions_in(at..(at + 8).min(end)).iter().find(|m| matches!(&m.value, Value::Person(_)));
    if let Some(m) =
        person.filter(|m| !(at..m.tokens.0 as usize).any(|i| mark(a, i) == Some(',') || a.classes[i].has(Class::Coordinator)))
    {
        let before = (at..m.tokens.0 as usize).all(|i| !a.classes[i].has(Class::Verb) || a.classes[i].has(Class::Noun));
        return before.then_some(m.tokens.1 as usize);
    }
    let capital = |i: usize| i < end && a.tokens[i].kind == TokenKind::Word && a.tokens[i].case == Case::Capitalised;
    let place = a.mentions_in(at..at + 1).iter().any(|m| matches!(m.value, Value::Place(_)));
    let past = (at..end).find(|&i| !capital(i)).unwrap_or(end);
    (past > at && past - at <= 3 && !place && language.grammar.closed(a.lower(at)).is_none()).then_some(past)
}
