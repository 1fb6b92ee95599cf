//! What a draft says of days is held against the day of publication.

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{find_cue, published};
use super::{Conflict, Facet, Relation};
use crate::analysis::Analysis;
use crate::finding::{Bindings, Bound};
use crate::mention::{Mention, Value};
use crate::syntax::{ChunkKind, Tense};

/// `dated`: days are given in the tense that the day of publication asks for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Dated {
    /// What is held against publication.
    pub how: How,
    /// The cue set that it is read by, where it has one.
    #[serde(default)]
    pub cue: String,
}

/// What can be wrong between a day and publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// A future tense with a day that is past.
    Tense,
    /// « le mois dernier » within two days of the turn of the month.
    MonthTurn,
    /// A text that is out before its embargo ends.
    Embargo,
}

impl Relation for Dated {
    fn roles(&self) -> &'static [&'static str] {
        match self.how {
            How::Tense | How::Embargo => &["day", "said"],
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

/// « se tiendra le 3 mars », published on 10 March
fn tense(a: &Analysis, m: &Mention) -> Option<Conflict> {
    let Value::Date(d) = &m.value else { return None };
    let (day, now) = (d.resolved?, published(a)?);
    d.day?;
    let clause = a.clauses[m.clause as usize];
    let verb = a.chunks[clause.verb? as usize];
    let ChunkKind::Verb(v) = verb.kind else { return None };
    // A day without a year may be next year's.
    let apart = (now - day).get_days();
    let past = apart > 1 && (d.year.is_some() || apart < 60);
    let first = verb.tokens.1 <= m.tokens.0 && m.tokens.0 - verb.tokens.1 <= 4;
    let mut facets = a.facets_at(m.span);
    let others = a.mentions.iter().filter(|x| x.clause == m.clause && matches!(x.value, Value::Date(_))).count();
    facets.insert_if(others > 1, Facet::OtherTime);
    let said = a.span(verb.tokens.0 as usize..verb.tokens.1 as usize);
    // « les photos qui resteront de ce 1er décembre »: the day is the noun's.
    let start = m.tokens.0 as usize;
    let links = |i: usize| a.language(i).is_some_and(|l| l.numbers.links.iter().any(|w| w == a.lower(i)));
    let owned = (1..=2).any(|n| start >= n + verb.tokens.1 as usize && links(start - n));
    (v.tense == Tense::Future && past && first && !owned).then(|| Conflict {
        roles: vec![("said", said), ("day", m.span)],
        values: bindings(a),
        facets,
    })
}

impl Dated {
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
