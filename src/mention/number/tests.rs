use super::*;
use crate::analysis::tests::document;
use crate::language::Languages;

/// The first number of a text: `written`, its bounds if it has any, and the words.
fn first(lang: &str, text: &str) -> String {
    let doc = document(lang, text);
    let mut a = crate::text::cut(&doc, Languages::shipped());
    crate::syntax::parse(&mut a);
    let g = &a.language(0).unwrap().numbers;
    let n = (0..a.tokens.len()).find_map(|i| read(&a, i, a.tokens.len(), g).filter(|n| n.kind != NumberKind::Article));
    let Some(n) = n else { return "–".to_owned() };
    let bounds = if n.amount.is_exact() {
        String::new()
    } else {
        let show = |r: Option<Ratio>| r.map_or("…".to_owned(), |r| r.to_decimal(2));
        format!(" [{} {}]", show(n.amount.low), show(n.amount.high))
    };
    format!("{}{bounds} «{}»", n.amount.written, a.span(n.tokens).of(&doc.text))
}

fn check(lang: &str, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(first(lang, text), *expected, "{text}");
    }
}

#[test]
fn french_digits() {
    check(
        "fr",
        &[
            ("15 000 personnes", "15000 «15 000»"),
            ("15\u{202F}000 personnes", "15000 «15\u{202F}000»"),
            ("15.000 personnes", "15000 «15.000»"),
            ("1,2 million d'euros", "1200000 «1,2 million»"),
            ("3 M€", "3000000 «3 M»"),
            ("le 3e étage", "3 «3e»"),
            ("la version 1.2.3", "–"),
            ("10'000 francs", "10000 «10'000»"),
            ("en 2018 300 personnes", "2018 «2018»"),
        ],
    );
}

#[test]
fn french_words() {
    check(
        "fr",
        &[
            ("quatre-vingt-dix-neuf élus", "99 «quatre-vingt-dix-neuf»"),
            ("quatre-vingts élus", "80 «quatre-vingts»"),
            ("soixante et onze élus", "71 «soixante et onze»"),
            ("nonante-deux élus", "92 «nonante-deux»"),
            ("deux cent mille trois élus", "200003 «deux cent mille trois»"),
            ("mille neuf cent dix-huit", "1918 «mille neuf cent dix-huit»"),
            ("trois millions deux cent mille", "3200000 «trois millions deux cent mille»"),
            ("une trentaine d'élus", "30 [25 35] «une trentaine»"),
            ("des milliers d'élus", "1000 [2000 …] «des milliers»"),
            ("les deux tiers des élus", "0.666666666667 «deux tiers»"),
            ("un million et demi d'élus", "1500000 «un million et demi»"),
            ("douze et trois", "12 «douze»"),
        ],
    );
}

#[test]
fn words_bound_a_number() {
    check(
        "fr",
        &[
            ("au moins 12 morts", "12 [12 …] «12»"),
            ("plus d'une vingtaine d'élus", "20 [16.67 …] «une vingtaine»"),
            ("près de 200 élus", "200 [180 200] «200»"),
            ("jusqu'à 50 élus", "50 [… 50] «50»"),
            ("environ cent élus", "100 [90 110] «cent»"),
        ],
    );
    check(
        "en",
        &[("up to 50 people", "50 [… 50] «50»"), ("more than a dozen", "12 [10 …] «a dozen»"), ("50 or more", "50 [50 …] «50»")],
    );
}

#[test]
fn english_words() {
    check(
        "en",
        &[
            ("twenty-five people", "25 «twenty-five»"),
            ("two hundred and three people", "203 «two hundred and three»"),
            ("a hundred people", "100 «a hundred»"),
            ("nineteen eighty-four", "1984 «nineteen eighty-four»"),
            ("15,000 people", "15000 «15,000»"),
            ("£3.5m", "3500000 «3.5m»"),
            ("three quarters of them", "0.75 «three quarters»"),
            ("the 3rd man", "3 «3rd»"),
        ],
    );
}
