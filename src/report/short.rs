//! One line a finding, for `grep`, a quickfix list, a log: `path:line:column: level[rule] message`.

use std::io::{self, Write};

use super::told::told;
use super::{Checked, Reporter, Settings, Summary, plain};
use crate::rule::Ruleset;

/// Writes a line for each finding. Levels keep their names whatever the language of the messages, for programs to match.
#[derive(Debug)]
pub struct Short {
    settings: Settings,
}

impl Short {
    /// A report with the words of the draft or without.
    pub fn new(settings: Settings) -> Short {
        Short { settings }
    }
}

impl Reporter for Short {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, file: &Checked, rules: &Ruleset, out: &mut dyn Write) -> io::Result<()> {
        for t in told(file, rules, self.settings).1 {
            let at = t.primary().start;
            writeln!(
                out,
                "{}:{}:{}: {}[{}] {}",
                plain(file.path),
                at.line,
                at.column,
                t.level.name(),
                t.rule.id,
                plain(&t.message)
            )?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Summary, _: &str, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn tells_problems(&self) -> bool {
        false
    }
}
