//! What a draft says of days is held against the day of publication.

use std::ops::Range;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{cue_in, find_cue, published, years};
use super::hangs::{Hung, Time, hung};
use super::names::SetName;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, DateValue, Mention, Value, mark};
use crate::document::BlockKind;
use crate::facet::Facet;
use crate::finding::{Bindings, Bound};
use crate::language::calendar::Modifier;
use crate::language::grammar::{Class, Tense};
use crate::language::{Language, TokenKind};
use crate::span::Span;

/// `dated`: days are given in the tense that the day of publication asks for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Dated {
    /// What is held against publication.
    pub how: How,
    /// The cue set that it is read by, where it has one.
    #[serde(default)]
    #[schemars(with = "SetName")]
    pub cue: String,
}

/// What can be wrong between a day and publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// A future tense with a day that is past.
    Tense,
    /// What the cue set says has happened, on a day that is to come.
    Ahead,
    /// « demain, 2 avril »: a day that is counted from publication beside its date.
    Counted,
    /// « le mois dernier » within two days of the turn of the month.
    MonthTurn,
    /// A text that is out before its embargo ends.
    Embargo,
}

impl Relation for Dated {
    fn roles(&self) -> &'static [&'static str] {
        match self.how {
            How::Tense | How::Ahead => &["day", "said", "now"],
            How::Counted | How::Embargo => &["day", "said"],
            How::MonthTurn => &["day"],
        }
    }

    fn values(&self) -> &'static [&'static str] {
        &["published"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Hypothetical, Facet::OtherTime]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        match self.how {
            How::Tense => a.mentions.iter().filter_map(|m| tense(a, m)).collect(),
            How::Ahead => a.mentions.iter().filter_map(|m| self.ahead(a, m)).collect(),
            How::Counted => a.mentions.iter().filter_map(|m| self.counted(a, m)).collect(),
            How::MonthTurn => self.month_turn(a),
            How::Embargo => self.embargo(a),
        }
    }
}

fn bindings(a: &Analysis) -> Bindings {
    let mut values = Bindings::default();
    if let Some(day) = published(a) {
        values.bind("published", Bound::Date(day));
    }
    values
}

/// A future tense of more than so many days ago may be that of a narrator.
const STORY: i32 = 180;

/// « se tiendra le 3 mars », published on 10 March; « a encore jusqu'au 3 mars »
fn tense(a: &Analysis, m: &Mention) -> Option<Conflict> {
    let now = published(a)?;
    let Told { day, year, until } = told(m)?;
    // A day without a year may be next year's.
    let apart = (now - day).get_days();
    if apart <= 1 || !year && apart >= SOON {
        return None;
    }
    let hung = hung(a, m)?;
    // A future that is a tense of its own also narrates: « il fera partie, en décembre 2017, des signataires ».
    let language = a.language(m.tokens.0 as usize)?;
    let narrates = language.grammar.modals.is_empty() && apart > STORY;
    let lasts = || until && apart < SOON && lively(a, m);
    let due = match hung.time {
        Time::Ahead => !narrates && written(a, m),
        // « ont jusqu'au 3 mars », "closes on 3 March"
        Time::Present => lasts() || apart < SOON && !until && !narrates && lively(a, m) && starts(a, &hung, language),
        Time::Past => false,
    };
    due.then(|| {
        let mut found = conflict(a, m, a.span(hung.verb));
        found.facets.insert_if(hung.time == Time::Ahead && recounted(a, m, day), Facet::OtherTime);
        found
    })
}

/// Whether a day is told by its date, and not by a feast, which may be what is done: « célébreront le nouvel an berbère ».
fn written(a: &Analysis, m: &Mention) -> bool {
    let tokens = m.tokens.0 as usize..m.tokens.1 as usize;
    tokens.into_iter().any(|i| {
        let month = a.language(i).is_some_and(|l| l.calendar.month(a.lower(i)).is_some());
        month || a.tokens[i].kind == TokenKind::Digits
    })
}

/// Paragraphs before and after one, in which a chronicle gives its other days.
const NEAR: u32 = 1;

