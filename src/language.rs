//! The languages that drafts are written in: each is a folder of data under `rules/`, none is known to the engine.

pub mod calendar;
pub mod choices;
pub mod furniture;
pub mod grammar;
pub mod lexicon;
pub mod names;
pub mod numbers;
pub mod offices;
mod opens;
pub mod phrases;
pub mod places;
pub mod renamed;
pub mod sets;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

pub use calendar::Calendar;
pub use choices::Choices;
pub use furniture::Furniture;
pub use grammar::Grammar;
pub use lexicon::Lexicon;
pub use numbers::NumberGrammar;
pub use offices::Office;
pub use opens::Opens;
pub use renamed::Renamed;
pub use sets::{Cue, Cues, Sets};

/// A language, as an index of the folders that were loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(pub(crate) u8);

impl Lang {
    /// A text in none of the loaded languages: only its form can be checked.
    pub const UNKNOWN: Lang = Lang(u8::MAX);
}

/// One language's folder.
#[derive(Debug)]
pub struct Language {
    /// The folder's name: an ISO 639-1 code.
    pub code: String,
    /// How words are cut, and what the language calls itself.
    pub manifest: Manifest,
    /// The words by which a reader tells headline, caption and credit.
    pub furniture: Furniture,
    /// Number words.
    pub numbers: NumberGrammar,
    /// Months, weekdays, relative days.
    pub calendar: Calendar,
    /// Closed word classes, disambiguation, verb groups.
    pub grammar: Grammar,
    /// What can be written in several ways.
    pub choices: Choices,
    /// Places that changed their name.
    pub renamed: Vec<Renamed>,
    /// Who holds an office on which days.
    pub offices: Vec<Office>,
    /// Cue sets: what patterns call `@name`.
    pub sets: Sets,
    /// The same sets, as the engine looks words up in them.
    pub cues: Cues,
    /// Forms with their readings.
    pub lexicon: Lexicon,
}

/// `language.yaml`: how the language is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Manifest {
    /// The language's own name for itself.
    pub name: String,
    /// Its ISO 639-3 code, by which the language of a text is recognised.
    pub iso639_3: String,
    /// The countries where a town needs no introduction, by their codes (ISO 3166-1 alpha-2).
    #[serde(default)]
    pub home: Vec<String>,
    /// What the names of towns begin with, though first names may follow: « Saint-Étienne ».
    #[serde(default)]
    pub town_prefixes: Vec<String>,
    /// The letter that as a capital may lose its accent: « Ecoutons ».
    #[serde(default)]
    pub capital_accent: String,
    /// Words that lose their vowel before another word, written without their apostrophe.
    #[serde(default)]
    pub elisions: Vec<String>,
    /// Those of them that stand before verbs only: before a capital they are part of a name.
    #[serde(default)]
    pub verbal_elisions: Vec<String>,
    /// What hangs on a verb by a hyphen or an apostrophe and is a word of its own, the longest first.
    #[serde(default)]
    pub clitics: Vec<String>,
    /// Abbreviations whose full stop ends no sentence.
    #[serde(default)]
    pub abbreviations: Vec<String>,
    /// Marks that open and close a quotation; the first pair is the language's own.
    pub quotes: Vec<(char, char)>,
    /// What a name takes when there are several of it: "two Wayne Rooneys".
    #[serde(default)]
    pub name_plurals: Vec<String>,
    /// Endings of pet names, without accents: "Maddie", « Manu ».
    #[serde(default)]
    pub name_diminutives: Vec<String>,
    /// Marks before which the language sets a space, for checks of form.
    #[serde(default)]
    pub spaced: Vec<char>,
}

/// What a newsroom adds to a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewsroomList {
    /// `sets.yaml`, or `lists:` of a configuration.
    Sets(Sets),
    /// `offices.yaml`.
    Offices(Vec<Office>),
}

/// All languages that were loaded.
#[derive(Debug)]
pub struct Languages {
    all: Vec<Language>,
}

/// The packs as the build script embeds them: language code → file stem → content.
static PACKS: &str = include_str!(concat!(env!("OUT_DIR"), "/packs.json"));

static SHIPPED: LazyLock<Languages> = LazyLock::new(load);

fn load() -> Languages {
    let packs: BTreeMap<String, BTreeMap<String, serde_json::Value>> =
        serde_json::from_str(PACKS).expect("the build script writes well-formed packs");
    let all = packs
        .into_iter()
        .map(|(code, mut files)| {
            let mut take = |stem: &str| files.remove(stem).unwrap_or_else(|| panic!("rules/{code}/{stem}.yaml is missing"));
            let lexicon = Lexicon::shipped(&code);
            let mut grammar: Grammar = part(&code, "grammar", take("grammar"));
            grammar.resolve(&lexicon);
            let sets: Sets = part(&code, "sets", take("sets"));
            let manifest: Manifest = part(&code, "language", take("language"));
            let cut = |phrase: &str| cut(phrase, &manifest, &lexicon);
            Language {
                furniture: part(&code, "furniture", take("furniture")),
                numbers: NumberGrammar::new(part(&code, "numbers", take("numbers")), &cut),
                calendar: Calendar::new(part(&code, "calendar", take("calendar")), &cut),
                grammar,
                choices: part(&code, "choices", take("choices")),
                renamed: part(&code, "renamed", take("renamed")),
                offices: part(&code, "offices", take("offices")),
                cues: sets.cues(&lexicon, &cut),
                sets,
                manifest,
                lexicon,
                code,
            }
        })
        .collect();
    Languages { all }
}

