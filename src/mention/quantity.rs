//! What a number says: a share, money, a measure, an age, a length of time, or a count of something.

mod age;
mod counted;
mod label;

use std::ops::Range;

use super::number::{self, Number, NumberKind, word_in};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, Case, Counted, DurationValue, MeasureValue, Money, Quantity, Value, mark};
use crate::language::cut::is_hyphen;
use crate::language::grammar::{Class, Classes};
use crate::language::lexicon::Pos;
use crate::language::numbers::{NumberGrammar, Unit};
use crate::language::{Language, TokenKind};
use crate::mention::word::title_cased;
use age::{age, age_before};
use counted::{bare_object, counted};
use label::{address, counts_nothing, idiom, is_label, score, some_day};

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
            Unit::Money(_) if weighs(a, n, past, language) => (tokens, quantity(n, counted(a, n, end, language))),
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
    // `5G`, `11c`, `32°` of an angle: what hangs on makes it no count.
    let hangs = next < end && a.tokens[next].glued && n.kind == NumberKind::Digits;
    let letter = hangs && a.tokens[next].kind == TokenKind::Word && a.tokens[next].span.len() == 1;
    if n.cut.is_some() || letter || hangs && mark(a, next) == Some('°') {
        return None;
    }
    if n.kind == NumberKind::Fraction {
        return Some((tokens, quantity(n, None)));
    }
    if let Some(start) = age_before(a, n, language) {
        return Some((start..tokens.end, Value::Age(n.amount)));
    }
    if is_label(a, n, end, language) {
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
    if counts_nothing(a, n, &counted, end, language) {
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

fn quantity(n: &Number, counted: Option<Counted>) -> Value {
    Value::Quantity(Quantity { amount: n.amount, counted })
}

/// Whether a token joins a number and what it counts: « de », "of".
pub(crate) fn linked(a: &Analysis, i: usize, language: &Language) -> bool {
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
    // `Sh80`, `N1,500`
    let glued = at.checked_sub(1).filter(|&b| b >= start && a.tokens[at].glued && a.tokens[b].kind == TokenKind::Word);
    if let Some(code) = glued.and_then(|b| language.manifest.money_letters.get(a.text(b))) {
        return Some((at - 1, code.as_str()));
    }
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
    if let Some(code) = coin(a, n, at, end, g) {
        return Some((n.amount, Unit::Money(code), at + 1));
    }
    if let Some((len, unit)) = g.unit(at, within) {
        let short =
            matches!(unit, Unit::Measure(_)) && len == 1 && a.tokens[at].span.len() == 1 && a.tokens[at].kind == TokenKind::Word;
        // « les 3 M », « 2 a »: one letter is a unit in lower case only, and behind a number in figures.
        if short && (a.tokens[at].case.is_capital() || n.kind != NumberKind::Digits) && n.amount.is_exact() && !a.tokens[at].glued {
            return None;
        }
        if short && !cased_as_symbol(a, at, unit) || coordinate(a, at, len, unit) {
            return None;
        }
        // "22 euro cents": the coin of that money.
        if let (Unit::Money(code), Some((more, Unit::Money(coin)))) = (unit, g.unit(at + len, within))
            && is_coin(coin)
            && !is_coin(code)
        {
            let mut hundredths = n.clone();
            hundredths.times(Ratio::new(1, 100)?)?;
            return Some((hundredths.amount, unit, at + len + more));
        }
        return Some((n.amount, unit, at + len));
    }
    let (by, code) = g.scaled_unit(within(next)?)?;
    let mut scaled = n.clone();
    scaled.times(Ratio::whole(by))?;
    Some((scaled.amount, Unit::Money(code), next + 1))
}

/// The coin that one letter glued to figures stands for: "80p", "up 4c"; `1080p` and "flat 4c" are none.
fn coin<'l>(a: &Analysis, n: &Number, at: usize, end: usize, g: &'l NumberGrammar) -> Option<&'l str> {
    if at >= end {
        return None;
    }
    let lettered = n.kind == NumberKind::Digits && n.scale.is_none() && a.tokens[at].glued && a.tokens[at].case == Case::Lower;
    let code = g.coin_letters.get(a.lower(at)).filter(|_| lettered && n.amount.written < Ratio::whole(400))?;
    let before = n.tokens.start.checked_sub(1).filter(|b| *b >= a.sentence(n.tokens.start).start);
    let label = |b: usize| {
        let c = a.classes[b];
        let open = [Class::Preposition, Class::Verb, Class::Determiner, Class::Adverb, Class::Adjective, Class::Coordinator];
        (c.has(Class::Noun) || c.has(Class::Proper)) && !open.iter().any(|k| c.has(*k))
    };
    let hangs = at + 1 < end
        && a.tokens[at + 1].glued
        && (a.tokens[at + 1].kind != TokenKind::Mark || mark(a, at + 1).is_some_and(|m| m == '/'));
    (!hangs && !before.is_some_and(label)).then_some(code.as_str())
}

/// Whether one letter has the case of its symbol: "17C" are degrees and "17c" cents, « 5 g » grams and « la 5G » none.
fn cased_as_symbol(a: &Analysis, at: usize, unit: Unit) -> bool {
    let Unit::Measure(code) = unit else { return true };
    let symbol = code.chars().filter(|c| c.is_alphabetic()).collect::<Vec<_>>();
    symbol.len() != 1 || symbol[0].is_lowercase() != a.tokens[at].case.is_capital() || symbol[0] == 'L'
}

/// Whether a sign of degrees is of an angle: `32° 34' S`, `48° N`.
fn coordinate(a: &Analysis, at: usize, len: usize, unit: Unit) -> bool {
    let Some(next) = a.tokens.get(at + len).filter(|_| matches!(unit, Unit::Measure(_)) && mark(a, at) == Some('°') && len == 1)
    else {
        return false;
    };
    let point = next.case.is_capital() && next.span.len() == 1;
    next.kind == TokenKind::Digits && a.sentence(at).contains(&(at + len)) || point && next.kind == TokenKind::Word
}

/// Whether a word that is a coin and a weight is the weight, for the sentence says that something weighs so much.
fn weighs(a: &Analysis, n: &Number, past: usize, language: &Language) -> bool {
    let sentence = a.sentence(n.tokens.start);
    let from = n.tokens.start.saturating_sub(6).max(sentence.start);
    let behind = past..sentence.end.min(past + 3);
    let cues = &language.cues;
    let word = cues.get("weight-word").at(a, past - 1).is_some();
    word && (cues.get("weighing").stands_in(a, from..n.tokens.start) || cues.get("in-weight").stands_in(a, behind))
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

/// The worth of a whole hundred.
pub(crate) const HUNDRED: Ratio = Ratio::whole(100);
