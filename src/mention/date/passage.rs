//! The year of a day that is written without one: what stands beside the day tells it, « en 2016, le jeudi 7 janvier »; else, where a
//! weekday is written, any year of which the passage or the story speaks and in which the day bears it.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use rustc_hash::FxHashSet;

use super::nearest;
use crate::amount::Ratio;
use crate::analysis::{Analysis, DateValue, Mention, Value, mark};
use crate::document::BlockKind;
use crate::language::TokenKind;
use crate::language::grammar::{Class, Tense};

/// So many anchors are asked on either side of a day.
const BESIDE: usize = 16;
/// So many different years of a story are asked at most.
const YEARS: usize = 64;
/// So many tokens may stand between a year and the day that it leads: « en 2016, *le* ».
const GAP: usize = 3;
/// Beyond so many days from publication a day in the past tense may be any year's.
const NEAR: i32 = 45;
/// In so many years every day of the year has borne every weekday, 29 February apart.
const CYCLE: i16 = 11;

/// What lasts or lies off so many days is about a year.
const YEAR: i32 = 300;

/// Something in the draft that tells a year.
struct Anchor {
    tokens: (usize, usize),
    block: u32,
    tells: Tells,
    /// Whether it leads a day that stands beside it.
    leads: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Tells {
    /// That year: "in 2016", « l'an dernier ».
    Year(i16),
    /// A day, or the middle of a month: « le vendredi 13 novembre » is the one nearest to it.
    Near(Date),
    /// So many years before publication: « soixante-quinze ans après », « le 75e anniversaire ».
    Ago(i16),
}

/// Sets the year that the passage tells of every day without a year of its own, and the day that is meant.
pub(in crate::mention) fn tell_years(a: &mut Analysis) {
    let bare = |m: &Mention| matches!(m.value, Value::Date(DateValue { year: None, month: Some(_), day: Some(_), .. }));
    if !a.mentions.iter().any(bare) {
        return;
    }
    let passages = Passages::of(a);
    let told: Vec<(usize, Told)> =
        a.mentions.iter().enumerate().filter_map(|(i, m)| passages.told(a, m).map(|told| (i, told))).collect();
    for (i, told) in told {
        if let Value::Date(d) = &mut a.mentions[i].value {
            (d.passage, d.resolved) = (told.by_passage.then(|| told.day.year()), Some(told.day));
        }
    }
}

/// What became known of a day.
struct Told {
    day: Date,
    by_passage: bool,
}

/// A day of the year with the weekday that is written beside it.
#[derive(Clone, Copy)]
struct Bare {
    month: i8,
    day: i8,
    weekday: Option<Weekday>,
}

impl Bare {
    fn of(m: &Mention) -> Option<Bare> {
        match &m.value {
            Value::Date(DateValue { year: None, month: Some(month), day: Some(day), weekday, .. }) => {
                Some(Bare { month: *month, day: *day, weekday: weekday.map(|(w, _)| w) })
            }
            _ => None,
        }
    }

    fn fits(self, day: Date) -> bool {
        self.weekday.is_none_or(|w| day.weekday() == w)
    }
}

/// All that tells a year in a draft.
struct Passages {
    anchors: Vec<Anchor>,
    /// The different years and days of the story, each with the token at which it is told first.
    story: Vec<(usize, Tells)>,
    published: Option<Date>,
}

impl Passages {
    fn of(a: &Analysis) -> Passages {
        let mut anchors = Vec::new();
        for m in &a.mentions {
            let tokens = (m.tokens.0 as usize, m.tokens.1 as usize);
            tells(a, m, &mut |tells, leads| anchors.push(Anchor { tokens, block: m.block, tells, leads }));
        }
        let mut seen = FxHashSet::default();
        let lasting = anchors.iter().filter(|x| !matches!(x.tells, Tells::Ago(_))).map(|x| (x.tokens.0, x.tells));
        let story = lasting.filter(|(_, t)| seen.insert(*t)).take(YEARS).collect();
        Passages { anchors, story, published: a.doc.meta.published.map(|(day, _)| day) }
    }

    fn told(&self, a: &Analysis, m: &Mention) -> Option<Told> {
        let bare = Bare::of(m)?;
        let near = self.published.and_then(|p| nearest(p, bare.month, bare.day));
        let told = |day| Some(Told { day, by_passage: true });
        let led = self.leader(a, m).and_then(|t| self.day(t, bare));
        match led {
            Some(day) if bare.fits(day) => return told(day),
            _ if near.is_some_and(|day| bare.fits(day)) || bare.weekday.is_none() => return None,
            _ => {}
        }
        if let Some(day) = self.around(a, m, bare) {
            return told(day);
        }
        led.and_then(told).or_else(|| self.past(a, m, bare, near?).map(|day| Told { day, by_passage: false }))
    }

    /// The day of a year that is told.
    fn day(&self, tells: Tells, bare: Bare) -> Option<Date> {
        match tells {
            Tells::Year(y) => Date::new(y, bare.month, bare.day).ok(),
            Tells::Near(day) => nearest(day, bare.month, bare.day),
            Tells::Ago(n) => nearest(self.published?.checked_sub(i64::from(n).years()).ok()?, bare.month, bare.day),
        }
    }

