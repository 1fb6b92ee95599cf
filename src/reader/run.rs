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

    /// The run with each of its line breaks as a blank.
    pub fn on_one_line(&self) -> Run {
        let mut out = Run::default();
        out.collapsed(&self.text, 0..self.text.len());
        out.map = out.map.through(&self.map);
        out
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

/// Cuts text where no character is cut.
pub(super) trait Floor {
    /// The last boundary of a character at or before a byte.
    fn floor_char_boundary_at(&self, at: usize) -> usize;
}

impl Floor for str {
    fn floor_char_boundary_at(&self, at: usize) -> usize {
        let mut at = at.min(self.len());
        while !self.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// Whether the words that stand for a picture were made by some program of its file: `quai_2.jpg`, `JPEG - 80.2 ko`.
pub(super) fn says_nothing(text: &str) -> bool {
    let form = |word: &str| matches!(word, "JPEG" | "JPG" | "PNG" | "GIF" | "WEBP" | "IMG" | "DSC");
    let weighed = text.split([' ', '-', '_', '\u{A0}']).next().is_some_and(form) && text.contains(|c: char| c.is_ascii_digit());
    weighed || !text.contains(char::is_whitespace) && text.contains(['.', '_'])
}

/// A picture that a format shows.
#[derive(Debug)]
pub(super) struct Seen {
    pub figure: FigureId,
    /// The words of the file that show it, where there are any.
    pub place: Run,
    /// Whether it has an alternative text.
    pub described: bool,
    /// Whether the file says that it has none because it shows nothing of its own.
    pub decorative: bool,
}

/// Numbers the pictures of a draft, and keeps those that the format shows.
#[derive(Debug, Default)]
pub(super) struct Figures {
    count: u32,
    pub seen: Vec<Seen>,
}

impl Figures {
    pub fn next(&mut self) -> FigureId {
        self.count += 1;
        FigureId(self.count - 1)
    }

    /// Keeps a picture; of one that is shown twice, in sources and in its fallback, the first, with what either has.
    pub fn shows(&mut self, figure: FigureId, place: Run, described: bool) {
        match self.seen.iter_mut().rev().take(8).find(|s| s.figure == figure) {
            Some(before) => before.described |= described,
            None => self.seen.push(Seen { figure, place, described, decorative: false }),
        }
    }
}
