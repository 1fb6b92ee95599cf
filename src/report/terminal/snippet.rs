//! One diagnostic, drawn by codespan over an [`Excerpt`].

use std::io::{self, Write};
use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic, Label, LabelStyle, Severity};
use codespan_reporting::files::{Error, Files, Location};
use codespan_reporting::term::termcolor::{Ansi, NoColor, WriteColor};
use codespan_reporting::term::{Config, Renderer, RichDiagnostic, Styles, StylesWriter, WriteStyle};

use super::excerpt::Excerpt;
use crate::finding::Level;
use crate::report::source::{Position, Source};
use crate::report::{Settings, Ui, plain, wrap};

/// The columns at which a note is broken.
const NOTE_WIDTH: usize = 76;

/// A text to show pieces of: a file, or what a reader made of it.
pub struct View<'a> {
    /// What stands before line and column.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
    /// Its own lines.
    pub lines: &'a Source<'a>,
    /// The line and column, in the file, of a byte of `text`.
    pub place: &'a dyn Fn(usize) -> Position,
}

/// A place to underline.
pub struct Mark {
    /// Bytes of [`View::text`].
    pub range: Range<usize>,
    /// Whether it is what the message is about.
    pub primary: bool,
    /// What to say of it; may be empty.
    pub message: String,
}

/// What to draw.
pub struct Snippet<'a> {
    /// Decides word and colour.
    pub level: Level,
    /// The name in brackets; empty for none.
    pub code: &'a str,
    /// The sentence.
    pub message: &'a str,
    /// The places.
    pub marks: Vec<Mark>,
    /// What to say below: a heading and a text.
    pub notes: Vec<(&'a str, String)>,
}

impl Snippet<'_> {
    /// Draws it, with an empty line after it.
    pub fn draw(&self, view: &View, ui: &Ui, settings: Settings, out: &mut dyn Write) -> io::Result<()> {
        let mut bytes = Vec::new();
        let drawn = if settings.color {
            self.draw_with(view, ui, &mut Ansi::new(&mut bytes))
        } else {
            self.draw_with(view, ui, &mut NoColor::new(&mut bytes))
        };
        match drawn {
            Ok(()) => trimmed(&bytes, out),
            Err(Error::Io(e)) => Err(e),
            // The excerpt answers for every line and byte that it hands out.
            Err(e) => Err(io::Error::other(e)),
        }
    }

    fn draw_with(&self, view: &View, ui: &Ui, out: &mut dyn WriteColor) -> Result<(), Error> {
        let ranges: Vec<_> = self.marks.iter().map(|m| m.range.clone()).collect();
        let excerpt = Excerpt::new(view.text, view.lines, &ranges);
        let labels = self.marks.iter().zip(&excerpt.ranges).map(|(mark, range)| {
            let style = if mark.primary { LabelStyle::Primary } else { LabelStyle::Secondary };
            Label::new(style, (), range.clone()).with_message(plain(&mark.message))
        });
        let diagnostic = Diagnostic::new(severity(self.level))
            .with_labels_iter(labels)
            .with_notes_iter(self.notes.iter().map(|(head, text)| note(head, ui.colon, text)));
        let starts = excerpt.ranges.iter().zip(&self.marks).map(|(r, m)| (r.start, (view.place)(m.range.start))).collect();
        let files = Shown { name: view.name, view, excerpt: &excerpt, starts };
        let styles = Styles::default();
        let mut writer = Headed {
            inner: StylesWriter::new(out, &styles),
            head: if self.code.is_empty() {
                ui.level(self.level).to_owned()
            } else {
                format!("{}[{}]", ui.level(self.level), self.code)
            },
            rest: format!("{}{}", ui.colon, plain(self.message)),
            silent: false,
        };
        RichDiagnostic::new(&diagnostic, &Config::default()).render(&files, &mut Renderer::new(&mut writer, &Config::default()))
    }
}

/// Writes the lines without the spaces that codespan leaves at their ends.
fn trimmed(bytes: &[u8], out: &mut dyn Write) -> io::Result<()> {
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        let words = line.trim_ascii_end();
        out.write_all(words)?;
        out.write_all(if line.ends_with(b"\n") { b"\n" } else { b"" })?;
    }
    Ok(())
}

fn severity(level: Level) -> Severity {
    match level {
        Level::Note => Severity::Note,
        Level::Warning => Severity::Warning,
        Level::Error => Severity::Error,
    }
}

fn note(head: &str, colon: &str, text: &str) -> String {
    wrap(&format!("{head}{colon}{}", plain(text)), NOTE_WIDTH).join("\n")
}

/// The excerpt as codespan asks for it: its own lines, but the file's line numbers and columns.
struct Shown<'a> {
    name: &'a str,
    view: &'a View<'a>,
    excerpt: &'a Excerpt,
    /// Where each label starts in the excerpt, and where that is in the file.
    starts: Vec<(usize, Position)>,
}

impl<'a> Files<'a> for Shown<'a> {
    type FileId = ();
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(self.name)
    }

    fn source(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(&self.excerpt.text)
    }

    fn line_index(&'a self, (): (), byte: usize) -> Result<usize, Error> {
        Ok(self.excerpt.lines[self.excerpt.line_at(byte)].index)
    }

    fn line_number(&'a self, (): (), index: usize) -> Result<usize, Error> {
        let soft = self.excerpt.line(index).ok_or(Error::LineTooLarge { given: index, max: self.excerpt.lines.len() })?;
        Ok((self.view.place)(soft.origin).line)
    }

    fn line_range(&'a self, (): (), index: usize) -> Result<Range<usize>, Error> {
        let soft = self.excerpt.line(index).ok_or(Error::LineTooLarge { given: index, max: self.excerpt.lines.len() })?;
        Ok(soft.range.clone())
    }

    fn location(&'a self, (): (), byte: usize) -> Result<Location, Error> {
        let place = self.starts.iter().find(|(start, _)| *start == byte).map(|(_, place)| *place);
        let place = place.unwrap_or_else(|| (self.view.place)(self.excerpt.lines[self.excerpt.line_at(byte)].origin));
        Ok(Location { line_number: place.line, column_number: place.column })
    }
}

/// codespan's words for severities are English ones: this writer sets the heading in their stead.
struct Headed<W> {
    inner: W,
    head: String,
    rest: String,
    silent: bool,
}

impl<W: Write> Write for Headed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.silent { Ok(bytes.len()) } else { self.inner.write(bytes) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<W: WriteStyle> WriteStyle for Headed<W> {
    fn set_header(&mut self, severity: Severity) -> io::Result<()> {
        self.inner.set_header(severity)?;
        self.inner.write_all(self.head.as_bytes())?;
        self.silent = true;
        Ok(())
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        self.inner.set_header_message()?;
        self.inner.write_all(self.rest.as_bytes())?;
        self.silent = true;
        Ok(())
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        self.inner.set_line_number()
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.inner.set_note_bullet()
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        self.inner.set_source_border()
    }

    fn set_label(&mut self, severity: Severity, style: LabelStyle) -> io::Result<()> {
        self.inner.set_label(severity, style)
    }

    fn reset(&mut self) -> io::Result<()> {
        self.silent = false;
        self.inner.reset()
    }
}
