//! The XML of Checkstyle, which Jenkins' Warnings plug-in and most review tools read.

use std::io::{self, Write};

use super::told::{self, in_full, told};
use super::xml::{DECLARATION, Text};
use super::{Checked, Reporter, Settings, Summary};
use crate::finding::Level;
use crate::rule::Ruleset;

/// Writes a `file` element for each draft with findings or problems, and an `error` element for each of them.
#[derive(Debug)]
pub struct Checkstyle {
    settings: Settings,
}

impl Checkstyle {
    /// A report with the words of the draft or without.
    pub fn new(settings: Settings) -> Checkstyle {
        Checkstyle { settings }
    }
}

impl Reporter for Checkstyle {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        // The version is that of the form: the one that Checkstyle gave last when it changed.
        writeln!(out, "{DECLARATION}<checkstyle version=\"8.0\">")
    }

    fn file(&mut self, file: &Checked, rules: &Ruleset, out: &mut dyn Write) -> io::Result<()> {
        let (source, all) = told(file, rules, self.settings);
        if all.is_empty() && file.problems.is_empty() {
            return Ok(());
        }
        writeln!(out, "  <file name=\"{}\">", Text(file.path))?;
        for t in all {
            let severity = match t.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note => "info",
            };
            let (at, says) = (t.primary().start, in_full(&t, file.path, file.ui));
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"recoupe.{}\"/>",
                at.line,
                at.column,
                Text(&says),
                Text(&t.rule.id)
            )?;
        }
        for p in file.problems {
            let at = source.position(p.span.unwrap_or_default().range().start);
            let says = told::problem(p, file.ui, self.settings);
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"error\" message=\"{}\" source=\"recoupe\"/>",
                at.line,
                at.column,
                Text(&says)
            )?;
        }
        writeln!(out, "  </file>")
    }

    fn end(&mut self, _: &Summary, _: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "</checkstyle>")
    }

    fn tells_problems(&self) -> bool {
        true
    }
}
