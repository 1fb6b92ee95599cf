//! Names as runs of words: where one begins and ends, and what stands before it.

use std::ops::Range;

use super::run::{Run, Shape};
use super::word::{
    among_capitals, common, common_anywhere, ends_item, hangs_common, initial, is_capital, is_first_name, title_cased,
};
use super::{organisation, place};
use crate::analysis::{Analysis, Case, Token, mark};
use crate::language::grammar::{Class, Classes};
use crate::language::lexicon::Pos;
use crate::language::{Language, TokenKind};
use crate::syntax::begins;

/// The name that begins at a token of the sentence that ends before `end`.
pub(crate) fn run(a: &Analysis, at: usize, end: usize, language: &Language) -> Option<Run> {
    if a.tokens[at].kind != TokenKind::Word || !(a.tokens[at].case.is_capital() || a.tokens[at].opens.name) {
        return None;
    }
    let titled = |tokens: Range<usize>, shape| Some(Run { tokens, title: at..at, civil: false, given: 0, shape });
    if let Some((past, shape)) = organisation::group(a, at, end, language) {
        return titled(at..past, shape);
    }
    let capital = |i: usize| i < end && is_capital(a, i);
    if let Some(name) = particle_first(a, at, end, language) {
        return Some(name);
    }
    // "the April IMF meetings"
    let month = |i: usize| language.calendar.capitalised && language.calendar.month(a.lower(i)).is_some();
    if month(at) && at + 1 < end && a.tokens[at + 1].case == Case::Upper && !title_cased(a, at) {
        return None;
    }
    if !capital(at) || !opens(a, at, end, language) || leads(a, at, end, language).is_some() || opens_saying(a, at, end, language) {
        return None;
    }
    if let Some(past) = place::linked(a, at, end, language) {
        return titled(at..past, Shape::Open);
    }
    if let Some(mut past) = organisation::known(a, at, language) {
        // "Google France"; but "Microsoft's Bill Gates".
        while capital(past)
            && continues(a, at, past, end, language)
            && !(is_first_name(a, past) && capital(past + 1))
            && language.grammar.closed(a.lower(past)).is_none()
        {
            past += 1;
        }
        let shape = if organisation::shape(a, at..past, language) == Shape::Thing { Shape::Thing } else { Shape::Organisation };
        return titled(at..past, shape);
    }
    let cues = &language.cues;
    let (mut title, civil) = title_before(a, at, language);
    // "the Lord Chancellor", "Lord Justice Merrow": the words of the title are one office.
    let longer = |set: &str| cues.get(set).at(a, title.start).is_some_and(|len| title.start + len > at);
    if civil && (longer("function") || longer("civil-title")) {
        return None;
    }
    let particle =
        |i: usize| i < end && a.tokens[i].kind == TokenKind::Word && !capital(i) && cues.get("particle").at(a, i).is_some();
    let foreign = |i: usize| particle(i) && language.grammar.closed(a.lower(i)).is_none();
    let capital_particle = |i: usize| capital(i) && cues.get("particle").at(a, i).is_some();
    let person = civil || is_first_name(a, at) || initial(a, at);
    let mut past = at + 1;
    loop {
        let dot = past < end && mark(a, past) == Some('.') && a.tokens[past].glued;
        // « Malcolm X. Besides »: the full stop may end the sentence.
        let more = |i: usize| capital(i) && (past == at + 1 || language.grammar.closed(a.lower(i)).is_none());
        if dot && initial(a, past - 1) && more(past + 1) || capital(past) && continues(a, at, past, end, language) {
            past += 1;
        } else if past == at + 1 && particle(past) && capital_particle(past + 1) && capital(past + 2) && !common(a, at, language) {
            // « Ludovine de La Rochère »
            past += 3;
        } else if past == at + 1 && !title.is_empty() && foreign(past) && capital(past + 1) && !common(a, at, language) {
            // "striker Zorvan van Merrow"
            past += 2;
        } else if past == at + 1 && foreign(past) && particle(past + 1) && capital(past + 2) && !common(a, at, language) {
            // "Zorvan van der Merrow"
            past += 3;
        } else if person && particle(past) && past - at <= 3 && past - at == given(a, at..past) {
            // « Marie de Dupont »; but « Emmanuel Macron de Paris » ends before the particle.
            let next = if particle(past + 1) { past + 2 } else { past + 1 };
            if !capital(next) {
                break;
            }
            past = next + 1;
        } else if person && past > at + 1 && surname_goes_on(a, at, past, end, language) {
            // « Geoffroy Roux de Bézieux »
            past += 2;
        } else if let Some(next) = organisation::link(a, at, past, end, language) {
            past = next;
        } else {
            break;
        }
    }
    let tokens = at..past;
    let mut shape = organisation::shape(a, tokens.clone(), language);
    if !civil && of_several(a, &title, past, language) {
        // "It stars Anna Hallam", "producers Merrow Hall"
        let verb = language.lexicon.readings(a.lower(title.end - 1)).any(|(_, tag)| tag.is_finite());
        if !verb && shape == Shape::Open && !place::named(a, tokens.clone()) {
            shape = Shape::Organisation;
        }
        title = at..at;
    }
    // "Mr Garrick" gives a surname, though it is a first name too; "Sir Alex" gives none.
    let surname = civil && tokens.len() == 1 && !cues.get("first-name-title").stands_in(a, title.clone());
    let given = if surname { 0 } else { given(a, tokens.clone()) };
    Some(Run { given, tokens, title, civil, shape })
}

