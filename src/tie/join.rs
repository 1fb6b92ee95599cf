//! The joins: what is said of two figures goes with the two that stand nearest, in its sentence or in the one beside it.

use std::ops::Range;

use super::bounds::{Bounds, round};
use super::figure::{Figure, Unit, stance};
use super::pair::{self, Pair, figures};
use super::said::{Meaning, Said, Worth, said};
use super::two::{self, Read, gap, names, overlap, speaks_of, subject_of, this};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Join, Right, Sentence, Tie, TieKind, Value, mark};
use crate::facet::Facet;
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::mention::quantity::HUNDRED;

/// How many words may stand between a pair and what is said of it.
const MOST_BETWEEN: usize = 20;

/// How many words stand at most between a pair and the share that is said of it outright.
const CLOSE: usize = 9;

/// Sentences with more figures are tables and results.
const MOST: usize = 16;

/// All ties of a draft.
pub(super) fn ties(a: &Analysis) -> Vec<Tie> {
    let mut read: Vec<Read> = a.sentences.iter().map(|s| sentence(a, s)).collect();
    for s in 1..read.len() {
        let one = a.sentences[s - 1].block == a.sentences[s].block;
        let said = |r: &Read| r.said.iter().any(|x| x.meaning != Meaning::Open);
        if let Some(language) = a
            .language(a.sentences[s].start as usize)
            .filter(|_| one && (said(&read[s]) || said(&read[s - 1]) || read.get(s + 1).is_some_and(said)))
        {
            read[s].across = pair::across(a, &read[s - 1].figures, &read[s].figures, language);
        }
    }
    let mut found = Vec::new();
    for (s, this) in read.iter().enumerate() {
        for said in &this.said {
            found.extend(tie(a, said, s, &read));
        }
        let next = (s + 1 < read.len() && around(a, s).contains(&(s + 1))).then(|| &read[s + 1].figures[..]);
        if this.figures.len() + next.map_or(0, <[Figure]>::len) > 2 {
            found.extend(super::product::products(a, &this.figures, next));
        }
        found.extend(this.said.iter().filter_map(|said| in_one(a, said, &this.figures)));
        found.extend(super::apart::differences(a, s, &around(a, s), &read));
        found.extend(this.said.windows(2).filter_map(|w| multiple_and_share(a, &w[0], &w[1])));
        let after = (s + 1 < read.len() && around(a, s).contains(&(s + 1))).then(|| &read[s + 1]);
        found.extend(after.and_then(|next| resumed_multiple(a, this, next)));
    }
    found
}

fn sentence<'a>(a: &'a Analysis, s: &Sentence) -> Read<'a> {
    let tokens = s.start as usize..s.end as usize;
    let figures = figures(a, tokens.clone());
    if figures.len() > MOST {
        return Read { said: Vec::new(), pairs: Vec::new(), across: Vec::new(), compared: None, figures: Vec::new() };
    }
    let said = said(a, tokens.clone());
    let pairs = if figures.len() > 1 { pair::pairs(a, tokens, &changes(&said)) } else { Vec::new() };
    let mut multiples = said.iter().filter(|x| matches!(x.worth, Worth::Times(..)));
    let compared = multiples.next().filter(|_| multiples.next().is_none()).and_then(|m| pair::compared(a, &figures, &m.tokens));
    Read { said, pairs, across: Vec::new(), compared, figures }
}

/// The tokens of what is said to be a change or how far two figures are apart, which is no figure to set beside another.
fn changes(said: &[Said]) -> Vec<Range<usize>> {
    let change = |x: &&Said| matches!(x.meaning, Meaning::Change(_) | Meaning::Gap) && x.head.is_some();
    said.iter().filter(change).map(|x| x.tokens.clone()).collect()
}

/// The sentences of a block around one.
fn around(a: &Analysis, s: usize) -> Range<usize> {
    let own = |i: &usize| a.sentences.get(*i).is_some_and(|x| x.block == a.sentences[s].block);
    let from = s.checked_sub(1).filter(own).unwrap_or(s);
    let to = Some(s + 1).filter(own).unwrap_or(s);
    from..to + 1
}

