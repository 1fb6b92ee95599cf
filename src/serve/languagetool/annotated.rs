//! Text in annotations: what is text, what is markup, and what the markup stands for.

use std::borrow::Cow;

use serde::Deserialize;

use crate::document::SourceMap;
use crate::span::Span;

/// A text as its client counts it, and as it reads.
pub(super) struct Annotated<'a> {
    /// Text and markup, in which offsets count.
    pub(super) source: Cow<'a, str>,
    /// Text, and what markup stands for.
    pub(super) plain: Cow<'a, str>,
    /// The way from `plain` to `source`; `None` where they are the same.
    pub(super) map: Option<SourceMap>,
}

#[derive(Deserialize)]
struct Data<'a> {
    #[serde(borrow, default)]
    annotation: Vec<Piece<'a>>,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Piece<'a> {
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    #[serde(borrow)]
    markup: Option<Cow<'a, str>>,
    #[serde(borrow)]
    interpret_as: Option<Cow<'a, str>>,
}

impl<'a> Annotated<'a> {
    /// A text without markup.
    pub(super) fn plain(text: &'a str) -> Annotated<'a> {
        Annotated { source: text.into(), plain: text.into(), map: None }
    }

    /// What stands in `data`; why it cannot be used.
    pub(super) fn parse(data: &'a str) -> Result<Annotated<'a>, String> {
        let data: Data<'a> = serde_json::from_str(data).map_err(|e| e.to_string())?;
        if let Some(text) = data.text.filter(|_| data.annotation.is_empty()) {
            return Ok(Annotated { source: text.clone(), plain: text, map: None });
        }
        let (mut source, mut plain, mut map) = (String::new(), String::new(), SourceMap::default());
        for (i, piece) in data.annotation.iter().enumerate() {
            match (&piece.text, &piece.markup) {
                (Some(text), None) if piece.interpret_as.is_none() => {
                    map.push_verbatim(plain.len(), source.len(), text.len());
                    plain.push_str(text);
                    source.push_str(text);
                }
                (None, Some(markup)) => {
                    let reads = piece.interpret_as.as_deref().unwrap_or_default();
                    let stands = Span::new(source.len(), source.len() + markup.len());
                    map.push_decoded(Span::new(plain.len(), plain.len() + reads.len()), stands);
                    plain.push_str(reads);
                    source.push_str(markup);
                }
                _ => return Err(format!("annotation {} needs `text`, or `markup` with or without `interpretAs`", i + 1)),
            }
        }
        Ok(Annotated { source: source.into(), plain: plain.into(), map: Some(map) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_leads_back_to_what_was_sent() {
        let data = r#"{"annotation": [{"text": "A "}, {"markup": "<b>"}, {"text": "b"}, {"markup": "</b><p>", "interpretAs": "\n\n"}, {"text": "c"}]}"#;
        let t = Annotated::parse(data).unwrap();
        assert_eq!((&*t.source, &*t.plain), ("A <b>b</b><p>c", "A b\n\nc"));
        let map = t.map.unwrap();
        assert_eq!(map.source(Span::new(2, 3)), Some(Span::new(5, 6)));
        assert_eq!(map.source(Span::new(3, 5)), Some(Span::new(6, 13)));
        assert_eq!(map.source(Span::new(5, 6)), Some(Span::new(13, 14)));
    }

    #[test]
    fn pieces_that_are_neither_are_told() {
        let wrong = |data: &'static str| Annotated::parse(data).err().unwrap();
        assert_eq!(
            wrong(r#"{"annotation": [{"text": "A"}, {"interpretAs": "x"}]}"#),
            "annotation 2 needs `text`, or `markup` with or without `interpretAs`"
        );
        assert!(wrong("{").contains("line 1"));
        assert_eq!(Annotated::parse(r#"{"text": "A\nb", "metaData": {}}"#).unwrap().plain, "A\nb");
        assert_eq!(Annotated::parse("{}").unwrap().plain, "");
    }
}
