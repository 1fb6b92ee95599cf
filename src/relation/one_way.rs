//! Who does something to another does not suffer it from them: whoever buys is not bought, the creditor is owed.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::support::says;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Cards, Chunk, ChunkKind, Mention, ThingId, Value, VerbGroup, mark};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::grammar::{Class, Tense};
use crate::language::senses::{Sense, Way};

/// `one-way`: of what `converse.yaml` lists, nobody is both who does it and to whom it is done.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OneWay {}

/// Sentences, at the most, from the first to the other.
const REACH: u32 = 3;

/// Sentences from which a story's news is told.
const LEAD: u32 = 3;

/// Somebody, by the group that calls them.
#[derive(Clone, Copy, Debug)]
struct Who {
    thing: Option<ThingId>,
    tokens: (u32, u32),
}

/// Who does something to whom.
#[derive(Clone, Debug)]
struct Deed {
    what: u16,
    does: Option<Who>,
    suffers: Option<Who>,
    /// Whether a noun says so: « l'*acquéreur* ».
    named: bool,
    tokens: Range<usize>,
    sentence: u32,
}

impl Relation for OneWay {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "other"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Hypothetical, Facet::OtherTime]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let deeds: Vec<Deed> = a.cards().told.iter().filter_map(|(sense, tokens)| deed(a, *sense, *tokens)).collect();
        let mut found = Vec::new();
        let lead =
            a.sentences.iter().position(|s| a.doc.blocks[s.block as usize].kind == BlockKind::Body).map_or(0, |n| n as u32) + LEAD;
        for (n, y) in deeds.iter().enumerate() {
            let sentence = a.sentence(y.tokens.start);
            if says(a, "contrast", sentence.clone()) || says(a, "in-turn", sentence) {
                continue;
            }
            let caption = a.kind(y.tokens.start) == BlockKind::Caption;
            // What stands right before; what opens the story is held against the headline, a caption against all.
            let before = deeds[..n].iter().rev().enumerate();
            let near = before.take_while(|(k, x)| y.sentence - x.sentence <= REACH || (caption || y.sentence < lead) && *k < MOST);
            let rival = near.map(|(_, x)| x).find(|x| x.what == y.what && beside(a, x, y, lead) && swapped(a, x, y));
            if let Some(x) = rival {
                found.push(conflict(a, x, y));
            }
        }
        found
    }
}

/// Deeds before one in a caption, or in the first sentences of a story, that are held against it, at most.
const MOST: usize = 64;

/// Whether the two are near enough to be of one deed; `lead`: the first sentence past those that open the story.
fn beside(a: &Analysis, x: &Deed, y: &Deed, lead: u32) -> bool {
    let block = |d: &Deed| a.tokens[d.tokens.start].block;
    let kind = |d: &Deed| a.kind(d.tokens.start);
    let head = matches!(kind(x), BlockKind::Headline | BlockKind::Standfirst | BlockKind::Kicker) && kind(y) == BlockKind::Body;
    let caption = kind(y) == BlockKind::Caption;
    let mutual = a.language(y.tokens.start).is_some_and(|l| l.senses.is_mutual(y.what));
    let near = block(x) == block(y) && y.sentence - x.sentence <= REACH && y.sentence > x.sentence;
    near && (!mutual || x.named != y.named) || head && y.sentence < lead || caption
}

/// Whether who does it in the one suffers it in the other, from nobody else.
fn swapped(a: &Analysis, x: &Deed, y: &Deed) -> bool {
    let one = |p: Option<Who>, q: Option<Who>| p.zip(q).is_some_and(|(p, q)| same(a, p, q));
    // One is not told, or they are the same, or their names begin alike.
    let may_be = |p: Option<Who>, q: Option<Who>| p.zip(q).is_none_or(|(p, q)| same(a, p, q) || akin(a, p, q));
    let crossed = one(x.does, y.suffers) && may_be(x.suffers, y.does) || one(x.suffers, y.does) && may_be(x.does, y.suffers);
    crossed && !one(x.does, y.does) && !one(x.suffers, y.suffers)
}

