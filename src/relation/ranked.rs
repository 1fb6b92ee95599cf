//! Nobody is third of two.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Relation};
use crate::amount::Ratio;
use crate::analysis::{Analysis, Mention, Quantity, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::Language;
use crate::language::grammar::Class;
use crate::mention::quantity::linked;

/// `ranked`: a rank is no higher than there are of those who are ranked: "the third of two children", « 21e d'une flotte de dix-huit ».
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ranked {}

/// Tokens between the rank and the number, at most.
const NEAR: usize = 8;

impl Relation for Ranked {
    fn roles(&self) -> &'static [&'static str] {
        &["rank", "number"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        for pair in a.mentions.windows(2) {
            let [rank, number] = pair else { continue };
            let (Value::Ordinal(n), Value::Quantity(Quantity { amount, .. })) = (&rank.value, &number.value) else { continue };
            let Some(language) = a.language(rank.tokens.0 as usize) else { continue };
            let few = amount.is_exact() && amount.written >= Ratio::whole(2) && n.written > amount.written;
            if few && rank.sentence == number.sentence && of(a, language, rank, number) {
                let mut facets = Facets::default();
                facets.insert_if(rank.stance.quoted, Facet::Quoted);
                found.push(Conflict {
                    roles: vec![("rank", rank.span), ("number", number.span)],
                    values: Bindings::default(),
                    facets,
                });
            }
        }
        found
    }
}

/// Whether the number is of those among whom the rank is: "third *of the blacksmith's* two", « 21e *place d'une flotte de* dix-huit ».
fn of(a: &Analysis, language: &Language, rank: &Mention, number: &Mention) -> bool {
    let (from, past) = (rank.tokens.1 as usize, number.tokens.0 as usize);
    let noun = language.cues.get("rank-noun").at(a, from).unwrap_or(0);
    let link = from + noun;
    let leads = link < past
        && (linked(a, link, language)
            || language.grammar.contractions.iter().any(|w| w == a.lower(link))
            || language.cues.get("rank-of").at(a, link).is_some());
    let plain = |i: usize| {
        let c = a.classes[i];
        let other = c.has(Class::Preposition) && !linked(a, i, language) && language.cues.get("rank-of").at(a, i).is_none();
        let verb = c.has(Class::Verb) && !c.has(Class::Noun);
        !other && !verb && !c.has(Class::Coordinator) && mark(a, i).is_none_or(|m| matches!(m, '\'' | '’'))
    };
    leads && past - from <= NEAR && (link + 1..past).all(plain)
}
