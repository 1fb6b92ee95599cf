//! Numbers in words: the composition of units, tens, hundreds, scales, ranks, fractions and decimals.

use super::{Number, NumberKind};
use crate::analysis::{Analysis, TokenKind};
use crate::language::numbers::{NumberGrammar, NumberWord};
use crate::mention::{Amount, Ratio};

/// One word between hyphens.
struct Part<'t> {
    token: usize,
    text: &'t str,
    /// Where it ends in its token, in bytes.
    to: usize,
    /// Whether it is the last of its token.
    closes: bool,
}

/// The parts of number words from a token on: a token's words between hyphens, each with its token.
struct Parts<'t> {
    list: Vec<Part<'t>>,
    end: usize,
}

/// No number has more words.
const LONGEST: usize = 24;

impl<'t> Parts<'t> {
    fn from(a: &'t Analysis, at: usize, end: usize) -> Parts<'t> {
        let end = end.min(at + LONGEST);
        let mut list = Vec::new();
        for token in at..end {
            if a.tokens[token].kind != TokenKind::Word {
                break;
            }
            let lower = a.lower(token);
            let mut to = 0;
            for text in lower.split('-') {
                to += text.len();
                list.push(Part { token, text, to, closes: to == lower.len() });
                to += 1;
            }
        }
        Parts { list, end }
    }

    fn text(&self, p: usize) -> Option<&'t str> {
        self.list.get(p).map(|part| part.text)
    }

    /// What `look` finds for two parts joined by a hyphen, else for one, and how many parts that took.
    fn look<T>(&self, p: usize, look: impl Fn(&str) -> Option<T>) -> Option<(T, usize)> {
        let part = self.list.get(p)?;
        if let Some(next) = self.list.get(p + 1) {
            let mut both = String::with_capacity(part.text.len() + next.text.len() + 1);
            both.push_str(part.text);
            both.push('-');
            both.push_str(next.text);
            if let Some(found) = look(&both) {
                return Some((found, 2));
            }
        }
        look(part.text).map(|found| (found, 1))
    }

    fn word(&self, g: &NumberGrammar, p: usize) -> Option<(NumberWord, usize)> {
        self.look(p, |w| g.word(w))
    }

    /// The number of words of a link between a part and its whole that stand at a part: « de », "of a".
    fn link(&self, g: &NumberGrammar, p: usize) -> usize {
        let is = |list: &[String], p: usize| self.text(p).is_some_and(|t| list.iter().any(|w| w == t));
        let link = usize::from(is(&g.links, p));
        link + usize::from(is(&g.articles, p + link))
    }
}

/// A cardinal or a rank in words.
struct Cardinal {
    value: i128,
    /// One past the last part.
    end: usize,
    /// It ends in a rank; whether that has the plural's ending.
    rank: Option<bool>,
    /// The least scale that it has, for « un million et demi ».
    last_scale: i128,
}

