//! Headline and captions set the story in the town where the story is.

use std::collections::HashSet;
use std::ops::Range;

use jiff::civil::{Date, Weekday};
use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::published;
use super::same_place::archive;
use super::site::{Site, neighbours, one_town, sites};
use super::support::fold;
use super::{Conflict, Relation};
use crate::analysis::{Analysis, Case, Chunk, ChunkKind, Value};
use crate::document::BlockKind;
use crate::facet::{Facet, Facets};
use crate::finding::Bindings;
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::language::places::gazetteer;
use crate::tie::figure::same_word;

/// `one-site`: « les halles de Saumur » in a caption, « les halles de Cholet » in the story: the town of some blocks is one of the story's
/// where both speak of one thing, or of one day of a story that has one town only.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OneSite {
    /// The kinds of block whose towns are held against the story.
    pub of: Vec<BlockKind>,
    /// What else makes a town of such a block the story's.
    pub by: By,
}

/// What joins the town of a block to the story beside the noun of what stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The same day, and a word of the same thing: of a picture.
    Day,
    /// Words of the same thing: of a headline, which tells nothing but the story.
    Words,
    /// The same thing, taken for known both times, on no other day: of two sentences of a story that has these two towns only.
    Thing,
}

/// Captions of one story, at most; more are a gallery.
const GALLERY: usize = 6;

impl Relation for OneSite {
    fn roles(&self) -> &'static [&'static str] {
        &["furniture", "story"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[Facet::ArchiveImage, Facet::Quoted]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        if !a.doc.blocks.iter().any(|b| self.of.contains(&b.kind)) {
            return Vec::new();
        }
        // The pictures of a gallery are of many stories.
        if self.of == [BlockKind::Caption] && a.doc.blocks.iter().filter(|b| b.kind == BlockKind::Caption).count() > GALLERY {
            return Vec::new();
        }
        let all = sites(a);
        let inside = |s: &&Site| self.of.contains(&a.kind(s.tokens.start));
        if self.by == By::Thing {
            return twice(a, &all.iter().filter(inside).collect::<Vec<_>>());
        }
        let pictured = |s: &&Site| a.kind(s.tokens.start) == BlockKind::Caption;
        let story: Vec<&Site> = all.iter().filter(|s| !inside(s) && !pictured(s)).collect();
        let outliers: Vec<&Site> = all
            .iter()
            .filter(inside)
            .filter(|s| (s.scene || self.by == By::Words) && !apart(a, s))
            .filter(|s| !story.iter().any(|t| one_town(s, t) && !comes_from(a, t)))
            .collect();
        // Pictures of several towns are a series, a headline of two compares them.
        if outliers.iter().any(|s| !one_town(s, outliers[0])) {
            return Vec::new();
        }
        let Some(outlier) = outliers.first() else { return Vec::new() };
        let absent = |s: &Site| !story.iter().any(|t| one_town(s, t)) && !named(a, s, &self.of);
        let scene = match self.by {
            By::Words if all.iter().filter(inside).all(absent) => {
                headed(a, &story, outlier).or_else(|| governed(a, &story, outlier))
            }
            By::Words | By::Thing => None,
            By::Day => self.pictured(a, &story, outlier, absent(outlier)),
        };
        let Some(scene) = scene else { return Vec::new() };
        let mut facets = Facets::default();
        facets.insert_if(archive(a, a.tokens[outlier.tokens.start].block), Facet::ArchiveImage);
        let span = |s: &Site| a.span(s.tokens.clone());
        vec![Conflict { roles: vec![("furniture", span(outlier)), ("story", span(scene))], values: Bindings::default(), facets }]
    }
}

