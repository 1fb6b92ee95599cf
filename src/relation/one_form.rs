//! What recurs in a draft recurs in one form.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::well_formed::{is_broken, name};
use super::{Conflict, Relation};
use crate::analysis::Analysis;
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::span::Span;

/// `one-form`: of the forms in which a thing is written one is the draft's own; each other is shown beside it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OneForm {
    /// What recurs.
    pub of: Recurring,
}

/// What recurs in a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Recurring {
    /// The name of an agency or photographer in the credits.
    Credit,
    /// The space before the colon after the label of a credit.
    LabelSpacing,
}

impl Relation for OneForm {
    fn roles(&self) -> &'static [&'static str] {
        &["rare", "common"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["rare.count", "common.count"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        // What recurs → its forms, in the order in which they are first met, with their places.
        let mut groups: BTreeMap<String, Vec<(String, Vec<Span>)>> = BTreeMap::new();
        for block in a.doc.blocks.iter().filter(|b| b.kind == BlockKind::Credit) {
            let Some((key, form, span)) = self.form(block.span, &a.doc.text) else { continue };
            let forms = groups.entry(key).or_default();
            match forms.iter_mut().find(|(f, _)| *f == form) {
                Some((_, places)) => places.push(span),
                None => forms.push((form, vec![span])),
            }
        }
        let mut found = Vec::new();
        for forms in groups.into_values() {
            let Some(common) = forms.iter().rev().max_by_key(|(_, places)| places.len()) else { continue };
            for rare in forms.iter().filter(|f| f.0 != common.0) {
                let mut values = Bindings::default();
                values.bind("rare.count", Bound::Count(rare.1.len()));
                values.bind("common.count", Bound::Count(common.1.len()));
                found.push(Conflict {
                    roles: vec![("rare", rare.1[0]), ("common", common.1[0])],
                    values,
                    facets: Facets::default(),
                });
            }
        }
        found
    }
}

impl OneForm {
    /// What a credit shows of the thing: the thing itself, its form, and where.
    fn form(&self, credit: Span, text: &str) -> Option<(String, String, Span)> {
        match self.of {
            Recurring::Credit => {
                let span = name(credit, text);
                let words = span.of(text);
                let key: String = words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
                // A broken credit is another rule's.
                let form = words.trim_end_matches('.').trim_end();
                (!is_broken(words) && !key.is_empty()).then(|| (key, form.to_owned(), span))
            }
            Recurring::LabelSpacing => {
                let words = credit.of(text);
                let colon = words.find(':').filter(|i| !words[*i..].starts_with("://"))?;
                let label = words[..colon].trim_end();
                let spaced = label.len() < colon;
                let span = Span::new(credit.start as usize, credit.start as usize + colon + 1);
                Some((String::new(), if spaced { " :" } else { ":" }.to_owned(), span))
            }
        }
    }
}
