//! What a number says: a share, money, a measure, an age, a length of time, or a count of something.

mod counted;

use std::ops::Range;

use super::number::{self, Number, NumberKind, word_in};
use super::{Amount, Counted, DurationValue, MeasureValue, Money, Quantity, Value};
use crate::analysis::{Analysis, Case, TokenKind};
use crate::language::Language;
use crate::language::grammar::{Class, Classes};
use crate::language::lexicon::{LemmaId, Pos};
use crate::language::numbers::{Bound, Unit};
use crate::mention::Ratio;
use crate::mention::name::{is_first_name, title_cased};
use crate::syntax::{ChunkKind, Tense};
use crate::text::{is_hyphen, mark};
use counted::{bare_object, counted};

/// The value of a number with the words around it, and all tokens that it takes; `None` where it is a name or a label.
pub(crate) fn value(a: &Analysis, n: &Number, end: usize, language: &Language) -> Option<(Range<usize>, Value)> {
    let g = &language.numbers;
    let word = word_in(a, n.tokens.start);
    let within = |i: usize| word(i).filter(|_| i < end);
    let tokens = n.tokens.clone();
    let next = tokens.end;
    if score(a, n, language) || idiom(a, n, language) || address(a, n, end, language) {
        return None;
    }
    if n.kind == NumberKind::Ordinal {
        return n.cut.is_none().then_some((tokens, Value::Ordinal(n.amount)));
    }
    if n.cut.is_none() {
        if let Some((len, ())) = g.percent.at(next, within) {
            let past = next + len;
            let value = if g.points.at(past, within).is_some() { Value::Points(n.amount) } else { Value::Percent(n.amount) };
            return Some((tokens.start..past, value));
        }
        if let Some((len, ())) = g.full_points.at(next, within) {
            return Some((tokens.start..next + len, Value::Points(n.amount)));
        }
    }
    if let Some((start, code)) = currency_before(a, n, language) {
        let money = |amount| Value::Money(Money { amount, currency: code.to_owned() });
        // "$5 US", « $ 12 millions de dollars »: the sign has said it; "US$5m" may repeat the scale in letters.
        return Some((start..tokens.end, money(n.amount)));
    }
    // « 3 millions d'euros », « 12 € », « 30 kilomètres », « deux ans », "four-mile", "34-year-old"
    if let Some((amount, unit, past)) = unit(a, n, end, language) {
        // « 20 Minutes » is a newspaper.
        let capital = |i: usize| i < end && a.tokens[i].case == Case::Capitalised;
        if matches!(unit, Unit::Time(_)) && capital(past - 1) && !title_cased(a, past - 1) {
            return None;
        }
        // "50 Cent" sings; fifty of them are cents.
        if matches!(unit, Unit::Money(code) if is_coin(code)) && past == next + 1 && capital(next) && !title_cased(a, next) {
            return None;
        }
        // "Million Dollar Baby", « un Real Intelligence Center »
        if matches!(unit, Unit::Money(_)) && capital(past - 1) && capital(past) && !title_cased(a, past - 1) {
            return None;
        }
        // « une seconde clôture » is another.
        let adjective = |i: usize| language.lexicon.readings(a.lower(i)).any(|(_, tag)| tag.pos() == Pos::Adjective);
        let noun = |i: usize| i < end && a.tokens[i].case == Case::Lower && a.classes[i].0 == Classes::of(Class::Noun).0;
        if matches!(unit, Unit::Time(_)) && n.kind == NumberKind::Article && adjective(past - 1) && noun(past) {
            return None;
        }
        // « un livre » is a book, « une livre » may be a coin.
        let genders = |i: usize| {
            let tags = || language.lexicon.readings(a.lower(i)).filter(|(_, tag)| tag.pos() == Pos::Noun).map(|(_, tag)| tag);
            tags().any(|t| t.feminine()) && tags().any(|t| t.masculine())
        };
        let masculine = n.kind == NumberKind::Article && a.readings(tokens.start).iter().all(|r| !r.tag.feminine());
        if matches!(unit, Unit::Money(_)) && masculine && past == next + 1 && genders(next) {
            return None;
        }
        let (amount, past) = scaled_behind(a, n, amount, unit, past, end, language).unwrap_or((amount, past));
        let (amount, past) = compound(a, amount, unit, past, end, language).unwrap_or((amount, past));
        return Some(match unit {
            Unit::Money(code)
                if n.kind != NumberKind::Fraction || amount.precision != n.amount.precision || !names_count(a, n, language) =>
            {
                (tokens.start..past, Value::Money(Money { amount, currency: code.to_owned() }))
            }
            Unit::Money(_) => (tokens, quantity(n, None)),
            Unit::Measure(code) => (tokens.start..past, Value::Measure(MeasureValue { amount, unit: code.to_owned() })),
            // « il finira un jour par partir », "she will one day lead it"
            Unit::Time("D") if n.amount.written == Ratio::ONE && some_day(a, n, past, end) => return None,
            Unit::Time(code) => match age(a, n, past, end, language) {
                Some((past, true)) => (tokens.start..past, Value::Age(amount)),
                Some((past, false)) => (tokens.start..past, Value::Duration(DurationValue { amount, unit: code.to_owned() })),
                None => {
                    let (amount, past) = longer(a, amount, past, end, language).unwrap_or((amount, past));
                    (tokens.start..past, Value::Duration(DurationValue { amount, unit: code.to_owned() }))
                }
            },
        });
    }
    if n.cut.is_some() {
        return None;
    }
    if n.kind == NumberKind::Fraction {
        return Some((tokens, quantity(n, None)));
    }
    if let Some(start) = age_before(a, n, language) {
        return Some((start..tokens.end, Value::Age(n.amount)));
    }
    if label(a, n, language)
        || (n.kind == NumberKind::Digits
            && mark(a, next).is_some_and(is_hyphen)
            && a.tokens[next].glued
            && hangs_on(a, next + 1, end))
    {
        return None;
    }
    // A note's number, « la loi (1) »; but « trois (3) ans » says it twice.
    let bracketed = n.tokens.start > 0 && mark(a, n.tokens.start - 1) == Some('(') && next < end && mark(a, next) == Some(')');
    let repeats = n.tokens.start > 1 && a.tokens[n.tokens.start - 2].opens.number;
    if n.is_bare() && bracketed && !repeats && a.tokens[next].glued && n.amount.written < Ratio::whole(10) {
        return None;
    }
    // « 1) D'abord … 2) Ensuite »: an item of a list.
    let start = a.sentence(n.tokens.start).start;
    let dashed =
        |i: usize| n.tokens.start == start && mark(a, i) == Some('.') && mark(a, i + 1).is_some_and(|c| is_hyphen(c) || c == '–');
    let item = next < end
        && a.tokens[next].glued
        && n.amount.written <= Ratio::whole(20)
        && (mark(a, next) == Some(')') || next + 1 < end && dashed(next));
    if n.is_bare() && item && !(start..n.tokens.start).any(|i| mark(a, i) == Some('(')) {
        return None;
    }
    // "1 Anna Hallam (Ireland), 2 Paul Garrick (Wales)": the place in a list.
    if n.is_bare() && numbers_name(a, n, end) {
        return None;
    }
    let counted = counted(a, n, end, language).or_else(|| bare_object(a, n, end, language));
    // « 12 morts au moins », "50 people or more"
    let mut behind = n.clone();
    if let (Some(c), None) = (&counted, &n.bound)
        && let Some((_, bound)) = g.after_bounds.at(c.head as usize + 1, within)
    {
        behind.amount = number::bounded(n.amount, *bound).unwrap_or(n.amount);
    }
    let n = &behind;
    // « ce n'est pas neuf », « un homme neuf »: new, and not nine.
    let described = |i: usize| {
        let c = a.classes[i];
        let closed = next >= end || mark(a, next).is_some();
        let single = a.readings(i).iter().any(|r| r.tag.singular()) && !a.readings(i).iter().any(|r| r.tag.plural());
        (c.has(Class::Adverb) || c.has(Class::Determiner) && single) && closed
            || c.has(Class::Noun) && a.tokens[i].case == Case::Lower && !c.has(Class::Numeral) && !c.has(Class::Verb)
    };
    let quality = n.kind == NumberKind::Words
        && n.tokens.len() == 1
        && counted.is_none()
        && n.tokens.start > a.sentence(n.tokens.start).start
        && described(n.tokens.start - 1)
        && language.lexicon.readings(a.lower(n.tokens.start)).any(|(_, tag)| tag.pos() == Pos::Adjective && !tag.plural());
    if quality || ranked(a, n, counted.is_some(), language) {
        return None;
    }
    // "mastering scores that will be played" are music.
    let governs = |i: usize| {
        i < end
            && [Class::Relative, Class::Subordinator, Class::Preposition].iter().any(|k| a.classes[i].has(*k))
            && !linked(a, i, language)
    };
    let homograph = language.cues.get("linked-number").at(a, n.tokens.start).is_some();
    if homograph && n.tokens.len() == 1 && counted.is_none() && governs(next) {
        return None;
    }
    if n.kind == NumberKind::Article && counted.as_ref().is_none_or(|c| c.concept.is_none()) {
        return None;
    }
    if let Some(c) = &counted
        && (attributive_year(a, n, c.head as usize) || ends_name(a, n, c.head as usize))
    {
        return None;
    }
    // "the last 16 of the League"
    let direct = counted.as_ref().is_some_and(|c| (n.tokens.end..c.head as usize).all(|i| !linked(a, i, language)));
    if counted.is_none() && n.is_bare() && names_something(a, n, end)
        || !direct && knockout(a, n, language)
        || pronoun(a, n, &counted, language)
    {
        return None;
    }
    Some((tokens, quantity(n, counted)))
}

