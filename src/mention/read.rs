//! One walk over the sentences that finds every mention.

use std::ops::Range;

use super::name::{self, People, Run};
use super::{Entity, EntityId, EntityKind, Frame, Mention, PlaceRole, PlaceValue, Quotation, Stance, Value};
use super::{date, number, place, quantity, quotation, stance};
use crate::analysis::{Analysis, Case};
use crate::language::places::{PlaceId, gazetteer};

/// Fills [`Analysis::mentions`] and [`Analysis::entities`].
pub(crate) fn read(a: &mut Analysis) {
    let mut found: Vec<(Range<usize>, Value)> = Vec::new();
    let mut runs: Vec<Run> = Vec::new();
    for s in 0..a.sentences.len() {
        let (mut i, end) = (a.sentences[s].start as usize, a.sentences[s].end as usize);
        let Some(language) = a.languages.get(a.lang(i)) else { continue };
        while i < end {
            if let Some((tokens, value)) = date::read(a, i, end, &language.calendar) {
                i = tokens.end;
                found.push((tokens, value));
            } else if let Some(n) = number::read(a, i, end, &language.numbers) {
                match quantity::value(a, &n, end, language) {
                    Some((tokens, value)) => {
                        i = tokens.end;
                        found.push((tokens, value));
                    }
                    // « un », "a": an article, and the next word may be a name.
                    None => i = n.tokens.end,
                }
            } else if let Some(run) = name::run(a, i, end, language) {
                i = run.tokens.end;
                runs.push(run);
            } else {
                i += 1;
            }
        }
    }
    ranges(a, &found);
    names(a, &runs, &mut found);
    for (tokens, inner) in quotation::quotations(a) {
        found.push((tokens, Value::Quotation(Quotation { inner, speaker: None })));
    }
    found.sort_by_key(|(tokens, _)| (tokens.start, std::cmp::Reverse(tokens.end)));
    a.mentions = found
        .into_iter()
        .map(|(tokens, value)| {
            let t = a.tokens[tokens.start];
            let clause = a.clauses.partition_point(|c| c.tokens.1 as usize <= tokens.start).min(a.clauses.len().saturating_sub(1));
            Mention {
                span: a.span(tokens.clone()),
                tokens: (tokens.start as u32, tokens.end as u32),
                block: t.block,
                sentence: t.sentence,
                clause: clause as u32,
                value,
                stance: Stance::default(),
                frame: Frame::default(),
            }
        })
        .collect();
    for (i, m) in a.mentions.iter().enumerate() {
        let entity = match &m.value {
            Value::Person(p) => Some(p.entity),
            Value::Place(p) => Some(p.entity),
            Value::Organisation(id) => Some(*id),
            _ => None,
        };
        if let Some(EntityId(e)) = entity {
            a.entities[e as usize].mentions.push(i as u32);
        }
    }
    stance::set(a);
}

/// Pairs of numbers that a range joins, as the tokens of the opener and of both numbers.
fn ranges(a: &mut Analysis, found: &[(Range<usize>, Value)]) {
    let mut out = Vec::new();
    for pair in found.windows(2) {
        let [(first, _), (second, _)] = pair else { continue };
        let start = a.sentence(first.start).start;
        let Some(language) = a.language(first.start) else { continue };
        if first.start == start || a.tokens[second.start].sentence != a.tokens[first.start].sentence {
            continue;
        }
        let open = first.start - 1;
        let fits = |r: &&crate::language::numbers::RangeWords| {
            r.open == a.lower(open)
                && (first.end..second.start).filter(|&i| a.lower(i) == r.middle).count() == 1
                && second.start - first.end <= 2
        };
        if let Some(r) = language.numbers.ranges.iter().find(fits) {
            out.push(crate::analysis::NumberRange {
                open: open as u32,
                first: (first.start as u32, first.end as u32),
                second: (second.start as u32, second.end as u32),
                ordered: r.ordered,
            });
        }
    }
    a.ranges = out;
}

