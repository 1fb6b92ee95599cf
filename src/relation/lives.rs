//! What a story tells of the years of each person's life: ages, birth, death, each with whose it is.
//!
//! Whoever stands with an age is named, brought in (« un motard de 34 ans »), or taken up again (« le défunt, âgé de 43 ans », "he").
//! Who is taken up again is the one person with an age that the story has, and nobody where it has two.

mod cast;
mod days;
mod entry;
mod holder;

use std::ops::Range;

use jiff::civil::Date;

use super::event::{Dated, How, Words, dated};
use super::figure::{cue_in, find_cue, published};
use super::support::tells;
use crate::analysis::{Analysis, ChunkKind, EntityId, Sex, mark};
use crate::language::grammar::Tense;
use cast::Cast;
use days::{LATELY, age, between, birth, birthday, bracket, death, past_time, when, years_in, years_of};
pub(super) use entry::{Entry, What, When};
use entry::{Holder, entry};
use holder::{group_before, stage, subject};

/// What is told of one person.
#[derive(Debug, Default)]
pub(super) struct Life {
    /// The person, where named.
    who: Option<EntityId>,
    sex: Option<Sex>,
    /// It stands in the headline, or is taken up before anybody is brought in: the story will name whom it means.
    ahead: bool,
    pub entries: Vec<Entry>,
}

/// Years by which an age may be off that is counted from another.
const SLACK: i64 = 1;

/// Who is younger is neither elected nor married.
const GROWN_UP: i64 = 15;

/// What the story tells of each life. `stages` are the cue sets of words for a stretch of life.
pub(super) fn lives(a: &Analysis, stages: &[(&str, i64, i64)], deeds: Option<&str>) -> Vec<Life> {
    let mut cast = Cast::of(a);
    for s in &a.sentences {
        let tokens = s.start as usize..s.end as usize;
        if !tokens.is_empty() && tells(a.doc.blocks[s.block as usize].kind) {
            read(a, tokens, stages, &mut cast);
        }
    }
    if let Some(set) = deeds.filter(|_| !cast.is_empty()) {
        for (holder, entry) in dated(a).iter().filter_map(|d| deed(a, d, set)) {
            cast.known(holder, entry);
        }
    }
    cast.merged()
}

fn read(a: &Analysis, s: Range<usize>, stages: &[(&str, i64, i64)], cast: &mut Cast) {
    let mut found: Vec<(Holder, Entry)> = Vec::new();
    for m in a.mentions_in(s.clone()) {
        if let Some((age, place)) = age(a, m, &s) {
            let at = m.tokens.0 as usize;
            if let Some(holder) = place.holder(a, &s) {
                let when = when(a, m, &s, place);
                found.push((holder, entry(m, What::Age(age), when, at)));
            }
        }
        if let Some(n) = birthday(a, m, &s)
            && let Some(holder) = subject(a, m.tokens.0 as usize, &s)
        {
            found.push((holder, entry(m, What::Age(n), When::Now, m.tokens.0 as usize)));
        }
        if let Some((holder, born, died)) = bracket(a, m) {
            let at = m.tokens.0 as usize;
            found.push((holder, entry(m, What::Born(born.0, born.1), When::Unknown, at)));
            found.extend(died.map(|d| (holder, entry(m, What::Died(d.0, d.1), When::Unknown, at))));
        }
    }
    if let Some((holder, what, span, at)) = birth(a, &s) {
        found.push((holder, Entry { what, at: When::Unknown, span, token: at, quoted: false }));
    }
    found.extend(death(a, &s));
    for &(set, from, past) in stages {
        if let Some(words) = find_cue(a, set, s.clone())
            && let Some(holder) = stage(a, words.clone(), &s)
        {
            let what = What::Stage(from, past);
            let quoted = a.facets_at(a.span(words.clone())).contains(crate::facet::Facet::Quoted);
            let over = matches!(a.tense(a.clause(words.start)), Some(Tense::Past | Tense::Imperfect | Tense::Pluperfect));
            let at = match years_in(a, &s) {
                // "was a teenager when he left in 2014"
                Some((from, to)) if over => When::On(from, to),
                _ if past_time(a, words.start, &s, false) => When::Unknown,
                _ => When::Now,
            };
            found.push((holder, Entry { what, at, span: a.span(words.clone()), token: words.start, quoted }));
        }
    }
    found.sort_by_key(|(_, e)| e.token);
    // Two ages in one sentence that no name parts are of two people, or of two times.
    for (holder, entry) in found {
        cast.put(a, holder, entry);
    }
}

/// What somebody who has grown up did in a year: "he won a seat in 1967", « Élue en 2004, elle … ».
fn deed(a: &Analysis, d: &Dated, set: &str) -> Option<(Holder, Entry)> {
    let m = d.moment.mention;
    let (from, to) = years_of(&m.value)?;
    // « Élue pour la première fois en 1973, elle … »: a participle that opens a sentence may be read as a noun.
    let heads = |w: &Words| w.tokens.start == a.sentence(w.tokens.start).start;
    let told = |w: &&Words| heads(w) || !matches!(w.how, How::Noun { .. });
    let (w, cue) = d.words.iter().filter(told).find_map(|w| Some((w, find_cue(a, set, w.reach(a))?)))?;
    let words = w.tokens.clone();
    let s = a.sentence(words.start);
    let negated = matches!(a.chunks[w.chunk].kind, ChunkKind::Verb(v) if v.negated);
    let holder = match w.how {
        How::Verb(_) => subject(a, words.end, &s),
        _ if words.start == s.start => subject(a, s.end, &(m.tokens.1 as usize..s.end)),
        _ if mark(a, words.start - 1) == Some(',') => group_before(a, words.start - 1, &s),
        _ => None,
    }?;
    let kin = cue_in(a, "kin", s);
    let span = a.span(cue.start..cue.end).cover(m.span);
    let quoted = m.stance.quoted;
    let entry = Entry { what: What::Deed, at: When::On(from, to), span, token: words.start, quoted };
    (!kin && !negated && !m.stance.hypothetical).then_some((holder, entry))
}

