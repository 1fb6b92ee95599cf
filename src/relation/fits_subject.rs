//! Nothing does or suffers what only persons can: a stand is not pregnant, a council is no mother of two. And nobody is built in 1874.

use std::collections::HashSet;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::says;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Chunk, ChunkKind, Value, VerbGroup, mark};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::grammar::Class;
use crate::language::senses::{Called, Of, Sense};

/// `fits-subject`: what `selection.yaml` lists of persons is told of persons, what it lists of things of things.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FitsSubject {
    /// Of whom or what it is told.
    #[serde(default)]
    pub of: ToldOf,
}

/// Of whom or what something is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ToldOf {
    /// Of persons.
    #[default]
    Persons,
    /// Of things, by the participle that opens a sentence: « *Construit en 1874*, le pont … ».
    Things,
}

impl Relation for FitsSubject {
    fn roles(&self) -> &'static [&'static str] {
        &["words"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["subject", "told"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Hypothetical, Facet::Negated]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let (mut found, mut told) = (Vec::new(), HashSet::new());
        for (sense, tokens) in &a.cards().told {
            let Sense::Told(of) = *sense else { continue };
            if (of == Of::Things) != (self.of == ToldOf::Things) {
                continue;
            }
            let said = Said { a, of, tokens: tokens.0 as usize..tokens.1 as usize };
            let Some(host) = said.host() else { continue };
            let fits = match (of, called(a, host)) {
                (Of::Things, called) => called.is_some() || !someone(a, host),
                (_, None) => true,
                (Of::Individual | Of::Sufferers, _) => false,
                (Of::Persons, Some(called)) => called == Called::Collective,
                (Of::Speakers, Some(called)) => called != Called::Inert,
            };
            if !fits && told.insert(said.group(host)) {
                found.push(said.conflict(host));
            }
        }
        found
    }
}

/// Tokens, at most, from what opens a sentence to its comma.
const OPENING: usize = 14;

/// What a noun calls, where it is no name.
fn called(a: &Analysis, noun: usize) -> Option<Called> {
    let named = a.tokens[noun].case.is_capital() && noun != a.sentence(noun).start;
    let mut out = None;
    if !named && let Some(language) = a.language(noun) {
        language.senses.at(a, noun, |sense, tokens| {
            if let Sense::Called(called) = sense
                && tokens == (noun..noun + 1)
            {
                out = Some(called);
            }
        });
    }
    out
}

/// Whether a word names or calls a person.
fn someone(a: &Analysis, host: usize) -> bool {
    let Some(group) = a.chunks.get(a.chunks.partition_point(|c| c.tokens.1 as usize <= host)) else { return false };
    let tokens = group.tokens.0 as usize..group.tokens.1 as usize;
    let named = a.mentions_in(tokens.clone()).iter().any(|m| matches!(m.value, Value::Person(_)) && m.tokens.1 as usize > host);
    named || says(a, "function", host..host + 1) || says(a, "civil-title", tokens)
}

/// Something that is told of some and cannot be of others.
struct Said<'a, 'd> {
    a: &'a Analysis<'d>,
    of: Of,
    tokens: Range<usize>,
}

impl Said<'_, '_> {
    /// The noun of which it is told.
    fn host(&self) -> Option<usize> {
        let a = self.a;
        let first = a.chunks.partition_point(|c| c.tokens.1 as usize <= self.tokens.start);
        let within = (first..a.chunks.len()).take_while(|&c| (a.chunks[c].tokens.0 as usize) < self.tokens.end);
        let verb = within.clone().find(|&c| self.finite(c).is_some());
        // « a été *conduite* », "is *a father of two*": the verb that the words are the predicate of.
        let verb = verb.or_else(|| first.checked_sub(1).filter(|&c| self.links(c)));
        match verb {
            _ if self.of == Of::Things => self.opened(),
            // Whoever is operated on is the object of who operates.
            Some(c) if self.of == Of::Sufferers && !self.finite(c).is_some_and(|v| v.passive) => {
                a.roles[c].object.map(|t| t as usize).filter(|&t| self.chunk(t).is_some_and(|c| c.head as usize == t))
            }
            Some(c) => {
                let subject = a.roles[c].subject.map(|t| t as usize).or_else(|| self.antecedent(c))?;
                (self.free(subject) && self.leads(subject, c)).then_some(subject)
            }
            None => self.opened().or_else(|| {
                let start = a.chunks.get(first).map_or(self.tokens.start, |c| (c.tokens.0 as usize).min(self.tokens.start));
                self.beside(start.checked_sub(1)?)
            }),
        }
    }

