//! What a page says of itself where no reader sees it: `<meta>`, JSON-LD.

use super::Page;
use super::tokens::Tag;
use crate::reader::fields::date;
use crate::span::Span;

impl Page<'_> {
    pub(super) fn meta(&mut self, tag: &Tag) {
        let names = [tag.value(b"property"), tag.value(b"name"), tag.value(b"itemprop")];
        let is = |wanted: &[&str]| names.iter().any(|n| wanted.iter().any(|w| n.eq_ignore_ascii_case(w)));
        let Some(content) = tag.get(b"content") else { return };
        if is(&["og:title"]) && self.og_title.is_none() {
            self.og_title = Some(content.clone());
        } else if is(&["article:published_time", "datePublished", "date", "dc.date", "DC.date.issued", "pubdate"])
            && self.meta_date.is_none()
        {
            self.meta_date = date(&content.text);
        } else if is(&["article:section", "articleSection"]) {
            self.kinds.push(content.text.trim().to_lowercase());
        } else if is(&["author", "article:author", "dc.creator"]) {
            self.signed |= !content.text.trim().is_empty();
        } else if is(&["og:locale"]) && self.lang.is_none() {
            let code = content.slice(0..content.text.find(['_', '-']).unwrap_or(content.text.len()));
            let at = code.map.source(Span::new(0, code.text.len())).unwrap_or_default();
            self.lang = Some((code.text, at.range())).filter(|(code, _)| !code.is_empty());
        }
    }

    pub(super) fn json_ld(&mut self) {
        let Some(json) = self.json.take() else { return };
        let Ok(value) = serde_json::from_str::<serde_json::Value>(&json) else { return };
        let mut rest = vec![&value];
        while let Some(value) = rest.pop() {
            match value {
                serde_json::Value::Array(items) => rest.extend(items),
                serde_json::Value::Object(map) => {
                    if let Some(found) = map.get("datePublished").and_then(|d| d.as_str()).and_then(date) {
                        self.meta_date.get_or_insert(found);
                    }
                    let section = map
                        .get("articleSection")
                        .into_iter()
                        .flat_map(|s| s.as_array().map_or_else(|| vec![s], |a| a.iter().collect()));
                    self.kinds.extend(section.filter_map(|s| s.as_str()).map(|s| s.trim().to_lowercase()));
                    // A page may say of itself who wrote it; that of a comment stands inside.
                    self.signed |= map.get("author").is_some_and(|a| !a.is_null()) && map.contains_key("headline");
                    rest.extend(map.get("@graph"));
                }
                _ => {}
            }
        }
    }
}
