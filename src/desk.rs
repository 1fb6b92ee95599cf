//! The front door: rules, languages and configuration together, and the one way in which a draft is checked with them.
//!
//! ```
//! use std::path::Path;
//!
//! use recoupe::config::Settings;
//! use recoupe::desk::Desk;
//!
//! let desk = Desk::default();
//! let name = Path::new("lycee.md");
//! let draft = "# Rentrée\n\nLe lycée accueille 80 internes : 45 garçons et 30 filles.\n\nL'examen aura lieu le 31 avril.";
//!
//! let settings = desk.effective(name, &Settings::default());
//! let story = &desk.stories(draft.as_bytes(), name, &settings)?[0];
//! let proof = desk.check(desk.analyse(&story.document), &settings);
//!
//! let told = proof.told(draft.as_bytes(), "en");
//! let places: Vec<_> = told.iter().map(|t| (t.rule.id.as_str(), t.primary().start.line, t.primary().start.column)).collect();
//! assert_eq!(places, [("sum-mismatch", 3, 20), ("impossible-date", 5, 23)]);
//! assert_eq!(told[1].message, "“31 avril” does not exist: that month ends on the 30th");
//! // The same finding has the same fingerprint when the draft is edited elsewhere.
//! assert!(told[1].fingerprint.starts_with("1:"));
//!
//! // What the rules saw: every number, date, place, person and quotation, with its value.
//! let facts = recoupe::facts::sheet(&proof.analysis);
//! assert_eq!(facts.iter().filter(|f| f.kind == "quantity").count(), 3);
//! # Ok::<(), recoupe::reader::ReadError>(())
//! ```

mod desks;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::analysis::{Analysis, Value};
use crate::check::check_at;
use crate::config::{Config, Effective, Origin, Settings, absolute};
use crate::document::Document;
use crate::finding::{Finding, Level};
use crate::reader::{self, Format, Problem, ReadError, Story};
use crate::report::told::{Told, told};
use crate::report::{self, Checked, Ui};
use crate::rule::load::Lists;
use crate::rule::problem::At;
use crate::rule::{Body, Levels, RuleProblem, RuleProblems, Ruleset};

pub use desks::{Desks, Which};

/// A configuration with the rules that it names: all that a check needs beside the draft.
#[derive(Debug)]
pub struct Desk {
    /// What the newsroom set.
    pub config: Arc<Config>,
    /// The shipped rules with the newsroom's over them.
    pub rules: Arc<Ruleset>,
}

/// The rules that ship, and no configuration.
impl Default for Desk {
    fn default() -> Desk {
        Desk { config: Arc::default(), rules: Arc::new(Ruleset::shipped()) }
    }
}

/// A draft that was checked: what is known of it, and what does not hold.
#[derive(Debug)]
pub struct Proof<'a> {
    /// All that was read from it.
    pub analysis: Analysis<'a>,
    /// Every finding, notes included, in the order of primary start, then rule id.
    pub findings: Vec<Finding>,
    /// What its own front matter asks for and cannot be heeded.
    pub problems: Vec<Problem>,
    /// The rules that would hold the days of the story against that of its publication, by id, where nothing tells that day.
    pub undated: Vec<&'a str>,
    notes: bool,
    rules: &'a Ruleset,
}

impl Desk {
    /// A configuration with its rules, and more folders of rules over them.
    ///
    /// # Errors
    /// What is wrong with the rules, and the names in the configuration that mean no rule.
    pub fn new(config: Arc<Config>, more: &[PathBuf]) -> Result<Desk, RuleProblems> {
        Desk::of(config, Vec::new(), more)
    }

