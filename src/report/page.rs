//! A rule as a page of the documentation, and the list of all of them, as Markdown: told from the rule file itself.

use std::fmt::Write;

use super::{Ui, examples, plain};
use crate::facet::Facet;
use crate::finding::Topic;
use crate::rule::{Example, Rule, Ruleset};

/// The folders of the site that hold the pages, by language of the words.
const FOLDERS: [(&str, &str); 2] = [("en", "rules"), ("fr", "regles")];

/// The address of a rule's page for who reads the language of that code: that of the site, where the rules name one, else where the rule's
/// own file says that its reason is documented.
pub fn address(rules: &Ruleset, rule: &Rule, code: &str) -> Option<String> {
    let folder = FOLDERS.iter().find(|(c, _)| *c == Ui::of(code).code).map_or("rules", |(_, folder)| folder);
    let site = rules.docs.as_deref().filter(|_| rule.shipped).map(|site| format!("{site}{folder}/{}.html", rule.id));
    site.or_else(|| rule.source.iter().find(|s| s.starts_with("https://") || s.starts_with("http://")).cloned())
}

/// The page of a rule; `code` is the language of the words, and of the examples where the rule has some in it.
pub fn page(rule: &Rule, code: &str) -> String {
    let ui = Ui::of(code);
    let mut out = format!("# {}\n\n{}\n\n", rule.id, capitalised(&plain(rule.title.get(code))));
    let mut facts = vec![
        format!("{}{}{}", ui.level, ui.colon, ui.level(rule.level)),
        format!("{}{}{}", ui.topic, ui.colon, ui.topic(rule.topic)),
    ];
    facts.extend(rule.since.as_ref().map(|since| format!("{} {since}", ui.since)));
    line(&mut out, &facts.join(" · "));
    if !rule.blocks.is_empty() {
        let blocks: Vec<&str> = rule.blocks.iter().map(|b| b.name()).collect();
        line(&mut out, &format!("{}{}{}", capitalised(ui.blocks), ui.colon, blocks.join(", ")));
    }
    let message = rule.message.get(code);
    if !message.is_empty() {
        line(&mut out, &format!("> {}", plain(message)));
    }
    for (head, text) in [(ui.why, rule.why.get(code)), (ui.help, rule.help.get(code))] {
        if !text.is_empty() {
            line(&mut out, &format!("## {}\n\n{}", capitalised(head), capitalised(&plain(text))));
        }
    }
    let guards: Vec<Facet> = Facet::ALL.iter().copied().filter(|f| rule.unless.contains(*f)).collect();
    if !guards.is_empty() {
        line(&mut out, &format!("## {}", capitalised(ui.guards)));
        let rows: Vec<String> = guards.iter().map(|f| format!("- {} (`{}`)", ui.guard(*f), f.name())).collect();
        line(&mut out, &rows.join("\n"));
    }
    if !rule.yields_to.is_empty() {
        let better: Vec<String> = rule.yields_to.iter().map(|id| format!("[{id}]({id}.md)")).collect();
        line(&mut out, &format!("{}{}{}", capitalised(ui.yields_to), ui.colon, better.join(", ")));
    }
    let own = rule.examples.iter().any(|e| e.lang == ui.code);
    for (bad, head) in [(true, ui.bad), (false, ui.good)] {
        let shown: Vec<&Example> = rule.examples.iter().filter(|e| e.bad == bad && (!own || e.lang == ui.code)).collect();
        if shown.is_empty() {
            continue;
        }
        line(&mut out, &format!("## {}", capitalised(head)));
        for example in shown {
            line(&mut out, &format!("```text\n{}```", shown_blocks(example, ui)));
            for (head, text) in [(ui.because, &example.because), (ui.thanks_to, &example.thanks_to)] {
                if let Some(text) = text {
                    line(&mut out, &format!("{}{}{}", capitalised(head), ui.colon, plain(text)));
                }
            }
        }
    }
    if !rule.source.is_empty() {
        line(&mut out, &format!("## {}", capitalised(ui.source)));
        line(&mut out, &rule.source.iter().map(|s| format!("- <{s}>")).collect::<Vec<_>>().join("\n"));
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The list of all rules, by topic, each with its level and a link to its page.
pub fn index<'r>(rules: impl IntoIterator<Item = &'r Rule>, code: &str) -> String {
    let ui = Ui::of(code);
    let rules: Vec<&Rule> = rules.into_iter().collect();
    let mut out = format!("# {}\n\n", ui.rules);
    for topic in Topic::ALL {
        let mine: Vec<&&Rule> = rules.iter().filter(|r| r.topic == topic).collect();
        if mine.is_empty() {
            continue;
        }
        line(&mut out, &format!("## {}", capitalised(ui.topic(topic))));
        let rows: Vec<String> = mine
            .iter()
            .map(|r| format!("- [{}]({}.md) ({}){}{}", r.id, r.id, ui.level(r.level), ui.colon, plain(r.title.get(code))))
            .collect();
        line(&mut out, &rows.join("\n"));
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn line(out: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = write!(out, "{text}\n\n");
}

fn shown_blocks(example: &Example, ui: &Ui) -> String {
    let mut out = Vec::new();
    let _ = examples::write_all(example, ui, "", &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
