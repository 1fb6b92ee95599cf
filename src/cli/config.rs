//! `recoupe config` and `recoupe init`: what holds for a draft, and the file that says so.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::PathBuf;

use super::args::{Configuration, Init};
use super::draft::{self, Job};
use super::drafts::unknown_level;
use super::inputs::{self, From, Input};
use super::streams::shown;
use super::{Exit, HERE, Streams, settings, tell_rules};
use crate::config::{Config, NAMES, Origin, Sourced, file, own_levels};
use crate::desk::Desks;
use crate::report::Ui;
use crate::rule::means;

/// Prints what holds for a draft as a configuration, each value with where it came from.
pub fn config(args: &Configuration, streams: &mut Streams) -> io::Result<Exit> {
    if args.schema {
        writeln!(streams.out, "{}", serde_json::to_string_pretty(&file::schema())?)?;
        return Ok(Exit::Clean);
    }
    let ui = Ui::of(args.ui_lang.as_deref().unwrap_or_default());
    let settings = settings(args.color, streams);
    let (given, path) = (args.given(), args.path.as_path());
    let place = if path.is_dir() { path.join(HERE) } else { path.to_owned() };
    let mut desks = Desks::new(args.chosen.which(), args.rules.clone());
    let input = Input { name: inputs::name(&place), from: From::File(place.clone()) };
    let jobs = match draft::jobs(vec![input], &mut desks, &given) {
        Ok(jobs) => jobs,
        Err(problems) => {
            tell_rules(&problems, ui, settings, streams.err)?;
            return Ok(Exit::Failed);
        }
    };
    if unknown_level(&given, &jobs, ui, streams.err)? {
        return Ok(Exit::Failed);
    }
    let mut exit = Exit::Clean;
    for job in &jobs {
        // What is not there yet has no front matter.
        let draft = place.exists().then(|| draft::read(job)).and_then(|drafts| drafts.into_iter().next());
        if let Some(draft) = &draft {
            draft::tell_problems(draft, settings, streams.err)?;
            if draft.document.is_none() {
                exit = Exit::Failed;
            }
        }
        let document = draft.as_ref().and_then(|d| d.document.as_ref());
        if exit == Exit::Clean {
            print(job, document, &inputs::name(path), streams.out)?;
        }
    }
    Ok(exit)
}

fn print(job: &Job, doc: Option<&crate::document::Document>, name: &str, out: &mut dyn Write) -> io::Result<()> {
    let Job { desk, settings, .. } = job;
    let config = &*desk.config;
    let file = config.path.as_deref().map(shown);
    let told = file.as_deref().map_or_else(|| "no configuration file".to_owned(), |f| format!("by {f}"));
    writeln!(out, "# what holds for {name}, {told}")?;
    let line = |out: &mut dyn Write, entry: &str, origin: &Origin| writeln!(out, "{entry:31} # {}", from(config, origin));
    let at = |key: &str| Origin::File(vec![key.to_owned()]);
    if !desk.config.rules.is_empty() {
        writeln!(out, "rules:")?;
        for (i, folder) in config.rules.iter().enumerate() {
            let origin = Origin::File(vec!["rules".to_owned(), i.to_string()]);
            line(out, &format!("  - {}", quoted(&shown(folder))), &origin)?;
        }
    }
    if let Some(docs) = &config.docs {
        line(out, &format!("docs: {docs}"), &at("docs"))?;
    }
    if !config.archive.is_empty() {
        line(out, "archive:", &at("archive"))?;
        for (key, way) in &config.archive {
            writeln!(out, "  {key}: {}", quoted(way))?;
        }
    }
    // What a draft states is stronger than what its file says, and weaker than what was given.
    let stated = |origin: Option<&Origin>| doc.is_some() && origin != Some(&Origin::Given);
    let lang = settings.lang.as_ref();
    let languages = desk.rules.languages;
    let own = doc
        .map(|d| languages.code(d.meta.lang).to_owned())
        .filter(|own| stated(lang.map(|l| &l.origin)) && lang.is_none_or(|l| l.value != *own));
    match (own, lang) {
        (Some(own), Some(_)) => line(out, &format!("lang: {own}"), &Origin::FrontMatter)?,
        (Some(own), None) => writeln!(out, "{:31} # of the draft", format!("lang: {own}"))?,
        (None, Some(lang)) => line(out, &format!("lang: {}", lang.value), &lang.origin)?,
        (None, None) => writeln!(out, "{:31} # default: it is recognised", "# lang:")?,
    }
    let date = settings.date.as_ref();
    let own = doc
        .and_then(|d| d.meta.published)
        .filter(|(own, _)| stated(date.map(|d| &d.origin)) && date.is_none_or(|d| d.value != *own));
    match (own, date) {
        (Some((own, _)), _) => writeln!(out, "{:31} # of the draft", format!("date: {own}"))?,
        (None, Some(date)) => line(out, &format!("date: {}", date.value), &date.origin)?,
        (None, None) => writeln!(out, "{:31} # default: unknown", "# date:")?,
    }
    match &settings.messages {
        Some(messages) => line(out, &format!("messages: {}", messages.value), &messages.origin)?,
        None => writeln!(out, "{:31} # default: the language of the draft", "# messages:")?,
    }
    line(out, &format!("notes: {}", settings.notes.value), &settings.notes.origin)?;
    line(out, &format!("fail-on: {}", settings.fail_on.value.name()), &settings.fail_on.origin)?;
    if let Some(format) = &settings.format {
        writeln!(out, "formats:")?;
        line(out, &format!("  {}: {}", quoted(name.rsplit('/').next().unwrap_or(name)), format.value.name()), &format.origin)?;
    }
    if !config.lists.is_empty() {
        line(out, "lists:", &at("lists"))?;
        for (lang, sets) in &config.lists {
            writeln!(out, "  {}:", languages.code(*lang))?;
            for set in sets.names() {
                let words: Vec<String> = sets.get(set).unwrap_or_default().iter().map(|w| quoted(w)).collect();
                writeln!(out, "    {set}: [{}]", words.join(", "))?;
            }
        }
    }
    if let Some((kind, needs)) = doc.and_then(|doc| settings.asked.of(doc)) {
        let names: Vec<&str> = needs.iter().map(|n| n.name()).collect();
        let origin = Origin::File(vec!["furniture".to_owned(), kind.to_owned()]);
        writeln!(out, "furniture:")?;
        line(out, &format!("  {}: {{ needs: [{}] }}", quoted_key(kind), names.join(", ")), &origin)?;
    }
    levels(job, doc, out, &line)
}

