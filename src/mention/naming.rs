//! What each run of words names: a person, a place, an organisation, or nothing that a fact sheet lists.

mod classify;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::people::{Name, People, key, person};
use super::{organisation, place, word};
use crate::analysis::{Analysis, Case, Entity, EntityId, EntityKind, PlaceRole, PlaceValue, Value, mark};
use crate::document::BlockKind;
use crate::language::grammar::Class;
use crate::language::places::{PlaceId, gazetteer};
use crate::language::{Language, TokenKind};
use crate::mention::run::{Run, Shape};
use crate::syntax::{begins, is_verbless};
use classify::{Kind, classify, is_firm_behind, is_work, of_kin, of_trade};

/// What the story says of its names, whichever comes first.
#[derive(Default)]
struct Story {
    people: People,
    /// Names of organisations in lower case, and their acronyms.
    organisations: HashMap<String, EntityId>,
    /// Acronyms that stand for no organisation: « lanceur de balles de défense (LBD) ».
    things: HashSet<String>,
    /// Last words of names of organisations, by which the story may call them: "United".
    heads: HashMap<String, EntityId>,
    entities: Vec<Entity>,
}

impl Story {
    fn new_entity(&mut self, kind: EntityKind, name: &str) -> EntityId {
        new_entity(&mut self.entities, kind, name)
    }

    fn organisation(&mut self, key: String, name: &str) -> EntityId {
        match self.organisations.get(&key) {
            Some(&id) => id,
            None => {
                let id = self.new_entity(EntityKind::Organisation, name);
                if let Some((_, last)) = key.rsplit_once(' ') {
                    self.heads.insert(last.to_owned(), id);
                }
                self.organisations.insert(key, id);
                id
            }
        }
    }
}

fn new_entity(entities: &mut Vec<Entity>, kind: EntityKind, name: &str) -> EntityId {
    let id = EntityId(entities.len() as u32);
    entities.push(Entity { kind, name: name.to_owned(), mentions: Vec::new(), sex: None });
    id
}

