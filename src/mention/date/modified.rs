//! Parts of a stretch, and stretches that are open at one end: « fin mars », "late last week", « depuis 2018 », "or later".

use std::ops::Range;

use super::{Reader, Reading, relative};
use crate::analysis::{Analysis, Value};
use crate::language::Language;
use crate::language::calendar::Modifier;

impl Reader<'_, '_> {
    /// « fin mars », « au milieu de 2000 », "the end of last year", « en fin d'année ».
    pub(super) fn modified(&self, at: usize) -> Option<Reading> {
        let within = |i: usize| (i < self.end).then(|| self.a.lower(i));
        let (len, &modifier) = self.cal.modifiers.at(at, within)?;
        let from = at + len;
        for i in from..(from + 3).min(self.end) {
            if let Some((tokens, mut value)) = self.plain(i).or_else(|| self.bare_stretch(i)) {
                // "ahead of the 2001 election": the year is the election's.
                if describes(self.a, &tokens) {
                    return Some((tokens, value));
                }
                return modify(&mut value, modifier, true).then_some((at..tokens.end, value));
            }
            if !self.links(i) {
                break;
            }
        }
        None
    }

    /// « année » in « fin d'année »: that of publication, where that is known.
    fn bare_stretch(&self, at: usize) -> Option<Reading> {
        let stretch = self.cal.stretch(self.word(at)?)?;
        let period = match self.published() {
            Some(day) => relative::stretch_of(day, stretch, 0)?,
            None => relative::some_stretch(stretch),
        };
        Some((at..at + 1, Value::Period(period)))
    }

    /// Whether an article or preposition stands there, as between the words of one date.
    pub(super) fn links(&self, i: usize) -> bool {
        self.word(i).is_some_and(|w| self.cal.linkers.iter().any(|l| l == w))
    }
}

/// Whether a year is that of the noun or name behind it: "the 2001 election", "up to the 2002 World Cup"; "by the end of 2004 Merrow
/// will" is none.
fn describes(a: &Analysis, tokens: &Range<usize>) -> bool {
    let definite = |l: &Language| tokens.start > 0 && l.grammar.definite.iter().any(|w| w == a.lower(tokens.start - 1));
    tokens.len() == 1 && a.language(tokens.start).is_some_and(definite) && super::dates_what_follows(a, tokens.start)
}

/// Sets the modifier of a month, year or longer stretch; of a day only where `parts` does not ask for a part of it.
fn modify(value: &mut Value, modifier: Modifier, parts: bool) -> bool {
    match value {
        Value::Date(d) if d.modifier.is_none() && !(parts && (d.day.is_some() || d.month.is_none() && d.year.is_none())) => {
            d.modifier = Some(modifier);
            true
        }
        Value::Period(p) if p.modifier.is_none() => {
            p.modifier = Some(modifier);
            true
        }
        _ => false,
    }
}

/// Widens the dates that open or close a stretch of which the other end is not said: « *depuis* 2018 », "2012 *or later*".
/// `paired` are those that a range has already.
pub(in crate::mention) fn open_ends(a: &Analysis, found: &mut [(Range<usize>, Value)], paired: &[Range<usize>]) {
    for closes in [false, true] {
        for n in 0..found.len() {
            open_end(a, found, n, paired, closes);
        }
    }
}

/// Widens one date by the words before it, or by those behind it.
fn open_end(a: &Analysis, found: &mut [(Range<usize>, Value)], n: usize, paired: &[Range<usize>], closes: bool) {
    let taken = n.checked_sub(1).map_or(0, |p| found[p].0.end);
    let next = found.get(n + 1).map_or(usize::MAX, |f| f.0.start);
    let (tokens, value) = &mut found[n];
    let dated = matches!(value, Value::Date(_) | Value::Period(_));
    if !dated || paired.iter().any(|p| p.start <= tokens.start && tokens.end <= p.end) {
        return;
    }
    let sentence = a.sentence(tokens.start);
    let Some(cal) = a.language(tokens.start).map(|l| &l.calendar) else { return };
    if closes {
        let word = |i: usize| (sentence.contains(&i) && i < next).then(|| a.lower(i));
        if let Some((len, &modifier)) = cal.closings.at(tokens.end, word)
            && modify(value, modifier, false)
        {
            tokens.end += len;
        }
        return;
    }
    if describes(a, tokens) {
        return;
    }
    let from = sentence.start.max(taken);
    let before = |end: usize| cal.openings.before(end, |i| (i >= from).then(|| a.lower(i))).map(|(len, m)| (end - len, *m));
    // « avant *le* 31 mai », "after *the* year 2020"
    let article = tokens.start > from && cal.linkers.iter().any(|l| l == a.lower(tokens.start - 1));
    let opened = before(tokens.start).or_else(|| article.then(|| before(tokens.start - 1))?);
    if let Some((start, modifier)) = opened
        && modify(value, modifier, false)
    {
        tokens.start = start;
    }
}
