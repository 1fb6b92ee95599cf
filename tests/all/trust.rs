//! What a draft, a repository, a folder or an end that comes early cannot make recoupe do.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A folder of its own.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Folder {
        let dir = std::env::temp_dir().join(format!("recoupe-trust-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        Folder(dir)
    }

    fn run(&self, program: &str, args: &[&str]) {
        let done = Command::new(program).args(args).current_dir(&self.0).output().unwrap();
        assert!(done.status.success(), "{program} {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    }

    fn git(&self, args: &[&str]) {
        let who = ["-c", "user.name=desk", "-c", "user.email=desk@example.org", "-c", "commit.gpgsign=false"];
        self.run("git", &[&who, args].concat());
    }

    fn recoupe(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recoupe"));
        command.args(args).current_dir(&self.0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const WRONG: &str = "La foire ferme le 31 avril.\n";

#[test]
fn a_repository_has_nothing_run() {
    let repo = Folder::new("filter");
    repo.git(&["init", "-q"]);
    repo.write("a.md", "La foire ferme.\n");
    repo.git(&["add", "-A"]);
    repo.git(&["commit", "-q", "-m", "a"]);
    // Whoever sends a repository sets what git would run on its files.
    repo.write(".gitattributes", "*.md filter=a=b diff=c\n");
    for (key, value) in [
        ("filter.a=b.clean", "touch ran; cat"),
        ("filter.a=b.required", "true"),
        ("diff.c.textconv", "touch ran; cat"),
        ("diff.c.command", "touch ran"),
        ("core.fsmonitor", "touch ran"),
        ("core.pager", "touch ran"),
    ] {
        repo.git(&["config", key, value]);
    }
    repo.write("a.md", WRONG);
    let done = repo.recoupe(&["check", "--lang", "fr", "--since", "HEAD", "."]).output().unwrap();
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(!repo.0.join("ran").exists(), "a program of the repository ran");
}

#[test]
fn a_partial_clone_fetches_nothing() {
    let (full, part) = (Folder::new("full"), Folder::new("part"));
    full.git(&["init", "-q", "-b", "main"]);
    full.write("a.md", "La foire ferme.\n");
    full.git(&["add", "-A"]);
    full.git(&["commit", "-q", "-m", "a"]);
    full.write("a.md", "La foire ferme tôt.\n");
    full.git(&["commit", "-q", "-a", "-m", "b"]);
    full.git(&["config", "uploadpack.allowFilter", "true"]);
    let from = format!("file://{}", full.0.display());
    part.git(&["clone", "-q", "--filter=blob:none", &from, "."]);
    // What is missing would be asked of a program.
    part.git(&["config", "remote.origin.url", "ext::sh -c touch% ran"]);
    part.git(&["config", "protocol.ext.allow", "always"]);
    part.write("a.md", WRONG);
    let done = part.recoupe(&["check", "--lang", "fr", "--since", "HEAD~1", "."]).output().unwrap();
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(!part.0.join("ran").exists(), "something was fetched");
}

#[test]
fn a_run_that_is_ended_leaves_no_piece_of_a_report() {
    for signal in ["INT", "TERM", "HUP"] {
        let desk = Folder::new(&format!("signal-{signal}"));
        desk.run("mkfifo", &["draft.md"]);
        let mut run = desk.recoupe(&["check", "--report", "json=out.json", "draft.md"]).spawn().unwrap();
        let pieces = |dir: &Path| {
            let all = fs::read_dir(dir).unwrap().flatten().map(|e| e.file_name().to_string_lossy().into_owned());
            all.filter(|name| name.ends_with(".part")).count()
        };
        let begun = Instant::now();
        while pieces(&desk.0) == 0 {
            assert!(begun.elapsed() < Duration::from_secs(60), "the report is not begun");
            std::thread::sleep(Duration::from_millis(20));
        }
        // The thread that hears signals is as good as there.
        std::thread::sleep(Duration::from_millis(500));
        desk.run("kill", &[&format!("-{signal}"), &run.id().to_string()]);
        let status = run.wait().unwrap();
        assert!(status.signal().is_some(), "{signal}: {status}");
        assert_eq!(pieces(&desk.0), 0, "{signal}");
        assert!(!desk.0.join("out.json").exists());
    }
}

#[test]
fn what_does_not_end_is_read_up_to_the_limit() {
    let desk = Folder::new("endless");
    let done = desk.recoupe(&["check", "/dev/zero"]).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("is larger than 64 MB"), "{}", String::from_utf8_lossy(&done.stderr));
    desk.run("mkfifo", &["pipe.md"]);
    let run = desk.recoupe(&["check", "--lang", "fr", "pipe.md"]).spawn().unwrap();
    fs::OpenOptions::new().write(true).open(desk.0.join("pipe.md")).unwrap().write_all(WRONG.as_bytes()).unwrap();
    assert_eq!(run.wait_with_output().unwrap().status.code(), Some(1));
}

#[test]
fn what_was_found_counts_though_nobody_reads_it_and_a_full_disk_is_told() {
    let desk = Folder::new("output");
    desk.write("a.md", &WRONG.repeat(2_000).replace('\n', "\n\n"));
    desk.write("b.md", "La foire ferme.\n");
    for format in ["terminal", "short", "json"] {
        let mut run = desk.recoupe(&["check", "--lang", "fr", "--format", format, "b.md", "a.md", "b.md"]).spawn().unwrap();
        drop(run.stdout.take());
        let mut said = String::new();
        run.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!((run.wait().unwrap().code(), said.as_str()), (Some(1), ""), "{format}");
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let done = desk.recoupe(&["check", "--lang", "fr", "--format", format, "a.md"]).stdout(full).output().unwrap();
        assert_eq!(done.status.code(), Some(2), "{format}");
        assert!(!done.stderr.is_empty());
    }
}
