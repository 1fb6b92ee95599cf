//! So long before, so long after: what a story counts from one moment leads to the other that it tells.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::published;
use super::moment::{At, Grain, Moment};
use super::names::SetName;
use super::support::tells;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Mention, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::grammar::{Class, Tense};
use crate::language::{Cue, TokenKind};

/// `counts-to`: « le 12 septembre … deux jours plus tard, le 16 », "at 1.30pm, an hour before the throw-in at 3.30pm", « il y a trois semaines,
/// le 2 mars »: what is counted from one moment leads to the other.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CountsTo {
    /// The cue set behind a length that counts on: "later", « plus tard », "after".
    #[schemars(with = "SetName")]
    pub later: String,
    /// The cue set behind a length that counts back: "earlier", « avant ».
    #[schemars(with = "SetName")]
    pub earlier: String,
    /// The cue set of words for the next day.
    #[schemars(with = "SetName")]
    pub day_after: String,
    /// The cue set of words for the day before.
    #[schemars(with = "SetName")]
    pub day_before: String,
    /// The cue set before or after a length that counts back from publication: "ago".
    #[schemars(with = "SetName")]
    pub ago: String,
    /// The cue set of words that may stand between a length and what counts it: "to the day".
    #[schemars(with = "SetName")]
    pub exactly: String,
    /// The cue set behind a length that says by how much something is late or early.
    #[schemars(with = "SetName")]
    pub late: String,
    /// The cue set before the hour at which something should be.
    #[schemars(with = "SetName")]
    pub due: String,
}

impl Relation for CountsTo {
    fn roles(&self) -> &'static [&'static str] {
        &["from", "length", "to"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Hypothetical]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = Vec::new();
        for m in a.mentions.iter().filter(|m| tells(a.doc.blocks[m.block as usize].kind)) {
            let count = self.count(a, m);
            found.extend(count.and_then(|c| self.beside(a, &c).or_else(|| self.between(a, &c))));
            found.extend(self.ago(a, m));
            found.extend(self.late(a, m));
        }
        for s in &a.sentences {
            let tokens = s.start as usize..s.end as usize;
            found.extend(self.next_days(a, tokens));
        }
        found
    }
}

/// A count of time from one moment to another.
struct Count<'a> {
    mention: Option<&'a Mention>,
    /// The words that count, with those that say which way.
    words: Range<usize>,
    /// In days, or minutes of hours; less than none where it counts back.
    length: i64,
    slack: i64,
    clock: bool,
}

/// Tokens at most between what counts and the moment to which it leads.
const BESIDE: usize = 4;
/// Tokens at most between the word for "after" and the moment from which it counts.
const ROOM: usize = 10;
/// Sentences back to the moment from which a count may start.
const BACK: u32 = 3;
/// Of more moments than so many nobody knows which is meant.
const SEVERAL: usize = 3;

