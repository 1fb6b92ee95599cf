//! What a number says: a share, money, a measure, an age, a length of time, or a count of something.

use std::ops::Range;

use super::number::{Number, NumberKind, word_in};
use super::{Counted, DurationValue, MeasureValue, Money, Quantity, Value};
use crate::analysis::{Analysis, TokenKind};
use crate::language::grammar::Class;
use crate::language::Language;
use crate::mention::Ratio;
use crate::syntax::ChunkKind;
use crate::text::mark;

/// The value of a number with the words around it, and all tokens that it takes; `None` where it is a name or a label.
pub(crate) fn value(a: &Analysis, n: &Number, end: usize, language: &Language) -> Option<(Range<usize>, Value)> {
    let g = &language.numbers;
    let word = word_in(a, n.tokens.start);
    let within = |i: usize| word(i).filter(|_| i < end);
    let tokens = n.tokens.clone();
    let next = tokens.end;
    if n.kind == NumberKind::Ordinal {
        return Some((tokens, Value::Ordinal(n.amount)));
    }
    if let Some((len, ())) = g.percent.at(next, within) {
        let past = next + len;
        let value = if g.points.at(past, within).is_some() { Value::Points(n.amount) } else { Value::Percent(n.amount) };
        return Some((tokens.start..past, value));
    }
    // « € 12 », "$3.5m"
    if tokens.start > 0
        && let Some((1, code)) = g.currencies.at(tokens.start - 1, |i| (i < tokens.start).then(|| a.lower(i)))
        && a.tokens[tokens.start - 1].kind == TokenKind::Mark
    {
        let money = Money { amount: n.amount, currency: code.clone() };
        return Some((tokens.start - 1..tokens.end, Value::Money(money)));
    }
    // « 3 millions d'euros », « 12 € », « 30 kilomètres », « deux ans »
    let unit = if g.plurals_link(a, next, within, language) { next + 1 } else { next };
    if n.kind != NumberKind::Fraction && let Some((len, code)) = g.currencies.at(unit, within) {
        let money = Money { amount: n.amount, currency: code.clone() };
        return Some((tokens.start..unit + len, Value::Money(money)));
    }
    if n.kind == NumberKind::Fraction {
        return Some((tokens, Value::Quantity(Quantity { amount: n.amount, counted: None })));
    }
    if let Some((len, code)) = g.durations.at(unit, within) {
        let past = unit + len;
        if let Some(age) = age(a, n.tokens.clone(), past, end, language) {
            return Some((age, Value::Age(n.amount)));
        }
        return Some((tokens.start..past, Value::Duration(DurationValue { amount: n.amount, unit: code.clone() })));
    }
    if let Some((len, code)) = g.measures.at(unit, within) {
        return Some((tokens.start..unit + len, Value::Measure(MeasureValue { amount: n.amount, unit: code.clone() })));
    }
    let start = a.sentence(tokens.start).start;
    if tokens.start > start && n.kind == NumberKind::Digits {
        let before = a.lower(tokens.start - 1);
        let dotted = mark(a, tokens.start - 1) == Some('.') && tokens.start > start + 1;
        let label = if dotted { a.lower(tokens.start - 2) } else { before };
        if g.labels.iter().any(|l| l == label) || mark(a, tokens.start - 1) == Some('°') {
            return None;
        }
        // "aged 34"
        if g.ages.before.iter().any(|w| w == before) {
            return Some((tokens, Value::Age(n.amount)));
        }
    }
    let counted = counted(a, n, end, language);
    if n.kind == NumberKind::Article && counted.as_ref().is_none_or(|c| c.concept.is_none()) {
        return None;
    }
    Some((tokens, Value::Quantity(Quantity { amount: n.amount, counted })))
}

/// The tokens of an age, where the words around a number of years make it one: « âgé de 34 ans », « Marie Dupont, 34 ans, », "34 years old".
fn age(a: &Analysis, number: Range<usize>, past: usize, end: usize, language: &Language) -> Option<Range<usize>> {
    let g = &language.numbers.ages;
    let (start, word) = (number.start, a.lower(past - 1));
    if !g.units.iter().any(|u| u == word) {
        return None;
    }
    let sentence = a.sentence(start);
    let before = crate::language::numbers::Phrases::new(g.before.iter().map(|p| (p.as_str(), ())));
    if before.before(start, |i| (i >= sentence.start).then(|| a.lower(i))).is_some() {
        return Some(start..past);
    }
    let old = (past..end.min(past + 2)).find(|&i| g.after.iter().any(|w| w == a.lower(i)));
    if let Some(i) = old {
        return Some(start..i + 1);
    }
    let comma = |i: usize| matches!(mark(a, i), Some(',' | '(' | ')'));
    let named = start >= sentence.start + 2 && comma(start - 1) && a.tokens[start - 2].case.is_capital() && a.tokens[start - 2].kind == TokenKind::Word;
    (named && past <= end && (past == end || comma(past) || mark(a, past) == Some('.'))).then_some(start..past)
}

