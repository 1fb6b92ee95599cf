//! Words between quotation marks, and who speaks them.

use std::ops::Range;

use crate::analysis::{Analysis, ChunkKind, EntityId, Mention, Sex, Value, mark};
use crate::language::grammar::Class;
use crate::language::{Language, TokenKind};
use crate::span::Span;

/// How far from a quotation the words that give it to somebody reach, in tokens.
const REACH: usize = 30;

/// How many mentions back a pronoun or a function looks for its person.
const BACK: usize = 200;

/// A quotation of fewer words goes on with no speaker's words: it may be a title or a word held at arm's length.
const SPOKEN: usize = 4;

/// The outermost quotations of a draft: their tokens with the marks, and the words between.
pub(crate) fn quotations(a: &Analysis) -> Vec<(Range<usize>, Span)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < a.tokens.len() {
        let block = a.tokens[at].block;
        let end = at + a.tokens[at..].partition_point(|t| t.block == block);
        let mut pairs: Vec<(usize, usize)> = PAIRS.iter().flat_map(|&(open, close)| pairs(a, at..end, open, close)).collect();
        pairs.sort_unstable();
        for (open, close) in pairs {
            if open >= at && close > open + 1 {
                found.push((open..(close + 1).min(end), a.span(open + 1..close)));
                at = close + 1;
            }
        }
        at = end;
    }
    found
}

const PAIRS: [(char, char); 4] = [('«', '»'), ('“', '”'), ('„', '”'), ('"', '"')];

/// The marks of one pair that belong together, each opening mark with its closing one; with the end of the paragraph where the
/// next one opens anew: a quotation of several paragraphs closes the last only.
fn pairs(a: &Analysis, tokens: Range<usize>, open: char, close: char) -> Vec<(usize, usize)> {
    let (mut stack, mut out) = (Vec::new(), Vec::new());
    let end = tokens.end;
    for i in tokens {
        let Some(c) = mark(a, i) else { continue };
        if c == close
            && let Some(start) = stack.pop()
        {
            out.push((start, i));
        }
        // A straight mark that closes may open too: which of the two it does shows once the quotations before it are known.
        if c == open {
            stack.push(i);
        }
    }
    if let Some(&start) = stack.first()
        && open != close
        && end < a.tokens.len()
        && mark(a, end) == Some(open)
        && a.kind(end) == a.kind(start)
    {
        out.push((start, end));
    }
    out
}

/// Whether a mark opens a quotation.
fn opens(c: char) -> bool {
    PAIRS.iter().any(|p| p.0 == c)
}

/// Who spoke last, if the story names them, and in which block.
type Spoke = (u32, Option<EntityId>);

/// Whom the words around a quotation give it to: somebody whom the story names or, `None`, somebody whom it does not.
type Given = Option<EntityId>;

/// Gives every quotation its speaker, where the words around it name one.
pub(super) fn speakers(a: &mut Analysis) {
    let mut last: Option<Spoke> = None;
    let mut open = false;
    // The last quotation with a speaker.
    let mut voice = usize::MAX;
    // Paragraphs of a quotation that is not closed yet: who speaks may be told at its end.
    let mut waiting: Vec<usize> = Vec::new();
    for m in 0..a.mentions.len() {
        let Value::Quotation(_) = a.mentions[m].value else { continue };
        let (start, end, block) = (a.mentions[m].tokens.0 as usize, a.mentions[m].tokens.1 as usize, a.mentions[m].block);
        let Some(language) = a.language(start) else { continue };
        let near = last.filter(|(b, _)| *b == block || b + 1 == block);
        let led = start > 0 && mark(a, start - 1) == Some(':');
        let told = before(a, start, near, language).filter(|_| led).or_else(|| after(a, end, start, near, language));
        let told = told.or_else(|| before(a, start, near, language));
        let mut speaker = told.flatten().or_else(|| attributed(a, start, end, language).filter(|_| told.is_none()));
        if told.is_none() && speaker.is_none() && end - start >= SPOKEN {
            // The same voice goes on in the same paragraph, and in the next where the marks were not closed.
            let same = last.filter(|(b, _)| *b == block && !named_between(a, m, voice) || open && b + 1 == block);
            speaker = same.and_then(|(_, e)| e);
        }
        open = mark(a, end - 1).is_none_or(|c| !crate::language::cut::closes_quotation(c));
        if speaker.is_some() {
            voice = m;
        }
        if speaker.is_some() || told.is_some() {
            last = Some((block, speaker));
            for w in waiting.drain(..) {
                if let Value::Quotation(q) = &mut a.mentions[w].value {
                    q.speaker = speaker;
                }
            }
        }
        if open && speaker.is_none() {
            waiting.push(m)
        } else {
            waiting.clear()
        }
        if let Value::Quotation(q) = &mut a.mentions[m].value {
            q.speaker = speaker;
        }
    }
}

