//! Suffix rules with conditions, as Hunspell and Harper write them.

/// One suffix rule.
pub struct Suffix {
    strip: String,
    add: String,
    condition: Vec<Letter>,
    /// What the form has beyond its lemma, where the source says so.
    pub tags: Vec<String>,
}

/// What a condition asks of one letter.
struct Letter {
    negated: bool,
    of: Vec<char>,
}

impl Suffix {
    /// A rule that puts `add` in the place of `strip` at the end of words that fit `condition`: letters, `[…]`, `[^…]`, `.`.
    pub fn new(strip: &str, add: &str, condition: &str, tags: Vec<String>) -> Suffix {
        Suffix { strip: strip.to_owned(), add: add.to_owned(), condition: letters(condition), tags }
    }

    /// The form of a word, if the rule is for that word.
    pub fn apply(&self, word: &str) -> Option<String> {
        let end: Vec<char> = word.chars().rev().take(self.condition.len()).collect();
        let fits =
            end.len() == self.condition.len() && self.condition.iter().rev().zip(&end).all(|(l, c)| l.of.contains(c) != l.negated);
        let stem = word.strip_suffix(&self.strip).filter(|_| fits)?;
        Some(format!("{stem}{}", self.add))
    }
}

/// A condition: letters, `[…]`, `[^…]`; `.` asks nothing.
fn letters(condition: &str) -> Vec<Letter> {
    let mut found = Vec::new();
    let mut rest = condition.chars();
    while let Some(c) = rest.next() {
        match c {
            '.' => found.push(Letter { negated: true, of: Vec::new() }),
            '[' => {
                let set: String = rest.by_ref().take_while(|&c| c != ']').collect();
                let negated = set.starts_with('^');
                found.push(Letter { negated, of: set.trim_start_matches('^').chars().collect() });
            }
            c => found.push(Letter { negated: false, of: vec![c] }),
        }
    }
    found
}
