//! A sentence goes on to its end.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::SetName;
use super::quoted::asserts;
use super::support::blocks;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Case, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::span::Span;

/// `finished`: a paragraph of the story begins with a sentence's beginning and ends with its end.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finished {
    /// The cue set of words that a sentence goes on after.
    #[schemars(with = "SetName")]
    pub open: String,
    /// The cue set of words that announce what follows a colon.
    #[schemars(with = "SetName")]
    pub ahead: String,
    /// Whether only a sentence counts that stops behind an article, a preposition or an auxiliary, alone among paragraphs that are whole.
    #[serde(default)]
    pub alone: bool,
}

/// A sentence of fewer words may go on with what the layout has parted from it.
const FEWEST: usize = 4;

/// A paragraph of fewer words may be a label or a line of a list.
const SHORTEST: usize = 8;

impl Relation for Finished {
    fn roles(&self) -> &'static [&'static str] {
        &["cut"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Template]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let body = blocks(a, &[BlockKind::Body]);
        if self.alone {
            return self.broken_off(a, &body);
        }
        let ends = |b: &&Range<usize>| mark(a, b.end - 1).is_some();
        // Where most lines end in no mark, they are no sentences.
        let others = body.len().saturating_sub(1);
        let prose = body.iter().filter(ends).count() * 3 >= others * 2;
        let mut found = Vec::new();
        for (n, block) in body.iter().enumerate() {
            let words = block.clone().filter(|&i| a.tokens[i].kind == TokenKind::Word).count();
            if words < SHORTEST {
                continue;
            }
            let last = block.end - 1;
            // The next paragraph, too, is a paragraph: what an element of the line parts is short.
            let whole = |b: &Range<usize>| b.len() > SHORTEST && a.sentence(b.start).len() >= FEWEST;
            let next = body.get(n + 1).is_none_or(|b| whole(b) && a.tokens[b.start].case == Case::Capitalised);
            let cut = (self.hangs(a, last) || governs(a, last) || prose && awaits(a, last)) && next && !elided(a, last)
                || n + 1 == body.len() && broken(a, last) && prose && body.len() > 1;
            // Whole sentences, and one of which its subject alone is left: « … sur ses berges. Les baigneurs ».
            let sentence = a.sentence(last).start;
            let stops = sentence > block.start && mark(a, sentence - 1) == Some('.') && sentence - block.start >= SHORTEST;
            let open =
                a.tokens[last].case == Case::Lower && !elided(a, last) && !credits(a, sentence..block.end) && n + 1 < body.len();
            let bare = a.classes[sentence].has(Class::Determiner) && !asserts(a, &(sentence..block.end));
            let cut = cut || stops && prose && next && open && bare;
            let ahead = (last.saturating_sub(2).max(block.start)..last)
                .any(|i| a.language(i).is_some_and(|l| l.cues.get(&self.ahead).at(a, i).is_some_and(|len| i + len == last)));
            if mark(a, last).is_none() && cut {
                found.push(conflict(a.tokens[last].span));
            } else if prose
                && (n == 0 && a.doc.blocks.len() > 1 && goes_on(a, block.start) || n > 0 && torn(a, &body[n - 1], block))
            {
                found.push(conflict(a.span(block.start..a.sentence(block.start).end)));
            } else if mark(a, last) == Some(':') && ahead && !listed(a, last) {
                found.push(conflict(a.span(a.sentence(last).start..block.end)));
            }
            found.extend(self.stopped(a, block.clone()));
        }
        // A page of loose ends is made so.
        if found.len() >= 3 {
            found.iter_mut().for_each(|c| c.facets.insert(Facet::Template));
        }
        found
    }
}

fn conflict(span: Span) -> Conflict {
    Conflict { roles: vec![("cut", span)], values: Bindings::default(), facets: Facets::default() }
}

/// Whether a word is an article or a preposition and nothing else, which what it stands before has to follow.
fn governs(a: &Analysis, i: usize) -> bool {
    let c = a.classes[i];
    let open = c.has(Class::Determiner) && !c.has(Class::Pronoun);
    a.tokens[i].case == Case::Lower && open && !c.has(Class::Noun) && !c.has(Class::Adverb) && !c.has(Class::Clitic)
}

/// Whether a word is a definite article, which what it stands before has to follow.
fn article(a: &Analysis, i: usize) -> bool {
    let alone = a.language(i).is_some_and(|l| l.cues.get("definite").at(a, i) == Some(1));
    alone && a.tokens[i].case == Case::Lower && governs(a, i)
}

/// Whether a word has its vowel left out before the next: « l'ex-star d' »; what parts the two is the layout.
fn elided(a: &Analysis, i: usize) -> bool {
    a.text(i).ends_with(['\'', '’'])
}

/// Whether a label of credits stands there: « Photo collection particulière » ends in no mark.
fn credits(a: &Analysis, tokens: Range<usize>) -> bool {
    let Some(language) = a.language(tokens.start) else { return false };
    tokens.into_iter().any(|i| language.furniture.credit_labels.iter().any(|label| label == a.lower(i)))
}

