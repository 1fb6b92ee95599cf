//! Whether a story introduces whom it names: by a title, a noun before the name, an apposition, a bracket after it.

use crate::analysis::{Analysis, Case, Mention, Value, mark};
use crate::document::BlockKind;
use crate::language::TokenKind;
use crate::language::grammar::Class;

/// Words between a function and the name that it leads up to, at most: « le ministre de l'Intérieur et des Cultes, … ».
const LONGEST_FUNCTION: usize = 9;

/// Words of a list entry or a label, at most: "Producer: Mason Allenby".
const LONGEST_LABEL: usize = 12;

/// Stands before a place in what is told of somebody: « Ingrid Vasseur (Eure) » says nothing against « une de leurs représentantes ».
pub(super) const FROM: char = '@';

/// Whether the tokens before a name are its title, and no verb: « …», juge Marc Perrin » is no judge.
pub(super) fn titled(a: &Analysis, title: (u32, u32)) -> bool {
    title.0 < title.1 && !ends_quotation(a, title.0 as usize)
}

/// Whether a word stands right after a quotation and its comma: a verb of saying.
fn ends_quotation(a: &Analysis, i: usize) -> bool {
    let quote = |i: usize| mark(a, i).is_some_and(|c| "»”\"".contains(c));
    i >= a.sentence(i).start + 2 && a.tokens[i].case == Case::Lower && mark(a, i - 1) == Some(',') && quote(i - 2)
}

/// Whether a name is where somebody belongs, and nobody's: "Tim Daly of Marlow Foods".
pub(super) fn belongs(a: &Analysis, start: usize) -> bool {
    let sentence = a.sentence(start).start;
    let origin = a.language(start).and_then(|l| l.cues.get("origin").before(a, start, sentence));
    origin.is_some_and(|len| person_ending(a, start - len).is_some() || says_former(a, start - len, sentence))
}

fn says_former(a: &Analysis, at: usize, start: usize) -> bool {
    a.language(at).is_some_and(|l| l.cues.get("former").before(a, at, start).is_some())
}

/// The person whose name ends before a token.
fn person_ending<'a>(a: &'a Analysis, past: usize) -> Option<&'a Mention> {
    let near = a.mentions_in(past.saturating_sub(6)..past);
    near.iter().find(|m| m.tokens.1 as usize == past && matches!(m.value, Value::Person(_)))
}

/// Whether a noun or function before a name, or an apposition or bracket right after it, says who it is.
pub(super) fn presented(a: &Analysis, name: (u32, u32)) -> bool {
    let (start, end) = (name.0 as usize, name.1 as usize);
    before(a, start, end) || after(a, end) || heads_list(a, start)
}

/// The same, but for a relative clause, which says more of whom one knows: « Martin Descombes, qui sera en dédicace ».
pub(super) fn introduced(a: &Analysis, name: (u32, u32)) -> bool {
    let (start, end) = (name.0 as usize, name.1 as usize);
    before(a, start, end) || !relative(a, end) && after(a, end) || heads_list(a, start)
}

/// Whether a relative clause stands behind a name.
fn relative(a: &Analysis, end: usize) -> bool {
    mark(a, end) == Some(',') && a.classes.get(end + 1).is_some_and(|c| c.has(Class::Relative))
}

/// The words that say who somebody is: those of the title, of the noun group before the name, of the apposition behind it.
pub(super) fn description(a: &Analysis, title: (u32, u32), name: (u32, u32)) -> Vec<String> {
    let (start, end) = (name.0 as usize, name.1 as usize);
    let from = a.sentence(start).start;
    let civil = a.language(start).is_some_and(|l| l.cues.get("civil-title").stands_in(a, title.0 as usize..title.1 as usize));
    let mut told: Vec<usize> = if civil || !titled(a, title) { Vec::new() } else { (title.0 as usize..title.1 as usize).collect() };
    if before(a, start, end) {
        let comma = usize::from(mark(a, start - 1) == Some(','));
        told.extend(group(a, start - comma, from));
    }
    let aged_behind = a.mentions_in(end..(end + 2).min(a.sentence(start).end)).iter().any(|m| matches!(m.value, Value::Age(_)));
    if after(a, end) && !relative(a, end) || aged_behind {
        told.extend((end + 1..a.sentence(start).end).take(LONGEST_FUNCTION).take_while(|&i| mark(a, i).is_none()));
    }
    // « Luc Morand, 43 ans », "Luke Morland (67)": the number tells him, and its unit nothing.
    let aged = |i: usize| a.mentions_in(i..i + 1).iter().any(|m| matches!(m.value, Value::Age(_)));
    let noun =
        |i: usize| a.classes[i].has(Class::Noun) && !a.classes[i].has(Class::Determiner) && !a.classes[i].has(Class::Preposition);
    let unit = |i: usize| i > 0 && aged(i - 1);
    let place = |i: usize| a.mentions_in(i..i + 1).iter().any(|m| matches!(m.value, Value::Place(_)));
    let firm = |i: usize| a.mentions_in(i..i + 1).iter().any(|m| matches!(m.value, Value::Organisation(_)));
    // « Odile Garnier (SNUER) »: initials alone in brackets are a party or a union.
    let initials = |i: usize| a.tokens[i].case == Case::Upper && i > 0 && mark(a, i - 1) == Some('(');
    let told_by = |i: usize| place(i) || firm(i) || initials(i) || noun(i) && !unit(i);
    let tells = |i: usize| if aged(i) { a.lower(i).starts_with(|c: char| c.is_ascii_digit()) } else { told_by(i) };
    let word = |i: usize| if place(i) { format!("{FROM}{}", a.lower(i)) } else { a.lower(i).to_owned() };
    told.into_iter().filter(|&i| tells(i)).map(word).collect()
}

