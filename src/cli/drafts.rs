//! `recoupe check` and `recoupe facts`: the commands that read drafts.

use std::collections::BTreeMap;
use std::io;

use super::args::{Check, Facts, FailOn};
use super::key::Key;
use super::outputs::Outputs;
use super::{Exit, Streams, draft, inputs, ruleset, settings};
use crate::analysis::Analysis;
use crate::facts::Fact;
use crate::finding::Level;
use crate::language::Languages;
use crate::reader::Format;
use crate::report::facts::Sheet;
use crate::report::{self, Checked, Settings, Summary, Ui};

/// Checks drafts, one after the other, and reports each as soon as it is done.
pub fn check(args: &Check, streams: &mut Streams) -> io::Result<Exit> {
    let settings = Settings { redact: args.redact, ..settings(args.drafts.color, streams) };
    let ui = Ui::of(args.drafts.ui_lang.as_deref().unwrap_or_default());
    let Some(rules) = ruleset(&args.rules, ui, settings, streams.err)? else { return Ok(Exit::Failed) };
    let key = match Key::find(args.fingerprint_key_file.as_deref()) {
        Ok(key) => key,
        Err(e) => {
            writeln!(streams.err, "recoupe: {e}")?;
            return Ok(Exit::Failed);
        }
    };
    // A run that fails for a note must show it.
    let with_notes = args.notes || matches!(args.fail_on, FailOn::Note);

    let (inputs, empty) = inputs::expand(&args.drafts.paths);
    tell_empty(&empty, streams)?;
    let Some(mut outputs) = Outputs::open(&args.reports(), args.drafts.color, settings, &inputs, streams)? else {
        return Ok(Exit::Failed);
    };
    let (mut summary, mut spoken) = (Summary::default(), Spoken::default());
    outputs.begin(streams)?;
    for input in inputs {
        let draft = draft::read(input, &args.drafts, rules.languages, streams)?;
        let mut findings = draft.document.as_ref().map(|doc| crate::check::check(doc, &rules)).unwrap_or_default();
        summary.files += 1;
        summary.unread += usize::from(draft.document.is_none());
        if !with_notes {
            let all = findings.len();
            findings.retain(|f| f.level > Level::Note);
            summary.hidden += all - findings.len();
        }
        findings.iter().for_each(|f| summary.count(f.level));
        if draft.document.is_some() {
            spoken.hear(draft.ui);
        }
        if let Some(key) = key {
            findings.iter_mut().for_each(|f| key.seal(f));
        }
        if outputs.tell_problems() {
            streams.out.flush()?;
            draft::tell_problems(&draft, settings, streams.err)?;
        }
        let checked = Checked {
            path: &draft.name,
            bytes: &draft.bytes,
            document: draft.document.as_ref(),
            findings: &findings,
            problems: &draft.problems,
            ui: draft.ui,
        };
        outputs.file(&checked, &rules, streams)?;
    }
    let written = outputs.end(&summary, spoken.most(&args.drafts.ui_lang), streams)?;
    let found = args.fail_on.level().is_some_and(|level| summary.reaches(level));
    Ok(if summary.unread > 0 || !written {
        Exit::Failed
    } else if found {
        Exit::Found
    } else {
        Exit::Clean
    })
}

/// Lists the facts of drafts.
pub fn facts(args: &Facts, streams: &mut Streams) -> io::Result<Exit> {
    let languages = Languages::shipped();
    let mut reporter =
        report::facts::REPORTS.iter().find(|(name, _)| *name == args.format).expect("clap lets known names pass").1();
    let (inputs, empty) = inputs::expand(&args.drafts.paths);
    tell_empty(&empty, streams)?;
    let (mut exit, mut spoken) = (Exit::Clean, Spoken::default());
    reporter.begin(streams.out)?;
    for input in inputs {
        let draft = draft::read(input, &args.drafts, languages, streams)?;
        streams.out.flush()?;
        draft::tell_problems(&draft, Settings::default(), streams.err)?;
        let read = draft.document.as_ref().map(|doc| {
            let a = Analysis::of(doc, languages);
            if args.explain { crate::facts::explained(&a).into_iter().unzip() } else { (crate::facts::sheet(&a), Vec::new()) }
        });
        let (facts, derivations): (Vec<Fact>, Vec<String>) = read.unwrap_or_default();
        match &draft.document {
            Some(_) => spoken.hear(draft.ui),
            None => exit = Exit::Failed,
        }
        let sheet = Sheet {
            path: &draft.name,
            bytes: &draft.bytes,
            document: draft.document.as_ref(),
            facts: &facts,
            derivations: &derivations,
        };
        reporter.file(&sheet, streams.out)?;
    }
    reporter.end(spoken.most(&args.drafts.ui_lang), streams.out)?;
    Ok(exit)
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