/// The words of a phrase of the data, cut as a draft is.
fn cut(phrase: &str, manifest: &Manifest, lexicon: &Lexicon) -> Vec<String> {
    crate::text::words(phrase, manifest, lexicon).into_iter().map(str::to_owned).collect()
}

/// A test parses every shipped pack, so that this cannot fail in the hands of a user.
fn part<T: for<'de> Deserialize<'de>>(code: &str, stem: &str, value: serde_json::Value) -> T {
    serde_json::from_value(value).unwrap_or_else(|e| panic!("rules/{code}/{stem}.yaml: {e}"))
}

impl Languages {
    /// The languages that are built into recoupe.
    pub fn shipped() -> &'static Languages {
        &SHIPPED
    }

    /// The languages that are built into recoupe, grown by a newsroom's lists.
    pub fn with_lists(lists: Vec<(Lang, NewsroomList)>) -> Languages {
        let mut languages = load();
        for (lang, list) in lists {
            let Some(language) = languages.all.get_mut(lang.0 as usize) else { continue };
            match list {
                NewsroomList::Sets(sets) => {
                    let agencies = sets.get("agency").unwrap_or_default();
                    language.furniture.agencies.extend(agencies.iter().map(|a| a.to_lowercase()));
                    language.sets.extend(sets);
                }
                // The newsroom's own word comes first.
                NewsroomList::Offices(offices) => drop(language.offices.splice(0..0, offices)),
            }
        }
        for language in &mut languages.all {
            let cut = |phrase: &str| cut(phrase, &language.manifest, &language.lexicon);
            language.cues = language.sets.cues(&language.lexicon, &cut);
        }
        languages
    }

    /// The language of that ISO 639-1 code, `fr` or `fr-CA`.
    pub fn by_code(&self, code: &str) -> Option<Lang> {
        let code = code.split(['-', '_']).next().unwrap_or(code);
        self.all.iter().position(|l| l.code.eq_ignore_ascii_case(code)).map(|i| Lang(i as u8))
    }

    /// The folder of a language; `None` for [`Lang::UNKNOWN`].
    pub fn get(&self, lang: Lang) -> Option<&Language> {
        self.all.get(lang.0 as usize)
    }

    /// The ISO 639-1 code, or `und` for [`Lang::UNKNOWN`].
    pub fn code(&self, lang: Lang) -> &str {
        self.get(lang).map_or("und", |l| &l.code)
    }

    /// All languages with their index.
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &Language)> {
        self.all.iter().enumerate().map(|(i, l)| (Lang(i as u8), l))
    }

    /// The loaded language of a few words, which are too few for their letters to tell: the one whose months and weekdays they
    /// name, or else that has nearly all of them. [`Lang::UNKNOWN`] where several languages could be.
    pub fn of_few_words(&self, text: &str) -> Lang {
        let lower = text.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| w.starts_with(char::is_alphabetic)).collect();
        let score = |l: &Language| {
            let days = words.iter().filter(|w| l.calendar.month(w).is_some() || l.calendar.weekday(w).is_some()).count();
            let own = |w: &&&str| {
                l.grammar.closed(w).is_some()
                    || l.lexicon.contains(w)
                    || l.calendar.month(w).is_some()
                    || l.calendar.weekday(w).is_some()
            };
            (days, words.iter().filter(own).count())
        };
        let mut scores: Vec<((usize, usize), Lang)> = self.iter().map(|(lang, l)| (score(l), lang)).collect();
        scores.sort_by(|x, y| y.0.cmp(&x.0));
        let best = scores.first().filter(|((days, known), _)| *days > 0 && 3 * known >= 2 * words.len());
        let clear = scores.get(1).is_none_or(|second| best.is_some_and(|b| b.0.0 > second.0.0 || b.0.1 > second.0.1));
        best.filter(|_| clear).map_or(Lang::UNKNOWN, |b| b.1)
    }

    /// The loaded language that the text is written in, by its letters; [`Lang::UNKNOWN`] where it is another one.
    pub fn detect(&self, text: &str) -> Lang {
        let found = whichlang::detect_language(text).three_letter_code();
        self.all.iter().position(|l| l.manifest.iso639_3 == found).map_or(Lang::UNKNOWN, |i| Lang(i as u8))
    }
}
