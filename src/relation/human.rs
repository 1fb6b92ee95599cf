//! Whether a noun is of somebody.

use crate::analysis::{Analysis, Case};
use crate::language::TokenKind;
use crate::language::grammar::Class;

/// Whether a noun is of somebody.
pub(super) fn human(a: &Analysis, i: usize) -> bool {
    let Some(language) = a.language(i) else { return false };
    // « a-t-il *prévenu* »
    let led = || i > a.sentence(i).start && a.classes[i - 1].has(Class::Determiner);
    let noun = a.classes[i].has(Class::Noun) && (!a.classes[i].has(Class::PastParticiple) || led());
    if !noun || a.tokens[i].kind != TokenKind::Word || a.tokens[i].case == Case::Upper {
        return false;
    }
    let entries = |set: &str| language.sets.get(set).unwrap_or_default();
    let ends = || {
        let word = a.lower(i);
        let ends = || entries("person-ending").iter().any(|end| word.ends_with(end.as_str()));
        // Where nouns have a gender somebody has both: « infirmier », « infirmière »; « manguier » has one.
        let pairs = || {
            let other = |(end, other): (&str, &str)| {
                let stem = word.strip_suffix(end)?;
                language.lexicon.contains(&format!("{stem}{other}")).then_some(())
            };
            entries("ending-pair")
                .iter()
                .filter_map(|pair| pair.split_once('/'))
                .any(|pair| other(pair).is_some() || other((pair.1, pair.0)).is_some())
        };
        ends() && !entries("no-person").iter().any(|w| w == word) && (!language.grammar.head_first || pairs())
    };
    let sets = ["function", "people-noun", "kin", "noun-male", "noun-female", "somebody-else"];
    sets.iter().any(|set| language.cues.get(set).at(a, i) == Some(1))
        || a.readings(i).iter().any(|r| language.grammar.ids.participants.contains(&r.lemma))
        || ends()
}
