//! What is said of each thing: a phrase with a sense, put on the subject, the object or the noun that grammar gives it.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, Cards, Chunk, ChunkKind, Claim, Form, Joined, Mention, ThingId, Value, VerbGroup, mark};
use crate::facet::Facet;
use crate::language::grammar::{Class, Tense};
use crate::language::senses::{Holder, Sense};
use crate::language::{Lang, Language, TokenKind};

/// A phrase with a sense that is no claim, as first and one past the last token.
type Told = (Sense, (u32, u32));

/// The claims of a draft, in the order of the text: all, or those of axes and acts of which something is said twice; and the phrases
/// with a sense of another kind.
pub(super) fn claims(a: &Analysis, cards: &Cards, all: bool) -> (Vec<Claim>, Vec<Told>) {
    let (mut hits, mut told): (Vec<(Sense, Range<usize>)>, Vec<Told>) = (Vec::new(), Vec::new());
    // How often something is said of an axis or an act, by language and number: what is said once contradicts nothing.
    let mut often: FxHashMap<(Lang, bool, u16), u32> = FxHashMap::default();
    for i in 0..a.tokens.len() {
        if a.tokens[i].opens.sense
            && let Some(language) = a.language(i)
        {
            language.senses.at(a, i, |sense, tokens| match sense {
                Sense::Kind(_) | Sense::Called(_) => {}
                Sense::Pole { .. } | Sense::Act(_) => hits.push((sense, tokens)),
                Sense::Exclusion(..) | Sense::Converse(..) | Sense::Told(_) => {
                    told.push((sense, (tokens.start as u32, tokens.end as u32)))
                }
            });
        }
    }
    told.sort_by_key(|(_, tokens)| (tokens.0, std::cmp::Reverse(tokens.1)));
    hits.sort_by_key(|(_, tokens)| (tokens.start, std::cmp::Reverse(tokens.end)));
    // Of each sense the longest phrase is read, and none inside it.
    let mut open: Vec<(Sense, usize)> = Vec::new();
    hits.retain(|(sense, tokens)| {
        open.retain(|(_, end)| *end > tokens.start);
        let inside = open.iter().any(|(s, _)| same_axis(*s, *sense));
        if !inside {
            open.push((*sense, tokens.end));
            if let Some(key) = key(a, *sense, tokens.start) {
                *often.entry(key).or_default() += 1;
            }
        }
        !inside
    });
    hits.retain(|(sense, tokens)| all || key(a, *sense, tokens.start).is_some_and(|key| often[&key] > 1));
    let read = |(sense, tokens): (Sense, Range<usize>)| Some(read(a, cards, a.language(tokens.start)?, sense, tokens));
    (hits.into_iter().filter_map(read).collect(), told)
}

/// The thing of which words say something that happens.
pub(super) fn said_of(a: &Analysis, cards: &Cards, tokens: Range<usize>) -> Option<ThingId> {
    let said = Said { a, cards, language: a.language(tokens.start)?, holder: Holder::Patient, tokens };
    let (holder, ..) = said.of();
    said.thing(holder.filter(|&t| !said.is_amount(t)))
}

fn key(a: &Analysis, sense: Sense, token: usize) -> Option<(Lang, bool, u16)> {
    match sense {
        Sense::Pole { axis, .. } => Some((a.lang(token), true, axis)),
        Sense::Act(act) => Some((a.lang(token), false, act)),
        _ => None,
    }
}

/// Whether two senses are of one axis: « a rouvert » is not read again inside « n'a pas rouvert au public ».
fn same_axis(one: Sense, other: Sense) -> bool {
    match (one, other) {
        (Sense::Pole { axis: x, .. }, Sense::Pole { axis: y, .. }) => x == y,
        _ => one == other,
    }
}

