//! Pictures of a page: the words that stand for them, below them and about who made them.

use std::collections::HashMap;

use super::elements::Does;
use super::tokens::Tag;
use super::{Page, Placed};
use crate::document::{BlockKind, FigureId};
use crate::reader::run::{Raw, Run, says_nothing};
use crate::span::Span;

/// What is smaller, in pixels, is a sign, a face, or counts readers.
const SMALL: u32 = 100;
/// Words set apart under a picture are its caption; a longer paragraph is part of the story.
const CAPTION_WORDS: usize = 60;
/// The classes of what is no picture of the story.
const SIGNS: [&str; 6] = ["avatar", "icon", "logo", "emoji", "gravatar", "pixel"];
/// The attributes in which sites keep what stands below a picture.
const CAPTIONS: [&[u8]; 5] = [b"caption", b"data-caption", b"legend", b"legende", b"data-legend"];
/// Those in which they keep who made it.
const CREDITS: [&[u8]; 4] = [b"credit", b"data-credit", b"data-copyright", b"attribution"];

/// A picture right above, which no figure holds.
pub(super) struct Above {
    figure: FigureId,
    /// Its alternative text, which is read once the page says that it belongs to the story.
    held: Option<Placed>,
}

/// Whether an element shows a picture, or by its attributes stands for one: `<Figure caption="…"/>`.
pub(super) fn shows(tag: &Tag) -> bool {
    // « StaticImage », « nuxt-img ».
    let component = |name: &str| ["image", "img", "picture", "photo"].iter().any(|w| name.contains(w)) && tag.get(b"alt").is_some();
    matches!(tag.name.as_slice(), b"img" | b"amp-img")
        || std::str::from_utf8(&tag.name).is_ok_and(component)
        || CAPTIONS.iter().any(|a| !tag.value(a).trim().is_empty())
}

/// The attributes that are asked for.
pub(super) fn wants(attribute: &[u8]) -> bool {
    matches!(attribute, b"alt" | b"width" | b"height") || CAPTIONS.contains(&attribute) || CREDITS.contains(&attribute)
}

