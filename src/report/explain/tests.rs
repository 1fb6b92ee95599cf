use super::super::fixture::rules;
use super::*;

fn explained(code: &str) -> String {
    let mut out = Vec::new();
    explain(rules().get("two-counts").unwrap().1, code, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_rule_is_told_in_full() {
    assert_eq!(
        explained("en"),
        "two-counts: two counts of one thing

  level      warning
  topic      numbers
  says       {first}, then {other}
  why        One of the two is wrong.
  help       keep one count
  looks at   headline, body
  silent if  it stands in a quotation (quoted); it is forecast, wished for,
             asked or a condition (hypothetical); it stands in a correction note
             (correction-note)
  since      0.1.0
  source     https://example.org/counts

found:

  headline  Nine boats lost
            ^^^^^^^^^^ first
  body      The port lost seven boats.
                          ^^^^^^^^^^^ other

left alone:

  body  At least seven boats, perhaps nine.
    because: the words leave room for both

  body  If nine boats sail, seven boats return.
    thanks to: hypothetical
"
    );
}

#[test]
fn it_is_told_in_french_too() {
    let out = explained("fr");
    assert!(out.starts_with("two-counts\u{a0}: deux comptes d’une même chose\n"), "{out}");
    assert!(out.contains("  pourquoi   L’un des deux est faux.\n"), "{out}");
    assert!(out.contains("\nsignalé\u{a0}:\n"), "{out}");
}
