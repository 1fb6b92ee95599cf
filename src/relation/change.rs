//! The reading of a change by the words of its direction: « en hausse de 200 à 250 ».

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Figure, Unit, cue_in, figure};
use super::names::SetName;
use crate::amount::Ratio;
use crate::analysis::{Analysis, NumberRange, Value, mark};
use crate::language::grammar::Class;
use crate::span::Span;

/// The cue sets by which a change is read.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ChangeWords {
    /// Verbs and phrases that say that something grows.
    #[schemars(with = "SetName")]
    pub rising: String,
    /// Verbs and phrases that say that something shrinks.
    #[schemars(with = "SetName")]
    pub falling: String,
    /// What makes the two numbers of « de … à … » a start and an end, and no range: « passer », "from".
    #[schemars(with = "SetName")]
    pub passing: String,
    /// What stands before the number that something came to: "rose *to* 46", « est *à* 46 ».
    #[schemars(with = "SetName")]
    pub arrived: String,
    /// What stands before the number that something came from, behind the other: "up *from* 50".
    #[schemars(with = "SetName")]
    pub departed: String,
    /// What holds a number against another, which is the earlier one where words say when: « *contre* 50 l'an dernier ».
    #[schemars(with = "SetName")]
    pub against: String,
    /// Words of an earlier time: « un an plus tôt », "last year".
    #[schemars(with = "SetName")]
    pub earlier: String,
}

/// A number that became another.
pub(super) struct Change<'a> {
    /// The first token of the words that give the two numbers.
    pub open: usize,
    /// Those words.
    pub span: Span,
    pub from: Figure<'a>,
    pub to: Figure<'a>,
    /// Whether a word makes the two numbers a start and an end, and no range.
    pub passing: bool,
    /// The word that gives the direction, and whether that is up.
    pub direction: Option<(std::ops::Range<usize>, bool)>,
}

impl Change<'_> {
    /// Whether one number has a scale and the other may share it: « de 10 à 2 millions ».
    pub fn scaled(&self) -> bool {
        let (x, y) = (self.from.amount.precision, self.to.amount.precision);
        x != y && x.max(y) >= SCALE && x.min(y) < SCALE
    }
}

/// What is written to the thousand and above has a word of scale.
const SCALE: Ratio = Ratio::whole(1000);

/// How many words may stand between the two numbers of a change: "to £120m in the first three months from £100m".
const BETWEEN: usize = 7;