/// Composes units, tens, hundreds and scales from part `p` on.
fn cardinal(parts: &Parts, g: &NumberGrammar, mut p: usize) -> Option<Cardinal> {
    let mut c = Cardinal { value: 0, end: p, rank: None, last_scale: i128::MAX };
    let (mut total, mut current, mut room): (i128, Option<i128>, (i128, i128)) = (0, None, (0, 0));
    loop {
        let rank = parts.look(p, |w| g.rank(w));
        let part = parts.word(g, p).filter(|(w, _)| !matches!(w, NumberWord::Decimal | NumberWord::Fraction(..)));
        // « dix-neuvième » is a rank, and not ten before a ninth.
        let (word, len, rank) = match (part, rank) {
            (Some((w, len)), Some((_, longer))) if len >= longer => (w, len, None),
            (_, Some(((w, plural), len))) => (w, len, Some(plural)),
            (Some((w, len)), None) => (w, len, None),
            (None, None) => break,
        };
        match word {
            NumberWord::Unit(v) => match current {
                None => (current, room) = (Some(v), (0, 0)),
                // « trente secondes » is half a minute and no rank.
                Some(n) if v >= room.0 && v <= room.1 && v > 0 && !(v == 2 && rank == Some(true)) => {
                    (current, room) = (Some(n + v), (0, 0))
                }
                // "twenty eighteen"
                Some(n @ 13..=20) if g.year_pairs && total == 0 && (10..=19).contains(&v) && rank.is_none() => {
                    (current, room) = (Some(n * 100 + v), (0, 0))
                }
                Some(_) => break,
            },
            NumberWord::Ten { is, adds } => match current {
                None => (current, room) = (Some(is), adds),
                Some(n) if room == (1, 99) => (current, room) = (Some(n + is), adds),
                // "nineteen eighty-four"
                Some(n @ 13..=20) if g.year_pairs && total == 0 && rank.is_none() => (current, room) = (Some(n * 100 + is), adds),
                Some(_) => break,
            },
            NumberWord::Hundred => match current {
                None => (current, room) = (Some(100), (1, 99)),
                Some(n) if n >= 1 && n <= g.hundreds_up_to => (current, room) = (Some(n.checked_mul(100)?), (1, 99)),
                Some(_) => break,
            },
            NumberWord::Scale(s) => {
                if s >= c.last_scale || (current.is_none() && total > 0 && s > 1000) {
                    break;
                }
                total = total.checked_add(current.unwrap_or(1).checked_mul(s)?)?;
                (current, room, c.last_scale) = (None, (0, 0), s);
            }
            _ => {
                // « vingt et un », "two hundred and three", "two hundred and third"
                let next = parts.word(g, p + len).map(|(w, _)| w);
                let rank = || parts.look(p + len, |w| g.rank(w)).filter(|((_, plural), _)| !plural).map(|((w, _), _)| w);
                let joins = match next.filter(|w| matches!(w, NumberWord::Unit(_) | NumberWord::Ten { .. })).or_else(rank) {
                    Some(NumberWord::Unit(v)) => match current {
                        Some(_) => v > 0 && v >= room.0 && v <= room.1,
                        None => total > 0,
                    },
                    Some(NumberWord::Ten { .. }) => room == (1, 99) || (current.is_none() && total > 0),
                    _ => false,
                };
                // « vingt et trois cinquièmes » is twenty and a fraction.
                if !joins || fraction(parts, g, p + len).is_some() {
                    break;
                }
                p += len;
                continue;
            }
        }
        p += len;
        c.end = p;
        c.rank = rank;
        if rank.is_some() {
            break;
        }
    }
    c.value = total.checked_add(current.unwrap_or(0))?;
    (c.end > 0 && (current.is_some() || total > 0)).then_some(c)
}

/// A fraction from part `p` on, and one past its last part: « demi », « un quart », "three fifths".
fn fraction(parts: &Parts, g: &NumberGrammar, p: usize) -> Option<(Ratio, usize)> {
    if let Some((NumberWord::Fraction(n, d), len)) = parts.word(g, p) {
        return Some((Ratio::new(n, d)?, p + len));
    }
    let article = parts.text(p).is_some_and(|t| g.articles.iter().any(|w| w == t));
    let (count, mut end) = match parts.word(g, p) {
        _ if article => (1, p + 1),
        Some((NumberWord::Unit(v @ 1..), len)) => (v, p + len),
        Some((NumberWord::Ten { is, .. }, len)) => (is, p + len),
        _ => return None,
    };
    if let Some((NumberWord::Unit(v @ 1..=9), len)) = parts.word(g, end).filter(|_| count >= 20) {
        let whole = parts.word(g, end + len).is_some() || parts.look(end + len, |w| g.rank(w)).is_some();
        if whole {
            return denominator(parts, g, end + len, count + v);
        }
    }
    if let Some((NumberWord::Fraction(n, d), len)) = parts.word(g, end) {
        end += len;
        return Some((Ratio::new(n.checked_mul(count)?, d)?, end));
    }
    denominator(parts, g, end, count)
}