fn tie(a: &Analysis, said: &Said, s: usize, read: &[Read]) -> Option<Tie> {
    let near = around(a, s);
    // « soit au total la moitié »: of several parts together.
    let sentence = a.sentence(said.tokens.start);
    let beside = said.tokens.start.saturating_sub(5).max(sentence.start)..sentence.end.min(said.tokens.end + 4);
    if super::figure::cue_in(a, "tie-together", beside) {
        return None;
    }
    let wanted = match said.meaning {
        Meaning::Change(_) | Meaning::Gap => pair::Kind::Change,
        Meaning::Share => pair::Kind::Share,
        Meaning::Open => return None,
    };
    let bracketed = said.tokens.start > sentence.start && mark(a, said.tokens.start - 1) == Some('(');
    let loose;
    let (pair, join) = match joined(a, said, s, &near, read, wanted) {
        Some(told) => told,
        None => {
            let (pair, join) =
                two::only_two(a, said, s, &near, read, wanted).or_else(|| two::only_share(a, said, s, &near, read))?;
            loose = pair;
            (&loose, join)
        }
    };
    // « 89 sièges (17 %) »: of the votes.
    let seats = |f: &Figure| matches!(f.unit, Unit::Count(Some(n)) if a.language(n).is_some_and(|l| l.cues.get("seat-noun").at(a, n).is_some()));
    // « deux quartiers sur cinq, la Rive (61 %) »: the share of one of them.
    let before = pair.tokens().end..said.tokens.start;
    let named = before.len() >= 2 && a.tokens[before.end - 2].case.is_capital() && before.clone().any(|i| mark(a, i) == Some(','));
    if wanted == pair::Kind::Share && bracketed && (seats(&pair.first) || seats(&pair.second) || named) {
        return None;
    }
    // "12.3 million people - 50% of viewers -": of the figure right before it.
    let own = read[s].figures.iter().any(|f| {
        f.tokens().end < said.tokens.start
            && said.tokens.start - f.tokens().end <= 2
            && !pair.has(f)
            && mark(a, said.tokens.start - 1).is_some()
    });
    if join != Join::Sentence && own {
        return None;
    }
    // "£2.2bn, up 10% from £2bn; those of its rival slipped 2%": a semicolon parts them. "120p a year ago, lost a quarter on Thursday": so
    // does the day of the change, where the first of two that nothing binds is of an earlier time.
    let between = gap(&pair.tokens(), &said.tokens);
    let semicolon = between.clone().rev().find(|&i| mark(a, i) == Some(';'));
    let parted = semicolon.is_some_and(|i| {
        let own =
            |f: &&Figure| (f.tokens().start > i) == (said.tokens.start > i) && !pair.has(f) && !overlap(&f.tokens(), &said.tokens);
        read[s].figures.iter().filter(own).any(|f| f.same_unit(a, &pair.first))
    });
    let change = said.tokens.start..pair.second.tokens().end.max(said.tokens.start);
    let of_a_day = || a.mentions_in(change.clone()).iter().any(|m| matches!(m.value, Value::Weekday(_)));
    let past = pair.first.tokens().end;
    let earlier = || super::figure::cue_in(a, "earlier", past..(past + 5).min(said.tokens.start.max(past)));
    let apart = wanted == pair::Kind::Change && (parted || earlier() && of_a_day());
    // « 54 % des voix, … 16 des 25 sièges »: of something else.
    let other_noun = |n: usize| {
        ![&pair.first, &pair.second].iter().any(|f| matches!(f.unit, Unit::Count(Some(h)) if super::figure::same_word(a, h, n)))
    };
    let votes = wanted == pair::Kind::Share && seats(&pair.second) && said.of.is_some_and(other_noun);
    // « une participation de 40 % »: of all who may vote.
    let words = said.tokens.start.saturating_sub(4).max(sentence.start)..(said.tokens.end + 3).min(sentence.end);
    let turnout = wanted == pair::Kind::Share && super::figure::cue_in(a, "turnout", words);
    if apart || votes || turnout {
        return None;
    }
    // Beside its own pair a share is of no figures of another sentence.
    let close = join == Join::Sentence && wanted == pair::Kind::Share && gap(&pair.tokens(), &said.tokens).len() <= CLOSE;
    let window: Vec<Figure> = if close { s..s + 1 } else { near.clone() }.flat_map(|i| read[i].figures.iter().copied()).collect();
    let verdict = judge(said, pair)?;
    let verdict = if turned(said, pair)? { Verdict { kind: TieKind::Direction, holds: false, ..verdict } } else { verdict };
    let against = verdict.kind == TieKind::Direction;
    let closed = !against && (verdict.holds || fits_any(a, said, pair, &window)?);
    let mut facets = said.facets;
    // What somebody makes of the story's own figures is held against them; arithmetic of his own is his.
    if [&pair.first, &pair.second].iter().any(|f| !stance(f.mention).contains(Facet::Quoted)) {
        facets.remove(Facet::Quoted);
    }
    let vague = said.hedged || !pair.first.amount.is_exact() || !pair.second.amount.is_exact();
    facets.insert_if(vague && verdict.kind == TieKind::Points, Facet::Approximate);
    facets.insert_if(vague && holds(said, pair.kind, &pair.first, pair.amounts, true)?, Facet::Approximate);
    let (named, whole) = match wanted {
        pair::Kind::Change => (vec![("numbers", a.span(pair.tokens()))], None),
        // "*100* of the 400 homes": what both count stands behind the whole.
        pair::Kind::Share if overlap(&pair.first.tokens(), &pair.second.tokens()) => {
            (vec![("part", pair.first.mention.span)], Some(("whole", pair.second.span(a))))
        }
        pair::Kind::Share => (vec![("part", pair.first.span(a))], Some(("whole", pair.second.span(a)))),
    };
    let stated = if verdict.kind == TieKind::Multiple { "multiple" } else { "stated" };
    let mut roles = vec![(stated, a.span(said.tokens.clone()))];
    roles.extend(named);
    roles.extend(whole);
    Some(Tie { kind: verdict.kind, roles, join, reading: pair.reading, holds: closed, values: verdict.values, facets })
}

