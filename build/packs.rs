//! YAML to JSON: starting recoupe then costs a JSON parse, an order of magnitude less than a YAML parse.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// Writes `packs.rs` (language, then file stem and content of each file) and `rules.rs` (path below `rules/`, rule, its examples),
/// as texts of their own: each is taken apart when it is first needed.
///
/// A file that has an `id`, or `extends` a rule, is one; any other belongs to the language, but for the senses, which become tables. Keys keep
/// their order.
pub fn write() {
    let root = Path::new(&env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("rules");
    let out = env::var_os("OUT_DIR").unwrap();
    let (mut packs, mut rules) = (String::from("&["), Vec::new());
    for folder in sorted(&root).into_iter().filter(|p| p.is_dir()) {
        let code = folder.file_name().unwrap().to_string_lossy().into_owned();
        let mut files = String::new();
        for file in sorted(&folder).into_iter().filter(|p| p.extension().is_some_and(|e| e == "yaml")) {
            let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
            if ["senses", "exclusions", "converse", "selection"].contains(&stem.as_str()) {
                continue;
            }
            let yaml = fs::read_to_string(&file).unwrap();
            let mut value: serde_json::Value = serde_yaml::from_str(&yaml).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
            if value.get("id").is_some() || value.get("extends").is_some() {
                let examples = value.as_object_mut().and_then(|rule| rule.shift_remove("examples"));
                let examples = examples.unwrap_or_else(|| serde_json::json!([]));
                rules.push((format!("{code}/{stem}.yaml"), value.to_string(), examples.to_string()));
            } else {
                writeln!(files, "({stem:?}, {:?}),", value.to_string()).unwrap();
            }
        }
        if code != "core" {
            writeln!(packs, "({code:?}, &[{files}]),").unwrap();
        }
    }
    rules.sort();
    let dir = Path::new(&out);
    fs::write(dir.join("packs.rs"), packs + "]").unwrap();
    fs::write(dir.join("rules.rs"), format!("&{rules:?}")).unwrap();
}

fn sorted(dir: &Path) -> Vec<std::path::PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths
}