/// The denominator that is a rank: plural after any number, singular after one.
fn denominator(parts: &Parts, g: &NumberGrammar, p: usize, count: i128) -> Option<(Ratio, usize)> {
    let c = cardinal(parts, g, p)?;
    let plural = c.rank?;
    // "a hundredth part" is one; "one hundred twenty-fifth" is a rank.
    let counts = c.end > p + 1 && matches!(parts.word(g, p), Some((NumberWord::Hundred | NumberWord::Scale(_), _)));
    // « un quatrième » is no quarter: that has a word of its own.
    let own = !plural && g.names_part(c.value);
    (c.value > 2 && (plural || count == 1) && !counts && !own).then_some(())?;
    Some((Ratio::new(count, c.value)?, c.end))
}

/// The decimals after « virgule », "point": digit by digit, or as one number.
fn decimals(parts: &Parts, g: &NumberGrammar, mut p: usize) -> Option<(Ratio, Ratio, usize)> {
    let (mut value, mut places) = (0i128, 0);
    while let Some((NumberWord::Unit(v @ 0..=9), len)) = parts.word(g, p) {
        (value, places, p) = (value.checked_mul(10)?.checked_add(v)?, places + 1, p + len);
    }
    if places <= 1 && value == 0 || places == 0 {
        let c = cardinal(parts, g, p).filter(|c| c.rank.is_none() && (10..100).contains(&c.value))?;
        (value, places, p) = (c.value, places + 2, c.end);
    }
    let worth = Ratio::power_of_ten(-places)?;
    Some((Ratio::whole(value).mul(worth)?, worth, p))
}

/// Reads the number in words that begins at token `at`.
pub(super) fn read(a: &Analysis, at: usize, end: usize, g: &NumberGrammar) -> Option<Number> {
    let first = a.lower(at);
    // Most words are no number words: settle that before anything is allocated.
    let head = first.split('-').next().unwrap_or(first);
    let listed = |list: &[String]| list.iter().any(|w| w == first);
    let article = listed(&g.articles);
    let before = article || listed(&g.plurals) || listed(&g.vague) || listed(&g.negatives);
    if !before && !g.begins(head) && !g.begins(first) {
        return roman(a, at, g);
    }
    if listed(&g.negatives) {
        return negative(a, at, end, g);
    }
    let n = spelled(a, at, end, g, first, article, before)?;
    Some(share(a, &n, end, g).unwrap_or(n))
}

/// « trois sur quatre », "one in five": a part of a small whole.
pub(super) fn share(a: &Analysis, n: &Number, end: usize, g: &NumberGrammar) -> Option<Number> {
    let of = n.tokens.end;
    let sentence = a.sentence(n.tokens.start);
    let (len, ()) = g.shares.at(of, |i| (sentence.contains(&i) && i < end).then(|| a.lower(i)))?;
    let at = of + len;
    if at >= end || n.cut.is_some() || !matches!(n.kind, NumberKind::Digits | NumberKind::Words | NumberKind::Article) {
        return None;
    }
    let whole = match a.tokens[at].kind {
        TokenKind::Digits => super::digits::alone(a, at, end, g)?,
        TokenKind::Word if g.begins(a.lower(at).split('-').next()?) => spelled(a, at, end, g, a.lower(at), false, false)?,
        _ => return None,
    };
    let (part, of) = (n.amount.written.as_whole()?, whole.amount.written.as_whole()?);
    let year = (1000..=2199).contains(&of) && of % 100 != 0;
    let idiom = part >= 1
        && of > part
        && (of <= 10 || (part == 1 && of % 5 == 0 && !year) || (part == 1 && whole.kind == NumberKind::Words));
    let unit = g.unit(whole.tokens.end, |i| (sentence.contains(&i) && i < end).then(|| a.lower(i))).is_some();
    if !idiom || unit || whole.cut.is_some() || !matches!(whole.kind, NumberKind::Digits | NumberKind::Words) {
        return None;
    }
    let amount = Amount::exact(Ratio::new(part, of)?, Ratio::new(1, of)?);
    Some(Number::new(n.tokens.start..whole.tokens.end, amount, NumberKind::Fraction))
}