type Line<'a> = &'a dyn Fn(&mut dyn Write, &str, &Origin) -> io::Result<()>;

/// The rules whose level somebody set.
fn levels(job: &Job, doc: Option<&crate::document::Document>, out: &mut dyn Write, line: Line) -> io::Result<()> {
    let rules = &job.desk.rules;
    let own = doc.map(|doc| own_levels(rules, doc).0).unwrap_or_default();
    let (given, file): (Vec<_>, Vec<_>) = job.settings.levels.iter().partition(|(_, s)| s.origin == Origin::Given);
    let all: Vec<&(String, Sourced<file::Setting>)> = file.into_iter().chain(&own).chain(given).collect();
    let set = rules.rules.iter().filter_map(|rule| {
        let (_, last) = all.iter().rfind(|(name, _)| means(name, &rule.id, rule.topic))?;
        Some((rule, last))
    });
    let mut set = set.peekable();
    if set.peek().is_some() {
        writeln!(out, "levels:")?;
    }
    for (rule, last) in set {
        line(out, &format!("  {}: {}", rule.id, last.value.name()), &last.origin)?;
    }
    Ok(())
}

fn from(config: &Config, origin: &Origin) -> String {
    match origin {
        Origin::Default => "default".to_owned(),
        Origin::FrontMatter => "front matter".to_owned(),
        Origin::Given => "command line".to_owned(),
        Origin::File(_) => {
            let file = config.path.as_deref().map(shown).unwrap_or_default();
            config.line(origin).map_or_else(|| file.clone(), |line| format!("{file}:{line}"))
        }
    }
}

/// A key, between marks where it is no plain word.
fn quoted_key(text: &str) -> String {
    let plain = !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '-');
    if plain { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// Writes a configuration in which everything is explained and nothing is set.
pub fn init(args: &Init, streams: &mut Streams) -> io::Result<Exit> {
    let path: PathBuf = args.dir.join(NAMES[0]);
    let mut open = OpenOptions::new();
    open.write(true);
    if args.force {
        open.create(true).truncate(true);
    } else {
        open.create_new(true);
    }
    let other = NAMES.iter().map(|name| args.dir.join(name)).find(|p| !args.force && p.exists());
    let written = match other {
        Some(_) => Err(io::ErrorKind::AlreadyExists.into()),
        None => open.open(&path).and_then(|mut file| file.write_all(file::TEMPLATE.as_bytes())),
    };
    let name = inputs::name(&path);
    match written {
        Ok(()) => writeln!(streams.out, "{name}: written; uncomment what you need").map(|()| Exit::Clean),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
            let name = other.map_or(name, |p| inputs::name(&p));
            writeln!(streams.err, "recoupe: {name} is there already; --force writes it anew")?;
            Ok(Exit::Failed)
        }
        Err(e) => {
            writeln!(streams.err, "recoupe: {name}: {e}")?;
            Ok(Exit::Failed)
        }
    }
}
