//! `POST /story`: a draft as it reads, block by block, each piece with its place in what was sent.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use schemars::JsonSchema;
use serde::Serialize;

use super::draft::{self, FactsRequest};
use super::refusal::Refusal;
use super::service::in_turn;
use super::{Service, answer};
use crate::document::{BlockKind, Document};
use crate::reader;
use crate::span::Span;

/// A draft as it reads.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Story")]
pub(super) struct Story {
    /// The format in which it was read: `text`, `markdown`, `html` …
    format: &'static str,
    /// The code of its language; empty where it is not known.
    language: String,
    /// The code of the language that it is plainly written in, where it was read as another because that was asked.
    looks_like: Option<String>,
    /// The day of publication (YYYY-MM-DD), where one is known.
    published: Option<String>,
    /// Its parts, in their order.
    blocks: Vec<Block>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "StoryBlock")]
struct Block {
    kind: BlockKind,
    runs: Vec<Run>,
}

/// Words that stand together in what was sent.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "StoryRun")]
struct Run {
    text: String,
    /// First byte of it in what was sent.
    start: u32,
    /// The byte after its last.
    end: u32,
}

/// `POST /story`.
pub(super) async fn route(State(service): State<Arc<Service>>, request: Request) -> Result<Response, Refusal> {
    let sent = draft::receive(request, &service.options.limits).await?;
    let story = in_turn(&service, move |service| {
        let (asked, bytes): (FactsRequest, _) = sent.asked()?;
        let languages = service.desk.rules.languages;
        let settings = asked.settings(&sent, service)?;
        let bytes = bytes.as_deref().unwrap_or(asked.text());
        let format = draft::format(bytes, &settings, &service.desk)?;
        let doc = draft::read(bytes, &settings, &service.desk)?.document;
        let language = languages.code(doc.meta.lang).to_owned();
        let looks_like = reader::plainly_in(&doc, languages).map(|lang| languages.code(lang).to_owned());
        let published = doc.meta.published.map(|(day, _)| day.to_string());
        Ok(Story { format: format.name(), language, looks_like, published, blocks: blocks(&doc) })
    });
    Ok(answer::json(&story.await?))
}

fn blocks(doc: &Document) -> Vec<Block> {
    let run = |block: Span| {
        move |(text, source): (Span, Span)| {
            let text = Span { start: block.start + text.start, end: block.start + text.end };
            Run { text: text.of(&doc.text).to_owned(), start: source.start, end: source.end }
        }
    };
    doc.blocks.iter().map(|b| Block { kind: b.kind, runs: doc.map.slice(b.span).pieces().map(run(b.span)).collect() }).collect()
}
