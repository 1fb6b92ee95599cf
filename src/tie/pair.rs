//! Two figures that one sentence, or two that follow each other, set side by side: a start and an end, a part and its whole.

use std::ops::Range;

use super::figure::{Figure, Unit, cue_in, figure};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Value, mark};
use crate::language::Language;
use crate::language::grammar::Class;
use crate::language::grammar::Tense;

/// What two figures are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The first became the second.
    Change,
    /// The first is a part of the second.
    Share,
}

/// Two figures with what they are to each other.
#[derive(Clone, Debug)]
pub(crate) struct Pair<'a> {
    pub kind: Kind,
    /// The earlier one, or the part.
    pub first: Figure<'a>,
    /// The later one, or the whole.
    pub second: Figure<'a>,
    /// The two amounts in one unit and scale.
    pub amounts: (Amount, Amount),
    /// The token of the word that opens the first of the two: « *de* 10 à 12 », « *à* 46, contre 60 ».
    open: Option<usize>,
    /// Which reading gave it, for who asks.
    pub reading: &'static str,
}

impl<'a> Pair<'a> {
    pub fn new(kind: Kind, first: Figure<'a>, second: Figure<'a>, reading: &'static str) -> Option<Pair<'a>> {
        // Who are counted one by one are not rounded.
        let counted = |f: &Figure, amount: Amount| match f.unit {
            Unit::Count(_) if amount.precision <= Ratio::ONE => Amount { precision: Ratio::ZERO, ..amount },
            _ => amount,
        };
        let (x, y) = aligned(&first, &second)?;
        // « de 1 euro à 1,20 euro »: the one is as exact as the other.
        let fine = x.precision.min(y.precision);
        let priced = |f: &Figure, amount: Amount| {
            let cents = matches!(f.unit, Unit::Money(_) | Unit::Percent) && amount.precision <= Ratio::ONE && amount.is_exact();
            if cents { Amount { precision: fine, ..amount } } else { counted(f, amount) }
        };
        let amounts = (priced(&first, x), priced(&second, y));
        let far = |x: Ratio, y: Ratio| x > y.mul(Ratio::whole(100)).unwrap_or(x);
        if kind == Kind::Change && (far(x.written, y.written) || far(y.written, x.written)) {
            return None;
        }
        Some(Pair { kind, first, second, amounts, open: None, reading })
    }

    /// The same pair with the word that opens it.
    fn opened(self, open: usize) -> Pair<'a> {
        Pair { open: Some(open), ..self }
    }

    /// Whether a figure is one of the two.
    pub fn has(&self, f: &Figure) -> bool {
        [&self.first, &self.second].iter().any(|x| x.mention.span == f.mention.span)
    }

    /// The tokens from the first word of either to the last.
    pub fn tokens(&self) -> Range<usize> {
        let (x, y) = (self.first.tokens(), self.second.tokens());
        let start = x.start.min(y.start);
        self.open.map_or(start, |o| o.min(start))..x.end.max(y.end)
    }
}

/// Two amounts in one unit and scale: « de 84 à 75,6 millions », "from 80p to £1.20".
pub(crate) fn aligned(x: &Figure, y: &Figure) -> Option<(Amount, Amount)> {
    let coin = |f: &Figure| matches!(f.unit, Unit::Money(code) if !code.bytes().all(|b| b.is_ascii_uppercase()));
    let money = |f: &Figure| matches!(f.unit, Unit::Money(_));
    let hundredth = |amount: &Amount| times(amount, Ratio::new(1, 100)?);
    if money(x) && money(y) && coin(x) != coin(y) {
        return Some(if coin(x) { (hundredth(x.amount)?, *y.amount) } else { (*x.amount, hundredth(y.amount)?) });
    }
    // The scale of one is meant for both.
    let lent = |bare: &Figure, full: &Figure| {
        let scale = [1_000_000_000, 1_000_000, 1_000].into_iter().map(Ratio::whole).find(|s| full.amount.written >= *s)?;
        let alike = matches!(bare.unit, Unit::Count(None)) || bare.unit == full.unit && !matches!(bare.unit, Unit::Count(_));
        let scaled = full.amount.precision >= Ratio::whole(1000) && bare.amount.precision < Ratio::whole(1000);
        let share = bare.amount.written.mul(scale)?.div(full.amount.written)?;
        let far = bare.amount.written.mul(Ratio::whole(1000))? <= full.amount.written.mul(Ratio::whole(20))?;
        let fits = share > Ratio::new(1, 20)? && share < Ratio::whole(20);
        (alike && scaled && far && fits).then(|| times(bare.amount, scale))?
    };
    if let Some(lent) = lent(x, y) {
        return Some((lent, *y.amount));
    }
    if let Some(lent) = lent(y, x) {
        return Some((*x.amount, lent));
    }
    Some((*x.amount, *y.amount))
}

