//! So many years since it began, in the year that they make.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::event::{Dated, How, Words, dated};
use super::figure::{cue_in, figure, find_cue, published, same_word, stance, years};
use super::moment::At;
use super::names::SetName;
use super::{Conflict, Relation};
use crate::amount::Amount;
use crate::analysis::{Analysis, ChunkKind, Mention, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::grammar::{Class, Tense};

/// `years-since`: « Fondé en 1950, le club fête son 60e anniversaire », "Opened in 1955, the diner turns eighty", « Élu en 2014, le maire boucle sa
/// huitième année »: what is counted since something began is what lies between.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct YearsSince {
    /// The cue set of words for what begins.
    #[schemars(with = "SetName")]
    pub begun: String,
    /// The cue set behind a rank that makes it an anniversary.
    #[schemars(with = "SetName")]
    pub anniversary: String,
    /// The cue set behind a number that makes it one: « bougies ».
    #[schemars(with = "SetName")]
    pub candles: String,
    /// The cue set before a number of years that somebody or something has reached: « fête ses », "turns".
    #[schemars(with = "SetName")]
    pub reaches: String,
    /// The cue set of nouns behind a rank that count from the beginning on: « saison », "year".
    #[schemars(with = "SetName")]
    pub seasons: String,
    /// Anniversaries with a name of their own.
    pub named: Vec<Jubilee>,
    /// The cue set of words for another thing that is marked: "the bicentenary of his *death*".
    #[schemars(with = "SetName")]
    pub of_a_life: String,
    /// The cue set of words that put the anniversary in another year: "next year".
    #[schemars(with = "SetName")]
    pub other_year: String,
}

/// An anniversary with a name: "silver wedding".
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Jubilee {
    /// The cue set of its names.
    #[schemars(with = "SetName")]
    pub words: String,
    /// After how many years it is.
    pub years: i64,
}

impl Relation for YearsSince {
    fn roles(&self) -> &'static [&'static str] {
        &["years", "year"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["years.expected", "now"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Hypothetical, Facet::Negated, Facet::OtherTime]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let Some(now) = published(a) else { return Vec::new() };
        let all = dated(a);
        let begun: Vec<(&Dated, i64)> = all.iter().filter_map(|d| Some((d, self.begun(a, d)?))).collect();
        begun.iter().filter_map(|(d, year)| self.judge(a, d, *year, i64::from(now.year()))).collect()
    }
}

/// So many years, and how far they may be off from what lies between.
struct Count {
    words: Range<usize>,
    least: i64,
    most: i64,
    facets: Facets,
    /// The words say of what the anniversary is: "the bicentenary *of the canal*".
    of: bool,
}

/// Tokens behind a jubilee in which stands what it is of.
const LIFE: usize = 6;

impl YearsSince {
    /// The year in which something begins that a moment dates.
    fn begun(&self, a: &Analysis, d: &Dated) -> Option<i64> {
        let At::Calendar { first, year: true, .. } = d.moment.at else { return None };
        // « qui a ouvert un musée en 1955 » begins the museum.
        let own = |w: &Words| !matches!(w.how, How::Verb(_)) || a.roles[w.chunk].object.is_none();
        // « se sont dit oui », "took its first barge": a phrase says it with its object.
        let begins = |w: &Words| find_cue(a, &self.begun, w.reach(a)).is_some_and(|c| c.len() > 1 || own(w));
        d.words.iter().any(begins).then(|| i64::from(first.year()))
    }

    fn judge(&self, a: &Analysis, d: &Dated, year: i64, now: i64) -> Option<Conflict> {
        let own = a.sentence(d.moment.token());
        let (s, count) = match self.count(a, &own, false) {
            Some(count) => (own, count),
            None => self.beside(a, d, &own)?,
        };
        let other = years(a, s.clone()).iter().any(|y| i64::from(y.year) != year);
        let apart = now - year;
        let reached = matches!(a.tense(a.clause(count.words.start)), Some(Tense::Present | Tense::Future));
        let today = a.mentions_in(s.clone()).iter().any(|m| matches!(m.value, Value::Weekday(_)));
        let away = other || cue_in(a, &self.other_year, s.clone()) || !(reached || today);
        let wrong = apart < count.least || apart > count.most;
        (wrong && apart >= 0).then(|| {
            let mut values = Bindings::default();
            values.bind("years.expected", Bound::Amount(Amount::whole(i128::from(apart))));
            values.bind("now", Bound::Literal(now.to_string()));
            let mut facets = count.facets;
            facets.insert_if(away, Facet::OtherTime);
            Conflict { roles: vec![("years", a.span(count.words)), ("year", d.moment.mention.span)], values, facets }
        })
    }

    /// The count of years of the sentence before or behind, where both speak of one thing: « Le club fête ses 60 ans. Fondé en 1950, il … ».
    fn beside(&self, a: &Analysis, d: &Dated, own: &Range<usize>) -> Option<(Range<usize>, Count)> {
        let block = a.tokens[d.moment.token()].block;
        let near = [own.start.checked_sub(1), Some(own.end)];
        let able = |i: &usize| *i < a.tokens.len() && a.tokens[*i].block == block;
        let alone = || years(a, own.clone()).len() == 1;
        near.into_iter().flatten().filter(able).filter(|_| alone()).map(|i| a.sentence(i)).find_map(|s| {
            let count = self.count(a, &s, true).filter(|_| years(a, s.clone()).is_empty())?;
            (self.one(a, d, own, &s) || count.of && known(a, own)).then_some((s, count))
        })
    }

