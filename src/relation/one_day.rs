//! What happens once happens on one day.

use schemars::JsonSchema;
use serde::Deserialize;

use super::event::{Dated, How, Words, dated};
use super::figure::cue_in;
use super::moment::{At, Grain, Moment};
use super::names::{SenseName, SetName};
use super::support::tells;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, ThingId};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::Lang;
use crate::language::grammar::{Class, Tense};
use crate::language::senses::Sense;

/// `one-day`: « le ferry a chaviré le 7 août … le naufrage du 9 août »: what one word tells with its day another does not tell with another.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OneDay {
    /// The senses of `senses.yaml` of what happens once in a story: acts, and ends of an axis.
    #[schemars(with = "Vec<SenseName>")]
    pub acts: Vec<String>,
    /// The senses of what may be kept on another day than the act itself: an inauguration.
    #[schemars(with = "Vec<SenseName>")]
    pub rites: Vec<String>,
    /// The cue set of words for one more of a kind.
    #[schemars(with = "SetName")]
    pub anew: String,
    /// The cue set of words that put one day in the place of another.
    #[schemars(with = "SetName")]
    pub moved: String,
    /// Whether only days are held against each other that nothing but a slip of one digit explains: « le 9 août », « le 19 août ».
    #[serde(default)]
    pub slip: bool,
}

impl Relation for OneDay {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "second"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::Quoted, Facet::Hypothetical, Facet::Revised]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let all = dated(a);
        if all.len() < 2 {
            return Vec::new();
        }
        let mut acts: Vec<(Sense, Lang, Vec<Told>)> = Vec::new();
        for told in all.iter().flat_map(|d| self.told(a, d)) {
            match acts.iter_mut().find(|(act, lang, _)| (*act, *lang) == (told.act, told.lang)) {
                Some((.., same)) => same.push(told),
                None => acts.push((told.act, told.lang, vec![told])),
            }
        }
        // What has many days, or three, happens again and again.
        acts.retain(|(.., same)| same.len() <= MOST);
        let mut found: Vec<Conflict> = Vec::new();
        for (.., same) in &acts {
            for (n, y) in same.iter().enumerate() {
                let others = || same.iter().filter(|x| apart(&x.moment, &y.moment) != 0);
                if others().any(|x| others().any(|z| apart(&x.moment, &z.moment) != 0)) {
                    continue;
                }
                let Some(x) = same[..n].iter().find(|x| self.clash(a, x, y)) else { continue };
                let known = |c: &Conflict| c.roles[0].1 == x.moment.mention.span && c.roles[1].1 == y.moment.mention.span;
                if !found.iter().any(known) {
                    found.push(self.conflict(a, x, y));
                }
            }
        }
        found
    }
}

/// Days of one act, at most.
const MOST: usize = 12;

/// An act with its day.
struct Told<'a> {
    act: Sense,
    lang: Lang,
    moment: Moment<'a>,
    words: Words,
    /// The tokens of the phrase that names the act.
    phrase: (usize, usize),
    /// The day is that of the words, and not of the verb whose subject they are.
    dated: bool,
    /// The words may also mean a rite.
    rite: bool,
    thing: Option<ThingId>,
}

/// Two days of one act that lie further apart are of two acts.
const NEAR: i64 = 45;
/// Months, told as such, at most.
const MONTHS: i64 = 200;
/// Sentences from the first one of the story in which the news is told that a headline gives.
const LEAD: u32 = 4;

