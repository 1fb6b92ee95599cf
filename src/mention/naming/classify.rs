//! What one run of words names, by its words and those around it.

use std::collections::HashSet;

use crate::analysis::{Analysis, Case, ChunkKind, PlaceRole, mark};
use crate::language::cut::{is_hyphen, opens_quotation};
use crate::language::grammar::{Class, Classes};
use crate::language::lexicon::Pos;
use crate::language::places::PlaceId;
use crate::language::{Language, TokenKind};
use crate::mention::run::{Run, Shape};
use crate::mention::{name, organisation, place, word};
use crate::syntax::begins;

/// An acronym has so many letters at most where nothing else tells it from a name in capitals.
const ACRONYM: usize = 4;

/// What a run names.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Person,
    Place(Vec<(PlaceId, bool)>),
    Organisation,
    None,
}

/// What a run names; `located` is the end of the locative place before it, `last` that of the place before it.
pub(super) fn classify(
    a: &Analysis,
    run: &Run,
    surnames: &HashSet<&str>,
    ages: &[usize],
    located: Option<usize>,
    last: Option<(usize, &[(PlaceId, bool)])>,
    scratch: &mut String,
) -> Kind {
    let t = run.tokens.clone();
    let Some(language) = a.language(t.start) else { return Kind::None };
    let cues = &language.cues;
    if run.civil {
        return Kind::Person;
    }
    // "the left-back Simon Bridge"
    let titled =
        || !run.title.is_empty() && !place::strict(a, t.start, language) && cues.get("surname-head").at(a, t.end - 1).is_some();
    if run.shape != Shape::Open && run.given > 0 && run.given + 1 == t.len() && (surnames.contains(a.lower(t.end - 1)) || titled())
    {
        return Kind::Person;
    }
    match run.shape {
        Shape::Thing => return Kind::None,
        Shape::Organisation if cues.get("organisation").at(a, t.start) != Some(t.len()) => return Kind::Organisation,
        _ => {}
    }
    // "King Kong"
    let whole = run.title.start..t.end;
    let fictional = !run.title.is_empty() && cues.get("no-name").at(a, whole.start) == Some(whole.len());
    if fictional || run.title.is_empty() && is_thing(a, run, language) || cues.get("no-name").at(a, t.start) == Some(t.len()) {
        return Kind::None;
    }
    // "all payments in US dollars"
    let word = |i: usize| (i < a.sentence(t.start).end).then(|| a.lower(i));
    if language.numbers.currencies.at(t.start, word).is_some_and(|(len, _)| len > t.len()) {
        return Kind::None;
    }
    // "Deutsche Merrow", « Banca Merrow »
    if run.shape == Shape::Open && run.title.is_empty() && t.len() > 1 && cues.get("firm-opener").at(a, t.start).is_some() {
        return Kind::Organisation;
    }
    // "market leader Merrow"
    let start = a.sentence(t.start).start;
    let leads = || cues.get("organisation-noun").before(a, t.start, start).is_some_and(|len| len > run.title.len());
    if !run.title.is_empty() && leads() {
        return Kind::Organisation;
    }
    let one = t.len() == 1;
    // "analyst WebSideStory"
    let camel = |i: usize| a.tokens[i].case == Case::Mixed && is_brand(a.text(i));
    if run.shape == Shape::Open && (one && !run.title.is_empty() || t.len() > 1) && camel(t.end - 1) {
        return Kind::Organisation;
    }
    let mut candidates = place::candidates(a, t.clone(), scratch);
    // « le CHU » is no town of Viet Nam; « gare du Nord » no department.
    let capitals =
        one && a.tokens[t.start].case == Case::Upper && !word::title_cased(a, t.start) && !word::among_capitals(a, t.start);
    if capitals && a.text(t.start).chars().count() <= ACRONYM && !place::great(&candidates)
        || place::of_station(a, t.start, &candidates, language)
    {
        candidates.clear();
    }
    if cues.get("demonym").at(a, t.start) == Some(t.len()) && (!place::great(&candidates) || of_a_person(a, t.start)) {
        return Kind::None;
    }
    let contained = last.is_some_and(|(end, inner)| place::beside(a, end, t.start) && place::holds(&candidates, inner));
    if !candidates.is_empty() && (contained || is_place(a, run, &candidates, located, language, scratch)) {
        return Kind::Place(candidates);
    }
    if run.shape == Shape::Organisation {
        return Kind::Organisation;
    }
    // "Carib Indians" are a people; "John French" is somebody.
    let people = !one && run.title.is_empty() && cues.get("demonym").at(a, t.end - 1) == Some(1);
    if people && !word::is_first_name(a, t.start) && a.tokens[t.start].case == Case::Capitalised {
        return Kind::None;
    }
    if run.given > 0 && !one {
        return named(a, run, language, scratch);
    }
    if one { alone(a, run, ages, language) } else { several(a, run, language, scratch) }
}

