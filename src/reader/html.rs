//! HTML: the words that a page shows, and the part that each plays.

mod elements;
mod metadata;
mod pictures;
mod references;
mod story;
mod tokens;

use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;

pub(super) use self::elements::named;
use self::elements::{Does, PARTING, does, is_beside, is_rights, named_kind};
pub(super) use self::references::references;
use self::tokens::{Sink, Tag};
use super::fields::{Stated, date};
use super::run::{Figures, Raw, Run};
use super::xml::{Element, Node};
use crate::document::{BlockKind, FigureId, Furnishing};
use crate::language::{Lang, Languages};

/// Reads a whole page.
pub(super) fn read(source: &str, languages: &Languages, figures: &mut Figures, stated: &mut Stated) -> Vec<Raw> {
    let mut page = Page::new(source, languages, figures);
    tokens::tokenize(source, 0..source.len(), &mut page);
    page.flush();
    if stated.lang.is_none() {
        stated.lang = page.lang.take();
    }
    stated.published = stated.published.or(page.meta_date).or(page.time_date);
    stated.kinds.append(&mut page.kinds);
    if page.signed && !page.blocks.iter().any(|b| b.raw.kind == BlockKind::Byline) {
        stated.unseen.push(Furnishing::Byline);
    }
    page.chosen()
}

/// Reads the HTML that stands in a draft of another format.
pub(super) fn fragment(source: &str, range: Range<usize>, languages: &Languages, figures: &mut Figures) -> Vec<Raw> {
    let mut page = Page::new(source, languages, figures);
    page.piece = true;
    tokens::tokenize(source, range, &mut page);
    page.all()
}

/// Reads an element of XML: what stands in it is HTML, or elements that stand for such by name.
pub(super) fn of_xml(
    source: &str,
    holder: &Element,
    stands_for: fn(&str) -> Option<(&'static str, &'static str)>,
    languages: &Languages,
    figures: &mut Figures,
) -> Vec<Raw> {
    fn walk(page: &mut Page, holder: &Element, stands_for: fn(&str) -> Option<(&'static str, &'static str)>) {
        for node in &holder.nodes {
            match node {
                Node::Text(range) => page.text(range.clone()),
                Node::Reference(text, range) => page.decoded(text, range.clone()),
                Node::Element(e) => {
                    let (name, class) = stands_for(e.local()).unwrap_or((e.local(), ""));
                    let known =
                        e.attributes.iter().filter(|(n, _)| Page::wants(n.as_bytes()) && (class.is_empty() || n != "class"));
                    let mut attributes: Vec<(Vec<u8>, Run)> =
                        known.map(|(n, v)| (n.clone().into_bytes(), Run::nowhere(v))).collect();
                    if !class.is_empty() {
                        attributes.push((b"class".to_vec(), Run::nowhere(class)));
                    }
                    let name = name.to_lowercase().into_bytes();
                    page.open(&Tag { name: name.clone(), attributes, self_closing: false, source: e.source.clone() });
                    if does(&name) != Does::Void {
                        walk(page, e, stands_for);
                        page.close(&name);
                    }
                }
            }
        }
    }
    let mut page = Page::new(source, languages, figures);
    page.piece = true;
    walk(&mut page, holder, stands_for);
    page.all()
}

/// A shortcode of WordPress that stands for what is no text: `[gallery ids="1,2"]`, `[embed]…[/embed]`.
fn is_shown_elsewhere(text: &str) -> bool {
    const NAMES: [&str; 7] = ["gallery", "embed", "video", "audio", "playlist", "youtube", "contact-form"];
    let named = text.strip_prefix('[').filter(|t| t.ends_with(']'));
    named.is_some_and(|t| NAMES.contains(&t.split([' ', ']']).next().unwrap_or_default()))
}

/// An element that is open.
#[derive(Debug)]
struct Open {
    name: Vec<u8>,
    does: Does,
    /// The kind of the blocks inside; `None` is body.
    kind: Option<BlockKind>,
    figure: Option<FigureId>,
    lang: Option<Lang>,
    dropped: bool,
    main: bool,
    article: Option<u32>,
}

/// A block, and where on the page it stands.
struct Placed {
    raw: Raw,
    main: bool,
    article: Option<u32>,
    /// Whether it stands in an attribute, and may stand on the page again.
    again: bool,
}

