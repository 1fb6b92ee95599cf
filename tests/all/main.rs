//! The integration tests, as one binary.

mod architecture;
mod browser;
mod cli;
mod docs;
mod examples;
mod languagetool;
mod names;
mod page;
mod readers;
mod readings;
mod robustness;
mod rules;
mod serve;
mod spelled;
