//! A person has one age.

use std::collections::{BTreeMap, HashMap, HashSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{cue_in, same_word, stance};
use super::human::human;
use super::lives::{Life, What, lives};
use super::names::{Keyed, SetName};
use super::{Conflict, Relation};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, EntityId, Mention, Value, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::grammar::Class;
use crate::language::{Cue, Language, TokenKind};
use crate::span::Span;

/// `one-age`: the ages that a story gives of one person are one age, and a word for a decade holds it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OneAge {
    /// The cue set of words that put an age at another time.
    #[schemars(with = "SetName")]
    pub then: String,
    /// For words of a decade of life the cue sets, each with the decade's first year: `{ in-their-fifties: 50 }`.
    #[serde(default)]
    #[schemars(with = "Keyed<SetName>")]
    pub decades: BTreeMap<String, u32>,
}

impl Relation for OneAge {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "other"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::OtherTime, Facet::Quoted, Facet::Approximate]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut found = if self.decades.is_empty() { self.of_people(a) } else { self.of_decades(a) };
        let stages: Vec<(&str, i64, i64)> = self.decades.iter().map(|(set, &n)| (set.as_str(), i64::from(n), past(n))).collect();
        let mut places: HashSet<Span> = found.iter().flat_map(|c| c.roles.iter().map(|(_, span)| *span)).collect();
        for clash in lives(a, &stages, None).iter().flat_map(Life::two_ages) {
            let staged = matches!(clash.first.what, What::Stage(..)) || matches!(clash.other.what, What::Stage(..));
            let called = |span: Span| calling(a, a.tokens_in(span).end);
            let two = called(clash.first.span).zip(called(clash.other.span)).is_some_and(|(n, o)| !same_word(a, n, o));
            if staged == self.decades.is_empty() || places.contains(&clash.other.span) || two {
                continue;
            }
            places.extend([clash.first.span, clash.other.span]);
            let roles = vec![("first", clash.first.span), ("other", clash.other.span)];
            found.push(Conflict { roles, values: Bindings::default(), facets: Facets::default() });
        }
        found
    }
}

/// The first year after a stretch of life that begins with one: its decade's.
fn past(from: u32) -> i64 {
    i64::from(from / 10 + 1) * 10
}

impl OneAge {
    /// « Marie Holt, 34 ans, » and « Marie Holt (36 ans) »
    fn of_people(&self, a: &Analysis) -> Vec<Conflict> {
        let ages: Vec<(EntityId, &Mention, &Amount)> = a.mentions.iter().enumerate().filter_map(|(i, m)| owner(a, i, m)).collect();
        // Of each person the first age, and the first other one.
        let mut known: HashMap<EntityId, Vec<(&Mention, &Amount)>> = HashMap::new();
        let mut found = Vec::new();
        for &(who, other, y) in &ages {
            let before = known.entry(who).or_default();
            let clash = before.iter().find(|(_, x)| x.written != y.written).copied();
            if before.is_empty() || before.len() == 1 && clash.is_some() {
                before.push((other, y));
            }
            let Some((first, x)) = clash else { continue };
            // « Luc Morand, 58 ans, négociant », « Luc Morand, 71 ans, instituteur »: two of one name, each brought in.
            if calling(a, first.tokens.1 as usize)
                .zip(calling(a, other.tokens.1 as usize))
                .is_some_and(|(n, o)| !same_word(a, n, o))
            {
                continue;
            }
            let mut facets = stance(other);
            facets.insert_if(!x.is_exact() || !y.is_exact(), Facet::Approximate);
            let then = |m: &Mention| m.frame.background || cue_in(a, &self.then, a.sentence(m.tokens.0 as usize));
            facets.insert_if(then(first) || then(other), Facet::OtherTime);
            found.push(Conflict { roles: vec![("first", first.span), ("other", other.span)], values: Bindings::default(), facets });
        }
        found
    }

    /// « le quinquagénaire », where the only age that the story gives is no age of a man in his fifties.
    fn of_decades(&self, a: &Analysis) -> Vec<Conflict> {
        let ages: Vec<(&Mention, &Amount)> = a.mentions.iter().filter_map(age).collect();
        let Some(&(m, x)) = ages.first() else { return Vec::new() };
        // Where the story has more people than one, whose the word is cannot be told.
        if ages.iter().any(|(_, y)| y.written != x.written) {
            return Vec::new();
        }
        let mut words: Vec<(usize, usize, u32)> = Vec::new();
        for (lang, language) in a.languages.iter() {
            let cues: Vec<(&Cue, u32)> = self.decades.iter().map(|(set, from)| (language.cues.get(set), *from)).collect();
            let mine = (0..a.tokens.len()).filter(|i| a.lang(*i) == lang && a.tokens[*i].kind == TokenKind::Word);
            words.extend(mine.filter_map(|i| cues.iter().find_map(|(cue, from)| cue.at(a, i).map(|len| (i, len, *from)))));
        }
        words.sort_unstable();
        let Some(&(i, len, from)) = words.first() else { return Vec::new() };
        let fits = x.written >= Ratio::whole(i128::from(from)) && x.written < Ratio::whole(i128::from(from) + 10);
        if fits || words.iter().any(|w| w.2 != from) {
            return Vec::new();
        }
        let mut facets = stance(m);
        facets.insert_if(!x.is_exact(), Facet::Approximate);
        let then = |i: usize| cue_in(a, &self.then, a.sentence(i));
        facets.insert_if(then(i) || then(m.tokens.0 as usize) || m.frame.background, Facet::OtherTime);
        if !refers_back(a, m, i, len) {
            return Vec::new();
        }
        let word: Span = a.span(i..i + len);
        vec![Conflict { roles: vec![("first", m.span), ("other", word)], values: Bindings::default(), facets }]
    }
}

