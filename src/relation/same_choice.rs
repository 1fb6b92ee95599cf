//! Of several ways to write one thing a draft takes one.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::ChoiceName;
use super::support::blocks;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Value};
use crate::facet::Facet;
use crate::finding::{Bindings, Bound};
use crate::language::{Language, TokenKind};
use crate::span::Span;

/// `same-choice`: what can be written in several ways is written in one.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SameChoice {
    /// The name under which the languages' `choices` list the ways.
    #[schemars(with = "ChoiceName")]
    pub of: String,
    /// Where the ways are looked for.
    #[serde(default)]
    pub by: By,
    /// How often each of the two ways must stand before they are held against each other.
    #[serde(default = "one")]
    pub at_least: usize,
}

fn one() -> usize {
    1
}

/// Where a way of writing shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// A word or phrase in any case.
    #[default]
    Words,
    /// A word or phrase with its capitals.
    Written,
    /// What stands right after a number.
    Unit,
    /// The mark that opens a quotation.
    Quotation,
    /// A character between two letters.
    Letter,
}

impl Relation for SameChoice {
    fn roles(&self) -> &'static [&'static str] {
        &["rare", "common"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["rare.count", "common.count"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        for (lang, language) in a.languages.iter() {
            let told: Vec<Range<usize>> = blocks(a, &[]).into_iter().filter(|t| a.lang(t.start) == lang).collect();
            if told.is_empty() {
                continue;
            }
            let things = language.choices.get(&self.of);
            let (index, met) =
                if self.is_worded() { self.index(a, &told, language) } else { (Index::new(), (0..things.len()).collect()) };
            for ways in met.into_iter().map(|thing| &things[thing]) {
                let mut places: Vec<Vec<Span>> = vec![Vec::new(); ways.len()];
                if self.is_worded() {
                    self.look_up(a, &index, ways, &mut places);
                } else {
                    told.iter().for_each(|tokens| self.find(a, tokens.clone(), ways, &mut places));
                }
                // Of two that stand equally often the first met is the draft's own.
                let first = |i: usize| std::cmp::Reverse(places[i].first().map_or(u32::MAX, |s| s.start));
                let most = (0..ways.len()).max_by_key(|&i| (places[i].len(), first(i))).unwrap_or(0);
                for (i, rare) in places.iter().enumerate() {
                    if i == most || rare.len() < self.at_least || places[most].len() < self.at_least {
                        continue;
                    }
                    let mut values = Bindings::default();
                    values.bind("rare.count", Bound::Count(rare.len()));
                    values.bind("common.count", Bound::Count(places[most].len()));
                    let roles = vec![("rare", rare[0]), ("common", places[most][0])];
                    found.push(Conflict { roles, values, facets: a.facets_at(rare[0]) });
                }
            }
        }
        found
    }
}

/// Where each word stands that a phrase begins with, with the end of its block.
type Index<'a> = HashMap<&'a str, Vec<(usize, usize)>>;

impl SameChoice {
    fn word<'a>(&self, a: &'a Analysis, i: usize) -> &'a str {
        if self.by == By::Written { a.text(i) } else { a.lower(i) }
    }

    /// Whether the ways are words, which are looked up by the first of them.
    fn is_worded(&self) -> bool {
        matches!(self.by, By::Words | By::Written | By::Unit)
    }

    /// The words among which ways are looked up, and the things of which one may stand in the draft.
    fn index<'a>(&self, a: &'a Analysis, told: &[Range<usize>], language: &Language) -> (Index<'a>, BTreeSet<usize>) {
        let (mut index, mut met) = (Index::new(), BTreeSet::new());
        let begun_by = language.choices.begun_by(&self.of);
        for tokens in told {
            let begins = |at: &usize| a.tokens[*at].opens.choice || a.tokens[*at].kind != TokenKind::Word;
            for at in tokens.clone().filter(begins) {
                let after_number = at > tokens.start && a.tokens[at - 1].kind == TokenKind::Digits;
                let things = if self.by != By::Unit || after_number { begun_by(self.word(a, at)) } else { &[] };
                if !things.is_empty() {
                    index.entry(self.word(a, at)).or_default().push((at, tokens.end));
                    met.extend(things);
                }
            }
        }
        (index, met)
    }

    /// Adds where each of the ways stands in the draft; of two that stand at one place, the way that is listed first.
    fn look_up(&self, a: &Analysis, index: &Index, ways: &[Vec<Vec<String>>], places: &mut [Vec<Span>]) {
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for (way, phrases) in ways.iter().enumerate() {
            for words in phrases {
                let Some(first) = words.first().and_then(|w| index.get(w.as_str())) else { continue };
                let fits = |at: usize, end: usize| {
                    at + words.len() <= end && words.iter().enumerate().all(|(n, w)| self.word(a, at + n) == w)
                };
                found.extend(first.iter().filter(|&&(at, end)| fits(at, end)).map(|&(at, _)| (at, way, words.len())));
            }
        }
        found.sort_by_key(|&(at, way, _)| (at, way));
        found.dedup_by_key(|&mut (at, _, _)| at);
        for (at, way, len) in found {
            places[way].push(a.span(at..at + len));
        }
    }

    /// Adds where each of the ways stands in a block.
    fn find(&self, a: &Analysis, tokens: Range<usize>, ways: &[Vec<Vec<String>>], places: &mut [Vec<Span>]) {
        let way_of = |fits: &dyn Fn(&[String]) -> bool| ways.iter().position(|way| way.iter().any(|words| fits(words)));
        match self.by {
            By::Quotation => {
                for m in a.mentions_in(tokens).iter().filter(|m| matches!(m.value, Value::Quotation(_))) {
                    let open = m.tokens.0 as usize;
                    if let Some(i) = way_of(&|words| words[0] == a.text(open)) {
                        places[i].push(a.tokens[open].span);
                    }
                }
            }
            By::Letter => {
                for t in tokens.filter(|&i| a.tokens[i].kind == TokenKind::Word).map(|i| a.tokens[i].span) {
                    // An elided word ends in its apostrophe, and the next stands right after it.
                    for (at, c) in t.of(&a.doc.text).char_indices().filter(|(_, c)| !c.is_alphanumeric()) {
                        let inside = a.doc.text[..t.start as usize + at].ends_with(char::is_alphanumeric);
                        if !inside {
                            continue;
                        }
                        if let Some(i) = way_of(&|words| words[0].starts_with(c)) {
                            let start = t.start as usize + at;
                            places[i].push(Span::new(start, start + c.len_utf8()));
                        }
                    }
                }
            }
            // Words are looked up.
            By::Words | By::Written | By::Unit => {}
        }
    }
}
