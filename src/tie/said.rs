//! What a figure says of others: a share, a change, a multiple; and which of them it is.

use std::ops::Range;

use super::bounds::Bounds;
use super::figure::{Unit, figure, stance};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, ChunkKind, Mention, Value, mark};
use crate::facet::Facets;
use crate::language::Language;
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::language::lexicon::Pos;
use crate::mention::quantity::{HUNDRED, linked};

/// What is said of two figures: « soit 25 % », "an increase of a third", « a doublé ».
#[derive(Clone, Debug)]
pub(crate) struct Said {
    /// The words that say it.
    pub tokens: Range<usize>,
    pub worth: Worth,
    pub meaning: Meaning,
    /// The noun of what it is a share of or a change of, where one hangs on it: « 25 % *des effectifs* », « la hausse *du prix* de 12 % ».
    pub of: Option<usize>,
    /// The word that makes it a change or a share: « une *hausse* de 12 % ».
    pub head: Option<usize>,
    /// Whether words bound or blur it.
    pub hedged: bool,
    pub facets: Facets,
}

/// How much is said.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Worth {
    /// A share of a hundred, as written.
    Percent(Amount),
    /// A difference of two shares, as written.
    Points(Amount),
    /// A fraction in words, which is always rounded: « un tiers ».
    Part(Amount),
    /// So many times as much, a half for what has halved; whether words say that it is more or less than that.
    Times(Ratio, Option<bool>),
}

/// What the figure is a figure of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A change, and whether it goes up where that is told.
    Change(Option<bool>),
    /// How far two figures are apart.
    Gap,
    /// A part in a whole.
    Share,
    /// Words do not tell.
    Open,
}

impl Said {
    /// Whether it says of figures what another says of some: a change or a gap of shares is no share.
    pub fn rivals(&self, other: &Said) -> bool {
        let share = |s: &Said| s.meaning == Meaning::Share;
        let points = |s: &Said| matches!(s.worth, Worth::Points(_));
        if points(self) != points(other) {
            return false;
        }
        self.meaning != Meaning::Open && share(self) == share(other)
    }
}

/// How far back from a share the word may stand that makes it a change.
const BACK: usize = 8;

impl Said {
    /// What the part in the whole, or the change from the one to the other, may be; whether words or rounding leave room.
    pub fn bounds(&self) -> Option<Bounds> {
        match self.worth {
            Worth::Percent(p) => {
                // Cut instead of rounded, « 66 % » stands for two thirds.
                let wide = Bounds::of(&p);
                let cut = p.written.add(p.precision)?;
                let high = wide.high.map(|h| if p.is_exact() { h.max(cut) } else { h });
                let hundredth = |n: Ratio| n.div(HUNDRED);
                Some(Bounds { low: hundredth(wide.low)?, high: high.map_or(Some(None), |h| hundredth(h).map(Some))? })
            }
            Worth::Points(p) => Some(Bounds::of(&p)),
            Worth::Part(n) if n.is_exact() => Bounds::about(n.written, Ratio::new(1, 10)?),
            // « plus de la moitié », "almost a third"
            Worth::Part(n) => {
                let least = n.low.map_or(Some(Ratio::ZERO), |low| low.mul(Ratio::new(19, 20)?))?;
                Some(Bounds { low: least, high: n.high.map_or(Some(None), |h| h.mul(Ratio::new(21, 20)?).map(Some))? })
            }
            Worth::Times(n, _) if n < Ratio::ONE => Bounds::about(n, Ratio::new(1, 6)?),
            Worth::Times(n, Some(true)) => Some(Bounds { low: n.mul(Ratio::new(39, 40)?)?, high: Some(n.add(Ratio::new(5, 4)?)?) }),
            // « doublé » of what is a little less or more is common.
            Worth::Times(n, _) => Some(Bounds { low: n.mul(Ratio::new(5, 6)?)?, high: Some(n.add(Ratio::new(3, 4)?)?) }),
        }
    }
}

/// Everything that a sentence says of its figures or of those around.
pub(crate) fn said(a: &Analysis, tokens: Range<usize>) -> Vec<Said> {
    let mut found: Vec<Said> = a.mentions_in(tokens.clone()).iter().filter_map(|m| share(a, m)).collect();
    if let Some(language) = a.language(tokens.start) {
        found.extend(tokens.clone().filter_map(|i| multiple(a, i, tokens.clone(), language)));
        found.extend(tokens.clone().filter_map(|i| hung_points(a, i, &tokens, language)));
    }
    found.sort_by_key(|s| s.tokens.start);
    found
}

