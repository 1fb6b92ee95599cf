//! What a story tells of the years of each person's life: ages, birth, death, each with whose it is.
//!
//! Whoever stands with an age is named, brought in (« un motard de 34 ans »), or taken up again (« le défunt, âgé de 43 ans », "he").
//! Who is taken up again is the one person with an age that the story has, and nobody where it has two.

use std::ops::Range;

use jiff::civil::Date;

use super::figure::{Unit, cue_in, figure, find_cue, published, years};
use super::support::tells;
use crate::analysis::{Analysis, ChunkKind, EntityId, Mention, Sex, Value, mark};
use crate::document::BlockKind;
use crate::language::grammar::{Class, Tense};
use crate::span::Span;

/// What is told of one person.
#[derive(Debug, Default)]
pub(super) struct Life {
    /// The person, where named.
    who: Option<EntityId>,
    sex: Option<Sex>,
    /// It stands in the headline, or is taken up before anybody is brought in: the story will name whom it means.
    ahead: bool,
    pub entries: Vec<Entry>,
}

/// One thing that is told of a life.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub what: What,
    pub at: When,
    pub span: Span,
    /// The first token.
    pub token: usize,
    pub quoted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum What {
    Age(i64),
    /// A word for a stretch of life, by its first year and the first one after it.
    Stage(i64, i64),
    /// The first and the last day on which somebody may have been born.
    Born(Date, Date),
    /// The same of a death.
    Died(Date, Date),
}

/// When an age holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum When {
    /// On the day of the story.
    Now,
    /// At death.
    Death,
    /// In the past: at death, where somebody has died.
    Was,
    /// Between two days that are told.
    On(Date, Date),
    /// At another time.
    Unknown,
}

/// Whose an entry is, as the words say it.
#[derive(Clone, Copy, Debug)]
enum Holder {
    Named(EntityId),
    /// Somebody who is brought in.
    New(Option<Sex>),
    /// Somebody who has been brought in.
    Again(Option<Sex>),
}

/// Nobody is older.
const OLDEST: i64 = 119;

/// Two things that are told of one newcomer stand so many tokens apart.
const BESIDE: usize = 3;

/// Where more others are named before, nobody knows of whom a pronoun or a definite noun speaks.
const OTHERS: usize = 1;

/// What the story tells of each life. `stages` are the cue sets of words for a stretch of life.
pub(super) fn lives(a: &Analysis, stages: &[(&str, i64, i64)]) -> Vec<Life> {
    let named = a.mentions.iter().filter_map(|m| match &m.value {
        Value::Person(p) => Some((m.tokens.0 as usize, m.block, p.entity)),
        _ => None,
    });
    let mut cast = Cast { lives: Vec::new(), named: named.collect() };
    for s in &a.sentences {
        let tokens = s.start as usize..s.end as usize;
        if !tokens.is_empty() && tells(a.doc.blocks[s.block as usize].kind) {
            read(a, tokens, stages, &mut cast);
        }
    }
    cast.merged(a)
}

struct Cast {
    lives: Vec<Life>,
    /// Who is named: the token, the block, the person.
    named: Vec<(usize, u32, EntityId)>,
}

impl Cast {
    fn of(&mut self, a: &Analysis, holder: Holder, entry: Entry) {
        let top = matches!(a.kind(entry.token), BlockKind::Headline | BlockKind::Kicker | BlockKind::Standfirst);
        let at = match holder {
            Holder::Named(who) => {
                let sex = a.entities[who.0 as usize].sex;
                let same = |l: &Life| l.who.is_none() && l.entries.iter().any(|e| e.what == entry.what) && fits(l.sex, sex);
                let known = self.lives.iter().position(|l| l.who == Some(who)).or_else(|| self.lives.iter().position(same));
                known.inspect(|&i| self.lives[i].who = Some(who)).or_else(|| self.add(Some(who), sex, false))
            }
            Holder::New(sex) => {
                let same = |l: &Life| l.entries.iter().any(|e| e.what == entry.what) && fits(l.sex, sex);
                // « un adolescent de 15 ans »: what stands side by side is of one.
                let beside = |l: &Life| l.entries.last().is_some_and(|e| e.token.abs_diff(entry.token) <= BESIDE);
                self.lives.iter().position(|l| same(l) || beside(l)).or_else(|| self.add(None, sex, top))
            }
            Holder::Again(sex) => {
                let mut able = (0..self.lives.len()).filter(|&i| fits(self.lives[i].sex, sex));
                let first = able.next();
                let sole = able.next().is_none();
                match first {
                    Some(i) if sole && self.meant(a, i, sex, entry.token) => Some(i),
                    Some(_) => None,
                    None => self.add(None, sex, true),
                }
            }
        };
        if let Some(i) = at {
            self.lives[i].entries.push(entry);
        }
    }

