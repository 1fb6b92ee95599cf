//! A quotation that comes again has the same words.

use schemars::JsonSchema;
use serde::Deserialize;

use super::quoted::{Alignment, Hunk, Quoted, align, asserts, carries, denies, quoted};
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Value, mark};
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::grammar::Class;

/// `reworded`: a quotation whose words lie along another's has all of them as they are there.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Reworded {
    /// The fewest words that agree.
    pub words: usize,
}

impl Relation for Reworded {
    fn roles(&self) -> &'static [&'static str] {
        &["quoted", "said"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Abridged, Facet::Derived]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let all = quoted(a);
        if all.len() < 2 {
            return Vec::new();
        }
        let story = joined(a, &all);
        let mut found = Vec::new();
        for q in &all {
            // In the story a quotation is held against those before it.
            let others: Vec<&Quoted> = story
                .iter()
                // Two people may put one thing in words that are alike.
                .filter(|s| q.speaker.zip(s.speaker).is_none_or(|(x, y)| x == y))
                .filter(|s| {
                    if q.beside {
                        !s.words.contains(&q.words[0])
                    } else {
                        // Put twice in one breath, it is turned on purpose.
                        let breath = a.tokens[s.tokens.end - 1].sentence == a.tokens[q.tokens.start].sentence;
                        s.tokens.end <= q.tokens.start && !s.words.contains(&q.words[0]) && !breath
                    }
                })
                .collect();
            let alike = |s: &&&Quoted| q.folded.iter().filter(|w| s.folded.contains(w)).count() * 100 >= q.folded.len() * 60;
            // In the story only what says something is an utterance; a name or a figure of speech may be taken up and turned.
            if !q.beside && !asserts(a, &q.tokens) {
                continue;
            }
            let near: Vec<(&Quoted, Alignment)> =
                others.iter().filter(alike).filter_map(|s| align(&q.folded, &s.folded).map(|al| (*s, al))).collect();
            let shuffled =
                all.iter().filter(|s| q.beside && !s.beside || s.tokens.end <= q.tokens.start).find_map(|s| shuffled(a, q, s));
            // What stands somewhere word for word, or with words left out of it, is the other's.
            if near.iter().any(|(_, al)| al.hunks.is_empty()) {
                continue;
            }
            if let Some(conflict) = shuffled {
                found.push(conflict);
                continue;
            }
            let altered = near.iter().find_map(|(s, al)| self.altered(a, q, s, al));
            found.extend(altered.or_else(|| self.told_again(a, q, &all)));
        }
        found
    }
}

