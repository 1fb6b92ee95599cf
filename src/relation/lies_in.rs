//! A place lies where the story says.

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::says;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Mention, PlaceRole, PlaceValue, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::language::places::{PlaceId, PlaceKind, gazetteer};

/// `lies-in`: a town with a larger place right after it lies in that place.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LiesIn {}

impl Relation for LiesIn {
    fn roles(&self) -> &'static [&'static str] {
        &["place", "around", "told"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["truly"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let places: Vec<(&Mention, &PlaceValue)> = a
            .mentions
            .iter()
            .filter_map(|m| match &m.value {
                Value::Place(p) if gazetteer().kind(p.id) != PlaceKind::Continent => Some((m, p)),
                _ => None,
            })
            .collect();
        let g = gazetteer();
        let mut found = Vec::new();
        for (at, pair) in places.windows(2).enumerate() {
            let [(inner, i), (outer, o)] = pair else { continue };
            // « à Lyon, dans le Doubs, dans l'Ain »: a list goes on.
            if places.get(at + 2).is_some_and(|(next, _)| apposed(a, outer, next) || listed(a, outer, next)) {
                continue;
            }
            // « dans la province de Namur »: the noun says which of those that bear the name.
            let told_wide = region_before(a, outer);
            let wide = |p: &PlaceValue| {
                p.candidates.iter().any(|&c| g.kind(c) != PlaceKind::Town) && (told_wide || g.kind(p.id) != PlaceKind::Town)
            };
            let around = || o.candidates.iter().copied().filter(|&w| !told_wide || g.kind(w) != PlaceKind::Town);
            let town = g.kind(i.id) == PlaceKind::Town;
            if inner.sentence != outer.sentence || !town || !wide(o) {
                continue;
            }
            // A city may share its name with its region, which a bare comma leaves open.
            let nothing_else = || i.candidates.iter().all(|&c| g.kind(c) == PlaceKind::Town);
            // Great cities have small namesakes in every region, and few abroad that no gazetteer holds.
            let abroad = || g.kind(o.id) == PlaceKind::Country && g.population(i.id) >= GREAT && i.role == PlaceRole::Locative;
            // "Tucson, New Mexico": a state behind a town of the same country says where the town lies.
            let state = || {
                let below = matches!(g.kind(o.id), PlaceKind::Region | PlaceKind::District);
                let wide = below && g.country(o.id) == g.country(i.id);
                wide && (g.population(i.id) >= LARGE || surely(i))
                    && nothing_else()
                    && a.language(inner.tokens.0 as usize).is_some_and(|l| !l.grammar.head_first)
            };
            if !(nothing_else() && apposed(a, inner, outer) || (abroad() || state()) && comma(a, inner, outer)) {
                continue;
            }
            // « Gao, dans le Nord »: every country has a north, and few have a region of that name.
            let wind = says(a, "compass", outer.tokens.0 as usize..outer.tokens.1 as usize);
            if wind && !o.candidates.iter().any(|&w| g.country(w) == g.country(i.id)) {
                continue;
            }
            let holds = i.candidates.iter().any(|&c| around().any(|w| g.may_contain(w, c)));
            // A town that the gazetteer does not hold may bear the name of one that it holds.
            if holds || g.population(i.id) < 20_000 && !surely(i) {
                continue;
            }
            let mut facets = Facets::default();
            facets.insert_if(inner.stance.quoted, Facet::Quoted);
            let mut values = Bindings::default();
            let code = a.language(inner.tokens.0 as usize).map_or("", |l| l.code.as_str());
            // Beside a state the state, beside a county the county.
            let level = |id: &PlaceId| around().any(|w| g.kind(w) == g.kind(*id));
            let truly = std::iter::successors(g.parent(i.id), |&p| g.parent(p)).find(level).or_else(|| g.country(i.id));
            values.bind("truly", Bound::Literal(truly.map_or(String::new(), |p| g.name(p, code).to_owned())));
            let mut roles = vec![("place", inner.span), ("around", outer.span)];
            // The story may name the right one elsewhere: « les pompiers du Finistère ».
            let right = |p: &PlaceValue| {
                g.kind(p.id) != PlaceKind::Country
                    && p.candidates.iter().any(|&c| g.kind(c) != PlaceKind::Town && g.contains(c, i.id))
            };
            let told = places.iter().filter(|(m, p)| m.tokens != outer.tokens && m.tokens != inner.tokens && right(p));
            roles.extend(told.min_by_key(|(m, _)| m.span.start.abs_diff(inner.span.start)).map(|(m, _)| ("told", m.span)));
            found.push(Conflict { roles, values, facets });
        }
        found
    }
}

/// A city of so many inhabitants is meant whatever the country of the story.
const GREAT: u32 = 500_000;

/// A town of so many inhabitants is meant where a state of its country stands behind it.
const LARGE: u32 = 100_000;

/// Countries of which the gazetteer holds the small towns too.
const WHOLE: [&str; 7] = ["BE", "CA", "CH", "FR", "GB", "IE", "LU"];

/// A town of so many inhabitants is no hamlet that bears the name of another, where small towns are held.
const SMALL: u32 = 2_000;

/// Whether a name is of one town only as far as a gazetteer can know that holds small towns too.
fn surely(town: &PlaceValue) -> bool {
    let g = gazetteer();
    WHOLE.contains(&g.iso_country(town.id)) && g.population(town.id) >= SMALL && town.candidates.len() == 1
}

/// Whether the noun of a region stands before a name: « la *province de* Namur ».
fn region_before(a: &Analysis, m: &Mention) -> bool {
    let (at, start) = (m.tokens.0 as usize, a.sentence(m.tokens.0 as usize).start);
    let Some(language) = a.language(at) else { return false };
    let of = language.cues.get("origin").before(a, at, start);
    of.is_some_and(|len| language.cues.get("region-noun").before(a, at - len, start).is_some())
}

/// Whether a comma and nothing else parts the two, and the second goes on to no list: "in Osaka, Japan on Monday".
fn comma(a: &Analysis, inner: &Mention, outer: &Mention) -> bool {
    let (at, past) = (inner.tokens.1 as usize, outer.tokens.1 as usize);
    let end = a.sentence(at).end;
    let goes_on = |i: usize| {
        i < end
            && (a.classes[i].has(Class::Coordinator)
                || a.tokens[i].case.is_capital() && a.language(i).is_some_and(|l| l.calendar.weekday(a.lower(i)).is_none()))
    };
    let list = match mark(a, past.min(a.tokens.len() - 1)) {
        _ if past >= end => false,
        Some(',') => goes_on(past + 1),
        Some('\'' | '’') => true,
        Some(_) => false,
        None => goes_on(past) || acts(a, outer) || a.text(past).starts_with(['\'', '’']),
    };
    at + 1 == outer.tokens.0 as usize && mark(a, at) == Some(',') && !list
}

/// Whether a place is the subject of what follows: "In London, China said", "After the draw in Rome, Germany face Hungary". What may be a
/// verb is one here: behind a container comes a preposition, a mark, or the verb of a subject that stands before.
fn acts(a: &Analysis, outer: &Mention) -> bool {
    let past = outer.tokens.1 as usize;
    let finite = |i: usize| {
        a.classes[i].has(Class::Verb)
            || a.language(i).is_some_and(|l| l.lexicon.readings(a.lower(i)).any(|(_, tag)| tag.is_finite()))
    };
    let end = a.sentence(outer.tokens.0 as usize).end;
    // "Germany now face", "Germany will", "Germany never lost"
    (past..end.min(past + 2)).take_while(|&i| a.tokens[i].kind == TokenKind::Word).any(finite)
}

/// Whether a comma and small words alone part two places.
fn listed(a: &Analysis, one: &Mention, next: &Mention) -> bool {
    let between = one.tokens.1 as usize..next.tokens.0 as usize;
    let small = |i: usize| a.classes[i].has(Class::Preposition) || a.classes[i].has(Class::Determiner);
    one.sentence == next.sentence && between.clone().next().is_some_and(|i| mark(a, i) == Some(',')) && between.skip(1).all(small)
}

/// Whether nothing but a comma or bracket, a preposition and an article part the two, and the second closes in a mark.
fn apposed(a: &Analysis, inner: &Mention, outer: &Mention) -> bool {
    let between = inner.tokens.1 as usize..outer.tokens.0 as usize;
    let (Some(first), past) = (between.clone().next(), outer.tokens.1 as usize) else { return false };
    let opens = mark(a, first);
    // « dans le *canton du* Valais »
    let region = region_before(a, outer);
    let small = |i: usize| {
        a.tokens[i].kind == TokenKind::Word
            && (a.classes[i].has(Class::Preposition) || a.classes[i].has(Class::Determiner))
            && a.language(i)
                .is_some_and(|l| region || !l.cues.get("origin").stands_in(a, i..i + 1) || a.classes[i].has(Class::Determiner))
            || region && a.language(i).is_some_and(|l| l.cues.get("region-noun").at(a, i).is_some())
    };
    let closes = mark(a, past).filter(|_| past < a.sentence(inner.tokens.0 as usize).end);
    match opens {
        Some('(') => between.len() == 1 && closes == Some(')'),
        // A list of places goes on, an apposition closes.
        // « À Rome, l'Allemagne, battue, rentre »: an article alone leads a subject.
        Some(',') => {
            let mut inner = between.clone().skip(1);
            inner.clone().any(|i| a.classes[i].has(Class::Preposition))
                && inner.all(small)
                && matches!(closes, Some(',' | '.' | ')' | '»' | '”'))
        }
        _ => false,
    }
}
