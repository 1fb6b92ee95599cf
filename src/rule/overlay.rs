//! Rules laid over each other: a newsroom's file goes over the one of the same name that ships.

use super::Words;
use super::example::Example;
use super::file::{ExampleFile, RuleFile};
use super::find::ANY;
use super::load::{Draft, Report, Source};
use super::problem::At;
use crate::language::Part;
use crate::near::nearest;

pub(super) fn overlay(sources: &[Source], mut files: Vec<RuleFile>, report: &mut Report) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for (i, source) in sources.iter().enumerate() {
        let Some(id) = files[i].id.clone() else { continue };
        if files[i].extends.is_some() {
            report.add(&[i], &["extends"], At::Key, "a file has an `id:` or `extends:` a rule, not both".into(), None);
            continue;
        }
        let stem = source.path.file_stem().unwrap_or_default().to_string_lossy();
        if id != stem {
            report.add(&[i], &["id"], At::Value, format!("the id `{id}` is not the file's name"), Some(format!("`{stem}`")));
        }
        let file = std::mem::take(&mut files[i]);
        let whole = !file.find.is_empty() || file.expect.is_some();
        match drafts.iter_mut().find(|d| d.id == id) {
            Some(known) if sources[known.parts[known.parts.len() - 1]].pack == source.pack => {
                let first = sources[known.parts[0]].path.display();
                report.add(&[i], &["id"], At::Value, format!("the id `{id}` is given twice"), Some(format!("also by {first}")));
            }
            Some(known) if !whole => known.lay_over(i, source, file),
            Some(known) => *known = Draft::new(i, id, source, file),
            None => drafts.push(Draft::new(i, id, source, file)),
        }
    }
    for (i, (source, file)) in sources.iter().zip(files).enumerate() {
        let (Some(target), None) = (&file.extends, &file.id) else { continue };
        match drafts.iter_mut().find(|d| d.id == *target) {
            Some(known) => known.lay_over(i, source, file),
            None => {
                let hint = nearest(target, drafts.iter().map(|d| d.id.as_str())).map(|near| format!("did you mean `{near}`?"));
                report.add(&[i], &["extends"], At::Value, format!("there is no rule `{target}`"), hint);
            }
        }
    }
    for draft in &drafts {
        for better in draft.file.yields_to.0.iter().filter(|id| !drafts.iter().any(|d| d.id == **id)) {
            let hint = nearest(better, drafts.iter().map(|d| d.id.as_str())).map(|near| format!("did you mean `{near}`?"));
            report.add(&draft.parts, &["yields-to"], At::Value, format!("there is no rule `{better}`"), hint);
        }
    }
    drafts
}

impl Draft {
    pub(super) fn new(part: usize, id: String, source: &Source, file: RuleFile) -> Draft {
        let mut draft = Draft { id, file, parts: vec![part], examples: Vec::new(), unread: Vec::new() };
        let (only, count) = (only_language(&draft.file), draft.file.examples.len());
        draft.note_examples(part, source, only, count);
        draft
    }

    fn note_examples(&mut self, part: usize, source: &Source, only: Option<String>, count: usize) {
        self.examples.extend((0..count).map(|i| (part, i, only.clone())));
        self.unread.extend(source.examples.map(|text| (part, text, only)));
    }

    /// The examples of a rule that nobody has changed, later.
    pub(super) fn shipped_examples(&mut self) -> Part<Vec<Example>> {
        let unread = std::mem::take(&mut self.unread);
        Part::new(Box::new(move || {
            let all = unread.iter().flat_map(|(_, text, only)| read_examples(text).into_iter().zip(std::iter::repeat(only)));
            all.map(|(file, only)| Example::new(&file, only.as_deref().unwrap_or("fr"), &mut Vec::new())).collect()
        }))
    }

    /// Reads the examples that ship: what is changed must still do what they say.
    fn read_examples(&mut self) {
        for (part, text, only) in std::mem::take(&mut self.unread) {
            let all = read_examples(text);
            self.examples.extend((0..all.len()).map(|i| (part, i, only.clone())));
            self.file.examples.extend(all);
        }
    }

    /// Puts what a file names over what the rule has.
    fn lay_over(&mut self, part: usize, source: &Source, more: RuleFile) {
        if source.pack > 0 {
            self.read_examples();
        }
        let (only, count) = (only_language(&more), more.examples.len());
        let mine = &mut self.file;
        fn replace<T>(old: &mut Option<T>, new: Option<T>) {
            if new.is_some() {
                *old = new;
            }
        }
        replace(&mut mine.since, more.since);
        replace(&mut mine.topic, more.topic);
        replace(&mut mine.level, more.level);
        replace(&mut mine.enabled, more.enabled);
        replace(&mut mine.once, more.once);
        replace(&mut mine.blocks, more.blocks);
        replace(&mut mine.expect, more.expect);
        replace(&mut mine.unless, more.unless);
        if !more.yields_to.0.is_empty() {
            mine.yields_to = more.yields_to;
        }
        for (old, new) in [
            (&mut mine.title, more.title),
            (&mut mine.message, more.message),
            (&mut mine.help, more.help),
            (&mut mine.why, more.why),
        ] {
            old.0.extend(new.0);
        }
        if let Some(more) = more.fix {
            let fix = mine.fix.get_or_insert_default();
            fix.replace.overlay(more.replace);
            replace(&mut fix.safe, more.safe);
        }
        mine.find.overlay(more.find);
        mine.table.overlay(more.table);
        for (role, words) in more.suggest.0 {
            match mine.suggest.0.iter_mut().find(|(r, _)| *r == role) {
                Some((_, old)) => old.overlay(words),
                None => mine.suggest.0.push((role, words)),
            }
        }
        for (role, Words(words)) in more.labels.0 {
            match mine.labels.0.iter_mut().find(|(r, _)| *r == role) {
                Some((_, old)) => old.0.extend(words),
                None => mine.labels.0.push((role, Words(words))),
            }
        }
        mine.source.0.extend(more.source.0);
        mine.examples.extend(more.examples);
        self.parts.push(part);
        self.note_examples(part, source, only, count);
    }
}

/// The only language that a rule has patterns for.
pub(super) fn only_language(file: &RuleFile) -> Option<String> {
    let languages: Vec<&str> = file.find.keys().filter(|code| *code != ANY).collect();
    if let [only] = languages[..] { Some(only.to_owned()) } else { None }
}

/// A test reads the examples of every rule that ships.
pub(super) fn read_examples(text: &str) -> Vec<ExampleFile> {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("an example that is built in is malformed: {e}"))
}
