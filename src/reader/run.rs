//! A stretch of text while it is being read, with the way back to the file.

use std::ops::Range;

use crate::document::{BlockKind, FigureId, SourceMap};
use crate::language::Lang;
use crate::span::Span;

/// Text with its map. A map counts from the start of its own run, so that runs can be cut and put in another order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub text: String,
    pub map: SourceMap,
    /// White space that was seen and stands only if a word follows.
    pending: Option<Range<usize>>,
}

impl Run {
    /// Words whose place is not asked for.
    pub fn nowhere(text: &str) -> Run {
        Run { text: text.to_owned(), ..Run::default() }
    }

    /// Adds the very bytes of `source` at `range`.
    pub fn verbatim(&mut self, source: &str, range: Range<usize>) {
        let mut range = range;
        if let Some(space) = self.pending.take() {
            let words = source[range.clone()].trim_start_matches([' ', '\t']);
            range.start = range.end - words.len();
            if range.is_empty() {
                self.pending = Some(space);
                return;
            }
            self.space(source, space);
        }
        self.map.push_verbatim(self.text.len(), range.start, range.len());
        self.text.push_str(&source[range]);
    }

    /// Adds text that stands for other bytes of the source.
    pub fn decoded(&mut self, text: &str, source: Range<usize>) {
        if let Some(space) = self.pending.take() {
            self.push_decoded(" ", space);
        }
        self.push_decoded(text, source);
    }

    fn push_decoded(&mut self, text: &str, source: Range<usize>) {
        let start = self.text.len();
        self.text.push_str(text);
        self.map.push_decoded(Span::new(start, self.text.len()), Span::new(source.start, source.end));
    }

    /// A single space of the source is the space itself; anything else stands for one.
    fn space(&mut self, source: &str, range: Range<usize>) {
        if &source[range.clone()] == " " {
            self.map.push_verbatim(self.text.len(), range.start, 1);
            self.text.push(' ');
        } else {
            self.push_decoded(" ", range);
        }
    }

    /// Ends a line inside a block: one space, with the blanks around it, if another word follows.
    pub fn line_break(&mut self, source: Range<usize>) {
        if self.pending.is_some() || self.text.is_empty() {
            return;
        }
        let kept = self.text.trim_end_matches([' ', '\t']).len();
        let mut from = source.start;
        if kept < self.text.len() {
            from = self.map.source(Span::new(kept, self.text.len())).map_or(from, |s| s.start as usize);
            self.text.truncate(kept);
            self.map.truncate(kept);
        }
        if kept > 0 {
            self.pending = Some(from..source.end.max(from));
        }
    }

    /// Adds source text in which, as in HTML, any run of white space is one space.
    pub fn collapsed(&mut self, source: &str, range: Range<usize>) {
        let bytes = source.as_bytes();
        let mut at = range.start;
        while at < range.end {
            let word = at;
            // One blank between two words belongs to the stretch: most text is one piece a paragraph.
            while at < range.end
                && (!bytes[at].is_ascii_whitespace()
                    || (bytes[at] == b' ' && at > word && at + 1 < range.end && !bytes[at + 1].is_ascii_whitespace()))
            {
                at += 1;
            }
            if at > word {
                self.verbatim(source, word..at);
            }
            let blank = at;
            while at < range.end && bytes[at].is_ascii_whitespace() {
                at += 1;
            }
            if at > blank && self.pending.is_none() && !self.text.is_empty() {
                self.pending = Some(blank..at);
            }
        }
    }

    /// Whether a break was read after the last word.
    pub fn ends_in_break(&self) -> bool {
        self.pending.is_some()
    }

    /// The part of this run at `range` of its text.
    pub fn slice(&self, range: Range<usize>) -> Run {
        Run { text: self.text[range.clone()].to_owned(), map: self.map.slice(Span::new(range.start, range.end)), pending: None }
    }

    /// The run without outer white space; `None` if nothing else is in it.
    pub fn trimmed(mut self) -> Option<Run> {
        self.pending = None;
        let end = self.text.trim_end().len();
        let start = end - self.text[..end].trim_start().len();
        if start == end {
            None
        } else if (start, end) == (0, self.text.len()) {
            Some(self)
        } else {
            Some(self.slice(start..end))
        }
    }
}

/// A block before all blocks are put together.
#[derive(Clone, Debug)]
pub(super) struct Raw {
    pub kind: BlockKind,
    pub run: Run,
    pub lang: Option<Lang>,
    pub figure: Option<FigureId>,
    /// How the whole of it is set.
    pub face: Face,
}

/// How a whole block is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Face {
    #[default]
    Plain,
    Emphasis,
    Strong,
}

impl Raw {
    pub fn new(kind: BlockKind, run: Run) -> Raw {
        Raw { kind, run, lang: None, figure: None, face: Face::Plain }
    }

    /// The same block, of another kind and with a part of its text; `None` if that part is blank.
    pub fn part(&self, kind: BlockKind, range: Range<usize>) -> Option<Raw> {
        Some(Raw { kind, run: self.run.slice(range).trimmed()?, ..self.clone_frame() })
    }

    fn clone_frame(&self) -> Raw {
        Raw { kind: self.kind, run: Run::default(), lang: self.lang, figure: self.figure, face: self.face }
    }
}

/// Numbers the pictures of a draft.
#[derive(Debug, Default)]
pub(super) struct Figures(u32);

impl Figures {
    pub fn next(&mut self) -> FigureId {
        self.0 += 1;
        FigureId(self.0 - 1)
    }
}
