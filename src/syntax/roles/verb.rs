//! What a verb group is given: subject, object, predicate, agent.

use super::walk::{Frame, Noun, Walk};
use crate::analysis::{Chunk, ChunkKind, VerbGroup, mark};
use crate::language::grammar::{Class, Classes};

/// Nouns with a preposition that may stand between a verb and its object, at the most.
const FURTHEST: usize = 4;

impl Walk<'_, '_> {
    pub(super) fn verb(&mut self, index: usize, chunk: Chunk, verb: VerbGroup) {
        let mut inverted = false;
        if verb.finite {
            inverted = self.finite(index, &chunk);
        } else {
            self.roles[index].understood = self.understood(&chunk).map(|t| t as u32);
            if self.roles[index].understood.is_none() && self.leads(&chunk) {
                self.state.dangling = Some(index);
            }
        }
        self.objects(index, &chunk, verb, inverted);
        if !verb.finite {
            self.state.taken = self.roles[index].object.map(|o| o as usize);
        }
        self.state.last_verb = Some(index);
    }

    /// Gives a finite verb its subject; true where that stands behind.
    fn finite(&mut self, index: usize, chunk: &Chunk) -> bool {
        let right = self.noun_behind(chunk.tokens.1 as usize, false).filter(|n| !n.governed);
        let found = self.subject(chunk, right);
        let subject = found.subject.map(|s| s as u32);
        self.roles[index].subject = subject;
        if found.moved {
            for other in self.roles[..index].iter_mut().rev().take(4) {
                if other.object == subject {
                    other.object = None;
                }
            }
        }
        if let Some(dangling) = self.state.dangling.take_if(|_| subject.is_some()) {
            self.roles[dangling].understood = subject;
        }
        let frame = self.top();
        if frame.has_verb && frame.behind.is_some() {
            self.push(Frame::default());
        }
        let frame = self.top();
        (frame.has_verb, frame.behind, frame.subject) = (true, None, found.subject);
        found.inverted
    }

    /// Gives a verb its object, its predicate or its agent.
    fn objects(&mut self, index: usize, chunk: &Chunk, verb: VerbGroup, inverted: bool) {
        let (first, past) = (chunk.tokens.0 as usize, chunk.tokens.1 as usize);
        let clitic = self.clitic_object(first, chunk.head as usize);
        // « augmenteront-*ils* »
        let past = past + usize::from(verb.finite && self.pronoun_behind(first, past) == Some(past));
        let noun = self.noun_behind(past, true).filter(|_| !inverted);
        let linking = self.language.grammar.ids.linking.contains(&verb.lemma);
        let own = self.roles[index].subject;
        let mut plain = noun.filter(|n| !n.governed && own != Some(n.head as u32));
        if let Some(second) = plain.and_then(|n| self.second_object(n, verb)) {
            plain = Some(second);
        }
        let mut plain = plain.map(|n| n.head as u32);
        if plain.is_none() && !linking && !verb.passive && !inverted {
            plain = self
                .object_further(past, verb)
                .or_else(|| self.fronted(own.or(self.roles[index].understood), verb))
                .map(|n| n as u32);
        }
        let adjective = self.adjective_behind(past).map(|i| i as u32);
        let roles = &mut self.roles[index];
        if linking {
            roles.predicate = plain.or(adjective);
        } else if verb.passive {
            roles.agent = noun.filter(|n| n.governed).map(|n| n.head as u32);
        } else {
            let accusative = clitic.filter(|&c| self.language.grammar.definite.iter().any(|w| w == self.a.lower(c)));
            roles.object = accusative.map(|c| c as u32).or(plain).or(clitic.map(|c| c as u32));
            self.share_object(index, first);
        }
        if verb.passive && !self.is_agent(past) {
            self.roles[index].agent = None;
        }
    }

    /// What is given, where whom it is given to stands before: "gave the mayor *a book*".
    fn second_object(&self, first: Noun, verb: VerbGroup) -> Option<Noun> {
        if !self.language.grammar.ids.ditransitive.contains(&verb.lemma) {
            return None;
        }
        let second = self.noun_at(first.past).filter(|n| !n.governed)?;
        let token = self.a.tokens[second.head];
        let clause = self.chunk_at(second.past).is_some_and(|c| matches!(c.kind, ChunkKind::Verb(v) if v.finite));
        (!clause && (!token.opens.date || token.opens.number)).then_some(second)
    }

