//! Which words speak of one thing. A word introduces a thing or resumes one; what is in doubt introduces.

use std::collections::HashMap;

use crate::analysis::{
    Analysis, Case, Chunk, ChunkKind, EntityId, EntityKind, Joined, Mention, Sex, Thing, ThingId, Value, Word, mark,
};
use crate::document::BlockKind;
use crate::language::grammar::Class;
use crate::language::lexicon::{LemmaId, Pos, Tag};
use crate::language::senses::Sense;
use crate::language::{Lang, TokenKind};

/// The things of a draft and the words that speak of them.
pub(super) fn things(a: &Analysis) -> (Vec<Thing>, Vec<Word>) {
    let mut walk = Walk {
        a,
        things: Vec::new(),
        words: Vec::new(),
        named: HashMap::new(),
        by_noun: HashMap::new(),
        by_kind: HashMap::new(),
        mention: 0,
        subject: None,
        object: None,
        plural: None,
    };
    let mut chunk = 0;
    for s in &a.sentences {
        let (start, end) = (s.start, s.end);
        if a.language(start as usize).is_none() || !tells(a.doc.blocks[s.block as usize].kind) {
            while a.chunks.get(chunk).is_some_and(|c| c.tokens.0 < end) {
                chunk += 1;
            }
            continue;
        }
        walk.sentence(&mut chunk, end);
    }
    walk.words.sort_by_key(|w| w.token);
    walk.words.dedup_by_key(|w| w.token);
    (walk.things, walk.words)
}

/// Whether a block tells the story.
fn tells(kind: BlockKind) -> bool {
    !matches!(kind, BlockKind::Byline | BlockKind::Credit | BlockKind::Note)
}

/// Whether a block stands beside the story and says what it is about.
fn is_furniture(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Headline | BlockKind::Standfirst | BlockKind::Kicker | BlockKind::Caption)
}

struct Walk<'a, 'd> {
    a: &'a Analysis<'d>,
    things: Vec<Thing>,
    words: Vec<Word>,
    named: HashMap<EntityId, ThingId>,
    /// The things that a noun may call, the last first.
    by_noun: HashMap<(Lang, LemmaId), Vec<ThingId>>,
    by_kind: HashMap<(Lang, u16), Vec<ThingId>>,
    /// The first mention that does not lie behind.
    mention: usize,
    /// What the last verb spoke of, for pronouns.
    subject: Option<ThingId>,
    object: Option<ThingId>,
    /// The last subject of which there are several.
    plural: Option<ThingId>,
}

/// Things of one noun that are looked through: a list may have thousands.
const RECENT: usize = 4;

impl Walk<'_, '_> {
    fn sentence(&mut self, chunk: &mut usize, end: u32) {
        // The nouns first, and the pronouns of each verb once what stands before it is known.
        let (mut subject, mut object) = (None, None);
        while let Some(&c) = self.a.chunks.get(*chunk).filter(|c| c.tokens.0 < end) {
            match c.kind {
                ChunkKind::Noun { .. } if self.a.classes[c.head as usize].has(Class::Subject) => self.pronoun(c.head),
                ChunkKind::Noun { definite, .. } => _ = self.noun(&c, definite),
                ChunkKind::Verb(group) => {
                    let roles = self.a.roles[*chunk];
                    for token in [roles.subject, roles.object].into_iter().flatten() {
                        self.pronoun(token);
                    }
                    if group.finite {
                        subject = roles.subject.and_then(|t| self.at(t)).or(subject);
                        object = roles.object;
                        self.subject = subject.or(self.subject);
                        self.plural = subject.filter(|id| self.everything(*id)).or(self.plural);
                    }
                }
            }
            *chunk += 1;
        }
        self.object = object.and_then(|t| self.at(t));
    }

    fn at(&self, token: u32) -> Option<ThingId> {
        self.words.iter().rev().take(24).find(|w| w.token == token).map(|w| w.thing)
    }

