//! Ages, and the days of births and deaths, as sentences tell them.

use std::ops::Range;

use jiff::civil::Date;

use super::entry::{Days, Entry, Holder, Stands, What, When, verbal};
use super::holder::{group_before, subject, verb_of};
use crate::analysis::{Analysis, ChunkKind, Mention, Value, mark};
use crate::language::grammar::Tense;
use crate::relation::figure::{Unit, cue_in, figure, find_cue, published, years};
use crate::span::Span;

/// Nobody is older.
pub(super) const OLDEST: i64 = 119;

/// An age, and where it stands.
pub(super) fn age(a: &Analysis, m: &Mention, s: &Range<usize>) -> Option<(i64, Stands)> {
    let f = figure(m)?;
    let whole = f.amount.written.as_whole().and_then(|n| i64::try_from(n).ok()).filter(|n| (1..=OLDEST).contains(n))?;
    if !f.amount.is_exact() || m.stance.negated || m.stance.hypothetical {
        return None;
    }
    let (from, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
    let language = a.language(from)?;
    // "aged 45": the mention holds the word that says it.
    let start = language.cues.get("aged").at(a, from).filter(|n| from + n < end).map_or(from, |n| from + n);
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
    // "died on Sunday aged 68": of whom the verb says it.
    let dies = || verb_of(a, lead, s).is_some_and(|v| dying(a, v) && (a.chunks[v].tokens.1 as usize) <= lead && near(a, v, lead));
    if lead < start && lead > s.start && mark(a, lead - 1).is_none() {
        let said = verbal(a, lead - 1) || dies();
        return Some((whole, if said { Stands::Said(start) } else { Stands::Behind(lead) }));
    }
    // « à l'âge de 87 ans », "at the age of 81"
    if told && start == from && cue_in(a, "age-of", start..end) || cue("age-of", start).is_some() {
        return Some((whole, Stands::Said(start)));
    }
    // « un homme de 42 ans »
    let linked = start > s.start && language.numbers.links.iter().any(|w| w == a.lower(start - 1));
    // « un père de famille de 52 ans »: the noun that a bare one hangs on says who.
    let hung =
        || start > s.start + 3 && language.numbers.links.iter().any(|w| w == a.lower(start - 3)) && person_like(a, start - 4);
    let human = || told || whole >= GROWN && start > s.start + 1 && (person_like(a, start - 2) || hung());
    if linked && language.grammar.head_first && human() {
        return Some((whole, Stands::Behind(start - 1)));
    }
    // « J'en ai soixante-neuf », "I'm 43": no noun need follow.
    let alone = matches!(f.unit, Unit::Count(None)) && closed;
    if m.stance.quoted && (told || years || alone) && cue("own-age", start).is_some() {
        return Some((whole, Stands::Own(start)));
    }
    // « J'avais quinze ans, c'était en 1969 », "I was 15 in 1969"
    let one_year = || years_in(a, s).is_some();
    if m.stance.quoted && (told || years || bare) && cue("own-age-then", start).is_some() && one_year() {
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
    let dead =
        || closed && cue("at-age", start).is_some() && verb_of(a, start, s).is_some_and(|v| dying(a, v) && near(a, v, start));
    let at = closed && cue("at-age", start).is_some_and(led) || dead();
    let punished = cue_in(a, "years-not-of-age", s.clone());
    (at && !punished).then_some((whole, Stands::Said(start)))
}

/// Whether nothing parts an age from the verb of death: « s'est éteinte dimanche à 81 ans ».
fn near(a: &Analysis, verb: usize, at: usize) -> bool {
    let from = a.chunks[verb].tokens.1 as usize;
    from <= at && at - from <= BEFORE + 2 && !(from..at).any(|i| verbal(a, i) || matches!(mark(a, i), Some(';' | ':' | '(')))
}

/// The one year or day of a year that a sentence tells.
pub(super) fn years_in(a: &Analysis, s: &Range<usize>) -> Option<Days> {
    let mut all = a.mentions_in(s.clone()).iter().filter_map(|m| years_of(&m.value));
    let first = all.next()?;
    all.all(|d| d.0 == first.0).then_some(first)
}

/// From so many years on « un motard de 34 ans » is no contract.
pub(super) const GROWN: i64 = 12;

/// Whether a noun is of somebody, by its ending or because a list says so: « motard », « boulangère ».
pub(super) fn person_like(a: &Analysis, i: usize) -> bool {
    let Some(language) = a.language(i) else { return false };
    let listed = language.cues.get("function").at(a, i).is_some() || language.cues.get("someone").at(a, i).is_some();
    let participant = a.readings(i).iter().any(|r| language.grammar.ids.participants.contains(&r.lemma));
    let word = a.lower(i);
    let ends = || language.sets.get("somebody-ending").unwrap_or_default().iter().any(|e| word.ends_with(e.as_str()));
    listed || participant || ends()
}

/// The birthday that somebody keeps: "celebrated her 102nd birthday on Sunday".
pub(super) fn birthday(a: &Analysis, m: &Mention, s: &Range<usize>) -> Option<i64> {
    let Value::Ordinal(rank) = &m.value else { return None };
    let n = rank.written.as_whole().and_then(|n| i64::try_from(n).ok()).filter(|n| rank.is_exact() && (1..=OLDEST).contains(n))?;
    let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
    let cues = &a.language(start)?.cues;
    let named = end < s.end && cues.get("birthday").at(a, end).is_some();
    let own = start > s.start && cues.get("possessive").at(a, start - 1).is_some();
    let kept = cue_in(a, "keeps-birthday", start.saturating_sub(5).max(s.start)..start);
    (named && own && kept && years(a, s.clone()).is_empty() && !m.stance.hypothetical).then_some(n)
}

/// The days of a year, month or day that a mention gives.
pub(super) fn years_of(value: &Value) -> Option<(Date, Date)> {
    match value {
        Value::Date(v) if v.day.is_some() => v.year.and(v.resolved).map(|r| (r, r)),
        Value::Date(v) if v.month.is_none() => v.year.and_then(year_of),
        Value::Date(v) => Date::new(v.year?, v.month?, 1).ok().map(|d| (d, d.last_of_month())),
        // A season of a year: "2015-SU".
        Value::Period(p) if p.iso.len() == 7 => p.iso.get(..4)?.parse().ok().and_then(year_of),
        _ => None,
    }
}

/// When the age that a mention says holds.
pub(super) fn when(a: &Analysis, m: &Mention, s: &Range<usize>, place: Stands) -> When {
    let at = m.tokens.0 as usize;
    let clause = a.clauses[m.clause as usize];
    let tokens = clause.tokens.0 as usize..clause.tokens.1 as usize;
    let said = matches!(place, Stands::Said(_));
    if matches!(place, Stands::Own(_)) {
        let then = a.language(at).is_some_and(|l| l.cues.get("own-age-then").before(a, at, s.start).is_some());
        return match years_in(a, s) {
            Some((from, to)) if then => When::On(from, to),
            _ if then => When::Unknown,
            _ => When::Now,
        };
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
pub(super) const BEFORE: usize = 8;

pub(super) fn gone(a: &Analysis, at: usize, s: &Range<usize>) -> bool {
    let from = at.saturating_sub(BEFORE).max(s.start);
    let Some(word) = find_cue(a, "dies", from..at) else { return false };
    let phrase = cue_in(a, "age-of", word.end..(at + 1).min(s.end));
    phrase && (word.end..at).all(|i| mark(a, i).is_none() && !verbal(a, i))
}

/// Whether a verb says that its subject has died.
pub(super) fn dying(a: &Analysis, chunk: usize) -> bool {
    let c = &a.chunks[chunk];
    let ChunkKind::Verb(v) = c.kind else { return false };
    let words = c.tokens.0 as usize..(c.tokens.1 as usize + 2).min(a.sentence(c.tokens.0 as usize).end);
    matches!(v.tense, Tense::Past | Tense::Present) && !v.negated && cue_in(a, "dies", words)
}

/// « Le peintre Émile Castaing est mort mardi »: who has died, and when; lately, where no other day is told.
pub(super) fn death(a: &Analysis, s: &Range<usize>) -> Option<(Holder, Entry)> {
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

pub(super) fn year_of(year: i16) -> Option<(Date, Date)> {
    Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
}

/// Whether a sentence speaks of another time than the story's; what a verb says of an age is moved by more words.
pub(super) fn past_time(a: &Analysis, at: usize, s: &Range<usize>, said: bool) -> bool {
    let now = published(a).map(Date::year);
    let then = cue_in(a, "aged-back-then", s.clone()) || said && cue_in(a, "at-that-time", s.clone());
    then || years(a, s.start..at.max(s.start)).iter().any(|y| Some(y.year) != now)
}

/// « (1936-2024) » behind a name.
pub(super) fn bracket(a: &Analysis, m: &Mention) -> Option<(Holder, Days, Option<Days>)> {
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
pub(super) fn birth(a: &Analysis, s: &Range<usize>) -> Option<(Holder, What, Span, usize)> {
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

/// A death of which no day is told lies so many days back, at most.
pub(super) const LATELY: i64 = 30;

/// The whole years from one day to another.
pub(super) fn between(from: Date, to: Date) -> i64 {
    let years = i64::from(to.year()) - i64::from(from.year());
    years - i64::from((to.month(), to.day()) < (from.month(), from.day()))
}