/// Whether an indefinite or a possessive apposition behind a name brings somebody new in: « Agnès Fauré, sa directrice de cabinet, ».
pub(super) fn brought_in(a: &Analysis, name: (u32, u32)) -> bool {
    let end = name.1 as usize;
    let led = |i: usize| a.language(i).is_some_and(|l| l.numbers.articles.iter().any(|w| w == a.lower(i)) || says_possessive(a, i));
    mark(a, end.min(a.tokens.len() - 1)) == Some(',') && end + 1 < a.sentence(end - 1).end && led(end + 1)
}

fn says_possessive(a: &Analysis, i: usize) -> bool {
    a.language(i).is_some_and(|l| l.cues.get("possessive").at(a, i).is_some())
}

fn before(a: &Analysis, start: usize, end: usize) -> bool {
    let from = a.sentence(start).start;
    if start == from {
        return false;
    }
    let noun = |i: usize| {
        a.tokens[i].kind == TokenKind::Word
            && (a.tokens[i].case == Case::Lower || i == from)
            && a.classes[i].has(Class::Noun)
            && !a.classes[i].has(Class::Verb)
            && !a.classes[i].has(Class::Adjective)
            && !ends_quotation(a, i)
            && !dated(a, i)
    };
    // "Leeds's Gavin Hallam"
    let genitive = a.tokens[start - 1].glued && a.text(start - 1).starts_with(['\'', '’']);
    let comma = mark(a, start - 1) == Some(',');
    // « le patron du port, Marc Perrin, »; in a list of names a comma says nothing.
    let apposed = comma
        && start > from + 1
        && person_ending(a, start - 1).is_none()
        && [Class::Noun, Class::Proper].iter().any(|c| a.classes[start - 2].has(*c))
        && end < a.tokens.len()
        && matches!(mark(a, end), Some(',' | '.' | ')'));
    // « le président du port Marc Perrin », "the late Marc Perrin"; « l'allocution de Marc Perrin » presents nobody.
    let led = || {
        !a.classes[start - 1].has(Class::Preposition)
            && !a.classes[start - 1].has(Class::Determiner)
            && says_function(a, start, from)
    };
    noun(start - 1) || genitive || says_former(a, start, from) || apposed && function(a, start - 1, from) || !comma && led()
}

/// Whether a function stands in the noun group that ends before a token.
fn says_function(a: &Analysis, past: usize, from: usize) -> bool {
    group(a, past, from).any(|i| a.language(i).is_some_and(|l| l.cues.get("function").at(a, i).is_some()))
}

/// Whether the words that end before a token are a noun group with a function in it: « le ministre wallon des Finances ».
fn function(a: &Analysis, past: usize, from: usize) -> bool {
    let common = |i: usize| {
        a.classes[i].has(Class::Noun) && i > from && a.classes[i - 1].has(Class::Determiner) && a.tokens[i].case == Case::Lower
    };
    says_function(a, past, from) || group(a, past, from).any(common)
}

/// The tokens of the noun group that ends before a token, with the groups that hang on it, the last first.
fn group<'a>(a: &'a Analysis, past: usize, from: usize) -> impl Iterator<Item = usize> + use<'a> {
    let least = from.max(past.saturating_sub(LONGEST_FUNCTION));
    let links = |i: usize| {
        [Class::Noun, Class::Proper, Class::Adjective, Class::Determiner, Class::Preposition, Class::Coordinator]
            .iter()
            .any(|k| a.classes[i].has(*k))
    };
    (least..past).rev().take_while(move |&i| a.tokens[i].kind == TokenKind::Word && links(i))
}