/// Whether a future that is a tense of its own tells, in a paragraph of past days, what came next: « Le lendemain, il a reculé. Il le
/// refera le 19 décembre. »
fn recounted(a: &Analysis, m: &Mention, day: Date) -> bool {
    let modal = a.language(m.tokens.0 as usize).is_none_or(|l| !l.grammar.modals.is_empty());
    if modal {
        return false;
    }
    // « le lendemain », « au surlendemain »: a day that is counted from another of the story.
    let own = a.doc.blocks[m.block as usize].span;
    let tokens = a.tokens_in(own);
    let next = a.language(tokens.start).is_some_and(|l| l.cues.get("next-day").stands_in(a, tokens.clone()));
    let from = a.mentions.partition_point(|x| x.block + NEAR < m.block);
    let others = a.mentions[from..].iter().take_while(|x| x.block <= m.block + NEAR);
    let told = others.filter(|x| x.tokens != m.tokens).filter(|x| match &x.value {
        Value::Date(d) => {
            d.day.is_some() && d.resolved.is_some_and(|r| r < day) && a.tense(x.clause as usize).is_some_and(past_tense)
        }
        _ => false,
    });
    next || told.count() > 0
}

fn past_tense(tense: Tense) -> bool {
    matches!(tense, Tense::Past | Tense::Imperfect | Tense::Pluperfect)
}

/// Days further away than so many, of which no year is told, may be another year's.
const SOON: i32 = 60;

/// Whether the present tense around a day is that of the reader, and not of somebody who tells: no other day of the past stands there,
/// nothing of another year.
fn lively(a: &Analysis, m: &Mention) -> bool {
    let now = published(a);
    let body = matches!(a.kind(m.tokens.0 as usize), BlockKind::Body | BlockKind::ListItem | BlockKind::Standfirst);
    let others = a.mentions_in(a.sentence(m.tokens.0 as usize)).iter().filter(|o| o.tokens != m.tokens);
    let mut past = others.filter(|o| match &o.value {
        Value::Date(d) => {
            d.year.is_some_and(|y| now.is_some_and(|n| n.year() != y)) || d.resolved.is_some_and(|day| Some(day) < now)
        }
        Value::Period(p) => p.from.is_some_and(|day| Some(day) < now),
        _ => false,
    });
    body && !m.frame.background && past.next().is_none()
}

/// "closes on 3 March": what stands in a timetable in the present tense.
fn starts(a: &Analysis, hung: &Hung, language: &Language) -> bool {
    let scheduled = language.cues.get("scheduled");
    hung.verb.clone().any(|i| scheduled.at(a, i).is_some())
}

/// A day as it can be held against publication.
struct Told {
    day: Date,
    /// Its year is written.
    year: bool,
    /// It closes a stretch: « jusqu'au 3 mars », « du 1er au 3 mars ».
    until: bool,
}

fn told(m: &Mention) -> Option<Told> {
    match &m.value {
        Value::Date(d) => {
            let until = d.modifier == Some(Modifier::Until);
            let whole = d.modifier.is_none() || until;
            let day = d.resolved.filter(|_| d.day.is_some()).or_else(|| month_end(d)).filter(|_| whole)?;
            Some(Told { day, year: d.year.or(d.passage).is_some(), until })
        }
        Value::Period(p) if p.modifier.is_none() && p.iso.ends_with("D)") => {
            Some(Told { day: p.past?, year: !p.iso.contains("XXXX"), until: true })
        }
        _ => None,
    }
}

/// The last day of a month whose year is told: « en décembre 2025 ».
fn month_end(d: &DateValue) -> Option<Date> {
    let (None, Some(year), Some(month)) = (d.day, d.year, d.month) else { return None };
    Date::new(year, month, 1).ok().map(Date::last_of_month)
}

fn conflict(a: &Analysis, m: &Mention, said: Span) -> Conflict {
    let mut facets = a.facets_at(m.span);
    let clause = a.clauses[m.clause as usize].tokens;
    let days =
        a.mentions_in(clause.0 as usize..clause.1 as usize).iter().filter(|x| matches!(x.value, Value::Date(_) | Value::Period(_)));
    facets.insert_if(days.take(2).count() > 1, Facet::OtherTime);
    let mut roles = vec![("said", said), ("day", m.span)];
    roles.extend(day_of_story(a, m).map(|now| ("now", now)));
    Conflict { roles, values: bindings(a), facets }
}

/// A story tells its day by what happened so many days before it, at most.
const FRESH: i32 = 3;

