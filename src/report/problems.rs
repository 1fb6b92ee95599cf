//! Problems of rule files, drawn as findings are, in the YAML at their line and column.

use std::io::{self, Write};

use super::terminal::snippet::{Mark, Snippet, View};
use super::{Settings, Source, Ui};
use crate::finding::Level;
use crate::rule::RuleProblem;

/// Draws one problem of a rule file.
pub fn rule_problem(p: &RuleProblem, ui: &Ui, settings: Settings, out: &mut dyn Write) -> io::Result<()> {
    let lines = Source::new(p.source.as_bytes());
    let name = p.file.to_string_lossy().replace('\\', "/");
    let view = View { name: &name, text: &p.source, lines: &lines, place: &|byte| lines.position(byte) };
    // What could not be opened, and a rule that is built in, have no lines to show.
    let bare = p.source.is_empty();
    let snippet = Snippet {
        level: Level::Error,
        code: "",
        message: &if bare { format!("{name}: {}", p.message) } else { p.message.clone() },
        marks: if bare { Vec::new() } else { vec![Mark { range: p.span.range(), primary: true, message: String::new() }] },
        notes: p.hint.iter().map(|hint| (ui.help, hint.clone())).collect(),
    };
    snippet.draw(&view, ui, settings, out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn drawn(source: &str, span: Span, hint: Option<&str>, ui: &str) -> String {
        let problem = RuleProblem {
            file: "desk/odd-unit.yaml".into(),
            source: source.into(),
            span,
            message: "`levle` is no key of a rule".to_owned(),
            hint: hint.map(str::to_owned),
        };
        let mut out = Vec::new();
        rule_problem(&problem, Ui::of(ui), Settings::default(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_problem_is_shown_in_its_file() {
        let yaml = "id: odd-unit\nlevle: error\n";
        assert_eq!(
            drawn(yaml, Span::new(13, 18), Some("did you mean `level`?"), "en"),
            "error: `levle` is no key of a rule
  ┌─ desk/odd-unit.yaml:2:1
  │
2 │ levle: error
  │ ^^^^^
  │
  = help: did you mean `level`?

"
        );
    }

    #[test]
    fn a_file_without_lines_and_a_span_at_the_end_are_shown_too() {
        assert_eq!(drawn("", Span::new(0, 0), None, "fr"), "erreur\u{a0}: desk/odd-unit.yaml: `levle` is no key of a rule\n\n");
        assert!(drawn("id: x\n", Span::new(6, 6), None, "en").contains("odd-unit.yaml:2:1"));
    }
}