impl OneDay {
    /// The acts that a moment dates.
    fn told<'a>(&self, a: &Analysis, d: &Dated<'a>) -> Vec<Told<'a>> {
        let mut found: Vec<Told> = Vec::new();
        let at = d.moment.token();
        let fine = d.moment.grain().is_some_and(|g| g != Grain::Year) && tells(a.kind(at));
        let Some(language) = a.language(at).filter(|_| fine) else { return found };
        let subjects = d.words.iter().filter_map(|w| w.happening(a));
        let all: Vec<(bool, Words)> = d.words.iter().map(|w| (true, w.clone())).chain(subjects.map(|w| (false, w))).collect();
        for (own, w) in &all {
            let dated = *own;
            let s = a.sentence(w.tokens.start);
            let near = w.tokens.start.saturating_sub(2).max(s.start)..w.tokens.end;
            let plural = matches!(w.how, How::Noun { .. }) && several(a, w);
            let denied = matches!(a.chunks[w.chunk].kind, crate::analysis::ChunkKind::Verb(v) if v.negated);
            if plural || denied || cue_in(a, &self.anew, near) {
                continue;
            }
            let first = found.len();
            let mut rite = false;
            for i in w.reach(a).filter(|&i| a.tokens[i].opens.sense) {
                language.senses.at(a, i, |sense, tokens| {
                    let own = tokens.start < w.tokens.end && w.tokens.start < tokens.end;
                    let head = !matches!(w.how, How::Noun { .. }) || tokens.contains(&(a.chunks[w.chunk].head as usize));
                    rite |= own && head && language.senses.is_among(sense, &self.rites);
                    let listed = || language.senses.is_among(sense, &self.acts);
                    if own && head && listed() && !found.iter().any(|t| t.act == sense) {
                        let thing = a.said_of(w.tokens.clone());
                        found.push(Told {
                            act: sense,
                            lang: a.lang(i),
                            moment: d.moment,
                            words: w.clone(),
                            phrase: (tokens.start, tokens.end),
                            dated,
                            rite,
                            thing,
                        });
                    }
                });
            }
            found[first..].iter_mut().for_each(|t| t.rite = rite);
        }
        found
    }

    fn clash(&self, a: &Analysis, x: &Told, y: &Told) -> bool {
        let days = apart(&x.moment, &y.moment);
        let months = x.moment.grain() == Some(Grain::Month) && y.moment.grain() == Some(Grain::Month);
        let near = days > 0 && days <= if months { MONTHS } else { NEAR };
        let kind = |t: &Told| a.kind(t.words.tokens.start);
        let above = |t: &Told| head(kind(t));
        let other = x.thing.is_some() && y.thing.is_some() && x.thing != y.thing && !above(x);
        // What is told of something by name is that of it only: « l'incendie de l'usine voisine, le 9 février ».
        let known = y.thing.is_none() || y.thing == x.thing;
        let taken_up =
            y.dated && known && bare(a, y) && matches!(y.words.how, How::Noun { definite: true }) && x.words.chunk != y.words.chunk;
        // What the story says once the headline may say.
        let borne_out = || Moment::all(a, 0..a.tokens.len()).any(|m| !head(a.kind(m.token())) && apart(&m, &x.moment) == 0);
        let told = above(x) && !above(y) && self.leads(a, y) && tense(x, y) && !borne_out();
        let same = x.thing.is_some() && x.thing == y.thing && tense(x, y);
        near && !other && x.rite == y.rite && (taken_up || told || same) && (!self.slip || slip(&x.moment, &y.moment))
    }

    /// Whether a place lies in the first sentences of the story.
    fn leads(&self, a: &Analysis, y: &Told) -> bool {
        let first = a.sentences.iter().position(|s| matches!(a.doc.blocks[s.block as usize].kind, BlockKind::Body));
        first.is_some_and(|first| a.tokens[y.words.tokens.start].sentence < first as u32 + LEAD)
    }

    fn conflict(&self, a: &Analysis, x: &Told, y: &Told) -> Conflict {
        let mut facets = Facets::default();
        let (p, q) = (x.moment.mention, y.moment.mention);
        facets.insert_if(p.stance.quoted || q.stance.quoted, Facet::Quoted);
        let supposed = |t: &Told| t.words.how == How::Verb(Tense::Conditional);
        facets.insert_if(supposed(x) || supposed(y), Facet::Hypothetical);
        let revised = |t: &Told| cue_in(a, &self.moved, a.sentence(t.words.tokens.start));
        facets.insert_if(revised(x) || revised(y), Facet::Revised);
        Conflict { roles: vec![("first", p.span), ("second", q.span)], values: Bindings::default(), facets }
    }
}

/// Whether two days of one month differ in one digit of their number, or in the order of both.
fn slip(x: &Moment, y: &Moment) -> bool {
    let (At::Calendar { first: p, grain: Grain::Day, .. }, At::Calendar { first: q, grain: Grain::Day, .. }) = (x.at, y.at) else {
        return false;
    };
    let (m, n) = (p.day(), q.day());
    let tens = m % 10 == n % 10;
    let turned = m > 9 && n > 9 && m / 10 == n % 10 && m % 10 == n / 10;
    p.month() == q.month() && p.year() == q.year() && m != n && (tens || turned)
}

/// Whether a block stands beside the story and says what it is about.
fn head(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Headline | BlockKind::Standfirst | BlockKind::Kicker | BlockKind::Caption)
}

/// Whether two verbs tell of one time: both past, or both to come. A headline's present tells either.
fn tense(x: &Told, y: &Told) -> bool {
    let past = |t: &Told| match t.words.how {
        How::Verb(Tense::Past | Tense::Pluperfect | Tense::Imperfect) => Some(true),
        How::Verb(Tense::Future) => Some(false),
        _ => None,
    };
    match (past(x), past(y)) {
        (Some(p), Some(q)) => p == q,
        _ => true,
    }
}

/// Whether a noun group says no more than what happened and when: "the 9 August sinking", and not « le second naufrage ».
fn bare(a: &Analysis, y: &Told) -> bool {
    let day = y.moment.mention.tokens;
    let own = |i: usize| (y.phrase.0..y.phrase.1).contains(&i) || (day.0 as usize..day.1 as usize).contains(&i);
    let tells =
        |i: usize| [Class::Adjective, Class::Noun, Class::Proper, Class::PastParticiple].iter().any(|c| a.classes[i].has(*c));
    y.words.tokens.clone().all(|i| own(i) || a.classes[i].has(Class::Determiner) || !tells(i))
}

fn several(a: &Analysis, w: &Words) -> bool {
    let head = a.chunks[w.chunk].head as usize;
    a.classes[head].has(Class::Noun) && a.readings(head).first().is_some_and(|r| r.tag.plural() && !r.tag.singular())
}

/// How many days lie between two moments, at the least; none where they touch.
fn apart(x: &Moment, y: &Moment) -> i64 {
    x.days_to(y).map_or(0, |(least, most)| {
        if least > 0 {
            least
        } else if most < 0 {
            -most
        } else {
            0
        }
    })
}