/// The names in a group, by token.
fn names<'a>(a: &'a Analysis, who: Who) -> impl Iterator<Item = usize> + 'a {
    (who.tokens.0 as usize..who.tokens.1 as usize).filter(|&i| a.classes[i].has(Class::Proper) && a.tokens[i].case.is_capital())
}

fn same(a: &Analysis, p: Who, q: Who) -> bool {
    let name = |i: usize, j: usize| a.lower(i) == a.lower(j) && a.lower(i).chars().count() > 2;
    p.thing.is_some() && p.thing == q.thing || names(a, p).any(|i| names(a, q).any(|j| name(i, j)))
}

/// Letters in which a people and its town begin alike: « Dunkerque », « Dunkerquois ».
const STEM: usize = 5;

fn akin(a: &Analysis, p: Who, q: Who) -> bool {
    let stem = |w: Who| a.lower(w.tokens.1 as usize - 1).chars().take(STEM).collect::<String>();
    stem(p) == stem(q)
}

fn deed(a: &Analysis, sense: Sense, tokens: (u32, u32)) -> Option<Deed> {
    let Sense::Converse(what, way) = sense else { return None };
    let said = Said { a, cards: a.cards(), tokens: tokens.0 as usize..tokens.1 as usize };
    let named = matches!(way, Way::Doer | Way::Done);
    let (does, suffers) = match way {
        Way::Does => said.pair()?,
        Way::Reverse => said.pair().map(|(p, q)| (q, p))?,
        Way::Wins => (said.alone(), None),
        Way::Loses => (None, said.alone()),
        Way::Doer => (said.bearer(), None),
        Way::Done => (None, said.bearer()),
    };
    let sentence = a.tokens[tokens.0 as usize].sentence;
    (does.is_some() || suffers.is_some()).then_some(Deed { what, does, suffers, named, tokens: said.tokens, sentence })
}

/// A phrase that says who does something.
struct Said<'a, 'd> {
    a: &'a Analysis<'d>,
    cards: &'a Cards,
    tokens: Range<usize>,
}

impl Said<'_, '_> {
    fn first(&self) -> usize {
        self.a.chunks.partition_point(|c| c.tokens.1 as usize <= self.tokens.start)
    }

    /// The verb of the phrase, by group.
    fn verb(&self) -> Option<(usize, VerbGroup)> {
        let within = (self.first()..self.a.chunks.len()).take_while(|&c| (self.a.chunks[c].tokens.0 as usize) < self.tokens.end);
        within.into_iter().find_map(|c| match self.a.chunks[c].kind {
            ChunkKind::Verb(verb) => Some((c, verb)),
            ChunkKind::Noun { .. } => None,
        })
    }

    /// Who stands on either side: the subject, and what follows.
    fn pair(&self) -> Option<(Option<Who>, Option<Who>)> {
        let a = self.a;
        let Some((at, verb)) = self.verb() else {
            // "the Africa *report*", "TV *host* Carson": a noun that tells of one alone is no deed.
            return self.owner().zip(self.next()).map(|(does, suffers)| (Some(does), Some(suffers)));
        };
        if verb.negated {
            return None;
        }
        let roles = a.roles[at];
        let by = a.chunks[at].tokens.1 as usize >= self.tokens.end;
        if verb.passive && by {
            return Some((self.at(roles.agent), self.at(roles.subject)));
        }
        let subject = if verb.finite { self.at(roles.subject) } else { self.opened() };
        // "X eliminated from the show" in a headline is a passive.
        Some((subject, Some(self.next()?)))
    }

    /// Who does it alone: the subject of the verb, or what hangs on the noun.
    fn alone(&self) -> Option<Who> {
        match self.verb() {
            Some((at, verb)) if verb.finite && !verb.negated => {
                let subject = self.a.roles[at].subject.filter(|&s| (s as usize) < self.tokens.start)?;
                let led = |i: usize| mark(self.a, i).is_some() || self.a.classes[i].has(Class::Coordinator);
                (!(subject as usize..self.tokens.start).any(led)).then(|| self.at(Some(subject))).flatten()
            }
            Some(_) => None,
            None => self.next(),
        }
    }