    /// « # Un maire de 45 ans … », « Ce sexagénaire … » above the one person whose age the story tells by name: one life.
    fn merged(mut self, a: &Analysis) -> Vec<Life> {
        if let [one, other] = &self.lives[..] {
            let open = one.who.is_none() && other.who.is_some() && fits(one.sex, other.sex) && one.ahead;
            let first = other.entries.first().map(|e| e.token);
            let sole = self
                .named
                .iter()
                .filter(|n| Some(n.0) <= first)
                .all(|n| Some(n.2) == other.who || !fits(a.entities[n.2.0 as usize].sex, one.sex));
            if open && sole {
                let named = self.lives.remove(1);
                self.lives[0].who = named.who;
                self.lives[0].entries.extend(named.entries);
            }
        }
        self.lives
    }

    /// Whether a definite noun or a pronoun speaks of that life: few others are named before, and none last.
    fn meant(&self, a: &Analysis, life: usize, sex: Option<Sex>, token: usize) -> bool {
        let who = self.lives[life].who;
        let before = self.named.iter().filter(|n| n.0 < token && fits(a.entities[n.2.0 as usize].sex, sex));
        let mut others: Vec<EntityId> = before.clone().filter(|n| Some(n.2) != who).map(|n| n.2).collect();
        others.sort_unstable();
        others.dedup();
        // Who was brought in without a name may be the one whom the story names.
        others.len() <= OTHERS.max(usize::from(who.is_none()))
    }

    fn add(&mut self, who: Option<EntityId>, sex: Option<Sex>, ahead: bool) -> Option<usize> {
        self.lives.push(Life { who, sex, ahead, entries: Vec::new() });
        Some(self.lives.len() - 1)
    }
}

fn fits(one: Option<Sex>, other: Option<Sex>) -> bool {
    one.is_none() || other.is_none() || one == other
}

fn read(a: &Analysis, s: Range<usize>, stages: &[(&str, i64, i64)], cast: &mut Cast) {
    let mut found: Vec<(Holder, Entry)> = Vec::new();
    for m in a.mentions_in(s.clone()) {
        if let Some((age, place)) = age(a, m, &s) {
            let at = m.tokens.0 as usize;
            if let Some(holder) = place.holder(a, &s) {
                let when = when(a, m, &s, place);
                found.push((holder, entry(m, What::Age(age), when, at)));
            }
        }
        if let Some((holder, born, died)) = bracket(a, m) {
            let at = m.tokens.0 as usize;
            found.push((holder, entry(m, What::Born(born.0, born.1), When::Unknown, at)));
            found.extend(died.map(|d| (holder, entry(m, What::Died(d.0, d.1), When::Unknown, at))));
        }
    }
    if let Some((holder, what, span, at)) = birth(a, &s) {
        found.push((holder, Entry { what, at: When::Unknown, span, token: at, quoted: false }));
    }
    found.extend(death(a, &s));
    for &(set, from, past) in stages {
        if let Some(words) = find_cue(a, set, s.clone())
            && let Some(holder) = stage(a, words.clone(), &s)
        {
            let what = What::Stage(from, past);
            let quoted = a.facets_at(a.span(words.clone())).contains(crate::facet::Facet::Quoted);
            let at = if past_time(a, words.start, &s, false) { When::Unknown } else { When::Now };
            found.push((holder, Entry { what, at, span: a.span(words.clone()), token: words.start, quoted }));
        }
    }
    found.sort_by_key(|(_, e)| e.token);
    // Two ages in one sentence that no name parts are of two people, or of two times.
    for (holder, entry) in found {
        cast.of(a, holder, entry);
    }
}

fn entry(m: &Mention, what: What, at: When, token: usize) -> Entry {
    Entry { what, at, span: m.span, token, quoted: m.stance.quoted }
}

