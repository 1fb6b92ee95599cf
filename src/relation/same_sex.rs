//! What tells the sex of somebody tells one: title, first name, noun and pronoun.

mod near_by;
mod nobody_else;
mod sign;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use self::sign::{Sign, conflict};
use super::support::{around, fold, people, says};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, EntityId, Mention, PersonValue, Sex, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::grammar::Class;
use crate::language::names::first_names;

/// `same-sex`: what tells the sex of somebody agrees with the title and with itself.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SameSex {
    /// What is held against the title.
    pub of: Beside,
}

/// What a civil title is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Beside {
    /// The first name after it.
    FirstName,
    /// What else is told of whom it stands before: another title or noun beside the name, and, where the story has nobody else whom
    /// they could mean, pronouns and nouns.
    Story,
}

impl Relation for SameSex {
    fn roles(&self) -> &'static [&'static str] {
        &["title", "other"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Kin]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        match self.of {
            Beside::FirstName => first_name(a),
            Beside::Story => {
                let two =
                    told_twice(a).or_else(|| titled_otherwise(a)).or_else(|| nobody_else::find(a)).or_else(|| near_by::find(a));
                two.into_iter().chain(openers(a)).collect()
            }
        }
    }
}

/// Titles before first names of the other sex.
fn first_name(a: &Analysis) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (m, p) in people(a) {
        let title = p.title.0 as usize..p.title.1 as usize;
        let (man, woman) = (says(a, "civil-male", title.clone()), says(a, "civil-female", title.clone()));
        if man == woman {
            continue;
        }
        let given = p.given.0 as usize;
        let one = p.given.1 == p.given.0 + 1 && p.surname.0 < p.surname.1;
        let share = one.then(|| first_names().female_share(a.lower(given))).flatten();
        let sure = first_names().frequency(a.lower(given)) > 1000;
        if !share.is_some_and(|s| sure && (man && s >= 98 || woman && s <= 2)) {
            continue;
        }
        let mut facets = Facets::default();
        facets.insert_if(m.stance.quoted, Facet::Quoted);
        facets.insert_if(says(a, "kin", a.sentence(m.tokens.0 as usize)), Facet::Kin);
        let roles = vec![("title", a.span(title.start..m.tokens.1 as usize)), ("other", a.tokens[given].span)];
        found.push(Conflict { roles, values: Bindings::default(), facets });
    }
    found
}

/// Participles that do not agree with whom they are said of: « Formé à Saumur, cette ébéniste … ».
fn openers(a: &Analysis) -> Vec<Conflict> {
    let mut found = Vec::new();
    for s in a.sentences.iter().filter(|s| a.classes[s.start as usize].has(Class::PastParticiple)) {
        let tokens = s.start as usize..s.end as usize;
        let Some(subject) = tokens.clone().find(|&i| mark(a, i) == Some(',')).map(|i| i + 1).filter(|i| *i < tokens.end) else {
            continue;
        };
        let Some(opener) = sign::opener(a, subject) else { continue };
        let noun = (subject..tokens.end).take(3).find_map(|i| sign::taken_up(a, i).filter(|s| s.tokens.start == subject));
        // « *Arrivé* d'Oran à 12 ans, Anne Garrigal … »
        let noun = noun.or_else(|| {
            let (m, p) = named(a, subject)?;
            let past = m.tokens.1 as usize;
            // « Luc Morand et sa sœur »: several agree otherwise.
            let several = past < tokens.end && (mark(a, past) == Some(',') || a.classes[past].has(Class::Coordinator));
            let sex = near_by::given(a, p).filter(|_| !several)?;
            Some(Sign { sex, tokens: m.tokens.0 as usize..past, kin: false })
        });
        if let Some(noun) = noun.filter(|n| n.sex != opener.sex) {
            found.push(conflict(a, &opener, &noun, false));
        }
    }
    found
}

/// The person whose name begins at a token.
fn named<'a>(a: &'a Analysis, at: usize) -> Option<(&'a Mention, &'a PersonValue)> {
    a.mentions_in(at..at + 1).iter().find_map(|m| match &m.value {
        Value::Person(p) if m.tokens.0 as usize == at => Some((m, p)),
        _ => None,
    })
}

/// A title alone with the surname of the one person who bears it, whose noun or first name tells the other sex: « la directrice, Anne
/// Garrigal », « M. Garrigal ».
fn titled_otherwise(a: &Analysis) -> Option<Conflict> {
    let surname = |p: &PersonValue| (p.surname.0 < p.surname.1).then(|| fold(a.lower(p.surname.1 as usize - 1)));
    let mut bearers: BTreeMap<String, Vec<(EntityId, Sign)>> = BTreeMap::new();
    for (m, p) in people(a).filter(|(_, p)| p.given.0 < p.given.1) {
        let Some(name) = surname(p) else { continue };
        let known = bearers.entry(name).or_default();
        let told = sign::beside(a, m, p).or_else(|| {
            let tokens = m.tokens.0 as usize..m.tokens.1 as usize;
            near_by::given(a, p).map(|sex| Sign { sex, tokens, kin: false })
        });
        let other = known.iter().any(|(e, _)| *e != p.entity);
        // Whoever tells no sex may be the one who is titled.
        if let Some(sign) = told.filter(|_| known.is_empty()) {
            known.push((p.entity, sign));
        } else if other || known.is_empty() {
            known.push((p.entity, Sign { sex: Sex::Male, tokens: 0..0, kin: true }));
        }
    }
    people(a).filter(|(_, p)| p.given.0 >= p.given.1).find_map(|(m, p)| {
        let title = p.title.0 as usize..p.title.1 as usize;
        let (man, woman) = (says(a, "civil-male", title.clone()), says(a, "civil-female", title.clone()));
        let [(_, first)] = &bearers.get(&surname(p)?)?[..] else { return None };
        let tokens = title.start..m.tokens.1 as usize;
        let sex = if man { Sex::Male } else { Sex::Female };
        let apart = !first.tokens.is_empty() && a.tokens[first.tokens.start].sentence != a.tokens[title.start].sentence;
        let kin = [first.tokens.start, title.start].iter().any(|&i| says(a, "kin", around(a, i)));
        let sign = Sign { sex, tokens, kin: false };
        (man != woman && first.sex != sex && apart).then(|| conflict(a, first, &sign, kin))
    })
}

/// Two titles or nouns beside the name of one person: « sa présidente, Yannick Prigent », « M. Prigent ».
fn told_twice(a: &Analysis) -> Option<Conflict> {
    let mut signs: Vec<(EntityId, Sign)> = Vec::new();
    for (m, p) in people(a) {
        let Some(sign) = sign::beside(a, m, p) else { continue };
        let rival = |(person, other): &&(EntityId, Sign)| {
            let apart = a.tokens[other.tokens.start].sentence != a.tokens[sign.tokens.start].sentence;
            *person == p.entity && other.sex != sign.sex && apart
        };
        if let Some((_, first)) = signs.iter().find(rival) {
            // "Ann Fenwick *married* Peter Drury … Mrs Drury"
            let wed = [first, &sign].iter().any(|s| says(a, "wedded", a.sentence(s.tokens.start)));
            let kin = wed || [first, &sign].iter().any(|s| says(a, "kin", around(a, s.tokens.start)) && !s.kin);
            return Some(conflict(a, first, &sign, kin));
        }
        // Two are enough of each sex, one of them in another sentence than what comes.
        if signs.iter().filter(|(person, other)| *person == p.entity && other.sex == sign.sex).count() < 2 {
            signs.push((p.entity, sign));
        }
    }
    None
}