/// Whether a name of several words that everybody knows begins at a token where a day or a number could.
pub(crate) fn is_well_known(a: &Analysis, at: usize, language: &Language) -> bool {
    let t = a.tokens[at];
    if t.case != Case::Capitalised || !(t.opens.date || t.opens.number) {
        return false;
    }
    let len = ["organisation", "no-name"].iter().find_map(|set| language.cues.get(set).at(a, at)).filter(|len| *len > 1);
    len.is_some_and(|len| (at + 1..at + len).all(|i| a.tokens[i].case.is_capital()))
}

/// Whether a number in words is part of a name: "the Three Gorges"; where every word has a capital, it may count.
pub(crate) fn is_named_number(a: &Analysis, at: usize, end: usize) -> bool {
    let t = a.tokens[at];
    let next = (at + 1 < end).then(|| a.tokens[at + 1]);
    let named = |t: Token| t.kind == TokenKind::Word && t.case == Case::Capitalised && !t.glued;
    // "while Five's share fell", "a day with Five": alone it counts nothing.
    let owns = at + 1 < end && a.is_clitic(at + 1) && a.text(at + 1).len() > 1;
    let governed = || at > a.sentence(at).start && a.classes[at - 1].has(Class::Preposition);
    let ends = [Class::Coordinator, Class::Preposition];
    let closed = || at + 1 >= end || mark(a, at + 1).is_some() || ends.iter().any(|c| a.classes[at + 1].has(*c));
    t.opens.number
        && t.case == Case::Capitalised
        && (next.is_some_and(named) || owns || governed() && closed())
        && !begins(a, at)
        && !title_cased(a, at)
}

/// « M. de Brissac »: a surname whose particle stands right after the civil title.
fn particle_first(a: &Analysis, at: usize, end: usize, language: &Language) -> Option<Run> {
    let links = |i: usize| !language.grammar.head_first && language.cues.get("name-link").at(a, i).is_some();
    let particle = |i: usize| !is_capital(a, i) && language.cues.get("particle").at(a, i).is_some() && !links(i);
    if !particle(at) {
        return None;
    }
    let (title, true) = title_before(a, at, language) else { return None };
    // « le père d'Ismaël »
    if language.cues.get("kin").stands_in(a, title.clone()) {
        return None;
    }
    let mut name = at + 1;
    while name < end && particle(name) {
        name += 1;
    }
    let past = (name..end).find(|&i| !is_capital(a, i)).unwrap_or(end);
    (past > name).then_some(Run { tokens: at..past, title, civil: true, given: 0, shape: Shape::Open })
}

