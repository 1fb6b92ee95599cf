//! A credit names somebody in each of its parts.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Conflict, Relation};
use crate::analysis::Analysis;
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::span::Span;

/// `well-formed`: between the slashes of a credit stands a name, and its brackets close.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WellFormed {}

impl Relation for WellFormed {
    fn roles(&self) -> &'static [&'static str] {
        &["credit"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        a.doc
            .blocks
            .iter()
            .filter(|b| b.kind == BlockKind::Credit)
            .map(|b| name(b.span, &a.doc.text))
            .filter(|span| is_broken(span.of(&a.doc.text)))
            .map(|span| Conflict { roles: vec![("credit", span)], values: Bindings::default(), facets: Facets::default() })
            .collect()
    }
}

/// What stands after the label of a credit: « TASS » in « Photo : TASS ».
pub(super) fn name(credit: Span, text: &str) -> Span {
    let words = credit.of(text);
    let Some(colon) = words.find(':').filter(|i| !words[*i..].starts_with("://")) else { return credit };
    let after = &words[colon + 1..];
    let start = credit.start as usize + colon + 1 + (after.len() - after.trim_start().len());
    if after.trim().is_empty() { credit } else { Span::new(start, credit.end as usize) }
}

/// Whether a part between slashes names nobody, or a bracket stands alone. A credit with no slash and no bracket is one name.
pub(super) fn is_broken(name: &str) -> bool {
    if name.contains("://") {
        return false;
    }
    let nameless = |part: &str| !part.chars().any(char::is_alphanumeric);
    let mut depth = 0i32;
    let balanced = name.chars().all(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth >= 0
    }) && depth == 0;
    (name.contains('/') && name.split('/').any(nameless)) || !balanced || nameless(name)
}

#[cfg(test)]
mod tests {
    use super::is_broken;

    #[test]
    fn a_part_without_a_name_breaks_a_credit() {
        for broken in ["././Agence", "AFP/.", "/AP", "AFP/", ". /EPA", "A//B", ".", "AFP)"] {
            assert!(is_broken(broken), "{broken}");
        }
        for sound in ["AFP", "Jeanne Roy/AFP", "J. Roy / AFP", "AFP (archives)", "https://example.org/a//b", "© DR"] {
            assert!(!is_broken(sound), "{sound}");
        }
    }
}