/// A share, points or a fraction.
fn share(a: &Analysis, m: &Mention) -> Option<Said> {
    let f = figure(m)?;
    let tokens = m.tokens.0 as usize..m.tokens.1 as usize;
    let language = a.language(tokens.start)?;
    let worth = match f.unit {
        Unit::Percent => Worth::Percent(*f.amount),
        Unit::Points => Worth::Points(*f.amount),
        Unit::Count(head) if let Some(end) = points(a, m, head, language) => {
            let amount = Amount { precision: if in_words(a, m) { hundredth() } else { f.amount.precision }, ..*f.amount };
            return Some(of_points(a, tokens.start..end, amount, stance(m), language));
        }
        // "two quarters" are half a year.
        Unit::Count(None) if in_words(a, m) && f.amount.written < Ratio::ONE && !unreduced(a, m, f.amount.written, language) => {
            Worth::Part(*f.amount)
        }
        Unit::Count(_) => return one_in(a, m, f.amount, language),
        _ => return None,
    };
    let (meaning, of, head) = meaning(a, tokens.clone(), f.amount.written < Ratio::ZERO, language);
    if let Worth::Part(n) = worth
        && let Some(noun) = of_earlier(a, tokens.end, language)
    {
        let (worth, meaning) = (Worth::Times(n.written, None), Meaning::Change(Some(false)));
        return Some(Said { worth, meaning, of: None, head: Some(noun), hedged: !n.is_exact(), facets: stance(m), tokens });
    }
    Some(Said { worth, meaning, of, head, hedged: !f.amount.is_exact(), facets: stance(m), tokens })
}

/// The noun of what was before, of which a fraction is: "cut to half *the earlier figure*", « la moitié *de l'ancien prix* ».
fn of_earlier(a: &Analysis, end: usize, language: &Language) -> Option<usize> {
    let past = a.sentence(end.checked_sub(1)?).end.min(end + 6);
    let stop = (end..past).find(|&i| mark(a, i).is_some()).unwrap_or(past);
    let noun = (end..stop).find(|&i| language.cues.get("tie-number").at(a, i).is_some())?;
    let near = end..(noun + 2).min(stop);
    ["tie-earlier", "tie-then", "earlier"].iter().any(|set| super::figure::cue_in(a, set, near.clone())).then_some(noun)
}

/// The least that points are told in.
fn hundredth() -> Ratio {
    Ratio::ONE.div(HUNDRED).unwrap_or(Ratio::ONE)
}

/// One past the points that a number counts, where two shares stand near: « 0,3 *point* », "a quarter of *a point*".
fn points(a: &Analysis, m: &Mention, head: Option<usize>, language: &Language) -> Option<usize> {
    let sentence = a.sentence(m.tokens.0 as usize);
    let word = |i: usize| (i < sentence.end).then(|| a.lower(i));
    let end = m.tokens.1 as usize;
    let named = |i: usize| language.numbers.points.at(i, word).map(|(len, ())| i + len);
    let article = |i: usize| word(i).is_some_and(|w| language.numbers.articles.iter().any(|x| x == w));
    let at = if word(end).is_some() && linked(a, end, language) { end + 1 } else { end };
    let at = if article(at) { at + 1 } else { at };
    let past = head.map_or_else(|| named(at), named)?;
    two_shares(a, sentence).then_some(past)
}

/// Whether just two shares stand in a sentence and those beside it.
fn two_shares(a: &Analysis, sentence: Range<usize>) -> bool {
    let block = a.tokens_in(a.block(sentence.start).span);
    let from = sentence.start.checked_sub(1).filter(|i| block.contains(i)).map_or(sentence.start, |i| a.sentence(i).start);
    let to = if block.contains(&sentence.end) { a.sentence(sentence.end).end } else { sentence.end };
    a.mentions_in(from..to).iter().filter(|m| matches!(m.value, Value::Percent(_))).count() == 2
}

