//! Forms of one first name.

use crate::analysis::Analysis;
use crate::relation::support::fold;

/// Whether two first names may be one person's: the short form of a name, its diminutive, another of its forms.
pub(super) fn forms_of_one(a: &Analysis, token: usize, x: &str, y: &str) -> bool {
    let Some(language) = a.language(token) else { return false };
    let has = |name: &[Vec<Vec<String>>], w: &str| name.iter().flatten().any(|form| form.iter().any(|f| f == w));
    let told = || language.choices.get("first-names").iter().any(|name| has(name, x) && has(name, y));
    let (x_bare, y_bare) = (fold(x), fold(y));
    let ends = &language.manifest.name_diminutives;
    cut(&x_bare, &y_bare) || diminutive(&x_bare, &y_bare, ends) || diminutive(&y_bare, &x_bare, ends) || told()
}

/// « Chris », « Christopher »; « Jean », « Jean-Luc »; « J. »; "Beth", "Elizabeth".
fn cut(x: &str, y: &str) -> bool {
    x.starts_with(y) || y.starts_with(x) || x.ends_with(y) || y.ends_with(x)
}

/// "Maddie" is "Madison", "Ollie" is "Oliver", « Manu » is « Emmanuel »: what is left without the ending, its last letter doubled or not,
/// is a part of the other name.
fn diminutive(short: &str, long: &str, endings: &[String]) -> bool {
    let stem = |end: &String| short.strip_suffix(end.as_str()).filter(|stem| stem.chars().count() >= 2);
    endings.iter().filter_map(stem).any(|stem| {
        let mut letters = stem.chars().rev();
        let single = match (letters.next(), letters.next()) {
            (Some(last), Some(before)) if last == before => &stem[..stem.len() - last.len_utf8()],
            _ => stem,
        };
        let within = |part: &str| long.starts_with(part) || part.chars().count() >= 3 && long.contains(part);
        within(stem) || within(single)
    })
}
