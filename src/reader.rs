//! Drafts into documents.

use std::path::Path;

use jiff::civil::Date;

use crate::document::Document;
use crate::language::{Lang, Languages};
use crate::span::Span;

/// A file format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown, with YAML or TOML front matter.
    Markdown,
    /// HTML.
    Html,
}

/// The formats, their names, and the extensions of their files.
const FORMATS: &[(Format, &str, &[&str])] =
    &[(Format::Text, "text", &["txt"]), (Format::Markdown, "markdown", &["md"]), (Format::Html, "html", &["html"])];

impl Format {
    /// All formats.
    pub fn all() -> impl Iterator<Item = Format> {
        FORMATS.iter().map(|(format, ..)| *format)
    }

    /// The format's name on the command line.
    pub fn name(self) -> &'static str {
        FORMATS.iter().find(|(f, ..)| *f == self).map_or("", |(_, name, _)| name)
    }

    /// The extensions of the format's files, without a dot.
    pub fn extensions(self) -> &'static [&'static str] {
        FORMATS.iter().find(|(f, ..)| *f == self).map_or(&[], |(_, _, extensions)| extensions)
    }

    /// The format of that name: `markdown`.
    pub fn by_name(name: &str) -> Option<Format> {
        FORMATS.iter().find(|(_, n, _)| n.eq_ignore_ascii_case(name)).map(|(f, ..)| *f)
    }

    /// The format that a file's extension tells; `None` for any other.
    pub fn of_path(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?;
        FORMATS.iter().find(|(.., all)| all.contains(&extension)).map(|(f, ..)| *f)
    }

    /// The format that a file's bytes seem to have.
    pub fn sniff(_bytes: &[u8]) -> Format {
        Format::Text
    }
}

/// What the caller knows better than the draft.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The language of the draft.
    pub lang: Option<Lang>,
    /// The day of publication.
    pub published: Option<Date>,
}

/// Something in the draft that could not be read, and where in the file, in bytes; the rest was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What, and how to mend it.
    pub message: String,
    /// Bytes of the file.
    pub span: Option<Span>,
}

/// Why a file is no draft at all.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// The bytes are not text: what they seem to be.
    NotText(&'static str),
    /// The file is 4 GiB or larger.
    TooLarge,
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

/// Takes a draft apart.
pub fn read(bytes: &[u8], _format: Format, languages: &Languages, options: Options) -> Result<(Document, Vec<Problem>), ReadError> {
    let text = String::from_utf8(bytes.to_vec()).map_err(|_| ReadError::NotText("binary"))?;
    let lang = options.lang.unwrap_or_else(|| languages.detect(&text));
    let mut map = crate::document::SourceMap::default();
    map.push_verbatim(0, 0, text.len());
    let published = options.published.map(|d| (d, crate::document::Origin::Given));
    Ok((Document { text, blocks: Vec::new(), map, meta: crate::document::Meta { lang, published } }, Vec::new()))
}
