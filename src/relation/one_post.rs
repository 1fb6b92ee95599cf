//! Whoever holds one post of a kind holds no other.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::SetName;
use super::office::{self, Office};
use super::support::{fold, people, says};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, EntityId, Value};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::span::Span;

/// `one-post`: « l'adjointe à la culture, Solenn Kerbrat », then « Solenn Kerbrat, adjointe aux sports »: of offices of one kind somebody
/// holds one, and it is of one thing.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OnePost {
    /// The cue set of offices of which nobody holds two.
    #[schemars(with = "SetName")]
    pub of: String,
}

/// Somebody's post.
struct Post {
    office: Office,
    span: Span,
    token: usize,
}

impl Relation for OnePost {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "other"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::OtherTime, Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut posts: BTreeMap<EntityId, Vec<Post>> = BTreeMap::new();
        for (m, p) in people(a).filter(|(_, p)| p.surname.0 < p.surname.1) {
            let Some(office) = office::before(a, m, &self.of).or_else(|| office::behind(a, m, &self.of)) else { continue };
            let name = if p.title.0 < p.title.1 { p.title.0 } else { m.tokens.0 } as usize;
            let tokens = office.tokens.start.min(name)..office.tokens.end.max(m.tokens.1 as usize);
            posts.entry(p.entity).or_default().push(Post { office, span: a.span(tokens.clone()), token: tokens.start });
        }
        let mut found = Vec::new();
        for all in posts.into_values() {
            let first = &all[0];
            let sentence = |p: &Post| a.tokens[p.token].sentence;
            let Some(other) = all.iter().find(|p| sentence(p) != sentence(first) && two(a, first, p)) else { continue };
            let mut facets = Facets::default();
            for post in [first, other] {
                facets.insert_if(of_another_time(a, post), Facet::OtherTime);
                facets.insert_if(a.facets_at(post.span).contains(Facet::Quoted), Facet::Quoted);
            }
            found.push(Conflict { roles: vec![("first", first.span), ("other", other.span)], values: Bindings::default(), facets });
        }
        found
    }
}

/// Letters of a word that all its forms have.
const STEM: usize = 5;

fn stem(word: &str) -> String {
    word.chars().take(STEM).collect()
}

/// Whether two offices with one noun are of two things: both are told in full, and have no word in common.
fn two(a: &Analysis, one: &Post, other: &Post) -> bool {
    let (x, y) = (&one.office, &other.office);
    if stem(&fold(a.lower(x.head))) != stem(&fold(a.lower(y.head))) {
        return false;
    }
    // "Education Minister", "the minister for health"
    let of = |p: &Post| if p.office.linked { p.office.of.clone() } else { p.office.led.clone() };
    let (x_of, y_of) = (of(one), of(other));
    let shares = x_of.iter().any(|w| y_of.iter().any(|v| stem(w) == stem(v)));
    // Words that only say more of the noun are of no thing: "the *Conservative* minister".
    let told = |p: &Post, words: &[String]| {
        (p.office.linked && !words.is_empty() || words.len() == 1 && portfolio(a, &p.office))
            && !["general-post", "function", "people-noun"].iter().any(|set| says_of(a, &p.office, set))
    };
    let alike = !(x.linked && y.linked) || x.named == y.named;
    let in_both = |set: &str| [one, other].iter().all(|p| says_of(a, &p.office, set));
    let also = |p: &Post| says(a, "also", a.sentence(p.token));
    alike && told(one, &x_of) && told(other, &y_of) && !shares && !also(one) && !also(other) && !in_both("broad-portfolio")
}

/// Whether an entry of a set stands in an office beside its noun.
fn says_of(a: &Analysis, office: &Office, set: &str) -> bool {
    let (tokens, head) = (&office.tokens, office.head);
    says(a, set, tokens.start..head) || says(a, set, head + 1..tokens.end)
}

/// Whether the word before the noun of an office is what the office is of: a noun with a capital, as the noun has.
fn portfolio(a: &Analysis, office: &Office) -> bool {
    let capital = |i: usize| a.tokens[i].case.is_capital();
    let head = office.head;
    let demonym = |i: usize| a.language(i).is_some_and(|l| l.peoples.country(a.lower(i)).is_some());
    let party = |i: usize| says(a, "party-name", i..i + 1);
    head > office.tokens.start && capital(head) && capital(head - 1) && !demonym(head - 1) && !party(head - 1)
}

/// Whether the story gives somebody an office of another time.
fn of_another_time(a: &Analysis, post: &Post) -> bool {
    let sentence = a.sentence(post.token);
    let dated = |v: &Value| matches!(v, Value::Period(_)) || matches!(v, Value::Date(d) if d.modifier.is_none());
    let (start, end) = (post.office.tokens.start, (post.office.tokens.end + 4).min(sentence.end));
    ["former", "succession"].iter().any(|set| says(a, set, sentence.clone()))
        || a.mentions_in(start..end).iter().any(|m| dated(&m.value) && m.frame.year.is_some())
}