/// Where an age stands: with a noun or a name, or said by a verb.
#[derive(Clone, Copy, Debug)]
enum Stands {
    /// Beside the group that ends before this token: « Marie Holt, 34 ans », « un homme de 42 ans ».
    Behind(usize),
    /// Within the group that begins there: "the 53-year-old".
    Within(usize, usize),
    /// Said by the verb of the clause: « il avait 78 ans », "at 23".
    Said(usize),
    /// Said of themselves: « J'ai 69 ans », "I'm 43".
    Own(usize),
}

/// Who says « je » at a token: the speaker of the quotation.
fn spoken(a: &Analysis, at: usize) -> Option<Holder> {
    let place = a.tokens[at].span;
    let over = |m: &&Mention| m.span.start <= place.start && place.end <= m.span.end;
    let before = a.mentions.partition_point(|m| m.tokens.0 as usize <= at);
    a.mentions[..before].iter().rev().take(12).filter(over).find_map(|m| match &m.value {
        Value::Quotation(q) => q.speaker.map(Holder::Named),
        _ => None,
    })
}

impl Stands {
    fn holder(self, a: &Analysis, s: &Range<usize>) -> Option<Holder> {
        match self {
            Stands::Behind(end) => group_before(a, end, s),
            Stands::Within(from, past) => {
                let named = a.mentions_in(past..(past + 6).min(s.end)).iter().find_map(|m| match &m.value {
                    Value::Person(p) if (past..m.tokens.0 as usize).all(|i| mark(a, i).is_none() && !verbal(a, i)) => {
                        Some(p.entity)
                    }
                    _ => None,
                });
                let bare = past >= s.end || mark(a, past).is_some() || !a.classes[past].has(Class::Noun);
                let again = |h: &Holder| bare || !matches!(h, Holder::Again(_));
                named.map(Holder::Named).or_else(|| led(a, from, past, s, true).filter(again))
            }
            Stands::Said(at) => subject(a, at, s),
            Stands::Own(at) => spoken(a, at),
        }
    }
}

fn verbal(a: &Analysis, i: usize) -> bool {
    a.classes[i].has(Class::Verb) || a.classes[i].has(Class::Auxiliary)
}

/// An age, and where it stands.
fn age(a: &Analysis, m: &Mention, s: &Range<usize>) -> Option<(i64, Stands)> {
    let f = figure(m)?;
    let whole = f.amount.written.as_whole().and_then(|n| i64::try_from(n).ok()).filter(|n| (1..=OLDEST).contains(n))?;
    if !f.amount.is_exact() || m.stance.negated || m.stance.hypothetical {
        return None;
    }
    let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
    let language = a.language(start)?;
    let told = matches!(m.value, Value::Age(_));
    let bare = matches!(f.unit, Unit::Count(None)) && end - start == 1 && !language.grammar.head_first;
    let years = matches!(f.unit, Unit::Time("Y"));
    let cue = |name: &str, at: usize| language.cues.get(name).before(a, at, s.start);
    let closed = end >= s.end || mark(a, end).is_some_and(|c| matches!(c, ',' | ')' | '.' | ';' | '—' | '–' | ':'));
    // "the 53-year-old", "a two-year-old boy"
    if told && end < s.end + 1 && (start..end).any(|i| a.text(i).contains('-') || mark(a, i) == Some('-')) {
        return (start > s.start).then_some((whole, Stands::Within(start - 1, end)));
    }
    // « âgé de 43 ans », "aged 45": the words that say it are part of the place.
    let lead = cue("aged", start).map_or(start, |n| start - n);
    let opened = lead > s.start && matches!(mark(a, lead - 1), Some(',' | '('));
    if opened && (told || bare || years) && (closed || lead < start) {
        return Some((whole, Stands::Behind(lead - 1)));
    }
    if lead < start && lead > s.start && mark(a, lead - 1).is_none() {
        return Some((whole, Stands::Behind(lead)));
    }
    // « à l'âge de 87 ans », "at the age of 81"
    if told && cue_in(a, "age-of", start..end) || cue("age-of", start).is_some() {
        return Some((whole, Stands::Said(start)));
    }
    // « un homme de 42 ans »
    let linked = start > s.start && language.numbers.links.iter().any(|w| w == a.lower(start - 1));
    let human = || told || whole >= GROWN && start > s.start + 1 && person_like(a, start - 2);
    if linked && language.grammar.head_first && human() {
        return Some((whole, Stands::Behind(start - 1)));
    }
    // « J'en ai soixante-neuf », "I'm 43": no noun need follow.
    let alone = matches!(f.unit, Unit::Count(None)) && closed;
    if m.stance.quoted && (told || years || alone) && cue("own-age", start).is_some() {
        return Some((whole, Stands::Own(start)));
    }
    if !(told || bare || years) {
        return None;
    }
    // « il avait 78 ans », "she turned 40 last week", « fêtait ses 105 ans », « du haut de ses 72 ans »
    if cue("has-age", start).is_some() && (!bare || closed || cue_in(a, "on-age", end..end + 1)) {
        return Some((whole, Stands::Said(start)));
    }
    // « À 67 ans, », "At 23,"; "ran at 17, in the summer of 2015"
    let dated = || a.mentions_in(end..(end + 6).min(s.end)).iter().any(|d| years_of(&d.value).is_some());
    let led = |n: usize| start - n == s.start || mark(a, start - n - 1) == Some(',') || mark(a, end) == Some(',') && dated();
    let at = closed && cue("at-age", start).is_some_and(led);
    let punished = cue_in(a, "years-not-of-age", s.clone());
    (at && !punished).then_some((whole, Stands::Said(start)))
}

