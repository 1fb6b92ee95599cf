//! How a language composes number words: the parts are data, the composition is in `mention::number`.

mod ages;
mod file;

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::phrases::Phrases;
use crate::amount::Ratio;
pub use ages::AgeWords;
pub use file::File;

/// `numbers.yaml`, ready for look-ups.
#[derive(Clone, Debug)]
pub struct NumberGrammar {
    words: FxHashMap<String, NumberWord>,
    ranks: FxHashMap<String, (NumberWord, bool)>,
    /// First words of `ranks` and `words` that are written with a hyphen.
    heads: FxHashSet<String>,
    /// About so many: `dizaine`, `dozen`.
    pub collectives: FxHashMap<String, i128>,
    /// An unknown number of so many: `dizaines`, `thousands`.
    pub collective_plurals: FxHashMap<String, i128>,
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
    /// The value is whether the words say nothing else, however large the whole: "out of".
    pub shares: Phrases<bool>,
    /// Words for the bar of a fraction, where nothing is counted after it: "one *over* three".
    pub fraction_bars: Vec<String>,
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
    pub scale_symbols: FxHashMap<String, i128>,
    /// Letters that stand for a coin right behind figures: `p`.
    pub coin_letters: FxHashMap<String, String>,
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
}