/// A number that is spelled out, with its fraction, decimals and scales.
fn spelled(a: &Analysis, at: usize, end: usize, g: &NumberGrammar, first: &str, article: bool, before: bool) -> Option<Number> {
    let parts = Parts::from(a, at, end);
    if let Some(n) = collective(&parts, at, g) {
        return Some(n);
    }
    let counts = |p: usize| matches!(parts.word(g, p), Some((NumberWord::Hundred | NumberWord::Scale(_), _)));
    if let Some((value, past)) = fraction(&parts, g, 0)
        && rank_is_part(a, &parts, g, past, value)
        && (past > 1 || lone_part(a, &parts, g, at, value))
    {
        let part = Ratio::new(1, value.denominator())?;
        return scaled(&parts, g, past, at, Amount::exact(value, part), NumberKind::Fraction);
    }
    // "a hundred", "a million"
    let from = usize::from(article && g.word(first).is_none());
    // "an hour and a half"
    if from == 1 && !counts(1) && at + 1 < end {
        let timed = g.durations.at(at + 1, |i| (i < end).then(|| a.lower(i))).map(|(len, _)| at + 1 + len);
        let half = timed.is_some_and(|past| trailing_part(a, past, end, g).is_some());
        return half.then(|| Number::new(at..at + 1, Amount::whole(1), NumberKind::Words));
    }
    if (from == 1 && !counts(1)) || (before && !article) {
        return None;
    }
    let c = cardinal(&parts, g, from)?;
    if let Some(plural) = c.rank {
        // « les premiers » ranks as « le premier » does; « cinquièmes » alone is no number.
        let lone = c.value == 1;
        return (!plural || lone).then(|| finish(&parts, c.end, at, Amount::whole(c.value), NumberKind::Ordinal)).flatten();
    }
    let mut amount = Amount::exact(Ratio::whole(c.value), Ratio::ONE);
    let kind = if c.end == 1 && article { NumberKind::Article } else { NumberKind::Words };
    match parts.word(g, c.end) {
        Some((NumberWord::Decimal, len)) => {
            if let Some((more, worth, past)) = decimals(&parts, g, c.end + len) {
                amount = Amount::exact(amount.written.add(more)?, worth);
                return scaled(&parts, g, past, at, amount, NumberKind::Words);
            }
        }
        // « un million et demi », "two and a half million", « vingt et trois cinquièmes »
        Some((NumberWord::Join, len)) => {
            if let Some((part, past)) = fraction(&parts, g, c.end + len) {
                let scale = if c.last_scale == i128::MAX || c.value % c.last_scale != 0 { 1 } else { c.last_scale };
                // "one billion and three quarters million": the part has a scale of its own.
                let link = parts.link(g, past);
                if scale > 1
                    && let Some((by, false)) = parts.text(past + link).and_then(|t| g.scale(t))
                {
                    let written = amount.written.add(part.mul(Ratio::whole(by))?)?;
                    return finish(
                        &parts,
                        past + link + 1,
                        at,
                        Amount::exact(written, Ratio::new(by, part.denominator())?),
                        NumberKind::Words,
                    );
                }
                let worth = Ratio::new(scale, part.denominator())?;
                amount = Amount::exact(amount.written.add(part.mul(Ratio::whole(scale))?)?, worth);
                return scaled(&parts, g, past, at, amount, NumberKind::Words);
            }
        }
        _ => {}
    }
    // « trois douzaines », "two dozen"
    let (mut p, mut value, mut blurred) = (c.end, Ratio::whole(c.value), false);
    while let Some(by) = parts.text(p).and_then(|t| g.collective(t)) {
        value = value.mul(Ratio::whole(by))?;
        (p, blurred) = (p + 1, true);
        let link = parts.link(g, p);
        if link > 0 && parts.text(p + link).is_some_and(|t| g.collective(t).is_some()) {
            p += link;
        }
    }
    let mut n = finish(
        &parts,
        p,
        at,
        Amount::exact(value, if blurred { value } else { Ratio::ONE }),
        if blurred { NumberKind::Collective } else { kind },
    )?;
    if blurred {
        n.blur()?;
    }
    Some(n)
}

