//! The towns of a story, each with the noun of what stands there: « les *halles* de Cholet », "Coleraine's *velodrome*".

use std::ops::Range;

use crate::analysis::{Analysis, ChunkKind, PlaceRole, Value, mark};
use crate::document::BlockKind;
use crate::language::grammar::Class;
use crate::language::places::{PlaceId, PlaceKind, gazetteer};
use crate::language::{Language, TokenKind};
use crate::mention::place;
use crate::mention::word;
use crate::syntax::begins;

/// A name of a town in the story.
#[derive(Clone, Debug)]
pub(super) struct Site {
    /// The tokens of the name.
    pub tokens: Range<usize>,
    /// Those that bear it, the best first.
    pub ids: Vec<PlaceId>,
    /// What the story says to be there, by the noun: of a street, a fire, a hall.
    pub noun: Option<usize>,
    /// What its clause speaks of: "the *silo* that caught fire at Moose Jaw".
    pub subject: Option<usize>,
    /// Whether something is or happens there: behind a preposition of place, beside a noun, or at the head of a headline.
    pub scene: bool,
}

impl Site {
    /// The nouns of what stands or happens there.
    pub fn things(&self) -> impl Iterator<Item = usize> {
        self.noun.into_iter().chain(self.subject)
    }
}

/// A name takes so many words at most where it is not read as a place yet.
const LONGEST: usize = 4;

/// A town of fewer inhabitants may be any hamlet of that name.
const LEAST: u32 = 500;

/// The towns of the blocks that tell the story, in their order.
pub(super) fn sites(a: &Analysis) -> Vec<Site> {
    let mut found = Vec::new();
    let mut mentions = a.mentions.iter().peekable();
    let mut i = 0;
    while i < a.tokens.len() {
        while mentions.next_if(|m| m.tokens.1 as usize <= i).is_some() {}
        let named = a.mentions_in(i..i + 1).iter().find(|m| {
            (m.tokens.0 as usize..m.tokens.1 as usize).contains(&i)
                && matches!(m.value, Value::Place(_) | Value::Person(_) | Value::Organisation(_))
        });
        let next = match named.map(|m| (&m.value, m.tokens.0 as usize..m.tokens.1 as usize)) {
            Some((Value::Place(p), tokens)) => {
                if gazetteer().kind(p.id) == PlaceKind::Town && told(a, i) {
                    let ids = p.candidates.clone();
                    let located = p.role == PlaceRole::Locative || a.kind(i) == BlockKind::Dateline;
                    found.push(site(a, tokens.clone(), ids, located));
                }
                tokens.end
            }
            Some((_, tokens)) => tokens.end,
            None => match unread(a, i) {
                Some((tokens, ids)) => {
                    let end = tokens.end;
                    found.push(site(a, tokens, ids, false));
                    end
                }
                None => i + 1,
            },
        };
        i = next.max(i + 1);
    }
    found
}

fn told(a: &Analysis, i: usize) -> bool {
    !matches!(a.kind(i), BlockKind::Byline | BlockKind::Credit | BlockKind::Note)
}

/// A town that stands as the complement of a noun or before one, and that nothing but that makes known: « les halles de Cholet »,
/// "Hannibal's flood wall", "the Quincy levee".
fn unread(a: &Analysis, at: usize) -> Option<(Range<usize>, Vec<PlaceId>)> {
    let capital = |i: usize| a.tokens[i].kind == TokenKind::Word && a.tokens[i].case.is_capital();
    let language = a.language(at).filter(|_| capital(at) && told(a, at))?;
    let s = a.sentence(at);
    let free = |i: usize| i >= s.end || !capital(i) || a.tokens[i].glued;
    let opens = at == s.start || !capital(at - 1) && mark(a, at - 1) != Some('-');
    if !opens {
        return None;
    }
    let end = (at..s.end.min(at + LONGEST)).take_while(|&i| capital(i)).last()? + 1;
    if !free(end) {
        return None;
    }
    let candidates = place::candidates(a, at..end, &mut String::new());
    let &(best, primary) = candidates.first()?;
    let g = gazetteer();
    let led = at > s.start && a.classes[at - 1].has(Class::Preposition);
    let owns = end + 1 < s.end && a.is_clitic(end);
    let beside = !language.grammar.head_first && (owns || noun_behind(a, end).is_some());
    let headed = mark(a, end.min(a.tokens.len() - 1)) == Some(':') && at == s.start;
    if g.kind(best) != PlaceKind::Town || !primary || g.population(best) < LEAST || !(led || beside || headed) {
        return None;
    }
    // A word that is more than a town is one in the middle of a sentence, where it has a capital: "the Anchorage mall".
    let middle = !begins(a, at) && !word::title_cased(a, at) && place::town(&candidates);
    let often = word::is_first_name(a, at) || word::common(a, at, language) && !(headed || middle);
    let doubtful = end == at + 1 && (often || begins(a, at) && !owns && !headed);
    (!doubtful || place::strict(a, at, language)).then(|| (at..end, candidates.into_iter().map(|c| c.0).collect()))
}