/// Widens a length of time or an hour by the words that bound it, for it is said with them: « plus de deux heures », "around 1pm".
pub(crate) fn with_bound(a: &Analysis, tokens: &mut Range<usize>) {
    let start = a.sentence(tokens.start).start;
    let Some(language) = a.language(tokens.start) else { return };
    if let Some((len, _)) = language.numbers.bounds.before(tokens.start, |i| (i >= start).then(|| a.lower(i))) {
        tokens.start -= len;
    }
}

/// Whether a number is that of a house: « 12, rue de la Paix », "1600 Pennsylvania Avenue".
fn address(a: &Analysis, n: &Number, end: usize, language: &Language) -> bool {
    if !n.is_bare() {
        return false;
    }
    let street = language.cues.get("street-noun");
    let next = n.tokens.end;
    let word = |i: usize| i < end && a.tokens[i].kind == TokenKind::Word;
    if language.grammar.head_first {
        let at = next + usize::from(next < end && mark(a, next) == Some(','));
        return word(at) && street.at(a, at).is_some();
    }
    let capital = |i: &usize| word(*i) && a.tokens[*i].case.is_capital();
    (next..next + 4).take_while(capital).skip(1).any(|i| street.at(a, i).is_some())
}

/// Whether the word for one stands for a noun: "one of them", "the one", "no one".
fn pronoun(a: &Analysis, n: &Number, counted: &Option<Counted>, language: &Language) -> bool {
    let t = &n.tokens;
    let sentence = a.sentence(t.start);
    let word = |i: usize| a.tokens[i].kind == TokenKind::Word;
    let alone =
        n.kind == NumberKind::Words && n.scale.is_none() && n.bound.is_none() && t.len() == 1 && n.amount.written == Ratio::ONE;
    let beside = || t.start > sentence.start && word(t.start - 1) || t.end < sentence.end && word(t.end);
    // "the one Hallam won"
    let definite = || t.start > sentence.start && language.grammar.definite.iter().any(|w| w == a.lower(t.start - 1));
    let named = || counted.as_ref().is_some_and(|c| a.tokens[c.head as usize].case.is_capital());
    // "one divides, the other chooses": one of something is singular.
    let acts = || {
        counted.as_ref().is_some_and(|c| {
            let mut tags = language.lexicon.readings(a.lower(c.head as usize)).map(|(_, tag)| tag).peekable();
            c.head as usize == t.end && tags.peek().is_some() && tags.all(|tag| tag.plural() && !tag.singular() || tag.is_finite())
        })
    };
    alone
        && (named() && definite()
            || !language.grammar.head_first && acts()
            || counted.is_none() && beside()
            || t.end < sentence.end && names_count(a, n, language))
}