/// "a *four-point* gap": points that a hyphen hangs on their number.
fn hung_points(a: &Analysis, i: usize, sentence: &Range<usize>, language: &Language) -> Option<Said> {
    let (lower, start) = (a.lower(i), i);
    let last = lower.rsplit_once('-').map(|(_, last)| last)?;
    let named = language.numbers.points.at(0, |n| (n == 0).then_some(last)).is_some();
    let n = (named && a.tokens[i].kind == TokenKind::Word)
        .then(|| crate::mention::number::read(a, i, sentence.end, &language.numbers))
        .flatten()
        .filter(|n| n.cut.is_some() && n.tokens.end == i + 1)?;
    two_shares(a, sentence.clone()).then(|| of_points(a, start..i + 1, n.amount, a.facets_at(a.span(i..i + 1)), language))
}

/// What a number of points says of the two shares near it.
fn of_points(a: &Analysis, tokens: Range<usize>, amount: Amount, facets: Facets, language: &Language) -> Said {
    let (told, of, head) = meaning(a, tokens.clone(), amount.written < Ratio::ZERO, language);
    let meaning = if matches!(told, Meaning::Change(_)) { told } else { Meaning::Gap };
    // "a four-point *gap*"
    let end = tokens.end;
    let gap = || (end < a.sentence(end - 1).end && language.cues.get("tie-gap").at(a, end).is_some()).then_some(end);
    let head = head.or_else(gap);
    Said { worth: Worth::Points(amount), meaning, of, head, hedged: !amount.is_exact(), facets, tokens }
}

/// Whether a half is told in several parts: "two quarters".
fn unreduced(a: &Analysis, m: &Mention, n: Ratio, language: &Language) -> bool {
    let first = m.tokens.0 as usize;
    let article = |w: &str| language.numbers.articles.iter().chain(&language.grammar.definite).any(|x| x == w);
    Ratio::new(1, 2) == Some(n) && m.tokens.1 - m.tokens.0 > 1 && !article(a.lower(first))
}

/// Whether no figure stands in a number.
fn in_words(a: &Analysis, m: &Mention) -> bool {
    (m.tokens.0 as usize..m.tokens.1 as usize).all(|i| a.tokens[i].kind == TokenKind::Word)
}

/// « un propriétaire sur cinq », "one owner in five"
fn one_in(a: &Analysis, m: &Mention, amount: &Amount, language: &Language) -> Option<Said> {
    let at = m.tokens.0 as usize;
    let sentence = a.sentence(at);
    let small = amount.written > Ratio::ONE && amount.written <= Ratio::whole(20);
    let word = |i: usize| (i >= sentence.start).then(|| a.lower(i));
    let (len, _) = language.numbers.shares.before(at, word)?;
    let noun = (at - len).checked_sub(1).filter(|n| *n > sentence.start)?;
    if !small || !a.classes[noun].has(Class::Noun) {
        return None;
    }
    let one = |i: usize| {
        let counted = || a.mentions_in(i..i + 1).iter().any(|m| figure(m).is_some_and(|f| f.amount.written == Ratio::ONE));
        language.numbers.articles.iter().any(|w| w == a.lower(i)) || counted()
    };
    let parts = || {
        let number =
            a.mentions_in(noun.saturating_sub(2)..noun).iter().rev().find_map(|m| Some((m.tokens.0 as usize, figure(m)?.amount)));
        number.filter(|(i, n)| *i >= sentence.start && n.written > Ratio::ONE && n.written < amount.written && n.is_exact())
    };
    let single = (noun.saturating_sub(2).max(sentence.start)..noun).rev().find(|&i| one(i)).map(|i| (i, Ratio::ONE));
    let (first, of) = single.or_else(|| parts().map(|(i, n)| (i, n.written)))?;
    let part = of.div(amount.written)?;
    Some(Said {
        tokens: first..m.tokens.1 as usize,
        worth: Worth::Part(Amount { written: part, low: Some(part), high: Some(part), precision: part }),
        meaning: Meaning::Share,
        of: Some(noun),
        head: None,
        hedged: !amount.is_exact(),
        facets: stance(m),
    })
}

/// What a share is a share of, or that it is one of a change; with the noun that hangs on it.
/// What a share is of, the noun that hangs on it, and the word that tells it.
type Told = (Meaning, Option<usize>, Option<usize>);

