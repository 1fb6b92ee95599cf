//! The integration tests, as one binary.

mod architecture;
mod browser;
mod changes;
mod cli;
mod docs;
mod examples;
mod languagetool;
mod names;
mod page;
mod readers;
mod readings;
mod report_page;
mod reports;
mod robustness;
mod rules;
mod serve;
mod spelled;
