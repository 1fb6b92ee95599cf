//! `recoupe replay`: chosen rules over an archive, to see what they would have said before they are switched on.

mod archive;

use std::io;
use std::num::NonZeroUsize;
use std::path::Path;

use serde::Serialize;

use super::args::{ListFormat, Replay};
use super::parallel;
use super::progress::Progress;
use super::streams::{Exit, HERE, Streams, settings, tell_rules};
use crate::analysis::Analysis;
use crate::desk::Desks;
use crate::document::Document;
use crate::finding::Finding;
use crate::report::{Ui, plain};
use crate::rule::message::render;
use crate::rule::{ALL_RULES, Levels, Ruleset};

/// What one rule has said so far.
struct Tally {
    rule: usize,
    hits: usize,
    /// Drafts with a hit.
    drafts: usize,
    /// A sample of the hits: which it was, and its words.
    sample: Vec<(usize, Hit)>,
}

/// One finding in an archive.
#[derive(Serialize)]
struct Hit {
    article: String,
    message: String,
    places: Vec<Place>,
}

/// One place of it, in its context.
#[derive(Serialize)]
struct Place {
    role: String,
    before: String,
    text: String,
    after: String,
}

/// What came of one article.
struct Done {
    words: usize,
    /// The hits of each rule that was asked for.
    hits: Vec<Vec<Hit>>,
}

/// Characters of context on either side of a place.
const CONTEXT: usize = 60;
/// How many articles that cannot be read are named.
const NAMED: usize = 20;

/// Runs the rules over the archive and tells how often each spoke, with a sample to read.
pub fn replay(args: &Replay, streams: &mut Streams) -> io::Result<Exit> {
    let ui = Ui::of(&args.words.ui_lang);
    let words = Words::of(ui);
    let desk = match Desks::new(args.chosen.which(), args.dirs.clone()).desk(Path::new(HERE)) {
        Ok(desk) => desk,
        Err(problems) => {
            tell_rules(&problems.0, ui, settings(args.words.color, streams), streams.err)?;
            return Ok(Exit::Failed);
        }
    };
    let rules = &*desk.rules;
    let mut tallies = Vec::new();
    for id in &args.rules {
        let Some((rule, _)) = rules.get(id) else {
            writeln!(streams.err, "recoupe: {} `{}`", ui.no_such_rule, plain(id))?;
            return Ok(Exit::Failed);
        };
        tallies.push(Tally { rule, hits: 0, drafts: 0, sample: Vec::new() });
    }
    // A rule that is asked for by name runs, switched off or not, and no other does.
    let mut levels = Levels::of(rules);
    levels.set(rules, ALL_RULES, None);
    for id in &args.rules {
        levels.set(rules, id, rules.get(id).map(|(_, rule)| rule.level));
    }
    let asked: Vec<usize> = tallies.iter().map(|t| t.rule).collect();
    let text = archive::take(&args.over)?;
    let items = archive::items(&args.over, text.as_deref());
    let (mut articles, mut counted, mut unread) = (0usize, 0usize, 0usize);
    let mut random = args.seed;
    let mut progress = Progress::new(items.len(), streams.watched);
    let work = |item: &archive::Item| {
        let (name, doc) = item.read(rules.languages, &desk.config.archive);
        let done = doc.map(|doc| {
            let found = crate::check::check_at(&Analysis::of(&doc, rules.languages), rules, &levels);
            let of = |rule: usize| found.iter().filter(move |f| f.rule == rule).map(|f| hit(&name, f, &doc, rules, ui.code));
            Done { words: doc.text.split_whitespace().count(), hits: asked.iter().map(|rule| of(*rule).collect()).collect() }
        });
        (name, done)
    };
    let jobs = args.jobs.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    parallel::in_order(&items, jobs, work, |_, (name, done)| {
        match done {
            Err(why) => {
                unread += 1;
                if unread <= NAMED {
                    progress.clear(streams.err)?;
                    writeln!(streams.err, "recoupe: {}: {}", plain(&name), plain(&why))?;
                }
            }
            Ok(done) => {
                articles += 1;
                counted += done.words;
                for (tally, hits) in tallies.iter_mut().zip(done.hits) {
                    tally.drafts += usize::from(!hits.is_empty());
                    hits.into_iter().for_each(|hit| tally.take(hit, args.sample, &mut random));
                }
            }
        }
        progress.step(streams.out, streams.err)
    })?;
    progress.clear(streams.err)?;
    tallies.iter_mut().for_each(|tally| tally.sample.sort_by_key(|(which, _)| *which));
    match args.format {
        ListFormat::Json => as_json(&tallies, rules, [articles, counted, unread], streams.out)?,
        ListFormat::Terminal => as_text(&tallies, rules, [articles, counted], &words, streams.out)?,
    }
    if unread > 0 {
        writeln!(streams.err, "recoupe: {}", words.unread(unread))?;
    }
    Ok(if unread > 0 { Exit::Failed } else { Exit::Clean })
}

