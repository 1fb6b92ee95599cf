//! Every quotation mark has its partner.

use serde::Deserialize;

use super::support::says;
use super::{Conflict, Relation};
use crate::analysis::Analysis;
use crate::document::{Block, BlockKind};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::span::Span;

/// `balanced: {}`. The pairs are those of the block's language; single marks are left out, since an apostrophe closes them all.
///
/// A quotation may run over several paragraphs, each of which may open with the mark again. At most one mark a paragraph
/// is reported: the first that goes wrong takes others with it.
#[derive(Clone, Copy, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Balanced {}

impl Relation for Balanced {
    fn roles(&self) -> &'static [&'static str] {
        &["mark", "text"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Abridged]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut faults: Vec<Mark> = Vec::new();
        let mut story = Scan::default();
        for (index, block) in a.doc.blocks.iter().enumerate() {
            let Some(language) = a.languages.get(block.lang) else { continue };
            if is_code(block.span.of(&a.doc.text)) {
                continue;
            }
            let pairs: Vec<(char, char)> = language.manifest.quotes.iter().copied().filter(|p| !is_single(p.0)).collect();
            match block.kind {
                // A pull quote or a cell may keep one mark as an ornament; a credit and a byline have none.
                BlockKind::PullQuote | BlockKind::TableCell | BlockKind::Credit | BlockKind::Byline | BlockKind::Dateline => {}
                kind if kind.is_running() => story.block(a, index, block, &pairs, &mut faults),
                _ => {
                    let mut alone = Scan::default();
                    alone.block(a, index, block, &pairs, &mut faults);
                    faults.extend(alone.open.first());
                }
            }
        }
        faults.extend(story.open.first());
        faults.sort_by_key(|m| m.at);
        faults.dedup_by_key(|m| m.block);
        let told = |b: &Block| b.kind.is_running() && b.span.of(&a.doc.text).ends_with(['.', '!', '?', '»', '”', '"']);
        let last_told = a.doc.blocks.iter().rposition(told);
        faults.into_iter().map(|m| conflict(a, m, last_told)).collect()
    }
}

/// A mark without its partner. `last_told`: the last paragraph of the story that ends as sentences do.
fn conflict(a: &Analysis, m: Mark, last_told: Option<usize>) -> Conflict {
    let block = &a.doc.blocks[m.block];
    let end = m.at + m.written.len_utf8();
    let pairs = a.languages.get(block.lang).map(|l| &l.manifest.quotes[..]).unwrap_or_default();
    let closes = pairs.iter().any(|p| p.1 == m.written && p.0 != m.written);
    let rest = a.doc.text[end..block.span.end as usize].trim_end();
    // A page that shows the beginning of a story only.
    let teaser = (rest.ends_with("...") || rest.ends_with('…')) && last_told.is_none_or(|last| last <= m.block);
    let mut facets = Facets::default();
    facets.insert_if(!closes && (is_cut(rest) || teaser), Facet::Abridged);
    let mut roles = vec![("mark", Span::new(m.at, end))];
    let text = Span::new(end, end + line(rest));
    if !closes && !text.is_empty() {
        roles.push(("text", text));
    }
    Conflict { roles, values: Bindings::default(), facets }
}

/// A line holds so many bytes.
const LINE: usize = 160;

/// How many bytes of the text behind a mark that stands open are shown: its first sentence, a line of it at most, whole words.
fn line(rest: &str) -> usize {
    let stop = |c: char| matches!(c, '.' | '!' | '?' | '\n');
    let sentence = rest.find(stop).map_or(rest.len(), |at| at + usize::from(!rest[at..].starts_with('\n')));
    if sentence <= LINE {
        return sentence;
    }
    let cut = (0..=LINE).rev().find(|&at| rest.is_char_boundary(at)).unwrap_or(0);
    rest[..cut].rfind(' ').unwrap_or(cut)
}

/// Whether a paragraph breaks off: « L'ampleur et ... », « de se retrouver dans (...) ».
fn is_cut(end: &str) -> bool {
    [" ...", " …", "(...)", "(…)", "[...]", "[…]"].iter().any(|cut| end.ends_with(cut)) || matches!(end, "..." | "…")
}

/// Whether a block is a listing, whose marks are those of a programming language: `print("…")`.
fn is_code(text: &str) -> bool {
    let name = |before: &str| before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    // A bracket right after a name, or an equals sign, with at most one letter before the mark: `f"…"`.
    let calls = |at: usize| {
        let before = &text[..at];
        let before = before.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(before);
        before.strip_suffix(['(', '=']).is_some_and(name)
    };
    // The punctuation of JSON and an escaped mark.
    let data = ["\"\"\"", "\":\"", "\":{", "\":[", "{\"", "\\\"", "=\\"];
    data.iter().any(|d| text.contains(d)) || text.match_indices(['"', '\'']).any(|(at, _)| calls(at))
}

