//! What a new version changes in its text, its headline follows.

use std::collections::HashSet;
use std::ops::Range;

use jiff::civil::Weekday;
use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{Unit, cue_in, figure};
use super::names::SetName;
use super::support::words;
use super::{Conflict, Relation, agree};
use crate::amount::Ratio;
use crate::analysis::{Analysis, Mention, Value};
use crate::document::BlockKind;
use crate::facet::Facet;
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;
use crate::language::lexicon::LemmaId;
use crate::language::places::{PlaceId, gazetteer};
use crate::span::Span;

/// `kept-up`: where the running text gives another value than it did in the version before, and the old one nowhere any more, the
/// blocks above and beside it do not keep the old one.
///
/// Without a version before, nothing is held against anything.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct KeptUp {
    /// The blocks that must follow the text.
    pub of: Vec<BlockKind>,
    /// The cue set of what tells that a value replaces another: the old one may still stand beside such words.
    #[schemars(with = "SetName")]
    pub revised: String,
}

/// What a fact is a value of; facts of one subject can replace each other.
#[derive(Clone, Debug)]
enum Subject {
    Concept(String),
    Noun(String, Vec<LemmaId>),
    Unit(String),
    Age,
    Percent,
    Points,
    Person,
    Place,
    Day,
    Weekday,
    Time,
}

impl Subject {
    fn is(&self, other: &Subject) -> bool {
        match (self, other) {
            (Subject::Concept(x), Subject::Concept(y)) | (Subject::Unit(x), Subject::Unit(y)) => x == y,
            (Subject::Noun(x, all), Subject::Noun(y, others)) => x == y || all.iter().any(|l| others.contains(l)),
            (x, y) => std::mem::discriminant(x) == std::mem::discriminant(y),
        }
    }
}

/// What a fact says of its subject.
#[derive(Clone, Debug, PartialEq)]
enum Worth {
    Number(Ratio),
    Name(Vec<String>),
    Place(PlaceId),
    Day(Option<i16>, i8, i8),
    Weekday(Weekday),
    Minute(u16),
}

#[derive(Clone, Debug)]
struct Fact<'m> {
    mention: &'m Mention,
    /// `None` for a number that counts nothing.
    subject: Option<Subject>,
    worth: Worth,
    span: Span,
}

impl Fact<'_> {
    fn is_of(&self, other: &Fact) -> bool {
        matches!((&self.subject, &other.subject), (Some(x), Some(y)) if x.is(y))
    }
}

/// A fact of the version before, and what stands in its place.
struct Change<'f, 'm> {
    old: &'f Fact<'m>,
    new: &'f Fact<'m>,
}

/// Every sentence is held against each that is not in both versions; no story has more.
const MOST: usize = 400;

/// A number this large is hardly ever that of something else too.
const LARGE: i128 = 100;

impl Relation for KeptUp {
    fn roles(&self) -> &'static [&'static str] {
        &["stale", "story"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["was"]
    }

    fn facets(&self) -> &'static [Facet] {
        &[
            Facet::Revised,
            Facet::AttributedDifferently,
            Facet::OtherPlace,
            Facet::OtherTime,
            Facet::Approximate,
            Facet::Hypothetical,
            Facet::Quoted,
        ]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let Some(before) = a.previous else { return Vec::new() };
        let (was, is) = (told(before), told(a));
        let changes: Vec<Change> =
            changes(before, a, &was, &is).into_iter().filter(|c| !is.iter().any(|f| self.keeps(a, c, f))).collect();
        let follows = |m: &Mention| self.of.contains(&a.doc.blocks[m.block as usize].kind);
        let above: Vec<Fact> = a.mentions.iter().filter(|m| follows(m)).flat_map(|m| facts(a, m)).collect();
        above.iter().filter_map(|f| conflict(a, before, f, &above, &changes)).collect()
    }
}

impl KeptUp {
    /// Whether a fact of the new text still gives the old value.
    fn keeps(&self, a: &Analysis, change: &Change, fact: &Fact) -> bool {
        let same = fact.subject.is_none() || fact.is_of(change.old);
        same && meets(&fact.worth, &change.old.worth) && !cue_in(a, &self.revised, a.sentence(fact.mention.tokens.0 as usize))
    }
}

