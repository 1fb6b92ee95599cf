//! What a draft says of days is held against the day of publication.

use std::ops::Range;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{find_cue, published};
use super::names::SetName;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Chunk, ChunkKind, DateValue, Mention, Value, mark};
use crate::facet::Facet;
use crate::finding::{Bindings, Bound};
use crate::language::Language;
use crate::language::grammar::Tense;
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
            How::Tense | How::Ahead | How::Counted | How::Embargo => &["day", "said"],
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

/// Between a verb and its day no more tokens stand than so many.
const REACH: usize = 12;

/// A future tense of more than so many days ago may be that of a narrator.
const STORY: i32 = 180;

/// « se tiendra le 3 mars », published on 10 March
fn tense(a: &Analysis, m: &Mention) -> Option<Conflict> {
    let Value::Date(d) = &m.value else { return None };
    let now = published(a)?;
    let day = d.resolved.filter(|_| d.day.is_some()).or_else(|| month_end(d))?;
    // A day without a year may be next year's.
    let apart = (now - day).get_days();
    // A future that is a tense of its own also narrates: « il fera partie, en décembre 2017, des signataires ».
    let narrates = a.language(m.tokens.0 as usize).is_some_and(|l| l.grammar.modals.is_empty()) && apart > STORY;
    let past = apart > 1 && (d.year.is_some() || apart < 60) && d.modifier.is_none() && !narrates;
    if !past {
        return None;
    }
    let (said, tense) = verb_before(a, m)?;
    (tense == Tense::Future).then(|| conflict(a, m, said))
}

/// The last day of a month whose year is told: « en décembre 2025 ».
fn month_end(d: &DateValue) -> Option<Date> {
    let (None, Some(year), Some(month)) = (d.day, d.year, d.month) else { return None };
    Date::new(year, month, 1).ok().map(Date::last_of_month)
}

fn conflict(a: &Analysis, m: &Mention, said: Span) -> Conflict {
    let mut facets = a.facets_at(m.span);
    let others = a.mentions.iter().filter(|x| x.clause == m.clause && matches!(x.value, Value::Date(_) | Value::Period(_))).count();
    facets.insert_if(others > 1, Facet::OtherTime);
    Conflict { roles: vec![("said", said), ("day", m.span)], values: bindings(a), facets }
}

/// The verb of which a date says when: that of its clause, the last before it, where the date is no noun's own.
fn verb_before(a: &Analysis, m: &Mention) -> Option<(Span, Tense)> {
    let start = m.tokens.0 as usize;
    let past = a.chunks.partition_point(|c| (c.tokens.1 as usize) <= start);
    let near = |c: &Chunk| start - c.tokens.1 as usize <= REACH && a.tokens[c.tokens.0 as usize].sentence == m.sentence;
    let mut before = a.chunks[..past].iter().enumerate().rev().take_while(|(_, c)| near(c));
    let (at, verb) = before.find(|(_, c)| matches!(c.kind, ChunkKind::Verb(_)))?;
    let ChunkKind::Verb(v) = verb.kind else { return None };
    let end = verb.tokens.1 as usize;
    // "on 3 May": a word of the date may be read as a verb.
    let own = a.clauses[m.clause as usize].verb? as usize;
    let of_clause = own == at || a.chunks[own].tokens.0 >= m.tokens.0 && a.chunks[own].tokens.1 <= m.tokens.1;
    // « les photos qui resteront de ce 1er décembre »: the day is the noun's.
    let links = |i: usize| a.language(i).is_some_and(|l| l.numbers.links.iter().any(|w| w == a.lower(i)));
    let owned = (1..=2).any(|n| start >= n + end && links(start - n));
    (of_clause && !owned).then(|| (a.span(verb.tokens.0 as usize..end), v.tense))
}

impl Dated {
    /// « hier, le 5 janvier », "tomorrow's meeting, on 2 April": the date that stands beside a day counted from publication. A day more
    /// or less may lie between writing and publication.
    fn counted(&self, a: &Analysis, m: &Mention) -> Option<Conflict> {
        let (Value::Date(d), language) = (&m.value, a.language(m.tokens.0 as usize)?) else { return None };
        let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
        let (len, _) = language.calendar.relative.at(start, |i| (i < end).then(|| a.lower(i)))?;
        let told = d.resolved.filter(|_| start + len == end)?;
        let sentence = a.sentence(start);
        let next = a.mentions_in(end..sentence.end).iter().find(|n| matches!(n.value, Value::Date(_) | Value::Weekday(_)))?;
        let apart = match &next.value {
            Value::Date(n) => (n.resolved.filter(|_| n.day.is_some() && n.month.is_some())? - told).get_days().abs(),
            Value::Weekday(w) => {
                let ahead = i32::from(w.to_monday_zero_offset()) - i32::from(told.weekday().to_monday_zero_offset());
                ahead.rem_euclid(7).min((-ahead).rem_euclid(7))
            }
            _ => 0,
        };
        // "last night, Tuesday's blast": the day is the blast's.
        let past = next.tokens.1 as usize;
        let owns = past < sentence.end && a.is_clitic(past) && !language.grammar.head_first;
        let told = apart > 1 && !owns && self.beside(a, end..next.tokens.0 as usize);
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
        let told = d.year.is_some() || fits && (day - now).get_days() < 60;
        if (day - now).get_days() <= 1 || !told || d.modifier.is_some() {
            return None;
        }
        let (said, tense) = verb_before(a, m)?;
        let verb = a.tokens_in(said);
        // « a eu lieu »: the phrase may go on behind the verb.
        let happened = a.language(verb.start).is_some_and(|l| verb.clone().any(|i| l.cues.get(&self.cue).at(a, i).is_some()));
        (tense == Tense::Past && happened).then(|| conflict(a, m, said))
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
