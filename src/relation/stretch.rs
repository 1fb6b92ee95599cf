//! Stretches of time that a story tells by both ends: « du 3 au 17 mai », "from 9 to 11 am", « Élue en 2004, elle a quitté la mairie en 2017 ».

use std::collections::HashSet;
use std::ops::Range;

use super::figure::cue_in;
use super::moment::{At, DAY, Grain, Moment};
use crate::analysis::{Analysis, Mention, Value, mark};
use crate::span::Span;

/// A stretch with both ends.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    pub from: Span,
    pub to: Span,
    /// From the first to the last end.
    pub tokens: Range<usize>,
    pub scale: Scale,
    /// The least and the most minutes that it lasts.
    pub lasts: (i64, i64),
    /// Verbs tell its ends; else it is written as one.
    pub by_verbs: bool,
    pub quoted: bool,
}

/// What the ends of a stretch are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    /// Hours of one day.
    Hours,
    /// Hours of several days.
    Noons,
    Days,
    Months,
    Years,
}

/// A month, in minutes.
pub(super) const MONTH: i64 = YEAR / 12;
/// A year, in minutes.
pub(super) const YEAR: i64 = 525_960;

/// The cue sets of words that begin and end what lasts.
pub(super) struct Ends<'a> {
    pub opens: &'a str,
    pub closes: &'a str,
}

/// All stretches of a story, in the order of the text.
pub(super) fn stretches(a: &Analysis, ends: &Ends) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = a.mentions.iter().filter_map(|m| period(a, m)).collect();
    found.extend(a.ranges.iter().filter_map(|r| hours(a, r.first, r.second)));
    let days: Vec<&Mention> = a.mentions.iter().filter(|m| matches!(m.value, Value::Weekday(_))).collect();
    found.extend(days.windows(2).filter_map(|pair| noons(a, pair[0], pair[1])));
    let moments: Vec<Moment> = Moment::all(a, 0..a.tokens.len()).collect();
    let verbs: Vec<Stretch> = moments.windows(2).filter_map(|pair| by_verbs(a, &pair[0], &pair[1], ends)).collect();
    let taken: HashSet<usize> = found.iter().flat_map(|f| f.tokens.clone()).collect();
    let apart = |s: &Stretch| !s.tokens.clone().any(|i| taken.contains(&i));
    let verbs: Vec<Stretch> = verbs.into_iter().filter(apart).collect();
    found.extend(verbs);
    found.sort_by_key(|s| s.tokens.start);
    found
}

/// « du 3 au 17 mai », « de 2004 à 2017 », "between April 2010 and September 2013"
fn period(a: &Analysis, m: &Mention) -> Option<Stretch> {
    let Value::Period(p) = &m.value else { return None };
    let length = p.iso.strip_prefix('(').filter(|_| p.modifier.is_none())?.rsplit_once(",P")?.1.strip_suffix(')')?;
    let n: i64 = length[..length.len() - 1].parse().ok()?;
    let (scale, lasts) = match length.chars().next_back()? {
        'D' => (Scale::Days, (n * DAY, (n + 1) * DAY)),
        'M' => (Scale::Months, ((n - 1) * MONTH, (n + 1) * MONTH)),
        'Y' => (Scale::Years, ((n - 1) * YEAR, (n + 1) * YEAR)),
        _ => return None,
    };
    let tokens = m.tokens.0 as usize..m.tokens.1 as usize;
    let mut inner = a.mentions_in(tokens.clone()).iter().filter(|x| x.tokens != m.tokens && matches!(x.value, Value::Date(_)));
    let (from, to) = (inner.next()?.span, inner.next_back()?.span);
    (n > 0).then_some(Stretch { from, to, tokens, scale, lasts, by_verbs: false, quoted: m.stance.quoted })
}

/// « de 9 h 15 à 11 h 45 »; nights run over midnight.
fn hours(a: &Analysis, first: (u32, u32), second: (u32, u32)) -> Option<Stretch> {
    let at = |tokens: (u32, u32)| a.mentions_in(tokens.0 as usize..tokens.1 as usize).iter().find(|m| m.tokens == tokens);
    let (from, to) = (at(first)?, at(second)?);
    let (Value::Time(x), Value::Time(y)) = (&from.value, &to.value) else { return None };
    let apart = (i64::from(*y) - i64::from(*x)).rem_euclid(DAY);
    let tokens = first.0 as usize..second.1 as usize;
    (apart > 0).then_some(Stretch {
        from: from.span,
        to: to.span,
        tokens,
        scale: Scale::Hours,
        lasts: (apart, apart),
        by_verbs: false,
        quoted: from.stance.quoted,
    })
}

