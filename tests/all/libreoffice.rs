//! The service as LibreOffice uses it: a real office, without windows, whose remote grammar checker asks recoupe.
//!
//! It runs where Debian's `libreoffice-writer` (7.4 or later) and `python3-uno` are installed, and says elsewhere that it was skipped. An
//! office is large, so the gate does not install it, and `RECOUPE_REQUIRE_CLIENTS` does not ask for it.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::browser::skipped;
use crate::serve::Service;

/// The office and its profile; both end with this value.
struct Office {
    child: Child,
    profile: std::path::PathBuf,
}

impl Drop for Office {
    fn drop(&mut self) {
        // The command is a script that starts the office: both are of the group that was made for them.
        let _ = Command::new("kill").args(["-9", "--", &format!("-{}", self.child.id())]).stderr(Stdio::null()).status();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.profile);
    }
}

/// The settings that a user makes in the options, for a service at that address.
fn settings(base: &str) -> String {
    let item = |name: &str, value: &str| {
        let path = "/org.openoffice.Office.Linguistic/GrammarChecking/LanguageTool";
        format!("<item oor:path=\"{path}\"><prop oor:name=\"{name}\" oor:op=\"fuse\"><value>{value}</value></prop></item>")
    };
    format!(
        "<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">{}{}</oor:items>",
        item("BaseURL", base),
        item("IsEnabled", "true")
    )
}

#[test]
fn libreoffice_underlines_the_findings() {
    let python = Path::new("/usr/bin/python3");
    let has = |command: &mut Command| command.stdin(Stdio::null()).output().is_ok_and(|out| out.status.success());
    if !has(Command::new("soffice").arg("--version")) || !has(Command::new(python).args(["-c", "import uno"])) {
        skipped("there is no LibreOffice with python3-uno");
        return;
    }
    let service = Service::start(&[]);
    for (language, country, text, expected) in [
        (
            "fr",
            "FR",
            "Le lycée 😀 accueille 80 internes : 45 garçons et 30 filles. L’examen aura lieu le 31 avril.",
            ["80 internes|les parties ne font pas le total", "31 avril|une date qui n'existe pas"],
        ),
        (
            "en",
            "GB",
            "The school 😀 has 80 boarders: 45 boys and 30 girls. The vote is due on 31 April.",
            ["80 boarders|the parts do not make the total", "31 April|a date that does not exist"],
        ),
    ] {
        let name = format!("recoupe-office-{}-{language}", std::process::id());
        let profile = std::env::temp_dir().join(&name);
        fs::create_dir_all(profile.join("user")).unwrap();
        fs::write(profile.join("user/registrymodifications.xcu"), settings(&format!("http://{}/v2", service.at))).unwrap();
        let child = Command::new("soffice")
            .args([&format!("-env:UserInstallation=file://{}", profile.display()), "--headless", "--norestore", "--nologo"])
            .arg(format!("--accept=pipe,name={name};urp"))
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let _office = Office { child, profile };
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editors/libreoffice.py");
        let out = Command::new(python).arg(script).args([&name, language, country, text]).output().unwrap();
        let said = String::from_utf8_lossy(&out.stdout);
        assert!(out.status.success(), "{said}{}", String::from_utf8_lossy(&out.stderr));
        if said.trim() == "no checker" {
            skipped("this LibreOffice has no remote grammar checker");
            return;
        }
        assert_eq!(said.lines().collect::<Vec<_>>(), expected);
    }
}
