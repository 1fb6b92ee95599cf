//! The walk over a sentence: clauses begin and end, nouns wait for a verb.

use std::ops::Range;

use crate::analysis::{Analysis, Chunk, ChunkKind, Roles, VerbGroup, mark};
use crate::language::Language;
use crate::language::grammar::{Class, Classes};
use crate::syntax::decide::opens_clause;

/// A clause that has begun.
#[derive(Clone, Copy, Default)]
pub(super) struct Frame {
    /// The relative pronoun that opened it.
    pub(super) relative: Option<usize>,
    /// Whether what opened it cannot be its subject.
    pub(super) object_first: bool,
    /// The noun that the relative pronoun hangs on.
    pub(super) antecedent: Option<usize>,
    /// The noun that waits for the verb, and one behind a comma that stands nearer to it.
    pub(super) waiting: Option<usize>,
    /// What waits may be a date: « lundi ».
    pub(super) weak: bool,
    pub(super) nearer: Option<usize>,
    pub(super) has_verb: bool,
    pub(super) subject: Option<usize>,
    /// The last noun behind the verb, and whether a comma or a coordinator parts it from what is before.
    pub(super) behind: Option<usize>,
    pub(super) parted: bool,
}

/// What was met on the way.
#[derive(Default)]
pub(super) struct State {
    pub(super) last_noun: Option<usize>,
    pub(super) comma: bool,
    pub(super) coordinated: bool,
    /// Open parentheses.
    pub(super) depth: u32,
    /// The object of the last infinitive or participle: it waits for no verb.
    pub(super) taken: Option<usize>,
    /// The last verb group.
    pub(super) last_verb: Option<usize>,
    /// An infinitive or participle that stands before the verb whose subject it has.
    pub(super) dangling: Option<usize>,
}

/// A noun group or a pronoun: its head, one past its last token, whether a preposition governs it.
#[derive(Clone, Copy)]
pub(super) struct Noun {
    pub(super) head: usize,
    pub(super) past: usize,
    pub(super) governed: bool,
}

pub(super) struct Walk<'a, 'd> {
    pub(super) a: &'a Analysis<'d>,
    pub(super) language: &'a Language,
    pub(super) tokens: Range<usize>,
    pub(super) stack: &'a mut Vec<Frame>,
    pub(super) roles: &'a mut [Roles],
    /// The first chunk that does not lie behind.
    pub(super) chunk: usize,
    pub(super) state: State,
}

/// Clauses within clauses, at the most: a list of names is none.
const DEEPEST: usize = 16;

impl Walk<'_, '_> {
    pub(super) fn run(mut self) {
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
        if self.floats(i) || self.numbers(i) {
            return i + 1;
        }
        if let Some(noun) = self.noun_at(i) {
            self.noun(noun);
            // « et, *à Lyon*, a tué »: it does not part a verb from the coordinator before it.
            if !noun.governed {
                (self.state.comma, self.state.coordinated) = (false, false);
            }
            return noun.past;
        }
        let classes = self.a.classes[i];
        let asks = classes.within(Classes::all([Class::Relative, Class::Pronoun])) && classes.has(Class::Relative);
        if opens_clause(classes) || asks {
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

    pub(super) fn top(&mut self) -> &mut Frame {
        if self.stack.is_empty() {
            self.stack.push(Frame::default());
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    pub(super) fn push(&mut self, frame: Frame) {
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
}