impl Page<'_> {
    /// Reads the words that a picture brings with it.
    pub(super) fn picture(&mut self, tag: &Tag) {
        let top = self.stack.last();
        let within = top.and_then(|t| t.kind);
        let small = |side: &[u8]| tag.value(side).trim_end_matches("px").parse::<u32>().is_ok_and(|n| n < SMALL);
        let sign = |class: &str| class.to_lowercase().split(['-', '_']).any(|part| SIGNS.contains(&part));
        if small(b"width")
            || small(b"height")
            || tag.value(b"class").split_whitespace().any(sign)
            || matches!(within, Some(BlockKind::Byline | BlockKind::Credit | BlockKind::Headline | BlockKind::Kicker))
        {
            return;
        }
        let held_by = top.and_then(|t| t.figure);
        let (lang, main, article) = top.map_or((None, false, None), |t| (t.lang, t.main, t.article));
        let figure = held_by.unwrap_or_else(|| self.figures.next());
        // Words without a place of their own, as those of an attribute in XML, are no block.
        let words = |name: &[u8]| tag.get(name)?.on_one_line().trimmed().filter(|run| !says_nothing(&run.text));
        let placed = |run: &Run| run.map.source(Span::new(0, run.text.len())).is_some();
        let alternative = words(b"alt");
        let mut place = Run::default();
        place.collapsed(self.source, tag.source.clone());
        self.figures.shows(figure, place, alternative.is_some());
        self.shown.push((figure, main, article));
        if held_by.is_none()
            && tag.get(b"alt").is_some_and(|alt| alt.text.trim().is_empty())
            && let Some(seen) = self.figures.seen.last_mut()
        {
            seen.decorative = true;
        }
        let whole = |kind: BlockKind, run: Run, again: bool| {
            let raw = Raw { lang, figure: Some(figure), ..Raw::new(kind, run) };
            Placed { raw, main, article, again }
        };
        let alternative = alternative.filter(placed).map(|run| whole(BlockKind::Caption, run, true));
        let known = held_by.is_some() || main || article.is_some() || self.piece;
        let mut held = None;
        let mut said: Vec<Placed> = Vec::new();
        match alternative {
            Some(alternative) if known => said.push(alternative),
            alternative => held = alternative,
        }
        let first = |names: &[&[u8]]| names.iter().find_map(|name| words(name)).filter(placed);
        said.extend(first(&CAPTIONS).map(|run| whole(BlockKind::Caption, run, true)));
        said.extend(first(&CREDITS).map(|run| whole(BlockKind::Credit, run, true)));
        if self.run.text.is_empty() {
            self.blocks.extend(said);
        } else {
            self.waiting.extend(said);
        }
        if held_by.is_none() {
            self.above = Some(Above { figure, held });
            self.list_of(figure);
        }
    }

    /// The figure that an element makes which says who made the picture inside it.
    pub(super) fn credited(&mut self, tag: &Tag) -> Option<FigureId> {
        if shows(tag) {
            return None;
        }
        let run = CREDITS.iter().find_map(|name| tag.get(name)?.on_one_line().trimmed())?;
        run.map.source(Span::new(0, run.text.len()))?;
        self.flush();
        let figure = self.figures.next();
        let (main, article) = self.stack.last().map_or((false, None), |t| (t.main, t.article));
        self.blocks.push(Placed {
            raw: Raw { figure: Some(figure), ..Raw::new(BlockKind::Credit, run) },
            main,
            article,
            again: true,
        });
        Some(figure)
    }

    /// A list of definitions that holds a picture holds its words: « <dl><dt><img></dt><dd>Le quai, lundi.</dd></dl> ».
    fn list_of(&mut self, figure: FigureId) {
        let depth = self.stack.iter().rev().take(6).position(|o| o.name == b"dl");
        if let Some(depth) = depth.filter(|_| self.stack.last().is_some_and(|t| t.kind.is_none())) {
            for open in self.stack.iter_mut().rev().take(depth + 1) {
                open.kind = Some(BlockKind::Caption);
                open.figure = Some(figure);
            }
        }
    }

    /// Whether a picture stands right above, or holds what comes.
    pub(super) fn near_picture(&self) -> bool {
        self.above.is_some()
            || self.stack.last().is_some_and(|t| t.figure.is_some())
            || self.blocks.last().is_some_and(|b| b.raw.kind == BlockKind::Caption)
    }

    /// Sees how words are set.
    pub(super) fn see(&mut self) {
        let apart = |name: &[u8]| matches!(name, b"em" | b"i" | b"small");
        let inside = self.stack.iter().rev().take(4).take_while(|o| o.does == Does::Inline).any(|o| apart(&o.name));
        self.apart = Some(self.apart.unwrap_or(true) && inside);
    }

    /// Ties a block to the picture right above it: a caption, a credit, or words in italics or small, which are its caption.
    pub(super) fn tie(&mut self, raw: &mut Raw, apart: bool) {
        let short = || raw.run.text.split_whitespace().take(CAPTION_WORDS + 1).count() <= CAPTION_WORDS;
        if raw.kind == BlockKind::Body && apart && self.above.is_some() && short() {
            raw.kind = BlockKind::Caption;
        }
        if raw.kind == BlockKind::Body && raw.run.text.starts_with("[caption") {
            let within = self.waiting.first().and_then(|w| w.raw.figure).or(self.above.as_ref().map(|a| a.figure));
            raw.figure = within;
            let waiting = std::mem::take(&mut self.waiting);
            self.blocks.extend(waiting);
            self.above = None;
            return;
        }
        if !matches!(raw.kind, BlockKind::Caption | BlockKind::Credit) {
            self.above = None;
        } else if raw.figure.is_none()
            && let Some(above) = &mut self.above
        {
            raw.figure = Some(above.figure);
            let held = above.held.take();
            self.blocks.extend(held);
        }
    }

    /// Leaves out what a picture's attributes only say again: an alternative text that repeats the caption.
    pub(super) fn once(&mut self) {
        let mut said: HashMap<(FigureId, BlockKind), Vec<usize>> = HashMap::new();
        for (i, b) in self.blocks.iter().enumerate() {
            if let Some(figure) = b.raw.figure {
                said.entry((figure, b.raw.kind)).or_default().push(i);
            }
        }
        let repeated = |i: usize, b: &Placed| {
            let Some(all) = b.raw.figure.and_then(|f| said.get(&(f, b.raw.kind))).filter(|_| b.again) else { return false };
            // A figure of many pictures is looked at near by only.
            let near = all.partition_point(|at| *at < i);
            all[near.saturating_sub(8)..(near + 9).min(all.len())].iter().any(|&at| {
                let other = &self.blocks[at];
                let same = other.raw.run.text == b.raw.run.text;
                at != i && if same && other.again { at < i } else { other.raw.run.text.contains(&b.raw.run.text) }
            })
        };
        let keep: Vec<bool> = self.blocks.iter().enumerate().map(|(i, b)| !repeated(i, b)).collect();
        let mut keep = keep.into_iter();
        self.blocks.retain(|_| keep.next().unwrap_or(true));
    }
}
