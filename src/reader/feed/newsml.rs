//! NewsML-G2 and NewsML 1.2: items with their metadata, pictures beside texts.

use super::{Telling, attribute_of, day, is_blank, nitf};
use crate::document::BlockKind;
use crate::reader::fields::date;
use crate::reader::run::Run;
use crate::reader::tale::Tale;
use crate::reader::xml::Element;

/// The items of a NewsML-G2 file: each text a story. Pictures that come with one text are its pictures.
pub(super) fn second<'a>(root: &Element, new: &impl Fn() -> Telling<'a>) -> Vec<Tale> {
    let items = if root.local() == "newsItem" { vec![root] } else { root.all("newsItem") };
    let class = |e: &Element| e.first("itemClass").and_then(|c| c.attribute("qcode")).unwrap_or_default().to_owned();
    let shown = |e: &&Element| ["picture", "graphic", "video"].iter().any(|c| class(e).ends_with(c));
    let (pictures, texts): (Vec<&Element>, Vec<&Element>) = items.into_iter().partition(shown);
    if let [text] = texts.as_slice() {
        let mut t = new();
        item(text, &mut t);
        pictures.iter().for_each(|p| picture(p, &mut t));
        return vec![t.finish()];
    }
    let texts = texts.into_iter().map(|text| {
        let mut t = new();
        item(text, &mut t);
        t.finish()
    });
    let alone = pictures.into_iter().map(|p| {
        let mut t = new();
        metadata(p, &mut t);
        picture(p, &mut t);
        t.finish()
    });
    texts.chain(alone).collect()
}

fn metadata(e: &Element, t: &mut Telling) {
    let source = t.source;
    let content = e.child("contentMeta");
    let said = |name: &str| content.and_then(|c| c.child(name));
    t.published([
        day(source, e.first("versionCreated")),
        day(source, said("contentModified")),
        day(source, said("contentCreated")),
    ]);
    let tag = said("language").and_then(|l| attribute_of(l, "tag"));
    t.lang = tag.or_else(|| attribute_of(e, "xml:lang")).or_else(|| t.lang.take());
}

fn item(e: &Element, t: &mut Telling) {
    metadata(e, t);
    let content = e.child("contentMeta");
    for (name, kind) in [("headline", BlockKind::Headline), ("by", BlockKind::Byline), ("dateline", BlockKind::Dateline)] {
        t.block(kind, content.and_then(|c| c.child(name)));
    }
    let genres = content.map(|c| c.children().filter(|g| matches!(g.local(), "genre" | "subject")).collect::<Vec<_>>());
    for genre in genres.unwrap_or_default() {
        let source = t.source;
        let name = genre.child("name").map(|n| n.words(source).text);
        let code = genre.attribute("qcode").and_then(|q| q.rsplit(':').next()).map(str::to_owned);
        t.teller.tale.stated.kinds.extend([name, code].into_iter().flatten().map(|k| k.trim().to_lowercase()));
    }
    let told = |d: &&Element| d.attribute("role").is_none_or(|r| r.ends_with("summary") || r.ends_with("abstract"));
    if let Some(summary) = content.and_then(|c| c.children().filter(|d| d.local() == "description").find(told)) {
        t.block(BlockKind::Standfirst, Some(summary));
    }
    let Some(set) = e.child("contentSet") else { return };
    // Of several renditions of one text the first is read, and the others are held against it.
    let mut renditions =
        set.children().filter(|c| c.local() == "inlineXML").chain(set.children().filter(|c| c.local() == "inlineData"));
    if let Some(first) = renditions.next() {
        match first.first("nitf") {
            Some(nitf) => nitf::head(nitf, t),
            None => t.body(first.first("body").unwrap_or(first)),
        }
    }
    for other in renditions {
        let holder = other.first("body.content").or_else(|| other.first("body")).unwrap_or(other);
        t.twin(holder);
    }
}

fn picture(e: &Element, t: &mut Telling) {
    let source = t.source;
    let content = e.child("contentMeta");
    let all = |name: &str| content.map(|c| c.children().filter(|d| d.local() == name).collect::<Vec<_>>()).unwrap_or_default();
    let words = |e: &Element| e.words(source);
    let described = all("description");
    let alternative =
        described.iter().find(|d| d.attribute("role").is_some_and(|r| r.to_lowercase().contains("alt"))).map(|d| words(d));
    let caption = described.iter().find(|d| d.attribute("role").is_some_and(|r| r.ends_with("caption"))).or(described.first());
    let caption = caption.map(|d| words(d));
    let mut credits: Vec<Run> = all("by").into_iter().map(words).collect();
    credits.extend(all("creditline").into_iter().map(words));
    if caption.is_some() || !credits.is_empty() {
        t.teller.picture(alternative.as_ref(), caption.as_ref(), &credits);
    }
}

/// The items of a NewsML 1.2 file.
pub(super) fn first<'a>(root: &Element, new: &impl Fn() -> Telling<'a>) -> Vec<Tale> {
    let tell = |e: &Element| {
        let mut t = new();
        old(e, &mut t);
        t.finish()
    };
    root.all("NewsItem").into_iter().map(tell).collect()
}

fn old(e: &Element, t: &mut Telling) {
    let source = t.source;
    let stamp = |name: &str| e.first(name).and_then(|d| date(&d.words(source).text));
    t.published([stamp("ThisRevisionCreated"), stamp("FirstCreated")]);
    t.lang = e.first("Language").and_then(|l| attribute_of(l, "FormalName")).or_else(|| t.lang.take());
    for (name, kind) in [
        ("HeadLine", BlockKind::Headline),
        ("SubHeadLine", BlockKind::Standfirst),
        ("ByLine", BlockKind::Byline),
        ("DateLine", BlockKind::Dateline),
    ] {
        t.block(kind, e.first(name));
    }
    for component in components(e) {
        let role = component.child("Role").and_then(|r| r.attribute("FormalName")).unwrap_or_default().to_lowercase();
        for content in component.children().filter(|c| c.local() == "ContentItem").filter_map(|c| c.child("DataContent")) {
            let inner =
                content.first("nitf").and_then(|n| n.first("body.content")).or_else(|| content.first("body")).unwrap_or(content);
            if is_blank(source, inner) {
                continue;
            }
            if role.contains("caption") {
                let credit: Vec<Run> = component.first("CreditLine").map(|c| c.words(source)).into_iter().collect();
                let caption = inner.words(source);
                t.teller.picture(None, Some(&caption), &credit);
            } else {
                t.body(inner);
            }
        }
    }
}

/// The components that hold content, in the order of the file.
fn components(item: &Element) -> Vec<&Element> {
    let mut out = Vec::new();
    let mut rest: Vec<&Element> = item.children().rev().collect();
    while let Some(e) = rest.pop() {
        if e.local() == "NewsComponent" && e.child("ContentItem").is_some() {
            out.push(e);
        }
        rest.extend(e.children().rev().filter(|c| c.local() == "NewsComponent"));
    }
    out
}
