//! A number is what the vague word beside it allows: « la quasi-totalité », "a handful", « à l'unanimité », "narrowly".

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Figure, Unit, cue_in, figure, same_word};
use super::names::SetName;
use super::{Conflict, Relation};
use crate::amount::Ratio;
use crate::analysis::{Analysis, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::grammar::Class;
use crate::mention::quantity::HUNDRED;
use crate::tie::{Bounds, Meaning, Worth, said, shares};

/// `as-worded`: the share, count, change or vote that stands beside a vague word lies within what the word allows.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AsWorded {
    /// The vague words, with what they allow.
    pub words: Vec<Vague>,
    /// The cue set of words behind or before a number of votes against.
    #[schemars(with = "SetName")]
    pub opposed: String,
    /// The cue set of nouns of votes.
    #[schemars(with = "SetName")]
    pub votes: String,
    /// The cue set of words that say that a number is all that there are: "eleven *in all*".
    #[schemars(with = "SetName")]
    pub all: String,
    /// The cue set of words before those who are left: "the *remaining* 60".
    #[schemars(with = "SetName")]
    pub rest: String,
    /// The cue set of words that tell another vote from the first.
    #[schemars(with = "SetName")]
    pub another: String,
}

/// Words of one sense, and from how much to how much they may stand for. Whole numbers, in per cent but for counts.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Vague {
    /// The cue set of the words.
    #[schemars(with = "SetName")]
    pub set: String,
    /// The part of the whole.
    pub share: Option<[i64; 2]>,
    /// How many.
    pub count: Option<[i64; 2]>,
    /// How much more or less than before.
    pub change: Option<[i64; 2]>,
    /// By how many of a hundred votes one side is ahead.
    pub margin: Option<[i64; 2]>,
}

/// A vague word of the draft.
struct Word<'a> {
    of: &'a Vague,
    tokens: Range<usize>,
}

/// What a word is held against, and whether it can be.
struct Held {
    roles: Vec<(&'static str, Range<usize>)>,
    fits: bool,
}

impl Relation for AsWorded {
    fn roles(&self) -> &'static [&'static str] {
        &["word", "figure"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Negated]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let figures: Vec<bool> = a
            .sentences
            .iter()
            .map(|s| a.mentions_in(s.start as usize..s.end as usize).iter().any(|m| figure(m).is_some()))
            .collect();
        let mut found = Vec::new();
        for s in 0..a.sentences.len() {
            let window = self.window(a, s);
            if !window.clone().any(|n| figures[n]) {
                continue;
            }
            for word in self.words(a, s) {
                found.extend(self.held(a, &word, s, &window).filter(|h| !h.fits).map(|h| conflict(a, &word, &h)));
            }
        }
        found
    }
}

fn conflict(a: &Analysis, word: &Word, held: &Held) -> Conflict {
    let mut facets = Facets::default();
    let said = [a.facets_at(a.span(word.tokens.clone())), a.facets_at(a.span(held.roles[0].1.clone()))];
    for facet in [Facet::Quoted, Facet::Negated] {
        facets.insert_if(said.iter().any(|f| f.contains(facet)), facet);
    }
    let roles = std::iter::once(("word", a.span(word.tokens.clone())));
    let roles = roles.chain(held.roles.iter().map(|(role, tokens)| (*role, a.span(tokens.clone())))).collect();
    Conflict { roles, values: Bindings::default(), facets }
}

impl AsWorded {
    /// The sentences in which a word may be borne out: its own and the next; below a headline the first ones.
    fn window(&self, a: &Analysis, s: usize) -> Range<usize> {
        let own = &a.sentences[s];
        if above(a, s) {
            let body = (s + 1..a.sentences.len()).find(|&n| !above(a, n)).unwrap_or(s);
            let text = |n: &usize| a.doc.blocks[a.sentences[*n].block as usize].kind == BlockKind::Body;
            let end = (body..a.sentences.len()).take(4).take_while(text).last();
            return s..end.map_or(s, |n| n) + 1;
        }
        let next = a.sentences.get(s + 1).is_some_and(|n| n.block == own.block);
        s..s + 1 + usize::from(next)
    }

