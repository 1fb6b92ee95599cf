//! The shape of `numbers.yaml`.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::ages::{AgeFile, AgeWords};
use super::{Bound, Compound, Conversion, NumberGrammar, NumberWord, RangeWords};
use crate::language::phrases::{Cut, Phrases};

/// A word without its accents.
fn plain(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    word.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect()
}

/// `numbers.yaml`, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct File {
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
    ordinals: FxHashMap<String, i128>,
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
    #[serde(default)]
    sure_shares: Vec<String>,
    #[serde(default)]
    fraction_bars: Vec<String>,
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
    scale_symbols: FxHashMap<String, i128>,
    #[serde(default)]
    coin_letters: FxHashMap<String, String>,
    currencies: BTreeMap<String, Vec<String>>,
    measures: BTreeMap<String, Vec<String>>,
    durations: BTreeMap<String, Vec<String>>,
    ages: AgeFile,
    labels: Vec<String>,
}

#[derive(Deserialize)]
struct Ten {
    is: i128,
    adds: (i128, i128),
}

impl NumberGrammar {
    /// The grammar of a file, its phrases cut as the language cuts a draft.
    pub fn new(f: File, cut: Cut) -> NumberGrammar {
        let mut words = FxHashMap::default();
        words.extend(f.fractions.into_iter().map(|(w, (n, d))| (w, NumberWord::Fraction(n, d))));
        words.extend(f.decimal_words.into_iter().map(|w| (w, NumberWord::Decimal)));
        words.extend(f.joins.into_iter().map(|w| (w, NumberWord::Join)));
        words.extend(f.scales.into_iter().map(|(w, n)| (w, NumberWord::Scale(n))));
        words.extend(f.hundreds.into_iter().map(|w| (w, NumberWord::Hundred)));
        words.extend(f.tens.into_iter().map(|(w, t)| (w, NumberWord::Ten { is: t.is, adds: t.adds })));
        words.extend(f.units.into_iter().map(|(w, n)| (w, NumberWord::Unit(n))));
        let mut ranks = FxHashMap::default();
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
            names: Phrases::flat(&f.names, cut),
            shares: Phrases::new(
                f.shares.iter().map(|p| (p.as_str(), false)).chain(f.sure_shares.iter().map(|p| (p.as_str(), true))),
                cut,
            ),
            fraction_bars: f.fraction_bars,
            hundreds_up_to: f.hundreds_up_to,
            compounds: f.compounds,
            convert: f.convert,
            bounds: Phrases::by_value(&f.bounds, cut),
            after_bounds: Phrases::by_value(&f.after_bounds, cut),
            ranges: f.ranges,
            decimal: f.decimal,
            groups: f.groups,
            group_written: f.group_written,
            percent_written: f.percent_written,
            percent: Phrases::flat(&f.percent, cut),
            points: Phrases::flat(&f.points, cut),
            full_points: Phrases::flat(&f.full_points, cut),
            currencies: Phrases::by_value(&f.currencies, cut),
            measures: Phrases::by_value(&f.measures, cut),
            durations: Phrases::by_value(&f.durations, cut),
            scale_symbols: f.scale_symbols,
            coin_letters: f.coin_letters,
            articles: f.articles,
            plurals: f.plurals,
            ordinal_suffixes: f.ordinal_suffixes,
            labels: f.labels,
            ages: AgeWords::new(f.ages, cut),
        }
    }
}