impl CountsTo {
    fn cue<'l>(&self, a: &Analysis<'l>, set: &str, at: usize) -> Option<&'l Cue> {
        Some(a.language(at)?.cues.get(set))
    }

    /// « deux jours plus tard », "three weeks to the day after"
    fn count<'a>(&self, a: &Analysis, m: &'a Mention) -> Option<Count<'a>> {
        let Value::Duration(d) = &m.value else { return None };
        let (unit, slack, clock) = match d.unit.as_str() {
            "D" => (1.0, 1, false),
            "W" => (7.0, 4, false),
            "M" => (30.44, 24, false),
            "TH" => (60.0, 10, true),
            "TM" => (1.0, 4, true),
            _ => return None,
        };
        let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
        let s = a.sentence(start);
        let n = d.amount.written.to_decimal(2).parse::<f64>().ok().filter(|n| d.amount.is_exact() && *n < 1000.0)?;
        let exactly = self.cue(a, &self.exactly, start)?;
        let mut past = end;
        past += exactly.at(a, past).filter(|_| past < s.end).unwrap_or(0);
        let at = |set: &str| self.cue(a, set, start).and_then(|c| c.at(a, past)).filter(|len| past + len <= s.end && past < s.end);
        let (sign, len) = at(&self.later).map(|len| (1, len)).or_else(|| at(&self.earlier).map(|len| (-1, len)))?;
        let length = sign * (n * unit).round() as i64;
        Some(Count { mention: Some(m), words: start..past + len, length, slack, clock })
    }

    /// « deux jours plus tard, le 16 septembre », counted from a moment told before.
    fn beside(&self, a: &Analysis, c: &Count) -> Option<Conflict> {
        let to = next(a, c.words.end, BESIDE, c.clock)?;
        // "two days after 22 May" counts from that day.
        let links = &a.language(c.words.start)?.numbers.links;
        let i = c.words.end;
        let parted = mark(a, i).is_some() || a.classes[i].has(Class::Preposition) && !links.iter().any(|l| l == a.lower(i));
        if !parted || i >= to.token() {
            return None;
        }
        let from = self.before(a, c, &to)?;
        Some(conflict(a, c, from, &to))
    }

    /// The moment from which a count should have started: the last before it, where none of those before leads to the other.
    fn before<'a>(&self, a: &'a Analysis, c: &Count, to: &Told) -> Option<Told<'a>> {
        let at = a.tokens[c.words.start];
        let start = a.sentences[(at.sentence.saturating_sub(BACK)) as usize].start as usize;
        let all: Vec<Told> = a.mentions_in(start..c.words.start).iter().filter_map(|m| Told::of(a, m, c.clock)).collect();
        let several = all.len() > if to.weekday_only { 1 } else { SEVERAL };
        let none = all.iter().all(|from| from.leads(to, c.length, c.slack) == Some(false));
        let last = all.into_iter().next_back()?;
        let story = a.tokens[last.token()].block + 1 >= at.block;
        (none && !several && story && last.weekday_only == to.weekday_only).then_some(last)
    }

    /// "at 1.30pm, an hour before the throw-in at 3.30pm": both moments, with the count between.
    fn between(&self, a: &Analysis, c: &Count) -> Option<Conflict> {
        let s = a.sentence(c.words.start);
        let from = next(a, c.words.end, ROOM, c.clock)?;
        let gap = c.words.end..from.token();
        let parts = gap.clone().any(|i| mark(a, i).is_some());
        let to = a.mentions_in(s.start..c.words.start).iter().rev().find_map(|m| Told::of(a, m, c.clock))?;
        let near = to.past()..c.words.start;
        let thin = near.len() <= BESIDE
            && crate::syntax::is_verbless(a, near.clone())
            && near.clone().next().is_none_or(|i| mark(a, i).is_some_and(|m| matches!(m, ',' | '(' | '–' | '—')));
        let weeks = from.day.zip(to.day).filter(|_| to.weekday_only && !from.weekday_only && c.length.abs() >= 7);
        let wrong = match weeks {
            Some((x, y)) => (i64::from((y - x).get_days()) - c.length).abs() > c.slack,
            None => from.leads(&to, c.length, c.slack) == Some(false),
        };
        (!parts && thin && wrong).then(|| conflict(a, c, from, &to))
    }

    /// « le lendemain, 5 mars », "the day before, on 3 March"
    fn next_days(&self, a: &Analysis, s: Range<usize>) -> Vec<Conflict> {
        let mut found = Vec::new();
        let Some(language) = a.language(s.start) else { return found };
        let sets = [(language.cues.get(&self.day_after), 1), (language.cues.get(&self.day_before), -1)];
        let mut i = s.start;
        while i < s.end {
            let counted = sets.iter().find_map(|(cue, length)| cue.at(a, i).map(|len| (len, *length)));
            if let Some((len, length)) = counted {
                let count = Count { mention: None, words: i..i + len, length, slack: 0, clock: false };
                found.extend(self.beside(a, &count));
            }
            i += counted.map_or(1, |(len, _)| len);
        }
        found
    }

    /// « il y a trois semaines, le 2 mars », "on 2 March, three weeks ago": a day that is counted from publication, with its date.
    fn ago(&self, a: &Analysis, m: &Mention) -> Option<Conflict> {
        let (Value::Date(d), now) = (&m.value, published(a)?) else { return None };
        let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
        let language = a.language(start)?;
        let worded = d.month.is_none() || d.day.is_none() || !(start..end).any(|i| language.calendar.month(a.lower(i)).is_some());
        let told =
            i64::from((now - d.resolved.filter(|_| worded && language.cues.get(&self.ago).stands_in(a, start..end))?).get_days());
        let s = a.sentence(start);
        let within = |i: usize| (i < end).then(|| a.lower(i));
        let bounds = &language.numbers.bounds;
        let about = (start..end).any(|i| bounds.at(i, within).is_some())
            || bounds.before(start, |t| (t >= s.start).then(|| a.lower(t))).is_some();
        let after = next(a, end, BESIDE, false);
        let to = after.or_else(|| {
            let last = a.mentions_in(s.start..start).iter().next_back().and_then(|m| Told::of(a, m, false))?;
            (last.past() + 1 == start && mark(a, start - 1) == Some(',')).then_some(last)
        })?;
        let At::Calendar { first, last, grain, .. } = to.at?.at else { return None };
        let (least, most) = (i64::from((now - last).get_days()), i64::from((now - first).get_days()));
        // What is a year ago and more is counted in years.
        let one = (start..end).any(|i| language.numbers.articles.iter().any(|w| w == a.lower(i)));
        let slack = if one { told / 2 } else { told * 15 / 100 } + 1;
        let wrong = told + slack < least || told - slack > most;
        let due = !about && (0..YEARS).contains(&told) && most >= 0 && grain != Grain::Year;
        (wrong && due).then(|| {
            let mut facets = a.facets_at(m.span);
            facets.insert_if(m.stance.quoted, Facet::Quoted);
            Conflict { roles: vec![("length", m.span), ("to", to.mention.span)], values: Bindings::default(), facets }
        })
    }
}

