//! An office that one person holds has one bearer.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::SetName;
use super::office::{self, Office};
use super::support::{fold, people, says, slip};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, EntityId, Value};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
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

/// Somebody with an office.
struct Bearer {
    person: EntityId,
    surname: String,
    shown: bool,
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
        let mut offices: BTreeMap<(LemmaId, Vec<String>), Vec<Bearer>> = BTreeMap::new();
        for (m, p) in people(a).filter(|(_, p)| p.surname.0 < p.surname.1) {
            let fits = |o: &Office| o.named && o.linked;
            let before = office::before(a, m, &self.of).filter(|o| o.definite && fits(o));
            let Some(office) = before.or_else(|| office::behind(a, m, &self.of).filter(fits)) else { continue };
            let words = office.tokens;
            let surname = fold(a.lower(p.surname.1 as usize - 1));
            let start = words.start.min(m.tokens.0 as usize);
            let end = words.end.max(m.tokens.1 as usize);
            let shown = matches!(a.kind(start), BlockKind::Caption | BlockKind::PullQuote);
            let bearer = Bearer { person: p.entity, surname, shown, span: a.span(start..end), token: start };
            offices.entry((office.lemma, office.of)).or_default().push(bearer);
        }
        let mut found = Vec::new();
        for bearers in offices.into_values() {
            let first = &bearers[0];
            // Whoever comes after another holds it as well: only a caption has to be of the day of the story.
            let rival = |b: &&Bearer| {
                b.shown != first.shown
                    && b.person != first.person
                    && b.surname != first.surname
                    && !slip(&b.surname, &first.surname, 2)
            };
            let Some(other) = bearers.iter().find(rival) else { continue };
            let mut facets = Facets::default();
            for b in [first, other] {
                let sentence = a.sentence(b.token);
                let dated =
                    a.mentions_in(sentence.clone()).iter().any(|m| matches!(m.value, Value::Period(_)) || m.frame.background);
                let past = ["former", "background", "succession"].iter().any(|set| says(a, set, sentence.clone()));
                facets.insert_if(past || dated, Facet::OtherTime);
                facets.insert_if(a.facets_at(b.span).contains(Facet::Quoted), Facet::Quoted);
            }
            found.push(Conflict { roles: vec![("first", first.span), ("other", other.span)], values: Bindings::default(), facets });
        }
        found
    }
}