/// What a number counts: the head of the noun group in which it stands or which it governs, with the concept that makes it countable.
fn counted(a: &Analysis, n: &Number, end: usize, language: &Language) -> Option<Counted> {
    let g = &language.grammar;
    let at = a.chunks.partition_point(|c| c.tokens.1 as usize <= n.tokens.start);
    let mut group = a.chunks.get(at).filter(|c| c.tokens.0 as usize <= n.tokens.start && matches!(c.kind, ChunkKind::Noun { .. }));
    // « une trentaine de blessés », "dozens of dead": the group after the link.
    let linked = n.kind == NumberKind::Collective || group.is_none_or(|c| (c.head as usize) < n.tokens.end);
    if linked {
        let link = n.tokens.end;
        let of = link < end && language.cues.get("origin").at(a, link).is_some();
        let from = link + usize::from(of);
        if from >= end {
            return None;
        }
        let next = a.chunks.partition_point(|c| c.tokens.1 as usize <= from);
        group = a.chunks.get(next).filter(|c| c.tokens.0 as usize <= from && (c.head as usize) >= from && matches!(c.kind, ChunkKind::Noun { .. }));
    }
    let group = *group?;
    let head = group.head as usize;
    if head >= end || head < n.tokens.end {
        return None;
    }
    let ChunkKind::Noun { definite, .. } = group.kind else { return None };
    let carries = |i: usize, predicate: bool| {
        a.readings(i).iter().find_map(|r| g.ids.concepts.iter().find(|(l, _, p)| *l == r.lemma && *p == predicate).map(|(_, c, _)| *c))
    };
    let participant = a.readings(head).iter().any(|r| g.ids.participants.contains(&r.lemma));
    let mut concept = carries(head, false);
    let mut extra = 0;
    if concept.is_none() && participant {
        // « 15 manifestants blessés », « douze personnes ont été tuées », « a tué douze personnes »
        let modifiers = head + 1..group.tokens.1 as usize;
        concept = modifiers.clone().find_map(|i| carries(i, true).or_else(|| carries(i, false)));
        extra = modifiers.len().saturating_sub(usize::from(concept.is_some()));
        concept = concept.or_else(|| predicate(a, &group, &carries));
    }
    let narrowed = narrowed(a, n, &group, language) || (concept.is_some() && extra > 0) || modified(a, &group, participant);
    let concept = concept.and_then(|c| g.concepts.keys().nth(c).cloned());
    Some(Counted { head: head as u32, concept, narrowed, definite })
}

/// The concept of the verb that counts the group: as the subject of a passive or of a verb of dying, or as the object of an active verb.
fn predicate(a: &Analysis, group: &crate::syntax::Chunk, carries: &impl Fn(usize, bool) -> Option<usize>) -> Option<usize> {
    let clause = a.clauses[group.clause as usize];
    let verb = a.chunks[clause.verb? as usize];
    let ChunkKind::Verb(v) = verb.kind else { return None };
    let ChunkKind::Noun { preposition, .. } = group.kind else { return None };
    if preposition.is_some() || v.negated {
        return None;
    }
    let concept = carries(verb.head as usize, true)?;
    let subject = group.tokens.1 <= verb.tokens.0;
    let object = group.tokens.0 == verb.tokens.1;
    let intransitive = !v.passive && a.chunks.iter().filter(|c| c.clause == group.clause).all(|c| c.tokens.0 != verb.tokens.1);
    (subject && (v.passive || intransitive) || object && !v.passive).then_some(concept)
}

/// Whether words narrow what a concept's own noun counts: « trois morts *civils* », "12 *civilian* deaths".
fn modified(a: &Analysis, group: &crate::syntax::Chunk, participant: bool) -> bool {
    if participant {
        return false;
    }
    let head = group.head as usize;
    let after = head + 1..group.tokens.1 as usize;
    let before = group.tokens.0 as usize..head;
    after.into_iter().chain(before).any(|i| {
        let c = a.classes[i];
        (c.has(Class::Adjective) || c.has(Class::Noun) || c.has(Class::PastParticiple)) && !c.has(Class::Determiner) && !c.has(Class::Numeral)
    })
}

/// Whether the count is of a part: « dont 3 morts », « parmi les 12 blessés », « 3 autres blessés ».
fn narrowed(a: &Analysis, n: &Number, group: &crate::syntax::Chunk, language: &Language) -> bool {
    let cue = language.cues.get("part");
    let sentence = a.sentence(n.tokens.start);
    let from = n.tokens.start.saturating_sub(4).max(sentence.start);
    let to = (group.tokens.1 as usize + 1).min(sentence.end);
    cue.stands_in(a, from..to)
}

impl crate::language::NumberGrammar {
    /// Whether the word at a token links a number to its unit: « millions *d'* euros ».
    fn plurals_link<'w>(&self, a: &Analysis, at: usize, within: impl Fn(usize) -> Option<&'w str>, language: &Language) -> bool {
        within(at).is_some()
            && language.cues.get("origin").at(a, at).is_some()
            && (self.currencies.at(at + 1, &within).is_some() || self.measures.at(at + 1, &within).is_some() || self.durations.at(at + 1, &within).is_some())
    }
}

/// The worth of a whole hundred.
pub(crate) const HUNDRED: Ratio = Ratio::whole(100);