impl CountsTo {
    /// « le train de 6 h 12 … vingt minutes de retard … à 6 h 52 », "due at 17:05, touched down at 16:40, 25 minutes late"
    fn late(&self, a: &Analysis, m: &Mention) -> Option<Conflict> {
        let Value::Duration(d) = &m.value else { return None };
        let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
        let s = a.sentence(start);
        let n = d.amount.written.as_whole().and_then(|n| i64::try_from(n).ok()).filter(|_| d.amount.is_exact())?;
        let told = match d.unit.as_str() {
            "TM" => n,
            "TH" => n * 60,
            _ => return None,
        };
        let late = end < s.end && self.cue(a, &self.late, end)?.at(a, end).is_some();
        let hours: Vec<(&Mention, i64)> = a
            .mentions_in(s.clone())
            .iter()
            .filter_map(|x| if let Value::Time(t) = x.value { Some((x, i64::from(t))) } else { None })
            .collect();
        let [(first, x), (then, y)] = hours[..] else { return None };
        let due = |m: &Mention| self.cue(a, &self.due, start).is_some_and(|c| c.before(a, m.tokens.0 as usize, s.start).is_some());
        let apart = match (due(first), due(then)) {
            (true, false) => y - x,
            (false, true) => x - y,
            _ => (y - x).abs(),
        };
        let slack = if told >= 60 { 10 } else { 2 };
        let wrong = late && (apart - told).abs() > slack && apart.abs() <= LATE;
        wrong.then(|| {
            let mut facets = Facets::default();
            facets.insert_if(m.stance.quoted, Facet::Quoted);
            Conflict {
                roles: vec![("from", first.span), ("length", m.span), ("to", then.span)],
                values: Bindings::default(),
                facets,
            }
        })
    }
}

/// Two hours of one day that lie further apart are not those of a delay, in minutes.
const LATE: i64 = 6 * 60;

/// Days: what lies further back is counted in years.
const YEARS: i64 = 700;

/// A moment that can be counted to: a day, an hour, or a day of the week.
struct Told<'a> {
    mention: &'a Mention,
    at: Option<Moment<'a>>,
    day: Option<Date>,
    weekday: Option<Weekday>,
    weekday_only: bool,
}