/// Words that a name has at most: a line in capitals is none.
const LONGEST_NAME: usize = 24;

/// Whether a capitalised word goes on with the run that began at `at`.
fn continues(a: &Analysis, at: usize, i: usize, end: usize, language: &Language) -> bool {
    if i - at >= LONGEST_NAME {
        return false;
    }
    if hangs_common(a, i, language) {
        return false;
    }
    let lower = a.lower(i);
    // "in Kathmandu April 24", "in Osaka Saturday"
    let calendar = &language.calendar;
    if (calendar.month(lower).is_some() || calendar.weekday(lower).is_some()) && place::named(a, at..i) {
        return false;
    }
    // « l'Élysée », "Keane's": a mark or a clitic parts names.
    if a.tokens[i].glued && (mark(a, i - 1).is_some_and(|c| c != '.') || language.manifest.clitics.iter().any(|c| c == lower)) {
        return false;
    }
    // « la députée de Paris LREM Anne Morel »
    if matches!(a.tokens[i].case, Case::Upper | Case::Mixed)
        && place::named(a, at..i)
        && organisation::known(a, i, language).is_some()
    {
        return false;
    }
    // « Anne L'Hermitte »
    let elided = i == at + 1 && a.tokens[i].case == Case::Initial && lower.ends_with('\'') && is_first_name(a, at);
    if elided && i + 1 < end && is_capital(a, i + 1) && a.tokens[i + 1].glued {
        return true;
    }
    // "Elizabeth A. Burton"
    let dot = i + 1 < end && mark(a, i + 1) == Some('.') && a.tokens[i + 1].glued;
    if initial(a, i) && dot && i + 2 < end && is_capital(a, i + 2) && is_first_name(a, at) && !is_first_name(a, i + 2) {
        return true;
    }
    if language.grammar.closed(lower).is_some() {
        // « Anne Morel Le gouvernement » is the end of a question and the answer.
        let more = i + 1 < end && is_capital(a, i + 1) && !common(a, i + 1, language);
        let particle = language.cues.get("particle").at(a, i).is_some() && more || i == at + 1;
        return a.tokens[i].case == Case::Capitalised && particle;
    }
    // « Anne Morel Clairement, oui »: the answer begins behind the name.
    let answers = |(_, tag): (_, crate::language::lexicon::Tag)| matches!(tag.pos(), Pos::Adverb | Pos::Interjection);
    let mut readings = language.lexicon.readings(lower);
    let headed = language.grammar.head_first && language.cues.get("organisation-head").at(a, i).is_some();
    if i > at + 1 && headed && is_first_name(a, at) && !place::named(a, at..at + 1) && a.tokens[i].case == Case::Capitalised {
        return false;
    }
    if i > at + 1
        && is_first_name(a, at)
        && a.tokens[i].case == Case::Capitalised
        && readings.next().is_some_and(answers)
        && readings.all(answers)
    {
        return false;
    }
    if i > at + 1 && language.cues.get("post-nominal").at(a, i).is_some() && a.tokens[i].case != Case::Capitalised {
        return false;
    }
    // "Labour MP Jane Smith": a function parts the names around it.
    if leads(a, i, end, language).is_some() && a.tokens[i].case != Case::Initial {
        return false;
    }
    // « le préfet de Paris Michel Martin », « le sénateur LR Marc Morin »: what is before the first name is no part of it.
    let more = i + 1 < end && is_capital(a, i + 1) && !a.tokens[i + 1].glued;
    // « LR Marc Morin », but « PIERRE VAN DER BRUGGE »
    let acronym = |j: usize| a.tokens[j].case == Case::Upper && a.tokens[i].case != Case::Upper;
    let other = |j: usize| acronym(j) || common(a, j, language) && !is_first_name(a, j);
    let placed = || {
        let governed = at > a.sentence(at).start && a.classes[at - 1].has(Class::Preposition);
        let place = place::named(a, at..i) && (!is_first_name(a, at) || governed && place::country(a, at, &mut String::new()));
        place && !is_first_name(a, i + 1)
    };
    !(more && is_first_name(a, i) && ((at..i).all(other) || placed()))
}

