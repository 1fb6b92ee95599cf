//! The integration tests, as one binary.

mod architecture;
mod browser;
mod cli;
mod docs;
mod examples;
mod names;
mod page;
mod readers;
mod readings;
mod reports;
mod robustness;
mod rules;
mod spelled;