/// Where the story itself tells its day: the nearest day to a finding that lies just before publication.
fn day_of_story(a: &Analysis, m: &Mention) -> Option<Span> {
    let now = published(a)?;
    let fresh = |o: &&Mention| match &o.value {
        Value::Date(d) if d.day.is_some() && d.month.is_some() => {
            d.resolved.is_some_and(|day| (0..=FRESH).contains(&(now - day).get_days()))
        }
        _ => false,
    };
    let days = a.mentions.iter().filter(|o| o.tokens != m.tokens).filter(fresh);
    days.min_by_key(|o| o.span.start.abs_diff(m.span.start)).map(|o| o.span)
}

/// Whether the words around a day tell of another year: then the day may be of that year.
fn retells(a: &Analysis, m: &Mention) -> bool {
    let now = published(a).map(Date::year);
    // A year that opens a tale holds for some sentences.
    let from = (m.sentence as usize).saturating_sub(RETOLD);
    let start = a.sentences[from].start as usize;
    let end = a.sentence(m.tokens.0 as usize).end;
    m.frame.background || years(a, start..end).iter().any(|y| Some(y.year) != now)
}

/// A year that is told holds for so many sentences more.
const RETOLD: usize = 6;

/// Whether nothing leads a day but an article, or the word for "on": « pour le 3 mai », "for 3 May" is when it will be.
fn plainly(a: &Analysis, m: &Mention) -> bool {
    let start = m.tokens.0 as usize;
    let Some(language) = a.language(start) else { return false };
    let sentence = a.sentence(start);
    let lead = |i: &usize| language.cues.get("on-lead").at(a, *i).is_some_and(|len| i + len == start);
    // « pour *le* jeudi 12 juin »: what leads the article counts.
    let free = |i: usize| {
        let article = i + 1 == start && a.classes[i].has(Class::Determiner);
        !article || i == sentence.start || !a.classes[i - 1].has(Class::Preposition)
    };
    start == sentence.start
        || (sentence.start.max(start.saturating_sub(3))..start).find(lead).is_some_and(free)
        || !a.classes[start - 1].has(Class::Preposition) && !lead(&(start - 1))
}

/// Whether something planned stands between the verb and its day: « a obtenu une audience le 3 mai ».
fn planned(a: &Analysis, hung: &Hung, m: &Mention) -> bool {
    cue_in(a, "plans", hung.verb.end..m.tokens.0 as usize)
}

/// So many days a date beside a counted day is off that no day of writing explains.
const LATE: i32 = 2;

impl Dated {
    /// « hier, le 5 janvier », "tomorrow's meeting, on 2 April": the date that stands beside a day counted from publication. A day more
    /// or less may lie between writing and publication.
    fn counted(&self, a: &Analysis, m: &Mention) -> Option<Conflict> {
        let (Value::Date(d), language) = (&m.value, a.language(m.tokens.0 as usize)?) else { return None };
        let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
        // A caption tells the day of its picture.
        if a.kind(start) == BlockKind::Caption {
            return None;
        }
        // A feast is dated by the calendar: « lundi de Pâques, le 7 avril ».
        let named = |i: usize| (i < end).then(|| a.lower(i));
        let feast = || (start..end).find_map(|i| language.calendar.holidays.at(i, named).map(|(len, _)| i - start + len));
        let counted = language.calendar.relative.at(start, named).map(|(len, _)| len);
        let exact = counted.is_none();
        let len = counted.or_else(|| feast().filter(|_| d.year.is_none()))?;
        let told = d.resolved.filter(|_| start + len == end)?;
        let sentence = a.sentence(start);
        let next = a.mentions_in(end..sentence.end).iter().find(|n| matches!(n.value, Value::Date(_) | Value::Weekday(_)))?;
        let apart = match &next.value {
            Value::Date(n) => {
                let day = n.resolved.filter(|r| n.day.is_some() && n.month.is_some() && (!exact || r.year() == told.year()))?;
                // Who writes a day before publication is a day behind, and nobody is a day ahead.
                let ahead = (day - told).get_days();
                if exact && ahead == 1 { LATE } else { ahead.abs() }
            }
            Value::Weekday(w) => {
                let ahead = i32::from(w.to_monday_zero_offset()) - i32::from(told.weekday().to_monday_zero_offset());
                ahead.rem_euclid(7).min((-ahead).rem_euclid(7))
            }
            _ => 0,
        };
        // "last night, Tuesday's blast": the day is the blast's.
        let past = next.tokens.1 as usize;
        let owns = past < sentence.end && a.is_clitic(past) && !language.grammar.head_first;
        let told = (apart > 1 || exact && apart > 0) && !owns && self.beside(a, end..next.tokens.0 as usize);
        told.then(|| Conflict {
            roles: vec![("said", m.span), ("day", next.span)],
            values: bindings(a),
            facets: a.facets_at(m.span),
        })
    }

