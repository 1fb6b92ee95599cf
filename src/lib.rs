//! recoupe cross-checks a news draft against itself.
//!
//! The way of the data, and what must never import what, is in `ARCHITECTURE.md`.

pub mod analysis;
pub mod check;
pub mod cli;
pub mod document;
pub mod facts;
pub mod finding;
pub mod language;
pub mod mention;
pub mod pattern;
pub mod reader;
pub mod relation;
pub mod report;
pub mod rule;
pub mod span;
pub mod syntax;
pub mod text;
