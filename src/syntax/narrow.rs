//! From every reading that the lexicon allows to those that the neighbours leave, in one pass.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::analysis::{Analysis, Case, Reading, TokenKind};
use crate::language::grammar::{Class, Classes, Disambiguation};
use crate::language::lexicon::{LemmaId, Pos, Tag, VerbForm};
use crate::language::numbers::NumberWord;
use crate::language::{Lang, Language, Opens};
use crate::text::{mark, opens_quotation};

/// Fills [`Analysis::classes`] and [`Analysis::readings`].
pub(super) fn narrow(a: &mut Analysis) {
    let languages = a.languages;
    let mut readings: Vec<Reading> = Vec::with_capacity(2 * a.tokens.len());
    // A draft says most of its words more than once.
    let mut met: HashMap<(Lang, &str), Word> = HashMap::with_capacity(a.tokens.len() / 2);
    let (mut classes, mut places) = (Vec::with_capacity(a.tokens.len()), Vec::with_capacity(a.tokens.len()));
    for i in 0..a.tokens.len() {
        let start = readings.len();
        let (mut own, mut opens) = (Classes::default(), Opens::default());
        if let Some(language) = languages.get(a.lang(i)) {
            if a.tokens[i].kind == TokenKind::Word {
                let lower = a.lower(i);
                let word = match met.entry((a.lang(i), lower)) {
                    Entry::Occupied(known) => {
                        let word = *known.get();
                        readings.extend_from_within(word.start..word.start + word.len);
                        word
                    }
                    Entry::Vacant(new) => *new.insert(look_up(lower, language, &mut readings)),
                };
                (own, opens) = (class(a, i, &word), word.opens);
            } else if a.tokens[i].kind == TokenKind::Digits {
                own = Classes::of(Class::Numeral);
            }
        }
        classes.push(own);
        places.push((start, readings.len() - start, opens));
    }
    drop(met);
    for (token, (start, len, opens)) in a.tokens.iter_mut().zip(places) {
        (token.readings_start, token.readings_len, token.opens) = (start as u32, len as u16, opens);
    }
    a.decided = vec![0; classes.len()];
    (a.classes, a.readings) = (classes, readings);
    for s in 0..a.sentences.len() {
        let (start, end) = (a.sentences[s].start as usize, a.sentences[s].end as usize);
        let Some(language) = languages.get(a.lang(start)) else { continue };
        for i in start..end {
            if a.classes[i].0.count_ones() > 1
                && let Some((rule, left)) = decide(a, i, start, end, &language.grammar.disambiguation)
            {
                (a.classes[i], a.decided[i]) = (left, rule);
            }
            keep_readings(a, i, language);
        }
    }
}

/// What a word may be before its neighbours are heard.
pub(crate) fn possible(a: &Analysis, i: usize) -> Classes {
    match (a.language(i), a.tokens[i].kind) {
        (Some(language), TokenKind::Word) => class(a, i, &look_up(a.lower(i), language, &mut Vec::new())),
        _ => a.classes[i],
    }
}

/// What a word is wherever it stands.
#[derive(Clone, Copy)]
struct Word {
    /// Where its readings stand when it is first met, and how many.
    start: usize,
    len: usize,
    /// The classes of its readings.
    classes: Classes,
    /// Whether they are all that it can be, capital or not.
    closed: bool,
    opens: Opens,
}

/// Appends the readings of a word and gives what it is.
fn look_up(lower: &str, language: &Language, readings: &mut Vec<Reading>) -> Word {
    let grammar = &language.grammar;
    let start = readings.len();
    let mut classes = Classes::default();
    for (lemma, tag) in language.lexicon.readings(lower) {
        classes.0 |= classes_of(language, lemma, tag).0;
        readings.push(Reading { lemma, tag });
    }
    if let Some(&lemma) = grammar.ids.contracted.get(lower) {
        readings.push(Reading { lemma, tag: Tag::new(Pos::Verb) });
    }
    let word = |classes: Classes, closed: bool| Word {
        start,
        len: readings.len() - start,
        classes,
        closed,
        opens: language.opens(lower, &readings[start..]),
    };
    if let Some(closed) = grammar.closed(lower) {
        return word(closed, true);
    }
    match language.numbers.word(lower.split('-').next().unwrap_or(lower)) {
        // « neuf », "one": before anything else a number.
        Some(NumberWord::Unit(_) | NumberWord::Ten { .. } | NumberWord::Hundred) => return word(Classes::of(Class::Numeral), true),
        Some(NumberWord::Scale(n)) if n <= 1000 || !grammar.head_first => return word(Classes::of(Class::Numeral), true),
        Some(NumberWord::Scale(_) | NumberWord::Fraction(..)) => classes.insert(Class::Numeral),
        _ => {}
    }
    word(classes, false)
}

/// The classes of a word where it stands, its capital heeded.
fn class(a: &Analysis, i: usize, word: &Word) -> Classes {
    let (token, mut classes) = (a.tokens[i], word.classes);
    if word.closed {
        return classes;
    }
    if token.case.is_capital() && (classes == Classes::default() || !begins(a, i)) {
        classes.insert(Class::Proper);
        // A verb with a capital in the middle of a sentence is a name.
        if token.case != Case::Upper && !begins(a, i) {
            classes.0 &= !(Classes::of(Class::Verb).0 | Classes::of(Class::Infinitive).0);
        }
    }
    if classes == Classes::default() {
        // An unknown word is most often a noun that the lexicon lacks.
        classes.insert(Class::Noun);
    }
    classes
}

