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
