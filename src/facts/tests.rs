use jiff::civil::{Weekday, date};

use super::*;
use crate::analysis::{
    Case, Counted, Entity, EntityId, EntityKind, Frame, Money, PersonValue, PlaceValue, Quantity, Quotation, Stance, Token,
};
use crate::document::{Document, Meta, Places, SourceMap};
use crate::language::places::PlaceId;
use crate::language::{Languages, TokenKind};

fn document(text: &str) -> Document {
    let mut map = SourceMap::default();
    map.push_verbatim(0, 0, text.len());
    Document {
        text: text.to_owned(),
        blocks: Vec::new(),
        map,
        meta: Meta::default(),
        suppressions: Vec::new(),
        pictures: Vec::new(),
        twins: Vec::new(),
        places: Places::Lines,
        number: 0,
    }
}

/// The kind and the value, as JSON, of a mention that spans the whole text.
fn json(text: &str, value: Value) -> String {
    let doc = document(text);
    let mut a = Analysis::of(&doc, Languages::shipped());
    (a.tokens, a.mentions, a.entities) = (Vec::new(), Vec::new(), Vec::new());
    let mut at = 0;
    for word in text.split(' ') {
        a.tokens.push(Token {
            span: Span::new(at, at + word.len()),
            lower: Span::default(),
            kind: TokenKind::Word,
            case: Case::Lower,
            glued: false,
            block: 0,
            sentence: 0,
            opens: crate::language::Opens::default(),
            readings_start: 0,
            readings_len: 0,
        });
        at += word.len() + 1;
    }
    a.entities.push(Entity { kind: EntityKind::Person, name: "Odile Ravard".to_owned(), mentions: vec![0], sex: None });
    a.mentions.push(Mention {
        span: Span::new(0, text.len()),
        tokens: (0, a.tokens.len() as u32),
        block: 0,
        sentence: 0,
        clause: 0,
        value,
        stance: Stance::default(),
        frame: Frame::default(),
    });
    let facts = sheet(&a);
    format!("{} {}", facts[0].kind, serde_json::to_string(&facts[0].value).unwrap())
}

fn day(year: Option<i16>, month: Option<i8>, day: Option<i8>) -> DateValue {
    DateValue { year, passage: None, month, day, weekday: None, core: Span::default(), resolved: None, modifier: None }
}

