//! Rules from the binary and from a newsroom's folders, laid over each other, then validated and compiled together.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::Ruleset;
use super::file::RuleFile;
use super::overlay::overlay;
use super::problem::{At, RuleProblem, locate, within};
use super::shape::{parse, shape, whole_file};
use super::validate::Validator;
use crate::language::{Lang, Languages, NewsroomList, Office, Sets};
use crate::pattern::{nearest, normalise};
use crate::relation::{Named, named};
use crate::span::Span;

/// The rules as the build script embeds them: path below `rules/`, rule, its examples.
static RULES: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// What ships. A test validates it all.
fn shipped() -> Vec<Source> {
    let source = |&(path, rule, examples): &(&str, &str, &'static str)| {
        let file = serde_json::from_str(rule).unwrap_or_else(|e| panic!("rules/{path}: {e}"));
        Source { path: PathBuf::from(path), text: "".into(), file, examples: Some(examples), names: Vec::new(), pack: 0 }
    };
    RULES.iter().map(source).collect()
}

/// Everything that is wrong with a newsroom's rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleProblems(pub Vec<RuleProblem>);

impl fmt::Display for RuleProblems {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (i, p) in self.0.iter().enumerate() {
            let line = p.source[..p.span.start as usize].matches('\n').count() + 1;
            let hint = p.hint.as_ref().map(|h| format!(" ({h})")).unwrap_or_default();
            let end = if i + 1 < self.0.len() { "\n" } else { "" };
            write!(f, "{}:{line}: {}{hint}{end}", p.file.display(), p.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for RuleProblems {}

/// A rule file that was read.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) text: Arc<str>,
    /// Until it is laid over the others.
    pub(super) file: RuleFile,
    /// The examples of a rule that is built in, which few ask for.
    pub(super) examples: Option<&'static str>,
    /// The names in its `expect:`.
    names: Vec<Named>,
    /// 0 for what is built in, then the newsroom's folders.
    pub(super) pack: usize,
}

/// A rule with everything that was laid over it.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) id: String,
    pub(super) file: RuleFile,
    /// Indexes of the sources it is made of, the last the strongest.
    pub(super) parts: Vec<usize>,
    /// For each example: source, index in its file, and the only language of the patterns there.
    pub(super) examples: Vec<(usize, usize, Option<String>)>,
    /// Examples that are not read yet: source, text, that language.
    pub(super) unread: Vec<(usize, &'static str, Option<String>)>,
}

impl Ruleset {
    /// The rules that are built into recoupe.
    ///
    /// # Panics
    /// If they are malformed; a test validates them all.
    pub fn shipped() -> Ruleset {
        let languages = Languages::shipped();
        let (rules, problems) = assemble(shipped(), languages, Vec::new(), Checks::Compile);
        assert!(problems.is_empty(), "the built-in rules are malformed:\n{}", RuleProblems(problems));
        rules
    }

    /// The rules that are built in, with those of a newsroom's folders over them, the last folder the strongest.
    ///
    /// # Errors
    /// All that is wrong with the files there.
    pub fn load(dirs: &[PathBuf]) -> Result<Ruleset, RuleProblems> {
        Ruleset::load_with(dirs, Lists::default())
    }

    /// Like [`Ruleset::load`], with a newsroom's own words in the lists of the languages.
    ///
    /// # Errors
    /// All that is wrong with the files there, and lists that no language has.
    pub fn load_with(dirs: &[PathBuf], lists: Lists) -> Result<Ruleset, RuleProblems> {
        Ruleset::load_unsaved(dirs, lists, &BTreeMap::new())
    }

    /// Like [`Ruleset::load_with`], while files are being written: the texts of `unsaved` stand for those on disk.
    ///
    /// # Errors
    /// All that is wrong with the files, and lists that no language has.
    pub fn load_unsaved(dirs: &[PathBuf], lists: Lists, unsaved: &BTreeMap<PathBuf, String>) -> Result<Ruleset, RuleProblems> {
        let mut files = Vec::new();
        let mut problems = Vec::new();
        for (i, dir) in dirs.iter().enumerate() {
            let mut here: BTreeMap<&Path, &String> =
                unsaved.iter().filter(|(path, _)| path.starts_with(dir)).map(|(path, text)| (path.as_path(), text)).collect();
            // A file that was never saved is in no folder yet.
            if !here.contains_key(dir.as_path()) {
                let first = files.len();
                read_folder(dir, i + 1, &mut files, &mut problems);
                for (path, text, _) in &mut files[first..] {
                    if let Some(newer) = here.remove(path.as_path()) {
                        text.clone_from(newer);
                    }
                }
            }
            files.extend(here.into_iter().map(|(path, text)| (path.to_owned(), text.clone(), i + 1)));
        }
        build(shipped(), files, lists, problems, Checks::Newsroom)
    }

