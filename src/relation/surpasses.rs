//! What outdoes another is more, and what falls short of it is less.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Figure, Unit, cue_in, figure};
use super::names::SetName;
use super::{Conflict, Relation};
use crate::amount::Ratio;
use crate::analysis::{Analysis, ChunkKind, mark};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::Language;
use crate::language::grammar::Class;
use crate::mention::quantity::linked;
use crate::tie::aligned;

/// `surpasses`: "at 148 metres it overtakes the old tower, which rises to 152": what outdoes another is told with the larger figure.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Surpasses {
    /// The cue set of words by which what stands before outdoes what stands behind.
    #[schemars(with = "SetName")]
    pub above: String,
    /// The cue set of words by which it falls short of it.
    #[schemars(with = "SetName")]
    pub below: String,
    /// The cue set of words that make the least the best: « le plus froid », "fastest".
    #[schemars(with = "SetName")]
    pub least: String,
}

/// Tokens from the word to the figure of what is outdone, at most.
const AHEAD: usize = 14;

/// How many times the one may be the other.
const FAR: i128 = 4;

impl Relation for Surpasses {
    fn roles(&self) -> &'static [&'static str] {
        &["words", "first", "other"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Negated, Facet::Hypothetical, Facet::Approximate, Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found: Vec<Conflict> = Vec::new();
        for s in &a.sentences {
            let tokens = s.start as usize..s.end as usize;
            let Some(language) = a.language(tokens.start).filter(|_| a.kind(tokens.start).is_running()) else { continue };
            for i in tokens.clone() {
                let cue = |set: &str| language.cues.get(set).at(a, i).map(|len| i..i + len).filter(|c| c.end <= tokens.end);
                let (words, up) = match (cue(&self.above), cue(&self.below)) {
                    (Some(words), _) => (words, true),
                    (None, Some(words)) => (words, false),
                    _ => continue,
                };
                if let Some(c) = self.judge(a, &words, up, &tokens, language)
                    && found.iter().all(|f| f.roles[2].1 != c.roles[2].1)
                {
                    found.push(c);
                }
            }
        }
        found
    }
}

impl Surpasses {
    fn judge(&self, a: &Analysis, words: &Range<usize>, up: bool, tokens: &Range<usize>, language: &Language) -> Option<Conflict> {
        if !acts(a, words, up) {
            return None;
        }
        let block = a.tokens_in(a.block(words.start).span);
        let before = tokens.start.checked_sub(1).filter(|i| block.contains(i)).map(|i| a.sentence(i));
        let from = before.clone().map_or(tokens.start, |b| b.start);
        if cue_in(a, &self.least, from..tokens.end) {
            return None;
        }
        let past = tokens.end.min(words.end + AHEAD);
        let stop = (words.end..past).find(|&i| mark(a, i) == Some(';')).unwrap_or(past);
        let other = a.mentions_in(words.end..stop).iter().find_map(figure).filter(|f| measured(f))?;
        let at = other.mention.tokens.0 as usize;
        // "beats it *by* 3 metres", « dépasse *de* 3 mètres »
        let by = |i: usize| language.cues.get("tie-by").at(a, i).is_some() || linked(a, i, language);
        if at <= words.end + 3 && (words.end..at).any(by) {
            return None;
        }
        let alike = |f: &Figure| f.same_unit(a, &other) || matches!((f.unit, other.unit), (Unit::Money(_), Unit::Money(_)));
        let all: Vec<Figure> = a.mentions_in(from..tokens.end).iter().filter_map(figure).filter(alike).collect();
        let [first, second] = all[..] else { return None };
        if second.mention.span != other.mention.span || first.mention.tokens.1 as usize > words.start {
            return None;
        }
        let (x, y) = aligned(&first, &other)?;
        let (x, y) = (x.written, y.written);
        let (least, most) = (x.min(y), x.max(y));
        let wrong = if up { x < y } else { x > y };
        if !wrong || least <= Ratio::ZERO || most.div(least)? > Ratio::whole(FAR) {
            return None;
        }
        let span = a.span(words.clone());
        let mut facets = Facets::default();
        let said = a.facets_at(span);
        facets.insert_if(said.contains(Facet::Negated) || negated(a, words.start), Facet::Negated);
        facets.insert_if(said.contains(Facet::Hypothetical) || first.mention.stance.hypothetical, Facet::Hypothetical);
        facets.insert_if(!first.amount.is_exact() || !other.amount.is_exact(), Facet::Approximate);
        facets.insert_if(first.mention.stance.quoted && other.mention.stance.quoted, Facet::Quoted);
        let roles = vec![("words", span), ("first", first.span(a)), ("other", other.span(a))];
        Some(Conflict { roles, values: Bindings::default(), facets })
    }
}

/// Whether a figure measures something of which more outdoes less.
fn measured(f: &Figure) -> bool {
    let counted = matches!(f.unit, Unit::Count(Some(_))) && f.amount.written >= Ratio::whole(20);
    matches!(f.unit, Unit::Money(_) | Unit::Measure(_) | Unit::Percent) || counted
}

/// Whether words tell what is done, and not what is meant to be or done by another: « pour dépasser », "was overtaken by".
fn acts(a: &Analysis, words: &Range<usize>, up: bool) -> bool {
    let at = a.chunks.partition_point(|c| c.tokens.1 as usize <= words.start);
    let verb = a.chunks.get(at).filter(|c| c.tokens.0 as usize <= words.start).map(|c| c.kind);
    // "top order": one word is a verb.
    let led = words.start > 0 && a.classes[words.start - 1].has(Class::Determiner);
    if words.len() == 1 && !matches!(verb, Some(ChunkKind::Verb(_))) && (led || !a.classes[words.start].has(Class::Noun)) {
        return false;
    }
    let passive = matches!(verb, Some(ChunkKind::Verb(v)) if v.passive);
    // « est devancé par » says of itself that it is less.
    // "does not overtake" is said, "to overtake" meant.
    let finite = matches!(verb, Some(ChunkKind::Verb(v)) if v.finite);
    !(passive && up) && (finite || !a.classes[words.start].has(Class::Infinitive))
}

/// Whether the verb that a token belongs to is denied.
fn negated(a: &Analysis, token: usize) -> bool {
    let at = a.chunks.partition_point(|c| c.tokens.1 as usize <= token);
    a.chunks.get(at).is_some_and(|c| matches!(c.kind, ChunkKind::Verb(v) if v.negated && c.tokens.0 as usize <= token))
}
