//! Runs a program over a sentence: backtracking that tries no state twice, so that the cost is program × tokens at most.

use super::compile::{Inst, Pattern};
use crate::analysis::{Analysis, ChunkKind};
use crate::pattern::MentionKind;

/// An analysis with what gaps and anchors ask of it, by token.
pub(super) struct View<'v, 'a> {
    pub(super) a: &'v Analysis<'a>,
    clause: Vec<u32>,
    finite: Vec<bool>,
}

impl<'v, 'a> View<'v, 'a> {
    pub(super) fn new(a: &'v Analysis<'a>) -> View<'v, 'a> {
        let mut clause = vec![u32::MAX; a.tokens.len()];
        for (i, c) in a.clauses.iter().enumerate() {
            clause[c.tokens.0 as usize..c.tokens.1 as usize].fill(i as u32);
        }
        let mut finite = vec![false; a.tokens.len()];
        for c in &a.chunks {
            if matches!(&c.kind, ChunkKind::Verb(group) if group.finite) {
                finite[c.tokens.0 as usize..c.tokens.1 as usize].fill(true);
            }
        }
        View { a, clause, finite }
    }

    /// Whether a gap may leave out the token: nothing that makes a new statement lies before, in or right after it.
    fn may_skip(&self, at: usize, start: usize, end: usize) -> bool {
        !self.finite[at]
            && (at == start || self.clause[at - 1] == self.clause[at])
            && (at + 1 == end || self.clause[at + 1] == self.clause[at])
    }

    fn starts_clause(&self, at: usize, start: usize) -> bool {
        at == start || self.clause[at - 1] != self.clause[at] || (start..at).all(|t| !self.is_word(t))
    }

    fn ends_sentence(&self, at: usize, end: usize) -> bool {
        (at..end).all(|t| !self.is_word(t))
    }

    fn is_word(&self, at: usize) -> bool {
        self.a.tokens[at].kind != crate::language::TokenKind::Mark
    }
}

/// Where a match starts and ends, and the tokens of each role; a role that took no part is empty.
pub(super) struct Hit {
    pub(super) tokens: (usize, usize),
    pub(super) roles: Vec<(usize, usize)>,
}

enum Job {
    Step(usize, usize),
    Restore(usize, usize),
}

/// The leftmost match of a pattern in the tokens `from..end`, of a sentence that starts at `start`.
pub(super) fn search(view: &View, pattern: &Pattern, start: usize, from: usize, end: usize) -> Option<Hit> {
    let mut run = Run::new(view, pattern, start, end);
    (from..end).find_map(|at| run.at(0, at).filter(|&to| to > at).map(|to| (at, to))).map(|tokens| {
        let roles =
            run.slots.chunks_exact(2).map(|s| (s[0], s[1])).map(|(a, b)| if b == usize::MAX || a >= b { (0, 0) } else { (a, b) });
        Hit { tokens, roles: roles.collect() }
    })
}

struct Run<'r, 'v, 'a> {
    view: &'r View<'v, 'a>,
    pattern: &'r Pattern,
    start: usize,
    end: usize,
    slots: Vec<usize>,
    seen: Vec<u64>,
    jobs: Vec<Job>,
}

impl<'r, 'v, 'a> Run<'r, 'v, 'a> {
    fn new(view: &'r View<'v, 'a>, pattern: &'r Pattern, start: usize, end: usize) -> Self {
        let states = pattern.program.len() * (end - start + 1);
        let slots = vec![usize::MAX; 2 * pattern.roles.len()];
        Run { view, pattern, start, end, slots, seen: vec![0; states.div_ceil(64)], jobs: Vec::new() }
    }

    /// Whether the state is new. What failed once from here fails always: the way here changes only the roles.
    fn enter(&mut self, pc: usize, at: usize) -> bool {
        let state = pc * (self.end - self.start + 1) + (at - self.start);
        let bit = 1 << (state % 64);
        let new = self.seen[state / 64] & bit == 0;
        self.seen[state / 64] |= bit;
        new
    }

    /// Where the program that starts at `pc` ends, if it matches at the token.
    fn at(&mut self, pc: usize, at: usize) -> Option<usize> {
        self.slots.fill(usize::MAX);
        self.jobs.push(Job::Step(pc, at));
        while let Some(job) = self.jobs.pop() {
            match job {
                Job::Restore(slot, old) => self.slots[slot] = old,
                Job::Step(pc, at) => {
                    if let Some(to) = self.step(pc, at) {
                        self.jobs.clear();
                        return Some(to);
                    }
                }
            }
        }
        None
    }

    fn step(&mut self, mut pc: usize, mut at: usize) -> Option<usize> {
        let pattern = self.pattern;
        loop {
            if !self.enter(pc, at) {
                return None;
            }
            match &pattern.program[pc] {
                Inst::Match => return Some(at),
                Inst::Jump(to) => {
                    pc = *to;
                    continue;
                }
                Inst::Split(first, second) => {
                    self.jobs.push(Job::Step(*second, at));
                    pc = *first;
                    continue;
                }
                Inst::Save(slot) => {
                    self.jobs.push(Job::Restore(*slot, self.slots[*slot]));
                    self.slots[*slot] = at;
                }
                Inst::Not(after) => {
                    if Run::new(self.view, pattern, self.start, self.end).at(pc + 1, at).is_some() {
                        return None;
                    }
                    pc = *after;
                    continue;
                }
                Inst::Start if self.view.starts_clause(at, self.start) => {}
                Inst::End if self.view.ends_sentence(at, self.end) => {}
                Inst::Phrases(phrases) => {
                    let found = phrases.at(self.view.a, at, self.end);
                    self.jobs.extend(found.iter().rev().map(|(_, len)| Job::Step(pc + 1, at + len)));
                    return None;
                }
                Inst::Mention(kind) => {
                    let ends = mention_ends(self.view.a, *kind, at, self.end);
                    self.jobs.extend(ends.into_iter().rev().map(|to| Job::Step(pc + 1, to)));
                    return None;
                }
                one if at < self.end && self.fits(one, at) => at += 1,
                _ => return None,
            }
            pc += 1;
        }
    }

    fn fits(&self, inst: &Inst, at: usize) -> bool {
        let a = self.view.a;
        match inst {
            Inst::Word(word) => a.lower(at) == &**word,
            Inst::Exact(word) => {
                a.text(at) == &**word || (a.text(at).contains('’') && super::words::straighten(a.text(at)) == **word)
            }
            Inst::Lemma(lemma) => a.readings(at).iter().any(|r| r.lemma == *lemma),
            Inst::Regex(regex) => regex.fits(a.lower(at), a.text(at)),
            Inst::Skip => self.view.may_skip(at, self.start, self.end),
            _ => false,
        }
    }
}

/// Where the mentions of a kind that start at the token end, the longest first.
fn mention_ends(a: &Analysis, kind: MentionKind, at: usize, end: usize) -> Vec<usize> {
    if at >= end {
        return Vec::new();
    }
    // Mentions come in the order of the text; one that covers others may stand before them.
    let first = a.mentions.partition_point(|m| (m.tokens.0 as usize) < at);
    let here = a.mentions[first..].iter().take_while(|m| m.tokens.0 as usize == at);
    let mut ends: Vec<usize> = here
        .filter(|m| MentionKind::of(&m.value) == kind)
        .map(|m| m.tokens.1 as usize)
        .filter(|&to| to > at && to <= end)
        .collect();
    ends.sort_unstable_by(|a, b| b.cmp(a));
    ends.dedup();
    ends
}
