//! Markdown with its front matter, image captions and figure shortcodes.

mod pictures;
mod shortcode;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use self::pictures::shows_picture;
use super::fields::{self, Stated};
use super::furniture::Words;
use super::run::{Face, Figures, Raw, Run};
use super::{Problem, front_matter, html, templates};
use crate::document::{BlockKind, FigureId};
use crate::language::Languages;

/// A first paragraph of fewer words, set bold, is a heading; of more, a standfirst.
const BOLD_HEADING_WORDS: usize = 10;
/// Words in italics under a picture are its caption; a longer paragraph is part of the story.
const CAPTION_WORDS: usize = 60;

pub(super) fn read(
    source: &str,
    languages: &Languages,
    words: &Words<'_>,
    figures: &mut Figures,
    stated: &mut Stated,
    problems: &mut Vec<Problem>,
) -> Vec<Raw> {
    let front = front_matter::read(source, problems);
    let raws = fields::blocks(front.fields, figures, stated, problems);
    let opening = raws.len();
    let title = raws.iter().find(|r| r.kind == BlockKind::Headline).map(|r| r.run.text.clone());
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let templates::Masked { text: masked, cuts, figures: fenced } = templates::mask(source, front.body);
    let mut reader = Reader {
        source,
        masked: &masked,
        cuts: &cuts,
        fenced: &fenced,
        languages,
        figures,
        out: raws,
        open: Vec::new(),
        run: Run::default(),
        faces: Faces::default(),
        struck: 0,
        skipped: 0,
        pictures: Vec::new(),
        waiting: Vec::new(),
        text_end: front.body,
        title,
        html: None,
        shortcode: false,
        longest: 0,
        pictured: None,
        captioned: false,
        within: None,
        inside: None,
        last: None,
    };
    for (event, range) in Parser::new_ext(&masked[front.body..], options).into_offset_iter() {
        reader.event(event, range.start + front.body..range.end + front.body);
    }
    reader.flush();
    let mut raws = reader.out;
    let body = raws.split_off(opening);
    let mut body = words.settle(body, figures);
    set_bold(&mut body);
    raws.extend(words.cut_datelines(body));
    raws
}

/// A paragraph that is bold as a whole: the standfirst, if it opens the story, or an intertitle.
pub(super) fn set_bold(raws: &mut [Raw]) {
    let mut first = true;
    for raw in raws {
        if raw.kind == BlockKind::Body {
            if raw.face == Face::Strong {
                let short = raw.run.text.split_whitespace().take(BOLD_HEADING_WORDS + 1).count() <= BOLD_HEADING_WORDS;
                if short && !raw.run.text.ends_with('.') {
                    raw.kind = BlockKind::Heading;
                } else if first {
                    raw.kind = BlockKind::Standfirst;
                }
            }
            first = false;
        }
    }
}

/// Lines that nobody wraps at are at least so long, and lines that nobody wraps at all.
const WRAPPED: usize = 100;
const UNWRAPPED: usize = 160;

/// How the words of a paragraph are set, as far as they are set alike.
#[derive(Default)]
struct Faces {
    strong: u32,
    emphasis: u32,
    all: Option<Face>,
}

impl Faces {
    fn see(&mut self) {
        let now = match (self.strong, self.emphasis) {
            (1.., _) => Face::Strong,
            (_, 1..) => Face::Emphasis,
            _ => Face::Plain,
        };
        self.all = Some(if self.all.is_none_or(|all| all == now) { now } else { Face::Plain });
    }
}

/// An image whose alternative text is being read.
struct Picture {
    outer: Run,
    title: String,
    range: Range<usize>,
}

