//! An office that one person holds has one bearer.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::SetName;
use super::office::{self, Office};
use super::support::{fold, people, says, slip};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, EntityId, Mention, Value};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::grammar::Class;
use crate::language::lexicon::LemmaId;
use crate::span::Span;

/// `one-bearer`: « la directrice de l'hôpital, Florence Auclair », « Sonia Perreau, directrice de l'hôpital »: an office that one person
/// holds is given to one.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OneBearer {
    /// The cue set of offices that one person holds.
    #[schemars(with = "SetName")]
    pub of: String,
}

/// Words of an office that stands before a name without its article, at most: "*Council leader* Anna Rowe".
const COMPOUND: usize = 3;

/// Somebody with an office.
struct Bearer {
    person: EntityId,
    surname: String,
    shown: bool,
    /// Of one body or place, which is named.
    of_one: bool,
    span: Span,
    token: usize,
}

impl Relation for OneBearer {
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
        let mut offices: BTreeMap<Held, Vec<Bearer>> = BTreeMap::new();
        for (m, p) in people(a).filter(|(_, p)| p.surname.0 < p.surname.1) {
            // « Directrice de l'hôpital, Sonia Perreau … », "Council leader Anna Rowe …": a caption leaves the article out.
            let bare = |o: &Office| {
                let start = a.sentence(o.head).start;
                let led = (start..o.head).all(|i| a.classes[i].has(Class::Noun) || a.classes[i].has(Class::Adjective));
                a.kind(o.head) == BlockKind::Caption && led && o.head < start + COMPOUND
            };
            let before = office::before(a, m, &self.of).filter(|o| o.definite || bare(o));
            let Some(office) = before.or_else(|| office::behind(a, m, &self.of)) else { continue };
            let of_one = !office.of.is_empty() && office.named && office.linked;
            let words = office.tokens;
            let surname = fold(a.lower(p.surname.1 as usize - 1));
            let start = words.start.min(m.tokens.0 as usize);
            let end = words.end.max(m.tokens.1 as usize);
            let shown = matches!(a.kind(start), BlockKind::Caption | BlockKind::PullQuote);
            let bearer = Bearer { person: p.entity, surname, shown, of_one, span: a.span(start..end), token: start };
            offices.entry((office.lemma, office.of)).or_default().push(bearer);
        }
        let mut found = strangers(a, &offices);
        for bearers in offices.into_values().filter(|all| all[0].of_one) {
            let first = &bearers[0];
            // Whoever comes after another holds it as well: only a caption has to be of the day of the story.
            let rival = |b: &&Bearer| {
                b.shown != first.shown
                    && b.person != first.person
                    && b.surname != first.surname
                    && !slip(&b.surname, &first.surname, 2)
            };
            let Some(other) = bearers.iter().find(rival) else { continue };
            found.push(conflict(a, first, other));
        }
        found
    }
}

/// The noun of an office, and what it is of.
type Held = (LemmaId, Vec<String>);

fn conflict(a: &Analysis, first: &Bearer, other: &Bearer) -> Conflict {
    let mut facets = Facets::default();
    for b in [first, other] {
        let sentence = a.sentence(b.token);
        let dated = a.mentions_in(sentence.clone()).iter().any(|m| matches!(m.value, Value::Period(_)) || m.frame.background);
        let past = ["former", "background", "succession", "archive"].iter().any(|set| says(a, set, sentence.clone()));
        facets.insert_if(past || dated, Facet::OtherTime);
        facets.insert_if(a.facets_at(b.span).contains(Facet::Quoted), Facet::Quoted);
    }
    Conflict { roles: vec![("first", first.span), ("other", other.span)], values: Bindings::default(), facets }
}

/// Those whom a caption gives an office that the story gives to one other, and whom the story does not name: « La directrice, Sonia
/// Perreau », where « Florence Auclair, directrice de l'hôpital » speaks.
fn strangers(a: &Analysis, offices: &BTreeMap<Held, Vec<Bearer>>) -> Vec<Conflict> {
    let mut found = Vec::new();
    let shown = offices.iter().flat_map(|(office, all)| all.iter().filter(|b| b.shown).map(move |b| (office, b)));
    for (office, b) in shown {
        let told = |m: &Mention| matches!(&m.value, Value::Person(p) if p.surname.0 < p.surname.1 && fold(a.lower(p.surname.1 as usize - 1)) == b.surname);
        let body = |m: &&Mention| !matches!(a.doc.blocks[m.block as usize].kind, BlockKind::Caption | BlockKind::PullQuote);
        if a.mentions.iter().filter(body).any(told) {
            continue;
        }
        // « maire » alone is the office of which the story tells; of two towns there are two.
        let fits = |words: &Vec<String>| words.is_empty() || office.1.is_empty() || words.iter().any(|w| office.1.contains(w));
        let rivals: Vec<&Bearer> =
            offices.iter().filter(|(o, _)| o.0 == office.0).flat_map(|(_, all)| all.iter().filter(|r| !r.shown)).collect();
        let one = rivals.iter().all(|r| r.surname == rivals[0].surname);
        let other = offices
            .iter()
            .filter(|(o, _)| o.0 == office.0 && fits(&o.1))
            .find_map(|(_, all)| all.iter().find(|r| !r.shown && !slip(&r.surname, &b.surname, 2)));
        if let Some(other) = other.filter(|o| one && o.surname != b.surname && !(b.of_one && o.of_one)) {
            found.push(conflict(a, b, other));
        }
    }
    found
}
