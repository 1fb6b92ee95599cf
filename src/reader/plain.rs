//! Plain text: paragraphs, and what their shape says of them.

use std::ops::Range;

use super::Problem;
use super::calls::{self, Call};
use super::furniture::Words;
use super::run::{Figures, Raw, Run};
use crate::document::BlockKind;

/// A longer first line is a paragraph.
const HEADLINE_WORDS: usize = 22;
const STANDFIRST_WORDS: usize = 45;
const HEADING_WORDS: usize = 9;
/// No text is wrapped by hand at more columns: a file with a longer line has a paragraph on each line.
const WRAP: usize = 120;

pub(super) fn read(
    source: &str,
    words: &Words<'_>,
    figures: &mut Figures,
    said: &mut Vec<Call>,
    problems: &mut Vec<Problem>,
) -> Vec<Raw> {
    let mut lines = lines(source);
    let (calls, own) = calls::in_lines(source, &lines, problems);
    said.extend(calls);
    let mut line = 0;
    lines.retain(|_| (!own.contains(&line), line += 1).0);
    let is_blank = |line: &Range<usize>| source[line.clone()].trim().is_empty();
    let last = lines.iter().rposition(|l| !is_blank(l)).map_or(0, |i| i + 1);
    let first = lines.iter().position(|l| !is_blank(l)).unwrap_or(last);
    let spaced = lines[first..last].iter().any(is_blank);
    let wrapped = spaced && lines.iter().all(|l| source[l.clone()].chars().take(WRAP + 1).count() <= WRAP);

    let mut raws = Vec::new();
    let mut run = Run::default();
    let mut kind = BlockKind::Body;
    let mut flush = |run: &mut Run, kind: BlockKind| raws.extend(std::mem::take(run).trimmed().map(|r| Raw::new(kind, r)));
    for (i, line) in lines.iter().enumerate() {
        if is_blank(line) {
            flush(&mut run, kind);
            kind = BlockKind::Body;
            continue;
        }
        let item = bullet(source, line);
        let neighbour = |j: Option<usize>| j.and_then(|j| lines.get(j)).is_some_and(|l| bullet(source, l).is_some());
        if let Some(words) = item.filter(|_| kind == BlockKind::ListItem || neighbour(i.checked_sub(1)) || neighbour(Some(i + 1))) {
            flush(&mut run, kind);
            kind = BlockKind::ListItem;
            run.verbatim(source, words..line.end);
            continue;
        }
        if !wrapped {
            flush(&mut run, kind);
            kind = BlockKind::Body;
        } else if i > 0 {
            run.line_break(lines[i - 1].end..line.start);
        }
        run.verbatim(source, line.clone());
    }
    flush(&mut run, kind);

    let mut raws = words.settle(raws, figures);
    head(&mut raws);
    headings(&mut raws);
    words.cut_datelines(raws)
}

/// The lines without their ends.
fn lines(source: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let bytes = source.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if matches!(bytes[i], b'\n' | b'\r') {
            out.push(start..i);
            i += usize::from(bytes[i..].starts_with(b"\r\n"));
            start = i + 1;
        }
        i += 1;
    }
    out.push(start..bytes.len());
    out
}

/// Where the words of a list item begin.
fn bullet(source: &str, line: &Range<usize>) -> Option<usize> {
    let text = &source[line.clone()];
    let mark = text.trim_start_matches([' ', '\t']);
    let rest = mark.strip_prefix(['-', '*', '•', '▪', '◦']).filter(|r| r.starts_with([' ', '\t', '\u{A0}']))?;
    Some(line.end - rest.len())
}

/// Headline and standfirst: what is short and has no final stop, and stands before a story.
pub(super) fn head(raws: &mut [Raw]) {
    let open = raws.iter().take_while(|r| r.kind == BlockKind::Note).count();
    let Some([first, rest @ ..]) = raws.get_mut(open..).filter(|r| r.len() > 1) else { return };
    if !is_title(first, HEADLINE_WORDS) {
        return;
    }
    first.kind = BlockKind::Headline;
    let mut next = 0;
    let short = first.run.text.split_whitespace().count() <= 3;
    let capitals = !first.run.text.chars().any(char::is_lowercase);
    if short && capitals && rest.len() > 1 && is_title(&rest[0], HEADLINE_WORDS) {
        first.kind = BlockKind::Kicker;
        rest[0].kind = BlockKind::Headline;
        next = 1;
    }
    while rest.get(next).is_some_and(|r| r.kind == BlockKind::Byline) {
        next += 1;
    }
    if rest.len() > next + 1 && is_title(&rest[next], STANDFIRST_WORDS) {
        rest[next].kind = BlockKind::Standfirst;
    }
}

fn is_title(raw: &Raw, most: usize) -> bool {
    let text = raw.run.text.as_str();
    raw.kind == BlockKind::Body
        && !text.ends_with(['.', '…', ':', ';', ','])
        && !text.ends_with(".»")
        && !text.ends_with(". »")
        && text.split_whitespace().take(most + 1).count() <= most
        && text.starts_with(|c: char| !c.is_lowercase())
}

/// Intertitles: a few words without any final mark, between paragraphs.
pub(super) fn headings(raws: &mut [Raw]) {
    for i in 1..raws.len().saturating_sub(1) {
        let text = raws[i].run.text.as_str();
        let bare = text.ends_with(|c: char| c.is_alphanumeric() || c == '?');
        if raws[i].kind == BlockKind::Body
            && raws[i + 1].kind == BlockKind::Body
            && bare
            && text.starts_with(|c: char| c.is_uppercase())
            && text.split_whitespace().take(HEADING_WORDS + 1).count() <= HEADING_WORDS
            && raws[i - 1].run.text.ends_with(['.', '!', '?', '»', '…', '”', ')', '"'])
        {
            raws[i].kind = BlockKind::Heading;
        }
    }
}