fn quantity(n: &Number, counted: Option<Counted>) -> Value {
    Value::Quantity(Quantity { amount: n.amount, counted })
}

/// Whether a token joins a number and what it counts: « de », "of".
fn linked(a: &Analysis, i: usize, language: &Language) -> bool {
    language.numbers.links.iter().any(|l| l == a.lower(i))
}

/// Whether a fraction's unit is what it is a part of: « un tiers des euros ».
fn names_count(a: &Analysis, n: &Number, language: &Language) -> bool {
    language.numbers.links.iter().any(|l| a.tokens.get(n.tokens.end).is_some() && l == a.lower(n.tokens.end))
}

/// Whether a word hangs on by a hyphen: `12-bore`.
fn hangs_on(a: &Analysis, i: usize, end: usize) -> bool {
    i < end && a.tokens[i].glued && a.tokens[i].kind == TokenKind::Word
}

/// The currency that stands before a number, and its first token: « € 12 », "US$3.5m", "EUR 40".
fn currency_before<'l>(a: &Analysis, n: &Number, language: &'l Language) -> Option<(usize, &'l str)> {
    let at = n.tokens.start;
    let start = a.sentence(at).start;
    let find = |from: usize| language.numbers.currencies.before(at, |i| (i >= from).then(|| a.lower(i)));
    // « A$5 » is Australian, "a $5 note" is not.
    let spelled = |len: usize| len == 1 || (a.tokens[at - len].case.is_capital() && (at - len + 1..at).all(|i| a.tokens[i].glued));
    let (len, code) = find(start).filter(|(len, _)| spelled(*len)).or_else(|| find(at.checked_sub(1).filter(|i| *i >= start)?))?;
    let sign = a.tokens[at - 1].kind == TokenKind::Mark;
    let written_as_code = len == 1 && a.tokens[at - 1].case == Case::Upper && a.tokens[at - 1].span.len() == 3;
    // « 10 $ 30 $ »: the sign belongs to the number before it.
    let taken = sign && at > start + len && a.tokens[at - len - 1].kind == TokenKind::Digits && !a.tokens[at].glued;
    ((sign || written_as_code) && !taken).then_some((at - len, code.as_str()))
}

