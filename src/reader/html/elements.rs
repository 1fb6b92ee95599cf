//! What an element does to the text inside it: by its name, its classes, its attributes.

use std::collections::HashMap;

use super::tokens::Tag;
use crate::document::BlockKind;

/// What an element does to the text inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Does {
    /// Marks words inside a block.
    Inline,
    /// Begins and ends a block.
    Block,
    /// Begins and ends a block of this kind.
    Kind(BlockKind),
    /// Holds nothing that the story says, between words or between blocks.
    Drop,
    /// Has no content.
    Void,
}

/// The elements; any other is inline.
const ELEMENTS: &[(&[&str], Does)] = &[
    (
        &[
            "address", "article", "aside", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figure", "header",
            "hgroup", "html", "main", "ol", "p", "picture", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr",
            "ul",
        ],
        Does::Block,
    ),
    (
        &[
            "audio", "button", "canvas", "datalist", "del", "dialog", "footer", "form", "head", "iframe", "map", "menu", "meter",
            "nav", "noscript", "object", "option", "progress", "rp", "rt", "s", "script", "select", "strike", "style", "svg",
            "template", "textarea", "title", "video",
        ],
        Does::Drop,
    ),
    (&["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"], Does::Void),
    (&["h1"], Does::Kind(BlockKind::Headline)),
    (&["h2", "h3", "h4", "h5", "h6"], Does::Kind(BlockKind::Heading)),
    (&["li"], Does::Kind(BlockKind::ListItem)),
    (&["td", "th"], Does::Kind(BlockKind::TableCell)),
    (&["caption", "figcaption"], Does::Kind(BlockKind::Caption)),
    (&["blockquote"], Does::Kind(BlockKind::Quote)),
];

/// The dropped elements that part what is before them from what is after.
pub(super) const PARTING: &[&[u8]] =
    &[b"nav", b"footer", b"form", b"head", b"noscript", b"dialog", b"menu", b"video", b"audio", b"object", b"iframe"];

/// Class names, whole or as the last part of one: `article__standfirst`.
const CLASSES: &[(&[&str], BlockKind)] = &[
    (
        &["standfirst", "chapo", "chapô", "chapeau", "excerpt", "subtitle", "subheadline", "dek", "headline-sub", "entry-summary"],
        BlockKind::Standfirst,
    ),
    (&["byline", "author", "authors", "auteur", "auteurs", "signature"], BlockKind::Byline),
    (&["dateline"], BlockKind::Dateline),
    (&["kicker", "surtitre", "overline", "eyebrow"], BlockKind::Kicker),
    (&["pullquote", "pull-quote", "exergue"], BlockKind::PullQuote),
    (&["credit", "credits", "crédit", "photo-credit", "image-credit", "copyright"], BlockKind::Credit),
    (&["caption", "légende", "legende", "caption-text", "thumbcaption"], BlockKind::Caption),
];

/// Class names of what a page shows beside a story.
const BESIDE: &[&str] = &[
    "sr-only",
    "visually-hidden",
    "screen-reader-text",
    "related",
    "newsletter",
    "share",
    "social",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "advert",
    "advertisement",
    "promo",
    "read-more",
    "lire-aussi",
    "read-also",
    "see-also",
    "more-on",
    "teaser",
    "comment",
    "sidebar",
    "menu",
    "tags",
    "cookie",
    "paywall",
];

thread_local! {
    static TABLE: HashMap<&'static [u8], Does> =
        ELEMENTS.iter().flat_map(|(names, does)| names.iter().map(|n| (n.as_bytes(), *does))).collect();
}

pub(super) fn does(name: &[u8]) -> Does {
    TABLE.with(|t| t.get(name).copied()).unwrap_or(Does::Inline)
}

/// The kind that classes, `rel` or `itemprop` give an element.
pub(super) fn named_kind(tag: &Tag) -> Option<BlockKind> {
    if tag.value(b"rel").split_whitespace().any(|r| r.eq_ignore_ascii_case("author")) {
        return Some(BlockKind::Byline);
    }
    tag.value(b"class").split_whitespace().find_map(|class| named(&class.to_lowercase()))
}

/// The kind that a class names, in lower case: newsrooms name what they make alike in pages and in documents.
pub(in crate::reader) fn named(class: &str) -> Option<BlockKind> {
    CLASSES.iter().find(|(names, _)| names.iter().any(|n| ends_in(class, n))).map(|(_, kind)| *kind)
}

fn ends_in(class: &str, name: &str) -> bool {
    class.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with(['-', '_']))
}

/// Whether a class speaks of rights, as those of pictures do and the last line of a page.
pub(super) fn is_rights(tag: &Tag) -> bool {
    tag.value(b"class").split_whitespace().any(|class| ends_in(&class.to_lowercase(), "copyright"))
}

/// Words that open or close the class of what stands beside a story: `newsletter-signup`, `social-share`.
const BESIDE_PARTS: &[&str] = &[
    "newsletter",
    "share",
    "sharing",
    "social",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "comment",
    "teaser",
    "teasers",
    "cookie",
    "cookies",
    "paywall",
    "advert",
    "sidebar",
    "toolbar",
];
/// Words that make a class that opens so one of the page itself: `social-page`.
const HOLDING: &[&str] = &["content", "main", "page", "article", "post", "story"];
/// Words that make it one of what has something beside it.
const TELLING: &[&str] = &["has", "with", "no", "is", "without"];
/// The ids of what pages have beside a story.
const BESIDE_IDS: &[&str] = &[
    "menu",
    "nav",
    "navigation",
    "sidebar",
    "footer",
    "comments",
    "respond",
    "related",
    "newsletter",
    "cookie-banner",
    "breadcrumb",
];

fn is_beside_class(class: &str) -> bool {
    let class = class.to_lowercase();
    if BESIDE.contains(&class.as_str()) {
        return true;
    }
    let parts: Vec<&str> = class.split(['-', '_']).filter(|p| !p.is_empty()).collect();
    let named = |part: Option<&&str>| part.is_some_and(|p| BESIDE_PARTS.contains(p));
    let opens = named(parts.first()) && !parts.iter().any(|p| HOLDING.contains(p));
    // « article__related » is a part of the article; "has-sidebar", "page-with-sidebar" are pages.
    let closes = (named(parts.last()) || parts.last() == Some(&"related")) && !parts.iter().any(|p| TELLING.contains(p));
    parts.len() > 1 && (opens || closes)
}

pub(super) fn is_beside(tag: &Tag) -> bool {
    let page = matches!(tag.name.as_slice(), b"html" | b"body" | b"main");
    tag.get(b"hidden").is_some()
        // What only a screen reader passes over, because the picture's own words say the same, is on the page all the same.
        || (tag.value(b"aria-hidden").eq_ignore_ascii_case("true") && tag.name != b"figcaption")
        || tag.value(b"style").replace(' ', "").contains("display:none")
        || (!page && tag.value(b"class").split_whitespace().any(is_beside_class))
        || (!page && BESIDE_IDS.iter().any(|id| tag.value(b"id").eq_ignore_ascii_case(id)))
        || ["navigation", "complementary", "contentinfo", "search"].contains(&tag.value(b"role"))
}