fn meaning(a: &Analysis, tokens: Range<usize>, negative: bool, language: &Language) -> Told {
    let cues = &language.cues;
    let sentence = a.sentence(tokens.start);
    let (at, end) = (tokens.start, tokens.end);
    if negative {
        return (Meaning::Change(Some(false)), None, None);
    }
    if at > sentence.start && mark(a, at - 1) == Some('+') {
        return (Meaning::Change(Some(true)), None, None);
    }
    if super::figure::cue_in(a, "rate", end..sentence.end.min(end + 3)) {
        return (Meaning::Open, None, None);
    }
    let behind =
        |set: &str| (end..sentence.end.min(end + 2)).find(|&i| cues.get(set).at(a, i).is_some_and(|len| i + len <= sentence.end));
    // « 12 % de plus », "12% more"; « 12 % de baisse », "a 12% fall"
    for (nouns, words, up) in [("tie-rise", "tie-more", true), ("tie-fall", "tie-less", false)] {
        let noun = (end..sentence.end.min(end + 3))
            .take_while(|&i| mark(a, i).is_none() && !is_figure(a, i))
            .find(|&i| cues.get(nouns).at(a, i).is_some());
        let told = behind(words).is_some_and(|i| i == end || !linked(a, i - 1, language));
        // "a 40 per cent jump blamed on flour"
        let led = at > sentence.start && a.classes[at - 1].has(Class::Determiner);
        if told || noun.is_some_and(|i| a.classes[i].has(Class::Noun) || led) {
            return (Meaning::Change(Some(up)), noun.and_then(|n| hangs(a, n + 1, sentence.end)), Some(at));
        }
    }
    if let Some(found) = before(a, at, sentence.start, language) {
        return found;
    }
    let of = complement(a, end, language);
    let stated = (0..=2).filter_map(|n| at.checked_sub(n)).filter(|&i| i > sentence.start).any(|i| {
        let plain = (i..at).all(|j| {
            a.classes[j].has(Class::Determiner) || a.classes[j].has(Class::Adverb) || a.classes[j].has(Class::Preposition)
        });
        plain && cues.get("share-stated").before(a, i, sentence.start).is_some()
    });
    // « 100 des 400 foyers, 35 %, sont »
    let set_off = |i: usize| mark(a, i).filter(|c| matches!(c, ',' | '-' | '–' | '—'));
    // « un sur cinq. », « à peine un dixième, »
    let from = (0..=2).filter_map(|n| at.checked_sub(n)).find(|&i| i > sentence.start && mark(a, i - 1).is_some());
    let hedged = |i: usize| (i..at).all(|j| [Class::Adverb, Class::Preposition].iter().any(|c| a.classes[j].has(*c)));
    let open = from.filter(|&i| i > sentence.start + 1 && hedged(i)).and_then(|i| mark(a, i - 1));
    let last = end >= sentence.end || mark(a, end) == Some('.');
    let parenthesis =
        open.is_some_and(|c| set_off(end.min(sentence.end - 1)) == Some(c) || c == ':' || last && matches!(c, ',' | '–' | '—'));
    // « soit 35 % dans le Nord »: of another whole.
    let acts = [Class::Verb, Class::Modal, Class::Auxiliary, Class::Coordinator];
    let closed = end >= sentence.end || mark(a, end).is_some() || acts.iter().any(|c| a.classes[end].has(*c));
    // « soit 62 % d'entre eux »
    let after = |i: usize| i >= sentence.end || mark(a, i).is_some() || acts.iter().any(|c| a.classes[i].has(*c));
    let of_them = end < sentence.end && cues.get("tie-of-them").at(a, end).is_some_and(|len| after(end + len));
    if of.is_some() || (stated || parenthesis) && (closed || of_them) {
        return (Meaning::Share, of, None);
    }
    (Meaning::Open, None, None)
}

/// Whether a token belongs to a number.
fn is_figure(a: &Analysis, i: usize) -> bool {
    a.tokens[i].kind == TokenKind::Digits || a.classes[i].has(Class::Numeral)
}

