//! `recoupe check`, `recoupe facts` and `recoupe parse`: the commands that read drafts.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use super::args::{Check, Drafts, Facts, Parse};
use super::changes::{Book, Changes};
use super::draft::{Draft, Job};
use super::inputs::Input;
use super::key::Key;
use super::outputs::Outputs;
use super::parallel::in_order;
use super::progress::Progress;
use super::rules::no_such_rule;
use super::{Exit, Streams, draft, inputs, settings, tell_rules};
use crate::config::Settings;
use crate::desk::Desks;
use crate::facts::{Card, Derivation, Fact};
use crate::reader::Format;
use crate::report::facts::Sheet;
use crate::report::tally::Tally;
use crate::report::{self, Checked, Summary, Ui, plain};

/// Checks drafts. Where a mended draft or a diff is asked for, that goes to standard output in place of the report.
pub fn check(args: &Check, streams: &mut Streams) -> io::Result<Exit> {
    if !args.mend.takes_output(&args.drafts.paths) {
        return report(args, streams).map(|(exit, _)| exit);
    }
    let mut told = Vec::new();
    let mut aside = Streams {
        input: &mut *streams.input,
        out: &mut told,
        err: &mut *streams.err,
        typed: streams.typed,
        color: false,
        watched: streams.watched,
        locale: None,
    };
    let (exit, output) = report(args, &mut aside)?;
    streams.out.write_all(&output)?;
    if args.mend.fix {
        streams.err.write_all(&told)?;
    }
    Ok(exit)
}

/// Checks drafts, several at once, and reports each in its turn; with what goes to standard output in place of the report.
fn report(args: &Check, streams: &mut Streams) -> io::Result<(Exit, Vec<u8>)> {
    let failed = Ok((Exit::Failed, Vec::new()));
    let settings = report::Settings { redact: args.redact, ..settings(args.drafts.color, streams) };
    let ui = Ui::of(args.drafts.ui_lang.as_deref().unwrap_or_default());
    let key = match Key::find(args.fingerprint_key_file.as_deref()) {
        Ok(key) => key,
        Err(e) => {
            writeln!(streams.err, "recoupe: {e}")?;
            return failed;
        }
    };
    let Some(mut changes) = Changes::open(&args.changed, &args.mend, &args.drafts.paths, ui, streams)? else { return failed };
    let Some(Found { mut jobs, skipped, empty }) = jobs(&args.drafts, &args.rules, &args.given(), settings, streams)? else {
        return failed;
    };
    jobs.retain(|job| changes.selects(&job.input));
    let (changes, mut book) = (changes, Book::default());
    let drafts: Vec<&Input> = jobs.iter().map(|job| &job.input).collect();
    let Some(mut outputs) = Outputs::open(&args.reports(), args.drafts.color, settings, &drafts, streams)? else {
        return failed;
    };
    let (mut summary, mut spoken) = (Summary { skipped, ..Summary::default() }, Spoken::default());
    let mut failing = false;
    let mut tally = Tally::default();
    let mut progress = Progress::new(jobs.len(), streams.watched);
    outputs.begin(streams)?;
    let look = |job: &Job, draft: &mut Draft| {
        let found = draft.document.as_ref().map(|doc| {
            let before = changes.before(job, &draft.name, doc.number);
            let before = before.as_ref().map(|doc| job.desk.analyse(doc));
            let a = job.desk.analyse(doc);
            let a = match &before {
                Some(before) => a.after(before),
                None => a,
            };
            let proof = job.desk.check(a, &job.settings);
            draft.problems.extend(proof.problems);
            draft.undated = proof.undated.into_iter().map(str::to_owned).collect();
            proof.findings
        });
        let mut found = found.unwrap_or_default();
        // Before anything compares fingerprints or writes them down.
        if let Some(key) = key {
            found.iter_mut().for_each(|f| key.seal(f));
        }
        changes.sift(draft, found, job.settings.notes.value)
    };
    let work = |job: &Job| {
        let read = draft::read(job).into_iter().map(|mut draft| {
            let sifted = look(job, &mut draft);
            (draft, sifted)
        });
        changes.mend(job, read.collect(), |draft| look(job, draft))
    };
    // What is still to be done once nobody reads the report any more.
    let writes = args.mend.fix || args.changed.write_baseline.is_some() || args.changed.prune;
    let done = in_order(&jobs, args.drafts.at_once(), work, |job, (drafts, mending)| {
        progress.clear(streams.err)?;
        summary.files += 1;
        for (draft, sifted) in &drafts {
            summary.unread += usize::from(draft.document.is_none());
            summary.hidden += sifted.hidden;
            summary.known += sifted.known;
            summary.elsewhere += sifted.elsewhere;
            summary.undated += usize::from(!draft.undated.is_empty());
            summary.unheld.extend(draft.undated.iter().cloned());
            sifted.shown.iter().for_each(|f| summary.count(f.level));
            failing |= job.settings.fail_on.value.level().is_some_and(|least| sifted.shown.iter().any(|f| f.level >= least));
            if args.summary {
                tally.count(&draft.name, &sifted.shown, &job.desk.rules);
            }
            if draft.document.is_some() {
                spoken.hear(draft.ui);
            }
            if outputs.tell_problems() {
                heard(streams.out.flush())?;
                draft::tell_problems(draft, settings, streams.err)?;
            }
            let checked = Checked {
                path: &draft.name,
                bytes: &draft.bytes,
                document: draft.document.as_ref(),
                findings: &sifted.shown,
                problems: &draft.problems,
                ui: draft.ui,
            };
            outputs.file(&checked, &job.desk.rules, streams)?;
        }
        changes.saw(&drafts, &job.desk.rules, &mut book, streams)?;
        if let Some(mending) = mending {
            changes.write(job, &drafts, mending, &mut book, streams)?;
        }
        if outputs.all_closed() && failing && !writes {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        heard(progress.step(streams.out, streams.err))
    });
    match done {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => return Ok((Exit::Found, Vec::new())),
        done => done?,
    }
    let ui = spoken.most(&args.drafts.ui_lang);
    let written = outputs.end(&summary, ui, streams)?;
    if args.summary {
        // Beside a report for machines, only people read it.
        let people = args.reports().iter().any(|r| r.file.is_none() && r.name == report::REPORTS[0].0);
        let to: &mut dyn Write = if people { &mut *streams.out } else { &mut *streams.err };
        heard(tally.write(Ui::of(ui), to))?;
    }
    heard(streams.out.flush())?;
    let output = std::mem::take(&mut book.output);
    let done = changes.close(book, &summary, streams)?;
    let exit = if summary.unread > 0 || empty || !done || !written {
        Exit::Failed
    } else if failing {
        Exit::Found
    } else {
        Exit::Clean
    };
    Ok((exit, output))
}

/// Whoever read the output may have seen enough: what was found counts all the same.
fn heard(done: io::Result<()>) -> io::Result<()> {
    done.or_else(|e| if e.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(e) })
}

