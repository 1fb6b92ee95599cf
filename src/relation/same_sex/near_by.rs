//! Somebody whose sex a title, a noun or the first name tells, and what takes up nobody else right behind: « Infirmière à Nolbec, Anne
//! Garrigal … *Il* songe à partir », "Ann Hallam … *his* ruling".

use std::collections::BTreeSet;

use super::nobody_else::somebody;
use super::sign::{self, Sign, conflict};
use crate::analysis::{Analysis, Mention, PersonValue, Sex, mark};
use crate::facet::Facet;
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::language::names::first_names;
use crate::relation::Conflict;
use crate::relation::support::{people, says};

/// People whom a story names, at most.
const FEW: usize = 6;

/// Tokens behind a name in which it is taken up, at most.
const REACH: usize = 60;

/// Tokens before a name in which somebody else may stand, at most.
const BACK: usize = 60;

/// First names of so many bearers tell a sex.
const USUAL: u32 = 250;

/// First names of so many bearers are somebody's wherever they stand.
const COMMON: u32 = 1000;

/// One conflict at most for a story: who is taken up by the wrong word once is so again.
pub(super) fn find(a: &Analysis) -> Option<Conflict> {
    let all: Vec<(&Mention, &PersonValue)> = people(a).collect();
    // Of more people, somebody is always left out of sight.
    if all.iter().map(|(_, p)| p.entity).collect::<BTreeSet<_>>().len() > FEW {
        return None;
    }
    all.iter().enumerate().find_map(|(n, (m, p))| {
        let given = given(a, p);
        let beside = sign::beside(a, m, p);
        let told = beside.clone().or_else(|| given.map(|sex| Sign { sex, tokens: name(m), kin: false }))?;
        let past = m.tokens.1 as usize;
        let next = all.get(n + 1..).and_then(|rest| rest.iter().find(|(_, q)| q.entity != p.entity));
        let end = next.map_or(usize::MAX, |(m, _)| m.tokens.0 as usize).min(past + REACH).min(reach(a, past));
        let word = |i: &usize| a.tokens[*i].kind == TokenKind::Word;
        let quoted = |i: usize| a.facets_at(a.tokens[i].span).contains(Facet::Quoted);
        let wrong = (told.tokens.end.max(past)..end).filter(word).filter(|&i| !quoted(i)).find_map(|i| sign::taken_up(a, i))?;
        // "Tom Garrick, an alumna of York, wrote his paper": what stands beside the name is the odd one out.
        if let (Some(beside), Some(sex)) = (&beside, given)
            && beside.sex != sex
        {
            let sentence = a.sentence(past - 1);
            let own = sentence.contains(&wrong.tokens.start) && !says(a, "kin", sentence.clone());
            let only = all.iter().all(|(o, q)| q.entity == p.entity || !sentence.contains(&(o.tokens.0 as usize)));
            let noun = !beside.kin && beside.tokens.end > past + 1;
            let set = if beside.sex == Sex::Male { "noun-male" } else { "noun-female" };
            let noun = noun && says(a, set, beside.tokens.clone());
            return (wrong.sex == sex && noun && own && only).then(|| conflict(a, beside, &wrong, false));
        }
        let clash = wrong.sex != told.sex && given.is_none_or(|sex| sex == told.sex) && plain(a, &wrong) && acts(a, m);
        (clash && alone(a, m, &all, n, &wrong)).then(|| conflict(a, &told, &wrong, false))
    })
}

/// Whether what takes up is a pronoun or a noun of one sex: « ce dernier » and « la Marseillaise » may be things.
fn plain(a: &Analysis, wrong: &Sign) -> bool {
    // Where things have a gender, a pronoun inside a sentence may be of the last of them: « L'opposition, elle, réclame … ».
    let start = wrong.tokens.start;
    let things = a.language(start).is_some_and(|l| l.grammar.head_first);
    let pronoun = wrong.tokens.len() == 1 && (!things || start == a.sentence(start).start);
    pronoun || says(a, "noun-male", wrong.tokens.clone()) || says(a, "noun-female", wrong.tokens.clone())
}

