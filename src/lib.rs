//! recoupe cross-checks a news draft against itself: numbers, dates, names, places, captions, quotations, in French and English.
//!
//! A draft goes through three steps, none of which touches files, network or clock: a [`reader`] makes a
//! [`Document`](document::Document) of its bytes, [`check`](mod@check) holds its facts against each other by the rules of a
//! [`Ruleset`](rule::Ruleset), and a [`report`] makes words of the findings.
//!
//! ```
//! use recoupe::language::Languages;
//! use recoupe::reader::{Format, Options, read};
//! use recoupe::rule::Ruleset;
//!
//! let draft = "Le lycée accueille 80 internes : 45 garçons et 30 filles.\n\nL'examen aura lieu le 31 avril.";
//! let options = Options { lang: Languages::shipped().by_code("fr"), ..Options::default() };
//! let (doc, problems) = read(draft.as_bytes(), Format::Text, Languages::shipped(), options)?;
//! assert!(problems.is_empty());
//!
//! let rules = Ruleset::shipped();
//! let found: Vec<(&str, &str)> = recoupe::check::check(&doc, &rules)
//!     .iter()
//!     .map(|f| (rules.rules[f.rule].id.as_str(), f.labels[0].span.of(&doc.text)))
//!     .collect();
//! assert_eq!(found, [("sum-mismatch", "80 internes"), ("impossible-date", "31 avril")]);
//! # Ok::<(), recoupe::reader::ReadError>(())
//! ```
//!
//! What [`facts::sheet`] lists is what the rules see: every number, amount of money, date, place, person, organisation and
//! quotation of an [`Analysis`](analysis::Analysis), with its place and value.
//!
//! The way of the data, and what must never import what, is in `ARCHITECTURE.md`.

#![forbid(unsafe_code)]

pub mod amount;
pub mod analysis;
pub mod baseline;
pub mod beside;
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

/// The page for Rust programmers: its example is compiled and run with the documentation's.
#[cfg(doctest)]
#[doc = include_str!("../docs/library.md")]
pub struct LibraryPage;
