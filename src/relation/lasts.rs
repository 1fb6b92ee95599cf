//! What lasts from one moment to another lasts as long as is said.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::cue_in;
use super::moment::DAY;
use super::names::SetName;
use super::stretch::{Ends, MONTH, Scale, Stretch, Term, YEAR, stretches, term};
use super::{Conflict, Relation};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, ChunkKind, Mention, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;
use crate::language::grammar::{Class, Tense};

/// `lasts`: the length that a story gives to what it tells by both ends is what lies between them: « pendant dix jours, du 3 au 17 mai »,
/// « entré à 9 heures, sorti à 17 heures, après six heures », "the two-week strike" of five days.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Lasts {
    /// In what the length is counted.
    pub of: Of,
    /// The cue set of words right before a length that make it the whole: « après », "for".
    #[schemars(with = "SetName")]
    pub whole: String,
    /// The cue set of words right before a length that say what a stretch before them makes: « soit », "a total of".
    #[schemars(with = "SetName")]
    pub amounts: String,
    /// The cue set of words that make it another's: « de retard », "each".
    #[schemars(with = "SetName")]
    pub other: String,
    /// The cue set of words that begin what lasts.
    #[schemars(with = "SetName")]
    pub opens: String,
    /// The cue set of words that end it.
    #[schemars(with = "SetName")]
    pub closes: String,
    /// The cue set of nouns of what is given for a term: « mandat », "contract".
    #[schemars(with = "SetName")]
    pub term: String,
    /// The cue set of words that end it, before its last day.
    #[schemars(with = "SetName")]
    pub term_ends: String,
    /// The cue set of words by which it begins today.
    #[schemars(with = "SetName")]
    pub term_today: String,
}

/// In what a length is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    /// Hours and minutes.
    Hours,
    /// Days and weeks, of days of the calendar.
    Days,
    /// Months and years.
    Years,
}

impl Relation for Lasts {
    fn roles(&self) -> &'static [&'static str] {
        &["from", "to", "length"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["truly"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Hypothetical]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let lengths: Vec<Length> = a.mentions.iter().filter_map(|m| self.length(a, m)).collect();
        if lengths.is_empty() {
            return Vec::new();
        }
        let all = stretches(a, &Ends { opens: &self.opens, closes: &self.closes });
        lengths.iter().filter_map(|l| self.judge(a, l, &all, &lengths).or_else(|| self.term(a, l))).collect()
    }
}

/// A length of time as it is told.
struct Length<'a> {
    mention: &'a Mention,
    /// In minutes.
    told: i64,
    /// How far it may be off.
    slack: i64,
    unit: &'a str,
}

impl Length<'_> {
    fn start(&self) -> usize {
        self.mention.tokens.0 as usize
    }

    fn end(&self) -> usize {
        self.mention.tokens.1 as usize
    }
}

/// The unit of full hours in words that are read as a time of day.
const HOURS: &str = "TH";

