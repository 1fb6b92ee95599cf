//! What the furniture quotes was said so in the story.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::fold;
use super::{Conflict, Facet, Facets, Relation};
use crate::analysis::{Analysis, TokenKind};
use crate::document::BlockKind;
use crate::mention::Value;
use crate::text::mark;

/// `verbatim`: a quotation that comes again comes again word for word.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Verbatim {
    /// The kinds of block whose quotations are held against the story.
    pub of: Vec<BlockKind>,
    /// The kinds of block where the story gives them in full.
    pub r#as: Vec<BlockKind>,
    /// The fewest words of a quotation.
    #[serde(default = "four")]
    pub words: usize,
}

fn four() -> usize {
    4
}

impl Relation for Verbatim {
    fn roles(&self) -> &'static [&'static str] {
        &["quoted", "said"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Abridged]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let quotations = |kinds: &[BlockKind]| -> Vec<Vec<usize>> {
            let wanted = a.mentions.iter().filter(|m| kinds.contains(&a.doc.blocks[m.block as usize].kind));
            wanted
                .filter(|m| matches!(m.value, Value::Quotation(_)))
                .map(|m| words(a, m.tokens.0 as usize..m.tokens.1 as usize))
                .collect()
        };
        let said = quotations(&self.r#as);
        let mut found = Vec::new();
        for quoted in quotations(&self.of).into_iter().filter(|q| q.len() >= self.words) {
            let same = |story: &Vec<usize>, at: usize| {
                (0..quoted.len()).filter(|&n| fold(a.lower(quoted[n])) == fold(a.lower(story[at + n]))).count()
            };
            // The place in the story that agrees in most words.
            let best = said
                .iter()
                .flat_map(|story| (0..(story.len() + 1).saturating_sub(quoted.len())).map(move |at| (story, at)))
                .max_by_key(|(story, at)| same(story, *at));
            let Some((story, at)) = best else { continue };
            let odd: Vec<usize> = (0..quoted.len()).filter(|&n| fold(a.lower(quoted[n])) != fold(a.lower(story[at + n]))).collect();
            let (Some(first), Some(last)) = (odd.first(), odd.last()) else { continue };
            if odd.len() > 1 + quoted.len() / 10 {
                continue;
            }
            let span = |tokens: &[usize], at: usize| a.tokens[tokens[at + first]].span.cover(a.tokens[tokens[at + last]].span);
            let mut facets = Facets::default();
            let cut = |tokens: &[usize]| {
                (tokens[0].saturating_sub(1)..tokens[tokens.len() - 1] + 1)
                    .any(|i| mark(a, i).is_some_and(|c| matches!(c, '…' | '[' | '(')))
            };
            facets.insert_if(cut(&quoted) || cut(&story[at..at + quoted.len()]), Facet::Abridged);
            found.push(Conflict {
                roles: vec![("quoted", span(&quoted, 0)), ("said", span(story, at))],
                values: Default::default(),
                facets,
            });
        }
        found
    }
}

/// The words of a quotation, without its marks.
fn words(a: &Analysis, tokens: Range<usize>) -> Vec<usize> {
    tokens.filter(|&i| a.tokens[i].kind != TokenKind::Mark).collect()
}
