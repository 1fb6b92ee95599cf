use std::sync::Arc;

use super::{Compiler, Matcher, Phrases, parse};
use crate::analysis::Analysis;
use crate::analysis::tests::document;
use crate::language::Languages;

/// Every match of a pattern in a draft, as « role=words ».
fn run(pattern: &str, text: &str) -> String {
    run_with(&[pattern], &[], "fr", text)
}

fn run_with(patterns: &[&str], table: &[&str], code: &str, text: &str) -> String {
    let languages = Languages::shipped();
    let lang = languages.by_code("fr").unwrap();
    let language = languages.get(lang).unwrap();
    let (list, _) = Phrases::new(table.iter().copied(), language);
    let list = Arc::new(list);
    let mut compiler = Compiler::new(language);
    let compiled =
        patterns.iter().map(|p| (0, lang, Arc::new(compiler.compile(&parse(p).unwrap(), Some(&list)).unwrap()))).collect();
    let matcher = Matcher::build(compiled);
    let doc = document(code, text);
    let a = Analysis::of(&doc, languages);
    let show = |m: super::Match| {
        let role = |r: &super::RoleMatch| {
            format!("{}={}{}", r.name, r.span.of(&doc.text), r.entry.map(|e| format!("#{e}")).unwrap_or_default())
        };
        m.roles.iter().map(role).collect::<Vec<_>>().join(" ")
    };
    matcher.matches(&a).into_iter().map(show).collect::<Vec<_>>().join(" / ")
}

#[test]
fn words_lemmas_and_roles() {
    assert_eq!(
        run("{group: la police} {death: ~être ~décéder}", "Hier, la Police était décédée."),
        "group=la Police death=était décédée"
    );
    assert_eq!(run("{a: l'agent}", "Ici, l’agent"), "a=l’agent");
    assert_eq!(run("{a: ~fermer}", "Elle ferme la ferme."), "a=ferme");
}

#[test]
fn gaps_stop_at_clauses_and_finite_verbs() {
    let p = "{g: la police} ..3 {d: ~être ~décéder}";
    assert_eq!(run(p, "la police de Lyon est décédée"), "g=la police d=est décédée");
    assert_eq!(run(p, "la police confirme que Paul est décédé"), "");
    assert_eq!(run(p, "la police dont un agent est décédé"), "");
    assert_eq!(run(p, "la police. Paul est décédé"), "");
    assert_eq!(run(p, "la police de la ville de Lyon est décédée"), "");
}

#[test]
fn the_fewest_tokens_of_a_gap() {
    assert_eq!(run("{a: x ..5 y}", "x b y c y"), "a=x b y");
    assert_eq!(run("{a: x ..5 y} $", "x b y c y ."), "a=x b y c y");
}

#[test]
fn options_alternatives_and_lookahead() {
    assert_eq!(
        run("{a: [le premier | la première] fois?}", "la première fois, le premier jour"),
        "a=la première fois / a=le premier"
    );
    assert_eq!(run("{a: x !y}", "x y x z"), "a=x");
    assert_eq!(run("{a: x ![y | z b]} {c: /[a-z]+/}", "x y x z b x z c"), "a=x c=z");
    assert_eq!(run("^ {a: x}", "x x"), "a=x");
}

#[test]
fn exact_words_keep_their_case() {
    assert_eq!(run("{a: \"TK\"}", "tk Tk TK"), "a=TK");
    assert_eq!(run("{a: \"[NOM]\"}", "le [NOM] dit"), "a=[NOM]");
}

#[test]
fn mentions_are_taken_whole() {
    assert_eq!(run("{n: <quantity>} {w: [caisse | caisses]} de", "3 caisses de vin et 4 tonneaux"), "n=3 w=caisses");
    assert_eq!(run("dit {q: <quotation>}", "Il dit « non merci » hier"), "q=« non merci »");
}

#[test]
fn tables_tell_their_entry() {
    let table = ["faire sens", "bureau du maire", "~être en charge"];
    assert_eq!(
        run_with(&["{p: @table}"], &table, "fr", "Le bureau du maire est en charge."),
        "p=bureau du maire#1 / p=est en charge#2"
    );
}

#[test]
fn matches_of_a_rule_do_not_overlap_and_languages_do_not_mix() {
    assert_eq!(run_with(&["{a: x y}", "{b: y z}", "{c: z}"], &[], "fr", "x y z"), "a=x y / c=z");
    assert_eq!(run_with(&["{a: x}"], &[], "en", "x"), "");
}

#[test]
fn long_sentences_cost_no_more_than_their_length() {
    let text = "x ".repeat(3000);
    assert_eq!(run("{a: x? x? x? x? ..20 x? x? ..20 [x | x x]? ..20 y}", &text), "");
}

#[test]
fn unknown_names_are_told() {
    let languages = Languages::shipped();
    let mut compiler = Compiler::new(languages.get(languages.by_code("fr").unwrap()).unwrap());
    let mut problem = |p: &str| {
        let e = compiler.compile(&parse(p).unwrap(), None).unwrap_err().remove(0);
        format!("{} {}", e.span.of(p), e.message)
    };
    assert_eq!(problem("la ~décédr"), "~décédr the lexicon knows no word `décédr`");
    assert_eq!(problem("la @no-such-set"), "@no-such-set there is no set `@no-such-set` in fr");
    assert_eq!(problem("{a: @table}"), "@table the rule has no `table:` in this language");
    assert_eq!(problem("/a(/"), "/a(/ the regular expression is malformed");
}
