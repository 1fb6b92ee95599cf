//! From every reading that the lexicon allows to those that the neighbours leave, in one pass.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::decide::Decider;
use crate::analysis::{Analysis, Case, mark};
use crate::document::BlockKind;
use crate::language::cut::opens_quotation;
use crate::language::grammar::{Class, Classes};
use crate::language::lexicon::{LemmaId, Pos, Reading, Tag, VerbForm};
use crate::language::numbers::NumberWord;
use crate::language::{Lang, Language, Opens, TokenKind};

/// Fills [`Analysis::classes`] and [`Analysis::readings`].
pub(super) fn narrow(a: &mut Analysis) {
    let languages = a.languages;
    let mut readings: Vec<Reading> = Vec::with_capacity(2 * a.tokens.len());
    // A draft says most of its words more than once.
    let mut met: HashMap<(Lang, &str), Word> = HashMap::with_capacity(a.tokens.len() / 2);
    let (mut classes, mut places) = (Vec::with_capacity(a.tokens.len()), Vec::with_capacity(a.tokens.len()));
    let mut usual = Vec::with_capacity(a.tokens.len());
    for i in 0..a.tokens.len() {
        let start = readings.len();
        let (mut own, mut opens, mut most) = (Classes::default(), Opens::default(), Classes::default());
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
                (own, opens, most) = (class(a, i, &word), word.opens, word.usual);
            } else if a.tokens[i].kind == TokenKind::Digits {
                own = Classes::of(Class::Numeral);
            }
        }
        classes.push(own);
        usual.push(most);
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
        let mut decider = Decider::new(&language.grammar, &usual);
        decider.enter(a, start..end);
        // Where clauses begin bare a headline is one, and what could be its verb is.
        let bare = language.grammar.bare_clauses && matches!(a.kind(start), BlockKind::Headline | BlockKind::Kicker);
        let mut verb = None;
        for i in start..end {
            let (may, all) = (a.classes[i], a.tokens[i].readings_len);
            (a.classes[i], a.decided[i]) = decider.decide(a, i);
            if bare
                && verb.is_none()
                && i > start
                && may.has(Class::Verb)
                && may.has(Class::Noun)
                && is_noun(a, i - 1)
                && is_noun(a, i)
                && third(a, i)
            {
                verb = Some((i, all));
            }
            keep_readings(a, i, language);
        }
        let finite = Classes::all([Class::Verb, Class::Auxiliary, Class::Modal]);
        if let Some((i, all)) = verb.filter(|_| !(start..end).any(|i| a.classes[i].meets(finite))) {
            a.classes[i] = Classes::of(Class::Verb);
            a.tokens[i].readings_len = all;
            keep_readings(a, i, language);
        }
    }
}

fn is_noun(a: &Analysis, i: usize) -> bool {
    (a.classes[i].has(Class::Noun) || a.classes[i].has(Class::Proper)) && !a.classes[i].has(Class::Verb)
}

/// Whether a word could be the verb of one: "lifts", as well as the noun of several.
fn third(a: &Analysis, i: usize) -> bool {
    let readings = a.readings(i);
    readings.iter().any(|r| r.tag.person() == Some(3) && r.tag.is_finite())
        && readings.iter().any(|r| r.tag.pos() == Pos::Noun && r.tag.plural())
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
    /// What it most often is, where the lexicon tells.
    usual: Classes,
    /// Whether they are all that it can be, capital or not.
    closed: bool,
    /// Whether only its ending tells them.
    guessed: bool,
    opens: Opens,
}

/// Appends the readings of a word and gives what it is.
fn look_up(lower: &str, language: &Language, readings: &mut Vec<Reading>) -> Word {
    let grammar = &language.grammar;
    let start = readings.len();
    let mut classes = Classes::default();
    let (usual, known) = language.lexicon.look_up(lower);
    for (lemma, tag) in known {
        classes.0 |= classes_of(language, lemma, tag).0;
        readings.push(Reading { lemma, tag });
    }
    if let Some(&lemma) = grammar.ids.contracted.get(lower) {
        readings.push(Reading { lemma, tag: Tag::new(Pos::Verb) });
    }
    let usual = usual.map_or(Classes::default(), classes_of_pos);
    let word = |classes: Classes, usual: Classes, closed: bool| Word {
        guessed: false,
        start,
        len: readings.len() - start,
        classes,
        usual,
        closed,
        opens: language.opens(lower, &readings[start..]),
    };
    if let Some(closed) = grammar.closed(lower) {
        return word(closed, Classes::default(), true);
    }
    match language.numbers.word(lower.split('-').next().unwrap_or(lower)) {
        // « neuf », "one": before anything else a number.
        Some(NumberWord::Unit(_) | NumberWord::Ten { .. } | NumberWord::Hundred) => {
            return word(Classes::of(Class::Numeral), Classes::default(), true);
        }
        Some(NumberWord::Scale(n)) if n <= 1000 || !grammar.head_first => {
            return word(Classes::of(Class::Numeral), Classes::default(), true);
        }
        Some(NumberWord::Scale(_) | NumberWord::Fraction(..)) => classes.insert(Class::Numeral),
        _ => {}
    }
    // What the lexicon lacks, though the word is mostly that.
    if !classes.meets(usual) && usual.is_one() {
        classes.0 |= usual.0;
    }
    let guessed = classes == Classes::default();
    if guessed {
        classes = by_parts(lower, language).unwrap_or_else(|| grammar.by_ending(lower));
    }
    Word { guessed, ..word(classes, usual, false) }
}