fn times(amount: &Amount, by: Ratio) -> Option<Amount> {
    let bound = |n: Option<Ratio>| n.map_or(Some(None), |n| n.mul(by).map(Some));
    Some(Amount {
        written: amount.written.mul(by)?,
        low: bound(amount.low)?,
        high: bound(amount.high)?,
        precision: amount.precision.mul(by)?,
    })
}

/// How far two figures of one pair may stand apart.
const APART: usize = 18;

/// The figures of a stretch of tokens that may stand in a pair.
pub(super) fn figures<'a>(a: &'a Analysis, tokens: Range<usize>) -> Vec<Figure<'a>> {
    let year = |f: &Figure| f.year_like(a) && f.amount.written > Ratio::whole(1800) && f.amount.written < Ratio::whole(2100);
    // "[152]": the mark of a note.
    let note = |f: &Figure| {
        let (start, end) = (f.mention.tokens.0 as usize, f.mention.tokens.1 as usize);
        start > 0 && mark(a, start - 1) == Some('[') && end < a.tokens.len() && mark(a, end) == Some(']')
    };
    let plain = |f: &Figure| !matches!(f.unit, Unit::Count(None)) || !year(f) && !note(f);
    a.mentions_in(tokens).iter().filter_map(figure).filter(plain).collect()
}

/// Whether two figures may be amounts of one thing.
pub(super) fn comparable(a: &Analysis, x: &Figure, y: &Figure) -> bool {
    match (x.unit, y.unit) {
        (Unit::Count(m), Unit::Count(n)) => m.is_none() || n.is_none() || x.same_unit(a, y),
        (Unit::Count(None), Unit::Time(_) | Unit::Points) | (Unit::Time(_) | Unit::Points, Unit::Count(None)) => false,
        (Unit::Count(None), _) | (_, Unit::Count(None)) => true,
        (Unit::Money(u), Unit::Money(v)) => u == v || [u, v].iter().any(|c| !c.bytes().all(|b| b.is_ascii_uppercase())),
        (x, y) => x == y,
    }
}

/// All pairs of a sentence.
/// Those of `said` are no ends of a change.
pub(super) fn pairs<'a>(a: &'a Analysis, sentence: Range<usize>, said: &[Range<usize>]) -> Vec<Pair<'a>> {
    let Some(language) = a.language(sentence.start) else { return Vec::new() };
    let all = figures(a, sentence.clone());
    let mut found = Vec::new();
    for j in 1..all.len() {
        let y = all[j];
        found.extend(against(a, &all[..j], y, &sentence, language));
        found.extend(onward(a, all[j - 1], y, &sentence, language));
        found.extend(share(a, &all[..j], y, &sentence, language));
    }
    if found.iter().all(|p: &Pair| p.kind != Kind::Change) {
        let inside = |f: &Figure| said.iter().any(|r| r.contains(&(f.mention.tokens.0 as usize)));
        let told: Vec<Figure> = all.into_iter().filter(|f| !matches!(f.unit, Unit::Time(_) | Unit::Points) && !inside(f)).collect();
        found.extend(told_by_time(a, &told, language));
    }
    found
}

/// The parts in their wholes of a sentence.
pub(crate) fn shares<'a>(a: &'a Analysis, sentence: Range<usize>) -> Vec<Pair<'a>> {
    let Some(language) = a.language(sentence.start) else { return Vec::new() };
    let all = figures(a, sentence.clone());
    (1..all.len()).filter_map(|j| share(a, &all[..j], all[j], &sentence, language)).collect()
}

