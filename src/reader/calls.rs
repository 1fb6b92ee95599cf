//! Where a draft speaks to recoupe: in comments, on lines of plain text, in front matter.

use std::ops::Range;

use super::Problem;
use super::run::Run;
use super::templates::COMMENTS;
use crate::document::suppression::{CALL, Heard, hear, is_call, names};
use crate::document::{Block, BlockKind, Reach, SourceMap, Suppression};
use crate::span::Span;

/// Something that was said, and where.
#[derive(Debug)]
pub(super) struct Call {
    run: Run,
    heard: Heard,
    /// Where in the source it stands.
    at: usize,
}

/// What stands in comments: `<!-- recoupe: … -->`, and where the draft is no page those of Markdown's relatives.
pub(super) fn in_comments(source: &str, page: bool, problems: &mut Vec<Problem>) -> Vec<Call> {
    let mut calls = Vec::new();
    let forms = if page { &COMMENTS[..1] } else { &COMMENTS[..] };
    for (open, close) in forms {
        for (at, _) in source.match_indices(open) {
            let inside = source[at + open.len()..].trim_start();
            if !inside.starts_with(CALL) {
                continue;
            }
            // What nothing closes swallows the rest of the story: nobody meant that.
            let Some(length) = inside.find(close) else { break };
            let first = source.len() - inside.len();
            calls.extend(call(source, first..first + inside[..length].trim_end().len(), problems));
        }
    }
    calls.sort_by_key(|c| c.at);
    calls
}

/// The lines of plain text that are no part of the story; a comment's marks around them are let pass.
pub(super) fn in_lines(source: &str, lines: &[Range<usize>], problems: &mut Vec<Problem>) -> (Vec<Call>, Vec<usize>) {
    let (mut calls, mut own) = (Vec::new(), Vec::new());
    for (i, line) in lines.iter().enumerate() {
        let bare = source[line.clone()].trim();
        let inside = bare.strip_prefix("<!--").map_or(bare, |b| b.strip_suffix("-->").unwrap_or(b)).trim();
        if inside.starts_with(CALL) && is_call(inside) {
            let first = inside.as_ptr() as usize - source.as_ptr() as usize;
            calls.extend(call(source, first..first + inside.len(), problems));
            own.push(i);
        }
    }
    (calls, own)
}

fn call(source: &str, range: Range<usize>, problems: &mut Vec<Problem>) -> Option<Call> {
    match hear(&source[range.clone()]) {
        Ok(heard) => {
            let mut run = Run::default();
            run.verbatim(source, range.clone());
            Some(Call { run, heard, at: range.start })
        }
        Err((message, span)) => {
            let span = Span::new(range.start + span.range().start, range.start + span.range().end);
            problems.push(Problem { message, span: Some(span) });
            None
        }
    }
}

/// An item of `recoupe.ignore` in front matter: it is for the whole draft.
pub(super) fn in_field(run: Run, source: &Range<usize>) -> Option<Call> {
    let heard = names(&run.text, 0, true)?;
    Some(Call { run, heard, at: source.start })
}

/// Puts what was said after the story, which no rule reads there, and finds the blocks that each is for.
pub(super) fn settle(calls: Vec<Call>, text: &mut String, blocks: &[Block], map: &mut SourceMap) -> Vec<Suppression> {
    let places: Vec<Option<Span>> =
        if calls.iter().all(|c| c.heard.all) { Vec::new() } else { blocks.iter().map(|b| map.source(b.span)).collect() };
    let mut out = Vec::new();
    for Call { run, heard, at } in calls {
        let reach = if heard.all { Reach::Document } else { Reach::Blocks(next_blocks(at, blocks, &places)) };
        text.push('\n');
        let start = text.len();
        text.push_str(&run.text);
        map.append(&run.map, start);
        let placed = |span: Span| Span::new(start + span.range().start, start + span.range().end);
        let rules = heard.names.iter().map(|name| (name.of(&run.text).to_owned(), placed(*name))).collect();
        let span = Span::new(start, text.len());
        out.push(Suppression { span, rules, reach, by: heard.by, reason: heard.reason });
    }
    out
}

/// The block that holds a place of the source or comes first after it, with what belongs to it.
fn next_blocks(at: usize, blocks: &[Block], places: &[Option<Span>]) -> Vec<usize> {
    let after = places.iter().enumerate().filter_map(|(i, p)| p.filter(|p| p.range().end > at).map(|p| (p.start, i)));
    let Some((_, first)) = after.min() else { return Vec::new() };
    let Block { kind, figure, .. } = blocks[first];
    // A table is one block to whoever writes it.
    let cells = blocks[first..].iter().take_while(|b| b.kind == BlockKind::TableCell).count();
    let belongs = |(i, b): &(usize, &Block)| {
        *i == first
            || (first..first + cells).contains(i)
            || (figure.is_some() && b.figure == figure)
            // The paragraph that a dateline opens.
            || (kind == BlockKind::Dateline && *i == first + 1)
    };
    blocks.iter().enumerate().filter(belongs).map(|(i, _)| i).collect()
}