impl Reworded {
    /// The odd words, where one place alone differs and all around it agrees.
    fn altered(&self, a: &Analysis, q: &Quoted, s: &Quoted, al: &Alignment) -> Option<Conflict> {
        let n = q.words.len();
        let content = al.same.iter().filter(|(i, _)| carries(a, q.words[*i])).count();
        // In the story two sentences of one speaker are often built alike.
        let whole = al.same[0].1 == 0 || n == s.words.len();
        let (fewest, share) = if q.beside { (self.words, 60) } else { (self.words + 1, 75) };
        // « I would do it again », "I would *not* do it again"
        let denial = |h: &Hunk| h.ours.len() + h.theirs.len() == 1 && self.serious(a, q, s, h);
        let denied = al.hunks.len() == 1 && al.hunks.iter().all(denial) && n >= 4;
        let swapped = al.hunks.len() == 1 && al.hunks[0].ours.len() == 1 && al.hunks[0].theirs.len() == 1;
        // « Nous ne fermerons aucun lit » for « … aucun service »: from its first word to its last it is the other's.
        let utterance = q.beside && swapped && n >= 4 && opens_and_closes(a, s, al, n);
        // "years of delay" for "months of delay": few words, and what differs is of one kind.
        let kin =
            q.beside && swapped && n >= 3 && self.of_a_kind(a, q.words[al.hunks[0].ours.start], s.words[al.hunks[0].theirs.start]);
        let most_content = if denied || utterance { 0 } else { 2 - usize::from(q.beside && whole || kin) };
        let fewest = if kin { 2 } else { fewest };
        if al.same.len() < fewest || al.same.len() * 100 < n * share || content < most_content {
            return None;
        }
        // Two sentences of one speaker that are built alike have lengths of their own.
        if !q.beside && n.abs_diff(s.words.len()) > 1 && al.same.len() < 8 {
            return None;
        }
        // Where a whole utterance comes again, every word counts.
        let one = al.hunks.len() == 1 && al.same.len() + 1 == n && al.hunks[0].theirs.len() == 1;
        let inside = al.hunks[0].ours.start > 0 && al.hunks[0].ours.end < n && q.beside;
        let again = one
            && (n == s.words.len() || inside)
            && !clitic(a, q.words[al.hunks[0].ours.start])
            && !clitic(a, s.words[al.hunks[0].theirs.start]);
        let serious: Vec<&Hunk> = al.hunks.iter().filter(|h| again || self.serious(a, q, s, h)).collect();
        let [hunk] = serious[..] else { return None };
        let most = if n < 9 { 2 } else { 3 };
        if hunk.ours.len() > most || hunk.theirs.len() > most || al.hunks.len() > if n < 12 { 2 } else { 3 } {
            return None;
        }
        // « n'est "pas un phénomène de masse" » of « n'est pas sur un phénomène de masse »: a word is left out, none is another.
        let left_out = hunk.ours.len() == 1
            && hunk.ours.start == 0
            && hunk.theirs.start.checked_sub(1).is_some_and(|k| s.folded[k] == q.folded[0]);
        // "Night of the Living Dead", "Return of the Living Dead": two works.
        if left_out || titled(a, q) && titled(a, s) {
            return None;
        }
        let edge = hunk.ours.start == 0 || hunk.ours.end == n;
        if edge && !kin && !utterance {
            // At its ends a quotation is cut: only one word for one, between words that agree or at the ends of both, is another.
            let both = hunk.ours.start == 0 && hunk.theirs.start == 0 || hunk.ours.end == n && hunk.theirs.end == s.words.len();
            if hunk.ours.len() != hunk.theirs.len() || hunk.ours.len() > 1 && !both {
                return None;
            }
        }
        let span = |words: &[usize], at: &std::ops::Range<usize>| {
            // Where words are missing, the words on both sides show the place.
            let (from, to) =
                if at.is_empty() { (at.start.saturating_sub(1), (at.end + 1).min(words.len())) } else { (at.start, at.end) };
            a.span(words[from]..words[to - 1] + 1)
        };
        let mut facets = Facets::default();
        let within = |q: &Quoted, at: &std::ops::Range<usize>| bracketed(a, q, at);
        facets.insert_if(q.cut || within(q, &hunk.ours) || s.cut && within(s, &hunk.theirs), Facet::Abridged);
        facets.insert_if(self.derived(a, q, s, hunk), Facet::Derived);
        Some(Conflict {
            roles: vec![("quoted", span(&q.words, &hunk.ours)), ("said", span(&s.words, &hunk.theirs))],
            values: Bindings::default(),
            facets,
        })
    }