/// Whether a surname has a second part behind a particle, which is neither a place nor a firm nor a word: « Roux de Bézieux ».
fn surname_goes_on(a: &Analysis, at: usize, past: usize, end: usize, language: &Language) -> bool {
    let next = past + 1;
    language.grammar.head_first
        && past == at + given(a, at..past) + 1
        && next < end
        && a.tokens[past].kind == TokenKind::Word
        && a.tokens[past].case == Case::Lower
        && language.cues.get("particle").at(a, past) == Some(1)
        && language.cues.get("name-link").at(a, past).is_some()
        && a.tokens[next].kind == TokenKind::Word
        && a.tokens[next].case == Case::Capitalised
        && !common(a, next, language)
        && !is_first_name(a, next)
        && organisation::known(a, next, language).is_none()
        && !place::named(a, next..next + 1)
        && !(next + 1 < end && is_capital(a, next + 1))
}

/// The words of a title or function with a capital that lead up to a name: "Prime Minister" before "Jane Smith".
fn leads(a: &Analysis, at: usize, end: usize, language: &Language) -> Option<usize> {
    // A title before a title before a title is a list.
    leads_within(a, at, end.min(at + LONGEST_NAME), language)
}

fn leads_within(a: &Analysis, at: usize, end: usize, language: &Language) -> Option<usize> {
    let cues = &language.cues;
    let civil = cues.get("civil-title").at(a, at);
    let len = civil.or_else(|| cues.get("function").at(a, at))?;
    let mut next = at + len;
    if mark(a, next.min(a.tokens.len() - 1)) == Some('.') {
        next += 1;
    }
    if next >= end || !is_capital(a, next) || a.tokens[next].glued && mark(a, next - 1) != Some('.') {
        return None;
    }
    if civil.is_some() {
        return Some(next);
    }
    // "General Motors" is no general.
    let name = !common(a, next, language) || is_first_name(a, next) || leads_within(a, next, end, language).is_some();
    name.then_some(next)
}

/// Whether a first name that is a verb of saying too opens a sentence whose quotation it leads up to: "Said Kelton: “…”".
fn opens_saying(a: &Analysis, at: usize, end: usize, language: &Language) -> bool {
    let saying = |i: usize| language.cues.get("saying").at(a, i).is_some();
    if !begins(a, at) || !is_first_name(a, at) || !saying(at) {
        return false;
    }
    let quotes = |i: usize| mark(a, i).is_some_and(|c| c == ':' || language.manifest.quotes.iter().any(|q| q.0 == c));
    (at + 1..end).find(|&i| quotes(i)).is_some_and(|colon| !(at + 1..colon).any(saying))
}

