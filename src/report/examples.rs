//! The examples of rules, with the words that they mark underlined.

use std::io::{self, Write};
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::{Ui, plain};
use crate::document::BlockKind;
use crate::rule::Example;

/// The columns at which an example is broken.
const WIDTH: usize = 72;

/// A text without its marks, and what they marked: `[words]{role}`.
pub(crate) fn unmark(marked: &str) -> (String, Vec<(Range<usize>, String)>) {
    let mut text = String::new();
    let mut marks = Vec::new();
    let mut open = Vec::new();
    let mut rest = marked;
    while let Some(at) = rest.find(['[', ']']) {
        text.push_str(&rest[..at]);
        let bracket = &rest[at..at + 1];
        rest = &rest[at + 1..];
        let role = rest.strip_prefix('{').and_then(|r| r.split_once('}')).filter(|(name, _)| is_role(name));
        match (bracket, open.pop(), role) {
            ("]", Some(start), Some((role, after))) => {
                // The bracket that opened it was kept until it was known to be a mark.
                text.remove(start);
                for (inner, _) in marks.iter_mut().filter(|(m, _): &&mut (Range<usize>, String)| m.start > start) {
                    *inner = inner.start - 1..inner.end - 1;
                }
                marks.push((start..text.len(), role.to_owned()));
                rest = after;
            }
            ("]", _, _) => text.push(']'),
            (_, outer, _) => {
                open.extend(outer);
                open.push(text.len());
                text.push('[');
            }
        }
    }
    text.push_str(rest);
    marks.sort_by_key(|(range, _)| (range.start, range.end));
    (text, marks)
}

fn is_role(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
}

/// Writes an example: the version before, where it has one, and its blocks.
pub(crate) fn write_all(example: &Example, ui: &Ui, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    if let Some(previous) = &example.previous {
        writeln!(out, "{indent}{}{}", ui.before, ui.colon.trim_end())?;
        write(previous, &format!("{indent}  "), out)?;
        writeln!(out, "{indent}{}{}", ui.after, ui.colon.trim_end())?;
        return write(&example.blocks, &format!("{indent}  "), out);
    }
    write(&example.blocks, indent, out)
}

/// Writes the blocks of an example, each after the name of its kind, its marks underlined and named.
pub(crate) fn write(blocks: &[(BlockKind, String)], indent: &str, out: &mut dyn Write) -> io::Result<()> {
    let gutter = blocks.iter().map(|(kind, _)| kind.name().len()).max().unwrap_or(0);
    for (kind, marked) in blocks {
        let (text, marks) = unmark(marked);
        for (i, line) in lines(&text).into_iter().enumerate() {
            let head = if i == 0 { kind.name() } else { "" };
            writeln!(out, "{}", format!("{indent}{head:gutter$}  {}", plain(&text[line.clone()])).trim_end())?;
            let under = underline(&text, &line, &marks);
            if !under.is_empty() {
                writeln!(out, "{indent}{:gutter$}  {under}", "")?;
            }
        }
    }
    Ok(())
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut end = 0;
    for word in text.split_inclusive([' ', '\n']) {
        if end > start && text[start..end].width() + word.trim_end().width() > WIDTH {
            out.push(start..end);
            start = end;
        }
        end += word.len();
        if word.ends_with('\n') {
            out.push(start..end);
            start = end;
        }
    }
    if end > start || out.is_empty() {
        out.push(start..end);
    }
    out
}

/// Carets under the first mark of a line, dashes under the others, then the roles.
fn underline(text: &str, line: &Range<usize>, marks: &[(Range<usize>, String)]) -> String {
    let mut out = String::new();
    let mut roles = Vec::new();
    let shown = text[line.clone()].trim_end();
    for (i, (range, role)) in marks.iter().enumerate() {
        let (start, end) = (range.start.max(line.start), range.end.min(line.start + shown.len()));
        if start > end || range.start >= line.end && !range.is_empty() || range.end <= line.start {
            continue;
        }
        let (from, to) = (plain(&text[line.start..start]).width(), plain(&text[line.start..end]).width());
        let used = out.width();
        out.extend(std::iter::repeat_n(' ', from.saturating_sub(used)));
        let sign = if i == 0 { '^' } else { '-' };
        out.extend(std::iter::repeat_n(sign, to.max(from + 1).saturating_sub(from.max(used))));
        roles.push(role.as_str());
    }
    if roles.is_empty() { out } else { format!("{out} {}", roles.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out_and_other_brackets_kept() {
        let (text, marks) = unmark("Le [3 mai]{date} [sic], un [jeudi]{weekday}");
        assert_eq!(text, "Le 3 mai [sic], un jeudi");
        assert_eq!(marks, [(3..8, "date".to_owned()), (19..24, "weekday".to_owned())]);
        let (text, marks) = unmark("[un [deux]{b} trois]{a} ] [");
        assert_eq!(text, "un deux trois ] [");
        assert_eq!(marks, [(0..13, "a".to_owned()), (3..7, "b".to_owned())]);
    }

    #[test]
    fn marks_are_underlined_where_they_stand() {
        let mut out = Vec::new();
        let blocks = [
            (BlockKind::Headline, "Été : [cinq élus]{first}".to_owned()),
            (BlockKind::Body, "La mairie compte [six élus]{other}.".to_owned()),
        ];
        write(&blocks, "  ", &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "  headline  Été : cinq élus
                  ^^^^^^^^^ first
  body      La mairie compte six élus.
                             ^^^^^^^^ other
"
        );
    }

    #[test]
    fn a_long_example_is_broken_between_words() {
        let text = "mot ".repeat(40);
        let cut = lines(&text);
        assert_eq!(cut.len(), 3);
        assert!(cut.iter().all(|r| text[r.clone()].trim_end().width() <= WIDTH));
        assert_eq!(cut.last().unwrap().end, text.len());
    }
}