impl Lasts {
    /// The length that a mention tells.
    fn length<'a>(&self, a: &Analysis, m: &'a Mention) -> Option<Length<'a>> {
        let tells = matches!(a.kind(m.tokens.0 as usize), k if super::support::tells(k));
        let of_hours = self.of == Of::Hours;
        match &m.value {
            Value::Duration(d) if tells && d.amount.is_exact() => {
                let (unit, slack) = scale(&d.unit, d.amount.written.as_whole().is_some())?;
                let n = d.amount.written.to_decimal(2).parse::<f64>().ok()?;
                let due = match d.unit.as_str() {
                    "TH" | "TM" => of_hours,
                    "D" | "W" => self.of == Of::Days,
                    _ => self.of == Of::Years,
                };
                due.then_some(Length { mention: m, told: (n * unit as f64).round() as i64, slack, unit: &d.unit })
            }
            // « après six heures passées »: full hours in words, which may be a time of day, behind what makes them a length.
            Value::Time(t) if of_hours && t % 60 == 0 => {
                let digits = (m.tokens.0 as usize..m.tokens.1 as usize).any(|i| a.tokens[i].kind == TokenKind::Digits);
                let length = Length { mention: m, told: i64::from(*t), slack: 45, unit: HOURS };
                (!digits && self.whole(a, &length)).then_some(length)
            }
            _ => None,
        }
    }

    fn judge(&self, a: &Analysis, l: &Length, all: &[Stretch], lengths: &[Length]) -> Option<Conflict> {
        let s = a.sentence(l.start());
        let others = |r: Range<usize>| {
            lengths.iter().any(|o| o.mention.tokens != l.mention.tokens && r.contains(&o.start()) && unit_like(o.unit, l.unit))
        };
        let near = l.start().saturating_sub(WINDOW).max(s.start)..(l.end() + WINDOW).min(s.end);
        let foreign = |r: Range<usize>| cue_in(a, &self.other, r);
        let fits = |t: &&Stretch| suits(t.scale, l.unit);
        let own = |t: &Stretch| t.tokens.start >= s.start && t.tokens.end <= s.end && !within(l, t);
        let written = || {
            all.iter()
                .filter(fits)
                .filter(|t| !t.by_verbs && own(t))
                .find(|t| self.beside(a, l, t))
                .filter(|_| !foreign(near.clone()))
        };
        let stretch = written()
            .or_else(|| self.told_by_hours(a, l, all, &s).filter(|_| !others(s.clone()) && !foreign(s.clone())))
            .or_else(|| self.resumed(a, l, all).filter(|t| !foreign(near.clone()) && !others(t.tokens.start..l.start())))
            .or_else(|| self.announced(a, l, all).filter(|_| !foreign(s.clone()) && !others(s.clone())))?;
        let (least, most) = stretch.lasts;
        // What is some times as long is another's.
        let apart = if l.told < least { least - l.told } else { l.told - most };
        let related = l.told <= MOST * most && least <= MOST * l.told;
        (apart > l.slack && related).then(|| self.conflict(a, l, stretch))
    }

    /// « élu en mars 2014 pour un mandat de six ans … s'achève en mars 2021 »
    fn term(&self, a: &Analysis, l: &Length) -> Option<Conflict> {
        let words = Term { of: &self.term, ends: &self.term_ends, today: &self.term_today };
        let noun = noun_of(a, l).filter(|_| self.of == Of::Years && l.unit == "Y")?;
        let t = term(a, l.mention, noun, &words)?;
        let (least, most) = t.lasts;
        // A term ends some months before or after its day of the year.
        let apart = if l.told < least { least - l.told } else { l.told - most };
        (apart > YEAR / 2 && l.told <= MOST * most && least <= MOST * l.told).then(|| self.conflict(a, l, &t))
    }

    /// « pendant dix jours, du 3 au 17 mai », "a three-day show running from 1 to 6 July"; « de 2004 à 2017, soit dix-sept ans ».
    fn beside(&self, a: &Analysis, l: &Length, t: &Stretch) -> bool {
        let cue =
            |set: &str, at: usize, start: usize| a.language(at).is_some_and(|n| n.cues.get(set).before(a, at, start).is_some());
        if t.tokens.end <= l.start() {
            let gap = t.tokens.end..l.start();
            let led = a.language(l.start()).and_then(|n| n.cues.get(&self.amounts).before(a, l.start(), gap.start));
            return gap.len() <= BESIDE && led.is_some_and(|n| (gap.start..gap.end - n).all(|i| mark(a, i).is_some()));
        }
        let gap = l.end()..t.tokens.start;
        let verb = a.chunks.iter().skip(a.chunks.partition_point(|c| (c.tokens.1 as usize) <= gap.start));
        let verb = verb.take_while(|c| (c.tokens.0 as usize) < gap.end).any(|c| matches!(c.kind, ChunkKind::Verb(v) if v.finite));
        let told = a.mentions_in(gap.clone()).iter().any(|m| !matches!(m.value, Value::Place(_) | Value::Organisation(_)));
        let parts = gap.clone().filter(|&i| mark(a, i).is_some()).count();
        let joined = gap.clone().any(|i| a.classes[i].has(Class::Coordinator) || matches!(mark(a, i), Some(';' | '.' | '(')));
        // « des stages de deux jours, du 3 au 17 mai », "two-day courses": each lasts as long.
        let several = several(a, l);
        let anchored = cue("in-that-time", l.start(), a.sentence(l.start()).start);
        gap.len() <= ROOM && !verb && !told && parts <= 1 && !joined && !several && !anchored
    }

    /// The two hours of a sentence that says how long, or the stretch that its verbs tell.
    fn told_by_hours<'t>(&self, a: &Analysis, l: &Length, all: &'t [Stretch], s: &Range<usize>) -> Option<&'t Stretch> {
        let inside = |t: &&Stretch| t.tokens.start >= s.start && t.tokens.end <= s.end && suits(t.scale, l.unit) && !within(l, t);
        let mut here = all.iter().filter(inside);
        let one = here.next().filter(|_| here.next().is_none())?;
        let by_hours = one.scale == Scale::Hours || one.by_verbs;
        (by_hours && self.whole(a, l)).then_some(one)
    }

    /// « ces trois semaines », "the two-week stoppage": a length that takes up the one stretch told before it.
    fn resumed<'t>(&self, a: &Analysis, l: &Length, all: &'t [Stretch]) -> Option<&'t Stretch> {
        let this = self.demonstrative(a, l);
        let sentence = l.mention.sentence;
        // « … du 7 au 18 avril ; ces trois semaines », "was jailed in 2011 and freed in 2022, the seven years in between"
        let parted = |t: &Stretch| (t.tokens.end..l.start()).any(|i| matches!(mark(a, i), Some(';' | ':' | '—' | '–' | ',')));
        let reach = |t: &&Stretch| {
            let at = a.tokens[t.tokens.start].sentence;
            let near = at < sentence && sentence - at <= if this { BACK } else { BACK - 1 } || at == sentence && parted(t);
            near && suits(t.scale, l.unit)
        };
        let mut before = all.iter().filter(|t| t.tokens.end <= l.start()).filter(reach);
        let one = before.next().filter(|_| before.next().is_none())?;
        // "open from 9 to 5. This two-hour class": what is always so is nothing that a noun takes up.
        let habit = one.scale == Scale::Hours && !one.by_verbs && a.tense(a.clause(one.tokens.start)) == Some(Tense::Present);
        let known = one.by_verbs && (definite(a, l) || owned(a, l) || self.whole(a, l) && opens(a, l));
        (this && !habit || known).then_some(one)
    }

    /// « une trêve de 72 heures. Elle courra de jeudi midi à samedi midi »
    fn announced<'t>(&self, a: &Analysis, l: &Length, all: &'t [Stretch]) -> Option<&'t Stretch> {
        let next = l.mention.sentence + 1;
        let mut here = all.iter().filter(|t| a.tokens[t.tokens.start].sentence == next && suits(t.scale, l.unit));
        let one = here.next().filter(|_| here.next().is_none())?;
        let at = one.tokens.start;
        let verb = a.clauses[a.clause(at)].verb? as usize;
        let runs = one.by_verbs || cue_in(a, "runs", a.chunks[verb].tokens.0 as usize..at);
        let (noun, subject) = (noun_of(a, l)?, a.roles[verb].subject?);
        // What a pronoun means that runs from one day to another is what lasts.
        let thing = a.cards().at(subject);
        let pronoun = || {
            let cues = a.language(subject as usize).map(|n| &n.cues);
            let is = |set: &str| cues.is_some_and(|c| c.get(set).at(a, subject as usize) == Some(1));
            a.classes[subject as usize].has(Class::Subject) || is("pronoun-several") || is("pronoun-thing")
        };
        let whole = a.sentence(at).contains(&(one.tokens.end - 1));
        let same = pronoun() || thing.is_some() && a.cards().at(noun as u32) == thing;
        (runs && same && whole && !several(a, l)).then_some(one)
    }

    /// Whether words right before a length say that it is the whole.
    fn whole(&self, a: &Analysis, l: &Length) -> bool {
        let at = l.start();
        let lead =
            |at: usize| a.language(at).is_some_and(|n| n.cues.get(&self.whole).before(a, at, a.sentence(at).start).is_some());
        lead(at) || at > 0 && a.classes[at - 1].has(Class::Determiner) && lead(at - 1)
    }

    /// Whether a demonstrative takes a length up: « ces trois semaines », « cette panne d'une heure et demie », "this 40-minute trip".
    fn demonstrative(&self, a: &Analysis, l: &Length) -> bool {
        let Some(language) = a.language(l.start()) else { return false };
        let this = |i: usize| language.cues.get("demonstrative").at(a, i) == Some(1) && a.classes[i].has(Class::Determiner);
        let s = a.sentence(l.start()).start;
        let right_before = l.start() > s && this(l.start() - 1);
        let of = l.start() > s + 2 && language.numbers.links.iter().any(|w| w == a.lower(l.start() - 1));
        let noun = a.chunks.partition_point(|c| (c.tokens.1 as usize) < l.start().saturating_sub(1));
        let led = || a.chunks.get(noun).is_some_and(|c| (c.tokens.1 as usize) < l.start() && this(c.tokens.0 as usize));
        right_before || of && led()
    }

    fn conflict(&self, a: &Analysis, l: &Length, t: &Stretch) -> Conflict {
        let m = l.mention;
        let mut facets = Facets::default();
        facets.insert_if(m.stance.quoted || t.quoted, Facet::Quoted);
        // What is to come lasts as long as it will.
        let planned = t.tokens.start > l.end() && a.tokens[t.tokens.start].sentence > m.sentence;
        let to_come = planned || a.tense(m.clause as usize) == Some(Tense::Future);
        facets.insert_if(m.stance.hypothetical && !to_come, Facet::Hypothetical);
        let mut values = Bindings::default();
        values.bind("truly", self.truly(t));
        Conflict { roles: vec![("from", t.from), ("to", t.to), ("length", m.span)], values, facets }
    }

    /// How long the stretch is, in what the rule counts.
    fn truly(&self, t: &Stretch) -> Bound {
        let (least, most) = t.lasts;
        let middle = (least + most) / 2;
        match self.of {
            Of::Hours => Bound::Literal(format!("{}:{:02}", middle / 60, middle % 60)),
            Of::Days => Bound::Amount(Amount::whole(i128::from(least / DAY))),
            Of::Years => {
                let tenths = (middle * 10 + YEAR / 2) / YEAR;
                Ratio::new(i128::from(tenths), 10).map_or(Bound::Count(0), |n| Bound::Amount(Amount::exact(n, Ratio::ONE)))
            }
        }
    }
}

