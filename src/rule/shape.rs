//! From the text of a rule file to its shape; where it does not fit, every key is tried by itself, so that all is told.

use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::file::RuleFile;
use super::problem::{At, RuleProblem, byte_at, locate, locate_word};
use crate::pattern::nearest;
use crate::span::Span;

/// A problem of a file as a whole, shown at its first line.
pub(crate) fn whole_file(path: &Path, text: &Arc<str>, message: &str, hint: Option<&str>) -> RuleProblem {
    let first = text.lines().next().map_or(0, str::len);
    let (message, hint) = (message.to_owned(), hint.map(str::to_owned));
    RuleProblem { file: path.to_owned(), source: text.clone(), span: Span::new(0, first), message, hint }
}

/// A YAML text as a value, its keys in their order.
pub(crate) fn parse(path: &Path, text: &Arc<str>) -> Result<Value, Vec<RuleProblem>> {
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

/// The keys of a rule whose values are maps of parts that can each be wrong by itself.
const MAPS: [&str; 8] = ["find", "labels", "message", "title", "help", "why", "table", "suggest"];

/// A rule file, or all that is wrong with its shape.
pub(super) fn shape(path: &Path, text: &Arc<str>, json: &Value) -> Result<RuleFile, Vec<RuleProblem>> {
    let in_parts = |inside: &[&str]| match inside {
        [key] => MAPS.contains(key) || *key == "examples",
        ["examples", _] => true,
        _ => false,
    };
    shape_of(path, text, json, &in_parts)
}

/// A value of that type, or all that is wrong with it; see [`what_fits`].
pub(crate) fn shape_of<T: DeserializeOwned>(
    path: &Path,
    text: &Arc<str>,
    json: &Value,
    in_parts: &dyn Fn(&[&str]) -> bool,
) -> Result<T, Vec<RuleProblem>> {
    match what_fits(path, text, json, in_parts) {
        (Some(value), problems) if problems.is_empty() => Ok(value),
        (_, problems) => Err(problems),
    }
}

/// What of a value fits a type, and all that does not: `in_parts` says of which paths the parts are tried one by one.
///
/// A file that holds nothing but one part must fit the type, so that all keys of the type may be left out.
pub(crate) fn what_fits<T: DeserializeOwned>(
    path: &Path,
    text: &Arc<str>,
    json: &Value,
    in_parts: &dyn Fn(&[&str]) -> bool,
) -> (Option<T>, Vec<RuleProblem>) {
    let whole = match T::deserialize(json) {
        Ok(value) => return (Some(value), Vec::new()),
        Err(e) => e.to_string(),
    };
    let (mut problems, mut wrong) = (Vec::new(), Vec::new());
    let mut inside = Vec::new();
    let mut keys = Vec::new();
    if let Value::Object(map) = json {
        for (key, value) in map {
            inside.push(Step::Key(key));
            keys.push(key.clone());
            try_parts::<T>(&mut inside, &mut keys, value, in_parts, &mut |keys, error| {
                problems.push(structural(path, text, keys, error));
                wrong.push(keys.iter().map(|k| (*k).to_owned()).collect::<Vec<String>>());
            });
            keys.pop();
            inside.pop();
        }
    }
    if problems.is_empty() {
        problems.push(structural(path, text, &[], &whole));
    }
    let mut rest = json.clone();
    wrong.iter().for_each(|keys| leave_out(&mut rest, keys));
    (T::deserialize(&rest).ok(), problems)
}

/// Takes a part out of a value. Where it is an item the whole list goes, so that the others keep their numbers.
fn leave_out(value: &mut Value, keys: &[String]) {
    match (value, keys) {
        (Value::Object(map), [key]) => _ = map.shift_remove(key),
        (Value::Object(map), [key, index]) if map.get(key).is_some_and(Value::is_array) && index.parse::<usize>().is_ok() => {
            map.shift_remove(key);
        }
        (Value::Object(map), [key, rest @ ..]) => {
            if let Some(inner) = map.get_mut(key) {
                leave_out(inner, rest);
            }
        }
        (Value::Array(list), [index, rest @ ..]) => {
            if let Some(inner) = index.parse().ok().and_then(|i: usize| list.get_mut(i)) {
                leave_out(inner, rest);
            }
        }
        _ => {}
    }
}

/// One step from a value to a part of it.
#[derive(Clone, Copy)]
enum Step<'j> {
    Key(&'j str),
    Item,
}

fn try_parts<'j, T: DeserializeOwned>(
    inside: &mut Vec<Step<'j>>,
    keys: &mut Vec<String>,
    value: &'j Value,
    in_parts: &dyn Fn(&[&str]) -> bool,
    note: &mut dyn FnMut(&[&str], &str),
) {
    let path: Vec<&str> = keys.iter().map(String::as_str).collect();
    let parts: Vec<(Step, String, &Value)> = match value {
        _ if !in_parts(&path) => Vec::new(),
        Value::Object(map) => map.iter().map(|(k, v)| (Step::Key(k), k.clone(), v)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(i, v)| (Step::Item, i.to_string(), v)).collect(),
        _ => Vec::new(),
    };
    if parts.is_empty() {
        // The part alone, in as many layers as it lies deep.
        let alone = inside.iter().rev().fold(value.clone(), |inner, step| match step {
            Step::Key(key) => Value::Object([((*key).to_owned(), inner)].into_iter().collect()),
            Step::Item => Value::Array(vec![inner]),
        });
        if let Err(e) = T::deserialize(&alone) {
            note(&path, &e.to_string());
        }
        return;
    }
    for (step, key, part) in parts {
        inside.push(step);
        keys.push(key);
        try_parts::<T>(inside, keys, part, in_parts, note);
        keys.pop();
        inside.pop();
    }
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
