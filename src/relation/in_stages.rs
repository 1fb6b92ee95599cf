//! What comes first in the nature of things is dated first: the theft before the arrest, the doors before the first song.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::event::{Dated, How, Words, dated};
use super::figure::{cue_in, find_cue};
use super::moment::{At, Grain, Moment};
use super::names::SetName;
use super::support::tells;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, ThingId, Value};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::Language;
use crate::span::Span;

/// `in-stages`: no stage of what happens in an order is dated before one that it follows.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct InStages {
    /// Chains of stages.
    pub chains: Vec<Chain>,
    /// The cue set of verbs that only say that something takes place: « survenir », "occur".
    #[schemars(with = "SetName")]
    pub light: String,
    /// The cue set of words before a stage that say what follows it: "after the service".
    #[schemars(with = "SetName")]
    pub behind: String,
    /// The cue set of words for one more of a kind: "again", « nouveau », "earlier".
    #[schemars(with = "SetName")]
    pub anew: String,
    /// The cue set of words that put one day in the place of another.
    #[schemars(with = "SetName")]
    pub moved: String,
}

/// Stages of one kind of story.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Chain {
    /// The cue sets of words for each stage, in their order.
    #[schemars(with = "Vec<SetName>")]
    pub stages: Vec<String>,
    /// In what the stages are dated.
    pub of: Of,
    /// What lies further apart is of two stories: days, or minutes of hours.
    pub within: i64,
    /// Why two stages are of one.
    pub join: Join,
}

/// In what stages are dated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    Hours,
    Days,
}

/// Why two stages are of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Join {
    /// A story has one of each.
    Story,
    /// They are said of one thing.
    Thing,
}

impl Relation for InStages {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "dated", "then", "earlier"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Hypothetical, Facet::Revised]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let all = dated(a);
        if all.len() < 2 {
            return Vec::new();
        }
        self.chains.iter().flat_map(|chain| self.chain(a, chain, &all)).collect()
    }
}

/// A stage that is dated.
struct Stage<'a> {
    rank: usize,
    moment: Moment<'a>,
    words: Range<usize>,
    thing: Option<ThingId>,
    supposed: bool,
}

impl InStages {
    fn chain(&self, a: &Analysis, chain: &Chain, all: &[Dated]) -> Vec<Conflict> {
        let stages: Vec<Stage> = all.iter().filter_map(|d| self.stage(a, chain, d)).take(MOST + 1).collect();
        // A chronicle of many such stories has no one order.
        if stages.len() > MOST {
            return Vec::new();
        }
        let mut found: Vec<Conflict> = Vec::new();
        for then in &stages {
            let earlier = |x: &Stage| before(&then.moment, &x.moment);
            let firsts = || stages.iter().filter(|x| x.rank < then.rank && self.one(a, chain, x, then));
            // Where any of the first stage lies before, all is well.
            let all_later = firsts().all(|x| earlier(x).is_some_and(|n| n > 0));
            let nearest = firsts().min_by_key(|x| x.words.start.abs_diff(then.words.start));
            let rival = nearest.filter(|x| all_later && earlier(x).is_some_and(|n| n <= chain.within));
            if let Some(x) = rival {
                found.push(self.conflict(a, x, then));
            }
        }
        found.truncate(1);
        found
    }

    /// Which stage a moment dates.
    fn stage<'a>(&self, a: &Analysis, chain: &Chain, d: &Dated<'a>) -> Option<Stage<'a>> {
        let hour = matches!(d.moment.at, At::Clock(_));
        let fine = d.moment.grain().is_none_or(|g| g != Grain::Year || chain.within > YEAR);
        if hour != (chain.of == Of::Hours) || !fine || !tells(a.kind(d.moment.token())) {
            return None;
        }
        let rank = |tokens: Range<usize>| {
            let cue = |(rank, set): (usize, &String)| find_cue(a, set, tokens.clone()).map(|words| (rank, words));
            chain.stages.iter().enumerate().rev().find_map(cue)
        };
        let light = |w: &Words| chain.of == Of::Hours || cue_in(a, &self.light, w.reach(a));
        let of = |w: &Words| rank(w.reach(a)).or_else(|| w.subject(a).filter(|_| light(w)).and_then(rank));
        let (rank, words, w) = d.words.iter().find_map(|w| of(w).map(|(rank, words)| (rank, words, w)))?;
        // "after the service": what follows it.
        let first = w.tokens.start;
        let behind = |l: &Language| l.cues.get(&self.behind).before(a, first, a.sentence(first).start).is_some();
        let follows = matches!(w.how, How::Noun { .. }) && rank + 1 < chain.stages.len() && a.language(first).is_some_and(behind);
        let rank = rank + usize::from(follows);
        let s = a.sentence(words.start);
        let near = words.start.saturating_sub(NEAR).max(s.start)..(words.end + NEAR).min(s.end);
        let denied = matches!(a.chunks[w.chunk].kind, crate::analysis::ChunkKind::Verb(v) if v.negated);
        let supposed = matches!(w.how, How::Verb(crate::language::grammar::Tense::Conditional));
        let thing = a.said_of(w.tokens.clone());
        (!cue_in(a, &self.anew, near) && !denied).then_some(Stage { rank, moment: d.moment, words, thing, supposed })
    }

    /// Whether two stages are of one story.
    fn one(&self, a: &Analysis, chain: &Chain, x: &Stage, y: &Stage) -> bool {
        let days = |s: &Stage| {
            let sentence = a.sentence(s.words.start);
            let days = a.mentions_in(sentence).iter().filter_map(|m| match &m.value {
                Value::Weekday(w) => Some(*w),
                Value::Date(d) => d.resolved.filter(|_| d.day.is_some() || d.month.is_none()).map(jiff::civil::Date::weekday),
                _ => None,
            });
            days.collect::<Vec<_>>()
        };
        match (chain.join, chain.of) {
            (Join::Thing, _) => x.thing.is_some() && x.thing == y.thing,
            (Join::Story, Of::Days) => true,
            (Join::Story, Of::Hours) => {
                let (p, q) = (days(x), days(y));
                p.is_empty() || q.is_empty() || p == q
            }
        }
    }

    fn conflict(&self, a: &Analysis, x: &Stage, y: &Stage) -> Conflict {
        let mut facets = Facets::default();
        let quoted = x.moment.mention.stance.quoted || y.moment.mention.stance.quoted;
        facets.insert_if(quoted, Facet::Quoted);
        facets.insert_if(x.supposed || y.supposed, Facet::Hypothetical);
        let revised = |s: &Stage| cue_in(a, &self.moved, a.sentence(s.words.start));
        facets.insert_if(revised(x) || revised(y), Facet::Revised);
        let span = |s: &Stage| a.span(s.words.clone());
        let day = |s: &Stage| -> Span { s.moment.mention.span };
        let roles = vec![("first", span(x)), ("dated", day(x)), ("then", span(y)), ("earlier", day(y))];
        Conflict { roles, values: Bindings::default(), facets }
    }
}

/// Stages of one story, at most.
const MOST: usize = 32;
/// Tokens around a stage in which words make it another of its kind.
const NEAR: usize = 5;
/// Days of a year: stages that lie further apart may be dated by the year.
const YEAR: i64 = 365;

/// How many days or minutes a moment lies before another, at the least.
fn before(x: &Moment, y: &Moment) -> Option<i64> {
    match (x.at, y.at) {
        (At::Clock(p), At::Clock(q)) => Some(q - p),
        _ => x.days_to(y).map(|(least, _)| least),
    }
}
