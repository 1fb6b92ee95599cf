//! Who would do what an infinitive or a participle says, where grammar is sure of it.

use super::walk::{Noun, Walk};
use crate::analysis::{Chunk, ChunkKind, mark};
use crate::language::grammar::{Class, Classes};

impl Walk<'_, '_> {
    /// The understood subject of a verb group that has no finite verb.
    pub(super) fn understood(&self, chunk: &Chunk) -> Option<usize> {
        let (first, classes) = (chunk.tokens.0 as usize, self.a.classes[chunk.head as usize]);
        let before = self.before(first)?;
        if classes.has(Class::Infinitive) {
            return self.of_infinitive(before);
        }
        // "the man *driving* the car", « une route *reliant* Dijon »
        if let Some(noun) = self.noun_until(before + 1) {
            return Some(noun.head);
        }
        let last = self.state.last_verb?;
        let frame = self.stack.last()?;
        // "he died, *leaving* a widow"; "the mayor, *speaking* in Lyon, said"
        if mark(self.a, before) == Some(',') {
            return frame.subject.filter(|_| frame.has_verb).or(frame.waiting);
        }
        let right_behind = self.a.chunks[last].tokens.1 as usize == before + 1;
        (right_behind || self.a.classes[before].has(Class::Preposition)).then(|| self.subject_of(last)).flatten()
    }

    /// Whether what a group says is said of a subject to come: "*Speaking* in Lyon, the mayor …".
    pub(super) fn leads(&self, chunk: &Chunk) -> bool {
        let frame = self.stack.last();
        let first = chunk.tokens.0 as usize;
        let opens = |i: usize| self.a.classes[i].within(Classes::all([Class::Adverb, Class::Preposition, Class::Subordinator]));
        frame.is_none_or(|f| !f.has_verb && f.waiting.is_none())
            && (first == self.tokens.start || mark(self.a, first - 1).is_some() || opens(first - 1))
            && !self.a.classes[chunk.head as usize].has(Class::Infinitive)
    }

    /// The word before a group, adverbs between.
    fn before(&self, first: usize) -> Option<usize> {
        let between = Classes::all([Class::Adverb, Class::Negator]);
        (self.tokens.start..first).rev().find(|&i| !self.a.classes[i].within(between))
    }

    /// The subject of an infinitive: of the verb that it hangs on, or its object where that verb makes somebody do something.
    fn of_infinitive(&self, before: usize) -> Option<usize> {
        let marker = self.a.classes[before].meets(Classes::all([Class::Marker, Class::Preposition]));
        let leads = if marker { self.before(before)? } else { before };
        let last = self.state.last_verb?;
        let verb = self.a.chunks[last];
        let ChunkKind::Verb(group) = verb.kind else { return None };
        let controls = self.language.grammar.ids.object_control.contains(&group.lemma);
        if verb.tokens.1 as usize == leads + 1 {
            let clitic = self.roles[last].object.filter(|_| controls && !group.passive);
            return clitic.map(|o| o as usize).or_else(|| self.subject_of(last));
        }
        let noun = self.noun_until(leads + 1)?;
        // "does *the mayor* know"
        let asked = !marker && self.roles[last].subject == Some(noun.head as u32);
        // "asked *the mayor* to resign", "for *the mayor* to resign"
        let object = controls && self.roles[last].object == Some(noun.head as u32);
        let governed = marker && noun.governed && self.language.grammar.infinitive_subject.iter().any(|w| self.governs(w, leads));
        (asked || object || governed).then_some(noun.head)
    }

    /// Whether the preposition of the noun group that ends here is that word.
    fn governs(&self, word: &str, last: usize) -> bool {
        let chunk = self.a.chunks.partition_point(|c| c.tokens.1 as usize <= last);
        let preposition = match self.a.chunks.get(chunk).map(|c| (c.kind, c.tokens.0 as usize)) {
            Some((ChunkKind::Noun { preposition, .. }, first)) if first <= last => preposition.map(|p| p as usize),
            _ => last.checked_sub(1),
        };
        preposition.is_some_and(|p| p >= self.tokens.start && self.a.lower(p) == word)
    }

    /// The noun group or pronoun that ends right before a token.
    fn noun_until(&self, past: usize) -> Option<Noun> {
        let at = self.a.chunks.partition_point(|c| (c.tokens.1 as usize) < past);
        match self.a.chunks.get(at).filter(|c| c.tokens.1 as usize == past) {
            Some(chunk) => match chunk.kind {
                ChunkKind::Noun { preposition, .. } => {
                    Some(Noun { head: chunk.head as usize, past, governed: preposition.is_some() })
                }
                ChunkKind::Verb(_) => None,
            },
            None => {
                let pronoun = Classes::all([Class::Subject, Class::Pronoun, Class::Clitic]);
                let i = past.checked_sub(1).filter(|i| *i >= self.tokens.start)?;
                self.a.classes[i].within(pronoun).then(|| Noun { head: i, past, governed: self.governed(i) })
            }
        }
    }

    fn subject_of(&self, verb: usize) -> Option<usize> {
        let roles = self.roles[verb];
        roles.subject.or(roles.understood).map(|t| t as usize)
    }
}