struct Reader<'a> {
    source: &'a str,
    /// The source with its templates masked, and where they stand.
    masked: &'a str,
    cuts: &'a [Range<usize>],
    /// The blocks that are fenced as figures.
    fenced: &'a [Range<usize>],
    languages: &'a Languages,
    figures: &'a mut Figures,
    out: Vec<Raw>,
    /// The kinds of the open containers and blocks.
    open: Vec<BlockKind>,
    run: Run,
    faces: Faces,
    struck: u32,
    skipped: u32,
    pictures: Vec<Picture>,
    /// Captions of the images in the open paragraph.
    waiting: Vec<Raw>,
    /// Where the last text ended: what lies between it and the next may be the backslash of an escape.
    text_end: usize,
    title: Option<String>,
    html: Option<Range<usize>>,
    shortcode: bool,
    /// The most characters of a line of the open paragraph.
    longest: usize,
    /// The figure of a picture that stands alone right above.
    pictured: Option<FigureId>,
    /// The words that end here are a caption.
    captioned: bool,
    /// The picture whose words stand from its tag to its end tag, and where that is.
    within: Option<(usize, FigureId)>,
    /// The picture whose words the open paragraph tells.
    inside: Option<FigureId>,
    /// The last picture, and where it stands.
    last: Option<(usize, FigureId)>,
}

