//! What can be done about a finding: write what is suggested, silence it here with a reason, switch its rule off.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use gen_lsp_types::{
    CodeAction, CodeActionKind, CreateFile, CreateFileOptions, DocumentChange, Edit, OptionalVersionedTextDocumentIdentifier,
    Range, SnippetTextEdit, StringValue, TextDocumentEdit, TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};
use serde::Deserialize;

use super::capabilities::Text;
use super::client::Client;
use super::documents::Open;
use super::draft::{self, Checked};
use super::position::Lines;
use super::words::Words;
use super::{config_edit, uri};
use crate::document::BlockKind;
use crate::finding::Finding;
use crate::reader::Format;
use crate::report::plain;
use crate::span::Span;

/// What begins a word to recoupe.
const CALL: &str = "recoupe:";

/// For which place, and which kinds.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    /// The text.
    pub text_document: Text,
    /// The place.
    pub range: Range,
    /// What is wanted.
    #[serde(default)]
    pub context: Context,
}

/// What is wanted.
#[derive(Debug, Default, Deserialize)]
pub struct Context {
    /// The kinds of action; all where it is left out.
    pub only: Option<Vec<String>>,
}

/// The text that actions are for.
pub struct Target<'s> {
    /// The text.
    pub open: &'s Open,
    /// Its check.
    pub checked: &'s Checked,
    /// Who asks.
    pub client: &'s Client,
    /// All open texts, among which the configuration may be.
    pub texts: &'s BTreeMap<String, Open>,
}

/// An edit of the text, or one that leaves a place for the author to fill.
struct Write {
    span: Span,
    text: String,
    is_snippet: bool,
}

/// The actions for a place.
pub fn actions(on: &Target, asked: &Asked) -> Vec<CodeAction> {
    let wants = |kind: &str| {
        let fits = |only: &String| kind == only || kind.strip_prefix(only.as_str()).is_some_and(|rest| rest.starts_with('.'));
        asked.context.only.as_ref().is_none_or(|only| only.iter().any(|o| o.is_empty() || fits(o)))
    };
    let uri = Uri(asked.text_document.uri.clone());
    let mut out = Vec::new();
    if wants("quickfix") {
        let at = on.open.lines.span(&on.open.text, asked.range);
        let findings: Vec<&Finding> = on.checked.findings_at(at).collect();
        out.extend(findings.iter().filter_map(|f| write(on, f, &uri)));
        out.extend(findings.iter().filter_map(|f| ignore_here(on, f, &uri)));
        let mut rules: Vec<&Finding> = Vec::new();
        for finding in findings {
            if !rules.iter().any(|known| known.rule == finding.rule) {
                rules.push(finding);
            }
        }
        out.extend(rules.into_iter().filter_map(|f| ignore_rule(on, f, &uri)));
    }
    // Among all actions of a place, one for the whole text would be a surprise.
    if asked.context.only.is_some() && wants("source.fixAll") {
        out.extend(write_all(on, &uri));
    }
    out
}

fn action(title: String, kind: CodeActionKind, edit: WorkspaceEdit) -> CodeAction {
    CodeAction { title, kind: Some(kind), edit: Some(edit), ..CodeAction::default() }
}

fn quick(on: &Target, finding: &Finding, uri: &Uri, title: String, edit: WorkspaceEdit) -> CodeAction {
    let diagnostic = on.checked.diagnostic(finding, on.open, uri, on.client);
    CodeAction { diagnostics: Some(vec![diagnostic]), ..action(title, CodeActionKind::QuickFix, edit) }
}

