//! What the story tells of each thing: which words speak of one thing, and what is said of it.
//!
//! Words are joined to one thing by named reasons ([`Joined`](crate::analysis::Joined)), and each claim knows of which thing it is made, how it
//! is said and when. Relations hold claims of one thing against each other; they read nothing of the wording again.

mod claim;
mod thing;

use crate::analysis::{Analysis, Cards, Claim, ThingId};

impl Analysis<'_> {
    /// What the story tells of each thing; read when it is first asked for.
    pub(crate) fn cards(&self) -> &Cards {
        self.cards.get_or_init(|| {
            let (things, words) = thing::things(self);
            let mut cards = Cards { things, words, ..Cards::default() };
            (cards.claims, cards.told) = claim::claims(self, &cards, false);
            cards
        })
    }

    /// All that phrases with a sense say, contradicted or not.
    pub(crate) fn claims(&self) -> Vec<Claim> {
        claim::claims(self, self.cards(), true).0
    }

    /// The thing of which words say something that happens: whom or what it is done to, else who does it.
    pub(crate) fn said_of(&self, tokens: std::ops::Range<usize>) -> Option<ThingId> {
        claim::said_of(self, self.cards(), tokens)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::document;
    use crate::language::Languages;

    /// The words of each thing that has several, in the order of the text.
    fn show(lang: &str, text: &str) -> String {
        let doc = document(lang, text);
        let a = Analysis::of(&doc, Languages::shipped());
        let cards = a.cards();
        let of = |n: usize| cards.words.iter().filter(move |w| w.thing.0 as usize == n).map(|w| a.text(w.token as usize));
        let all = (0..cards.things.len()).map(|n| of(n).collect::<Vec<_>>()).filter(|words| words.len() > 1);
        all.map(|words| words.join(" ")).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn words_of_one_thing() {
        for (lang, text, expected) in [
            ("fr", "Un pont a cédé. Le pont datait de 1930. Il était fermé.", "pont pont Il"),
            ("fr", "Le pont de Dole a cédé. Le pont de Lons tient.", ""),
            ("fr", "Le chalutier a coulé. Le navire venait de Brest.", "chalutier navire"),
            ("en", "A bridge fell. The bridge was old. It was closed.", "bridge bridge It"),
            ("en", "The swing bridge fell. The road bridge stands.", ""),
            ("en", "The trawler sank. The vessel was Irish.", "trawler vessel"),
            ("en", "Anna Merrow, the mayor, resigned. She said so.", "Merrow mayor She"),
        ] {
            assert_eq!(show(lang, text), expected, "{text}");
        }
    }
}