    /// The group right behind the phrase.
    fn next(&self) -> Option<Who> {
        let end = self.tokens.end;
        let at = self.a.chunks.partition_point(|c| (c.head as usize) < end);
        let c = self.a.chunks.get(at)?;
        // A preposition that is not of the phrase tells of something else: "accused *of blackmail*".
        let free = |preposition: Option<u32>| preposition.is_none_or(|p| (p as usize) < end);
        let noun = matches!(c.kind, ChunkKind::Noun { preposition, .. } if free(preposition)) && c.tokens.0 as usize <= end + 1;
        // « reçus *jeudi* par le ministre »
        let somebody = |m: &Mention| matches!(m.value, Value::Person(_) | Value::Organisation(_) | Value::Place(_));
        let tokens = c.tokens.0 as usize..c.tokens.1 as usize;
        let amount = self.a.mentions_in(tokens).iter().any(|m| !somebody(m) && (m.tokens.0..m.tokens.1).contains(&c.head));
        (noun && !amount && (end..c.tokens.0 as usize).all(|i| mark(self.a, i).is_none())).then(|| self.of(c)).flatten()
    }

    /// Somebody, by a token of the group that calls them.
    fn at(&self, token: Option<u32>) -> Option<Who> {
        let token = token?;
        let at = self.a.chunks.partition_point(|c| c.tokens.1 <= token);
        let group = self.a.chunks.get(at).filter(|c| c.tokens.0 <= token);
        group.map_or(Some(Who { thing: self.cards.at(token), tokens: (token, token + 1) }), |c| self.of(c))
    }

    /// Whom a group calls, by its head or by the name in it.
    fn of(&self, c: &Chunk) -> Option<Who> {
        let who = Who { thing: self.cards.at(c.head), tokens: c.tokens };
        (who.thing.is_some() || names(self.a, who).next().is_some()).then_some(who)
    }

    /// Whom a group calls by name.
    fn known(&self, c: &Chunk) -> Option<Who> {
        self.of(c).filter(|w| names(self.a, *w).next().is_some())
    }

    /// The subject of a sentence that opens with the phrase: « *En rachetant* Logimar, Ferrandis … »
    fn opened(&self) -> Option<Who> {
        let a = self.a;
        let sentence = a.sentence(self.tokens.start);
        let comma = (self.tokens.end..sentence.end).find(|&i| mark(a, i) == Some(','))?;
        let first = a.chunks.partition_point(|c| (c.tokens.0 as usize) < sentence.start);
        let opens = (first..self.first()).all(|c| matches!(a.chunks[c].kind, ChunkKind::Noun { preposition: Some(_), .. }));
        let main = (first..a.chunks.len()).find(|&c| matches!(a.chunks[c].kind, ChunkKind::Verb(v) if v.finite))?;
        let subject = a.roles[main].subject.filter(|&s| s as usize > comma && (s as usize) < sentence.end)?;
        opens.then(|| self.at(Some(subject))).flatten()
    }

    /// Whose a noun is: "Cartwright after *her* win over Hosseini", "Hosseini*'s* win over Cartwright".
    fn owner(&self) -> Option<Who> {
        let a = self.a;
        let before = self.tokens.start.checked_sub(1)?;
        let from = a.sentence(self.tokens.start).start;
        let owned = before >= from && (a.is_clitic(before) || says(a, "possessive", before..before + 1));
        let proper = |&i: &usize| a.classes[i].has(Class::Proper) && a.tokens[i].case.is_capital();
        owned.then(|| (from..before).rev().find(proper).and_then(|i| self.at(Some(i as u32)))).flatten()
    }

