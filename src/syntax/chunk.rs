//! Noun groups, verb groups and clauses.

use crate::analysis::{Analysis, Chunk, ChunkKind, Clause, VerbGroup, mark};
use crate::language::cut::opens_quotation;
use crate::language::grammar::{Class, Classes, Tense};
use crate::language::lexicon::{LemmaId, VerbForm};
use crate::language::{Language, TokenKind};

/// Fills [`Analysis::chunks`] and [`Analysis::clauses`].
pub(super) fn group(a: &mut Analysis) {
    for s in 0..a.sentences.len() {
        let sentence = a.sentences[s];
        let (start, end) = (sentence.start as usize, sentence.end as usize);
        let first = a.chunks.len();
        if let Some(language) = a.languages.get(a.lang(start)) {
            let mut i = start;
            while i < end {
                let chunk = verb_group(a, i, end, language).or_else(|| noun_group(a, i, start, end, language));
                match chunk {
                    Some(c) => {
                        i = c.tokens.1 as usize;
                        a.chunks.push(c);
                    }
                    None => i += 1,
                }
            }
        }
        clauses(a, s as u32, first, start, end);
    }
}

fn is(a: &Analysis, i: usize, class: Class) -> bool {
    a.classes[i].has(class)
}

/// Whether the token is of these classes and can be nothing else.
fn only(a: &Analysis, i: usize, classes: &[Class]) -> bool {
    let mut set = Classes::default();
    for c in classes {
        set.insert(*c);
    }
    a.classes[i].within(set)
}

fn verb_group(a: &Analysis, at: usize, end: usize, language: &Language) -> Option<Chunk> {
    let g = &language.grammar;
    let listed = |i: usize, list: &[String]| list.iter().any(|w| w == a.lower(i));
    let (mut i, mut negated, mut reflexive) = (at, false, false);
    // Only where a pronoun leans on the verb behind it: « se » does, "him" does not.
    let leans = !g.reflexives.is_empty();
    while i < end && leans && only(a, i, &[Class::Negator, Class::Clitic]) {
        negated |= is(a, i, Class::Negator);
        reflexive |= listed(i, &g.reflexives);
        i += 1;
    }
    if i >= end || a.tokens[i].kind != TokenKind::Word {
        return None;
    }
    let finite = is(a, i, Class::Verb) || is(a, i, Class::Modal);
    let untensed = is(a, i, Class::Infinitive)
        || is(a, i, Class::PresentParticiple)
        || (is(a, i, Class::PastParticiple) && !is(a, i, Class::Noun));
    if !finite && !untensed || (is(a, i, Class::Noun) && !only(a, i, &[Class::Noun, Class::Verb, Class::Auxiliary])) {
        return None;
    }
    let first = i;
    let (mut main, mut past) = (i, i + 1);
    let (mut perfect, mut passive) = (false, false);
    let mut progressive = false;
    let ids = &g.ids;
    loop {
        let mut next = past;
        let mut denies = false;
        while next < end
            && next < past + 4
            && (only(a, next, &[Class::Adverb])
                || (only(a, next, &[Class::Subject]) && (a.tokens[next].glued || !g.modals.is_empty())))
        {
            denies |= listed(next, &g.negations);
            next += 1;
        }
        if next >= end {
            negated |= denies;
            break;
        }
        let lemma = lemma_of(a, main, Class::Auxiliary);
        let aux = is(a, main, Class::Auxiliary);
        let is_passive_aux = aux && ids.passive.contains(&lemma);
        let step = if is(a, main, Class::Modal) && is(a, next, Class::Infinitive) {
            true
        } else if aux && is(a, next, Class::PastParticiple) && !(only(a, next, &[Class::Adjective])) {
            perfect |= ids.perfect.contains(&lemma);
            passive = is_passive_aux;
            true
        } else if is_passive_aux && is(a, next, Class::PresentParticiple) {
            progressive = true;
            passive = false;
            true
        } else {
            false
        };
        negated |= denies && (step || next > past);
        if !step {
            break;
        }
        main = next;
        past = next + 1;
    }
    let lemma = lemma_of(a, main, Class::PastParticiple);
    let with_passive = passive && main != first && (reflexive || ids.perfect_with_passive.contains(&lemma));
    if with_passive {
        (passive, perfect) = (false, true);
    }
    let base = if finite { tense_of(a, first, language) } else { Tense::Untensed };
    let tense = match base {
        Tense::Present if perfect => Tense::Past,
        Tense::Imperfect | Tense::Past if perfect && !progressive => Tense::Pluperfect,
        other => other,
    };
    // « sans » and "without" deny from before the group.
    negated |= at > 0
        && a.tokens[at - 1].sentence == a.tokens[at].sentence
        && listed(at - 1, &g.negations)
        && is(a, at - 1, Class::Preposition);
    Some(Chunk {
        tokens: (at as u32, past as u32),
        head: main as u32,
        clause: 0,
        kind: ChunkKind::Verb(VerbGroup { lemma, tense, passive, negated, finite }),
    })
}