    /// Like [`Ruleset::load`], from files that were read already: paths with their content, all of one folder.
    pub fn with(files: Vec<(PathBuf, String)>) -> Result<Ruleset, RuleProblems> {
        let files = files.into_iter().map(|(path, text)| (path, text, 1)).collect();
        build(shipped(), files, Lists::default(), Vec::new(), Checks::Newsroom)
    }

    /// The rules of a folder alone, held to what is asked of a rule that ships: words in every language.
    pub fn load_as_shipped(dir: &Path) -> Result<Ruleset, RuleProblems> {
        let mut files = Vec::new();
        let mut problems = Vec::new();
        read_folder(dir, 1, &mut files, &mut problems);
        build(Vec::new(), files, Lists::default(), problems, Checks::Shipped)
    }
}

/// Words that a configuration adds to the lists of the languages.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// The file that gives them.
    pub path: PathBuf,
    /// Its content, in which they stand under `lists:`, by language.
    pub text: Arc<str>,
    /// The words.
    pub sets: Vec<(Lang, Sets)>,
}

impl Lists {
    /// The lists that neither a language has nor a folder of rules adds.
    fn unknown(&self, lang: Lang, more: &Sets, added: &[(Lang, Sets)]) -> Vec<RuleProblem> {
        let Some(language) = Languages::shipped().get(lang) else { return Vec::new() };
        let own = || added.iter().filter(|(l, _)| *l == lang).flat_map(|(_, sets)| sets.names());
        let known = || language.sets.names().chain(own());
        let unknown = more.names().filter(|name| !known().any(|k| k == *name));
        unknown
            .map(|name| {
                let span = locate(&self.text, &["lists", &language.code, name], At::Key).unwrap_or_default();
                let hint = match nearest(name, known()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "a list of your own is a set in the `sets.yaml` of a folder of rules".to_owned(),
                };
                let message = format!("{} has no list `{name}`", language.manifest.name);
                RuleProblem { file: self.path.clone(), source: self.text.clone(), span, message, hint: Some(hint) }
            })
            .collect()
    }
}

/// How much is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Checks {
    /// What compiling finds; a test has found the rest.
    Compile,
    /// All that makes a rule work.
    Newsroom,
    /// And all that is asked of a rule that ships.
    Shipped,
}

fn read_folder(dir: &Path, pack: usize, files: &mut Vec<(PathBuf, String, usize)>, problems: &mut Vec<RuleProblem>) {
    for entry in walkdir::WalkDir::new(dir).sort_by_file_name() {
        let unreadable = |path: &Path, e: &dyn fmt::Display| RuleProblem {
            file: path.to_owned(),
            source: "".into(),
            span: Span::default(),
            message: format!("cannot be read: {e}"),
            hint: None,
        };
        match entry {
            Err(e) => problems.push(unreadable(e.path().unwrap_or(dir), &e)),
            Ok(entry) if entry.file_type().is_file() && entry.path().extension().is_some_and(|x| x == "yaml" || x == "yml") => {
                match std::fs::read_to_string(entry.path()) {
                    Ok(text) => files.push((entry.path().to_owned(), text, pack)),
                    Err(e) => problems.push(unreadable(entry.path(), &e)),
                }
            }
            Ok(_) => {}
        }
    }
}

