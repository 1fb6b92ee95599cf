//! The rules of disambiguation, held against each word in its turn.

use std::ops::Range;

use crate::analysis::{Analysis, mark};
use crate::language::TokenKind;
use crate::language::grammar::{Class, Classes, Disambiguation, Grammar};
use crate::language::lexicon::{LemmaId, Pos, Tag, VerbForm};

/// What is known of a sentence while its words are decided from left to right.
pub(super) struct Decider<'r> {
    grammar: &'r Grammar,
    /// By token of the draft: what it most often is.
    usual: &'r [Classes],
    /// The tokens of the sentence.
    sentence: Range<usize>,
    /// By token of the sentence: which verbs follow.
    ahead: Vec<Ahead>,
    /// Whether a finite verb stands before in the clause.
    verb_before: bool,
    /// The noun that no preposition governs before in the clause, and whether a preposition governs what comes.
    subject: Option<usize>,
    governs: bool,
    /// Clauses that have begun and still want their verb.
    due: u8,
    /// What the last verb was.
    last: Classes,
}

/// Which verbs follow a word.
#[derive(Clone, Copy, Default)]
struct Ahead {
    /// A finite verb, in its clause.
    verb: bool,
    /// What may be one, and neither a noun nor an adjective, in its clause.
    likely: bool,
    /// How many more of these follow in the sentence than clauses are opened.
    to_come: i32,
}

/// The classes that an auxiliary may have beside its own.
const VERBAL: Classes = Classes::all([Class::Verb, Class::Infinitive, Class::PastParticiple, Class::PresentParticiple]);
const FINITE: Classes = Classes::all([Class::Verb, Class::Modal]);
const FINITE_ONLY: Classes = Classes::all([Class::Verb, Class::Modal, Class::Auxiliary]);
const NOMINAL: Classes = Classes::all([Class::Noun, Class::Proper, Class::Adjective, Class::Adverb, Class::Preposition]);
const AGREEING: Classes =
    Classes::all([Class::Noun, Class::Proper, Class::Pronoun, Class::Subject, Class::Determiner, Class::Relative]);
const NAMING: Classes = Classes::all([Class::Noun, Class::Proper, Class::Pronoun, Class::Subject]);
const NO_VERB: Classes = Classes::all([Class::Noun, Class::Infinitive]);
const OPENERS: Classes = Classes::all([Class::Subordinator, Class::Relative]);
const BORDERS: Classes = Classes::all([Class::Subordinator, Class::Relative, Class::Coordinator]);
const OPENERS_TOO: Classes = Classes::all([Class::Subordinator, Class::Relative, Class::Adverb]);
const BORDERS_TOO: Classes = Classes::all([Class::Subordinator, Class::Relative, Class::Coordinator, Class::Adverb]);

/// Whether a word opens a clause, though it may be an adverb as well: "when".
pub(super) fn opens_clause(classes: Classes) -> bool {
    classes.within(OPENERS_TOO) && classes.meets(OPENERS)
}

