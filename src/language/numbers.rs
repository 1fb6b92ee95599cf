//! How a language composes number words: the parts are data, the composition is in [`crate::mention::number`].

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use crate::mention::Ratio;

/// `numbers.yaml`, ready for look-ups.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "File")]
pub struct NumberGrammar {
    words: HashMap<String, NumberWord>,
    /// Phrases before or after a number that bound it.
    pub bounds: Phrases<Bound>,
    /// Phrases after a number that bound it.
    pub after_bounds: Phrases<Bound>,
    /// What opens and joins a range.
    pub ranges: Vec<RangeWords>,
    /// The decimal mark.
    pub decimal: char,
    /// Marks that may part groups of three digits.
    pub groups: Vec<char>,
    group_written: String,
    percent_written: String,
    /// What makes a number a share of a hundred.
    pub percent: Phrases<()>,
    /// What makes a share a difference of two shares.
    pub points: Phrases<()>,
    /// What makes a number an amount of money: the ISO 4217 code.
    pub currencies: Phrases<String>,
    /// What makes a number a measure: the unit's symbol.
    pub measures: Phrases<String>,
    /// What makes a number a length of time: the unit of ISO 8601, `TH`, `TM`, `TS` for those of the clock.
    pub durations: Phrases<String>,
    /// Scales that are glued to digits: `k`, `M`, `bn`.
    pub scale_symbols: HashMap<String, i128>,
    /// Words that may be articles as well as the number one.
    pub articles: Vec<String>,
    /// Words that may stand before a plural collective: « des dizaines ».
    pub plurals: Vec<String>,
    /// Letters that make digits a rank.
    pub ordinal_suffixes: Vec<String>,
    /// Rank words.
    pub ordinals: HashMap<String, i128>,
    /// Words after which digits are a name.
    pub labels: Vec<String>,
    /// How ages are worded.
    pub ages: AgeWords,
}

/// One part of a number in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberWord {
    /// A number that nothing is added to.
    Unit(i128),
    /// A number that takes a unit within the bounds.
    Ten {
        /// Its own value.
        is: i128,
        /// The least and the most that may be added.
        adds: (i128, i128),
    },
    /// Multiplies what stands before it by a hundred.
    Hundred,
    /// Multiplies what stands before it.
    Scale(i128),
    /// Joins two parts: `et`, `and`.
    Join,
    /// Parts whole and decimals: `virgule`, `point`.
    Decimal,
    /// About so many: `dizaine`, `dozen`.
    Collective(i128),
    /// An unknown number of so many: `dizaines`, `dozens`.
    CollectivePlural(i128),
    /// A part of one: `demi`, `quart`.
    Fraction(i128, i128),
}

/// How a phrase bounds a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// That number or more.
    AtLeast,
    /// That number or less.
    AtMost,
    /// Down to a tenth less.
    Nearly,
    /// A tenth to either side.
    About,
}

/// What opens and joins a range: « entre … et … ».
#[derive(Clone, Debug, Deserialize)]
pub struct RangeWords {
    /// The word before the first number.
    pub open: String,
    /// The word between the two.
    pub middle: String,
    /// Whether the first must be the smaller.
    pub ordered: bool,
}

/// How ages are worded.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeWords {
    /// Units in which ages are given.
    pub units: Vec<String>,
    /// Phrases before an age.
    #[serde(default)]
    pub before: Vec<String>,
    /// Words after an age and its unit.
    #[serde(default)]
    pub after: Vec<String>,
    /// Words before a year of birth.
    #[serde(default)]
    pub born: Vec<String>,
}

/// Phrases of one or more words, by their first word; the longest comes first.
#[derive(Clone, Debug)]
pub struct Phrases<T>(HashMap<String, Vec<(Vec<String>, T)>>);

