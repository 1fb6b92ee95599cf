//! Whoever is said to hold an office holds it on the day.

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::{fold, people, says};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, ChunkKind, Mention, PersonValue, mark};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::grammar::{Class, Tense};
use crate::language::{Office, TokenKind};
use crate::span::Span;

/// `in-office`: a person whom the languages' `offices` know is given an office only on the days on which they hold it.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InOffice {}

impl Relation for InOffice {
    fn roles(&self) -> &'static [&'static str] {
        &["function", "name"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["then"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::OtherTime, Facet::Quoted, Facet::Hypothetical]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let Some((published, _)) = a.doc.meta.published else { return Vec::new() };
        let mut found = Vec::new();
        for (m, p) in people(a) {
            let Some(language) = a.language(m.tokens.0 as usize) else { continue };
            // A name that begins with another letter is another's: the list is long, and most names are not on it.
            let initial = a.lower(m.tokens.1 as usize - 1).chars().next();
            let alike = |o: &&Office| {
                let theirs = o.holder.split_whitespace().last().and_then(|w| w.chars().next());
                let plain = |c: Option<char>| c.is_none_or(|c| c.is_ascii_alphabetic());
                !plain(initial) || !plain(theirs) || initial == theirs.map(|c| c.to_ascii_lowercase())
            };
            let mine: Vec<&Office> = language.offices.iter().filter(alike).filter(|o| bears(a, p, m, &o.holder)).collect();
            for office in &mine {
                let Some(function) = given(a, m, office) else { continue };
                let now = mine.iter().any(|o| o.is_office_of(office) && o.holds_on(published));
                // Who holds it cannot be told where the list does not reach.
                let Some(then) = language.offices.iter().find(|o| o.is_office_of(office) && o.holds_on(published)) else {
                    continue;
                };
                if now {
                    continue;
                }
                let sentence = a.sentence(m.tokens.0 as usize);
                let own = a.facets_at(m.span);
                let mut facets = Facets::default();
                let past = says(a, "former", sentence.clone()) || says(a, "background", sentence.clone());
                let past = past || was(a, function);
                let dated = m.frame.background || m.frame.year.is_some() || own.contains(Facet::OtherTime);
                facets.insert_if(past || dated, Facet::OtherTime);
                facets.insert_if(own.contains(Facet::Quoted), Facet::Quoted);
                facets.insert_if(own.contains(Facet::Hypothetical), Facet::Hypothetical);
                let mut values = Bindings::default();
                values.bind("then", Bound::Literal(then.holder.clone()));
                found.push(Conflict { roles: vec![("function", function), ("name", m.span)], values, facets });
                break;
            }
        }
        found
    }
}

/// Whether a verb of the past stands right before an office: « lorsqu'il *était* président de la République ».
fn was(a: &Analysis, function: Span) -> bool {
    let start = a.tokens_in(function).start;
    let at = a.chunks.partition_point(|c| (c.tokens.1 as usize) <= start);
    let before = a.chunks[..at].iter().next_back().filter(|c| a.sentence(start).contains(&(c.tokens.0 as usize)));
    let near = before.filter(|c| start - c.tokens.1 as usize <= 1);
    near.is_some_and(|c| {
        let ChunkKind::Verb(v) = c.kind else { return false };
        let links = a.language(start).is_some_and(|l| l.grammar.ids.linking.contains(&v.lemma));
        links && v.finite && matches!(v.tense, Tense::Past | Tense::Imperfect | Tense::Pluperfect)
    })
}

/// Whether a mention is of that holder: by the full name, or by the surname alone.
fn bears(a: &Analysis, p: &PersonValue, m: &Mention, holder: &str) -> bool {
    let words = |(from, to): (u32, u32)| {
        let tokens = from as usize..to as usize;
        tokens.filter(|&i| a.tokens[i].kind != TokenKind::Mark).map(|i| fold(a.lower(i))).collect::<Vec<_>>()
    };
    let theirs: Vec<String> = holder.split_whitespace().map(|w| fold(&w.to_lowercase())).collect();
    let mine = words(m.tokens);
    let alone = p.given.0 == p.given.1 && mine.len() < theirs.len() && !mine.is_empty();
    mine == theirs || mine.ends_with(&theirs) || alone && theirs.ends_with(&words(p.surname)) && p.surname.0 < p.surname.1
}

/// The office where it is given to a person: right before the name, or after it between commas.
fn given(a: &Analysis, m: &Mention, office: &Office) -> Option<Span> {
    let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
    let sentence = a.sentence(start);
    let language = a.language(start)?;
    let cut =
        |name: &String| crate::language::cut::words(name, &language.manifest, &language.lexicon).into_iter().map(fold).collect();
    let names: Vec<Vec<String>> = office.office.iter().map(cut).collect();
    let at = |from: usize| {
        let fits = |name: &&Vec<String>| {
            from + name.len() <= sentence.end && name.iter().enumerate().all(|(i, w)| fold(a.lower(from + i)) == *w)
        };
        names.iter().filter(fits).map(Vec::len).max()
    };
    let named = p_start(a, m);
    let before = (sentence.start..named).find_map(|from| {
        let len = at(from)?;
        let past = from + len;
        let joined = past == named || past + 1 == named && mark(a, past) == Some(',');
        // « le vice-président », « l'ancien président » are other words; the office of another country has its name after it.
        joined.then(|| a.span(from..past))
    });
    before.or_else(|| {
        let comma = (mark(a, end) == Some(',')).then_some(end + 1)?;
        let article = usize::from(a.classes.get(comma).is_some_and(|c| c.has(Class::Determiner)));
        let from = comma + article;
        let len = at(from).filter(|_| from < sentence.end)?;
        // « François Hollande, président de la République de 2012 à 2017 »
        let closes = from + len >= sentence.end || mark(a, from + len).is_some();
        closes.then(|| a.span(from..from + len))
    })
}

/// Where the name itself begins, past any title.
fn p_start(a: &Analysis, m: &Mention) -> usize {
    let (start, end) = (m.tokens.0 as usize, m.tokens.1 as usize);
    (start..end).find(|&i| a.tokens[i].case.is_capital()).unwrap_or(start)
}
