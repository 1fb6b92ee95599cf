//! The verb that a day hangs on, and where that puts the day: behind the writer, around him, ahead of him.

use std::ops::Range;

use super::figure::cue_in;
use crate::analysis::{Analysis, Chunk, ChunkKind, Mention, VerbGroup, mark};
use crate::language::grammar::{Class, Tense};

/// Between a verb and its day no more tokens stand than so many.
const REACH: usize = 14;

/// The verb of which a day says when.
#[derive(Clone, Debug)]
pub(super) struct Hung {
    /// The tokens of the verb, from its auxiliary on.
    pub verb: Range<usize>,
    /// Where it puts the day.
    pub time: Time,
    /// Nothing stands between the two but what leads the day.
    pub direct: bool,
    /// The verb has an object that is not the day, or a predicate: the day may be theirs.
    pub shared: bool,
    /// The verb says that something is planned, wanted, said.
    pub plans: bool,
}

/// What a verb says of the time of its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    /// « s'est tenu », "was held".
    Past,
    /// « court », "is open".
    Present,
    /// « se tiendra », « doit se tenir », "is to be held", "is due".
    Ahead,
}

/// The verb that a day hangs on: the one before it in its clause, or behind it where the day opens the sentence.
pub(super) fn hung(a: &Analysis, m: &Mention) -> Option<Hung> {
    let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
    let language = a.language(start)?;
    // « les photos de ce 1er décembre », "27 June's trip": the day is the noun's.
    let links = |i: usize| language.numbers.links.iter().any(|w| w == a.lower(i));
    let sentence = a.sentence(start);
    let owned =
        (1..=2).any(|n| start >= sentence.start + n && links(start - n)) || a.is_clitic(end) && !language.grammar.head_first;
    if owned {
        return None;
    }
    behind(a, m, &sentence).or_else(|| leading(a, m, &sentence))
}

/// « s'est tenu à Brest le 3 mai »
fn behind(a: &Analysis, m: &Mention, sentence: &Range<usize>) -> Option<Hung> {
    let start = m.tokens.0 as usize;
    let past = a.chunks.partition_point(|c| (c.tokens.1 as usize) <= start);
    let near = |c: &Chunk| c.tokens.0 as usize >= sentence.start;
    let mut verbs = (0..past).rev().take_while(|&i| near(&a.chunks[i])).filter(|&i| verb(&a.chunks[i]).is_some());
    let at = verbs.next()?;
    let (chunk, group) = (&a.chunks[at], verb(&a.chunks[at])?);
    let from = chunk.tokens.1 as usize;
    let own = a.clauses[m.clause as usize].verb.is_some_and(|v| v as usize == at);
    if start - from > REACH || !open(a, from..start, own) {
        return None;
    }
    let lead = (from..start).filter(|&i| a.tokens[i].kind != crate::language::TokenKind::Mark).count();
    let direct = lead <= 1 || lead == 2 && weekday(a, from..start);
    if group.finite {
        let roles = a.roles.get(at).copied().unwrap_or_default();
        let other = |t: Option<u32>| t.is_some_and(|t| (from..start).contains(&(t as usize)));
        let shared = other(roles.object) || other(roles.predicate);
        return of(a, chunk.tokens.0 as usize..from, group, direct, shared);
    }
    // « doit se tenir », "are due to meet", « est appelée à durer »
    if !infinitive(a, chunk) {
        return None;
    }
    let before = verbs.next()?;
    let (outer, leads) = (&a.chunks[before], verb(&a.chunks[before])?);
    let gap = outer.tokens.1 as usize..chunk.tokens.0 as usize;
    let words = outer.tokens.0 as usize..chunk.tokens.0 as usize;
    let present = matches!(leads.tense, Tense::Present | Tense::Future) && leads.finite && gap.len() <= 3 && !leads.negated;
    let time = if present && cue_in(a, "is-to", words.clone()) {
        Time::Ahead
    } else if present && cue_in(a, "can-still", words) {
        Time::Present
    } else {
        return None;
    };
    Some(Hung { verb: outer.tokens.0 as usize..from, time, direct, shared: false, plans: false })
}

