//! A newsroom's configuration: what `recoupe.yaml` says, and what comes of it for one draft.
//!
//! Each value has an [`Origin`]. The weakest first: what recoupe does by itself, the file, its overrides in their order, the
//! draft's own front matter, the command line.

pub mod file;
mod furniture;
mod globs;
pub mod load;
#[cfg(test)]
mod tests;
mod validate;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use self::file::{FailOn, Setting};
use self::globs::Globs;
use crate::document::Document;
use crate::language::{Lang, Languages, Sets};
use crate::reader::{Format, Options, Problem, named_date};
use crate::rule::problem::{At, locate};
use crate::rule::{ALL_RULES, Levels, Ruleset};
use crate::span::Span;

pub use furniture::Asked;
pub use load::absolute;
pub(crate) use load::in_folder;
pub use validate::day;

/// The names of a configuration file, the first the one that is written.
pub const NAMES: [&str; 2] = ["recoupe.yaml", "recoupe.yml"];

/// What an article of an archive may hold.
pub const ARCHIVE: [&str; 6] = ["text", "title", "date", "lang", "captions", "id"];

/// A configuration that was read and validated. The default is that of no file.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The file, absolute; `None` where there is none.
    pub path: Option<PathBuf>,
    /// Folders and files of rules, absolute, the last the strongest.
    pub rules: Vec<PathBuf>,
    /// The address of the site of the documentation, with a slash at its end.
    pub docs: Option<String>,
    /// How an archive calls its keys, by what they hold: [`ARCHIVE`].
    pub archive: Vec<(String, String)>,
    /// The newsroom's own words, by language.
    pub lists: Vec<(Lang, Sets)>,
    /// Whether one of the folders that it names is not there.
    pub(crate) lacks_rules: bool,
    root: PathBuf,
    text: Arc<str>,
    exclude: Globs,
    formats: Vec<(Globs, Format, String)>,
    profiles: Vec<furniture::Profile>,
    layers: Vec<Layer>,
}

/// Settings for some drafts.
#[derive(Clone, Debug, Default)]
struct Layer {
    /// The paths; `None` for all.
    globs: Option<Globs>,
    /// The keys that lead to it in the file.
    keys: Vec<String>,
    settings: Settings,
}

/// What may be set for a draft, as far as it is set: by the file, by one of its overrides, by the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Language code of the draft.
    pub lang: Option<String>,
    /// The day of publication.
    pub date: Option<Date>,
    /// Language code of the messages.
    pub messages: Option<String>,
    /// Whether notes are shown.
    pub notes: Option<bool>,
    /// The failing level.
    pub fail_on: Option<FailOn>,
    /// The format of the drafts, whatever their names say; a file sets it by globs.
    pub format: Option<Format>,
    /// Rule ids, topics or `all`, each with its level.
    pub levels: Vec<(String, Setting)>,
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// The configuration file: the keys that lead to the value.
    File(Vec<String>),
    /// The draft's front matter.
    FrontMatter,
    /// The command line, or the request.
    Given,
}

/// A value, and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
}

impl<T> Sourced<T> {
    fn new(value: T, origin: Origin) -> Sourced<T> {
        Sourced { value, origin }
    }
}

/// What holds for one draft before it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effective {
    /// Language code of the draft; `None` to recognise it.
    pub lang: Option<Sourced<String>>,
    /// The day of publication; `None` where only the draft can say.
    pub date: Option<Sourced<Date>>,
    /// The day that the name of the draft's file gives.
    pub named_date: Option<Date>,
    /// Language code of the messages; `None` for that of the draft.
    pub messages: Option<Sourced<String>>,
    /// Whether notes are shown.
    pub notes: Sourced<bool>,
    /// The failing level.
    pub fail_on: Sourced<FailOn>,
    /// How to read it; unless it was given, what stands in the file tells more. `None` where its name does not say.
    pub format: Option<Sourced<Format>>,
    /// Rule ids, topics or `all` with their levels, the last the strongest.
    pub levels: Vec<(String, Sourced<Setting>)>,
    /// What is asked of the story, by its kind.
    pub asked: Asked,
}

impl Config {
    /// The folder from which the paths and globs of the file count; empty where there is no file.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What holds for the draft at an absolute path, or at one that counts from [`Config::root`].
    ///
    /// A format that was given is stronger than the name, and than what stands in the file.
    pub fn effective(&self, draft: &Path, given: &Settings) -> Effective {
        let path = self.inside(draft);
        let mut out = Effective {
            lang: None,
            date: None,
            named_date: named_date(draft),
            messages: None,
            notes: Sourced::new(false, Origin::Default),
            fail_on: Sourced::new(FailOn::default(), Origin::Default),
            format: None,
            levels: Vec::new(),
            asked: Asked::at(&self.profiles, path),
        };
        let by_glob = self.formats.iter().rfind(|(globs, ..)| globs.fit(path));
        let by_glob = by_glob.map(|(_, f, glob)| Sourced::new(*f, Origin::File(vec!["formats".to_owned(), glob.clone()])));
        let by_name = Format::of_path(draft).map(|f| Sourced::new(f, Origin::Default)).filter(|_| by_glob.is_none());
        let given_format = given.format.map(|f| Sourced::new(f, Origin::Given));
        out.format = given_format.or(by_name).or(by_glob);
        for layer in self.layers.iter().filter(|l| l.globs.as_ref().is_none_or(|g| g.fit(path))) {
            let from = |keys: &[&str]| {
                let below = keys.iter().map(|k| (*k).to_owned());
                Origin::File(layer.keys.iter().cloned().chain(below).collect())
            };
            out.lay_over(&layer.settings, &from);
        }
        out.lay_over(given, &|_| Origin::Given);
        // A run that fails for a note must show it.
        if out.fail_on.value == FailOn::Note && !out.notes.value {
            out.notes = Sourced::new(true, out.fail_on.origin.clone());
        }
        out
    }

