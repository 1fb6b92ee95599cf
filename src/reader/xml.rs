//! XML as a tree whose text knows its place in the file. Nothing is fetched, and no entity of a file's own is made up.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::ReadError;
use super::run::Run;
use crate::span::Span;

/// An element, its prefix as in the file: `w:p`.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub nodes: Vec<Node>,
    /// From the first byte of its start tag to the last of its end tag.
    pub source: Range<usize>,
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    /// The bytes of the file.
    Text(Range<usize>),
    /// A reference, and what it stands for.
    Reference(String, Range<usize>),
}

impl Element {
    /// The name without its prefix.
    pub fn local(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or_default()
    }

    /// An attribute by its whole name.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The elements right below.
    pub fn children(&self) -> impl DoubleEndedIterator<Item = &Element> {
        self.nodes.iter().filter_map(|n| if let Node::Element(e) = n { Some(e) } else { None })
    }

    /// The first element right below of that name, without its prefix.
    pub fn child(&self, local: &str) -> Option<&Element> {
        self.children().find(|e| e.local() == local)
    }

    /// All elements below of that name, without its prefix, in the order of the file; none inside another of them.
    pub fn all<'a>(&'a self, local: &str) -> Vec<&'a Element> {
        let mut out = Vec::new();
        let mut rest: Vec<&Element> = self.children().rev().collect();
        while let Some(e) = rest.pop() {
            if e.local() == local {
                out.push(e);
            } else {
                rest.extend(e.children().rev());
            }
        }
        out
    }

    /// The first element below of that name, without its prefix.
    pub fn first(&self, local: &str) -> Option<&Element> {
        let mut rest: Vec<&Element> = self.children().rev().collect();
        while let Some(e) = rest.pop() {
            if e.local() == local {
                return Some(e);
            }
            rest.extend(e.children().rev());
        }
        None
    }

    /// All text below, as it stands.
    pub fn text(&self, source: &str) -> Run {
        let mut run = Run::default();
        self.add_text(source, &mut run, false);
        run
    }

    /// All text below, with any white space as one space.
    pub fn words(&self, source: &str) -> Run {
        let mut run = Run::default();
        self.add_text(source, &mut run, true);
        run
    }

    fn add_text(&self, source: &str, run: &mut Run, collapsed: bool) {
        for node in &self.nodes {
            match node {
                Node::Element(e) => e.add_text(source, run, collapsed),
                Node::Text(range) if collapsed => run.collapsed(source, range.clone()),
                Node::Text(range) => run.verbatim(source, range.clone()),
                Node::Reference(text, range) => run.decoded(text, range.clone()),
            }
        }
    }
}

/// The name of the first element.
pub(super) enum Root {
    Named(String),
    /// It begins like XML, and no element is near.
    Far,
}

/// The first element of what begins as XML does; `None` where it does not.
pub(super) fn root(head: &str) -> Option<Root> {
    let mut rest = head;
    loop {
        rest = rest.trim_start();
        let end = ["<?", "<!--", "<!DOCTYPE", "<!doctype"]
            .iter()
            .zip(["?>", "-->", ">", ">"])
            .find(|(start, _)| rest.starts_with(**start));
        let Some((start, end)) = end else { break };
        // A document type may hold declarations in brackets.
        let inner = rest[start.len()..].find('[').filter(|i| end == ">" && rest[start.len()..].find('>').is_some_and(|e| *i < e));
        let end = if inner.is_some() { "]>" } else { end };
        match rest.find(end) {
            Some(at) => rest = &rest[at + end.len()..],
            None => return head.starts_with("<?xml").then_some(Root::Far),
        }
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
    let named = end > 0 && name[..end].chars().all(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.'));
    named.then(|| Root::Named(name[..end].to_owned()))
}

/// Deeper elements are no story's.
const DEPTH: usize = 256;
/// More of them are none's either, and would not be held in memory.
const MOST: usize = 2_000_000;

/// Reads the XML at a range of the source: its outermost element.
pub(super) fn parse(source: &str, part: Range<usize>) -> Result<Element, ReadError> {
    let mut reader = Reader::from_str(&source[part.clone()]);
    reader.config_mut().check_end_names = true;
    let mut stack: Vec<Element> = Vec::new();
    let at = |pos: u64| part.start + usize::try_from(pos).unwrap_or(usize::MAX).min(part.len());
    let mut elements = 0usize;
    let fault = |message: String, at: usize| Err(ReadError::broken(message, Span::new(at, at)));
    loop {
        let start = at(reader.buffer_position());
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(e) => return fault(format!("the XML is broken here ({e}): mend or export it again"), at(reader.error_position())),
        };
        let range = start..at(reader.buffer_position());
        elements += usize::from(matches!(event, Event::Start(_) | Event::Empty(_)));
        if elements > MOST {
            return fault(format!("more than {MOST} elements: that is no draft; split the file"), start);
        }
        let closed = match event {
            Event::Start(tag) => {
                if stack.len() >= DEPTH {
                    return fault(format!("more than {DEPTH} elements stand in one another: that is no draft"), start);
                }
                stack.push(element(&tag, range));
                None
            }
            Event::Empty(tag) => Some(element(&tag, range)),
            Event::End(_) => stack.pop().map(|e| Element { source: e.source.start..range.end, ..e }),
            Event::Text(_) => {
                add(&mut stack, Node::Text(range));
                None
            }
            Event::CData(_) => {
                add(&mut stack, Node::Text(range.start + "<![CDATA[".len()..range.end - "]]>".len()));
                None
            }
            Event::GeneralRef(_) => {
                match reference(&source[range.clone()]) {
                    Some(text) => add(&mut stack, Node::Reference(text, range)),
                    None => add(&mut stack, Node::Text(range)),
                }
                None
            }
            Event::DocType(words) if words.windows(8).any(|w| w == b"<!ENTITY") => {
                return fault(
                    "the document type declares entities of its own, which are not made up: export it without".to_owned(),
                    start,
                );
            }
            Event::Eof => {
                let open = stack.last().map(|e| format!("the file ends inside `{}`: it is cut off; export it again", e.name));
                return fault(open.unwrap_or_else(|| "there is no element in the XML".to_owned()), range.end);
            }
            _ => None,
        };
        match (closed, stack.last_mut()) {
            (Some(element), Some(parent)) => parent.nodes.push(Node::Element(element)),
            (Some(element), None) => return Ok(element),
            (None, _) => {}
        }
    }
}

fn add(stack: &mut [Element], node: Node) {
    if let Some(top) = stack.last_mut() {
        top.nodes.push(node);
    }
}

fn element(tag: &BytesStart, source: Range<usize>) -> Element {
    let mut all = tag.attributes();
    let attributes = all.with_checks(false).flatten().map(|a| {
        let value = String::from_utf8_lossy(&a.value).into_owned();
        let value = unescape(&value).map_or_else(|_| value.clone(), |v| v.into_owned());
        (String::from_utf8_lossy(a.key.as_ref()).into_owned(), value)
    });
    Element {
        name: String::from_utf8_lossy(tag.name().as_ref()).into_owned(),
        attributes: attributes.collect(),
        nodes: Vec::new(),
        source,
    }
}

/// What a reference stands for: those of XML, and those of HTML, which feeds use without declaring them.
fn reference(written: &str) -> Option<String> {
    if let Ok(text) = unescape(written) {
        return Some(text.into_owned());
    }
    let mut run = Run::default();
    super::html::references(written, 0..written.len(), &mut run);
    (run.text != written && !run.text.is_empty()).then_some(run.text)
}
