//! What the readers of dates share: the sentence that is read, and small judgements on days and years.

use std::ops::Range;

use jiff::civil::Date;

use crate::analysis::{Analysis, Case, Value};
use crate::language::grammar::Class;
use crate::language::numbers::NumberGrammar;
use crate::language::{Calendar, TokenKind};
use crate::mention::number::Known;
use crate::mention::word::title_cased;

/// A date, weekday or time that was read, with its tokens.
pub(crate) type Reading = (Range<usize>, Value);

pub(super) struct Reader<'r, 'a> {
    pub(super) a: &'r Analysis<'a>,
    pub(super) cal: &'r Calendar,
    pub(super) numbers: &'r NumberGrammar,
    pub(super) end: usize,
    pub(super) known: &'r Known,
}

/// Whether four figures are the year of the noun behind them, where the noun stands last: "the *2006* finals", "this famous *1979*
/// series", "*2003* Grand Slam winners". Thousands have a mark between, and people are counted.
pub(crate) fn dates_what_follows(a: &Analysis, at: usize) -> bool {
    let (sentence, noun) = (a.sentence(at), at + 1);
    let Some(language) = a.language(at).filter(|l| !l.grammar.head_first) else { return false };
    if !is_year(a, at) || noun >= sentence.end || a.tokens[noun].kind != TokenKind::Word || a.tokens[noun].glued {
        return false;
    }
    let definite = |i: usize| language.grammar.definite.iter().any(|w| w == a.lower(i));
    let adjective = |i: usize| a.tokens[i].case == Case::Lower && a.classes[i].has(Class::Adjective);
    let led = at > sentence.start && (definite(at - 1) || at > sentence.start + 1 && adjective(at - 1) && definite(at - 2));
    let small = a.tokens[noun].case == Case::Lower && a.classes[noun].has(Class::Noun);
    // "1999 Merrow Road"
    let capital = |i: &usize| a.tokens[*i].case.is_capital() && a.tokens[*i].kind == TokenKind::Word;
    let street = || (noun..sentence.end).take(4).take_while(capital).any(|i| language.cues.get("street-noun").at(a, i).is_some());
    let name = a.tokens[noun].case.is_capital()
        && !street()
        && language.cues.get("demonym").at(a, noun).is_none()
        && !title_cased(a, noun);
    let people = || language.lexicon.readings(a.lower(noun)).any(|(lemma, _)| language.grammar.ids.participants.contains(&lemma));
    (small && led || name) && !people()
}

/// Whether four figures alone may be a year of these times.
pub(super) fn is_year(a: &Analysis, at: usize) -> bool {
    let t = a.tokens[at];
    t.kind == TokenKind::Digits && t.span.len() == 4 && a.text(at).parse().is_ok_and(|y: u16| (1900..=2099).contains(&y))
}

/// The day of that month and day that is nearest to another.
pub(crate) fn nearest(to: Date, month: i8, day: i8) -> Option<Date> {
    [-1, 0, 1].into_iter().filter_map(|d| Date::new(to.year() + d, month, day).ok()).min_by_key(|d| (*d - to).get_days().abs())
}