    /// A whole utterance in the place of the one other that is built as it is: « Je partirai quand *la ville* sera *propre* », « … quand
    /// *le port* sera *fini* »; in the story where a noun takes it up: « sa *formule*, « … » ».
    fn told_again(&self, a: &Analysis, q: &Quoted, all: &[Quoted]) -> Option<Conflict> {
        let n = q.words.len();
        let resumed = q.beside || taken_up(a, q);
        if !resumed || q.cut || n < self.words + 1 || !asserts(a, &q.tokens) {
            return None;
        }
        let story = |s: &&Quoted| !s.beside && (q.beside || s.tokens.end <= q.tokens.start);
        let mut near = all
            .iter()
            .filter(story)
            .filter_map(|s| align(&q.folded, &s.folded).map(|al| (s, al)))
            .filter(|(_, al)| al.same.len() >= self.words && al.same.len() * 100 >= n * 40);
        let (s, al) = near.next().filter(|(s, _)| near.next().is_none() && !s.cut)?;
        let (first, last) = (al.same[0], al.same[al.same.len() - 1]);
        // Both begin with the same two words, or end with them, and end and begin where somebody speaks.
        let opens = al.same.len() > 1 && al.same[1] == (1, first.1 + 1) && first.0 == 0;
        let closes = last.0 + 1 == n && al.same[al.same.len() - 2] == (n - 2, last.1.checked_sub(1)?);
        let begins = |k: usize| k == 0 || s.words[k - 1] + 1 < s.words[k];
        let ends = |k: usize| k + 1 >= s.words.len() || s.words[k] + 1 < s.words[k + 1];
        let from = if first.0 == 0 { first.1 } else { (0..first.1).rev().find(|&k| begins(k))? };
        let past = if last.0 + 1 == n { last.1 } else { (last.1 + 1..s.words.len()).find(|&k| ends(k))? };
        let whole = begins(from) && ends(past) && (past + 1 - from).abs_diff(n) <= 2.max(n / 4);
        let content = al.same.iter().filter(|(i, _)| carries(a, q.words[*i])).count();
        let hunks: Vec<&Hunk> = al.hunks.iter().filter(|h| self.serious(a, q, s, h) && !self.derived(a, q, s, h)).collect();
        let both = hunks.iter().all(|h| !h.ours.is_empty() && !h.theirs.is_empty() || self.denial(a, q, s, h));
        let denied = al.same.len() > 4 && hunks.iter().any(|h| self.denial(a, q, s, h));
        // « Dans un pays civilisé, … », twice: what only begins alike may be two sentences.
        let middle = closes || opens && (denied || !q.beside);
        if !middle || !whole || content == 0 && !denied || hunks.is_empty() || !both || titled(a, q) {
            return None;
        }
        let ours = hunks[0].ours.start.min(n - 1)..hunks[hunks.len() - 1].ours.end.max(hunks[0].ours.start + 1).min(n);
        let theirs =
            hunks[0].theirs.start.min(past)..hunks[hunks.len() - 1].theirs.end.max(hunks[0].theirs.start + 1).min(s.words.len());
        let span = |words: &[usize], at: std::ops::Range<usize>| a.span(words[at.start]..words[at.end - 1] + 1);
        let roles = vec![("quoted", span(&q.words, ours)), ("said", span(&s.words, theirs))];
        Some(Conflict { roles, values: Bindings::default(), facets: Facets::default() })
    }

    /// Whether one side denies and the other does not.
    fn denial(&self, a: &Analysis, q: &Quoted, s: &Quoted, h: &Hunk) -> bool {
        let count = |words: &[usize], at: &std::ops::Range<usize>| at.clone().filter(|&k| denies(a, words[k])).count();
        count(&q.words, &h.ours) != count(&s.words, &h.theirs)
    }

    /// Whether both words are numbers, or both stretches of time.
    fn of_a_kind(&self, a: &Analysis, x: usize, y: usize) -> bool {
        let span = |i: usize| a.language(i).is_some_and(|l| l.cues.get("stretch").at(a, i) == Some(1));
        let number = |i: usize| a.classes[i].has(Class::Numeral);
        span(x) && span(y) && a.readings(x).first().map(|r| r.lemma) != a.readings(y).first().map(|r| r.lemma)
            || number(x) && number(y)
    }

