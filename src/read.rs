//! A draft is read, once: the one caller of [`text`](crate::text), [`syntax`](crate::syntax) and [`mention`](crate::mention) in turn.

use crate::analysis::Analysis;
use crate::beside::go_on;
use crate::document::Document;
use crate::language::Languages;

impl<'a> Analysis<'a> {
    /// Reads a draft.
    pub fn of(doc: &'a Document, languages: &'a Languages) -> Analysis<'a> {
        let mut a = crate::text::cut(doc, languages);
        trim(&mut a.tokens);
        go_on();
        crate::syntax::parse(&mut a);
        trim(&mut a.readings);
        trim(&mut a.chunks);
        trim(&mut a.roles);
        trim(&mut a.clauses);
        go_on();
        crate::mention::read(&mut a);
        trim(&mut a.mentions);
        trim(&mut a.entities);
        a
    }
}

/// Places that a list may keep for more; a list that has grown holds up to twice what is in it.
const SPARE: usize = 4096;

/// Gives back what a long list has kept for more: it stays as it is from here on.
fn trim<T>(list: &mut Vec<T>) {
    if list.capacity() - list.len() > SPARE {
        list.shrink_to_fit();
    }
}
