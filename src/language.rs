//! The languages that drafts are written in: each is a folder of data under `rules/`, none is known to the engine.

pub mod calendar;
pub mod choices;
pub(crate) mod cut;
pub mod furniture;
pub mod grammar;
pub mod lexicon;
pub mod members;
pub mod names;
pub mod numbers;
pub mod offices;
mod opens;
pub mod peoples;
pub mod phrases;
pub mod places;
pub mod renamed;
pub mod senses;
pub mod sets;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;

pub use calendar::Calendar;
pub use choices::Choices;
pub use cut::TokenKind;
pub use furniture::Furniture;
pub use grammar::Grammar;
pub use lexicon::Lexicon;
pub use members::Members;
pub use numbers::NumberGrammar;
pub use offices::Office;
pub use opens::Opens;
pub use peoples::Peoples;
pub use renamed::Renamed;
pub use senses::Senses;
pub use sets::{Cue, Cues, Sets};

/// A language, as an index of the folders that were loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(pub(crate) u8);

/// The one that nobody could tell.
impl Default for Lang {
    fn default() -> Lang {
        Lang::UNKNOWN
    }
}

impl Lang {
    /// A text in none of the loaded languages: only its form can be checked.
    pub const UNKNOWN: Lang = Lang(u8::MAX);
}

/// A file of a language's folder, taken apart when somebody first asks for what is in it: most drafts ask for one language, and
/// a short one for little of that.
pub type Part<T> = LazyLock<T, Box<dyn FnOnce() -> T + Send>>;

/// One language's folder.
#[derive(Debug)]
pub struct Language {
    /// The folder's name: an ISO 639-1 code.
    pub code: String,
    /// How words are cut, and what the language calls itself.
    pub manifest: Arc<Manifest>,
    /// The words by which a reader tells headline, caption and credit.
    pub furniture: Part<Furniture>,
    /// Number words.
    pub numbers: Part<NumberGrammar>,
    /// Months, weekdays, relative days.
    pub calendar: Part<Calendar>,
    /// Closed word classes, disambiguation, verb groups.
    pub grammar: Part<Grammar>,
    /// What can be written in several ways.
    pub choices: Part<Choices>,
    /// What words mean, as far as stories can contradict each other.
    pub senses: Senses,
    /// Places that changed their name.
    pub renamed: Part<Vec<Renamed>>,
    /// What is counted, by the sense of its members.
    pub members: Part<Members>,
    /// What the people and things of each country are called.
    pub peoples: Part<Peoples>,
    /// Who holds an office on which days.
    pub offices: Part<Vec<Office>>,
    /// Cue sets: what patterns call `@name`.
    pub sets: Arc<Part<Sets>>,
    /// The same sets, as the engine looks words up in them.
    pub cues: Part<Cues>,
    /// Forms with their readings.
    pub lexicon: Arc<Lexicon>,
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
    /// Letters that stand for a currency right before its figures, as they are written: `KSh400`, `N1,500`. One letter alone is one only
    /// before figures in groups or with a scale.
    #[serde(default)]
    pub money_letters: BTreeMap<String, String>,
    /// What ends figures behind one letter of money: `N720m`.
    #[serde(default)]
    pub money_scales: Vec<String>,
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

/// The folders as the build script embeds them: the language's code, then each file's stem with its content.
static PACKS: &[(&str, &[(&str, &str)])] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

static SHIPPED: LazyLock<Languages> = LazyLock::new(|| Languages::with_lists(Vec::new()));

/// The files of one folder.
#[derive(Clone, Copy)]
struct Folder {
    code: &'static str,
    files: &'static [(&'static str, &'static str)],
}

impl Folder {
    /// A file as the type that it holds. A test reads every file that ships, so that this cannot fail in the hands of a user.
    fn read<T: Deserialize<'static>>(self, stem: &str) -> T {
        let Folder { code, files } = self;
        let file = files.iter().find(|(name, _)| *name == stem).unwrap_or_else(|| panic!("rules/{code}/{stem}.yaml is missing"));
        serde_json::from_str(file.1).unwrap_or_else(|e| panic!("rules/{code}/{stem}.yaml: {e}"))
    }

