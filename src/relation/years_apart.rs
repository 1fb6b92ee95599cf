//! So many years ago, in that year.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Unit, Year, cue_in, figure, published, stance, years};
use super::names::SetName;
use super::{Conflict, Relation};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, ChunkKind, Mention, Value, mark};
use crate::document::BlockKind;
use crate::facet::Facet;
use crate::finding::{Bindings, Bound};
use crate::language::grammar::{Class, Tense};

/// `years-apart`: « il y a dix ans, en 2011 » and « le 60e anniversaire de 1968 » are said in the year that they make.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct YearsApart {
    /// The cue set before or after a number of years that have gone by.
    #[serde(default)]
    #[schemars(with = "Option<SetName>")]
    pub ago: Option<String>,
    /// The cue set after a rank or a number of years that makes it an anniversary.
    #[serde(default)]
    #[schemars(with = "Option<SetName>")]
    pub anniversary: Option<String>,
    /// The cue set right after a number of years that opens a sentence: « vingt ans *après* la tempête de 1999, la forêt souffre ».
    #[serde(default)]
    #[schemars(with = "Option<SetName>")]
    pub after: Option<String>,
    /// The cue set right after a number of years that opens a sentence, and nothing behind it: "ten years *on*, the pit …".
    #[serde(default)]
    #[schemars(with = "Option<SetName>")]
    pub on: Option<String>,
}

impl Relation for YearsApart {
    fn roles(&self) -> &'static [&'static str] {
        &["years", "year"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["years.expected", "now"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Approximate, Facet::OtherTime]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let Some(day) = published(a) else { return Vec::new() };
        a.mentions.iter().filter_map(|m| self.judge(a, m, day.year())).collect()
    }
}

impl YearsApart {
    fn judge(&self, a: &Analysis, m: &Mention, now: i16) -> Option<Conflict> {
        let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
        let sentence = a.sentence(start);
        let cues = &a.language(start)?.cues;
        if let Some(year) = self.since(a, m) {
            return held(a, m, figure(m)?.amount, year, now);
        }
        let (amount, past) = match (&m.value, &self.ago, &self.anniversary) {
            (Value::Ordinal(rank), _, Some(set)) => (*rank, end + cues.get(set).at(a, end.min(sentence.end - 1))?),
            (Value::Date(d), Some(set), _) if cue_in(a, set, start..end) => {
                let years = Ratio::whole(i128::from(now - d.resolved?.year()));
                // « il y a environ dix ans »
                let about =
                    a.language(start)?.numbers.bounds.before(start, |t| (t >= sentence.start).then(|| a.lower(t))).is_some();
                let within = (start..end)
                    .any(|i| a.language(i).is_some_and(|l| l.numbers.bounds.at(i, |t| (t < end).then(|| a.lower(t))).is_some()));
                let low = if about || within { None } else { Some(years) };
                (Amount { low, ..Amount::exact(years, Ratio::ONE) }, end)
            }
            (_, Some(set), _) if figure(m)?.unit == Unit::Time("Y") => {
                let after = (end < sentence.end).then(|| cues.get(set).at(a, end)).flatten();
                let before = cues.get(set).before(a, start, sentence.start);
                (*figure(m)?.amount, end + after.or(before.map(|_| 0))?)
            }
            _ => return None,
        };
        let all = years(a, sentence.clone());
        let date = match &self.anniversary {
            Some(_) => marked(a, &all, past),
            None => beside(a, &all, start, past).or_else(|| resumed(a, &sentence)),
        }?;
        held(a, m, &amount, date, now)
    }

