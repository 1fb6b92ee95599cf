//! The sets that a story counts, each with the classes of its members as nouns and verbs tell them.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::known::{Known, all_of, deeds, determined, whole};
use super::words::{classes, keys, merge, phrase};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, ChunkKind, Mention, Quantity, Value, mark};
use crate::document::BlockKind;
use crate::language::grammar::Class;
use crate::language::lexicon::{Pos, VerbForm};
use crate::language::members::{Key, Members, Told};
use crate::language::{Language, TokenKind};
use crate::mention::quantity::linked;
use crate::relation::agree;
use crate::relation::figure::{cue_in, parted};

/// Where a set stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Headline, standfirst, kicker.
    Above,
    /// A caption.
    Caption,
    /// The running text.
    Story,
}

/// How many of something there are.
#[derive(Debug)]
pub(super) struct Set<'a> {
    /// The number and its noun.
    pub tokens: Range<usize>,
    /// The mention of the number; none where a noun holds it: "the *trio*".
    pub mention: Option<&'a Mention>,
    pub amount: Amount,
    /// The noun, where one is counted.
    pub head: Option<usize>,
    /// The classes that the noun, or a participle on it, tells.
    pub own: Vec<u16>,
    /// Those that verbs tell.
    pub told: Vec<u16>,
    /// Whether the members are people by their noun, or nothing says what they are.
    pub person: bool,
    /// Whether the noun is one that all people have: it tells of no class.
    pub anyone: bool,
    pub definite: bool,
    /// Words beside it make it a part of another set, or one of another time.
    pub part: bool,
    /// The tokens that tell the group from others of its noun.
    pub marks: Vec<usize>,
    /// Words set it in another time than the story's: a year, a clause of what was before.
    pub past: bool,
    /// What a complement or a relative clause narrows a definite group by.
    pub narrowed: bool,
    pub place: Place,
}

/// Sets of one story that are held against each other: no story has more.
const MOST: usize = 150;

pub(super) fn place(kind: BlockKind) -> Option<Place> {
    match kind {
        BlockKind::Headline | BlockKind::Standfirst | BlockKind::Kicker => Some(Place::Above),
        BlockKind::Caption => Some(Place::Caption),
        kind if kind.is_running() => Some(Place::Story),
        _ => None,
    }
}

/// The sets of a story in the order of the text.
pub(super) fn sets<'a>(a: &'a Analysis<'_>) -> Vec<Set<'a>> {
    let counts = a.mentions.iter().filter_map(|m| match &m.value {
        Value::Quantity(q) => Some((m, q)),
        _ => None,
    });
    let counts: Vec<(&Mention, &Quantity)> = counts.take(MOST).collect();
    if counts.is_empty() {
        return Vec::new();
    }
    let roles = Roles::of(a);
    let mut all: Vec<Set> = counts.into_iter().filter_map(|(m, q)| set(a, &roles, m, q)).collect();
    if all.iter().any(|s| s.person) {
        all.extend(held(a));
        all.sort_by_key(|s| s.tokens.start);
    }
    all
}

/// What verbs do with a noun, by its token.
struct Roles(FxHashMap<u32, Vec<(usize, Told)>>);

impl Roles {
    fn of(a: &Analysis) -> Roles {
        let mut all: FxHashMap<u32, Vec<(usize, Told)>> = FxHashMap::default();
        for (i, r) in a.roles.iter().enumerate() {
            let ChunkKind::Verb(v) = a.chunks[i].kind else { continue };
            let subject = (r.subject, if v.passive { Told::Done } else { Told::Does });
            for (token, told) in [subject, (r.object, Told::Done), (r.agent, Told::Does)] {
                if let Some(t) = token {
                    all.entry(t).or_default().push((i, told));
                }
            }
            // « 240 riverains ont dû *quitter* leur logement »: the infinitive has the same subject.
            let next = a.chunks.get(i + 1).filter(|n| n.tokens.0 <= a.chunks[i].tokens.1 + 1 && v.finite && !v.passive);
            if let Some(ChunkKind::Verb(n)) = next.map(|n| n.kind)
                && !n.finite
            {
                let told = if n.passive { Told::Done } else { Told::Does };
                if let Some(t) = r.subject {
                    all.entry(t).or_default().push((i + 1, told));
                }
            }
        }
        Roles(all)
    }
}

