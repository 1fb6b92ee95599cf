//! Matches: a draw, a win, the score at half-time and at the end.

use std::ops::Range;

use crate::analysis::{Analysis, mark};
use crate::document::BlockKind;
use crate::facet::Facets;
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::relation::Conflict;
use crate::relation::figure::{cue_in, find_cue};
use crate::relation::scores::{Score, scores};

/// Tokens between a score and the word that it belongs to, at most.
const NEAR: usize = 3;

/// Scores of one story, at most: a day of results is held against nothing.
const MOST: usize = 40;

/// The scores that are not what the words around them say.
pub(super) fn conflicts(a: &Analysis) -> Vec<Conflict> {
    let all: Vec<Score> = scores(a).into_iter().filter(|s| !votes(a, s)).collect();
    if all.is_empty() || all.len() > MOST {
        return Vec::new();
    }
    let mut found: Vec<Conflict> =
        all.iter().filter_map(|s| drawn(a, s).or_else(|| decided(a, s)).or_else(|| goalless(a, s))).collect();
    found.extend(sets(a, &all));
    found.extend(super::margin::margins(a, &all));
    found.extend(halves(a, &all));
    found.extend(above(a, &all));
    found
}

pub(super) fn conflict(a: &Analysis, result: Range<usize>, score: &Range<usize>) -> Conflict {
    Conflict {
        roles: vec![("result", a.span(result)), ("count", a.span(score.clone()))],
        values: Bindings::default(),
        facets: Facets::default(),
    }
}

/// Whether the numbers are votes.
fn votes(a: &Analysis, s: &Score) -> bool {
    ["vote-noun", "voted"].iter().any(|set| cue_in(a, set, a.sentence(s.tokens.start)))
}

/// The cue right before a score or right behind it, with nothing of another score between.
fn beside(a: &Analysis, s: &Score, set: &str) -> Option<Range<usize>> {
    let sentence = a.sentence(s.tokens.start);
    let cue = a.language(s.tokens.start)?.cues.get(set);
    let clear = |i: usize| a.tokens[i].kind != TokenKind::Digits && !matches!(mark(a, i), Some(';' | ':' | '.'));
    let from = (s.tokens.start.saturating_sub(NEAR + 3).max(sentence.start)..s.tokens.start).rev().take_while(|&i| clear(i)).last();
    let before = from.and_then(|from| {
        let found = (from..s.tokens.start).rev().find_map(|i| cue.at(a, i).map(|len| i..i + len));
        found.filter(|f| f.end <= s.tokens.start && s.tokens.start - f.end <= NEAR)
    });
    let after = || {
        let past = (s.tokens.end + NEAR).min(sentence.end);
        let found = (s.tokens.end..past)
            .take_while(|&i| clear(i) && mark(a, i) != Some(','))
            .find_map(|i| cue.at(a, i).map(|len| i..i + len));
        found.filter(|f| f.end <= sentence.end)
    };
    before.or_else(after)
}

/// Whether the score is not that of the end, or not of the match alone.
fn other_stage(a: &Analysis, s: &Score) -> bool {
    let sentence = a.sentence(s.tokens.start);
    let near = s.tokens.start.saturating_sub(6).max(sentence.start)..(s.tokens.end + 4).min(sentence.end);
    cue_in(a, "half-time", sentence.clone()) || cue_in(a, "shoot-out", sentence) || cue_in(a, "score-until", near)
}

/// « un match nul 2-1 »: a draw with more on one side.
fn drawn(a: &Analysis, s: &Score) -> Option<Conflict> {
    let draw = beside(a, s, "score-draw").filter(|_| s.first != s.second && !other_stage(a, s))?;
    Some(conflict(a, draw, &s.tokens))
}

/// "won 2-2": a win with as many on both sides.
fn decided(a: &Analysis, s: &Score) -> Option<Conflict> {
    if s.first != s.second || other_stage(a, s) || cue_in(a, "score-draw", a.sentence(s.tokens.start)) {
        return None;
    }
    let word = beside(a, s, "score-won").or_else(|| beside(a, s, "score-lost"))?;
    Some(conflict(a, word, &s.tokens))
}

/// "Neither side could score … the 1-1 draw".
fn goalless(a: &Analysis, s: &Score) -> Option<Conflict> {
    let word = find_cue(a, "goalless", a.sentence(s.tokens.start))?;
    // "the 1-1 draw", « (1-0) »: it is the match that the sentence tells of.
    let known = s.tokens.start.checked_sub(1).is_some_and(|i| {
        mark(a, i) == Some('(') || a.language(i).is_some_and(|l| l.grammar.definite.iter().any(|d| d == a.lower(i)))
    });
    (known && s.first + s.second > 0 && !other_stage(a, s)).then(|| conflict(a, word, &s.tokens))
}