fn after(a: &Analysis, end: usize) -> bool {
    let Some(next) = a.tokens.get(end) else { return false };
    if next.sentence != a.tokens[end - 1].sentence {
        return false;
    }
    let noun = |i: usize| i < a.tokens.len() && a.classes[i].has(Class::Noun) && !dated(a, i);
    let governs = |i: usize| i < a.tokens.len() && a.classes[i].has(Class::Preposition);
    // "Peter Morland's side", "Ann Hallam's firm"
    if a.is_clitic(end) && a.language(end).is_some_and(|l| l.cues.get("led-noun").at(a, end + 1).is_some()) {
        return true;
    }
    match mark(a, end) {
        Some('(') => true,
        Some(',') if end + 1 < a.tokens.len() => {
            let c = a.classes[end + 1];
            let aged = a.mentions_in(end + 1..end + 2).iter().any(|m| matches!(m.value, Value::Age(_)));
            // « …, présidente d'une ONG », "…, legal counsel for"
            // One is no plural: « assure Luc Morand, clichés à l'appui ».
            let one = |i: usize| noun(i) && !a.readings(i).iter().all(|r| r.tag.plural() && !r.tag.singular());
            let bare = one(end + 1) && governs(end + 2) || one(end + 2) && c.has(Class::Adjective) && governs(end + 3);
            let belongs = c.has(Class::Preposition) && affiliated(a, end + 2);
            c.has(Class::Determiner) && closes(a, end + 1)
                || c.has(Class::Relative) && !c.has(Class::Preposition)
                || aged
                || bare
                || belongs
        }
        // "Tim Daly of Marlow Foods"
        None => {
            a.language(end).is_some_and(|l| l.cues.get("origin").at(a, end) == Some(1))
                && a.tokens.get(end + 1).is_some_and(|t| t.case.is_capital() && t.kind == TokenKind::Word)
        }
        _ => false,
    }
}

/// Whether an organisation is named there: « Odile Garnier, de *l'Union* des cadres ».
fn affiliated(a: &Analysis, from: usize) -> bool {
    let near = a.mentions_in(from..(from + 2).min(a.tokens.len()));
    near.iter().any(|m| matches!(m.value, Value::Organisation(_)) && m.tokens.0 as usize <= from + 1)
}

/// Whether what begins behind a comma is no clause of its own: « Luc Morand, le maire, », but « Selon Luc Morand, la saison est sauvée ».
/// A verb of a relative clause says more of whom it stands beside.
fn closes(a: &Analysis, from: usize) -> bool {
    let end = a.sentence(from).end;
    let part = (from..end).take_while(|&i| !mark(a, i).is_some_and(|c| ",.;)»”".contains(c)));
    let acts = |i: usize| a.classes[i].has(Class::Verb) && !a.classes[i].has(Class::Noun) && !a.classes[i].has(Class::Adjective);
    part.into_iter().take_while(|&i| !a.classes[i].has(Class::Relative)).all(|i| !acts(i))
}

fn dated(a: &Analysis, i: usize) -> bool {
    let calendar = a.mentions_in(i..i + 1);
    let day = |m: &Mention| matches!(m.value, Value::Date(_) | Value::Weekday(_) | Value::Time(_) | Value::Period(_));
    // « mardi *matin* »
    let part = || i > a.sentence(i).start && a.mentions_in(i - 1..i).iter().any(|m| matches!(m.value, Value::Weekday(_)));
    calendar.iter().any(day) || part()
}

/// Whether a name is one of several that a plural noun introduces: "Defenders Danny Gable and Gareth Rook".
fn heads_list(a: &Analysis, start: usize) -> bool {
    let mut at = start;
    let from = a.sentence(start).start;
    while at > from {
        let joined = mark(a, at - 1) == Some(',') || a.classes[at - 1].has(Class::Coordinator);
        match person_ending(a, at - 1).filter(|_| joined) {
            Some(m) => at = m.tokens.0 as usize,
            None => break,
        }
    }
    let plural = |i: usize| a.readings(i).iter().any(|r| r.tag.plural()) && a.classes[i].has(Class::Noun);
    at < start && at > from && plural(at - 1)
}

/// Whether a name stands beside another in a list, or in a label or a line of credit, where no sentence speaks of anybody.
pub(super) fn listed(a: &Analysis, name: (u32, u32)) -> bool {
    let (start, end) = (name.0 as usize, name.1 as usize);
    let sentence = a.sentence(start);
    let cell = matches!(a.kind(start), BlockKind::ListItem | BlockKind::TableCell);
    let verb = a.clauses[a.clause(sentence.start)..=a.clause(sentence.end - 1)].iter().any(|c| c.verb.is_some());
    let joins = |i: usize| mark(a, i) == Some(',') || a.classes[i].has(Class::Coordinator);
    let left = start > sentence.start && joins(start - 1) && person_ending(a, start - 1).is_some();
    let starts = |i: usize| a.mentions_in(i..i + 1).iter().any(|m| matches!(m.value, Value::Person(_)));
    let right = end + 1 < sentence.end && joins(end) && starts(end + 1);
    // "Ann Hallam reported from Leeds."
    let signs = start == sentence.start
        && sentence.len() <= LONGEST_LABEL
        && a.language(start).is_some_and(|l| l.cues.get("contribution").at(a, end).is_some());
    // "Producer: Mason Allenby"
    let label = || start > sentence.start && mark(a, start - 1) == Some(':') && !verb && sentence.len() <= LONGEST_LABEL;
    cell || left || right || signs || label()
}
