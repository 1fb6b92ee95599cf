//! What is read of a sentence, and the two figures that are its only ones of a kind: what is said beside them is said of those.

use std::ops::Range;

use super::figure::{Figure, Unit, cue_in, people, same_word};
use super::pair::{self, Pair};
use super::said::{Meaning, Said, Worth};
use crate::amount::Ratio;
use crate::analysis::{Analysis, ChunkKind, Join, PlaceRole, Value, mark};
use crate::language::grammar::Class;
use crate::mention::quantity::HUNDRED;

/// What is read of one sentence.
pub(super) struct Read<'a> {
    pub said: Vec<Said>,
    pub pairs: Vec<Pair<'a>>,
    /// Of a figure of this sentence and one of the sentence before.
    pub across: Vec<Pair<'a>>,
    /// The two figures that its one multiple compares.
    pub compared: Option<Pair<'a>>,
    pub figures: Vec<Figure<'a>>,
}

/// The only two figures of one kind around what is said, in its sentence or with one beside it.
pub(super) fn only_two<'a>(
    a: &'a Analysis,
    said: &Said,
    s: usize,
    near: &Range<usize>,
    read: &[Read<'a>],
    wanted: pair::Kind,
) -> Option<(Pair<'a>, Join)> {
    if read[s].said.iter().filter(|x| x.rivals(said)).count() > 1 {
        return None;
    }
    let wide = |n: usize| read[n].figures.iter().filter(|f| plain(f, said)).copied().collect::<Vec<Figure>>();
    let own = wide(s);
    let free = |n: &usize| {
        let other = |x: &Said| x.rivals(said);
        *n != s && if wanted == pair::Kind::Share { read[*n].said.is_empty() } else { !read[*n].said.iter().any(other) }
    };
    let beside = near.clone().filter(free);
    let candidates = std::iter::once(own.clone())
        .chain(beside.map(|n| if n < s { [wide(n), own.clone()].concat() } else { [own.clone(), wide(n)].concat() }));
    for all in candidates {
        let Some((x, y)) = two(a, &all, said, wanted) else { continue };
        let pair = paired(a, said, x, y, wanted)?;
        let join = if x.mention.sentence as usize == s && y.mention.sentence as usize == s { Join::Sentence } else { Join::Next };
        return near_enough(said, &pair, wanted)?.then_some((pair, join));
    }
    None
}

/// The only two counts of two sentences, the second a part of the first, where one of them says a share that is not far from theirs or from
/// what they leave: « 184 élèves se sont présentés et 23 ont échoué. Avec 92 % d'admis … ».
pub(super) fn only_share<'a>(
    a: &'a Analysis,
    said: &Said,
    s: usize,
    near: &Range<usize>,
    read: &[Read<'a>],
) -> Option<(Pair<'a>, Join)> {
    let fraction = matches!(said.worth, Worth::Percent(_) | Worth::Part(_));
    if said.meaning != Meaning::Share || !fraction || read[s].said.iter().filter(|x| x.rivals(said)).count() > 1 {
        return None;
    }
    // « À Brest, 85 % des ouvriers »: of others.
    let placed = |n: usize| {
        let own = a.sentences[n].start as usize..a.sentences[n].end as usize;
        a.mentions_in(own).iter().any(|m| matches!(&m.value, Value::Place(p) if p.role == PlaceRole::Locative))
    };
    if placed(s) {
        return None;
    }
    let counts = |n: usize| {
        let all = read[n].figures.iter().filter(|f| plain(f, said) && matches!(f.unit, Unit::Count(_) | Unit::Percent));
        all.copied().collect::<Vec<Figure>>()
    };
    for n in near.clone().filter(|n| *n != s && read[*n].said.iter().all(|x| x.meaning == Meaning::Open)) {
        let all = if n < s { [counts(n), counts(s)].concat() } else { [counts(s), counts(n)].concat() };
        let [x, y] = all[..] else { continue };
        let (Unit::Count(Some(_)), Unit::Count(of)) = (x.unit, y.unit) else { continue };
        // "surpassed 60,000" is of something else.
        let at = y.mention.tokens.0 as usize;
        let opens = at == a.sentence(at).start
            || mark(a, at - 1).is_some()
            || [Class::Coordinator, Class::Determiner].iter().any(|c| a.classes[at - 1].has(*c));
        let bare = (of.is_none() || x.same_unit(a, &y)) && opens;
        let whole = Ratio::whole(12);
        if !bare || !x.amount.is_exact() || !y.amount.is_exact() || x.amount.written.max(y.amount.written) < whole {
            continue;
        }
        let (part, whole) = if x.amount.written < y.amount.written { (x, y) } else { (y, x) };
        let pair = Pair::new(pair::Kind::Share, part, whole, "alone")?;
        return close(said, &pair)?.then_some((pair, Join::Resumed));
    }
    None
}

