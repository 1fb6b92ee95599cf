//! `recoupe replay`: chosen rules over an archive, to see what they would have said before they are switched on.

use std::io;
use std::path::Path;

use serde::Deserialize;

use super::args::Replay;
use super::{Exit, Streams, inputs, ruleset, settings};
use crate::analysis::Analysis;
use crate::desk::{Desks, Which};
use crate::document::Document;
use crate::finding::Finding;
use crate::language::Languages;
use crate::reader::{self, Format, Options};
use crate::report::{Ui, plain};
use crate::rule::message::{fold, render};
use crate::rule::{ALL_RULES, Levels};

/// An article of an archive in JSON Lines.
#[derive(Deserialize)]
struct Article {
    text: String,
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    lang: Option<String>,
    #[serde(default)]
    captions: Vec<String>,
}

/// What one rule has said so far.
struct Tally {
    rule: usize,
    hits: usize,
    /// Drafts with a hit.
    drafts: usize,
    /// A sample of the hits: which it was, and its words.
    sample: Vec<(usize, String)>,
}

/// Characters of context on either side of a place.
const CONTEXT: usize = 60;

/// Runs the rules over the archive and tells how often each spoke, with a sample to read.
pub fn replay(args: &Replay, streams: &mut Streams) -> io::Result<Exit> {
    let ui = Ui::of(&args.words.ui_lang);
    let Some(rules) = ruleset(&args.chosen, &args.dirs, ui, settings(args.words.color, streams), streams.err)? else {
        return Ok(Exit::Failed);
    };
    let mut tallies = Vec::new();
    for id in &args.rules {
        let Some((rule, _)) = rules.get(id) else {
            writeln!(streams.err, "recoupe: {} `{}`", ui.no_such_rule, plain(id))?;
            return Ok(Exit::Failed);
        };
        tallies.push(Tally { rule, hits: 0, drafts: 0, sample: Vec::new() });
    }
    // A rule that is asked for by name runs, switched off or not, and no other does.
    let mut levels = Levels::of(&rules);
    levels.set(&rules, ALL_RULES, None);
    for id in &args.rules {
        levels.set(&rules, id, rules.get(id).map(|(_, rule)| rule.level));
    }
    let (mut articles, mut words, mut unread) = (0usize, 0usize, 0usize);
    let mut random = args.seed;
    each(&args.over, rules.languages, &mut |name, doc| {
        let Some(doc) = doc else {
            unread += 1;
            return;
        };
        articles += 1;
        words += doc.text.split_whitespace().count();
        let found = crate::check::check_at(&Analysis::of(&doc, rules.languages), &rules, &levels);
        for tally in &mut tallies {
            let before = tally.hits;
            for f in found.iter().filter(|f| f.rule == tally.rule) {
                tally.hits += 1;
                let place = if tally.sample.len() < args.sample { tally.sample.len() } else { below(&mut random, tally.hits) };
                if place < args.sample {
                    let shown = show(name, f, &doc, &rules, &args.words.ui_lang);
                    tally.sample.truncate(args.sample);
                    if place < tally.sample.len() {
                        tally.sample[place] = (tally.hits, shown);
                    } else {
                        tally.sample.push((tally.hits, shown));
                    }
                }
            }
            tally.drafts += usize::from(tally.hits > before);
        }
    })?;
    writeln!(streams.out, "{articles} articles, {words} words")?;
    for tally in &mut tallies {
        let rule = &rules.rules[tally.rule];
        let per = |n: usize, of: usize, many: f64| if of == 0 { 0.0 } else { n as f64 * many / of as f64 };
        let (thousand, words) = (per(tally.hits, articles, 1000.0), per(tally.hits, words, 100_000.0));
        writeln!(
            streams.out,
            "\n{} ({}): {} hits in {} articles, {thousand:.1} per 1,000 articles, {words:.2} per 100,000 words",
            rule.id,
            ui.level(rule.level),
            tally.hits,
            tally.drafts
        )?;
        tally.sample.sort();
        tally.sample.iter().try_for_each(|(_, shown)| write!(streams.out, "\n{shown}"))?;
    }
    if unread > 0 {
        writeln!(streams.err, "recoupe: {unread} of the archive could not be read")?;
    }
    Ok(if unread > 0 { Exit::Failed } else { Exit::Clean })
}

