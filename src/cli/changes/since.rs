//! What git says has changed. The only place that runs another program: `git`, which only reads.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, io};

use similar::{Algorithm, capture_diff_slices};

use crate::cli::inputs::{From, Input};
use crate::report::plain;

/// The drafts that differ from a revision.
pub struct Since {
    repositories: Vec<Repository>,
    /// Of each draft that is to be checked, what it was.
    drafts: HashMap<String, Old>,
}

struct Repository {
    /// Its folder.
    top: PathBuf,
    changed: HashMap<PathBuf, Change>,
}

#[derive(Clone)]
enum Change {
    /// The revision has no such file, or none that could be told.
    New,
    /// The id of what the revision has in its place, under this name or an earlier one.
    Was(String),
    Deleted,
}

/// What a draft was.
enum Old {
    Nothing,
    Blob { repository: usize, id: String },
}

impl Since {
    /// Asks git about the repositories in which the paths lie; `Err` with what it cannot answer.
    ///
    /// What counts is what changed since the work parted from the revision, so that the changes of others on it are not taken for ours.
    pub fn open(rev: &str, paths: &[PathBuf]) -> Result<Since, String> {
        let mut repositories: Vec<Repository> = Vec::new();
        for path in paths {
            if path.as_os_str() == "-" {
                return Err("--since: standard input has no history: name the draft as a file".to_owned());
            }
            let folder = existing_folder(path);
            let top = text(
                git(&folder, &["rev-parse", "--show-toplevel"])
                    .map_err(|why| format!("{}: git finds no repository here ({why})", plain(&path.to_string_lossy())))?,
            );
            let top = fs::canonicalize(&top).unwrap_or_else(|_| PathBuf::from(top));
            if repositories.iter().all(|r| r.top != top) {
                repositories.push(Repository { changed: changed(&top, rev)?, top });
            }
        }
        Ok(Since { repositories, drafts: HashMap::new() })
    }

    /// Whether an input has changed. One that was deleted is no longer to be read.
    pub fn selects(&mut self, input: &Input) -> bool {
        let From::File(path) = &input.from else { return true };
        let path = absolute(path);
        let found = self.repositories.iter().enumerate().find_map(|(i, r)| Some((i, r.changed.get(&path)?)));
        let old = match found {
            Some((_, Change::New)) => Old::Nothing,
            Some((repository, Change::Was(id))) => Old::Blob { repository, id: id.clone() },
            Some((_, Change::Deleted)) => return false,
            // A file that is not there is for its reader to tell; one that has not changed is left out.
            None if path.exists() => return false,
            None => Old::Nothing,
        };
        self.drafts.insert(input.name.clone(), old);
        true
    }

    /// The bytes of a draft as the revision has it; `None` where it has none.
    pub fn old(&self, draft: &str) -> Option<Vec<u8>> {
        match self.drafts.get(draft)? {
            Old::Nothing => None,
            Old::Blob { repository, id } => git(&self.repositories[*repository].top, &["cat-file", "blob", id]).ok(),
        }
    }
}

