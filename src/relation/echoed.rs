//! Whoever stands in the furniture stands in the story.

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::{blocks, fold, people, says, slip, vocabulary};
use super::{Conflict, Relation, presented};
use crate::analysis::{Analysis, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;

/// `echoed`: every person who is named in some blocks is named in others.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Echoed {
    /// The kinds of block whose names must come again.
    pub of: Vec<BlockKind>,
    /// The kinds of block where they must stand.
    pub r#in: Vec<BlockKind>,
    /// The fewest words that those blocks must have before anything can be missing from them.
    #[serde(default = "words")]
    pub at_least: usize,
}

fn words() -> usize {
    120
}

impl Relation for Echoed {
    fn roles(&self) -> &'static [&'static str] {
        &["name"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::ArchiveImage, Facet::PictureSeries]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let asked: Vec<_> = people(a).filter(|(m, _)| self.of.contains(&a.doc.blocks[m.block as usize].kind)).collect();
        if asked.is_empty() || blocks(a, &self.r#in).iter().map(ExactSizeIterator::len).sum::<usize>() < self.at_least {
            return Vec::new();
        }
        let story = vocabulary(a, &self.r#in);
        let mut found = Vec::new();
        for (m, p) in asked {
            let names = m.tokens.0 as usize..m.tokens.1 as usize;
            let full = p.given.0 < p.given.1 && p.surname.0 < p.surname.1;
            let stands = |i: usize| {
                let word = fold(a.lower(i));
                story.contains(&word) || story.iter().any(|w| slip(w, &word, 2) || (word.len() > 4 && w.starts_with(&word)))
            };
            // A first name alone may be what the story calls them by.
            // « (Ana Lis/Le Quai) », "Image: Ana Lis": who took the picture.
            // « Anne Morel : « On y croit » », « Le billet d'Anne Morel », "… | Ann Hallam": who speaks or signs.
            let speaks = matches!(mark(a, names.end.min(a.tokens.len() - 1)), Some(':' | '|' | '«' | '“' | '"'))
                && names.end < a.tokens.len()
                || names.start > 0 && matches!(mark(a, names.start - 1), Some('|' | '–' | '—'))
                || says(a, "column-noun", a.sentence(names.start).start..names.start)
                || names.start > 0 && says(a, "agent", names.start - 1..names.start);
            // The caption says who it is.
            let told = a.kind(names.start) == BlockKind::Caption
                && (presented::titled(a, p.title) || presented::presented(a, m.tokens) || presented::listed(a, m.tokens));
            if speaks || told {
                continue;
            }
            let took_it = mark(a, names.end) == Some('/')
                || names.start > 0 && matches!(mark(a, names.start - 1), Some('(' | ':' | '/' | '©'));
            if !full || took_it || names.clone().any(stands) {
                continue;
            }
            let mut facets = Facets::default();
            facets.insert_if(says(a, "archive", a.tokens_in(a.doc.blocks[m.block as usize].span)), Facet::ArchiveImage);
            found.push(Conflict { roles: vec![("name", m.span)], values: Bindings::default(), facets });
        }
        // A gallery shows people of whom its story does not speak.
        if self.of.contains(&BlockKind::Caption) && found.len() >= 4 {
            found.iter_mut().for_each(|c: &mut Conflict| c.facets.insert(Facet::PictureSeries));
        }
        found
    }
}