    /// The vague words of a sentence; the longest where two begin at one place.
    fn words<'w>(&'w self, a: &Analysis, s: usize) -> Vec<Word<'w>> {
        let sentence = a.sentences[s].start as usize..a.sentences[s].end as usize;
        let Some(language) = a.language(sentence.start) else { return Vec::new() };
        let sets: Vec<_> = self.words.iter().map(|of| (of, language.cues.get(&of.set))).collect();
        let mut found: Vec<Word> = Vec::new();
        for i in sentence.clone() {
            let at = sets.iter().filter_map(|(of, cue)| Some((*of, cue.at(a, i)?))).max_by_key(|(_, len)| *len);
            let free = found.last().is_none_or(|w| w.tokens.end <= i);
            if let Some((of, len)) = at.filter(|(_, len)| free && i + len <= sentence.end) {
                found.push(Word { of, tokens: i..i + len });
            }
        }
        found
    }

    fn held(&self, a: &Analysis, word: &Word, s: usize, window: &Range<usize>) -> Option<Held> {
        let of = word.of;
        of.share
            .and_then(|b| self.share(a, word, percent(b)?, s, window).or_else(|| self.half_and_rest(a, word, percent(b)?, window)))
            .or_else(|| of.share.filter(|b| b[0] == 100).and_then(|_| self.ballot(a, s, window)).map(|(held, _)| held))
            .or_else(|| of.count.and_then(|b| self.count(a, word, whole(b))))
            .or_else(|| of.change.and_then(|b| change(a, word, percent(b)?)))
            .or_else(|| of.margin.and_then(|b| self.margin(a, percent(b)?, s, window)))
    }

    /// « La quasi-totalité des arbres : neuf sur 96 », and below a headline the part of the same things.
    fn share(&self, a: &Analysis, word: &Word, bounds: Bounds, s: usize, window: &Range<usize>) -> Option<Held> {
        let noun = noun(a, word)?;
        let own = a.sentences[s].start as usize..a.sentences[s].end as usize;
        // « neuf sur 96 »: a part and its whole in one.
        let one = counts(a, word.tokens.end..own.end).find(|f| f.unit == Unit::Count(None) && f.amount.written < Ratio::ONE);
        if let Some(f) = one.filter(|f| set_off(a, f.mention.tokens.0 as usize, word.tokens.end)) {
            return Some(Held { roles: vec![("figure", f.tokens())], fits: bounds.meets(Bounds::of(f.amount)) });
        }
        for n in window.clone() {
            let tokens = a.sentences[n].start as usize..a.sentences[n].end as usize;
            let pairs = shares(a, tokens.clone());
            let [p] = &pairs[..] else { continue };
            let whole = |f: &Figure| matches!(f.unit, Unit::Count(Some(h)) if same_word(a, h, noun));
            let counted = whole(&p.second) || whole(&p.first);
            let bare = [&p.first, &p.second].iter().all(|f| matches!(f.unit, Unit::Count(None)));
            let told = if n == s {
                let at = p.tokens().start;
                at > word.tokens.end && set_off(a, at, word.tokens.end) && (counted || bare)
            } else {
                above(a, s) && counted
            };
            if told {
                let share = Bounds::of(&p.amounts.0).div(Bounds::of(&p.amounts.1))?;
                return Some(Held { roles: vec![("figure", p.tokens())], fits: bounds.meets(share) });
            }
        }
        None
    }

    /// "Half the orchestra, 40 players, … The remaining 60": a part and what is left of the whole.
    fn half_and_rest(&self, a: &Analysis, word: &Word, bounds: Bounds, window: &Range<usize>) -> Option<Held> {
        let sentence = a.sentence(word.tokens.start);
        let part = counts(a, word.tokens.end..sentence.end).next()?;
        let at = part.mention.tokens.0 as usize;
        if !set_off(a, at, word.tokens.end) || at - word.tokens.end > 6 {
            return None;
        }
        let last = a.sentences[window.end - 1].end as usize;
        let left = counts(a, part.tokens().end..last).find(|f| {
            let at = f.mention.tokens.0 as usize;
            let start = a.sentence(at).start;
            a.language(at).is_some_and(|l| l.cues.get(&self.rest).before(a, at, start).is_some())
        })?;
        let (p, r) = (part.amount.written, left.amount.written);
        let share = Bounds::exactly(p.div(p.add(r)?)?);
        Some(Held { roles: vec![("figure", left.tokens())], fits: bounds.meets(share) })
    }

    /// A vote with votes against it, in the same sentence or the next.
    fn ballot(&self, a: &Analysis, s: usize, window: &Range<usize>) -> Option<(Held, Option<(Ratio, Ratio)>)> {
        for n in window.clone() {
            let tokens = a.sentences[n].start as usize..a.sentences[n].end as usize;
            if n != s && cue_in(a, &self.another, tokens.clone()) {
                return None;
            }
            let all: Vec<Figure> = counts(a, tokens.clone()).collect();
            for (i, f) in all.iter().enumerate() {
                if let Some(place) = self.against(a, f, i.checked_sub(1).map(|i| &all[i]), &tokens) {
                    let other = i.checked_sub(1).map(|i| (all[i].amount.written, f.amount.written));
                    return Some((Held { roles: vec![("figure", place)], fits: f.amount.written <= Ratio::ZERO }, other));
                }
            }
        }
        None
    }

    /// The words of a number of votes against: « 4 contre », « 11 voix contre 10 », "by 11 votes to 10".
    fn against(&self, a: &Analysis, f: &Figure, before: Option<&Figure>, sentence: &Range<usize>) -> Option<Range<usize>> {
        let (at, end) = (f.mention.tokens.0 as usize, f.tokens().end);
        let language = a.language(at)?;
        let opposed = language.cues.get(&self.opposed);
        let vote = |x: &Figure| matches!(x.unit, Unit::Count(Some(h)) if language.cues.get(&self.votes).at(a, h).is_some());
        let free = |i: usize| a.mentions_in(end..i + 1).iter().filter_map(figure).all(|x| x.mention.span == f.mention.span);
        // « 4 contre », « trois élus, qui ont voté contre », not « 31 voix pour, aucune contre »
        let who = |i: usize| (end..i).any(|k| a.classes[k].has(Class::Relative));
        let near = |i: usize| i == end || who(i) || i == end + 1 && mark(a, end).is_none();
        let reach = sentence.end.min(end + if vote(f) { 8 } else { 2 });
        let behind = (end..reach).find_map(|i| opposed.at(a, i).map(|len| (i, i + len)));
        let behind = behind.filter(|&(i, past)| near(i) && free(past.min(sentence.end - 1))).map(|(_, past)| past);
        if let Some(past) = behind.filter(|_| before.is_some_and(|b| vote(b) || for_it(a, b, f)) || vote(f)) {
            return Some(at..past.min(sentence.end));
        }
        let before = before.filter(|b| vote(b))?;
        let start = before.tokens().end;
        let link = opposed.before(a, at, start).or_else(|| language.cues.get("counted-to").before(a, at, start))?;
        (at - link == start).then(|| before.tokens().start..end)
    }

    /// « Des dizaines d'exposants : onze au total », "Scores of exhibitors … : eleven in all".
    fn count(&self, a: &Analysis, word: &Word, bounds: Bounds) -> Option<Held> {
        let noun = noun(a, word)?;
        let sentence = a.sentence(word.tokens.start);
        let f = counts(a, word.tokens.end..sentence.end).next()?;
        let at = f.mention.tokens.0 as usize;
        let own = match f.unit {
            Unit::Count(Some(h)) => same_word(a, h, noun),
            _ => true,
        };
        let end = f.tokens().end;
        let all = cue_in(a, &self.all, end..sentence.end.min(end + 3));
        let closed = end >= sentence.end || mark(a, end).is_some();
        let named = matches!(f.unit, Unit::Count(Some(_)));
        let told = own && set_off(a, at, word.tokens.end) && (all || named || closed);
        told.then(|| Held { roles: vec![("figure", f.tokens())], fits: bounds.meets(Bounds::of(f.amount)) })
    }

    /// A narrow or a clear vote, by the votes that are told.
    fn margin(&self, a: &Analysis, bounds: Bounds, s: usize, window: &Range<usize>) -> Option<Held> {
        if let Some((held, Some((x, y)))) = self.ballot(a, s, window) {
            let ahead = if x > y { x.sub(y)? } else { y.sub(x)? }.div(x.add(y)?)?;
            return Some(Held { fits: bounds.meets(Bounds::exactly(ahead)), ..held });
        }
        for n in window.clone() {
            let tokens = a.sentences[n].start as usize..a.sentences[n].end as usize;
            let votes = a.language(tokens.start)?.cues.get(&self.votes).stands_in(a, tokens.clone());
            let all: Vec<Figure> =
                a.mentions_in(tokens.clone()).iter().filter_map(figure).filter(|f| f.unit == Unit::Percent).collect();
            let half = |f: &Figure| f.amount.written > Ratio::whole(50) && f.amount.written < HUNDRED;
            if let [f, ..] = &all[..]
                && (n == s || above(a, s))
                && votes
                && half(f)
                && !all[1..].iter().any(half)
            {
                let ahead = f.amount.written.mul(Ratio::whole(2))?.sub(HUNDRED)?.div(HUNDRED)?;
                return Some(Held { roles: vec![("figure", f.tokens())], fits: bounds.meets(Bounds::exactly(ahead)) });
            }
        }
        None
    }
}

