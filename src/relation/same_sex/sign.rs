//! What tells the sex of somebody: a title, a noun beside the name, a pronoun, a noun that takes up.

use std::ops::Range;

use crate::analysis::{Analysis, Case, ChunkKind, Mention, PersonValue, Sex, mark};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::language::cut::is_hyphen;
use crate::language::grammar::Class;
use crate::language::lexicon::Pos;
use crate::relation::Conflict;
use crate::relation::human::human;
use crate::relation::support::says;

/// Words before a name that are told of whom it names, at most.
const GROUP: usize = 9;

/// Words from a participle that opens a sentence to the subject, at most.
const OPENER: usize = 16;

/// Words that tell somebody's sex.
#[derive(Clone, Debug)]
pub(super) struct Sign {
    pub sex: Sex,
    /// The words, with the name where they stand beside it.
    pub tokens: Range<usize>,
    /// Whether a word of kinship tells it: "a father of four".
    pub kin: bool,
}

/// A participle that opens a sentence and agrees with the subject behind its comma: « *Formé* à Saumur, cette ébéniste ».
pub(super) fn opener(a: &Analysis, subject: usize) -> Option<Sign> {
    let sentence = a.sentence(subject);
    let first = sentence.start;
    let c = a.classes[first];
    if mark(a, subject.checked_sub(1)?) != Some(',') || subject - first > OPENER || !c.has(Class::PastParticiple) {
        return None;
    }
    let acts = |i: usize| {
        a.chunks
            .iter()
            .skip(a.chunks.partition_point(|k| k.tokens.1 as usize <= i))
            .take(1)
            .any(|k| k.tokens.0 as usize <= i && matches!(k.kind, ChunkKind::Verb(v) if v.finite))
    };
    let sex = participle(a, first)?;
    (!(first + 1..subject).any(acts)).then_some(Sign { sex, tokens: first..first + 1, kin: false })
}

/// What stands beside a name and tells the sex: the title, the noun group before the name, the apposition behind it.
pub(super) fn beside(a: &Analysis, m: &Mention, p: &PersonValue) -> Option<Sign> {
    let (name, past) = (m.tokens.0 as usize, m.tokens.1 as usize);
    let title = p.title.0 as usize..p.title.1 as usize;
    let (man, woman) = (says(a, "civil-male", title.clone()), says(a, "civil-female", title.clone()));
    if man != woman {
        return Some(Sign { sex: if man { Sex::Male } else { Sex::Female }, tokens: title.start..past, kin: false });
    }
    let start = if title.is_empty() { name } else { title.start };
    if let Some(i) = title.clone().find(|&i| sex(a, i).is_some()) {
        return Some(Sign { sex: sex(a, i)?, tokens: i..past, kin: false });
    }
    let beside = before(a, start).or_else(|| behind(a, past));
    let opens = || opener(a, start).map(|s| Sign { tokens: s.tokens.start..past, ..s });
    beside
        .map(|(noun, sex)| {
            let kin = a.language(noun).is_some_and(|l| l.cues.get("kin").at(a, noun).is_some());
            Sign { sex, tokens: noun.min(start)..past.max(noun + 1), kin }
        })
        .or_else(opens)
        .or_else(|| agrees(a, &(start..past)).map(|(sex, tokens)| Sign { sex, tokens, kin: false }))
}