    /// The same of what can be used of a configuration, where something is wrong with the rest: all is told at once.
    pub(crate) fn of(config: Arc<Config>, mut problems: Vec<RuleProblem>, more: &[PathBuf]) -> Result<Desk, RuleProblems> {
        let folders: Vec<PathBuf> = config.rules.iter().chain(more).cloned().collect();
        let rules = if folders.is_empty() && config.lists.is_empty() {
            Ok(Ruleset::shipped())
        } else {
            let path = config.path.clone().unwrap_or_default();
            let lists = Lists { path, text: config.text().clone(), sets: config.lists.clone() };
            Ruleset::load_with(&folders, lists).or_else(|wrong| {
                problems.extend(wrong.0);
                // The names of rules are known where only the lists are wrong.
                Ruleset::load(&folders)
            })
        };
        // Which names there would be is known only where every folder is read.
        if let (Ok(rules), false) = (&rules, config.lacks_rules) {
            problems.extend(unknown(&config, rules));
        }
        match rules {
            Ok(mut rules) if problems.is_empty() => {
                if config.docs.is_some() {
                    rules.docs.clone_from(&config.docs);
                }
                Ok(Desk { config, rules: Arc::new(rules) })
            }
            _ => {
                problems.sort_by(|a, b| (&a.file, a.span.start).cmp(&(&b.file, b.span.start)));
                Err(RuleProblems(problems))
            }
        }
    }

    /// What holds for a draft; see [`Config::effective`].
    pub fn effective(&self, draft: &Path, given: &Settings) -> Effective {
        self.config.effective(&absolute(draft), given)
    }

    /// The format of a draft: as it was given, else as what stands in it tells, else as its name does.
    ///
    /// # Errors
    /// What is known to be no draft.
    pub fn format(&self, bytes: &[u8], name: &Path, settings: &Effective) -> Result<Format, ReadError> {
        match &settings.format {
            Some(format) if format.origin == Origin::Given => Ok(format.value),
            Some(format) => Format::of(bytes, Some(format.value)),
            None => match reader::refused_by_name(name) {
                Some(refused) => Err(refused),
                None => Format::of(bytes, None),
            },
        }
    }

    /// Takes a file apart into its stories, of which there is one at least; `bytes` are those that [`reader::unpack`] gives.
    ///
    /// # Errors
    /// What is no draft: a PDF, an image, a file that is cut off or larger than a draft can be.
    pub fn stories(&self, bytes: &[u8], name: &Path, settings: &Effective) -> Result<Vec<Story>, ReadError> {
        let languages = self.rules.languages;
        reader::stories(bytes, self.format(bytes, name, settings)?, languages, settings.options(languages))
    }

    /// Reads all facts of a draft. Cannot fail and does no I/O.
    pub fn analyse<'a>(&'a self, document: &'a Document) -> Analysis<'a> {
        Analysis::of(document, self.rules.languages)
    }

    /// Holds the facts of a draft against each other, at the levels that hold for it. Cannot fail and does no I/O.
    pub fn check<'a>(&'a self, analysis: Analysis<'a>, settings: &Effective) -> Proof<'a> {
        let (levels, problems) = settings.levels(&self.rules, analysis.doc);
        let asked = settings.asked.of(analysis.doc).map(|(_, needs)| needs.to_vec()).unwrap_or_default();
        let analysis = analysis.asked_for(asked);
        let findings = check_at(&analysis, &self.rules, &levels);
        let undated = if tells_open_days(&analysis) { self.asking_the_day(&levels) } else { Vec::new() };
        Proof { analysis, findings, problems, undated, notes: settings.notes.value, rules: &self.rules }
    }

    /// The rules that ask the day of publication, as far as they run.
    fn asking_the_day(&self, levels: &Levels) -> Vec<&str> {
        let rules = self.rules.rules.iter().enumerate().filter(|(i, _)| levels.get(*i).is_some());
        rules.filter(|(_, r)| matches!(&r.body, Body::Expect(e) if e.asks_day())).map(|(_, r)| r.id.as_str()).collect()
    }

