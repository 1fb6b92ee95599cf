//! Whom a finite verb has as its subject.

use super::walk::{Frame, Noun, Walk};
use crate::analysis::{Chunk, ChunkKind, VerbGroup};
use crate::language::grammar::{Class, Classes};
use crate::language::lexicon::LemmaId;

/// The subject of a finite verb.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub(super) subject: Option<usize>,
    /// Whether it is the noun behind the verb.
    pub(super) inverted: bool,
    /// Whether it was thought to be the object of the verb before.
    pub(super) moved: bool,
}

impl Walk<'_, '_> {
    /// The subject of a finite verb.
    pub(super) fn subject(&mut self, chunk: &Chunk, right: Option<Noun>) -> Found {
        let (first, past) = (chunk.tokens.0 as usize, chunk.tokens.1 as usize);
        let (comma, coordinated) = (self.state.comma, self.state.coordinated);
        let directly = self.pronoun_before(first);
        let right = right.filter(|n| directly != Some(n.head));
        let starts = first == self.tokens.start || self.a.classes[first - 1] == Classes::default();
        let bare = self.language.grammar.bare_clauses;
        let behind = self.top().behind;
        let mut own = self.waiting_noun(directly, comma, coordinated, bare);
        let inverts = self.is_listed(chunk, &self.language.grammar.ids.inverting);
        if own.is_none() && self.top().has_verb && directly.is_none() && !(starts && inverts && right.is_some() && !coordinated) {
            own = self.top().subject;
        }
        let behind_verb = self.pronoun_behind(first, past);
        // « *les salaires* augmenteront-ils »: the pronoun repeats the noun.
        let repeated = own.is_some() && behind_verb.is_some() && !self.top().has_verb;
        if let Some(pronoun) = behind_verb.filter(|_| !repeated).or(directly) {
            // "my father and *I*": the first speaks for both.
            let second = pronoun > self.tokens.start && self.a.classes[pronoun - 1] == Classes::of(Class::Coordinator);
            own = self.top().waiting.filter(|_| second && !self.top().has_verb).or(Some(pronoun));
        }
        let found = |subject: Option<usize>| Found { subject, inverted: false, moved: subject.is_some() && subject == behind };
        let inverted = |noun: Noun| Found { subject: Some(noun.head), inverted: true, moved: false };
        let existential = directly.is_some_and(|d| self.language.grammar.existential.iter().any(|w| w == self.a.lower(d)));
        if existential
            && self.is_listed(chunk, &self.language.grammar.ids.existential_verbs)
            && let Some(right) = right
        {
            return inverted(right);
        }
        if own.is_none()
            && let Some(right) = right.filter(|r| self.asks(chunk, *r))
        {
            return inverted(right);
        }
        let frame = *self.top();
        if own.is_none() && frame.relative.is_some() && !(frame.object_first && right.is_some()) {
            return Found { subject: frame.antecedent.or(frame.relative.filter(|_| frame.waiting.is_none())), ..found(None) };
        }
        let inner = frame.relative.is_some() || self.stack.len() > 1;
        match right {
            Some(right) if own.is_none() && (!bare || first > self.tokens.start && (starts && inverts || inner)) => inverted(right),
            _ => found(own),
        }
    }

    /// Whether a verb is one of a list; any is where there is no list.
    fn is_listed(&self, chunk: &Chunk, verbs: &[LemmaId]) -> bool {
        verbs.is_empty() || matches!(chunk.kind, ChunkKind::Verb(v) if verbs.contains(&v.lemma))
    }

    /// Whether an auxiliary stands before its subject, and the verb behind it: "*does* the mayor know".
    pub(super) fn asks(&self, chunk: &Chunk, right: Noun) -> bool {
        let auxiliary = self.a.classes[chunk.head as usize].meets(Classes::all([Class::Modal, Class::Auxiliary]));
        let untensed = |c: &Chunk| matches!(c.kind, ChunkKind::Verb(VerbGroup { finite: false, .. }));
        auxiliary && self.chunk_at(right.past).is_some_and(untensed)
    }

    /// The noun that waits for a verb here; clauses that are complete are closed on the way.
    fn waiting_noun(&mut self, directly: Option<usize>, comma: bool, coordinated: bool, bare: bool) -> Option<usize> {
        let frame = *self.top();
        if !frame.has_verb {
            return frame.nearer.or(frame.waiting);
        }
        let parents = self.stack.len() - 1;
        let waits = |f: &Frame| !f.has_verb && (f.waiting.is_some() || frame.behind.is_some() && comma);
        let waiting = (0..parents).rev().find(|&d| waits(&self.stack[d]));
        if let Some(waiting) = waiting.filter(|_| directly.is_none() && !(coordinated && frame.behind.is_none())) {
            self.stack.truncate(waiting + 1);
            let top = self.top();
            top.waiting = top.waiting.or(frame.behind);
            return top.waiting;
        }
        // Only where a clause needs no word to open it does a noun that nothing parts from the verb before begin one.
        // What a coordinator or a comma parts from the verb has been said: "lost the ball *and* fell".
        let said = bare && (coordinated || comma && !frame.parted);
        let own = frame.behind.filter(|_| (bare || frame.parted) && !said);
        if own.is_none() {
            self.top().behind = None;
        }
        own
    }

    /// The subject pronoun before a verb, adverbs between.
    fn pronoun_before(&self, first: usize) -> Option<usize> {
        let between = Classes::all([Class::Adverb, Class::Negator]);
        let before = (self.tokens.start..first).rev().find(|&i| !self.a.classes[i].within(between) && !self.floats(i))?;
        let classes = self.a.classes[before];
        let among = Classes::all([Class::Subject, Class::Determiner, Class::Adverb, Class::Clitic]);
        (classes.has(Class::Subject) && classes.within(among)).then_some(before)
    }

    /// The subject pronoun in a verb group, or glued behind it: « a-t-*il* dit », "did *he* say".
    pub(super) fn pronoun_behind(&self, first: usize, past: usize) -> Option<usize> {
        let is_subject = |i: usize| {
            self.a.classes[i].has(Class::Subject) && self.a.classes[i].within(Classes::all([Class::Subject, Class::Adverb]))
        };
        let glued = |i: usize| i < self.tokens.end && self.a.tokens[i].glued && is_subject(i);
        (first + 1..past).rev().find(|&i| is_subject(i)).or(glued(past).then_some(past))
    }
}
