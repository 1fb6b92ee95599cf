//! Millions here, billions there.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Figure, Unit, figure, find_cue, people, same_word, significant};
use super::names::SetName;
use super::{Conflict, Relation};
use crate::amount::Ratio;
use crate::analysis::{Analysis, ChunkKind, EntityId, Value};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;
use crate::language::grammar::Class;

/// `one-scale`: the same digits of the same thing do not stand at a thousandfold distance.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OneScale {
    /// The cue set of words that make one of the two a part, a rate or another year's.
    #[schemars(with = "SetName")]
    pub part: String,
}

/// Figures of one amount, by their index.
type Same = HashMap<Ratio, Vec<usize>>;

/// Of one amount no more are held against another: no story has them.
const MOST: usize = 300;

/// How far apart two readings of one number are when the word of scale is wrong.
const THOUSAND: Ratio = Ratio::whole(1000);

impl Relation for OneScale {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "other"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::PartOf, Facet::Quoted, Facet::OtherTime]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let large = Ratio::whole(1_000_000);
        let figures: Vec<Figure> =
            a.mentions.iter().filter_map(figure).filter(|f| f.amount.written >= large && f.in_digits(a)).collect();
        let mut same: Same = HashMap::new();
        for (i, f) in figures.iter().enumerate() {
            same.entry(f.amount.written).or_default().push(i);
        }
        let mut found: Vec<Conflict> = Vec::new();
        for (j, other) in figures.iter().enumerate() {
            let own = &same[&other.amount.written];
            // What stands once more at the one scale and once more at the other is two things.
            let scales = [other.amount.written.div(THOUSAND), other.amount.written.mul(THOUSAND)];
            let others = || scales.iter().flatten().filter_map(|n| same.get(n));
            if own.len() > 1 && others().all(|all| all.len() > 1) {
                continue;
            }
            // What stood before at its own scale refers back to that: « les 3 millions ».
            let back = definite(a, other) && own[0] == j;
            let mut before: Vec<usize> = others().flat_map(|all| all.iter().take(MOST)).copied().filter(|&i| i < j).collect();
            before.sort_unstable();
            let Some(first) = before.into_iter().map(|i| &figures[i]).find(|f| self.rivals(a, f, other, back, &figures, &same))
            else {
                continue;
            };
            if same[&first.amount.written].len() > 1 && own.len() > 1 {
                continue;
            }
            let mut facets = Facets::default();
            // Both « par an »: one rate.
            let said = |f: &Figure| {
                let cue = find_cue(a, &self.part, a.sentence(f.tokens().start))?;
                Some(cue.map(|i| a.lower(i)).collect::<Vec<_>>())
            };
            facets.insert_if(!back && said(first) != said(other), Facet::PartOf);
            facets.insert_if(first.mention.stance.quoted != other.mention.stance.quoted, Facet::Quoted);
            facets.insert_if(
                matches!((first.mention.frame.year, other.mention.frame.year), (Some(x), Some(y)) if x != y),
                Facet::OtherTime,
            );
            let mut values = Bindings::default();
            values.bind("first.amount", Bound::Amount(*first.amount));
            values.bind("other.amount", Bound::Amount(*other.amount));
            found.push(Conflict { roles: vec![("first", first.span(a)), ("other", other.span(a))], values, facets });
        }
        found
    }
}

impl OneScale {
    /// Whether two figures, the second the later, are one but for their scale. `back`: the second refers to what the story has named.
    fn rivals(&self, a: &Analysis, x: &Figure, y: &Figure, back: bool, all: &[Figure], same: &Same) -> bool {
        let (small, big) = if x.amount.written < y.amount.written { (x, y) } else { (y, x) };
        if big.amount.written.div(small.amount.written) != Some(THOUSAND)
            || !self.comparable(a, x, y)
            || x.mention.sentence == y.mention.sentence
        {
            return false;
        }
        let above = |f: &Figure| matches!(a.doc.blocks[f.mention.block as usize].kind, BlockKind::Headline | BlockKind::Standfirst);
        // A figure of the headline that the story gives at another scale only.
        let elsewhere = |f: &Figure| same[&f.amount.written].iter().any(|&i| above(&all[i]) != above(f));
        let same = x.same_unit(a, y);
        let headline = above(x) != above(y) && (same || !elsewhere(x) && !elsewhere(y));
        let noun = same && matches!(x.unit, Unit::Count(Some(_)));
        // Round numbers meet by chance: those need a word of their own in common, or one that refers back.
        match significant(x.amount.written).len() {
            0 => false,
            1 => {
                headline
                    || same && back
                    || shared(a, x, y)
                        >= if noun {
                            0
                        } else if same {
                            1
                        } else {
                            2
                        }
            }
            2 => (headline || back || shared(a, x, y) >= 1) && !two_owners(a, x, y),
            _ => true,
        }
    }

    /// Whether two figures are in one unit; where a unit is left out the other's is meant.
    fn comparable(&self, a: &Analysis, x: &Figure, y: &Figure) -> bool {
        let count = |f: &Figure| matches!(f.unit, Unit::Count(_));
        let money = |f: &Figure| matches!(f.unit, Unit::Money(_));
        let bare = |f: &Figure| f.unit == Unit::Count(None);
        // Money and people are two things: "$16bn" of "16 million citizens".
        let left_out = bare(x) && (count(y) || money(y)) || bare(y) && (count(x) || money(x));
        // « 5,4 millions d'employés », « 5,4 milliards d'agents »: people under another word.
        let crowd = |f: &Figure| matches!(f.unit, Unit::Count(Some(head)) if people(a, head));
        let one_crowd = crowd(x) && crowd(y) && significant(x.amount.written).len() > 1;
        x.same_unit(a, y) || left_out || one_crowd
    }
}

/// Whether the sentences of two figures name organisations, and none in common: each has its own.
fn two_owners(a: &Analysis, x: &Figure, y: &Figure) -> bool {
    let named = |f: &Figure| -> Vec<EntityId> {
        let mentions = a.mentions_in(a.sentence(f.tokens().start)).iter();
        mentions.filter_map(|m| if let Value::Organisation(e) = m.value { Some(e) } else { None }).collect()
    };
    let (xs, ys) = (named(x), named(y));
    !xs.is_empty() && !ys.is_empty() && !xs.iter().any(|e| ys.contains(e))
}

/// How many content words the clauses of two figures share.
fn shared(a: &Analysis, x: &Figure, y: &Figure) -> usize {
    let content = |f: &Figure| {
        let own = f.tokens();
        let sentence = a.sentence(own.start);
        let window = own.start.saturating_sub(12).max(sentence.start)..(own.end + 12).min(sentence.end);
        window
            .filter(|i| !own.contains(i) && a.tokens[*i].kind == TokenKind::Word && a.lower(*i).chars().count() > 3)
            .filter(|i| [Class::Noun, Class::Proper].iter().any(|c| a.classes[*i].has(*c)) && !a.classes[*i].has(Class::Numeral))
            .collect::<Vec<usize>>()
    };
    let theirs = content(y);
    content(x).into_iter().filter(|i| theirs.iter().any(|j| same_word(a, *i, *j))).count()
}

/// Whether a figure refers to what is known: « ces 2,8 millions », "the $3 billion".
fn definite(a: &Analysis, f: &Figure) -> bool {
    let at = f.mention.tokens.0;
    let n = a.chunks.partition_point(|c| c.tokens.1 <= at);
    a.chunks.get(n).is_some_and(|c| c.tokens.0 <= at && matches!(c.kind, ChunkKind::Noun { definite: true, .. }))
}