/// Whether the words around a name without a title make it that of a building, a work, or a thing called after somebody.
fn is_thing(a: &Analysis, run: &Run, language: &Language) -> bool {
    let t = &run.tokens;
    let (cues, sentence) = (&language.cues, a.sentence(t.start));
    let behind = a.tokens.get(t.end).filter(|_| t.end < sentence.end);
    let capital = |i: usize| i < sentence.end && a.tokens[i].case == Case::Capitalised;
    // "Marlow Boys' School", "St James' Park"
    let owns = behind.is_some() && a.is_clitic(t.end);
    let heads = |i: usize| ["organisation-head", "thing-head"].iter().any(|set| cues.get(set).at(a, i).is_some());
    if owns && capital(t.end + 1) && heads(t.end + 1) {
        return true;
    }
    // People take no figures: "Casio QV-10".
    let figures = t.clone().any(|i| a.text(i).contains(|c: char| c.is_ascii_digit()));
    if run.shape == Shape::Open && t.len() > 1 && figures {
        return true;
    }
    if t.start == sentence.start {
        return false;
    }
    // "Liquid Crystal Display (LCD)": the short name tells that a word before belongs to it.
    let letters = |i: usize| a.lower(i).chars().next();
    let short = || {
        let (at, first) = (t.end + 1, t.start - 1);
        let initials = letters(first).into_iter().chain(t.clone().filter_map(letters));
        mark(a, t.end) == Some('(')
            && a.tokens[at].case == Case::Upper
            && a.tokens[first].case == Case::Capitalised
            && a.lower(at).chars().eq(initials)
    };
    if run.shape == Shape::Open && t.end + 1 < sentence.end && short() {
        return true;
    }
    // "the role of Anna Merrow", "MP for Merrow Nant": a character, a seat.
    let before_set = |set: &str| cues.get(set).before(a, t.start, sentence.start).is_some();
    if is_work(a, run, language) || before_set("role-phrase") || before_set("seat-phrase") && !place::named(a, t.clone()) {
        return true;
    }
    // "a cast of Merrow Wood: The Last Winter": the title of a work.
    let colon = mark(a, t.end.min(a.tokens.len() - 1)) == Some(':') && behind.is_some_and(|x| x.glued) && capital(t.end + 1);
    if colon && !begins(a, t.start) && !place::named(a, t.clone()) {
        return true;
    }
    // "Strictly Come Dancing": the adverb with a capital opens a longer name.
    let before = t.start - 1;
    let adverb = capital(before) && a.classes[before].within(Classes::of(Class::Adverb)) && !a.tokens[t.start].glued;
    if adverb && !begins(a, before) && !word::title_cased(a, t.start) {
        return true;
    }
    let small = behind.filter(|x| x.case == Case::Lower && !x.glued).is_some();
    // "the Sinclair Merrow" is none, "a Paul Hallam header" is his; in "A C Hallam" an initial is no article.
    let initial = a.tokens[before].case == Case::Initial && !begins(a, before);
    let quoted = behind.is_some() && mark(a, t.end).is_some_and(opens_quotation);
    let describes = small && a.classes[t.end].has(Class::Noun) || quoted;
    let article = cues.get("article").at(a, before).is_some() && !initial && !describes;
    if run.shape == Shape::Open && t.len() > 1 && run.given > 0 && article {
        return true;
    }
    // "the George V stadium"
    let led = a.classes[before].has(Class::Determiner) || a.tokens[before].case.is_capital();
    let stadium = small && cues.get("thing-head").at(a, t.end).is_some() && cues.get("led-noun").at(a, t.end).is_none();
    t.len() > 1 && !language.grammar.head_first && led && stadium
}

