//! The service as the clients of LanguageTool use it: by hand, then by a real one.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::browser::skip;
use crate::serve::{Answer, Service};

const FORM: &[(&str, &str)] = &[("content-type", "application/x-www-form-urlencoded")];

fn encoded(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

fn ask(service: &Service, fields: &[(&str, &str)]) -> Answer {
    let form: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    service.ask("POST", "/v2/check", FORM, form.join("&").as_bytes())
}

/// `rule:words` for each match, the words cut from the text by UTF-16 code units; checks the context on the way.
fn matches(answer: &Answer, text: &str) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let cut = |text: &str, v: &Value| {
        let units: Vec<u16> = text.encode_utf16().collect();
        let (offset, length) = (v["offset"].as_u64().unwrap() as usize, v["length"].as_u64().unwrap() as usize);
        String::from_utf16(&units[offset..offset + length]).unwrap()
    };
    let json = answer.json();
    let all = json["matches"].as_array().unwrap().iter().map(|m| {
        let words = cut(text, m);
        assert_eq!(cut(m["context"]["text"].as_str().unwrap(), &m["context"]), words.replace('\n', " "));
        format!("{}:{words}", m["rule"]["id"].as_str().unwrap())
    });
    all.collect()
}

const TEXT: &str = "Le lycée 😀 accueille 80 internes : 45 garçons et 30 filles.\n\nL’examen 😀 aura lieu le 31 avril.";

#[test]
fn a_finding_is_one_match() {
    let service = Service::start(&[]);
    let answer = ask(&service, &[("text", TEXT), ("language", "auto")]);
    let sum = ["sum-mismatch:80 internes", "impossible-date:31 avril"];
    assert_eq!(matches(&answer, TEXT), sum);
    let json = answer.json();
    assert_eq!(json["language"]["code"], "fr");
    let first = &json["matches"][0];
    for key in ["message", "shortMessage", "sentence"] {
        assert!(first[key].as_str().is_some_and(|s| !s.is_empty()), "{key}");
    }
    assert_eq!(first["sentence"], "Le lycée 😀 accueille 80 internes : 45 garçons et 30 filles.");
    // The message names the other place.
    assert!(first["message"].as_str().unwrap().contains("45 garçons et 30 filles"), "{first}");
    assert_eq!(first["rule"]["urls"][0]["value"], format!("http://{}/rules/sum-mismatch?ui_lang=fr", service.at));
    let sentences: Vec<String> = json["sentenceRanges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|range| {
            let units: Vec<u16> = TEXT.encode_utf16().collect();
            String::from_utf16(&units[range[0].as_u64().unwrap() as usize..range[1].as_u64().unwrap() as usize]).unwrap()
        })
        .collect();
    assert_eq!(sentences, TEXT.split("\n\n").collect::<Vec<_>>());
    // Superdesk passes over matches of most other types.
    assert_eq!(first["rule"]["issueType"], "grammar");
    assert_eq!(first["rule"]["category"]["id"], "NUMBERS");
    // A form that was not encoded, as old clients send it, and a text in the query.
    let raw = service.ask("POST", "/v2/check", FORM, format!("text={TEXT}&language=fr-FR").as_bytes());
    assert_eq!(matches(&raw, TEXT), sum);
    let query = service.ask("GET", &format!("/v2/check?language=fr&text={}", encoded(TEXT)), &[], b"");
    assert_eq!(matches(&query, TEXT), sum);
}

#[test]
fn markup_counts_and_is_not_read() {
    let service = Service::start(&[]);
    let data = r#"{"annotation": [{"markup": "<h1>"}, {"text": "L’examen 😀"}, {"markup": "</h1><p>", "interpretAs": "\n\n"},
        {"text": "Il aura lieu le "}, {"markup": "<b>"}, {"text": "31"}, {"markup": "</b>"}, {"text": " avril."}]}"#;
    let answer = ask(&service, &[("data", data), ("language", "fr")]);
    let source = "<h1>L’examen 😀</h1><p>Il aura lieu le <b>31</b> avril.";
    assert_eq!(matches(&answer, source), ["impossible-date:31</b> avril"]);
}

#[test]
fn rules_topics_and_notes_are_chosen_as_clients_choose_them() {
    let service = Service::start(&[]);
    let with = |more: &[(&str, &str)]| {
        let fields: Vec<(&str, &str)> = [("text", TEXT), ("language", "fr")].into_iter().chain(more.iter().copied()).collect();
        let mut rules: Vec<String> =
            matches(&ask(&service, &fields), TEXT).iter().map(|m| m.split(':').next().unwrap().to_owned()).collect();
        rules.sort();
        rules.dedup();
        rules.join(" ")
    };
    assert_eq!(with(&[]), "impossible-date sum-mismatch");
    assert_eq!(with(&[("disabledRules", "WHITESPACE_RULE,sum-mismatch")]), "impossible-date");
    assert_eq!(with(&[("disabledCategories", "DATES")]), "sum-mismatch");
    assert_eq!(with(&[("enabledOnly", "true"), ("enabledRules", "impossible-date")]), "impossible-date");
    assert_eq!(with(&[("enabledOnly", "true"), ("enabledCategories", "NUMBERS")]), "sum-mismatch");
    assert_eq!(with(&[("motherTongue", "en"), ("apiKey", "x"), ("username", "y")]), "impossible-date sum-mismatch");
    // A note is shown to who is picky, or names it.
    let text = "Le taux est passé de 5 % en mai à 6 pour cent en juin, selon l’institut.";
    let noted = |more: (&str, &str)| matches(&ask(&service, &[("text", text), ("language", "fr"), more]), text);
    assert_eq!(noted(("level", "default")), [""; 0]);
    for more in [("level", "picky"), ("enabledRules", "mixed-percent"), ("enabledCategories", "FORM")] {
        assert_eq!(noted(more), ["mixed-percent:pour cent"], "{more:?}");
    }
}

