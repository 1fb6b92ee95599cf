//! The integration tests, as one binary.

mod architecture;
mod cli;
mod examples;
mod names;
mod readers;
mod readings;
mod spelled;
mod robustness;
mod rules;