/// Whether « moitié », "half", « demi » alone is a part of something: "half the town", « moitié des voix », « demi-million ».
fn lone_part(a: &Analysis, parts: &Parts, g: &NumberGrammar, at: usize, value: Ratio) -> bool {
    use crate::language::grammar::Class;
    let ranked =
        at > a.sentence(at).start && (g.rank(a.lower(at - 1)).is_some() || a.text(at - 1).ends_with(|c: char| c.is_ascii_digit()));
    if ranked {
        return false;
    }
    let link = parts.link(g, 1);
    let hangs = !parts.list[0].closes;
    let scale = parts.text(1 + link).is_some_and(|t| g.scale(t).is_some());
    let whole = link > 0 || a.classes.get(at + 1).is_some_and(|c| at + 1 < parts.end && c.has(Class::Determiner));
    hangs || scale || (value.denominator() == 2 && whole)
}

/// Whether what was read as a fraction is one: « un cinquième joueur » is the fifth of them.
fn rank_is_part(a: &Analysis, parts: &Parts, g: &NumberGrammar, past: usize, value: Ratio) -> bool {
    use crate::language::grammar::Class;
    let named = matches!(parts.word(g, past - 1), Some((NumberWord::Fraction(..), _)));
    if named || value.numerator() != 1 {
        return true;
    }
    let Some(last) = parts.list.get(past - 1) else { return false };
    match a.classes.get(last.token + 1) {
        Some(c) if last.token + 1 < parts.end => !(c.has(Class::Noun) || c.has(Class::Adjective)),
        _ => true,
    }
}

/// The number with the scales that follow: "half *a million*", « trois quarts *de million* », « une demi-*douzaine* ».
fn scaled(parts: &Parts, g: &NumberGrammar, past: usize, at: usize, amount: Amount, kind: NumberKind) -> Option<Number> {
    let mut n = Number::new(at..at + 1, amount, kind);
    let (mut p, mut blurred) = (past, false);
    loop {
        let link = if p == past { parts.link(g, p) } else { 0 };
        let Some((by, blurs)) = parts.text(p + link).and_then(|t| g.scale(t)) else { break };
        n.times(Ratio::whole(by))?;
        blurred |= blurs;
        p += link + 1;
    }
    if blurred {
        n.blur()?;
    }
    if p > past && n.kind == NumberKind::Fraction {
        n.kind = if blurred { NumberKind::Collective } else { NumberKind::Words };
    }
    let scale = (p > past).then(|| parts.list.get(past).map(|f| f.token)).flatten();
    let read = finish(parts, p, at, n.amount, n.kind).or_else(|| finish(parts, past, at, amount, kind))?;
    Some(Number { scale: scale.map(|s| s..read.tokens.end).filter(|s| !s.is_empty()), ..read })
}

/// The number that took `taken` parts; where that cuts a token in two, the rest must be words that hang on by a hyphen.
fn finish(parts: &Parts, taken: usize, at: usize, amount: Amount, kind: NumberKind) -> Option<Number> {
    let last = parts.list.get(taken.checked_sub(1)?)?;
    let mut n = Number::new(at..last.token + 1, amount, kind);
    n.cut = (!last.closes).then_some(last.to);
    Some(n)
}

/// « et demi », "and a half" from token `at` on, and one past its last token.
pub(in crate::mention) fn trailing_part(a: &Analysis, at: usize, end: usize, g: &NumberGrammar) -> Option<(Ratio, usize)> {
    if at >= end || a.tokens[at].kind != TokenKind::Word || g.word(a.lower(at)) != Some(NumberWord::Join) {
        return None;
    }
    let parts = Parts::from(a, at, end);
    let (value, past) = fraction(&parts, g, 1)?;
    let last = parts.list.get(past - 1)?;
    last.closes.then_some((value, last.token + 1))
}