#[test]
fn languages_are_those_that_clients_send() {
    let service = Service::start(&[]);
    let all = service.ask("GET", "/v2/languages", &[], b"").json();
    let codes: Vec<&str> = all.as_array().unwrap().iter().map(|l| l["longCode"].as_str().unwrap()).collect();
    for code in ["fr", "fr-CA", "en", "en-US", "en-GB"] {
        assert!(codes.contains(&code), "{code}");
        assert_eq!(ask(&service, &[("text", "A"), ("language", code)]).json()["language"]["code"], code);
    }
    let english = "The fire left twelve people dead, the police said. It started in a workshop by the harbour.";
    let auto = ask(&service, &[("text", english), ("language", "auto"), ("preferredVariants", "de-DE,en-GB")]);
    assert_eq!(auto.json()["language"]["code"], "en-GB");
    assert_eq!(service.ask("GET", "/v2/info", &[], b"").json()["software"]["name"], "recoupe");
    // Another language is checked for form alone, as on the command line.
    let german = "Der Bürgermeister sagte: \"Wir öffnen am 31. April. Das Feuer tötete zwölf Menschen.";
    let answer = ask(&service, &[("text", german), ("language", "de-DE")]);
    assert_eq!((answer.status, answer.json()["language"]["code"].as_str()), (200, Some("de-DE")));
    assert!(matches(&answer, german).iter().all(|m| !m.starts_with("impossible-date")), "{}", answer.text());
    assert_eq!(service.ask("GET", "/v2/words", &[], b"").json(), serde_json::json!({"words": []}));
    assert_eq!(service.ask("POST", "/v2/words/add", FORM, b"word=Kersall").json(), serde_json::json!({"added": false}));
    assert_eq!(service.ask("GET", "/v2/healthcheck", &[], b"").text(), "OK");
    assert_eq!(service.ask("GET", "/v2/maxtextlength", &[], b"").text(), (2 << 20).to_string());
}

#[test]
fn refusals_are_a_line_of_text() {
    let service = Service::start(&[]);
    for (fields, says) in [
        (&[("language", "fr")][..], "`text` or `data` is missing"),
        (&[("text", "a"), ("language", "alemán")], "the language is no code"),
        (&[("text", "a"), ("data", "{}"), ("language", "fr")], "not both"),
        (&[("data", "{"), ("language", "fr")], "`data` cannot be used"),
    ] {
        let answer = ask(&service, fields);
        assert_eq!(answer.status, 400);
        assert!(answer.text().starts_with("Error: ") && answer.text().contains(says), "{}", answer.text());
    }
    assert_eq!(service.ask("POST", "/v2/check", &[("content-type", "application/json")], b"{}").status, 415);
    assert_eq!(ask(&service, &[("text", ""), ("language", "fr")]).json()["matches"], serde_json::json!([]));
}

/// What a real client makes of the service: `language_tool_python`, of PyPI.
const CLIENT: &str = r#"
import sys, language_tool_python
text = sys.argv[2]
with language_tool_python.LanguageTool("fr", remote_server=sys.argv[1]) as tool:
    for m in tool.check(text):
        print(m.rule_id, text[m.offset:m.offset + m.error_length], m.category, sep="|")
    tool.disabled_rules = {"sum-mismatch"}
    print(len(tool.check(text)))
    tool.language = "en-US"
    print(tool.check("The vote is on 31 April.")[0].matched_text)
    try:
        language_tool_python.LanguageTool("de-DE", remote_server=sys.argv[1])
    except ValueError as e:
        print("ValueError")
"#;

#[test]
fn a_real_client_underlines_the_findings() {
    let python = std::env::var_os("RECOUPE_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from);
    let has = Command::new(&python).args(["-c", "import language_tool_python"]).output();
    if !has.is_ok_and(|out| out.status.success()) {
        return skip("there is no Python with language_tool_python (RECOUPE_PYTHON names one)");
    }
    let service = Service::start(&[]);
    let out = Command::new(&python).args(["-c", CLIENT, &format!("http://{}", service.at), TEXT]).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let said = String::from_utf8(out.stdout).unwrap();
    let expected = ["sum-mismatch|80 internes|NUMBERS", "impossible-date|31 avril|DATES", "1", "31 April", "ValueError"];
    assert_eq!(said.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn the_description_is_valid_for_a_real_validator() {
    let python = std::env::var_os("RECOUPE_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from);
    let has = Command::new(&python).args(["-c", "import openapi_spec_validator"]).output();
    if !has.is_ok_and(|out| out.status.success()) {
        return skip("there is no Python with openapi_spec_validator (RECOUPE_PYTHON names one)");
    }
    let service = Service::start(&[]);
    let page = service.ask("GET", "/openapi.json", &[], b"").text();
    let validate = "import sys, json, openapi_spec_validator as v; v.OpenAPIV31SpecValidator(json.loads(sys.argv[1])).validate()";
    let out = Command::new(&python).args(["-c", validate, &page]).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}
