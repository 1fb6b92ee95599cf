//! One rule from its file: everything that can be wrong with it is told, and what is right is compiled.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::example::Example;
use super::file::{RuleFile, TableEntry};
use super::load::{Checks, Draft, Report};
use super::problem::At;
use super::{Advice, Body, Rule, TableAdvice, USUAL_GUARDS, WHOLE, Words, message};
use crate::finding::{Level, Topic};
use crate::language::{Lang, Languages};
use crate::pattern::{Compiler, Node, Pattern, Phrases, SetError, SharedPhrases, nearest, normalise, parse, split};
use crate::relation::{Facet, Facets};
use crate::span::Span;

/// The facets that the words around a match can carry.
const OF_MATCHES: [Facet; 4] = [Facet::Attributed, Facet::Quoted, Facet::Hypothetical, Facet::Negated];

/// Compiles rules for the loaded languages.
pub(super) struct Validator {
    languages: &'static Languages,
    checks: Checks,
    compilers: Vec<Compiler<'static>>,
}

/// What a rule can speak of.
struct Vocabulary {
    roles: Vec<String>,
    values: Vec<String>,
    facets: Vec<Facet>,
}

impl Validator {
    pub(super) fn new(languages: &'static Languages, checks: Checks) -> Validator {
        Validator { languages, checks, compilers: languages.iter().map(|(_, language)| Compiler::new(language)).collect() }
    }

    /// What is wrong with the sets that the rules named.
    pub(super) fn set_errors(&self) -> impl Iterator<Item = &SetError> {
        self.compilers.iter().flat_map(|c| &c.set_errors)
    }

    /// The rule, where it can work.
    pub(super) fn rule(&mut self, draft: &Draft, report: &mut Report) -> Option<Rule> {
        let before = report.problems.len();
        // What ships was checked by a test.
        let checked = self.checks != Checks::Compile && !report.is_built_in(&draft.parts);
        self.compilers.iter_mut().for_each(|c| c.checked = checked);
        let file = &draft.file;
        let parts = &draft.parts[..];
        let (body, vocabulary, tables) = match (&file.expect, file.find.is_empty()) {
            (Some(expect), true) => {
                let relation = expect.relation();
                let own = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
                let facets = relation.facets().to_vec();
                let words = Vocabulary { roles: own(relation.roles()), values: own(relation.values()), facets };
                (Body::Expect(expect.clone()), words, Vec::new())
            }
            (None, false) => self.patterns(draft, report),
            (Some(_), false) => {
                report.add(parts, &["find"], At::Key, "a rule has `find:` or `expect:`, not both".into(), None);
                return None;
            }
            (None, true) => {
                let hint = Some("`find:` flags what stands there, `expect:` what does not hold".into());
                report.add(parts, &["id"], At::Value, "neither `find:` nor `expect:`".into(), hint);
                return None;
            }
        };
        if file.topic.is_none() {
            report.add(parts, &["topic"], At::Value, "the rule has no `topic:`".into(), None);
        }
        let mut unless = self.guards(draft, &vocabulary, report);
        // What a rule finds in typography, or by the words of the desk, is a fault in a correction note as well.
        let by_words = file.topic == Some(Topic::Furniture) && matches!(body, Body::Find(_));
        unless.insert_if(file.topic != Some(Topic::Form) && !by_words, Facet::Corrected);
        self.labels(draft, &vocabulary, report);
        self.fix(draft, &vocabulary, report);
        if self.checks != Checks::Compile {
            self.words(draft, &vocabulary, report);
        }
        let examples = self.examples(draft, &vocabulary, report);
        if report.problems.len() > before {
            return None;
        }
        let labels = if file.labels.is_empty() {
            vocabulary.roles.iter().map(|role| (role.clone(), Words::default())).collect()
        } else {
            file.labels.0.clone()
        };
        Some(Rule {
            id: draft.id.clone(),
            since: file.since.clone(),
            topic: file.topic?,
            level: file.level.unwrap_or(Level::Warning),
            enabled: file.enabled.unwrap_or(true),
            once: file.once.unwrap_or(false),
            title: file.title.clone(),
            message: file.message.clone(),
            labels,
            help: file.help.clone(),
            why: file.why.clone(),
            source: file.source.0.clone(),
            blocks: file.blocks.clone().unwrap_or_default(),
            unless,
            yields_to: file.yields_to.0.clone(),
            examples,
            body,
            advice: Advice {
                suggest: self.suggestions(file),
                tables,
                replace: file.fix.iter().flat_map(|f| f.replace.0.clone()).collect(),
                safe: file.fix.as_ref().is_some_and(|f| f.safe == Some(true)),
            },
        })
    }

