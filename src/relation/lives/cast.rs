//! Whose life an entry belongs to: every life is found by what is known of it, none is looked for among all.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Life;
use super::entry::{Entry, Holder, What, fits};
use crate::analysis::{Analysis, EntityId, Sex, Value};
use crate::document::BlockKind;

/// Two things that are told of one newcomer stand so many tokens apart.
const BESIDE: usize = 3;

/// Where more others are named before, nobody knows of whom a pronoun or a definite noun speaks.
const OTHERS: usize = 1;

const SEXES: [Option<Sex>; 3] = [None, Some(Sex::Female), Some(Sex::Male)];

/// The lives of a story as they are met.
pub(super) struct Cast {
    lives: Vec<Life>,
    /// Where each person is first named, by sex, in the order of the text.
    named: HashMap<Option<Sex>, Vec<(usize, EntityId)>>,
    by_name: HashMap<EntityId, usize>,
    by_sex: HashMap<Option<Sex>, Vec<usize>>,
    /// The first life of which something is told.
    told: HashMap<(What, Option<Sex>), usize>,
    /// The lives of nobody who is named of which something is told.
    open: HashMap<(What, Option<Sex>), BTreeSet<usize>>,
    /// The entries so far: their token, and their life.
    entries: Vec<(usize, usize)>,
}

impl Cast {
    pub fn of(a: &Analysis) -> Cast {
        let mut named: HashMap<Option<Sex>, Vec<(usize, EntityId)>> = HashMap::new();
        let mut met = HashSet::new();
        for m in &a.mentions {
            if let Value::Person(p) = &m.value
                && met.insert(p.entity)
            {
                named.entry(a.entities[p.entity.0 as usize].sex).or_default().push((m.tokens.0 as usize, p.entity));
            }
        }
        Cast {
            lives: Vec::new(),
            named,
            by_name: HashMap::new(),
            by_sex: HashMap::new(),
            told: HashMap::new(),
            open: HashMap::new(),
            entries: Vec::new(),
        }
    }

    pub fn put(&mut self, a: &Analysis, holder: Holder, entry: Entry) {
        let top = matches!(a.kind(entry.token), BlockKind::Headline | BlockKind::Kicker | BlockKind::Standfirst);
        let like = |sex| SEXES.into_iter().filter(move |s| fits(*s, sex));
        let at = match holder {
            Holder::Named(who) => {
                let sex = a.entities[who.0 as usize].sex;
                let open = || like(sex).filter_map(|s| self.open.get(&(entry.what, s))?.first().copied()).min();
                match self.by_name.get(&who).copied().or_else(open) {
                    Some(i) => Some(self.name(i, who)),
                    None => Some(self.add(Some(who), sex, false)),
                }
            }
            Holder::New(sex) => {
                let same = like(sex).filter_map(|s| self.told.get(&(entry.what, s)).copied()).min();
                // « un adolescent de 15 ans »: what stands side by side is of one.
                let last = |&&(_, i): &&(usize, usize)| {
                    self.lives[i].entries.last().is_some_and(|e| e.token.abs_diff(entry.token) <= BESIDE)
                };
                let near = self.entries.iter().rev().take_while(|(token, _)| token + BESIDE >= entry.token);
                let beside = near.filter(last).map(|(_, i)| *i).min();
                same.into_iter().chain(beside).min().or_else(|| Some(self.add(None, sex, top)))
            }
            Holder::Again(sex) => {
                let able = || like(sex).filter_map(|s| self.by_sex.get(&s));
                let sole = able().map(Vec::len).sum::<usize>() == 1;
                match able().filter_map(|all| all.first().copied()).min() {
                    Some(i) if sole && self.meant(i, sex, entry.token) => Some(i),
                    Some(_) => None,
                    None => Some(self.add(None, sex, true)),
                }
            }
        };
        if let Some(i) = at {
            let life = &mut self.lives[i];
            life.entries.push(entry);
            self.entries.push((entry.token, i));
            let key = (entry.what, life.sex);
            let first = self.told.entry(key).or_insert(i);
            *first = i.min(*first);
            if life.who.is_none() {
                self.open.entry(key).or_default().insert(i);
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.lives.is_empty()
    }

    /// What somebody did of whom an age or a birth is told, once all of those are.
    pub fn known(&mut self, holder: Holder, entry: Entry) {
        let Holder::Named(who) = holder else { return };
        if let Some(&i) = self.by_name.get(&who) {
            self.lives[i].entries.push(entry);
        }
    }

    /// Gives a life its name.
    fn name(&mut self, i: usize, who: EntityId) -> usize {
        let life = &mut self.lives[i];
        if life.who.replace(who).is_none() {
            for e in &life.entries {
                self.open.entry((e.what, life.sex)).or_default().remove(&i);
            }
            self.by_name.insert(who, i);
        }
        i
    }

    /// « # Un maire de 45 ans … », « Ce sexagénaire … » above the one person whose age the story tells by name: one life.
    pub fn merged(mut self) -> Vec<Life> {
        if let [one, other] = &self.lives[..] {
            let open = one.who.is_none() && other.who.is_some() && fits(one.sex, other.sex) && one.ahead;
            let first = other.entries.first().map(|e| e.token);
            let able = self.named.iter().filter(|(sex, _)| fits(**sex, one.sex)).flat_map(|(_, all)| all);
            let sole = able.filter(|n| Some(n.0) <= first).all(|n| Some(n.1) == other.who);
            if open && sole {
                let named = self.lives.remove(1);
                self.lives[0].who = named.who;
                self.lives[0].entries.extend(named.entries);
            }
        }
        self.lives
    }

    /// Whether a definite noun or a pronoun speaks of that life: few others are named before, and none last.
    fn meant(&self, life: usize, sex: Option<Sex>, token: usize) -> bool {
        let who = self.lives[life].who;
        let able = self.named.iter().filter(|(s, _)| fits(**s, sex));
        let others = able.map(|(_, all)| {
            let before = all.iter().take(OTHERS + 2).take_while(|n| n.0 < token);
            before.filter(|n| Some(n.1) != who).count()
        });
        // Who was brought in without a name may be the one whom the story names.
        others.sum::<usize>() <= OTHERS.max(usize::from(who.is_none()))
    }

    fn add(&mut self, who: Option<EntityId>, sex: Option<Sex>, ahead: bool) -> usize {
        let i = self.lives.len();
        self.lives.push(Life { who, sex, ahead, entries: Vec::new() });
        self.by_sex.entry(sex).or_default().push(i);
        self.by_name.extend(who.map(|who| (who, i)));
        i
    }
}