impl OneSite {
    /// The town of the story where a picture's own would be: both have one thing, or both are of one day and the story has one town.
    fn pictured<'t>(&self, a: &Analysis, story: &[&'t Site], outlier: &Site, absent: bool) -> Option<&'t Site> {
        let first = story.first()?;
        let left = story.iter().any(|t| one_town(outlier, t));
        let thing = story.iter().filter(|_| absent || left).find(|t| {
            let same = t.things().any(|x| outlier.things().any(|y| same_word(a, x, y)));
            same && a.lang(t.tokens.start) == a.lang(outlier.tokens.start)
        });
        let joined = || {
            let single = absent && story.iter().all(|t| one_town(t, first));
            let far = !story.iter().any(|t| neighbours(t, outlier));
            let scene = story.iter().find(|t| t.scene).unwrap_or(first);
            let block = a.tokens_in(a.block(outlier.tokens.start).span);
            (single && far && self.of_the_story(a, story, outlier, block)).then_some(scene)
        };
        thing.or_else(joined).copied()
    }

    /// Whether a picture is of the story's own event.
    fn of_the_story(&self, a: &Analysis, story: &[&Site], outlier: &Site, block: Range<usize>) -> bool {
        // The story is in its town on the day of the picture.
        let day = || {
            days(a, block.clone()).any(|(_, day)| {
                let there = |t: &&Site| {
                    let next = a.tokens[t.tokens.start].sentence as usize + 1;
                    let past = a.sentences.get(next).map_or(a.tokens.len(), |s| s.end as usize);
                    let near = a.sentence(t.tokens.start).start..past;
                    a.kind(t.tokens.start) == BlockKind::Dateline || days(a, near).any(|(_, d)| day.meets(d))
                };
                let outside = days(a, 0..a.tokens.len()).any(|(i, d)| !block.contains(&i) && day.meets(d));
                outside && story.iter().any(there)
            })
        };
        named_alike(a, block.clone(), &self.of)
            || shared(a, block.clone(), &self.of) && day()
            || self.resumed(a, outlier)
            || fresh(a, block) && story.iter().any(|t| above(a, t))
    }

    /// Whether the story speaks of what stands in the town of a block, and takes it for known: « le *marché* de Korhogo … le marché central ».
    fn resumed(&self, a: &Analysis, outlier: &Site) -> bool {
        let Some(noun) = outlier.noun else { return false };
        let same = |c: &Chunk| {
            let head = c.head as usize;
            matches!(c.kind, ChunkKind::Noun { definite: true, .. })
                && !self.of.contains(&a.kind(head))
                && a.kind(head) != BlockKind::Caption
                && same_word(a, head, noun)
        };
        a.chunks.iter().any(same)
    }
}

/// A day that the story tells.
#[derive(Clone, Copy)]
struct Day(Option<Weekday>, Option<Date>);

impl Day {
    /// Whether two may be one day.
    fn meets(self, other: Day) -> bool {
        match (self.1, other.1) {
            (Some(x), Some(y)) => x == y,
            _ => self.0.is_some() && self.0 == other.0,
        }
    }
}

/// The days that are told in a range of tokens, each with its token.
fn days(a: &Analysis, tokens: Range<usize>) -> impl Iterator<Item = (usize, Day)> {
    let day = |v: &Value| match v {
        Value::Weekday(w) => Some(Day(Some(*w), None)),
        Value::Date(d) => {
            let date = d.resolved.filter(|_| d.day.is_some() || d.weekday.is_some() || d.month.is_none());
            let weekday = date.map(Date::weekday).or(d.weekday.map(|(w, _)| w));
            (date.is_some() || weekday.is_some()).then_some(Day(weekday, date))
        }
        _ => None,
    };
    a.mentions_in(tokens).iter().filter_map(move |m| Some((m.tokens.0 as usize, day(&m.value)?)))
}

/// Whether a town is told apart from the story's, or is where somebody comes from: « *une autre* caisse, à Korhogo », "from Hereford".
fn apart(a: &Analysis, site: &Site) -> bool {
    let s = a.sentence(site.tokens.start);
    comes_from(a, site) || a.language(s.start).is_some_and(|l| l.cues.get("unlike-the-story").stands_in(a, s))
}

/// Whether a town is where somebody or something comes from: "boats from Ratnagiri"; but "pulled from a Nashik borewell" is there.
fn comes_from(a: &Analysis, site: &Site) -> bool {
    let (at, start) = (site.tokens.start, a.sentence(site.tokens.start).start);
    let beside = site.noun.is_some_and(|noun| noun > at);
    !beside && a.language(at).is_some_and(|l| l.cues.get("comes-from").before(a, at, start).is_some())
}

