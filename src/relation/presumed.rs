//! Whoever is accused is not called guilty: "denied tampering with drinks" under "Nurse poisoned patients' tea".

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::{SenseName, SetName};
use super::support::says;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Chunk, ChunkKind, Claim, Form};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::grammar::Class;
use crate::language::senses::Sense;

/// `presumed`: while somebody is only accused, the story's own voice neither calls them by the crime nor tells it as theirs.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Presumed {
    /// The cue set of words by which somebody is accused, or denies it.
    #[schemars(with = "SetName")]
    pub accused: String,
    /// The cue set of nouns of those who have done it.
    #[schemars(with = "SetName")]
    pub doer: String,
    /// The cue set of words that settle it: a conviction, a confession.
    #[schemars(with = "SetName")]
    pub settled: String,
    /// The cue set of words by which a headline brings somebody before a court.
    #[schemars(with = "SetName")]
    pub before_court: String,
    /// The acts of `senses.yaml` that are crimes.
    #[schemars(with = "Vec<SenseName>")]
    pub crimes: Vec<String>,
}

/// Sentences, at the most, from the accusation to the noun.
const REACH: u32 = 2;

/// Sentences from which a story's news is told.
const LEAD: u32 = 3;

impl Relation for Presumed {
    fn roles(&self) -> &'static [&'static str] {
        &["held-back", "asserted"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Attributed]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let accused: Vec<Range<usize>> = (0..a.tokens.len()).filter_map(|i| Some(i..i + cue(a, &self.accused, i)?)).collect();
        if accused.is_empty() || a.sentences.iter().any(|s| says(a, &self.settled, s.start as usize..s.end as usize)) {
            return Vec::new();
        }
        let first = a.sentences.iter().position(|s| a.doc.blocks[s.block as usize].kind == BlockKind::Body);
        let lead = first.map_or(0..0, |f| f as u32..f as u32 + LEAD);
        let opening = accused.iter().find(|r| lead.contains(&a.tokens[r.start].sentence));
        let mut found = Vec::new();
        for (sentence, s) in a.sentences.iter().enumerate() {
            let tokens = s.start as usize..s.end as usize;
            let head = is_head(a.doc.blocks[s.block as usize].kind);
            let held = if head {
                opening
            } else {
                let before = accused.partition_point(|r| (a.tokens[r.start].sentence as usize) < sentence);
                let last = accused[..before].last().filter(|r| sentence as u32 - a.tokens[r.start].sentence <= REACH);
                last.filter(|r| a.kind(r.start) == BlockKind::Body)
            };
            let Some(held) = held else { continue };
            let hedged = says(a, &self.accused, tokens.clone()) || says(a, "hedge", tokens.clone()) && !head;
            if hedged {
                continue;
            }
            let asserted = self.called(a, &tokens, head).or_else(|| head.then(|| self.told(a, &tokens, held)).flatten());
            if let Some(asserted) = asserted {
                found.push(conflict(a, held.clone(), asserted));
                if !head {
                    break;
                }
            }
        }
        found
    }
}

fn is_head(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Headline | BlockKind::Kicker)
}

fn cue(a: &Analysis, set: &str, token: usize) -> Option<usize> {
    a.language(token)?.cues.get(set).at(a, token)
}

impl Presumed {
    /// A noun of who has done it, which takes for known that somebody has; in a headline, of one who stands before a court.
    fn called(&self, a: &Analysis, tokens: &Range<usize>, head: bool) -> Option<Range<usize>> {
        if head && !says(a, &self.before_court, tokens.clone()) {
            return None;
        }
        let from = a.chunks.partition_point(|c| (c.tokens.0 as usize) < tokens.start);
        let within = a.chunks[from..].iter().take_while(|c| (c.tokens.0 as usize) < tokens.end);
        let doer = |c: &&Chunk| {
            let definite = matches!(c.kind, ChunkKind::Noun { definite: true, .. });
            let opens = head && c.tokens.0 as usize == tokens.start && matches!(c.kind, ChunkKind::Noun { .. });
            let noun = cue(a, &self.doer, c.head as usize) == Some(1) && a.classes[c.head as usize].has(Class::Noun);
            noun && (definite && !head || opens) && !says(a, "hedge", c.tokens.0 as usize..c.tokens.1 as usize + 1)
        };
        within.clone().find(doer).map(|c| c.tokens.0 as usize..c.tokens.1 as usize)
    }

    /// A crime that a headline tells as somebody's of whom the story says that they are accused.
    fn told(&self, a: &Analysis, tokens: &Range<usize>, held: &Range<usize>) -> Option<Range<usize>> {
        let claims = a.claims();
        let crime = |c: &&Claim| {
            let language = a.language(c.tokens.0 as usize);
            matches!(c.sense, Sense::Act(_)) && language.is_some_and(|l| l.senses.is_among(c.sense, &self.crimes))
        };
        let own = |c: &&Claim| tokens.contains(&(c.tokens.0 as usize)) && matches!(c.form, Form::Verb(_)) && !c.denied && !c.unsure;
        let told = claims.iter().filter(own).find(crime)?;
        let verb = a.clauses[a.clause(told.tokens.0 as usize)].verb?;
        // "Labour attacked on poster" is a passive.
        let passive = matches!(a.chunks[verb as usize].kind, ChunkKind::Verb(v) if v.passive);
        if passive || a.roles[verb as usize].object.is_none() {
            return None;
        }
        let subject = a.roles[verb as usize].subject? as usize;
        let lemma = a.readings(subject).first().map(|r| r.lemma)?;
        let lead = a.sentence(held.start);
        let again = |i: usize| i < held.start && a.readings(i).first().is_some_and(|r| r.lemma == lemma);
        lead.clone().any(again).then(|| subject.min(told.tokens.0 as usize)..told.tokens.1 as usize)
    }
}

fn conflict(a: &Analysis, held: Range<usize>, asserted: Range<usize>) -> Conflict {
    let own = a.facets_at(a.span(asserted.clone()));
    let mut facets = Facets::default();
    facets.insert_if(own.contains(Facet::Quoted), Facet::Quoted);
    facets.insert_if(own.contains(Facet::Attributed) && !is_head(a.kind(asserted.start)), Facet::Attributed);
    Conflict { roles: vec![("held-back", a.span(held)), ("asserted", a.span(asserted))], values: Bindings::default(), facets }
}
