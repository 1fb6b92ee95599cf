//! A story, a picture, a reference has what belongs to it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::SetName;
use super::support::{blocks, says};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Value, mark};
use crate::document::{Block, BlockKind};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::span::Span;

/// `complete`: something is not there without what belongs to it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Complete {
    /// What must be complete.
    pub each: Whole,
    /// The kinds of block of which it needs one.
    #[serde(default)]
    pub needs: Vec<BlockKind>,
    /// The cue set that points to such a block.
    #[serde(default)]
    #[schemars(with = "Option<SetName>")]
    pub pointer: Option<String>,
}

/// What has parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Whole {
    /// The draft, if it tells a story.
    Draft,
    /// A picture, if most others of the draft have what it lacks.
    Picture,
    /// A caption, which says who, where or when.
    Caption,
    /// A remark that points to another part of the page.
    Pointer,
}

impl Relation for Complete {
    fn roles(&self) -> &'static [&'static str] {
        &["here"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::ArchiveImage]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let has = |wanted: &dyn Fn(&Block) -> bool| a.doc.blocks.iter().any(|b| self.needs.contains(&b.kind) && wanted(b));
        let places: Vec<Span> = match self.each {
            Whole::Draft => {
                // A paragraph or two may be a note, a brief, a cutting.
                let body = blocks(a, &[BlockKind::Body]);
                let opening = a.doc.blocks.first().map(|b| a.tokens_in(b.span)).filter(|t| !t.is_empty());
                opening.filter(|_| body.len() >= 5 && !has(&|_| true)).map(|t| a.span(t)).into_iter().collect()
            }
            Whole::Picture => {
                let captions: Vec<&Block> =
                    a.doc.blocks.iter().filter(|b| b.kind == BlockKind::Caption && b.figure.is_some()).collect();
                let bare: Vec<&&Block> = captions.iter().filter(|c| !has(&|b| b.figure == c.figure)).collect();
                let alone = bare.len() == 1 && captions.len() >= 3;
                bare.into_iter().filter(|_| alone).map(|b| b.span).collect()
            }
            Whole::Caption => blocks(a, &[BlockKind::Caption])
                .into_iter()
                .filter(|t| !tells_who_where_when(a, t.clone()))
                .map(|t| a.span(t))
                .collect(),
            Whole::Pointer => self.pointers(a).into_iter().filter(|_| !has(&|_| true)).collect(),
        };
        let facets = |span: Span| {
            let mut facets = Facets::default();
            facets.insert_if(says(a, "archive", a.tokens_in(span)), Facet::ArchiveImage);
            facets
        };
        places
            .into_iter()
            .map(|span| Conflict { roles: vec![("here", span)], values: Bindings::default(), facets: facets(span) })
            .collect()
    }
}

impl Complete {
    /// The words that point to another part, in brackets.
    fn pointers(&self, a: &Analysis) -> Vec<Span> {
        let Some(set) = &self.pointer else { return Vec::new() };
        let mut out = Vec::new();
        for i in blocks(a, &[]).into_iter().flatten() {
            let Some(language) = a.language(i).filter(|_| matches!(mark(a, i), Some('(' | '['))) else { continue };
            let at = i + 1;
            if at < a.tokens.len()
                && let Some(len) = language.cues.get(set).at(a, at)
            {
                out.push(a.span(at..at + len));
            }
        }
        out
    }
}

fn tells_who_where_when(a: &Analysis, tokens: std::ops::Range<usize>) -> bool {
    let named =
        |v: &Value| matches!(v, Value::Person(_) | Value::Place(_) | Value::Organisation(_) | Value::Date(_) | Value::Weekday(_));
    let prose = tokens.clone().filter(|&i| a.tokens[i].kind == TokenKind::Word).count() >= 4;
    // A capital inside names something, known or not.
    let capital = tokens.clone().skip(1).any(|i| a.tokens[i].case.is_capital() && !crate::syntax::begins(a, i));
    !prose || capital || a.mentions_in(tokens).iter().any(|m| named(&m.value))
}
