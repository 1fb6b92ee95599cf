//! How many findings each rule and each file has: what a desk looks at first after a long run.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Ui, plain};
use crate::finding::Finding;
use crate::rule::Ruleset;

/// Counts by rule and by file.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    rules: BTreeMap<String, usize>,
    files: BTreeMap<String, usize>,
}

impl Tally {
    /// Counts the findings of one file.
    pub fn count(&mut self, path: &str, findings: &[Finding], rules: &Ruleset) {
        for f in findings {
            *self.rules.entry(rules.rules[f.rule].id.clone()).or_default() += 1;
        }
        if !findings.is_empty() {
            *self.files.entry(path.to_owned()).or_default() += findings.len();
        }
    }

    /// Writes both lists, the most first; nothing where there is no finding.
    pub fn write(&self, ui: &Ui, out: &mut dyn Write) -> io::Result<()> {
        for (title, counts) in [(ui.by_rule, &self.rules), (ui.by_file, &self.files)] {
            if counts.is_empty() {
                continue;
            }
            let mut rows: Vec<(&String, &usize)> = counts.iter().collect();
            rows.sort_by_key(|(name, n)| (std::cmp::Reverse(**n), *name));
            writeln!(out, "\n{title}{}", ui.colon.trim_end())?;
            let width = rows.first().map_or(1, |(_, n)| n.to_string().len());
            rows.iter().try_for_each(|(name, n)| writeln!(out, "  {n:width$}  {}", plain(name)))?;
        }
        Ok(())
    }
}