/// « une légère hausse de 80 % »: a change with a word of its size right before it.
fn change(a: &Analysis, word: &Word, bounds: Bounds) -> Option<Held> {
    let sentence = a.sentence(word.tokens.start);
    let told = said(a, sentence.clone());
    let s = told.iter().find(|s| matches!(s.meaning, Meaning::Change(_)) && s.tokens.start >= word.tokens.end)?;
    let head = s.head.unwrap_or(s.tokens.start);
    let beside = word.tokens.end <= head + 3 && head + 4 >= word.tokens.start && s.tokens.start - word.tokens.end <= 6;
    let between = word.tokens.end..s.tokens.start;
    let parted = between.clone().any(|i| mark(a, i).is_some() || a.classes[i].has(Class::Coordinator));
    let Worth::Percent(n) = s.worth else { return None };
    let amount = Bounds::of(&n).div(Bounds::exactly(HUNDRED))?;
    (beside && !parted).then(|| Held { roles: vec![("figure", s.tokens.clone())], fits: bounds.meets(amount) })
}

/// Votes for beside votes against: « 27 pour et 4 contre ».
fn for_it(a: &Analysis, before: &Figure, f: &Figure) -> bool {
    let gap = before.tokens().end..f.mention.tokens.0 as usize;
    gap.len() <= 4 && gap.len() > 1 && a.language(gap.start).is_some_and(|l| l.cues.get("counted-for").stands_in(a, gap))
}

