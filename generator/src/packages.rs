//! The packages that the data are made from.

use std::fs;
use std::path::Path;
use std::process::Command;

static PACKAGES: &str = include_str!("../packages.tsv");

/// Downloads each package that is not yet there, checks its hash, and unpacks it into a folder of its name.
///
/// # Panics
///
/// If a client fails or a file is not the one that the table names.
pub fn fetch(cache: &Path) {
    fs::create_dir_all(cache).unwrap();
    for line in PACKAGES.lines().filter(|l| !l.starts_with('#')) {
        let [client, name, version, file, hash] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let path = cache.join(file);
        if !path.exists() {
            println!("{name} {version}");
            download(cache, client, name, version, file);
        }
        let sum = Command::new("sha256sum").arg(&path).output().unwrap();
        let sum = String::from_utf8(sum.stdout).unwrap();
        assert!(sum.trim_start_matches('\\').starts_with(hash), "{file} has another hash than the table says");
        let folder = folder(cache, name);
        if !folder.exists() {
            unpack(&path, &folder);
        }
    }
}

/// Where a package lies unpacked.
pub fn folder(cache: &Path, name: &str) -> std::path::PathBuf {
    cache.join("unpacked").join(name.trim_start_matches('@').replace('/', "-"))
}

fn download(cache: &Path, client: &str, name: &str, version: &str, file: &str) {
    match client {
        "apt" => run(Command::new("apt-get").current_dir(cache).args(["download", &format!("{name}={version}")])),
        "npm" => run(Command::new("npm").current_dir(cache).args(["pack", "--silent", &format!("{name}@{version}")])),
        "pip" => run(Command::new("pip").args(["download", "--no-deps", "--dest"]).arg(cache).arg(format!("{name}=={version}"))),
        "cargo" => {
            // `cargo info` downloads the one crate to show its manifest; `cargo fetch` would bring all that it depends on.
            let home = cache.join("cargo");
            run(Command::new("cargo").current_dir(cache).env("CARGO_HOME", &home).args([
                "info",
                "--quiet",
                &format!("{name}@{version}"),
            ]));
            let registries = fs::read_dir(home.join("registry/cache")).unwrap().map(|e| e.unwrap().path());
            let found = registries.map(|r| r.join(file)).find(|f| f.exists()).expect("cargo keeps the crate in its cache");
            fs::copy(found, cache.join(file)).unwrap();
        }
        _ => panic!("no client {client}"),
    }
}

fn unpack(archive: &Path, folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    match archive.extension().and_then(|e| e.to_str()) {
        Some("deb") => run(Command::new("dpkg-deb").arg("-x").arg(archive).arg(folder)),
        Some("whl") => run(Command::new("unzip").arg("-qo").arg(archive).arg("-d").arg(folder)),
        // Every archive has one folder on top, named after the package or the version.
        _ => run(Command::new("tar").arg("xzf").arg(archive).args(["--strip-components=1", "-C"]).arg(folder)),
    }
}

fn run(command: &mut Command) {
    let status = command.status().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(status.success(), "{command:?}: {status}");
}
