//! Figures that follow each other as the parts of a list do.

use std::ops::Range;

use crate::analysis::{Analysis, Mention, mark};
use crate::language::grammar::Class;
use crate::relation::figure::{Figure, Unit, figure};

/// A list of parts.
#[derive(Clone, Debug)]
pub(super) struct Run<'a> {
    pub parts: Vec<Figure<'a>>,
    /// The tokens that join the last part.
    pub joint: Range<usize>,
    /// One past the last token of the last part.
    pub end: usize,
}

/// Words of one part, at most.
const PART: usize = 10;

/// All lists of a draft.
pub(super) fn runs<'a>(a: &'a Analysis<'_>) -> Vec<Run<'a>> {
    let figures: Vec<Figure> = a.mentions.iter().filter_map(figure).filter(|f| !f.year_like(a)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < figures.len() {
        let run = run(a, &figures[at..]);
        at += run.as_ref().map_or(1, |r| r.parts.len());
        found.extend(run);
    }
    found
}

fn run<'a>(a: &'a Analysis<'_>, figures: &[Figure<'a>]) -> Option<Run<'a>> {
    let mut parts: Vec<Figure> = Vec::new();
    let mut joint = 0..0;
    for f in figures {
        if matches!(f.unit, Unit::Percent | Unit::Points | Unit::Time(_)) {
            break;
        }
        if let Some(l) = parts.last() {
            let gap = l.mention.tokens.1 as usize..f.mention.tokens.0 as usize;
            let Some(found) = (l.mention.sentence == f.mention.sentence).then(|| joins(a, gap)).flatten() else { break };
            joint = found;
        }
        parts.push(*f);
    }
    let last = parts.last().filter(|_| parts.len() > 1)?;
    let end = end(a, last.mention)?;
    Some(Run { parts, joint, end })
}

/// The tokens between two numbers that join the second part to the first, where nothing else stands there but the rest of a part.
fn joins(a: &Analysis, gap: Range<usize>) -> Option<Range<usize>> {
    let joins = |i: usize| matches!(mark(a, i), Some(',' | ';')) || is_coordinator(a, i);
    let joint = gap.clone().rev().find(|&i| !joins(i)).map_or(gap.start, |i| i + 1)..gap.end;
    let words = gap.start..joint.start;
    let fits = !joint.is_empty() && (1..=PART).contains(&words.len()) && words.into_iter().all(|i| plain(a, i));
    fits.then_some(joint)
}

/// Whether a token is a word that joins.
pub(super) fn is_coordinator(a: &Analysis, i: usize) -> bool {
    a.classes.get(i).is_some_and(|c| c.has(Class::Coordinator))
}

/// Whether a token may stand in a part.
fn plain(a: &Analysis, i: usize) -> bool {
    within(mark(a, i)) && !a.classes[i].has(Class::Coordinator) && !a.classes[i].has(Class::Relative)
}

/// Whether a mark may stand in a part.
fn within(mark: Option<char>) -> bool {
    mark.is_none_or(|c| matches!(c, '\'' | '’' | '-' | '‑'))
}

/// One past the last token of the last part; what stands too far behind, or is joined to the part, is no part of the list.
fn end(a: &Analysis, last: &Mention) -> Option<usize> {
    let (from, past) = (last.tokens.1 as usize, a.sentence(last.tokens.0 as usize).end);
    let end = (from..past).find(|&i| !within(mark(a, i))).unwrap_or(past);
    (from..end).all(|i| plain(a, i)).then_some(end)
}