fn set<'a>(a: &'a Analysis<'_>, roles: &Roles, m: &'a Mention, q: &'a Quantity) -> Option<Set<'a>> {
    let place = place(a.doc.blocks[m.block as usize].kind)?;
    // « trois fois plus de cas » counts nothing.
    if let Some(c) = &q.counted
        && cue_in(a, "times", c.head as usize..c.head as usize + 1)
    {
        return None;
    }
    let number = m.tokens.0 as usize..m.tokens.1 as usize;
    let language = a.language(number.start)?;
    let members: &Members = &language.members;
    let sentence = a.sentence(number.start);
    // A count with a verb for its noun counts nothing but whoever the verb is told of: "Twelve *killed*".
    let mut head = q.counted.as_ref().map(|c| c.head as usize).filter(|&h| h >= number.end && !acts(language, a, &number, h, q));
    // « les 420 *évacués* », "the 68 *held*": a participle for whoever suffered it.
    if head.is_none()
        && number.end < sentence.end
        && a.tokens[number.end].kind == TokenKind::Word
        && a.classes[number.end].has(Class::PastParticiple)
    {
        let noun = !classes(a, language, Told::Noun, number.end, number.end + 1).is_empty();
        let known = determined(a, language, number.start, sentence.start) != Known::No
            && !classes(a, language, Told::Done, number.end, number.end + 1).is_empty();
        head = (noun || known).then_some(number.end);
    }
    if head.is_none() {
        head = all_of(a, language, &number, sentence.clone());
    }
    let end = head.map_or(number.end, |h| h + 1);
    let mut own = Vec::new();
    let mut told = Vec::new();
    if let Some(h) = head {
        own = classes(a, language, Told::Noun, h, sentence.end);
        // « neuf *inscrits* »: whoever the verb is done to.
        let suffers = language.lexicon.readings(a.lower(h)).any(|(_, tag)| tag.verb_form() == Some(VerbForm::PastParticiple));
        if suffers {
            merge(&mut own, classes(a, language, Told::Done, h, h + 1));
        }
    }
    let known =
        |h: usize| keys(a, language, h).iter().any(|k| members.is_person(k)) || language.cues.get("people-noun").at(a, h).is_some();
    let person = head.is_none_or(|h| known(h) || participle(a, h));
    let anyone = head.is_some_and(|h| person && own.is_empty() && !participle(a, h));
    // « 15 manifestants *blessés* », "12 *missing* hikers"
    for i in number.end..(end + 3).min(sentence.end) {
        let before = head.is_some_and(|h| i < h);
        let beside = i == end || i == end + 1 && a.classes[end].has(Class::Adverb) || head == Some(i) && participle(a, i);
        if (before || beside) && described(a, i) {
            merge(&mut own, classes(a, language, Told::Done, i, sentence.end));
            merge(
                &mut own,
                classes(a, language, Told::Noun, i, i + 1)
                    .into_iter()
                    .filter(|_| !a.classes[i].has(Class::Noun) || before)
                    .collect(),
            );
        }
    }
    // What verbs say of it.
    let tokens = head.map_or(number.clone(), |h| h..h + 1);
    for t in tokens.clone() {
        for &(chunk, how) in roles.0.get(&(t as u32)).into_iter().flatten() {
            let verb = a.chunks[chunk];
            merge(&mut told, classes(a, language, how, verb.head as usize, sentence.end));
        }
    }
    merge(&mut told, beside(a, language, &number, end));
    if head.is_none() {
        for i in number.start.saturating_sub(7).max(sentence.start)..number.start {
            merge(&mut own, classes(a, language, Told::Toll, i, number.start));
        }
    }
    merge(&mut told, deeds(a, language, number.start, sentence.start));
    if !person {
        // A noun that nobody lists may be of people, whom alone some verbs are told of.
        told.retain(|c| own.is_empty() && members.is_animate(*c));
    }
    let with_others = coordinated(a, language, &number, end);
    if with_others {
        // « un couple et *ses deux filles* ont été asphyxiés »: all of them are more.
        told.clear();
    }
    let known = determined(a, language, number.start, sentence.start);
    // "her ten books": but « ses trois enfants » are anybody's.
    let owned = !person && number.start > sentence.start && language.cues.get("possessive").at(a, number.start - 1) == Some(1);
    let definite = known != Known::No || owned;
    let mut set = Set {
        tokens: number.start..end,
        mention: Some(m),
        amount: q.amount,
        head,
        own,
        told,
        person,
        anyone,
        definite,
        part: false,
        marks: Vec::new(),
        past: agree::other_year(a, m) || m.frame.background,
        narrowed: false,
        place,
    };
    set.part = part(a, language, &set) && !whole(a, language, set.tokens.start, head.is_some()) && !parted(a, m);
    narrow(a, language, &mut set, roles);
    // "the two nurses and a driver" are three.
    set.narrowed |= with_others;
    if known == Known::Held {
        set.marks.clear();
    }
    Some(set)
}

