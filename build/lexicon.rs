//! Lemmas and paradigms to a finite-state map of the forms.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use unicode_normalization::UnicodeNormalization;

#[allow(dead_code, reason = "the library uses the rest")]
#[path = "../src/language/lexicon/tag.rs"]
mod tag;

use tag::{Pos, Tag, USUAL};

/// The bits for the part of speech that is written so.
fn bits(text: &str) -> Option<u64> {
    let all = (1..).map_while(|bits| Pos::by_index(bits).map(|pos| (bits as u64, pos)));
    all.into_iter().find(|(_, pos)| Tag::new(*pos).to_string() == text).map(|(bits, _)| bits)
}

/// One way in which a paradigm makes a form: take `strip` off the lemma's end, put `add` there.
struct Rule<'a> {
    tag: Tag,
    strip: &'a str,
    add: &'a str,
}

/// Writes a map and tables for each folder that has a `lexicon.tsv`, and `lexicons.rs`, which embeds them.
///
/// The lexicons come back by the code of their language.
pub fn write() -> HashMap<String, Lexicon> {
    let root = Path::new(&env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("rules");
    let out = env::var_os("OUT_DIR").unwrap();
    let out = Path::new(&out);
    let mut lexicons = HashMap::new();
    let mut folders: Vec<_> = fs::read_dir(&root).unwrap().map(|e| e.unwrap().path()).collect();
    folders.retain(|f| f.join("lexicon.tsv").exists());
    folders.sort();
    let mut list = String::from("&[");
    for folder in folders {
        let code = folder.file_name().unwrap().to_str().unwrap();
        let lexicon = fs::read_to_string(folder.join("lexicon.tsv")).unwrap();
        let paradigms = fs::read_to_string(folder.join("paradigms.tsv")).unwrap();
        let usual = fs::read_to_string(folder.join("usual.tsv")).unwrap_or_default();
        let (map, tables, lemmas) = expand(&lexicon, &paradigms, &usual);
        fs::write(out.join(format!("lexicon-{code}.fst")), &map).unwrap();
        lexicons.insert(code.to_owned(), Lexicon { forms: fst::Map::new(map).unwrap(), lemmas });
        fs::write(out.join(format!("lexicon-{code}.bin")), tables).unwrap();
        write!(list, "({code:?}, include_bytes!(\"lexicon-{code}.fst\"), include_bytes!(\"lexicon-{code}.bin\")),").unwrap();
    }
    list.push(']');
    fs::write(out.join("lexicons.rs"), list).unwrap();
    lexicons
}

/// What is known of the words of a language, for other tables.
pub struct Lexicon {
    forms: fst::Map<Vec<u8>>,
    /// The number of each dictionary form.
    pub lemmas: HashMap<String, u32>,
}

impl Lexicon {
    /// Whether a word stands in the lexicon.
    pub fn contains(&self, lower: &str) -> bool {
        self.forms.contains_key(lower)
    }
}

/// The map from form to first reading and usual part of speech, the tables (tags, readings, starts of lemmas, lemmas), and the number of each lemma.
fn expand(lexicon: &str, paradigms: &str, usual: &str) -> (Vec<u8>, Vec<u8>, HashMap<String, u32>) {
    let paradigms: HashMap<&str, Vec<Rule>> = super::rows(paradigms)
        .map(|(id, rules)| (id, rules.split(' ').map(|r| rule(r).unwrap_or_else(|| panic!("paradigm {id}: {r}"))).collect()))
        .collect();
    let entries: Vec<(String, &str)> =
        super::rows(lexicon).map(|(lemma, ids)| (lemma.nfc().collect::<String>().to_lowercase(), ids)).collect();

    let lemmas: BTreeSet<&str> = entries.iter().map(|e| e.0.as_str()).collect();
    let ids: HashMap<&str, u32> = lemmas.iter().copied().zip(0..).collect();
    let tags: BTreeSet<Tag> = paradigms.values().flatten().map(|r| r.tag).collect();
    let tags: Vec<Tag> = tags.into_iter().collect();
    let tag_ids: HashMap<Tag, u32> = tags.iter().copied().zip(0..).collect();
    assert!(lemmas.len() < 1 << 19 && tags.len() < 1 << 12, "a reading has 19 bits for the lemma, 12 for the tag");

    let mut forms: Vec<(String, u32)> = Vec::with_capacity(600_000);
    for (lemma, paradigm_ids) in &entries {
        for id in paradigm_ids.split(' ') {
            let rules = paradigms.get(id).unwrap_or_else(|| panic!("{lemma}: no paradigm {id}"));
            for rule in rules {
                let stem = lemma.strip_suffix(rule.strip).unwrap_or_else(|| panic!("{lemma} has no {} to lose", rule.strip));
                forms.push((format!("{stem}{}", rule.add), ids[lemma.as_str()] << 12 | tag_ids[&rule.tag]));
            }
        }
    }
    forms.sort_unstable();
    forms.dedup();

    // Form → index of its first reading, and the part of speech that it most often is.
    let mut entries: BTreeMap<&str, u64> = super::rows(usual)
        .map(|(form, pos)| (form, bits(pos).unwrap_or_else(|| panic!("{form}: no part of speech {pos}"))))
        .collect();
    // A form of which nothing else is known has no reading.
    entries.values_mut().for_each(|v| *v |= u64::from(u32::MAX) << USUAL);
    let mut readings = Vec::with_capacity(forms.len());
    for group in forms.chunk_by(|a, b| a.0 == b.0) {
        let entry = entries.entry(&group[0].0).or_default();
        *entry = (*entry & ((1 << USUAL) - 1)) | (readings.len() as u64) << USUAL;
        readings.extend(group.iter().map(|f| f.1 << 1));
        *readings.last_mut().unwrap() |= 1;
    }
    let mut map = fst::MapBuilder::memory();
    for (form, value) in entries {
        map.insert(form, value).unwrap();
    }

    let mut starts = vec![0];
    let mut text = String::new();
    for lemma in lemmas {
        text.push_str(lemma);
        starts.push(text.len() as u32);
    }
    let tags: Vec<u32> = tags.iter().map(|t| t.0).collect();
    let mut tables = Vec::new();
    for table in [tags, readings, starts] {
        super::push_table(&mut tables, &table);
    }
    tables.extend(text.bytes());
    (map.into_inner().unwrap(), tables, ids.into_iter().map(|(lemma, id)| (lemma.to_owned(), id)).collect())
}

/// `tag:strip/add`
fn rule(text: &str) -> Option<Rule<'_>> {
    let (tag, change) = text.split_once(':')?;
    let (strip, add) = change.split_once('/')?;
    Some(Rule { tag: Tag::parse(tag)?, strip, add })
}