/// The noun of the group that ends before a name, right before it or before a comma.
fn before(a: &Analysis, name: usize) -> Option<(usize, Sex)> {
    let from = a.sentence(name).start.max(name.saturating_sub(GROUP));
    let comma = name > from && mark(a, name - 1) == Some(',');
    let past = name - usize::from(comma);
    let joins = |i: usize| {
        let c = a.classes[i];
        [Class::Noun, Class::Adjective, Class::Determiner, Class::Proper, Class::Numeral].iter().any(|k| c.has(*k))
            || comma && c.has(Class::Preposition)
    };
    let group: Vec<usize> = (from..past).rev().take_while(|&i| a.tokens[i].kind == TokenKind::Word && joins(i)).collect();
    // « la fille du maire, Paul Hallam »: which of them it is, is open; a number is nobody: "a father of four".
    let told = |i: usize| a.language(i).is_some_and(|l| l.cues.get("noun-female").at(a, i) == Some(1));
    let noun = group
        .iter()
        .rev()
        .copied()
        .find(|&i| (a.classes[i].has(Class::Noun) || told(i)) && !a.classes[i].has(Class::Determiner))?;
    let of = group.iter().any(|&i| {
        i > noun && (a.classes[i].has(Class::Determiner) && !a.classes[i].has(Class::Numeral) || a.tokens[i].case.is_capital())
    });
    let kin = a.language(noun).is_some_and(|l| l.cues.get("kin").at(a, noun).is_some());
    let led = group.last().is_some_and(|&i| i > from && a.classes[i - 1].has(Class::Preposition) && !comma);
    if kin && of || led || possessed(a, noun) {
        return None;
    }
    sex(a, noun).map(|sex| (noun, sex))
}

/// The noun of the apposition behind a name: "Alexis Moreau, a waiter from Lyon, …".
fn behind(a: &Analysis, past: usize) -> Option<(usize, Sex)> {
    let end = a.sentence(past - 1).end;
    if past + 1 >= end || mark(a, past) != Some(',') {
        return None;
    }
    let leads = |i: &usize| {
        let c = a.classes[*i];
        mark(a, *i).is_none() && !c.has(Class::Preposition) && !c.has(Class::Coordinator) && !c.has(Class::Relative)
    };
    let part: Vec<usize> = (past + 1..end).take(5).take_while(leads).collect();
    let noun = part.iter().copied().find(|&i| sex(a, i).is_some())?;
    // « Luc Morand, la maire et … », "Paul Hallam, his wife and …": a list.
    let close = (noun..end).take(GROUP + 4).find(|&i| mark(a, i).is_some()).unwrap_or(end);
    let acts = |i: usize| a.classes[i].has(Class::Verb) && !a.classes[i].has(Class::Noun) && !a.classes[i].has(Class::Adjective);
    let list = (noun..close).any(|i| a.classes[i].has(Class::Coordinator) || acts(i));
    // "Andrew, *Queen* Elizabeth's third child": a title before another name.
    let titled = a.tokens[noun].case.is_capital() && noun + 1 < end && a.tokens[noun + 1].case.is_capital();
    let proper = titled || part.iter().any(|&i| i < noun && a.tokens[i].case.is_capital());
    (!list && !proper && !possessed(a, noun)).then(|| sex(a, noun)).flatten().map(|sex| (noun, sex))
}

/// The participle or adjective that agrees with a name: « Yannick Garrigal, né à Tulle, … », « Yannick Garrigal a été nommée … ».
fn agrees(a: &Analysis, name: &Range<usize>) -> Option<(Sex, Range<usize>)> {
    let past = name.end;
    let end = a.sentence(name.start).end;
    // « la défense de Carlos Ghosn, *menée* par … », « une motion du chef de groupe Ahmed Laaouej, *cosignée* »: said of another noun.
    let hangs = name.start.checked_sub(1).filter(|&i| i >= a.sentence(name.start).start).is_some_and(|i| {
        let c = a.classes[i];
        mark(a, i).is_none()
            && (c.has(Class::Preposition)
                || c.has(Class::Noun)
                || c.has(Class::Adjective)
                || c.has(Class::Proper)
                || a.tokens[i].case.is_capital())
    });
    let apposed = !hangs && past + 1 < end && mark(a, past) == Some(',') && a.classes[past + 1].has(Class::PastParticiple);
    if apposed && let Some(sex) = participle(a, past + 1) {
        return Some((sex, name.start..past + 2));
    }
    let at = a.chunks.partition_point(|c| (c.tokens.1 as usize) <= past);
    let (n, verb) = a.chunks.iter().enumerate().skip(at).take(2).find(|(_, c)| matches!(c.kind, ChunkKind::Verb(v) if v.finite))?;
    let language = a.language(name.start)?;
    let subject = a.roles[n].subject.is_some_and(|s| name.contains(&(s as usize)));
    let tokens = verb.tokens.0 as usize..verb.tokens.1 as usize;
    let be = |i: usize| a.readings(i).iter().any(|r| language.grammar.ids.linking.contains(&r.lemma));
    let own = |i: usize| language.cues.get("reflexive").at(a, i).is_some();
    let plain = subject && tokens.start == past && tokens.end <= end && tokens.clone().any(be) && !tokens.clone().any(own);
    let sex = participle(a, verb.head as usize).filter(|_| plain)?;
    Some((sex, name.start..tokens.end))
}

