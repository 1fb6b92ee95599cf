//! The one layer that guesses: readings are narrowed in one pass, then words are grouped. Every later stage reads this.

mod chunk;
mod decide;
mod narrow;
mod roles;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::analysis::Analysis;
use crate::language::lexicon::LemmaId;

/// A noun group or a verb group.
#[derive(Clone, Copy, Debug)]
pub struct Chunk {
    /// First and one past the last token.
    pub tokens: (u32, u32),
    /// The noun, or the verb that carries the meaning.
    pub head: u32,
    /// Index into [`Analysis::clauses`](crate::analysis::Analysis::clauses).
    pub clause: u32,
    /// Which of the two, with what only that one has.
    pub kind: ChunkKind,
}

/// Which kind of group.
#[derive(Clone, Copy, Debug)]
pub enum ChunkKind {
    /// Determiner, modifiers, noun: « les quinze policiers grièvement blessés ».
    Noun {
        /// Token of the preposition that governs the group.
        preposition: Option<u32>,
        /// Opened by a definite article or a demonstrative.
        definite: bool,
    },
    /// Auxiliaries, negation, verb: « n'a pas été retrouvé ».
    Verb(VerbGroup),
}

/// A verb with its auxiliaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerbGroup {
    /// Dictionary form of the verb that carries the meaning.
    pub lemma: LemmaId,
    /// When.
    pub tense: Tense,
    /// Whether the subject suffers what the verb says.
    pub passive: bool,
    /// Whether it is denied.
    pub negated: bool,
    /// Whether one of its words is finite: only such a group makes a clause.
    pub finite: bool,
}

/// The tense of a verb group, with the moods that change what it asserts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tense {
    /// « dit », "says".
    Present,
    /// « a dit », « dit » (passé simple), "said", "has said".
    Past,
    /// « disait ».
    Imperfect,
    /// « avait dit », "had said".
    Pluperfect,
    /// « dira », "will say".
    Future,
    /// « dirait », « aurait dit », "would say": hearsay, condition, wish.
    Conditional,
    /// « dise ».
    Subjunctive,
    /// Infinitive or participle alone.
    Untensed,
}

/// Who or what a verb group speaks of, by token: the head of a noun group, or a pronoun. What grammar leaves open is not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// Who does what the verb says, or suffers it where the verb is passive; in a relative clause what the clause hangs on.
    pub subject: Option<u32>,
    /// Whom or what it is done to.
    pub object: Option<u32>,
    /// What the subject is said to be, noun or adjective: « est devenu *maire* », "is *deep*".
    pub predicate: Option<u32>,
    /// Who does it, where the verb is passive.
    pub agent: Option<u32>,
}

/// What one finite verb governs.
#[derive(Clone, Copy, Debug)]
pub struct Clause {
    /// First and one past the last token.
    pub tokens: (u32, u32),
    /// Index into [`Analysis::sentences`](crate::analysis::Analysis::sentences).
    pub sentence: u32,
    /// Index of its finite verb group in [`Analysis::chunks`](crate::analysis::Analysis::chunks).
    pub verb: Option<u32>,
    /// Opened by a subordinator or a relative pronoun.
    pub subordinate: bool,
}

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
