//! All patterns of all rules at once: one pass finds which sentences hold a necessary word of which pattern.

use std::sync::Arc;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;

use super::MentionKind;
use super::compile::{Pattern, Trigger};
use super::vm::{View, search};
use crate::analysis::Analysis;
use crate::language::Lang;
use crate::language::lexicon::LemmaId;
use crate::span::Span;

/// A place where a pattern of a rule matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The rule, by the number that it was given to [`Matcher::build`] with.
    pub rule: usize,
    /// The language of the pattern.
    pub lang: Lang,
    /// First and one past the last token of the whole match.
    pub tokens: (usize, usize),
    /// The roles that took part, in the order of the pattern.
    pub roles: Vec<RoleMatch>,
}

/// The part of a match that has a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleMatch {
    /// The name.
    pub name: String,
    /// First and one past the last token.
    pub tokens: (usize, usize),
    /// Bytes of [`Document::text`](crate::document::Document::text).
    pub span: Span,
    /// The entry of the rule's table that it is, where it is one.
    pub entry: Option<usize>,
}

/// The patterns of many rules, ready to run.
#[derive(Debug, Default)]
pub struct Matcher {
    patterns: Vec<(usize, Lang, Arc<Pattern>)>,
    words: Option<AhoCorasick>,
    /// By number in the automaton: the patterns.
    by_word: Vec<Vec<u32>>,
    by_lemma: FxHashMap<(Lang, LemmaId), Vec<u32>>,
    by_mention: FxHashMap<MentionKind, Vec<u32>>,
    always: Vec<u32>,
}

impl Matcher {
    /// Makes one automaton of all patterns; each comes with its rule's number and its language.
    pub fn build(patterns: Vec<(usize, Lang, Arc<Pattern>)>) -> Matcher {
        let mut out = Matcher::default();
        let mut numbers: FxHashMap<String, usize> = FxHashMap::default();
        let mut words: Vec<String> = Vec::new();
        for (i, (_, lang, pattern)) in patterns.iter().enumerate() {
            for trigger in &pattern.triggers {
                let list = match trigger {
                    Trigger::Words(text) => {
                        let number = *numbers.entry(text.clone()).or_insert_with(|| {
                            words.push(text.clone());
                            out.by_word.push(Vec::new());
                            words.len() - 1
                        });
                        &mut out.by_word[number]
                    }
                    Trigger::Lemma(id) => out.by_lemma.entry((*lang, *id)).or_default(),
                    Trigger::Mention(kind) => out.by_mention.entry(*kind).or_default(),
                    Trigger::Always => &mut out.always,
                };
                if list.last() != Some(&(i as u32)) {
                    list.push(i as u32);
                }
            }
        }
        out.words = (!words.is_empty()).then(|| AhoCorasick::new(&words).ok()).flatten();
        out.patterns = patterns;
        out
    }

    /// Every match, in the order of the sentences, then of the rules, then of the text. Those of one rule do not overlap.
    pub fn matches(&self, a: &Analysis) -> Vec<Match> {
        let active = self.active(a);
        let mut out = Vec::new();
        if active.is_empty() {
            return out;
        }
        let view = View::new(a);
        for group in active.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
            let sentence = a.sentences[group[0].0 as usize];
            let (start, end) = (sentence.start as usize, sentence.end as usize);
            let mut from = start;
            while from < end {
                // The leftmost match of all patterns of the rule; of two that start together, the first pattern's.
                let best = group
                    .iter()
                    .filter_map(|&(_, _, p)| search(&view, &self.patterns[p as usize].2, start, from, end).map(|hit| (hit, p)))
                    .min_by_key(|(hit, p)| (hit.tokens.0, *p));
                let Some((hit, p)) = best else { break };
                from = hit.tokens.1;
                out.push(self.matched(a, p as usize, &hit));
            }
        }
        out
    }

    fn matched(&self, a: &Analysis, p: usize, hit: &super::vm::Hit) -> Match {
        let (rule, lang, pattern) = &self.patterns[p];
        let named = pattern.roles.iter().zip(&hit.roles).enumerate().filter(|(_, (_, tokens))| tokens.0 < tokens.1);
        let roles = named.map(|(i, (name, &tokens))| {
            let table = pattern.tables.iter().find(|(role, _)| *role == i);
            let entry = table.and_then(|(_, phrases)| {
                let found = phrases.at(a, tokens.0, tokens.1);
                found.into_iter().find(|&(_, len)| len == tokens.1 - tokens.0).map(|(entry, _)| entry as usize)
            });
            RoleMatch { name: name.clone(), tokens, span: a.span(tokens.0..tokens.1), entry }
        });
        Match { rule: *rule, lang: *lang, tokens: hit.tokens, roles: roles.collect() }
    }

    /// Sentence, rule, pattern: where a necessary word stands. Sorted, each once.
    fn active(&self, a: &Analysis) -> Vec<(u32, usize, u32)> {
        let mut out = Vec::new();
        let mut add = |sentence: u32, patterns: &[u32]| {
            let lang = a.doc.blocks[a.sentences[sentence as usize].block as usize].lang;
            for &p in patterns {
                let (rule, wanted, _) = &self.patterns[p as usize];
                if *wanted == lang {
                    out.push((sentence, *rule, p));
                }
            }
        };
        if let Some(words) = &self.words {
            for hit in words.find_overlapping_iter(&a.lower) {
                let bytes = a.lower.as_bytes();
                let opens = hit.start() == 0 || bytes[hit.start() - 1] == b' ';
                let closes = hit.end() == bytes.len() || bytes[hit.end()] == b' ';
                if opens && closes {
                    let token = a.tokens.partition_point(|t| (t.lower.start as usize) < hit.start());
                    if let Some(t) = a.tokens.get(token) {
                        add(t.sentence, &self.by_word[hit.pattern().as_usize()]);
                    }
                }
            }
        }
        if !self.by_lemma.is_empty() {
            for (i, t) in a.tokens.iter().enumerate() {
                for reading in a.readings(i) {
                    if let Some(patterns) = self.by_lemma.get(&(a.lang(i), reading.lemma)) {
                        add(t.sentence, patterns);
                    }
                }
            }
        }
        for m in &a.mentions {
            if let Some(patterns) = self.by_mention.get(&MentionKind::of(&m.value)) {
                add(m.sentence, patterns);
            }
        }
        if !self.always.is_empty() {
            (0..a.sentences.len()).for_each(|s| add(s as u32, &self.always));
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}