/// What a compound that the lexicon lacks may be: what its last part is, and in front of a noun an adjective where these stand there.
fn by_parts(lower: &str, language: &Language) -> Option<Classes> {
    let (_, last) = lower.rsplit_once('-').filter(|(first, _)| !first.is_empty())?;
    let (_, known) = language.lexicon.look_up(last);
    let mut classes =
        known.map(|(lemma, tag)| classes_of(language, lemma, tag)).fold(Classes::default(), |all, c| Classes(all.0 | c.0));
    classes.0 &= !Classes::of(Class::Auxiliary).0;
    if classes.has(Class::Noun) && !language.grammar.head_first {
        classes.0 &= !Classes::all([Class::Verb, Class::Infinitive]).0;
        classes.insert(Class::Adjective);
    }
    Some(classes).filter(|c| *c != Classes::default())
}

/// The classes of a word where it stands, its capital heeded.
fn class(a: &Analysis, i: usize, word: &Word) -> Classes {
    let (token, mut classes) = (a.tokens[i], word.classes);
    if word.closed {
        // "on 22 May": the month, and not the verb.
        let month = token.case == Case::Capitalised
            && !begins(a, i)
            && a.language(i).is_some_and(|l| l.calendar.month(a.lower(i)).is_some());
        return if month { Classes::of(Class::Noun) } else { classes };
    }
    if token.case.is_capital() && word.guessed {
        return Classes::of(Class::Proper);
    }
    if token.case.is_capital() && (classes == Classes::default() || !begins(a, i)) {
        classes.insert(Class::Proper);
        // A verb with a capital in the middle of a sentence is a name.
        if token.case != Case::Upper && !begins(a, i) {
            classes.0 &= !(Classes::of(Class::Verb).0 | Classes::of(Class::Infinitive).0);
        }
    }
    // Two capitals in a row at the start: perhaps a name of words that are others too.
    if token.case == Case::Capitalised
        && begins(a, i)
        && a.tokens.get(i + 1).is_some_and(|t| t.case.is_capital() && t.sentence == token.sentence)
    {
        classes.insert(Class::Proper);
    }
    if classes == Classes::default() {
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

/// The classes that words of a part of speech may have.
fn classes_of_pos(pos: Pos) -> Classes {
    let mut classes = Classes::default();
    let all: &[Class] = match pos {
        Pos::Noun => &[Class::Noun],
        Pos::ProperNoun => &[Class::Proper],
        Pos::Adjective => &[Class::Adjective],
        Pos::Adverb => &[Class::Adverb],
        Pos::Determiner => &[Class::Determiner],
        Pos::Pronoun => &[Class::Pronoun, Class::Subject, Class::Clitic, Class::Relative],
        Pos::Preposition => &[Class::Preposition],
        Pos::Conjunction => &[Class::Coordinator],
        Pos::Subordinator => &[Class::Subordinator],
        Pos::Numeral => &[Class::Numeral],
        Pos::Interjection | Pos::Other => &[Class::Other],
        Pos::Verb => {
            &[Class::Verb, Class::Infinitive, Class::PastParticiple, Class::PresentParticiple, Class::Auxiliary, Class::Modal]
        }
    };
    all.iter().for_each(|c| classes.insert(*c));
    classes
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
    // « étaient » is a form of « être » before it is one of « étayer ».
    let ids = &language.grammar.ids;
    let auxiliary = |r: &Reading| ids.perfect.contains(&r.lemma) || ids.passive.contains(&r.lemma);
    if classes.has(Class::Auxiliary)
        && let Some(at) = a.readings[start..start + kept.max(1).min(len)].iter().position(auxiliary)
    {
        a.readings.swap(start, start + at);
    }
}
