//! Drafts into documents.

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

/// Takes a draft apart.
pub fn read(_bytes: &[u8], _format: Format, _languages: &Languages, _options: Options) -> Result<(Document, Vec<Problem>), ReadError> {
    Err(ReadError::TooLarge)
}
