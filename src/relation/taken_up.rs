//! What a noun or a participle takes up as a fact has been told as one: « aurait volé 80 euros … *ce vol* », "may have broken the rules …
//! *Having broken* them".

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::says;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, ChunkKind, Claim, Form};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::grammar::Tense;
use crate::language::senses::Sense;

/// `taken-up`: no noun takes for known what the story has only supposed, or denied.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TakenUp {
    /// What the story said of it before.
    pub after: Before,
}

/// How a deed was told that a noun takes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Before {
    /// As a suspicion.
    Supposed,
    /// As what did not happen.
    Denied,
}

/// Sentences, at the most, between what is told and what takes it up.
const REACH: u32 = 2;

impl Relation for TakenUp {
    fn roles(&self) -> &'static [&'static str] {
        &["told", "taken-up"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let acts: Vec<&Claim> = a.cards().claims.iter().filter(|c| matches!(c.sense, Sense::Act(_))).collect();
        let mut found = Vec::new();
        for (n, y) in acts.iter().enumerate() {
            let contrasted = says(a, "contrast", a.sentence(y.tokens.0 as usize));
            let open = y.supposed && !done_before(a, y);
            if y.denied || open || y.unsure || contrasted || !asserted(a, y) {
                continue;
            }
            let same = || {
                acts[..n].iter().rev().filter(|x| x.sense == y.sense && a.lang(x.tokens.0 as usize) == a.lang(y.tokens.0 as usize))
            };
            let sentence = |c: &Claim| a.tokens[c.tokens.0 as usize].sentence;
            // What has been told as a fact anywhere before may be taken up.
            if same().any(|x| !x.denied && !x.unsure && !x.supposed) {
                continue;
            }
            let fits = |x: &&&Claim| match self.after {
                // "cannot rule out suicide" denies and supposes.
                Before::Supposed => x.unsure && (!x.denied || doubted(a, x)),
                Before::Denied => x.denied && !x.unsure && !x.supposed,
            };
            let Some(x) = same().next().filter(|x| sentence(y) > sentence(x) && sentence(y) - sentence(x) <= REACH).filter(fits)
            else {
                continue;
            };
            let mut facets = Facets::default();
            facets.insert_if(x.quoted || y.quoted, Facet::Quoted);
            let span = |c: &Claim| a.span(c.tokens.0 as usize..c.tokens.1 as usize);
            let group = a.chunks.partition_point(|c| c.tokens.1 <= y.tokens.0);
            let whole = a.chunks.get(group).map_or(span(y), |c| a.span(c.tokens.0 as usize..c.tokens.1 as usize));
            found.push(Conflict { roles: vec![("told", span(x)), ("taken-up", whole)], values: Bindings::default(), facets });
        }
        found
    }
}

/// Words before a deed in which what makes it a supposition may stand.
const DOUBT: usize = 4;

/// Whether words right before a deed make it a supposition, whatever they deny.
fn doubted(a: &Analysis, x: &Claim) -> bool {
    let token = x.tokens.0 as usize;
    says(a, "doubting", a.sentence(token).start.max(token.saturating_sub(DOUBT))..token)
}

/// Tokens in which the participle of what is done stands behind the opening of its sentence: "*Having* broken".
const OPENING: usize = 3;

/// Whether a participle opens a sentence and tells what was done before: "*Having broken* the rules, it must …".
fn done_before(a: &Analysis, y: &Claim) -> bool {
    let (start, token) = (a.sentence(y.tokens.0 as usize).start, y.tokens.0 as usize);
    let having = a.language(start).is_some_and(|l| l.cues.get("having-done").at(a, start).is_some());
    having && token <= start + OPENING && !matches!(y.form, Form::Noun { .. })
}

/// Whether a sentence opens with a noun that takes up what was told: « *Ce suicide*, survenu … »
fn taken(a: &Analysis, y: &Claim) -> bool {
    let (start, token) = (a.sentence(y.tokens.0 as usize).start, y.tokens.0 as usize);
    token == start + 1 && matches!(y.form, Form::Noun { .. }) && says(a, "demonstrative", start..token)
}

/// Whether a noun stands for what has happened: known, and the subject of what is told or tells.
fn asserted(a: &Analysis, y: &Claim) -> bool {
    if done_before(a, y) || taken(a, y) {
        return true;
    }
    if y.form != (Form::Noun { definite: true }) {
        return false;
    }
    let token = y.tokens.0 as usize;
    let clause = a.clause(token);
    let tells = matches!(a.tense(clause), Some(Tense::Past | Tense::Present));
    let Some(verb) = a.clauses[clause].verb else { return false };
    let subject = a.roles[verb as usize].subject.is_some_and(|s| (y.tokens.0..y.tokens.1).contains(&s));
    let denied = matches!(a.chunks[verb as usize].kind, ChunkKind::Verb(v) if v.negated);
    tells && subject && !denied
}