/// Lists the facts of drafts.
pub fn facts(args: &Facts, streams: &mut Streams) -> io::Result<Exit> {
    let settings = settings(args.drafts.color, streams);
    let Some(Found { jobs, empty, .. }) = jobs(&args.drafts, &[], &args.drafts.given(), settings, streams)? else {
        return Ok(Exit::Failed);
    };
    let mut reporter =
        report::facts::REPORTS.iter().find(|(name, _)| *name == args.format).expect("clap lets known names pass").1();
    let (mut exit, mut spoken) = (if empty { Exit::Failed } else { Exit::Clean }, Spoken::default());
    let mut progress = Progress::new(jobs.len(), streams.watched);
    reporter.begin(streams.out)?;
    let work = |job: &Job| {
        let read = draft::read(job).into_iter().map(|draft| {
            let read = draft.document.as_ref().map(|doc| {
                let a = job.desk.analyse(doc);
                let (facts, derivations) = if args.explain {
                    crate::facts::explained(&a).into_iter().unzip()
                } else {
                    (crate::facts::sheet(&a), Vec::new())
                };
                (facts, derivations, crate::facts::cards(&a))
            });
            let (facts, derivations, cards): (Vec<Fact>, Vec<Derivation>, Vec<Card>) = read.unwrap_or_default();
            (draft, facts, derivations, cards)
        });
        read.collect::<Vec<_>>()
    };
    in_order(&jobs, args.drafts.at_once(), work, |_, drafts| {
        progress.clear(streams.err)?;
        streams.out.flush()?;
        for (draft, facts, derivations, cards) in &drafts {
            draft::tell_problems(draft, settings, streams.err)?;
            match &draft.document {
                Some(_) => spoken.hear(draft.ui),
                None => exit = Exit::Failed,
            }
            let sheet = Sheet {
                path: &draft.name,
                bytes: &draft.bytes,
                document: draft.document.as_ref(),
                facts,
                cards,
                derivations,
                ui: draft.ui,
            };
            reporter.file(&sheet, streams.out)?;
        }
        progress.step(streams.out, streams.err)
    })?;
    reporter.end(spoken.most(&args.drafts.ui_lang), streams.out)?;
    Ok(exit)
}