/// Tokens around a length in which words make it another's.
const WINDOW: usize = 5;
/// Tokens at most between a stretch and the length that it makes.
const BESIDE: usize = 5;
/// Tokens at most between a length and the stretch that gives its days.
const ROOM: usize = 8;
/// Sentences back to the stretch that a demonstrative takes up.
const BACK: u32 = 3;
/// A length that is so many times another is no slip.
const MOST: i64 = 4;

/// What a unit is in minutes, and how far a length in it may be off.
fn scale(unit: &str, whole: bool) -> Option<(i64, i64)> {
    Some(match unit {
        "TH" => (60, 45),
        "TM" => (1, 3),
        "D" => (DAY, 0),
        "W" => (7 * DAY, 3 * DAY),
        "M" => (MONTH, 16 * DAY),
        "Y" if whole => (YEAR, YEAR - DAY),
        "Y" => (YEAR, YEAR / 3),
        _ => return None,
    })
}

/// Whether a length in that unit can be that of a stretch with such ends.
fn suits(scale: Scale, unit: &str) -> bool {
    match scale {
        Scale::Hours => matches!(unit, "TH" | "TM"),
        Scale::Noons => unit == "TH",
        Scale::Days => matches!(unit, "D" | "W" | "M" | "Y"),
        Scale::Months => matches!(unit, "M" | "Y"),
        Scale::Years => unit == "Y",
    }
}