/// Every article of an archive with its name, in a fixed order; `None` for one that cannot be read.
fn each(archive: &Path, languages: &Languages, then: &mut dyn FnMut(&str, Option<Document>)) -> io::Result<()> {
    let lines = archive.extension().is_some_and(|e| e.eq_ignore_ascii_case("jsonl") || e.eq_ignore_ascii_case("ndjson"));
    if !lines {
        for input in inputs::expand(&[archive.to_owned()], &mut Desks::new(Which::None, Vec::new())).inputs {
            let read = if let inputs::From::File(path) = &input.from { std::fs::read(path).ok() } else { None };
            let doc = read.and_then(|bytes| {
                let format = Format::of(&bytes, Format::of_path(Path::new(&input.name))).ok()?;
                reader::read(&bytes, format, languages, Options::default()).ok()
            });
            then(&input.name, doc.map(|(doc, _)| doc));
        }
        return Ok(());
    }
    let text = std::fs::read_to_string(archive)?;
    for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let article = serde_json::from_str::<Article>(line).ok();
        let number = format!("{}:{}", archive.display(), i + 1);
        let name = article.as_ref().and_then(|a| a.id.clone()).unwrap_or(number);
        let doc = article.and_then(|a| {
            let lang = a.lang.as_deref().and_then(|code| languages.by_code(code));
            let published = a.date.as_deref().and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
            reader::read(markdown(&a).as_bytes(), Format::Markdown, languages, Options { lang, published, ..Options::default() })
                .ok()
        });
        then(&name, doc.map(|(doc, _)| doc));
    }
    Ok(())
}

/// An article as a Markdown draft: the headline in the front matter, captions as the words of pictures.
fn markdown(a: &Article) -> String {
    let mut out = String::new();
    let title = a.title.as_deref().map(fold).unwrap_or_default();
    if !title.is_empty() {
        out.push_str(&format!("---\ntitle: {}\n---\n\n", serde_json::Value::from(title.as_str())));
    }
    for (i, paragraph) in a.text.lines().map(str::trim).filter(|p| !p.is_empty()).enumerate() {
        // Archives often give the headline again as the first line.
        if i == 0 && fold(paragraph) == title {
            continue;
        }
        let marked =
            paragraph.starts_with(['#', '>', '-', '+', '*', '`', '~']) || paragraph.starts_with(|c: char| c.is_ascii_digit());
        out.push_str(if marked && !paragraph.starts_with(|c: char| c.is_ascii_digit()) { "\\" } else { "" });
        out.push_str(paragraph);
        out.push_str("\n\n");
    }
    for caption in a.captions.iter().filter(|c| !c.trim().is_empty()) {
        out.push_str(&format!("![{}](photo.jpg)\n\n", fold(caption).replace('[', "(").replace(']', ")")));
    }
    out
}

/// A hit with its message, and every place in its context.
fn show(name: &str, f: &Finding, doc: &Document, rules: &crate::rule::Ruleset, code: &str) -> String {
    let rule = &rules.rules[f.rule];
    let mut out = format!("{name}: {}\n", plain(&render(&rule.message, f, doc, rules.languages, code)));
    for label in &f.labels {
        let (start, end) = (label.span.range().start, label.span.range().end);
        let before: String = doc.text[..start].chars().rev().take(CONTEXT).collect::<Vec<_>>().into_iter().rev().collect();
        let after: String = doc.text[end..].chars().take(CONTEXT).collect();
        out.push_str(&format!("  {}: …{}[{}]{}…\n", label.role, plain(&before), plain(&doc.text[start..end]), plain(&after)));
    }
    out
}

/// A number below another, from a state that it moves on: SplitMix64, so that a seed gives one sample on every machine.
fn below(state: &mut u64, n: usize) -> usize {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) % n.max(1) as u64) as usize
}
