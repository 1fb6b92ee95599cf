//! Files that are there whole or not at all: written beside their place, which they take when all is written.
//!
//! Nobody else may read what is being written, no link that lies in its place is followed, and what was begun and not finished does not
//! stay: not after an error, not after Ctrl-C, and what a killed run left goes with the next.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What is being written, so that a signal may take it away.
static BEGUN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A file that is being written. A link stays a link: the file that it leads to is replaced.
#[derive(Debug)]
pub struct Whole {
    target: PathBuf,
    beside: PathBuf,
    file: File,
    done: bool,
}

impl Whole {
    /// Begins to write what is to stand at a path.
    pub fn create(path: &Path) -> io::Result<Whole> {
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let name = target.file_name().ok_or_else(|| io::Error::other("this is no file"))?.to_string_lossy().into_owned();
        remove_left(&target, &name);
        go_with_signals();
        let beside = target.with_file_name(format!(".{name}.{}.part", std::process::id()));
        // Known before it is there: between the two nothing can be missed.
        begun().insert(beside.clone());
        let file = private().open(&beside).inspect_err(|_| _ = begun().remove(&beside))?;
        Ok(Whole { target, beside, file, done: false })
    }

    /// The file takes its place, with the permissions of what stood there, or those of any new file.
    pub fn finish(mut self) -> io::Result<()> {
        self.file.set_permissions(permissions(&self.target)?)?;
        self.file.sync_all()?;
        fs::rename(&self.beside, &self.target)?;
        self.done = true;
        begun().remove(&self.beside);
        Ok(())
    }
}

impl Write for Whole {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        if !self.done {
            let _ = fs::remove_file(&self.beside);
            begun().remove(&self.beside);
        }
    }
}

/// Puts these bytes in a file's place.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = Whole::create(path)?;
    file.write_all(bytes)?;
    file.finish()
}

fn begun() -> std::sync::MutexGuard<'static, BTreeSet<PathBuf>> {
    BEGUN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that is not there yet and that nobody else may read.
fn private() -> OpenOptions {
    let mut open = OpenOptions::new();
    open.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    open
}

/// What may be done with the file that stands there, or with one that is made there.
fn permissions(target: &Path) -> io::Result<Permissions> {
    match fs::metadata(target) {
        Ok(meta) => Ok(meta.permissions()),
        Err(_) => OpenOptions::new().write(true).create_new(true).open(target)?.metadata().map(|m| m.permissions()),
    }
}

/// Removes what runs that were killed left beside a file.
fn remove_left(target: &Path, name: &str) {
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let beside = entry.file_name();
        let beside = beside.to_string_lossy();
        let of = beside.strip_prefix('.').and_then(|b| b.strip_prefix(name)).and_then(|b| b.strip_prefix('.'));
        let Some(process) = of.and_then(|b| b.strip_suffix(".part")).and_then(|p| p.parse::<u32>().ok()) else { continue };
        if process != std::process::id() && !runs(process, &entry) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether a process that wrote such a file may still be at it.
fn runs(process: u32, entry: &fs::DirEntry) -> bool {
    let processes = Path::new("/proc");
    if processes.join("self").exists() {
        return processes.join(process.to_string()).exists();
    }
    const DAY: u64 = 24 * 60 * 60;
    let age = entry.metadata().and_then(|m| m.modified()).ok().and_then(|t| t.elapsed().ok());
    age.is_none_or(|age| age.as_secs() < DAY)
}

/// A signal that ends the run takes away what was begun, then ends it as it would have.
#[cfg(unix)]
fn go_with_signals() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]) else { return };
        let wait = move || {
            if let Some(signal) = signals.forever().next() {
                // Whoever is about to begin another waits for ever, which is not long.
                let all = begun();
                all.iter().for_each(|path| _ = fs::remove_file(path));
                let _ = signal_hook::low_level::emulate_default_handler(signal);
            }
        };
        let _ = std::thread::Builder::new().name("signals".to_owned()).spawn(wait);
    });
}

#[cfg(not(unix))]
fn go_with_signals() {}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(test: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("recoupe-whole-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        dir
    }

    #[test]
    #[cfg(unix)]
    fn a_file_is_replaced_behind_its_link_and_keeps_its_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let dir = folder("link");
        let file = dir.join("un été.md");
        replace(&file, b"a").unwrap();
        fs::write(dir.join("usual"), "").unwrap();
        assert_eq!(mode(&file), mode(&dir.join("usual")), "a new file is as any other");
        for kept in [0o640, 0o600] {
            fs::set_permissions(&file, Permissions::from_mode(kept)).unwrap();
            replace(&file, b"b").unwrap();
            assert_eq!(mode(&file), kept);
        }
        std::os::unix::fs::symlink(&file, dir.join("link")).unwrap();
        replace(&dir.join("link"), b"c").unwrap();
        assert!(fs::symlink_metadata(dir.join("link")).unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"c");
        assert!(replace(&dir.join("none/a.md"), b"").is_err());
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 3, "nothing is left beside it");
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    #[cfg(unix)]
    fn what_is_being_written_is_for_nobody_else_and_follows_no_link() {
        use std::os::unix::fs::PermissionsExt;
        let dir = folder("private");
        let (file, other) = (dir.join("report.json"), dir.join("other"));
        let whole = Whole::create(&file).unwrap();
        assert_eq!(fs::metadata(&whole.beside).unwrap().permissions().mode() & 0o777, 0o600);
        let beside = whole.beside.clone();
        drop(whole);
        assert!(!beside.exists(), "what is not finished goes");
        fs::write(&other, "mine").unwrap();
        std::os::unix::fs::symlink(&other, &beside).unwrap();
        assert!(replace(&file, b"words").is_err());
        assert_eq!(fs::read(&other).unwrap(), b"mine");
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn what_a_killed_run_left_goes_with_the_next() {
        let dir = folder("left");
        // No process has so high a number.
        let (left, other) = (dir.join(".a.json.4294967295.part"), dir.join(".b.json.4294967295.part"));
        fs::write(&left, "words of a draft").unwrap();
        fs::write(&other, "").unwrap();
        replace(&dir.join("a.json"), b"").unwrap();
        assert_eq!((left.exists(), other.exists()), (!Path::new("/proc/self").exists(), true));
        fs::remove_dir_all(&dir).unwrap();
    }
}