fn read(a: &Analysis, cards: &Cards, language: &Language, sense: Sense, tokens: Range<usize>) -> Claim {
    let holder = match sense {
        Sense::Pole { axis, .. } => language.senses.axes()[axis as usize].of,
        _ => Holder::Patient,
    };
    let said = Said { a, cards, language, holder, tokens: tokens.clone() };
    let (holder, form, negated) = said.of();
    let thing = said.thing(holder);
    let (universal, none) = holder.map_or((false, false), |t| said.counted(t));
    let clause = a.clauses.get(a.clause(tokens.start)).map_or(tokens.clone(), |c| c.tokens.0 as usize..c.tokens.1 as usize);
    let facets = a.facets_at(a.span(tokens.clone()));
    let has = |set: &str| language.cues.get(set).stands_in(a, clause.clone());
    let tense = match form {
        Form::Verb(tense) | Form::Predicate(tense) => Some(tense),
        Form::Attribute | Form::Noun { .. } => a.tense(a.clause(tokens.start)),
    };
    Claim {
        sense,
        tokens: (tokens.start as u32, tokens.end as u32),
        thing,
        form,
        denied: negated != none,
        all: universal,
        part: holder.and_then(|t| cards.word(t)).is_some_and(|w| w.joined == Joined::Part),
        persists: has("persisting"),
        supposed: matches!(tense, Some(Tense::Conditional | Tense::Subjunctive))
            || asked(a, tokens.start)
            || language.cues.get("ruled-out").stands_in(a, a.sentence(tokens.start))
            || ["supposing", "intention", "hedge"].into_iter().any(has),
        to_come: tense == Some(Tense::Future),
        unsure: doubted(a, language, &tokens, form)
            || tense == Some(Tense::Conditional) && perfect(a, language, tokens.start) && !matches!(form, Form::Noun { .. }),
        quoted: facets.contains(Facet::Quoted),
        attributed: facets.contains(Facet::Attributed),
        before: matches!(tense, Some(Tense::Pluperfect | Tense::Imperfect)),
    }
}

/// Words at most between a word that doubts and the verb that it doubts: « *soupçonné* d'avoir volé », "*allegedly* stole".
const DOUBT: usize = 4;

/// Whether a word right before a phrase makes it a suspicion or hearsay; of a noun one of its own group, or what it hangs on: "a *suspected*
/// theft", « l'*hypothèse* d'un vol ».
fn doubted(a: &Analysis, language: &Language, tokens: &Range<usize>, form: Form) -> bool {
    let group = a.chunks.partition_point(|c| c.tokens.1 as usize <= tokens.start);
    let first = a.chunks.get(group).map_or(tokens.start, |c| (c.tokens.0 as usize).min(tokens.start));
    let reach = if matches!(form, Form::Noun { .. }) { first.saturating_sub(2) } else { tokens.start.saturating_sub(DOUBT) };
    let start = reach.max(a.clauses[a.clause(tokens.start)].tokens.0 as usize);
    let start = (start..tokens.start).rev().find(|&i| mark(a, i).is_some()).map_or(start, |i| i + 1);
    let cue = |i: usize, set: &str| language.cues.get(set).at(a, i).is_some_and(|len| i + len <= tokens.start);
    (start..tokens.start).any(|i| ["hedge", "hearsay", "doubting"].into_iter().any(|set| cue(i, set)))
}

/// Whether a sentence asks.
fn asked(a: &Analysis, token: usize) -> bool {
    let s = a.sentence(token);
    (s.end.saturating_sub(2).max(s.start)..s.end).any(|i| mark(a, i) == Some('?'))
}

/// Whether the verb of a clause stands in the perfect: « aurait *volé* », "may *have* stolen".
fn perfect(a: &Analysis, language: &Language, token: usize) -> bool {
    let Some(verb) = a.clauses[a.clause(token)].verb.map(|v| a.chunks[v as usize]) else { return false };
    let auxiliary =
        |i: usize| i != verb.head as usize && a.readings(i).iter().any(|r| language.grammar.ids.perfect.contains(&r.lemma));
    (verb.tokens.0 as usize..verb.tokens.1 as usize).any(auxiliary)
}

/// A phrase with a sense, to be put on what it is said of.
struct Said<'a, 'd> {
    a: &'a Analysis<'d>,
    cards: &'a Cards,
    language: &'a Language,
    holder: Holder,
    tokens: Range<usize>,
}