fn unit_like(x: &str, y: &str) -> bool {
    x.starts_with('T') == y.starts_with('T')
}

fn within(l: &Length, t: &Stretch) -> bool {
    t.tokens.contains(&l.start())
}

/// Whether a definite article leads a length: "the two-week stoppage", « les quatre ans passés ».
fn definite(a: &Analysis, l: &Length) -> bool {
    let at = l.start();
    let Some(language) = a.language(at) else { return false };
    at > a.sentence(at).start && language.grammar.definite.iter().any(|w| w == a.lower(at - 1))
}

/// Whether a length is somebody's, and one: « ses trente-cinq ans », "her 64 days".
fn owned(a: &Analysis, l: &Length) -> bool {
    let at = l.start();
    at > a.sentence(at).start && a.language(at).is_some_and(|n| n.cues.get("possessive").at(a, at - 1).is_some())
}

/// Whether a length stands at the beginning of its sentence, behind the words that make it the whole.
fn opens(a: &Analysis, l: &Length) -> bool {
    l.start() <= a.sentence(l.start()).start + 4
}

/// The noun of which a length tells how long: "a three-day *event*", « un *stage* de trois jours ».
fn noun_of(a: &Analysis, l: &Length) -> Option<usize> {
    let at = a.chunks.partition_point(|c| (c.tokens.1 as usize) <= l.start());
    let own = a.chunks.get(at).filter(|c| matches!(c.kind, ChunkKind::Noun { .. }) && c.head as usize >= l.end());
    if let Some(c) = own {
        return Some(c.head as usize);
    }
    let before = a.chunks[..at].last().filter(|c| matches!(c.kind, ChunkKind::Noun { .. }))?;
    let link = |i: usize| a.language(i).is_some_and(|n| n.numbers.links.iter().any(|w| w == a.lower(i)));
    (before.tokens.1 as usize..l.start()).all(link).then_some(before.head as usize)
}

/// Whether a length is that of each of several.
fn several(a: &Analysis, l: &Length) -> bool {
    let plural = |i: usize| a.readings(i).first().is_some_and(|r| r.tag.plural() && !r.tag.singular());
    noun_of(a, l).is_some_and(plural)
}