/// What each run of capitalised words names.
fn names(a: &mut Analysis, runs: &[Run], found: &mut Vec<(Range<usize>, Value)>) {
    let mut people = People::default();
    let mut entities: Vec<Entity> = Vec::new();
    let mut scratch = String::new();
    let new = |entities: &mut Vec<Entity>, kind, name: &str| {
        let id = EntityId(entities.len() as u32);
        entities.push(Entity { kind, name: name.to_owned(), mentions: Vec::new() });
        id
    };
    // Full names first: a surname alone means the one who bears it, wherever the story introduces them.
    let mut kinds: Vec<Kind> = Vec::with_capacity(runs.len());
    for run in runs {
        let kind = classify(a, run, &mut scratch);
        if matches!(kind, Kind::Person) && run.given > 0 && run.given < run.tokens.len() {
            let t = &run.tokens;
            let given = name::key(a, t.start..t.start + run.given);
            let surname = name::key(a, t.start + run.given..t.end);
            let words = a.span(t.clone()).of(&a.doc.text);
            people.full(&given, &surname, || new(&mut entities, EntityKind::Person, words));
        }
        kinds.push(kind);
    }
    let mut places: Vec<(usize, Vec<(PlaceId, bool)>)> = Vec::new();
    for (i, (run, kind)) in runs.iter().zip(kinds).enumerate() {
        let t = run.tokens.clone();
        let key = name::key(a, t.clone());
        let words = a.span(t.clone()).of(&a.doc.text);
        match kind {
            Kind::Person => {
                let given = name::key(a, t.start..t.start + run.given);
                let surname = name::key(a, t.start + run.given..t.end);
                let entity = if run.given > 0 && !surname.is_empty() {
                    people.full(&given, &surname, || new(&mut entities, EntityKind::Person, words))
                } else {
                    people.bearer(&key).unwrap_or_else(|| people.full("", &key, || new(&mut entities, EntityKind::Person, words)))
                };
                found.push((t, Value::Person(name::person(run, entity))));
            }
            _ if t.len() == 1 && people.knows(&key) => {
                let entity = people.bearer(&key).unwrap_or_else(|| new(&mut entities, EntityKind::Person, words));
                let run = Run { given: 0, ..run.clone() };
                found.push((t, Value::Person(name::person(&run, entity))));
            }
            Kind::Place(candidates) => places.push((i, candidates)),
            Kind::Organisation => {
                let at = entities.iter().position(|e| e.kind == EntityKind::Organisation && e.name == words);
                let entity = at.map_or_else(|| new(&mut entities, EntityKind::Organisation, words), |i| EntityId(i as u32));
                found.push((t, Value::Organisation(entity)));
            }
            Kind::None => {}
        }
    }
    let named: Vec<Vec<(PlaceId, bool)>> = places.iter().map(|(_, c)| c.clone()).collect();
    let mut by_id: std::collections::HashMap<PlaceId, EntityId> = std::collections::HashMap::new();
    for ((i, candidates), id) in places.into_iter().zip(place::settle(&named)) {
        let t = runs[i].tokens.clone();
        let Some(language) = a.language(t.start) else { continue };
        let (role, phrase) = place::role(a, t.clone(), language);
        let entity =
            *by_id.entry(id).or_insert_with(|| new(&mut entities, EntityKind::Place, gazetteer().name(id, &language.code)));
        let candidates = candidates.into_iter().map(|c| c.0).collect();
        found.push((t, Value::Place(PlaceValue { id, candidates, role, entity, phrase })));
    }
    a.entities = entities;
}

/// What a run names.
enum Kind {
    Person,
    Place(Vec<(PlaceId, bool)>),
    Organisation,
    None,
}

fn classify(a: &Analysis, run: &Run, scratch: &mut String) -> Kind {
    let t = run.tokens.clone();
    let Some(language) = a.language(t.start) else { return Kind::None };
    if run.civil {
        return Kind::Person;
    }
    let one = t.len() == 1;
    let candidates = place::candidates(a, t.clone(), scratch);
    if !candidates.is_empty() && !place::part_of_name(a, t.clone(), language) {
        let locative = place::role(a, t.clone(), language).0 == PlaceRole::Locative;
        let first_name = one && name::is_first_name(a, t.start) && !place::great(&candidates);
        if locative || (place::known_anywhere(&candidates) && !first_name && !(run.given > 0 && t.len() > 1)) {
            return Kind::Place(candidates);
        }
    }
    let cues = &language.cues;
    if cues.get("organisation-head").at(a, t.start).is_some()
        || (!language.grammar.head_first && cues.get("organisation-head").at(a, t.end - 1).is_some())
    {
        return Kind::Organisation;
    }
    if run.given > 0 && !one {
        return Kind::Person;
    }
    if one && !run.title.is_empty() {
        return if a.tokens[t.start].case == Case::Upper { Kind::Organisation } else { Kind::Person };
    }
    if one {
        let acronym = a.tokens[t.start].case == Case::Upper && a.text(t.start).chars().count() >= 2;
        return if acronym && !name::title_cased(a, t.start) { Kind::Organisation } else { Kind::None };
    }
    if name::title_cased(a, t.start) {
        return Kind::None;
    }
    let plain = t.clone().all(|i| {
        a.tokens[i].case == Case::Capitalised
            || crate::text::mark(a, i).is_some()
            || a.tokens[i].case == Case::Lower
            || a.tokens[i].case == Case::Mixed
    });
    let common = t.clone().any(|i| language.lexicon.contains(a.lower(i)) && cues.get("particle").at(a, i).is_none());
    let led = !run.title.is_empty() || name::function_leads(a, t.start, cues);
    if plain && t.len() <= 4 && (led || !common) { Kind::Person } else { Kind::Organisation }
}