/// « Le 3 mai, le préfet s'est rendu à Brest »
fn leading(a: &Analysis, m: &Mention, sentence: &Range<usize>) -> Option<Hung> {
    let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
    if start > sentence.start + 2 {
        return None;
    }
    let from = a.chunks.partition_point(|c| (c.tokens.0 as usize) < end);
    let mut rest = a.chunks[from..].iter().take_while(|c| (c.tokens.1 as usize) <= sentence.end);
    let chunk = rest.find(|c| verb(c).is_some())?;
    let group = verb(chunk)?;
    let gap = end..chunk.tokens.0 as usize;
    let opened = gap.clone().any(|i| a.classes[i].has(Class::Relative) || a.classes[i].has(Class::Subordinator));
    let commas = gap.clone().filter(|&i| mark(a, i).is_some()).count();
    let plain = gap.len() <= REACH && !opened && commas <= 1 && group.finite;
    if !plain {
        return None;
    }
    of(a, chunk.tokens.0 as usize..chunk.tokens.1 as usize, group, true, false)
}

fn of(a: &Analysis, words: Range<usize>, group: VerbGroup, direct: bool, shared: bool) -> Option<Hung> {
    let plans = cue_in(a, "plans", words.clone());
    let time = match group.tense {
        Tense::Past => Time::Past,
        Tense::Future => Time::Ahead,
        // « est prévue le 3 mai », "is due on 3 May"
        Tense::Present => {
            let due = words.start + 1..(words.end + 2).min(a.sentence(words.start).end);
            if cue_in(a, "is-due", due) { Time::Ahead } else { Time::Present }
        }
        _ => return None,
    };
    Some(Hung { verb: words, time, direct, shared, plans })
}

/// Whether nothing among the tokens ends what a verb governs.
fn open(a: &Analysis, gap: Range<usize>, own: bool) -> bool {
    let ends = |i: usize| {
        let c = a.classes[i];
        c.has(Class::Relative) && !c.has(Class::Determiner) || c == crate::language::grammar::Classes::of(Class::Subordinator)
    };
    let marks = gap.clone().filter_map(|i| mark(a, i).map(|c| (i, c)));
    let last = gap.end.saturating_sub(3);
    // A comma right before the day parts nothing: « s'est tenu à Brest, le 3 mai ».
    let closed = marks.clone().any(|(i, c)| matches!(c, ';' | ':' | '—' | '–' | '(' | ')' | '«' | '“') || c == ',' && i < last);
    let several = marks.filter(|(_, c)| *c == ',').count() > 1;
    let joined = gap.clone().any(|i| a.classes[i].has(Class::Coordinator) && a.mentions_in(gap.clone()).len() > 1);
    let parted = closed || several || joined;
    // "their seamer, born in Nagpur on 3 May 1998": the day is the participle's.
    let apposed = |i: usize| mark(a, i) == Some(',') && i + 1 < gap.end && a.classes[i + 1].has(Class::PastParticiple);
    !gap.clone().any(apposed) && (own || !parted && !gap.clone().any(ends))
}

fn weekday(a: &Analysis, gap: Range<usize>) -> bool {
    a.language(gap.start).is_some_and(|l| gap.clone().any(|i| l.calendar.weekday(a.lower(i)).is_some()))
}

fn verb(chunk: &Chunk) -> Option<VerbGroup> {
    if let ChunkKind::Verb(v) = chunk.kind { Some(v) } else { None }
}

fn infinitive(a: &Analysis, chunk: &Chunk) -> bool {
    (chunk.tokens.0 as usize..chunk.tokens.1 as usize).any(|i| a.classes[i].has(Class::Infinitive))
}