/// From so many years on « un motard de 34 ans » is no contract.
const GROWN: i64 = 12;

/// Whether a noun is of somebody, by its ending or because a list says so: « motard », « boulangère ».
fn person_like(a: &Analysis, i: usize) -> bool {
    let Some(language) = a.language(i) else { return false };
    let listed = language.cues.get("function").at(a, i).is_some() || language.cues.get("someone").at(a, i).is_some();
    let participant = a.readings(i).iter().any(|r| language.grammar.ids.participants.contains(&r.lemma));
    let word = a.lower(i);
    let ends = || language.sets.get("somebody-ending").unwrap_or_default().iter().any(|e| word.ends_with(e.as_str()));
    listed || participant || ends()
}

/// The days of a year, month or day that a mention gives.
fn years_of(value: &Value) -> Option<(Date, Date)> {
    match value {
        Value::Date(v) if v.day.is_some() => v.year.and(v.resolved).map(|r| (r, r)),
        Value::Date(v) if v.month.is_none() => v.year.and_then(year_of),
        Value::Date(v) => Date::new(v.year?, v.month?, 1).ok().map(|d| (d, d.last_of_month())),
        // A season of a year: "2015-SU".
        Value::Period(p) if p.iso.len() == 7 => p.iso.get(..4)?.parse().ok().and_then(year_of),
        _ => None,
    }
}

/// The group or the name that ends before a token.
fn group_before(a: &Analysis, end: usize, s: &Range<usize>) -> Option<Holder> {
    // A name, with its title or what stands between it and the age: « Salomé Vidal (gardienne, 24 ans) ».
    let named = a.mentions_in(s.start..end).iter().rev().find_map(|m| match &m.value {
        Value::Person(p) if m.tokens.1 as usize == end => Some(p),
        _ => None,
    });
    if let Some(p) = named {
        // A surname alone may be a relative's, a first name alone anybody's.
        let full = a.entities[p.entity.0 as usize].mentions.len() > 1 || p.given.0 < p.given.1;
        return full.then_some(Holder::Named(p.entity));
    }
    let at = a.chunks.partition_point(|c| (c.tokens.1 as usize) < end);
    let chunk = a.chunks.get(at).filter(|c| c.tokens.1 as usize == end && matches!(c.kind, ChunkKind::Noun { .. }))?;
    let (first, past) = (chunk.tokens.0 as usize, chunk.head as usize + 1);
    // What stands in an apposition brings somebody in, but for who is dead: « le défunt, âgé de 43 ans ».
    let dead = cue_in(a, "the-dead", first..past);
    led(a, first, past, s, dead).filter(|h| dead || !matches!(h, Holder::Again(_)))
}

/// Whom a group brings in or takes up again, by what leads it: « un motard », « le défunt », "the retired dinner lady".
fn led(a: &Analysis, first: usize, past: usize, s: &Range<usize>, alone: bool) -> Option<Holder> {
    let language = a.language(first)?;
    let head = past - 1;
    let sex = noun_sex(a, first, head);
    if language.cues.get("possessive").at(a, first).is_some() || cue_in(a, "kin", first..past) {
        return None;
    }
    if language.cues.get("indefinite-article").at(a, first).is_some() || a.kind(first) == BlockKind::Headline && first == s.start {
        return Some(Holder::New(sex));
    }
    let definite = language.cues.get("the-article").at(a, first).is_some();
    // « la victime, 43 ans » of a story of a suspect of 34 brings somebody in.
    let other = !alone && cue_in(a, "counterpart", first..past) || cue_in(a, "one-of-many", first..past);
    // « le fils de Marie », "the mother of the boy" are somebody else's.
    let owned = past < s.end && language.numbers.links.iter().any(|w| w == a.lower(past)) && past > first + 1;
    (definite && !owned && !other).then_some(Holder::Again(sex))
}

