//! Totals of tables and of lists with a line for each part.

use std::ops::Range;

use super::listing::Listed;
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Mention, mark};
use crate::document::BlockKind;
use crate::relation::figure::{Figure, Unit, cue_in, figure};

/// A row: its name, and the numbers behind it.
struct Row<'a> {
    name: Range<usize>,
    numbers: Vec<Figure<'a>>,
}

/// The columns of tables, and the lines of lists, that do not make their total.
pub(super) fn columns<'a>(a: &'a Analysis<'_>) -> Vec<Listed<'a>> {
    let mut found = Vec::new();
    let blocks = &a.doc.blocks;
    let mut at = 0;
    while at < blocks.len() {
        let kind = blocks[at].kind;
        let past = (at..blocks.len()).find(|&b| blocks[b].kind != kind).unwrap_or(blocks.len());
        match kind {
            BlockKind::TableCell => {
                let rows = rows(a, at..past);
                found.extend(table(a, &rows));
                found.extend(lines(a, at, &rows));
            }
            BlockKind::ListItem => found.extend(lines(a, at, &items(a, at..past))),
            _ => {}
        }
        at = past;
    }
    found
}

/// The rows of a table: each begins with a cell that is no number.
fn rows<'a>(a: &'a Analysis<'_>, cells: Range<usize>) -> Vec<Row<'a>> {
    let mut rows: Vec<Row> = Vec::new();
    for b in cells {
        let tokens = a.tokens_in(a.doc.blocks[b].span);
        match (number(a, &tokens), rows.last_mut()) {
            (Some(f), Some(row)) => row.numbers.push(f),
            (Some(_), None) => {}
            (None, _) => rows.push(Row { name: tokens, numbers: Vec::new() }),
        }
    }
    rows
}

/// The number that a cell is.
fn number<'a>(a: &'a Analysis<'_>, cell: &Range<usize>) -> Option<Figure<'a>> {
    let [only] = a.mentions_in(cell.clone()) else { return None };
    (only.tokens.0 as usize == cell.start && only.tokens.1 as usize == cell.end).then(|| figure(only)).flatten()
}

/// The rows of a list: each item with its one number.
fn items<'a>(a: &'a Analysis<'_>, blocks: Range<usize>) -> Vec<Row<'a>> {
    let row = |b: usize| {
        let name = a.tokens_in(a.doc.blocks[b].span);
        let numbers = a.mentions_in(name.clone()).iter().filter_map(figure).filter(|f| !f.year_like(a)).collect();
        Row { name, numbers }
    };
    blocks.map(row).collect()
}

/// The columns above a row that bears the name of a total.
fn table<'a>(a: &'a Analysis<'_>, rows: &[Row<'a>]) -> Vec<Listed<'a>> {
    let is_total = |r: &Row| {
        !r.name.is_empty() && a.language(r.name.start).is_some_and(|l| l.cues.get("total-row").at(a, r.name.start).is_some())
    };
    let part = |r: &Row| cue_in(a, "including", r.name.clone()) || cue_in(a, "part", r.name.clone());
    let mut found = Vec::new();
    for (t, total) in rows.iter().enumerate().filter(|(_, r)| is_total(r) && !r.numbers.is_empty()) {
        let width = total.numbers.len();
        let years = |r: &Row| r.numbers.iter().all(|f| f.year_like(a));
        let above = rows[..t].iter().rev().take_while(|r| r.numbers.len() == width && !years(r));
        let parts: Vec<&Row> = above.collect();
        if parts.len() < 2 || parts.iter().any(|r| is_total(r) || part(r)) {
            continue;
        }
        for column in 0..width {
            let numbers: Vec<Figure> = parts.iter().rev().map(|r| r.numbers[column]).collect();
            found.extend(off(total.numbers[column], numbers, (1, 2), (2, 1)));
        }
    }
    found
}

/// The lines below a sentence that divides a number.
fn lines<'a>(a: &'a Analysis<'_>, first: usize, rows: &[Row<'a>]) -> Option<Listed<'a>> {
    let parts: Vec<&Row> = rows.iter().filter(|r| r.numbers.len() == 1).collect();
    let header = rows.iter().filter(|r| r.numbers.is_empty()).all(|r| r.name.end <= parts.first().map_or(0, |p| p.name.start));
    let intro = &a.doc.blocks.get(first.checked_sub(1)?)?;
    let tokens = a.tokens_in(intro.span);
    let last = a.sentence(tokens.end.checked_sub(1)?);
    if parts.len() < 2 || !header || intro.kind != BlockKind::Body || mark(a, tokens.end - 1) != Some(':') {
        return None;
    }
    let divided = cue_in(a, "divides", last.clone());
    let numbers: Vec<Figure> = parts.iter().map(|r| r.numbers[0]).collect();
    let fits = |f: &Figure| match f.unit {
        Unit::Money(_) => numbers.iter().all(|n| n.unit == f.unit || matches!(n.unit, Unit::Count(None)) && scaled(n, f)),
        Unit::Count(Some(_)) => divided && numbers.iter().all(|n| matches!(n.unit, Unit::Count(_))),
        _ => false,
    };
    let wholes = |of: Range<usize>| -> Vec<Figure> { a.mentions_in(of).iter().filter_map(figure).filter(fits).collect() };
    let near = wholes(last);
    let all = if near.is_empty() { wholes(tokens) } else { near };
    let [total] = all[..] else { return None };
    off(total, numbers, if divided { (4, 5) } else { (1, 1) }, (5, 4))
}

/// Whether a bare number may be of the currency that the total names.
fn scaled(n: &Figure, total: &Figure) -> bool {
    n.amount.written >= Ratio::whole(1000) && n.amount.written < total.amount.written
}

/// A total that its parts do not make, but nearly.
fn off<'a>(total: Figure<'a>, parts: Vec<Figure<'a>>, least: (i128, i128), most: (i128, i128)) -> Option<Listed<'a>> {
    let unit = |f: &Figure| std::mem::discriminant(&f.unit) == std::mem::discriminant(&parts[0].unit);
    if !parts.iter().all(unit) || matches!(total.unit, Unit::Percent | Unit::Points | Unit::Time(_)) {
        return None;
    }
    let sum = parts.iter().try_fold(Ratio::ZERO, |sum, f| sum.add(f.amount.written))?;
    let whole = total.amount.written;
    // Each number may be rounded by half of its last digit.
    let fine = |x: &Amount| {
        if x.precision < Ratio::ONE || x.written >= Ratio::whole(1000) && x.precision > Ratio::ONE {
            x.precision
        } else {
            Ratio::ZERO
        }
    };
    let room = parts.iter().try_fold(fine(total.amount), |room, f| room.add(fine(f.amount)))?.div(Ratio::whole(2))?;
    let apart = if sum > whole { sum.sub(whole)? } else { whole.sub(sum)? };
    let near = sum >= whole.mul(Ratio::new(least.0, least.1)?)? && sum <= whole.mul(Ratio::new(most.0, most.1)?)?;
    let ends = |m: &Mention| m.tokens.0 as usize..m.tokens.1 as usize;
    let tokens = ends(parts[0].mention).start..ends(parts[parts.len() - 1].mention).end;
    (apart > room && near && total.amount.is_exact()).then_some(Listed { total, parts, sum, tokens })
}