/// « de 10 à 12 », "from 10 in May to 12"
fn onward<'a>(a: &'a Analysis, x: Figure<'a>, y: Figure<'a>, sentence: &Range<usize>, language: &Language) -> Option<Pair<'a>> {
    let (at, next) = (x.mention.tokens.0 as usize, y.mention.tokens.0 as usize);
    let open = led(a, at, sentence.start, language, |i| {
        language.numbers.ranges.iter().any(|r| !r.open.is_empty() && !r.ordered && r.open == a.lower(i))
    })?;
    led(a, next, x.tokens().end, language, |i| {
        language.numbers.ranges.iter().any(|r| !r.open.is_empty() && !r.ordered && r.middle == a.lower(i))
    })?;
    if next.saturating_sub(x.tokens().end) > 10 || !comparable(a, &x, &y) {
        return None;
    }
    let from = open.saturating_sub(12).max(sentence.start);
    let passing = language.cues.get("passing").at(a, open).is_some();
    let moves = ["tie-go", "rising", "falling", "passing", "tie-rise", "tie-fall", "doubled", "tripled", "quadrupled", "halved"]
        .iter()
        .any(|set| cue_in(a, set, from..open));
    (passing || moves).then(|| Pair::new(Kind::Change, x, y, "passing"))?.map(|p| p.opened(open))
}

/// The token right before a figure, words that bound it stepped over, where it is what is asked for.
fn led(a: &Analysis, at: usize, start: usize, language: &Language, is: impl Fn(usize) -> bool) -> Option<usize> {
    let _ = language;
    let mut i = at;
    while i > start && at - i < 4 {
        i -= 1;
        if is(i) {
            return Some(i);
        }
        let c = a.classes[i];
        if ![Class::Adverb, Class::Preposition, Class::Determiner, Class::Adjective].iter().any(|k| c.has(*k))
            && mark(a, i).is_none_or(|m| m.is_alphanumeric())
        {
            // The sign of a currency stands between: "from £12".
            if !a.tokens[i + 1].glued {
                return None;
            }
        }
    }
    None
}

/// « 512, contre 640 un an plus tôt », "£120m, up 20% from £100m"
fn against<'a>(
    a: &'a Analysis,
    before: &[Figure<'a>],
    y: Figure<'a>,
    sentence: &Range<usize>,
    language: &Language,
) -> Option<Pair<'a>> {
    let at = y.mention.tokens.0 as usize;
    let ends = |i: usize, sets: &[&str]| sets.iter().any(|set| language.cues.get(set).before(a, i, sentence.start).is_some());
    let bound = |i: usize| {
        let c = a.classes[i];
        [Class::Adverb, Class::Determiner, Class::Preposition].iter().any(|k| c.has(*k))
            || a.tokens[i + 1].glued && mark(a, i).is_some()
    };
    let link = (0..=3)
        .map_while(|n| at.checked_sub(n).filter(|&i| i > sentence.start && (i..at).all(bound)))
        .find(|&i| ends(i, &["against", "tie-against", "departed", "tie-after", "tie-instead"]))?;
    let x = *before.iter().rev().find(|x| comparable(a, x, &y) && x.unit != Unit::Percent || x.unit == y.unit)?;
    let gap = x.tokens().end..link;
    if gap.start > gap.end || gap.len() > APART || gap.clone().any(|i| mark(a, i) == Some(';')) || ballot(a, &x, &y, language) {
        return None;
    }
    let arrived = || {
        let first = x.mention.tokens.0 as usize;
        let start = (0..=1)
            .filter_map(|n| first.checked_sub(n))
            .find(|&i| language.cues.get("arrived").before(a, i, sentence.start).is_some())?;
        Some(start - language.cues.get("arrived").before(a, start, sentence.start)?)
    };
    // "from" alone, and « après », need the number before to be one that was reached.
    let weak = !ends(link, &["against", "tie-against"]);
    if weak && ends(link, &["departed"]) {
        let arrived = arrived().is_some();
        let told = ["rising", "falling"].iter().any(|set| cue_in(a, set, gap.clone()));
        if !arrived && !told {
            return None;
        }
    }
    let end = y.tokens().end;
    let near = end..sentence.end.min(end + 8);
    let dated = a.mentions_in(near.clone()).iter().any(|m| matches!(m.value, Value::Date(_)));
    let earlier = ["earlier", "tie-then"].iter().any(|set| cue_in(a, set, near.clone()));
    let closed = end >= sentence.end || mark(a, end).is_some();
    let after = !weak || !ends(link, &["departed"]);
    let instead = ends(link, &["tie-instead"]);
    let pair = (earlier || dated || instead || closed && !(weak && after) || weak && !after)
        .then(|| Pair::new(Kind::Change, y, x, "against"))??;
    Some(match arrived() {
        Some(open) => pair.opened(open),
        None => pair,
    })
}

