//! The formats of files, with their names and extensions.

use std::path::Path;

/// A file format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown, with YAML or TOML front matter.
    Markdown,
    /// HTML.
    Html,
    /// A document of Word, as other word processors write it too.
    Docx,
    /// A text of LibreOffice.
    Odt,
    /// Rich Text Format.
    Rtf,
    /// Stories in JSON: ninjs, ANS, `NewsArticle`, an object with a title and a text; one, several in a list, or one a line.
    Json,
    /// Stories in XML: NITF, NewsML-G2, NewsML 1.2, a WordPress export, RSS, Atom.
    Xml,
    /// A mail.
    Mail,
}

/// The formats, their names, and the extensions of their files.
const FORMATS: &[(Format, &str, &[&str])] = &[
    (Format::Text, "text", &["txt", "text"]),
    (Format::Markdown, "markdown", &["md", "markdown", "mdx"]),
    (Format::Html, "html", &["html", "htm", "xhtml"]),
    (Format::Docx, "docx", &["docx", "docm", "dotx"]),
    (Format::Odt, "odt", &["odt", "ott", "fodt"]),
    (Format::Rtf, "rtf", &["rtf"]),
    (Format::Json, "json", &["json", "jsonl", "ndjson"]),
    (Format::Xml, "xml", &["xml", "nitf", "newsml", "rss", "atom"]),
    (Format::Mail, "mail", &["eml"]),
];

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
    ///
    /// ```
    /// use std::path::Path;
    /// use recoupe::reader::Format;
    ///
    /// assert_eq!(Format::of_path(Path::new("draft.MD")), Some(Format::Markdown));
    /// assert_eq!(Format::of_path(Path::new("draft.pdf")), None);
    /// ```
    pub fn of_path(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?;
        FORMATS.iter().find(|(_, _, all)| all.iter().any(|e| e.eq_ignore_ascii_case(extension))).map(|(f, ..)| *f)
    }

    /// Whether files of this format often hold no story: what is no draft then is no fault, where a folder is walked.
    pub fn is_common(self) -> bool {
        matches!(self, Format::Json | Format::Xml)
    }

    /// Whether places are told by paragraph, as a writer finds them in the program that made the file, not by line of the file.
    pub fn is_by_paragraph(self) -> bool {
        matches!(self, Format::Docx | Format::Odt | Format::Rtf)
    }
}