/// Whether a word for a decade of life speaks of whoever the age just before is of: « Un homme âgé de 47 ans … Le quinquagénaire », "A
/// man aged 47 … The swimmer, in his fifties". It stands in the same sentence or the next, a definite article leads it, and nobody
/// else has come in.
fn refers_back(a: &Analysis, m: &Mention, word: usize, len: usize) -> bool {
    let (age, sentence) = (m.tokens.1 as usize, a.sentence(word));
    if age > word || a.tokens[word].sentence > m.sentence + 1 {
        return false;
    }
    let Some(language) = a.language(word) else { return false };
    let definite = |i: usize| language.grammar.definite.iter().any(|w| w == a.lower(i));
    // "The swimmer, in his fifties": the group before the comma.
    let apposed = word > sentence.start && mark(a, word - 1) == Some(',');
    let group = || a.chunks.iter().find(|c| apposed && c.tokens.1 as usize == word - 1).map(|c| c.tokens.0 as usize);
    let head = if apposed { group() } else { (sentence.start..word).rev().take(2).find(|&i| definite(i)) };
    let led = head.is_some_and(|i| i >= sentence.start && (definite(i) || i > sentence.start && definite(i - 1)));
    // « Le sexagénaire Luc Verdan » may be another.
    let from = a.sentence(m.tokens.0 as usize).start;
    let people = a.mentions_in(from..word + len + 3).iter().filter(|p| matches!(p.value, Value::Person(_)));
    let behind = people.clone().any(|p| p.tokens.0 as usize >= word);
    let owned = people.filter(|p| p.tokens.1 as usize <= age).count();
    let all = a.mentions_in(from..word).iter().filter(|p| matches!(p.value, Value::Person(_))).count();
    // The age is somebody's: « La retraite à 62 ans » is nobody's.
    let carried = owned == 1 || of_participant(a, from..age, language);
    let brought = (0..from).filter(|&i| a.kind(i) == BlockKind::Body && participant(a, i, language)).count();
    let kin = cue_in(a, "kin", age..sentence.end);
    led && !behind && all == owned && owned <= 1 && carried && brought == 0 && !kin
}

/// The noun behind an age that tells what somebody is: « 58 ans, *négociant* en bois ».
fn calling(a: &Analysis, past: usize) -> Option<usize> {
    let end = a.sentence(past.checked_sub(1)?).end;
    let apposed = past < end && mark(a, past) == Some(',');
    (past + 1..end.min(past + 4)).take_while(|&i| mark(a, i).is_none()).find(|&i| apposed && human(a, i))
}

fn participant(a: &Analysis, i: usize, language: &Language) -> bool {
    let someone = |r: &crate::language::lexicon::Reading| language.grammar.ids.participants.contains(&r.lemma);
    a.classes[i].has(Class::Noun) && a.readings(i).iter().any(someone)
}

/// Whether one noun of a person stands among the tokens, and no more.
fn of_participant(a: &Analysis, tokens: std::ops::Range<usize>, language: &Language) -> bool {
    tokens.filter(|&i| participant(a, i, language)).count() == 1
}

fn age(m: &Mention) -> Option<(&Mention, &Amount)> {
    if let Value::Age(x) = &m.value { Some((m, x)) } else { None }
}

/// The person after whose name an age stands: « Marie Holt, 34 ans ».
fn owner<'a>(a: &'a Analysis, i: usize, m: &'a Mention) -> Option<(EntityId, &'a Mention, &'a Amount)> {
    let (_, x) = age(m)?;
    let start = m.tokens.0 as usize;
    let person = a.mentions[..i].iter().rev().take(3).find_map(|p| match &p.value {
        // A surname alone may be a relative's, a first name alone anybody's.
        Value::Person(v) if p.sentence == m.sentence && v.given.0 < v.given.1 && v.surname.0 < v.surname.1 => Some((p, v.entity)),
        _ => None,
    })?;
    let between = person.0.tokens.1 as usize..start;
    let plain = between.clone().all(|t| matches!(mark(a, t), Some(',' | '(')) || a.tokens[t].kind == TokenKind::Word);
    (between.len() == 1 && plain && between.clone().all(|t| mark(a, t).is_some())).then_some((person.1, m, x))
}