/// Whether the words around a name without a title say that it is a work or a character: "Bizet's opera Carmen", "the main
/// character, Anna Merrow", "Anna Merrow, a story about a boy".
pub(super) fn is_work(a: &Analysis, run: &Run, language: &Language) -> bool {
    let t = &run.tokens;
    let (cues, sentence) = (&language.cues, a.sentence(t.start));
    if run.shape != Shape::Open {
        return false;
    }
    let told = |set: &str, past: usize| cues.get(set).before(a, past, sentence.start).is_some();
    let acts = t.end < sentence.end && a.classes[t.end].has(Class::Verb);
    t.start > sentence.start
        && (told("work-noun", t.start) && !acts || mark(a, t.start - 1) == Some(',') && told("character-noun", t.start - 1))
        || apposed(a, t.end, language).is_some_and(|i| cues.get("work-noun").at(a, i).is_some())
}

/// Whether capitals inside a word are those of a brand: "WebSideStory", "Merrow-LCI"; in "McEwen-King" and "XVIIIe" they are not.
fn is_brand(word: &str) -> bool {
    word.split(is_hyphen).any(|part| {
        let capitals = part.chars().filter(|c| c.is_uppercase()).count();
        let inner = part.chars().zip(part.chars().skip(1)).any(|(x, y)| x.is_lowercase() && y.is_uppercase());
        capitals > 2 && (inner || part.len() < word.len() && part.chars().all(char::is_uppercase))
    })
}

/// Whether one of the places that bear a name is meant.
fn is_place(
    a: &Analysis,
    run: &Run,
    candidates: &[(PlaceId, bool)],
    located: Option<usize>,
    language: &Language,
    scratch: &mut String,
) -> bool {
    let t = run.tokens.clone();
    let one = t.len() == 1;
    // « Saint-Grégoire (Ille-et-Vilaine) »
    if place::container_behind(a, t.end, candidates, scratch) {
        return true;
    }
    if place::part_of_name(a, t.clone(), language) {
        return false;
    }
    let follows =
        located.is_some_and(|end| place::joined(a, end, t.start) || place::listed(a, end, &t) && !commonly(a, run, language));
    let locative = place::role(a, t.clone(), language).0 == PlaceRole::Locative || follows;
    let known = place::known_anywhere(candidates);
    let doubtful = run.shape == Shape::Organisation
        || one
            && !place::lends_article(a, t.start, candidates)
            && !place::great(candidates)
            && (word::is_first_name(a, t.start) || word::common(a, t.start, language));
    let strict = place::strict(a, t.start, language) || place::announced(a, t.start, language);
    // « dans le Tarn », « dans les Landes »: a common word would have no capital.
    let region = || place::region(candidates) && a.classes[t.start - 1].has(Class::Determiner);
    let believed = match (locative, known) {
        (true, _) if doubtful => strict && place::town(candidates) || one && t.start > 0 && region(),
        (true, false) => strict || follows,
        (true, true) => true,
        (false, known) => known && !doubtful,
    };
    // "in Santa Monica"
    let whole = strict && candidates[0].1 && place::town(candidates);
    believed && (whole || !(run.given > 0 && !one && !place::great(candidates)))
}

/// What several words name that begin with a first name and are no place.
fn named(a: &Analysis, run: &Run, language: &Language, scratch: &mut String) -> Kind {
    let t = run.tokens.clone();
    // « les éditions Paul Hallam », "the products group James Merrow", "the Arthur Hallam consultancy"
    let firm = || {
        let before = if language.grammar.head_first || place::country(a, t.start, &mut String::new()) {
            of_trade(a, t.start, language)
        } else {
            firm_before(a, t.start, language)
        };
        before || is_firm_behind(a, run, language)
    };
    if run.title.is_empty() && firm() {
        return Kind::Organisation;
    }
    // « France métropolitaine » with a capital too many
    let adjective = |i: usize| language.lexicon.readings(a.lower(i)).any(|(_, tag)| tag.pos() == Pos::Adjective);
    let governed = t.start > a.sentence(t.start).start
        && [Class::Preposition, Class::Determiner].iter().any(|c| a.classes[t.start - 1].has(*c));
    let land = governed && place::country(a, t.start, scratch) && (t.start + 1..t.end).all(adjective);
    // "Asia Aid"
    let continent = run.title.is_empty() && place::continent(a, t.start) && word::common(a, t.end - 1, language);
    if land || continent { Kind::None } else { Kind::Person }
}

