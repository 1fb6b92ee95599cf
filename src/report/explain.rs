//! A rule in full, for `recoupe explain`.

use std::io::{self, Write};

use super::{Ui, examples, plain, wrap};
use crate::facet::Facet;
use crate::rule::{Example, Rule};

const WIDTH: usize = 76;

/// Writes what a rule finds, why, what to do, and its examples; `code` is the language of the words, and of the examples where the rule has
/// some in it.
pub fn explain(rule: &Rule, code: &str, out: &mut dyn Write) -> io::Result<()> {
    let ui = Ui::of(code);
    writeln!(out, "{}{}{}", rule.id, ui.colon, plain(rule.title.get(code)))?;
    writeln!(out)?;
    let level = if rule.enabled { ui.level(rule.level).to_owned() } else { format!("{} ({})", ui.level(rule.level), ui.off) };
    let blocks: Vec<&str> = rule.blocks.iter().map(|b| b.name()).collect();
    let mut rows =
        vec![(ui.level, level), (ui.topic, ui.topic(rule.topic).to_owned()), (ui.message, rule.message.get(code).to_owned())];
    rows.push((ui.why, rule.why.get(code).to_owned()));
    rows.push((ui.help, rule.help.get(code).to_owned()));
    rows.push((ui.fix, ui.offers(rule.mends()).to_owned()));
    rows.push((ui.blocks, blocks.join(", ")));
    rows.push((ui.guards, guards(rule, ui).join(ui.semicolon)));
    rows.push((ui.yields_to, rule.yields_to.join(", ")));
    rows.push((ui.since, rule.since.clone().unwrap_or_default()));
    rows.extend(rule.source.iter().map(|s| (ui.source, s.clone())));
    rows.retain(|(_, text)| !text.is_empty());
    let gutter = rows.iter().map(|(head, _)| head.chars().count()).max().unwrap_or(0);
    for (head, text) in rows {
        for (i, line) in wrap(&plain(&text), WIDTH - gutter).iter().enumerate() {
            writeln!(out, "  {:gutter$}  {line}", if i == 0 { head } else { "" })?;
        }
    }
    let own = rule.examples.iter().any(|e| e.lang == ui.code);
    for (bad, heading) in [(true, ui.bad), (false, ui.good)] {
        let examples: Vec<&Example> = rule.examples.iter().filter(|e| e.bad == bad && (!own || e.lang == ui.code)).collect();
        if !examples.is_empty() {
            writeln!(out, "\n{heading}{}", ui.colon.trim_end())?;
        }
        for example in examples {
            writeln!(out)?;
            write_example(example, ui, out)?;
        }
    }
    Ok(())
}

/// Writes one example, and why a good one is silent.
pub fn write_example(example: &Example, ui: &Ui, out: &mut dyn Write) -> io::Result<()> {
    examples::write_all(example, ui, "  ", out)?;
    for (head, text) in [(ui.because, &example.because), (ui.thanks_to, &example.thanks_to)] {
        let Some(text) = text else { continue };
        for (i, line) in wrap(&format!("{head}{}{}", ui.colon, plain(text)), WIDTH).iter().enumerate() {
            writeln!(out, "    {}{line}", if i == 0 { "" } else { "  " })?;
        }
    }
    Ok(())
}

/// What clears a finding of the rule, each with the name that `unless:` gives it.
fn guards(rule: &Rule, ui: &Ui) -> Vec<String> {
    let mine = Facet::ALL.iter().copied().filter(|f| rule.unless.contains(*f));
    mine.map(|f| format!("{} ({})", ui.guard(f), f.name())).collect()
}

#[cfg(test)]
mod tests;