/// The unit of a number, the amount with what scales the unit, and one past its last token.
fn unit<'l>(a: &Analysis, n: &Number, end: usize, language: &'l Language) -> Option<(Amount, Unit<'l>, usize)> {
    let g = &language.numbers;
    let word = word_in(a, n.tokens.start);
    let within = |i: usize| word(i).filter(|_| i < end);
    let next = n.tokens.end;
    // "four-mile", « demi-heure »; "3-inch", "34-year-old"
    let hung = match n.cut {
        Some(cut) => Some((a.lower(next - 1).get(cut + 1..)?, next)),
        None if within(next).is_some()
            && a.tokens[next].glued
            && mark(a, next).is_some_and(is_hyphen)
            && hangs_on(a, next + 1, end) =>
        {
            Some((a.lower(next + 1), next + 2))
        }
        // "a 20 year-old"
        None => within(next)
            .filter(|w| w.split_once('-').is_some_and(|(_, last)| g.ages.after.iter().any(|x| x == last)))
            .map(|w| (w, next + 1)),
    };
    if let Some((letters, past)) = hung {
        let lead = letters.split('-').next()?;
        let one = |w| g.unit(0, move |i| (i == 0).then_some(w));
        let found = one(letters).or_else(|| {
            one(lead).filter(|_| letters == lead || n.cut.is_none() || g.ages.after.iter().any(|w| letters.ends_with(w.as_str())))
        });
        if let Some((_, unit)) = found {
            return Some((n.amount, unit, past));
        }
        if n.cut.is_some() {
            return None;
        }
    }
    // « millions *d'* euros », "half *an* hour"
    let skip = |i: usize| within(i).is_some_and(|w| g.links.iter().any(|l| l == w));
    let article = |i: usize| n.kind == NumberKind::Fraction && within(i).is_some_and(|w| g.articles.iter().any(|l| l == w));
    let mut at = next;
    // « deux millions *d'* euros »
    let scaled = n.scale.is_some() || (n.kind == NumberKind::Words && g.scale(a.lower(next - 1)).is_some_and(|(by, _)| by > 1000));
    if skip(at) && (scaled || matches!(n.kind, NumberKind::Collective | NumberKind::Fraction)) {
        at += 1;
    }
    at += usize::from(article(at));
    let open = mark(a, at).is_some_and(|c| matches!(c, '[' | '<')) && within(at).is_some();
    if open
        && let Some((1, unit)) = g.unit(at + 1, within)
        && within(at + 2).is_some()
    {
        return Some((n.amount, unit, at + 3));
    }
    if let Some((len, unit)) = g.unit(at, within) {
        let short =
            matches!(unit, Unit::Measure(_)) && len == 1 && a.tokens[at].span.len() == 1 && a.tokens[at].kind == TokenKind::Word;
        // « les 3 M », « 2 a »: one letter is a unit in lower case only, and behind a number in figures.
        if short && (a.tokens[at].case.is_capital() || n.kind != NumberKind::Digits) && n.amount.is_exact() && !a.tokens[at].glued {
            return None;
        }
        return Some((n.amount, unit, at + len));
    }
    let (by, code) = g.scaled_unit(within(next)?)?;
    let mut scaled = n.clone();
    scaled.times(Ratio::whole(by))?;
    Some((scaled.amount, Unit::Money(code), next + 1))
}

/// The amount with a scale that stands behind the currency's code: "75 USD million".
fn scaled_behind(
    a: &Analysis,
    n: &Number,
    amount: Amount,
    unit: Unit,
    past: usize,
    end: usize,
    language: &Language,
) -> Option<(Amount, usize)> {
    let code = a.tokens[past - 1].case == Case::Upper && a.tokens[past - 1].span.len() == 3;
    if !code || past >= end || n.scale.is_some() || !matches!(unit, Unit::Money(_)) {
        return None;
    }
    let (by, false) = language.numbers.scale(a.lower(past))? else { return None };
    let mut scaled = Number { amount, ..n.clone() };
    scaled.times(Ratio::whole(by))?;
    Some((scaled.amount, past + 1))
}

/// Whether a code is of a hundredth part: those of currencies are capitals (ISO 4217).
fn is_coin(code: &str) -> bool {
    !code.bytes().all(|b| b.is_ascii_uppercase())
}

/// The amount with a smaller unit that follows: « 1 m 80 », "5 ft 2 in", « 3 heures 20 », "two dollars and ten cents".
fn compound(a: &Analysis, amount: Amount, unit: Unit, past: usize, end: usize, language: &Language) -> Option<(Amount, usize)> {
    let g = &language.numbers;
    let (key, money) = match unit {
        Unit::Money(code) if is_coin(code) => return None,
        Unit::Money(_) => ("money", true),
        Unit::Time(code) | Unit::Measure(code) => (code, false),
    };
    let c = g.compounds.get(key)?;
    let joined = past < end && g.word(a.lower(past)) == Some(crate::language::numbers::NumberWord::Join);
    let at = past + usize::from(joined);
    if at >= end || amount.written.as_whole().is_none() {
        return None;
    }
    let small = number::read(a, at, end, g)
        .filter(|n| matches!(n.kind, NumberKind::Digits | NumberKind::Words) && n.cut.is_none() && n.scale.is_none())?;
    let value = small.amount.written;
    if value >= Ratio::whole(c.parts) || value < Ratio::ZERO {
        return None;
    }
    let word = word_in(a, at);
    let named = g.unit(small.tokens.end, |i| word(i).filter(|_| i < end));
    let noun = |i: usize| i < end && a.classes.get(i).is_some_and(|c| c.has(Class::Noun));
    let after = match named {
        Some((len, Unit::Money(code))) if money && is_coin(code) => small.tokens.end + len,
        None if !money && small.kind == NumberKind::Digits && word(small.tokens.end).is_some_and(|w| w == c.with) => {
            small.tokens.end + 1
        }
        Some((len, Unit::Time(code) | Unit::Measure(code))) if !money && code == c.with => small.tokens.end + len,
        None if c.bare && !joined && money && noun(small.tokens.end) => return None,
        None if c.bare && !joined && small.kind == NumberKind::Digits && a.tokens[at].span.len() == 2 => small.tokens.end,
        // "thirteen dollars forty-five"
        None if c.bare && !joined && money && small.kind == NumberKind::Words && value >= Ratio::whole(10) => small.tokens.end,
        _ => return None,
    };
    let part = Ratio::new(1, c.parts)?;
    Some((Amount::exact(amount.written.add(value.mul(part)?)?, part), after))
}