#[test]
fn numbers_are_decimal_strings_with_bounds() {
    let money = Money { amount: Amount::exact(Ratio::whole(48_200_000), Ratio::whole(100_000)), currency: "USD".to_owned() };
    assert_eq!(
        json("48,2 millions $", Value::Money(money)),
        r#"money {"written":"48200000","low":"48200000","high":"48200000","precision":"100000","unit":"USD"}"#
    );
    let least = Amount { high: None, ..Amount::whole(12) };
    let counted = Counted { head: 3, concept: None, narrowed: false, definite: false };
    assert_eq!(
        json("au moins 12 barques", Value::Quantity(Quantity { amount: least, counted: Some(counted) })),
        r#"quantity {"written":"12","low":"12","high":null,"precision":"1","of":"barques"}"#
    );
    assert_eq!(
        json("12", Value::Quantity(Quantity { amount: Amount::whole(12), counted: None })),
        r#"quantity {"written":"12","low":"12","high":"12","precision":"1"}"#
    );
    let third = Amount::exact(Ratio::new(1, 3).unwrap(), Ratio::power_of_ten(-1).unwrap());
    assert_eq!(
        json("un tiers", Value::Percent(third)),
        r#"percent {"written":"0.333333333333","low":"0.333333333333","high":"0.333333333333","precision":"0.1","unit":"%"}"#
    );
    assert_eq!(json("3e", Value::Ordinal(Amount::whole(3))), r#"ordinal {"written":"3","low":"3","high":"3","precision":"1"}"#);
    assert_eq!(
        json("61 ans", Value::Age(Amount::whole(61))),
        r#"age {"written":"61","low":"61","high":"61","precision":"1","unit":"Y"}"#
    );
}

#[test]
fn dates_are_as_partial_as_the_words() {
    let iso = |value| json("x", Value::Date(value));
    assert_eq!(iso(day(Some(2018), Some(12), Some(5))), r#"date {"iso":"2018-12-05"}"#);
    assert_eq!(iso(day(None, Some(12), Some(5))), r#"date {"iso":"XXXX-12-05"}"#);
    assert_eq!(iso(day(Some(2018), Some(12), None)), r#"date {"iso":"2018-12"}"#);
    assert_eq!(iso(day(Some(2018), None, None)), r#"date {"iso":"2018"}"#);
    assert_eq!(iso(day(None, None, Some(5))), r#"date {"iso":"XXXX-XX-05"}"#);
    // what does not exist is kept as written
    assert_eq!(iso(day(Some(2018), Some(4), Some(31))), r#"date {"iso":"2018-04-31"}"#);
    let meant = DateValue { resolved: Some(date(2018, 12, 5)), ..day(None, Some(12), Some(5)) };
    assert_eq!(iso(meant), r#"date {"iso":"XXXX-12-05","resolved":"2018-12-05"}"#);
    let full = DateValue { resolved: Some(date(2018, 12, 5)), ..day(Some(2018), Some(12), Some(5)) };
    assert_eq!(iso(full), r#"date {"iso":"2018-12-05"}"#);
    let relative = DateValue {
        weekday: Some((Weekday::Wednesday, Span::default())),
        resolved: Some(date(2018, 12, 5)),
        ..day(None, None, None)
    };
    assert_eq!(iso(relative), r#"date {"iso":"XXXX-WXX-3","resolved":"2018-12-05"}"#);
    assert_eq!(json("mercredi", Value::Weekday(Weekday::Wednesday)), r#"weekday {"iso":"XXXX-WXX-3"}"#);
    assert_eq!(json("dimanche", Value::Weekday(Weekday::Sunday)), r#"weekday {"iso":"XXXX-WXX-7"}"#);
}

#[test]
fn times_and_durations_are_iso() {
    assert_eq!(json("16 h 30", Value::Time(16 * 60 + 30)), r#"time {"iso":"T16:30"}"#);
    assert_eq!(json("7:00", Value::Time(7 * 60)), r#"time {"iso":"T07:00"}"#);
    assert_eq!(json("7 h", Value::Time(7 * 60)), r#"time {"iso":"T07"}"#);
    let long = |n: Ratio, unit: &str| {
        json("x", Value::Duration(DurationValue { amount: Amount::exact(n, Ratio::ONE), unit: unit.to_owned() }))
    };
    assert_eq!(long(Ratio::whole(3), "Y"), r#"duration {"iso":"P3Y","written":"3","low":"3","high":"3"}"#);
    assert_eq!(long(Ratio::new(7, 2).unwrap(), "Y"), r#"duration {"iso":"P3.5Y","written":"3.5","low":"3.5","high":"3.5"}"#);
    assert_eq!(long(Ratio::whole(3), "TM"), r#"duration {"iso":"PT3M","written":"3","low":"3","high":"3"}"#);
    assert_eq!(long(Ratio::whole(2), "W"), r#"duration {"iso":"P2W","written":"2","low":"2","high":"2"}"#);
}

#[test]
fn names_come_from_the_entity_and_titles_from_the_words() {
    let person = PersonValue { entity: EntityId(0), given: (1, 1), surname: (1, 2), title: (0, 1) };
    assert_eq!(json("Mme Ravard", Value::Person(person.clone())), r#"person {"name":"Odile Ravard","title":"Mme"}"#);
    let untitled = PersonValue { title: (0, 0), entity: EntityId(9), ..person };
    assert_eq!(json("Ravard", Value::Person(untitled)), r#"person {"name":"Ravard","title":null}"#);
    assert_eq!(json("la Régie", Value::Organisation(EntityId(9))), r#"organisation {"name":"la Régie"}"#);
    let quotation = Quotation { inner: Span::new(3, 6), speaker: Some(EntityId(0)) };
    assert_eq!(json("« oui »", Value::Quotation(quotation)), r#"quotation {"text":"oui","speaker":"Odile Ravard"}"#);
    let place = PlaceValue {
        id: PlaceId(7),
        candidates: vec![PlaceId(7)],
        role: PlaceRole::Locative,
        entity: EntityId(9),
        phrase: Span::default(),
    };
    let place = json("Nulleville", Value::Place(place));
    assert!(place.starts_with(r#"place {"id":7,"name":""#) && place.ends_with(r#","role":"locative"}"#), "{place}");
}
