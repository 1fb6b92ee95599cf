//! `recoupe rules`, `recoupe explain` and `recoupe test`: the commands that look at rules.

use std::collections::BTreeSet;
use std::io;

use unicode_width::UnicodeWidthStr;

use super::args::{Explain, ListFormat, Rules, Test};
use super::{Exit, Streams, inputs, readings, ruleset, settings};
use crate::report::explain::write_example;
use crate::report::{self, Ui, plain};
use crate::rule;

/// Lists the rules, or prints the schema of their files.
pub fn list(args: &Rules, streams: &mut Streams) -> io::Result<Exit> {
    if args.schema {
        let schema = serde_json::to_string_pretty(&rule::file::schema())?;
        writeln!(streams.out, "{schema}")?;
        return Ok(Exit::Clean);
    }
    let code = args.words.ui_lang.as_str();
    let ui = Ui::of(code);
    let Some(rules) = ruleset(&args.chosen, &args.rules, ui, settings(args.words.color, streams), streams.err)? else {
        return Ok(Exit::Failed);
    };
    match args.format {
        ListFormat::Json => {
            writeln!(streams.out, "{}", serde_json::to_string_pretty(&report::rules::list(&rules, code))?)?;
        }
        ListFormat::Terminal => {
            let rows: Vec<[&str; 4]> = rules
                .rules
                .iter()
                .map(|r| [&*r.id, if r.enabled { ui.level(r.level) } else { ui.off }, ui.topic(r.topic), r.title.get(code)])
                .collect();
            let width = |i: usize| rows.iter().map(|r| r[i].width()).max().unwrap_or(0);
            let (id, level, topic) = (width(0), width(1), width(2));
            for r in &rows {
                writeln!(streams.out, "{:id$}  {:level$}  {:topic$}  {}", r[0], r[1], r[2], plain(r[3]))?;
            }
        }
    }
    Ok(Exit::Clean)
}

/// Prints one rule in full.
pub fn explain(args: &Explain, streams: &mut Streams) -> io::Result<Exit> {
    let ui = Ui::of(&args.words.ui_lang);
    let Some(rules) = ruleset(&args.chosen, &args.rules, ui, settings(args.words.color, streams), streams.err)? else {
        return Ok(Exit::Failed);
    };
    if let Some(rule) = rules.rules.iter().find(|r| r.id == args.rule) {
        report::explain::explain(rule, &args.words.ui_lang, streams.out)?;
        return Ok(Exit::Clean);
    }
    let near = nearest(&args.rule, rules.rules.iter().map(|r| r.id.as_str()));
    writeln!(streams.err, "recoupe: {}", no_such_rule(&args.rule, near, ui))?;
    Ok(Exit::Failed)
}

/// That there is no rule of a name, and the one that was perhaps meant.
pub fn no_such_rule(wrong: &str, near: Option<&str>, ui: &Ui) -> String {
    let hint = near.map_or_else(String::new, |id| format!(" ({} `{id}`\u{a0}?)", ui.did_you_mean));
    let hint = if ui.colon.starts_with(':') { hint.replace('\u{a0}', "") } else { hint };
    format!("{} `{}`{hint}", ui.no_such_rule, plain(wrong))
}

/// The name that was perhaps meant.
fn nearest<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let scored = names.map(|name| (strsim::jaro_winkler(&wrong, name), name)).filter(|(score, _)| *score >= 0.8);
    scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

/// Runs the examples of the rules.
pub fn test(args: &Test, streams: &mut Streams) -> io::Result<Exit> {
    let ui = Ui::of(&args.words.ui_lang);
    let Some(rules) = ruleset(&args.chosen, &args.dirs, ui, settings(args.words.color, streams), streams.err)? else {
        return Ok(Exit::Failed);
    };
    let failures = rules.test();
    for f in &failures {
        writeln!(streams.out, "{}, example {}{}", f.rule, f.example + 1, ui.colon.trim_end())?;
        if let Some(example) = rules.get(&f.rule).and_then(|(_, rule)| rule.examples.get(f.example)) {
            write_example(example, ui, streams.out)?;
        }
        for (head, text) in [(ui.expected, &f.expected), (ui.found, &f.found)] {
            writeln!(streams.out, "  {head}{}{}", ui.colon, plain(text))?;
        }
        writeln!(streams.out)?;
    }
    let (phrases, misread) = readings::run(&args.dirs, rules.languages)?;
    for m in &misread {
        writeln!(streams.out, "{}:{}{}", inputs::name(&m.path), m.line, ui.colon.trim_end())?;
        for (head, text) in [("", &m.text), (ui.expected, &m.expected), (ui.found, &m.found)] {
            let colon = if head.is_empty() { "" } else { ui.colon };
            writeln!(streams.out, "  {head}{colon}{}", plain(text))?;
        }
        writeln!(streams.out)?;
    }
    let failed: BTreeSet<(&str, usize)> = failures.iter().map(|f| (f.rule.as_str(), f.example)).collect();
    // The examples of a rule that is switched off are not run.
    let all: usize = rules.rules.iter().filter(|r| r.enabled).map(|r| r.examples.len()).sum();
    let (all, failed) = (all + phrases, failed.len() + misread.len());
    writeln!(streams.out, "{} passed, {failed} failed", all.saturating_sub(failed))?;
    Ok(if failed == 0 { Exit::Clean } else { Exit::Found })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_the_name() {
        let names = ["rounded-share", "weekday-date-mismatch", "sum-mismatch"];
        assert_eq!(nearest("weekday-date-missmatch", names.into_iter()), Some("weekday-date-mismatch"));
        assert_eq!(nearest("Sum-mismatch", names.into_iter()), Some("sum-mismatch"));
        assert_eq!(nearest("xyz", names.into_iter()), None);
    }
}
