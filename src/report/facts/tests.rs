use super::super::fixture::draft;
use super::*;
use crate::span::Span;

fn number(written: &str, high: Option<&str>) -> FactValue {
    FactValue::Number {
        written: written.to_owned(),
        low: Some(written.to_owned()),
        high: high.map(str::to_owned),
        fraction: None,
        precision: "1".to_owned(),
        unit: None,
        of: Some("barques".to_owned()),
    }
}

fn report(name: &str, sheets: &[Sheet]) -> String {
    let mut out = Vec::new();
    let mut reporter = REPORTS.iter().find(|(n, _)| *n == name).unwrap().1();
    reporter.begin(&mut out).unwrap();
    sheets.iter().for_each(|s| reporter.file(s, &mut out).unwrap());
    reporter.end("en", &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn facts_are_told_in_both_forms() {
    let text = "Été : 12 barques\nle 5 mai";
    let doc = draft(text);
    let facts = [
        Fact { kind: "quantity", span: Span::new(8, 18), value: number("12", None) },
        Fact {
            kind: "date",
            span: Span::new(22, 27),
            value: FactValue::When { iso: "XXXX-05-05".to_owned(), resolved: None, modifier: None },
        },
    ];
    let sheet =
        Sheet { path: "a.md", bytes: text.as_bytes(), document: Some(&doc), facts: &facts, cards: &[], derivations: &[], ui: "en" };
    assert_eq!(
        report("terminal", &[sheet]),
        "a.md:1:7  quantity  12 barques  12 [12..] barques\na.md:2:4  date      5 mai       XXXX-05-05\n2 facts\n"
    );
    let unread = Sheet { path: "b.md", bytes: b"", document: None, facts: &[], cards: &[], derivations: &[], ui: "en" };
    assert_eq!(
        report("json", &[sheet, unread]),
        r#"{"files":[
{"path":"a.md","facts":[{"kind":"quantity","span":{"start":8,"end":18},"text":"12 barques","value":{"written":"12","low":"12","high":null,"precision":"1","of":"barques"}},{"kind":"date","span":{"start":22,"end":27},"text":"5 mai","value":{"iso":"XXXX-05-05"}}],"cards":[]},
{"path":"b.md","facts":[],"cards":[]}
]}
"#
    );
}

#[test]
fn the_table_is_in_the_language_asked_for() {
    let text = "12 barques";
    let doc = draft(text);
    let facts = [Fact { kind: "quantity", span: Span::new(0, 10), value: number("12", Some("12")) }];
    let sheet =
        Sheet { path: "a.md", bytes: text.as_bytes(), document: Some(&doc), facts: &facts, cards: &[], derivations: &[], ui: "fr" };
    assert!(report("terminal", &[sheet]).starts_with("a.md:1:1  quantité  12 barques  12 barques\n"));
}

#[test]
fn a_long_quotation_is_cut_between_words() {
    assert_eq!(short("court"), "court");
    let cut = short("un mot après l’autre, sans jamais vouloir finir sa phrase");
    assert_eq!(cut, "un mot après l’autre, sans jamais…");
    assert_eq!(short(&"z".repeat(90)).chars().count(), 21);
}