impl Reader<'_> {
    fn kind(&self) -> BlockKind {
        self.open.last().copied().unwrap_or(BlockKind::Body)
    }

    fn flush(&mut self) {
        let face = std::mem::take(&mut self.faces).all.unwrap_or_default();
        let pictures = std::mem::take(&mut self.waiting);
        if let Some(run) = std::mem::take(&mut self.run).trimmed() {
            let mut raw = Raw { face, ..Raw::new(self.kind(), run) };
            if let Some(figure) = self.pictured.take().filter(|_| raw.kind == BlockKind::Body && face == Face::Emphasis)
                && pictures.is_empty()
                && raw.run.text.split_whitespace().take(CAPTION_WORDS + 1).count() <= CAPTION_WORDS
            {
                // « ![](quai.jpg) », and below it « *Le quai* ».
                self.out.push(Raw { kind: BlockKind::Caption, figure: Some(figure), ..raw });
                return;
            }
            if let Some(figure) = self.inside.filter(|_| raw.kind == BlockKind::Body) {
                self.out.extend(pictures.into_iter().filter(|p| !p.run.text.is_empty()));
                self.out.push(Raw { kind: BlockKind::Caption, figure: Some(figure), ..raw });
                return;
            }
            if raw.kind == BlockKind::Body && raw.run.text.starts_with("[caption") && !pictures.is_empty() {
                raw.figure = pictures[0].figure;
                self.out.extend(pictures.into_iter().filter(|p| !p.run.text.is_empty()));
                self.out.push(raw);
                return;
            }
            if raw.kind == BlockKind::Body && self.captioned {
                raw.kind = BlockKind::Caption;
            }
            if raw.kind == BlockKind::Body && face == Face::Emphasis && !pictures.is_empty() {
                // « ![](quai.jpg) *Le quai* »: the words beside the image, set apart from the story, are its caption.
                raw.kind = BlockKind::Caption;
                raw.figure = pictures[0].figure;
                self.out.extend(pictures.into_iter().filter(|p| !p.run.text.is_empty()));
                self.out.push(raw);
                return;
            }
            if raw.kind == BlockKind::Headline {
                // The site shows the title of the front matter in its place.
                if self.title.as_deref() == Some(raw.run.text.as_str()) {
                    return;
                }
                if self.title.is_some() {
                    raw.kind = BlockKind::Heading;
                }
                self.title.get_or_insert_with(|| raw.run.text.clone());
            }
            self.out.push(raw);
        } else if let Some(picture) = pictures.last() {
            self.pictured = picture.figure;
        }
        self.out.extend(pictures.into_iter().filter(|p| !p.run.text.is_empty()));
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            _ if self.skipped > 0 || self.struck > 0 || self.shortcode => self.text_end = range.end,
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => self.code(&text, range),
            Event::SoftBreak if self.ends_caption(&range) => {
                self.captioned = true;
                self.flush();
                self.captioned = false;
                self.text_end = range.end;
            }
            Event::SoftBreak if self.parts_paragraphs(&range) => {
                self.flush();
                self.text_end = range.end;
            }
            Event::SoftBreak | Event::HardBreak => {
                self.text_end = range.end;
                self.run.line_break(range);
            }
            Event::Html(_) => {
                let end = range.end;
                let html = self.html.get_or_insert(range);
                html.end = html.end.max(end);
            }
            Event::InlineHtml(tag) => {
                self.text_end = range.end;
                if after_br(&tag) {
                    self.run.line_break(range);
                } else if shows_picture(&tag) {
                    self.inline_picture(range);
                }
            }
            Event::Rule => self.flush(),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.text_end = range.end
            }
        }
    }

    /// Whether a line all in italics ends here, above a plain one: « *Le quai, lundi.* », and on the next line the story.
    fn ends_caption(&self, range: &Range<usize>) -> bool {
        let set = self.faces.all == Some(Face::Emphasis) && self.faces.emphasis == 0 && self.faces.strong == 0;
        let next = self.source[range.end..].trim_start_matches([' ', '>']);
        let short = || self.run.text.split_whitespace().take(CAPTION_WORDS + 1).count() <= CAPTION_WORDS;
        let alone = self.open.is_empty() && self.pictures.is_empty() && self.waiting.is_empty() && self.skipped == 0;
        set && alone && !next.starts_with(['*', '_']) && !self.run.text.contains('\n') && short()
    }

    /// Whether the end of a line ends a paragraph: nobody wraps lines as long as the longest, or the next word had room on this one.
    fn parts_paragraphs(&self, range: &Range<usize>) -> bool {
        let inside = self.faces.strong > 0 || self.faces.emphasis > 0 || self.struck > 0 || !self.pictures.is_empty();
        if !self.open.is_empty() || inside || self.skipped > 0 || self.longest <= WRAPPED {
            return false;
        }
        let line = self.source[..range.start].rsplit('\n').next().unwrap_or_default();
        let next = self.source[range.end..].split_whitespace().next().unwrap_or_default();
        self.longest > UNWRAPPED || line.chars().count() + 1 + next.chars().count() <= self.longest
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.flush();
                self.text_end = range.start;
                self.longest = self.source[range.clone()].lines().map(|line| line.chars().count()).max().unwrap_or_default();
                self.shortcodes(range);
            }
            Tag::Heading { level, .. } => {
                self.flush();
                let first = level == HeadingLevel::H1;
                self.open.push(if first { BlockKind::Headline } else { BlockKind::Heading });
                self.text_end = range.start;
            }
            Tag::BlockQuote(_) => self.container(BlockKind::Quote),
            Tag::Item => self.container(BlockKind::ListItem),
            Tag::TableCell => {
                self.container(BlockKind::TableCell);
                self.text_end = range.start;
            }
            Tag::FootnoteDefinition(_) => self.container(BlockKind::Note),
            Tag::CodeBlock(kind) => {
                self.flush();
                self.skipped += 1;
                if let CodeBlockKind::Fenced(info) = kind {
                    self.directive(&info, range);
                }
            }
            Tag::MetadataBlock(_) => {
                self.flush();
                self.skipped += 1;
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html = None;
            }
            Tag::List(_) | Tag::Table(_) | Tag::DefinitionList => self.flush(),
            Tag::Strong => self.faces.strong += 1,
            Tag::Emphasis => self.faces.emphasis += 1,
            Tag::Strikethrough => self.struck += 1,
            Tag::Image { title, .. } => {
                let outer = std::mem::take(&mut self.run);
                self.text_end = range.start + 2;
                self.pictures.push(Picture { outer, title: title.into_string(), range });
            }
            _ => {}
        }
    }

    fn container(&mut self, kind: BlockKind) {
        self.flush();
        self.open.push(kind);
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => {
                self.flush();
                self.shortcode = false;
                self.inside = None;
            }
            TagEnd::Heading(_) | TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::TableCell | TagEnd::FootnoteDefinition => {
                self.flush();
                self.open.pop();
            }
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => self.skipped = self.skipped.saturating_sub(1),
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    let known = self.figures.seen.len();
                    let captioned = self.source[html.clone()].contains("<figcaption");
                    let raws = html::fragment(self.source, html, self.languages, self.figures);
                    let bare = !captioned && raws.iter().all(|r| r.kind == BlockKind::Caption);
                    self.pictured = self.figures.seen[known..].last().map(|s| s.figure).filter(|_| bare);
                    self.out.extend(raws);
                }
            }
            TagEnd::Strong => self.faces.strong = self.faces.strong.saturating_sub(1),
            TagEnd::Emphasis => self.faces.emphasis = self.faces.emphasis.saturating_sub(1),
            TagEnd::Strikethrough => {
                self.struck = self.struck.saturating_sub(1);
                self.text_end = range.end;
                if self.run.text.ends_with(' ') {
                    self.run.line_break(range);
                }
            }
            TagEnd::Link => self.text_end = range.end,
            TagEnd::Image => self.picture(),
            _ => {}
        }
    }

    /// Adds text: the very bytes, or what a reference or an escape stands for.
    fn text(&mut self, text: &str, range: Range<usize>) {
        let cut =
            |r: &Range<usize>| self.cuts.get(self.cuts.partition_point(|c| c.end < r.end)).is_some_and(|c| c.start <= r.start);
        if self.pictures.is_empty() && !text.trim().is_empty() && !cut(&range) {
            self.faces.see();
        }
        let escaped = range.start > self.text_end && self.source.as_bytes()[range.start - 1] == b'\\';
        self.text_end = range.end;
        let first = self.cuts.partition_point(|c| c.end <= range.start);
        if self.cuts.get(first).is_some_and(|c| c.start < range.end) {
            let mut from = range.start;
            for cut in &self.cuts[first..] {
                let until = cut.start.clamp(from, range.end);
                self.lines(from..until);
                from = cut.end.clamp(from, range.end);
                if until == range.end {
                    return;
                }
            }
            self.lines(from..range.end);
        } else if &self.masked[range.clone()] == text {
            let mut from = range.start;
            if let Some(c) = text.chars().next().filter(|c| escaped && c.is_ascii_punctuation()) {
                from += c.len_utf8();
                self.run.decoded(&text[..c.len_utf8()], range.start - 1..from);
            }
            self.lines(from..range.end);
        } else if text.trim_matches([' ', '\t', '\r', '\n']).is_empty() {
            self.run.line_break(range);
        } else {
            self.run.decoded(&text.replace(['\n', '\r'], " "), range);
        }
    }

    /// Adds the very bytes of the source, with line ends as spaces.
    fn lines(&mut self, range: Range<usize>) {
        let mut from = range.start;
        for line in self.source[range].split_inclusive(['\n', '\r']) {
            let words = line.trim_end_matches(['\n', '\r']);
            // A template between two words leaves one space.
            let doubled = self.run.text.ends_with(' ') && words.starts_with(' ');
            self.run.verbatim(self.source, from + usize::from(doubled)..from + words.len());
            if words.len() < line.len() {
                self.run.line_break(from + words.len()..from + line.len());
            }
            from += line.len();
        }
    }

    /// Inline code is the source between the backticks, with line ends as spaces.
    fn code(&mut self, text: &str, range: Range<usize>) {
        self.text_end = range.end;
        self.faces.see();
        let whole = &self.source[range.clone()];
        let ticks = whole.len() - whole.trim_start_matches('`').len();
        let inner = range.start + ticks..range.end.saturating_sub(ticks).max(range.start + ticks);
        if let Some(inner_text) = self.source.get(inner.clone()) {
            let pad = usize::from(inner_text.len() == text.len() + 2);
            let inner = inner.start + pad..inner.end - pad;
            if &self.source[inner.clone()] == text {
                self.run.verbatim(self.source, inner);
                return;
            }
        }
        self.run.decoded(&text.replace(['\n', '\r'], " "), range);
    }
}

fn after_br(tag: &CowStr<'_>) -> bool {
    tag.get(..3).is_some_and(|t| t.eq_ignore_ascii_case("<br"))
}