    /// Whether there are several of a thing, or each of a kind is told of: "every school".
    fn everything(&self, id: ThingId) -> bool {
        let thing = &self.things[id.0 as usize];
        let last = thing.last as usize;
        let before = last.checked_sub(1).map_or(last, |b| b.max(self.a.sentence(last).start));
        thing.plural || self.a.language(last).is_some_and(|l| l.cues.get("everybody").at(self.a, before).is_some())
    }

    fn join(&mut self, token: u32, thing: ThingId, joined: Joined) {
        self.words.push(Word { token, thing, joined });
        self.things[thing.0 as usize].last = token;
    }

    fn introduce(&mut self, token: u32, thing: Thing) -> ThingId {
        let id = ThingId(self.things.len() as u32);
        self.things.push(Thing { last: token, ..thing });
        self.words.push(Word { token, thing: id, joined: Joined::Introduced });
        id
    }

    /// The name that a group is or holds.
    fn name_in(&mut self, c: &Chunk) -> Option<(EntityId, u32)> {
        let mentions = &self.a.mentions;
        while mentions.get(self.mention).is_some_and(|m| m.tokens.1 <= c.tokens.0) {
            self.mention += 1;
        }
        let within = mentions[self.mention..].iter().take_while(|m| m.tokens.0 < c.tokens.1);
        let mut named = within.filter_map(|m: &Mention| {
            let entity = match &m.value {
                Value::Person(p) => p.entity,
                Value::Organisation(id) => *id,
                Value::Place(p) => p.entity,
                _ => return None,
            };
            (m.tokens.0..m.tokens.1).contains(&c.head).then_some((entity, m.tokens.1 - 1))
        });
        named.next()
    }

    fn noun(&mut self, c: &Chunk, definite: bool) -> Option<ThingId> {
        let a = self.a;
        if let Some((entity, _)) = self.name_in(c) {
            let known = self.named.get(&entity).copied();
            let id = match known {
                Some(id) => {
                    self.join(c.head, id, Joined::Name);
                    id
                }
                None => {
                    let id = self.introduce(c.head, Thing { entity: Some(entity), ..Thing::default() });
                    self.named.insert(entity, id);
                    id
                }
            };
            return Some(id);
        }
        let head = c.head as usize;
        // « 52 ans » is how old, not who.
        let aged = a
            .mentions_in(c.tokens.0.saturating_sub(1) as usize..c.tokens.1 as usize)
            .iter()
            .any(|m| matches!(m.value, Value::Age(_)) && m.tokens.1 > c.head);
        if a.tokens[head].kind != TokenKind::Word || aged {
            return None;
        }
        let (lemma, tag) = noun_reading(a, head)?;
        let plural = tag.plural() && !tag.singular();
        if !plural && let Some(id) = self.apposed(c) {
            self.call(id, a.lang(head), lemma, head);
            self.join(c.head, id, Joined::Apposed);
            return Some(id);
        }
        let marks = marks(a, c);
        let kinds = kinds(a, head);
        let furniture = is_furniture(a.kind(head));
        let known = self.by_noun.get(&(a.lang(head), lemma)).and_then(|all| {
            all.iter().rev().take(RECENT).copied().find(|id| {
                let thing = &self.things[id.0 as usize];
                thing.plural == plural && fits(&thing.marks, &marks) && (definite || furniture || thing.furniture)
            })
        });
        if let Some(id) = known {
            self.join(c.head, id, Joined::Resumed);
            let thing = &mut self.things[id.0 as usize];
            thing.marks.extend(marks);
            thing.furniture &= furniture;
            return Some(id);
        }
        if definite
            && marks.is_empty()
            && let Some(id) = self.of_kind(a.lang(head), &kinds, plural)
        {
            self.call(id, a.lang(head), lemma, head);
            self.join(c.head, id, Joined::Kind);
            return Some(id);
        }
        let id = self.introduce(c.head, Thing { plural, marks, furniture, ..Thing::default() });
        self.call(id, a.lang(head), lemma, head);
        Some(id)
    }