/// Whether the noun of a firm stands right before a name, and is not what somebody leads: "the head of the Leeds agency Anna Merrow".
fn firm_before(a: &Analysis, at: usize, language: &Language) -> bool {
    let start = a.sentence(at).start;
    if at <= start
        || a.tokens[at - 1].case != Case::Lower && !begins(a, at - 1)
        || language.cues.get("firm-noun").before(a, at, start).is_none()
    {
        return false;
    }
    let grouped = |i: &usize| {
        let c = a.classes[*i];
        a.tokens[*i].kind == TokenKind::Word && !c.has(Class::Preposition) && !c.has(Class::Verb) && !c.has(Class::Coordinator)
    };
    let group = (start..at).rev().take_while(grouped).last().unwrap_or(at);
    group == start || !language.numbers.links.iter().any(|w| w == a.lower(group - 1))
}

/// The noun that says what a name is behind its comma: "Merrow, a *story* about a boy", « Morel, un *roman* de 2010 ».
fn apposed(a: &Analysis, past: usize, language: &Language) -> Option<usize> {
    let end = a.sentence(past.checked_sub(1)?).end;
    if past + 2 >= end || mark(a, past) != Some(',') || !language.numbers.articles.iter().any(|w| w == a.lower(past + 1)) {
        return None;
    }
    let small = |i: &usize| a.tokens[*i].kind == TokenKind::Word && a.tokens[*i].case == Case::Lower && !a.tokens[*i].glued;
    let grouped = |i: &usize| small(i) && (a.classes[*i].has(Class::Noun) || a.classes[*i].has(Class::Adjective));
    let group = (past + 2..end).take_while(grouped);
    if language.grammar.head_first { group.into_iter().find(|&i| a.classes[i].has(Class::Noun)) } else { group.last() }
}

/// Whether an article before a name and a noun behind it make it a firm: "the Arthur Hallam consultancy", "Hallam, a firm of builders".
pub(super) fn is_firm_behind(a: &Analysis, run: &Run, language: &Language) -> bool {
    let t = &run.tokens;
    let firm = |i: usize| language.cues.get("firm-noun").at(a, i).is_some();
    let sentence = a.sentence(t.start);
    let led = t.start > sentence.start && language.cues.get("article").at(a, t.start - 1).is_some();
    let behind = t.end < sentence.end && a.tokens[t.end].case == Case::Lower && !a.tokens[t.end].glued;
    // "the Anna Merrow couture label"
    let noun = |i: usize| {
        a.tokens[i].case == Case::Lower
            && !a.tokens[i].glued
            && (a.classes[i].has(Class::Noun) || a.classes[i].has(Class::Adjective))
    };
    let named = || firm(t.end) || t.end + 1 < sentence.end && noun(t.end) && firm(t.end + 1);
    led && behind && named() || apposed(a, t.end, language).is_some_and(firm)
}

/// Whether the noun of a firm stands right before a name: « les éditions Hallam », "the products group Merrow Hallamby".
pub(super) fn of_trade(a: &Analysis, at: usize, language: &Language) -> bool {
    let start = a.sentence(at).start;
    // "a group known as Merrow Hallam"
    let called = language.cues.get("called").before(a, at, start).unwrap_or(0);
    language.cues.get("organisation-noun").before(a, at - called, start).is_some()
}

/// Whether the article before a word that names a country and its people alike is the people's: « le Suisse », « les Suisses »;
/// but « la Suisse », « en Suisse ».
fn of_a_person(a: &Analysis, at: usize) -> bool {
    at > a.sentence(at).start
        && a.classes[at - 1].has(Class::Determiner)
        && !a.readings(at - 1).iter().any(|r| r.tag.feminine())
        && !a.lower(at - 1).ends_with('\'')
}

/// Whether a name is as often a first name or a common word.
fn commonly(a: &Analysis, run: &Run, language: &Language) -> bool {
    let at = run.tokens.start;
    run.given > 0 || word::is_first_name(a, at) || run.tokens.len() == 1 && word::common(a, at, language)
}

