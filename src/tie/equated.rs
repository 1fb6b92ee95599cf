//! Two figures that a story gives for one amount: « 5 miles (8 km) », « soit 8 km », "That is 8km", « ces 50 hectares ».

use std::ops::Range;

use super::figure::{Figure, cue_in, figure};
use crate::analysis::{Analysis, mark};
use crate::language::Language;
use crate::language::grammar::Class;

/// Two figures of one amount.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Equated<'a> {
    /// The figure that stands first.
    pub first: Figure<'a>,
    /// The same amount once more.
    pub second: Figure<'a>,
    /// Whether the second stands in brackets right after the first.
    pub bracketed: bool,
    /// Whether words say that the two are one; without them they are the only two of their kind near each other.
    pub told: bool,
}

/// How many words may stand between an amount and the words by which it is told again.
const BETWEEN: usize = 8;

/// How many figures stand at most between the two.
const BACK: usize = 6;

/// All pairs of a draft. `kind`: of which kind a figure is, where it is wanted; figures of different kinds are never one amount.
pub(crate) fn equated<'a, K: PartialEq>(a: &'a Analysis, kind: impl Fn(&Figure) -> Option<K>) -> Vec<Equated<'a>> {
    let all: Vec<(Figure, K)> = a.mentions.iter().filter_map(figure).filter_map(|f| Some((f, kind(&f)?))).collect();
    let mut found = Vec::new();
    for (j, (second, of)) in all.iter().enumerate() {
        let Some(language) = a.language(second.mention.tokens.0 as usize) else { continue };
        let alike = |f: &&(Figure, K)| f.1 == *of;
        let mut before = all[j.saturating_sub(BACK)..j].iter().rev().filter(alike);
        let Some((first, _)) = before.next() else { continue };
        let one = |s: u32| before.clone().all(|(f, _)| f.mention.sentence != s);
        let alone = || {
            let next = all[j + 1..].iter().find(|x| alike(x));
            one(first.mention.sentence) && next.is_none_or(|(f, _)| f.mention.sentence != second.mention.sentence)
        };
        let bracketed = bracketed(a, first, second);
        let same = first.mention.sentence == second.mention.sentence;
        let told = if same {
            bracketed || one(second.mention.sentence) && (again(a, first, second, language) || beside(a, first, second))
        } else {
            resumed(a, first, second, language) && alone()
        };
        let near = first.mention.block == second.mention.block && second.mention.sentence - first.mention.sentence < 2;
        if told || near && alone() {
            found.push(Equated { first: *first, second: *second, bracketed, told });
        }
    }
    found
}

/// A figure in brackets right after another: « 5 miles (environ 8 km) », "5 miles long (8km)".
fn bracketed(a: &Analysis, x: &Figure, y: &Figure) -> bool {
    let Some(open) = opening(a, y, |i| matches!(mark(a, i), Some('(' | '['))) else { return false };
    let between = x.tokens().end..open;
    let close = past(a, y);
    let closed = close < a.tokens.len() && matches!(mark(a, close), Some(')' | ']' | ',' | ';'));
    closed && between.start <= between.end && between.len() <= 2 && between.clone().all(|i| mark(a, i).is_none())
}

/// « 60 nœuds, soit 110 km/h », "50 miles, or about 80km,": said in one sentence to be the same.
fn again(a: &Analysis, x: &Figure, y: &Figure, language: &Language) -> bool {
    let start = x.tokens().end;
    let told = |i: usize| language.cues.get("told-again").before(a, i, start).is_some();
    let at = y.mention.tokens.0 as usize;
    let Some(link) = led(a, at, start, told) else { return false };
    let length = language.cues.get("told-again").before(a, link, start).unwrap_or(0);
    let gap = start..link.saturating_sub(length);
    // « soit 27 centimètres de plus »: a difference.
    let more = ["tie-more", "tie-less"].iter().any(|set| cue_in(a, set, past(a, y)..(past(a, y) + 3).min(a.sentence(at).end)));
    gap.start <= gap.end && gap.len() <= BETWEEN && plain(a, &gap) && ends(a, y) && !more
}

/// « 26 millions de francs CFA, près de 40 000 euros, »: set off by commas and blurred, as what is converted is.
fn beside(a: &Analysis, x: &Figure, y: &Figure) -> bool {
    let comma = |i: usize| mark(a, i) == Some(',');
    let close = past(a, y);
    let vague = x.amount.is_exact() && !y.amount.is_exact();
    vague && opening(a, y, comma) == Some(x.tokens().end) && close < a.tokens.len() && mark(a, close).is_some()
}