/// A length with a part of its unit behind it: « deux ans *et demi* », « un an *et un quart* », "an hour *and a half*".
fn longer(a: &Analysis, amount: Amount, past: usize, end: usize, language: &Language) -> Option<(Amount, usize)> {
    let g = &language.numbers;
    let (part, after) = number::trailing_part(a, past, end, g)?;
    Some((Amount::exact(amount.written.add(part)?, Ratio::new(1, part.denominator())?), after))
}

/// The end of an age and whether it is in years, where the words around a length of time make it one: « âgé de 34 ans »,
/// « Marie Dupont, 34 ans, », "34 years old", "34-year-old".
fn age(a: &Analysis, n: &Number, past: usize, end: usize, language: &Language) -> Option<(usize, bool)> {
    let g = &language.numbers.ages;
    let start = n.tokens.start;
    let sentence = a.sentence(start);
    let last = a.lower(past - 1);
    // The unit is the last word, or what a hyphen parts from the rest.
    let is_unit = |w: &str| g.units.iter().any(|u| u == w);
    let years = is_unit(last) || last.split('-').any(is_unit);
    if last.split('-').next_back().is_some_and(|w| g.after.iter().any(|x| x == w)) {
        return Some((past, years));
    }
    let word = |i: usize| (i < end).then(|| a.lower(i));
    let from = past + usize::from(past < end && mark(a, past).is_some_and(is_hyphen));
    if let Some((len, ())) = g.after_phrases().at(from, word) {
        return Some((from + len, years));
    }
    if !years {
        return None;
    }
    let bound = n.bound.as_ref().map_or(start, |(words, _)| words.start.min(start));
    // « les 18-24 ans », « un jeune (18-24 ans) sur deux »
    if start >= sentence.start + 3
        && a.tokens[start].glued
        && mark(a, start - 1).is_some_and(is_hyphen)
        && a.tokens[start - 2].kind == TokenKind::Digits
        && (mark(a, start - 3) == Some('(') && mark(a, past.min(a.tokens.len() - 1)) == Some(')')
            || a.classes[start - 3].has(Class::Determiner))
    {
        return Some((past, true));
    }
    // « les plus de 60 ans »
    let over = n.bound.as_ref().is_some_and(|(_, b)| matches!(b, Bound::AtLeast | Bound::AtMost));
    let determined = |i: usize| a.classes[i].has(Class::Determiner) || language.grammar.definite.iter().any(|w| w == a.lower(i));
    if over && bound > sentence.start && determined(bound - 1) {
        return Some((past, true));
    }
    // « Anna, menuisière de 31 ans »
    let first_name = |i: usize| i >= sentence.start && a.tokens[i].kind == TokenKind::Word && is_first_name(a, i);
    if start >= sentence.start + 4
        && language.numbers.links.iter().any(|l| l == a.lower(start - 1))
        && n.tokens.len() == 1
        && a.classes[start - 2].has(Class::Noun)
        && mark(a, start - 3) == Some(',')
        && a.tokens[start - 4].case.is_capital()
        && (first_name(start - 4) || start >= 5 && first_name(start - 5))
    {
        return Some((past, true));
    }
    let before = |at: usize| g.before_phrases().before(at, |i| (i >= sentence.start).then(|| a.lower(i))).is_some();
    if before(start) || before(bound) {
        return Some((past, true));
    }
    // « l'aide-soignante de 31 ans »: only who is named in two genders has an age there.
    let holder = start >= sentence.start + 3 && linked(a, start - 1, language) && n.tokens.len() == 1;
    // « un jeune intérimaire »
    let determined = |i: usize| {
        let skip = usize::from(i > sentence.start && a.classes[i].has(Class::Adjective) && !a.classes[i].has(Class::Determiner));
        a.classes[i - skip].has(Class::Determiner)
    };
    // « ce Perpignanais de 25 ans »
    let demonym = || {
        let word = a.lower(start - 2);
        let ending = || {
            language.grammar.feminine_endings.iter().any(|(he, she)| word.ends_with(he.as_str()) || word.ends_with(she.as_str()))
        };
        a.tokens[start - 2].case == Case::Capitalised && !language.lexicon.contains(word) && ending()
    };
    if holder && (is_somebody(a, start - 2, language) || demonym()) && determined(start - 3) {
        return Some((past, true));
    }
    let comma = |i: usize| matches!(mark(a, i), Some(',' | '(' | ')'));
    let named = start >= sentence.start + 2
        && comma(start - 1)
        && a.tokens[start - 2].case.is_capital()
        && a.tokens[start - 2].kind == TokenKind::Word;
    // « Anna Morel, 33 ans est aussi … » lacks its comma.
    let goes_on = |i: usize| a.classes[i].has(Class::Auxiliary) || a.classes[i].within(Classes::of(Class::Verb));
    let closes = past >= end
        || mark(a, past).is_some_and(|c| matches!(c, ',' | '(' | ')' | '.' | ';' | '?' | '!'))
        || named && a.tokens[past].kind == TokenKind::Word && goes_on(past);
    let only = |at: usize| at > sentence.start && a.classes[at - 1].within(Classes::of(Class::Adverb));
    let phrase = |at: usize| g.final_phrases().before(at, |i| (i >= sentence.start).then(|| a.lower(i))).is_some();
    // « à seulement 20 ans », « il a à peine 4 ans »
    let barely =
        |at: usize| language.cues.get("barely").before(a, at, sentence.start).filter(|_| at > sentence.start).map(|len| at - len);
    // « il y a tout juste quatre ans »
    let owned = |at: usize| phrase(at) && !(at >= sentence.start + 2 && a.classes[at - 2].has(Class::Clitic));
    let carried = |at: usize| phrase(at) || only(at) && owned(at - 1) || barely(at).is_some_and(owned);
    (closes && (named || carried(start) || carried(bound))).then_some((past, true))
}

