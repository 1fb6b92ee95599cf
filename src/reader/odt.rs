//! Texts of LibreOffice, as an archive and as one flat file.

use std::collections::HashMap;

use super::furniture::Words;
use super::office::{self, Paragraph};
use super::run::{Figures, Raw, Run};
use super::xml::{self, Element, Node};
use super::{ReadError, docx, package};
use crate::document::BlockKind;

pub(super) fn read(source: &str, words: &Words, figures: &mut Figures) -> Result<Vec<Raw>, ReadError> {
    let parts = package::parts(source);
    // A flat document is one part.
    let flat = parts.is_empty().then_some(0..source.len());
    let ranges = parts.into_iter().map(|(_, range)| range).chain(flat);
    let roots = ranges.map(|range| xml::parse(source, range)).collect::<Result<Vec<Element>, ReadError>>()?;
    let mut styles = HashMap::new();
    roots.iter().flat_map(|root| root.all("style")).for_each(|e| {
        let family = e.attribute("style:family").unwrap_or_default();
        if let Some(name) = e.attribute("style:name") {
            styles.insert((family, name), e);
        }
    });
    let Some(body) = roots.iter().find_map(|root| root.first("body")?.child("text")) else {
        return Err(ReadError::refused("there is no text in the document: save it again as ODT"));
    };
    let mut reader = Reader { source, styles, out: Vec::new(), beside: Vec::new() };
    reader.blocks(body, None);
    Ok(office::blocks(reader.out, words, figures))
}

/// What a style says, its own or that of the one above it.
#[derive(Clone, Copy, Default)]
struct Style {
    kind: Option<BlockKind>,
    size: Option<u32>,
    bold: Option<bool>,
    hidden: bool,
}

struct Reader<'a> {
    source: &'a str,
    styles: HashMap<(&'a str, &'a str), &'a Element>,
    out: Vec<Paragraph>,
    /// The paragraphs of frames and notes that are anchored in the one that is being read: they stand after it.
    beside: Vec<Paragraph>,
}

/// A paragraph while it is being read.
struct Reading {
    run: Run,
    size: u32,
    /// Whether any of its words is not bold.
    plain: bool,
    pictures: Vec<bool>,
}

impl<'a> Reader<'a> {
    fn style(&self, family: &'a str, name: &'a str) -> Style {
        let mut out = Style::default();
        let mut name = name;
        // A style stands below few others; a circle of them ends too.
        for _ in 0..12 {
            let e = self.styles.get(&(family, name));
            let shown = e.and_then(|e| e.attribute("style:display-name")).unwrap_or(name);
            out.kind = out.kind.or_else(|| office::style(shown)).or_else(|| office::style(name));
            let text = e.and_then(|e| e.child("text-properties"));
            let points = |t: &&Element| t.attribute("fo:font-size")?.strip_suffix("pt")?.parse::<f32>().ok();
            out.size = out.size.or_else(|| text.as_ref().and_then(points).map(|p| (p.clamp(0.0, 1000.0) * 2.0) as u32));
            out.bold = out.bold.or_else(|| text.and_then(|t| t.attribute("fo:font-weight")).map(|w| w == "bold"));
            out.hidden |= text.and_then(|t| t.attribute("text:display")) == Some("none");
            match e.and_then(|e| e.attribute("style:parent-style-name")) {
                Some(parent) => name = parent,
                None => break,
            }
        }
        out
    }

    fn blocks(&mut self, holder: &'a Element, within: Option<BlockKind>) {
        for e in holder.children() {
            match e.local() {
                "p" | "h" => self.paragraph(e, within),
                "list-item" | "list-header" => self.blocks(e, within.or(Some(BlockKind::ListItem))),
                "table-cell" => self.blocks(e, within.or(Some(BlockKind::TableCell))),
                "tracked-changes" | "annotation" | "forms" | "sequence-decls" | "variable-decls" | "user-field-decls" => {}
                "table-of-content" | "alphabetical-index" | "illustration-index" | "bibliography" => {}
                "section" if e.attribute("text:display") == Some("none") => {}
                // What stands for the picture where it cannot be shown.
                "title" | "desc" | "binary-data" => {}
                _ => self.blocks(e, within),
            }
        }
    }

    fn paragraph(&mut self, e: &'a Element, within: Option<BlockKind>) {
        let style = self.style("paragraph", e.attribute("text:style-name").unwrap_or_default());
        if style.hidden {
            return;
        }
        let outer = std::mem::take(&mut self.beside);
        let mut reading = Reading { run: Run::default(), size: 0, plain: false, pictures: Vec::new() };
        self.inline(e, style, &mut reading);
        let heading = (e.local() == "h").then_some(BlockKind::Heading);
        let Reading { run, size, plain, pictures } = reading;
        let bold = !plain && !run.text.is_empty();
        self.out.push(Paragraph { run, kind: style.kind.or(heading).or(within), size, bold, pictures });
        let beside = std::mem::replace(&mut self.beside, outer);
        self.out.extend(beside);
    }

    fn inline(&mut self, holder: &'a Element, style: Style, reading: &mut Reading) {
        for node in &holder.nodes {
            match node {
                Node::Text(range) => {
                    reading.run.collapsed(self.source, range.clone());
                    if !self.source[range.clone()].trim().is_empty() {
                        reading.size = reading.size.max(style.size.unwrap_or(0));
                        reading.plain |= style.bold != Some(true);
                    }
                }
                Node::Reference(text, range) => reading.run.decoded(text, range.clone()),
                Node::Element(e) => self.element(e, style, reading),
            }
        }
    }

    fn element(&mut self, e: &'a Element, style: Style, reading: &mut Reading) {
        match e.local() {
            "s" | "tab" | "line-break" => reading.run.line_break(e.source.clone()),
            "span" => {
                let own = self.style("text", e.attribute("text:style-name").unwrap_or_default());
                if !own.hidden {
                    let style = Style { size: own.size.or(style.size), bold: own.bold.or(style.bold), ..style };
                    self.inline(e, style, reading);
                }
            }
            "note" => self.aside(e.child("note-body"), Some(BlockKind::Note)),
            "frame" if e.child("image").is_some() => {
                let words = |name: &str| e.child(name).map(|c| c.words(self.source).text);
                let told = ["title", "desc"].iter().any(|name| docx::says_something(words(name).as_deref()));
                reading.pictures.push(told);
            }
            "frame" | "text-box" | "custom-shape" | "shape-group" | "g" | "rect" => self.aside(Some(e), None),
            "annotation" | "hidden-text" | "hidden-paragraph" | "ruby-text" | "tracked-changes" | "script" | "note-citation" => {}
            _ => self.inline(e, style, reading),
        }
    }

    fn aside(&mut self, holder: Option<&'a Element>, within: Option<BlockKind>) {
        let outer = std::mem::take(&mut self.out);
        holder.into_iter().for_each(|e| self.blocks(e, within));
        let inside = std::mem::replace(&mut self.out, outer);
        self.beside.extend(inside);
    }
}
