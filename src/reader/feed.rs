//! Stories in XML: NITF, NewsML-G2, NewsML 1.2, a WordPress export, RSS and Atom.

mod newsml;
mod nitf;

use std::collections::HashMap;

use jiff::civil::Date;

use super::fields::date;
use super::furniture::Words;
use super::run::Run;
use super::tale::{Tale, Teller};
use super::xml::{self, Element, Node};
use super::{ReadError, html};
use crate::document::BlockKind;
use crate::language::Languages;
use crate::span::Span;

/// Whether stories are known to stand in XML whose outermost element has that name.
pub(super) fn is_known(root: &str) -> bool {
    let local = root.rsplit(':').next().unwrap_or_default();
    matches!(local, "nitf" | "newsItem" | "newsMessage" | "packageItem" | "NewsML" | "rss" | "feed" | "RDF")
}

pub(super) fn read(source: &str, languages: &Languages, words: &Words) -> Result<Vec<Tale>, ReadError> {
    let root = xml::parse(source, 0..source.len())?;
    let new = || Telling { source, lang: attribute_of(&root, "xml:lang"), teller: Teller::new(languages, words) };
    let tales: Vec<Tale> = match root.local() {
        "nitf" => vec![nitf::tell(&root, new())],
        "newsItem" | "newsMessage" | "packageItem" => newsml::second(&root, &new),
        "NewsML" => newsml::first(&root, &new),
        "feed" => root.all("entry").into_iter().map(|e| entry(e, new())).collect(),
        _ => items(&root, &new),
    };
    let tales: Vec<Tale> = tales.into_iter().filter(|t| !t.raws.is_empty()).collect();
    if tales.is_empty() {
        let at = root.source.start;
        return Err(ReadError::broken("there is no story in the file".to_owned(), Span::new(at, at)));
    }
    Ok(tales)
}

/// A story of an XML file while it is put together.
struct Telling<'a> {
    source: &'a str,
    /// The language of the whole file.
    lang: Option<String>,
    teller: Teller<'a>,
}

fn attribute_of(e: &Element, name: &str) -> Option<String> {
    e.attribute(name).filter(|v| !v.trim().is_empty()).map(str::to_owned)
}

impl Telling<'_> {
    /// Adds the words of an element, if there are any.
    fn block(&mut self, kind: BlockKind, e: Option<&Element>) {
        if let Some(e) = e {
            let run = e.words(self.source);
            self.teller.block(kind, &run);
        }
    }

    /// Adds what an element holds as a body: elements, or HTML that is written out in its text.
    fn body(&mut self, e: &Element) {
        if e.children().next().is_some() {
            let raws = html::of_xml(self.source, e, nitf::as_html, self.teller.languages, &mut self.teller.figures);
            self.add(raws);
            return;
        }
        let run = e.text(self.source);
        if run.text.contains("<p") || !run.text.contains('\n') {
            self.teller.body(&run);
            return;
        }
        // As WordPress keeps what was written in its old editor: a blank line parts paragraphs.
        let mut start = 0;
        for piece in paragraphs(&run.text) {
            let part = run.slice(start..start + piece.len());
            start += piece.len();
            self.teller.html(&part);
        }
    }

    /// Reads another rendition of the body.
    fn twin(&mut self, e: &Element) {
        let mut twin = Telling { source: self.source, lang: None, teller: Teller::new(self.teller.languages, self.teller.words) };
        twin.body(e);
        let raws = std::mem::take(&mut twin.teller.tale.raws);
        self.teller.twin(|teller| teller.tale.raws.extend(raws));
    }

    fn add(&mut self, raws: Vec<super::run::Raw>) {
        let titled = self.teller.has(BlockKind::Headline);
        for mut raw in raws {
            if raw.kind == BlockKind::Headline && titled {
                raw.kind = BlockKind::Heading;
            }
            self.teller.tale.raws.push(raw);
        }
    }

    fn published(&mut self, days: impl IntoIterator<Item = Option<Date>>) {
        self.teller.tale.stated.published = days.into_iter().flatten().next();
    }

    fn finish(self) -> Tale {
        let mut tale = self.teller.finish();
        tale.stated.lang = self.lang.map(|code| (code, 0..0));
        tale
    }
}

/// The text cut after each blank line.
fn paragraphs(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut start, mut at, mut filled) = (0, 0, false);
    for line in text.split_inclusive('\n') {
        at += line.len();
        if line.trim().is_empty() && filled {
            out.push(&text[start..at]);
            (start, filled) = (at, false);
        }
        filled |= !line.trim().is_empty();
    }
    out.push(&text[start..]);
    out
}

