//! Documents of Word: paragraphs with the names of their styles, insertions read and deletions not.

use std::collections::HashMap;
use std::ops::Range;

use super::furniture::Words;
use super::office::{self, Paragraph};
use super::run::{Figures, Raw, Run, says_nothing};
use super::xml::{self, Element, Node};
use super::{ReadError, package};
use crate::document::BlockKind;

pub(super) fn read(source: &str, words: &Words, figures: &mut Figures) -> Result<Vec<Raw>, ReadError> {
    let parts = package::parts(source);
    let part = |end: &str| parts.iter().find(|(name, _)| name.ends_with(end)).map(|(_, range)| xml::parse(source, range.clone()));
    let styles = part("styles.xml").transpose()?.map(|root| styles(&root)).unwrap_or_default();
    let mut reader = Reader { source, styles, out: Vec::new(), beside: Vec::new() };
    for (name, range) in &parts {
        if name.ends_with("styles.xml") {
            continue;
        }
        let root = xml::parse(source, range.clone())?;
        let note = (name.ends_with("notes.xml")).then_some(BlockKind::Note);
        reader.blocks(&root, note);
    }
    Ok(office::blocks(reader.out, words, figures))
}

/// A style with what it says, its own or that of the one it is based on.
#[derive(Clone, Copy, Default)]
struct Style {
    kind: Option<BlockKind>,
    size: u32,
    bold: bool,
}

fn styles(root: &Element) -> HashMap<String, Style> {
    let all: HashMap<&str, &Element> =
        root.children().filter(|e| e.name == "w:style").filter_map(|e| Some((e.attribute("w:styleId")?, e))).collect();
    let default = root.first("rPrDefault").and_then(|e| e.first("sz")).map_or(0, size);
    let mut out = HashMap::new();
    for id in all.keys() {
        let mut style = Style::default();
        let mut next = all.get(id);
        // A style is based on few others; a circle of them ends too.
        for _ in 0..12 {
            let Some(e) = next else { break };
            let name = e.child("name").and_then(|n| n.attribute("w:val")).unwrap_or_default();
            style.kind = style.kind.or_else(|| office::style(name));
            if let Some(run) = e.child("rPr") {
                style.size = if style.size == 0 { run.child("sz").map_or(0, size) } else { style.size };
                style.bold |= run.child("b").is_some_and(is_on);
            }
            next = e.child("basedOn").and_then(|b| all.get(b.attribute("w:val")?));
        }
        style.size = if style.size == 0 { default } else { style.size };
        out.insert((*id).to_owned(), style);
    }
    out.entry(String::new()).or_insert(Style { size: default, ..Style::default() });
    out
}

fn size(e: &Element) -> u32 {
    e.attribute("w:val").and_then(|v| v.parse().ok()).unwrap_or(0)
}

/// A switch is on unless it says that it is off.
fn is_on(e: &Element) -> bool {
    !matches!(e.attribute("w:val"), Some("0" | "false" | "off" | "none"))
}

/// Whether an alternative text was written by somebody, and not made of the name of a file.
pub(super) fn says_something(text: Option<&str>) -> bool {
    text.is_some_and(|t| !t.trim().is_empty() && !says_nothing(t.trim()))
}

struct Reader<'a> {
    source: &'a str,
    styles: HashMap<String, Style>,
    out: Vec<Paragraph>,
    /// The paragraphs of text boxes that are anchored in the one that is being read: they stand after it.
    beside: Vec<Paragraph>,
}