struct Page<'a> {
    source: &'a str,
    languages: &'a Languages,
    figures: &'a mut Figures,
    stack: Vec<Open>,
    /// How many elements of a name are open.
    counts: HashMap<Vec<u8>, u32>,
    articles: u32,
    run: Run,
    /// Whether the block that is being read holds a `<time>` that gave a date.
    timed: bool,
    blocks: Vec<Placed>,
    lang: Option<(String, Range<usize>)>,
    title: Run,
    og_title: Option<Run>,
    json: Option<String>,
    meta_date: Option<Date>,
    time_date: Option<Date>,
    /// What kind of story the page says that it is.
    kinds: Vec<String>,
    /// Whether its metadata name an author.
    signed: bool,
    /// Whether it is a piece of a story, and no page.
    piece: bool,
    /// The pictures of the page, and where on it they stand.
    shown: Vec<(FigureId, bool, Option<u32>)>,
    /// The words of pictures inside the paragraph that is being read.
    waiting: Vec<Placed>,
    above: Option<pictures::Above>,
    /// Whether all words of the block that is being read are in italics or small.
    apart: Option<bool>,
    /// Whether the story has begun: a time further down is another one's.
    told: bool,
}

impl<'a> Page<'a> {
    fn new(source: &'a str, languages: &'a Languages, figures: &'a mut Figures) -> Page<'a> {
        Page {
            source,
            languages,
            figures,
            stack: Vec::new(),
            counts: HashMap::new(),
            articles: 0,
            run: Run::default(),
            timed: false,
            blocks: Vec::new(),
            lang: None,
            title: Run::default(),
            og_title: None,
            json: None,
            meta_date: None,
            time_date: None,
            kinds: Vec::new(),
            signed: false,
            piece: false,
            shown: Vec::new(),
            waiting: Vec::new(),
            above: None,
            apart: None,
            told: false,
        }
    }

    fn flush(&mut self) {
        let timed = std::mem::take(&mut self.timed);
        let apart = self.apart.take() == Some(true);
        let Some(run) = std::mem::take(&mut self.run).trimmed() else {
            self.blocks.append(&mut self.waiting);
            return;
        };
        let top = self.stack.last();
        let kind = top.and_then(|t| t.kind).unwrap_or(BlockKind::Body);
        if kind == BlockKind::Body && is_shown_elsewhere(&run.text) {
            return;
        }
        // An address alone stands for what the page shows in its place.
        if kind == BlockKind::Body && !run.text.contains(' ') && ["https://", "http://"].iter().any(|s| run.text.starts_with(s)) {
            return;
        }
        // « Publié le 5 janvier à 10 h »: the page's own line about the story, which its `<time>` says better.
        if timed && kind == BlockKind::Body && run.text.split_whitespace().take(13).count() <= 12 && !run.text.ends_with('.') {
            return;
        }
        let mut raw = Raw::new(kind, run);
        raw.lang = top.and_then(|t| t.lang);
        raw.figure = top.and_then(|t| t.figure);
        let (main, article) = top.map_or((false, None), |t| (t.main, t.article));
        self.tie(&mut raw, apart);
        let kind = raw.kind;
        if matches!(kind, BlockKind::Caption | BlockKind::Credit) && raw.figure.is_none() {
            let before = self.blocks.last().filter(|b| b.raw.kind == BlockKind::Caption && kind == BlockKind::Credit);
            raw.figure = before.and_then(|b| b.raw.figure).or_else(|| Some(self.figures.next()));
        }
        if kind == BlockKind::Dateline {
            // The dash between place and story is in the element or after it.
            let end = raw.run.text.trim_end_matches(['-', '–', '—', ' ', '\u{A0}']).len();
            match raw.part(kind, 0..end) {
                Some(part) => raw = part,
                None => return,
            }
        }
        self.told |= kind == BlockKind::Body && raw.run.text.len() > 200;
        self.blocks.push(Placed { raw, main, article, again: false });
        self.blocks.append(&mut self.waiting);
    }

    /// Adds words of the source.
    fn words(&mut self, range: Range<usize>) {
        if !self.source[range.clone()].trim().is_empty() {
            self.see();
        }
        self.run.collapsed(self.source, range);
    }

    /// Adds words that no element holds: a blank line parts them, as in the old editor of WordPress.
    fn loose(&mut self, range: Range<usize>) {
        let mut from = range.start;
        let mut at = range.start;
        let mut filled = false;
        for line in self.source[range.clone()].split_inclusive('\n') {
            if line.trim().is_empty() && filled && line.ends_with('\n') && self.stack.is_empty() {
                self.words(from..at);
                self.flush();
                (from, filled) = (at, false);
            }
            filled |= line.ends_with('\n');
            at += line.len();
        }
        self.words(from..range.end);
    }

    fn pop(&mut self) {
        if let Some(open) = self.stack.pop()
            && let Some(n) = self.counts.get_mut(&open.name)
        {
            *n -= 1;
        }
    }

    fn dropped(&self) -> bool {
        self.stack.last().is_some_and(|t| t.dropped)
    }

    /// Whether a text is the mark of a footnote and no power: `14<sup>1</sup> deaths`, but `10<sup>6</sup>`, `m<sup>2</sup>`.
    fn footnote(&self, range: &Range<usize>) -> bool {
        let raised = self.stack.iter().rev().take(3).any(|o| o.name == b"sup");
        let text = self.source[range.clone()].trim().trim_matches(['[', ']', '(', ')']);
        if !raised || text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        let before = self.run.text.as_str();
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let letters = before.chars().rev().take(4).take_while(|c| c.is_alphabetic()).count();
        let power = digits == 2 && before.ends_with("10");
        // Units are short: `km<sup>2</sup>`.
        !power && (digits > 0 || letters == 0 || letters == 4)
    }

    fn top_is(&self, names: &[&str]) -> bool {
        self.stack.last().is_some_and(|t| names.iter().any(|n| n.as_bytes() == t.name))
    }

    /// Elements whose end tag may be left out end where the next begins.
    fn close_implied(&mut self, name: &[u8], does: Does) {
        if matches!(does, Does::Block | Does::Kind(_)) && self.counts.get(b"p".as_slice()).is_some_and(|n| *n > 0) {
            // A `p` holds inline elements only, so that it is not far down.
            let depth = self.stack.iter().rev().take(16).position(|o| o.does != Does::Inline && o.does != Does::Drop);
            if let Some(depth) = depth.filter(|&d| self.stack[self.stack.len() - 1 - d].name == b"p") {
                self.flush();
                for _ in 0..=depth {
                    self.pop();
                }
            }
        }
        let siblings: &[&str] = match name {
            b"li" => &["li"],
            b"td" | b"th" => &["td", "th"],
            b"tr" => &["td", "th", "tr"],
            b"dt" | b"dd" => &["dt", "dd"],
            b"body" => &["head", "title"],
            _ => return,
        };
        while self.top_is(siblings) {
            self.flush();
            self.pop();
        }
    }
}

impl Sink for Page<'_> {
    fn text(&mut self, range: Range<usize>) {
        if self.footnote(&range) {
            return;
        }
        if self.dropped() {
            if self.top_is(&["title"]) {
                self.title.collapsed(self.source, range);
            } else if let Some(json) = &mut self.json {
                json.push_str(&self.source[range]);
            }
            return;
        }
        if self.stack.first().is_none_or(|o| o.does == Does::Inline) && !self.source[range.clone()].trim().is_empty() {
            self.loose(range);
            return;
        }
        self.words(range);
    }