/// The sex that the ending of a participle in the singular tells.
fn participle(a: &Analysis, i: usize) -> Option<Sex> {
    let tags = || a.readings(i).iter().map(|r| r.tag).filter(|t| t.pos() == Pos::Verb && (t.masculine() || t.feminine()));
    let many = tags().any(|t| t.plural() && !t.singular());
    match (tags().any(|t| t.masculine()), tags().any(|t| t.feminine())) {
        (true, false) if !many => Some(Sex::Male),
        (false, true) if !many => Some(Sex::Female),
        _ => None,
    }
}

/// Whether a possessive makes a noun somebody else's: « sa femme ».
fn possessed(a: &Analysis, noun: usize) -> bool {
    let kin = a.language(noun).is_some_and(|l| l.cues.get("kin").at(a, noun).is_some());
    kin && (a.sentence(noun).start.max(noun.saturating_sub(3))..noun).any(|i| says(a, "possessive", i..i + 1))
}

/// The sex of whom a noun may call, where it tells one. A masculine that women are called by as well tells none.
pub(super) fn sex(a: &Analysis, i: usize) -> Option<Sex> {
    let language = a.language(i)?;
    let has = |set: &str| language.cues.get(set).at(a, i) == Some(1);
    if a.tokens[i].kind != TokenKind::Word || a.tokens[i].case == Case::Upper {
        return None;
    }
    match (has("noun-male"), has("noun-female")) {
        (true, false) => return Some(Sex::Male),
        (false, true) => return Some(Sex::Female),
        _ => {}
    }
    let taken = has("taking-up") || a.tokens[i].case == Case::Capitalised && language.peoples.country(a.lower(i)).is_some();
    if !language.grammar.head_first || !(human(a, i) || taken) || has("used-of-both") || has("somebody-else") {
        return None;
    }
    let mut nouns = a.readings(i).iter().filter(|r| r.tag.pos() == Pos::Noun && !r.tag.plural()).peekable();
    nouns.peek()?;
    let (mut male, mut female) = (false, false);
    for r in nouns {
        male |= r.tag.masculine();
        female |= r.tag.feminine();
    }
    if male == female {
        // « cette ébéniste », « le pénaliste »: the article tells.
        let article = (a.sentence(i).start..i).rev().take(3).find(|&j| a.classes[j].has(Class::Determiner))?;
        let tags = || a.readings(article).iter().map(|r| r.tag);
        male = tags().any(|t| t.masculine());
        female = tags().any(|t| t.feminine());
    }
    match (male, female) {
        (true, false) => Some(Sex::Male),
        (false, true) => Some(Sex::Female),
        _ => None,
    }
}

/// What takes somebody up and tells the sex: a pronoun, « cette ébéniste », "the Frenchwoman".
pub(super) fn taken_up(a: &Analysis, i: usize) -> Option<Sign> {
    pronoun(a, i).or_else(|| noun(a, i)).map(|(sex, tokens)| Sign { sex, tokens, kin: false })
}

