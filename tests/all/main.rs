//! The integration tests, as one binary.

mod architecture;
mod changes;
mod cli;
mod docs;
mod examples;
mod names;
mod readers;
mod readings;
mod robustness;
mod rules;
mod spelled;
