//! By how much a match was won, and in how many sets: "a two-goal win" is one of 3-1, « en deux manches » none of 6-4, 3-6, 6-2.

use std::ops::Range;

use super::matched::conflict;
use crate::amount::Ratio;
use crate::analysis::{Analysis, mark};
use crate::language::{Language, TokenKind};
use crate::relation::Conflict;
use crate::relation::figure::{Figure, Unit, cue_in, figure, find_cue};
use crate::relation::scores::Score;

/// Words between a margin and the noun that makes it one, at most.
const NEAR: usize = 3;

/// The margins that are not those of the one score around them.
pub(super) fn margins(a: &Analysis, all: &[Score]) -> Vec<Conflict> {
    let told = |s: &crate::analysis::Sentence| {
        let tokens = s.start as usize..s.end as usize;
        let language = a.language(tokens.start)?;
        let (margin, words) = margin(a, tokens.clone(), language)?;
        let around = around(a, &tokens);
        let near: Vec<&Score> = all.iter().filter(|s| around.contains(&s.tokens.start)).collect();
        let first = near.first()?;
        let one = near.iter().all(|s| s.sorted() == first.sorted());
        let stages =
            ["half-time", "shoot-out", "score-until", "score-margin-other"].iter().any(|set| cue_in(a, set, around.clone()));
        let (most, least) = first.sorted();
        let wrong = margin != Ratio::whole(i128::from(most - least)) && most != least;
        (one && !stages && wrong).then(|| conflict(a, words, &first.tokens))
    };
    a.sentences.iter().filter(|_| !all.is_empty()).filter_map(told).collect()
}

/// The sentence with those beside it in its block.
fn around(a: &Analysis, tokens: &Range<usize>) -> Range<usize> {
    let block = a.tokens_in(a.block(tokens.start).span);
    let from = tokens.start.checked_sub(1).filter(|i| block.contains(i)).map_or(tokens.start, |i| a.sentence(i).start);
    let to = if block.contains(&tokens.end) { a.sentence(tokens.end).end } else { tokens.end };
    from..to
}

/// The one margin that a sentence tells, and its words: "a *two-goal* win", "won *by 12 points*", « avec *trois buts d'écart* ».
fn margin(a: &Analysis, sentence: Range<usize>, language: &Language) -> Option<(Ratio, Range<usize>)> {
    let cues = &language.cues;
    let unit = |i: usize| cues.get("margin-unit").at(a, i).is_some();
    let within = |from: usize| (from..sentence.end.min(from + NEAR)).find(|&i| cues.get("margin-noun").at(a, i).is_some());
    let mut found = None;
    for i in sentence.clone() {
        let told = hung(a, i, &sentence, language).and_then(|n| within(i + 1).map(|noun| (n, i..noun + 1))).or_else(|| {
            let f = a.mentions_in(i..i + 1).iter().find(|m| m.tokens.0 as usize == i).and_then(figure)?;
            let Unit::Count(Some(head)) = f.unit else { return None };
            let by = i > sentence.start && cues.get("margin-by").before(a, i, sentence.start).is_some();
            let apart = cues.get("margin-apart").at(a, head + 1).filter(|len| head + 1 + len <= sentence.end);
            let plain = unit(head) && f.amount.is_exact() && (by || apart.is_some());
            plain.then(|| (f.amount.written, i..head + 1 + apart.unwrap_or(0)))
        });
        if let Some(told) = told {
            if found.is_some() {
                return None;
            }
            found = Some(told);
        }
    }
    found
}

/// "*two-goal*": the number that a hyphen joins to what is scored.
fn hung(a: &Analysis, i: usize, sentence: &Range<usize>, language: &Language) -> Option<Ratio> {
    let unit = |word: &str| language.cues.get("margin-unit").phrases.at(0, |n| (n == 0).then_some(word)).is_some();
    if a.tokens[i].kind == TokenKind::Word {
        let last = a.lower(i).rsplit_once('-').map(|(_, last)| last).filter(|last| unit(last))?;
        let n = crate::mention::number::read(a, i, sentence.end, &language.numbers)?;
        return (!last.is_empty() && n.cut.is_some() && n.tokens.end == i + 1).then_some(n.amount.written);
    }
    let joined = a.tokens[i].kind == TokenKind::Digits
        && i + 2 < sentence.end
        && a.tokens[i + 1].glued
        && mark(a, i + 1) == Some('-')
        && a.tokens[i + 2].glued
        && unit(a.lower(i + 2));
    joined.then(|| a.lower(i).parse().ok().map(Ratio::whole))?
}

/// How many sets words tell of a list of them: « en deux manches, 6-4, 3-6, 6-2 », "in straight sets".
pub(super) fn set_count(a: &Analysis, list: &[&Score]) -> Option<Conflict> {
    let (first, last) = (list.first()?, list.last()?);
    let sentence = a.sentence(first.tokens.start);
    let language = a.language(sentence.start)?;
    let count = first.tokens.start..last.tokens.end;
    let won = list.iter().filter(|s| s.first > s.second).count();
    if let Some(word) = find_cue(a, "straight-sets", sentence.clone()).filter(|_| won > 0 && won < list.len()) {
        return Some(conflict(a, word, &count));
    }
    let of_sets = |f: &Figure| matches!(f.unit, Unit::Count(Some(h)) if language.cues.get("set-noun").at(a, h).is_some());
    let counted: Vec<Figure> = a.mentions_in(sentence.clone()).iter().filter_map(figure).filter(of_sets).collect();
    let [f] = counted[..] else { return None };
    let at = f.mention.tokens.0 as usize;
    let led = language.cues.get("in-so-many").before(a, at, sentence.start).is_some();
    let wrong = f.amount.is_exact() && f.amount.written != Ratio::whole(list.len() as i128) && f.amount.written > Ratio::ONE;
    (led && wrong).then(|| conflict(a, f.tokens(), &count))
}