/// The first token of an age without a unit: "aged 34", "age 87", "John Smith, 34,".
fn age_before(a: &Analysis, n: &Number, language: &Language) -> Option<usize> {
    let g = &language.numbers.ages;
    let at = n.tokens.start;
    let sentence = a.sentence(at);
    if let Some((len, ())) = g.alone_phrases().before(at, |i| (i >= sentence.start).then(|| a.lower(i))) {
        return Some(at - len);
    }
    let years = n.amount.written.as_whole().is_some_and(|y| (1..=110).contains(&y));
    let closed = n.tokens.end >= sentence.end || mark(a, n.tokens.end).is_some_and(|c| !is_hyphen(c));
    let lived = g.at_phrases().before(at, |i| (i >= sentence.start).then(|| a.lower(i))).is_some();
    if years && closed && lived && n.bound.is_none() {
        return Some(at);
    }
    let comma = |i: usize| matches!(mark(a, i), Some(',' | '(' | ')'));
    let next = n.tokens.end;
    let named = at >= sentence.start + 3
        && (1..=2).all(|b| a.tokens[at - 1 - b].case == Case::Capitalised && a.tokens[at - 1 - b].kind == TokenKind::Word);
    // "Merrowby, 35, had": what is no word of the language is a name.
    let surname = at >= sentence.start + 2
        && a.tokens[at - 2].case == Case::Capitalised
        && a.tokens[at - 2].kind == TokenKind::Word
        && !language.lexicon.contains(a.lower(at - 2))
        && mark(a, at - 1) == Some(',')
        && mark(a, next.min(sentence.end - 1)) == Some(',');
    // "Slater, 35, is", "says King, 30, who": a word too, but no word stands so.
    let predicate = |i: usize| [Class::Verb, Class::Auxiliary, Class::Relative].iter().any(|c| a.classes[i].has(*c));
    // "The veteran film-maker, 68, won"
    let holder = |i: usize| {
        language.cues.get("function").before(a, i + 1, sentence.start).is_some()
            || a.readings(i).iter().any(|r| language.grammar.ids.participants.contains(&r.lemma))
    };
    let subject = at >= sentence.start + 2
        && (a.tokens[at - 2].case == Case::Capitalised || holder(at - 2))
        && mark(a, at - 1) == Some(',')
        && next + 1 < sentence.end
        && mark(a, next) == Some(',')
        && predicate(next + 1);
    let named = named || (surname || subject) && n.amount.written >= Ratio::whole(10);
    (g.bare && years && n.is_bare() && named && comma(at - 1) && next < sentence.end && (comma(next) || mark(a, next) == Some('.')))
        .then_some(at)
}

/// Whether the word before a number makes it a name: « article 49 », "flight 370", « n° 4 », « p. 12 ».
fn label(a: &Analysis, n: &Number, language: &Language) -> bool {
    let at = n.tokens.start;
    let start = a.sentence(at).start;
    if at <= start || !n.is_bare() {
        return false;
    }
    let dotted = mark(a, at - 1) == Some('.') && at > start + 1;
    let label = a.lower(at - 1 - usize::from(dotted));
    // "Ex-No 10"
    let label = label.rsplit_once('-').map_or(label, |(_, last)| last);
    // « A 6 » is a road, « a 6 » is none.
    let cased = label.len() > 1 || dotted || a.tokens[at - 1].case.is_capital();
    (cased && language.numbers.labels.iter().any(|l| l == label)) || matches!(mark(a, at - 1), Some('°' | '#' | '№'))
}

