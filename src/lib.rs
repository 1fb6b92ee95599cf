//! recoupe cross-checks a news draft against itself: numbers, dates, names, places, captions, quotations, in French and English.
//!
//! A [`Desk`](desk::Desk) is the front door: it reads a draft, holds its facts against each other, and tells the findings with message, line,
//! column and fingerprint; its page has an example. Behind it stand three steps, none of which touches files, network or clock: a
//! [`reader`] makes a [`Document`](document::Document) of the bytes of a draft, [`check`](mod@check) holds its facts against each other by
//! the rules of a [`Ruleset`](rule::Ruleset), and a [`report`] makes words of the findings.
//!
//! What [`facts::sheet`] lists is what the rules see: every number, amount of money, date, place, person, organisation and
//! quotation of an [`Analysis`](analysis::Analysis), with its place and value.
//!
//! The commands, the language server and the service are the features `cli`, `lsp` and `serve`; who uses the library alone does without:
//! `default-features = false`.
//!
//! The way of the data, and what must never import what, is in `ARCHITECTURE.md`.

#![forbid(unsafe_code)]

pub mod amount;
pub mod analysis;
pub mod baseline;
pub mod beside;
mod card;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod desk;
pub mod document;
pub mod facet;
pub mod facts;
pub mod finding;
pub mod fix;
pub mod language;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod mention;
pub mod near;
pub mod parsed;
pub mod pattern;
pub mod read;
pub mod reader;
pub mod relation;
pub mod report;
pub mod rule;
#[cfg(feature = "serve")]
pub mod serve;
pub mod span;
pub mod syntax;
pub mod text;
mod tie;

/// The page for Rust programmers: its example is compiled and run with the documentation's.
#[cfg(doctest)]
#[doc = include_str!("../docs/library.md")]
pub struct LibraryPage;
