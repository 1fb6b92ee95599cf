//! The shape of a rule file, as it is written. The compiled shape is [`Rule`](super::Rule).

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::Words;
use crate::document::BlockKind;
use crate::facet::Facet;
use crate::finding::{Level, Topic};
use crate::relation::Expect;

/// A rule file.
///
/// A file has an `id` of its own or `extends` a rule. One that has the `id` of a shipped rule and neither `find` nor
/// `expect` changes what it names of that rule and leaves the rest.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleFile {
    /// The name of the defect, and of the file.
    pub id: Option<String>,
    /// The rule to which this file adds a language: patterns, words, a table, examples.
    pub extends: Option<String>,
    /// The version that first had the rule.
    pub since: Option<String>,
    /// What the rule is about.
    pub topic: Option<Topic>,
    /// How sure and how grave.
    pub level: Option<Level>,
    /// `false` switches the rule off.
    pub enabled: Option<bool>,
    /// At most one finding a draft: the first.
    pub once: Option<bool>,
    /// What it finds, in a few words, by language.
    #[serde(default)]
    pub title: Words,
    /// The kinds of block that it looks at; all where it is left out.
    #[serde(rename = "in")]
    pub blocks: Option<Vec<BlockKind>>,
    /// Patterns that flag what stands there, by language; `any` for those that speak only of cue sets.
    #[serde(default)]
    pub find: Ordered<OneOrMany>,
    /// The relation that must hold.
    pub expect: Option<Expect>,
    /// The guards that silence it.
    pub unless: Option<Unless>,
    /// Rules that say the same better: where a finding of theirs, as grave or graver, touches every place of a finding of
    /// this rule, this rule is silent.
    #[serde(default)]
    pub yields_to: OneOrMany,
    /// For a role: what to write for which of its words.
    #[serde(default)]
    pub suggest: Ordered<Ordered<String>>,
    /// Phrases that the pattern calls `@table`, each with what to write for it, by language.
    #[serde(default)]
    pub table: Ordered<Ordered<TableEntry>>,
    /// What to write instead, and whether unseen.
    pub fix: Option<FixFile>,
    /// What it says, by language; `{role}` stands for the words of a role.
    #[serde(default)]
    pub message: Words,
    /// What it says beside each role, by language; the first role is the primary place.
    #[serde(default)]
    pub labels: Ordered<Words>,
    /// What to do, by language.
    #[serde(default)]
    pub help: Words,
    /// Why it matters, by language.
    #[serde(default)]
    pub why: Words,
    /// Where the reason is documented.
    #[serde(default)]
    pub source: OneOrMany,
    /// Small drafts that are its tests.
    #[serde(default)]
    pub examples: Vec<ExampleFile>,
}

/// A small draft, and whether the rule must fire on it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExampleFile {
    /// The language of the draft; by default that of the only pattern, else French.
    pub lang: Option<String>,
    /// The day of publication, `2025-03-10`.
    pub published: Option<String>,
    /// What the newsroom asks of the story and of its pictures: `byline`, `credit`, `alternative-text` …
    #[serde(default)]
    pub asked: OneOrMany,
    /// Paragraphs of another rendition of the body, their roles marked as in the draft.
    #[serde(default)]
    pub twin: OneOrMany,
    /// Blocks by kind: the version before, which the draft is held against.
    pub previous: Option<Ordered<OneOrMany>>,
    /// Blocks by kind, their roles marked `[words]{role}`: the rule fires.
    pub bad: Option<Ordered<OneOrMany>>,
    /// Blocks by kind: the rule is silent.
    pub good: Option<Ordered<OneOrMany>>,
    /// The message of the finding, word for word.
    pub says: Option<String>,
    /// The blocks after the suggested edit.
    pub fixed: Option<Ordered<OneOrMany>>,
    /// The guard without which a good example would fire.
    pub thanks_to: Option<String>,
    /// Why a good example is silent.
    pub because: Option<String>,
}

/// What to write instead of what is found; what `suggest:` and `table:` name is written without it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FixFile {
    /// For a role: what to write at its places. `{name}` stands for the words of a role or for a value, in the language of the draft.
    #[serde(default)]
    pub replace: Ordered<String>,
    /// Whether it, or what is suggested, may be written unseen: where form decides, and nobody could want it otherwise.
    pub safe: Option<bool>,
}

/// What to write for a phrase of a table.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum TableEntry {
    /// One replacement.
    One(String),
    /// Several to choose from.
    Several(Vec<String>),
    /// With a note.
    Noted(NotedEntry),
}

/// An entry of a table that says more than what to write.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NotedEntry {
    /// What to write.
    #[serde(default, rename = "use")]
    pub instead: OneOrMany,
    /// A message's `{role.note}`.
    pub note: Option<String>,
}

impl TableEntry {
    /// The replacements, the first the likeliest.
    pub fn suggestions(&self) -> &[String] {
        match self {
            TableEntry::One(one) => std::slice::from_ref(one),
            TableEntry::Several(all) => all,
            TableEntry::Noted(noted) => &noted.instead.0,
        }
    }

    /// The note.
    pub fn note(&self) -> Option<&str> {
        if let TableEntry::Noted(noted) = self { noted.note.as_deref() } else { None }
    }
}

/// `unless:` as written: guards by name, or the usual set.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Unless(pub OneOrMany);

impl JsonSchema for Unless {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Unless".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let names: Vec<&str> = std::iter::once("default").chain(Facet::ALL.iter().map(|f| f.name())).collect();
        schemars::json_schema!({
            "oneOf": [
                { "const": "default" },
                { "type": "array", "items": { "enum": names } },
            ]
        })
    }
}

/// A string, or a list of strings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OneOrMany(pub Vec<String>);

#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its schema is asked for")]
enum OneOrManyShape {
    One(String),
    Many(Vec<String>),
}

impl<'de> Deserialize<'de> for OneOrMany {
    // By hand: what serde makes of the shape tries one after the other on a copy, and every start reads hundreds of these.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<OneOrMany, D::Error> {
        struct Texts;
        impl<'de> Visitor<'de> for Texts {
            type Value = OneOrMany;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }

            fn visit_str<E: serde::de::Error>(self, one: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![one.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<OneOrMany, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = all.next_element()? {
                    texts.push(text);
                }
                Ok(OneOrMany(texts))
            }
        }
        deserializer.deserialize_any(Texts)
    }
}

impl JsonSchema for OneOrMany {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "OneOrMany".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        OneOrManyShape::json_schema(generator)
    }
}

/// A map in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordered<T>(pub Vec<(String, T)>);

impl<T> Default for Ordered<T> {
    fn default() -> Ordered<T> {
        Ordered(Vec::new())
    }
}

impl<T> Ordered<T> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// The keys, in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(k, _)| k.as_str())
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts another map's values over this one's; new keys go to the end.
    pub fn overlay(&mut self, other: Ordered<T>) {
        for (key, value) in other.0 {
            match self.0.iter_mut().find(|(k, _)| *k == key) {
                Some((_, old)) => *old = value,
                None => self.0.push((key, value)),
            }
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Ordered<T>, D::Error> {
        struct Entries<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = Ordered<T>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Ordered<T>, M::Error> {
                let mut out = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    out.push(entry);
                }
                Ok(Ordered(out))
            }
        }
        deserializer.deserialize_map(Entries(std::marker::PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Ordered<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("MapOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <BTreeMap<String, T>>::json_schema(generator)
    }
}

/// The JSON Schema of a rule file, for completion in an editor.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(RuleFile).to_value()
}
