//! Who made what a page shows is told once, and alike.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::SetName;
use super::support::{fold, says, slip};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::language::furniture::Furniture;
use crate::span::Span;

/// `credited`: the same name in credits and bylines is written in one way and stands for one agency, and whoever a byline says to have taken
/// the pictures is who the credits name.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Credited {
    /// The cue set of words by which a byline says that its author took the pictures: « texte et photos ».
    #[schemars(with = "SetName")]
    pub both: String,
    /// The cue set of words that credit help: "additional reporting by".
    #[schemars(with = "SetName")]
    pub help: String,
}

/// Names of one draft that are held against each other.
const MOST: usize = 40;

/// A name in a credit or a byline.
struct Named {
    words: Vec<String>,
    span: Span,
    block: usize,
    kind: BlockKind,
    /// An agency that every paper knows.
    agency: bool,
    /// For whom the picture was taken, by index: "Ines Rook/Northlight Press".
    of: Option<usize>,
}

impl Relation for Credited {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "other"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Kin]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let names = names(a);
        let kin = names.iter().any(|n| says(a, "kin", a.tokens_in(a.doc.blocks[n.block].span)));
        let mut found: Vec<Conflict> = Vec::new();
        for (j, other) in names.iter().enumerate() {
            let rival = names[..j].iter().find(|first| misspelt(first, other) || moved(&names, first, other));
            let first = rival.or_else(|| self.another(a, &names[..j], other)).or_else(|| self.again(a, &names[..j], other));
            if let Some(first) = first {
                let mut facets = Facets::default();
                facets.insert_if(kin, Facet::Kin);
                found.push(Conflict {
                    roles: vec![("first", first.span), ("other", other.span)],
                    values: Bindings::default(),
                    facets,
                });
            }
        }
        found
    }
}

impl Credited {
    /// Who took the pictures by the byline, where a credit names somebody else.
    fn another<'n>(&self, a: &Analysis, before: &'n [Named], other: &Named) -> Option<&'n Named> {
        let person = |n: &Named| !n.agency && n.words.len() >= 2;
        let took =
            |n: &&Named| n.kind == BlockKind::Byline && person(n) && says(a, &self.both, a.tokens_in(a.doc.blocks[n.block].span));
        let first = before.iter().find(took)?;
        let alone = before.iter().filter(|n| n.block == first.block).count() == 1;
        let last = |n: &Named| n.words.last().cloned();
        (other.kind == BlockKind::Credit && person(other) && alone && last(first) != last(other)).then_some(first)
    }

    /// The author of a story who is credited with help for it.
    fn again<'n>(&self, a: &Analysis, before: &'n [Named], other: &Named) -> Option<&'n Named> {
        let block = a.tokens_in(a.doc.blocks[other.block].span);
        let helped = says(a, &self.help, block.start..a.tokens_in(other.span).start);
        before.iter().find(|n| helped && n.kind == BlockKind::Byline && n.block != other.block && n.words == other.words)
    }
}

/// Whether two names are one, but for a slip in one of their words or their order.
fn misspelt(x: &Named, y: &Named) -> bool {
    if x.agency || y.agency || x.block == y.block || x.words.len() < 2 || x.words.len() != y.words.len() || x.words == y.words {
        return false;
    }
    let odd: Vec<usize> = (0..x.words.len()).filter(|&k| x.words[k] != y.words[k]).collect();
    match odd[..] {
        [k] => {
            let (one, other) = (&x.words[k], &y.words[k]);
            let longer = |p: &String, q: &String| p.chars().count() >= 4 && q.starts_with(p.as_str()) && q.len() - p.len() <= 2;
            one.chars().count().min(other.chars().count()) >= 4 && (slip(one, other, 2) || longer(one, other) || longer(other, one))
        }
        [k, l] => x.words[k] == y.words[l] && x.words[l] == y.words[k],
        _ => false,
    }
}

/// Whether one name stands for two agencies.
fn moved(all: &[Named], x: &Named, y: &Named) -> bool {
    let of = |n: &Named| n.of.map(|i| &all[i].words);
    x.block != y.block && x.words.len() >= 2 && x.words == y.words && of(x).zip(of(y)).is_some_and(|(p, q)| p != q)
}

/// The names in credits and bylines, and where help is credited.
fn names(a: &Analysis) -> Vec<Named> {
    let mut out = Vec::new();
    for (n, block) in a.doc.blocks.iter().enumerate() {
        let Some(language) = a.languages.get(block.lang) else { continue };
        let tokens = a.tokens_in(block.span);
        let helps = || {
            block.kind == BlockKind::Note
                || block.kind == BlockKind::Body && says(a, "help-credit", tokens.start..tokens.end.min(tokens.start + 4))
        };
        if !tokens.is_empty() && (matches!(block.kind, BlockKind::Credit | BlockKind::Byline) || helps()) {
            runs(a, tokens, n, block.kind, &language.furniture, &mut out);
        }
        if out.len() >= MOST {
            break;
        }
    }
    out
}

/// The runs of capitalised words of a block, labels and openers left out.
fn runs(a: &Analysis, tokens: Range<usize>, block: usize, kind: BlockKind, furniture: &Furniture, out: &mut Vec<Named>) {
    let of_label = |i: usize| {
        let word = a.lower(i);
        let lists = [&furniture.credit_labels, &furniture.credit_joiners, &furniture.byline_openers, &furniture.credit_names];
        lists.iter().any(|list| list.iter().any(|l| l.split_whitespace().any(|w| w.eq_ignore_ascii_case(word))))
    };
    let named = |i: usize| a.tokens[i].kind == TokenKind::Word && a.tokens[i].case.is_capital() && !of_label(i);
    let mut at = tokens.start;
    while at < tokens.end {
        if !named(at) {
            at += 1;
            continue;
        }
        let hyphen = |i: usize| mark(a, i) == Some('-') && a.tokens[i].glued;
        let mut end = at + 1;
        while end < tokens.end && (named(end) || hyphen(end) && end + 1 < tokens.end && named(end + 1)) {
            end += 1;
        }
        let words: Vec<String> = (at..end).filter(|&i| a.tokens[i].kind == TokenKind::Word).map(|i| fold(a.lower(i))).collect();
        let span = a.span(at..end);
        let text = span.of(&a.doc.text);
        let agency = furniture.agencies.iter().any(|known| known.eq_ignore_ascii_case(text));
        out.push(Named { words, span, block, kind, agency, of: None });
        // « Ines Rook/Northlight Press », "Ines Rook for Southlight Press"
        let now = out.len() - 1;
        if let Some(before) = now.checked_sub(1).filter(|&b| out[b].block == block) {
            let past = a.tokens_in(out[before].span).end;
            let joins = past + 1 == at && (mark(a, past) == Some('/') || says(a, "for-whom", past..at));
            if joins {
                out[before].of = Some(now);
            }
        }
        at = end;
    }
}
