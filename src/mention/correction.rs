//! Where a story speaks of its own faults: notes that give a wrong value on purpose, and the right one beside it.

use std::ops::Range;

use crate::analysis::{Analysis, mark};
use crate::document::BlockKind;
use crate::language::{Language, TokenKind};
use crate::span::Span;

/// How far behind the first words of a note the colon may stand that tells them from a sentence, in tokens.
const COLON: usize = 12;
/// How far behind "an earlier version of" the word for the story may stand, in tokens.
const OF: usize = 5;

impl Analysis<'_> {
    /// Whether a place is in a note that corrects the story: the wrong value stands there on purpose.
    pub fn in_correction(&self, span: Span) -> bool {
        let notes = self.corrections.get_or_init(|| corrections(self));
        let after = notes.partition_point(|n| n.start <= span.start);
        after > 0 && span.start < notes[after - 1].end
    }
}

/// The stretches of a draft that are correction notes, in the order of the text.
///
/// A heading makes a column of what stands below it, a label or its like makes a note of its paragraph, and a sentence that
/// speaks of the story makes one of what follows it there.
fn corrections(a: &Analysis) -> Vec<Span> {
    let mut out = Vec::new();
    let mut column = false;
    for block in &a.doc.blocks {
        let tokens = a.tokens_in(block.span);
        let Some(language) = a.languages.get(block.lang).filter(|_| !tokens.is_empty()) else { continue };
        if matches!(block.kind, BlockKind::Headline | BlockKind::Heading) {
            column = is_title(a, tokens, language);
            continue;
        }
        if column || is_labelled(a, tokens.clone(), language) {
            out.push(block.span);
        } else if let Some(from) = first_sentence(a, tokens, language) {
            out.push(Span { start: a.tokens[from].span.start, end: block.span.end });
        }
    }
    out
}

/// « Corrections et précisions » and nothing more.
fn is_title(a: &Analysis, tokens: Range<usize>, language: &Language) -> bool {
    let len = language.cues.get("correction-label").at(a, tokens.start).unwrap_or(0);
    len > 0 && (tokens.start + len..tokens.end).all(|i| a.tokens[i].kind == TokenKind::Mark)
}

/// « Rectificatif : … », "(Corrects death toll in paragraph 1 …)", « Mis à jour à 18 h : … ».
fn is_labelled(a: &Analysis, tokens: Range<usize>, language: &Language) -> bool {
    let bracketed = mark(a, tokens.start).is_some_and(|c| matches!(c, '(' | '['));
    let Some(start) = tokens.clone().find(|&i| a.tokens[i].kind != TokenKind::Mark) else { return false };
    let label = language.cues.get("correction-label").at(a, start);
    if let Some(len) = label
        && (start + len == tokens.end || mark(a, start + len).is_some_and(|c| matches!(c, ':' | '.' | '-' | '–' | '—' | ')' | ']')))
    {
        return true;
    }
    let opener = language.cues.get("correction-opener").at(a, start);
    let colon = |len: usize| (start + len..tokens.end.min(start + len + COLON)).any(|i| mark(a, i) == Some(':'));
    opener.is_some_and(|len| bracketed || colon(len))
}

/// The first token of the first sentence that speaks of the story and its fault.
fn first_sentence(a: &Analysis, tokens: Range<usize>, language: &Language) -> Option<usize> {
    let mut at = tokens.start;
    while at < tokens.end {
        let sentence = a.sentence(at);
        if is_told(a, sentence.clone(), language) {
            return Some(sentence.start);
        }
        at = sentence.end.max(at + 1);
    }
    None
}

/// « une première version de cet article », "this article has been amended", « comme nous l'avons écrit par erreur ».
fn is_told(a: &Analysis, sentence: Range<usize>, language: &Language) -> bool {
    let cue = |name: &str| language.cues.get(name);
    if cue("correction-said").stands_in(a, sentence.clone()) {
        return true;
    }
    let (version, this, story, done) =
        (cue("correction-version"), cue("correction-this"), cue("correction-story"), cue("correction-done"));
    let story_in = |from: usize, reach: usize| {
        (from..sentence.end.min(from + reach)).find(|&i| story.at(a, i).is_some() && (i == from || mark(a, i).is_none()))
    };
    sentence.clone().any(|i| {
        if let Some(len) = version.at(a, i) {
            return story_in(i + len, OF).is_some();
        }
        this.at(a, i).and_then(|len| story_in(i + len, 2)).is_some_and(|noun| done.stands_in(a, noun + 1..sentence.end))
    })
}

#[cfg(test)]
mod tests {
    use super::corrections;
    use crate::analysis::Analysis;
    use crate::analysis::tests::document;
    use crate::language::Languages;

    #[track_caller]
    fn check(lang: &str, text: &str, expected: &[&str]) {
        let doc = document(lang, text);
        let a = Analysis::of(&doc, Languages::shipped());
        let found: Vec<&str> = corrections(&a).iter().map(|s| s.of(&doc.text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn notes_that_correct_the_story() {
        for text in [
            "Rectificatif : une première version de cet article indiquait 12 morts.",
            "Une version antérieure de cet article faisait état de 12 morts.",
            "Cet article a été corrigé : le bilan était de 14 morts, pas 12 morts.",
            "Précision : Odile Garrec et non Odile Garrek, comme nous l'avons écrit.",
            "Erratum – le 31 avril cité hier dans ces colonnes n'existe pas.",
            "Mis à jour à 18 h : le bilan est passé de 12 à 14 morts.",
            "Contrairement à ce que nous avons écrit dans notre édition d'hier, le maire a 51 ans et non 61.",
            "Une erreur s'est glissée dans notre article de mardi : le match a lieu samedi.",
        ] {
            check("fr", text, &[text]);
        }
        for text in [
            "Correction: the fair opens on Friday, not Saturday.",
            "(Corrects death toll in paragraph 1 to 14 from 12)",
            "An earlier version of this story said 12 people had died.",
            "This article was amended on 8 August 2026. It had said that 12 people died.",
            "This article originally misspelled Anna Garrick's name as Ana Garrick.",
            "Because of an editing error, a report on Friday gave the age of the mayor as 61. He is 51.",
            "The fair opens on 7 August, not Saturday 8 August as we said on page 3.",
        ] {
            check("en", text, &[text]);
        }
        check(
            "fr",
            "La tempête a fait 14 morts. Une première version de ce texte disait 12. C'est 14.",
            &["Une première version de ce texte disait 12. C'est 14."],
        );
    }

    #[test]
    fn stories_that_speak_of_corrections() {
        for text in [
            "Une première version du projet de loi prévoyait 12 ans.",
            "Cet article du code a été modifié en 2019.",
            "Le ministère a publié un rectificatif : le budget est de 12 millions.",
            "Mis à jour chaque année, le barème reste le même.",
        ] {
            check("fr", text, &[]);
        }
        for text in [
            "An earlier version of the bill set the term at 12 years.",
            "The correction cut shares by 12 per cent.",
            "Updates to the software are due on Monday.",
            "Under this article of the treaty, the court was changed in 2019.",
        ] {
            check("en", text, &[]);
        }
    }
}