/// Whether the word right behind several of something is what they do: "11,400 *sign* up".
fn acts(language: &Language, a: &Analysis, number: &Range<usize>, head: usize, q: &Quantity) -> bool {
    let mut verb = false;
    for (_, tag) in language.lexicon.readings(a.lower(head)) {
        if tag.pos() == Pos::Noun && tag.plural() {
            return false;
        }
        verb |= tag.is_finite();
        if tag.verb_form() == Some(VerbForm::PastParticiple) {
            return false;
        }
    }
    verb && head == number.end && q.amount.written >= Ratio::whole(2) && !a.classes[head].has(Class::PastParticiple)
}

/// Whether a group is one of several that are told together.
fn coordinated(a: &Analysis, language: &Language, number: &Range<usize>, end: usize) -> bool {
    let sentence = a.sentence(number.start);
    let determiner = |i: usize| language.grammar.definite.iter().any(|d| d == a.lower(i));
    let first = if number.start > sentence.start && determiner(number.start - 1) { number.start - 1 } else { number.start };
    let joins = |i: usize| a.classes[i].has(Class::Coordinator);
    first > sentence.start + 1 && joins(first - 1) && a.classes[first - 2].has(Class::Noun)
        || end + 1 < sentence.end && joins(end) && !a.classes[end + 1].has(Class::Verb)
}

/// Whether a word stands for whoever suffers it.
fn participle(a: &Analysis, i: usize) -> bool {
    a.classes[i].has(Class::PastParticiple) && !a.classes[i].has(Class::Noun)
}

fn described(a: &Analysis, i: usize) -> bool {
    [Class::PastParticiple, Class::Adjective].iter().any(|c| a.classes[i].has(*c)) || a.classes[i].has(Class::Noun)
}

/// What the verb right before a count does to it, or the one right behind says of it: « ont coûté la vie à douze personnes ».
fn beside(a: &Analysis, language: &Language, number: &Range<usize>, end: usize) -> Vec<u16> {
    let mut out = Vec::new();
    let at = a.chunks.partition_point(|c| (c.tokens.0 as usize) < number.start);
    let sentence = a.tokens[number.start].sentence;
    let verb =
        |i: usize| matches!(a.chunks[i].kind, ChunkKind::Verb(_)) && a.tokens[a.chunks[i].head as usize].sentence == sentence;
    for i in (at.saturating_sub(3)..at).rev().filter(|&i| verb(i)) {
        let head = a.chunks[i].head as usize;
        if number.start - head > 7 {
            break;
        }
        let ChunkKind::Verb(v) = a.chunks[i].kind else { continue };
        let near = number.start.saturating_sub(a.chunks[i].tokens.1 as usize) <= 3 && i + 1 == at;
        if !v.passive {
            let found =
                if near { classes(a, language, Told::Done, head, number.start) } else { phrase(a, language, head, number.start) };
            merge(&mut out, found);
        }
        break;
    }
    if let Some(i) = (at..a.chunks.len().min(at + 3)).find(|&i| verb(i) && a.chunks[i].tokens.0 as usize >= end)
        && a.chunks[i].tokens.0 as usize <= end + 1
    {
        let ChunkKind::Verb(v) = a.chunks[i].kind else { return out };
        let participle = !v.finite && a.classes[a.chunks[i].head as usize].has(Class::PastParticiple);
        let told = if v.passive || participle { Told::Done } else { Told::Does };
        merge(&mut out, classes(a, language, told, a.chunks[i].head as usize, a.sentence(end - 1).end));
    }
    // « Ils seront 1 400 *à s'élancer* »
    if out.is_empty() && end < a.sentence(end - 1).end && language.cues.get("to-infinitive").at(a, end).is_some() {
        let infinitive = (end + 1..(end + 4).min(a.sentence(end - 1).end)).find(|&i| a.classes[i].has(Class::Infinitive));
        if let Some(i) = infinitive {
            merge(&mut out, classes(a, language, Told::Does, i, a.sentence(i).end));
        }
    }
    // Headlines have verbs that look like nouns: "Fire kills 12", "Twelve die".
    for (i, told) in [(number.start.checked_sub(1), Told::Done), (Some(end), Told::Does)] {
        let Some(i) = i.filter(|&i| i < a.tokens.len() && a.tokens[i].sentence == sentence && a.tokens[i].kind == TokenKind::Word)
        else {
            continue;
        };
        let finite = language.lexicon.readings(a.lower(i)).any(|(_, tag)| tag.is_finite());
        // "a tornado tore through the town, *killing* four people": behind a comma the gerund acts.
        let acting = told == Told::Done
            && i > a.sentence(i).start
            && mark(a, i - 1) == Some(',')
            && language.lexicon.readings(a.lower(i)).any(|(_, tag)| tag.verb_form() == Some(VerbForm::PresentParticiple));
        if (finite || acting) && out.is_empty() {
            merge(&mut out, classes(a, language, told, i, a.sentence(i).end));
        }
    }
    out
}

