//! A draft is read, once: the one caller of [`text`](crate::text), [`syntax`](crate::syntax) and [`mention`](crate::mention) in turn.

use crate::analysis::Analysis;
use crate::beside::go_on;
use crate::document::Document;
use crate::language::Languages;

impl<'a> Analysis<'a> {
    /// Reads a draft.
    pub fn of(doc: &'a Document, languages: &'a Languages) -> Analysis<'a> {
        let mut a = crate::text::cut(doc, languages);
        go_on();
        crate::syntax::parse(&mut a);
        go_on();
        crate::mention::read(&mut a);
        a
    }
}