fn build(
    base: Vec<Source>,
    files: Vec<(PathBuf, String, usize)>,
    lists: Lists,
    mut problems: Vec<RuleProblem>,
    checks: Checks,
) -> Result<Ruleset, RuleProblems> {
    let shipped = Languages::shipped();
    let mut sources = base;
    let (mut sets, mut more) = (Vec::new(), Vec::new());
    let mut set_files = Vec::new();
    // The folder of a whole language, as in recoupe's own `rules/`: what is no rule there is read when recoupe is built.
    let manifest = |path: &Path| path.file_stem().is_some_and(|stem| stem == "language");
    let whole: BTreeSet<PathBuf> =
        files.iter().filter(|(path, ..)| manifest(path)).filter_map(|(path, ..)| path.parent().map(Path::to_owned)).collect();
    for (path, text, pack) in files {
        let text: Arc<str> = text.into();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let folder = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        let lang = shipped.iter().find(|(_, l)| l.code == folder).map(|(lang, _)| lang);
        match parse(&path, &text) {
            Err(found) => problems.extend(found),
            Ok(json) if json.get("id").is_some() || json.get("extends").is_some() => match shape(&path, &text, &json) {
                Ok(file) => {
                    let names = json.get("expect").map(named).unwrap_or_default();
                    sources.push(Source { path, text, file, examples: None, names, pack });
                }
                Err(found) => problems.extend(found),
            },
            Ok(_) if checks == Checks::Shipped && lang.is_some() => set_files.push((path, text)),
            Ok(_) if lang.is_some() && path.parent().is_some_and(|folder| whole.contains(folder)) => {}
            Ok(json) if matches!(stem.as_str(), "sets" | "offices") => match (lang, list(&stem, json)) {
                (Some(lang), Ok(NewsroomList::Sets(more))) => {
                    sets.push((lang, more));
                    set_files.push((path, text));
                }
                (Some(lang), Ok(offices)) => more.push((lang, offices)),
                (None, _) => problems.push(whole_file(
                    &path,
                    &text,
                    &format!("{stem} belong to a language"),
                    Some("put the file into a folder `fr` or `en`"),
                )),
                (_, Err(why)) => problems.push(whole_file(&path, &text, &why, None)),
            },
            Ok(_) => problems.push(whole_file(&path, &text, "a rule has an `id:` or `extends:` another", None)),
        }
    }
    for (lang, more) in &lists.sets {
        problems.extend(lists.unknown(*lang, more, &sets));
    }
    if !lists.sets.is_empty() {
        sets.extend(lists.sets);
        set_files.push((lists.path, lists.text));
    }
    more.extend(sets.into_iter().map(|(lang, sets)| (lang, NewsroomList::Sets(sets))));
    let languages = if more.is_empty() { shipped } else { grown(more) };
    let (mut rules, found) = assemble(sources, languages, set_files, checks);
    rules.languages_left = whole.into_iter().collect();
    problems.extend(found);
    problems.sort_by(|a, b| (&a.file, a.span.start).cmp(&(&b.file, b.span.start)));
    problems.dedup();
    if problems.is_empty() { Ok(rules) } else { Err(RuleProblems(problems)) }
}

/// The languages with a newsroom's words. They must outlive every analysis, and so stay for the life of the process: once for
/// each set of words, however often rules are loaded.
fn grown(lists: Vec<(Lang, NewsroomList)>) -> &'static Languages {
    type Grown = (Vec<(Lang, NewsroomList)>, &'static Languages);
    static KNOWN: Mutex<Vec<Grown>> = Mutex::new(Vec::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, languages)) = known.iter().find(|(of, _)| *of == lists) {
        return languages;
    }
    let languages = Box::leak(Box::new(Languages::with_lists(lists.clone())));
    known.push((lists, languages));
    languages
}

/// A list of a newsroom from its file, or what is wrong with it.
fn list(stem: &str, json: serde_json::Value) -> Result<NewsroomList, String> {
    if stem == "offices" {
        let offices: Vec<Office> = serde_json::from_value(json)
            .map_err(|e| format!("an office is `{{ office: [names], holder: First Last, from: 2024-05-17, until: … }}`: {e}"))?;
        let spaceless = offices.iter().find(|o| o.office.is_empty() || !o.holder.contains(' '));
        return match spaceless {
            Some(odd) => Err(format!("the office of “{}” needs a name, and its holder a first name and a surname", odd.holder)),
            None => Ok(NewsroomList::Offices(offices)),
        };
    }
    serde_json::from_value(json).map(NewsroomList::Sets).map_err(|e| format!("a set is a list of texts: {e}"))
}

