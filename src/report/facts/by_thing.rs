//! The fact sheet by thing: a card for each person, organisation, place and thing, with all that the story tells of it.

use std::io::{self, Write};

use super::{FactReporter, Sheet, short};
use crate::facts::Told;
use crate::report::columns::columns;
use crate::report::{Source, Ui, plain, shown_span};

/// A heading a thing, then a line an entry: where, what is told, the words, by what.
#[derive(Default)]
pub(super) struct Cards {
    cards: usize,
}

impl FactReporter for Cards {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        let Some(doc) = sheet.document else { return Ok(()) };
        let (source, ui) = (Source::of(doc, sheet.bytes), Ui::of(sheet.ui));
        let text = |span: crate::span::Span| plain(doc.text.get(span.range()).unwrap_or_default());
        for card in sheet.cards {
            self.cards += 1;
            writeln!(out, "{} ({})", plain(&card.name), ui.kind(card.kind))?;
            let rows: Vec<[String; 4]> = card
                .entries
                .iter()
                .map(|e| {
                    let place = source.position(shown_span(doc, e.span).range().start);
                    let (what, how) = match &e.told {
                        Told::Word { joined } => (*joined, String::new()),
                        Told::Title => ("title", String::new()),
                        Told::Age => ("age", String::new()),
                        Told::Quotation => ("quotation", String::new()),
                        Told::Claim { sense, how } => ("claim", format!("{sense} ({})", how.join(", "))),
                    };
                    let said = e.source.map(|s| format!(" [{}]", short(&text(s)))).unwrap_or_default();
                    let place = format!("{}:{}:{}", plain(sheet.path), place.line, place.column);
                    [place, ui.kind(what).to_owned(), short(&text(e.span)), format!("{how}{said}")]
                })
                .collect();
            for line in columns(&rows) {
                writeln!(out, "  {line}")?;
            }
        }
        Ok(())
    }

    fn end(&mut self, ui: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", Ui::of(ui).cards(self.cards))
    }
}
