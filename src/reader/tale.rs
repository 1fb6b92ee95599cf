//! A story while it is put together from the fields of a format that keeps it in fields.

use super::calls::Call;
use super::fields::Stated;
use super::furniture::Words;
use super::run::{Figures, Raw, Run};
use super::{Problem, html};
use crate::document::BlockKind;
use crate::language::Languages;

/// A story as its reader leaves it.
#[derive(Debug, Default)]
pub(super) struct Tale {
    pub raws: Vec<Raw>,
    pub stated: Stated,
    pub calls: Vec<Call>,
    pub problems: Vec<Problem>,
}

/// Puts a story together.
pub(super) struct Teller<'a> {
    pub languages: &'a Languages,
    words: &'a Words<'a>,
    pub figures: Figures,
    pub tale: Tale,
}

impl<'a> Teller<'a> {
    pub fn new(languages: &'a Languages, words: &'a Words<'a>) -> Teller<'a> {
        Teller { languages, words, figures: Figures::default(), tale: Tale::default() }
    }

    pub fn has(&self, kind: BlockKind) -> bool {
        self.tale.raws.iter().any(|r| r.kind == kind)
    }

    /// Adds a block that has no markup; line breaks in it are blanks.
    pub fn block(&mut self, kind: BlockKind, run: &Run) {
        let run = on_one_line(run);
        self.tale.raws.extend(run.trimmed().map(|run| Raw::new(kind, run)));
    }

    /// Adds a block whose words may be marked up; `kind` is what each of its paragraphs is.
    pub fn marked(&mut self, kind: BlockKind, run: &Run) {
        for mut raw in self.html_of(run) {
            raw.kind = kind;
            self.tale.raws.push(raw);
        }
    }

    /// Adds HTML, as a body is written.
    pub fn html(&mut self, run: &Run) {
        let titled = self.has(BlockKind::Headline);
        for mut raw in self.html_of(run) {
            if raw.kind == BlockKind::Headline && titled {
                raw.kind = BlockKind::Heading;
            }
            self.tale.raws.push(raw);
        }
    }

    fn html_of(&mut self, run: &Run) -> Vec<Raw> {
        let mut raws = html::fragment(&run.text, 0..run.text.len(), self.languages, &mut self.figures);
        for raw in &mut raws {
            raw.run.map = raw.run.map.through(&run.map);
        }
        raws
    }

    /// Adds plain text: a paragraph on each line.
    pub fn plain(&mut self, run: &Run) {
        let mut start = 0;
        for line in run.text.split_inclusive(['\n', '\r']) {
            let part = run.slice(start..start + line.len());
            start += line.len();
            self.tale.raws.extend(part.trimmed().map(|run| Raw::new(BlockKind::Body, run)));
        }
    }

    /// Adds a body: HTML where a tag stands in it, else plain text.
    pub fn body(&mut self, run: &Run) {
        let tag = |part: &str| part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') && part.contains('>');
        if run.text.split('<').skip(1).any(tag) { self.html(run) } else { self.plain(run) }
    }

    /// Adds what stands under one picture.
    pub fn picture(&mut self, caption: Option<&Run>, credits: &[Run]) {
        let figure = self.figures.next();
        let first = self.tale.raws.len();
        caption.into_iter().for_each(|run| self.marked(BlockKind::Caption, run));
        credits.iter().for_each(|run| self.marked(BlockKind::Credit, run));
        self.tale.raws[first..].iter_mut().for_each(|raw| raw.figure = Some(figure));
    }

    /// The story, with its furniture told apart.
    pub fn finish(self) -> Tale {
        let Teller { words, mut figures, mut tale, .. } = self;
        let mut titled = false;
        for raw in tale.raws.iter_mut().filter(|r| r.kind == BlockKind::Headline) {
            if std::mem::replace(&mut titled, true) {
                raw.kind = BlockKind::Heading;
            }
        }
        tale.raws = words.cut_datelines(words.settle(tale.raws, &mut figures));
        tale
    }
}

/// The run with each of its line breaks as a blank.
pub(super) fn on_one_line(run: &Run) -> Run {
    let mut out = Run::default();
    out.collapsed(&run.text, 0..run.text.len());
    out.map = out.map.through(&run.map);
    out
}
