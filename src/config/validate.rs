//! From the text of a configuration to a [`Config`]: all that is wrong with it is told at once, each at its place.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use serde_json::Value;

use super::file::{ConfigFile, OverrideFile};
use super::globs::Globs;
use super::{ARCHIVE, Config, Layer, Settings, furniture};
use crate::language::{Languages, Sets};
use crate::near::nearest;
use crate::reader::Format;
use crate::rule::RuleProblem;
use crate::rule::file::{OneOrMany, Ordered};
use crate::rule::problem::{At, locate};
use crate::rule::shape::{parse, what_fits};

impl Config {
    /// Reads the text of a configuration; `path` is its absolute path, from whose folder its own paths count.
    ///
    /// # Errors
    /// All that is wrong with it, as far as that can be known without the rules: keys, values, globs, languages, days.
    pub fn parse(path: &Path, text: &str) -> Result<Config, Vec<RuleProblem>> {
        match Config::parse_all(path, text) {
            (config, problems) if problems.is_empty() => Ok(config),
            (_, problems) => Err(problems),
        }
    }

    /// What of the text of a configuration can be used, and all that is wrong with the rest.
    pub(crate) fn parse_all(path: &Path, text: &str) -> (Config, Vec<RuleProblem>) {
        let text: Arc<str> = text.into();
        let root = path.parent().unwrap_or(Path::new("")).to_owned();
        let json = match parse(path, &text) {
            // A file in which all is commented out.
            Ok(Value::Null) => Value::Object(serde_json::Map::new()),
            Ok(json) => json,
            Err(found) => return (Config { path: Some(path.to_owned()), text, root, ..Config::default() }, found),
        };
        let (file, mut found) = what_fits::<ConfigFile>(path, &text, &json, &in_parts);
        let file = file.unwrap_or_default();
        let mut problems = Problems { path, text: &text, found: Vec::new() };
        let config = Config {
            path: Some(path.to_owned()),
            rules: file.rules.0.iter().map(|dir| normal(&root.join(dir))).collect(),
            docs: site(file.docs.as_deref(), &mut problems),
            archive: archive(&file.archive, &mut problems),
            lists: lists(&file.lists, &mut problems),
            exclude: globs(&file.exclude, &["exclude"], &mut problems),
            formats: formats(&file.formats, &mut problems),
            profiles: furniture::profiles(&file.furniture, &mut problems),
            layers: layers(&file, &mut problems),
            lacks_rules: false,
            text: text.clone(),
            root,
        };
        found.append(&mut problems.found);
        found.sort_by_key(|p| p.span.start);
        (config, found)
    }

    /// A problem at a place of the file.
    pub(crate) fn problem(&self, keys: &[&str], at: At, message: String, hint: Option<String>) -> RuleProblem {
        let path = self.path.clone().unwrap_or_default();
        let mut problems = Problems { path: &path, text: &self.text, found: Vec::new() };
        problems.add(keys, at, message, hint);
        problems.found.swap_remove(0)
    }

    /// The names of rules and topics in the file, each with the keys that lead to it.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.layers.iter().flat_map(|layer| {
            layer.settings.levels.iter().map(|(name, _)| {
                let keys = layer.keys.iter().map(String::as_str).chain(["levels", name.as_str()]).collect();
                (name.as_str(), keys)
            })
        })
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> &Arc<str> {
        &self.text
    }
}

/// What of the file can be wrong part by part.
fn in_parts(inside: &[&str]) -> bool {
    match inside {
        [key] => ["lists", "formats", "levels", "overrides", "furniture"].contains(key),
        ["lists", _] | ["overrides", _] | ["furniture", _] => true,
        ["overrides", _, key] => *key == "levels",
        _ => false,
    }
}

pub(super) struct Problems<'a> {
    path: &'a Path,
    text: &'a Arc<str>,
    found: Vec<RuleProblem>,
}

impl Problems<'_> {
    pub(super) fn add(&mut self, keys: &[&str], at: At, message: String, hint: Option<String>) {
        // « rules: desk »: the only item of a list may stand for it.
        let span = (1..=keys.len()).rev().find_map(|n| locate(self.text, &keys[..n], at)).unwrap_or_default();
        self.found.push(RuleProblem { file: self.path.to_owned(), source: self.text.clone(), span, message, hint });
    }
}

/// An address, with a slash at its end.
fn site(docs: Option<&str>, problems: &mut Problems) -> Option<String> {
    let docs = docs?;
    if !["https://", "http://", "file:///"].iter().any(|scheme| docs.starts_with(scheme)) || docs.contains(char::is_whitespace) {
        let hint = Some("write it as `https://docs.example/recoupe/`".to_owned());
        problems.add(&["docs"], At::Value, format!("`{docs}` is no address of a site"), hint);
    }
    Some(format!("{}/", docs.trim_end_matches('/')))
}

/// How an archive calls its keys.
fn archive(keys: &Ordered<String>, problems: &mut Problems) -> Vec<(String, String)> {
    for (key, _) in keys.0.iter().filter(|(key, _)| !ARCHIVE.contains(&key.as_str())) {
        let hint = nearest(key, ARCHIVE).map(|near| format!("did you mean `{near}`?"));
        problems.add(&["archive", key], At::Key, format!("an article has no `{key}`: {}", ARCHIVE.join(", ")), hint);
    }
    keys.0.clone()
}

