//! The story's facts as an outline: a block, and in it what it states.

use gen_lsp_types::{BaseSymbolInformation, DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind, Uri};

use super::documents::Open;
use super::draft::Checked;
use crate::facts::FactValue;
use crate::report::{Ui, facts, plain};
use crate::span::Span;

/// A name that is longer is cut: a quotation may be a paragraph.
const LONGEST: usize = 60;

/// The outline, nested where the client can show that.
pub fn symbols(checked: &Checked, open: &Open, uri: &Uri, nested: bool) -> DocumentSymbolResponse {
    let ui = Ui::of(checked.ui);
    let Some(doc) = &checked.document else { return DocumentSymbolResponse::DocumentSymbolList(Vec::new()) };
    let mut blocks: Vec<DocumentSymbol> = Vec::new();
    let mut flat: Vec<SymbolInformation> = Vec::new();
    let mut facts = checked.facts().iter().map(|(fact, _)| fact).peekable();
    for block in &doc.blocks {
        let (mut children, mut whole) = (Vec::new(), checked.place(block.span));
        while let Some(fact) = facts.next_if(|fact| fact.span.start < block.span.end) {
            let place = checked.place(fact.span);
            whole = whole.cover(place);
            let value = facts::value(&fact.value, ui);
            let kind = ui.kind(fact.kind);
            let detail = if value.is_empty() { kind.to_owned() } else { format!("{kind} {}", plain(&value)) };
            let written = fact.span.of(&doc.text);
            let name = match &fact.value {
                FactValue::Number { of: Some(of), .. } if !written.contains(of.as_str()) => format!("{written} {of}"),
                _ => written.to_owned(),
            };
            let name = short(&name, kind);
            children.push(symbol(name, Some(detail), symbol_kind(fact.kind), place, open));
        }
        if children.is_empty() {
            continue;
        }
        if nested {
            let parent = symbol(
                short(block.span.of(&doc.text), block.kind.name()),
                Some(block.kind.name().to_owned()),
                SymbolKind::String,
                whole,
                open,
            );
            blocks.push(DocumentSymbol { children: Some(children), ..parent });
        } else {
            flat.extend(children.into_iter().map(|s| information(s, block.kind.name(), uri)));
        }
    }
    if nested { DocumentSymbolResponse::DocumentSymbolList(blocks) } else { DocumentSymbolResponse::SymbolInformationList(flat) }
}

#[expect(deprecated, reason = "the type has the field")]
fn symbol(name: String, detail: Option<String>, kind: SymbolKind, place: Span, open: &Open) -> DocumentSymbol {
    let range = open.lines.range(&open.text, place);
    DocumentSymbol { name, detail, kind, tags: None, deprecated: None, range, selection_range: range, children: None }
}

#[expect(deprecated, reason = "the type has the field")]
fn information(symbol: DocumentSymbol, container: &str, uri: &Uri) -> SymbolInformation {
    let base =
        BaseSymbolInformation { name: symbol.name, kind: symbol.kind, tags: None, container_name: Some(container.to_owned()) };
    SymbolInformation {
        deprecated: None,
        location: Location { uri: uri.clone(), range: symbol.range },
        base_symbol_information: base,
    }
}

/// The words, cut where they are many; never empty, which clients refuse.
fn short(text: &str, otherwise: &str) -> String {
    let text = plain(text);
    let text = text.trim();
    if text.is_empty() {
        return otherwise.to_owned();
    }
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn symbol_kind(kind: &str) -> SymbolKind {
    match kind {
        "date" | "weekday" | "time" | "duration" => SymbolKind::Event,
        "place" => SymbolKind::Namespace,
        "person" => SymbolKind::Object,
        "organisation" => SymbolKind::Module,
        "quotation" => SymbolKind::String,
        _ => SymbolKind::Number,
    }
}