/// Whether words beside a set make it a part of another, or one of another time.
fn part(a: &Analysis, language: &Language, s: &Set) -> bool {
    let sentence = a.sentence(s.tokens.start);
    // "slightly *more than* 14,000": a bound is no comparison with others.
    let number = s.tokens.start;
    let bound = language.numbers.bounds.before(number, |i| (i >= sentence.start).then(|| a.lower(i))).map_or(0, |(len, _)| len);
    let number = number - bound;
    let before = number.saturating_sub(4).max(sentence.start);
    // « 19 voix contre 8 »: what a preposition leads in is another's.
    let past = s.tokens.end < sentence.end && !a.classes[s.tokens.end].has(Class::Preposition);
    let past = past && !a.classes[s.tokens.end].has(Class::Relative) && !a.classes[s.tokens.end].has(Class::Subordinator);
    let end = s.tokens.end + usize::from(past);
    if cue_in(a, "part", before..number) || cue_in(a, "part", s.tokens.start..end) {
        return true;
    }
    let mut words = String::from(" ");
    for i in (number.saturating_sub(2).max(sentence.start)..number).chain(s.tokens.start..end) {
        words.push_str(a.lower(i));
        words.push(' ');
    }
    let members: &Members = &language.members;
    let told = |p: &&String| words.contains(&format!(" {} ", p.replace('\'', "' ")));
    // "Council backs 60 *new* flats": above the story they are all of them.
    let new = |p: &&String| s.place == Place::Above && members.fresh.contains(p);
    if members.parts.iter().any(|p| told(&p) && !new(&p)) {
        return true;
    }
    // « deux *des* treize blessés », "three *of the* men"
    let number = s.mention.map_or(s.tokens.start, |m| m.tokens.1 as usize);
    let link = number < sentence.end && linked(a, number, language);
    let contracted = number < sentence.end && language.grammar.contractions.iter().any(|w| w == a.lower(number));
    link && number + 1 < sentence.end
        && (contracted || a.classes[number + 1].has(Class::Determiner) || a.classes[number + 1].has(Class::Pronoun))
}