/// Whether a person is named between a quotation and the one before, but in the sentence that gives that one its voice.
fn named_between(a: &Analysis, quotation: usize, voice: usize) -> bool {
    let inside = |m: &&Mention| matches!(m.value, Value::Person(_));
    let previous = a.mentions[..quotation].iter().rposition(|m| matches!(m.value, Value::Quotation(_)));
    let Some(p) = previous else { return true };
    let end = a.mentions[p].tokens.1;
    let start = a.mentions[quotation].tokens.0 as usize;
    // "…," said Luke Hallam, who runs the firm. "…"
    let goes_on =
        voice == p && mark(a, start.saturating_sub(1)) == Some('.') && (end as usize..start - 1).all(|i| mark(a, i) != Some('.'));
    !goes_on && a.mentions[p..quotation].iter().filter(inside).any(|m| m.tokens.0 >= end)
}

/// Who says, in the words after it: « … », dit Marie Martin; "…", she said.
fn after(a: &Analysis, end: usize, start: usize, near: Option<Spoke>, language: &Language) -> Option<Given> {
    let block = a.tokens[start].block;
    // What ends with a full stop ends its sentence: the next one speaks of the next quotation.
    let closed = end >= 2 && mark(a, end - 2) == Some('.') && a.tokens.get(end).is_some_and(|t| t.case.is_capital());
    if closed {
        return None;
    }
    let limit = a.tokens.len().min(end + REACH);
    let stops = |i: &usize| {
        let other = a.tokens[*i].block != block;
        other
            || mark(a, *i).is_some_and(|c| matches!(c, '.' | '!' | '?' | ';') || opens(c))
                && !(a.tokens[*i - 1].span.len() <= 2 && mark(a, *i) == Some('.'))
    };
    let stop = (end..limit).find(stops).unwrap_or(limit);
    // What stands after a full stop outside the marks is another sentence.
    let verb = inverted(a, end).or_else(|| (end..stop).find(|&i| says(a, i, language)))?;
    let near_enough = verb - end <= 8 || mark(a, end) == Some(',');
    if !near_enough {
        return None;
    }
    subject(a, end..verb, verb, stop, start, near, language)
}

/// The verb right behind a quotation and a comma whose subject follows: « … », *abonde* le maire. Whatever it is, it gives voice.
fn inverted(a: &Analysis, end: usize) -> Option<usize> {
    let comma = mark(a, end) == Some(',');
    let first = end + usize::from(comma);
    if !comma && (end < 2 || mark(a, end - 2) != Some(',')) {
        return None;
    }
    let at = a.chunks.partition_point(|c| (c.tokens.0 as usize) < first);
    let group = a.chunks.get(at).filter(|c| c.tokens.0 as usize == first)?;
    let subject = a.roles[at].subject? as usize;
    (matches!(group.kind, ChunkKind::Verb(v) if v.finite) && subject + 1 >= group.tokens.1 as usize).then_some(group.head as usize)
}

