//! The one layer that guesses: readings are narrowed in one pass, then words are grouped. Every later stage reads this.

mod chunk;
mod decide;
mod narrow;
mod roles;

use std::ops::Range;

use crate::analysis::{Analysis, ChunkKind};

pub(crate) use narrow::{begins, possible};

/// Reads every word, narrows its readings, groups the words and says who does what to whom.
pub(crate) fn parse(a: &mut Analysis) {
    narrow::narrow(a);
    chunk::group(a);
    roles::assign(a);
}

/// Whether no verb group begins among tokens: a heading, a list, a line-up.
pub(crate) fn is_verbless(a: &Analysis, tokens: Range<usize>) -> bool {
    let from = a.chunks.partition_point(|c| (c.tokens.0 as usize) < tokens.start);
    let mut within = a.chunks[from..].iter().take_while(|c| (c.tokens.0 as usize) < tokens.end);
    within.all(|c| matches!(c.kind, ChunkKind::Noun { .. }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::document;
    use crate::language::Languages;
    use crate::language::lexicon::LemmaId;

    /// Noun groups in square brackets with their head marked, verb groups in braces with what they say, clauses parted by a bar.
    fn show(lang: &str, text: &str) -> String {
        let doc = document(lang, text);
        let mut a = crate::text::cut(&doc, Languages::shipped());
        parse(&mut a);
        let language = a.language(0).unwrap();
        let mut out = String::new();
        for i in 0..a.tokens.len() {
            if i > 0 && a.clauses.iter().any(|c| c.tokens.0 as usize == i) {
                out.push_str(" |");
            }
            if i > 0 && !a.tokens[i].glued {
                out.push(' ');
            }
            let chunk = a.chunks.iter().find(|c| (c.tokens.0 as usize..c.tokens.1 as usize).contains(&i));
            if let Some(c) = chunk {
                let noun = matches!(c.kind, ChunkKind::Noun { .. });
                if c.tokens.0 as usize == i {
                    out.push(if noun { '[' } else { '{' });
                }
                if noun && c.head as usize == i {
                    out.push('*');
                }
                out.push_str(a.text(i));
                if c.tokens.1 as usize == i + 1 {
                    if let ChunkKind::Verb(v) = c.kind {
                        let lemma = if v.lemma == LemmaId::NONE { "?" } else { language.lexicon.lemma_text(v.lemma) };
                        out.push_str(&format!(": {lemma} {:?}", v.tense).to_lowercase());
                        out.push_str(if v.passive { " passive" } else { "" });
                        out.push_str(if v.negated { " not" } else { "" });
                    }
                    out.push(if noun { ']' } else { '}' });
                }
            } else {
                out.push_str(a.text(i));
            }
        }
        out
    }

    #[test]
    fn french() {
        for (text, expected) in [
            (
                "La police a confirmé que Paul est décédé.",
                "[La *police] {a confirmé: confirmer past} | que [*Paul] {est décédé: décéder past}.",
            ),
            (
                "Les quinze policiers grièvement blessés n'ont pas été retrouvés.",
                "[Les quinze *policiers grièvement blessés] {n'ont pas été retrouvés: retrouver past passive not}.",
            ),
            (
                "Il les a vus dans la rue principale, mais le maire ne le savait pas.",
                "Il {les a vus: voir past} dans [la *rue principale], | mais [le *maire] {ne le savait: savoir imperfect not} pas.",
            ),
            (
                "La voiture est vue par le bureau du maire.",
                "[La *voiture] {est vue: voir present passive} par [le *bureau] [du *maire].",
            ),
            ("Le feu aurait tué 12 personnes.", "[Le *feu] {aurait tué: tuer conditional} [12 *personnes]."),
            ("De nouvelles règles visent la ville.", "De [nouvelles *règles] {visent: viser present} [la *ville]."),
            ("Le ministre avait été prévenu.", "[Le *ministre] {avait été prévenu: prévenir pluperfect passive}."),
            (
                "Le séisme a fait 15 000 morts, dont 300 enfants.",
                "[Le *séisme] {a fait: faire past} [15 000 *morts], | dont [300 *enfants].",
            ),
        ] {
            assert_eq!(show("fr", text), expected);
        }
    }

    #[test]
    fn english() {
        for (text, expected) in [
            (
                "The police said that 12 people had been killed.",
                "[The *police] {said: say past} | that [12 *people] {had been killed: kill pluperfect passive}.",
            ),
            (
                "Two local officers did not see the burning car.",
                "[Two local *officers] {did not see: see past not} [the burning *car].",
            ),
            ("The storm has left 14 dead in the city.", "[The *storm] {has left: leave past} [14 *dead] in [the *city]."),
            // What a word most often is, and what its neighbours leave of that.
            (
                "The firm employs 300 people who make cars.",
                "[The *firm] {employs: employ present} [300 *people] | who {make: make present} [*cars].",
            ),
            (
                "She wants to support the group that opposed the deal.",
                "She {wants: want present} to {support: support untensed} [the *group] | that {opposed: oppose past} [the *deal].",
            ),
            (
                "A man killed in the crash was named on Monday.",
                "[A *man] {killed: kill untensed} in [the *crash] {was named: name past passive} on [*Monday].",
            ),
            ("The mayor will resign on Monday.", "[The *mayor] {will resign: resign future} on [*Monday]."),
        ] {
            assert_eq!(show("en", text), expected);
        }
    }
}
