use super::*;
use crate::analysis::tests::document;
use crate::language::Languages;

fn check(lang: &str, text: &str, expected: &str) {
    let mut doc = document(lang, text);
    doc.meta.published = Some((Date::constant(2022, 1, 5), crate::document::Origin::Given));
    let mut a = crate::text::cut(&doc, Languages::shipped());
    crate::syntax::parse(&mut a);
    let language = a.language(0).unwrap();
    let found = (0..a.tokens.len()).find_map(|i| read(&a, i, a.tokens.len(), language, &Known::default()));
    let shown = found.map_or("–".to_owned(), |(tokens, value)| {
        let words = a.span(tokens).of(&doc.text).to_owned();
        match value {
            Value::Date(d) => {
                let weekday = d.weekday.map_or(String::new(), |(w, _)| format!("{w:?} "));
                let part = |p: Option<i16>| p.map_or("?".to_owned(), |p| p.to_string());
                let parts = format!("{}-{}-{}", part(d.year), part(d.month.map(i16::from)), part(d.day.map(i16::from)));
                format!("{weekday}{parts} = {} «{words}»", d.resolved.map_or("–".to_owned(), |r| r.to_string()))
            }
            Value::Time(m) => format!("{:02}:{:02} «{words}»", m / 60, m % 60),
            other => format!("{other:?} «{words}»"),
        }
    });
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn french() {
    check("fr", "Mardi 14 mars 2025", "Tuesday 2025-3-14 = 2025-03-14 «Mardi 14 mars 2025»");
    check("fr", "mardi (14 mars), le maire", "Tuesday ?-3-14 = 2022-03-14 «mardi (14 mars»");
    check("fr", "le 1er décembre dernier", "?-12-1 = 2021-12-01 «1er décembre»");
    check("fr", "le 31 avril 2021", "2021-4-31 = – «31 avril 2021»");
    check("fr", "le 06/01/2022", "2022-1-6 = 2022-01-06 «06/01/2022»");
    check("fr", "Mercredi soir, le maire", "Weekday(Wednesday) «Mercredi»");
    check("fr", "depuis 2011", "2011-?-? = – «2011»");
    check("fr", "à 14h30", "14:30 «14h30»");
    check("fr", "à 14 h 30", "14:30 «14 h 30»");
    check("fr", "hier", "?-?-? = 2022-01-04 «hier»");
    check("fr", "2018 personnes", "–");
}

#[test]
fn english() {
    check("en", "Tuesday, March 14, 2025", "Tuesday 2025-3-14 = 2025-03-14 «Tuesday, March 14, 2025»");
    check("en", "on Tuesday 14th March", "Tuesday ?-3-14 = 2022-03-14 «Tuesday 14th March»");
    check("en", "They may 14 times march", "–");
    check("en", "in March 2025", "2025-3-? = – «March 2025»");
    check("en", "at 2.30pm", "14:30 «2.30pm»");
    check("en", "at 12am", "00:00 «12am»");
}