impl Said<'_, '_> {
    /// The word of what it is said, how, and whether that is denied.
    fn of(&self) -> (Option<u32>, Form, bool) {
        let a = self.a;
        let here = a.chunks.partition_point(|c| c.tokens.1 as usize <= self.tokens.start);
        let holds = |c: &Chunk| self.tokens.contains(&(c.head as usize));
        let near = || (here..a.chunks.len()).take_while(|&c| (a.chunks[c].tokens.0 as usize) < self.tokens.end);
        // The verb that is in the phrase.
        if let Some((at, verb)) = near().find_map(|c| self.verb(c).filter(|_| holds(&a.chunks[c])).map(|v| (c, v))) {
            if let Some((linking, over)) = self.over(at, verb) {
                return (a.roles[linking].subject, Form::Predicate(over.tense), over.negated);
            }
            return self.by_verb(at, verb);
        }
        if let Some((linking, verb)) = self.linking() {
            let subject = a.roles[linking].subject;
            return (subject, Form::Predicate(verb.tense), self.negates(verb) || self.denied_before(self.tokens.start));
        }
        // The noun that is in the phrase, or that an adjective of it belongs to.
        match near().find(|&c| matches!(a.chunks[c].kind, ChunkKind::Noun { .. })).map(|c| a.chunks[c]) {
            Some(c) if holds(&c) && self.is_noun(c.head as usize) => {
                let definite = matches!(c.kind, ChunkKind::Noun { definite: true, .. });
                let first = c.tokens.0 as usize;
                let denied = self.denied_before(first) || !self.tokens.contains(&first) && self.denies(first);
                (self.complement(&c), Form::Noun { definite }, denied)
            }
            Some(c) if !holds(&c) => (Some(c.head), Form::Attribute, self.denied_before(self.tokens.start)),
            _ => (self.beside(), Form::Attribute, self.denied_before(self.tokens.start)),
        }
    }

    fn verb(&self, chunk: usize) -> Option<VerbGroup> {
        match self.a.chunks[chunk].kind {
            ChunkKind::Verb(verb) => Some(verb),
            ChunkKind::Noun { .. } => None,
        }
    }

    /// The linking verb right before a participle: « *reste* fermé ».
    fn over(&self, at: usize, verb: VerbGroup) -> Option<(usize, VerbGroup)> {
        let before = at.checked_sub(1).filter(|_| !verb.finite)?;
        let over = self.verb(before).filter(|v| v.finite && self.language.grammar.ids.linking.contains(&v.lemma))?;
        let (past, start) = (self.a.chunks[before].tokens.1 as usize, self.a.chunks[at].tokens.0 as usize);
        let between = (past..start).all(|i| self.a.classes[i].has(Class::Adverb));
        between.then_some((before, over))
    }

    fn is_noun(&self, token: usize) -> bool {
        self.a.classes[token].has(Class::Noun)
    }

    fn by_verb(&self, at: usize, verb: VerbGroup) -> (Option<u32>, Form, bool) {
        let roles = self.a.roles[at];
        // « a progressé de 3 % », "rose 3%": how much is nothing that it is done to.
        // What is in the phrase is not what it is said of: "lifted the *ban*".
        let object = roles.object.filter(|&o| !self.is_amount(o) && !self.tokens.contains(&(o as usize)));
        let holder = match (self.holder, verb.passive) {
            (Holder::Patient, true) | (Holder::Agent, false) => roles.subject,
            (Holder::Patient, false) => object.or(roles.subject),
            (Holder::Agent, true) => roles.agent,
        };
        // "*Reopened* to traffic, the bridge …": what opens a sentence and has no subject is a participle.
        let bare =
            verb.finite && holder.is_none() && self.a.chunks[at].tokens.0 as usize == self.a.sentence(self.tokens.start).start;
        let holder = if verb.finite && !bare { holder } else { holder.or_else(|| self.beside()) };
        let participle = bare || !verb.finite && self.a.classes[self.a.chunks[at].head as usize].has(Class::PastParticiple);
        let form = if participle { Form::Attribute } else { Form::Verb(verb.tense) };
        (holder, form, self.negates(verb) || self.denied_before(self.tokens.start))
    }

    /// Whether a verb is denied by a word that is not of the phrase: "never drank" may be one.
    fn negates(&self, verb: VerbGroup) -> bool {
        verb.negated && !self.tokens.clone().any(|i| self.denies(i))
    }

    fn is_amount(&self, token: u32) -> bool {
        /// An amount or a day begins so many tokens before its last word, at most.
        const LONG: usize = 4;
        let at = token as usize;
        let over = |m: &&Mention| m.tokens.0 as usize <= at && at < m.tokens.1 as usize;
        let named =
            |m: &Mention| matches!(m.value, Value::Person(_) | Value::Organisation(_) | Value::Place(_) | Value::Quotation(_));
        let mut told = self.a.mentions_in(at.saturating_sub(LONG)..at + 1).iter().filter(over);
        told.any(|m| !named(m)) || self.a.tokens[token as usize].kind != TokenKind::Word
    }