impl ChangeWords {
    /// Every change in the draft, in its order.
    pub(super) fn changes<'a>(&self, a: &'a Analysis) -> Vec<Change<'a>> {
        // A score, 3-1, has no word that opens it.
        let ranges = a.ranges.iter().filter(|r| !r.ordered && r.open < r.first.0).filter_map(|r| self.change(a, r));
        let mut found: Vec<Change> = ranges.collect();
        let figures: Vec<Figure> = a.mentions.iter().filter_map(figure).collect();
        for i in 1..figures.len() {
            let change = self.turned(a, &figures[..i], figures[i]).or_else(|| self.parted(a, figures[i - 1], figures[i]));
            found.extend(change);
        }
        found.sort_by_key(|c| c.open);
        found.dedup_by_key(|c| c.open);
        found
    }

    /// « de 10 à 12 », "from 10 to 12"
    fn change<'a>(&self, a: &'a Analysis, r: &'a NumberRange) -> Option<Change<'a>> {
        let at = |tokens: (u32, u32)| {
            let i = a.mentions.partition_point(|m| m.tokens.0 < tokens.0);
            a.mentions[i..].iter().take_while(|m| m.tokens.0 == tokens.0).find(|m| m.tokens == tokens)
        };
        self.onward(a, r.open as usize, figure(at(r.first)?)?, figure(at(r.second)?)?)
    }

    /// « de 400 élèves en 2019 à 500 en 2020 »: words stand between the two numbers, and what makes them no range is said.
    fn parted<'a>(&self, a: &'a Analysis, from: Figure<'a>, to: Figure<'a>) -> Option<Change<'a>> {
        let open = (from.mention.tokens.0 as usize).checked_sub(1)?;
        let (gap, next) = (from.tokens().end, to.mention.tokens.0 as usize);
        let language = a.language(open)?;
        let words = language.numbers.ranges.iter().find(|r| !r.open.is_empty() && !r.ordered && r.open == a.lower(open))?;
        let said = gap + 1 < next && next - gap <= BETWEEN && a.lower(next - 1) == words.middle;
        let plain = said && self.plain(a, gap..next - 1) && (gap..next - 1).all(|i| a.lower(i) != words.middle);
        if !plain || from.mention.sentence != to.mention.sentence {
            return None;
        }
        self.onward(a, open, from, to).filter(|c| c.passing && c.direction.is_some())
    }

    /// A change told in the order of time.
    fn onward<'a>(&self, a: &'a Analysis, open: usize, from: Figure<'a>, to: Figure<'a>) -> Option<Change<'a>> {
        let (from, to) = of_one_unit(a, from, to)?;
        let start = a.sentence(open).start;
        let passing = a.language(open)?.cues.get(&self.passing);
        let passing = passing.before(a, open, start).is_some() || passing.at(a, open).is_some();
        let end = to.tokens().end;
        let direction = self.direction(a, open, end);
        let span = a.tokens[open].span.cover(to.mention.span);
        Some(Change { open, span, from, to, passing, direction })
    }

    /// A change told backwards: "rose 20% to £120m from £100m", "412, up from 380", « recule à 46, contre 50 un an plus tôt ».
    fn turned<'a>(&self, a: &'a Analysis, before: &[Figure<'a>], from: Figure<'a>) -> Option<Change<'a>> {
        let at = from.mention.tokens.0 as usize;
        let language = a.language(at)?;
        let start = a.sentence(at).start;
        let cue = |set: &str| language.cues.get(set).before(a, at, start).map(|len| at - len);
        let held = cue(&self.against).filter(|_| self.of_earlier_time(a, &from));
        let link = cue(&self.departed).or(held)?;
        let mut figures = before.iter().rev().take_while(|f| f.mention.sentence == from.mention.sentence).copied();
        let mut to = figures.next()?;
        // "£120m, up *20%* from £100m"
        if to.unit == Unit::Percent && from.unit != Unit::Percent {
            to = figures.next()?;
        }
        let gap = to.tokens().end..link;
        if gap.start > link || gap.len() > BETWEEN || !self.plain(a, gap.clone()) {
            return None;
        }
        let first = to.mention.tokens.0 as usize;
        let arrived = language.cues.get(&self.arrived).before(a, first, start).map(|len| first - len);
        let open = arrived.unwrap_or(first);
        let told = self.words_of_direction(a, gap).pop();
        if arrived.is_none() && told.is_none() || from.year_like(a) || to.year_like(a) {
            return None;
        }
        // "fell on rising costs to £9m from £12m": which of two words is meant?
        let ahead = self.words_of_direction(a, self.ahead(a, open)..open);
        let clear = ahead.iter().all(|(_, up)| *up == ahead[0].1);
        let direction = told.or_else(|| ahead.into_iter().next_back().filter(|_| clear));
        let (from, to) = of_one_unit(a, from, to)?;
        let span = a.tokens[open].span.cover(from.mention.span);
        Some(Change { open, span, from, to, passing: true, direction })
    }

    /// Whether a number that another is held against is the earlier of both: its time is told, or nothing more is said of it.
    fn of_earlier_time(&self, a: &Analysis, f: &Figure) -> bool {
        let (end, last) = (f.tokens().end, a.sentence(f.mention.tokens.0 as usize).end);
        let near = end..last.min(end + 6);
        let dated = a.mentions_in(near.clone()).iter().any(|m| matches!(m.value, Value::Date(_)));
        end >= last || mark(a, end).is_some() || dated || cue_in(a, &self.earlier, near)
    }

    /// Whether words may stand between two numbers of one change: no verb, nothing that opens another clause.
    fn plain(&self, a: &Analysis, tokens: Range<usize>) -> bool {
        let breaks = [Class::Subordinator, Class::Relative, Class::Coordinator];
        tokens.into_iter().all(|i| {
            let acts = a.classes[i].has(Class::Verb) && !a.classes[i].has(Class::Noun) && !a.classes[i].has(Class::Preposition);
            !acts
                && breaks.iter().all(|c| !a.classes[i].has(*c))
                && mark(a, i).is_none_or(|c| matches!(c, ',' | '%' | '-' | '–' | '—'))
        })
    }

    /// The nearest word of direction in the clause before the numbers, else right after them.
    fn direction(&self, a: &Analysis, open: usize, after: usize) -> Option<(Range<usize>, bool)> {
        let before = self.words_of_direction(a, self.ahead(a, open)..open).pop();
        let end = a.sentence(open).end;
        before.or_else(|| {
            let phrase = |i: usize| self.word_of_direction(a, i).filter(|(w, _)| w.len() > 1 && w.end <= end);
            (after..end.min(after + 3)).find_map(phrase)
        })
    }

    /// Where the words begin that may tell the direction of a change: in its clause, not far before it.
    fn ahead(&self, a: &Analysis, open: usize) -> usize {
        (a.clauses[a.clause(open)].tokens.0 as usize).max(open.saturating_sub(12))
    }

    /// The words of direction in a range, and whether each points up.
    fn words_of_direction(&self, a: &Analysis, tokens: Range<usize>) -> Vec<(Range<usize>, bool)> {
        tokens.clone().filter_map(|i| self.word_of_direction(a, i).filter(|(w, _)| w.end <= tokens.end)).collect()
    }

    fn word_of_direction(&self, a: &Analysis, i: usize) -> Option<(Range<usize>, bool)> {
        let cues = &a.language(i)?.cues;
        let up = cues.get(&self.rising).at(a, i).map(|len| (len, true));
        let (len, up) = up.or_else(|| cues.get(&self.falling).at(a, i).map(|len| (len, false)))?;
        Some((i..i + len, up))
    }
}

/// Two figures as amounts of one thing, where they may be: « de 5 à 7 % » gives the unit of one to the other.
fn of_one_unit<'a>(a: &Analysis, mut from: Figure<'a>, mut to: Figure<'a>) -> Option<(Figure<'a>, Figure<'a>)> {
    if matches!(from.unit, Unit::Count(None)) {
        from.unit = to.unit;
    }
    if matches!((to.unit, from.unit), (Unit::Count(None), Unit::Count(_))) {
        to.unit = from.unit;
    }
    let onward = from.mention.tokens.0 < to.mention.tokens.0;
    let one = from.same_unit(a, &to) || onward && matches!((from.unit, to.unit), (Unit::Count(_), Unit::Count(_)));
    (one && !(from.year_like(a) && to.year_like(a))).then_some((from, to))
}
