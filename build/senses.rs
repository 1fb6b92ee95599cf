//! The phrases of `senses.yaml`, `exclusions.yaml`, `converse.yaml` and `selection.yaml` to tables by their rarest words, so that a draft asks
//! for no more of them than it has words for.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use serde_json::{Map, Value};

use super::language::cut::words;
use super::language::{Lexicon, Manifest};

/// A part of a phrase.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Item {
    /// Any form of a word, by the number of its lemma.
    Lemma(u32),
    Word(String),
    /// « … »
    Gap,
    /// `<n>`
    Number,
}

/// What a phrase means, as the library unpacks it: the kind of sense, its number, which end of an axis.
#[derive(Clone, Copy)]
enum Sense {
    Pole(u32, bool),
    Kind(u32),
    Act(u32),
    /// A sense of another file: the number of what it is of, and which of [`OTHERS`] it is.
    Other(u32, u32),
}

/// The keys of the other files, in the order in which the library numbers their senses.
const OTHERS: [&str; 16] = [
    "one",
    "other",
    "does",
    "reverse",
    "wins",
    "loses",
    "doer",
    "done",
    "individual",
    "bodily",
    "speaking",
    "collective",
    "institution",
    "inert",
    "suffered",
    "made",
];

impl Sense {
    fn packed(self) -> u32 {
        match self {
            Sense::Pole(n, other) => n << 3 | u32::from(other) << 2,
            Sense::Kind(n) => n << 3 | 1,
            Sense::Act(n) => n << 3 | 2,
            Sense::Other(n, which) => (n << 4 | which) << 3 | 3,
        }
    }
}

