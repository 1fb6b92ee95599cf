//! The examples of a rule are its tests: small drafts on which it must fire, there and nowhere else, or be silent.

use jiff::civil::Date;

use super::file::{ExampleFile, OneOrMany, Ordered};
use super::marks::{self, Marked};
use crate::document::suppression::{CALL, Heard, hear};
use crate::document::{
    Block, BlockKind, Document, FigureId, Furnishing, Meta, Origin, Picture, Places, Reach, SourceMap, Suppression,
};
use crate::facet::Facet;
use crate::language::{Lang, Languages};
use crate::pattern::nearest;
use crate::span::Span;

/// An example of a rule: a small draft, and whether the rule must fire on it.
#[derive(Clone, Debug)]
pub struct Example {
    /// Language code of the draft.
    pub lang: String,
    /// Whether the rule must fire.
    pub bad: bool,
    /// The draft as written in the rule, role marks `[words]{role}` included, by block, in the order of the file.
    pub blocks: Vec<(BlockKind, String)>,
    /// The version before, which the draft is held against.
    pub previous: Option<Vec<(BlockKind, String)>>,
    /// What the newsroom asks of the story.
    pub asked: Vec<Furnishing>,
    /// The paragraphs of another rendition of its body.
    pub twin: Vec<String>,
    /// Why a good example is silent.
    pub because: Option<String>,
    /// The day of publication.
    pub published: Option<Date>,
    /// The message of the finding, in the language of the draft.
    pub says: Option<String>,
    /// The blocks after the suggested edit.
    pub fixed: Option<Vec<String>>,
    /// The guard without which it would fire.
    pub thanks_to: Option<String>,
}

/// An example on which the rule does not do what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleFailure {
    /// The rule's id.
    pub rule: String,
    /// Which of its examples, from 0.
    pub example: usize,
    /// The draft of the example.
    pub text: String,
    /// What the example asks for.
    pub expected: String,
    /// What the rule did.
    pub found: String,
}

impl std::fmt::Display for ExampleFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let ExampleFailure { rule, example, text, expected, found } = self;
        write!(f, "{rule}, example {}: {text}\n  expected: {expected}\n  found:    {found}", example + 1)
    }
}

/// Something wrong with an example, at a path below it.
pub(super) struct Fault {
    pub(super) path: Vec<String>,
    pub(super) key: bool,
    pub(super) inside: Option<(String, Span)>,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

impl Fault {
    fn new(path: &[&str], key: bool, message: impl Into<String>, hint: Option<String>) -> Fault {
        Fault { path: path.iter().map(|s| (*s).to_owned()).collect(), key, inside: None, message: message.into(), hint }
    }
}

impl Example {
    pub(super) fn new(file: &ExampleFile, default_lang: &str, faults: &mut Vec<Fault>) -> Example {
        let (bad, blocks) = match (&file.bad, &file.good) {
            (Some(bad), None) => (true, read_blocks(bad, "bad", faults)),
            (None, Some(good)) => (false, read_blocks(good, "good", faults)),
            _ => {
                faults.push(Fault::new(&[], false, "an example is `bad:` or `good:`", None));
                (false, Vec::new())
            }
        };
        let published = file.published.as_ref().and_then(|day| {
            let date = day.parse().ok();
            if date.is_none() {
                faults.push(Fault::new(&["published"], false, "no day of the calendar", Some("write `2025-03-10`".into())));
            }
            date
        });
        let fixed = file.fixed.as_ref().map(|f| read_blocks(f, "fixed", faults).into_iter().map(|(_, text)| text).collect());
        let asked = file.asked.0.iter().filter_map(|name| {
            let known = Furnishing::by_name(name);
            if known.is_none() {
                let names = Furnishing::ALL.map(Furnishing::name);
                let hint = match nearest(name, names) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("one of {}", names.join(", ")),
                };
                faults.push(Fault::new(&["asked"], false, format!("`{name}` is nothing that stories have"), Some(hint)));
            }
            known
        });
        let asked = asked.collect();
        Example {
            asked,
            twin: file.twin.0.clone(),
            lang: file.lang.clone().unwrap_or_else(|| default_lang.to_owned()),
            bad,
            blocks,
            previous: file.previous.as_ref().map(|p| read_blocks(p, "previous", faults)),
            because: file.because.clone(),
            published,
            says: file.says.clone(),
            fixed,
            thanks_to: file.thanks_to.clone(),
        }
    }

