//! How a language composes number words: the parts are data, the composition is in `mention::number`.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use crate::mention::Ratio;

/// `numbers.yaml`, ready for look-ups.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "File")]
pub struct NumberGrammar {
    words: HashMap<String, NumberWord>,
    ranks: HashMap<String, (NumberWord, bool)>,
    /// First words of `ranks` and `words` that are written with a hyphen.
    heads: HashSet<String>,
    /// About so many: `dizaine`, `dozen`.
    pub collectives: HashMap<String, i128>,
    /// An unknown number of so many: `dizaines`, `thousands`.
    pub collective_plurals: HashMap<String, i128>,
    /// What joins a part and its whole, a number and its unit: `de`, `of`.
    pub links: Vec<String>,
    /// What makes the number after it less than none.
    pub negatives: Vec<String>,
    /// Words that may stand before one of those; after others it is no sign.
    pub before_negatives: Vec<String>,
    /// Words that make a scale a vague number: `plusieurs`, `several`.
    pub vague: Vec<String>,
    /// Whether two numbers below a hundred make a year: "nineteen eighty-four".
    pub year_pairs: bool,
    /// What stands between a part and a whole: « trois *sur* quatre », "one *in* five".
    pub shares: Phrases<()>,
    /// The most that a hundred is multiplied by.
    pub hundreds_up_to: i128,
    /// By unit: the smaller unit that may follow it.
    pub compounds: BTreeMap<String, Compound>,
    names: Phrases<()>,
    /// What a unit is worth in its base unit, exactly.
    pub convert: BTreeMap<String, Conversion>,
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
    /// What makes a number alone a difference of two shares.
    pub full_points: Phrases<()>,
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
    /// Up to a tenth more.
    JustOver,
    /// A tenth to either side.
    About,
}

/// What a unit is worth in another: `unit × ratio + offset`, all exact.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conversion {
    /// The base unit.
    pub to: String,
    /// Numerator and denominator of the factor.
    pub ratio: (i128, i128),
    /// Numerator and denominator of what is added after multiplying.
    #[serde(default = "no_offset")]
    pub offset: (i128, i128),
}

fn no_offset() -> (i128, i128) {
    (0, 1)
}

/// The smaller unit that may follow a larger one: « 1 m 80 », "5 ft 2 in", "two dollars and ten cents".
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compound {
    /// The smaller unit.
    pub with: String,
    /// How many of it make the larger.
    pub parts: i128,
    /// Whether the smaller may be left unsaid: « 1 m 80 ».
    #[serde(default)]
    pub bare: bool,
}

/// What makes a number more than a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit<'g> {
    /// The currency's code.
    Money(&'g str),
    /// The unit of ISO 8601.
    Time(&'g str),
    /// The unit's symbol.
    Measure(&'g str),
}

/// What opens and joins a range: « entre … et … ».
#[derive(Clone, Debug, Deserialize)]
pub struct RangeWords {
    /// The word before the first number; empty where none is needed.
    pub open: String,
    /// The word between the two.
    pub middle: String,
    /// Whether the first must be the smaller.
    pub ordered: bool,
}

/// How ages are worded.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "AgeFile")]
pub struct AgeWords {
    /// Units in which ages are given.
    pub units: Vec<String>,
    /// Words after an age and its unit, of those the last of `34-year-old`.
    pub after: Vec<String>,
    /// Whether figures between a name and a comma are an age: "John Smith, 34,".
    pub bare: bool,
    before: Phrases<()>,
    finals: Phrases<()>,
    alone: Phrases<()>,
    after_phrases: Phrases<()>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AgeFile {
    units: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default, rename = "final")]
    finals: Vec<String>,
    #[serde(default)]
    alone: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    bare: bool,
}

impl From<AgeFile> for AgeWords {
    fn from(f: AgeFile) -> AgeWords {
        let flat = |list: &[String]| Phrases::new(list.iter().map(|p| (p.as_str(), ())));
        AgeWords {
            before: flat(&f.before),
            alone: flat(&f.alone),
            finals: flat(&f.finals),
            after_phrases: flat(&f.after),
            units: f.units,
            after: f.after,
            bare: f.bare,
        }
    }
}

impl AgeWords {
    /// Phrases before an age with its unit: « âgé de ».
    pub fn before_phrases(&self) -> &Phrases<()> {
        &self.before
    }

    /// Phrases before an age that ends its clause: « elle a 34 ans, ».
    pub fn final_phrases(&self) -> &Phrases<()> {
        &self.finals
    }

    /// Phrases before an age without a unit: "aged".
    pub fn alone_phrases(&self) -> &Phrases<()> {
        &self.alone
    }

    /// Phrases after an age and its unit: "old", "of age".
    pub fn after_phrases(&self) -> &Phrases<()> {
        &self.after_phrases
    }
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
            let fits = |words: &[String]| {
                words.len() == len && words.iter().enumerate().all(|(i, w)| word(end - len + i) == Some(w.as_str()))
            };
            list.iter().find(|(words, _)| fits(words)).map(|(_, value)| (len, value))
        })
    }
}

