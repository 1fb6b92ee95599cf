//! Findings into words: one table of reports, fed one file at a time, so that a folder of any size is never held whole.

pub mod checkstyle;
mod columns;
pub mod examples;
pub mod explain;
pub mod facts;
#[cfg(test)]
mod fixture;
pub mod github;
pub mod gitlab;
mod guards;
pub mod html;
pub mod json;
pub mod jsonl;
pub mod junit;
mod kinds;
mod line;
pub mod page;
pub mod parsed;
pub mod problems;
pub mod rdjson;
mod reporter;
pub mod rules;
pub mod sarif;
pub mod short;
pub mod source;
pub mod tally;
pub mod terminal;
pub mod told;
pub mod words;
mod xml;

pub(crate) use line::{plain, wrap};
pub use reporter::{Checked, Reporter, Settings, Summary};
pub use source::Source;
pub(crate) use told::shown_span;
pub use words::Ui;

/// Makes a report.
pub type Make = fn(Settings) -> Box<dyn Reporter>;

/// All reports by name, the default first. A new one is a file beside this one and a line here.
pub const REPORTS: [(&str, Make); 11] = [
    ("terminal", |settings| Box::new(terminal::Terminal::new(settings))),
    ("short", |settings| Box::new(short::Short::new(settings))),
    ("html", |settings| Box::new(html::Html::new(settings))),
    ("json", |settings| Box::new(json::Json::new(settings))),
    ("jsonl", |settings| Box::new(jsonl::JsonLines::new(settings))),
    ("sarif", |settings| Box::new(sarif::Sarif::new(settings))),
    ("github", |settings| Box::new(github::GitHub::new(settings))),
    ("gitlab", |settings| Box::new(gitlab::GitLab::new(settings))),
    ("junit", |settings| Box::new(junit::JUnit::new(settings))),
    ("checkstyle", |settings| Box::new(checkstyle::Checkstyle::new(settings))),
    ("rdjson", |settings| Box::new(rdjson::RdJson::new(settings))),
];

/// The report of that name.
pub fn by_name(name: &str) -> Option<Make> {
    REPORTS.iter().find(|(n, _)| *n == name).map(|(_, make)| *make)
}