    /// The subject behind the comma of what opens a sentence: « *Opérée* dans la soirée, *la commission* s'est réveillée ».
    fn opened(&self) -> Option<usize> {
        let a = self.a;
        let sentence = a.sentence(self.tokens.start);
        if self.tokens.start > sentence.start + 1 {
            return None;
        }
        let comma =
            (self.tokens.end..sentence.end).take(OPENING).find(|&i| mark(a, i).is_some()).filter(|&i| mark(a, i) == Some(','))?;
        let (from, past) = (
            a.chunks.partition_point(|c| (c.tokens.0 as usize) < sentence.start),
            a.chunks.partition_point(|c| (c.tokens.0 as usize) <= comma),
        );
        // A form that may be the past tense and the participle has its subject behind the comma, or none.
        let acts = (from..past).any(|c| self.finite(c).is_some() && a.roles[c].subject.is_some_and(|s| (s as usize) < comma));
        let group = a
            .chunks
            .get(past)
            .filter(|c| c.tokens.0 as usize == comma + 1 && matches!(c.kind, ChunkKind::Noun { preposition: None, .. }))?;
        let verb = (past + 1..a.chunks.len())
            .take_while(|&c| (a.chunks[c].tokens.0 as usize) < sentence.end)
            .find(|&c| self.finite(c).is_some())?;
        let subject = a.roles[verb].subject.is_some_and(|s| (group.tokens.0..group.tokens.1).contains(&s));
        (!acts && subject).then_some(group.head as usize)
    }

    fn finite(&self, chunk: usize) -> Option<VerbGroup> {
        match self.a.chunks[chunk].kind {
            ChunkKind::Verb(verb) if verb.finite => Some(verb),
            _ => None,
        }
    }

    /// Whether a verb links the words right behind it to its subject.
    fn links(&self, chunk: usize) -> bool {
        let (Some(verb), Some(language)) = (self.finite(chunk), self.a.language(self.tokens.start)) else { return false };
        let past = self.a.chunks[chunk].tokens.1 as usize;
        language.grammar.ids.linking.contains(&verb.lemma)
            && past <= self.tokens.start
            && (past..self.tokens.start).all(|i| self.a.classes[i].has(Class::Determiner) || self.a.classes[i].has(Class::Adverb))
    }

    /// Whether a subject is the noun of a group that hangs on nothing.
    fn free(&self, noun: usize) -> bool {
        let group = self.chunk(noun);
        group.is_some_and(|c| matches!(c.kind, ChunkKind::Noun { preposition: None, .. }) && c.head as usize == noun)
    }

    /// Whether a noun opens the clause of a verb: "climb *the wall* and shouted" has another subject.
    fn leads(&self, noun: usize, verb: usize) -> bool {
        let a = self.a;
        let at = a.chunks.partition_point(|c| c.tokens.1 as usize <= noun);
        let (Some(group), past) = (a.chunks.get(at), a.chunks[verb].tokens.0 as usize) else { return false };
        let object = at.checked_sub(1).map(|n| a.chunks[n]).is_some_and(|before| {
            matches!(before.kind, ChunkKind::Verb(_)) && before.tokens.1 == group.tokens.0 && before.clause == group.clause
        });
        let led = (group.tokens.1 as usize..past).any(|i| a.classes[i].has(Class::Coordinator));
        !object && !led
    }

