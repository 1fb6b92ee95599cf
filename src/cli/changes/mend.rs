//! Safe fixes: put into drafts, or shown as they would be.

use std::borrow::Cow;
use std::fs;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use similar::{Algorithm, DiffTag, capture_diff_slices, group_diff_ops};

use super::since::lines;
use super::{Book, Changes, Sifted};
use crate::cli::draft::{self, Draft, Job};
use crate::cli::inputs::From;
use crate::cli::{Streams, whole};
use crate::fix::{self, Refusal};
use crate::reader;
use crate::report::{Ui, plain};

/// One mended draft may show what another fix then mends: the rounds after which it must be done.
const ROUNDS: usize = 8;

/// What mending the drafts of a file changes.
pub struct Mending {
    was: Arc<Vec<u8>>,
    is: Arc<Vec<u8>>,
    /// What people see of both, where that is not the file.
    shown: Option<[String; 2]>,
    /// How many fixes are in it.
    fixes: usize,
    /// Safe fixes that are not in it: the rule, and why.
    refused: Vec<(usize, Refusal)>,
}

/// A draft with what was found in it.
type Looked = (Draft, Sifted);

impl Changes {
    /// Puts the safe fixes of what is shown into the drafts of a file, and looks at them again; where they are only to be shown, the drafts
    /// stay.
    pub fn mend(&self, job: &Job, drafts: Vec<Looked>, look: impl Fn(&mut Draft) -> Sifted) -> (Vec<Looked>, Option<Mending>) {
        let first = drafts.first().filter(|(draft, _)| (self.fix || self.diff) && draft.document.is_some());
        let Some(was) = first.map(|(draft, _)| Arc::clone(&draft.bytes)) else { return (drafts, None) };
        let Ok(format) = job.desk.format(&was, Path::new(&job.input.name), &job.settings) else { return (drafts, None) };
        let mut mending = Mending { is: Arc::clone(&was), was, shown: None, fixes: 0, refused: Vec::new() };
        let mut now: Option<Vec<Looked>> = None;
        for number in 0..drafts.len() {
            let mut refused = Vec::new();
            for _ in 0..ROUNDS {
                let all = now.as_ref().unwrap_or(&drafts);
                let Some((draft, sifted)) = all.get(number) else { break };
                let Some(doc) = &draft.document else { break };
                let languages = job.desk.rules.languages;
                let mended = fix::mend(&draft.bytes, doc, &sifted.shown, format, languages, job.settings.options(languages));
                refused = mended.refused.iter().map(|(i, why)| (sifted.shown[*i].rule, *why)).collect();
                if mended.applied.is_empty() {
                    break;
                }
                mending.fixes += mended.applied.len();
                let mut next = draft::parse(job, mended.bytes);
                let Some(found) = next.get_mut(number).map(&look) else { break };
                let others = all.iter().map(|(_, sifted)| sifted.clone());
                let mut looked: Vec<Looked> = next.into_iter().zip(others).collect();
                looked[number].1 = found;
                now = Some(looked);
            }
            mending.refused.extend(refused);
        }
        let Some(new) = now else { return (drafts, Some(mending)) };
        mending.is = new.first().map_or(mending.is, |(draft, _)| Arc::clone(&draft.bytes));
        mending.shown = shown(&drafts).zip(shown(&new)).map(<[String; 2]>::from);
        (if self.fix { new } else { drafts }, Some(mending))
    }

    /// Writes the mended drafts of a file, or keeps what would be written to be shown.
    pub fn write(&self, job: &Job, drafts: &[Looked], mending: Mending, book: &mut Book, streams: &mut Streams) -> io::Result<()> {
        let Some((draft, _)) = drafts.first() else { return Ok(()) };
        let (name, ui, rules) = (plain(&draft.name), Ui::of(draft.ui), &job.desk.rules);
        for (rule, why) in &mending.refused {
            writeln!(streams.err, "recoupe: {name}: {}{}{}", rules.rules[*rule].id, ui.colon, ui.refusal(*why))?;
        }
        if self.diff {
            let [was, is] =
                mending.shown.as_ref().map_or([&mending.was[..], &mending.is[..]], |[was, is]| [was.as_bytes(), is.as_bytes()]);
            unified(&draft.name, was, is, &mut book.output)?;
            return Ok(());
        }
        let done = match (&job.input.from, &job.bytes) {
            (From::File(path), _) if mending.fixes > 0 => match fs::read(path) {
                Ok(there) => match mended(&there, &mending) {
                    Some(new) => new.and_then(|new| whole::replace(path, &new).map_err(|e| e.to_string())),
                    None => Err(ui.changed_meanwhile.to_owned()),
                },
                Err(e) => Err(e.to_string()),
            },
            (From::Stdin, Some(Ok(there))) => match mended(there, &mending) {
                Some(new) => new.and_then(|new| book.output.write_all(&new).map_err(|e| e.to_string())),
                None => Ok(()),
            },
            _ => Ok(()),
        };
        if let Err(why) = done {
            book.failed = true;
            return writeln!(streams.err, "recoupe: {name}: {}", plain(&why));
        }
        if mending.fixes > 0 {
            writeln!(streams.err, "recoupe: {name}: {}", ui.mended(mending.fixes))?;
        }
        Ok(())
    }
}