/// A word without its accents.
fn plain(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    word.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect()
}

/// Cuts a phrase as the tokeniser cuts a draft, for the shapes that occur in data: spaces, elisions, marks.
fn split(phrase: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for chunk in phrase.split(' ') {
        let mut word = String::new();
        for c in chunk.chars() {
            let between_digits = c == '-' && !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
            let raised = c.is_numeric() && !c.is_ascii_digit();
            if (c.is_alphanumeric() && !raised) || (c == '-' && !between_digits) {
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
    links: Vec<String>,
    #[serde(default)]
    negatives: Vec<String>,
    #[serde(default)]
    before_negatives: Vec<String>,
    vague: Vec<String>,
    #[serde(default)]
    year_pairs: bool,
    /// What a rank ends in where it is the plural: `fifths`.
    rank_plural: String,
    #[serde(default)]
    shares: Vec<String>,
    hundreds_up_to: i128,
    #[serde(default)]
    compounds: BTreeMap<String, Compound>,
    /// What looks like a number and is a name: `49.3`.
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    convert: BTreeMap<String, Conversion>,
    decimal: char,
    groups: Vec<char>,
    group_written: String,
    percent_written: String,
    percent: Vec<String>,
    points: Vec<String>,
    #[serde(default)]
    full_points: Vec<String>,
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
        words.extend(f.fractions.into_iter().map(|(w, (n, d))| (w, NumberWord::Fraction(n, d))));
        words.extend(f.decimal_words.into_iter().map(|w| (w, NumberWord::Decimal)));
        words.extend(f.joins.into_iter().map(|w| (w, NumberWord::Join)));
        words.extend(f.scales.into_iter().map(|(w, n)| (w, NumberWord::Scale(n))));
        words.extend(f.hundreds.into_iter().map(|w| (w, NumberWord::Hundred)));
        words.extend(f.tens.into_iter().map(|(w, t)| (w, NumberWord::Ten { is: t.is, adds: t.adds })));
        words.extend(f.units.into_iter().map(|(w, n)| (w, NumberWord::Unit(n))));
        let mut ranks = HashMap::new();
        for (word, n) in f.ordinals {
            let as_number = match n {
                100 => NumberWord::Hundred,
                1000.. => NumberWord::Scale(n),
                20.. => NumberWord::Ten { is: n, adds: (0, -1) },
                _ => NumberWord::Unit(n),
            };
            let plural = format!("{word}{}", f.rank_plural);
            // Capitals may stand without their accents.
            for (form, is_plural) in [(plain(&plural), true), (plain(&word), false), (plural, true), (word, false)] {
                ranks.insert(form, (as_number, is_plural));
            }
        }
        let all = words.keys().chain(ranks.keys()).chain(f.collectives.keys()).chain(f.collective_plurals.keys());
        let heads = all.filter_map(|w| w.split('-').next()).map(str::to_owned).collect();
        fn by_value<K: Clone>(map: &BTreeMap<K, Vec<String>>) -> Phrases<K> {
            Phrases::new(map.iter().flat_map(|(k, list)| list.iter().map(|p| (p.as_str(), k.clone()))))
        }
        let flat = |list: &[String]| Phrases::new(list.iter().map(|p| (p.as_str(), ())));
        NumberGrammar {
            words,
            ranks,
            heads,
            collectives: f.collectives.into_iter().collect(),
            collective_plurals: f.collective_plurals.into_iter().collect(),
            links: f.links,
            negatives: f.negatives,
            before_negatives: f.before_negatives,
            vague: f.vague,
            year_pairs: f.year_pairs,
            names: flat(&f.names),
            shares: flat(&f.shares),
            hundreds_up_to: f.hundreds_up_to,
            compounds: f.compounds,
            convert: f.convert,
            bounds: by_value(&f.bounds),
            after_bounds: by_value(&f.after_bounds),
            ranges: f.ranges,
            decimal: f.decimal,
            groups: f.groups,
            group_written: f.group_written,
            percent_written: f.percent_written,
            percent: flat(&f.percent),
            points: flat(&f.points),
            full_points: flat(&f.full_points),
            currencies: by_value(&f.currencies),
            measures: by_value(&f.measures),
            durations: by_value(&f.durations),
            scale_symbols: f.scale_symbols,
            articles: f.articles,
            plurals: f.plurals,
            ordinal_suffixes: f.ordinal_suffixes,
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

    /// What a rank word in lower case means as the last part of a number, and whether it has the plural's ending.
    pub fn rank(&self, lower: &str) -> Option<(NumberWord, bool)> {
        self.ranks.get(lower).copied()
    }

    /// Whether one part of so many has a word of its own: « quart ».
    pub fn names_part(&self, of: i128) -> bool {
        self.words.values().any(|w| matches!(w, NumberWord::Fraction(1, d) if *d == of))
    }

    /// Whether a word, or the part of one before its first hyphen, may begin a number.
    pub fn begins(&self, lower: &str) -> bool {
        self.heads.contains(lower)
    }

    /// What a word multiplies a number by, and whether that blurs it: `million`, `dozen`.
    pub fn scale(&self, lower: &str) -> Option<(i128, bool)> {
        match self.words.get(lower) {
            Some(NumberWord::Scale(n)) => Some((*n, false)),
            Some(NumberWord::Hundred) => Some((100, false)),
            _ => self.collective(lower).map(|n| (n, true)),
        }
    }

    /// How many a collective stands for, in the singular or the plural.
    pub fn collective(&self, lower: &str) -> Option<i128> {
        self.collectives.get(lower).or_else(|| self.collective_plurals.get(lower)).copied()
    }

    /// The unit that begins at word `at`, and its length in words.
    pub fn unit<'w>(&self, at: usize, word: impl Fn(usize) -> Option<&'w str>) -> Option<(usize, Unit<'_>)> {
        let money = self.currencies.at(at, &word).map(|(len, code)| (len, Unit::Money(code)));
        let time = self.durations.at(at, &word).map(|(len, unit)| (len, Unit::Time(unit)));
        let measure = self.measures.at(at, &word).map(|(len, unit)| (len, Unit::Measure(unit)));
        [money, time, measure].into_iter().flatten().reduce(|best, other| if other.0 > best.0 { other } else { best })
    }

    /// A currency's code with a scale before it: `MEUR` is a million euros.
    pub fn scaled_unit(&self, lower: &str) -> Option<(i128, &str)> {
        let code = lower.get(lower.len().checked_sub(3)?..).filter(|c| lower.len() > c.len())?;
        let by = self.scale_symbols.get(&lower[..lower.len() - 3])?;
        let word = |i: usize| (i == 0).then_some(code);
        self.currencies.at(0, word).map(|(_, code)| (*by, code.as_str()))
    }

    /// Whether what stands at word `at` looks like a number and is a name.
    pub fn is_name<'w>(&self, at: usize, word: impl Fn(usize) -> Option<&'w str>) -> bool {
        self.names.at(at, word).is_some()
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