/// A share behind a fraction in figures, which has part and whole in itself: "100 out of 400 homes, 35%,".
fn in_one(a: &Analysis, said: &Said, figures: &[Figure]) -> Option<Tie> {
    let Worth::Percent(stated) = said.worth else { return None };
    let f = figures.iter().rev().find(|f| f.mention.tokens.1 as usize <= said.tokens.start)?;
    let number = f.mention.tokens.0 as usize..f.mention.tokens.1 as usize;
    let digits = number.clone().any(|i| a.tokens[i].kind == TokenKind::Digits);
    let fraction = matches!(f.unit, Unit::Count(_)) && f.amount.written < Ratio::ONE && digits;
    if said.meaning != Meaning::Share || !fraction || said.tokens.start.saturating_sub(f.tokens().end) > 10 {
        return None;
    }
    let of = super::figure::find_cue(a, "tie-whole-between", number.clone())?;
    let whole = Ratio::ONE.div(f.amount.precision)?;
    let part = f.amount.written.mul(whole)?;
    let idiom = idiom(part, whole, said.bounds()?)?;
    let holds = said.bounds()?.meets(Bounds::exactly(f.amount.written)) || idiom;
    let mut values = Vec::new();
    let expected = round(f.amount.written.mul(HUNDRED)?, stated.precision)?;
    values.push(("stated.expected", Right::Percent(Amount::exact(expected, stated.precision))));
    let roles = vec![
        ("stated", a.span(said.tokens.clone())),
        ("part", a.span(number.start..of.start)),
        ("whole", a.span(of.end..number.end)),
    ];
    Some(Tie { kind: TieKind::Share, roles, join: Join::Sentence, reading: "in one", holds, values, facets: said.facets })
}

/// "Sales have tripled … The 300 per cent growth": the one change of a sentence is taken up by the one of the next.
fn resumed_multiple(a: &Analysis, this: &Read, next: &Read) -> Option<Tie> {
    let told = |r: &Read| r.said.iter().filter(|x| x.meaning != Meaning::Open).count() == 1;
    let lone = |r: &Read, said: &Said| {
        let other = |f: &&Figure| !overlap(&f.tokens(), &said.tokens) && !matches!(f.unit, Unit::Time(_));
        r.figures.iter().filter(other).count() == 0
    };
    let multiple = this.said.iter().find(|x| matches!(x.worth, Worth::Times(n, _) if n > Ratio::ONE))?;
    let share = next.said.iter().find(|x| matches!((x.worth, x.meaning), (Worth::Percent(_), Meaning::Change(_))))?;
    let head = share.head?;
    let language = a.language(head)?;
    let start = a.sentence(head).start;
    let definite = |i: usize| language.grammar.definite.iter().any(|w| w == a.lower(i)) || this_one(a, i);
    let led = (head.min(share.tokens.start).saturating_sub(2).max(start)..head).any(definite);
    let clean = told(this) && told(next) && lone(this, multiple) && lone(next, share) && share.of.is_none();
    (led && clean).then(|| stated_otherwise(a, multiple, share, Join::Next))?
}

