use super::super::fixture::{checked, document, draft, finding, report};
use super::*;
use crate::document::SourceMap;
use crate::finding::Fix;

fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

#[test]
fn the_report_is_the_contract_to_the_letter() {
    let text = "Été\nneuf bateaux, sept bateaux";
    let doc = draft(text);
    let mut f = finding(text, &[("first", "neuf bateaux"), ("other", "sept bateaux")]);
    f.fix = Some(Fix { safe: true, edits: vec![(f.labels[1].span, "neuf bateaux".to_owned())] });
    let out = report("json", false, &checked("d/a.md", text.as_bytes(), &doc, &[f], "fr"));
    let expected = r#"{"tool":{"name":"recoupe","version":"VERSION"},
"files":[
{"path":"d/a.md","draft":0,"language":"fr","published":"2024-05-07","findings":[{"rule":"two-counts","topic":"numbers","level":"warning","message":"neuf bateaux puis sept bateaux","help":"garder un seul compte","fingerprint":"1:0123456789abcdef","labels":[{"role":"first","primary":true,"message":"compté ici","text":"neuf bateaux","part":null,"span":{"start":6,"end":18},"start":{"line":2,"column":1},"end":{"line":2,"column":13}},{"role":"other","primary":false,"message":"autre compte","text":"sept bateaux","part":null,"span":{"start":20,"end":32},"start":{"line":2,"column":15},"end":{"line":2,"column":27}}],"fix":{"safe":true,"edits":[{"span":{"start":20,"end":32},"text":"neuf bateaux"}]}}],"problems":[]}
],
"summary":{"files":1,"error":0,"warning":1,"note":0,"skipped":{}}}
"#;
    assert_eq!(out, expected.replace("VERSION", version()));
}

#[test]
fn a_file_that_could_not_be_read_is_in_the_report() {
    let problems = [
        Problem { message: "no such file".to_owned(), span: None },
        Problem { message: "x".to_owned(), span: Some(Span::new(1, 2)) },
    ];
    let unread = Checked { path: "a.md", bytes: b"", document: None, findings: &[], problems: &problems, ui: "en" };
    let out: serde_json::Value = serde_json::from_str(&report("json", false, &unread)).unwrap();
    let file = &out["files"][0];
    assert_eq!(file["language"], "und");
    assert_eq!(file["published"], serde_json::Value::Null);
    assert_eq!(file["findings"], serde_json::json!([]));
    assert_eq!(
        file["problems"],
        serde_json::json!([
        {"message": "no such file", "span": null}, {"message": "x", "span": {"start": 1, "end": 2}}])
    );
}

#[test]
fn spans_are_bytes_of_the_file_and_text_is_what_is_read() {
    let file = "\u{feff}b&acirc;teau";
    let mut map = SourceMap::default();
    map.push_verbatim(0, 3, 1);
    map.push_decoded(Span::new(1, 3), Span::new(4, 11));
    map.push_verbatim(3, 11, 4);
    let doc = document("bâteau", map);
    let mut f = finding(&doc.text, &[("first", "bâteau")]);
    f.fix = Some(Fix { safe: true, edits: vec![(f.labels[0].span, "bateau".to_owned())] });
    let out: serde_json::Value =
        serde_json::from_str(&report("json", false, &checked("a.html", file.as_bytes(), &doc, &[f], "fr"))).unwrap();
    let found = &out["files"][0]["findings"][0];
    let label = &found["labels"][0];
    assert_eq!(label["text"], "bâteau");
    assert_eq!(label["span"], serde_json::json!({"start": 3, "end": 15}));
    assert_eq!(label["start"], serde_json::json!({"line": 1, "column": 1}));
    assert_eq!(label["end"], serde_json::json!({"line": 1, "column": 13}));
    // the edit would also replace markup: not unseen
    assert_eq!(found["fix"]["safe"], false);
}

#[test]
fn no_file_at_all_is_still_json() {
    let mut out = Vec::new();
    let mut json = Json::default();
    json.begin(&mut out).unwrap();
    json.end(&Summary::default(), "en", &mut out).unwrap();
    let out: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(out["files"], serde_json::json!([]));
    assert_eq!(out["summary"]["files"], 0);
}

#[test]
fn stories_without_a_day_are_counted_with_the_rules_that_want_it() {
    let summary = Summary { files: 2, undated: 1, unheld: ["weekday-mismatch".to_owned()].into(), ..Summary::default() };
    let json = serde_json::to_value(SummaryJson::from(&summary)).unwrap();
    assert_eq!(json["undated"], serde_json::json!({"stories": 1, "rules": ["weekday-mismatch"]}));
    assert_eq!(serde_json::to_value(SummaryJson::from(&Summary::default())).unwrap().get("undated"), None);
}