/// The sex that a noun of a language with genders, and its article, tell.
fn noun_sex(a: &Analysis, first: usize, head: usize) -> Option<Sex> {
    let language = a.language(first)?;
    // A victim, a person is of either sex.
    if cue_in(a, "either-sex", first..head + 1) {
        return None;
    }
    let says = |name: &str| cue_in(a, name, first..head + 1);
    match (says("he-noun"), says("she-noun")) {
        (true, false) => Some(Sex::Male),
        (false, true) => Some(Sex::Female),
        _ if language.grammar.head_first => match (says("he-article"), says("she-article")) {
            (true, false) => Some(Sex::Male),
            (false, true) => Some(Sex::Female),
            _ => None,
        },
        _ => None,
    }
}

/// The finite verb that says what stands at a token: the last before it, or the first behind it.
fn verb_of(a: &Analysis, at: usize, s: &Range<usize>) -> Option<usize> {
    let from = a.chunks.partition_point(|c| (c.tokens.0 as usize) < s.start);
    let finite = |i: &usize| matches!(a.chunks[*i].kind, ChunkKind::Verb(v) if v.finite);
    let in_sentence = |i: &usize| (a.chunks[*i].tokens.0 as usize) < s.end;
    let verbs = (from..a.chunks.len()).take_while(in_sentence).filter(finite);
    let before = verbs.clone().filter(|&i| (a.chunks[i].tokens.0 as usize) < at).last();
    before.or_else(|| verbs.clone().next())
}

/// The subject of the clause in which a token stands, as the holder of what it says.
fn subject(a: &Analysis, at: usize, s: &Range<usize>) -> Option<Holder> {
    let verb = verb_of(a, at, s)?;
    let start = a.chunks[verb].tokens.0 as usize;
    // « Cette postière, venue au monde en 1921, fêtait … », "Ines Calloway (1955–2024), who never owned a car, was 59": what a comma
    // parts from its verb is the first group of the sentence.
    let parted = start > s.start && mark(a, start - 1) == Some(',');
    let told = a.roles.get(verb).and_then(|r| r.subject).filter(|_| !parted);
    let first = || {
        let from = a.chunks.partition_point(|c| (c.tokens.0 as usize) < s.start);
        let group = a.chunks.get(from).filter(|c| (c.tokens.0 as usize) < start)?;
        matches!(group.kind, ChunkKind::Noun { preposition: None, .. }).then_some(group.head)
    };
    holder_at(a, told.or_else(first)? as usize, s)
}

fn holder_at(a: &Analysis, token: usize, s: &Range<usize>) -> Option<Holder> {
    let over = |m: &&Mention| (m.tokens.0 as usize..m.tokens.1 as usize).contains(&token);
    let person = a.mentions_in(s.start..token + 1).iter().filter(over).find_map(|m| match &m.value {
        Value::Person(p) => Some(p.entity),
        _ => None,
    });
    if let Some(who) = person {
        return Some(Holder::Named(who));
    }
    let language = a.language(token)?;
    let is = |name: &str| language.cues.get(name).at(a, token) == Some(1);
    if is("pronoun-male") {
        return again(a, token, Sex::Male);
    }
    if is("pronoun-female") {
        return again(a, token, Sex::Female);
    }
    let at = a.chunks.partition_point(|c| (c.tokens.1 as usize) <= token);
    let chunk = a.chunks.get(at).filter(|c| c.tokens.0 as usize <= token)?;
    // « la romancière Hélène Tissot »: the name is part of the group.
    let named = a.mentions_in(chunk.tokens.0 as usize..chunk.tokens.1 as usize + 2).iter().find_map(|m| match &m.value {
        Value::Person(p) if m.tokens.0 <= chunk.tokens.1 => Some(p.entity),
        _ => None,
    });
    named.map(Holder::Named).or_else(|| led(a, chunk.tokens.0 as usize, chunk.head as usize + 1, s, false))
}