/// What people see of a draft, where that is not its file.
fn shown(drafts: &[Looked]) -> Option<String> {
    let (draft, _) = drafts.first()?;
    Some(format!("{}\n", draft.document.as_ref()?.shown()?))
}

/// The mended file; `None` where it is not any more what was read.
fn mended(there: &[u8], mending: &Mending) -> Option<Result<Vec<u8>, String>> {
    let same = reader::unpack(there.to_vec()).is_ok_and(|form| form == *mending.was);
    same.then(|| reader::repack(there, &mending.is).map(Cow::into_owned).map_err(|e| e.to_string()))
}

/// Lines of a unified diff around a change.
const CONTEXT: usize = 3;

/// Writes what differs as `patch` takes it, in the bytes of the file; nothing where nothing does.
fn unified(name: &str, was: &[u8], is: &[u8], out: &mut impl Write) -> io::Result<()> {
    let cut = |bytes| lines(bytes).into_iter().map(|(_, line)| line).collect::<Vec<&[u8]>>();
    let (old, new) = (cut(was), cut(is));
    let groups = group_diff_ops(capture_diff_slices(Algorithm::Myers, &old, &new), CONTEXT);
    if groups.iter().flatten().any(|op| op.tag() != DiffTag::Equal) {
        writeln!(out, "--- {}\n+++ {}", plain(name), plain(name))?;
    }
    // A line is counted from 1, and a hunk without lines from the one before it.
    let hunk = |r: Range<usize>| format!("{},{}", if r.is_empty() { r.start } else { r.start + 1 }, r.len());
    for group in groups {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let (from, to) = (first.old_range().start..last.old_range().end, first.new_range().start..last.new_range().end);
        writeln!(out, "@@ -{} +{} @@", hunk(from), hunk(to))?;
        for op in &group {
            let equal = op.tag() == DiffTag::Equal;
            let sides = [(if equal { b' ' } else { b'-' }, &old[op.old_range()]), (b'+', &new[op.new_range()])];
            for (sign, lines) in &sides[..if equal { 1 } else { 2 }] {
                for line in lines.iter() {
                    out.write_all(&[*sign])?;
                    out.write_all(line)?;
                    if !line.ends_with(b"\n") {
                        out.write_all(b"\n\\ No newline at end of file\n")?;
                    }
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(was: &str, is: &str, expected: &str) {
        let mut out = Vec::new();
        unified("a é.md", was.as_bytes(), is.as_bytes(), &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn the_diff_is_one_that_patch_takes() {
        check("a\n", "a\n", "");
        check("a\nb\nc", "a\nB\nc", "--- a é.md\n+++ a é.md\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n\\ No newline at end of file\n");
        check("", "a\n", "--- a é.md\n+++ a é.md\n@@ -0,0 +1,1 @@\n+a\n");
        let long: String = (0..20).map(|i| format!("{i}\n")).collect();
        let mended = long.replace("\n3\n", "\ndrei\n").replace("\n17\n", "\n");
        check(
            &long,
            &mended,
            "--- a é.md\n+++ a é.md\n@@ -1,7 +1,7 @@\n 0\n 1\n 2\n-3\n+drei\n 4\n 5\n 6\n@@ -15,6 +15,5 @@\n 14\n 15\n 16\n-17\n 18\n 19\n",
        );
    }

    #[test]
    fn line_ends_are_part_of_their_lines() {
        check("a\r\nb\r\n", "a\r\nc\r\n", "--- a é.md\n+++ a é.md\n@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n");
    }
}
