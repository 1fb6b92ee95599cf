//! A draft as every later stage sees it: plain text in blocks, and the way back to the author's bytes.

mod furnishing;
pub mod suppression;

use jiff::civil::Date;

use crate::language::Lang;
use crate::span::Span;

pub use furnishing::{Furnishing, Picture};
pub use suppression::{Reach, Suppression};

/// A draft that a reader has taken apart.
#[derive(Clone, Debug)]
pub struct Document {
    /// What the reader of the paper sees: markup gone, entities decoded, blocks parted by one line feed.
    pub text: String,
    /// The parts of the story in the order of the text; their spans do not overlap.
    pub blocks: Vec<Block>,
    /// The way from `text` back to the file.
    pub map: SourceMap,
    /// What the draft says of itself.
    pub meta: Meta,
    /// The pictures that it shows, as far as its format tells.
    pub pictures: Vec<Picture>,
    /// Other renditions of its body that the file brings, each the places of its paragraphs; their words stand in `text` after the last block.
    pub twins: Vec<Vec<Span>>,
    /// Which rules it asks to be silent, in the order of the file; their words stand in `text` after the last block.
    pub suppressions: Vec<Suppression>,
    /// How its places are told.
    pub places: Places,
    /// Which story of its file it is, from 0.
    pub number: usize,
}

/// How places in a draft are told to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Places {
    /// By line and column of the file: it is one that an editor shows.
    Lines,
    /// By paragraph and character: the file is a word processor's, and holds these parts that were read, in the order of their bytes.
    Paragraphs(Vec<Part>),
}

/// A part of a file that is an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name: `word/document.xml`.
    pub name: String,
    /// Its first byte in the unpacked form, in which the places of the draft count.
    pub start: u32,
}

impl Document {
    /// The text that people see the draft as, where that is not the file: a paragraph on each line.
    pub fn shown(&self) -> Option<&str> {
        matches!(self.places, Places::Paragraphs(_)).then_some(&self.text)
    }

    /// The part in which a byte of the unpacked form stands, and which byte of it that is.
    pub fn part(&self, byte: usize) -> Option<(&str, usize)> {
        let Places::Paragraphs(parts) = &self.places else { return None };
        let part = parts.iter().rfind(|p| p.start as usize <= byte)?;
        Some((&part.name, byte - part.start as usize))
    }
}

/// One part of the story: a headline, a paragraph, a caption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The part that it plays.
    pub kind: BlockKind,
    /// Its bytes in [`Document::text`].
    pub span: Span,
    /// The language that it is written in.
    pub lang: Lang,
    /// The picture to which a caption and its credit belong.
    pub figure: Option<FigureId>,
}

/// Ties a caption to its credit: the same number means the same picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureId(pub u32);

/// The part that a block plays in a story, in the terms of a newsroom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// The place (and date, and agency) that opens a story: « PARIS (AFP) – ».
    Dateline,
    /// The line above the headline (surtitre).
    Kicker,
    /// The title.
    Headline,
    /// The summary under the headline (chapô).
    Standfirst,
    /// The author's line (signature).
    Byline,
    /// A heading inside the story (intertitre).
    Heading,
    /// A paragraph of the story.
    Body,
    /// An item of a list.
    ListItem,
    /// A block quotation.
    Quote,
    /// A quotation that the layout repeats large (exergue).
    PullQuote,
    /// A cell of a table.
    TableCell,
    /// The words under a picture (légende).
    Caption,
    /// Who made the picture (crédit).
    Credit,
    /// A note to the desk or to the reader about the story: not part of it.
    Note,
}

impl BlockKind {
    /// All kinds, in the order of a page.
    pub const ALL: [BlockKind; 14] = [
        BlockKind::Dateline,
        BlockKind::Kicker,
        BlockKind::Headline,
        BlockKind::Standfirst,
        BlockKind::Byline,
        BlockKind::Heading,
        BlockKind::Body,
        BlockKind::ListItem,
        BlockKind::Quote,
        BlockKind::PullQuote,
        BlockKind::TableCell,
        BlockKind::Caption,
        BlockKind::Credit,
        BlockKind::Note,
    ];