/// Writes `senses.rs`: code, names of the senses as JSON, tables.
pub fn write(lexicons: &HashMap<String, Lexicon>) {
    let root = Path::new(&env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("rules");
    let out = env::var_os("OUT_DIR").unwrap();
    let mut codes: Vec<&String> = lexicons.keys().collect();
    codes.sort();
    let mut list = String::from("&[");
    for code in codes {
        let folder = root.join(code);
        let fail = |what: &dyn std::fmt::Display| -> ! { panic!("{}: {what}", folder.display()) };
        let read = |stem: &str| -> Option<Value> {
            let text = fs::read_to_string(folder.join(format!("{stem}.yaml"))).ok()?;
            Some(serde_yaml::from_str(&text).unwrap_or_else(|e| fail(&e)))
        };
        let Some(file) = read("senses") else { continue };
        let others = ["exclusions", "converse", "selection"].map(|stem| read(stem).unwrap_or_default());
        let manifest = fs::read_to_string(folder.join("language.yaml")).unwrap();
        let (names, tables) = tables(&file, &others, &manifest_of(&manifest), &lexicons[code]).unwrap_or_else(|e| fail(&e));
        fs::write(Path::new(&out).join(format!("senses-{code}.bin")), tables).unwrap();
        write!(list, "({code:?}, {:?}, include_bytes!(\"senses-{code}.bin\")),", names.to_string()).unwrap();
    }
    list.push(']');
    fs::write(Path::new(&out).join("senses.rs"), list).unwrap();
}

fn manifest_of(yaml: &str) -> Manifest {
    let manifest: Value = serde_yaml::from_str(yaml).unwrap();
    let list = |key: &str| strings(&manifest[key]).unwrap_or_default();
    Manifest {
        elisions: list("elisions"),
        verbal_elisions: list("verbal-elisions"),
        clitics: list("clitics"),
        money_letters: std::collections::BTreeMap::new(),
        money_scales: Vec::new(),
    }
}

fn strings(list: &Value) -> Option<Vec<String>> {
    list.as_array()?.iter().map(|v| v.as_str().map(str::to_owned)).collect()
}

/// The phrases as the file lists them, with what they mean.
type Phrases = Vec<(Vec<Item>, Sense)>;

/// The names of the senses, and the tables: numbers of the lemmas by which phrases are looked up, where the phrases of each word and lemma
/// begin, phrases, their parts, where each word begins, the words.
fn tables(file: &Value, others: &[Value; 3], manifest: &Manifest, lexicon: &Lexicon) -> Result<(Value, Vec<u8>), String> {
    let mut all: Phrases = Vec::new();
    let mut add = |of: &Value, place: &dyn Fn() -> String, sense| {
        let phrases = strings(of).ok_or_else(|| format!("{}: a list of phrases is wanted", place()))?;
        all.extend(phrases.iter().map(|p| (items(p, manifest, lexicon), sense)));
        Ok::<_, String>(())
    };
    let empty = Map::new();
    let top = file.as_object().ok_or("a mapping is wanted")?;
    let under = |key: &str| {
        let mut entries: Vec<_> = top.get(key).and_then(Value::as_object).unwrap_or(&empty).iter().collect();
        entries.sort_by_key(|(name, _)| *name);
        entries
    };
    known(top, &["axes", "kinds", "acts"], "")?;
    let (mut axes, mut kinds, mut acts) = (Vec::new(), Vec::new(), Vec::new());
    for ((name, axis), n) in under("axes").into_iter().zip(0..) {
        known(axis.as_object().ok_or(format!("{name}: a mapping is wanted"))?, &["of", "one", "other"], name)?;
        add(&axis["one"], &|| format!("{name}: one"), Sense::Pole(n, false))?;
        add(&axis["other"], &|| format!("{name}: other"), Sense::Pole(n, true))?;
        axes.push(serde_json::json!({ "id": name, "of": axis["of"] }));
    }
    for ((name, nouns), n) in under("kinds").into_iter().zip(0..) {
        add(nouns, &|| name.clone(), Sense::Kind(n))?;
        kinds.push(name.as_str());
    }
    for ((name, act), n) in under("acts").into_iter().zip(0..) {
        known(act.as_object().ok_or(format!("{name}: a mapping is wanted"))?, &["nouns", "verbs"], name)?;
        add(&act["nouns"], &|| format!("{name}: nouns"), Sense::Act(n))?;
        if act.get("verbs").is_some() {
            add(&act["verbs"], &|| format!("{name}: verbs"), Sense::Act(n))?;
        }
        acts.push(name.as_str());
    }
    let (exclusions, mutual) = add_others(others, manifest, lexicon, &mut all)?;
    let names = serde_json::json!({ "axes": axes, "kinds": kinds, "acts": acts, "exclusions": exclusions, "mutual": mutual });
    Ok((names, pack(&all)))
}

/// Adds the phrases of the files beside `senses.yaml`; what excludes what, and what each of two may do to the other.
fn add_others(
    [exclusions, converse, selection]: &[Value; 3],
    manifest: &Manifest,
    lexicon: &Lexicon,
    all: &mut Phrases,
) -> Result<(Vec<Value>, Vec<bool>), String> {
    let mut add = |n: u32, key: &str, list: &Value, place: &str| {
        let which = OTHERS.iter().position(|k| *k == key).ok_or_else(|| format!("{place}: unknown key {key}"))?;
        let phrases = strings(list).ok_or_else(|| format!("{place}: {key}: a list of phrases is wanted"))?;
        all.extend(phrases.iter().map(|p| (items(p, manifest, lexicon), Sense::Other(n, which as u32))));
        Ok::<_, String>(())
    };
    let empty = Map::new();
    let sorted = |file: &Value| {
        let mut entries: Vec<_> = file.as_object().unwrap_or(&empty).clone().into_iter().collect();
        entries.sort_by(|x, y| x.0.cmp(&y.0));
        entries
    };
    let (mut pairs, mut mutual) = (Vec::new(), Vec::new());
    for ((name, pair), n) in sorted(&exclusions["exclusions"]).into_iter().zip(0..) {
        known(
            pair.as_object().ok_or(format!("{name}: a mapping is wanted"))?,
            &["in", "join", "ordered", "one", "other", "but"],
            &name,
        )?;
        add(n, "one", &pair["one"], &name)?;
        add(n, "other", &pair["other"], &name)?;
        let but = strings(pair.get("but").unwrap_or(&serde_json::json!([]))).ok_or(format!("{name}: but: a list is wanted"))?;
        let but: Vec<_> = but.iter().map(|p| words(p, manifest, lexicon)).collect();
        let by = pair.get("join").cloned().unwrap_or("topic".into());
        let ordered = pair.get("ordered").cloned().unwrap_or(false.into());
        pairs.push(serde_json::json!({ "id": name, "scopes": pair["in"], "by": by, "ordered": ordered, "but": but }));
    }
    for ((name, phrases), n) in sorted(converse).into_iter().zip(0..) {
        for (key, list) in
            phrases.as_object().ok_or(format!("{name}: a mapping is wanted"))?.iter().filter(|(key, _)| *key != "mutual")
        {
            add(n, key, list, &name)?;
        }
        mutual.push(phrases["mutual"].as_bool().unwrap_or_default());
    }
    for (key, list) in sorted(selection) {
        add(0, &key, &list, "selection")?;
    }
    Ok((pairs, mutual))
}

/// Whether a mapping has no other keys than these.
fn known(map: &Map<String, Value>, keys: &[&str], place: &str) -> Result<(), String> {
    map.keys().find(|k| !keys.contains(&k.as_str())).map_or(Ok(()), |k| Err(format!("{place}: unknown key {k}")))
}

/// The parts of a phrase.
fn items(phrase: &str, manifest: &Manifest, lexicon: &Lexicon) -> Vec<Item> {
    let mut items = Vec::new();
    for part in phrase.split_whitespace() {
        // A dictionary form that the lexicon lacks stands for itself.
        let word = part.strip_prefix('~').unwrap_or(part);
        match lexicon.lemmas.get(word).filter(|_| word != part) {
            Some(id) => items.push(Item::Lemma(*id)),
            None if part == "…" => items.push(Item::Gap),
            None if part == "<n>" => items.push(Item::Number),
            None => items.extend(words(word, manifest, lexicon).into_iter().map(|w| Item::Word(w.to_owned()))),
        }
    }
    items
}

fn pack(all: &Phrases) -> Vec<u8> {
    let every = || all.iter().flat_map(|(items, _)| items);
    let words: BTreeSet<&str> = every().filter_map(|i| if let Item::Word(w) = i { Some(w.as_str()) } else { None }).collect();
    let lemmas: BTreeSet<u32> = every().filter_map(|i| if let Item::Lemma(id) = i { Some(*id) } else { None }).collect();
    let word_numbers: HashMap<&str, u32> = words.iter().copied().zip(0..).collect();
    let lemma_numbers: HashMap<u32, u32> = lemmas.iter().copied().zip(words.len() as u32..).collect();
    let number = |item: &Item| match item {
        Item::Word(word) => Some(word_numbers[word.as_str()]),
        Item::Lemma(id) => Some(lemma_numbers[id]),
        Item::Gap | Item::Number => None,
    };
    let mut often: HashMap<u32, usize> = HashMap::new();
    every().filter_map(number).for_each(|n| *often.entry(n).or_default() += 1);
    // Phrases are looked up by the word that the fewest of them have: a verb such as "be" begins hundreds.
    let key = |items: &[Item]| {
        let numbered = items.iter().enumerate().filter_map(|(i, item)| Some((i, number(item)?)));
        numbered.min_by_key(|(i, n)| (often[n], *i))
    };
    let mut keyed: Vec<(u32, usize, &Vec<Item>, Sense)> =
        all.iter().filter_map(|(items, sense)| key(items).map(|(i, n)| (n, i, items, *sense))).collect();
    keyed.sort_by_key(|(n, _, items, _)| (*n, Reverse(items.len())));
    let mut starts = vec![0; words.len() + lemmas.len() + 1];
    keyed.iter().for_each(|(n, ..)| starts[*n as usize + 1] += 1);
    (1..starts.len()).for_each(|n| starts[n] += starts[n - 1]);
    // First part, key and number of parts, sense.
    let (mut phrases, mut parts) = (Vec::new(), Vec::new());
    for (_, key, items, sense) in keyed {
        assert!(items.len() < 1 << 8, "a phrase has few words");
        phrases.extend([parts.len() as u32, (key << 8 | items.len()) as u32, sense.packed()]);
        parts.extend(items.iter().map(|item| match item {
            Item::Gap => 0,
            Item::Number => 3,
            Item::Word(word) => word_numbers[word.as_str()] << 2 | 1,
            Item::Lemma(id) => id << 2 | 2,
        }));
    }
    let (mut text, mut word_starts) = (String::new(), vec![0]);
    for word in &words {
        text.push_str(word);
        word_starts.push(text.len() as u32);
    }
    let lemmas: Vec<u32> = lemmas.into_iter().collect();
    let mut out = Vec::new();
    for table in [lemmas, starts, phrases, parts, word_starts] {
        super::push_table(&mut out, &table);
    }
    out.extend(text.bytes());
    out
}
