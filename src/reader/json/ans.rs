//! Arc XP's ANS: a story in elements.

use super::tree::Value;
use crate::document::BlockKind;
use crate::reader::fields::date;
use crate::reader::run::Run;
use crate::reader::tale::Teller;

pub(super) fn is_story(value: &Value) -> bool {
    value.get("content_elements").is_some() && (value.get("headlines").is_some() || value.get("type").is_some())
}

pub(super) fn tell(story: &Value, source: &str, teller: &mut Teller) {
    let string = |path: &[&str]| story.at(path).and_then(|v| v.run(source));
    if let Some(value) = story.get("language")
        && let Some(run) = value.run(source)
    {
        teller.tale.stated.lang = Some((run.text, value.source.clone()));
    }
    let days = ["display_date", "publish_date", "first_publish_date", "created_date"];
    teller.tale.stated.published = days.iter().find_map(|key| date(&string(&[key])?.text));
    let blocks: [(BlockKind, Option<Run>); 4] = [
        (BlockKind::Kicker, string(&["label", "basic", "text"])),
        (BlockKind::Headline, string(&["headlines", "basic"])),
        (BlockKind::Standfirst, string(&["subheadlines", "basic"]).or_else(|| string(&["description", "basic"]))),
        (BlockKind::Dateline, string(&["location"])),
    ];
    for (kind, run) in blocks {
        run.iter().for_each(|run| teller.marked(kind, run));
    }
    for path in [&["taxonomy", "primary_section", "name"][..], &["subtype"], &["taxonomy", "primary_section", "_id"]] {
        teller.tale.stated.kinds.extend(string(path).map(|run| run.text.trim_matches('/').to_lowercase()));
    }
    by(story, source).iter().for_each(|run| teller.block(BlockKind::Byline, run));
    story.get("promo_items").and_then(|p| p.get("basic")).into_iter().for_each(|item| element(item, source, teller, 0));
    story.get("content_elements").into_iter().for_each(|list| elements(list, source, teller, 0));
}

/// Who is named as having made something.
fn by(value: &Value, source: &str) -> Vec<Run> {
    let names = value.at(&["credits", "by"]).map(Value::items).unwrap_or_default();
    names.iter().filter_map(|n| ["byline", "name", "org"].iter().find_map(|key| n.get(key)?.run(source))).collect()
}

fn elements(list: &Value, source: &str, teller: &mut Teller, depth: usize) {
    // Lists and quotations stand in one another; no story goes deeper.
    if depth < 16 {
        list.items().iter().for_each(|item| element(item, source, teller, depth));
    }
}

fn element(item: &Value, source: &str, teller: &mut Teller, depth: usize) {
    let string = |key: &str| item.get(key).and_then(|v| v.run(source));
    let kind = string("type").map(|t| t.text).unwrap_or_default();
    let first = teller.tale.raws.len();
    match kind.as_str() {
        "text" | "raw_html" => string("content").iter().for_each(|run| teller.html(run)),
        "header" => string("content").iter().for_each(|run| teller.marked(BlockKind::Heading, run)),
        "correction" => string("text").iter().for_each(|run| teller.marked(BlockKind::Note, run)),
        "image" | "video" | "graphic" => {
            let caption = string("caption").or_else(|| item.at(&["description", "basic"])?.run(source));
            let mut credits = by(item, source);
            credits.extend(string("copyright").filter(|_| credits.is_empty()));
            let alternative = super::ALTERNATIVES.iter().find_map(|key| string(key));
            teller.picture(alternative.as_ref(), caption.as_ref(), &credits);
        }
        "quote" => {
            item.get("content_elements").into_iter().for_each(|list| elements(list, source, teller, depth + 1));
            let pulled = string("subtype").is_some_and(|s| s.text == "pullquote");
            for raw in &mut teller.tale.raws[first..] {
                raw.kind = if pulled { BlockKind::PullQuote } else { BlockKind::Quote };
            }
        }
        "list" => {
            item.get("items").into_iter().for_each(|list| elements(list, source, teller, depth + 1));
            teller.tale.raws[first..].iter_mut().for_each(|raw| raw.kind = BlockKind::ListItem);
        }
        "gallery" => item.get("content_elements").into_iter().for_each(|list| elements(list, source, teller, depth + 1)),
        _ => {}
    }
}