    /// Whether words that differ change what is said: words of meaning, numbers, denials.
    fn serious(&self, a: &Analysis, q: &Quoted, s: &Quoted, h: &Hunk) -> bool {
        let ours = || h.ours.clone().map(|i| q.words[i]);
        let theirs = || h.theirs.clone().map(|i| s.words[i]);
        let denied = ours().filter(|&i| denies(a, i)).count() != theirs().filter(|&i| denies(a, i)).count();
        let weighs = |i: usize| carries(a, i) || a.classes[i].has(Class::Numeral);
        match (h.ours.is_empty(), h.theirs.is_empty()) {
            // Words left out are a cut, unless they deny.
            (true, _) => denied,
            (_, true) => ours().any(weighs) || denied,
            _ => denied || ours().any(weighs) || theirs().any(weighs),
        }
    }

    /// Whether the words are forms of the same, or one number in figures and in words.
    fn derived(&self, a: &Analysis, q: &Quoted, s: &Quoted, h: &Hunk) -> bool {
        if h.ours.len() != h.theirs.len() {
            // « ont pris », « prennent »: the words of meaning are the same.
            let lemmas = |words: Vec<usize>| {
                words.into_iter().filter(|&i| carries(a, i) && !a.classes[i].has(Class::Auxiliary)).collect::<Vec<_>>()
            };
            let (x, y) =
                (lemmas(h.ours.clone().map(|i| q.words[i]).collect()), lemmas(h.theirs.clone().map(|i| s.words[i]).collect()));
            let one = |i: usize, j: usize| a.readings(i).iter().any(|r| a.readings(j).iter().any(|t| t.lemma == r.lemma));
            let number = |i: usize| self.number(a, i);
            return !x.is_empty()
                && x.len() == y.len()
                && x.iter().zip(&y).all(|(i, j)| one(*i, *j) || number(*i).is_some() && number(*i) == number(*j));
        }
        h.ours.clone().zip(h.theirs.clone()).all(|(i, j)| {
            let (x, y) = (q.words[i], s.words[j]);
            let one = a.readings(x).iter().any(|r| a.readings(y).iter().any(|t| t.lemma == r.lemma));
            let number = self.number(a, x).is_some_and(|n| Some(n) == self.number(a, y));
            let article = a.classes[x].has(Class::Determiner) && a.classes[y].has(Class::Determiner);
            q.folded[i] == s.folded[j] || one || number || article
        })
    }

    fn number(&self, a: &Analysis, i: usize) -> Option<crate::amount::Ratio> {
        a.mentions_in(i..i + 1).iter().find_map(|m| match &m.value {
            Value::Quantity(q) => Some(q.amount.written),
            Value::Percent(x) | Value::Age(x) => Some(x.written),
            Value::Money(x) => Some(x.amount.written),
            Value::Measure(x) => Some(x.amount.written),
            Value::Duration(x) => Some(x.amount.written),
            _ => None,
        })
    }
}

/// Whether the words that lie along a quotation begin and end where somebody begins and ends to speak.
fn opens_and_closes(a: &Analysis, s: &Quoted, al: &Alignment, n: usize) -> bool {
    let hunk = &al.hunks[0];
    let (same, last) = (al.same[0], al.same[al.same.len() - 1]);
    let first = if hunk.ours.start == 0 { hunk.theirs.start } else { same.1 };
    let past = if hunk.ours.end == n { hunk.theirs.end } else { last.1 + 1 };
    let opens = first == 0 || s.words[first - 1] + 1 < s.words[first];
    let end = s.words[past - 1] + 1;
    let closes = past == s.words.len() || mark(a, end).is_some_and(|c| ".,;:!?…»”\"".contains(c));
    opens && closes
}