/// Finds what each run names, and puts it among the mentions; fills [`Analysis::entities`].
pub(super) fn name(a: &mut Analysis, runs: &[Run], found: &mut Vec<(Range<usize>, Value)>) {
    let mut runs = with_openers(a, runs).into_owned();
    let alone = &surnames_alone(a, &runs);
    let mut story = Story::default();
    let mut scratch = String::new();
    let ages: Vec<usize> = found.iter().filter(|(_, v)| matches!(v, Value::Age(_))).map(|(t, _)| t.start).collect();
    let mut kinds: Vec<Kind> = Vec::with_capacity(runs.len());
    let mut located: Option<usize> = None;
    for (n, run) in runs.iter().enumerate() {
        let last = n.checked_sub(1).and_then(|p| match &kinds[p] {
            Kind::Place(c) => Some((runs[p].tokens.end, c.as_slice())),
            _ => None,
        });
        let kind = classify(a, run, alone, &ages, located, last, &mut scratch);
        if let Kind::Place(_) = kind {
            let goes_on = located.is_some_and(|end| place::coordinated(a, end, run.tokens.start));
            located = a
                .language(run.tokens.start)
                .filter(|l| goes_on || place::role(a, run.tokens.clone(), l).0 == PlaceRole::Locative)
                .map(|_| run.tokens.end);
        }
        kinds.push(kind);
    }
    let works = works(a, &runs, &kinds);
    for (run, kind) in runs.iter().zip(&mut kinds).filter(|_| !works.is_empty()) {
        if matches!(kind, Kind::Person) && run.title.is_empty() && works.contains(&key(a, run.tokens.clone())) {
            *kind = Kind::None;
        }
    }
    let settled = settled(a, &runs, &kinds);
    let firms = firms(a, &runs, &kinds);
    // "the club Hapoel Merrow Hallamby … Merrow Hallamby", "the group Eli Merrow … Merrow's shares"
    let tails: HashSet<&str> = firms.iter().flat_map(|firm| firm.match_indices(' ').map(|(i, _)| &firm[i + 1..])).collect();
    // "the group Merrow Hallamby … Merrow Hallamby": no first name says that it is a person.
    for (run, kind) in runs.iter().zip(&mut kinds) {
        let t = &run.tokens;
        if matches!(kind, Kind::Person)
            && run.title.is_empty()
            && t.len() > 1
            && let Some(language) = a.language(t.start)
            && let key = key(a, t.clone())
            && (!language.grammar.head_first && (firms.contains(&key) || tails.contains(&*key))
                || !word::is_first_name(a, t.start) && matches!(settled.get(&key), Some(Kind::Organisation)))
        {
            *kind = Kind::Organisation;
        }
    }
    bear_surnames(a, &mut runs, &mut kinds);
    let runs = &*runs;
    // Full names first: a surname alone means the one who bears it, wherever the story introduces them.
    for (run, kind) in runs.iter().zip(&kinds) {
        let Some(language) = a.language(run.tokens.start) else { continue };
        if matches!(kind, Kind::Person) && run.given > 0 && run.given < run.tokens.len() {
            let words = a.span(run.tokens.clone()).of(&a.doc.text);
            let Story { people, entities, .. } = &mut story;
            let name = Name::of(a, run, language);
            let entity = people.full(&name, || new_entity(entities, EntityKind::Person, words));
            if entities[entity.0 as usize].name.len() < words.len() {
                words.clone_into(&mut entities[entity.0 as usize].name);
            }
        }
    }
    line_ups(a, runs, &mut kinds, &story.people);
    acronyms(a, runs, &kinds, &mut story);
    // "Real Merrow … at Real": a small town of that name is not what the story means.
    let whole = |(run, kind): &(&Run, &Kind)| matches!(kind, Kind::Organisation) && run.tokens.len() > 1;
    let firsts: HashMap<&str, usize> = runs
        .iter()
        .zip(&kinds)
        .enumerate()
        .filter(|(_, pair)| whole(pair))
        .map(|(n, (run, _))| (a.lower(run.tokens.start), n))
        .collect();
    let mut places: Vec<(usize, Vec<(PlaceId, bool)>)> = Vec::new();
    for (i, (run, mut kind)) in runs.iter().zip(kinds).enumerate() {
        let t = run.tokens.clone();
        let Some(language) = a.language(t.start) else { continue };
        let words = a.span(t.clone()).of(&a.doc.text);
        let key = key(a, t.clone());
        let mut run = run.clone();
        if t.len() == 1 && !run.civil && a.tokens[t.start].case != Case::Upper {
            let here = matches!(&kind, Kind::Place(c) if place::known_anywhere(c) && place::role(a, t.clone(), language).0 == PlaceRole::Locative);
            if story.people.knows(&key) && of_kin(a, t.start, language) {
                kind = Kind::None;
            } else if story.people.knows(&key) && !here {
                (kind, run.given) = (Kind::Person, 0);
            } else if !matches!(&kind, Kind::Place(_)) && story.people.called(&key).is_some() {
                (kind, run.given) = (Kind::Person, 1);
            }
        }
        if matches!(kind, Kind::None) && run.shape != Shape::Thing {
            match settled.get(&key) {
                Some(other) => kind = other.clone(),
                None if story.organisations.contains_key(&key) => kind = Kind::Organisation,
                None => {}
            }
        }
        // "the milk firm Merrowli … the scandal at Merrowli"
        if matches!(&kind, Kind::Place(c) if !place::known_anywhere(c)) && firms.contains(&key) {
            kind = Kind::Organisation;
        }
        if t.len() == 1
            && matches!(&kind, Kind::Place(c) if !place::known_anywhere(c))
            && let Some(&n) = firsts.get(a.lower(t.start))
        {
            let whole = runs[n].tokens.clone();
            let entity = story.organisation(self::key(a, whole.clone()), a.span(whole).of(&a.doc.text));
            found.push((t, Value::Organisation(entity)));
            continue;
        }
        if matches!(kind, Kind::Organisation) && story.things.contains(&key) {
            kind = Kind::None;
        }
        if matches!(kind, Kind::None)
            && t.len() == 1
            && !begins(a, t.start)
            && language.cues.get("organisation-head").at(a, t.start).is_some()
            && let Some(&id) = story.heads.get(&key)
        {
            found.push((t, Value::Organisation(id)));
            continue;
        }
        if matches!(kind, Kind::Person)
            && t.len() == 1
            && run.title.is_empty()
            && !story.people.knows(&key)
            && story.people.called(&key).is_none()
            && tails.contains(&*key)
            && let Some(&id) = story.heads.get(&key)
        {
            found.push((t, Value::Organisation(id)));
            continue;
        }
        match kind {
            Kind::Person => {
                let Story { people, entities, .. } = &mut story;
                let name = Name::of(a, &run, language);
                let next = || new_entity(entities, EntityKind::Person, words);
                let entity = if run.given > 0 && run.given < t.len() {
                    people.full(&name, next)
                } else if run.given > 0 && !run.civil {
                    people.called(&key).unwrap_or_else(|| people.surname(&name, next))
                } else {
                    people.surname(&name, next)
                };
                found.push((t, Value::Person(person(&run, entity))));
            }
            Kind::Place(candidates) => places.push((i, candidates)),
            Kind::Organisation => {
                let entity = story.organisation(key, words);
                found.push((t, Value::Organisation(entity)));
            }
            Kind::None => {}
        }
    }
    for (EntityId(e), sex) in story.people.sexes().collect::<Vec<_>>() {
        story.entities[e as usize].sex = sex;
    }
    settle(a, runs, places, &mut story, found);
    a.entities = story.entities;
}

