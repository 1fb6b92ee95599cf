//! The integration tests, as one binary.

mod architecture;
mod cli;
mod configuration;
mod examples;
mod names;
mod readers;
mod readings;
mod robustness;
mod rules;
mod spelled;