/// Lays the sources over each other and compiles what comes of it.
fn assemble(
    mut sources: Vec<Source>,
    languages: &'static Languages,
    set_files: Vec<(PathBuf, Arc<str>)>,
    checks: Checks,
) -> (Ruleset, Vec<RuleProblem>) {
    let files = sources.iter_mut().map(|source| std::mem::take(&mut source.file)).collect();
    let mut report = Report { sources: &sources, problems: Vec::new() };
    let drafts = overlay(&sources, files, &mut report);
    for (i, named) in sources.iter().enumerate().flat_map(|(i, source)| source.names.iter().map(move |named| (i, named))) {
        if let Some((message, hint)) = named.unknown(languages) {
            let path: Vec<&str> = named.path.iter().map(String::as_str).collect();
            report.add(&[i], &path, if named.key { At::Key } else { At::Value }, message, hint);
        }
    }
    let mut validator = Validator::new(languages, checks);
    let rules = drafts.into_iter().filter_map(|draft| validator.rule(draft, &mut report)).collect();
    let mut problems = report.problems;
    // Of what ships the engine asks too, and there a word stands for itself.
    let asked = |lang: Lang, set: &str| checks == Checks::Newsroom || validator.has_named(lang, set);
    let holds_sets = |(path, _): &(PathBuf, Arc<str>)| checks == Checks::Newsroom || path.ends_with("sets.yaml");
    for (path, text) in set_files.into_iter().filter(holds_sets) {
        problems.extend(unknown_words(&path, &text, languages, &asked));
    }
    (Ruleset::new(rules, languages), problems)
}

/// The words of a file's sets that stand for all their forms, and that the lexicon of the language does not know.
fn unknown_words(path: &Path, text: &Arc<str>, languages: &Languages, asked: &dyn Fn(Lang, &str) -> bool) -> Vec<RuleProblem> {
    let mut found = Vec::new();
    for (lang, language) in languages.iter() {
        let names = language.sets.names().filter(|set| asked(lang, set));
        for (set, word) in names.flat_map(|set| language.sets.lemmas(set).map(move |word| (set, word))) {
            if !text.contains(set) || language.lexicon.lemma(&normalise(word)).is_some() {
                continue;
            }
            let word = format!("~{word}");
            let Some(at) = text.find(&word) else { continue };
            found.push(RuleProblem {
                file: path.to_owned(),
                source: text.clone(),
                span: Span::new(at, at + word.len()),
                message: format!("the set `{set}` names `{word}`, which the lexicon does not know"),
                hint: Some("write the dictionary form, or each form by itself".into()),
            });
        }
    }
    found
}

/// Collects problems, and finds where they stand.
pub(super) struct Report<'s> {
    sources: &'s [Source],
    pub(super) problems: Vec<RuleProblem>,
}

impl Report<'_> {
    /// Whether a rule is as it ships.
    pub(super) fn is_built_in(&self, parts: &[usize]) -> bool {
        parts.iter().all(|&p| self.sources[p].pack == 0)
    }

    /// Whether a rule ships, though a newsroom may have laid something over it.
    pub(super) fn has_built_in(&self, parts: &[usize]) -> bool {
        parts.iter().any(|&p| self.sources[p].pack == 0)
    }

    /// A problem at a path of the strongest of the sources that has it; where none has, at the rule's id.
    pub(super) fn add(&mut self, parts: &[usize], path: &[&str], at: At, message: String, hint: Option<String>) {
        self.add_within(parts, path, at, None, message, hint);
    }

    /// A problem in a part of a text.
    pub(super) fn add_within(
        &mut self,
        parts: &[usize],
        path: &[&str],
        at: At,
        inside: Option<(&str, Span)>,
        message: String,
        hint: Option<String>,
    ) {
        let found = (0..=path.len()).rev().filter(|&n| n > 0).find_map(|n| {
            parts.iter().rev().find_map(|&p| locate(&self.sources[p].text, &path[..n], at).map(|span| (p, span, n == path.len())))
        });
        let last = parts.last().copied().unwrap_or_default();
        let (part, mut span, exact) = found.unwrap_or_else(|| {
            let id = ["id", "extends"].iter().find_map(|key| locate(&self.sources[last].text, &[key], At::Value));
            (last, id.unwrap_or_default(), false)
        });
        let source = &self.sources[part];
        if let Some((value, piece)) = inside.filter(|_| exact) {
            span = within(&source.text, span, value, piece);
        }
        self.problems.push(RuleProblem { file: source.path.clone(), source: source.text.clone(), span, message, hint });
    }
}