/// The runs, and each word that opens a sentence or a headline and that the story knows as a surname, though it is a common word
/// as well: "Brown then left", « Macron a répondu ».
fn with_openers<'r>(a: &Analysis, runs: &'r [Run]) -> Cow<'r, [Run]> {
    let full = |run: &&Run| {
        let led = !run.civil && !run.title.is_empty() && run.tokens.len() > 1;
        run.shape == Shape::Open && (run.given > 0 || led) && run.given < run.tokens.len()
    };
    let surnames: HashSet<&str> = runs.iter().filter(full).map(|run| a.lower(run.tokens.end - 1)).collect();
    if surnames.is_empty() {
        return Cow::Borrowed(runs);
    }
    // A story of Brown and of brown bears leaves it open which of them begins a sentence.
    let small = |i: &usize| a.tokens[*i].case == Case::Lower && surnames.contains(a.lower(*i));
    let in_small: HashSet<&str> = (0..a.tokens.len()).filter(small).map(|i| a.lower(i)).collect();
    let free = |i: usize| {
        let n = runs.partition_point(|run| run.tokens.end <= i);
        runs.get(n).is_none_or(|run| i < run.tokens.start)
    };
    let followed = |i: usize| {
        let next = a.tokens.get(i + 1).filter(|t| t.kind == TokenKind::Word && t.sentence == a.tokens[i].sentence && !t.glued);
        next.is_some_and(|t| t.case.is_capital())
    };
    let opener = |&i: &usize| {
        a.tokens[i].case == Case::Capitalised
            && a.tokens[i].kind == TokenKind::Word
            && surnames.contains(a.lower(i))
            && free(i)
            && (word::title_cased(a, i) || begins(a, i) && !followed(i))
            && !in_small.contains(a.lower(i))
    };
    let alone = |i: usize| Run { tokens: i..i + 1, title: i..i, civil: false, given: 0, shape: Shape::Open };
    let more: Vec<Run> = (0..a.tokens.len()).filter(opener).map(alone).collect();
    if more.is_empty() {
        return Cow::Borrowed(runs);
    }
    let mut all = [runs, &more].concat();
    all.sort_by_key(|run| run.tokens.start);
    Cow::Owned(all)
}

