//! The people of a draft: one entity a person, by whatever part of the name the story calls them.

use std::collections::HashMap;
use std::ops::Range;

use crate::analysis::{Analysis, EntityId, PersonValue, Sex};
use crate::language::names::first_names;
use crate::language::{Language, TokenKind};
use crate::mention::run::Run;

/// Bearers of one surname who are looked at, the first ones: no story has more.
const MOST: usize = 100;

/// One person.
#[derive(Debug)]
struct Person {
    /// The given names in lower case; empty where none is written anywhere.
    given: String,
    sex: Option<Sex>,
    entity: EntityId,
}

/// The people of a draft as they are met.
#[derive(Debug, Default)]
pub(crate) struct People {
    all: Vec<Person>,
    /// Surname in lower case, with and without its particles, and its last word → those who bear it.
    by_surname: HashMap<String, Vec<usize>>,
    /// First given name in lower case → those who bear it beside a surname.
    by_given: HashMap<String, Vec<usize>>,
}

impl People {
    /// The person of a full name, whom the story may have met before.
    pub fn full(&mut self, name: &Name, next: impl FnOnce() -> EntityId) -> EntityId {
        let bearers = self.by_surname.get(&name.surname).map_or(&[][..], Vec::as_slice);
        if let Some(&i) = bearers.iter().take(MOST).find(|&&i| same_given(&self.all[i].given, &name.given)) {
            let person = &mut self.all[i];
            person.sex = person.sex.or(name.sex);
            if name.given.len() > person.given.len() {
                person.given.clone_from(&name.given);
            }
            return person.entity;
        }
        self.add(name, next())
    }

    fn add(&mut self, name: &Name, entity: EntityId) -> EntityId {
        let index = self.all.len();
        self.all.push(Person { given: name.given.clone(), sex: name.sex, entity });
        for key in [&name.surname, &name.bare, &name.last] {
            let bearers = self.by_surname.entry(key.clone()).or_default();
            if bearers.last() != Some(&index) {
                bearers.push(index);
            }
        }
        // What is no first name anywhere else may be a firm: « le patron d'Xstrata ».
        let usual = |g: &&str| g.chars().count() > 1 && g.split('-').all(|part| first_names().frequency(part) > 0);
        if let Some(first) = name.given.split(' ').next().filter(usual) {
            self.by_given.entry(first.to_owned()).or_default().push(index);
        }
        entity
    }

    /// The one whom a surname alone means, a civil title's sex telling bearers apart; a new person where nobody bears it.
    pub fn surname(&mut self, name: &Name, next: impl FnOnce() -> EntityId) -> EntityId {
        match self.bearer(&name.surname, name.sex).or_else(|| self.bearer(&name.bare, name.sex)) {
            Some(entity) => entity,
            None => self.add(name, next()),
        }
    }

    /// The one person of that surname whom the sex does not rule out, if there is one and no more.
    pub fn bearer(&self, surname: &str, sex: Option<Sex>) -> Option<EntityId> {
        let bearers = self.by_surname.get(surname)?;
        let one = |fits: &dyn Fn(Option<Sex>) -> bool| {
            let mut found = bearers.iter().take(MOST).filter(|&&i| fits(self.all[i].sex));
            found.next().filter(|_| found.next().is_none()).map(|&i| self.all[i].entity)
        };
        one(&|s| sex.is_some() && s == sex).or_else(|| one(&|s| sex.is_none() || s.is_none() || s == sex))
    }

    /// The one person whom the story calls in full somewhere and who has that given name, if there is one and no more.
    pub fn called(&self, given: &str) -> Option<EntityId> {
        match self.by_given.get(given)?.as_slice() {
            [i] => Some(self.all[*i].entity),
            _ => None,
        }
    }

    /// Whether anybody whom the story calls in full bears that surname.
    pub fn knows(&self, surname: &str) -> bool {
        self.by_surname.get(surname).is_some_and(|l| l.iter().any(|&i| !self.all[i].given.is_empty()))
    }

    /// The sex of every person, by entity.
    pub fn sexes(&self) -> impl Iterator<Item = (EntityId, Option<Sex>)> {
        self.all.iter().map(|p| (p.entity, p.sex))
    }
}

/// « J. » is « Jean », « Jean » is « Jean Marie »; nothing is anybody.
fn same_given(one: &str, other: &str) -> bool {
    let mut words = one.split([' ', '-']).zip(other.split([' ', '-']));
    words.all(|(x, y)| x == y || x.chars().count() == 1 && y.starts_with(x) || y.chars().count() == 1 && x.starts_with(y))
        && one.is_empty() == other.is_empty()
}

/// The parts of a person's name in lower case.
#[derive(Debug)]
pub(crate) struct Name {
    given: String,
    surname: String,
    /// The surname without its particles.
    bare: String,
    /// The last word of the surname.
    last: String,
    sex: Option<Sex>,
}

impl Name {
    /// The name in a run, of which all is surname but the given names.
    pub fn of(a: &Analysis, run: &Run, language: &Language) -> Name {
        let t = &run.tokens;
        let from = (t.start + run.given).min(t.end - 1);
        let particle = language.cues.get("particle");
        let bare = (from..t.end).find(|&i| particle.at(a, i).is_none()).unwrap_or(from);
        Name {
            given: key(a, t.start..from),
            surname: key(a, from..t.end),
            bare: key(a, bare..t.end),
            last: key(a, t.end - 1..t.end),
            sex: sex(a, run, language),
        }
    }
}

/// The sex that title, function or first name tells.
fn sex(a: &Analysis, run: &Run, language: &Language) -> Option<Sex> {
    let cues = &language.cues;
    if run.civil {
        let has = |set: &str| cues.get(set).stands_in(a, run.title.clone());
        return if has("female-title") { Some(Sex::Female) } else { has("male-title").then_some(Sex::Male) };
    }
    let share = (run.given > 0).then(|| first_names().female_share(a.lower(run.tokens.start))).flatten();
    match share {
        Some(90..) => Some(Sex::Female),
        Some(..=10) => Some(Sex::Male),
        _ => {
            // « la ministre »: the function has one gender only.
            let tags = || run.title.clone().flat_map(|i| a.readings(i)).map(|r| r.tag);
            let (she, he) = (tags().any(|t| t.feminine()), tags().any(|t| t.masculine()));
            if she == he {
                None
            } else if she {
                Some(Sex::Female)
            } else {
                Some(Sex::Male)
            }
        }
    }
}

/// The words of a range of tokens in lower case, parted by one space.
pub(crate) fn key(a: &Analysis, tokens: Range<usize>) -> String {
    let mut out = String::new();
    for i in tokens {
        if a.tokens[i].kind == TokenKind::Mark {
            continue;
        }
        if !out.is_empty() && !out.ends_with('\'') {
            out.push(' ');
        }
        out.push_str(a.lower(i));
    }
    out
}

/// A person's name from a run: given names, surname, title.
pub(crate) fn person(run: &Run, entity: EntityId) -> PersonValue {
    let t = &run.tokens;
    let split = if run.tokens.len() == 1 && !run.civil && run.given == 1 { t.end } else { t.start + run.given };
    let pair = |r: Range<usize>| (r.start as u32, r.end as u32);
    PersonValue { entity, given: pair(t.start..split), surname: pair(split..t.end), title: pair(run.title.clone()) }
}