    /// Every pattern of a rule, and the roles of them all.
    fn patterns(&mut self, draft: &Draft, report: &mut Report) -> (Body, Vocabulary, Vec<(Lang, Vec<TableAdvice>)>) {
        let (file, parts) = (&draft.file, &draft.parts[..]);
        let mut compiled: Vec<(Lang, Arc<Pattern>)> = Vec::new();
        let mut roles: Vec<String> = Vec::new();
        let (lists, tables) = self.tables(draft, report);
        for (code, sources) in &file.find.0 {
            let Some(langs) = self.langs(code, &["find", code], parts, report) else { continue };
            for (i, source) in sources.0.iter().enumerate() {
                let at = i.to_string();
                let path: &[&str] = if sources.0.len() == 1 { &["find", code] } else { &["find", code, &at] };
                let node = match parse(source) {
                    Ok(node) => node,
                    Err(e) => {
                        report.add_within(parts, path, At::Value, Some((source, e.span)), e.message, e.hint);
                        continue;
                    }
                };
                roles.extend(node.roles().into_iter().map(str::to_owned));
                let able: Vec<Lang> =
                    langs.iter().copied().filter(|l| code != "any" || self.compilers[l.0 as usize].has_sets(&node)).collect();
                for lang in if able.is_empty() { &langs } else { &able } {
                    match self.compile(*lang, &node, &lists) {
                        Ok(pattern) => compiled.push((*lang, Arc::new(pattern))),
                        Err(errors) => {
                            for e in errors {
                                report.add_within(parts, path, At::Value, Some((source, e.span)), e.message, e.hint);
                            }
                        }
                    }
                }
            }
        }
        let mut seen = Vec::new();
        roles.retain(|r| !seen.contains(r) && (seen.push(r.clone()), true).1);
        if roles.is_empty() {
            roles.push(WHOLE.to_owned());
        }
        let mut values: Vec<String> = file.suggest.keys().map(|role| format!("{role}.suggested")).collect();
        if !file.table.is_empty() {
            values.extend(roles.iter().flat_map(|r| [format!("{r}.suggested"), format!("{r}.note")]));
        }
        for (role, _) in &file.suggest.0 {
            if !roles.contains(role) {
                let hint = nearest(role, roles.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
                report.add(parts, &["suggest", role], At::Key, format!("no pattern has a role `{role}`"), hint);
            }
        }
        (Body::Find(compiled), Vocabulary { roles, values, facets: OF_MATCHES.to_vec() }, tables)
    }

    fn compile(
        &mut self,
        lang: Lang,
        node: &Node,
        lists: &[(Lang, SharedPhrases)],
    ) -> Result<Pattern, Vec<crate::pattern::PatternError>> {
        let table = lists.iter().find(|(l, _)| *l == lang).map(|(_, list)| list);
        self.compilers[lang.0 as usize].compile(node, table)
    }

    #[allow(clippy::type_complexity)]
    fn tables(&self, draft: &Draft, report: &mut Report) -> (Vec<(Lang, SharedPhrases)>, Vec<(Lang, Vec<TableAdvice>)>) {
        let (mut lists, mut advice) = (Vec::new(), Vec::new());
        for (code, entries) in &draft.file.table.0 {
            let Some(langs) = self.langs(code, &["table", code], &draft.parts, report) else { continue };
            for lang in langs {
                let Some(language) = self.languages.get(lang) else { continue };
                let (list, unknown) = Phrases::new(entries.keys(), language);
                for lemma in unknown {
                    let phrase =
                        entries.keys().find(|k| normalise(k).split_whitespace().any(|w| w.strip_prefix('~') == Some(&lemma)));
                    let path = ["table", code, phrase.unwrap_or_default()];
                    report.add(&draft.parts, &path, At::Key, format!("the lexicon knows no word `{lemma}`"), None);
                }
                lists.push((lang, Arc::new(list)));
                advice.push((lang, entries.0.iter().map(|(phrase, entry)| table_advice(phrase, entry)).collect()));
            }
        }
        (lists, advice)
    }

    /// The languages of a code, or a problem.
    fn langs(&self, code: &str, path: &[&str], parts: &[usize], report: &mut Report) -> Option<Vec<Lang>> {
        if code == "any" {
            return Some(self.languages.iter().map(|(lang, _)| lang).collect());
        }
        let found = self.languages.iter().find(|(_, l)| l.code == code).map(|(lang, _)| vec![lang]);
        if found.is_none() {
            let codes: Vec<&str> = self.languages.iter().map(|(_, l)| l.code.as_str()).collect();
            report.add(parts, path, At::Key, format!("`{code}` is no language here"), Some(format!("one of {}", codes.join(", "))));
        }
        found
    }

    fn guards(&self, draft: &Draft, vocabulary: &Vocabulary, report: &mut Report) -> Facets {
        let mut out = Facets::default();
        let names = draft.file.unless.iter().flat_map(|u| &u.0.0);
        let many = draft.file.unless.as_ref().is_some_and(|u| u.0.0.len() > 1);
        for (i, name) in names.enumerate() {
            let at = i.to_string();
            let path: &[&str] = if many { &["unless", &at] } else { &["unless"] };
            if name == "default" {
                USUAL_GUARDS.iter().for_each(|g| out.insert(*g));
                continue;
            }
            match Facet::ALL.iter().find(|f| f.name() == name) {
                Some(facet) if vocabulary.facets.contains(facet) => out.insert(*facet),
                Some(_) => {
                    let able: Vec<&str> = vocabulary.facets.iter().map(|f| f.name()).collect();
                    let hint = if able.is_empty() { "it has no guards".into() } else { format!("it knows {}", able.join(", ")) };
                    report.add(&draft.parts, path, At::Value, format!("nothing here is ever `{name}`"), Some(hint));
                }
                None => {
                    let hint = nearest(name, Facet::ALL.iter().map(|f| f.name())).map(|near| format!("did you mean `{near}`?"));
                    report.add(&draft.parts, path, At::Value, format!("there is no guard `{name}`"), hint);
                }
            }
        }
        out
    }

    fn labels(&self, draft: &Draft, vocabulary: &Vocabulary, report: &mut Report) {
        if draft.file.labels.is_empty() {
            return;
        }
        let roles = || vocabulary.roles.iter().map(String::as_str);
        for label in draft.file.labels.keys() {
            if !roles().any(|r| r == label) {
                let hint = match nearest(label, roles()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the roles are {}", vocabulary.roles.join(", ")),
                };
                report.add(&draft.parts, &["labels", label], At::Key, format!("there is no role `{label}`"), Some(hint));
            }
        }
        // What is only replaced need not be shown.
        let replaced = |role: &str| draft.file.fix.as_ref().is_some_and(|f| f.replace.get(role).is_some());
        for role in roles().filter(|r| draft.file.labels.get(r).is_none() && !replaced(r)) {
            report.add(&draft.parts, &["labels"], At::Key, format!("the role `{role}` has no label"), None);
        }
    }

    /// Which roles are replaced, and what stands in the replacements.
    fn fix(&self, draft: &Draft, vocabulary: &Vocabulary, report: &mut Report) {
        let Some(fix) = &draft.file.fix else { return };
        if fix.replace.is_empty() && draft.file.suggest.is_empty() && draft.file.table.is_empty() {
            let hint = Some("`replace: { role: words }`".into());
            report.add(&draft.parts, &["fix"], At::Key, "the rule offers nothing to write".into(), hint);
        }
        for (role, template) in &fix.replace.0 {
            if !vocabulary.roles.contains(role) {
                let hint = match nearest(role, vocabulary.roles.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the roles are {}", vocabulary.roles.join(", ")),
                };
                report.add(&draft.parts, &["fix", "replace", role], At::Key, format!("there is no role `{role}`"), Some(hint));
            }
            self.template(&["fix", "replace", role], template, draft, vocabulary, report);
        }
    }

    /// Which languages the words are in, and which names stand in them.
    fn words(&self, draft: &Draft, vocabulary: &Vocabulary, report: &mut Report) {
        let file = &draft.file;
        let texts = [("title", &file.title), ("message", &file.message), ("help", &file.help), ("why", &file.why)];
        for (key, words) in texts {
            let every = self.checks == Checks::Shipped;
            if words.0.is_empty() && (every || key == "message") {
                report.add(&draft.parts, &[key], At::Key, format!("the rule has no `{key}:`"), None);
            } else if every {
                self.complete(&[key], words, draft, report);
            }
            self.text(&[key], words, draft, vocabulary, report);
        }
        for (role, words) in &file.labels.0 {
            if self.checks == Checks::Shipped && !words.0.is_empty() {
                self.complete(&["labels", role], words, draft, report);
            }
            self.text(&["labels", role], words, draft, vocabulary, report);
        }
    }

    fn complete(&self, path: &[&str], words: &Words, draft: &Draft, report: &mut Report) {
        for (_, language) in self.languages.iter().filter(|(_, l)| !words.0.contains_key(&l.code)) {
            report.add(&draft.parts, path, At::Key, format!("`{}` is missing in {}", path.join("."), language.manifest.name), None);
        }
    }

    fn text(&self, path: &[&str], words: &Words, draft: &Draft, vocabulary: &Vocabulary, report: &mut Report) {
        for (code, template) in &words.0 {
            let path = [path, &[code.as_str()]].concat();
            if self.langs(code, &path, &draft.parts, report).is_none() {
                continue;
            }
            self.template(&path, template, draft, vocabulary, report);
        }
    }

    /// Which names stand in a template.
    fn template(&self, path: &[&str], template: &str, draft: &Draft, vocabulary: &Vocabulary, report: &mut Report) {
        if let Err(at) = message::parse(template) {
            let inside = Some((template, Span::new(at, at + 1)));
            let hint = Some("a brace that is none is written `{{`".into());
            report.add_within(&draft.parts, path, At::Value, inside, "a `{` that nothing closes".into(), hint);
        }
        for name in message::names(template) {
            let known = || vocabulary.roles.iter().chain(&vocabulary.values).map(String::as_str);
            if known().any(|k| k == name) {
                continue;
            }
            let at = template.find(&format!("{{{name}")).unwrap_or_default();
            let inside = Some((template, Span::new(at, (at + name.len() + 2).min(template.len()))));
            let hint = match nearest(name, known()) {
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => format!("the names are {}", known().collect::<Vec<_>>().join(", ")),
            };
            report.add_within(&draft.parts, path, At::Value, inside, format!("nothing is called `{{{name}}}`"), Some(hint));
        }
    }

    fn examples(&self, draft: &Draft, vocabulary: &Vocabulary, report: &mut Report) -> Vec<Example> {
        let mut out = Vec::new();
        for (file, (part, index, only)) in draft.file.examples.iter().zip(&draft.examples) {
            let index = index.to_string();
            let mut faults = Vec::new();
            let example = Example::new(file, only.as_deref().unwrap_or("fr"), &mut faults);
            if self.checks != Checks::Compile {
                let guards: Vec<&str> = draft.file.unless.iter().flat_map(|u| &u.0.0).map(String::as_str).collect();
                example.check(&vocabulary.roles, &guards, self.languages, &mut faults);
            }
            for fault in faults {
                let mut path = vec!["examples", &*index];
                path.extend(fault.path.iter().map(String::as_str));
                let inside = fault.inside.as_ref().map(|(value, span)| (value.as_str(), *span));
                let at = if fault.key { At::Key } else { At::Value };
                report.add_within(&[*part], &path, at, inside, fault.message, fault.hint);
            }
            out.push(example);
        }
        out
    }

    /// The suggestions by the words as the analysis has them, cut as each language of the patterns cuts them.
    fn suggestions(&self, file: &RuleFile) -> BTreeMap<String, BTreeMap<String, String>> {
        let mut out: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for (role, words) in &file.suggest.0 {
            for (from, to) in &words.0 {
                for (_, language) in
                    self.languages.iter().filter(|(_, l)| file.find.get(&l.code).is_some() || file.find.get("any").is_some())
                {
                    let from: Vec<String> = split(from, language).iter().map(|w| normalise(w)).collect();
                    out.entry(role.clone()).or_default().insert(from.join(" "), to.clone());
                }
            }
        }
        out
    }
}

fn table_advice(phrase: &str, entry: &TableEntry) -> TableAdvice {
    let all = entry.suggestions();
    let suggested = (!all.is_empty() && all.iter().all(|s| !s.is_empty())).then(|| all.join(" / "));
    // Another form of the word needs another form of its replacement.
    TableAdvice { suggested, note: entry.note().map(str::to_owned), edits: all.len() == 1 && !phrase.contains('~') }
}
