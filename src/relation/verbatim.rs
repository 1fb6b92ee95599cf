//! What the furniture quotes was said so in the story.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::figure;
use super::support::{blocks, fold};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Value, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::language::grammar::Class;

/// `verbatim`: a quotation that comes again comes again word for word.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Verbatim {
    /// The kinds of block whose quotations are held against the story.
    pub of: Vec<BlockKind>,
    /// The kinds of block where the story gives them in full.
    pub r#as: Vec<BlockKind>,
    /// The fewest words of a quotation.
    #[serde(default = "four")]
    pub words: usize,
}

fn four() -> usize {
    4
}

impl Relation for Verbatim {
    fn roles(&self) -> &'static [&'static str] {
        &["quoted", "said"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Abridged, Facet::Derived]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let quotations = |kinds: &[BlockKind]| -> Vec<Vec<usize>> {
            let wanted = a.mentions.iter().filter(|m| kinds.contains(&a.doc.blocks[m.block as usize].kind));
            wanted
                .filter(|m| matches!(m.value, Value::Quotation(_)))
                .map(|m| words(a, m.tokens.0 as usize..m.tokens.1 as usize))
                .collect()
        };
        let quoted: Vec<Vec<usize>> = quotations(&self.of).into_iter().filter(|q| q.len() >= self.words).collect();
        if quoted.is_empty() {
            return Vec::new();
        }
        let said = quotations(&self.r#as);
        let told: Vec<Vec<usize>> = blocks(a, &self.r#as).into_iter().map(|t| words(a, t)).collect();
        quoted.iter().filter_map(|q| altered(a, q, &said, &told)).collect()
    }
}

/// The odd words of a quotation and of the place in the story that agrees with it in all others.
fn altered(a: &Analysis, quoted: &[usize], said: &[Vec<usize>], told: &[Vec<usize>]) -> Option<Conflict> {
    let n = quoted.len();
    let ours: Vec<String> = quoted.iter().map(|&i| fold(a.lower(i))).collect();
    let odd = |story: &[usize]| (0..n).filter(|&k| fold(a.lower(story[k])) != ours[k]).collect::<Vec<usize>>();
    // Words that the story has, quoted or not, are no alteration.
    if told.iter().flat_map(|t| t.windows(n)).any(|w| odd(w).is_empty()) {
        return None;
    }
    // Few words prove little: a short quotation is held against whole quotations, a longer one against all that was said.
    let most = if n < 10 { 1 } else { 2 };
    // « trop subtil », « trop intelligents »: a word of meaning must agree.
    let carries = |k: &usize| a.language(quoted[*k]).is_none_or(|l| l.grammar.closed(a.lower(quoted[*k])).is_none());
    let near = |w: &&[usize]| {
        let odd = odd(w);
        odd.len() <= most && (0..n).any(|k| !odd.contains(&k) && carries(&k))
    };
    let whole = || said.iter().filter(|s| s.len() == n).map(Vec::as_slice).find(near);
    let part = || said.iter().flat_map(|s| s.windows(n)).find(near);
    let story =
        if n < 4 { whole()? } else { part().or_else(|| told.iter().filter(|_| n > 5).flat_map(|t| t.windows(n)).find(near))? };
    let odd = odd(story);
    let (first, last) = (*odd.first()?, *odd.last()?);
    let span = |tokens: &[usize]| a.tokens[tokens[first]].span.cover(a.tokens[tokens[last]].span);
    let mut facets = Facets::default();
    let cut = |tokens: &[usize]| {
        (tokens[0].saturating_sub(1)..(tokens[n - 1] + 3).min(a.tokens.len()))
            .any(|i| mark(a, i).is_some_and(|c| matches!(c, '…' | '[' | '(')) || dots(a, i))
    };
    facets.insert_if(cut(quoted) || cut(story), Facet::Abridged);
    // « veut », « veulent »: the sentence around it asks for another form of the word.
    let lemmas = |i: usize| a.readings(i).iter().map(|r| r.lemma).collect::<Vec<_>>();
    let inflected = |k: usize| lemmas(quoted[k]).iter().any(|l| lemmas(story[k]).contains(l));
    let numeral = |k: usize| match (roman(&ours[k]), roman(&fold(a.lower(story[k])))) {
        (None, None) => false,
        (x, y) => x.or_else(|| ours[k].parse().ok()) == y.or_else(|| a.lower(story[k]).parse().ok()),
    };
    // « la », « une »: the sense is the same.
    let small = |i: usize| a.classes[i].has(Class::Determiner);
    let article = |k: usize| small(quoted[k]) && small(story[k]);
    // « 62 quintaux », « Soixante-deux quintaux »: one number, written in digits and in words.
    let worth = |i: usize| {
        let at = a.mentions_in(i..i + 1).iter().filter(|m| m.tokens.0 as usize == i);
        at.clone().find_map(figure).map(|f| f.amount.written)
    };
    let counted = |k: usize| matches!((worth(quoted[k]), worth(story[k])), (Some(x), Some(y)) if x == y);
    // « gravité de la situation », « gravité, car la situation »: a comma makes another sentence of it.
    let comma = |i: usize| i > 0 && mark(a, i - 1) == Some(',');
    let parted = odd.iter().any(|&k| comma(story[k]) != comma(quoted[k]));
    facets.insert_if(parted || odd.iter().all(|&k| inflected(k) || numeral(k) || article(k) || counted(k)), Facet::Derived);
    // The first words stand a little before in the story, which the headline shortens; or its quotation begins after them.
    let led = odd.iter().copied().eq(0..=last) && last + 1 < n;
    let lead = (story[0].saturating_sub(6)..story[last] + 1).map(|i| fold(a.lower(i))).collect::<Vec<_>>();
    let drawn = led && lead.windows(last + 1).any(|w| *w == ours[..=last]);
    let opens = led && story[last + 1] > 0 && mark(a, story[last + 1] - 1).is_some_and(|c| matches!(c, '«' | '“' | '"'));
    // Two words at one end that differ: the headline ends, or begins, as another sentence does.
    let edge = odd.len() == 2 && (first + 2 == n || last == 1);
    facets.insert_if(drawn || opens || edge, Facet::Abridged);
    // A word is left out or put in at the border.
    let shifted = |k: usize| {
        k + 1 == n && (story[k] + 1..(story[k] + 5).min(a.sentence(story[k]).end)).any(|i| a.lower(i) == a.lower(quoted[k]))
    };
    if shifted(last) || first == 0 && last == 0 && a.lower(quoted[0]).ends_with('\'') {
        return None;
    }
    Some(Conflict { roles: vec![("quoted", span(quoted)), ("said", span(story))], values: Bindings::default(), facets })
}

/// The number that a word in Roman numerals means: « acte III ».
fn roman(word: &str) -> Option<u32> {
    let digit = |c| {
        Some(match c {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            'l' => 50,
            'c' => 100,
            _ => return None,
        })
    };
    let digits: Vec<u32> = word.chars().map(digit).collect::<Option<_>>()?;
    let less = |i: usize| digits.get(i + 1).is_some_and(|next| digits[i] < *next);
    let (minus, plus): (Vec<usize>, Vec<usize>) = (0..digits.len()).partition(|&i| less(i));
    let sum = |of: Vec<usize>| of.into_iter().map(|i| digits[i]).sum::<u32>();
    sum(plus).checked_sub(sum(minus)).filter(|n| *n > 0)
}

/// Three full stops in a row.
fn dots(a: &Analysis, i: usize) -> bool {
    mark(a, i) == Some('.') && mark(a, i + 1) == Some('.') && a.tokens[i + 1].glued
}

/// The words of a quotation, without its marks.
fn words(a: &Analysis, tokens: Range<usize>) -> Vec<usize> {
    tokens.filter(|&i| a.tokens[i].kind != TokenKind::Mark).collect()
}