/// The numbers of things, and bare ones, in a stretch.
fn counts<'a>(a: &'a Analysis, tokens: Range<usize>) -> impl Iterator<Item = Figure<'a>> {
    a.mentions_in(tokens).iter().filter_map(figure).filter(|f| matches!(f.unit, Unit::Count(_)) && !f.year_like(a))
}

/// The noun of which a vague word tells how many: « la plupart des *élèves* », "nearly all the *trees*".
fn noun(a: &Analysis, word: &Word) -> Option<usize> {
    let end = a.sentence(word.tokens.start).end;
    let is = |i: usize| i < end && a.classes[i].has(Class::Noun) && mark(a, i).is_none();
    let first = (word.tokens.end..end.min(word.tokens.end + 4)).find(|&i| is(i))?;
    Some((first..end.min(first + 3)).take_while(|&i| is(i)).last().unwrap_or(first))
}

/// Whether a figure is set off from a word before it by a colon, a dash, a bracket or, right beside it, a comma.
fn set_off(a: &Analysis, at: usize, from: usize) -> bool {
    let near = |i: usize| mark(a, i).is_some_and(|c| matches!(c, ':' | '(' | '–' | '—'));
    let comma = |i: usize| mark(a, i) == Some(',') && i <= from + 5;
    (at.saturating_sub(3).max(from)..at).any(|i| near(i) || comma(i))
}

/// Whether a sentence stands above the story.
fn above(a: &Analysis, s: usize) -> bool {
    matches!(a.doc.blocks[a.sentences[s].block as usize].kind, BlockKind::Headline | BlockKind::Standfirst)
}

fn percent([low, high]: [i64; 2]) -> Option<Bounds> {
    let part = |n: i64| Ratio::new(i128::from(n), 100);
    Some(Bounds { low: part(low)?, high: Some(part(high)?) })
}

fn whole([low, high]: [i64; 2]) -> Bounds {
    Bounds { low: Ratio::whole(i128::from(low)), high: Some(Ratio::whole(i128::from(high))) }
}
