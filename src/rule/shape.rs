//! From the text of a rule file to its shape; where it does not fit, every key is tried by itself, so that all is told.

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::file::{ExampleFile, RuleFile};
use super::problem::{At, RuleProblem, byte_at, locate, locate_word};
use crate::pattern::nearest;
use crate::span::Span;

/// A problem of a file as a whole, shown at its first line.
pub(super) fn whole_file(path: &Path, text: &Arc<str>, message: &str, hint: Option<&str>) -> RuleProblem {
    let first = text.lines().next().map_or(0, str::len);
    let (message, hint) = (message.to_owned(), hint.map(str::to_owned));
    RuleProblem { file: path.to_owned(), source: text.clone(), span: Span::new(0, first), message, hint }
}

/// A YAML text as a value, its keys in their order.
pub(super) fn parse(path: &Path, text: &Arc<str>) -> Result<Value, Vec<RuleProblem>> {
    // Through the YAML crate's own value, which refuses a key that is given twice.
    serde_yaml::from_str::<serde_yaml::Value>(text)
        .map_err(|e| (e.to_string(), e.location()))
        .and_then(|yaml| serde_json::to_value(&yaml).map_err(|e| (e.to_string(), None)))
        .map_err(|(message, location)| {
            let at = location.map_or(0, |l| byte_at(text, l.line(), l.column()));
            let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
            vec![RuleProblem { file: path.to_owned(), source: text.clone(), span: Span::new(at, end), message, hint: None }]
        })
}

/// The keys whose values are maps of parts that can each be wrong by itself.
const MAPS: [&str; 8] = ["find", "labels", "message", "title", "help", "why", "table", "suggest"];

/// A rule file, or all that is wrong with its shape.
pub(super) fn shape(path: &Path, text: &Arc<str>, json: &Value) -> Result<RuleFile, Vec<RuleProblem>> {
    let whole = match serde_json::from_value::<RuleFile>(json.clone()) {
        Ok(file) => return Ok(file),
        Err(e) => e,
    };
    let mut problems = Vec::new();
    let mut note = |path_in: &[&str], error: &serde_json::Error| problems.push(structural(path, text, path_in, &error.to_string()));
    for (key, value) in json.as_object().into_iter().flatten() {
        let one = |k: &str, v: &Value| Value::Object([(k.to_owned(), v.clone())].into_iter().collect());
        match value {
            Value::Array(list) if key == "examples" => {
                for (i, example) in list.iter().enumerate() {
                    let at = i.to_string();
                    let Some(map) = example.as_object() else {
                        if let Err(e) = serde_json::from_value::<ExampleFile>(example.clone()) {
                            note(&[key, &at], &e);
                        }
                        continue;
                    };
                    for (k, v) in map {
                        if let Err(e) = serde_json::from_value::<ExampleFile>(one(k, v)) {
                            note(&[key, &at, k], &e);
                        }
                    }
                }
            }
            Value::Object(map) if MAPS.contains(&key.as_str()) => {
                for (k, v) in map {
                    if let Err(e) = serde_json::from_value::<RuleFile>(one(key, &one(k, v))) {
                        note(&[key, k], &e);
                    }
                }
            }
            _ => {
                if let Err(e) = serde_json::from_value::<RuleFile>(one(key, value)) {
                    note(&[key], &e);
                }
            }
        }
    }
    if problems.is_empty() {
        problems.push(structural(path, text, &[], &whole.to_string()));
    }
    Err(problems)
}

/// A message of serde in a rule writer's words: `unknown field `x`, expected one of `a`, `b``.
fn structural(file: &Path, text: &Arc<str>, path: &[&str], error: &str) -> RuleProblem {
    let quoted: Vec<&str> = error.split('`').skip(1).step_by(2).collect();
    let kind = ["unknown field", "unknown variant"].iter().position(|k| error.starts_with(k));
    let (span, message, hint) = match (kind, quoted.split_first()) {
        (Some(kind), Some((wrong, expected))) => {
            let span =
                locate_word(text, path, wrong).or_else(|| path.split_last().and_then(|(_, up)| locate_word(text, up, wrong)));
            let what = if kind == 0 { "key" } else { "value" };
            let hint = match nearest(wrong, expected.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("one of {}", expected.join(", ")),
            };
            (span, format!("unknown {what} `{wrong}`"), Some(hint))
        }
        _ => (locate(text, path, At::Value), error.to_owned(), None),
    };
    let span = span.or_else(|| locate(text, path, At::Key)).unwrap_or_default();
    RuleProblem { file: file.to_owned(), source: text.clone(), span, message, hint }
}