/// Whether a word takes up what was told.
fn this_one(a: &Analysis, i: usize) -> bool {
    a.language(i).is_some_and(|l| l.cues.get("tie-this").at(a, i).is_some())
}

/// « a doublé (+50 %) »
fn multiple_and_share(a: &Analysis, multiple: &Said, share: &Said) -> Option<Tie> {
    let (Worth::Times(n, _), Worth::Percent(_)) = (multiple.worth, share.worth) else { return None };
    let between = multiple.tokens.end..share.tokens.start;
    let sign = || super::figure::cue_in(a, "change-stated", between.clone());
    if n < Ratio::ONE || between.start > between.end || between.len() > 4 || !sign() {
        return None;
    }
    stated_otherwise(a, multiple, share, Join::Sentence)
}

/// A multiple and a change in per cent that are said of one thing.
fn stated_otherwise(a: &Analysis, multiple: &Said, share: &Said, join: Join) -> Option<Tie> {
    let Worth::Percent(p) = share.worth else { return None };
    let factor = p.written.div(HUNDRED)?.add(Ratio::ONE)?;
    let mut values = Vec::new();
    let tenth = Ratio::new(1, 10)?;
    values.push(("factor", Right::Number(Amount::exact(round(factor, tenth)?, tenth))));
    let roles = vec![("multiple", a.span(multiple.tokens.clone())), ("numbers", a.span(share.tokens.clone()))];
    let holds = multiple.bounds()?.meets(Bounds::exactly(factor));
    Some(Tie { kind: TieKind::Multiple, roles, join, reading: "multiple and share", holds, values, facets: share.facets })
}

/// The pair that what is said goes with, where one does.
fn joined<'r, 'a>(
    a: &Analysis,
    said: &Said,
    s: usize,
    near: &Range<usize>,
    read: &'r [Read<'a>],
    wanted: pair::Kind,
) -> Option<(&'r Pair<'a>, Join)> {
    let free =
        |p: &&Pair| p.kind == wanted && !overlap(&p.first.tokens(), &said.tokens) && !overlap(&p.second.tokens(), &said.tokens);
    let own: Vec<&Pair> = read[s].pairs.iter().filter(free).collect();
    if !own.is_empty() {
        let distance = |p: &&Pair| gap(&p.tokens(), &said.tokens).len();
        let p = *own.iter().min_by_key(|p| distance(p))?;
        return (beside(a, said, p, &read[s]) && names(a, said, p, distance(&p) <= 3)).then_some((p, Join::Sentence));
    }
    if matches!(said.worth, Worth::Times(..))
        && read[s].across.is_empty()
        && let Some(p) = &read[s].compared
    {
        return Some((p, Join::Sentence));
    }
    // What the sentence says of its own figures is said of no others.
    let alone = read[s]
        .said
        .iter()
        .filter(|x| matches!(x.meaning, Meaning::Change(_)) == matches!(said.meaning, Meaning::Change(_)))
        .count()
        == 1;
    if !alone {
        return None;
    }
    let crossing: Vec<&Pair> = read[s]
        .across
        .iter()
        .chain(read.get(s + 1).filter(|_| near.contains(&(s + 1))).into_iter().flat_map(|r| &r.across))
        .filter(free)
        .collect();
    if let [p] = crossing[..] {
        let told = |n: usize| read[n].said.iter().filter(|x| x.meaning != Meaning::Open).count();
        let both = [p.first.mention.sentence as usize, p.second.mention.sentence as usize];
        let other = near.clone().filter(|n| both.contains(n) || *n == s).map(told).sum::<usize>() > 1;
        // « 424 demandes … Trois cent dix-huit ont été acceptées, ce qui porte le taux d'acceptation à 75 % »
        let rate = || wanted == pair::Kind::Share && said.head.is_some() && p.first.mention.sentence as usize == s;
        if !other && same_way(said, p) && (said.of.is_none() || names(a, said, p, false) || rate()) {
            let taken_up = said.head.is_some() || said.of.is_some();
            let first = p.first.mention.sentence.min(p.second.mention.sentence) as usize;
            let told = wanted == pair::Kind::Share && taken_up && two::alone(said, p, &read[first], &read[first + 1]);
            return Some((p, if told { Join::Resumed } else { Join::Next }));
        }
    }
    for n in near.clone().filter(|n| *n != s) {
        let pairs: Vec<&Pair> = read[n].pairs.iter().chain(&read[n].across).filter(free).collect();
        let [p] = pairs[..] else { continue };
        let apart = |x: &&Said| !overlap(&p.first.tokens(), &x.tokens) && !overlap(&p.second.tokens(), &x.tokens);
        let points = matches!(said.worth, Worth::Points(_));
        let other_said = read[n].said.iter().filter(apart).any(|x| !points || x.rivals(said));
        let strong = n < s && said.head.is_some_and(|h| this(a, h));
        let clean = strong
            || read[s].figures.iter().all(|f| {
                overlap(&f.tokens(), &said.tokens) || matches!(f.unit, Unit::Time(_)) || !pair::comparable(a, f, &p.first)
            });
        let bound = if n < s { resumes(a, said, p) } else { resumes(a, said, p) || announces(a, said, p) };
        let idiom = p.kind == pair::Kind::Share && p.second.amount.written <= Ratio::whole(10);
        if !other_said && clean && bound && !idiom && same_way(said, p) {
            let told = wanted == pair::Kind::Share && two::told_again(a, said, p) && two::alone(said, p, &read[n], &read[s]);
            return Some((p, if told { Join::Resumed } else { Join::Next }));
        }
    }
    None
}