    /// The name in rules and reports: `pull-quote`.
    pub fn name(self) -> &'static str {
        match self {
            BlockKind::Dateline => "dateline",
            BlockKind::Kicker => "kicker",
            BlockKind::Headline => "headline",
            BlockKind::Standfirst => "standfirst",
            BlockKind::Byline => "byline",
            BlockKind::Heading => "heading",
            BlockKind::Body => "body",
            BlockKind::ListItem => "list-item",
            BlockKind::Quote => "quote",
            BlockKind::PullQuote => "pull-quote",
            BlockKind::TableCell => "table-cell",
            BlockKind::Caption => "caption",
            BlockKind::Credit => "credit",
            BlockKind::Note => "note",
        }
    }

    /// Whether the block tells the story in running text: body, list items and quotations.
    pub fn is_running(self) -> bool {
        matches!(self, BlockKind::Body | BlockKind::ListItem | BlockKind::Quote)
    }
}

/// A level that a draft's front matter sets, as it is written there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedLevel {
    /// The id of a rule, or a topic.
    pub rule: String,
    /// The level.
    pub level: String,
    /// Bytes of the file at which the level stands.
    pub source: Span,
}

/// What the draft says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The levels that it sets for rules.
    pub levels: Vec<StatedLevel>,
    /// The language of the draft as a whole.
    pub lang: Lang,
    /// "Today" for the story: an input, never a clock.
    pub published: Option<(Date, Origin)>,
    /// What kind of story it says that it is: its section, genre or category, in lower case.
    pub kinds: Vec<String>,
    /// What it tells in fields that no reader of the page sees.
    pub unseen: Vec<Furnishing>,
}

/// Where the publication date came from, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The command line or the caller.
    Given,
    /// Front matter, or a `<time>` or `<meta>` element.
    Metadata,
    /// The name of its file: `2022-01-07-le-port.md`.
    FileName,
    /// The story's own dateline.
    Dateline,
}

/// The way from [`Document::text`] back to the file: sorted pieces, each a range of text and the bytes it was read from.
///
/// A piece whose two lengths agree holds the same bytes on both sides; any other piece (an entity, an escape, a
/// character of another encoding) is read as a whole, so that a span that touches it covers all of its source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    text: Span,
    source: Span,
    verbatim: bool,
}

impl SourceMap {
    /// Adds a piece of text that holds the very bytes of the source.
    ///
    /// # Panics
    /// In debug builds, if the pieces do not come in the order of the text.
    pub fn push_verbatim(&mut self, text_start: usize, source_start: usize, len: usize) {
        if len == 0 {
            return;
        }
        if let Some(last) = self.pieces.last_mut()
            && last.verbatim
            && last.text.end as usize == text_start
            && last.source.end as usize == source_start
        {
            last.text.end += len as u32;
            last.source.end += len as u32;
            return;
        }
        self.push(Piece {
            text: Span::new(text_start, text_start + len),
            source: Span::new(source_start, source_start + len),
            verbatim: true,
        });
    }

    /// Adds a piece of text that stands for other bytes in the source: `é` for `&eacute;`.
    pub fn push_decoded(&mut self, text: Span, source: Span) {
        if !text.is_empty() {
            self.push(Piece { text, source, verbatim: false });
        }
    }

    fn push(&mut self, piece: Piece) {
        debug_assert!(self.pieces.last().is_none_or(|last| last.text.end <= piece.text.start));
        self.pieces.push(piece);
    }

    /// The bytes of the file from which the text at `span` was read; `None` where no piece touches it.
    ///
    /// An empty span has a place too: the spot in the source before the byte at its start.
    pub fn source(&self, span: Span) -> Option<Span> {
        let first = self.pieces.partition_point(|p| p.text.end <= span.start);
        if span.is_empty() {
            let Some(p) = self.pieces.get(first) else {
                let end = self.pieces.last()?.source.end;
                return Some(Span { start: end, end });
            };
            let at = if p.verbatim && p.text.start <= span.start {
                p.source.start + (span.start - p.text.start)
            } else {
                p.source.start
            };
            return Some(Span { start: at, end: at });
        }
        let past = self.pieces.partition_point(|p| p.text.start < span.end);
        let (a, b) = (self.pieces.get(first)?, self.pieces.get(past.checked_sub(1)?)?);
        if first >= past {
            return None;
        }
        let start =
            if a.verbatim && span.start > a.text.start { a.source.start + (span.start - a.text.start) } else { a.source.start };
        let end = if b.verbatim && span.end < b.text.end { b.source.end - (b.text.end - span.end) } else { b.source.end };
        // Front matter may be written after what it describes: the source order of two pieces is not the text's.
        Some(Span { start: start.min(end), end: end.max(start) })
    }

    /// Every piece: its bytes of the text, and those of the source.
    pub fn pieces(&self) -> impl Iterator<Item = (Span, Span)> {
        self.pieces.iter().map(|p| (p.text, p.source))
    }