/// What stands before a share: a rise, a fall, a rate, each perhaps of something.
fn before(a: &Analysis, at: usize, start: usize, language: &Language) -> Option<Told> {
    let cues = &language.cues;
    let mut own = None;
    let from = at.saturating_sub(BACK).max(start);
    let mut i = at;
    while i > from {
        i -= 1;
        let ends = |set: &str| cues.get(set).before(a, i + 1, start);
        let of_either = |sets: [&str; 3]| sets.iter().find_map(|set| ends(set));
        let (up, down) = (of_either(["tie-rise", "rising", "tie-up"]), of_either(["tie-fall", "falling", "tie-down"]));
        if let Some(len) = up.or(down) {
            return Some((Meaning::Change((up.is_none() || down.is_none()).then_some(up.is_some())), own, Some(i + 1 - len)));
        }
        if let Some(len) = ends("tie-gap") {
            return Some((Meaning::Gap, own, Some(i + 1 - len)));
        }
        if let Some(len) = ends("tie-share-noun") {
            return Some((Meaning::Share, own, Some(i + 1 - len)));
        }
        if let Some(len) = ends("tie-amounts") {
            i = (i + 1 - len).max(from);
            continue;
        }
        let class = a.classes[i];
        // « le recul, qui atteint 18 % », "The increase, which works out at 6.5%"
        let sets = ["tie-rise", "tie-fall", "tie-gap", "tie-share-noun"];
        let set_off =
            mark(a, i) == Some(',') && (i + 2 >= at || sets.iter().any(|set| cues.get(set).before(a, i, start).is_some()));
        let plain = [
            Class::Preposition,
            Class::Determiner,
            Class::Adverb,
            Class::Adjective,
            Class::Auxiliary,
            Class::PastParticiple,
            Class::Relative,
        ];
        if is_figure(a, i) || mark(a, i).is_some_and(|c| c != ',') || class.has(Class::Subordinator) && !class.has(Class::Relative)
        {
            return None;
        }
        if !(plain.iter().any(|c| class.has(*c)) || set_off) {
            let noun = class.has(Class::Noun) || class.has(Class::Proper);
            if !noun || own.is_some() && !class.has(Class::Proper) {
                return None;
            }
            own = Some(i);
        }
    }
    None
}

/// The head of the group that a preposition hangs on a noun right before it: "a 4.5% gain *for the proportion*".
fn hangs(a: &Analysis, at: usize, end: usize) -> Option<usize> {
    if at >= end || !a.classes[at].has(Class::Preposition) {
        return None;
    }
    let group = a.chunks.get(a.chunks.partition_point(|c| c.tokens.1 as usize <= at + 1))?;
    let dated =
        a.mentions_in(group.tokens.0 as usize..group.tokens.1 as usize).iter().any(|m| !matches!(m.value, Value::Quantity(_)));
    (group.tokens.0 as usize <= at + 2 && (group.head as usize) < end && !dated).then_some(group.head as usize)
}

/// The head of the group that a share is a share of.
fn complement(a: &Analysis, link: usize, language: &Language) -> Option<usize> {
    let end = a.sentence(link.checked_sub(1)?).end;
    if link >= end || !linked(a, link, language) {
        return None;
    }
    let group = a.chunks.get(a.chunks.partition_point(|c| c.tokens.1 as usize <= link + 1))?;
    (group.tokens.0 as usize <= link + 2).then_some(group.head as usize)
}

/// « a doublé », « deux fois moins », « multiplié par trois », "three times as many"
fn multiple(a: &Analysis, i: usize, sentence: Range<usize>, language: &Language) -> Option<Said> {
    let cues = &language.cues;
    let at = |set: &str, i: usize| cues.get(set).at(a, i).filter(|len| i + len <= sentence.end);
    let (tokens, times) = simple_multiple(a, i, &at).or_else(|| counted_multiple(a, i, &at, language))?;
    let first = tokens.start;
    if names_things(a, &tokens) {
        return None;
    }
    let ends = |set: &str| cues.get(set).before(a, first, sentence.start).is_some();
    let facets = a.facets_at(a.span(tokens.clone()));
    let of = owned(a, tokens.end, sentence.end);
    let direction = if times >= Ratio::ONE { Some(true) } else { Some(false) };
    Some(Said {
        worth: Worth::Times(times, if ends("tie-nearly") { Some(false) } else { ends("tie-more-than").then_some(true) }),
        meaning: Meaning::Change(direction),
        of,
        head: Some(i),
        hedged: ends("tie-nearly") || ends("tie-more-than"),
        facets,
        tokens,
    })
}

/// Whether a word that could be a verb names things: "doubles from €85" are rooms, "mixed doubles" a match.
fn names_things(a: &Analysis, tokens: &Range<usize>) -> bool {
    let first = tokens.start;
    let plural = a.readings(first).iter().any(|r| r.tag.pos() == Pos::Noun && r.tag.plural());
    let at = a.chunks.partition_point(|c| c.tokens.1 as usize <= first);
    let acts = a.chunks.get(at).is_some_and(|c| c.tokens.0 as usize <= first && matches!(c.kind, ChunkKind::Verb(_)));
    let bare = first == a.sentence(first).start || mark(a, first - 1).is_some();
    tokens.len() == 1 && plural && (!acts || bare)
}

