//! One rule from its file: everything that can be wrong with it is told, and what is right is compiled.

use super::example::Example;
use super::find::{ANY, Find, Wrong};
use super::load::{Checks, Draft, Report};
use super::problem::At;
use super::{Advice, Body, Rule, USUAL_GUARDS, WHOLE, Words, message};
use crate::facet::{Facet, Facets};
use crate::finding::{Level, Topic};
use crate::language::{Lang, Languages, Part};
use crate::pattern::{Compiler, nearest, parse};
use crate::span::Span;

/// The facets that the words around a match can carry.
const OF_MATCHES: [Facet; 4] = [Facet::Attributed, Facet::Quoted, Facet::Hypothetical, Facet::Negated];

/// Compiles rules for the loaded languages.
pub(super) struct Validator {
    languages: &'static Languages,
    checks: Checks,
    compilers: Vec<(Lang, Compiler<'static>)>,
}

/// What a rule can speak of.
struct Vocabulary {
    roles: Vec<String>,
    values: Vec<String>,
    facets: Vec<Facet>,
}

impl Validator {
    pub(super) fn new(languages: &'static Languages, checks: Checks) -> Validator {
        let compilers = languages.iter().map(|(lang, language)| (lang, Compiler::new(language))).collect();
        Validator { languages, checks, compilers }
    }

    /// Whether a pattern of a rule that was checked names a set of a language.
    pub(super) fn has_named(&self, lang: Lang, set: &str) -> bool {
        self.compilers.iter().any(|(l, compiler)| *l == lang && compiler.has_named(set))
    }

    /// The rule, where it can work.
    pub(super) fn rule(&mut self, mut draft: Draft, report: &mut Report) -> Option<Rule> {
        let before = report.problems.len();
        // What ships was checked by a test: it is compiled when a draft needs it.
        let checked = !report.is_built_in(&draft.parts);
        let shipped = report.has_built_in(&draft.parts);
        let parts = draft.parts.clone();
        let (body, vocabulary) = match (&draft.file.expect, draft.file.find.is_empty()) {
            (Some(expect), true) => {
                let relation = expect.relation();
                let own = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
                let facets = relation.facets().to_vec();
                let words = Vocabulary { roles: own(relation.roles()), values: own(relation.values()), facets };
                (Body::Expect(expect.clone()), words)
            }
            (None, false) => self.patterns(&mut draft, checked, report),
            (Some(_), false) => {
                report.add(&parts, &["find"], At::Key, "a rule has `find:` or `expect:`, not both".into(), None);
                return None;
            }
            (None, true) => {
                let hint = Some("`find:` flags what stands there, `expect:` what does not hold".into());
                report.add(&parts, &["id"], At::Value, "neither `find:` nor `expect:`".into(), hint);
                return None;
            }
        };
        if draft.file.topic.is_none() {
            report.add(&parts, &["topic"], At::Value, "the rule has no `topic:`".into(), None);
        }
        let mut unless = self.guards(&draft, &vocabulary, report);
        // What a rule finds in typography, or by the words of the desk, is a fault in a correction note as well.
        let by_words = draft.file.topic == Some(Topic::Furniture) && matches!(body, Body::Find(_));
        unless.insert_if(draft.file.topic != Some(Topic::Form) && !by_words, Facet::Corrected);
        if checked {
            self.labels(&draft, &vocabulary, report);
            let offers = matches!(&body, Body::Find(find) if find.mends());
            self.fix(&draft, &vocabulary, offers, report);
            self.words(&draft, &vocabulary, report);
        }
        let examples = if checked { ready(self.examples(&draft, &vocabulary, report)) } else { draft.shipped_examples() };
        if report.problems.len() > before {
            return None;
        }
        let Draft { id, file, .. } = draft;
        let labels = if file.labels.is_empty() {
            vocabulary.roles.iter().map(|role| (role.clone(), Words::default())).collect()
        } else {
            file.labels.0
        };
        let (replace, safe) = file.fix.map(|f| (f.replace.0, f.safe == Some(true))).unwrap_or_default();
        Some(Rule {
            id,
            since: file.since,
            topic: file.topic?,
            level: file.level.unwrap_or(Level::Warning),
            enabled: file.enabled.unwrap_or(true),
            once: file.once.unwrap_or(false),
            title: file.title,
            message: file.message,
            labels,
            help: file.help,
            why: file.why,
            source: file.source.0,
            blocks: file.blocks.unwrap_or_default(),
            unless,
            yields_to: file.yields_to.0,
            shipped,
            examples,
            body,
            advice: Advice { replace, safe },
        })
    }

