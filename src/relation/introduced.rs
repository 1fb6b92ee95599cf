//! Nobody enters a story unannounced.

use std::collections::{HashMap, HashSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::{people, says};
use super::{Conflict, Facet, Facets, Relation};
use crate::analysis::Analysis;
use crate::document::BlockKind;
use crate::finding::Bindings;
use crate::mention::{Mention, PersonValue, Value};
use crate::text::mark;

/// `introduced`: whoever the story names it presents.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Introduced {
    /// What presents somebody.
    pub by: By,
}

/// What presents somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The first name, somewhere in the draft.
    FirstName,
    /// A function, an age or some other word beside the first full name in the text.
    Function,
}

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
        let mut told = HashMap::new();
        let mut found = Vec::new();
        let running = |m: &Mention| a.doc.blocks[m.block as usize].kind == BlockKind::Body;
        for (m, p) in people(a).filter(|(m, _)| running(m)) {
            let missing = match self.by {
                By::FirstName => unnamed(a, p, &mut told),
                By::Function => p.given.0 < p.given.1 && p.surname.0 < p.surname.1 && met.insert(p.entity) && !presented(a, m, p),
            };
            if missing && (self.by == By::Function || met.insert(p.entity)) {
                let token = m.tokens.0 as usize;
                let mut facets = Facets::default();
                facets.insert_if(m.stance.quoted, Facet::Quoted);
                facets.insert_if(
                    says(a, "namesake", token..m.tokens.1 as usize) || says(a, "household-name", token..m.tokens.1 as usize),
                    Facet::Namesake,
                );
                found.push(Conflict { roles: vec![("name", m.span)], values: Bindings::default(), facets });
            }
        }
        found
    }
}

/// Whether a civil title stands before a surname that has a first name nowhere. `told`: the surnames that were looked up, and whether
/// they have one.
fn unnamed<'a>(a: &'a Analysis, p: &PersonValue, told: &mut HashMap<&'a str, bool>) -> bool {
    let civil = says(a, "civil-title", p.title.0 as usize..p.title.1 as usize);
    if !civil || p.given.0 < p.given.1 || p.surname.0 >= p.surname.1 {
        return false;
    }
    let word = |t: (u32, u32)| a.lower(t.1 as usize - 1);
    let surname = word(p.surname);
    let named = told.entry(surname).or_insert_with(|| {
        let full = |q: &PersonValue| q.given.0 < q.given.1 && q.surname.0 < q.surname.1 && word(q.surname) == surname;
        // A name that the reader of names did not take for one.
        let capital = |i: usize| a.lower(i) == surname && a.tokens[i - 1].case.is_capital() && !says(a, "civil-title", i - 1..i);
        a.mentions.iter().any(|m| matches!(&m.value, Value::Person(q) if full(q))) || (1..a.tokens.len()).any(capital)
    });
    !*named
}

fn presented(a: &Analysis, m: &Mention, p: &PersonValue) -> bool {
    let sentence = a.sentence(m.tokens.0 as usize);
    let age = a.mentions_in(sentence.clone()).iter().any(|m| matches!(m.value, Value::Age(_)));
    let opens = |i: usize| matches!(mark(a, i), Some(',' | '(' | '–' | '—'));
    let apposed = opens(m.tokens.1 as usize) || (m.tokens.0 as usize > sentence.start && opens(m.tokens.0 as usize - 1));
    p.title.0 < p.title.1 || age || apposed || says(a, "function", sentence.clone()) || says(a, "kin", sentence)
}
