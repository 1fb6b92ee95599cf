//! Any bytes, read as a file of each format. The first byte chooses the format.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recoupe::language::Languages;
use recoupe::reader::{Format, Options, stories};

fuzz_target!(|data: &[u8]| {
    let Some((&which, bytes)) = data.split_first() else { return };
    let formats: Vec<Format> = Format::all().collect();
    let format = formats[usize::from(which) % formats.len()];
    let Ok(all) = stories(bytes, format, Languages::shipped(), Options::default()) else { return };
    assert!(!all.is_empty(), "a file that is read has a story");
    for story in &all {
        let doc = &story.document;
        let mut end = 0;
        for block in &doc.blocks {
            assert!(block.span.start >= end, "blocks stand one after another");
            end = block.span.end;
            assert!(doc.text.get(block.span.start as usize..block.span.end as usize).is_some(), "a block is text");
        }
    }
});