/// Whether a block and the story name one thing by a name of its own, which no person and no place bears: « la filature *Hirtz* ».
fn named_alike(a: &Analysis, block: Range<usize>, of: &[BlockKind]) -> bool {
    let free = |i: &usize| {
        let covered = a.mentions_in(*i..*i + 1).iter().any(|m| (m.tokens.0 as usize..m.tokens.1 as usize).contains(i));
        let noun = *i > a.sentence(*i).start && a.classes[*i - 1].has(Class::Noun) && a.tokens[*i - 1].case == Case::Lower;
        let words = a.tokens[*i].kind == TokenKind::Word && a.tokens[*i].case == Case::Capitalised;
        words && noun && !covered && a.text(*i).chars().count() >= LETTERS
    };
    let names: HashSet<(String, String)> = block.filter(free).map(|i| (fold(a.lower(i - 1)), fold(a.lower(i)))).collect();
    let story = (0..a.tokens.len()).filter(|&i| !of.contains(&a.kind(i)) && a.kind(i) != BlockKind::Caption);
    !names.is_empty() && story.filter(free).any(|i| names.contains(&(fold(a.lower(i - 1)), fold(a.lower(i)))))
}

/// A word of fewer letters says little.
const LETTERS: usize = 3;

/// Whether a noun or name of a block stands in the story too.
fn shared(a: &Analysis, block: Range<usize>, of: &[BlockKind]) -> bool {
    let telling = |i: &usize| {
        let noun = a.classes[*i].has(Class::Noun) || a.classes[*i].has(Class::Proper);
        let day = a.language(*i).is_some_and(|l| l.calendar.weekday(a.lower(*i)).is_some());
        a.tokens[*i].kind == TokenKind::Word && noun && !day && a.text(*i).chars().count() >= LETTERS
    };
    let words: HashSet<String> = block.filter(telling).map(|i| fold(a.lower(i))).collect();
    let mut story = (0..a.tokens.len()).filter(|&i| !of.contains(&a.kind(i)) && a.kind(i) != BlockKind::Caption);
    story.any(|i| telling(&i) && words.contains(&fold(a.lower(i))))
}

/// Whether a picture is of these days and of nobody by name: « Les pompiers sur les quais, dans la nuit de dimanche à lundi ». Who is named may have been
/// pictured anywhere.
fn fresh(a: &Analysis, block: Range<usize>) -> bool {
    let Some(now) = published(a) else { return false };
    let near = |d: Date| (0..WEEK).contains(&(now - d).get_days());
    let named = a.mentions_in(block.clone()).iter().any(|m| matches!(m.value, Value::Person(_)));
    !named && days(a, block).any(|(_, d)| d.1.map_or(d.0.is_some(), near))
}

/// Days of a week.
const WEEK: i32 = 7;

/// Whether a town stands at the head of the story: in the headline, the date line, or the first sentence.
fn above(a: &Analysis, site: &Site) -> bool {
    let kind = a.kind(site.tokens.start);
    let first = || a.sentences.iter().position(|s| a.kind(s.start as usize) == BlockKind::Body);
    matches!(kind, BlockKind::Headline | BlockKind::Kicker | BlockKind::Standfirst | BlockKind::Dateline)
        || first().is_some_and(|n| a.tokens[site.tokens.start].sentence as usize == n)
}

/// A town of more inhabitants may stand for a country, or for what has its seat there: « Paris dément ».
const CAPITAL: u32 = 1_500_000;
/// Sentences at the head of a story, of which one says whose council decides.
const LEAD: u32 = 3;

/// The one town of a story whose council or mayor acts in its first sentences, where the headline has another's.
fn governed<'t>(a: &Analysis, story: &[&'t Site], outlier: &Site) -> Option<&'t Site> {
    let first = story.first()?;
    let single = story.iter().all(|t| one_town(t, first) && !neighbours(t, outlier));
    let small = gazetteer().population(outlier.ids[0]) < CAPITAL;
    let opens = a.sentences.iter().position(|s| a.kind(s.start as usize) == BlockKind::Body)? as u32;
    let governs = |t: &&&Site| {
        let (start, end) = (t.tokens.start, t.tokens.end);
        let s = a.sentence(start);
        let Some(language) = a.language(start) else { return false };
        let behind = end + usize::from(end < s.end && a.is_clitic(end));
        let before = language.cues.get("town-body-of").before(a, start, s.start).is_some();
        a.tokens[start].sentence < opens + LEAD && (before || language.cues.get("town-body").at(a, behind).is_some())
    };
    story.iter().filter(|_| single && small).find(governs).copied()
}

