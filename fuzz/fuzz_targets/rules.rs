//! The text of a file of a newsroom's rules, its name chosen by the first byte: it is loaded, or all that is wrong with it is told at a
//! place in it. What loads checks a small draft.
#![no_main]

use std::path::PathBuf;

use libfuzzer_sys::fuzz_target;
use recoupe::check::check;
use recoupe::reader::{Format, Options, read};
use recoupe::rule::Ruleset;

const NAMES: [&str; 4] = ["desk/a.yaml", "desk/fr/sets.yaml", "desk/fr/offices.yaml", "desk/en/a.yaml"];
const DRAFT: &str = "# La ville\n\nLe maire, Jean Dupont, a dit lundi que 12 agents viendraient. Il y en a 14.";

fuzz_target!(|data: &[u8]| {
    let Some((&which, text)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let path = PathBuf::from(NAMES[usize::from(which) % NAMES.len()]);
    match Ruleset::with(vec![(path, text.to_owned())]) {
        Err(problems) => {
            assert!(!problems.0.is_empty(), "what is refused is told");
            for p in &problems.0 {
                assert!(p.source.get(p.span.start as usize..p.span.end as usize).is_some(), "a problem has its place in the file");
            }
            let _ = problems.to_string();
        }
        Ok(rules) => {
            if let Ok((doc, _)) = read(DRAFT.as_bytes(), Format::Markdown, rules.languages, Options::default()) {
                check(&doc, &rules);
            }
        }
    }
});