/// A verb or a noun that is a multiple by itself.
fn simple_multiple(a: &Analysis, i: usize, at: &impl Fn(&str, usize) -> Option<usize>) -> Option<(Range<usize>, Ratio)> {
    let sets = [("doubled", (2, 1)), ("tripled", (3, 1)), ("quadrupled", (4, 1)), ("halved", (1, 2)), ("twice", (2, 1))];
    let (len, (n, d)) = sets.iter().find_map(|(set, worth)| at(set, i).map(|len| (len, *worth)))?;
    let class = a.classes[i];
    // "a double bed", « un double vitrage »
    let acts = class.has(Class::Verb) || class.has(Class::PastParticiple) || len > 1 || !class.has(Class::Adjective);
    acts.then_some((i..i + len, Ratio::new(n, d)?))
}

/// « trois fois plus », "three times as many", « multiplié par trois »
fn counted_multiple(
    a: &Analysis,
    i: usize,
    at: &impl Fn(&str, usize) -> Option<usize>,
    language: &Language,
) -> Option<(Range<usize>, Ratio)> {
    let by = |start: usize, divided: bool| {
        let link = at("tie-by", start)?;
        let number = number_at(a, start + link)?;
        let n = figure(number)?.amount.written;
        let times = if divided { Ratio::ONE.div(n)? } else { n };
        (n > Ratio::ONE && n <= Ratio::whole(20)).then_some((i..number.tokens.1 as usize, times))
    };
    if let Some(len) = at("tie-multiplied", i) {
        return by(i + len, false);
    }
    if let Some(len) = at("tie-divided", i) {
        return by(i + len, true);
    }
    let len = at("times", i)?;
    // « *une* fois et demie », where the article is no figure.
    let article = i > 0 && language.numbers.articles.iter().any(|w| w == a.lower(i - 1));
    if let Some(half) = at("tie-and-half", i + len).filter(|_| article) {
        let past = i + len + half;
        let (less, more) = (at("tie-times-less", past), at("tie-times-more", past));
        let times = Ratio::new(3, 2)?;
        let end = past + less.or(more)?;
        return Some((i - 1..end, if less.is_some() { Ratio::ONE.div(times)? } else { times }));
    }
    let number = a.mentions_in(i.saturating_sub(4)..i).iter().rev().find(|m| figure(m).is_some() && m.tokens.1 as usize >= i)?;
    let n = figure(number)?.amount.written;
    // "four to five times": a range
    let first = number.tokens.0;
    if a.ranges.iter().any(|r| r.second.0 == first) {
        return None;
    }
    // « une fois *et demie* »
    let half = at("tie-and-half", i + len);
    let n = if half.is_some() { n.add(Ratio::new(1, 2)?)? } else { n };
    let past = i + len + half.unwrap_or(0);
    let less = at("tie-times-less", past);
    let more = at("tie-times-more", past);
    let times = match (less, more) {
        (Some(_), _) => Ratio::ONE.div(n)?,
        (None, Some(_)) => n,
        _ => return None,
    };
    let end = past + less.or(more).unwrap_or(0);
    let end = if linked(a, end - 1, language) { end - 1 } else { end };
    (n > Ratio::ONE && n <= Ratio::whole(20)).then_some((number.tokens.0 as usize..end, times))
}

fn number_at<'a>(a: &'a Analysis, token: usize) -> Option<&'a Mention> {
    a.mentions_in(token..token + 1).iter().find(|m| figure(m).is_some())
}

/// The noun right behind a multiple, which is what it is a multiple of: « a doublé *ses effectifs* ».
fn owned(a: &Analysis, end: usize, past: usize) -> Option<usize> {
    if end >= past || mark(a, end).is_some() {
        return None;
    }
    let group = a.chunks.get(a.chunks.partition_point(|c| c.tokens.1 as usize <= end))?;
    // "tripled last year"
    let noun = matches!(group.kind, ChunkKind::Noun { preposition: None, .. });
    let dated = a.mentions_in(group.tokens.0 as usize..group.tokens.1 as usize).iter().any(|m| matches!(m.value, Value::Date(_)));
    (noun && !dated && group.tokens.0 as usize <= end + 1 && (group.head as usize) < past).then_some(group.head as usize)
}