/// Whether a capitalised word may open a name.
fn opens(a: &Analysis, at: usize, end: usize, language: &Language) -> bool {
    let lower = a.lower(at);
    let followed = at + 1 < end && is_capital(a, at + 1) && !a.tokens[at + 1].glued;
    // The second letter of "AT&T" begins no name.
    let joined = at > 0 && a.tokens[at].glued && mark(a, at - 1) == Some('&');
    if a.tokens[at].case == Case::Initial && (joined || !initial(a, at)) {
        return false;
    }
    if place::capital_preposition(a, at, language) || hangs_common(a, at, language) {
        return false;
    }
    // "Russian Zorvan Kelbin", but "Russian Orthodox Church": where no word behind the demonym is a common one, they are a name.
    let named = |i: usize| {
        i < end && is_capital(a, i) && a.tokens[i].case == Case::Capitalised && !a.tokens[i].glued && !common_anywhere(a, i)
    };
    if followed
        && !language.grammar.head_first
        && language.cues.get("demonym").at(a, at) == Some(1)
        && named(at + 1)
        && named(at + 2)
        && organisation::known(a, at, language).is_none()
        && organisation::known(a, at + 1, language).is_none()
        && !place::longer(a, at + 1, end)
    {
        return false;
    }
    if a.tokens[at].case == Case::Initial && !(mark(a, at + 1) == Some('.') && a.tokens[at + 1].glued) {
        // "J Walter Thompson"; "M Vaughan, J Anderson, G Batty"
        // In a list of teams even a name that is a word, or an initial that is one, is a name: "S Jones, A Jones".
        // "A B Merrow"
        let last = (at + 1..end.min(at + 4)).find(|&i| a.tokens[i].case != Case::Initial).unwrap_or(at + 1);
        let first = at == a.sentence(at).start && a.tokens.get(last + 2).is_some_and(|t| t.case == Case::Initial);
        let item = at > 0 && matches!(mark(a, at - 1), Some(',' | ';')) || first && mark(a, last + 1) == Some(',');
        let listed = || {
            (item || language.grammar.closed(lower).is_none() && !common(a, last, language))
                && a.tokens[last].case != Case::Upper
                && ends_item(a, last + 1)
        };
        return followed && (!begins(a, at) && is_first_name(a, at + 1) || listed());
    }
    if acronym_of_place(a, at) {
        return true;
    }
    let closed = language.grammar.closed(lower).is_some();
    if begins(a, at) || title_cased(a, at) {
        // A capital that the place of the word accounts for says nothing.
        if closed {
            return false;
        }
        let longer = || {
            followed
                && (place::longer(a, at, end)
                    || organisation::known(a, at, language).is_some()
                    || organisation::headed(a, at, end, language))
        };
        return !common(a, at, language)
            || language.cues.get("household-name").at(a, at) == Some(1) && !title_cased(a, at)
            || (followed && is_first_name(a, at))
            || a.tokens[at].case == Case::Upper && a.text(at).len() <= 6
            || mark(a, at.saturating_sub(1)) == Some('(') && place::named(a, at..at + 1)
            || longer();
    }
    !closed || (followed && a.tokens[at].case != Case::Lower)
}

/// Whether a word in capitals is how a country is called for short, though in small letters it is another word: "the US".
fn acronym_of_place(a: &Analysis, at: usize) -> bool {
    a.tokens[at].case == Case::Upper && !among_capitals(a, at) && place::country(a, at, &mut String::new())
}

/// What a word is that acts, and is no noun.
const VERBAL: Classes = Classes(Classes::of(Class::Verb).0 | Classes::of(Class::Infinitive).0);

/// How many tokens at the start of a run are first names, initials and their full stops; the last word is never one.
fn given(a: &Analysis, run: Range<usize>) -> usize {
    let mut n = 0;
    for i in run.start..run.end.saturating_sub(1) {
        if is_first_name(a, i) || initial(a, i) || (i > run.start && mark(a, i) == Some('.')) {
            n += 1;
        } else {
            break;
        }
    }
    if n == 0 && run.len() == 1 && is_first_name(a, run.start) { 1 } else { n }
}