/// Sentences, at most, between two that speak of one thing on one day.
const REACH: u32 = 12;

/// One thing on one day in the two towns that a story has.
fn twice(a: &Analysis, sites: &[&Site]) -> Vec<Conflict> {
    let Some(first) = sites.first() else { return Vec::new() };
    let Some(other) = sites.iter().find(|s| !one_town(s, first)) else { return Vec::new() };
    let two = sites.iter().all(|s| one_town(s, first) || one_town(s, other));
    if !two || neighbours(first, other) {
        return Vec::new();
    }
    let sentence = |s: &Site| a.tokens[s.tokens.start].sentence;
    let able = |s: &&&Site| s.scene && !apart(a, s) && s.things().any(|n| known(a, n));
    let mut pairs = sites.iter().filter(able).flat_map(|x| {
        let after = move |y: &&&Site| sentence(y) > sentence(x) && sentence(y) - sentence(x) <= REACH && !one_town(x, y);
        sites.iter().filter(able).filter(after).map(move |y| (*x, *y))
    });
    let same = |(x, y): &(&Site, &Site)| {
        let thing = x.things().any(|n| known(a, n) && y.things().any(|m| known(a, m) && same_word(a, n, m)));
        let told = |s: &Site| days(a, a.sentence(s.tokens.start)).map(|(_, d)| d).collect::<Vec<_>>();
        let others = told(y);
        // Of two days the thing may have moved from one town to the other; of none there may be one in each: « le marché de Rodez ».
        let mine = told(x);
        thing && mine.iter().any(|d| others.iter().any(|e| d.meets(*e)))
    };
    let Some((x, y)) = pairs.find(same) else { return Vec::new() };
    let span = |s: &Site| a.span(s.tokens.clone());
    let mut facets = Facets::default();
    facets.insert_if([x, y].iter().any(|s| a.facets_at(span(s)).contains(Facet::Quoted)), Facet::Quoted);
    vec![Conflict { roles: vec![("furniture", span(x)), ("story", span(y))], values: Bindings::default(), facets }]
}

/// Whether a noun is taken for known, and one: « *la* verrière », "the *silo*".
fn known(a: &Analysis, noun: usize) -> bool {
    let at = a.chunks.partition_point(|c| (c.tokens.1 as usize) <= noun);
    let definite =
        a.chunks.get(at).is_some_and(|c| c.tokens.0 as usize <= noun && matches!(c.kind, ChunkKind::Noun { definite: true, .. }));
    definite && a.readings(noun).iter().any(|r| r.tag.singular() || !r.tag.plural())
}

/// The one town of a story whose sentence speaks of what the headline sets elsewhere.
fn headed<'t>(a: &Analysis, story: &[&'t Site], outlier: &Site) -> Option<&'t Site> {
    let first = story.first()?;
    let single = story.iter().all(|t| one_town(t, first) && !neighbours(t, outlier));
    let words: HashSet<String> = outlier.beside(a).into_iter().map(|i| fold(a.lower(i))).collect();
    let speaks = |t: &&&Site| t.scene && a.sentence(t.tokens.start).any(|i| words.contains(&fold(a.lower(i))));
    story.iter().filter(|_| single && !words.is_empty()).find(speaks).copied()
}

/// Whether the words of a town stand anywhere in the story, read as a town or not.
fn named(a: &Analysis, site: &Site, of: &[BlockKind]) -> bool {
    let len = site.tokens.len();
    let words = || site.tokens.clone().map(|i| fold(a.lower(i)));
    (0..a.tokens.len().saturating_sub(len - 1))
        .any(|i| a.tokens[i].case.is_capital() && !of.contains(&a.kind(i)) && words().eq((i..i + len).map(|j| fold(a.lower(j)))))
}