    /// Whether a draft is left out where its folder is checked.
    pub fn excludes(&self, draft: &Path) -> bool {
        self.exclude.fit(self.inside(draft))
    }

    /// How a file is read: as its name says, or as this configuration does; `None` where neither knows.
    pub fn format(&self, draft: &Path) -> Option<Format> {
        let path = self.inside(draft);
        let own = self.formats.iter().rfind(|(globs, ..)| globs.fit(path)).map(|(_, f, _)| *f);
        own.or_else(|| Format::of_path(draft))
    }

    /// The line of the file, from 1, at which an origin stands.
    pub fn line(&self, origin: &Origin) -> Option<usize> {
        let Origin::File(keys) = origin else { return None };
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let span = locate(&self.text, &keys, At::Key).or_else(|| locate(&self.text, &keys, At::Value))?;
        Some(self.text[..span.start as usize].matches('\n').count() + 1)
    }

    fn inside<'p>(&self, draft: &'p Path) -> &'p Path {
        draft.strip_prefix(&self.root).unwrap_or(draft)
    }
}

impl Effective {
    fn lay_over(&mut self, settings: &Settings, origin: &dyn Fn(&[&str]) -> Origin) {
        let Settings { lang, date, messages, notes, fail_on, format: _, levels } = settings;
        if let Some(lang) = lang {
            self.lang = Some(Sourced::new(lang.clone(), origin(&["lang"])));
        }
        if let Some(date) = date {
            self.date = Some(Sourced::new(*date, origin(&["date"])));
        }
        if let Some(messages) = messages {
            self.messages = Some(Sourced::new(messages.clone(), origin(&["messages"])));
        }
        if let Some(notes) = notes {
            self.notes = Sourced::new(*notes, origin(&["notes"]));
        }
        if let Some(fail_on) = fail_on {
            self.fail_on = Sourced::new(*fail_on, origin(&["fail-on"]));
        }
        // Within one layer the narrower name is the stronger one.
        let mut levels: Vec<&(String, Setting)> = levels.iter().collect();
        levels.sort_by_key(|(name, _)| breadth(name));
        self.levels.extend(levels.iter().map(|(name, set)| (name.clone(), Sourced::new(*set, origin(&["levels", name])))));
    }

    /// What the reader is told: what was given is stronger than the draft, what the file says weaker.
    pub fn options(&self, languages: &Languages) -> Options {
        let lang = self.lang.as_ref().and_then(|l| Some((languages.by_code(&l.value)?, l.origin == Origin::Given)));
        let date = self.date.as_ref().map(|d| (d.value, d.origin == Origin::Given));
        Options {
            lang: lang.filter(|(_, given)| *given).map(|(lang, _)| lang),
            published: date.filter(|(_, given)| *given).map(|(date, _)| date),
            usual_lang: lang.map(|(lang, _)| lang),
            usual_date: date.map(|(date, _)| date),
            named_date: self.named_date,
        }
    }

    /// The levels for a draft that was read, its own front matter heard; and what is wrong with that.
    pub fn levels(&self, rules: &Ruleset, doc: &Document) -> (Levels, Vec<Problem>) {
        let (own, problems) = own_levels(rules, doc);
        let mut levels = Levels::of(rules);
        let (given, file): (Vec<_>, Vec<_>) = self.levels.iter().partition(|(_, s)| s.origin == Origin::Given);
        let names = file.into_iter().chain(&own).chain(given);
        for (name, set) in names {
            levels.set(rules, name, set.value.level());
        }
        (levels, problems)
    }
}

/// How many rules a name may mean: `all`, a topic, an id.
fn breadth(name: &str) -> u8 {
    let is_topic = crate::finding::Topic::ALL.iter().any(|t| t.name() == name);
    if name == ALL_RULES {
        0
    } else if is_topic {
        1
    } else {
        2
    }
}

/// The levels that a draft's front matter sets, the broadest first, and what of it is not understood.
pub fn own_levels(rules: &Ruleset, doc: &Document) -> (Vec<(String, Sourced<Setting>)>, Vec<Problem>) {
    let (mut levels, mut problems) = (Vec::new(), Vec::new());
    for stated in &doc.meta.levels {
        let mut problem = |message: String, span: Span| problems.push(Problem { message, span: Some(span) });
        if !rules.has_name(&stated.rule) {
            let hint = rules.nearest_name(&stated.rule).map_or_else(String::new, |near| format!(": did you mean `{near}`?"));
            problem(format!("there is no rule `{}`{hint}", stated.rule), stated.source);
            continue;
        }
        match Setting::by_name(&stated.level) {
            Some(set) => levels.push((stated.rule.clone(), Sourced::new(set, Origin::FrontMatter))),
            None => {
                let names = Setting::ALL.map(Setting::name);
                problem(format!("`{}` is no level: write one of {}", stated.level, names.join(", ")), stated.source);
            }
        }
    }
    levels.sort_by_key(|(name, _)| breadth(name));
    (levels, problems)
}