/// Whether « un jour », "one day" is a day to come, and no length: a verb of the future stands with it, and no preposition before it.
fn some_day(a: &Analysis, n: &Number, past: usize, end: usize) -> bool {
    let governed = n.tokens.start > 0 && a.classes[n.tokens.start - 1].has(Class::Preposition);
    let verb = a.clauses.get(a.clause(n.tokens.start)).and_then(|c| c.verb).map(|v| a.chunks[v as usize].kind);
    let future = matches!(verb, Some(ChunkKind::Verb(v)) if matches!(v.tense, Tense::Future | Tense::Conditional));
    let leads = past < end
        && (a.classes[past].has(Class::Infinitive) || a.classes[past].has(Class::Verb))
        && !a.classes[past].has(Class::Noun);
    !governed && n.bound.is_none() && (future || leads)
}

/// Whether a noun is of a person: a participant, a function, a word of both genders, or one that has a form for each.
fn is_somebody(a: &Analysis, i: usize, language: &Language) -> bool {
    let adjective = a.classes[i].has(Class::Adjective);
    if a.tokens[i].kind != TokenKind::Word || !a.classes[i].has(Class::Noun) && !adjective {
        return false;
    }
    let lexicon = &language.lexicon;
    // « un restaurateur », « un intérimaire »
    let paired = |lemma: LemmaId| {
        language.grammar.feminine_endings.iter().any(|(he, she)| {
            let stem = a.lower(i).strip_suffix(he.as_str());
            stem.is_some_and(|stem| {
                let mut forms = lexicon.readings(&format!("{stem}{she}"));
                forms.any(|(l, tag)| l == lemma && (tag.pos() == Pos::Noun || adjective) && tag.feminine())
            })
        })
    };
    let someone = lexicon.readings(a.lower(i)).any(|(lemma, tag)| match tag.pos() {
        Pos::Noun => tag.masculine() && paired(lemma),
        Pos::Adjective => adjective && tag.masculine() && tag.feminine() && paired(lemma),
        _ => false,
    });
    if someone {
        return true;
    }
    let participant = a.readings(i).iter().any(|r| language.grammar.ids.participants.contains(&r.lemma));
    let mut nouns = language.lexicon.readings(a.lower(i)).filter(|(_, tag)| tag.pos() == Pos::Noun);
    participant
        || language.cues.get("function").at(a, i) == Some(1)
        || nouns.any(|(lemma, tag)| {
            tag.feminine() && !tag.masculine() && language.lexicon.lemma_text(lemma) != a.lower(i) && tag.singular()
        })
}

/// Whether figures number what has a name: a first name with a surname behind them, or a town behind five figures, its postcode;
/// or stand inside a name: « Paris 9 Quatre-Nations ».
fn numbers_name(a: &Analysis, n: &Number, end: usize) -> bool {
    let at = n.tokens.end;
    let start = a.sentence(n.tokens.start).start;
    let before = n.tokens.start.checked_sub(1).filter(|b| *b > start);
    let within = before.is_some_and(|b| a.tokens[b].case == Case::Capitalised && a.tokens[b].kind == TokenKind::Word);
    let capital = |i: usize| i < end && a.tokens[i].kind == TokenKind::Word && a.tokens[i].case == Case::Capitalised;
    let postcode = n.tokens.len() == 1 && a.tokens[at - 1].span.len() == 5;
    capital(at) && (postcode || within || capital(at + 1) && !a.tokens[at + 1].glued && is_first_name(a, at))
}

/// Whether a number in words is a label: "world number one", « numéro deux », "day three" where nothing is counted.
fn ranked(a: &Analysis, n: &Number, counts: bool, language: &Language) -> bool {
    let at = n.tokens.start;
    let start = a.sentence(at).start;
    let plain = n.kind == NumberKind::Words && n.tokens.len() == 1 && n.scale.is_none() && n.bound.is_none();
    if !plain || at <= start || a.tokens[at - 1].kind != TokenKind::Word {
        return false;
    }
    let before = |set: &str| language.cues.get(set).before(a, at, start).is_some();
    before("rank-label") || !counts && before("part-label")
}