fn conflict(a: &Analysis, before: &Analysis, f: &Fact, above: &[Fact], changes: &[Change]) -> Option<Conflict> {
    let kind = a.doc.blocks[f.mention.block as usize].kind;
    // The day in a caption is that of the picture.
    if kind == BlockKind::Caption && matches!(f.worth, Worth::Day(..) | Worth::Weekday(_) | Worth::Minute(_)) {
        return None;
    }
    let large = matches!(f.worth, Worth::Number(n) if n >= Ratio::whole(LARGE));
    let counts = |c: &Change| matches!(c.old.subject, Some(Subject::Concept(_) | Subject::Noun(..)));
    let loose = |c: &Change| large && counts(c) && matches!(f.subject, None | Some(Subject::Concept(_) | Subject::Noun(..)));
    let change = changes.iter().find(|c| (f.is_of(c.old) || loose(c)) && f.worth == c.old.worth)?;
    // « de 12 à 14 morts » names both.
    if above.iter().any(|g| g.mention.block == f.mention.block && g.is_of(change.new) && g.worth == change.new.worth) {
        return None;
    }
    let mut facets = agree::facets_of(a, f.mention, change.new.mention);
    match f.worth {
        Worth::Place(_) => facets.remove(Facet::OtherPlace),
        Worth::Day(..) | Worth::Weekday(_) | Worth::Minute(_) => facets.remove(Facet::OtherTime),
        _ => {}
    }
    // What is planned in both versions is the same plan.
    facets.remove(Facet::Hypothetical);
    facets.insert_if(f.mention.stance.hypothetical && !change.new.mention.stance.hypothetical, Facet::Hypothetical);
    let amounts = figure(f.mention).zip(figure(change.new.mention));
    facets.insert_if(amounts.is_some_and(|(x, y)| x.amount.overlaps(y.amount)), Facet::Approximate);
    let mut values = Bindings::default();
    let words = change.old.span.of(&before.doc.text);
    values.bind("was", Bound::Literal(words.split_whitespace().collect::<Vec<_>>().join(" ")));
    Some(Conflict { roles: vec![("stale", f.span), ("story", change.new.span)], values, facets })
}

/// The facts of the running text.
fn told<'m>(a: &'m Analysis) -> Vec<Fact<'m>> {
    a.mentions.iter().filter(|m| a.doc.blocks[m.block as usize].kind.is_running()).flat_map(|m| facts(a, m)).collect()
}

/// What a mention says, as far as one version can be held against the other in it.
fn facts<'m>(a: &'m Analysis, m: &'m Mention) -> Vec<Fact<'m>> {
    let fact = |subject: Option<Subject>, worth: Worth, span: Span| Fact { mention: m, subject, worth, span };
    if let Some(f) = figure(m) {
        let concept = match &m.value {
            Value::Quantity(q) => q.counted.as_ref().filter(|c| !c.narrowed).and_then(|c| c.concept.clone()),
            _ => None,
        };
        let subject = match (concept, f.unit) {
            (Some(concept), _) => Some(Subject::Concept(concept)),
            (None, Unit::Count(head)) => {
                head.map(|i| Subject::Noun(a.lower(i).to_owned(), a.readings(i).iter().map(|r| r.lemma).collect()))
            }
            (None, Unit::Percent) => Some(Subject::Percent),
            (None, Unit::Points) => Some(Subject::Points),
            (None, Unit::Time(_)) if matches!(m.value, Value::Age(_)) => Some(Subject::Age),
            (None, Unit::Money(unit) | Unit::Time(unit) | Unit::Measure(unit)) => Some(Subject::Unit(unit.to_owned())),
        };
        return vec![fact(subject, Worth::Number(f.amount.written), f.span(a))];
    }
    match &m.value {
        Value::Person(p) => {
            let name = words(a, p.surname);
            if name.is_empty() { Vec::new() } else { vec![fact(Some(Subject::Person), Worth::Name(name), m.span)] }
        }
        Value::Place(p) => vec![fact(Some(Subject::Place), Worth::Place(p.id), m.span)],
        Value::Date(d) => {
            let day = d.month.zip(d.day).map(|(month, day)| fact(Some(Subject::Day), Worth::Day(d.year, month, day), d.core));
            let weekday = d.weekday.map(|(weekday, span)| fact(Some(Subject::Weekday), Worth::Weekday(weekday), span));
            day.into_iter().chain(weekday).collect()
        }
        Value::Weekday(day) => vec![fact(Some(Subject::Weekday), Worth::Weekday(*day), m.span)],
        Value::Time(minute) => vec![fact(Some(Subject::Time), Worth::Minute(*minute), m.span)],
        _ => Vec::new(),
    }
}

/// Whether two values may be one: a day with its year and without, a place and what lies in it.
fn meets(x: &Worth, y: &Worth) -> bool {
    match (x, y) {
        (Worth::Day(y1, m1, d1), Worth::Day(y2, m2, d2)) => (m1, d1) == (m2, d2) && (y1 == y2 || y1.is_none() || y2.is_none()),
        (Worth::Place(p), Worth::Place(q)) => p == q || gazetteer().contains(*p, *q) || gazetteer().contains(*q, *p),
        (x, y) => x == y,
    }
}