/// "won 6-4, 3-6, 5-7": the winner is told first, and wins more sets than are lost.
fn sets(a: &Analysis, all: &[Score]) -> Vec<Conflict> {
    // "6-7 (3-7) 6-3 6-3": a tie-break belongs to its set.
    let bracketed = |s: &&Score| s.tokens.start.checked_sub(1).is_some_and(|i| mark(a, i) == Some('('));
    let breaks = |s: &&Score| bracketed(s) && all.iter().any(|o| o.tokens.end + 1 == s.tokens.start);
    let all: Vec<&Score> = all.iter().filter(|s| !breaks(s)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let run = 1 + all[at..].windows(2).take_while(|w| follows(a, w[0], w[1])).count();
        let list = &all[at..at + run];
        at += run;
        let is_set = |s: &&Score| s.first != s.second && s.sorted().0 >= 6 && s.sorted().0 <= 30;
        let won = list.iter().filter(|s| s.first > s.second).count();
        if run < 2 || !list.iter().all(is_set) {
            continue;
        }
        found.extend(super::margin::set_count(a, list));
        if 2 * won > run {
            continue;
        }
        let (first, last) = (list[0], list[run - 1]);
        let block = a.tokens_in(a.block(first.tokens.start).span);
        let from = a.sentence(a.sentence(first.tokens.start).start.saturating_sub(1).max(block.start)).start;
        let around = from..a.sentence(last.tokens.start).end;
        if ["score-lost", "score-until", "shoot-out"].iter().any(|set| cue_in(a, set, around.clone())) {
            continue;
        }
        if let Some(word) = find_cue(a, "score-won", around) {
            found.push(conflict(a, word, &(first.tokens.start..last.tokens.end)));
        }
    }
    found
}

/// Whether a score is the next set: only a comma, a word that joins or a tie-break stands between.
fn follows(a: &Analysis, one: &Score, next: &Score) -> bool {
    let gap = one.tokens.end..next.tokens.start;
    let inner = |i: usize| {
        mark(a, i).is_some_and(|c| ",()-–".contains(c))
            || a.tokens[i].kind == TokenKind::Digits
            || a.classes[i].has(crate::language::grammar::Class::Coordinator)
    };
    gap.len() <= 7 && gap.into_iter().all(inner) && a.tokens[one.tokens.start].sentence == a.tokens[next.tokens.start].sentence
}

/// The score at half-time, which the end cannot undo.
fn halves(a: &Analysis, all: &[Score]) -> Option<Conflict> {
    let mut values: Vec<(u32, u32)> = all.iter().map(Score::sorted).collect();
    values.sort_unstable();
    values.dedup();
    let [_, _] = values[..] else { return None };
    let half = all.iter().find(|s| beside(a, s, "half-time").is_some())?;
    let end = all.iter().find(|s| s.sorted() != half.sorted() && beside(a, s, "half-time").is_none())?;
    if all.iter().filter(|s| beside(a, s, "half-time").is_some()).any(|s| s.sorted() != half.sorted()) {
        return None;
    }
    let ((most, least), (had, behind)) = (end.sorted(), half.sorted());
    let told = |s: &Score, set: &str| cue_in(a, set, a.sentence(s.tokens.start));
    // « Menés 2-0 à la pause, … la victoire (3-1) »: whoever turns a match round has let in no fewer than at half-time.
    let one = a.tokens[half.tokens.start].sentence == a.tokens[end.tokens.start].sentence;
    let turned = one && (told(half, "score-trailing") && told(end, "score-won") && !told(end, "score-lost"));
    let broken = most < had || least < behind || turned && had > least;
    (broken && !told(end, "shoot-out")).then(|| conflict(a, half.tokens.clone(), &end.tokens))
}

/// The score of the headline, where the story tells one other.
fn above(a: &Analysis, all: &[Score]) -> Option<Conflict> {
    let kind = |s: &Score| a.kind(s.tokens.start);
    let (above, below): (Vec<&Score>, Vec<&Score>) =
        all.iter().partition(|s| matches!(kind(s), BlockKind::Headline | BlockKind::Standfirst));
    let [above] = above[..] else { return None };
    let first = below.iter().find(|s| kind(s).is_running() && !other_stage(a, s))?;
    let same = below.iter().any(|s| s.sorted() == above.sorted());
    let one = below.iter().all(|s| s.sorted() == first.sorted());
    // One of the two numbers says that it is the same match.
    let near = (above.sorted().0 == first.sorted().0) != (above.sorted().1 == first.sorted().1);
    let ended = ["score-won", "score-lost", "score-draw"].iter().any(|set| beside(a, first, set).is_some())
        || first.tokens.start.checked_sub(1).and_then(|i| mark(a, i)) == Some('(');
    (!same && one && near && ended && !other_stage(a, above)).then(|| conflict(a, above.tokens.clone(), &first.tokens))
}