/// A pronoun: it takes up whoever of its sex was named last.
fn again(a: &Analysis, token: usize, sex: Sex) -> Option<Holder> {
    let block = a.block(token).span;
    let tokens = a.tokens_in(block);
    let last = a.mentions_in(tokens.start..token).iter().rev().find_map(|m| match &m.value {
        Value::Person(p) if fits(a.entities[p.entity.0 as usize].sex, Some(sex)) => Some(p.entity),
        _ => None,
    });
    Some(last.map_or(Holder::Again(Some(sex)), Holder::Named))
}

/// When the age that a mention says holds.
fn when(a: &Analysis, m: &Mention, s: &Range<usize>, place: Stands) -> When {
    let at = m.tokens.0 as usize;
    let clause = a.clauses[m.clause as usize];
    let tokens = clause.tokens.0 as usize..clause.tokens.1 as usize;
    let said = matches!(place, Stands::Said(_));
    if matches!(place, Stands::Own(_)) {
        return When::Now;
    }
    let tense = verb_of(a, at, s).and_then(|v| if let ChunkKind::Verb(v) = a.chunks[v].kind { Some(v.tense) } else { None });
    let turns = said && cue_in(a, "turns", at.saturating_sub(4).max(s.start)..at);
    if turns && !past_time(a, at, s, said) {
        return When::Now;
    }
    // « est mort à l'âge de 87 ans »
    if said && (verb_of(a, at, s).is_some_and(|v| dying(a, v)) || gone(a, at, s)) {
        return When::Death;
    }
    let day = a.mentions_in(at..tokens.end).iter().find_map(|d| years_of(&d.value));
    if said && let Some((from, to)) = day {
        return When::On(from, to);
    }
    if said && cue_in(a, "was-age", at.saturating_sub(3).max(s.start)..at) {
        return if cue_in(a, "at-that-time", s.clone()) { When::Unknown } else { When::Was };
    }
    let over =
        said && matches!(tense, Some(Tense::Past | Tense::Imperfect | Tense::Pluperfect | Tense::Conditional | Tense::Future));
    if past_time(a, at, s, said) || over && !cue_in(a, "age-now", at.saturating_sub(5).max(s.start)..at) {
        return When::Unknown;
    }
    When::Now
}

/// « Disparue cette semaine à l'âge de 91 ans »: between a word for death and the age stand so many tokens.
const BEFORE: usize = 8;

fn gone(a: &Analysis, at: usize, s: &Range<usize>) -> bool {
    let from = at.saturating_sub(BEFORE).max(s.start);
    let Some(word) = find_cue(a, "dies", from..at) else { return false };
    let phrase = cue_in(a, "age-of", word.end..(at + 1).min(s.end));
    phrase && (word.end..at).all(|i| mark(a, i).is_none() && !verbal(a, i))
}

/// Whether a verb says that its subject has died.
fn dying(a: &Analysis, chunk: usize) -> bool {
    let c = &a.chunks[chunk];
    let ChunkKind::Verb(v) = c.kind else { return false };
    let words = c.tokens.0 as usize..(c.tokens.1 as usize + 2).min(a.sentence(c.tokens.0 as usize).end);
    matches!(v.tense, Tense::Past | Tense::Present) && !v.negated && cue_in(a, "dies", words)
}

/// « Le peintre Émile Castaing est mort mardi »: who has died, and when; lately, where no other day is told.
fn death(a: &Analysis, s: &Range<usize>) -> Option<(Holder, Entry)> {
    let from = a.chunks.partition_point(|c| (c.tokens.0 as usize) < s.start);
    let within = (from..a.chunks.len()).take_while(|&i| (a.chunks[i].tokens.0 as usize) < s.end);
    let verb = within.into_iter().find(|&i| matches!(a.chunks[i].kind, ChunkKind::Verb(v) if v.finite) && dying(a, i))?;
    let words = a.chunks[verb].tokens.0 as usize..a.chunks[verb].tokens.1 as usize;
    let near = |m: &&Mention| {
        (words.end..m.tokens.0 as usize).all(|i| !verbal(a, i) && !matches!(mark(a, i), Some(',' | ';' | ':' | '(')))
    };
    let told = a.mentions_in(words.end..s.end).iter().filter(near).find_map(|m| match &m.value {
        Value::Date(d) if d.day.is_some() => d.resolved.map(|r| (r, r)),
        other => years_of(other),
    });
    let now = published(a)?;
    let other_year = years(a, s.clone()).iter().any(|y| y.year != now.year());
    let (x, y) = match told {
        Some(days) => days,
        None if !other_year => (now.saturating_sub(jiff::Span::new().days(LATELY)), now),
        None => return None,
    };
    let holder = subject(a, words.end, s).filter(|h| !matches!(h, Holder::Again(_)))?;
    // "The flood killed 307 people"
    if a.roles[verb].object.is_some_and(|o| o as usize >= words.end) && told.is_none() {
        return None;
    }
    let entry = Entry { what: What::Died(x, y), at: When::Unknown, span: a.span(words.clone()), token: words.start, quoted: false };
    Some((holder, entry))
}

