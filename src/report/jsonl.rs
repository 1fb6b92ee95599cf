//! JSON Lines: an object a line, written as soon as its draft is checked, for `jq`, a log collector or a queue.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{FindingJson, ProblemJson, SummaryJson, language, published};
use super::told::told;
use super::{Checked, Reporter, Settings, Summary};
use crate::rule::Ruleset;

/// Writes a line for each finding and each problem, and a last one that counts; `type` says which it is.
///
/// Findings and problems have the keys that they have in the JSON report, and the path, the language and the day of their draft.
#[derive(Debug)]
pub struct JsonLines {
    settings: Settings,
}

impl JsonLines {
    /// A report with the words of the draft or without.
    pub fn new(settings: Settings) -> JsonLines {
        JsonLines { settings }
    }
}

#[derive(Serialize)]
struct Line<'a, T: Serialize> {
    r#type: &'static str,
    path: &'a str,
    draft: usize,
    language: &'a str,
    published: Option<&'a str>,
    #[serde(flatten)]
    what: T,
}

#[derive(Serialize)]
struct Last {
    r#type: &'static str,
    #[serde(flatten)]
    summary: SummaryJson,
}

impl Reporter for JsonLines {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, file: &Checked, rules: &Ruleset, out: &mut dyn Write) -> io::Result<()> {
        let (language, published) = (language(file, rules), published(file));
        let published = published.as_deref();
        for t in told(file, rules, self.settings).1 {
            let what = FindingJson::from(t);
            let line = Line { r#type: "finding", path: file.path, draft: file.number(), language, published, what };
            writeln!(out, "{}", serde_json::to_string(&line)?)?;
        }
        for p in file.problems {
            let what = ProblemJson::of(p, file.ui, self.settings);
            let line = Line { r#type: "problem", path: file.path, draft: file.number(), language, published, what };
            writeln!(out, "{}", serde_json::to_string(&line)?)?;
        }
        Ok(())
    }

    fn end(&mut self, summary: &Summary, _: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", serde_json::to_string(&Last { r#type: "summary", summary: summary.into() })?)
    }

    fn tells_problems(&self) -> bool {
        true
    }
}
