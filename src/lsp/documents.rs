//! The texts that the client has open, as it last told them.

use gen_lsp_types::Range;
use serde::Deserialize;

use super::position::{Encoding, Lines};
use crate::reader::Format;

/// How a text is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A draft in that format; where none is known, its beginning tells.
    Draft(Option<Format>),
    /// A rule file or a configuration, if it is one.
    Yaml,
}

impl Kind {
    /// By the name that editors give to languages, else by the extension.
    pub fn of(language_id: &str, uri: &str) -> Kind {
        let path = std::path::Path::new(uri.split(['?', '#']).next().unwrap_or(uri));
        let is_yaml = path.extension().is_some_and(|x| x.eq_ignore_ascii_case("yaml") || x.eq_ignore_ascii_case("yml"));
        match language_id.to_ascii_lowercase().as_str() {
            "yaml" => Kind::Yaml,
            "plaintext" => Kind::Draft(Some(Format::Text)),
            // « mail », « text » and the like: editors that do not know a file's language.
            _ if is_yaml => Kind::Yaml,
            id => Kind::Draft(
                Format::by_name(id)
                    .filter(|f| *f != Format::Text)
                    .or_else(|| Format::of_path(path))
                    .or_else(|| Format::by_name(id)),
            ),
        }
    }
}

/// One change, as the protocol has it; a change without a range is the whole text.
#[derive(Debug, Deserialize)]
pub struct Change {
    range: Option<Range>,
    text: String,
}

/// A text that is open.
#[derive(Debug)]
pub struct Open {
    /// How it is treated.
    pub kind: Kind,
    /// The client's number of this text.
    pub version: i32,
    /// The text.
    pub text: String,
    /// Its lines.
    pub lines: Lines,
}

impl Open {
    /// A text as it was opened.
    pub fn new(kind: Kind, version: i32, text: String, encoding: Encoding) -> Open {
        let lines = Lines::new(&text, encoding);
        Open { kind, version, text, lines }
    }

    /// Applies changes one after the other, each to the text that the one before left.
    pub fn apply(&mut self, version: i32, changes: Vec<Change>, encoding: Encoding) {
        self.version = version;
        for change in changes {
            match change.range {
                Some(range) => self.text.replace_range(self.lines.span(&self.text, range).range(), &change.text),
                None => self.text = change.text,
            }
            self.lines = Lines::new(&self.text, encoding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(text: &str, changes: &str) -> String {
        let mut open = Open::new(Kind::Draft(None), 1, text.to_owned(), Encoding::Utf16);
        open.apply(2, serde_json::from_str(changes).unwrap(), Encoding::Utf16);
        open.text
    }

    #[test]
    fn changes_follow_each_other() {
        let two = r#"[{"range":{"start":{"line":0,"character":3},"end":{"line":0,"character":4}},"text":"é"},
                      {"range":{"start":{"line":0,"character":4},"end":{"line":9,"character":0}},"text":""}]"#;
        assert_eq!(changed("🦊 x z\nend", two), "🦊 é");
        assert_eq!(changed("old", r#"[{"text":"new"}]"#), "new");
        assert_eq!(changed("old", r#"[{"range":null,"text":"new"}]"#), "new");
        assert_eq!(changed("old", r#"[]"#), "old");
    }

    #[test]
    fn an_odd_range_is_no_whole_text() {
        let negative = r#"[{"range":{"start":{"line":-1,"character":0},"end":{"line":0,"character":0}},"text":""}]"#;
        assert!(serde_json::from_str::<Vec<Change>>(negative).is_err());
    }

    #[test]
    fn the_language_tells_the_format() {
        let md = Kind::Draft(Some(Format::Markdown));
        assert_eq!(Kind::of("markdown", "untitled:1"), md);
        assert_eq!(Kind::of("mdx", "file:///a.md"), md);
        assert_eq!(Kind::of("text", "file:///a.md"), md);
        assert_eq!(Kind::of("plaintext", "file:///a.md"), Kind::Draft(Some(Format::Text)));
        assert_eq!(Kind::of("html", "file:///a.txt"), Kind::Draft(Some(Format::Html)));
        assert_eq!(Kind::of("", "file:///recoupe.yaml"), Kind::Yaml);
        assert_eq!(Kind::of("yaml", "untitled:2"), Kind::Yaml);
        assert_eq!(Kind::of("x", "untitled:2"), Kind::Draft(None));
    }
}
