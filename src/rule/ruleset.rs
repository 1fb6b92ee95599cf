//! Rules that were loaded and validated, with the languages that they speak.

use std::sync::{Arc, OnceLock};

use super::Words;
use super::example::Example;
use super::find::Find;
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::{Level, Topic};
use crate::language::{Lang, Languages, Part};
use crate::pattern::{Compiler, Matcher, Pattern};
use crate::relation::Expect;

/// A rule that was loaded and validated.
#[derive(Debug)]
pub struct Rule {
    /// The name of the defect; also the name of its file.
    pub id: String,
    /// The version of recoupe that first had it.
    pub since: Option<String>,
    /// What it is about.
    pub topic: Topic,
    /// How sure and how grave, before overrides.
    pub level: Level,
    /// Whether it is switched on.
    pub enabled: bool,
    /// Whether only the first finding of a draft is shown.
    pub once: bool,
    /// What it finds, in a few words.
    pub title: Words,
    /// What it says of a finding; `{name}` stands for a role's words or a bound value.
    pub message: Words,
    /// What it says beside each place, the primary one first.
    pub labels: Vec<(String, Words)>,
    /// What to do.
    pub help: Words,
    /// Why it matters.
    pub why: Words,
    /// Where the reason is documented.
    pub source: Vec<String>,
    /// The kinds of block that it looks at; empty for all.
    pub blocks: Vec<BlockKind>,
    /// What silences it.
    pub unless: Facets,
    /// Rules that say the same better, by id: this one is silent where they speak.
    pub yields_to: Vec<String>,
    /// Whether it ships with recoupe, though a newsroom may have changed it.
    pub shipped: bool,
    /// Its examples, as the file gives them; read when somebody asks for them.
    pub examples: Part<Vec<Example>>,
    pub(crate) body: Body,
    pub(crate) advice: Advice,
}

impl Rule {
    /// Whether the rule offers to write something else, and if so whether unseen.
    pub fn mends(&self) -> Option<bool> {
        let Advice { replace, safe } = &self.advice;
        let named = matches!(&self.body, Body::Find(find) if find.mends());
        (named || !replace.is_empty()).then_some(*safe)
    }
}

/// How a rule finds what it reports.
#[derive(Debug)]
pub(crate) enum Body {
    /// What does not hold.
    Expect(Expect),
    /// What stands there.
    Find(Find),
}

/// What a rule offers to write instead.
#[derive(Debug, Default)]
pub(crate) struct Advice {
    /// Role, then the template of what to write at its places.
    pub(crate) replace: Vec<(String, String)>,
    /// Whether it may be written unseen.
    pub(crate) safe: bool,
}

/// The role of a whole match, in a rule whose patterns name none.
pub const WHOLE: &str = "match";

/// The guards that `unless: default` names: those under which two facts of a kind are rarely rivals.
pub const USUAL_GUARDS: [Facet; 8] = [
    Facet::Revised,
    Facet::AttributedDifferently,
    Facet::PartOf,
    Facet::OtherPlace,
    Facet::OtherTime,
    Facet::Approximate,
    Facet::Hypothetical,
    Facet::Quoted,
];

/// Rules with the languages that they speak.
#[derive(Debug)]
pub struct Ruleset {
    /// All rules, by id.
    pub rules: Vec<Rule>,
    /// The languages.
    pub languages: &'static Languages,
    /// The address of the site in which each shipped rule has its page, with a slash at its end; `None` where none was named.
    pub docs: Option<String>,
    /// Folders of whole languages among a newsroom's rules: of these only the rules were read, for the rest is built in.
    pub languages_left: Vec<std::path::PathBuf>,
    /// By language.
    matchers: Vec<OnceLock<Matcher>>,
}

impl Ruleset {
    pub(super) fn new(mut rules: Vec<Rule>, languages: &'static Languages) -> Ruleset {
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        let docs = option_env!("RECOUPE_DOCS").map(str::to_owned);
        Ruleset {
            rules,
            languages,
            docs,
            languages_left: Vec::new(),
            matchers: languages.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// The rule of that id, with its index.
    pub fn get(&self, id: &str) -> Option<(usize, &Rule)> {
        self.rules.binary_search_by(|r| r.id.as_str().cmp(id)).ok().map(|i| (i, &self.rules[i]))
    }

    /// The patterns of all rules for a language, made into one automaton when a draft first needs it.
    pub(crate) fn matcher(&self, lang: Lang) -> Option<&Matcher> {
        let ready = self.matchers.get(lang.0 as usize)?;
        let language = self.languages.get(lang)?;
        let make = || {
            let mut compiler = Compiler::new(language);
            compiler.checked = false;
            for rule in &self.rules {
                if let Body::Find(find) = &rule.body {
                    find.compile(lang, self.languages, &mut compiler, &mut |_| ());
                }
            }
            Matcher::build(self.patterns(lang, |_| true))
        };
        Some(ready.get_or_init(make))
    }

    /// The patterns of some rules for a language that a draft has been in, with the index of the rule.
    pub(crate) fn patterns(&self, lang: Lang, wanted: impl Fn(usize) -> bool) -> Vec<(usize, Lang, Arc<Pattern>)> {
        let mut out = Vec::new();
        for (i, rule) in self.rules.iter().enumerate().filter(|(i, _)| wanted(*i)) {
            if let Body::Find(find) = &rule.body {
                let ready = find.ready(lang).into_iter().flat_map(|ready| &ready.patterns);
                out.extend(ready.map(|pattern| (i, lang, pattern.clone())));
            }
        }
        out
    }
}