/// The parts of a file, in bytes, that lie in lines which its old version has not; without an old version, all of it.
pub fn changed_lines(old: Option<&[u8]>, new: &[u8]) -> Vec<Range<usize>> {
    let Some(old) = old else { return std::iter::once(0..new.len().max(1)).collect() };
    let (was, is) = (lines(old), lines(new));
    let words = |(_, words): &(usize, &[u8])| words.trim_ascii_end().to_vec();
    let (was, now): (Vec<_>, Vec<_>) = (was.iter().map(words).collect(), is.iter().map(words).collect());
    let head = was.iter().zip(&now).take_while(|(a, b)| a == b).count();
    let tail = was[head..].iter().rev().zip(now[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (was, middle) = (&was[head..was.len() - tail], head..now.len() - tail);
    let mut out = Vec::new();
    let mut add = |lines: Range<usize>| {
        if let (Some(first), Some(last)) = (is.get(lines.start), lines.end.checked_sub(1).and_then(|i| is.get(i))) {
            out.push(first.0..last.0 + last.1.len());
        }
    };
    // No draft is so long; what takes the square of its lines is not worth the wait.
    if was.len().saturating_mul(middle.len()) > MOST {
        add(middle);
        return out;
    }
    for op in capture_diff_slices(Algorithm::Myers, was, &now[middle.clone()]) {
        let (tag, _, lines) = op.as_tag_tuple();
        if tag != similar::DiffTag::Equal && !lines.is_empty() {
            add(middle.start + lines.start..middle.start + lines.end);
        }
    }
    out
}

const MOST: usize = 25_000_000;

/// The lines of a file, each with the byte at which it starts, its end included.
pub fn lines(bytes: &[u8]) -> Vec<(usize, &[u8])> {
    let mut at = 0;
    let pieces = bytes.split_inclusive(|&b| b == b'\n');
    pieces
        .map(|line| {
            at += line.len();
            (at - line.len(), line)
        })
        .collect()
}

/// What differs in a repository from where the work parted from a revision, by absolute path.
fn changed(top: &Path, rev: &str) -> Result<HashMap<PathBuf, Change>, String> {
    let unknown = || {
        let rev = plain(rev);
        format!("--since: git knows no revision `{rev}` in {}; a shallow clone must fetch it first", plain(&top.to_string_lossy()))
    };
    if rev.is_empty() || rev.starts_with('-') {
        return Err(unknown());
    }
    let commit = text(git(top, &["rev-parse", "--verify", "--quiet", &format!("{rev}^{{commit}}")]).map_err(|_| unknown())?);
    let base = git(top, &["merge-base", &commit, "HEAD"]).map(text).unwrap_or(commit);
    let said = |why| format!("--since: git: {why}");
    let diff = [
        "diff",
        "--raw",
        "-z",
        "--no-abbrev",
        "-M",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--ignore-submodules",
        &base,
        "--",
    ];
    let mut out = HashMap::new();
    let off = filters_off(top);
    // A partial clone may lack what tells that a file was renamed, or touched and not changed.
    let plainly = diff.map(|arg| if arg == "-M" { "--no-renames" } else { arg });
    let as_dated = [("diff.autoRefreshIndex".to_owned(), "false".to_owned())];
    let raw = git_with(&off, top, &diff).or_else(|_| git_with(&[&off[..], &as_dated].concat(), top, &plainly)).map_err(said)?;
    let mut fields = raw.split(|&b| b == 0);
    while let Some(meta) = fields.next().filter(|m| !m.is_empty()) {
        // `:100644 100644 <old id> <new id> M`, then one path, or two where it was renamed or copied
        let meta = String::from_utf8_lossy(meta);
        let mut parts = meta.trim_start_matches(':').split(' ');
        let (id, status) = (parts.nth(2).unwrap_or_default(), parts.nth(1).unwrap_or_default());
        let Some(mut path) = fields.next() else { break };
        let old = path;
        if status.starts_with(['R', 'C']) {
            path = fields.next().unwrap_or(path);
        }
        let change = match status.chars().next() {
            Some('A' | 'U') => Change::New,
            Some('D') => Change::Deleted,
            _ if id.bytes().all(|b| b == b'0') => Change::New,
            _ => Change::Was(id.to_owned()),
        };
        if status.starts_with('R') {
            out.insert(top.join(os_path(old)), Change::Deleted);
        }
        out.insert(top.join(os_path(path)), change);
    }
    let untracked = git(top, &["ls-files", "-z", "--others", "--exclude-standard"]).map_err(said)?;
    for path in untracked.split(|&b| b == 0).filter(|p| !p.is_empty()) {
        out.insert(top.join(os_path(path)), Change::New);
    }
    Ok(out)
}

/// What git prints; `Err` with the first line of what it complains of.
fn git(folder: &Path, args: &[&str]) -> Result<Vec<u8>, String> {
    git_with(&[], folder, args)
}

/// Settings that switch off the programs through which a repository would pass its files: git runs them to compare.
fn filters_off(top: &Path) -> Vec<(String, String)> {
    let named = git(top, &["config", "-z", "--name-only", "--get-regexp", r"^filter\."]).unwrap_or_default();
    let mut off = Vec::new();
    for key in named.split(|&b| b == 0).filter(|k| !k.is_empty()) {
        let key = String::from_utf8_lossy(key).into_owned();
        let value = if key.ends_with(".required") { "false" } else { "" };
        off.push((key, value.to_owned()));
    }
    off
}

/// The same, with settings that go over those of the repository.
fn git_with(off: &[(String, String)], folder: &Path, args: &[&str]) -> Result<Vec<u8>, String> {
    let mut command = Command::new("git");
    // Nothing that a repository configures is to be run, no lock to be taken, and nothing fetched that a partial clone lacks.
    command.args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "diff.relative=false", "-C"]);
    command.arg(folder).args(args);
    // A hook is run with the place of its own repository; here the draft says which it is.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    // The protocols that are allowed: none of that name is known.
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "none").env("GIT_TERMINAL_PROMPT", "0");
    command.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C").stdin(Stdio::null());
    // Settings that go over all others, whatever stands in their names.
    command.env("GIT_CONFIG_COUNT", off.len().to_string());
    for (i, (key, value)) in off.iter().enumerate() {
        command.env(format!("GIT_CONFIG_KEY_{i}"), key).env(format!("GIT_CONFIG_VALUE_{i}"), value);
    }
    let done = command.output().map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => "there is no program `git`".to_owned(),
        _ => e.to_string(),
    })?;
    if done.status.success() {
        return Ok(done.stdout);
    }
    let said = String::from_utf8_lossy(&done.stderr);
    let line = said.lines().find(|l| l.starts_with("fatal: ")).or(said.lines().next()).unwrap_or_default();
    Err(plain(line.trim_start_matches("fatal: ")))
}

