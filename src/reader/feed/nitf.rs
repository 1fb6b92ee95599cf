//! NITF: the news industry's own text format, alone and inside NewsML.

use super::Telling;
use crate::document::BlockKind;
use crate::reader::fields::date;
use crate::reader::tale::Tale;
use crate::reader::xml::Element;

/// The element of HTML, and its class, that an element of NITF is like; what has the same name in both is itself.
pub(super) fn as_html(local: &str) -> Option<(&'static str, &'static str)> {
    Some(match local {
        "block" | "body.content" | "body.head" | "body.end" | "nitf-table" => ("div", ""),
        "hl1" | "hl2" => ("h2", ""),
        "bq" => ("blockquote", ""),
        "media" => ("figure", ""),
        "media-caption" => ("figcaption", ""),
        "media-producer" => ("div", "credit"),
        "media-reference" | "media-metadata" | "media-object" | "nitf-table-metadata" => ("template", ""),
        "byline" => ("div", "byline"),
        "dateline" => ("div", "dateline"),
        "abstract" => ("div", "standfirst"),
        "note" | "tagline" => ("div", ""),
        _ => return None,
    })
}

pub(super) fn tell(root: &Element, mut t: Telling) -> Tale {
    head(root, &mut t);
    t.finish()
}

/// Adds the story that an `nitf` element holds.
pub(super) fn head(root: &Element, t: &mut Telling) {
    let body = root.child("body");
    t.lang = body.and_then(|b| super::attribute_of(b, "xml:lang")).or_else(|| t.lang.take());
    let norm = |e: Option<&Element>| e.and_then(|e| date(e.attribute("norm")?));
    if t.teller.tale.stated.published.is_none() {
        t.published([norm(root.first("date.issue")), norm(root.first("story.date")), norm(root.first("date.release"))]);
    }
    let kinds = [("tobject", "tobject.type"), ("tobject.property", "tobject.property.type"), ("fixture", "fix.id")];
    let kinds = kinds.iter().filter_map(|(e, a)| root.first(e)?.attribute(a)).map(|k| k.trim().to_lowercase());
    t.teller.tale.stated.kinds.extend(kinds);
    if let Some(head) = body.and_then(|b| b.child("body.head")) {
        let first = head.first("hl1").or_else(|| head.child("hedline"));
        if !t.teller.has(BlockKind::Headline) {
            t.block(BlockKind::Headline, first);
        }
        head.all("hl2").into_iter().for_each(|e| t.block(BlockKind::Standfirst, Some(e)));
        if let Some(summary) = head.child("abstract") {
            match summary.children().next() {
                Some(_) => summary.children().for_each(|p| t.block(BlockKind::Standfirst, Some(p))),
                None => t.block(BlockKind::Standfirst, Some(summary)),
            }
        }
        if !t.teller.has(BlockKind::Byline) {
            head.all("byline").into_iter().for_each(|e| t.block(BlockKind::Byline, Some(e)));
        }
        if !t.teller.has(BlockKind::Dateline) {
            t.block(BlockKind::Dateline, head.child("dateline").map(|d| d.child("location").unwrap_or(d)));
        }
    }
    body.and_then(|b| b.child("body.content")).into_iter().for_each(|content| t.body(content));
    if let Some(end) = body.and_then(|b| b.child("body.end")) {
        t.block(BlockKind::Note, end.child("tagline"));
    }
}
