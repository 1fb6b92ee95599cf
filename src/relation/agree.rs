//! One count with two values.

use jiff::civil::Weekday;
use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::{figure, one_digit, same_word};
use super::names::ConceptName;
use super::{Conflict, Relation};
use crate::amount::Ratio;
use crate::analysis::{Analysis, Counted, DateValue, Mention, Quantity, Value};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;
use crate::language::places::gazetteer;

/// `agree`: whatever counts one concept gives one number, as far as the words allow.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Agree {
    /// What is counted: one concept of the languages, or several, such as `dead`, `injured`, `dismissal`. Where a rule names another, all are told.
    pub about: Concepts,
    /// Whether only counts of one noun that differ by one digit are rivals: those that nothing but a slip explains.
    #[serde(default)]
    pub slip: bool,
}

/// One concept, or several that are counted each by itself.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Concepts {
    /// One.
    One(#[schemars(with = "ConceptName")] String),
    /// Several.
    Several(#[schemars(with = "Vec<ConceptName>")] Vec<String>),
}

impl Concepts {
    fn as_slice(&self) -> &[String] {
        match self {
            Concepts::One(one) => std::slice::from_ref(one),
            Concepts::Several(all) => all,
        }
    }
}

/// Each count is held against each other, so that time grows with the square of how many there are; no story has more.
const MOST: usize = 200;

impl Relation for Agree {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "other"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[
            Facet::Revised,
            Facet::AttributedDifferently,
            Facet::PartOf,
            Facet::OtherPlace,
            Facet::OtherTime,
            Facet::Approximate,
            Facet::Hypothetical,
            Facet::Quoted,
        ]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let counts: Vec<(&Mention, &Quantity, &Counted)> = a
            .mentions
            .iter()
            .filter_map(|m| match &m.value {
                Value::Quantity(q) => q
                    .counted
                    .as_ref()
                    .filter(|c| c.concept.as_ref().is_some_and(|x| self.about.as_slice().contains(x)))
                    .map(|c| (m, q, c)),
                _ => None,
            })
            .take(MOST)
            .collect();
        let settings: Vec<Setting> = counts.iter().map(|(m, ..)| Setting::of(a, m)).collect();
        let felled: Vec<Ratio> = a
            .mentions
            .iter()
            .filter(|m| perpetrators(a, m))
            .filter_map(|m| if let Value::Quantity(q) = &m.value { Some(q.amount.written) } else { None })
            .take(MOST)
            .collect();
        let mut found = Vec::new();
        for (j, &(other, oq, oc)) in counts.iter().enumerate() {
            for (i, &(first, fq, fc)) in counts[..j].iter().enumerate() {
                // A denial is no toll; but « les 18 morts ne sont pas tous identifiés » takes the toll as known.
                let denied = |m: &Mention, c: &Counted| m.stance.negated && !c.definite;
                if fc.concept != oc.concept || fq.amount.written == oq.amount.written || denied(first, fc) || denied(other, oc) {
                    continue;
                }
                if self.slip && !slip(a, (first, fc), (other, oc)) {
                    continue;
                }
                let mut facets = facets(a, (first, &settings[i]), (other, &settings[j]));
                // « un automobiliste a été tué »: one of them.
                let one = fq.amount.written == Ratio::ONE || oq.amount.written == Ratio::ONE;
                facets.insert_if(fc.narrowed || oc.narrowed || one || settings[i].felled != settings[j].felled, Facet::PartOf);
                let some = some_of(a, (fq, fc), (oq, oc)) || some_of(a, (oq, oc), (fq, fc));
                facets.insert_if(some, Facet::PartOf);
                facets.insert_if(with_felled(&felled, fq, oq), Facet::PartOf);
                let (less, more) = if fq.amount.written < oq.amount.written { (first, oq) } else { (other, fq) };
                facets.insert_if(shared_out(a, less, more), Facet::PartOf);
                facets.insert_if(!fq.amount.is_exact() || !oq.amount.is_exact(), Facet::Approximate);
                let mut values = Bindings::default();
                values.bind("first.amount", Bound::Amount(fq.amount));
                values.bind("other.amount", Bound::Amount(oq.amount));
                let whole = |m: &Mention, c: &Counted| {
                    let end = (c.head as usize + 1).max(m.tokens.1 as usize);
                    a.span(m.tokens.0 as usize..end)
                };
                found.push(Conflict { roles: vec![("first", whole(first, fc)), ("other", whole(other, oc))], values, facets });
            }
        }
        found
    }
}

/// Whether those who did it make the difference of two tolls: « onze morts », « huit personnes tuées », « trois *assaillants* ont péri ».
fn with_felled(felled: &[Ratio], x: &Quantity, y: &Quantity) -> bool {
    let (x, y) = (x.amount.written, y.amount.written);
    felled.iter().any(|n| x.min(y).add(*n) == Some(x.max(y)))
}

