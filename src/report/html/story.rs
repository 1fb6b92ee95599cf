//! A story as it reads, in HTML: its blocks as a page sets them, its places marked and numbered.

use std::fmt::{self, Display, Write};

use crate::document::{Block, BlockKind, Document, FigureId};
use crate::finding::Level;
use crate::language::Languages;
use crate::span::Span;

/// One place to be marked.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Bytes of [`Document::text`].
    pub span: Span,
    /// How grave the finding is.
    pub level: Level,
    /// The id of the finding's note in the page; the place's own is this, `p` and its number.
    pub id: String,
    /// The number of the finding, from 1, as it is shown.
    pub number: usize,
    /// Which place of the finding it is, from 1.
    pub place: usize,
    /// What a screen reader says of it.
    pub says: String,
    /// Whether another place of the finding holds this one and shows the number for both.
    pub inside: bool,
}

/// Text as it stands in HTML, in an element or between double quotes.
pub struct Esc<'a>(pub &'a str);

impl Display for Esc<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                // What no HTML may hold (<https://infra.spec.whatwg.org/#control>).
                '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => f.write_char('\u{fffd}')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// The class of a level's marks and notes; `note` alone would name too much.
pub fn class(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "info",
    }
}

/// What encloses several blocks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    List,
    Table,
    Figure(Option<FigureId>),
}

impl Group {
    fn of(block: &Block) -> Option<Group> {
        match block.kind {
            BlockKind::ListItem => Some(Group::List),
            BlockKind::TableCell => Some(Group::Table),
            BlockKind::Caption | BlockKind::Credit => Some(Group::Figure(block.figure)),
            _ => None,
        }
    }

    fn tags(self) -> (&'static str, &'static str) {
        match self {
            Group::List => ("<ul>\n", "</ul>\n"),
            Group::Table => ("<div class=\"table\">\n", "</div>\n"),
            Group::Figure(_) => ("<figure><figcaption>\n", "</figcaption></figure>\n"),
        }
    }
}

/// Writes the blocks of a draft with marks on their words; where `redact` is set, a bar stands for every word.
pub fn write(out: &mut String, doc: &Document, marks: &[Mark], languages: &Languages, redact: bool) {
    let mut marks: Vec<&Mark> = marks.iter().collect();
    marks.sort_by_key(|m| (m.span.start, m.span.end, m.number, m.place));
    let mut page = Page { doc, marks, next: 0, active: Vec::new(), redact };
    let mut open: Option<Group> = None;
    let mut dateline = String::new();
    for block in &doc.blocks {
        let group = Group::of(block);
        if open != group {
            if let Some(group) = open {
                out.push_str(group.tags().1);
            }
            end_dateline(out, &mut dateline);
            if let Some(group) = group {
                out.push_str(group.tags().0);
            }
            open = group;
        }
        let words = page.words(block.span);
        let lang = if block.lang == doc.meta.lang { String::new() } else { format!(" lang=\"{}\"", languages.code(block.lang)) };
        // A dateline opens the paragraph that follows it.
        if block.kind == BlockKind::Dateline {
            end_dateline(out, &mut dateline);
            dateline = format!("<span class=\"dateline\"{lang}>{words}</span>");
            continue;
        }
        if block.kind == BlockKind::Body && !dateline.is_empty() {
            let _ = writeln!(out, "<p class=\"body\"{lang}>{dateline} {words}</p>");
            dateline.clear();
            continue;
        }
        end_dateline(out, &mut dateline);
        let (before, after) = element(block.kind);
        let _ = writeln!(out, "{before}{lang}>{words}{after}");
    }
    end_dateline(out, &mut dateline);
    if let Some(group) = open {
        out.push_str(group.tags().1);
    }
}

fn end_dateline(out: &mut String, dateline: &mut String) {
    if !dateline.is_empty() {
        let _ = writeln!(out, "<p>{dateline}</p>");
        dateline.clear();
    }
}