/// Who says, in the words of its sentence before it: Marie Martin a dit : « … ».
fn before(a: &Analysis, start: usize, near: Option<Spoke>, language: &Language) -> Option<Given> {
    let mut from = a.sentence(start).start;
    if from == start {
        // A colon may end the sentence that leads up to the quotation.
        if start == 0 || mark(a, start - 1) != Some(':') || a.tokens[start - 1].block != a.tokens[start].block {
            return None;
        }
        from = a.sentence(start - 1).start;
    }
    let from = (from.max(start.saturating_sub(REACH))..start)
        .rev()
        .find(|&i| mark(a, i).is_some_and(crate::language::cut::closes_quotation))
        .map_or(from, |i| i + 1);
    // "said that for him to *claim* …": who says it is the subject of what has one.
    let has_subject = |i: &usize| {
        let group = a.chunks.partition_point(|c| c.tokens.1 as usize <= *i);
        a.roles.get(group).is_some_and(|r| r.subject.is_some())
    };
    let verbs = || (from..start).rev().filter(|&i| says(a, i, language));
    let verb = verbs().find(has_subject).or_else(|| verbs().next())?;
    subject(a, from..verb, verb, start, start, near, language)
}

/// Who says, by « selon … » in its sentence.
fn attributed(a: &Analysis, start: usize, end: usize, language: &Language) -> Option<EntityId> {
    let sentence = a.sentence(start);
    let cue = language.cues.get("attribution");
    let (from, to) = (sentence.start.max(start.saturating_sub(REACH)), sentence.end.min(end + REACH).max(end));
    let at = (from..start).chain(end..to).find_map(|i| cue.at(a, i).map(|len| i + len))?;
    a.mentions_in(at..(at + 8).min(sentence.end)).iter().find_map(speaker)
}

/// Whether a token is a verb of saying.
fn says(a: &Analysis, i: usize, language: &Language) -> bool {
    let c = a.classes[i];
    let verb = [Class::Verb, Class::PastParticiple, Class::PresentParticiple, Class::Infinitive].iter().any(|k| c.has(*k));
    // « dit-elle »: what has its subject hung on is a verb, whatever else it may be.
    let inverted =
        a.tokens.get(i + 1).is_some_and(|t| t.glued) && a.lower(i + 1).starts_with('-') && a.classes[i + 1].has(Class::Subject);
    let voices = || ["saying", "voicing"].iter().any(|set| language.cues.get(set).at(a, i).is_some());
    a.tokens[i].kind == TokenKind::Word && (verb || inverted) && voices()
}

/// The subject of a verb of saying: the name nearest before it, else the first after it, else whom a pronoun means.
fn subject(
    a: &Analysis,
    lead: Range<usize>,
    verb: usize,
    stop: usize,
    quotation: usize,
    near: Option<Spoke>,
    language: &Language,
) -> Option<Given> {
    let free = |m: &&Mention| !governed(a, m.tokens.0 as usize, language);
    // « a-t-il dit », "he said": the pronoun beside the verb, before any name further off.
    let group = a.chunks.partition_point(|c| c.tokens.1 as usize <= verb);
    let group = a
        .chunks
        .get(group)
        .filter(|c| c.tokens.0 as usize <= verb)
        .map_or(verb..verb + 1, |c| c.tokens.0 as usize..c.tokens.1 as usize);
    let pronoun = (group.start.saturating_sub(1)..group.end + 1)
        .filter(|&i| i < a.tokens.len() && i != verb && i >= lead.start && i < stop)
        .find(|&i| a.classes[i].has(Class::Subject) && !a.classes[i].has(Class::Determiner));
    if let Some(i) = pronoun {
        return meant(a, i, quotation, near, language);
    }
    if let Some(told) = by_role(a, verb, lead.clone(), quotation, near, language) {
        return Some(told);
    }
    let named = a.mentions_in(lead).iter().rev().filter(free).find_map(speaker);
    let mut later = a.mentions_in(verb + 1..stop).iter().filter(free);
    named
        .or_else(|| {
            let all: Vec<&Mention> = later.by_ref().collect();
            let person = all.iter().find(|m| matches!(m.value, Value::Person(_)));
            person.or_else(|| all.iter().find(|m| matches!(m.value, Value::Organisation(_)))).and_then(|m| speaker(m))
        })
        .or_else(|| function(a, group.end..stop, quotation, language))
        .map(Some)
}

