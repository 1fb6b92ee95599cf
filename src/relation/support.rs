//! What several relations ask of a draft.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::analysis::{Analysis, Mention, PersonValue, Value};
use crate::document::BlockKind;
use crate::language::TokenKind;
use crate::language::places::Gazetteer;

/// A word in lower case without its accents, as places are looked up.
pub(super) fn fold(word: &str) -> String {
    let mut out = String::new();
    Gazetteer::fold(word, &mut out);
    out
}

/// The tokens of each block of these kinds that has any; of all blocks that tell the story where no kind is named.
pub(super) fn blocks(a: &Analysis, kinds: &[BlockKind]) -> Vec<Range<usize>> {
    let wanted = |kind: BlockKind| if kinds.is_empty() { tells(kind) } else { kinds.contains(&kind) };
    let all = a.doc.blocks.iter().filter(|b| wanted(b.kind)).map(|b| a.tokens_in(b.span));
    all.filter(|tokens| !tokens.is_empty()).collect()
}

/// Whether a block is part of what the paper tells its readers.
pub(super) fn tells(kind: BlockKind) -> bool {
    !matches!(kind, BlockKind::Byline | BlockKind::Credit | BlockKind::Note)
}

/// Every word of these kinds of block, folded.
pub(super) fn vocabulary(a: &Analysis, kinds: &[BlockKind]) -> HashSet<String> {
    let words = blocks(a, kinds).into_iter().flatten().filter(|&i| a.tokens[i].kind == TokenKind::Word);
    words.map(|i| fold(a.lower(i))).collect()
}

/// Every person who is named in what the paper tells.
pub(super) fn people<'m>(a: &'m Analysis) -> impl Iterator<Item = (&'m Mention, &'m PersonValue)> {
    a.mentions.iter().filter_map(|m| match &m.value {
        Value::Person(p) if tells(a.doc.blocks[m.block as usize].kind) => Some((m, p)),
        _ => None,
    })
}

/// The words of a name in lower case, without its full stops.
pub(super) fn words(a: &Analysis, tokens: (u32, u32)) -> Vec<String> {
    let range = tokens.0 as usize..tokens.1 as usize;
    range.filter(|&i| a.tokens[i].kind != TokenKind::Mark).map(|i| a.lower(i).to_owned()).collect()
}

/// Whether an entry of a cue set stands in these tokens, which lie in one block.
pub(super) fn says(a: &Analysis, set: &str, tokens: Range<usize>) -> bool {
    !tokens.is_empty() && a.language(tokens.start).is_some_and(|l| l.cues.get(set).stands_in(a, tokens))
}

/// From so many letters on a word may have more than one wrong.
const LONG: usize = 8;

/// Whether two words may be one, but for a slip of the hand: both long, the first letter the same, few letters apart.
pub(super) fn slip(one: &str, other: &str, letters: usize) -> bool {
    let (x, y) = (one.chars().count(), other.chars().count());
    let allowed = if x.min(y) >= LONG { letters } else { letters.min(1) };
    one != other
        && one.chars().next() == other.chars().next()
        && x.abs_diff(y) <= allowed
        && strsim::damerau_levenshtein(one, other) <= allowed
}

/// Words of more letters are no names.
const LONGEST_WORD: usize = 40;

/// Words, to be asked which of them another may be but for a slip of the hand. Two words that few letters part are the same once
/// so many are left out of each.
pub(super) struct Slips {
    letters: usize,
    by_rest: HashMap<String, Vec<usize>>,
}