/// Full names whose first name no list has: "Zorvan Hallam", and "Zorvan Merrow" of whom the story says "Mr Merrow".
fn bear_surnames(a: &Analysis, runs: &mut [Run], kinds: &mut [Kind]) {
    let surnames: HashSet<&str> =
        runs.iter().filter(|run| run.civil && run.tokens.len() == 1).map(|run| a.lower(run.tokens.start)).collect();
    for (run, kind) in runs.iter_mut().zip(kinds) {
        let t = run.tokens.clone();
        let particle = |l: &Language| l.cues.get("particle").at(a, t.start).is_some();
        if run.shape == Shape::Open
            && (2..=3).contains(&t.len())
            && matches!(kind, Kind::Organisation)
            && surnames.contains(a.lower(t.end - 1))
            && t.clone().all(|i| a.tokens[i].case == Case::Capitalised)
            && !(t.start + 1..t.end).any(|i| word::is_first_name(a, i))
        {
            *kind = Kind::Person;
        }
        let unlisted = matches!(kind, Kind::Person) && run.given == 0 && t.len() > 1 && !run.civil;
        if unlisted && a.tokens[t.start].case == Case::Capitalised && !a.language(t.start).is_some_and(particle) {
            run.given = 1;
        }
    }
}

/// A line-up has so many names at least.
const LINE_UP: usize = 6;
/// Of the names of a line-up the story knows so many at least.
const LINE_UP_KNOWN: usize = 2;
/// A list beside a line-up has so many names at least.
const LINE_UP_BESIDE: usize = 3;

/// The surnames of a line-up: a list of names without a verb, of which the story knows some as people: "Merrow: Garrick, Hallam
/// (Morland 59), Zorvan, …".
fn line_ups(a: &Analysis, runs: &[Run], kinds: &mut [Kind], people: &People) {
    let item = |n: usize| {
        let (run, t) = (&runs[n], &runs[n].tokens);
        let cased = matches!(a.tokens[t.start].case, Case::Capitalised | Case::Mixed);
        run.shape == Shape::Open && run.title.is_empty() && t.len() <= 3 && cased && word::is_item(a, t)
    };
    let known = |n: usize| matches!(kinds[n], Kind::Person) || people.knows(&key(a, runs[n].tokens.clone()));
    // The lists of one sentence each, as (sentence, items, whether the story knows enough of them).
    let sentence = |n: usize| a.tokens[runs[n].tokens.start].sentence;
    let mut lists: Vec<(u32, Vec<usize>, bool)> = Vec::new();
    for n in (0..runs.len()).filter(|&n| item(n)) {
        match lists.last_mut().filter(|list| list.0 == sentence(n)) {
            Some((_, items, _)) => items.push(n),
            None => lists.push((sentence(n), vec![n], false)),
        }
    }
    let tokens = |s: u32| a.sentences[s as usize].start as usize..a.sentences[s as usize].end as usize;
    lists.retain(|(sentence, items, _)| items.len() >= LINE_UP_BESIDE && is_verbless(a, tokens(*sentence)));
    for (_, items, sure) in &mut lists {
        *sure = items.len() >= LINE_UP && items.iter().filter(|&&n| known(n)).count() >= LINE_UP_KNOWN;
    }
    // Beside the players of one side stand those of the other, and who was not used.
    let sure: Vec<u32> = lists.iter().filter(|list| list.2).map(|list| list.0).collect();
    let beside = |s: u32| (s.saturating_sub(1)..=s + 1).any(|s| sure.binary_search(&s).is_ok());
    let unnamed = |n: &usize| !known(*n) && runs[*n].tokens.len() == 1 && !matches!(kinds[*n], Kind::Place(_));
    let more: Vec<usize> = lists.into_iter().filter(|list| beside(list.0)).flat_map(|list| list.1).filter(unnamed).collect();
    for n in more {
        kinds[n] = Kind::Person;
    }
}