    /// The word that asks, before its verb and the subject: "*what* did he say"; where clauses are opened also what a relative pronoun
    /// stands for: « l'*homme* qu'il a vu ».
    fn fronted(&self, own: Option<u32>, verb: VerbGroup) -> Option<usize> {
        let frame = self.stack.last()?;
        let relative = frame.relative.filter(|&r| own.is_some() && own != Some(r as u32) && !self.is_oblique(r))?;
        let asks = self.a.classes[relative].has(Class::Pronoun);
        let hangs = frame.antecedent.filter(|&n| frame.object_first && own != Some(n as u32) && !asks);
        let takes = !self.language.grammar.ids.intransitive.contains(&verb.lemma);
        hangs.or(Some(relative).filter(|_| asks)).filter(|_| takes)
    }

    /// Whether a relative pronoun is no object: « dont », « où ».
    fn is_oblique(&self, relative: usize) -> bool {
        self.language.grammar.oblique_relatives.iter().any(|w| w == self.a.lower(relative))
    }

    /// Verbs that a coordinator joins have one object: "divide and share the tasks".
    fn share_object(&mut self, index: usize, first: usize) {
        let Some(previous) = index.checked_sub(1) else { return };
        let before = self.a.chunks[previous];
        let joined = before.tokens.1 as usize + 1 == first
            && self.a.classes[first - 1] == Classes::of(Class::Coordinator)
            && matches!(before.kind, ChunkKind::Verb(v) if !v.passive && !self.language.grammar.ids.linking.contains(&v.lemma));
        if joined && self.roles[previous].object.is_none() {
            self.roles[previous].object = self.roles[index].object;
        }
    }

    /// The object behind a noun that a preposition governs (« met en cause la Chine »), where clauses do not begin bare; or behind
    /// the preposition of a denied verb: « n'ont pas de preuve ».
    fn object_further(&self, past: usize, verb: VerbGroup) -> Option<usize> {
        let grammar = &self.language.grammar;
        if grammar.bare_clauses {
            return None;
        }
        let preposition = (past..self.tokens.end.min(past + 3)).find(|&i| self.a.classes[i].has(Class::Preposition));
        if verb.negated && grammar.ids.perfect.contains(&verb.lemma) && preposition == Some(past + 1) {
            return self.noun_at(past + 2).map(|n| n.head);
        }
        // « a annoncé, *mardi à Lyon*, *la fermeture* »: what hangs on the verb by a preposition or says when, and its commas.
        let (mut at, mut commas) = (past, 0);
        for met in 0..=FURTHEST {
            if self.is_comma(at) {
                (at, commas) = (at + 1, commas + 1);
            }
            let noun = match met {
                0 if commas == 0 => self.noun_behind(at, false).or_else(|| self.noun_at(preposition?.checked_add(1)?))?,
                _ => (at..self.tokens.end.min(at + 2)).find_map(|i| self.noun_at(i).filter(|n| i == at || n.governed))?,
            };
            let token = self.a.tokens[noun.head];
            if !noun.governed && (!token.opens.date || token.opens.number) {
                let own = self.chunk_at(noun.past).is_some_and(|c| matches!(c.kind, ChunkKind::Verb(v) if v.finite));
                return (met > 0 && commas != 1 && !own).then_some(noun.head);
            }
            at = noun.past;
        }
        None
    }

    fn is_comma(&self, i: usize) -> bool {
        i < self.tokens.end && mark(self.a, i) == Some(',')
    }

    /// The adjective right behind a verb that links: "is very *fast*".
    fn adjective_behind(&self, past: usize) -> Option<usize> {
        let adverb = Classes::all([Class::Adverb, Class::Negator]);
        let at = (past..self.tokens.end.min(past + 4)).find(|&i| !self.a.classes[i].within(adverb))?;
        let classes = self.a.classes[at];
        let among = Classes::all([Class::Adjective, Class::PastParticiple, Class::PresentParticiple, Class::Noun]);
        (classes.has(Class::Adjective) && classes.within(among)).then_some(at)
    }

    /// Whether the word of the agent stands behind a passive: "by", « par ».
    fn is_agent(&self, past: usize) -> bool {
        past < self.tokens.end && self.language.grammar.agent.iter().any(|w| w == self.a.lower(past))
    }

    /// The pronoun in a verb group that is its object: « *les* a vus ».
    fn clitic_object(&self, first: usize, head: usize) -> Option<usize> {
        let oblique = |i: usize| self.language.grammar.oblique_clitics.iter().any(|w| w == self.a.lower(i));
        (first..head).rev().find(|&i| self.a.classes[i] == Classes::of(Class::Clitic) && !oblique(i))
    }
}