    /// Whether what began is what a sentence beside it speaks of: a participle or a pronoun takes that up, or words of one thing.
    fn one(&self, a: &Analysis, d: &Dated, own: &Range<usize>, other: &Range<usize>) -> bool {
        let subject = |s: &Range<usize>| {
            let from = a.chunks.partition_point(|c| (c.tokens.0 as usize) < s.start);
            let verb = (from..a.chunks.len()).take_while(|&i| (a.chunks[i].tokens.0 as usize) < s.end);
            verb.into_iter().find_map(|i| a.roles[i].subject)
        };
        let pronoun = |i: usize| {
            let is = |set: &str| a.language(i).is_some_and(|l| l.cues.get(set).at(a, i) == Some(1));
            let subject = ["pronoun-male", "pronoun-female", "pronoun-thing", "pronoun-several"].iter().any(|set| is(set));
            subject || a.classes[i].has(Class::Subject)
        };
        let opens = d.words.iter().any(|w| w.how == How::Participle && w.tokens.start <= own.start + 1);
        let (mine, theirs) = (subject(own), subject(other));
        let taken_up = [mine, theirs].iter().flatten().any(|&t| pronoun(t as usize));
        let same = mine.zip(theirs).is_some_and(|(x, y)| {
            let thing = a.cards().at(x);
            thing.is_some() && thing == a.cards().at(y) || same_word(a, x as usize, y as usize)
        });
        opens || taken_up || same
    }

    /// The one count of years of a sentence; `loose` where the year is told in another, and what is marked may be named.
    fn count(&self, a: &Analysis, s: &Range<usize>, loose: bool) -> Option<Count> {
        let named = self.named.iter().find_map(|j| {
            let words = find_cue(a, &j.words, s.clone())?;
            let facets = a.facets_at(a.span(words.clone()));
            // "the bicentenary of his death" is another's.
            let of = words.end < s.end && a.language(words.start)?.numbers.links.iter().any(|l| l == a.lower(words.end));
            (!of || loose && !cue_in(a, &self.of_a_life, words.end..(words.end + LIFE).min(s.end))).then_some(())?;
            Some(Count { words, least: j.years - 1, most: j.years + 1, facets, of })
        });
        named.or_else(|| a.mentions_in(s.clone()).iter().find_map(|m| self.stated(a, m, s)))
    }

    fn stated(&self, a: &Analysis, m: &Mention, s: &Range<usize>) -> Option<Count> {
        let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
        let cues = &a.language(start)?.cues;
        let behind = |set: &str| (end < s.end).then(|| cues.get(set).at(a, end)).flatten();
        let before = |set: &str| cues.get(set).before(a, start, s.start).is_some();
        let own = || start > s.start && cues.get("possessive").at(a, start - 1).is_some();
        let amount = match &m.value {
            Value::Ordinal(rank) => rank,
            _ => figure(m)?.amount,
        };
        let n =
            amount.written.as_whole().and_then(|n| i64::try_from(n).ok()).filter(|n| amount.is_exact() && (1..500).contains(n))?;
        let (past, least, most, said) = if matches!(m.value, Value::Ordinal(_)) {
            if let Some(len) = behind(&self.anniversary) {
                let of = end + len < s.end && a.language(end)?.numbers.links.iter().any(|l| l == a.lower(end + len));
                (end + len, n - 1, n + 1, !of && (own() || before(&self.reaches)))
            } else {
                // "in its first year" is told of then.
                let len = behind(&self.seasons).filter(|_| n > 2)?;
                // « la huitième année *de son* bail »
                let of = (end + len..(end + len + 2).min(s.end)).any(|i| cues.get("possessive").at(a, i).is_some());
                (end + len, n - 2, n + 1, own() || of)
            }
        } else {
            let years = matches!(m.value, Value::Age(_)) || matches!(&m.value, Value::Duration(d) if d.unit == "Y");
            let bare = matches!(m.value, Value::Quantity(_));
            let closed = end >= s.end || mark(a, end).is_some() || !a.classes[end].has(Class::Noun);
            if let Some(len) = behind(&self.candles) {
                (end + len, n - 1, n + 1, true)
            } else {
                (end, n - 1, n + 1, before(&self.reaches) && (years || bare && closed))
            }
        };
        said.then(|| Count { words: start..past, least, most, facets: stance(m), of: false })
    }
}

/// Whether a sentence opens with what is known: « Le bâtiment a été inauguré en 1905 », "The cut took its first barge".
fn known(a: &Analysis, s: &Range<usize>) -> bool {
    let at = a.chunks.partition_point(|c| (c.tokens.0 as usize) < s.start);
    let group = a.chunks.get(at).filter(|c| c.tokens.0 as usize == s.start);
    group.is_some_and(|c| matches!(c.kind, ChunkKind::Noun { definite: true, preposition: None, .. }))
}