/// The dictionary form of a verb token.
fn lemma_of(a: &Analysis, i: usize, prefer: Class) -> LemmaId {
    let verbs =
        || a.readings(i).iter().filter(|r| r.tag.verb_form().is_some() || r.tag.pos() == crate::language::lexicon::Pos::Verb);
    let participle = prefer == Class::PastParticiple && is(a, i, Class::PastParticiple);
    verbs()
        .find(|r| participle && r.tag.verb_form() == Some(VerbForm::PastParticiple))
        .or_else(|| verbs().next())
        .map_or(LemmaId::NONE, |r| r.lemma)
}

fn tense_of(a: &Analysis, i: usize, language: &Language) -> Tense {
    if let Some(&tense) = language.grammar.modals.get(a.lower(i)) {
        return tense;
    }
    let form = a.readings(i).iter().filter(|r| r.tag.is_finite()).find_map(|r| r.tag.verb_form());
    match form {
        Some(VerbForm::Past) => Tense::Past,
        Some(VerbForm::Imperfect) => Tense::Imperfect,
        Some(VerbForm::Future) => Tense::Future,
        Some(VerbForm::Conditional) => Tense::Conditional,
        Some(VerbForm::Subjunctive) => Tense::Subjunctive,
        _ => Tense::Present,
    }
}

/// Tokens that may stand before the first noun of a group: a table of figures is none.
const LONGEST_LEAD: usize = 24;

fn noun_group(a: &Analysis, at: usize, start: usize, end: usize, language: &Language) -> Option<Chunk> {
    let g = &language.grammar;
    let (mut i, mut head, mut nouns) = (at, None, 0);
    let mut definite = false;
    while i < end && (head.is_some() || i - at <= LONGEST_LEAD) {
        let c = a.classes[i];
        let noun = c.has(Class::Noun) || c.has(Class::Proper);
        if c.has(Class::Determiner) && !noun {
            if head.is_some() || i > at && a.tokens[i].kind == TokenKind::Word && !is(a, i - 1, Class::Determiner) {
                break;
            }
            definite |= g.definite.iter().any(|w| w == a.lower(i));
        } else if noun {
            if head.is_some() && !g.head_first || head.is_none() {
                head = Some(i);
            }
            nouns += 1;
        } else if c.has(Class::Numeral) {
            if head.is_some() {
                break;
            }
        } else if c.has(Class::Adjective) {
            if head.is_some() && !g.adjective_follows {
                break;
            }
        } else if c.has(Class::PastParticiple) || c.has(Class::PresentParticiple) {
            // What follows its noun as a participle alone, or may be finite, has objects of its own: « une route reliant Dijon ».
            let verbal = c.has(Class::Verb) || c == Classes::of(Class::PresentParticiple);
            if g.adjective_follows && verbal {
                break;
            }
            let before_noun = !g.adjective_follows && head.is_none() && i > at;
            if !(g.adjective_follows && head.is_some() || before_noun) {
                break;
            }
        } else if c.has(Class::Adverb) {
            let next = a.classes.get(i + 1).filter(|_| i + 1 < end);
            let before = next.is_some_and(|n| {
                n.has(Class::Adjective) || n.has(Class::PastParticiple) && (g.adjective_follows && head.is_some())
            });
            if i == at || !before {
                break;
            }
        } else if head.is_none() && !g.adjective_follows && joins_adjectives(a, i, at, end) {
            // "the largest and wealthiest state"
        } else if a.tokens[i].kind == TokenKind::Mark && in_number(a, i, end) && head.is_none() && i > at {
            // the mark between the groups of a number
        } else if head.is_none() && i > at && i + 1 < end && mark(a, i).is_some_and(opens_quotation) {
            // "an 'episode'"
        } else {
            break;
        }
        i += 1;
    }
    let head = head.filter(|_| nouns > 0)?;
    let first = at;
    let preposition = if g.contractions.iter().any(|w| w == a.lower(first)) {
        let nounish = first > start
            && (is(a, first - 1, Class::Noun)
                || is(a, first - 1, Class::Proper)
                || is(a, first - 1, Class::Adjective)
                || is(a, first - 1, Class::PastParticiple) && !active(a, first));
        (nounish || !g.partitives.iter().any(|w| w == a.lower(first))).then_some(first as u32)
    } else if first > start && is(a, first - 1, Class::Preposition) {
        Some(first as u32 - 1)
    } else {
        None
    };
    Some(Chunk { tokens: (at as u32, i as u32), head: head as u32, clause: 0, kind: ChunkKind::Noun { preposition, definite } })
}