/// Edits of the text itself.
fn here(on: &Target, uri: &Uri, writes: Vec<Write>) -> WorkspaceEdit {
    let range = |span: Span| on.open.lines.range(&on.open.text, span);
    if on.client.document_changes {
        let edits = writes.into_iter().map(|w| match w.is_snippet {
            true => Edit::SnippetTextEdit(SnippetTextEdit {
                range: range(w.span),
                snippet: StringValue { value: w.text },
                annotation_id: None,
            }),
            false => Edit::TextEdit(TextEdit { range: range(w.span), new_text: w.text }),
        });
        let edit = DocumentChange::TextDocumentEdit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                version: Some(on.open.version),
                text_document_identifier: TextDocumentIdentifier { uri: uri.clone() },
            },
            edits: edits.collect(),
        });
        return WorkspaceEdit { document_changes: Some(vec![edit]), ..WorkspaceEdit::default() };
    }
    let edits = writes.into_iter().map(|w| TextEdit { range: range(w.span), new_text: w.text }).collect();
    WorkspaceEdit { changes: Some(HashMap::from([(uri.clone(), edits)])), ..WorkspaceEdit::default() }
}

fn write(on: &Target, finding: &Finding, uri: &Uri) -> Option<CodeAction> {
    let fix = finding.fix.as_ref()?;
    let edits = on.checked.edits(fix)?;
    let old: Vec<&str> = edits.iter().map(|(span, _)| span.of(&on.open.text)).collect();
    let new: Vec<&str> = edits.iter().map(|(_, text)| *text).collect();
    let title = Words::of(on.checked.ui).write(&plain(&old.join(" … ")), &plain(&new.join(" … ")));
    let writes = edits.into_iter().map(|(span, text)| Write { span, text: text.to_owned(), is_snippet: false }).collect();
    Some(CodeAction { is_preferred: Some(true), ..quick(on, finding, uri, title, here(on, uri, writes)) })
}

/// All suggestions that may be written unseen; of two that overlap, the first.
fn write_all(on: &Target, uri: &Uri) -> Option<CodeAction> {
    let mut writes: Vec<Write> = Vec::new();
    for fix in on.checked.findings.iter().filter_map(|f| f.fix.as_ref()).filter(|fix| fix.safe) {
        let Some(edits) = on.checked.edits(fix) else { continue };
        // Over markup nothing is safe: the words must stand in the file as they are read.
        let doc = on.checked.document.as_ref()?;
        let verbatim = fix.edits.iter().zip(&edits).all(|((read, _), (span, _))| span.of(&on.open.text) == read.of(&doc.text));
        if verbatim && edits.iter().all(|(span, _)| writes.iter().all(|w| w.span.end <= span.start || span.end <= w.span.start)) {
            writes.extend(edits.into_iter().map(|(span, text)| Write { span, text: text.to_owned(), is_snippet: false }));
        }
    }
    let title = Words::of(on.checked.ui).write_all.to_owned();
    (!writes.is_empty()).then(|| action(title, CodeActionKind::SourceFixAll, here(on, uri, writes)))
}

/// A comment that silences the finding: above its block, else in it, else for the whole draft. Each is tried, and the first that
/// works is offered.
fn ignore_here(on: &Target, finding: &Finding, uri: &Uri) -> Option<CodeAction> {
    let words = Words::of(on.checked.ui);
    let rule = on.checked.rule(finding);
    let works = |(span, comment): &(Span, String)| {
        let mut text = on.open.text.clone();
        text.replace_range(span.range(), comment);
        let open = Open::new(on.open.kind, on.open.version, text, on.client.encoding);
        let after = draft::check(&open, Some(on.checked.format), on.checked.setup.clone(), &mut || false);
        after.is_some_and(|after| {
            let speaks = after.findings.iter().any(|f| f.fingerprint == finding.fingerprint);
            !speaks && after.findings.len() < on.checked.findings.len() && after.problems.len() <= on.checked.problems.len()
        })
    };
    let (span, comment) = comments(on, finding, &rule.id, words.reason).into_iter().find(works)?;
    let title = words.ignore_here(&rule.id);
    let write = match on.client.snippet_edits {
        true => Write { span, text: snippet(&comment, words.reason), is_snippet: true },
        false => Write { span, text: comment, is_snippet: false },
    };
    Some(quick(on, finding, uri, title, here(on, uri, vec![write])))
}

