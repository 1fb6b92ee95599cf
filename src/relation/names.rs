//! Names in the arguments of relations: of cue sets, of concepts, of what can be written in several ways. The schema of each relation says
//! which of its texts are one, so that editors and the loader of rules know it from one place.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use crate::language::Languages;
use crate::near::nearest;

/// What a name is a name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A cue set of `sets.yaml`.
    Set,
    /// A concept of `grammar.yaml`.
    Concept,
    /// A key of `choices.yaml`.
    Choice,
    /// An act or an end of an axis of `senses.yaml`: `theft`, `open-closed one`.
    Sense,
    /// A key of `exclusions.yaml`.
    Exclusion,
}

impl Kind {
    const ALL: [Kind; 5] = [Kind::Set, Kind::Concept, Kind::Choice, Kind::Sense, Kind::Exclusion];

    /// The `format` in the schema, which is also what a message calls it.
    fn format(self) -> &'static str {
        match self {
            Kind::Set => "set",
            Kind::Concept => "concept",
            Kind::Choice => "choice",
            Kind::Sense => "sense",
            Kind::Exclusion => "exclusion",
        }
    }

    /// All names that a language knows.
    fn known(self, languages: &Languages) -> Vec<Cow<'_, str>> {
        let mut all: Vec<Cow<str>> = Vec::new();
        for (_, language) in languages.iter() {
            match self {
                Kind::Set => all.extend(language.sets.names().map(Cow::from)),
                Kind::Concept => all.extend(language.grammar.concepts.keys().map(Cow::from)),
                Kind::Choice => all.extend(language.choices.names().map(Cow::from)),
                Kind::Sense => all.extend(language.senses.names().map(Cow::from)),
                Kind::Exclusion => all.extend(language.senses.exclusions().iter().map(|e| Cow::from(&e.id))),
            }
        }
        all
    }

    fn schema(self) -> Schema {
        json_schema!({ "type": "string", "format": self.format() })
    }
}

/// A text that names a cue set.
pub(super) struct SetName;
/// A text that names a concept.
pub(super) struct ConceptName;
/// A text that names what can be written in several ways.
pub(super) struct ChoiceName;
/// A text that names an act or an end of an axis.
pub(super) struct SenseName;
/// A text that names what excludes something.
pub(super) struct ExclusionName;

macro_rules! names {
    ($($name:ident = $kind:expr,)+) => {
        $(impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $kind.schema()
            }
        })+
    };
}

names! {
    SetName = Kind::Set,
    ConceptName = Kind::Concept,
    ChoiceName = Kind::Choice,
    SenseName = Kind::Sense,
    ExclusionName = Kind::Exclusion,
}

/// A number for each of some names.
pub(super) struct Keyed<T>(PhantomData<T>);

impl<T: JsonSchema> JsonSchema for Keyed<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Keyed{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let key = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "propertyNames": key, "additionalProperties": { "type": "integer", "minimum": 0 } })
    }
}

/// A name in a relation's arguments, and the keys that lead to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) path: Vec<String>,
    /// Whether it is the last of the keys itself.
    pub(crate) key: bool,
    kind: Kind,
    name: String,
}

/// So many names fit into a remark.
const FEW: usize = 30;

impl Named {
    /// What is wrong with it, and what was perhaps meant, where no language knows it.
    pub(crate) fn unknown(&self, languages: &Languages) -> Option<(String, Option<String>)> {
        let known = self.kind.known(languages);
        if self.name.is_empty() || known.iter().any(|name| *name == self.name) {
            return None;
        }
        let near = nearest(&self.name, known.iter().map(AsRef::as_ref)).map(|near| format!("did you mean `{near}`?"));
        // Where there are few, all can be told.
        let all = || known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let hint = near.or_else(|| (1..=FEW).contains(&known.len()).then(|| format!("there are {}", all())));
        Some((format!("there is no {} `{}`", self.kind.format(), self.name), hint))
    }
}

/// All names in the value of `expect:`, which has that schema.
pub(super) fn of(schema: &Value, expect: &Value) -> Vec<Named> {
    let mut walk = Walk { defs: &schema["$defs"], path: vec!["expect".to_owned()], found: Vec::new() };
    walk.value(schema, expect);
    walk.found
}