impl<'a> Told<'a> {
    fn of(a: &Analysis, m: &'a Mention, clock: bool) -> Option<Told<'a>> {
        let at = Moment::of(a, m);
        if clock {
            let hour = matches!(at?.at, At::Clock(_));
            return hour.then_some(Told { mention: m, at, day: None, weekday: None, weekday_only: false });
        }
        match &m.value {
            Value::Weekday(w) => {
                // The last before publication, where it is past.
                let past = matches!(a.tense(m.clause as usize), Some(Tense::Past | Tense::Present));
                let day = published(a).filter(|_| past).map(|now| now.saturating_sub(i64::from(w.until(now.weekday())).days()));
                Some(Told { mention: m, at: None, day, weekday: Some(*w), weekday_only: true })
            }
            Value::Date(d) => {
                let at = at.filter(|x| matches!(x.at, At::Calendar { .. }) && x.grain() != Some(Grain::Year));
                // A feast may be what is kept, and not when.
                let day = d.resolved.filter(|_| at.is_some() || d.month.is_none());
                let weekday = d.weekday.map(|(w, _)| w).or(day.filter(|_| published(a).is_some()).map(Date::weekday));
                (at.is_some() || day.is_some()).then_some(Told { mention: m, at, day, weekday, weekday_only: false })
            }
            _ => None,
        }
    }

    fn token(&self) -> usize {
        self.mention.tokens.0 as usize
    }

    fn past(&self) -> usize {
        self.mention.tokens.1 as usize
    }

    /// Whether so many days or minutes lead from here to there; `None` where nobody can tell.
    fn leads(&self, to: &Told, length: i64, slack: i64) -> Option<bool> {
        if let (Some(x), Some(y)) = (self.at, to.at) {
            if let (At::Clock(p), At::Clock(q)) = (x.at, y.at) {
                return Some((q - p - length).abs() <= slack);
            }
            let (least, most) = x.days_to(&y)?;
            return Some(least - slack <= length && length <= most + slack);
        }
        if let (Some(x), Some(y), false) = (self.day, to.day, self.weekday_only || to.weekday_only) {
            return Some((i64::from((y - x).get_days()) - length).abs() <= slack);
        }
        let apart = i64::from(self.weekday?.until(to.weekday?)) - length;
        let turn = apart.rem_euclid(7);
        Some(turn.min(7 - turn) <= slack)
    }
}

/// The moment that follows within so many tokens, with nothing between that tells; behind a preposition or a mark.
fn next<'a>(a: &'a Analysis, from: usize, reach: usize, clock: bool) -> Option<Told<'a>> {
    let s = a.sentence(from.saturating_sub(1));
    let m = a.mentions_in(from..(from + reach + 1).min(s.end)).first()?;
    let told = Told::of(a, m, clock)?;
    let gap = from..told.token();
    let thin = |i: usize| {
        mark(a, i).is_some_and(|c| matches!(c, ',' | '(' | '–' | '—'))
            || a.classes[i].has(Class::Preposition)
            || a.classes[i].has(Class::Determiner)
    };
    let close = reach == BESIDE;
    let open = !gap.clone().any(|i| a.tokens[i].kind == TokenKind::Digits);
    (gap.len() <= reach && open && (!close || gap.clone().all(thin))).then_some(told)
}

fn conflict(a: &Analysis, c: &Count, from: Told, to: &Told) -> Conflict {
    let mut facets = Facets::default();
    let m = c.mention;
    let quoted = m.is_some_and(|m| m.stance.quoted) || to.mention.stance.quoted;
    facets.insert_if(quoted, Facet::Quoted);
    let tense = a.tense(to.mention.clause as usize);
    facets.insert_if(matches!(tense, Some(Tense::Conditional)), Facet::Hypothetical);
    let length = a.span(c.words.clone());
    Conflict {
        roles: vec![("from", from.mention.span), ("length", length), ("to", to.mention.span)],
        values: Bindings::default(),
        facets,
    }
}
