//! Workflow commands of GitHub Actions: printed in a step, they annotate the lines of a pull request.
//!
//! <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message>. GitHub shows ten of each
//! level a step; SARIF has no such limit.

use std::io::{self, Write};

use super::told::{self, in_full, told};
use super::{Checked, Reporter, Settings, Summary};
use crate::finding::Level;
use crate::rule::Ruleset;

/// Writes a command for each finding and each problem.
#[derive(Debug)]
pub struct GitHub {
    settings: Settings,
}

impl GitHub {
    /// A report with the words of the draft or without.
    pub fn new(settings: Settings) -> GitHub {
        GitHub { settings }
    }
}

impl Reporter for GitHub {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, file: &Checked, rules: &Ruleset, out: &mut dyn Write) -> io::Result<()> {
        let (source, all) = told(file, rules, self.settings);
        for t in all {
            let command = match t.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note => "notice",
            };
            let (start, end) = (t.primary().start, t.primary().end);
            write!(out, "::{command} file={},line={},endLine={}", property(file.path), start.line, end.line)?;
            // Columns are refused where the lines differ.
            if start.line == end.line {
                write!(out, ",col={},endColumn={}", start.column, end.column)?;
            }
            writeln!(out, ",title={}::{}", property(&t.rule.id), data(&in_full(&t, file.path, file.ui)))?;
        }
        for p in file.problems {
            write!(out, "::error file={}", property(file.path))?;
            if let Some(span) = p.span {
                write!(out, ",line={}", source.position(span.range().start).line)?;
            }
            writeln!(out, "::{}", data(&told::problem(p, file.ui, self.settings)))?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Summary, _: &str, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn tells_problems(&self) -> bool {
        true
    }
}

/// Text after the second `::`, so that it neither ends the line nor is read as another command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, in which a colon or a comma would end it; what would steer a terminal is shown as its sign.
fn property(text: &str) -> String {
    let safe = data(text).replace(':', "%3A").replace(',', "%2C");
    safe.chars().map(|c| if c.is_ascii_control() { super::plain(&c.to_string()) } else { c.to_string() }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{checked, draft, finding, report};
    use super::*;
    use crate::reader::Problem;
    use crate::span::Span;

    #[test]
    fn a_finding_is_one_command_with_its_other_places() {
        let text = "neuf bateaux, 100 % à quai\nsept bateaux";
        let doc = draft(text);
        let f = finding(text, &[("first", "neuf bateaux"), ("other", "sept bateaux")]);
        let out = report("github", false, &checked("d/a, b.md", text.as_bytes(), &doc, &[f], "en"));
        assert_eq!(
            out,
            "::warning file=d/a%2C b.md,line=1,endLine=1,col=1,endColumn=13,title=two-counts::neuf bateaux, then sept bateaux\
             %0Ad/a, b.md:2:1: another count (sept bateaux)%0Ahelp: keep one count\n"
        );
    }

    #[test]
    fn words_of_a_draft_make_no_command() {
        let text = "sept bateaux %0A::error::x\r\nneuf bateaux";
        let doc = draft(text);
        let f = finding(text, &[("first", "bateaux %0A::error::x\r\nneuf")]);
        let out = report("github", false, &checked("a.md", text.as_bytes(), &doc, &[f], "en"));
        assert_eq!(out.lines().count(), 1);
        assert!(out.contains("line=1,endLine=2,title="), "{out}");
        assert!(out.contains("bateaux %250A::error::x neuf"), "{out}");
    }

    #[test]
    fn a_problem_is_an_error_at_its_line() {
        let problems = [
            Problem { message: "no such file".to_owned(), span: None },
            Problem { message: "`x` is no date".to_owned(), span: Some(Span::new(2, 3)) },
        ];
        let file = Checked { path: "a.md", bytes: b"a\nx", document: None, findings: &[], problems: &problems, ui: "en" };
        assert_eq!(report("github", false, &file), "::error file=a.md::no such file\n::error file=a.md,line=2::`x` is no date\n");
    }
}
