//! Rules from the binary and from a newsroom's folders, laid over each other, then validated and compiled together.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use super::file::RuleFile;
use super::problem::{At, RuleProblem, locate, within};
use super::shape::{parse, shape, whole_file};
use super::validate::Validator;
use super::{Ruleset, Words};
use crate::language::{Lang, Languages, Sets};
use crate::pattern::nearest;
use crate::span::Span;

/// The rules as the build script embeds them: path below `rules/` → file.
static RULES: &str = include_str!(concat!(env!("OUT_DIR"), "/rules.json"));

static SHIPPED: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let files: BTreeMap<String, RuleFile> = serde_json::from_str(RULES).expect("a test validates every rule that is built in");
    let source = |(path, file)| Source { path: PathBuf::from(path), text: "".into(), file, pack: 0 };
    files.into_iter().map(source).collect()
});

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
    pub(super) file: RuleFile,
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
}

impl Ruleset {
    /// The rules that are built into recoupe.
    ///
    /// # Panics
    /// If they are malformed; a test validates them all.
    pub fn shipped() -> Ruleset {
        let languages = Languages::shipped();
        let (rules, problems) = assemble(SHIPPED.clone(), languages, Vec::new(), Checks::Compile);
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
        let mut files = Vec::new();
        let mut problems = Vec::new();
        for (i, dir) in dirs.iter().enumerate() {
            read_folder(dir, i + 1, &mut files, &mut problems);
        }
        build(SHIPPED.clone(), files, lists, problems, Checks::Newsroom)
    }

