//! Nobody enters a story unannounced.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::{people, says};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Mention, PersonValue, Value};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::names::first_names;
use crate::mention::word::common;

/// `introduced`: whoever a civil title and a surname name has a first name somewhere in the draft.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Introduced {}

impl Relation for Introduced {
    fn roles(&self) -> &'static [&'static str] {
        &["name"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Namesake]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut met = HashSet::new();
        let mut told = None;
        let mut found = Vec::new();
        let running = |m: &Mention| a.doc.blocks[m.block as usize].kind == BlockKind::Body;
        for (m, p) in people(a).filter(|(m, _)| running(m)) {
            if !unnamed(a, m, p, &mut told) || !met.insert(p.entity) {
                continue;
            }
            let token = m.tokens.0 as usize;
            let mut facets = Facets::default();
            facets.insert_if(m.stance.quoted, Facet::Quoted);
            let known = ["namesake", "household-name"].iter().any(|set| says(a, set, token..m.tokens.1 as usize));
            facets.insert_if(known, Facet::Namesake);
            found.push(Conflict { roles: vec![("name", m.span)], values: Bindings::default(), facets });
        }
        found
    }
}

/// A first name of this weight is rather one than a surname.
const USUAL: u32 = 300;

/// The surnames that have a first name somewhere.
fn in_full<'a>(a: &'a Analysis) -> HashSet<&'a str> {
    let full = |q: &PersonValue| q.given.0 < q.given.1 && q.surname.0 < q.surname.1;
    let people = a.mentions.iter().filter_map(|m| match &m.value {
        Value::Person(q) if full(q) => Some(q.surname.1 as usize - 1),
        _ => None,
    });
    // A name that the reader of names did not take for one.
    let capital = |i: &usize| a.tokens[i - 1].case.is_capital() && !says(a, "civil-title", i - 1..*i);
    people.chain((1..a.tokens.len()).filter(capital)).map(|i| a.lower(i)).collect()
}

/// Whether a civil title stands before a surname that has a first name nowhere. `told`: those that have one, once they are asked for.
fn unnamed<'a>(a: &'a Analysis, m: &Mention, p: &PersonValue, told: &mut Option<HashSet<&'a str>>) -> bool {
    let plain = says(a, "plain-title", p.title.0 as usize..p.title.1 as usize);
    if !plain || p.given.0 < p.given.1 || p.surname.0 >= p.surname.1 {
        return false;
    }
    // « Mme Mélanie », "Dr Hilary" go by their first names; « Monsieur Loyal », "Mr Nasty" have none.
    let last = m.tokens.1 as usize - 1;
    let alone = m.tokens.1 == m.tokens.0 + 1;
    if alone && (first_names().frequency(a.lower(last)) >= USUAL || a.language(last).is_some_and(|l| common(a, last, l))) {
        return false;
    }
    let word = |t: (u32, u32)| a.lower(t.1 as usize - 1);
    let surname = word(p.surname);
    !told.get_or_insert_with(|| in_full(a)).contains(surname)
}