/// What a name alone is in one place of the story, it is in all of them.
fn settled(a: &Analysis, runs: &[Run], kinds: &[Kind]) -> HashMap<String, Kind> {
    let mut settled: HashMap<String, Kind> = HashMap::new();
    for (run, kind) in runs.iter().zip(kinds) {
        if matches!(kind, Kind::Person | Kind::Organisation) && !word::title_cased(a, run.tokens.start) {
            settled.entry(key(a, run.tokens.clone())).or_insert_with(|| kind.clone());
        }
    }
    settled
}

/// The names that the story says to be firms: "the products group Merrow", « les éditions Hallam ».
fn firms(a: &Analysis, runs: &[Run], kinds: &[Kind]) -> HashSet<String> {
    let told =
        |run: &Run| a.language(run.tokens.start).is_some_and(|l| of_trade(a, run.tokens.start, l) || is_firm_behind(a, run, l));
    let firm = |(run, kind): &(&Run, &Kind)| matches!(kind, Kind::Organisation) && told(run);
    runs.iter().zip(kinds).filter(firm).map(|(run, _)| key(a, run.tokens.clone())).collect()
}

/// Names of people that are names of works or characters too, by one place of the story: "Anna Hallam's Vera Merrow", "the opera Vera".
fn works(a: &Analysis, runs: &[Run], kinds: &[Kind]) -> HashSet<String> {
    let full = |n: usize| matches!(kinds[n], Kind::Person) && runs[n].given > 0 && runs[n].tokens.len() > 1;
    let owned = |n: usize| {
        let (owner, t) = (&runs[n - 1].tokens, &runs[n].tokens);
        full(n - 1) && full(n) && runs[n].title.is_empty() && t.start == owner.end + 1 && a.is_clitic(owner.end)
    };
    let told = |n: usize| {
        let run = &runs[n];
        run.title.is_empty() && !run.civil && a.language(run.tokens.start).is_some_and(|l| is_work(a, run, l))
    };
    // A first name alone is the character's unless somebody in the story bears it.
    let borne: HashSet<&str> =
        (0..runs.len()).filter(|&n| full(n)).flat_map(|n| runs[n].tokens.clone()).map(|i| a.lower(i)).collect();
    let free = |n: usize| runs[n].tokens.len() > 1 || !borne.contains(a.lower(runs[n].tokens.start));
    (0..runs.len()).filter(|&n| n > 0 && owned(n) || told(n) && free(n)).map(|n| key(a, runs[n].tokens.clone())).collect()
}

/// Surnames behind first names that are also what streets and firms are called by, and that the story gives alone as one gives a
/// surname: "Simon Bridge … to replace Bridge".
fn surnames_alone<'a>(a: &'a Analysis, runs: &[Run]) -> HashSet<&'a str> {
    let surname = |i: usize| a.language(i).is_some_and(|l| l.cues.get("surname-head").at(a, i).is_some());
    let named =
        |run: &&Run| run.shape != Shape::Open && run.given > 0 && run.given + 1 == run.tokens.len() && surname(run.tokens.end - 1);
    let heads: HashSet<&str> = runs.iter().filter(named).map(|run| a.lower(run.tokens.end - 1)).collect();
    if heads.is_empty() {
        return heads;
    }
    let word = |i: usize| a.tokens[i].kind == TokenKind::Word;
    let stands = |&i: &usize| {
        a.tokens[i].case == Case::Capitalised && heads.contains(a.lower(i)) && !begins(a, i) && !word::title_cased(a, i) && {
            let s = a.sentence(i);
            let before = i.checked_sub(1).filter(|b| s.contains(b) && word(*b));
            let after = Some(i + 1).filter(|n| s.contains(n) && word(*n) && !a.tokens[*n].glued);
            let capital = |j: usize| a.tokens[j].case.is_capital();
            before.is_none_or(|b| !capital(b) && !a.classes[b].has(Class::Determiner)) && !after.is_some_and(capital)
        }
    };
    (0..a.tokens.len()).filter(stands).map(|i| a.lower(i)).collect()
}

