//! The integration tests, as one binary.

mod architecture;
mod cli;
mod docs;
mod examples;
mod lsp;
mod names;
mod readers;
mod readings;
mod robustness;
mod rules;
mod spelled;
