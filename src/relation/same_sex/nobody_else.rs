//! A pronoun or a noun of the sex that nobody in the story has.

use std::collections::BTreeSet;

use super::sign::{self, Sign, conflict, other};
use crate::analysis::{Analysis, ChunkKind, EntityId, NameKind, Sex, Value, mark};
use crate::facet::Facet;
use crate::language::TokenKind;
use crate::language::cut::is_hyphen;
use crate::language::grammar::Class;
use crate::language::lexicon::Pos;
use crate::language::names::first_names;
use crate::language::places::gazetteer;
use crate::relation::Conflict;
use crate::relation::human::human;
use crate::relation::join;
use crate::relation::support::{blocks, people, says};

/// People whom a story names, at most: of more, somebody is always left out of sight.
const FEW: usize = 4;

/// Words between a name and a noun that is told of it, at most.
const TOLD: usize = 8;

/// A sign of the sex that nobody has: all whom the story names are of the other sex, which a title or a noun beside the name tells, and
/// no other noun is of somebody.
pub(super) fn find(a: &Analysis) -> Option<Conflict> {
    let all: BTreeSet<EntityId> = people(a).map(|(_, p)| p.entity).collect();
    if all.is_empty() || all.len() > FEW {
        return None;
    }
    let told: Vec<(EntityId, Sign)> = people(a).filter_map(|(m, p)| Some((p.entity, sign::beside(a, m, p)?))).collect();
    let words: Vec<usize> = blocks(a, &[]).into_iter().flatten().filter(|&i| a.tokens[i].kind == TokenKind::Word).collect();
    let quoted = |i: usize| a.facets_at(a.tokens[i].span).contains(Facet::Quoted);
    let taken: Vec<Sign> = words.iter().filter(|&&i| !quoted(i)).filter_map(|&i| sign::taken_up(a, i)).collect();
    // One person, of whom pronouns say both.
    let first = told.iter().map(|(_, s)| s).chain(taken.iter().filter(|_| all.len() == 1)).min_by_key(|s| s.tokens.start)?;
    let sex = first.sex;
    let wrong = taken.iter().find(|s| s.sex != sex && s.tokens.start > first.tokens.start)?;
    let known = |e: EntityId| {
        let told = told.iter().any(|(person, s)| *person == e && s.sex == sex);
        told || all.len() == 1 || given(a, e) && a.entities[e.0 as usize].sex == Some(sex)
    };
    let against = |e: EntityId| all.len() == 1 && a.entities[e.0 as usize].sex == Some(other(sex)) && given(a, e);
    if !all.iter().all(|&e| known(e) && !against(e)) || unread(a) || words.iter().any(|&i| somebody(a, i, sex, wrong)) {
        return None;
    }
    // Who was named last is meant.
    let last = people(a).filter(|(m, _)| m.tokens.0 < wrong.tokens.start as u32).last().map(|(_, p)| p.entity);
    let shown = told.iter().find(|(e, s)| Some(*e) == last && s.sex == sex).map_or(first, |(_, s)| s);
    Some(conflict(a, shown, wrong, false))
}

/// Whether the first name tells the sex of somebody: the noun that contradicts it is another's fault.
fn given(a: &Analysis, e: EntityId) -> bool {
    let share = |i: usize| first_names().female_share(a.lower(i)).filter(|s| !(5..=95).contains(s));
    // The list of first names is French: "Jean" and "Robin" are women too.
    let french = |i: usize| a.language(i).is_some_and(|l| l.grammar.head_first);
    let tells = |i: usize| french(i) && share(i).is_some();
    people(a).any(|(_, p)| p.entity == e && p.given.0 < p.given.1 && tells(p.given.0 as usize))
}

/// Whether the story has a name that is read as nobody's and may be somebody's all the same.
fn unread(a: &Analysis) -> bool {
    join::names(a).forms.iter().filter(|f| f.kind != NameKind::Person && (2..=3).contains(&f.parts.len())).any(|f| {
        let at = f.places[0].tokens.start;
        let known = |w: &str, folded: &str| {
            a.language(at).is_none_or(|l| {
                let common = l.lexicon.readings(w).any(|(_, tag)| tag.pos() != Pos::ProperNoun);
                common || l.grammar.closed(w).is_some()
            }) || gazetteer().lookup(folded).next().is_some()
        };
        f.parts.iter().all(|p| !p.joined && !known(&p.lower, &p.folded))
    })
}

