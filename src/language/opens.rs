//! What may begin with a word: most words begin nothing, and one look settles that for every reader.

use super::Language;
use crate::language::lexicon::Reading;

/// Cue sets whose words may begin a name without a capital: « rue de Rome », « ministère de l'Intérieur », « (M.) de Brissac ».
const NAMES: [&str; 3] = ["thing-head", "institution-head", "particle"];

/// What may begin with a word, as far as the word alone tells; a capital may begin a name in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opens {
    /// A date, a weekday, a time of day, a stretch of the calendar.
    pub date: bool,
    /// A number in words.
    pub number: bool,
    /// A name that begins in small letters.
    pub name: bool,
    /// A way to write what can be written in several.
    pub choice: bool,
    /// A phrase with a sense, which may begin before it.
    pub sense: bool,
}

impl Language {
    /// What may begin with a word in lower case of these readings.
    pub fn opens(&self, lower: &str, readings: &[Reading]) -> Opens {
        let g = &self.numbers;
        let head = lower.split('-').next().unwrap_or(lower);
        let listed = |list: &[String]| list.iter().any(|w| w == lower);
        let vague = listed(&g.vague);
        let spelled = g.begins(head);
        Opens {
            date: spelled || vague || self.calendar.opens(lower, head),
            number: spelled || vague || g.begins(lower) || [&g.articles, &g.plurals, &g.negatives].into_iter().any(|l| listed(l)),
            choice: self.choices.opens(lower),
            sense: self.senses.hinges_on(lower, readings),
            name: NAMES.iter().any(|set| self.cues.get(set).begins(lower, readings)),
        }
    }
}
