//! The integration tests, as one binary.

mod architecture;
mod cli;
mod examples;
mod readers;
mod robustness;
mod rules;
