//! What could not be read, and why a file is no draft.

use std::fmt;

use crate::span::Span;

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
    /// The text is in an encoding that is not read: its name.
    Encoding(&'static str),
    /// The file, or what it unpacks to, is larger than a draft can be.
    TooLarge,
    /// What is wrong with it, and how to mend that.
    Refused(Problem),
}

/// The most bytes that a file may hold, or unpack to: far more than a story, and little enough to be held.
pub(crate) const LIMIT: usize = 64 << 20;

impl ReadError {
    /// Where in the file, or in its unpacked form.
    pub fn span(&self) -> Option<Span> {
        if let ReadError::Refused(problem) = self { problem.span } else { None }
    }

    pub(super) fn refused(message: impl Into<String>) -> ReadError {
        ReadError::Refused(Problem { message: message.into(), span: None })
    }

    pub(super) fn broken(message: String, span: Span) -> ReadError {
        ReadError::Refused(Problem { message, span: Some(span) })
    }

    pub(super) fn unknown_xml(root: &str) -> ReadError {
        ReadError::refused(format!("XML in which no story is known (`{root}`): export it as NITF, NewsML, RSS or HTML"))
    }

    pub(super) fn markup(name: &str, how: &str) -> ReadError {
        ReadError::refused(format!("this is {name}, which is not read: {how}; --as text reads it as it is"))
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::NotText(what) if what.starts_with("text") => write!(f, "this is {what}: save the draft as UTF-8"),
            ReadError::NotText(what) if what.contains("PDF") => {
                write!(f, "this is {what}: check the text that `pdftotext` takes out of it, or the document that it was made from")
            }
            ReadError::NotText(what) => {
                write!(f, "this is {what}, not text: save the draft as DOCX, ODT, Markdown, HTML or plain text")
            }
            ReadError::Encoding(name) => write!(f, "this is text in {name}: save the draft as UTF-8"),
            ReadError::TooLarge => write!(f, "the file is larger than {} MB: split it into its drafts", LIMIT >> 20),
            ReadError::Refused(problem) => f.write_str(&problem.message),
        }
    }
}

impl std::error::Error for ReadError {}