/// Whether what is said is not far from the share of a pair, or from what it leaves.
fn close(said: &Said, p: &Pair) -> Option<bool> {
    let stated = match said.worth {
        Worth::Percent(n) => n.written.div(HUNDRED)?,
        Worth::Part(n) => n.written,
        _ => return None,
    };
    let share = p.amounts.0.written.div(p.amounts.1.written)?;
    let far = Ratio::new(7, 5)?;
    let near = |n: Ratio| Some(n > Ratio::ZERO && stated.div(n)? <= far && n.div(stated)? <= far);
    Some(near(share)? || near(Ratio::ONE.sub(share)?)?)
}

/// Whether a figure may be one of the two.
fn plain(f: &Figure, said: &Said) -> bool {
    !overlap(&f.tokens(), &said.tokens) && !matches!(f.unit, Unit::Time(_) | Unit::Points) && f.amount.written > Ratio::ONE
}

/// The two of one kind: all that there are, or for a multiple the only ones of a unit.
fn two<'a>(a: &Analysis, all: &[Figure<'a>], said: &Said, wanted: pair::Kind) -> Option<(Figure<'a>, Figure<'a>)> {
    let (x, y) = match (all, said.worth) {
        ([x, y], _) => (*x, *y),
        (_, Worth::Times(..)) => only_of_unit(a, all)?,
        _ => return None,
    };
    let percent = |f: &Figure| f.unit == Unit::Percent;
    if percent(&x) != percent(&y) || wanted == pair::Kind::Share && percent(&x) {
        return None;
    }
    let crowd = |f: &Figure| matches!(f.unit, Unit::Count(Some(n)) if people(a, n));
    let exact = match (x.unit, y.unit) {
        (Unit::Count(Some(_)), Unit::Count(Some(_))) => x.same_unit(a, &y) || crowd(&x) && crowd(&y),
        (Unit::Count(_), Unit::Count(_)) => wanted == pair::Kind::Share || matches!(said.worth, Worth::Times(..)),
        // « une dette de 32 millions de francs, … n'excèdent pas 8 millions »
        (Unit::Money(_), Unit::Count(None)) => {
            y.amount.precision >= Ratio::whole(1000)
                || pair::aligned(&x, &y).is_some_and(|(_, lent)| lent.written != y.amount.written)
        }
        (x, y) => x == y,
    };
    let counts = wanted == pair::Kind::Share && matches!((x.unit, y.unit), (Unit::Count(_), Unit::Count(_)));
    (exact || counts).then_some((x, y))
}

/// The only two figures of one unit, where no other unit has two and none is left out.
fn only_of_unit<'a>(a: &Analysis, all: &[Figure<'a>]) -> Option<(Figure<'a>, Figure<'a>)> {
    if all.len() > 6 || all.iter().any(|f| f.unit == Unit::Count(None)) {
        return None;
    }
    let mut found = None;
    for (i, x) in all.iter().enumerate() {
        for y in all[i + 1..].iter().filter(|y| x.same_unit(a, y)) {
            if found.is_some() {
                return None;
            }
            found = Some((*x, *y));
        }
    }
    found
}

/// The two in the order that is said, where words compare them.
fn paired<'a>(a: &Analysis, said: &Said, x: Figure<'a>, y: Figure<'a>, wanted: pair::Kind) -> Option<Pair<'a>> {
    let (first, second) = match (wanted, said.meaning) {
        (pair::Kind::Share, _) if x.amount.written < y.amount.written => (x, y),
        (pair::Kind::Share, _) => (y, x),
        (_, Meaning::Change(Some(up))) if (x.amount.written < y.amount.written) == up => (x, y),
        (_, Meaning::Change(Some(_))) => (y, x),
        _ => (x, y),
    };
    if wanted == pair::Kind::Change && matches!(said.worth, Worth::Percent(_)) && held_against(a, said, &y) {
        return Pair::new(wanted, y, x, "held against");
    }
    let pair = Pair::new(wanted, first, second, "two")?;
    if wanted == pair::Kind::Share {
        return (names(a, said, &pair, false) && (said.of.is_some() || said.head.is_some())).then_some(pair);
    }
    let gap = said.meaning == Meaning::Gap && x.unit == Unit::Percent && said.head.is_some();
    let compared = gap || compared(a, said, &x, &y);
    if !compared && (moves(a, &x, &y) || !names(a, said, &pair, false) || said.head.is_none() || said.of.is_some()) {
        return None;
    }
    let of_both = said.of.is_none() || names(a, said, &pair, false);
    // « Deux fois plus d'accidents »: the noun may be another word for what is counted.
    (of_both || compared && matches!(said.worth, Worth::Times(..)) && said.of.is_none()).then_some(pair)
}

