//! Every rule has its page, told from the rule file.
//!
//! `UPDATE_DOCS=1 cargo test --test all docs` writes the pages anew.

use std::collections::BTreeMap;
use std::path::Path;

use recoupe::report::page;
use recoupe::rule::Ruleset;

/// The folder of each language's pages.
const FOLDERS: [(&str, &str); 2] = [("en", "docs/rules"), ("fr", "docs/regles")];

#[test]
fn every_rule_has_a_page_that_tells_what_its_file_says() {
    let rules = Ruleset::shipped();
    let mut wrong = Vec::new();
    for (code, folder) in FOLDERS {
        let mut wanted: BTreeMap<String, String> =
            rules.rules.iter().map(|r| (format!("{}.md", r.id), page::page(r, code))).collect();
        wanted.insert("README.md".into(), page::index(&rules.rules, code));
        let update = std::env::var_os("UPDATE_DOCS").is_some();
        if update {
            std::fs::create_dir_all(folder).unwrap();
        }
        for (name, text) in &wanted {
            let path = Path::new(folder).join(name);
            if std::fs::read_to_string(&path).is_ok_and(|there| there == *text) {
                continue;
            }
            if update {
                std::fs::write(&path, text).unwrap();
            } else {
                wrong.push(format!("{} is not what the rule says", path.display()));
            }
        }
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if wanted.contains_key(&name) {
                continue;
            }
            if update {
                std::fs::remove_file(&path).unwrap();
            } else {
                wrong.push(format!("{} tells of no rule", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "run with UPDATE_DOCS=1 to write the pages anew:\n{}", wrong.join("\n"));
}