/// Which place each name of a place means, and what it does.
fn settle(
    a: &Analysis,
    runs: &[Run],
    places: Vec<(usize, Vec<(PlaceId, bool)>)>,
    story: &mut Story,
    found: &mut Vec<(Range<usize>, Value)>,
) {
    let named: Vec<place::Named> = places
        .iter()
        .enumerate()
        .map(|(n, (i, candidates))| {
            let before = n.checked_sub(1).map(|p| runs[places[p].0].tokens.end);
            let beside = before.is_some_and(|end| place::beside(a, end, runs[*i].tokens.start));
            let t = runs[*i].tokens.start;
            let kept = matches!(
                a.kind(t),
                BlockKind::Dateline | BlockKind::Kicker | BlockKind::Headline | BlockKind::Caption | BlockKind::Credit
            );
            let words = runs[*i].tokens.clone();
            let common = a.language(t).is_some_and(|l| {
                ["no-name", "organisation-head", "place-noun"].iter().any(|set| l.cues.get(set).at(a, t) == Some(words.len()))
            });
            let home = a.language(t).map_or(&[][..], |l| &l.manifest.home);
            place::Named { candidates, beside, kept, common, home }
        })
        .collect();
    let ids = place::settle(&named);
    let mut by_id: HashMap<PlaceId, EntityId> = HashMap::new();
    let mut last: Option<(usize, PlaceRole, PlaceId)> = None;
    for ((i, candidates), id) in places.into_iter().zip(ids) {
        let Some(id) = id else { continue };
        let t = runs[i].tokens.clone();
        let Some(language) = a.language(t.start) else { continue };
        let (mut role, phrase) = place::role(a, t.clone(), language);
        if let Some((end, shared, inner)) = last
            && matches!(role, PlaceRole::Other | PlaceRole::Actor)
            && (place::coordinated(a, end, t.start) || place::beside(a, end, t.start) && gazetteer().contains(id, inner))
        {
            role = shared;
        }
        last = Some((t.end, role, id));
        let entity = *by_id.entry(id).or_insert_with(|| story.new_entity(EntityKind::Place, gazetteer().name(id, &language.code)));
        let candidates = candidates.into_iter().map(|c| c.0).collect();
        found.push((t, Value::Place(PlaceValue { id, candidates, role, entity, phrase })));
    }
}

/// Joins acronyms to what they stand for: « l'Office français de la biodiversité (OFB) ».
fn acronyms(a: &Analysis, runs: &[Run], kinds: &[Kind], story: &mut Story) {
    for (n, run) in runs.iter().enumerate() {
        let t = run.tokens.clone();
        if t.len() != 1
            || t.start < 2
            || mark(a, t.start - 1) != Some('(')
            || a.tokens.get(t.end).is_none_or(|_| mark(a, t.end) != Some(')'))
        {
            continue;
        }
        let acronym = key(a, t.clone());
        let before = n.checked_sub(1).filter(|&p| runs[p].tokens.end == t.start - 1);
        if let Some(p) = before
            && matches!(kinds[p], Kind::Organisation)
        {
            let words = a.span(runs[p].tokens.clone()).of(&a.doc.text);
            let id = story.organisation(key(a, runs[p].tokens.clone()), words);
            story.organisations.insert(acronym, id);
        } else if let Some(long) = organisation::expansion(a, t.start) {
            let thing = before.is_some_and(|p| runs[p].shape == Shape::Thing);
            if !thing
                && a.tokens[long.start].case.is_capital()
                && !begins(a, long.start)
                && !matches!(before.map(|p| &kinds[p]), Some(Kind::Place(_)))
            {
                let words = a.span(long.clone()).of(&a.doc.text);
                let id = story.organisation(key(a, long), words);
                story.organisations.insert(acronym, id);
            } else {
                story.things.insert(acronym);
            }
        }
    }
}
