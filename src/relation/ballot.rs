//! Votes that are counted: how many were for, against, neither.

use std::ops::Range;

use super::figure::{Figure, Unit, cue_in, figure};
use super::scores;
use crate::amount::Ratio;
use crate::analysis::{Analysis, mark};
use crate::language::grammar::Class;

/// What a number of votes was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    For,
    Against,
    Neither,
}

/// A vote as one sentence counts it.
#[derive(Clone, Debug)]
pub(super) struct Ballot {
    pub tokens: Range<usize>,
    /// Those for, or those who won where `told` is false.
    pub ayes: Ratio,
    /// Those against, or those who lost.
    pub noes: Ratio,
    /// Whether the words say which is which: "12 for and 17 against"; else the larger number comes first: "by 17 votes to 12".
    pub told: bool,
}

/// Words behind a number that may say what it was for, at most.
const LABEL: usize = 8;

/// What the words between a number and the next say it was for.
pub(super) fn side(a: &Analysis, words: Range<usize>) -> Option<Side> {
    let cues = &a.language(words.start)?.cues;
    let end = words.end.min(words.start + LABEL);
    let closes = |i: usize| i >= end || mark(a, i).is_some() || a.classes[i].has(Class::Coordinator);
    (words.start..end).find_map(|i| {
        let stands = |set: &str| cues.get(set).at(a, i).filter(|len| i + len <= end);
        if stands("vote-neither").is_some() {
            Some(Side::Neither)
        } else if stands("vote-against").is_some() {
            Some(Side::Against)
        } else if stands("vote-for").is_some() || stands("vote-bare-for").is_some_and(|len| closes(i + len)) {
            Some(Side::For)
        } else {
            None
        }
    })
}

/// The votes of a draft.
pub(super) fn ballots(a: &Analysis) -> Vec<Ballot> {
    let counts: Vec<Figure> = a.mentions.iter().filter_map(figure).filter(|f| matches!(f.unit, Unit::Count(_))).collect();
    let mut found: Vec<Ballot> = Vec::new();
    for pair in counts.windows(2) {
        let [x, y] = pair else { continue };
        let here = x.mention.sentence == y.mention.sentence && x.amount.is_exact() && y.amount.is_exact();
        let gap = x.mention.tokens.1 as usize..y.mention.tokens.0 as usize;
        if !here || gap.is_empty() || gap.len() > LABEL + 3 {
            continue;
        }
        let (start, past) = (x.mention.tokens.0 as usize, y.mention.tokens.1 as usize);
        let next =
            counts.get(counts.partition_point(|f| (f.mention.tokens.0 as usize) < past)).map(|f| f.mention.tokens.0 as usize);
        let rest = past..next.unwrap_or(usize::MAX).min(a.sentence(start).end);
        let (ayes, noes) = (x.amount.written, y.amount.written);
        let ends = |end: usize| start..end;
        if let Some(sides) = (!rest.is_empty()).then(|| side(a, gap.clone()).zip(side(a, rest.clone()))).flatten() {
            match sides {
                (Side::For, Side::Against) => found.push(Ballot { tokens: ends(past + 1), ayes, noes, told: true }),
                (Side::Against, Side::For) => found.push(Ballot { tokens: ends(past + 1), ayes: noes, noes: ayes, told: true }),
                _ => {}
            }
        } else if compact(a, gap) {
            found.push(Ballot { tokens: ends(past), ayes, noes, told: false });
        }
    }
    found.extend(scores::scores(a).into_iter().filter(|s| voted(a, &s.tokens)).map(|s| {
        let n = |x: u32| Ratio::whole(i128::from(x));
        Ballot { tokens: s.tokens.clone(), ayes: n(s.first), noes: n(s.second), told: false }
    }));
    found
}

/// « 19 voix contre 8 », "24 votes to 29": a noun for votes, then what sets the other number against it.
fn compact(a: &Analysis, gap: Range<usize>) -> bool {
    let Some(language) = a.language(gap.start) else { return false };
    let noun = gap.clone().any(|i| language.cues.get("vote-noun").at(a, i).is_some());
    let link = language.cues.get("vote-to").before(a, gap.end, gap.start).is_some();
    noun && link && gap.len() <= 4
}

/// "voted 5-2", "in a 5-2 vote": what stands beside a score says that it is of votes.
fn voted(a: &Analysis, score: &Range<usize>) -> bool {
    let sentence = a.sentence(score.start);
    let around = score.start.saturating_sub(3).max(sentence.start)..(score.end + 1).min(sentence.end);
    cue_in(a, "vote-noun", around.clone()) || cue_in(a, "voted", around)
}
