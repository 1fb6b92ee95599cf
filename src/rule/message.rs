//! Templates into sentences.

use super::Words;
use crate::document::Document;
use crate::finding::{Bound, Finding};
use crate::language::Languages;

/// The words in a language, with `{name}` replaced by what the finding binds to it.
pub fn render(words: &Words, finding: &Finding, doc: &Document, _languages: &Languages, code: &str) -> String {
    let mut out = String::new();
    let mut rest = words.get(code);
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match (finding.bindings.get(name), finding.labels.iter().find(|l| l.role == name)) {
            (Some(Bound::Text(span)), _) => out.push_str(span.of(&doc.text)),
            (Some(Bound::Literal(text)), _) => out.push_str(text),
            (Some(Bound::Amount(a) | Bound::Percent(a)), _) => out.push_str(&a.written.to_string()),
            (Some(Bound::Count(n)), _) => out.push_str(&n.to_string()),
            (Some(Bound::Date(d)), _) => out.push_str(&d.to_string()),
            (Some(other), _) => out.push_str(&format!("{other:?}")),
            (None, Some(label)) => out.push_str(label.span.of(&doc.text)),
            (None, None) => {}
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}
