//! How far a long run is: one line for whoever watches, gone before anything else is written.

use std::io::{self, Write};
use std::time::{Duration, Instant};

/// A run that takes less shows nothing.
const PATIENCE: Duration = Duration::from_millis(400);
const EVERY: Duration = Duration::from_millis(100);
/// Columns of the bar.
const WIDTH: usize = 30;

/// Counts drafts.
pub struct Progress {
    all: usize,
    done: usize,
    watched: bool,
    begun: Instant,
    drawn: Option<Instant>,
    visible: bool,
}

impl Progress {
    /// Of so many drafts; nothing is shown where nobody watches.
    pub fn new(all: usize, watched: bool) -> Progress {
        Progress { all, done: 0, watched: watched && all > 1, begun: Instant::now(), drawn: None, visible: false }
    }

    /// Takes the line away, so that something else can be written.
    pub fn clear(&mut self, err: &mut dyn Write) -> io::Result<()> {
        if std::mem::take(&mut self.visible) {
            write!(err, "\r\x1b[2K")?;
            err.flush()?;
        }
        Ok(())
    }

    /// One more is done. What was written before goes out first: both may be the same terminal.
    pub fn step(&mut self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<()> {
        self.done += 1;
        let due = self.begun.elapsed() >= PATIENCE && self.drawn.is_none_or(|at| at.elapsed() >= EVERY);
        if !self.watched || !due || self.done == self.all {
            return Ok(());
        }
        out.flush()?;
        write!(err, "\r\x1b[2K{}{}", bar(self.done, self.all), left(self.begun.elapsed(), self.done, self.all))?;
        err.flush()?;
        (self.drawn, self.visible) = (Some(Instant::now()), true);
        Ok(())
    }
}

fn bar(done: usize, all: usize) -> String {
    let full = done * WIDTH / all.max(1);
    format!("[{}{}] {done}/{all}", "=".repeat(full), " ".repeat(WIDTH.saturating_sub(full)))
}

/// The time that is left if the rest goes as what is done: nothing until it can be told.
fn left(since: Duration, done: usize, all: usize) -> String {
    if since < Duration::from_secs(2) || done == 0 {
        return String::new();
    }
    let seconds = (since.as_secs_f64() * (all - done) as f64 / done as f64).ceil() as u64;
    format!(" -{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_gone_before_anything_else_is_written() {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut progress = Progress::new(3, true);
        progress.begun = progress.begun.checked_sub(PATIENCE).unwrap();
        progress.clear(&mut err).unwrap();
        progress.step(&mut out, &mut err).unwrap();
        progress.clear(&mut err).unwrap();
        progress.clear(&mut err).unwrap();
        assert_eq!(String::from_utf8(err).unwrap(), "\r\u{1b}[2K[==========                    ] 1/3\r\u{1b}[2K");
    }

    #[test]
    fn the_time_that_is_left_is_told_once_it_is_known() {
        assert_eq!(left(Duration::from_secs(1), 10, 100), "");
        assert_eq!(left(Duration::from_secs(10), 10, 100), " -1:30");
    }

    #[test]
    fn nothing_is_shown_where_nobody_watches_or_the_run_is_short() {
        for watched in [false, true] {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let mut progress = Progress::new(3, watched);
            if !watched {
                progress.begun = progress.begun.checked_sub(PATIENCE).unwrap();
            }
            progress.step(&mut out, &mut err).unwrap();
            progress.clear(&mut err).unwrap();
            assert!(err.is_empty());
        }
    }
}
