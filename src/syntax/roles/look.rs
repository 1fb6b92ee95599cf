//! What stands at a place of a sentence: a noun, a pronoun, what governs it.

use super::walk::{Noun, Walk};
use crate::analysis::{Chunk, ChunkKind};
use crate::language::grammar::{Class, Classes};

impl Walk<'_, '_> {
    /// The noun group or pronoun right behind a verb group; a particle of the verb may stand between.
    pub(super) fn noun_behind(&self, past: usize, particle: bool) -> Option<Noun> {
        let begins = |i: usize| self.chunk_at(i).is_some();
        let skips = |i: usize| {
            let classes = self.a.classes[i];
            let adverb = classes.within(Classes::all([Class::Adverb, Class::Negator]));
            let particled = particle && i == past && self.is_particle(i) || self.is_phrasal(past, i + 1);
            !begins(i) && (adverb || particled || self.language.grammar.agent.iter().any(|w| i == past && w == self.a.lower(i)))
        };
        let at = (past..self.tokens.end.min(past + 6)).find(|&i| !skips(i))?;
        let noun = self.noun_at(at)?;
        // The particle of a verb governs nothing: "carried out the attack".
        let of_particle = particle && at == past + 1 && self.is_particle(past) || self.is_phrasal(past, at);
        Some(Noun { governed: noun.governed && !of_particle, ..noun })
    }

    /// Whether a numeral behind a noun belongs to it: « la saison *2011* », "Article *5*".
    pub(super) fn numbers(&self, i: usize) -> bool {
        let noun = Classes::all([Class::Noun, Class::Proper]);
        let numeral = |t: usize| self.a.classes[t] == Classes::of(Class::Numeral);
        i > self.tokens.start && numeral(i) && self.a.classes[i - 1].meets(noun) && self.chunk_at(i).is_none()
    }

    /// Whether a word may belong to the verb before it: "carried *out*".
    fn is_particle(&self, i: usize) -> bool {
        self.a.classes[i] == Classes::all([Class::Adverb, Class::Preposition])
            || self.language.grammar.particles.iter().any(|w| w == self.a.lower(i))
    }

    /// Whether what stands right behind a verb belongs to it, and a noun begins at the next token: "took *off* his coat".
    fn is_phrasal(&self, past: usize, next: usize) -> bool {
        let verb = || match self.a.chunks[..self.chunk + 1].last() {
            Some(Chunk { tokens, kind: ChunkKind::Verb(verb), .. }) if tokens.1 as usize == past => Some(verb.lemma),
            _ => None,
        };
        let phrasal = &self.language.grammar.ids.phrasal;
        next == past + 1
            && !phrasal.is_empty()
            && verb().and_then(|v| phrasal.get(&v)).is_some_and(|of| of.iter().any(|w| w == self.a.lower(past)))
    }

    pub(super) fn chunk_at(&self, i: usize) -> Option<&Chunk> {
        self.a.chunks[self.chunk.min(self.a.chunks.len())..]
            .iter()
            .take_while(|c| c.tokens.0 as usize <= i)
            .find(|c| c.tokens.0 as usize == i)
    }

    /// The noun group or the pronoun that begins at a token.
    pub(super) fn noun_at(&self, i: usize) -> Option<Noun> {
        if i >= self.tokens.end {
            return None;
        }
        if let Some(chunk) = self.chunk_at(i) {
            let ChunkKind::Noun { preposition, .. } = chunk.kind else { return None };
            let owned = self.possessed(chunk);
            return Some(Noun { head: owned.head as usize, past: owned.tokens.1 as usize, governed: preposition.is_some() });
        }
        let classes = self.a.classes[i];
        let may = Classes::all([
            Class::Subject,
            Class::Pronoun,
            Class::Clitic,
            Class::Determiner,
            Class::Numeral,
            Class::Adverb,
            Class::Adjective,
        ]);
        let must = Classes::all([Class::Subject, Class::Pronoun, Class::Clitic, Class::Determiner, Class::Numeral]);
        if !classes.within(may) || !classes.meets(must) {
            return None;
        }
        // A determiner with an adjective alone: "the *opposite*", « les plus *petits* ».
        if classes == Classes::of(Class::Determiner) {
            let lead = Classes::all([Class::Adverb, Class::Adjective]);
            let past = (i + 1..self.tokens.end).find(|&t| !self.a.classes[t].within(lead)).unwrap_or(self.tokens.end);
            if past > i + 1 && self.a.classes[past - 1].has(Class::Adjective) && self.chunk_at(past).is_none() {
                return Some(Noun { head: past - 1, past, governed: self.governed(i) });
            }
        }
        Some(Noun { head: i, past: i + 1, governed: self.governed(i) })
    }

    /// What a noun group owns that ends in the sign of the possessive: "the court's *attention*"; itself if it owns nothing.
    fn possessed<'c>(&'c self, owner: &'c Chunk) -> &'c Chunk {
        let mut chunk = owner;
        // "the mayor's wife's car"
        for _ in 0..3 {
            let sign = chunk.tokens.1 as usize;
            let owns = sign + 1 < self.tokens.end && self.a.classes[sign] == Classes::of(Class::Other) && self.a.tokens[sign].glued;
            match self.chunk_at(sign + 1).filter(|c| owns && matches!(c.kind, ChunkKind::Noun { .. })) {
                Some(owned) => chunk = owned,
                None => break,
            }
        }
        chunk
    }

    /// Whether a word stands beside the noun that it strengthens and is no noun of its own: "he *himself* said", "we *all* know".
    pub(super) fn floats(&self, i: usize) -> bool {
        let nominal = Classes::all([Class::Noun, Class::Proper, Class::Subject, Class::Pronoun]);
        i > self.tokens.start
            && self.a.classes[i - 1].meets(nominal)
            && self.chunk_at(i).is_none()
            && self.language.grammar.floating.iter().any(|w| w == self.a.lower(i))
    }

    /// Whether a preposition stands before a word.
    pub(super) fn governed(&self, i: usize) -> bool {
        let before = i.checked_sub(1).filter(|b| *b >= self.tokens.start).map_or(Classes::default(), |b| self.a.classes[b]);
        before.has(Class::Preposition) && !before.has(Class::Adverb) && !before.has(Class::Subordinator)
    }
}
