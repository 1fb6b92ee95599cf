//! YAML to JSON: starting recoupe then costs a JSON parse, an order of magnitude less than a YAML parse.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

/// Writes `packs.json` (language → file stem → content) and `rules.json` (path below `rules/` → rule).
///
/// A file that has an `id`, or `extends` a rule, is one; any other belongs to the language. Keys keep their order.
pub fn write() {
    let root = Path::new(&env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("rules");
    let out = env::var_os("OUT_DIR").unwrap();
    let mut packs: BTreeMap<String, BTreeMap<String, serde_json::Value>> = BTreeMap::new();
    let mut rules: BTreeMap<String, serde_json::Value> = BTreeMap::new();
    for folder in sorted(&root).into_iter().filter(|p| p.is_dir()) {
        let code = folder.file_name().unwrap().to_string_lossy().into_owned();
        for file in sorted(&folder).into_iter().filter(|p| p.extension().is_some_and(|e| e == "yaml")) {
            let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
            let yaml = fs::read_to_string(&file).unwrap();
            let value: serde_json::Value = serde_yaml::from_str(&yaml).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
            if value.get("id").is_some() || value.get("extends").is_some() {
                rules.insert(format!("{code}/{stem}.yaml"), value);
            } else {
                packs.entry(code.clone()).or_default().insert(stem, value);
            }
        }
    }
    packs.remove("core");
    let dir = Path::new(&out);
    fs::write(dir.join("packs.json"), serde_json::to_string(&packs).unwrap()).unwrap();
    fs::write(dir.join("rules.json"), serde_json::to_string(&rules).unwrap()).unwrap();
}

fn sorted(dir: &Path) -> Vec<std::path::PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths
}