/// Whether the last words between two bytes name a speaker and end a sentence.
fn speaker_follows(a: &Analysis, from: usize, to: usize) -> bool {
    let tokens = a.tokens_in(Span::new(from, to));
    let last = tokens.end.saturating_sub(6).max(tokens.start)..tokens.end;
    let ends = !last.is_empty() && a.text(last.end - 1) == ".";
    ends && says(a, "saying", last.clone()) && last.clone().any(|i| a.text(i) == ",")
}

fn is_single(mark: char) -> bool {
    matches!(mark, '\'' | '‘' | '’' | '‚' | '‹' | '›')
}

/// A mark in the draft: byte of the text, the block, the character.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: usize,
    block: usize,
    written: char,
    /// The pair that it opens, as an index into the language's pairs; straight marks have a pair like all others.
    pair: usize,
}

/// Marks that stand open, the outermost first.
#[derive(Debug, Default)]
struct Scan {
    open: Vec<Mark>,
}

enum Turn {
    Open,
    Close,
    /// No mark of quotation, or one that only repeats what stands open.
    Pass,
}

impl Scan {
    fn block(&mut self, a: &Analysis, index: usize, block: &Block, pairs: &[(char, char)], faults: &mut Vec<Mark>) {
        let text = block.span.of(&a.doc.text);
        let base = block.span.start as usize;
        let mut fresh = true;
        // Where a mark was read whose end is further on: a symbol between marks, two single marks for a double one.
        let mut read = 0;
        let mut foreign = false;
        for (at, c) in text.char_indices() {
            if at < read {
                continue;
            }
            // „Wort“: a quotation as other languages mark it, whose closing mark opens ours.
            if c == '„' || foreign && matches!(c, '“' | '”') {
                foreign = c == '„';
                continue;
            }
            if let Some(end) = symbol(text, at, c).or_else(|| reversed(text, at, c).filter(|_| self.open.is_empty())) {
                (read, fresh) = (end, false);
                continue;
            }
            if is_doubled(text, at, c)
                && let Some(mine) = self.open.iter().rposition(|m| pairs[m.pair].0 != '«')
            {
                self.open.truncate(mine);
                read = at + 2 * c.len_utf8();
                continue;
            }
            let Some(pair) = pairs.iter().position(|&(open, close)| c == open || c == close) else {
                fresh &= !c.is_alphanumeric();
                continue;
            };
            // « …, dit-elle. « … »: the speaker is named outside the quotation, which had ended.
            let ended = |m: &Mark| m.pair == pair && speaker_follows(a, m.at, base + at);
            let may_end =
                !fresh && c == pairs[pair].0 && c != pairs[pair].1 && !self.open.is_empty() && speaker_follows(a, 0, base + at);
            if may_end && let Some(left) = self.open.iter().position(ended) {
                faults.push(self.open[left]);
                self.open.truncate(left);
            }
            let context = Context { text, at, written: c, fresh };
            fresh = false;
            let mark = Mark { at: base + at, block: index, written: c, pair };
            match self.turn(&context, pair, pairs) {
                Turn::Pass => {}
                Turn::Open => {
                    // What an earlier paragraph left open and this one opens anew was never closed.
                    if let Some(left) = self.open.iter().take_while(|m| m.block != index).position(|m| m.pair == pair) {
                        faults.push(self.open[left]);
                        self.open.truncate(left);
                    }
                    self.open.push(mark);
                }
                Turn::Close => match self.open.iter().rposition(|m| m.pair == pair || mixes(pairs[m.pair], pairs[pair])) {
                    Some(mine) => {
                        faults.extend(self.open.get(mine + 1));
                        self.open.truncate(mine);
                    }
                    None => faults.push(mark),
                },
            }
        }
    }

    fn turn(&self, context: &Context, pair: usize, pairs: &[(char, char)]) -> Turn {
        let (open, close) = pairs[pair];
        // The last is the likeliest.
        let stands_open = self.open.iter().rev().any(|m| m.pair == pair);
        // A paragraph that goes on with a quotation repeats a mark of it, French ones also the closing one; where
        // nothing is open, a closing mark in front is an arrow.
        let goes_on = || stands_open || self.open.iter().any(|m| mixes(pairs[m.pair], pairs[pair]));
        if context.fresh && (goes_on() || (open != close && context.written == close)) {
            return Turn::Pass;
        }
        let reopens = stands_open && open != '«' && context.opens() && context.begins_sentence();
        if open != close {
            return match () {
                () if context.written == close && !stands_open && context.points_to_heading() => Turn::Pass,
                () if context.written == close => Turn::Close,
                () if reopens => Turn::Pass,
                () => Turn::Open,
            };
        }
        match () {
            () if stands_open && context.closes_after_space() => Turn::Close,
            () if reopens => Turn::Pass,
            () if context.opens() || (!stands_open && context.announced()) => Turn::Open,
            () if context.closes() && (stands_open || !context.after_digit()) => Turn::Close,
            // After a figure it is an inch or a second of arc.
            () if context.after_digit() => Turn::Pass,
            () if stands_open => Turn::Close,
            () => Turn::Open,
        }
    }
}