/// Whether a pair goes the way that is said, or by just as much the other way.
fn same_way(said: &Said, p: &Pair) -> bool {
    let (x, y) = (p.amounts.0.written, p.amounts.1.written);
    match said.meaning {
        Meaning::Change(Some(up)) if !matches!(said.worth, Worth::Times(..)) => (y > x) == up || turned(said, p) == Some(true),
        _ => true,
    }
}

/// Whether words tell which of two figures was first, and they differ by what is said, the other way: « en recul de 8 % par rapport aux
/// 380 000 tonnes » of 412 000.
fn turned(said: &Said, p: &Pair) -> Option<bool> {
    let (Meaning::Change(Some(up)), Worth::Percent(_) | Worth::Points(_)) = (said.meaning, said.worth) else { return Some(false) };
    let (x, y) = (p.amounts.0.written, p.amounts.1.written);
    let exact = !said.hedged && p.first.amount.is_exact() && p.second.amount.is_exact();
    let fixed = exact && p.kind == pair::Kind::Change && matches!(p.reading, "against" | "held against");
    Some(fixed && x != y && (y > x) != up && holds(said, p.kind, &p.first, p.amounts, false)?)
}

/// Whether what is said stands right beside the pair of its sentence: nothing else is said between, no other figure, no other clause.
fn beside(a: &Analysis, said: &Said, p: &Pair, read: &Read) -> bool {
    let between = gap(&p.tokens(), &said.tokens);
    let others = read.figures.iter().any(|f| {
        between.contains(&(f.mention.tokens.0 as usize)) && !matches!(f.unit, Unit::Time(_)) && !overlap(&f.tokens(), &said.tokens)
    });
    // "of 400" is no clause; « deux fois moins que l'hiver précédent : 400 » compares.
    let than = |i: usize| a.language(i).is_some_and(|l| l.cues.get("tie-than").at(a, i).is_some());
    let parted = between.clone().any(|i| {
        let c = a.classes[i];
        c.has(Class::Subordinator) && !c.has(Class::Preposition) && !(matches!(said.worth, Worth::Times(..)) && than(i))
    });
    // « a doublé, passant de 10 à 20, et celui des femmes a triplé »
    let acts = said.head.is_some_and(|h| {
        a.classes[h].has(Class::Verb) || a.classes[h].has(Class::PastParticiple) || a.classes[h].has(Class::Auxiliary)
    });
    let joined = acts && between.clone().any(|i| a.classes[i].has(Class::Coordinator));
    between.len() <= MOST_BETWEEN && !others && !parted && !joined
}