    /// Whether what stands between two days makes the second the date of the first: a comma or nothing, and a word that leads a date;
    /// "'s annual meeting, on" too.
    fn beside(&self, a: &Analysis, gap: Range<usize>) -> bool {
        /// So many words may stand behind "tomorrow's".
        const THING: usize = 4;
        let owns = !gap.is_empty() && a.is_clitic(gap.start);
        let comma = gap.clone().find(|&i| matches!(mark(a, i), Some(',' | '(')));
        let from = match comma {
            Some(at) if at == gap.start || owns && at - gap.start <= THING + 1 => at + 1,
            None if !owns => gap.start,
            _ => return false,
        };
        let led = |l: &Language| l.cues.get(&self.cue).at(a, from).is_some_and(|len| from + len == gap.end);
        from == gap.end || a.language(from).is_some_and(led)
    }

    /// « s'est tenu le 3 mai », published in March
    fn ahead(&self, a: &Analysis, m: &Mention) -> Option<Conflict> {
        let Value::Date(d) = &m.value else { return None };
        let (day, now) = (d.resolved.filter(|_| d.day.is_some() && d.month.is_some())?, published(a)?);
        // A day without a year may be last year's, unless its weekday says otherwise.
        let fits = d.weekday.is_some_and(|(w, _)| w == day.weekday());
        let apart = (day - now).get_days();
        let near = d.passage.is_none() && apart < SOON && (fits || !retells(a, m));
        if apart <= 1 || d.modifier.is_some() || d.year.is_none() && !near {
            return None;
        }
        let hung = hung(a, m).filter(|h| h.time == Time::Past)?;
        // « a eu lieu »: the phrase may go on behind the verb.
        let language = a.language(hung.verb.start)?;
        let happened = || hung.verb.clone().any(|i| language.cues.get(&self.cue).at(a, i).is_some());
        // « a présenté la fête du 3 mai », « a organisé une fête le 3 mai »: the day may be the object's.
        let own = hung.direct || !hung.shared || happened();
        let led = plainly(a, m);
        // "Retrieved 3 May 2026", « Mis à jour le 3 mai 2026 »: of the page, not of the story.
        let page =
            hung.verb.start == a.sentence(hung.verb.start).start || cue_in(a, "of-the-page", hung.verb.start..m.tokens.0 as usize);
        let planned = page || hung.plans && !happened() || planned(a, &hung, m);
        (own && led && !planned).then(|| conflict(a, m, a.span(hung.verb)))
    }

    fn month_turn(&self, a: &Analysis) -> Vec<Conflict> {
        let Some(now) = published(a).filter(|d| d.day() <= 2 || d.day() + 1 >= d.days_in_month()) else { return Vec::new() };
        let _ = now;
        let sentences = a.sentences.iter().map(|s| s.start as usize..s.end as usize);
        let words = sentences.filter_map(|s| find_cue(a, &self.cue, s));
        words
            .map(|w| Conflict { roles: vec![("day", a.span(w.clone()))], values: bindings(a), facets: a.facets_at(a.span(w)) })
            .collect()
    }

    fn embargo(&self, a: &Analysis) -> Vec<Conflict> {
        let Some(now) = published(a) else { return Vec::new() };
        let mut found = Vec::new();
        for s in &a.sentences {
            let Some(word) = find_cue(a, &self.cue, s.start as usize..s.end as usize) else { continue };
            // « sous embargo jusqu'au 2 avril »: the word that says it may open the stretch of the date.
            let near = word.start..(word.end + 10).min(s.end as usize);
            let day = a.mentions_in(near).iter().find_map(|m| match &m.value {
                Value::Date(d) => {
                    d.resolved.filter(|day| *day > now).map(|_| d.weekday.map_or(d.core, |(_, name)| name.cover(d.core)))
                }
                _ => None,
            });
            let said = a.span(word);
            found.extend(day.map(|d| Conflict {
                roles: vec![("day", d), ("said", said)],
                values: bindings(a),
                facets: a.facets_at(said),
            }));
        }
        found
    }
}