    /// The same, later, with a newsroom's lists put to it.
    fn part<T: Deserialize<'static> + 'static>(self, stem: &'static str, grow: impl FnOnce(&mut T) + Send + 'static) -> Part<T> {
        Part::new(Box::new(move || {
            let mut part = self.read(stem);
            grow(&mut part);
            part
        }))
    }
}

/// The words of a phrase of the data, cut as a draft is.
fn cut(phrase: &str, manifest: &Manifest, lexicon: &Lexicon) -> Vec<String> {
    cut::words(phrase, manifest, lexicon).into_iter().map(str::to_owned).collect()
}

impl Language {
    /// The folder that is built in, with a newsroom's lists over it, the last the strongest.
    fn new(folder: Folder, lists: Vec<NewsroomList>) -> Language {
        let manifest: Arc<Manifest> = Arc::new(folder.read("language"));
        let lexicon = Arc::new(Lexicon::shipped(folder.code));
        let (mut more, mut offices) = (Sets::default(), Vec::new());
        for list in lists {
            match list {
                NewsroomList::Sets(sets) => more.extend(sets),
                // The newsroom's own word comes first.
                NewsroomList::Offices(own) => drop(offices.splice(0..0, own)),
            }
        }
        let agencies: Vec<String> = more.get("agency").unwrap_or_default().to_vec();
        let sets: Arc<Part<Sets>> = Arc::new(folder.part("sets", |sets: &mut Sets| sets.extend(more)));
        let words = || (manifest.clone(), lexicon.clone());
        let (for_numbers, for_calendar, for_cues) = (words(), words(), (sets.clone(), words()));
        let (for_grammar, for_members) = (lexicon.clone(), lexicon.clone());
        Language {
            code: folder.code.to_owned(),
            furniture: folder.part("furniture", |furniture: &mut Furniture| furniture.agencies.extend(agencies)),
            numbers: Part::new(Box::new(move || {
                NumberGrammar::new(folder.read("numbers"), &|phrase| cut(phrase, &for_numbers.0, &for_numbers.1))
            })),
            calendar: Part::new(Box::new(move || {
                Calendar::new(folder.read("calendar"), &|phrase| cut(phrase, &for_calendar.0, &for_calendar.1))
            })),
            grammar: folder.part("grammar", move |grammar: &mut Grammar| grammar.resolve(&for_grammar)),
            choices: folder.part("choices", |_| ()),
            senses: Senses::shipped(folder.code),
            renamed: folder.part("renamed", |_| ()),
            members: Part::new(Box::new(move || Members::new(folder.read("members"), &for_members))),
            peoples: folder.part("peoples", |_| ()),
            offices: folder.part("offices", |all: &mut Vec<Office>| drop(all.splice(0..0, offices))),
            cues: Part::new(Box::new(move || {
                let (sets, (manifest, lexicon)) = for_cues;
                Cues::new(sets, manifest, lexicon)
            })),
            sets,
            manifest,
            lexicon,
        }
    }
}

impl Languages {
    /// The languages that are built into recoupe.
    pub fn shipped() -> &'static Languages {
        &SHIPPED
    }

    /// The languages that are built into recoupe, grown by a newsroom's lists.
    pub fn with_lists(lists: Vec<(Lang, NewsroomList)>) -> Languages {
        let mut own: Vec<Vec<NewsroomList>> = PACKS.iter().map(|_| Vec::new()).collect();
        for (lang, list) in lists {
            own.get_mut(lang.0 as usize).into_iter().for_each(|own| own.push(list.clone()));
        }
        let folders = PACKS.iter().map(|&(code, files)| Folder { code, files });
        Languages { all: folders.zip(own).map(|(folder, lists)| Language::new(folder, lists)).collect() }
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
        scores.sort_by_key(|x| std::cmp::Reverse(x.0));
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