/// "That is 24F", « ces 50 hectares », « À cette allure, 37 km/h, »: the sentence after resumes the amount.
fn resumed(a: &Analysis, x: &Figure, y: &Figure, language: &Language) -> bool {
    let next = x.mention.sentence + 1 == y.mention.sentence;
    let at = y.mention.tokens.0 as usize;
    let sentence = a.sentence(at);
    if !next || x.mention.block != y.mention.block {
        return false;
    }
    let cues = &language.cues;
    let says = led(a, at, sentence.start, |i| cues.get("told-again-next").before(a, i, sentence.start).is_some());
    let opens = |i: usize| i <= sentence.start + BETWEEN + 2;
    if says.is_some_and(opens) && ends(a, y) {
        return true;
    }
    let this = led(a, at, sentence.start, |i| i > sentence.start && cues.get("tie-this").before(a, i, sentence.start).is_some());
    // "The 900 gallons or so": what follows is no noun that the measure qualifies.
    let the = || {
        let first = at.checked_sub(1).filter(|i| *i == sentence.start)?;
        language.grammar.definite.iter().any(|w| w == a.lower(first)).then_some(first)
    };
    let of = a.classes[past(a, y).min(a.tokens.len() - 1)].has(Class::Preposition);
    if this.is_some() || !of && the().is_some() {
        return bare(a, y);
    }
    let set_off = at > sentence.start + 2 && mark(a, at - 1) == Some(',') && mark(a, past(a, y)) == Some(',');
    set_off && at - sentence.start <= 6 && cue_in(a, "tie-this", sentence.start..sentence.start + 2)
}

/// The token of the opening word right before a figure, words that hedge it stepped over.
fn opening(a: &Analysis, y: &Figure, is: impl Fn(usize) -> bool) -> Option<usize> {
    let at = y.mention.tokens.0 as usize;
    let start = a.sentence(at).start;
    led(a, at, start, |i| i > start && is(i - 1)).map(|i| i - 1)
}

/// The first token of a figure with the words that hedge it, where what stands before is what is asked for.
fn led(a: &Analysis, at: usize, start: usize, is: impl Fn(usize) -> bool) -> Option<usize> {
    let hedge = |i: usize| {
        let c = a.classes[i];
        [Class::Adverb, Class::Determiner, Class::Preposition, Class::Adjective].iter().any(|k| c.has(*k)) || a.tokens[i + 1].glued
    };
    (0..=4).map_while(|n| at.checked_sub(n).filter(|&i| i >= start && (i..at).all(hedge))).find(|&i| is(i))
}

/// Whether nothing between two figures says that the second is of something else.
fn plain(a: &Analysis, gap: &Range<usize>) -> bool {
    gap.clone().all(|i| {
        let c = a.classes[i];
        let acts = c.has(Class::Verb) && !c.has(Class::Noun) && !c.has(Class::Adjective) && !c.has(Class::PastParticiple);
        !acts && !c.has(Class::Coordinator) && mark(a, i).is_none_or(|m| matches!(m, ',' | '-' | '–' | '—'))
    })
}

/// One past the last token of a figure and of the words that hedge it behind: « 57 km/h environ ».
fn past(a: &Analysis, y: &Figure) -> usize {
    let end = y.tokens().end;
    let sentence = a.sentence(y.mention.tokens.0 as usize);
    let hedge = end < sentence.end && mark(a, end).is_none() && a.classes[end].has(Class::Adverb);
    end + usize::from(hedge)
}

/// Whether a figure ends its part of the sentence.
fn ends(a: &Analysis, y: &Figure) -> bool {
    let (end, sentence) = (past(a, y), a.sentence(y.mention.tokens.0 as usize));
    end >= sentence.end || mark(a, end).is_some_and(|c| !c.is_alphanumeric()) || a.classes[end].has(Class::Coordinator) || {
        let c = a.classes[end];
        c.has(Class::Preposition) || c.has(Class::Relative) || c.has(Class::Adverb)
    }
}

/// Whether no noun stands behind a figure that it would measure: "the *5km* race".
fn bare(a: &Analysis, y: &Figure) -> bool {
    let (end, sentence) = (past(a, y), a.sentence(y.mention.tokens.0 as usize));
    let acts =
        [Class::Verb, Class::Auxiliary, Class::Modal, Class::Preposition, Class::Coordinator, Class::Relative, Class::Subject];
    end >= sentence.end || mark(a, end).is_some() || acts.iter().any(|k| a.classes[end].has(*k))
}
