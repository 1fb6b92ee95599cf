//! Whether the reader knows a set, and whether it is named whole.

use std::ops::Range;

use super::words::{classes, keys};
use crate::analysis::{Analysis, ChunkKind, mark};
use crate::language::Language;
use crate::language::grammar::Class;
use crate::language::members::{Members, Told};
use crate::mention::quantity::linked;

/// Whether a set is one that the reader knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    No,
    Yes,
    /// A noun before it holds it: what stands behind may be of that noun.
    Held,
}

/// Whether a determiner before the number says that the set is known: "*the* 14 passengers", « ces treize dépouilles ».
pub(super) fn determined(a: &Analysis, language: &Language, number: usize, start: usize) -> Known {
    let members: &Members = &language.members;
    // « *au moins* 14 »: its words bound the number.
    let bound = language.numbers.bounds.before(number, |i| (i >= start).then(|| a.lower(i))).map_or(0, |(len, _)| len);
    let Some(before) = number.checked_sub(1 + bound).filter(|&b| b >= start) else { return Known::No };
    // "*all* 27 families", « aucun *des* 53 voyageurs », "the party*'s* 17 members"
    let contracted = language.grammar.contractions.iter().any(|w| w == a.lower(before));
    if members.wholes.iter().any(|w| w == a.lower(before)) || contracted || a.is_clitic(before) {
        return Known::Yes;
    }
    // « le 4 », "that 14": a determiner of one is none of several.
    let one = |i: usize| !a.readings(i).is_empty() && a.readings(i).iter().all(|r| r.tag.singular() && !r.tag.plural());
    let definite = |i: usize| {
        let determiner = a.classes[i].has(Class::Determiner) && !a.classes[i].has(Class::Subordinator);
        determiner && (i != before || !one(i)) && language.grammar.definite.iter().any(|d| d == a.lower(i))
    };
    // "*the* 14", « ces quelque 14 »; "the group of 14", « l'estimation de 2 400 marcheurs »
    let article = |i: usize| i >= start && definite(i);
    let between = |i: usize| a.classes[i].has(Class::Adjective) || a.classes[i].has(Class::Adverb);
    if definite(before) || before > start && between(before) && article(before - 1) {
        return Known::Yes;
    }
    // « *Le butin*, trois cents flacons »: a definite group is told again with its number.
    if mark(a, before) == Some(',') && before >= start + 2 && before - start <= 3 && definite_group(a, language, start..before) {
        return Known::Yes;
    }
    let noun = before.checked_sub(1).filter(|&n| n > start && linked(a, before, language));
    let held = noun.is_some_and(|n| {
        keys(a, language, n).iter().any(|k| members.holds(k))
            && (article(n - 1) || n > start + 1 && between(n - 1) && article(n - 2))
    });
    if held { Known::Held } else { Known::No }
}

/// Whether a sentence opens with a definite noun that holds a number of members.
fn definite_group(a: &Analysis, language: &Language, tokens: Range<usize>) -> bool {
    let noun = tokens.end - 1;
    let contracted = language.grammar.contractions.iter().any(|w| w == a.lower(tokens.start));
    !contracted
        && language.grammar.definite.iter().any(|d| d == a.lower(tokens.start))
        && keys(a, language, noun).iter().any(|k| language.members.holds(k))
}

/// Whether others are taken of the set, which is named whole: "the last *of the 31 hostages*", « aucun *des neuf idiomes* ».
pub(super) fn whole(a: &Analysis, language: &Language, at: usize, named: bool) -> bool {
    let start = a.sentence(at).start;
    let contracted = |i: usize| language.grammar.contractions.iter().any(|w| w == a.lower(i)) && linked(a, i, language);
    let determiner = |i: usize| language.grammar.definite.iter().any(|d| d == a.lower(i));
    let all = at > start && language.members.wholes.iter().any(|w| w == a.lower(at - 1));
    // « parmi les dix-huit jeunes gens »; « parmi les dix » may be of anything.
    let among =
        named && at > start + 1 && determiner(at - 1) && language.cues.get("whole-before").before(a, at - 1, start).is_some();
    all || among || at > start && contracted(at - 1) || at > start + 1 && determiner(at - 1) && linked(a, at - 2, language)
}

/// "*All* seven of *the dead*": the noun of those of whom nobody is left out.
pub(super) fn all_of(a: &Analysis, language: &Language, number: &Range<usize>, sentence: Range<usize>) -> Option<usize> {
    let whole = number.start > sentence.start && language.members.wholes.iter().any(|w| w == a.lower(number.start - 1));
    let (link, determiner) = (number.end, number.end + 1);
    let of = whole && determiner + 1 < sentence.end && linked(a, link, language);
    let definite = of && language.grammar.definite.iter().any(|d| d == a.lower(determiner));
    if !definite {
        return None;
    }
    let at = a.chunks.partition_point(|c| c.tokens.1 as usize <= determiner);
    let group = a.chunks.get(at).filter(|c| matches!(c.kind, ChunkKind::Noun { .. }) && c.tokens.0 as usize <= determiner);
    // "the dead" is an adjective by itself.
    let next = determiner + 1;
    let alone = [Class::Adjective, Class::PastParticiple].iter().any(|c| a.classes[next].has(*c));
    group.map(|c| c.head as usize).filter(|h| *h > determiner).or_else(|| alone.then_some(next))
}

/// What the noun that a group hangs on says of its members: "*the deaths* of four men", « *l'arrestation* de six suspects ».
pub(super) fn deeds(a: &Analysis, language: &Language, number: usize, start: usize) -> Vec<u16> {
    let determiner = |i: usize| language.grammar.definite.iter().any(|d| d == a.lower(i));
    let contracted = |i: usize| language.grammar.contractions.iter().any(|w| w == a.lower(i));
    let Some(before) = number.checked_sub(1).filter(|&b| b > start) else { return Vec::new() };
    let link = if determiner(before) && !contracted(before) { before - 1 } else { before };
    if link <= start || !(linked(a, link, language) || contracted(link)) {
        return Vec::new();
    }
    classes(a, language, Told::Deed, link - 1, link)
}