/// Whether a count and the bare numbers behind it in its sentence make another: "*Six* died in Carrow, *three* in Dunmoyle and *one* at sea".
fn shared_out(a: &Analysis, first: &Mention, whole: &Quantity) -> bool {
    let from = a.mentions.partition_point(|m| m.span.start < first.span.start);
    let numbers = a.mentions[from..].iter().take_while(|m| m.sentence == first.sentence).take(PARTS);
    let mut sum = Ratio::ZERO;
    numbers.filter_map(|m| if let Value::Quantity(q) = &m.value { Some(q.amount.written) } else { None }).any(|n| {
        sum = sum.add(n).unwrap_or(sum);
        sum == whole.amount.written
    })
}

/// Numbers behind a count that may share out a toll, at most.
const PARTS: usize = 8;

/// Whether two counts of one noun, both in digits, are one digit apart.
fn slip(a: &Analysis, x: (&Mention, &Counted), y: (&Mention, &Counted)) -> bool {
    let (Some(f), Some(g)) = (figure(x.0), figure(y.0)) else { return false };
    // « 24 personnes interpellées » here and 14 there are other people; what carries its predicate is counted once.
    let participant =
        |i: usize| a.language(i).is_some_and(|l| a.readings(i).iter().any(|r| l.grammar.ids.participants.contains(&r.lemma)));
    let noun = same_word(a, x.1.head as usize, y.1.head as usize) && !participant(x.1.head as usize);
    noun && f.in_digits(a)
        && g.in_digits(a)
        && f.amount.written >= Ratio::whole(10)
        && one_digit(f.amount.written, g.amount.written)
}

/// What a count's sentence says of it, read once for all the counts that it is held against.
struct Setting {
    revised: bool,
    other_year: bool,
    source: Option<Vec<String>>,
    /// The day on which its event is set.
    when: Option<DateValue>,
    /// Those who did it were killed, or the police killed them: they are not among their victims.
    felled: bool,
    /// It is an entry of a list that has a day of its own: « Dimanche 6 février, combe de Lise : 3 morts ».
    entry: bool,
    /// It is said to be of another place than those told before: "three people were killed *elsewhere*".
    elsewhere: bool,
    /// The weekday with which its sentence begins: « *Dimanche* soir, … ».
    opening: Option<Weekday>,
}

impl Setting {
    fn of(a: &Analysis, m: &Mention) -> Setting {
        let source = m.stance.source.map(|s| a.tokens_in(s).map(|i| a.lower(i).to_owned()).collect());
        let revised = super::figure::cue_in(a, "revised", a.sentence(m.tokens.0 as usize));
        let felled = super::figure::cue_in(a, "felled", a.sentence(m.tokens.0 as usize)) || perpetrators(a, m);
        let own = a.sentence(m.tokens.0 as usize);
        let days = a.mentions_in(own.clone()).iter().take_while(|x| x.tokens.0 < m.tokens.0);
        let entry = a.kind(own.start) == BlockKind::ListItem && days.clone().any(|x| matches!(x.value, Value::Date(_)));
        let elsewhere = super::figure::cue_in(a, "elsewhere", own.clone());
        let first = a.mentions_in(own.clone()).iter().find(|x| (x.tokens.0 as usize) < own.start + 2);
        let opening = first.and_then(|x| match &x.value {
            Value::Weekday(day) => Some(*day),
            Value::Date(d) => d.weekday.map(|(day, _)| day),
            _ => None,
        });
        let other_year = other_year(a, m) || chronicle(a, m);
        Setting { revised, other_year, source, when: when(a, m), felled, entry, elsewhere, opening }
    }
}

/// Whether a count is of those who did it: « trois *assaillants* ».
fn perpetrators(a: &Analysis, m: &Mention) -> bool {
    let Value::Quantity(Quantity { counted: Some(c), .. }) = &m.value else { return false };
    a.language(c.head as usize).is_some_and(|l| l.cues.get("perpetrator").at(a, c.head as usize).is_some())
}

/// The date that a count's sentence gives, else the last before it in its paragraph: « 7 janvier : … », « Le 17 octobre, la police charge. »
fn when(a: &Analysis, m: &Mention) -> Option<DateValue> {
    let at = a.mentions.partition_point(|x| x.tokens.0 < m.tokens.0);
    let date = |x: &Mention| match &x.value {
        Value::Date(d) if d.day.is_some() || d.year.is_some() => Some(*d),
        _ => None,
    };
    let here = a.mentions[..at].iter().rev().take_while(|x| x.block == m.block);
    let ahead = || a.mentions[at..].iter().take_while(|x| x.sentence == m.sentence).find_map(date);
    let own = here.clone().take_while(|x| x.sentence == m.sentence).find_map(date);
    own.or_else(ahead).or_else(|| here.take(EARLIER).find_map(date))
}

/// How many mentions before a count are looked through for its date.
const EARLIER: usize = 40;