/// Whether what is said takes up the pair of the sentence before: « Ce recul de 12 % », "The increase, of 12%".
fn resumes(a: &Analysis, said: &Said, p: &Pair) -> bool {
    let sentence = a.sentence(said.tokens.start);
    let Some(language) = a.language(said.tokens.start) else { return false };
    if matches!(said.worth, Worth::Points(_)) && p.first.unit == Unit::Percent && said.of.is_none() {
        return true;
    }
    let told = match said.of {
        Some(_) => names(a, said, p, false),
        None => true,
    };
    let head = said.head.unwrap_or(said.tokens.start);
    if subject_of(a, head).is_some_and(|subject| !speaks_of(a, subject, p)) {
        return false;
    }
    let definite = |i: usize| {
        let word = a.lower(i);
        language.grammar.definite.iter().any(|w| w == word) || language.cues.get("tie-this").at(a, i).is_some()
    };
    let led = (head.saturating_sub(2).max(sentence.start)..head).any(definite);
    let opens = head <= sentence.start + 2;
    let taken_up = (head.saturating_sub(4).max(sentence.start)..head).any(|i| a.classes[i].has(Class::Subject));
    told && (led || opens || taken_up || said.of.is_some())
}

/// Whether what is said announces the pair of the next sentence.
fn announces(a: &Analysis, said: &Said, p: &Pair) -> bool {
    // Points are of shares, wherever those stand.
    if matches!(said.worth, Worth::Points(_)) && p.first.unit == Unit::Percent && said.of.is_none() {
        return true;
    }
    said.head.is_some() && (said.of.is_none() || names(a, said, p, false)) || said.of.is_some() && names(a, said, p, false)
}

