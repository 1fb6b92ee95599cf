//! Options that say what has changed, and what to write into the drafts.

use std::path::PathBuf;

/// What to leave out, and what to remember of it.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "What has changed")]
pub struct Changed {
    /// Leave out the findings that FILE lists, and tell which of them are gone
    ///
    /// FILE is what --write-baseline wrote: paths, fingerprints and rule ids, and no word of a draft. A fingerprint holds on when the
    /// draft is edited elsewhere. The paths count from the folder of FILE.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Take what is gone out of the baseline
    #[arg(long, requires = "baseline")]
    pub prune: bool,
    /// Write the findings of today to FILE, so that --baseline leaves them out from now on
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "since"])]
    pub write_baseline: Option<PathBuf>,
    /// Let --write-baseline replace a FILE that is there
    #[arg(long, requires = "write_baseline")]
    pub overwrite: bool,
    /// Check only the drafts that git says have changed since REV, and show what lies in their changed lines
    ///
    /// REV is a branch, a tag or a commit; where it has moved on, what counts is the change since the work parted from it. New drafts
    /// that git does not know yet are checked whole, deleted ones are left out, renamed ones are held against their old name.
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// Hold the draft against its version before: did headline, standfirst and captions follow what the text changed?
    ///
    /// OLD is a file; one draft is checked with it. With --since this is done for every draft by itself.
    #[arg(long, value_name = "OLD", conflicts_with = "since")]
    pub previous: Option<PathBuf>,
    /// With --since, show also what lies in lines that have not changed
    #[arg(long, requires = "since")]
    pub all_lines: bool,
}

/// What to write into the drafts.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Mending")]
pub struct Mend {
    /// Write the fixes that their rules call certain into the drafts, then check them again
    ///
    /// What is only suggested is never written. Encoding, byte-order mark and line ends stay as they are; a fix where the file has an
    /// entity or markup is left out, and so is the later of two that overlap. With `-`, the mended draft goes to standard output and
    /// the report to standard error.
    #[arg(long)]
    pub fix: bool,
    /// Show what --fix would write as a unified diff, in place of the report, and write nothing
    #[arg(long, conflicts_with_all = ["fix", "format", "redact"])]
    pub diff: bool,
}

impl Mend {
    /// Whether something else than the report goes to standard output.
    pub fn takes_output(&self, paths: &[PathBuf]) -> bool {
        self.diff || (self.fix && paths.iter().any(|p| p.as_os_str() == "-"))
    }
}
