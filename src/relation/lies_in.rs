//! A place lies where the story says.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::says;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Mention, PlaceRole, Value, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::language::places::{Gazetteer, PlaceId, PlaceKind, gazetteer};
use crate::mention::place;
use crate::span::Span;

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
        let places = spots(a);
        let g = gazetteer();
        let mut found = Vec::new();
        for (at, pair) in places.windows(2).enumerate() {
            let [inner, outer] = pair else { continue };
            // « à Lyon, dans le Doubs, dans l'Ain »: a list goes on.
            if places.get(at + 2).is_some_and(|next| apposed(a, outer, next) || listed(a, outer, next)) {
                continue;
            }
            // « dans la province de Namur »: the noun says which of those that bear the name.
            let told_wide = region_before(a, outer);
            let wide = |p: &Spot| {
                p.ids.iter().any(|&c| g.kind(c) != PlaceKind::Town) && (told_wide || g.kind(p.ids[0]) != PlaceKind::Town)
            };
            let outside = || outer.ids.iter().copied().filter(|&w| !told_wide || g.kind(w) != PlaceKind::Town);
            let town = g.kind(inner.ids[0]) == PlaceKind::Town;
            if inner.sentence != outer.sentence || !town || !wide(outer) {
                continue;
            }
            let holds = inner.ids.iter().any(|&c| outside().any(|w| w == c || g.may_contain(w, c)));
            if holds {
                continue;
            }
            let (main, wider) = (inner.ids[0], outer.ids[0]);
            let tight = apposed(a, inner, outer);
            let comma = comma(a, inner, outer);
            if !tight && !comma {
                continue;
            }
            // The story may name the right one elsewhere: « les pompiers du Finistère », « le ministère malien ».
            let level = if g.kind(wider) == PlaceKind::Country { PlaceKind::Country } else { PlaceKind::Region };
            let told = right(a, main, level, [inner, outer]);
            // A city may share its name with its region, which a bare comma leaves open.
            let nothing_else = || inner.ids.iter().all(|&c| g.kind(c) == PlaceKind::Town);
            // Great cities have small namesakes in every region, and few abroad that no gazetteer holds.
            let abroad =
                || g.kind(wider) == PlaceKind::Country && g.population(main) >= GREAT && inner.role == Some(PlaceRole::Locative);
            // "Tucson, New Mexico": a state behind a town of the same country says where the town lies.
            let state = || {
                let below = matches!(g.kind(wider), PlaceKind::Region | PlaceKind::District);
                let wide = below && g.country(wider) == g.country(main);
                // Small towns of one name stand in many states: only a large one that has it alone, or what the story says, decides.
                wide && (g.population(main) >= LARGE && inner.ids.len() == 1 || told.is_some())
                    && nothing_else()
                    && a.language(inner.start()).is_some_and(|l| !l.grammar.head_first)
            };
            if !(tight && (nothing_else() || told.is_some()) || comma && (abroad() || state())) {
                continue;
            }
            // « Gao, dans le Nord »: every country has a north, and few have a region of that name.
            let wind = says(a, "compass", outer.start()..outer.end());
            if wind && !outer.ids.iter().any(|&w| g.country(w) == g.country(main)) {
                continue;
            }
            // A town that the gazetteer does not hold may bear the name of one that it holds.
            if g.population(main) < 20_000 && !surely(inner) && told.is_none() || inner.role.is_none() && told.is_none() {
                continue;
            }
            let mut facets = Facets::default();
            facets.insert_if(inner.quoted, Facet::Quoted);
            let mut values = Bindings::default();
            let code = a.language(inner.start()).map_or("", |l| l.code.as_str());
            // Beside a state the state, beside a county the county.
            let same = |id: &PlaceId| outside().any(|w| g.kind(w) == g.kind(*id));
            let truly = std::iter::successors(g.parent(main), |&p| g.parent(p)).find(same).or_else(|| g.country(main));
            values.bind("truly", Bound::Literal(truly.map_or(String::new(), |p| g.name(p, code).to_owned())));
            let mut roles = vec![("place", inner.span), ("around", outer.span)];
            roles.extend(told.map(|span| ("told", span)));
            found.push(Conflict { roles, values, facets });
        }
        found
    }
}

/// A place as the story names it.
struct Spot {
    tokens: (u32, u32),
    span: Span,
    sentence: u32,
    quoted: bool,
    /// What it does there; none where only what stands behind it shows that it is a place.
    role: Option<PlaceRole>,
    /// Those that may be meant, the best first.
    ids: Vec<PlaceId>,
}

