//! As many are named as were counted.

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::parted;
use super::{Conflict, Relation};
use crate::amount::Ratio;
use crate::analysis::{Analysis, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};

/// `as-many`: a count of people with a colon after it is followed by as many names, and nothing else.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AsMany {}

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
        let mut found = Vec::new();
        for m in &a.mentions {
            let Value::Quantity(q) = &m.value else { continue };
            if parted(a, m) {
                continue;
            }
            let (Some(counted), Some(language)) = (&q.counted, a.language(m.tokens.0 as usize)) else { continue };
            let participant =
                a.readings(counted.head as usize).iter().any(|r| language.grammar.ids.participants.contains(&r.lemma));
            let function = language.cues.get("function").at(a, counted.head as usize).is_some();
            let sentence = a.sentence(m.tokens.0 as usize);
            let colon = (counted.head as usize..sentence.end).find(|&i| mark(a, i) == Some(':'));
            let Some(colon) = colon.filter(|c| (participant || function) && c - counted.head as usize <= 12) else { continue };
            // Nothing but names, commas and "and", to the end of the sentence.
            let people: Vec<_> =
                a.mentions_in(colon..sentence.end).iter().filter(|p| matches!(p.value, Value::Person(_))).collect();
            let named = |i: usize| people.iter().any(|p| (p.tokens.0 as usize..p.tokens.1 as usize).contains(&i));
            let joins =
                |i: usize| matches!(mark(a, i), Some(',' | '.')) || a.classes[i].has(crate::language::grammar::Class::Coordinator);
            if people.len() < 2 || !(colon + 1..sentence.end).all(|i| named(i) || joins(i)) {
                continue;
            }
            let total = Ratio::whole(people.len() as i128);
            if q.amount.written == total {
                continue;
            }
            let mut facets = Facets::default();
            let part = language.cues.get("part").stands_in(a, m.tokens.0 as usize..colon);
            facets.insert_if(part, Facet::PartOf);
            facets.insert_if(!q.amount.is_exact(), Facet::Approximate);
            let mut values = Bindings::default();
            values.bind("named.count", Bound::Count(people.len()));
            let head = a.span(m.tokens.0 as usize..(counted.head as usize + 1).max(m.tokens.1 as usize));
            let list = people[0].span.cover(people[people.len() - 1].span);
            found.push(Conflict { roles: vec![("count", head), ("named", list)], values, facets });
        }
        found
    }
}
