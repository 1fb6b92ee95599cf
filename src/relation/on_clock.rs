//! A time of day that a clock shows, in the part of the day that is said.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::SetName;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Mention, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::span::Span;

/// `on-clock`: no clock shows "9.75pm", « 14 h 75 », "13:30am"; « à l'aube, vers 23 heures » is no dawn.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OnClock {
    /// Parts of the day; without any the figures are judged.
    #[serde(default)]
    pub parts: Vec<Part>,
    /// The cue set of words right before a part of the day that make it an end of a stretch: « de l'aube à 23 heures ».
    #[serde(default)]
    #[schemars(with = "Option<SetName>")]
    pub ends: Option<String>,
}

/// A part of the day.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Part {
    /// The cue set of words for it.
    #[schemars(with = "SetName")]
    pub words: String,
    /// Its first hour.
    pub from: u16,
    /// The hour at which it is over; a night runs over midnight.
    pub to: u16,
}

impl Relation for OnClock {
    fn roles(&self) -> &'static [&'static str] {
        &["time", "part"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        if self.parts.is_empty() {
            return (0..a.tokens.len()).filter_map(|i| figures(a, i)).collect();
        }
        a.mentions.iter().filter_map(|m| self.in_part(a, m)).collect()
    }
}

/// Tokens at most between a time and the part of the day in which it lies.
const BESIDE: usize = 3;

impl OnClock {
    /// « À l'aube, vers 23 heures », "at 3 pm, in the small hours"
    fn in_part(&self, a: &Analysis, m: &Mention) -> Option<Conflict> {
        let Value::Time(time) = m.value else { return None };
        let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
        let s = a.sentence(start);
        let language = a.language(start)?;
        let ends = |i: usize| self.ends.as_ref().is_some_and(|set| language.cues.get(set).before(a, i, s.start).is_some());
        // Between the two stands what leads a time, and a comma.
        let thin = |gap: Range<usize>| {
            gap.len() <= BESIDE
                && gap
                    .clone()
                    .all(|i| mark(a, i) == Some(',') || a.classes[i].has(Class::Preposition) || a.classes[i].has(Class::Determiner))
        };
        let range = a.ranges.iter().any(|r| r.first == m.tokens || r.second == m.tokens);
        let from = start.saturating_sub(BESIDE + 4).max(s.start);
        let (part, words) = self.parts.iter().find_map(|part| {
            let cue = language.cues.get(&part.words);
            let at = |i: usize| cue.at(a, i).map(|len| i..i + len);
            let before = || (from..start).filter_map(at).find(|w| w.end <= start && w.end < start && thin(w.end..start));
            let after = || (end..(end + BESIDE).min(s.end)).filter_map(at).find(|w| w.start > end && thin(end..w.start));
            before().or_else(after).map(|w| (part, w))
        })?;
        let within = |t: u16| {
            let (from, to) = (part.from * 60, part.to * 60);
            if from < to { (from..=to).contains(&t) } else { t >= from || t <= to }
        };
        // "at 9, in the evening": an hour of which nobody says which half it is.
        let sure = language.calendar.clock.glued.is_empty() || (start..end).any(|i| half(a, i).is_some()) || time >= 13 * 60;
        let fits = within(time) || !sure && time < 13 * 60 && within(time + 12 * 60);
        (!fits && !range && !ends(words.start)).then(|| conflict(m.span, Some(a.span(words)), m.stance.quoted))
    }
}

/// Which half of the day a word is: 0 before noon, 1 after.
fn half(a: &Analysis, i: usize) -> Option<usize> {
    let word = a.lower(i);
    let same = |w: &String| w.chars().eq(word.chars().filter(|c| *c != '.'));
    a.language(i)?.calendar.clock.glued.iter().take(2).position(same)
}

/// "9.75pm", « 14 h 75 », "13:30am"
fn figures(a: &Analysis, i: usize) -> Option<Conflict> {
    let digits = |i: usize| {
        a.tokens.get(i).filter(|t| t.kind == TokenKind::Digits && t.span.len() <= 2)?;
        a.text(i).parse::<u16>().ok()
    };
    let hour = digits(i)?;
    let clock = &a.language(i)?.calendar.clock;
    let s = a.sentence(i);
    let glued = |i: usize| i < s.end && a.tokens[i].glued;
    let tight = |i: usize| {
        i > s.start && glued(i) && mark(a, i - 1).is_some_and(|c| matches!(c, '.' | ',' | ':' | '/' | '-' | '£' | '$' | '€'))
    };
    if i + 2 >= s.end || tight(i) {
        return None;
    }
    let minute = digits(i + 2).filter(|_| a.tokens[i + 2].span.len() == 2)?;
    let past = i + 3;
    let separated = clock.separators.iter().any(|w| w == a.lower(i + 1));
    let dotted = matches!(mark(a, i + 1), Some('.' | ':')) && glued(i + 1) && glued(i + 2);
    let half = (past < s.end).then(|| half(a, past)).flatten().filter(|_| dotted);
    let fault = match half {
        // "14.30pm" says more than it has to, and is understood.
        Some(half) => minute > 59 || hour > 12 && half == 0,
        // « 30 h 45 » is how long something takes.
        None => separated && minute > 59 && hour <= 24,
    };
    let measured = a.mentions_in(i..i + 1).iter().any(|m| matches!(m.value, Value::Money(_) | Value::Percent(_)));
    let tokens = i..past + usize::from(half.is_some());
    let quoted = a.facets_at(a.span(tokens.clone())).contains(Facet::Quoted);
    (fault && !measured).then(|| conflict(a.span(tokens), None, quoted))
}

fn conflict(time: Span, part: Option<Span>, quoted: bool) -> Conflict {
    let mut facets = Facets::default();
    facets.insert_if(quoted, Facet::Quoted);
    let mut roles = vec![("time", time)];
    roles.extend(part.map(|p| ("part", p)));
    Conflict { roles, values: Bindings::default(), facets }
}
