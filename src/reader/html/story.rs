//! What of a page is its story.

use std::collections::{HashMap, HashSet};

use super::Page;
use crate::document::{BlockKind, FigureId};
use crate::reader::run::{Raw, Run};

impl Page<'_> {
    /// All blocks, of a piece of a story.
    pub(super) fn all(mut self) -> Vec<Raw> {
        self.flush();
        self.once();
        self.blocks.into_iter().map(|b| b.raw).collect()
    }

    /// The blocks of the story: the one article, or the main part, or all, with the headline wherever it stands.
    pub(super) fn chosen(mut self) -> Vec<Raw> {
        self.once();
        let mut sizes: HashMap<u32, usize> = HashMap::new();
        let mut main = 0;
        for b in &self.blocks {
            let size = if b.raw.kind.is_running() { b.raw.run.text.len() } else { 0 };
            main += if b.main { size } else { 0 };
            if let Some(a) = b.article {
                *sizes.entry(a).or_default() += size;
            }
        }
        let all: usize = sizes.values().sum();
        let best = sizes
            .into_iter()
            .filter(|(_, n)| *n > 0 && n * 2 >= all)
            .max_by_key(|(a, n)| (*n, std::cmp::Reverse(*a)))
            .map(|(a, _)| a);
        let within = |main_part: bool, article: Option<u32>| match best {
            Some(best) => article == Some(best),
            None => main == 0 || main_part,
        };
        let away: HashSet<FigureId> = self.shown.iter().filter(|(_, m, a)| !within(*m, *a)).map(|(figure, ..)| *figure).collect();
        self.figures.seen.retain(|seen| !away.contains(&seen.figure));
        let mut headline = false;
        let mut raws: Vec<Raw> = Vec::new();
        for b in self.blocks {
            let inside = within(b.main, b.article);
            let mut raw = b.raw;
            if raw.kind == BlockKind::Headline {
                if std::mem::replace(&mut headline, true) {
                    raw.kind = BlockKind::Heading;
                }
            } else if !inside && !matches!(raw.kind, BlockKind::Kicker | BlockKind::Standfirst) {
                continue;
            }
            if inside || raw.kind == BlockKind::Headline {
                raws.push(raw);
            }
        }
        if !headline {
            let hidden = self.og_title.take().and_then(Run::trimmed).or_else(|| self.title.trimmed());
            if let Some(run) = hidden {
                raws.insert(0, Raw::new(BlockKind::Headline, run));
            }
        }
        raws
    }
}
