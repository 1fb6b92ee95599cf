//! A title, a first name and a pronoun speak of one person alike.

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::{blocks, people, says};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Sex, Value};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::language::names::first_names;

/// `same-sex`: a civil title agrees with what stands beside it or takes it up.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SameSex {
    /// What the title is held against.
    pub of: Beside,
}

/// What a civil title is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Beside {
    /// The first name after it.
    FirstName,
    /// The pronoun that opens the next sentence.
    Pronoun,
    /// A pronoun anywhere in a story that has nobody else, and nobody of its sex.
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
        if self.of == Beside::Story {
            return homeless(a).into_iter().collect();
        }
        let mut found = Vec::new();
        for (m, p) in people(a) {
            let title = p.title.0 as usize..p.title.1 as usize;
            let (man, woman) = (says(a, "civil-male", title.clone()), says(a, "civil-female", title.clone()));
            if man == woman {
                continue;
            }
            let other = match self.of {
                Beside::FirstName => {
                    let given = p.given.0 as usize;
                    let share = (p.given.1 == p.given.0 + 1 && p.surname.0 < p.surname.1)
                        .then(|| first_names().female_share(a.lower(given)))
                        .flatten();
                    let sure = first_names().frequency(a.lower(given)) > 1000;
                    share.filter(|&s| sure && (man && s >= 98 || woman && s <= 2)).map(|_| given)
                }
                Beside::Story => None,
                Beside::Pronoun => {
                    let next = a.sentence(m.tokens.0 as usize).end;
                    let same_block = a.tokens.get(next).is_some_and(|t| t.block == m.block);
                    let block = a.tokens_in(a.doc.blocks[m.block as usize].span);
                    let alone = a
                        .mentions_in(block.start..next)
                        .iter()
                        .all(|o| !matches!(&o.value, Value::Person(q) if q.entity != p.entity));
                    let wrong = if man { "pronoun-female" } else { "pronoun-male" };
                    let personal = || !says(a, "impersonal", next..(next + 3).min(a.sentence(next).end));
                    (same_block && alone && says(a, wrong, next..next + 1) && personal()).then_some(next)
                }
            };
            let Some(other) = other else { continue };
            let mut facets = Facets::default();
            facets.insert_if(m.stance.quoted, Facet::Quoted);
            facets.insert_if(says(a, "kin", a.sentence(m.tokens.0 as usize)), Facet::Kin);
            let shown = a.span(title.start..m.tokens.1 as usize);
            found.push(Conflict {
                roles: vec![("title", shown), ("other", a.tokens[other].span)],
                values: Bindings::default(),
                facets,
            });
        }
        found
    }
}

/// Words around a name that tell who somebody is, at most.
const TOLD: usize = 6;

/// A pronoun of the sex that nobody in the story has: one person is named, a noun or title tells the sex, and nobody else is there.
fn homeless(a: &Analysis) -> Option<Conflict> {
    let mut persons = people(a);
    let (first, person) = persons.next()?;
    if persons.any(|(_, p)| p.entity != person.entity) {
        return None;
    }
    let language = a.language(first.tokens.0 as usize)?;
    let words: Vec<usize> = blocks(a, &[]).into_iter().flatten().filter(|&i| a.tokens[i].kind == TokenKind::Word).collect();
    let near = |i: usize| {
        let sentence = a.sentence(i);
        people(a).any(|(m, _)| {
            let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
            sentence.contains(&start) && (i < start && start - i <= TOLD || i >= end && i - end <= TOLD)
        })
    };
    let has = |set: &str, i: usize| language.cues.get(set).at(a, i) == Some(1);
    for (told, wrong, theirs) in [("noun-male", "pronoun-her", "noun-female"), ("noun-female", "pronoun-him", "noun-male")] {
        // The noun that tells the sex stands beside the name.
        let Some(&noun) = words.iter().find(|&&i| has(told, i) && near(i)) else { continue };
        let pronouns: Vec<usize> = words.iter().copied().filter(|&i| has(wrong, i)).collect();
        let Some(&pronoun) = pronouns.first() else { continue };
        let someone = |&&i: &&usize| {
            let human = has("function", i)
                || has("kin", i)
                || a.readings(i).iter().any(|r| language.grammar.ids.participants.contains(&r.lemma));
            let one = a.readings(i).iter().any(|r| !r.tag.plural());
            has(theirs, i) || human && one && i != noun && !near(i)
        };
        let named = a.entities[person.entity.0 as usize].sex;
        let other = named.is_some_and(|sex| (sex == Sex::Female) == (wrong == "pronoun-her"));
        if other || words.iter().any(|i| someone(&i)) || words.iter().filter(|&&i| has(told, i)).count() > 2 {
            continue;
        }
        let mut facets = Facets::default();
        facets.insert_if(a.facets_at(a.tokens[pronoun].span).contains(Facet::Quoted), Facet::Quoted);
        let roles = vec![("title", a.tokens[noun].span), ("other", a.tokens[pronoun].span)];
        return Some(Conflict { roles, values: Bindings::default(), facets });
    }
    None
}