fn layers(file: &ConfigFile, problems: &mut Problems) -> Vec<Layer> {
    let ConfigFile { lang, date, messages, notes, fail_on, levels, .. } = file;
    let all = OverrideFile {
        paths: OneOrMany::default(),
        lang: lang.clone(),
        date: date.clone(),
        messages: messages.clone(),
        notes: *notes,
        fail_on: *fail_on,
        levels: levels.clone(),
    };
    let mut layers = vec![Layer { globs: None, keys: Vec::new(), settings: settings(&all, &[], problems) }];
    for (i, more) in file.overrides.iter().enumerate() {
        let at = i.to_string();
        let keys = ["overrides", &*at];
        if more.paths.0.is_empty() {
            let hint = Some("name the drafts that it is for: `paths: [\"sport/**\"]`".to_owned());
            problems.add(&keys, At::Value, "an override without `paths:`".to_owned(), hint);
        }
        let globs = globs(&more.paths, &["overrides", &*at, "paths"], problems);
        let settings = settings(more, &keys, problems);
        layers.push(Layer { globs: Some(globs), keys: keys.map(str::to_owned).to_vec(), settings });
    }
    layers
}

fn settings(file: &OverrideFile, keys: &[&str], problems: &mut Problems) -> Settings {
    let mut note = |key: &str, (message, hint): (String, Option<String>)| {
        problems.add(&[keys, &[key]].concat(), At::Value, message, hint);
    };
    let mut heard = |key: &str, heard: Option<Result<String, (String, Option<String>)>>| match heard {
        Some(Err(problem)) => {
            note(key, problem);
            None
        }
        Some(Ok(value)) => Some(value),
        None => None,
    };
    let lang = heard("lang", file.lang.as_deref().map(language));
    let messages = heard("messages", file.messages.as_deref().map(language));
    let date = file.date.as_deref().map(day);
    if let Some(Err(message)) = &date {
        note("date", (message.clone(), None));
    }
    Settings {
        lang,
        date: date.and_then(Result::ok),
        messages,
        notes: file.notes,
        fail_on: file.fail_on,
        format: None,
        levels: file.levels.0.clone(),
    }
}

/// The code of a loaded language.
fn language(code: &str) -> Result<String, (String, Option<String>)> {
    let shipped = Languages::shipped();
    match shipped.by_code(code) {
        Some(lang) => Ok(shipped.code(lang).to_owned()),
        None => {
            let codes: Vec<&str> = shipped.iter().map(|(_, l)| l.code.as_str()).collect();
            Err((format!("there is no language `{code}` here"), Some(format!("one of {}", codes.join(", ")))))
        }
    }
}

/// A day as configurations and the command line write it.
///
/// # Errors
/// What is wrong with it, and how to write it.
pub fn day(text: &str) -> Result<Date, String> {
    let shaped =
        text.len() == 10 && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    if !shaped {
        return Err("a day is written like 2024-05-17".to_owned());
    }
    text.parse().map_err(|_| "there is no such day".to_owned())
}

pub(super) fn globs(globs: &OneOrMany, keys: &[&str], problems: &mut Problems) -> Globs {
    let all: Vec<&str> = globs.0.iter().map(String::as_str).collect();
    Globs::new(&all).unwrap_or_else(|(i, why)| {
        let at = i.to_string();
        problems.add(&[keys, &[&at]].concat(), At::Value, format!("no glob: {why}"), None);
        Globs::default()
    })
}

fn formats(formats: &Ordered<String>, problems: &mut Problems) -> Vec<(Globs, Format, String)> {
    let mut out = Vec::new();
    for (glob, name) in &formats.0 {
        let format = Format::by_name(name);
        if format.is_none() {
            let names: Vec<&str> = Format::all().map(Format::name).collect();
            let hint = match nearest(name, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("one of {}", names.join(", ")),
            };
            problems.add(&["formats", glob], At::Value, format!("there is no format `{name}`"), Some(hint));
        }
        match Globs::new(&[glob]) {
            Ok(globs) => out.extend(format.map(|format| (globs, format, glob.clone()))),
            Err((_, why)) => problems.add(&["formats", glob], At::Key, format!("no glob: {why}"), None),
        }
    }
    out
}

fn lists(lists: &Ordered<Ordered<OneOrMany>>, problems: &mut Problems) -> Vec<(crate::language::Lang, Sets)> {
    let shipped = Languages::shipped();
    let mut out = Vec::new();
    for (code, sets) in &lists.0 {
        match shipped.iter().find(|(_, l)| l.code == *code) {
            Some((lang, _)) => {
                let sets = sets.0.iter().map(|(name, words)| (name.clone(), words.0.clone()));
                out.push((lang, sets.collect()));
            }
            None => {
                let (message, hint) = language(code).err().unwrap_or_default();
                problems.add(&["lists", code], At::Key, message, hint);
            }
        }
    }
    out
}

/// A path without `.` and `..`, as far as it can be told without looking.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            Component::ParentDir if out.has_root() => {}
            part => out.push(part),
        }
    }
    out
}
