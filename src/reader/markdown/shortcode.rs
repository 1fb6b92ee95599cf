//! What stands for a picture in the sources of a site: `{{< figure caption="…" attr="…" >}}`, `{% include image.html caption="…" %}`.

use std::ops::Range;

use crate::document::{BlockKind, FigureId};
use crate::reader::front_matter;
use crate::reader::run::{Raw, Run};

/// The pictures that a paragraph of shortcodes alone shows, each from its name to its end; `None` where the paragraph holds anything else.
pub fn alone(source: &str, range: Range<usize>) -> Option<Vec<Range<usize>>> {
    let end = range.start + source[range.clone()].trim_end().len();
    let mut at = range.start;
    let mut found = Vec::new();
    while at < end {
        let rest = &source[at..end];
        let close = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")].into_iter().find(|(open, _)| rest.starts_with(open))?.1;
        let length = rest.find(close)?;
        let inner = rest[..length].trim_start_matches(['{', '<', '%', ' ', '\t', '\n']);
        if shows_picture(inner) {
            found.push(at + length - inner.len()..at + length);
        }
        at = end - rest[length + close.len()..].trim_start().len();
    }
    (range.start < end).then_some(found)
}

/// The caption and the credit among the parameters of a shortcode.
pub fn captions(source: &str, code: Range<usize>, figure: FigureId) -> Vec<Raw> {
    let mut found = Vec::new();
    let mut at = code.start;
    while let Some(i) = source[at..code.end].find('=') {
        let name = source[at..at + i].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        let value = code.end - source[at + i + 1..code.end].trim_start().len();
        let Some(mark) = source[value..code.end].chars().next() else { break };
        if !matches!(mark, '"' | '`') {
            at = value;
            continue;
        }
        let Some(length) = closed_by(mark, &source[value + 1..code.end]) else { break };
        let span = value + 1..value + 1 + length;
        let kind = match name {
            "caption" | "legend" | "legende" | "légende" => Some(BlockKind::Caption),
            "attr" | "credit" | "crédit" => Some(BlockKind::Credit),
            _ => None,
        };
        if let Some(kind) = kind {
            let mut run = Run::default();
            front_matter::escaped(source, span.clone(), &mut run);
            found.extend(run.trimmed().map(|run| Raw { figure: Some(figure), ..Raw::new(kind, run) }));
        }
        at = span.end + 1;
    }
    found
}

/// The bytes of a value before the mark that closes it; a backslash escapes the next character between double quotes.
fn closed_by(mark: char, value: &str) -> Option<usize> {
    let mut end = 0;
    loop {
        let at = end + value[end..].find([mark, '\\'])?;
        if value[at..].starts_with(mark) {
            return Some(at);
        }
        end = at + 1 + if mark == '"' { value[at + 1..].chars().next().map_or(0, char::len_utf8) } else { 0 };
    }
}

/// Whether a shortcode shows a picture, by its name or by that of what it includes: `figure`, `include image.html`.
fn shows_picture(code: &str) -> bool {
    let name = code.split('=').next().unwrap_or_default().to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    words.any(|w| matches!(w, "figure" | "fig" | "image" | "img" | "photo" | "picture" | "responsive" | "media"))
}