    /// The year of what a sentence that opens so counts from, where its own verb is of today: « Vingt ans après la tempête de 1999, la forêt
    /// porte encore », "Ten years after the bank collapsed in 2008, its floor is a gym".
    fn since(&self, a: &Analysis, m: &Mention) -> Option<Year> {
        /// Before the year stand so many tokens.
        const ROOM: usize = 14;
        let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
        let (set, s) = (self.after.as_ref()?, a.sentence(start));
        let opens = start <= s.start + 1 && figure(m)?.unit == Unit::Time("Y");
        if let Some(year) = opens.then(|| self.on(a, end, &s)).flatten() {
            return Some(year);
        }
        let past = end + a.language(start)?.cues.get(set).at(a, end.min(s.end - 1)).filter(|_| opens && end < s.end)?;
        let all = years(a, s.clone());
        let [year] = all[..] else { return None };
        // "Seven years after the war, in 1925": the year is that of the end.
        let part = |i: usize| mark(a, i) == Some(',') && leads(a, i + 1);
        let near = (past..past + ROOM).contains(&year.token) && !(past..year.token).any(part);
        let comma = (year.token..s.end).find(|&i| mark(a, i) == Some(','))?;
        let from = a.chunks.partition_point(|c| (c.tokens.0 as usize) < comma);
        let verb = a.chunks[from..].iter().take_while(|c| (c.tokens.1 as usize) <= s.end).find_map(|c| match c.kind {
            ChunkKind::Verb(v) if v.finite => Some(v.tense),
            _ => None,
        });
        // « a dévoilé dimanche une stèle »: what is past is so of these days.
        let recent = a.mentions_in(comma..s.end).iter().any(|m| matches!(m.value, Value::Weekday(_)));
        let now = matches!(verb, Some(Tense::Present | Tense::Future)) || recent && verb == Some(Tense::Past);
        // A second comma may close what the first opens: "in 1995, taking 600 jobs with it, the town is …".
        (near && now).then_some(year)
    }
}

/// Sentences behind one that opens with years gone by in which the year is told from which they count.
const NEXT: usize = 2;

impl YearsApart {
    /// « Vingt ans après, la forêt porte encore les traces. La tempête de 1999 … », "Ten years on, …": the one year that is told there.
    fn on(&self, a: &Analysis, end: usize, s: &Range<usize>) -> Option<Year> {
        let language = a.language(end).filter(|_| end < s.end)?;
        let past = end + language.cues.get(self.on.as_deref()?).at(a, end)?;
        let closed = past < s.end && mark(a, past) == Some(',');
        let from = a.chunks.partition_point(|c| (c.tokens.0 as usize) < past);
        let verb = a.chunks[from..].iter().take_while(|c| (c.tokens.1 as usize) <= s.end).find_map(|c| match c.kind {
            ChunkKind::Verb(v) if v.finite => Some(v.tense),
            _ => None,
        });
        let block = a.tokens[s.start].block;
        let last = (a.tokens[s.start].sentence as usize + NEXT).min(a.sentences.len() - 1);
        let tokens = s.start..a.sentences[last].end as usize;
        let all: Vec<Year> = years(a, tokens).into_iter().filter(|y| a.tokens[y.token].block == block).collect();
        let [year] = all[..] else { return None };
        // What opens the story counts from its own day.
        let first = a.sentences.iter().position(|x| a.kind(x.start as usize) == BlockKind::Body);
        let opens = first == Some(a.tokens[s.start].sentence as usize);
        (closed && (verb == Some(Tense::Present) || opens)).then_some(year)
    }
}

/// « Il y a dix ans, le pont s'effondrait. Depuis *ce 12 mars 2009*, … »: the day that a demonstrative takes up at the head of the next
/// sentence.
fn resumed(a: &Analysis, s: &Range<usize>) -> Option<Year> {
    /// The day stands among so many tokens.
    const HEAD: usize = 4;
    let next = s.end;
    let same = next < a.tokens.len() && a.tokens[next].block == a.tokens[s.start].block && years(a, s.clone()).is_empty();
    let after = same.then(|| a.sentence(next))?;
    let language = a.language(next)?;
    let date = a.mentions_in(after.clone()).iter().find(|m| matches!(&m.value, Value::Date(d) if d.year.is_some()))?;
    let at = date.tokens.0 as usize;
    let taken_up = at > after.start && at <= after.start + HEAD && language.cues.get("demonstrative").at(a, at - 1) == Some(1)
        || language.cues.get("demonstrative").at(a, at) == Some(1);
    years(a, at..date.tokens.1 as usize).first().copied().filter(|_| taken_up)
}

