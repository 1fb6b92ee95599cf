//! The fact sheet as a table: for a spreadsheet, for a page of Markdown, for a browser and the printer.

use std::io::{self, Write};

use super::{FactReporter, Sheet, value};
use crate::report::html::story::Esc;
use crate::report::told::shown_span;
use crate::report::{Source, Ui};
use crate::rule::message::fold;

/// What stands above the columns.
fn heads(ui: &Ui) -> [&'static str; 6] {
    ui.fact_columns()
}

/// File, line, column, kind, words, value.
fn rows(sheet: &Sheet) -> Vec<[String; 6]> {
    let Some(doc) = sheet.document else { return Vec::new() };
    let (source, ui) = (Source::of(doc, sheet.bytes), Ui::of(sheet.ui));
    let row = |fact: &crate::facts::Fact| {
        let place = source.position(shown_span(doc, fact.span).range().start);
        let words = fold(doc.text.get(fact.span.range()).unwrap_or_default());
        let (line, column) = (place.line.to_string(), place.column.to_string());
        [sheet.path.to_owned(), line, column, ui.kind(fact.kind).to_owned(), words, value(&fact.value, ui)]
    };
    sheet.facts.iter().map(row).collect()
}

/// Comma-separated values (RFC 4180), in UTF-8 with a mark that spreadsheets look for.
#[derive(Default)]
pub(super) struct Csv {
    begun: bool,
}

impl FactReporter for Csv {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            out.write_all("\u{feff}".as_bytes())?;
            csv(heads(Ui::of(sheet.ui)), out)?;
        }
        rows(sheet).iter().try_for_each(|row| csv(row.each_ref().map(String::as_str), out))
    }

    fn end(&mut self, ui: &str, out: &mut dyn Write) -> io::Result<()> {
        if self.begun { Ok(()) } else { csv(heads(Ui::of(ui)), out) }
    }
}

fn csv(cells: [&str; 6], out: &mut dyn Write) -> io::Result<()> {
    let cell = |text: &str| {
        // What begins as a formula does would be one.
        let digits = text.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let formula = text.starts_with(['=', '@']) || (text.starts_with(['+', '-']) && !digits);
        let text = if formula { format!("'{text}") } else { text.to_owned() };
        if text.contains([',', ';', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    };
    write!(out, "{}\r\n", cells.map(cell).join(","))
}

/// A table of Markdown for each draft, with a box to tick.
#[derive(Default)]
pub(super) struct Markdown {
    files: usize,
}

impl FactReporter for Markdown {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        let rows = rows(sheet);
        if rows.is_empty() {
            return Ok(());
        }
        let gap = if self.files == 0 { "" } else { "\n" };
        self.files += 1;
        let cell = |text: &str| text.replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;").replace(['*', '_', '`'], "");
        writeln!(out, "{gap}## {}\n", cell(sheet.path))?;
        let [_, line, _, kind, words, value] = heads(Ui::of(sheet.ui));
        writeln!(out, "| | {line} | {kind} | {words} | {value} |\n| --- | --- | --- | --- | --- |")?;
        for [_, line, _, kind, words, value] in &rows {
            writeln!(out, "| [ ] | {line} | {} | {} | {} |", cell(kind), cell(words), cell(value))?;
        }
        Ok(())
    }

    fn end(&mut self, _: &str, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

const STYLE: &str = "body{font:1rem/1.5 Georgia,serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1d1b18;background:#fff}\
h1{font-size:1.3rem}table{border-collapse:collapse;width:100%;font-size:.95rem}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;\
border-top:1px solid #ccc;overflow-wrap:anywhere}th{font:600 .8rem sans-serif}td:first-child input{width:1.1em;height:1.1em}\
td:last-child{width:22%;border-bottom:1px dotted #777}tr{break-inside:avoid}thead{display:table-header-group}";

/// A page to tick on the screen or on paper. It asks nothing of anywhere.
#[derive(Default)]
pub(super) struct Html {
    begun: bool,
}

impl FactReporter for Html {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        let ui = Ui::of(sheet.ui);
        if !std::mem::replace(&mut self.begun, true) {
            open(ui, out)?;
        }
        let rows = rows(sheet);
        if rows.is_empty() {
            return Ok(());
        }
        let [_, line, _, kind, words, value] = heads(ui);
        writeln!(out, "<h1>{}</h1>\n<table>\n<thead><tr><td></td>", Esc(sheet.path))?;
        for head in [line, kind, words, value, ui.fact_note()] {
            write!(out, "<th scope=\"col\">{}</th>", Esc(head))?;
        }
        writeln!(out, "</tr></thead>\n<tbody>")?;
        for [_, line, _, kind, words, value] in &rows {
            write!(out, "<tr><td><input type=\"checkbox\" aria-label=\"{}\"></td>", Esc(words))?;
            for cell in [line, kind, words, value] {
                write!(out, "<td>{}</td>", Esc(cell))?;
            }
            writeln!(out, "<td></td></tr>")?;
        }
        writeln!(out, "</tbody>\n</table>")
    }

    fn end(&mut self, ui: &str, out: &mut dyn Write) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            open(Ui::of(ui), out)?;
        }
        writeln!(out, "</body>\n</html>")
    }
}

fn open(ui: &Ui, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
        ui.code,
        Esc(ui.fact_sheet())
    )
}