/// Whether two figures are votes for and against, or goals.
fn ballot(a: &Analysis, x: &Figure, y: &Figure, language: &Language) -> bool {
    let vote = |f: &Figure| {
        let near = f.mention.tokens.0 as usize..(f.tokens().end + 1).min(a.tokens.len());
        language.cues.get("tie-vote").stands_in(a, near)
    };
    vote(x) || vote(y)
}

/// Two figures of one unit of which one is of an earlier time: "in 2019 … 400, in 2022 … 500".
fn told_by_time<'a>(a: &'a Analysis, all: &[Figure<'a>], language: &Language) -> Option<Pair<'a>> {
    for i in 1..all.len() {
        let y = all[i];
        let Some(x) = all[..i].iter().rev().find(|x| comparable(a, x, &y)).copied() else { continue };
        let mixed = (x.unit == Unit::Percent) != (y.unit == Unit::Percent);
        // « Elles étaient 1 200 en 2014, elles sont 3 600, et six clubs … »: numbers of no noun are of one thing.
        let bare = |f: &Figure| f.unit == Unit::Count(None);
        let of_one = |f: &&Figure| if bare(&x) && bare(&y) { bare(f) } else { comparable(a, f, &x) };
        let twins = all.iter().filter(|f| (f.unit == Unit::Percent) == (x.unit == Unit::Percent) && of_one(f)).count();
        if comparable(a, &x, &y)
            && !mixed
            && twins == 2
            && (y.mention.tokens.0 as usize).saturating_sub(x.tokens().end) <= APART
            && let Some(pair) = ordered(a, x, y, language)
        {
            return Some(pair);
        }
    }
    None
}

/// The two figures in the order of time, where words tell it.
pub(super) fn ordered<'a>(a: &'a Analysis, x: Figure<'a>, y: Figure<'a>, language: &Language) -> Option<Pair<'a>> {
    let change = |first, second| Pair::new(Kind::Change, first, second, "time");
    let (s, t) = (segment(a, &x), segment(a, &y));
    let (p, q) = (year(a, s.clone()), year(a, t.clone()));
    if let (Some(p), Some(q)) = (p, q) {
        return if p < q {
            change(x, y)
        } else if q < p {
            change(y, x)
        } else {
            None
        };
    }
    let dated_now = |r: &Range<usize>| cue_in(a, "tie-now", r.clone());
    match (p, q) {
        (Some(_), None) if dated_now(&t) => return change(x, y),
        (None, Some(_)) if dated_now(&s) => return change(y, x),
        _ => {}
    }
    let _ = language;
    let then = |r: &Range<usize>, f: &Figure| {
        let at = f.mention.tokens.0 as usize;
        let sentence = a.sentence(at);
        let after = (0..=1)
            .filter_map(|n| at.checked_sub(n))
            .any(|i| language.cues.get("tie-after").before(a, i, sentence.start).is_some());
        let starts = || {
            let clause = a.clauses[a.clause(at)].tokens;
            cue_in(a, "tie-start", (clause.0 as usize).max(r.start)..at)
        };
        after || ["earlier", "tie-then"].iter().any(|set| cue_in(a, set, r.clone())) || starts()
    };
    let now = |r: &Range<usize>| cue_in(a, "tie-now", r.clone());
    let tense = |f: &Figure| a.tense(a.clause(f.mention.tokens.0 as usize));
    let past = |f: &Figure| matches!(tense(f), Some(Tense::Pluperfect | Tense::Imperfect));
    let (x_then, y_then) = (then(&s, &x) && !now(&s), then(&t, &y) && !now(&t));
    // « 103 500 l'an dernier, soit 15 % de plus qu'en 2023 (90 000) »: which is the earlier words do not tell.
    if p.is_some() != q.is_some() && (p.is_some() && y_then || q.is_some() && x_then) {
        return None;
    }
    match (x_then, y_then) {
        (true, false) => return change(x, y),
        (false, true) => return change(y, x),
        (true, true) => return None,
        _ => {}
    }
    let ahead = |f: &Figure| tense(f) == Some(Tense::Future);
    match (ahead(&x), ahead(&y)) {
        (true, false) if tense(&y).is_some() => return change(y, x),
        (false, true) if tense(&x).is_some() => return change(x, y),
        _ => {}
    }
    match (past(&x), past(&y)) {
        (true, false) if a.clause(x.mention.tokens.0 as usize) != a.clause(y.mention.tokens.0 as usize) => change(x, y),
        (false, true) if a.clause(x.mention.tokens.0 as usize) != a.clause(y.mention.tokens.0 as usize) => change(y, x),
        _ => None,
    }
}