/// Whether two dates are of two days, as far as both are given.
fn apart(x: &DateValue, y: &DateValue) -> bool {
    let differ = |x: Option<i16>, y: Option<i16>| matches!((x, y), (Some(x), Some(y)) if x != y);
    let small = |n: Option<i8>| n.map(i16::from);
    differ(x.year, y.year) || differ(small(x.month), small(y.month)) || differ(small(x.day), small(y.day))
}

/// Whether a count is of one kind of people, and no more than the whole of another: « trois pompiers ont été tués » of « 14 morts »; or
/// of people whom the story has named: « *les deux hommes* ont été abattus ».
fn some_of(a: &Analysis, (x, xc): (&Quantity, &Counted), (y, yc): (&Quantity, &Counted)) -> bool {
    let kind = |c: &Counted| {
        let head = c.head as usize;
        let known = |l: &crate::language::Language| {
            let participant = a.readings(head).iter().any(|r| l.grammar.ids.participants.contains(&r.lemma));
            participant && l.cues.get("anyone").at(a, head).is_none()
        };
        a.language(head).is_some_and(known)
    };
    let one_noun = same_word(a, xc.head as usize, yc.head as usize);
    kind(xc) && !one_noun && (xc.definite || !kind(yc) && x.amount.written < y.amount.written)
}

/// What may keep two mentions apart that are not counted together with others.
pub(super) fn facets_of(a: &Analysis, first: &Mention, other: &Mention) -> Facets {
    facets(a, (first, &Setting::of(a, first)), (other, &Setting::of(a, other)))
}

/// What may keep two counts of one concept apart, whatever they count.
fn facets(a: &Analysis, (first, f): (&Mention, &Setting), (other, o): (&Mention, &Setting)) -> Facets {
    let mut facets = Facets::default();
    facets.insert_if(f.revised || o.revised, Facet::Revised);
    facets.insert_if(matches!((&f.source, &o.source), (Some(x), Some(y)) if x != y), Facet::AttributedDifferently);
    let same_sentence = first.sentence == other.sentence;
    facets.insert_if(other_place(first, other) || same_sentence || f.elsewhere || o.elsewhere, Facet::OtherPlace);
    facets.insert_if(
        other_time(first, other)
            || f.other_year
            || o.other_year
            || (same_sentence && first.clause != other.clause)
            || f.entry != o.entry
            || f.opening.zip(o.opening).is_some_and(|(x, y)| x != y)
            || f.when.zip(o.when).is_some_and(|(x, y)| apart(&x, &y)),
        Facet::OtherTime,
    );
    facets.insert_if(first.stance.hypothetical || other.stance.hypothetical, Facet::Hypothetical);
    // A headline quotes the story: only there are two quotations of one speaker.
    let headline = |m: &Mention| a.doc.blocks[m.block as usize].kind == BlockKind::Headline;
    facets.insert_if((first.stance.quoted || other.stance.quoted) && !(headline(first) || headline(other)), Facet::Quoted);
    facets
}

fn other_place(first: &Mention, other: &Mention) -> bool {
    let g = gazetteer();
    match (first.frame.place, other.frame.place) {
        (Some(x), Some(y)) => x != y && !g.contains(x, y) && !g.contains(y, x),
        _ => false,
    }
}

/// Whether a year that is not the story's stands in the sentence, in whatever way it is worded.
pub(super) fn other_year(a: &Analysis, m: &Mention) -> bool {
    let story = a.doc.meta.published.map(|(d, _)| d.year());
    a.sentence(m.tokens.0 as usize).any(|i| {
        let t = a.tokens[i];
        let year = (t.kind == TokenKind::Digits && t.span.len() == 4).then(|| a.lower(i).parse::<i16>().ok()).flatten();
        year.is_some_and(|y| {
            (1000..=2100).contains(&y) && Some(y) != story && (i as u32) < m.tokens.0
                || year.is_some_and(|y| (1000..=2100).contains(&y) && Some(y) != story && (i as u32) >= m.tokens.1)
        })
    })
}

/// So many years before the story what a paragraph tells is history.
const HISTORY: i16 = 3;

/// Whether a date of long ago stands before a count in its paragraph: « La une du 17 mai 1891. Le 1er mai, la troupe tire : neuf morts. »
fn chronicle(a: &Analysis, m: &Mention) -> bool {
    let Some((story, _)) = a.doc.meta.published else { return false };
    let at = a.mentions.partition_point(|x| x.tokens.0 < m.tokens.0);
    let before = a.mentions[..at].iter().rev().take_while(|x| x.block == m.block).take(EARLIER);
    before
        .into_iter()
        .any(|x| matches!(&x.value, Value::Date(d) if d.day.is_some() && d.year.is_some_and(|y| y + HISTORY < story.year())))
}

fn other_time(first: &Mention, other: &Mention) -> bool {
    let (f, o) = (&first.frame, &other.frame);
    f.background
        || o.background
        || matches!((f.year, o.year), (Some(x), Some(y)) if x != y)
        || matches!((f.day, o.day), (Some(x), Some(y)) if x != y)
}