impl<'r> Decider<'r> {
    pub(super) fn new(grammar: &'r Grammar, usual: &'r [Classes]) -> Decider<'r> {
        Decider {
            grammar,
            usual,
            sentence: 0..0,
            ahead: Vec::new(),
            verb_before: false,
            subject: None,
            governs: false,
            due: 1,
            last: Classes::default(),
        }
    }

    /// Begins a sentence.
    pub(super) fn enter(&mut self, a: &Analysis, sentence: Range<usize>) {
        self.ahead.clear();
        self.ahead.resize(sentence.len(), Ahead::default());
        let (mut ahead, mut more) = (Ahead::default(), 0);
        for i in sentence.clone().rev() {
            ahead.to_come = more;
            self.ahead[i - sentence.start] = ahead;
            let classes = a.classes[i];
            let opens = classes.within(BORDERS_TOO) && classes.meets(BORDERS);
            if is_mark(a, i) || opens {
                (ahead.verb, ahead.likely) = (false, false);
                more -= i32::from(opens && classes.meets(OPENERS));
            } else {
                let likely = classes.meets(FINITE) && !classes.meets(NOMINAL);
                more += i32::from(likely);
                ahead.verb |= classes.within(FINITE_ONLY);
                ahead.likely |= likely;
            }
        }
        (self.sentence, self.verb_before, self.due, self.last) = (sentence, false, 1, Classes::default());
        (self.subject, self.governs) = (None, false);
    }

    /// What the rules leave of a token's classes, and the last of them that ruled something out, counted from 1.
    pub(super) fn decide(&mut self, a: &Analysis, i: usize) -> (Classes, u16) {
        self.look_back(a, i);
        let (mut classes, mut number) = (a.classes[i], 0);
        if classes.is_one() {
            self.verb_before |= classes.meets(FINITE);
            return (classes, 0);
        }
        for (rule, n) in self.grammar.disambiguation.iter().zip(1..) {
            if !classes.holds(rule.at) || !self.fits(a, i, classes, rule) {
                continue;
            }
            let left = self.left(i, classes, rule);
            if left == Classes::default() {
                continue;
            }
            if left != classes {
                (classes, number) = (left, n);
            }
            if rule.drop.is_none() || classes.is_one() {
                break;
            }
        }
        self.verb_before |= classes.meets(FINITE) && !classes.has(Class::Noun);
        (classes, number)
    }

    /// Takes the word before into account, which is decided by now.
    fn look_back(&mut self, a: &Analysis, i: usize) {
        if i > self.sentence.start {
            let before = a.classes[i - 1];
            if before.meets(VERBAL) && !before.has(Class::Noun) {
                self.last = Classes(before.0 & VERBAL.0);
            }
            if before.meets(FINITE) && !before.meets(NO_VERB) {
                self.due = self.due.saturating_sub(1);
            }
            if opens_clause(before) {
                self.due = self.due.saturating_add(1);
                self.verb_before = false;
            }
            self.look_for_subject(a, i - 1);
            if mark(a, i - 1).is_some_and(|m| matches!(m, ';' | ':' | '—' | '–' | '"' | '“' | '«')) {
                self.due = 1;
            }
        }
        if a.classes[i].within(BORDERS) || is_mark(a, i) {
            self.verb_before = false;
        }
    }

    /// Whether the word, which is decided, may be the subject of a verb to come.
    fn look_for_subject(&mut self, a: &Analysis, i: usize) {
        let classes = a.classes[i];
        let after_noun = i > self.sentence.start && a.classes[i - 1].meets(NAMING);
        if classes.within(NAMING) || classes == Classes::of(Class::Numeral) {
            if !self.governs {
                self.subject = Some(i);
            }
        } else if classes.meets(FINITE) && !classes.meets(NO_VERB) || opens_clause(classes) {
            (self.subject, self.governs) = (None, false);
        } else if classes == Classes::of(Class::Preposition) {
            self.governs = true;
        } else if classes == Classes::default() || after_noun && classes == Classes::of(Class::Determiner) {
            self.governs = false;
        }
    }

    /// What a token most likely is before it is decided.
    fn likely(&self, a: &Analysis, i: usize) -> Classes {
        let usual = Classes(self.usual[i].0 & a.classes[i].0);
        if usual == Classes::default() { a.classes[i] } else { usual }
    }

    fn fits(&self, a: &Analysis, i: usize, classes: Classes, rule: &Disambiguation) -> bool {
        let usual = Classes(self.usual[i].0 & classes.0);
        let (last, ahead) = (self.last, self.ahead[i - self.sentence.start]);
        !classes.meets(rule.never)
            && rule.usual.is_none_or(|u| usual.meets(u))
            && !rule.unusual.is_some_and(|u| usual.meets(u))
            && rule.word.as_ref().is_none_or(|list| list.contains(a.lower(i)))
            && rule.due.is_none_or(|d| d == (self.due > 0))
            && rule.last.is_none_or(|l| last.meets(l))
            && rule.verb_before.is_none_or(|v| v == self.verb_before)
            && rule.verb_ahead.is_none_or(|v| v == ahead.verb)
            && rule.verb_likely.is_none_or(|v| v == ahead.likely)
            && rule.verb_to_come.is_none_or(|v| v == (ahead.to_come >= i32::from(self.due)))
            && rule.subject_before.is_none_or(|v| v == self.subject.is_some())
            && rule.governed.is_none_or(|v| v == self.governs)
            && rule.opens.is_none_or(|v| v == (i == self.sentence.start))
            && rule.after_first.is_none_or(|v| v == self.after_first(a, i))
            && rule.transitive.is_none_or(|v| v == listed(a, i, &self.grammar.ids.transitive))
            && rule.intransitive.is_none_or(|v| v == listed(a, i, &self.grammar.ids.intransitive))
            && self.fits_behind(a, i, rule)
            && self.fits_before(a, i, rule)
            && self.fits_capitals(a, i, rule)
    }

    /// Whether the word before is as a rule wants it.
    fn fits_behind(&self, a: &Analysis, i: usize, rule: &Disambiguation) -> bool {
        let start = self.sentence.start;
        if rule.begins.is_some_and(|b| b != (i == start || a.classes[i - 1] == Classes::default())) {
            return false;
        }
        let asks = rule.after.is_some() || rule.after_may.is_some() || rule.not_after.is_some() || rule.after_word.is_some();
        let asks = asks || rule.behind.is_some();
        if !asks && rule.agrees.is_none() {
            return true;
        }
        let before = (start..i).rev().find(|b| !a.classes[*b].within(rule.skip));
        let Some(before) = before else { return !asks || only_not(rule) };
        let there = a.classes[before];
        rule.after.is_none_or(|set| is_only(there, set))
            && rule.after_may.is_none_or(|set| there.meets(set))
            && !rule.not_after.is_some_and(|set| is_only(there, set))
            && rule.after_word.as_ref().is_none_or(|list| list.contains(a.lower(before)))
            && rule.behind.is_none_or(|set| before > start && is_only(a.classes[before - 1], set))
            && rule.agrees.is_none_or(|want| want == agrees(a, self.agreeing(a, before), i))
    }

    /// The noun that a verb agrees with behind a word: that word, or the subject where a preposition governs it or it is no noun.
    fn agreeing(&self, a: &Analysis, before: usize) -> usize {
        let near = !self.governs && a.classes[before].meets(AGREEING);
        self.subject.filter(|_| !near).unwrap_or(before)
    }

    /// Whether the word before is the first of its clause.
    fn after_first(&self, a: &Analysis, i: usize) -> bool {
        let start = self.sentence.start;
        i > start && (i - 1 == start || a.classes[i - 2] == Classes::default() || a.classes[i - 2].meets(BORDERS))
    }

    /// Whether the words after are as a rule wants them.
    fn fits_before(&self, a: &Analysis, i: usize, rule: &Disambiguation) -> bool {
        let at = |next: usize| (next < self.sentence.end).then_some(next);
        let (next, second) = (at(i + 1), at(i + 2));
        let classes = next.map_or(Classes::default(), |n| a.classes[n]);
        rule.before.is_none_or(|set| classes.meets(set))
            && rule.before_only.is_none_or(|set| classes.within(set))
            && !rule.not_before.is_some_and(|set| classes.meets(set))
            && rule.ends.is_none_or(|ends| ends == (classes == Classes::default()))
            && rule.before_word.as_ref().is_none_or(|list| next.is_some_and(|n| list.contains(a.lower(n))))
            && rule.ahead.is_none_or(|set| next.is_some_and(|n| self.likely(a, n).within(set)))
            && rule.beyond.is_none_or(|set| second.is_some_and(|n| self.likely(a, n).within(set)))
    }

    fn fits_capitals(&self, a: &Analysis, i: usize, rule: &Disambiguation) -> bool {
        let says = |i: usize| a.tokens[i].case.is_capital() && !super::narrow::begins(a, i);
        let next = || i + 1 < self.sentence.end && a.tokens[i + 1].case.is_capital();
        rule.capital.is_none_or(|c| c == says(i))
            && rule.next_capital.is_none_or(|c| c == next())
            && rule.beside_capital.is_none_or(|c| c == (next() || i > self.sentence.start && says(i - 1)))
    }

    /// What a rule leaves.
    fn left(&self, i: usize, classes: Classes, rule: &Disambiguation) -> Classes {
        if rule.keep_usual {
            return Classes(classes.0 & self.usual[i].0);
        }
        match (rule.keep, rule.drop) {
            // That a verb is an auxiliary goes with the verb.
            (Some(keep), _) if Classes(classes.0 & keep.0).meets(VERBAL) => {
                Classes(classes.0 & (keep.0 | Classes::of(Class::Auxiliary).0))
            }
            (Some(keep), _) => Classes(classes.0 & keep.0),
            (None, Some(drop)) => Classes(classes.0 & !drop.0),
            (None, None) => classes,
        }
    }
}