    /// Who is called by the noun: « l'acquéreur, *Tréguier*, », "*Ferris*, as whistleblower", "*winner* Cartwright".
    fn bearer(&self) -> Option<Who> {
        let a = self.a;
        let at = self.first();
        let c = a.chunks.get(at)?;
        let head = self.tokens.end - 1;
        let sentence = a.sentence(head);
        let holds = (c.tokens.0 as usize..c.tokens.1 as usize).contains(&head);
        if !holds || !a.classes[head].has(Class::Noun) {
            return None;
        }
        // "the *winner* Cartwright" is one group.
        if head + 1 < c.tokens.1 as usize && a.classes[head + 1].has(Class::Proper) {
            return self.known(c);
        }
        let past = c.tokens.1 as usize;
        let next = a.chunks.get(at + 1).filter(|n| matches!(n.kind, ChunkKind::Noun { preposition: None, .. }));
        let definite = matches!(c.kind, ChunkKind::Noun { definite: true, preposition: None });
        let comma = past < sentence.end && mark(a, past) == Some(',');
        let behind = next.filter(|n| {
            let start = n.tokens.0 as usize;
            let closed = mark(a, n.tokens.1 as usize).is_some_and(|m| m == ',');
            definite
                && comma
                && start == past + 1
                && closed
                && (start..n.tokens.1 as usize).all(|i| a.classes[i].has(Class::Proper))
        });
        if let Some(n) = behind {
            return self.known(n);
        }
        self.before(c)
    }

    /// The one before a comma whom the noun behind it calls: "Ferris, *as* whistleblower," « Tréguier, acquéreur de … ».
    fn before(&self, c: &Chunk) -> Option<Who> {
        let a = self.a;
        let start = c.tokens.0 as usize;
        let sentence = a.sentence(start);
        let role = start.checked_sub(1).filter(|&i| i > sentence.start && says(a, "in-the-role-of", i..start));
        let comma = role.unwrap_or(start).checked_sub(1).filter(|&i| i > sentence.start && mark(a, i) == Some(','))?;
        let free = matches!(c.kind, ChunkKind::Noun { preposition, .. } if preposition.is_none() || role.is_some());
        let last = a.chunks.partition_point(|k| (k.tokens.1 as usize) <= comma).checked_sub(1).map(|n| a.chunks[n])?;
        let touches = last.tokens.1 as usize == comma && matches!(last.kind, ChunkKind::Noun { preposition: None, .. });
        let closed = a.tokens.get(c.tokens.1 as usize).is_some() && mark(a, c.tokens.1 as usize).is_some();
        let person = role.is_some() || self.known(&last).is_some();
        (free && touches && person && closed).then(|| self.of(&last)).flatten()
    }
}

fn conflict(a: &Analysis, x: &Deed, y: &Deed) -> Conflict {
    let mut facets = Facets::default();
    for deed in [x, y] {
        let sentence = a.sentence(deed.tokens.start);
        let tense = a.tense(a.clause(deed.tokens.start));
        let years = a.mentions_in(sentence.clone()).iter().any(|m| matches!(&m.value, Value::Date(d) if d.year.is_some()));
        facets.insert_if(
            years && !deed.named || tense == Some(Tense::Pluperfect) || says(a, "background", sentence.clone()),
            Facet::OtherTime,
        );
        facets.insert_if(tense == Some(Tense::Conditional) || says(a, "supposing", sentence), Facet::Hypothetical);
        facets.insert_if(a.facets_at(a.span(deed.tokens.clone())).contains(Facet::Quoted), Facet::Quoted);
    }
    Conflict { roles: vec![("first", whole(a, x)), ("other", whole(a, y))], values: Bindings::default(), facets }
}

/// The phrase with the group that it stands in.
fn whole(a: &Analysis, deed: &Deed) -> crate::span::Span {
    let at = a.chunks.partition_point(|c| c.tokens.1 as usize <= deed.tokens.start);
    let start = a.chunks.get(at).map_or(deed.tokens.start, |c| (c.tokens.0 as usize).min(deed.tokens.start));
    let end = a.chunks.get(at).map_or(deed.tokens.end, |c| (c.tokens.1 as usize).max(deed.tokens.end));
    a.span(start..end)
}
