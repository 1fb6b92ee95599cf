//! What a number counts: the noun, the concept that it stands for, and whether words narrow it.

use crate::analysis::Analysis;
use crate::language::Language;
use crate::language::grammar::Class;
use crate::mention::Counted;
use crate::mention::number::{Number, NumberKind};
use crate::syntax::ChunkKind;

/// What a number counts: the head of the noun group in which it stands or which it governs, with the concept that makes it countable.
pub(super) fn counted(a: &Analysis, n: &Number, end: usize, language: &Language) -> Option<Counted> {
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
        group = a
            .chunks
            .get(next)
            .filter(|c| c.tokens.0 as usize <= from && (c.head as usize) >= from && matches!(c.kind, ChunkKind::Noun { .. }));
    }
    let group = *group?;
    let head = group.head as usize;
    if head >= end || head < n.tokens.end {
        return None;
    }
    let ChunkKind::Noun { definite, .. } = group.kind else { return None };
    let carries = |i: usize, predicate: bool| {
        a.readings(i)
            .iter()
            .find_map(|r| g.ids.concepts.iter().find(|(l, _, p)| *l == r.lemma && *p == predicate).map(|(_, c, _)| *c))
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
        (c.has(Class::Adjective) || c.has(Class::Noun) || c.has(Class::PastParticiple))
            && !c.has(Class::Determiner)
            && !c.has(Class::Numeral)
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
