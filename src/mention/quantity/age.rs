//! Ages: lengths of time, and numbers alone, that the words around make the age of somebody.

use super::linked;
use crate::amount::Ratio;
use crate::analysis::{Analysis, Case, mark};
use crate::language::cut::is_hyphen;
use crate::language::grammar::{Class, Classes};
use crate::language::lexicon::{LemmaId, Pos};
use crate::language::numbers::Bound;
use crate::language::{Language, TokenKind};
use crate::mention::number::Number;
use crate::mention::word::is_first_name;

/// The end of an age and whether it is in years, where the words around a length of time make it one: « âgé de 34 ans »,
/// « Marie Dupont, 34 ans, », "34 years old", "34-year-old".
pub(super) fn age(a: &Analysis, n: &Number, past: usize, end: usize, language: &Language) -> Option<(usize, bool)> {
    let g = &language.numbers.ages;
    let start = n.tokens.start;
    let sentence = a.sentence(start);
    let last = a.lower(past - 1);
    // The unit is the last word, or what a hyphen parts from the rest.
    let is_unit = |w: &str| g.units.iter().any(|u| u == w);
    let years = is_unit(last) || last.split('-').any(is_unit);
    if last.split('-').next_back().is_some_and(|w| g.after.iter().any(|x| x == w)) {
        return Some((past, years));
    }
    let word = |i: usize| (i < end).then(|| a.lower(i));
    let from = past + usize::from(past < end && mark(a, past).is_some_and(is_hyphen));
    if let Some((len, ())) = g.after_phrases().at(from, word) {
        return Some((from + len, years));
    }
    if !years {
        return None;
    }
    let bound = n.bound.as_ref().map_or(start, |(words, _)| words.start.min(start));
    // « les 18-24 ans », « un jeune (18-24 ans) sur deux »
    if start >= sentence.start + 3
        && a.tokens[start].glued
        && mark(a, start - 1).is_some_and(is_hyphen)
        && a.tokens[start - 2].kind == TokenKind::Digits
        && (mark(a, start - 3) == Some('(') && mark(a, past.min(a.tokens.len() - 1)) == Some(')')
            || a.classes[start - 3].has(Class::Determiner))
    {
        return Some((past, true));
    }
    // « les plus de 60 ans »
    let over = n.bound.as_ref().is_some_and(|(_, b)| matches!(b, Bound::AtLeast | Bound::AtMost));
    let determined = |i: usize| a.classes[i].has(Class::Determiner) || language.grammar.definite.iter().any(|w| w == a.lower(i));
    if over && bound > sentence.start && determined(bound - 1) {
        return Some((past, true));
    }
    // « Anna, menuisière de 31 ans »
    let first_name = |i: usize| i >= sentence.start && a.tokens[i].kind == TokenKind::Word && is_first_name(a, i);
    if start >= sentence.start + 4
        && language.numbers.links.iter().any(|l| l == a.lower(start - 1))
        && n.tokens.len() == 1
        && a.classes[start - 2].has(Class::Noun)
        && mark(a, start - 3) == Some(',')
        && a.tokens[start - 4].case.is_capital()
        && (first_name(start - 4) || start >= 5 && first_name(start - 5))
    {
        return Some((past, true));
    }
    let before = |at: usize| g.before_phrases().before(at, |i| (i >= sentence.start).then(|| a.lower(i))).is_some();
    if before(start) || before(bound) {
        return Some((past, true));
    }
    // « l'aide-soignante de 31 ans »: only who is named in two genders has an age there.
    let holder = start >= sentence.start + 3 && linked(a, start - 1, language) && n.tokens.len() == 1;
    // « un jeune intérimaire »
    let determined = |i: usize| {
        let skip = usize::from(i > sentence.start && a.classes[i].has(Class::Adjective) && !a.classes[i].has(Class::Determiner));
        a.classes[i - skip].has(Class::Determiner)
    };
    // « ce Perpignanais de 25 ans »
    let demonym = || {
        let word = a.lower(start - 2);
        let ending = || {
            language.grammar.feminine_endings.iter().any(|(he, she)| word.ends_with(he.as_str()) || word.ends_with(she.as_str()))
        };
        a.tokens[start - 2].case == Case::Capitalised && !language.lexicon.contains(word) && ending()
    };
    if holder && (is_somebody(a, start - 2, language) || demonym()) && determined(start - 3) {
        return Some((past, true));
    }
    let comma = |i: usize| matches!(mark(a, i), Some(',' | '(' | ')'));
    let named = start >= sentence.start + 2
        && comma(start - 1)
        && a.tokens[start - 2].case.is_capital()
        && a.tokens[start - 2].kind == TokenKind::Word;
    // « Anna Morel, 33 ans est aussi … » lacks its comma.
    let goes_on = |i: usize| a.classes[i].has(Class::Auxiliary) || a.classes[i].within(Classes::of(Class::Verb));
    let closes = past >= end
        || mark(a, past).is_some_and(|c| matches!(c, ',' | '(' | ')' | '.' | ';' | '?' | '!'))
        || named && a.tokens[past].kind == TokenKind::Word && goes_on(past);
    let only = |at: usize| at > sentence.start && a.classes[at - 1].within(Classes::of(Class::Adverb));
    let phrase = |at: usize| g.final_phrases().before(at, |i| (i >= sentence.start).then(|| a.lower(i))).is_some();
    // « à seulement 20 ans », « il a à peine 4 ans »
    let barely =
        |at: usize| language.cues.get("barely").before(a, at, sentence.start).filter(|_| at > sentence.start).map(|len| at - len);
    // « il y a tout juste quatre ans »
    let owned = |at: usize| phrase(at) && !(at >= sentence.start + 2 && a.classes[at - 2].has(Class::Clitic));
    let carried = |at: usize| phrase(at) || only(at) && owned(at - 1) || barely(at).is_some_and(owned);
    (closes && (named || carried(start) || carried(bound))).then_some((past, true))
}

