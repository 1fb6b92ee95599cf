//! A pattern and a draft, parted by the first line end: the pattern is parsed, compiled in each language, and run over the draft.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use recoupe::analysis::Analysis;
use recoupe::language::Languages;
use recoupe::pattern::{Compiler, Matcher, parse};
use recoupe::reader::{Format, Options, read};

fuzz_target!(|text: &str| {
    let (pattern, draft) = text.split_once('\n').unwrap_or((text, "Le maire de Lyon a dit lundi que 12 agents viendraient."));
    let node = match parse(pattern) {
        Ok(node) => node,
        Err(e) => {
            assert!(pattern.get(e.span.start as usize..e.span.end as usize).is_some(), "an error has its place in the pattern");
            return;
        }
    };
    let languages = Languages::shipped();
    for (lang, language) in languages.iter() {
        let Ok(compiled) = Compiler::new(language).compile(&node, None) else { continue };
        let matcher = Matcher::build(vec![(0, lang, Arc::new(compiled))]);
        let options = Options { lang: Some(lang), ..Options::default() };
        let Ok((doc, _)) = read(draft.as_bytes(), Format::Text, languages, options) else { continue };
        for m in matcher.matches(&Analysis::of(&doc, languages)) {
            assert!(m.tokens.0 <= m.tokens.1, "a match goes forward");
        }
    }
});