/// Whether a noun of what is said, with an article or a possessive, takes up what is quoted: « sa petite *phrase*, « … », », "the *message*, …".
fn taken_up(a: &Analysis, q: &Quoted) -> bool {
    let start = a.sentence(q.tokens.start).start;
    let before = q.tokens.start.saturating_sub(4).max(start)..q.tokens.start;
    let Some(noun) = before.rev().find(|&i| a.language(i).is_some_and(|l| l.cues.get("utterance").at(a, i) == Some(1))) else {
        return false;
    };
    let led = (noun.saturating_sub(3).max(start)..noun).any(|i| {
        let definite = a.language(i).is_some_and(|l| l.grammar.definite.iter().any(|w| w == a.lower(i)));
        definite || super::support::says(a, "possessive", i..i + 1)
    });
    led && (noun + 1..q.tokens.start).all(|i| mark(a, i).is_some())
}

/// Quotations of fewer words are built alike by chance.
const SHUFFLED: usize = 5;

/// The same words in another order: « perdu le fil, pas le match », « perdu le match, pas le fil ».
fn shuffled(a: &Analysis, q: &Quoted, s: &Quoted) -> Option<Conflict> {
    let n = q.words.len();
    if n < SHUFFLED || n != s.words.len() || q.folded == s.folded || q.speaker.zip(s.speaker).is_some_and(|(x, y)| x != y) {
        return None;
    }
    let sorted = |words: &[String]| {
        let mut words: Vec<&String> = words.iter().collect();
        words.sort_unstable();
        words.into_iter().cloned().collect::<Vec<_>>()
    };
    let odd: Vec<usize> = (0..n).filter(|&k| q.folded[k] != s.folded[k]).collect();
    let heavy = odd.iter().filter(|&&k| carries(a, q.words[k])).count() >= 2;
    if !heavy || sorted(&q.folded) != sorted(&s.folded) {
        return None;
    }
    let span = |words: &[usize]| a.span(words[odd[0]]..words[odd[odd.len() - 1]] + 1);
    let roles = vec![("quoted", span(&q.words)), ("said", span(&s.words))];
    let mut facets = Facets::default();
    facets.insert_if(q.cut || s.cut, Facet::Abridged);
    Some(Conflict { roles, values: Bindings::default(), facets })
}

/// Whether a word hangs on another with an apostrophe: "we'*ll*".
fn clitic(a: &Analysis, i: usize) -> bool {
    a.is_clitic(i) || a.text(i).contains(crate::language::cut::is_apostrophe)
}

/// Whether a bracket stands beside some words of a quotation.
fn bracketed(a: &Analysis, s: &Quoted, at: &std::ops::Range<usize>) -> bool {
    let word = |k: usize| s.words.get(k).copied();
    let from = word(at.start.saturating_sub(1)).unwrap_or(s.tokens.start);
    let to = word(at.end).unwrap_or(s.tokens.end);
    (from..to.min(a.tokens.len())).any(|i| mark(a, i).is_some_and(|c| matches!(c, '[' | '(' | '…')))
}

/// Whether a quotation is written as titles of works are: every word of meaning with a capital.
fn titled(a: &Analysis, s: &Quoted) -> bool {
    let mut heavy = s.words.iter().filter(|&&i| carries(a, i)).peekable();
    heavy.peek().is_some() && heavy.all(|&i| a.tokens[i].case.is_capital())
}

/// The quotations of the running text, those that a paragraph interrupts for the speaker put together.
fn joined(a: &Analysis, all: &[Quoted]) -> Vec<Quoted> {
    let mut out: Vec<Quoted> = Vec::new();
    // A block of its own may be a pull quote, or what was said.
    for q in all.iter().filter(|q| a.doc.blocks[q.block as usize].kind.is_running()) {
        match out.last_mut().filter(|l| l.block == q.block && q.tokens.start - l.tokens.end <= APART) {
            Some(last) => {
                last.tokens.end = q.tokens.end;
                last.words.extend(&q.words);
                last.folded.extend(q.folded.iter().cloned());
                last.cut |= q.cut;
            }
            None => out.push(q.clone()),
        }
    }
    out
}

/// How many words may interrupt a quotation to say who speaks.
const APART: usize = 14;