/// A value beside its schema.
struct Walk<'s> {
    defs: &'s Value,
    path: Vec<String>,
    found: Vec<Named>,
}

impl<'s> Walk<'s> {
    fn value(&mut self, schema: &'s Value, value: &Value) {
        if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix("#/$defs/")) {
            self.value(&self.defs[name], value);
        }
        for ways in ["oneOf", "anyOf", "allOf"] {
            for way in schema.get(ways).and_then(Value::as_array).into_iter().flatten() {
                self.value(way, value);
            }
        }
        match value {
            Value::String(name) => self.name(schema, name, false),
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    let schema = schema.get("prefixItems").and_then(|all| all.get(i)).or_else(|| schema.get("items"));
                    self.inside(schema, i.to_string(), item);
                }
            }
            Value::Object(map) => {
                for (key, value) in map {
                    if let Some(names) = schema.get("propertyNames") {
                        self.path.push(key.clone());
                        self.name(names, key, true);
                        self.path.pop();
                    }
                    let own = schema.get("properties").and_then(|all| all.get(key));
                    self.inside(own.or_else(|| schema.get("additionalProperties")), key.clone(), value);
                }
            }
            _ => {}
        }
    }

    fn inside(&mut self, schema: Option<&'s Value>, key: String, value: &Value) {
        if let Some(schema) = schema {
            self.path.push(key);
            self.value(schema, value);
            self.path.pop();
        }
    }

    fn name(&mut self, schema: &Value, name: &str, key: bool) {
        let format = schema.get("format").and_then(Value::as_str);
        if let Some(kind) = Kind::ALL.into_iter().find(|kind| format == Some(kind.format())) {
            self.found.push(Named { path: self.path.clone(), key, kind, name: name.to_owned() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of relations that are no names, by the keys of the schema that lead to them.
    const FREE: &[&str] =
        &["Converted.measures", "Converted.zero", "Converted.apart", "Converted.peers", "WellFormed.cameras", "WellFormed.endings"];

    /// Every text in a schema that neither is a name nor one of a few words.
    fn texts(schema: &Value, at: &str, found: &mut Vec<String>) {
        let is_text = match &schema["type"] {
            Value::String(one) => one == "string",
            Value::Array(all) => all.iter().any(|t| t == "string"),
            _ => false,
        };
        if is_text && ["format", "const", "enum", "pattern"].iter().all(|key| schema.get(key).is_none()) {
            found.push(at.to_owned());
        }
        match schema {
            Value::Object(map) => {
                for (key, part) in map {
                    let step = !matches!(key.as_str(), "properties" | "items" | "prefixItems" | "anyOf" | "oneOf" | "$defs");
                    let at = if !step || key == "additionalProperties" { at.to_owned() } else { format!("{at}.{key}") };
                    texts(part, at.trim_start_matches('.'), found);
                }
            }
            Value::Array(all) => all.iter().for_each(|part| texts(part, at, found)),
            _ => {}
        }
    }

    #[test]
    fn every_text_of_a_relation_is_a_name_or_a_word_of_its_own() {
        let mut found = Vec::new();
        texts(&schemars::schema_for!(super::super::Expect).to_value(), "", &mut found);
        found.retain(|at| !FREE.contains(&at.as_str()));
        assert!(found.is_empty(), "say what they name: {found:?}");
    }

    #[test]
    fn names_are_found_wherever_they_stand() {
        let found = |json: &str| -> Vec<String> {
            let all = super::super::named(&serde_json::from_str(json).unwrap());
            all.iter().map(|n| format!("{}: {} {}", n.path.join("."), n.kind.format(), n.name)).collect()
        };
        assert_eq!(found(r#"{ "agree": { "about": ["ded"] } }"#), ["expect.agree.about.0: concept ded"]);
        assert_eq!(found(r#"{ "same-choice": { "of": "speling" } }"#), ["expect.same-choice.of: choice speling"]);
        assert_eq!(
            found(r#"{ "not-both": { "of": [["a", "b"]] } }"#),
            ["expect.not-both.of.0.0: set a", "expect.not-both.of.0.1: set b"]
        );
        assert_eq!(
            found(r#"{ "one-age": { "then": "t", "decades": { "d": 30 } } }"#),
            ["expect.one-age.then: set t", "expect.one-age.decades.d: set d"]
        );
    }
}
