//! The names of a story that a word may nearly be, and who is told apart from them.

use std::collections::HashSet;

use crate::analysis::{Analysis, Case, Value, mark};
use crate::facet::{Facet, Facets};
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::mention::word::{common_anywhere, is_item, title_cased};
use crate::relation::presented;
use crate::relation::support::{around, blocks, fold, people, says, slip, sounds_like};

/// Names that one word is held against, at most; no story has more.
const MOST: usize = 300;

/// A name that a word may nearly be.
pub(super) struct Name {
    /// In lower case, without accents.
    pub folded: String,
    /// Where it first stands.
    pub token: usize,
    /// Whether any slip of the hand in it counts, as in the surname of a person who is named in full.
    pub bearer: bool,
}

impl Name {
    pub(super) fn near(&self, word: &str, letters: usize) -> bool {
        if self.bearer {
            let near = slip(&self.folded, word, letters) && (letters < 2 || sure(&self.folded, word));
            return near || letters > 1 && sounds_like(&self.folded, word);
        }
        slip(&self.folded, word, letters) && typed(&self.folded, word)
    }
}

/// Whether two words are one letter apart, or two and share the first three.
fn sure(one: &str, other: &str) -> bool {
    strsim::osa_distance(one, other) <= 1 || begins_alike(one, other, 3)
}

fn begins_alike(one: &str, other: &str, letters: usize) -> bool {
    one.chars().take(letters).eq(other.chars().take(letters))
}

/// Whether a letter was left out, added or swapped with the next. Another letter may make another name, "Merrow", "Morrow": it counts
/// within a long word, and two slips do where the ends agree.
fn typed(one: &str, other: &str) -> bool {
    let letters = |w: &str| {
        let mut all: Vec<char> = w.chars().collect();
        all.sort_unstable();
        all
    };
    let (x, y) = (one.chars().count(), other.chars().count());
    let ends = one.chars().next_back() == other.chars().next_back();
    match strsim::damerau_levenshtein(one, other) {
        1 => x.min(y) >= 6 && (x != y || letters(one) == letters(other)) || x.min(y) >= 8 && ends,
        _ => x.min(y) >= 8 && ends && x != y && begins_alike(one, other, 3),
    }
}

/// The surnames of those whom the story names in full, then its other words with a capital of their own that are no common words.
pub(super) fn names(a: &Analysis) -> Vec<Name> {
    let full = people(a).filter(|(_, p)| p.given.0 < p.given.1 && p.surname.0 < p.surname.1);
    let surnames = full.map(|(_, p)| (p.surname.1 as usize - 1, true));
    let capital = |i: &usize| a.tokens[*i].kind == TokenKind::Word && a.tokens[*i].case == Case::Capitalised;
    let own = |i: &usize| !title_cased(a, *i) && !common_anywhere(a, *i);
    let others = blocks(a, &[]).into_iter().flatten().filter(|i| capital(i) && own(i)).map(|i| (i, false));
    let mut met = HashSet::new();
    let all = surnames.chain(others).map(|(token, bearer)| Name { folded: fold(a.lower(token)), token, bearer });
    all.filter(|n| n.folded.chars().count() >= 5 && met.insert(n.folded.clone())).take(MOST).collect()
}

/// Whether a word that stands alone may resume a name: it is no place, no item of a list and no tag, and no article leads up to it.
pub(super) fn resumes(a: &Analysis, i: usize) -> bool {
    // A cell of a table that the page gives as a line.
    let cell = |i: usize| mark(a, i) == Some('|');
    if i > 0 && cell(i - 1) || i + 1 < a.tokens.len() && cell(i + 1) {
        return false;
    }
    let tag = i > 0 && a.tokens[i].glued && mark(a, i - 1).is_some_and(|c| "@#_/.".contains(c));
    let known = a.mentions_in(i..i + 1).iter().any(|m| matches!(m.value, Value::Place(_)));
    let led = i > 0 && a.classes[i - 1].has(Class::Determiner) && a.tokens[i - 1].sentence == a.tokens[i].sentence;
    // "the *Morlow* shore": what stands before a noun may be a name all the same.
    let modifier = || {
        let next = a.tokens.get(i + 1).filter(|t| t.sentence == a.tokens[i].sentence && t.case == Case::Lower);
        let head_first = a.language(i).is_some_and(|l| l.grammar.head_first);
        !head_first && next.is_some() && a.classes[i + 1].has(Class::Noun) && !a.classes[i + 1].has(Class::Verb)
    };
    let thing = led && !modifier();
    !tag && !known && !thing && !full(a, i) && !is_item(a, &(i..i + 1))
}

/// Whether two words are plurals that name a kind of people, of whom the story speaks as of any others: "Leavers", "the leading Leaver*s*".
pub(super) fn kinds(a: &Analysis, i: usize, name: usize) -> bool {
    let many = |i: usize| {
        let ends = a.language(i).map(|l| &l.manifest.name_plurals);
        ends.is_some_and(|all| all.iter().any(|end| a.lower(i).ends_with(end.as_str())))
    };
    let led = |i: usize| {
        let at = a.chunks.partition_point(|c| c.tokens.1 as usize <= i);
        let group = a.chunks.get(at).map(|c| c.tokens.0 as usize).filter(|start| *start < i);
        group.is_some_and(|start| a.classes[start].has(Class::Determiner) || a.classes[i - 1].has(Class::Adjective))
    };
    many(i) && many(name) && (led(i) || led(name))
}

/// Whether a word is the surname of somebody whom the draft gives a first name or an initial there: names in full are held by `same-name`.
fn full(a: &Analysis, i: usize) -> bool {
    let given = a.mentions_in(i..i + 1).iter().any(|m| matches!(&m.value, Value::Person(p) if p.given.0 < p.given.1));
    // « Photo L. Marten »
    let initial = || i > 1 && mark(a, i - 1) == Some('.') && a.tokens[i - 2].span.len() == 1;
    let letter = || i > 0 && a.tokens[i - 1].case.is_capital() && a.text(i - 1).trim_end_matches('.').chars().count() == 1;
    given || initial() || letter()
}

/// Says why a word may be another name than the one that it nearly is.
pub(super) fn tell_apart(a: &Analysis, i: usize, name: usize, facets: &mut Facets) {
    facets.insert_if(says(a, "kin", around(a, i)), Facet::Kin);
    let told = |i: usize| says(a, "told-apart", a.sentence(i));
    facets.insert_if(told(i) || told(name), Facet::Namesake);
    let word = (i as u32, i as u32 + 1);
    let beside = a.tokens[i].sentence == a.tokens[name].sentence;
    facets.insert_if(beside || presented::introduced(a, word) || presented::brought_in(a, word), Facet::BothIntroduced);
}