/// What stands around a block; the first tag is left open for a language.
fn element(kind: BlockKind) -> (&'static str, &'static str) {
    match kind {
        BlockKind::Kicker => ("<p class=\"kicker\"", "</p>"),
        BlockKind::Headline => ("<h3 class=\"headline\"", "</h3>"),
        BlockKind::Standfirst => ("<p class=\"standfirst\"", "</p>"),
        BlockKind::Byline => ("<p class=\"byline\"", "</p>"),
        BlockKind::Heading => ("<h4 class=\"heading\"", "</h4>"),
        BlockKind::ListItem => ("<li", "</li>"),
        BlockKind::Quote => ("<blockquote", "</blockquote>"),
        BlockKind::PullQuote => ("<blockquote class=\"pull-quote\"", "</blockquote>"),
        BlockKind::Caption => ("<p class=\"caption\"", "</p>"),
        BlockKind::Credit => ("<p class=\"credit\"", "</p>"),
        BlockKind::Note => ("<p class=\"remark\"", "</p>"),
        BlockKind::Dateline | BlockKind::Body | BlockKind::TableCell => ("<p", "</p>"),
    }
}

struct Page<'a> {
    doc: &'a Document,
    /// By start.
    marks: Vec<&'a Mark>,
    /// The first mark that has not begun.
    next: usize,
    /// Those that have begun and not ended.
    active: Vec<&'a Mark>,
    redact: bool,
}

impl<'a> Page<'a> {
    /// The words of one block, cut wherever a mark begins or ends. Blocks come in their order.
    fn words(&mut self, block: Span) -> String {
        let mut out = String::new();
        let mut at = block.start;
        loop {
            self.active.retain(|m| m.span.end > at);
            while let Some(mark) = self.marks.get(self.next).filter(|m| m.span.start <= at) {
                self.next += 1;
                if mark.span.end > at {
                    self.active.push(mark);
                }
            }
            if at >= block.end {
                return out;
            }
            let starts = self.marks.get(self.next).map(|m| m.span.start);
            let ends = self.active.iter().map(|m| m.span.end);
            let to = ends.chain(starts).fold(block.end, u32::min);
            self.piece(&mut out, Span { start: at, end: to });
            for mark in self.active.iter().filter(|m| m.span.end.min(block.end) == to && m.span.start >= block.start) {
                let Mark { id, number, place, says, level, inside, .. } = mark;
                if *inside {
                    let _ = write!(out, "<span id=\"{id}p{place}\" data-f=\"{id}\" tabindex=\"-1\"></span>");
                    continue;
                }
                let class = class(*level);
                let _ = write!(
                    out,
                    "<a class=\"ref {class}\" id=\"{id}p{place}\" href=\"#{id}\" data-f=\"{id}\" aria-label=\"{}\">{number}</a>",
                    Esc(says)
                );
            }
            at = to;
        }
    }

    fn piece(&self, out: &mut String, span: Span) {
        let text = self.doc.text.get(span.range()).unwrap_or_default();
        let level = self.active.iter().map(|m| m.level).max();
        if let Some(level) = level {
            let mut ids: Vec<&str> = Vec::new();
            for mark in &self.active {
                if !ids.contains(&mark.id.as_str()) {
                    ids.push(&mark.id);
                }
            }
            let _ = write!(out, "<mark class=\"{}\" data-f=\"{}\">", class(level), ids.join(" "));
        }
        if self.redact {
            bars(out, text);
        } else {
            let _ = write!(out, "{}", Esc(text));
        }
        if level.is_some() {
            out.push_str("</mark>");
        }
    }
}

/// A bar for each word, of three widths only: lengths too can betray a name.
fn bars(out: &mut String, text: &str) {
    let edge = |c: Option<char>| if c.is_some_and(char::is_whitespace) { " " } else { "" };
    out.push_str(edge(text.chars().next()));
    for (i, word) in text.split_whitespace().enumerate() {
        let width = match word.chars().count() {
            0..=3 => 1,
            4..=7 => 2,
            _ => 3,
        };
        let space = if i == 0 { "" } else { " " };
        let _ = write!(out, "{space}<i class=\"w{width}\"></i>");
    }
    out.push_str(edge(text.chars().next_back()));
}