/// What replaced what: in sentences that are nearly alike in both versions, and in counts that a story gives of one thing only.
fn changes<'f, 'm>(before: &Analysis, a: &Analysis, was: &'f [Fact<'m>], is: &'f [Fact<'m>]) -> Vec<Change<'f, 'm>> {
    let mut out = Vec::new();
    for (old, new) in aligned(before, a) {
        let of = |facts: &'f [Fact<'m>], sentence: usize| -> Vec<&'f Fact<'m>> {
            facts.iter().filter(|f| f.mention.sentence as usize == sentence && f.subject.is_some()).collect()
        };
        pair(&of(was, old), &of(is, new), &mut out);
    }
    let counted = |f: &&Fact| {
        let m = f.mention;
        matches!(f.subject, Some(Subject::Concept(_))) && !(m.frame.background || m.stance.hypothetical || m.stance.negated)
    };
    let (was, is): (Vec<&Fact>, Vec<&Fact>) = (was.iter().filter(counted).collect(), is.iter().filter(counted).collect());
    let mut seen: Vec<&Fact> = Vec::new();
    for old in &was {
        if seen.iter().any(|s| s.is_of(old)) {
            continue;
        }
        seen.push(*old);
        let one = |facts: &[&'f Fact<'m>], others: &[&Fact]| -> Vec<&'f Fact<'m>> {
            let mut own: Vec<&Fact> = Vec::new();
            for f in facts.iter().copied().filter(|f| f.is_of(old) && !others.iter().any(|o| o.is_of(f) && o.worth == f.worth)) {
                if own.iter().all(|o| o.worth != f.worth) {
                    own.push(f);
                }
            }
            own
        };
        if let ([gone], [come]) = (&one(&was, &is)[..], &one(&is, &was)[..]) {
            out.push(Change { old: gone, new: come });
        }
    }
    out
}

/// Pairs the facts of two sentences: as many of a subject as went must have come.
fn pair<'f, 'm>(was: &[&'f Fact<'m>], is: &[&'f Fact<'m>], out: &mut Vec<Change<'f, 'm>>) {
    let has = |facts: &[&Fact], f: &Fact| facts.iter().any(|g| g.is_of(f) && meets(&g.worth, &f.worth));
    let mut done: Vec<&Fact> = Vec::new();
    for old in was {
        if done.iter().any(|d| d.is_of(old)) {
            continue;
        }
        done.push(*old);
        let gone: Vec<&'f Fact<'m>> = was.iter().copied().filter(|f| f.is_of(old) && !has(is, f)).collect();
        let come: Vec<&'f Fact<'m>> = is.iter().copied().filter(|f| f.is_of(old) && !has(was, f)).collect();
        if gone.len() == come.len() {
            out.extend(gone.into_iter().zip(come).map(|(old, new)| Change { old, new }));
        }
    }
}

/// Sentences of the running text that were changed and are still one: each is the other's nearest, and at least half of their words agree.
fn aligned(before: &Analysis, a: &Analysis) -> Vec<(usize, usize)> {
    let (was, is) = (sentences(before), sentences(a));
    let texts = |all: &[(usize, String, HashSet<String>)]| all.iter().map(|s| s.1.clone()).collect::<HashSet<_>>();
    let (old_texts, new_texts) = (texts(&was), texts(&is));
    let was: Vec<_> = was.into_iter().filter(|s| !new_texts.contains(&s.1)).take(MOST).collect();
    let is: Vec<_> = is.into_iter().filter(|s| !old_texts.contains(&s.1)).take(MOST).collect();
    // In thousandths, so that it is the same on every machine.
    let near = |x: &HashSet<String>, y: &HashSet<String>| 2000 * x.intersection(y).count() / (x.len() + y.len()).max(1);
    let best = |x: &HashSet<String>, others: &[(usize, String, HashSet<String>)]| {
        let scored = others.iter().enumerate().map(|(i, o)| (near(x, &o.2), std::cmp::Reverse(i)));
        scored.max().filter(|(score, _)| *score >= 500).map(|(_, std::cmp::Reverse(i))| i)
    };
    let mut out = Vec::new();
    for (i, old) in was.iter().enumerate() {
        if let Some(j) = best(&old.2, &is)
            && best(&is[j].2, &was) == Some(i)
        {
            out.push((old.0, is[j].0));
        }
    }
    out
}

/// The sentences of the running text: index, words in their order, and the words that are no number.
fn sentences(a: &Analysis) -> Vec<(usize, String, HashSet<String>)> {
    let running = a.sentences.iter().enumerate().filter(|(_, s)| a.doc.blocks[s.block as usize].kind.is_running());
    running
        .map(|(i, s)| {
            let tokens: Range<usize> = s.start as usize..s.end as usize;
            let text = tokens.clone().map(|t| a.lower(t)).collect::<Vec<_>>().join(" ");
            let words = tokens.filter(|&t| a.tokens[t].kind == TokenKind::Word).map(|t| a.lower(t).to_owned()).collect();
            (i, text, words)
        })
        .collect()
}