/// Within so many tokens a report of a match says what is played.
const MATCH: usize = 400;

/// The first token of an age without a unit: "aged 34", "age 87", "John Smith, 34,".
pub(super) fn age_before(a: &Analysis, n: &Number, language: &Language) -> Option<usize> {
    let g = &language.numbers.ages;
    let at = n.tokens.start;
    let sentence = a.sentence(at);
    // "aged 34", "aged over 19"
    let bound = n.bound.as_ref().map_or(at, |(words, _)| words.start.min(at));
    for from in [at, bound] {
        if let Some((len, ())) = g.alone_phrases().before(from, |i| (i >= sentence.start).then(|| a.lower(i))) {
            return Some(from - len);
        }
    }
    let years = n.amount.written.as_whole().is_some_and(|y| (1..=110).contains(&y));
    let closed = n.tokens.end >= sentence.end || mark(a, n.tokens.end).is_some_and(|c| !is_hyphen(c));
    let lived = g.at_phrases().before(at, |i| (i >= sentence.start).then(|| a.lower(i))).is_some();
    if years && closed && lived && n.bound.is_none() {
        return Some(at);
    }
    let comma = |i: usize| matches!(mark(a, i), Some(',' | '(' | ')'));
    let next = n.tokens.end;
    let named = at >= sentence.start + 3
        && (1..=2).all(|b| a.tokens[at - 1 - b].case == Case::Capitalised && a.tokens[at - 1 - b].kind == TokenKind::Word);
    // "Merrowby, 35, had": what is no word of the language is a name.
    let surname = at >= sentence.start + 2
        && a.tokens[at - 2].case == Case::Capitalised
        && a.tokens[at - 2].kind == TokenKind::Word
        && !language.lexicon.contains(a.lower(at - 2))
        && mark(a, at - 1) == Some(',')
        && mark(a, next.min(sentence.end - 1)) == Some(',');
    // "Slater, 35, is", "says King, 30, who": a word too, but no word stands so.
    let predicate = |i: usize| [Class::Verb, Class::Auxiliary, Class::Relative].iter().any(|c| a.classes[i].has(*c));
    // "The veteran film-maker, 68, won"
    let somebody = |lemma: LemmaId| language.grammar.ids.participants.contains(&lemma);
    let holder = |i: usize| {
        language.cues.get("function").before(a, i + 1, sentence.start).is_some()
            || a.readings(i).iter().any(|r| language.grammar.ids.participants.contains(&r.lemma))
            || a.lower(i).rsplit_once('-').is_some_and(|(_, last)| language.lexicon.readings(last).any(|(l, _)| somebody(l)))
    };
    // "flanker Merrow, 29, offers"
    let titled = || {
        let before =
            |i: usize| ["function", "civil-title"].iter().any(|set| language.cues.get(set).before(a, i, sentence.start).is_some());
        a.tokens[at - 2].case == Case::Capitalised && at >= sentence.start + 3 && before(at - 2)
    };
    let subject = at >= sentence.start + 2
        && (a.tokens[at - 2].case == Case::Capitalised || holder(at - 2))
        && mark(a, at - 1) == Some(',')
        && next + 1 < sentence.end
        && mark(a, next) == Some(',')
        && (predicate(next + 1) || titled());
    let named = named || (surname || subject) && n.amount.written >= Ratio::whole(10);
    // "Merrow (53)" scored so many where the story tells of wickets.
    let around = || at.saturating_sub(MATCH)..(at + MATCH).min(a.tokens.len());
    let scored = || mark(a, at - 1) == Some('(') && language.cues.get("cricket").stands_in(a, around());
    let named = named && !(g.bare && scored());
    (g.bare && years && n.is_bare() && named && comma(at - 1) && next < sentence.end && (comma(next) || mark(a, next) == Some('.')))
        .then_some(at)
}

/// Whether a noun is of a person: a participant, a function, a word of both genders, or one that has a form for each.
fn is_somebody(a: &Analysis, i: usize, language: &Language) -> bool {
    let adjective = a.classes[i].has(Class::Adjective);
    if a.tokens[i].kind != TokenKind::Word || !a.classes[i].has(Class::Noun) && !adjective {
        return false;
    }
    let lexicon = &language.lexicon;
    // « un restaurateur », « un intérimaire »
    let paired = |lemma: LemmaId| {
        language.grammar.feminine_endings.iter().any(|(he, she)| {
            let stem = a.lower(i).strip_suffix(he.as_str());
            stem.is_some_and(|stem| {
                let mut forms = lexicon.readings(&format!("{stem}{she}"));
                forms.any(|(l, tag)| l == lemma && (tag.pos() == Pos::Noun || adjective) && tag.feminine())
            })
        })
    };
    let someone = lexicon.readings(a.lower(i)).any(|(lemma, tag)| match tag.pos() {
        Pos::Noun => tag.masculine() && paired(lemma),
        Pos::Adjective => adjective && tag.masculine() && tag.feminine() && paired(lemma),
        _ => false,
    });
    if someone {
        return true;
    }
    let participant = a.readings(i).iter().any(|r| language.grammar.ids.participants.contains(&r.lemma));
    let mut nouns = language.lexicon.readings(a.lower(i)).filter(|(_, tag)| tag.pos() == Pos::Noun);
    participant
        || language.cues.get("function").at(a, i) == Some(1)
        || nouns.any(|(lemma, tag)| {
            tag.feminine() && !tag.masculine() && language.lexicon.lemma_text(lemma) != a.lower(i) && tag.singular()
        })
}