    /// The code of the language in which a draft is told of: as it was set, else that of the draft, else English.
    pub fn ui(&self, settings: &Effective, document: Option<&Document>) -> &'static str {
        let own = document.map(|doc| self.rules.languages.code(doc.meta.lang));
        Ui::of(settings.messages.as_ref().map(|m| m.value.as_str()).or(own).unwrap_or_default()).code
    }
}

/// Whether a story whose day is not known tells days that hang on it: a weekday, a day without its year.
fn tells_open_days(a: &Analysis) -> bool {
    let open = |value: &Value| match value {
        Value::Weekday(_) => true,
        Value::Date(d) => d.day.is_some() && d.year.is_none() && d.passage.is_none(),
        _ => false,
    };
    a.doc.meta.published.is_none() && a.mentions.iter().any(|m| open(&m.value))
}

/// The names of a configuration that mean no rule.
fn unknown(config: &Config, rules: &Ruleset) -> Vec<RuleProblem> {
    config
        .names()
        .filter(|(name, _)| !rules.has_name(name))
        .map(|(name, keys)| {
            let hint = match rules.nearest_name(name) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`recoupe rules` lists them".to_owned(),
            };
            config.problem(&keys, At::Key, format!("there is no rule or topic `{name}`"), Some(hint))
        })
        .collect()
}

impl Proof<'_> {
    /// The findings, without the notes where nobody asked for them.
    pub fn shown(self) -> Vec<Finding> {
        let Proof { mut findings, notes, .. } = self;
        findings.retain(|f| notes || f.level > Level::Note);
        findings
    }

    /// All findings in words, with their places as lines and columns of the file; `ui` is the code of a language that messages exist in.
    pub fn told<'p>(&'p self, bytes: &'p [u8], ui: &'p str) -> Vec<Told<'p>> {
        let document = Some(self.analysis.doc);
        let file = Checked { path: "", bytes, document, findings: &self.findings, problems: &self.problems, ui };
        let (_, mut all) = told(&file, self.rules, report::Settings::default());
        all.retain(|t| self.notes || t.level > Level::Note);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_wrong_with_a_configuration_is_told_at_once() {
        let text = "lang: de\nexclude: 3\nlevels: { two-spelings: off }\nlists:\n  fr: { foo-list: [x] }\noverrides:\n  - paths: sport\n    \
                    notes: please\n    levels: { quotess: off }\n";
        let (config, problems) = Config::parse_all(Path::new("/desk/recoupe.yaml"), text);
        let told = Desk::of(Arc::new(config), problems, &[]).unwrap_err().to_string();
        let told: Vec<&str> = told.lines().map(|l| l.trim_start_matches("/desk/recoupe.yaml:")).collect();
        let expected = [
            "1: there is no language `de` here",
            "2: invalid type: integer `3`",
            "3: there is no rule or topic `two-spelings` (did you mean `two-spellings`?)",
            "5: français has no list `foo-list`",
            "8: invalid type: string \"please\"",
            "9: there is no rule or topic `quotess` (did you mean `quotes`?)",
        ];
        assert_eq!(told.len(), expected.len(), "{told:#?}");
        told.iter().zip(expected).for_each(|(told, expected)| assert!(told.starts_with(expected), "{told}\n{expected}"));
    }

    #[test]
    fn a_story_whose_day_nothing_tells_names_the_rules_that_want_it() {
        let desk = Desk::default();
        let undated = |draft: &str| {
            let name = Path::new("a.md");
            let settings = desk.effective(name, &Settings::default());
            let story = &desk.stories(draft.as_bytes(), name, &settings).unwrap()[0];
            let found: Vec<String> =
                desk.check(desk.analyse(&story.document), &settings).undated.into_iter().map(str::to_owned).collect();
            found
        };
        assert!(undated("Le pont rouvre mardi 14 mai.").contains(&"weekday-mismatch".to_owned()));
        assert_eq!(undated("---\ndate: 2024-05-13\n---\nLe pont rouvre mardi 14 mai."), [""; 0]);
        assert_eq!(undated("Le pont rouvre en avril 2024."), [""; 0]);
    }
}