impl Spot {
    fn start(&self) -> usize {
        self.tokens.0 as usize
    }

    fn end(&self) -> usize {
        self.tokens.1 as usize
    }
}

/// The places of a story, in their order; also states that are shortened, and the towns before them: "Duluth, *Wis.*".
fn spots(a: &Analysis) -> Vec<Spot> {
    let g = gazetteer();
    let mut found: Vec<Spot> = Vec::new();
    for m in &a.mentions {
        let Value::Place(p) = &m.value else { continue };
        if g.kind(p.id) == PlaceKind::Continent {
            continue;
        }
        let mut ids = vec![p.id];
        ids.extend(p.candidates.iter().copied().filter(|&c| c != p.id));
        let wide = g.kind(p.id) != PlaceKind::Town;
        let free = found.last().is_none_or(|l| l.end() < m.tokens.0 as usize);
        let spot = Spot { tokens: m.tokens, span: m.span, sentence: m.sentence, quoted: m.stance.quoted, role: Some(p.role), ids };
        if wide && free {
            let open = found.last().map_or(0, Spot::end);
            found.extend(unread(a, spot.start(), open));
        }
        found.push(spot);
    }
    let shortened: Vec<Spot> = (1..a.tokens.len()).filter_map(|i| short(a, i)).collect();
    for spot in shortened {
        let at = found.partition_point(|s| s.tokens.0 < spot.tokens.0);
        let open = at.checked_sub(1).map_or(0, |i| found[i].end());
        let town = if open + 1 < spot.start() { unread(a, spot.start(), open) } else { None };
        found.splice(at..at, town.into_iter().chain([spot]));
    }
    found
}

/// A state or province that is shortened behind a comma: "Duluth, *Wis.*".
fn short(a: &Analysis, i: usize) -> Option<Spot> {
    let capital = a.tokens[i].kind == TokenKind::Word && a.tokens[i].case.is_capital();
    let led = capital && mark(a, i - 1) == Some(',');
    let names = a.language(i).filter(|_| led)?.peoples.short(a.lower(i).trim_end_matches('.'))?;
    let covered = a.mentions_in(i..i + 1).iter().any(|m| matches!(m.value, Value::Place(_)));
    let ids: Vec<PlaceId> = names.iter().flat_map(|n| regions(n)).collect();
    let tokens = (i as u32, i as u32 + 1);
    let sentence = a.tokens[i].sentence;
    let quoted = a.facets_at(a.tokens[i].span).contains(Facet::Quoted);
    let spot = Spot { tokens, span: a.tokens[i].span, sentence, quoted, role: None, ids };
    (!covered && !spot.ids.is_empty()).then_some(spot)
}

/// The town whose name stands before a comma or a bracket and a wider place, where nothing else shows that it is one.
fn unread(a: &Analysis, wider: usize, open: usize) -> Option<Spot> {
    const LONGEST: usize = 3;
    let past = wider.checked_sub(1).filter(|&i| matches!(mark(a, i), Some(',' | '(')))?;
    let s = a.sentence(past).start.max(open);
    let capital = |i: usize| a.tokens[i].kind == TokenKind::Word && a.tokens[i].case.is_capital();
    let start = (s..past).rev().take(LONGEST).take_while(|&i| capital(i)).last()?;
    let covered = a.mentions_in(start..past).iter().any(|m| matches!(m.value, Value::Place(_) | Value::Person(_)));
    if covered || start > s && capital(start - 1) || start == a.sentence(past).start {
        return None;
    }
    let g = gazetteer();
    let ids: Vec<PlaceId> = place::candidates(a, start..past, &mut String::new()).into_iter().map(|c| c.0).collect();
    let town = ids.first().is_some_and(|&id| g.kind(id) == PlaceKind::Town);
    let (tokens, span) = ((start as u32, past as u32), a.span(start..past));
    let quoted = a.facets_at(span).contains(Facet::Quoted);
    let role = if ids.len() == 1 { Some(PlaceRole::Other) } else { None };
    town.then_some(Spot { tokens, span, sentence: a.tokens[start].sentence, quoted, role, ids })
}

/// The regions and départements that bear a name.
pub(super) fn regions(name: &str) -> Vec<PlaceId> {
    let g = gazetteer();
    let mut folded = String::new();
    Gazetteer::fold(name, &mut folded);
    g.lookup(&folded).map(|c| c.id).filter(|&id| matches!(g.kind(id), PlaceKind::Region | PlaceKind::District)).collect()
}

