//! A word that is nearly a name of the story, and none.

mod name;

use std::collections::{HashMap, HashSet};

use schemars::JsonSchema;
use serde::Deserialize;

use self::name::Name;
use super::support::{Slips, blocks, fold, repeats, slip};
use super::{Conflict, Relation, presented};
use crate::analysis::{Analysis, Case, Mention, PlaceRole, Value, mark};
use crate::document::BlockKind;
use crate::facet::Facet;
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::language::names::first_names;
use crate::language::places::gazetteer;
use crate::mention::word::{common_anywhere, title_cased};
use crate::syntax::begins;

/// `stray-form`: no capitalised word stands once that is a slip of the hand away from a name of the story.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StrayForm {
    /// The kinds of block in which the word stands; all where it is left out.
    #[serde(default)]
    pub of: Vec<BlockKind>,
    /// What the word is otherwise.
    pub reads: Reads,
    /// What it nearly is.
    pub like: Like,
    /// The most letters that may be added, lost, changed or swapped in a long word.
    pub letters: usize,
    /// How often the name must stand.
    #[serde(default = "one")]
    pub at_least: usize,
    /// How often the word may stand.
    #[serde(default = "one")]
    pub at_most: usize,
}

/// Words beside one word are held against each other, so that time grows with the square of how many there are; no story has more.
const MOST: usize = 300;

/// From so many letters on a word is one slip away from one name at most.
const LONG: usize = 9;

fn one() -> usize {
    1
}

/// What a word is, as far as the language's lexicon, the first names and the gazetteer know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reads {
    /// Nothing that is known.
    Unknown,
    /// A common word of the language.
    Common,
}

/// What a word is nearly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Like {
    /// A person's surname.
    Surname,
    /// A place.
    Place,
    /// The surname of a person whom the story names in full; or any name, where a letter was left out, doubled or swapped.
    Name,
    /// The word that elsewhere stands beside the same capitalised word.
    Neighbour,
}

impl Relation for StrayForm {
    fn roles(&self) -> &'static [&'static str] {
        &["stray", "name"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Derived, Facet::Quoted, Facet::Kin, Facet::BothIntroduced, Facet::Namesake]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        if self.like == Like::Neighbour {
            return self.neighbours(a);
        }
        let names = if self.like == Like::Name { name::names(a) } else { self.names(a) };
        let slips = Slips::new(names.iter().map(|n| n.folded.as_str()), self.letters);
        // Few words are nearly a name: they are found before anything is counted.
        let near = |i: usize| {
            let word = fold(a.lower(i));
            slips.near(&word).into_iter().any(|n| names[n].near(&word, self.letters))
        };
        let strays: Vec<usize> =
            blocks(a, &self.of).into_iter().flatten().filter(|&i| shaped(a, i) && near(i) && self.stray(a, i)).collect();
        if strays.is_empty() {
            return Vec::new();
        }
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let repeated = repeats(a);
        for i in blocks(a, &[]).into_iter().flatten().filter(|&i| !repeated[a.tokens[i].sentence as usize]) {
            *counts.entry(a.lower(i)).or_default() += 1;
        }
        let (mut found, mut told) = (Vec::new(), HashSet::new());
        let bearers: HashSet<&str> = names.iter().filter(|n| n.bearer).map(|n| n.folded.as_str()).collect();
        let once = |i: usize| !repeated[a.tokens[i].sentence as usize] && counts[a.lower(i)] <= self.at_most;
        for i in strays.into_iter().filter(|&i| once(i)) {
            let word = fold(a.lower(i));
            let near = |n: &&Name| {
                n.near(&word, self.letters) && counts.get(n.folded.as_str()).copied().unwrap_or(self.at_least) >= self.at_least
            };
            let Some(name) = slips.near(&word).into_iter().map(|n| &names[n]).find(near) else { continue };
            let mut facets = a.facets_at(a.tokens[i].span);
            let longer = name.folded.starts_with(&word) || word.starts_with(name.folded.as_str());
            let people = !name.bearer && name::kinds(a, i, name.token);
            facets.insert_if(longer || people || self.like == Like::Place && peopled(a, i, name.token), Facet::Derived);
            if self.like == Like::Name {
                // Of two slips of one word, the first is told; of two that stand equally often, the later.
                let more = counts.get(a.lower(name.token)).copied().unwrap_or(0);
                let first = told.insert(a.lower(i));
                // Who has a first name in the story is somebody: names in full are held by `same-name`.
                if !first
                    || bearers.contains(word.as_str())
                    || more < counts[a.lower(i)]
                    || more == counts[a.lower(i)] && name.token > i && !name.bearer
                {
                    continue;
                }
                name::tell_apart(a, i, name.token, &mut facets);
                // "Hansen", "Hanson", "Hansson": a story with three such names tells them apart.
                let alike = |n: &&Name| n.bearer && n.folded != word && n.folded.chars().next() == word.chars().next();
                let close = names.iter().filter(alike).filter(|n| strsim::osa_distance(&n.folded, &word) <= 2).count();
                facets.insert_if(close > 1, Facet::Namesake);
            }
            found.push(Conflict {
                roles: vec![("stray", a.tokens[i].span), ("name", a.tokens[name.token].span)],
                values: Bindings::default(),
                facets,
            });
        }
        found
    }
}