/// Whom the grammar has as the subject of a verb of saying, where it stands before it.
fn by_role(
    a: &Analysis,
    verb: usize,
    lead: Range<usize>,
    quotation: usize,
    near: Option<Spoke>,
    language: &Language,
) -> Option<Given> {
    let group = a.chunks.partition_point(|c| c.tokens.1 as usize <= verb);
    let roles = a.roles.get(group).filter(|_| a.chunks.get(group).is_some_and(|c| c.head as usize == verb))?;
    let subject = roles.subject.map(|t| t as usize).filter(|t| lead.contains(t))?;
    let classes = a.classes[subject];
    if classes.has(Class::Subject) && !classes.has(Class::Determiner) {
        return meant(a, subject, quotation, near, language);
    }
    let chunk = a.chunks.get(a.chunks.partition_point(|c| c.tokens.1 as usize <= subject))?;
    let (first, past) = (chunk.tokens.0 as usize, chunk.tokens.1 as usize);
    if matches!(chunk.kind, ChunkKind::Noun { preposition: Some(_), .. }) {
        return None;
    }
    // A name in an apposition is its own: "the Labour spokeswoman, Ann Lee, said".
    let person = |m: &Mention| speaker(m).filter(|_| matches!(m.value, Value::Person(_)));
    let inside = || a.mentions_in(first..past).iter().rev();
    let beside = || a.mentions_in(past..verb).iter().filter(|m| !governed(a, m.tokens.0 as usize, language));
    let told = inside().find_map(person).or_else(|| beside().find_map(person));
    let told = told.or_else(|| inside().find_map(speaker)).or_else(|| beside().find_map(speaker));
    let counted = classes.has(Class::Noun) && a.readings(subject).iter().all(|r| r.tag.plural() && !r.tag.singular());
    told.map(Some).or_else(|| function(a, first..past, quotation, language).map(Some)).or(counted.then_some(None))
}

/// Who may speak: a person, an organisation.
fn speaker(m: &Mention) -> Option<EntityId> {
    match &m.value {
        Value::Person(p) => Some(p.entity),
        Value::Organisation(id) => Some(*id),
        _ => None,
    }
}

/// Whether a preposition governs a name, a determiner or title between.
fn governed(a: &Analysis, at: usize, language: &Language) -> bool {
    let start = a.sentence(at).start;
    let mut i = at;
    while i > start {
        let before = i - 1;
        let contraction = language.grammar.contractions.iter().any(|w| w == a.lower(before));
        if a.classes[before].has(Class::Preposition) || contraction {
            // « selon Marie Martin »
            return (1..=2).all(|n| language.cues.get("attribution").before(a, before + n, start).is_none());
        }
        let between = a.classes[before].has(Class::Determiner)
            || language.cues.get("civil-title").at(a, before).is_some()
            || language.cues.get("function").at(a, before).is_some()
            || mark(a, before) == Some('.');
        if !between {
            return false;
        }
        i = before;
    }
    false
}

/// Whom a pronoun gives a quotation to: "they said" to nobody who is named, "it said" tells nothing.
fn meant(a: &Analysis, pronoun: usize, quotation: usize, near: Option<Spoke>, language: &Language) -> Option<Given> {
    let is = |set: &str| language.cues.get(set).at(a, pronoun).is_some();
    (is("she") || is("he") || is("pronoun-several")).then(|| referent(a, pronoun, quotation, near, language))
}

