//! What may be written next in a rule file or a configuration: from their schemas, and the names that are known here.

use gen_lsp_types::{CompletionItem, CompletionItemKind, CompletionItemTextEdit, Documentation, TextEdit};

use super::cursor::{Cursor, Slot, cursor};
use super::documents::Open;
use super::schema::{self, Choice, Step};
use super::setup::Desks;
use super::uri;
use super::yaml::{Role, role};
use crate::document::BlockKind;
use crate::finding::Topic;
use crate::reader::Format;
use crate::report::Ui;
use crate::rule::{ALL_RULES, Ruleset};
use crate::span::Span;

/// What may be written at a byte of an open file.
pub fn items(open: &Open, uri: &str, byte: usize, desks: &mut Desks) -> Vec<CompletionItem> {
    let path = uri::path(uri);
    let Some(role) = role(path.as_deref(), &open.text, desks) else { return Vec::new() };
    let Some(mut at) = cursor(&open.text, byte) else { return Vec::new() };
    let desk = desks.desk(&desks.path(uri));
    let schema = match role {
        Role::Config => crate::config::file::schema(),
        Role::Rule => crate::rule::file::schema(),
    };
    let mut keys = schema::keys(&schema, &at.path);
    let mut values = schema::values(&schema, &at.path);
    // A list may be begun on its key's line, and a text may stand for a list of one.
    let inside: Vec<Step> = at.path.iter().cloned().chain([Step::Item]).collect();
    match known(role, &at.path, &desk.rules) {
        Some(Known::Keys(more)) => keys.extend(more),
        Some(Known::Values(more)) => values.extend(more),
        None => {}
    }
    if role == Role::Rule
        && let Some(sets) = sets(&open.text, &mut at, byte, &desk.rules)
    {
        (keys, values) = (Vec::new(), sets);
    } else if values.is_empty() && at.slot == Slot::Value && !schema::values(&schema, &inside).is_empty() {
        // `in: headline` is no list yet: the brackets are to be written first.
        values = schema::values(&schema, &inside).into_iter().map(|c| Choice { name: format!("[{}]", c.name), ..c }).collect();
    }
    keys.retain(|key| !at.beside.contains(&key.name));
    if at.slot == Slot::Value {
        keys.clear();
    }
    if at.slot == Slot::Key {
        values.clear();
    }
    let range = open.lines.range(&open.text, Span::new(at.start, byte));
    let item = |choice: Choice, is_key: bool| {
        let (kind, text) = if is_key {
            (CompletionItemKind::Property, format!("{}: ", choice.name))
        } else {
            (CompletionItemKind::Value, choice.name.clone())
        };
        CompletionItem {
            kind: Some(kind),
            documentation: (!choice.about.is_empty()).then_some(Documentation::String(choice.about)),
            filter_text: Some(choice.name.clone()),
            text_edit: Some(CompletionItemTextEdit::TextEdit(TextEdit { range, new_text: text })),
            label: choice.name,
            ..CompletionItem::default()
        }
    };
    keys.into_iter().map(|c| item(c, true)).chain(values.into_iter().map(|c| item(c, false))).collect()
}

/// Names that no schema can list.
enum Known {
    Keys(Vec<Choice>),
    Values(Vec<Choice>),
}

fn known(role: Role, path: &[Step], rules: &Ruleset) -> Option<Known> {
    let names = |names: &mut dyn Iterator<Item = &str>| {
        names.map(|n| Choice { name: n.to_owned(), about: String::new() }).collect::<Vec<_>>()
    };
    let ids = || rules.rules.iter().map(|r| Choice { name: r.id.clone(), about: r.title.get("en").to_owned() });
    let languages = || names(&mut rules.languages.iter().map(|(_, l)| l.code.as_str()));
    let key =
        |i: usize| path.get(path.len().checked_sub(i)?).and_then(|s| if let Step::Key(k) = s { Some(k.as_str()) } else { None });
    let last = key(1)?;
    Some(match (role, last) {
        (_, "levels") => {
            let broad = Topic::ALL.iter().map(|t| t.name()).chain([ALL_RULES]);
            Known::Keys(names(&mut broad.into_iter()).into_iter().chain(ids()).collect())
        }
        (_, "lang") => Known::Values(languages()),
        (Role::Config, "messages") => Known::Values(names(&mut Ui::ALL.iter().map(|ui| ui.code))),
        (Role::Config, "lists") => Known::Keys(languages()),
        (Role::Config, code) if key(2) == Some("lists") => {
            let lang = rules.languages.by_code(code).and_then(|lang| rules.languages.get(lang))?;
            Known::Keys(names(&mut lang.sets.names()))
        }
        (Role::Config, _) if key(2) == Some("formats") => Known::Values(names(&mut Format::all().map(Format::name))),
        (Role::Rule, "extends") => Known::Values(ids().collect()),
        (Role::Rule, "title" | "message" | "help" | "why") => Known::Keys(names(&mut Ui::ALL.iter().map(|ui| ui.code))),
        (Role::Rule, "find" | "table") => Known::Keys(languages()),
        (Role::Rule, _) if key(2) == Some("labels") => Known::Keys(names(&mut Ui::ALL.iter().map(|ui| ui.code))),
        (Role::Rule, "bad" | "good" | "fixed") => Known::Keys(names(&mut BlockKind::ALL.iter().map(|k| k.name()))),
        _ => return None,
    })
}

/// The names of word lists, after an `@` in a pattern; the word then starts behind it.
fn sets(text: &str, at: &mut Cursor, byte: usize, rules: &Ruleset) -> Option<Vec<Choice>> {
    if at.path.first() != Some(&Step::Key("find".to_owned())) {
        return None;
    }
    let word = text.get(at.start..byte)?;
    let name = word.rfind('@')? + 1;
    if !word[name..].chars().all(|c| c.is_alphanumeric() || c == '-') {
        return None;
    }
    at.start += name;
    at.slot = Slot::Value;
    let code = at.path.get(1).and_then(|s| if let Step::Key(k) = s { rules.languages.by_code(k) } else { None });
    let languages = rules.languages.iter().filter(|(lang, _)| code.is_none_or(|code| code == *lang));
    let mut names: Vec<Choice> = languages
        .flat_map(|(_, l)| l.sets.names().chain(["table"]))
        .map(|name| Choice { name: name.to_owned(), about: String::new() })
        .collect();
    names.sort();
    names.dedup();
    Some(names)
}