impl<T: Clone> Phrases<T> {
    /// Cuts each phrase at its spaces. « d' » counts as a word of its own: « plus d' ».
    pub fn new<'p>(entries: impl IntoIterator<Item = (&'p str, T)>) -> Phrases<T> {
        let mut by_first: HashMap<String, Vec<(Vec<String>, T)>> = HashMap::new();
        for (phrase, value) in entries {
            let words: Vec<String> = split(phrase);
            let Some(first) = words.first().cloned() else { continue };
            by_first.entry(first).or_default().push((words, value));
        }
        for list in by_first.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Phrases(by_first)
    }

    /// The longest phrase that begins at word `at`, as its length in words and its value. `word` gives the lower-case words.
    pub fn at<'w>(&self, at: usize, word: impl Fn(usize) -> Option<&'w str>) -> Option<(usize, &T)> {
        let list = self.0.get(word(at)?)?;
        let fits = |words: &[String]| words.iter().enumerate().all(|(i, w)| word(at + i) == Some(w.as_str()));
        list.iter().find(|(words, _)| fits(words)).map(|(words, value)| (words.len(), value))
    }

    /// The longest phrase that ends before word `end`, as its length in words and its value.
    pub fn before<'w>(&self, end: usize, word: impl Fn(usize) -> Option<&'w str>) -> Option<(usize, &T)> {
        let longest = end.min(6);
        (1..=longest).rev().find_map(|len| {
            let list = self.0.get(word(end - len)?)?;
            let fits = |words: &[String]| words.len() == len && words.iter().enumerate().all(|(i, w)| word(end - len + i) == Some(w.as_str()));
            list.iter().find(|(words, _)| fits(words)).map(|(_, value)| (len, value))
        })
    }
}

/// Cuts a phrase as the tokeniser cuts a draft, for the shapes that occur in data: spaces, elisions, marks.
fn split(phrase: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for chunk in phrase.split(' ') {
        let mut word = String::new();
        for c in chunk.chars() {
            if c.is_alphanumeric() || c == '-' {
                word.push(c);
            } else if c == '\'' {
                word.push(c);
                if word != "aujourd'" && word != "o'" {
                    out.push(std::mem::take(&mut word));
                }
            } else {
                if !word.is_empty() {
                    out.push(std::mem::take(&mut word));
                }
                out.push(c.to_string());
            }
        }
        if !word.is_empty() {
            out.push(word);
        }
    }
    out
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    units: BTreeMap<String, i128>,
    tens: BTreeMap<String, Ten>,
    hundreds: Vec<String>,
    scales: BTreeMap<String, i128>,
    joins: Vec<String>,
    #[serde(default)]
    decimal_words: Vec<String>,
    collectives: BTreeMap<String, i128>,
    collective_plurals: BTreeMap<String, i128>,
    fractions: BTreeMap<String, (i128, i128)>,
    articles: Vec<String>,
    plurals: Vec<String>,
    ordinal_suffixes: Vec<String>,
    ordinals: HashMap<String, i128>,
    decimal: char,
    groups: Vec<char>,
    group_written: String,
    percent_written: String,
    percent: Vec<String>,
    points: Vec<String>,
    bounds: BTreeMap<Bound, Vec<String>>,
    after_bounds: BTreeMap<Bound, Vec<String>>,
    ranges: Vec<RangeWords>,
    scale_symbols: HashMap<String, i128>,
    currencies: BTreeMap<String, Vec<String>>,
    measures: BTreeMap<String, Vec<String>>,
    durations: BTreeMap<String, Vec<String>>,
    ages: AgeWords,
    labels: Vec<String>,
}

#[derive(Deserialize)]
struct Ten {
    is: i128,
    adds: (i128, i128),
}