/// Shows how the sentences of drafts are read.
pub fn parse(args: &Parse, streams: &mut Streams) -> io::Result<Exit> {
    let settings = settings(args.drafts.color, streams);
    let Some(Found { jobs, empty, .. }) = jobs(&args.drafts, &[], &args.drafts.given(), settings, streams)? else {
        return Ok(Exit::Failed);
    };
    let mut reporter =
        report::parsed::REPORTS.iter().find(|(name, _)| *name == args.format).expect("clap lets known names pass").1();
    let mut exit = if empty { Exit::Failed } else { Exit::Clean };
    reporter.begin(streams.out)?;
    let work = |job: &Job| {
        let read = draft::read(job).into_iter().map(|draft| {
            let doc = draft.document.as_ref();
            let sentences = doc.map(|doc| crate::parsed::sentences(&job.desk.analyse(doc)));
            (draft, sentences.unwrap_or_default())
        });
        read.collect::<Vec<_>>()
    };
    in_order(&jobs, args.drafts.at_once(), work, |_, drafts| {
        streams.out.flush()?;
        drafts.iter().try_for_each(|(draft, sentences)| {
            draft::tell_problems(draft, settings, streams.err)?;
            if draft.document.is_none() {
                exit = Exit::Failed;
            }
            let document = draft.document.as_ref();
            reporter.file(&report::parsed::Parse { path: &draft.name, bytes: &draft.bytes, document, sentences }, streams.out)
        })
    })?;
    reporter.end(streams.out)?;
    Ok(exit)
}

/// What the paths stand for.
struct Found {
    jobs: Vec<Job>,
    /// How many files of the folders are no drafts, by their kinds.
    skipped: BTreeMap<String, usize>,
    /// Whether there is none in one of the folders.
    empty: bool,
}

/// The drafts with what holds for each, standard input read; `None` once all that is wrong with configurations was told.
fn jobs(
    args: &Drafts,
    rules: &[PathBuf],
    given: &Settings,
    settings: report::Settings,
    streams: &mut Streams,
) -> io::Result<Option<Found>> {
    let ui = Ui::of(args.ui_lang.as_deref().unwrap_or_default());
    let mut desks = Desks::new(args.chosen.which(), rules.to_vec());
    let found = inputs::expand(&args.paths, &mut desks);
    let jobs = match found.problems.is_empty() {
        true => draft::jobs(found.inputs, &mut desks, given),
        false => Err(found.problems),
    };
    let mut jobs = match jobs {
        Ok(jobs) => jobs,
        Err(problems) => {
            tell_rules(&problems, ui, settings, streams.err)?;
            return Ok(None);
        }
    };
    if unknown_level(given, &jobs, ui, streams.err)? {
        return Ok(None);
    }
    tell_empty(&found.empty, streams)?;
    let mut skipped = BTreeMap::new();
    for name in &found.skipped {
        *skipped.entry(inputs::kind(name)).or_default() += 1;
        if args.all_files {
            writeln!(streams.err, "recoupe: {}: {}", plain(name), ui.not_read)?;
        }
    }
    draft::listen(&mut jobs, streams)?;
    Ok(Some(Found { jobs, skipped, empty: !found.empty.is_empty() }))
}

/// Tells a rule of `--level` that does not exist.
pub fn unknown_level(given: &Settings, jobs: &[Job], ui: &Ui, err: &mut dyn Write) -> io::Result<bool> {
    let unknown = given.levels.iter().find(|(name, _)| jobs.iter().any(|j| !j.desk.rules.has_name(name)));
    let Some((name, _)) = unknown else { return Ok(false) };
    let near = jobs.iter().find_map(|j| j.desk.rules.nearest_name(name));
    writeln!(err, "recoupe: --level: {}", no_such_rule(name, near, ui))?;
    Ok(true)
}

fn tell_empty(folders: &[String], streams: &mut Streams) -> io::Result<()> {
    let known: Vec<String> = Format::all().flat_map(Format::extensions).map(|x| format!(".{x}")).collect();
    folders.iter().try_for_each(|folder| writeln!(streams.err, "recoupe: no draft in {folder} ({})", known.join(", ")))
}

/// In which languages messages were given, so that the closing words are in that of most; English where two are even.
#[derive(Default)]
struct Spoken(BTreeMap<&'static str, usize>);

impl Spoken {
    fn hear(&mut self, code: &'static str) {
        *self.0.entry(code).or_default() += 1;
    }

    fn most<'a>(&'a self, asked: &'a Option<String>) -> &'a str {
        let most = self.0.values().max().copied().unwrap_or(0);
        let mut of_most = self.0.iter().filter(|(_, n)| **n == most).map(|(code, _)| *code);
        let one = of_most.next().filter(|_| of_most.next().is_none());
        asked.as_deref().or(one).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_words_are_in_the_language_of_most_drafts() {
        let mut spoken = Spoken::default();
        assert_eq!(Ui::of(spoken.most(&None)).code, "en");
        spoken.hear("fr");
        assert_eq!(spoken.most(&None), "fr");
        spoken.hear("en");
        assert_eq!(Ui::of(spoken.most(&None)).code, "en");
        spoken.hear("fr");
        assert_eq!(spoken.most(&None), "fr");
        assert_eq!(spoken.most(&Some("en".to_owned())), "en");
    }
}