/// « de jeudi midi à samedi midi », "from Thursday noon to Saturday noon"
fn noons(a: &Analysis, first: &Mention, second: &Mention) -> Option<Stretch> {
    let (Value::Weekday(x), Value::Weekday(y)) = (&first.value, &second.value) else { return None };
    let hour = |m: &Mention| {
        let past = m.tokens.1 as usize;
        let near = a.mentions_in(past..past + 3).iter().find(|t| (t.tokens.0 as usize) < past + 3)?;
        if let Value::Time(t) = near.value { Some((near, i64::from(t))) } else { None }
    };
    let ((from, p), (to, q)) = (hour(first)?, hour(second)?);
    let gap = from.tokens.1 as usize..second.tokens.0 as usize;
    let cal = &a.language(gap.start)?.calendar;
    let joined = gap.clone().any(|i| cal.ranges().iter().any(|r| r.middle == a.lower(i)));
    if first.sentence != second.sentence || gap.len() > 2 || !joined {
        return None;
    }
    let days = i64::from(x.until(*y)).rem_euclid(7);
    let apart = days * DAY + q - p;
    (days > 0).then_some(Stretch {
        from: first.span.cover(from.span),
        to: second.span.cover(to.span),
        tokens: first.tokens.0 as usize..to.tokens.1 as usize,
        scale: Scale::Noons,
        lasts: (apart, apart),
        by_verbs: false,
        quoted: first.stance.quoted,
    })
}

/// « parti à 9 h, arrivé à 17 h », "began on March 10 and was called off on March 14": two moments that follow each other, of a verb that begins
/// and of one that ends.
fn by_verbs(a: &Analysis, x: &Moment, y: &Moment, ends: &Ends) -> Option<Stretch> {
    let (start, past) = (x.token(), y.mention.tokens.1 as usize);
    let near = x.mention.block == y.mention.block && y.mention.sentence - x.mention.sentence <= 1;
    let apposed = (x.mention.tokens.1 as usize) <= y.token();
    if !near || !apposed {
        return None;
    }
    let forward = opened(a, x, ends.opens) && closed(a, x, y, ends.closes);
    // "stepped ashore on 4 February. Having cast off on 12 December": the end is told first.
    let back = || {
        let days = matches!((x.at, y.at), (At::Calendar { .. }, At::Calendar { .. }));
        let own = x.mention.sentence != y.mention.sentence;
        days && own && ended(a, x, ends.closes) && opened(a, y, ends.opens) && !opened(a, x, ends.opens)
    };
    let (x, y) = match forward {
        true => (x, y),
        false if back() => (y, x),
        false => return None,
    };
    let (start, past) = (start.min(x.token()), past.max(x.mention.tokens.1 as usize));
    let (scale, lasts) = match (x.at, y.at) {
        (At::Clock(p), At::Clock(q)) => (Scale::Hours, ((q - p).rem_euclid(DAY), (q - p).rem_euclid(DAY))),
        (At::Calendar { .. }, At::Calendar { .. }) => {
            let (least, most) = x.days_to(y)?;
            let scale = match x.grain()?.max(y.grain()?) {
                Grain::Day => Scale::Days,
                Grain::Month => Scale::Months,
                Grain::Year => Scale::Years,
            };
            (scale, (least * DAY, (most + 1) * DAY))
        }
        _ => return None,
    };
    (lasts.0 > 0).then_some(Stretch {
        from: x.mention.span,
        to: y.mention.span,
        tokens: start..past,
        scale,
        lasts,
        by_verbs: true,
        quoted: x.mention.stance.quoted || y.mention.stance.quoted,
    })
}

/// A moment, or a season, which may close a stretch: "until the summer of 2031".
fn loosely<'a>(a: &Analysis, m: &'a Mention) -> Option<Moment<'a>> {
    let season = |first, last| Moment { mention: m, at: At::Calendar { first, last, grain: Grain::Month, year: true } };
    match &m.value {
        Value::Period(p) if p.iso.len() >= 7 && !p.iso.starts_with(['(', 'X', 'P']) => Some(season(p.from?, p.past?)),
        _ => Moment::loose(a, m),
    }
}