/// Whether so many years lie between a year and the story's.
fn held(a: &Analysis, m: &Mention, amount: &Amount, date: Year, now: i16) -> Option<Conflict> {
    let (year, stated) = (date.year, i16::try_from(amount.written.as_whole()?).ok()?);
    let apart = now - year;
    if year > now || apart.abs_diff(stated) <= 1 || stated == 0 {
        return None;
    }
    let mut values = Bindings::default();
    values.bind("years.expected", Bound::Amount(Amount::whole(i128::from(apart))));
    values.bind("now", Bound::Literal(now.to_string()));
    let mut facets = stance(m);
    facets.insert_if(!amount.is_exact(), Facet::Approximate);
    let other = years(a, a.sentence(m.tokens.0 as usize)).iter().any(|y| y.token != date.token && y.year != year);
    facets.insert_if(other, Facet::OtherTime);
    Some(Conflict { roles: vec![("years", m.span), ("year", a.tokens[date.token].span)], values, facets })
}

/// The year that stands beside what counts to it: « il y a dix ans, en 2011 », "in 2011, ten years ago"; in "3,000 years ago, says a
/// 2019 study" it is the study's.
fn beside(a: &Analysis, all: &[Year], start: usize, past: usize) -> Option<Year> {
    let parts = |i: usize| mark(a, i).is_some_and(|c| matches!(c, ',' | '(' | '–' | '—' | ':'));
    let follows = |y: &Year| {
        let date = a.mentions_in(past..y.token + 1).iter().find(|m| matches!(m.value, Value::Date(_)));
        let (first, full) = date.map_or((y.token, false), |m| (m.tokens.0 as usize, m.tokens.1 - m.tokens.0 > 1));
        let thin = |i: usize| a.classes[i].has(Class::Preposition) || full && a.classes[i].has(Class::Determiner);
        (past + 1..=past + 3).contains(&first) && (past..first).all(|i| parts(i) || thin(i))
    };
    let precedes = |y: &Year| y.token + 2 == start && mark(a, y.token + 1) == Some(',');
    let after = all.iter().find(|y| y.token >= past).filter(|y| follows(y));
    after.or_else(|| all.iter().rfind(|y| y.token < start).filter(|y| precedes(y))).copied()
}

/// The year of what is marked: « le 60e anniversaire *de* mai 1968 », "of the strike, begun on May 3, 1926"; in "its 25th anniversary, in
/// 2015" it is that of the day itself.
fn marked(a: &Analysis, all: &[Year], past: usize) -> Option<Year> {
    /// Within so many tokens behind the word the year of what is marked stands.
    const ROOM: usize = 12;
    let year = *all.iter().find(|y| y.token >= past && y.token <= past + ROOM)?;
    // No other number stands between: "in 30 years, 1968".
    let between = a.mentions_in(past..year.token).iter().any(|x| figure(x).is_some());
    let date = a.mentions_in(past..year.token + 1).iter().rfind(|m| matches!(m.value, Value::Date(_)));
    let dated = |i: usize| date.is_some_and(|m| (m.tokens.0 as usize..m.tokens.1 as usize).contains(&i));
    // "the club's 25th anniversary, in 2015" is the day itself; « la catastrophe, survenue en 1986 » is what is marked.
    let said = |i: usize| a.classes[i + 1].has(Class::PastParticiple) || !leads(a, i + 1);
    let comma = (past..year.token).any(|i| mark(a, i) == Some(',') && !dated(i) && !said(i));
    (linked(a, past) && !between && !comma && !over(a, past)).then_some(year)
}

/// Whether a word may lead a day: a preposition, an article.
fn leads(a: &Analysis, i: usize) -> bool {
    a.classes[i].has(Class::Preposition) || a.classes[i].has(Class::Determiner) || a.classes[i].has(Class::Numeral)
}

/// Whether what an anniversary is of follows.
fn linked(a: &Analysis, past: usize) -> bool {
    past < a.tokens.len() && a.language(past).is_some_and(|l| l.numbers.links.iter().any(|l| l == a.lower(past)))
}

/// Whether the verb tells of another day: "marked the 25th anniversary of the club in 2015".
fn over(a: &Analysis, past: usize) -> bool {
    past >= a.tokens.len() || matches!(a.tense(a.clause(past)), Some(Tense::Past | Tense::Imperfect | Tense::Pluperfect))
}
