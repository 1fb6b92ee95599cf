//! What is said of the words under the pointer: why a finding is one, what a fact says and how it was read.

use gen_lsp_types::{Contents, Hover, MarkupContent, MarkupKind};

use super::documents::Open;
use super::draft::Checked;
use super::words::Words;
use crate::report::{Ui, facts, plain};
use crate::span::Span;

/// The hover at a byte of the text.
pub fn hover(checked: &Checked, open: &Open, byte: usize, markdown: bool) -> Option<Hover> {
    let at = Span::new(byte, byte);
    let ui = Ui::of(checked.ui);
    let words = Words::of(checked.ui);
    let show = |text: &str| if markdown { escaped(text) } else { plain(text) };
    let strong = |text: &str| if markdown { format!("**{}**", escaped(text)) } else { plain(text) };
    let mut parts = Vec::new();
    let mut marked: Option<Span> = None;
    for finding in checked.findings_at(at) {
        let rule = checked.rule(finding);
        let head =
            format!("{} ({}){}{}", strong(&rule.id), ui.level(finding.level), ui.colon, show(&checked.say(&rule.message, finding)));
        let rows = [(ui.why, rule.why.get(checked.ui).to_owned()), (ui.help, checked.say(&rule.help, finding))];
        let rows = rows.into_iter().chain(rule.source.iter().map(|s| (ui.source, s.clone()))).filter(|(_, text)| !text.is_empty());
        let rows = rows.map(|(name, text)| format!("{name}{}{}", ui.colon, show(&text)));
        parts.push(std::iter::once(head).chain(rows).collect::<Vec<_>>().join("\n\n"));
        let here = finding.labels.iter().map(|l| checked.place(l.span)).find(|s| s.start <= at.start && at.start <= s.end);
        marked = marked.or(here);
    }
    // The narrowest fact: a number within a quotation before the quotation.
    let facts = checked.facts().iter().map(|(fact, how)| (fact, how, checked.place(fact.span)));
    let under = facts.filter(|(.., place)| place.start <= at.start && at.start < place.end);
    if let Some((fact, how, place)) = under.min_by_key(|(.., place)| place.len()) {
        let value = facts::value(&fact.value, ui);
        let mut said = strong(ui.kind(fact.kind));
        if !value.is_empty() {
            said.push_str(&format!("{}{}", ui.colon, show(&value)));
        }
        let how = facts::derived(how, ui);
        if !how.is_empty() {
            said.push_str(&format!("\n\n{}{}{}", words.read_as, ui.colon, show(&how)));
        }
        parts.push(said);
        marked = marked.or(Some(place));
    }
    let range = marked.map(|span| open.lines.range(&open.text, span))?;
    let (kind, rule) = if markdown { (MarkupKind::Markdown, "\n\n---\n\n") } else { (MarkupKind::PlainText, "\n\n") };
    Some(Hover { contents: Contents::MarkupContent(MarkupContent { kind, value: parts.join(rule) }), range: Some(range) })
}

/// The words of a draft as Markdown shows them.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain(text).chars() {
        if matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '!' | '|' | '&' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_draft_s_words_are_no_markup() {
        assert_eq!(super::escaped("12 * [a](b)\n<i>"), "12 \\* \\[a\\](b) \\<i\\>");
    }
}
