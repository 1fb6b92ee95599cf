//! Pictures of a Markdown draft: in its own notation, in tags and components, in directives, in HTML.

use std::ops::Range;

use super::{Picture, Reader, shortcode};
use crate::document::{BlockKind, FigureId};
use crate::reader::html;
use crate::reader::run::{Raw, Run, says_nothing};

impl Reader<'_> {
    pub(super) fn picture(&mut self) {
        let Some(picture) = self.pictures.pop() else { return };
        let Picture { outer, title, range } = picture;
        self.text_end = range.end;
        let alt = std::mem::replace(&mut self.run, outer);
        let figure = self.figures.next();
        let alt = alt.trimmed().filter(|r| !says_nothing(&r.text));
        self.shows(figure, range.clone(), alt.is_some());
        let title = if title.trim().is_empty() || alt.as_ref().is_some_and(|a| a.text == title) {
            None
        } else {
            self.title_of(&range, &title)
        };
        let captions: Vec<Run> = alt.into_iter().chain(title).collect();
        if captions.is_empty() {
            // It holds the figure's number for words beside it.
            self.caption(Run::default(), figure);
        }
        for run in captions {
            self.caption(run, figure);
        }
    }

    fn caption(&mut self, run: Run, figure: FigureId) {
        self.waiting.push(Raw { figure: Some(figure), ..Raw::new(BlockKind::Caption, run) });
    }

    /// The title at the end of `![alt](address "title")`, with its map.
    fn title_of(&self, range: &Range<usize>, title: &str) -> Option<Run> {
        let whole = self.source[range.clone()].strip_suffix(')')?.trim_end();
        let close = whole.chars().next_back()?;
        let open = match close {
            '"' | '\'' => close,
            ')' => '(',
            _ => return None,
        };
        let end = range.start + whole.len() - 1;
        let bytes = self.source.as_bytes();
        let start = (range.start..end).rev().find(|&i| {
            bytes[i] == open as u8 && bytes[range.start..i].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 0
        })? + 1;
        let mut run = Run::default();
        self.unescaped(start..end, &mut run);
        let run = run.trimmed()?;
        // A title that is written elsewhere, by reference, has no place here.
        run.text.split_whitespace().eq(title.split_whitespace()).then_some(run)
    }

    /// Source text with backslash escapes and character references decoded.
    fn unescaped(&self, range: Range<usize>, run: &mut Run) {
        let mut at = range.start;
        let bytes = self.source.as_bytes();
        let mut i = at;
        while i < range.end {
            if bytes[i] == b'\\' && bytes.get(i + 1).is_some_and(u8::is_ascii_punctuation) && i + 1 < range.end {
                html::references(self.source, at..i, run);
                run.decoded(&self.source[i + 1..i + 2], i..i + 2);
                at = i + 2;
                i += 2;
            } else if bytes[i] == b'\n' || bytes[i] == b'<' {
                html::references(self.source, at..i, run);
                if bytes[i] == b'\n' {
                    run.line_break(i..i + 1);
                } else {
                    run.verbatim(self.source, i..i + 1);
                }
                at = i + 1;
                i += 1;
            } else {
                i += 1;
            }
        }
        html::references(self.source, at..range.end, run);
    }

    /// The tags that open a paragraph may show pictures; the words up to the end tag of one are its caption.
    pub(super) fn shortcodes(&mut self, range: Range<usize>) {
        let (codes, alone) = shortcode::leading(self.source, range.clone());
        for code in &codes {
            let raws = shortcode::words(self.source, code, self.languages, self.figures);
            self.out.extend(raws);
        }
        self.shortcode = alone;
        if let Some(code) = codes.last()
            && let Some(within) = shortcode::opens(self.source, code, self.figures)
        {
            self.within = Some(within);
        }
        let inside = self.within.filter(|(until, _)| range.start < *until).map(|(_, figure)| figure);
        let fence = self.fenced.partition_point(|f| f.end < range.start);
        let fence = self.fenced.get(fence).filter(|f| f.contains(&range.start));
        let last = fence.and_then(|f| self.last.filter(|(at, _)| *at >= f.start)).map(|(_, figure)| figure);
        self.inside = inside.or(last);
    }

    fn shows(&mut self, figure: FigureId, range: Range<usize>, described: bool) {
        let mut place = Run::default();
        place.collapsed(self.source, range.clone());
        self.figures.shows(figure, place, described);
        self.last = Some((range.start, figure));
    }

    /// An element of HTML in a paragraph that shows a picture.
    pub(super) fn inline_picture(&mut self, range: Range<usize>) {
        let known = self.figures.seen.len();
        let raws = html::fragment(self.source, range, self.languages, self.figures);
        let figure = self.figures.seen[known..].last().map(|s| s.figure);
        if let Some(figure) = figure.filter(|_| raws.is_empty()) {
            self.caption(Run::default(), figure);
        }
        self.waiting.extend(raws);
    }

    /// A directive of MyST: « ```{figure} quai.jpg », its options, and below them the caption.
    pub(super) fn directive(&mut self, info: &str, range: Range<usize>) {
        if !["{figure}", "{image}", "{figure-md}"].iter().any(|d| info.starts_with(d)) {
            return;
        }
        let figure = self.figures.next();
        let (mut alternative, mut caption) = (None, Run::default());
        let mut at = range.start;
        for (i, line) in self.source[range.clone()].split_inclusive('\n').enumerate() {
            let start = at;
            at += line.len();
            let words = line.trim();
            if i == 0 || (words.starts_with("```") || words.starts_with("~~~")) {
                continue;
            }
            let first = start + line.len() - line.trim_start().len();
            if let Some(rest) = words.strip_prefix(':') {
                if let Some(value) = rest.strip_prefix("alt:").map(str::trim_start) {
                    let mut run = Run::default();
                    run.collapsed(self.source, first + words.len() - value.len()..first + words.len());
                    alternative = run.trimmed().filter(|r| !says_nothing(&r.text));
                }
                continue;
            }
            caption.collapsed(self.source, start..at);
        }
        self.shows(figure, range, alternative.is_some());
        for run in alternative.into_iter().chain(caption.trimmed()) {
            self.out.push(Raw { figure: Some(figure), ..Raw::new(BlockKind::Caption, run) });
        }
    }
}

/// Whether a tag shows a picture, or is a component that brings words for one.
pub(super) fn shows_picture(tag: &str) -> bool {
    let name = tag.get(1..).unwrap_or_default();
    name.get(..3).is_some_and(|n| n.eq_ignore_ascii_case("img")) || name.starts_with(|c: char| c.is_ascii_uppercase())
}