    /// Like [`Ruleset::load`], from files that were read already: paths with their content, all of one folder.
    pub fn with(files: Vec<(PathBuf, String)>) -> Result<Ruleset, RuleProblems> {
        let files = files.into_iter().map(|(path, text)| (path, text, 1)).collect();
        build(SHIPPED.clone(), files, Lists::default(), Vec::new(), Checks::Newsroom)
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
    let mut sets = Vec::new();
    let mut set_files = Vec::new();
    for (path, text, pack) in files {
        let text: Arc<str> = text.into();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let folder = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        let lang = shipped.iter().find(|(_, l)| l.code == folder).map(|(lang, _)| lang);
        match parse(&path, &text) {
            Err(found) => problems.extend(found),
            Ok(json) if json.get("id").is_some() || json.get("extends").is_some() => match shape(&path, &text, &json) {
                Ok(file) => sources.push(Source { path, text, file, pack }),
                Err(found) => problems.extend(found),
            },
            // The rest of a language's folder is read when recoupe is built.
            Ok(_) if checks == Checks::Shipped && lang.is_some() => set_files.push((path, text)),
            Ok(json) if stem == "sets" => match (lang, serde_json::from_value::<Sets>(json)) {
                (Some(lang), Ok(more)) => {
                    sets.push((lang, more));
                    set_files.push((path, text));
                }
                (None, _) => problems.push(whole_file(
                    &path,
                    &text,
                    "sets belong to a language",
                    Some("put the file into a folder `fr` or `en`"),
                )),
                (_, Err(e)) => problems.push(whole_file(&path, &text, &format!("a set is a list of texts: {e}"), None)),
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
    // A newsroom's words must outlive every analysis; a process loads rules once.
    let languages = if sets.is_empty() { shipped } else { Box::leak(Box::new(Languages::with_sets(sets))) };
    let (rules, more) = assemble(sources, languages, set_files, checks);
    problems.extend(more);
    problems.sort_by(|a, b| (&a.file, a.span.start).cmp(&(&b.file, b.span.start)));
    problems.dedup();
    if problems.is_empty() { Ok(rules) } else { Err(RuleProblems(problems)) }
}

/// Lays the sources over each other and compiles what comes of it.
fn assemble(
    sources: Vec<Source>,
    languages: &'static Languages,
    set_files: Vec<(PathBuf, Arc<str>)>,
    checks: Checks,
) -> (Ruleset, Vec<RuleProblem>) {
    let mut report = Report { sources: &sources, problems: Vec::new() };
    let drafts = overlay(&sources, &mut report);
    let mut validator = Validator::new(languages, checks);
    let rules = drafts.iter().filter_map(|draft| validator.rule(draft, &mut report)).collect();
    let mut problems = report.problems;
    if checks != Checks::Compile {
        problems.extend(validator.set_errors().map(|e| {
            let word = format!("~{}", e.lemma);
            let found = set_files.iter().find_map(|(path, text)| {
                let holds_sets = checks == Checks::Newsroom || path.ends_with("sets.yaml");
                let entry = text.find(&word).filter(|_| holds_sets && text.contains(&e.set))?;
                Some((path.clone(), text.clone(), Span::new(entry, entry + word.len())))
            });
            let (file, source, span) =
                found.unwrap_or((PathBuf::from(format!("{}/sets.yaml", e.lang)), "".into(), Span::default()));
            let message = format!("the set `{}` names `{word}`, which the lexicon does not know", e.set);
            RuleProblem { file, source, span, message, hint: Some("write the dictionary form, or each form by itself".into()) }
        }));
    }
    (Ruleset::new(rules, languages), problems)
}

fn overlay(sources: &[Source], report: &mut Report) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for (i, source) in sources.iter().enumerate() {
        let Some(id) = &source.file.id else { continue };
        if source.file.extends.is_some() {
            report.add(&[i], &["extends"], At::Key, "a file has an `id:` or `extends:` a rule, not both".into(), None);
            continue;
        }
        let stem = source.path.file_stem().unwrap_or_default().to_string_lossy();
        if *id != stem {
            report.add(&[i], &["id"], At::Value, format!("the id `{id}` is not the file's name"), Some(format!("`{stem}`")));
        }
        let whole = !source.file.find.is_empty() || source.file.expect.is_some();
        match drafts.iter_mut().find(|d| d.id == *id) {
            Some(known) if sources[known.parts[known.parts.len() - 1]].pack == source.pack => {
                let first = sources[known.parts[0]].path.display();
                report.add(&[i], &["id"], At::Value, format!("the id `{id}` is given twice"), Some(format!("also by {first}")));
            }
            Some(known) if !whole => known.lay_over(i, &source.file),
            Some(known) => *known = Draft::new(i, id, &source.file),
            None => drafts.push(Draft::new(i, id, &source.file)),
        }
    }
    for (i, source) in sources.iter().enumerate() {
        let (Some(target), None) = (&source.file.extends, &source.file.id) else { continue };
        match drafts.iter_mut().find(|d| d.id == *target) {
            Some(known) => known.lay_over(i, &source.file),
            None => {
                let hint = nearest(target, drafts.iter().map(|d| d.id.as_str())).map(|near| format!("did you mean `{near}`?"));
                report.add(&[i], &["extends"], At::Value, format!("there is no rule `{target}`"), hint);
            }
        }
    }
    for draft in &drafts {
        for better in draft.file.yields_to.0.iter().filter(|id| !drafts.iter().any(|d| d.id == **id)) {
            let hint = nearest(better, drafts.iter().map(|d| d.id.as_str())).map(|near| format!("did you mean `{near}`?"));
            report.add(&draft.parts, &["yields-to"], At::Value, format!("there is no rule `{better}`"), hint);
        }
    }
    drafts
}

impl Draft {
    fn new(part: usize, id: &str, file: &RuleFile) -> Draft {
        let mut draft = Draft { id: id.to_owned(), file: file.clone(), parts: vec![part], examples: Vec::new() };
        draft.take_examples(part, file);
        draft
    }

    fn take_examples(&mut self, part: usize, file: &RuleFile) {
        let languages: Vec<&str> = file.find.keys().filter(|code| *code != "any").collect();
        let only = if let [only] = languages[..] { Some(only.to_owned()) } else { None };
        self.examples.extend((0..file.examples.len()).map(|i| (part, i, only.clone())));
    }

    /// Puts what a file names over what the rule has.
    fn lay_over(&mut self, part: usize, file: &RuleFile) {
        let mine = &mut self.file;
        let more = file.clone();
        fn replace<T>(old: &mut Option<T>, new: Option<T>) {
            if new.is_some() {
                *old = new;
            }
        }
        replace(&mut mine.since, more.since);
        replace(&mut mine.topic, more.topic);
        replace(&mut mine.level, more.level);
        replace(&mut mine.enabled, more.enabled);
        replace(&mut mine.once, more.once);
        replace(&mut mine.blocks, more.blocks);
        replace(&mut mine.expect, more.expect);
        replace(&mut mine.unless, more.unless);
        replace(&mut mine.safe, more.safe);
        if !more.yields_to.0.is_empty() {
            mine.yields_to = more.yields_to;
        }
        for (old, new) in [
            (&mut mine.title, more.title),
            (&mut mine.message, more.message),
            (&mut mine.help, more.help),
            (&mut mine.why, more.why),
        ] {
            old.0.extend(new.0);
        }
        mine.find.overlay(more.find);
        mine.table.overlay(more.table);
        for (role, words) in more.suggest.0 {
            match mine.suggest.0.iter_mut().find(|(r, _)| *r == role) {
                Some((_, old)) => old.overlay(words),
                None => mine.suggest.0.push((role, words)),
            }
        }
        for (role, Words(words)) in more.labels.0 {
            match mine.labels.0.iter_mut().find(|(r, _)| *r == role) {
                Some((_, old)) => old.0.extend(words),
                None => mine.labels.0.push((role, Words(words))),
            }
        }
        mine.source.0.extend(more.source.0);
        mine.examples.extend(more.examples);
        self.parts.push(part);
        self.take_examples(part, file);
    }
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
