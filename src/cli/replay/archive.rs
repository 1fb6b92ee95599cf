//! An archive: a folder of drafts, or a file of articles in JSON Lines.

use std::io;
use std::path::Path;

use serde_json::Value;

use super::super::inputs;
use crate::config::ARCHIVE;
use crate::desk::{Desks, Which};
use crate::document::Document;
use crate::language::Languages;
use crate::reader::{self, Format, Options};
use crate::rule::message::fold;

/// One article, not read yet.
pub enum Item<'t> {
    /// A file of a folder.
    File(inputs::Input),
    /// A line of a file: the name of the file, the number of the line, the line.
    Line(&'t Path, usize, &'t str),
}

/// The content of a file of articles; `None` where the archive is a folder.
///
/// # Errors
/// The file cannot be read.
pub fn take(archive: &Path) -> io::Result<Option<String>> {
    let lines = archive.extension().is_some_and(|e| e.eq_ignore_ascii_case("jsonl") || e.eq_ignore_ascii_case("ndjson"));
    if !lines {
        return Ok(None);
    }
    let told = |e: io::Error| io::Error::new(e.kind(), format!("{}: {e}", archive.display()));
    std::fs::read_to_string(archive).map(Some).map_err(told)
}

/// Every article of an archive, in a fixed order.
pub fn items<'t>(archive: &'t Path, text: Option<&'t str>) -> Vec<Item<'t>> {
    match text {
        Some(text) => {
            let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
            lines.map(|(i, line)| Item::Line(archive, i + 1, line)).collect()
        }
        None => {
            let found = inputs::expand(&[archive.to_owned()], &mut Desks::new(Which::None, Vec::new()));
            found.inputs.into_iter().map(Item::File).collect()
        }
    }
}

impl Item<'_> {
    /// Its name, and the article; or why it cannot be read. `keys` tells how the archive calls what [`ARCHIVE`] lists.
    pub fn read(&self, languages: &Languages, keys: &[(String, String)]) -> (String, Result<Document, String>) {
        match self {
            Item::File(input) => (input.name.clone(), file(input, languages)),
            Item::Line(path, number, line) => {
                let place = format!("{}:{number}", path.display());
                match serde_json::from_str::<Value>(line) {
                    // In one line the column says more.
                    Err(e) => (format!("{place}:{}", e.column()), Err(e.to_string().replace(" at line 1 column ", " at column "))),
                    Ok(article) => match Article::of(&article, keys) {
                        Err(why) => (place, Err(why)),
                        Ok(article) => (article.id.map_or(place, str::to_owned), article.read(languages)),
                    },
                }
            }
        }
    }
}

fn file(input: &inputs::Input, languages: &Languages) -> Result<Document, String> {
    let path = match &input.from {
        inputs::From::File(path) => path,
        inputs::From::Nowhere(why) => return Err(why.clone()),
        inputs::From::Stdin => return Err("standard input is no archive".to_owned()),
    };
    let bytes = std::fs::read(path).map_err(|e| e.to_string())?;
    let format = Format::of(&bytes, Format::of_path(Path::new(&input.name))).map_err(|e| e.to_string())?;
    let read = reader::read(&bytes, format, languages, Options::default());
    read.map(|(doc, _)| doc).map_err(|e| e.to_string())
}

/// What is known of an article.
struct Article<'a> {
    text: &'a str,
    id: Option<&'a str>,
    title: Option<&'a str>,
    date: Option<&'a str>,
    lang: Option<&'a str>,
    captions: Vec<&'a str>,
}

impl<'a> Article<'a> {
    fn of(article: &'a Value, keys: &[(String, String)]) -> Result<Article<'a>, String> {
        let way = |key: &'static str| keys.iter().find(|(k, _)| k == key).map_or(key, |(_, way)| way.as_str()).to_owned();
        let value = |key: &'static str| {
            let found = way(key).split('.').try_fold(article, |at, step| at.get(step));
            found.filter(|v| !v.is_null())
        };
        let words = |key: &'static str| match value(key) {
            None => Ok(None),
            Some(v) => v.as_str().map(Some).ok_or_else(|| format!("`{}` is no text", way(key))),
        };
        debug_assert!(ARCHIVE.contains(&"captions"));
        let captions = match value("captions") {
            None => Vec::new(),
            Some(Value::String(one)) => vec![one.as_str()],
            Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
            Some(_) => return Err(format!("`{}` is no list of texts", way("captions"))),
        };
        Ok(Article {
            text: words("text")?.ok_or_else(|| format!("there is no `{}`", way("text")))?,
            id: words("id").unwrap_or_default(),
            title: words("title")?,
            date: words("date")?,
            lang: words("lang")?,
            captions,
        })
    }

    fn read(&self, languages: &Languages) -> Result<Document, String> {
        let lang = self.lang.and_then(|code| languages.by_code(code));
        let published = self.date.and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
        let options = Options { lang, published, ..Options::default() };
        let read = reader::read(self.markdown().as_bytes(), Format::Markdown, languages, options);
        read.map(|(doc, _)| doc).map_err(|e| e.to_string())
    }

    /// The article as a Markdown draft: the headline in the front matter, captions as the words of pictures.
    fn markdown(&self) -> String {
        let mut out = String::new();
        let title = self.title.map(fold).unwrap_or_default();
        if !title.is_empty() {
            out.push_str(&format!("---\ntitle: {}\n---\n\n", Value::from(title.as_str())));
        }
        for (i, paragraph) in self.text.lines().map(str::trim).filter(|p| !p.is_empty()).enumerate() {
            // Archives often give the headline again as the first line.
            if i == 0 && fold(paragraph) == title {
                continue;
            }
            let marked = paragraph.starts_with(['#', '>', '-', '+', '*', '`', '~']);
            out.push_str(if marked { "\\" } else { "" });
            out.push_str(paragraph);
            out.push_str("\n\n");
        }
        for caption in self.captions.iter().filter(|c| !c.trim().is_empty()) {
            out.push_str(&format!("![{}](photo.jpg)\n\n", fold(caption).replace('[', "(").replace(']', ")")));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_by_the_names_of_the_archive() {
        let keys = [("text".to_owned(), "content.body".to_owned()), ("title".to_owned(), "headline".to_owned())];
        let article: Value = serde_json::json!({"headline": "A", "content": {"body": "B."}, "captions": "C", "id": 3});
        let read = Article::of(&article, &keys).unwrap();
        assert_eq!((read.title, read.text, &read.captions[..], read.id), (Some("A"), "B.", &["C"][..], None));
        let wrong = |v: Value| Article::of(&v, &keys).err().unwrap();
        assert_eq!(wrong(serde_json::json!({"text": "B."})), "there is no `content.body`");
        assert_eq!(wrong(serde_json::json!({"content": {"body": 3}})), "`content.body` is no text");
    }

    #[test]
    fn what_cannot_be_read_has_its_place() {
        let line = "{\"text\": \"A\"";
        let (name, why) = Item::Line(Path::new("a.jsonl"), 7, line).read(Languages::shipped(), &[]);
        assert_eq!((name.as_str(), why.is_err()), ("a.jsonl:7:12", true));
    }
}
