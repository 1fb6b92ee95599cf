//! Of the places that bear a name, the one that the story means.

use std::collections::HashMap;

use super::{GREAT, KNOWN_ALONE, KNOWN_ANYWHERE, SETTLED};
use crate::language::places::{PlaceId, PlaceKind, gazetteer};

/// A name of a place in the story, in order.
pub(crate) struct Named<'c> {
    /// Those that bear the name, the best first.
    pub candidates: &'c [(PlaceId, bool)],
    /// Whether it stands where the container of the one before would.
    pub beside: bool,
    /// Whether it is read whatever the story is about: captions and headlines say where by themselves.
    pub kept: bool,
    /// Whether its words are what parts of any country are called: « le Centre » is more than a region of Uganda.
    pub common: bool,
    /// The countries at home in the language of the block, whose towns need no introduction.
    pub home: &'c [String],
}

/// Of the places that bear a name, the one that the story means: one whose container stands beside it; else in the country or
/// région that most other names speak for, unless the best is a great city of its own. A small town of a country of which the story
/// has nothing else, though it speaks of others, is none of them: "in Whitehall" is no town in Ohio. Nor is a region with a common name.
pub(crate) fn settle(named: &[Named]) -> Vec<Option<PlaceId>> {
    let g = gazetteer();
    let country = |id: PlaceId| if g.kind(id) == PlaceKind::Country { Some(id) } else { g.country(id) };
    let mut sure: Vec<Option<PlaceId>> = vec![None; named.len()];
    for n in 1..named.len() {
        if !named[n].beside {
            continue;
        }
        let pair = named[n - 1].candidates.iter().find_map(|&(inner, _)| {
            named[n].candidates.iter().find(|&&(outer, _)| g.contains(outer, inner)).map(|&(outer, _)| (inner, outer))
        });
        if let Some((inner, outer)) = pair {
            sure[n - 1].get_or_insert(inner);
            sure[n] = Some(outer);
        }
    }
    let mut votes: HashMap<PlaceId, usize> = HashMap::new();
    let mut containers: HashMap<PlaceId, usize> = HashMap::new();
    for (n, name) in named.iter().enumerate() {
        let best = name.candidates[0].0;
        let clear = name.candidates.len() == 1 || g.population(best) >= GREAT || g.kind(best) == PlaceKind::Country;
        if let Some(id) = sure[n].or(clear.then_some(best)).filter(|&id| g.kind(id) != PlaceKind::Continent) {
            *votes.entry(country(id).unwrap_or(id)).or_default() += 1;
            for outer in std::iter::successors(Some(id), |&p| g.parent(p))
                .filter(|&p| matches!(g.kind(p), PlaceKind::Region | PlaceKind::District))
            {
                *containers.entry(outer).or_default() += 1;
            }
        }
    }
    let mut spoken: HashMap<PlaceId, Vec<PlaceId>> = HashMap::new();
    for (n, name) in named.iter().enumerate() {
        let best = name.candidates[0].0;
        let sized = g.kind(best) != PlaceKind::Town || name.candidates[0].1 && g.population(best) >= KNOWN_ANYWHERE;
        if let Some(id) = sure[n].or(sized.then_some(best)).filter(|&id| g.kind(id) != PlaceKind::Continent) {
            spoken.entry(country(id).unwrap_or(id)).or_default().push(id);
        }
    }
    let top = votes.iter().max_by_key(|(id, n)| (**n, std::cmp::Reverse(**id))).map(|(id, _)| *id);
    let inside = |id: PlaceId| {
        std::iter::successors(g.parent(id), |&p| g.parent(p)).map(|p| containers.get(&p).copied().unwrap_or(0)).sum::<usize>()
    };
    let meant = |name: &Named, sure: Option<PlaceId>| {
        let best = name.candidates[0].0;
        if let Some(id) = sure {
            return id;
        }
        let home = || name.candidates.iter().map(|c| c.0).filter(|&id| top.is_some() && country(id) == top);
        if g.kind(best) == PlaceKind::Country || g.population(best) >= GREAT {
            // Newcastle in Australia is hardly greater than the one in England: a story that keeps to England means that one.
            let alone = || country(best).is_none_or(|c| spoken.get(&c).is_none_or(|ids| ids.iter().all(|&id| id == best)));
            let settled = top.and_then(|t| votes.get(&t)).is_some_and(|n| *n >= SETTLED || alone());
            let rival = home().find(|&id| g.population(id) >= KNOWN_ANYWHERE && g.population(id) >= g.population(best) / 4);
            // Valence in Spain is far greater than the one in France: a French story that has nothing else of Spain means the other.
            let native = home().find(|&id| g.population(id) >= KNOWN_ALONE && name.home.iter().any(|c| c == g.iso_country(id)));
            let rival = rival.filter(|_| settled).or_else(|| native.filter(|_| alone()));
            return rival.filter(|_| g.kind(best) == PlaceKind::Town).unwrap_or(best);
        }
        // Among namesakes of one country, the one whose region the story speaks of; of equals, the first.
        home().first_max_by_key(inside).unwrap_or(best)
    };
    named
        .iter()
        .zip(sure)
        .map(|(name, sure)| {
            let id = meant(name, sure);
            // « Twickenham » is Huntsville's old name, which its size does not make known.
            let by_name = name.candidates.contains(&(id, true));
            let least = if by_name { KNOWN_ANYWHERE } else { GREAT };
            let small = match g.kind(id) {
                PlaceKind::Town => g.population(id) < least,
                PlaceKind::Region | PlaceKind::District => name.common,
                PlaceKind::Country | PlaceKind::Continent => false,
            };
            let at_home = || name.home.iter().any(|c| c == g.iso_country(id));
            // Cannes is Cannes: no other place bears the name.
            let only = || !name.common && matches!(name.candidates, [(_, true)]) && g.population(id) >= KNOWN_ALONE;
            let supported = || country(id).is_none_or(|c| spoken.get(&c).is_some_and(|ids| ids.iter().any(|&other| other != id)));
            let alone = || spoken.is_empty() && g.kind(id) == PlaceKind::Town;
            (!small || name.kept || sure.is_some() || alone() || at_home() || only() || supported()).then_some(id)
        })
        .collect()
}

/// The first of the greatest.
trait FirstMax: Iterator<Item = PlaceId> + Sized {
    fn first_max_by_key(self, key: impl Fn(PlaceId) -> usize) -> Option<PlaceId> {
        self.fold(None, |best: Option<(PlaceId, usize)>, id| {
            let k = key(id);
            match best {
                Some((_, most)) if most >= k => best,
                _ => Some((id, k)),
            }
        })
        .map(|(id, _)| id)
    }
}

impl<I: Iterator<Item = PlaceId>> FirstMax for I {}