/// Whether a word may be of somebody else of the other sex.
pub(super) fn somebody(a: &Analysis, i: usize, sex: Sex, wrong: &Sign) -> bool {
    let Some(language) = a.language(i) else { return false };
    let has = |set: &str| language.cues.get(set).at(a, i).is_some();
    if wrong.tokens.contains(&i) {
        return false;
    }
    // "*her* husband" is a woman's.
    let own = || i > 0 && a.tokens[i - 1].sentence == a.tokens[i].sentence && says(a, "possessive", i - 1..i);
    if has("kin") && own() {
        return true;
    }
    let near = a.tokens[wrong.tokens.start].sentence.saturating_sub(a.tokens[i].sentence) <= 1;
    if near && has(if sex == Sex::Male { "called-she" } else { "called-he" }) {
        return true;
    }
    let said = a.text(wrong.tokens.start).starts_with(is_hyphen);
    if said && speaks(a, i, sex) {
        return true;
    }
    // Whom somebody else's words speak of is seldom who acts: « je ne le cacherai à personne ».
    let quoted = || a.facets_at(a.tokens[i].span).contains(Facet::Quoted) && !has("kin");
    if !human(a, i) || quoted() {
        return false;
    }
    match sign::sex(a, i) {
        Some(own) => own != sex && !told_of(a, i),
        // Several are no « il », and who was told of long before is none either.
        None if !near => false,
        None => {
            let plural = a.readings(i).iter().all(|r| r.tag.plural() && !r.tag.singular());
            !plural && !told_of(a, i)
        }
    }
}

/// Whether a noun is of a body that a pronoun of the other gender may take up: « la préfecture … a-t-elle précisé ».
fn speaks(a: &Analysis, i: usize, sex: Sex) -> bool {
    let Some(language) = a.language(i).filter(|l| l.grammar.head_first) else { return false };
    let body = ["organisation-noun", "organisation-head", "institution-head", "state-noun"].iter();
    if !body.clone().any(|set| language.cues.get(set).at(a, i).is_some()) && !organised(a, i) {
        return false;
    }
    let mut nouns = a.readings(i).iter().filter(|r| r.tag.pos() == Pos::Noun && !r.tag.plural()).peekable();
    nouns.peek().is_none() || nouns.any(|r| if sex == Sex::Male { r.tag.feminine() } else { r.tag.masculine() })
}

/// Whether the name of a body begins there.
fn organised(a: &Analysis, i: usize) -> bool {
    a.mentions_in(i..i + 1).iter().any(|m| m.tokens.0 as usize == i && matches!(m.value, Value::Organisation(_)))
}

/// Whether a noun is told of somebody whom the sentence names: beside the name, or what a verb makes its subject.
fn told_of(a: &Analysis, i: usize) -> bool {
    let sentence = a.sentence(i);
    let near = a.mentions_in(sentence.clone()).iter().filter(|m| matches!(m.value, Value::Person(_))).any(|m| {
        let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
        let between = if i < start { i + 1..start } else { end..i };
        let acts = |j: usize| a.classes[j].has(Class::Verb) && !a.classes[j].has(Class::Noun);
        let apart = |j: usize| a.classes[j].has(Class::Coordinator) || a.classes[j].has(Class::Relative) || mark(a, j) == Some(';');
        between.len() <= TOLD && !between.clone().any(|j| acts(j) || apart(j))
    });
    let language = a.language(i);
    let makes = || {
        let at = a.chunks.partition_point(|c| c.tokens.0 as usize <= i);
        let verb = a.chunks[..at].iter().rev().take(4).find(|c| matches!(c.kind, ChunkKind::Verb(_)))?;
        let ChunkKind::Verb(group) = verb.kind else { return None };
        let near = (verb.tokens.1 as usize..i).all(|j| !a.classes[j].has(Class::Preposition) && mark(a, j).is_none());
        let language = language?;
        let links = language.grammar.ids.linking.contains(&group.lemma)
            || says(a, "appointing", verb.tokens.0 as usize..verb.tokens.1 as usize);
        (sentence.contains(&(verb.head as usize)) && near && links).then_some(())
    };
    let as_such = || i > sentence.start && (sentence.start..i).rev().take(3).any(|j| says(a, "in-the-role-of", j..j + 1));
    near || makes().is_some() || as_such()
}