    fn chunk(&self, token: usize) -> Option<&Chunk> {
        let at = self.a.chunks.partition_point(|c| c.tokens.1 as usize <= token);
        self.a.chunks.get(at).filter(|c| c.tokens.0 as usize <= token)
    }

    /// What a relative clause hangs on whose subject the parser leaves open.
    fn antecedent(&self, verb: usize) -> Option<usize> {
        let a = self.a;
        let start = a.clauses[a.chunks[verb].clause as usize].tokens.0 as usize;
        let from = a.sentence(start).start;
        let comma = start.checked_sub(1).filter(|&i| i > from && mark(a, i) == Some(','))?;
        (a.classes[start].has(Class::Relative)).then(|| self.beside(comma)).flatten()
    }

    /// The noun before a comma, with what hangs on it, where it opens a clause.
    fn beside(&self, comma: usize) -> Option<usize> {
        let a = self.a;
        let sentence = a.sentence(self.tokens.start);
        if comma <= sentence.start || mark(a, comma) != Some(',') {
            return None;
        }
        let opens = (sentence.start..comma).rev().find(|&i| mark(a, i).is_some()).map_or(sentence.start, |i| i + 1);
        let mentions = a.mentions_in(opens..comma);
        // « La mairie, *61 ans,* victime d'un malaise », "a house in Palmer Street, *Hull,* which …"
        let aside = mentions.iter().any(|m| {
            matches!(m.value, Value::Age(_) | Value::Place(_)) && m.tokens.0 as usize == opens && m.tokens.1 as usize == comma
        });
        if aside && opens > sentence.start {
            return self.beside(opens - 1);
        }
        let groups = a.chunks.partition_point(|c| (c.tokens.0 as usize) < opens)
            ..a.chunks.partition_point(|c| (c.tokens.0 as usize) < comma);
        let (first, rest) = a.chunks[groups].split_first()?;
        let led = (opens..first.tokens.0 as usize).all(|i| a.classes[i].has(Class::Coordinator) || a.classes[i].has(Class::Adverb));
        let whole = |c: &Chunk| matches!(c.kind, ChunkKind::Noun { .. });
        let thing = |c: &Chunk| whole(c) && (called(a, c.head as usize).is_some() || a.classes[c.head as usize].has(Class::Proper));
        let person = mentions.iter().any(|m| matches!(m.value, Value::Person(_)));
        let free = matches!(first.kind, ChunkKind::Noun { preposition: None, .. });
        (led && free && rest.iter().all(thing) && !person).then_some(first.head as usize)
    }

    fn group(&self, noun: usize) -> crate::span::Span {
        self.chunk(noun).map_or(self.a.tokens[noun].span, |c| self.a.span(c.tokens.0 as usize..c.tokens.1 as usize))
    }

    fn conflict(&self, host: usize) -> Conflict {
        let a = self.a;
        let span = a.span(self.tokens.clone());
        let clause = a.clauses[a.clause(self.tokens.start)];
        let clause = clause.tokens.0 as usize..clause.tokens.1 as usize;
        let mut facets = Facets::default();
        facets.insert_if(a.facets_at(span).contains(Facet::Quoted), Facet::Quoted);
        facets.insert_if(says(a, "as-if", clause.clone()) || says(a, "supposing", clause), Facet::Hypothetical);
        let first = a.chunks.partition_point(|c| c.tokens.1 as usize <= self.tokens.start);
        facets.insert_if(a.chunks.get(first).is_some_and(|c| matches!(c.kind, ChunkKind::Verb(v) if v.negated)), Facet::Negated);
        let subject = self.group(host);
        let mut values = Bindings::default();
        values.bind("subject", Bound::Text(subject));
        values.bind("told", Bound::Text(span));
        Conflict { roles: vec![("words", subject.cover(span))], values, facets }
    }
}