/// What one word names that is no place.
fn alone(a: &Analysis, run: &Run, ages: &[usize], language: &Language) -> Kind {
    let at = run.tokens.start;
    let cues = &language.cues;
    if organisation::acronym(a, at, language) {
        // "IT bosses", « LE DESSIN DE LA SEMAINE »
        return if word::among_capitals(a, at) { Kind::None } else { Kind::Organisation };
    }
    if a.tokens[at].case == Case::Upper || a.tokens[at].case == Case::Initial {
        return Kind::None;
    }
    // "Deputy Health Minister": a word of the function.
    if !run.title.is_empty() && cues.get("function").at(a, at + 1).is_some() && word::common(a, at, language) {
        return Kind::None;
    }
    // « le député Insoumis Alexis Morel »
    let next = a.tokens.get(at + 1).filter(|x| !x.glued && x.sentence == a.tokens[at].sentence);
    if !run.title.is_empty() && next.is_some() && word::is_first_name(a, at + 1) && !word::is_first_name(a, at) {
        return Kind::None;
    }
    if !run.title.is_empty() || cues.get("household-name").at(a, at) == Some(1) {
        return Kind::Person;
    }
    if mark(a, at + 1) == Some(',') && ages.binary_search(&(at + 2)).is_ok() {
        return Kind::Person;
    }
    let start = a.sentence(at).start;
    let common = word::common(a, at, language);
    if of_trade(a, at, language) {
        return Kind::Organisation;
    }
    if common || word::title_cased(a, at) {
        return Kind::None;
    }
    let article = at > start && a.classes[at - 1].has(Class::Determiner) && a.tokens[at - 1].kind == TokenKind::Word;
    if article {
        // « l'Udinese »: people take no article.
        return if says(a, at) { Kind::Organisation } else { Kind::None };
    }
    // « le gitan de Massy » is from there.
    let from = || {
        let found = place::candidates(a, at..at + 1, &mut String::new());
        cues.get("origin").before(a, at, start).is_some() && place::town(&found)
    };
    if of_kin(a, at, language) || from() {
        return Kind::None;
    }
    // "Kimberly-Clark" is no first name as « Anne-Lise » is one.
    let paired = a.lower(at).contains('-') && !language.grammar.head_first;
    if word::is_first_name(a, at) && !paired {
        return Kind::Person;
    }
    if says(a, at) { Kind::Organisation } else { Kind::None }
}

/// Whether a surname is that of several people: « les frères Morel ».
pub(super) fn of_kin(a: &Analysis, at: usize, language: &Language) -> bool {
    at > a.sentence(at).start
        && language.cues.get("kin").at(a, at - 1).is_some()
        && a.readings(at - 1).iter().any(|r| r.tag.plural())
        && !a.readings(at - 1).iter().any(|r| r.tag.singular())
}

/// Whether a name is the subject of a verb of saying.
fn says(a: &Analysis, at: usize) -> bool {
    let n = a.chunks.partition_point(|c| c.tokens.1 as usize <= at);
    let Some(chunk) = a.chunks.get(n).filter(|c| c.tokens.0 as usize <= at) else { return false };
    let ChunkKind::Noun { preposition: None, .. } = chunk.kind else { return false };
    let clause = a.clauses[chunk.clause as usize];
    let Some(verb) = clause.verb.map(|v| a.chunks[v as usize]) else { return false };
    let near = verb.tokens.0 >= chunk.tokens.1 || verb.tokens.1 == chunk.tokens.0;
    near && a.language(at).is_some_and(|l| l.cues.get("saying").at(a, verb.head as usize).is_some())
}

/// What several words name that are no place, and of which the first is no first name.
fn several(a: &Analysis, run: &Run, language: &Language, scratch: &mut String) -> Kind {
    let t = run.tokens.clone();
    let cues = &language.cues;
    if word::title_cased(a, t.start) || word::among_capitals(a, t.start) || language.grammar.closed(a.lower(t.start)).is_some() {
        return Kind::None;
    }
    let particle = |i: usize| cues.get("particle").at(a, i).is_some();
    let plain = t
        .clone()
        .all(|i| matches!(a.tokens[i].case, Case::Capitalised | Case::Lower | Case::Mixed | Case::Upper) || mark(a, i).is_some());
    let demonym = cues.get("demonym").at(a, t.start).is_some();
    let common = t.clone().filter(|&i| word::common_anywhere(a, i) && !particle(i)).count();
    let led = !run.title.is_empty() || name::function_leads(a, t.start, language);
    let placed = place::country(a, t.start, scratch) || place::country(a, t.end - 1, scratch);
    if run.title.is_empty() && of_trade(a, t.start, language) {
        return Kind::Organisation;
    }
    // A captain of "Glasgow Rugby" is not called so.
    let article = t.start > a.sentence(t.start).start && cues.get("article").at(a, t.start - 1).is_some();
    if plain
        && t.len() <= 4
        && !demonym
        && (led || !article)
        && (led && common < t.len() && !(placed && common > 0) || common == 0 && !placed)
    {
        return Kind::Person;
    }
    // What is named by common words is a work, a day, an event as often as an organisation.
    let attested = of_trade(a, t.start, language) || says(a, t.start) || placed && common < t.len();
    if attested { Kind::Organisation } else { Kind::None }
}