    /// The pieces below `span`, with the text counted from the start of `span`.
    ///
    /// A decoded piece that the span cuts keeps all of its source.
    #[must_use]
    pub fn slice(&self, span: Span) -> SourceMap {
        let first = self.pieces.partition_point(|p| p.text.end <= span.start);
        let mut out = SourceMap::default();
        for p in self.pieces[first..].iter().take_while(|p| p.text.start < span.end) {
            let text = Span { start: p.text.start.max(span.start), end: p.text.end.min(span.end) };
            let source = if p.verbatim {
                Span { start: p.source.start + (text.start - p.text.start), end: p.source.end - (p.text.end - text.end) }
            } else {
                p.source
            };
            out.push(Piece {
                text: Span { start: text.start - span.start, end: text.end - span.start },
                source,
                verbatim: p.verbatim,
            });
        }
        out
    }

    /// Adds the pieces of `other`, whose text now begins at `text_start`.
    pub fn append(&mut self, other: &SourceMap, text_start: usize) {
        let by = text_start as u32;
        for p in &other.pieces {
            self.push(Piece { text: Span { start: p.text.start + by, end: p.text.end + by }, ..*p });
        }
    }

    /// Forgets the text from `text_end` on.
    pub fn truncate(&mut self, text_end: usize) {
        let end = text_end as u32;
        while let Some(last) = self.pieces.last_mut() {
            if last.text.end <= end {
                return;
            }
            if last.text.start >= end {
                self.pieces.pop();
                continue;
            }
            if last.verbatim {
                last.source.end -= last.text.end - end;
            }
            last.text.end = end;
        }
    }

    /// This map followed by `inner`: text → the intermediate form → the file.
    #[must_use]
    pub fn through(&self, inner: &SourceMap) -> SourceMap {
        let mut out = SourceMap::default();
        for p in &self.pieces {
            if !p.verbatim {
                if let Some(source) = inner.source(p.source) {
                    out.push_decoded(p.text, source);
                }
                continue;
            }
            let first = inner.pieces.partition_point(|q| q.text.end <= p.source.start);
            for q in inner.pieces[first..].iter().take_while(|q| q.text.start < p.source.end) {
                let from = q.text.start.max(p.source.start);
                let to = q.text.end.min(p.source.end);
                let text = Span { start: p.text.start + (from - p.source.start), end: p.text.start + (to - p.source.start) };
                if q.verbatim {
                    out.push_verbatim(text.start as usize, (q.source.start + (from - q.text.start)) as usize, text.len());
                } else {
                    out.push_decoded(text, q.source);
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> SourceMap {
        // source: `a&eacute;b**c**`, text: `aébc`
        let mut m = SourceMap::default();
        m.push_verbatim(0, 0, 1);
        m.push_decoded(Span::new(1, 3), Span::new(1, 9));
        m.push_verbatim(3, 9, 1);
        m.push_verbatim(4, 12, 1);
        m
    }

    #[test]
    fn an_entity_is_covered_whole_and_markup_between_is_kept() {
        assert_eq!(map().source(Span::new(0, 1)), Some(Span::new(0, 1)));
        assert_eq!(map().source(Span::new(1, 3)), Some(Span::new(1, 9)));
        assert_eq!(map().source(Span::new(3, 5)), Some(Span::new(9, 13)));
        assert_eq!(map().source(Span::new(0, 5)), Some(Span::new(0, 13)));
        assert_eq!(map().source(Span::new(5, 6)), None);
        assert_eq!(map().source(Span::new(4, 4)), Some(Span::new(12, 12)));
    }

    #[test]
    fn a_slice_counts_from_its_start_and_a_cut_entity_stays_whole() {
        let cut = map().slice(Span::new(1, 4));
        assert_eq!(cut.source(Span::new(0, 2)), Some(Span::new(1, 9)));
        assert_eq!(cut.source(Span::new(2, 3)), Some(Span::new(9, 10)));
        let mut short = map();
        short.truncate(4);
        assert_eq!(short, map().slice(Span::new(0, 4)));
        let mut joined = SourceMap::default();
        joined.append(&map(), 10);
        assert_eq!(joined.slice(Span::new(10, 15)), map());
    }

    #[test]
    fn maps_compose() {
        // the file holds three bytes of byte-order mark before the source of `map`
        let mut shift = SourceMap::default();
        shift.push_verbatim(0, 3, 15);
        let both = map().through(&shift);
        assert_eq!(both.source(Span::new(1, 3)), Some(Span::new(4, 12)));
        assert_eq!(both.source(Span::new(3, 5)), Some(Span::new(12, 16)));
    }
}
