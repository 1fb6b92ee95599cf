//! Who does what to whom: the subject, the object, the agent and the predicate of each verb group.
//!
//! One walk over a sentence with a stack of clauses that have begun. A noun without a preposition waits for the verb of its clause; behind
//! a verb it is its object, until another verb wants it as its subject.

use std::ops::Range;

use super::decide::opens_clause;
use crate::analysis::{Analysis, Chunk, ChunkKind, Roles, VerbGroup, mark};
use crate::language::Language;
use crate::language::grammar::{Class, Classes};

/// Fills [`Analysis::roles`].
pub(super) fn assign(a: &mut Analysis) {
    let mut roles = vec![Roles::default(); a.chunks.len()];
    let (mut stack, mut chunk) = (Vec::new(), 0);
    for s in &a.sentences {
        let tokens = s.start as usize..s.end as usize;
        if let Some(language) = a.language(tokens.start) {
            let walk =
                Walk { a, language, tokens: tokens.clone(), stack: &mut stack, roles: &mut roles, chunk, state: State::default() };
            walk.run();
        }
        while a.chunks.get(chunk).is_some_and(|c| (c.tokens.0 as usize) < tokens.end) {
            chunk += 1;
        }
    }
    a.roles = roles;
}

/// A clause that has begun.
#[derive(Clone, Copy, Default)]
struct Frame {
    /// The relative pronoun that opened it.
    relative: Option<usize>,
    /// Whether what opened it cannot be its subject.
    object_first: bool,
    /// The noun that the relative pronoun hangs on.
    antecedent: Option<usize>,
    /// The noun that waits for the verb, and one behind a comma that stands nearer to it.
    waiting: Option<usize>,
    /// What waits may be a date: « lundi ».
    weak: bool,
    nearer: Option<usize>,
    has_verb: bool,
    subject: Option<usize>,
    /// The last noun behind the verb, and whether a comma or a coordinator parts it from what is before.
    behind: Option<usize>,
    parted: bool,
}

/// What was met on the way.
#[derive(Default)]
struct State {
    last_noun: Option<usize>,
    comma: bool,
    coordinated: bool,
    /// Open parentheses.
    depth: u32,
    /// The object of the last infinitive or participle: it waits for no verb.
    taken: Option<usize>,
}

/// A noun group or a pronoun: its head, one past its last token, whether a preposition governs it.
#[derive(Clone, Copy)]
struct Noun {
    head: usize,
    past: usize,
    governed: bool,
}

struct Walk<'a, 'd> {
    a: &'a Analysis<'d>,
    language: &'a Language,
    tokens: Range<usize>,
    stack: &'a mut Vec<Frame>,
    roles: &'a mut [Roles],
    /// The first chunk that does not lie behind.
    chunk: usize,
    state: State,
}

/// Clauses within clauses, at the most: a list of names is none.
const DEEPEST: usize = 16;

impl Walk<'_, '_> {
    fn run(mut self) {
        self.stack.clear();
        self.stack.push(Frame::default());
        let mut i = self.tokens.start;
        while i < self.tokens.end {
            while self.a.chunks.get(self.chunk).is_some_and(|c| (c.tokens.1 as usize) <= i) {
                self.chunk += 1;
            }
            i = self.step(i);
        }
    }

    fn step(&mut self, i: usize) -> usize {
        if let Some((index, chunk, verb)) = self.verb_at(i) {
            self.verb(index, chunk, verb);
            (self.state.comma, self.state.coordinated) = (false, false);
            return chunk.tokens.1 as usize;
        }
        if let Some(noun) = self.noun_at(i) {
            self.noun(noun);
            (self.state.comma, self.state.coordinated) = (false, false);
            return noun.past;
        }
        let classes = self.a.classes[i];
        if opens_clause(classes) {
            self.open(i, classes);
        } else if classes == Classes::of(Class::Coordinator) {
            self.state.coordinated = true;
        } else if classes == Classes::default() {
            self.mark(i);
        }
        i + 1
    }

    fn mark(&mut self, i: usize) {
        match mark(self.a, i) {
            Some(',') => {
                self.state.comma = true;
                self.top().nearer = None;
            }
            Some('(') => self.state.depth += 1,
            Some(')') => self.state.depth = self.state.depth.saturating_sub(1),
            Some(';' | ':' | '—' | '–') => {
                self.stack.clear();
                self.stack.push(Frame::default());
            }
            _ => {}
        }
    }

