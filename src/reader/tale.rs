//! A story while it is put together from the fields of a format that keeps it in fields.

use super::calls::Call;
use super::fields::Stated;
use super::furniture::Words;
use super::run::{Figures, Raw, Run, Seen};
use super::{Problem, html};
use crate::document::BlockKind;
use crate::language::Languages;

/// No file brings a body more often.
const MOST_TWINS: usize = 4;

/// A story as its reader leaves it.
#[derive(Debug, Default)]
pub(super) struct Tale {
    pub raws: Vec<Raw>,
    pub pictures: Vec<Seen>,
    /// Other renditions of the body.
    pub twins: Vec<Vec<Raw>>,
    pub stated: Stated,
    pub calls: Vec<Call>,
    pub problems: Vec<Problem>,
}

/// Puts a story together.
pub(super) struct Teller<'a> {
    pub languages: &'a Languages,
    pub words: &'a Words<'a>,
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
        let run = run.on_one_line();
        self.tale.raws.extend(run.trimmed().map(|run| Raw::new(kind, run)));
    }

    /// Adds a block whose words may be marked up; `kind` is what each of its paragraphs is.
    pub fn marked(&mut self, kind: BlockKind, run: &Run) {
        for mut raw in self.html_of(run) {
            // A summary may show the picture of the story.
            if raw.kind != BlockKind::Caption {
                raw.kind = kind;
            }
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
        let known = self.figures.seen.len();
        let mut raws = html::fragment(&run.text, 0..run.text.len(), self.languages, &mut self.figures);
        for seen in &mut self.figures.seen[known..] {
            seen.place.map = seen.place.map.through(&run.map);
        }
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

    /// Reads another rendition of the body, which is held against the first.
    pub fn twin(&mut self, read: impl FnOnce(&mut Self)) {
        if self.tale.twins.len() == MOST_TWINS {
            return;
        }
        let (known, first) = (self.figures.seen.len(), self.tale.raws.len());
        read(self);
        let raws = self.tale.raws.split_off(first);
        // Its pictures are those of the first.
        self.figures.seen.truncate(known);
        self.tale.twins.push(raws);
    }

    /// Adds what stands under one picture, and what stands for it where it is not seen.
    pub fn picture(&mut self, alternative: Option<&Run>, caption: Option<&Run>, credits: &[Run]) {
        let figure = self.figures.next();
        let alternative = alternative.filter(|a| !a.text.trim().is_empty());
        self.figures.shows(figure, Run::default(), alternative.is_some());
        // What only says the same again is told once.
        let alternative = alternative.filter(|a| caption.is_none_or(|c| !c.text.contains(a.text.trim())));
        let first = self.tale.raws.len();
        alternative.into_iter().for_each(|run| self.block(BlockKind::Caption, run));
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
        tale.pictures = std::mem::take(&mut figures.seen);
        for twin in &mut tale.twins {
            *twin = words.cut_datelines(words.settle(std::mem::take(twin), &mut figures));
            twin.retain(|raw| raw.kind.is_running() || matches!(raw.kind, BlockKind::Heading | BlockKind::TableCell));
        }
        tale
    }
}
