//! The text of a `recoupe.yaml`: it is taken as it is, or all that is wrong with it is told at a place in it.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use recoupe::config::{Config, Settings};

fuzz_target!(|text: &str| {
    match Config::parse(Path::new("/desk/recoupe.yaml"), text) {
        Err(problems) => {
            assert!(!problems.is_empty(), "what is refused is told");
            for p in &problems {
                assert!(p.source.get(p.span.start as usize..p.span.end as usize).is_some(), "a problem has its place in the file");
            }
        }
        Ok(config) => {
            for draft in ["/desk/a.md", "/desk/archive/2022/b.html", "c.txt"] {
                let draft = Path::new(draft);
                let effective = config.effective(draft, &Settings::default());
                for (_, sourced) in &effective.levels {
                    let _ = config.line(&sourced.origin);
                }
                config.excludes(draft);
                config.format(draft);
            }
        }
    }
});