/// One line that git prints.
fn text(bytes: Vec<u8>) -> String {
    let text = String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
    text.trim_end_matches(['\n', '\r']).to_owned()
}

#[cfg(unix)]
fn os_path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn os_path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// The nearest folder above a path, or the path itself, that is there.
fn existing_folder(path: &Path) -> PathBuf {
    let mut at = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    while !at.is_dir() && at.pop() {}
    at
}

/// A path as git has it: every folder real, a link in the last place kept.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (path.parent().map(fs::canonicalize), path.file_name()) {
        (Some(Ok(folder)), Some(name)) => folder.join(name),
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: Option<&str>, new: &str, expected: &[&str]) {
        let ranges = changed_lines(old.map(str::as_bytes), new.as_bytes());
        let shown: Vec<&str> = ranges.iter().map(|r| &new[r.start..r.end.min(new.len())]).collect();
        assert_eq!(shown, expected, "{old:?} → {new:?}");
    }

    #[test]
    fn changed_lines_are_those_that_the_old_version_has_not() {
        check(None, "a\nb\n", &["a\nb\n"]);
        check(Some("a\nb\n"), "a\nb\n", &[]);
        check(Some("a\nb\nc\n"), "a\nB\nc\n", &["B\n"]);
        check(Some("a\nc\n"), "a\nb\nc", &["b\n"]);
        check(Some("a\nb\nc\n"), "a\nc\n", &[]);
        check(Some("a\nb\nc\nd\n"), "A\nb\nc\nx\nD", &["A\n", "x\nD"]);
        check(Some(""), "", &[]);
    }

    #[test]
    fn another_line_end_is_no_change() {
        check(Some("a\nb\n"), "a\r\nB\r\n", &["B\r\n"]);
    }
}