/// Whether a word has the shape of a name that a slip of the hand may have made: a capital, five letters, no hyphen.
fn shaped(a: &Analysis, i: usize) -> bool {
    let t = a.tokens[i];
    t.kind == TokenKind::Word && t.case == Case::Capitalised && a.lower(i).chars().count() >= 5 && !a.lower(i).contains('-')
}

/// Whether a word has an article where the name has none: « les Picards », "the Picards" live where « Picardie » is.
fn peopled(a: &Analysis, i: usize, place: usize) -> bool {
    let behind = |i: usize| i > a.sentence(i).start && a.classes[i - 1].has(Class::Determiner);
    behind(i) && !behind(place)
}

impl StrayForm {
    /// The names that a word may nearly be, folded, each with the first place where it stands.
    fn names(&self, a: &Analysis) -> Vec<Name> {
        let mut out: Vec<Name> = Vec::new();
        let mut met: HashSet<String> = HashSet::new();
        for m in &a.mentions {
            let token = match (&m.value, self.like) {
                (Value::Person(p), Like::Surname) if p.surname.0 < p.surname.1 => p.surname.1 as usize - 1,
                (Value::Place(p), Like::Place) if m.tokens.1 == m.tokens.0 + 1 && p.role == PlaceRole::Locative => {
                    m.tokens.0 as usize
                }
                _ => continue,
            };
            let folded = fold(a.lower(token));
            if folded.chars().count() >= 5 && met.insert(folded.clone()) {
                out.push(Name { folded, token, bearer: true });
            }
        }
        out
    }

