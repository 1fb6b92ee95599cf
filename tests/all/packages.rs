//! The packages that `packages/build` makes: each installs from its file into an empty place, and does the main job there.
//!
//! `RECOUPE_PACKAGES` names the folder where they lie; making them takes a release build, so a test does not.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::browser::{skip, skipped};

/// The package whose name ends so, with an empty folder to install it into; `None`, with a word, where there is none.
fn package(end: &str) -> Option<(PathBuf, Place)> {
    let Some(folder) = std::env::var_os("RECOUPE_PACKAGES") else {
        skipped("RECOUPE_PACKAGES names no folder of packages; `bash packages/build` makes them");
        return None;
    };
    let files = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path());
    let Some(file) = files.into_iter().find(|p| p.to_str().is_some_and(|p| p.ends_with(end))) else {
        skip(&format!("there is no {end} in {}", Path::new(&folder).display()));
        return None;
    };
    let place = std::env::temp_dir().join(format!("recoupe-install{end}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&place);
    std::fs::create_dir_all(&place).unwrap();
    Some((file.canonicalize().unwrap(), Place(place)))
}

/// A folder that ends with this value.
struct Place(PathBuf);

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn run(command: &mut Command) -> String {
    let out = command.stdin(Stdio::null()).output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(out.status.success(), "{command:?}\n{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// The main job, in an empty folder and without anything of the environment.
fn works(program: &Path) {
    let folder = program.parent().unwrap();
    let draft = folder.join("almaty.md");
    std::fs::copy("examples/almaty.md", &draft).unwrap();
    let out =
        Command::new(program).args(["check", "almaty.md"]).current_dir(folder).env_clear().stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8(out.stdout).unwrap();
    assert_eq!(out.status.code(), Some(1), "{said}{}", String::from_utf8_lossy(&out.stderr));
    for found in ["en Californie", "police"] {
        assert!(said.contains(found), "{found}: {said}");
    }
    let version = run(Command::new(program).arg("--version").env_clear());
    assert_eq!(version.trim(), concat!("recoupe ", env!("CARGO_PKG_VERSION")));
}

/// What a package must hold beside the program.
fn holds(folder: &Path, wanted: &[&str]) {
    for file in wanted {
        let path = folder.join(file);
        assert!(std::fs::metadata(&path).is_ok_and(|m| m.len() > 0), "{}", path.display());
    }
}

#[test]
fn the_archive_works_where_it_is_unpacked() {
    let Some((file, place)) = package(".tar.gz") else { return };
    let begun = Instant::now();
    run(Command::new("tar").arg("-xzf").arg(&file).arg("-C").arg(&place.0));
    let folder = std::fs::read_dir(&place.0).unwrap().next().unwrap().unwrap().path();
    works(&folder.join("recoupe"));
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    holds(&folder, &["NOTICE", "LICENSE-MIT", "LICENSE-APACHE", "NOTICE-CRATES", "share/man/man1/recoupe-check.1"]);
    // No shared library: any Linux will do. A program that was built otherwise asks for the C library, and for nothing else.
    if let Ok(out) = Command::new("ldd").arg(folder.join("recoupe")).output() {
        let said = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
        let c = ["linux-vdso.", "ld-linux", "libc.so.", "libm.so.", "libgcc_s.so.", "statically linked", "not a dynamic"];
        assert!(said.lines().all(|line| c.iter().any(|known| line.contains(known))), "{said}");
    }
}

#[test]
fn the_wheel_works_in_an_empty_environment() {
    let Some((file, place)) = package(".whl") else { return };
    if !Command::new("python3").args(["-c", "import venv, ensurepip"]).output().is_ok_and(|out| out.status.success()) {
        return skip("there is no python3 with venv");
    }
    run(Command::new("python3").args(["-m", "venv"]).arg(&place.0));
    let begun = Instant::now();
    run(Command::new(place.0.join("bin/pip")).args(["install", "--no-index", "--no-deps", "--quiet"]).arg(&file));
    works(&place.0.join("bin/recoupe"));
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    let find = "import importlib.metadata as m; print('\\n'.join(str(f) for f in m.files('recoupe')))";
    let files = run(Command::new(place.0.join("bin/python")).args(["-c", find]));
    for wanted in ["NOTICE", "LICENSE-MIT", "NOTICE-CRATES"] {
        assert!(files.contains(wanted), "{wanted}: {files}");
    }
}

#[test]
fn the_debian_package_works_where_it_is_unpacked() {
    let Some((file, place)) = package(".deb") else { return };
    if Command::new("dpkg-deb").arg("--version").output().is_err() {
        return skip("there is no dpkg-deb");
    }
    let begun = Instant::now();
    run(Command::new("dpkg-deb").arg("-x").arg(&file).arg(&place.0));
    works(&place.0.join("usr/bin/recoupe"));
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    holds(
        &place.0,
        &[
            "usr/share/doc/recoupe/NOTICE",
            "usr/share/doc/recoupe/copyright",
            "usr/share/doc/recoupe/NOTICE-CRATES",
            "usr/share/bash-completion/completions/recoupe",
            "usr/share/zsh/vendor-completions/_recoupe",
            "usr/share/fish/vendor_completions.d/recoupe.fish",
        ],
    );
    let man = std::fs::read_dir(place.0.join("usr/share/man/man1")).unwrap().count();
    assert!(man >= 14, "{man} pages of the manual");
    let fields = run(Command::new("dpkg-deb").arg("-f").arg(&file));
    assert!(fields.contains(concat!("Version: ", env!("CARGO_PKG_VERSION"))), "{fields}");
}

#[test]
fn the_container_holds_the_program_and_its_licences() {
    let text = std::fs::read_to_string("Dockerfile").unwrap();
    let from: Vec<&str> = text.lines().filter_map(|l| l.strip_prefix("FROM ")).collect();
    assert!(from[0].starts_with("rust:1.") && !from[0].starts_with("rust:1-") && from[1] == "scratch", "{from:?}");
    for wanted in ["+crt-static", "--locked", "NOTICE", "USER 65534", "ENTRYPOINT [\"/usr/bin/recoupe\"]"] {
        assert!(text.contains(wanted), "{wanted}");
    }
}

/// The same version everywhere, and every file of a package is there to be taken.
#[test]
fn packages_are_of_one_version_and_of_files_that_exist() {
    let version = env!("CARGO_PKG_VERSION");
    for (file, wanted) in [
        ("examples/editors/vscode/package.json", format!("\"version\": \"{version}\"")),
        ("examples/wordpress/recoupe/recoupe.php", format!("* Version: {version}")),
        ("CHANGELOG.md", format!("## {version}")),
    ] {
        assert!(std::fs::read_to_string(file).unwrap().contains(&wanted), "{file}: {wanted}");
    }
    let manifest = std::fs::read_to_string("Cargo.toml").unwrap();
    let assets = manifest.split("assets = [").nth(1).unwrap().split("\n]").next().unwrap();
    for asset in assets.lines().filter_map(|l| l.trim().strip_prefix("[\"")?.split('"').next()) {
        let made = asset.starts_with("target/");
        assert!(made || Path::new(asset).exists(), "{asset}");
    }
    let script = std::fs::read_to_string("packages/build").unwrap();
    let help = run(Command::new(env!("CARGO_BIN_EXE_recoupe")).arg("--help"));
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    for command in
        commands.lines().filter_map(|l| l.strip_prefix("  ")?.split(' ').next()).filter(|c| !c.is_empty() && *c != "help")
    {
        let pages = script.lines().find(|l| l.starts_with("for command in ")).unwrap();
        assert!(pages.split([' ', ';']).any(|c| c == command), "{command} has no page of the manual in packages/build");
    }
}