/// Where the story names what a town truly lies in, at that level, but in those words: « les pompiers *du Finistère* », « le ministère *malien* ».
fn right(a: &Analysis, town: PlaceId, level: PlaceKind, but: [&Spot; 2]) -> Option<Span> {
    let apart = |i: usize| but.iter().all(|s| i < s.start() || i >= s.end());
    // "Knoxville, *Illinois*" says where another town lies.
    let of_another = |i: usize| i > 1 && mark(a, i - 1) == Some(',') && a.tokens[i - 2].case.is_capital();
    // Lists and captions tell of other things.
    let told = |i: usize| a.kind(i) == BlockKind::Body;
    let own = a.tokens_in(a.block(but[0].start()).span);
    let mut near = window(a, but[0].start()).filter(|i| own.contains(i) || told(*i));
    near.find(|&i| apart(i) && !of_another(i) && names_around(a, i, town, level)).map(|i| whole(a, i))
}

/// The tokens around one in which a story may say what a town lies in.
pub(super) fn window(a: &Analysis, at: usize) -> Range<usize> {
    const REACH: usize = 300;
    at.saturating_sub(REACH)..(at + REACH).min(a.tokens.len())
}

/// Tokens of the longest name in which a region is looked for.
const WORDS: usize = 8;

/// The name that a word is part of.
pub(super) fn whole(a: &Analysis, i: usize) -> Span {
    let over = |m: &&Mention| (m.tokens.0 as usize..m.tokens.1 as usize).contains(&i);
    let name = |m: &&Mention| matches!(m.value, Value::Place(_) | Value::Organisation(_));
    a.mentions_in(i.saturating_sub(WORDS)..i + 1).iter().filter(over).find(name).map_or(a.tokens[i].span, |m| m.span)
}

/// Whether the word at a token names what a town lies in, or speaks of its people.
pub(super) fn names_around(a: &Analysis, i: usize, town: PlaceId, level: PlaceKind) -> bool {
    let g = gazetteer();
    if a.tokens[i].kind != TokenKind::Word {
        return false;
    }
    let Some(language) = a.language(i) else { return false };
    let word = a.lower(i);
    if level == PlaceKind::Country {
        let people = language.peoples.country(word) == Some(g.iso_country(town));
        let home = g.country(town);
        let named = || place::candidates(a, i..i + 1, &mut String::new()).first().is_some_and(|c| Some(c.0) == home);
        return people || a.tokens[i].case.is_capital() && named();
    }
    let holds = |id: PlaceId| g.kind(id) != PlaceKind::Country && g.kind(id) != PlaceKind::Town && g.contains(id, town);
    let people = || language.peoples.regions(word).is_some_and(|names| names.iter().flat_map(|n| regions(n)).any(holds));
    let named = || {
        (1..=2).filter(|n| i + n <= a.tokens.len()).any(|n| {
            a.tokens[i + n - 1].case.is_capital() && place::candidates(a, i..i + n, &mut String::new()).iter().any(|c| holds(c.0))
        })
    };
    people() || a.tokens[i].case.is_capital() && named()
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
fn surely(town: &Spot) -> bool {
    let g = gazetteer();
    WHOLE.contains(&g.iso_country(town.ids[0])) && g.population(town.ids[0]) >= SMALL && town.ids.len() == 1
}

/// Whether the noun of a region stands before a name: « la *province de* Namur ».
fn region_before(a: &Analysis, m: &Spot) -> bool {
    let (at, start) = (m.start(), a.sentence(m.start()).start);
    let Some(language) = a.language(at) else { return false };
    let of = language.cues.get("origin").before(a, at, start);
    of.is_some_and(|len| language.cues.get("region-noun").before(a, at - len, start).is_some())
}

/// Whether a comma and nothing else parts the two, and the second goes on to no list: "in Osaka, Japan on Monday".
fn comma(a: &Analysis, inner: &Spot, outer: &Spot) -> bool {
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
fn acts(a: &Analysis, outer: &Spot) -> bool {
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
fn listed(a: &Analysis, one: &Spot, next: &Spot) -> bool {
    let between = one.tokens.1 as usize..next.tokens.0 as usize;
    let small = |i: usize| a.classes[i].has(Class::Preposition) || a.classes[i].has(Class::Determiner);
    one.sentence == next.sentence && between.clone().next().is_some_and(|i| mark(a, i) == Some(',')) && between.skip(1).all(small)
}

/// Whether nothing but a comma or bracket, a preposition and an article part the two, and the second closes in a mark.
fn apposed(a: &Analysis, inner: &Spot, outer: &Spot) -> bool {
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