/// Whom a pronoun means: the last speaker, else the last person named, if the sex fits.
fn referent(a: &Analysis, pronoun: usize, quotation: usize, near: Option<Spoke>, language: &Language) -> Option<EntityId> {
    let cues = &language.cues;
    let is = |set: &str| cues.get(set).at(a, pronoun).is_some();
    let wanted = if is("she") {
        Some(Sex::Female)
    } else if is("he") {
        Some(Sex::Male)
    } else {
        None
    };
    wanted?;
    let fits = |e: &EntityId| {
        let sex = a.entities[e.0 as usize].sex;
        sex.is_none() || sex == wanted
    };
    let block = a.tokens[quotation].block;
    let upto = a.mentions.partition_point(|m| (m.tokens.0 as usize) < quotation);
    let person = |m: &Mention| match &m.value {
        Value::Person(p) if fits(&p.entity) => Some(p.entity),
        _ => None,
    };
    // Whom the paragraph names goes before who spoke in another.
    let here = || {
        let own = a.mentions[..upto].iter().rev().take_while(|m| m.block == block);
        own.filter(|m| !governed(a, m.tokens.0 as usize, language)).find_map(person)
    };
    // Somebody whom nobody names spoke last here.
    if near == Some((block, None)) {
        return None;
    }
    let spoke = near.and_then(|(b, e)| Some((b, e.filter(fits)?)));
    let last = last_subject(a, pronoun, quotation).filter(fits);
    last.or(spoke.filter(|(b, _)| *b == block).map(|(_, e)| e))
        .or_else(here)
        .or(spoke.map(|(_, e)| e))
        .or_else(|| a.mentions[..upto].iter().rev().take(BACK).find_map(person))
}

/// The person who is the subject of the sentence before a pronoun's, where no quotation stands between.
fn last_subject(a: &Analysis, pronoun: usize, quotation: usize) -> Option<EntityId> {
    let at = pronoun.min(quotation);
    let sentence = a.sentence(a.sentence(at).start.checked_sub(1)?);
    let upto = a.mentions.partition_point(|m| (m.tokens.0 as usize) < at);
    let from = a.mentions[..upto].iter().rev().find(|m| matches!(m.value, Value::Quotation(_))).map_or(0, |m| m.tokens.1 as usize);
    if from > sentence.start {
        return None;
    }
    let first = a.chunks.partition_point(|c| (c.tokens.0 as usize) < sentence.start);
    let verbs = (first..a.chunks.len()).take_while(|&c| (a.chunks[c].tokens.0 as usize) < sentence.end);
    let main = verbs.filter(|&c| a.roles[c].subject.is_some()).find(|&c| {
        let clause = a.clauses[a.chunks[c].clause as usize];
        !clause.subordinate
    })?;
    let subject = a.roles[main].subject? as usize;
    let joined = |past: usize| a.classes.get(past).is_some_and(|c| c.has(Class::Coordinator));
    a.mentions_in(subject.saturating_sub(4)..subject + 1).iter().rev().find_map(|m| match &m.value {
        // "Mary Cole *and* Peter Cole voted": of two the last named is meant, if any.
        Value::Person(p) if m.tokens.1 as usize > subject => Some(p.entity).filter(|_| !joined(m.tokens.1 as usize)),
        _ => None,
    })
}

/// Whom a function means: « a souligné le porte-parole », the person whom the story gave that function before.
fn function(a: &Analysis, after: Range<usize>, quotation: usize, language: &Language) -> Option<EntityId> {
    let cue = language.cues.get("function");
    let at = after.take(3).find(|&i| cue.at(a, i).is_some())?;
    let upto = a.mentions.partition_point(|m| (m.tokens.0 as usize) < quotation);
    a.mentions[..upto].iter().rev().take(BACK).find_map(|m| {
        let Value::Person(p) = &m.value else { return None };
        let sentence = a.sentence(m.tokens.0 as usize);
        let around = (m.tokens.0 as usize).saturating_sub(7).max(sentence.start)..(m.tokens.1 as usize + 4).min(sentence.end);
        let parted = |i: usize| {
            let (from, to) = (i.min(m.tokens.0 as usize), i.max(m.tokens.1 as usize));
            let first = a.chunks.partition_point(|c| (c.tokens.0 as usize) < from);
            let mut between = a.chunks[first..].iter().take_while(|c| (c.tokens.0 as usize) < to);
            between.any(|c| matches!(c.kind, ChunkKind::Verb(v) if v.finite))
        };
        around.into_iter().any(|i| a.lower(i) == a.lower(at) && !parted(i)).then_some(p.entity)
    })
}