/// Whether a figure is the earlier of two by the words right around it, which stand behind what is said: « en recul de 8 % *par rapport aux*
/// 380 000 tonnes *de l'exercice précédent* ».
fn held_against(a: &Analysis, said: &Said, y: &Figure) -> bool {
    let at = y.mention.tokens.0 as usize;
    let sentence = a.sentence(at);
    let Some(language) = a.language(at).filter(|_| said.tokens.end <= at && at - said.tokens.end <= 6) else { return false };
    let link =
        |i: usize| ["against", "tie-against"].iter().any(|set| language.cues.get(set).before(a, i, sentence.start).is_some());
    let end = y.tokens().end;
    let near = end..sentence.end.min(end + 6);
    let earlier = ["earlier", "tie-then"].iter().any(|set| cue_in(a, set, near.clone()));
    let dated = a.mentions_in(near.clone()).iter().any(|m| matches!(m.value, Value::Date(_)));
    (0..=1).filter_map(|n| at.checked_sub(n)).any(link) && (earlier || dated)
}

/// « 42 M$, mais ses dépenses ont bondi à 45,6 M$ »: another thing moves.
fn moves(a: &Analysis, x: &Figure, y: &Figure) -> bool {
    let between = gap(&x.tokens(), &y.tokens());
    let moves = ["rising", "falling", "tie-rise", "tie-fall"].iter().any(|set| cue_in(a, set, between.clone()));
    moves || between.clone().any(|i| a.classes[i].has(Class::Coordinator) || a.classes[i].has(Class::Subordinator))
}

/// Whether words hold one of two figures against the other: of an earlier time, of today, of another thing.
fn compared(a: &Analysis, said: &Said, x: &Figure, y: &Figure) -> bool {
    let (from, to) = (a.sentence(x.tokens().start), a.sentence(y.tokens().start));
    let sets = ["earlier", "tie-then", "against", "tie-against", "tie-instead", "tie-start", "tie-after", "ago"];
    let told = |s: Range<usize>| sets.iter().any(|set| cue_in(a, set, s.clone()));
    let before = || told(from.clone()) || told(to.clone());
    let measured = matches!(said.worth, Worth::Times(..)) && matches!(x.unit, Unit::Money(_) | Unit::Measure(_));
    measured || before()
}

/// What is far from what is said is of something else.
fn near_enough(said: &Said, pair: &Pair, wanted: pair::Kind) -> Option<bool> {
    let (p, q) = (pair.amounts.0.written, pair.amounts.1.written);
    let share = |n: Ratio| Some((if wanted == pair::Kind::Share { p.div(q)? } else { q.sub(p)?.div(p)? }, n));
    let (actual, stated) = match said.worth {
        Worth::Percent(n) => share(n.written.div(HUNDRED)?)?,
        Worth::Part(n) => share(n.written)?,
        Worth::Times(n, _) => (q.div(p)?, n),
        Worth::Points(n) => (q.sub(p)?, n.written),
    };
    let (actual, stated) = match (said.worth, pair.first.unit) {
        (Worth::Percent(n), Unit::Percent) => (q.sub(p)?, n.written),
        _ => (actual, stated),
    };
    let actual = if actual < Ratio::ZERO { Ratio::ZERO.sub(actual)? } else { actual };
    let ratio = actual.div(stated)?;
    // Points are of the only two shares near, however far.
    let points = matches!(said.worth, Worth::Points(_)) && pair.first.unit == Unit::Percent;
    let far = Ratio::whole(if points { 6 } else { 2 });
    Some(ratio >= Ratio::ONE.div(far)? && ratio <= far)
}

/// Whether a share takes up its pair by a noun that is one of shares or by the whole once more: « Ce ratio de 24 % », "35% of the roll".
pub(super) fn told_again(a: &Analysis, said: &Said, p: &Pair) -> bool {
    said.head.is_some() || said.of.is_some() && names(a, said, p, false)
}

