//! A JSON Schema, walked down the keys of a YAML file.

use serde_json::Value;

/// One step down a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Under a key.
    Key(String),
    /// Into a list.
    Item,
}

/// What a schema lets stand somewhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice {
    /// A key, or a value.
    pub name: String,
    /// What the schema says of it.
    pub about: String,
}

/// The deepest nesting of references that is followed.
const DEEPEST: usize = 32;

/// All schemas that may hold at a path.
pub fn at<'s>(root: &'s Value, path: &[Step]) -> Vec<&'s Value> {
    let mut here = Vec::new();
    open(root, root, &mut here, 0);
    for step in path {
        let mut next = Vec::new();
        for schema in here {
            let below = match step {
                Step::Item => schema.get("items"),
                Step::Key(key) => schema["properties"].get(key).or_else(|| schema.get("additionalProperties")),
            };
            if let Some(below) = below {
                open(root, below, &mut next, 0);
            }
        }
        here = next;
    }
    here
}

/// Follows references and alternatives.
fn open<'s>(root: &'s Value, schema: &'s Value, out: &mut Vec<&'s Value>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    if let Some(target) = schema["$ref"].as_str().and_then(|r| root.pointer(r.strip_prefix('#')?)) {
        open(root, target, out, depth + 1);
    }
    for alternatives in ["anyOf", "oneOf", "allOf"] {
        for one in schema[alternatives].as_array().into_iter().flatten() {
            open(root, one, out, depth + 1);
        }
    }
    out.push(schema);
}

/// The keys that may stand in a map.
pub fn keys(root: &Value, path: &[Step]) -> Vec<Choice> {
    let properties = at(root, path).into_iter().filter_map(|s| s["properties"].as_object()).flatten();
    sorted(properties.map(|(name, schema)| Choice { name: name.clone(), about: about(root, schema) }).collect())
}

/// The values that may stand at a path, as far as the schema lists them.
pub fn values(root: &Value, path: &[Step]) -> Vec<Choice> {
    let mut out = Vec::new();
    for schema in at(root, path) {
        let listed = schema["enum"].as_array().into_iter().flatten().chain(schema.get("const"));
        out.extend(listed.filter_map(Value::as_str).map(|name| Choice { name: name.to_owned(), about: about(root, schema) }));
        let types = [&schema["type"]].into_iter().chain(schema["type"].as_array().into_iter().flatten());
        if types.into_iter().any(|t| t == "boolean") {
            out.extend(["true", "false"].map(|name| Choice { name: name.to_owned(), about: String::new() }));
        }
    }
    sorted(out)
}

fn sorted(mut choices: Vec<Choice>) -> Vec<Choice> {
    choices.sort();
    choices.dedup_by(|a, b| a.name == b.name);
    choices
}

fn about(root: &Value, schema: &Value) -> String {
    let target =
        || schema["$ref"].as_str().and_then(|r| root.pointer(r.strip_prefix('#')?)).and_then(|t| t["description"].as_str());
    schema["description"].as_str().or_else(target).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(steps: &str) -> Vec<Step> {
        let step = |s: &str| if s == "-" { Step::Item } else { Step::Key(s.to_owned()) };
        steps.split('.').filter(|s| !s.is_empty()).map(step).collect()
    }

    fn names(choices: Vec<Choice>) -> String {
        choices.into_iter().map(|c| c.name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_schema_of_rules_is_walked() {
        let schema = crate::rule::file::schema();
        assert!(names(keys(&schema, &[])).contains("expect extends find fix help id"));
        assert_eq!(names(values(&schema, &path("level"))), "error note warning");
        assert_eq!(names(values(&schema, &path("enabled"))), "false true");
        assert!(names(values(&schema, &path("in.-"))).starts_with("body byline caption"));
        assert!(names(values(&schema, &path("unless.-"))).contains("part-of"));
        assert!(names(keys(&schema, &path("expect"))).contains("agree"));
        let of_examples = names(keys(&schema, &path("examples.-")));
        assert!(["bad", "because", "fixed", "good", "thanks-to"].iter().all(|key| of_examples.split(' ').any(|k| k == *key)));
        assert_eq!(names(keys(&schema, &path("nothing.-.here"))), "");
    }
}