/// The end of a symbol between marks, which opens there: `("=")`, `"@"`.
fn symbol(text: &str, at: usize, mark: char) -> Option<usize> {
    let close = match mark {
        '"' => '"',
        '“' => '”',
        _ => return None,
    };
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '/')) {
        return None;
    }
    let start = at + mark.len_utf8();
    let (length, _) = text[start..].char_indices().take(4).find(|(_, c)| *c == close)?;
    let inside = &text[start..start + length];
    let signs = !inside.is_empty() && inside.chars().all(|c| !c.is_alphanumeric() && !c.is_whitespace() && !matches!(c, '.' | ','));
    signs.then_some(start + length + close.len_utf8())
}

/// The end of a word or two between the marks of German books, which point inwards: »Heimat«.
fn reversed(text: &str, at: usize, mark: char) -> Option<usize> {
    const LONGEST: usize = 80;
    let start = at + mark.len_utf8();
    let apart = text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
    if mark != '»' || !apart || !text[start..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let (length, _) = text[start..].char_indices().take(LONGEST).find(|(_, c)| *c == '«')?;
    let end = start + length + '«'.len_utf8();
    let closes =
        text[start..start + length].ends_with(|c: char| !c.is_whitespace()) && !text[end..].starts_with(char::is_alphanumeric);
    closes.then_some(end)
}

/// Two single marks that stand for a closing double one: “never again.’’
fn is_doubled(text: &str, at: usize, mark: char) -> bool {
    let after = &text[at + mark.len_utf8()..];
    matches!(mark, '\'' | '’')
        && after.starts_with(mark)
        && text[..at].ends_with(|c: char| !c.is_whitespace())
        && !after[mark.len_utf8()..].starts_with(char::is_alphanumeric)
}

/// A straight mark may close a typographic one, and the other way round.
fn mixes(open: (char, char), close: (char, char)) -> bool {
    open.0 != '«' && close.0 != '«' && (open.0 == open.1) != (close.0 == close.1)
}

/// A mark among its neighbours.
struct Context<'t> {
    text: &'t str,
    at: usize,
    written: char,
    /// No letter or mark of quotation stands before it in its paragraph.
    fresh: bool,
}

impl Context<'_> {
    fn before(&self) -> &str {
        &self.text[..self.at]
    }

    fn after(&self) -> &str {
        &self.text[self.at + self.written.len_utf8()..]
    }

    fn opens(&self) -> bool {
        let mut before = self.before().chars().rev();
        let free = match before.next() {
            // d'"or", but 'has been'": the apostrophe of an elision has a word after the mark.
            Some('\'' | '’') => self.after().starts_with(char::is_alphanumeric),
            Some(c) => c.is_whitespace() || matches!(c, '(' | '[' | '-' | '–' | '—' | '«' | '“' | '/' | ':' | '‘'),
            None => true,
        };
        let mut after = self.after().chars();
        free && match after.next() {
            Some('.') => after.next().is_some_and(|c| c == '.' || c.is_alphanumeric()),
            Some(c) => !c.is_whitespace() && !matches!(c, ',' | ';' | ':' | ')' | ']' | '}' | '»' | '”' | '’' | '!' | '?' | '"'),
            None => false,
        }
    }

    /// « What she said:" I did" »: after a colon a mark opens, wherever its space is.
    fn announced(&self) -> bool {
        self.before().ends_with(':')
    }

    fn closes(&self) -> bool {
        let free = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '»' | '”' | '’' | '…' | '–' | '—');
        self.before().chars().next_back().is_some_and(|c| !c.is_whitespace()) && self.after().chars().next().is_none_or(free)
    }

    /// « vaudra! ". »: a space before it, and a mark and nothing more after it.
    fn closes_after_space(&self) -> bool {
        let mut after = self.after().chars();
        self.before().ends_with(char::is_whitespace)
            && after.next().is_some_and(|c| matches!(c, '.' | ','))
            && after.next().is_none_or(char::is_whitespace)
    }

    fn after_digit(&self) -> bool {
        self.before().ends_with(|c: char| c.is_ascii_digit())
    }

    fn begins_sentence(&self) -> bool {
        self.before().trim_end().ends_with(['.', '!', '?', '…', ':', ';'])
    }

    /// An arrow to another story: « » LIRE AUSSI – ».
    fn points_to_heading(&self) -> bool {
        let mut words = self.after().split_whitespace();
        let capitals = |w: &str| w.chars().all(char::is_uppercase);
        words.next().is_some_and(|w| capitals(w) && (w.chars().count() > 1 || words.next().is_some_and(capitals)))
    }
}