    fn top(&mut self) -> &mut Frame {
        if self.stack.is_empty() {
            self.stack.push(Frame::default());
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    fn push(&mut self, frame: Frame) {
        if self.stack.len() >= DEEPEST {
            self.stack.remove(1);
        }
        self.stack.push(frame);
    }

    fn open(&mut self, i: usize, classes: Classes) {
        let before = i.checked_sub(1).filter(|b| *b >= self.tokens.start).map(|b| self.a.classes[b]);
        let hangs = before.is_some_and(|c| c != Classes::default() && !c.has(Class::Verb) && !c.has(Class::Infinitive));
        let listed = self.language.grammar.object_relatives.iter().any(|w| w == self.a.lower(i));
        let frame = Frame {
            relative: (classes.has(Class::Relative) && !classes.has(Class::Adverb)).then_some(i),
            object_first: listed || classes.has(Class::Subordinator),
            antecedent: self.state.last_noun.filter(|_| hangs || self.state.comma),
            ..Frame::default()
        };
        if self.state.coordinated && self.stack.len() > 1 && self.top().has_verb {
            self.stack.pop();
        }
        self.push(frame);
        (self.state.comma, self.state.coordinated) = (false, false);
    }

    fn noun(&mut self, noun: Noun) {
        let (comma, coordinated) = (self.state.comma, self.state.coordinated);
        let token = self.a.tokens[noun.head];
        let dated = token.opens.date && !token.opens.number;
        if !noun.governed && self.state.depth == 0 && self.state.taken != Some(noun.head) {
            let frame = self.top();
            if frame.has_verb {
                if !dated {
                    (frame.behind, frame.parted) = (Some(noun.head), comma || coordinated);
                }
            } else if frame.waiting.is_none() || !dated && (frame.weak || !(coordinated || comma)) {
                (frame.waiting, frame.nearer, frame.weak) = (Some(noun.head), None, dated);
            } else if dated {
                // It says when, beside a noun that says who.
            } else {
                frame.nearer = (comma && !coordinated).then_some(noun.head);
            }
        }
        self.state.last_noun = Some(noun.head);
    }

    fn verb_at(&self, i: usize) -> Option<(usize, Chunk, VerbGroup)> {
        let chunk = *self.a.chunks.get(self.chunk)?;
        match chunk.kind {
            ChunkKind::Verb(verb) if chunk.tokens.0 as usize == i => Some((self.chunk, chunk, verb)),
            _ => None,
        }
    }

    fn verb(&mut self, index: usize, chunk: Chunk, verb: VerbGroup) {
        let (first, past) = (chunk.tokens.0 as usize, chunk.tokens.1 as usize);
        let clitic = self.clitic_object(first, chunk.head as usize);
        let mut inverted = false;
        if verb.finite {
            let right = self.noun_behind(past, false).filter(|n| !n.governed);
            let (subject, behind) = self.subject(first, past, right);
            inverted = behind;
            self.roles[index].subject = subject.map(|s| s as u32);
            let taken = subject.map(|s| s as u32);
            // What another verb was thought to have as its object.
            for other in self.roles[..index].iter_mut().rev().take(4) {
                if taken.is_some() && other.object == taken {
                    other.object = None;
                }
            }
            let frame = self.top();
            if frame.has_verb && frame.behind.is_some() {
                self.push(Frame::default());
            }
            let frame = self.top();
            (frame.has_verb, frame.behind, frame.subject) = (true, None, subject);
        }
        let noun = self.noun_behind(past, true).filter(|_| !inverted);
        let linking = self.language.grammar.ids.linking.contains(&verb.lemma);
        let own = self.roles[index].subject;
        let mut plain = noun.filter(|n| !n.governed && own != Some(n.head as u32)).map(|n| n.head as u32);
        if plain.is_none() && !linking && !verb.passive && !inverted {
            plain = self.object_further(past, verb).map(|n| n as u32);
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
        if !verb.finite {
            self.state.taken = self.roles[index].object.map(|o| o as usize);
        }
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
        let governed = self.noun_behind(past, false).or_else(|| self.noun_at(preposition?.checked_add(1)?))?;
        let next = self.noun_at(governed.past).filter(|n| governed.governed && !n.governed)?;
        let token = self.a.tokens[next.head];
        (!token.opens.date || token.opens.number).then_some(next.head)
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

    /// The subject of a finite verb, and whether it is the noun behind it.
    fn subject(&mut self, first: usize, past: usize, right: Option<Noun>) -> (Option<usize>, bool) {
        let (comma, coordinated) = (self.state.comma, self.state.coordinated);
        let directly = self.pronoun_before(first);
        let right = right.filter(|n| directly != Some(n.head));
        let starts = first == self.tokens.start || self.a.classes[first - 1] == Classes::default();
        let bare = self.language.grammar.bare_clauses;
        let mut own = self.waiting_noun(directly, comma, coordinated, bare);
        if own.is_none() && self.top().has_verb && directly.is_none() && !(starts && right.is_some() && !coordinated) {
            own = self.top().subject;
        }
        if let Some(pronoun) = self.pronoun_behind(first, past).or(directly) {
            own = Some(pronoun);
        }
        let existential = directly.is_some_and(|d| self.language.grammar.existential.iter().any(|w| w == self.a.lower(d)));
        if existential && let Some(right) = right {
            return (Some(right.head), true);
        }
        let frame = *self.top();
        if own.is_none() && frame.relative.is_some() && !(frame.object_first && right.is_some()) {
            own = frame.antecedent;
        }
        if own.is_none() && frame.relative.is_some() && frame.antecedent.is_none() && frame.waiting.is_none() {
            own = frame.relative;
        }
        let inner = frame.relative.is_some() || self.stack.len() > 1;
        match right {
            Some(right) if own.is_none() && (!bare || first > self.tokens.start && (starts || inner)) => (Some(right.head), true),
            _ => (own, false),
        }
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
        let own = frame.behind.filter(|_| bare || frame.parted);
        if own.is_none() {
            self.top().behind = None;
        }
        own
    }

    /// The subject pronoun before a verb, adverbs between.
    fn pronoun_before(&self, first: usize) -> Option<usize> {
        let between = Classes::all([Class::Adverb, Class::Negator]);
        let before = (self.tokens.start..first).rev().find(|&i| !self.a.classes[i].within(between))?;
        let classes = self.a.classes[before];
        let among = Classes::all([Class::Subject, Class::Determiner, Class::Adverb, Class::Clitic]);
        (classes.has(Class::Subject) && classes.within(among)).then_some(before)
    }

    /// The subject pronoun in a verb group, or glued behind it: « a-t-*il* dit », "did *he* say".
    fn pronoun_behind(&self, first: usize, past: usize) -> Option<usize> {
        let is_subject = |i: usize| {
            self.a.classes[i].has(Class::Subject) && self.a.classes[i].within(Classes::all([Class::Subject, Class::Adverb]))
        };
        let glued = |i: usize| i < self.tokens.end && self.a.tokens[i].glued && is_subject(i);
        (first + 1..past).rev().find(|&i| is_subject(i)).or(glued(past).then_some(past))
    }

    /// The noun group or pronoun right behind a verb group; a particle of the verb may stand between.
    fn noun_behind(&self, past: usize, particle: bool) -> Option<Noun> {
        let begins = |i: usize| self.chunk_at(i).is_some();
        let skips = |i: usize| {
            let classes = self.a.classes[i];
            let adverb = classes.within(Classes::all([Class::Adverb, Class::Negator]));
            let particled = particle && i == past && self.is_particle(i);
            !begins(i) && (adverb || particled || self.language.grammar.agent.iter().any(|w| i == past && w == self.a.lower(i)))
        };
        let at = (past..self.tokens.end.min(past + 6)).find(|&i| !skips(i))?;
        let noun = self.noun_at(at)?;
        // The particle of a verb governs nothing: "carried out the attack".
        let of_particle = particle && at == past + 1 && self.is_particle(past);
        Some(Noun { governed: noun.governed && !of_particle, ..noun })
    }

    /// Whether a word may belong to the verb before it: "carried *out*".
    fn is_particle(&self, i: usize) -> bool {
        self.a.classes[i] == Classes::all([Class::Adverb, Class::Preposition])
            || self.language.grammar.particles.iter().any(|w| w == self.a.lower(i))
    }

    fn chunk_at(&self, i: usize) -> Option<&Chunk> {
        self.a.chunks[self.chunk.min(self.a.chunks.len())..]
            .iter()
            .take_while(|c| c.tokens.0 as usize <= i)
            .find(|c| c.tokens.0 as usize == i)
    }

    /// The noun group or the pronoun that begins at a token.
    fn noun_at(&self, i: usize) -> Option<Noun> {
        if i >= self.tokens.end {
            return None;
        }
        if let Some(chunk) = self.chunk_at(i) {
            let ChunkKind::Noun { preposition, .. } = chunk.kind else { return None };
            return Some(Noun { head: chunk.head as usize, past: chunk.tokens.1 as usize, governed: preposition.is_some() });
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

    /// Whether a preposition stands before a word.
    fn governed(&self, i: usize) -> bool {
        let before = i.checked_sub(1).filter(|b| *b >= self.tokens.start).map_or(Classes::default(), |b| self.a.classes[b]);
        before.has(Class::Preposition) && !before.has(Class::Adverb) && !before.has(Class::Subordinator)
    }
}

#[cfg(test)]
mod tests;
