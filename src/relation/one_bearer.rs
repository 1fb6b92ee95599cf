//! An office that one person holds has one bearer.

use std::collections::BTreeMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::SetName;
use super::support::{fold, people, says, slip};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, EntityId, Mention, PersonValue, Value, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::language::lexicon::LemmaId;
use crate::span::Span;

/// `one-bearer`: « la directrice de l'hôpital, Florence Auclair », « Sonia Perreau, directrice de l'hôpital »: an office that one person
/// holds is given to one.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OneBearer {
    /// The cue set of offices that one person holds.
    #[schemars(with = "SetName")]
    pub of: String,
}

/// Words of an office, at most.
const LONGEST: usize = 12;

/// Somebody with an office.
struct Bearer {
    person: EntityId,
    surname: String,
    shown: bool,
    span: Span,
    token: usize,
}

impl Relation for OneBearer {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "other"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::OtherTime, Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let mut offices: BTreeMap<(LemmaId, Vec<String>), Vec<Bearer>> = BTreeMap::new();
        for (m, p) in people(a).filter(|(_, p)| p.surname.0 < p.surname.1) {
            let Some((office, words)) = self.before(a, m, p).or_else(|| self.behind(a, m)) else { continue };
            let surname = fold(a.lower(p.surname.1 as usize - 1));
            let start = words.start.min(m.tokens.0 as usize);
            let end = words.end.max(m.tokens.1 as usize);
            let shown = matches!(a.kind(start), BlockKind::Caption | BlockKind::PullQuote);
            let bearer = Bearer { person: p.entity, surname, shown, span: a.span(start..end), token: start };
            offices.entry(office).or_default().push(bearer);
        }
        let mut found = Vec::new();
        for bearers in offices.into_values() {
            let first = &bearers[0];
            // Whoever comes after another holds it as well: only a caption has to be of the day of the story.
            let rival = |b: &&Bearer| {
                b.shown != first.shown
                    && b.person != first.person
                    && b.surname != first.surname
                    && !slip(&b.surname, &first.surname, 2)
            };
            let Some(other) = bearers.iter().find(rival) else { continue };
            let mut facets = Facets::default();
            for b in [first, other] {
                let sentence = a.sentence(b.token);
                let dated =
                    a.mentions_in(sentence.clone()).iter().any(|m| matches!(m.value, Value::Period(_)) || m.frame.background);
                let past = ["former", "background", "succession"].iter().any(|set| says(a, set, sentence.clone()));
                facets.insert_if(past || dated, Facet::OtherTime);
                facets.insert_if(a.facets_at(b.span).contains(Facet::Quoted), Facet::Quoted);
            }
            found.push(Conflict { roles: vec![("first", first.span), ("other", other.span)], values: Bindings::default(), facets });
        }
        found
    }
}

type Office = (LemmaId, Vec<String>);

impl OneBearer {
    /// The office before a name: « la directrice de l'hôpital, Florence Auclair », « le maire de Nolbec Luc Morand ».
    fn before(&self, a: &Analysis, m: &Mention, p: &PersonValue) -> Option<(Office, Range<usize>)> {
        let name = m.tokens.0 as usize;
        let from = a.sentence(name).start.max(name.saturating_sub(LONGEST));
        let comma = usize::from(name > from && mark(a, name - 1) == Some(','));
        let past = name - comma;
        let _ = p;
        let head = (from..past).rev().take_while(|&i| mark(a, i).is_none() && !verb(a, i)).find(|&i| self.is_office(a, i))?;
        let adjective = |i: usize| a.classes[i].has(Class::Adjective) && !a.classes[i].has(Class::Determiner);
        let opens = (from..head).rev().find(|&i| !adjective(i))?;
        let definite = a.language(head).is_some_and(|l| l.cues.get("definite").at(a, opens).is_some());
        // « Gérard Larcher, le président du Sénat, Richard Ferrand »: it is told of who stands before it.
        let apposed = |m: &Mention| m.tokens.1 as usize + 1 == opens && matches!(m.value, Value::Person(_));
        if comma > 0 && a.mentions_in(opens.saturating_sub(8)..opens).iter().any(apposed) {
            return None;
        }
        let office = office(a, head, past).filter(|_| definite)?;
        Some((office, opens..past))
    }

    /// The office behind a name: « Sonia Perreau, directrice de l'hôpital, ».
    fn behind(&self, a: &Analysis, m: &Mention) -> Option<(Office, Range<usize>)> {
        let name = m.tokens.1 as usize;
        let end = a.sentence(name - 1).end;
        if name + 1 >= end || mark(a, name) != Some(',') {
            return None;
        }
        let article = a.language(name).is_some_and(|l| l.cues.get("definite").at(a, name + 1).is_some());
        let head = name + 1 + usize::from(article);
        let past = (head..end).take(LONGEST).find(|&i| mark(a, i).is_some() || verb(a, i)).unwrap_or(end);
        let closes = past >= end || mark(a, past).is_some();
        let office = office(a, head, past).filter(|_| head < end && self.is_office(a, head) && closes)?;
        Some((office, head..past))
    }

    fn is_office(&self, a: &Analysis, i: usize) -> bool {
        a.language(i).is_some_and(|l| l.cues.get(&self.of).at(a, i) == Some(1)) && a.readings(i).iter().any(|r| !r.tag.plural())
    }
}

fn verb(a: &Analysis, i: usize) -> bool {
    let c = a.classes[i];
    (c.has(Class::Verb) || c.has(Class::Auxiliary) || c.has(Class::Relative)) && !c.has(Class::Noun) && !c.has(Class::Preposition)
}

/// An office with what it is of: its noun, and the words of meaning behind it.
fn office(a: &Analysis, head: usize, past: usize) -> Option<Office> {
    let lemma = a.readings(head).first()?.lemma;
    let content =
        |i: &usize| a.tokens[*i].kind == TokenKind::Word && a.language(*i).is_some_and(|l| l.grammar.closed(a.lower(*i)).is_none());
    let mut words: Vec<String> = (head + 1..past).filter(content).map(|i| fold(a.lower(i))).collect();
    words.sort_unstable();
    words.dedup();
    // « le ministre wallon » is one of several; « le maire de Nolbec » is one.
    let named = (head + 1..past).any(|i| a.tokens[i].case.is_capital());
    let of = head + 1 < past && a.classes[head + 1].has(Class::Preposition)
        || a.tokens.get(head + 1).is_some_and(|t| t.case.is_capital());
    (!words.is_empty() && named && of).then_some((lemma, words))
}