impl Reader<'_> {
    /// Reads what holds paragraphs. `within`: what they are, wherever their style says nothing.
    fn blocks(&mut self, holder: &Element, within: Option<BlockKind>) {
        for e in holder.children() {
            match e.local() {
                "p" if e.name == "w:p" => self.paragraph(e, within),
                "tc" => self.blocks(e, within.or(Some(BlockKind::TableCell))),
                // A note that only separates notes from the page.
                "footnote" | "endnote" if e.attribute("w:type").is_some_and(|t| t != "normal") => {}
                "del" | "moveFrom" | "sectPr" | "sdtPr" | "tblPr" | "trPr" | "tcPr" | "Fallback" => {}
                "tr" if e.child("trPr").is_some_and(|p| p.child("del").is_some()) => {}
                _ => self.blocks(e, within),
            }
        }
    }

    fn paragraph(&mut self, e: &Element, within: Option<BlockKind>) {
        let properties = e.child("pPr");
        let id = properties.and_then(|p| p.child("pStyle")).and_then(|s| s.attribute("w:val")).unwrap_or_default();
        let style = self.styles.get(id).copied().unwrap_or_default();
        let listed = properties
            .and_then(|p| p.child("numPr"))
            .is_some_and(|n| n.child("numId").is_some_and(|id| id.attribute("w:val") != Some("0")));
        let named = style.kind.or(office::style(id).filter(|_| style.kind.is_none()));
        let mut reading = Reading { paragraph: Paragraph::default(), style, plain: false };
        let outer = std::mem::take(&mut self.beside);
        self.inline(e, &mut reading);
        let Reading { mut paragraph, plain, .. } = reading;
        paragraph.kind = named.or(within).or(listed.then_some(BlockKind::ListItem));
        paragraph.bold = !plain && !paragraph.run.text.is_empty();
        self.out.push(paragraph);
        let beside = std::mem::replace(&mut self.beside, outer);
        self.out.extend(beside);
    }

    fn inline(&mut self, holder: &Element, reading: &mut Reading) {
        for e in holder.children() {
            match e.local() {
                "r" if e.name == "w:r" => self.run(e, reading),
                "del" | "moveFrom" | "pPr" | "sdtPr" | "oMath" | "rt" | "Fallback" => {}
                _ => self.inline(e, reading),
            }
        }
    }

    fn run(&mut self, e: &Element, reading: &mut Reading) {
        let properties = e.child("rPr");
        let on = |name: &str| properties.and_then(|p| p.child(name)).map(is_on);
        if on("vanish") == Some(true) || on("webHidden") == Some(true) {
            return;
        }
        let size = properties.and_then(|p| p.child("sz")).map_or(reading.style.size, size);
        let before = reading.paragraph.run.text.len();
        let Paragraph { run, pictures, .. } = &mut reading.paragraph;
        self.content(e, run, pictures);
        let added = reading.paragraph.run.text.get(before..).unwrap_or_default();
        if added.contains(|c: char| !c.is_whitespace()) {
            reading.paragraph.size = reading.paragraph.size.max(size);
            reading.plain |= !on("b").unwrap_or(reading.style.bold);
        }
    }

    fn content(&mut self, e: &Element, run: &mut Run, pictures: &mut Vec<bool>) {
        for e in e.children() {
            match e.local() {
                "t" => text(self.source, e, run),
                "tab" | "br" | "cr" | "ptab" => run.line_break(e.source.clone()),
                "noBreakHyphen" => run.decoded("\u{2011}", e.source.clone()),
                "ruby" => e.all("rubyBase").into_iter().for_each(|base| self.ruby(base, run, pictures)),
                "drawing" | "pict" | "object" => self.boxes(e, pictures),
                "AlternateContent" => {
                    let shown = e.child("Choice").or_else(|| e.child("Fallback"));
                    shown.into_iter().for_each(|c| self.content(c, run, pictures));
                }
                _ => {}
            }
        }
    }

    fn ruby(&mut self, base: &Element, run: &mut Run, pictures: &mut Vec<bool>) {
        for r in base.all("r") {
            self.content(r, run, pictures);
        }
    }

    fn boxes(&mut self, drawing: &Element, pictures: &mut Vec<bool>) {
        if drawing.first("pic").is_some() || drawing.first("imagedata").is_some() {
            let told =
                |name: &str| drawing.first(name).is_some_and(|e| ["descr", "alt"].iter().any(|a| says_something(e.attribute(a))));
            pictures.push(told("docPr") || told("cNvPr") || told("shape"));
        }
        for content in drawing.all("txbxContent") {
            let outer = std::mem::take(&mut self.out);
            self.blocks(content, None);
            let inside = std::mem::replace(&mut self.out, outer);
            self.beside.extend(inside);
        }
    }
}

/// A paragraph while it is being read.
struct Reading {
    paragraph: Paragraph,
    style: Style,
    /// Whether any of its words is not bold.
    plain: bool,
}

/// The words of a `w:t`: blanks at its ends stand only where it says so, and a line break in it is a blank.
fn text(source: &str, e: &Element, run: &mut Run) {
    let keeps = e.attribute("xml:space") == Some("preserve");
    let last = e.nodes.len().saturating_sub(1);
    for (i, node) in e.nodes.iter().enumerate() {
        match node {
            Node::Text(range) => {
                let words = &source[range.clone()];
                let (mut start, mut end) = (range.start, range.end);
                if !keeps && i == last {
                    end = start + words.trim_ascii_end().len();
                }
                if !keeps && i == 0 {
                    start = end.min(start + words.len() - words.trim_ascii_start().len());
                }
                prose(source, start..end, run);
            }
            Node::Reference(text, range) => run.decoded(text, range.clone()),
            Node::Element(_) => {}
        }
    }
}

/// Text of the file whose line ends and tabs are blanks.
pub(super) fn prose(source: &str, range: Range<usize>, run: &mut Run) {
    let mut at = range.start;
    for piece in source[range].split_inclusive(['\n', '\r', '\t']) {
        let words = piece.trim_end_matches(['\n', '\r', '\t']);
        if !words.is_empty() {
            run.verbatim(source, at..at + words.len());
        }
        at += piece.len();
        if words.len() < piece.len() {
            run.line_break(at - 1..at);
        }
    }
}