    /// What is wrong with the marks, the guard, the language.
    pub(super) fn check(&self, roles: &[String], guards: &[&str], languages: &Languages, faults: &mut Vec<Fault>) {
        let side = if self.bad { "bad" } else { "good" };
        for (kind, text) in &self.blocks {
            let mut fault = |span: Span, message: String, hint: Option<String>| {
                let mut fault = Fault::new(&[side, kind.name()], false, message, hint);
                fault.inside = Some((text.clone(), span));
                faults.push(fault);
            };
            match marks::parse(text) {
                Err((at, message)) => fault(Span::new(at, at + 1), message.to_owned(), None),
                Ok(marked) => {
                    for (role, _) in &marked.roles {
                        let at = text.find(&format!("{{{role}}}")).unwrap_or_default();
                        let span = Span::new(at, at + role.len() + 2);
                        if !self.bad {
                            fault(span, "a good example marks nothing".into(), None);
                        } else if !roles.contains(role) {
                            let hint = match nearest(role, roles.iter().map(String::as_str)) {
                                Some(near) => format!("did you mean `{near}`?"),
                                None => format!("the roles are {}", roles.join(", ")),
                            };
                            fault(span, format!("there is no role `{role}`"), Some(hint));
                        }
                    }
                }
            }
        }
        for (kind, text) in self.previous.iter().flatten() {
            if !marks::parse(text).is_ok_and(|m| m.roles.is_empty()) {
                let message = "the version before marks nothing; a bracket is written `\\[`";
                faults.push(Fault::new(&["previous", kind.name()], false, message, None));
            }
        }
        if !languages.iter().any(|(_, l)| l.code == self.lang) {
            faults.push(Fault::new(&["lang"], false, format!("`{}` is no language here", self.lang), None));
        }
        if let Some(guard) = &self.thanks_to {
            if self.bad {
                faults.push(Fault::new(&["thanks-to"], true, "only a good example is silent thanks to a guard", None));
            }
            let everywhere = guard == Facet::Corrected.name();
            if !everywhere && !guards.contains(&guard.as_str()) && !guards.contains(&"default") {
                let hint = nearest(guard, guards.iter().copied()).map(|near| format!("did you mean `{near}`?"));
                faults.push(Fault::new(&["thanks-to"], false, format!("`unless:` does not name `{guard}`"), hint));
            }
        }
        for (key, given) in [("says", self.says.is_some()), ("fixed", self.fixed.is_some())] {
            if given && !self.bad {
                faults.push(Fault::new(&[key], true, format!("`{key}:` belongs to a bad example"), None));
            }
        }
    }

    /// The draft, and the marked places in it.
    pub(crate) fn document(&self, lang: Lang) -> (Document, Vec<(String, Span)>) {
        self.draft(&self.blocks, lang)
    }

    /// The version before, where the example has one.
    pub(crate) fn previous(&self, lang: Lang) -> Option<Document> {
        self.previous.as_ref().map(|blocks| self.draft(blocks, lang).0)
    }

    fn draft(&self, of: &[(BlockKind, String)], lang: Lang) -> (Document, Vec<(String, Span)>) {
        let (mut text, mut blocks, mut marked) = (String::new(), Vec::new(), Vec::new());
        let (mut captions, mut credits) = (0, 0);
        let mut calls = Vec::new();
        for (kind, raw) in of {
            let Marked { text: words, roles } = marks::parse(raw).unwrap_or_default();
            if *kind == BlockKind::Note && words.starts_with(CALL) {
                calls.push((blocks.len(), words, roles));
                continue;
            }
            if !blocks.is_empty() {
                text.push('\n');
            }
            let start = text.len();
            text.push_str(&words);
            marked.extend(roles.into_iter().map(|(role, s)| (role, Span::new(start + s.range().start, start + s.range().end))));
            // The n-th credit belongs to the n-th caption.
            let next = |count: &mut u32| {
                *count += 1;
                Some(FigureId(*count - 1))
            };
            let figure = match kind {
                BlockKind::Caption => next(&mut captions),
                BlockKind::Credit => next(&mut credits),
                _ => None,
            };
            blocks.push(Block { kind: *kind, span: Span::new(start, text.len()), lang, figure });
        }
        let mut twin = Vec::new();
        for raw in &self.twin {
            let Marked { text: words, roles } = marks::parse(raw).unwrap_or_default();
            text.push('\n');
            let start = text.len();
            text.push_str(&words);
            twin.push(Span::new(start, text.len()));
            marked.extend(roles.into_iter().map(|(role, s)| (role, Span::new(start + s.range().start, start + s.range().end))));
        }
        let twins = if twin.is_empty() { Vec::new() } else { vec![twin] };
        let mut suppressions = Vec::new();
        for (next, words, roles) in calls {
            text.push('\n');
            let start = text.len();
            let placed = |s: Span| Span::new(start + s.range().start, start + s.range().end);
            if let Ok(Heard { all, names, by, reason }) = hear(&words) {
                let rules = names.iter().map(|name| (name.of(&words).to_owned(), placed(*name))).collect();
                let reach = if all { Reach::Document } else { Reach::Blocks((next..blocks.len()).take(1).collect()) };
                suppressions.push(Suppression { span: Span::new(start, start + words.len()), rules, reach, by, reason });
            }
            text.push_str(&words);
            marked.extend(roles.into_iter().map(|(role, s)| (role, placed(s))));
        }
        // Each is a picture of which nothing is known but its words.
        let count = captions.max(credits);
        let pictures = (0..count).map(|n| Picture { figure: FigureId(n), span: None, described: false }).collect();
        let mut map = SourceMap::default();
        map.push_verbatim(0, 0, text.len());
        let published = self.published.map(|day| (day, Origin::Given));
        (
            Document {
                text,
                blocks,
                map,
                meta: Meta { lang, published, ..Meta::default() },
                pictures,
                twins,
                suppressions,
                places: Places::Lines,
                number: 0,
            },
            marked,
        )
    }
}

fn read_blocks(map: &Ordered<OneOrMany>, side: &str, faults: &mut Vec<Fault>) -> Vec<(BlockKind, String)> {
    let mut out = Vec::new();
    for (name, texts) in &map.0 {
        let Some(kind) = BlockKind::ALL.into_iter().find(|k| k.name() == name) else {
            let hint = match nearest(name, BlockKind::ALL.map(BlockKind::name)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the kinds are {}", BlockKind::ALL.map(BlockKind::name).join(", ")),
            };
            faults.push(Fault::new(&[side, name], true, format!("`{name}` is no kind of block"), Some(hint)));
            continue;
        };
        for text in &texts.0 {
            let paragraphs = text.split("\n\n").map(str::trim).filter(|p| !p.is_empty());
            out.extend(paragraphs.map(|p| (kind, p.to_owned())));
        }
    }
    out
}