impl Slips {
    pub fn new<'w>(words: impl Iterator<Item = &'w str>, letters: usize) -> Slips {
        let mut by_rest: HashMap<String, Vec<usize>> = HashMap::new();
        for (n, word) in words.enumerate() {
            for rest in rests(word, letters) {
                by_rest.entry(rest).or_default().push(n);
            }
        }
        Slips { letters, by_rest }
    }

    /// The words that may be [`slip`]s of another, by their index, in order: few, and never one too few.
    pub fn near(&self, word: &str) -> Vec<usize> {
        let mut out: Vec<usize> =
            rests(word, self.letters).iter().filter_map(|rest| self.by_rest.get(rest)).flatten().copied().collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// How a name sounds, roughly: what is doubled once, letters that are said alike as one, the last vowels not at all. "Philipps" sounds like
/// "Phillips", "Ellerbee" like "Ellerby".
pub(super) fn sound(folded: &str) -> String {
    let soft = |c: Option<&char>| matches!(c, Some('e' | 'i' | 'y'));
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let letters: Vec<char> = folded.chars().collect();
    let mut out = String::new();
    for (i, &c) in letters.iter().enumerate() {
        let before = i.checked_sub(1).map(|p| letters[p]);
        let said = match c {
            'h' => continue,
            'p' if letters.get(i + 1) == Some(&'h') => 'f',
            'c' if soft(letters.get(i + 1)) => 's',
            'c' | 'q' => 'k',
            'z' => 's',
            'w' => 'v',
            'y' => 'i',
            c if vowel(c) && before.is_some_and(vowel) => continue,
            c => c,
        };
        if !out.ends_with(said) {
            out.push(said);
        }
    }
    out.truncate(out.trim_end_matches(vowel).len());
    out
}

/// Whether two words are written otherwise and sound alike: both of six letters at least, two letters apart at most.
pub(super) fn sounds_like(one: &str, other: &str) -> bool {
    let shortest = one.chars().count().min(other.chars().count());
    one != other && shortest >= 6 && strsim::osa_distance(one, other) <= 2 && sound(one) == sound(other)
}

/// What is left of a word once as many letters are taken out as a slip may concern, in every way; the first letter stays. How it sounds
/// is among that.
fn rests(word: &str, letters: usize) -> HashSet<String> {
    let length = word.chars().count();
    let mut all = HashSet::new();
    if length > LONGEST_WORD {
        return all;
    }
    let mut last = vec![word.to_owned()];
    for _ in 0..if length >= LONG { letters } else { letters.min(1) } {
        let shorter: Vec<String> = last.iter().flat_map(|w| without_one(w)).collect();
        all.extend(std::mem::replace(&mut last, shorter));
    }
    all.extend(last);
    all.insert(sound(word));
    all
}

/// A word with one of its letters left out, for each but the first.
fn without_one(word: &str) -> impl Iterator<Item = String> {
    word.char_indices().skip(1).map(move |(i, c)| [&word[..i], &word[i + c.len_utf8()..]].concat())
}

/// The sentence of a token with the ones before and after it in its block.
pub(super) fn around(a: &Analysis, token: usize) -> Range<usize> {
    let own = a.tokens[token].sentence as usize;
    let block = a.tokens[token].block;
    let same = |i: usize| a.sentences.get(i).filter(|s| s.block == block);
    let start = own.checked_sub(1).and_then(same).unwrap_or(&a.sentences[own]).start;
    let end = same(own + 1).unwrap_or(&a.sentences[own]).end;
    start as usize..end as usize
}

/// Words of a sentence, at least, whose repetition is no chance: a paragraph that a page gives twice, in a box or a teaser.
const REPEATED: usize = 6;

/// Whether each sentence repeats an earlier one word for word, by index: what stands there has been counted.
pub(super) fn repeats(a: &Analysis) -> Vec<bool> {
    let mut met: HashSet<Vec<&str>> = HashSet::new();
    let words = |s: &crate::analysis::Sentence| (s.start as usize..s.end as usize).map(|i| a.lower(i)).collect::<Vec<_>>();
    a.sentences.iter().map(|s| (s.end - s.start) as usize >= REPEATED && !met.insert(words(s))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slip_is_among_the_near() {
        let words =
            ["dupont", "dupond", "dumont", "lefevre", "lefebvre", "schwartz", "schwarz", "schawrtz", "cshwartz", "schwartzen"];
        for letters in 1..=2 {
            let slips = Slips::new(words.into_iter(), letters);
            for word in words {
                let near = slips.near(word);
                let missed = (0..words.len()).find(|n| slip(words[*n], word, letters) && !near.contains(n));
                assert_eq!(missed, None, "{word}, {letters} letters");
            }
        }
    }
}