impl From<File> for NumberGrammar {
    fn from(f: File) -> NumberGrammar {
        let mut words = HashMap::new();
        // The later wins: « cinquième » as a rank is looked up apart, so that here it can be a fraction.
        words.extend(f.fractions.into_iter().map(|(w, (n, d))| (w, NumberWord::Fraction(n, d))));
        words.extend(f.collective_plurals.into_iter().map(|(w, n)| (w, NumberWord::CollectivePlural(n))));
        words.extend(f.collectives.into_iter().map(|(w, n)| (w, NumberWord::Collective(n))));
        words.extend(f.decimal_words.into_iter().map(|w| (w, NumberWord::Decimal)));
        words.extend(f.joins.into_iter().map(|w| (w, NumberWord::Join)));
        words.extend(f.scales.into_iter().map(|(w, n)| (w, NumberWord::Scale(n))));
        words.extend(f.hundreds.into_iter().map(|w| (w, NumberWord::Hundred)));
        words.extend(f.tens.into_iter().map(|(w, t)| (w, NumberWord::Ten { is: t.is, adds: t.adds })));
        words.extend(f.units.into_iter().map(|(w, n)| (w, NumberWord::Unit(n))));
        fn by_value<K: Clone>(map: &BTreeMap<K, Vec<String>>) -> Phrases<K> {
            Phrases::new(map.iter().flat_map(|(k, list)| list.iter().map(|p| (p.as_str(), k.clone()))))
        }
        let flat = |list: &[String]| Phrases::new(list.iter().map(|p| (p.as_str(), ())));
        NumberGrammar {
            words,
            bounds: by_value(&f.bounds),
            after_bounds: by_value(&f.after_bounds),
            ranges: f.ranges,
            decimal: f.decimal,
            groups: f.groups,
            group_written: f.group_written,
            percent_written: f.percent_written,
            percent: flat(&f.percent),
            points: flat(&f.points),
            currencies: by_value(&f.currencies),
            measures: by_value(&f.measures),
            durations: by_value(&f.durations),
            scale_symbols: f.scale_symbols,
            articles: f.articles,
            plurals: f.plurals,
            ordinal_suffixes: f.ordinal_suffixes,
            ordinals: f.ordinals,
            labels: f.labels,
            ages: f.ages,
        }
    }
}

impl NumberGrammar {
    /// What a word in lower case means inside a number.
    pub fn word(&self, lower: &str) -> Option<NumberWord> {
        self.words.get(lower).copied()
    }

    /// A share of a hundred as the language writes it: `12,5 %`.
    pub fn format_percent(&self, n: Ratio) -> String {
        self.format(n) + &self.percent_written
    }

    /// A number as the language writes it: `1 234,5`. At most two decimals; four digits stand without a mark between.
    pub fn format(&self, n: Ratio) -> String {
        let plain = n.to_decimal(2);
        let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
        let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |d| ("-", d));
        let mut out = String::from(sign);
        for (i, c) in digits.chars().enumerate() {
            if i > 0 && digits.len() > 4 && (digits.len() - i) % 3 == 0 {
                out.push_str(&self.group_written);
            }
            out.push(c);
        }
        if !decimals.is_empty() {
            out.push(self.decimal);
            out.push_str(decimals);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Languages;

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        let languages = Languages::shipped();
        let write = |code: &str, n: i128, d: i128| {
            let lang = languages.by_code(code).and_then(|l| languages.get(l)).unwrap();
            lang.numbers.format(Ratio::new(n, d).unwrap())
        };
        assert_eq!(write("fr", 1_234_567, 2), "617\u{202F}283,5");
        assert_eq!(write("fr", 1234, 1), "1234");
        assert_eq!(write("en", 12_345, 1), "12,345");
        assert_eq!(write("en", 100, 3), "33.33");
    }

    #[test]
    fn the_longest_phrase_wins() {
        let p = Phrases::new([("plus d'", 1), ("plus", 2), ("au plus", 3)]);
        let words = ["au", "plus", "d'", "une"];
        let word = |i: usize| words.get(i).copied();
        assert_eq!(p.at(1, word), Some((2, &1)));
        assert_eq!(p.before(3, word), Some((2, &1)));
        assert_eq!(p.before(2, word), Some((2, &3)));
    }
}
