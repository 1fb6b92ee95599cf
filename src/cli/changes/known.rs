//! The baseline as a file: which paths its drafts have, what it knows, and what is gone from it.

use std::collections::BTreeSet;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::Book;
use crate::baseline::Baseline;
use crate::cli::args::Changed;
use crate::cli::{Streams, whole};
use crate::finding::Finding;
use crate::report::{Ui, plain};

/// A baseline that is read or being written.
pub struct Known {
    file: PathBuf,
    /// The folder from which its paths count.
    folder: PathBuf,
    list: Baseline,
    /// Whether it is being written from what is found.
    pub learns: bool,
    prune: bool,
    ui: &'static Ui,
}

impl Known {
    /// The baseline that the options name, if they name one; `Err` with what is wrong with it.
    pub fn open(args: &Changed, ui: &'static Ui) -> Result<Option<Known>, String> {
        let (file, learns) = match (&args.baseline, &args.write_baseline) {
            (Some(file), _) => (file, false),
            (None, Some(file)) => (file, true),
            (None, None) => return Ok(None),
        };
        let name = plain(&file.to_string_lossy());
        let list = if learns {
            if file.symlink_metadata().is_ok() && !args.overwrite {
                return Err(format!("{name}: the file is there already: --overwrite replaces it"));
            }
            Baseline::default()
        } else {
            let text = std::fs::read_to_string(file).map_err(|e| format!("{name}: {e}"))?;
            Baseline::parse(&text).map_err(|e| format!("{name}:{e}: --write-baseline writes a new one"))?
        };
        let folder = std::path::absolute(file).map_err(|e| format!("{name}: {e}"))?;
        let folder = folder.parent().map_or_else(PathBuf::new, Path::to_owned);
        if learns && !folder.is_dir() {
            return Err(format!("{name}: there is no folder {}", plain(&folder.to_string_lossy())));
        }
        Ok(Some(Known { file: file.clone(), folder, list, learns, prune: args.prune, ui }))
    }

    /// Whether the baseline lists a finding of a draft.
    pub fn knows(&self, draft: &str, finding: &Finding) -> bool {
        !self.learns && self.list.knows(&self.key(draft), &finding.fingerprint)
    }

    /// Adds a finding to a baseline that is being written.
    pub fn learn(&self, draft: &str, fingerprint: &str, rule: &str, book: &mut Book) {
        book.learnt.add(&self.key(draft), fingerprint, rule);
    }

    /// Tells which known findings a draft no longer has.
    pub fn tell_gone(&self, draft: &str, found: &BTreeSet<&str>, book: &mut Book, streams: &mut Streams) -> io::Result<()> {
        if self.learns {
            return Ok(());
        }
        let key = self.key(draft);
        let gone = self.list.gone(&key, found);
        if !gone.is_empty() {
            let rules: Vec<&str> = gone.iter().map(|(_, rule)| *rule).collect();
            writeln!(streams.err, "recoupe: {}: {} ({})", plain(draft), self.ui.gone(gone.len()), plain(&rules.join(", ")))?;
        }
        book.gone.extend(gone.into_iter().map(|(print, _)| (key.clone(), print.to_owned())));
        Ok(())
    }

    /// Writes the baseline where that was asked for. Where a draft could not be read, nothing is: what it holds is not known.
    pub fn close(self, mut book: Book, unread: bool, streams: &mut Streams) -> io::Result<bool> {
        let name = plain(&self.file.to_string_lossy());
        self.tell_gone_drafts(&mut book, streams)?;
        let writes = self.learns || (self.prune && !book.gone.is_empty());
        if !writes {
            if !book.gone.is_empty() {
                writeln!(streams.err, "recoupe: {name}: {}", self.ui.prune_how)?;
            }
            return Ok(true);
        }
        if unread {
            writeln!(streams.err, "recoupe: {name}: not written, for a draft could not be read")?;
            return Ok(false);
        }
        let mut list = if self.learns { book.learnt } else { self.list };
        book.gone.iter().for_each(|(path, print)| list.remove(path, print));
        if let Err(e) = whole::replace(&self.file, list.to_json().as_bytes()) {
            writeln!(streams.err, "recoupe: {name}: {e}")?;
            return Ok(false);
        }
        writeln!(streams.err, "recoupe: {name}: {}", self.ui.written(list.len()))?;
        Ok(true)
    }

    /// Drafts of the list that are no more: their findings are gone with them.
    fn tell_gone_drafts(&self, book: &mut Book, streams: &mut Streams) -> io::Result<()> {
        let lost = |path: &&str| {
            *path != "-" && self.folder.join(path).symlink_metadata().is_err_and(|e| e.kind() == io::ErrorKind::NotFound)
        };
        let lost: Vec<String> = self.list.paths().filter(lost).map(str::to_owned).collect();
        for path in lost {
            let gone: Vec<_> =
                self.list.gone(&path, &BTreeSet::new()).into_iter().map(|(p, _)| (path.clone(), p.to_owned())).collect();
            writeln!(streams.err, "recoupe: {}: {}", plain(&path), self.ui.gone(gone.len()))?;
            book.gone.extend(gone);
        }
        Ok(())
    }

    /// The path of a draft from the folder of the baseline, so that it is the same from wherever recoupe is run.
    fn key(&self, draft: &str) -> String {
        let Some(path) = std::path::absolute(draft).ok().filter(|_| draft != "-") else { return draft.to_owned() };
        relative(&self.folder, &path)
    }
}

/// The way from a folder to a path, both absolute, with `/` between its parts.
fn relative(folder: &Path, path: &Path) -> String {
    let (folder, path) = (tidy(folder), tidy(path));
    let common = folder.iter().zip(&path).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), folder.len() - common);
    up.chain(path[common..].iter().cloned()).collect::<Vec<_>>().join("/")
}

/// The parts of an absolute path, `..` taken back.
fn tidy(path: &Path) -> Vec<String> {
    let mut out = Vec::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(out.pop()),
            Component::CurDir | Component::RootDir => {}
            part => out.push(part.as_os_str().to_string_lossy().into_owned()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_count_from_the_folder_of_the_baseline() {
        let way = |from: &str, to: &str| relative(Path::new(from), Path::new(to));
        assert_eq!(way("/repo", "/repo/drafts/un été.md"), "drafts/un été.md");
        assert_eq!(way("/repo/ci", "/repo/drafts/a.md"), "../drafts/a.md");
        assert_eq!(way("/repo", "/repo/x/../drafts/./a.md"), "drafts/a.md");
        assert_eq!(way("/", "/a.md"), "a.md");
    }
}