fn year_of(year: i16) -> Option<(Date, Date)> {
    Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
}

/// Whether a sentence speaks of another time than the story's; what a verb says of an age is moved by more words.
fn past_time(a: &Analysis, at: usize, s: &Range<usize>, said: bool) -> bool {
    let now = published(a).map(Date::year);
    let then = cue_in(a, "aged-back-then", s.clone()) || said && cue_in(a, "at-that-time", s.clone());
    then || years(a, s.start..at.max(s.start)).iter().any(|y| Some(y.year) != now)
}

/// The first and the last day that a year or a date may mean.
type Days = (Date, Date);

/// « (1936-2024) » behind a name.
fn bracket(a: &Analysis, m: &Mention) -> Option<(Holder, Days, Option<Days>)> {
    let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
    let enclosed = start > 1 && mark(a, start - 1) == Some('(') && mark(a, end) == Some(')');
    let Value::Period(p) = &m.value else { return None };
    let digits = (start..end).all(|i| a.text(i).chars().all(|c| !c.is_alphabetic()));
    let (from, to) = (p.from.filter(|_| enclosed && digits)?.year(), p.past?.year());
    let who = a.mentions_in(start.saturating_sub(8)..start).iter().rev().find_map(|p| match &p.value {
        Value::Person(v) if p.tokens.1 as usize + 1 == start => Some(v.entity),
        _ => None,
    })?;
    (to > from + 14).then_some((Holder::Named(who), year_of(from)?, year_of(to)))
}

/// « né le 12 mars 1941 à Carignan », "born in Croydon in 1990".
fn birth(a: &Analysis, s: &Range<usize>) -> Option<(Holder, What, Span, usize)> {
    let cue = find_cue(a, "is-born", s.clone())?;
    if find_cue(a, "is-born", cue.end..s.end).is_some() {
        return None;
    }
    let reach = cue.end..(cue.end + 12).min(s.end);
    let dates: Vec<&Mention> = a.mentions_in(reach).iter().filter(|m| years_of(&m.value).is_some()).collect();
    let m = *dates.first()?;
    let plain = (cue.end..m.tokens.0 as usize).all(|i| mark(a, i) != Some(',') && !verbal(a, i));
    let (from, to) = years_of(&m.value)?;
    let modified = matches!(&m.value, Value::Date(d) if d.modifier.is_some());
    let lead = cue.start;
    let holder = if lead == s.start || mark(a, lead - 1) == Some('«') {
        // « Né le 12 mars 1941, il … »: the subject of the sentence.
        subject(a, s.end, &(m.tokens.1 as usize..s.end))
    } else if matches!(mark(a, lead - 1), Some(',' | '(')) {
        group_before(a, lead - 1, s)
    } else {
        subject(a, lead + 1, s)
    }?;
    let kin = cue_in(a, "kin", s.start..lead);
    (plain && !modified && !kin).then(|| (holder, What::Born(from, to), a.span(cue.start..m.tokens.1 as usize), cue.start))
}