/// The day that an element tells in words of its own.
fn day(source: &str, e: Option<&Element>) -> Option<Date> {
    date(&e?.words(source).text)
}

/// The items of a feed, or the posts of a WordPress export.
fn items<'a>(root: &Element, new: &impl Fn() -> Telling<'a>) -> Vec<Tale> {
    let all = root.all("item");
    let source = new().source;
    let text = |e: &Element, name: &str| e.child(name).map(|c| c.words(source).text).unwrap_or_default();
    let lang = root.child("channel").and_then(|c| c.child("language")).map(|l| l.words(source).text);
    let pictures: HashMap<String, &Element> =
        all.iter().filter(|e| text(e, "post_type") == "attachment").map(|e| (text(e, "post_id"), *e)).collect();
    let posts = all.iter().filter(|e| matches!(&*text(e, "post_type"), "" | "post" | "page") && text(e, "status") != "trash");
    posts
        .map(|e| {
            let mut t = new();
            t.lang = lang.clone().filter(|l| !l.is_empty()).or(t.lang);
            t.published([day(source, e.child("post_date")), day(source, e.child("pubDate")), day(source, e.child("date"))]);
            item(e, &mut t);
            let thumbnail = e.children().filter(|m| m.local() == "postmeta" && text(m, "meta_key") == "_thumbnail_id");
            for picture in thumbnail.filter_map(|m| pictures.get(&text(m, "meta_value"))) {
                let caption = encoded(picture, "excerpt").map(|c| c.text(source));
                if let Some(caption) = caption.filter(|c| !c.text.trim().is_empty()) {
                    t.teller.picture(None, Some(&caption), &[]);
                }
            }
            t.finish()
        })
        .collect()
}

/// `content:encoded`, `excerpt:encoded`.
fn encoded<'e>(e: &'e Element, prefix: &str) -> Option<&'e Element> {
    e.children().find(|c| c.local() == "encoded" && c.name.split(':').next() == Some(prefix))
}

fn item(e: &Element, t: &mut Telling) {
    let source = t.source;
    let marked = |e: Option<&Element>| -> Option<Run> { e.map(|e| e.text(source)).filter(|r| !r.text.trim().is_empty()) };
    if let Some(title) = marked(e.children().find(|c| c.name == "title")) {
        t.teller.marked(BlockKind::Headline, &title);
    }
    let content = encoded(e, "content");
    let summary = e.children().find(|c| c.name == "description");
    if let Some(standfirst) = marked(encoded(e, "excerpt")).or_else(|| marked(summary.filter(|_| content.is_some()))) {
        t.teller.marked(BlockKind::Standfirst, &standfirst);
    }
    let kinds = e.children().filter(|c| c.local() == "category" && c.attribute("domain") != Some("post_tag"));
    t.teller.tale.stated.kinds.extend(kinds.map(|c| c.words(source).text.trim().to_lowercase()));
    // In an export this is a name to log in with.
    if e.child("post_id").is_none() {
        t.block(BlockKind::Byline, e.child("creator"));
    }
    content.or(summary).into_iter().for_each(|body| t.body(body));
}

/// An entry of an Atom feed.
fn entry(e: &Element, mut t: Telling) -> Tale {
    let source = t.source;
    t.lang = attribute_of(e, "xml:lang").or(t.lang);
    t.published([day(source, e.child("published")), day(source, e.child("updated"))]);
    let (title, summary, content) = (e.child("title"), e.child("summary"), e.child("content"));
    if let Some(title) = title {
        let run = title.words(source);
        t.teller.marked(BlockKind::Headline, &run);
    }
    if let Some(summary) = summary.filter(|_| content.is_some()) {
        let run = summary.text(source);
        t.teller.marked(BlockKind::Standfirst, &run);
    }
    let kinds = e.children().filter(|c| c.local() == "category").filter_map(|c| c.attribute("label").or(c.attribute("term")));
    t.teller.tale.stated.kinds.extend(kinds.map(|k| k.trim().to_lowercase()));
    t.block(BlockKind::Byline, e.child("author").and_then(|a| a.child("name")));
    content.or(summary).into_iter().for_each(|body| t.body(body));
    t.finish()
}

/// Whether an element holds more than blanks.
fn is_blank(source: &str, e: &Element) -> bool {
    e.nodes.iter().all(|n| matches!(n, Node::Text(range) if source[range.clone()].trim().is_empty()))
}