    /// Notes that a thing is called by a noun.
    fn call(&mut self, id: ThingId, lang: Lang, lemma: LemmaId, head: usize) {
        let thing = &mut self.things[id.0 as usize];
        if thing.lemmas.contains(&lemma) {
            return;
        }
        thing.lemmas.push(lemma);
        self.by_noun.entry((lang, lemma)).or_default().push(id);
        for kind in kinds(self.a, head) {
            let thing = &mut self.things[id.0 as usize];
            if !thing.kinds.contains(&kind) {
                thing.kinds.push(kind);
                self.by_kind.entry((lang, kind)).or_default().push(id);
            }
        }
    }

    /// The one thing of the story that nouns of this kind may call.
    fn of_kind(&self, lang: Lang, kinds: &[u16], plural: bool) -> Option<ThingId> {
        let mut found = kinds.iter().filter_map(|k| self.by_kind.get(&(lang, *k))).flatten().copied();
        let one = found.next()?;
        (found.all(|id| id == one) && self.things[one.0 as usize].plural == plural).then_some(one)
    }

    /// Whose name stands right before, a comma between: « Luc Verdan, *maire* de Dole »; not who does what the next verb says: « Selon Luc
    /// Verdan, *un homme* est mort ».
    fn apposed(&self, c: &Chunk) -> Option<ThingId> {
        let ChunkKind::Noun { preposition: None, .. } = c.kind else { return None };
        let mut comma = c.tokens.0.checked_sub(1)?;
        // « Luc Verdan, *52 ans,* maire de Dole »
        let before = self.a.mentions.partition_point(|m| m.tokens.1 <= comma);
        let age =
            before.checked_sub(1).map(|i| &self.a.mentions[i]).filter(|m| m.tokens.1 == comma && matches!(m.value, Value::Age(_)));
        comma = age.map_or(Some(comma), |m| m.tokens.0.checked_sub(1))?;
        let name = comma.checked_sub(1)?;
        if mark(self.a, comma as usize) != Some(',')
            || self.a.tokens[name as usize].sentence != self.a.tokens[c.head as usize].sentence
        {
            return None;
        }
        let last = self.words.last().filter(|w| w.token <= name)?;
        let thing = &self.things[last.thing.0 as usize];
        let person = matches!(self.a.entities.get(thing.entity?.0 as usize)?.kind, EntityKind::Person);
        let right_before = (last.token..=name).all(|i| self.a.tokens[i as usize].case != Case::Lower);
        let among = |i: usize| self.a.classes.get(i).is_some_and(|c| c.has(Class::Coordinator));
        let next = self.a.chunks.partition_point(|other| other.tokens.0 <= c.tokens.0);
        let sentence = self.a.tokens[c.head as usize].sentence;
        let same = |other: &Chunk| self.a.tokens[other.head as usize].sentence == sentence;
        let verb =
            (next..next + REACH).find(|i| self.a.chunks.get(*i).is_some_and(|c| matches!(c.kind, ChunkKind::Verb(_)) && same(c)));
        let acts = verb.is_some_and(|i| self.a.roles[i].subject == Some(c.head));
        (person && right_before && !acts && !among(c.tokens.1 as usize)).then_some(last.thing)
    }