/// The words that belong to a figure alone: its clause, as far as the figures beside it.
fn segment(a: &Analysis, f: &Figure) -> Range<usize> {
    let at = f.mention.tokens.0 as usize;
    let sentence = a.sentence(at);
    let own = f.tokens();
    let others = || {
        a.mentions_in(sentence.clone())
            .iter()
            .filter_map(figure)
            .filter(|o| o.mention.span != f.mention.span && !o.year_like(a) && !matches!(o.unit, Unit::Time(_)))
    };
    let before = others().filter(|o| o.tokens().end <= at).map(|o| o.tokens().end).max().unwrap_or(sentence.start);
    let after = others()
        .filter(|o| o.mention.tokens.0 as usize >= own.end)
        .map(|o| o.mention.tokens.0 as usize)
        .min()
        .unwrap_or(sentence.end);
    let stop =
        |i: &usize| mark(a, *i).is_some_and(|c| matches!(c, ',' | ';' | ':' | '–' | '—')) || a.classes[*i].has(Class::Coordinator);
    let from = (before..at).rev().find(stop).filter(|_| before > sentence.start).map_or(before, |i| i + 1);
    let to = (own.end..after).find(stop).filter(|_| after < sentence.end).unwrap_or(after);
    from..to.max(own.end)
}

/// The one year that stands among tokens.
fn year(a: &Analysis, tokens: Range<usize>) -> Option<i16> {
    let found = super::figure::years(a, tokens);
    (found.len() == 1).then(|| found[0].year)
}

/// « trois des douze », « sur 400 foyers, 100 », "90 in a fleet of 150"
fn share<'a>(
    a: &'a Analysis,
    before: &[Figure<'a>],
    y: Figure<'a>,
    sentence: &Range<usize>,
    language: &Language,
) -> Option<Pair<'a>> {
    let at = y.mention.tokens.0 as usize;
    let x = *before.last()?;
    let kinds = |f: &Figure| matches!(f.unit, Unit::Count(_) | Unit::Money(_) | Unit::Measure(_));
    if !kinds(&x)
        || !kinds(&y)
        || matches!((x.unit, y.unit), (Unit::Money(u), Unit::Money(v)) | (Unit::Measure(u), Unit::Measure(v)) if u != v)
    {
        return None;
    }
    let link = |i: usize, set: &str| {
        let article = |j: usize| a.classes[j].has(Class::Determiner) || a.tokens[j + 1].glued && mark(a, j).is_some();
        // "four of the state's 15 ferries"
        let owned =
            i > sentence.start + 3 && a.tokens[i - 1].glued && mark(a, i - 1).is_none() && a.classes[i - 2].has(Class::Noun);
        if owned && let Some(len) = language.cues.get(set).before(a, i - 2, sentence.start) {
            return Some(i - 2 - len);
        }
        (0..=2).filter_map(|n| i.checked_sub(n)).filter(|&j| j > sentence.start && (j..i).all(article)).find_map(|j| {
            let len = language.cues.get(set).before(a, j, sentence.start)?;
            Some(j - len)
        })
    };
    let counts = |f: &Figure| !matches!(f.unit, Unit::Count(None)) || !f.tokens().is_empty();
    if x.amount.written < y.amount.written
        && let Some(open) = link(at, "tie-whole-between")
    {
        let gap = x.tokens().end.min(open)..open;
        let acts = gap
            .clone()
            .any(|i| a.classes[i].has(Class::Verb) && !a.classes[i].has(Class::Noun) && !a.classes[i].has(Class::PastParticiple));
        let cut = gap.clone().any(|i| mark(a, i).is_some_and(|c| c != '-'));
        if gap.len() <= 6 && !acts && !cut && counts(&y) {
            return Pair::new(Kind::Share, x, y, "of");
        }
    }
    // « 50 maisons touchées, dont 20 détruites », "450 people, 90 of whom"
    let included = || {
        let of_whom = language.cues.get("tie-of-whom").at(a, y.tokens().end).is_some();
        let gap = x.tokens().end..at;
        let near = gap.len() <= 6 && (of_whom || link(at, "tie-including").is_some());
        near && matches!((x.unit, y.unit), (Unit::Count(Some(_)), Unit::Count(_)))
            && !gap.clone().any(|i| a.classes[i].has(Class::Coordinator))
    };
    if x.amount.written > y.amount.written && included() {
        return Pair::new(Kind::Share, y, x, "including");
    }
    let first = x.mention.tokens.0 as usize;
    let opened = link(first, "tie-whole-first")?;
    let of_share =
        || a.mentions_in(opened.saturating_sub(4)..opened).iter().any(|m| m.tokens.1 as usize == opened && figure(m).is_some());
    let fresh =
        opened == sentence.start || mark(a, opened - 1).is_some() || a.classes[opened - 1].has(Class::Coordinator) || of_share();
    let gap = x.tokens().end..at;
    (x.amount.written > y.amount.written && fresh && gap.len() <= APART && gap.clone().any(|i| mark(a, i) == Some(',')))
        .then(|| Pair::new(Kind::Share, y, x, "of which"))?
}

