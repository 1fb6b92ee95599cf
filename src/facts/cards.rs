//! Index cards: what the story tells of each person, organisation, place and thing, in the order of the text.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::{Analysis, EntityId, EntityKind, Joined, Mention, ThingId, Value, mark};
use crate::span::Span;

/// What the story tells of one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The fullest name by which the story calls it, or the noun that first speaks of it.
    pub name: String,
    /// `person`, `organisation`, `place` or `thing`.
    pub kind: &'static str,
    /// What is told, in the order of the text.
    pub entries: Vec<Entry>,
}

/// One thing that the story tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Bytes of [`Document::text`](crate::document::Document::text).
    pub span: Span,
    /// What is told.
    pub told: Told,
    /// Who says so, where the sentence names a source, by its bytes.
    pub source: Option<Span>,
}

/// What an entry tells.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "tells", rename_all = "kebab-case")]
pub enum Told {
    /// A word that speaks of the thing.
    Word {
        /// Why it is on this card: `introduced`, `name`, `resumed`, `kind`, `pronoun`, `apposed` or `part`.
        joined: &'static str,
    },
    /// The title or function before a name.
    Title,
    /// How old somebody is.
    Age,
    /// What somebody says, in their own words.
    Quotation,
    /// What a phrase with a sense says.
    Claim {
        /// The name of the sense in `senses.yaml`.
        sense: String,
        /// How it is said: `verb`, `predicate`, `attribute` or `noun`, and what else holds of it, such as `denied`.
        how: Vec<&'static str>,
    },
}

/// The cards of a draft: of whoever and whatever has a name, and of what the story takes up or says something of, by their first word.
pub fn cards(a: &Analysis) -> Vec<Card> {
    let known = a.cards();
    let mut all: Vec<Card> = known
        .things
        .iter()
        .map(|thing| {
            let entity = thing.entity.and_then(|e| a.entities.get(e.0 as usize));
            let kind = match entity.map(|e| e.kind) {
                Some(EntityKind::Person) => "person",
                Some(EntityKind::Organisation) => "organisation",
                Some(EntityKind::Place) => "place",
                None => "thing",
            };
            Card { name: entity.map(|e| e.name.clone()).unwrap_or_default(), kind, entries: Vec::new() }
        })
        .collect();
    let entry =
        |token: u32, span: Span, told: Told| Entry { span, told, source: crate::mention::source(a, a.sentence(token as usize)) };
    for word in &known.words {
        let span = a.tokens[word.token as usize].span;
        let card = &mut all[word.thing.0 as usize];
        if card.name.is_empty() {
            card.name = span.of(&a.doc.text).to_owned();
        }
        card.entries.push(entry(word.token, span, Told::Word { joined: joined(word.joined) }));
    }
    let of_entity: HashMap<_, ThingId> =
        known.things.iter().enumerate().filter_map(|(n, t)| Some((t.entity?, ThingId(n as u32)))).collect();
    // The token after each name: the card has one word of it, which is the first or the last.
    let named: HashMap<u32, ThingId> = a
        .mentions
        .iter()
        .filter_map(|m| match &m.value {
            Value::Person(p) => Some((m.tokens.1, *of_entity.get(&p.entity)?)),
            _ => None,
        })
        .collect();
    for m in &a.mentions {
        if let Some((thing, span, told)) = told(a, m, &of_entity, &named) {
            all[thing.0 as usize].entries.push(entry(m.tokens.0, span, told));
        }
    }
    for claim in a.claims() {
        let (Some(thing), Some(language)) = (claim.thing, a.language(claim.tokens.0 as usize)) else { continue };
        let span = a.span(claim.tokens.0 as usize..claim.tokens.1 as usize);
        let told = Told::Claim { sense: language.senses.name(claim.sense), how: claim.how() };
        all[thing.0 as usize].entries.push(entry(claim.tokens.0, span, told));
    }
    all.retain(|card| card.kind != "thing" || card.entries.len() > 1);
    all.iter_mut().for_each(|card| card.entries.sort_by_key(|e| (e.span.start, e.span.end)));
    all
}

/// What a mention tells of a thing, beside its name.
fn told(
    a: &Analysis,
    m: &Mention,
    of_entity: &HashMap<EntityId, ThingId>,
    named: &HashMap<u32, ThingId>,
) -> Option<(ThingId, Span, Told)> {
    match &m.value {
        Value::Person(p) if p.title.0 < p.title.1 => {
            Some((*of_entity.get(&p.entity)?, a.span(p.title.0 as usize..p.title.1 as usize), Told::Title))
        }
        // « Marie Holt, 34 ans », "Marie Holt (34)"
        Value::Age(_) => {
            let between = m.tokens.0.checked_sub(1).filter(|i| matches!(mark(a, *i as usize), Some(',' | '(')))?;
            let thing = named.get(&between).copied().or_else(|| a.cards().at(between.checked_sub(1)?))?;
            Some((thing, m.span, Told::Age))
        }
        Value::Quotation(q) => Some((*of_entity.get(&q.speaker?)?, q.inner, Told::Quotation)),
        _ => None,
    }
}

fn joined(why: Joined) -> &'static str {
    match why {
        Joined::Introduced => "introduced",
        Joined::Name => "name",
        Joined::Resumed => "resumed",
        Joined::Kind => "kind",
        Joined::Pronoun => "pronoun",
        Joined::Apposed => "apposed",
        Joined::Part => "part",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::document;
    use crate::language::Languages;

    #[test]
    fn an_age_stands_on_the_card_of_the_name_before_it() {
        for (code, text) in [("fr", "Anna Morel, 34 ans, a démissionné lundi."), ("en", "Anna Morel, 34, resigned on Monday.")] {
            let doc = document(code, text);
            let a = Analysis::of(&doc, Languages::shipped());
            let cards = cards(&a);
            let anna = cards.iter().find(|c| c.name == "Anna Morel").unwrap();
            assert!(anna.entries.iter().any(|e| e.told == Told::Age), "{code}: {anna:?}");
        }
    }

    #[test]
    fn who_is_named_before_a_comma_is_not_whoever_acts_behind_it() {
        for (code, text, apposed) in [
            ("fr", "Selon Anna Morel, un homme est mort.", false),
            ("fr", "Selon Anna Morel, 40 personnes ont été interpellées.", false),
            ("fr", "Anna Morel, maire de Dole, est morte.", true),
            ("en", "According to Anna Morel, a man died.", false),
            ("en", "Anna Morel, the mayor, died.", true),
        ] {
            let doc = document(code, text);
            let a = Analysis::of(&doc, Languages::shipped());
            let cards = cards(&a);
            let anna = cards.iter().find(|c| c.name == "Anna Morel").unwrap();
            let claims = anna.entries.iter().filter(|e| matches!(e.told, Told::Claim { .. })).count();
            assert_eq!(claims > 0, apposed, "{text}: {anna:?}");
        }
    }

    #[test]
    fn a_card_tells_all_of_a_person() {
        let text = "Anna Merrow, 52, the mayor of Leeds, resigned on Monday. She will not return.";
        let doc = document("en", text);
        let a = Analysis::of(&doc, Languages::shipped());
        let cards = cards(&a);
        let anna = cards.iter().find(|c| c.name == "Anna Merrow").unwrap();
        assert_eq!(anna.kind, "person");
        let told: Vec<&str> = anna.entries.iter().map(|e| e.span.of(text)).collect();
        for words in ["Merrow", "52", "resigned", "She"] {
            assert!(told.contains(&words), "{words} is missing: {told:?}");
        }
    }
}
