//! Character references: `&eacute;`.

use std::ops::Range;

use super::tokens::{self, Sink, Tag};
use crate::reader::run::Run;

/// Adds source text with its character references decoded.
pub(in crate::reader) fn references(source: &str, range: Range<usize>, run: &mut Run) {
    struct Text<'a>(&'a str, &'a mut Run);
    impl Sink for Text<'_> {
        fn text(&mut self, range: Range<usize>) {
            self.1.verbatim(self.0, range);
        }
        fn decoded(&mut self, text: &str, range: Range<usize>) {
            self.1.decoded(text, range);
        }
        fn open(&mut self, _: &Tag) {}
        fn close(&mut self, _: &[u8]) {}
        fn wants(_: &[u8]) -> bool {
            false
        }
    }
    tokens::tokenize(source, range, &mut Text(source, run));
}
