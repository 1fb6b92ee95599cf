//! The few short lines of a draft that a finding needs.
//!
//! A news paragraph is one line of up to thousands of characters. A line that is too wide is shown as *soft lines*: windows of
//! about [`WIDTH`] columns around its labels, cut at spaces, and cut inside a label only where that one is wider still. Only the
//! bytes near labels are looked at, so that a line of a megabyte costs no more than a short one.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::report::source::{Source, is_hidden, visible};

/// The columns that a soft line aims at.
pub const WIDTH: usize = 72;
/// A line up to this many columns is shown whole.
const WHOLE: usize = 80;
/// The columns of context around a label that fills its line by itself.
const CONTEXT: usize = 16;
/// Marks the end at which a soft line was cut.
const CUT: char = '…';

/// A piece of a line of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Soft {
    /// Its bytes in [`Excerpt::text`], the line feed at its end included.
    pub range: Range<usize>,
    /// Counts the soft lines; neighbours differ by one, soft lines with something left out between them by three.
    pub index: usize,
    /// Its first byte in the text that was cut.
    pub origin: usize,
}

/// The soft lines that hold the labels of one finding, and the labels' places in them.
#[derive(Debug, Default)]
pub struct Excerpt {
    /// The soft lines, one after the other, fit for a terminal.
    pub text: String,
    /// Where each begins and ends.
    pub lines: Vec<Soft>,
    /// The ranges that were asked for, in the same order, as bytes of `text`.
    pub ranges: Vec<Range<usize>>,
}

/// A range of the text that one soft line or a run of neighbours shows.
struct Window {
    range: Range<usize>,
    cut_before: bool,
    cut_after: bool,
}

impl Excerpt {
    /// Cuts out what `ranges` touch. Ranges beyond the end or inside a character are drawn in.
    pub fn new(text: &str, lines: &Source, ranges: &[Range<usize>]) -> Excerpt {
        let ranges: Vec<Range<usize>> = ranges.iter().map(|r| tidy(text, r)).collect();
        let mut by_line: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
        for r in &ranges {
            let (first, last) = (lines.line_of(r.start), lines.line_of(r.end));
            for line in first..=last {
                let whole = lines.line(line);
                let start = r.start.clamp(whole.start, whole.end);
                by_line.entry(line).or_default().push(start..r.end.clamp(start, whole.end));
            }
        }
        let mut windows = Vec::new();
        for (line, mut pieces) in by_line {
            pieces.sort_by_key(|p| (p.start, p.end));
            cut(text, lines.line(line), &pieces, &mut windows);
        }
        let mut out = Excerpt::default();
        out.emit(text, lines, &windows, &ranges);
        out
    }

    fn emit(&mut self, text: &str, source: &Source, windows: &[Window], ranges: &[Range<usize>]) {
        // An end that is also a start of the next soft line belongs to the earlier one, a start to the later.
        let mut starts: BTreeMap<usize, usize> = ranges.iter().map(|r| (r.start, usize::MAX)).collect();
        let mut ends: BTreeMap<usize, usize> = ranges.iter().map(|r| (r.end, usize::MAX)).collect();
        let mut index = 0;
        let mut last: Option<&Window> = None;
        for w in windows {
            index += last.map_or(0, |l| if adjoins(source, l, w) { 1 } else { 3 });
            last = Some(w);
            let from = self.text.len();
            if w.cut_before {
                self.text.extend([CUT, ' ']);
            }
            let shown = w.range.start;
            for (i, c) in text[w.range.clone()].char_indices() {
                let at = shown + i;
                self.reach(&mut starts, at, true);
                self.reach(&mut ends, at, false);
                if is_hidden(c) {
                    // In a label the hidden character is what the finding is about.
                    if ranges.iter().any(|r| r.contains(&at)) {
                        self.text.push(char::REPLACEMENT_CHARACTER);
                    }
                } else {
                    self.text.push(visible(c));
                }
            }
            self.reach(&mut ends, w.range.end, false);
            self.reach(&mut starts, w.range.end, false);
            if w.cut_after {
                self.text.extend([' ', CUT]);
            }
            self.text.push('\n');
            self.lines.push(Soft { range: from..self.text.len(), index, origin: w.range.start });
        }
        self.ranges = ranges
            .iter()
            .map(|r| {
                let start = starts[&r.start].min(self.text.len());
                // An empty label stands where it starts, even where a soft line ends.
                let end = if r.is_empty() { start } else { ends[&r.end].min(self.text.len()).max(start) };
                start..end
            })
            .collect();
    }

    /// Notes that the text shown so far ends where `at` stands in the source; a start is noted anew, an end only once.
    fn reach(&self, places: &mut BTreeMap<usize, usize>, at: usize, anew: bool) {
        if let Some(place) = places.get_mut(&at)
            && (anew || *place == usize::MAX)
        {
            *place = self.text.len();
        }
    }

    /// The soft line in which a byte of [`Excerpt::text`] lies.
    pub fn line_at(&self, byte: usize) -> usize {
        self.lines.partition_point(|l| l.range.start <= byte).saturating_sub(1)
    }

    /// The soft line of that index.
    pub fn line(&self, index: usize) -> Option<&Soft> {
        self.lines.binary_search_by_key(&index, |l| l.index).ok().map(|i| &self.lines[i])
    }
}