    fn decoded(&mut self, text: &str, range: Range<usize>) {
        let run = if !self.dropped() {
            &mut self.run
        } else if self.top_is(&["title"]) {
            &mut self.title
        } else {
            if let Some(json) = &mut self.json {
                json.push_str(text);
            }
            return;
        };
        if text.bytes().all(|b| b.is_ascii_whitespace()) {
            // A reference to a line feed, or a carriage return: white space like any other.
            run.line_break(range);
        } else {
            run.decoded(text, range);
            if !self.dropped() {
                self.see();
            }
        }
    }

    fn open(&mut self, tag: &Tag) {
        let does = does(&tag.name);
        match tag.name.as_slice() {
            b"html" => {
                let lang = tag.get(b"lang").or_else(|| tag.get(b"xml:lang")).filter(|l| !l.text.trim().is_empty());
                if let Some(lang) = lang.filter(|_| self.lang.is_none()) {
                    let at = lang.map.source(crate::span::Span::new(0, lang.text.len())).unwrap_or_default();
                    self.lang = Some((lang.text.clone(), at.range()));
                }
            }
            b"meta" => self.meta(tag),
            b"br" if !self.dropped() => {
                if self.run.ends_in_break() && self.stack.last().is_none_or(|t| t.kind.is_none()) {
                    self.flush();
                } else {
                    self.run.line_break(tag.source.clone());
                }
            }
            b"hr" => self.flush(),
            _ if !self.dropped() && pictures::shows(tag) => {
                if !matches!(does, Does::Inline | Does::Void) {
                    self.flush();
                }
                self.picture(tag);
            }
            b"script" => self.json = tag.value(b"type").eq_ignore_ascii_case("application/ld+json").then(String::new),
            b"time" if !self.dropped() => {
                if let Some(found) = date(tag.value(b"datetime")) {
                    if self.time_date.is_none() && !self.told {
                        self.time_date = Some(found);
                    }
                    self.timed = true;
                }
            }
            _ => {}
        }
        if does == Does::Void || (tag.self_closing && does == Does::Inline) {
            return;
        }
        self.close_implied(&tag.name, does);
        let parent = self.stack.last();
        let dropped = parent.is_some_and(|p| p.dropped) || does == Does::Drop || is_beside(tag);
        let outer = parent.and_then(|p| p.kind);
        let mut figure = parent.and_then(|p| p.figure);
        let lang = match tag.value(b"lang") {
            "" => parent.and_then(|p| p.lang),
            // The page's own language is the draft's, which the caller may know better.
            _ if tag.name == b"html" => None,
            code => Some(self.languages.by_code(code).unwrap_or(Lang::UNKNOWN)),
        };
        let mut main = parent.is_some_and(|p| p.main);
        let mut article = parent.and_then(|p| p.article);
        match tag.name.as_slice() {
            b"main" => main = true,
            b"article" if article.is_none() => {
                article = Some(self.articles);
                self.articles += 1;
            }
            b"figure" if !dropped => figure = Some(self.figures.next()),
            _ if !dropped && does == Does::Block && figure.is_none() => figure = self.credited(tag),
            _ => {}
        }
        let mut kind = outer;
        let by_class = if dropped { None } else { named_kind(tag) };
        let settled = outer.is_some_and(|k| !matches!(k, BlockKind::ListItem | BlockKind::TableCell));
        if let Some(new) = by_class {
            let inline = does == Does::Inline;
            let allowed = match new {
                // Pages bear such a line at their end too.
                BlockKind::Credit if !self.near_picture() && is_rights(tag) => false,
                BlockKind::Credit => !settled || outer == Some(BlockKind::Caption) || figure.is_some(),
                _ if outer == Some(BlockKind::Headline) => false,
                // A name inside a sentence is no byline.
                _ if inline => !settled && (self.run.text.is_empty() || figure.is_some()),
                BlockKind::Byline | BlockKind::Dateline => !settled,
                _ => !settled || outer == Some(BlockKind::Quote),
            };
            if allowed {
                kind = Some(new);
            }
        }
        if kind == outer {
            kind = match does {
                Does::Kind(new) if !settled => Some(new),
                Does::Kind(BlockKind::Caption) => Some(BlockKind::Caption),
                Does::Inline
                    if matches!(tag.name.as_slice(), b"cite" | b"small")
                        && outer == Some(BlockKind::Caption)
                        && tag.name == b"cite" =>
                {
                    Some(BlockKind::Credit)
                }
                _ => outer,
            };
        }
        let inline = does == Does::Inline || (does == Does::Drop && !PARTING.contains(&tag.name.as_slice()));
        if !inline || kind != outer {
            self.flush();
        }
        *self.counts.entry(tag.name.clone()).or_default() += 1;
        self.stack.push(Open { name: tag.name.clone(), does, kind, figure, lang, dropped, main, article });
    }