/// A pair over two sentences: a bare number is a part of what the sentence before counts; what was and what is.
pub(super) fn across<'a>(a: &'a Analysis, before: &[Figure<'a>], this: &[Figure<'a>], language: &Language) -> Vec<Pair<'a>> {
    let mut found = Vec::new();
    let plain = |f: &&Figure| !matches!(f.unit, Unit::Percent | Unit::Points | Unit::Time(_)) && f.amount.written > Ratio::ONE;
    let (b, t): (Vec<&Figure>, Vec<&Figure>) = (before.iter().filter(plain).collect(), this.iter().filter(plain).collect());
    let ([x], [y, ..]) = (&b[..], &t[..]) else { return found };
    // « 424 demandes … Trois cent dix-huit ont été acceptées »
    let sentence = a.sentence(y.mention.tokens.0 as usize);
    let opens = y.mention.tokens.0 as usize - sentence.start <= 5;
    // "from 25, or 6% of the premises"
    let end = y.mention.tokens.1 as usize;
    let shared = a.mentions_in(end..sentence.end.min(end + 6)).iter().find(|m| matches!(m.value, Value::Percent(_)));
    let stated = shared.is_some_and(|m| cue_in(a, "share-stated", end..m.tokens.0 as usize));
    let opens = opens || stated;
    if matches!((x.unit, y.unit), (Unit::Count(Some(_)), Unit::Count(None))) && opens && y.amount.written < x.amount.written {
        found.extend(Pair::new(Kind::Share, **y, **x, "elliptic"));
    }
    for y in t {
        let counts = |f: &Figure| matches!(f.unit, Unit::Count(_));
        if comparable(a, x, y) && counts(x) == counts(y) {
            found.extend(ordered(a, **x, *y, language));
        }
    }
    found
}

/// The two figures of a sentence that a multiple compares, where it has just two of one kind: "$60 on the pier, five times the $15".
pub(super) fn compared<'a>(a: &'a Analysis, all: &[Figure<'a>], apart: &Range<usize>) -> Option<Pair<'a>> {
    let free = |f: &&Figure| {
        let within = f.tokens().start < apart.end && apart.start < f.tokens().end;
        !within && !matches!(f.unit, Unit::Time(_) | Unit::Percent | Unit::Points)
    };
    let all: Vec<&Figure> = all.iter().filter(free).collect();
    let [x, y] = all[..] else { return None };
    let exact = match (x.unit, y.unit) {
        (Unit::Count(Some(_)), Unit::Count(Some(_))) => x.same_unit(a, y),
        (Unit::Count(_), _) | (_, Unit::Count(_)) => false,
        (u, v) => u == v,
    };
    let between = x.tokens().end <= apart.start && apart.end <= y.mention.tokens.0 as usize;
    // « trois fois le smic (soit 4 500 euros) »: the product.
    let next = y.mention.tokens.0 as usize;
    let product = (apart.end..next).any(|i| matches!(mark(a, i), Some('(' | '[')))
        || a.language(next).is_some_and(|l| l.cues.get("share-stated").before(a, next, apart.end).is_some());
    let exact = exact && !product;
    (exact && between).then(|| Pair::new(Kind::Change, *y, *x, "compared"))?
}