/// Whether a coordinator stands between two adjectives of one group.
fn joins_adjectives(a: &Analysis, i: usize, at: usize, end: usize) -> bool {
    let adjective = |t: usize| only(a, t, &[Class::Adjective]);
    i > at && i + 1 < end && only(a, i, &[Class::Coordinator]) && adjective(i - 1) && adjective(i + 1)
}

/// Whether the verb group that ends here has an object: « a causé *des* dégâts ».
fn active(a: &Analysis, past: usize) -> bool {
    a.chunks.last().is_some_and(|c| c.tokens.1 as usize == past && matches!(c.kind, ChunkKind::Verb(v) if v.finite && !v.passive))
}

/// A glued mark between two tokens of digits.
fn in_number(a: &Analysis, i: usize, end: usize) -> bool {
    let digits = |t: usize| a.tokens[t].kind == TokenKind::Digits;
    a.tokens[i].glued && i + 1 < end && a.tokens[i + 1].glued && digits(i + 1) && digits(i - 1)
}

/// Cuts a sentence into clauses, each with one finite verb at the most, and tells the chunks where they belong.
fn clauses(a: &mut Analysis, sentence: u32, first_chunk: usize, start: usize, end: usize) {
    let mut borders: Vec<(usize, bool)> = vec![(start, false)];
    let mut last_verb: Option<(usize, usize)> = None; // (one past its last token, number of borders then)
    let mut c = first_chunk;
    let mut i = start;
    while i < end {
        if c < a.chunks.len() && a.chunks[c].tokens.0 as usize == i {
            let chunk = a.chunks[c];
            if let ChunkKind::Verb(VerbGroup { finite: true, .. }) = chunk.kind {
                if let Some((after, count)) = last_verb
                    && borders.len() == count
                {
                    borders.push((border_between(a, after, c, first_chunk), false));
                }
                last_verb = Some((chunk.tokens.1 as usize, borders.len()));
            }
            c += 1;
            i = chunk.tokens.1 as usize;
            continue;
        }
        if super::decide::opens_clause(a.classes[i]) {
            borders.push((i, true));
        } else if let Some(m) = mark(a, i)
            && i + 1 < end
            && (matches!(m, ';' | ':' | '—' | '–') || opens_quotation(m))
        {
            borders.push((i + 1, false));
        }
        i += 1;
    }
    borders.sort_unstable();
    borders.dedup_by_key(|b| b.0);
    let mut chunk = first_chunk;
    for (n, &(from, subordinate)) in borders.iter().enumerate() {
        let to = borders.get(n + 1).map_or(end, |b| b.0);
        let index = a.clauses.len() as u32;
        let mut verb = None;
        while chunk < a.chunks.len() && (a.chunks[chunk].tokens.0 as usize) < to {
            a.chunks[chunk].clause = index;
            if let ChunkKind::Verb(VerbGroup { finite: true, .. }) = a.chunks[chunk].kind {
                verb = verb.or(Some(chunk as u32));
            }
            chunk += 1;
        }
        a.clauses.push(Clause { tokens: (from as u32, to as u32), sentence, verb, subordinate });
    }
}

/// Where a new clause begins between two finite verbs: at the last coordinator, else the last comma, else the noun group before the second.
fn border_between(a: &Analysis, after: usize, second: usize, first_chunk: usize) -> usize {
    let verb = a.chunks[second].tokens.0 as usize;
    let back = || (after..verb).rev();
    back()
        .find(|&i| only(a, i, &[Class::Coordinator]))
        .or_else(|| back().find(|&i| mark(a, i) == Some(',')))
        .or_else(|| {
            let group = a.chunks[first_chunk..second].last()?;
            matches!(group.kind, ChunkKind::Noun { preposition: None, .. })
                .then_some(group.tokens.0 as usize)
                .filter(|&t| t >= after)
        })
        .unwrap_or(verb)
}