/// Whether two sentences have no other figures than a pair and the share that is said of it, and the share is not far from it.
pub(super) fn alone(said: &Said, p: &Pair, before: &Read, this: &Read) -> bool {
    let counts = |f: &Figure| matches!(f.unit, Unit::Count(_) | Unit::Percent) || f.unit == p.first.unit;
    let other = |f: &&Figure| plain(f, said) && !p.has(f) && counts(f);
    let lone = !before.figures.iter().chain(&this.figures).any(|f| other(&f));
    lone && near_enough(said, p, p.kind) == Some(true)
}

/// Whether the noun that hangs on what is said is one of the pair's.
pub(super) fn names(a: &Analysis, said: &Said, p: &Pair, close: bool) -> bool {
    let Some(of) = said.of else { return true };
    let counted = [&p.first, &p.second].iter().any(|f| matches!(f.unit, Unit::Count(Some(n)) if same_word(a, n, of)));
    // « 62 % des présents », "62% of those present": of others.
    let next = of + 1;
    let led = (next..said.tokens.start).all(|i| a.classes[i].has(Class::Preposition) || a.classes[i].has(Class::Adverb));
    let plain = next >= a.sentence(of).end
        || next <= said.tokens.start && led
        || mark(a, next).is_some()
        || [Class::Verb, Class::Auxiliary, Class::Modal, Class::Coordinator].iter().any(|c| a.classes[next].has(*c))
            && !a.classes[next].has(Class::Adjective);
    let sets = if matches!(said.worth, Worth::Times(..)) {
        &["whole-again", "tie-whole-noun", "tie-number"][..]
    } else {
        &["whole-again", "tie-whole-noun"]
    };
    let again = plain && a.language(of).is_some_and(|l| sets.iter().any(|set| l.cues.get(set).at(a, of).is_some()));
    let inside = p.tokens().contains(&of);
    let bare = p.kind == pair::Kind::Share && [&p.first, &p.second].iter().all(|f| matches!(f.unit, Unit::Count(None)));
    // « deux tiers des adhérents, soit 90 personnes sur 180 »
    let beside = gap(&p.tokens(), &said.tokens);
    // "from 25, or 6% of the premises"
    let next = said.tokens.end <= beside.start || p.reading == "elliptic" && p.first.tokens().end == beside.start;
    let stated = p.kind == pair::Kind::Share && next && beside.len() <= 5 && cue_in(a, "share-stated", beside);
    counted || stated || again || inside || bare || close && matches!(said.meaning, Meaning::Change(_))
}

/// Whether two stretches share a token.
pub(super) fn overlap(x: &Range<usize>, y: &Range<usize>) -> bool {
    x.start < y.end && y.start < x.end
}

/// The tokens between two stretches.
pub(super) fn gap(x: &Range<usize>, y: &Range<usize>) -> Range<usize> {
    if overlap(x, y) || x.start <= y.start && y.end <= x.end {
        return x.start..x.start;
    }
    if x.end <= y.start { x.end..y.start } else { y.end..x.start }
}

/// Whether a word that takes up what was told stands before a noun: « *ce* recul ».
pub(super) fn this(a: &Analysis, head: usize) -> bool {
    let start = a.sentence(head).start;
    a.language(head)
        .is_some_and(|l| (head.saturating_sub(1).max(start)..=head).any(|i| l.cues.get("tie-this").before(a, i, start).is_some()))
}

/// The noun that is the subject of a verb.
pub(super) fn subject_of(a: &Analysis, verb: usize) -> Option<usize> {
    let at = a.chunks.partition_point(|c| c.tokens.1 as usize <= verb);
    let group = a.chunks.get(at).filter(|c| c.tokens.0 as usize <= verb && matches!(c.kind, ChunkKind::Verb(_)))?;
    let subject = a.roles[at].subject.filter(|_| group.head as usize >= verb)? as usize;
    a.classes[subject].has(Class::Noun).then_some(subject)
}

/// Whether a noun takes up what the sentence of a pair speaks of.
pub(super) fn speaks_of(a: &Analysis, noun: usize, p: &Pair) -> bool {
    let sentence = a.sentence(p.tokens().start);
    let from = a.chunks.partition_point(|c| (c.tokens.0 as usize) < sentence.start);
    let within = a.chunks[from..].iter().take_while(|c| (c.tokens.0 as usize) < sentence.end);
    let mut heads = within.filter(|c| matches!(c.kind, ChunkKind::Noun { .. })).map(|c| c.head as usize);
    this(a, noun) || heads.any(|head| same_word(a, head, noun))
}