/// The civil title or function right before a token, with the functions before it: "Chief Executive".
fn title_before(a: &Analysis, at: usize, language: &Language) -> (Range<usize>, bool) {
    let cues = &language.cues;
    let start = a.sentence(at).start;
    let mut i = at;
    if i > start && mark(a, i - 1) == Some('.') && a.tokens[i - 1].glued {
        i -= 1;
    }
    // "might miss Merrow": no title where the small word is a verb.
    let acts = |i: usize| a.tokens[i].case == Case::Lower && a.classes[i].within(VERBAL);
    // "DR Congo": nor where only that is in capitals.
    let shouted = |t: usize| i == at && a.tokens[t].case == Case::Upper && a.tokens[at].case == Case::Capitalised;
    if let Some(len) = cues.get("civil-title").before(a, i, start).filter(|len| !acts(i - len) && !shouted(i - len)) {
        return (i - len..at, true);
    }
    let mut from = at;
    // "It stars Anna Hallam": there it is a verb.
    let noun = |i: usize| {
        let c = a.classes[i];
        c != Classes::of(Class::Verb) && (language.grammar.head_first || c.has(Class::Noun) || !c.has(Class::PresentParticiple))
    };
    // "the Merrow Stars captain Anna Hallam": what has a capital before what has none is no function.
    let small = |i: usize| a.tokens[i].case == Case::Lower;
    let named = |from: usize| from < at && a.tokens[from - 1].case == Case::Capitalised && small(from) && !begins(a, from - 1);
    let function = cues.get("function");
    while let Some(len) = function.before(a, from, start).filter(|_| at - from < LONGEST_NAME && noun(from - 1) && !named(from)) {
        from -= len;
    }
    let adverbs = (start..from).rev().take_while(|&i| a.classes[i].within(Classes::of(Class::Adverb))).count();
    // "She will also star Anna Hallam", "was to star her"
    let leads = |c: Classes| c.has(Class::Modal) || c.has(Class::Marker) && a.classes[from].has(Class::Infinitive);
    if from < at && from > start + adverbs && leads(a.classes[from - 1 - adverbs]) {
        return (at..at, false);
    }
    // « son délégué *général* »: there it is an adjective.
    let adjective = |i: usize| language.lexicon.readings(a.lower(i)).any(|(_, tag)| tag.pos() == Pos::Adjective);
    if from < at
        && from > start
        && language.grammar.head_first
        && adjective(from)
        && a.classes[from - 1].0 == Classes::of(Class::Noun).0
    {
        from -= 1;
    }
    (from..at, false)
}

/// Whether a function in the plural leads up to one name alone: "publishers Merrow Hall" are a firm.
fn of_several(a: &Analysis, title: &Range<usize>, past: usize, language: &Language) -> bool {
    let Some(last) = title.clone().last().filter(|&i| language.cues.get("function").at(a, i) == Some(1)) else { return false };
    let nouns = || language.lexicon.readings(a.lower(last)).filter(|(_, tag)| tag.pos() == Pos::Noun);
    let plural = nouns().next().is_some() && nouns().all(|(_, tag)| tag.plural() && !tag.singular());
    // "strikers Paul Hallam of Leeds and Jack Garrick"
    let near = past..(past + 6).min(a.sentence(last).end);
    let joins = |i: usize| a.classes[i].has(Class::Coordinator) || mark(a, i) == Some('&');
    let capital = |i: usize| a.tokens.get(i).is_some_and(|t| t.case.is_capital());
    let acts = |i: usize| a.classes.get(i).is_some_and(|c| c.has(Class::Verb) || c.has(Class::Auxiliary));
    let goes_on = near.clone().any(|i| joins(i) && (capital(i + 1) || capital(i + 2)))
        || near.start < near.end && matches!(mark(a, past), Some(',' | '(' | '/')) && !acts(past + 1);
    plural && !goes_on
}

/// Whether a function leads up to a name: « le ministre de l'Intérieur, Gérald … ».
pub(crate) fn function_leads(a: &Analysis, at: usize, language: &Language) -> bool {
    let start = a.sentence(at).start.max(at.saturating_sub(9));
    let function = language.cues.get("function");
    if at <= start || mark(a, at - 1) != Some(',') {
        return false;
    }
    for i in (start..at - 1).rev() {
        if function.at(a, i).is_some() {
            return true;
        }
        let c = a.classes[i];
        let links = [Class::Noun, Class::Proper, Class::Adjective, Class::Determiner, Class::Preposition, Class::Coordinator]
            .iter()
            .any(|k| c.has(*k));
        if !links || c.has(Class::Verb) && !c.has(Class::Noun) {
            return false;
        }
    }
    false
}
