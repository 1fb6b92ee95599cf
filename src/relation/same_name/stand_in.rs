//! A word of a name that another stands in for: "Larkfield Rovers", "Larkfield Rangers"; "Apapa Harbour Terminals", "Apapa Port Terminals".

use crate::analysis::{Analysis, NameForm as Form, NameKind as Kind};
use crate::language::Language;
use crate::language::places::gazetteer;
use crate::language::senses::Sense;

/// The index of the one word that is another in two names of bodies or things, where the rest says that they are one: both say of what
/// kind a body is, and the story has one of its name; or both words mean things of one kind, amid a longer name.
pub(super) fn word(a: &Analysis, one: &Form, other: &Form) -> Option<(usize, usize)> {
    let n = one.parts.len();
    let named = |f: &Form| matches!(f.kind, Kind::Body | Kind::Thing) && f.given == 0;
    if n < 2 || n != other.parts.len() || !named(one) || !named(other) {
        return None;
    }
    let mut odd = (0..n).filter(|&i| one.parts[i].folded != other.parts[i].folded);
    let i = odd.next().filter(|_| odd.next().is_none())?;
    let language = a.language(one.places[0].tokens.start)?;
    (of_one_club(a, language, one, other, i) || n > 2 && of_one_kind(a, one, other, i)).then_some((i, i))
}

/// Whether the last word is what a club calls itself in both, and nobody else is called like the first: a town may have two clubs.
fn of_one_club(a: &Analysis, language: &Language, one: &Form, other: &Form, odd: usize) -> bool {
    let head = |f: &Form| language.cues.get("club-head").at(a, f.places[0].tokens.end - 1) == Some(1);
    let own = |f: &Form| {
        f.parts[..odd].iter().all(|p| {
            let known = language.lexicon.contains(&p.lower) || gazetteer().lookup(&p.folded).next().is_some();
            !known && p.lower.chars().count() >= 5
        })
    };
    !language.grammar.head_first && odd + 1 == one.parts.len() && head(one) && head(other) && own(one)
}

/// Whether two words of longer names mean things of one kind: "Harbour", "Port".
fn of_one_kind(a: &Analysis, one: &Form, other: &Form, odd: usize) -> bool {
    let kinds = |f: &Form| {
        let tokens = f.places[0].tokens.clone();
        let mut all = Vec::new();
        if let Some((token, language)) = (tokens.len() == f.parts.len()).then(|| tokens.start + odd).zip(a.language(tokens.start)) {
            language.senses.at(a, token, |sense, tokens| {
                if let (Sense::Kind(kind), 1) = (sense, tokens.len()) {
                    all.push(kind);
                }
            });
        }
        all
    };
    let content = |f: &Form| {
        let rest = f.parts.iter().enumerate().filter(|(i, _)| *i != odd);
        rest.filter(|(_, p)| p.lower.chars().count() >= 4).count()
    };
    let mine = kinds(one);
    content(one) > 1 && !mine.is_empty() && kinds(other).iter().any(|k| mine.contains(k))
}