/// Whether a rule asks of the word before only what it must not be.
fn only_not(rule: &Disambiguation) -> bool {
    rule.after.is_none() && rule.after_may.is_none() && rule.after_word.is_none() && rule.behind.is_none() && rule.agrees.is_none()
}

/// Whether a word is a form of a verb of a list, which is sorted.
fn listed(a: &Analysis, i: usize, verbs: &[LemmaId]) -> bool {
    a.readings(i).iter().any(|r| r.tag.pos() == Pos::Verb && verbs.binary_search(&r.lemma).is_ok())
}

fn is_mark(a: &Analysis, i: usize) -> bool {
    a.tokens[i].kind == TokenKind::Mark && a.classes[i] == Classes::default()
}

/// Whether a word is one of these and nothing else. An auxiliary is a verb as well: where it must be an auxiliary it may be its verb too.
fn is_only(word: Classes, set: Classes) -> bool {
    let auxiliary = set.has(Class::Auxiliary) && word.has(Class::Auxiliary);
    word.within(if auxiliary { Classes(set.0 | VERBAL.0) } else { set })
}

/// Whether a token, as a finite verb in the third person, agrees in number with the noun, name or pronoun at another.
fn agrees(a: &Analysis, noun: usize, verb: usize) -> bool {
    if !a.classes[noun].meets(AGREEING) {
        return false;
    }
    let nouns = || a.readings(noun).iter().filter(|r| r.tag.verb_form().is_none());
    let singular = nouns().next().is_none() || nouns().any(|r| r.tag.singular());
    let plural = nouns().any(|r| r.tag.plural() && !r.tag.singular());
    let fits = |tag: Tag| match (tag.verb_form(), tag.person()) {
        // "say" goes with all but one: the third person singular has a form of its own.
        (Some(VerbForm::Present), None) => plural,
        (Some(VerbForm::Past), None) => true,
        (_, Some(3)) => singular && tag.singular() || plural && tag.plural(),
        _ => false,
    };
    // Of a word that the lexicon lacks only its ending is known.
    a.readings(verb).is_empty() || a.readings(verb).iter().any(|r| r.tag.is_finite() && fits(r.tag))
}
