//! Words between hyphens, of which numbers are composed.

use super::{Number, NumberKind};
use crate::amount::Amount;
use crate::analysis::{Analysis, mark};
use crate::language::TokenKind;
use crate::language::cut::is_hyphen;
use crate::language::numbers::{NumberGrammar, NumberWord};

/// One word between hyphens.
#[derive(Clone, Copy)]
pub(super) struct Part<'t> {
    pub token: usize,
    pub text: &'t str,
    /// Where it ends in its token, in bytes.
    pub to: usize,
    /// Whether it is the last of its token.
    pub closes: bool,
}

/// The parts of number words from a token on: a token's words between hyphens, each with its token.
pub(super) struct Parts<'t> {
    pub list: Vec<Part<'t>>,
    /// One past the last token that may belong to the number.
    pub end: usize,
}

/// No number has more words.
const LONGEST: usize = 24;

impl<'t> Parts<'t> {
    pub fn from(a: &'t Analysis, at: usize, end: usize, g: &NumberGrammar) -> Parts<'t> {
        let end = end.min(at + LONGEST);
        let mut list = Vec::new();
        for token in at..end {
            if a.tokens[token].kind != TokenKind::Word {
                // "five - eighths"
                let plural = |i: usize| i < end && g.rank(a.lower(i)).is_some_and(|(_, plural)| plural);
                let dash = token > at && mark(a, token).is_some_and(is_hyphen) && !a.tokens[token].glued;
                if dash && plural(token + 1) {
                    continue;
                }
                break;
            }
            let lower = a.lower(token);
            // Whatever else stands here, no number goes on with it.
            if token > at && !a.tokens[token].opens.number && !g.links.iter().any(|l| l == lower) {
                break;
            }
            let mut to = 0;
            for text in lower.split('-') {
                to += text.len();
                list.push(Part { token, text, to, closes: to == lower.len() });
                to += 1;
            }
        }
        Parts { list, end }
    }

    /// The parts before one of them.
    pub fn before(&self, p: usize) -> Parts<'t> {
        Parts { list: self.list[..p].to_vec(), end: self.end }
    }

    pub fn text(&self, p: usize) -> Option<&'t str> {
        self.list.get(p).map(|part| part.text)
    }

    /// What `look` finds for two parts joined by a hyphen, else for one, and how many parts that took.
    pub fn look<T>(&self, p: usize, look: impl Fn(&str) -> Option<T>) -> Option<(T, usize)> {
        let part = self.list.get(p)?;
        if let Some(next) = self.list.get(p + 1) {
            let mut both = String::with_capacity(part.text.len() + next.text.len() + 1);
            both.push_str(part.text);
            both.push('-');
            both.push_str(next.text);
            if let Some(found) = look(&both) {
                return Some((found, 2));
            }
        }
        look(part.text).map(|found| (found, 1))
    }

    pub fn word(&self, g: &NumberGrammar, p: usize) -> Option<(NumberWord, usize)> {
        self.look(p, |w| g.word(w))
    }

    /// The number of words of a link between a part and its whole that stand at a part: « de », "of a".
    pub fn link(&self, g: &NumberGrammar, p: usize) -> usize {
        let is = |list: &[String], p: usize| self.text(p).is_some_and(|t| list.iter().any(|w| w == t));
        let link = usize::from(is(&g.links, p));
        link + usize::from(is(&g.articles, p + link))
    }
}

/// The number that took `taken` parts; where that cuts a token in two, the rest must be words that hang on by a hyphen.
pub(super) fn finish(parts: &Parts, taken: usize, at: usize, amount: Amount, kind: NumberKind) -> Option<Number> {
    let last = parts.list.get(taken.checked_sub(1)?)?;
    let mut n = Number::new(at..last.token + 1, amount, kind);
    n.cut = (!last.closes).then_some(last.to);
    Some(n)
}
