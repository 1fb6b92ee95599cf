//! Findings that a desk has looked at and lives with: a list by draft and fingerprint, which holds no word of a draft.
//!
//! ```
//! use recoupe::baseline::Baseline;
//!
//! let mut known = Baseline::default();
//! known.add("drafts/a.md", "1:0123456789abcdef", "sum-mismatch");
//! let read = Baseline::parse(&known.to_json())?;
//! assert!(read.knows("drafts/a.md", "1:0123456789abcdef"));
//! # Ok::<(), recoupe::baseline::BaselineError>(())
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// The form of the file that is written; another is refused.
const VERSION: u32 = 1;

/// The known findings of some drafts: path → fingerprint → id of the rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    files: BTreeMap<String, BTreeMap<String, String>>,
}

/// Why a text is no baseline, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineError {
    /// From 1.
    pub line: usize,
    /// From 1, in bytes.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for BaselineError {}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// The first place at which the text is no JSON or no baseline: another version, a key that is unknown or stands twice, what
    /// is no fingerprint.
    pub fn parse(text: &str) -> Result<Baseline, BaselineError> {
        let file: File = serde_json::from_str(text).map_err(|e| {
            let (line, column) = (e.line().max(1), e.column().max(1));
            // The library puts the place at the end of its message too.
            let message = e.to_string();
            let message = message.strip_suffix(&format!(" at line {} column {}", e.line(), e.column())).unwrap_or(&message);
            BaselineError { line, column, message: message.to_owned() }
        })?;
        Ok(Baseline { files: file.files.0.into_iter().map(|(path, Unique(known))| (path, names(known))).collect() })
    }

    /// The file: paths and fingerprints in order, one a line, so that it can be read, compared and merged.
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Out<'a> {
            #[serde(rename = "recoupe-baseline")]
            version: u32,
            files: &'a BTreeMap<String, BTreeMap<String, String>>,
        }
        let out = Out { version: VERSION, files: &self.files };
        serde_json::to_string_pretty(&out).expect("maps of strings can always be written") + "\n"
    }

    /// Adds a finding of a draft.
    pub fn add(&mut self, path: &str, fingerprint: &str, rule: &str) {
        self.files.entry(path.to_owned()).or_default().insert(fingerprint.to_owned(), rule.to_owned());
    }

    /// Whether a finding of a draft is in the list.
    pub fn knows(&self, path: &str, fingerprint: &str) -> bool {
        self.files.get(path).is_some_and(|known| known.contains_key(fingerprint))
    }

    /// The drafts in the list, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// What the list has of a draft and the draft has no more: fingerprint and rule of each.
    pub fn gone(&self, path: &str, found: &BTreeSet<&str>) -> Vec<(&str, &str)> {
        let known = self.files.get(path).into_iter().flatten();
        known.filter(|(print, _)| !found.contains(print.as_str())).map(|(print, rule)| (print.as_str(), rule.as_str())).collect()
    }

    /// Takes a finding of a draft out of the list; a draft without any leaves it too.
    pub fn remove(&mut self, path: &str, fingerprint: &str) {
        if let Some(known) = self.files.get_mut(path) {
            known.remove(fingerprint);
            if known.is_empty() {
                self.files.remove(path);
            }
        }
    }

    /// How many findings the list has.
    pub fn len(&self) -> usize {
        self.files.values().map(BTreeMap::len).sum()
    }

    /// Whether the list has none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "recoupe-baseline")]
    _version: Version,
    files: Unique<Unique<RuleId, Fingerprint>>,
}

struct Version;

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Version, D::Error> {
        match u32::deserialize(d)? {
            VERSION => Ok(Version),
            other => Err(D::Error::custom(format!("version {other} of a baseline; this recoupe knows version {VERSION}"))),
        }
    }
}

/// A version, a colon, hexadecimal digits.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Fingerprint(String);

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Fingerprint, D::Error> {
        let text = String::deserialize(d)?;
        let shaped = text.split_once(':').is_some_and(|(version, hash)| {
            let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
            !version.is_empty() && version.bytes().all(|b| b.is_ascii_alphanumeric()) && hash.len() >= 16 && hash.bytes().all(hex)
        });
        if shaped { Ok(Fingerprint(text)) } else { Err(D::Error::custom(format!("`{text}` is no fingerprint"))) }
    }
}

type RuleId = String;

/// A map that refuses a key that is given twice, as a merge that went wrong leaves it.
struct Unique<V, K = String>(BTreeMap<K, V>);

impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Deserialize<'de> for Unique<V, K> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Unique<V, K>, D::Error> {
        struct Entries<K, V>(std::marker::PhantomData<(K, V)>);
        impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Visitor<'de> for Entries<K, V> {
            type Value = Unique<V, K>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Unique<V, K>, M::Error> {
                let mut out = BTreeMap::new();
                while let Some((key, value)) = map.next_entry()? {
                    if out.insert(key, value).is_some() {
                        return Err(M::Error::custom("the key stands twice: merge the two entries"));
                    }
                }
                Ok(Unique(out))
            }
        }
        d.deserialize_map(Entries(std::marker::PhantomData))
    }
}

fn names(known: BTreeMap<Fingerprint, String>) -> BTreeMap<String, String> {
    known.into_iter().map(|(print, rule)| (print.0, rule)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sorted_and_comes_back_as_it_was() {
        let mut known = Baseline::default();
        known.add("b.md", "1:00000000000000ff", "two-ages");
        known.add("a é.md", "1:00000000000000aa", "sum-mismatch");
        known.add("b.md", "1:0000000000000001", "two-ages");
        let json = known.to_json();
        assert_eq!(
            json,
            r#"{
  "recoupe-baseline": 1,
  "files": {
    "a é.md": {
      "1:00000000000000aa": "sum-mismatch"
    },
    "b.md": {
      "1:0000000000000001": "two-ages",
      "1:00000000000000ff": "two-ages"
    }
  }
}
"#
        );
        assert_eq!(Baseline::parse(&json), Ok(known.clone()));
        let found = BTreeSet::from(["1:0000000000000001"]);
        assert_eq!(known.gone("b.md", &found), [("1:00000000000000ff", "two-ages")]);
        assert!(known.gone("c.md", &found).is_empty());
        known.remove("b.md", "1:00000000000000ff");
        known.remove("a é.md", "1:00000000000000aa");
        assert_eq!((known.len(), known.paths().collect::<Vec<_>>()), (1, vec!["b.md"]));
    }

    #[test]
    fn what_is_no_baseline_is_told_with_its_place() {
        let told = |text: &str| Baseline::parse(text).unwrap_err().to_string();
        assert_eq!(told(""), "1:1: EOF while parsing a value");
        assert_eq!(told("{\n  \"files\": {}\n}"), "3:1: missing field `recoupe-baseline`");
        assert_eq!(told("{\"recoupe-baseline\": 2, \"files\": {}}"), "1:22: version 2 of a baseline; this recoupe knows version 1");
        assert_eq!(told("{\"recoupe-baseline\": 1,\n \"files\": {\"a.md\": {\"x\": \"y\"}}}"), "2:23: `x` is no fingerprint");
        assert!(told("{\"recoupe-baseline\": 1, \"files\": {}, \"more\": 1}").contains("unknown field `more`"));
        let twice = "{\"recoupe-baseline\": 1, \"files\": {\"a\": {}, \"a\": {}}}";
        assert!(told(twice).contains("stands twice"), "{}", told(twice));
        // Not a draft's words, but a file of them: whatever is read is told, never a panic.
        assert!(told("<<<<<<< HEAD\n").starts_with("1:1: "));
    }
}