/// Whether nothing but white space lies between two windows.
fn adjoins(source: &Source, a: &Window, b: &Window) -> bool {
    let (la, lb) = (source.line_of(a.range.start), source.line_of(b.range.start));
    la == lb && !b.cut_before || la + 1 == lb && !a.cut_after && !b.cut_before
}

/// The range within the text, on characters' borders, without line ends behind its words.
fn tidy(text: &str, r: &Range<usize>) -> Range<usize> {
    let floor = |mut i: usize| {
        i = i.min(text.len());
        while !text.is_char_boundary(i) {
            i -= 1;
        }
        i
    };
    let start = floor(r.start);
    let end = floor(r.end).max(start);
    start..start + text[start..end].trim_end_matches(['\n', '\r']).len()
}

fn width(c: char) -> usize {
    match c {
        '\t' => 4,
        c if is_hidden(c) => 0,
        c => visible(c).width().unwrap_or(0),
    }
}

/// The columns of `text`, or `None` beyond `limit`; combining marks without end are beyond it too.
fn width_within(text: &str, limit: usize) -> Option<usize> {
    let mut used = 0;
    for (i, c) in text.char_indices() {
        used += width(c);
        if used > limit || i > limit * 16 {
            return None;
        }
    }
    Some(used)
}

/// Spaces that part words; the no-break ones do not.
fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}')
}

/// The windows of one line around its labels' pieces, which are sorted.
fn cut(text: &str, line: Range<usize>, pieces: &[Range<usize>], out: &mut Vec<Window>) {
    if width_within(&text[line.clone()], WHOLE).is_some() {
        out.push(Window { range: line, cut_before: false, cut_after: false });
        return;
    }
    let mut clusters: Vec<Range<usize>> = Vec::new();
    for p in pieces {
        if let Some(last) = clusters.last_mut() {
            let cover = last.start..last.end.max(p.end);
            if p.start < last.end || width_within(&text[cover.clone()], WIDTH).is_some() {
                *last = cover;
                continue;
            }
        }
        clusters.push(p.clone());
    }
    let first = out.len();
    let mut from = line.start;
    for (i, cluster) in clusters.iter().enumerate() {
        let to = clusters.get(i + 1).map_or(line.end, |next| next.start);
        let spare = width_within(&text[cluster.clone()], WIDTH).map_or(CONTEXT, |w| (WIDTH - w).max(CONTEXT));
        let (mut start, left) = reach_back(text, from..cluster.start, spare / 2);
        let (end, right) = reach_on(text, cluster.end..to, spare - left);
        if left + right < spare {
            start = reach_back(text, from..cluster.start, spare - right).0;
        }
        fold(text, start..end, out);
        from = end;
    }
    for i in first..out.len() {
        let before = if i == first { line.start } else { out[i - 1].range.end };
        let after = out.get(i + 1).map_or(line.end, |next| next.range.start);
        let w = &mut out[i];
        w.cut_before = has_words(&text[before..w.range.start]);
        w.cut_after = has_words(&text[w.range.end..after]);
    }
}

fn has_words(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace())
}

/// Walks back through `range` from its end by at most `spare` columns, to the start of a word if one is in reach: where, and how far.
fn reach_back(text: &str, range: Range<usize>, spare: usize) -> (usize, usize) {
    let (mut used, mut word, mut raw) = (0, None, (range.end, 0));
    for (i, c) in text[range.clone()].char_indices().rev() {
        let (at, w) = (range.start + i, width(c));
        if is_gap(c) {
            word = Some((at + c.len_utf8(), used));
        }
        if used + w > spare || range.end - at > spare * 16 {
            return word.unwrap_or(raw);
        }
        used += w;
        if w > 0 {
            raw = (at, used);
        }
    }
    (range.start, used)
}

/// Walks on through `range` from its start by at most `spare` columns, to the end of a word if one is in reach: where, and how far.
fn reach_on(text: &str, range: Range<usize>, spare: usize) -> (usize, usize) {
    let (mut used, mut word, mut raw) = (0, None, (range.start, 0));
    for (i, c) in text[range.clone()].char_indices() {
        let (at, w) = (range.start + i, width(c));
        if is_gap(c) {
            word = Some((at, used));
        }
        if w > 0 {
            raw = (at, used);
        }
        if used + w > spare || i > spare * 16 {
            return word.unwrap_or(raw);
        }
        used += w;
    }
    (range.end, used)
}

/// Adds `range` as one soft line, or as several where it is too wide for one.
fn fold(text: &str, range: Range<usize>, out: &mut Vec<Window>) {
    let mut push = |range| out.push(Window { range, cut_before: false, cut_after: false });
    if width_within(&text[range.clone()], WIDTH + CONTEXT).is_some() {
        return push(range);
    }
    let (mut start, mut used, mut space) = (range.start, 0, None);
    for (i, c) in text[range.clone()].char_indices() {
        let (at, w) = (range.start + i, width(c));
        if used + w > WIDTH && w > 0 && at > start {
            let (stop, upto) = space.take().unwrap_or((at, used));
            push(start..stop);
            (start, used) = (stop, used - upto);
        }
        used += w;
        if is_gap(c) {
            space = Some((at + c.len_utf8(), used));
        }
    }
    push(start..range.end);
}

#[cfg(test)]
mod tests;