/// Whether a capital says nothing here: at the start of a sentence, of a quotation, of a heading.
pub(crate) fn begins(a: &Analysis, i: usize) -> bool {
    let start = a.sentence(i).start;
    // Behind a comma, a straight mark closes: `," Hallam said`.
    let closing = || i >= start + 2 && mark(a, i - 1) == Some('"') && mark(a, i - 2) == Some(',') && !a.tokens[i].glued;
    i == start
        || mark(a, i - 1).is_some_and(|c| opens_quotation(c) && !closing() || matches!(c, ':' | '-' | '–' | '—' | '(' | '‘' | '•'))
        || {
            // The elided article takes the capital: « L'incendie ».
            i == start + 1 && a.tokens[i].glued && a.lower(i - 1).ends_with('\'') && a.tokens[i].case == Case::Lower
        }
}

fn classes_of(language: &Language, lemma: LemmaId, tag: Tag) -> Classes {
    let class = match tag.pos() {
        Pos::Noun => Class::Noun,
        Pos::ProperNoun => Class::Proper,
        Pos::Adjective => Class::Adjective,
        Pos::Adverb => Class::Adverb,
        Pos::Determiner => Class::Determiner,
        Pos::Pronoun => Class::Pronoun,
        Pos::Preposition => Class::Preposition,
        Pos::Conjunction => Class::Coordinator,
        Pos::Subordinator => Class::Subordinator,
        Pos::Numeral => Class::Numeral,
        Pos::Interjection | Pos::Other => Class::Other,
        Pos::Verb => match tag.verb_form() {
            Some(VerbForm::Infinitive) => Class::Infinitive,
            Some(VerbForm::PastParticiple) => Class::PastParticiple,
            Some(VerbForm::PresentParticiple) => Class::PresentParticiple,
            _ => Class::Verb,
        },
    };
    let mut classes = Classes::of(class);
    let ids = &language.grammar.ids;
    if tag.pos() == Pos::Verb && (ids.perfect.contains(&lemma) || ids.passive.contains(&lemma)) {
        classes.insert(Class::Auxiliary);
    }
    classes
}

/// The first rule that fits, counted from 1, and what it leaves of a token's classes.
fn decide(a: &Analysis, i: usize, start: usize, end: usize, rules: &[Disambiguation]) -> Option<(u16, Classes)> {
    let classes = a.classes[i];
    let next = (i + 1 < end).then(|| a.classes[i + 1]);
    rules.iter().zip(1..).find_map(|(rule, number)| {
        if !classes.holds(rule.at) {
            return None;
        }
        if let Some(after) = rule.after {
            let mut before = i;
            loop {
                before = before.checked_sub(1).filter(|b| *b >= start)?;
                if !a.classes[before].within(rule.skip) {
                    break;
                }
            }
            if !a.classes[before].within(with_auxiliary(after)) {
                return None;
            }
        }
        if rule.before.is_some_and(|b| !next.is_some_and(|n| n.meets(b)))
            || rule.before_only.is_some_and(|b| !next.is_some_and(|n| n.within(b)))
            || rule.before_word.as_ref().is_some_and(|list| i + 1 >= end || !list.iter().any(|w| w == a.lower(i + 1)))
        {
            return None;
        }
        let left = match (rule.keep, rule.drop) {
            // That a verb is an auxiliary goes with the verb.
            (Some(keep), _) if Classes(classes.0 & keep.0).meets(VERBAL) => classes.0 & (keep.0 | Classes::of(Class::Auxiliary).0),
            (Some(keep), _) => classes.0 & keep.0,
            (None, Some(drop)) => classes.0 & !drop.0,
            (None, None) => classes.0,
        };
        (left != 0).then_some((number, Classes(left)))
    })
}

/// The classes that an auxiliary may have beside its own.
const VERBAL: Classes = Classes(
    Classes::of(Class::Verb).0
        | Classes::of(Class::Infinitive).0
        | Classes::of(Class::PastParticiple).0
        | Classes::of(Class::PresentParticiple).0,
);

/// An auxiliary is a verb as well: a neighbour that must be an auxiliary and nothing else may be its verb too.
fn with_auxiliary(set: Classes) -> Classes {
    if set.has(Class::Auxiliary) { Classes(set.0 | VERBAL.0) } else { set }
}

/// Drops the readings whose class was ruled out, if any is left.
fn keep_readings(a: &mut Analysis, i: usize, language: &Language) {
    let token = a.tokens[i];
    let (start, len) = (token.readings_start as usize, token.readings_len as usize);
    let classes = a.classes[i];
    let fits = |r: &Reading| classes_of(language, r.lemma, r.tag).meets(Classes(classes.0 & !Classes::of(Class::Auxiliary).0));
    let mut kept = 0;
    for r in start..start + len {
        if fits(&a.readings[r]) {
            a.readings.swap(start + kept, r);
            kept += 1;
        }
    }
    if kept > 0 {
        a.tokens[i].readings_len = kept as u16;
    }
}