/// The comments that may silence a finding, each with its place.
fn comments(on: &Target, finding: &Finding, rule: &str, reason: &str) -> Vec<(Span, String)> {
    let text = &on.open.text;
    let plain = on.checked.format == Format::Text;
    let said = |verb: &str| {
        let words = format!("{CALL} {verb} {rule} -- {reason}");
        if plain { words } else { format!("<!-- {words} -->") }
    };
    let mut out = Vec::new();
    let at = |byte: usize| Span::new(byte, byte);
    let blocks = on.checked.document.iter().flat_map(|doc| &doc.blocks);
    let primary = finding.labels.first().map(|l| l.span).unwrap_or_default();
    if let Some(block) = blocks.clone().find(|b| b.span.contains(primary)) {
        let start = on.checked.place(block.span).range().start;
        let line = on.open.lines.line_start(start);
        // On a line of several blocks, as in a table, it would be for the first of them.
        let is_first = !blocks.map(|b| on.checked.place(b.span).range()).any(|p| line < p.end && p.start < start);
        if is_first && block.kind != BlockKind::TableCell {
            out.push((at(line), format!("{}\n", said("ignore"))));
        }
        if !plain {
            out.push((at(start), format!("{} ", said("ignore"))));
        }
    }
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    out.push((at(text.len()), format!("{gap}\n{}\n", said("ignore-all"))));
    out
}

/// The comment with its reason as a place to fill.
fn snippet(comment: &str, reason: &str) -> String {
    let escape = |text: &str| text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}");
    match comment.rsplit_once(reason) {
        Some((before, after)) => format!("{}${{1:{}}}{}", escape(before), escape(reason), escape(after)),
        None => escape(comment),
    }
}

/// A line in the configuration, which is created where there is none.
fn ignore_rule(on: &Target, finding: &Finding, uri: &Uri) -> Option<CodeAction> {
    let rule = on.checked.rule(finding);
    let path = on.checked.setup.config.as_deref()?;
    let (edit, file) = config_change(on, path, &rule.id)?;
    let title = Words::of(on.checked.ui).ignore_rule(&rule.id, &file);
    Some(quick(on, finding, uri, title, edit))
}

fn config_change(on: &Target, path: &Path, rule: &str) -> Option<(WorkspaceEdit, String)> {
    let name = path.file_name()?.to_str()?.to_owned();
    let target = Uri(uri::of_path(path)?);
    // As it is being written in the editor, else as it lies on disk.
    let open = on.texts.iter().find(|(uri, _)| uri::path(uri).as_deref() == Some(path));
    let target = open.map_or(target, |(uri, _)| Uri(uri.clone()));
    let text = match open {
        Some((_, open)) => Some(open.text.clone()),
        None => match std::fs::read_to_string(path) {
            Ok(text) => Some(text),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => None,
            // What cannot be read is not to be written over.
            Err(_) => return None,
        },
    };
    let is_new = text.is_none();
    let text = text.unwrap_or_default();
    let (span, new) = config_edit::switch_off(&text, rule)?;
    let edit = TextEdit { range: Lines::new(&text, on.client.encoding).range(&text, span), new_text: new };
    if !on.client.document_changes && !is_new {
        let changes = Some(HashMap::from([(target, vec![edit])]));
        return Some((WorkspaceEdit { changes, ..WorkspaceEdit::default() }, name));
    }
    let mut changes = Vec::new();
    if is_new {
        if !on.client.creates_files {
            return None;
        }
        let options = Some(CreateFileOptions { overwrite: None, ignore_if_exists: Some(true) });
        changes.push(DocumentChange::CreateFile(CreateFile { uri: target.clone(), options, annotation_id: None }));
    }
    changes.push(DocumentChange::TextDocumentEdit(TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier {
            version: open.map(|(_, open)| open.version),
            text_document_identifier: TextDocumentIdentifier { uri: target },
        },
        edits: vec![Edit::TextEdit(edit)],
    }));
    Some((WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }, name))
}