impl Tally {
    /// Counts a hit, and keeps it in the sample where chance says so.
    fn take(&mut self, hit: Hit, most: usize, random: &mut u64) {
        self.hits += 1;
        let place = if self.sample.len() < most { self.sample.len() } else { below(random, self.hits) };
        if place < self.sample.len() {
            self.sample[place] = (self.hits, hit);
        } else if place < most {
            self.sample.push((self.hits, hit));
        }
    }
}

/// So many for each so many; 0 of none.
fn per(n: usize, of: usize, many: f64) -> f64 {
    if of == 0 { 0.0 } else { n as f64 * many / of as f64 }
}

fn as_text(tallies: &[Tally], rules: &Ruleset, counts: [usize; 2], words: &Words, out: &mut dyn io::Write) -> io::Result<()> {
    let [articles, counted] = counts;
    writeln!(out, "{}", words.size(articles, counted))?;
    for tally in tallies {
        let rule = &rules.rules[tally.rule];
        let rates = [per(tally.hits, articles, 1000.0), per(tally.hits, counted, 100_000.0)];
        let level = Ui::of(words.code).level(rule.level);
        writeln!(out, "\n{} ({level}){}{}", rule.id, words.colon, words.hits(tally.hits, tally.drafts, rates))?;
        for (_, hit) in &tally.sample {
            writeln!(out, "\n{}{}{}", plain(&hit.article), words.colon, plain(&hit.message))?;
            for Place { role, before, text, after } in &hit.places {
                writeln!(out, "  {role}: …{}[{}]{}…", plain(before), plain(text), plain(after))?;
            }
        }
    }
    Ok(())
}

/// The form for programs: one object.
fn as_json(tallies: &[Tally], rules: &Ruleset, counts: [usize; 3], out: &mut dyn io::Write) -> io::Result<()> {
    let [articles, counted, unread] = counts;
    let of = |tally: &Tally| {
        let rule = &rules.rules[tally.rule];
        serde_json::json!({
            "rule": rule.id,
            "level": rule.level.name(),
            "hits": tally.hits,
            "articles": tally.drafts,
            "per_1000_articles": per(tally.hits, articles, 1000.0),
            "per_100000_words": per(tally.hits, counted, 100_000.0),
            "sample": tally.sample.iter().map(|(_, hit)| hit).collect::<Vec<_>>(),
        })
    };
    let all = serde_json::json!({
        "articles": articles,
        "words": counted,
        "unread": unread,
        "rules": tallies.iter().map(of).collect::<Vec<_>>(),
    });
    writeln!(out, "{all:#}")
}

/// A finding with its message, and every place in its context.
fn hit(name: &str, f: &Finding, doc: &Document, rules: &Ruleset, code: &str) -> Hit {
    let rule = &rules.rules[f.rule];
    let place = |label: &crate::finding::Label| {
        let (start, end) = (label.span.range().start, label.span.range().end);
        Place {
            role: label.role.to_string(),
            before: doc.text[..start].chars().rev().take(CONTEXT).collect::<Vec<_>>().into_iter().rev().collect(),
            text: doc.text[start..end].to_owned(),
            after: doc.text[end..].chars().take(CONTEXT).collect(),
        }
    };
    let message = render(&rule.message, f, doc, rules.languages, code);
    Hit { article: name.to_owned(), message, places: f.labels.iter().map(place).collect() }
}

/// A number below another, from a state that it moves on: SplitMix64, so that a seed gives one sample on every machine.
fn below(state: &mut u64, n: usize) -> usize {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) % n.max(1) as u64) as usize
}

/// What is told, in one language.
struct Words {
    code: &'static str,
    colon: &'static str,
    french: bool,
}

impl Words {
    fn of(ui: &Ui) -> Words {
        Words { code: ui.code, colon: ui.colon, french: ui.code == "fr" }
    }

    /// A number with its noun.
    fn count(&self, n: usize, fr: [&str; 2], en: [&str; 2]) -> String {
        let one = if self.french { n < 2 } else { n == 1 };
        let [singular, plural] = if self.french { fr } else { en };
        format!("{n} {}", if one { singular } else { plural })
    }

    fn articles(&self, n: usize) -> String {
        self.count(n, ["article", "articles"], ["article", "articles"])
    }

    fn size(&self, articles: usize, words: usize) -> String {
        format!("{}, {}", self.articles(articles), self.count(words, ["mot", "mots"], ["word", "words"]))
    }

    fn hits(&self, hits: usize, articles: usize, rates: [f64; 2]) -> String {
        let told = self.count(hits, ["constat", "constats"], ["hit", "hits"]);
        let [thousand, words] = [format!("{:.1}", rates[0]), format!("{:.2}", rates[1])];
        if self.french {
            let comma = |n: String| n.replace('.', ",");
            let (a, b) = (comma(thousand), comma(words));
            return format!("{told} dans {}, {a} pour 1 000 articles, {b} pour 100 000 mots", self.articles(articles));
        }
        format!("{told} in {}, {thousand} per 1,000 articles, {words} per 100,000 words", self.articles(articles))
    }

    fn unread(&self, n: usize) -> String {
        self.count(
            n,
            ["article de l’archive n’a pas pu être lu", "articles de l’archive n’ont pas pu être lus"],
            ["article of the archive could not be read", "articles of the archive could not be read"],
        )
    }
}