/// Two places that cannot both be true of one life, with the least and the greatest age that would.
pub(super) struct Clash {
    pub first: Entry,
    pub other: Entry,
    pub least: i64,
    pub most: i64,
}

impl Life {
    /// When somebody died, where the story tells one day or stretch of days.
    fn died(&self) -> Option<(Date, Date)> {
        let mut all = self.entries.iter().filter_map(|e| if let What::Died(x, y) = e.what { Some((x, y)) } else { None });
        let first = all.next()?;
        all.try_fold(first, |(p, q), (x, y)| (x <= q && p <= y).then_some((p.max(x), q.min(y))))
    }

    /// The days between which what an entry says holds.
    fn days(&self, a: &Analysis, e: &Entry) -> Option<(Date, Date)> {
        let now = published(a);
        let dead = self.entries.iter().any(|e| matches!(e.what, What::Died(..)));
        match e.at {
            When::Now if dead => None,
            When::Now => now.map(|n| (n, n)),
            When::On(p, q) => Some((p, q)),
            When::Death if !dead => now.map(|n| (n.saturating_sub(jiff::Span::new().days(LATELY)), n)),
            When::Death | When::Was => self.died(),
            When::Unknown => None,
        }
    }

    /// The birth that is told, and an age that is not that of somebody born then.
    pub fn age_against_birth(&self, a: &Analysis) -> Option<Clash> {
        let born = self.entries.iter().find(|e| matches!(e.what, What::Born(..)))?;
        let What::Born(from, to) = born.what else { return None };
        let one = self.entries.iter().all(|e| !matches!(e.what, What::Born(..)) || e.what == born.what);
        self.entries.iter().filter(|_| one).find_map(|e| {
            let (x, y) = range(e)?;
            let (start, end) = self.days(a, e)?;
            let (least, most) = (between(to, start), between(from, end));
            (most >= 0 && (y < least.max(0) || x > most)).then_some(Clash { first: *born, other: *e, least: least.max(0), most })
        })
    }

    /// The first and the last day on which somebody may have been born, from a birth or an age that is told, and where.
    fn born(&self, a: &Analysis) -> Option<(Date, Date, Entry)> {
        let year = |n: i64| jiff::Span::new().years(n);
        self.entries.iter().find_map(|e| match e.what {
            What::Born(from, to) => Some((from, to, *e)),
            What::Age(n) if e.at != When::Was => {
                let (start, end) = self.days(a, e)?;
                Some((start.saturating_sub(year(n + 1)), end.saturating_sub(year(n)), *e))
            }
            _ => None,
        })
    }

    /// An age, a stretch of life or a deed of a year in which somebody was younger, older, or dead.
    pub fn age_against_year(&self, a: &Analysis) -> Option<Clash> {
        let (from, to, first) = self.born(a)?;
        let died = self.died();
        self.entries.iter().find_map(|e| {
            let When::On(start, end) = e.at else { return None };
            // What a birth and an age make is another rule's.
            let known = matches!(first.what, What::Born(..)) && matches!(e.what, What::Age(_) | What::Stage(..));
            if e.span == first.span || known {
                return None;
            }
            let (least, most) = (between(to, start), between(from, end));
            let off = match e.what {
                What::Age(x) => x + SLACK < least || x > most + SLACK,
                What::Stage(x, past) => past + SLACK <= least || x > most + SLACK,
                What::Deed => most < GROWN_UP || died.is_some_and(|(_, last)| start > last && start.year() > last.year()),
                _ => false,
            };
            off.then_some(Clash { first, other: *e, least, most })
        })
    }

    /// Two ages of one day that differ, or an age and a word for another stretch of life.
    pub fn two_ages(&self) -> Vec<Clash> {
        let mut found: Vec<Clash> = Vec::new();
        let dead = self.entries.iter().any(|e| matches!(e.what, What::Died(..)));
        let ages: Vec<&Entry> = self.entries.iter().filter(|e| matches!(e.what, What::Age(_) | What::Stage(..))).collect();
        let Some(first) = ages.iter().find(|e| matches!(e.at, When::Now | When::Death)) else { return found };
        for other in &ages {
            // What somebody was is what somebody is, at death.
            let last = |w: When| w == When::Death || w == When::Was && dead;
            let same = first.at == When::Now && other.at == When::Now || last(first.at) && last(other.at);
            let differ = match (first.what, other.what) {
                (What::Age(x), What::Age(y)) => x != y,
                (What::Age(x), What::Stage(from, past)) | (What::Stage(from, past), What::Age(x)) => x < from || x >= past,
                _ => false,
            };
            if same && differ && found.is_empty() {
                found.push(Clash { first: **first, other: **other, least: 0, most: 0 });
            }
        }
        found
    }
}

/// The least and the greatest age that an entry says.
fn range(e: &Entry) -> Option<(i64, i64)> {
    match e.what {
        What::Age(n) => Some((n, n)),
        What::Stage(from, past) => Some((from, past - 1)),
        _ => None,
    }
}
