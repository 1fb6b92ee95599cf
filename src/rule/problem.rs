//! What is wrong with a file that a newsroom wrote, and where: positions are looked up only once something is wrong.

use std::path::PathBuf;
use std::sync::Arc;

use saphyr::{LoadableYamlNode, MarkedYaml, YamlData};

use crate::span::Span;

/// Something wrong with a rule file or a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleProblem {
    /// The file.
    pub file: PathBuf,
    /// Its content; empty for a rule that is built in.
    pub source: Arc<str>,
    /// Bytes of `source`.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
}

/// What of a path is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// The last key.
    Key,
    /// What stands under it.
    Value,
}

/// Where a path of keys and indexes stands in a YAML text; `None` where the text has no such path.
pub(crate) fn locate(text: &str, path: &[&str], at: At) -> Option<Span> {
    let docs = MarkedYaml::load_from_str(text).ok()?;
    let mut node = docs.first()?;
    let mut key = None;
    for step in path {
        match &node.data {
            YamlData::Mapping(map) => {
                let (k, v) = map.iter().find(|(k, _)| scalar(k) == Some(step))?;
                (key, node) = (Some(k), v);
            }
            YamlData::Sequence(list) => {
                (key, node) = (None, list.get(step.parse::<usize>().ok()?)?);
            }
            // « body: text » where a list may stand: its only element is the text.
            YamlData::Value(_) if *step == "0" => key = None,
            _ => return None,
        }
    }
    let node = if at == At::Key { key.unwrap_or(node) } else { node };
    Some(bytes(text, node))
}

/// Where a key or a text stands anywhere below a path.
pub(crate) fn locate_word(text: &str, path: &[&str], word: &str) -> Option<Span> {
    let docs = MarkedYaml::load_from_str(text).ok()?;
    let mut node = docs.first()?;
    for step in path {
        node = match &node.data {
            YamlData::Mapping(map) => map.iter().find(|(k, _)| scalar(k) == Some(step))?.1,
            YamlData::Sequence(list) => list.get(step.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    find(node, word).map(|n| bytes(text, n))
}

fn find<'n, 'i>(node: &'n MarkedYaml<'i>, word: &str) -> Option<&'n MarkedYaml<'i>> {
    match &node.data {
        YamlData::Mapping(map) => {
            let key = map.keys().find(|k| scalar(k) == Some(word));
            key.or_else(|| map.values().find_map(|v| find(v, word)))
        }
        YamlData::Sequence(list) => list.iter().find_map(|n| find(n, word)),
        _ => (scalar(node) == Some(word)).then_some(node),
    }
}

fn scalar<'n>(node: &'n MarkedYaml) -> Option<&'n str> {
    match &node.data {
        YamlData::Value(saphyr::Scalar::String(s)) => Some(s),
        YamlData::Representation(s, _, _) => Some(s),
        _ => None,
    }
}

/// The parser counts characters.
fn bytes(text: &str, node: &MarkedYaml) -> Span {
    let byte = |index: usize| text.char_indices().nth(index).map_or(text.len(), |(at, _)| at);
    let start = byte(node.span.start.index());
    let end = byte(node.span.end.index()).max(start);
    // A block's span runs to the next token: show its words only.
    Span::new(start, start + text[start..end].trim_end().len())
}

/// Narrows the span of a quoted or plain text to a part of what it holds, where it is written as it is read.
pub(super) fn within(text: &str, span: Span, value: &str, part: Span) -> Span {
    let written = span.of(text);
    match written.find(value) {
        Some(offset) if !value.is_empty() => {
            let base = span.start as usize + offset;
            Span::new(base + part.start as usize, base + part.end as usize)
        }
        _ => span,
    }
}

/// The byte at a line and a column, both counted from 1, columns in characters.
pub(super) fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start.min(text.len())..];
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.trim_end().len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_places_in_bytes() {
        let text = "é: { à: \"ü\", b: [x, \"y\"] }\nfind:\n  fr: \"la [police\"\n";
        let span = locate(text, &["é", "b", "1"], At::Value).unwrap();
        assert_eq!(span.of(text), "\"y\"");
        assert_eq!(locate(text, &["é", "à"], At::Key).unwrap().of(text), "à");
        let fr = locate(text, &["find", "fr"], At::Value).unwrap();
        assert_eq!(within(text, fr, "la [police", Span::new(3, 10)).of(text), "[police");
        assert_eq!(locate_word(text, &["é"], "x").unwrap().of(text), "x");
        assert_eq!(locate(text, &["find", "en"], At::Value), None);
    }
}