/// Reads what tells a group from others of its noun.
fn narrow(a: &Analysis, language: &Language, s: &mut Set, roles: &Roles) {
    let Some(head) = s.head else { return };
    let sentence = a.sentence(head);
    let at = a.chunks.partition_point(|c| c.tokens.1 as usize <= head);
    let group = a
        .chunks
        .get(at)
        .filter(|c| c.tokens.0 as usize <= head)
        .map_or(s.tokens.clone(), |c| c.tokens.0 as usize..c.tokens.1 as usize);
    let first = s.mention.map_or(group.start, |m| m.tokens.1 as usize);
    let tells = |i: &usize| {
        let c = a.classes[*i];
        *i != head
            && (c.has(Class::Adjective) || c.has(Class::Noun) || c.has(Class::Proper) || c.has(Class::PastParticiple))
            && !c.has(Class::Determiner)
            && !c.has(Class::Numeral)
    };
    let counted = |i: &usize| language.calendar.weekday(a.lower(*i)).is_none() && language.calendar.month(a.lower(*i)).is_none();
    s.marks = (first..group.end.max(head + 1)).filter(tells).filter(counted).collect();
    let mut past = group.end.max(head + 1);
    // « huit blessés *graves* »
    while past < sentence.end
        && language.grammar.adjective_follows
        && a.classes[past].has(Class::Adjective)
        && !a.classes[past].has(Class::Verb)
    {
        s.marks.push(past);
        past += 1;
    }
    if past >= sentence.end {
        return;
    }
    // A relative clause tells which, unless what it tells makes the class: « les 14 personnes qui *ont signé* ».
    if a.classes[past].has(Class::Relative) {
        let told = roles.0.get(&(head as u32)).into_iter().flatten().find(|(chunk, _)| a.chunks[*chunk].tokens.0 as usize > past);
        let classes =
            told.map(|&(chunk, how)| classes(a, language, how, a.chunks[chunk].head as usize, sentence.end)).unwrap_or_default();
        s.narrowed = classes.is_empty();
        merge(&mut s.own, classes);
    } else if a.classes[past].has(Class::Preposition) || language.grammar.contractions.iter().any(|w| w == a.lower(past)) {
        let next = a.chunks.partition_point(|c| c.tokens.1 as usize <= past);
        let of = a.chunks.get(next).filter(|c| matches!(c.kind, ChunkKind::Noun { .. }) && c.tokens.0 as usize <= past + 1);
        let complement = of.map(|c| c.head as usize).filter(counted);
        // "the council put up all 27 families *at the centre*": behind its verb a group ends there.
        let verb = |c: &crate::analysis::Chunk| matches!(c.kind, ChunkKind::Verb(v) if v.finite);
        let clause = a.chunks.get(at).map(|c| c.clause);
        let leads = a.chunks[..at].iter().rev().take_while(|c| Some(c.clause) == clause).all(|c| !verb(c));
        if leads || linked(a, past, language) {
            s.marks.extend(complement);
        }
    }
}

/// The sets that a noun holds by itself: "the *trio*", « un *triple* meurtre ».
fn held<'a>(a: &'a Analysis<'_>) -> Vec<Set<'a>> {
    let mut out = Vec::new();
    for i in 0..a.tokens.len() {
        let Some(language) = a.language(i) else { continue };
        let Some(place) = place(a.kind(i)) else { continue };
        let members: &Members = &language.members;
        let key = |i: usize| a.readings(i).first().map(|r| Key::Lemma(r.lemma));
        let Some(word) = key(i) else { continue };
        let sentence = a.sentence(i);
        let base = |tokens: Range<usize>, n: i64, head: usize| Set {
            tokens,
            mention: None,
            amount: Amount::exact(Ratio::whole(i128::from(n)), Ratio::ONE),
            head: Some(head),
            own: Vec::new(),
            told: Vec::new(),
            person: true,
            anyone: true,
            definite: i > sentence.start && language.grammar.definite.iter().any(|d| d == a.lower(i - 1)),
            part: false,
            marks: Vec::new(),
            past: false,
            narrowed: false,
            place,
        };
        if let Some(n) = members.group(&word) {
            let bare = i + 1 >= sentence.end || !a.classes[i + 1].has(Class::Noun) && !linked(a, i + 1, language);
            if bare {
                out.push(base(i..i + 1, n, i));
            }
        } else if let Some(n) = members.fold(&word)
            && i + 1 < sentence.end
        {
            let own: Vec<u16> =
                classes(a, language, Told::Noun, i + 1, i + 2).into_iter().filter(|c| Some(*c) == members.class(DEAD)).collect();
            if !own.is_empty() {
                out.push(Set { own, anyone: false, ..base(i..i + 2, n, i + 1) });
            }
        }
    }
    out
}

/// The class of the dead, who are counted once whatever they were.
pub(super) const DEAD: &str = "dead";