/// « moins dix », "minus ten", "minus 10".
fn negative(a: &Analysis, at: usize, end: usize, g: &NumberGrammar) -> Option<Number> {
    if at + 1 >= end
        || (at > 0
            && a.sentence(at).contains(&(at - 1))
            && a.tokens[at - 1].kind != TokenKind::Mark
            && !g.before_negatives.iter().any(|w| w == a.lower(at - 1)))
    {
        return None;
    }
    let mut n = match a.tokens[at + 1].kind {
        TokenKind::Digits => super::digits::read(a, at + 1, end, g)?,
        TokenKind::Word if g.begins(a.lower(at + 1).split('-').next()?) => read(a, at + 1, end, g)?,
        _ => return None,
    };
    if matches!(n.kind, NumberKind::Ordinal | NumberKind::Article | NumberKind::Collective) {
        return None;
    }
    n.times(Ratio::whole(-1))?;
    n.tokens.start = at;
    Some(n)
}

/// « une quinzaine », « des milliers », « plusieurs dizaines de milliers », "several hundred".
fn collective(parts: &Parts, at: usize, g: &NumberGrammar) -> Option<Number> {
    let first = parts.text(0)?;
    let listed = |list: &[String]| list.iter().any(|w| w == first);
    let (plural, vague, article) = (listed(&g.plurals), listed(&g.vague), listed(&g.articles));
    let from = usize::from(plural || vague || article);
    let text = parts.text(from)?;
    let some = |value: Ratio| Amount { written: value, low: value.add(value), high: None, precision: value };
    let (mut value, mut p) = if let Some(&c) = g.collective_plurals.get(text) {
        (some(Ratio::whole(c)), from + 1)
    } else if vague && let Some((c, _)) = g.scale(text) {
        (some(Ratio::whole(c)), from + 1)
    } else if article && let Some(&c) = g.collectives.get(text) {
        let mut one = Number::new(at..at, Amount::exact(Ratio::whole(c), Ratio::whole(c)), NumberKind::Collective);
        one.blur()?;
        (one.amount, from + 1)
    } else {
        return None;
    };
    // « des dizaines de milliers », « une dizaine de millions »
    loop {
        let link = parts.link(g, p);
        let Some((by, _)) = parts.text(p + link).and_then(|t| g.scale(t)) else { break };
        let mut n = Number::new(at..at, value, NumberKind::Collective);
        n.times(Ratio::whole(by))?;
        (value, p) = (n.amount, p + link + 1);
    }
    finish(parts, p, at, value, NumberKind::Collective)
}

/// « XIXe »: Roman figures with the letters of a rank.
fn roman(a: &Analysis, at: usize, g: &NumberGrammar) -> Option<Number> {
    let text = a.text(at);
    if !text.starts_with(['I', 'V', 'X', 'L', 'C', 'D', 'M']) {
        return None;
    }
    let len = text.bytes().take_while(|b| b"IVXLCDM".contains(b)).count();
    let (figures, letters) = text.split_at(len);
    if letters.is_empty() || !g.ordinal_suffixes.iter().any(|s| s == letters) || !(len >= 2 || "IVX".contains(figures)) {
        return None;
    }
    let value = roman_value(figures)?;
    Some(Number::new(at..at + 1, Amount::whole(value), NumberKind::Ordinal))
}

/// The value of Roman figures in their one proper form.
pub(in crate::mention) fn roman_value(figures: &str) -> Option<i128> {
    const SIGNS: [(&str, i128); 13] = [
        ("M", 1000),
        ("CM", 900),
        ("D", 500),
        ("CD", 400),
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ];
    let (mut rest, mut value, mut from) = (figures, 0, 0);
    while !rest.is_empty() {
        let (i, &(sign, worth)) = SIGNS.iter().enumerate().skip(from).find(|(_, (sign, _))| rest.starts_with(sign))?;
        let most = if matches!(worth, 1000 | 100 | 10 | 1) { 3 } else { 1 };
        let mut times = 0;
        while let Some(r) = rest.strip_prefix(sign) {
            (rest, value, times) = (r, value + worth, times + 1);
        }
        if times > most {
            return None;
        }
        from = i + 1;
    }
    Some(value)
}