    /// What stands beside a day and tells its year: « l'an dernier, le lundi 14 décembre », « le jeudi 7 janvier de l'an dernier ».
    fn leader(&self, a: &Analysis, m: &Mention) -> Option<Tells> {
        let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
        let thin = |i: usize| a.classes[i].has(Class::Preposition) || a.classes[i].has(Class::Determiner);
        let comma = |i: usize| mark(a, i) == Some(',');
        let same = |x: &&Anchor| x.leads && a.tokens[x.tokens.0].sentence == m.sentence;
        let next = self.anchors.partition_point(|x| x.tokens.0 < start);
        let before = self.anchors[..next].last().filter(same).filter(|x| {
            let between = x.tokens.1..start;
            x.tokens.1 <= start && between.len() <= GAP && between.clone().all(|i| thin(i) || comma(i))
        });
        let after = self.anchors[next..].iter().find(|x| x.tokens.0 >= end).filter(same).filter(|x| {
            let between = end..x.tokens.0;
            between.len() <= GAP && between.clone().all(thin)
        });
        before.or(after).map(|x| x.tells)
    }

    /// The day in the nearest year of the passage in which it bears its weekday, else in one that the story has named before.
    fn around(&self, a: &Analysis, m: &Mention, bare: Bare) -> Option<Date> {
        let next = self.anchors.partition_point(|x| x.tokens.0 < m.tokens.0 as usize);
        let beside = |x: &&Anchor| {
            let above = matches!(a.doc.blocks[x.block as usize].kind, BlockKind::Headline | BlockKind::Standfirst);
            x.block.abs_diff(m.block) <= 1 || above
        };
        let fit = |t: Tells| self.day(t, bare).filter(|day| bare.fits(*day));
        let before = self.anchors[..next].iter().rev().take(BESIDE);
        let after = self.anchors[next..].iter().take(BESIDE);
        let above = self.anchors.iter().take(BESIDE);
        let passage = before.chain(after).chain(above).filter(beside).find_map(|x| fit(x.tells));
        let named = self.story.iter().take_while(|(token, _)| *token < m.tokens.0 as usize);
        passage.or_else(|| named.into_iter().find_map(|(_, t)| fit(*t)))
    }

    /// The latest day before publication that bears the weekday, where the verb tells of the past and no year is near.
    fn past(&self, a: &Analysis, m: &Mention, bare: Bare, near: Date) -> Option<Date> {
        let published = self.published?;
        let over = matches!(a.tense(m.clause as usize)?, Tense::Past | Tense::Imperfect | Tense::Pluperfect);
        if !over || (near - published).get_days().abs() <= NEAR {
            return None;
        }
        let days = (0..=CYCLE).filter_map(|n| Date::new(published.year() - n, bare.month, bare.day).ok());
        days.filter(|day| *day <= published).find(|day| bare.fits(*day))
    }
}

/// What a mention tells of a year, and whether it may lead a day.
fn tells(a: &Analysis, m: &Mention, tell: &mut dyn FnMut(Tells, bool)) {
    /// What lasts longer tells no one year.
    const LONGEST: i32 = 3;
    match &m.value {
        Value::Date(d) => {
            if let Some(year) = d.year {
                tell(Tells::Year(year), d.day.is_none());
            }
            let middle = || d.year.zip(d.month).and_then(|(y, m)| Date::new(y, m, 15).ok());
            match d.resolved.or_else(middle) {
                Some(day) if d.year.is_some() => tell(Tells::Near(day), false),
                // « il y a un an »
                Some(day) if d.month.is_none() && d.day.is_none() && d.weekday.is_none() => tell(Tells::Near(day), far(a, day)),
                _ => {}
            }
        }
        Value::Period(p) => {
            let (Some(from), Some(last)) = (p.from, p.past.and_then(|d| d.checked_sub(1.days()).ok())) else { return };
            let years = i32::from(last.year()) - i32::from(from.year());
            if years < LONGEST {
                // « l'an dernier » leads, "last week" does not.
                let whole = years == 0 && (last - from).get_days() > YEAR;
                (from.year()..=last.year()).for_each(|y| tell(Tells::Year(y), whole));
            }
        }
        Value::Duration(d) if d.unit == "Y" => ago(d.amount.written, tell),
        Value::Ordinal(rank) => {
            let (end, sentence) = (m.tokens.1 as usize, a.sentence(m.tokens.0 as usize));
            let marks = |i: usize| a.language(i).is_some_and(|l| l.cues.get("anniversary").at(a, i).is_some());
            if end < sentence.end && marks(end) {
                ago(rank.written, tell);
            }
        }
        // "1963 was a black year"
        Value::Quantity(q) if q.counted.is_none() && m.tokens.1 == m.tokens.0 + 1 => {
            let token = a.tokens[m.tokens.0 as usize];
            let four = token.kind == TokenKind::Digits && token.span.len() == 4;
            if let Some(year) = q.amount.written.as_whole().filter(|y| four && (1500..=2100).contains(y)) {
                tell(Tells::Year(year as i16), false);
            }
        }
        _ => {}
    }
}

/// Whether a day lies about a year or more from publication.
fn far(a: &Analysis, day: Date) -> bool {
    a.doc.meta.published.is_some_and(|(published, _)| (day - published).get_days().abs() > YEAR)
}

fn ago(years: Ratio, tell: &mut dyn FnMut(Tells, bool)) {
    if let Some(n @ 1..=400) = years.as_whole() {
        tell(Tells::Ago(n as i16), false);
    }
}