/// Whether the sentence has to go on after a preposition, a conjunction, an auxiliary, or a verb right behind its pronoun: « a indiqué
/// *que* », "when he looked out at five he *saw*".
fn awaits(a: &Analysis, i: usize) -> bool {
    let c = a.classes[i];
    let linking = c.has(Class::Preposition) || c.has(Class::Subordinator) || c.has(Class::Auxiliary);
    let he = |set: &str| i.checked_sub(1).zip(a.language(i)).is_some_and(|(before, l)| l.cues.get(set).at(a, before) == Some(1));
    let verb = c.has(Class::Verb) && (he("he") || he("she"));
    let other = [Class::Noun, Class::Adverb, Class::Adjective, Class::Proper].iter().any(|k| c.has(*k));
    a.tokens[i].case == Case::Lower && (linking || verb) && !other
}

/// Whether a paragraph begins in small letters where the one before has ended: its beginning is lost.
fn torn(a: &Analysis, before: &Range<usize>, block: &Range<usize>) -> bool {
    let ended = mark(a, before.end - 1).is_some_and(|c| ".!?".contains(c));
    // « is the minimum age »: what a figure set large goes on with.
    let verb = a.classes[block.start].has(Class::Verb) || a.classes[block.start].has(Class::Auxiliary);
    let word = a.tokens[block.start].kind == TokenKind::Word && a.tokens[block.start].case == Case::Lower && !verb;
    ended && word && a.tokens[before.start].case != Case::Lower && mark(a, block.end - 1).is_some_and(|c| ".!?»”\"".contains(c))
}

/// Whether a word breaks off: small letters that no language has as a word.
fn broken(a: &Analysis, i: usize) -> bool {
    let letters = a.text(i).chars().all(char::is_lowercase) && !a.tokens[i].glued;
    letters && a.languages.iter().all(|(_, l)| !l.lexicon.contains(a.lower(i)) && l.grammar.closed(a.lower(i)).is_none())
}

/// Whether a paragraph goes on with what it has no beginning of: « que lui avait léguée sa grand-mère ».
fn goes_on(a: &Analysis, i: usize) -> bool {
    let c = a.classes[i];
    a.tokens[i].case == Case::Lower && (c.has(Class::Relative) || c.has(Class::Subordinator) || c.has(Class::Coordinator))
}

/// Whether a list, a table, a quotation follows the block of a token.
fn listed(a: &Analysis, last: usize) -> bool {
    let block = a.tokens[last].block as usize;
    let Some(next) = a.doc.blocks.get(block + 1) else { return true };
    let text = next.span.of(&a.doc.text).trim_start();
    let opens = text.starts_with(['«', '“', '"', '‘', '-', '–', '—', '•', '*', '·', '>', '→'])
        || text.starts_with(|c: char| c.is_ascii_digit());
    // « 20 octobre : un incendie »: a line of a list that is set as a paragraph.
    let labelled = text.chars().take(SHORTEST * 5).any(|c| c == ':');
    next.kind != BlockKind::Body || opens || labelled || text.split_whitespace().take(SHORTEST).count() < SHORTEST
}

impl Finished {
    /// The one paragraph that stops amid its sentence, where all the others end as paragraphs do; and sentences that stop behind an article.
    fn broken_off(&self, a: &Analysis, body: &[Range<usize>]) -> Vec<Conflict> {
        let words = |b: &Range<usize>| b.clone().filter(|&i| a.tokens[i].kind == TokenKind::Word).count();
        let open = |b: &&Range<usize>| mark(a, b.end - 1).is_none() || a.tokens[b.start].case == Case::Lower;
        let mut loose = body.iter().filter(open);
        let mut found = Vec::new();
        if let (Some(block), None) = (loose.next(), loose.next()) {
            let last = block.end - 1;
            let cut = (self.hangs(a, last) || governs(a, last) || awaits(a, last)) && !elided(a, last);
            let upper = a.tokens[block.start].case != Case::Lower && mark(a, last).is_none();
            if body.len() > 1 && words(block) >= SHORTEST && cut && upper {
                found.push(conflict(a.tokens[last].span));
            }
        }
        for block in body {
            let mut at = block.start;
            while at < block.end {
                let sentence = a.sentence(at);
                let stop = sentence.end - 1;
                let quoted = || sentence.clone().any(|i| mark(a, i).is_some_and(|c| "«»“”\"".contains(c)));
                if sentence.len() > SHORTEST && mark(a, stop) == Some('.') && article(a, stop - 1) && !quoted() {
                    found.push(conflict(a.span(stop - 1..sentence.end)));
                }
                at = sentence.end;
            }
        }
        found
    }

    /// Whether a sentence goes on after a word.
    fn hangs(&self, a: &Analysis, i: usize) -> bool {
        a.tokens[i].case == Case::Lower && a.language(i).is_some_and(|l| l.cues.get(&self.open).at(a, i) == Some(1))
    }

    /// Sentences that stop after a word after which they go on: « les personnes évacuées devaient. »
    fn stopped(&self, a: &Analysis, block: Range<usize>) -> Option<Conflict> {
        let mut at = block.start;
        while at < block.end {
            let sentence = a.sentence(at);
            let stop = sentence.end - 1;
            let long = sentence.len() > SHORTEST;
            let quoted = sentence.clone().any(|i| mark(a, i).is_some_and(|c| "«»“”\"".contains(c)));
            if long && mark(a, stop) == Some('.') && self.hangs(a, stop - 1) && !quoted {
                return Some(conflict(a.span(stop - 1..sentence.end)));
            }
            at = sentence.end;
        }
        None
    }
}