/// What is given for a term, from its first day to its last: « élu en mars 2014 pour un mandat de six ans … s'achève en mars 2020 ». `noun` is what
/// the term is of; it starts with the day beside it, or on the day of publication where the cue set of today's words stands there.
pub(super) fn term(a: &Analysis, length: &Mention, noun: usize, words: &Term) -> Option<Stretch> {
    let (start, s) = (length.tokens.0 as usize, a.sentence(length.tokens.0 as usize));
    let block = length.block;
    cue_in(a, words.of, noun..noun + 1).then_some(())?;
    let last = (length.sentence as usize + NEXT).min(a.sentences.len() - 1);
    let past = a.sentences[last].end as usize;
    let moments: Vec<Moment> =
        a.mentions_in(s.start..past).iter().filter(|m| m.block == block).filter_map(|m| loosely(a, m)).collect();
    let ends = |m: &&Moment| {
        let sentence = a.sentence(m.token());
        let clause = a.clauses[m.mention.clause as usize];
        let from = (clause.tokens.0 as usize).max(sentence.start).min(m.token());
        m.grain().is_some() && cue_in(a, words.ends, from..m.mention.tokens.1 as usize)
    };
    let to = moments.iter().rfind(ends)?;
    let begins = |m: &&Moment| s.contains(&m.token()) && m.grain().is_some() && m.mention.tokens != to.mention.tokens;
    let mut all = moments.iter().filter(begins);
    let from = all.next();
    if all.next().is_some() || to.token() < start && from.is_none() {
        return None;
    }
    let (span, (least, most)) = match from {
        Some(from) => (from.mention.span, from.days_to(to)?),
        None => {
            let now = super::figure::published(a)?;
            let today = super::figure::find_cue(a, words.today, s.clone())?;
            let At::Calendar { first, last, .. } = to.at else { return None };
            (a.span(today), (i64::from((first - now).get_days()), i64::from((last - now).get_days())))
        }
    };
    let quoted = length.stance.quoted || to.mention.stance.quoted;
    let tokens = s.start..to.mention.tokens.1 as usize;
    let lasts = (least * DAY, most * DAY);
    (least > 0).then_some(Stretch { from: span, to: to.mention.span, tokens, scale: Scale::Years, lasts, by_verbs: true, quoted })
}

/// Sentences behind that of a term in which its end may be told.
const NEXT: usize = 2;

/// The cue sets by which a term is read.
pub(super) struct Term<'a> {
    pub of: &'a str,
    pub ends: &'a str,
    pub today: &'a str,
}

/// Words at most between a verb and the moment of which it says when.
const REACH: usize = 14;

/// Whether what a moment dates begins something.
fn opened(a: &Analysis, x: &Moment, set: &str) -> bool {
    let sentence = a.sentence(x.token());
    let start = x.token().saturating_sub(REACH).max(sentence.start);
    let clause = a.clauses[x.mention.clause as usize];
    cue_in(a, set, start..x.token()) || cue_in(a, set, x.token()..clause.tokens.1 as usize)
}

/// Whether what a moment dates ends something, of a moment that stands alone in its sentence.
fn ended(a: &Analysis, x: &Moment, set: &str) -> bool {
    let sentence = a.sentence(x.token());
    let start = x.token().saturating_sub(REACH).max(sentence.start);
    let sole = Moment::all(a, sentence).count() == 1;
    sole && cue_in(a, set, start..x.token())
}

/// Whether what a second moment dates ends something; what stands before the first is not of it.
fn closed(a: &Analysis, x: &Moment, y: &Moment, set: &str) -> bool {
    let sentence = a.sentence(y.token());
    let start = (x.mention.tokens.1 as usize).max(sentence.start);
    let clause = a.clauses[y.mention.clause as usize];
    let past = (clause.tokens.1 as usize).min(y.mention.tokens.1 as usize + REACH);
    let parted = (y.mention.tokens.1 as usize..past).find(|&i| mark(a, i) == Some(',')).filter(|_| y.token() > start + 1);
    cue_in(a, set, start..parted.unwrap_or(past))
}
