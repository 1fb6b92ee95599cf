//! Where reports go: standard output, and files that are there whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::Streams;
use super::args::{Asked, Color};
use super::inputs::{From, Input};
use super::whole::Whole;
use crate::report::{self, Checked, Reporter, Settings, Summary};
use crate::rule::Ruleset;

/// All reports of a run.
pub struct Outputs {
    reports: Vec<Output>,
    failed: bool,
}

struct Output {
    reporter: Box<dyn Reporter>,
    /// `None` for standard output.
    file: Option<Beside>,
    /// Whether whoever read it has seen enough, or nothing more can be written to it.
    closed: bool,
}

impl Outputs {
    /// Opens all files before a draft is read; `None` once it has been told what is wrong with one.
    pub fn open(
        asked: &[Asked],
        color: Color,
        settings: Settings,
        drafts: &[&Input],
        streams: &mut Streams,
    ) -> io::Result<Option<Outputs>> {
        let mut outputs = Outputs { reports: Vec::new(), failed: false };
        for (i, report) in asked.iter().enumerate() {
            if asked[..i].iter().any(|other| other.file == report.file) {
                let place = report.file.as_ref().map_or_else(|| "standard output".to_owned(), |f| f.display().to_string());
                let name = &report.name;
                writeln!(
                    streams.err,
                    "recoupe: two reports for {place}: give one a file of its own, as in `--report {name}=FILE`"
                )?;
                return Ok(None);
            }
            let file = match report.file.as_deref().map(|path| Beside::create(path, drafts)) {
                Some(Err(e)) => {
                    writeln!(streams.err, "recoupe: {e}")?;
                    return Ok(None);
                }
                Some(Ok(file)) => Some(file),
                None => None,
            };
            let color = settings.color && (file.is_none() || color == Color::Always);
            let make = report::by_name(&report.name).expect("clap lets known names pass");
            outputs.reports.push(Output { reporter: make(Settings { color, ..settings }), file, closed: false });
        }
        Ok(Some(outputs))
    }

    /// Whether someone must tell the problems of drafts: standard output does not, or is not written to.
    pub fn tell_problems(&self) -> bool {
        !self.reports.iter().any(|o| o.file.is_none() && o.reporter.tells_problems())
    }

    /// Whether nobody reads any of the reports any more.
    pub fn all_closed(&self) -> bool {
        self.reports.iter().all(|o| o.closed)
    }

    /// Writes what stands before the first draft.
    pub fn begin(&mut self, streams: &mut Streams) -> io::Result<()> {
        self.each(streams, |reporter, out| reporter.begin(out))
    }

    /// Writes one draft's findings.
    pub fn file(&mut self, file: &Checked, rules: &Ruleset, streams: &mut Streams) -> io::Result<()> {
        self.each(streams, |reporter, out| reporter.file(file, rules, out))
    }

    /// Writes what stands after the last draft and puts the files where they belong; whether all could be written.
    pub fn end(mut self, summary: &Summary, ui: &str, streams: &mut Streams) -> io::Result<bool> {
        self.each(streams, |reporter, out| reporter.end(summary, ui, out))?;
        for output in self.reports.iter_mut().filter(|o| !o.closed) {
            if let Some(file) = output.file.take()
                && let Err(e) = file.finish()
            {
                writeln!(streams.err, "recoupe: {e}")?;
                self.failed = true;
            }
        }
        Ok(!self.failed)
    }

    fn each(
        &mut self,
        streams: &mut Streams,
        mut write: impl FnMut(&mut dyn Reporter, &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        for output in self.reports.iter_mut().filter(|o| !o.closed) {
            let Some(file) = &mut output.file else {
                match write(&mut *output.reporter, streams.out) {
                    // The reports in files are still wanted, and what was found counts.
                    Err(e) if e.kind() == io::ErrorKind::BrokenPipe => output.closed = true,
                    done => done?,
                }
                continue;
            };
            if let Err(e) = write(&mut *output.reporter, &mut file.out) {
                writeln!(streams.err, "recoupe: {}", file.says(&e))?;
                (output.closed, self.failed) = (true, true);
            }
        }
        Ok(())
    }
}

/// A file that a report goes to.
struct Beside {
    path: PathBuf,
    out: BufWriter<Out>,
}

enum Out {
    /// Takes its place when it is whole.
    Whole(Whole),
    /// What is no plain file, as a pipe, is written to directly.
    Device(File),
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Out::Whole(file) => file.write(bytes),
            Out::Device(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Out::Whole(file) => file.flush(),
            Out::Device(file) => file.flush(),
        }
    }
}

impl Beside {
    fn create(path: &Path, drafts: &[&Input]) -> Result<Beside, String> {
        let says = |e: &io::Error| cannot(path, e);
        // A link stays a link: the file that it leads to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let meta = fs::metadata(&target).ok();
        if meta.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(format!("{} is a folder: name a file in it", path.display()));
        }
        if meta.as_ref().is_some_and(|m| !m.is_file()) {
            let out = File::options().write(true).open(&target).map_err(|e| says(&e))?;
            return Ok(Beside { path: path.to_owned(), out: BufWriter::new(Out::Device(out)) });
        }
        let is_target = |p: &Path| fs::canonicalize(p).is_ok_and(|p| p == target);
        if meta.is_some() && drafts.iter().any(|i| matches!(&i.from, From::File(p) if is_target(p))) {
            return Err(format!("{} is among the drafts: give the report another name, or another folder", path.display()));
        }
        let out = Whole::create(&target).map_err(|e| says(&e))?;
        Ok(Beside { path: target, out: BufWriter::new(Out::Whole(out)) })
    }

    fn says(&self, e: &io::Error) -> String {
        cannot(&self.path, e)
    }

    fn finish(self) -> Result<(), String> {
        let Beside { path, out } = self;
        let done = match out.into_inner().map_err(io::IntoInnerError::into_error) {
            Ok(Out::Whole(file)) => file.finish(),
            Ok(Out::Device(mut file)) => file.flush(),
            Err(e) => Err(e),
        };
        done.map_err(|e| cannot(&path, &e))
    }
}

fn cannot(path: &Path, e: &io::Error) -> String {
    let hint = if e.kind() == io::ErrorKind::NotFound { ": make its folder first" } else { "" };
    format!("the report {} cannot be written: {e}{hint}", path.display())
}
