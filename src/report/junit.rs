//! The XML of JUnit, which every build server reads: a draft is a suite, and a finding a test that fails.

use std::io::{self, Write};

use super::told::{self, in_full, told};
use super::xml::{DECLARATION, Text};
use super::{Checked, Reporter, Settings, Summary};
use crate::finding::Level;
use crate::rule::Ruleset;

/// Writes a suite for each draft. A draft without findings is a test that passes; so is a note, with what it says as its output.
#[derive(Debug)]
pub struct JUnit {
    settings: Settings,
}

impl JUnit {
    /// A report with the words of the draft or without.
    pub fn new(settings: Settings) -> JUnit {
        JUnit { settings }
    }
}

impl Reporter for JUnit {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{DECLARATION}<testsuites name=\"recoupe\">")
    }

    fn file(&mut self, file: &Checked, rules: &Ruleset, out: &mut dyn Write) -> io::Result<()> {
        let (_, all) = told(file, rules, self.settings);
        let path = Text(file.path);
        let failures = all.iter().filter(|t| t.level > Level::Note).count();
        // What the reader could not make out is an error only where it could read nothing.
        let errors = usize::from(file.document.is_none());
        let tests = (all.len() + errors).max(1);
        writeln!(out, "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"0\">")?;
        for t in &all {
            let (at, rule) = (t.primary().start, &t.rule.id);
            writeln!(out, "    <testcase classname=\"recoupe.{}\" name=\"{path}:{}:{}\">", Text(rule), at.line, at.column)?;
            let says = in_full(t, file.path, file.ui);
            match t.level {
                Level::Note => writeln!(out, "      <system-out>{}</system-out>", Text(&says))?,
                level => writeln!(
                    out,
                    "      <failure type=\"{}\" message=\"{}\">{}</failure>",
                    level.name(),
                    Text(&t.message),
                    Text(&says)
                )?,
            }
            writeln!(out, "    </testcase>")?;
        }
        let problems: Vec<_> = file.problems.iter().map(|p| told::problem(p, file.ui, self.settings)).collect();
        let problems = problems.join("\n");
        if errors > 0 {
            writeln!(out, "    <testcase classname=\"recoupe\" name=\"{path}\">")?;
            writeln!(out, "      <error type=\"unreadable\" message=\"{}\"/>", Text(&problems))?;
            writeln!(out, "    </testcase>")?;
        } else {
            if all.is_empty() {
                writeln!(out, "    <testcase classname=\"recoupe\" name=\"{path}\"/>")?;
            }
            if !problems.is_empty() {
                writeln!(out, "    <system-err>{}</system-err>", Text(&problems))?;
            }
        }
        writeln!(out, "  </testsuite>")
    }

    fn end(&mut self, _: &Summary, _: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "</testsuites>")
    }

    fn tells_problems(&self) -> bool {
        true
    }
}