    /// The linking verb whose predicate the phrase is.
    fn linking(&self) -> Option<(usize, VerbGroup)> {
        let before = self.a.chunks.partition_point(|c| (c.tokens.0 as usize) < self.tokens.start);
        (before.saturating_sub(2)..before).rev().find_map(|c| {
            let predicate = self.a.roles[c].predicate? as usize;
            let verb = self.verb(c)?;
            let within = self.tokens.contains(&predicate) || predicate + 1 == self.tokens.start;
            within.then_some((c, verb))
        })
    }

    /// The thing that a participle or an adjective stands beside: the noun right before it, or at the start of a sentence its subject.
    fn beside(&self) -> Option<u32> {
        let a = self.a;
        let start = self.tokens.start;
        let sentence = a.sentence(start);
        let opens = (sentence.start..start).all(|i| a.classes[i].has(Class::Adverb) || mark(a, i).is_some());
        if opens {
            let from = a.chunks.partition_point(|c| (c.tokens.0 as usize) < self.tokens.end);
            let next = (from..a.chunks.len()).take_while(|&c| (a.chunks[c].tokens.0 as usize) < sentence.end);
            let finite = next.clone().find(|&c| self.verb(c).is_some_and(|v| v.finite));
            return finite.and_then(|c| a.roles[c].subject);
        }
        let before = a.chunks.partition_point(|c| (c.tokens.0 as usize) < start);
        let last = (before.saturating_sub(3)..before)
            .rev()
            .map(|c| a.chunks[c])
            .find(|c| matches!(c.kind, ChunkKind::Noun { .. }) && c.tokens.1 as usize <= start)?;
        let comma = mark(a, start - 1) == Some(',') || last.tokens.1 as usize == start;
        (comma && a.tokens[last.head as usize].sentence == a.tokens[start].sentence).then_some(last.head)
    }

    /// The thing that hangs on a noun: « la fermeture *du pont* », "the closure of *the bridge*", "*its* closure" not.
    fn complement(&self, c: &Chunk) -> Option<u32> {
        let next = self.a.chunks.partition_point(|k| k.tokens.0 < c.tokens.1);
        let k = self.a.chunks.get(next)?;
        let ChunkKind::Noun { preposition: Some(preposition), .. } = k.kind else { return None };
        let right_behind = preposition == c.tokens.1 || k.tokens.0 == c.tokens.1;
        let of = self.language.cues.get("of-complement").at(self.a, preposition as usize).is_some();
        (right_behind && of).then_some(k.head)
    }

    fn denies(&self, token: usize) -> bool {
        self.language.grammar.negations.iter().any(|w| w == self.a.lower(token))
    }

    /// Whether a word that denies stands within two words before; one that is in the phrase belongs to its sense.
    fn denied_before(&self, at: usize) -> bool {
        if self.tokens.clone().any(|i| self.denies(i) || self.language.cues.get("none-of").at(self.a, i).is_some()) {
            return false;
        }
        let start = self.a.sentence(at).start.max(at.saturating_sub(2));
        (start..at)
            .rev()
            .take_while(|&i| mark(self.a, i).is_none())
            .any(|i| self.denies(i) || self.language.cues.get("none-of").at(self.a, i).is_some())
    }

    /// Whether a noun group speaks of each of its kind, and whether it speaks of none: "every school", « aucun otage », "none of them".
    fn counted(&self, token: u32) -> (bool, bool) {
        let at = self.a.chunks.partition_point(|c| c.tokens.1 <= token);
        let chunk = self.a.chunks.get(at).filter(|c| c.tokens.0 <= token);
        let first = chunk.map_or(token, |c| c.tokens.0) as usize;
        let start = self.a.sentence(first).start.max(first.saturating_sub(3));
        let cue =
            |set: &str| (start..=first).any(|i| self.language.cues.get(set).at(self.a, i).is_some_and(|len| i + len >= first));
        let none = cue("nobody");
        (none || cue("everybody"), none)
    }

    fn thing(&self, token: Option<u32>) -> Option<ThingId> {
        self.cards.at(token?)
    }
}