    /// What a rule looks for, and of what that speaks.
    fn patterns(&mut self, draft: &mut Draft, checked: bool, report: &mut Report) -> (Body, Vocabulary) {
        let mut words = Vocabulary { roles: Vec::new(), values: Vec::new(), facets: OF_MATCHES.to_vec() };
        // The roles of a rule that ships are those that it labels, where it labels any.
        if checked || draft.file.labels.is_empty() {
            self.speak(draft, &mut words, report);
        }
        let find = Find::new(&mut draft.file, self.languages);
        if checked {
            for (lang, compiler) in &mut self.compilers {
                find.compile(*lang, self.languages, compiler, &mut |wrong| tell(wrong, &find, &draft.parts, report));
            }
        }
        (Body::Find(find), words)
    }

    /// The roles and values of all patterns of a rule; what cannot be parsed, and codes and roles that are none, are told.
    fn speak(&self, draft: &Draft, words: &mut Vocabulary, report: &mut Report) {
        let (file, parts) = (&draft.file, &draft.parts[..]);
        let mut roles: Vec<String> = Vec::new();
        for code in file.table.keys() {
            self.langs(code, &["table", code], parts, report);
        }
        for (code, sources) in &file.find.0 {
            self.langs(code, &["find", code], parts, report);
            for (i, source) in sources.0.iter().enumerate() {
                match parse(source) {
                    Ok(node) => roles.extend(node.roles().into_iter().map(str::to_owned)),
                    Err(e) => {
                        let at = i.to_string();
                        let inside = Some((&**source, e.span));
                        report.add_within(parts, &in_find(code, &at, sources.0.len()), At::Value, inside, e.message, e.hint);
                    }
                }
            }
        }
        let mut seen = Vec::new();
        roles.retain(|r| !seen.contains(r) && (seen.push(r.clone()), true).1);
        if roles.is_empty() {
            roles.push(WHOLE.to_owned());
        }
        words.values = file.suggest.keys().map(|role| format!("{role}.suggested")).collect();
        if !file.table.is_empty() {
            words.values.extend(roles.iter().flat_map(|r| [format!("{r}.suggested"), format!("{r}.note")]));
        }
        for (role, _) in &file.suggest.0 {
            if !roles.contains(role) {
                let hint = nearest(role, roles.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
                report.add(parts, &["suggest", role], At::Key, format!("no pattern has a role `{role}`"), hint);
            }
        }
        words.roles = roles;
    }

    /// Whether a code is that of a language, or of all; told where it is not.
    fn langs(&self, code: &str, path: &[&str], parts: &[usize], report: &mut Report) -> bool {
        let known = code == ANY || self.languages.iter().any(|(_, l)| l.code == code);
        if !known {
            let codes: Vec<&str> = self.languages.iter().map(|(_, l)| l.code.as_str()).collect();
            report.add(parts, path, At::Key, format!("`{code}` is no language here"), Some(format!("one of {}", codes.join(", "))));
        }
        known
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
    fn fix(&self, draft: &Draft, vocabulary: &Vocabulary, offers: bool, report: &mut Report) {
        let Some(fix) = &draft.file.fix else { return };
        if fix.replace.is_empty() && !offers {
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
            if self.langs(code, &path, &draft.parts, report) {
                self.template(&path, template, draft, vocabulary, report);
            }
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
            let guards: Vec<&str> = draft.file.unless.iter().flat_map(|u| &u.0.0).map(String::as_str).collect();
            example.check(&vocabulary.roles, &guards, self.languages, &mut faults);
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
}

/// A part that was read already.
fn ready<T: Send + 'static>(value: T) -> Part<T> {
    Part::new(Box::new(move || value))
}

/// The keys that lead to one of the patterns of a language.
fn in_find<'p>(code: &'p str, at: &'p str, patterns: usize) -> Vec<&'p str> {
    if patterns == 1 { vec!["find", code] } else { vec!["find", code, at] }
}

fn tell(wrong: Wrong, find: &Find, parts: &[usize], report: &mut Report) {
    match wrong {
        Wrong::Pattern(code, i, source, e) => {
            let at = i.to_string();
            let path = in_find(code, &at, find.patterns_in(code));
            report.add_within(parts, &path, At::Value, Some((source, e.span)), e.message, e.hint);
        }
        Wrong::Table(code, phrase, lemma) => {
            report.add(parts, &["table", code, phrase], At::Key, format!("the lexicon knows no word `{lemma}`"), None);
        }
    }
}