/// Whether figures that count nothing are part of a name, a year, or one of a pair: « Boeing 737 », « 1987 », « battus 1-3 ».
fn names_something(a: &Analysis, n: &Number, end: usize) -> bool {
    let (at, next) = (n.tokens.start, n.tokens.end);
    let sentence = a.sentence(at);
    let named = at > sentence.start && a.tokens[at - 1].kind == TokenKind::Word && {
        let case = a.tokens[at - 1].case;
        // "Standard and Merrow's 500"
        let few = n.tokens.len() == 1 && a.tokens[at].span.len() <= 3;
        let owner = few && a.text(at - 1).starts_with(crate::text::is_apostrophe) && at >= 2 && a.tokens[at - 2].case.is_capital();
        owner || (case.is_capital() && at - 1 > sentence.start) || matches!(case, Case::Upper | Case::Mixed)
    };
    let year = n.tokens.len() == 1
        && a.tokens[at].span.len() == 4
        && n.amount.written.as_whole().is_some_and(|y| (1000..=2199).contains(&y));
    // What counts nothing may also rise, « battus 1-3 », or have a stroke: « 24/7 ».
    let dash = |i: usize| mark(a, i).is_some_and(|c| is_hyphen(c) || matches!(c, '–' | '/'));
    let digits = |i: usize| a.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Digits);
    let paired = (next + 1 < end && dash(next) && a.tokens[next].glued && digits(next + 1))
        || (at >= sentence.start + 2 && a.tokens[at].glued && dash(at - 1) && digits(at - 2));
    named || year || paired
}

/// Whether two figures with a dash between them are a score: what falls or stays is no range, « 3-1 »; else a word behind says so:
/// "a 1-2 defeat".
fn score(a: &Analysis, n: &Number, language: &Language) -> bool {
    let (at, next) = (n.tokens.start, n.tokens.end);
    if n.kind != NumberKind::Digits || n.tokens.len() != 1 || n.cut.is_some() {
        return false;
    }
    let glued = |i: usize| a.tokens.get(i).is_some_and(|t| t.glued);
    let dash = |i: usize| glued(i) && glued(i + 1) && mark(a, i).is_some_and(|c| is_hyphen(c) || c == '–');
    let points = |i: usize| -> Option<u16> {
        let t = a.tokens.get(i).filter(|t| t.kind == TokenKind::Digits && t.span.len() <= 3)?;
        t.span.of(&a.doc.text).parse().ok()
    };
    let (first, second) = if dash(next) {
        (at, next + 1)
    } else if at >= 2 && dash(at - 1) {
        (at - 2, at)
    } else {
        return false;
    };
    // `01-02-03` is something else.
    if first > 0 && dash(first - 1) || dash(second + 1) {
        return false;
    }
    let (Some(x), Some(y)) = (points(first), points(second)) else { return false };
    let worded = a.tokens.get(second + 1).is_some_and(|t| !t.glued) && language.cues.get("score-noun").at(a, second + 1).is_some();
    worded || x >= y && language.numbers.unit(second + 1, |i| (i < a.tokens.len()).then(|| a.lower(i))).is_none()
}

/// Whether figures before a noun in the singular are a year: "a 2004 directive"; whatever counts two thousand is plural.
fn attributive_year(a: &Analysis, n: &Number, head: usize) -> bool {
    let year = n.is_bare()
        && n.tokens.len() == 1
        && a.tokens[n.tokens.start].span.len() == 4
        && n.amount.written.as_whole().is_some_and(|y| (1900..=2099).contains(&y));
    let nouns = || a.readings(head).iter().filter(|r| r.tag.pos() == Pos::Noun);
    year && nouns().next().is_some() && nouns().all(|r| r.tag.singular() && !r.tag.plural())
}

/// Whether figures end a name that describes a noun in the singular: "a Radio 4 presenter"; what counts four is plural.
fn ends_name(a: &Analysis, n: &Number, head: usize) -> bool {
    let before = n.tokens.start.checked_sub(1).filter(|b| *b > a.sentence(n.tokens.start).start);
    let named = before.is_some_and(|b| a.tokens[b].kind == TokenKind::Word && a.tokens[b].case.is_capital());
    let nouns = || a.readings(head).iter().filter(|r| r.tag.pos() == Pos::Noun);
    let name = a.tokens[head].case == Case::Capitalised && nouns().next().is_none();
    let single = name
        || a.tokens[head].case == Case::Upper
        || nouns().next().is_some() && nouns().all(|r| r.tag.singular() && !r.tag.plural());
    named && n.is_bare() && n.kind == NumberKind::Digits && single
}

/// Whether a number is a word of a saying, and counts nothing: « aux quatre coins de », « à deux doigts de », "zero tolerance".
fn idiom(a: &Analysis, n: &Number, language: &Language) -> bool {
    let sayings = language.cues.get("number-saying");
    let start = a.sentence(n.tokens.start).start;
    n.kind == NumberKind::Words
        && (sayings.at(a, n.tokens.start).is_some_and(|len| len >= n.tokens.len())
            || sayings.before(a, n.tokens.end, start).is_some_and(|len| len >= n.tokens.len()))
}

/// Whether a number says how many are left in a competition: "the last 16".
fn knockout(a: &Analysis, n: &Number, language: &Language) -> bool {
    let at = n.tokens.start;
    let teams = n.amount.written.as_whole().is_some_and(|t| (4..=128).contains(&t) && t & (t - 1) == 0);
    teams && n.bound.is_none() && language.cues.get("knockout").before(a, at, a.sentence(at).start).is_some()
}

/// The worth of a whole hundred.
pub(crate) const HUNDRED: Ratio = Ratio::whole(100);