    /// Words that the same capitalised word stands beside, one of them nothing that is known.
    fn neighbours(&self, a: &Analysis) -> Vec<Conflict> {
        let capital = |i: usize| a.tokens[i].kind == TokenKind::Word && a.tokens[i].case == Case::Capitalised;
        let (told, repeated) = (blocks(a, &self.of), repeats(a));
        let pairs: Vec<(usize, usize)> = told
            .into_iter()
            .flat_map(|t| t.clone().zip(t.skip(1)))
            .filter(|&(x, y)| capital(x) && capital(y) && !repeated[a.tokens[x].sentence as usize])
            .collect();
        let mut beside: HashMap<(bool, &str), Vec<usize>> = HashMap::new();
        let mut times: HashMap<(&str, &str), usize> = HashMap::new();
        for &(x, y) in &pairs {
            *times.entry((a.lower(x), a.lower(y))).or_default() += 1;
            beside.entry((true, a.lower(x))).or_default().push(y);
            beside.entry((false, a.lower(y))).or_default().push(x);
        }
        let known = |i: usize| {
            let word = a.lower(i);
            let place = gazetteer().lookup(&fold(word)).next().is_some();
            place || first_names().frequency(word) > 0 || a.language(i).is_none_or(|l| l.lexicon.contains(word))
        };
        let mut found = Vec::new();
        for &(x, y) in &pairs {
            for (odd, side) in [(y, (true, a.lower(x))), (x, (false, a.lower(y)))] {
                let same = &beside[&side];
                let once = times[&(a.lower(x), a.lower(y))] == 1;
                if !once || same.len() > MOST || a.lower(odd).chars().count() < 5 || known(odd) {
                    continue;
                }
                let (word, bare) = (a.lower(odd), fold(a.lower(odd)));
                // « Aix-Marseille University, Aix-Marseille Université »: who writes both in one sentence means both; a hyphen is no slip.
                let sentence = |i: usize| a.tokens[i].sentence;
                let joined = |w: &str| w.replace(['-', ' '], "");
                let slipped = |&&i: &&usize| {
                    let other = fold(a.lower(i));
                    slip(&other, &bare, self.letters) && joined(&other) != joined(&bare) && sentence(i) != sentence(odd) && known(i)
                };
                let Some(&name) = same.iter().find(slipped) else {
                    continue;
                };
                // « Sylvie Garrigal (SNUR) », « Sylvie Garrigual, de l'Union »: the story says who each of them is.
                let person = |i: usize| {
                    let full = |m: &&Mention| matches!(&m.value, Value::Person(p) if p.given.0 < p.given.1);
                    a.mentions_in(i.saturating_sub(3)..i + 1).iter().find(|m| m.tokens.1 as usize > i && full(m))
                };
                let told = |i: usize| person(i).is_some_and(|m| presented::presented(a, m.tokens));
                if told(odd) && told(name) {
                    continue;
                }
                let mut facets = a.facets_at(a.tokens[odd].span);
                facets.insert_if(a.lower(name).starts_with(word) || word.starts_with(a.lower(name)), Facet::Derived);
                let roles = vec![("stray", a.tokens[odd].span), ("name", a.tokens[name].span)];
                found.push(Conflict { roles, values: Bindings::default(), facets });
            }
        }
        found
    }

    fn stray(&self, a: &Analysis, i: usize) -> bool {
        let t = a.tokens[i];
        let Some(language) = a.language(i) else { return false };
        // A name of several words is held against others whole.
        let capital = |j: usize| {
            a.tokens.get(j).is_some_and(|n| n.block == t.block && n.kind == TokenKind::Word && n.case.is_capital() && !begins(a, j))
        };
        if capital(i + 1) || (i > 0 && capital(i - 1)) {
            return false;
        }
        if self.like == Like::Name && !name::resumes(a, i) {
            return false;
        }
        // A small town of that name is not what the story means where it stands for no place: "Middlesborough", "Middlesbrough".
        let place = || gazetteer().lookup(&fold(a.lower(i))).next().is_some();
        let long = a.lower(i).chars().count() >= LONG;
        let meant = |m: &Mention| matches!(m.value, Value::Place(_));
        // "Middlesborough, Kentucky"
        let lies =
            mark(a, (i + 1).min(a.tokens.len() - 1)) == Some(',') && a.tokens.get(i + 2).is_some_and(|t| t.case.is_capital());
        let small = self.like == Like::Place && long && !lies && !a.mentions_in(i..i + 1).iter().any(meant);
        let known = !small && place() || first_names().frequency(a.lower(i)) > 0;
        // "Germans", where the lexicon has "German".
        let singular = || {
            let ends = language.manifest.name_plurals.iter();
            ends.filter_map(|end| a.lower(i).strip_suffix(end.as_str())).any(|one| language.lexicon.contains(one))
        };
        match self.reads {
            // A name that a dictionary has is a slip of one in the story all the same.
            Reads::Unknown if self.like == Like::Name => !known && !common_anywhere(a, i) && !singular(),
            Reads::Unknown => !known && !language.lexicon.contains(a.lower(i)) && !singular(),
            Reads::Common => {
                let common = language.lexicon.contains(a.lower(i)) && !a.classes[i].has(Class::Proper);
                common && !begins(a, i) && !title_cased(a, i) && (!known || gazetteer().lookup(&fold(a.lower(i))).next().is_none())
            }
        }
    }
}
