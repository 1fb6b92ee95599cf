//! The reading of a change: « passé de 200 à 250, soit une hausse de 25 % ». Several relations hold its parts against each other.

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Figure, Unit, cue_in, figure};
use crate::analysis::{Analysis, NumberRange};
use crate::mention::{Mention, Value};

/// The cue sets by which a change is read.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ChangeWords {
    /// Verbs and phrases that say that something grows.
    pub rising: String,
    /// Verbs and phrases that say that something shrinks.
    pub falling: String,
    /// What makes the two numbers of « de … à … » a start and an end, and no range: « passer », "from".
    pub passing: String,
    /// What says that a share is that of the change: « une hausse de », "an increase of", a sign.
    pub stated: String,
    /// What makes a share a rate: « par an », "a year".
    pub rate: String,
}

/// A number that became another.
pub(super) struct Change<'a> {
    pub range: &'a NumberRange,
    pub from: Figure<'a>,
    pub to: Figure<'a>,
    /// Whether a word makes the two numbers a start and an end, and no range.
    pub passing: bool,
    /// The word that gives the direction, and whether that is up.
    pub direction: Option<(std::ops::Range<usize>, bool)>,
}

impl ChangeWords {
    /// Every change in the draft, in its order.
    pub(super) fn changes<'a>(&self, a: &'a Analysis) -> Vec<Change<'a>> {
        // A score, 3-1, has no word that opens it.
        a.ranges.iter().filter(|r| !r.ordered && r.open < r.first.0).filter_map(|r| self.change(a, r)).collect()
    }

    fn change<'a>(&self, a: &'a Analysis, r: &'a NumberRange) -> Option<Change<'a>> {
        let at = |tokens: (u32, u32)| {
            let i = a.mentions.partition_point(|m| m.tokens.0 < tokens.0);
            a.mentions[i..].iter().take_while(|m| m.tokens.0 == tokens.0).find(|m| m.tokens == tokens)
        };
        let (mut from, to) = (figure(at(r.first)?)?, figure(at(r.second)?)?);
        // « de 5 à 7 % »: the unit of the second is meant for both.
        if matches!(from.unit, Unit::Count(None)) {
            from.unit = to.unit;
        }
        if !from.same_unit(a, &to) && !matches!((from.unit, to.unit), (Unit::Count(_), Unit::Count(_))) {
            return None;
        }
        if from.year_like(a) && to.year_like(a) {
            return None;
        }
        let open = r.open as usize;
        let start = a.sentence(open).start;
        let passing = a.language(open)?.cues.get(&self.passing);
        let passing = passing.before(a, open, start).is_some() || passing.at(a, open).is_some();
        let direction = self.direction(a, open, to.tokens().end);
        Some(Change { range: r, from, to, passing, direction })
    }

    /// The nearest word of direction in the clause before the numbers, else right after them.
    fn direction(&self, a: &Analysis, open: usize, after: usize) -> Option<(std::ops::Range<usize>, bool)> {
        let cues = &a.language(open)?.cues;
        let clause = a.clauses[a.clause(open)];
        let from = (clause.tokens.0 as usize).max(open.saturating_sub(12));
        let word = |i: usize, past: usize| {
            let up = cues.get(&self.rising).at(a, i).map(|len| (len, true));
            let (len, up) = up.or_else(|| cues.get(&self.falling).at(a, i).map(|len| (len, false)))?;
            (i + len <= past).then_some((i..i + len, up))
        };
        let before = (from..open).rev().find_map(|i| word(i, open));
        let end = a.sentence(open).end;
        before.or_else(|| (after..end.min(after + 3)).find_map(|i| word(i, end).filter(|(w, _)| w.len() > 1)))
    }

    /// The share of the change that is stated beside it: after the numbers, or between the verb and them.
    pub(super) fn stated<'a>(&self, a: &'a Analysis, change: &Change) -> Option<&'a Mention> {
        let sentence = a.sentence(change.range.open as usize);
        let cue = a.language(sentence.start)?.cues.get(&self.stated);
        let in_sentence = a.mentions_in(sentence.clone());
        let end = change.to.tokens().end;
        let figures = || in_sentence.iter().filter(|m| figure(m).is_some());
        let next = figures().find(|m| m.tokens.0 as usize >= end);
        if let Some(m) = next.filter(|m| matches!(m.value, Value::Percent(_) | Value::Points(_)))
            && (m.tokens.0 as usize - end) <= 8
            && cue.stands_in(a, end..m.tokens.0 as usize)
            && !cue_in(a, &self.rate, m.tokens.1 as usize..sentence.end.min(m.tokens.1 as usize + 3))
        {
            return Some(m);
        }
        // « a augmenté de 50 %, passant de 200 à 250 », "rose 50% from 200 to 250"
        let (direction, _) = change.direction.as_ref()?;
        let open = change.range.open as usize;
        let previous = figures().rfind(|m| m.tokens.1 as usize <= open)?;
        let near = open - previous.tokens.1 as usize <= 3
            && previous.tokens.0 as usize >= direction.end
            && previous.tokens.0 as usize <= direction.end + 2;
        (near && change.passing && matches!(previous.value, Value::Percent(_))).then_some(previous)
    }
}
