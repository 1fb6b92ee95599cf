//! The command as a newsroom runs it: arguments in, text and exit status out.

use std::io::{Read, Write};
use std::process::{Command, Stdio};

fn recoupe() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recoupe"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[test]
fn the_sessions_go_as_written() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd");
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let mut child = recoupe().args(["check", "--format", "json", "-"]).stdin(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    // The pipe may be gone before all is written.
    let _ = child.stdin.take().unwrap().write_all("Rien que de très ordinaire. ".repeat(2_000).as_bytes());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    let status = child.wait().unwrap();
    assert_eq!((status.code(), err.as_str()), (Some(0), ""));
}

#[test]
fn output_that_is_no_terminal_has_no_colours() {
    let out = recoupe().args(["check", "--help"]).output().unwrap();
    assert!(!out.stdout.contains(&0x1b));
    let out = recoupe().args(["check", "--no-such-option"]).output().unwrap();
    assert!(!out.stderr.contains(&0x1b));
    assert_eq!(out.status.code(), Some(2));
}

#[test]
fn a_folder_given_as_a_dot_gives_bare_names() {
    let dir = std::env::temp_dir().join(format!("recoupe-dot-{}", std::process::id()));
    std::fs::create_dir_all(dir.join("sub")).unwrap();
    std::fs::write(dir.join("b.md"), "Rien que de très ordinaire.\n").unwrap();
    std::fs::write(dir.join("sub/a.txt"), "Rien que de très ordinaire.\n").unwrap();
    for command in ["check", "facts"] {
        let out = recoupe().args([command, "--format", "json", "."]).current_dir(&dir).output().unwrap();
        let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        let paths: Vec<&str> = json["files"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap()).collect();
        assert_eq!(paths, ["b.md", "sub/a.txt"]);
        assert_eq!(out.status.code(), Some(0));
    }
    std::fs::remove_dir_all(&dir).unwrap();
}

/// Drafts made from the examples: each with a paragraph of its own, in a few folders.
fn many_drafts(test: &str, n: usize) -> std::path::PathBuf {
    let dir = std::env::temp_dir().join(format!("recoupe-{test}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&dir);
    let examples =
        ["almaty", "glasgow", "saint-malo", "leith"].map(|n| std::fs::read_to_string(format!("examples/{n}.md")).unwrap());
    for i in 0..n {
        let folder = dir.join(format!("desk{}", i % 7));
        std::fs::create_dir_all(&folder).unwrap();
        let extra = if i % 5 == 0 { "\nIt ended on 31 April.\n" } else { "" };
        std::fs::write(folder.join(format!("{i:04}.md")), format!("{}{extra}", examples[i % examples.len()])).unwrap();
    }
    std::fs::write(dir.join("desk3/recoupe.yaml"), "levels: { names: off }\nnotes: true\n").unwrap();
    std::fs::write(dir.join("desk3/broken.md"), b"%PDF-1.7").unwrap();
    dir
}

#[test]
fn one_thread_and_many_write_the_same_bytes() {
    let dir = many_drafts("jobs", 20);
    for args in [["check", "--summary"], ["check", "--format=json"], ["facts", "--format=json"], ["facts", "--explain"]] {
        let run = |jobs: &str| {
            let out = recoupe().args(args).args(["--jobs", jobs, "."]).current_dir(&dir).output().unwrap();
            (out.status.code(), out.stdout, out.stderr)
        };
        let one = run("1");
        assert_eq!(one.0, Some(2), "one file is no draft");
        for jobs in ["2", "16"] {
            assert!(run(jobs) == one, "{args:?} with {jobs} jobs");
        }
    }
    std::fs::remove_dir_all(&dir).unwrap();
}