/// « le quinquagénaire », "the teenager", "in his fifties": whose word for a stretch of life it is.
fn stage(a: &Analysis, words: Range<usize>, s: &Range<usize>) -> Option<Holder> {
    let at = words.start;
    let named = a
        .mentions_in(words.end..(words.end + 2).min(s.end))
        .iter()
        .any(|m| matches!(m.value, Value::Person(_)) && m.tokens.0 as usize == words.end);
    if named || at == s.start {
        return None;
    }
    // « la soixantaine bien entamée », "well into her sixties": said of whom the clause is about.
    if cue_in(a, "stage-said", words.clone()) {
        let parted = (at.saturating_sub(3).max(s.start)..at).find(|&i| mark(a, i) == Some(','));
        let own = a.facets_at(a.span(words.clone())).contains(crate::facet::Facet::Quoted);
        return match parted {
            _ if own => spoken(a, at).filter(|_| cue_in(a, "own-age", at.saturating_sub(4).max(s.start)..at)),
            Some(comma) => group_before(a, comma, s),
            None => subject(a, at, s),
        };
    }
    let lead = (s.start..at).rev().take(2).find(|&i| a.classes[i].has(Class::Determiner))?;
    led(a, lead, words.end, s, true)
}

/// Two places that cannot both be true of one life, with the least and the greatest age that would.
pub(super) struct Clash {
    pub first: Entry,
    pub other: Entry,
    pub least: i64,
    pub most: i64,
}

impl Life {
    /// When somebody died, where the story tells one day or stretch of days.
    fn died(&self) -> Option<(Date, Date)> {
        let mut all = self.entries.iter().filter_map(|e| if let What::Died(x, y) = e.what { Some((x, y)) } else { None });
        let first = all.next()?;
        all.try_fold(first, |(p, q), (x, y)| (x <= q && p <= y).then_some((p.max(x), q.min(y))))
    }

    /// The days between which what an entry says holds.
    fn days(&self, a: &Analysis, e: &Entry) -> Option<(Date, Date)> {
        let now = published(a);
        let dead = self.entries.iter().any(|e| matches!(e.what, What::Died(..)));
        match e.at {
            When::Now if dead => None,
            When::Now => now.map(|n| (n, n)),
            When::On(p, q) => Some((p, q)),
            When::Death if !dead => now.map(|n| (n.saturating_sub(jiff::Span::new().days(LATELY)), n)),
            When::Death | When::Was => self.died(),
            When::Unknown => None,
        }
    }

    /// The birth that is told, and an age that is not that of somebody born then.
    pub fn age_against_birth(&self, a: &Analysis) -> Option<Clash> {
        let born = self.entries.iter().find(|e| matches!(e.what, What::Born(..)))?;
        let What::Born(from, to) = born.what else { return None };
        let one = self.entries.iter().all(|e| !matches!(e.what, What::Born(..)) || e.what == born.what);
        self.entries.iter().filter(|_| one).find_map(|e| {
            let (x, y) = range(e)?;
            let (start, end) = self.days(a, e)?;
            let (least, most) = (between(to, start), between(from, end));
            (most >= 0 && (y < least.max(0) || x > most)).then_some(Clash { first: *born, other: *e, least: least.max(0), most })
        })
    }

    /// Two ages of one day that differ, or an age and a word for another stretch of life.
    pub fn two_ages(&self) -> Vec<Clash> {
        let mut found: Vec<Clash> = Vec::new();
        let dead = self.entries.iter().any(|e| matches!(e.what, What::Died(..)));
        let ages: Vec<&Entry> = self.entries.iter().filter(|e| matches!(e.what, What::Age(_) | What::Stage(..))).collect();
        let Some(first) = ages.iter().find(|e| matches!(e.at, When::Now | When::Death)) else { return found };
        for other in &ages {
            // What somebody was is what somebody is, at death.
            let last = |w: When| w == When::Death || w == When::Was && dead;
            let same = first.at == When::Now && other.at == When::Now || last(first.at) && last(other.at);
            let differ = match (first.what, other.what) {
                (What::Age(x), What::Age(y)) => x != y,
                (What::Age(x), What::Stage(from, past)) | (What::Stage(from, past), What::Age(x)) => x < from || x >= past,
                _ => false,
            };
            if same && differ && found.is_empty() {
                found.push(Clash { first: **first, other: **other, least: 0, most: 0 });
            }
        }
        found
    }
}

/// The least and the greatest age that an entry says.
fn range(e: &Entry) -> Option<(i64, i64)> {
    match e.what {
        What::Age(n) => Some((n, n)),
        What::Stage(from, past) => Some((from, past - 1)),
        _ => None,
    }
}

/// A death of which no day is told lies so many days back, at most.
const LATELY: i64 = 30;

/// The whole years from one day to another.
fn between(from: Date, to: Date) -> i64 {
    let years = i64::from(to.year()) - i64::from(from.year());
    years - i64::from((to.month(), to.day()) < (from.month(), from.day()))
}