fn pronoun(a: &Analysis, i: usize) -> Option<(Sex, Range<usize>)> {
    let language = a.language(i)?;
    let has = |set: &str| language.cues.get(set).at(a, i) == Some(1);
    let sex = match (has("pronoun-him"), has("pronoun-her")) {
        (true, false) => Some(Sex::Male),
        (false, true) => Some(Sex::Female),
        _ => None,
    };
    // "his or her", « *Her* » as a title.
    let sentence = a.sentence(i);
    if let Some(sex) = sex {
        let near = i.saturating_sub(3).max(sentence.start)..(i + 4).min(sentence.end);
        let both = says(a, "pronoun-him", near.clone()) && says(a, "pronoun-her", near);
        let title = a.tokens[i].case.is_capital() && i > sentence.start && mark(a, i - 1).is_none();
        return (!both && !title).then_some((sex, i..i + 1));
    }
    // Where things have a gender, only who acts as people do is somebody: « a-t-il prévenu », « elle écrit ».
    if !language.grammar.head_first {
        return None;
    }
    let last = a.lower(i).rsplit(is_hyphen).next().unwrap_or_default();
    let is = |set: &str| language.sets.get(set).is_some_and(|all| all.iter().any(|w| w == last));
    let sex = match (is("pronoun-male"), is("pronoun-female")) {
        (true, false) => Sex::Male,
        (false, true) => Sex::Female,
        _ => return None,
    };
    let acts = |j: usize| ["saying", "human-verb"].iter().any(|set| language.cues.get(set).at(a, j).is_some());
    let inverted = last.len() < a.lower(i).len();
    let verb = if inverted {
        // « prévient-elle », « a-t-il prévenu »
        (i.saturating_sub(1)..(i + 3).min(sentence.end)).filter(|&j| j != i).find(|&j| acts(j))
    } else {
        let at = a.chunks.partition_point(|c| c.tokens.1 as usize <= i);
        let next = a.chunks[at..].iter().take(2).find(|c| matches!(c.kind, ChunkKind::Verb(v) if v.finite));
        next.map(|c| c.head as usize).filter(|&v| v < i + 6 && v < sentence.end && acts(v))
    };
    verb.map(|_| (sex, i..i + 1))
}

/// A noun in the singular that a definite article or a demonstrative leads, with no name and nothing that it is of beside it.
fn noun(a: &Analysis, i: usize) -> Option<(Sex, Range<usize>)> {
    let language = a.language(i)?;
    let sex = sex(a, i)?;
    let kin = language.cues.get("kin").at(a, i).is_some();
    let sentence = a.sentence(i);
    let article =
        (sentence.start..i).rev().take(3).take_while(|&j| mark(a, j).is_none()).find(|&j| a.classes[j].has(Class::Determiner))?;
    let is = |set: &str| language.cues.get(set).at(a, article).is_some();
    // « le président » may be another's: only « ce président » takes up, or who was called so.
    let known = || {
        let thing = a.cards().word(i as u32).map(|w| &a.cards().things[w.thing.0 as usize]);
        thing.is_some_and(|t| t.entity.is_some())
    };
    // « la présidente » is whoever presides, « la jeune femme » is known.
    let has = |set: &str| language.cues.get(set).at(a, i).is_some();
    let plain = (has("noun-male") || has("noun-female")) && !has("function") && !has("people-noun");
    let taken = language.cues.get("taking-up").at(a, i).is_some() || language.peoples.country(a.lower(i)).is_some();
    let takes_up = is("demonstrative") || is("definite") && (plain || taken || known());
    // « la famille *fondatrice* »
    let head = (article + 1..i).all(|j| !a.classes[j].has(Class::Noun) || a.classes[j].has(Class::Adjective));
    let next = a.tokens.get(i + 1).filter(|_| i + 1 < sentence.end);
    let named = next.is_some_and(|t| t.case.is_capital() || a.classes[i + 1].has(Class::Preposition) && plain);
    let plural = a.readings(i).iter().all(|r| r.tag.plural() && !r.tag.singular());
    (takes_up && head && !kin && !named && !plural).then_some((sex, article..i + 1))
}

/// The conflict of two signs.
pub(super) fn conflict(a: &Analysis, first: &Sign, other: &Sign, kin: bool) -> Conflict {
    let mut facets = Facets::default();
    let (x, y) = (a.span(first.tokens.clone()), a.span(other.tokens.clone()));
    facets.insert_if(kin, Facet::Kin);
    facets.insert_if(a.facets_at(x).contains(Facet::Quoted) || a.facets_at(y).contains(Facet::Quoted), Facet::Quoted);
    Conflict { roles: vec![("title", x), ("other", y)], values: Bindings::default(), facets }
}

/// The other sex.
pub(super) fn other(sex: Sex) -> Sex {
    match sex {
        Sex::Female => Sex::Male,
        Sex::Male => Sex::Female,
    }
}