impl Site {
    /// The nouns that stand with the name in one group: "the Norwich *zoo keeper*", « les *halles* de Cholet »; all of a headline that
    /// the name heads: « Rodez : la *patinoire* du *marché* ».
    pub fn beside(&self, a: &Analysis) -> Vec<usize> {
        let s = a.sentence(self.tokens.start);
        let noun =
            |i: &usize| a.tokens[*i].kind == TokenKind::Word && !a.tokens[*i].case.is_capital() && a.classes[*i].has(Class::Noun);
        if mark(a, self.tokens.end.min(a.tokens.len() - 1)) == Some(':') {
            return (self.tokens.end..s.end).filter(noun).collect();
        }
        let chunk = a.chunks.get(a.chunks.partition_point(|c| c.tokens.1 as usize <= self.tokens.end));
        let group = chunk.filter(|c| (c.tokens.0 as usize) <= self.tokens.end && matches!(c.kind, ChunkKind::Noun { .. }));
        let behind = group.map_or(0..0, |c| self.tokens.end..c.tokens.1 as usize);
        behind.filter(noun).chain(self.noun).collect()
    }
}

/// The noun right behind a name that describes it: "the Norwich *zoo*".
fn noun_behind(a: &Analysis, end: usize) -> Option<usize> {
    let s = a.sentence(end.checked_sub(1)?).end;
    let chunk = a.chunks.get(a.chunks.partition_point(|c| c.tokens.1 as usize <= end))?;
    let head = chunk.head as usize;
    let lower = head >= end && head < s && !a.tokens[head].case.is_capital() && a.classes[head].has(Class::Noun);
    (matches!(chunk.kind, ChunkKind::Noun { .. }) && lower && (chunk.tokens.0 as usize) <= end).then_some(head)
}

fn site(a: &Analysis, tokens: Range<usize>, ids: Vec<PlaceId>, located: bool) -> Site {
    let noun = a.language(tokens.start).and_then(|l| noun(a, &tokens, l));
    let headed = mark(a, tokens.end.min(a.tokens.len() - 1)) == Some(':')
        && matches!(a.kind(tokens.start), BlockKind::Headline | BlockKind::Kicker);
    let subject = a.language(tokens.start).filter(|_| located || noun.is_some()).and_then(|l| subject(a, tokens.start, l));
    Site { scene: located || noun.is_some() || headed, tokens, ids, noun, subject }
}

/// The subject of the clause of a town, where that is a thing.
fn subject(a: &Analysis, at: usize, language: &Language) -> Option<usize> {
    let verb = a.clauses.get(a.clause(at))?.verb? as usize;
    let head = a.roles[verb].subject? as usize;
    (!a.tokens[head].case.is_capital() && thing(a, head, language)).then_some(head)
}

/// The noun of what stands in a town.
fn noun(a: &Analysis, tokens: &Range<usize>, language: &Language) -> Option<usize> {
    let s = a.sentence(tokens.start);
    let owned = if a.tokens.get(tokens.end).is_some() && a.is_clitic(tokens.end) { tokens.end + 1 } else { tokens.end };
    let behind = (!language.grammar.head_first).then(|| noun_behind(a, owned)).flatten();
    behind
        .or_else(|| {
            // « les halles *de* Cholet », "the wall *at* Hannibal"
            let led = [language.cues.get("locative"), language.cues.get("of-complement")];
            let length = led.iter().find_map(|set| set.before(a, tokens.start, s.start))?;
            let past = tokens.start - length;
            let chunk = a.chunks.get(a.chunks.partition_point(|c| (c.tokens.1 as usize) < past))?;
            let whole = matches!(chunk.kind, ChunkKind::Noun { .. }) && chunk.tokens.1 as usize == past;
            let head = chunk.head as usize;
            (whole && head >= s.start && !a.tokens[head].case.is_capital()).then_some(head)
        })
        .filter(|&head| thing(a, head, language))
}

/// Whether a noun is of a thing that stands in one town: no person, no group, no place of its own, no time.
fn thing(a: &Analysis, head: usize, language: &Language) -> bool {
    let no = [
        "function",
        "people-noun",
        "place-noun",
        "state-noun",
        "area-noun",
        "demonym",
        "headcount",
        "someone",
        "compass",
        "kin",
        "street-noun",
        "way-noun",
    ];
    let day = language.calendar.weekday(a.lower(head)).is_some();
    let person = a.readings(head).iter().any(|r| language.grammar.ids.participants.contains(&r.lemma));
    !person && !day && a.classes[head].has(Class::Noun) && no.iter().all(|set| language.cues.get(set).at(a, head).is_none())
}

/// Whether two names may mean one town, or one that lies in the other.
pub(super) fn one_town(x: &Site, y: &Site) -> bool {
    let g = gazetteer();
    x.ids.iter().any(|&p| y.ids.iter().any(|&q| p == q || g.contains(p, q) || g.contains(q, p)))
}

/// Towns less far apart, in kilometres, may be called by each other's name.
const SUBURB: f64 = 15.0;

/// Whether one of two towns may be a suburb of the other, as far as anybody knows.
pub(super) fn neighbours(x: &Site, y: &Site) -> bool {
    let g = gazetteer();
    let close = |p: PlaceId, q: PlaceId| match g.distance(p, q) {
        Some(km) => km < SUBURB,
        None => g.parent(p) == g.parent(q),
    };
    let towns = |site: &Site| site.ids.iter().copied().filter(|&id| g.kind(id) == PlaceKind::Town).collect::<Vec<_>>();
    let others = towns(y);
    towns(x).into_iter().any(|p| others.iter().any(|&q| close(p, q)))
}
