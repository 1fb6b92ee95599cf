//! The integration tests, as one binary.

mod architecture;
mod browser;
mod cases;
mod changes;
mod cli;
mod configuration;
mod contradictions;
mod docs;
mod docs_site;
mod examples;
mod formats;
mod forms;
mod languagetool;
mod library;
#[cfg(unix)]
mod libreoffice;
mod licences;
mod lsp;
mod names;
mod packages;
mod page;
mod readers;
mod readings;
mod report_page;
mod reports;
mod robustness;
mod rules;
mod serve;
mod spelled;
#[cfg(target_os = "linux")]
mod trust;
#[cfg(unix)]
mod vscode;
mod workflows;