    /// A pronoun takes up the last subject that it agrees with, or the last object.
    fn pronoun(&mut self, token: u32) {
        let i = token as usize;
        if self.at(token).is_some() {
            return;
        }
        let Some(language) = self.a.language(i) else { return };
        let some = self.a.classes[i].has(Class::Numeral) || language.cues.get("some-of").at(self.a, i).is_some();
        if some && let Some(id) = self.plural {
            self.words.push(Word { token, thing: id, joined: Joined::Part });
            return;
        }
        let is = |set: &str| language.cues.get(set).at(self.a, i).is_some();
        let (he, she, it, they) = (is("pronoun-male"), is("pronoun-female"), is("pronoun-thing"), is("pronoun-several"));
        if !(he || she || it || they) || (it || he) && self.impersonal(i) {
            return;
        }
        let agrees = |id: &ThingId| {
            let thing = &self.things[id.0 as usize];
            let last = thing.last as usize;
            let person = thing.entity.map(|e| &self.a.entities[e.0 as usize]).filter(|e| e.kind == EntityKind::Person);
            if they {
                return thing.plural;
            }
            if thing.plural {
                return false;
            }
            match (person, noun_reading(self.a, last)) {
                (Some(person), _) => match person.sex {
                    Some(Sex::Male) => he,
                    Some(Sex::Female) => she,
                    None => he || she,
                },
                // Where nouns have a gender the pronoun has it too.
                (None, Some((_, tag))) if tag.feminine() != tag.masculine() => {
                    if tag.feminine() {
                        she
                    } else {
                        he
                    }
                }
                (None, _) => it,
            }
        };
        let found = self.subject.filter(agrees).or(self.object.filter(agrees));
        if let Some(id) = found {
            self.words.push(Word { token, thing: id, joined: Joined::Pronoun });
        }
    }

    fn impersonal(&self, i: usize) -> bool {
        let Some(language) = self.a.language(i) else { return false };
        language.cues.get("impersonal-verb").stands_in(self.a, i..(i + 4).min(self.a.sentence(i).end))
    }
}

/// The reading of a word as a noun.
fn noun_reading(a: &Analysis, token: usize) -> Option<(LemmaId, Tag)> {
    let readings = a.readings(token);
    readings
        .iter()
        .find(|r| r.tag.pos() == Pos::Noun)
        .or(readings.first())
        .filter(|r| r.lemma != LemmaId::NONE)
        .map(|r| (r.lemma, r.tag))
}

/// The kinds of thing that a noun may mean.
fn kinds(a: &Analysis, token: usize) -> Vec<u16> {
    let mut out = Vec::new();
    if a.tokens[token].opens.sense
        && let Some(language) = a.language(token)
    {
        language.senses.at(a, token, |sense, tokens| {
            if let (Sense::Kind(kind), 1) = (sense, tokens.len()) {
                out.push(kind);
            }
        });
    }
    out
}

/// The words of a group, and the name that hangs on it, that tell its noun from others: "the *swing* bridge", « le pont de *Dole* ».
fn marks(a: &Analysis, c: &Chunk) -> Vec<LemmaId> {
    let own = |i: usize| {
        let tells = a.classes[i].has(Class::Adjective) || a.classes[i].has(Class::Noun) || a.classes[i].has(Class::Proper);
        (i != c.head as usize && tells && !a.classes[i].has(Class::Determiner) && !a.classes[i].has(Class::Numeral))
            .then(|| key(a, i))
    };
    let mut out: Vec<LemmaId> = (c.tokens.0 as usize..c.tokens.1 as usize).filter_map(own).collect();
    // The complement's words with a capital.
    let past = c.tokens.1 as usize;
    let end = a.sentence(c.head as usize).end;
    if past + 1 < end && a.classes[past].has(Class::Preposition) || past < end && a.tokens[past].case.is_capital() {
        out.extend(
            (past..end.min(past + 5))
                .take_while(|&i| i == past || mark(a, i).is_none())
                .filter(|&i| a.tokens[i].case.is_capital())
                .map(|i| key(a, i))
                .take(1),
        );
    }
    out
}

/// So many groups of words on, the verb of a noun is looked for.
const REACH: usize = 6;

/// A word as a number: its dictionary form, or one that its letters give where the lexicon lacks it.
fn key(a: &Analysis, token: usize) -> LemmaId {
    let known = a.readings(token).first().map(|r| r.lemma).filter(|id| *id != LemmaId::NONE);
    known.unwrap_or_else(|| {
        let hash = a.lower(token).bytes().fold(0x811C_9DC5_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
        LemmaId(hash | 1 << 31)
    })
}

/// Whether what tells two groups apart lets them be one.
fn fits(one: &[LemmaId], other: &[LemmaId]) -> bool {
    one.is_empty() || other.is_empty() || one.iter().any(|m| other.contains(m))
}