    fn close(&mut self, name: &[u8]) {
        if name == b"script" {
            self.json_ld();
        }
        if self.counts.get(name).is_none_or(|n| *n == 0) {
            return;
        }
        let depth = if matches!(does(name), Does::Inline) {
            // A stray end tag of an inline element closes no block.
            self.stack.iter().rev().take(32).take_while(|o| o.does == Does::Inline || o.name == name).position(|o| o.name == name)
        } else {
            self.stack.iter().rev().position(|o| o.name == name)
        };
        let Some(depth) = depth else { return };
        for _ in 0..=depth {
            let top = self.stack.len() - 1;
            let open = &self.stack[top];
            let outer = top.checked_sub(1).and_then(|i| self.stack[i].kind);
            if !open.dropped && (!matches!(open.does, Does::Inline | Does::Drop) || open.kind != outer) {
                self.flush();
            }
            self.pop();
        }
    }

    fn wants(attribute: &[u8]) -> bool {
        matches!(
            attribute,
            b"class"
                | b"rel"
                | b"lang"
                | b"xml:lang"
                | b"property"
                | b"name"
                | b"itemprop"
                | b"content"
                | b"datetime"
                | b"type"
                | b"hidden"
                | b"aria-hidden"
                | b"style"
                | b"id"
                | b"role"
        ) || pictures::wants(attribute)
    }
}