struct Verdict {
    kind: TieKind,
    holds: bool,
    values: Vec<(&'static str, Right)>,
}

/// Whether a pair bears out what is said of it, and what would.
fn judge(said: &Said, p: &Pair) -> Option<Verdict> {
    let (x, y) = p.amounts;
    if x.written <= Ratio::ZERO || y.written <= Ratio::ZERO {
        return None;
    }
    let holds = holds(said, p.kind, &p.first, p.amounts, false)?;
    let mut values = Vec::new();
    let step = match said.worth {
        Worth::Percent(s) | Worth::Points(s) => s.precision,
        _ => Ratio::ONE,
    };
    let percent = |n: Ratio| Some(Right::Percent(Amount::exact(round(n.mul(HUNDRED)?, step)?, step)));
    let number = |n: Ratio, step: Ratio| Some(Right::Number(Amount::exact(round(n, step)?, step)));
    let tenth = Ratio::new(1, 10)?;
    let shares = p.first.unit == Unit::Percent;
    let distance = |x: Ratio, y: Ratio| if x > y { x.sub(y) } else { y.sub(x) };
    let kind = match (p.kind, said.worth) {
        (pair::Kind::Share, _) => {
            values.push(("stated.expected", percent(x.written.div(y.written)?)?));
            TieKind::Share
        }
        (_, Worth::Times(n, _)) => {
            let factor = y.written.div(x.written)?;
            let shown = if n < Ratio::ONE { Ratio::new(1, 100)? } else { tenth };
            values.push(("factor", number(factor, shown)?));
            TieKind::Multiple
        }
        (_, worth) => {
            let difference = distance(x.written, y.written)?;
            let relative = difference.div(x.written)?;
            values.push(("stated.expected", percent(relative)?));
            match worth {
                Worth::Percent(s) if shares => {
                    values.push(("points", number(difference, s.precision)?));
                    if s.written != difference {
                        return None;
                    }
                    let near = round(relative.mul(HUNDRED)?, s.precision)? == s.written;
                    return Some(Verdict { kind: TieKind::Points, holds: near, values });
                }
                Worth::Points(s) if shares => {
                    values.push(("points", number(difference, s.precision)?));
                    TieKind::Points
                }
                Worth::Points(_) => TieKind::PointsOfAmount,
                _ => TieKind::Change,
            }
        }
    };
    Some(Verdict { kind, holds, values })
}

/// Whether what is said can be of two figures; `wide`: whether it can where words that blur are taken for a fifth either way.
fn holds(said: &Said, kind: pair::Kind, x: &Figure, (first, second): (Amount, Amount), wide: bool) -> Option<bool> {
    let mut stated = said.bounds()?;
    if wide {
        stated.low = stated.low.mul(Ratio::new(5, 6)?)?;
        stated.high = stated.high.map_or(Some(None), |h| h.mul(Ratio::new(6, 5)?).map(Some))?;
    }
    let (p, w) = (first.written, second.written);
    let (first, second) = (Bounds::of(&first), Bounds::of(&second));
    if kind == pair::Kind::Share {
        let share = first.div(second)?;
        return Some(stated.meets(share) || idiom(p, w, stated)?);
    }
    let factor = second.div(first)?;
    let relative = second.difference(first)?.div(first)?;
    let one = Bounds::exactly(Ratio::ONE);
    Some(match said.worth {
        Worth::Times(..) => stated.meets(factor) || stated.meets(one.div(factor)?),
        Worth::Points(_) if x.unit == Unit::Percent => stated.meets(second.difference(first)?),
        // « vingt points de plus » of an amount: what would be right is said in per cent.
        Worth::Points(_) => false,
        // « un écart de 40 % » does not say of which of the two.
        _ if said.meaning == Meaning::Gap => stated.meets(relative) || stated.meets(second.difference(first)?.div(second)?),
        _ => stated.meets(relative),
    })
}

/// « sept sur dix » is itself a rounded share.
fn idiom(p: Ratio, w: Ratio, stated: Bounds) -> Option<bool> {
    if w > Ratio::whole(10) {
        return Some(false);
    }
    let half = Ratio::ONE.div(w)?.div(Ratio::whole(2))?;
    let share = p.div(w)?;
    Some(stated.meets(Bounds { low: share.sub(half)?.max(Ratio::ZERO), high: Some(share.add(half)?) }))
}

/// Whether any two figures near, other than the pair in its order, bear out what is said: then it is said of those.
fn fits_any(a: &Analysis, said: &Said, pair: &Pair, window: &[Figure]) -> Option<bool> {
    // « au moins trois fois » is no measure of anything.
    let bounded = |f: &Figure| f.amount.high.is_some() && f.amount.written > Ratio::ZERO;
    let usable: Vec<&Figure> = window.iter().filter(|f| !overlap(&f.tokens(), &said.tokens) && bounded(f)).collect();
    let stated = said.bounds()?;
    let points = matches!(said.worth, Worth::Points(_));
    let rounded = match said.worth {
        Worth::Percent(p) => Some((p.written.div(HUNDRED)?, p.precision.div(Ratio::whole(200))?)),
        _ => None,
    };
    for (i, x) in usable.iter().enumerate() {
        for y in usable[i + 1..].iter().filter(|y| !(pair.has(x) && pair.has(y))) {
            if !pair::comparable(a, x, y) && !matches!((x.unit, y.unit), (Unit::Count(_), Unit::Count(_))) {
                continue;
            }
            for (p, q) in [(x, y), (y, x)] {
                let amounts = pair::aligned(p, q)?;
                let change = said.meaning != Meaning::Share && (!points || p.unit == Unit::Percent);
                if change && holds(said, pair::Kind::Change, p, amounts, false)? {
                    return Some(true);
                }
                let share = Bounds::of(&amounts.0).div(Bounds::of(&amounts.1))?;
                let rest = Ratio::ONE.sub(amounts.0.written.div(amounts.1.written)?)?;
                let left = rounded
                    .is_some_and(|(n, half)| n.sub(half).is_some_and(|l| l <= rest) && n.add(half).is_some_and(|h| h >= rest));
                if amounts.0.written <= amounts.1.written && !points && (stated.meets(share) || left) {
                    return Some(true);
                }
            }
        }
    }
    // Of the pair itself only what is left of the whole.
    let (x, y) = (pair.amounts.0.written, pair.amounts.1.written);
    let rest = Ratio::ONE.sub(x.div(y)?)?;
    Some(
        pair.kind == pair::Kind::Share
            && rounded.is_some_and(|(n, half)| n.sub(half).is_some_and(|l| l <= rest) && n.add(half).is_some_and(|h| h >= rest)),
    )
}
