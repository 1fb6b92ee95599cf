//! What can be read two ways is settled by what the story says beside it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::SetName;
use super::support::{around, blocks, says};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Value};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;

/// `settled`: a word of two senses stands where other words say which is meant.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settled {
    /// The cue set of words of two senses.
    #[schemars(with = "SetName")]
    pub term: String,
    /// The cue set of words that say which.
    #[schemars(with = "SetName")]
    pub by: String,
    /// Where they may stand.
    pub within: Within,
}

/// Where what settles a word may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// In its sentence, the one before or the one after; two days or months there settle it too.
    Sentences,
    /// Anywhere in the story; the word is counted there: "22 casualties".
    Story,
}

impl Relation for Settled {
    fn roles(&self) -> &'static [&'static str] {
        &["term"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        for i in
            blocks(a, &[BlockKind::Body, BlockKind::Headline, BlockKind::Standfirst, BlockKind::ListItem]).into_iter().flatten()
        {
            let Some(len) = a.language(i).and_then(|l| l.cues.get(&self.term).at(a, i)) else { continue };
            let open = match self.within {
                Within::Sentences => {
                    let near = around(a, i);
                    let calendar = |v: &Value| matches!(v, Value::Date(_) | Value::Weekday(_) | Value::Period(_));
                    !says(a, &self.by, near.clone()) && a.mentions_in(near).iter().filter(|m| calendar(&m.value)).count() < 2
                }
                Within::Story => {
                    let counted = a.mentions_in(i.saturating_sub(1)..i + len).iter().any(|m| matches!(m.value, Value::Quantity(_)));
                    counted && !blocks(a, &[]).into_iter().any(|b| says(a, &self.by, b))
                }
            };
            if !open {
                continue;
            }
            let span = a.span(i..i + len);
            let mut facets = Facets::default();
            facets.insert_if(a.facets_at(span).contains(Facet::Quoted), Facet::Quoted);
            found.push(Conflict { roles: vec![("term", span)], values: Bindings::default(), facets });
            // Once said, it is said.
            break;
        }
        found
    }
}
