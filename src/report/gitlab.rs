//! A Code Quality report of GitLab, for the widget of a merge request:
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use std::io::{self, Write};

use serde::Serialize;

use super::source::Position;
use super::told::{self, in_full, told};
use super::{Checked, Reporter, Settings, Summary};
use crate::finding::Level;
use crate::rule::Ruleset;

/// Writes one array with an object for each finding and each problem.
#[derive(Debug)]
pub struct GitLab {
    settings: Settings,
    issues: usize,
}

impl GitLab {
    /// A report with the words of the draft or without.
    pub fn new(settings: Settings) -> GitLab {
        GitLab { settings, issues: 0 }
    }

    fn issue(&mut self, issue: &Issue, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.issues == 0 { b"\n" } else { b",\n" })?;
        self.issues += 1;
        out.write_all(&serde_json::to_vec(issue)?)
    }
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: Position,
    end: Position,
}

impl Reporter for GitLab {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "[")
    }

    fn file(&mut self, file: &Checked, rules: &Ruleset, out: &mut dyn Write) -> io::Result<()> {
        let (source, all) = told(file, rules, self.settings);
        for t in all {
            let issue = Issue {
                description: in_full(&t, file.path, file.ui),
                check_name: &t.rule.id,
                // Of two equal ones GitLab shows the first: the same slip may stand in two drafts.
                fingerprint: format!("{}:{}", t.fingerprint, file.path),
                severity: match t.level {
                    Level::Error => "major",
                    Level::Warning => "minor",
                    Level::Note => "info",
                },
                location: Location { path: file.path, positions: Positions { begin: t.primary().start, end: t.primary().end } },
            };
            self.issue(&issue, out)?;
        }
        for (i, p) in file.problems.iter().enumerate() {
            let place = p.span.unwrap_or_default().range();
            let issue = Issue {
                description: told::problem(p, file.ui, self.settings).into_owned(),
                check_name: "unreadable",
                fingerprint: format!("unreadable:{i}:{}", file.path),
                severity: if file.document.is_none() { "blocker" } else { "minor" },
                location: Location {
                    path: file.path,
                    positions: Positions { begin: source.position(place.start), end: source.position(place.end) },
                },
            };
            self.issue(&issue, out)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Summary, _: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n]")
    }

    fn tells_problems(&self) -> bool {
        true
    }
}