/// Whether a name is the subject of its sentence, and of nobody beside: "she and Luke Morland" are two.
fn acts(a: &Analysis, m: &Mention) -> bool {
    let tokens = name(m);
    let sentence = a.sentence(tokens.start);
    let joined = |i: usize| sentence.contains(&i) && a.classes[i].has(Class::Coordinator);
    let at = a.chunks.partition_point(|c| (c.tokens.0 as usize) < sentence.start);
    let verbs = a.chunks[at..].iter().enumerate().take_while(|(_, c)| (c.tokens.0 as usize) < sentence.end);
    let subject = verbs.map(|(n, _)| a.roles[at + n].subject).any(|s| s.is_some_and(|s| tokens.contains(&(s as usize))));
    // « La directrice, Anne Garrigal, a … »: the noun before the comma acts.
    let apposed = tokens.start > sentence.start && mark(a, tokens.start - 1) == Some(',') && mark(a, tokens.end) == Some(',');
    let clitic = sentence.contains(&tokens.end) && a.is_clitic(tokens.end);
    (subject || apposed) && !clitic && !joined(tokens.end) && !(tokens.start > 0 && joined(tokens.start - 1))
}

fn name(m: &Mention) -> std::ops::Range<usize> {
    m.tokens.0 as usize..m.tokens.1 as usize
}

/// The sex that a first name tells wherever it is borne.
pub(super) fn given(a: &Analysis, p: &PersonValue) -> Option<Sex> {
    let i = p.given.0 as usize;
    if p.given.0 >= p.given.1 || p.surname.0 >= p.surname.1 || says(a, "first-name-of-both", i..i + 1) {
        return None;
    }
    let names = first_names();
    let sure = names.frequency(a.lower(i)) > USUAL;
    match names.female_share(a.lower(i)).filter(|_| sure) {
        Some(99..) => Some(Sex::Female),
        Some(..=1) => Some(Sex::Male),
        _ => None,
    }
}

/// One past the next sentence of the paragraph.
fn reach(a: &Analysis, past: usize) -> usize {
    let own = a.sentence(past - 1);
    let next = a.tokens.get(own.end).filter(|t| t.block == a.tokens[past - 1].block);
    next.map_or(own.end, |_| a.sentence(own.end).end)
}

/// Whether nobody else is there whom what takes up may mean, from the sentence before the name on.
fn alone(a: &Analysis, m: &Mention, all: &[(&Mention, &PersonValue)], n: usize, wrong: &Sign) -> bool {
    let start = m.tokens.0 as usize;
    let own = a.sentence(start).start;
    let block = a.tokens[start].block;
    let last = own.checked_sub(1).filter(|&i| a.tokens[i].block == block).map_or(own, |i| a.sentence(i).start);
    let from = last.max(start.saturating_sub(BACK));
    let entity = all[n].1.entity;
    let other = all[..n].iter().rev().take_while(|(o, _)| o.tokens.0 as usize >= from).any(|(_, q)| q.entity != entity);
    // Whoever is « elle » before him may be so behind him.
    let told = own.saturating_sub(2 * BACK)..start;
    let before =
        told.filter(|&i| a.tokens[i].kind == TokenKind::Word).any(|i| sign::taken_up(a, i).is_some_and(|s| s.sex == wrong.sex));
    let sex = sign::other(wrong.sex);
    let words = (from..wrong.tokens.start).filter(|&i| a.tokens[i].kind == TokenKind::Word);
    let kin = |i: usize| a.language(i).is_some_and(|l| l.cues.get("kin").at(a, i).is_some());
    let own = |i: usize| name(m).contains(&i);
    // A name that is read as nobody's may be somebody's.
    let named = |i: usize| i > from && a.tokens[i].case.is_capital() && !own(i) && first_names().frequency(a.lower(i)) > COMMON;
    !other && !before && !words.into_iter().any(|i| kin(i) || named(i) || !own(i) && somebody(a, i, sex, wrong))
}
