//! Words between quotation marks, and who speaks them.

use std::ops::Range;

use crate::analysis::{Analysis, EntityId, Mention, Sex, Value, mark};
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

/// Who spoke last, and in which block.
type Spoke = (u32, EntityId);

/// Gives every quotation its speaker, where the words around it name one.
pub(super) fn speakers(a: &mut Analysis) {
    let mut last: Option<Spoke> = None;
    let mut open = false;
    // Paragraphs of a quotation that is not closed yet: who speaks may be told at its end.
    let mut waiting: Vec<usize> = Vec::new();
    for m in 0..a.mentions.len() {
        let Value::Quotation(_) = a.mentions[m].value else { continue };
        let (start, end, block) = (a.mentions[m].tokens.0 as usize, a.mentions[m].tokens.1 as usize, a.mentions[m].block);
        let Some(language) = a.language(start) else { continue };
        let near = last.filter(|(b, _)| *b == block || b + 1 == block);
        let mut speaker = after(a, end, start, near, language)
            .or_else(|| before(a, start, near, language))
            .or_else(|| attributed(a, start, end, language));
        if speaker.is_none() && end - start >= SPOKEN {
            // The same voice goes on in the same paragraph, and in the next where the marks were not closed.
            let same = last.filter(|(b, _)| *b == block && !named_between(a, m) || open && b + 1 == block);
            speaker = same.map(|(_, e)| e);
        }
        open = mark(a, end - 1).is_none_or(|c| !crate::language::cut::closes_quotation(c));
        if let Some(entity) = speaker {
            last = Some((block, entity));
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

/// Whether a person is named between a quotation and the one before.
fn named_between(a: &Analysis, quotation: usize) -> bool {
    let inside = |m: &&Mention| matches!(m.value, Value::Person(_));
    let previous = a.mentions[..quotation].iter().rposition(|m| matches!(m.value, Value::Quotation(_)));
    let Some(p) = previous else { return true };
    let end = a.mentions[p].tokens.1;
    a.mentions[p..quotation].iter().filter(inside).any(|m| m.tokens.0 >= end)
}

/// Who says, in the words after it: « … », dit Marie Martin; "…", she said.
fn after(a: &Analysis, end: usize, start: usize, near: Option<Spoke>, language: &Language) -> Option<EntityId> {
    let block = a.tokens[start].block;
    let limit = a.tokens.len().min(end + REACH);
    let stops = |i: &usize| {
        let other = a.tokens[*i].block != block;
        other
            || mark(a, *i).is_some_and(|c| matches!(c, '.' | '!' | '?' | ';') || opens(c))
                && !(a.tokens[*i - 1].span.len() <= 2 && mark(a, *i) == Some('.'))
    };
    let stop = (end..limit).find(stops).unwrap_or(limit);
    // What stands after a full stop outside the marks is another sentence.
    let verb = (end..stop).find(|&i| says(a, i, language))?;
    let near_enough = verb - end <= 8 || mark(a, end) == Some(',');
    if !near_enough {
        return None;
    }
    subject(a, end..verb, verb, stop, start, near, language)
}

/// Who says, in the words of its sentence before it: Marie Martin a dit : « … ».
fn before(a: &Analysis, start: usize, near: Option<Spoke>, language: &Language) -> Option<EntityId> {
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
    let verb = (from..start).rev().find(|&i| says(a, i, language))?;
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
) -> Option<EntityId> {
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
        return referent(a, i, quotation, near, language);
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
    let spoke = near.filter(|(_, e)| fits(e));
    spoke
        .filter(|(b, _)| *b == block)
        .map(|(_, e)| e)
        .or_else(here)
        .or(spoke.map(|(_, e)| e))
        .or_else(|| a.mentions[..upto].iter().rev().take(BACK).find_map(person))
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
        around.into_iter().any(|i| a.lower(i) == a.lower(at)).then_some(p.entity)
    })
}
